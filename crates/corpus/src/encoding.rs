//! Bytes → text: byte order marks, what a page declares, and the encodings of Chinese archives.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

/// Bytes of a stream by which its encoding is told.
const HEAD: u64 = 64 * 1024;

/// Why bytes are not a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotText {
    /// They hold NUL or other control characters, as programs and pictures do.
    Binary,
    /// No encoding that Chinese pages use fits them.
    Undecodable,
}

/// Reads bytes as text. `declared` is the label that the page itself gives (`<meta charset>`), if any; `told` is what the
/// publisher says in the settings.
///
/// A byte order mark comes first, then what the publisher says, then UTF-8 when the bytes are valid UTF-8 (Chinese text in
/// another encoding never is), then what the page declares, then Big5 or GB18030, which holds GBK and GB2312, whichever of
/// them a detector takes it for.
pub(crate) fn decode(
    bytes: &[u8],
    declared: Option<&str>,
    told: Option<&'static Encoding>,
) -> Result<String, NotText> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return try_encoding(bytes.get(length..).unwrap_or(&[]), encoding);
    }
    if let Some(told) = told {
        return try_encoding(bytes, told);
    }
    if bytes.contains(&0) {
        return utf16(bytes)
            .and_then(|encoding| {
                let text = try_encoding(bytes, encoding).ok()?;
                (!text.contains(char::REPLACEMENT_CHARACTER)).then_some(text)
            })
            .ok_or(NotText::Binary);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return checked(text.to_owned());
    }
    candidates(bytes, declared)
        .find_map(|encoding| try_encoding(bytes, encoding).ok())
        .ok_or(NotText::Undecodable)
}

/// Reads a stream as UTF-8, its encoding told by its first bytes as [`decode`] tells it. Single bytes that are wrong become
/// U+FFFD; in UTF-8 only if that is to be `mended`.
pub(crate) fn decoded<R: Read + 'static>(
    mut input: R,
    told: Option<&'static Encoding>,
    mended: bool,
) -> io::Result<Result<Box<dyn BufRead>, NotText>> {
    let mut head = Vec::new();
    // What cannot be read on is told by whoever reads the rest.
    let broken = Broken(input.by_ref().take(HEAD).read_to_end(&mut head).err());
    if head.is_empty()
        && let Broken(Some(error)) = broken
    {
        return Err(error);
    }
    let (encoding, mark) = match head_encoding(&head, told) {
        Ok(found) => found,
        Err(why) => return Ok(Err(why)),
    };
    head.drain(..mark);
    let whole = Cursor::new(head).chain(broken).chain(input);
    Ok(Ok(if encoding == UTF_8 && !mended {
        Box::new(BufReader::new(whole))
    } else {
        let mut decoder = DecodeReaderBytesBuilder::new();
        let decoder = decoder.encoding(Some(encoding)).bom_sniffing(false);
        Box::new(BufReader::new(decoder.build(whole)))
    }))
}

/// Fails once, where its turn comes.
pub(crate) struct Broken(pub(crate) Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The encoding of a text that begins with these bytes, and the length of its byte order mark.
fn head_encoding(
    head: &[u8],
    told: Option<&'static Encoding>,
) -> Result<(&'static Encoding, usize), NotText> {
    if let Some(found) = Encoding::for_bom(head) {
        return Ok(found);
    }
    if let Some(told) = told {
        return Ok((told, 0));
    }
    if head.contains(&0) {
        return utf16(head).map(|found| (found, 0)).ok_or(NotText::Binary);
    }
    // It may end within a character.
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    if is_utf8 {
        return Ok((UTF_8, 0));
    }
    candidates(head, None)
        .find(|encoding| try_encoding(head, encoding).is_ok())
        .map(|found| (found, 0))
        .ok_or(NotText::Undecodable)
}

/// The encodings that bytes which are not UTF-8 may be of, the likeliest first.
fn candidates(
    bytes: &[u8],
    declared: Option<&str>,
) -> impl Iterator<Item = &'static Encoding> + use<> {
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let is_big5 = detector.guess(None, Utf8Detection::Deny) == BIG5;
    let rest = if is_big5 {
        [BIG5, GB18030]
    } else {
        [GB18030, BIG5]
    };
    // A page may be cut within a character or hold one bad byte; UTF-8 with a few of them is still UTF-8.
    declared
        .into_iter()
        .filter(|encoding| *encoding != UTF_8)
        .chain([UTF_8])
        .chain(rest)
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

/// UTF-16 without a mark, if it is that: the order of bytes that gives more of what Chinese texts are made of, if that is
/// nearly all.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let usual = |c: &char| {
        matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{2010}'..='\u{2026}' | '\u{3000}'..='\u{30ff}')
            || matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
    };
    let (share, encoding) = [UTF_16LE, UTF_16BE]
        .into_iter()
        .map(|encoding| {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let all = text.chars().count().max(1);
            (text.chars().filter(usual).count() * 100 / all, encoding)
        })
        .max_by_key(|own| own.0)?;
    (share >= 80).then_some(encoding)
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

