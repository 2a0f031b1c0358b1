//! Documents from the network: feeds and pages that the user subscribed to or opened, and nothing else.
//!
//! A fetch is one question to one server, bounded in time, size, number of redirects and number at once. Redirects are
//! followed here, not by the client, so that each address on the way is held against the rules (`address`).

mod address;
mod error;
mod gate;
mod login;
mod resolve;
mod retry;

use std::{
    fs,
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant, UNIX_EPOCH},
};

use ureq::{
    Agent,
    http::{HeaderMap, Response, StatusCode, header},
    unversioned::transport::DefaultConnector,
};
use url::Url;

pub use self::{
    address::{address, is_allowed, without_login},
    error::FetchError,
    login::Login,
};
use self::{gate::Gate, login::Logins, resolve::GuardedResolver};

/// Redirects followed at most.
const MOST_REDIRECTS: usize = 8;

/// Bounds on fetching.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Largest document in bytes, counted after decompression.
    pub max_bytes: u64,
    /// Until a connection stands, names looked up and keys exchanged.
    pub connect: Duration,
    /// For the whole document, redirects included.
    pub whole: Duration,
    /// Documents on their way at once.
    pub at_once: usize,
    /// Of these, from one host.
    pub per_host: usize,
    /// Hosts whose names may lead into the user's own network.
    pub private_hosts: Vec<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 16 * 1024 * 1024,
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(60),
            at_once: 16,
            per_host: 4,
            private_hosts: Vec::new(),
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The address.
    pub address: &'a Url,
    /// The address that the user typed: the one asked for, or that of the feed which led to it. Private addresses are
    /// reached at its host and port alone.
    pub typed: &'a Url,
    /// What the server called the version that is known.
    pub etag: Option<&'a str>,
    /// When that version was made, in the server's words.
    pub last_modified: Option<&'a str>,
    /// Forms that are wanted, as in the header `Accept`.
    pub accept: &'a str,
}

/// Forms of feeds, for [`Request::accept`].
pub const FEEDS: &str = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, \
                         application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.1";
/// Forms of pages, for [`Request::accept`].
pub const PAGES: &str = "text/html, application/xhtml+xml, text/plain;q=0.5, */*;q=0.1";

/// What came back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fetched {
    /// The known version is still the newest.
    NotModified {
        /// The address under which it is to be asked for from now on, where the server says that it moved for good.
        moved: Option<Url>,
    },
    /// A document.
    Document(Document),
}

/// A document with what its server says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// Its bytes, decompressed.
    pub bytes: Vec<u8>,
    /// Where it was found in the end.
    pub address: Url,
    /// The address under which it is to be asked for from now on, where the server says that it moved for good.
    pub moved: Option<Url>,
    /// What the server calls this version.
    pub etag: Option<String>,
    /// When it was made, in the server's words.
    pub last_modified: Option<String>,
    /// What kind of document the server says it is, such as `text/html; charset=utf-8`.
    pub content_type: Option<String>,
}

impl Document {
    /// The encoding that the server names.
    pub fn charset(&self) -> Option<&str> {
        let parameters = self.content_type.as_deref()?.split(';').skip(1);
        let values = parameters.filter_map(|parameter| parameter.split_once('='));
        let mut charsets = values.filter(|(key, _)| key.trim().eq_ignore_ascii_case("charset"));
        charsets.next().map(|(_, value)| value.trim().trim_matches(['"', '\'']))
    }

    /// The kind alone, such as `text/html`, in lower case.
    pub fn media_type(&self) -> Option<String> {
        let kind = self.content_type.as_deref()?.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        (kind.contains('/') && kind.len() <= 100 && kind.bytes().all(|b| b.is_ascii_graphic())).then_some(kind)
    }
}

/// Asks servers. Shared by all threads that fetch.
#[derive(Debug)]
pub struct Fetcher {
    /// For the host that the user typed, wherever it is.
    open: Agent,
    /// For all others: it connects to public addresses alone.
    guarded: Agent,
    limits: Limits,
    gate: Gate,
    logins: Logins,
    cancel: Arc<AtomicBool>,
}

