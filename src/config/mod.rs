//! `config.toml`, its defaults, key bindings, themes, and the places files live in.

mod command;
mod keys;
mod places;
mod theme;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use toml::{Spanned, de::DeTable, de::DeValue};

use crate::model::KeepRule;

pub use command::Command;
pub use keys::{Key, Keymap, Scope};
pub use places::Places;
pub use theme::{Ink, N_SPEAKERS, Theme, ThemeError};

/// The defaults, which a user's file is laid over.
const DEFAULT: &str = include_str!("../../assets/config/default.toml");

/// All settings, checked.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// How the text is shown.
    pub reader: ReaderSettings,
    /// How the list is shown.
    pub list: ListSettings,
    /// How the screen is used.
    pub screen: ScreenSettings,
    /// What is taken in.
    pub import: ImportSettings,
    /// What is kept.
    pub library: LibrarySettings,
    /// How feeds are fetched.
    pub feeds: FeedSettings,
    /// Which key does what.
    pub keys: Keymap,
    /// Where the user's file is, or would be; themes are looked for in the folder `themes` beside it.
    pub file: Option<PathBuf>,
}

/// How the text is shown.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReaderSettings {
    /// Widest line, in cells.
    pub measure: u16,
    /// Lines that stay in sight around what a step jumps to.
    pub context: u16,
    /// How dates are written, in the notation of strftime.
    pub date_format: String,
}

/// How the list is shown.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListSettings {
    /// The order at the first start.
    pub sort: SortSetting,
}

/// An order of the list, in the words of the config.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SortSetting {
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
    /// By outlet, then newest first.
    Outlet,
    /// What has the searched words in headline or lead first.
    Relevance,
}

/// How the screen is used.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenSettings {
    /// A theme's name, or "auto".
    pub theme: String,
    /// Whether the mouse scrolls and clicks.
    pub mouse: bool,
}

/// What is taken in.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportSettings {
    /// Larger files are refused.
    pub max_file_bytes: u64,
    /// Folders whose articles the open reader takes in as they are dropped there; `~` is the user's home.
    pub watch: Vec<PathBuf>,
}

impl ImportSettings {
    /// The folders to watch, where they are.
    pub fn watched(&self) -> Vec<PathBuf> {
        let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
        let at_home = |folder: &PathBuf| match (folder.strip_prefix("~"), &home) {
            (Ok(below), Some(home)) => home.join(below),
            _ => folder.clone(),
        };
        self.watch.iter().map(at_home).collect()
    }
}

/// What is kept.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibrarySettings {
    /// Days after publication that articles are kept; 0 is for ever.
    pub keep_days: u32,
    /// Other numbers of days for some sources; the first that fits counts.
    #[serde(default)]
    pub keep: Vec<KeepRule>,
}

impl LibrarySettings {
    /// The rules in the order in which they are asked: those for sources, then the one for all.
    pub fn rules(&self) -> Vec<KeepRule> {
        let for_all = KeepRule { source: None, days: self.keep_days };
        self.keep.iter().cloned().chain([for_all]).collect()
    }
}

/// How feeds are fetched.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedSettings {
    /// Minutes between two refreshes of the open reader; 0 is never.
    pub auto_refresh: u32,
    /// Whether the pages of articles are fetched where a feed has only summaries and no setting of its own.
    pub full_text: bool,
    /// Largest feed or page in bytes, counted after decompression.
    pub max_bytes: u64,
    /// Seconds until a connection must stand.
    pub connect_seconds: u32,
    /// Seconds until a document must have come whole.
    pub whole_seconds: u32,
    /// Documents on their way at once.
    pub at_once: usize,
    /// Of these, from one host.
    pub per_host: usize,
    /// Hosts whose names may lead into the user's own network.
    pub private_hosts: Vec<String>,
    /// Names and passwords for hosts that want them.
    #[serde(default)]
    pub login: Vec<LoginSetting>,
}

/// A name and password for a host.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginSetting {
    /// The host, with `:port` where it is not the usual one.
    pub host: String,
    /// The user's name there.
    pub user: String,
    /// A command for the shell whose first line of output is the password.
    pub password_command: String,
}

/// The file as written, after the user's was laid over the defaults.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    reader: ReaderSettings,
    list: ListSettings,
    screen: ScreenSettings,
    import: ImportSettings,
    library: LibrarySettings,
    feeds: FeedSettings,
    keys: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<String>>>,
}

/// Why a config cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file says something it cannot say.
    #[error("{}, line {line}: {message}", path.display())]
    Wrong {
        /// Which file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// What, and what would be right.
        message: String,
    },
    /// The theme asked for does not exist.
    #[error("there is no theme `{name}`: use auto, dark, light, ansi or mono, or write {}", path.display())]
    NoTheme {
        /// Its name.
        name: String,
        /// Where it would be looked for.
        path: PathBuf,
    },
    /// The theme file is wrong.
    #[error("{}, {error}", path.display())]
    Theme {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        error: ThemeError,
    },
}

impl Default for Config {
    fn default() -> Self {
        Self::parse("", Path::new("assets/config/default.toml")).expect("a test shows that the defaults are sound")
    }
}

