//! Names in a list: one that surely is a person's speaks for those beside it.
//!
//! "Juma Okoth and Yeergonh Lindero", "the deaths of Agnes, Bernard and Anna Lind".

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::NameMention;
use crate::{extract::document::Document, gazetteer::Weights};

/// What a neighbor in a list counts, by its name in the weight table.
const LISTED: &str = "listed with a person";

/// Adds the weight of a list to the names beside those that are people without it.
pub(super) fn support(document: &Document<'_>, weights: &Weights, names: &mut [NameMention]) {
    let listed = |pair: &[NameMention]| is_listed(document, &pair[0], &pair[1]);
    let pairs: Vec<usize> = names.windows(2).enumerate().filter(|(_, pair)| listed(pair)).map(|(idx, _)| idx).collect();
    for &idx in &pairs {
        lend(document, weights, names, idx, idx + 1);
    }
    for &idx in pairs.iter().rev() {
        lend(document, weights, names, idx + 1, idx);
    }
    let mut surnames = None;
    for idx in pairs {
        if is_alone(document, &names[idx], &names[idx + 1]) {
            let surnames = surnames.get_or_insert_with(|| surnames_of(names));
            share_surname(names, idx, surnames);
        }
    }
}

/// Adds the weight of the list to `to` if `from` is a person's name.
fn lend(document: &Document<'_>, weights: &Weights, names: &mut [NameMention], from: usize, to: usize) {
    let fits = |name: &NameMention| name.is_full() || document.word(name.begin).is_given();
    let is_person = names[from].score + weights.get("bias") > 0.0;
    if is_person && fits(&names[from]) && fits(&names[to]) && !names[to].reasons.contains(&LISTED) {
        names[to].reasons.push(LISTED);
        names[to].score += weights.get(LISTED);
    }
}

/// The surnames that the people of each given name have.
fn surnames_of(names: &[NameMention]) -> FxHashMap<u64, FxHashSet<u64>> {
    let mut surnames: FxHashMap<u64, FxHashSet<u64>> = FxHashMap::default();
    for name in names.iter().filter(|name| name.is_full()) {
        surnames.entry(name.parts[0]).or_default().insert(name.parts[name.surname]);
    }
    surnames
}

/// "David and Anna Lind": a given name alone, tied to a full one.
fn is_alone(document: &Document<'_>, alone: &NameMention, full: &NameMention) -> bool {
    let given = |name: &NameMention| document.word(name.begin).is_given();
    let tied = alone.end + 1 == full.begin && document.is_any(alone.end, &["and", "&"]);
    tied && alone.parts.len() == 1 && full.is_full() && full.surname > 0 && given(alone) && given(full)
}

/// The given name alone shares the surname behind it, unless it is somebody else's of the article.
fn share_surname(names: &mut [NameMention], idx: usize, surnames: &FxHashMap<u64, FxHashSet<u64>>) {
    let surname = names[idx + 1].parts[names[idx + 1].surname];
    let known = surnames.get(&names[idx].parts[0]);
    if known.is_none_or(|known| known.iter().all(|&other| other == surname)) {
        names[idx].parts.push(surname);
        names[idx].surname = 1;
    }
}

/// Only a comma, "and" or both stand between the names.
fn is_listed(document: &Document<'_>, one: &NameMention, next: &NameMention) -> bool {
    let between = one.end..next.begin;
    let ties = |tok: usize| document.is_any(tok, &[",", "and", "&"]);
    !between.is_empty() && between.len() <= 2 && between.into_iter().all(ties) && !document.opens_paragraph(next.begin)
}
