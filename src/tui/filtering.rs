//! What the keys do to a filter, and a filter in a few words.

use std::sync::LazyLock;

use crate::{
    gazetteer::Geography,
    model::{Condition, CountryCode, CountryMatch, Filter, Query, Scope},
    query::{self, Blank, QueryError},
};

use super::{dates, sidebar::Choice, worker};

/// Whether something must be mentioned, must not, or may.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// It must.
    Include,
    /// It must not.
    Exclude,
    /// It may.
    Either,
}

fn toggle<T: PartialEq>(wanted: &mut Vec<T>, unwanted: &mut Vec<T>, item: T) {
    unwanted.retain(|other| *other != item);
    match wanted.iter().position(|other| *other == item) {
        Some(at) => drop(wanted.remove(at)),
        None => wanted.push(item),
    }
}

/// Takes a country into the filter, or out of it.
pub fn toggle_country(filter: &mut Filter, code: CountryCode) {
    // A country that is shut out is first of all let in again.
    match filter.without.iter().position(|other| *other == code) {
        Some(at) => drop(filter.without.remove(at)),
        None => toggle(&mut filter.countries, &mut filter.without, code),
    }
}

/// Takes something of the sidebar into the filter, or out of it.
pub fn toggle_choice(filter: &mut Filter, choice: &Choice) {
    match choice {
        Choice::Country(code) => toggle_country(filter, *code),
        Choice::Person(name) => toggle(&mut filter.people, &mut filter.without_people, name.clone()),
        Choice::Organization(name) => toggle(&mut filter.organizations, &mut Vec::new(), name.clone()),
        Choice::Tag(tag) => toggle_part(filter, Query::Is(Condition::Tag(tag.clone()))),
        Choice::Watch { query: Some(query), .. } if filter.query == **query => filter.query = Query::All,
        Choice::Watch { query: Some(query), .. } => {
            *filter = Filter {
                query: (**query).clone(),
                country_match: filter.country_match,
                people_match: filter.people_match,
                ..Filter::default()
            };
        }
        Choice::Watch { query: None, .. } => {}
    }
}

/// Takes a part into the query, or out of it.
fn toggle_part(filter: &mut Filter, part: Query) {
    let mut parts = parts(&filter.query).to_vec();
    match parts.iter().position(|other| *other == part) {
        Some(at) => drop(parts.remove(at)),
        None => parts.push(part),
    }
    filter.query = Query::and(parts);
}

/// What all must hold.
fn parts(query: &Query) -> &[Query] {
    match query {
        Query::And(parts) => parts,
        query => std::slice::from_ref(query),
    }
}

/// What the filter wants of something in the sidebar.
pub fn wanted(filter: &Filter, choice: &Choice) -> Wanted {
    let (include, exclude) = match choice {
        Choice::Country(code) => (filter.countries.contains(code), filter.without.contains(code)),
        Choice::Person(name) => (filter.people.contains(name), filter.without_people.contains(name)),
        Choice::Organization(name) => (filter.organizations.contains(name), false),
        Choice::Tag(tag) => (parts(&filter.query).contains(&Query::Is(Condition::Tag(tag.clone()))), false),
        Choice::Watch { query, .. } => (query.as_deref() == Some(&filter.query), false),
    };
    if include {
        Wanted::Include
    } else if exclude {
        Wanted::Exclude
    } else {
        Wanted::Either
    }
}

/// Makes something wanted so, or free again if it was so before.
pub fn set_wanted(filter: &mut Filter, choice: &Choice, want: Wanted) {
    let want = if wanted(filter, choice) == want { Wanted::Either } else { want };
    match choice {
        Choice::Country(code) => place(&mut filter.countries, &mut filter.without, code, want),
        Choice::Person(name) => place(&mut filter.people, &mut filter.without_people, name, want),
        Choice::Organization(name) => place(&mut filter.organizations, &mut Vec::new(), name, want),
        Choice::Tag(_) | Choice::Watch { .. } => toggle_choice(filter, choice),
    }
}

fn place<T: PartialEq + Clone>(include: &mut Vec<T>, exclude: &mut Vec<T>, item: &T, want: Wanted) {
    include.retain(|other| other != item);
    exclude.retain(|other| other != item);
    match want {
        Wanted::Include => include.push(item.clone()),
        Wanted::Exclude => exclude.push(item.clone()),
        Wanted::Either => {}
    }
}

/// All or any, the other way round.
pub fn flip(all_or_any: &mut CountryMatch) {
    *all_or_any = match all_or_any {
        CountryMatch::All => CountryMatch::Any,
        CountryMatch::Any => CountryMatch::All,
    };
}

