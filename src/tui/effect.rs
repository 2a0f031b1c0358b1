//! What `update` wants done. Data, so that a test can read it.

use crate::{
    library::{Names, Sort, Watch},
    model::{Anchor, ArticleId, BookmarkId, FeedId, Filter, NewBookmark, NewFeed},
};

use super::saved::Saved;

/// A question's number. The answer to any but the newest of its kind is dropped.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct JobId(pub u64);

/// Something to do.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Ask the library.
    Ask(JobId, Question),
    /// Keep something in the library.
    Keep(Change),
    /// Do something with the feeds.
    Feeds(FeedWish),
    /// Do something with the watches.
    Watches(WatchWish),
    /// Show the user's own library in place of the samples.
    LeaveSamples,
    /// Put text on the clipboard.
    Copy(String),
    /// Open an address in the browser.
    OpenLink(String),
    /// Stop until the shell continues the program.
    Suspend,
    /// Draw every cell anew.
    Redraw,
    /// Take the terminal over again, and draw every cell anew.
    TakeBack,
}

/// What can be done with the feeds.
#[derive(Clone, PartialEq, Debug)]
pub enum FeedWish {
    /// Tell of them anew: what was read meanwhile is no longer unread.
    Look,
    /// Fetch one, or all.
    Refresh(Option<FeedId>),
    /// End the refresh that goes on; what is stored stays.
    Stop,
    /// Subscribe, and fetch.
    Subscribe(Box<NewFeed>),
    /// Find the feed at an address that was typed, subscribe, and fetch.
    Find(String),
    /// End a subscription.
    Unsubscribe(FeedId),
}

/// What can be done with the watches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WatchWish {
    /// Keep a search under a name; one of the same name is replaced.
    Keep(Watch),
    /// Forget the one of this name.
    Forget(String),
}

/// What can be asked.
#[derive(Clone, PartialEq, Debug)]
#[allow(clippy::large_enum_variant, reason = "a few at a time, and a filter is copied into most")]
pub enum Question {
    /// A piece of the list around an article, or around an index if that is not in the list.
    List {
        /// Which articles.
        filter: Filter,
        /// In which order.
        sort: Sort,
        /// The article.
        seek: Option<ArticleId>,
        /// The index.
        index: u64,
        /// Most rows wanted.
        limit: usize,
    },
    /// An article, and where in it some words stand.
    Article {
        /// Which.
        id: ArticleId,
        /// The words.
        anchor: Option<Box<Anchor>>,
    },
    /// All countries with their counts.
    Countries,
    /// All officials with their counts.
    Officials,
    /// Names with a word that begins so.
    Names(Names, String),
}

/// What can be kept.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// An article was read, or is to be unread.
    Read(ArticleId, bool),
    /// All of these were read.
    AllRead(Filter),
    /// An article is removed; it can be brought back.
    RemoveArticle(ArticleId),
    /// What was removed last is brought back.
    Undo,
    /// An article has these tags and no others.
    Tags(ArticleId, Vec<String>),
    /// An article has a star, or none.
    Starred(ArticleId, bool),
    /// The byte at the top of the screen.
    Position(ArticleId, usize),
    /// A new bookmark.
    AddBookmark(Box<NewBookmark>),
    /// A bookmark's note.
    Note(BookmarkId, String),
    /// A bookmark less.
    RemoveBookmark(BookmarkId),
    /// A removed bookmark back.
    RestoreBookmark(BookmarkId),
    /// How the screen is left.
    Screen(Box<Saved>),
}
