//! Strangers' words on their way out: nothing of them may act on a terminal.

use std::borrow::Cow;

/// Characters that act, or that turn the order of what is written around them, but for line breaks and tabs.
fn acts(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// `text` without them.
pub(crate) fn words(text: &str) -> Cow<'_, str> {
    if text.chars().any(acts) { Cow::Owned(text.chars().filter(|&c| !acts(c)).collect()) } else { Cow::Borrowed(text) }
}

/// A line of JSON with them escaped, so that the words stay as they are. They stand only inside its strings.
pub(crate) fn json(line: String) -> String {
    if !line.chars().any(acts) {
        return line;
    }
    let mut escaped = String::with_capacity(line.len() + line.len() / 8);
    for c in line.chars() {
        if acts(c) {
            escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_goes_or_is_escaped() {
        assert_eq!(words("a\u{83}b\u{202e}c"), "abc");
        let line = json(serde_json::to_string("a\u{83}b").expect("a string"));
        assert_eq!(line, "\"a\\u0083b\"");
        assert_eq!(serde_json::from_str::<String>(&line).expect("the same string"), "a\u{83}b");
    }
}
