//! The tables of single words: names, common words, small words.

use super::{
    Word, WordSet,
    load::all,
    table::{Row, rows},
    user::UserTables,
};

/// Words of all tables together, about: sizes the set.
const N_WORDS: usize = 60_000;

pub(super) fn words(user: &UserTables) -> WordSet {
    let mut words = WordSet::with_capacity(N_WORDS);
    for (name, text) in all(user) {
        let take: fn(&mut WordSet, Row<'_>) = match name {
            "given_names.tsv" => given_name,
            "surnames.tsv" => surname,
            "common_words.tsv" => |words, row| word(words, row, Word::COMMON),
            "function_words.tsv" => |words, row| word(words, row, Word::FUNCTION),
            "abbreviations.txt" => |words, row| words.insert(row.cell(0), Word::ABBREVIATION),
            "head_nouns.tsv" => head_noun,
            "occupations.tsv" => occupation_word,
            "not_names.tsv" => part_of_name,
            _ => continue,
        };
        rows(text).for_each(|row| take(&mut words, row));
    }
    words
}

/// A word with its classes, each a letter.
fn word(words: &mut WordSet, row: Row<'_>, flag: Word) {
    let class = |letter| match letter {
        'n' => Word::NOUN,
        'v' => Word::VERB,
        'a' => Word::ADJECTIVE,
        'd' => Word::ADVERB,
        't' => Word::DETERMINER,
        's' => Word::SUBJECT_PRONOUN,
        'o' => Word::OBJECT_PRONOUN,
        'm' => Word::AUXILIARY,
        'i' => Word::PREPOSITION,
        'c' => Word::CONJUNCTION,
        _ => Word::default(),
    };
    let flags = row.cell(1).chars().fold(flag, |flags, letter| flags.and(class(letter)));
    words.insert(row.cell(0), flags);
}

/// "activist", "activists": common words, whatever `common_words.tsv` knows.
fn occupation_word(words: &mut WordSet, row: Row<'_>) {
    let noun = row.cell(0);
    if noun.bytes().all(|b| b.is_ascii_lowercase()) {
        words.insert(noun, Word::COMMON.and(Word::NOUN));
        words.insert(&plural(noun), Word::COMMON.and(Word::NOUN));
    }
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// A noun and its plural.
fn head_noun(words: &mut WordSet, row: Row<'_>) {
    let class = match row.cell(1) {
        "person" => Word::PERSON,
        "kin" => Word::PERSON.and(Word::KIN),
        "group" => Word::GROUP,
        "text" => Word::TEXT,
        _ => Word::TIME,
    };
    let class = match row.cell(2) {
        "m" => class.and(Word::HONORIFIC_MALE),
        "f" => class.and(Word::HONORIFIC_FEMALE),
        _ => class,
    };
    let noun = row.cell(0);
    words.insert(noun, class);
    words.insert(&plural(noun), class);
}

/// Words that stand before, in or after a name.
fn part_of_name(words: &mut WordSet, row: Row<'_>) {
    let phrase = row.cell(0);
    match row.cell(1) {
        "org_tail" if row.cell(2) == "street" => words.insert(phrase, Word::TAIL.and(Word::STREET)),
        "org_tail" => words.insert(phrase, Word::TAIL),
        "org_head" => words.insert(phrase.split(' ').next().unwrap_or_default(), Word::HEAD),
        "particle" => words.insert(phrase.trim_matches(['-', '\'', '’']), Word::PARTICLE),
        "honorific" => {
            let word = phrase.trim_end_matches('.');
            words.insert(word, Word::HONORIFIC);
            match row.cell(2) {
                "m" => words.insert(word, Word::HONORIFIC_MALE),
                "f" => words.insert(word, Word::HONORIFIC_FEMALE),
                _ => {}
            }
        }
        _ => {}
    }
}

fn given_name(words: &mut WordSet, row: Row<'_>) {
    let gender = row.cell(1);
    words.insert(
        row.cell(0),
        match gender.trim_end_matches('*') {
            "m" => Word::GIVEN_MALE,
            "f" => Word::GIVEN_FEMALE,
            _ => Word::GIVEN_ANY,
        },
    );
    if gender.ends_with('*') {
        words.insert(row.cell(0), Word::AMBIGUOUS);
    }
}

fn surname(words: &mut WordSet, row: Row<'_>) {
    words.insert(row.cell(0), Word::SURNAME);
    if row.cell(1) == "east" {
        words.insert(row.cell(0), Word::EASTERN);
    }
    if row.cell(2) == "*" {
        words.insert(row.cell(0), Word::AMBIGUOUS);
    }
}
