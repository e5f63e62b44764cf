//! Short articles of words that are made up.

use std::io::{self, Write};

use serde_json::json;

use crate::random::Random;

/// Words that the articles are made of, and characters that the words are made of.
const WORDS: usize = 60_000;
const CHARACTERS: usize = 3000;

/// Writes `count` articles.
pub(crate) fn write(count: usize, out: &mut impl Write) -> io::Result<()> {
    let mut random = Random(20);
    let character = |random: &mut Random| {
        let code = 0x4E00 + random.skewed(CHARACTERS) * 6;
        char::from_u32(u32::try_from(code).unwrap()).unwrap()
    };
    let mut words: Vec<String> = Vec::new();
    for _ in 0..WORDS {
        let length = *random.of(&[1, 2, 2, 2, 2, 2, 3, 4]);
        words.push((0..length).map(|_| character(&mut random)).collect());
    }
    for number in 0..count {
        let mut text = |clauses: usize| {
            let mut text = String::new();
            for clause in 0..clauses {
                for _ in 0..3 + random.below(5) {
                    text.push_str(&words[random.skewed(WORDS)]);
                }
                if random.below(8) == 0 {
                    text.push_str(&format!("{}年", 1949 + random.below(80)));
                }
                text.push(if clause + 1 == clauses { '。' } else { '，' });
            }
            text
        };
        let (title, body) = (text(1), text(5));
        let (year, month) = (2000 + number % 25, 1 + number % 12);
        let article = json!({
            "id": format!("{number:08x}"),
            "title": title.trim_end_matches('。'),
            "body": body,
            "date": format!("{year}-{month:02}-{:02}", 1 + number % 28),
            "section": *random.of(&["要闻", "民生", "经济", "文化"]),
        });
        writeln!(out, "{article}")?;
    }
    Ok(())
}
