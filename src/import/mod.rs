//! From paths to a filled library: reads and annotates in parallel, stores in batches, reports as it goes.
//!
//! A reading thread takes the inputs in chunks, reads a chunk on all cores, passes over what the library has already, and
//! annotates the rest on all cores; the calling thread stores one chunk while the next is made. The channel between them
//! holds one, so that memory stays the same whatever the number of files. Articles are stored in the order of the inputs.

mod chunks;
mod reannotate;
#[cfg(test)]
mod tests;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, bounded};
use rayon::prelude::*;

pub use self::reannotate::reannotate_outdated;
use crate::{
    extract::extract,
    gazetteer::Gazetteer,
    ingest::{self, Input, Limits},
    library::{Added, Library, LibraryError},
    model::{Annotations, Article},
};

/// Between two commits the library is left to other writers for that long; they ask every 2 ms.
pub(crate) const BREATH: Duration = Duration::from_millis(5);

/// How an import is to be done.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Bounds on what is read.
    pub limits: Limits,
    /// Set it from another thread to stop after the articles in hand; what was stored stays.
    pub cancel: Arc<AtomicBool>,
}

/// How far an import is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Inputs done.
    pub done: usize,
    /// Inputs in all.
    pub total: usize,
    /// The last one done.
    pub current: String,
}

/// An input that was not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// The file, or `-`.
    pub source: String,
    /// Why, in one line that names the file.
    pub message: String,
}

/// What became of the articles.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// New ones.
    pub added: usize,
    /// Known ones with other words than before.
    pub updated: usize,
    /// Known ones.
    pub unchanged: usize,
    /// Inputs that could not be read.
    pub refused: Vec<Refused>,
    /// It was stopped before the end.
    pub cancelled: bool,
}

/// Reads everything below `paths` (`-` is standard input) into `library`. One bad file never stops the rest.
///
/// Files are known by their absolute paths, so that the same file is the same article wherever the program is started.
pub fn run(
    paths: &[PathBuf],
    options: &Options,
    gazetteer: &Gazetteer,
    library: &mut Library,
    mut progress: impl FnMut(&Progress),
) -> Result<Summary, LibraryError> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| absolute(path)).collect();
    let inputs = ingest::inputs(&paths);
    let total = inputs.len();
    // A connection of its own, as the writer is busy with the chunk before.
    let reader = Library::open(library.path())?;
    let (to_writer, from_reader) = bounded(1);
    thread::scope(|scope| {
        scope.spawn(move || read_all(inputs, options, gazetteer, &reader, &to_writer));
        write_all(&from_reader, total, library, &mut progress)
    })
}

/// What a chunk of inputs became.
struct Chunk {
    /// New or changed articles.
    articles: Vec<(Article, Annotations)>,
    unchanged: usize,
    refused: Vec<Refused>,
    n_inputs: usize,
    last: String,
}

/// What the reading thread says.
enum Message {
    Chunk(Chunk),
    Cancelled,
    Failed(LibraryError),
}

fn read_all(
    inputs: Vec<Result<Input, ingest::IngestError>>,
    options: &Options,
    gazetteer: &Gazetteer,
    library: &Library,
    to: &Sender<Message>,
) {
    for inputs in chunks::chunks(inputs) {
        let message = if options.cancel.load(Ordering::Relaxed) {
            Message::Cancelled
        } else {
            read_chunk(inputs, options, gazetteer, library).map_or_else(Message::Failed, Message::Chunk)
        };
        let last = !matches!(message, Message::Chunk(_));
        // The writer hangs up when it fails.
        if to.send(message).is_err() || last {
            return;
        }
    }
}

fn read_chunk(
    inputs: Vec<Result<Input, ingest::IngestError>>,
    options: &Options,
    gazetteer: &Gazetteer,
    library: &Library,
) -> Result<Chunk, LibraryError> {
    let n_inputs = inputs.len();
    let last = inputs.last().map(|input| input.as_ref().map_or_else(ToString::to_string, name)).unwrap_or_default();
    let read: Vec<Result<Vec<Article>, Refused>> = inputs
        .into_par_iter()
        .map(|input| match input {
            Ok(input) => ingest::read(&input, &options.limits)
                .map_err(|error| Refused { source: name(&input), message: in_one_line(&error) }),
            Err(error) => Err(Refused { source: String::new(), message: in_one_line(&error) }),
        })
        .collect();
    let (mut articles, mut refused) = (Vec::new(), Vec::new());
    for read in read {
        match read {
            Ok(several) => articles.extend(several),
            Err(one) => refused.push(one),
        }
    }
    let known = library.known(&articles)?;
    let unchanged = known.iter().flatten().count();
    let mut new: Vec<Article> =
        articles.into_iter().zip(known).filter(|(_, known)| known.is_none()).map(|(article, _)| article).collect();
    let articles = new
        .par_drain(..)
        .map(|article| {
            let found = extract(gazetteer, &article);
            (article, found)
        })
        .collect();
    Ok(Chunk { articles, unchanged, refused, n_inputs, last })
}

fn write_all(
    from: &Receiver<Message>,
    total: usize,
    library: &mut Library,
    progress: &mut impl FnMut(&Progress),
) -> Result<Summary, LibraryError> {
    let mut summary = Summary::default();
    let mut done = 0;
    for message in from {
        let chunk = match message {
            Message::Chunk(chunk) => chunk,
            Message::Cancelled => {
                summary.cancelled = true;
                break;
            }
            Message::Failed(error) => return Err(error),
        };
        if !chunk.articles.is_empty() {
            for added in library.add(&chunk.articles)? {
                match added {
                    Added::New(_) => summary.added += 1,
                    Added::Updated(_) => summary.updated += 1,
                    Added::Unchanged(_) => summary.unchanged += 1,
                }
            }
            thread::sleep(BREATH);
        }
        summary.unchanged += chunk.unchanged;
        summary.refused.extend(chunk.refused);
        done += chunk.n_inputs;
        progress(&Progress { done, total, current: chunk.last });
    }
    Ok(summary)
}

/// As the file system knows it; a path that leads nowhere stays as the user wrote it, for the message.
fn absolute(path: &Path) -> PathBuf {
    if path == Path::new("-") { path.to_owned() } else { path.canonicalize().unwrap_or_else(|_| path.to_owned()) }
}

fn name(input: &Input) -> String {
    match input {
        Input::File(path) => path.display().to_string(),
        Input::Stdin => "-".to_owned(),
    }
}

/// An error and its causes.
fn in_one_line(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}
