//! The words before a colon.

/// A word before a colon, which says what the value after it means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// Countries mentioned.
    Country,
    /// A region of the UN.
    Region,
    /// A group of states.
    Group,
    /// Who is quoted.
    Speaker,
    /// An official mentioned.
    Official,
    /// A person mentioned, by full name.
    Person,
    /// A body mentioned, by full name.
    Organization,
    /// The office of someone mentioned.
    Role,
    /// Words inside quotes.
    Says,
    /// Outlet, file or address.
    Source,
    /// Words of the headline.
    Title,
    /// That day or later.
    After,
    /// Earlier than that day.
    Before,
    /// That day, month, year or range.
    On,
    /// The last days, weeks, months.
    Last,
    /// Marks.
    Is,
    /// What there is.
    Has,
    /// The user's tags.
    Tag,
}

/// Every key as it is written, and what it is for.
pub(super) const KEYS: &[(&str, Key, &str)] = &[
    ("country", Key::Country, "countries mentioned: SY, Syria, SY+RU (both), SY,RU (either)"),
    ("region", Key::Region, "a region of the UN: \"Western Asia\""),
    ("group", Key::Group, "a group of states: NATO"),
    ("speaker", Key::Speaker, "who is quoted"),
    ("official", Key::Official, "an official mentioned"),
    ("person", Key::Person, "a person mentioned, by full name"),
    ("organization", Key::Organization, "a body mentioned, by full name"),
    ("role", Key::Role, "an office: \"foreign minister\""),
    ("says", Key::Says, "words inside quotes"),
    ("source", Key::Source, "outlet, file or address"),
    ("title", Key::Title, "words of the headline"),
    ("after", Key::After, "that day or later: 2025-07-01"),
    ("before", Key::Before, "earlier than that day"),
    ("on", Key::On, "that day, month or year: 2025-07"),
    ("last", Key::Last, "the last days or weeks: 7d, 2w"),
    ("is", Key::Is, "unread, read or starred"),
    ("has", Key::Has, "bookmark, quote or tag"),
    ("tag", Key::Tag, "a tag of yours"),
];

/// The values of `is`.
pub(super) const IS: &[&str] = &["unread", "read", "starred"];
/// The values of `has`.
pub(super) const HAS: &[&str] = &["bookmark", "quote", "tag"];

impl Key {
    /// The key of that name, in any case.
    pub(super) fn of(name: &str) -> Option<Self> {
        KEYS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)).map(|(_, key, _)| *key)
    }
}
