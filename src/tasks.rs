//! Futures that wait for promises, and promises that futures settle.
//!
//! As `wasm-bindgen-futures`, but only what the loader needs of it, which is a quarter of its code: a task
//! waits for one promise at a time, and goes on at once when that is settled. So no waker is needed, and
//! no queue.

use std::cell::{Cell, RefCell};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

/// What a promise ended in.
type End = Result<JsValue, JsValue>;

/// Work of any kind: in a box, since each kind for itself would be some hundred bytes of wasm more.
pub(crate) type Work = Pin<Box<dyn Future<Output = ()>>>;

/// The same, with an end for a promise.
pub(crate) type Promised = Pin<Box<dyn Future<Output = End>>>;

#[wasm_bindgen]
extern "C" {
    type Thenable;

    #[wasm_bindgen(method)]
    fn then(this: &Thenable, fulfilled: &Function, rejected: &Function) -> JsValue;

    type Resuming;

    #[wasm_bindgen(method)]
    fn bind(this: &Resuming, on: &JsValue, task: usize, fulfilled: bool) -> Function;
}

thread_local! {
    /// All tasks, by their numbers.
    static TASKS: RefCell<Vec<Task>> = const { RefCell::new(Vec::new()) };
    /// The task that is running.
    static RUNNING: Cell<usize> = const { Cell::new(0) };
    /// What the running task has waited for.
    static END: Cell<Option<End>> = const { Cell::new(None) };
    /// [`resume`], as a function of JavaScript.
    static RESUME: Resuming = {
        let resume = Closure::<dyn Fn(usize, bool, JsValue)>::new(resume);
        resume.into_js_value().unchecked_into()
    };
}

/// A place for a task.
enum Task {
    /// It is done: another may have its number.
    Free,
    Running,
    Waiting(Work),
}

fn set(number: usize, task: Task) -> Task {
    TASKS.with_borrow_mut(|tasks| match tasks.get_mut(number) {
        Some(slot) => mem::replace(slot, task),
        None => Task::Free,
    })
}

/// Lets a task run as far as it comes.
fn run(number: usize, mut work: Work) {
    let before = RUNNING.replace(number);
    let polled = work.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    RUNNING.set(before);
    let after = match polled {
        Poll::Ready(()) => Task::Free,
        Poll::Pending => Task::Waiting(work),
    };
    set(number, after);
}

/// Goes on with a task whose promise was settled.
fn resume(number: usize, fulfilled: bool, value: JsValue) {
    if let Task::Waiting(work) = set(number, Task::Running) {
        END.set(Some(if fulfilled { Ok(value) } else { Err(value) }));
        run(number, work);
    }
}

/// Begins some work; it goes on by itself.
pub(crate) fn spawn(work: Work) {
    let number = TASKS.with_borrow_mut(|tasks| {
        let free = tasks.iter().position(|task| matches!(task, Task::Free));
        free.unwrap_or_else(|| {
            tasks.push(Task::Running);
            tasks.len() - 1
        })
    });
    set(number, Task::Running);
    run(number, work);
}

/// A promise of what some work ends in.
pub(crate) fn promise(work: Promised) -> Promise {
    let mut work = Some(work);
    Promise::new(&mut |fulfil: Function, reject: Function| {
        let Some(work) = work.take() else { return };
        spawn(Box::pin(async move {
            let (settle, value) = match work.await {
                Ok(value) => (fulfil, value),
                Err(value) => (reject, value),
            };
            // It does not throw.
            let _ = settle.call1(&JsValue::NULL, &value);
        }));
    })
}

/// Waits for a promise.
pub(crate) fn end_of(promise: impl Into<JsValue>) -> Waiting {
    Waiting(Some(promise.into()))
}

/// See [`end_of`].
#[derive(Debug)]
pub(crate) struct Waiting(Option<JsValue>);

impl Future for Waiting {
    type Output = End;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<End> {
        if let Some(promise) = self.0.take() {
            let task = RUNNING.get();
            RESUME.with(|resume| {
                let then = |fulfilled| resume.bind(&JsValue::NULL, task, fulfilled);
                let promise: &Thenable = promise.unchecked_ref();
                promise.then(&then(true), &then(false))
            });
            return Poll::Pending;
        }
        END.take().map_or(Poll::Pending, Poll::Ready)
    }
}
