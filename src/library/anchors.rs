//! Finds a bookmarked quote again in a text that may have changed, after the W3C Web Annotation Data Model: the exact
//! words where they stood, else the same words where their surroundings fit best, else the same words with other white
//! space or quotation marks.

use memchr::memmem;

use crate::model::{Anchor, Span};

/// That many characters of context are kept on each side.
const CONTEXT_CHARS: usize = 32;

/// Where an anchored quote stands in a text that may have changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// The exact words, at this place.
    At(Span),
    /// The wording is gone.
    Gone,
}

/// The anchor of the words at `span`.
pub fn anchor(body: &str, span: Span) -> Anchor {
    let before = body.get(..span.start()).unwrap_or_default();
    let after = body.get(span.end()..).unwrap_or_default();
    let from = before.char_indices().rev().take(CONTEXT_CHARS).last().map_or(before.len(), |(at, _)| at);
    Anchor {
        exact: span.of(body).to_owned(),
        prefix: before.get(from..).unwrap_or_default().to_owned(),
        suffix: after.chars().take(CONTEXT_CHARS).collect(),
        position: span,
    }
}

/// Finds `anchor` in `body`.
pub fn locate(anchor: &Anchor, body: &str) -> Found {
    if anchor.exact.is_empty() {
        return Found::Gone;
    }
    if anchor.position.of(body) == anchor.exact {
        return Found::At(anchor.position);
    }
    let exact = best(body, anchor.position.start(), &anchor.exact, &anchor.prefix, &anchor.suffix);
    match exact.or_else(|| best_folded(anchor, body)) {
        Some(span) => Found::At(span),
        None => Found::Gone,
    }
}

/// Of all places of `exact` the one whose surroundings fit best; of those that fit as well, the one nearest to `near`.
fn best(text: &str, near: usize, exact: &str, prefix: &str, suffix: &str) -> Option<Span> {
    let fit = |start: usize| {
        let before = text.get(..start).unwrap_or_default();
        let after = text.get(start + exact.len()..).unwrap_or_default();
        alike(before.chars().rev(), prefix.chars().rev()) + alike(after.chars(), suffix.chars())
    };
    let places = memmem::find_iter(text.as_bytes(), exact.as_bytes());
    let start = places.max_by_key(|start| (fit(*start), std::cmp::Reverse(start.abs_diff(near))))?;
    Span::new(text, start..start + exact.len())
}

/// How many characters are the same before the first that differs.
fn alike(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    // The limit keeps the search linear whatever the anchor holds.
    a.zip(b).take(CONTEXT_CHARS).take_while(|(a, b)| a == b).count()
}

/// The same with white space and quotation marks folded on both sides.
fn best_folded(anchor: &Anchor, body: &str) -> Option<Span> {
    let folded = Folded::of(body);
    let exact = Folded::of(&anchor.exact).text;
    let exact = exact.trim_matches(' ');
    if exact.is_empty() {
        return None;
    }
    let near = folded.at.partition_point(|(_, original)| *original < anchor.position.start());
    let near = folded.at.get(near).map_or(folded.text.len(), |(at, _)| *at);
    let (prefix, suffix) = (Folded::of(&anchor.prefix).text, Folded::of(&anchor.suffix).text);
    let span = best(&folded.text, near, exact, &prefix, &suffix)?;
    // The end of the last character, not the start of the next: folded white space may lie between.
    let last = folded.text.get(span.range())?.char_indices().next_back()?.0 + span.start();
    let (start, last) = (folded.original(span.start())?, folded.original(last)?);
    let end = last + body.get(last..)?.chars().next()?.len_utf8();
    Span::new(body, start..end)
}

/// A text with runs of white space as one space, all quotation marks as one, and nothing invisible.
struct Folded {
    text: String,
    /// For each character its place here and its place in the original.
    at: Vec<(usize, usize)>,
}

