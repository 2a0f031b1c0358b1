//! The threads that work while one reads. The only folder here that names the library's connection, the import, or the
//! extraction.
//!
//! One thread owns the connection: it keeps and answers what `update` asks, newest question first to matter. Another
//! adds the articles that were asked for, and then annotates anew what an older engine annotated.

mod adding;

use std::{
    error::Error as _,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, LazyLock, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use crate::{
    config::Config,
    gazetteer::{Gazetteer, UserTables},
    import,
    ingest::Limits,
    library::{Found, Library, LibraryError, Sort, locate},
    model::{Anchor, ArticleId, Filter},
};

use super::{
    LibraryChoice,
    effect::{Change, FeedWish, JobId, Question, WatchWish},
    event::{Answer, ArticleFound, CountryListed, Event, ListPage, Opened, Place},
    feeds::thread::Thread,
    overlay::MOST_OFFERS,
    samples,
    saved::Saved,
    watches,
};

/// The tables of the engine, loaded when first needed.
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::with_user_tables(tables()));

/// What is laid over the built-in tables.
static TABLES: OnceLock<UserTables> = OnceLock::new();

/// What is laid over the built-in tables; from now on it stays so.
pub(super) fn tables() -> &'static UserTables {
    TABLES.get_or_init(UserTables::default)
}

/// Lays the user's tables over the built-in ones, before those are first needed.
pub(super) fn use_tables(tables: UserTables) {
    // Only the reader's start says which, once a process.
    let _ = TABLES.set(tables);
}

/// Under which name the library keeps the screen.
const SCREEN: &str = "screen";

/// Officials offered by the picker: more than anybody scrolls through, and typing finds among them.
const MOST_OFFICIALS: usize = 5000;

/// Between two reports on how far an addition is.
const REPORT_EVERY: Duration = Duration::from_millis(120);

/// How long the end of the program waits for an addition to stop. What is stored stays whole in any case.
const STOP_PATIENCE: Duration = Duration::from_millis(500);

/// What the thread with the connection is asked to do.
enum Request {
    Ask(JobId, Question),
    Keep(Change),
    LeaveSamples(PathBuf),
}

/// The threads at work.
pub(super) struct Worker {
    requests: Option<Sender<Request>>,
    library: Option<JoinHandle<()>>,
    adding: Option<JoinHandle<()>>,
    cancel: Arc<AtomicBool>,
    wishes: Option<Sender<FeedWish>>,
    feeding: Option<JoinHandle<()>>,
    stop_feeding: Arc<AtomicBool>,
    watch_wishes: Option<Sender<WatchWish>>,
    watching: Option<JoinHandle<()>>,
    /// The user's library, also while the samples are shown.
    own: PathBuf,
    _folders: Vec<tempfile::TempDir>,
}

