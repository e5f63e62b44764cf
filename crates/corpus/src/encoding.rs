//! Bytes → text: byte order marks, what a page declares, and the encodings of Chinese archives.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Why bytes are not a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotText {
    /// They hold NUL or other control characters, as programs and pictures do.
    Binary,
    /// No encoding that Chinese pages use fits them.
    Undecodable,
}

/// Reads bytes as text. `declared` is the label that the page itself gives (`<meta charset>`), if any.
///
/// A byte order mark comes first, then UTF-8 when the bytes are valid UTF-8 (Chinese text in another encoding never
/// is), then what the page declares, then GB18030, which holds GBK and GB2312.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<String, NotText> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return try_encoding(bytes.get(length..).unwrap_or(&[]), encoding);
    }
    if bytes.contains(&0) {
        return decode_utf16(bytes).ok_or(NotText::Binary);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return checked(text.to_owned());
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    // A page may be cut within a character or hold one bad byte; UTF-8 with a few of them is still UTF-8.
    declared
        .into_iter()
        .filter(|encoding| *encoding != UTF_8)
        .chain([UTF_8, GB18030])
        .find_map(|encoding| try_encoding(bytes, encoding).ok())
        .ok_or(NotText::Undecodable)
}

fn try_encoding(bytes: &[u8], encoding: &'static Encoding) -> Result<String, NotText> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        let bad = text
            .chars()
            .filter(|&c| c == char::REPLACEMENT_CHARACTER)
            .count();
        if bad * 200 > text.chars().count().max(200) {
            return Err(NotText::Undecodable);
        }
    }
    checked(text.into_owned())
}

/// UTF-16 without a mark: every other byte of ASCII is NUL, and nothing of the decoded text is a control character.
fn decode_utf16(bytes: &[u8]) -> Option<String> {
    let zeros = |parity: usize| {
        bytes
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let encoding = match (even, odd) {
        (0, 1..) => UTF_16LE,
        (1.., 0) => UTF_16BE,
        _ => return None,
    };
    try_encoding(bytes, encoding)
        .ok()
        .filter(|text| !text.contains(char::REPLACEMENT_CHARACTER))
}

fn checked(text: String) -> Result<String, NotText> {
    let control = |c: &char| {
        c.is_control()
            && !matches!(
                c,
                '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}' | '\u{1b}' | '\u{80}'..='\u{9f}'
            )
    };
    let controls = text.chars().filter(control).count();
    if controls * 100 > text.chars().count() || text.contains('\0') {
        Err(NotText::Binary)
    } else {
        Ok(text)
    }
}

/// The encoding that an HTML page declares in its first bytes.
pub(crate) fn declared_by_html(bytes: &[u8]) -> Option<String> {
    const FAR: usize = 4096;
    let head = bytes.get(..bytes.len().min(FAR))?.to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head).into_owned();
    let at = head.find("charset")?;
    let value = head
        .get(at + "charset".len()..)?
        .trim_start()
        .strip_prefix('=')?;
    let label: String = value
        .trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'')
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::BIG5;

    const TEXT: &str = "清河两岸，花正开。123";

    #[test]
    fn encodings_of_chinese_pages() {
        assert_eq!(decode(TEXT.as_bytes(), None).as_deref(), Ok(TEXT));
        assert_eq!(
            decode(format!("\u{feff}{TEXT}").as_bytes(), None).as_deref(),
            Ok(TEXT)
        );
        let (gbk, ..) = GB18030.encode(TEXT);
        assert_eq!(decode(&gbk, None).as_deref(), Ok(TEXT));
        assert_eq!(
            decode(&gbk, Some("utf-8")).as_deref(),
            Ok(TEXT),
            "pages lie about it"
        );
        let (big5, ..) = BIG5.encode("清河兩岸，花正開。");
        assert_eq!(
            decode(&big5, Some("big5")).as_deref(),
            Ok("清河兩岸，花正開。")
        );
        let utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            decode(&[&[0xff, 0xfe][..], &utf16].concat(), None).as_deref(),
            Ok(TEXT)
        );
    }

    #[test]
    fn programs_and_pictures_are_not_text() {
        assert_eq!(decode(b"\x7fELF\0\0\x01", None), Err(NotText::Binary));
        assert_eq!(
            decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None),
            Err(NotText::Binary)
        );
        assert!(decode(&(0x80..=0xff).cycle().take(4000).collect::<Vec<u8>>(), None).is_err());
    }

    #[test]
    fn pages_declare_their_encoding() {
        assert_eq!(
            declared_by_html(b"<META charset=\"GBK\">").as_deref(),
            Some("gbk")
        );
        let old = b"<meta http-equiv='Content-Type' content='text/html; charset=gb2312' />";
        assert_eq!(declared_by_html(old).as_deref(), Some("gb2312"));
        assert_eq!(declared_by_html(b"<p>"), None);
    }
}
