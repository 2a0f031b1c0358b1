//! Bounds how many documents are on their way at once, in all and from one host.

use std::{
    collections::HashMap,
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// How often one who waits looks whether everything was called off.
const LOOK_EVERY: Duration = Duration::from_millis(50);

#[derive(Debug)]
pub(super) struct Gate {
    inside: Mutex<Inside>,
    left: Condvar,
    at_once: usize,
    per_host: usize,
}

#[derive(Debug, Default)]
struct Inside {
    all: usize,
    by_host: HashMap<String, usize>,
}

/// Someone's turn; it ends when dropped.
pub(super) struct Turn<'a> {
    gate: &'a Gate,
    host: String,
}

impl Gate {
    pub(super) fn new(at_once: usize, per_host: usize) -> Self {
        let (at_once, per_host) = (at_once.max(1), per_host.max(1));
        Self { inside: Mutex::default(), left: Condvar::new(), at_once, per_host }
    }

    /// Waits for a turn at `host`; `None` if everything was called off.
    pub(super) fn enter(&self, host: &str, cancel: &AtomicBool) -> Option<Turn<'_>> {
        let mut inside = self.lock();
        while inside.all >= self.at_once || inside.by_host.get(host).is_some_and(|n| *n >= self.per_host) {
            if cancel.load(Ordering::Relaxed) {
                return None;
            }
            inside = self.left.wait_timeout(inside, LOOK_EVERY).unwrap_or_else(PoisonError::into_inner).0;
        }
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        inside.all += 1;
        *inside.by_host.entry(host.to_owned()).or_default() += 1;
        Some(Turn { gate: self, host: host.to_owned() })
    }

    /// Counts stay right whoever panicked.
    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut inside = self.gate.lock();
        inside.all -= 1;
        if let Some(n) = inside.by_host.get_mut(&self.host) {
            *n -= 1;
            if *n == 0 {
                inside.by_host.remove(&self.host);
            }
        }
        self.gate.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::atomic::AtomicUsize, thread};

    use super::*;

    #[test]
    fn never_more_at_once_than_allowed() {
        let gate = Gate::new(3, 2);
        let (never, now, most) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for n in 0..12 {
                let (gate, never, now, most) = (&gate, &never, &now, &most);
                scope.spawn(move || {
                    let _turn = gate.enter(if n % 2 == 0 { "a" } else { "b" }, never).unwrap();
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(5));
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(most.load(Ordering::SeqCst), 3);
    }

    #[test]
    fn one_who_waits_goes_when_all_is_called_off() {
        let gate = Gate::new(9, 1);
        let cancel = AtomicBool::new(false);
        let first = gate.enter("a", &cancel);
        assert!(first.is_some());
        assert!(gate.enter("b", &cancel).is_some(), "another host need not wait");
        thread::scope(|scope| {
            let waiting = scope.spawn(|| gate.enter("a", &cancel).is_none());
            cancel.store(true, Ordering::Relaxed);
            assert!(waiting.join().unwrap());
        });
    }
}
