//! The whole text of an article whose feed has only a summary of it, from its page.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use url::Url;

use crate::{
    fetch::{Document, FetchError, Fetched, Fetcher, PAGES, Request, address},
    ingest::{
        IngestError, feed as format,
        html::page::{self, Page, Wall},
        parse,
    },
    model::Article,
};

/// Shorter texts are no articles, but what stands before a wall. In characters.
const SHORTEST: usize = 400;

/// Why an address has no article.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// It could not be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// It is a feed.
    #[error("{address}: a feed, not a page; `attache feed add` subscribes to it")]
    Feed {
        /// The address.
        address: String,
    },
    /// It shows something else before the article.
    #[error("{address}: {wall}, not the article; save the page in a browser that shows it, and add the file")]
    Wall {
        /// The address.
        address: String,
        /// What it is.
        wall: Wall,
    },
    /// There is no article on it.
    #[error("{address}: no article on this page; `attache feed add` subscribes to a site's feed")]
    NoArticle {
        /// The address.
        address: String,
    },
    /// It is another kind of document, which cannot be read.
    #[error(transparent)]
    Document(#[from] IngestError),
}

/// The article of a page that the user opens by its address. An address of another document (a text, Markdown, JSON …) is
/// read as the file that it is, and may have several.
///
/// # Errors
/// If it cannot be fetched, or there is no article.
pub fn page(fetcher: &Fetcher, typed: &str) -> Result<Vec<Article>, PageError> {
    let typed = address(typed)?;
    let Some(document) = document(fetcher, &typed, &typed)? else { return Ok(Vec::new()) };
    let address = document.address.to_string();
    if format::looks_like(&document.bytes) {
        return Err(PageError::Feed { address });
    }
    let other = |kind: &str| !kind.contains("html") && kind != "application/octet-stream";
    let is_page = document.bytes.trim_ascii_start().starts_with(b"<");
    if document.media_type().as_deref().is_some_and(other) && !is_page {
        let path = PathBuf::from(document.address.path());
        let articles = parse(&address, &path, &document.bytes)?.articles;
        let addressed = |article: Article| Article { url: article.url.or_else(|| Some(address.clone())), ..article };
        return Ok(articles.into_iter().map(addressed).collect());
    }
    match page::read(&document.bytes, document.charset(), Some(&document.address)) {
        Page::Article(article) => Ok(vec![Article { source: address, ..article }]),
        Page::Wall(wall) => Err(PageError::Wall { address, wall }),
        Page::NoArticle => Err(PageError::NoArticle { address }),
    }
}

/// The whole text in the place of `summary`, from the page of it; `None` where the page has no more to say, or hides
/// behind a wall. Says how long reading the page took. `typed` is the address of the feed.
pub(super) fn fetch(
    fetcher: &Fetcher,
    typed: &str,
    summary: &Article,
) -> (Result<Option<Article>, FetchError>, Duration) {
    let fetched = summary.url.as_deref().and_then(|url| Url::parse(url).ok()).zip(Url::parse(typed).ok());
    let fetched = fetched.map(|(url, typed)| document(fetcher, &url, &typed));
    let document = match fetched {
        Some(Ok(Some(document))) => document,
        Some(Err(error)) => return (Err(error), Duration::ZERO),
        _ => return (Ok(None), Duration::ZERO),
    };
    let began = Instant::now();
    let whole = read(&document).filter(|page| is_whole(page, summary));
    let whole = whole.map(|page| Article {
        body: page.body,
        title: summary.title.clone().or(page.title),
        author: summary.author.clone().or(page.author),
        published: summary.published.or(page.published),
        language: page.language.or_else(|| summary.language.clone()),
        ..summary.clone()
    });
    (Ok(whole), began.elapsed())
}

fn document(fetcher: &Fetcher, address: &Url, typed: &Url) -> Result<Option<Document>, FetchError> {
    let request = Request { address, typed, etag: None, last_modified: None, accept: PAGES };
    Ok(match fetcher.fetch(&request)? {
        Fetched::Document(document) => Some(document),
        Fetched::NotModified { .. } => None,
    })
}

fn read(document: &Document) -> Option<Article> {
    match page::read(&document.bytes, document.charset(), Some(&document.address)) {
        Page::Article(article) => Some(article),
        Page::Wall(_) | Page::NoArticle => None,
    }
}

/// Whether a page has more to say than the summary.
fn is_whole(page: &Article, summary: &Article) -> bool {
    let n_chars = page.body.chars().count();
    n_chars >= SHORTEST && n_chars >= summary.body.chars().count()
}
