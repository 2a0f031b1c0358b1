//! What finding costs on one core: many generated articles, articles of growing length, the index alone, a record, and
//! loading the tables.
//!
//! The rate over many articles is printed first. `ATTACHE_BENCH_SIZES=1000,1000000` chooses other numbers of articles.

#[expect(dead_code, reason = "other benchmarks need more of it")]
#[path = "common/generate.rs"]
mod generate;

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use attache::{
    export::Record,
    extract::extract,
    gazetteer::{Gazetteer, tokenize},
    model::{Annotations, Article},
};
use divan::{Bencher, black_box, counter::BytesCount};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::builtin);

fn main() {
    // `cargo bench` says so; as a test every benchmark runs once, without optimization, and the rate would take minutes.
    if std::env::args().any(|argument| argument == "--bench") {
        sizes().into_iter().for_each(rate);
    }
    divan::main();
}

fn sizes() -> Vec<u64> {
    let sizes = std::env::var("ATTACHE_BENCH_SIZES").unwrap_or_else(|_| "1000,100000".to_owned());
    sizes.split(',').map(|size| size.trim().parse().expect("a number of articles")).collect()
}

/// Megabytes of text a second over many articles, without the making of them, and how much of it the index takes.
fn rate(size: u64) {
    LazyLock::force(&GAZETTEER);
    let (mut took, mut index_took, mut bytes, mut n_quotes) = (Duration::ZERO, Duration::ZERO, 0, 0);
    for number in 0..size {
        let (article, _) = generate::article(number);
        let began = Instant::now();
        let found = black_box(extract(&GAZETTEER, &article));
        took += began.elapsed();
        let began = Instant::now();
        black_box(look_up(&article.body));
        index_took += began.elapsed();
        bytes += article.body.len();
        n_quotes += found.quotes.len();
    }
    let megabytes = bytes as f64 / 1e6;
    println!(
        "extraction of {size}: {megabytes:.1} MB of text, {n_quotes} quotes, {took:.2?}, {:.1} MB/s on one core",
        megabytes / took.as_secs_f64(),
    );
    println!(
        "the index alone: {index_took:.2?}, {:.1} MB/s; all of it takes {:.1} times as long",
        megabytes / index_took.as_secs_f64(),
        took.as_secs_f64() / index_took.as_secs_f64(),
    );
}

/// Cuts a text into words and looks up the phrases that begin at each, which nothing that uses the tables can do without.
fn look_up(text: &str) -> usize {
    let tokens = tokenize(text);
    let mut n_hits = 0;
    for at in 0..tokens.len() {
        GAZETTEER.lexicon.hits_at(&tokens, at, |_| n_hits += 1);
    }
    n_hits
}

/// An article of at least `n_bytes`, made of generated ones.
fn long_article(n_bytes: usize) -> Article {
    let (mut article, _) = generate::article(0);
    for number in 1.. {
        if article.body.len() >= n_bytes {
            break;
        }
        article.body.push_str("\n\n");
        article.body.push_str(&generate::article(number).0.body);
    }
    article
}

/// The bytes a second must stay the same: the work is in proportion to the text.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000, 5_000_000])]
fn one_article(bencher: Bencher<'_, '_>, n_bytes: usize) {
    let article = long_article(n_bytes);
    LazyLock::force(&GAZETTEER);
    bencher.counter(BytesCount::of_str(&article.body)).bench_local(|| extract(&GAZETTEER, black_box(&article)));
}

/// What [`one_article`] can be held against.
#[divan::bench(args = [10_000, 1_000_000, 5_000_000])]
fn the_index_alone(bencher: Bencher<'_, '_>, n_bytes: usize) {
    let article = long_article(n_bytes);
    LazyLock::force(&GAZETTEER);
    bencher.counter(BytesCount::of_str(&article.body)).bench_local(|| look_up(black_box(&article.body)));
}

/// From annotations to the line that `attache extract` prints.
#[divan::bench(args = [10_000, 1_000_000])]
fn record(bencher: Bencher<'_, '_>, n_bytes: usize) {
    let article = long_article(n_bytes);
    let found: Annotations = extract(&GAZETTEER, &article);
    bencher
        .counter(BytesCount::of_str(&article.body))
        .bench_local(|| Record::new(black_box(&article), &found).to_json());
}

/// Part of every start that extracts.
#[divan::bench]
fn loading_the_tables() -> Gazetteer {
    Gazetteer::builtin()
}
