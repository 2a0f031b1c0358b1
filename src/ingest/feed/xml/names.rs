//! Names in feeds that mean others: of old versions, of careless writers, and of HTML.

use std::borrow::Cow;

pub(super) const RSS: &str = "http://purl.org/rss/1.0/";
pub(super) const ATOM: &str = "http://www.w3.org/2005/Atom";
const DUBLIN: &str = "http://purl.org/dc/elements/1.1/";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
const MEDIA: &str = "http://search.yahoo.com/mrss/";

/// Namespaces as they are written, without `http://` and a slash at the end, and as the parser knows them. What is for
/// players of sound is not read.
const NAMESPACES: &[(&str, &str)] = &[
    ("my.netscape.com/rdf/simple/0.9", RSS),
    ("channel.netscape.com/rdf/simple/0.9", RSS),
    ("backend.userland.com/rss2", RSS),
    ("blogs.law.harvard.edu/tech/rss", RSS),
    ("cyber.law.harvard.edu/rss/rss.html", RSS),
    ("purl.org/rss/1.0", RSS),
    ("purl.org/rss/2.0", RSS),
    ("purl.org/net/rss1.1#", RSS),
    ("purl.org/atom/ns#", ATOM),
    ("www.w3.org/2005/atom", ATOM),
    ("purl.org/dc/elements/1.1", DUBLIN),
    ("purl.org/dc/elements/1.0", DUBLIN),
    ("purl.org/dc/terms", DUBLIN),
    ("purl.org/rss/1.0/modules/content", CONTENT),
    ("search.yahoo.com/mrss", MEDIA),
    ("video.search.yahoo.com/mrss", MEDIA),
    ("tools.search.yahoo.com/mrss", MEDIA),
    ("www.itunes.com/dtds/podcast-1.0.dtd", "urn:unread"),
    ("podcastindex.org/namespace/1.0", "urn:unread"),
];

/// Prefixes that everybody uses for the same, also without declaring them.
pub(super) const PREFIXES: &[(&str, &str)] =
    &[("content", CONTENT), ("dc", DUBLIN), ("dcterms", DUBLIN), ("media", MEDIA), ("atom", ATOM)];

/// Elements of HTML that stand in texts which nobody escaped. Those that are elements of feeds too (`link`, `source`,
/// `title`, `image`) are not among them.
const HTML: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "audio",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "iframe",
    "img",
    "ins",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
    "wbr",
    "form",
    "input",
    "button",
    "object",
    "embed",
    "param",
    "svg",
    "path",
];

/// The namespace that is meant.
pub(super) fn namespace(written: &str) -> Option<&'static str> {
    let trimmed = written.trim();
    let bare = trimmed.strip_prefix("http://").or_else(|| trimmed.strip_prefix("https://")).unwrap_or(trimmed);
    let bare = bare.trim_end_matches('/');
    NAMESPACES.iter().find(|(known, _)| known.eq_ignore_ascii_case(bare)).map(|(_, meant)| *meant)
}

/// Whether a name is that of an element of HTML.
pub(super) fn is_html(name: &str) -> bool {
    HTML.iter().any(|html| html.eq_ignore_ascii_case(name))
}

/// The name that is meant by that of an element. Dates are what goes by many names.
pub(super) fn element(name: &str, old_atom: bool) -> Cow<'_, str> {
    let (prefix, local) = name.split_at(name.rfind(':').map_or(0, |at| at + 1));
    let meant = match local {
        "issued" if old_atom => "published",
        "modified" if old_atom => "updated",
        "tagline" if old_atom => "subtitle",
        "created" | "issued" | "available" | "dateSubmitted" if prefix.starts_with("dc") => "date",
        "pubdate" | "PubDate" | "pubDATE" | "publicationDate" if prefix.is_empty() => "pubDate",
        _ => return Cow::Borrowed(name),
    };
    Cow::Owned(format!("{prefix}{meant}"))
}
