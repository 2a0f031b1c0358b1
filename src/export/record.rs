//! The record: one article with all that was found in it, as one JSON object.
//!
//! Its fields are described in `docs/record.schema.json`. Offsets are Unicode code points into `body`, so that
//! `body[start:end] == text` holds in languages that count characters.

use chrono::NaiveDate;
use serde::Serialize;

use super::code_points::CodePoints;
use crate::model::{Annotations, Article, Country, CountryCode, MentionKind, Organization, Person, QuoteKind, Span};

/// The version of the record. It rises when a field changes its meaning or goes; new fields do not raise it.
pub const SCHEMA: u32 = 1;

/// An article with all that was found in it, in the units and the order of the JSON.
#[derive(Serialize, Debug)]
pub struct Record<'a> {
    schema: u32,
    source: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<NaiveDate>,
    language: Option<&'a str>,
    body: &'a str,
    quotes: Vec<QuoteRecord<'a>>,
    people: Vec<PersonRecord<'a>>,
    countries: Vec<CountryRecord<'a>>,
    organizations: Vec<OrganizationRecord<'a>>,
}

#[derive(Serialize, Debug)]
struct QuoteRecord<'a> {
    spans: Vec<[usize; 2]>,
    text: String,
    kind: QuoteKind,
    speaker: Option<SpeakerRecord<'a>>,
    cue: Option<Mention<'a>>,
    confidence: f64,
}

#[derive(Serialize, Debug)]
struct SpeakerRecord<'a> {
    name: &'a str,
    person: Option<usize>,
    mention: Mention<'a>,
}

#[derive(Serialize, Debug)]
struct PersonRecord<'a> {
    name: &'a str,
    role: Option<&'a str>,
    country: Option<CountryCode>,
    official: bool,
    mentions: Vec<Mention<'a>>,
}

#[derive(Serialize, Debug)]
struct CountryRecord<'a> {
    code: CountryCode,
    name: &'a str,
    mentions: Vec<CountryMentionRecord<'a>>,
}

#[derive(Serialize, Debug)]
struct CountryMentionRecord<'a> {
    #[serde(flatten)]
    mention: Mention<'a>,
    kind: MentionKind,
}

#[derive(Serialize, Debug)]
struct OrganizationRecord<'a> {
    name: &'a str,
    mentions: Vec<Mention<'a>>,
}

/// A place in the body and the words that stand there.
#[derive(Serialize, Debug)]
struct Mention<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> Record<'a> {
    /// The record of `article` with what was found in it.
    pub fn new(article: &'a Article, found: &'a Annotations) -> Self {
        let body = article.body.as_str();
        let offsets = spans_of(found).flat_map(|span| [span.start(), span.end()]);
        let places = Places { body, code_points: CodePoints::new(body, offsets) };
        Self {
            schema: SCHEMA,
            source: &article.source,
            url: article.url.as_deref(),
            title: article.title.as_deref(),
            published: article.published,
            language: article.language.as_deref(),
            body,
            quotes: found.quotes.iter().map(|quote| places.quote(quote)).collect(),
            people: found.people.iter().map(|person| places.person(person)).collect(),
            countries: found.countries.iter().map(|country| places.country(country)).collect(),
            organizations: found.organizations.iter().map(|body| places.organization(body)).collect(),
        }
    }

    /// One line, without a line break at its end.
    pub fn to_json(&self) -> String {
        super::harmless::json(serde_json::to_string(self).expect("strings, numbers and lists always have a JSON form"))
    }
}

/// Every span of the record that becomes an offset.
fn spans_of(found: &Annotations) -> impl Iterator<Item = Span> + '_ {
    let quotes = found.quotes.iter().flat_map(|quote| {
        let speaker = quote.speaker.as_ref().map(|speaker| speaker.mention);
        quote.spans.iter().copied().chain(speaker).chain(quote.cue)
    });
    let people = found.people.iter().flat_map(|person| person.mentions.iter().copied());
    let countries = found.countries.iter().flat_map(|country| country.mentions.iter().map(|mention| mention.span));
    let organizations = found.organizations.iter().flat_map(|organization| organization.mentions.iter().copied());
    quotes.chain(people).chain(countries).chain(organizations)
}

/// Turns spans of one body into code points.
struct Places<'a> {
    body: &'a str,
    code_points: CodePoints,
}

impl<'a> Places<'a> {
    fn range(&self, span: Span) -> [usize; 2] {
        [self.code_points.before(span.start()), self.code_points.before(span.end())]
    }

    fn mention(&self, span: Span) -> Mention<'a> {
        let [start, end] = self.range(span);
        Mention { start, end, text: span.of(self.body) }
    }

    fn mentions(&self, spans: &[Span]) -> Vec<Mention<'a>> {
        spans.iter().map(|&span| self.mention(span)).collect()
    }

    fn quote(&self, quote: &'a crate::model::Quote) -> QuoteRecord<'a> {
        QuoteRecord {
            spans: quote.spans.iter().map(|&span| self.range(span)).collect(),
            text: quote.text(self.body),
            kind: quote.kind,
            speaker: quote.speaker.as_ref().map(|speaker| SpeakerRecord {
                name: &speaker.name,
                person: speaker.person,
                mention: self.mention(speaker.mention),
            }),
            cue: quote.cue.map(|cue| self.mention(cue)),
            confidence: (f64::from(quote.confidence) * 1000.0).round() / 1000.0,
        }
    }

    fn person(&self, person: &'a Person) -> PersonRecord<'a> {
        PersonRecord {
            name: &person.name,
            role: person.role.as_deref(),
            country: person.country,
            official: person.official,
            mentions: self.mentions(&person.mentions),
        }
    }

    fn country(&self, country: &'a Country) -> CountryRecord<'a> {
        let mentions = country
            .mentions
            .iter()
            .map(|found| CountryMentionRecord { mention: self.mention(found.span), kind: found.kind })
            .collect();
        CountryRecord { code: country.code, name: &country.name, mentions }
    }

    fn organization(&self, organization: &'a Organization) -> OrganizationRecord<'a> {
        OrganizationRecord { name: &organization.name, mentions: self.mentions(&organization.mentions) }
    }
}
