//! What an update needs to know of the older index's documents: those that stay, and those that leave
//! the segments that are kept.

use souwen_corpus::Article;
use souwen_index::{Index, Kept, Writer};
use souwen_text::cast;

use super::base::Base;
use crate::error::CompileError;

/// Documents that are gone, or are written again: what they took of the sums.
#[derive(Default)]
pub(super) struct Leaving {
    /// Characters of their texts.
    pub(super) characters: u64,
}

impl Leaving {
    /// Adds a document; gives it.
    pub(super) fn add(&mut self, base: &Base<'_>, document: u32) -> Result<Article, CompileError> {
        let record = base.record(document)?;
        let article = super::base::article(record)?;
        self.characters += u64::try_from(article.characters()).unwrap_or(0);
        Ok(article)
    }
}

/// The documents of the kept segments that count.
pub(super) struct Staying {
    /// 1 more than the day of each, 0 for none, and its number; ascending.
    dated: Vec<(u32, u32)>,
}

impl Staying {
    pub(super) fn of(base: &Base<'_>, kept: &Kept) -> Result<Self, CompileError> {
        let dated = |index: &Index| {
            let counts = |own: &u32| kept.gone().binary_search(own).is_err();
            let day = |own: u32| index.date(own).map_or(0, |date| date.days() + 1);
            let documents = (0..kept.documents()).filter(counts);
            documents.map(|own| (day(own), own)).collect()
        };
        let mut dated: Vec<(u32, u32)> = base.ask(dated)?;
        dated.sort_unstable();
        Ok(Self { dated })
    }

    pub(super) fn articles(&self) -> u32 {
        cast::small(self.dated.len())
    }

    /// 1 more than the newest day; 0 if there is none.
    pub(super) fn newest(&self) -> u32 {
        self.dated.last().map_or(0, |own| own.0)
    }

    /// How many repeat an earlier one.
    pub(super) fn repeated(&self, base: &Base<'_>) -> Result<u32, CompileError> {
        let repeated = |index: &Index| {
            let own = self.dated.iter();
            own.filter(|own| index.group(own.1) != own.1).count()
        };
        Ok(cast::small(base.ask(repeated)?))
    }

    /// Gives the writer the newest headlines.
    pub(super) fn headlines(
        &self,
        base: &Base<'_>,
        writer: &mut Writer<'_>,
    ) -> Result<(), CompileError> {
        let mut left = Writer::HEADLINES;
        for &(_, document) in self.dated.iter().rev() {
            if left == 0 {
                break;
            }
            let record = base.record(document)?;
            left -= usize::from(!record.title.is_empty());
            writer.headline(document, &record);
        }
        Ok(())
    }
}
