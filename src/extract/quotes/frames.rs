//! The writer's own sentences: a quote counts as one block in the sentence that holds it.

use super::marks::Segment;
use crate::{
    extract::{document::Document, grammar::is_report},
    gazetteer::TokenKind,
};

/// For every token, the number of the writer's sentence it belongs to and the quoted stretch it lies in.
pub(in crate::extract) struct Frames {
    number: Vec<u32>,
    quoted: Vec<bool>,
}

impl Frames {
    pub(in crate::extract) fn new(document: &Document<'_>, segments: &[Segment]) -> Self {
        let mut quoted = vec![false; document.len()];
        for segment in segments {
            quoted[segment.begin..segment.end].fill(true);
        }
        let mut number = Vec::with_capacity(document.len());
        let mut current = 0;
        let mut next_segment = segments.iter().peekable();
        for tok in 0..document.len() {
            number.push(current);
            while next_segment.peek().is_some_and(|s| s.end < tok) {
                next_segment.next();
            }
            let closes = next_segment.peek().is_some_and(|s| s.end == tok);
            let ends = if document.opens_paragraph(tok + 1) {
                true
            } else if closes {
                closing_mark_ends_sentence(document, tok)
            } else {
                // The point before a closing mark is judged at the mark.
                !quoted[tok] && document.ends_sentence(tok) && !closes_later(document, &quoted, tok)
            };
            current += u32::from(ends);
        }
        Self { number, quoted }
    }

    /// The number of the sentence of `tok`.
    pub(in crate::extract) fn of(&self, tok: usize) -> u32 {
        self.number.get(tok).or(self.number.last()).copied().unwrap_or(0)
    }

    /// Whether `tok` stands between quotation marks.
    pub(in crate::extract) fn is_quoted(&self, tok: usize) -> bool {
        self.quoted.get(tok).copied().unwrap_or(false)
    }
}

/// A stop outside of quotes whose sentence goes on with brackets or marks that touch it.
fn closes_later(document: &Document<'_>, quoted: &[bool], tok: usize) -> bool {
    document.tokens.get(tok + 1).is_some_and(|next| {
        !next.spaced && matches!(next.kind, TokenKind::Mark) && !quoted.get(tok + 2).copied().unwrap_or(false)
    })
}

/// Whether the writer's sentence ends with the closing mark at `mark`.
fn closing_mark_ends_sentence(document: &Document<'_>, mark: usize) -> bool {
    let Some(last) = mark.checked_sub(1) else { return false };
    if document.kind(last) != Some(TokenKind::Stop) {
        return false;
    }
    let next = mark + 1;
    if document.tokens.get(next).is_none_or(|t| t.is_lower() || matches!(t.kind, TokenKind::Other | TokenKind::Stop)) {
        return false;
    }
    // “Is it?” Lind asked.
    let attributed = document.text(last) != "." && (next + 1..next + 5).any(|tok| is_report(document, tok));
    !attributed
}
