//! What a reader waits for: the import, the start, a filter, a page far down, at 1,000 and 100,000 articles.
//!
//! The import is printed first, as a ratio to what plain SQLite needs in the same run to insert the same texts into a
//! full-text table; then the import of files with all that belongs to it, again as such a ratio; then 1,000 random
//! queries, the cost of a page at the top and at the end, the memory of a reader, and the start as a ratio to that with
//! the smallest size. `ATTACHE_BENCH_SIZES=1000,1000000` chooses other sizes; beyond 100,000 the articles are shorter.
//! `ATTACHE_BENCH_LIBRARY=FILE` measures the queries alone, in a library that an earlier run made.

#[path = "common/generate.rs"]
mod generate;

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{LazyLock, Mutex},
    time::{Duration, Instant},
};

use attache::{
    gazetteer::Gazetteer,
    import,
    library::{Library, Sort},
    model::{Condition, CountryMatch, Filter, Name, Query, Scope, Words},
};
use divan::{Bencher, black_box};
use generate::{Numbers, country, official};

fn main() {
    if let Some(path) = std::env::var_os(READER) {
        return read(Path::new(&path));
    }
    if sizes().into_iter().any(|size| size > MAX_FILES) {
        generate::SHORT.store(true, std::sync::atomic::Ordering::Relaxed);
    }
    if let Some(path) = std::env::var_os("ATTACHE_BENCH_LIBRARY") {
        let library = Library::open(Path::new(&path)).expect("a library of an earlier run");
        let size = library.counts(&Filter::default()).expect("the library answers").total as usize;
        FILLED.lock().expect("nobody else is here yet").insert(size, path.into());
        return queries(size);
    }
    if !std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        sizes().into_iter().for_each(import);
        sizes().into_iter().for_each(queries);
        starts();
    }
    divan::main();
}

/// Names the library to a process of its own, whose memory is measured.
const READER: &str = "ATTACHE_BENCH_READER";

fn sizes() -> Vec<usize> {
    let sizes = std::env::var("ATTACHE_BENCH_SIZES").unwrap_or_else(|_| "1000,100000".to_owned());
    sizes.split(',').map(|size| size.trim().parse().expect("a number of articles")).collect()
}

/// Articles of a commit, in both; about as many as an import takes.
const BATCH: u64 = 2048;

/// More files are not written for [`import_files`].
const MAX_FILES: usize = 100_000;

/// One folder for the run; the libraries made by [`import`] are used by all that follows.
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a temporary folder"));

static FILLED: LazyLock<Mutex<HashMap<usize, PathBuf>>> = LazyLock::new(Mutex::default);

/// The library of a size, filled once.
fn filled(size: usize) -> PathBuf {
    let mut filled = FILLED.lock().expect("no bench panics while filling");
    filled
        .entry(size)
        .or_insert_with(|| {
            let path = FOLDER.path().join(format!("{size}.db"));
            fill(&path, size);
            path
        })
        .clone()
}

/// How long the library took, without the making of the articles, and how many bytes of text they are.
fn fill(path: &Path, size: usize) -> (Duration, u64) {
    let mut library = Library::open(path).expect("a new library");
    batches(size, |articles| {
        library.add(articles).expect("the articles are stored");
    })
}

/// The same texts into a full-text table of plain SQLite, with the same durability.
fn fill_plain(path: &Path, size: usize) -> (Duration, u64) {
    let mut plain = rusqlite::Connection::open(path).expect("a new database");
    plain.pragma_update(None, "journal_mode", "WAL").expect("SQLite knows it");
    plain.pragma_update(None, "synchronous", "FULL").expect("SQLite knows it");
    plain
        .execute_batch(
            "CREATE VIRTUAL TABLE words USING fts5 (headline, body, tokenize = 'unicode61 remove_diacritics 2')",
        )
        .expect("SQLite has full-text search");
    batches(size, |articles| {
        let transaction = plain.transaction().expect("nobody else writes");
        for (article, _) in articles {
            transaction
                .prepare_cached("INSERT INTO words (headline, body) VALUES (?1, ?2)")
                .and_then(|mut insert| insert.execute((&article.title, &article.body)))
                .expect("the article is stored");
        }
        transaction.commit().expect("the articles are stored");
    })
}

