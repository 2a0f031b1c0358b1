//! Generated news: the same for the same number on every machine, with real countries, invented officials, quotes of
//! theirs, days over ten years, and a vocabulary whose words are as unevenly common as those of a language.

use std::sync::atomic::{AtomicBool, Ordering};

use attache::model::{
    Annotations, Article, Country, CountryCode, CountryMention, MentionKind, Person, Quote, QuoteKind, Span, Speaker,
};
use chrono::{Days, NaiveDate};

/// Code, name, demonym; those at the top are in the news most.
const COUNTRIES: &[(&str, &str, &str)] = &[
    ("US", "the United States", "American"),
    ("CN", "China", "Chinese"),
    ("RU", "Russia", "Russian"),
    ("UA", "Ukraine", "Ukrainian"),
    ("IL", "Israel", "Israeli"),
    ("GB", "the United Kingdom", "British"),
    ("FR", "France", "French"),
    ("DE", "Germany", "German"),
    ("IR", "Iran", "Iranian"),
    ("SY", "Syria", "Syrian"),
    ("IN", "India", "Indian"),
    ("TR", "Türkiye", "Turkish"),
    ("JP", "Japan", "Japanese"),
    ("KR", "South Korea", "South Korean"),
    ("SA", "Saudi Arabia", "Saudi"),
    ("EG", "Egypt", "Egyptian"),
    ("PK", "Pakistan", "Pakistani"),
    ("BR", "Brazil", "Brazilian"),
    ("ZA", "South Africa", "South African"),
    ("PL", "Poland", "Polish"),
    ("LB", "Lebanon", "Lebanese"),
    ("IQ", "Iraq", "Iraqi"),
    ("QA", "Qatar", "Qatari"),
    ("MX", "Mexico", "Mexican"),
    ("IT", "Italy", "Italian"),
    ("ES", "Spain", "Spanish"),
    ("NG", "Nigeria", "Nigerian"),
    ("ET", "Ethiopia", "Ethiopian"),
    ("KE", "Kenya", "Kenyan"),
    ("SD", "Sudan", "Sudanese"),
    ("VE", "Venezuela", "Venezuelan"),
    ("CA", "Canada", "Canadian"),
    ("AU", "Australia", "Australian"),
    ("ID", "Indonesia", "Indonesian"),
    ("PH", "the Philippines", "Filipino"),
    ("VN", "Vietnam", "Vietnamese"),
    ("TH", "Thailand", "Thai"),
    ("GR", "Greece", "Greek"),
    ("RS", "Serbia", "Serbian"),
    ("HU", "Hungary", "Hungarian"),
    ("RO", "Romania", "Romanian"),
    ("AR", "Argentina", "Argentine"),
    ("CO", "Colombia", "Colombian"),
    ("PE", "Peru", "Peruvian"),
    ("CL", "Chile", "Chilean"),
    ("AM", "Armenia", "Armenian"),
    ("AZ", "Azerbaijan", "Azerbaijani"),
    ("GE", "Georgia", "Georgian"),
    ("KZ", "Kazakhstan", "Kazakh"),
    ("MA", "Morocco", "Moroccan"),
    ("DZ", "Algeria", "Algerian"),
    ("TN", "Tunisia", "Tunisian"),
    ("LY", "Libya", "Libyan"),
    ("ML", "Mali", "Malian"),
    ("NE", "Niger", "Nigerien"),
    ("TD", "Chad", "Chadian"),
    ("RW", "Rwanda", "Rwandan"),
    ("UG", "Uganda", "Ugandan"),
    ("GH", "Ghana", "Ghanaian"),
    ("SN", "Senegal", "Senegalese"),
    ("FI", "Finland", "Finnish"),
    ("SE", "Sweden", "Swedish"),
    ("NO", "Norway", "Norwegian"),
    ("DK", "Denmark", "Danish"),
    ("NL", "the Netherlands", "Dutch"),
    ("BE", "Belgium", "Belgian"),
    ("CH", "Switzerland", "Swiss"),
    ("AT", "Austria", "Austrian"),
    ("NP", "Nepal", "Nepali"),
    ("LK", "Sri Lanka", "Sri Lankan"),
    ("BD", "Bangladesh", "Bangladeshi"),
    ("MM", "Myanmar", "Burmese"),
    ("KH", "Cambodia", "Cambodian"),
    ("MN", "Mongolia", "Mongolian"),
    ("NZ", "New Zealand", "New Zealand"),
    ("FJ", "Fiji", "Fijian"),
    ("TV", "Tuvalu", "Tuvaluan"),
];

