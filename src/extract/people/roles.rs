//! The office that stands beside a name: before it, after it in apposition, or behind "is", "was", "became".
//!
//! An office phrase is read as a chunk of words that may belong to one (offices, modifiers, portfolios, countries, bodies
//! and the small words between them), and kept only if it holds an office or an occupation.

use crate::{
    extract::{
        Text,
        document::Document,
        people::names::is_verb,
        terms::{Term, TermClass, Terms},
    },
    gazetteer::{Modifier, Officialdom, OrganizationKind, Sense, TokenKind, Word},
    model::CountryCode,
};

/// An office as the text states it beside a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::extract) struct Role {
    /// Tokens of the stated office, the country before it left out.
    pub(in crate::extract) begin: usize,
    pub(in crate::extract) end: usize,
    /// The head: index into the table of offices; `None` for an occupation.
    pub(in crate::extract) office: Option<u32>,
    /// The state that the phrase names.
    pub(in crate::extract) country: Option<CountryCode>,
    /// The phrase names an intergovernmental body.
    pub(in crate::extract) intergovernmental: bool,
    /// The phrase names a party, a company, a newspaper or an armed movement.
    pub(in crate::extract) private: bool,
    /// The phrase names a ministry, a parliament, or another office of state that this one serves.
    pub(in crate::extract) of_state: bool,
    /// The office was held before.
    pub(in crate::extract) former: bool,
}

/// Farthest an office phrase reaches, in tokens.
const REACH: usize = 24;

/// The office phrase that ends right before `end`: "Syria's Minister of Foreign Affairs".
pub(in crate::extract) fn before(text: &Text<'_, '_>, end: usize) -> Option<Role> {
    read(text, begin_before(text, end), end)
}

/// The same of an office in the plural: "the Swedish and Norwegian foreign ministers".
pub(super) fn plural_before(text: &Text<'_, '_>, end: usize) -> Option<Role> {
    read_as(text, begin_before(text, end), end, true)
}

/// The first token of the office phrase that ends right before `end`; `end` if there is none.
fn begin_before(text: &Text<'_, '_>, end: usize) -> usize {
    let document = text.document;
    let stop = end.saturating_sub(REACH).max(document.paragraph_start(end.min(document.len().saturating_sub(1))));
    let mut begin = end;
    while begin > stop {
        let tok = begin - 1;
        if document.ends_sentence(tok) && document.kind(tok) != Some(TokenKind::Word)
            || !may_stand_in_title(text, tok, begin, end)
        {
            break;
        }
        begin = tok;
    }
    // Connectors and articles at the front belong to what stands before.
    while begin < end
        && (document.is_any(begin, &["of", "for", "to", "in", "and", "on", "at", "&", ",", "-", "/"])
            || document.kind(begin) == Some(TokenKind::Genitive))
    {
        begin += 1;
    }
    begin
}

/// Whether the token before `next` may belong to an office phrase that reaches to `end`.
fn may_stand_in_title(text: &Text<'_, '_>, tok: usize, next: usize, end: usize) -> bool {
    let (document, terms) = (text.document, text.terms);
    let token = &document.tokens[tok];
    match token.kind {
        TokenKind::Genitive => terms.covering(tok - 1).is_some() || document.is_capitalized(tok - 1),
        TokenKind::Hyphen => true,
        TokenKind::Stop => document.text(tok) == "." && !document.ends_sentence(tok),
        TokenKind::Number => false,
        TokenKind::Word => {
            if terms.covering(tok).is_some_and(|t| t.class == TermClass::Holder) {
                return false;
            }
            if office_covers(document, tok) || portfolio_covers(document, tok) {
                return true;
            }
            if document.is_any(tok, &["of", "for", "and", "to", "in", "the", "on"]) {
                return next < end && connects(text, tok, next);
            }
            if is_verb(document, tok) && token.is_lower() {
                return false;
            }
            if token.is_capitalized() {
                return terms.covering(tok).is_some() || !document.word(tok).is_given();
            }
            // "the railway minister": a noun right before an office.
            let small = Word::PREPOSITION.and(Word::AUXILIARY).and(Word::CONJUNCTION).and(Word::DETERMINER);
            next < end
                && !document.is_function(tok)
                && !document.word(tok).is(small)
                && !document.text(tok).ends_with("ing")
                && document.found(next).iter().any(|f| matches!(f.sense, Sense::Office(_)))
        }
        TokenKind::Mark => false,
        TokenKind::Other => document.is_any(tok, &["&", "/"]),
    }
}

