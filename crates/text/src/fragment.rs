//! Fragments of numbers and Latin words: three letters or figures side by side.
//!
//! No dictionary knows beforehand which numbers and Latin words there will be, and pairs of figures stand
//! in every other text. So what is typed of such a word (`2023`, `12345`, a part of a telephone number) is
//! known by its fragments, wherever words are cut.

/// What a fragment's term ends in; no stream holds it.
pub const FRAGMENT: char = '\u{1}';

/// Characters of a fragment.
pub const FRAGMENT_LEN: usize = 3;

/// The term of the fragment that a text begins with. None if it begins with anything else than three letters
/// or figures.
///
/// ```
/// use souwen_text::{FRAGMENT, fragment};
///
/// assert_eq!(fragment(&['5', 'g', '2', '网']), Some(['5', 'g', '2', FRAGMENT]));
/// assert_eq!(fragment(&['5', 'g', '网']), None);
/// ```
#[must_use]
#[inline]
pub fn fragment(text: &[char]) -> Option<[char; FRAGMENT_LEN + 1]> {
    let &[first, second, third] = text.first_chunk::<FRAGMENT_LEN>()?;
    let plain = [first, second, third]
        .iter()
        .all(char::is_ascii_alphanumeric);
    plain.then_some([first, second, third, FRAGMENT])
}
