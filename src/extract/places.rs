//! Which country each geographic term of a text stands for.
//!
//! Names with one meaning are settled by the tables. "Georgia" is settled by the words that speak for each of its senses;
//! "Tripoli" by the region or country that follows it, by the countries the article names, by its size; a town that is
//! also a word counts only where the text supports it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    document::Document,
    terms::{Term, TermClass, Terms},
};
use crate::{
    gazetteer::{Alternative, AlternativeSense, City, Region, Sense, TokenKind, Word, chain_hash},
    model::{CountryCode, MentionKind},
};

/// What a term stands for, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) code: CountryCode,
    pub(super) kind: MentionKind,
    /// Why, for `--explain`.
    pub(super) why: &'static str,
}

/// The country of every term that has one, in the order of [`Terms::all`].
pub(super) struct Places {
    of_term: Vec<Option<Place>>,
    at: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Places {
    pub(super) fn new(document: &Document<'_>, terms: &Terms) -> Self {
        let context = Context::new(document, terms);
        let mut of_term: Vec<Option<Place>> = terms.all.iter().map(|&term| context.resolve(term)).collect();
        agree(document, terms, &mut of_term);
        let mut at = vec![NONE; document.len()];
        for (idx, (term, place)) in terms.all.iter().zip(&of_term).enumerate() {
            if place.is_some() {
                at[term.begin..term.end].fill(idx as u32);
            }
        }
        Self { of_term, at }
    }

    /// What the term that covers `tok` stands for.
    pub(super) fn at(&self, tok: usize) -> Option<Place> {
        *self.of_term.get(*self.at.get(tok)? as usize)?
    }

    /// Leaves out what turned out to be part of somebody's name: `is_name` says it of a token.
    pub(super) fn forget_names(&mut self, terms: &Terms, is_name: impl Fn(usize) -> bool) {
        for (term, place) in terms.all.iter().zip(&mut self.of_term) {
            if place.is_some() && is_name(term.begin) {
                *place = None;
            }
        }
    }

    /// All terms with a country.
    pub(super) fn iter<'p>(&'p self, terms: &'p Terms) -> impl Iterator<Item = (Term, Place)> + 'p {
        terms.all.iter().zip(&self.of_term).filter_map(|(&term, &place)| Some((term, place?)))
    }
}

/// A city of so many inhabitants needs no support, though people bear its name too ("Houston").
const WELL_KNOWN: u32 = 1_000_000;

/// Why a town is settled beyond doubt: what follows it names its region or country.
const BY_WHAT_FOLLOWS: &str = "town, by what follows it";

/// "London, Ontario" settles every other "London" of the article.
fn agree(document: &Document<'_>, terms: &Terms, of_term: &mut [Option<Place>]) {
    let mut settled: FxHashMap<u64, CountryCode> = FxHashMap::default();
    for (&term, place) in terms.all.iter().zip(of_term.iter()) {
        if let Some(place) = place.filter(|place| place.why == BY_WHAT_FOLLOWS) {
            settled.entry(hash_of(document, term)).or_insert(place.code);
        }
    }
    if settled.is_empty() {
        return;
    }
    for (&term, place) in terms.all.iter().zip(of_term.iter_mut()) {
        if term.class == TermClass::Place
            && let Some(&code) = settled.get(&hash_of(document, term))
        {
            let kind = MentionKind::City;
            *place = Some(Place { code, kind, why: "town, as elsewhere in the article" });
        }
    }
}

/// What the whole article says about countries.
struct Context<'d, 'a> {
    document: &'d Document<'a>,
    terms: &'d Terms,
    /// How often each country is named, ambiguous names left out.
    named: FxHashMap<CountryCode, u32>,
    /// Chained hashes of the capitalized words of the text, one by one and in pairs.
    phrases: std::cell::OnceCell<FxHashSet<u64>>,
    /// What an ambiguous name stands for, decided once an article.
    decided: std::cell::RefCell<FxHashMap<u64, Option<AlternativeSense>>>,
}

impl<'d, 'a> Context<'d, 'a> {
    fn new(document: &'d Document<'a>, terms: &'d Terms) -> Self {
        let mut named: FxHashMap<CountryCode, u32> = FxHashMap::default();
        for &term in &terms.all {
            if alternatives(document, term).is_some() {
                continue;
            }
            for sense in Terms::senses(document, term) {
                let code = match sense {
                    Sense::Country(code) | Sense::Demonym(code) if term.class == TermClass::Country => code,
                    Sense::Region(idx) if !document.gazetteer.regions[idx as usize].ambiguous => {
                        document.gazetteer.regions[idx as usize].code
                    }
                    Sense::Blocker(Some(code)) => code,
                    _ => continue,
                };
                *named.entry(code).or_default() += 1;
                break;
            }
        }
        Self { document, terms, named, phrases: Default::default(), decided: Default::default() }
    }

