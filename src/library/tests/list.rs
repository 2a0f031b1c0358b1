//! The list: order, pages, filters, counts.

use super::*;
use crate::{
    library::{CountryCount, Counts, OfficialCount, OrganizationCount},
    model::CountryMatch,
};

fn filled() -> (Library, TempDir, Vec<ArticleId>) {
    let (mut library, folder) = library();
    let mut articles = vec![
        note("b", "2025-08-02", "SY RU"),
        note("undated", "", "SY"),
        note("d", "2025-08-04", "US"),
        note("a", "2025-08-02", "SY US RU"),
        note("c", "2025-08-03", "RU"),
    ];
    articles[0].1.people = vec![official("Anna Lind", "Foreign Minister", "SE")];
    articles[3].1.people =
        vec![official("Anna Lind", "Envoy", "SE"), Person { official: false, ..official("Bo Ek", "Baker", "SE") }];
    articles[4].1.people = vec![official("Anna LIND", "Foreign Minister", "SE"), official("Cho Li", "Consul", "KR")];
    articles[4].1.organizations = vec![Organization { name: "United Nations".into(), mentions: Vec::new() }];
    let ids = add(&mut library, &articles);
    (library, folder, ids)
}

fn all() -> Filter {
    Filter::default()
}

fn of(countries: &str) -> Filter {
    Filter { countries: codes(countries), ..all() }
}

#[test]
fn the_newest_come_first_and_the_undated_last_in_either_direction() {
    let (library, _folder, _) = filled();
    assert_eq!(sources(&library, &all(), Sort::DateDescending), ["d", "c", "b", "a", "undated"]);
    assert_eq!(sources(&library, &all(), Sort::DateAscending), ["b", "a", "c", "d", "undated"]);
    assert_eq!(sources(&library, &all(), Sort::Outlet), ["a", "b", "c", "d", "undated"]);
    assert_eq!(sources(&library, &of("SY"), Sort::DateDescending), ["b", "a", "undated"]);
    assert_eq!(sources(&library, &of("SY"), Sort::DateAscending), ["b", "a", "undated"]);
    assert_eq!(sources(&library, &of("SY"), Sort::Outlet), ["a", "b", "undated"]);
}

#[test]
fn a_row_shows_what_the_list_shows() {
    let (mut library, _folder) = library();
    let id = add(&mut library, &[talks("talks.txt")])[0];
    library.set_starred(id, true).unwrap();
    let row = library.rows(&all(), Sort::default(), 0, 9).unwrap().remove(0);
    assert_eq!(
        (row.headline.as_str(), row.headline_derived, row.outlet.as_str()),
        ("Talks resume", false, "The Envoy")
    );
    assert_eq!((row.published, row.read, row.starred, row.n_quotes), (day("2025-08-04"), false, true, 1));
    // France is mentioned twice.
    assert_eq!(row.countries, codes("FR SE"));
}

#[test]
fn pages_laid_end_to_end_are_the_list() {
    let (mut library, _folder) = library();
    let many: Vec<_> = (0..1500)
        .map(|n| note(&format!("n{n}"), &format!("20{:02}-01-{:02}", n % 90 + 10, n % 28 + 1), "FR"))
        .collect();
    add(&mut library, &many);
    for sort in [Sort::DateDescending, Sort::DateAscending, Sort::Outlet] {
        for filter in [all(), of("FR")] {
            let ids = |offset, limit| {
                let rows = library.rows(&filter, sort, offset, limit).unwrap();
                rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
            };
            // Page by page before and after the whole list is known to the connection.
            let pages: Vec<_> = (0..1500).step_by(100).flat_map(|offset| ids(offset, 100)).collect();
            assert_eq!(pages, ids(0, 9999));
            assert_eq!(pages.len(), 1500);
            assert_eq!(ids(1499, 50), pages[1499..]);
            assert_eq!(ids(1500, 50), []);
            assert_eq!(ids(u64::MAX, usize::MAX), []);
            assert_eq!(library.index_of(&filter, sort, pages[777]).unwrap(), Some(777));
        }
    }
}

#[test]
fn a_filter_asks_for_all_or_any_of_the_countries_and_for_none_of_others() {
    let (library, _folder, _) = filled();
    let any = |countries| Filter { country_match: CountryMatch::Any, ..of(countries) };
    assert_eq!(newest(&library, &of("SY RU")), ["b", "a"]);
    assert_eq!(newest(&library, &of("SY RU US")), ["a"]);
    assert_eq!(newest(&library, &any("SY US")), ["d", "b", "a", "undated"]);
    assert_eq!(newest(&library, &any("SY ZZ")), ["b", "a", "undated"]);
    assert_eq!(newest(&library, &any("ZZ")), [""; 0]);
    assert_eq!(newest(&library, &of("SY ZZ")), [""; 0]);
    assert_eq!(newest(&library, &Filter { without: codes("RU ZZ"), ..all() }), ["d", "undated"]);
    assert_eq!(newest(&library, &Filter { without: codes("US"), ..of("SY") }), ["b", "undated"]);
    assert_eq!(newest(&library, &of("SY SY")), ["b", "a", "undated"]);
}

