//! A whole page of the web → its article, without what stands around it.
//!
//! The page's statements about itself (`facts`) give headline, date, author and site. Where the article is on the page is
//! for dom_smoothie to say, a port of the Readability of Firefox; it is given the page rewritten (`bounded`), so that no
//! page can be too deep or too tangled for it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::{Config, Readability};
use url::Url;

pub use super::wall::Wall;
use super::{
    bounded,
    facts::{self, Facts},
    scan::{Scanner, Token},
    wall, words,
};
use crate::{
    ingest::{clean, dates, decode, feed},
    model::Article,
};

/// What a page turned out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Page {
    /// An article. Its source is left empty.
    Article(Article),
    /// What stands before an article.
    Wall(Wall),
    /// Something without an article: a list of links, a picture, nothing.
    NoArticle,
}

/// Fewer words are no article, unless the page says that it is one.
const FEWEST_WORDS: usize = 25;

/// Fewer words are none, whatever the page says: “Loading …”.
const FEWEST: usize = 5;

/// So many letters are words, though they stand without spaces.
const FEWEST_LETTERS: usize = 40;

/// Reads a page. `charset` is the encoding that the server named, `address` where the page was found, if that is known.
pub fn read(bytes: &[u8], charset: Option<&str>, address: Option<&Url>) -> Page {
    match decode::labelled(bytes, charset) {
        Some(page) => read_text(&page, address),
        None => Page::NoArticle,
    }
}

/// Whether a text is a page of the web, by how it begins.
pub(in crate::ingest) fn looks_like(text: &str) -> bool {
    // Comments and the XML declaration may stand before it.
    let begins = Scanner::new(text.get(..4096).unwrap_or(text)).find(|token| match token {
        Token::Text(words) => !words.trim_start_matches('\u{feff}').trim().is_empty(),
        _ => true,
    });
    let head = text.trim_start_matches('\u{feff}').trim_start().get(..14).unwrap_or_default();
    head.eq_ignore_ascii_case("<!doctype html")
        || matches!(begins, Some(Token::Start(tag)) if matches!(tag.name.as_str(), "html" | "head" | "body"))
}

/// As [`read`], of a page already decoded.
pub(in crate::ingest) fn read_text(page: &str, address: Option<&Url>) -> Page {
    let facts = facts::of_page(page);
    let title = title(&facts);
    let (found, links) = article_words(page, address);
    let whole = words::paragraphs(page);
    let mut paragraphs = if found.is_empty() { whole.clone() } else { found };
    let n_found: usize = paragraphs.iter().map(String::len).sum();
    // Some pages build their text by a script, and have it in the description of themselves.
    if let Some(text) = facts.text.as_deref().filter(|text| facts.is_free != Some(false) && text.len() > 2 * n_found) {
        let text = text.replace("\r\n", "\n");
        paragraphs =
            if text.contains("</") { words::paragraphs(&text) } else { crate::ingest::layout::paragraphs(&text) };
    }
    let author = facts.authors.iter().find_map(|author| name(author));
    drop_heading(&mut paragraphs, title.as_deref(), author.as_deref());
    let body = clean::body(paragraphs.iter().map(String::as_str));
    let host = address.and_then(Url::host_str);
    if let Some(wall) = wall::before(&body, &whole.join("\n"), host, facts.is_free) {
        return Page::Wall(wall);
    }
    let n_words = body.split_whitespace().take(FEWEST_WORDS).count();
    let is_list_of_links = links && !facts.is_article;
    // Some languages write no spaces.
    let unspaced = body.chars().filter(|c| !c.is_ascii()).nth(FEWEST_LETTERS - 1).is_some();
    let n_words = if unspaced { n_words.max(FEWEST) } else { n_words };
    if n_words < FEWEST || is_list_of_links || (n_words < FEWEST_WORDS && !facts.is_article && title.is_none()) {
        return Page::NoArticle;
    }
    Page::Article(Article {
        source: String::new(),
        outlet: facts.sites.iter().find_map(|site| clean::some_line(site)).or_else(|| host.map(site_of)),
        url: canonical(&facts, address),
        title,
        author,
        published: facts.dates.iter().find_map(|date| dates::parse(date)),
        language: facts.languages.iter().find_map(|tag| language(tag)),
        body,
    })
}

