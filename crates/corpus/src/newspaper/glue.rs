//! Headlines that an extractor glued to a line of text, cut off again.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::columns::{INDENT, is_first_line, measure};
use super::lines::{Line, is_headlineish};
use super::overlap::{pairs, share};
use super::punctuation::{han_count, is_closed, is_han, width};
use super::{byline, marks, pattern};

static BEFORE_NEWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^([^。；]{2,60}?)\s*((?:本报|本刊|本台|[\p{Han}]{2}(?:日报|晚报))讯\s*[（(　 记通].*|本报(?:记者|通讯员)[\p{Han}\s、]{2,24}(?:文[/／]图)?)$",
    )
});
static AFTER_SIGNATURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(.*[。！？!?…”]\s*[（(](?:[\p{Han}]{2,6}|[^（()）]*(?:记者|通讯员)[^（()）]*)[）)])|([（(][\p{Han}]{2,6}[）)])|((?:本报记者|记者)?[\p{Han}]{2,4}\s*摄[）)]?))\s*([^。；]{6,60})$",
    )
});
static DAY_OF_NEWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^([^。；，,]{8,60}?)\s*((?:\d{1,2}\s*月\s*\d{1,2}\s*日|日前|近日|昨日)(?:上午|下午|晚)?[，,].*。.*)$",
    )
});

/// Cuts headlines off the lines of text that they were glued to.
pub(super) fn unglue(lines: Vec<Line>) -> Vec<Line> {
    let page = Page::new(&lines);
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let cut = if line.cells.is_empty() {
            let before = at.checked_sub(1).and_then(|i| lines.get(i));
            cut_at_words(line, before)
                .or_else(|| page.cut_by_width(&lines, at).map(|(a, b)| (a, b, true)))
        } else {
            None
        };
        match cut {
            Some((first, second, begins)) => {
                out.push(Line {
                    text: first,
                    ..line.clone()
                });
                out.push(Line {
                    text: second,
                    number: line.number,
                    begins,
                    ..Line::default()
                });
            }
            None => out.push(line.clone()),
        }
    }
    out
}

/// A headline before `本报讯`, after a closing signature or a photo credit, or before the day of the news that it repeats;
/// and whether the second half is the text.
fn cut_at_words(line: &Line, before: Option<&Line>) -> Option<(String, String, bool)> {
    // The second line of a headline may be short.
    const SHORT: usize = 6;
    let in_headline = before.is_some_and(|before| line.gap == 0 && is_headlineish(&before.text));
    let halves = |pattern: &Regex| {
        let found = pattern.captures(&line.text)?;
        let mut groups = found
            .iter()
            .skip(1)
            .flatten()
            .map(|m| m.as_str().trim().to_owned());
        Some((groups.next()?, groups.next()?))
    };
    if let Some((head, news)) = halves(&BEFORE_NEWS)
        && (in_headline || head.chars().count() >= SHORT)
        && is_headlineish(&head)
        && byline::read_line(&line.text).is_none()
    {
        return Some((head, news, true));
    }
    if let Some((text, head)) = halves(&AFTER_SIGNATURE)
        && (byline::read_signature(&text).is_some() || marks::is_credit(&text))
        && is_headlineish(&head)
    {
        return Some((text, head, false));
    }
    let (head, news) = halves(&DAY_OF_NEWS)?;
    let repeated = share(&head, &news);
    (is_headlineish(&head) && repeated >= 400).then_some((head, news, true))
}

/// How many lines above or below say what an article is about.
const NEAR: usize = 60;

/// How many pairs of the headline stand in the one text and not in the other.
fn only_in(head: &str, text: &str, other: &str) -> usize {
    let (there, elsewhere): (HashSet<_>, HashSet<_>) = (
        pairs(text).into_iter().collect(),
        pairs(other).into_iter().collect(),
    );
    pairs(head)
        .iter()
        .filter(|pair| there.contains(pair) && !elsewhere.contains(pair))
        .count()
}

