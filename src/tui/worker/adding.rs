//! The thread that adds articles: those that were named, and those that are dropped into the watched folders.

use std::{
    path::{Path, PathBuf},
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use chrono::Local;
use crossbeam_channel::Sender;

use super::{GAZETTEER, REPORT_EVERY, told};
use crate::{
    import,
    library::{Library, LibraryError},
    model::KeepRule,
    tui::{
        event::{Adding, Event},
        text::grouped,
    },
};

/// Adds what was named and what lies in the watched folders, brings the library up to date, and then waits for what is
/// dropped into those folders. Tells how much `rules` would let go.
pub(super) fn add(
    library: &Path,
    (named, watched): (&[PathBuf], &[PathBuf]),
    options: &import::Options,
    rules: &[KeepRule],
    events: &Sender<Event>,
) {
    let mut library = match Library::open(library) {
        Ok(library) => library,
        Err(error) => {
            let _ = events.send(Event::Adding(failed(&error)));
            return;
        }
    };
    let mut paths = named.to_vec();
    // Before the folders are read, so that nothing that comes meanwhile is missed.
    let watch = match import::Watch::new(watched) {
        Ok(_) if watched.is_empty() => None,
        Ok(watch) => {
            paths.extend_from_slice(watched);
            Some(watch)
        }
        Err(error) => {
            let message = format!("{error}; see watch under [import] in config.toml");
            let _ = events.send(Event::Adding(Adding::Done { refused: vec![message.clone()], message }));
            None
        }
    };
    if !paths.is_empty() {
        take_in(&paths, !named.is_empty(), options, &mut library, events);
    }
    // What fails here fails again, and is told, where the articles are annotated.
    let _ = library.follow_tables(GAZETTEER.user_tables);
    if matches!(library.outdated(crate::extract::ENGINE_VERSION, 1), Ok(outdated) if !outdated.is_empty()) {
        let _ = import::reannotate_outdated(&mut library, &GAZETTEER, |_| {}, &options.cancel);
        let _ = events.send(Event::Adding(Adding::Annotated));
    }
    let expired = library.expired(rules, Local::now().date_naive()).map_or(0, |expired| expired.len());
    if expired > 0 {
        let _ = events.send(Event::Adding(Adding::Expired(expired)));
    }
    while let Some(watch) = watch.as_ref().filter(|_| !options.cancel.load(Ordering::Relaxed)) {
        let dropped = watch.next(LOOK_EVERY);
        if !dropped.is_empty() {
            take_in(&dropped, false, options, &mut library, events);
        }
    }
}

/// A watch looks that often whether the reader is being left.
const LOOK_EVERY: Duration = Duration::from_millis(150);

/// Adds articles, and tells of it as it goes on. Where nobody asked, nothing is said unless there is something to say.
fn take_in(paths: &[PathBuf], asked: bool, options: &import::Options, library: &mut Library, events: &Sender<Event>) {
    let mut reported: Option<Instant> = None;
    let summary = import::run(paths, options, &GAZETTEER, library, |progress| {
        if reported.is_none_or(|at| at.elapsed() >= REPORT_EVERY) {
            reported = Some(Instant::now());
            let _ = events.send(Event::Adding(Adding::Under(progress.done as u64, progress.total as u64)));
        }
    });
    let done = match summary {
        Ok(summary) if !asked && summary.added + summary.updated + summary.refused.len() == 0 => {
            Adding::Done { message: String::new(), refused: Vec::new() }
        }
        Ok(summary) => done(&summary),
        Err(error) => failed(&error),
    };
    let _ = events.send(Event::Adding(done));
}

/// What to say when the library failed an addition.
fn failed(error: &LibraryError) -> Adding {
    Adding::Done { message: told(error), refused: vec![told(error)] }
}

/// What to say at the end of an addition.
fn done(summary: &import::Summary) -> Adding {
    let mut parts = vec![format!("{} added", grouped(summary.added as u64))];
    if summary.updated > 0 {
        parts.push(format!("{} changed", grouped(summary.updated as u64)));
    }
    if summary.unchanged > 0 {
        parts.push(format!("{} already here", grouped(summary.unchanged as u64)));
    }
    match summary.refused.as_slice() {
        [] => {}
        [only] => parts.push(format!("refused: {}", only.message)),
        all => parts.push(format!("{} refused · M tells why", grouped(all.len() as u64))),
    }
    let refused = summary.refused.iter().map(|refused| refused.message.clone()).collect();
    Adding::Done { message: parts.join(", "), refused }
}
