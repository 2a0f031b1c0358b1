//! Which names are one person.
//!
//! Full names are put together first, over the whole article; then every single name finds its person by surname, given
//! name or middle name, the one mentioned last before it if several fit. What is left over becomes a person of its own
//! only with a title, an entry in the table of holders, or enough weight.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    later, lists,
    names::{self, NameMention},
    roles::{Offices, Role},
    shared,
};
use crate::{
    extract::{
        Text,
        terms::{Term, TermClass, Terms},
    },
    gazetteer::{Gender, Sense, Weights, Word},
    model::CountryCode,
};

/// A person of the article.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Figure {
    /// Hashes of the parts of the fullest name.
    parts: Vec<u64>,
    surname: usize,
    /// The tokens of the fullest name.
    pub(in crate::extract) name: std::ops::Range<usize>,
    /// Tokens of every mention by name, in order.
    pub(in crate::extract) mentions: Vec<std::ops::Range<usize>>,
    pub(in crate::extract) gender: Option<Gender>,
    /// The gender was shown by an honorific or the table of holders, not guessed from a given name.
    pub(in crate::extract) gender_sure: bool,
    /// Offices stated beside the name, in order.
    pub(in crate::extract) roles: Vec<Role>,
    /// Index into the table of holders.
    pub(in crate::extract) holder: Option<u32>,
    /// "Sr." stands behind the name.
    senior: bool,
    /// Why this is taken for a person, for `--explain`.
    pub(in crate::extract) reasons: Vec<&'static str>,
}

/// All people of an article.
#[derive(Debug, Default)]
pub(in crate::extract) struct Cast {
    /// In the order of their first mention.
    pub(in crate::extract) figures: Vec<Figure>,
    /// The person whose name covers a token, and the name's tokens.
    at: FxHashMap<u32, (u32, std::ops::Range<u32>)>,
}

impl Cast {
    /// The person whose name covers `tok`.
    pub(in crate::extract) fn at(&self, tok: usize) -> Option<usize> {
        self.at.get(&(tok as u32)).map(|&(idx, _)| idx as usize)
    }

    /// The person whose name covers `tok`, and the tokens of that name.
    pub(in crate::extract) fn name_at(&self, tok: usize) -> Option<(usize, std::ops::Range<usize>)> {
        self.at.get(&(tok as u32)).map(|(idx, name)| (*idx as usize, name.start as usize..name.end as usize))
    }
}

/// A full name with less weight than this is none even beside an office.
const IN_OFFICE: f32 = -2.0;

/// Finds the people of a text that was published on `day`.
pub(in crate::extract) fn cast(text: &Text<'_, '_>, weights: &Weights, day: Option<NaiveDate>) -> Cast {
    let mut mentions = names::names(text.document, text.terms, weights);
    lists::support(text.document, weights, &mut mentions);
    let mut figures: Vec<Figure> = Vec::new();
    let mut by_part: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let bias = weights.get("bias");
    let accepted = |m: &NameMention| m.score + bias > 0.0;
    let offices = Offices::new(text, mentions.iter().filter(|m| m.is_full() && accepted(m)));
    let titles = shared::titles(text, &offices, &mentions);
    let stands_in_office = |m: &NameMention| {
        m.score + bias > IN_OFFICE && (titles.contains_key(&m.begin) || !offices.beside(m.begin, m.end).is_empty())
    };
    for mention in mentions.iter().filter(|m| m.is_full() && (accepted(m) || stands_in_office(m))) {
        let candidates = mention.parts.iter().filter_map(|part| by_part.get(part)).flatten();
        let same = candidates
            .copied()
            .filter(|&idx| is_same(&figures[idx], mention, &text.document.gazetteer.short_forms))
            .max_by_key(|&idx| (figures[idx].parts[figures[idx].surname] == mention.parts[mention.surname], idx));
        let idx = same.unwrap_or_else(|| {
            figures.push(Figure::default());
            figures.len() - 1
        });
        add(&mut figures[idx], &offices, mention, &titles);
        for part in &figures[idx].parts {
            let of_part = by_part.entry(*part).or_default();
            if !of_part.contains(&idx) {
                of_part.push(idx);
            }
        }
    }
    let ends: Vec<usize> = figures.iter().map(|figure| figure.name.end - 1).collect();
    let begins: Vec<usize> = figures.iter().map(|figure| figure.name.start).collect();
    mentions.extend(later::words_as_names(text.document, &mentions, &ends, &begins));
    // "Ramos-Horta": a surname of two parts.
    for mention in mentions.iter().filter(|m| m.is_full() && !accepted(m) && !stands_in_office(m)) {
        let fits = by_part.get(&mention.parts[mention.surname]).into_iter().flatten().copied();
        let within = |idx: &usize| figures[*idx].parts.ends_with(&mention.parts);
        if let Some(idx) = fits.filter(within).max() {
            add(&mut figures[idx], &offices, mention, &titles);
        }
    }
    for mention in mentions.iter().filter(|m| !m.is_full() && !m.parts.is_empty()) {
        let known = by_part.get(&mention.parts[0]).and_then(|fits| nearest(&figures, fits, mention));
        let idx = match known {
            Some(idx) => idx,
            None if accepted(mention) || is_known_holder(text, mention, day) => {
                figures.push(Figure::default());
                let idx = figures.len() - 1;
                by_part.entry(mention.parts[0]).or_default().push(idx);
                idx
            }
            None => continue,
        };
        add(&mut figures[idx], &offices, mention, &titles);
    }
    finish(text, figures, day)
}

