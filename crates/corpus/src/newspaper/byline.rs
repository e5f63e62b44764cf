//! Who wrote it: names out of every form of byline.

use std::sync::LazyLock;

use regex::Regex;

use super::names::{looks_like_name, read_names};
use super::pattern;

/// Words that say what the named people did. The longer come first, so that `通讯员` is not left as `员`.
const ROLES: &str = r"(?:(?:本报|本刊|本台|本网|本社|新华社|中新社|全媒体|融媒体?|特约|特派|驻[\p{Han}]{1,4}|实习|见习|首席|高级|资深|[\p{Han}]{2,4}(?:日报|晚报|时报|早报|晨报))*(?:记者|通讯员|评论员|撰稿人|摄影师)|实习生|见习生|作者|撰文|采写|整理|摄影报道|文[/／]图|图[/／]文)";
/// Roles that are words of their own only: inside a name they are a part of it.
/// What stands before an author's name under an essay's headline.
const AUTHOR_MARKS: [char; 5] = ['□', '■', '◎', '○', '◇'];
const SHORT_ROLES: [&str; 10] = [
    "文", "图", "摄", "文字", "图片", "摄影", "文图", "图文", "报道", "通讯",
];

static ROLE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"{ROLES}[:：]?")));
static SPACED_ROLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"记\s*者|通\s*讯\s*员|实\s*习\s*生|评\s*论\s*员"));
/// Roles that make a line a byline by themselves; `文` and `图` alone would take too much for one.
static TELLING_ROLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"记者|通讯员|评论员|实习生|见习生|撰文|采写|作者|文[/／]图|图[/／]文|摄影报道|撰稿人|(?:^|\s)文[/／:：]|[/／]文",
    )
});
/// `本报讯(记者 … )`, `某某日报讯 …`, `新华社某地12月3日电(记者 …)`.
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:【[^】]{1,12}】\s*)?(?:(?:本报|本刊|本台|本网|[\p{Han}]{2,6}(?:报|网|台))(?:[\p{Han}]{2,8}(?:\s*\d{1,2}\s*月\s*\d{1,2}\s*日)?)?\s*讯|(?:新华社|中新社|中新网|人民网|央视网|据新华社)[\p{Han}]{1,12}\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*[电讯])",
    )
});
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*[（(]([^（()）]{2,80})[)）]"));
/// `本报讯 记者张三报道:` and `本报讯 通讯员 李四 ` without brackets.
static OPEN_NAMES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*((?:实习|见习)?(?:记者|通讯员)[\p{Han}·\s、]{2,30}?)(?:报道)?(?:[:：,，\d]|\s{2}|$)",
    )
});
static CLOSING: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*[（(]([^（()）]{2,60})[)）]\s*$"));

/// The names of a line that is nothing but a byline; `None` when it is something else.
pub(super) fn read_line(line: &str) -> Option<Vec<String>> {
    let bare = line
        .trim()
        .trim_start_matches(|c: char| "□■◎●○◆◇▲△★☆◉▌※*＊-—".contains(c))
        .trim();
    if line.trim().starts_with(AUTHOR_MARKS) && bare.chars().count() <= 16 {
        let names = read_names(bare).filter(|names| names.iter().all(|name| looks_like_name(name)));
        if names.is_some() {
            return names;
        }
    }
    let inner = match CLOSING.captures(bare) {
        Some(found) if found.get(0).is_some_and(|m| m.start() == 0) => {
            found.get(1).map_or(bare, |m| m.as_str())
        }
        _ => bare,
    };
    if inner.chars().count() > 60 || !TELLING_ROLE.is_match(inner) {
        return None;
    }
    read_roles(inner)
}

/// `记者 张三 通讯员 李四` → the names. Every word must be a role, a name or a work place.
fn read_roles(text: &str) -> Option<Vec<String>> {
    // A line break or justification may have parted a role's characters.
    let text = SPACED_ROLE.replace_all(text, |found: &regex::Captures<'_>| {
        found
            .get(0)
            .map_or("", |m| m.as_str())
            .split_whitespace()
            .collect::<String>()
    });
    let text = text.as_ref();
    let mut names = Vec::new();
    for (at, piece) in ROLE.split(text).enumerate() {
        let glued = at > 0 && piece.starts_with(super::punctuation::is_han);
        let piece = strip_workplaces(piece);
        if !piece.trim().is_empty() {
            let found = read_names(&piece)?;
            // `记者节` is no name: what is glued to the role must begin with a family name.
            if glued
                && !found
                    .first()
                    .is_some_and(|name| looks_like_name(name) || name.contains('·'))
            {
                return None;
            }
            names.extend(found);
        }
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    (!names.is_empty()).then_some(names)
}

