//! Front matter and header lines: who published what and when.

use super::{clean, dates};
use crate::model::Article;

/// Reads the YAML (`---`) or TOML (`+++`) block at the head of `text` into `article`; what follows it is returned.
///
/// Of YAML is read what front matter consists of: `key: value`, quoted or not, lists in brackets or on lines of their own,
/// and texts over several lines; nested keys are passed over.
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
    for (key, value) in yaml(block) {
        set(article, key, &value);
    }
}

/// The keys of the first level with their values on one line each.
fn yaml(block: &str) -> Vec<(&str, String)> {
    let mut all: Vec<(&str, String)> = Vec::new();
    let mut lines = block.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with([' ', '\t', '#', '-']) {
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = without_comment(value.trim());
        // What belongs to it on the lines below: items of a list, or the lines of a text.
        let mut below: Vec<&str> = Vec::new();
        while let Some(next) = lines.next_if(|next| next.starts_with([' ', '\t', '-'])) {
            below.push(next.trim());
        }
        let nested = |line: &&str| {
            line.split_once(':').is_some_and(|(key, _)| !key.contains(' ') && !key.starts_with(['"', '\'']))
        };
        let value = if let Some(inner) = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
            listed(inner.split(','))
        } else if matches!(value.trim_end_matches(['+', '-']), ">" | "|") {
            below.join(" ")
        } else if !value.is_empty() {
            let whole = std::iter::once(value).chain(below).collect::<Vec<_>>().join(" ");
            unquoted(&whole)
        } else if below.first().is_some_and(|line| line.starts_with('-')) {
            let items = below.iter().filter_map(|line| line.strip_prefix('-')).map(str::trim);
            // "- name: Anna Lind" is a person with more keys.
            listed(items.map(|item| item.strip_prefix("name:").unwrap_or(item)).filter(|item| !nested(item)))
        } else if below.iter().any(nested) {
            continue;
        } else {
            unquoted(&below.join(" "))
        };
        all.push((key.trim(), value));
    }
    all
}

fn listed<'t>(items: impl Iterator<Item = &'t str>) -> String {
    items.map(|item| unquoted(item.trim())).filter(|item| !item.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A value without the remark behind it.
fn without_comment(value: &str) -> &str {
    if value.starts_with(['"', '\'']) {
        return value;
    }
    value.split_once(" #").map_or(value, |(value, _)| value.trim_end())
}

fn unquoted(value: &str) -> String {
    if let Some(inner) = value.strip_prefix('"').and_then(|v| v.rfind('"').map(|at| &v[..at])) {
        return inner.replace("\\\"", "\"").replace("\\n", " ").replace("\\\\", "\\");
    }
    if let Some(inner) = value.strip_prefix('\'').and_then(|v| v.rfind('\'').map(|at| &v[..at])) {
        return inner.replace("''", "'");
    }
    value.to_owned()
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

    #[test]
    fn yaml_as_people_write_it() {
        let text = "---\n# who wrote what\ntitle: 'Ministers agree: the minister''s \"yes\"'\ndate: 2025-08-04T10:00:00Z # Monday\n\
                    authors:\n  - \"Amina Odhiambo\"\n  - name: Jean Mbeki\n    mail: x\nsource: >-\n  Nairobi\n  Courier\n\
                    tags: [talks, water]\nseo:\n  title: Not this\n  url: https://example.org/no\nlang: en\nurl: \"https://example.org/a?b=c\"\n---\nText";
        let mut article = Article::default();
        assert_eq!(take(text, &mut article), "Text");
        assert_eq!(article.title.as_deref(), Some("Ministers agree: the minister's \"yes\""));
        assert_eq!(article.published.map(|d| d.to_string()).as_deref(), Some("2025-08-04"));
        assert_eq!(article.author.as_deref(), Some("Amina Odhiambo, Jean Mbeki"));
        assert_eq!(article.outlet.as_deref(), Some("Nairobi Courier"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/a?b=c"));
    }

    #[test]
    fn a_bracketed_list_and_a_title_over_two_lines() {
        let mut article = Article::default();
        take("---\ntitle: Ministers\n  agree\nauthor: [A. Banda, 'B. Lind']\n---\n", &mut article);
        assert_eq!(article.title.as_deref(), Some("Ministers agree"));
        assert_eq!(article.author.as_deref(), Some("A. Banda, B. Lind"));
    }
}
