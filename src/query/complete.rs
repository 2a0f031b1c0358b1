//! What could stand at the cursor of a query that is being typed.

use std::ops::Range;

use super::keys::{HAS, IS, KEYS, Key};
use crate::gazetteer::Geography;

/// The unfinished piece before the cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Blank {
    /// Its bytes, to be replaced by what is chosen.
    pub at: Range<usize>,
    /// What was typed of it, without a quotation mark.
    pub typed: String,
    /// What it is the value of; `None` for a key or a word.
    pub key: Option<Key>,
}

/// The unfinished piece that ends at the byte `cursor`.
pub fn blank_at(query: &str, cursor: usize) -> Blank {
    let before = query.get(..cursor).unwrap_or(query);
    let is_open = before.matches('"').count() % 2 == 1;
    let start = if is_open {
        let mark = before.rfind('"').unwrap_or_default();
        before.get(..mark).and_then(|head| head.rfind([' ', '('])).map_or(0, |space| space + 1)
    } else {
        before.rfind([' ', '(', '"']).map_or(0, |space| space + 1)
    };
    let piece = before.get(start..).unwrap_or_default();
    let minus = piece.len() - piece.trim_start_matches('-').len();
    let (key, from) = match piece.get(minus..).and_then(|piece| piece.split_once(':')) {
        Some((name, _)) => (Key::of(name), start + minus + name.len() + 1),
        None => (None, start + minus),
    };
    // Behind a plus or a comma only the last value is unfinished.
    let from = match key {
        Some(Key::Country | Key::Region | Key::Group) if !is_open => {
            before.get(from..).and_then(|list| list.rfind(['+', ','])).map_or(from, |join| from + join + 1)
        }
        _ => from,
    };
    let typed = before.get(from..).unwrap_or_default().trim_start_matches('"').to_owned();
    Blank { at: from..before.len(), typed, key }
}

/// What could stand there, best first: the words to put in and what they mean. `known` is what the library knows by name
/// of what the key asks for.
pub fn offers(blank: &Blank, geography: &Geography, known: &[String]) -> Vec<(String, String)> {
    let typed = blank.typed.to_lowercase();
    let begins = |name: &str| {
        name.to_lowercase().split([' ', '-']).any(|word| word.starts_with(&typed))
            || name.to_lowercase().starts_with(&typed)
    };
    let listed = |names: &[&str]| {
        names.iter().filter(|name| begins(name)).map(|name| ((*name).to_owned(), String::new())).collect::<Vec<_>>()
    };
    match blank.key {
        None => KEYS
            .iter()
            .filter(|(name, ..)| name.starts_with(&typed))
            .map(|(name, _, meaning)| (format!("{name}:"), (*meaning).to_owned()))
            .collect(),
        Some(Key::Country) => {
            let fits = |(code, name): &&(crate::model::CountryCode, String)| {
                code.as_str().eq_ignore_ascii_case(&typed) || begins(name)
            };
            geography.countries.iter().filter(fits).map(|(code, name)| (code.to_string(), name.clone())).collect()
        }
        Some(Key::Region) => geography
            .regions
            .iter()
            .filter(|region| begins(&region.name))
            .map(|region| (quoted(&region.name), String::new()))
            .collect(),
        Some(Key::Group) => geography
            .groups
            .iter()
            .filter(|group| begins(&group.name) || begins(&group.full_name))
            .map(|group| (quoted(&group.name), group.full_name.clone()))
            .collect(),
        Some(Key::Is) => listed(IS),
        Some(Key::Has) => listed(HAS),
        // The library compares names with case and accents folded, as this does not.
        Some(Key::Speaker | Key::Official | Key::Person | Key::Organization | Key::Role | Key::Source | Key::Tag) => {
            known.iter().map(|name| (quoted(name), String::new())).collect()
        }
        Some(Key::Says | Key::Title | Key::After | Key::Before | Key::On | Key::Last) => Vec::new(),
    }
}

fn quoted(name: &str) -> String {
    let name = name.replace('"', "");
    if name.chars().all(char::is_alphanumeric) { name } else { format!("\"{name}\"") }
}
