//! Text on its way to the screen: made harmless, measured in cells, cut to fit.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::library::Counts;

/// Whether `c` could act on the terminal or turn the order of what is written around it.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{ad}' | '\u{200b}'
            | '\u{e0000}'..='\u{e007f}' | '\u{fff9}'..='\u{fffb}')
}

/// `text` without control characters, controls of writing direction, and other characters that only act; tabs and
/// line breaks become spaces.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let spaced = |c: char| if matches!(c, '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}') { Some(' ') } else { None };
    Cow::Owned(text.chars().filter_map(|c| if is_harmful(c) { spaced(c) } else { Some(c) }).collect())
}

/// Cells that one grapheme takes once it is cleaned.
pub(super) fn grapheme_width(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [b' '..=b'~'] => 1,
        [b'\t' | b'\n'] => 1,
        _ => clean(grapheme).width(),
    }
}

/// Cells that `text` takes once it is cleaned.
pub(super) fn width(text: &str) -> usize {
    text.graphemes(true).map(grapheme_width).sum()
}

/// `text`, cleaned and on one line, cut with an ellipsis if it is wider than `cells`.
pub(super) fn fit(text: &str, cells: usize) -> String {
    let text = clean(text);
    let mut fitted = String::new();
    let mut used = 0;
    // Where to cut should the rest not fit: the last place that leaves room for the ellipsis.
    let mut cut = 0;
    for grapheme in text.graphemes(true) {
        let cells_more = grapheme_width(grapheme);
        if used + cells_more > cells {
            fitted.truncate(cut);
            if cells > 0 {
                fitted.truncate(fitted.trim_end().len());
                fitted.push('…');
            }
            return fitted;
        }
        fitted.push_str(grapheme);
        used += cells_more;
        if used < cells {
            cut = fitted.len();
        }
    }
    fitted
}

/// [`fit`], filled up with spaces to exactly `cells`.
pub(super) fn pad(text: &str, cells: usize) -> String {
    let mut fitted = fit(text, cells);
    let missing = cells.saturating_sub(width(&fitted));
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}

/// `n` with a comma between thousands.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// "12 of 1,000", or "12+ of 1,000" where there may be more.
pub(super) fn how_many(counts: Counts) -> String {
    let more = if counts.at_least { "+" } else { "" };
    format!("{}{more} of {}", grouped(counts.matching), grouped(counts.total))
}

/// "1 quote", "2 quotes".
pub(super) fn counted(n: usize, singular: &str) -> String {
    format!("{} {singular}{}", grouped(n as u64), if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_on_the_terminal_remains() {
        assert_eq!(clean("a\u{1b}[31mred\u{7}\u{9b}2J\tb\r\nc"), "a[31mred2J b  c");
        assert_eq!(clean("safe \u{202e}desrever\u{2069}"), "safe desrever");
        assert_eq!(clean("می‌خواهم e\u{301} 👩‍👩‍👧"), "می‌خواهم e\u{301} 👩‍👩‍👧");
    }

    #[test]
    fn text_is_cut_by_cells_and_never_in_the_middle_of_a_character() {
        assert_eq!(fit("Damascus", 8), "Damascus");
        assert_eq!(fit("Damascus", 5), "Dama…");
        assert_eq!(fit("大馬士革", 5), "大馬…");
        assert_eq!(fit("大馬士革", 4), "大…");
        assert_eq!(fit("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(fit("anything", 0), "");
        assert_eq!(pad("SY", 4), "SY  ");
        assert_eq!(width(&pad("大馬士革", 5)), 5);
    }

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(grouped(4_018), "4,018");
        assert_eq!(grouped(18), "18");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(counted(1, "quote"), "1 quote");
        assert_eq!(counted(2, "quote"), "2 quotes");
    }
}
