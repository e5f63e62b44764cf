//! Finding runs of characters in a stream.

use souwen_text::{Gap, Stream};

/// Where `needle` begins in `hay`, from the front.
pub(crate) fn positions<'a>(
    hay: &'a [char],
    needle: &'a [char],
) -> impl Iterator<Item = usize> + 'a {
    let (first, rest) = needle.split_first().unzip();
    let rest = rest.unwrap_or_default();
    hay.iter().enumerate().filter_map(move |(at, c)| {
        (Some(c) == first && hay.get(at + 1..)?.starts_with(rest)).then_some(at)
    })
}

/// Where a phrase stands in a field exactly: the same characters, and punctuation between them only
/// where the phrase has some. White space is no difference, since layout puts it anywhere.
pub(crate) fn phrase_positions<'a>(
    field: &'a Stream,
    phrase: &'a Stream,
) -> impl Iterator<Item = usize> + 'a {
    let broken = |stream: &Stream, at: usize| stream.gap(at) == Gap::Break;
    positions(field.chars(), phrase.chars()).filter(move |start| {
        (1..phrase.len()).all(|step| broken(field, start + step) == broken(phrase, step))
    })
}

/// Whether a field holds the characters side by side, whatever punctuation stands between them.
pub(crate) fn holds(field: &Stream, chars: &[char]) -> bool {
    positions(field.chars(), chars).next().is_some()
}
