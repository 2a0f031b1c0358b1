//! From paths to a filled library: reads and annotates in parallel, stores in batches, reports as it goes.
//!
//! A reading thread takes the inputs in chunks, passes over the files that have not changed since they were read, reads
//! the others of a chunk, passes over what the library has already, and annotates the rest, on all cores but one; on that
//! one the calling thread stores one chunk while the next is made. The channel between them holds one, so that memory stays
//! the same whatever the number of files. Articles are stored in the order of the inputs.

mod chunks;
mod reannotate;
#[cfg(test)]
mod tests;
mod watch;

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crossbeam_channel::{Receiver, Sender, bounded};
use rayon::{ThreadPool, ThreadPoolBuilder, prelude::*};

pub use self::{
    reannotate::reannotate_outdated,
    watch::{Watch, WatchError},
};
use crate::{
    extract::extract,
    gazetteer::Gazetteer,
    ingest::{self, Input, Limits},
    library::{Added, KnownFile, Library, LibraryError, ReadFile, Stamp},
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
    /// Unchanged files of a folder whose articles the user removed: they stay away until the file changes or is named.
    pub left_out: usize,
    /// Inputs that could not be read, and lines, rows or items of them.
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
        let named: HashSet<&Path> = paths.iter().map(PathBuf::as_path).collect();
        scope.spawn(move || read_all(inputs, &named, options, gazetteer, &reader, &to_writer));
        write_all(&from_reader, total, options, library, &mut progress)
    })
}

/// What a chunk of inputs became.
struct Chunk {
    /// New or changed articles.
    articles: Vec<(Article, Annotations)>,
    /// Files that were read for it, or for articles that were known.
    files: Vec<ReadFile>,
    unchanged: usize,
    left_out: usize,
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
    named: &HashSet<&Path>,
    options: &Options,
    gazetteer: &Gazetteer,
    library: &Library,
    to: &Sender<Message>,
) {
    // While the writer works, one core is its own: it would be the slower for threads that wait for nothing else.
    let beside = beside_the_writer();
    for (n, inputs) in chunks::chunks(inputs).enumerate() {
        let pool = beside.as_ref().filter(|_| n > 0);
        let message = if options.cancel.load(Ordering::Relaxed) {
            Message::Cancelled
        } else {
            read_chunk(inputs, named, options, gazetteer, library, pool).map_or_else(Message::Failed, Message::Chunk)
        };
        let last = !matches!(message, Message::Chunk(_));
        // The writer hangs up when it fails.
        if to.send(message).is_err() || last {
            return;
        }
    }
}

/// All cores but one; `None` where there is no other.
fn beside_the_writer() -> Option<ThreadPool> {
    let n_cores = thread::available_parallelism().ok()?.get();
    ThreadPoolBuilder::new().num_threads(n_cores - 1).build().ok().filter(|_| n_cores > 1)
}