const GIVEN: &[&str] = &[
    "Anna", "Omar", "Li", "Maria", "Ivan", "Fatima", "Kofi", "Yuki", "Pedro", "Leila", "Jonas", "Amina", "Tariq", "Eva",
];
const FAMILY_START: &[&str] = &["Al-Har", "Ko", "Ber", "Nak", "Ol", "San", "Ves", "Dar", "Mor", "Tu", "Pra", "Zel"];
const FAMILY_END: &[&str] =
    &["iri", "valenko", "gström", "amura", "eku", "toro", "elin", "wish", "ales", "rani", "dhan"];
const OFFICES: &[&str] = &[
    "foreign minister",
    "prime minister",
    "president",
    "defence minister",
    "government spokesperson",
    "deputy foreign minister",
    "ambassador",
    "finance minister",
];
const COMMON: &[&str] = &[
    "the",
    "of",
    "to",
    "and",
    "in",
    "a",
    "that",
    "for",
    "on",
    "with",
    "was",
    "is",
    "by",
    "from",
    "at",
    "it",
    "its",
    "has",
    "had",
    "be",
    "this",
    "which",
    "would",
    "have",
    "after",
    "not",
    "were",
    "said",
    "talks",
    "border",
    "agreement",
    "visit",
    "sanctions",
    "ceasefire",
    "summit",
    "security",
    "forces",
    "trade",
    "people",
    "officials",
    "region",
];
const SYLLABLES: &[&str] = &[
    "re", "con", "ta", "ment", "di", "pro", "ver", "tion", "ga", "lo", "mi", "per", "su", "na", "le", "cor", "ex",
    "ble",
];

/// A small generator of numbers (SplitMix64): the same on every machine.
pub(crate) struct Numbers(u64);

