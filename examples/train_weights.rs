//! Learns the weights of the speaker and speech features from labelled articles and writes their tables.
//!
//! usage: `cargo run --release --example train_weights -- GOLD.jsonl OUT_FOLDER [a|b|all|cross]`
//!
//! GOLD.jsonl holds an article a line: `id`, `text`, and `segments` with `start`, `end` (code points, marks left out),
//! `is_quote` and `sources` (ranges that name the speaker). `a` and `b` learn from the half of the articles whose hashed
//! name is even or odd, so that the other half can be believed; `cross` writes what is found in each half with the weights of
//! the other, `a.jsonl` and `b.jsonl`, to be scored. Plain gradient descent on a convex loss with a penalty on
//! large weights, from zero, in a fixed order: the same input gives the same table.

use std::{collections::BTreeMap, error::Error, fmt::Write as _, fs, path::Path};

use attache::{
    export::Record,
    extract::{
        extract,
        training::{self, Labelled, Samples},
    },
    gazetteer::{Gazetteer, Weights, fold_hash},
    model::Article,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Gold {
    id: String,
    text: String,
    segments: Vec<Segment>,
}

#[derive(Deserialize)]
struct Segment {
    start: usize,
    end: usize,
    is_quote: bool,
    sources: Vec<(usize, usize)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [gold, out, rest @ ..] = args.as_slice() else {
        return Err("usage: train_weights GOLD.jsonl OUT_FOLDER [a|b|all|cross]".into());
    };
    let (gold, out) = (Path::new(gold), Path::new(out));
    match rest.first().map_or("all", String::as_str) {
        "cross" => read_each_half_with_the_other(gold, out),
        half => {
            let learned = learn(&read(gold, half)?);
            fs::write(out.join("speaker.tsv"), learned.speaker)?;
            Ok(fs::write(out.join("speech.tsv"), learned.speech)?)
        }
    }
}

/// Writes what the engine finds in each half of the articles with the weights of the other, as `attache extract` prints it.
fn read_each_half_with_the_other(gold: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    for (half, other) in [("a", "b"), ("b", "a")] {
        let learned = learn(&read(gold, other)?);
        let mut gazetteer = Gazetteer::builtin();
        gazetteer.speaker_weights = Weights::parse(&learned.speaker);
        gazetteer.speech_weights = Weights::parse(&learned.speech);
        let mut records = String::new();
        for (article, _) in read(gold, half)? {
            let found = extract(&gazetteer, &article);
            records += &serde_json::to_string(&Record::new(&article, &found))?;
            records.push('\n');
        }
        fs::write(out.join(format!("{half}.jsonl")), records)?;
    }
    Ok(())
}

/// The learned tables.
struct Learned {
    speaker: String,
    speech: String,
}

fn learn(articles: &[Example]) -> Learned {
    let mut gazetteer = Gazetteer::builtin();
    // What was learned before must not decide what is learned now: the same articles give the same table.
    gazetteer.speaker_weights = Weights::default();
    gazetteer.speech_weights = Weights::default();

    let names = training::feature_names();
    let mut weights = vec![0.0; names.len()];
    // The speech features look at how sure a speaker is, and the speaker features at the speaker before: a few rounds.
    for round in 0..ROUNDS_OF_READING {
        let found = collect(&gazetteer, articles);
        let lost: usize = found.iter().map(|s| s.unreachable.len()).sum();
        let samples: Vec<_> = found.into_iter().flat_map(|s| s.speakers).collect();
        weights = learn_speakers(&samples, names.len());
        println!("round {round}: {} quotes, {lost} whose speaker is no candidate", samples.len());
        gazetteer.speaker_weights = Weights::parse(&table(&names, &weights));
    }
    let speech: Vec<_> = collect(&gazetteer, articles).into_iter().flat_map(|s| s.speech).collect();
    let speech_weights = learn_speech(&speech);

    let head = |what: &str| format!("# {what}\n# Learned by examples/train_weights.rs; columns: feature, weight.\n");
    let speaker =
        head("speaker.tsv: what speaks for a mention being the speaker of a quote.") + &table(&names, &weights);
    let (names, weights): (Vec<String>, Vec<f32>) = speech_weights.into_iter().map(|(n, w)| (n.to_owned(), w)).unzip();
    let speech = head("speech.tsv: what speaks for a stretch between marks being speech.") + &table(&names, &weights);
    Learned { speaker, speech }
}

/// An article and how its quotes are labelled.
type Example = (Article, Vec<Labelled>);

fn read(path: &Path, half: &str) -> Result<Vec<Example>, Box<dyn Error>> {
    let mut articles = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        let gold: Gold = serde_json::from_str(line)?;
        let even = fold_hash(&gold.id).is_multiple_of(2);
        if (half == "a" && !even) || (half == "b" && even) {
            continue;
        }
        let bytes: Vec<usize> = gold.text.char_indices().map(|(at, _)| at).chain([gold.text.len()]).collect();
        let labels = gold.segments.iter().map(|s| Labelled {
            start: bytes[s.start],
            end: bytes[s.end],
            is_quote: s.is_quote,
            sources: s.sources.iter().map(|&(a, b)| (bytes[a], bytes[b])).collect(),
        });
        let labels = labels.collect();
        articles.push((Article { source: format!("{}.txt", gold.id), body: gold.text, ..Article::default() }, labels));
    }
    Ok(articles)
}

