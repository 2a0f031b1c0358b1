//! The small part of the tables that a search needs: countries by name, regions, groups, and other spellings.
//! It is read apart from the rest, so that a search on the command line starts at once.

use rustc_hash::FxHashMap;

use super::{
    load::all,
    table::{Row, rows},
    token::fold,
    user::UserTables,
};
use crate::model::CountryCode;

/// A region or a group of states.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Its usual name.
    pub name: String,
    /// Its full name; the same where there is no other.
    pub full_name: String,
    /// Its countries, sorted.
    pub members: Vec<CountryCode>,
}

/// Countries by name, regions, groups and spellings.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Geography {
    /// Code and name, by code.
    pub countries: Vec<(CountryCode, String)>,
    /// The regions of the United Nations' geoscheme, the small ones and the continents.
    pub regions: Vec<Group>,
    /// Groups of states, in the order of the table.
    pub groups: Vec<Group>,
    names: FxHashMap<String, CountryCode>,
    /// Each row of spellings under each of them.
    spellings: FxHashMap<String, Vec<String>>,
}

/// The continents of the geoscheme, and words of their subregions' names.
const CONTINENTS: &[(&str, &[&str])] = &[
    ("Africa", &["Northern Africa", "Eastern Africa", "Middle Africa", "Southern Africa", "Western Africa"]),
    ("Sub-Saharan Africa", &["Eastern Africa", "Middle Africa", "Southern Africa", "Western Africa"]),
    ("Americas", &["Caribbean", "Central America", "South America", "Northern America"]),
    ("Latin America and the Caribbean", &["Caribbean", "Central America", "South America"]),
    ("Asia", &["Central Asia", "Eastern Asia", "South-eastern Asia", "Southern Asia", "Western Asia"]),
    ("Europe", &["Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe"]),
    ("Oceania", &["Australia and New Zealand", "Melanesia", "Micronesia", "Polynesia"]),
];

impl Geography {
    /// The tables built into the program.
    pub fn builtin() -> Self {
        Self::with_user_tables(&UserTables::default())
    }

    /// The tables built into the program with the user's laid over them.
    pub fn with_user_tables(user: &UserTables) -> Self {
        let mut geography = Self::default();
        for (name, text) in all(user) {
            let take: fn(&mut Self, Row<'_>) = match name {
                "countries.tsv" => Self::take_country,
                "groups.tsv" => Self::take_group,
                "spellings.tsv" => Self::take_spelling,
                _ => continue,
            };
            rows(text).for_each(|row| take(&mut geography, row));
        }
        for (name, parts) in CONTINENTS {
            let mut members: Vec<CountryCode> = geography
                .regions
                .iter()
                .filter(|region| parts.contains(&region.name.as_str()))
                .flat_map(|region| region.members.iter().copied())
                .collect();
            members.sort();
            geography.regions.push(Group { name: (*name).to_owned(), full_name: (*name).to_owned(), members });
        }
        geography
    }

    /// The country of a code, a name or an alias.
    pub fn country(&self, name: &str) -> Option<CountryCode> {
        let by_code = CountryCode::new(name).filter(|code| self.name_of(*code).is_some());
        by_code.or_else(|| self.names.get(&key(name)).copied())
    }

    /// A country's short name.
    pub fn name_of(&self, code: CountryCode) -> Option<&str> {
        let idx = self.countries.binary_search_by_key(&code, |(known, _)| *known).ok()?;
        self.countries.get(idx).map(|(_, name)| name.as_str())
    }

    /// A region by its name.
    pub fn region(&self, name: &str) -> Option<&Group> {
        self.regions.iter().find(|region| key(&region.name) == key(name))
    }

    /// A group by its short or full name.
    pub fn group_of(&self, name: &str) -> Option<&Group> {
        let name = key(name);
        self.groups.iter().find(|group| key(&group.name) == name || key(&group.full_name) == name)
    }

    /// Other spellings of a word, without the word itself and an Arabic article before it.
    pub fn spellings(&self, word: &str) -> &[String] {
        self.spellings.get(&key(word)).map(Vec::as_slice).unwrap_or_default()
    }

