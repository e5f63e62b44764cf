//! What somebody meant who wrote a name that is not known.

/// Less alike, two names have nothing to do with each other.
const LEAST: f64 = 0.6;

/// Of the names that are known the one most like the one written, if any is.
pub(super) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    known
        .into_iter()
        .map(|own| (strsim::jaro_winkler(written, own), own))
        .filter(|(likeness, _)| *likeness >= LEAST)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, own)| own)
}

/// A message of the parser's, with the name that was probably meant where it is about one that is not known, and with the
/// words of people who write settings.
pub(super) fn with_nearest(message: &str) -> String {
    let message = message.trim_end();
    let message = &message.replace(
        "expected a sequence",
        "expected a list in square brackets, such as [\"…\"]",
    );
    let Some((_, rest)) = message.split_once("unknown field `") else {
        return message.to_owned();
    };
    let mut names = rest.split('`').step_by(2);
    let written = names.next().unwrap_or_default();
    nearest(written, names).map_or_else(
        || message.to_owned(),
        |meant| format!("{message}\ndid you mean `{meant}`?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        let known = ["name", "lang", "base_url", "half_life_days", "words"];
        for (written, meant) in [
            ("nmae", Some("name")),
            ("baseurl", Some("base_url")),
            ("halflife", Some("half_life_days")),
            ("word", Some("words")),
            ("色", None),
        ] {
            assert_eq!(nearest(written, known), meant, "{written}");
        }
        assert_eq!(
            with_nearest("unknown field `nmae`, expected one of `name`, `lang`\n"),
            "unknown field `nmae`, expected one of `name`, `lang`\ndid you mean `name`?"
        );
        assert_eq!(with_nearest("invalid type\n"), "invalid type");
        assert_eq!(
            with_nearest("invalid type: string \"x\", expected a sequence\n"),
            "invalid type: string \"x\", expected a list in square brackets, such as [\"…\"]"
        );
    }
}
