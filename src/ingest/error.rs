//! Why an input was refused, in words for the user.

use std::{io, path::PathBuf};

use super::{feed, html};

/// Why an input was refused.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no such file.
    #[error("{}: no such file or folder", path.display())]
    Missing {
        /// The path as given.
        path: PathBuf,
    },
    /// The file is larger than the limit.
    #[error(
        "{source_name}: {size} bytes are more than the limit of {limit}; raise max_file_bytes in config.toml to read it"
    )]
    TooLarge {
        /// The input.
        source_name: String,
        /// Its size in bytes, as far as known.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The bytes are no text.
    #[error("{source_name}: not a text: {reason} at byte {at}")]
    Binary {
        /// The input.
        source_name: String,
        /// What was found.
        reason: &'static str,
        /// Where, in bytes from the start.
        at: usize,
    },
    /// It looked like a feed.
    #[error("{source_name}: {problem}")]
    Feed {
        /// The input.
        source_name: String,
        /// What is wrong with it.
        problem: feed::FeedError,
    },
    /// It is XML, but no feed.
    #[error("{source_name}: an XML file that is no feed, which attache does not read")]
    Xml {
        /// The input.
        source_name: String,
    },
    /// It is a saved web page, but not the article.
    #[error("{source_name}: {wall}, not the article; save the page again when it shows the article")]
    Wall {
        /// The input.
        source_name: String,
        /// What it is.
        wall: html::page::Wall,
    },
    /// It is a web page without an article.
    #[error("{source_name}: a web page on which no article was found")]
    NoArticle {
        /// The input.
        source_name: String,
    },
    /// There are no words in it.
    #[error("{source_name}: holds no text")]
    Empty {
        /// The input.
        source_name: String,
    },
    /// It is a book that cannot be read.
    #[error("{source_name}: a broken e-book: {problem}")]
    Book {
        /// The input.
        source_name: String,
        /// What is wrong with it.
        problem: String,
    },
    /// It is a print, whose words stand in no order that could be told.
    #[error("{source_name}: {kind}, which attache does not read; {remedy} and add that")]
    Foreign {
        /// The input.
        source_name: String,
        /// What it is.
        kind: &'static str,
        /// How to make a text of it.
        remedy: &'static str,
    },
    /// One of several articles without lines of their own is wrong.
    #[error("{source_name}, item {item}: {problem}")]
    Item {
        /// The input.
        source_name: String,
        /// Counted from 1.
        item: usize,
        /// What is wrong and what is expected.
        problem: String,
    },
    /// So many are wrong that not each is told.
    #[error("{source_name}: {more} more were refused")]
    More {
        /// The input.
        source_name: String,
        /// How many.
        more: usize,
    },
    /// A line of a file of several articles is wrong.
    #[error("{source_name}, line {line}: {problem}")]
    Line {
        /// The input.
        source_name: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong and what is expected.
        problem: String,
    },
}
