//! One refresh: what is due is fetched, what is new is annotated and stored.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, atomic::AtomicBool},
    thread,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use rayon::prelude::*;

use super::{
    identity,
    queue::Queue,
    schedule,
    work::{Answer, Job, Read, Spent, host, work},
};
use crate::{
    config::{FeedSettings, LoginSetting},
    extract::extract,
    fetch::{Fetcher, Limits, Login},
    gazetteer::Gazetteer,
    import::BREATH,
    ingest::feed::{self as format, Item},
    library::{Added, Attempt, Library, LibraryError, Outcome, SeenItem},
    model::{Annotations, Article, ArticleId, Feed, FeedId},
};

/// A commit is worth its price from that many articles on.
const BATCH: usize = 256;

/// How often one who waits looks whether everything was called off.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// How a refresh is to be done.
#[derive(Clone, Debug)]
pub struct Options {
    /// Who fetches. Calling it off ends the refresh; what is stored stays.
    pub fetcher: Arc<Fetcher>,
    /// Documents on their way at once, and of these from one host.
    pub at_once: (usize, usize),
    /// Whether the pages of articles are fetched where a feed has only summaries and no setting of its own.
    pub full_text: bool,
    /// The user asks for these feeds: they are fetched even if they have failed a moment ago.
    pub by_name: bool,
}

impl Options {
    /// As the settings say. Once `cancel` is set, the refresh ends.
    pub fn new(settings: &FeedSettings, cancel: Arc<AtomicBool>, by_name: bool) -> Self {
        let FeedSettings {
            full_text,
            max_bytes,
            connect_seconds,
            whole_seconds,
            at_once,
            per_host,
            login,
            private_hosts,
            ..
        } = settings;
        let seconds = |seconds: &u32| Duration::from_secs(u64::from(*seconds).max(1));
        let limits = Limits {
            max_bytes: *max_bytes,
            connect: seconds(connect_seconds),
            whole: seconds(whole_seconds),
            at_once: *at_once,
            per_host: *per_host,
            private_hosts: private_hosts.clone(),
        };
        let logins = login.iter().cloned();
        let logins = logins.map(|LoginSetting { host, user, password_command }| Login { host, user, password_command });
        let fetcher = Arc::new(Fetcher::new(limits, logins.collect(), cancel));
        Self { fetcher, at_once: (*at_once, *per_host), full_text: *full_text, by_name }
    }
}

/// How far a refresh is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Feeds done.
    pub done: usize,
    /// Feeds in all.
    pub total: usize,
    /// New articles so far.
    pub added: usize,
    /// Articles so far that have other words than before.
    pub updated: usize,
    /// The feeds whose result was stored since the last report.
    pub refreshed: Vec<Refreshed>,
}

/// What became of one feed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refreshed {
    /// Which.
    pub feed: FeedId,
    /// Its name.
    pub name: String,
    /// How it went.
    pub done: Done,
}

/// How the refresh of one feed went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Done {
    /// It had not changed.
    Unchanged,
    /// It was read.
    Read {
        /// New articles.
        added: usize,
        /// Articles with other words than before.
        updated: usize,
    },
    /// It failed.
    Failed(String),
}

/// What a refresh came to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Summary {
    /// Feeds fetched, those that failed included.
    pub feeds: usize,
    /// New articles.
    pub added: usize,
    /// Articles with other words than before.
    pub updated: usize,
    /// The feeds that failed, with the reason.
    pub failed: Vec<(String, String)>,
    /// Feeds that were asked for and whose servers want to be left alone until then.
    pub barred: Vec<(String, DateTime<Utc>)>,
    /// It was called off before the end.
    pub cancelled: bool,
    /// Where the time went.
    pub times: Times,
}

/// Where the time of a refresh went. What several threads did at once is counted for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Times {
    /// Waiting for servers.
    pub network: Duration,
    /// Reading feeds and pages.
    pub reading: Duration,
    /// Finding quotes, people and countries.
    pub extraction: Duration,
    /// Storing.
    pub storing: Duration,
}

