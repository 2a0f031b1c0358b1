//! From what the user typed to the feed they mean: an address, a file, or a site whose page names its feeds.

use std::path::Path;

use chrono::Local;
use url::Url;

use crate::{
    fetch::{Document, FEEDS, FetchError, Fetched, Fetcher, Request, address, is_allowed},
    ingest::feed::{self as format, FeedError, Origin},
};

/// So many of the feeds that a page names are tried before it is said that there is none.
const MOST_TRIED: usize = 5;

/// A feed that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Its address.
    pub address: String,
    /// Its title, or what its site calls it.
    pub title: Option<String>,
    /// The site it belongs to.
    pub site: Option<String>,
}

/// Why no feed was found.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// It could not be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// It is broken.
    #[error("{address}: {problem}")]
    Broken {
        /// The address.
        address: String,
        /// What is wrong.
        problem: FeedError,
    },
    /// It is a page that names no feeds.
    #[error("{address}: a page that names no feeds; look for a link such as RSS on it, and add that")]
    NoFeeds {
        /// The address.
        address: String,
    },
    /// Nothing came.
    #[error("{address}: the server sends nothing; look for the address of the feed on its site")]
    Nothing {
        /// The address.
        address: String,
    },
    /// It is neither a feed nor a page.
    #[error("{address}: neither a feed nor a page{}; look for the address of the feed on its site", kind.as_deref().map(|kind| format!(" but {kind}")).unwrap_or_default())]
    Neither {
        /// The address.
        address: String,
        /// What its server says it is.
        kind: Option<String>,
    },
    /// What a page names as its feeds are none.
    #[error("{address}: a page whose feeds cannot be read; {first}")]
    NoneOfThem {
        /// The address.
        address: String,
        /// What is wrong with the first of them.
        first: Box<FindError>,
    },
}

/// The feeds at what the user typed: one if it is a feed, or those that a site's page names. The first one was read; of a
/// page, those before it could not be, and those behind it have not been asked for.
///
/// # Errors
/// If it cannot be fetched or read, or names no feeds.
pub fn find(fetcher: &Fetcher, typed: &str) -> Result<Vec<Candidate>, FindError> {
    let address = match file_address(typed) {
        Some(address) => address,
        None => address(typed)?,
    };
    let document = document(fetcher, &address, &address)?;
    if format::looks_like(&document.bytes) {
        return Ok(vec![candidate(address, document)?]);
    }
    let page = document.address.to_string();
    // A page may not send us where a redirect may not.
    let mut named = format::named_in_page(&document.bytes, &document.address);
    named.retain(|(_, feed)| is_allowed(feed, &address));
    if named.is_empty() {
        return Err(no_feeds(&document));
    }
    let (mut first_problem, mut named) = (None, named.into_iter());
    for (title, feed) in named.by_ref().take(MOST_TRIED) {
        let read = self::document(fetcher, &feed, &address).map_err(FindError::from);
        match read.and_then(|document| candidate(feed, document)) {
            Ok(found) => {
                let site = found.site.or_else(|| Some(page.clone()));
                let first = Candidate { title: found.title.or(title), site, ..found };
                let others =
                    named.map(|(title, feed)| Candidate { address: feed.into(), title, site: Some(page.clone()) });
                return Ok(std::iter::once(first).chain(others).collect());
            }
            Err(FindError::Fetch(FetchError::Cancelled)) => return Err(FetchError::Cancelled.into()),
            Err(problem) => first_problem = first_problem.or(Some(problem)),
        }
    }
    let first = first_problem.unwrap_or_else(|| FindError::NoFeeds { address: page.clone() });
    Err(FindError::NoneOfThem { address: page, first: Box::new(first) })
}

fn document(fetcher: &Fetcher, address: &Url, typed: &Url) -> Result<Document, FetchError> {
    let request = Request { address, typed, etag: None, last_modified: None, accept: FEEDS };
    match fetcher.fetch(&request)? {
        Fetched::Document(document) => Ok(document),
        // Nobody said what is known.
        Fetched::NotModified { .. } => Err(FetchError::Status { address: address.to_string(), status: 304 }),
    }
}

/// The feed that was found at an address.
fn candidate(address: Url, document: Document) -> Result<Candidate, FindError> {
    let found_at = document.address.to_string();
    let origin = Origin { address: Some(&found_at), charset: document.charset(), today: Local::now().date_naive() };
    let feed = format::read(&document.bytes, &origin)
        .map_err(|problem| FindError::Broken { address: found_at.clone(), problem })?;
    let address = document.moved.unwrap_or(address).into();
    Ok(Candidate { address, title: feed.title, site: feed.site })
}

/// What a document is that is no feed and names none.
fn no_feeds(document: &Document) -> FindError {
    let address = document.address.to_string();
    let text = document.bytes.trim_ascii();
    let is_page = document.media_type().is_some_and(|kind| kind.contains("html"));
    if text.is_empty() {
        FindError::Nothing { address }
    } else if is_page || text.starts_with(b"<") {
        FindError::NoFeeds { address }
    } else {
        FindError::Neither { address, kind: document.media_type() }
    }
}

/// The address of a file, if that is what was typed.
fn file_address(typed: &str) -> Option<Url> {
    let path = Path::new(typed);
    let path = if path.is_file() { path.canonicalize().ok()? } else { return None };
    Url::from_file_path(path).ok()
}
