//! Subscriptions: finding feeds, fetching them, and taking lists of them in and out.
//!
//! [`refresh`] is the heart: threads fetch and read feeds, and where a feed has only summaries the pages of its articles;
//! the calling thread looks up what is new, annotates it on all cores and stores it with what became of each feed. Every
//! step is one transaction and can be repeated, so that a refresh may be killed at any time.

mod builtin;
mod find;
mod full_text;
mod identity;
mod opml;
mod queue;
mod refresh;
mod schedule;
mod urls_file;
mod work;

pub use self::{
    builtin::{Offer, offers},
    find::{Candidate, FindError, find},
    full_text::{PageError, page},
    opml::{ListError, from_opml, to_opml},
    refresh::{Done, Options, Progress, Refreshed, Summary, Times, refresh},
    urls_file::{from_urls_file, to_urls_file},
};

use crate::model::Feed;

/// A list of subscriptions in a file of another program, of either kind.
///
/// # Errors
/// If it looks like OPML and is none.
pub fn from_list(text: &str) -> Result<(Vec<crate::model::NewFeed>, Vec<String>), ListError> {
    let xml = text.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    if xml { from_opml(text) } else { Ok(from_urls_file(text)) }
}

/// The feeds that a user means by a name, an address, or a group: whole, case aside, or else by how they begin.
pub fn named<'f>(feeds: &'f [Feed], meant: &str) -> Vec<&'f Feed> {
    let meant = meant.to_lowercase();
    let all = |is: &dyn Fn(&Feed) -> bool| feeds.iter().filter(|feed| is(feed)).collect::<Vec<_>>();
    let exact = all(&|feed| feed.name.to_lowercase() == meant || feed.address.to_lowercase() == meant);
    if !exact.is_empty() {
        return exact;
    }
    let group = all(&|feed| feed.groups.iter().any(|group| group.to_lowercase() == meant));
    if !group.is_empty() {
        return group;
    }
    all(&|feed| !meant.is_empty() && feed.name.to_lowercase().starts_with(&meant))
}