    fn resolve(&self, term: Term) -> Option<Place> {
        if let Some(alternatives) = alternatives(self.document, term) {
            match self.choose(term, alternatives) {
                Some(AlternativeSense::Country(code)) => {
                    let demonym = Terms::senses(self.document, term).any(|s| matches!(s, Sense::Demonym(_)));
                    let kind = if demonym { MentionKind::Demonym } else { MentionKind::Name };
                    return Some(Place { code, kind, why: "ambiguous name, settled by the words around it" });
                }
                Some(AlternativeSense::Place(code)) => {
                    return Some(Place { code, kind: MentionKind::City, why: "ambiguous name, here a place" });
                }
                Some(AlternativeSense::Other) => return None,
                None => {}
            }
        }
        let mut senses = Terms::senses(self.document, term);
        let direct = senses.find_map(|sense| match sense {
            Sense::Country(code) => Some(Place { code, kind: MentionKind::Name, why: "name of a country" }),
            Sense::Demonym(code) => {
                Some(Place { code, kind: MentionKind::Demonym, why: "adjective or noun of nationality" })
            }
            Sense::Metonym(code, false) => Some(Place { code, kind: MentionKind::Metonym, why: "seat of power" }),
            Sense::Metonym(code, true) if self.named.contains_key(&code) => {
                Some(Place { code, kind: MentionKind::Metonym, why: "seat of power of a country the article names" })
            }
            Sense::Blocker(Some(code)) => {
                Some(Place { code, kind: MentionKind::City, why: "place with a country's name in it" })
            }
            _ => None,
        });
        match direct {
            Some(place) => Some(place),
            None if term.class == TermClass::Place => self.place(term),
            None => None,
        }
    }

    /// The best of the towns and regions that bear this name.
    fn place(&self, term: Term) -> Option<Place> {
        let document = self.document;
        let (region_after, country_after) = self.after_comma(term);
        let mut best: Option<(f32, CountryCode, &'static str)> = None;
        let mut consider = |score: f32, code: CountryCode, why: &'static str| {
            if best.is_none_or(|(top, ..)| score > top) {
                best = Some((score, code, why));
            }
        };
        let supported = self.is_supported(term);
        let is_word = (term.begin..term.end).all(|tok| document.word(tok).is(Word::COMMON));
        for sense in Terms::senses(document, term) {
            match sense {
                Sense::Region(idx) => {
                    let region = &document.gazetteer.regions[idx as usize];
                    let named = self.named.contains_key(&region.code);
                    if !region.ambiguous || named || supported {
                        let score = 14.0 + if named { 4.0 } else { 0.0 } - if region.ambiguous { 6.0 } else { 0.0 };
                        consider(score, region.code, "region of this country");
                    }
                }
                Sense::City(idx) => {
                    let city = &document.gazetteer.cities[idx as usize];
                    let by_region = region_after.is_some_and(|(name, code)| city.admin == name && city.code == code);
                    let by_code =
                        region_after.is_some_and(|(_, code)| city.code == code) || country_after == Some(city.code);
                    let contradicted = (region_after.is_some() || country_after.is_some()) && !by_region && !by_code;
                    let well_known = city.population >= WELL_KNOWN && !is_word;
                    if let Some(score) = self.score(city, supported || by_region || by_code || well_known) {
                        let bonus = if by_region {
                            20.0
                        } else if by_code {
                            12.0
                        } else {
                            0.0
                        };
                        let penalty = if contradicted { 8.0 } else { 0.0 };
                        let why = if by_region || by_code { BY_WHAT_FOLLOWS } else { "town" };
                        consider(score + bonus - penalty, city.code, why);
                    }
                }
                _ => {}
            }
        }
        // "Springfield, Ill.": a town that the tables do not hold there is still in that region.
        if let (Some((_, code)), Some((score, best_code, _))) = (region_after, best)
            && best_code != code
            && score < 25.0
        {
            return Some(Place { code, kind: MentionKind::City, why: BY_WHAT_FOLLOWS });
        }
        best.map(|(_, code, why)| Place { code, kind: MentionKind::City, why })
    }

