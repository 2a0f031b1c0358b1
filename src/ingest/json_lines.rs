//! JSON and JSON lines: exports of other tools, by the usual names of their fields.

use std::{borrow::Cow, collections::HashMap};

use serde_json::{Map, Value};

use super::{IngestError, Reading, fields};
use crate::model::Article;

/// Objects that hold the articles in a list, as answers of services do.
const LISTS: [&str; 9] = ["articles", "items", "results", "data", "docs", "entries", "news", "posts", "hits"];

/// Whether a text without a telling name is JSON lines.
pub(super) fn looks_like(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    first.starts_with('{') && first.ends_with('}') && serde_json::from_str::<Map<String, Value>>(first).is_ok()
}

/// Reads an object a line, one array of objects, one object that holds such an array, or one object over many lines. What
/// is wrong is refused by its line or its place in the list, and the rest is read.
pub(super) fn read(source: &str, text: &str) -> Result<Reading, IngestError> {
    let mut reading = Reading::default();
    let whole = match serde_json::from_str::<Value>(text) {
        Ok(value) => value,
        Err(_) if is_by_line(text) => {
            for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                match serde_json::from_str::<Map<String, Value>>(line) {
                    Ok(object) => take(source, Place::Line(n + 1), &object, &mut reading),
                    Err(error) => reading.refuse(IngestError::Line {
                        source_name: source.to_owned(),
                        line: n + 1,
                        problem: format!(
                            "not a JSON object ({error}); each line must be one object such as {{\"title\": …, \"body\": …}}"
                        ),
                    }),
                }
            }
            return Ok(reading);
        }
        Err(error) => {
            let problem = format!("not JSON ({error})");
            return Err(IngestError::Line { source_name: source.to_owned(), line: error.line(), problem });
        }
    };
    let (items, single) = match &whole {
        Value::Array(items) => (items.iter().collect(), false),
        Value::Object(object) => {
            list_in(object, 0).map_or((vec![&whole], true), |items| (items.iter().collect(), false))
        }
        other => (vec![other], true),
    };
    for (n, item) in items.into_iter().enumerate() {
        match item {
            Value::Object(object) => {
                let place = if single { Place::Whole } else { Place::Item(n + 1) };
                take(source, place, object, &mut reading);
            }
            _ => reading.refuse(IngestError::Item {
                source_name: source.to_owned(),
                item: n + 1,
                problem: "not an object such as {\"title\": …, \"body\": …}".to_owned(),
            }),
        }
    }
    Ok(reading)
}

/// Whether lines stand for themselves: one of the first is an object.
fn is_by_line(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.take(20).any(|line| line.starts_with('{') && serde_json::from_str::<Map<String, Value>>(line).is_ok())
}

/// The list of articles inside an answer of a service.
fn list_in(object: &Map<String, Value>, depth: usize) -> Option<&Vec<Value>> {
    if object.keys().any(|key| fields::is_body(key) && object[key].is_string()) {
        return None;
    }
    for (key, value) in object {
        match value {
            Value::Array(items)
                if LISTS.contains(&fields::folded(key).as_str()) && items.iter().any(Value::is_object) =>
            {
                return Some(items);
            }
            Value::Object(inner) if depth < 2 && matches!(key.as_str(), "response" | "data" | "result" | "hits") => {
                if let Some(items) = list_in(inner, depth + 1) {
                    return Some(items);
                }
            }
            _ => {}
        }
    }
    None
}

/// Where an object stands.
#[derive(Clone, Copy)]
enum Place {
    Line(usize),
    Item(usize),
    Whole,
}

/// Takes in one object; one without words is refused.
fn take(source: &str, place: Place, object: &Map<String, Value>, reading: &mut Reading) {
    let article = article(object);
    if !article.body.is_empty() {
        reading.articles.push(article);
        return;
    }
    let source_name = source.to_owned();
    let problem = "no text in it, under any of the names in docs/formats.md (body, text, content …)".to_owned();
    match place {
        Place::Line(line) => reading.refuse(IngestError::Line { source_name, line, problem }),
        Place::Item(item) => reading.refuse(IngestError::Item { source_name, item, problem }),
        Place::Whole => reading.refuse(IngestError::Empty { source_name }),
    }
}

fn article(object: &Map<String, Value>) -> Article {
    let mut by_name: HashMap<String, &Value> = HashMap::with_capacity(object.len());
    for (key, value) in object {
        by_name.entry(fields::folded(key)).or_insert(value);
        // Of objects inside, the fields that some services put there ("fields": {"body": …}).
        if let (true, Value::Object(inner)) = (fields::folded(key) == "fields", value) {
            for (key, value) in inner {
                by_name.entry(format!("fields.{}", fields::folded(key))).or_insert(value);
            }
        }
    }
    fields::article(&|name| by_name.get(name).and_then(|value| words(value, 0)))
}

