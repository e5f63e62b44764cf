//! The browser for the end-to-end tests: an installed Chromium is found, or, on Debian and its
//! kin, installed.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::{debian, shell, tools};

/// Names the browser to use, both to this program and to the Playwright tests.
pub(crate) const VARIABLE: &str = "SOUWEN_CHROMIUM";

/// Names on `PATH`, the plainest first.
const PROGRAMS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// Usual places of programs that are not on `PATH`.
const PLACES: [&str; 4] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
];

/// Where the program is inside one of Playwright's own `chromium-1234/` folders.
const IN_PLAYWRIGHT: [&str; 7] = [
    "chrome-linux64/chrome",
    "chrome-linux/chrome",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
    "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
    r"chrome-win64\chrome.exe",
    r"chrome-win\chrome.exe",
];

/// The path of a Chromium or Chrome; on Debian, where there is none and this user may
/// install packages, it is installed first. Otherwise the error says what to install.
pub(crate) fn find_or_install() -> Result<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        let path = PathBuf::from(named);
        if !path.is_file() {
            bail!("{VARIABLE} names {}, which is not a file", path.display());
        }
        return Ok(path);
    }
    if let Some(path) = find() {
        return Ok(path);
    }
    if debian::install(&["chromium"])?
        && let Some(path) = find()
    {
        return Ok(path);
    }
    bail!(
        "no Chromium was found for the browser tests: install Chromium or Google Chrome (on \
         Debian `apt-get install chromium`), or set {VARIABLE} to the path of one"
    )
}

/// Makes sure, where that can be done, that Firefox and WebKitGTK are there, with what they are driven by.
/// The tests pass over one that is not: a machine without it only gets a warning.
pub(crate) fn others(project: &Project) {
    let wanted = [
        ("firefox-esr", "firefox-esr"),
        ("WebKitWebDriver", "webkit2gtk-driver"),
        ("Xvfb", "xvfb"),
    ];
    let packages: Vec<&str> = wanted
        .iter()
        .filter(|(program, _)| shell::find(program).is_none())
        .map(|&(_, package)| package)
        .collect();
    if !packages.is_empty() && !debian::install(&packages).unwrap_or(false) {
        eprintln!(
            "warning: without {} not all browsers are tested",
            packages.join(", ")
        );
    }
    if shell::find("firefox-esr").is_some()
        && let Err(error) = tools::geckodriver(project)
    {
        eprintln!("warning: Firefox is not tested: {error:#}");
    }
}

/// The program that drives Firefox, if it has been installed.
pub(crate) fn geckodriver(project: &Project) -> Option<PathBuf> {
    let own = project.tools().join("bin").join("geckodriver");
    if own.is_file() {
        Some(own)
    } else {
        shell::find("geckodriver")
    }
}

/// Makes sure, where that can be done, that there is a font with Chinese characters, so that
/// screenshots show text. No test depends on it: a machine without one only gets a warning.
pub(crate) fn chinese_font() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let fonts = shell::output(Command::new("fc-list").args([":lang=zh", "family"]));
    if fonts.is_ok_and(|list| !list.trim().is_empty()) {
        return;
    }
    if !debian::install(&["fonts-noto-cjk", "fontconfig"]).unwrap_or(false) {
        eprintln!("warning: no Chinese font was found; screenshots will show boxes for text");
    }
}

fn find() -> Option<PathBuf> {
    PROGRAMS
        .iter()
        .filter_map(|name| shell::find(name))
        .chain(
            PLACES
                .iter()
                .map(PathBuf::from)
                .filter(|path| path.is_file()),
        )
        .chain(
            playwright_folders()
                .iter()
                .flat_map(|folder| in_playwright(folder)),
        )
        .find(|path| starts(path))
}

/// On Linux a `chromium-browser` may be a mere pointer to a package that is not there: only
/// one that starts counts. Elsewhere asking would open a window.
fn starts(browser: &Path) -> bool {
    !cfg!(target_os = "linux") || shell::succeeds(Command::new(browser).arg("--version"))
}

/// The folders that Playwright keeps its downloaded browsers in.
fn playwright_folders() -> Vec<PathBuf> {
    let in_home = |variable: &str, relative: &str| {
        env::var_os(variable).map(|home| Path::new(&home).join(relative))
    };
    [
        env::var_os("PLAYWRIGHT_BROWSERS_PATH").map(PathBuf::from),
        in_home("HOME", ".cache/ms-playwright"),
        in_home("HOME", "Library/Caches/ms-playwright"),
        in_home("LOCALAPPDATA", "ms-playwright"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The browsers in one such folder, the newest first.
fn in_playwright(folder: &Path) -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name();
            let version = name.to_str()?.strip_prefix("chromium-")?.parse().ok()?;
            Some((version, entry.path()))
        })
        .collect();
    versions.sort_by(|a, b| b.cmp(a));
    versions
        .iter()
        .flat_map(|(_, dir)| IN_PLAYWRIGHT.iter().map(|inside| dir.join(inside)))
        .filter(|path| path.is_file())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_of_playwrights_browsers_comes_first() {
        let dir = env::temp_dir().join(format!("xtask-browser-{}", std::process::id()));
        for version in [
            "chromium-999",
            "chromium-1200",
            "chromium_headless_shell-1300",
        ] {
            let inside = dir.join(version).join("chrome-linux");
            fs::create_dir_all(&inside).unwrap();
            fs::write(inside.join("chrome"), "").unwrap();
        }
        let found = in_playwright(&dir);
        fs::remove_dir_all(&dir).unwrap();
        let expected = ["chromium-1200", "chromium-999"]
            .map(|name| dir.join(name).join("chrome-linux/chrome"));
        assert_eq!(found, expected);
    }
}
