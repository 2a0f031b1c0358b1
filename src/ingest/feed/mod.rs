//! RSS 0.9 to 2.0, RDF, Atom and JSON Feed → articles.
//!
//! Bytes become text whatever their label says, the text is made safe and sound (`xml`), feed-rs reads it (JSON is read
//! here), and every item becomes an article of words. One bad item never costs the others.

pub(super) mod dates;
mod json;
mod page;
mod xml;

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use chrono::NaiveDate;
use url::Url;

pub use self::page::named_in_page;
pub(super) use self::xml::Tag;
use super::{clean, decode, html, layout};
use crate::model::Article;

/// Longest title, author or id that is looked at, in bytes. What is shown is shorter.
const LINE: usize = 8 * 1024;

/// An address of this length, in characters, may have been cut.
const LONGEST_ADDRESS: usize = 600;

/// From this length on, in characters, words in the place of a summary are the article.
const WHOLE: usize = 1500;

/// From this length on words in the place of the whole text are taken for it.
const LIKELY_WHOLE: usize = 600;

/// Why bytes are no feed that can be read.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// It is something else.
    #[error("not a feed: neither RSS, RDF, Atom nor JSON Feed")]
    NotAFeed,
    /// It is no text.
    #[error("not a feed: it is no text")]
    Binary,
    /// It declares entities, which feeds do not need and attackers do.
    #[error("refused: it declares XML entities of its own, which attache does not expand")]
    Entities,
    /// It is nested too deeply.
    #[error("refused: elements nested more than {limit} deep")]
    Deep {
        /// The depth that is allowed.
        limit: usize,
    },
    /// It has too much of something.
    #[error("refused: more than {limit} {what}")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// How many are allowed.
        limit: usize,
    },
    /// It breaks the rules of its format.
    #[error("a broken feed: {0}")]
    Malformed(String),
}

/// What is known of a feed besides its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The address it came from, for links that are relative.
    pub address: Option<&'a str>,
    /// The encoding that the server named.
    pub charset: Option<&'a str>,
    /// Items dated after tomorrow are taken for undated.
    pub today: NaiveDate,
}

/// A feed, read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Feed {
    /// Its title.
    pub title: Option<String>,
    /// The address of the site it belongs to.
    pub site: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its items that have words, in its order.
    pub items: Vec<Item>,
    /// It ended in the middle: what is missing is to be fetched again.
    pub cut: bool,
}

/// One item of a feed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// What the feed knows it by, or the best there is: the same in every fetch of the feed.
    pub id: String,
    /// The article; its source is empty.
    pub article: Article,
    /// Whether this seems to be the whole text, not a summary of it.
    pub whole: bool,
    /// Whether the item names its outlet itself, as those that were taken from elsewhere do.
    pub from_elsewhere: bool,
}

/// Words in one of the two forms feeds have them in.
#[derive(Clone, Debug)]
enum Text {
    Plain(String),
    Html(String),
}

/// An item as it stands in the feed.
#[derive(Default)]
struct Raw {
    id: String,
    link: Option<String>,
    title: Option<Text>,
    author: Option<String>,
    published: Option<NaiveDate>,
    language: Option<String>,
    content: Option<Text>,
    summary: Option<Text>,
    /// The outlet it was taken from.
    outlet: Option<String>,
}

/// Whether bytes look like a feed, by their first element or the version they name.
pub fn looks_like(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let text = decode::labelled(head, None).unwrap_or_default();
    matches!(xml::root(&text), Some("rss" | "RDF" | "feed" | "entry")) || json::looks_like(&text)
}

/// Whether XML or a page is nested so deeply that a reader which follows it could run out of room.
pub fn nests_too_deeply(text: &str) -> bool {
    const DEEPEST: usize = 1000;
    xml::is_deep(text, DEEPEST)
}

/// Whether bytes are XML of some kind.
pub(super) fn is_xml(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"<?xml")
}

