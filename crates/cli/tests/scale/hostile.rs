//! Whatever is typed or pasted is answered, and soon: strings that no reader would type.
//!
//! A hundredth of them, unless `SOUWEN_LONG` is set.

use std::time::Duration;

use souwen_search::{Engine, SearchOptions};

use crate::archive::{Archive, archive};
use crate::draws::Draws;

/// Strings of each kind.
const EACH: usize = 20_000;
/// What takes longer hangs, however slow the machine.
const HANGS: Duration = Duration::from_secs(1);

/// A kind of strings: what it is called, and how one is made.
type Kind = (&'static str, fn(&Archive, &mut Draws) -> String);

const KINDS: [Kind; 5] = [
    ("any characters of Unicode", unicode),
    ("characters of the archive", characters),
    ("letters and figures", letters),
    ("syllables", syllables),
    ("pieces of all, and operators", pieces),
];

const OPERATORS: [&str; 14] = [
    " OR ", " AND ", " NOT ", "-", "\"", "(", ")", " NEAR/3 ", "title:", "|", "“", "”", "*", ":",
];

const SYLLABLES: [&str; 24] = [
    "zhong", "guo", "shi", "yi", "xian", "ji", "zhuang", "ang", "ng", "n", "g", "er", "a", "o",
    "e", "xi", "an", "lü", "qiu", "shuang", "de", "le", "zh", "ch",
];

fn unicode(_: &Archive, draws: &mut Draws) -> String {
    let planes = [0x80, 0x3000, 0xA000, 0x1_0000, 0x3_0000, 0x11_0000];
    let end = planes[draws.below(planes.len())];
    let draw = |draws: &mut Draws| char::from_u32(u32::try_from(draws.below(end)).unwrap());
    let len = 1 + draws.below(40);
    (0..len).filter_map(|_| draw(draws)).collect()
}

fn characters(archive: &Archive, draws: &mut Draws) -> String {
    let len = 1 + draws.below(40);
    (0..len).map(|_| character(archive, draws)).collect()
}

/// One of the archive's characters, as likely as it is frequent.
fn character(archive: &Archive, draws: &mut Draws) -> char {
    loop {
        let [title, body] = &archive.fields[draws.below(archive.fields.len())];
        let chars = [title, body][draws.below(2)].1.chars();
        if !chars.is_empty() {
            return chars[draws.below(chars.len())];
        }
    }
}

fn letters(_: &Archive, draws: &mut Draws) -> String {
    let some = b"aabcdeeefghhiijklmnnoopqrstuuvwxyz0011223456789";
    let end = 1 + draws.below(some.len());
    let len = 1 + draws.below(40);
    (0..len)
        .map(|_| char::from(some[draws.below(end)]))
        .collect()
}

fn syllables(_: &Archive, draws: &mut Draws) -> String {
    let len = 1 + draws.below(14);
    let space = ["", "", "", " ", "'"];
    (0..len)
        .map(|_| {
            [
                SYLLABLES[draws.below(SYLLABLES.len())],
                space[draws.below(space.len())],
            ]
            .concat()
        })
        .collect()
}

fn pieces(archive: &Archive, draws: &mut Draws) -> String {
    let len = 1 + draws.below(12);
    let mut piece = |_| match draws.below(6) {
        0 => unicode(archive, draws).chars().take(3).collect(),
        1 => characters(archive, draws).chars().take(6).collect(),
        2 => letters(archive, draws).chars().take(6).collect(),
        3 => SYLLABLES[draws.below(SYLLABLES.len())].to_owned(),
        4 => run(archive, draws),
        _ => OPERATORS[draws.below(OPERATORS.len())].to_owned(),
    };
    (0..len).map(&mut piece).collect()
}

/// A run of a text.
fn run(archive: &Archive, draws: &mut Draws) -> String {
    let [_, (_, stream)] = &archive.fields[draws.below(archive.fields.len())];
    let chars = stream.chars();
    let at = draws.below(chars.len().max(1));
    chars.iter().skip(at).take(1 + draws.below(12)).collect()
}

/// Time that this thread was at work: how busy the machine is otherwise is no fault of a string's.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn work() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.try_into().unwrap()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn work() -> Duration {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed()
}

/// Asks all that can be asked of a string, and says how long the longest answer took.
fn ask(engine: &Engine, text: &str) -> Duration {
    let timed = |ask: &dyn Fn()| {
        let start = work();
        ask();
        work() - start
    };
    let search = timed(&|| drop(engine.search(text, &SearchOptions::default()).unwrap()));
    let suggest = timed(&|| drop(engine.suggest(text, 8).unwrap()));
    let related = timed(&|| drop(engine.related(text, 8).unwrap()));
    search.max(suggest).max(related)
}

/// The head of a string.
fn head(text: &str) -> String {
    text.chars().take(60).flat_map(char::escape_debug).collect()
}

#[test]
fn no_string_takes_long() {
    let Some(archive) = archive() else { return };
    let engine = archive.engine();
    let long = std::env::var_os("SOUWEN_LONG").is_some();
    let each = if long { EACH } else { EACH / 100 };
    for (seed, (name, make)) in (0..).zip(KINDS) {
        let mut draws = Draws(seed);
        let strings = (0..each).map(|_| make(archive, &mut draws));
        let mut times: Vec<(Duration, String)> =
            strings.map(|text| (ask(&engine, &text), text)).collect();
        times.sort();
        report(name, &times);
    }
}

#[test]
fn no_paste_takes_long() {
    let Some(archive) = archive() else { return };
    let engine = archive.engine();
    const MEGABYTE: usize = 1 << 20;
    let mut draws = Draws(7);
    let mut texts = String::new();
    while texts.len() < MEGABYTE {
        let [_, (text, _)] = &archive.fields[draws.below(archive.fields.len())];
        texts.push_str(text);
    }
    let mut pastes = vec![texts];
    for unit in [
        "的",
        "1",
        "a",
        "\u{0301}",
        "\u{200d}",
        " ",
        "\"",
        "(",
        "中国 OR ",
        "\u{1f600}",
        "zhuang",
    ] {
        pastes.push(unit.repeat(MEGABYTE / unit.len()));
    }
    for operators in [&OPERATORS[..], &OPERATORS[..3], &OPERATORS[4..7]] {
        let many = (0..10_000).map(|_| operators[draws.below(operators.len())]);
        pastes.push(many.collect());
        let between = (0..10_000).map(|at| ["中国", operators[at % operators.len()]].concat());
        pastes.push(between.collect());
    }
    let mut times: Vec<(Duration, String)> = pastes
        .into_iter()
        .map(|text| (ask(&engine, &text), text))
        .collect();
    times.sort();
    report("pastes", &times);
}

fn report(name: &str, times: &[(Duration, String)]) {
    let at = |part: usize| times[(times.len() - 1) * part / 1000].0;
    println!(
        "{name}, {}: median {:?}, 99 % {:?}, longest:",
        times.len(),
        at(500),
        at(990)
    );
    for (time, text) in times.iter().rev().take(5) {
        println!("  {time:?}: {}", head(text));
    }
    let (longest, text) = times.last().unwrap();
    assert!(*longest < HANGS, "{}: {longest:?}", head(text));
}
