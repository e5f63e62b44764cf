//! How wide the columns are: what tells a line that was wrapped from one that ended.

use super::lines::Line;
use super::punctuation::width;

/// An indent of two characters; extractors lose it, so a paragraph's first line comes out narrower by that much.
pub(super) const INDENT: usize = 4;

/// The middle of the values; sorts them.
pub(super) fn median(values: &mut [usize]) -> Option<usize> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

/// For each line the width of its column in half-width cells, where lines are wrapped.
///
/// A run of lines without a blank one between them is measured if it has four lines or more and most of them are
/// about equally wide; shorter runs take the width of the nearest measured one.
pub(super) fn measure(lines: &[Line]) -> Vec<Option<usize>> {
    let mut own: Vec<Option<usize>> = Vec::with_capacity(lines.len());
    let mut start = 0;
    while start < lines.len() {
        let end = (start + 1..lines.len())
            .find(|&i| lines[i].gap > 0)
            .unwrap_or(lines.len());
        let column = measure_run(&lines[start..end]);
        own.extend(std::iter::repeat_n(column, end - start));
        start = end;
    }
    // The run that follows closely, since a headline stands above its column; else the nearest.
    const CLOSE: usize = 8;
    const REACH: usize = 40;
    (0..own.len())
        .map(|i| {
            own[i]
                .or_else(|| (1..=CLOSE).find_map(|d| own.get(i + d).copied().flatten()))
                .or_else(|| {
                    (1..=REACH).find_map(|d| {
                        let ahead = own.get(i + d).copied().flatten();
                        ahead.or_else(|| {
                            i.checked_sub(d).and_then(|j| own.get(j).copied().flatten())
                        })
                    })
                })
        })
        .collect()
}

fn measure_run(run: &[Line]) -> Option<usize> {
    // The rows of a table tell nothing.
    let mut widths: Vec<usize> = run
        .iter()
        .filter(|l| l.cells.is_empty())
        .map(|l| width(&l.text))
        .collect();
    if widths.len() < 4 {
        return None;
    }
    widths.pop();
    widths.sort_unstable();
    let column = *widths.get(widths.len() * 3 / 4)?;
    let near = widths.iter().filter(|w| w.abs_diff(column) <= 6).count();
    (column >= 12 && near * 5 >= widths.len() * 3).then_some(column)
}

/// Whether a line of that width begins a paragraph: an indent narrower than its column.
pub(super) fn is_first_line(width: usize, column: usize) -> bool {
    width + INDENT - 1 <= column && width + 3 * INDENT >= column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_runs_have_a_column_and_headlines_borrow_it() {
        let page = "清河两岸\n\n一二三四五六七八\n一二三四五六七八九十\n一二三四五六七八九十\n一二三四五六七八九十\n一二";
        let columns = measure(&super::super::lines::read(page));
        assert_eq!(columns, vec![Some(20); 6]);
    }

    #[test]
    fn paragraphs_on_one_line_each_have_none() {
        let page = "短。\n一二三四五六七八九十一二三四五六七八九十。\n一二三四五六七八。\n一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二。\n一。";
        assert!(
            measure(&super::super::lines::read(page))
                .iter()
                .all(Option::is_none)
        );
    }
}