/// The filter in a few words: `SY+RU −US · Lavrov · unread · 2025-07-01.. · "gas"`.
pub fn describe(filter: &Filter) -> String {
    let mut parts = Vec::new();
    let countries: Vec<String> = filter.countries.iter().map(ToString::to_string).collect();
    let without: Vec<String> = filter.without.iter().map(ToString::to_string).collect();
    push_names(&mut parts, &countries, filter.country_match, &without);
    let short = |names: &[String]| names.iter().map(|name| surname(name).to_owned()).collect::<Vec<_>>();
    push_names(&mut parts, &short(&filter.people), filter.people_match, &short(&filter.without_people));
    parts.extend(filter.organizations.iter().cloned());
    if filter.versions_of.is_some() {
        parts.push("versions of one story".to_owned());
    }
    if filter.unread {
        parts.push("unread".to_owned());
    }
    if filter.starred {
        parts.push("starred".to_owned());
    }
    if filter.since.is_some() || filter.until.is_some() {
        parts.push(dates::format((filter.since, filter.until)));
    }
    if !filter.text.trim().is_empty() {
        parts.push(format!("“{}”", filter.text.trim()));
    }
    if !filter.query.is_all() {
        parts.push(filter.query.to_string());
    }
    parts.join(" · ")
}

static GEOGRAPHY: LazyLock<Geography> = LazyLock::new(|| Geography::with_user_tables(worker::tables()));

/// A query as it was written.
pub fn read(text: &str) -> Result<Query, QueryError> {
    query::parse(text, &GEOGRAPHY)
}

/// What could stand at a place of a query, best first, with what it means; `known` are names that the library knows.
pub fn offers(blank: &Blank, known: &[String]) -> Vec<(String, String)> {
    query::offers(blank, &GEOGRAPHY, known)
}

/// Searches for what was written in the language of queries. Plain words are found while they are typed, by how they
/// begin. Where the text is no query the filter stays as it was.
pub fn set_search(filter: &mut Filter, text: &str) -> Result<(), QueryError> {
    let query = read(text)?;
    let is_plain = |part: &Query| {
        matches!(part, Query::Is(Condition::Words(Scope::Anywhere, words))
            if !words.prefix && words.spellings.is_empty() && !words.text.contains(' '))
    };
    let plain = match &query {
        Query::And(parts) => parts.iter().all(is_plain),
        query => query.is_all() || is_plain(query),
    };
    if plain && !text.contains(['"', '“', '”', '„', '(', '*']) {
        text.clone_into(&mut filter.text);
        filter.query = Query::All;
    } else {
        filter.text.clear();
        filter.query = query;
    }
    Ok(())
}

/// What [`set_search`] was given, in its plainest form.
pub fn search_of(filter: &Filter) -> String {
    if filter.query.is_all() { filter.text.clone() } else { filter.query.to_string() }
}

fn push_names(parts: &mut Vec<String>, include: &[String], all_or_any: CountryMatch, exclude: &[String]) {
    let sign = if all_or_any == CountryMatch::All { "+" } else { "|" };
    let mut words = Vec::new();
    if !include.is_empty() {
        words.push(include.join(sign));
    }
    words.extend(exclude.iter().map(|name| format!("−{name}")));
    if !words.is_empty() {
        parts.push(words.join(" "));
    }
}

/// The last word of a name.
fn surname(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> CountryCode {
        CountryCode::new(text).unwrap()
    }

    #[test]
    fn a_filter_is_told_in_a_few_words() {
        let mut filter = Filter::default();
        assert_eq!(describe(&filter), "");
        toggle_country(&mut filter, code("SY"));
        toggle_country(&mut filter, code("RU"));
        assert_eq!(describe(&filter), "SY+RU");
        flip(&mut filter.country_match);
        set_wanted(&mut filter, &Choice::Country(code("US")), Wanted::Exclude);
        filter.people.push("Anna Lind".to_owned());
        filter.unread = true;
        filter.text = " gas ".to_owned();
        assert_eq!(describe(&filter), "SY|RU −US · Lind · unread · “gas”");
    }

    #[test]
    fn the_same_key_twice_changes_nothing() {
        let mut filter = Filter::default();
        let choice = Choice::Organization("United Nations".to_owned());
        toggle_choice(&mut filter, &choice);
        assert_eq!(wanted(&filter, &choice), Wanted::Include);
        toggle_choice(&mut filter, &choice);
        assert!(filter.is_empty());
    }

    #[test]
    fn what_is_shut_out_is_never_also_asked_for() {
        let mut filter = Filter::default();
        let choice = Choice::Country(code("SY"));
        set_wanted(&mut filter, &choice, Wanted::Include);
        set_wanted(&mut filter, &choice, Wanted::Exclude);
        assert_eq!((filter.countries.len(), filter.without.len()), (0, 1));
        toggle_country(&mut filter, code("SY"));
        assert!(filter.is_empty());
    }
}
