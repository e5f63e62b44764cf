//! Documents found → a page of hits.

use souwen_index::{Date, FormatError};
use souwen_text::cast;

use crate::engine::Engine;
use crate::filter::kind_name;
use crate::find::holds;
use crate::found::Found;
use crate::matching::Scored;
use crate::plan::{Plan, Word};
use crate::prepared::Prepared;
use crate::rank::in_order;
use crate::result::{Hit, Similar};
use crate::snippet::{headline, snippet};

/// A document with those found after it that are the same text but for a little.
struct Group {
    best: Scored,
    /// Whether it holds every word of the query.
    complete: bool,
    similar: Vec<u32>,
}

impl Engine {
    /// The hits from `offset` on. Reprints of one text are one hit: the best of them, which names the
    /// others.
    pub(crate) fn page(
        &self,
        plan: &Plan,
        found: &Found,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<Hit>, FormatError> {
        let end = cast::index(offset.saturating_add(limit));
        let mut groups: Vec<Group> = Vec::new();
        // By group: one more than the place of its first document among the hits, or 0.
        let mut places = vec![0; cast::index(self.index().len())];
        for (at, own) in found.documents.iter().enumerate() {
            let group = self.index().group(own.document);
            let Some(place) = places.get_mut(cast::index(group)) else {
                continue;
            };
            if let Some(group) = cast::index(*place)
                .checked_sub(1)
                .and_then(|at| groups.get_mut(at))
            {
                group.similar.push(own.document);
                continue;
            }
            groups.push(Group {
                best: *own,
                complete: at < found.complete,
                similar: Vec::new(),
            });
            *place = cast::small(groups.len());
        }
        let page = groups.iter().take(end).skip(cast::index(offset));
        page.map(|group| self.hit(plan, group)).collect()
    }

    fn hit(&self, plan: &Plan, group: &Group) -> Result<Hit, FormatError> {
        let number = group.best.document;
        let prepared = self.prepared(number)?;
        let record = &prepared.record;
        let mut missing: Vec<String> = Vec::new();
        for word in plan.words().filter(|word| !word.stop && !group.complete) {
            if !held(word, &prepared) && !missing.contains(&word.typed) {
                missing.push(word.typed.clone());
            }
        }
        let similar = in_order(&group.similar);
        let similar = similar.into_iter().map(|other| self.similar(other));
        Ok(Hit {
            id: record.id.clone(),
            url: record.url.clone(),
            kind: kind_name(record.kind),
            date: record.date.map(Date::text),
            date_inferred: record.date_inferred,
            section: record.section.clone(),
            reporters: record.reporters.clone(),
            score: group.best.score,
            title: headline(plan, &prepared),
            kicker: record.kicker.clone(),
            subtitle: record.subtitle.clone(),
            snippet: snippet(plan, &prepared),
            missing,
            similar: similar.collect::<Result<_, _>>()?,
        })
    }

    fn similar(&self, number: u32) -> Result<Similar, FormatError> {
        let record = &self.prepared(number)?.record;
        Ok(Similar {
            id: record.id.clone(),
            url: record.url.clone(),
            title: record.title.clone(),
            date: record.date.map(Date::text),
        })
    }
}

/// Whether a document holds a word, or one that means the same; a single character beside one of its
/// neighbours.
fn held(word: &Word, document: &Prepared) -> bool {
    let stands = |chars: &[char]| {
        let mut fields = document.fields.iter();
        fields.any(|field| holds(&field.stream, chars))
    };
    if !word.beside.is_empty() {
        return word.beside.iter().any(|pair| stands(pair));
    }
    stands(&word.chars) || word.synonyms.iter().any(|own| stands(&own.chars))
}
