//! Puts what was found into the types of the model.

use rustc_hash::FxHashMap;

use super::{
    Text,
    document::Document,
    people::{Cast, Figure},
    quotes::{
        attribute::{Attribution, Reading},
        marks::Segment,
        mentions::{Mention, MentionKind},
    },
    terms::{Term, TermClass, Terms},
};
use crate::{
    gazetteer::{Officialdom, OrganizationKind, Sense, Word},
    model::{
        Annotations, Country, CountryCode, CountryMention, MentionKind as CountryKind, Organization, Person, Quote,
        Span, Speaker,
    },
};

pub(super) fn annotations(text: &Text<'_, '_>, cast: &Cast, segments: &[Segment], reading: &Reading) -> Annotations {
    Annotations {
        quotes: quotes(text, cast, segments, reading),
        people: people(text, cast, reading),
        countries: countries(text),
        organizations: organizations(text, cast),
    }
}

fn quotes(text: &Text<'_, '_>, cast: &Cast, segments: &[Segment], reading: &Reading) -> Vec<Quote> {
    let document = text.document;
    let quote = |found: &Attribution| {
        let spans: Vec<Span> =
            segments[found.group.clone()].iter().filter_map(|s| document.span(s.begin, s.end)).collect();
        Some(Quote {
            spans: (!spans.is_empty()).then_some(spans)?,
            kind: found.kind,
            speaker: found.chosen.and_then(|mention| speaker(text, cast, reading, mention)),
            cue: found.cue.and_then(|cue| document.span(cue.begin, cue.end)),
            confidence: found.confidence,
        })
    };
    reading.quotes.iter().filter_map(quote).collect()
}

fn speaker(text: &Text<'_, '_>, cast: &Cast, reading: &Reading, mention: usize) -> Option<Speaker> {
    let found = &reading.mentions[mention];
    let span = text.document.span(found.begin, found.end)?;
    let person = reading.people[mention];
    let name = match person {
        Some(idx) => {
            let name = &cast.figures[idx].name;
            text.document.words_of(name.start, name.end)
        }
        None => {
            let named = antecedent(text.document, reading, mention);
            text.document.words_of(named.begin, named.end)
        }
    };
    Some(Speaker { name, person, mention: span })
}

/// What "who" stands for: the mention before it; any other mention stands for itself.
fn antecedent<'r>(document: &Document<'_>, reading: &'r Reading, mention: usize) -> &'r Mention {
    let found = &reading.mentions[mention];
    if found.kind != MentionKind::Relative {
        return found;
    }
    // "an official at the ministry in Paris, who": what hangs on a preposition is passed over.
    let hangs = |m: &Mention| {
        m.begin > 0
            && document.is_any(m.begin - 1, &["in", "at", "of", "from", "for", "to", "with", "on", "by", "near"])
    };
    let mut before = reading.mentions[..mention].iter().rev().take(4);
    before.find(|m| m.kind != MentionKind::Relative && !hangs(m)).unwrap_or(found)
}

/// Every person, with the titles that stand for them ("the Syrian minister") among the mentions.
fn people(text: &Text<'_, '_>, cast: &Cast, reading: &Reading) -> Vec<Person> {
    let mut people: Vec<Person> = cast.figures.iter().map(|figure| person(text, figure)).collect();
    let mut described = vec![false; people.len()];
    for (mention, who) in reading.mentions.iter().zip(&reading.people) {
        if let (MentionKind::Office, Some(idx)) = (mention.kind, *who)
            // The office beside the name itself is its role, not one more mention.
            && !cast.figures[idx].roles.iter().any(|role| role.begin < mention.end && mention.begin < role.end)
        {
            let person = &mut people[idx];
            person.mentions.extend(text.document.span(mention.begin, mention.end));
            // "the German leader": the office of an official that is nowhere stated beside the name.
            if person.official && cast.figures[idx].official_role(text).is_none() && !described[idx] {
                person.role = office_in(text.document, mention).or(person.role.take());
                described[idx] = true;
            }
        }
    }
    for (who, office) in offices_held(text, cast, reading) {
        if people[who].official && cast.figures[who].official_role(text).is_none() && !described[who] {
            people[who].role = Some(office);
            described[who] = true;
        }
    }
    for person in &mut people {
        person.mentions.sort();
    }
    people
}

/// Farthest that somebody stands before the office they held, in tokens.
const REACH: usize = 40;

/// "… while Okoth was foreign minister", "in her time as foreign minister": the office behind "as" or "was", of the person
/// mentioned last before it in the sentence.
fn offices_held(text: &Text<'_, '_>, cast: &Cast, reading: &Reading) -> Vec<(usize, String)> {
    let document = text.document;
    let mut found = Vec::new();
    for tie in (0..document.len()).filter(|&tok| document.is_any(tok, &["as", "was"])) {
        let begin = tie + 1 + usize::from(document.word(tie + 1).is(Word::DETERMINER));
        let Some((len, ())) = document.find(begin, |f| match f.sense {
            Sense::Office(idx) => (!document.gazetteer.offices[idx as usize].plural).then_some(()),
            _ => None,
        }) else {
            continue;
        };
        let next = reading.mentions.partition_point(|mention| mention.begin < tie);
        let nearest = (0..next).rev().take(3).find_map(|idx| Some((reading.mentions[idx].begin, reading.people[idx]?)));
        let one_sentence = |from: usize| !(from..tie).any(|tok| document.ends_sentence(tok));
        if let Some((at, who)) = nearest
            && tie - at < REACH
            && one_sentence(at)
            && cast.at(begin).is_none()
        {
            found.push((who, document.words_of(begin, begin + len)));
        }
    }
    found
}