/// Reads a feed.
///
/// # Errors
/// If it is none, is broken beyond repair, or would cost more than a feed may.
pub fn read(bytes: &[u8], origin: &Origin<'_>) -> Result<Feed, FeedError> {
    let text = decode::labelled(bytes, origin.charset).ok_or(FeedError::Binary)?;
    let (mut feed, raw) = if json::looks_like(&text) { json::read(&text)? } else { read_xml(&text, origin)? };
    let address = origin.address.and_then(|address| Url::parse(address).ok());
    feed.site = feed.site.and_then(|site| link(&site, address.as_ref()));
    let base = feed.site.as_deref().and_then(|site| Url::parse(site).ok()).or(address);
    feed.language = feed.language.as_deref().and_then(language);
    let mut seen = HashSet::new();
    let items = raw.into_iter().filter_map(|raw| item(raw, &feed, base.as_ref(), origin.today));
    let items = items.filter_map(|mut item| {
        // Some feeds give all items one id.
        if !seen.insert(item.id.clone()) {
            item.id = format!("{} {}", item.id, item.article.url.as_deref()?);
            return seen.insert(item.id.clone()).then_some(item);
        }
        Some(item)
    });
    feed.items = items.collect();
    Ok(feed)
}

fn read_xml(text: &str, origin: &Origin<'_>) -> Result<(Feed, Vec<Raw>), FeedError> {
    let prepared = xml::prepare(text)?;
    let base = origin.address.filter(|address| Url::parse(address).is_ok());
    let parser = feed_rs::parser::Builder::new()
        .base_uri(base)
        .id_generator(|_, _, _| String::new())
        // Only the day counts, and it is the one that the feed's own clock has.
        .timestamp_parser(|text| dates::parse(text).and_then(|day| day.and_hms_opt(0, 0, 0)).map(|at| at.and_utc()))
        .build();
    // What is known to bring the parser down was taken out; what is not known must not end the program.
    let parsed = catch_unwind(AssertUnwindSafe(|| parser.parse(prepared.text.as_bytes())))
        .map_err(|_| FeedError::Malformed("the parser gave up".to_owned()))?
        .map_err(|error| match error {
            feed_rs::parser::ParseFeedError::ParseError(feed_rs::parser::ParseErrorKind::NoFeedRoot) => {
                FeedError::NotAFeed
            }
            error => FeedError::Malformed(clean::line(&error.to_string())),
        })?;
    let feed = Feed {
        title: parsed.title.and_then(|title| text_of_line(&of_text(title))),
        site: best_link(&parsed.links),
        language: parsed.language,
        items: Vec::new(),
        cut: prepared.cut,
    };
    let mut items: Vec<Raw> = parsed.entries.into_iter().map(of_entry).collect();
    // Where the parser passed over an item, nobody can tell which is whose.
    if items.len() == prepared.beside.len() {
        for (item, beside) in items.iter_mut().zip(prepared.beside) {
            item.outlet = beside.outlet;
            item.link = beside.link.or_else(|| item.link.take());
        }
    }
    Ok((feed, items))
}

fn of_text(text: feed_rs::model::Text) -> Text {
    // Plain titles are full of references all the same, so only what is marked as plain and looks plain is.
    if text.content_type.to_string().contains("html") { Text::Html(text.content) } else { Text::Plain(text.content) }
}

fn of_entry(entry: feed_rs::model::Entry) -> Raw {
    let link = best_link(&entry.links);
    let author = entry.authors.iter().filter_map(|person| person.name.as_deref().and_then(name)).collect::<Vec<_>>();
    let content = entry.content.and_then(|content| {
        let html = content.content_type.to_string().contains("html");
        content.body.map(|body| if html { Text::Html(body) } else { Text::Plain(body) })
    });
    let media = entry.media.into_iter().find_map(|media| media.description.map(of_text));
    Raw {
        // An id that is an address is the one of the page.
        link: link
            .or_else(|| Some(entry.id.clone()).filter(|id| id.starts_with("http://") || id.starts_with("https://"))),
        id: entry.id,
        title: entry.title.map(of_text),
        author: (!author.is_empty()).then(|| author.join(", ")),
        published: entry.published.or(entry.updated).map(|at| at.date_naive()),
        language: entry.language,
        content,
        summary: entry.summary.map(of_text).or(media),
        outlet: None,
    }
}

/// The link to the page itself.
fn best_link(links: &[feed_rs::model::Link]) -> Option<String> {
    let page = |link: &&feed_rs::model::Link| {
        link.target.is_none() && link.rel.as_deref().is_none_or(|rel| rel.eq_ignore_ascii_case("alternate"))
    };
    let shown = |link: &&feed_rs::model::Link| link.media_type.as_deref().is_none_or(|kind| kind.contains("html"));
    let mut pages = links.iter().filter(page);
    pages.clone().find(shown).or_else(|| pages.next()).map(|link| link.href.clone())
}

