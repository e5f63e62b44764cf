//! Ranges of the index's parts, brought together.
//!
//! What a search needs are many short ranges of a few files. Neighbours are fetched as one, and all
//! fetches go out together. A host that gives no ranges gives whole parts.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use souwen_index::{Index, Need};
use souwen_text::cast;
use wasm_bindgen::JsValue;

use crate::error::SouwenError;
use crate::kept::{self, Due, Kept};
use crate::loader::{self, Fetched, network};
use crate::platform;
use crate::tasks::promise;

/// Ranges that are no further apart, in bytes, are fetched as one: a request costs about as much.
const GAP: u32 = 1024;

/// Gives a part's URL and its length.
pub(crate) type Named<'a> = &'a dyn Fn(u32) -> Option<(String, u32)>;

/// How ranges of a bundle are brought.
#[derive(Debug)]
pub(crate) struct Ranges {
    kept: Rc<Kept>,
    /// Whether the host has answered a range with the whole file.
    whole: Cell<bool>,
}

/// A run of one part that is fetched at once.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    part: u32,
    pub(crate) url: String,
    pub(crate) offset: u32,
    len: u32,
    pub(crate) needs: Vec<Need>,
}

impl Run {
    /// All of a part.
    #[inline(always)]
    pub(crate) fn whole(part: u32, url: String, len: u32) -> Self {
        let (offset, needs) = (0, Vec::new());
        Self {
            part,
            url,
            offset,
            len,
            needs,
        }
    }
}

impl Ranges {
    pub(crate) fn new(kept: Rc<Kept>) -> Self {
        let whole = Cell::default();
        Self { kept, whole }
    }

    /// Brings ranges of parts. `revalidate` asks the server whatever is kept.
    pub(crate) async fn bring(
        &self,
        index: &Index,
        named: Named<'_>,
        needs: &[Need],
        revalidate: bool,
    ) -> Result<(), SouwenError> {
        if self.kept.has_nothing() {
            // Not to wait for a cache that has nothing: it may take as long as a request.
            return self.fetch(index, named, needs).await;
        }
        let missing = if revalidate {
            // It may be what is kept that is bad.
            let parts = needs.iter().filter_map(|need| named(need.part));
            kept::forget(parts.map(|(url, _)| url).collect()).await;
            needs.to_vec()
        } else {
            self.kept.bring(index, named, needs).await
        };
        self.fetch(index, named, &missing).await
    }

    async fn fetch(
        &self,
        index: &Index,
        named: Named<'_>,
        needs: &[Need],
    ) -> Result<(), SouwenError> {
        let jobs = Array::new();
        let fetched: Rc<RefCell<Vec<(Run, Fetched)>>> = Rc::default();
        for run in self.runs(named, needs) {
            let fetched = Rc::clone(&fetched);
            jobs.push(&promise(Box::pin(async move {
                let own = fetch(&run).await?;
                fetched.borrow_mut().push((run, own));
                Ok(JsValue::UNDEFINED)
            })));
        }
        let done = platform::all(&jobs).await;
        for (run, own) in fetched.take() {
            self.whole.set(self.whole.get() || own.whole);
            let offset = if own.whole { 0 } else { run.offset };
            index.supply(run.part, offset, &own.bytes)?;
            self.kept.put_off(Due::Run(run, own));
        }
        // A promise that fails does so with a `SouwenError`.
        done.map_err(SouwenError::thrown)
    }

    /// Neighbours together; whole parts where the host gives nothing else.
    fn runs(&self, named: Named<'_>, needs: &[Need]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for need in needs {
            let end = need.offset + need.len;
            if let Some(last) = runs.last_mut()
                && last.part == need.part
                && (self.whole.get() || need.offset <= last.offset + last.len + GAP)
            {
                last.len = last.len.max(end.saturating_sub(last.offset));
                last.needs.push(*need);
                continue;
            }
            let Some((url, bytes)) = named(need.part) else {
                continue;
            };
            let (offset, len) = match self.whole.get() {
                true => (0, bytes),
                false => (need.offset, need.len),
            };
            let (part, needs) = (need.part, vec![*need]);
            runs.push(Run {
                part,
                url,
                offset,
                len,
                needs,
            });
        }
        runs
    }
}

async fn fetch(run: &Run) -> Result<Fetched, SouwenError> {
    let Run {
        url, offset, len, ..
    } = run;
    let fetched = loader::fetch(url, platform::by_range(*offset, *len)).await?;
    let needed = if fetched.whole { *offset + *len } else { *len };
    if cast::small(fetched.bytes.len()) < needed {
        return Err(network(url, "the transfer broke off"));
    }
    Ok(fetched)
}
