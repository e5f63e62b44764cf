//! Random small archives, and random things to type at them.

use proptest::prelude::*;
use souwen_corpus::Article;

/// Few characters and words, so that different texts hold the same; and everything that the analyser treats in a way of
/// its own.
fn token() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "中", "国", "市", "民", "会", "议", "的", "一", "开", "环", "境", "環", "𠮷", "㐀", "〇",
        "々", "吉", "市民", "会议", "开会", "环境", "中国", "市中", "什么", "后", "後",
    ]);
    let latin = prop::sample::select(vec![
        "a", "B", "c", "ab", "Ａ", "é", "C++", "C#", "Open", "5G", "㎡", "½", "⑴", "㏂", "①", "Ⅳ",
        "㈱", "ﬁ", "が",
    ]);
    let number = prop::sample::select(vec![
        "1",
        "12",
        "５",
        "1,984",
        "2.77",
        "2.77亿元",
        "12月17日",
        "1700余名",
        "3-5岁",
        "75%",
        "12:30",
    ]);
    let sign = prop::sample::select(vec![
        "，", "。", "“", "”", "-", "\"", "（", "）", "\n", " ", "　", ".", ",", "+", "#", "％",
        "·", "\u{200B}", "\u{AD}", "😀", "、",
    ]);
    prop_oneof![8 => word, 2 => latin, 2 => number, 4 => sign].prop_map(str::to_owned)
}

fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(token(), 0..most).prop_map(|tokens| tokens.concat())
}

fn article() -> impl Strategy<Value = Article> {
    let date = prop::option::of((2020u32..2023, 1u32..13, 1u32..29));
    let reporters = prop::collection::vec("[甲乙丙丁吉祥]{2,3}", 0..2);
    (
        text(10),
        prop::collection::vec(text(30), 0..4),
        prop::collection::vec(text(12), 0..2),
        text(5),
        text(5),
        reporters,
        date,
    )
        .prop_map(
            |(title, paragraphs, captions, kicker, subtitle, reporters, date)| Article {
                title,
                paragraphs,
                captions,
                kicker,
                subtitle,
                reporters,
                date: date.map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
                ..Article::default()
            },
        )
}

/// One to six articles with ids of their own.
pub(crate) fn articles() -> impl Strategy<Value = Vec<Article>> {
    prop::collection::vec(article(), 1..7).prop_map(|mut articles| {
        for (number, article) in articles.iter_mut().enumerate() {
            article.id = format!("a{number}");
        }
        articles
    })
}

/// Something to type: words, signs and operators.
pub(crate) fn typed() -> impl Strategy<Value = String> {
    let operator = prop::sample::select(vec![" ", " -", "\"", " \"", "\" ", "　－", "＂"])
        .prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![4 => token(), 1 => operator], 0..8)
        .prop_map(|parts| parts.concat())
}

/// Clauses without operators: what stands between white space.
pub(crate) fn clauses() -> impl Strategy<Value = Vec<String>> {
    let operator = |c: char| c.is_whitespace() || "-－\"＂".contains(c);
    let clause = prop::collection::vec(token(), 1..5)
        .prop_map(move |tokens| tokens.concat().replace(operator, ""));
    prop::collection::vec(clause, 1..4)
}

/// The fields of an archive, each with its article's id.
pub(crate) struct Texts(Vec<(String, String)>);

impl Texts {
    pub(crate) fn of(articles: &[Article]) -> Self {
        let fields = |article: &Article| {
            let texts = [
                article.title.clone(),
                article.kicker.clone(),
                article.subtitle.clone(),
                article.paragraphs.join("\n"),
                article.captions.join("\n"),
                article.reporters.join("\n"),
            ];
            texts.map(|text| (article.id.clone(), text))
        };
        Self(articles.iter().flat_map(fields).collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(id, text)| (id.as_str(), text.as_str()))
    }

    /// Any of them; every archive has some, if empty.
    pub(crate) fn pick(&self, number: u16) -> (&str, &str) {
        let (id, text) = &self.0[usize::from(number) % self.0.len()];
        (id, text)
    }
}

/// A run of a text as printed, and whether it begins and ends where no two `joined` characters stand side by side.
pub(crate) fn piece(
    text: &str,
    from: u16,
    length: u8,
    joined: impl Fn(char) -> bool,
) -> Option<(String, bool)> {
    let chars: Vec<char> = text.chars().collect();
    let from = usize::from(from).checked_rem(chars.len())?;
    let to = (from + 1 + usize::from(length) % 10).min(chars.len());
    let clean = |at: usize| {
        let two = at.checked_sub(1).and_then(|before| chars.get(before..=at));
        !two.is_some_and(|two| two.iter().all(|&c| joined(c)))
    };
    Some((chars[from..to].iter().collect(), clean(from) && clean(to)))
}
