//! What the record of `docs/record.schema.json` promises beyond types, on the samples and on any text.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{collections::BTreeSet, path::Path, sync::LazyLock};

use attache::{
    export::Record,
    extract::extract,
    gazetteer::Gazetteer,
    ingest::{self, Limits},
    model::Article,
};
use proptest::prelude::*;
use serde_json::Value;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::builtin);

#[test]
fn the_promises_hold_on_every_sample() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let inputs = ingest::inputs(&[folder]);
    assert!(inputs.len() >= 8);
    for input in inputs {
        for article in ingest::read(&input.unwrap(), &Limits::default()).unwrap().articles {
            let n_mentions = keeps_its_promises(&article);
            assert!(n_mentions > 20, "{}: only {n_mentions} places", article.source);
        }
    }
}

proptest! {
    #[test]
    fn the_promises_hold_on_any_text(body in "\\PC{0,300}") {
        keeps_its_promises(&Article { body, ..Article::default() });
    }

    #[test]
    fn the_promises_hold_on_text_that_is_nearly_news(words in proptest::collection::vec(0..WORDS.len(), 0..80)) {
        let body: String = words.iter().map(|&word| WORDS[word]).collect();
        keeps_its_promises(&Article { body, ..Article::default() });
    }
}

#[test]
fn the_promises_hold_on_a_text_of_one_verb() {
    for body in ["words", "says", "reports rose.", "said"] {
        keeps_its_promises(&Article { body: body.to_owned(), ..Article::default() });
    }
}

/// Out of these, text comes that has everything the engine looks for, in every wrong order.
const WORDS: &[&str] = &[
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "«",
    "»",
    ",",
    ". ",
    "; ",
    ": ",
    " — ",
    "\n\n",
    "… ",
    "(",
    ")",
    "-",
    " ",
    " ",
    "said",
    " said",
    " told ",
    " according to ",
    " he ",
    "She ",
    " who ",
    " that ",
    " the ",
    "The ",
    " of ",
    " and ",
    "Foreign Minister ",
    "President ",
    "ministre ",
    " spokesman ",
    "Anna Lind",
    " Lind",
    "Zoë Müller",
    "al-Shaibani",
    "Đặng Thị Lan",
    "Syria",
    "Syrian ",
    "Côte d'Ivoire",
    "the Kremlin",
    "Aleppo",
    "U.S. ",
    "UN",
    "United Nations ",
    "We will wait",
    "no",
    "🇫🇷",
    "友達",
    "e\u{301}",
    "\u{200f}سوريا",
];

/// Checks one record; answers how many places it names.
fn keeps_its_promises(article: &Article) -> usize {
    let found = extract(&GAZETTEER, article);
    let record: Value = serde_json::from_str(&Record::new(article, &found).to_json()).unwrap();
    let body: Vec<char> = record["body"].as_str().unwrap().chars().collect();
    let words = |start: u64, end: u64| -> String {
        assert!(start < end, "an empty place: {start}..{end}");
        body[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()].iter().collect()
    };

    let mut n_mentions = 0;
    each_mention(&record, &mut |mention| {
        n_mentions += 1;
        assert_eq!(words(number(&mention["start"]), number(&mention["end"])), mention["text"].as_str().unwrap());
    });

    let people = list(&record["people"]);
    let mut last_start = 0;
    for quote in list(&record["quotes"]) {
        let spans: Vec<(u64, u64)> =
            list(&quote["spans"]).iter().map(|span| (number(&span[0]), number(&span[1]))).collect();
        assert!(!spans.is_empty() && spans.is_sorted_by(|a, b| a.1 <= b.0), "{spans:?}");
        assert!(spans[0].0 >= last_start, "quotes out of order");
        last_start = spans[0].0;
        let text: Vec<String> = spans.iter().map(|&(start, end)| words(start, end)).collect();
        assert_eq!(quote["text"].as_str().unwrap(), text.join(" "));
        let confidence = quote["confidence"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&confidence));
        if let Some(person) = quote["speaker"]["person"].as_u64() {
            assert_eq!(quote["speaker"]["name"], people[usize::try_from(person).unwrap()]["name"]);
        }
    }

    for kind in ["people", "countries", "organizations"] {
        let firsts: Vec<u64> = list(&record[kind]).iter().map(|found| number(&found["mentions"][0]["start"])).collect();
        assert!(firsts.is_sorted(), "{kind} are not in the order of their first mention");
        for found in list(&record[kind]) {
            let starts: Vec<u64> = list(&found["mentions"]).iter().map(|mention| number(&mention["start"])).collect();
            assert!(starts.is_sorted(), "mentions of {} are out of order", found["name"]);
        }
    }
    let codes: Vec<&Value> = list(&record["countries"]).iter().map(|country| &country["code"]).collect();
    assert_eq!(codes.iter().map(|code| code.as_str().unwrap()).collect::<BTreeSet<_>>().len(), codes.len());
    n_mentions
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

/// Calls `seen` with every object that has a start, an end, and a text.
fn each_mention(value: &Value, seen: &mut impl FnMut(&Value)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each_mention(item, seen)),
        Value::Object(fields) => {
            if ["start", "end", "text"].iter().all(|name| fields.contains_key(*name)) {
                seen(value);
            }
            fields.values().for_each(|field| each_mention(field, seen));
        }
        _ => {}
    }
}
