//! The text layer of a PDF, by poppler's `pdftotext`: its blocks in the order in which they are read, a line of the page a
//! line, with a blank one between blocks and where the size of the type changes, as between a headline and its article.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::problem::Problem;
use crate::xml;

/// The program.
const PROGRAM: &str = "pdftotext";
/// Longer no file may take it.
const PATIENCE: Duration = Duration::from_secs(120);
/// More text than a year of a daily has.
const MOST: u64 = 256 << 20;

/// Why a PDF gives no text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoText {
    /// The program is not installed.
    NoProgram,
    /// It took too long.
    Slow,
    /// What it says.
    Refused(String),
}

impl NoText {
    /// As it is told.
    pub(crate) fn problem(self, file: &str) -> Problem {
        match self {
            Self::NoProgram => Problem {
                is_general: true,
                ..Problem::new(
                    file,
                    "a PDF is read by poppler's pdftotext, which is not installed",
                    "install it (on Debian the package poppler-utils), or give the text of the pages as .txt",
                )
            },
            Self::Slow => Problem::new(
                file,
                "pdftotext was not done with it within two minutes",
                "give the text of the pages as .txt, or leave the file out",
            ),
            Self::Refused(why) => Problem::new(
                file,
                format!("pdftotext cannot read it: {why}"),
                "make the file anew, or leave it out",
            ),
        }
    }
}

/// The text of a PDF's pages, each in the order in which it is read.
pub(crate) fn pages(path: &Path) -> Result<Vec<String>, NoText> {
    // A name that begins with a hyphen is no option.
    let path = std::path::absolute(path).map_err(|error| NoText::Refused(error.to_string()))?;
    let child = Command::new(PROGRAM)
        .args(["-q", "-bbox-layout"])
        .arg(path)
        .arg("-")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    match child {
        Ok(child) => finish(child),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(NoText::NoProgram),
        Err(error) => Err(NoText::Refused(error.to_string())),
    }
}

fn finish(mut child: Child) -> Result<Vec<String>, NoText> {
    let refused = |error: io::Error| NoText::Refused(error.to_string());
    let text = reading(child.stdout.take());
    let complaint = reading(child.stderr.take());
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(refused)? {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
            return Err(NoText::Slow);
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let text = text.join().unwrap_or_default();
    let complaint = complaint.join().unwrap_or_default();
    if !status.success() {
        let complaint = String::from_utf8_lossy(&complaint);
        let line = complaint.lines().next().unwrap_or_default().trim();
        return Err(NoText::Refused(if line.is_empty() {
            status.to_string()
        } else {
            line.to_owned()
        }));
    }
    laid_out(&text)
}

/// The text of a layout as `pdftotext -bbox-layout` writes it: pages of flows of blocks of lines of words.
fn laid_out(xml: &[u8]) -> Result<Vec<String>, NoText> {
    let xml = String::from_utf8_lossy(xml);
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().check_end_names = false;
    let mut pages = Vec::new();
    let mut page = String::new();
    let mut line = String::new();
    let mut height = 0.0_f64;
    let mut in_word = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.name().as_ref() {
                "line" => {
                    let own = height_of(&tag);
                    if !is_like(own, height) && !page.is_empty() {
                        page.push('\n');
                    }
                    height = own;
                }
                "word" => in_word = true,
                _ => {}
            },
            Ok(Event::End(tag)) => match tag.name().as_ref() {
                "page" => {
                    pages.push(std::mem::take(&mut page));
                    height = 0.0;
                }
                "block" => page.push('\n'),
                "line" => {
                    page.push_str(line.trim_end());
                    page.push('\n');
                    line.clear();
                }
                "word" => {
                    in_word = false;
                    line.push(' ');
                }
                _ => {}
            },
            Ok(Event::Text(text)) if in_word => line.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) if in_word => line.extend(xml::character(&name)),
            Ok(Event::Eof) => return Ok(pages),
            Ok(_) => {}
            Err(error) => return Err(NoText::Refused(error.to_string())),
        }
    }
}

/// The height of a line in points; 0 if it says none.
fn height_of(tag: &BytesStart<'_>) -> f64 {
    let side = |name: &str| -> Option<f64> {
        let own = tag.try_get_attribute(name).ok()??;
        own.value.parse().ok()
    };
    side("yMax")
        .zip(side("yMin"))
        .map_or(0.0, |(max, min)| max - min)
}

/// Whether lines of these heights are of one size of type, as far as letters with and without descenders tell.
fn is_like(a: f64, b: f64) -> bool {
    b == 0.0 || a < b * 1.25 && b < a * 1.25
}

/// Reads beside the program, which stops when nobody takes what it writes.
fn reading(pipe: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            // What came before an error is what there is.
            let _ = pipe.take(MOST).read_to_end(&mut bytes);
        }
        bytes
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_sizes_are_parted() {
        let line = |top: u32, size: u32, text: &str| {
            let bottom = top + size;
            format!("<line yMin=\"{top}\" yMax=\"{bottom}\"><word>{text}</word></line>")
        };
        let layout = format!(
            "<doc><page><flow><block>{}{}{}</block><block>{}</block></flow></page><page></page></doc>",
            line(10, 22, "清河两岸 &amp; 花正开"),
            line(40, 12, "清河边的花都"),
            line(54, 13, "开了。"),
            line(10, 12, "水清了。"),
        );
        assert_eq!(
            laid_out(layout.as_bytes()),
            Ok(vec![
                "清河两岸 & 花正开\n\n清河边的花都\n开了。\n\n水清了。\n\n".to_owned(),
                String::new()
            ])
        );
    }
}
