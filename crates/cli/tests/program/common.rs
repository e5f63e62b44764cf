//! Running the program, and small archives to run it on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use tempfile::TempDir;

/// What a run of the program gave.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Fails the test unless the program ended well.
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.status, 0, "{}", self.stderr);
        self
    }

    /// Fails the test unless the program refused its input and said all of `parts`.
    pub(crate) fn refused(self, parts: &[&str]) -> Self {
        assert_eq!(self.status, 1, "{}{}", self.stdout, self.stderr);
        for part in parts {
            assert!(
                self.stderr.contains(part),
                "no `{part}` in: {}",
                self.stderr
            );
        }
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).expect("the output is JSON")
    }
}

pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_souwen"));
    command.env_remove("NO_COLOR");
    command
}

/// Runs the program.
pub(crate) fn souwen<const N: usize>(args: [&str; N]) -> Run {
    let output = program().args(args).output().expect("the program starts");
    run_of(&output)
}

pub(crate) fn run_of(output: &Output) -> Run {
    Run {
        status: output.status.code().expect("the program was not killed"),
        stdout: String::from_utf8(output.stdout.clone()).expect("the output is UTF-8"),
        stderr: String::from_utf8(output.stderr.clone()).expect("the messages are UTF-8"),
    }
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("the path is Unicode")
}

/// Three articles in JSON lines.
pub(crate) const ARTICLES: &str = r#"{"id":"bridge","title":"沄河大桥合龙","reporters":["柏舟"],"date":"2022-06-05","section":"要闻","channel":"城建","paragraphs":["沄河大桥昨日合龙，两岸居民过河只要五分钟。"]}
{"id":"tea","title":"头采茶下山","date":"2023-03-19","section":"民生","channel":["农业","集市"],"body":"茶农清晨进山采茶。\n头采茶每斤卖到三百元。"}
{"id":"photo","kind":"photo","section":"民生","date":"2022-12-31","captions":["志愿者在沄河边清理垃圾。柏舟摄"]}
"#;

/// A folder that is removed in the end.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

/// A folder with `articles.jsonl`; its path, and the file's.
pub(crate) fn archive() -> (TempDir, PathBuf) {
    let dir = folder();
    let input = dir.path().join("articles.jsonl");
    fs::write(&input, ARTICLES).expect("the archive can be written");
    (dir, input)
}

/// The bundle of those articles, built once for all tests, which must not change it.
pub(crate) fn bundle() -> &'static str {
    static BUNDLE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = BUNDLE.get_or_init(|| {
        let (dir, input) = archive();
        let out = dir.path().join("bundle");
        let config = dir.path().join("souwen.toml");
        let settings = "[site]\nname = '沄河报'\n[facets]\nfields = ['channel']\n";
        fs::write(&config, settings).expect("the settings can be written");
        let args = [
            "build",
            text(&input),
            "--out",
            text(&out),
            "--config",
            text(&config),
            "--strict",
        ];
        souwen(args).ok();
        (dir, out)
    });
    text(path)
}

/// A copy of that bundle, to be changed.
pub(crate) fn own_bundle() -> (TempDir, PathBuf) {
    let dir = folder();
    let out = dir.path().join("bundle");
    fs::create_dir(&out).unwrap();
    for entry in fs::read_dir(bundle()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), out.join(entry.file_name())).unwrap();
    }
    (dir, out)
}

/// The index file of a bundle.
pub(crate) fn index_of(bundle: &Path) -> PathBuf {
    let named = |name: &String| name.starts_with("index-");
    bundle.join(
        names(bundle)
            .into_iter()
            .find(named)
            .expect("the bundle has an index"),
    )
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry
            .unwrap()
            .file_name()
            .into_string()
            .expect("the name is Unicode")
    };
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

/// A path in the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}