/// The encoding that an HTML page or an XML file declares in its first bytes.
pub(crate) fn declared_by(bytes: &[u8]) -> Option<String> {
    const FAR: usize = 4096;
    let head = bytes.get(..bytes.len().min(FAR))?.to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head).into_owned();
    let key = if head.trim_start().starts_with("<?xml") && !head.contains("charset") {
        "encoding"
    } else {
        "charset"
    };
    let at = head.find(key)?;
    let value = head.get(at + key.len()..)?.trim_start().strip_prefix('=')?;
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

    const TEXT: &str = "清河两岸，花正开。123";

    #[test]
    fn encodings_of_chinese_pages() {
        assert_eq!(decode(TEXT.as_bytes(), None, None).as_deref(), Ok(TEXT));
        assert_eq!(
            decode(format!("\u{feff}{TEXT}").as_bytes(), None, None).as_deref(),
            Ok(TEXT)
        );
        let (gbk, ..) = GB18030.encode(TEXT);
        assert_eq!(decode(&gbk, None, None).as_deref(), Ok(TEXT));
        assert_eq!(
            decode(&gbk, Some("utf-8"), None).as_deref(),
            Ok(TEXT),
            "pages lie about it"
        );
        let (big5, ..) = BIG5.encode("清河兩岸，花正開。");
        assert_eq!(
            decode(&big5, Some("big5"), None).as_deref(),
            Ok("清河兩岸，花正開。")
        );
        let utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            decode(&[&[0xff, 0xfe][..], &utf16].concat(), None, None).as_deref(),
            Ok(TEXT)
        );
    }

    #[test]
    fn utf_16_needs_no_mark() {
        let text = "第一版　一九八〇年3月\n清河";
        for (bytes, name) in [
            (
                text.encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<u8>>(),
                "LE",
            ),
            (
                text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                "BE",
            ),
        ] {
            assert_eq!(decode(&bytes, None, None).as_deref(), Ok(text), "{name}");
        }
    }

    #[test]
    fn big5_is_told_from_gbk() {
        for text in [
            "清河兩岸，花正開。",
            "縣圖書館三樓的燈還亮著，管理員燒了一壺熱水。",
            "雨剛停，茶農寧嬸已經採滿了一簍底，收購價從每公斤160元開秤。",
        ] {
            let (bytes, ..) = BIG5.encode(text);
            assert_eq!(decode(&bytes, None, None).as_deref(), Ok(text));
            let read = decoded(std::io::Cursor::new(bytes.into_owned()), None, true);
            let mut out = String::new();
            read.unwrap()
                .ok()
                .unwrap()
                .read_to_string(&mut out)
                .unwrap();
            assert_eq!(out, text);
        }
        for text in [
            "清河两岸，花正开。",
            "县图书馆三楼的灯还亮着，管理员烧了一壶热水。",
            "雨刚停，茶农宁婶已经采满了一篓底，收购价从每公斤160元开秤。",
            "記者",
            "春",
        ] {
            let (bytes, ..) = GB18030.encode(text);
            assert_eq!(decode(&bytes, None, None).as_deref(), Ok(text));
        }
        let (bytes, ..) = GB18030.encode("清河");
        let wrong = decode(&bytes, None, Some(BIG5));
        assert_ne!(
            wrong.as_deref(),
            Ok("清河"),
            "what the settings say goes first"
        );
    }

    #[test]
    fn programs_and_pictures_are_not_text() {
        assert_eq!(decode(b"\x7fELF\0\0\x01", None, None), Err(NotText::Binary));
        assert_eq!(
            decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, None),
            Err(NotText::Binary)
        );
        assert!(
            decode(
                &(0x80..=0xff).cycle().take(4000).collect::<Vec<u8>>(),
                None,
                None
            )
            .is_err()
        );
    }

    #[test]
    fn pages_declare_their_encoding() {
        assert_eq!(
            declared_by(b"<META charset=\"GBK\">").as_deref(),
            Some("gbk")
        );
        let old = b"<meta http-equiv='Content-Type' content='text/html; charset=gb2312' />";
        assert_eq!(declared_by(old).as_deref(), Some("gb2312"));
        assert_eq!(declared_by(b"<p>"), None);
    }
}
