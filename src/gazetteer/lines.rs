//! Which line of which table states a word or phrase: for those who want to correct it.

use rustc_hash::FxHashMap;

use super::{
    fold,
    load::{self, TABLES},
    user::UserTables,
};

/// The lines of all tables by the words that they state.
#[derive(Debug)]
pub struct LinesOfTables(FxHashMap<String, Vec<Line>>);

/// A line of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The table's file name.
    pub table: String,
    /// Counted from 1.
    pub number: usize,
    /// It stands in a table of the user.
    pub of_user: bool,
}

impl LinesOfTables {
    /// Reads all tables, those of the user too.
    pub fn new(user: &UserTables) -> Self {
        let mut lines: FxHashMap<String, Vec<Line>> = FxHashMap::default();
        for (nth, (name, text)) in load::all(user).enumerate() {
            for (idx, row) in text.lines().enumerate().filter(|(_, row)| !row.starts_with('#')) {
                let line = Line { table: name.to_owned(), number: idx + 1, of_user: nth >= TABLES.len() };
                // The other columns of these name what lies around, or speaks for a sense.
                let only_first = matches!(name, "places.tsv" | "regions.tsv" | "ambiguous.tsv" | "blockers.tsv");
                let cells = row.split('\t').take(if only_first { 1 } else { usize::MAX });
                for words in cells.flat_map(|cell| cell.split(';')).map(str::trim).filter(|words| !words.is_empty()) {
                    let known = lines.entry(fold(words)).or_default();
                    if known.last() != Some(&line) {
                        known.push(line.clone());
                    }
                }
            }
        }
        Self(lines)
    }

    /// The lines in one of `tables` that state `words`, whatever their case and accents.
    pub fn stating<'l>(&'l self, words: &str, tables: &'l [&str]) -> impl Iterator<Item = &'l Line> {
        let lines = self.0.get(&fold(words)).map_or(&[][..], Vec::as_slice);
        lines.iter().filter(|line| tables.contains(&line.table.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_by_its_cell_whatever_its_case() {
        let user = UserTables::default();
        let lines = LinesOfTables::new(&user);
        let line = lines.stating("SYRIA", &["countries.tsv"]).next().unwrap();
        let text = load::all(&user).find(|(name, _)| *name == "countries.tsv").unwrap().1;
        assert!(text.lines().nth(line.number - 1).unwrap().contains("Syria"));
        assert!(!line.of_user);
        assert_eq!(lines.stating("no such words", &["countries.tsv"]).count(), 0);
    }
}
