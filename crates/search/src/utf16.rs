//! Cutting Rust strings at UTF-16 positions.

/// The byte position of a UTF-16 position; the end if it lies beyond.
pub(crate) fn byte_of(text: &str, utf16: u32) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= utf16 {
            return at;
        }
        units += souwen_text::cast::small(c.len_utf16());
    }
    text.len()
}

/// The part of `text` between two UTF-16 positions.
pub(crate) fn slice(text: &str, start: u32, end: u32) -> &str {
    text.get(byte_of(text, start)..byte_of(text, end))
        .unwrap_or_default()
}

/// The length of `text` in UTF-16 code units.
pub(crate) fn len(text: &str) -> u32 {
    souwen_text::cast::small(text.encode_utf16().count())
}
