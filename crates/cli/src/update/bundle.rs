//! A bundle brought up to date.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use souwen_compile::{Base, Compiled, Limits, Options, Outcome, Reprints, Stats, Updated, update};
use souwen_index::{Index, Need};
use souwen_text::cast;

use super::changes::{Found, find};
use super::state::{NAME, State, settings};
use crate::bundle::{Location, Opened};
use crate::output::{grouped, note};
use crate::publish::{self, Folder};
use crate::resources::Progress;
use crate::runtime::RuntimeFile;
use crate::{files, manifest, staging};

/// A bundle of so many bytes is read as a whole: an index drops what it was brought when it is much more.
const WHOLE: u64 = 32 << 20;

/// What is wanted.
pub(crate) struct Request<'a> {
    /// The bundle.
    pub(crate) bundle: &'a Path,
    /// Where it goes.
    pub(crate) out: &'a Path,
    pub(crate) input: &'a [PathBuf],
    pub(crate) strict: bool,
    pub(crate) reading: &'a souwen_corpus::Options,
    pub(crate) options: &'a Options,
    pub(crate) limits: &'a Limits,
    pub(crate) runtime: &'a [RuntimeFile],
    pub(crate) keep: usize,
}

/// Brings the bundle up to date. If that cannot be, says why and gives false: then it is to be built
/// anew. Nothing has been changed in that case.
pub(crate) fn run(request: &Request<'_>, start: Instant) -> Result<bool> {
    let Request {
        bundle,
        options,
        limits,
        ..
    } = request;
    let anew = |why: &dyn std::fmt::Display| {
        note(format_args!("note: {why}; everything is built anew"));
        Ok(false)
    };
    if !bundle.join(manifest::NAME).is_file() {
        return anew(&format_args!("{} is no bundle yet", bundle.display()));
    }
    let location = Location::of(bundle)?;
    let core = files::read(&location.index)?;
    let settings = settings(options, request.reading);
    let state = match State::read(bundle, &core, settings) {
        Ok(state) => state,
        Err(why) => return anew(&why),
    };
    let opened = location.open()?;
    let index = opened.index();
    let parts = index.parts().iter();
    if parts.map(|part| u64::from(part.bytes)).sum::<u64>() <= WHOLE {
        opened.bring_all()?;
    }
    let bring = |index: &Index, needs: &[Need]| bring(&opened, index, needs);
    let base = Base {
        index,
        core: &core,
        ledger: &state.ledger,
        bring: &bring,
    };
    let progress = Progress::new();
    let found = find(
        request.input,
        request.reading,
        &base,
        &state,
        options,
        limits,
        &progress,
    )?;
    found.tally.check(request.input, request.strict)?;
    let figures = found.figures();
    let in_place = is_same_folder(bundle, request.out);
    let Found {
        changes,
        files,
        owners,
        new,
        texts,
        repeated,
        tally,
        ..
    } = found;
    let unchanged = changes.gone.is_empty() && new.is_empty();
    if unchanged && in_place && location.has_runtime(request.runtime) {
        drop(progress);
        if !state.is_of(&files) {
            let ledger = state.ledger.clone();
            let owners = joined(&owners, owners.len(), &[], &new);
            let state = State::new(settings, &core, ledger, repeated, files, &owners, texts);
            staging::replace_file(&bundle.join(NAME), &state.to_bytes())?;
        }
        note(format_args!(
            "{}: nothing has changed",
            request.out.display()
        ));
        return Ok(true);
    }
    let mut folder = Folder::behind(request.out, bundle, in_place)?.keeping(request.keep);
    let outcome = if unchanged {
        Ok(Outcome::Updated(Box::new(as_it_is(
            &location, index, &state, core,
        ))))
    } else {
        update(&base, changes, options, limits, &progress, &mut folder)
    };
    drop(progress);
    let updated = match outcome.context("the bundle cannot be brought up to date")? {
        Outcome::Updated(updated) => *updated,
        Outcome::Rebuild(why) => return anew(&why),
    };
    let compiled = updated.compiled;
    let owners = joined(&owners, cast::index(updated.kept), &updated.carried, &new);
    let ledger = compiled.ledger.clone();
    let state = State::new(
        settings,
        &compiled.bytes,
        ledger,
        repeated,
        files,
        &owners,
        texts,
    );
    folder.keep(&compiled.bytes)?;
    let options = (*options).clone();
    let mut all = folder.finish(&compiled, options, request.runtime, Some(&state.to_bytes()))?;
    all.extend(figures);
    all.push(("skipped", grouped(tally.skipped)));
    all.push(("seconds", format!("{:.1}", start.elapsed().as_secs_f64())));
    publish::summarise(request.out, &all);
    tally.note();
    publish::note_remarks(&compiled);
    Ok(true)
}

/// What an update of nothing gives.
fn as_it_is(location: &Location, index: &Index, state: &State, core: Vec<u8>) -> Updated {
    let terms = index.terms();
    let documents = index.articles();
    let characters = index.meta().characters;
    let manifest = location.manifest.as_ref();
    Updated {
        compiled: Compiled {
            bytes: core,
            stats: Stats {
                documents,
                characters,
                terms: manifest.map_or(terms, |manifest| manifest.terms),
                ..Stats::default()
            },
            ledger: state.ledger.clone(),
            idle_synonyms: Vec::new(),
            reprints: Reprints::default(),
        },
        kept: index.len(),
        carried: Vec::new(),
    }
}

/// The files' places by document: those of the documents that are kept, of those that are carried over,
/// and of the new ones.
fn joined(owners: &[Option<u32>], kept: usize, carried: &[u32], new: &[u32]) -> Vec<u32> {
    let carried = carried.iter().map(|&own| owners.get(cast::index(own)));
    let old = owners.iter().take(kept).map(Some).chain(carried);
    let mut before = 0;
    let mut all: Vec<u32> = old
        .map(|own| {
            // What is gone has any.
            before = own.copied().flatten().unwrap_or(before);
            before
        })
        .collect();
    all.extend(new);
    all
}

fn is_same_folder(a: &Path, b: &Path) -> bool {
    let both = a.canonicalize().ok().zip(b.canonicalize().ok());
    both.is_some_and(|(a, b)| a == b)
}

fn bring(opened: &Opened, index: &Index, needs: &[Need]) -> io::Result<()> {
    let brought = opened.bring(index, needs);
    brought.map_err(|error| io::Error::other(format!("{error:#}")))
}
