//! Compiles the corpus folder into the index that is embedded in the wasm.

use std::error::Error;

#[cfg(feature = "embedded-index")]
fn main() -> Result<(), Box<dyn Error>> {
    let corpus = std::env::var("SOUWEN_CORPUS").unwrap_or_else(|_| "corpus".to_owned());
    println!("cargo::rerun-if-env-changed=SOUWEN_CORPUS");
    println!("cargo::rerun-if-changed={corpus}");
    let mut articles = Vec::new();
    souwen_corpus::read_paths(
        &[corpus.clone().into()],
        &souwen_corpus::Options::default(),
        &mut |item| match item {
            Ok(article) => articles.push(article),
            Err(problem) => println!("cargo::warning={problem}"),
        },
    );
    let compiled = souwen_compile::compile(&articles, &souwen_compile::Options::default())
        .map_err(|error| format!("{corpus}: {error}"))?;
    let out = std::path::Path::new(&std::env::var("OUT_DIR")?).join("embedded.souwen");
    Ok(std::fs::write(out, compiled.bytes)?)
}

#[cfg(not(feature = "embedded-index"))]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
