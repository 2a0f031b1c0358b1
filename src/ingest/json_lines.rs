//! JSON and JSON lines: exports of other tools, by the usual names of their fields.

use serde_json::{Map, Value};

use super::{IngestError, clean, dates, layout};
use crate::model::Article;

/// Names under which tools export each field, the usual one first.
const TITLE: &[&str] = &["title", "headline"];
const DATE: &[&str] =
    &["published", "date", "published_at", "publishedAt", "date_published", "pubDate", "publication_date", "seendate"];
const URL: &[&str] = &["url", "link", "permalink", "external_url"];
const OUTLET: &[&str] = &["outlet", "source", "site", "domain", "publisher", "source_name", "sourcecountry"];
const AUTHOR: &[&str] = &["author", "byline", "authors", "creator"];
const BODY: &[&str] = &[
    "body",
    "text",
    "content",
    "content_text",
    "maintext",
    "full_text",
    "fulltext",
    "article",
    "description",
    "summary",
];
const LANGUAGE: &[&str] = &["language", "lang"];

/// Whether a text without a telling name is JSON lines.
pub(super) fn looks_like(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    first.starts_with('{') && first.ends_with('}') && serde_json::from_str::<Map<String, Value>>(first).is_ok()
}

/// Reads an object a line, one array of objects, or one object over many lines.
pub(super) fn read(source: &str, text: &str) -> Result<Vec<Article>, IngestError> {
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        let objects = match value {
            Value::Array(items) => items,
            other => vec![other],
        };
        return Ok(objects.iter().filter_map(Value::as_object).map(article).collect());
    }
    let mut articles = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Map<String, Value>>(line) {
            Ok(object) => articles.push(article(&object)),
            Err(error) => {
                let problem = format!(
                    "not a JSON object ({error}); each line must be one object such as {{\"title\": …, \"body\": …}}"
                );
                return Err(IngestError::Line { source_name: source.to_owned(), line: n + 1, problem });
            }
        }
    }
    Ok(articles)
}

fn article(object: &Map<String, Value>) -> Article {
    let text = |names: &[&str]| names.iter().find_map(|name| words(object.get(*name)?));
    Article {
        title: text(TITLE).and_then(|t| clean::some_line(&t)),
        published: text(DATE).and_then(|t| dates::parse(&t)),
        url: text(URL).and_then(|t| clean::address(&t)),
        outlet: text(OUTLET).and_then(|t| clean::some_line(&t)),
        author: text(AUTHOR).and_then(|t| clean::some_line(&t)),
        language: text(LANGUAGE).and_then(|t| clean::some_line(&t)),
        body: clean::body(layout::paragraphs(&text(BODY).unwrap_or_default()).iter().map(String::as_str)),
        source: String::new(),
    }
}

/// The words of a value: a string, a list of them, or an object with a name.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.replace("\r\n", "\n")),
        Value::Array(items) => {
            let all: Vec<String> = items.iter().filter_map(words).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        Value::Object(object) => object.get("name").or_else(|| object.get("title")).and_then(words),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_by_their_usual_names() {
        let text = "{\"headline\":\"Ministers agree\",\"date\":\"2025-08-04T09:00:00Z\",\"link\":\"https://example.org/a\",\"source\":{\"name\":\"Courier\"},\"content\":\"They met.\\n\\nThey agreed.\"}\n{\"text\":\"More.\"}";
        let articles = read("x.jsonl", text).unwrap();
        assert_eq!(articles.len(), 2);
        assert_eq!(articles[0].title.as_deref(), Some("Ministers agree"));
        assert_eq!(articles[0].outlet.as_deref(), Some("Courier"));
        assert_eq!(articles[0].published.map(|d| d.to_string()).as_deref(), Some("2025-08-04"));
        assert_eq!(articles[0].body, "They met.\n\nThey agreed.");
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = read("x.jsonl", "{\"text\":\"One.\"}\n{bad\n").unwrap_err().to_string();
        assert!(error.starts_with("x.jsonl, line 2: not a JSON object"), "{error}");
    }
}