impl Config {
    /// The defaults as a commented file.
    pub fn default_toml() -> &'static str {
        DEFAULT
    }

    /// The settings in `file` laid over the defaults. Without a path, the file of [`Places`] is read if it exists; a
    /// path that is given must exist.
    ///
    /// # Errors
    /// Where the file cannot be read or says something it cannot say.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let (path, must_exist) = match file {
            Some(path) => (path.to_owned(), true),
            None => match Places::discover() {
                Some(places) => (places.config_file(), false),
                None => return Ok(Self::default()),
            },
        };
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => String::new(),
            Err(source) => return Err(ConfigError::Read { path, source }),
        };
        let mut config = Self::parse(&text, &path)?;
        config.file = Some(path);
        Ok(config)
    }

    /// The settings in `text` laid over the defaults; `path` is named in messages.
    ///
    /// # Errors
    /// Where the text says something it cannot say.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let wrong = |start: usize, message: String| ConfigError::Wrong {
            path: path.to_owned(),
            line: line_of(text, start),
            message,
        };
        let broken = |error: &toml::de::Error| {
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            wrong(error.span().map_or(0, |span| span.start), message)
        };
        let users = DeTable::parse(text).map_err(|error| broken(&error))?;
        let mut merged = DeTable::parse(DEFAULT).map_err(|error| broken(&error))?;
        // The spans of what the user wrote go on pointing into the user's text.
        lay_over(merged.get_mut(), users.into_inner());
        let written = Written::deserialize(toml::Deserializer::from(merged)).map_err(|error| broken(&error))?;
        let keys = read_keys(&written.keys).map_err(|(start, message)| wrong(start, message))?;
        if !(20..=500).contains(&written.reader.measure) {
            let start = text.find("measure").unwrap_or(0);
            return Err(wrong(start, "`measure` is a number of cells from 20 to 500".to_owned()));
        }
        Ok(Self {
            reader: written.reader,
            list: written.list,
            screen: written.screen,
            import: written.import,
            library: written.library,
            feeds: written.feeds,
            keys,
            file: None,
        })
    }

    /// The theme asked for. `no_color` and `truecolor` say what the environment wants and can.
    ///
    /// # Errors
    /// Where there is no such theme, or its file is wrong.
    pub fn theme(&self, no_color: bool, truecolor: bool) -> Result<Theme, ConfigError> {
        let name = match self.screen.theme.as_str() {
            "auto" if no_color => "mono",
            "auto" if truecolor => "dark",
            "auto" => "ansi",
            // Without colour a coloured theme would lose its marks: the plain one has others.
            _ if no_color => "mono",
            name => name,
        };
        if let Some(theme) = Theme::builtin(name) {
            return Ok(theme);
        }
        let folder = self.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let path = folder.join("themes").join(format!("{name}.toml"));
        match std::fs::read_to_string(&path) {
            Ok(text) => Theme::parse(&text).map_err(|error| ConfigError::Theme { path, error }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(ConfigError::NoTheme { name: name.to_owned(), path })
            }
            Err(source) => Err(ConfigError::Read { path, source }),
        }
    }
}

/// Puts what `upper` says in place of what `lower` says, table by table.
fn lay_over<'a>(lower: &mut DeTable<'a>, upper: DeTable<'a>) {
    for (key, value) in upper {
        let both_tables = matches!(
            (lower.get(&key).map(Spanned::get_ref), value.get_ref()),
            (Some(DeValue::Table(_)), DeValue::Table(_))
        );
        if both_tables {
            if let (Some(DeValue::Table(below)), DeValue::Table(above)) =
                (lower.get_mut(&key).map(Spanned::get_mut), value.into_inner())
            {
                lay_over(below, above);
            }
        } else {
            // Removed first, so that the key's place is the user's too.
            lower.remove(&key);
            lower.insert(key, value);
        }
    }
}

/// The table of keys, or the place and the reason why there is none.
fn read_keys(
    written: &BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<String>>>,
) -> Result<Keymap, (usize, String)> {
    let mut keymap = Keymap::default();
    for (place, bindings) in written {
        let Some(&scope) = Scope::ALL.iter().find(|scope| scope.name() == place.get_ref()) else {
            let all = Scope::ALL.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(", ");
            return Err((place.span().start, format!("there is no place `{}`: use one of {all}", place.get_ref())));
        };
        let mut in_order: Vec<_> = bindings.iter().collect();
        in_order.sort_by_key(|(key, _)| key.span().start);
        for (written_key, name) in in_order {
            let start = written_key.span().start;
            let Some(key) = Key::parse(written_key.get_ref()) else {
                return Err((start, format!("there is no key `{}`", written_key.get_ref())));
            };
            if scope.takes_text() && key.types_a_character() {
                return Err((start, format!("`{}` types a character in `keys.{}`", key, scope.name())));
            }
            let command = match name.get_ref().as_str() {
                "none" => None,
                name => Some(Command::named(name).ok_or_else(|| (start, format!("there is no command `{name}`")))?),
            };
            keymap.bind(scope, key, command);
        }
    }
    Ok(keymap)
}

/// The line, from 1, of the byte at `start`.
fn line_of(text: &str, start: usize) -> usize {
    let head = text.as_bytes().get(..start).unwrap_or(text.as_bytes());
    1 + head.iter().filter(|&&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests;
