//! Line breaks that an extractor lost: paragraphs folded into one line.

use super::byline;
use super::columns::median;
use super::lines::Line;
use super::punctuation::{is_closed, width};

/// The words of a line, what stands in brackets counting as one with what is beside it.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut depth, mut start) = (0_u32, None);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c.is_whitespace() && depth == 0 {
            if let Some(from) = start.take() {
                words.push(&text[from..at]);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    words.extend(start.map(|from| &text[from..]));
    words
}

/// Puts back line breaks that became spaces: the words between them are then all as wide as the column.
pub(super) fn unfold(lines: Vec<Line>) -> Vec<Line> {
    let inner: Vec<Vec<usize>> = lines.iter().map(inner_widths).collect();
    let mut all: Vec<usize> = inner.iter().flatten().copied().collect();
    let Some(page) = median(&mut all).filter(|w| (16..=100).contains(w)) else {
        return lines;
    };
    let near = all.iter().filter(|w| w.abs_diff(page) <= 8).count();
    if all.len() < 4 || near * 4 < all.len() * 3 {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    for (line, mut inner) in lines.into_iter().zip(inner) {
        let column = if inner.len() >= 3 {
            median(&mut inner).unwrap_or(page)
        } else {
            page
        };
        let words = words(&line.text);
        let folded = line.heading == 0
            && line.cells.is_empty()
            && words.len() >= 2
            && width(&line.text) > column + 6
            && words.iter().rev().skip(1).all(|word| {
                let w = width(word);
                w <= column + 8
                    && (w + 8 >= column || is_closed(word) || byline::has_dateline(word))
            });
        if !folded {
            out.push(line);
            continue;
        }
        for (i, word) in words.iter().enumerate() {
            let gap = if i == 0 { line.gap } else { 0 };
            out.push(Line {
                number: line.number,
                gap,
                text: (*word).to_owned(),
                ..Line::default()
            });
        }
    }
    out
}

/// The widths of a long line's words, without the first and the last.
fn inner_widths(line: &Line) -> Vec<usize> {
    if !line.cells.is_empty() {
        return Vec::new();
    }
    let words = words(&line.text);
    match words.as_slice() {
        [_, inner @ .., _] if inner.len() >= 2 => inner.iter().map(|word| width(word)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::read;

    fn texts(page: &str) -> Vec<String> {
        read(page).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn folded_lines_are_unfolded() {
        let line = "清河两岸的柳树都发了新芽了,镇 里的人们在河边散步,孩子们在草地 上放风筝。河水清了鱼也回来,两岸 又有了白鹭,老人们说三十年没有看 见过这样的春天,都要多走几圈再回 家里去。";
        assert_eq!(texts(line).len(), 6);
        assert_eq!(texts("清河两岸花正开 万株新柳护家园").len(), 1);
    }
}
