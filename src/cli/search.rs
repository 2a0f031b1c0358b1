//! `attache search` and `attache quotes`: what a query finds.

use std::io::{self, BufWriter, Write};

use color_eyre::eyre::{self, WrapErr, eyre};
use serde_json::json;

use super::{
    CANNOT_PRINT, Exit,
    arguments::{Common, FoundFormat, Search, SearchOrder, Searched},
    library_file,
    report::{Stderr, printable},
    wrong_usage,
};
use crate::{
    export::harmless,
    extract::ENGINE_VERSION,
    gazetteer::Geography,
    library::{FoundArticle, FoundQuote, Library, Sort, Watch},
    model::{Condition, CountryCode, Filter, Mark, Query},
    query,
};

/// The version of the objects. It rises when a field changes its meaning or goes; new fields do not raise it.
const SCHEMA: u32 = 1;

/// Prints the articles that a query finds, or does what was asked with the watches.
pub(super) fn articles(arguments: &Search, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    if common.temp {
        return Err(wrong_usage("a temporary library has nothing to search in: leave --temp out"));
    }
    like_grep(search_articles(arguments, common, stderr), stderr)
}

/// Prints the quotes that a query finds.
pub(super) fn quotes(arguments: &Searched, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    if common.temp {
        return Err(wrong_usage("a temporary library has nothing to search in: leave --temp out"));
    }
    like_grep(search_quotes(arguments, common, stderr), stderr)
}

/// 0 found, 1 nothing found, 2 an error; a closed pipe is left to the caller.
pub(super) fn like_grep(exit: eyre::Result<Exit>, stderr: &Stderr) -> eyre::Result<Exit> {
    let is_pipe = |report: &eyre::Report| report.chain().any(<dyn std::error::Error>::is::<io::Error>);
    match exit {
        Err(report) if !is_pipe(&report) => {
            tracing::error!("{report:#}");
            stderr.error(report.as_ref());
            Ok(Exit::Usage)
        }
        exit => exit,
    }
}

fn search_articles(arguments: &Search, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let mut library = Library::open(&library_file(common)?)?;
    let geography = geography(common)?;
    if let Some(name) = &arguments.remove {
        if library.remove_watch(name)? {
            return Ok(Exit::Done);
        }
        return Err(no_watch(name));
    }
    if arguments.list {
        return list(&library, &geography, stderr);
    }
    if let Some(name) = &arguments.save {
        let text = arguments.what.query.join(" ");
        if name.trim().is_empty() {
            return Err(eyre!("a watch needs a name"));
        }
        let Some(_) = understood(&text, &geography, stderr) else { return Ok(Exit::Usage) };
        library.save_watch(&Watch { name: name.trim().to_owned(), query: text })?;
        return Ok(Exit::Done);
    }
    let Some(query) = asked(&arguments.what, &library, &geography, stderr)? else { return Ok(Exit::Usage) };
    let mut out = Output::new(arguments.what.format, &ARTICLE_COLUMNS)?;
    let mut printed = Ok(());
    let sort = match arguments.sort {
        SearchOrder::Newest => Sort::DateDescending,
        SearchOrder::Oldest => Sort::DateAscending,
        SearchOrder::Relevance => Sort::Relevance,
    };
    let n = library.search(&query, sort, arguments.what.limit, |article| {
        printed = out.article(&article);
        printed.is_ok()
    })?;
    printed.and_then(|()| out.end()).wrap_err(CANNOT_PRINT)?;
    Ok(if n == 0 { Exit::Refused } else { Exit::Done })
}

fn search_quotes(arguments: &Searched, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let library = Library::open(&library_file(common)?)?;
    let geography = geography(common)?;
    let Some(query) = asked(arguments, &library, &geography, stderr)? else { return Ok(Exit::Usage) };
    if !common.quiet && !library.outdated(ENGINE_VERSION, 1)?.is_empty() {
        stderr.note(
            "some articles wait to be read anew, and their quotes are not found yet: open the reader for a while",
        );
    }
    let mut out = Output::new(arguments.format, &QUOTE_COLUMNS)?;
    let mut done: eyre::Result<()> = Ok(());
    let n = library.search_quotes(&query, arguments.limit, |quote| {
        done = match library.found(quote.article) {
            Ok(Some(article)) => out.quote(&quote, &article).wrap_err(CANNOT_PRINT),
            Ok(None) => Ok(()),
            Err(error) => Err(error.into()),
        };
        done.is_ok()
    })?;
    done?;
    out.end().wrap_err(CANNOT_PRINT)?;
    Ok(if n == 0 { Exit::Refused } else { Exit::Done })
}

pub(super) fn geography(common: &Common) -> eyre::Result<Geography> {
    Ok(Geography::with_user_tables(&super::user_tables(&super::config(common)?)?))
}

/// The query that the arguments name; `None` if it is wrong, which was said.
fn asked(
    arguments: &Searched,
    library: &Library,
    geography: &Geography,
    stderr: &Stderr,
) -> eyre::Result<Option<Query>> {
    let text = match &arguments.saved {
        Some(name) => library.watch(name)?.ok_or_else(|| no_watch(name))?.query,
        None => arguments.query.join(" "),
    };
    Ok(understood(&text, geography, stderr))
}

pub(super) fn understood(text: &str, geography: &Geography, stderr: &Stderr) -> Option<Query> {
    match query::parse(text, geography) {
        Ok(query) => Some(query),
        Err(error) => {
            stderr.problem("the query is not understood");
            error.drawn(text).lines().for_each(|line| stderr.note(&printable(line)));
            None
        }
    }
}