/// Fetches `feeds` as far as they are due. One bad feed never stops the others; `progress` hears of every step.
///
/// # Errors
/// If the library cannot be read or written. What was stored before stays.
pub fn refresh(
    feeds: Vec<Feed>,
    options: &Options,
    gazetteer: &Gazetteer,
    library: &mut Library,
    progress: impl FnMut(&Progress),
) -> Result<Summary, LibraryError> {
    let now = Utc::now();
    let mut summary = Summary::default();
    let (due, not): (Vec<Feed>, Vec<Feed>) =
        feeds.into_iter().partition(|feed| schedule::is_due(feed, now, options.by_name));
    if options.by_name {
        summary.barred = not.into_iter().filter_map(|feed| Some((feed.name, feed.barred?))).collect();
    }
    let (at_once, per_host) = options.at_once;
    let jobs = Arc::new(Queue::new(per_host));
    let (to, answers) = bounded(2 * at_once.max(1));
    for _ in 0..at_once.clamp(1, due.len().max(1)) {
        let (jobs, fetcher, to) = (Arc::clone(&jobs), Arc::clone(&options.fetcher), to.clone());
        // Not waited for when all is called off: a server may take its time.
        thread::spawn(move || work(&jobs, &fetcher, &to));
    }
    let mut run = Run {
        options,
        gazetteer,
        library,
        progress,
        total: due.len(),
        done: 0,
        open: HashMap::new(),
        ready: Vec::new(),
        summary,
    };
    for feed in due {
        jobs.push(host(&feed.address), Job::Feed(Box::new(feed)));
    }
    let ran = run.run(&jobs, &answers);
    jobs.close();
    ran.map(|()| run.summary)
}

/// A feed that was read, and whose pages may still be on their way.
struct Open {
    feed: Feed,
    outcome: Outcome,
    items: Vec<Candidate>,
    pages: usize,
}

/// An item that is new or changed.
struct Candidate {
    key: i64,
    digest: i64,
    article: Article,
    /// It was seen before: its article gets the new words.
    known: bool,
    /// It is the whole text, as far as one can tell.
    whole: bool,
}

struct Run<'a, P> {
    options: &'a Options,
    gazetteer: &'a Gazetteer,
    library: &'a mut Library,
    progress: P,
    total: usize,
    done: usize,
    open: HashMap<FeedId, Open>,
    /// Feeds of which everything has come.
    ready: Vec<Open>,
    summary: Summary,
}

