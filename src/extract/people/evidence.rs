//! What in and around a capitalized stretch speaks for its being the name of a person, and what against it.

use super::{
    names::NameMention,
    runs::{goes_on_as_body, is_known_name, is_tail},
};
use crate::{
    extract::{
        document::Document,
        grammar::is_report,
        terms::{TermClass, Terms},
    },
    gazetteer::{Caps, Sense, TokenKind, Word},
};

/// What speaks for a person and against it, by the names of the weight table.
pub(super) fn features(
    document: &Document<'_>,
    terms: &Terms,
    mention: &NameMention,
    parts: &[usize],
) -> Vec<&'static str> {
    let mut found = Vec::with_capacity(12);
    let (begin, end) = (mention.begin, mention.end);
    let Some((&first, &last)) = parts.first().zip(parts.last()) else { return vec!["no letters"] };
    let mut when = |holds: bool, name: &'static str| {
        if holds {
            found.push(name);
        }
    };
    when(mention.holder.is_some(), "full name of a holder");
    when(mention.titled, "title before");
    when(parts.len() == 1, "one word");
    when(parts.len() == 1 && document.text(first).chars().count() == 1, "one letter");
    when((2..=4).contains(&parts.len()), "two to four words");
    when(parts.len() > 4, "more than four words");
    let first_word = document.word(first);
    let last_word = document.word(last);
    let plain_given = first_word.is_given() && !first_word.is(Word::AMBIGUOUS);
    when(plain_given, "given name first");
    when(first_word.is_given() && first_word.is(Word::AMBIGUOUS), "ambiguous given name first");
    when(parts.len() > 1 && last_word.is(Word::SURNAME), "surname last");
    when(parts.len() > 1 && first_word.is(Word::EASTERN), "eastern surname first");
    when(parts.len() > 1 && last_word.is_given() && !last_word.is(Word::SURNAME), "given name last");
    let particle = (begin..end).any(|tok| document.word(tok).is(Word::PARTICLE) && tok != first);
    when(particle, "particle inside");
    let initial = parts.iter().any(|&tok| document.text(tok).len() == 1 && document.text(tok + 1) == ".");
    when(initial && parts.len() > 1, "initial inside");
    let lower_half = (begin..end).any(|tok| {
        document.kind(tok) == Some(TokenKind::Hyphen)
            && document.tokens.get(tok + 1).is_some_and(crate::gazetteer::Token::is_lower)
    });
    when(lower_half, "lower half after a hyphen");
    when(last_word.is(Word::TAIL) && !first_word.is_given(), "ends like a body");
    let body = last_word.is(Word::TAIL) && first_word.is_given();
    when(body && last_word.is(Word::SURNAME), "given name, ends like a body");
    when(body && !last_word.is(Word::SURNAME), "given name, ends like a body and no surname");
    when(first_word.is(Word::HEAD) && !first_word.is_given(), "begins like a place");
    let common =
        parts.iter().filter(|&&tok| document.word(tok).is(Word::COMMON) && !is_known_name(document, tok)).count();
    when(common == parts.len(), "only common words");
    when(common > 0 && common < parts.len(), "a common word inside");
    let place = parts.iter().filter(|&&tok| terms.covering(tok).is_some_and(|t| t.class == TermClass::Place)).count();
    let towns_and_names = place == parts.len() && parts.iter().all(|&tok| is_known_name(document, tok));
    when(place == parts.len() && !towns_and_names, "only place names");
    when(towns_and_names, "only place names that are names of people too");
    // "Hassan Okoth": a town is called so too.
    let called = first_word.is_given()
        && parts.len() > 1
        && place == 1
        && terms.covering(first).is_some_and(|t| t.class == TermClass::Place);
    when(place > 0 && place < parts.len() && !called, "a place name inside");
    let whole = terms.covering(begin).is_some_and(|t| t.class == TermClass::Place && t.begin == begin && t.end == end);
    when(whole && parts.len() > 1, "the whole name of a place");
    let unknown = parts.iter().all(|&tok| {
        let word = document.word(tok);
        !word.is_given() && !word.is(Word::SURNAME) && !word.is(Word::COMMON)
    });
    when(unknown && place == 0, "unknown words");
    when(unknown && seat_of_office(document, begin), "seat of an office");
    // "the producer Okoth" makes films or zinc.
    let or_company = begin > 0 && document.word(begin - 1).is(Word::GROUP);
    let stated = occupation_before(document, begin);
    when(byline(document, begin), "byline");
    when(begin > 0 && document.is(begin - 1, "surnamed"), "surnamed");
    when(stated && !(or_company && unknown), "occupation before");
    when(stated && or_company && unknown, "occupation or kind of company before");
    when(!stated && kin_before(document, begin), "kin before");
    let one_written = (begin + 1..end).all(|tok| !document.tokens[tok].spaced);
    when(parts.len() > 1 && one_written, "one hyphenated word");
    let inner = parts.len() > 2 && parts[1..parts.len() - 1].iter().any(|&tok| is_tail(document, tok));
    when(inner, "a word of bodies inside");
    when(goes_on_as_body(document, end), "a last word of bodies after");
    let of_person =
        parts.len() > 2 && last_word.is(Word::TAIL) && document.word(parts[parts.len() - 2]).is(Word::SURNAME);
    when(of_person && first_word.is_given(), "a full name, ends like a body");
    let caps = parts.iter().any(|&tok| document.tokens[tok].caps == Caps::All && document.text(tok).len() > 2);
    when(caps, "all capitals");
    let before = begin.checked_sub(1).filter(|_| !document.opens_clause(begin));
    // "the Okoth administration"
    let led = document.word(end).is(Word::GROUP)
        || document.found(end).iter().any(|found| found.sense == Sense::StateWord)
        || document.is_any(end, &["campaign", "era", "presidency", "years"]);
    let the_before = before.is_some_and(|tok| document.is(tok, "the"));
    // "the Binh Duong provincial committee"
    let of_state = |tok: usize| document.found(tok).iter().any(|found| found.sense == Sense::StateWord);
    let of_body = (end..end + 4)
        .take_while(|&tok| matches!(document.kind(tok), Some(TokenKind::Word | TokenKind::Genitive)))
        .any(of_state);
    when(the_before && !led && of_body && document.tokens[end].is_lower(), "the before, a body of state after");
    when(the_before && !led, "the before");
    when(the_before && led, "the before, those one leads after");
    when(before.is_some_and(|tok| document.is_any(tok, &["a", "an", "this", "that"])), "article before");
    when(
        before.is_some_and(|tok| {
            document.is_any(tok, &["in", "at", "near", "into", "across", "inside", "outside", "throughout"])
        }),
        "place preposition before",
    );
    when(
        before.is_some_and(|tok| document.is_any(tok, &["with", "by", "told", "for", "against", "like", "between"])),
        "person preposition before",
    );
    let of_bodies = |tok: usize| document.found(tok).iter().any(|f| f.sense == Sense::PrivateWord && f.len == 1);
    when(before.is_some_and(|tok| document.tokens[tok].is_lower() && of_bodies(tok)), "a word of bodies before");
    when(before.is_some_and(|tok| is_report(document, tok)), "reporting verb before");
    when(document.opens_clause(begin) && parts.len() == 1, "one word opens a clause");
    when(is_report(document, end), "reporting verb after");
    let alone = parts.len() == 1 && last_word.is(Word::SURNAME) && place == 0;
    when(alone && is_report(document, end), "a surname alone, reporting verb after");
    when(
        document.is_any(end, &["who", "whom", "whose"])
            || (document.text(end) == "," && document.is_any(end + 1, &["who", "whose"])),
        "who after",
    );
    when(document.is_any(end, &["was", "is", "has", "had", "will", "would", "did", "does"]), "auxiliary after");
    when(document.kind(end) == Some(TokenKind::Genitive), "genitive after");
    let digits = document.text(end + 1).len();
    when(
        document.text(end) == ","
            && document.kind(end + 1) == Some(TokenKind::Number)
            && (digits == 2 || (digits == 1 && matches!(document.text(end + 2), "," | "." | ";"))),
        "age after",
    );
    when(
        begin > 0 && document.kind(begin - 1) == Some(TokenKind::Number) && !document.opens_clause(begin),
        "number before",
    );
    let aged = begin > 3 && document.is(begin - 1, "old") && document.is(begin - 3, "year");
    when(aged, "age before");
    // "Noy, a 23-year-old attendant"
    let described = document.text(end) == ","
        && document.is_any(end + 1, &["a", "an", "the"])
        && document.kind(end + 2) == Some(TokenKind::Number)
        && document.is(end + 4, "year")
        && document.is(end + 6, "old");
    when(described, "age after");
    // "Anna Lind 18, of Northgate"
    let bare_age = document.kind(end) == Some(TokenKind::Number)
        && document.text(end).len() == 2
        && document.text(end + 1) == ","
        && document.is_any(end + 2, &["of", "from", "was", "who", "a", "has"]);
    when(bare_age, "age after");
    when(document.kind(end) == Some(TokenKind::Number) && !bare_age, "number after");
    when(document.in_headline(begin), "headline");
    let surname = document.tokens[last].hash;
    let of_holder = document.gazetteer.holders_by_surname.contains_key(&surname);
    when(parts.len() == 1 && of_holder && last_word.is(Word::SURNAME), "surname of a holder");
    when(parts.len() == 1 && of_holder && !last_word.is(Word::SURNAME), "last name of a holder");
    when(parts.len() == 1 && last_word.is(Word::SURNAME), "a surname alone");
    when(apposition_after(document, end), "office or occupation after");
    when(
        document.text(end) == ","
            && terms.covering(end + 1).is_some_and(|t| matches!(t.class, TermClass::Place | TermClass::Country)),
        "place after a comma",
    );
    when(document.text(begin.wrapping_sub(1)) == "," && apposition_before(document, begin), "office and comma before");
    when(
        document.kind(end) == Some(TokenKind::Word)
            && document.tokens[end].is_lower()
            && document.text(end).ends_with('s')
            && !is_report(document, end)
            && !document.is_function(end),
        "plural noun after",
    );
    found
}

