//! One fetch.

use std::{
    io::{self, Write},
    net::TcpStream,
    sync::{Arc, atomic::AtomicBool},
    thread,
    time::{Duration, Instant},
};

use attache::fetch::{Document, FEEDS, FetchError, Fetched, Fetcher, Limits, Login, Request, address};
use flate2::{Compression, write::GzEncoder};
use url::Url;

use crate::loopback::{Asked, Server, head, send};

const MAX_BYTES: u64 = 1024 * 1024;

fn limits() -> Limits {
    Limits { max_bytes: MAX_BYTES, whole: Duration::from_millis(1500), ..Limits::default() }
}

fn fetch(server: &Server, path: &str) -> Result<Fetched, FetchError> {
    let fetcher = Fetcher::new(limits(), Vec::new(), Arc::default());
    ask(&fetcher, &server.at(path), None)
}

fn ask(fetcher: &Fetcher, at: &str, etag: Option<&str>) -> Result<Fetched, FetchError> {
    let at = address(at).unwrap();
    fetcher.fetch(&Request { address: &at, typed: &at, etag, last_modified: None, accept: FEEDS })
}

fn document(fetched: Result<Fetched, FetchError>) -> Document {
    match fetched.unwrap() {
        Fetched::Document(document) => document,
        Fetched::NotModified { .. } => panic!("there is a document"),
    }
}

