//! Work dealt out to threads while it is still being produced, never much of it at a time.

use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Gives what `produce` makes, item by item, to `threads` workers, each with a state of its own, and
/// the states in the end. Which worker gets what is left to chance. At most `threads` items wait, so
/// that `produce` is held up where the workers are slower. After a worker's error items are dropped.
///
/// # Errors
/// The first one of `produce` or a worker.
pub(crate) fn spread<T: Send, S: Send, E: Send>(
    threads: usize,
    start: impl Fn() -> S + Sync,
    produce: impl FnOnce(&mut dyn FnMut(T)) -> Result<(), E>,
    work: impl Fn(&mut S, T) -> Result<(), E> + Sync,
) -> Result<Vec<S>, E> {
    let threads = threads.max(1);
    let (give, take) = sync_channel(threads);
    // Theirs alone: when the last worker is gone, giving fails rather than waits for ever.
    let take = Arc::new(Mutex::new(take));
    thread::scope(|scope| {
        let worker = |take: Arc<Mutex<Receiver<T>>>| {
            let (start, work) = (&start, &work);
            move || {
                let mut state = start();
                let mut result = Ok(());
                let next = || lock(&take).recv().ok();
                while let Some(item) = next() {
                    if result.is_ok() {
                        result = work(&mut state, item);
                    }
                }
                result.map(|()| state)
            }
        };
        let spawn = |_| scope.spawn(worker(Arc::clone(&take)));
        let workers: Vec<_> = (0..threads).map(spawn).collect();
        drop(take);
        let produced = produce(&mut |item| {
            let _ = give.send(item);
        });
        drop(give);
        let join = |worker: thread::ScopedJoinHandle<'_, Result<S, E>>| match worker.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        let states: Result<Vec<S>, E> = workers.into_iter().map(join).collect();
        produced.and(states)
    })
}

/// Works on items with `threads` threads and gives what comes of them in their order. Each thread is
/// at most two items ahead of what is taken.
///
/// # Errors
/// The first one, in the order of the items, of `work` or `take`.
pub(crate) fn in_order<I: Sync, T: Send, E: Send>(
    threads: usize,
    items: &[I],
    work: impl Fn(&I) -> Result<T, E> + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.max(1);
    thread::scope(|scope| {
        let spawn = |number| {
            // By turns, so that who takes knows whose turn it is.
            let (give, turn) = sync_channel(1);
            let (own, work) = (items.iter().skip(number).step_by(threads), &work);
            scope.spawn(move || {
                for item in own {
                    // Nobody takes any more after an error.
                    if give.send(work(item)).is_err() {
                        break;
                    }
                }
            });
            turn
        };
        let turns: Vec<Receiver<Result<T, E>>> = (0..threads).map(spawn).collect();
        for turn in turns.iter().cycle().take(items.len()) {
            // A thread that panicked gives nothing; its panic goes on where the scope ends.
            let Ok(done) = turn.recv() else { break };
            take(done?)?;
        }
        Ok(())
    })
}

/// Locks; what a panicking thread left behind is as good as ever, since the panic goes on to the caller.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_worked_on_once() {
        for threads in [1, 3] {
            let sums = spread(
                threads,
                || 0,
                |give| {
                    (1..=1000).for_each(give);
                    Ok::<_, ()>(())
                },
                |sum, item| {
                    *sum += item;
                    Ok(())
                },
            );
            let sums = sums.unwrap();
            assert_eq!((sums.len(), sums.iter().sum::<i32>()), (threads, 500_500));
        }
    }

    #[test]
    fn what_is_done_comes_in_order() {
        let items: Vec<u32> = (0..1000).collect();
        for threads in [1, 3] {
            let mut taken = Vec::new();
            let work = |item: &u32| Ok::<_, u32>(item * 2);
            let take = |item| {
                taken.push(item / 2);
                Ok(())
            };
            assert_eq!(in_order(threads, &items, work, take), Ok(()));
            assert_eq!(taken, items);
            let work = |item: &u32| if *item >= 7 { Err(*item) } else { Ok(()) };
            assert_eq!(in_order(threads, &items, work, Ok), Err(7));
        }
    }

    #[test]
    fn an_error_ends_it() {
        let produce = |give: &mut dyn FnMut(i32)| {
            (0..1000).for_each(give);
            Ok(())
        };
        let work = |(): &mut (), item: i32| if item == 7 { Err(item) } else { Ok(()) };
        assert_eq!(spread(2, || (), produce, work), Err(7));
    }
}