impl<P: FnMut(&Progress)> Run<'_, P> {
    fn run(&mut self, jobs: &Queue<Job>, answers: &Receiver<Answer>) -> Result<(), LibraryError> {
        while self.done + self.ready.len() < self.total {
            if self.options.fetcher.is_cancelled() {
                self.summary.cancelled = true;
                return Ok(());
            }
            match answers.recv_timeout(LOOK_EVERY) {
                Ok(answer) => self.take(answer, jobs)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            let waiting: usize = self.ready.iter().map(|open| open.items.len()).sum();
            // What has come is stored at once unless more is there already.
            if !self.ready.is_empty() && (answers.is_empty() || waiting >= BATCH) {
                self.store()?;
            }
        }
        if self.ready.is_empty() { Ok(()) } else { self.store() }
    }

    fn take(&mut self, answer: Answer, jobs: &Queue<Job>) -> Result<(), LibraryError> {
        match answer {
            Answer::Feed(feed, read, wait, spent) => {
                self.spend(spent);
                let read = match read {
                    Ok(read) => read,
                    Err(error) => {
                        // What was called off did not fail.
                        if !self.options.fetcher.is_cancelled() {
                            let barred = wait.map(|wait| Utc::now() + wait);
                            self.close(*feed, Outcome::Failed { error }, barred);
                        }
                        return Ok(());
                    }
                };
                match read {
                    Read::Unchanged { moved } => self.close(*feed, Outcome::Unchanged { moved }, None),
                    Read::Feed { moved, etag, last_modified, feed: read } => {
                        let format::Feed { title, site, items, .. } = read;
                        let outcome = Outcome::Read { moved, title, site, etag, last_modified, items: Vec::new() };
                        self.open(*feed, outcome, items, jobs)?;
                    }
                }
            }
            Answer::Page { feed, item, article, again, spent } => {
                self.spend(spent);
                let Some(open) = self.open.get_mut(&feed) else { return Ok(()) };
                open.pages -= 1;
                if let Some(candidate) = open.items.get_mut(item) {
                    match article {
                        Some(article) => (candidate.article, candidate.whole) = (article, true),
                        // No digest is 0 but by the rarest chance: it is looked at again.
                        None if again => candidate.digest = 0,
                        None => {}
                    }
                }
                if open.pages == 0 {
                    self.ready.extend(self.open.remove(&feed));
                }
            }
        }
        Ok(())
    }

    fn spend(&mut self, (network, reading): Spent) {
        self.summary.times.network += network;
        self.summary.times.reading += reading;
    }

    /// A feed that has no articles to store.
    fn close(&mut self, feed: Feed, outcome: Outcome, barred: Option<DateTime<Utc>>) {
        let feed = Feed { barred, ..feed };
        self.ready.push(Open { feed, outcome, items: Vec::new(), pages: 0 });
    }

    /// Finds what is new in a feed, and asks for the pages that are wanted.
    fn open(&mut self, feed: Feed, outcome: Outcome, items: Vec<Item>, jobs: &Queue<Job>) -> Result<(), LibraryError> {
        let keys: Vec<i64> = items.iter().map(identity::key).collect();
        let known = self.library.known_items(feed.id, &keys)?;
        let full_text = feed.full_text.unwrap_or(self.options.full_text);
        let mut open = Open { feed, outcome, items: Vec::new(), pages: 0 };
        for (item, key) in items.into_iter().zip(keys) {
            let wanted = full_text && !item.whole && item.article.url.is_some();
            let digest = identity::digest(&item.article, wanted);
            let mut article = item.article;
            let seen = known.get(&key);
            article.source = match seen {
                Some(seen) if seen.digest == digest => continue,
                Some(seen) => match &seen.source {
                    Some(source) => source.clone(),
                    // The user removed it.
                    None => continue,
                },
                None => match &article.url {
                    Some(url) => url.clone(),
                    None => format!("{}#{}", open.feed.address, item.id),
                },
            };
            if (open.feed.named && !item.from_elsewhere) || article.outlet.is_none() {
                article.outlet = Some(open.feed.name.clone());
            }
            if wanted {
                open.pages += 1;
                let url = article.url.clone().unwrap_or_default();
                let (feed, typed) = (open.feed.id, open.feed.address.clone());
                jobs.push(
                    host(&url),
                    Job::Page { feed, typed, item: open.items.len(), summary: Box::new(article.clone()) },
                );
            }
            open.items.push(Candidate { key, digest, article, known: seen.is_some(), whole: item.whole });
        }
        if open.pages == 0 {
            self.ready.push(open);
        } else {
            self.open.insert(open.feed.id, open);
        }
        Ok(())
    }

    /// Stores what is ready: first the articles, then what became of the feeds. Killed in between, the next refresh finds
    /// the articles there and unchanged.
    fn store(&mut self) -> Result<(), LibraryError> {
        let ready = std::mem::take(&mut self.ready);
        let sources: Vec<String> =
            ready.iter().flat_map(|open| &open.items).map(|item| item.article.source.clone()).collect();
        let here = self.library.of_sources(&sources)?;
        // One article that several feeds have is stored once, in its longest form.
        let mut chosen: HashMap<&str, &Candidate> = HashMap::new();
        for item in ready.iter().flat_map(|open| &open.items) {
            // What another feed has brought stays as it is.
            if !item.known && here.contains_key(&item.article.source) {
                continue;
            }
            let best = chosen.entry(&item.article.source).or_insert(item);
            if (item.whole, item.article.body.len()) > (best.whole, best.article.body.len()) {
                *best = item;
            }
        }
        let mut taken = HashSet::new();
        let in_order = ready.iter().flat_map(|open| &open.items).map(|item| item.article.source.as_str());
        let in_order = in_order.filter(|source| taken.insert(*source));
        let wanted: Vec<&Article> =
            in_order.filter_map(|source| chosen.get(source)).map(|item| &item.article).collect();
        let began = Instant::now();
        let annotated: Vec<(Article, Annotations)> =
            wanted.into_par_iter().map(|article| (article.clone(), extract(self.gazetteer, article))).collect();
        self.summary.times.extraction += began.elapsed();
        let began = Instant::now();
        let mut ids = here;
        let mut became = HashMap::new();
        for ((article, _), added) in annotated.iter().zip(self.library.add(&annotated)?) {
            let (Added::New(id) | Added::Unchanged(id) | Added::Updated(id)) = added;
            ids.insert(article.source.clone(), id);
            became.insert(id, added);
        }
        let now = Utc::now();
        let (mut attempts, mut refreshed) = (Vec::new(), Vec::new());
        for open in ready {
            let (attempt, one) = finished(open, now, &ids, &mut became);
            self.summary.note(&one);
            attempts.push(attempt);
            refreshed.push(one);
        }
        self.library.note_attempts(&attempts)?;
        self.summary.times.storing += began.elapsed();
        self.done += refreshed.len();
        let Summary { added, updated, .. } = self.summary;
        (self.progress)(&Progress { done: self.done, total: self.total, added, updated, refreshed });
        // The library is left to other writers for a moment.
        thread::sleep(BREATH);
        Ok(())
    }
}

