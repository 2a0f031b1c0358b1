//! Why the engine decided as it did: every quote with its candidates, every person and every country with its reasons.
//!
//! The same reading as [`extract`](super::extract), watched. Weights are those of `assets/weights`.

use std::cmp::Reverse;

use super::{
    Parsed, Text,
    people::{self, Cast, names, roles::Role},
    quotes::{
        attribute,
        candidates::{Candidate, Scene},
        features, speech,
    },
};
use crate::{
    gazetteer::Gazetteer,
    model::{Article, CountryCode, MentionKind, Span},
};

/// A name of the weight tables and what it counted.
pub type Weighed = (String, f32);

/// Everything that was decided about an article.
#[derive(Clone, Debug, Default)]
pub struct Explanation {
    /// Every stretch between marks that could be an utterance, in order.
    pub quotes: Vec<QuoteReasons>,
    /// The people, in the order of their first mention.
    pub people: Vec<PersonReasons>,
    /// Capitalized stretches that were taken for no person's name, in order.
    pub no_people: Vec<NameReasons>,
    /// Every mention of a country, in order.
    pub places: Vec<PlaceReasons>,
}

/// Why words between marks are a quote, or are none, and whose.
#[derive(Clone, Debug)]
pub struct QuoteReasons {
    /// The words between the marks.
    pub spans: Vec<Span>,
    /// The probability of being speech; a quote needs an even chance.
    pub probability: f32,
    /// Whether it was taken for a quote.
    pub is_quote: bool,
    /// What counted, by the names of `speech.tsv`.
    pub reasons: Vec<Weighed>,
    /// Who could have said it, best first.
    pub candidates: Vec<CandidateReasons>,
}

/// A possible speaker.
#[derive(Clone, Debug)]
pub struct CandidateReasons {
    /// The words that name them; `None` stands for nobody.
    pub mention: Option<Span>,
    /// The verb or phrase that ties them to the quote.
    pub cue: Option<Span>,
    /// The sum of the weights.
    pub sum: f32,
    /// The probability among all candidates.
    pub share: f32,
    /// What counted, by the names of `speaker.tsv`, the strongest first.
    pub features: Vec<Weighed>,
}

/// Why somebody is a person of the article, and an official.
#[derive(Clone, Debug)]
pub struct PersonReasons {
    /// The fullest name.
    pub name: Span,
    /// What counted for that name, by the names of `person.tsv`.
    pub reasons: Vec<Weighed>,
    /// Offices and occupations stated beside the name.
    pub roles: Vec<RoleReasons>,
    /// The row of `leaders.tsv`: name and office.
    pub holder: Option<(String, String)>,
    /// Whether they hold or held public office.
    pub official: bool,
    /// The state that they serve.
    pub country: Option<CountryCode>,
}

/// An office or occupation beside a name.
#[derive(Clone, Debug)]
pub struct RoleReasons {
    /// The words.
    pub span: Span,
    /// The phrase of `offices.tsv`; `None` for an occupation.
    pub office: Option<String>,
    /// Whether it makes its holder an official.
    pub official: bool,
    /// The state that it names.
    pub country: Option<CountryCode>,
}

/// Why a capitalized stretch is taken for no person's name.
#[derive(Clone, Debug)]
pub struct NameReasons {
    /// The words.
    pub span: Span,
    /// What counted, by the names of `person.tsv`; the sum with the bias is not above 0.
    pub reasons: Vec<Weighed>,
}

/// Why words stand for a country.
#[derive(Clone, Debug)]
pub struct PlaceReasons {
    /// The words.
    pub span: Span,
    /// The country.
    pub code: CountryCode,
    /// What sort of mention it is.
    pub kind: MentionKind,
    /// The rule that decided.
    pub why: &'static str,
}