fn no_watch(name: &str) -> eyre::Report {
    eyre!("there is no watch “{name}”; `attache search --list` shows all")
}

/// Each watch with its unread and all its articles.
fn list(library: &Library, geography: &Geography, stderr: &Stderr) -> eyre::Result<Exit> {
    let watches = library.watches()?;
    let mut out = BufWriter::new(io::stdout().lock());
    for Watch { name, query } in &watches {
        let Some(understood) = understood(query, geography, stderr) else { continue };
        let all = library.counts(&Filter { query: understood.clone(), ..Filter::default() })?.matching;
        let unread = Query::and([understood, Query::Is(Condition::Mark(Mark::Unread))]);
        let unread = library.counts(&Filter { query: unread, ..Filter::default() })?.matching;
        writeln!(out, "{}\t{unread} unread of {all}\t{}", printable(name), printable(query)).wrap_err(CANNOT_PRINT)?;
    }
    out.flush().wrap_err(CANNOT_PRINT)?;
    Ok(if watches.is_empty() { Exit::Refused } else { Exit::Done })
}

const ARTICLE_COLUMNS: [&str; 12] = [
    "id",
    "published",
    "headline",
    "outlet",
    "countries",
    "quotes",
    "read",
    "starred",
    "source",
    "url",
    "snippet",
    "tags",
];
const QUOTE_COLUMNS: [&str; 9] =
    ["article", "number", "published", "speaker", "quote", "headline", "outlet", "source", "url"];

/// Standard output in one of the forms; each row is written as it is found.
struct Output {
    format: FoundFormat,
    out: BufWriter<io::StdoutLock<'static>>,
}

impl Output {
    fn new(format: FoundFormat, columns: &[&str]) -> eyre::Result<Self> {
        let mut output = Self { format, out: BufWriter::new(io::stdout().lock()) };
        if format == FoundFormat::Csv {
            output.row(&columns.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).wrap_err(CANNOT_PRINT)?;
        }
        Ok(output)
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn row(&mut self, cells: &[String]) -> io::Result<()> {
        let mut row = ::csv::Writer::from_writer(&mut self.out);
        row.write_record(cells.iter().map(|cell| harmless::words(cell).into_owned()))?;
        row.flush()
    }

    fn object(&mut self, object: &serde_json::Value) -> io::Result<()> {
        writeln!(self.out, "{}", harmless::json(object.to_string()))
    }

    fn article(&mut self, found: &FoundArticle) -> io::Result<()> {
        let FoundArticle { row, source, url, snippet, tags } = found;
        let countries: Vec<&str> = row.countries.iter().map(CountryCode::as_str).collect();
        let published = row.published.map(|day| day.to_string());
        match self.format {
            FoundFormat::Json => self.object(&json!({
                "schema": SCHEMA, "id": row.id, "published": published, "headline": row.headline,
                "outlet": row.outlet, "countries": countries, "quotes": row.n_quotes, "read": row.read,
                "starred": row.starred, "source": source, "url": url, "snippet": snippet, "tags": tags,
            })),
            FoundFormat::Csv => self.row(&[
                row.id.0.to_string(),
                published.unwrap_or_default(),
                row.headline.clone(),
                row.outlet.clone(),
                countries.join(" "),
                row.n_quotes.to_string(),
                row.read.to_string(),
                row.starred.to_string(),
                source.clone(),
                url.clone().unwrap_or_default(),
                snippet.clone().unwrap_or_default(),
                tags.join(", "),
            ]),
            FoundFormat::Text => {
                let day = published.unwrap_or_else(|| "undated   ".to_owned());
                let line = format!("{day}  {} · {}", row.headline, row.outlet);
                writeln!(self.out, "{}", printable(&harmless::words(&line)))?;
                match snippet {
                    Some(snippet) => writeln!(self.out, "            {}", printable(&harmless::words(snippet))),
                    None => Ok(()),
                }
            }
        }
    }

    fn quote(&mut self, quote: &FoundQuote, article: &FoundArticle) -> io::Result<()> {
        let FoundArticle { row, source, url, .. } = article;
        let published = row.published.map(|day| day.to_string());
        match self.format {
            FoundFormat::Json => self.object(&json!({
                "schema": SCHEMA, "article": row.id, "number": quote.number, "published": published,
                "speaker": quote.speaker, "quote": quote.text, "headline": row.headline, "outlet": row.outlet,
                "source": source, "url": url,
            })),
            FoundFormat::Csv => self.row(&[
                row.id.0.to_string(),
                quote.number.to_string(),
                published.unwrap_or_default(),
                quote.speaker.clone().unwrap_or_default(),
                quote.text.clone(),
                row.headline.clone(),
                row.outlet.clone(),
                source.clone(),
                url.clone().unwrap_or_default(),
            ]),
            FoundFormat::Text => {
                let words = quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
                let speaker = quote.speaker.as_deref().unwrap_or("unknown speaker");
                let day = published.unwrap_or_else(|| "undated".to_owned());
                writeln!(self.out, "“{}”", printable(&harmless::words(&words)))?;
                let line = format!("    — {speaker}, {day}, {}, {}", row.headline, row.outlet);
                writeln!(self.out, "{}", printable(&harmless::words(&line)))
            }
        }
    }
}