    /// How well a town fits; `None` if it needs support that the text does not give.
    fn score(&self, city: &City, supported: bool) -> Option<f32> {
        let named = self.named.get(&city.code).copied().unwrap_or(0);
        let large = city.population >= 100_000;
        let fits = city.capital || (large && !city.weak) || supported || (named > 0 && !city.weak);
        fits.then(|| {
            let size = (city.population.max(1000) as f32).log10() * 2.0;
            let support = if named > 0 { 3.0 + (named.min(20) as f32).ln() } else { 0.0 };
            size + support + if city.capital { 3.0 } else { 0.0 }
        })
    }

    /// The region or country after a comma: "Springfield, Ill.", "Tripoli, Lebanon".
    fn after_comma(&self, term: Term) -> (Option<(u64, CountryCode)>, Option<CountryCode>) {
        let document = self.document;
        if document.text(term.end) != "," || document.opens_paragraph(term.end + 1) {
            return (None, None);
        }
        let next = term.end + 1;
        let regions = document.found(next).iter().filter_map(|found| match found.sense {
            Sense::Region(idx) | Sense::RegionShort(idx) => {
                Some((found.len, &document.gazetteer.regions[idx as usize]))
            }
            _ => None,
        });
        // "Orlando, Florida": of several Floridas the one that has such a town, or that is usually meant.
        let holds = |region: &Region| {
            Terms::senses(document, term).any(|sense| match sense {
                Sense::City(idx) => {
                    let city = &document.gazetteer.cities[idx as usize];
                    city.admin == region.name && city.code == region.code
                }
                _ => false,
            })
        };
        let region = regions
            .max_by_key(|(len, region)| (*len, holds(region), !region.ambiguous))
            .map(|(_, region)| (region.name, region.code));
        let country = document.find(next, |found| match found.sense {
            Sense::Country(code) => Some(code),
            _ => None,
        });
        (region, country.map(|(_, c)| c))
    }

    /// The words around a place name show that it is one: a preposition of place before it, a dateline, a comma and region.
    fn is_supported(&self, term: Term) -> bool {
        let document = self.document;
        let before = term.begin.wrapping_sub(1);
        let preposition = !document.opens_paragraph(term.begin)
            && document.is_any(
                before,
                &[
                    "in", "at", "near", "from", "to", "outside", "around", "into", "towards", "toward", "of",
                    "between", "across", "leaving", "visiting",
                ],
            );
        let dateline = document.opens_paragraph(term.begin)
            && (document.is_any(term.end, &["—", "–", "--", "("])
                || document.kind(term.end) == Some(TokenKind::Hyphen));
        let alone = !document.is_capitalized(term.end) || document.opens_paragraph(term.end);
        (preposition && alone) || dateline || self.after_comma(term) != (None, None)
    }

    /// The sense of a country's name that the town before its comma lies in.
    fn by_town_before(&self, term: Term, alternatives: &[Alternative]) -> Option<AlternativeSense> {
        let document = self.document;
        if term.begin < 2 || document.text(term.begin - 1) != "," {
            return None;
        }
        let town = self.terms.covering(term.begin - 2).filter(|t| t.class == TermClass::Place)?;
        let lies_in = |code: CountryCode| {
            Terms::senses(document, town).any(|sense| match sense {
                Sense::City(idx) => document.gazetteer.cities[idx as usize].code == code,
                _ => false,
            })
        };
        let fits = |a: &&Alternative| match a.sense {
            AlternativeSense::Country(code) | AlternativeSense::Place(code) => lies_in(code),
            AlternativeSense::Other => false,
        };
        alternatives.iter().find(fits).map(|alternative| alternative.sense)
    }

    /// Whether what speaks for a sense stands beside a term.
    fn stands_beside(&self, term: Term, alternative: &Alternative) -> bool {
        let mut found = FxHashSet::default();
        self.add_beside(term, &mut found);
        alternative.names.iter().chain(&alternative.words).any(|phrase| found.contains(phrase))
    }

    /// The phrases beside every occurrence of a name.
    fn phrases_beside(&self, key: u64) -> FxHashSet<u64> {
        let mut found = FxHashSet::default();
        for &term in self.terms.all.iter().filter(|&&term| hash_of(self.document, term) == key) {
            self.add_beside(term, &mut found);
        }
        found
    }

    /// Adds the phrases that stand within two words before a term, or begin within two after it.
    fn add_beside(&self, term: Term, found: &mut FxHashSet<u64>) {
        let document = self.document;
        let first = term.begin.saturating_sub(2).max(document.paragraph_start(term.begin));
        let last = (term.end + 2).min(document.paragraph_end(term.begin));
        for tok in (first..term.begin).chain(term.end..last) {
            let mut hash = 0;
            for token in document.tokens[tok..].iter().take(3) {
                hash = chain_hash(hash, token.hash);
                found.insert(hash);
            }
        }
    }

