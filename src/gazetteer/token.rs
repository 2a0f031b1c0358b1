//! The words of a text, cut the same way for the tables and for the articles.

use super::mojibake;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenKind {
    /// Letters, with inner apostrophes ("O'Brien"); abbreviations of single letters with points ("U.S.").
    Word,
    /// Begins with a digit ("4,018", "14", "3rd").
    Number,
    /// The genitive ending: "'s".
    Genitive,
    /// `-` or `‐` between or beside words.
    Hyphen,
    /// A character that may be a quotation mark, single or double (an apostrophe at the end of a word too).
    Mark,
    /// `.`, `!`, `?` or `…`.
    Stop,
    /// Any other character that is not white space.
    Other,
}

/// How a word is capitalized.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Caps {
    /// No capital first letter.
    Lower,
    /// Only the first letter is a capital, or the word is one capital letter.
    Initial,
    /// All letters are capitals, two at least.
    All,
    /// A capital first letter and others further in ("McCain").
    Mixed,
}

/// A piece of text without white space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// Hash of the folded word: lower case, no accents, straight apostrophes. Of other tokens: of their characters.
    pub hash: u64,
    /// What it is.
    pub kind: TokenKind,
    /// How it is capitalized.
    pub caps: Caps,
    /// White space (or the start of the text) stands before it.
    pub spaced: bool,
    /// A blank line (or the start of the text) stands before it.
    pub opens_paragraph: bool,
}

impl Token {
    /// Its characters in the text it was cut from.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// A word with a capital first letter.
    pub fn is_capitalized(&self) -> bool {
        self.kind == TokenKind::Word && self.caps != Caps::Lower
    }

    /// A word of lower-case letters.
    pub fn is_lower(&self) -> bool {
        self.kind == TokenKind::Word && self.caps == Caps::Lower
    }

