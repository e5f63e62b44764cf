//! Small signs of the trade: section names, continuations, datelines without a byline, folios, photo credits.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use super::punctuation::han_count;

static SECTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[【\[■●◆▍]?\s*(?:[一本]周要闻|今日要闻|要闻|要闻速[递览]|核心提示|内容提要|导读|编者按|编者的话|图片新闻|图说[\p{Han}]{0,4}|简讯|短讯|快讯|资讯|新闻速递|新闻链接|相关链接|延伸阅读|综合新闻|本地新闻|国内新闻|国际新闻|时政新闻|民生新闻|社会新闻|经济新闻|要闻简报|[\p{Han}]{2,4}简讯|[\p{Han}]{2,4}短波|一句话新闻|记者手记|采访手记|短评|评论|时评|社论|言论|副刊|专版|专题|特刊|[\p{Han}]{2,6}[\s·]+(?:副刊|专版|专刊|周刊)|本报评论员文章)\s*[】\]]?[:：]?$",
    )
});
/// Sections that are a part of the article beside them, not a column of the page.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"核心提示|内容提要|导读|编者按|编者的话|新闻链接|相关链接|延伸阅读|记者手记|采访手记|短评",
    )
});
static CONTINUED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*[（(【]?\s*(?:上?[接紧]?上接|上接|紧接)\s*第?\s*[\p{Han}A-Z\d]{1,4}\s*版[^）)】]{0,24}[）)】]?",
    )
});
static TURNS_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\s*[（(【]?\s*(?:下转|转)\s*第?\s*[\p{Han}A-Z\d]{1,4}\s*版[^）)】]{0,24}[）)】]?\s*$")
});
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[▲△●○◆◇■□★☆※◎•]?\s*[“「]?[自从]?(?:(?:\d{4}\s*年)?\s*\d{1,2}\s*月\s*\d{1,2}\s*日|\d{1,2}\s*日(?:上午|下午|晚)|日前|近日|近期|昨日|昨天|今天|今日|连日来|近年来|今年以来|最近|记者(?:昨日|昨天|日前|近日)?从)",
    )
});
static SOME_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d{1,2}\s*月\s*\d{1,2}\s*日|日前|近日|昨日|连日来"));
/// What a photographer is, before the name.
const PHOTOGRAPHER: &str = r"(?:本报|本刊|本台|新华社|中新社|全媒体|融媒体?|特约|特派|实习|见习|首席|摄影)*(?:记者|通讯员|实习生|摄影师)";
static ROLE: LazyLock<Regex> = LazyLock::new(|| pattern(PHOTOGRAPHER));
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    let name = format!(r"(?:{PHOTOGRAPHER}\s*)?[\p{{Han}}·]{{2,4}}");
    pattern(&format!(
        r"(?:^|[\s。！？”）)，,\u{{3000}}])[（(]?\s*({name}(?:[\s、]+{name}){{0,3}}\s*)(?:摄影报道|摄影|摄|供图|制图)\s*[)）]?\s*$",
    ))
});
static FOLIO_DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"));
/// A line that is a day and nothing else.
static BARE_DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s*$"));
/// A page's number and name, as `A3 要闻`.
static PAGE_NAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:[A-Z]\d{1,2}|0\d)\s*[\p{Han}]{2,4}$"));
static FOLIO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"星期[一二三四五六日天]|农历|责任编辑|责编|本版编辑|值班(?:编委|主任|编辑)|版式|美编|校对|新闻热线|投稿邮箱|广告热线|^本版(?:图片|照片|稿件|图文|文图)|电话[:：]|邮箱[:：]|^第?\s*[A-Z]?\d{1,2}\s*版|^[A-Z]?\d{1,2}\s*$|国内统一(?:连续出版物|刊)号|邮发代号|http|www\.",
    )
});
static PHOTO_WORD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"图[为是]|图片(?:为|由)|资料图|上图|下图|左图|右图|如图"));

/// A section's name, such as `一周要闻`.
pub(super) fn is_section(text: &str) -> bool {
    SECTION.is_match(text.trim())
}

/// A section's name that heads a part of an article (`核心提示`), not a column of the page.
pub(super) fn is_part(text: &str) -> bool {
    is_section(text) && PART.is_match(text)
}

/// The length in bytes of `(上接第一版)` at the text's beginning.
pub(super) fn continued_end(text: &str) -> Option<usize> {
    CONTINUED.find(text).map(|m| m.end())
}

/// The text without a closing `(下转第三版)`.
pub(super) fn without_turn(text: &str) -> &str {
    TURNS_TO.find(text).map_or(text, |m| &text[..m.start()])
}

/// Whether the text begins with the day that it happened.
pub(super) fn begins_with_day(text: &str) -> bool {
    DAY.is_match(text.trim_start())
}

/// Whether the text names a day, `12月16日`.
pub(super) fn names_day(text: &str) -> bool {
    SOME_DAY.is_match(text)
}

/// Whether a whole text is a photo credit, `某某 摄`.
pub(super) fn is_credit(text: &str) -> bool {
    let bare = text.trim();
    bare.chars().count() <= 24
        && CREDIT.find(bare).is_some_and(|m| m.start() == 0)
        && !bare.contains(['。', '，'])
}

/// The photographers at a caption's end.
pub(super) fn read_credit(text: &str) -> Option<Vec<String>> {
    let found = CREDIT.captures(text.trim_end())?;
    let names = found.get(1)?.as_str();
    super::names::read_names(&ROLE.replace_all(names, " "))
}

