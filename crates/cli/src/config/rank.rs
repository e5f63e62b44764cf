//! `[rank]`: what counts how much.

use serde::Deserialize;
use souwen_index::{Field, MAX_WEIGHT};

use super::whole::Whole;

/// The longest half-life: a hundred years.
const MAX_HALF_LIFE: u32 = 36_500;

/// `[rank]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Rank {
    /// After so many days an article's freshness is worth half.
    half_life_days: Option<Whole<0, MAX_HALF_LIFE>>,
    fields: Fields,
}

type Weight = Option<Whole<1, MAX_WEIGHT>>;

/// `[rank.fields]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Fields {
    title: Weight,
    kicker: Weight,
    subtitle: Weight,
    body: Weight,
    captions: Weight,
    tags: Weight,
    reporters: Weight,
}

impl Rank {
    /// The half-life in days; 0 if age does not count.
    pub(crate) fn half_life_days(&self) -> u32 {
        self.half_life_days.map_or(0, |days| days.0)
    }

    /// The weights in the order of [`Field::ALL`].
    pub(crate) fn weights(&self) -> [u32; Field::ALL.len()] {
        Field::ALL.map(|field| {
            let set = match field {
                Field::Title => self.fields.title,
                Field::Kicker => self.fields.kicker,
                Field::Subtitle => self.fields.subtitle,
                Field::Body => self.fields.body,
                Field::Captions => self.fields.captions,
                Field::Tags => self.fields.tags,
                Field::Reporters => self.fields.reporters,
            };
            set.map_or(field.default_weight(), |weight| weight.0)
        })
    }
}
