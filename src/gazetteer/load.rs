//! Reads the tables.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Alternative, AlternativeSense, City, CountryRow, Gazetteer, Gender, Holder, Lexicon, Modifier, Office, Officialdom,
    OrganizationKind, OrganizationRow, Region, Sense, SpeechNoun, TokenKind, Verb, VerbKind, Weights, Word, WordSet,
    table::{Row, rows},
    token::{chain_hash, fold, fold_hash, tokenize},
    user::UserTables,
};
use crate::model::CountryCode;

/// A built-in table.
pub(super) struct Table {
    /// Its file's name.
    pub(super) name: &'static str,
    /// Cells that each row must have at least.
    pub(super) columns: usize,
    text: &'static str,
}

macro_rules! tables {
    ($($name:literal $columns:literal)*) => {
        &[$(Table { name: $name, columns: $columns, text: include_str!(concat!("../../assets/gazetteer/", $name)) }),*]
    };
}

/// All tables, in the order they are read: countries first, as others look them up.
pub(super) const TABLES: &[Table] = tables! {
    "countries.tsv" 2
    "groups.tsv" 3
    "spellings.tsv" 1
    "former.tsv" 1
    "metonyms.tsv" 2
    "places.tsv" 2
    "regions.tsv" 2
    "blockers.tsv" 2
    "ambiguous.tsv" 2
    "organizations.tsv" 1
    "offices.tsv" 3
    "office_modifiers.tsv" 2
    "portfolios.tsv" 1
    "occupations.tsv" 1
    "state_words.txt" 1
    "private_words.txt" 1
    "leaders.tsv" 3
    "people.tsv" 1
    "short_forms.tsv" 2
    "speech_verbs.tsv" 3
    "speech_nouns.tsv" 2
    "speakers.tsv" 2
    "not_names.tsv" 2
    "given_names.tsv" 2
    "surnames.tsv" 1
    "head_nouns.tsv" 2
    "common_words.tsv" 1
    "function_words.tsv" 1
    "abbreviations.txt" 1
};

/// Rows of all tables together, about: sizes the index.
const N_PHRASES: usize = 90_000;
/// Rows of all tables but that of towns.
const N_OTHERS: usize = 50_000;
const N_WORDS: usize = 60_000;

/// The built-in tables with the user's laid over them: single words and towns on one core, all other phrases on another.
pub(super) fn load(user: &UserTables) -> Gazetteer {
    let singles = || rayon::join(|| words(user), || towns(user));
    let ((words, towns), mut gazetteer) = rayon::join(singles, || phrases(user));
    gazetteer.words = words;
    gazetteer.cities = towns.cities;
    let others = std::mem::replace(&mut gazetteer.lexicon, towns.lexicon);
    gazetteer.lexicon.append(&others);
    gazetteer
}

/// Half of all phrases.
struct Towns {
    lexicon: Lexicon<Sense>,
    cities: Vec<City>,
}

fn towns(user: &UserTables) -> Towns {
    let mut towns = Towns { lexicon: Lexicon::with_capacity(N_PHRASES), cities: Vec::with_capacity(N_PHRASES / 2) };
    // Many towns lie in one region.
    let mut admins = FxHashMap::default();
    for (_, text) in all(user).filter(|(name, _)| *name == "places.tsv") {
        rows(text).for_each(|row| town(&mut towns, &mut admins, row));
    }
    towns
}

