//! From what the user typed to the feed they mean: an address, a file, or a site whose page names its feeds.

use std::path::Path;

use chrono::Local;
use url::Url;

use crate::{
    fetch::{FEEDS, FetchError, Fetched, Fetcher, Request, address},
    ingest::feed::{self as format, FeedError, Origin},
};

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
}

/// The feeds at what the user typed: one if it is a feed, or those that a site's page names, its main one first.
///
/// # Errors
/// If it cannot be fetched or read, or names no feeds.
pub fn find(fetcher: &Fetcher, typed: &str) -> Result<Vec<Candidate>, FindError> {
    let address = match file_address(typed) {
        Some(address) => address,
        None => address(typed)?,
    };
    let request = Request { address: &address, typed: &address, etag: None, last_modified: None, accept: FEEDS };
    let Fetched::Document(document) = fetcher.fetch(&request)? else {
        return Err(FindError::NoFeeds { address: address.into() });
    };
    let found_at = document.address.to_string();
    if !format::looks_like(&document.bytes) {
        let named = format::named_in_page(&document.bytes, &document.address);
        let candidates: Vec<Candidate> = named
            .into_iter()
            .map(|(title, address)| Candidate { address: address.into(), title, site: Some(found_at.clone()) })
            .collect();
        return if candidates.is_empty() { Err(FindError::NoFeeds { address: found_at }) } else { Ok(candidates) };
    }
    let origin =
        Origin { address: Some(&found_at), charset: document.charset.as_deref(), today: Local::now().date_naive() };
    let feed = format::read(&document.bytes, &origin)
        .map_err(|problem| FindError::Broken { address: found_at.clone(), problem })?;
    let address = document.moved.unwrap_or(address).into();
    Ok(vec![Candidate { address, title: feed.title, site: feed.site }])
}

/// The address of a file, if that is what was typed.
fn file_address(typed: &str) -> Option<Url> {
    let path = Path::new(typed);
    let path = if path.is_file() { path.canonicalize().ok()? } else { return None };
    Url::from_file_path(path).ok()
}
