//! Which quote is the current one.

use std::ops::Range;

use crate::{
    library::{Found, anchor, locate},
    model::{Bookmark, BookmarkId, NewBookmark, Quote, Span},
    tui::reader::Document,
};

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
        let of_article = all.iter().filter(|bookmark| bookmark.article == Some(document.stored.id));
        // Where the words stand now: the text may have been changed around them since.
        let places: Vec<(Span, BookmarkId)> = of_article
            .filter_map(|bookmark| match locate(&bookmark.anchor, document.body()) {
                Found::At(span) => Some((span, bookmark.id)),
                Found::Gone => None,
            })
            .collect();
        let bookmark_at = |extent: Span| places.iter().find(|(span, _)| *span == extent).map(|(_, id)| *id);
        let quotes = &document.stored.annotations.quotes;
        self.bookmarks = quotes.iter().map(|quote| quote.extent().and_then(bookmark_at)).collect();
    }
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
        quote: quote.cited(document.body()),
        anchor: anchor(document.body(), quote.extent()?),
        speaker: quote.speaker.as_ref().map(|speaker| speaker.name.clone()),
        role: person.and_then(|person| person.role.clone()),
        country: person.and_then(|person| person.country),
        note: String::new(),
    })
}
