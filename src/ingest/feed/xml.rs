//! Makes the XML of a feed safe and sound for the parser: bounds what it can cost, mends what is often broken.
//!
//! The parser expands no entities and opens no addresses, but it keeps every element it knows and stops at the first
//! thing that is wrong. So one pass over the tags, before it sees anything, refuses what no feed needs (entities of its
//! own, deep nesting, elements beyond number) and mends what feeds in the wild have: bare ampersands, references to
//! characters that do not exist, the names of old versions, types that are misspelt.

use std::borrow::Cow;

use url::Url;

use super::FeedError;

/// Deepest nesting. Pages inside of feeds go a few dozen deep.
const DEEPEST: usize = 200;
/// Most elements. What the parser keeps of one is far less than a kilobyte.
const MOST_ELEMENTS: usize = 300_000;
/// Most items.
const MOST_ITEMS: usize = 20_000;
/// Most attributes of one element: comparing them costs their square.
const MOST_ATTRIBUTES: usize = 256;

/// Stands for `@` in names of people, which the parser would take apart badly.
pub(super) const AT: char = '\u{e000}';

const RSS: &str = "http://purl.org/rss/1.0/";
const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Namespaces under which old and careless feeds mean the usual ones. What is for players of sound is not read.
const NAMESPACES: &[(&str, &str)] = &[
    ("http://my.netscape.com/rdf/simple/0.9/", RSS),
    ("http://channel.netscape.com/rdf/simple/0.9/", RSS),
    ("http://backend.userland.com/rss2", RSS),
    ("http://backend.userland.com/RSS2", RSS),
    ("http://blogs.law.harvard.edu/tech/rss", RSS),
    ("http://cyber.law.harvard.edu/rss/rss.html", RSS),
    ("http://purl.org/rss/2.0/", RSS),
    ("http://purl.org/atom/ns#", ATOM),
    ("https://www.w3.org/2005/Atom", ATOM),
    ("https://purl.org/dc/elements/1.1/", "http://purl.org/dc/elements/1.1/"),
    ("https://purl.org/rss/1.0/modules/content/", "http://purl.org/rss/1.0/modules/content/"),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "urn:unread"),
    ("https://podcastindex.org/namespace/1.0", "urn:unread"),
];

/// The document as the parser is to see it.
pub(super) fn prepare(text: &str) -> Result<String, FeedError> {
    let mut pass = Pass { out: String::with_capacity(text.len() + 64), ..Pass::default() };
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        pass.text(&rest[..at]);
        rest = pass.markup(&rest[at..])?;
    }
    if pass.root.is_none() {
        return Err(FeedError::NotAFeed);
    }
    Ok(pass.out)
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
                Some(tag) => depth += usize::from(!tag.closed && !LEFT_OPEN.contains(&tag.name)),
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rss,
    Atom,
}

#[derive(Default)]
struct Pass {
    out: String,
    root: Option<Kind>,
    depth: usize,
    elements: usize,
    items: usize,
    /// The text belongs to an element that names a person.
    person: bool,
    /// Atom 0.3, whose dates have other names.
    old_atom: bool,
}

