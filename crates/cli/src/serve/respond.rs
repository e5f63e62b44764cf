//! A request → its answer.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use tiny_http::{Header, Method, Request, Response, StatusCode};

use super::mime;
use super::path::{Resource, resolve};
use super::range::{self, Part};

type Answer = Response<Box<dyn Read + Send>>;

/// Answers a request with what the folder has.
pub(crate) fn answer(root: &Path, request: Request) {
    let response = if matches!(request.method(), Method::Get | Method::Head) {
        match resolve(root, request.url()) {
            Resource::File(path) => file(&path, range_of(&request))
                .unwrap_or_else(|error| text(500, &format!("The file cannot be read: {error}\n"))),
            Resource::Moved(path) => with(text(301, ""), "Location", &path),
            Resource::Absent => text(404, "There is no such file here.\n"),
        }
    } else {
        with(
            text(405, "Only GET and HEAD are answered.\n"),
            "Allow",
            "GET, HEAD",
        )
    };
    let response = with(response, "X-Content-Type-Options", "nosniff");
    let response = match origin_here(&request) {
        Some(origin) => with(
            with(response, "Access-Control-Allow-Origin", &origin),
            "Vary",
            "Origin",
        ),
        None => response,
    };
    // A browser that has gone wants no answer.
    let _ = request.respond(response);
}

/// The origin that asks, if it is this machine under one of its own names: such pages may embed what
/// another of them has, as a preview of one site in another. Any other site may not read it.
fn origin_here(request: &Request) -> Option<String> {
    let origin = header(request, "Origin")?;
    let rest = origin.strip_prefix("http://")?;
    let name = rest
        .rsplit_once(':')
        .filter(|(_, port)| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(rest, |(name, _)| name);
    ["localhost", "127.0.0.1", "[::1]"]
        .contains(&name)
        .then_some(origin)
}

fn header(request: &Request, name: &'static str) -> Option<String> {
    let header = request
        .headers()
        .iter()
        .find(|header| header.field.equiv(name));
    header.map(|header| header.value.to_string())
}

/// The range asked for. One that hangs on a version of the file is none: versions are not told.
fn range_of(request: &Request) -> Option<String> {
    if header(request, "If-Range").is_some() {
        None
    } else {
        header(request, "Range")
    }
}

fn file(path: &Path, range: Option<String>) -> io::Result<Answer> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let part = range.map_or(Part::Whole, |range| range::parse(&range, length));
    let (status, first, count) = match part {
        Part::Whole => (200, 0, length),
        Part::Bytes(first, last) => (206, first, last - first + 1),
        Part::Unsatisfiable => {
            let answer = text(416, "The file does not have these bytes.\n");
            return Ok(with(answer, "Content-Range", &format!("bytes */{length}")));
        }
    };
    file.seek(SeekFrom::Start(first))?;
    let mut answer = body(
        status,
        Box::new(file.take(count)),
        usize::try_from(count).ok(),
    );
    if status == 206 {
        let range = format!("bytes {first}-{}/{length}", first + count - 1);
        answer = with(answer, "Content-Range", &range);
    }
    answer = with(answer, "Accept-Ranges", "bytes");
    answer = with(answer, "Content-Type", mime::of(&name));
    Ok(with(answer, "Cache-Control", mime::cache_control(&name)))
}

fn text(status: u16, text: &str) -> Answer {
    let bytes = text.as_bytes().to_vec();
    let length = bytes.len();
    let answer = body(status, Box::new(io::Cursor::new(bytes)), Some(length));
    let answer = with(answer, "Content-Type", "text/plain; charset=utf-8");
    with(answer, "Cache-Control", "no-cache")
}

fn body(status: u16, bytes: Box<dyn Read + Send>, length: Option<usize>) -> Answer {
    // The length is known and told, however long: progress bars want it.
    Response::new(StatusCode(status), Vec::new(), bytes, length, None)
        .with_chunked_threshold(usize::MAX)
}

/// Adds a header, whose value must be ASCII.
fn with(answer: Answer, name: &str, value: &str) -> Answer {
    match Header::from_bytes(name, value) {
        Ok(header) => answer.with_header(header),
        Err(()) => answer,
    }
}