#[test]
fn a_filter_asks_for_people_in_any_spelling_and_for_organizations() {
    let (library, _folder, _) = filled();
    let with = |people: &[&str]| Filter { people: people.iter().map(|name| (*name).to_owned()).collect(), ..all() };
    assert_eq!(newest(&library, &with(&["anna lind"])), ["c", "b", "a"]);
    assert_eq!(newest(&library, &with(&["Anna Lind", "Cho Li"])), ["c"]);
    let any = Filter { people_match: CountryMatch::Any, ..with(&["Bo Ek", "Cho Li"]) };
    assert_eq!(newest(&library, &any), ["c", "a"]);
    assert_eq!(newest(&library, &Filter { countries: codes("SY"), ..with(&["Anna Lind"]) }), ["b", "a"]);
    assert_eq!(newest(&library, &Filter { without_people: vec!["Cho Li".into()], ..with(&["Anna Lind"]) }), ["b", "a"]);
    assert_eq!(newest(&library, &Filter { organizations: vec!["united nations".into()], ..all() }), ["c"]);
}

#[test]
fn a_filter_asks_for_days_inclusive_and_no_undated_article_is_in_a_range() {
    let (library, _folder, _) = filled();
    let since = Filter { since: day("2025-08-03"), ..all() };
    let until = Filter { until: day("2025-08-03"), ..all() };
    assert_eq!(newest(&library, &since), ["d", "c"]);
    assert_eq!(newest(&library, &until), ["c", "b", "a"]);
    assert_eq!(newest(&library, &Filter { since: day("2025-08-03"), ..until.clone() }), ["c"]);
    assert_eq!(newest(&library, &Filter { since: day("2025-08-04"), ..until.clone() }), [""; 0]);
    assert_eq!(newest(&library, &Filter { countries: codes("SY"), ..until }), ["b", "a"]);
}

#[test]
fn a_filter_asks_for_unread_and_starred_ones() {
    let (mut library, _folder, ids) = filled();
    let unread = Filter { unread: true, ..all() };
    let starred = Filter { starred: true, ..all() };
    assert_eq!(newest(&library, &unread).len(), 5);
    library.set_read(ids[0], true).unwrap();
    library.set_starred(ids[3], true).unwrap();
    library.set_starred(ids[2], true).unwrap();
    assert_eq!(newest(&library, &unread), ["d", "c", "a", "undated"]);
    assert_eq!(newest(&library, &Filter { unread: true, ..of("SY") }), ["a", "undated"]);
    assert_eq!(newest(&library, &starred), ["d", "a"]);
    assert_eq!(newest(&library, &Filter { starred: true, unread: true, ..of("SY") }), ["a"]);
    library.set_starred(ids[2], false).unwrap();
    library.set_read(ids[0], false).unwrap();
    assert_eq!(newest(&library, &starred), ["a"]);
    assert_eq!(newest(&library, &unread).len(), 5);
}

#[test]
fn words_are_looked_for_in_headline_and_body_with_case_and_accents_folded() {
    let (mut library, _folder) = library();
    let (mut article, found) = note("erdogan.txt", "", "TR");
    article.title = Some("Erdoğan in Ankara".to_owned());
    article.body = "He spoke of Shara'a and “red lines”. Élysée.".to_owned();
    add(&mut library, &[(article, found), talks("talks.txt")]);
    for text in ["Erdogan", "erdo", "ÉLYS", "elysee ankara", "shara'a", "red line", "“red", "e"] {
        assert_eq!(newest(&library, &Filter { text: text.into(), ..all() }), ["erdogan.txt"], "{text}");
    }
    assert_eq!(newest(&library, &Filter { text: "erdo talk".into(), ..all() }), [""; 0]);
    assert_eq!(newest(&library, &Filter { text: "talk".into(), ..of("SE") }), ["talks.txt"]);
    assert_eq!(newest(&library, &Filter { text: " — ".into(), ..all() }).len(), 2);
}

#[test]
fn nothing_a_user_can_type_is_an_error() {
    let (library, _folder, _) = filled();
    for text in
        ["\"", "a\" OR \"b", "NEAR(", "*", "^a", "{x}: y", "a AND", "-a", "\0", "ⅷ", "\u{300}", "a\u{0}b", "x:y", "𝒳"]
    {
        let filter = Filter { text: text.into(), ..all() };
        assert!(library.rows(&filter, Sort::Outlet, 0, 9).is_ok(), "{text:?}");
        assert!(library.counts(&filter).is_ok(), "{text:?}");
    }
}

