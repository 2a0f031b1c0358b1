//! The tables in `assets/gazetteer/`, loaded and indexed once.
//!
//! Every table is text that a person can review line by line; its first lines say what its columns are and where its
//! facts come from. [`Gazetteer::builtin`] indexes them all in one [`Lexicon`], so that one pass over a text finds
//! every entry of every table.

mod geography;
mod lexicon;
mod lines;
mod load;
mod load_places;
mod load_words;
mod mojibake;
mod table;
mod token;
mod user;
mod weights;
mod words;

use chrono::NaiveDate;
pub use geography::{Geography, Group};
pub use lexicon::{CaseRule, Hit, Lexicon};
pub use lines::{Line, LinesOfTables};
use rustc_hash::{FxHashMap, FxHashSet};
pub use token::{Caps, Token, TokenKind, chain_hash, fold, fold_hash, tokenize};
pub use user::{TableError, UserTables};
pub use weights::Weights;
pub use words::{Word, WordSet};

use crate::model::CountryCode;

/// What a phrase of the tables stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sense {
    /// A country's name or alias.
    Country(CountryCode),
    /// An adjective or noun of nationality.
    Demonym(CountryCode),
    /// A seat of power; the flag says that it needs support from the article.
    Metonym(CountryCode, bool),
    /// A city: index into [`Gazetteer::cities`].
    City(u32),
    /// A region inside a country: index into [`Gazetteer::regions`].
    Region(u32),
    /// The abbreviation of a region ("Calif.", "CA"), or its demonym.
    RegionShort(u32),
    /// A name that contains that of a country but is none; the code of the country in which such a place lies.
    Blocker(Option<CountryCode>),
    /// A body: index into [`Gazetteer::organizations`].
    Organization(u32),
    /// An office: index into [`Gazetteer::offices`].
    Office(u32),
    /// Stands before or after an office ("former").
    Modifier(Modifier),
    /// Several words that stand before a name ("Tan Sri").
    Honorific,
    /// A portfolio of government ("foreign affairs").
    Portfolio,
    /// What someone is who holds no office ("analyst").
    Occupation,
    /// A holder of an office, by full name: index into [`Gazetteer::holders`].
    Holder(u32),
    /// A person by full name, or by the one name that everybody knows them by.
    Person(Option<Gender>),
    /// Capitalized words that are never a person.
    NotName,
    /// A form of a reporting verb: index into [`Gazetteer::verbs`].
    Verb(u32),
    /// Words that attribute without a verb.
    SpeechNoun(SpeechNoun),
    /// Makes an office phrase one of state ("ministry").
    StateWord,
    /// Makes an office phrase none of state ("advocacy group").
    PrivateWord,
    /// The first words of a quote whose speaker somebody has put right: index into [`Gazetteer::speakers`].
    Speaker(u32),
}

/// What a modifier says of an office.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Modifier {
    /// "former", "ex-", "late": held before.
    Former,
    /// Any other: "acting", "deputy", "-elect".
    Other,
}

/// How a noun attributes words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpeechNoun {
    /// "according to X".
    AccordingTo,
    /// "in a statement", "remarks": what was said, by its owner.
    Utterance,
}

/// A country's row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountryRow {
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// Its short English name.
    pub name: Box<str>,
    /// UN M49 subregion.
    pub region: Box<str>,
}

/// A city.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct City {
    /// The country it lies in.
    pub code: CountryCode,
    /// Hash of the folded name of its first-level region; 0 if unknown.
    pub admin: u64,
    /// Inhabitants.
    pub population: u32,
    /// Capital or seat of government.
    pub capital: bool,
    /// Counts only where the text supports it.
    pub weak: bool,
}

/// A region inside a country.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Region {
    /// The country it lies in.
    pub code: CountryCode,
    /// Hash of its folded name.
    pub name: u64,
    /// Its name also means something else.
    pub ambiguous: bool,
}

/// A body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrganizationRow {
    /// Its usual full name.
    pub name: Box<str>,
    /// What it is.
    pub kind: OrganizationKind,
    /// The state it belongs to.
    pub code: Option<CountryCode>,
}

/// What a body is, as far as the engine cares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OrganizationKind {
    /// Between states: the UN and its parts, alliances, courts.
    Intergovernmental,
    /// A part of a state: ministry, parliament, agency, army.
    State,
    /// An armed group or political movement.
    Movement,
    /// A political party.
    Party,
    /// A newspaper, agency or broadcaster.
    Media,
    /// Companies, think tanks, charities and others.
    Private,
}

/// Whether the holder of an office is an official.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Officialdom {
    /// Always ("foreign minister").
    Always,
    /// When it is an office of a state or an intergovernmental body ("chairman").
    OfState,
    /// Never ("first lady").
    Never,
}

