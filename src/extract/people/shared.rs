//! Titles in the plural, shared out over the names that follow: "Foreign Ministers Anna Lind and Juma Okoth".

use rustc_hash::FxHashMap;

use super::{
    names::NameMention,
    roles::{Offices, Role},
};
use crate::{
    extract::{Text, terms::TermClass},
    model::CountryCode,
};

/// The shared titles, by the first token of the name that each belongs to.
pub(super) fn titles(
    text: &Text<'_, '_>,
    offices: &Offices<'_, '_, '_>,
    names: &[NameMention],
) -> FxHashMap<usize, Role> {
    let document = text.document;
    let mut found = FxHashMap::default();
    let mut next = 0;
    while let Some(first) = names.get(next) {
        let comma = first.begin > 0 && document.text(first.begin - 1) == ",";
        let end = if comma { first.begin - 1 } else { first.begin };
        let title = if document.opens_paragraph(first.begin) { None } else { offices.plural_before(end) };
        let n = title.as_ref().map_or(1, |_| n_listed(text, &names[next..]));
        if let Some(title) = title.filter(|_| n > 1) {
            let listed = &names[next..next + n];
            let countries = countries(text, &title, listed);
            for (idx, name) in listed.iter().enumerate() {
                let each = countries.get(idx).filter(|_| countries.len() == n).copied();
                let own = || served_after(text, name).map(|(code, _)| code);
                let country = each.or_else(own).or(countries.first().copied());
                found.insert(name.begin, Role { country: country.or(title.country), ..title.clone() });
            }
        }
        next += n;
    }
    found
}

/// How many of `names` stand in one list, from the first on: "A of Kenya, B and C".
fn n_listed(text: &Text<'_, '_>, names: &[NameMention]) -> usize {
    let document = text.document;
    let follows = |pair: &[NameMention]| {
        let end = served_after(text, &pair[0]).map_or(pair[0].end, |(_, end)| end);
        let end = after_brackets(text, end);
        let between = end..pair[1].begin;
        !between.is_empty()
            && between.len() <= 2
            && between.into_iter().all(|tok| document.is_any(tok, &[",", "and", "&"]))
    };
    1 + names.windows(2).take_while(|pair| follows(pair)).count()
}

/// The token behind "(R-N.Y.)", if that stands at `tok`; else `tok`.
fn after_brackets(text: &Text<'_, '_>, tok: usize) -> usize {
    let document = text.document;
    let close = (tok..(tok + LONGEST_BRACKETS).min(document.len())).find(|&at| document.text(at) == ")");
    close.filter(|_| document.text(tok) == "(").map_or(tok, |close| close + 1)
}

/// Longest brackets between the names of a list, in tokens.
const LONGEST_BRACKETS: usize = 10;

/// "of Kenya" behind a name: the country and the token after it.
fn served_after(text: &Text<'_, '_>, name: &NameMention) -> Option<(CountryCode, usize)> {
    let term = text.terms.covering(name.end + 1).filter(|_| text.document.is(name.end, "of"))?;
    Some((text.places.at(name.end + 1)?.code, term.end))
}

/// The countries that the title names, or that stand in a list behind the last name: one for all, or one each.
fn countries(text: &Text<'_, '_>, title: &Role, names: &[NameMention]) -> Vec<CountryCode> {
    let document = text.document;
    let behind = names.last().filter(|last| names.len() > 1 && document.is(last.end, "of"));
    let (mut at, end) = match behind {
        Some(last) => (last.end + 1, (last.end + 4 * names.len()).min(document.paragraph_end(last.begin))),
        None => (title.begin.saturating_sub(3 * names.len()).max(document.paragraph_start(title.begin)), title.end),
    };
    let mut found = Vec::new();
    while at < end {
        match text.terms.covering(at) {
            Some(term) if term.class == TermClass::Country => {
                found.extend(text.places.at(at).map(|place| place.code));
                at = term.end;
            }
            _ if document.is_any(at, &["and", ",", "the", "of"]) || behind.is_none() => at += 1,
            _ => break,
        }
    }
    found
}
