//! Which key does what, where.

use std::{collections::BTreeMap, fmt};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::Command;

/// One key with the modifiers held. A capital letter stands for itself, without Shift.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Hash, Debug)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

impl Key {
    /// The key that the terminal reports; Shift is dropped where the character says it already.
    pub fn pressed(event: KeyEvent) -> Self {
        Self::new(event.code, event.modifiers)
    }

    fn new(code: KeyCode, mut modifiers: KeyModifiers) -> Self {
        modifiers &= KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        let code = match code {
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => KeyCode::Char(c.to_ascii_lowercase()),
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::SHIFT) && c != ' ' => {
                modifiers -= KeyModifiers::SHIFT;
                KeyCode::Char(c.to_uppercase().next().unwrap_or(c))
            }
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::BackTab
            }
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            other => other,
        };
        Self { code, modifiers }
    }

    /// The key written as `text`: "G", "ctrl-d", "shift-tab", "pageup". `None` if there is no such key.
    pub fn parse(text: &str) -> Option<Self> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = text;
        while let Some((prefix, modifier)) = MODIFIERS.iter().find(|(prefix, _)| starts_with(rest, prefix)) {
            modifiers |= *modifier;
            rest = &rest[prefix.len()..];
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) => KeyCode::Char(c),
            _ => match crokey::parse(rest).ok()?.codes {
                crokey::OneToThree::One(code) => code,
                _ => return None,
            },
        };
        Some(Self::new(code, modifiers))
    }

    /// Whether the key, typed into a line, would put a character there.
    pub fn types_a_character(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && !self.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
    }
}

/// What may stand before a key's name.
const MODIFIERS: &[(&str, KeyModifiers)] =
    &[("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT), ("shift-", KeyModifiers::SHIFT)];

fn starts_with(text: &str, prefix: &str) -> bool {
    text.len() > prefix.len() && text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

impl fmt::Display for Key {
    /// As the help page shows it: `^D`, `Alt-Enter`, `⇧Tab`, `G`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.modifiers.contains(KeyModifiers::ALT) {
            f.write_str("Alt-")?;
        }
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            f.write_str("^")?;
        }
        match self.code {
            KeyCode::BackTab => f.write_str("Shift-Tab"),
            KeyCode::Char(' ') if self.modifiers.contains(KeyModifiers::SHIFT) => f.write_str("Shift-Space"),
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) if self.modifiers.contains(KeyModifiers::CONTROL) => {
                write!(f, "{}", c.to_ascii_uppercase())
            }
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::Delete => f.write_str("Del"),
            KeyCode::F(n) => write!(f, "F{n}"),
            other => write!(f, "{other}"),
        }
    }
}

/// Where one is when a key is pressed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scope {
    /// In any pane.
    Anywhere,
    /// In the article list.
    List,
    /// In the text.
    Reader,
    /// In the quotes.
    Quotes,
    /// Among the countries, officials and organizations.
    Sidebar,
    /// In the view of all bookmarks.
    Bookmarks,
    /// In the view of all feeds, and in that of feeds to pick from.
    Feeds,
    /// In a list one types to find in.
    Picker,
    /// In a line one types into.
    Line,
    /// In the note of a bookmark.
    Note,
}

impl Scope {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Anywhere,
        Self::List,
        Self::Reader,
        Self::Quotes,
        Self::Sidebar,
        Self::Bookmarks,
        Self::Feeds,
        Self::Picker,
        Self::Line,
        Self::Note,
    ];

    /// Its name in a config file, under `keys`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::List => "list",
            Self::Reader => "reader",
            Self::Quotes => "quotes",
            Self::Sidebar => "sidebar",
            Self::Bookmarks => "bookmarks",
            Self::Feeds => "feeds",
            Self::Picker => "picker",
            Self::Line => "line",
            Self::Note => "note",
        }
    }

    /// Whether characters are typed here, so that only keys that type none can be bound.
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Picker | Self::Line | Self::Note)
    }

    /// Whether the keys of [`Scope::Anywhere`] work here too.
    pub fn falls_back(self) -> bool {
        !self.takes_text()
    }
}

/// The table that the program obeys and the help page shows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Keymap {
    scopes: BTreeMap<Scope, Vec<(Key, Command)>>,
}

impl Keymap {
    /// Binds `key` in `scope`, in place of what it did there; `None` takes the key away, there and in `Anywhere`.
    pub(super) fn bind(&mut self, scope: Scope, key: Key, command: Option<Command>) {
        let bindings = self.scopes.entry(scope).or_default();
        bindings.retain(|(bound, _)| *bound != key);
        if let Some(command) = command {
            bindings.push((key, command));
        }
    }

    /// What `key` does in `scope`.
    pub fn command(&self, scope: Scope, key: Key) -> Option<Command> {
        let find =
            |scope| self.scopes.get(&scope)?.iter().find(|(bound, _)| *bound == key).map(|(_, command)| *command);
        find(scope).or_else(|| scope.falls_back().then(|| find(Scope::Anywhere)).flatten())
    }

    /// The keys bound in `scope` itself.
    pub fn bindings(&self, scope: Scope) -> &[(Key, Command)] {
        self.scopes.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// The keys that do `command` in `scope`, in the order of the config.
    pub fn keys_for(&self, scope: Scope, command: Command) -> Vec<Key> {
        let own = self.bindings(scope).iter();
        let general = if scope.falls_back() && scope != Scope::Anywhere { self.bindings(Scope::Anywhere) } else { &[] };
        own.chain(general.iter().filter(|(key, _)| self.command(scope, *key) == Some(command)))
            .filter(|(_, bound)| *bound == command)
            .map(|(key, _)| *key)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap_or_else(|| panic!("no key {text}"))
    }

    #[test]
    fn what_the_terminal_reports_is_what_the_config_names() {
        let press = |code, modifiers| Key::pressed(KeyEvent::new(code, modifiers));
        assert_eq!(press(KeyCode::Char('G'), KeyModifiers::SHIFT), key("G"));
        assert_eq!(press(KeyCode::Char('G'), KeyModifiers::NONE), key("shift-g"));
        assert_eq!(press(KeyCode::Char('?'), KeyModifiers::SHIFT), key("?"));
        assert_eq!(press(KeyCode::Char('d'), KeyModifiers::CONTROL), key("ctrl-d"));
        assert_eq!(press(KeyCode::BackTab, KeyModifiers::SHIFT), key("shift-tab"));
        assert_eq!(press(KeyCode::Char(' '), KeyModifiers::NONE), key("space"));
        assert_eq!(press(KeyCode::Char('-'), KeyModifiers::NONE), key("-"));
        assert_eq!(press(KeyCode::PageDown, KeyModifiers::NONE), key("pagedown"));
        assert_eq!(Key::parse("hyper-q"), None);
        assert_eq!(Key::parse(""), None);
    }

    #[test]
    fn a_key_of_the_place_goes_before_the_same_key_anywhere() {
        let mut keymap = Keymap::default();
        keymap.bind(Scope::Anywhere, key("u"), Some(Command::ToggleRead));
        keymap.bind(Scope::Bookmarks, key("u"), Some(Command::Undo));
        assert_eq!(keymap.command(Scope::Bookmarks, key("u")), Some(Command::Undo));
        assert_eq!(keymap.command(Scope::Reader, key("u")), Some(Command::ToggleRead));
        assert_eq!(keymap.command(Scope::Line, key("u")), None);
        assert_eq!(keymap.keys_for(Scope::Bookmarks, Command::ToggleRead), []);
    }
}
