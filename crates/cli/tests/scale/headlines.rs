//! Three words of a headline: the article comes first.

use souwen_search::{Engine, SearchOptions};
use souwen_text::is_stop_word;

use crate::archive::{Archive, archive};
use crate::draws::Draws;

const SEED: u64 = 20_251_118;
/// Headlines drawn; each is asked for with its words apart and run together.
const QUERIES: usize = 1200;
const WORDS: usize = 3;
const PAGE: usize = 10;
const LEAST: f64 = 0.97;

/// Three words of an article's headline, in its order.
struct Drawn {
    article: usize,
    words: Vec<Vec<char>>,
    /// The articles with a headline that holds the three words in this order: the query does not
    /// tell them apart.
    same: Vec<usize>,
}

/// Words that say something: of two characters or more, and no stop words.
fn telling(engine: &Engine, title: &str) -> Vec<Vec<char>> {
    let analysis = engine.index().analyser().analyse(title);
    let words = analysis.segmentation().map(|word| analysis.text(word));
    words
        .filter(|word| !is_stop_word(word))
        .map(|word| word.chars().collect::<Vec<char>>())
        .filter(|word| word.len() > 1)
        .collect()
}

fn in_order(mut title: &[char], words: &[Vec<char>]) -> bool {
    words.iter().all(|word| {
        let at = title.windows(word.len()).position(|own| own == word);
        at.is_some_and(|at| {
            title = &title[at + word.len()..];
            true
        })
    })
}

fn draw(archive: &Archive, engine: &Engine) -> Vec<Drawn> {
    let mut draws = Draws(SEED);
    let mut drawn = Vec::new();
    while drawn.len() < QUERIES {
        let article = draws.below(archive.articles.len());
        let all = telling(engine, &archive.articles[article].title);
        if all.len() < WORDS {
            continue;
        }
        let mut places: Vec<usize> = Vec::new();
        while places.len() < WORDS {
            let place = draws.below(all.len());
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places.sort_unstable();
        let words: Vec<Vec<char>> = places.into_iter().map(|place| all[place].clone()).collect();
        let titles = archive.fields.iter().enumerate();
        let same = titles.filter(|(_, fields)| in_order(fields[0].1.chars(), &words));
        drawn.push(Drawn {
            article,
            same: same.map(|(article, _)| article).collect(),
            words,
        });
    }
    drawn
}

/// Mean reciprocal ranks.
#[derive(Default)]
struct Ranks {
    /// Of the first article that the query cannot tell from the one drawn.
    fitting: f64,
    /// Of the article drawn itself.
    own: f64,
    /// Of it, where no other headline fits.
    only: f64,
    only_count: usize,
}

fn measure(archive: &Archive, engine: &Engine, drawn: &[Drawn], between: &str) -> Ranks {
    let mut ranks = Ranks::default();
    for own in drawn {
        let words: Vec<String> = own.words.iter().map(|word| word.iter().collect()).collect();
        let query = words.join(between);
        let result = engine.search(&query, &SearchOptions::default()).unwrap();
        let rank = |wanted: &dyn Fn(&str) -> bool| {
            let at = result
                .hits
                .iter()
                .take(PAGE)
                .position(|hit| wanted(&hit.id));
            at.map_or(0.0, |at| 1.0 / f64::from(u32::try_from(at + 1).unwrap()))
        };
        let id = |article: usize| archive.articles[article].id.as_str();
        let fitting = rank(&|hit| own.same.iter().any(|&article| id(article) == hit));
        let exact = rank(&|hit| id(own.article) == hit);
        ranks.fitting += fitting;
        ranks.own += exact;
        if own.same.len() == 1 {
            ranks.only += exact;
            ranks.only_count += 1;
        }
        if fitting < 0.5 {
            let first = result.hits.first().map(|hit| hit.title.text.as_str());
            let title = &archive.articles[own.article].title;
            println!("  {query}: not {title}, but {}", first.unwrap_or("nothing"));
        }
    }
    let count = f64::from(u32::try_from(drawn.len()).unwrap());
    ranks.fitting /= count;
    ranks.own /= count;
    ranks.only /= f64::from(u32::try_from(ranks.only_count).unwrap());
    ranks
}

/// What the article drawn could reach at best, if headlines that all fit came first in any order.
fn bound(drawn: &[Drawn]) -> f64 {
    let fair = |own: &Drawn| {
        let number = |n: usize| f64::from(u32::try_from(n).unwrap());
        let ranks = (1..=own.same.len().min(PAGE)).map(|rank| 1.0 / number(rank));
        ranks.sum::<f64>() / number(own.same.len())
    };
    drawn.iter().map(fair).sum::<f64>() / f64::from(u32::try_from(drawn.len()).unwrap())
}

#[test]
fn three_words_of_a_headline_bring_it_up() {
    let Some(archive) = archive() else { return };
    let engine = archive.engine();
    let drawn = draw(archive, &engine);
    println!(
        "{} draws; headlines that fit equally well leave the one drawn {:.4} at best",
        drawn.len(),
        bound(&drawn)
    );
    for (name, between) in [("apart", " "), ("run together", "")] {
        let ranks = measure(archive, &engine, &drawn, between);
        println!(
            "three words {name}: MRR@10 {:.4} (the article drawn: {:.4}; of the {} that no other \
             headline fits: {:.4})",
            ranks.fitting, ranks.own, ranks.only_count, ranks.only
        );
        assert!(ranks.fitting >= LEAST, "{name}: {:.4}", ranks.fitting);
    }
}
