//! The preview server, asked as a hostile or a clumsy client would.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::common::{folder, program, souwen, text};

struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(site: &Path) -> Self {
        let mut child = program()
            .args(["serve", text(site), "--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let (_, rest) = line
            .split_once("http://localhost:")
            .expect("the address is told");
        let (port, _) = rest.split_once('/').unwrap();
        Self {
            child,
            port: port.parse().unwrap(),
        }
    }

    /// Sends a request as it stands; gives the answer's head in lower case, and its body.
    fn send(&self, method: &str, path: &str, headers: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer
            .windows(4)
            .position(|part| part == b"\r\n\r\n")
            .expect("an HTTP answer");
        let head = String::from_utf8(answer[..end].to_vec())
            .unwrap()
            .to_lowercase();
        (head, answer[end + 4..].to_vec())
    }

    fn get(&self, path: &str) -> (String, Vec<u8>) {
        self.send("GET", path, "")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A site in a folder beside a file that must stay secret.
fn site() -> (tempfile::TempDir, Server) {
    let dir = folder();
    let site = dir.path().join("site");
    fs::create_dir_all(site.join("search")).unwrap();
    fs::write(dir.path().join("secret.txt"), "secret").unwrap();
    fs::write(site.join("index.html"), "<p>沄河报</p>").unwrap();
    fs::write(site.join("search/souwen.json"), "{}").unwrap();
    fs::write(site.join("search/souwen.js"), "export {}").unwrap();
    fs::write(
        site.join("search/index-0123456789abcdef.souwen"),
        vec![7; 100_000],
    )
    .unwrap();
    fs::write(site.join("search/souwen-0123456789ab.wasm"), "0123456789").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.txt", site.join("link.txt")).unwrap();
    let server = Server::start(&site);
    (dir, server)
}

#[test]
fn only_this_machines_own_names_may_embed_a_site() {
    let (_dir, server) = site();
    let allowed = |origin: &str| {
        let (head, _) = server.send("GET", "/search/souwen.js", &format!("Origin: {origin}\r\n"));
        head.contains(&format!("\r\naccess-control-allow-origin: {origin}\r\n"))
    };
    for origin in [
        "http://localhost:8080",
        "http://127.0.0.1:4173",
        "http://[::1]:8080",
        "http://localhost",
    ] {
        assert!(allowed(origin), "{origin}");
    }
    for origin in [
        "https://evil.example",
        "http://localhost.evil.example",
        "http://localhost:8080.evil.example",
        "null",
    ] {
        assert!(!allowed(origin), "{origin}");
    }
}

#[test]
fn files_with_their_types_and_lifetimes() {
    let (_dir, server) = site();
    for (path, kind, keep) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        (
            "/search/souwen.json?x",
            "application/json; charset=utf-8",
            "no-cache",
        ),
        (
            "/search/souwen.js",
            "text/javascript; charset=utf-8",
            "no-cache",
        ),
        (
            "/search/souwen-0123456789ab.wasm",
            "application/wasm",
            "immutable",
        ),
        (
            "/search/index-0123456789abcdef.souwen",
            "application/octet-stream",
            "immutable",
        ),
    ] {
        let (head, _) = server.get(path);
        assert!(head.starts_with("http/1.1 200 "), "{path}: {head}");
        assert!(
            head.contains(&format!("\r\ncontent-type: {kind}")),
            "{path}: {head}"
        );
        let lifetime = head
            .lines()
            .find(|line| line.starts_with("cache-control: "))
            .unwrap();
        assert!(lifetime.contains(keep), "{path}: {head}");
    }
    let (head, body) = server.get("/search/index-0123456789abcdef.souwen");
    assert!(
        head.contains("content-length: 100000") && !head.contains("chunked"),
        "{head}"
    );
    assert_eq!(body.len(), 100_000);
    assert_eq!(server.get("/").1, "<p>沄河报</p>".as_bytes());
}

#[test]
fn heads_ranges_and_redirections() {
    let (_dir, server) = site();
    let wasm = "/search/souwen-0123456789ab.wasm";
    let (head, body) = server.send("HEAD", wasm, "");
    assert!(
        head.contains("content-length: 10") && body.is_empty(),
        "{head}"
    );
    let (head, body) = server.send("GET", wasm, "Range: bytes=2-4\r\n");
    assert!(head.starts_with("http/1.1 206 "), "{head}");
    assert!(head.contains("content-range: bytes 2-4/10"), "{head}");
    assert_eq!(body, b"234");
    assert_eq!(server.send("GET", wasm, "Range: bytes=-3\r\n").1, b"789");
    let (head, _) = server.send("GET", wasm, "Range: bytes=10-\r\n");
    assert!(
        head.starts_with("http/1.1 416 ") && head.contains("bytes */10"),
        "{head}"
    );
    assert_eq!(
        server
            .send("GET", wasm, "Range: bytes=0-1\r\nIf-Range: \"x\"\r\n")
            .1
            .len(),
        10
    );
    let (head, _) = server.get("//search");
    assert!(
        head.starts_with("http/1.1 301 ") && head.contains("location: /search/"),
        "{head}"
    );
    let (head, _) = server.send("POST", "/", "Content-Length: 0\r\n");
    assert!(head.starts_with("http/1.1 405 "), "{head}");
}

#[test]
fn nothing_outside_the_folder() {
    let (_dir, server) = site();
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/search/../../secret.txt",
        "/search/%2e%2e/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "/link.txt",
        "//../secret.txt",
        "/etc/passwd",
        "//etc/passwd",
        "/%00",
        "/%ff%fe",
        "/%zz",
        "/none",
    ] {
        let (head, body) = server.get(path);
        assert!(head.starts_with("http/1.1 404 "), "{path}: {head}");
        assert!(head.contains("content-type: text/plain"), "{path}: {head}");
        assert!(!body.windows(6).any(|part| part == b"secret"), "{path}");
    }
    assert!(server.get("/").0.starts_with("http/1.1 200 "));
}

#[test]
fn what_cannot_be_served() {
    let (_dir, server) = site();
    let dir = folder();
    souwen(["serve", text(&dir.path().join("none"))]).refused(&["none", "no folder to serve"]);
    let taken = server.port.to_string();
    souwen(["serve", text(dir.path()), "--port", &taken]).refused(&[&taken, "--port"]);
}

/// As browsers do: many connections at once, kept open behind their answers.
#[test]
fn a_burst_of_connections_that_stay_open() {
    let (_dir, server) = site();
    for _ in 0..20 {
        let connect = |_| TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let mut open: Vec<TcpStream> = (0..12).map(connect).collect();
        for stream in &mut open {
            stream
                .set_read_timeout(Some(Duration::from_secs(10)))
                .unwrap();
            stream
                .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .unwrap();
        }
        for stream in &mut open {
            let mut answer = [0; 12];
            stream.read_exact(&mut answer).expect("an answer in time");
            assert_eq!(&answer, b"HTTP/1.1 200");
        }
    }
}
