//! Compile articles into a Souwen index.
//!
//! ```text
//! articles ─► records ─► fold table, dictionary ─► analyser ─► terms ─► postings ─► bytes
//! ```
//!
//! Native only: here live jieba's full dictionary, its model for new words and the Unicode tables,
//! so that none of them is in the reader's browser. What they know of this archive goes into the
//! index. The same articles give the same bytes.

mod columns;
pub mod dictionary;
mod duplicates;
mod error;
mod folds;
mod keywords;
mod new_words;
mod options;
mod sounds;
mod synonyms;
mod terms;

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;
use souwen_corpus::{Article, Kind};
use souwen_index::{
    Core, Date, Facts, Field, Layout, MAX_WEIGHT, Meta, Posting, Record, Sink, TextCodec, Writer,
    encode_record,
};
use souwen_text::{Alphabet, Analyser, Dictionary, cast, weight_of};

pub use error::CompileError;
pub use options::{Options, Stats};

/// BM25's k1 and b in thousandths. News articles say the same thing a few times, short and long:
/// a low k1 lets the first occurrence count most, a low b forgives length.
const K1: u32 = 600;
const B: u32 = 300;

/// Bytes of texts that their code is learnt from at most.
const SAMPLE: usize = 4 << 20;
/// Documents whose texts are coded together.
const BATCH: usize = 1024;

/// A finished index.
#[derive(Debug)]
pub struct Compiled {
    /// The bytes of the index file.
    pub bytes: Vec<u8>,
    /// Its figures.
    pub stats: Stats,
    /// The synonyms of which none stands in any article, as `甲 = 乙`.
    pub idle_synonyms: Vec<String>,
}

/// Compiles articles into an index of one file.
///
/// # Errors
/// [`CompileError`] says what is wrong with the articles.
pub fn compile(articles: &[Article], options: &Options) -> Result<Compiled, CompileError> {
    /// Keeps nothing: everything is in the index file.
    struct Nowhere;
    impl Sink for Nowhere {
        fn part(&mut self, _: Vec<u8>) -> std::io::Result<[u8; 8]> {
            Err(std::io::Error::other("an index of one file has no parts"))
        }
    }
    let layout = Layout {
        single: u64::MAX,
        ..Layout::default()
    };
    compile_to(articles, options, layout, &mut Nowhere)
}