fn batches(
    size: usize,
    mut store: impl FnMut(&[(attache::model::Article, attache::model::Annotations)]),
) -> (Duration, u64) {
    let (mut took, mut bytes) = (Duration::ZERO, 0);
    for start in (0..size as u64).step_by(BATCH as usize) {
        let articles: Vec<_> = (start..(start + BATCH).min(size as u64)).map(generate::article).collect();
        bytes += articles.iter().map(|(article, _)| article.body.len() as u64).sum::<u64>();
        let began = Instant::now();
        store(&articles);
        took += began.elapsed();
    }
    (took, bytes)
}

fn import(size: usize) {
    let plain_path = FOLDER.path().join("plain.db");
    let (plain, bytes) = fill_plain(&plain_path, size);
    let plain_file = size_of(&plain_path);
    for file in fs::read_dir(FOLDER.path()).expect("the folder is there").flatten() {
        if file.file_name().to_string_lossy().starts_with("plain") {
            let _ = fs::remove_file(file.path());
        }
    }
    let path = FOLDER.path().join(format!("{size}.db"));
    let (library, _) = fill(&path, size);
    FILLED.lock().expect("no bench panics while filling").insert(size, path.clone());
    println!(
        "import of {size}: {:.1} MB of text; plain full-text insert {plain:.2?}, file {:.2} times the text; \
         library {library:.2?} = {:.2} of plain, file {:.2} times the text; most memory of this process {} MB",
        bytes as f64 / 1e6,
        plain_file as f64 / bytes as f64,
        library.as_secs_f64() / plain.as_secs_f64(),
        size_of(&path) as f64 / bytes as f64,
        most_memory_mb(),
    );
    if size <= MAX_FILES {
        import_files(size, plain);
    }
}

/// From files on disk, read and annotated on all cores, and once more when nothing has changed.
fn import_files(size: usize, plain: Duration) {
    let folder = FOLDER.path().join("news");
    for n in 0..size as u64 {
        let (article, _) = generate::article(n);
        let path = folder.join(article.source.trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap_or(&folder)).expect("a temporary folder");
        let day = article.published.map(|day| format!("Date: {day}\n")).unwrap_or_default();
        let title = article.title.unwrap_or_default();
        fs::write(path, format!("Title: {title}\n{day}\n{}\n", article.body)).expect("a temporary file");
    }
    // A file that was changed just now is never taken for unchanged.
    std::thread::sleep(Duration::from_secs(3));
    let gazetteer = Gazetteer::builtin();
    let path = FOLDER.path().join("files.db");
    let mut library = Library::open(&path).expect("a new library");
    let mut run = || {
        let (began, cores_began) = (Instant::now(), core_seconds());
        let paths = [folder.clone()];
        let summary = import::run(&paths, &import::Options::default(), &gazetteer, &mut library, |_| {});
        let summary = summary.expect("the files are imported");
        assert_eq!(summary.added + summary.unchanged, size, "{summary:?}");
        (began.elapsed(), core_seconds() - cores_began)
    };
    let ((first, cores), (again, _)) = (run(), run());
    println!(
        "import of {size} files, read, annotated and stored: {first:.2?} = {:.2} of plain \
         ({cores:.1} seconds of cores, {:.2} of plain if two were free); again {again:.2?} = {:.3} of the first; most memory of this process {} MB",
        first.as_secs_f64() / plain.as_secs_f64(),
        cores / 2.0 / plain.as_secs_f64(),
        again.as_secs_f64() / first.as_secs_f64(),
        most_memory_mb(),
    );
    let _ = fs::remove_dir_all(folder);
    let _ = fs::remove_file(path);
}

