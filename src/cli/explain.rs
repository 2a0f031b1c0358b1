//! `attache extract --explain`: why the engine decided as it did, in words and weights.

use std::fmt::Write as _;

use crate::{
    export::harmless,
    extract::explain::{CandidateReasons, Explanation, PersonReasons, PlaceReasons, QuoteReasons, Weighed},
    gazetteer::{Line, LinesOfTables},
    model::{Article, MentionKind, Span},
};

/// Candidates and features shown for each quote.
const CANDIDATES: usize = 5;
/// Longest words shown of a quote, in characters.
const LONGEST: usize = 72;

/// The explanation of one article, as text without control characters.
pub(super) fn text(article: &Article, explanation: &Explanation, lines: &LinesOfTables) -> String {
    let page = Page { body: &article.body, lines };
    let mut out = String::new();
    line(&mut out, 0, &format!("== {}", article.source));
    explanation.quotes.iter().for_each(|quote| page.quote(&mut out, quote));
    if !explanation.people.is_empty() {
        line(&mut out, 0, "people");
        explanation.people.iter().for_each(|person| page.person(&mut out, person));
    }
    if !explanation.no_people.is_empty() {
        line(&mut out, 0, "taken for no person's name");
        for name in &explanation.no_people {
            line(&mut out, 1, &format!("{}: {}", page.words(name.span), weights(&name.reasons)));
        }
    }
    if !explanation.places.is_empty() {
        line(&mut out, 0, "countries");
        explanation.places.iter().for_each(|place| page.place(&mut out, place));
    }
    harmless::words(&out).into_owned()
}

/// A body, and the tables its words are looked up in.
struct Page<'p> {
    body: &'p str,
    lines: &'p LinesOfTables,
}

impl Page<'_> {
    fn quote(&self, out: &mut String, quote: &QuoteReasons) {
        let words: Vec<String> = quote.spans.iter().map(|&span| self.words(span)).collect();
        let verdict = if quote.is_quote { "quote" } else { "no quote" };
        line(out, 0, &format!("{verdict}, {:.2}: “{}”", quote.probability, words.join("” … “")));
        line(out, 1, &format!("speech.tsv: {}", weights(&quote.reasons)));
        for candidate in quote.candidates.iter().take(CANDIDATES) {
            self.candidate(out, candidate);
        }
    }

    fn candidate(&self, out: &mut String, candidate: &CandidateReasons) {
        let who = candidate.mention.map_or_else(|| "nobody".to_owned(), |span| self.words(span));
        let cue = candidate.cue.map_or_else(String::new, |span| format!(", cue “{}”", self.words(span)));
        line(out, 1, &format!("{:.2} {who}{cue}, sum {:+.2}", candidate.share, candidate.sum));
        line(out, 2, &format!("speaker.tsv: {}", weights(&candidate.features)));
    }

    fn person(&self, out: &mut String, person: &PersonReasons) {
        let country = person.country.map_or_else(String::new, |code| format!(", {code}"));
        let kind = if person.official { "official" } else { "private" };
        line(out, 1, &format!("{}: {kind}{country}", self.words(person.name)));
        line(out, 2, &format!("person.tsv: {}", weights(&person.reasons)));
        self.stated(out, &self.words(person.name), &["people.tsv"]);
        for part in self.words(person.name).split(' ') {
            self.stated(out, part, &["given_names.tsv", "surnames.tsv", "not_names.tsv"]);
        }
        for role in &person.roles {
            let country = role.country.map_or_else(String::new, |code| format!(", names {code}"));
            let kind = if role.official { "an office" } else { "no office of state" };
            line(out, 2, &format!("“{}”: {kind}{country}", self.words(role.span)));
            let phrase = role.office.clone().unwrap_or_else(|| self.words(role.span));
            self.stated(out, &phrase, &["offices.tsv", "occupations.tsv"]);
        }
        if let Some((name, office)) = &person.holder {
            line(out, 2, &format!("table of holders: {name}, {office}"));
            self.stated(out, name, &["leaders.tsv"]);
        }
    }

    fn place(&self, out: &mut String, place: &PlaceReasons) {
        let words = self.words(place.span);
        let kind = match place.kind {
            MentionKind::Name => "name",
            MentionKind::Demonym => "demonym",
            MentionKind::City => "city",
            MentionKind::Metonym => "metonym",
        };
        line(out, 1, &format!("{words} → {} ({kind}): {}", place.code, place.why));
        self.stated(
            out,
            &words,
            &[
                "countries.tsv",
                "former.tsv",
                "metonyms.tsv",
                "places.tsv",
                "regions.tsv",
                "blockers.tsv",
                "ambiguous.tsv",
            ],
        );
    }

    /// The lines of `tables` that state `words`.
    fn stated(&self, out: &mut String, words: &str, tables: &[&str]) {
        let name = |line: &Line| {
            let whose = if line.of_user { "your " } else { "" };
            format!("{whose}{}:{}", line.table, line.number)
        };
        let lines: Vec<String> = self.lines.stating(words, tables).map(name).collect();
        if !lines.is_empty() {
            line(out, 2, &format!("{words}: {}", lines.join(", ")));
        }
    }

    /// The words of a span on one line, cut in the middle if they are many.
    fn words(&self, span: Span) -> String {
        let words: Vec<&str> = span.of(self.body).split_whitespace().collect();
        let words = words.join(" ");
        let n = words.chars().count();
        if n <= LONGEST {
            return words;
        }
        let head: String = words.chars().take(LONGEST / 2).collect();
        let tail: String = words.chars().skip(n - LONGEST / 2).collect();
        format!("{head} … {tail}")
    }
}

/// The features that counted anything.
fn weights(reasons: &[Weighed]) -> String {
    let counted = reasons.iter().filter(|(_, weight)| weight.abs() >= 0.005);
    let all: Vec<String> = counted.map(|(name, weight)| format!("{name} {weight:+.2}")).collect();
    all.join("; ")
}

fn line(out: &mut String, depth: usize, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{:indent$}{text}", "", indent = 2 * depth);
}
