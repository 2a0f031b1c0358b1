//! A mistake in a query: where it is, and what should stand there.

use std::{fmt, ops::Range};

use unicode_width::UnicodeWidthStr;

/// A mistake in a query.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub struct QueryError {
    /// The bytes of the query that are wrong; empty where something is missing.
    pub at: Range<usize>,
    /// What is wrong and what was expected, in one line.
    pub message: String,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl QueryError {
    pub(super) fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }

    /// Cells before the mistake, and cells that it takes, at least one.
    pub fn cells(&self, query: &str) -> (usize, usize) {
        let before = query.get(..self.at.start).unwrap_or(query);
        let wrong = query.get(self.at.clone()).unwrap_or_default();
        (before.width(), wrong.trim_end().width().max(1))
    }

    /// The mistake on one line: the words that are wrong, and the message.
    pub fn pointed_out(&self, query: &str) -> String {
        match query.get(self.at.clone()).map(str::trim) {
            Some(wrong) if !wrong.is_empty() && !self.message.contains(wrong) => format!("{wrong} ← {}", self.message),
            _ => self.message.clone(),
        }
    }

    /// The query with carets under the mistake and the message below: three lines.
    pub fn drawn(&self, query: &str) -> String {
        let (before, wrong) = self.cells(query);
        let line: String = query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        format!("  {line}\n  {}{}\n{}", " ".repeat(before), "^".repeat(wrong), self.message)
    }
}

/// The one of `known` that was probably meant.
pub(super) fn nearest<'k>(written: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let written = written.to_lowercase();
    let near = known.map(|name| (steps(&written, &name.to_lowercase()), name)).min()?;
    (near.0 <= 1 + written.chars().count() / 4 && near.0 < written.chars().count()).then_some(near.1)
}

/// The number of letters to put in, leave out or change to make one word of the other.
fn steps(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (n, c) in from.chars().enumerate() {
        let mut diagonal = n;
        let mut left = n + 1;
        for (other, cell) in to.iter().zip(row.iter_mut().skip(1)) {
            let best = (diagonal + usize::from(c != *other)).min(left + 1).min(*cell + 1);
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
    }
    // The first cell is the distance from nothing, which the loop leaves as it was.
    if to.is_empty() { from.chars().count() } else { row.last().copied().unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_probably_meant_is_near_and_nothing_far_is() {
        assert_eq!(steps("kitten", "sitting"), 3);
        assert_eq!(steps("abc", ""), 3);
        assert_eq!(nearest("contry", ["country", "region"].into_iter()), Some("country"));
        assert_eq!(nearest("xyzzy", ["country", "region"].into_iter()), None);
    }
}
