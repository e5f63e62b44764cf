//! The ten thousand articles, compiled once for all tests.

use std::path::Path;
use std::sync::OnceLock;
use std::time::Instant;

use souwen_corpus::{Article, read_paths};
use souwen_index::Index;
use souwen_search::{Engine, MAX_LIMIT, SearchOptions};
use souwen_text::Stream;

/// The articles, their index, and each as a search sees it.
pub(crate) struct Archive {
    pub(crate) articles: Vec<Article>,
    /// Per article: the text and the stream of its headline and of its body.
    pub(crate) fields: Vec<[(String, Stream); 2]>,
    bytes: Vec<u8>,
}

/// The archive, or nothing where its file is not at hand.
pub(crate) fn archive() -> Option<&'static Archive> {
    static ARCHIVE: OnceLock<Option<Archive>> = OnceLock::new();
    let archive = ARCHIVE.get_or_init(|| {
        let name = "../shared/corpus/news-10k.jsonl.gz";
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(name);
        file.is_file().then(|| Archive::read(&file))
    });
    if archive.is_none() {
        println!("skipped: ../shared/corpus/news-10k.jsonl.gz is not there");
    }
    archive.as_ref()
}

impl Archive {
    fn read(file: &Path) -> Self {
        let start = Instant::now();
        let mut articles = Vec::new();
        let paths = [file.to_owned()];
        read_paths(&paths, &souwen_corpus::Options::default(), &mut |item| {
            articles.push(item.expect("every line is an article"));
        });
        let compiled =
            souwen_compile::compile(&articles, &souwen_compile::Options::default()).unwrap();
        println!(
            "{} articles compiled in {:.1} s: {} terms, {} bytes",
            articles.len(),
            start.elapsed().as_secs_f64(),
            compiled.stats.terms,
            compiled.bytes.len()
        );
        let index = Index::open(&compiled.bytes).unwrap();
        let field = |text: String| {
            let stream = index.analyser().stream(&text);
            (text, stream)
        };
        // These articles have no other fields.
        let fields = |article: &Article| {
            let others = [&article.kicker, &article.subtitle];
            assert!(others.into_iter().all(String::is_empty));
            assert!(
                [&article.captions, &article.tags, &article.reporters]
                    .into_iter()
                    .all(Vec::is_empty)
            );
            [
                field(article.title.clone()),
                field(article.paragraphs.join("\n")),
            ]
        };
        Self {
            fields: articles.iter().map(fields).collect(),
            articles,
            bytes: compiled.bytes,
        }
    }

    /// An engine of one's own: it is not shared between threads.
    pub(crate) fn engine(&self) -> Engine {
        Engine::new(Index::open(&self.bytes).unwrap())
    }
}

/// Some of what a query finds.
pub(crate) struct Hits {
    /// Ids, best first.
    pub(crate) ids: Vec<String>,
    /// How many the engine says that there are; none if it does not know.
    pub(crate) total: Option<usize>,
}

/// `count` of the articles that a query finds, from `offset` on, in their order.
pub(crate) fn hits(engine: &Engine, query: &str, offset: usize, count: usize) -> Hits {
    let all = engine.documents(query, &SearchOptions::default()).unwrap();
    let none = SearchOptions {
        limit: 0,
        facets: false,
        ..SearchOptions::default()
    };
    let answer = engine.search(query, &none).unwrap();
    let id = |&document: &u32| engine.index().record(document).unwrap().id;
    let total = usize::try_from(answer.total).unwrap();
    let exact = answer.total_is_exact && total == all.len();
    Hits {
        ids: all.iter().skip(offset).take(count).map(id).collect(),
        total: exact.then_some(total),
    }
}

/// What the pages of a query's answer show: every hit, and the reprints that stand under it.
pub(crate) fn shown(engine: &Engine, query: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut offset = 0;
    loop {
        let options = SearchOptions {
            limit: MAX_LIMIT,
            offset,
            ..SearchOptions::default()
        };
        let page = engine.search(query, &options).unwrap();
        offset += u32::try_from(page.hits.len()).unwrap();
        let last = page.hits.is_empty();
        for hit in page.hits {
            ids.push(hit.id);
            ids.extend(hit.similar.into_iter().map(|own| own.id));
        }
        if last {
            return ids;
        }
    }
}
