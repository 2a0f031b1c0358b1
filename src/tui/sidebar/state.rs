//! Who and what the open article mentions.

use std::collections::BTreeMap;

use crate::{
    model::{Annotations, CountryCode, Filter, Person, Query},
    tui::{reader::Document, watches::WatchRow},
};

/// Something in the sidebar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Choice {
    /// A country.
    Country(CountryCode),
    /// A person, by the full name.
    Person(String),
    /// An organization, by its name.
    Organization(String),
    /// A tag of the open article.
    Tag(String),
    /// A watch.
    Watch {
        /// Its name.
        name: String,
        /// What it asks, if that can be read.
        query: Option<Box<Query>>,
    },
}

/// A line, or two, of the sidebar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Row {
    /// The name of a part.
    Heading(&'static str, usize),
    /// Something to choose.
    Item(Item),
}

/// Something to choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// What it is.
    pub choice: Choice,
    /// Its name.
    pub label: String,
    /// A second line: office and country.
    pub detail: Option<String>,
    /// Its mentions in the article, or the unread articles that it finds; `None` where nothing is counted, or not yet.
    pub count: Option<u64>,
    /// The digit that filters by it.
    pub digit: Option<usize>,
}

impl Row {
    /// Lines it takes.
    pub fn height(&self) -> usize {
        match self {
            Self::Heading(..) => 1,
            Self::Item(item) => 1 + usize::from(item.detail.is_some()),
        }
    }

    /// What it offers to choose.
    pub fn item(&self) -> Option<&Item> {
        match self {
            Self::Heading(..) => None,
            Self::Item(item) => Some(item),
        }
    }
}

impl Item {
    /// Whether it is a watch.
    pub fn is_watch(&self) -> bool {
        matches!(self.choice, Choice::Watch { .. })
    }
}

/// What the sidebar knows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SidebarState {
    /// All rows.
    pub rows: Vec<Row>,
    /// Index of the chosen row; never a heading while there is anything else.
    pub selected: usize,
    /// Index of the first row on the screen.
    pub top: usize,
    /// What is highlighted in the text.
    pub choice: Option<Choice>,
    /// The mention one has stepped to.
    pub mention: Option<usize>,
}

impl SidebarState {
    /// Takes other rows; the choice stays if it is among them.
    pub fn set_rows(&mut self, rows: Vec<Row>) {
        self.rows = rows;
        let found = self.choice.as_ref().and_then(|choice| self.position(choice));
        match found {
            Some(row) => self.selected = row,
            None => {
                self.choice = None;
                self.mention = None;
                // What the article mentions comes before the watches, which are the same for all.
                let item = |row: &Row| row.item().is_some_and(|item| !item.is_watch());
                let first = self.rows.iter().position(item);
                self.selected = first.or_else(|| self.rows.iter().position(|row| row.item().is_some())).unwrap_or(0);
                self.top = 0;
            }
        }
        self.top = self.top.min(self.rows.len().saturating_sub(1));
    }

    fn position(&self, choice: &Choice) -> Option<usize> {
        self.rows.iter().position(|row| row.item().is_some_and(|item| item.choice == *choice))
    }

    /// The chosen item.
    pub fn selected_item(&self) -> Option<&Item> {
        self.rows.get(self.selected)?.item()
    }

    /// The country that a digit names, 0 for the first.
    pub fn country(&self, digit: usize) -> Option<CountryCode> {
        self.rows.iter().filter_map(Row::item).find(|item| item.digit == Some(digit + 1)).and_then(|item| {
            match item.choice {
                Choice::Country(code) => Some(code),
                _ => None,
            }
        })
    }

    /// Moves by so many items.
    pub fn step(&mut self, by: isize, height: usize) {
        let items: Vec<usize> =
            self.rows.iter().enumerate().filter(|(_, row)| row.item().is_some()).map(|(at, _)| at).collect();
        let Some(last) = items.len().checked_sub(1) else { return };
        let at = items.iter().position(|&row| row >= self.selected).unwrap_or(last);
        let to = at.saturating_add_signed(by).min(last);
        self.select(items[to], height);
    }

