//! The lines of a headline: which is 肩题, which the title, which 副题, and which are one line that was broken.

use super::classify::has_phrases;
use super::punctuation::{han_count, is_han, width};
use super::spacing;

/// One line of a headline as printed.
#[derive(Debug, Clone)]
pub(super) struct HeadLine {
    /// The text, spaces as they came.
    pub(super) text: String,
    /// The level of a Markdown heading, 0 for none.
    pub(super) level: u8,
    /// Whether the line before stands right above, with no blank line between.
    pub(super) close: bool,
}

/// A headline in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Headline {
    pub(super) kicker: String,
    pub(super) title: String,
    pub(super) subtitle: String,
}

/// Words after which a headline cannot end, so the next line belongs to it.
const UNFINISHED: [&str; 24] = [
    "召开", "举行", "举办", "开展", "主持", "组织", "落实", "贯彻", "推进", "推动", "助力", "打造",
    "实现", "传达", "学习", "调研", "参加", "关于", "的", "和", "与", "暨", "对", "以",
];
/// After which of those a headline may end all the same: a meeting that was held, not what it held.
const HELD: [&str; 4] = ["召开", "举行", "举办", "开展"];
/// Ends of a headline that tells an event.
const EVENT: [&str; 12] = [
    "召开", "举行", "举办", "开幕", "闭幕", "启动", "揭牌", "开工", "竣工", "完工", "通车", "发布",
];
/// A kicker says on what occasion the title was said.
const OCCASION: [&str; 8] = [
    "时要求",
    "时强调",
    "时指出",
    "时提出",
    "时表示",
    "中强调",
    "中要求",
    "上强调",
];
/// A subtitle says what sort of piece it is.
const GENRE: [&str; 12] = [
    "综述", "纪实", "侧记", "纪事", "见闻", "扫描", "观察", "走笔", "启示", "透视", "掠影", "小记",
];

/// Reads a stack of lines. `body` is the article's text, which often says the title again.
pub(super) fn compose(lines: &[HeadLine], body: &str) -> Headline {
    let body: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let mut parts: Vec<(String, u8)> = Vec::new();
    for line in lines {
        let text = spacing::headline(&line.text);
        if let Some((before, level)) = parts.last_mut()
            && *level == line.level
            && let Some(between) = broken(before, &text, line.close, &body)
        {
            before.push_str(between);
            before.push_str(&text);
            continue;
        }
        parts.push((text, line.level));
    }
    arrange(&parts, &body)
}

/// Whether two lines are one line that was broken, and what stands between them.
fn broken(a: &str, b: &str, close: bool, body: &str) -> Option<&'static str> {
    if is_dashed(b) || is_dashed(a) {
        return None;
    }
    let tail: String = a
        .chars()
        .rev()
        .take(2)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let head: String = b.chars().take(2).collect();
    let seam = format!("{tail}{head}");
    if seam.chars().all(|c| is_han(c) || c.is_ascii_digit()) && body.contains(&seam) {
        return Some("");
    }
    if OCCASION.iter().any(|end| a.ends_with(end)) {
        return None;
    }
    // One line does not say the same twice.
    if repeats(a, b) {
        return None;
    }
    let phrases = has_phrases(a) || has_phrases(b);
    if is_unfinished(a) && (close || !phrases) && han_count(a) >= 5 {
        return Some("");
    }
    if !close || phrases {
        return None;
    }
    if is_detail(a, b, body) && !is_unfinished(a) {
        return None;
    }
    // What happened is a title of its own, not half of a couplet.
    let event = |text: &str| EVENT.iter().any(|end| text.ends_with(end)) && !is_unfinished(text);
    if event(a) != event(b) && han_count(a) >= 8 {
        return None;
    }
    // A headline is broken into lines of about one length; a much longer one below it is another,
    // and a place or an office above it is its kicker.
    let (wide_a, wide_b) = (width(a), width(b));
    let uneven = if han_count(a) >= 5 {
        wide_b * 2 > wide_a * 3 + 4
    } else {
        wide_b >= wide_a * 2
    };
    if uneven {
        return None;
    }
    // Two lines of one length are a couplet: the printed line break is the pause between them. So it is before a number.
    let couplet = (wide_a == wide_b || han_count(a) == han_count(b)) && han_count(a) >= 5;
    Some(if couplet || b.starts_with(|c: char| c.is_ascii_digit()) {
        " "
    } else {
        ""
    })
}

