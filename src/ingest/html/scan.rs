//! Cuts markup into tags and words, in one pass and without building a tree.
//!
//! Nothing is nested here, so that no page can be too deep; every byte is looked at a bounded number of times, whatever
//! is left open, and of a tag only the few attributes are kept that say something about its words.

use super::entities;

/// One piece of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token<'t> {
    /// Words as written, entities and all.
    Text(&'t str),
    /// A tag that opens.
    Start(Tag<'t>),
    /// A tag that closes, by its name in lower case.
    End(Name),
    /// What stands inside a script, style, title or another element that holds no tags.
    Raw(Name, &'t str),
}

/// The name of an element in lower case. Longer ones than any of HTML's are cut.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    bytes: [u8; Name::LONGEST],
    length: u8,
}

impl Name {
    const LONGEST: usize = 15;

    fn new(text: &str) -> Self {
        let mut bytes = [0; Self::LONGEST];
        let mut length = 0;
        // Names of HTML are ASCII; what is not stays distinct enough as a mark.
        for byte in text.bytes().take(Self::LONGEST) {
            bytes[usize::from(length)] = if byte.is_ascii() { byte.to_ascii_lowercase() } else { b'?' };
            length += 1;
        }
        Self { bytes, length }
    }

    /// The name.
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A tag that opens, and those of its attributes that are looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Tag<'t> {
    /// Its name.
    pub(super) name: Name,
    /// The attributes of [`KEPT`] as written.
    attributes: Vec<(&'static str, &'t str)>,
    /// It ends with `/>`.
    pub(super) closes_itself: bool,
}

/// Attributes that say something about the words of an element, or about the page.
const KEPT: [&str; 17] = [
    "class",
    "id",
    "style",
    "hidden",
    "role",
    "aria-hidden",
    "href",
    "rel",
    "name",
    "property",
    "content",
    "itemprop",
    "datetime",
    "lang",
    "xml:lang",
    "type",
    "http-equiv",
];

impl Tag<'_> {
    /// The value of an attribute, entities decoded; empty where it has none. Only those of [`KEPT`] are known.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(known, _)| *known == name)?;
        Some(entities::decoded(value).into_owned())
    }

    /// Whether the attribute is there at all.
    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(known, _)| *known == name)
    }
}

/// Elements that hold no other: their inside ends at their own closing tag alone.
const RAW: [&str; 9] = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"];

/// Longest attribute that is kept, in bytes.
const LONGEST_VALUE: usize = 64 * 1024;

/// Goes through a page from its start to its end.
pub(super) struct Scanner<'t> {
    rest: &'t str,
    /// The element whose inside comes next.
    raw: Option<Name>,
}

impl<'t> Scanner<'t> {
    /// Over `text`.
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text, raw: None }
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Passes over all up to and with `end`; to the end of the page if it never comes.
    fn skip_past(&mut self, end: &str) {
        let length =
            memchr::memmem::find(self.rest.as_bytes(), end.as_bytes()).map_or(self.rest.len(), |at| at + end.len());
        self.take(length);
    }

    fn raw_inside(&mut self, name: Name) -> Token<'t> {
        let bytes = self.rest.as_bytes();
        let mut from = 0;
        let end = loop {
            let Some(at) = memchr::memmem::find(&bytes[from..], b"</").map(|at| from + at) else { break bytes.len() };
            let (begin, wanted) = (at + 2, name.as_str());
            let same =
                bytes.get(begin..begin + wanted.len()).is_some_and(|b| b.eq_ignore_ascii_case(wanted.as_bytes()));
            let ends = bytes.get(begin + wanted.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
            if same && ends {
                break at;
            }
            from = at + 2;
        };
        Token::Raw(name, self.take(end))
    }

    /// The tag that `rest` begins with, past its `<`.
    fn start(&mut self) -> Token<'t> {
        self.take(1);
        let length =
            self.rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(self.rest.len());
        let name = Name::new(self.take(length));
        let mut tag = Tag { name, attributes: Vec::new(), closes_itself: false };
        loop {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
            match self.rest.as_bytes().first() {
                None => break,
                Some(b'>') => {
                    self.take(1);
                    break;
                }
                Some(b'/') => {
                    self.take(1);
                    tag.closes_itself = self.rest.starts_with('>');
                }
                Some(_) => {
                    let (name, value) = self.one_attribute();
                    let known = KEPT.iter().find(|known| known.eq_ignore_ascii_case(name));
                    if let Some(known) = known
                        && value.len() <= LONGEST_VALUE
                        && !tag.has(known)
                    {
                        tag.attributes.push((known, value));
                    }
                }
            }
        }
        if RAW.contains(&name.as_str()) && !tag.closes_itself {
            self.raw = Some(name);
        }
        Token::Start(tag)
    }

    fn one_attribute(&mut self) -> (&'t str, &'t str) {
        // A stray `=` at the head is a part of the name.
        let first = self.rest.chars().next().map_or(0, char::len_utf8);
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
        let length = self.rest[first..].find(ends).map_or(self.rest.len(), |at| first + at);
        let name = self.take(length);
        let after = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = after.strip_prefix('=') else { return (name, "") };
        self.rest = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        match self.rest.chars().next() {
            Some(mark @ ('"' | '\'')) => {
                self.take(1);
                let length = self.rest.find(mark).unwrap_or(self.rest.len());
                let value = self.take(length);
                self.take(self.rest.len().min(1));
                (name, value)
            }
            _ => {
                let length = self.rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(self.rest.len());
                (name, self.take(length))
            }
        }
    }
}

