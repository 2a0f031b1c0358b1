//! From pieces to a tree, by recursive descent.

use std::ops::Range;

use chrono::{Days, Months, NaiveDate};

use super::{
    QueryError,
    error::nearest,
    keys::{HAS, IS, KEYS, Key},
    lexer::{Piece, Placed, pieces},
};
use crate::{
    gazetteer::Geography,
    model::{Condition, GroupKind, Mark, Name, Query, Scope, Words},
};

/// Deeper than anyone thinks, and shallow enough for every stack and for SQLite.
const MAX_DEPTH: usize = 40;

/// More than anyone types.
const MAX_PIECES: usize = 600;

/// Reads one query.
pub(super) struct Parser<'t> {
    text: &'t str,
    geography: &'t Geography,
    pieces: Vec<Placed<'t>>,
    next: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, geography: &'t Geography) -> Self {
        Self { text, geography, pieces: Vec::new(), next: 0, depth: 0 }
    }

    pub(super) fn query(mut self) -> Result<Query, QueryError> {
        self.pieces = pieces(self.text)?;
        if let Some((_, at)) = self.pieces.get(MAX_PIECES) {
            return Err(QueryError::new(at.clone(), "the query is too long: expected its end here"));
        }
        if self.pieces.is_empty() {
            return Ok(Query::All);
        }
        let query = self.any()?;
        match self.peek() {
            None => Ok(query),
            Some((_, at)) => {
                Err(QueryError::new(at.clone(), "no parenthesis is open here: expected a word, a key or the end"))
            }
        }
    }

    fn peek(&self) -> Option<&Placed<'t>> {
        self.pieces.get(self.next)
    }

    fn take(&mut self) -> Option<Placed<'t>> {
        let piece = self.pieces.get(self.next).cloned();
        self.next += usize::from(piece.is_some());
        piece
    }

    /// Where the next piece stands, or the end.
    fn here(&self) -> Range<usize> {
        self.peek().map_or(self.text.len()..self.text.len(), |(_, at)| at.clone())
    }

    fn next_is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some((Piece::Bare(bare), _)) if bare.eq_ignore_ascii_case(word))
    }

    fn any(&mut self) -> Result<Query, QueryError> {
        let mut parts = vec![self.each()?];
        while self.next_is_word("or") {
            self.next += 1;
            parts.push(self.each()?);
        }
        Ok(Query::or(parts))
    }

    fn each(&mut self) -> Result<Query, QueryError> {
        let mut parts = vec![self.one()?];
        loop {
            if self.next_is_word("and") {
                self.next += 1;
            } else if self.next_is_word("or") || matches!(self.peek(), None | Some((Piece::Close, _))) {
                return Ok(Query::and(parts));
            }
            parts.push(self.one()?);
        }
    }

    fn one(&mut self) -> Result<Query, QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(QueryError::new(self.here(), "too many parentheses or negations inside each other"));
        }
        let one = self.one_at_depth();
        self.depth -= 1;
        one
    }

    fn one_at_depth(&mut self) -> Result<Query, QueryError> {
        let at = self.here();
        if self.next_is_word("or") || self.next_is_word("and") {
            let word = self.text.get(at.clone()).unwrap_or_default();
            let message =
                format!("expected a word or a key beside “{word}”; to search for the word itself, write \"{word}\"");
            return Err(QueryError::new(at, message));
        }
        if self.next_is_word("not") {
            self.next += 1;
            return Ok(Query::Not(Box::new(self.one()?)));
        }
        match self.take() {
            None => {
                Err(QueryError::new(at, "the query ends too early: expected a word, a phrase, a key or a parenthesis"))
            }
            Some((Piece::Minus, _)) => Ok(Query::Not(Box::new(self.one()?))),
            Some((Piece::Open, _)) => {
                let inner = self.any()?;
                match self.take() {
                    Some((Piece::Close, _)) => Ok(inner),
                    _ => Err(QueryError::new(at, "the parenthesis is never closed: expected a “)” after it")),
                }
            }
            Some((Piece::Bare("*"), _)) => Ok(Query::All),
            Some((Piece::Key(key), at)) => self.keyed(key, at),
            Some((Piece::Bare(_) | Piece::Quoted(_), _)) => {
                self.next -= 1;
                self.words(Scope::Anywhere)
            }
            Some((Piece::Close | Piece::Star | Piece::Plus | Piece::Comma, at)) => {
                Err(QueryError::new(at, "expected a word, a phrase, a key or a parenthesis here"))
            }
        }
    }

    fn keyed(&mut self, written: &str, at: Range<usize>) -> Result<Query, QueryError> {
        let Some(key) = Key::of(written) else {
            let meant = match nearest(written, KEYS.iter().map(|(name, ..)| *name)) {
                Some(meant) => format!("did you mean “{meant}:”?"),
                None => {
                    let names: Vec<_> = KEYS.iter().map(|(name, ..)| *name).collect();
                    format!("expected one of {}", names.join(", "))
                }
            };
            let message =
                format!("there is no key “{written}”: {meant} To search for it as words, put it in quotation marks");
            return Err(QueryError::new(at, message));
        };
        match key {
            Key::Country | Key::Region | Key::Group => self.places(key, at.end),
            Key::Title => self.words_of(Scope::Title, at.end),
            Key::Says => self.words_of(Scope::Quote, at.end),
            _ => {
                let (value, value_at) = self.value(at.end, what(key))?;
                self.condition(key, value, value_at).map(Query::Is)
            }
        }
    }

    fn words_of(&mut self, scope: Scope, from: usize) -> Result<Query, QueryError> {
        self.value(from, "a word or a \"phrase\"")?;
        self.next -= 1;
        self.words(scope)
    }

    /// The value that stands directly behind a key, at `from`.
    fn value(&mut self, from: usize, expected: &str) -> Result<(&'t str, Range<usize>), QueryError> {
        match self.peek().cloned() {
            Some((Piece::Bare(value) | Piece::Quoted(value), at)) if at.start == from && !value.trim().is_empty() => {
                self.next += 1;
                Ok((value.trim(), at))
            }
            Some((Piece::Quoted(_), at)) if at.start == from => {
                Err(QueryError::new(at, format!("nothing stands between the marks: expected {expected}")))
            }
            _ => Err(QueryError::new(from..from, format!("expected {expected} directly after the colon"))),
        }
    }

    /// One word or phrase, which is next.
    fn words(&mut self, scope: Scope) -> Result<Query, QueryError> {
        let Some((piece, at)) = self.take() else {
            return Err(QueryError::new(self.here(), "expected a word or a \"phrase\""));
        };
        let (text, prefix) = match piece {
            Piece::Bare(word) => match word.strip_suffix('*') {
                Some(word) => (word, true),
                None => (word, false),
            },
            Piece::Quoted(phrase) => {
                let star = matches!(self.peek(), Some((Piece::Star, _)));
                self.next += usize::from(star);
                (phrase, star)
            }
            _ => ("", false),
        };
        let text = &clean(text);
        if let Some(star) = text.find('*') {
            let star = at.start + self.text.get(at.clone()).and_then(|all| all.find('*')).unwrap_or(star);
            return Err(QueryError::new(
                star..star + 1,
                "a “*” stands at the end of a word or behind a phrase: expected letters here",
            ));
        }
        if !text.chars().any(char::is_alphanumeric) {
            return Err(QueryError::new(at, "expected a word or a phrase with at least one letter or digit"));
        }
        let spellings = if prefix { Vec::new() } else { self.spellings(text) };
        Ok(Query::Is(Condition::Words(scope, Words { text: text.clone(), prefix, spellings })))
    }

    /// Other ways to spell `text`, if it is one word; `al-` before a name makes no other name of it.
    fn spellings(&self, text: &str) -> Vec<String> {
        let bare = ["al-", "Al-", "AL-", "el-", "El-"].iter().find_map(|article| text.strip_prefix(article));
        let name = bare.unwrap_or(text);
        let others = self.geography.spellings(name);
        if others.is_empty() {
            return Vec::new();
        }
        bare.iter().map(|bare| (*bare).to_owned()).chain(others.iter().cloned()).collect()
    }

    /// Every word of a name in its other spellings, one word changed at a time.
    fn name(&self, text: &str) -> Name {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut spellings = Vec::new();
        for (n, word) in words.iter().enumerate() {
            for other in self.spellings(word) {
                let mut changed = words.clone();
                changed[n] = &other;
                spellings.push(changed.join(" "));
            }
        }
        Name { text: text.to_owned(), spellings }
    }

    /// Names of countries, regions or groups, joined by `+` (each) and `,` (any).
    fn places(&mut self, key: Key, from: usize) -> Result<Query, QueryError> {
        let mut from = from;
        let mut each: Vec<Vec<Condition>> = vec![Vec::new()];
        loop {
            let (value, at) = self.value(from, what(key))?;
            let place = self.place(key, value, at.clone())?;
            if let Some(any) = each.last_mut() {
                any.push(place);
            }
            match self.peek() {
                Some((Piece::Plus, joined)) if joined.start == at.end => {
                    from = joined.end;
                    each.push(Vec::new());
                }
                Some((Piece::Comma, joined)) if joined.start == at.end => from = joined.end,
                _ => break,
            }
            self.next += 1;
        }
        Ok(Query::and(each.into_iter().map(any_place)))
    }

    fn place(&self, key: Key, value: &str, at: Range<usize>) -> Result<Condition, QueryError> {
        let geography = self.geography;
        let unknown = |kind: &str, known: Option<&str>| {
            let meant = known.map_or_else(|| what(key).to_owned(), |known| format!("“{known}”"));
            let ask = if known.is_some() { "did you mean" } else { "expected" };
            let end = if known.is_some() { "?" } else { "" };
            QueryError::new(at.clone(), format!("there is no {kind} “{value}”: {ask} {meant}{end}"))
        };
        let names = |groups: &'t [crate::gazetteer::Group]| groups.iter().map(|group| group.name.as_str());
        match key {
            Key::Country => match geography.country(value) {
                Some(code) => Ok(Condition::Country(vec![code])),
                None if geography.region(value).is_some() => Err(QueryError::new(
                    at,
                    format!("“{value}” is a region: expected region:\"{value}\", or a country's name or code"),
                )),
                None if geography.group_of(value).is_some() => Err(QueryError::new(
                    at,
                    format!("“{value}” is a group of states: expected group:\"{value}\", or a country's name or code"),
                )),
                None => {
                    let names = geography.countries.iter().map(|(_, name)| name.as_str());
                    Err(unknown("country", nearest(value, names)))
                }
            },
            Key::Region => match geography.region(value) {
                Some(group) => Ok(of(GroupKind::Region, group)),
                None => Err(unknown("region", nearest(value, names(&geography.regions)))),
            },
            _ => match geography.group_of(value) {
                Some(group) => Ok(of(GroupKind::Group, group)),
                None => Err(unknown("group", nearest(value, names(&geography.groups)))),
            },
        }
    }

    fn condition(&self, key: Key, value: &str, at: Range<usize>) -> Result<Condition, QueryError> {
        let wrong = || QueryError::new(at.clone(), format!("“{value}” does not fit here: expected {}", what(key)));
        let with_letters = || {
            if value.chars().any(char::is_alphanumeric) { Ok(clean(value)) } else { Err(wrong()) }
        };
        Ok(match key {
            Key::Speaker => Condition::Speaker(self.name(&with_letters()?)),
            Key::Official => Condition::Official(self.name(&with_letters()?)),
            Key::Role => Condition::Role(self.name(&with_letters()?)),
            Key::Person => Condition::Person(with_letters()?),
            Key::Organization => Condition::Organization(with_letters()?),
            Key::Source => Condition::Source(with_letters()?),
            Key::Tag => Condition::Tag(with_letters()?),
            Key::After => Condition::Days(Some(span(value).ok_or_else(wrong)?.0), None),
            Key::Before => {
                let (first, _) = span(value).ok_or_else(wrong)?;
                Condition::Days(None, Some(first.pred_opt().ok_or_else(wrong)?))
            }
            Key::On => {
                let (first, last) = match value.split_once("..") {
                    Some((first, last)) => (span(first).ok_or_else(wrong)?.0, span(last).ok_or_else(wrong)?.1),
                    None => span(value).ok_or_else(wrong)?,
                };
                if last < first {
                    return Err(QueryError::new(at, "the range ends before it begins: expected the earlier day first"));
                }
                Condition::Days(Some(first), Some(last))
            }
            Key::Last => Condition::Last(days(value).ok_or_else(wrong)?),
            Key::Is | Key::Has => {
                let known = if key == Key::Is { IS } else { HAS };
                let mark = match (key, value.to_lowercase().as_str()) {
                    (Key::Is, "unread") => Mark::Unread,
                    (Key::Is, "read") => Mark::Read,
                    (Key::Is, "starred") => Mark::Starred,
                    (Key::Has, "bookmark" | "bookmarks") => Mark::Bookmark,
                    (Key::Has, "quote" | "quotes") => Mark::Quote,
                    (Key::Has, "tag" | "tags") => Mark::Tag,
                    (_, other) => {
                        return Err(nearest(other, known.iter().copied()).map_or_else(wrong, |meant| {
                            QueryError::new(at.clone(), format!("there is no “{value}”: did you mean “{meant}”?"))
                        }));
                    }
                };
                Condition::Mark(mark)
            }
            Key::Country | Key::Region | Key::Group | Key::Title | Key::Says => return Err(wrong()),
        })
    }
}

