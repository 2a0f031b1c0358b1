//! Watches: searches that are kept under a name, with the number of unread articles that each finds.
//!
//! A thread with a connection of its own counts, so that nothing on the screen waits for it. It looks now and then whether
//! anybody has changed the library, another process too, and rests for longer than a count took.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use chrono::{Local, NaiveDate};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use super::{
    effect::WatchWish,
    event::{Event, Watching},
    filtering,
};
use crate::{
    library::{Library, LibraryError, Watch},
    model::Query,
};

/// Between two looks whether anything has changed.
const LOOK_EVERY: Duration = Duration::from_millis(700);

/// After a count, so many times as long as it took nothing is counted.
const RESTS: u32 = 4;

/// A watch on the screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WatchRow {
    /// Its name and its query as written.
    pub watch: Watch,
    /// What its query asks; what is wrong with it instead.
    pub query: Result<Query, String>,
    /// How many unread articles it finds, once they are counted.
    pub n_unread: Option<u64>,
}

/// What the thread works with.
pub(super) struct Thread {
    pub(super) library: Library,
    pub(super) events: Sender<Event>,
}

impl Thread {
    /// Serves until nobody can wish any more.
    pub(super) fn serve(mut self, wishes: &Receiver<WatchWish>) {
        let mut told: Vec<WatchRow> = Vec::new();
        // What was counted: the state of the library, and the day, as a query may ask for the last week.
        let mut counted: Option<((i64, u64), NaiveDate)> = None;
        loop {
            let mut rest = Duration::ZERO;
            let looked = self.library.state_of_change().map(|state| (state, Local::now().date_naive()));
            if let Ok(now) = looked
                && counted != Some(now)
            {
                let began = Instant::now();
                match self.count() {
                    Ok(rows) => {
                        if rows != told {
                            told.clone_from(&rows);
                            self.send(Watching::Counted(rows));
                        }
                    }
                    Err(error) => self.complain(&error),
                }
                // What failed once is not tried at every look, but at the next change.
                counted = Some(now);
                rest = began.elapsed() * RESTS;
            }
            // Another program may keep the first watch too.
            match wishes.recv_timeout(LOOK_EVERY.max(rest)) {
                Ok(wish) => {
                    let granted = match wish {
                        WatchWish::Keep(watch) => self.library.save_watch(&watch),
                        WatchWish::Forget(name) => self.library.remove_watch(&name).map(|_| ()),
                    };
                    if let Err(error) = granted {
                        self.complain(&error);
                    }
                    counted = None;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn count(&self) -> Result<Vec<WatchRow>, LibraryError> {
        let rows = self.library.watches()?.into_iter().map(|watch| {
            let query = filtering::read(&watch.query).map_err(|error| error.pointed_out(&watch.query));
            let n_unread = query.as_ref().ok().map(|query| self.library.n_unread(query)).transpose()?;
            Ok(WatchRow { watch, query, n_unread })
        });
        rows.collect()
    }

    fn complain(&self, error: &LibraryError) {
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        self.send(Watching::Failed(format!("{error}{cause}")));
    }

    fn send(&self, watching: Watching) {
        // Nobody listens any more when the reader is left.
        let _ = self.events.send(Event::Watching(watching));
    }
}
