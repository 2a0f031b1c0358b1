//! Names in a list: one that surely is a person's speaks for those beside it.
//!
//! "Marc Deen and Seergeoh Villanova", "the deaths of Helen, Clarence and Randy Kunze".

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
    for idx in pairs {
        share_surname(document, names, idx);
    }
}

/// "David and Anna Lind": the given name alone shares the surname behind it, unless it is somebody else's of the article.
fn share_surname(document: &Document<'_>, names: &mut [NameMention], idx: usize) {
    let (alone, full) = (&names[idx], &names[idx + 1]);
    let given = |name: &NameMention| document.word(name.begin).is_given();
    let tied = alone.end + 1 == full.begin && document.is_any(alone.end, &["and", "&"]);
    if !tied || alone.parts.len() != 1 || full.parts.len() < 2 || full.surname == 0 || !given(alone) || !given(full) {
        return;
    }
    let surname = full.parts[full.surname];
    let of_another =
        |name: &NameMention| name.is_full() && name.parts[0] == alone.parts[0] && name.parts[name.surname] != surname;
    if !names.iter().any(of_another) {
        names[idx].parts.push(surname);
        names[idx].surname = 1;
    }
}

fn lend(document: &Document<'_>, weights: &Weights, names: &mut [NameMention], from: usize, to: usize) {
    let fits = |name: &NameMention| name.is_full() || document.word(name.begin).is_given();
    let is_person = names[from].score + weights.get("bias") > 0.0;
    if is_person && fits(&names[from]) && fits(&names[to]) && !names[to].reasons.contains(&LISTED) {
        names[to].reasons.push(LISTED);
        names[to].score += weights.get(LISTED);
    }
}

/// Only a comma, "and" or both stand between the names.
fn is_listed(document: &Document<'_>, one: &NameMention, next: &NameMention) -> bool {
    let between = one.end..next.begin;
    let ties = |tok: usize| document.is_any(tok, &[",", "and", "&"]);
    !between.is_empty() && between.len() <= 2 && between.into_iter().all(ties) && !document.opens_paragraph(next.begin)
}