/// At least one of `places`; countries alone are one condition.
fn any_place(places: Vec<Condition>) -> Query {
    let mut codes = Vec::new();
    let mut others = Vec::new();
    for place in places {
        match place {
            Condition::Country(more) => codes.extend(more),
            other => others.push(Query::Is(other)),
        }
    }
    if others.is_empty() { Query::Is(Condition::Country(codes)) } else { Query::or(others) }
}

fn of(kind: GroupKind, group: &crate::gazetteer::Group) -> Condition {
    Condition::Group { kind, name: group.name.clone(), members: group.members.clone() }
}

/// Without control characters and space at its ends.
fn clean(text: &str) -> String {
    text.replace(char::is_control, " ").trim().to_owned()
}

/// What is expected behind a key.
fn what(key: Key) -> &'static str {
    match key {
        Key::Country => "a country's name or two-letter code (SY, Syria, \"South Korea\")",
        Key::Region => "a region of the UN (\"Western Asia\", Africa)",
        Key::Group => "a group of states (NATO, EU, G7, BRICS, \"Arab League\")",
        Key::Speaker | Key::Official | Key::Person => "a name",
        Key::Organization => "the name of a body",
        Key::Role => "an office (\"foreign minister\")",
        Key::Says | Key::Title => "a word or a \"phrase\"",
        Key::Source => "a part of an outlet's name, a file or an address",
        Key::After | Key::Before => "a day as 2025-07-01, a month as 2025-07 or a year",
        Key::On => "a day as 2025-07-01, a month as 2025-07, a year, or two of them joined by “..”",
        Key::Last => "a number of days, weeks, months or years (7d, 2w, 3m, 1y)",
        Key::Is => "unread, read or starred",
        Key::Has => "bookmark, quote or tag",
        Key::Tag => "a tag (energy, \"grain deal\")",
    }
}

