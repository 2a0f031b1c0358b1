//! What is one story, told by example and measured.

use super::signature::Shingles;
use super::{GENERATION, join};
use crate::{
    ingest::parse,
    library::{Library, Sort},
    model::{Annotations, Article, ArticleId, Filter},
};

/// Steps of a generator of numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

/// The samples that come with the program: texts of several hundred words about different things.
fn texts() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read =
        |path: std::path::PathBuf| parse("x", &path, &std::fs::read(&path).unwrap()).unwrap().articles.remove(0).body;
    paths.into_iter().map(read).collect()
}

/// What outlets do to a text of an agency.
fn variant(kind: &str, text: &str, numbers: &mut Numbers) -> String {
    let mut paragraphs: Vec<String> = text.split("\n\n").map(str::to_owned).collect();
    let changed = |share: usize, numbers: &mut Numbers| -> String {
        let words =
            text.split(' ').map(|word| if numbers.below(100) < share { "instead".to_owned() } else { word.to_owned() });
        words.collect::<Vec<_>>().join(" ")
    };
    match kind {
        "agency line" => {
            format!("NAIROBI (Courier) – {text}\n\nReporting by A. Banda; editing by B. Lind. All rights reserved.")
        }
        "a sixth cut" => text[..text.floor_char_boundary(text.len() * 5 / 6)].to_owned(),
        "a third cut" => text[..text.floor_char_boundary(text.len() * 2 / 3)].to_owned(),
        "a half cut" => text[..text.floor_char_boundary(text.len() / 2)].to_owned(),
        "1 word in 50 changed" => changed(2, numbers),
        "1 word in 20 changed" => changed(5, numbers),
        "1 word in 8 changed" => changed(12, numbers),
        "paragraphs in another order" => {
            for n in (1..paragraphs.len()).rev() {
                paragraphs.swap(n, numbers.below(n + 1));
            }
            paragraphs.join("\n\n")
        }
        "two paragraphs of its own" => {
            let own = "Our correspondent adds that nobody in the town had expected anything else, and that the shops stayed open.";
            format!("{own} {own}\n\n{text}\n\n{own}")
        }
        "marks and case" => text.replace(['“', '”'], "\"").replace('’', "'").to_uppercase(),
        other => panic!("{other}"),
    }
}

const KINDS: [(&str, usize); 10] = [
    // Found at least, of a hundred.
    ("agency line", 100),
    ("marks and case", 95),
    ("a sixth cut", 100),
    ("a third cut", 95),
    ("a half cut", 70),
    ("1 word in 50 changed", 100),
    ("1 word in 20 changed", 95),
    ("1 word in 8 changed", 45),
    ("paragraphs in another order", 100),
    ("two paragraphs of its own", 100),
];

#[test]
fn variants_of_a_text_are_found_and_other_texts_are_not() {
    let texts = texts();
    let mut numbers = Numbers(7);
    println!("kind                          found of variants, least resemblance");
    for (kind, at_least) in KINDS {
        let (mut found, mut all, mut least) = (0, 0, 1.0_f32);
        for text in &texts {
            let original = Shingles::of(text).unwrap();
            for _ in 0..10 {
                let copy = Shingles::of(&variant(kind, text, &mut numbers)).unwrap();
                let shared = original.bands().iter().zip(copy.bands()).any(|(a, b)| *a == b);
                let likeness = original.likeness(&copy);
                least = least.min(likeness.resemblance);
                found += usize::from(shared && likeness.is_one_story());
                all += 1;
            }
        }
        println!("{kind:<30}{found:>4} of {all}   {least:.2}");
        assert!(found * 100 >= at_least * all, "{kind}: {found} of {all}");
    }
    for (n, one) in texts.iter().enumerate() {
        for other in &texts[..n] {
            let likeness = Shingles::of(one).unwrap().likeness(&Shingles::of(other).unwrap());
            assert!(likeness.resemblance < 0.05 && !likeness.is_one_story(), "{likeness:?}");
        }
    }
}

