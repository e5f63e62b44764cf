//! How a word is read: characters that are read otherwise in it than alone.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::characters::first_reading;
use crate::dictionary::is_known;

/// Lines of `character reading word…`; see there.
const WORDS: &str = include_str!("words.txt");

/// Per word: characters in it and how they are read.
static TABLE: LazyLock<HashMap<&'static str, Vec<(char, &'static str)>>> = LazyLock::new(|| {
    let mut table: HashMap<_, Vec<_>> = HashMap::new();
    for (c, reading, words) in lines() {
        for word in words {
            table.entry(word).or_default().push((c, reading));
        }
    }
    table
});

/// The characters that words of the table read in their own way: others need no look-up.
static TOLD: LazyLock<HashSet<char>> = LazyLock::new(|| lines().map(|(c, ..)| c).collect());

fn lines() -> impl Iterator<Item = (char, &'static str, Vec<&'static str>)> {
    WORDS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut parts = line.split_whitespace();
            let c = parts.next()?.chars().next()?;
            Some((c, parts.next()?, parts.collect()))
        })
}

/// How a word is read, a syllable a character, if not every character of it is read in its first
/// way. None if one has no reading at all.
pub(super) fn reading(word: &str) -> Option<Vec<String>> {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() < 2 || !chars.iter().any(|c| TOLD.contains(c)) {
        return None;
    }
    let plain: Option<Vec<String>> = chars.iter().map(|&c| first_reading(c)).collect();
    let plain = plain?;
    let read = read(&chars, &plain);
    (read != plain).then_some(read)
}

/// Reads a word that the table names; else takes it apart into words, and reads those.
fn read(chars: &[char], plain: &[String]) -> Vec<String> {
    let word: String = chars.iter().collect();
    if let Some(own) = TABLE.get(word.as_str()) {
        let reading = |(c, first): (&char, &String)| {
            own.iter()
                .find(|(told, _)| told == c)
                .map_or_else(|| first.clone(), |(_, reading)| (*reading).to_owned())
        };
        return chars.iter().zip(plain).map(reading).collect();
    }
    let mut all = Vec::with_capacity(chars.len());
    let mut at = 0;
    for len in parts(chars) {
        let (part, first) = (chars.get(at..at + len), plain.get(at..at + len));
        let (part, first) = (part.unwrap_or_default(), first.unwrap_or_default());
        if len > 1 {
            all.extend(read(part, first));
        } else {
            all.extend_from_slice(first);
        }
        at += len;
    }
    all
}

/// The lengths of the fewest words that make up a longer one (工商 行政 管理 and not 工 商行 政 管理). Of
/// equally few those with the fewest characters alone (国防 部长, not 国防部 长), then with the most words
/// of the table (总 队长, not 总队 长), then the longer first.
fn parts(chars: &[char]) -> Vec<usize> {
    let len = chars.len();
    // Per place: how many words, how many of them alone and not of the table there are from there on,
    // and the length of the first.
    let mut best = vec![(0, 0, 0, 0); len + 1];
    for start in (0..len).rev() {
        let choice = |length: usize| {
            let word: String = chars.iter().skip(start).take(length).collect();
            let told = TABLE.contains_key(word.as_str());
            if length > 1 && !told && !is_known(&word) {
                return None;
            }
            let &(words, alone, untold, _) = best.get(start + length)?;
            let count = |holds: bool| i32::from(holds);
            let choice = (words + 1, alone + count(length == 1), untold + count(!told));
            Some((choice.0, choice.1, choice.2, length))
        };
        let choices = (1..=len - start)
            .rev()
            .filter(|&length| length < len)
            .filter_map(choice);
        let chosen = choices.min_by_key(|&(words, alone, untold, _)| (words, alone, untold));
        if let (Some(chosen), Some(slot)) = (chosen, best.get_mut(start)) {
            *slot = chosen;
        }
    }
    let mut lengths = Vec::new();
    let mut at = 0;
    while let Some(&(.., length)) = best.get(at).filter(|chosen| chosen.3 > 0) {
        lengths.push(length);
        at += length;
    }
    lengths
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn table_is_sound() {
        let mut told: HashMap<(char, &str), &str> = HashMap::new();
        for (c, reading, words) in lines() {
            let letters = reading.bytes().all(|b| b.is_ascii_lowercase());
            assert!(letters && (1..=6).contains(&reading.len()), "{c} {reading}");
            for word in words {
                assert!(word.contains(c), "{word} has no {c}");
                assert!(word.chars().all(souwen_text::is_han), "{word}");
                let before = told.insert((c, word), reading);
                assert_eq!(before, None, "{word} tells of {c} twice");
            }
        }
    }

    #[test]
    fn words() {
        for (word, expected) in [
            ("重庆", "chong qing"),
            ("银行", "yin hang"),
            ("中国银行", "zhong guo yin hang"),
            ("长江", "-"),
            ("校长", "xiao zhang"),
            ("副市长", "fu shi zhang"),
            ("增长率", "zeng zhang lv"),
            ("成长期", "cheng zhang qi"),
            ("音乐", "yin yue"),
            ("音乐会", "yin yue hui"),
            ("会计", "kuai ji"),
            ("会计师", "kuai ji shi"),
            ("行业", "hang ye"),
            ("工商行政管理", "-"),
            ("银行行长", "yin hang hang zhang"),
            ("首都", "shou du"),
            ("都市", "du shi"),
            ("角色", "jue se"),
            ("投降", "tou xiang"),
            ("参差", "cen ci"),
            ("人参", "ren shen"),
            ("大夫", "dai fu"),
            ("单于", "chan yu"),
            ("厦门", "xia men"),
            ("东莞", "-"),
            ("六安", "lu an"),
            ("蚌埠", "beng bu"),
            ("番禺", "pan yu"),
            ("乐清", "yue qing"),
            ("会稽", "kuai ji"),
            ("重要", "-"),
            ("调整", "tiao zheng"),
            ("调查", "-"),
            ("协调", "xie tiao"),
            ("便宜", "pian yi"),
            ("传记", "zhuan ji"),
            ("效率", "-"),
            ("率先", "shuai xian"),
            ("归还", "gui huan"),
            ("还款", "huan kuan"),
            ("还是", "-"),
            ("西藏", "xi zang"),
            ("宝藏", "bao zang"),
            ("处分", "-"),
            ("目的", "mu di"),
            ("着力", "zhuo li"),
            ("着急", "zhao ji"),
            ("没收", "mo shou"),
            ("模样", "mu yang"),
            ("供给侧", "gong ji ce"),
            ("恶劣", "-"),
            ("可恶", "ke wu"),
            ("洪洞", "hong tong"),
            ("中牟", "zhong mu"),
            ("魏都区", "wei du qu"),
            ("什锦", "shi jin"),
            ("游说", "you shui"),
            ("睡觉", "shui jiao"),
            ("堵塞", "du se"),
            ("老", "-"),
            ("旅行社", "-"),
            ("各有所长", "-"),
            ("国防部长", "guo fang bu zhang"),
            ("总队长", "zong dui zhang"),
            ("朝阳区", "-"),
            ("一刹那", "yi cha na"),
            ("大都会", "da du hui"),
            ("乐", "-"),
        ] {
            let read = reading(word).map_or_else(|| "-".to_owned(), |read| read.join(" "));
            assert_eq!(read, expected, "{word}");
        }
    }
}
