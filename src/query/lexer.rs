//! Cuts a query into its pieces.

use std::ops::Range;

use super::{QueryError, keys::Key};

/// A piece of a query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Piece<'t> {
    Open,
    Close,
    /// A minus before something.
    Minus,
    /// Letters before a colon that something follows or should.
    Key(&'t str),
    /// Without quotation marks.
    Bare(&'t str),
    /// Between quotation marks, which are left out.
    Quoted(&'t str),
    /// Directly behind a quotation mark.
    Star,
    /// Between the values of one key.
    Plus,
    Comma,
}

/// A piece and where it stands.
pub(super) type Placed<'t> = (Piece<'t>, Range<usize>);

/// The pieces of `text` in order.
pub(super) fn pieces(text: &str) -> Result<Vec<Placed<'_>>, QueryError> {
    let mut pieces: Vec<Placed<'_>> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let end = at + c.len_utf8();
        // Behind `country:` the values may be joined by plus and comma.
        let in_list = match pieces.as_slice() {
            [.., (Piece::Key(_) | Piece::Plus | Piece::Comma, before)] => before.end == at,
            _ => false,
        };
        let after_value =
            matches!(pieces.last(), Some((Piece::Quoted(_) | Piece::Bare(_), before)) if before.end == at);
        let (piece, end) = match c {
            c if c.is_whitespace() => {
                at = end;
                continue;
            }
            '(' => (Piece::Open, end),
            ')' => (Piece::Close, end),
            '"' | '“' | '”' | '„' => quoted(text, at, end)?,
            '*' if after_value => (Piece::Star, end),
            '+' if after_value => (Piece::Plus, end),
            ',' if after_value => (Piece::Comma, end),
            '-' if !in_list && text.get(end..).is_some_and(|rest| !rest.starts_with(char::is_whitespace)) => {
                (Piece::Minus, end)
            }
            _ => bare(text, at, in_list, is_list(&pieces)),
        };
        pieces.push((piece, at..end));
        at = end;
    }
    Ok(pieces)
}

fn quoted(text: &str, at: usize, start: usize) -> Result<(Piece<'_>, usize), QueryError> {
    let rest = text.get(start..).unwrap_or_default();
    match rest.find(['"', '“', '”', '„']) {
        Some(length) => {
            let mark = rest.get(length..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            Ok((Piece::Quoted(rest.get(..length).unwrap_or_default()), start + length + mark))
        }
        None => Err(QueryError::new(
            at..text.len(),
            "the quotation mark is never closed: expected another one after the phrase",
        )),
    }
}

/// Whether the last key is one whose values can be joined.
fn is_list(pieces: &[Placed<'_>]) -> bool {
    let key = pieces.iter().rev().find_map(|(piece, _)| if let Piece::Key(key) = piece { Key::of(key) } else { None });
    matches!(key, Some(Key::Country | Key::Region | Key::Group))
        && matches!(pieces.last(), Some((Piece::Key(_) | Piece::Plus | Piece::Comma, _)))
}

fn bare(text: &str, at: usize, behind_key: bool, in_list: bool) -> (Piece<'_>, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '”' | '„');
    let length = rest.find(ends).unwrap_or(rest.len());
    let word = rest.get(..length).unwrap_or_default();
    if !behind_key
        && let Some((key, value)) = word.split_once(':')
        && !key.is_empty()
        && key.chars().all(|c| c.is_ascii_alphabetic())
        && !value.starts_with("//")
    {
        return (Piece::Key(key), at + key.len() + 1);
    }
    // One value of a list; at least one character, so that the cutting goes on.
    let length = match word.char_indices().skip(1).find(|(_, c)| in_list && matches!(c, '+' | ',')) {
        Some((length, _)) => length,
        None => length,
    };
    (Piece::Bare(rest.get(..length).unwrap_or_default()), at + length)
}