#[test]
fn a_report_of_the_same_form_with_other_facts_is_another_story() {
    let report = |bank: &str, day: &str, rate: &str, governor: &str, reason: &str| {
        format!(
            "The central bank of {bank} set its rate at {rate} per cent on {day}, as most had expected. The governor, {governor}, \
             told reporters that {reason}. The next decision of the bank is due in six weeks. Analysts had asked for a clear \
             word on prices and were given one, said {governor}, who has led the bank since last year. Markets did not move."
        )
    };
    let one = Shingles::of(&report(
        "Kenya",
        "Monday",
        "nine",
        "Amina Odhiambo",
        "rain had come late and prices of maize would stay high until the harvest",
    ));
    let other = Shingles::of(&report(
        "Chile",
        "Thursday",
        "five",
        "Rosa Fuentealba",
        "copper was sold at a better price than a year ago, which nobody should take for granted",
    ));
    let likeness = one.unwrap().likeness(&other.unwrap());
    println!("{likeness:?}");
    assert!(!likeness.is_one_story(), "{likeness:?}");
}

#[test]
fn short_texts_are_never_compared() {
    assert!(Shingles::of("The ministers met in Nairobi on Monday and agreed to meet again within a month.").is_none());
    assert!(Shingles::of("").is_none());
    assert!(Shingles::of(&"word ".repeat(10_000)).is_none());
}

fn article(outlet: &str, day: &str, body: &str) -> (Article, Annotations) {
    let article = Article {
        source: format!("https://{outlet}.example/{day}"),
        outlet: Some(outlet.to_owned()),
        title: Some(format!("{outlet} {day}")),
        published: Some(format!("2025-08-{day}").parse().unwrap()),
        body: body.to_owned(),
        ..Article::default()
    };
    (article, Annotations::default())
}

/// Headline, outlets and versions of every row.
fn list(library: &Library, filter: &Filter) -> Vec<(String, u32, u32)> {
    let rows = library.rows(filter, Sort::DateDescending, 0, 100).unwrap();
    assert_eq!(library.counts(filter).unwrap().matching, rows.len() as u64);
    rows.into_iter().map(|row| (row.headline, row.n_outlets, row.n_versions)).collect()
}

fn id_of(library: &Library, headline: &str) -> ArticleId {
    let ids = library.all_article_ids().unwrap();
    ids.into_iter()
        .find(|id| library.article(*id).unwrap().unwrap().article.title.as_deref() == Some(headline))
        .unwrap()
}

fn row(headline: &str, n_outlets: u32, n_versions: u32) -> (String, u32, u32) {
    (headline.to_owned(), n_outlets, n_versions)
}

#[test]
fn the_list_has_one_row_for_a_story_and_opens_to_its_versions() {
    let texts = texts();
    let (mut library, _folder) = Library::temporary().unwrap();
    let copy = variant("a sixth cut", &texts[0], &mut Numbers(1));
    let all = [
        article("Courier", "04", &texts[0]),
        article("Gazette", "05", &texts[1]),
        article("Herald", "06", &variant("agency line", &texts[0], &mut Numbers(1))),
        article("Courier", "07", &copy),
    ];
    library.add(&all).unwrap();
    assert_eq!(list(&library, &Filter::default()), [row("Courier 07", 2, 3), row("Gazette 05", 1, 1)]);
    let versions = Filter { versions_of: Some(id_of(&library, "Herald 06")), ..Filter::default() };
    assert_eq!(list(&library, &versions), [row("Courier 07", 2, 3), row("Herald 06", 2, 3), row("Courier 04", 2, 3)]);
    let told: Vec<String> =
        library.versions(id_of(&library, "Courier 04")).unwrap().into_iter().map(|row| row.headline).collect();
    assert_eq!(told, ["Courier 04", "Herald 06", "Courier 07"]);
    // A filter that only one version passes shows that one.
    let until = Filter { until: Some("2025-08-04".parse().unwrap()), ..Filter::default() };
    assert_eq!(list(&library, &until), [row("Courier 04", 2, 3)]);
    assert_eq!(
        library.index_of(&Filter::default(), Sort::DateDescending, id_of(&library, "Herald 06")).unwrap(),
        Some(0)
    );
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}

