//! `attache extract`: what is found in articles, as JSON lines, or why.

use std::io::{self, Write};

use color_eyre::eyre::{self, WrapErr};
use crossbeam_channel::Sender;
use rayon::prelude::*;

use super::{CANNOT_PRINT, Exit, arguments, arguments::Common, explain, in_order::in_order, report::Stderr};
use crate::{
    export::Record,
    extract,
    gazetteer::{Gazetteer, LinesOfTables},
    ingest::{self, IngestError, Input, Limits, Reading},
    model::Article,
};

/// Prints a record for every article as soon as it is done, and names the inputs that were refused.
pub(super) fn run(arguments: &arguments::Extract, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let config = super::config(common)?;
    let limits = Limits { max_file_bytes: config.import.max_file_bytes };
    let inputs = ingest::inputs(&arguments.paths);
    if inputs.is_empty() && !common.quiet {
        stderr.note("no articles found: a folder is searched for files whose name ends like that of a text; name a file to read it anyway");
    }
    let tables = super::user_tables(&config)?;
    let gazetteer = Gazetteer::with_user_tables(&tables);
    let lines = arguments.explain.then(|| LinesOfTables::new(&tables));
    let print = |article: &Article| match &lines {
        Some(lines) => explain::text(article, &extract::explain::explain(&gazetteer, article), lines),
        None => record(&gazetteer, article),
    };
    let mut stdout = io::stdout().lock();
    let mut n_refused = 0;
    in_order(
        inputs,
        |input, lines| annotate(input, &limits, &print, lines),
        |line| match line {
            Ok(line) => stdout.write_all(line.as_bytes()),
            Err(refused) => {
                tracing::warn!("{refused}");
                stderr.error(&refused);
                n_refused += 1;
                Ok(())
            }
        },
    )
    .and_then(|()| stdout.flush())
    .wrap_err(CANNOT_PRINT)?;
    Ok(Exit::after(n_refused))
}

/// Sends what `print` makes of every article of `input`.
fn annotate(
    input: Result<Input, IngestError>,
    limits: &Limits,
    print: &(impl Fn(&Article) -> String + Sync),
    lines: &Sender<Result<String, IngestError>>,
) {
    let reading = input
        .and_then(|input| ingest::read(&input, limits))
        .unwrap_or_else(|refused| Reading { articles: Vec::new(), refused: vec![refused] });
    for refused in reading.refused {
        // Nobody waits for it if the pipe was closed.
        let _ = lines.send(Err(refused));
    }
    let articles = reading.articles;
    // A file of one article is one piece of work, as there are other files; one of many is worked on by all cores.
    if let [article] = articles.as_slice() {
        let _ = lines.send(Ok(print(article)));
        return;
    }
    for chunk in articles.chunks(4 * rayon::current_num_threads()) {
        let done: Vec<String> = chunk.par_iter().map(print).collect();
        for line in done {
            if lines.send(Ok(line)).is_err() {
                return;
            }
        }
    }
}

fn record(gazetteer: &Gazetteer, article: &Article) -> String {
    let mut line = Record::new(article, &extract::extract(gazetteer, article)).to_json();
    line.push('\n');
    line
}
