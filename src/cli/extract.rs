//! `attache extract`: what is found in articles, as JSON lines.

use std::io::{self, Write};

use color_eyre::eyre::{self, WrapErr};
use crossbeam_channel::Sender;
use rayon::prelude::*;

use super::{CANNOT_PRINT, Exit, arguments, arguments::Common, in_order::in_order, report::Stderr};
use crate::{
    export::Record,
    extract::extract,
    gazetteer::Gazetteer,
    ingest::{self, IngestError, Input, Limits},
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
    let gazetteer = Gazetteer::with_user_tables(&super::user_tables(&config)?);
    let mut stdout = io::stdout().lock();
    let mut n_refused = 0;
    in_order(
        inputs,
        |input, lines| annotate(input, &limits, &gazetteer, lines),
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

/// Sends the record of every article of `input`, as a line each.
fn annotate(
    input: Result<Input, IngestError>,
    limits: &Limits,
    gazetteer: &Gazetteer,
    lines: &Sender<Result<String, IngestError>>,
) {
    let articles = match input.and_then(|input| ingest::read(&input, limits)) {
        Ok(articles) => articles,
        Err(refused) => {
            // Nobody waits for it if the pipe was closed.
            let _ = lines.send(Err(refused));
            return;
        }
    };
    // A file of one article is one piece of work, as there are other files; one of many is worked on by all cores.
    if let [article] = articles.as_slice() {
        let _ = lines.send(Ok(line(gazetteer, article)));
        return;
    }
    for chunk in articles.chunks(4 * rayon::current_num_threads()) {
        let done: Vec<String> = chunk.par_iter().map(|article| line(gazetteer, article)).collect();
        for line in done {
            if lines.send(Ok(line)).is_err() {
                return;
            }
        }
    }
}

fn line(gazetteer: &Gazetteer, article: &Article) -> String {
    let mut line = Record::new(article, &extract(gazetteer, article)).to_json();
    line.push('\n');
    line
}
