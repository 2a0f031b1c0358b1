//! What queries find, told by example.

use std::sync::LazyLock;

use super::*;
use crate::{
    gazetteer::Geography,
    library::{FoundArticle, FoundQuote, Names, Watch},
    query::parse,
};

static GEOGRAPHY: LazyLock<Geography> = LazyLock::new(Geography::builtin);

/// An article with quotes, each by one person of an office and country.
fn report(source: &str, published: &str, body: &str, quotes: &[(&str, &str, &str, &str)]) -> (Article, Annotations) {
    let article = Article {
        source: source.to_owned(),
        outlet: Some(format!("Post of {source}")),
        title: Some(format!("Report {source}")),
        published: day(published),
        body: body.to_owned(),
        ..Article::default()
    };
    let mut found = Annotations::default();
    for (words, name, role, country) in quotes {
        let start = body.find(words).unwrap();
        let words = Span::new(body, start..start + words.len()).unwrap();
        found.people.push(official(name, role, country));
        found.countries.push(Country { code: code(country), name: format!("Land {country}"), mentions: Vec::new() });
        found.quotes.push(Quote {
            spans: vec![words],
            kind: QuoteKind::Direct,
            speaker: Some(Speaker {
                name: (*name).to_owned(),
                person: Some(found.people.len() - 1),
                mention: span(0, 1),
            }),
            cue: None,
            confidence: 0.9,
        });
    }
    (article, found)
}

fn desk() -> (Library, TempDir) {
    let (mut library, folder) = library();
    let articles = [
        report(
            "envoy",
            "2025-07-04",
            "“This is a red line,” said the minister. Later: “We will talk.” Talks on gas go on.",
            &[
                ("This is a red line", "Sergey Lavrow", "Foreign Minister", "RU"),
                ("We will talk", "Ahmed al-Sharaa", "President", "SY"),
            ],
        ),
        report(
            "desk",
            "2025-07-20",
            "The red line on the map is old, said Erdoğan. “No gas,” he added.",
            &[("No gas", "Recep Tayyip Erdoğan", "President", "TR")],
        ),
        report("quiet", "2025-06-30", "Nobody said anything in Kyiv, wrote Shara'a in Dresden.", &[]),
    ];
    let ids = add(&mut library, &articles);
    library.set_read(ids[2], true).unwrap();
    library.set_starred(ids[1], true).unwrap();
    library.add_bookmark(&bookmark(ids[0], "We will talk")).unwrap();
    library.set_tags(ids[0], &["Grain  deal".to_owned()]).unwrap();
    library.tag("Energy", &parse("source:desk or is:read", &GEOGRAPHY).unwrap()).unwrap();
    (library, folder)
}

fn found(library: &Library, text: &str) -> Vec<FoundArticle> {
    let mut all = Vec::new();
    let query = parse(text, &GEOGRAPHY).unwrap_or_else(|error| panic!("{}", error.drawn(text)));
    let n = library
        .search(&query, Sort::DateDescending, None, |article| {
            all.push(article);
            true
        })
        .unwrap();
    assert_eq!(n, all.len());
    all
}

fn quotes(library: &Library, text: &str) -> Vec<FoundQuote> {
    let mut all = Vec::new();
    let query = parse(text, &GEOGRAPHY).unwrap_or_else(|error| panic!("{}", error.drawn(text)));
    library
        .search_quotes(&query, None, |quote| {
            all.push(quote);
            true
        })
        .unwrap();
    all
}