fn is_office_or_occupation(document: &Document<'_>, tok: usize) -> bool {
    document.found(tok).iter().any(|found| matches!(found.sense, Sense::Office(_) | Sense::Occupation))
}

/// "the activist" right before a name.
fn occupation_before(document: &Document<'_>, begin: usize) -> bool {
    (begin.saturating_sub(4)..begin)
        .any(|tok| document.found(tok).iter().any(|found| found.sense == Sense::Occupation && tok + found.len == begin))
}

/// "By Anna Lind", "(Reporting by Anna Lind"
fn byline(document: &Document<'_>, begin: usize) -> bool {
    let Some(by) = begin.checked_sub(1).filter(|&tok| document.is(tok, "by")) else { return false };
    let work = ["reporting", "editing", "writing", "compiled", "written", "edited", "photo", "photograph", "story"];
    document.opens_clause(by) || (by > 0 && document.is_any(by - 1, &work))
}

/// "mayor of Nyabira Kesho", "Member of Parliament (MP) for Nyabira Kesho": what the office is for, and no person unless
/// somebody speaks for them.
fn seat_of_office(document: &Document<'_>, begin: usize) -> bool {
    let Some(tie) = begin.checked_sub(1).filter(|&tok| document.is_any(tok, &["of", "for"])) else { return false };
    let bracket = tie > 3 && document.text(tie - 1) == ")" && document.text(tie - 3) == "(";
    let end = if bracket { tie - 3 } else { tie };
    let offices = &document.gazetteer.offices;
    let has_seat = |idx: u32| !matches!(&*offices[idx as usize].class, "spokesperson" | "adviser" | "diplomat");
    (end.saturating_sub(6)..end).any(|tok| {
        document.found(tok).iter().any(|found| match found.sense {
            Sense::Office(idx) => tok + found.len == end && has_seat(idx),
            _ => false,
        })
    })
}

/// "daughters Anna", "his wife, Anna"
fn kin_before(document: &Document<'_>, begin: usize) -> bool {
    let Some(before) = begin.checked_sub(1).filter(|_| !document.opens_paragraph(begin)) else { return false };
    let at = if document.text(before) == "," { before.checked_sub(1) } else { Some(before) };
    at.is_some_and(|at| document.word(at).is(Word::KIN))
}

/// ", the foreign minister" or ", a teacher" after a name.
fn apposition_after(document: &Document<'_>, end: usize) -> bool {
    document.text(end) == ","
        && (end + 1..(end + 7).min(document.len()))
            .take_while(|&tok| !matches!(document.text(tok), "," | ";" | "(") && !document.ends_sentence(tok - 1))
            .any(|tok| is_office_or_occupation(document, tok))
}

fn apposition_before(document: &Document<'_>, begin: usize) -> bool {
    (begin.saturating_sub(8)..begin.saturating_sub(1))
        .rev()
        .take_while(|&tok| !matches!(document.text(tok), "," | ";") && !document.ends_sentence(tok))
        .any(|tok| is_office_or_occupation(document, tok))
}