/// Compiles articles into an index, whose parts go to `sink` if it is too large for one file.
///
/// # Errors
/// [`CompileError`] says what is wrong with the articles, or that a part could not be kept.
pub fn compile_to(
    articles: &[Article],
    options: &Options,
    layout: Layout,
    sink: &mut dyn Sink,
) -> Result<Compiled, CompileError> {
    if articles.is_empty() {
        return Err(CompileError::Empty);
    }
    check_ids(articles)?;
    columns::check_names(&options.facets)?;
    check_weights(options)?;
    let mut records: Vec<Record> = articles.par_iter().map(record_of).collect();
    let fields: Vec<Vec<(Field, String)>> = records.par_iter().map(Record::fields).collect();

    let fold = folds::complete();
    let texts: Vec<String> = fields.iter().map(|fields| join(fields)).collect();
    let names: Vec<String> = articles
        .iter()
        .flat_map(|article| article.reporters.clone())
        .collect();
    let synonyms = synonyms::collect(&fold, &options.synonyms)?;
    let members = synonyms.groups().iter().flatten();
    let members: HashSet<String> = members.map(|member| member.iter().collect()).collect();
    let own: Vec<String> = options.words.iter().chain(&members).cloned().collect();
    let mut words = dictionary::collect(&fold, &texts, &names, &own);
    let weighted = words
        .iter()
        .map(|(word, &frequency)| (word, weight_of(frequency)));
    let analyser = Analyser::new(
        fold,
        Dictionary::from_words(weighted).map_err(CompileError::Fst)?,
    );

    let mut meta = Meta {
        name: options.name.clone(),
        language: options.language.clone(),
        generator: concat!("souwen ", env!("CARGO_PKG_VERSION")).to_owned(),
        documents: u32::try_from(articles.len()).map_err(|_| CompileError::TooLarge)?,
        k1: K1,
        b: B,
        half_life_days: options.half_life_days,
        weights: options.weights,
        ..Meta::default()
    };
    let mut terms: Vec<_> = fields
        .par_iter()
        .map(|fields| terms::of_document(&analyser, &meta, fields))
        .collect();
    let lengths: Vec<u32> = terms.iter().map(|terms| terms.length).collect();
    let sketches: Vec<_> = terms.iter().map(|terms| terms.sketch.clone()).collect();
    let date = |article: &Article| article.date.as_deref().and_then(Date::parse);
    let dates: Vec<Option<Date>> = articles.iter().map(date).collect();
    let groups = duplicates::groups(&sketches, analyser.fold(), &fields, &dates);
    let cut: HashSet<&String> = terms.iter().flat_map(|terms| &terms.cut).collect();
    dictionary::prune(&mut words, &cut, &members);
    terms::complete(&mut terms, &analyser, &fields, words.keys());
    let counts: Vec<_> = terms
        .iter_mut()
        .map(|terms| std::mem::take(&mut terms.counts))
        .collect();
    let inverted = terms::invert(terms, &meta);
    records
        .par_iter_mut()
        .zip(counts)
        .for_each(|(record, counts)| record.keywords = counts.keywords(&inverted, meta.documents));
    let idle_synonyms = synonyms::idle(&synonyms, &inverted, analyser.fold(), &fields);

    let mut stream_chars: HashSet<char> = inverted.singles.iter().map(|(c, _)| *c).collect();
    stream_chars.extend(members.iter().flat_map(|member| member.chars()));
    let printed: HashSet<char> = texts.iter().flat_map(|text| text.chars()).collect();
    let folds = folds::for_archive(&stream_chars, &printed);
    let mut lexicon: BTreeMap<String, (u64, Vec<_>)> = words
        .iter()
        .map(|(word, &frequency)| (word.clone(), (frequency, Vec::new())))
        .collect();
    for (word, postings) in inverted.words {
        lexicon.entry(word).or_default().1 = postings;
    }
    let lexicon: Vec<_> = lexicon
        .into_iter()
        .map(|(key, (frequency, list))| (key, frequency, list))
        .collect();
    let alphabet = alphabet(&records, &inverted.singles, &lexicon);
    let spell = |word: &str| -> Option<Vec<u32>> {
        let codes = word.chars().map(|c| alphabet.code(c));
        codes
            .map(|code| code.filter(|&code| code < u32::from(u16::MAX)))
            .collect()
    };
    let mut terms: BTreeMap<Vec<u32>, (u64, Vec<Posting>)> = BTreeMap::new();
    let mut add = |word: &str, frequency: u64, list: Vec<Posting>| {
        // What the alphabet cannot spell could be no reader's query either.
        if let Some(key) = spell(word) {
            let own = terms.entry(key).or_default();
            own.0 = own.0.max(frequency);
            own.1.extend(list);
        }
    };
    for (c, list) in inverted.singles {
        add(&c.to_string(), 0, list);
    }
    for ((first, second), list) in inverted.pairs {
        add(&[first, second].iter().collect::<String>(), 0, list);
    }
    for (word, frequency, list) in lexicon {
        add(&word, frequency, list);
    }

    let characters = articles
        .iter()
        .map(|article| u64::try_from(article.characters()).unwrap_or(0))
        .sum();
    meta.characters = characters;
    meta.average_length = average(&lengths);
    meta.fingerprint = souwen_text::fingerprint();
    meta.newest = dates
        .iter()
        .flatten()
        .map(|date| date.days() + 1)
        .max()
        .unwrap_or(0);
    let stats = Stats {
        documents: meta.documents,
        characters,
        terms: cast::small(terms.len()),
        words: cast::small(words.len()),
        repeated: cast::small(
            (0..)
                .zip(&groups)
                .filter(|(own, first)| own != *first)
                .count(),
        ),
    };
    let facets = columns::facets(articles, options);
    let entries = terms
        .iter()
        .filter(|(key, (frequency, _))| key.len() > 2 || *frequency > 0);
    let words: Vec<String> = entries
        .map(|(key, _)| key.iter().filter_map(|&code| alphabet.char(code)).collect())
        .collect();
    let sounds = sounds::for_archive(&alphabet, &stream_chars, words.iter().map(String::as_str));
    let codec = train(&alphabet, &records)?;
    let spelling = alphabet.clone();
    let encoder = codec.clone();
    let encoder = encoder.encoder(&spelling);
    let core = Core {
        codec,
        meta,
        folds,
        synonyms,
        alphabet,
        sounds,
        facets: facets
            .iter()
            .map(|own| (own.name.clone(), own.values.clone()))
            .collect(),
    };
    let mut writer = Writer::new(core, layout, sink);
    for (key, (frequency, list)) in terms {
        writer.term(&key, frequency, &list)?;
    }
    for (number, batch) in records.chunks(BATCH).enumerate() {
        let texts: Vec<Vec<u8>> = batch
            .par_iter()
            .map(|record| encode_record(&encoder, record))
            .collect();
        for (at, (record, text)) in batch.iter().zip(&texts).enumerate() {
            let document = number * BATCH + at;
            let facts = Facts {
                length: lengths.get(document).copied().unwrap_or(0),
                group: groups.get(document).copied().unwrap_or(0),
                values: facets.iter().map(|own| own.of(document)).collect(),
            };
            writer.document(&facts, record, text)?;
        }
    }
    Ok(Compiled {
        bytes: writer.finish()?,
        stats,
        idle_synonyms,
    })
}

