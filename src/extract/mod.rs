//! Pure text → annotations. No input or output, no clock, no globals; deterministic.
//!
//! One pass cuts the text into words and looks every word up in the gazetteer (`document`). On those words work, in
//! this order: quotation marks (`quotes::marks`), known names (`terms`) and their countries (`places`), people with
//! their offices (`people`), and the speakers of quotes, chosen by scoring candidates (`quotes`).

mod assemble;
mod document;
pub mod explain;
mod grammar;
mod people;
mod places;
mod quotes;
mod terms;
pub mod training;

use chrono::NaiveDate;
use document::Document;
use people::Cast;
use places::Places;
use quotes::marks::Segment;
use rustc_hash::FxHashMap;
use terms::{TermClass, Terms};

use crate::{
    gazetteer::{Gazetteer, Sense, Word},
    model::{Annotations, Article, CountryCode, MentionKind},
};

/// Rises whenever the same text may get other annotations: the library then annotates its articles anew.
pub const ENGINE_VERSION: u32 = 4;

/// Everything found in `article`'s body.
pub fn extract(gazetteer: &Gazetteer, article: &Article) -> Annotations {
    let mut parsed = Parsed::new(gazetteer, &article.body);
    let cast = parsed.cast(article.published);
    let text = parsed.text();
    let reading = quotes::attribute::read(&text, &cast, &parsed.segments, |_, _, _, _| {});
    assemble::annotations(&text, &cast, &parsed.segments, &reading)
}

/// A text taken apart, before anybody is looked for in it.
struct Parsed<'a> {
    document: Document<'a>,
    segments: Vec<Segment>,
    terms: Terms,
    places: Places,
    /// The country that most of the text is set in, once its people are known.
    home: Option<CountryCode>,
}

impl<'a> Parsed<'a> {
    fn new(gazetteer: &'a Gazetteer, body: &'a str) -> Self {
        let document = Document::new(gazetteer, body);
        let segments = quotes::marks::segments(&document);
        let terms = Terms::new(&document);
        let places = Places::new(&document, &terms);
        Self { document, segments, terms, places, home: None }
    }

    /// The people of a text that was published on `day`; what is part of their names is no place any more.
    fn cast(&mut self, day: Option<NaiveDate>) -> Cast {
        let cast = people::cast(&self.text(), &self.document.gazetteer.person_weights, day);
        self.places.forget_names(&self.terms, |tok| cast.at(tok).is_some());
        self.home = self.text().most_named();
        cast
    }

    fn text(&self) -> Text<'_, 'a> {
        Text { document: &self.document, terms: &self.terms, places: &self.places, home: self.home }
    }
}

/// A text with what is known of its words.
#[derive(Clone, Copy)]
struct Text<'d, 'a> {
    document: &'d Document<'a>,
    terms: &'d Terms,
    places: &'d Places,
    /// The country that most of the text is set in.
    home: Option<CountryCode>,
}

/// How far before a name a country counts as the one it belongs to, in tokens.
const NEAR: usize = 40;

/// Longest dateline, in tokens.
const DATELINE: usize = 12;

impl Text<'_, '_> {
    /// Whether `tok` stands in a dateline: "ZURICH, Switzerland (Wire) —" at the head of a paragraph.
    fn in_dateline(&self, tok: usize) -> bool {
        let document = self.document;
        let begin = document.paragraph_start(tok);
        if tok > begin + DATELINE || self.terms.covering(begin).is_none() {
            return false;
        }
        let end = (begin + 1..(begin + DATELINE).min(document.len())).take_while(|&at| !document.opens_paragraph(at));
        let dash = end
            .into_iter()
            .find(|&at| document.is_any(at, &["—", "–", "--"]) || (document.is(at, "-") && document.tokens[at].spaced));
        dash.is_some_and(|dash| {
            tok < dash
                && (begin..dash)
                    .all(|at| !document.tokens[at].is_lower() || document.is_any(at, &["of", "the", "de", "el"]))
        })
    }

    /// Whether the text mentions a country, or none at all.
    fn mentions(&self, code: CountryCode) -> bool {
        let mut mentioned = self.places.iter(self.terms).map(|(_, place)| place.code).peekable();
        mentioned.peek().is_none() || mentioned.any(|other| other == code)
    }

    /// The country that the words before `tok` are about: one with which a sentence of the paragraph begins ("Russia reacted
    /// coolly. The deputy minister …"), else the article's most named.
    fn country_around(&self, tok: usize) -> Option<CountryCode> {
        let document = self.document;
        let begin = document.paragraph_start(tok).max(tok.saturating_sub(NEAR));
        let opening = (begin..tok).rev().find_map(|at| {
            let place = self.places.at(at)?;
            let is_name = matches!(place.kind, MentionKind::Name | MentionKind::Metonym);
            // "In the Russian region of Belgorod, …"
            let led_in = (at.saturating_sub(2)..at)
                .rev()
                .find(|&tok| document.opens_clause(tok))
                .is_some_and(|tok| (tok..at).all(|tok| document.word(tok).is(Word::PREPOSITION.and(Word::DETERMINER))));
            ((is_name && document.opens_clause(at) || led_in) && !self.in_dateline(at)).then_some(place.code)
        });
        opening.or(self.home)
    }

    /// The country that most of the text is set in: by countries, towns and regions, and the bodies of a state that it names.
    fn most_named(&self) -> Option<CountryCode> {
        let document = self.document;
        let mut counts: FxHashMap<CountryCode, (u32, std::cmp::Reverse<usize>)> = FxHashMap::default();
        let mut count = |code: CountryCode, tok: usize, weight: u32| {
            counts.entry(code).or_insert((0, std::cmp::Reverse(tok))).0 += weight;
        };
        for (term, place) in self.places.iter(self.terms) {
            count(place.code, term.begin, 2);
        }
        for &term in self.terms.all.iter().filter(|term| term.class == TermClass::Body) {
            let code = Terms::senses(document, term).find_map(|sense| match sense {
                Sense::Organization(idx) => document.gazetteer.organizations[idx as usize].code,
                _ => None,
            });
            if let Some(code) = code {
                count(code, term.begin, 1);
            }
        }
        counts.into_iter().max_by_key(|&(_, count)| count).map(|(code, _)| code)
    }
}
