//! A server for HTTP on this computer that does what a test tells it to, however wrong.

#![allow(dead_code, unreachable_pub, reason = "each test that includes this file uses its own part of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::HashMap,
    io::{self, BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// One question that came in.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// Headers, their names in lower case.
    pub headers: HashMap<String, String>,
}

impl Asked {
    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// A running server. It goes with the process.
pub struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Starts one that lets `answer` write to each connection; then the connection is closed.
    pub fn start(answer: impl Fn(&Asked, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&asked), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                thread::spawn(move || {
                    let mut stream = stream;
                    if let Some(question) = read(&stream) {
                        kept.lock().unwrap().push(question.clone());
                        // Who hangs up early is not a failure of the server.
                        let _ = answer(&question, &mut stream);
                        let _ = stream.shutdown(std::net::Shutdown::Write);
                    }
                });
            }
        });
        Self { address, asked }
    }

    /// The address of a path on it.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All questions so far, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

/// Reads the next question.
pub fn read(stream: &TcpStream) -> Option<Asked> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut headers = HashMap::new();
    for line in lines {
        let line = line.ok()?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Some(Asked { path, headers })
}

/// Sends a whole answer.
pub fn send(to: &mut TcpStream, status: u16, headers: &[(&str, &str)], body: &[u8]) -> io::Result<()> {
    head(to, status, headers)?;
    write!(to, "content-length: {}\r\n\r\n", body.len())?;
    to.write_all(body)
}

/// Sends the head of an answer that is yet to be ended by an empty line.
pub fn head(to: &mut TcpStream, status: u16, headers: &[(&str, &str)]) -> io::Result<()> {
    write!(to, "HTTP/1.1 {status} Whatever\r\nconnection: close\r\n")?;
    headers.iter().try_for_each(|(name, value)| write!(to, "{name}: {value}\r\n"))
}
