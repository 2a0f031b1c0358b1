//! A text cut into words and sentences, with everything the tables know of its words.

use crate::{
    gazetteer::{Caps, Gazetteer, Sense, Token, TokenKind, Word, tokenize},
    model::Span,
};

/// A phrase of the tables that begins at some token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// Number of tokens it covers.
    pub(super) len: usize,
    /// What it stands for.
    pub(super) sense: Sense,
}

/// Words that a headline has at least, small ones left out.
const LEAST_HEADLINE: usize = 4;

/// A text and its words. Indexes called `tok` or `at` count tokens.
pub(super) struct Document<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) body: &'a str,
    pub(super) tokens: Vec<Token>,
    found: Vec<Found>,
    /// `found[found_at[tok]..found_at[tok + 1]]` begin at `tok`, longest first.
    found_at: Vec<u32>,
    /// What is known of each token as a single word.
    words: Vec<Word>,
    /// A sentence ends with this token, quotation marks not considered.
    ends_sentence: Vec<bool>,
    /// The first token of every paragraph.
    paragraphs: Vec<u32>,
    /// The token lies in a sentence in which nearly every word has a capital.
    headline: Vec<bool>,
}

impl<'a> Document<'a> {
    /// Cuts `body` and looks every word up, in one pass.
    pub(super) fn new(gazetteer: &'a Gazetteer, body: &'a str) -> Self {
        let tokens = tokenize(body);
        let mut found = Vec::with_capacity(tokens.len() / 2);
        let mut found_at = Vec::with_capacity(tokens.len() + 1);
        let mut words = Vec::with_capacity(tokens.len());
        for (tok, token) in tokens.iter().enumerate() {
            let begin = found.len();
            found_at.push(begin as u32);
            let is_word = token.kind == TokenKind::Word || token.kind == TokenKind::Number;
            words.push(if is_word { gazetteer.words.get(token.hash) } else { Word::default() });
            if is_word {
                gazetteer.lexicon.hits_at(&tokens, tok, |hit| {
                    let senses = gazetteer.lexicon.senses(&tokens, hit);
                    found.extend(senses.map(|sense| Found { len: hit.len as usize, sense }));
                });
                found[begin..].reverse();
            }
        }
        found_at.push(found.len() as u32);
        let paragraphs = (0u32..).zip(&tokens).filter(|(_, token)| token.opens_paragraph).map(|(tok, _)| tok).collect();
        let ends_sentence = Vec::new();
        let headline = Vec::new();
        let mut document =
            Self { gazetteer, body, tokens, found, found_at, words, ends_sentence, paragraphs, headline };
        document.ends_sentence = (0..document.tokens.len()).map(|tok| document.is_sentence_end(tok)).collect();
        document.headline = document.headlines();
        document
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The phrases that begin at `tok`, longest first.
    pub(super) fn found(&self, tok: usize) -> &[Found] {
        match (self.found_at.get(tok), self.found_at.get(tok + 1)) {
            (Some(&begin), Some(&end)) => &self.found[begin as usize..end as usize],
            _ => &[],
        }
    }

    /// The longest phrase at `tok` of which `pick` makes something.
    pub(super) fn find<T>(&self, tok: usize, mut pick: impl FnMut(Found) -> Option<T>) -> Option<(usize, T)> {
        self.found(tok).iter().find_map(|&found| Some((found.len, pick(found)?)))
    }

    /// What is known of `tok` as a single word.
    pub(super) fn word(&self, tok: usize) -> Word {
        self.words.get(tok).copied().unwrap_or_default()
    }

    /// Whether `tok` is a small word that is never part of a name ("the", "but").
    pub(super) fn is_function(&self, tok: usize) -> bool {
        self.word(tok).is(Word::FUNCTION)
    }

    /// The characters of `tok`; empty past the end.
    pub(super) fn text(&self, tok: usize) -> &'a str {
        self.tokens.get(tok).map_or("", |token| token.of(self.body))
    }

    /// Whether `tok` is this word, whatever its capitals.
    pub(super) fn is(&self, tok: usize, word: &str) -> bool {
        self.bytes(tok).eq_ignore_ascii_case(word.as_bytes())
    }

