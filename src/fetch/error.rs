//! Why a document did not come, in words a reader can act on.

use std::{io, path::PathBuf, time::Duration};

use url::Url;

use super::Limits;

/// Why a document did not come.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// What was typed is no address that is read.
    #[error("{address}: {problem}")]
    Address {
        /// As typed.
        address: String,
        /// What is wrong with it, and what to do.
        problem: &'static str,
    },
    /// It lies inside of the user's own network, and the user did not type it.
    #[error("{address}: not asked, as it is inside your own network and you did not subscribe to it")]
    Private {
        /// The address.
        address: String,
    },
    /// A server led there.
    #[error(
        "{from}: leads to {address}, which is not asked, as it is inside your own network; if you trust it, use that address"
    )]
    LedInside {
        /// The address that was asked for.
        from: String,
        /// Where it leads.
        address: String,
    },
    /// A name that sounds public leads there.
    #[error(
        "{address}: not asked, as its name leads inside your own network; if that is meant, add \"{host}\" to \
         private_hosts under [feeds] in config.toml"
    )]
    NameInside {
        /// The address.
        address: String,
        /// Its host.
        host: String,
    },
    /// The name could not be looked up.
    #[error("{address}: there is no such host, or the network is down")]
    NoHost {
        /// The address.
        address: String,
    },
    /// The server could not be reached, or broke off.
    #[error("{address}: {problem}")]
    Network {
        /// The address.
        address: String,
        /// What happened.
        problem: String,
    },
    /// It took too long.
    #[error("{address}: not done after {} seconds", limit.as_secs_f32())]
    Slow {
        /// The address.
        address: String,
        /// How long it may take.
        limit: Duration,
    },
    /// It is too large.
    #[error(
        "{address}: larger than the limit of {limit} bytes; raise max_bytes under [feeds] in config.toml to read it"
    )]
    TooLarge {
        /// The address.
        address: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The server answered with an error.
    #[error("{address}: the server answers {status}{}", meaning(*status))]
    Status {
        /// The address.
        address: String,
        /// Its code.
        status: u16,
    },
    /// The server wants to be asked later.
    #[error("{address}: the server wants to be asked later ({status}){}", later(*wait))]
    Later {
        /// The address.
        address: String,
        /// Its code.
        status: u16,
        /// How much later, if it says so.
        wait: Option<Duration>,
    },
    /// The server wants a name and password.
    #[error("{address}: the server wants a name and password; put them under [[feeds.login]] in config.toml")]
    Login {
        /// The address.
        address: String,
    },
    /// The document was taken away for good.
    #[error("{address}: the server says that this is gone for good; look for a new address")]
    Gone {
        /// The address.
        address: String,
    },
    /// A redirect leads nowhere.
    #[error("{address}: the server sends us to an address that is none")]
    BadRedirect {
        /// Where it was sent from.
        address: String,
    },
    /// One redirect led to the next.
    #[error("{address}: more than {limit} redirects")]
    Redirects {
        /// The address.
        address: String,
        /// How many are followed.
        limit: usize,
    },
    /// A file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The command that tells a password failed.
    #[error("the password_command for {host} {problem}")]
    Password {
        /// For which host.
        host: String,
        /// What happened.
        problem: String,
    },
    /// It was given up.
    #[error("stopped")]
    Cancelled,
}

impl FetchError {
    /// The same failure in the reader's words.
    pub(super) fn from_client(at: &Url, error: ureq::Error, limits: &Limits) -> Self {
        let address = at.to_string();
        match error {
            ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
                Self::Slow { address, limit: limits.connect }
            }
            ureq::Error::Timeout(_) => Self::Slow { address, limit: limits.whole },
            ureq::Error::BodyExceedsLimit(limit) => Self::TooLarge { address, limit },
            ureq::Error::HostNotFound => Self::NoHost { address },
            ureq::Error::Io(error) if super::resolve::is_refusal(&error) => {
                Self::NameInside { address, host: at.host_str().unwrap_or_default().to_owned() }
            }
            ureq::Error::Io(error) => match error.kind() {
                io::ErrorKind::UnexpectedEof => {
                    Self::Network { address, problem: "the connection broke off in the middle".to_owned() }
                }
                io::ErrorKind::ConnectionRefused => {
                    Self::Network { address, problem: "the server refuses the connection".to_owned() }
                }
                _ if error.to_string().contains("lookup address") => Self::NoHost { address },
                _ => Self::Network { address, problem: in_plain_words(at, &in_one_line(&error.to_string())) },
            },
            error => Self::Network { address, problem: in_plain_words(at, &in_one_line(&error.to_string())) },
        }
    }
}

/// What the library for safe connections says, in words of use.
fn in_plain_words(at: &Url, said: &str) -> String {
    match said.split_once("invalid peer certificate: ") {
        Some((_, why)) => format!("the server's certificate cannot be trusted ({why})"),
        None if at.scheme() == "https" && said.contains("InvalidContentType") => {
            "the server does not speak https there; put http:// before the address".to_owned()
        }
        None => said.to_owned(),
    }
}

/// What a server's code means, where more can be said than the code.
fn meaning(status: u16) -> &'static str {
    match status {
        403 => ": it does not let us in",
        404 => ": there is nothing at this address",
        500..=599 => ": it is in trouble itself",
        _ => "",
    }
}

/// When to ask again, in whole minutes, where the server says so.
fn later(wait: Option<Duration>) -> String {
    let minutes = wait.map(|wait| wait.as_secs().div_ceil(60));
    minutes.map_or_else(String::new, |minutes| format!(", in {minutes} minute{}", if minutes == 1 { "" } else { "s" }))
}

/// Words of a server or a library may say anything.
fn in_one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .take(40)
        .collect::<Vec<_>>()
        .join(" ")
}
