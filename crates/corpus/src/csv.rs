//! CSV and TSV with a header: an article a row. Read as a stream.

use std::io::{BufRead, Cursor, Read};

use serde_json::{Map, Value};

use crate::article::Article;
use crate::encoding::Broken;
use crate::jsonl;
use crate::mapping::Mapping;
use crate::problem::Problem;

/// Bytes of the line with the columns' names.
const LONGEST: u64 = 1 << 20;

/// Reads articles row by row, giving each, or what is wrong with its row. The first row names the columns.
pub(crate) fn read(
    file: &str,
    mut input: impl BufRead,
    mapping: &Mapping,
    on_item: &mut dyn FnMut(Result<Article, Problem>),
) {
    let mut first = Vec::new();
    // What is wrong is told with the rows.
    let broken = Broken(
        input
            .by_ref()
            .take(LONGEST)
            .read_until(b'\n', &mut first)
            .err(),
    );
    let terminator = if first.ends_with(b"\n") {
        // With `\r\n` rows would count as of the line before; what is left of it is trimmed.
        csv::Terminator::Any(b'\n')
    } else {
        csv::Terminator::CRLF
    };
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter(&first))
        .terminator(terminator)
        .has_headers(false)
        .flexible(true)
        .from_reader(Cursor::new(first).chain(broken).chain(input));
    let mut columns: Option<Vec<String>> = None;
    let mut row = csv::ByteRecord::new();
    loop {
        match rows.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                let problem = Problem::new(
                    file,
                    format!("cannot be read to its end: {error}"),
                    "make the file anew; what stands before is used",
                );
                return on_item(Err(problem));
            }
        }
        let cell = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        let Some(columns) = &columns else {
            columns = Some(row.iter().map(cell).collect());
            continue;
        };
        let line = row.position().map_or(1, csv::Position::line);
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        if row.len() > columns.len() {
            let what = format!(
                "a row of {} cells below {} columns",
                row.len(),
                columns.len()
            );
            let remedy = "put cells that hold commas into quotes";
            on_item(Err(Problem::new(file, what, remedy).at(line)));
            continue;
        }
        let cells = row.iter().map(cell);
        let article: Map<String, Value> = columns
            .iter()
            .cloned()
            .zip(cells)
            .filter(|(column, cell)| !column.is_empty() && !cell.is_empty())
            .map(|(column, cell)| (column, Value::String(cell)))
            .collect();
        if !article.is_empty() {
            on_item(jsonl::article(file, line, Value::Object(article), mapping));
        }
    }
}

/// What stands between cells: of the characters that are in use for it, the one that the first line has most of.
fn delimiter(line: &[u8]) -> u8 {
    let count = |mark: u8| line.iter().filter(|byte| **byte == mark).count();
    // The last of equals is chosen, and a comma is the usual one.
    *b";\t,"
        .iter()
        .max_by_key(|mark| count(**mark))
        .unwrap_or(&b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<Result<String, Option<u32>>> {
        let mut items = Vec::new();
        read(
            "a.csv",
            text.as_bytes(),
            &Mapping::default(),
            &mut |item: Result<Article, Problem>| {
                items.push(item.map(|a| a.title).map_err(|p| p.line));
            },
        );
        items
    }

    #[test]
    fn rows_are_articles_and_a_bad_one_costs_itself() {
        let rows = "title,body\n一,\"甲，\n乙。\"\n二,丙,丁\n,\n三,戊\n";
        let expected = [Ok("一".to_owned()), Err(Some(4)), Ok("三".to_owned())];
        assert_eq!(titles(rows), expected);
        assert_eq!(titles(&rows.replace('\n', "\r\n")), expected);
        assert_eq!(titles("title;body\n一,二;三\n"), [Ok("一,二".to_owned())]);
        assert_eq!(titles("title\tbody\n一\t三\n"), [Ok("一".to_owned())]);
        assert_eq!(titles(""), []);
    }
}