    /// The bytes of `tok`: cheaper to compare than its characters, as most words differ in length.
    fn bytes(&self, tok: usize) -> &'a [u8] {
        let bytes = self.body.as_bytes();
        self.tokens.get(tok).and_then(|token| bytes.get(token.start as usize..token.end as usize)).unwrap_or_default()
    }

    /// Whether `tok` is one of these words, whatever its capitals.
    pub(super) fn is_any(&self, tok: usize, words: &[&str]) -> bool {
        let bytes = self.bytes(tok);
        words.iter().any(|word| bytes.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// The kind of `tok`; `None` past the end.
    pub(super) fn kind(&self, tok: usize) -> Option<TokenKind> {
        self.tokens.get(tok).map(|token| token.kind)
    }

    /// Whether `tok` is a word with a capital.
    pub(super) fn is_capitalized(&self, tok: usize) -> bool {
        self.tokens.get(tok).is_some_and(Token::is_capitalized)
    }

    /// Whether a sentence ends with `tok`, quotation marks not considered.
    pub(super) fn ends_sentence(&self, tok: usize) -> bool {
        self.ends_sentence.get(tok).copied().unwrap_or(true)
    }

    /// Whether `tok` begins a paragraph.
    pub(super) fn opens_paragraph(&self, tok: usize) -> bool {
        self.tokens.get(tok).is_none_or(|token| token.opens_paragraph)
    }

    /// Whether the capital of `tok` proves nothing, as a sentence, a quote, or a clause after a colon begins with it.
    pub(super) fn opens_clause(&self, tok: usize) -> bool {
        if self.opens_paragraph(tok) {
            return true;
        }
        let Some(before) = tok.checked_sub(1) else { return true };
        self.ends_sentence(before)
            || matches!(self.kind(before), Some(TokenKind::Mark))
            || self.is_any(before, &[":", "•", "—", "|", "(", "["])
            || (self.kind(before) == Some(TokenKind::Stop) && self.text(before).len() > 1)
    }

    /// The span of the tokens `begin..end`.
    pub(super) fn span(&self, begin: usize, end: usize) -> Option<Span> {
        let (first, last) = (self.tokens.get(begin)?, self.tokens.get(end.checked_sub(1)?)?);
        Span::new(self.body, first.start as usize..last.end as usize)
    }

    /// The words of the tokens `begin..end` as they stand, on one line.
    pub(super) fn words_of(&self, begin: usize, end: usize) -> String {
        self.span(begin, end).map_or_else(String::new, |span| span.of(self.body).replace('\n', " "))
    }

    /// The number of the paragraph of `tok`, from 0.
    pub(super) fn paragraph_of(&self, tok: usize) -> usize {
        self.paragraphs.partition_point(|&first| first as usize <= tok).saturating_sub(1)
    }

    /// The first token of the paragraph of `tok`.
    pub(super) fn paragraph_start(&self, tok: usize) -> usize {
        self.paragraphs.get(self.paragraph_of(tok)).map_or(0, |&first| first as usize)
    }

    /// The token after the last one of the paragraph of `tok`.
    pub(super) fn paragraph_end(&self, tok: usize) -> usize {
        self.paragraphs.get(self.paragraph_of(tok) + 1).map_or(self.len(), |&first| first as usize)
    }

    /// Whether `tok` lies in a sentence in which nearly every word has a capital, so that a capital says little.
    pub(super) fn in_headline(&self, tok: usize) -> bool {
        self.headline.get(tok).copied().unwrap_or(false)
    }

    fn headlines(&self) -> Vec<bool> {
        let mut headline = vec![false; self.len()];
        let mut begin = 0;
        while begin < self.len() {
            let end = (begin..self.len()).find(|&tok| self.ends_sentence(tok)).map_or(self.len(), |tok| tok + 1);
            let plain = |tok: usize| self.kind(tok) == Some(TokenKind::Word) && !self.is_function(tok);
            let words = (begin..end).filter(|&tok| plain(tok));
            let (n_words, n_lower) =
                words.fold((0, 0), |(n, lower), tok| (n + 1, lower + usize::from(self.tokens[tok].is_lower())));
            if n_words >= LEAST_HEADLINE && n_lower * 8 <= n_words {
                headline[begin..end].fill(true);
            }
            begin = end;
        }
        headline
    }

    fn is_sentence_end(&self, tok: usize) -> bool {
        let token = &self.tokens[tok];
        let pointed = token.kind == TokenKind::Word && token.caps == Caps::All && self.text(tok).ends_with('.');
        if token.kind != TokenKind::Stop && !pointed {
            return self.opens_paragraph(tok + 1);
        }
        // Closing marks and brackets belong to the sentence; the word that matters comes after them.
        let mut next = tok + 1;
        while self.tokens.get(next).is_some_and(|t| !t.spaced && matches!(t.kind, TokenKind::Mark | TokenKind::Other)) {
            next += 1;
        }
        let Some(after) = self.tokens.get(next) else { return true };
        if after.opens_paragraph {
            return true;
        }
        if !after.spaced || after.is_lower() {
            return false;
        }
        if pointed {
            // "the U.S. The …" ends, "the U.S. Senate" does not.
            return self.is_function(next);
        }
        self.text(tok) != "." || tok == 0 || !self.is_abbreviation(tok - 1)
    }

    /// Whether the point after `tok` belongs to an abbreviation or an initial.
    fn is_abbreviation(&self, tok: usize) -> bool {
        let text = self.text(tok);
        let initial = text.chars().count() == 1 && text != "I" && self.is_capitalized(tok);
        let short_form = self.found(tok).iter().any(|f| f.len == 2 && self.kind(tok + 1) == Some(TokenKind::Stop));
        initial || short_form || self.word(tok).is(Word::ABBREVIATION)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(body: &str) -> Vec<String> {
        let gazetteer = Gazetteer::builtin();
        let document = Document::new(&gazetteer, body);
        let mut out = Vec::new();
        let mut begin = 0;
        for tok in 0..document.len() {
            if document.ends_sentence(tok) {
                out.push(document.words_of(begin, tok + 1));
                begin = tok + 1;
            }
        }
        out
    }

    #[test]
    fn sentences_end_at_stops_but_not_at_abbreviations_and_initials() {
        let body = "Mr. Okoth met Gen. A. Banda in the U.S. He left on Aug. 4. Who knows? Nobody";
        let expected = ["Mr. Okoth met Gen. A. Banda in the U.S.", "He left on Aug. 4.", "Who knows?", "Nobody"];
        assert_eq!(sentences(body), expected);
    }
}
