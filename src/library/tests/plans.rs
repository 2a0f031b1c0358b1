//! How SQLite goes about a filter: along a tree that is in the order of the list, never sorting what it found.

use super::*;
use crate::{library::conditions::Plan, model::CountryMatch};

fn plan(library: &Library, filter: &Filter, sort: Sort) -> String {
    let plan = Plan::new(&library.connection, filter, false).unwrap().unwrap();
    let parts = plan.in_order(sort);
    let mut steps = String::new();
    for sql in parts.into_iter().flat_map(|part| part.queries) {
        let mut query = library.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql} LIMIT 50")).unwrap();
        let mut rows = query.query(rusqlite::params_from_iter(plan.values())).unwrap();
        while let Some(row) = rows.next().unwrap() {
            steps.push_str(&format!("{}\n", row.get::<_, String>("detail").unwrap()));
        }
    }
    steps
}

#[test]
fn no_filter_by_subject_day_or_mark_sorts_what_it_finds() {
    let (mut library, _folder) = library();
    add(&mut library, &[talks("talks.txt"), note("b", "2025-01-01", "FR DE")]);
    let se = Filter { countries: codes("SE"), ..Filter::default() };
    for filter in [
        Filter::default(),
        se.clone(),
        Filter { countries: codes("SE FR"), ..Filter::default() },
        Filter { countries: codes("SE FR DE"), country_match: CountryMatch::Any, ..Filter::default() },
        Filter { without: codes("DE"), ..se.clone() },
        Filter { people: vec!["Anna Lind".into()], since: day("2024-01-01"), ..se.clone() },
        Filter { unread: true, ..Filter::default() },
        Filter { starred: true, unread: true, ..se.clone() },
        Filter { since: day("2024-01-01"), until: day("2025-01-01"), ..Filter::default() },
        Filter { text: "talk".into(), unread: true, ..se },
    ] {
        let steps = plan(&library, &filter, Sort::DateDescending);
        assert!(!steps.contains("TEMP B-TREE") && !steps.contains("SCAN article\n"), "{filter:?}\n{steps}");
    }
    let steps = plan(&library, &Filter::default(), Sort::Outlet);
    assert!(!steps.contains("TEMP B-TREE"), "{steps}");
}

#[test]
fn one_article_is_looked_at_by_its_number_whatever_the_filter() {
    let (mut library, _folder) = library();
    add(&mut library, &[talks("talks.txt"), note("b", "2025-01-01", "FR DE")]);
    let filter = Filter {
        countries: codes("SE FR"),
        people: vec!["Anna Lind".into()],
        without: codes("DE"),
        since: day("2024-01-01"),
        unread: true,
        starred: true,
        ..Filter::default()
    };
    let (sql, _) = Plan::of_one(&library.connection, &filter).unwrap().unwrap();
    let mut query = library.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let steps: Vec<String> = query.query_map([1], |row| row.get("detail")).unwrap().map(Result::unwrap).collect();
    assert!(steps[0].contains("USING INTEGER PRIMARY KEY"), "{steps:?}");
    assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{steps:?}");
}
