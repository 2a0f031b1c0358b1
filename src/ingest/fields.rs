//! The usual names of an article's fields in exports of other tools, and an article made of them.

use super::{clean, feed, html, layout};
use crate::model::Article;

/// Names under which tools export each field, the usual one first; see `docs/formats.md`. Written as [`folded`] gives them;
/// a dot leads into an object.
const TITLE: &[&str] = &["title", "headline", "webtitle", "name", "subject"];
const DATE: &[&str] = &[
    "published",
    "publishedat",
    "datepublished",
    "pubdate",
    "publishdate",
    "publicationdate",
    "webpublicationdate",
    "date",
    "datetime",
    "isodate",
    "seendate",
    "created",
    "createdat",
    "timestamp",
    "time",
    "day",
];
const URL: &[&str] = &[
    "url",
    "link",
    "canonicalurl",
    "permalink",
    "weburl",
    "externalurl",
    "articleurl",
    "address",
    "canonical",
    "alternate",
];
const OUTLET: &[&str] = &[
    "outlet",
    "source",
    "sourcename",
    "publisher",
    "publication",
    "sitename",
    "site",
    "feedtitle",
    "feed",
    "origin",
    "domain",
    "newspaper",
];
const AUTHOR: &[&str] = &["author", "authors", "byline", "creator", "writer"];
const BODY: &[&str] = &[
    "body",
    "text",
    "articlebody",
    "fulltext",
    "maintext",
    "contenttext",
    "contenthtml",
    "content",
    "fields.bodytext",
    "fields.body",
    "article",
    "story",
    "html",
    "description",
    "summary",
    "abstract",
    "leadparagraph",
];
const LANGUAGE: &[&str] = &["language", "lang", "inlanguage", "languagecode"];

/// A field's name without what tools write differently: case, underscores, hyphens and spaces.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | ':')).take(60).flat_map(char::to_lowercase).collect()
}

/// Whether a field of that name may hold the text.
pub(super) fn is_body(name: &str) -> bool {
    BODY.contains(&folded(name).as_str())
}

/// An article of the fields that `field` finds by their folded names.
pub(super) fn article<'v>(field: &dyn Fn(&str) -> Option<std::borrow::Cow<'v, str>>) -> Article {
    let first = |names: &[&str]| names.iter().find_map(|name| field(name).filter(|text| !text.trim().is_empty()));
    let line = |names: &[&str]| first(names).and_then(|text| line_of(&text));
    let outlet = line(OUTLET);
    Article {
        source: String::new(),
        title: line(TITLE),
        published: DATE.iter().find_map(|name| field(name).and_then(|text| feed::dates::parse(&text))),
        url: URL.iter().find_map(|name| field(name).and_then(|text| clean::address(&text))),
        // Some name the outlet by its address.
        outlet: outlet.map(|outlet| site(&outlet).unwrap_or(outlet)),
        author: line(AUTHOR),
        language: line(LANGUAGE).filter(|tag| tag.len() <= 35),
        body: body_of(&first(BODY).unwrap_or_default()),
    }
}

fn site(outlet: &str) -> Option<String> {
    let url = url::Url::parse(outlet).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.host_str().map(|host| host.trim_start_matches("www.").to_owned())
}

fn line_of(text: &str) -> Option<String> {
    if is_marked(text) { clean::some_line(&html::text(text)) } else { clean::some_line(text) }
}

/// The body that a field holds, as HTML or as text.
fn body_of(text: &str) -> String {
    if is_marked(text) {
        return html::text(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    clean::body(layout::paragraphs(&text).iter().map(String::as_str))
}

/// Whether a text is written in HTML.
fn is_marked(text: &str) -> bool {
    ["</", "<p>", "<br", "/>", "&amp;", "&quot;", "&nbsp;", "&#"].iter().any(|mark| text.contains(mark))
}
