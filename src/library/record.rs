//! One article's annotations in bytes.
//!
//! About a fifth of the size of the same as JSON, which for an article full of names would be as long as its text:
//! spans are written as steps from the one before, and a speaker's name is not written again where it is a person's.
//! The types are taken apart field by field, so that a new field cannot be forgotten here.

use super::varint::{Reader, Writer};
use crate::model::{
    Annotations, Country, CountryCode, CountryMention, MentionKind, Organization, Person, Quote, QuoteKind, Span,
    Speaker,
};

/// First byte: the way of writing.
const LAYOUT: u8 = 1;

/// The bytes to store.
pub(super) fn encode(annotations: &Annotations) -> Vec<u8> {
    let Annotations { quotes, people, countries, organizations } = annotations;
    let mut to = Writer(vec![LAYOUT]);
    to.number(people.len() as u64);
    people.iter().for_each(|person| write_person(&mut to, person));
    to.number(countries.len() as u64);
    countries.iter().for_each(|country| write_country(&mut to, country));
    to.number(organizations.len() as u64);
    for Organization { name, mentions } in organizations {
        to.text(name);
        write_spans(&mut to, mentions);
    }
    to.number(quotes.len() as u64);
    quotes.iter().for_each(|quote| write_quote(&mut to, quote, people));
    to.0
}

/// What [`encode`] was given; `None` if the bytes are damaged.
pub(super) fn decode(bytes: &[u8]) -> Option<Annotations> {
    let mut from = Reader(bytes);
    if from.byte()? != LAYOUT {
        return None;
    }
    let people = from.list(read_person)?;
    let countries = from.list(read_country)?;
    let organizations =
        from.list(|from| Some(Organization { name: from.text()?.to_owned(), mentions: read_spans(from)? }))?;
    let quotes = from.list(|from| read_quote(from, &people))?;
    from.0.is_empty().then_some(Annotations { quotes, people, countries, organizations })
}

fn write_person(to: &mut Writer, person: &Person) {
    let Person { name, role, country, official, mentions } = person;
    to.text(name);
    to.0.push(u8::from(*official) | u8::from(role.is_some()) << 1 | u8::from(country.is_some()) << 2);
    role.iter().for_each(|role| to.text(role));
    country.iter().for_each(|code| to.0.extend_from_slice(code.as_str().as_bytes()));
    write_spans(to, mentions);
}

fn read_person(from: &mut Reader<'_>) -> Option<Person> {
    let name = from.text()?.to_owned();
    let flags = from.byte()?;
    let role = if flags & 2 == 0 { None } else { Some(from.text()?.to_owned()) };
    let country = if flags & 4 == 0 { None } else { Some(read_code(from)?) };
    Some(Person { name, role, country, official: flags & 1 != 0, mentions: read_spans(from)? })
}

fn write_country(to: &mut Writer, country: &Country) {
    let Country { code, name, mentions } = country;
    to.0.extend_from_slice(code.as_str().as_bytes());
    to.text(name);
    to.number(mentions.len() as u64);
    let mut at = 0;
    for CountryMention { span, kind } in mentions {
        to.0.push(match kind {
            MentionKind::Name => 0,
            MentionKind::Demonym => 1,
            MentionKind::City => 2,
            MentionKind::Metonym => 3,
        });
        write_span(to, *span, &mut at);
    }
}

fn read_country(from: &mut Reader<'_>) -> Option<Country> {
    let code = read_code(from)?;
    let name = from.text()?.to_owned();
    let mut at = 0;
    let mentions = from.list(|from| {
        let kind = match from.byte()? {
            0 => MentionKind::Name,
            1 => MentionKind::Demonym,
            2 => MentionKind::City,
            3 => MentionKind::Metonym,
            _ => return None,
        };
        Some(CountryMention { span: read_span(from, &mut at)?, kind })
    })?;
    Some(Country { code, name, mentions })
}

fn write_quote(to: &mut Writer, quote: &Quote, people: &[Person]) {
    let Quote { spans, kind, speaker, cue, confidence } = quote;
    let known = |speaker: &Speaker| {
        speaker.person.and_then(|index| people.get(index)).is_some_and(|person| person.name == speaker.name)
    };
    let mut flags = match kind {
        QuoteKind::Direct => 0,
        QuoteKind::Partial => 1,
    };
    flags |= u8::from(speaker.is_some()) << 1 | u8::from(cue.is_some()) << 2;
    flags |= u8::from(speaker.as_ref().is_some_and(|speaker| speaker.person.is_some())) << 3;
    flags |= u8::from(speaker.as_ref().is_some_and(known)) << 4;
    to.0.push(flags);
    to.0.extend_from_slice(&confidence.to_le_bytes());
    write_spans(to, spans);
    let mut at = spans.last().map_or(0, |span| span.start());
    if let Some(speaker) = speaker {
        let Speaker { name, person, mention } = speaker;
        person.iter().for_each(|index| to.number(*index as u64));
        if !known(speaker) {
            to.text(name);
        }
        write_span(to, *mention, &mut at);
    }
    cue.iter().for_each(|cue| write_span(to, *cue, &mut at));
}

