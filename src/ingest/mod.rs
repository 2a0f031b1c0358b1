//! Files and standard input → articles.
//!
//! [`inputs`] lists the files, [`read`] reads one: its bytes become text (`decode`), the text articles by the format it
//! has, and every string is cleaned of what is not words (`clean`), so that nothing of an article can act on a terminal.
//! A bad line, row or mail in a file of many is refused by its place, and the rest is read.

mod clean;
mod dates;
mod decode;
mod epub;
mod error;
pub mod feed;
mod fields;
mod front_matter;
#[cfg(test)]
mod hostile;
pub mod html;
mod json_lines;
mod layout;
mod mail;
mod markdown;
mod table;
mod walk;

use std::{
    fmt, fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

pub use self::{
    error::IngestError,
    walk::{inputs, is_found},
};

use crate::model::Article;

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

/// What one input holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its articles, in its order.
    pub articles: Vec<Article>,
    /// Lines, rows and items that are none.
    pub refused: Vec<IngestError>,
}

/// So many refusals of one input are told one by one.
const MOST_REFUSED: usize = 100;

impl Reading {
    /// Notes that a part of the input is no article.
    fn refuse(&mut self, error: IngestError) {
        if self.refused.len() < MOST_REFUSED {
            self.refused.push(error);
        } else if let Some(IngestError::More { more, .. }) = self.refused.last_mut() {
            *more += 1;
        } else {
            let (IngestError::Line { source_name, .. }
            | IngestError::Item { source_name, .. }
            | IngestError::Empty { source_name }) = error
            else {
                return;
            };
            self.refused.push(IngestError::More { source_name, more: 1 });
        }
    }
}

/// The articles in one input.
///
/// # Errors
/// If it cannot be read, is too large, is no text, or holds no words at all.
pub fn read(input: &Input, limits: &Limits) -> Result<Reading, IngestError> {
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

/// The articles in `bytes` that came from `source`; the name of `path` and the first bytes tell the format.
///
/// # Errors
/// As [`read`].
pub fn parse(source: &str, path: &Path, bytes: &[u8]) -> Result<Reading, IngestError> {
    let mut reading = by_format(source, path, bytes)?;
    let today = chrono::Local::now().date_naive();
    for article in &mut reading.articles {
        let published = article.published.or_else(|| date_in_name(path));
        article.published = published.and_then(|date| feed::dates::believable(date, today));
    }
    if reading.articles.is_empty() && reading.refused.is_empty() {
        return Err(IngestError::Empty { source_name: source.to_owned() });
    }
    Ok(reading)
}

fn by_format(source: &str, path: &Path, bytes: &[u8]) -> Result<Reading, IngestError> {
    if feed::looks_like(bytes) {
        return of_feed(source, bytes);
    }
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    if matches!(extension.as_str(), "eml" | "mbox") || mail::looks_like(bytes) {
        return of_mail(source, bytes);
    }
    let named_page = matches!(extension.as_str(), "html" | "htm" | "xhtml");
    if let Some(page) = decode::labelled(bytes, None).filter(|text| named_page || html::page::looks_like(text)) {
        return of_page(source, &page);
    }
    if feed::is_xml(bytes) {
        return Err(IngestError::Xml { source_name: source.to_owned() });
    }
    let foreign = |kind, remedy| Err(IngestError::Foreign { source_name: source.to_owned(), kind, remedy });
    if bytes.starts_with(b"%PDF-") {
        return foreign("a PDF", "make a text of it (pdftotext)");
    }
    if epub::looks_like(bytes) {
        return Ok(named_by_address(source, epub::read(source, bytes)?));
    }
    let text = decode::decode(source, bytes)?;
    let reading = match extension.as_str() {
        "jsonl" | "ndjson" | "json" => json_lines::read(source, &text)?,
        "csv" | "tsv" => table::read(source, &text)?,
        "md" | "markdown" => return Ok(one(source, markdown::read(&text))),
        _ if json_lines::looks_like(&text) => json_lines::read(source, &text)?,
        _ => return Ok(one(source, layout::read(&text))),
    };
    Ok(named_by_address(source, reading))
}

/// The reading of an input that is one article.
fn one(source: &str, article: Article) -> Reading {
    let article = Article { source: source.to_owned(), ..article };
    Reading {
        articles: Some(article).filter(|article| !article.body.is_empty()).into_iter().collect(),
        refused: Vec::new(),
    }
}

/// Names each article by its address, so that it stays the same article if the file grows or is sorted anew; one without
/// by its place.
fn named_by_address(source: &str, mut reading: Reading) -> Reading {
    let single = reading.articles.len() == 1;
    for (n, article) in reading.articles.iter_mut().enumerate() {
        article.source = match &article.url {
            Some(url) if !single => format!("{source}#{url}"),
            _ if n == 0 => source.to_owned(),
            _ => format!("{source}#{}", n + 1),
        };
    }
    reading
}

/// The article of a page that was saved to a file.
fn of_page(source: &str, page: &str) -> Result<Reading, IngestError> {
    let source_name = source.to_owned();
    match html::page::read_text(page, None) {
        html::page::Page::Article(article) => Ok(one(source, article)),
        html::page::Page::Wall(wall) => Err(IngestError::Wall { source_name, wall }),
        html::page::Page::NoArticle => Err(IngestError::NoArticle { source_name }),
    }
}

/// The mails of a file. Each of many is known by what its sender called it.
fn of_mail(source: &str, bytes: &[u8]) -> Result<Reading, IngestError> {
    if !mail::is_mbox(bytes) {
        return Ok(one(source, mail::read_one(source, bytes)?));
    }
    let (mails, mut reading) = mail::read_many(source, bytes);
    reading.articles = mails
        .into_iter()
        .enumerate()
        .map(|(n, mail)| {
            let name = mail.id.unwrap_or_else(|| (n + 1).to_string());
            Article { source: format!("{source}#{name}"), ..mail.article }
        })
        .collect();
    Ok(reading)
}

/// The items of a feed that was saved to a file. Each is known by the file and what the feed knows it by, so that a
/// newer copy of the file brings what is new and changed.
fn of_feed(source: &str, bytes: &[u8]) -> Result<Reading, IngestError> {
    let origin = feed::Origin { address: None, charset: None, today: chrono::Local::now().date_naive() };
    let feed =
        feed::read(bytes, &origin).map_err(|problem| IngestError::Feed { source_name: source.to_owned(), problem })?;
    let named = |item: feed::Item| Article { source: format!("{source}#{}", item.id), ..item.article };
    let articles: Vec<Article> = feed.items.into_iter().map(named).collect();
    let mut reading = Reading::default();
    if feed.cut {
        let problem = "the file ends in the middle of it; save the feed again".to_owned();
        reading.refuse(IngestError::Item { source_name: source.to_owned(), item: articles.len() + 1, problem });
    }
    Ok(Reading { articles, ..reading })
}

/// The date that a file's name begins with.
fn date_in_name(path: &Path) -> Option<chrono::NaiveDate> {
    dates::leading(path.file_name()?.to_str()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_bytes_bring_the_reader_down_and_bodies_are_clean(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in "(a\\.txt|b\\.md|c\\.jsonl|d|e\\.html|f\\.eml|g\\.mbox|h\\.csv)") {
            for article in parse(&name, Path::new(&name), &bytes).unwrap_or_default().articles {
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
        let articles =
            parse("x", Path::new("press/2025-08-04-talks.txt"), b"The ministers met in Nairobi.").unwrap().articles;
        assert_eq!(articles[0].published.map(|d| d.to_string()).as_deref(), Some("2025-08-04"));
    }
}