/// Whether a full name can be the person of `figure`: the same surname and no other given name, or one within the other.
fn is_same(figure: &Figure, mention: &NameMention, short_forms: &FxHashSet<(u64, u64)>) -> bool {
    if figure.senior != mention.senior {
        return false;
    }
    let (a, b) = (&figure.parts, &mention.parts);
    if let (Some(one), Some(other)) = (figure.gender, mention.gender)
        && one != other
        && figure.gender_sure
        && mention.gender_sure
    {
        return false;
    }
    let within = |short: &[u64], long: &[u64]| short.iter().all(|part| long.contains(part));
    if a.len() >= 2 && (within(a, b) || within(b, a)) {
        return true;
    }
    let surnames = a[figure.surname] == b[mention.surname];
    let (first_a, first_b) = (a[usize::from(figure.surname == 0)], b[usize::from(mention.surname == 0)]);
    let firsts = first_a == first_b || short_forms.contains(&(first_a, first_b));
    surnames && firsts && figure.surname.min(1) == mention.surname.min(1)
}

/// Of the people that share a part with a single name: surname before other parts, then the one mentioned last before it.
fn nearest(figures: &[Figure], fits: &[usize], mention: &NameMention) -> Option<usize> {
    let part = mention.parts[0];
    let gender_fits = |figure: &Figure| {
        !mention.gender_sure || figure.gender.is_none() || mention.gender.is_none() || figure.gender == mention.gender
    };
    let rank = |&idx: &usize| {
        let figure = &figures[idx];
        let by_surname = figure.parts[figure.surname] == part;
        // Whoever was called by the surname alone before keeps it; relatives are named in full.
        let called_so = by_surname && figure.mentions.iter().any(|m| m.len() == 1 && m.start < mention.begin);
        let before = figure.mentions.iter().rev().find(|m| m.start < mention.begin).map_or(0, |m| m.start + 1);
        (gender_fits(figure), by_surname, called_so, before, std::cmp::Reverse(idx))
    };
    fits.iter().copied().max_by_key(rank)
}

/// A lone surname that the table of holders knows, of someone who was in public life by then.
fn is_known_holder(text: &Text<'_, '_>, mention: &NameMention, day: Option<NaiveDate>) -> bool {
    let word = text.document.word(mention.begin);
    // "Obama" is a town too, but "Austin" more often than not.
    let free = match text.terms.covering(mention.begin) {
        None => true,
        Some(term) => {
            term.class == TermClass::Place && is_small_town(text, term) && text.places.at(term.begin).is_none()
        }
    };
    free && !word.is(Word::COMMON)
        && mention.score > KNOWN_HOLDER
        && mention.reasons.contains(&"one word")
        && holder_of(text, &mention.parts, mention.surname, day, &[]).is_some()
}

/// A place that few articles mean.
fn is_small_town(text: &Text<'_, '_>, term: Term) -> bool {
    let gazetteer = text.document.gazetteer;
    Terms::senses(text.document, term).all(|sense| match sense {
        Sense::City(idx) => gazetteer.cities[idx as usize].population < SMALL_TOWN,
        Sense::Region(_) => false,
        _ => true,
    })
}

/// Inhabitants of a town that is named after somebody less often than a person.
const SMALL_TOWN: u32 = 300_000;

/// A known holder's surname with less weight than this is something else.
const KNOWN_HOLDER: f32 = -3.5;

/// The holder with this surname: the one whose office is stated, or all who could be meant served one state, and the latest
/// who was in office by `day` is taken.
fn holder_of(
    text: &Text<'_, '_>,
    parts: &[u64],
    surname: usize,
    day: Option<NaiveDate>,
    roles: &[Role],
) -> Option<u32> {
    let gazetteer = text.document.gazetteer;
    let holders = &gazetteer.holders;
    let fits = gazetteer.holders_by_surname.get(parts.get(surname)?)?;
    let by_then = |idx: &u32| day.is_none_or(|day| holders[*idx as usize].from.is_none_or(|from| from <= day));
    let known: Vec<u32> = fits.iter().copied().filter(by_then).collect();
    // "President Bush": of all with this surname those who held that office.
    let stated = |idx: &u32| {
        let office = holders[*idx as usize].office.to_lowercase();
        let mut heads = roles.iter().filter_map(|role| Some(&gazetteer.offices[role.office? as usize].phrase));
        heads.any(|phrase| **phrase == office)
    };
    let in_office: Vec<u32> = known.iter().copied().filter(stated).collect();
    let meant = if in_office.is_empty() { known } else { in_office };
    let first = &holders[*meant.first()? as usize];
    let one_state = first.code.is_some() && meant.iter().all(|&idx| holders[idx as usize].code == first.code);
    let one_person = meant.iter().all(|&idx| holders[idx as usize].name == first.name);
    let latest = meant.iter().copied().max_by_key(|&idx| holders[idx as usize].from);
    latest.filter(|_| one_state || one_person)
}