/// The head words of an office.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Office {
    /// In lower case.
    pub phrase: Box<str>,
    /// What kind of office it is ("minister").
    pub class: Box<str>,
    /// Whether its holder is an official.
    pub officialdom: Officialdom,
    /// An office of intergovernmental bodies only ("under-secretary-general").
    pub intergovernmental: bool,
    /// It is a plural ("ministers").
    pub plural: bool,
    /// The state in whose news the office goes by this name alone ("chancellor of the exchequer").
    pub home: Option<CountryCode>,
    /// In lower case, without abbreviations: "senator" for "Sen.".
    pub full: Box<str>,
}

/// Someone who holds or held an office.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holder {
    /// Full name.
    pub name: Box<str>,
    /// Office in plain words.
    pub office: Box<str>,
    /// The state served, if any.
    pub code: Option<CountryCode>,
    /// First day in office.
    pub from: Option<NaiveDate>,
    /// Last day in office; `None` if still there or not known.
    pub to: Option<NaiveDate>,
    /// Woman, man or not stated.
    pub gender: Option<Gender>,
}

/// Grammatical gender as names and titles show it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gender {
    /// he
    Male,
    /// she
    Female,
}

/// A form of a reporting verb.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verb {
    /// What it does.
    pub kind: VerbKind,
    /// 1 to 3; 3 is almost always a cue beside a quote.
    pub strength: u8,
}

/// What a reporting verb does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VerbKind {
    /// say, tell, add
    Say,
    /// write, post
    Write,
    /// ask
    Ask,
    /// call: labels something
    Call,
    /// think
    Think,
    /// condemn, praise: frames a phrase
    Act,
}

/// One sense of a name that several things share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alternative {
    /// What the name then stands for.
    pub sense: AlternativeSense,
    /// Hashes of names (chained words) that speak for it wherever they stand in an article.
    pub names: Box<[u64]>,
    /// Hashes of common words that speak for it beside the name only.
    pub words: Box<[u64]>,
}

/// What an ambiguous name can stand for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AlternativeSense {
    /// A country.
    Country(CountryCode),
    /// A place inside a country.
    Place(CountryCode),
    /// A person, a word, a body: no place at all.
    Other,
}

/// All tables, indexed.
#[derive(Debug)]
pub struct Gazetteer {
    /// Every phrase of every table.
    pub lexicon: Lexicon<Sense>,
    /// Single words: given names, surnames, common words.
    pub words: WordSet,
    /// By code.
    pub countries: Vec<CountryRow>,
    /// As [`Sense::City`] numbers them.
    pub cities: Vec<City>,
    /// As [`Sense::Region`] numbers them.
    pub regions: Vec<Region>,
    /// As [`Sense::Organization`] numbers them.
    pub organizations: Vec<OrganizationRow>,
    /// As [`Sense::Office`] numbers them.
    pub offices: Vec<Office>,
    /// The office "head", of whoever heads a body.
    pub office_of_head: Option<u32>,
    /// As [`Sense::Holder`] numbers them.
    pub holders: Vec<Holder>,
    /// The holders by the hash of their last name.
    pub holders_by_surname: FxHashMap<u64, Vec<u32>>,
    /// The holders by the hashes of their first and last names: "James B. Comey" is James Comey.
    pub holders_by_ends: FxHashMap<(u64, u64), u32>,
    /// Pairs of given names that one person can go by, as hashes, in both orders: William and Bill.
    pub short_forms: FxHashSet<(u64, u64)>,
    /// As [`Sense::Verb`] numbers them.
    pub verbs: Vec<Verb>,
    /// Names with several senses, by the chained hash of their words; the usual sense first.
    pub ambiguous: FxHashMap<u64, Vec<Alternative>>,
    /// Chained hashes of all names that speak for a sense of an ambiguous one.
    pub evidence: FxHashSet<u64>,
    /// Folded names of the speakers that were put right; `-` for nobody.
    pub speakers: Vec<Box<str>>,
    /// Tells the user's tables from others; 0 if there are none.
    pub user_tables: u64,
    /// What makes a capitalized stretch a person.
    pub person_weights: Weights,
    /// What makes a mention the speaker of a quote.
    pub speaker_weights: Weights,
    /// What makes a stretch between marks speech.
    pub speech_weights: Weights,
}

impl Gazetteer {
    /// The tables built into the program.
    pub fn builtin() -> Self {
        load::load(&UserTables::default())
    }

    /// The tables built into the program with the user's laid over them.
    pub fn with_user_tables(user: &UserTables) -> Self {
        load::load(user)
    }

    /// The row of a country.
    pub fn country(&self, code: CountryCode) -> Option<&CountryRow> {
        self.countries.binary_search_by(|row| row.code.cmp(&code)).ok().map(|idx| &self.countries[idx])
    }

    /// A country's short English name, or its code if the tables do not know it.
    pub fn country_name(&self, code: CountryCode) -> String {
        self.country(code).map_or_else(|| code.to_string(), |row| row.name.to_string())
    }
}
