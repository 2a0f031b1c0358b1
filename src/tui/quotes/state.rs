//! Which quote is the current one.

use std::ops::Range;

use crate::{
    model::{Anchor, Bookmark, BookmarkId, NewBookmark, Quote, Span},
    tui::reader::Document,
};

/// Characters kept before and after a bookmarked quote.
const CONTEXT_CHARS: usize = 32;

/// What the quotes pane knows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct QuotesState {
    /// Index of the current quote.
    pub selected: usize,
    /// Index of the first quote on the screen.
    pub top: usize,
    /// For each quote its bookmark.
    pub bookmarks: Vec<Option<BookmarkId>>,
}

impl QuotesState {
    /// Chooses a quote and keeps it on the screen.
    pub fn select(&mut self, quote: usize, n_quotes: usize, page_len: usize) {
        self.selected = quote.min(n_quotes.saturating_sub(1));
        let page_len = page_len.max(1);
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(page_len));
        self.top = self.top.min(n_quotes.saturating_sub(page_len));
    }

    /// Finds out which quotes of `document` are bookmarked.
    pub fn match_bookmarks(&mut self, document: &Document, all: &[Bookmark]) {
        let of_article: Vec<&Bookmark> =
            all.iter().filter(|bookmark| bookmark.article == Some(document.stored.id)).collect();
        self.bookmarks = document
            .stored
            .annotations
            .quotes
            .iter()
            .map(|quote| bookmark_of(document, quote, &of_article).map(|bookmark| bookmark.id))
            .collect();
    }
}

/// The bookmark of a quote: the same words at the same place, or the same words where the text was changed around them.
fn bookmark_of<'a>(document: &Document, quote: &Quote, bookmarks: &[&'a Bookmark]) -> Option<&'a Bookmark> {
    let extent = quote.extent()?;
    let words = extent.of(document.body());
    let same_words = |bookmark: &&&Bookmark| bookmark.anchor.exact == words;
    let moved = |bookmark: &&&Bookmark| {
        let old = bookmark.anchor.position;
        old.of(document.body()) != bookmark.anchor.exact && same_words(bookmark)
    };
    bookmarks
        .iter()
        .find(|bookmark| bookmark.anchor.position == extent && same_words(bookmark))
        .or_else(|| bookmarks.iter().find(moved))
        .copied()
}

/// The quote to be the current one after the text moved: the one that was, while any of it is in sight, else the first
/// that begins in sight, else the first that reaches into it.
pub fn quote_in_sight(quotes: &[Quote], current: usize, visible: &Range<usize>) -> usize {
    let in_sight = |quote: &Quote| {
        quote.extent().is_some_and(|extent| extent.start() < visible.end && visible.start < extent.end())
    };
    let begins = |quote: &Quote| quote.extent().is_some_and(|extent| visible.contains(&extent.start()));
    if quotes.get(current).is_some_and(in_sight) {
        return current;
    }
    quotes.iter().position(begins).or_else(|| quotes.iter().position(in_sight)).unwrap_or(current)
}

/// A bookmark of a quote with all that a citation needs.
pub fn new_bookmark(document: &Document, quote_idx: usize) -> Option<NewBookmark> {
    let quote = document.stored.annotations.quotes.get(quote_idx)?;
    let person = document.speaker(quote_idx);
    Some(NewBookmark {
        article: document.stored.id,
        quote: quote.text(document.body()),
        anchor: anchor(document.body(), quote.extent()?),
        speaker: quote.speaker.as_ref().map(|speaker| speaker.name.clone()),
        role: person.and_then(|person| person.role.clone()),
        country: person.and_then(|person| person.country),
        note: String::new(),
    })
}

fn anchor(body: &str, position: Span) -> Anchor {
    let before = body.get(..position.start()).unwrap_or_default();
    let after = body.get(position.end()..).unwrap_or_default();
    let prefix_at = before.char_indices().rev().take(CONTEXT_CHARS).last().map_or(before.len(), |(at, _)| at);
    Anchor {
        exact: position.of(body).to_owned(),
        prefix: before[prefix_at..].to_owned(),
        suffix: after.chars().take(CONTEXT_CHARS).collect(),
        position,
    }
}