/// Learns how the texts are best coded, from a sample spread evenly over all of them.
fn train(alphabet: &Alphabet, records: &[Record]) -> Result<TextCodec, CompileError> {
    let texts: Vec<String> = records.iter().map(Record::join).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let step = bytes.div_ceil(SAMPLE).max(1);
    let sample: Vec<&String> = texts.iter().step_by(step).collect();
    let trained = TextCodec::train(alphabet, &sample, TextCodec::WORDS);
    trained.map_err(CompileError::Codec)
}

fn check_ids(articles: &[Article]) -> Result<(), CompileError> {
    let mut seen = HashSet::new();
    match articles.iter().find(|article| !seen.insert(&article.id)) {
        Some(article) => Err(CompileError::DuplicateId(article.id.clone())),
        None => Ok(()),
    }
}

fn check_weights(options: &Options) -> Result<(), CompileError> {
    let mut weights = options.weights.iter();
    match weights.find(|weight| !(1..=MAX_WEIGHT).contains(*weight)) {
        Some(&weight) => Err(CompileError::WeightOutOfRange(weight)),
        None => Ok(()),
    }
}

fn record_of(article: &Article) -> Record {
    let metadata = if article.metadata.is_empty() {
        String::new()
    } else {
        serde_json::to_string(&article.metadata).unwrap_or_default()
    };
    Record {
        id: article.id.clone(),
        kind: match article.kind {
            Kind::Article => souwen_index::Kind::Article,
            Kind::Photo => souwen_index::Kind::Photo,
            Kind::Table => souwen_index::Kind::Table,
        },
        date: article.date.as_deref().and_then(Date::parse),
        date_inferred: article.date_inferred,
        section: article.section.clone(),
        reporters: article.reporters.clone(),
        title: article.title.clone(),
        kicker: article.kicker.clone(),
        subtitle: article.subtitle.clone(),
        url: article.url.clone(),
        tags: article.tags.clone(),
        paragraphs: article.paragraphs.clone(),
        captions: article.captions.clone(),
        metadata,
        keywords: Vec::new(),
    }
}

fn join(fields: &[(Field, String)]) -> String {
    let texts: Vec<&str> = fields.iter().map(|(_, text)| text.as_str()).collect();
    texts.join("\n")
}

/// The characters of the stored texts by frequency, and those of streams and words that no text has.
fn alphabet<T, P>(
    records: &[Record],
    singles: &[(char, T)],
    lexicon: &[(String, u64, P)],
) -> Alphabet {
    let count = |record: &Record| {
        let mut counts: HashMap<char, u64> = HashMap::new();
        record
            .join()
            .chars()
            .for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let add = |mut all: HashMap<char, u64>, own: HashMap<char, u64>| {
        own.into_iter()
            .for_each(|(c, n)| *all.entry(c).or_default() += n);
        all
    };
    let mut counts = records.par_iter().map(count).reduce(HashMap::new, add);
    let of_words = lexicon.iter().flat_map(|(word, ..)| word.chars());
    for c in singles.iter().map(|(c, _)| *c).chain(of_words) {
        counts.entry(c).or_default();
    }
    Alphabet::new(counts.into_iter().collect())
}

fn average(lengths: &[u32]) -> u32 {
    let total: u64 = lengths.iter().map(|&len| u64::from(len)).sum();
    let documents = u64::try_from(lengths.len()).unwrap_or(1).max(1);
    u32::try_from(total / documents).unwrap_or(u32::MAX).max(1)
}
