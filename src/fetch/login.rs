//! Names and passwords for hosts that want them. Passwords come from a command, and stay in memory.

use std::{
    collections::HashMap,
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use url::Url;

use super::FetchError;

/// Who the user is at a host.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Login {
    /// The host, such as `news.example.org`, with `:port` where it is not the usual one.
    pub host: String,
    /// The user's name there.
    pub user: String,
    /// A command for the shell whose first line of output is the password.
    pub password_command: String,
}

/// The logins, with the passwords asked for so far.
#[derive(Default)]
pub(super) struct Logins {
    all: Vec<Login>,
    known: Mutex<HashMap<String, String>>,
}

impl std::fmt::Debug for Logins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Logins").field("all", &self.all).finish_non_exhaustive()
    }
}

impl Logins {
    pub(super) fn new(all: Vec<Login>) -> Self {
        Self { all, known: Mutex::default() }
    }

    /// The header that logs in at this address, if the user has a login for its host. Another host never sees it.
    pub(super) fn header(&self, at: &Url) -> Result<Option<String>, FetchError> {
        let host = match (at.host_str(), at.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            (None, _) => return Ok(None),
        };
        let Some(login) = self.all.iter().find(|login| login.host.eq_ignore_ascii_case(&host)) else { return Ok(None) };
        // The lock is held while the command runs: asked by many at once, it runs once.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(header) = known.get(&host) {
            return Ok(Some(header.clone()));
        }
        let password = password(login)?;
        let header = format!("Basic {}", STANDARD.encode(format!("{}:{password}", login.user)));
        known.insert(host, header.clone());
        Ok(Some(header))
    }
}

fn password(login: &Login) -> Result<String, FetchError> {
    let failed = |problem: String| FetchError::Password { host: login.host.clone(), problem };
    let output = Command::new("sh")
        .args(["-c", &login.password_command])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(|error| failed(format!("could not be started: {error}")))?;
    if !output.status.success() {
        return Err(failed(format!("failed ({})", output.status)));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let first = text.lines().next().unwrap_or_default();
    if first.is_empty() { Err(failed("said nothing".to_owned())) } else { Ok(first.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_host_it_is_for_sees_a_password() {
        let login = |command: &str| Login {
            host: "news.example.org".to_owned(),
            user: "anna".to_owned(),
            password_command: command.to_owned(),
        };
        let logins = Logins::new(vec![login("printf 'secret\\nnotes\\n'")]);
        let header = |logins: &Logins, at: &str| logins.header(&Url::parse(at).unwrap());
        assert_eq!(header(&logins, "https://news.example.org/a").unwrap().unwrap(), "Basic YW5uYTpzZWNyZXQ=");
        for other in ["https://example.org/", "https://news.example.org:444/", "https://news.example.org.evil.example/"]
        {
            assert_eq!(header(&logins, other).unwrap(), None, "{other}");
        }
        assert!(!format!("{logins:?}").contains("YW5uYT"));
        for command in ["exit 3", "true"] {
            let error = header(&Logins::new(vec![login(command)]), "https://news.example.org/").unwrap_err();
            assert!(error.to_string().starts_with("the password_command for news.example.org "), "{error}");
        }
    }
}
