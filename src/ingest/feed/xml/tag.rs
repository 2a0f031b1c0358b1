//! Start tags as they stand in feeds and pages.

use super::MOST_ATTRIBUTES;

/// A start tag: its name, its attributes as written, and how many bytes it takes.
pub(in crate::ingest) struct Tag<'t> {
    pub(in crate::ingest) name: &'t str,
    pub(in crate::ingest) attributes: Vec<(&'t str, &'t str)>,
    /// It has no end tag (`/>`).
    pub(in crate::ingest) closed: bool,
    pub(in crate::ingest) length: usize,
}

impl<'t> Tag<'t> {
    /// Reads the tag at the head of `text`; `None` if it never ends. Attributes without values are passed over.
    pub(in crate::ingest) fn read(text: &'t str) -> Option<Self> {
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
