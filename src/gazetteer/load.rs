//! Reads the tables.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Gazetteer, Gender, Holder, Lexicon, Modifier, Office, Officialdom, OrganizationKind, OrganizationRow, Sense,
    SpeechNoun, TokenKind, Verb, VerbKind, Weights, WordSet, load_places, load_words,
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

/// Rows of all tables but that of towns.
const N_OTHERS: usize = 50_000;
/// The built-in tables with the user's laid over them: single words and towns on one core, all other phrases on another.
pub(super) fn load(user: &UserTables) -> Gazetteer {
    let singles = || rayon::join(|| load_words::words(user), || load_places::towns(user));
    let ((words, towns), mut gazetteer) = rayon::join(singles, || phrases(user));
    gazetteer.words = words;
    gazetteer.cities = towns.cities;
    let others = std::mem::replace(&mut gazetteer.lexicon, towns.lexicon);
    gazetteer.lexicon.append(&others);
    gazetteer
}

/// Names and texts of all tables; the user's come last, so that they win.
pub(super) fn all(user: &UserTables) -> impl Iterator<Item = (&str, &str)> {
    let builtin = TABLES.iter().map(|table| (table.name, table.text));
    builtin.chain(user.tables.iter().map(|(name, text)| (name.as_str(), text.as_str())))
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
        evidence: FxHashSet::default(),
        speakers: Vec::new(),
        user_tables: user.fingerprint(),
        person_weights: Weights::parse(include_str!("../../assets/weights/person.tsv")),
        speaker_weights: Weights::parse(include_str!("../../assets/weights/speaker.tsv")),
        speech_weights: Weights::parse(include_str!("../../assets/weights/speech.tsv")),
    };
    for (n, (name, text)) in all(user).enumerate() {
        let take: fn(&mut Gazetteer, Row<'_>) = match name {
            "countries.tsv" => load_places::country,
            "former.tsv" => load_places::former,
            "metonyms.tsv" => load_places::metonym,
            "regions.tsv" => load_places::region,
            "blockers.tsv" => load_places::blocker,
            "ambiguous.tsv" => load_places::alternative,
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

/// The chained hash of a phrase's words, as [`Lexicon`] keys it.
pub(super) fn phrase_hash(phrase: &str) -> u64 {
    tokenize(phrase).iter().fold(0, |hash, token| chain_hash(hash, token.hash))
}