#[test]
fn every_key_finds_its_articles_newest_first() {
    let (library, _folder) = desk();
    for (query, sources) in [
        ("*", "desk envoy quiet"),
        ("\"red line\"", "desk envoy"),
        ("line red", "desk envoy"),
        ("\"line red\"", ""),
        ("erdogan", "desk"),
        ("sharaa", "quiet"),
        ("al-Shara", "quiet"),
        ("tal*", "envoy"),
        ("title:envoy", "envoy"),
        ("title:gas", ""),
        ("says:\"red line\"", "envoy"),
        ("says:gas", "desk"),
        ("country:SY", "envoy"),
        ("country:Syria+RU", "envoy"),
        ("country:SY,TR", "desk envoy"),
        ("country:SY+TR", ""),
        ("country:US", ""),
        ("-country:RU", "desk quiet"),
        ("region:\"Western Asia\"", "desk envoy"),
        ("region:\"Western Asia\" -country:TR", "envoy"),
        ("group:NATO", "desk"),
        ("group:G7", ""),
        ("group:NATO or is:read", "desk quiet"),
        ("speaker:erdogan", "desk"),
        ("speaker:\"recep erdogan\"", "desk"),
        ("speaker:shara", "envoy"),
        ("speaker:al-Sharaa", "envoy"),
        ("speaker:erdo", ""),
        ("official:lavrow", "envoy"),
        ("official:sergei", "envoy"),
        ("person:\"Sergey Lavrow\"", "envoy"),
        ("person:Sergey", ""),
        ("role:\"foreign minister\"", "envoy"),
        ("role:president", "desk envoy"),
        ("source:\"post of d\"", "desk"),
        ("after:2025-07-04", "desk envoy"),
        ("before:2025-07-04", "quiet"),
        ("on:2025-07-04", "envoy"),
        ("on:2025-07", "desk envoy"),
        ("last:7d", ""),
        ("is:unread", "desk envoy"),
        ("is:read", "quiet"),
        ("is:starred", "desk"),
        ("is:starred country:TR gas", "desk"),
        ("has:bookmark", "envoy"),
        ("has:quote", "desk envoy"),
        ("tag:energy", "desk quiet"),
        ("tag:ENERGIE", ""),
        ("tag:\"grain deal\" or tag:Énergy country:TR", "desk envoy"),
        ("has:tag", "desk envoy quiet"),
        ("-tag:energy", "envoy"),
        ("-has:quote", "quiet"),
        ("not (gas or is:read)", ""),
        ("(kyiv or country:RU) -is:starred", "envoy quiet"),
        ("red country:TR,RU says:line", "envoy"),
    ] {
        let sources: Vec<&str> = sources.split_whitespace().collect();
        let there: Vec<String> = found(&library, query).into_iter().map(|article| article.source).collect();
        assert_eq!(there, sources, "{query}");
        let filter = Filter { query: parse(query, &GEOGRAPHY).unwrap(), ..Filter::default() };
        assert_eq!(library.counts(&filter).unwrap().matching, sources.len() as u64, "{query}");
        assert_eq!(newest(&library, &filter), sources, "{query}");
    }
}

#[test]
fn quotes_are_found_by_their_own_words_and_speakers() {
    let (library, _folder) = desk();
    for (query, texts) in [
        ("*", "No gas|This is a red line|We will talk"),
        ("gas", "No gas"),
        ("\"red line\"", "This is a red line"),
        ("says:talk", "We will talk"),
        ("speaker:sharaa", "We will talk"),
        ("-speaker:sharaa", "No gas|This is a red line"),
        ("role:president", "No gas|We will talk"),
        ("country:RU", "This is a red line|We will talk"),
        ("country:RU talk", "We will talk"),
        ("title:desk", "No gas"),
        ("source:envoy is:unread", "This is a red line|We will talk"),
        ("before:2025-07-10 not red", "We will talk"),
    ] {
        let there: Vec<String> = quotes(&library, query).into_iter().map(|quote| quote.text).collect();
        assert_eq!(there.join("|"), texts, "{query}");
    }
}

#[test]
fn the_words_are_shown_with_those_around_them() {
    let (library, _folder) = desk();
    let articles = found(&library, "kyiv");
    assert_eq!(articles[0].snippet.as_deref(), Some("Nobody said anything in «Kyiv», wrote Shara'a in Dresden."));
    assert_eq!(found(&library, "is:read")[0].snippet, None);
}