    /// Chooses the item at `row`, highlights it, and keeps it on the screen.
    pub fn select(&mut self, row: usize, height: usize) {
        let Some(item) = self.rows.get(row).and_then(Row::item) else { return };
        if self.choice.as_ref() != Some(&item.choice) {
            self.choice = Some(item.choice.clone());
            self.mention = None;
        }
        self.selected = row;
        // A heading just above is shown along.
        let from = if row > 0 && self.rows[row - 1].item().is_none() { row - 1 } else { row };
        self.top = self.top.min(from);
        let lines = |rows: &[Row]| rows.iter().map(Row::height).sum::<usize>();
        while self.top < row && lines(&self.rows[self.top..=row]) > height {
            self.top += 1;
        }
    }
}

/// The rows for an article under a filter: the watches, then its tags, its countries, most mentioned first, its officials, its other people, its
/// organizations. Countries of the filter that the article does not mention come after its own, so that a digit or a
/// key can take them away again.
pub fn rows(
    watches: &[WatchRow],
    document: Option<&Document>,
    filter: &Filter,
    names: &BTreeMap<CountryCode, String>,
) -> Vec<Row> {
    let nothing = Annotations::default();
    let found = document.map_or(&nothing, |document| &document.stored.annotations);
    let mut rows = Vec::new();
    push_part(&mut rows, "Watches", watches.iter().map(watch).collect());
    push_part(&mut rows, "Tags", document.map_or(Vec::new(), |document| tags(&document.stored.tags)));
    push_part(&mut rows, "Countries", countries(found, filter, names));
    let (officials, others): (Vec<_>, Vec<_>) = people(found).into_iter().partition(|(person, _)| person.official);
    push_part(&mut rows, "Officials", officials.into_iter().map(|(_, item)| item).collect());
    push_part(&mut rows, "Others", others.into_iter().map(|(_, item)| item).collect());
    push_part(&mut rows, "Organizations", organizations(found));
    rows
}

fn push_part(rows: &mut Vec<Row>, heading: &'static str, items: Vec<Item>) {
    if !items.is_empty() {
        rows.push(Row::Heading(heading, items.len()));
        rows.extend(items.into_iter().map(Row::Item));
    }
}

fn watch(row: &WatchRow) -> Item {
    let query = row.query.as_ref().ok().cloned().map(Box::new);
    let (label, count) = (row.watch.name.clone(), row.n_unread);
    Item { choice: Choice::Watch { name: label.clone(), query }, label, detail: None, count, digit: None }
}

fn tags(tags: &[String]) -> Vec<Item> {
    let item = |tag: &String| Item {
        choice: Choice::Tag(tag.clone()),
        label: tag.clone(),
        detail: None,
        count: None,
        digit: None,
    };
    tags.iter().map(item).collect()
}

fn countries(found: &Annotations, filter: &Filter, names: &BTreeMap<CountryCode, String>) -> Vec<Item> {
    let mut items: Vec<Item> = found
        .countries
        .iter()
        .map(|country| Item {
            choice: Choice::Country(country.code),
            label: country.name.clone(),
            detail: None,
            count: Some(country.mentions.len() as u64),
            digit: None,
        })
        .collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.count));
    for &code in filter.countries.iter().chain(&filter.without) {
        if !items.iter().any(|item| item.choice == Choice::Country(code)) {
            let (choice, label) = (Choice::Country(code), names.get(&code).cloned().unwrap_or_default());
            items.push(Item { choice, label, detail: None, count: Some(0), digit: None });
        }
    }
    for (at, item) in items.iter_mut().enumerate().take(9) {
        item.digit = Some(at + 1);
    }
    items
}

fn people(found: &Annotations) -> Vec<(&Person, Item)> {
    let mut people: Vec<(&Person, Item)> = found
        .people
        .iter()
        .map(|person| {
            // A country alone is not worth a line of its own.
            let (label, detail) = match (&person.role, person.country) {
                (Some(role), Some(country)) => (person.name.clone(), Some(format!("{country} {role}"))),
                (None, Some(country)) => (format!("{} · {country}", person.name), None),
                (role, None) => (person.name.clone(), role.clone()),
            };
            let choice = Choice::Person(person.name.clone());
            (person, Item { choice, label, detail, count: Some(person.mentions.len() as u64), digit: None })
        })
        .collect();
    people.sort_by_key(|(_, item)| std::cmp::Reverse(item.count));
    people
}

fn organizations(found: &Annotations) -> Vec<Item> {
    let mut items: Vec<Item> = found
        .organizations
        .iter()
        .map(|organization| Item {
            choice: Choice::Organization(organization.name.clone()),
            label: organization.name.clone(),
            detail: None,
            count: Some(organization.mentions.len() as u64),
            digit: None,
        })
        .collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.count));
    items
}