/// The paragraphs of the article on the page, empty if none was found; and whether they are links for the most part.
fn article_words(page: &str, address: Option<&Url>) -> (Vec<String>, bool) {
    let Some(page) = bounded::rewritten(page) else { return (Vec::new(), false) };
    let config = Config { disable_json_ld: true, ..Config::default() };
    // Should it fail on a page in a way of its own, the page is still read, as a whole.
    let found = catch_unwind(AssertUnwindSafe(|| {
        let mut readability = Readability::new(page, address.map(Url::as_str), Some(config)).ok()?;
        readability.parse().ok()
    }));
    let Ok(Some(found)) = found else { return (Vec::new(), false) };
    let (mut all, mut linked, mut depth) = (0_usize, 0_usize, 0_usize);
    for token in Scanner::new(&found.content) {
        match token {
            Token::Start(tag) if tag.name.as_str() == "a" => depth += 1,
            Token::End(name) if name.as_str() == "a" => depth = depth.saturating_sub(1),
            Token::Text(words) => {
                let length = words.split_whitespace().map(str::len).sum::<usize>();
                all += length;
                linked += if depth > 0 { length } else { 0 };
            }
            _ => {}
        }
    }
    (words::paragraphs(&found.content), linked * 10 > all * 6)
}

/// The headline, without the name of the site that many put behind it.
/// So much of a headline, in bytes, is no section's name.
const LEAST_IN_COMMON: usize = 12;

fn title(facts: &Facts) -> Option<String> {
    let heading = facts.first_heading.as_deref().and_then(clean::some_line);
    let window = facts.window_title.as_deref().and_then(clean::some_line);
    let stated = facts.headlines.iter().find_map(|headline| clean::some_line(headline));
    if let Some(stated) = stated {
        return Some(without_site(&stated, facts));
    }
    match (heading, window) {
        // A heading is the headline where the window's title begins with it; else it may be the site's name.
        (Some(heading), Some(window)) if window.contains(&heading) && heading.len() * 3 > window.len() => Some(heading),
        (heading, Some(window)) => {
            let short = without_site(&window, facts);
            // The window's title may leave out the end of a headline.
            Some(
                heading
                    .filter(|heading| short.len() >= LEAST_IN_COMMON && heading.starts_with(&short))
                    .unwrap_or(short),
            )
        }
        (heading, None) => heading,
    }
}

fn without_site(title: &str, facts: &Facts) -> String {
    let heading = facts.first_heading.as_deref().and_then(clean::some_line);
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " · "] {
        let Some((headline, site)) = title.rsplit_once(separator) else { continue };
        let is_site = facts.sites.iter().any(|known| clean::line(known).eq_ignore_ascii_case(site.trim()));
        let is_heading = heading.as_deref().is_some_and(|heading| heading == headline.trim());
        // A bar stands between headline and site alone; a dash may belong to the headline.
        if is_site || is_heading || (separator == " | " && headline.split(' ').count() > 3) {
            return without_site(headline.trim(), facts);
        }
    }
    title.to_owned()
}

/// Takes the headline off the text where it repeats it, with the little that stands above it, and the lines below it that
/// say who wrote it and when.
fn drop_heading(paragraphs: &mut Vec<String>, title: Option<&str>, author: Option<&str>) {
    let is_title = |paragraph: &String| title.is_some_and(|title| clean::line(paragraph) == title);
    let heading = paragraphs.iter().take(HEADING_WITHIN).position(is_title);
    let is_short = |paragraph: &String| paragraph.len() < SHORT_LINE;
    if let Some(at) = heading.filter(|&at| paragraphs[..at].iter().all(is_short)) {
        paragraphs.drain(..=at);
    }
    let says_what_is_known = |paragraph: &String| {
        let line = clean::line(paragraph);
        let by =
            line.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).map_or(line.as_str(), |by| &line[by.len()..]);
        author.is_some_and(|author| by == author) || line.is_empty() || is_date_line(&line) || is_title(paragraph)
    };
    let n_known = paragraphs.iter().take(4).take_while(|paragraph| says_what_is_known(paragraph)).count();
    paragraphs.drain(..n_known);
}

/// The headline is looked for among so many paragraphs.
const HEADING_WITHIN: usize = 6;

/// What stands above a headline (the way to it, its section) is shorter, in bytes.
const SHORT_LINE: usize = 120;

