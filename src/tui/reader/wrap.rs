//! An article's text broken into lines of at most so many cells.

use unicode_segmentation::UnicodeSegmentation;

use crate::tui::text::grapheme_width;

/// One line on the screen: bytes of the body, the space at which it was broken left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// Breaks `body` at spaces, hyphens, dashes and between wide characters; a word longer than a line is broken anywhere.
/// Every line break of the body starts a new line.
pub(super) fn wrap(body: &str, measure: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in body.split('\n') {
        wrap_paragraph(paragraph, start, measure.max(1), &mut lines);
        start += paragraph.len() + 1;
    }
    lines
}

/// A place where the line may end: what it shows ends at `end`, the next one starts at `next`.
#[derive(Clone, Copy)]
struct Break {
    end: usize,
    next: usize,
    /// Cells of the line up to `next`.
    cells: usize,
}

fn wrap_paragraph(paragraph: &str, offset: usize, measure: usize, lines: &mut Vec<Line>) {
    let mut line_start = 0;
    let mut cells = 0;
    let mut last: Option<Break> = None;
    let mut emit = |start: usize, end: usize| lines.push(Line { start: offset + start, end: offset + end });
    for (at, grapheme) in Graphemes::of(paragraph) {
        let more = grapheme_width(grapheme);
        let next = at + grapheme.len();
        if is_space(grapheme) {
            // A run of spaces is one break; spaces past the edge hang there and are not shown.
            let end = last.filter(|b| b.next == at && b.next != b.end).map_or(at, |b| b.end);
            cells += more;
            last = Some(Break { end, next, cells });
            continue;
        }
        if cells + more > measure && at > line_start {
            match last.take() {
                Some(b) => {
                    emit(line_start, b.end.max(line_start));
                    line_start = b.next;
                    cells = cells.saturating_sub(b.cells);
                }
                None => {
                    emit(line_start, at);
                    line_start = at;
                    cells = 0;
                }
            }
            // The rest of a long word may still be too wide together with this grapheme.
            if cells + more > measure && at > line_start {
                emit(line_start, at);
                line_start = at;
                cells = 0;
            }
        }
        cells += more;
        if more == 2 || matches!(grapheme, "-" | "–" | "—" | "/") {
            last = Some(Break { end: next, next, cells });
        }
    }
    let end = paragraph.trim_end().len().max(line_start);
    emit(line_start, end);
}

fn is_space(grapheme: &str) -> bool {
    // A no-break space keeps its neighbours together.
    grapheme.chars().all(|c| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}'))
}

/// The graphemes of a text with their places; plain ASCII, the most of what is read, takes a short way.
enum Graphemes<'a> {
    Ascii(&'a str, usize),
    Any(unicode_segmentation::GraphemeIndices<'a>),
}

impl<'a> Graphemes<'a> {
    fn of(text: &'a str) -> Self {
        if text.is_ascii() { Self::Ascii(text, 0) } else { Self::Any(text.grapheme_indices(true)) }
    }
}

impl<'a> Iterator for Graphemes<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Ascii(text, at) => {
                let grapheme = text.get(*at..*at + 1)?;
                *at += 1;
                Some((*at - 1, grapheme))
            }
            Self::Any(graphemes) => graphemes.next(),
        }
    }
}

/// The line that shows the byte at `at`, or the last before it.
pub(super) fn line_of(lines: &[Line], at: usize) -> usize {
    lines.partition_point(|line| line.start <= at).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::text::width;
    use proptest::prelude::*;

    fn wrapped(body: &str, measure: usize) -> Vec<&str> {
        wrap(body, measure).into_iter().map(|line| &body[line.start..line.end]).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_hyphens() {
        assert_eq!(wrapped("The two ministers met in Nairobi.", 12), ["The two", "ministers", "met in", "Nairobi."]);
        assert_eq!(wrapped("a cease-fire", 8), ["a cease-", "fire"]);
        assert_eq!(wrapped("exactly ten", 7), ["exactly", "ten"]);
        assert_eq!(wrapped("one\n\ntwo", 10), ["one", "", "two"]);
        assert_eq!(wrapped("", 10), [""]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken_anywhere() {
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("ab abcdefghij", 4), ["ab", "abcd", "efgh", "ij"]);
    }

    #[test]
    fn wide_characters_count_two_cells_and_marks_none() {
        assert_eq!(wrapped("大馬士革會談", 5), ["大馬", "士革", "會談"]);
        assert_eq!(wrapped("e\u{301}e\u{301}e\u{301} x", 3), ["e\u{301}e\u{301}e\u{301}", "x"]);
    }

    #[test]
    fn a_place_in_the_text_has_its_line() {
        let body = "The two ministers met";
        let lines = wrap(body, 12);
        assert_eq!(line_of(&lines, 0), 0);
        assert_eq!(line_of(&lines, 7), 0);
        assert_eq!(line_of(&lines, 8), 1);
        assert_eq!(line_of(&lines, 999), 2);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_but_space_is_lost(body in "(\\PC|[a-z \n-]|\u{301}|大){0,200}", measure in 2usize..40) {
            let lines = wrap(&body, measure);
            let mut previous = 0;
            for line in &lines {
                prop_assert!(line.start >= previous && line.end >= line.start);
                prop_assert!(body[previous..line.start].chars().all(char::is_whitespace));
                let shown = &body[line.start..line.end];
                prop_assert!(width(shown.trim_end()) <= measure || unicode_segmentation::UnicodeSegmentation::graphemes(shown, true).count() == 1);
                previous = line.end;
            }
            prop_assert!(body[previous..].chars().all(char::is_whitespace));
        }
    }
}