impl Numbers {
    /// Starts at `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `n`, all alike.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Below `n`, the small ones far more often: the k-th about as often as 1/k.
    pub(crate) fn uneven(&mut self, n: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        (((n + 1) as f64).powf(unit) - 1.0) as usize
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// The name of the `n`-th official.
pub(crate) fn official(n: usize) -> String {
    let given = GIVEN[n % GIVEN.len()];
    let start = FAMILY_START[n / GIVEN.len() % FAMILY_START.len()];
    let end = FAMILY_END[n / GIVEN.len() / FAMILY_START.len() % FAMILY_END.len()];
    format!("{given} {start}{end}")
}

/// The code of the `n`-th country by how often it is in the news.
pub(crate) fn country(n: usize) -> CountryCode {
    CountryCode::new(COUNTRIES[n % COUNTRIES.len()].0).expect("the table holds codes")
}

/// Whether articles are cut to two fifths of their usual length, so that a million of them fit a laptop's disk.
pub(crate) static SHORT: AtomicBool = AtomicBool::new(false);

/// The `n`-th article with what is truly in it.
pub(crate) fn article(n: u64) -> (Article, Annotations) {
    let mut writer =
        Writer { numbers: Numbers::new(n ^ 0xa77ac4e), body: String::new(), found: Annotations::default() };
    let numbers = &mut writer.numbers;
    let first_day = NaiveDate::from_ymd_opt(2015, 1, 1).expect("a day of the calendar");
    let published = first_day.checked_add_days(Days::new(numbers.below(3650) as u64));
    let paragraphs = if SHORT.load(Ordering::Relaxed) { 2 + numbers.below(4) } else { 4 + numbers.below(9) };
    let cast = 1 + numbers.below(4);
    let cast: Vec<usize> = (0..cast).map(|_| numbers.uneven(1500)).collect();
    let states: Vec<usize> = (0..2 + numbers.below(4)).map(|_| numbers.uneven(COUNTRIES.len())).collect();
    for paragraph in 0..paragraphs {
        if paragraph > 0 {
            writer.body.push_str("\n\n");
        }
        let state = writer.numbers.of(&states);
        writer.sentence(state);
        if writer.numbers.below(3) > 0 {
            let person = writer.numbers.of(&cast);
            writer.quote(person);
        }
        let state = writer.numbers.of(&states);
        writer.sentence(state);
    }
    let mut title = String::new();
    for _ in 0..6 + writer.numbers.below(4) {
        writer.numbers.word(&mut title);
    }
    let article = Article {
        source: format!("/news/{:03}/{n:07}.txt", n / 1000),
        title: Some(title.trim().to_owned()),
        published: published.filter(|_| !n.is_multiple_of(50)),
        language: Some("en".to_owned()),
        body: writer.body,
        ..Article::default()
    };
    (article, writer.found)
}

impl Numbers {
    /// A word, as unevenly common as those of a language, and a blank.
    pub(crate) fn word(&mut self, to: &mut String) {
        if self.below(2) == 0 {
            to.push_str(COMMON[self.uneven(COMMON.len())]);
        } else {
            let mut n = self.uneven(30_000) + SYLLABLES.len();
            while n > 0 {
                to.push_str(SYLLABLES[n % SYLLABLES.len()]);
                n /= SYLLABLES.len();
            }
        }
        to.push(' ');
    }
}

struct Writer {
    numbers: Numbers,
    body: String,
    found: Annotations,
}

impl Writer {
    fn write(&mut self, text: &str) -> Span {
        let start = self.body.len() as u32;
        self.body.push_str(text);
        Span::from((start, self.body.len() as u32))
    }

    fn words(&mut self, n: usize) {
        for _ in 0..n {
            self.numbers.word(&mut self.body);
        }
        self.body.pop();
    }

    fn sentence(&mut self, state: usize) {
        let (code, name, demonym) = COUNTRIES[state];
        let n = 8 + self.numbers.below(12);
        self.write("On Monday the ");
        let as_demonym = self.numbers.below(2) == 0;
        let (words, kind) = if as_demonym { (demonym, MentionKind::Demonym) } else { (name, MentionKind::Name) };
        let span = self.write(words);
        self.write(" ");
        self.words(n);
        self.write(" and ");
        self.words(n);
        self.write(". ");
        let code = CountryCode::new(code).expect("the table holds codes");
        let mention = CountryMention { span, kind };
        match self.found.countries.iter_mut().find(|country| country.code == code) {
            Some(country) => country.mentions.push(mention),
            None => self.found.countries.push(Country { code, name: name.to_owned(), mentions: vec![mention] }),
        }
    }

    fn quote(&mut self, person: usize) {
        let (state, office) = (person % COUNTRIES.len(), OFFICES[person % OFFICES.len()]);
        self.write("“");
        let start = self.body.len() as u32;
        let n = 10 + self.numbers.below(15);
        self.words(n);
        self.write(",");
        let span = Span::from((start, self.body.len() as u32));
        self.write("” ");
        let cue = self.write("said");
        self.write(" ");
        let name = official(person);
        let mention = self.write(&name);
        self.write(", the ");
        self.write(COUNTRIES[state].2);
        self.write(" ");
        self.write(office);
        self.write(". ");
        let people = &mut self.found.people;
        let index = people.iter().position(|known| known.name == name).unwrap_or_else(|| {
            people.push(Person {
                name: name.clone(),
                role: Some(office.to_owned()),
                country: CountryCode::new(COUNTRIES[state].0),
                official: true,
                mentions: Vec::new(),
            });
            people.len() - 1
        });
        people[index].mentions.push(mention);
        self.found.quotes.push(Quote {
            spans: vec![span],
            kind: QuoteKind::Direct,
            speaker: Some(Speaker { name, person: Some(index), mention }),
            cue: Some(cue),
            confidence: 0.9,
        });
    }
}
