//! What the engine finds in one article. All spans point into that article's body.

use serde::{Deserialize, Serialize};

use super::{CountryCode, Span};

/// Everything found in one article.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Annotations {
    /// In the order of their first span.
    pub quotes: Vec<Quote>,
    /// In the order of their first mention.
    pub people: Vec<Person>,
    /// In the order of their first mention; one entry a code.
    pub countries: Vec<Country>,
    /// In the order of their first mention.
    pub organizations: Vec<Organization>,
}

impl Annotations {
    /// The person a quote is attributed to, if it is a named one.
    pub fn speaker_of(&self, quote: &Quote) -> Option<&Person> {
        self.people.get(quote.speaker.as_ref()?.person?)
    }
}

/// How much of an utterance the marks enclose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// A full clause or more.
    Direct,
    /// A phrase inside the writer's own sentence.
    Partial,
}

/// Words between quotation marks that someone said or wrote.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Quote {
    /// The words, marks left out; several where the attribution splits one utterance, or it runs over paragraphs.
    /// Never empty, in order, disjoint.
    pub spans: Vec<Span>,
    /// Full or partial.
    pub kind: QuoteKind,
    /// `None` where the text does not say.
    pub speaker: Option<Speaker>,
    /// The verb or phrase that attributes it ("said", "according to").
    pub cue: Option<Span>,
    /// Calibrated, 0 to 1: of the quotes with 0.9, about nine in ten are quotes with the right speaker.
    pub confidence: f32,
}

impl Quote {
    /// The words of all spans joined by a space.
    pub fn text(&self, body: &str) -> String {
        self.spans.iter().map(|span| span.of(body)).collect::<Vec<_>>().join(" ")
    }

    /// The words of all spans with an ellipsis where others stand between: fit to be cited.
    pub fn cited(&self, body: &str) -> String {
        let Some((last, others)) = self.spans.split_last() else { return String::new() };
        // The comma before “he said” is the newspaper's.
        let others = others.iter().map(|span| format!("{} … ", span.of(body).trim_end_matches(',')));
        others.chain([last.of(body).to_owned()]).collect()
    }

    /// From the first word to the last, whatever stands between.
    pub fn extent(&self) -> Option<Span> {
        Some(self.spans.first()?.cover(*self.spans.last()?))
    }
}

/// Who a quote is attributed to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Speaker {
    /// The person's full name where known, else the words of the mention ("the ministry").
    pub name: String,
    /// Index into [`Annotations::people`]; `None` for bodies and the unnamed.
    pub person: Option<usize>,
    /// The words that name the speaker at that place.
    pub mention: Span,
}

/// A person named in the article.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    /// The fullest form of the name in the article.
    pub name: String,
    /// The office as the article states it, in its longest form.
    pub role: Option<String>,
    /// The state served.
    pub country: Option<CountryCode>,
    /// Holds or held public office, or speaks for a state or an intergovernmental organization.
    pub official: bool,
    /// Every place where a name, title or description stands for them. Pronouns are not mentions.
    pub mentions: Vec<Span>,
}

/// How a country is mentioned.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// Syria.
    Name,
    /// Syrian, Syrians.
    Demonym,
    /// Aleppo; a capital or a region too.
    City,
    /// The Kremlin.
    Metonym,
}

/// A country and every place that mentions it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Country {
    /// Its code.
    pub code: CountryCode,
    /// Its short English name.
    pub name: String,
    /// In order.
    pub mentions: Vec<CountryMention>,
}

/// One mention of a country.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CountryMention {
    /// Where.
    pub span: Span,
    /// How.
    pub kind: MentionKind,
}

/// A body that acts in international news.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Organization {
    /// Its usual full name.
    pub name: String,
    /// In order.
    pub mentions: Vec<Span>,
}
