//! A build whose encoder only adds up what it is given.

use std::hash::Hasher;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use rustc_hash::FxHasher;
use souwen_compile::{
    CompileError, Core, DocumentParts, Limits, Options, Sink, Stage, Term, Watch, map, reduce,
};
use souwen_corpus::read_paths;

/// Prints the digest and the figures of an archive.
pub(crate) fn print(file: &str, limits: &[&str], out: &mut impl Write) -> io::Result<()> {
    let number = |at: usize| limits.get(at).map(|number: &&str| number.parse().unwrap());
    let default = Limits::default();
    let threads = number(1).and_then(|threads| usize::try_from(threads).ok());
    let limits = Limits {
        memory: number(0).map_or(default.memory, |mib: u64| mib << 20),
        threads: threads.unwrap_or(default.threads),
        keeps_dictionary: false,
        ..default
    };
    let clock = Clock(Instant::now());
    let options = Options::default();
    let run = map(&options, &limits, &clock, (1, 1), |take| {
        let mut ordinal = 0;
        let paths = [PathBuf::from(file)];
        read_paths(&paths, &souwen_corpus::Options::default(), &mut |item| {
            take(ordinal, item.unwrap());
            ordinal += 1;
        });
    });
    let mut digest = Digest::default();
    let summary = reduce(vec![run.unwrap()], &options, &limits, &clock, &mut digest).unwrap();
    writeln!(
        out,
        "{:016x} {:.1} s, {} postings, {:?}",
        digest.hash.finish(),
        clock.0.elapsed().as_secs_f64(),
        digest.postings,
        summary.stats
    )
}

/// Says when each stage began.
struct Clock(Instant);

impl Watch for Clock {
    fn stage(&self, stage: Stage, total: u64) {
        let seconds = self.0.elapsed().as_secs_f64();
        let _ = writeln!(io::stderr(), "{seconds:7.1} s {stage:?} {total}");
    }

    fn advance(&self, _: u64) {}
}

#[derive(Default)]
struct Digest {
    hash: FxHasher,
    postings: u64,
}

impl Digest {
    fn postings(&mut self, postings: &[(u32, u8)]) {
        self.hash.write_usize(postings.len());
        self.postings += u64::try_from(postings.len()).unwrap();
        for &(document, class) in postings {
            self.hash
                .write_u64(u64::from(document) << 8 | u64::from(class));
        }
    }
}

impl Sink for Digest {
    fn begin(&mut self, core: Core) -> Result<(), CompileError> {
        self.hash.write(format!("{core:?}").as_bytes());
        Ok(())
    }

    fn term(&mut self, term: Term<'_>) -> Result<(), CompileError> {
        term.key.iter().for_each(|&code| self.hash.write_u32(code));
        self.postings(term.run);
        if let Some(word) = term.word {
            self.hash.write_u64(word.frequency);
            self.postings(word.postings);
        }
        Ok(())
    }

    fn documents(&mut self, first: u32, batch: Vec<DocumentParts>) -> Result<(), CompileError> {
        for (number, own) in (first..).zip(batch) {
            self.hash.write_u32(number);
            self.hash.write(format!("{own:?}").as_bytes());
        }
        Ok(())
    }
}
