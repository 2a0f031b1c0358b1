//! `&amp;` and its like, back into the characters they stand for.

use std::borrow::Cow;

/// Longest name of an entity, in bytes.
const LONGEST: usize = 32;

/// What Windows wrote as the numbers 128 to 159, which are controls in Unicode; browsers read them so too.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// `text` with every entity as its character. What is none stays as written.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = entity(rest, &mut out);
        if length == 0 {
            out.push('&');
            rest = &rest[1..];
        } else {
            rest = &rest[length..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Writes the character of the entity at the head of `text`, and answers how many bytes it took; 0 if it is none.
fn entity(text: &str, out: &mut String) -> usize {
    let name_length =
        text.bytes().skip(1).take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let (name, closed) = (&text[1..1 + name_length], text[1 + name_length..].starts_with(';'));
    let length = 1 + name_length + usize::from(closed);
    if let Some(number) = name.strip_prefix('#') {
        let Some(c) = numbered(number) else { return 0 };
        out.push(c);
        return length;
    }
    if closed {
        let decoded = html_escape::decode_html_entities(&text[..length]);
        if !decoded.starts_with('&') || name == "amp" || name == "AMP" {
            out.push_str(&decoded);
            return length;
        }
        return 0;
    }
    // The few that old pages leave open.
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        _ => return 0,
    };
    out.push(character);
    length
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    match code {
        128..=159 => WINDOWS.get(code as usize - 128).copied(),
        _ => Some(char::from_u32(code).filter(|&c| c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_become_characters_and_others_stay() {
        for (text, expected) in [
            ("Caf&eacute; &amp; bar", "Café & bar"),
            ("&#8220;yes&#x201D;, it&#146;s", "“yes”, it’s"),
            ("&lt;b&gt;", "<b>"),
            ("AT&T; & &nosuch; &; &#; &#xZZ;", "AT&T; & &nosuch; &; &#; &#xZZ;"),
            ("a&nbsp b&amp c", "a\u{a0} b& c"),
            ("&#0;&#x110000;", "\u{fffd}\u{fffd}"),
            ("&amp;lt;", "&lt;"),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }
}
