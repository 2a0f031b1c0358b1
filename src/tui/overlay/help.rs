//! All keys of the place one is in, from the table that the program obeys.

use crate::{
    config::{Command, Keymap, Scope},
    tui::text,
};

/// The help page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HelpView {
    /// The place it was asked in.
    pub scope: Scope,
    /// First line on the screen.
    pub top: usize,
}

/// Cells for the keys of one command; those that do not fit are left out.
pub(super) const KEY_CELLS: usize = 15;

/// The lines of the page: keys, and what they do. The digits are told in one line.
pub fn lines(keys: &Keymap, scope: Scope) -> Vec<(String, &'static str)> {
    let mut lines = Vec::new();
    for &command in Command::ALL {
        let bound = keys.keys_for(scope, command);
        let Some(first) = bound.first() else { continue };
        match command.country_index() {
            Some(0) => {
                let last = keys.keys_for(scope, Command::Country9).first().map(ToString::to_string);
                let range = last.map_or_else(|| first.to_string(), |last| format!("{first}–{last}"));
                lines.push((range, "filter by that country of the sidebar"));
            }
            Some(_) => {}
            None => {
                let mut names = first.to_string();
                for key in &bound[1..] {
                    let longer = format!("{names} {key}");
                    if text::width(&longer) <= KEY_CELLS {
                        names = longer;
                    }
                }
                lines.push((names, command.help()));
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_page_shows_every_command_that_has_a_key_there() {
        let keys = Config::default().keys;
        let reader = lines(&keys, Scope::Reader);
        assert!(reader.contains(&("b m".to_owned(), Command::Bookmark.help())));
        assert!(reader.contains(&("1–9".to_owned(), "filter by that country of the sidebar")));
        assert!(!reader.iter().any(|(_, help)| *help == Command::Undo.help()));
        assert!(lines(&keys, Scope::Bookmarks).contains(&("u".to_owned(), Command::Undo.help())));
    }

    #[test]
    fn a_rebound_key_shows() {
        let text = "[keys.anywhere]\n\"x\" = \"zen\"\n\"z\" = \"none\"";
        let keys = Config::parse(text, std::path::Path::new("config.toml")).unwrap().keys;
        assert!(lines(&keys, Scope::List).contains(&("x".to_owned(), Command::Zen.help())));
    }
}