/// Leaves out words such as `市委宣传部` before a correspondent's name, and `文`, `图`.
fn strip_workplaces(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || "/／:：".contains(c))
        .map(|word| word.strip_suffix("报道").unwrap_or(word))
        .filter(|word| !word.is_empty() && !SHORT_ROLES.contains(word))
        .filter(|word| {
            let place = word
                .chars()
                .next_back()
                .is_some_and(|c| "部局台社办院校委厅所会司团队".contains(c));
            !(place && word.chars().count() >= 4)
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether the text begins as news does: `本报讯`, an agency's dateline.
pub(super) fn has_dateline(text: &str) -> bool {
    dateline_end(text).is_some()
}

/// Where the dateline with its bracketed names ends, as a byte offset into `text`.
pub(super) fn dateline_end(text: &str) -> Option<usize> {
    let Some(found) = DATELINE.find(text) else {
        return reporters_in_front(text).map(|(end, _)| end);
    };
    let rest = &text[found.end()..];
    if let Some(brackets) = BRACKETS.find(rest) {
        return Some(found.end() + brackets.end());
    }
    // `本报讯` goes before a space, a name or the news itself; `报讯` inside a longer word does not.
    (rest.starts_with(char::is_whitespace)
        || rest.starts_with(['　', '：', ':', '“', '"', '（', '('])
        || OPEN_NAMES.is_match(rest)
        || found.as_str().trim().starts_with("本报讯"))
    .then_some(found.end())
}

/// The names in a paragraph's dateline.
pub(super) fn read_dateline(text: &str) -> Vec<String> {
    let Some(found) = DATELINE.find(text) else {
        return reporters_in_front(text).map_or_else(Vec::new, |(_, names)| names);
    };
    let rest = &text[found.end()..];
    let inner = BRACKETS
        .captures(rest)
        .or_else(|| OPEN_NAMES.captures(rest));
    inner
        .and_then(|found| found.get(1))
        .and_then(|inner| read_roles(inner.as_str()))
        .unwrap_or_default()
}

/// The name by which an office or a pen signs: one short word that is no note of the editors.
/// `（记者 张三）` in front of the news, without `本报讯`: where it ends, and the names.
fn reporters_in_front(text: &str) -> Option<(usize, Vec<String>)> {
    let found = BRACKETS.captures(text)?;
    let (end, inner) = (found.get(0)?.end(), found.get(1)?.as_str());
    let is_news = !text[end..].trim().is_empty() && TELLING_ROLE.is_match(inner);
    let names = if is_news { read_roles(inner) } else { None };
    names.map(|names| (end, names))
}

fn read_office(inner: &str) -> Option<Vec<String>> {
    const NOTES: [&str; 26] = [
        "完",
        "待续",
        "未完",
        "未完待续",
        "全文完",
        "完结",
        "节选",
        "摘编",
        "摘自",
        "略",
        "下略",
        "笑",
        "大笑",
        "笑声",
        "掌声",
        "鼓掌",
        "资料",
        "资料图",
        "资料图片",
        "图片",
        "如图",
        "见图",
        "上图",
        "下图",
        "左图",
        "右图",
    ];
    let word = inner.trim();
    let count = word.chars().count();
    let office = word.ends_with([
        '宣', '委', '办', '局', '站', '台', '部', '会', '联', '院', '校', '社',
    ]);
    let fits = (2..=4).contains(&count) || (count <= 7 && office);
    let note =
        NOTES.contains(&word) || word.starts_with(['上', '下', '见', '据', '注', '第', '转', '续']);
    (fits && !note && word.chars().all(super::punctuation::is_han)).then(|| vec![word.to_owned()])
}

/// A closing `(署名)`: where it begins in `text`, and its names.
///
/// With a role any name is taken; a bare one may be a person's, a pen's or an office's, but `(完)` and `(待续)` are notes.
pub(super) fn read_signature(text: &str) -> Option<(usize, Vec<String>)> {
    let found = CLOSING.captures(text)?;
    let (whole, inner) = (found.get(0)?, found.get(1)?.as_str());
    if inner.trim_end().ends_with(['摄', '像']) {
        return None;
    }
    let before = text[..whole.start()].trim_end();
    if !(before.is_empty() || super::punctuation::is_closed(before)) {
        return None;
    }
    let names = if TELLING_ROLE.is_match(inner) {
        read_roles(inner)?
    } else {
        read_names(inner)
            .filter(|names| names.iter().all(|name| looks_like_name(name)))
            .or_else(|| read_office(inner))?
    };
    Some((whole.start(), names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byline_lines() {
        let cases: &[(&str, &[&str])] = &[
            ("本报记者 张三丰 通讯员 李四", &["张三丰", "李四"]),
            ("本报记者张三丰通讯员李四", &["张三丰", "李四"]),
            ("本报记者 张三丰 文/图", &["张三丰"]),
            ("□ 本报记者 张三丰", &["张三丰"]),
            ("本报记者 张三 实习生 李四光 文/图", &["张三", "李四光"]),
            ("文/张三 图/李四", &["张三", "李四"]),
            ("(记者 张三 通讯员 李四)", &["张三", "李四"]),
            ("本报记者 单文图 通讯员 盖文竹", &["单文图", "盖文竹"]),
            ("通讯员 市委宣传部 张三", &["张三"]),
            ("本报首席记者 张 三", &["张三"]),
            ("作者:张三", &["张三"]),
            ("□ 张三丰", &["张三丰"]),
            ("□张三 李四", &["张三", "李四"]),
        ];
        for (line, names) in cases {
            assert_eq!(read_line(line).unwrap_or_default(), *names, "{line}");
        }
        for line in [
            "记者节到来",
            "记者在现场看到，树都绿了。",
            "小院里的热心人",
            "(张三)",
            "图文并茂讲党课",
            "■ 新闻链接",
            "◎清河两岸花正开",
        ] {
            assert_eq!(read_line(line), None, "{line}");
        }
    }

    #[test]
    fn datelines() {
        let cases: &[(&str, &[&str])] = &[
            (
                "本报讯(记者 张三 通讯员 李四)12月17日上午",
                &["张三", "李四"],
            ),
            ("本报讯（记者张三）昨日", &["张三"]),
            ("本报讯(记 者 张三 通讯 员 李四)昨日", &["张三", "李四"]),
            ("清河日报讯(记者 张三)昨日", &["张三"]),
            ("新华社北京12月3日电（记者张三、李四）", &["张三", "李四"]),
            ("本报讯 记者张三报道：昨日", &["张三"]),
            ("本报讯 昨日,桥通了。", &[]),
            (
                "（记者 张三 通讯员 李四）4月9日,桥通了。",
                &["张三", "李四"],
            ),
        ];
        for (text, names) in cases {
            assert!(has_dateline(text), "{text}");
            assert_eq!(read_dateline(text), *names, "{text}");
        }
        assert!(!has_dateline("日报讯息中心落成") && !has_dateline("（记者 张三）"));
    }

    #[test]
    fn signatures() {
        assert_eq!(
            read_signature("优化环境。(魏明)").map(|s| s.1),
            Some(vec!["魏明".to_owned()])
        );
        assert_eq!(read_signature("(魏明)").map(|s| s.0), Some(0));
        assert_eq!(
            read_signature("优化环境。（记者 张三 李四）").map(|s| s.1),
            Some(vec!["张三".to_owned(), "李四".to_owned()])
        );
        assert_eq!(
            read_signature("（县宣）").map(|s| s.1),
            Some(vec!["县宣".to_owned()])
        );
        assert_eq!(
            read_signature("给答复。（县消保委）").map(|s| s.1),
            Some(vec!["县消保委".to_owned()])
        );
        for text in [
            "优化环境。(完)",
            "好。（掌声）",
            "好。（下转第二版）",
            "未完。(待续)",
            "一家公司(简称清河)",
            "某公司。(张三 摄)",
        ] {
            assert_eq!(read_signature(text), None, "{text}");
        }
    }
}