/// The article of an item; `None` where there are no words at all.
fn item(raw: Raw, feed: &Feed, base: Option<&Url>, today: NaiveDate) -> Option<Item> {
    let title = raw.title.as_ref().and_then(text_of_line);
    let url = raw.link.as_deref().and_then(|address| link(address, base));
    let content = raw.content.map(body).unwrap_or_default();
    let summary = raw.summary.map(body).unwrap_or_default();
    // Some put the text in the place of the summary, and a teaser in the place of the text.
    let from_content = !content.is_empty() && content.len() >= summary.len();
    let words = without_signature(if from_content { content } else { summary });
    let n_chars = words.chars().take(WHOLE).count();
    let whole = n_chars >= WHOLE || (from_content && n_chars >= LIKELY_WHOLE && !is_cut(&words));
    let words = if words.is_empty() { title.clone()? } else { words };
    let id = clean::line(head(&raw.id));
    let id = Some(id).filter(|id| !id.is_empty()).or_else(|| url.clone()).or_else(|| title.clone());
    let outlet = raw.outlet.map(Text::Html).as_ref().and_then(text_of_line);
    let from_elsewhere = outlet.is_some();
    let article = Article {
        source: String::new(),
        outlet: outlet.or_else(|| feed.title.clone()),
        url,
        title,
        author: raw.author.as_deref().map(head).and_then(clean::some_line),
        published: raw.published.and_then(|date| dates::believable(date, today)),
        language: raw.language.as_deref().and_then(language).or_else(|| feed.language.clone()),
        body: words,
    };
    Some(Item { id: id.unwrap_or_else(|| clean::line(head(&article.body))), article, whole, from_elsewhere })
}

/// Without the line that WordPress puts below the text of every item.
fn without_signature(mut words: String) -> String {
    let last = words.rfind("\n\n").map_or(0, |at| at + 2);
    let signs = words[last..].starts_with("The post ") && words[last..].contains(" appeared first on ");
    if signs {
        words.truncate(last);
        words.truncate(words.trim_end().len());
    }
    words
}

/// A text that breaks off to be read elsewhere.
fn is_cut(words: &str) -> bool {
    let end = words.trim_end();
    let end = &end[end.char_indices().rev().nth(40).map_or(0, |(at, _)| at)..];
    let lower = end.to_lowercase();
    lower.trim_end_matches([']', ')']).ends_with(['…'])
        || lower.ends_with("...")
        || lower.contains("[...]")
        || ["read more", "continue reading", "read the full", "full story", "weiterlesen", "lire la suite", "leer más"]
            .iter()
            .any(|words| lower.contains(words))
}

/// The words of a text in paragraphs.
fn body(text: Text) -> String {
    match text {
        Text::Html(html) => html::text(&html),
        Text::Plain(text) => clean::body(layout::paragraphs(&text.replace("\r\n", "\n")).iter().map(String::as_str)),
    }
}

/// The words of a text on one line. Markup and references stand in plain titles too.
fn text_of_line(text: &Text) -> Option<String> {
    let (Text::Plain(words) | Text::Html(words)) = text;
    let words = head(words);
    let marked = matches!(text, Text::Html(_)) || words.contains('&') || words.contains("</") || words.contains("/>");
    if marked { clean::some_line(&html::text(words)) } else { clean::some_line(words) }
}

/// The name of a person without the address that RSS wants before it: "a@example.org (Anna Lind)".
fn name(person: &str) -> Option<String> {
    let person = clean::line(head(person));
    if !person.contains(xml::AT) {
        return Some(person).filter(|person| !person.is_empty());
    }
    let words: Vec<&str> = person.split(' ').filter(|word| !word.contains(xml::AT)).collect();
    let name = words.join(" ");
    let name = name.trim_matches(['(', ')', '<', '>', ' ', ',']);
    (!name.is_empty()).then(|| name.to_owned())
}

/// A language as its tag, where it is one.
fn language(text: &str) -> Option<String> {
    let text = clean::line(head(text)).replace('_', "-");
    let tag = (2..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    tag.then_some(text)
}

/// The address of a page: absolute, on the web, without a name and password.
fn link(address: &str, base: Option<&Url>) -> Option<String> {
    let address = Some(clean::line(address)).filter(|line| line.chars().count() < LONGEST_ADDRESS)?;
    let mut url = match base {
        Some(base) => base.join(&address).ok()?,
        None => Url::parse(&address).ok()?,
    };
    if !matches!(url.scheme(), "http" | "https") || url.set_username("").is_err() || url.set_password(None).is_err() {
        return None;
    }
    clean::address(url.as_str())
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(LINE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests;
