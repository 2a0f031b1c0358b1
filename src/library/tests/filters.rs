//! Whatever the filter, the library answers what going through all articles one by one would.

use std::cmp::Reverse;

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::model::CountryMatch;

const CODES: [&str; 4] = ["SY", "RU", "US", "TV"];
const NAMES: [&str; 3] = ["Anna Lind", "Bo Ek", "Cho Li"];
const WORDS: [&str; 3] = ["talks", "border", "Élysée"];

/// An article in the test's own terms.
#[derive(Clone, Debug)]
struct Case {
    day: Option<u32>,
    countries: Vec<&'static str>,
    people: Vec<&'static str>,
    words: Vec<&'static str>,
    read: bool,
    starred: bool,
}

fn cases() -> impl Strategy<Value = Vec<Case>> {
    let some = |list: &'static [&'static str]| vec(select(list), 0..3);
    let case = (option::of(1..6_u32), some(&CODES), some(&NAMES), some(&WORDS), any::<bool>(), any::<bool>()).prop_map(
        |(day, countries, people, words, read, starred)| Case { day, countries, people, words, read, starred },
    );
    vec(case, 0..24)
}

fn filters() -> impl Strategy<Value = Filter> {
    let codes = |n| vec(select(&CODES[..]), 0..n).prop_map(|list| list.into_iter().map(code).collect::<Vec<_>>());
    let names =
        |n| vec(select(&NAMES[..]), 0..n).prop_map(|list| list.into_iter().map(str::to_owned).collect::<Vec<_>>());
    let how = || prop_oneof![Just(CountryMatch::All), Just(CountryMatch::Any)];
    let text = prop_oneof![3 => Just(""), 1 => Just("tal"), 1 => Just("ELYS bord")];
    let day = || option::of((1..6_u32).prop_map(date));
    let who = (codes(3), how(), codes(2), names(3), how(), names(2));
    (who, any::<bool>(), prop::bool::weighted(0.2), day(), day(), text).prop_map(
        |(
            (countries, country_match, without, people, people_match, without_people),
            unread,
            starred,
            since,
            until,
            text,
        )| {
            Filter {
                countries,
                country_match,
                without,
                people,
                without_people,
                people_match,
                unread,
                starred,
                since,
                until,
                text: text.to_owned(),
                ..Filter::default()
            }
        },
    )
}

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 8, day).unwrap()
}

fn passes(case: &Case, filter: &Filter) -> bool {
    let mentions = |wanted: &[String], there: &[&str], how| {
        let mut hits = wanted.iter().map(|one| there.contains(&one.as_str()));
        match how {
            CountryMatch::All => hits.all(|hit| hit),
            CountryMatch::Any => wanted.is_empty() || hits.any(|hit| hit),
        }
    };
    let texts = |codes: &[CountryCode]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
    let none = |unwanted: &[String], there: &[&str]| !unwanted.iter().any(|one| there.contains(&one.as_str()));
    let day = case.day.map(date);
    let word = |prefix: &str, word: &str| match prefix {
        "tal" => word == "talks",
        "bord" => word == "border",
        _ => word == "Élysée",
    };
    mentions(&texts(&filter.countries), &case.countries, filter.country_match)
        && mentions(&filter.people, &case.people, filter.people_match)
        && none(&texts(&filter.without), &case.countries)
        && none(&filter.without_people, &case.people)
        && !(filter.unread && case.read)
        && (case.starred || !filter.starred)
        && filter.since.is_none_or(|since| day.is_some_and(|day| day >= since))
        && filter.until.is_none_or(|until| day.is_some_and(|day| day <= until))
        && filter.text.split_whitespace().all(|prefix| case.words.iter().any(|there| word(prefix, there)))
}

fn stored(case: &Case, n: usize) -> (Article, Annotations) {
    let (mut article, mut found) = note(&format!("{:02}", n * 7 % 24), "", &case.countries.join(" "));
    article.published = case.day.map(date);
    article.body = format!("Nothing {}.", case.words.join(" "));
    found.people = case.people.iter().map(|name| official(name, "Envoy", "SE")).collect();
    (article, found)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_filter_leaves_what_going_through_all_articles_leaves(cases in cases(), filters in vec(filters(), 1..6)) {
        let (mut library, _folder) = library();
        let ids = add(&mut library, &cases.iter().enumerate().map(|(n, case)| stored(case, n)).collect::<Vec<_>>());
        for (id, case) in ids.iter().zip(&cases) {
            library.set_read(*id, case.read).unwrap();
            library.set_starred(*id, case.starred).unwrap();
        }
        for filter in filters {
            let mut left: Vec<_> = (0..cases.len()).filter(|n| passes(&cases[*n], &filter)).collect();
            let unread = left.iter().filter(|n| !cases[**n].read).count() as u64;
            let page = |sort, limit| {
                let rows = library.rows(&filter, sort, 0, limit).unwrap();
                rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
            };
            let of = |list: &[usize]| list.iter().map(|n| ids[*n]).collect::<Vec<_>>();
            // Before the whole list is known to the connection, and after.
            for limit in [100, 1000] {
                left.sort_by_key(|n| (Reverse(cases[*n].day), *n));
                prop_assert_eq!(page(Sort::DateDescending, limit), of(&left));
                left.sort_by_key(|n| (cases[*n].day.is_none(), cases[*n].day, *n));
                prop_assert_eq!(page(Sort::DateAscending, limit), of(&left));
                left.sort_by_key(|n| (*n * 7 % 24, *n));
                prop_assert_eq!(page(Sort::Outlet, limit), of(&left));
            }
            let counts = library.counts(&filter).unwrap();
            prop_assert_eq!((counts.matching, counts.unread_matching), (left.len() as u64, unread));
        }
        assert_sound(&library);
    }
}
