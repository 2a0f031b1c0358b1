//! What files made to do harm become, told case by case.

use std::path::Path;

use super::parse;
use crate::model::Article;

fn one(name: &str, text: &str) -> Article {
    let mut reading = parse(name, Path::new(name), text.as_bytes()).unwrap();
    assert_eq!((reading.articles.len(), reading.refused.len()), (1, 0), "{name}: {:?}", reading.refused);
    reading.articles.remove(0)
}

const WORDS: &str = "The ministers met in Nairobi on Monday, and agreed to meet again in a month to settle what is left of the plan, \
                     which both of them had called a matter of patience.";

/// One article with a title, a date and an address, in every format.
fn everywhere(title: &str, date: &str, url: &str) -> Vec<(&'static str, Article)> {
    let json = |text: &str| serde_json::Value::from(text).to_string();
    let line = format!(
        "{{\"title\":{},\"date\":{},\"url\":{},\"body\":{}}}\n",
        json(title),
        json(date),
        json(url),
        json(WORDS)
    );
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let table = format!("title,date,url,body\n{},{},{},{}\n", quoted(title), quoted(date), quoted(url), quoted(WORDS));
    let page = format!(
        "<html><head><title>{title}</title><meta property=article:published_time content='{date}'><link rel=canonical href='{url}'>\
         </head><body><article><p>{WORDS}</p></article></body></html>"
    );
    let mail = format!(
        "Message-ID: <a@b>\nMIME-Version: 1.0\nSubject: {title}\nDate: {date}\nArchived-At: <{url}>\n\n{WORDS}\n"
    );
    let markdown = format!("---\ntitle: {title}\ndate: {date}\nurl: {url}\n---\n{WORDS}\n");
    [("a.jsonl", line), ("a.csv", table), ("a.html", page), ("a.eml", mail), ("a.md", markdown)]
        .into_iter()
        .map(|(name, text)| (name, one(name, &text)))
        .collect()
}

#[test]
fn a_title_of_a_megabyte_is_cut() {
    for (name, article) in everywhere(&"long ".repeat(200_000), "2025-08-04", "https://courier.example/a") {
        let n_chars = article.title.unwrap_or_default().chars().count();
        assert!(n_chars <= 600, "{name}: {n_chars}");
        assert_eq!(article.body, WORDS, "{name}");
    }
}

#[test]
fn dates_of_clocks_that_were_never_set_are_left_out() {
    for date in ["1970-01-01T00:00:00Z", "2999-12-31T00:00:00Z"] {
        for (name, article) in everywhere("T", date, "https://courier.example/a") {
            assert_eq!(article.published, None, "{name}: {date}");
        }
    }
    for (name, article) in everywhere("T", "Mon, 4 Aug 2025 09:00:00 +0000", "https://courier.example/a") {
        assert_eq!(article.published.map(|day| day.to_string()).as_deref(), Some("2025-08-04"), "{name}");
    }
}

#[test]
fn addresses_that_could_do_harm_are_left_out() {
    for url in [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://anna:secret@courier.example/a",
        "https://courier.example/\u{202e}a",
        "https://courier.example/\u{7}a",
    ] {
        for (name, article) in everywhere("T", "2025-08-04", url) {
            assert_eq!(article.url, None, "{name}: {url:?}");
        }
    }
}

#[test]
fn escape_sequences_and_marks_that_turn_the_direction_are_not_words() {
    let title = "Red \u{1b}[31mtitle\u{1b}]0;x\u{7} \u{202e}turned\u{2066}";
    for (name, article) in everywhere(title, "2025-08-04", "https://courier.example/a") {
        let title = article.title.unwrap_or_default();
        assert!(title.contains("turned") && title.starts_with("Red"), "{name}: {title:?}");
        assert!(!title.chars().any(|c| c.is_control() || matches!(c, '\u{202e}' | '\u{2066}')), "{name}: {title:?}");
    }
    for name in ["a.txt", "a.md", "a.html", "a.eml"] {
        let head = if name == "a.eml" { "Message-ID: <a@b>\nSubject: s\n\n" } else { "" };
        let body = one(name, &format!("{head}{WORDS} \u{1b}[2J\u{202e}\u{8}end\n")).body;
        assert!(body.ends_with("end"), "{name}: {body:?}");
        assert!(!body.chars().any(|c| c.is_ascii_control() || c == '\u{202e}'), "{name}: {body:?}");
    }
}

#[test]
fn a_wrong_label_of_the_encoding_is_not_believed() {
    let page = |label: &str| {
        format!(
            "<html><head><meta charset={label}><title>Grüße</title></head><body><p>Die Präsidentin grüßte. {WORDS}</p></body></html>"
        )
    };
    for label in ["iso-8859-1", "windows-1252", "utf-16", "no-such-thing"] {
        assert_eq!(one("a.html", &page(label)).title.as_deref(), Some("Grüße"), "{label}");
    }
    let legacy = encoding_rs::WINDOWS_1252.encode(&page("utf-8")).0.into_owned();
    let reading = parse("a.html", Path::new("a.html"), &legacy).unwrap();
    assert_eq!(reading.articles[0].title.as_deref(), Some("Grüße"));
}

#[test]
fn thousands_of_bad_lines_are_told_in_a_hundred() {
    let text = format!("{{\"text\":\"{WORDS}\"}}\n{}", "{bad}\n".repeat(5000));
    let reading = parse("a.jsonl", Path::new("a.jsonl"), text.as_bytes()).unwrap();
    assert_eq!((reading.articles.len(), reading.refused.len()), (1, 101));
    assert_eq!(reading.refused[100].to_string(), "a.jsonl: 4900 more were refused");
}

#[test]
fn prints_are_refused_with_a_way_out() {
    let error = parse("a.pdf", Path::new("a.pdf"), b"%PDF-1.7\n\x00").unwrap_err().to_string();
    assert!(error.starts_with("a.pdf: a PDF") && error.contains("pdftotext"), "{error}");
}

#[test]
fn of_a_feed_that_was_cut_the_rest_is_named() {
    let feed =
        format!("<rss version='2.0'><channel><item><title>T</title><description>{WORDS}</description></item><item>");
    let reading = parse("a.xml", Path::new("a.xml"), feed.as_bytes()).unwrap();
    assert_eq!((reading.articles.len(), reading.refused.len()), (1, 1));
    assert_eq!(reading.refused[0].to_string(), "a.xml, item 2: the file ends in the middle of it; save the feed again");
}