impl Folded {
    fn of(original: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(original.len()), at: Vec::with_capacity(original.len()) };
        for (place, c) in original.char_indices() {
            let c = match c {
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => continue,
                c if c.is_whitespace() && folded.text.ends_with(' ') => continue,
                c if c.is_whitespace() => ' ',
                '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '`' | '´' => {
                    '\''
                }
                c => c,
            };
            folded.at.push((folded.text.len(), place));
            folded.text.push(c);
        }
        folded
    }

    fn original(&self, place: usize) -> Option<usize> {
        let index = self.at.binary_search_by_key(&place, |(at, _)| *at).ok()?;
        Some(self.at.get(index)?.1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BODY: &str = "“We will talk,” he said on Monday.\n\n“We will talk,” she said on Tuesday, “but not for long.”";

    fn of(words: &str, body: &str) -> Span {
        let start = body.rfind(words).unwrap();
        Span::new(body, start..start + words.len()).unwrap()
    }

    fn found(anchor: &Anchor, body: &str) -> Option<usize> {
        match locate(anchor, body) {
            Found::At(span) => Some(span.start()),
            Found::Gone => None,
        }
    }

    #[test]
    fn the_words_are_found_where_they_stood() {
        let anchor = anchor(BODY, of("We will talk", BODY));
        assert_eq!(locate(&anchor, BODY), Found::At(anchor.position));
    }

    #[test]
    fn the_surroundings_decide_between_two_places_of_the_same_words() {
        let anchor = anchor(BODY, of("We will talk", BODY));
        let changed = format!("An editor's note, put in later.\n\n{BODY}");
        assert_eq!(found(&anchor, &changed), Some(of("We will talk", &changed).start()));
        let shortened = BODY.replace("“We will talk,” he said on Monday.\n\n", "");
        assert_eq!(found(&anchor, &shortened), Some("“".len()));
    }

    #[test]
    fn where_the_surroundings_fit_alike_the_nearer_place_is_taken() {
        let body = "yes. yes. yes.";
        let anchor = Anchor { prefix: String::new(), suffix: String::new(), ..anchor(body, of("yes", body)) };
        assert_eq!(found(&anchor, &format!("{body} no."),), Some(10));
        assert_eq!(found(&anchor, "no! yes. yes. yes. no."), Some(9));
    }

    #[test]
    fn other_white_space_and_quotation_marks_do_not_hide_the_words() {
        let body = "He called it “a very\u{a0}‘useful’ talk” on Monday.";
        let anchor = anchor(body, of("a very\u{a0}‘useful’ talk", body));
        let changed = "Later he called it \"a very\n\n'use\u{ad}ful' talk\" on Monday.";
        let Found::At(span) = locate(&anchor, changed) else { panic!("not found") };
        assert_eq!(span.of(changed), "a very\n\n'use\u{ad}ful' talk");
    }

    #[test]
    fn words_that_are_gone_are_said_to_be_gone() {
        let anchor = anchor(BODY, of("not for long", BODY));
        assert_eq!(locate(&anchor, "“We will talk,” he said, “but not long.”"), Found::Gone);
        assert_eq!(locate(&anchor, ""), Found::Gone);
        assert_eq!(locate(&Anchor { exact: String::new(), ..anchor }, BODY), Found::Gone);
    }

    #[test]
    fn a_long_text_full_of_the_same_words_is_searched_at_once() {
        let body = "no ".repeat(500_000);
        let anchor = Anchor { exact: "no".into(), ..anchor(&body, of("no", &body)) };
        let began = std::time::Instant::now();
        assert_ne!(locate(&anchor, &body[1..]), Found::Gone);
        assert!(began.elapsed().as_secs() < 20);
    }

    proptest! {
        #[test]
        fn whatever_the_texts_the_span_is_valid_and_holds_the_words(
            exact in "[ab “”\n]{0,6}", prefix in ".{0,4}", suffix in ".{0,4}", at in (0..40_u32, 0..40_u32),
            body in "[ab “”\n\u{ad}é]{0,40}",
        ) {
            let anchor = Anchor { exact, prefix, suffix, position: Span::from(at) };
            if let Found::At(span) = locate(&anchor, &body) {
                prop_assert!(body.get(span.range()).is_some_and(|words| !words.is_empty()));
            } else if !anchor.exact.is_empty() {
                prop_assert!(!body.contains(&anchor.exact));
            }
        }

        #[test]
        fn an_anchor_finds_its_own_words_behind_any_insertion(
            before in ".{0,40}", words in "[a-z]{1,10}", after in ".{0,40}", inserted in ".{0,40}",
        ) {
            let body = format!("{before}{words}{after}");
            let span = Span::new(&body, before.len()..before.len() + words.len()).unwrap();
            let anchor = anchor(&body, span);
            prop_assert_eq!(locate(&anchor, &body), Found::At(span));
            let longer = format!("{inserted}{body}");
            let Found::At(span) = locate(&anchor, &longer) else {
                return Err(TestCaseError::fail("the words are there"));
            };
            prop_assert_eq!(span.of(&longer), words);
        }
    }
}