fn near_text(lines: &[Line]) -> String {
    lines
        .iter()
        .map(|line| line.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

/// What the page's lines tell together.
struct Page {
    columns: Vec<Option<usize>>,
    /// By how much the first lines of paragraphs are narrower than their columns.
    indent: usize,
    /// How often two Han characters stand side by side.
    pairs: HashMap<(char, char), u32>,
}

impl Page {
    fn new(lines: &[Line]) -> Self {
        let columns = measure(lines);
        let (mut indented, mut full) = (0, 0);
        for (at, three) in lines.windows(3).enumerate() {
            let [before, line, after] = three else {
                continue;
            };
            let first = is_closed(&before.text) && line.gap > 0 && after.gap == 0;
            let Some(column) = columns.get(at + 1).copied().flatten().filter(|_| first) else {
                continue;
            };
            let w = width(&line.text);
            indented += usize::from(is_first_line(w, column));
            full += usize::from(w.abs_diff(column) <= 2);
        }
        let mut counts = HashMap::new();
        for line in lines {
            for pair in pairs(&line.text) {
                *counts.entry(pair).or_insert(0) += 1;
            }
        }
        Self {
            columns,
            indent: if indented > full { INDENT } else { 0 },
            pairs: counts,
        }
    }

    /// A headline's last line with the first line of a column's text behind it: together wider than the column.
    ///
    /// The cut is where what is left fills the column, moved by a character or two so as not to part two characters that
    /// stand together elsewhere on the page, so that the headline's lines are as long as each other, and so that a headline
    /// of the text above takes nothing that only the text below speaks of.
    fn cut_by_width(&self, lines: &[Line], at: usize) -> Option<(String, String)> {
        let line = lines.get(at)?;
        let column = self.columns.get(at).copied().flatten()?;
        let all = width(&line.text);
        let next = lines.get(at + 1)?;
        let goes_on = width(&next.text) <= column + 4
            && !is_closed(&line.text)
            && !marks::begins_with_day(&next.text)
            && !next.stands_alone()
            && !byline::has_dateline(&next.text);
        if line.heading > 0
            || marks::read_credit(&line.text).is_some()
            || !goes_on
            || all < column + 8
            || all > column * 5 / 2
            || han_count(&line.text) < 12
        {
            return None;
        }
        let before = at
            .checked_sub(1)
            .and_then(|i| lines.get(i))
            .filter(|before| {
                line.gap == 0 && is_headlineish(&before.text) && width(&before.text) <= column
            });
        let above = near_text(lines.get(at.saturating_sub(NEAR)..at.saturating_sub(1))?);
        let below = near_text(lines.get(at + 1..(at + NEAR).min(lines.len()))?);
        let trails =
            before.is_some_and(|before| share(&before.text, &above) > share(&before.text, &below));
        let text: Vec<char> = line.text.chars().collect();
        let target = column.saturating_sub(self.indent);
        let piece = |range: std::ops::Range<usize>| {
            text.get(range).unwrap_or(&[]).iter().collect::<String>()
        };
        let cut = (4..text.len())
            .filter_map(|cut| {
                let off = width(&piece(cut..text.len())).abs_diff(target);
                let parted = text.get(cut - 1).copied().zip(text.get(cut).copied());
                let together = parted
                    .filter(|(a, b)| is_han(*a) && is_han(*b))
                    .and_then(|pair| self.pairs.get(&pair))
                    .is_some_and(|&n| n > 1);
                if off > 5 {
                    return None;
                }
                let head = piece(0..cut);
                let uneven = before.map_or(0, |before| {
                    width(&before.text).abs_diff(width(&head)).min(4) / 2
                });
                let strange = if trails {
                    only_in(&head, &below, &above)
                } else {
                    0
                };
                Some((off + uneven + 3 * strange + 6 * usize::from(together), cut))
            })
            .min()?
            .1;
        let (head, rest) = (piece(0..cut), piece(cut..text.len()));
        let plausible = is_headlineish(&head)
            && !head.contains(['，', ','])
            && !is_headlineish_pair(&line.text);
        plausible.then(|| (head.trim().to_owned(), rest.trim().to_owned()))
    }
}

/// Whether a wide line is simply a headline of several phrases.
fn is_headlineish_pair(text: &str) -> bool {
    is_headlineish(text) && text.split_whitespace().count() >= 2
}

#[cfg(test)]
mod tests {
    use super::super::lines::read;

    fn texts(page: &str) -> Vec<String> {
        read(page).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_headline_glued_to_its_news_is_cut_off() {
        assert_eq!(
            texts("清河两岸花正开本报讯(记者 张三)昨日,河边花开。"),
            ["清河两岸花正开", "本报讯(记者 张三)昨日,河边花开。"]
        );
        assert_eq!(
            texts("清河两岸桃红柳绿\n花正开本报讯(记者 张三)昨日,河边花开。"),
            [
                "清河两岸桃红柳绿",
                "花正开",
                "本报讯(记者 张三)昨日,河边花开。"
            ]
        );
        assert_eq!(
            texts("路修好了。(张三)清河两岸花正开"),
            ["路修好了。(张三)", "清河两岸花正开"]
        );
        assert_eq!(
            texts("清河区召开春季植树动员会3月2日,清河区召开春季植树动员会,部署植树。"),
            [
                "清河区召开春季植树动员会",
                "3月2日,清河区召开春季植树动员会,部署植树。"
            ]
        );
    }
}
