//! What the threads of a refresh do: they fetch and read feeds, and the pages of articles.

use std::time::{Duration, Instant};

use chrono::Local;
use crossbeam_channel::Sender;
use url::Url;

use super::{full_text, queue::Queue};
use crate::{
    fetch::{FEEDS, FetchError, Fetched, Fetcher, Request},
    ingest::feed::{self as format, Origin},
    model::{Article, Feed, FeedId},
};

pub(super) fn host(address: &str) -> String {
    Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// Something to be fetched.
pub(super) enum Job {
    Feed(Box<Feed>),
    /// The page of an item.
    Page {
        feed: FeedId,
        /// The address of the feed.
        typed: String,
        item: usize,
        summary: Box<Article>,
    },
}

/// What came of it.
pub(super) enum Answer {
    Feed(Box<Feed>, Result<Read, String>, Option<Duration>, Spent),
    Page { feed: FeedId, item: usize, article: Option<Article>, again: bool, spent: Spent },
}

/// What a feed had to say.
pub(super) enum Read {
    Unchanged { moved: Option<String> },
    Feed { moved: Option<String>, etag: Option<String>, last_modified: Option<String>, feed: format::Feed },
}

/// Time of a thread: waiting, reading.
pub(super) type Spent = (Duration, Duration);

pub(super) fn work(jobs: &Queue<Job>, fetcher: &Fetcher, to: &Sender<Answer>) {
    while let Some((host, job)) = jobs.next() {
        let answer = match job {
            Job::Feed(feed) => {
                let (read, barred, spent) = fetch_feed(fetcher, &feed);
                Answer::Feed(feed, read, barred, spent)
            }
            Job::Page { feed, typed, item, summary } => {
                let began = Instant::now();
                let (found, reading) = full_text::fetch(fetcher, &typed, &summary);
                let spent = (began.elapsed().saturating_sub(reading), reading);
                let again = matches!(
                    &found,
                    Err(FetchError::Network { .. }
                        | FetchError::Slow { .. }
                        | FetchError::Later { .. }
                        | FetchError::NoHost { .. }
                        | FetchError::Cancelled)
                );
                Answer::Page { feed, item, article: found.ok().flatten(), again, spent }
            }
        };
        jobs.done(&host);
        if to.send(answer).is_err() {
            return;
        }
    }
}

/// Fetches and reads one feed; says how long its server wants to be left alone.
fn fetch_feed(fetcher: &Fetcher, feed: &Feed) -> (Result<Read, String>, Option<Duration>, Spent) {
    let began = Instant::now();
    let fetched = Url::parse(&feed.address).map_err(|_| format!("{}: it is no address", feed.address)).map(|address| {
        fetcher.fetch(&Request {
            address: &address,
            typed: &address,
            etag: feed.etag.as_deref(),
            last_modified: feed.last_modified.as_deref(),
            accept: FEEDS,
        })
    });
    let waited = began.elapsed();
    let document = match fetched {
        Err(problem) => return (Err(problem), None, (waited, Duration::ZERO)),
        Ok(Err(error)) => {
            let wait = if let FetchError::Later { wait, .. } = &error { *wait } else { None };
            return (Err(error.to_string()), wait, (waited, Duration::ZERO));
        }
        Ok(Ok(Fetched::NotModified { moved })) => {
            let moved = moved.map(Url::into);
            return (Ok(Read::Unchanged { moved }), None, (waited, Duration::ZERO));
        }
        Ok(Ok(Fetched::Document(document))) => document,
    };
    let began = Instant::now();
    let origin = Origin {
        address: Some(document.address.as_str()),
        charset: document.charset(),
        today: Local::now().date_naive(),
    };
    let read = format::read(&document.bytes, &origin).map_err(|problem| format!("{}: {problem}", document.address));
    let read = read.map(|feed| Read::Feed {
        // An address that leads to something else than a feed is not taken for its new one.
        moved: document.moved.map(Url::into),
        // What came in part is not known yet.
        etag: document.etag.filter(|_| !feed.cut),
        last_modified: document.last_modified.filter(|_| !feed.cut),
        feed,
    });
    (read, None, (waited, began.elapsed()))
}