/// "of", "for", "and" … inside a title: an office stands before it, a portfolio, body, place or another office after it.
fn connects(text: &Text<'_, '_>, tok: usize, next: usize) -> bool {
    let (document, terms) = (text.document, text.terms);
    if document.is(tok, "the") {
        return tok > 0 && document.is_any(tok - 1, &["of", "to", "for", "in"]);
    }
    let office_after = document.found(next).iter().any(|f| matches!(f.sense, Sense::Office(_)));
    let after = document.found(next).iter().any(|f| matches!(f.sense, Sense::Portfolio))
        || terms.covering(next).is_some()
        || document.is_capitalized(next)
        || document.is(next, "the");
    let Some(before) = tok.checked_sub(1) else { return false };
    let office_before = office_covers(document, before);
    if document.is(tok, "and") {
        let listed = |tok: usize| {
            portfolio_covers(document, tok) || (document.is_capitalized(tok) && document.word(tok).is(Word::COMMON))
        };
        return (office_before && office_after) || (listed(before) && listed(next));
    }
    let plain_of = (office_before || portfolio_covers(document, before) || document.is_capitalized(before)) && after;
    // "adviser to President Lind": the office after it is another's.
    plain_of && !office_after
}

fn covered_by(document: &Document<'_>, tok: usize, is: impl Fn(Sense) -> bool) -> bool {
    (tok.saturating_sub(7)..=tok)
        .any(|begin| document.found(begin).iter().any(|found| begin + found.len > tok && is(found.sense)))
}

fn office_covers(document: &Document<'_>, tok: usize) -> bool {
    covered_by(document, tok, |sense| matches!(sense, Sense::Office(_) | Sense::Modifier(_) | Sense::Occupation))
}

fn portfolio_covers(document: &Document<'_>, tok: usize) -> bool {
    covered_by(document, tok, |sense| sense == Sense::Portfolio)
}

/// The office phrase that begins at `begin`, in apposition or behind a copula: "the foreign minister of Libya".
pub(in crate::extract) fn after(text: &Text<'_, '_>, begin: usize) -> Option<Role> {
    let document = text.document;
    let limit = (begin + REACH).min(document.paragraph_end(begin.min(document.len().saturating_sub(1))));
    let mut end = begin;
    while end < limit {
        let word = document.text(end);
        let kind = document.kind(end);
        let comma_goes_on = word == "," && comma_in_office(text, end);
        let breaks = matches!(word, ";" | "(" | ")" | "—" | "–" | "--" | ":" | "[") || (word == "," && !comma_goes_on);
        let verb = document.tokens[end].is_lower()
            && (is_verb(document, end) && !office_covers(document, end)
                || document.is_any(
                    end,
                    &[
                        "who", "which", "that", "whose", "was", "is", "has", "had", "were", "are", "will", "would",
                        "as", "but", "when", "while", "after", "before", "where", "during", "since", "from", "until",
                        "told", "by", "because", "if", "did", "does", "can", "could", "may", "might", "must", "should",
                    ],
                ));
        let dated = document.is_any(end, &["in", "on"]) && is_time(document, end + 1);
        let stray_and = document.is(end, "and") && !and_in_office(document, end);
        if breaks || verb || dated || stray_and || kind == Some(TokenKind::Mark) {
            break;
        }
        if document.ends_sentence(end) {
            end += usize::from(kind == Some(TokenKind::Word));
            break;
        }
        end += 1;
    }
    let mut begin = begin;
    while begin < end
        && document.is_any(
            begin,
            &[
                "the",
                "a",
                "an",
                "his",
                "her",
                "their",
                "its",
                "our",
                "also",
                "currently",
                "now",
                "once",
                "as",
                "one",
                "of",
                "then",
                "himself",
                "herself",
                "previously",
                "formerly",
            ],
        )
        && !document.is(begin, "formerly")
    {
        begin += 1;
    }
    // The head of the phrase must stand near its front, or the words are about something else.
    let near = (begin..end).take(9).take_while(|&tok| !document.is_any(tok, &["of", "in", "at", "with", "from"]));
    near.clone()
        .any(|tok| document.found(tok).iter().any(|f| matches!(f.sense, Sense::Office(_) | Sense::Occupation)))
        .then_some(())?;
    read(text, begin, end)
}

