//! How the archive's characters and words are read, and what its characters look like.

mod characters;
mod shapes;
mod words;

use rustc_hash::FxHashSet;
use souwen_index::SoundParts;
use souwen_text::{Alphabet, cast, is_han};

use crate::dictionary;

/// What only jieba's dictionary can tell, asked for while it is there.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// The characters that readers type without thinking.
    common: Vec<char>,
    /// Words of which some character is not read in its first way, and how they are read.
    words: Vec<(String, Vec<String>)>,
}

impl Prepared {
    /// Asks about words.
    pub(crate) fn new<'a>(words: impl Iterator<Item = &'a String>) -> Self {
        let words = words.filter_map(|word| Some((word.clone(), reading(word)?)));
        Self {
            common: characters::common(),
            words: words.collect(),
        }
    }
}

/// What readers' pinyin and slips need to know of an archive: of the characters in its streams and
/// of those of the prepared words that `is_word`.
#[must_use]
pub(crate) fn for_archive(
    alphabet: &Alphabet,
    streams: &FxHashSet<char>,
    prepared: Prepared,
    is_word: impl Fn(&str) -> bool,
) -> SoundParts {
    let held = |c: &char| is_han(*c) && streams.contains(c);
    let strangers: Vec<char> = prepared
        .common
        .into_iter()
        .filter(|c| alphabet.code(*c).is_none())
        .collect();
    let own = alphabet.chars().iter().map(|c| {
        let own = held(c).then(|| characters::readings(*c));
        own.unwrap_or_default()
    });
    let readings = own.chain(strangers.iter().map(|&c| characters::readings(c)));
    let words = prepared.words.into_iter().filter(|(word, _)| is_word(word));
    let code = |c: char| match strangers.binary_search(&c) {
        Ok(at) => Some(alphabet.len() + cast::small(at)),
        Err(_) => alphabet.code(c).filter(|_| held(&c)),
    };
    // A group without a character of the archive leads nowhere.
    let groups = shapes::groups().filter(|group| group.chars().any(|c| held(&c)));
    let group = |group: &str| group.chars().filter_map(code).collect();
    SoundParts {
        readings: readings.collect(),
        words: words.collect(),
        look_alikes: groups.map(group).collect(),
        strangers: strangers.clone(),
    }
}

/// How a word is read if not every character of it is read in its first way.
fn reading(word: &str) -> Option<Vec<String>> {
    let Some(spelled) = dictionary::spelled(word) else {
        return words::reading(word);
    };
    let first = |c: char| characters::readings(c).into_iter().next();
    words::reading(spelled).or_else(|| spelled.chars().map(first).collect())
}

#[cfg(test)]
mod tests {
    use souwen_corpus::Article;
    use souwen_index::{Index, Sounds};
    use souwen_text::Lexicon;

    use crate::{Options, compile};

    fn spell(sounds: &Sounds, reading: &[u16]) -> String {
        let syllable = |&s: &u16| sounds.syllables()[usize::from(s)].as_str();
        reading.iter().map(syllable).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_index_holds_what_its_archive_needs() {
        let article = Article {
            id: "a".into(),
            title: "重庆银行行长到老吴营社区考察营商环境".into(),
            paragraphs: vec!["坏天气里，她绿化了家长的院子。".into()],
            ..Article::default()
        };
        let compiled = compile(&[article], &Options::default()).expect("compiles");
        let index = Index::open(&compiled.bytes).expect("opens");
        index.validate().expect("is sound");
        let (sounds, alphabet) = (index.sounds(), index.alphabet());
        let code = |c: char| alphabet.code(c).expect("is held");
        for (c, expected) in [
            ('吴', "wu"),
            ('营', "ying"),
            ('行', "xing hang"),
            ('绿', "lv lu"),
            ('，', ""),
        ] {
            assert_eq!(spell(sounds, sounds.readings(code(c))), expected, "{c}");
        }
        for (word, expected) in [
            ("重庆", Some("chong qing")),
            ("银行", Some("yin hang")),
            ("家长", Some("jia zhang")),
            ("社区", None),
        ] {
            let ordinal = index.analyser().dictionary().ordinal(word);
            let ordinal = ordinal.expect("is a word");
            let reading = sounds.word_reading(ordinal).map(|own| spell(sounds, own));
            assert_eq!(reading.as_deref(), expected, "{word}");
        }
        let at = sounds.syllables().iter().position(|s| s == "huan");
        let huan = u16::try_from(at.expect("is a syllable")).expect("few syllables");
        assert_eq!(sounds.characters(huan), [code('环')]);
        assert!(sounds.look_alikes(code('环')).contains(&code('坏')));
        assert!(sounds.look_alikes(code('老')).contains(&code('考')));
        assert!(sounds.look_alikes(code('，')).is_empty());
    }
}
