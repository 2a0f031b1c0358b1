//! What can be written after `attache`, and the help that explains it.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};

use crate::export;

/// Read the world's news in the terminal: who said what, in which office, for which country.
///
/// Without a command, the articles in PATH are added to your library and the reader opens on it. The reader explains
/// its keys when you press `?`.
#[derive(Parser, Clone, Debug)]
#[command(
    name = "attache",
    version,
    override_usage = "attache [OPTIONS] [PATH]...\n       attache [OPTIONS] <COMMAND>",
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = EXAMPLES,
    after_long_help = LONG_END
)]
pub struct Arguments {
    /// What to do instead of reading
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    /// Files and folders of articles to add and read; `-` is standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// What goes with every command.
    #[command(flatten)]
    pub(super) common: Common,
}

/// What goes with every command.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Common {
    /// Use the library in FILE, which is made if there is none
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "temp")]
    pub(super) library: Option<PathBuf>,

    /// Use a library that is gone when the program ends
    #[arg(long, global = true)]
    pub(super) temp: bool,

    /// Read the settings from FILE
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Colour: only on terminals and without NO_COLOR, always, or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorChoice,

    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,

    /// Write to FILE what the program does
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) log_file: Option<PathBuf>,

    /// How much to write there
    #[arg(long, global = true, value_name = "LEVEL", value_parser = ["error", "warn", "info", "debug", "trace"])]
    pub(super) log_level: Option<String>,
}

/// What to do instead of reading.
#[derive(Subcommand, Clone, Debug)]
pub(super) enum Command {
    /// Add articles to the library without opening the reader
    #[command(after_help = ADD_EXAMPLES)]
    Add(Add),

    /// Print the quotes you keep, with their sources
    #[command(after_help = BOOKMARKS_EXAMPLES)]
    Bookmarks(Bookmarks),

    /// Show where the settings are, what they are, and whether they are right
    #[command(after_help = CONFIG_EXAMPLES, disable_help_subcommand = true)]
    Config {
        /// What to show.
        #[command(subcommand)]
        command: ConfigCommand,
    },

    /// Print where attache keeps its files
    #[command(after_help = DIRS_EXAMPLES)]
    Dirs,

    /// Print what is found in articles, as one JSON object a line
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(Extract),

    /// Print the quotes that a query finds, newest first
    #[command(after_help = QUOTES_EXAMPLES)]
    Quotes(Searched),

    /// Print the articles that a query finds, newest first
    #[command(after_help = SEARCH_EXAMPLES)]
    Search(Search),

    /// Give a tag to what a query finds, take it away, or print all tags
    #[command(after_help = TAG_EXAMPLES)]
    Tag(Tag),

    /// Subscribe to feeds, list, change and refresh them, take lists of them in and out
    #[command(after_help = FEED_EXAMPLES, disable_help_subcommand = true)]
    Feed {
        /// What to do.
        #[command(subcommand)]
        command: FeedCommand,
    },

    /// Check, mend, shrink, copy or move the library
    #[command(after_help = LIBRARY_EXAMPLES, disable_help_subcommand = true)]
    Library {
        /// What to do with it.
        #[command(subcommand)]
        command: LibraryCommand,
    },

    /// Fetch what is new in your feeds, saying nothing but what failed: for cron and systemd
    #[command(after_help = REFRESH_EXAMPLES)]
    Refresh,
}

/// Arguments of `attache search`.
#[derive(Args, Clone, Debug)]
pub(super) struct Search {
    /// What is searched for
    #[command(flatten)]
    pub(super) what: Searched,

    /// What comes first
    #[arg(long, value_name = "ORDER", default_value = "newest")]
    pub(super) sort: SearchOrder,

    /// Keep the search as a watch of this name instead
    #[arg(long, value_name = "NAME", conflicts_with = "saved")]
    pub(super) save: Option<String>,

    /// Forget the watch of this name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["save", "saved", "query"])]
    pub(super) remove: Option<String>,

