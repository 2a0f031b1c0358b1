//! Hands out what is to be fetched, so that the threads are never all busy with one slow host.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

/// What waits, with the host it is at.
#[derive(Debug)]
pub(super) struct Queue<J> {
    state: Mutex<State<J>>,
    changed: Condvar,
    per_host: usize,
}

#[derive(Debug)]
struct State<J> {
    waiting: VecDeque<(String, J)>,
    busy: HashMap<String, usize>,
    closed: bool,
}

impl<J> Queue<J> {
    pub(super) fn new(per_host: usize) -> Self {
        let state = State { waiting: VecDeque::new(), busy: HashMap::new(), closed: false };
        Self { state: Mutex::new(state), changed: Condvar::new(), per_host: per_host.max(1) }
    }

    pub(super) fn push(&self, host: String, job: J) {
        self.lock().waiting.push_back((host, job));
        self.changed.notify_all();
    }

    /// Nothing more comes; who waits goes.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.waiting.clear();
        self.changed.notify_all();
    }

    /// The first that waits and whose host is free. [`Queue::done`] makes its host free again.
    pub(super) fn next(&self) -> Option<(String, J)> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            let State { waiting, busy, .. } = &mut *state;
            let free = waiting.iter().position(|(host, _)| busy.get(host).copied().unwrap_or(0) < self.per_host);
            if let Some((host, job)) = free.and_then(|at| waiting.remove(at)) {
                *busy.entry(host.clone()).or_default() += 1;
                return Some((host, job));
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn done(&self, host: &str) {
        if let Some(n) = self.lock().busy.get_mut(host) {
            *n -= 1;
        }
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<J>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_host_is_passed_over() {
        let queue = Queue::new(1);
        for (host, job) in [("slow", 1), ("slow", 2), ("quick", 3)] {
            queue.push(host.to_owned(), job);
        }
        assert_eq!(queue.next(), Some(("slow".to_owned(), 1)));
        assert_eq!(queue.next(), Some(("quick".to_owned(), 3)));
        queue.done("slow");
        assert_eq!(queue.next(), Some(("slow".to_owned(), 2)));
        queue.close();
        assert_eq!(queue.next(), None);
    }
}
