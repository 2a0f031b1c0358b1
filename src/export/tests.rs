//! What is written out, on made-up articles.

use std::num::NonZeroI64;

use chrono::{DateTime, NaiveDate};

use super::{Citation, Format, Record, write_bookmarks};
use crate::model::{
    Anchor, Annotations, Article, Bookmark, BookmarkId, Country, CountryCode, CountryMention, MentionKind,
    Organization, Person, Quote, QuoteKind, Span, Speaker,
};

fn bookmark() -> Bookmark {
    Bookmark {
        id: BookmarkId(NonZeroI64::new(7).unwrap()),
        article: None,
        quote: "We will *not* wait for a_map".to_owned(),
        anchor: Anchor {
            exact: "We will *not* wait for a_map".to_owned(),
            prefix: "“".to_owned(),
            suffix: "”, she said".to_owned(),
            position: Span::from((3, 31)),
        },
        speaker: Some("Anna Lind".to_owned()),
        role: Some("Foreign Minister".to_owned()),
        country: CountryCode::new("SE"),
        note: "compare with June".to_owned(),
        source: "press/lind.txt".to_owned(),
        outlet: Some("The Harbour Post".to_owned()),
        url: Some("https://example.org/lind?a=1".to_owned()),
        headline: "Ministers meet".to_owned(),
        published: NaiveDate::from_ymd_opt(2025, 8, 4),
        created: DateTime::from_timestamp(1_754_300_000, 0).unwrap(),
    }
}

fn bare() -> Bookmark {
    Bookmark {
        speaker: None,
        role: None,
        country: None,
        note: String::new(),
        outlet: None,
        url: None,
        published: None,
        ..bookmark()
    }
}

fn written(bookmarks: &[Bookmark], format: Format) -> String {
    let mut out = Vec::new();
    write_bookmarks(bookmarks, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_citation_names_speaker_office_country_headline_outlet_day_and_address() {
    assert_eq!(
        Citation::from(&bookmark()).to_string(),
        "“We will *not* wait for a_map” — Anna Lind, Foreign Minister (SE), “Ministers meet”, The Harbour Post, \
         4 August 2025, https://example.org/lind?a=1"
    );
}

#[test]
fn a_citation_leaves_out_what_nobody_knows() {
    assert_eq!(
        Citation::from(&bare()).to_string(),
        "“We will *not* wait for a_map” — “Ministers meet”, press/lind.txt"
    );
}

#[test]
fn text_is_a_citation_and_the_note_each_apart_by_a_blank_line() {
    let text = written(&[bookmark(), bare()], Format::Text);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("“We will *not*"));
    assert_eq!(lines[1..3], ["    compare with June", ""]);
    assert!(lines[3].ends_with("press/lind.txt"));
    assert_eq!(lines.len(), 4);
}

#[test]
fn text_holds_nothing_that_acts_on_a_terminal() {
    let evil = Bookmark { note: "a\x1b[2Jb\r\nc\x07".to_owned(), quote: "x\x1b]52;c;AA\x07".to_owned(), ..bookmark() };
    assert!(!written(&[evil], Format::Text).contains(|c: char| c.is_control() && c != '\n'));
}

#[test]
fn markdown_quotes_links_and_escapes_what_the_article_says() {
    assert_eq!(
        written(&[bookmark()], Format::Markdown),
        "> “We will \\*not\\* wait for a\\_map”\n>\n> — Anna Lind, Foreign Minister (SE), \
         [“Ministers meet”](<https://example.org/lind?a=1>), The Harbour Post, 4 August 2025\n\ncompare with June\n"
    );
}

#[test]
fn markdown_links_only_to_the_web_and_never_out_of_its_brackets() {
    let script = Bookmark { url: Some("javascript:alert(1)".to_owned()), ..bookmark() };
    assert!(!written(&[script], Format::Markdown).contains("]("));
    let broken_out = Bookmark { url: Some("https://example.org/>)\n# owned".to_owned()), ..bookmark() };
    assert!(written(&[broken_out], Format::Markdown).contains("(<https://example.org/%3E)%20#%20owned>)"));
}

#[test]
fn markdown_keeps_a_quote_of_several_paragraphs_in_its_block() {
    let long = Bookmark { quote: "One.\n\nTwo.".to_owned(), ..bare() };
    assert!(written(&[long], Format::Markdown).starts_with("> “One.\n>\n> Two.”\n>\n> — “Ministers meet”"));
}

#[test]
fn csv_gives_a_row_each_that_reads_back_the_same() {
    let tricky = Bookmark { quote: "He said \"no\", then\nleft; é".to_owned(), ..bookmark() };
    let table = written(&[tricky.clone(), bare()], Format::Csv);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let heading = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| rows[row].get(heading.iter().position(|n| n == name).unwrap()).unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(cell(0, "quote"), tricky.quote);
    assert_eq!(cell(0, "country"), "SE");
    assert_eq!(cell(0, "published"), "2025-08-04");
    assert_eq!(cell(1, "speaker"), "");
}

#[test]
fn csv_lets_no_cell_begin_a_formula() {
    for evil in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
        let one = Bookmark { quote: evil.to_owned(), speaker: Some(evil.to_owned()), ..bookmark() };
        let table = written(&[one], Format::Csv);
        let row = csv::Reader::from_reader(table.as_bytes()).records().next().unwrap().unwrap();
        assert_eq!((&row[1], &row[2]), (format!("'{evil}").as_str(), format!("'{evil}").as_str()));
    }
}