/// Names and texts of all tables; the user's come last, so that they win.
pub(super) fn all(user: &UserTables) -> impl Iterator<Item = (&str, &str)> {
    let builtin = TABLES.iter().map(|table| (table.name, table.text));
    builtin.chain(user.tables.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

fn words(user: &UserTables) -> WordSet {
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

fn phrases(user: &UserTables) -> Gazetteer {
    let mut g = Gazetteer {
        lexicon: Lexicon::with_capacity(N_OTHERS),
        words: WordSet::default(),
        countries: Vec::new(),
        cities: Vec::new(),
        regions: Vec::new(),
        organizations: Vec::new(),
        offices: Vec::new(),
        office_of_head: None,
        holders: Vec::new(),
        holders_by_surname: FxHashMap::default(),
        holders_by_ends: FxHashMap::default(),
        short_forms: FxHashSet::default(),
        verbs: Vec::new(),
        ambiguous: FxHashMap::default(),
        speakers: Vec::new(),
        user_tables: user.fingerprint(),
        person_weights: Weights::parse(include_str!("../../assets/weights/person.tsv")),
        speaker_weights: Weights::parse(include_str!("../../assets/weights/speaker.tsv")),
        speech_weights: Weights::parse(include_str!("../../assets/weights/speech.tsv")),
    };
    for (n, (name, text)) in all(user).enumerate() {
        let take: fn(&mut Gazetteer, Row<'_>) = match name {
            "countries.tsv" => country,
            "former.tsv" => former,
            "metonyms.tsv" => metonym,
            "regions.tsv" => region,
            "blockers.tsv" => blocker,
            "ambiguous.tsv" => alternative,
            "organizations.tsv" => organization,
            "offices.tsv" => office,
            "office_modifiers.tsv" => modifier,
            "portfolios.tsv" => |g, row| g.lexicon.insert(row.cell(0), Sense::Portfolio),
            "occupations.tsv" => |g, row| g.lexicon.insert(row.cell(0), Sense::Occupation),
            "state_words.txt" => |g, row| g.lexicon.insert(row.cell(0), Sense::StateWord),
            "private_words.txt" => |g, row| g.lexicon.insert_any_case(row.cell(0), Sense::PrivateWord),
            "leaders.tsv" => holder,
            "people.tsv" => person,
            "short_forms.tsv" => short_forms,
            "speech_verbs.tsv" => verb,
            "speakers.tsv" => speaker,
            "speech_nouns.tsv" => speech_noun,
            "not_names.tsv" => not_name,
            _ => continue,
        };
        // The user's senses of an ambiguous name replace the built-in ones.
        if n >= TABLES.len() && name == "ambiguous.tsv" {
            rows(text).for_each(|row| drop(g.ambiguous.remove(&phrase_hash(row.cell(0)))));
        }
        rows(text).for_each(|row| take(&mut g, row));
    }
    g
}

fn country(g: &mut Gazetteer, row: Row<'_>) {
    let Some(code) = CountryCode::new(row.cell(0)) else { return };
    g.lexicon.insert(row.cell(1), Sense::Country(code));
    for alias in row.values(2) {
        g.lexicon.insert(alias, Sense::Country(code));
    }
    for demonym in row.values(3) {
        g.lexicon.insert(demonym, Sense::Demonym(code));
    }
    let mut row = CountryRow { code, name: row.cell(1).into(), region: row.cell(4).into() };
    match g.countries.binary_search_by_key(&code, |known| known.code) {
        Ok(idx) => {
            if row.region.is_empty() {
                row.region = g.countries[idx].region.clone();
            }
            g.countries[idx] = row;
        }
        Err(idx) => g.countries.insert(idx, row),
    }
}

fn former(g: &mut Gazetteer, row: Row<'_>) {
    let code = CountryCode::new(row.cell(2));
    let sense = |of: fn(CountryCode) -> Sense| code.map_or(Sense::Blocker(None), of);
    g.lexicon.insert(row.cell(0), sense(Sense::Country));
    for demonym in row.values(1) {
        g.lexicon.insert(demonym, sense(Sense::Demonym));
    }
}

fn metonym(g: &mut Gazetteer, row: Row<'_>) {
    let Some(code) = CountryCode::new(row.cell(1)) else { return };
    // Bodies of a state stand in the table of organizations too.
    if !row.cell(2).starts_with("organization") {
        g.lexicon.insert(row.cell(0), Sense::Metonym(code, row.cell(2).contains("weak")));
    }
}

fn town<'t>(g: &mut Towns, admins: &mut FxHashMap<&'t str, u64>, row: Row<'t>) {
    let Some(code) = CountryCode::new(row.cell(1)) else { return };
    let admin = match row.cell(2) {
        "" => 0,
        name => *admins.entry(name).or_insert_with(|| phrase_hash(name)),
    };
    let flags = row.cell(4);
    // "London, Ontario" is found as a town and a region.
    if row.cell(0).contains(',') && !flags.contains("capital") {
        return;
    }
    let sense = Sense::City(g.cities.len() as u32);
    if row.cell(0).chars().all(|c| !c.is_lowercase()) {
        g.lexicon.insert(row.cell(0), sense);
    } else {
        g.lexicon.insert_name(row.cell(0), sense);
    }
    g.cities.push(City {
        code,
        admin,
        population: row.cell(3).parse().unwrap_or(0),
        capital: flags.contains("capital"),
        weak: flags.contains("weak"),
    });
}

fn region(g: &mut Gazetteer, row: Row<'_>) {
    let Some(code) = CountryCode::new(row.cell(1)) else { return };
    let idx = g.regions.len() as u32;
    g.lexicon.insert_name(row.cell(0), Sense::Region(idx));
    for short in row.values(3) {
        g.lexicon.insert(short, Sense::RegionShort(idx));
    }
    for demonym in row.values(4) {
        g.lexicon.insert_name(demonym, Sense::Region(idx));
    }
    g.regions.push(Region { code, name: phrase_hash(row.cell(0)), ambiguous: row.cell(2) == "ambiguous" });
}

fn blocker(g: &mut Gazetteer, row: Row<'_>) {
    // "London, Ontario" is found as a town and a region.
    if row.cell(0).contains(',') {
        return;
    }
    let place = matches!(row.cell(1), "place" | "region");
    let code = CountryCode::new(row.cell(2)).filter(|_| place);
    g.lexicon.insert(row.cell(0), Sense::Blocker(code));
}

fn alternative(g: &mut Gazetteer, row: Row<'_>) {
    let sense = match row.cell(1).split_once(':') {
        Some((_, code)) => CountryCode::new(code).map_or(AlternativeSense::Other, AlternativeSense::Place),
        None => CountryCode::new(row.cell(1)).map_or(AlternativeSense::Other, AlternativeSense::Country),
    };
    let alternatives = g.ambiguous.entry(phrase_hash(row.cell(0))).or_default();
    // "Niger and Nigeria": that a neighbor is named does not make one the other.
    let rival = match (alternatives.first().map(|first| first.sense), sense) {
        (Some(AlternativeSense::Country(_)), AlternativeSense::Country(code) | AlternativeSense::Place(code)) => {
            Some(code)
        }
        _ => None,
    };
    let names_rival = |phrase: &&str| {
        rival.is_some_and(|rival| {
            let row = g.countries.binary_search_by_key(&rival, |row| row.code).ok().map(|idx| &g.countries[idx]);
            row.is_some_and(|row| row.name.split([' ', '-']).any(|word| word == *phrase) || *row.name == **phrase)
        })
    };
    let evidence = row.values(2).filter(|phrase| !names_rival(phrase));
    let is_name = |phrase: &&str| phrase.starts_with(char::is_uppercase) && !matches!(*phrase, "Mr." | "Mrs." | "Ms.");
    let (names, words): (Vec<&str>, Vec<&str>) = evidence.partition(is_name);
    let hashes = |phrases: Vec<&str>| phrases.into_iter().map(phrase_hash).collect();
    alternatives.push(Alternative { sense, names: hashes(names), words: hashes(words) });
}

fn organization(g: &mut Gazetteer, row: Row<'_>) {
    let kind = match row.cell(2) {
        "igo" | "un" | "alliance" => OrganizationKind::Intergovernmental,
        "court" if row.cell(3).is_empty() => OrganizationKind::Intergovernmental,
        "ministry" | "parliament" | "agency" | "military" | "court" => OrganizationKind::State,
        "armed_group" | "movement" => OrganizationKind::Movement,
        "party" => OrganizationKind::Party,
        "media" => OrganizationKind::Media,
        "bank" if row.cell(3).is_empty() => OrganizationKind::Intergovernmental,
        // The table holds central banks and development banks, no commercial ones.
        "bank" => OrganizationKind::State,
        _ => OrganizationKind::Private,
    };
    let idx = g.organizations.len() as u32;
    g.lexicon.insert(row.cell(0), Sense::Organization(idx));
    for alias in row.values(1) {
        g.lexicon.insert(alias, Sense::Organization(idx));
    }
    g.organizations.push(OrganizationRow { name: row.cell(0).into(), kind, code: CountryCode::new(row.cell(3)) });
}

fn office(g: &mut Gazetteer, row: Row<'_>) {
    let officialdom = match row.cell(2) {
        "yes" => Officialdom::Always,
        "no" => Officialdom::Never,
        _ => Officialdom::OfState,
    };
    for (phrase, plural) in [(row.cell(0), false), (row.cell(4), true)] {
        if phrase.is_empty() || phrase == "-" {
            continue;
        }
        let idx = g.offices.len() as u32;
        if phrase == "head" {
            g.office_of_head = Some(idx);
        }
        g.lexicon.insert(phrase, Sense::Office(idx));
        g.offices.push(Office {
            phrase: row.cell(0).into(),
            class: row.cell(1).into(),
            officialdom,
            intergovernmental: row.cell(3) == "igo",
            plural,
            home: CountryCode::new(row.cell(5)),
            full: if row.cell(6).is_empty() { row.cell(0) } else { row.cell(6) }.into(),
        });
    }
}

fn speaker(g: &mut Gazetteer, row: Row<'_>) {
    g.lexicon.insert_any_case(row.cell(0), Sense::Speaker(g.speakers.len() as u32));
    g.speakers.push(fold(row.cell(1)).into());
}

fn modifier(g: &mut Gazetteer, row: Row<'_>) {
    let meaning = if row.cell(1) == "former" { Modifier::Former } else { Modifier::Other };
    g.lexicon.insert_any_case(row.cell(0).trim_matches('-'), Sense::Modifier(meaning));
}

fn gender(cell: &str) -> Option<Gender> {
    match cell {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

fn person(g: &mut Gazetteer, row: Row<'_>) {
    g.lexicon.insert_name(row.cell(0), Sense::Person(gender(row.cell(1))));
}

/// A given name and its short forms: any two of them can be one person's.
fn short_forms(g: &mut Gazetteer, row: Row<'_>) {
    let names: Vec<u64> = std::iter::once(row.cell(0)).chain(row.values(1)).map(fold_hash).collect();
    for &one in &names {
        g.short_forms.extend(names.iter().filter(|&&other| other != one).map(|&other| (one, other)));
    }
}

fn holder(g: &mut Gazetteer, row: Row<'_>) {
    let gender = gender(row.cell(7));
    let idx = g.holders.len() as u32;
    let names = std::iter::once(row.cell(0)).chain(row.values(1));
    for name in names {
        let tokens = tokenize(name);
        if tokens.len() > 1 {
            g.lexicon.insert_cut_name(&tokens, Sense::Holder(idx));
        }
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            if tokens.len() > 1 {
                g.holders_by_ends.insert((first.hash, last.hash), idx);
            }
            // "Alliot-Marie" is not called "Marie".
            let half = tokens.len() > 1 && tokens[tokens.len() - 2].kind == TokenKind::Hyphen;
            if half || row.cell(8) == "no" {
                continue;
            }
            let of_surname = g.holders_by_surname.entry(last.hash).or_default();
            if !of_surname.contains(&idx) {
                of_surname.push(idx);
            }
        }
    }
    g.holders.push(Holder {
        name: row.cell(0).into(),
        office: row.cell(2).into(),
        code: CountryCode::new(row.cell(3)),
        from: first_day(row.cell(5)),
        to: first_day(row.cell(6)),
        gender,
    });
}

/// The day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` begins with.
fn first_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(1);
    NaiveDate::from_ymd_opt(year, number(), number())
}

fn verb(g: &mut Gazetteer, row: Row<'_>) {
    let kind = match row.cell(2) {
        "write" => VerbKind::Write,
        "ask" => VerbKind::Ask,
        "call" => VerbKind::Call,
        "think" => VerbKind::Think,
        "act" => VerbKind::Act,
        _ => VerbKind::Say,
    };
    g.lexicon.insert(row.cell(0), Sense::Verb(g.verbs.len() as u32));
    g.verbs.push(Verb { kind, strength: row.cell(3).parse().unwrap_or(1) });
}

fn speech_noun(g: &mut Gazetteer, row: Row<'_>) {
    let phrase = row.cell(0);
    let noun = match row.cell(1) {
        "according" => SpeechNoun::AccordingTo,
        _ => SpeechNoun::Utterance,
    };
    g.lexicon.insert(phrase, Sense::SpeechNoun(noun));
}

/// Capitalized words that are never a person.
fn not_name(g: &mut Gazetteer, row: Row<'_>) {
    let is_part = matches!(row.cell(1), "org_tail" | "org_head" | "particle" | "honorific");
    if row.cell(1) == "honorific" && row.cell(0).contains(' ') {
        g.lexicon.insert_name(row.cell(0), Sense::Honorific);
    }
    // A word that is a name as often ("Christian"): the weights decide.
    if !is_part && row.cell(2) != "*" {
        g.lexicon.insert_name(row.cell(0), Sense::NotName);
    }
}

/// Words that stand before, in or after a name.
fn part_of_name(words: &mut WordSet, row: Row<'_>) {
    let phrase = row.cell(0);
    match row.cell(1) {
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

/// The chained hash of a phrase's words, as [`Lexicon`] keys it.
pub(super) fn phrase_hash(phrase: &str) -> u64 {
    tokenize(phrase).iter().fold(0, |hash, token| chain_hash(hash, token.hash))
}
