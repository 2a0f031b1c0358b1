//! Letters of UTF-8 that somebody once read as Latin-1: "PeÃ±a" is Peña. The body keeps them as they stand; words are compared as
//! they were meant.

use std::borrow::Cow;

/// How often a word is put right: some texts have gone wrong twice.
const ROUNDS: usize = 2;

/// Whether `sign`, right behind `letter`, is the rest of a letter that was torn in two.
pub(super) fn is_torn(letter: char, sign: char) -> bool {
    matches!(letter, 'Â' | 'Ã' | 'Ä' | 'Å') && matches!(sign, '\u{80}'..='\u{bf}') && !sign.is_whitespace()
}

/// `word` with its torn letters as they were meant.
pub(super) fn repaired(word: &str) -> Cow<'_, str> {
    let mut word = Cow::Borrowed(word);
    for _ in 0..ROUNDS {
        match once(&word) {
            Some(better) => word = Cow::Owned(better),
            None => break,
        }
    }
    word
}

fn once(word: &str) -> Option<String> {
    if !word.contains(['Â', 'Ã', 'Ä', 'Å']) {
        return None;
    }
    let mut out = String::with_capacity(word.len());
    let mut changed = false;
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.next_if(|&next| is_torn(c, next)) {
            Some(next) => {
                // U+00C2 to U+00C5 are the bytes 0xC2 to 0xC5, the first of two; the second one has six bits.
                out.extend(char::from_u32(((c as u32 & 0x1f) << 6) | (next as u32 & 0x3f)));
                changed = true;
            }
            None => out.push(c),
        }
    }
    changed.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn torn_letters_are_put_right_once_or_twice_and_sound_ones_stay() {
        for (spoilt, meant) in
            [("PeÃ±a", "Peña"), ("SarukhÃ\u{83}Â¡n", "Sarukhán"), ("TrÃ©vidic", "Trévidic"), ("Ä\u{8c}apek", "Čapek")]
        {
            assert_eq!(repaired(spoilt), meant);
        }
        for sound in ["Ångström", "Ägypten", "São", "Âge", "Ã"] {
            assert!(matches!(repaired(sound), Cow::Borrowed(_)), "{sound}");
        }
    }
}
