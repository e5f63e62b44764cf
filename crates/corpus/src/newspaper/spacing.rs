//! White space: what justification put in is taken out, what words and names need is kept.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use super::punctuation::is_han;

/// Spaces that part names stay: bylines in brackets and a caption's closing credit.
static KEPT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[（(【][^（()）】]{0,60}(?:记者|通讯员|实习生|摄|供图|文/图|图/文)[^（()）】]{0,60}[)）】]|[\p{Han}·]{2,12}\s+(?:摄影报道|摄影|摄|供图|制图)\s*$",
    )
});

/// Prose: no space beside a Han character or a mark, one space between Latin words and between numbers.
pub(super) fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for kept in KEPT.find_iter(text) {
        squeeze(&text[from..kept.start()], &mut out);
        let mut first = true;
        for word in kept.as_str().split_whitespace() {
            if !first {
                out.push(' ');
            }
            first = false;
            out.push_str(word);
        }
        from = kept.end();
    }
    squeeze(&text[from..], &mut out);
    out
}

fn squeeze(text: &str, out: &mut String) {
    let justified = is_spaced_out(text);
    let mut before = out.chars().next_back();
    let mut pending = false;
    // How long the run of Latin characters before the space is: in a justified line single ones belong together.
    let mut run = 0_usize;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            pending = true;
            continue;
        }
        if pending {
            pending = false;
            let needs_space = before.is_some_and(|p| {
                p.is_ascii() && c.is_ascii() && p != '(' && !(p == ')' && c.is_ascii_digit())
            }) && !(before == Some('"') || c == '"')
                && !matches!(c, ',' | '.' | ')' | '%' | ';' | ':' | '!' | '?');
            let single = justified
                && run <= 1
                && chars
                    .peek()
                    .is_none_or(|n| n.is_whitespace() || !n.is_ascii());
            if needs_space && !single {
                out.push(' ');
                run = 0;
            } else if single {
                run = 0;
            }
        }
        run = if c.is_ascii_alphanumeric() {
            run + 1
        } else {
            0
        };
        out.push(c);
        before = Some(c);
    }
}

/// Whether most characters of a text stand apart from their neighbours, as in a line stretched to the column's width.
pub(super) fn is_spaced_out(text: &str) -> bool {
    let words = text.split_whitespace();
    let (mut single, mut all) = (0_usize, 0_usize);
    for word in words {
        all += 1;
        single += usize::from(word.chars().count() <= 2);
    }
    all >= 4 && single * 3 >= all * 2
}

/// A headline: the spaces between its phrases stay, as one each; those between single characters go.
pub(super) fn headline(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut out = String::with_capacity(text.len());
    for (i, word) in words.iter().enumerate() {
        let Some(before) = i.checked_sub(1).and_then(|i| words.get(i)) else {
            out.push_str(word);
            continue;
        };
        let single = |w: &str| w.chars().count() == 1;
        let stretched = single(word) && single(before);
        // `2023 年 第 2 次`: a number beside a character is spaced by the typesetter.
        let number = |w: &str| w.chars().all(|c| c.is_ascii_digit() || c == '.');
        let (end, start) = (before.chars().next_back(), word.chars().next());
        let beside_number =
            number(before) && start.is_some_and(is_han) || number(word) && end.is_some_and(is_han);
        let marks = |c: Option<char>| c.is_some_and(|c| "，、：；。！？,:;".contains(c));
        if !(stretched || beside_number || marks(end) || marks(start)) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Two pieces of one sentence, as the line break left them.
pub(super) fn join(before: &str, after: &str) -> String {
    let (a, b) = (before.trim_end(), after.trim_start());
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let between = if word(a.chars().next_back()) && word(b.chars().next()) {
        " "
    } else {
        ""
    };
    format!("{a}{between}{b}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn justified_lines_close_up() {
        assert_eq!(
            prose("桥 、 清 河 新 城 EOD 滨 河 植 物 园"),
            "桥、清河新城EOD滨河植物园"
        );
        assert_eq!(
            prose("3 月 2 日清早，评上 IV 级站"),
            "3月2日清早，评上IV级站"
        );
        assert_eq!(prose("采 用 E O D 模 式"), "采用EOD模式");
    }

    #[test]
    fn latin_words_and_numbers_keep_theirs() {
        assert_eq!(prose("参加 Open Data Day 活动"), "参加Open Data Day活动");
        assert_eq!(prose("型号 A 100 2023"), "型号A 100 2023");
    }

    #[test]
    fn names_in_a_byline_stay_apart() {
        assert_eq!(
            prose("本报讯（记者 张三 通讯员  李四）1 月 6 日"),
            "本报讯（记者 张三 通讯员 李四）1月6日"
        );
        assert_eq!(prose("会 议召开。 王五 摄"), "会议召开。王五 摄");
    }

    #[test]
    fn headlines_keep_the_space_between_phrases() {
        assert_eq!(headline("清河两岸  花正开"), "清河两岸 花正开");
        assert_eq!(headline("图 片 新 闻"), "图片新闻");
        assert_eq!(headline("召开 2023 年 会议"), "召开2023年 会议");
        assert_eq!(
            headline("定下时间表 23位代表验收"),
            "定下时间表 23位代表验收"
        );
    }

    #[test]
    fn a_line_break_between_latin_words_is_a_space() {
        assert_eq!(join("Open", "Data"), "Open Data");
        assert_eq!(join("产业", "园"), "产业园");
        assert_eq!(join("共有 11", "4 户"), "共有 114 户");
    }
}
