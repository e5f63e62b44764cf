//! A build whose files are only added up.

use std::hash::Hasher;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use rustc_hash::FxHasher;
use souwen_compile::{Limits, Options, Stage, Watch, build, map};
use souwen_corpus::read_paths;
use souwen_index::{PartDigest, Sink};

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
    let compiled = build(vec![run.unwrap()], &options, &limits, &clock, &mut digest).unwrap();
    digest.hash.write(&compiled.bytes);
    writeln!(
        out,
        "{:016x} {:.1} s, {} bytes, {} parts of {} bytes, {:?}",
        digest.hash.finish(),
        clock.0.elapsed().as_secs_f64(),
        compiled.bytes.len(),
        digest.parts,
        digest.bytes,
        compiled.stats
    )
}

/// Says when each stage began, and the memory until then: now, and at most.
struct Clock(Instant);

impl Watch for Clock {
    fn stage(&self, stage: Stage, total: u64) {
        let seconds = self.0.elapsed().as_secs_f64();
        let (now, most) = (memory("VmRSS:"), memory("VmHWM:"));
        let _ = writeln!(
            io::stderr(),
            "{seconds:7.1} s {now:4} MB, {most:4} at most: {stage:?} {total}"
        );
    }

    fn advance(&self, _: u64) {}
}

/// What Linux knows of this process's memory, in MB.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kibibytes.unwrap_or(0) * 1024 / 1_000_000
}

/// Keeps no part.
#[derive(Default)]
struct Digest {
    hash: FxHasher,
    parts: u64,
    bytes: usize,
}

impl Sink for Digest {
    fn part(&mut self, bytes: Vec<u8>) -> io::Result<PartDigest> {
        self.hash.write(&bytes);
        self.parts += 1;
        self.bytes += bytes.len();
        Ok(u128::from(self.parts).to_le_bytes())
    }
}
