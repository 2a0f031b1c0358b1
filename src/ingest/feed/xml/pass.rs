//! The one pass over the tags of a feed, which writes it anew.

use std::borrow::Cow;

use url::Url;

use super::{
    AT, Beside, DEEPEST, MOST_ATTRIBUTES, MOST_ELEMENTS, MOST_ITEMS, Prepared, Tag, acts, declares_entities,
    doctype_end, end_of, is_reference, local, names, numbered,
};
use crate::ingest::feed::FeedError;

/// Longest text that is kept beside an item, in bytes.
const LONGEST_BESIDE: usize = 2000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rss,
    Atom,
}

/// What is kept beside the item it stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeps {
    Outlet,
    Link,
}

/// An element that is open.
struct Open<'t> {
    name: &'t str,
    is_item: bool,
    /// Its inside is text with markup: elements of HTML in it were meant to be escaped.
    is_markup: bool,
}

pub(super) struct Pass<'t> {
    whole: &'t str,
    out: String,
    root: Option<Kind>,
    open: Vec<Open<'t>>,
    elements: usize,
    beside: Vec<Beside>,
    /// How much of `out` ends with an item that is whole, how many elements are open there, and how many items there are.
    sound: Option<(usize, usize, usize)>,
    /// The text belongs to an element that names a person.
    person: bool,
    keeps: Option<Keeps>,
    /// Atom 0.3, whose dates have other names.
    old_atom: bool,
}

impl<'t> Pass<'t> {
    pub(super) fn new(whole: &'t str) -> Self {
        Self {
            whole,
            out: String::with_capacity(whole.len() + 64),
            root: None,
            open: Vec::new(),
            elements: 0,
            beside: Vec::new(),
            sound: None,
            person: false,
            keeps: None,
            old_atom: false,
        }
    }

    /// Closes what is still open. Of a document that ends in the middle, the items that are whole stay.
    pub(super) fn end(mut self, mut cut: bool) -> Result<Prepared, FeedError> {
        if self.root.is_none() {
            return Err(FeedError::NotAFeed);
        }
        cut |= self.open.iter().any(|open| open.is_item);
        if cut {
            let Some((length, n_open, n_items)) = self.sound else {
                return Err(FeedError::Malformed("it ends in the middle".to_owned()));
            };
            self.out.truncate(length);
            self.open.truncate(n_open);
            // Of the item that broke off nothing stays.
            self.beside.truncate(n_items);
        }
        self.close_down_to(0);
        Ok(Prepared { text: self.out, beside: self.beside, cut })
    }