    /// Print all watches with their unread and all articles
    #[arg(long, conflicts_with_all = ["save", "saved", "remove", "query"])]
    pub(super) list: bool,
}

/// Arguments of `attache quotes`, and those of `attache search` that are the same.
#[derive(Args, Clone, Debug)]
pub(super) struct Searched {
    /// The query; without one, or as `*`, it finds everything. Write -- before one that begins with a minus
    #[arg(value_name = "QUERY")]
    pub(super) query: Vec<String>,

    /// Search what the watch of this name searches for
    #[arg(long, value_name = "NAME", conflicts_with = "query")]
    pub(super) saved: Option<String>,

    /// How to write what is found
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: FoundFormat,

    /// Print that many at most
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
}

/// Orders of the articles that a search finds.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SearchOrder {
    /// the newest
    Newest,
    /// the oldest
    Oldest,
    /// what has the words in its headline, then in its lead; of those alike the newest
    Relevance,
}

/// Arguments of `attache tag`.
#[derive(Args, Clone, Debug)]
pub(super) struct Tag {
    /// The tag, such as energy or "grain deal"
    #[arg(value_name = "TAG")]
    pub(super) name: Option<String>,

    /// Which articles. Write -- before a query that begins with a minus
    #[arg(value_name = "QUERY")]
    pub(super) query: Vec<String>,

    /// Take the tag from them instead
    #[arg(long, requires = "name")]
    pub(super) remove: bool,
}

/// The forms of what a search finds.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum FoundFormat {
    /// for people
    Text,
    /// one object a line
    Json,
    /// a table for spreadsheets
    Csv,
}

/// Arguments of `attache add`.
#[derive(Args, Clone, Debug)]
pub(super) struct Add {
    /// Files and folders of articles, or addresses of pages; `-` is standard input
    #[arg(value_name = "PATH", required_unless_present = "watch")]
    pub(super) paths: Vec<PathBuf>,

    /// Then go on: add what is dropped into this folder, until Ctrl-C; can be given several times
    #[arg(long, value_name = "FOLDER")]
    pub(super) watch: Vec<PathBuf>,
}

/// Arguments of `attache bookmarks`.
#[derive(Args, Clone, Debug)]
pub(super) struct Bookmarks {
    /// How to write them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: BookmarkFormat,
}

/// The forms of bookmarks, in the words of the command line.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub(super) enum BookmarkFormat {
    /// a citation each
    Text,
    /// one object a line
    Json,
    /// a table for spreadsheets
    Csv,
    /// block quotations with their sources
    Markdown,
}

impl From<BookmarkFormat> for export::Format {
    fn from(format: BookmarkFormat) -> Self {
        match format {
            BookmarkFormat::Text => Self::Text,
            BookmarkFormat::Json => Self::Json,
            BookmarkFormat::Csv => Self::Csv,
            BookmarkFormat::Markdown => Self::Markdown,
        }
    }
}

/// What `attache config` shows.
#[derive(Subcommand, Clone, Debug)]
pub(super) enum ConfigCommand {
    /// Print where your config file is, or would be
    Path,

    /// Print the settings in force: the defaults with your file laid over them
    Show {
        /// Print the defaults only, with their explanations
        #[arg(long)]
        defaults: bool,
    },

    /// Say whether your config file is right, or what is wrong in which line
    Check,
}

/// What `attache library` does.
#[derive(Subcommand, Clone, Debug)]
pub(super) enum LibraryCommand {
    /// Say whether the library is sound, and if not, what is wrong
    Check,

    /// Make anew all that can be made from the articles; of a damaged file, save what can be read into a new one
    Repair {
        /// The new file, if the old one is damaged [default: beside it, with `-repaired` in its name]
        #[arg(long, value_name = "FILE")]
        into: Option<PathBuf>,
    },

    /// Give back the space that deleted articles left
    Compact,

    /// Show which articles are older than your config keeps them; nothing else goes
    Prune {
        /// Remove them
        #[arg(long)]
        yes: bool,
    },

