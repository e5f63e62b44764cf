//! What an article lacks and another that is the same has, when that one comes later.
//!
//! Articles are given as they are read, so the first has been given by then. What later ones know is collected, and who
//! reads the same files once more with it gets the first one complete. Only what the first lacks is kept, so an archive
//! whose files say the same of their articles costs nothing here.

use std::collections::HashMap;

use crate::article::Article;

/// What later files say of articles that had been given: for [`read_files`](crate::read_files), to be read with.
#[derive(Debug, Clone, Default)]
pub struct Late {
    /// By text, and which of the articles with that text.
    gains: HashMap<(u64, u32), Vec<Gain>>,
}

impl Late {
    /// Whether every article was complete when it was given, as far as the input has more of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gains.is_empty()
    }

    /// How many articles would say more.
    #[must_use]
    pub fn len(&self) -> usize {
        self.gains.len()
    }

    pub(super) fn add(&mut self, key: u64, nth: u32, gains: Vec<Gain>) {
        if !gains.is_empty() {
            self.gains.entry((key, nth)).or_default().extend(gains);
        }
    }

    /// Completes an article by what is known of it.
    pub(super) fn complete(&self, article: &mut Article, key: u64, nth: u32) {
        for gain in self.gains.get(&(key, nth)).into_iter().flatten() {
            gain.give(article);
        }
    }
}

/// Something that an article says beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Gain {
    Date(Box<str>),
    Url(Box<str>),
    Section(Box<str>),
    Kicker(Box<str>),
    Subtitle(Box<str>),
    Reporters(Box<[String]>),
    Tags(Box<[String]>),
}

impl Gain {
    /// All that an article says.
    fn all(article: &Article) -> impl Iterator<Item = Self> {
        let text = |text: &str| Some(Box::<str>::from(text)).filter(|text| !text.is_empty());
        let list = |list: &[String]| Some(Box::<[String]>::from(list)).filter(|l| !l.is_empty());
        let date = article.date.as_deref().filter(|_| !article.date_inferred);
        [
            date.map(Into::into).map(Self::Date),
            text(&article.url).map(Self::Url),
            text(&article.section).map(Self::Section),
            text(&article.kicker).map(Self::Kicker),
            text(&article.subtitle).map(Self::Subtitle),
            list(&article.reporters).map(Self::Reporters),
            list(&article.tags).map(Self::Tags),
        ]
        .into_iter()
        .flatten()
    }

    /// What an article says of what another one lacks.
    pub(super) fn of(article: &Article, lacks: Lacks) -> Vec<Self> {
        if lacks == Lacks::default() {
            return Vec::new();
        }
        Self::all(article)
            .filter(|gain| lacks.0 & gain.bit() != 0)
            .collect()
    }

    fn bit(&self) -> u8 {
        match self {
            Self::Date(_) => 1,
            Self::Url(_) => 2,
            Self::Section(_) => 4,
            Self::Kicker(_) => 8,
            Self::Subtitle(_) => 16,
            Self::Reporters(_) => 32,
            Self::Tags(_) => 64,
        }
    }

    /// Gives it to an article that lacks it.
    fn give(&self, article: &mut Article) {
        if Lacks::of(article).0 & self.bit() == 0 {
            return;
        }
        match self {
            Self::Date(date) => {
                article.date = Some(date.as_ref().to_owned());
                article.date_inferred = false;
            }
            Self::Url(text) => article.url = text.as_ref().to_owned(),
            Self::Section(text) => article.section = text.as_ref().to_owned(),
            Self::Kicker(text) => article.kicker = text.as_ref().to_owned(),
            Self::Subtitle(text) => article.subtitle = text.as_ref().to_owned(),
            Self::Reporters(list) => article.reporters = list.to_vec(),
            Self::Tags(list) => article.tags = list.to_vec(),
        }
    }
}

/// Which of these an article does not say; a date that was only inferred is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lacks(u8);

impl Lacks {
    pub(super) fn of(article: &Article) -> Self {
        let is_dated = article.date.is_some() && !article.date_inferred;
        let lacks = [
            !is_dated,
            article.url.is_empty(),
            article.section.is_empty(),
            article.kicker.is_empty(),
            article.subtitle.is_empty(),
            article.reporters.is_empty(),
            article.tags.is_empty(),
        ];
        let bits = (0..).zip(lacks).map(|(bit, lacks)| u8::from(lacks) << bit);
        Self(bits.sum())
    }

    /// What both lack.
    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// What an article lacks it takes from a feed's item that is the same; an inferred date, too, and captions, since such an
/// item's text may be another.
pub(super) fn complete(article: &mut Article, item: &Article) {
    for gain in Gain::all(item) {
        gain.give(article);
    }
    if article.date.is_none() {
        article.date.clone_from(&item.date);
        article.date_inferred = item.date_inferred;
    }
    if article.captions.is_empty() {
        article.captions.clone_from(&item.captions);
    }
}
