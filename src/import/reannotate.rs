//! After the engine got better: annotates the library's articles anew, in the background.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use rayon::prelude::*;

use super::BREATH;
use crate::{
    extract::{ENGINE_VERSION, extract},
    gazetteer::Gazetteer,
    library::{Library, LibraryError},
};

/// Small, so that the user's own changes never wait long and a stop is obeyed soon.
const BATCH: usize = 64;

/// Groups articles that are not grouped yet, and annotates every article anew that another engine annotated; the user's marks and bookmarks stay. `progress` hears
/// after each batch how many are done so far. Answers how many in all. Stopping at any time loses nothing: the next run
/// goes on with the rest.
pub fn reannotate_outdated(
    library: &mut Library,
    gazetteer: &Gazetteer,
    mut progress: impl FnMut(usize),
    cancel: &AtomicBool,
) -> Result<usize, LibraryError> {
    // Articles of a library that knew no stories.
    while !cancel.load(Ordering::Relaxed) && library.group_outstanding(BATCH)? > 0 {
        thread::sleep(BREATH);
    }
    let mut done = 0;
    while !cancel.load(Ordering::Relaxed) {
        let outdated = library.outdated(ENGINE_VERSION, BATCH)?;
        if outdated.is_empty() {
            break;
        }
        let found: Vec<_> = outdated.par_iter().map(|(id, article)| (*id, extract(gazetteer, article))).collect();
        library.reannotate(ENGINE_VERSION, &found)?;
        done += found.len();
        progress(done);
        thread::sleep(BREATH);
    }
    Ok(done)
}