/// A line that says when the article was published, and nothing else.
fn is_date_line(line: &str) -> bool {
    const BEFORE: [&str; 17] = [
        "first published on",
        "first published",
        "published on",
        "published",
        "last updated on",
        "last updated",
        "last modified on",
        "last modified",
        "updated on",
        "updated",
        "posted on",
        "posted",
        "issued on",
        "publié le",
        "mis à jour le",
        "veröffentlicht am",
        "publicado el",
    ];
    if line.len() >= SHORT_LINE {
        return false;
    }
    let lower = line.to_lowercase();
    let rest = BEFORE.iter().find_map(|before| lower.strip_prefix(before)).unwrap_or(&lower);
    let rest = rest.trim_start_matches([':', ' ']).trim();
    // "The talks began on 4 August 2025" says more than when: beside numbers only a few words make a date.
    let n_words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 2).count();
    feed::dates::parse(rest).is_some() && line.split_whitespace().count() <= 9 && n_words <= MOST_IN_DATE
}

/// Words of three letters and more in a date: the month, the day of the week, the zone.
const MOST_IN_DATE: usize = 3;

/// The name of an author: no address of a page, no "by".
fn name(text: &str) -> Option<String> {
    let line = clean::some_line(text)?;
    let lower = line.to_ascii_lowercase();
    if lower.contains("://") || lower.starts_with("www.") || line.chars().count() > 200 {
        return None;
    }
    let name = if lower.starts_with("by ") { line[3..].trim() } else { &line };
    (!name.is_empty()).then(|| name.to_owned())
}

/// A language as its tag, where it is one.
fn language(text: &str) -> Option<String> {
    let tag = text.trim().split([',', ';']).next().unwrap_or_default().replace('_', "-");
    let is_tag = (2..=35).contains(&tag.len())
        && tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && tag.split('-').next().is_some_and(|first| matches!(first.len(), 2 | 3));
    is_tag.then_some(tag)
}

fn site_of(host: &str) -> String {
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// The address that the page wants to be known by. A page may only speak for its own site, or it could put its words in
/// the place of another's.
fn canonical(facts: &Facts, address: Option<&Url>) -> Option<String> {
    // Checked as written: taken apart, an address has its controls and marks of direction escaped.
    let stated = facts.canonical.iter().filter(|stated| clean::line(stated) == stated.trim()).find_map(|stated| {
        let stated = match address {
            Some(address) => address.join(stated.trim()).ok()?,
            None => Url::parse(stated.trim()).ok()?,
        };
        let web =
            matches!(stated.scheme(), "http" | "https") && stated.username().is_empty() && stated.password().is_none();
        let own = address.is_none_or(|address| same_site(address, &stated));
        // The front page is nobody's own address.
        (web && own && (stated.path() != "/" || stated.query().is_some())).then_some(stated)
    });
    let address = stated.or_else(|| address.cloned())?;
    clean::address(address.as_str())
}

/// Whether two addresses are of one site: the same host, but for what stands before its last two names.
fn same_site(one: &Url, other: &Url) -> bool {
    let site = |url: &Url| {
        let host = url.host_str()?.to_ascii_lowercase();
        let names: Vec<&str> = host.rsplit('.').take(3).collect();
        // `example.co.uk`: a short name before a country's is no site of its own.
        let n = if names.len() == 3 && names[0].len() == 2 && names[1].len() <= 3 { 3 } else { 2 };
        Some(names.iter().take(n).rev().copied().collect::<Vec<_>>().join("."))
    };
    site(one).is_some() && site(one) == site(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_says_more_than_when_is_no_date_line() {
        for (line, expected) in [
            ("4 August 2025", true),
            ("Published: Monday, 4 August 2025, 10:30 GMT", true),
            ("Last updated on 2025-08-04", true),
            ("The talks began on 4 August 2025 in Geneva.", false),
            ("12 Arab states met in Cairo in 2025.", false),
        ] {
            assert_eq!(is_date_line(line), expected, "{line}");
        }
    }

    #[test]
    fn words_without_spaces_are_counted_by_their_letters() {
        let article = |words: &str| format!("<html><head><title>x</title></head><body><p>{words}</p></body></html>");
        assert!(matches!(
            read_text(&article(&"外交部长星期一在内罗毕会见了他的同事。".repeat(6)), None),
            Page::Article(_)
        ));
        assert_eq!(read_text(&article("加载中…"), None), Page::NoArticle);
    }
}
