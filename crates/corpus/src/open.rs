//! Files, unpacked and as text; and what is wrong with those that are none.

use std::fs::File;
use std::io::{self, BufRead, Read};

use encoding_rs::Encoding;
use flate2::read::MultiGzDecoder;

use crate::encoding::{self, NotText};
use crate::inputs::InputFile;
use crate::options::Options;
use crate::problem::Problem;
use crate::walk::Format;

/// Bytes of a file that is read as a whole, unpacked.
const MOST: u64 = 1 << 30;

/// The lines of a file that is read as a stream, as UTF-8.
pub(crate) fn lines(file: &InputFile, options: &Options) -> Result<Box<dyn BufRead>, Problem> {
    let name = &file.name;
    let input = bytes_of(file).map_err(|error| unreadable(name, &error))?;
    let told = options.encoding(&file.path);
    let mut input = encoding::decoded(input, told, file.format != Format::JsonLines)
        .map_err(|error| unreadable(name, &error))?
        .map_err(|why| not_text(name, why, told))?;
    // What is broken is told by whoever reads on.
    if input.fill_buf().is_ok_and(<[u8]>::is_empty) {
        return Err(empty(name));
    }
    Ok(input)
}

/// The text of a file that is read as a whole.
pub(crate) fn text(file: &InputFile, options: &Options) -> Result<String, Problem> {
    let name = &file.name;
    let bytes = whole(file).map_err(|error| unreadable(name, &error))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST) {
        let remedy = "part it, or write its articles as JSON lines";
        return Err(Problem::new(name, "more than 1 GB", remedy));
    }
    let declares = matches!(file.format, Format::Html | Format::Xml(_));
    let declared = encoding::declared_by(&bytes).filter(|_| declares);
    let told = options.encoding(&file.path);
    let text = encoding::decode(&bytes, declared.as_deref(), told)
        .map_err(|why| not_text(name, why, told))?;
    if text.trim().is_empty() {
        return Err(empty(name));
    }
    Ok(text)
}

fn bytes_of(file: &InputFile) -> io::Result<Box<dyn Read>> {
    let own = File::open(&file.path)?;
    Ok(if file.gzip {
        Box::new(MultiGzDecoder::new(own))
    } else {
        Box::new(own)
    })
}

/// A file's bytes, one more than the most at the most.
fn whole(file: &InputFile) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    bytes_of(file)?.take(MOST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// `told` is what the settings say of the file's encoding.
fn not_text(name: &str, why: NotText, told: Option<&'static Encoding>) -> Problem {
    match (why, told) {
        (_, Some(told)) => Problem::new(
            name,
            format!(
                "it is not in {}, as [encodings] of the settings says",
                told.name()
            ),
            "name its own encoding there, or leave it to be found",
        ),
        (NotText::Binary, None) => Problem::new(
            name,
            "a binary file, not a text",
            "give the text itself, or leave the file out",
        ),
        (NotText::Undecodable, None) => Problem::new(
            name,
            "its characters cannot be decoded",
            "name its encoding in [encodings] of souwen.toml, or save the file as UTF-8",
        ),
    }
}

/// What is wrong with a file that has none.
pub(crate) fn no_article(name: &str) -> Problem {
    Problem::new(
        name,
        "no article was found in it",
        "check that it is the right file, or leave it out",
    )
}

fn unreadable(name: &str, error: &io::Error) -> Problem {
    Problem::new(
        name,
        format!("cannot be read: {error}"),
        "check that it exists and may be read",
    )
}

fn empty(name: &str) -> Problem {
    Problem::new(name, "the file is empty", "make it anew, or leave it out")
}