    /// What an ambiguous name stands for here; `None` leaves it to the other rules.
    fn choose(&self, term: Term, alternatives: &[Alternative]) -> Option<AlternativeSense> {
        let document = self.document;
        // "Atlanta, Georgia" and "Tbilisi, Georgia": the town before the comma decides.
        if let Some(fits) = self.by_town_before(term, alternatives) {
            return Some(fits);
        }
        // "Georgetown, Ky.": what follows decides, unless it is the next of a list ("Jordan, Lebanon and Syria").
        let place_in = |code: CountryCode| alternatives.iter().any(|a| a.sense == AlternativeSense::Place(code));
        match self.after_comma(term) {
            (Some((_, code)), _) if term.class == TermClass::Place || place_in(code) => {
                return Some(AlternativeSense::Place(code));
            }
            (None, Some(code)) if place_in(code) => return Some(AlternativeSense::Place(code)),
            _ => {}
        }
        let adjective = Terms::senses(document, term).any(|sense| matches!(sense, Sense::Demonym(_)));
        let is_word = |a: &Alternative| adjective && a.sense == AlternativeSense::Other;
        // "speaks Russian", "Polish language lessons": an adjective is a word of its own only beside what says so.
        if alternatives.iter().any(|a| is_word(a) && self.stands_beside(term, a)) {
            return Some(AlternativeSense::Other);
        }
        let key = hash_of(document, term);
        if let Some(&decided) = self.decided.borrow().get(&key) {
            return decided;
        }
        let phrases = self.phrases.get_or_init(|| phrases(document));
        let usually_country =
            alternatives.first().is_some_and(|first| matches!(first.sense, AlternativeSense::Country(_)));
        // "singer", "students" and "dinner" somewhere in an article say nothing; beside the name they do.
        let beside = std::cell::OnceCell::new();
        let weigh = |a: &Alternative| {
            let beside = || beside.get_or_init(|| self.phrases_beside(key));
            let words = if a.words.is_empty() { 0 } else { a.words.iter().filter(|w| beside().contains(w)).count() };
            // The adjective of the usual country speaks for it; that a neighbor is named says nothing.
            let usual = alternatives.first().map(|first| first.sense) == Some(a.sense);
            let own = match a.sense {
                AlternativeSense::Country(code) if usual => usize::from(self.named.contains_key(&code)),
                _ => 0,
            };
            // For a country to be a person or a club, even a name must stand beside it.
            let anywhere = !usually_country || a.sense != AlternativeSense::Other;
            let names =
                a.names.iter().filter(|name| if anywhere { phrases.contains(name) } else { beside().contains(name) });
            own + 2 * words + names.count()
        };
        let mut best: Option<(usize, &Alternative)> = None;
        for alternative in alternatives.iter().filter(|a| !is_word(a)) {
            let weight = weigh(alternative);
            if best.is_none_or(|(top, _)| weight > top) {
                best = Some((weight, alternative));
            }
        }
        // Without any evidence a town stays in doubt, and the other rules ask for support.
        let decided = best
            .filter(|(weight, best)| *weight > 0 || !matches!(best.sense, AlternativeSense::Place(_)))
            .map(|(_, alternative)| alternative.sense);
        self.decided.borrow_mut().insert(key, decided);
        decided
    }
}

/// The senses of an ambiguous name.
fn alternatives<'g>(document: &Document<'g>, term: Term) -> Option<&'g [Alternative]> {
    document.gazetteer.ambiguous.get(&hash_of(document, term)).map(Vec::as_slice)
}

fn hash_of(document: &Document<'_>, term: Term) -> u64 {
    document.tokens[term.begin..term.end].iter().fold(0, |hash, token| chain_hash(hash, token.hash))
}

/// The names of the text by which some sense of an ambiguous name can be recognized.
fn phrases(document: &Document<'_>) -> FxHashSet<u64> {
    let evidence = &document.gazetteer.evidence;
    let mut all = FxHashSet::default();
    for (tok, token) in document.tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Word) {
        if token.is_lower() && document.word(tok).is(Word::PARTICLE) {
            continue;
        }
        let mut hash = 0;
        for next in document.tokens[tok..].iter().take(3) {
            hash = chain_hash(hash, next.hash);
            if evidence.contains(&hash) {
                all.insert(hash);
            }
        }
    }
    all
}
