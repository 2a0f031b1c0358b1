//! Which state or body an office serves, as its phrase says.

use super::{Offices, Role, office_covers, portfolio_covers, read::Head};
use crate::{
    extract::{
        people::runs::is_known_name,
        terms::{Term, TermClass, Terms},
    },
    gazetteer::{Officialdom, OrganizationKind, Sense, TokenKind, Word},
    model::CountryCode,
};

impl Offices<'_, '_, '_> {
    /// Notes in `role`, which covers the whole phrase, which state or body it names; what stands first decides.
    pub(super) fn note_served(&self, role: &mut Role, head: Head) {
        let (document, terms) = (self.text.document, self.text.terms);
        let (begin, end) = (role.begin, role.end);
        let mut post = false;
        let mut tok = begin;
        let abroad = self.is_of_class(role, &["diplomat", "military", "spokesperson"]);
        while tok < end {
            // "ambassador to Turkey", "consul in Turkey" serve another state.
            post |= tok > head.tok && (document.is(tok, "to") || (abroad && document.is(tok, "in")));
            // "a travel agency" is no agency of the state.
            let private = |len: usize| document.found(tok).iter().any(|f| f.sense == Sense::PrivateWord && f.len > len);
            let masked = |len: usize| private(len) || (tok > begin && self.ends_private_phrase(tok));
            role.of_state |= document.found(tok).iter().filter(|f| tok + f.len <= end).any(|f| match f.sense {
                Sense::StateWord => !masked(f.len),
                Sense::Office(idx) => {
                    let office = &document.gazetteer.offices[idx as usize];
                    (tok >= head.end() || tok + f.len <= head.tok) && office.officialdom == Officialdom::Always
                }
                _ => false,
            });
            match terms.covering(tok).filter(|t| t.begin == tok) {
                Some(term) => {
                    // What the name of an office holds ("UN ambassador") its row says.
                    let post_in_head = self.is_of_class(role, &["diplomat"]);
                    let in_head = post_in_head && head.tok <= term.begin && term.end <= head.end();
                    if !post && !in_head {
                        self.note_term(term, role);
                    }
                    tok = term.end.max(tok + 1);
                }
                None => tok += 1,
            }
        }
        // "Education director-general Anna Lind", "Director General of Health Services"
        let beside = head.tok.checked_sub(1).filter(|&tok| tok >= begin);
        let behind = Some(head.end() + 1).filter(|&tok| tok < end && document.is(head.end(), "of"));
        let has_portfolio = beside.into_iter().chain(behind).any(|tok| portfolio_covers(document, tok));
        let whole = end == head.end() || behind.is_some();
        role.of_state |= has_portfolio && whole && self.is_of_class(role, &["agency", "adviser"]);
        let office = role.office.map(|idx| &document.gazetteer.offices[idx as usize]);
        role.intergovernmental |=
            office.is_some_and(|office| office.intergovernmental) && role.country.is_none() && !role.of_state;
        // "director of the Institute of Peace of Sweden": a country in the name of a private body is not served.
        if self.is_general(role) && !role.of_state && !role.intergovernmental && self.names_private_body(role, head) {
            role.private = true;
            role.country = None;
        }
        role.private |= self.serves_unknown_body(role, head);
        if !role.private && !role.intergovernmental && role.country.is_none() {
            self.note_served_person(role);
        }
    }

    /// "Lind spokesman Juma Okoth", "an adviser to Lind": they serve the state of the known official Lind.
    fn note_served_person(&self, role: &mut Role) {
        let document = self.text.document;
        // "his spokesman, Anna Lind": of whoever is in the news.
        let owned = |tok: usize| {
            document.is_any(tok, &["his", "her"])
                || (document.kind(tok) == Some(TokenKind::Genitive)
                    && tok > 0
                    && document.is_capitalized(tok - 1)
                    && self.text.terms.covering(tok - 1).is_none()
                    && !document.word(tok - 1).is(Word::COMMON))
        };
        let of_person = (role.begin.saturating_sub(1)..role.head.start).any(owned);
        if of_person && self.is_of_class(role, &["adviser", "spokesperson", "legislator", "deputy_minister"]) {
            role.of_state = true;
        }
        if !self.is_of_class(role, &["adviser", "spokesperson", "generic"]) {
            return;
        }
        let genitive = role.head.start > 0 && document.kind(role.head.start - 1) == Some(TokenKind::Genitive);
        let before = role.head.start.checked_sub(1 + usize::from(genitive));
        let last = role.end.checked_sub(1).filter(|&tok| tok > role.head.end);
        let code = before.into_iter().chain(last).find_map(|tok| self.state_of_official(tok));
        if code.is_some() {
            role.country = code;
            role.of_state = true;
        }
    }

    /// The state of the official whose name ends with `tok`, if the table of holders knows one such name.
    fn state_of_official(&self, tok: usize) -> Option<CountryCode> {
        let document = self.text.document;
        let token =
            document.tokens.get(tok).filter(|token| token.is_capitalized() && !document.opens_paragraph(tok))?;
        let known = document.gazetteer.holders_by_surname.get(&token.hash)?;
        let mut codes = known.iter().map(|&idx| document.gazetteer.holders[idx as usize].code);
        let first = codes.next()??;
        codes.all(|code| code == Some(first)).then_some(first)
    }

    fn is_of_class(&self, role: &Role, classes: &[&str]) -> bool {
        let offices = &self.text.document.gazetteer.offices;
        role.office.is_some_and(|idx| classes.contains(&&*offices[idx as usize].class))
    }

    /// Takes from a term inside the phrase which state or body is served.
    pub(super) fn note_term(&self, term: Term, role: &mut Role) {
        let document = self.text.document;
        let body = Terms::senses(document, term).find_map(|sense| match sense {
            Sense::Organization(idx) => Some(&document.gazetteer.organizations[idx as usize]),
            _ => None,
        });
        if let Some(body) = body {
            match (body.kind, body.code) {
                (OrganizationKind::Intergovernmental, _) => role.intergovernmental |= role.country.is_none(),
                (OrganizationKind::State, code) => {
                    role.of_state = true;
                    role.country = role.country.or(code);
                }
                // "Labour's MP for Kisumu"
                (OrganizationKind::Party | OrganizationKind::Movement, _) if !self.is_general(role) => {}
                _ => role.private |= role.country.is_none(),
            }
        } else if let Some(place) = self.text.places.at(term.begin)
            && !role.intergovernmental
            && !self.begins_name(term)
            && !self.is_origin(term)
        {
            role.country.get_or_insert(place.code);
        }
    }

    /// `tok` is the last word of a phrase of private bodies ("news agency").
    fn ends_private_phrase(&self, tok: usize) -> bool {
        let document = self.text.document;
        let found = document.found(tok.wrapping_sub(1));
        found.iter().any(|f| f.sense == Sense::PrivateWord && f.len == 2)
    }

    /// "Iran-born": where somebody comes from is not whom they serve.
    fn is_origin(&self, term: Term) -> bool {
        let document = self.text.document;
        document.kind(term.end) == Some(TokenKind::Hyphen)
            && document.is_any(term.end + 1, &["born", "raised", "educated"])
    }

    /// "Andermatt Biocontrol": a town with which the name of something else begins.
    fn begins_name(&self, term: Term) -> bool {
        let document = self.text.document;
        let next = term.end;
        let plain = Word::COMMON.and(Word::TAIL).and(Word::PARTICLE).and(Word::HONORIFIC);
        term.class == TermClass::Place
            && document.is_capitalized(next)
            && !document.opens_paragraph(next)
            && self.text.terms.covering(next).is_none()
            && !document.word(next).is(plain)
            && !office_covers(document, next)
            && !is_known_name(document, next)
    }

    /// An office that private bodies have too: president, director, chairman, spokesman.
    fn is_general(&self, role: &Role) -> bool {
        role.office.is_some_and(|idx| {
            let office = &self.text.document.gazetteer.offices[idx as usize];
            let shared = matches!(&*office.class, "head_of_state" | "generic" | "agency" | "spokesperson" | "adviser");
            shared || office.officialdom != Officialdom::Always
        })
    }

    /// "of the advocacy group", "the university's": a word of `private_words.txt` outside the head.
    fn names_private_body(&self, role: &Role, head: Head) -> bool {
        let document = self.text.document;
        let is_private =
            |tok: usize| document.found(tok).iter().any(|f| f.sense == Sense::PrivateWord && tok + f.len <= role.end);
        (role.begin..head.tok).chain(head.end()..role.end).any(is_private)
    }

    /// "president of the chess club", "Hutchens Motors chairman": what it names is neither a state nor a part of one.
    fn serves_unknown_body(&self, role: &Role, head: Head) -> bool {
        let document = self.text.document;
        let general = role.office.is_some_and(|idx| {
            matches!(&*document.gazetteer.offices[idx as usize].class, "head_of_state" | "generic" | "agency")
        });
        if !general || role.country.is_some() || role.intergovernmental || role.of_state {
            return false;
        }
        let owner = document.is_any(head.end(), &["of", "at", "for"]) && head.end() + 1 < role.end;
        let portfolio = (head.end()..role.end).any(|tok| portfolio_covers(document, tok));
        // "Hutchens Motors president": an unknown name before the office; "Council President" is none.
        let unknown = |tok: usize| {
            document.is_capitalized(tok)
                && document.kind(tok) == Some(TokenKind::Word)
                && !office_covers(document, tok)
                && !portfolio_covers(document, tok)
                && self.text.terms.covering(tok).is_none()
                && !document.word(tok).is(Word::COMMON)
        };
        (owner && !portfolio) || (role.begin..head.tok).any(unknown)
    }
}
