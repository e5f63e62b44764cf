//! JSON lines: an article a line. Read as a stream, so that a dump may be larger than memory.

use std::io::{BufRead, Read};

use serde_json::Value;

use crate::article::{Article, Source};
use crate::fields;
use crate::mapping::Mapping;
use crate::problem::Problem;

/// Bytes of a line.
const LONGEST: u64 = 256 << 20;

/// Reads articles line by line, giving each, or what is wrong with its line.
pub(crate) fn read(
    file: &str,
    mut input: impl BufRead,
    mapping: &Mapping,
    on_item: &mut dyn FnMut(Result<Article, Problem>),
) {
    let mut line = Vec::new();
    let mut number = 0_u32;
    loop {
        line.clear();
        match input.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
            Ok(0) => return,
            Ok(_) => number = number.saturating_add(1),
            Err(error) => {
                let problem = Problem::new(
                    file,
                    format!("cannot be read to its end: {error}"),
                    "make the file anew; what stands before is used",
                );
                on_item(Err(problem.at(number.saturating_add(1))));
                return;
            }
        }
        if u64::try_from(line.len()).is_ok_and(|length| length == LONGEST) {
            let problem = Problem::new(
                file,
                "a line of more than 256 MB",
                "write each article on a line of its own; what stands before is used",
            );
            return on_item(Err(problem.at(number)));
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        on_item(read_line(file, number, line.trim_ascii_end(), mapping));
    }
}

fn read_line(file: &str, number: u32, bytes: &[u8], mapping: &Mapping) -> Result<Article, Problem> {
    let value = serde_json::from_slice::<Value>(bytes).map_err(|error| {
        // The parser's own line is always 1 here; its column tells where to look.
        let what = if error.is_eof() {
            "JSON that breaks off".to_owned()
        } else {
            format!("not JSON at column {}", error.column())
        };
        Problem::new(
            file,
            what,
            "write each article as one JSON object on a line of its own",
        )
        .at(number)
    })?;
    article(file, number, value, mapping)
}

/// An article out of a JSON value that stands on that line.
pub(crate) fn article(
    file: &str,
    line: u32,
    value: Value,
    mapping: &Mapping,
) -> Result<Article, Problem> {
    let Value::Object(map) = value else {
        return Err(Problem::new(
            file,
            "not a JSON object",
            "write an article as {\"title\": …, \"paragraphs\": […]}",
        )
        .at(line));
    };
    let mut article = Article::default();
    fields::apply(&mut article, mapping.apply(map));
    if article.title.is_empty() && article.paragraphs.is_empty() && article.captions.is_empty() {
        let problem = Problem::new(
            file,
            "an article without text",
            format!(
                "give it a \"title\", or \"paragraphs\" or \"body\", or say in [fields] of souwen.toml which \
                 of its keys is which{}",
                keys_of(&article)
            ),
        );
        return Err(problem.at(line));
    }
    article.source.get_or_insert_with(|| Source {
        file: file.to_owned(),
        line,
    });
    Ok(article)
}

/// The keys that a record has, for people.
fn keys_of(article: &Article) -> String {
    const MOST: usize = 8;
    let keys: Vec<&str> = article
        .metadata
        .keys()
        .take(MOST)
        .map(String::as_str)
        .collect();
    if keys.is_empty() {
        String::new()
    } else {
        format!(" (it has {})", keys.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &[u8]) -> Vec<Result<Article, Problem>> {
        let mut items = Vec::new();
        let mapping = Mapping::default();
        read("a.jsonl", text, &mapping, &mut |item| items.push(item));
        items
    }

    #[test]
    fn a_bad_line_costs_only_itself() {
        let items = read_all(
            "{\"title\":\"一\"}\n\n{bad\n[1]\n{\"x\":1}\n{\"body\":\"二。\\n三。\"}".as_bytes(),
        );
        let lines: Vec<_> = items
            .iter()
            .map(|item| match item {
                Ok(article) => (true, article.source.as_ref().map(|s| s.line)),
                Err(problem) => (false, problem.line),
            })
            .collect();
        assert_eq!(
            lines,
            [
                (true, Some(1)),
                (false, Some(3)),
                (false, Some(4)),
                (false, Some(5)),
                (true, Some(6))
            ]
        );
        assert_eq!(items[4].as_ref().map(|a| a.paragraphs.len()), Ok(2));
    }

    #[test]
    fn what_extract_writes_is_read_back() {
        let text = "{\"id\":\"a1\",\"kind\":\"photo\",\"captions\":[\"花。\"],\"source\":{\"file\":\"p.txt\",\"line\":9}}";
        let article = read_all(text.as_bytes()).remove(0).unwrap();
        assert_eq!(serde_json::to_string(&article).unwrap(), text);
    }
}
