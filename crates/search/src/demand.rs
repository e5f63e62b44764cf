//! Answers from an index of which not everything is there.

use souwen_index::{Fault, FormatError, Need};

use crate::engine::Engine;

/// Asks an engine until nothing is lacking, and gives the answer of the run that lacked nothing: the
/// one that the whole index gives, whatever was there before.
///
/// `bring` is to [supply](souwen_index::Index::supply) what it is given before it returns. All of it
/// may be fetched at once: a run goes on with empty stand-ins for what it lacks, to find out as much
/// as it can.
///
/// # Errors
/// What `ask` or `bring` say; [`FormatError`] if what was brought does not hold together, or
/// was not brought.
pub fn settle<T, E: From<FormatError>>(
    engine: &Engine,
    mut ask: impl FnMut(&Engine) -> Result<T, E>,
    mut bring: impl FnMut(&Engine, &[Need]) -> Result<(), E>,
) -> Result<T, E> {
    engine.index().trim();
    let mut before = Vec::new();
    loop {
        let answer = ask(engine);
        let needs = engine.index().needs()?;
        if needs.is_empty() {
            return answer;
        }
        if needs == before {
            return Err(not_brought().into());
        }
        bring(engine, &needs)?;
        before = needs;
    }
}

/// What is wrong when pieces stay away although they were asked for.
#[must_use]
pub fn not_brought() -> FormatError {
    let what = "pieces that were fetched are not those that were asked for";
    let section = "heap";
    FormatError::new(Fault::Damaged { section, what })
}