impl Worker {
    /// Opens the library and starts.
    ///
    /// # Errors
    /// Where the library cannot be opened.
    pub(super) fn start(
        choice: &LibraryChoice,
        paths: Vec<PathBuf>,
        config: &Config,
        events: &Sender<Event>,
    ) -> Result<Self, String> {
        let mut folders = Vec::new();
        let mut library = match choice {
            LibraryChoice::File(path) => Library::open(path).map_err(|error| told(&error))?,
            LibraryChoice::Temporary => {
                let (library, folder) = Library::temporary().map_err(|error| told(&error))?;
                folders.push(folder);
                library
            }
        };
        let own = library.path().to_owned();
        let no_feeds = library.feeds().map_err(|error| told(&error))?.is_empty();
        let total = library.counts(&Filter::default()).map_err(|error| told(&error))?.total;
        let bookmarks = library.bookmarks().map_err(|error| told(&error))?;
        // A temporary library is for what was named alone.
        let is_own = matches!(choice, LibraryChoice::File(_));
        let watched = if is_own { config.import.watched() } else { Vec::new() };
        let samples = total == 0 && bookmarks.is_empty() && paths.is_empty() && no_feeds && watched.is_empty();
        let saved = library.state(SCREEN).map_err(|error| told(&error))?;
        if samples {
            let (temporary, its_folder) = Library::temporary().map_err(|error| told(&error))?;
            library = temporary;
            folders.push(its_folder);
            library.add(&samples::annotated(&GAZETTEER)).map_err(|error| told(&error))?;
        }
        let opened = Opened {
            // A file written by another version may say what this one does not know: then the screen starts afresh.
            saved: saved.and_then(|json| serde_json::from_str::<Saved>(&json).ok()).filter(|_| !samples),
            bookmarks,
            samples,
            adding: !paths.is_empty(),
        };
        let _ = events.send(Event::Answer(Box::new(Answer::Opened(opened))));
        let cancel = Arc::new(AtomicBool::new(false));
        let adding = {
            let (path, events, cancel) = (library.path().to_owned(), events.clone(), Arc::clone(&cancel));
            let options = import::Options { limits: Limits { max_file_bytes: config.import.max_file_bytes }, cancel };
            let rules = config.library.rules();
            guarded(events.clone(), move || adding::add(&path, (&paths, &watched), &options, &rules, &events))
        };
        let (wishes, wished) = unbounded();
        let stop_feeding = Arc::new(AtomicBool::new(false));
        let feeding = {
            let thread = Thread {
                library: Library::open(&own).map_err(|error| told(&error))?,
                settings: config.feeds.clone(),
                gazetteer: || &GAZETTEER,
                events: events.clone(),
                stop: Arc::clone(&stop_feeding),
                leaving: Arc::clone(&cancel),
            };
            guarded(events.clone(), move || thread.serve(&wished))
        };
        let (watch_wishes, wished) = unbounded();
        let watching = {
            let thread =
                watches::Thread { library: Library::open(&own).map_err(|error| told(&error))?, events: events.clone() };
            guarded(events.clone(), move || thread.serve(&wished))
        };
        let (requests, inbox) = unbounded();
        let library = {
            let events = events.clone();
            guarded(events.clone(), move || serve(&mut library, &inbox, &events))
        };
        Ok(Self {
            requests: Some(requests),
            library: Some(library),
            adding: Some(adding),
            cancel,
            wishes: Some(wishes),
            feeding: Some(feeding),
            stop_feeding,
            watch_wishes: Some(watch_wishes),
            watching: Some(watching),
            own,
            _folders: folders,
        })
    }

    /// Asks a question; the answer comes back as an event.
    pub(super) fn ask(&self, job: JobId, question: Question) {
        self.send(Request::Ask(job, question));
    }

    /// Keeps something.
    pub(super) fn keep(&self, change: Change) {
        self.send(Request::Keep(change));
    }

    /// Does something with the feeds.
    pub(super) fn feed(&self, wish: FeedWish) {
        if wish == FeedWish::Stop {
            // The thread reads its wishes only between two refreshes.
            self.stop_feeding.store(true, Ordering::Relaxed);
        } else if let Some(wishes) = &self.wishes {
            // A thread that is gone has said so by an event.
            let _ = wishes.send(wish);
        }
    }

    /// Does something with the watches.
    pub(super) fn watch(&self, wish: WatchWish) {
        if let Some(wishes) = &self.watch_wishes {
            // A thread that is gone has said so by an event.
            let _ = wishes.send(wish);
        }
    }

    /// Shows the user's own library in place of the samples.
    pub(super) fn leave_samples(&self) {
        self.send(Request::LeaveSamples(self.own.clone()));
    }

    fn send(&self, request: Request) {
        if let Some(requests) = &self.requests {
            // A thread that is gone has said so by an event.
            let _ = requests.send(request);
        }
    }
}

impl Drop for Worker {
    /// Waits until everything is kept that was to be kept.
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
        self.stop_feeding.store(true, Ordering::Relaxed);
        drop(self.wishes.take());
        drop(self.watch_wishes.take());
        drop(self.requests.take());
        if let Some(library) = self.library.take() {
            let _ = library.join();
        }
        let patience = Instant::now();
        let others = [self.adding.take(), self.feeding.take(), self.watching.take()];
        while others.iter().flatten().any(|other| !other.is_finished()) && patience.elapsed() < STOP_PATIENCE {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// A thread whose panic ends the program with its message, after the terminal was given back.
fn guarded(events: Sender<Event>, work: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
    thread::spawn(move || {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(work)) {
            let message = panic
                .downcast_ref::<&str>()
                .map(|message| (*message).to_owned())
                .or_else(|| panic.downcast_ref::<String>().cloned())
                .unwrap_or_else(|| "a thread broke".to_owned());
            let _ = events.send(Event::Broken(message));
        }
    })
}

/// An error with what caused it, on one line.
fn told(error: &LibraryError) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        message = format!("{message}: {source}");
        cause = source.source();
    }
    message
}

/// How long nobody must ask anything before a list of which the first page was answered is computed whole: one who types
/// does not wait for the list of half a word.
const PAUSE: Duration = Duration::from_millis(250);

