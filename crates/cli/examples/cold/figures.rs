//! Medians and percentiles.

use crate::fetch::Fetched;

/// What was fetched, by kind of query and of answer, in the order in which they first came.
#[derive(Default)]
pub(crate) struct Figures {
    kinds: Vec<(String, &'static str, Vec<Fetched>)>,
}

impl Figures {
    pub(crate) fn add(&mut self, kind: &str, answer: &'static str, fetched: Fetched) {
        // Queries that do not stand in the archive are another matter.
        let kind = if fetched.corrected { "corrected" } else { kind };
        let known = self
            .kinds
            .iter()
            .position(|own| (own.0.as_str(), own.1) == (kind, answer));
        let at = known.unwrap_or_else(|| {
            self.kinds.push((kind.to_owned(), answer, Vec::new()));
            self.kinds.len() - 1
        });
        self.kinds[at].2.push(fetched);
    }

    /// Prints a line for each kind: number of queries; median/95th percentile of each figure.
    pub(crate) fn print(mut self, regions: &[&str]) {
        print!(
            "{:24} {:>5} {:>6} {:>7} {:>15}",
            "kind", "n", "rounds", "requests", "bytes"
        );
        regions.iter().for_each(|region| print!(" {region:>13}"));
        println!();
        self.kinds.sort_by_key(|own| own.1);
        for (kind, answer, all) in &self.kinds {
            let two = |of: &dyn Fn(&Fetched) -> u64| {
                let mut own: Vec<u64> = all.iter().map(of).collect();
                own.sort_unstable();
                let last = own.len() - 1;
                format!("{}/{}", own[last / 2], own[last * 95 / 100])
            };
            print!(
                "{:24} {:>5} {:>6} {:>7} {:>15}",
                format!("{kind}, {answer}"),
                all.len(),
                two(&|own| own.rounds),
                two(&|own| own.requests),
                two(&|own| own.bytes.iter().sum())
            );
            for at in 0..regions.len() {
                print!(" {:>13}", two(&|own| own.bytes[at]));
            }
            println!();
        }
    }
}