/// Reads `article` as [`extract`](super::extract) does and says why.
pub fn explain(gazetteer: &Gazetteer, article: &Article) -> Explanation {
    let mut parsed = Parsed::new(gazetteer, &article.body);
    let cast = parsed.cast(article.published);
    let text = parsed.text();
    let names = features::names();
    let mut quotes = Vec::new();
    attribute::read(&text, &cast, &parsed.segments, |scene, group, candidates, verdict| {
        let spans = scene.segments[group.clone()].iter().filter_map(|s| text.document.span(s.begin, s.end)).collect();
        let probability = speech::probability(&gazetteer.speech_weights, &verdict.reasons);
        quotes.push(QuoteReasons {
            spans,
            probability,
            is_quote: verdict.listed,
            reasons: verdict
                .reasons
                .iter()
                .map(|&name| (name.to_owned(), gazetteer.speech_weights.get(name)))
                .collect(),
            candidates: weigh(scene, candidates, &names),
        });
    });
    Explanation { quotes, people: people_of(&text, &cast), no_people: no_people(&text, &cast), places: places(&text) }
}

fn weigh(scene: &Scene<'_, '_>, candidates: &[Candidate], names: &[String]) -> Vec<CandidateReasons> {
    let document = scene.document;
    let weights = &document.gazetteer.speaker_weights;
    let mut all: Vec<CandidateReasons> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let weighed = |&feature: &u16| {
            let name = names[usize::from(feature)].clone();
            let weight = weights.get(&name);
            (name, weight)
        };
        let mut features: Vec<Weighed> = candidate.features.iter().map(weighed).collect();
        features.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
        let mention = candidate.mention.map(|idx| &scene.mentions[idx]);
        all.push(CandidateReasons {
            mention: mention.and_then(|mention| document.span(mention.begin, mention.end)),
            cue: candidate.cue.and_then(|cue| document.span(cue.begin, cue.end)),
            sum: features.iter().map(|(_, weight)| weight).sum(),
            share: 0.0,
            features,
        });
    }
    let total: f32 = all.iter().map(|candidate| candidate.sum.exp()).sum();
    for candidate in &mut all {
        candidate.share = candidate.sum.exp() / total.max(f32::MIN_POSITIVE);
    }
    all.sort_by(|a, b| b.sum.total_cmp(&a.sum));
    all
}

fn reasons_of(text: &Text<'_, '_>, reasons: &[&'static str]) -> Vec<Weighed> {
    let weights = &text.document.gazetteer.person_weights;
    std::iter::once("bias").chain(reasons.iter().copied()).map(|name| (name.to_owned(), weights.get(name))).collect()
}

fn people_of(text: &Text<'_, '_>, cast: &Cast) -> Vec<PersonReasons> {
    let (document, gazetteer) = (text.document, text.document.gazetteer);
    let role = |role: &Role| {
        Some(RoleReasons {
            span: document.span(role.begin, role.end)?,
            office: role.office.map(|idx| gazetteer.offices[idx as usize].phrase.to_string()),
            official: role.is_official(document),
            country: role.country,
        })
    };
    let person = |figure: &people::Figure| {
        let holder = figure.holder.map(|idx| &gazetteer.holders[idx as usize]);
        Some(PersonReasons {
            name: document.span(figure.name.start, figure.name.end)?,
            reasons: reasons_of(text, &figure.reasons),
            roles: figure.roles.iter().filter_map(role).collect(),
            holder: holder.map(|holder| (holder.name.to_string(), holder.office.to_string())),
            official: figure.is_official(text),
            country: figure.country(text),
        })
    };
    cast.figures.iter().filter_map(person).collect()
}

fn no_people(text: &Text<'_, '_>, cast: &Cast) -> Vec<NameReasons> {
    let names = names::names(text.document, text.terms, &text.document.gazetteer.person_weights);
    let refused = names.iter().filter(|name| !name.parts.is_empty() && cast.at(name.begin).is_none());
    let reasons = refused.filter_map(|name| {
        let span = text.document.span(name.begin, name.end)?;
        Some(NameReasons { span, reasons: reasons_of(text, &name.reasons) })
    });
    let mut all: Vec<NameReasons> = reasons.collect();
    all.sort_by_key(|name| (name.span.start(), Reverse(name.span.end())));
    all
}

fn places(text: &Text<'_, '_>) -> Vec<PlaceReasons> {
    let of_term = text.places.iter(text.terms).filter_map(|(term, place)| {
        let span = text.document.span(term.begin, term.end)?;
        Some(PlaceReasons { span, code: place.code, kind: place.kind, why: place.why })
    });
    of_term.collect()
}