/// Whether the text speaks of its picture, `图为…`.
pub(super) fn speaks_of_picture(text: &str) -> bool {
    PHOTO_WORD.is_match(text)
}

/// The page's own furniture: folio, editors, telephone numbers.
pub(super) fn is_folio(text: &str) -> bool {
    let bare = text.trim();
    bare.chars().count() <= 80 && !bare.contains('。') && FOLIO.is_match(bare)
}

/// Whether a line at a page's head is its paper's name and day, or its own number and name, as nothing else is there.
pub(super) fn is_page_head(text: &str) -> bool {
    const REST: usize = 12;
    let bare = text.trim();
    let rest = |day: &regex::Match<'_>| {
        let (before, after) = (&bare[..day.start()], &bare[day.end()..]);
        let apart = (before.is_empty() || before.ends_with(char::is_whitespace))
            && (after.is_empty()
                || after.starts_with(char::is_whitespace)
                || after.starts_with("星期"));
        apart && han_count(before) + han_count(after) <= REST
    };
    let is_sentence = bare.contains(['，', ',', '。', '：', ':']);
    BARE_DATE.is_match(bare)
        || PAGE_NAME.is_match(bare)
        || (!is_sentence
            && full_date(bare).is_some()
            && FOLIO_DATE.find(bare).is_some_and(|day| rest(&day)))
}

/// A full date in a text, or all of a line, as `YYYY-MM-DD`.
pub(super) fn full_date(text: &str) -> Option<String> {
    let found = FOLIO_DATE
        .captures(text)
        .or_else(|| BARE_DATE.captures(text))?;
    let number = |i| found.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
    crate::date::from_parts(number(1)?, number(2)?, number(3)?)
}

/// Whether a text is one of several short ones, each behind a mark: `▲日前，…`.
pub(super) fn is_brief(text: &str) -> bool {
    text.trim_start()
        .starts_with(['▲', '△', '●', '○', '◆', '◇', '■', '★', '☆', '◎'])
}

/// Whether a text ends with who wrote it as well as took its picture.
pub(super) fn is_photo_report(text: &str) -> bool {
    text.trim_end()
        .trim_end_matches([')', '）'])
        .ends_with("摄影报道")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections() {
        assert!(is_section("一周要闻") && !is_part("一周要闻"));
        assert!(is_part("核心提示") && is_section("【编者按】"));
        assert!(is_section("清河水 副刊") && is_section("评论"));
        assert!(!is_section("要闻记者走基层"));
    }

    #[test]
    fn continuations() {
        assert_eq!(continued_end("(上接第一版)"), Some("(上接第一版)".len()));
        assert!(continued_end("（上接01版）发挥").is_some());
        assert_eq!(without_turn("干起来。(下转第三版)"), "干起来。");
        assert_eq!(continued_end("上接天光"), None);
    }

    #[test]
    fn news_begins_with_a_day() {
        for text in ["12月16日,会议", "1 月 9 日下午，在", "日前,"] {
            assert!(begins_with_day(text), "{text}");
        }
        assert!(begins_with_day("▲近日,") && is_brief("▲近日,"));
        assert!(!begins_with_day("河道的生态"));
    }

    #[test]
    fn credits() {
        assert!(is_credit("张三丰 摄") && is_credit("(本报记者 张三 摄)"));
        assert_eq!(
            read_credit("会议召开。张三 摄"),
            Some(vec!["张三".to_owned()])
        );
        assert_eq!(
            read_credit("重要作用。张三丰摄"),
            Some(vec!["张三丰".to_owned()])
        );
        assert_eq!(
            read_credit("并停放。(张三 摄)"),
            Some(vec!["张三".to_owned()])
        );
        assert_eq!(read_credit("大家都在拍摄"), None);
        for line in [
            "特约记者 张三 摄",
            "本报全媒体记者 张三 摄影报道",
            "本报实习记者张三 摄",
            "摄影师 张三 摄",
        ] {
            assert!(is_credit(line), "{line}");
            assert_eq!(read_credit(line), Some(vec!["张三".to_owned()]), "{line}");
        }
        assert_eq!(
            read_credit("花开了。本报记者 张三 通讯员 李四 摄"),
            Some(vec!["张三".to_owned(), "李四".to_owned()])
        );
    }

    #[test]
    fn folios() {
        assert!(is_folio("2025年6月18日 星期三 责任编辑 张三"));
        assert_eq!(
            full_date("2025年6月8日 星期日"),
            Some("2025-06-08".to_owned())
        );
        assert_eq!(full_date("2025年13月8日"), None);
        for (line, date) in [
            ("2021-08-14", Some("2021-08-14")),
            ("2021.8.14", Some("2021-08-14")),
            ("2021年8月14日", Some("2021-08-14")),
            ("清河日报 2021年8月14日 第3版", Some("2021-08-14")),
            ("A3 要闻", None),
        ] {
            assert!(is_page_head(line), "{line}");
            assert_eq!(full_date(line).as_deref(), date, "{line}");
        }
        assert!(!is_page_head("清河镇的老桥在2021年8月14日修好通车"));
        assert!(!is_page_head("3月2日 花开") && !is_page_head("20万人 看花"));
        assert!(is_folio("本版图片除署名外均为资料图片"));
        assert!(!is_folio("他在星期三去了河边。"));
    }
}
