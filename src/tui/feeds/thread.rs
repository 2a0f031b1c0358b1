//! The thread that refreshes feeds and changes subscriptions. It has a connection of its own.

use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use super::FeedRow;
use crate::{
    config::FeedSettings,
    feeds::{self, Candidate, Options, Progress, Summary},
    gazetteer::Gazetteer,
    library::{Library, LibraryError},
    model::{FeedId, NewFeed},
    tui::{
        effect::FeedWish,
        event::{Event, Feeding},
        text::{counted, grouped},
    },
};

/// What the thread works with.
pub(in crate::tui) struct Thread {
    pub(in crate::tui) library: Library,
    pub(in crate::tui) settings: FeedSettings,
    pub(in crate::tui) gazetteer: fn() -> &'static Gazetteer,
    pub(in crate::tui) events: Sender<Event>,
    /// Ends the refresh that goes on.
    pub(in crate::tui) stop: Arc<AtomicBool>,
    /// The reader is being left.
    pub(in crate::tui) leaving: Arc<AtomicBool>,
}

impl Thread {
    /// Serves until nobody can wish any more.
    pub(in crate::tui) fn serve(mut self, wishes: &Receiver<FeedWish>) {
        self.told_if_failed(Self::tell);
        let every = Duration::from_secs(60 * u64::from(self.settings.auto_refresh));
        let mut next = (!every.is_zero()).then(Instant::now);
        loop {
            let wish = match next {
                Some(at) => wishes.recv_deadline(at),
                None => wishes.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match wish {
                Ok(wish) => self.told_if_failed(|thread| thread.grant(wish)),
                Err(RecvTimeoutError::Timeout) => {
                    self.told_if_failed(|thread| thread.refresh(None, false, None));
                    next = Some(Instant::now() + every);
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if self.leaving.load(Ordering::Relaxed) {
                return;
            }
        }
    }

    fn told_if_failed(&mut self, work: impl FnOnce(&mut Self) -> Result<(), LibraryError>) {
        if let Err(error) = work(self) {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            self.send(Feeding::Said { message: format!("{error}{cause}"), error: true });
            self.send(Feeding::Ended);
        }
    }

    fn send(&self, feeding: Feeding) {
        // Nobody listens any more when the reader is left.
        let _ = self.events.send(Event::Feeding(Box::new(feeding)));
    }

    fn grant(&mut self, wish: FeedWish) -> Result<(), LibraryError> {
        match wish {
            FeedWish::Look => self.tell(),
            FeedWish::Refresh(which) => self.refresh(which.as_ref().map(std::slice::from_ref), true, None),
            FeedWish::Subscribe(new) => self.subscribe(&new, 0),
            FeedWish::Find(typed) => self.find(&typed),
            FeedWish::Unsubscribe(id) => {
                let (gone, kept) = self.library.unsubscribe(id)?;
                let stay = if kept > 0 { format!(", {} stay", grouped(kept as u64)) } else { String::new() };
                let message = format!("feed removed · {} went{stay}", counted(gone, "article"));
                self.send(Feeding::Said { message, error: false });
                self.send(Feeding::Changed);
                self.tell()
            }
            // It was stopped before this was read.
            FeedWish::Stop => Ok(()),
        }
    }

    /// Tells what is subscribed to.
    fn tell(&mut self) -> Result<(), LibraryError> {
        let counts = self.library.feed_counts()?;
        let rows = self.library.feeds()?.into_iter().map(|feed| {
            let counts = counts.get(&feed.id).copied().unwrap_or_default();
            FeedRow { feed, counts }
        });
        self.send(Feeding::Known(rows.collect()));
        Ok(())
    }

    /// Finds the feeds at an address and subscribes to the first.
    fn find(&mut self, typed: &str) -> Result<(), LibraryError> {
        let fetcher = Options::new(&self.settings, self.fresh(), true).fetcher;
        match feeds::find(&fetcher, typed) {
            Ok(found) => {
                let others = found.len().saturating_sub(1);
                let Some(Candidate { address, title, site }) = found.into_iter().next() else { return Ok(()) };
                let name = title.unwrap_or_else(|| address.clone());
                self.subscribe(&NewFeed { name, address, site, ..NewFeed::default() }, others)
            }
            Err(error) => {
                self.send(Feeding::Said { message: error.to_string(), error: true });
                Ok(())
            }
        }
    }

    /// Subscribes, fetches what there is, and tells of both. `others` are the further feeds of the same site.
    fn subscribe(&mut self, new: &NewFeed, others: usize) -> Result<(), LibraryError> {
        let (id, is_new) = self.library.subscribe(new)?;
        self.tell()?;
        let what = if is_new { "subscribed to" } else { "already subscribed to" };
        let more = match others {
            0 => String::new(),
            n => format!(" · its site has {}: attache feed add --all", counted(n, "more feed")),
        };
        self.refresh(Some(&[id]), true, Some((&format!("{what} {}", new.name), &more)))
    }

    /// Refreshes these feeds or all. `around` stands before and behind what is told of it.
    fn refresh(
        &mut self,
        only: Option<&[FeedId]>,
        by_name: bool,
        around: Option<(&str, &str)>,
    ) -> Result<(), LibraryError> {
        let all = self.library.feeds()?;
        if all.is_empty() {
            return Ok(());
        }
        let wanted = |id| only.is_none_or(|only| only.contains(&id));
        let these: Vec<_> = all.into_iter().filter(|feed| wanted(feed.id)).collect();
        self.send(Feeding::Began(these.len()));
        let options = Options::new(&self.settings, self.fresh(), by_name);
        let events = self.events.clone();
        let progress = |progress: &Progress| {
            let _ = events.send(Event::Feeding(Box::new(Feeding::Under(progress.clone()))));
        };
        let summary = feeds::refresh(these, &options, (self.gazetteer)(), &mut self.library, progress)?;
        // What happens by itself is told only if there is something to tell.
        if by_name || summary.added + summary.updated + summary.failed.len() > 0 {
            let words = in_words(&summary);
            let message = match around {
                Some((before, behind)) => format!("{before} · {words}{behind}"),
                None => words,
            };
            self.send(Feeding::Said { message, error: !summary.failed.is_empty() });
        }
        self.tell()?;
        self.send(Feeding::Ended);
        Ok(())
    }

    /// The flag that ends what begins now.
    fn fresh(&self) -> Arc<AtomicBool> {
        self.stop.store(self.leaving.load(Ordering::Relaxed), Ordering::Relaxed);
        Arc::clone(&self.stop)
    }
}

fn in_words(summary: &Summary) -> String {
    let stopped = if summary.cancelled { "stopped: " } else { "" };
    let refreshed = format!("{stopped}{} refreshed", counted(summary.feeds, "feed"));
    let mut parts = vec![refreshed, format!("{} new", grouped(summary.added as u64))];
    if summary.updated > 0 {
        parts.push(format!("{} changed", grouped(summary.updated as u64)));
    }
    match summary.failed.as_slice() {
        [] => {}
        [(name, error)] => parts.push(format!("{name} failed: {error}")),
        all => parts.push(format!("{} failed · F shows why", grouped(all.len() as u64))),
    }
    if let [(name, until), ..] = summary.barred.as_slice() {
        let until = until.with_timezone(&chrono::Local).format("%H:%M");
        parts.push(format!("{name} wants to be left alone until {until}"));
    }
    parts.join(", ")
}
