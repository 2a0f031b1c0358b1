//! Runs the fuzz targets on a stable compiler: `cargo run --example fuzz -- TARGET SECONDS [SEED]`.
//!
//! Inputs are the fixtures and samples, mutated: bytes changed, stretches cut, repeated, moved and put together from two
//! inputs, and pieces put in that are special to some format. An input that makes a target panic, or takes longer than
//! five seconds, is written to a file and named; the seed gives the same run again.

#![allow(clippy::print_stderr, reason = "a tool for the terminal")]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::{
    fs,
    panic::catch_unwind,
    path::Path,
    time::{Duration, Instant},
};

use targets::TARGETS;

/// Longest input, in bytes.
const LONGEST: usize = 64 * 1024;

/// An input that takes longer is a finding.
const SLOW: Duration = Duration::from_secs(5);

/// Pieces that mean something in one of the formats.
const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<p>",
    "</p>",
    "<div>",
    "<table>",
    "<td>",
    "<script>",
    "</script>",
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"",
    "<meta property=\"og:title\" content=\"",
    "<title>",
    "<a href=\"",
    "<li hidden>",
    "<pre>",
    "<br><br>",
    "<q>",
    "<form>",
    "&amp;",
    "&#",
    "&#x110000;",
    "&#146;",
    "&nbsp",
    "<?xml version=\"1.0\"?>",
    "<rss version=\"2.0\"><channel>",
    "<item>",
    "</item>",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "&a;",
    "From a@b Mon Aug  4 09:00:00 2025\n",
    "Subject: ",
    "Date: ",
    "Content-Type: text/html; charset=",
    "multipart/mixed; boundary=b",
    "\n--b\n",
    "--b--",
    "Content-Transfer-Encoding: base64\n\n",
    "=?utf-8?B?",
    "?=",
    "\n\n",
    "\r\n",
    "---\n",
    "+++\n",
    "title: ",
    "- ",
    "> ",
    "# ",
    "```",
    "{",
    "}",
    "[",
    "]",
    "\"body\":",
    "\"url\":\"https://",
    ",",
    ";",
    "\t",
    "\"",
    "\\",
    "\\ud800",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "é",
    "\u{2028}",
    "🇫🇷",
    "1970-01-01",
    "2999-12-31",
    "4 August 2025",
];

struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n.max(1) as u64)).unwrap_or(0)
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<u64>().ok());
    let target = TARGETS.iter().find(|(name, _)| arguments.first().is_some_and(|wanted| wanted == name));
    let (Some((name, target)), Some(seconds)) = (target, number(1)) else {
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        eprintln!("say which of {} to run, for how many seconds, and perhaps a seed", names.join(", "));
        std::process::exit(2);
    };
    let inputs = inputs();
    let mut numbers = Numbers(number(2).unwrap_or(1).max(1));
    let (begin, mut n, mut found, mut slowest) = (Instant::now(), 0_u64, 0, Duration::ZERO);
    while begin.elapsed().as_secs() < seconds {
        let input = mutated(&inputs, &mut numbers);
        let one = Instant::now();
        let ended = catch_unwind(|| target(&input));
        let took = one.elapsed();
        slowest = slowest.max(took);
        n += 1;
        if ended.is_err() || took > SLOW {
            found += 1;
            let path = std::env::temp_dir().join(format!("fuzz-{name}-{found}"));
            let kept = fs::write(&path, &input);
            eprintln!(
                "{name}: input {n} {} after {took:?}: {} ({kept:?})",
                if ended.is_err() { "panicked" } else { "was slow" },
                path.display()
            );
            if found == 20 {
                break;
            }
        }
    }
    eprintln!("{name}: {n} inputs in {} s, {found} findings, the slowest took {slowest:?}", begin.elapsed().as_secs());
    std::process::exit(i32::from(found > 0));
}

/// The fixtures and samples.
fn inputs() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    for folder in ["tests/fixtures/pages", "tests/fixtures/mail", "tests/fixtures/feeds", "assets/samples"] {
        let Ok(entries) = fs::read_dir(root.join(folder)) else { continue };
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        all.extend(paths.into_iter().filter_map(|path| fs::read(path).ok()));
    }
    all.push(
        b"{\"title\":\"T\",\"date\":\"2025-08-04\",\"url\":\"https://example.org/a\",\"body\":\"One.\\n\\nTwo.\"}\n"
            .repeat(3),
    );
    all.push(b"title,date,body\nT,2025-08-04,\"One.\n\nTwo.\"\n".to_vec());
    all.push(b"---\ntitle: 'T'\nauthors: [a, b]\n---\n# T\n\n<div>\n<p>x</p>\n</div>\n".to_vec());
    all
}

fn mutated(inputs: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut input = inputs.get(numbers.below(inputs.len())).cloned().unwrap_or_default();
    for _ in 0..=numbers.below(12) {
        let at = numbers.below(input.len() + 1);
        let end = at + numbers.below((input.len() - at).min(400) + 1);
        match numbers.below(8) {
            0 if !input.is_empty() => {
                let at = numbers.below(input.len());
                input[at] = numbers.next().to_le_bytes()[7];
            }
            1 => drop(input.drain(at..end)),
            2 => {
                let again = input[at..end].repeat(1 + numbers.below(40));
                input.splice(at..at, again);
            }
            3 => {
                let moved: Vec<u8> = input.drain(at..end).collect();
                let to = numbers.below(input.len() + 1);
                input.splice(to..to, moved);
            }
            4 => {
                let other = &inputs[numbers.below(inputs.len())];
                let from = numbers.below(other.len() + 1);
                let to = from + numbers.below((other.len() - from).min(2000) + 1);
                input.splice(at..at, other[from..to].iter().copied());
            }
            5 => input.truncate(at),
            _ => {
                let piece = PIECES[numbers.below(PIECES.len())]
                    .repeat(1 + if numbers.below(6) == 0 { numbers.below(300) } else { 0 });
                input.splice(at..at, piece.bytes());
            }
        }
        input.truncate(LONGEST);
    }
    input
}