#[test]
fn json_is_one_object_a_line() {
    let lines = written(&[bookmark(), Bookmark { note: "two\nlines".to_owned(), ..bare() }], Format::Json);
    let objects: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[0]["schema"], 1);
    assert_eq!(objects[0]["id"], 7);
    assert_eq!(objects[0]["country"], "SE");
    assert_eq!(objects[0]["published"], "2025-08-04");
    assert_eq!(objects[0]["anchor"]["suffix"], "”, she said");
    assert_eq!(objects[1]["note"], "two\nlines");
    assert!(objects[1]["speaker"].is_null());
}

#[test]
fn no_bookmarks_are_an_empty_file_or_a_bare_heading() {
    for format in [Format::Text, Format::Json, Format::Markdown] {
        assert_eq!(written(&[], format), "");
    }
    assert_eq!(written(&[], Format::Csv).lines().count(), 1);
}

/// An article with characters of one to four bytes before and within every mention.
fn annotated() -> (Article, Annotations) {
    let body = "Élysée 🇫🇷: “Ça va, 友達”, said Zoë Müller, the ministre, and «𝔊ut» she told the UN.";
    let span = |words: &str| {
        let start = body.find(words).unwrap();
        Span::new(body, start..start + words.len()).unwrap()
    };
    let found = Annotations {
        quotes: vec![Quote {
            spans: vec![span("Ça va, 友達"), span("𝔊ut")],
            kind: QuoteKind::Direct,
            speaker: Some(Speaker { name: "Zoë Müller".to_owned(), person: Some(0), mention: span("the ministre") }),
            cue: Some(span("said")),
            confidence: 0.97,
        }],
        people: vec![Person {
            name: "Zoë Müller".to_owned(),
            role: Some("ministre".to_owned()),
            country: CountryCode::new("FR"),
            official: true,
            mentions: vec![span("Zoë Müller"), span("the ministre")],
        }],
        countries: vec![Country {
            code: CountryCode::new("FR").unwrap(),
            name: "France".to_owned(),
            mentions: vec![CountryMention { span: span("Élysée"), kind: MentionKind::Metonym }],
        }],
        organizations: vec![Organization { name: "United Nations".to_owned(), mentions: vec![span("UN")] }],
    };
    (Article { source: "a.txt".to_owned(), body: body.to_owned(), ..Article::default() }, found)
}

#[test]
fn in_the_record_every_offset_counts_code_points() {
    let (article, found) = annotated();
    let line = Record::new(&article, &found).to_json();
    assert!(!line.contains('\n'));
    let record: serde_json::Value = serde_json::from_str(&line).unwrap();
    let body: Vec<char> = record["body"].as_str().unwrap().chars().collect();
    let mut n_mentions = 0;
    each_mention(&record, &mut |start, end, text| {
        n_mentions += 1;
        assert_eq!(body[start..end].iter().collect::<String>(), text);
    });
    assert_eq!(n_mentions, 6);
    let spans = record["quotes"][0]["spans"].as_array().unwrap();
    let words = spans.iter().map(|span| {
        let at = |idx: usize| usize::try_from(span[idx].as_u64().unwrap()).unwrap();
        body[at(0)..at(1)].iter().collect::<String>()
    });
    assert_eq!(words.collect::<Vec<_>>().join(" "), record["quotes"][0]["text"].as_str().unwrap());
}