/// "Pope Francis", "King Abdullah II": the office that the name in the table of holders begins with.
fn office_in_name(document: &Document<'_>, figure: &Figure) -> Option<String> {
    let name = figure.name.clone();
    let (len, ()) = document.find(name.start, |found| match found.sense {
        Sense::Office(_) if figure.holder.is_some() && found.len < name.len() => Some(()),
        _ => None,
    })?;
    Some(document.words_of(name.start, name.start + len))
}

/// The office that a description states, without the article and the country before it.
fn office_in(document: &Document<'_>, mention: &Mention) -> Option<String> {
    let is_office = |tok: &usize| {
        let found = document.found(*tok).iter();
        let counts = |sense| match sense {
            Sense::Office(idx) => document.gazetteer.offices[idx as usize].officialdom != Officialdom::Never,
            Sense::Modifier(_) => true,
            _ => false,
        };
        found.clone().any(|f| counts(f.sense) && tok + f.len <= mention.end)
    };
    let begin = (mention.begin..mention.end).find(is_office)?;
    Some(document.words_of(begin, mention.end))
}

fn person(text: &Text<'_, '_>, figure: &Figure) -> Person {
    let document = text.document;
    Person {
        name: document.words_of(figure.name.start, figure.name.end),
        role: figure.main_role(text).map(|role| role.words(document)).or_else(|| office_in_name(document, figure)),
        country: figure.is_official(text).then(|| figure.country(text)).flatten(),
        official: figure.is_official(text),
        mentions: figure.mentions.iter().filter_map(|m| document.span(m.start, m.end)).collect(),
    }
}

fn countries(text: &Text<'_, '_>) -> Vec<Country> {
    let document = text.document;
    let mut mentions: Vec<(CountryCode, CountryMention)> = Vec::new();
    for (term, place) in text.places.iter(text.terms) {
        let span = document.span(term.begin, term.end);
        mentions.extend(span.map(|span| (place.code, CountryMention { span, kind: place.kind })));
    }
    for &term in &text.terms.all {
        mentions.extend(state_in_name(text, term));
    }
    mentions.sort_by_key(|(_, mention)| mention.span);
    let mut found: Vec<Country> = Vec::new();
    let mut by_code: FxHashMap<CountryCode, usize> = FxHashMap::default();
    for (code, mention) in mentions {
        let idx = *by_code.entry(code).or_insert_with(|| {
            found.push(Country { code, name: document.gazetteer.country_name(code), mentions: vec![] });
            found.len() - 1
        });
        found[idx].mentions.push(mention);
    }
    found
}

/// The country that begins or ends the name of a body of that state: "U.S." in "U.S. National Guard".
fn state_in_name(text: &Text<'_, '_>, term: Term) -> Option<(CountryCode, CountryMention)> {
    let document = text.document;
    let state = Terms::senses(document, term).find_map(|sense| match sense {
        Sense::Organization(idx) => {
            let body = &document.gazetteer.organizations[idx as usize];
            body.code.filter(|_| body.kind == OrganizationKind::State)
        }
        _ => None,
    })?;
    let country_at = |tok: usize| {
        let (len, kind) = document.find(tok, |found| match found.sense {
            Sense::Country(code) => (code == state).then_some(CountryKind::Name),
            Sense::Demonym(code) => (code == state).then_some(CountryKind::Demonym),
            _ => None,
        })?;
        let at_edge = (tok == term.begin) != (tok + len == term.end);
        at_edge.then_some(())?;
        Some((state, CountryMention { span: document.span(tok, tok + len)?, kind }))
    };
    (term.begin..term.end).find_map(country_at)
}

fn organizations(text: &Text<'_, '_>, cast: &Cast) -> Vec<Organization> {
    let document = text.document;
    let mut found: Vec<Organization> = Vec::new();
    let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
    for &term in text.terms.all.iter().filter(|term| term.class == TermClass::Body) {
        if cast.at(term.begin).is_some() {
            continue;
        }
        let Some((name, span)) = name_of(text, term).zip(document.span(term.begin, term.end)) else { continue };
        let idx = *by_name.entry(name.clone()).or_insert_with(|| {
            found.push(Organization { name, mentions: vec![] });
            found.len() - 1
        });
        found[idx].mentions.push(span);
    }
    found
}

fn name_of(text: &Text<'_, '_>, term: Term) -> Option<String> {
    Terms::senses(text.document, term).find_map(|sense| match sense {
        Sense::Organization(idx) => Some(text.document.gazetteer.organizations[idx as usize].name.to_string()),
        _ => None,
    })
}