/// "in March", "on Monday", "in 2023", "in the first week": no part of an office.
fn is_time(document: &Document<'_>, tok: usize) -> bool {
    let first = if document.word(tok).is(Word::DETERMINER) { tok + 1 } else { tok };
    document.kind(first) == Some(TokenKind::Number)
        || document.word(first).is(Word::TIME)
        || document.found(first).iter().any(|found| found.sense == Sense::NotName && found.len == 1)
}

/// A comma inside an office: "Minister of Energy, Mines and Industry".
fn comma_in_office(text: &Text<'_, '_>, comma: usize) -> bool {
    let (document, terms) = (text.document, text.terms);
    let listed = |tok: usize| {
        document.is_capitalized(tok)
            && terms.covering(tok).is_none()
            && !office_covers(document, tok)
            && document.word(tok).is(Word::COMMON)
    };
    (listed(comma + 1) || portfolio_covers(document, comma + 1)) && portfolio_covers(document, comma - 1)
}

fn and_in_office(document: &Document<'_>, tok: usize) -> bool {
    let office = |tok: usize| office_covers(document, tok) || portfolio_covers(document, tok);
    (document.is_capitalized(tok - 1) && document.is_capitalized(tok + 1))
        || office(tok + 1)
        || portfolio_covers(document, tok - 1)
}

/// Reads the tokens `begin..end` as an office phrase; `None` without an office or occupation in it.
fn read(text: &Text<'_, '_>, begin: usize, end: usize) -> Option<Role> {
    read_as(text, begin, end, false)
}

/// Reads an office phrase whose head is a singular, or a `plural`.
fn read_as(text: &Text<'_, '_>, begin: usize, end: usize, plural: bool) -> Option<Role> {
    let (document, terms) = (text.document, text.terms);
    if begin >= end {
        return None;
    }
    let inside = |tok: usize| document.found(tok).iter().filter(move |f| tok + f.len <= end);
    let office = (begin..end).find_map(|tok| {
        inside(tok).find_map(|f| match f.sense {
            Sense::Office(idx) if document.gazetteer.offices[idx as usize].plural == plural => {
                Some((tok, f.len, Some(idx)))
            }
            Sense::Occupation if !plural => Some((tok, f.len, None)),
            _ => None,
        })
    })?;
    // An occupation of which the office is a part ("attorney for …") yields to the office that stands on its own.
    let (head, head_len, idx) = office;
    let mut role = Role {
        begin,
        end,
        office: idx,
        country: None,
        intergovernmental: false,
        private: false,
        of_state: false,
        former: false,
    };
    let mut after_to = false;
    let mut tok = begin;
    while tok < end {
        after_to |= document.is(tok, "to") && tok > head;
        if inside(tok).any(|f| f.sense == Sense::Modifier(Modifier::Former)) && tok <= head {
            role.former = true;
        }
        let serves = |sense: Sense| match sense {
            Sense::StateWord => true,
            Sense::Office(idx) => {
                tok >= head + head_len && document.gazetteer.offices[idx as usize].officialdom == Officialdom::Always
            }
            _ => false,
        };
        role.of_state |= inside(tok).any(|f| serves(f.sense));
        match terms.covering(tok).filter(|t| t.begin == tok) {
            Some(term) => {
                if !after_to {
                    note_term(text, term, &mut role);
                }
                tok = term.end.max(tok + 1);
            }
            None => tok += 1,
        }
    }
    if let Some(office) = idx.map(|idx| &document.gazetteer.offices[idx as usize]) {
        role.intergovernmental |= office.intergovernmental && role.country.is_none();
    }
    role.private |= serves_unknown_body(text, head + head_len, end, &role);
    role.begin = trim_country(text, begin, head);
    role.end = trim_tail(document, role.begin, without_rank(document, head + head_len, end), head + head_len);
    Some(role)
}

