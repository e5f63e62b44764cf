//! What is wrong with an answer.

use crate::archives::Opened;

/// What is wrong with a case's answer.
#[derive(Default)]
pub(crate) struct Verdict {
    pub(crate) wrong: Vec<String>,
    /// Whether the first hit is the wanted one, where one is wanted.
    pub(crate) first: Option<bool>,
}

impl Verdict {
    pub(crate) fn equal<T: PartialEq + std::fmt::Debug>(
        &mut self,
        what: &str,
        got: &T,
        wanted: &T,
    ) {
        if got != wanted {
            self.wrong
                .push(format!("{what}: got {got:?}, wanted {wanted:?}"));
        }
    }

    pub(crate) fn demand(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(what());
        }
    }

    /// The ids of a named article; a name that fits none or several is the case's own fault.
    pub(crate) fn ids(&mut self, archive: &Opened, name: &str) -> Vec<String> {
        archive.named(name).unwrap_or_else(|fault| {
            self.wrong.push(format!("the case: {fault}"));
            Vec::new()
        })
    }
}