    /// Words between tags: references mended.
    pub(super) fn text(&mut self, text: &str) {
        if self.open.is_empty() {
            return;
        }
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
            self.words(&rest[..at]);
            rest = &rest[at + 1..];
            let name = rest.bytes().take(32).position(|b| b == b';').map(|end| &rest[..end]);
            match name.filter(|name| is_reference(name)) {
                Some(name) => {
                    self.reference(name);
                    rest = &rest[name.len() + 1..];
                }
                None => self.out.push_str("&amp;"),
            }
        }
        self.words(rest);
        self.keep(text);
    }

    fn reference(&mut self, name: &str) {
        let Some(number) = name.strip_prefix('#') else {
            self.out.extend(["&", name, ";"]);
            return;
        };
        match numbered(number).unwrap_or(char::REPLACEMENT_CHARACTER) {
            '<' => self.out.push_str("&lt;"),
            '>' => self.out.push_str("&gt;"),
            '&' => self.out.push_str("&amp;"),
            '@' if self.person => self.out.push(AT),
            c if acts(c) => {}
            c => self.out.push(c),
        }
    }

    fn words(&mut self, words: &str) {
        if self.person && words.contains('@') {
            self.out.extend(words.chars().filter(|&c| !acts(c)).map(|c| if c == '@' { AT } else { c }));
        } else if words.contains(acts) {
            self.out.extend(words.chars().filter(|&c| !acts(c)));
        } else {
            self.out.push_str(words);
        }
    }

    /// Keeps what the parser would pass over.
    fn keep(&mut self, words: &str) {
        let Some((keeps, beside)) = self.keeps.zip(self.beside.last_mut()) else { return };
        let kept = match keeps {
            Keeps::Outlet => &mut beside.outlet,
            Keeps::Link => &mut beside.link,
        };
        let kept = kept.get_or_insert_default();
        if kept.len() + words.len() <= LONGEST_BESIDE {
            kept.push_str(words);
        }
    }

    /// What begins with `<`; answers what follows it, or `None` if the document ends in it.
    pub(super) fn markup(&mut self, rest: &'t str) -> Result<Option<&'t str>, FeedError> {
        let after = |end: Option<usize>| Ok(end.map(|end| &rest[end..]));
        if rest.starts_with("<!--") {
            return after(end_of(rest, "-->"));
        }
        if let Some(inside) = rest.strip_prefix("<![CDATA[") {
            let end = end_of(rest, "]]>");
            if let Some(end) = end.filter(|_| !self.open.is_empty()) {
                self.words(&rest[..end]);
                self.keep(&inside[..inside.len() - (rest.len() - end) - "]]>".len()]);
            }
            return after(end);
        }
        match rest.as_bytes().get(1) {
            Some(b'?') => after(end_of(rest, "?>")),
            Some(b'!') if self.root.is_none() => match doctype_end(rest) {
                Some(end) if declares_entities(&rest[..end]) => Err(FeedError::Entities),
                end => after(end),
            },
            Some(b'/') => {
                let end = memchr::memchr(b'>', rest.as_bytes()).map(|at| at + 1);
                if let Some(end) = end {
                    let name = rest[2..end - 1].trim_end();
                    if self.is_loose_markup(name) { self.escaped(&rest[..end]) } else { self.close(name) }
                }
                after(end)
            }
            Some(first) if first.is_ascii_alphabetic() || *first == b'_' || *first >= 0x80 => {
                let Some(tag) = Tag::read(rest) else { return Ok(None) };
                if self.is_loose_markup(tag.name) {
                    self.escaped(&rest[..tag.length]);
                } else {
                    self.start(&tag)?;
                }
                after(Some(tag.length))
            }
            // Nothing follows the document but what does not belong to it.
            _ if self.open.is_empty() => Ok(Some(&rest[1..])),
            _ => {
                self.out.push_str("&lt;");
                Ok(Some(&rest[1..]))
            }
        }
    }

    /// Whether an element is one of HTML in the midst of a text: part of it, and not of the feed.
    fn is_loose_markup(&self, name: &str) -> bool {
        self.open.last().is_some_and(|open| open.is_markup) && names::is_html(name)
    }

    /// Markup as words.
    fn escaped(&mut self, markup: &str) {
        let body = markup.trim_start_matches('<').trim_end_matches('>');
        self.out.push_str("&lt;");
        // References in it are those of HTML, one level below.
        self.words(&body.replace('&', "&amp;").replace('<', "&lt;"));
        self.out.push_str("&gt;");
    }

    /// An end tag. One of what is not open is left out; what was left open inside is closed.
    fn close(&mut self, name: &str) {
        self.person = false;
        self.keeps = None;
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            // Some put their items behind the channel. It ends with the whole.
            let stays = name == "channel" && at == 1 && self.open[0].name == "rss";
            self.close_down_to(at + usize::from(stays));
        }
    }

    fn close_down_to(&mut self, length: usize) {
        while self.open.len() > length {
            if let Some(open) = self.open.pop() {
                self.out.push_str("</");
                self.out.push_str(&names::element(open.name, self.old_atom));
                self.out.push('>');
                if open.is_item {
                    self.sound = Some((self.out.len(), self.open.len(), self.beside.len()));
                }
            }
        }
    }

    fn start(&mut self, tag: &Tag<'t>) -> Result<(), FeedError> {
        let name = local(tag.name);
        let at_root = self.root.is_none();
        if !at_root && self.open.is_empty() {
            return Ok(());
        }
        let is_item = matches!(name, "item" | "entry") && !at_root;
        // One that was left open ends where the next begins.
        if let Some(at) = self.open.iter().position(|open| open.is_item).filter(|_| is_item) {
            self.close_down_to(at);
        }
        self.bounded(tag, is_item)?;
        if at_root {
            self.root = Some(match name {
                "rss" | "RDF" => Kind::Rss,
                "feed" | "entry" => Kind::Atom,
                _ => return Err(FeedError::NotAFeed),
            });
            self.old_atom = tag.attributes.iter().any(|(_, value)| *value == "http://purl.org/atom/ns#");
        }
        self.person = !tag.closed && matches!(name, "author" | "creator" | "managingEditor" | "webMaster");
        let in_item = self.open.iter().any(|open| open.is_item);
        self.keeps = match name {
            "source" if self.root == Some(Kind::Rss) && in_item => Some(Keeps::Outlet),
            "origLink" if in_item => Some(Keeps::Link),
            _ => None,
        };
        self.write(tag, name, at_root);
        if is_item {
            self.beside.push(Beside::default());
        }
        if !tag.closed {
            let is_markup = self.is_markup(tag, name);
            self.open.push(Open { name: tag.name, is_item, is_markup });
        } else if is_item {
            self.sound = Some((self.out.len(), self.open.len(), self.beside.len()));
        }
        Ok(())
    }

    /// What an element may cost.
    fn bounded(&mut self, tag: &Tag<'_>, is_item: bool) -> Result<(), FeedError> {
        self.elements += 1;
        let too_much = |what, limit| Err(FeedError::TooMuch { what, limit });
        if self.open.len() >= DEEPEST && !tag.closed {
            return Err(FeedError::Deep { limit: DEEPEST });
        }
        if tag.attributes.len() > MOST_ATTRIBUTES {
            return too_much("attributes of one element", MOST_ATTRIBUTES);
        }
        if self.elements > MOST_ELEMENTS {
            return too_much("elements", MOST_ELEMENTS);
        }
        if is_item && self.beside.len() >= MOST_ITEMS {
            return too_much("items", MOST_ITEMS);
        }
        Ok(())
    }

    /// Whether the inside of an element is text with markup.
    fn is_markup(&self, tag: &Tag<'_>, name: &str) -> bool {
        let is_text = matches!(name, "title" | "description" | "encoded" | "summary" | "subtitle");
        match self.root {
            Some(Kind::Rss) => is_text,
            // In Atom markup may stand as it is, where the type says so.
            _ => {
                let kind = tag.attributes.iter().find(|(key, _)| *key == "type").map(|(_, kind)| *kind);
                (is_text || name == "content") && kind.is_some_and(|kind| matches!(kind, "html" | "text/html"))
            }
        }
    }

    fn write(&mut self, tag: &Tag<'t>, name: &str, at_root: bool) {
        self.out.push('<');
        self.out.push_str(&names::element(tag.name, self.old_atom));
        for &(key, value) in &tag.attributes {
            if let Some((key, value)) = self.attribute(tag.name, at_root, key, value) {
                let mark = if value.contains('"') { "'" } else { "\"" };
                self.out.extend([" ", key, "=", mark, &value, mark]);
            }
        }
        if at_root {
            if name == "rss" && !tag.attributes.iter().any(|(key, _)| *key == "version") {
                self.out.push_str(" version=\"2.0\"");
            }
            self.declare();
        }
        self.out.push_str(if tag.closed { "/>" } else { ">" });
    }

    /// Declares the namespaces that are used and that nobody declared.
    fn declare(&mut self) {
        let holds = |text: &str| memchr::memmem::find(self.whole.as_bytes(), text.as_bytes()).is_some();
        let missing = names::PREFIXES
            .iter()
            .filter(|(prefix, _)| holds(&format!("<{prefix}:")) && !holds(&format!("xmlns:{prefix}")));
        let declared: String = missing.map(|(prefix, namespace)| format!(" xmlns:{prefix}=\"{namespace}\"")).collect();
        self.out.push_str(&declared);
    }

    /// An attribute as the parser is to see it, if at all.
    fn attribute(&self, element: &str, at_root: bool, key: &'t str, value: &'t str) -> Option<(&'t str, Cow<'t, str>)> {
        let name = local(element);
        let kept = Some((key, Cow::Borrowed(value)));
        let other = |value: &'static str| Some((key, Cow::Borrowed(value)));
        if key.starts_with("xmlns") {
            return names::namespace(value).map_or(kept, other);
        }
        match key {
            "version" if at_root && name == "rss" => match value {
                "2.0" | "0.91" | "0.92" => kept,
                old if old.starts_with("0.") => other("0.92"),
                _ => other("2.0"),
            },
            "xml:base" => {
                let usable = matches!(Url::parse(value), Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase));
                usable.then_some((key, Cow::Borrowed(value)))
            }
            // Times of sound and pictures are not read.
            "time" | "start" | "end" | "duration" if element.contains(':') => None,
            // A text that stands elsewhere is not fetched; what stands here is.
            "src" if name == "content" && self.root == Some(Kind::Atom) => None,
            "type" if matches!(name, "title" | "description" | "subtitle" | "summary" | "content" | "rights") => {
                let lower = value.to_ascii_lowercase();
                let html = lower.contains("html");
                if element.starts_with("media:") {
                    return if name == "content" { kept } else { other(if html { "html" } else { "plain" }) };
                }
                other(match lower.contains("xhtml") {
                    true => "xhtml",
                    false if html => "html",
                    false => "text",
                })
            }
            _ => kept,
        }
    }
}
