//! The index over all phrases of all tables: a trie whose edges are hashes of folded words.
//!
//! A phrase of several words is the chain of its words' hashes; every proper prefix of a phrase is marked as going on.
//! Looking up all phrases that begin at a word costs one table access for most words, more only where a phrase goes on.
//! It is built in a few milliseconds, which an Aho-Corasick automaton over the same fifty thousand phrases is not, and it
//! knows words, so that "Oman" is not found in "woman".

use rustc_hash::FxHashMap;

use super::token::{Caps, Token, TokenKind, chain_hash, tokenize};

/// Which capitals a text must have for an entry to match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CaseRule {
    /// Any ("foreign minister").
    Any,
    /// The last word must begin with a capital ("Syria", "SYRIA", "the Hague").
    LastWord,
    /// The first word must begin with a capital ("Côte d'Ivoire").
    FirstWord,
    /// All letters must be capitals ("US", "DRC").
    AllCaps,
}

/// A phrase of a table: what it stands for and how it must be written.
#[derive(Clone, Copy, Debug)]
struct Entry<S> {
    sense: S,
    case: CaseRule,
    next: u32,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    first: u32,
    goes_on: bool,
}

const NONE: u32 = u32::MAX;

/// All phrases, each with one or more senses `S`.
#[derive(Debug)]
pub struct Lexicon<S> {
    nodes: FxHashMap<u64, Node>,
    entries: Vec<Entry<S>>,
}

/// The longest runs of words that a table knows, found at one place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index of the first token.
    pub token: u32,
    /// Number of tokens.
    pub len: u32,
    first: u32,
}

impl<S: Copy> Lexicon<S> {
    /// An empty one, with room for `n` entries.
    pub fn with_capacity(n: usize) -> Self {
        let nodes = FxHashMap::with_capacity_and_hasher(n * 5 / 4, rustc_hash::FxBuildHasher);
        Self { nodes, entries: Vec::with_capacity(n) }
    }

    /// Adds a phrase. Empty phrases are passed over.
    pub fn insert(&mut self, phrase: &str, sense: S) {
        let tokens = tokenize(phrase);
        self.insert_tokens(&tokens, case_rule(phrase, &tokens), sense);
    }

    /// Adds a phrase that matches capitalized text only, even if it looks like an abbreviation.
    pub fn insert_name(&mut self, phrase: &str, sense: S) {
        self.insert_cut_name(&tokenize(phrase), sense);
    }

    /// [`Self::insert_name`] of a phrase that is cut into `tokens` already.
    pub fn insert_cut_name(&mut self, tokens: &[Token], sense: S) {
        self.insert_tokens(tokens, capital_rule(tokens), sense);
    }

    /// Adds a phrase that matches whatever its capitals.
    pub fn insert_any_case(&mut self, phrase: &str, sense: S) {
        self.insert_tokens(&tokenize(phrase), CaseRule::Any, sense);
    }

    fn insert_tokens(&mut self, tokens: &[Token], case: CaseRule, sense: S) {
        let Some((last, prefix)) = tokens.split_last() else { return };
        let mut hash = 0;
        for token in prefix {
            hash = chain_hash(hash, token.hash);
            self.nodes.entry(hash).or_insert(Node { first: NONE, goes_on: false }).goes_on = true;
        }
        hash = chain_hash(hash, last.hash);
        let node = self.nodes.entry(hash).or_insert(Node { first: NONE, goes_on: false });
        let idx = self.entries.len() as u32;
        self.entries.push(Entry { sense, case, next: node.first });
        node.first = idx;
    }

    /// Adds all phrases of `other`; where both know a phrase, the senses of `other` come first.
    pub fn append(&mut self, other: &Self) {
        let base = self.entries.len() as u32;
        self.entries.extend_from_slice(&other.entries);
        for entry in &mut self.entries[base as usize..] {
            if entry.next != NONE {
                entry.next += base;
            }
        }
        for (&hash, node) in &other.nodes {
            let known = self.nodes.entry(hash).or_insert(Node { first: NONE, goes_on: false });
            known.goes_on |= node.goes_on;
            if node.first != NONE {
                let mut last = node.first + base;
                while self.entries[last as usize].next != NONE {
                    last = self.entries[last as usize].next;
                }
                self.entries[last as usize].next = known.first;
                known.first = node.first + base;
            }
        }
    }

