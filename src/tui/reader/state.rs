//! The text and where one is in it.

use std::ops::Range;

use crate::{model::Span, tui::effect::JobId};

use super::{Document, Search};

/// What the reader pane knows.
#[derive(Clone, Debug, Default)]
pub struct ReaderState {
    /// The open article.
    pub document: Option<Document>,
    /// The first row on the screen.
    pub top: usize,
    /// Rows on the screen.
    pub height: usize,
    /// The words looked for.
    pub search: Option<Search>,
    /// The question whose answer is awaited.
    pub waiting: Option<JobId>,
}

impl ReaderState {
    /// The last row that may stand at the top.
    pub fn max_top(&self) -> usize {
        self.document.as_ref().map_or(0, |document| document.n_rows().saturating_sub(self.height.max(1)))
    }

    /// Puts `row` at the top, as far as there is text.
    pub fn scroll_to(&mut self, row: usize) {
        self.top = row.min(self.max_top());
    }

    /// Scrolls by so many rows.
    pub fn scroll_by(&mut self, rows: isize) {
        self.scroll_to(self.top.saturating_add_signed(rows));
    }

    /// Brings `span` on the screen with `context` rows around it; nothing moves if it is there already.
    pub fn reveal(&mut self, span: Span, context: usize) {
        let Some(document) = &self.document else { return };
        let row = document.row_of(span.start());
        let context = context.min(self.height.saturating_sub(1) / 3);
        let (first, last) = (self.top + context, (self.top + self.height).saturating_sub(context + 1));
        if (row < first && self.top > 0) || row > last {
            self.scroll_to(row.saturating_sub(self.height / 4));
        }
    }

    /// The bytes on the screen.
    pub fn visible(&self) -> Range<usize> {
        self.document.as_ref().map_or(0..0, |document| document.visible(self.top, self.height))
    }

    /// The byte at the top of the screen; 0 above the body.
    pub fn position(&self) -> usize {
        self.document.as_ref().map_or(0, |document| document.byte_of(self.top))
    }

    /// Gives the text another width and height; what stood at the top stays there.
    pub fn resize(&mut self, measure: usize, height: usize) {
        self.height = height;
        let position = self.position();
        if let Some(document) = self.document.as_mut().filter(|document| document.measure != measure) {
            document.rewrap(measure);
            self.top = if position == 0 { 0 } else { document.row_of(position) };
        }
        self.scroll_to(self.top);
    }

    /// How far one is, in words: "all", "top", "end" or a percentage.
    pub fn progress(&self) -> String {
        match (self.top, self.max_top()) {
            (_, 0) => "all".to_owned(),
            (0, _) => "top".to_owned(),
            (top, max) if top >= max => "end".to_owned(),
            (top, max) => format!("{}%", (top * 100 / max).clamp(1, 99)),
        }
    }

    /// Looks for `query` in the text; the first hit at or after the screen's top is the current one.
    pub fn look_for(&mut self, query: &str) {
        let Some(document) = &self.document else { return };
        if query.trim().is_empty() {
            self.search = None;
            return;
        }
        let hits = super::find(document.body(), query);
        let from = self.position();
        let current = (!hits.is_empty()).then(|| hits.iter().position(|hit| hit.start() >= from).unwrap_or(0));
        self.search = Some(Search { query: query.to_owned(), hits, current });
    }
}
