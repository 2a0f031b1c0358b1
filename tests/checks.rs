//! The engine's specification in sentences: every file of `tests/fixtures/checks` holds small articles and what a careful
//! reader would say stands in them.
//!
//! `== title`, the text, then lines that begin with `- `:
//! `quote: words | direct or partial | speaker` (the halves of a split quote joined by ` … `; speaker `none` for nobody),
//! `no quote`, `person: name | role | country | official or private`, `no person: words`,
//! `country: code | kind | words`, `no country: code`, `org: words`, `no org: words`. A field `-` is not checked.
//! Cases that are known to fail stand as `file: title` in `known_failures.txt`; one that passes must be taken off the list.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use attache::{
    extract::extract,
    gazetteer::{Gazetteer, fold},
    model::{Annotations, Article, MentionKind, QuoteKind},
};

struct Case {
    file: String,
    title: String,
    text: String,
    expected: Vec<String>,
}

#[test]
fn every_case_is_read_as_a_careful_reader_would() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/checks");
    let cases = cases(&folder);
    assert!(cases.len() >= 300, "only {} cases", cases.len());
    let list = fs::read_to_string(folder.join("known_failures.txt")).expect("the list of known failures");
    let known: BTreeSet<&str> = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let gazetteer = Gazetteer::builtin();
    let mut report = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut by_file: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in &cases {
        let article = Article { body: case.text.clone(), ..Article::default() };
        let found = extract(&gazetteer, &article);
        let wrong: Vec<String> =
            case.expected.iter().filter_map(|line| check(line, &found, &article.body).err()).collect();
        let (n_right, n_cases) = by_file.entry(&case.file).or_default();
        *n_right += usize::from(wrong.is_empty());
        *n_cases += 1;
        let name = format!("{}: {}", case.file, case.title);
        let is_known = known.contains(name.as_str());
        match (wrong.is_empty(), is_known) {
            (true, false) | (false, true) => {}
            (true, true) => report.push(format!("{name}: passes now, take it off the list")),
            (false, false) => report.push(format!("{name}\n    {}", wrong.join("\n    "))),
        }
        seen.insert(name);
    }
    report.extend(known.iter().filter(|title| !seen.contains(**title)).map(|title| format!("{title}: no such case")));
    let counts: Vec<String> =
        by_file.iter().map(|(file, (right, all))| format!("{file}: {right} of {all} are right")).collect();
    let (unexpected, counts) = (report.join("\n"), counts.join("\n"));
    assert!(report.is_empty(), "{} of {} cases:\n{unexpected}\n\n{counts}", report.len(), cases.len());
}

fn cases(folder: &Path) -> Vec<Case> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder of checks")
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "known_failures.txt"))
        .collect();
    files.sort();
    files.iter().flat_map(|path| read(path)).collect()
}

fn read(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).expect("a readable file of checks");
    let file = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(title) = line.strip_prefix("== ") {
            let (file, title) = (file.clone(), title.trim().to_owned());
            cases.push(Case { file, title, text: String::new(), expected: Vec::new() });
        } else if let Some(case) = cases.last_mut() {
            match line.strip_prefix("- ") {
                Some(expected) => case.expected.push(expected.trim().to_owned()),
                None => {
                    case.text.push_str(line);
                    case.text.push('\n');
                }
            }
        }
    }
    for case in &mut cases {
        case.text = case.text.trim().to_owned();
    }
    cases
}

fn check(line: &str, found: &Annotations, body: &str) -> Result<(), String> {
    let (what, rest) = line.split_once(':').map_or((line, ""), |(what, rest)| (what.trim(), rest.trim()));
    let fields: Vec<&str> = rest.split(" | ").map(str::trim).collect();
    let field = |idx: usize| fields.get(idx).copied().filter(|value| *value != "-" && !value.is_empty());
    match what {
        "quote" => quote(fields[0], field(1), field(2), found, body),
        "no quote" if found.quotes.is_empty() => Ok(()),
        "no quote" => Err(format!("found {:?}", found.quotes.iter().map(|q| q.text(body)).collect::<Vec<_>>())),
        "person" => person(fields[0], field(1), field(2), field(3), found),
        "no person" => match found.people.iter().find(|p| p.mentions.iter().any(|m| fold(m.of(body)) == fold(rest))) {
            None => Ok(()),
            Some(person) => Err(format!("“{rest}” is taken for the person {}", person.name)),
        },
        "country" => country(fields[0], field(1), field(2), found, body),
        "no country" if found.countries.iter().all(|c| c.code.as_str() != rest) => Ok(()),
        "no country" => Err(format!("found {rest}")),
        "org" | "no org" => {
            let named = |o: &attache::model::Organization| {
                fold(&o.name) == fold(rest) || o.mentions.iter().any(|m| fold(m.of(body)) == fold(rest))
            };
            match (found.organizations.iter().any(named), what) {
                (true, "org") | (false, "no org") => Ok(()),
                _ => {
                    Err(format!("{line}; found {:?}", found.organizations.iter().map(|o| &o.name).collect::<Vec<_>>()))
                }
            }
        }
        _ => panic!("what is “{line}”?"),
    }
}

