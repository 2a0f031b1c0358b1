//! Everything that can wake the reader.

use crate::{
    feeds::Progress,
    library::{ArticleRow, CountryCount, Counts, OfficialCount, StoredArticle, Undone},
    model::{Bookmark, BookmarkId, Span},
};

use super::{effect::JobId, feeds::FeedRow, saved::Saved, watches::WatchRow};

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// A key, the mouse, a paste, a new size.
    Input(crossterm::event::Event),
    /// The terminal will send nothing more.
    InputEnded,
    /// The worker has answered.
    Answer(Box<Answer>),
    /// Articles are being added.
    Adding(Adding),
    /// Something about the feeds.
    Feeding(Box<Feeding>),
    /// Something about the watches.
    Watching(Watching),
    /// The shell wants the program to stop for a while.
    SuspendAsked,
    /// The shell continues the program, and may have changed the terminal meanwhile.
    Continued,
    /// The system wants the program to end, with this signal.
    Signal(i32),
    /// A thread broke, with this message.
    Broken(String),
}

/// How far an addition of articles is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Adding {
    /// So many inputs of so many are in.
    Under(u64, u64),
    /// All is in; what to say about it, and whether something was refused.
    Done {
        /// What to say; nothing if it is empty.
        message: String,
        /// What was refused, and why: a line each.
        refused: Vec<String>,
    },
    /// Articles were annotated anew in the background.
    Annotated,
    /// So many articles are older than the config keeps them. They stay until one says otherwise.
    Expired(usize),
}

/// What the thread with the feeds has to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Feeding {
    /// All subscriptions.
    Known(Vec<FeedRow>),
    /// A refresh of so many feeds begins.
    Began(usize),
    /// It is so far.
    Under(Progress),
    /// It is over, or was stopped.
    Ended,
    /// Articles went.
    Changed,
    /// Something to tell.
    Said {
        /// The words.
        message: String,
        /// Whether something went wrong.
        error: bool,
    },
}

/// What the thread with the watches has to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Watching {
    /// All watches with their unread articles.
    Counted(Vec<WatchRow>),
    /// Something went wrong.
    Failed(String),
}

/// What the worker found out.
#[derive(Debug)]
pub enum Answer {
    /// The library is open.
    Opened(Opened),
    /// A piece of the list.
    List(JobId, Result<ListPage, String>),
    /// An article, and where in it an anchor was found.
    Article(JobId, Result<Option<ArticleFound>, String>),
    /// The library's countries.
    Countries(JobId, Result<Vec<CountryListed>, String>),
    /// The library's officials.
    Officials(JobId, Result<Vec<OfficialCount>, String>),
    /// Names with a word that begins as was typed.
    Names(JobId, Result<Vec<String>, String>),
    /// All bookmarks, after one was added or changed too; which one is new.
    Bookmarks(Result<Vec<Bookmark>, String>, Option<BookmarkId>),
    /// So many articles were marked read.
    AllRead(u64),
    /// What was removed last is back, if there was anything, and these are all bookmarks.
    Undone(Option<Undone>, Vec<Bookmark>),
    /// Something could not be kept.
    NotKept(String),
}

/// What is known once the library is open.
#[derive(Clone, Debug)]
pub struct Opened {
    /// How the screen was left.
    pub saved: Option<Saved>,
    /// All bookmarks.
    pub bookmarks: Vec<Bookmark>,
    /// The library is empty, and these are the bundled samples in a library of their own.
    pub samples: bool,
    /// Whether articles are being added.
    pub adding: bool,
}

/// A country of the library with its part of the world.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountryListed {
    /// The country and its articles.
    pub count: CountryCount,
    /// Its region, as the United Nations name it; empty if unknown.
    pub region: String,
}

/// A piece of the list.
#[derive(Clone, PartialEq, Debug)]
pub struct ListPage {
    /// How many there are.
    pub counts: Counts,
    /// Where the article that was sought stands; `None` if it is not in the list, or none was sought.
    pub found: Option<u64>,
    /// Index of the first row.
    pub offset: u64,
    /// The rows.
    pub rows: Vec<ArticleRow>,
}

/// An article that was asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct ArticleFound {
    /// The article.
    pub stored: StoredArticle,
    /// Where the words one wants to jump to stand.
    pub place: Place,
}

/// Where the words one wants to jump to stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// None were asked for.
    Unasked,
    /// Here.
    At(Span),
    /// The wording is gone.
    Gone,
}
