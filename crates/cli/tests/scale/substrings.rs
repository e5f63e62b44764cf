//! Random strings out of the articles: every article that holds one is found, those first that hold
//! it whole; quoted, no others are.

use std::collections::{HashMap, HashSet};
use std::thread;
use std::time::Instant;

use souwen_search::Engine;
use souwen_text::Class;

use crate::archive::{Archive, archive, hits, shown};
use crate::draws::Draws;
use crate::occurrences::{Held, Sought, breaks, scan};

const SEED: u64 = 20_250_309;
/// Strings of each length.
const EACH: usize = 1000;
const LENGTHS: [usize; 4] = [2, 3, 4, 6];
/// One draw in so many is out of a headline; headlines are one part in sixty of the text.
const HEADLINES: usize = 4;
/// Punctuation that a reader may type or leave out, and that is no operator of a query.
const TYPED: &str = "，。、；！？《》…·—";

/// Of answers of no more articles than this all pages are turned: to make the hits takes long.
const SHOWN: usize = 60;

/// A string as typed, and as it is looked for.
struct Drawn {
    typed: String,
    sought: Sought,
}

/// Draws strings of Chinese characters, wherever words are cut, also across punctuation. In every
/// other one the punctuation is typed, if it has any.
fn draw(archive: &Archive) -> Vec<Drawn> {
    let mut draws = Draws(SEED);
    let field = |at: usize| {
        let lengths = archive.fields.iter().map(move |own| own[at].1.len());
        lengths
            .scan(0, |end, length| {
                *end += length;
                Some(*end)
            })
            .collect::<Vec<usize>>()
    };
    // By place, so that every run of characters is as likely as any other.
    let ends = [field(0), field(1)];
    let mut drawn = Vec::new();
    for length in LENGTHS {
        let wanted = drawn.len() + EACH;
        while drawn.len() < wanted {
            let field = usize::from(drawn.len() % HEADLINES != 0);
            let place = draws.below(*ends[field].last().unwrap());
            let article = ends[field].partition_point(|&end| end <= place);
            let (text, stream) = &archive.fields[article][field];
            let start = place + stream.len() - ends[field][article];
            let range = start..start + length;
            let classes = stream.classes().get(range.clone()).unwrap_or_default();
            if classes.len() < length || classes.iter().any(|&class| class != Class::Han) {
                continue;
            }
            let span = stream.span(range.clone());
            let units = text.encode_utf16().collect::<Vec<u16>>();
            let (from, to) = (span.start.try_into().unwrap(), span.end.try_into().unwrap());
            let units: &[u16] = units.get::<std::ops::Range<usize>>(from..to).unwrap();
            let printed = String::from_utf16(units).unwrap();
            let chars = stream.chars()[range].to_vec();
            let plain = |c: char| chars.contains(&c) || TYPED.contains(c);
            let drawn_here = if drawn.len() % 2 == 0 && printed.chars().all(plain) {
                Drawn {
                    typed: printed,
                    sought: Sought {
                        breaks: breaks(stream, start, length),
                        chars,
                    },
                }
            } else {
                Drawn {
                    typed: chars.iter().collect(),
                    sought: Sought { breaks: 0, chars },
                }
            };
            drawn.push(drawn_here);
        }
    }
    drawn
}

/// What was seen of some strings; what went wrong, with an example of each kind.
#[derive(Default)]
struct Seen {
    held: usize,
    exactly: usize,
    /// Hits of the strings as typed.
    total: usize,
    /// First hits that hold the string.
    reciprocal: usize,
    wrong: HashMap<&'static str, (usize, String)>,
}

impl Seen {
    fn expect(&mut self, right: bool, what: &'static str, example: impl Fn() -> String) {
        if !right {
            let entry = self.wrong.entry(what).or_insert_with(|| (0, example()));
            entry.0 += 1;
        }
    }

    fn add(&mut self, other: Self) {
        self.held += other.held;
        self.exactly += other.exactly;
        self.total += other.total;
        self.reciprocal += other.reciprocal;
        for (what, (count, example)) in other.wrong {
            self.wrong.entry(what).or_insert((0, example)).0 += count;
        }
    }

