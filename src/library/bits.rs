//! A set of articles as a bit for each number.

/// The set.
#[derive(Default, Debug)]
pub(super) struct Bits {
    words: Vec<u64>,
    /// How many are in it.
    pub(super) n: u64,
}

impl Bits {
    /// Puts a number in.
    pub(super) fn insert(&mut self, id: i64) {
        let (word, bit) = ((id / 64) as usize, 1_u64 << (id % 64));
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        if let Some(word) = self.words.get_mut(word) {
            self.n += u64::from(*word & bit == 0);
            *word |= bit;
        }
    }

    pub(super) fn contains(&self, id: i64) -> bool {
        self.words.get((id / 64) as usize).is_some_and(|word| word >> (id % 64) & 1 == 1)
    }

    /// Those that are in both.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.words.truncate(other.words.len());
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
        self.n = self.words.iter().map(|word| u64::from(word.count_ones())).sum();
        self
    }

    /// All of them, rising.
    pub(super) fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(at as i64 * 64 + i64::from(bit))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_in_it_and_comes_out_rising() {
        let mut bits = Bits::default();
        [700, 1, 63, 64, 127, 128, 64].into_iter().for_each(|id| bits.insert(id));
        assert_eq!(bits.iter().collect::<Vec<_>>(), [1, 63, 64, 127, 128, 700]);
        let mut others = Bits::default();
        [2, 64, 128, 9000].into_iter().for_each(|id| others.insert(id));
        assert_eq!(others.and(&bits).iter().collect::<Vec<_>>(), [64, 128]);
        assert_eq!((bits.n, bits.contains(64), bits.contains(65), bits.contains(9999)), (6, true, false, false));
    }
}
