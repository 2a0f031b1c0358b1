//! From the meaning of a piece of the screen to its look.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

/// How many speakers of one article have a look of their own before it comes round again.
pub const N_SPEAKERS: usize = 6;

/// Makes the enum of meanings, their names in a theme file, and what stands in for one the theme leaves out.
macro_rules! inks {
    ($($variant:ident $name:literal $fallback:ident $help:literal,)*) => {
        /// What a piece of the screen means.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Ink {
            $(#[doc = $help] $variant,)*
        }

        impl Ink {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in a theme file.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The meaning whose style is taken where the theme has none for this one.
            fn fallback(self) -> Self {
                match self { $(Self::$variant => Self::$fallback,)* }
            }
        }
    };
}

inks! {
    Text "text" Text "Plain text, and the ground of the screen.",
    Faint "faint" Text "What may be overlooked: dates, counts, placeholders.",
    Headline "headline" Text "An article's headline.",
    DerivedHeadline "derived_headline" Headline "A headline made from the first sentence.",
    Unread "unread" Headline "An article not yet read, and its mark.",
    Starred "starred" Text "The star of an article or bookmark.",
    Border "border" Faint "The frame of a pane.",
    FocusedBorder "focused_border" Border "The frame of the pane one is in.",
    Title "title" Faint "The name of a pane.",
    FocusedTitle "focused_title" Title "The name of the pane one is in.",
    Selected "selected" Text "The chosen line of a pane one is not in; laid over what stands there.",
    FocusedSelected "focused_selected" Selected "The chosen line of the pane one is in; laid over what stands there.",
    Official "official" Text "A mention of an official; laid over the text.",
    Person "person" Text "A mention of someone else; laid over the text.",
    Country "country" Text "A mention of a country; laid over the text.",
    Organization "organization" Text "A mention of an organization; laid over the text.",
    Quote "quote" Text "A quote that nobody in the text is given; laid over the text.",
    Speaker1 "speaker_1" Quote "A quote of the article's first speaker.",
    Speaker2 "speaker_2" Quote "A quote of the second speaker.",
    Speaker3 "speaker_3" Quote "A quote of the third speaker.",
    Speaker4 "speaker_4" Quote "A quote of the fourth speaker.",
    Speaker5 "speaker_5" Quote "A quote of the fifth speaker.",
    Speaker6 "speaker_6" Quote "A quote of the sixth speaker.",
    CurrentQuote "current_quote" Text "The current quote; laid over its speaker's look.",
    Chosen "chosen" Selected "Mentions of what is chosen in the sidebar; laid over the text.",
    ChosenCurrent "chosen_current" Chosen "The mention one has stepped to.",
    Match "match" Chosen "Words that were searched.",
    MatchCurrent "match_current" ChosenCurrent "The match one has stepped to.",
    Include "include" Text "A country or official that must be mentioned.",
    Exclude "exclude" Text "A country or official that must not be mentioned.",
    Filter "filter" Text "The filter in the status line.",
    Status "status" Faint "The status line.",
    Message "message" Text "A message in the status line.",
    Error "error" Message "What went wrong.",
    Key "key" Text "The name of a key.",
    Overlay "overlay" Text "The ground of what lies over the panes.",
}

/// A style as a theme file writes it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenStyle {
    #[serde(deserialize_with = "colour")]
    fg: Option<Color>,
    #[serde(deserialize_with = "colour")]
    bg: Option<Color>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reverse: bool,
}

/// A colour by name ("green", "darkgray"), number ("208") or value ("#rrggbb").
fn colour<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Color>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(|_| serde::de::Error::custom(format!("there is no colour `{text}`")))
}

impl WrittenStyle {
    fn style(&self) -> Style {
        let mut style = Style { fg: self.fg, bg: self.bg, ..Style::new() };
        for (on, modifier) in [
            (self.bold, Modifier::BOLD),
            (self.dim, Modifier::DIM),
            (self.italic, Modifier::ITALIC),
            (self.underline, Modifier::UNDERLINED),
            (self.reverse, Modifier::REVERSED),
        ] {
            if on {
                style = style.add_modifier(modifier);
            }
        }
        style
    }
}

/// A look for every meaning.
#[derive(Clone, PartialEq, Debug)]
pub struct Theme {
    styles: Vec<Style>,
}

/// Why a theme file cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ThemeError {
    /// The file is not what a theme file is.
    #[error("line {line}: {message}")]
    Syntax {
        /// From 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A style for something that does not exist.
    #[error("line {line}: there is no `{name}` to style")]
    UnknownInk {
        /// From 1.
        line: usize,
        /// As written.
        name: String,
    },
}