#[test]
fn who_reads_a_story_has_read_its_copies() {
    let texts = texts();
    let (mut library, _folder) = Library::temporary().unwrap();
    library.add(&[article("Courier", "04", &texts[0]), article("Herald", "06", &texts[0])]).unwrap();
    assert_eq!(library.counts(&Filter::default()).unwrap().unread_matching, 1);
    library.set_read(id_of(&library, "Herald 06"), true).unwrap();
    assert_eq!(library.counts(&Filter::default()).unwrap().unread_matching, 0);
    library.add(&[article("Gazette", "07", &texts[0])]).unwrap();
    assert_eq!(library.counts(&Filter::default()).unwrap().unread_matching, 0);
    assert_eq!(list(&library, &Filter { unread: true, ..Filter::default() }), []);
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_story_falls_apart_when_its_versions_go_or_change() {
    let texts = texts();
    let (mut library, _folder) = Library::temporary().unwrap();
    let all = ["04", "05", "06"].map(|day| article("Courier", day, &texts[0]));
    library.add(&all).unwrap();
    library.remove(id_of(&library, "Courier 04")).unwrap();
    assert_eq!(list(&library, &Filter::default()), [row("Courier 06", 1, 2)]);
    library.add(&[article("Courier", "05", &texts[1])]).unwrap();
    assert_eq!(list(&library, &Filter::default()), [row("Courier 06", 1, 1), row("Courier 05", 1, 1)]);
    library.add(&[article("Herald", "07", &texts[0]), article("Herald", "08", &texts[1])]).unwrap();
    assert_eq!(list(&library, &Filter::default()), [row("Herald 08", 2, 2), row("Herald 07", 2, 2)]);
}

#[test]
fn articles_of_an_older_library_are_grouped_afterwards() {
    let texts = texts();
    let (mut library, _folder) = Library::temporary().unwrap();
    library.add(&[article("Courier", "04", &texts[0]), article("Herald", "06", &texts[0])]).unwrap();
    library
        .writing(|on| {
            on.execute_batch(
                "UPDATE article SET story = NULL, grouped = 0; DELETE FROM band_even; DELETE FROM band_odd",
            )
        })
        .unwrap();
    assert_eq!(library.group_outstanding(1).unwrap(), 1);
    assert_eq!(library.group_outstanding(9).unwrap(), 1);
    assert_eq!(library.group_outstanding(9).unwrap(), 0);
    assert_eq!(list(&library, &Filter::default()), [row("Herald 06", 2, 2)]);
}

#[test]
fn the_numbers_of_the_latest_articles_are_kept_and_no_others() {
    let (mut library, _folder) = Library::temporary().unwrap();
    let text = |n: u64| (0..60).map(|word| format!("w{} ", (n * 7919 + word * word) % 9973)).collect::<String>();
    library
        .writing(|on| {
            for (article, n) in [(1, 1), (GENERATION - 1, 2), (GENERATION, 3), (2 * GENERATION + 5, 4), (7, 5)] {
                join(on, article, &text(n), true)?;
            }
            Ok(())
        })
        .unwrap();
    let holders = library
        .reading(|on| {
            let mut holders =
                on.prepare("SELECT article FROM band_even UNION SELECT article FROM band_odd ORDER BY article")?;
            holders.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()
        })
        .unwrap();
    // The first ones gave way to the third generation; what is older than both is not taken.
    assert_eq!(holders, [GENERATION, 2 * GENERATION + 5]);
}