/// Serves until nobody can ask any more.
fn serve(library: &mut Library, inbox: &Receiver<Request>, events: &Sender<Event>) {
    let mut whole_later: Option<(JobId, Question)> = None;
    loop {
        let first = match &whole_later {
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(_) => inbox.recv_timeout(PAUSE),
        };
        if matches!(first, Err(RecvTimeoutError::Timeout))
            && let Some((job, question)) = whole_later.take()
        {
            let _ = events.send(Event::Answer(Box::new(answer(library, job, question))));
            continue;
        }
        let Ok(first) = first else { return };
        let batch: Vec<Request> = std::iter::once(first).chain(inbox.try_iter()).collect();
        for request in without_stale(batch) {
            let answer = match request {
                Request::Ask(job, question @ Question::List { .. }) => match first_page(library, &question) {
                    Some(page) => {
                        whole_later = Some((job, question));
                        Some(Answer::List(job, Ok(page)))
                    }
                    None => {
                        whole_later = None;
                        Some(answer(library, job, question))
                    }
                },
                Request::Ask(job, question) => Some(answer(library, job, question)),
                Request::Keep(change) => keep(library, change),
                Request::LeaveSamples(own) => Some(leave_samples(library, &own)),
            };
            if let Some(answer) = answer {
                let _ = events.send(Event::Answer(Box::new(answer)));
            }
        }
    }
}

/// Opens the user's own library in place of the samples.
fn leave_samples(library: &mut Library, own: &Path) -> Answer {
    let opened = Library::open(own).and_then(|own| Ok((own.bookmarks()?, own)));
    match opened {
        Ok((bookmarks, own)) => {
            *library = own;
            Answer::Opened(Opened { saved: None, bookmarks, samples: false, adding: false })
        }
        Err(error) => Answer::NotKept(told(&error)),
    }
}

/// Leaves out what a later request of the same kind makes void: nobody waits for those answers, and the later place in
/// a text is the one to keep.
fn without_stale(batch: Vec<Request>) -> Vec<Request> {
    let mut kinds = Vec::new();
    let mut kept: Vec<Request> = Vec::new();
    for request in batch.into_iter().rev() {
        let kind = match &request {
            Request::Ask(_, Question::List { .. }) => Some((0, None)),
            Request::Ask(_, Question::Article { .. }) => Some((1, None)),
            Request::Ask(_, Question::Names(..)) => Some((4, None)),
            Request::Keep(Change::Screen(_)) => Some((2, None)),
            Request::Keep(Change::Position(id, _)) => Some((3, Some(*id))),
            _ => None,
        };
        match kind {
            Some(kind) if kinds.contains(&kind) => {}
            kind => {
                kinds.extend(kind);
                kept.push(request);
            }
        }
    }
    kept.reverse();
    kept
}

fn answer(library: &Library, job: JobId, question: Question) -> Answer {
    match question {
        Question::List { filter, sort, seek, index, limit } => {
            Answer::List(job, page(library, &filter, sort, (seek, index, limit)).map_err(|error| told(&error)))
        }
        Question::Article { id, anchor } => {
            Answer::Article(job, article(library, id, anchor.as_deref()).map_err(|error| told(&error)))
        }
        Question::Countries => {
            let listed = |count: crate::library::CountryCount| CountryListed {
                region: GAZETTEER.country(count.code).map(|row| row.region.to_string()).unwrap_or_default(),
                count,
            };
            let found = library.countries(&Filter::default());
            Answer::Countries(job, found.map(|all| all.into_iter().map(listed).collect()).map_err(|error| told(&error)))
        }
        Question::Names(names, typed) => {
            Answer::Names(job, library.names_like(names, &typed, MOST_OFFERS).map_err(|error| told(&error)))
        }
        Question::Officials => {
            Answer::Officials(job, library.officials(&Filter::default(), MOST_OFFICIALS).map_err(|error| told(&error)))
        }
    }
}

/// The first page of a list that would take long to compute whole.
fn first_page(library: &Library, question: &Question) -> Option<ListPage> {
    let Question::List { filter, sort, seek, index, .. } = question else { return None };
    // A failure is told when the whole is asked for.
    let (rows, counts) = library.first_page(filter, *sort).ok().flatten()?;
    let found = seek.and_then(|id| rows.iter().position(|row| row.id == id)).map(|at| at as u64);
    // The article that is open may stand farther down: then only the whole list says where.
    if seek.is_some() && found.is_none() {
        return None;
    }
    (found.unwrap_or(*index) < rows.len() as u64).then_some(ListPage { counts, found, offset: 0, rows })
}

