//! Files and standard input → articles.
//!
//! [`inputs`] lists the files, [`read`] reads one: its bytes become text (`decode`), the text an article by the layout
//! it has (`layout`), and every string is cleaned of what is not words (`clean`), so that nothing of an article can
//! act on a terminal.

mod clean;
mod dates;
mod decode;
pub mod feed;
mod front_matter;
pub mod html;
mod json_lines;
mod layout;
mod markdown;
mod walk;

use std::{
    fmt, fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

pub use walk::inputs;

use crate::model::Article;

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

/// Bounds on what is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest file, in bytes.
    pub max_file_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_file_bytes: 16 * 1024 * 1024 }
    }
}

/// A file to read, or standard input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A file, by the path as given or as found below a folder.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Stdin => f.write_str("-"),
        }
    }
}

/// The articles in one input.
///
/// # Errors
/// If it cannot be read, is too large, is no text, or holds no words.
pub fn read(input: &Input, limits: &Limits) -> Result<Vec<Article>, IngestError> {
    let source = input.to_string();
    let bytes = match input {
        Input::File(path) => {
            let failed = |source| IngestError::Read { path: path.clone(), source };
            let file = fs::File::open(path).map_err(failed)?;
            let size = file.metadata().map_err(failed)?.len();
            if size > limits.max_file_bytes {
                return Err(IngestError::TooLarge { source_name: source, size, limit: limits.max_file_bytes });
            }
            read_bounded(file, limits, &source).map_err(|error| error.unwrap_or_else(failed))?
        }
        Input::Stdin => {
            let failed = |error| IngestError::Read { path: PathBuf::from("-"), source: error };
            read_bounded(io::stdin().lock(), limits, &source).map_err(|error| error.unwrap_or_else(failed))?
        }
    };
    parse(&source, Path::new(&source), &bytes)
}

/// Why a bounded read stopped.
enum Stopped {
    Io(io::Error),
    TooLarge(IngestError),
}

impl Stopped {
    fn unwrap_or_else(self, failed: impl FnOnce(io::Error) -> IngestError) -> IngestError {
        match self {
            Self::Io(error) => failed(error),
            Self::TooLarge(error) => error,
        }
    }
}

/// Reads to the end, but never more than the limit: a pipe or a growing file has no size to ask for.
fn read_bounded(from: impl io::Read, limits: &Limits, source: &str) -> Result<Vec<u8>, Stopped> {
    let mut bytes = Vec::new();
    from.take(limits.max_file_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(Stopped::Io)?;
    if bytes.len() as u64 > limits.max_file_bytes {
        let (size, limit) = (bytes.len() as u64, limits.max_file_bytes);
        return Err(Stopped::TooLarge(IngestError::TooLarge { source_name: source.to_owned(), size, limit }));
    }
    Ok(bytes)
}

/// The articles in `bytes` that came from `source`; the name of `path` tells the format.
///
/// # Errors
/// As [`read`].
pub fn parse(source: &str, path: &Path, bytes: &[u8]) -> Result<Vec<Article>, IngestError> {
    if feed::looks_like(bytes) {
        return of_feed(source, bytes);
    }
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let named_page = matches!(extension.as_str(), "html" | "htm" | "xhtml");
    if let Some(page) = decode::labelled(bytes, None).filter(|text| named_page || html::page::looks_like(text)) {
        return of_page(source, path, &page);
    }
    if feed::is_xml(bytes) {
        return Err(IngestError::Xml { source_name: source.to_owned() });
    }
    let text = decode::decode(source, bytes)?;
    let mut articles = match extension.as_str() {
        "jsonl" | "ndjson" | "json" => json_lines::read(source, &text)?,
        "md" | "markdown" => vec![markdown::read(&text)],
        _ if json_lines::looks_like(&text) => json_lines::read(source, &text)?,
        _ => vec![layout::read(&text)],
    };
    articles.retain(|article| !article.body.is_empty());
    for (n, article) in articles.iter_mut().enumerate() {
        article.source = if n == 0 { source.to_owned() } else { format!("{source}#{}", n + 1) };
        article.published = article.published.or_else(|| date_in_name(path));
    }
    if articles.is_empty() {
        return Err(IngestError::Empty { source_name: source.to_owned() });
    }
    Ok(articles)
}

/// The article of a page that was saved to a file.
fn of_page(source: &str, path: &Path, page: &str) -> Result<Vec<Article>, IngestError> {
    let source_name = source.to_owned();
    match html::page::read_text(page, None) {
        html::page::Page::Article(article) => {
            let published = article.published.or_else(|| date_in_name(path));
            Ok(vec![Article { source: source_name, published, ..article }])
        }
        html::page::Page::Wall(wall) => Err(IngestError::Wall { source_name, wall }),
        html::page::Page::NoArticle => Err(IngestError::NoArticle { source_name }),
    }
}

/// The date that a file's name begins with.
fn date_in_name(path: &Path) -> Option<chrono::NaiveDate> {
    dates::leading(path.file_name()?.to_str()?)
}

/// The items of a feed that was saved to a file. Each is known by the file and what the feed knows it by, so that a
/// newer copy of the file brings what is new and changed.
fn of_feed(source: &str, bytes: &[u8]) -> Result<Vec<Article>, IngestError> {
    let origin = feed::Origin { address: None, charset: None, today: chrono::Local::now().date_naive() };
    let feed =
        feed::read(bytes, &origin).map_err(|problem| IngestError::Feed { source_name: source.to_owned(), problem })?;
    if feed.items.is_empty() {
        return Err(IngestError::Empty { source_name: source.to_owned() });
    }
    let named = |item: feed::Item| Article { source: format!("{source}#{}", item.id), ..item.article };
    Ok(feed.items.into_iter().map(named).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_bytes_bring_the_reader_down_and_bodies_are_clean(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in "(a\\.txt|b\\.md|c\\.jsonl|d)") {
            for article in parse(&name, Path::new(&name), &bytes).unwrap_or_default() {
                prop_assert!(article.body.chars().all(|c| c == '\n' || !c.is_ascii_control()));
                prop_assert!(!article.body.contains("\n\n\n"));
                prop_assert_eq!(article.body.trim(), &article.body);
            }
        }

        #[test]
        fn no_text_brings_the_reader_down(text in "\\PC{0,200}|(---\n)?([a-z]{1,6}: ?[^\n]{0,20}\n){0,4}(---\n)?.{0,80}") {
            let _ = parse("a.md", Path::new("a.md"), text.as_bytes());
            let _ = parse("a.txt", Path::new("a.txt"), text.as_bytes());
        }
    }

    #[test]
    fn what_is_too_large_empty_or_binary_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let check = |name: &str, bytes: &[u8], expected: &str| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            let error = read(&Input::File(path), &Limits { max_file_bytes: 40 }).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains(expected), "{error}");
        };
        check("large.txt", &[b'a'; 41], "41 bytes are more than the limit of 40");
        check("empty.txt", b" \n\n ", "holds no text");
        check("page.html", b"<!DOCTYPE html><p>Words</p>", "no article was found");
        check("binary.txt", b"abc\0\x01\x02def\0\0", "not a text");
    }

    #[test]
    fn a_date_at_the_start_of_the_file_name_is_the_date_of_an_undated_text() {
        let articles = parse("x", Path::new("press/2025-08-04-talks.txt"), b"The ministers met in Nairobi.").unwrap();
        assert_eq!(articles[0].published.map(|d| d.to_string()).as_deref(), Some("2025-08-04"));
    }
}