/// Whether a line ends with a word after which more must come.
fn is_unfinished(text: &str) -> bool {
    let held = HELD.iter().find_map(|end| text.strip_suffix(end));
    let is_over =
        held.is_some_and(|what| what.ends_with(['会', '议', '坛', '式', '赛', '展', '节']));
    !is_over && UNFINISHED.iter().any(|end| text.ends_with(end))
}

/// Whether the second line says three characters again that the first one says, more than a place's name.
fn repeats(a: &str, b: &str) -> bool {
    const RUN: usize = 3;
    let name = |text: &str| text.chars().take(RUN).collect::<String>();
    let chars: Vec<char> = a.chars().collect();
    chars.windows(RUN).any(|run| {
        let run: String = run.iter().collect();
        run.chars().all(is_han) && run != name(a) && run != name(b) && b.contains(&run)
    })
}

fn is_dashed(text: &str) -> bool {
    text.starts_with(['—', '―', '─', '-'])
}

fn arrange(parts: &[(String, u8)], body: &str) -> Headline {
    let text = |i: usize| parts.get(i).map(|p| p.0.clone()).unwrap_or_default();
    let headline = |kicker: String, title: String, subtitle: String| Headline {
        kicker,
        title,
        subtitle,
    };
    let levels: Vec<u8> = parts.iter().map(|p| p.1).collect();
    let join = |range: std::ops::Range<usize>| {
        parts
            .get(range)
            .unwrap_or(&[])
            .iter()
            .map(|p| p.0.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    // Dashes mark subtitles, and a higher Markdown heading the title.
    if let Some(dash) = parts
        .iter()
        .position(|p| is_dashed(&p.0))
        .filter(|&i| i > 0)
    {
        return headline(join(0..dash - 1), text(dash - 1), join(dash..parts.len()));
    }
    let highest = levels.iter().copied().filter(|&l| l > 0).min();
    if let Some(highest) = highest
        && levels.iter().any(|&l| l != highest)
    {
        let title = levels.iter().position(|&l| l == highest).unwrap_or(0);
        return headline(join(0..title), text(title), join(title + 1..parts.len()));
    }
    match parts.len() {
        0 => Headline::default(),
        1 => headline(String::new(), text(0), String::new()),
        2 if is_title_first(&text(0), &text(1), body) => headline(String::new(), text(0), text(1)),
        2 => headline(text(0), text(1), String::new()),
        count => headline(text(0), text(1), join(2..count)),
    }
}

/// Whether the second line has figures for what the first one says, a title that the text says again.
fn is_detail(a: &str, b: &str, body: &str) -> bool {
    const SAID: usize = 400;
    let counts = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    han_count(a) >= 8
        && !counts(a)
        && counts(b)
        && [a, b]
            .iter()
            .all(|line| super::overlap::share(line, body) >= SAID)
}

/// Of two lines, whether the first is the title: it says what happened, and the second says why it matters.
fn is_title_first(a: &str, b: &str, body: &str) -> bool {
    let genre = |text: &str| GENRE.iter().any(|end| text.ends_with(end));
    if OCCASION.iter().any(|end| a.ends_with(end)) {
        return false;
    }
    if genre(b) {
        return true;
    }
    if is_detail(a, b, body) {
        return true;
    }
    if !has_phrases(a) && !has_phrases(b) {
        // Who or where stands above the title, shorter than it; what follows from it stands below.
        return (han_count(a) >= 12 && width(a) >= width(b))
            || (han_count(a) >= 8 && width(b) * 2 > width(a) * 3);
    }
    // `某某局` above `优化环境 助推发展` names who; a whole sentence of a headline above phrases is the title.
    has_phrases(b) && !has_phrases(a) && han_count(a) >= 13
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], body: &str, kicker: &str, title: &str, subtitle: &str) {
        let lines: Vec<HeadLine> = lines
            .iter()
            .map(|line| HeadLine {
                text: line.trim_start_matches('+').to_owned(),
                level: 0,
                close: line.starts_with('+'),
            })
            .collect();
        let expected = Headline {
            kicker: kicker.into(),
            title: title.into(),
            subtitle: subtitle.into(),
        };
        assert_eq!(compose(&lines, body), expected);
    }

    #[test]
    fn stacks() {
        check(
            &["清河镇林业站", "春风又绿清河岸 万株新柳护家园"],
            "",
            "清河镇林业站",
            "春风又绿清河岸 万株新柳护家园",
            "",
        );
        check(
            &["清河镇", "+万株新柳护家园"],
            "",
            "清河镇",
            "万株新柳护家园",
            "",
        );
        check(
            &["张三到清河镇调研时要求", "栽好树 护好河"],
            "",
            "张三到清河镇调研时要求",
            "栽好树 护好河",
            "",
        );
        check(
            &["春风又绿清河岸 万株新柳护家园", "——清河镇植树纪实"],
            "",
            "",
            "春风又绿清河岸 万株新柳护家园",
            "——清河镇植树纪实",
        );
        check(
            &["凝心聚力", "清河区第三届植树节开幕", "栽好树 护好河"],
            "",
            "凝心聚力",
            "清河区第三届植树节开幕",
            "栽好树 护好河",
        );
        check(
            &["清河区第三届植树节昨天隆重开幕", "栽好一棵树 护好一条河"],
            "",
            "",
            "清河区第三届植树节昨天隆重开幕",
            "栽好一棵树 护好一条河",
        );
    }

    #[test]
    fn figures_stand_below_the_title() {
        let body = "清河镇的茶今年采得早,比去年早了四天,每斤最高时卖到300元。";
        check(
            &["清河采茶比去年早四天", "+每斤卖到300元最高时"],
            body,
            "",
            "清河采茶比去年早四天",
            "每斤卖到300元最高时",
        );
        check(
            &["清河采茶比去年早四天", "每斤卖到300元最高时"],
            body,
            "",
            "清河采茶比去年早四天",
            "每斤卖到300元最高时",
        );
        check(
            &["农业农村局提前部署", "每斤卖到300元最高时"],
            body,
            "农业农村局提前部署",
            "每斤卖到300元最高时",
            "",
        );
    }

    #[test]
    fn an_event_is_the_title_of_a_stack() {
        check(
            &[
                "以发展实绩交出清河新的答卷",
                "+全县重点项目建设推进会召开",
                "+张三主持并讲话 李四出席",
            ],
            "",
            "以发展实绩交出清河新的答卷",
            "全县重点项目建设推进会召开",
            "张三主持并讲话 李四出席",
        );
    }

    #[test]
    fn lines_that_say_the_same_are_two() {
        check(
            &["“码上办”让群众少跑腿", "+清河区政务中心推出“码上办”"],
            "",
            "“码上办”让群众少跑腿",
            "清河区政务中心推出“码上办”",
            "",
        );
    }

    #[test]
    fn broken_lines() {
        check(
            &["张三主持召开", "+第二次植树会"],
            "",
            "",
            "张三主持召开第二次植树会",
            "",
        );
        check(
            &["清河区召开数字植树", "项目协调会"],
            "清河区召开数字植树项目协调会。",
            "",
            "清河区召开数字植树项目协调会",
            "",
        );
        check(
            &["清河两岸花儿香", "+新柳万株迎客来"],
            "",
            "",
            "清河两岸花儿香 新柳万株迎客来",
            "",
        );
    }
}
