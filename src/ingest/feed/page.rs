//! The feeds that a site's page names.

use url::Url;

use super::{
    super::{clean, decode, html},
    link,
    xml::Tag,
};

/// More are no help.
const MOST: usize = 50;

/// The feeds that a page names (`<link rel="alternate">`), with what it calls them; those of comments last. Where it names
/// none, the links on it that look like feeds.
pub fn named_in_page(bytes: &[u8], address: &Url) -> Vec<(Option<String>, Url)> {
    let text = decode::labelled(bytes, None).unwrap_or_default();
    let mut base = address.clone();
    let mut found: Vec<(Option<String>, Url)> = Vec::new();
    let mut linked: Vec<(Option<String>, Url)> = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[at..];
        let is_tag = rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
        if !is_tag {
            rest = &rest[1..];
            continue;
        }
        // A tag without an end has been looked for to the end of the page.
        let Some(tag) = Tag::read(rest) else { break };
        rest = &rest[tag.length..];
        let value = |name: &str| {
            tag.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| html::text(value))
        };
        if tag.name.eq_ignore_ascii_case("base") {
            base = value("href").and_then(|href| base.join(&href).ok()).unwrap_or(base);
        }
        if tag.name.eq_ignore_ascii_case("a") && linked.len() < MOST {
            let href = value("href").and_then(|href| link(&href, Some(&base))).and_then(|href| Url::parse(&href).ok());
            let near = &rest.as_bytes()[..LONGEST_MARKUP.min(rest.len())];
            let words = html::text(&rest[..memchr::memmem::find(near, b"</a").unwrap_or_default()]);
            let words = Some(words).filter(|words| words.len() < LONGEST_WORDS).as_deref().and_then(clean::some_line);
            let new = href.filter(|href| !linked.iter().any(|(_, known)| known == href));
            linked.extend(new.filter(|href| looks_like_feed(href, words.as_deref())).map(|href| (words, href)));
        }
        if !tag.name.eq_ignore_ascii_case("link") {
            continue;
        }
        let alternate =
            value("rel").is_some_and(|rel| rel.split(' ').any(|word| word.eq_ignore_ascii_case("alternate")));
        let kind = value("type").unwrap_or_default().to_ascii_lowercase();
        let is_feed = ["rss+xml", "atom+xml", "feed+json", "rdf+xml"].iter().any(|feed| kind.ends_with(feed));
        let href = value("href").and_then(|href| link(&href, Some(&base))).and_then(|href| Url::parse(&href).ok());
        if let Some(href) = href.filter(|href| alternate && is_feed && !found.iter().any(|(_, known)| known == href)) {
            found.push((value("title").as_deref().and_then(clean::some_line), href));
        }
        if found.len() == MOST {
            break;
        }
    }
    let of_comments = |(title, address): &(Option<String>, Url)| {
        title.as_ref().is_some_and(|title| title.to_lowercase().contains("comment"))
            || address.path().contains("comments")
    };
    let mut named = if found.is_empty() { linked } else { found };
    named.sort_by_key(of_comments);
    named
}

/// Words of a link that names a feed are shorter, in bytes.
const LONGEST_WORDS: usize = 200;

/// The words of a link end within so many bytes of markup.
const LONGEST_MARKUP: usize = 2000;

/// Whether a link looks like one to a feed, by its words or by its address.
fn looks_like_feed(address: &Url, words: Option<&str>) -> bool {
    let words = words.unwrap_or_default().to_lowercase();
    let says_so = words.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "rss" | "atom"));
    let path = address.path().trim_end_matches('/').to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or_default();
    says_so
        || matches!(last, "feed" | "rss" | "atom" | "feed.xml" | "rss.xml" | "atom.xml" | "feed.json")
        || [".rss", ".rdf", ".atom"].iter().any(|end| last.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_found_by_their_links() {
        let page = "<!DOCTYPE html><html><head><base href=/en/><title>Courier</title>\
                    <link rel=stylesheet href=a.css type=text/css>\
                    <link rel=\"alternate\" type=\"application/rss+xml\" title=\"Comments\" href=\"/comments/feed\">\
                    <LINK REL='Alternate home' TYPE='application/rss+xml' TITLE='World &amp; Africa' HREF='world.xml?a=1&amp;b=2'>\
                    <link rel=alternate type=application/atom+xml href=https://feeds.example.org/atom>\
                    <link rel=alternate type=application/rss+xml href=\"javascript:alert(1)\">\
                    <link rel=alternate type=application/rss+xml href=world.xml?a=1&amp;b=2>\
                    <link rel=alternate hreflang=fr href=/fr/></head><body>1 < 2</body></html>";
        let address = Url::parse("https://courier.example/").unwrap();
        let found: Vec<(Option<String>, String)> =
            named_in_page(page.as_bytes(), &address).into_iter().map(|(title, url)| (title, url.into())).collect();
        let expected = [
            (Some("World & Africa"), "https://courier.example/en/world.xml?a=1&b=2"),
            (None, "https://feeds.example.org/atom"),
            (Some("Comments"), "https://courier.example/comments/feed"),
        ];
        assert_eq!(found, expected.map(|(title, url)| (title.map(str::to_owned), url.to_owned())));
        assert!(named_in_page(b"<html>no feeds", &address).is_empty());
    }

    #[test]
    fn where_no_feeds_are_named_links_that_look_like_them_count() {
        let page = "<html><body><a href=/about>About</a><a href=/world/rss.xml>World</a><a href=/x><b>RSS</b> Africa</a>\
                    <a href='javascript:rss()'>RSS</a><a href=/press>Press</a><a href=/feed/>Feed</a></body></html>";
        let address = Url::parse("https://courier.example/").unwrap();
        let found: Vec<String> =
            named_in_page(page.as_bytes(), &address).into_iter().map(|(_, url)| url.path().to_owned()).collect();
        assert_eq!(found, ["/world/rss.xml", "/x", "/feed/"]);
    }
}