fn add(figure: &mut Figure, offices: &Offices<'_, '_, '_>, mention: &NameMention, titles: &FxHashMap<usize, Role>) {
    let fuller = mention.parts.len() > figure.parts.len();
    if fuller {
        figure.parts.clone_from(&mention.parts);
        figure.surname = mention.surname;
        figure.name = mention.begin..mention.end;
        figure.reasons.clone_from(&mention.reasons);
    }
    if figure.gender.is_none() || (mention.gender_sure && !figure.gender_sure) {
        figure.gender = mention.gender.or(figure.gender);
        figure.gender_sure |= mention.gender_sure;
    }
    figure.holder = figure.holder.or(mention.holder);
    figure.senior |= mention.senior;
    figure.mentions.push(mention.begin..mention.end);
    figure.roles.extend(offices.beside(mention.begin, mention.end));
    figure.roles.extend(titles.get(&mention.begin).cloned());
}

/// The gender that a role shows: "his sister", "the congresswoman".
fn shown_gender(text: &Text<'_, '_>, role: &Role) -> Option<Gender> {
    let document = text.document;
    role.head.clone().find_map(|tok| {
        let of_women = document.text(tok).to_ascii_lowercase().ends_with("woman");
        let kin = document.word(tok).is(Word::KIN).then(|| document.word(tok).gender()).flatten();
        if of_women { Some(Gender::Female) } else { kin }
    })
}

fn finish(text: &Text<'_, '_>, mut figures: Vec<Figure>, day: Option<NaiveDate>) -> Cast {
    for figure in &mut figures {
        figure.mentions.sort_by_key(|m| m.start);
        figure.roles.sort_by_key(|role| role.begin);
        figure.roles.dedup();
        if !figure.gender_sure
            && let Some(gender) = figure.roles.iter().find_map(|role| shown_gender(text, role))
        {
            figure.gender = Some(gender);
            figure.gender_sure = true;
        }
        if figure.holder.is_none() && figure.parts.len() == 1 {
            figure.holder = holder_of(text, &figure.parts, figure.surname, day, &figure.roles);
        }
    }
    figures.sort_by_key(|figure| figure.mentions.first().map_or(0, |m| m.start));
    let mut at = FxHashMap::default();
    for (idx, figure) in figures.iter().enumerate() {
        for mention in &figure.mentions {
            let name = mention.start as u32..mention.end as u32;
            at.extend(name.clone().map(|tok| (tok, (idx as u32, name.clone()))));
        }
    }
    Cast { figures, at }
}

impl Figure {
    /// The office to show: the longest that is an office of state, else the first stated.
    pub(in crate::extract) fn main_role(&self, text: &Text<'_, '_>) -> Option<&Role> {
        // Of an official "the businessman" says nothing.
        let first = || self.roles.first().filter(|role| role.office.is_some() || !self.is_official(text));
        self.official_role(text).or_else(first)
    }

    /// The longest stated office of state.
    pub(in crate::extract) fn official_role(&self, text: &Text<'_, '_>) -> Option<&Role> {
        let official = self.roles.iter().filter(|role| role.is_official(text.document));
        official.max_by_key(|role| (role.end - role.begin, std::cmp::Reverse(role.begin)))
    }

    /// Whether they hold or held public office.
    pub(in crate::extract) fn is_official(&self, text: &Text<'_, '_>) -> bool {
        // A user's row with the office "-" says that somebody holds none.
        let holders = &text.document.gazetteer.holders;
        if self.holder.is_some_and(|idx| &*holders[idx as usize].office == "-") {
            return false;
        }
        self.holder.is_some() || self.roles.iter().any(|role| role.is_official(text.document))
    }

    /// The state served: from an office as stated, from the table of holders, else from what the article is about.
    pub(in crate::extract) fn country(&self, text: &Text<'_, '_>) -> Option<CountryCode> {
        let stated = self.roles.iter().filter(|role| role.is_official(text.document));
        if let Some(code) = stated.clone().find_map(|role| role.country) {
            return Some(code);
        }
        if stated.clone().any(|role| role.intergovernmental) {
            return None;
        }
        if let Some(holder) = self.holder {
            return text.document.gazetteer.holders[holder as usize].code;
        }
        let offices = &text.document.gazetteer.offices;
        let home =
            stated.clone().filter_map(|role| offices[role.office? as usize].home).find(|&code| text.mentions(code));
        let mut stated = stated.peekable();
        stated.peek()?;
        home.or_else(|| text.country_around(self.mentions.first()?.start))
    }
}
