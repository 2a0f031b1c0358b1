//! Leaves nothing in a text but its words.

use std::borrow::Cow;

use crate::model::canonical_address;

/// Longest title, outlet, author or address, in characters.
const LINE: usize = 600;

/// Longest command of a terminal that is left out whole, in bytes.
const LONGEST_COMMAND: usize = 256;

/// A text without the commands of a terminal: what follows an escape character is no word of an article.
fn without_commands(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{1b}') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        out.push_str(&rest[..at]);
        // In its place stands what the escape character becomes: a space.
        out.push(' ');
        rest = &rest[at + 1..];
        rest = &rest[command_length(rest)..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// How many bytes behind an escape character belong to its command.
fn command_length(text: &str) -> usize {
    let bytes = &text.as_bytes()[..text.len().min(LONGEST_COMMAND)];
    match bytes.first() {
        // "[31m": parameters and one letter.
        Some(b'[') => {
            let n_parameters = bytes[1..].iter().take_while(|b| (0x20..0x40).contains(*b)).count();
            let ends = bytes.get(1 + n_parameters).is_some_and(|b| (0x40..0x7f).contains(b));
            1 + n_parameters + usize::from(ends)
        }
        // "]0;title" up to a bell or another escape character; without an end it is no command.
        Some(b']' | b'P' | b'X' | b'^' | b'_') => match bytes.iter().position(|b| matches!(b, 0x07 | 0x1b)) {
            Some(end) if bytes[end] == 0x07 => end + 1,
            Some(end) => end,
            None => 1,
        },
        Some(b'\\' | b'(' | b')' | b'=' | b'>' | b'c') => 1,
        _ => 0,
    }
}

/// One line of words: white space collapsed, control characters out, at most 600 characters.
pub(super) fn line(text: &str) -> String {
    let mut out = String::new();
    let text = without_commands(text);
    for (n, word) in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).enumerate() {
        if n > 0 {
            out.push(' ');
        }
        out.extend(word.chars().filter(|&c| is_kept(c)));
        if out.len() > LINE * 4 {
            break;
        }
    }
    out.trim().chars().take(LINE).collect()
}

/// A line, or nothing if it has no words.
pub(super) fn some_line(text: &str) -> Option<String> {
    Some(line(text)).filter(|line| !line.is_empty())
}

/// An address that can be opened and shown; see [`canonical_address`].
pub(super) fn address(text: &str) -> Option<String> {
    canonical_address(text)
}

/// Paragraphs joined by one blank line each; empty ones left out.
///
/// The body keeps the characters of the input, but for white space, the controls of the terminal and those that turn the
/// direction of writing. The controls U+0080 to U+009F stand in many texts whose encoding someone once mistook, so they
/// stay in their words, as do soft hyphens; whoever shows or prints a body leaves them out or escapes them.
pub(super) fn body<'t>(paragraphs: impl IntoIterator<Item = &'t str>) -> String {
    let mut out = String::new();
    for paragraph in paragraphs {
        let begin = out.len();
        let paragraph = without_commands(paragraph);
        for word in paragraph.split(|c: char| c.is_whitespace() || c.is_ascii_control()) {
            let mut kept = word.chars().filter(|&c| !turns_direction(c)).peekable();
            if kept.peek().is_none() {
                continue;
            }
            if out.len() > begin {
                out.push(' ');
            } else if begin > 0 {
                out.push_str("\n\n");
            }
            out.extend(kept);
        }
    }
    out
}

/// Characters that are words: no controls, no marks that turn the direction of writing, no soft hyphens or byte order marks.
fn is_kept(c: char) -> bool {
    let acts = matches!(c, '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    !c.is_control() && !turns_direction(c) && !acts
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_stay() {
        assert_eq!(line(" A\u{1b}[31m\tred \u{202e}title\u{7}\n"), "A red title");
        assert_eq!(body(["a  b\u{a0}c\nd", " ", "\u{1b}]0;x\u{7}e"]), "a b c d\n\ne");
        assert_eq!(address("javascript:alert(1)"), None);
        assert_eq!(address(" https://example.org/a ").as_deref(), Some("https://example.org/a"));
        assert_eq!(address("https://example.org/a\u{0}"), None);
    }
}
