//! An open index and where its parts come from: asks the engine, and brings what it lacks.

use std::cell::{Cell, RefCell};

use js_sys::Function;
use souwen_index::{FormatError, Index, Need};
use souwen_search::{Engine, not_brought};

use crate::error::SouwenError;
use crate::loader::Bundle;

/// An engine, and the bundle that it was opened from.
#[derive(Debug)]
pub(crate) struct Opened {
    engine: Engine,
    bundle: Option<Bundle>,
    /// What the last call lacked.
    needs: RefCell<Vec<Need>>,
    /// What was brought last: if the same is lacking again, it was not what was asked for.
    brought: RefCell<Vec<Need>>,
    /// Fetches under way: nothing is dropped meanwhile.
    under_way: Cell<u32>,
    /// Whether what was brought turned out to be damaged, and is to be fetched from the server itself.
    stale: Cell<bool>,
}

impl Opened {
    pub(crate) fn new(engine: Engine, bundle: Option<Bundle>) -> Self {
        Self {
            engine,
            bundle,
            needs: RefCell::default(),
            brought: RefCell::default(),
            under_way: Cell::default(),
            stale: Cell::default(),
        }
    }

    pub(crate) fn index(&self) -> &Index {
        self.engine.index()
    }

    /// Asks the engine. Nothing if it lacks something: [`Opened::take_needs`] then says what.
    pub(crate) fn ask<T>(
        &self,
        ask: impl Fn(&Engine) -> Result<T, SouwenError>,
    ) -> Result<Option<T>, SouwenError> {
        if self.under_way.get() == 0 && self.brought.borrow().is_empty() {
            self.index().trim();
        }
        let answer = ask(&self.engine);
        match self.index().needs() {
            Ok(needs) if needs.is_empty() => {
                self.brought.take();
                self.stale.set(false);
                answer.map(Some)
            }
            Ok(needs) if needs == *self.brought.borrow() => self.damaged(not_brought()),
            Ok(needs) => {
                self.needs.replace(needs);
                Ok(None)
            }
            Err(error) => self.damaged(error),
        }
    }

    /// What was kept somewhere on the way may have gone bad: once, everything is asked for anew.
    fn damaged<T>(&self, error: FormatError) -> Result<Option<T>, SouwenError> {
        self.brought.take();
        if self.bundle.is_none() || self.stale.replace(true) {
            self.stale.set(false);
            return Err(error.into());
        }
        self.index().forget();
        Ok(None)
    }

    pub(crate) fn take_needs(&self) -> Vec<Need> {
        self.needs.take()
    }

    /// Fetches ranges of parts.
    pub(crate) async fn bring(&self, needs: Vec<Need>) -> Result<(), SouwenError> {
        let Some(bundle) = &self.bundle else {
            return Ok(());
        };
        self.under_way.set(self.under_way.get() + 1);
        let brought = bundle.bring(self.index(), &needs, self.stale.get()).await;
        self.under_way.set(self.under_way.get() - 1);
        self.brought.replace(needs);
        brought
    }

    /// Keeps what was fetched since it was last kept.
    pub(crate) async fn keep(&self) {
        if let Some(bundle) = &self.bundle {
            bundle.keep().await;
        }
    }

    /// Stores every file of the bundle.
    pub(crate) async fn download(&self, progress: Option<&Function>) -> Result<(), SouwenError> {
        match &self.bundle {
            Some(bundle) => bundle.download(self.index(), progress).await,
            None => Ok(()),
        }
    }
}
