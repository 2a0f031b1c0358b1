//! The whole text of an article whose feed has only a summary of it, from its page.

use std::time::{Duration, Instant};

use url::Url;

use crate::{
    fetch::{Document, FetchError, Fetched, Fetcher, PAGES, Request, address},
    ingest::html::page::{self, Page},
    model::Article,
};

/// Shorter texts are no articles, but what stands before a wall. In characters.
const SHORTEST: usize = 400;

/// The article of a page that the user opens by its address.
///
/// # Errors
/// If it cannot be fetched. `None` if there is no article on it.
pub fn page(fetcher: &Fetcher, typed: &str) -> Result<Option<Article>, FetchError> {
    let address = address(typed)?;
    let document = document(fetcher, &address, &address)?;
    let Some(document) = document else { return Ok(None) };
    Ok(read(&document).map(|article| Article { source: document.address.into(), ..article }))
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
    match page::read(&document.bytes, document.charset.as_deref(), Some(&document.address)) {
        Page::Article(article) => Some(article),
        Page::Wall(_) | Page::NoArticle => None,
    }
}

/// Whether a page has more to say than the summary.
fn is_whole(page: &Article, summary: &Article) -> bool {
    let n_chars = page.body.chars().count();
    n_chars >= SHORTEST && n_chars >= summary.body.chars().count()
}