/// Does `work`, whose parallel parts run in `pool`, or else on all cores.
fn within<T: Send>(pool: Option<&ThreadPool>, work: impl FnOnce() -> T + Send) -> T {
    match pool {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// The clocks of file systems are as coarse as that: a file changed twice within it may look the same.
const COARSEST_CLOCK: Duration = Duration::from_secs(2);

/// An input with what tells whether its file has changed, as far as the file can say.
type Stamped = (Result<Input, ingest::IngestError>, Option<Stamp>);

/// Drops the files that have not changed since they were read; answers how many articles are in them that are here, and
/// in how many there was one that was removed.
fn pass_over(
    inputs: &mut Vec<Stamped>,
    named: &HashSet<&Path>,
    library: &Library,
) -> Result<(usize, usize), LibraryError> {
    let files: Vec<(String, Stamp)> =
        inputs.iter().filter_map(|(input, stamp)| Some((name(input.as_ref().ok()?), (*stamp)?))).collect();
    let mut known = library.known_files(&files)?.into_iter();
    let (mut unchanged, mut left_out) = (0, 0);
    inputs.retain(|(input, stamp)| {
        let (Ok(input), Some(_)) = (input, stamp) else { return true };
        match known.next().flatten() {
            Some(KnownFile { n_articles, is_here: true }) => unchanged += n_articles,
            // Who names a file wants its article back.
            Some(_) if !matches!(input, Input::File(path) if named.contains(path.as_path())) => left_out += 1,
            _ => return true,
        }
        false
    });
    Ok((unchanged, left_out))
}

/// What tells whether a file has changed; of one that was changed just now, nothing can.
fn stamp(input: &Result<Input, ingest::IngestError>) -> Option<Stamp> {
    let Ok(Input::File(path)) = input else { return None };
    let stamp = Stamp::of(&path.metadata().ok()?)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let settled = now.checked_sub(COARSEST_CLOCK)?.as_nanos();
    u128::try_from(stamp.modified()).is_ok_and(|modified| modified < settled).then_some(stamp)
}

fn read_chunk(
    inputs: Vec<Result<Input, ingest::IngestError>>,
    named: &HashSet<&Path>,
    options: &Options,
    gazetteer: &Gazetteer,
    library: &Library,
    pool: Option<&ThreadPool>,
) -> Result<Chunk, LibraryError> {
    let n_inputs = inputs.len();
    let last = inputs.last().map(|input| input.as_ref().map_or_else(ToString::to_string, name)).unwrap_or_default();
    let mut inputs: Vec<Stamped> = inputs
        .into_iter()
        .map(|input| {
            let stamp = stamp(&input);
            (input, stamp)
        })
        .collect();
    let (unchanged_files, left_out) = pass_over(&mut inputs, named, library)?;
    let read_one = |(input, stamp): Stamped| {
        let source = input.as_ref().map(name).unwrap_or_default();
        let ingest::Reading { articles, refused } = input
            .and_then(|input| ingest::read(&input, &options.limits))
            .unwrap_or_else(|error| ingest::Reading { articles: Vec::new(), refused: vec![error] });
        // A file is looked up by its name, and what is wrong in it is told each time it is read.
        let by_name = refused.is_empty() && articles.first().is_some_and(|article| article.source == source);
        let stamp = stamp.filter(|_| by_name);
        let file = stamp.map(|stamp| ReadFile { source: source.clone(), stamp, n_articles: articles.len() });
        let told = |error| Refused { source: source.clone(), message: in_one_line(&error) };
        (articles, file, refused.into_iter().map(told).collect())
    };
    type ReadOne = (Vec<Article>, Option<ReadFile>, Vec<Refused>);
    let read: Vec<ReadOne> = within(pool, || inputs.into_par_iter().map(read_one).collect());
    let (mut articles, mut files, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (several, file, wrong) in read {
        articles.extend(several);
        files.extend(file);
        refused.extend(wrong);
    }
    let known = library.known(&articles)?;
    let unchanged = unchanged_files + known.iter().flatten().count();
    let mut new: Vec<Article> =
        articles.into_iter().zip(known).filter(|(_, known)| known.is_none()).map(|(article, _)| article).collect();
    let annotated = |article: Article| {
        let found = extract(gazetteer, &article);
        (article, found)
    };
    let articles = within(pool, || new.par_drain(..).map(annotated).collect());
    Ok(Chunk { articles, files, unchanged, left_out, refused, n_inputs, last })
}

fn write_all(
    from: &Receiver<Message>,
    total: usize,
    options: &Options,
    library: &mut Library,
    progress: &mut impl FnMut(&Progress),
) -> Result<Summary, LibraryError> {
    let mut summary = Summary::default();
    let mut done = 0;
    for message in from {
        let chunk = match message {
            Message::Chunk(chunk) if !options.cancel.load(Ordering::Relaxed) => chunk,
            // What was read ahead is left for the next time.
            Message::Chunk(_) | Message::Cancelled => {
                summary.cancelled = true;
                break;
            }
            Message::Failed(error) => return Err(error),
        };
        if !chunk.articles.is_empty() || !chunk.files.is_empty() {
            for added in library.add_from(&chunk.articles, &chunk.files)? {
                match added {
                    Added::New(_) => summary.added += 1,
                    Added::Updated(_) => summary.updated += 1,
                    Added::Unchanged(_) => summary.unchanged += 1,
                }
            }
            thread::sleep(BREATH);
        }
        summary.unchanged += chunk.unchanged;
        summary.left_out += chunk.left_out;
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
