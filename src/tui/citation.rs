//! A quote with its source, as one pastes it.

use crate::{
    export::Citation,
    model::{Article, Bookmark},
};

use super::reader::Document;

/// A quote of an open article: the words, who said them in which office, and where they were read.
pub fn of_quote(document: &Document, quote_idx: usize) -> Option<String> {
    let found = &document.stored.annotations;
    let quote = found.quotes.get(quote_idx)?;
    Some(Citation::of_quote(&document.stored.article, found, quote).to_string())
}

/// A bookmark.
pub fn of_bookmark(bookmark: &Bookmark) -> String {
    Citation::from(bookmark).to_string()
}

/// Headline, outlet, day, address.
pub fn of_article(article: &Article) -> String {
    Citation::of_article(article).to_string()
}
