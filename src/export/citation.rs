//! A quote with its source, as one pastes it into a text of one's own.

use std::fmt;

use chrono::NaiveDate;

use super::harmless::words;
use crate::model::{Annotations, Article, Bookmark, CountryCode, Quote};

/// What a citation says. Its [`Display`](fmt::Display) is the whole citation on one line:
/// “Words” — Speaker, Office (SY), “Headline”, Outlet, 4 August 2025, address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Citation {
    /// The words, without marks.
    pub quote: String,
    /// Who said them.
    pub speaker: Option<String>,
    /// In which office.
    pub role: Option<String>,
    /// For which country.
    pub country: Option<CountryCode>,
    /// The article's title, or a line made from its first sentence.
    pub headline: String,
    /// The outlet that published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<NaiveDate>,
    /// The article's address on the web, else its file.
    pub place: String,
}

impl From<&Bookmark> for Citation {
    fn from(bookmark: &Bookmark) -> Self {
        Self {
            quote: words(&bookmark.quote).into_owned(),
            speaker: bookmark.speaker.as_deref().map(|s| words(s).into_owned()),
            role: bookmark.role.as_deref().map(|s| words(s).into_owned()),
            country: bookmark.country,
            headline: words(&bookmark.headline).into_owned(),
            outlet: bookmark.outlet.clone(),
            published: bookmark.published,
            place: bookmark.url.as_ref().unwrap_or(&bookmark.source).clone(),
        }
    }
}

impl Citation {
    /// The citation of a quote that was found in `article`.
    pub fn of_quote(article: &Article, found: &Annotations, quote: &Quote) -> Self {
        let person = found.speaker_of(quote);
        Self {
            quote: words(&quote.cited(&article.body)).into_owned(),
            speaker: quote.speaker.as_ref().map(|speaker| words(&speaker.name).into_owned()),
            role: person.and_then(|person| person.role.clone()),
            country: person.and_then(|person| person.country),
            ..Self::of_article(article)
        }
    }

    /// The citation of an article; it quotes nothing.
    pub fn of_article(article: &Article) -> Self {
        Self {
            quote: String::new(),
            speaker: None,
            role: None,
            country: None,
            headline: words(&article.headline().text).into_owned(),
            outlet: article.outlet.clone(),
            published: article.published,
            place: article.url.as_ref().unwrap_or(&article.source).clone(),
        }
    }

    /// Who said it: “Asaad al-Shaibani, Minister of Foreign Affairs (SY)”. Empty if nobody knows.
    pub fn said_by(&self) -> String {
        let who = [self.speaker.as_deref(), self.role.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
        match self.country {
            Some(country) if !who.is_empty() => format!("{who} ({country})"),
            _ => who,
        }
    }

    /// The outlet and the day, as far as known.
    pub fn published_by(&self) -> Vec<String> {
        let day = self.published.map(|day| day.format("%-d %B %Y").to_string());
        [self.outlet.clone(), day].into_iter().flatten().collect()
    }

    /// Where it was read: headline, outlet, day, place.
    pub fn read_in(&self) -> String {
        let headline = (!self.headline.is_empty()).then(|| format!("“{}”", self.headline));
        headline.into_iter().chain(self.published_by()).chain([self.place.clone()]).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.quote.is_empty() {
            write!(f, "“{}” — ", self.quote.trim())?;
            let said_by = self.said_by();
            if !said_by.is_empty() {
                write!(f, "{said_by}, ")?;
            }
        }
        f.write_str(&self.read_in())
    }
}
