//! The tables of countries, places and what is named after them.

use rustc_hash::FxHashMap;

use super::{
    Alternative, AlternativeSense, City, CountryRow, Gazetteer, Lexicon, Region, Sense,
    load::{all, phrase_hash},
    table::{Row, rows},
    user::UserTables,
};
use crate::model::CountryCode;

/// Rows of all tables together, about: sizes the index.
const N_PHRASES: usize = 90_000;

/// Half of all phrases.
pub(super) struct Towns {
    pub(super) lexicon: Lexicon<Sense>,
    pub(super) cities: Vec<City>,
}

pub(super) fn towns(user: &UserTables) -> Towns {
    let mut towns = Towns { lexicon: Lexicon::with_capacity(N_PHRASES), cities: Vec::with_capacity(N_PHRASES / 2) };
    // Many towns lie in one region.
    let mut admins = FxHashMap::default();
    for (_, text) in all(user).filter(|(name, _)| *name == "places.tsv") {
        rows(text).for_each(|row| town(&mut towns, &mut admins, row));
    }
    towns
}

pub(super) fn country(g: &mut Gazetteer, row: Row<'_>) {
    let Some(code) = CountryCode::new(row.cell(0)) else { return };
    g.lexicon.insert(row.cell(1), Sense::Country(code));
    for alias in row.values(2) {
        g.lexicon.insert(alias, Sense::Country(code));
    }
    for demonym in row.values(3) {
        g.lexicon.insert(demonym, Sense::Demonym(code));
    }
    let mut row = CountryRow { code, name: row.cell(1).into(), region: row.cell(4).into() };
    match g.countries.binary_search_by_key(&code, |known| known.code) {
        Ok(idx) => {
            if row.region.is_empty() {
                row.region = g.countries[idx].region.clone();
            }
            g.countries[idx] = row;
        }
        Err(idx) => g.countries.insert(idx, row),
    }
}

pub(super) fn former(g: &mut Gazetteer, row: Row<'_>) {
    let code = CountryCode::new(row.cell(2));
    let sense = |of: fn(CountryCode) -> Sense| code.map_or(Sense::Blocker(None), of);
    g.lexicon.insert(row.cell(0), sense(Sense::Country));
    for demonym in row.values(1) {
        g.lexicon.insert(demonym, sense(Sense::Demonym));
    }
}

pub(super) fn metonym(g: &mut Gazetteer, row: Row<'_>) {
    let Some(code) = CountryCode::new(row.cell(1)) else { return };
    // Bodies of a state stand in the table of organizations too.
    if !row.cell(2).starts_with("organization") {
        g.lexicon.insert(row.cell(0), Sense::Metonym(code, row.cell(2).contains("weak")));
    }
}

fn town<'t>(g: &mut Towns, admins: &mut FxHashMap<&'t str, u64>, row: Row<'t>) {
    let Some(code) = CountryCode::new(row.cell(1)) else { return };
    let admin = match row.cell(2) {
        "" => 0,
        name => *admins.entry(name).or_insert_with(|| phrase_hash(name)),
    };
    let flags = row.cell(4);
    // "London, Ontario" is found as a town and a region.
    if row.cell(0).contains(',') && !flags.contains("capital") {
        return;
    }
    let sense = Sense::City(g.cities.len() as u32);
    if row.cell(0).chars().all(|c| !c.is_lowercase()) {
        g.lexicon.insert(row.cell(0), sense);
    } else {
        g.lexicon.insert_name(row.cell(0), sense);
    }
    g.cities.push(City {
        code,
        admin,
        population: row.cell(3).parse().unwrap_or(0),
        capital: flags.contains("capital"),
        weak: flags.contains("weak"),
    });
}

pub(super) fn region(g: &mut Gazetteer, row: Row<'_>) {
    let Some(code) = CountryCode::new(row.cell(1)) else { return };
    let idx = g.regions.len() as u32;
    g.lexicon.insert_name(row.cell(0), Sense::Region(idx));
    for short in row.values(3) {
        g.lexicon.insert(short, Sense::RegionShort(idx));
    }
    for demonym in row.values(4) {
        g.lexicon.insert_name(demonym, Sense::Region(idx));
    }
    g.regions.push(Region { code, name: phrase_hash(row.cell(0)), ambiguous: row.cell(2) == "ambiguous" });
}

pub(super) fn blocker(g: &mut Gazetteer, row: Row<'_>) {
    // "London, Ontario" is found as a town and a region.
    if row.cell(0).contains(',') {
        return;
    }
    let place = matches!(row.cell(1), "place" | "region");
    let code = CountryCode::new(row.cell(2)).filter(|_| place);
    g.lexicon.insert(row.cell(0), Sense::Blocker(code));
}

pub(super) fn alternative(g: &mut Gazetteer, row: Row<'_>) {
    let sense = match row.cell(1).split_once(':') {
        Some((_, code)) => CountryCode::new(code).map_or(AlternativeSense::Other, AlternativeSense::Place),
        None => CountryCode::new(row.cell(1)).map_or(AlternativeSense::Other, AlternativeSense::Country),
    };
    let alternatives = g.ambiguous.entry(phrase_hash(row.cell(0))).or_default();
    // "Niger and Nigeria": that a neighbor is named does not make one the other.
    let rival = match (alternatives.first().map(|first| first.sense), sense) {
        (Some(AlternativeSense::Country(_)), AlternativeSense::Country(code) | AlternativeSense::Place(code)) => {
            Some(code)
        }
        _ => None,
    };
    let names_rival = |phrase: &&str| {
        rival.is_some_and(|rival| {
            let row = g.countries.binary_search_by_key(&rival, |row| row.code).ok().map(|idx| &g.countries[idx]);
            row.is_some_and(|row| row.name.split([' ', '-']).any(|word| word == *phrase) || *row.name == **phrase)
        })
    };
    let evidence = row.values(2).filter(|phrase| !names_rival(phrase));
    let is_name = |phrase: &&str| phrase.starts_with(char::is_uppercase) && !matches!(*phrase, "Mr." | "Mrs." | "Ms.");
    let (names, words): (Vec<&str>, Vec<&str>) = evidence.partition(is_name);
    let hashes = |phrases: Vec<&str>| phrases.into_iter().map(phrase_hash).collect();
    let names: Box<[u64]> = hashes(names);
    g.evidence.extend(names.iter().copied());
    alternatives.push(Alternative { sense, names, words: hashes(words) });
}
