//! Tells boxes beside an article by their names: to subscribe, to share, to read on elsewhere.

use std::{collections::HashSet, sync::LazyLock};

use super::scan::Tag;

static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/pages/boxes.txt").lines();
    lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// Longest list of names that is looked at, in bytes.
const LONGEST: usize = 300;

/// Whether an element says by its class or id that it is such a box.
pub(super) fn is_box(tag: &Tag<'_>) -> bool {
    // Whatever they are called, these hold the article.
    if matches!(tag.name.as_str(), "html" | "body" | "main" | "article" | "h1") {
        return false;
    }
    // A post's wrapper names the tags that it has: "post type-post tag-kenya".
    let classes = tag.attribute("class").unwrap_or_default();
    if classes
        .split_ascii_whitespace()
        .any(|class| matches!(class, "post" | "hentry" | "h-entry") || class.starts_with("type-"))
    {
        return false;
    }
    let named = |key: &str| tag.attribute(key).is_some_and(|names| names.len() <= LONGEST && says_so(&names));
    named("class") || named("id")
}

fn says_so(names: &str) -> bool {
    names.split(|c: char| !c.is_ascii_alphanumeric()).any(|name| words(name).any(|word| WORDS.contains(word.as_str())))
}

/// The words of a name, taken apart where a capital follows a small letter.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(page: &str) -> Tag<'_> {
        match super::super::scan::Scanner::new(page).next() {
            Some(super::super::scan::Token::Start(tag)) => tag,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_post_that_names_its_tags_is_no_box() {
        for (page, expected) in [
            ("<div class='post-12 post type-post category-world tag-kenya'>", false),
            ("<div class='post tags'>", false),
            ("<div class='tags'>", true),
            ("<div class='post-tags'>", true),
        ] {
            assert_eq!(is_box(&start(page)), expected, "{page}");
        }
    }

    #[test]
    fn names_are_taken_apart() {
        for names in ["newsletter", "c-newsletter__box", "shareTools", "article related", "SHARE", "post_tags"] {
            assert!(says_so(names), "{names}");
        }
        for names in ["", "article-body", "shared", "content heritage", "stage", "headline", "relatedness"] {
            assert!(!says_so(names), "{names}");
        }
    }
}