    /// Bring back what was removed last: articles, or a bookmark; again for what was removed before
    Undo,

    /// Copy the library to FILE, also while it is in use
    Backup {
        /// The copy, which is a library itself
        #[arg(value_name = "FILE")]
        file: PathBuf,

        /// Replace FILE if it exists
        #[arg(long)]
        force: bool,
    },

    /// Print everything in the library, as one JSON object a line
    Export,

    /// Take in what `export` printed
    Import {
        /// The export; `-` is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Arguments of `attache extract`.
#[derive(Args, Clone, Debug)]
pub(super) struct Extract {
    /// Files and folders of articles; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<PathBuf>,

    /// Print, instead of the objects, why each quote has its speaker, and why each person and country was found
    #[arg(long)]
    pub(super) explain: bool,
}

/// What to do with feeds.
#[derive(Subcommand, Clone, Debug)]
pub(super) enum FeedCommand {
    /// Subscribe to a feed, by its address, its file, or the address of its site
    Add(FeedAdd),

    /// List the subscriptions: when they were last fetched, what failed, how much they brought
    List {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },

    /// Fetch feeds now, all or those named
    Refresh {
        /// Names, addresses or groups; all without any
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },

    /// End subscriptions; articles with a bookmark, a star or a tag stay, the others of the feed go
    Remove {
        /// Names or addresses
        #[arg(value_name = "NAME", required = true)]
        names: Vec<String>,
    },

    /// Give a subscription another name
    Rename {
        /// Its name or address
        #[arg(value_name = "NAME")]
        name: String,

        /// What it is to be called
        #[arg(value_name = "NEW")]
        new: String,
    },

    /// Put feeds into groups, or say whether whole texts are fetched
    Change(FeedChange),

    /// Subscribe to all feeds of a list: OPML, or newsboat's file `urls`
    Import {
        /// The list; `-` is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },

    /// Print the subscriptions as a list for other programs
    Export {
        /// How to write it
        #[arg(long, value_name = "FORMAT", default_value = "opml")]
        format: ListFormat,
    },

    /// List well-known public feeds to choose from; nothing of them is fetched
    Offers,
}

/// Arguments of `attache feed add`.
#[derive(Args, Clone, Debug)]
pub(super) struct FeedAdd {
    /// Addresses or files
    #[arg(value_name = "ADDRESS", required = true)]
    pub(super) addresses: Vec<String>,

    /// What to call it, instead of its own title
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,

    /// A group to put it in; may be said several times
    #[arg(long = "group", value_name = "GROUP")]
    pub(super) groups: Vec<String>,

    /// Fetch the pages of its articles where it has only summaries
    #[arg(long)]
    pub(super) full_text: bool,

    /// Subscribe to all feeds that a site's page names, not only its first
    #[arg(long)]
    pub(super) all: bool,
}

/// Arguments of `attache feed change`.
#[derive(Args, Clone, Debug)]
pub(super) struct FeedChange {
    /// Names, addresses or groups
    #[arg(value_name = "NAME", required = true)]
    pub(super) names: Vec<String>,

    /// The groups to be in, instead of those before; may be said several times, and `--group ""` is none
    #[arg(long = "group", value_name = "GROUP", required_unless_present = "full_text")]
    pub(super) groups: Vec<String>,

    /// Whether the pages of articles are fetched where the feed has only summaries
    #[arg(long, value_name = "WHEN")]
    pub(super) full_text: Option<FullText>,
}

/// Whether whole texts are fetched, in the words of the command line.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub(super) enum FullText {
    /// fetch them
    On,
    /// do not
    Off,
    /// as the config says
    Default,
}

/// The forms of lists of feeds, in the words of the command line.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub(super) enum ListFormat {
    /// what every feed reader reads
    Opml,
    /// newsboat's file
    Urls,
}

const EXAMPLES: &str = "\
Examples:
  attache                            open the library
  attache ~/press                    add a folder of articles and read
  cat article.txt | attache           read an article from standard input
  attache --temp article.txt         read without keeping anything
  attache extract press > out.jsonl  print what is found in articles";

const LONG_END: &str = "\
Examples:
  attache                            open the library
  attache ~/press                    add a folder of articles and read
  cat article.txt | attache           read an article from standard input
  attache --temp article.txt         read without keeping anything
  attache extract press > out.jsonl  print what is found in articles

A file or folder that has the name of a command is written with its folder: ./extract

Exit codes:
  0    all went well
  1    some input was refused, or the command could not be carried out
  2    wrong usage or a wrong config; nothing was done
  130  stopped with Ctrl-C";

const EXTRACT_EXAMPLES: &str = "\
The objects come in the order of the inputs, each as soon as its article is done. Inputs that cannot be
read are named on standard error. The library is not used.

Examples:
  attache extract article.txt
  attache extract press > out.jsonl
  cat article.txt | attache extract -
  attache extract --explain article.txt | less
  attache extract press | jq -r '.quotes[] | [.speaker.name, .text] | @tsv'";

const SEARCH_EXAMPLES: &str = "\
The language of queries is described in docs/query.md. The exit code is that of grep: 0 if something was
found, 1 if nothing was, 2 if the query is wrong or the library cannot be read.

Examples:
  attache search country:SY+RU '\"red line\"' last:30d
  attache search 'group:NATO is:unread (gas or oil)' --format json --limit 20
  attache search --sort relevance 'grain deal'
  attache search --save Gas 'gas country:RU'
  attache search --saved Gas";

const TAG_EXAMPLES: &str = "\
The query is in the language of docs/query.md; tag: finds the articles again, has:tag all that have any. Case
and accents make no other tag. The exit code is 0 if a tag was given or taken, 1 if there was none to give
or take, 2 if the query is wrong or the library cannot be read.

Examples:
  attache tag energy '(gas or oil) country:RU last:30d'
  attache tag 'grain deal' 'title:grain country:UA'
  attache tag energy --remove before:2024
  attache tag";

const QUOTES_EXAMPLES: &str = "\
Words, says:, speaker: and role: ask for the quote and who said it, all else for its article. The exit code
is 0 if something was found, 1 if nothing was, 2 if the query is wrong or the library cannot be read.

Examples:
  attache quotes speaker:lavrov last:30d
  attache quotes '\"red line\" role:\"foreign minister\"' --format csv > red-lines.csv";

const ADD_EXAMPLES: &str = "\
Examples:
  attache add ~/press
  attache add --library embassy.sqlite3 press/2025-08-*.txt
  attache add https://www.example.org/2025/08/cocoa
  ssh desk cat today.jsonl | attache add -";

const FEED_EXAMPLES: &str = "\
Examples:
  attache feed add https://news.un.org/feed/subscribe/en/news/all/rss.xml --group UN
  attache feed add www.example.org --full-text
  attache feed list
  attache feed refresh UN
  attache feed change Courier --group Africa --group \"West Africa\"
  attache feed import ~/.newsboat/urls
  attache feed export > feeds.opml";

const REFRESH_EXAMPLES: &str = "\
Feeds that failed are left alone for a while, longer each time. The exit code is 1 if a feed failed.

Examples:
  attache refresh
  attache refresh --log-file ~/attache.log --log-level info";

const BOOKMARKS_EXAMPLES: &str = "\
Examples:
  attache bookmarks
  attache bookmarks --format markdown > quotes.md
  attache bookmarks --format json | jq -r 'select(.country == \"SY\") | .quote'";

const LIBRARY_EXAMPLES: &str = "\
Examples:
  attache library check
  attache library backup ~/backup/news.sqlite3
  attache library prune --yes
  attache library export | gzip > news.jsonl.gz
  attache library import --library new.sqlite3 news.jsonl";

const CONFIG_EXAMPLES: &str = "\
Examples:
  attache config show --defaults > my.toml
  attache config check --config my.toml";

const DIRS_EXAMPLES: &str = "\
Examples:
  attache dirs
  attache dirs | awk '/^library/ { print $2 }'";