/// Takes from a term inside the phrase which state or body is served; what stands first decides.
fn note_term(text: &Text<'_, '_>, term: Term, role: &mut Role) {
    let document = text.document;
    let body = Terms::senses(document, term).find_map(|sense| match sense {
        Sense::Organization(idx) => Some(&document.gazetteer.organizations[idx as usize]),
        _ => None,
    });
    if let Some(body) = body {
        match (body.kind, body.code) {
            (OrganizationKind::Intergovernmental, _) => role.intergovernmental |= role.country.is_none(),
            (OrganizationKind::State, Some(code)) => {
                role.country.get_or_insert(code);
            }
            (OrganizationKind::State, None) => {}
            _ => role.private |= role.country.is_none(),
        }
    } else if let Some(place) = text.places.at(term.begin)
        && !role.intergovernmental
    {
        role.country.get_or_insert(place.code);
    }
}

/// "president of the chess club", "chairman of Hutchens Motors": what follows names neither a state nor a part of one.
fn serves_unknown_body(text: &Text<'_, '_>, after_head: usize, end: usize, role: &Role) -> bool {
    let document = text.document;
    let general = role.office.is_some_and(|idx| {
        matches!(&*document.gazetteer.offices[idx as usize].class, "head_of_state" | "generic" | "agency")
    });
    let known = role.country.is_some() || role.intergovernmental || role.of_state;
    let owner = document.is_any(after_head, &["of", "at", "for"]) && after_head + 1 < end;
    let portfolio = (after_head..end).any(|tok| document.found(tok).iter().any(|f| f.sense == Sense::Portfolio));
    general && owner && !known && !portfolio
}

