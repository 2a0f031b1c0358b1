//! Byte offsets → Unicode code points, for a whole article at once.

/// The code points before each of some byte offsets of a body.
#[derive(Debug)]
pub(super) enum CodePoints {
    /// Every character is one byte: an offset is its own answer.
    Ascii,
    /// The offsets that were asked for, in order, each with the code points before it.
    Counted(Vec<(usize, usize)>),
}

impl CodePoints {
    /// Counts once through `body`, whatever the number of `offsets` and their order. Offsets past the end count as the end.
    pub(super) fn new(body: &str, offsets: impl Iterator<Item = usize>) -> Self {
        if body.is_ascii() {
            return Self::Ascii;
        }
        let mut offsets: Vec<usize> = offsets.map(|offset| offset.min(body.len())).collect();
        offsets.sort_unstable();
        offsets.dedup();
        let (mut from, mut n_before) = (0, 0);
        let counted = offsets.into_iter().map(|offset| {
            n_before += n_code_points(&body.as_bytes()[from..offset]);
            from = offset;
            (offset, n_before)
        });
        Self::Counted(counted.collect())
    }

    /// The code points before `offset`, which must be one of those given to [`CodePoints::new`].
    pub(super) fn before(&self, offset: usize) -> usize {
        match self {
            Self::Ascii => offset,
            Self::Counted(counted) => {
                let at = counted.partition_point(|&(known, _)| known < offset);
                counted.get(at).or(counted.last()).map_or(0, |&(_, n_before)| n_before)
            }
        }
    }
}

/// Every byte but those that continue a character begins one.
fn n_code_points(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_offset_of_any_text_counts_as_many_characters_as_stand_before_it(body in ".*", order in any::<bool>()) {
            let mut offsets: Vec<usize> = body.char_indices().map(|(at, _)| at).chain([body.len()]).collect();
            if order {
                offsets.reverse();
            }
            let counted = CodePoints::new(&body, offsets.iter().copied());
            for offset in offsets {
                prop_assert_eq!(counted.before(offset), body[..offset].chars().count());
            }
        }
    }
}