#[test]
fn quotes_follow_their_article_when_it_changes_or_goes() {
    let (mut library, _folder) = desk();
    let changed = report(
        "envoy",
        "2025-07-04",
        "“Now it is green,” said the minister.",
        &[("Now it is green", "Sergey Lavrow", "Foreign Minister", "RU")],
    );
    let id = add(&mut library, &[changed])[0];
    let texts = |library: &Library| quotes(library, "*").into_iter().map(|quote| quote.text).collect::<Vec<_>>();
    assert_eq!(texts(&library), ["No gas", "Now it is green"]);
    assert_eq!(quotes(&library, "red").len() + quotes(&library, "talk").len(), 0);
    library.reannotate(99, &[(id, Annotations::default())]).unwrap();
    assert_eq!(texts(&library), ["No gas"]);
    let gas = quotes(&library, "gas")[0].article;
    library.remove(gas).unwrap();
    assert_eq!(texts(&library), [""; 0]);
    library.undo().unwrap();
    assert_eq!(texts(&library), ["No gas"]);
    library.rebuild().unwrap();
    assert_eq!(quotes(&library, "gas speaker:erdogan").len(), 1);
    assert_eq!(library.check().unwrap(), [""; 0]);
}

#[test]
fn a_search_can_be_kept_under_a_name() {
    let (mut library, _folder) = library();
    let watch = |name: &str, query: &str| Watch { name: name.into(), query: query.into() };
    library.save_watch(&watch("Gas", "gas country:RU")).unwrap();
    library.save_watch(&watch("border", "border")).unwrap();
    library.save_watch(&watch("gas", "gas")).unwrap();
    assert_eq!(library.watches().unwrap(), [watch("border", "border"), watch("gas", "gas")]);
    assert_eq!(library.watch("GAS").unwrap(), Some(watch("gas", "gas")));
    assert!(library.remove_watch("gas").unwrap());
    assert!(!library.remove_watch("gas").unwrap());
}

#[test]
fn words_in_the_headline_come_first_then_in_the_lead_and_of_those_alike_the_newest() {
    let (mut library, _folder) = library();
    let article = |source: &str, published: &str, title: &str, body: &str| {
        let (mut article, found) = note(source, published, "");
        (article.title, article.body) = (Some(title.to_owned()), body.to_owned());
        (article, found)
    };
    add(
        &mut library,
        &[
            article("late", "2025-09-09", "Weather", "Rain.\n\nThe grain was wet. Grain, grain, and a port."),
            article("headline", "2025-01-01", "Grain ships", "Three left.\n\nThe port is open."),
            article("lead", "2025-02-02", "Ships", "Three left with grain.\n\nThe port is open."),
            article("newer lead", "2025-03-03", "Ships", "One more left with grain.\n\nNo port was named."),
            article("both", "2024-01-01", "Grain port", "Quiet."),
        ],
    );
    for (query, best) in [
        ("grain", "headline|both|newer lead|lead|late"),
        ("grain port", "both|headline|newer lead|lead|late"),
        ("grain or weather", "late|headline|both|newer lead|lead"),
        ("title:grain", "headline|both"),
        ("\"port is open\"", "lead|headline"),
        ("*", "late|newer lead|lead|headline|both"),
    ] {
        let query = parse(query, &GEOGRAPHY).unwrap();
        let mut found = Vec::new();
        let each = |article: FoundArticle| {
            found.push(article.source);
            true
        };
        library.search(&query, Sort::Relevance, None, each).unwrap();
        assert_eq!(found.join("|"), best, "{query}");
        let filter = Filter { query, ..Filter::default() };
        assert_eq!(sources(&library, &filter, Sort::Relevance), found);
    }
    let mut first = None;
    let query = parse("grain", &GEOGRAPHY).unwrap();
    library.search(&query, Sort::Relevance, Some(1), |article| first.replace(article.source).is_none()).unwrap();
    assert_eq!(first.as_deref(), Some("headline"));
}