    fn take_country(&mut self, row: Row<'_>) {
        let Some(code) = CountryCode::new(row.cell(0)) else { return };
        for name in std::iter::once(row.cell(1)).chain(row.values(2)) {
            self.names.insert(key(name), code);
        }
        match self.countries.binary_search_by_key(&code, |(known, _)| *known) {
            Ok(idx) => self.countries[idx].1 = row.cell(1).to_owned(),
            Err(idx) => self.countries.insert(idx, (code, row.cell(1).to_owned())),
        }
        let name = row.cell(4);
        if name.is_empty() {
            return;
        }
        self.regions.iter_mut().for_each(|region| region.members.retain(|member| *member != code));
        match self.regions.iter_mut().find(|region| region.name == name) {
            Some(region) => {
                region.members.push(code);
                region.members.sort();
            }
            None => {
                let name = name.to_owned();
                self.regions.push(Group { full_name: name.clone(), name, members: vec![code] });
            }
        }
    }

    fn take_group(&mut self, row: Row<'_>) {
        let mut members: Vec<_> = row.values(2).filter_map(CountryCode::new).collect();
        members.sort();
        let group = Group { name: row.cell(0).to_owned(), full_name: row.cell(1).to_owned(), members };
        match self.groups.iter_mut().find(|known| key(&known.name) == key(&group.name)) {
            Some(known) => *known = group,
            None => self.groups.push(group),
        }
    }

    fn take_spelling(&mut self, row: Row<'_>) {
        let row: Vec<&str> = row.values(0).collect();
        for word in &row {
            let others = self.spellings.entry(key(word)).or_default();
            for other in &row {
                if other != word && !others.iter().any(|known| known == other) {
                    others.push((*other).to_owned());
                }
            }
        }
    }
}

/// How names are compared: folded, hyphens as spaces, apostrophes left out, without “the”.
fn key(name: &str) -> String {
    let folded = fold(name).replace(['-', '‐', '‑', '_'], " ").replace('\'', "");
    let words: Vec<&str> = folded.split_whitespace().collect();
    let words = words.strip_prefix(&["the"]).filter(|rest| !rest.is_empty()).unwrap_or(&words);
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(group: Option<&Group>) -> Vec<&str> {
        group.map(|group| group.members.iter().map(CountryCode::as_str).collect()).unwrap_or_default()
    }

    #[test]
    fn countries_regions_and_groups_are_known_by_their_names() {
        let geography = Geography::builtin();
        for name in ["SY", "sy", "Syria", "syria", "Syrian Arab Republic"] {
            assert_eq!(geography.country(name), CountryCode::new("SY"), "{name}");
        }
        assert_eq!(geography.country("Turkiye"), CountryCode::new("TR"));
        assert_eq!(geography.country("Atlantis"), None);
        assert_eq!(geography.country("ZZ"), None);
        assert_eq!(codes(geography.group_of("g7")), ["CA", "DE", "FR", "GB", "IT", "JP", "US"]);
        assert_eq!(codes(geography.group_of("Gulf cooperation council")), ["AE", "BH", "KW", "OM", "QA", "SA"]);
        assert_eq!(codes(geography.region("central asia")), ["KG", "KZ", "TJ", "TM", "UZ"]);
        assert!(codes(geography.region("Europe")).contains(&"FR"));
    }

    #[test]
    fn every_member_of_every_group_is_a_country() {
        let geography = Geography::builtin();
        for group in geography.groups.iter().chain(&geography.regions) {
            assert!(!group.members.is_empty(), "{}", group.name);
            for code in &group.members {
                assert!(geography.name_of(*code).is_some(), "{} in {}", code, group.name);
            }
        }
    }

    #[test]
    fn spellings_of_a_name_know_each_other() {
        let geography = Geography::builtin();
        assert!(geography.spellings("Sharaa").contains(&"Shara".to_owned()));
        assert!(geography.spellings("shara’a").contains(&"Shara".to_owned()));
        assert!(geography.spellings("zelensky").contains(&"Zelenskyy".to_owned()));
        assert_eq!(geography.spellings("Paris"), [""; 0]);
    }
}