/// The themes built in.
const BUILTIN: &[(&str, &str)] = &[
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("ansi", include_str!("../../assets/themes/ansi.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

impl Theme {
    /// The names of the themes built in.
    pub fn builtin_names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, _)| *name)
    }

    /// The built-in theme of that name.
    pub fn builtin(name: &str) -> Option<Self> {
        let (_, text) = BUILTIN.iter().find(|(builtin, _)| *builtin == name)?;
        Some(Self::parse(text).unwrap_or_else(|_| Self::plain()))
    }

    /// No colour and no weight anywhere: what remains when everything else fails.
    fn plain() -> Self {
        Self { styles: vec![Style::new(); Ink::ALL.len()] }
    }

    /// The theme written in `text`: `meaning = { fg = "#rrggbb", bold = true }`.
    ///
    /// # Errors
    /// Where the text is not TOML, styles something that does not exist, or in a way that does not exist.
    pub fn parse(text: &str) -> Result<Self, ThemeError> {
        let written: BTreeMap<toml::Spanned<String>, WrittenStyle> =
            toml::from_str(text).map_err(|error| ThemeError::Syntax {
                line: super::line_of(text, error.span().map_or(0, |span| span.start)),
                message: error.message().lines().next().unwrap_or_default().to_owned(),
            })?;
        let mut given: Vec<Option<Style>> = vec![None; Ink::ALL.len()];
        for (name, style) in &written {
            let Some(ink) = Ink::ALL.iter().find(|ink| ink.name() == name.get_ref()) else {
                let line = super::line_of(text, name.span().start);
                return Err(ThemeError::UnknownInk { line, name: name.get_ref().clone() });
            };
            given[*ink as usize] = Some(style.style());
        }
        let styles = Ink::ALL.iter().map(|&ink| resolve(&given, ink)).collect();
        Ok(Self { styles })
    }

    /// The look of `ink`.
    pub fn style(&self, ink: Ink) -> Style {
        self.styles[ink as usize]
    }

    /// The look of a quote by the article's `speaker`th speaker, or by nobody known.
    pub fn speaker(&self, speaker: Option<usize>) -> Style {
        const SPEAKERS: [Ink; N_SPEAKERS] =
            [Ink::Speaker1, Ink::Speaker2, Ink::Speaker3, Ink::Speaker4, Ink::Speaker5, Ink::Speaker6];
        self.style(speaker.map_or(Ink::Quote, |speaker| SPEAKERS[speaker % N_SPEAKERS]))
    }
}

/// The style given for `ink`, or for the first of its fallbacks that has one.
fn resolve(given: &[Option<Style>], ink: Ink) -> Style {
    let mut ink = ink;
    loop {
        if let Some(style) = given[ink as usize] {
            return style;
        }
        let next = ink.fallback();
        if next == ink {
            return Style::new();
        }
        // What is laid over other text must not bring the plain text's colours along.
        if next == Ink::Text {
            return Style::new();
        }
        ink = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_we_ship_parses() {
        for (name, text) in BUILTIN {
            assert!(Theme::parse(text).is_ok(), "{name}: {:?}", Theme::parse(text).err());
        }
    }

    #[test]
    fn what_matters_never_hangs_on_colour_alone() {
        for name in Theme::builtin_names() {
            let theme = Theme::builtin(name).unwrap();
            let signs = |ink: Ink| theme.style(ink).add_modifier;
            assert_ne!(signs(Ink::CurrentQuote), Modifier::empty(), "{name}: the current quote");
            assert_ne!(signs(Ink::FocusedTitle), Modifier::empty(), "{name}: the focused pane");
            assert_ne!(signs(Ink::Unread), Modifier::empty(), "{name}: unread");
            assert_ne!(signs(Ink::Country), Modifier::empty(), "{name}: countries");
            assert_ne!(signs(Ink::Official), Modifier::empty(), "{name}: officials");
        }
    }

    #[test]
    fn the_theme_without_colour_has_none() {
        let theme = Theme::builtin("mono").unwrap();
        for &ink in Ink::ALL {
            assert_eq!((theme.style(ink).fg, theme.style(ink).bg), (None, None), "{}", ink.name());
        }
    }

    #[test]
    fn a_theme_may_leave_things_out() {
        let theme = Theme::parse("quote = { fg = \"green\", italic = true }").unwrap();
        assert_eq!(theme.style(Ink::Speaker3), Style::new().fg(Color::Green).italic());
        assert_eq!(theme.style(Ink::Error), Style::new());
    }

    #[test]
    fn a_wrong_line_of_a_theme_is_named() {
        let error = Theme::parse("text = {}\nquotee = { fg = \"green\" }").unwrap_err();
        assert_eq!(error.to_string(), "line 2: there is no `quotee` to style");
        assert!(
            Theme::parse("text = {}\n\nquote = { fgg = \"green\" }").unwrap_err().to_string().starts_with("line 3:")
        );
    }
}
