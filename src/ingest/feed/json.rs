//! JSON Feed 1 and 1.1, read as forgivingly as XML: numbers for ids, items without anything.

use serde_json::Value;

use super::{Feed, FeedError, Raw, Text, dates, text_of_line};

/// Deepest nesting and most values: parsed JSON takes many times the bytes it was written in.
const DEEPEST: usize = 64;
const MOST_VALUES: usize = 300_000;

/// Whether a text is a JSON Feed: it says so itself.
pub(super) fn looks_like(text: &str) -> bool {
    let head = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    // Some escape every slash.
    let says = |version: &[u8]| memchr::memmem::find(head.as_bytes(), version).is_some();
    head.starts_with('{') && (says(b"jsonfeed.org/version/") || says(b"jsonfeed.org\\/version\\/"))
}

/// Reads the feed; the items are as they stand in it.
pub(super) fn read(text: &str) -> Result<(Feed, Vec<Raw>), FeedError> {
    bounded(text)?;
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(text).map_err(|error| FeedError::Malformed(error.to_string()))?;
    let words = |value: &Value, key: &str| value.get(key).and_then(in_words);
    let is_feed = words(&value, "version").is_some_and(|version| version.contains("jsonfeed.org/version/"));
    if !is_feed {
        return Err(FeedError::NotAFeed);
    }
    let feed = Feed {
        title: words(&value, "title").and_then(|title| text_of_line(&Text::Plain(title))),
        site: words(&value, "home_page_url"),
        language: words(&value, "language"),
        ..Feed::default()
    };
    let author = author(&value);
    let items = value.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let items = items.iter().filter(|item| item.is_object()).map(|item| Raw {
        id: words(item, "id").unwrap_or_default(),
        link: words(item, "url").or_else(|| words(item, "external_url")),
        title: words(item, "title").map(Text::Plain),
        author: self::author(item).or_else(|| author.clone()),
        published: words(item, "date_published")
            .or_else(|| words(item, "date_modified"))
            .as_deref()
            .and_then(dates::parse),
        language: words(item, "language"),
        content: words(item, "content_html").map(Text::Html).or_else(|| words(item, "content_text").map(Text::Plain)),
        summary: words(item, "summary").map(Text::Plain),
        outlet: None,
    });
    Ok((feed, items.collect()))
}

fn in_words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn author(value: &Value) -> Option<String> {
    let all = value.get("authors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let names: Vec<String> =
        all.iter().chain(value.get("author")).filter_map(|author| author.get("name").and_then(in_words)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Counts what parsing would make, strings aside.
fn bounded(text: &str) -> Result<(), FeedError> {
    let (mut depth, mut values, mut quoted, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in text.bytes() {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => {
                depth += 1;
                values += 1;
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if depth > DEEPEST {
            return Err(FeedError::Deep { limit: DEEPEST });
        }
        if values > MOST_VALUES {
            return Err(FeedError::TooMuch { what: "values", limit: MOST_VALUES });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_slashes_are_slashes() {
        let text = "{\"version\":\"https:\\/\\/jsonfeed.org\\/version\\/1\",\"items\":[{\"id\":1}]}";
        assert!(looks_like(text));
        assert_eq!(read(text).unwrap().1.len(), 1);
    }

    #[test]
    fn what_would_take_many_times_its_size_is_refused() {
        let feed = |items: &str| format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{items}]}}");
        assert!(matches!(read(&feed(&"[".repeat(10_000))), Err(FeedError::Deep { .. })));
        assert!(matches!(read(&feed(&"0,".repeat(300_000))), Err(FeedError::TooMuch { .. })));
        assert!(matches!(read(&feed("{\"id\":")), Err(FeedError::Malformed(_))));
        assert!(read(&feed("\"[[[[{{{{,,,,\"")).unwrap().1.is_empty());
    }
}
