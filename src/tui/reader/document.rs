//! An open article, broken into lines, with everything that is marked in it.

use std::ops::Range;

use crate::{
    library::StoredArticle,
    model::{Article, Person, Span},
    tui::text,
};

use super::wrap::{self, Line};

/// What is marked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MarkKind {
    /// The quote of that index.
    Quote(usize),
    /// The person of that index, an official.
    Official(usize),
    /// The person of that index, not an official.
    Person(usize),
    /// The country of that index.
    Country(usize),
    /// The organization of that index.
    Organization(usize),
}

/// A marked piece of the body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Bytes of the body.
    pub range: Range<usize>,
    /// What it is.
    pub kind: MarkKind,
}

/// An open article.
#[derive(Clone, Debug)]
pub struct Document {
    /// The article with its annotations.
    pub stored: StoredArticle,
    /// In the order they are laid over each other.
    pub marks: Vec<Mark>,
    /// For each quote the number of its speaker among the article's speakers; `None` if nobody is named.
    pub speakers: Vec<Option<usize>>,
    /// The headline, broken into lines.
    pub headline: Vec<String>,
    /// The body, broken into lines.
    pub lines: Vec<Line>,
    /// Widest line, in cells.
    pub measure: usize,
}

impl Document {
    /// Opens `stored` at that measure.
    pub fn new(stored: StoredArticle, measure: usize) -> Self {
        let marks = marks(&stored);
        let speakers = speakers(&stored);
        let mut document = Self { stored, marks, speakers, headline: Vec::new(), lines: Vec::new(), measure: 0 };
        document.rewrap(measure);
        document
    }

    /// Breaks the text anew if the measure is another.
    pub fn rewrap(&mut self, measure: usize) {
        if self.measure == measure && !self.lines.is_empty() {
            return;
        }
        self.measure = measure;
        self.lines = wrap::wrap(&self.stored.article.body, measure);
        let headline = self.stored.article.headline().text;
        let headline = text::clean(&headline);
        self.headline =
            wrap::wrap(&headline, measure).into_iter().map(|line| headline[line.start..line.end].to_owned()).collect();
    }

    /// The body.
    pub fn body(&self) -> &str {
        &self.stored.article.body
    }

    /// Lines above the body: the headline, a line on where it is from, a blank one.
    pub fn n_above(&self) -> usize {
        self.headline.len() + 2
    }

    /// All lines.
    pub fn n_rows(&self) -> usize {
        self.n_above() + self.lines.len()
    }

    /// The row that shows the byte at `at`.
    pub fn row_of(&self, at: usize) -> usize {
        self.n_above() + wrap::line_of(&self.lines, at)
    }

    /// The byte at the start of a row; 0 above the body.
    pub fn byte_of(&self, row: usize) -> usize {
        row.checked_sub(self.n_above()).and_then(|line| self.lines.get(line)).map_or(0, |line| line.start)
    }

    /// The bytes that `height` rows from `top` show.
    pub fn visible(&self, top: usize, height: usize) -> Range<usize> {
        let first = top.saturating_sub(self.n_above());
        let end = (top + height).saturating_sub(self.n_above()).min(self.lines.len());
        if first >= end {
            return 0..0;
        }
        self.lines[first].start..self.lines[end - 1].end
    }

    /// Every place where a country, person or organization is mentioned, in order.
    pub fn mentions(&self, choice: &crate::tui::sidebar::Choice) -> Vec<Span> {
        use crate::tui::sidebar::Choice;
        let found = &self.stored.annotations;
        match choice {
            Choice::Country(code) => found
                .countries
                .iter()
                .filter(|country| country.code == *code)
                .flat_map(|country| country.mentions.iter().map(|mention| mention.span))
                .collect(),
            Choice::Person(name) => {
                found.people.iter().filter(|p| p.name == *name).flat_map(|p| p.mentions.iter().copied()).collect()
            }
            Choice::Organization(name) => found
                .organizations
                .iter()
                .filter(|organization| organization.name == *name)
                .flat_map(|organization| organization.mentions.iter().copied())
                .collect(),
            Choice::Tag(_) | Choice::Watch { .. } => Vec::new(),
        }
    }

    /// The speaker of a quote, if it is a person known by name.
    pub fn speaker(&self, quote: usize) -> Option<&Person> {
        let found = &self.stored.annotations;
        found.speaker_of(found.quotes.get(quote)?)
    }
}

/// Everything marked: quotes below, mentions above them.
fn marks(stored: &StoredArticle) -> Vec<Mark> {
    let found = &stored.annotations;
    let Article { body, .. } = &stored.article;
    let quotes = found.quotes.iter().enumerate().flat_map(|(quote, found)| {
        found.spans.iter().map(move |span| Mark { range: with_marks(body, *span), kind: MarkKind::Quote(quote) })
    });
    let people = found.people.iter().enumerate().flat_map(|(person, found)| {
        let kind = if found.official { MarkKind::Official(person) } else { MarkKind::Person(person) };
        found.mentions.iter().map(move |span| Mark { range: span.range(), kind })
    });
    let organizations = found.organizations.iter().enumerate().flat_map(|(organization, found)| {
        let kind = MarkKind::Organization(organization);
        found.mentions.iter().map(move |span| Mark { range: span.range(), kind })
    });
    let countries = found.countries.iter().enumerate().flat_map(|(country, found)| {
        let kind = MarkKind::Country(country);
        found.mentions.iter().map(move |mention| Mark { range: mention.span.range(), kind })
    });
    quotes.chain(people).chain(organizations).chain(countries).collect()
}

/// The words of a quote together with the quotation marks around them.
fn with_marks(body: &str, span: Span) -> Range<usize> {
    const MARKS: &str = "\"'“”„‟«»‹›‘’‚‛「」『』";
    let before = body.get(..span.start()).and_then(|head| head.chars().next_back()).filter(|c| MARKS.contains(*c));
    let after = body.get(span.end()..).and_then(|tail| tail.chars().next()).filter(|c| MARKS.contains(*c));
    span.start() - before.map_or(0, char::len_utf8)..span.end() + after.map_or(0, char::len_utf8)
}

/// Numbers the speakers in the order in which they speak.
fn speakers(stored: &StoredArticle) -> Vec<Option<usize>> {
    let mut names: Vec<&str> = Vec::new();
    let number = |quote: &'_ crate::model::Quote| quote.speaker.as_ref().map(|speaker| speaker.name.clone());
    let spoken: Vec<Option<String>> = stored.annotations.quotes.iter().map(number).collect();
    spoken
        .iter()
        .map(|name| {
            let name = name.as_deref()?;
            Some(names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            }))
        })
        .collect()
}
