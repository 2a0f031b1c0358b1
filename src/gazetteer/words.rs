//! What single words are: given names, surnames, common words.

use rustc_hash::FxHashMap;

use super::{Gender, token::fold_hash};

/// What is known of a word, as a set of flags.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Word(u32);

impl Word {
    /// A given name of men.
    pub const GIVEN_MALE: Self = Self(1);
    /// A given name of women.
    pub const GIVEN_FEMALE: Self = Self(1 << 1);
    /// A given name of either.
    pub const GIVEN_ANY: Self = Self(1 << 2);
    /// A surname.
    pub const SURNAME: Self = Self(1 << 3);
    /// A surname of the cultures that write it first.
    pub const EASTERN: Self = Self(1 << 4);
    /// A common English word.
    pub const COMMON: Self = Self(1 << 5);
    /// A name that is also a word or a place.
    pub const AMBIGUOUS: Self = Self(1 << 6);
    /// Stands inside names ("bin", "van").
    pub const PARTICLE: Self = Self(1 << 7);
    /// Stands before a name ("Mr").
    pub const HONORIFIC: Self = Self(1 << 8);
    /// An honorific of men, or a male relative.
    pub const HONORIFIC_MALE: Self = Self(1 << 9);
    /// An honorific of women, or a female relative.
    pub const HONORIFIC_FEMALE: Self = Self(1 << 10);
    /// Ends the name of a body or place, not of a person ("Ministry", "River").
    pub const TAIL: Self = Self(1 << 11);
    /// Begins the name of a body or place ("University", "Mount").
    pub const HEAD: Self = Self(1 << 12);
    /// Its point does not end a sentence ("Mr").
    pub const ABBREVIATION: Self = Self(1 << 13);
    /// A small word that is never part of a name ("the").
    pub const FUNCTION: Self = Self(1 << 14);
    /// Can be a noun.
    pub const NOUN: Self = Self(1 << 15);
    /// Can be a verb.
    pub const VERB: Self = Self(1 << 16);
    /// Can be an adjective.
    pub const ADJECTIVE: Self = Self(1 << 17);
    /// Can be an adverb.
    pub const ADVERB: Self = Self(1 << 18);
    /// Opens a noun phrase ("the", "his", "many").
    pub const DETERMINER: Self = Self(1 << 19);
    /// A pronoun as subject ("he", "who").
    pub const SUBJECT_PRONOUN: Self = Self(1 << 20);
    /// A pronoun as object ("him").
    pub const OBJECT_PRONOUN: Self = Self(1 << 21);
    /// Goes before a verb ("will", "has").
    pub const AUXILIARY: Self = Self(1 << 22);
    /// A preposition.
    pub const PREPOSITION: Self = Self(1 << 23);
    /// Joins clauses ("that", "while").
    pub const CONJUNCTION: Self = Self(1 << 24);
    /// A phrase with this head stands for people who can speak ("critic").
    pub const PERSON: Self = Self(1 << 25);
    /// … for people who act together ("commission").
    pub const GROUP: Self = Self(1 << 26);
    /// … for something written or shown ("report").
    pub const TEXT: Self = Self(1 << 27);
    /// … for a time ("week").
    pub const TIME: Self = Self(1 << 28);
    /// … for somebody of a family ("daughter").
    pub const KIN: Self = Self(1 << 29);
    /// Ends the name of a street ("Road").
    pub const STREET: Self = Self(1 << 30);

    /// Whether it has any of the flags of `other`.
    pub fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The flags of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Any given name.
    pub fn is_given(self) -> bool {
        self.is(Self(Self::GIVEN_MALE.0 | Self::GIVEN_FEMALE.0 | Self::GIVEN_ANY.0))
    }

    /// The gender that a given name or an honorific shows.
    pub fn gender(self) -> Option<Gender> {
        let male = self.is(Self(Self::GIVEN_MALE.0 | Self::HONORIFIC_MALE.0));
        let female = self.is(Self(Self::GIVEN_FEMALE.0 | Self::HONORIFIC_FEMALE.0));
        match (male, female, self.is(Self::GIVEN_ANY)) {
            (true, false, false) => Some(Gender::Male),
            (false, true, false) => Some(Gender::Female),
            _ => None,
        }
    }
}

/// Single words and what they are, by the hash of the folded word.
#[derive(Debug, Default)]
pub struct WordSet(FxHashMap<u64, Word>);

impl WordSet {
    /// An empty one, with room for `n` words.
    pub fn with_capacity(n: usize) -> Self {
        Self(FxHashMap::with_capacity_and_hasher(n, rustc_hash::FxBuildHasher))
    }

    /// Adds flags to a word.
    pub fn insert(&mut self, word: &str, flags: Word) {
        self.0.entry(fold_hash(word)).or_default().0 |= flags.0;
    }

    /// What is known of the word with this hash.
    pub fn get(&self, hash: u64) -> Word {
        self.0.get(&hash).copied().unwrap_or_default()
    }
}