impl Pass {
    /// Words between tags: references mended.
    fn text(&mut self, text: &str) {
        if self.root.is_none() {
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

    /// What begins with `<`; answers what follows it.
    fn markup<'t>(&mut self, rest: &'t str) -> Result<&'t str, FeedError> {
        let cut = || FeedError::Malformed("it ends in the middle".to_owned());
        let bytes = rest.as_bytes();
        if rest.starts_with("<!--") {
            return Ok(&rest[end_of(rest, "-->").ok_or_else(cut)?..]);
        }
        if rest.starts_with("<![CDATA[") {
            let end = end_of(rest, "]]>").ok_or_else(cut)?;
            self.words(&rest[..end]);
            return Ok(&rest[end..]);
        }
        match bytes.get(1) {
            Some(b'?') => Ok(&rest[end_of(rest, "?>").ok_or_else(cut)?..]),
            Some(b'!') if self.root.is_none() => {
                let end = doctype_end(rest).ok_or_else(cut)?;
                if declares_entities(&rest[..end]) { Err(FeedError::Entities) } else { Ok(&rest[end..]) }
            }
            Some(b'/') => {
                let end = end_of(rest, ">").ok_or_else(cut)?;
                self.depth = self.depth.saturating_sub(1);
                self.person = false;
                self.out.push_str(&renamed(&rest[..end], self.old_atom));
                Ok(&rest[end..])
            }
            Some(first) if first.is_ascii_alphabetic() || *first == b'_' || *first >= 0x80 => {
                let tag = Tag::read(rest).ok_or_else(cut)?;
                let after = &rest[tag.length..];
                self.open(&tag)?;
                Ok(after)
            }
            _ => {
                self.out.push_str("&lt;");
                Ok(&rest[1..])
            }
        }
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), FeedError> {
        let name = local(tag.name);
        self.elements += 1;
        self.items += usize::from(matches!(name, "item" | "entry"));
        self.depth += usize::from(!tag.closed);
        self.person = !tag.closed && matches!(name, "author" | "creator" | "managingEditor" | "webMaster");
        if self.depth > DEEPEST {
            return Err(FeedError::Deep { limit: DEEPEST });
        }
        if tag.attributes.len() > MOST_ATTRIBUTES {
            return Err(FeedError::TooMuch { what: "attributes of one element", limit: MOST_ATTRIBUTES });
        }
        if self.elements > MOST_ELEMENTS {
            return Err(FeedError::TooMuch { what: "elements", limit: MOST_ELEMENTS });
        }
        if self.items > MOST_ITEMS {
            return Err(FeedError::TooMuch { what: "items", limit: MOST_ITEMS });
        }
        let at_root = self.root.is_none();
        if at_root {
            self.root = Some(match name {
                "rss" | "RDF" => Kind::Rss,
                "feed" | "entry" => Kind::Atom,
                _ => return Err(FeedError::NotAFeed),
            });
            self.old_atom = tag.attributes.iter().any(|(_, value)| *value == "http://purl.org/atom/ns#");
        }
        let attributes =
            tag.attributes.iter().filter_map(|&(key, value)| self.attribute(tag.name, at_root, key, value));
        let mut open = String::with_capacity(tag.length + 16);
        open.push('<');
        open.push_str(tag.name);
        for (key, value) in attributes {
            let mark = if value.contains('"') { "'" } else { "\"" };
            open.extend([" ", key, "=", mark, &value, mark]);
        }
        if at_root && name == "rss" && !tag.attributes.iter().any(|(key, _)| *key == "version") {
            open.push_str(" version=\"2.0\"");
        }
        open.push_str(if tag.closed { "/>" } else { ">" });
        self.out.push_str(&renamed(&open, self.old_atom));
        Ok(())
    }

    /// An attribute as the parser is to see it, if at all.
    fn attribute<'t>(
        &self,
        element: &str,
        at_root: bool,
        key: &'t str,
        value: &'t str,
    ) -> Option<(&'t str, Cow<'t, str>)> {
        let name = local(element);
        let kept = Some((key, Cow::Borrowed(value)));
        let other = |value: &'static str| Some((key, Cow::Borrowed(value)));
        if key.starts_with("xmlns") {
            return match NAMESPACES.iter().find(|(meant, _)| *meant == value) {
                Some((_, usual)) => other(usual),
                None => kept,
            };
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

/// A start tag: its name, its attributes as written, and how many bytes it takes.
pub(super) struct Tag<'t> {
    pub(super) name: &'t str,
    pub(super) attributes: Vec<(&'t str, &'t str)>,
    /// It has no end tag (`/>`).
    pub(super) closed: bool,
    pub(super) length: usize,
}

impl<'t> Tag<'t> {
    /// Reads the tag at the head of `text`; `None` if it never ends. Attributes without values are passed over.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let bytes = text.as_bytes();
        let is_end = |b: u8| b.is_ascii_whitespace() || b == b'>' || b == b'/';
        let name_end = bytes.iter().position(|&b| is_end(b))?;
        let name = &text[1..name_end];
        let mut attributes = Vec::new();
        let mut at = name_end;
        loop {
            match *bytes.get(at)? {
                b'>' => break,
                b if b == b'/' || b == b'=' || b.is_ascii_whitespace() => at += 1,
                _ => {
                    let key_end = at + bytes[at..].iter().position(|&b| is_end(b) || b == b'=')?;
                    let key = &text[at..key_end];
                    at = key_end + bytes[key_end..].iter().position(|b| !b.is_ascii_whitespace())?;
                    if bytes[at] != b'=' {
                        continue;
                    }
                    at += 1;
                    at += bytes[at..].iter().position(|b| !b.is_ascii_whitespace())?;
                    let mark = bytes[at];
                    let value = if mark == b'"' || mark == b'\'' {
                        at + 1..at + 1 + memchr::memchr(mark, &bytes[at + 1..])?
                    } else {
                        at..at + bytes[at..].iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?
                    };
                    at = value.end + usize::from(mark == b'"' || mark == b'\'');
                    // One too many is enough to be refused.
                    if attributes.len() <= MOST_ATTRIBUTES && !attributes.iter().any(|(known, _)| *known == key) {
                        attributes.push((key, &text[value]));
                    }
                }
            }
        }
        let closed = bytes[at - 1] == b'/';
        Some(Self { name, attributes, closed, length: at + 1 })
    }
}

/// Dates of Atom 0.3 under the names of Atom 1.0.
fn renamed(tag: &str, old_atom: bool) -> Cow<'_, str> {
    if !old_atom {
        return Cow::Borrowed(tag);
    }
    let (head, rest) = if let Some(rest) = tag.strip_prefix("</") { ("</", rest) } else { ("<", &tag[1..]) };
    for (old, new) in [("issued", "published"), ("modified", "updated"), ("tagline", "subtitle")] {
        if let Some(after) = rest.strip_prefix(old).filter(|after| after.starts_with(['>', ' ', '/'])) {
            return Cow::Owned(format!("{head}{new}{after}"));
        }
    }
    Cow::Borrowed(tag)
}

