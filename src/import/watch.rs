//! Watches folders: tells which files were dropped into them or changed, once nothing more happens to them for a moment.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, event::ModifyKind};

use crate::ingest::is_found;

/// A file is read when nothing has happened to any for that long: it is still being written until then.
const SETTLED: Duration = Duration::from_millis(400);

/// But files that never come to rest do not keep the others waiting.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A watch on folders and all below them; ends when dropped.
pub struct Watch {
    folders: Vec<PathBuf>,
    events: Receiver<notify::Result<Event>>,
    _watcher: RecommendedWatcher,
}

/// Why folders cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// It is no folder.
    #[error("cannot watch {}: it is no folder", path.display())]
    NoFolder {
        /// As given.
        path: PathBuf,
    },
    /// The system refused.
    #[error("cannot watch {}: {source}", path.display())]
    System {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: notify::Error,
    },
}

impl Watch {
    /// Starts watching `folders`.
    ///
    /// # Errors
    /// If one of them is no folder, or the system cannot watch it.
    pub fn new(folders: &[PathBuf]) -> Result<Self, WatchError> {
        let (to, events) = crossbeam_channel::unbounded();
        // Nobody listens any more when the watch is dropped.
        let tell = move |event| drop(to.send(event));
        let refused = |path: &Path, source| WatchError::System { path: path.to_owned(), source };
        let mut watcher = notify::recommended_watcher(tell)
            .map_err(|error| refused(folders.first().map_or(Path::new(""), |f| f), error))?;
        for folder in folders {
            if !folder.is_dir() {
                return Err(WatchError::NoFolder { path: folder.clone() });
            }
            watcher.watch(folder, RecursiveMode::Recursive).map_err(|error| refused(folder, error))?;
        }
        // The system tells of files by their whole paths.
        let whole = |folder: &PathBuf| std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
        Ok(Self { folders: folders.iter().map(whole).collect(), events, _watcher: watcher })
    }

    /// The files that were dropped in or changed, in order of their names; empty if there were none for `patience`.
    /// Hidden files and those whose ending is not one of an article are passed over, as in a folder that is added.
    pub fn next(&self, patience: Duration) -> Vec<PathBuf> {
        let mut files = BTreeSet::new();
        let end = Instant::now() + patience;
        while files.is_empty() {
            match self.events.recv_deadline(end) {
                Ok(event) => self.take(event, &mut files),
                Err(_) => return Vec::new(),
            }
        }
        let latest = Instant::now() + LONGEST_WAIT;
        while Instant::now() < latest {
            match self.events.recv_timeout(SETTLED) {
                Ok(event) => self.take(event, &mut files),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        // What was there for a moment only (a file that an editor renames) is nobody's article.
        files.into_iter().filter(|path| path.is_file()).collect()
    }

    fn take(&self, event: notify::Result<Event>, files: &mut BTreeSet<PathBuf>) {
        let Ok(event) = event else { return };
        // Who may read a file, or when it was read, changes nothing in it.
        let metadata = matches!(event.kind, EventKind::Modify(ModifyKind::Metadata(_)));
        if metadata || !matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_)) {
            return;
        }
        for path in event.paths {
            let mut all = vec![path];
            if all[0].is_dir() {
                // A folder that was moved in brings its files along without a word.
                all = crate::ingest::inputs(&all).into_iter().filter_map(file).collect();
            }
            let is_below =
                |file: &PathBuf| self.folders.iter().any(|root| file.starts_with(root) && is_found(root, file));
            files.extend(all.into_iter().filter(is_below));
        }
    }
}

fn file(input: Result<crate::ingest::Input, crate::ingest::IngestError>) -> Option<PathBuf> {
    match input {
        Ok(crate::ingest::Input::File(path)) => Some(path),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(20);

    #[test]
    fn files_dropped_in_are_told_once_they_are_whole() {
        let folder = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let watch = Watch::new(std::slice::from_ref(&root)).unwrap();
        fs::write(root.join("a.txt"), "begun").unwrap();
        fs::write(root.join("a.txt"), "begun and ended").unwrap();
        fs::write(root.join(".hidden.txt"), "x").unwrap();
        fs::write(root.join("picture.png"), "x").unwrap();
        fs::write(root.join("page.html"), "x").unwrap();
        fs::create_dir(root.join("page_files")).unwrap();
        fs::write(root.join("page_files/frame.html"), "x").unwrap();
        assert_eq!(watch.next(PATIENCE), [root.join("a.txt"), root.join("page.html")]);
        fs::create_dir(other.path().join("sub")).unwrap();
        fs::write(other.path().join("sub/b.md"), "x").unwrap();
        fs::rename(other.path().join("sub"), root.join("sub")).unwrap();
        assert_eq!(watch.next(PATIENCE), [root.join("sub/b.md")]);
        assert!(watch.next(Duration::from_millis(50)).is_empty());
    }

    #[test]
    fn only_folders_can_be_watched() {
        let error = Watch::new(&[PathBuf::from("/nowhere/at/all")]).map(drop).unwrap_err();
        assert_eq!(error.to_string(), "cannot watch /nowhere/at/all: it is no folder");
    }
}