fn page(
    library: &Library,
    filter: &Filter,
    sort: Sort,
    (seek, index, limit): (Option<ArticleId>, u64, usize),
) -> Result<ListPage, LibraryError> {
    let counts = library.counts(filter)?;
    let found = match seek {
        Some(id) => library.index_of(filter, sort, id)?,
        None => None,
    };
    let at = found.unwrap_or(index).min(counts.matching.saturating_sub(1));
    let offset = at.saturating_sub(limit as u64 / 2);
    let rows = library.rows(filter, sort, offset, limit)?;
    Ok(ListPage { counts, found, offset, rows })
}

fn article(library: &Library, id: ArticleId, anchor: Option<&Anchor>) -> Result<Option<ArticleFound>, LibraryError> {
    let stored = library.article(id)?;
    Ok(stored.map(|stored| {
        let place = match anchor.map(|anchor| locate(anchor, &stored.article.body)) {
            None => Place::Unasked,
            Some(Found::At(span)) => Place::At(span),
            Some(Found::Gone) => Place::Gone,
        };
        ArticleFound { stored, place }
    }))
}

/// Keeps a change; answers if there is something to tell.
fn keep(library: &mut Library, change: Change) -> Option<Answer> {
    let mut new = None;
    let mut tell_bookmarks = false;
    let kept = match change {
        Change::Read(id, read) => library.set_read(id, read),
        Change::AllRead(filter) => match library.mark_all_read(&filter) {
            Ok(n_read) => return Some(Answer::AllRead(n_read)),
            Err(error) => Err(error),
        },
        Change::RemoveArticle(id) => {
            tell_bookmarks = true;
            library.remove(id)
        }
        Change::Undo => match library.undo().and_then(|undone| Ok((undone, library.bookmarks()?))) {
            Ok((undone, bookmarks)) => return Some(Answer::Undone(undone, bookmarks)),
            Err(error) => Err(error),
        },
        Change::Tags(id, tags) => library.set_tags(id, &tags),
        Change::Starred(id, starred) => library.set_starred(id, starred),
        Change::Position(id, position) => match library.set_position(id, position) {
            // It was removed while it was open.
            Err(LibraryError::NoSuchArticle { .. }) => Ok(()),
            kept => kept,
        },
        Change::AddBookmark(bookmark) => {
            tell_bookmarks = true;
            library.add_bookmark(&bookmark).map(|id| new = Some(id))
        }
        Change::Note(id, note) => {
            tell_bookmarks = true;
            library.set_note(id, &note)
        }
        Change::RemoveBookmark(id) => {
            tell_bookmarks = true;
            library.remove_bookmark(id)
        }
        Change::RestoreBookmark(id) => {
            tell_bookmarks = true;
            library.restore_bookmark(id)
        }
        Change::Screen(saved) => match serde_json::to_string(&saved) {
            Ok(json) => library.set_state(SCREEN, &json),
            Err(error) => return Some(Answer::NotKept(format!("cannot keep the screen: {error}"))),
        },
    };
    match kept {
        Err(error) => Some(Answer::NotKept(told(&error))),
        Ok(()) if tell_bookmarks => Some(Answer::Bookmarks(library.bookmarks().map_err(|error| told(&error)), new)),
        Ok(()) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::num::NonZeroI64;

    #[test]
    fn only_the_newest_question_of_a_kind_is_answered() {
        let id = |n| ArticleId(NonZeroI64::new(n).unwrap());
        let article = |job, n| Request::Ask(JobId(job), Question::Article { id: id(n), anchor: None });
        let batch = vec![
            article(1, 1),
            Request::Keep(Change::Position(id(1), 10)),
            Request::Keep(Change::Read(id(1), true)),
            article(2, 2),
            Request::Keep(Change::Position(id(2), 5)),
            Request::Keep(Change::Position(id(1), 20)),
        ];
        let kept: Vec<String> = without_stale(batch)
            .iter()
            .map(|request| match request {
                Request::Ask(JobId(job), _) => format!("ask {job}"),
                Request::Keep(Change::Position(id, at)) => format!("position {} {at}", id.0),
                Request::Keep(_) => "keep".to_owned(),
                Request::LeaveSamples(_) => "leave".to_owned(),
            })
            .collect();
        assert_eq!(kept, ["keep", "ask 2", "position 2 5", "position 1 20"]);
    }
}
