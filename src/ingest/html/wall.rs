//! Tells a page that stands before an article from the article.

use std::sync::LazyLock;

/// What pages say in the place of an article.
const PHRASES: &str = include_str!("../../../assets/pages/walls.tsv");

/// Up to this many words a text that speaks of subscribing or cookies is about little else.
const SHORT: usize = 300;

/// Up to this many words a text that not everybody may read is a teaser.
const TEASER: usize = 250;

/// What stands in the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wall {
    /// The page asks to agree to something first.
    Consent,
    /// The page shows the article to subscribers or to those with an account.
    Pay,
    /// The page wants to see that a person asks.
    Guard,
}

impl std::fmt::Display for Wall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Consent => "a page that asks for consent",
            Self::Pay => "the beginning of an article for subscribers",
            Self::Guard => "a page that keeps programs out",
        })
    }
}

static TABLE: LazyLock<Vec<(Wall, &str)>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let (kind, phrase) = line.split_once('\t')?;
        let wall = match kind {
            "consent" => Wall::Consent,
            "pay" => Wall::Pay,
            "guard" => Wall::Guard,
            _ => return None,
        };
        Some((wall, phrase.trim()))
    };
    PHRASES.lines().filter(|text| !text.starts_with('#')).filter_map(line).collect()
});

/// The wall that a page is, if it is one. `article` is what was taken for the article, `whole` all words of the page,
/// `is_free` what the page says of itself.
pub(super) fn before(article: &str, whole: &str, host: Option<&str>, is_free: Option<bool>) -> Option<Wall> {
    let n_words = article.split_whitespace().take(SHORT + 1).count();
    if host.is_some_and(|host| host.starts_with("consent.")) {
        return Some(Wall::Consent);
    }
    if n_words > SHORT {
        return None;
    }
    let folded = |text: &str| {
        let text: String = text.chars().map(|c| if c == '’' { '\'' } else { c }).collect();
        // "we and our 812 partners"
        let is_number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
        text.to_lowercase().split_whitespace().filter(|word| !is_number(word)).collect::<Vec<_>>().join(" ")
    };
    let says = |text: &str, wanted: Wall| TABLE.iter().any(|(wall, phrase)| *wall == wanted && text.contains(phrase));
    let (article, whole) = (folded(article), folded(whole));
    // A banner about cookies stands on many a page beside a short article; it is a wall only where it is what was found.
    if says(&article, Wall::Consent) {
        Some(Wall::Consent)
    } else if (is_free == Some(false) && n_words < TEASER)
        || says(&article, Wall::Pay)
        // Many a site asks for a subscription on every page, beside articles that are free.
        || (is_free.is_none() && n_words < TEASER && says(&whole, Wall::Pay))
    {
        Some(Wall::Pay)
    } else if n_words < 80 && says(&whole, Wall::Guard) {
        Some(Wall::Guard)
    } else if n_words < 20 && says(&whole, Wall::Consent) {
        Some(Wall::Consent)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_used() {
        let n_lines = PHRASES.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).count();
        assert_eq!(TABLE.len(), n_lines);
        assert!(TABLE.iter().all(|(_, phrase)| phrase.to_lowercase() == *phrase && !phrase.is_empty()));
    }
}
