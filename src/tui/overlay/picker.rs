//! A list one types to find in: the library's countries, or its officials.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

use crate::{
    model::Filter,
    tui::{effect::JobId, line::Line, sidebar::Choice},
};

/// What is picked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Picked {
    /// Countries.
    Countries,
    /// Officials.
    Officials,
}

/// Something to pick.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PickerItem {
    /// What it is.
    pub choice: Choice,
    /// Its name.
    pub label: String,
    /// Code and region, or office and country.
    pub detail: String,
    /// Articles that mention it.
    pub n_articles: u64,
}

/// The state of the picker.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What is picked.
    pub picked: Picked,
    /// What was typed.
    pub line: Line,
    /// Everything there is, most articles first; `None` until it is known.
    pub items: Option<Vec<PickerItem>>,
    /// Indices of the items that match, best first.
    pub shown: Vec<usize>,
    /// Index into `shown`.
    pub selected: usize,
    /// Index into `shown` of the first on the screen.
    pub top: usize,
    /// The filter before, for Esc.
    pub before: Filter,
    /// Whether anything was included or excluded since it opened.
    pub touched: bool,
    /// Enter was pressed before the items were here: the best match is taken when they come.
    pub hasty: bool,
    /// The question whose answer is awaited.
    pub waiting: JobId,
}

impl Picker {
    /// An empty picker that waits for its items.
    pub fn new(picked: Picked, before: Filter, waiting: JobId) -> Self {
        Self {
            picked,
            line: Line::default(),
            items: None,
            shown: Vec::new(),
            selected: 0,
            top: 0,
            before,
            touched: false,
            hasty: false,
            waiting,
        }
    }

    /// Takes its items in.
    pub fn fill(&mut self, items: Vec<PickerItem>) {
        self.items = Some(items);
        self.find();
    }

    /// Shows what matches the line, best first; of equal matches the one in more articles.
    pub fn find(&mut self) {
        let items = self.items.as_deref().unwrap_or_default();
        self.selected = 0;
        self.top = 0;
        let query = self.line.text().trim();
        if query.is_empty() {
            self.shown = (0..items.len()).collect();
            return;
        }
        let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
        let mut found: Vec<(u32, usize)> = items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| {
                // A name counts for more than a region or an office; a code typed in full is meant.
                let exact = item.code().is_some_and(|code| code.eq_ignore_ascii_case(query));
                let name = score(&item.label).map(|score| score * 2);
                let detail = score(&item.detail);
                let best = name.max(detail)?;
                Some((if exact { u32::MAX } else { best }, at))
            })
            .collect();
        found.sort_by(|(a, at), (b, bt)| b.cmp(a).then(at.cmp(bt)));
        self.shown = found.into_iter().map(|(_, at)| at).collect();
    }

    /// The chosen item.
    pub fn selected_item(&self) -> Option<&PickerItem> {
        self.items.as_ref()?.get(*self.shown.get(self.selected)?)
    }

    /// Chooses an item by its place among those shown and keeps it on the screen.
    pub fn select(&mut self, to: usize, height: usize) {
        let height = height.max(1);
        self.selected = to.min(self.shown.len().saturating_sub(1));
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(height));
    }
}

impl PickerItem {
    fn code(&self) -> Option<&str> {
        match &self.choice {
            Choice::Country(code) => Some(code.as_str()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CountryCode;

    fn picker(query: &str) -> Picker {
        let country = |code: &str, label: &str, region: &str, n_articles| PickerItem {
            choice: Choice::Country(CountryCode::new(code).unwrap()),
            label: label.to_owned(),
            detail: format!("{code} {region}"),
            n_articles,
        };
        let mut picker = Picker::new(Picked::Countries, Filter::default(), JobId(1));
        picker.fill(vec![
            country("US", "United States", "Northern America", 40),
            country("RU", "Russia", "Eastern Europe", 30),
            country("SY", "Syria", "Western Asia", 20),
            country("TR", "Türkiye", "Western Asia", 10),
        ]);
        picker.line = Line::new(query);
        picker.find();
        picker
    }

    fn check(query: &str, expected: &[&str]) {
        let picker = picker(query);
        let items = picker.items.as_ref().unwrap();
        let found: Vec<&str> = picker.shown.iter().map(|&at| items[at].label.as_str()).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn one_finds_by_name_code_or_region() {
        check("", &["United States", "Russia", "Syria", "Türkiye"]);
        check("syr", &["Syria"]);
        check("turk", &["Türkiye"]);
        check("western asia", &["Syria", "Türkiye"]);
        check("zzz", &[]);
        assert_eq!(picker("us").selected_item().unwrap().label, "United States");
        assert_eq!(picker("ru").selected_item().unwrap().label, "Russia");
    }
}
