//! Work on all cores, with the results in order.

use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

/// How many items each worker may be ahead of the one whose results are taken.
const AHEAD: usize = 8;

/// How many results of an item may wait to be taken.
const WAITING: usize = 16;

/// Calls `work` on every item, on all cores, and `take` on every result as soon as its turn has come: in the order of the
/// items, and for one item in the order sent. What is done but not taken is bounded. An error of `take` stops the work.
pub(super) fn in_order<I: Send, O: Send, E>(
    items: Vec<I>,
    work: impl Fn(I, &Sender<O>) + Sync,
    mut take: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let n_workers = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let (to_workers, jobs) = bounded::<(I, Sender<O>)>(0);
    let (to_taker, turns) = bounded::<Receiver<O>>(AHEAD * n_workers.max(1));
    thread::scope(|scope| {
        for _ in 0..n_workers {
            let (jobs, work) = (jobs.clone(), &work);
            scope.spawn(move || jobs.into_iter().for_each(|(item, results)| work(item, &results)));
        }
        drop(jobs);
        scope.spawn(move || {
            for item in items {
                let (to_results, results) = bounded(WAITING);
                // The taker hangs up when it has had enough.
                if to_taker.send(results).is_err() || to_workers.send((item, to_results)).is_err() {
                    return;
                }
            }
        });
        turns.into_iter().flatten().try_for_each(&mut take)
    })
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, time::Duration};

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_whoever_is_done_first() {
        let mut taken = Vec::new();
        let work = |item: u64, results: &Sender<u64>| {
            thread::sleep(Duration::from_micros(item * 7 % 13 * 100));
            for part in 0..item % 3 {
                results.send(item * 10 + part).unwrap();
            }
        };
        let done: Result<(), Infallible> = in_order((0..100).collect(), work, |result| {
            taken.push(result);
            Ok(())
        });
        assert_eq!(done, Ok(()));
        let expected: Vec<u64> = (0..100).flat_map(|item| (0..item % 3).map(move |part| item * 10 + part)).collect();
        assert_eq!(taken, expected);
    }

    #[test]
    fn an_item_with_more_results_than_may_wait_does_not_block_the_others() {
        let mut n_taken = 0;
        let work = |n: usize, results: &Sender<()>| (0..n).for_each(|_| results.send(()).unwrap());
        let items = vec![1, WAITING * 10, 1, WAITING * 10, 0, WAITING * 3];
        let done: Result<(), Infallible> = in_order(items, work, |()| {
            n_taken += 1;
            Ok(())
        });
        assert_eq!((done, n_taken), (Ok(()), WAITING * 23 + 2));
    }

    #[test]
    fn work_stops_when_no_more_is_taken() {
        let work = |item: usize, results: &Sender<usize>| while results.send(item).is_ok() {};
        assert_eq!(in_order((0..1000).collect(), work, Err), Err(0));
    }

    #[test]
    fn no_items_give_no_results() {
        let done: Result<(), Infallible> = in_order(Vec::<()>::new(), |(), _: &Sender<()>| {}, |()| Ok(()));
        assert_eq!(done, Ok(()));
    }
}