fn quote(
    words: &str,
    kind: Option<&str>,
    speaker: Option<&str>,
    found: &Annotations,
    body: &str,
) -> Result<(), String> {
    let same = |q: &&attache::model::Quote| letters(&q.text(body)) == letters(words);
    let Some(quote) = found.quotes.iter().find(same) else {
        let all: Vec<String> = found.quotes.iter().map(|q| q.text(body)).collect();
        return Err(format!("no quote “{words}”; found {all:?}"));
    };
    let kind_found = if quote.kind == QuoteKind::Direct { "direct" } else { "partial" };
    if kind.is_some_and(|kind| kind != kind_found) {
        return Err(format!("“{words}” is {kind_found}"));
    }
    let named = quote.speaker.as_ref().map(|s| (s.name.as_str(), s.mention.of(body)));
    let fits = match (speaker, named) {
        (None, _) | (Some("none"), None) => true,
        (Some(wanted), Some((name, mention))) => same_name(wanted, name) || same_name(wanted, mention),
        (Some(_), None) => false,
    };
    if fits {
        Ok(())
    } else {
        Err(format!("“{words}” is given to {named:?}, not to {}", speaker.unwrap_or_default()))
    }
}

/// The words without marks, case and white space.
fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The same words, apart from a leading article.
fn same_name(wanted: &str, found: &str) -> bool {
    let bare = |text: &str| {
        let folded = fold(text);
        let bare = ["the ", "a ", "an "].iter().find_map(|article| folded.strip_prefix(article)).unwrap_or(&folded);
        letters(bare)
    };
    bare(wanted) == bare(found)
}

fn person(
    name: &str,
    role: Option<&str>,
    country: Option<&str>,
    official: Option<&str>,
    found: &Annotations,
) -> Result<(), String> {
    let Some(person) = found.people.iter().find(|p| same_name(name, &p.name)) else {
        let all: Vec<&str> = found.people.iter().map(|p| p.name.as_str()).collect();
        return Err(format!("no person {name}; found {all:?}"));
    };
    let role_fits = role.is_none_or(|wanted| {
        let found = person.role.as_deref().unwrap_or_default();
        overlap(wanted, found) >= 0.5 || fold(found).contains(&fold(wanted))
    });
    let country_fits = match country {
        None => true,
        Some("none") => person.country.is_none(),
        Some(code) => person.country.is_some_and(|found| found.as_str() == code),
    };
    let official_fits = official.is_none_or(|wanted| (wanted == "official") == person.official);
    if role_fits && country_fits && official_fits {
        return Ok(());
    }
    Err(format!("{name} is {:?} of {:?}, official: {}", person.role, person.country, person.official))
}

/// F1 of the words of two roles.
fn overlap(a: &str, b: &str) -> f64 {
    let words = |text: &str| fold(text).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (a, mut b) = (words(a), words(b));
    let total = a.len() + b.len();
    let shared =
        a.iter().filter(|word| b.iter().position(|other| other == *word).map(|at| b.remove(at)).is_some()).count();
    2.0 * shared as f64 / total.max(1) as f64
}

fn country(code: &str, kind: Option<&str>, words: Option<&str>, found: &Annotations, body: &str) -> Result<(), String> {
    let Some(country) = found.countries.iter().find(|c| c.code.as_str() == code) else {
        let all: Vec<String> = found.countries.iter().map(|c| c.code.to_string()).collect();
        return Err(format!("no country {code}; found {all:?}"));
    };
    let name = |kind| match kind {
        MentionKind::Name => "name",
        MentionKind::Demonym => "demonym",
        MentionKind::City => "city",
        MentionKind::Metonym => "metonym",
    };
    let fits = country.mentions.iter().any(|m| {
        kind.is_none_or(|kind| kind == name(m.kind)) && words.is_none_or(|words| same_name(words, m.span.of(body)))
    });
    if fits {
        return Ok(());
    }
    let all: Vec<_> = country.mentions.iter().map(|m| (name(m.kind), m.span.of(body))).collect();
    Err(format!("no {code} as {kind:?} {words:?}; found {all:?}"))
}
