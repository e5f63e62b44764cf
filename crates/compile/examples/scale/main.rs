//! Archives of any size to try a build with, and what a build takes.
//!
//! ```text
//! scale times N FILE      N times as many articles as FILE has, of its sentences: JSON lines
//! scale short N           N short articles of made-up words: JSON lines
//! scale digest FILE [MEMORY [THREADS]]
//!                         the files of a build as one number, and their bytes
//! ```
//!
//! The same arguments give the same output on every machine.

#![allow(clippy::unwrap_used, reason = "a tool for developers: it fails by it")]

mod digest;
mod random;
mod short;
mod times;

use std::io::{self, BufWriter, Write};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.as_slice() {
        ["times", count, file] => times::write(count.parse().unwrap(), file, &mut out)?,
        ["short", count] => short::write(count.parse().unwrap(), &mut out)?,
        ["digest", file, limits @ ..] => digest::print(file, limits, &mut out)?,
        _ => writeln!(
            io::stderr(),
            "usage: scale times N FILE | scale short N | scale digest FILE [MEMORY [THREADS]]"
        )?,
    }
    out.flush()
}
