//! One article by several ways, told by example.

use super::*;

/// An article of an address, with a text of so many words.
fn of(source: &str, url: &str, n_words: usize) -> (Article, Annotations) {
    let article = Article {
        source: source.to_owned(),
        url: Some(url.to_owned()),
        body: (0..n_words).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" "),
        ..Article::default()
    };
    (article, Annotations::default())
}

fn n_words(library: &Library, id: ArticleId) -> usize {
    library.article(id).unwrap().unwrap().article.body.split(' ').count()
}

#[test]
fn one_address_in_its_variants_is_one_article_whatever_brought_it() {
    let (mut library, _folder) = library();
    let first = library.add(&[of("https://courier.example/a", "https://courier.example/a", 50)]).unwrap();
    let [Added::New(article)] = first[..] else { panic!("{first:?}") };
    for (source, url) in [
        ("saved/a.html", "http://www.courier.example/a/?utm_source=x"),
        ("all.jsonl#2", "https://amp.courier.example/a"),
        ("-", "https://courier.example/a#top"),
    ] {
        assert_eq!(library.add(&[of(source, url, 50)]).unwrap(), [Added::Unchanged(article)], "{source}");
        // And from now on it is known without being looked at.
        assert_eq!(library.known(&[of(source, url, 50).0]).unwrap(), [Some(article)], "{source}");
    }
    assert_eq!(library.counts(&Filter::default()).unwrap().total, 1);
    assert_sound(&library);
}

#[test]
fn front_pages_and_other_pages_are_not_taken_for_each_other() {
    let (mut library, _folder) = library();
    let urls = [
        "https://courier.example/",
        "https://courier.example/?utm_source=x",
        "https://courier.example/a",
        "https://courier.example/b",
    ];
    for (n, url) in urls.into_iter().enumerate() {
        assert!(matches!(library.add(&[of(&n.to_string(), url, 50)]).unwrap()[..], [Added::New(_)]), "{url}");
    }
}

#[test]
fn the_whole_text_takes_the_place_of_a_summary_and_stays() {
    let (mut library, _folder) = library();
    let url = "https://courier.example/a";
    let summary = of(url, url, 20);
    let whole = of("saved/a.html", url, 200);
    let article = add(&mut library, std::slice::from_ref(&summary))[0];
    assert_eq!(library.add(std::slice::from_ref(&whole)).unwrap(), [Added::Updated(article)]);
    // The feed and the folder are read again, in turn.
    for _ in 0..2 {
        for one in [&summary, &whole] {
            assert_eq!(library.add(std::slice::from_ref(one)).unwrap(), [Added::Unchanged(article)]);
            assert_eq!(library.known(std::slice::from_ref(&one.0)).unwrap(), [Some(article)]);
        }
    }
    assert_eq!(n_words(&library, article), 200);
    // A new summary is none the better.
    assert_eq!(library.add(&[of(url, url, 30)]).unwrap(), [Added::Unchanged(article)]);
    // New words of the whole text are an update.
    assert_eq!(library.add(&[of("saved/a.html", url, 210)]).unwrap(), [Added::Updated(article)]);
    assert_eq!(n_words(&library, article), 210);
    assert_sound(&library);
}

#[test]
fn what_a_removed_article_was_known_by_goes_with_it() {
    let (mut library, _folder) = library();
    let url = "https://courier.example/a";
    let article = add(&mut library, &[of("a", url, 50)])[0];
    library.add(&[of("b", url, 50)]).unwrap();
    library.remove(article).unwrap();
    assert_eq!(library.known(&[of("a", url, 50).0, of("b", url, 50).0]).unwrap(), [None, None]);
    assert!(matches!(library.add(&[of("b", url, 50)]).unwrap()[..], [Added::New(_)]));
}
