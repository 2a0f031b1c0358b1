//! What is fuzzed: each reader of foreign bytes, and what must hold of whatever it makes of them.
//!
//! libFuzzer calls these (`fuzz_targets`), and so does `examples/fuzz.rs`, which mutates the fixtures without a nightly
//! compiler.

use std::path::Path;

use attache::{
    ingest::{
        feed, html,
        html::page::{Page, read},
        parse,
    },
    model::Article,
};

/// A reader, and the names that a file for it may have.
pub(crate) type Target = fn(&[u8]);

/// Every target by its name.
pub(crate) const TARGETS: [(&str, Target); 6] = [
    ("html", html_page),
    ("fragment", fragment),
    ("mail", mail),
    ("text", text),
    ("records", records),
    ("feed", feeds),
];

/// A whole page, with and without an address.
pub(crate) fn html_page(bytes: &[u8]) {
    let address = url::Url::parse("https://www.courier.example/a").ok();
    for (charset, address) in [(None, None), (Some("windows-1252"), address.as_ref())] {
        if let Page::Article(article) = read(bytes, charset, address) {
            check(&article);
        }
    }
}

/// A fragment, as feeds and mails carry it.
pub(crate) fn fragment(bytes: &[u8]) {
    check_body(&html::text(&String::from_utf8_lossy(bytes)));
}

/// One mail, and a mailbox.
pub(crate) fn mail(bytes: &[u8]) {
    files(bytes, &["a.eml", "b.mbox"]);
}

/// Plain text and Markdown, and whatever bytes may be without a telling name.
pub(crate) fn text(bytes: &[u8]) {
    files(bytes, &["2025-08-04-a.txt", "b.md", "c"]);
}

/// JSON, JSON lines and tables.
pub(crate) fn records(bytes: &[u8]) {
    files(bytes, &["a.json", "b.jsonl", "c.csv"]);
}

/// A feed.
pub(crate) fn feeds(bytes: &[u8]) {
    let today = chrono::NaiveDate::from_ymd_opt(2025, 8, 4).unwrap_or_default();
    let origin = feed::Origin { address: None, charset: None, today };
    if let Ok(feed) = feed::read(bytes, &origin) {
        feed.items.iter().for_each(|item| check(&item.article));
    }
}

fn files(bytes: &[u8], names: &[&str]) {
    for name in names {
        if let Ok(reading) = parse(name, Path::new(name), bytes) {
            reading.articles.iter().for_each(check);
            assert!(reading.refused.len() <= 101, "{} refusals", reading.refused.len());
        }
    }
}

/// What must hold of every article, whatever it came from.
fn check(article: &Article) {
    check_body(&article.body);
    assert!(!article.body.is_empty());
    for line in [&article.title, &article.author, &article.outlet, &article.language].into_iter().flatten() {
        assert!(line.chars().count() <= 600 && !line.chars().any(|c| c.is_control() || turns(c)), "{line:?}");
    }
    if let Some(url) = &article.url {
        assert!(url.starts_with("https://") || url.starts_with("http://"), "{url:?}");
        assert!(!url.chars().any(|c| c.is_control() || c.is_whitespace() || turns(c)), "{url:?}");
    }
}

fn check_body(body: &str) {
    assert!(!body.chars().any(|c| (c.is_ascii_control() && c != '\n') || turns(c)), "{body:?}");
    assert!(!body.contains("\n\n\n") && body.trim_matches('\n') == body, "{body:?}");
}

fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
