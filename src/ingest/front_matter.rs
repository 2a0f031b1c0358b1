//! Front matter and header lines: who published what and when.

use super::{clean, dates};
use crate::model::Article;

/// Reads the YAML (`---`) or TOML (`+++`) block at the head of `text` into `article`; what follows it is returned.
///
/// Of YAML only `key: value` lines are read, which is what front matter consists of; nested keys are passed over.
pub(super) fn take<'t>(text: &'t str, article: &mut Article) -> &'t str {
    let head = text.trim_start_matches('\u{feff}');
    let Some((fence, toml)) = head.lines().next().and_then(|line| match line.trim_end() {
        "---" => Some(("---", false)),
        "+++" => Some(("+++", true)),
        _ => None,
    }) else {
        return text;
    };
    let Some((_, inner)) = head.split_once('\n') else { return text };
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        if line.trim_end() == fence || (!toml && line.trim_end() == "...") {
            let (block, rest) = (&inner[..at], &inner[at + line.len()..]);
            read(block, toml, article);
            return rest;
        }
        at += line.len();
    }
    text
}

fn read(block: &str, toml: bool, article: &mut Article) {
    if toml {
        let table: toml::Table = block.parse().unwrap_or_default();
        for (key, value) in &table {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            set(article, key, &value);
        }
        return;
    }
    for line in block.lines().filter(|line| !line.starts_with([' ', '\t', '#', '-'])) {
        if let Some((key, value)) = line.split_once(':') {
            set(article, key.trim(), unquoted(value.trim()));
        }
    }
}

fn unquoted(value: &str) -> &str {
    for mark in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(mark).and_then(|v| v.strip_suffix(mark)) {
            return inner;
        }
    }
    value
}

/// Takes one key of a header into `article`; `false` if the key is none we know or its value makes no sense.
pub(super) fn set(article: &mut Article, key: &str, value: &str) -> bool {
    let text = || clean::some_line(value);
    match key.to_ascii_lowercase().as_str() {
        "title" | "headline" => article.title = text(),
        "date" | "published" | "published_at" | "publication date" | "pubdate" => match dates::parse(value) {
            Some(date) => article.published = Some(date),
            None => return false,
        },
        "source" | "outlet" | "publisher" | "publication" | "site" => article.outlet = text(),
        "url" | "link" | "permalink" => match clean::address(value) {
            Some(address) => article.url = Some(address),
            None => return value.is_empty(),
        },
        "author" | "authors" | "by" | "byline" => article.author = text(),
        "language" | "lang" => article.language = text(),
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_toml_blocks_are_read_and_left_out_of_the_text() {
        for text in [
            "---\ntitle: \"Ministers agree\"\ndate: 2025-08-04\ntags:\n  - talks\n---\nText",
            "+++\ntitle = \"Ministers agree\"\ndate = 2025-08-04\n+++\nText",
        ] {
            let mut article = Article::default();
            assert_eq!(take(text, &mut article), "Text");
            assert_eq!(article.title.as_deref(), Some("Ministers agree"));
            assert_eq!(article.published.map(|d| d.to_string()).as_deref(), Some("2025-08-04"));
        }
    }

    #[test]
    fn a_block_that_never_closes_is_text() {
        let text = "---\ntitle: x\nText";
        assert_eq!(take(text, &mut Article::default()), text);
    }
}