/// The character of a reference by number, without its `#`.
pub(super) fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    code.ok().map(character)
}

/// The character of a code as writers mean it: 0x80 to 0x9f are those of Windows, and what is no character is shown as such.
fn character(code: u32) -> char {
    match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => {
            let bytes = [byte];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
            text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        Ok(0) => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// Characters that act instead of standing for something: inside an address they would survive in disguise.
fn acts(c: char) -> bool {
    (c.is_ascii_control() && !c.is_ascii_whitespace())
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_reference(name: &str) -> bool {
    match name.strip_prefix('#') {
        Some(number) => !number.is_empty() && number.bytes().all(|b| b.is_ascii_alphanumeric()),
        None => name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(|b| b.is_ascii_alphanumeric()),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(inner: &str) -> String {
        let all = prepare(&format!("<rss version=\"2.0\">{inner}</rss>")).unwrap();
        all.strip_prefix("<rss version=\"2.0\">").unwrap().strip_suffix("</rss>").unwrap().to_owned()
    }

    #[test]
    fn what_is_often_broken_is_mended() {
        for (written, meant) in [
            ("<t>AT&T & co; &amp; &eacute; &#38;</t>", "<t>AT&amp;T &amp; co; &amp; &eacute; &amp;</t>"),
            ("<t>&#147;x&#148; &#0; &#xD800; &#x2014;</t>", "<t>“x” \u{fffd} \u{fffd} —</t>"),
            ("<t>a < b</t>", "<t>a &lt; b</t>"),
            ("<t><![CDATA[a < b & c]]></t>", "<t><![CDATA[a < b & c]]></t>"),
            ("<!-- <t> --><t a=1 b='2' c b=\"3\" d=\"4\"/>", "<t a=\"1\" b=\"2\" d=\"4\"/>"),
            ("<author>a@b.org &#64;</author>", "<author>a\u{e000}b.org \u{e000}</author>"),
            ("<x xml:base=\"http://[\"/>", "<x/>"),
            ("<media:text start=\"99999999999999999999999:00:00\">x</media:text>", "<media:text>x</media:text>"),
        ] {
            assert_eq!(prepared(written), meant, "{written}");
        }
    }

    #[test]
    fn old_versions_are_given_the_names_that_are_known() {
        let cases = [
            ("<rss><channel/></rss>", "<rss version=\"2.0\"><channel/></rss>"),
            ("<rss version='0.94'/>", "<rss version=\"0.92\"/>"),
            ("<rss version='2.0.1'/>", "<rss version=\"2.0\"/>"),
            (
                "<rdf:RDF xmlns=\"http://my.netscape.com/rdf/simple/0.9/\"/>",
                "<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\"/>",
            ),
            (
                "<feed xmlns=\"http://purl.org/atom/ns#\"><title type=\"text/plain\">a</title><issued>b</issued></feed>",
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title type=\"text\">a</title><published>b</published></feed>",
            ),
        ];
        for (old, known) in cases {
            assert_eq!(prepare(old).unwrap(), known);
        }
    }

    #[test]
    fn what_no_feed_needs_is_refused() {
        let error = |text: &str| prepare(text).unwrap_err();
        let bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><rss>&b;</rss>";
        assert!(matches!(error(bomb), FeedError::Entities));
        let outside = "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel>&x;</channel></rss>";
        assert!(matches!(error(outside), FeedError::Entities));
        assert!(matches!(error(&format!("<rss>{}", "<b>".repeat(10_000))), FeedError::Deep { .. }));
        assert!(matches!(error(&format!("<rss>{}", "<item/>".repeat(20_001))), FeedError::TooMuch { .. }));
        assert!(matches!(error(&format!("<rss>{}", "<a/>".repeat(300_000))), FeedError::TooMuch { .. }));
        let attributes: String = (0..300).map(|n| format!(" a{n}='1'")).collect();
        assert!(matches!(error(&format!("<rss><a{attributes}/></rss>")), FeedError::TooMuch { .. }));
        assert!(matches!(error("<html><body/></html>"), FeedError::NotAFeed));
        assert!(matches!(error("<rss><channel><![CDATA[ never ends"), FeedError::Malformed(_)));
        let dtd = "<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" \"http://example.org/rss.dtd\"><rss/>";
        assert!(prepare(dtd).is_ok());
    }

    #[test]
    fn the_first_element_tells_what_it_is() {
        assert_eq!(
            root("<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE a [<!ENTITY b 'c>'>]><rdf:RDF x='y'>"),
            Some("RDF")
        );
        assert_eq!(root("\u{feff} <feed>"), Some("feed"));
        assert_eq!(root("Not <b>XML</b>"), None);
    }
}