fn collect(gazetteer: &Gazetteer, articles: &[Example]) -> Vec<Samples> {
    articles.iter().map(|(article, gold)| training::samples(gazetteer, article, gold)).collect()
}

const ROUNDS_OF_READING: usize = 3;
const SPEAKER_PENALTY: f32 = 3.0;
const SPEECH_PENALTY: f32 = 0.6;
const ROUNDS: usize = 400;

/// Maximizes the probability that a softmax over the candidates gives to the true ones.
fn learn_speakers(samples: &[training::SpeakerSample], n: usize) -> Vec<f32> {
    let mut weights = vec![0.0f32; n];
    let mut squares = vec![1e-6f32; n];
    for _ in 0..ROUNDS {
        let mut gradient: Vec<f32> = weights.iter().map(|w| -SPEAKER_PENALTY * w).collect();
        for sample in samples {
            let sums: Vec<f32> =
                sample.iter().map(|(features, _)| features.iter().map(|&f| weights[usize::from(f)]).sum()).collect();
            let all = softmax(&sums, |_| true);
            let right = softmax(&sums, |idx| sample[idx].1);
            for (idx, (features, _)) in sample.iter().enumerate() {
                let step = right[idx] - all[idx];
                for &feature in features {
                    gradient[usize::from(feature)] += step;
                }
            }
        }
        adagrad(&mut weights, &mut squares, &gradient);
    }
    weights
}

fn softmax(sums: &[f32], among: impl Fn(usize) -> bool) -> Vec<f32> {
    let top = (0..sums.len()).filter(|&i| among(i)).map(|i| sums[i]).fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = (0..sums.len()).map(|i| if among(i) { (sums[i] - top).exp() } else { 0.0 }).collect();
    let total: f32 = powers.iter().sum();
    powers.into_iter().map(|p| p / total).collect()
}

/// Logistic regression on the names of the reasons.
fn learn_speech(samples: &[training::SpeechSample]) -> BTreeMap<&'static str, f32> {
    let mut names: Vec<&str> = samples.iter().flat_map(|(reasons, _)| reasons.iter().copied()).collect();
    names.sort_unstable();
    names.dedup();
    let position = |name: &str| names.binary_search(&name).unwrap_or(0);
    let samples: Vec<(Vec<usize>, bool)> =
        samples.iter().map(|(reasons, truth)| (reasons.iter().map(|r| position(r)).collect(), *truth)).collect();
    let mut weights = vec![0.0f32; names.len()];
    let mut squares = vec![1e-6f32; names.len()];
    for _ in 0..ROUNDS {
        let mut gradient: Vec<f32> = weights.iter().map(|w| -SPEECH_PENALTY * w).collect();
        for (reasons, truth) in &samples {
            let sum: f32 = reasons.iter().map(|&r| weights[r]).sum();
            let step = f32::from(u8::from(*truth)) - 1.0 / (1.0 + (-sum).exp());
            for &reason in reasons {
                gradient[reason] += step;
            }
        }
        adagrad(&mut weights, &mut squares, &gradient);
    }
    names.into_iter().zip(weights).collect()
}

/// Duchi, Hazan and Singer 2011: steps that shrink with the squares of the gradients so far.
fn adagrad(weights: &mut [f32], squares: &mut [f32], gradient: &[f32]) {
    for ((weight, square), g) in weights.iter_mut().zip(squares).zip(gradient) {
        *square += g * g;
        *weight += 0.5 * g / square.sqrt();
    }
}

fn table(names: &[String], weights: &[f32]) -> String {
    let mut out = String::new();
    for (name, weight) in names.iter().zip(weights).filter(|(_, w)| w.abs() >= 0.005) {
        let _ = writeln!(out, "{name}\t{weight:.3}");
    }
    out
}