/// Calls `seen` with every object that has a start, an end, and a text.
fn each_mention(value: &serde_json::Value, seen: &mut impl FnMut(usize, usize, &str)) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| each_mention(item, seen)),
        serde_json::Value::Object(fields) => {
            if let (Some(start), Some(end), Some(text)) =
                (value["start"].as_u64(), value["end"].as_u64(), value["text"].as_str())
            {
                seen(usize::try_from(start).unwrap(), usize::try_from(end).unwrap(), text);
            }
            fields.values().for_each(|field| each_mention(field, seen));
        }
        _ => {}
    }
}

#[test]
fn the_record_reads_as_it_is_documented() {
    let (article, found) = annotated();
    insta::assert_snapshot!(serde_json::to_string_pretty(&Record::new(&article, &found)).unwrap());
}

#[test]
fn the_fields_of_the_record_are_those_of_its_schema() {
    let (article, found) = annotated();
    let record = serde_json::to_value(Record::new(&article, &found)).unwrap();
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../docs/record.schema.json")).unwrap();
    conforms(&record, &schema, &schema, "record");
    let empty = serde_json::to_value(Record::new(&Article::default(), &Annotations::default())).unwrap();
    conforms(&empty, &schema, &schema, "record");
}

#[test]
fn the_fields_of_a_bookmark_are_those_of_its_schema() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../docs/bookmark.schema.json")).unwrap();
    for line in written(&[bookmark(), bare()], Format::Json).lines() {
        conforms(&serde_json::from_str(line).unwrap(), &schema, &schema, "bookmark");
    }
}

/// As much of JSON Schema as our schemas use: types, properties (all of them required, no others), items, references,
/// enumerations and constants. A keyword it does not know fails, so that no schema says what is not checked.
fn conforms(value: &serde_json::Value, schema: &serde_json::Value, root: &serde_json::Value, place: &str) {
    let keywords = schema.as_object().unwrap();
    for (keyword, rule) in keywords {
        match keyword.as_str() {
            "$schema" | "$id" | "title" | "description" | "$defs" | "format" | "additionalProperties" => {}
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                conforms(value, &root["$defs"][name], root, place);
            }
            "anyOf" => {
                // Only used for "something or null".
                let [some, null] = rule.as_array().unwrap().as_slice() else { panic!("{place}: two choices") };
                assert_eq!(null["type"], "null");
                if !value.is_null() {
                    conforms(value, some, root, place);
                }
            }
            "const" => assert_eq!(value, rule, "{place}"),
            "enum" => assert!(rule.as_array().unwrap().contains(value), "{place}: {value}"),
            "type" => {
                let allowed = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                assert!(allowed.iter().any(|kind| has_type(value, kind.as_str().unwrap())), "{place}: {value}");
            }
            "required" => {}
            "properties" => {
                let properties = rule.as_object().unwrap();
                let fields: Vec<&String> = value.as_object().unwrap().keys().collect();
                assert_eq!(fields, properties.keys().collect::<Vec<_>>(), "{place}");
                let required: Vec<&str> =
                    schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
                assert_eq!(required.len(), properties.len(), "{place}: every field is always there");
                for (name, field) in properties {
                    assert!(required.contains(&name.as_str()), "{place}.{name}");
                    conforms(&value[name], field, root, &format!("{place}.{name}"));
                }
            }
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    conforms(item, rule, root, &format!("{place}[]"));
                }
            }
            "minItems" => assert!(value.as_array().unwrap().len() as u64 >= rule.as_u64().unwrap(), "{place}"),
            "maxItems" => assert!(value.as_array().unwrap().len() as u64 <= rule.as_u64().unwrap(), "{place}"),
            "minimum" => assert!(value.is_null() || value.as_f64().unwrap() >= rule.as_f64().unwrap(), "{place}"),
            "maximum" => assert!(value.is_null() || value.as_f64().unwrap() <= rule.as_f64().unwrap(), "{place}"),
            "pattern" => assert_eq!(rule, "^[A-Z]{2}$", "the one pattern that is checked elsewhere"),
            unknown => panic!("{place}: the schema says `{unknown}`, which this test does not check"),
        }
    }
}

fn has_type(value: &serde_json::Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}
