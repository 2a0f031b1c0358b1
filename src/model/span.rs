//! A piece of an article's body.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of UTF-8 byte offsets into one article's body, on character boundaries, `start <= end`.
///
/// Code points (in JSON) and cells (on the screen) are other units: convert at the edge that needs them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(into = "(u32, u32)", from = "(u32, u32)")]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span of `range` in `body`; `None` if the range is reversed, past the end, or cuts a character in two.
    pub fn new(body: &str, range: Range<usize>) -> Option<Self> {
        body.get(range.clone())?;
        Some(Self { start: u32::try_from(range.start).ok()?, end: u32::try_from(range.end).ok()? })
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a byte range.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The words it covers. Empty if `body` is not the text the span was made for.
    pub fn of(self, body: &str) -> &str {
        body.get(self.range()).unwrap_or_default()
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly within.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl From<(u32, u32)> for Span {
    /// Stored spans come back in order even from a damaged store; [`Span::of`] guards against a wrong text.
    fn from((start, end): (u32, u32)) -> Self {
        Self { start: start.min(end), end: start.max(end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_character_boundaries_in_order_and_in_bounds_make_a_span() {
        let body = "Élysée";
        assert_eq!(Span::new(body, 0..2).map(|s| s.of(body)), Some("É"));
        assert_eq!(Span::new(body, 1..2), None);
        assert_eq!(Span::new(body, 0..99), None);
        #[expect(clippy::reversed_empty_ranges, reason = "that is what must be refused")]
        let reversed = 2..0;
        assert_eq!(Span::new(body, reversed), None);
    }
}