    /// A string as typed: the first hits are the articles that hold it whole, all of them.
    fn typed(&mut self, engine: &Engine, typed: &str, holders: &HashSet<&str>) {
        let front = hits(engine, typed, 0, holders.len());
        let holds = |id: &String| holders.contains(id.as_str());
        let first = front.ids.first().is_some_and(holds);
        self.reciprocal += usize::from(first);
        self.expect(first, "a first hit without the whole string", || {
            typed.to_owned()
        });
        self.expect(
            front.ids.iter().take(10).all(holds),
            "a first page without it while there are more",
            || typed.to_owned(),
        );
        let total = front.total.unwrap_or(0);
        self.total += total;
        let mut found: HashSet<&str> = front.ids.iter().map(String::as_str).collect();
        let late = holders.difference(&found).count();
        let rest = if late > 0 {
            // Missing, or further down?
            hits(engine, typed, front.ids.len(), usize::MAX)
        } else {
            // The end must be where the total says.
            hits(engine, typed, total.saturating_sub(1), 2)
        };
        let end = if late > 0 {
            total.saturating_sub(front.ids.len())
        } else {
            1
        };
        self.expect(rest.ids.len() == end, "a wrong total", || {
            format!("{typed}: {total}")
        });
        found.extend(rest.ids.iter().map(String::as_str));
        if total <= SHOWN {
            let shown = shown(engine, typed);
            let all: HashSet<&str> = shown.iter().map(String::as_str).collect();
            self.expect(
                shown.len() == total && holders.is_subset(&all),
                "pages that do not show them all",
                || format!("{typed}: {} of {total}", shown.len()),
            );
        }
        let missing = holders.difference(&found).count();
        self.expect(missing == 0, "missing articles", || {
            format!("{typed}: {missing} of {}", holders.len())
        });
        self.expect(
            late == missing,
            "others before the last that holds it",
            || format!("{typed}: {} of {}", late - missing, holders.len()),
        );
    }

    /// A string in quotes: the articles that hold it with the same punctuation, and no others.
    fn quoted(&mut self, engine: &Engine, typed: &str, holders: &HashSet<&str>) {
        let query = format!("\"{typed}\"");
        // One more than there ought to be.
        let answer = hits(engine, &query, 0, holders.len() + 1);
        let found: HashSet<&str> = answer.ids.iter().map(String::as_str).collect();
        self.expect(
            answer.total == Some(holders.len()),
            "quoted: a wrong total",
            || format!("{query}: {:?} for {}", answer.total, holders.len()),
        );
        let missing = holders.difference(&found).count();
        self.expect(missing == 0, "quoted: missing articles", || {
            format!("{query}: {missing} of {}", holders.len())
        });
        let extra = found.difference(holders).count();
        self.expect(extra == 0, "quoted: articles that do not hold it", || {
            format!("{query}: {extra} beside {}", holders.len())
        });
    }

    fn string(&mut self, engine: &Engine, archive: &Archive, drawn: &Drawn, held: &Held) {
        let id = |&article: &usize| archive.articles[article].id.as_str();
        let anywhere: HashSet<&str> = held.anywhere.iter().map(id).collect();
        let exactly: HashSet<&str> = held.exactly.iter().map(id).collect();
        self.held += anywhere.len();
        self.exactly += exactly.len();
        self.typed(engine, &drawn.typed, &anywhere);
        self.quoted(engine, &drawn.typed, &exactly);
    }
}

#[test]
fn every_string_is_found_and_those_that_hold_it_come_first() {
    let Some(archive) = archive() else { return };
    let drawn = draw(archive);
    let start = Instant::now();
    let sought: Vec<Sought> = drawn
        .iter()
        .map(|own| Sought {
            chars: own.sought.chars.clone(),
            breaks: own.sought.breaks,
        })
        .collect();
    let held = scan(archive, &sought);
    println!("scanned in {:.1} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut all: HashMap<usize, Seen> = HashMap::new();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|own| {
                let (drawn, held) = (&drawn, &held);
                scope.spawn(move || {
                    let engine = archive.engine();
                    let mut seen: HashMap<usize, Seen> = HashMap::new();
                    for (drawn, held) in drawn.iter().zip(held).skip(own).step_by(threads) {
                        let length = drawn.sought.chars.len();
                        let seen = seen.entry(length).or_default();
                        seen.string(&engine, archive, drawn, held);
                    }
                    seen
                })
            })
            .collect();
        for worker in workers {
            for (length, seen) in worker.join().unwrap() {
                all.entry(length).or_default().add(seen);
            }
        }
    });
    println!(
        "{} strings searched, plain and quoted, in {:.1} s",
        drawn.len(),
        start.elapsed().as_secs_f64()
    );
    let mut wrong = Vec::new();
    for length in LENGTHS {
        let seen = &all[&length];
        println!(
            "{length} characters: {} (article, string) pairs, {} with the same punctuation; \
             {} hits; first hit right {} of {EACH}",
            seen.held, seen.exactly, seen.total, seen.reciprocal
        );
        for (what, (count, example)) in &seen.wrong {
            wrong.push(format!(
                "{length} characters, {count} times {what}: {example}"
            ));
        }
    }
    wrong.sort();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
