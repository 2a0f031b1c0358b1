//! What the language means, told by example.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::model::{Condition, CountryCode, Mark, Scope};

static GEOGRAPHY: LazyLock<Geography> = LazyLock::new(Geography::builtin);

fn read(text: &str) -> Query {
    parse(text, &GEOGRAPHY).unwrap_or_else(|error| panic!("{}", error.drawn(text)))
}

/// The mistake in a query: the words under the caret, and the message.
fn mistake(text: &str) -> (String, String) {
    let error = parse(text, &GEOGRAPHY).expect_err(text);
    (text[error.at.clone()].to_owned(), error.message)
}

#[test]
fn queries_are_read_and_printed_in_their_plainest_form() {
    for (written, plain) in [
        ("", "*"),
        ("*", "*"),
        ("red line", "red line"),
        ("\"red line\"", "\"red line\""),
        ("red AND line", "red line"),
        ("a or b c", "a or (b c)"),
        ("(a or b) c", "(a or b) c"),
        ("not a", "-a"),
        ("-(a b)", "not (a b)"),
        ("negot*", "negot*"),
        ("\"cease fi\"*", "\"cease fi\"*"),
        ("country:syria", "country:SY"),
        ("country:SY+RU", "country:SY country:RU"),
        ("country:SY,RU", "country:SY,RU"),
        ("country:\"South Korea\",Japan", "country:KR,JP"),
        ("-country:US", "-country:US"),
        ("Country:us", "country:US"),
        ("region:\"western asia\"", "region:\"Western Asia\""),
        ("group:nato", "group:NATO"),
        ("group:\"OPEC+\"", "group:\"OPEC+\""),
        ("group:G7,EU", "group:G7 or group:EU"),
        ("speaker:lavrov", "speaker:lavrov"),
        ("role:\"foreign minister\"", "role:\"foreign minister\""),
        ("says:\"red line\"", "says:\"red line\""),
        ("title:talk*", "title:talk*"),
        ("after:2025-07-01", "after:2025-07-01"),
        ("before:2025-07", "before:2025-07-01"),
        ("on:2025-02", "on:2025-02-01..2025-02-28"),
        ("on:2025-07-04", "on:2025-07-04"),
        ("last:2w", "last:14d"),
        ("is:unread has:quote", "is:unread has:quote"),
        ("al-Shara", "\"al-Shara\""),
        ("https://example.org/a", "\"https://example.org/a\""),
        ("“red line”", "\"red line\""),
        ("\"and\"", "\"and\""),
        ("(*)", "*"),
    ] {
        let query = read(written);
        assert_eq!(query.to_string(), plain, "{written}");
        assert_eq!(read(plain), query, "{written}");
    }
}

#[test]
fn a_mistake_is_shown_where_it_is_with_what_was_expected() {
    for (written, under, message) in [
        ("contry:SY", "contry:", "did you mean “country:”?"),
        ("qqqqq:SY", "qqqqq:", "expected one of country, region"),
        ("country:Syrai", "Syrai", "did you mean “Syria”?"),
        ("country:", "", "expected a country's name"),
        ("country:SY+", "", "expected a country's name"),
        ("country: SY", "", "directly after the colon"),
        ("country:NATO", "NATO", "expected group:"),
        ("country:Europe", "Europe", "expected region:"),
        ("group:NATTO", "NATTO", "did you mean “NATO”?"),
        ("peace (talks or", "", "ends too early"),
        ("peace (talks", "(", "never closed"),
        ("peace )", ")", "no parenthesis is open"),
        ("\"red line", "\"red line", "never closed"),
        ("a or", "", "ends too early"),
        ("or b", "or", "write \"or\""),
        ("is:unred", "unred", "did you mean “unread”?"),
        ("after:yesterday", "yesterday", "expected a day as 2025-07-01"),
        ("on:2025-02-30", "2025-02-30", "expected a day"),
        ("on:2025-03..2025-01", "2025-03..2025-01", "the earlier day first"),
        ("last:soon", "soon", "expected a number of days"),
        ("a*b", "*", "at the end of a word"),
        ("says:\"\"", "\"\"", "expected a word"),
        ("—", "—", "at least one letter"),
    ] {
        let (at, said) = mistake(written);
        assert_eq!(at, under, "{written}: {said}");
        assert!(said.contains(message), "{written}: {said}");
    }
    let deep = "(".repeat(10_000);
    assert!(mistake(&deep).1.contains("too"));
}

