//! A quote with its source, as one pastes it.

use crate::model::{Article, Bookmark};

use super::reader::Document;

/// A quote of an open article: the words, who said them in which office, and where they were read.
pub fn of_quote(document: &Document, quote_idx: usize) -> Option<String> {
    let quote = document.stored.annotations.quotes.get(quote_idx)?;
    let person = document.speaker(quote_idx);
    let speaker = quote.speaker.as_ref().map(|speaker| speaker.name.clone());
    let role = person.and_then(|person| person.role.clone());
    let who = [speaker, role].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Some(cite(&quote.text(document.body()), &who, &of_article(&document.stored.article)))
}

/// A bookmark.
pub fn of_bookmark(bookmark: &Bookmark) -> String {
    let who = [bookmark.speaker.as_deref(), bookmark.role.as_deref()].into_iter().flatten().collect::<Vec<_>>();
    let article = Article {
        source: bookmark.source.clone(),
        outlet: bookmark.outlet.clone(),
        url: bookmark.url.clone(),
        title: Some(bookmark.headline.clone()),
        published: bookmark.published,
        ..Article::default()
    };
    cite(&bookmark.quote, &who.join(", "), &of_article(&article))
}

fn cite(quote: &str, who: &str, source: &str) -> String {
    let dash = if who.is_empty() { String::new() } else { format!(" — {who}") };
    format!("“{quote}”{dash}\n{source}")
}

/// Headline, outlet, day, address.
pub fn of_article(article: &Article) -> String {
    let day = article.published.map(|day| day.format("%-d %B %Y").to_string());
    let outlet = Some(article.outlet_or_source().to_owned());
    let parts = [Some(format!("“{}”", article.headline().text)), outlet, day, article.url.clone()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
