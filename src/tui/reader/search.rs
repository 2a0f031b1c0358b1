//! Words looked for in the text.

use unicode_normalization::UnicodeNormalization;

use crate::model::Span;

/// A search and where it stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Search {
    /// As typed.
    pub query: String,
    /// Where it is found, in order.
    pub hits: Vec<Span>,
    /// The hit one has stepped to.
    pub current: Option<usize>,
}

/// `text` without case and accents, quotation marks straight and white space as one space, each character with the byte
/// it came from.
fn folded(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().flat_map(|(at, c)| {
        let c = match c {
            '‘' | '’' => '\'',
            '“' | '”' | '„' => '"',
            '‐' | '‑' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        // Decomposed, an accented letter is the letter and marks that are dropped.
        std::iter::once(c)
            .nfkd()
            .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
            .flat_map(char::to_lowercase)
            .map(move |c| (at, c))
            .collect::<smallvec::Few>()
    })
}

/// A few characters without an allocation each.
mod smallvec {
    /// At most four characters: what one character folds to.
    #[derive(Default)]
    pub(super) struct Few {
        items: [(usize, char); 4],
        len: usize,
        next: usize,
    }

    impl FromIterator<(usize, char)> for Few {
        fn from_iter<I: IntoIterator<Item = (usize, char)>>(iter: I) -> Self {
            let mut few = Self::default();
            for item in iter.into_iter().take(4) {
                few.items[few.len] = item;
                few.len += 1;
            }
            few
        }
    }

    impl Iterator for Few {
        type Item = (usize, char);
        fn next(&mut self) -> Option<Self::Item> {
            let item = *self.items[..self.len].get(self.next)?;
            self.next += 1;
            Some(item)
        }
    }
}

/// Every place where `query` stands in `body`, case and accents aside; overlapping finds left out.
pub fn find(body: &str, query: &str) -> Vec<Span> {
    let needle: String = folded(query.trim()).map(|(_, c)| c).collect();
    if needle.is_empty() {
        return Vec::new();
    }
    let mut haystack = String::with_capacity(body.len());
    // For each byte of the folded text the byte of the body it came from.
    let mut origin = Vec::with_capacity(body.len() + 1);
    for (at, c) in folded(body) {
        haystack.push(c);
        origin.resize(haystack.len(), at);
    }
    let finder = memchr::memmem::Finder::new(&needle);
    finder
        .find_iter(haystack.as_bytes())
        .filter_map(|at| {
            let start = *origin.get(at)?;
            let last = *origin.get(at + needle.len() - 1)?;
            let mut end = last + body.get(last..)?.chars().next()?.len_utf8();
            // Combining marks belong to the letter before them.
            while body[end..].starts_with(|c| ('\u{300}'..='\u{36f}').contains(&c)) {
                end += 2;
            }
            Span::new(body, start..end)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(body: &str, query: &str, expected: &[&str]) {
        let found: Vec<&str> = find(body, query).iter().map(|span| span.of(body)).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn case_accents_and_kinds_of_quotation_marks_are_one() {
        check("The Élysée and the elysee", "ELYSEE", &["Élysée", "elysee"]);
        check("Syria’s envoy", "syria's", &["Syria’s"]);
        check("cafe\u{301} au lait", "café", &["cafe\u{301}"]);
        check("Istanbul, İstanbul", "istanbul", &["Istanbul", "İstanbul"]);
        check("anything", "  ", &[]);
        check("aaaa", "aa", &["aa", "aa"]);
    }

    proptest! {
        #[test]
        fn what_is_found_always_lies_in_the_text(body in "\\PC{0,60}", query in "\\PC{0,3}") {
            for span in find(&body, &query) {
                prop_assert!(body.get(span.range()).is_some());
            }
        }
    }
}
