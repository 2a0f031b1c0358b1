//! Which addresses may be asked, and where a redirect may lead.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::FetchError;

/// Longest address, in bytes.
const LONGEST: usize = 2000;

/// The address that the user typed: `https` where they left the scheme out, and a file where it is one.
///
/// # Errors
/// If it is none, or holds a name and password.
pub fn address(typed: &str) -> Result<Url, FetchError> {
    let wrong = |problem| FetchError::Address {
        address: typed.chars().filter(|c| !c.is_control()).take(200).collect(),
        problem,
    };
    let text = typed.trim();
    if text.is_empty() || text.len() > LONGEST || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(wrong("it is no address"));
    }
    // `courier.example:8080/feed` would be the scheme `courier.example`.
    let with_scheme =
        if text.contains("://") || text.starts_with("file:") { text.to_owned() } else { format!("https://{text}") };
    let with_scheme = match with_scheme.strip_prefix("feed://") {
        Some(rest) => format!("https://{rest}"),
        None => with_scheme,
    };
    let mut url = Url::parse(&with_scheme).map_err(|_| wrong("it is no address"))?;
    match url.scheme() {
        "http" | "https" => {}
        "file" => return Ok(url),
        _ => return Err(wrong("only http, https and file addresses are read")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("leave the name and password out; put them under [[feeds.login]] in config.toml"));
    }
    url.set_fragment(None);
    Ok(url)
}

/// An address without the name and password that stood in it.
pub fn without_login(url: &Url) -> Url {
    let mut url = url.clone();
    // Addresses that can hold none have none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// Where a redirect leads.
pub(super) fn redirect(from: &Url, to: Option<&str>) -> Result<Url, FetchError> {
    let wrong = || FetchError::BadRedirect { address: from.to_string() };
    let to = to.filter(|to| !to.chars().any(char::is_control)).ok_or_else(wrong)?;
    let mut next = without_login(&from.join(to).map_err(|_| wrong())?);
    if !matches!(next.scheme(), "http" | "https") || next.as_str().len() > LONGEST {
        return Err(wrong());
    }
    next.set_fragment(None);
    Ok(next)
}

/// Whether an address may be asked where the user typed `typed`: all but those inside of the user's own network, which
/// are asked only on the server that was typed.
pub fn is_allowed(address: &Url, typed: &Url) -> bool {
    !is_private_name(address) || same_place(address, typed)
}

/// Whether both are the same server.
fn same_place(one: &Url, other: &Url) -> bool {
    one.host() == other.host() && one.port_or_known_default() == other.port_or_known_default()
}

/// Whether an address names a place inside of the user's own network by what it says, without asking anybody.
pub(super) fn is_private_name(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => !is_public(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => !is_public(IpAddr::V6(ip)),
        Some(Host::Domain(name)) => {
            const ENDS: [&str; 7] = [".localhost", ".local", ".internal", ".lan", ".home", ".home.arpa", ".intranet"];
            let name = name.trim_end_matches('.');
            !name.contains('.') || ENDS.iter().any(|end| name.ends_with(end))
        }
        None => true,
    }
}

/// Whether an address is one of the public network.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_public_v4(ip),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let benchmark = a == 198 && (b == 18 || b == 19);
    let assigned = a == 192 && b == 0 && c == 0;
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || shared
        || benchmark
        || assigned)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let [g, h] = [g, h].map(u16::to_be_bytes);
    let inside = Ipv4Addr::new(g[0], g[1], h[0], h[1]);
    // Addresses that carry one of the old kind lead where that one leads.
    if [a, b, c, d, e, f] == [0x64, 0xff9b, 0, 0, 0, 0] {
        return is_public_v4(inside);
    }
    if a == 0x2002 {
        let [b, c] = [b, c].map(u16::to_be_bytes);
        return is_public_v4(Ipv4Addr::new(b[0], b[1], c[0], c[1]));
    }
    // Only 2000::/3 is in public use; documentation and tunnels are no places of news.
    (0x2000..0x4000).contains(&a) && !(a == 0x2001 && (b == 0x0db8 || b == 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn what_the_user_types_becomes_an_address() {
        for (typed, meant) in [
            ("courier.example/feed.xml", "https://courier.example/feed.xml"),
            (" http://courier.example ", "http://courier.example/"),
            ("localhost:8080/feed", "https://localhost:8080/feed"),
            ("https://Courier.Example/#top", "https://courier.example/"),
            ("feed://courier.example/x", "https://courier.example/x"),
            ("file:///home/anna/feed.xml", "file:///home/anna/feed.xml"),
        ] {
            assert_eq!(address(typed).unwrap().as_str(), meant);
        }
        for typed in [
            "",
            "a b",
            "ftp://courier.example/",
            "javascript:alert(1)",
            "https://a:b@courier.example/",
            "https://",
            "exec:ls",
        ] {
            assert!(address(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn private_places_are_told_by_their_names_and_numbers() {
        for private in [
            "http://localhost/",
            "http://desk.localhost/",
            "http://printer/",
            "http://nas.local/",
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://10.1.2.3/",
            "http://172.16.0.1/",
            "http://192.168.1.1/",
            "http://169.254.169.254/",
            "http://100.64.0.1/",
            "http://0.0.0.0/",
            "http://[::1]/",
            "http://[::]/",
            "http://[fe80::1]/",
            "http://[fd00::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://255.255.255.255/",
            "http://localhost./",
        ] {
            assert!(is_private_name(&url(private)), "{private}");
        }
        for public in ["http://courier.example.org/", "http://8.8.8.8/", "http://[2606:4700::1111]/"] {
            assert!(!is_private_name(&url(public)), "{public}");
        }
    }

    #[test]
    fn a_redirect_leads_to_the_web_and_nowhere_inside() {
        let from = url("https://courier.example.org/feeds/a.xml");
        let to = |to: &str| redirect(&from, Some(to));
        assert_eq!(to("b.xml").unwrap().as_str(), "https://courier.example.org/feeds/b.xml");
        assert_eq!(to("//news.example.org/x#y").unwrap().as_str(), "https://news.example.org/x");
        assert_eq!(to("https://a:b@news.example.org/").unwrap().as_str(), "https://news.example.org/");
        for inside in ["http://127.0.0.1/", "http://localhost:631/", "http://[::1]/", "http://169.254.169.254/latest"] {
            assert!(!is_allowed(&to(inside).unwrap(), &from), "{inside}");
        }
        for wrong in ["file:///etc/passwd", "javascript:alert(1)", "gopher://x/", "http://[", "/a\u{7}"] {
            assert!(matches!(to(wrong), Err(FetchError::BadRedirect { .. })), "{wrong}");
        }
        let own = url("http://127.0.0.1:8080/a");
        assert!(is_allowed(&redirect(&own, Some("/b")).unwrap(), &own));
        assert!(!is_allowed(&redirect(&own, Some("http://127.0.0.1:631/")).unwrap(), &own));
    }
}