#[test]
fn a_snippet_is_of_the_lead_or_else_of_the_rest() {
    let (mut library, _folder) = library();
    let (mut article, nothing) = note("a", "2025-01-01", "");
    article.body = "Three ships left.\n\nThey carried «good» grain to port.".to_owned();
    add(&mut library, &[(article, nothing)]);
    let snippet = |query: &str| found(&library, query)[0].snippet.clone();
    assert_eq!(snippet("ships").as_deref(), Some("Three «ships» left."));
    assert_eq!(snippet("grain").as_deref(), Some("They carried «good» «grain» to port."));
    assert_eq!(snippet("title:about"), None);
}

#[test]
fn tags_are_given_taken_and_go_and_come_back_with_their_article() {
    let (mut library, _folder) = desk();
    let all = |library: &Library| {
        let tags = library.tags().unwrap();
        tags.iter().map(|tag| format!("{} {}", tag.name, tag.n_articles)).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(all(&library), "Energy 2, Grain deal 1");
    let id = found(&library, "source:desk")[0].row.id;
    let tags = |library: &Library| library.article(id).unwrap().unwrap().tags;
    // The way a tag was first written stays; what is no tag is left out.
    library.set_tags(id, &["energy".into(), "a, \"b\"".into(), "!".into(), String::new()]).unwrap();
    assert_eq!(tags(&library), ["a b", "Energy"]);
    assert_eq!(found(&library, "source:desk")[0].tags, ["a b", "Energy"]);
    library.remove(id).unwrap();
    assert_eq!(all(&library), "Energy 1, Grain deal 1");
    library.undo().unwrap();
    assert_eq!(tags(&library), ["a b", "Energy"]);
    let every = parse("*", &GEOGRAPHY).unwrap();
    assert_eq!(library.untag("ENERGY", &every).unwrap(), 2);
    assert_eq!(library.untag("energy", &every).unwrap(), 0);
    assert_eq!(all(&library), "a b 1, Grain deal 1");
    assert_sound(&library);
}

#[test]
fn names_are_found_by_how_a_word_of_them_begins() {
    let (library, _folder) = desk();
    for (names, typed, found) in [
        (Names::Speakers, "erd", "Recep Tayyip Erdoğan"),
        (Names::Speakers, "sergey la", "Sergey Lavrow"),
        (Names::Officials, "ahmed", "Ahmed al-Sharaa"),
        (Names::People, "shar", "Ahmed al-Sharaa"),
        (Names::People, "harr", ""),
        (Names::Organizations, "u", ""),
        (Names::Roles, "min", "foreign minister"),
        (Names::Roles, "p", "president"),
        (Names::Sources, "post of d", "Post of desk"),
        (Names::Sources, "e", "Post of envoy"),
        (Names::Sources, "%", ""),
        (Names::Tags, "", "Energy|Grain deal"),
        (Names::Tags, "DEAL", "Grain deal"),
    ] {
        assert_eq!(library.names_like(names, typed, 9).unwrap().join("|"), found, "{names:?} {typed}");
    }
    assert_eq!(library.names_like(Names::Sources, "post", 2).unwrap().len(), 2);
}

#[test]
fn a_watch_counts_what_is_unread() {
    let (mut library, _folder) = desk();
    let n_unread = |library: &Library, query: &str| library.n_unread(&parse(query, &GEOGRAPHY).unwrap()).unwrap();
    assert_eq!((n_unread(&library, "*"), n_unread(&library, "gas"), n_unread(&library, "is:read")), (2, 2, 0));
    let before = library.state_of_change().unwrap();
    assert_eq!(library.state_of_change().unwrap(), before);
    let id = found(&library, "source:desk")[0].row.id;
    let mut other = Library::open(library.path()).unwrap();
    other.set_read(id, true).unwrap();
    assert_ne!(library.state_of_change().unwrap(), before);
    assert_eq!(n_unread(&library, "gas"), 1);
    let before = library.state_of_change().unwrap();
    library.set_read(id, false).unwrap();
    assert_ne!(library.state_of_change().unwrap(), before);
}