    /// Calls `found` for every phrase that begins at token `at`, shorter ones first.
    pub fn hits_at(&self, tokens: &[Token], at: usize, mut found: impl FnMut(Hit)) {
        let mut hash = 0;
        for (n, token) in tokens[at..].iter().enumerate() {
            if n > 0 && token.opens_paragraph {
                return;
            }
            hash = chain_hash(hash, token.hash);
            let Some(node) = self.nodes.get(&hash) else { return };
            if node.first != NONE {
                found(Hit { token: at as u32, len: n as u32 + 1, first: node.first });
            }
            if !node.goes_on {
                return;
            }
        }
    }

    /// The senses of a hit whose rule of capitals the text obeys.
    pub fn senses<'a>(&'a self, tokens: &'a [Token], hit: Hit) -> impl Iterator<Item = S> + 'a {
        let words = &tokens[hit.token as usize..(hit.token + hit.len) as usize];
        let mut at = hit.first;
        std::iter::from_fn(move || {
            while at != NONE {
                let entry = self.entries.get(at as usize)?;
                at = entry.next;
                if obeys(entry.case, words) {
                    return Some(entry.sense);
                }
            }
            None
        })
    }

    /// The senses of a phrase, whatever its capitals.
    pub fn senses_of(&self, phrase: &str) -> Vec<S> {
        let hash = tokenize(phrase).iter().fold(0, |hash, token| chain_hash(hash, token.hash));
        let mut at = self.nodes.get(&hash).map_or(NONE, |node| node.first);
        let mut senses = Vec::new();
        while let Some(entry) = self.entries.get(at as usize) {
            senses.push(entry.sense);
            at = entry.next;
        }
        senses
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Longest abbreviation, in letters, that must stand in capitals to match.
const ABBREVIATION: usize = 6;

fn case_rule(phrase: &str, tokens: &[Token]) -> CaseRule {
    let letters = phrase.chars().filter(|c| c.is_alphabetic());
    if tokens.iter().all(|t| t.caps == Caps::All || t.kind != TokenKind::Word) && letters.count() <= ABBREVIATION {
        return CaseRule::AllCaps;
    }
    if tokens.iter().any(Token::is_capitalized) { capital_rule(tokens) } else { CaseRule::Any }
}

fn capital_rule(tokens: &[Token]) -> CaseRule {
    let last = tokens.iter().rev().find(|token| token.kind == TokenKind::Word);
    if last.is_none_or(Token::is_capitalized) { CaseRule::LastWord } else { CaseRule::FirstWord }
}

fn obeys(rule: CaseRule, words: &[Token]) -> bool {
    match rule {
        CaseRule::Any => true,
        CaseRule::AllCaps => words.iter().all(|t| t.kind != TokenKind::Word || t.caps == Caps::All),
        CaseRule::FirstWord => words.first().is_some_and(Token::is_capitalized),
        CaseRule::LastWord => {
            // "IBA" is an abbreviation, not the town of Iba; "IRAN" in a headline is the country.
            let shouted = words.len() == 1 && words[0].caps == Caps::All && words[0].n_bytes() < 4;
            let last = words.iter().rev().find(|token| token.kind == TokenKind::Word);
            last.is_some_and(Token::is_capitalized) && !shouted
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(entries: &[&str], text: &str) -> Vec<String> {
        let mut lexicon = Lexicon::with_capacity(8);
        for (idx, entry) in entries.iter().enumerate() {
            lexicon.insert(entry, idx);
        }
        let tokens = tokenize(text);
        let mut out = Vec::new();
        for at in 0..tokens.len() {
            lexicon.hits_at(&tokens, at, |hit| {
                out.extend(lexicon.senses(&tokens, hit).map(|idx| entries[idx].to_owned()));
            });
        }
        out
    }

    #[test]
    fn phrases_match_by_words_and_by_their_capitals() {
        let table = ["Oman", "US", "foreign minister", "New York", "York", "Turkey", "Côte d'Ivoire"];
        assert_eq!(found(&table, "A woman from Oman"), ["Oman"]);
        assert_eq!(found(&table, "US told us"), ["US"]);
        assert_eq!(found(&table, "FOREIGN MINISTER of TURKEY"), ["foreign minister", "Turkey"]);
        assert_eq!(found(&table, "He ate turkey in New York"), ["New York", "York"]);
        assert_eq!(found(&table, "Cote d’Ivoire"), ["Côte d'Ivoire"]);
        assert_eq!(found(&table, "New\n\nYork"), ["York"]);
    }
}
