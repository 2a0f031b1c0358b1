//! One article, before anything was found in it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// One article as it was published, with the text cleaned of everything but its words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Article {
    /// Where it came from: the path as the user gave it, the address, or `-` for standard input. With several articles
    /// in one file, `#` and what each is known by is appended: its address, an id, or its number.
    pub source: String,
    /// The outlet that published it, where the input says so ("Reuters").
    pub outlet: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// Its headline, where the input has one.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The day it was published, where the input says so. Never invented.
    pub published: Option<NaiveDate>,
    /// BCP 47 language tag, where known ("en").
    pub language: Option<String>,
    /// The text: paragraphs separated by one blank line, no other line breaks, no ASCII control
    /// characters but `\n`. Characters U+0080 to U+009F may stand in it: print it only escaped or cleaned.
    pub body: String,
}

/// What to show as an article's headline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Headline {
    /// The words, on one line.
    pub text: String,
    /// Made from the first sentence because the article has no title.
    pub derived: bool,
}

impl Article {
    /// Its title, or a line of at most about 90 characters made from its first sentence.
    pub fn headline(&self) -> Headline {
        match &self.title {
            Some(title) if !title.trim().is_empty() => Headline { text: title.trim().to_owned(), derived: false },
            _ => Headline { text: derive_headline(&self.body), derived: true },
        }
    }

    /// The outlet if known, else the last part of the source.
    pub fn outlet_or_source(&self) -> &str {
        match &self.outlet {
            Some(outlet) => outlet,
            None => self.source.rsplit(['/', '\\']).next().unwrap_or(&self.source),
        }
    }
}

/// Longest derived headline, in characters.
const HEADLINE_CHARS: usize = 90;

/// The first sentence of `body`, cut at a clause or word boundary if it is long.
fn derive_headline(body: &str) -> String {
    let paragraph = body.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let sentence = paragraph.unicode_sentences().next().unwrap_or(paragraph).trim();
    // An abbreviation ("The U.S. …") can end a "sentence" after two words.
    let sentence = if sentence.chars().count() < 25 { paragraph } else { sentence };
    let n_chars = sentence.chars().count();
    if n_chars <= HEADLINE_CHARS {
        return sentence.trim_end_matches('.').to_owned();
    }
    let head: String = sentence.chars().take(HEADLINE_CHARS).collect();
    let at_clause = head.rfind([',', ';', ':', '—', '–']).filter(|&at| head[..at].chars().count() > HEADLINE_CHARS / 2);
    let cut = at_clause.or_else(|| head.rfind(char::is_whitespace)).unwrap_or(head.len());
    format!("{} …", head[..cut].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headline_of(body: &str) -> String {
        Article { body: body.to_owned(), ..Article::default() }.headline().text
    }

    #[test]
    fn a_headline_is_made_from_the_first_sentence_and_cut_at_a_good_place() {
        assert_eq!(headline_of("The two ministers met in Nairobi. More follows."), "The two ministers met in Nairobi");
        let long = "The foreign ministers of the two countries met in Nairobi on Tuesday, saying that they would \
                    return to the table within a month to settle what is left.";
        assert_eq!(headline_of(long), "The foreign ministers of the two countries met in Nairobi on Tuesday …");
        assert_eq!(headline_of(""), "");
    }

    #[test]
    fn a_headline_of_one_endless_word_is_still_cut() {
        assert!(headline_of(&"é".repeat(5000)).chars().count() <= HEADLINE_CHARS + 2);
    }
}
