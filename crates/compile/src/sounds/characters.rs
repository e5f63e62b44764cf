//! How a character is read: usual readings of today, toneless.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use encoding_rs::GBK;
use pinyin::ToPinyin;
use souwen_text::is_han;

use crate::dictionary;

/// A line of `character:reading,reading…`s; see there.
const POLYPHONES: &str = include_str!("polyphones.txt");

static TABLE: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    entries()
        .filter_map(|(c, readings)| Some((c.chars().next()?, readings)))
        .collect()
});

fn entries() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    POLYPHONES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .filter_map(|entry| entry.split_once(':'))
        .map(|(c, readings)| (c, readings.split(',').collect()))
}

/// The usual readings of a character, the commonest first; none if it has none.
///
/// The `pinyin` crate knows more of them than any reader does (重 as tong, 会 as kuai in front of hui);
/// of its readings only the first one counts, and only for characters that the table does not name.
pub(super) fn readings(c: char) -> Vec<String> {
    match TABLE.get(&c) {
        Some(readings) => readings.iter().map(|&reading| reading.to_owned()).collect(),
        None => c
            .to_pinyin()
            .map(|reading| reading.plain().replace('ü', "v").replace('ê', "e"))
            .into_iter()
            .collect(),
    }
}

/// The first of them.
pub(super) fn first_reading(c: char) -> Option<String> {
    readings(c).into_iter().next()
}

/// Characters that readers type in place of others: so many of the commonest.
const COMMON: usize = 2500;

/// The characters that readers type without thinking, ascending: of the 3,755 of GB 2312's first
/// level those that jieba's dictionary counts most often.
pub(super) fn common() -> Vec<char> {
    // The level's rows are 0xB0 to 0xD7 in the encoding's first byte.
    let codes = (0xB0..=0xD7).flat_map(|row| (0xA1..=0xFE).map(move |cell| [row, cell]));
    let mut common: Vec<char> = codes
        .filter_map(|code: [u8; 2]| {
            let text = GBK.decode_without_bom_handling_and_without_replacement(&code)?;
            text.chars().next().filter(|&c| is_han(c))
        })
        .collect();
    common.sort_by_cached_key(|c| Reverse(dictionary::frequency(&c.to_string())));
    common.truncate(COMMON);
    common.sort_unstable();
    common
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn table_is_sound() {
        let mut seen = HashSet::new();
        let mut entries_seen = 0;
        for (c, readings) in entries() {
            assert_eq!(c.chars().count(), 1, "{c}");
            assert!(c.chars().all(souwen_text::is_han), "{c}");
            assert!(seen.insert(c), "{c} stands twice");
            let distinct: HashSet<_> = readings.iter().collect();
            assert_eq!(distinct.len(), readings.len(), "{c}");
            for reading in &readings {
                let letters = reading.bytes().all(|b| b.is_ascii_lowercase());
                assert!(letters && (1..=6).contains(&reading.len()), "{c} {reading}");
            }
            let known = c.chars().next().and_then(|c| c.to_pinyin());
            let alone = known.is_some_and(|known| readings == [known.plain()]);
            assert!(!alone, "{c} needs no entry");
            entries_seen += 1;
        }
        assert!(entries_seen > 250);
    }

    #[test]
    fn commonest_first() {
        for (text, expected) in [
            ("重", "zhong chong"),
            ("长", "chang zhang"),
            ("行", "xing hang"),
            ("都", "dou du"),
            ("乐", "le yue"),
            ("会", "hui kuai"),
            ("调", "diao tiao"),
            ("朝", "chao zhao"),
            ("还", "hai huan"),
            ("地", "di de"),
            ("了", "le liao"),
            ("着", "zhe zhao zhuo"),
            ("的", "de di"),
            ("大", "da dai"),
            ("厦", "sha xia"),
            ("单", "dan shan"),
            ("仇", "chou qiu"),
            ("查", "cha zha"),
            ("解", "jie xie"),
            ("区", "qu ou"),
            ("绿", "lv lu"),
            ("女", "nv"),
            ("虐", "nve"),
            ("不", "bu"),
            ("一", "yi"),
            ("什", "shen shi"),
            ("谁", "shui shei"),
            ("荥", "xing ying"),
            ("亳", "bo"),
            ("儿", "er"),
            ("〇", "ling"),
            ("a", ""),
            ("々", ""),
        ] {
            let c = text.chars().next().expect("a character");
            assert_eq!(readings(c).join(" "), expected, "{text}");
        }
    }
}
