//! Embeds the browser runtime that every bundle carries: the files that `npm run build` made in
//! `www/dist/`, or in the folder that `SOUWEN_RUNTIME` names. Without them the program is built all
//! the same, and writes bundles without a runtime.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=SOUWEN_RUNTIME");
    let named = env::var_os("SOUWEN_RUNTIME").map(PathBuf::from);
    let required = named.is_some();
    let folder = match named {
        Some(folder) => folder,
        None => Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../www/dist"),
    };
    println!("cargo::rerun-if-changed={}", folder.display());

    let mut table = String::from("&[\n");
    if required || folder.join("runtime.json").is_file() {
        for name in listed(&folder)? {
            let path = folder.join(&name).canonicalize();
            let path = path.map_err(|error| {
                let list = folder.join("runtime.json");
                format!(
                    "{} lists {name}, which cannot be read: {error}",
                    list.display()
                )
            })?;
            let path = path.to_str().ok_or("the runtime's path is not Unicode")?;
            writeln!(table, "    ({name:?}, include_bytes!({path:?})),")?;
        }
    }
    table.push_str("]\n");
    let out = Path::new(&env::var("OUT_DIR")?).join("runtime.rs");
    fs::write(out, table)?;
    Ok(())
}

/// The names in the folder's `runtime.json`.
fn listed(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let list = folder.join("runtime.json");
    let text = fs::read_to_string(&list)
        .map_err(|error| format!("{} cannot be read: {error}", list.display()))?;
    let value: serde_json::Value = serde_json::from_str(&text)?;
    let files = value["files"].as_array();
    let files = files.ok_or_else(|| format!("{} has no \"files\"", list.display()))?;
    let mut names = Vec::new();
    for file in files {
        let name = file["name"].as_str();
        let name = name.ok_or_else(|| format!("{} lists a file without name", list.display()))?;
        names.push(name.to_owned());
    }
    Ok(names)
}