/// First page and counts, exact or “at least”, of random filters, each on a library opened anew, so that nothing is remembered from the last.
fn queries(size: usize) {
    const EACH: usize = 100;
    type Kind = (&'static str, fn(&mut Numbers) -> Filter);
    let kinds: [Kind; 5] = [
        ("a country", |numbers| Filter { countries: vec![country(numbers.uneven(77))], ..Filter::default() }),
        ("two countries", |numbers| Filter {
            countries: vec![country(numbers.uneven(77)), country(numbers.uneven(77))],
            ..Filter::default()
        }),
        ("a speaker", |numbers| Filter { people: vec![official(numbers.uneven(1500))], ..Filter::default() }),
        ("who is quoted", |numbers| {
            let name = Name { text: official(numbers.uneven(1500)), spellings: Vec::new() };
            Filter { query: Query::Is(Condition::Speaker(name)), ..Filter::default() }
        }),
        ("a range of days", |numbers| {
            let first = chrono::NaiveDate::from_ymd_opt(2015, 1, 1).expect("a day of the calendar");
            let since = first + chrono::Days::new(numbers.below(3000) as u64);
            let until = since + chrono::Days::new(numbers.below(366) as u64);
            Filter { since: Some(since), until: Some(until), ..Filter::default() }
        }),
    ];
    let path = filled(size);
    let mut numbers = Numbers::new(7);
    let mut all = Vec::new();
    for (name, filter) in kinds {
        // A word of a query, and one that is typed in the reader, which finds all that begin so.
        for word in ["", " and a word", " and a beginning of words"] {
            let n_glances = std::cell::Cell::new(0);
            let mut took: Vec<Duration> = (0..EACH)
                .map(|_| {
                    let mut filter = filter(&mut numbers);
                    if !word.is_empty() {
                        let mut text = String::new();
                        numbers.word(&mut text);
                        let words =
                            Words { text: text.trim().to_owned(), prefix: word.contains("beg"), spellings: Vec::new() };
                        let words = Query::Is(Condition::Words(Scope::Anywhere, words));
                        filter.query = Query::and([filter.query, words]);
                    }
                    let library = Library::open(&path).expect("the library is there");
                    let began = Instant::now();
                    // As the reader asks.
                    let page = library.first_page(&filter, Sort::default()).expect("the library answers");
                    if page.is_some() {
                        n_glances.set(n_glances.get() + 1);
                    } else {
                        black_box(library.counts(&filter).expect("the library answers"));
                        black_box(library.rows(&filter, Sort::default(), 0, 50).expect("the library answers"));
                    }
                    black_box(page);
                    began.elapsed()
                })
                .collect();
            all.extend(took.iter().copied().filter(|_| !word.contains("beg")));
            let at_least = match n_glances.get() {
                0 => String::new(),
                n => format!(", {n} of {EACH} counted as “at least”"),
            };
            println!("{size}: {name}{word}: {}{at_least}", middle_and_slow(&mut took));
        }
    }
    println!("{size}: all {} queries but those with beginnings: {}", all.len(), middle_and_slow(&mut all));
    let library = Library::open(&path).expect("the library is there");
    let page = |offset: usize| {
        let began = Instant::now();
        black_box(library.rows(&Filter::default(), Sort::default(), offset as u64, 50).expect("the library answers"));
        began.elapsed()
    };
    println!("{size}: the jump to the end: {:.2?}", page(size - 50));
    for (name, first) in [("top", 0), ("middle", size / 2), ("end", size - size / 20)] {
        let mut took: Vec<_> = (0..500).map(|_| page(first + numbers.below(size / 20))).collect();
        println!("{size}: a page at the {name}: {}", middle_and_slow(&mut took));
    }
    let this = std::env::current_exe().expect("this program has a file");
    let reader = std::process::Command::new(this).env(READER, &path).output().expect("this program runs");
    print!("{size}: {}", String::from_utf8_lossy(&reader.stdout));
}

/// What a reader does: starts, scrolls to the end, filters, and opens articles.
fn read(path: &Path) {
    let library = Library::open(path).expect("the library is there");
    let total = library.counts(&Filter::default()).expect("the library answers").total;
    for offset in [0, total / 2, total.saturating_sub(50)] {
        library.rows(&Filter::default(), Sort::default(), offset, 50).expect("the library answers");
    }
    let mut numbers = Numbers::new(9);
    for n in 0..40 {
        let mut filter = Filter { countries: vec![country(numbers.uneven(77))], ..Filter::default() };
        if n % 2 == 0 {
            numbers.word(&mut filter.text);
        }
        library.counts(&filter).expect("the library answers");
        library.officials(&filter, 50).expect("the library answers");
        for row in library.rows(&filter, Sort::default(), 0, 50).expect("the library answers") {
            library.article(row.id).expect("the library answers");
        }
    }
    println!("most memory of a reader: {} MB", most_memory_mb());
}

/// Opening, counts and first page of each size, as a ratio to those of the smallest.
fn starts() {
    let start = |size: usize| {
        let path = filled(size);
        let mut took: Vec<_> = (0..50)
            .map(|_| {
                let began = Instant::now();
                let library = Library::open(&path).expect("the library is there");
                black_box(library.counts(&Filter::default()).expect("the library answers"));
                black_box(library.rows(&Filter::default(), Sort::default(), 0, 50).expect("the library answers"));
                began.elapsed()
            })
            .collect();
        took.sort();
        took[took.len() / 2]
    };
    let smallest = sizes().into_iter().min().map(start).unwrap_or_default();
    for size in sizes() {
        let took = start(size);
        println!("start with {size}: {took:.2?} = {:.2} of the smallest", took.as_secs_f64() / smallest.as_secs_f64());
    }
}

/// Sorts them: half are as fast as the first, 99 of 100 as the second.
fn middle_and_slow(took: &mut [Duration]) -> String {
    took.sort();
    let at = |share: usize| took.get((took.len() * share / 100).min(took.len() - 1)).copied().unwrap_or_default();
    format!("p50 {:.2?}, p99 {:.2?}, most {:.2?}", at(50), at(99), at(100))
}

fn size_of(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// What this process has used of all cores so far, in seconds.
fn core_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in parentheses; the 14th and 15th of all fields, in hundredths.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn most_memory_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
}

/// Opening, the counts of the status line, and the first page.
#[divan::bench(args = sizes(), sample_count = 20)]
fn start(bencher: Bencher<'_, '_>, size: usize) {
    let path = filled(size);
    bencher.bench(|| {
        let library = Library::open(&path).expect("the library is there");
        let counts = library.counts(&Filter::default()).expect("the library answers");
        (counts, library.rows(&Filter::default(), Sort::default(), 0, 50).expect("the library answers"))
    });
}

/// A filter never asked for before: its first page and its exact counts.
fn first_page(bencher: Bencher<'_, '_>, size: usize, mut filter: impl FnMut(&mut Numbers) -> Filter) {
    let path = filled(size);
    let mut numbers = Numbers::new(7);
    bencher
        .with_inputs(|| (Library::open(&path).expect("the library is there"), filter(&mut numbers)))
        .bench_local_refs(|(library, filter)| {
            let rows = library.rows(filter, Sort::default(), 0, 50).expect("the library answers");
            (rows, library.counts(filter).expect("the library answers"))
        });
}

/// The country that most articles mention.
#[divan::bench(args = sizes(), sample_count = 20)]
fn filter_most_common_country(bencher: Bencher<'_, '_>, size: usize) {
    first_page(bencher, size, |_| Filter { countries: vec![country(0)], ..Filter::default() });
}

/// Countries as often as they are in the news.
#[divan::bench(args = sizes(), sample_count = 100)]
fn filter_random_country(bencher: Bencher<'_, '_>, size: usize) {
    first_page(bencher, size, |numbers| Filter { countries: vec![country(numbers.uneven(77))], ..Filter::default() });
}

/// Two countries, both mentioned.
#[divan::bench(args = sizes(), sample_count = 100)]
fn filter_two_countries(bencher: Bencher<'_, '_>, size: usize) {
    first_page(bencher, size, |numbers| Filter {
        countries: vec![country(numbers.uneven(77)), country(numbers.uneven(77))],
        ..Filter::default()
    });
}

/// Either of two countries.
#[divan::bench(args = sizes(), sample_count = 100)]
fn filter_either_country(bencher: Bencher<'_, '_>, size: usize) {
    first_page(bencher, size, |numbers| Filter {
        countries: vec![country(numbers.uneven(77)), country(numbers.uneven(77))],
        country_match: CountryMatch::Any,
        ..Filter::default()
    });
}

/// An official.
#[divan::bench(args = sizes(), sample_count = 100)]
fn filter_person(bencher: Bencher<'_, '_>, size: usize) {
    first_page(bencher, size, |numbers| Filter { people: vec![official(numbers.uneven(1500))], ..Filter::default() });
}

/// A year.
#[divan::bench(args = sizes(), sample_count = 20)]
fn filter_year(bencher: Bencher<'_, '_>, size: usize) {
    first_page(bencher, size, |numbers| {
        let year = 2015 + numbers.below(10) as i32;
        let day = |month, day| chrono::NaiveDate::from_ymd_opt(year, month, day);
        Filter { since: day(1, 1), until: day(12, 31), ..Filter::default() }
    });
}

/// A word of middling rarity in the articles of a country.
#[divan::bench(args = sizes(), sample_count = 50)]
fn filter_country_and_word(bencher: Bencher<'_, '_>, size: usize) {
    first_page(bencher, size, |numbers| Filter {
        countries: vec![country(numbers.uneven(77))],
        text: ["sanctions", "ceasefire", "tacon", "verper", "galomi"][numbers.below(5)].to_owned(),
        ..Filter::default()
    });
}

/// A page anywhere in the whole list: the first one computes it, the others are what scrolling costs.
#[divan::bench(args = sizes(), sample_count = 200)]
fn page_anywhere(bencher: Bencher<'_, '_>, size: usize) {
    let library = Library::open(&filled(size)).expect("the library is there");
    let mut numbers = Numbers::new(7);
    bencher.with_inputs(|| numbers.below(size) as u64).bench_local_values(|offset| {
        library.rows(&Filter::default(), Sort::default(), offset, 50).expect("the library answers")
    });
}

/// The jump to the end of the list just after the start.
#[divan::bench(args = sizes(), sample_count = 20)]
fn jump_to_the_end(bencher: Bencher<'_, '_>, size: usize) {
    let path = filled(size);
    bencher.with_inputs(|| Library::open(&path).expect("the library is there")).bench_local_refs(|library| {
        library.rows(&Filter::default(), Sort::default(), size as u64 - 50, 50).expect("the library answers")
    });
}

/// All countries with their counts, for the picker.
#[divan::bench(args = sizes(), sample_count = 20)]
fn countries(bencher: Bencher<'_, '_>, size: usize) {
    let library = Library::open(&filled(size)).expect("the library is there");
    bencher.bench_local(|| library.countries(&Filter::default()).expect("the library answers"));
}

/// The officials of the articles of a country, for the sidebar.
#[divan::bench(args = sizes(), sample_count = 20)]
fn officials_of_a_country(bencher: Bencher<'_, '_>, size: usize) {
    let library = Library::open(&filled(size)).expect("the library is there");
    let filter = Filter { countries: vec![country(9)], ..Filter::default() };
    bencher.bench_local(|| library.officials(&filter, 50).expect("the library answers"));
}

/// An article with all that was found in it.
#[divan::bench(args = sizes(), sample_count = 200)]
fn open_an_article(bencher: Bencher<'_, '_>, size: usize) {
    let library = Library::open(&filled(size)).expect("the library is there");
    let ids = library.all_article_ids().expect("the library answers");
    let mut numbers = Numbers::new(7);
    bencher
        .with_inputs(|| ids[numbers.below(ids.len())])
        .bench_local_values(|id| library.article(id).expect("the library answers"));
}