impl Fetcher {
    /// A fetcher with these bounds; the proxy is the one that the environment names. Once `cancel` is set, nothing new
    /// is asked for, and what is on its way is given up.
    pub fn new(limits: Limits, logins: Vec<Login>, cancel: Arc<AtomicBool>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("attache/", env!("CARGO_PKG_VERSION"), " (", env!("CARGO_PKG_REPOSITORY"), ")"))
            .timeout_connect(Some(limits.connect))
            .timeout_resolve(Some(limits.connect))
            .max_idle_connections(limits.at_once)
            .max_idle_connections_per_host(limits.per_host)
            .build();
        let guarded = Agent::with_parts(config.clone(), DefaultConnector::default(), <GuardedResolver>::default());
        let gate = Gate::new(limits.at_once, limits.per_host);
        Self { open: Agent::new_with_config(config), guarded, limits, gate, logins: Logins::new(logins), cancel }
    }

    /// Whether it was told to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Fetches one document.
    ///
    /// # Errors
    /// If the rules forbid the address, the server cannot be reached, refuses, or sends more than may be.
    pub fn fetch(&self, request: &Request<'_>) -> Result<Fetched, FetchError> {
        if request.address.scheme() == "file" {
            return self.file(request);
        }
        let mut deadline = Instant::now() + self.limits.whole;
        let mut at = request.address.clone();
        // The subscription follows as long as every step so far was for good.
        let (mut moved, mut for_good) = (None, true);
        for _ in 0..=MOST_REDIRECTS {
            let came = Instant::now();
            let turn = self.gate.enter(at.host_str().unwrap_or_default(), &self.cancel);
            let _turn = turn.ok_or(FetchError::Cancelled)?;
            // Waiting for one's turn is not the server's fault.
            deadline += came.elapsed();
            let response = self.ask(&at, request, deadline)?;
            let status = response.status();
            match status {
                StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION => {
                    return self.document(response, at, moved, deadline).map(Fetched::Document);
                }
                StatusCode::NOT_MODIFIED => return Ok(Fetched::NotModified { moved }),
                StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::SEE_OTHER
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT => {
                    for_good &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
                    let to = text(response.headers(), &header::LOCATION);
                    let next = address::redirect(&at, to.as_deref())?;
                    if !self.may_ask(&next, request) {
                        return Err(FetchError::LedInside { from: request.address.to_string(), address: next.into() });
                    }
                    // Nobody is led from a safe connection to an unsafe one for good.
                    for_good &= !(at.scheme() == "https" && next.scheme() == "http");
                    if for_good {
                        moved = Some(next.clone());
                    }
                    at = next;
                }
                StatusCode::UNAUTHORIZED => return Err(FetchError::Login { address: at.into() }),
                StatusCode::GONE => return Err(FetchError::Gone { address: at.into() }),
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                    let wait = text(response.headers(), &header::RETRY_AFTER).and_then(|wait| retry::after(&wait));
                    return Err(FetchError::Later { address: at.into(), status: status.as_u16(), wait });
                }
                _ => return Err(FetchError::Status { address: at.into(), status: status.as_u16() }),
            }
        }
        Err(FetchError::Redirects { address: request.address.to_string(), limit: MOST_REDIRECTS })
    }

    fn may_ask(&self, at: &Url, request: &Request<'_>) -> bool {
        is_allowed(at, request.typed) || self.is_private_host(at)
    }

    /// Whether the user says that a host is inside of their own network.
    fn is_private_host(&self, at: &Url) -> bool {
        let host = at.host_str().unwrap_or_default();
        self.limits.private_hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// One question, one answer.
    fn ask(&self, at: &Url, request: &Request<'_>, deadline: Instant) -> Result<Response<ureq::Body>, FetchError> {
        if !self.may_ask(at, request) {
            return Err(FetchError::Private { address: at.to_string() });
        }
        let left = self.left(deadline, at)?;
        let private = address::is_private_name(at) || self.is_private_host(at);
        let agent = if private { &self.open } else { &self.guarded };
        let mut asked = agent.get(at.as_str()).header(header::ACCEPT, request.accept);
        if let Some(etag) = request.etag {
            asked = asked.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(day) = request.last_modified {
            asked = asked.header(header::IF_MODIFIED_SINCE, day);
        }
        if let Some(login) = self.logins.header(at)? {
            asked = asked.header(header::AUTHORIZATION, login);
        }
        let asked = asked.config().timeout_global(Some(left)).build();
        asked.call().map_err(|error| FetchError::from_client(at, error, &self.limits))
    }

    fn document(
        &self,
        response: Response<ureq::Body>,
        address: Url,
        moved: Option<Url>,
        deadline: Instant,
    ) -> Result<Document, FetchError> {
        let headers = response.headers();
        let (etag, last_modified) = (text(headers, &header::ETAG), text(headers, &header::LAST_MODIFIED));
        let content_type = text(headers, &header::CONTENT_TYPE);
        let mut body = response.into_body().into_with_config().limit(self.limits.max_bytes).reader();
        let mut bytes = Vec::new();
        let mut part = vec![0; 64 * 1024];
        loop {
            if self.is_cancelled() {
                return Err(FetchError::Cancelled);
            }
            self.left(deadline, &address)?;
            match body.read(&mut part) {
                Ok(0) => break,
                Ok(n) => bytes.extend_from_slice(&part[..n]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(FetchError::from_client(&address, ureq::Error::from(error), &self.limits)),
            }
        }
        Ok(Document { bytes, address, moved, etag, last_modified, content_type })
    }

    /// What is left of the time for the whole.
    fn left(&self, deadline: Instant, at: &Url) -> Result<Duration, FetchError> {
        let left = deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero());
        left.ok_or_else(|| FetchError::Slow { address: at.to_string(), limit: self.limits.whole })
    }

    /// A file that the user subscribed to. Its size and time stand for its version.
    fn file(&self, request: &Request<'_>) -> Result<Fetched, FetchError> {
        let name = request.address.to_string();
        if request.typed != request.address {
            return Err(FetchError::Private { address: name });
        }
        let path = request.address.to_file_path().map_err(|()| FetchError::Address {
            address: name.clone(),
            problem: "it names no file of this computer",
        })?;
        let failed = |source| FetchError::File { path: path.clone(), source };
        // Asked before it is opened: a pipe would keep whoever opens it waiting.
        let metadata = fs::metadata(&path).map_err(failed)?;
        if !metadata.is_file() {
            return Err(FetchError::Address { address: name, problem: "it names no plain file" });
        }
        let file = fs::File::open(&path).map_err(failed)?;
        let made = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        let etag = format!("{}-{}", metadata.len(), made.as_nanos());
        if request.etag == Some(&etag) {
            return Ok(Fetched::NotModified { moved: None });
        }
        let mut bytes = Vec::new();
        file.take(self.limits.max_bytes + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > self.limits.max_bytes {
            return Err(FetchError::TooLarge { address: name, limit: self.limits.max_bytes });
        }
        let address = request.address.clone();
        Ok(Fetched::Document(Document {
            bytes,
            address,
            moved: None,
            etag: Some(etag),
            last_modified: None,
            content_type: None,
        }))
    }
}

/// A header as text that can be sent back and shown; long ones are of no use to anybody.
fn text(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty() && value.len() <= 2048).then(|| value.to_owned())
}