/// Levels of a value that are looked into.
const DEEPEST: usize = 3;

/// The words of a value: a string, a number, a list of them, or an object with a name or content.
fn words(value: &Value, depth: usize) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Array(items) if depth < DEEPEST => {
            let all: Vec<Cow<'_, str>> = items.iter().filter_map(|item| words(item, depth + 1)).collect();
            // A list of long texts is a list of paragraphs.
            let between = if all.iter().any(|text| text.len() > 200) { "\n\n" } else { ", " };
            (!all.is_empty()).then(|| Cow::Owned(all.join(between)))
        }
        Value::Object(object) if depth < DEEPEST => {
            ["name", "title", "main", "content", "rendered", "original", "href"]
                .iter()
                .find_map(|key| words(object.get(*key)?, depth + 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Article {
        let mut reading = read("x.json", text).unwrap();
        assert!(reading.refused.is_empty(), "{:?}", reading.refused);
        assert_eq!(reading.articles.len(), 1, "{text}");
        reading.articles.remove(0)
    }

    fn refusals(text: &str) -> Vec<String> {
        read("x.jsonl", text).unwrap().refused.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn fields_are_known_by_their_usual_names() {
        for text in [
            // Of our own and of most scripts.
            r#"{"title":"Ministers agree","date":"2025-08-04","url":"https://example.org/a","source":"Courier","body":"They met.\n\nThey agreed."}"#,
            // As services of news answer.
            r#"{"status":"ok","articles":[{"source":{"id":null,"name":"Courier"},"author":null,"title":"Ministers agree","url":"https://example.org/a","publishedAt":"2025-08-04T09:00:00Z","content":"They met.\r\n\r\nThey agreed."}]}"#,
            r#"{"response":{"results":[{"webTitle":"Ministers agree","webPublicationDate":"2025-08-04T09:00:00Z","webUrl":"https://example.org/a","publication":"Courier","fields":{"body":"<p>They met.</p><p>They agreed.</p>"}}]}}"#,
            // As readers of feeds export.
            r#"{"items":[{"title":"Ministers agree","published":1754298000,"alternate":[{"href":"https://example.org/a"}],"origin":{"title":"Courier"},"content":{"content":"<p>They met.</p><p>They agreed.</p>"}}]}"#,
            r#"[{"Headline":"Ministers agree","pub_date":"Mon, 04 Aug 2025 09:00:00 GMT","Link":"https://example.org/a","Publisher":"Courier","article_body":["They met.","They agreed."]}]"#,
        ] {
            let article = one(text);
            assert_eq!(article.title.as_deref(), Some("Ministers agree"), "{text}");
            assert_eq!(article.outlet.as_deref(), Some("Courier"), "{text}");
            assert_eq!(article.url.as_deref(), Some("https://example.org/a"), "{text}");
            assert_eq!(article.published.map(|d| d.to_string()).as_deref(), Some("2025-08-04"), "{text}");
            assert!(matches!(article.body.as_str(), "They met.\n\nThey agreed." | "They met., They agreed."), "{text}");
        }
    }

    #[test]
    fn a_bad_line_is_refused_and_the_good_ones_are_read() {
        let text = "{bad\n{\"text\":\"One.\"}\n\n[1]\n{\"title\":\"No words\"}\n{\"text\":\"Two.\"}";
        let reading = read("x.jsonl", text).unwrap();
        let bodies: Vec<&str> = reading.articles.iter().map(|article| article.body.as_str()).collect();
        assert_eq!(bodies, ["One.", "Two."]);
        let refused = refusals(text);
        assert!(refused[0].starts_with("x.jsonl, line 1: not a JSON object"), "{refused:?}");
        assert!(refused[1].starts_with("x.jsonl, line 4: not a JSON object"), "{refused:?}");
        assert!(refused[2].starts_with("x.jsonl, line 5: no text in it"), "{refused:?}");
        assert_eq!(refused.len(), 3);
    }

    #[test]
    fn a_bad_item_of_a_list_is_named_by_its_place() {
        assert_eq!(refusals(r#"[{"text":"One."}, 2, {"text":"Three."}]"#).len(), 1);
        let refused = refusals(r#"[{"text":"One."}, 2]"#);
        assert!(refused[0].starts_with("x.jsonl, item 2: not an object"), "{refused:?}");
    }

    #[test]
    fn a_broken_document_is_refused_once_and_by_its_line() {
        let error = read("x.json", "{\n  \"title\": \"T\",\n  \"body\": oops\n}").unwrap_err().to_string();
        assert!(error.starts_with("x.json, line 3: not JSON"), "{error}");
        assert!(read("x.json", &"[".repeat(200_000)).is_err());
    }
}