fn serving(status: u16, headers: &'static [(&str, &str)], body: &'static [u8]) -> Server {
    Server::start(move |_, to| send(to, status, headers, body))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_document_comes_with_what_the_server_says_of_it() {
    let server = serving(
        200,
        &[
            ("content-type", "text/xml; charset=\"koi8-r\""),
            ("etag", "\"v1\""),
            ("last-modified", "Mon, 04 Aug 2025 10:00:00 GMT"),
        ],
        b"<rss/>",
    );
    let document = document(fetch(&server, "/feed"));
    assert_eq!(document.bytes, b"<rss/>");
    assert_eq!(document.charset(), Some("koi8-r"));
    assert_eq!(document.etag.as_deref(), Some("\"v1\""));
    assert_eq!(document.last_modified.as_deref(), Some("Mon, 04 Aug 2025 10:00:00 GMT"));
    assert_eq!((document.address.as_str(), document.moved), (server.at("/feed").as_str(), None));
    let asked = &server.asked()[0];
    assert!(asked.header("user-agent").starts_with(concat!("attache/", env!("CARGO_PKG_VERSION"))));
    assert!(asked.header("accept").contains("rss"));
    assert!(asked.header("cookie").is_empty() && asked.header("authorization").is_empty());
}

#[test]
fn what_is_known_is_not_sent_again() {
    let server = Server::start(|asked: &Asked, to: &mut TcpStream| {
        let known = asked.header("if-none-match") == "\"v1\"" && asked.header("if-modified-since") == "yesterday";
        if known { send(to, 304, &[], b"") } else { send(to, 200, &[("etag", "\"v1\"")], b"new") }
    });
    let fetcher = Fetcher::new(limits(), Vec::new(), Arc::default());
    let at = address(&server.at("/feed")).unwrap();
    let again =
        Request { address: &at, typed: &at, etag: Some("\"v1\""), last_modified: Some("yesterday"), accept: FEEDS };
    assert_eq!(fetcher.fetch(&again).unwrap(), Fetched::NotModified { moved: None });
    assert_eq!(document(ask(&fetcher, at.as_str(), None)).bytes, b"new");
}

#[test]
fn compressed_documents_are_unpacked() {
    let server = Server::start(|asked: &Asked, to: &mut TcpStream| {
        assert!(asked.header("accept-encoding").contains("gzip") && asked.header("accept-encoding").contains("br"));
        match asked.path.as_str() {
            "/gzip" => send(to, 200, &[("content-encoding", "gzip")], &gzip(b"hello world")),
            // The words as they are, between the marks of a stream in brotli.
            _ => send(to, 200, &[("content-encoding", "br")], b"\x0b\x05\x80hello world\x03"),
        }
    });
    assert_eq!(document(fetch(&server, "/gzip")).bytes, b"hello world");
    assert_eq!(document(fetch(&server, "/br")).bytes, b"hello world");
}

#[test]
fn only_what_moved_for_good_changes_the_address() {
    let server = Server::start(|asked: &Asked, to: &mut TcpStream| match asked.path.as_str() {
        "/good" => send(to, 301, &[("location", "/better")], b""),
        "/better" => send(to, 308, &[("location", "/there")], b""),
        "/now" => send(to, 302, &[("location", "/good")], b""),
        "/mixed" => send(to, 301, &[("location", "/soon")], b""),
        "/soon" => send(to, 307, &[("location", "/there")], b""),
        _ => send(to, 200, &[], b"words"),
    });
    for (path, moved) in [("/good", Some("/there")), ("/now", None), ("/mixed", Some("/soon")), ("/there", None)] {
        let document = document(fetch(&server, path));
        assert_eq!(document.address.as_str(), server.at("/there"), "{path}");
        assert_eq!(document.moved.map(Url::into), moved.map(|path| server.at(path)), "{path}");
    }
}

#[test]
fn redirects_lead_neither_in_circles_nor_inside() {
    let other = serving(200, &[], b"secret");
    let inside = other.at("/");
    let server = Server::start(move |asked: &Asked, to: &mut TcpStream| {
        let location = match asked.path.as_str() {
            "/inside" => inside.as_str(),
            "/name" => "http://localhost/",
            "/file" => "file:///etc/passwd",
            "/circle" => "/circle",
            "/script" => "javascript:alert(1)",
            _ => return send(to, 302, &[], b""),
        };
        send(to, 302, &[("location", location)], b"")
    });
    for path in ["/inside", "/name"] {
        let error = fetch(&server, path).unwrap_err();
        assert!(matches!(error, FetchError::LedInside { .. }), "{path}: {error}");
        assert!(error.to_string().starts_with(&format!("{}: leads to http://", server.at(path))), "{error}");
    }
    for path in ["/file", "/script", "/nowhere"] {
        let error = fetch(&server, path).unwrap_err();
        assert!(matches!(error, FetchError::BadRedirect { .. }), "{path}: {error}");
    }
    assert!(matches!(fetch(&server, "/circle"), Err(FetchError::Redirects { .. })));
    assert!(other.asked().is_empty(), "nobody was led there");
}

#[test]
fn private_addresses_are_reached_only_where_they_were_typed() {
    let server = serving(200, &[], b"words");
    let fetcher = Fetcher::new(limits(), Vec::new(), Arc::default());
    let (at, typed) = (address(&server.at("/")).unwrap(), address("https://courier.example.org/feed").unwrap());
    let request = Request { address: &at, typed: &typed, etag: None, last_modified: None, accept: FEEDS };
    assert!(matches!(fetcher.fetch(&request), Err(FetchError::Private { .. })));
    assert!(server.asked().is_empty());
}

#[test]
fn a_host_that_the_user_trusts_may_be_inside_the_own_network() {
    let server = serving(200, &[], b"words");
    let limits = Limits { private_hosts: vec!["127.0.0.1".to_owned()], ..limits() };
    let fetcher = Fetcher::new(limits, Vec::new(), Arc::default());
    let (at, typed) = (address(&server.at("/")).unwrap(), address("https://courier.example.org/feed").unwrap());
    let request = Request { address: &at, typed: &typed, etag: None, last_modified: None, accept: FEEDS };
    assert_eq!(document(fetcher.fetch(&request)).bytes, b"words");
}

#[test]
fn errors_of_servers_are_told_in_words() {
    for (status, headers, words) in [
        (404, &[][..], "there is nothing at this address"),
        (500, &[], "it is in trouble itself"),
        (401, &[], "wants a name and password"),
        (410, &[], "gone for good"),
        (429, &[("retry-after", "120")], "asked later (429), in 2 minutes"),
        (503, &[], "asked later (503)"),
        (999, &[], "answers 999"),
    ] {
        let error = fetch(&serving(status, headers, b"no"), "/feed").unwrap_err();
        assert!(error.to_string().contains(words), "{status}: {error}");
        if let FetchError::Later { wait, .. } = error {
            assert_eq!(wait, (status == 429).then_some(Duration::from_secs(120)));
        }
    }
    let plain = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let at = format!("https://{}/", plain.local_addr().unwrap());
    thread::spawn(move || plain.accept().unwrap().0.write_all(b"HTTP/1.1 400 Whatever\r\n\r\n"));
    let error = ask(&Fetcher::new(limits(), Vec::new(), Arc::default()), &at, None).unwrap_err();
    assert!(error.to_string().ends_with("put http:// before the address"), "{error}");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let fetcher = Fetcher::new(limits(), Vec::new(), Arc::default());
    let error = ask(&fetcher, &format!("http://{closed}/"), None).unwrap_err();
    assert!(error.to_string().contains("refuse"), "{error}");
}

#[test]
fn nothing_is_larger_than_it_may_be_not_even_when_unpacked() {
    let bomb = gzip(&vec![0; 300 * 1024 * 1024]);
    assert!((bomb.len() as u64) < MAX_BYTES);
    let server = Server::start(move |asked: &Asked, to: &mut TcpStream| match asked.path.as_str() {
        "/fits" => send(to, 200, &[], &vec![b'a'; MAX_BYTES as usize]),
        "/bomb" => send(to, 200, &[("content-encoding", "gzip")], &bomb),
        "/claims" => {
            head(to, 200, &[])?;
            write!(to, "content-length: {}\r\n\r\n", 2_u64 << 30)?;
            endless(to)
        }
        _ => {
            head(to, 200, &[("transfer-encoding", "chunked")])?;
            to.write_all(b"\r\n")?;
            loop {
                write!(to, "1000\r\n{}\r\n", "a".repeat(0x1000))?;
            }
        }
    });
    assert_eq!(document(fetch(&server, "/fits")).bytes.len() as u64, MAX_BYTES);
    for path in ["/bomb", "/claims", "/endless"] {
        let error = fetch(&server, path).unwrap_err();
        assert!(matches!(error, FetchError::TooLarge { limit: MAX_BYTES, .. }), "{path}: {error}");
    }
}

fn endless(to: &mut TcpStream) -> io::Result<()> {
    loop {
        to.write_all(&[b'a'; 4096])?;
    }
}

#[test]
fn who_is_too_slow_is_given_up() {
    let server = Server::start(|asked: &Asked, to: &mut TcpStream| {
        if asked.path == "/drip" {
            head(to, 200, &[("content-length", "100000")])?;
            to.write_all(b"\r\n")?;
        }
        loop {
            thread::sleep(Duration::from_millis(100));
            match asked.path.as_str() {
                "/drip" => to.write_all(b"a")?,
                "/headers" => to.write_all(b"HTTP/1.1 100 Wait\r\n\r\n")?,
                _ => {}
            }
        }
    });
    for path in ["/drip", "/silent", "/headers"] {
        let began = Instant::now();
        let error = fetch(&server, path).unwrap_err();
        assert!(matches!(error, FetchError::Slow { .. } | FetchError::Network { .. }), "{path}: {error}");
        assert!(path == "/headers" || matches!(error, FetchError::Slow { .. }), "{path}: {error}");
        assert!(began.elapsed() < Duration::from_secs(4), "{path}");
    }
}

#[test]
fn a_document_that_breaks_off_is_none() {
    let server = Server::start(|asked: &Asked, to: &mut TcpStream| match asked.path.as_str() {
        "/length" => {
            head(to, 200, &[("content-length", "100")])?;
            to.write_all(b"\r\n<rss>")
        }
        "/chunk" => {
            head(to, 200, &[("transfer-encoding", "chunked")])?;
            to.write_all(b"\r\n10\r\n<rss>")
        }
        "/gzip" => send(to, 200, &[("content-encoding", "gzip")], &gzip(b"<rss></rss>")[..15]),
        "/noise" => send(to, 200, &[("content-encoding", "br")], b"this is not brotli"),
        "/nothing" => Ok(()),
        _ => to.write_all(b"\x15\x03\x01 what is this?\r\n\r\n"),
    });
    for path in ["/length", "/chunk", "/gzip", "/noise", "/nothing", "/garbage"] {
        let error = fetch(&server, path).unwrap_err();
        assert!(matches!(error, FetchError::Network { .. }), "{path}: {error}");
        assert!(error.to_string().starts_with(&server.at(path)), "{error}");
    }
}

#[test]
fn a_password_goes_to_its_host_and_no_further() {
    let server = Server::start(|asked: &Asked, to: &mut TcpStream| {
        let known = asked.header("authorization") == "Basic YW5uYTpzZWNyZXQ=";
        if known { send(to, 200, &[], b"words") } else { send(to, 401, &[], b"") }
    });
    assert!(matches!(fetch(&server, "/feed"), Err(FetchError::Login { .. })));
    let host = server.at("").replace("http://", "");
    let login = |host: String| Login { host, user: "anna".to_owned(), password_command: "echo secret".to_owned() };
    let fetcher = Fetcher::new(limits(), vec![login(host)], Arc::default());
    assert_eq!(document(ask(&fetcher, &server.at("/feed"), None)).bytes, b"words");
    let elsewhere = Fetcher::new(limits(), vec![login("example.org".to_owned())], Arc::default());
    assert!(matches!(ask(&elsewhere, &server.at("/feed"), None), Err(FetchError::Login { .. })));
}

#[test]
fn a_file_is_read_again_only_when_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.xml");
    std::fs::write(&path, "<rss/>").unwrap();
    let fetcher = Fetcher::new(limits(), Vec::new(), Arc::default());
    let at = Url::from_file_path(&path).unwrap();
    let first = document(ask(&fetcher, at.as_str(), None));
    assert_eq!(first.bytes, b"<rss/>");
    assert_eq!(ask(&fetcher, at.as_str(), first.etag.as_deref()).unwrap(), Fetched::NotModified { moved: None });
    std::fs::write(&path, "<rss></rss>").unwrap();
    assert_eq!(document(ask(&fetcher, at.as_str(), first.etag.as_deref())).bytes, b"<rss></rss>");
    std::fs::write(&path, vec![b'a'; MAX_BYTES as usize + 1]).unwrap();
    assert!(matches!(ask(&fetcher, at.as_str(), None), Err(FetchError::TooLarge { .. })));
    std::fs::remove_file(&path).unwrap();
    assert!(ask(&fetcher, at.as_str(), None).unwrap_err().to_string().contains("feed.xml"));
}

#[test]
fn nothing_is_asked_once_all_is_called_off() {
    let server = serving(200, &[], b"words");
    let fetcher = Fetcher::new(limits(), Vec::new(), Arc::new(AtomicBool::new(true)));
    assert!(matches!(ask(&fetcher, &server.at("/"), None), Err(FetchError::Cancelled)));
    assert!(server.asked().is_empty());
}