fn read_quote(from: &mut Reader<'_>, people: &[Person]) -> Option<Quote> {
    let flags = from.byte()?;
    let kind = if flags & 1 == 0 { QuoteKind::Direct } else { QuoteKind::Partial };
    let confidence = f32::from_le_bytes(from.bytes(4)?.try_into().ok()?);
    let spans = read_spans(from)?;
    let mut at = spans.last().map_or(0, |span| span.start());
    let mut speaker = None;
    if flags & 2 != 0 {
        let person = if flags & 8 == 0 { None } else { Some(usize::try_from(from.number()?).ok()?) };
        let name = if flags & 16 == 0 { from.text()?.to_owned() } else { people.get(person?)?.name.clone() };
        speaker = Some(Speaker { name, person, mention: read_span(from, &mut at)? });
    }
    let cue = if flags & 4 == 0 { None } else { Some(read_span(from, &mut at)?) };
    Some(Quote { spans, kind, speaker, cue, confidence })
}

fn read_code(from: &mut Reader<'_>) -> Option<CountryCode> {
    CountryCode::new(std::str::from_utf8(from.bytes(2)?).ok()?)
}

fn write_spans(to: &mut Writer, spans: &[Span]) {
    to.number(spans.len() as u64);
    let mut at = 0;
    spans.iter().for_each(|span| write_span(to, *span, &mut at));
}

fn read_spans(from: &mut Reader<'_>) -> Option<Vec<Span>> {
    let mut at = 0;
    from.list(|from| read_span(from, &mut at))
}

/// As the step from `at` to its start, and its length; `at` moves to its start.
fn write_span(to: &mut Writer, span: Span, at: &mut usize) {
    to.step(span.start() as i64 - *at as i64);
    to.number(span.len() as u64);
    *at = span.start();
}

fn read_span(from: &mut Reader<'_>, at: &mut usize) -> Option<Span> {
    let start = u32::try_from((*at as i64).checked_add(from.step()?)?).ok()?;
    let end = start.checked_add(u32::try_from(from.number()?).ok()?)?;
    *at = start as usize;
    Some(Span::from((start, end)))
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, option, prelude::*};

    use super::*;

    fn span() -> impl Strategy<Value = Span> {
        (any::<u32>(), any::<u32>()).prop_map(Span::from)
    }

    fn code() -> impl Strategy<Value = CountryCode> {
        "[A-Z]{2}".prop_map(|code| CountryCode::new(&code).unwrap())
    }

    fn annotations() -> impl Strategy<Value = Annotations> {
        let person = (".{0,9}", option::of(".{0,9}"), option::of(code()), any::<bool>(), vec(span(), 0..4))
            .prop_map(|(name, role, country, official, mentions)| Person { name, role, country, official, mentions });
        let kind = prop_oneof![
            Just(MentionKind::Name),
            Just(MentionKind::Demonym),
            Just(MentionKind::City),
            Just(MentionKind::Metonym)
        ];
        let mention = (span(), kind).prop_map(|(span, kind)| CountryMention { span, kind });
        let country =
            (code(), ".{0,9}", vec(mention, 0..4)).prop_map(|(code, name, mentions)| Country { code, name, mentions });
        let organization = (".{0,9}", vec(span(), 0..4)).prop_map(|(name, mentions)| Organization { name, mentions });
        let speaker = (".{0,3}", option::of(0..4_usize), span()).prop_map(|(name, person, mention)| Speaker {
            name,
            person,
            mention,
        });
        let quote = (vec(span(), 0..4), any::<bool>(), option::of(speaker), option::of(span()), 0.0..1.0_f32).prop_map(
            |(spans, direct, speaker, cue, confidence)| Quote {
                spans,
                kind: if direct { QuoteKind::Direct } else { QuoteKind::Partial },
                speaker,
                cue,
                confidence,
            },
        );
        (vec(quote, 0..4), vec(person, 0..4), vec(country, 0..4), vec(organization, 0..4)).prop_map(
            |(quotes, people, countries, organizations)| Annotations { quotes, people, countries, organizations },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(annotations in annotations()) {
            prop_assert_eq!(decode(&encode(&annotations)), Some(annotations));
        }

        #[test]
        fn damaged_bytes_are_noticed_or_harmless(bytes in vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn bytes_cut_short_are_noticed(annotations in annotations(), cut in any::<prop::sample::Index>()) {
            let bytes = encode(&annotations);
            prop_assert_eq!(decode(&bytes[..cut.index(bytes.len())]), None);
        }
    }

    #[test]
    fn a_speaker_who_is_a_person_of_the_article_is_not_named_twice() {
        let name = "Asaad al-Shaibani".to_owned();
        let with = |person| Annotations {
            people: vec![Person {
                name: name.clone(),
                role: None,
                country: None,
                official: true,
                mentions: Vec::new(),
            }],
            quotes: vec![Quote {
                spans: vec![Span::from((120, 168))],
                kind: QuoteKind::Direct,
                speaker: Some(Speaker { name: name.clone(), person, mention: Span::from((172, 188)) }),
                cue: None,
                confidence: 0.9,
            }],
            ..Annotations::default()
        };
        // One byte less for the name's length, one more for the person's number.
        assert_eq!(encode(&with(None)).len() - encode(&with(Some(0))).len(), name.len());
    }
}