#[test]
fn the_counts_are_exact_whatever_is_read_and_by_whom() {
    let (mut library, _folder, ids) = filled();
    let counts = |library: &Library, filter: &Filter| {
        let Counts { matching, unread_matching, total, .. } = library.counts(filter).unwrap();
        (matching, unread_matching, total)
    };
    assert_eq!(counts(&library, &all()), (5, 5, 5));
    assert_eq!(counts(&library, &of("SY")), (3, 3, 5));
    library.set_read(ids[0], true).unwrap();
    library.set_read(ids[0], true).unwrap();
    assert_eq!(counts(&library, &all()), (5, 4, 5));
    assert_eq!(counts(&library, &of("SY")), (3, 2, 5));
    library.set_read(ids[1], true).unwrap();
    assert_eq!(counts(&library, &of("SY")), (3, 1, 5));
    let mut other = Library::open(library.path()).unwrap();
    assert_eq!(other.mark_all_read(&of("RU")).unwrap(), 2);
    assert_eq!(counts(&library, &of("SY")), (3, 0, 5));
    assert_eq!(counts(&library, &Filter { unread: true, ..all() }), (1, 1, 5));
    other.set_read(ids[3], false).unwrap();
    assert_eq!(counts(&library, &of("SY")), (3, 1, 5));
    assert_eq!(counts(&library, &of("ZZ")), (0, 0, 5));
    assert_eq!(library.mark_all_read(&all()).unwrap(), 2);
    assert_eq!(counts(&library, &all()), (5, 0, 5));
    assert_sound(&library);
}

#[test]
fn what_another_process_adds_is_in_the_list_at_once() {
    let (library, _folder, _) = filled();
    assert_eq!(library.counts(&of("SY")).unwrap().matching, 3);
    let mut other = Library::open(library.path()).unwrap();
    add(&mut other, &[note("new", "2025-09-01", "SY")]);
    assert_eq!(newest(&library, &of("SY")), ["new", "b", "a", "undated"]);
    assert_eq!(library.counts(&of("SY")).unwrap().matching, 4);
}

#[test]
fn countries_officials_and_organizations_are_counted_over_the_articles_a_filter_leaves() {
    let (library, _folder, _) = filled();
    let countries = |filter: &Filter| {
        let countries = library.countries(filter).unwrap();
        countries
            .into_iter()
            .map(|CountryCount { code, n_articles, .. }| format!("{code}{n_articles}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(countries(&all()), ["RU3", "SY3", "US2"]);
    assert_eq!(countries(&of("US")), ["US2", "RU1", "SY1"]);
    let lind = |n_articles| OfficialCount {
        name: "Anna Lind".into(),
        role: Some("Foreign Minister".into()),
        country: Some(code("SE")),
        n_articles,
    };
    let li =
        OfficialCount { name: "Cho Li".into(), role: Some("Consul".into()), country: Some(code("KR")), n_articles: 1 };
    assert_eq!(library.officials(&all(), 9).unwrap(), [lind(3), li.clone()]);
    assert_eq!(library.officials(&of("RU"), 9).unwrap(), [lind(3), li]);
    assert_eq!(library.officials(&of("SY"), 1).unwrap(), [lind(2)]);
    let un = OrganizationCount { name: "United Nations".into(), n_articles: 1 };
    assert_eq!(library.organizations(&all(), 9).unwrap(), std::slice::from_ref(&un));
    assert_eq!(library.organizations(&of("RU"), 9).unwrap(), [un]);
    assert_eq!(library.organizations(&of("SY"), 9).unwrap(), []);
}

#[test]
fn a_first_page_of_common_words_is_how_the_list_begins() {
    let (mut library, _folder) = library();
    let many: Vec<_> = (0..400)
        .map(|n| {
            let (mut article, found) = note(&format!("{n:03}"), &format!("2025-{:02}-11", n % 12 + 1), "FR");
            article.body.push_str(if n % 7 < 3 { " Talks went on." } else { " Nothing new." });
            article.body.push_str(if n % 40 == 0 { " Rare." } else { "" });
            (article, found)
        })
        .collect();
    add(&mut library, &many);
    let with = |text: &str| Filter { text: text.into(), countries: codes("FR"), ..Filter::default() };
    for sort in [Sort::DateDescending, Sort::DateAscending] {
        for text in ["talks", "tal", "talks went"] {
            let (rows, counts) = library.first_page_of(&with(text), sort, 0).unwrap().unwrap();
            assert!(rows.len() >= 50 && counts.at_least && counts.total == 400, "{counts:?}");
            let other = Library::open(library.path()).unwrap();
            assert_eq!(rows, other.rows(&with(text), sort, 0, rows.len()).unwrap(), "{text}");
            assert!(counts.matching <= other.counts(&with(text)).unwrap().matching);
        }
    }
    // Rare words, no words, other orders and few articles are asked for as ever.
    assert_eq!(library.first_page_of(&with("rare"), Sort::DateDescending, 0).unwrap(), None);
    assert_eq!(library.first_page_of(&with(""), Sort::DateDescending, 0).unwrap(), None);
    assert_eq!(library.first_page_of(&with("talks"), Sort::Outlet, 0).unwrap(), None);
    assert_eq!(library.first_page(&with("talks"), Sort::DateDescending).unwrap(), None);
    library.counts(&with("talks")).unwrap();
    assert_eq!(library.first_page_of(&with("talks"), Sort::DateDescending, 0).unwrap(), None, "it is remembered");
}