impl<'t> Iterator for Scanner<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        if let Some(name) = self.raw.take() {
            return Some(self.raw_inside(name));
        }
        while !self.rest.is_empty() {
            let bytes = self.rest.as_bytes();
            if bytes[0] != b'<' {
                let length = memchr::memchr(b'<', bytes).unwrap_or(bytes.len());
                return Some(Token::Text(self.take(length)));
            }
            match bytes.get(1) {
                Some(b) if b.is_ascii_alphabetic() => return Some(self.start()),
                Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                    self.take(2);
                    let length = self
                        .rest
                        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
                        .unwrap_or(self.rest.len());
                    let name = Name::new(self.take(length));
                    self.skip_past(">");
                    return Some(Token::End(name));
                }
                // Words that someone shielded from being markup.
                Some(b'!') if self.rest.starts_with("<![CDATA[") => {
                    self.take("<![CDATA[".len());
                    let length = memchr::memmem::find(self.rest.as_bytes(), b"]]>").unwrap_or(self.rest.len());
                    let text = self.take(length);
                    self.take(self.rest.len().min(3));
                    if !text.is_empty() {
                        return Some(Token::Text(text));
                    }
                }
                Some(b'!') if self.rest.starts_with("<!--") => {
                    self.take("<!--".len());
                    // `<!-->` is a whole comment.
                    if !self.rest.starts_with('>') {
                        self.skip_past("-->");
                    }
                }
                Some(b'!' | b'?' | b'/') => self.skip_past(">"),
                _ => {
                    // A `<` that opens nothing is a word.
                    let length = memchr::memchr(b'<', &bytes[1..]).map_or(bytes.len(), |at| at + 1);
                    return Some(Token::Text(self.take(length)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        Scanner::new(text)
            .map(|token| match token {
                Token::Text(words) => format!("text {words}"),
                Token::Start(tag) => format!("start {:?} {:?}", tag.name, tag.attributes),
                Token::End(name) => format!("end {name:?}"),
                Token::Raw(name, inside) => format!("raw {name:?} {inside}"),
            })
            .collect()
    }

    #[test]
    fn tags_words_and_what_is_neither() {
        assert_eq!(
            shown("a<P CLASS=x id='y z' onclick=\"f('>')\" Hidden>b</p x>c<!-- <p> -->d<?xml?><![CDATA[e]]>< f"),
            [
                "text a",
                "start p [(\"class\", \"x\"), (\"id\", \"y z\"), (\"hidden\", \"\")]",
                "text b",
                "end p",
                "text c",
                "text d",
                "text e",
                "text < f"
            ]
        );
        assert_eq!(
            shown("<script>if (a</b) '<p>'</SCRIPT ><br/>x"),
            ["start script []", "raw script if (a</b) '<p>'", "end script", "start br []", "text x"]
        );
    }

    #[test]
    fn what_is_left_open_ends_with_the_page() {
        for (text, expected) in [
            ("<", "text <"),
            ("<p", "start p []"),
            ("<p class", "start p [(\"class\", \"\")]"),
            ("<p class=", "start p [(\"class\", \"\")]"),
            ("<p class='é", "start p [(\"class\", \"é\")]"),
            ("<p =", "start p []"),
            ("</p", "end p"),
        ] {
            assert_eq!(shown(text), [expected], "{text}");
        }
        assert_eq!(shown("<!-- a"), [""; 0]);
        assert_eq!(shown("<style>a"), ["start style []", "raw style a"]);
        assert_eq!(shown("<é>a"), ["text <é>a"]);
    }
}