/// Leaves "Syria's", "the Russian", "U.S." at the front of the phrase out of the stated office.
fn trim_country(text: &Text<'_, '_>, begin: usize, head: usize) -> usize {
    let (document, terms) = (text.document, text.terms);
    let mut at = begin;
    while at < head {
        let country = terms.covering(at).filter(|t| {
            t.begin == at
                && t.end <= head
                && (t.class == TermClass::Country
                    || (t.class == TermClass::Place && document.kind(t.end) == Some(TokenKind::Genitive)))
        });
        if let Some(term) = country {
            at = term.end;
        } else if document.kind(at) == Some(TokenKind::Genitive)
            || document.is_any(at, &["the", "a", "an", "his", "her", "its", "their", "of", "and", "-", "'", "’"])
        {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// Leaves a rank or honorific behind another office out: "military spokesman Brig. Gen.".
fn without_rank(document: &Document<'_>, after_head: usize, end: usize) -> usize {
    let rank = |tok: usize| {
        let military = |idx: u32| &*document.gazetteer.offices[idx as usize].class == "military";
        let office = document.found(tok).iter().any(|found| match found.sense {
            Sense::Office(idx) => military(idx) && tok + found.len + 1 >= end,
            _ => false,
        });
        office || (document.word(tok).is(Word::HONORIFIC) && tok + 2 >= end)
    };
    (after_head..end).find(|&tok| document.is_capitalized(tok) && rank(tok)).unwrap_or(end)
}

/// Leaves trailing small words out of the stated office.
fn trim_tail(document: &Document<'_>, begin: usize, end: usize, at_least: usize) -> usize {
    let mut at = end;
    while at > at_least.max(begin + 1) {
        let tok = at - 1;
        let small = document.tokens[tok].is_lower() && document.is_function(tok);
        if small
            || matches!(
                document.kind(tok),
                Some(TokenKind::Other | TokenKind::Hyphen | TokenKind::Genitive | TokenKind::Mark)
            )
        {
            at -= 1;
        } else {
            break;
        }
    }
    at
}

impl Role {
    /// Whether the office makes its holder an official.
    pub(in crate::extract) fn is_official(&self, document: &Document<'_>) -> bool {
        let Some(office) = self.office.and_then(|idx| document.gazetteer.offices.get(idx as usize)) else {
            return false;
        };
        match office.officialdom {
            Officialdom::Always => !(self.private && self.country.is_none()),
            Officialdom::OfState => {
                self.intergovernmental || self.of_state || (self.country.is_some() && !self.private)
            }
            Officialdom::Never => false,
        }
    }
}

/// Every office stated beside the name at `begin..end`.
pub(in crate::extract) fn beside(text: &Text<'_, '_>, begin: usize, end: usize) -> Vec<Role> {
    let document = text.document;
    let mut found = Vec::new();
    // "the Director of National Intelligence (DNI) Anna Lind"
    let bracketed = begin >= 3 && document.text(begin - 1) == ")" && document.text(begin - 3) == "(";
    let mut titled = before(text, if bracketed { begin - 3 } else { begin });
    // "President Okoth of Kenya"
    let served = text.places.at(end + 1).filter(|_| document.is(end, "of"));
    if let (Some(role), Some(place)) = (&mut titled, served)
        && !role.intergovernmental
    {
        role.country.get_or_insert(place.code);
    }
    found.extend(titled);
    // "Germany's foreign minister, Anna Lind, said"
    // "…, said", "…, General Anna Lind, said": the comma stands before the name or before its title.
    let front = found.first().map_or(begin, |role| role.begin);
    if front >= 2 && document.text(front - 1) == "," && !document.opens_paragraph(front) {
        let closed = before(text, front - 1).filter(|role| is_closed_apposition(document, role));
        found.extend(left_apposition(text, front - 1).or(closed));
    }
    let copula = document.is_any(end, &["is", "was", "became", "serves", "served", "remains", "remained"]);
    if document.text(end) == "," && !document.opens_paragraph(end + 1) {
        let aged = document.kind(end + 1) == Some(TokenKind::Number) && document.text(end + 2) == ",";
        let mut begin = if aged { end + 3 } else { end + 1 };
        if document.is(begin, "who")
            && document.is_any(begin + 1, &["is", "was", "serves", "served", "became", "heads", "leads"])
        {
            begin += 2;
            let appointed = ["named", "appointed", "elected", "sworn", "made", "chosen", "picked", "nominated"];
            if document.is_any(begin, &appointed) {
                begin += 1 + usize::from(document.is_any(begin + 1, &["as", "in"]));
            }
            begin += usize::from(document.is(begin, "as"));
        }
        found.extend(after(text, begin));
    } else if document.text(end) == "(" || (copula && opens_office(text, end + 1)) {
        found.extend(after(text, end + 1));
    }
    found
}

/// An article, a country or an office: what an office phrase begins with behind "is" or "became".
fn opens_office(text: &Text<'_, '_>, tok: usize) -> bool {
    let document = text.document;
    let office = document.found(tok).iter().any(|f| matches!(f.sense, Sense::Office(_) | Sense::Modifier(_)));
    document.is_any(tok, &["the", "a", "an", "as", "one"]) || office || text.places.at(tok).is_some()
}

/// "the head of the agency's conference services," before a name: the whole phrase between the comma and what ends before it.
fn left_apposition(text: &Text<'_, '_>, comma: usize) -> Option<Role> {
    let document = text.document;
    let stop = comma.saturating_sub(REACH).max(document.paragraph_start(comma));
    let belongs = |&tok: &usize| {
        let verb = document.tokens[tok].is_lower() && is_verb(document, tok) && !office_covers(document, tok);
        let word = !matches!(document.kind(tok), Some(TokenKind::Mark | TokenKind::Other | TokenKind::Stop));
        word && !verb
            && !document
                .is_any(tok, &["and", "but", "where", "when", "while", "who", "was", "is", "with", "by", "that"])
            || (document.text(tok) == "." && !document.ends_sentence(tok))
            || (document.is(tok, "and") && and_in_office(document, tok))
    };
    let begin = (stop..comma).rev().take_while(belongs).last()?;
    let definite = (begin..comma).find(|&tok| {
        document.is_any(tok, &["the", "his", "her", "its", "their"])
            || document.kind(tok + 1) == Some(TokenKind::Genitive)
            || text.places.at(tok).is_some()
    })?;
    let head_near = (definite..comma)
        .take(8)
        .take_while(|&tok| !document.is_any(tok, &["of", "in", "at", "for", "to"]))
        .any(|tok| document.found(tok).iter().any(|f| matches!(f.sense, Sense::Office(_))));
    if !head_near {
        return None;
    }
    read(text, definite, comma)
}

/// "the foreign minister," before a name is about that name if it says who: an article, a genitive or a country stands first.
fn is_closed_apposition(document: &Document<'_>, role: &Role) -> bool {
    let before = role.begin.wrapping_sub(1);
    document.is_any(before, &["the", "his", "her", "its", "their", "a", "an"])
        || document.kind(before) == Some(TokenKind::Genitive)
        || role.country.is_some()
}
