//! How alike two texts are, and a short signature by which alike texts are found.
//!
//! A text is the set of its shingles, runs of three words. Two texts resemble each other as far as their sets have members
//! in common (Broder 1997, “On the resemblance and containment of documents”). The smallest hash of a set is the same for
//! two sets with just that probability, so that a row of smallest hashes is a signature of the text. All rows are taken
//! from one hash of each shingle, which chooses the row and competes in it (Li, Owen and Zhang 2012, “One permutation
//! hashing”); rows that stay empty borrow from another (Shrivastava 2017, “Optimal densification”).

use rustc_hash::FxHashSet;

/// Words of a shingle. Two would make strangers alike, four would tell copies with a few changed words apart.
const SHINGLE: usize = 3;

/// Bands of a signature, and rows of a band. Texts are found if one band of both is the same: of those that share half of
/// their shingles that is so for 88 of 100, of those that share two thirds for 99.6, of those that share a tenth for 2.
pub(super) const BANDS: usize = 16;
const ROWS: usize = 3;

/// Texts with fewer shingles are too short to be told apart from phrases that all use.
const FEWEST: usize = 40;

/// More shingles than this say nothing new; a bound for texts of megabytes.
const MOST: usize = 20_000;

/// The shingles of one text.
pub(super) struct Shingles(FxHashSet<u64>);

impl Shingles {
    /// Of `text`; `None` if it is too short to be compared.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut set = FxHashSet::with_capacity_and_hasher(text.len() / 6, rustc_hash::FxBuildHasher);
        let mut last = [0_u64; SHINGLE];
        let mut n_words = 0_usize;
        each_word(text, |word| {
            last.rotate_left(1);
            last[SHINGLE - 1] = word;
            n_words += 1;
            if n_words >= SHINGLE && set.len() < MOST {
                set.insert(last.iter().fold(0, |hash, word| mixed(hash ^ word)));
            }
        });
        (set.len() >= FEWEST).then_some(Self(set))
    }

    /// The numbers of its bands, which alike texts have in common.
    pub(super) fn bands(&self) -> [i64; BANDS] {
        const N: usize = BANDS * ROWS;
        let mut rows = [u32::MAX; N];
        for &hash in &self.0 {
            // The upper half chooses the row, the lower half competes in it.
            let row = (((hash >> 32) * N as u64) >> 32) as usize;
            rows[row] = rows[row].min(hash as u32);
        }
        let taken = rows;
        for (n, row) in rows.iter_mut().enumerate() {
            let mut at = n;
            let mut attempt = 0_u64;
            // At least one row is taken.
            while taken[at] == u32::MAX {
                attempt += 1;
                at = (mixed((n as u64) << 32 | attempt) % N as u64) as usize;
            }
            *row = taken[at];
        }
        let mut bands = [0; BANDS];
        for (n, (band, rows)) in bands.iter_mut().zip(rows.chunks_exact(ROWS)).enumerate() {
            let hash = rows.iter().fold(n as u64 + 1, |hash, &row| mixed(hash ^ u64::from(row)));
            // 48 bits are plenty among millions, and take less room in the file.
            *band = (hash >> 16) as i64;
        }
        bands
    }

    /// The share of the shingles of both that both have, and the share of the shorter one's that the longer one has.
    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        let (short, long) = if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        let common = short.0.iter().filter(|shingle| long.0.contains(shingle)).count();
        let all = short.0.len() + long.0.len() - common;
        Likeness { resemblance: common as f32 / all as f32, containment: common as f32 / short.0.len() as f32 }
    }
}

/// How alike two texts are, each from 0 to 1.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Likeness {
    pub(super) resemblance: f32,
    pub(super) containment: f32,
}

impl Likeness {
    /// Whether both are one story: the measure stands in `docs/stories.md`.
    pub(super) fn is_one_story(self) -> bool {
        self.resemblance >= 0.45 || (self.containment >= 0.75 && self.resemblance >= 0.25)
    }
}

/// Calls `each` with a number for every word, case folded.
fn each_word(text: &str, mut each: impl FnMut(u64)) {
    let (mut hash, mut length) = (0_u64, 0_usize);
    let feed = |c: char, hash: &mut u64, length: &mut usize| {
        *hash = (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x517c_c1b7_2722_0a95);
        *length += 1;
    };
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                feed(c.to_ascii_lowercase(), &mut hash, &mut length);
                continue;
            }
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| feed(c, &mut hash, &mut length));
            continue;
        }
        if length > 0 && !matches!(c, '\'' | '’') {
            each(mixed(hash));
            (hash, length) = (0, 0);
        }
    }
    if length > 0 {
        each(mixed(hash));
    }
}

/// A number whose every bit depends on every bit of `n` (the finisher of MurmurHash3).
fn mixed(n: u64) -> u64 {
    let n = (n ^ n >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let n = (n ^ n >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    n ^ n >> 33
}
