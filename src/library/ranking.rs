//! Which of the found articles come first when the words count more than the day.
//!
//! Each word that is looked for weighs by the most prominent place where an article has it. Articles of the same weight
//! stay in the order of the list, newest first. The places are columns of the full-text index, so that no text is read.

use rusqlite::Connection;

use super::{
    bits::Bits,
    sets::{Set, match_words},
};
use crate::model::{Filter, Scope, Words};

/// Columns of the index and what a word weighs there; none is any of them.
const PLACES: &[(Option<&str>, u32)] = &[(Some("headline"), 4), (Some("lead"), 2), (None, 1)];

/// Puts `ids`, which are newest first, into the order of what `filter` looks for.
pub(super) fn ranked(on: &Connection, filter: &Filter, mut ids: Vec<i64>) -> rusqlite::Result<Vec<i64>> {
    let query = filter.to_query();
    let words: Vec<_> = query.words().into_iter().map(|words| places(on, words)).collect::<rusqlite::Result<_>>()?;
    if !words.is_empty() {
        let weight = |id: &i64| -> u32 {
            let place = |places: &Vec<(Bits, u32)>| {
                places.iter().find(|(bits, _)| bits.contains(*id)).map_or(0, |(_, weight)| *weight)
            };
            words.iter().map(place).sum()
        };
        // Stable, and each weight is looked up once.
        ids.sort_by_cached_key(|id| std::cmp::Reverse(weight(id)));
    }
    Ok(ids)
}

/// The articles that have `words` in each of the places.
fn places(on: &Connection, words: &Words) -> rusqlite::Result<Vec<(Bits, u32)>> {
    let asked = match_words(Scope::Anywhere, words);
    let of_place = |(column, weight): &(Option<&str>, u32)| {
        let asked = column.map_or_else(|| asked.clone(), |column| format!("{column} : {asked}"));
        Ok((Set::of_words(&asked).bits(on)?, *weight))
    };
    PLACES.iter().map(of_place).collect()
}