/// What is to be noted of a feed, and what is told of it. What became of an article is told once.
fn finished(
    open: Open,
    at: DateTime<Utc>,
    ids: &HashMap<String, ArticleId>,
    became: &mut HashMap<ArticleId, Added>,
) -> (Attempt, Refreshed) {
    let Open { feed, mut outcome, items, .. } = open;
    let (mut added, mut updated) = (0, 0);
    for item in &items {
        match ids.get(&item.article.source).and_then(|id| became.remove(id)) {
            Some(Added::New(_)) => added += 1,
            Some(Added::Updated(_)) => updated += 1,
            _ => {}
        }
    }
    let done = match &mut outcome {
        Outcome::Failed { error } => Done::Failed(error.clone()),
        Outcome::Unchanged { .. } => Done::Unchanged,
        Outcome::Read { items: seen, .. } => {
            let article = |item: &Candidate| ids.get(&item.article.source).copied();
            seen.extend(
                items
                    .iter()
                    .filter_map(|item| Some(SeenItem { key: item.key, digest: item.digest, article: article(item)? })),
            );
            Done::Read { added, updated }
        }
    };
    let failed = matches!(done, Done::Failed(_));
    let due = failed.then(|| schedule::after_failures(at, feed.failures + 1));
    let attempt = Attempt { feed: feed.id, at, due, barred: feed.barred.filter(|_| failed), outcome };
    (attempt, Refreshed { feed: feed.id, name: feed.name, done })
}

impl Summary {
    fn note(&mut self, refreshed: &Refreshed) {
        self.feeds += 1;
        match &refreshed.done {
            Done::Unchanged => {}
            Done::Read { added, updated } => {
                self.added += added;
                self.updated += updated;
            }
            Done::Failed(error) => self.failed.push((refreshed.name.clone(), error.clone())),
        }
    }
}
