//! Makes the XML of a feed safe and sound for the parser: bounds what it can cost, mends what is often broken.
//!
//! The parser expands no entities and opens no addresses, but it keeps every element it knows and stops at the first
//! thing that is wrong. So one pass over the tags (`pass`), before it sees anything, refuses what no feed needs (entities
//! of its own, deep nesting, elements beyond number) and mends what feeds in the wild have: bare ampersands, references to
//! characters that do not exist, elements that are never closed, markup that nobody escaped, the names of old versions,
//! namespaces that nobody declared, an end in the middle.

mod characters;
mod names;
mod pass;
mod tag;
#[cfg(test)]
mod tests;

pub(in crate::ingest) use self::tag::Tag;
use self::{
    characters::{acts, is_reference, numbered},
    pass::Pass,
};
use super::FeedError;

/// Deepest nesting. Pages inside of feeds go a few dozen deep.
const DEEPEST: usize = 200;
/// Most elements. What the parser keeps of one is far less than a kilobyte.
const MOST_ELEMENTS: usize = 300_000;
/// Most items.
const MOST_ITEMS: usize = 20_000;
/// Most attributes of one element: comparing them costs their square.
const MOST_ATTRIBUTES: usize = 256;

/// So far into a document its first element is looked for.
const HEAD: usize = 4096;

/// Stands for `@` in names of people, which the parser would take apart badly.
pub(super) const AT: char = '\u{e000}';

/// A document as the parser is to see it, and what the parser would pass over.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) text: String,
    /// Of each item, in order.
    pub(super) beside: Vec<Beside>,
    /// The end was missing: what had begun there was left out.
    pub(super) cut: bool,
}

/// What an item says that the parser passes over.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Beside {
    /// The outlet that an item was taken from (`source` of RSS).
    pub(super) outlet: Option<String>,
    /// The address of its page, where the link leads to a counter (`feedburner:origLink`).
    pub(super) link: Option<String>,
}

/// The document as the parser is to see it.
pub(super) fn prepare(text: &str) -> Result<Prepared, FeedError> {
    let text = from_first_element(text);
    let mut pass = Pass::new(text);
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        pass.text(&rest[..at]);
        match pass.markup(&rest[at..])? {
            Some(after) => rest = after,
            None => return pass.end(true),
        }
    }
    pass.end(false)
}

/// Without what a server's own complaints put before the document: tags of HTML and words, but no page.
fn from_first_element(text: &str) -> &str {
    let trimmed = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let is_feed = |name: Option<&str>| matches!(name, Some("rss" | "RDF" | "feed" | "entry"));
    let is_page = |name: &str| ["html", "head", "body"].iter().any(|page| name.eq_ignore_ascii_case(page));
    let first = first_element(trimmed);
    if !trimmed.starts_with('<') || is_feed(first) || first.is_some_and(is_page) {
        return trimmed;
    }
    let mut end = trimmed.len().min(HEAD);
    while !trimmed.is_char_boundary(end) {
        end -= 1;
    }
    let begins = ["<?xml ", "<rss ", "<rss>", "<feed ", "<rdf:RDF "];
    let starts = begins.iter().filter_map(|begin| memchr::memmem::find(&trimmed.as_bytes()[..end], begin.as_bytes()));
    match starts.min().map(|at| &trimmed[at..]) {
        Some(feed) if is_feed(first_element(feed)) => feed,
        _ => trimmed,
    }
}

/// Elements of pages that are often or always left open.
const LEFT_OPEN: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li",
    "dt", "dd", "tr", "td", "th", "option", "path",
];

/// Whether elements are nested more than `deepest` deep.
pub(super) fn is_deep(text: &str, deepest: usize) -> bool {
    let (mut depth, mut rest) = (0_usize, text);
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[at..];
        match rest.as_bytes().get(1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(first) if first.is_ascii_alphabetic() => match Tag::read(rest) {
                Some(tag) => {
                    depth += usize::from(!tag.closed && !LEFT_OPEN.contains(&tag.name));
                    // What stands in its attributes is not looked at again.
                    rest = &rest[tag.length - 1..];
                }
                None => return false,
            },
            _ => {}
        }
        if depth > deepest {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

/// The first element's name without its prefix, if `text` is XML.
pub(super) fn root(text: &str) -> Option<&str> {
    first_element(from_first_element(text))
}

fn first_element(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    loop {
        let after = if rest.starts_with("<?") {
            end_of(rest, "?>")?
        } else if rest.starts_with("<!--") {
            end_of(rest, "-->")?
        } else if rest.starts_with("<!") {
            doctype_end(rest)?
        } else {
            break;
        };
        rest = rest[after..].trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    Some(local(&name[..end]))
}

/// Without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Where the first `mark` ends.
fn end_of(text: &str, mark: &str) -> Option<usize> {
    memchr::memmem::find(text.as_bytes(), mark.as_bytes()).map(|at| at + mark.len())
}

/// Where a `<!DOCTYPE …>` ends, the declarations inside of it included.
fn doctype_end(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(mark), b) if b == mark => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'<') => depth += 1,
            (None, b'>') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a document type declares entities for its text. Those of its own declarations (`%`) are never looked at.
fn declares_entities(doctype: &str) -> bool {
    doctype.match_indices("<!ENTITY").any(|(at, mark)| !doctype[at + mark.len()..].trim_start().starts_with('%'))
}
