//! A request's path → a file of the folder, never one outside of it.

use std::path::{Path, PathBuf};

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Resource {
    /// A file.
    File(PathBuf),
    /// A folder that was asked for without the slash at its end: the path that has it.
    Moved(String),
    /// Nothing that may be seen.
    Absent,
}

/// Finds what a request's path, with percent signs and all, leads to below `root`, which must be
/// free of links.
pub(crate) fn resolve(root: &Path, url: &str) -> Resource {
    find(root, url).unwrap_or(Resource::Absent)
}

fn find(root: &Path, url: &str) -> Option<Resource> {
    let raw = url.split(['?', '#']).next()?;
    let path = percent_decode(raw.strip_prefix('/')?)?;
    let mut wanted = root.to_owned();
    let mut names = Vec::new();
    for name in path.split('/').filter(|name| !name.is_empty()) {
        // Hidden files, `.` and `..` are not served; neither is what other systems take for a path.
        if name.starts_with('.') || name.contains(['\\', ':', '\0']) {
            return None;
        }
        wanted.push(name);
        names.push(name);
    }
    let mut found = inside(root, &wanted)?;
    if found.is_dir() {
        if !names.is_empty() && !path.ends_with('/') {
            // Else the folder's page would look for its files one level too high.
            let encoded: Vec<String> = names.into_iter().map(percent_encode).collect();
            return Some(Resource::Moved(format!("/{}/", encoded.join("/"))));
        }
        found = inside(root, &found.join("index.html"))?;
    } else if path.ends_with('/') {
        return None;
    }
    found.is_file().then_some(Resource::File(found))
}

/// The path without links, unless they lead out of `root`.
fn inside(root: &Path, path: &Path) -> Option<PathBuf> {
    let path = path.canonicalize().ok()?;
    path.starts_with(root).then_some(path)
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let value = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn percent_encode(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn site() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap().join("site");
        fs::create_dir_all(root.join("清河 a")).unwrap();
        fs::create_dir_all(root.join("empty")).unwrap();
        fs::create_dir_all(root.join(".git")).unwrap();
        for file in ["index.html", "a.js", "清河 a/index.html", ".git/config"] {
            fs::write(root.join(file), "x").unwrap();
        }
        fs::write(root.parent().unwrap().join("secret.txt"), "x").unwrap();
        fs::create_dir_all(root.parent().unwrap().join("site-2")).unwrap();
        fs::write(root.parent().unwrap().join("site-2/secret.txt"), "x").unwrap();
        (dir, root)
    }

    #[test]
    fn files_and_folders() {
        let (_dir, root) = site();
        let file = |name: &str| Resource::File(root.join(name));
        for (url, expected) in [
            ("/", file("index.html")),
            ("/?q=1", file("index.html")),
            ("//a.js", file("a.js")),
            ("/a.js?v=1#x", file("a.js")),
            ("/%E6%B8%85%E6%B2%B3%20a/", file("清河 a/index.html")),
            (
                "/%E6%B8%85%E6%B2%B3%20a",
                Resource::Moved("/%E6%B8%85%E6%B2%B3%20a/".into()),
            ),
            ("//empty", Resource::Moved("/empty/".into())),
            ("/empty/", Resource::Absent),
            ("/a.js/", Resource::Absent),
            ("/none", Resource::Absent),
        ] {
            assert_eq!(resolve(&root, url), expected, "{url}");
        }
    }

    #[test]
    fn nothing_outside() {
        let (_dir, root) = site();
        for url in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/%2E%2E%2Fsecret.txt",
            "/empty/../../secret.txt",
            "/../site-2/secret.txt",
            "/..%5csecret.txt",
            "/.git/config",
            "/%2egit/config",
            "/a.js%00.html",
            "/%ff",
            "/%4",
            "/%+1",
            "",
            "http://localhost/a.js",
        ] {
            assert_eq!(resolve(&root, url), Resource::Absent, "{url}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out() {
        use std::os::unix::fs::symlink;
        let (_dir, root) = site();
        symlink("../secret.txt", root.join("out.txt")).unwrap();
        symlink("../site-2", root.join("out")).unwrap();
        symlink("a.js", root.join("in.js")).unwrap();
        assert_eq!(resolve(&root, "/out.txt"), Resource::Absent);
        assert_eq!(resolve(&root, "/out/secret.txt"), Resource::Absent);
        assert_eq!(resolve(&root, "/in.js"), Resource::File(root.join("a.js")));
    }
}