    /// Its length in bytes.
    pub fn n_bytes(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// Cuts `text` into tokens, in order. Linear in the text's length.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut cutter = Cutter { text, bytes: text.as_bytes(), at: 0, tokens: Vec::with_capacity(text.len() / 5 + 4) };
    cutter.run();
    cutter.tokens
}

struct Cutter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    tokens: Vec<Token>,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let mut spaced = true;
        let mut opens_paragraph = true;
        while let Some(c) = self.char_at(self.at) {
            if c.is_whitespace() {
                spaced = true;
                if c == '\n' && self.bytes.get(self.at + 1) == Some(&b'\n') {
                    opens_paragraph = true;
                }
                self.at += c.len_utf8();
                continue;
            }
            let start = self.at;
            let (kind, caps) = self.take(c);
            self.tokens.push(Token {
                start: start as u32,
                end: self.at as u32,
                hash: fold_hash(&self.text[start..self.at]),
                kind,
                caps,
                spaced,
                opens_paragraph,
            });
            spaced = false;
            opens_paragraph = false;
        }
    }

    /// The character that begins at byte `at`. The common case, ASCII, does not decode.
    fn char_at(&self, at: usize) -> Option<char> {
        match self.bytes.get(at) {
            None => None,
            Some(&byte) if byte.is_ascii() => Some(char::from(byte)),
            Some(_) => self.text.get(at..)?.chars().next(),
        }
    }

    fn take(&mut self, c: char) -> (TokenKind, Caps) {
        if c.is_alphabetic() {
            return (TokenKind::Word, self.take_word(c));
        }
        if c.is_numeric() {
            self.take_number();
            return (TokenKind::Number, Caps::Lower);
        }
        if is_apostrophe(c) && self.at_genitive() {
            self.at += c.len_utf8() + 1;
            return (TokenKind::Genitive, Caps::Lower);
        }
        self.at += c.len_utf8();
        let kind = match c {
            '-' | '‐' | '‑' => TokenKind::Hyphen,
            '.' | '!' | '?' | '…' => {
                while self.char_at(self.at).is_some_and(|next| matches!(next, '.' | '!' | '?' | '…')) {
                    self.at += self.char_at(self.at).map_or(1, char::len_utf8);
                }
                TokenKind::Stop
            }
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' => TokenKind::Mark,
            '\'' | '‘' | '’' | '‚' | '‛' | '`' | '´' => {
                // Two singles or backticks in a row are a double mark of the typewriter age.
                if self.char_at(self.at) == Some(c) {
                    self.at += c.len_utf8();
                }
                TokenKind::Mark
            }
            _ => TokenKind::Other,
        };
        (kind, Caps::Lower)
    }

    fn take_word(&mut self, first: char) -> Caps {
        if let Some(end) = self.pointed_abbreviation() {
            self.at = end;
            return Caps::All;
        }
        let (mut letters, mut capitals) = (0usize, 0usize);
        let mut last = first;
        while let Some(c) = self.char_at(self.at) {
            let torn = mojibake::is_torn(last, c);
            last = c;
            if torn {
                self.at += c.len_utf8();
            } else if c.is_alphanumeric() || is_combining(c) {
                letters += usize::from(c.is_alphabetic());
                capitals += usize::from(c.is_uppercase());
                self.at += c.len_utf8();
            } else if is_apostrophe(c)
                && !self.at_genitive()
                && self.char_at(self.at + c.len_utf8()).is_some_and(char::is_alphabetic)
            {
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
        match (first.is_uppercase(), capitals) {
            (false, _) => Caps::Lower,
            (true, 1) => Caps::Initial,
            (true, n) if n == letters => Caps::All,
            (true, _) => Caps::Mixed,
        }
    }

    /// The end of an abbreviation such as "U.S." or "U.A.E." that begins here.
    fn pointed_abbreviation(&self) -> Option<usize> {
        let mut at = self.at;
        let mut n_letters = 0;
        while self.bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && self.bytes.get(at + 1) == Some(&b'.') {
            at += 2;
            n_letters += 1;
        }
        // "U.S" at the end of "the U.S." in careless texts has no last point; "e.g.x" is no abbreviation.
        let clean = !self.char_at(at).is_some_and(char::is_alphanumeric);
        (n_letters >= 2 && clean && self.bytes[self.at].is_ascii_uppercase()).then_some(at)
    }

    fn take_number(&mut self) {
        while let Some(c) = self.char_at(self.at) {
            let inner =
                matches!(c, '.' | ',' | ':') && self.char_at(self.at + 1).is_some_and(|next| next.is_ascii_digit());
            if c.is_alphanumeric() || inner {
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
    }

    /// An apostrophe at `self.at` is followed by an `s` that ends the word.
    fn at_genitive(&self) -> bool {
        let Some(c) = self.char_at(self.at) else { return false };
        let next = self.at + c.len_utf8();
        let after_word = self.at > 0 && self.text[..self.at].chars().next_back().is_some_and(char::is_alphanumeric);
        let abbreviated = self.at > 0 && self.bytes[self.at - 1] == b'.';
        matches!(self.bytes.get(next), Some(b's' | b'S'))
            && (after_word || abbreviated)
            && !self.char_at(next + 1).is_some_and(char::is_alphanumeric)
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '`' | '´')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The 64-bit FNV-1a offset and prime (<http://www.isthe.com/chongo/tech/comp/fnv/>).
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Hash of a word in lower case, without accents, with straight apostrophes.
pub fn fold_hash(word: &str) -> u64 {
    let mut hash = FNV_OFFSET;
    if word.is_ascii() {
        for &byte in word.as_bytes() {
            hash = step(hash, if byte == b'`' { b'\'' } else { byte.to_ascii_lowercase() });
        }
        return hash;
    }
    let mut buffer = [0; 4];
    for c in fold_chars(&mojibake::repaired(word)) {
        for &byte in c.encode_utf8(&mut buffer).as_bytes() {
            hash = step(hash, byte);
        }
    }
    hash
}

/// The hash of a phrase that goes on with the word of hash `next`.
pub fn chain_hash(phrase: u64, next: u64) -> u64 {
    (phrase.rotate_left(5) ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
}

/// `text` in lower case, without accents, with straight apostrophes: how words are compared.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase().replace('`', "'");
    }
    fold_chars(&mojibake::repaired(text)).collect()
}

fn fold_chars(text: &str) -> impl Iterator<Item = char> + '_ {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfd().filter(|&c| !is_combining(c)).flat_map(|c| {
        let c = match c {
            c if is_apostrophe(c) => '\'',
            'ł' | 'Ł' => 'l',
            'ı' | 'İ' => 'i',
            'ø' | 'Ø' => 'o',
            'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
            'ə' | 'Ə' => 'a',
            c => c,
        };
        c.to_lowercase()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokenize(text).iter().map(|t| t.of(text)).collect()
    }

    #[test]
    fn words_are_cut_at_hyphens_genitives_and_marks_but_not_at_inner_apostrophes() {
        assert_eq!(cut("Syria’s US-led talks"), ["Syria", "’s", "US", "-", "led", "talks"]);
        assert_eq!(cut("the U.S. and the U.N.'s man"), ["the", "U.S.", "and", "the", "U.N.", "'s", "man"]);
        assert_eq!(cut("Shara’a said: “No.”"), ["Shara’a", "said", ":", "“", "No", ".", "”"]);
        assert_eq!(cut("ministers' don't"), ["ministers", "'", "don't"]);
        assert_eq!(cut("4,018 of 3.5m"), ["4,018", "of", "3.5m"]);
        assert_eq!(cut("PeÃ±a Nieto, SarukhÃ\u{83}Â¡n"), ["PeÃ±a", "Nieto", ",", "SarukhÃ\u{83}Â¡n"]);
    }

    #[test]
    fn folding_ignores_case_accents_and_the_shape_of_apostrophes() {
        assert_eq!(fold_hash("Côte"), fold_hash("cote"));
        assert_eq!(fold_hash("d’Ivoire"), fold_hash("D'ivoire"));
        assert_eq!(fold("Wałęsa Erdoğan"), "walesa erdogan");
        assert_eq!(fold_hash("PeÃ±a"), fold_hash("pena"));
    }

    #[test]
    fn capitals_are_told_apart() {
        let caps: Vec<_> = tokenize("the NATO McCain Sweden A").iter().map(|t| t.caps).collect();
        assert_eq!(caps, [Caps::Lower, Caps::All, Caps::Mixed, Caps::Initial, Caps::Initial]);
    }
}
