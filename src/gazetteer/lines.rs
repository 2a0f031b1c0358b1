//! Which line of which table states a word or phrase: for those who want to correct it.

use rustc_hash::FxHashMap;

use super::{fold, load, user::UserTables};

/// The lines of all tables by the words that they state.
#[derive(Debug)]
pub struct LinesOfTables(FxHashMap<String, Vec<(String, usize)>>);

impl LinesOfTables {
    /// Reads all tables, those of the user too, whose lines are named like the others.
    pub fn new(user: &UserTables) -> Self {
        let mut lines: FxHashMap<String, Vec<(String, usize)>> = FxHashMap::default();
        for (name, text) in load::all(user) {
            for (idx, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
                for words in line.split(['\t', ';']).map(str::trim).filter(|words| !words.is_empty()) {
                    let places = lines.entry(fold(words)).or_default();
                    if places.last().is_none_or(|(table, n)| table != name || *n != idx + 1) {
                        places.push((name.to_owned(), idx + 1));
                    }
                }
            }
        }
        Self(lines)
    }

    /// The lines that state `words`, whatever their case and accents, in those of `tables`: the table's name and the line,
    /// from 1.
    pub fn stating<'l>(&'l self, words: &str, tables: &'l [&str]) -> impl Iterator<Item = (&'l str, usize)> {
        let places = self.0.get(&fold(words)).map_or(&[][..], Vec::as_slice);
        places.iter().map(|(table, line)| (table.as_str(), *line)).filter(|(table, _)| tables.contains(table))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_by_its_cell_whatever_its_case() {
        let lines = LinesOfTables::new(&UserTables::default());
        let tables = ["countries.tsv", "places.tsv"];
        let found: Vec<(&str, usize)> = lines.stating("SYRIA", &tables).collect();
        assert!(found.iter().any(|(table, _)| *table == "countries.tsv"), "{found:?}");
        let (table, line) = found[0];
        let text = load::all(&UserTables::default()).find(|(name, _)| *name == table).unwrap().1.to_owned();
        assert!(text.lines().nth(line - 1).unwrap().contains("Syria"));
        assert_eq!(lines.stating("no such words", &tables).count(), 0);
    }
}
