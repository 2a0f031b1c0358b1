//! What single words are: given names, surnames, common words.

use rustc_hash::FxHashMap;

use super::{Gender, token::fold_hash};

/// What is known of a word, as a set of flags.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Word(u16);

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
    /// An honorific of men.
    pub const HONORIFIC_MALE: Self = Self(1 << 9);
    /// An honorific of women.
    pub const HONORIFIC_FEMALE: Self = Self(1 << 10);
    /// Ends the name of a body or place, not of a person ("Ministry", "River").
    pub const TAIL: Self = Self(1 << 11);
    /// Begins the name of a body or place ("University", "Mount").
    pub const HEAD: Self = Self(1 << 12);
    /// Its point does not end a sentence ("Mr").
    pub const ABBREVIATION: Self = Self(1 << 13);
    /// A small word that is never part of a name ("the").
    pub const FUNCTION: Self = Self(1 << 14);

    /// Whether it has any of the flags of `other`.
    pub fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
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
