//! What an XML file is, by its first element, and what stands for characters in it.

use quick_xml::events::BytesRef;

/// The kinds of XML files that hold articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Xml {
    /// RSS or Atom.
    Feed,
    /// A dump of WordPress.
    WordPress,
}

/// What a file that begins with these bytes is, if it holds articles.
pub(crate) fn kind(head: &[u8]) -> Option<Xml> {
    // Also as UTF-16: what matters is ASCII.
    let head: String = head
        .iter()
        .filter(|byte| **byte != 0)
        .map(|byte| char::from(*byte))
        .collect();
    let mut rest = head.as_str();
    loop {
        rest = rest.get(rest.find('<')?..)?;
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        if !rest.starts_with("<?") && !rest.starts_with("<!") {
            break;
        }
        rest = rest.get(rest.find(end)? + end.len()..)?;
    }
    let element = rest.split_inclusive('>').next()?.to_ascii_lowercase();
    let name = element
        .trim_start_matches('<')
        .split(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .next()?;
    match name.rsplit(':').next()? {
        "rss" if element.contains("wordpress.org/export/") => Some(Xml::WordPress),
        "rss" | "feed" | "rdf" => Some(Xml::Feed),
        _ => None,
    }
}

/// `&amp;` and `&#25991;`; entities that a document type would define are left out.
pub(crate) fn character(name: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(own)) = name.resolve_char_ref() {
        return Some(own);
    }
    match &*name.xml10_content() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_the_first_element() {
        for (text, expected) in [
            (
                "<?xml version='1.0'?>\n<!-- <rss> of > -->\n<RSS version=\"2.0\">",
                Some(Xml::Feed),
            ),
            (
                "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
                Some(Xml::Feed),
            ),
            ("<rdf:RDF xmlns:rdf=\"x\">", Some(Xml::Feed)),
            (
                "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\">",
                Some(Xml::WordPress),
            ),
            ("<urlset xmlns=\"x\"><rss>", None),
            ("<!-- <rss>", None),
            ("清河", None),
            ("", None),
        ] {
            assert_eq!(kind(text.as_bytes()), expected, "{text}");
        }
    }
}