/// First and last day of a day, a month or a year.
fn span(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let digits_and_lines = text.chars().all(|c| c.is_ascii_digit() || c == '-');
    let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
    if !digits_and_lines || text.split('-').next()?.len() != 4 {
        return None;
    }
    let year = i32::try_from(parts.next()??).ok()?;
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let (first, after) = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => (first, first.checked_add_months(Months::new(12))?),
        (Some(month), None, _) => {
            let first = NaiveDate::from_ymd_opt(year, month?, 1)?;
            (first, first.checked_add_months(Months::new(1))?)
        }
        (Some(month), Some(day), None) => {
            let first = NaiveDate::from_ymd_opt(year, month?, day?)?;
            (first, first.checked_add_days(Days::new(1))?)
        }
        _ => return None,
    };
    Some((first, after.pred_opt()?))
}

/// A number of days, weeks, months of 30 or years of 365 days.
fn days(text: &str) -> Option<u32> {
    let unit = text.chars().next_back()?;
    let (number, length) = match unit.to_ascii_lowercase() {
        'd' => (text.strip_suffix(unit)?, 1),
        'w' => (text.strip_suffix(unit)?, 7),
        'm' => (text.strip_suffix(unit)?, 30),
        'y' => (text.strip_suffix(unit)?, 365),
        _ => (text, 1),
    };
    if !number.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    number.parse::<u32>().ok()?.checked_mul(length).filter(|days| (1..=365_000).contains(days))
}