#[test]
fn the_caret_stands_under_the_mistake_whatever_the_letters() {
    let query = "中国 contry:SY";
    let error = parse(query, &GEOGRAPHY).unwrap_err();
    assert_eq!(error.cells(query), (5, 7));
    assert_eq!(error.drawn(query).lines().nth(1), Some("       ^^^^^^^"));
}

#[test]
fn names_bring_their_other_spellings() {
    let Query::Is(Condition::Words(Scope::Anywhere, words)) = read("al-Sharaa") else { panic!("words") };
    assert!(words.spellings.contains(&"Shara".to_owned()) && words.spellings.contains(&"Sharaa".to_owned()));
    let Query::Is(Condition::Speaker(name)) = read("speaker:\"volodymyr zelensky\"") else { panic!("a speaker") };
    assert!(name.spellings.contains(&"volodymyr Zelenskyy".to_owned()), "{name:?}");
}

#[test]
fn what_can_follow_is_offered() {
    let geography = &*GEOGRAPHY;
    let offered_of = |query: &str, known: &[&str]| -> Vec<String> {
        let known: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
        let blank = blank_at(query, query.len());
        offers(&blank, geography, &known)
            .into_iter()
            .map(|(text, _)| format!("{}{text}", &query[..blank.at.start]))
            .collect()
    };
    let offered = |query| offered_of(query, &[]);
    assert_eq!(offered("peace coun"), ["peace country:"]);
    assert_eq!(offered("country:syr"), ["country:SY"]);
    assert_eq!(offered("-country:RU+syr"), ["-country:RU+SY"]);
    assert_eq!(offered("is:un"), ["is:unread"]);
    assert_eq!(offered("group:\"arab l"), ["group:\"Arab League\""]);
    for typed in ["speaker:lav", "speaker:\"sergey la", "official:la", "tag:\"ser"] {
        let (key, _) = typed.split_once(':').unwrap();
        assert_eq!(offered_of(typed, &["Sergey Lavrov"]), [format!("{key}:\"Sergey Lavrov\"")]);
    }
    assert_eq!(offered_of("source:des", &["The Desk", "Deskman"]), ["source:\"The Desk\"", "source:Deskman"]);
    assert_eq!(offered_of("last:7", &["7d"]), [""; 0]);
    assert_eq!(offered("").first().map(String::as_str), Some("country:"));
}

fn queries() -> impl Strategy<Value = Query> {
    let code = |code| CountryCode::new(code).unwrap();
    let leaf = prop_oneof![
        Just(Query::All),
        "[a-zé' -]{1,8}[a-z]".prop_map(|text| read(&format!("\"{text}\""))),
        "[a-z]{1,6}".prop_map(|text| read(&format!("\"{text}\"*"))),
        "[a-z]{1,6}".prop_map(|text| read(&format!("says:\"{text}\""))),
        Just(Query::Is(Condition::Country(vec![code("SY"), code("RU")]))),
        Just(Query::Is(Condition::Mark(Mark::Unread))),
        (1..4000_u32).prop_map(|days| Query::Is(Condition::Last(days))),
        Just(read("group:EU")),
        Just(read("on:2025-03..2025-05")),
        Just(read("before:2025-03-01")),
        Just(read("speaker:\"not\"")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Query::and),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Query::or),
            inner.prop_map(|query| Query::Not(Box::new(query))),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_makes_it_panic_and_a_mistake_lies_inside_the_text(text in "(?s).{0,40}|[a-z:\"()*+,. -]{0,40}|(country|is|on|last|says|group):.{0,9}") {
        match parse(&text, &GEOGRAPHY) {
            Ok(query) => prop_assert_eq!(parse(&query.to_string(), &GEOGRAPHY), Ok(query)),
            Err(error) => {
                prop_assert!(text.get(error.at.clone()).is_some());
                error.drawn(&text);
            }
        }
    }

    #[test]
    fn completing_never_panics(text in "(?s).{0,20}|[a-z:\"()+, -]{0,20}", cursor in 0..24_usize) {
        let blank = blank_at(&text, cursor);
        prop_assert!(text.get(blank.at.clone()).is_some());
        offers(&blank, &GEOGRAPHY, &[]);
    }

    #[test]
    fn a_query_printed_and_read_is_the_same(query in queries()) {
        prop_assert_eq!(parse(&query.to_string(), &GEOGRAPHY), Ok(query));
    }
}
