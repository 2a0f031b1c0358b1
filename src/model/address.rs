//! Addresses of articles on the web: as they are kept and opened, and by what two of them are the same article.

use std::sync::LazyLock;

use url::Url;

/// Longest address that is kept, in bytes.
const LONGEST: usize = 2000;

/// Parts of a query that say where a reader came from.
static TRACKING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/addresses/tracking.txt").lines();
    lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// An address as it is kept: http or https, without name and password, without a fragment and what says where a reader
/// came from. `None` if it is none of the web, or holds a name and password, white space, controls or marks that turn the
/// direction of writing.
pub fn canonical_address(text: &str) -> Option<String> {
    let mut url = parsed(text)?;
    // Some sites have the page itself in the fragment.
    if !url.fragment().is_some_and(|fragment| fragment.starts_with(['!', '/'])) {
        url.set_fragment(None);
    }
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
        let kept = kept.join("&");
        url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
    Some(url.into())
}

/// A number that is the same for all variants of an address: http and https, `www.` and mobile hosts, AMP pages and
/// caches, a slash at the end, the order of a query. `None` for what stands for no article: no address, or a front page.
pub fn address_identity(text: &str) -> Option<i64> {
    let url = parsed(text)?;
    let url = behind_cache(&url).unwrap_or(url);
    let host = url.host_str()?.trim_end_matches('.');
    let mut site = host;
    for prefix in ["www.", "amp.", "m.", "mobile."] {
        // A host of two names is the site itself.
        site = site.strip_prefix(prefix).filter(|rest| rest.contains('.')).unwrap_or(site);
    }
    let path = plain_path(url.path());
    let mut query: Vec<&str> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_tracking(pair) && !is_amp(pair))
        .collect();
    query.sort_unstable();
    let page = url.fragment().filter(|fragment| fragment.starts_with(['!', '/'])).unwrap_or_default();
    if path.is_empty() && query.is_empty() && page.is_empty() {
        return None;
    }
    let port = url.port().map_or_else(String::new, |port| port.to_string());
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let parts = [site, &port, &path, page].into_iter().chain(query);
    for byte in parts.flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    Some(hash as i64)
}

fn parsed(text: &str) -> Option<Url> {
    let text = text.trim();
    let acts = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.len() > LONGEST || text.contains(acts) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
    (web && url.username().is_empty() && url.password().is_none() && url.as_str().len() <= LONGEST).then_some(url)
}

fn is_tracking(pair: &str) -> bool {
    let pair = pair.to_ascii_lowercase();
    let name = pair.split('=').next().unwrap_or_default();
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None if known.contains('=') => pair == *known,
        None => name == *known,
    })
}

fn is_amp(pair: &str) -> bool {
    let pair = pair.to_ascii_lowercase();
    matches!(pair.as_str(), "amp" | "amp=" | "amp=1" | "amp=true" | "outputtype=amp" | "output=amp" | "view=amp")
}

/// The address that a cache of AMP pages stands for.
fn behind_cache(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let rest = if host.ends_with("cdn.ampproject.org") {
        let path = url.path().trim_start_matches('/');
        ["c/", "v/", "wp/"].iter().find_map(|kind| path.strip_prefix(kind))?
    } else if host.starts_with("www.google.") || host.starts_with("google.") {
        url.path().strip_prefix("/amp/")?
    } else {
        return None;
    };
    let (scheme, rest) = rest.strip_prefix("s/").map_or(("http", rest), |rest| ("https", rest));
    let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
    parsed(&format!("{scheme}://{rest}{query}"))
}

/// A path without slashes at its end, index pages and marks of AMP.
fn plain_path(path: &str) -> String {
    let mut path = path.trim_end_matches('/');
    for end in ["/index.html", "/index.htm", "/index.php", "/amp"] {
        path = path.strip_suffix(end).unwrap_or(path);
    }
    let path = path.trim_end_matches('/');
    let path = path.strip_prefix("/amp/").map_or_else(|| path.to_owned(), |rest| format!("/{rest}"));
    if let Some(stem) = path.strip_suffix(".amp.html") {
        return format!("{stem}.html");
    }
    path.strip_suffix(".amp").map_or_else(|| path.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_without_what_says_where_a_reader_came_from() {
        for (text, kept) in [
            ("https://courier.example/a?id=7&utm_source=x&UTM_Medium=y#top", "https://courier.example/a?id=7"),
            (" HTTP://Courier.Example:80/a?fbclid=1 ", "http://courier.example/a"),
            ("https://courier.example/a?from=rss&from=desk", "https://courier.example/a?from=desk"),
            ("https://courier.example/#!/lake", "https://courier.example/#!/lake"),
            ("https://courier.example/é", "https://courier.example/%C3%A9"),
        ] {
            assert_eq!(canonical_address(text).as_deref(), Some(kept), "{text}");
            assert_eq!(canonical_address(kept).as_deref(), Some(kept), "{kept}");
        }
    }

    #[test]
    fn what_could_do_harm_is_no_address() {
        for text in [
            "",
            "courier.example/a",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://courier.example/a",
            "https://anna:secret@courier.example/a",
            "https://anna@courier.example/a",
            "https://courier.example/a\u{1b}[31m",
            "https://courier.example/\u{202e}a",
            "https://courier.example/a b",
            "https://courier.example/a\nb",
            "http://",
        ] {
            assert_eq!(canonical_address(text), None, "{text:?}");
            assert_eq!(address_identity(text), None, "{text:?}");
        }
        assert_eq!(canonical_address(&format!("https://courier.example/{}", "a".repeat(3000))), None);
    }

    #[test]
    fn the_variants_of_an_address_are_one_article() {
        let one = address_identity("https://www.courier.example/world/lake?id=7&page=2");
        for variant in [
            "http://courier.example/world/lake?id=7&page=2",
            "https://courier.example:443/world/lake/?page=2&id=7",
            "https://m.courier.example/world/lake?id=7&page=2&utm_campaign=x#comments",
            "https://amp.courier.example/world/lake?id=7&page=2",
            "https://www.courier.example/amp/world/lake?id=7&page=2",
            "https://www.courier.example/world/lake/amp/?id=7&page=2",
            "https://www.courier.example/world/lake.amp?id=7&page=2&amp=1",
            "https://www.google.com/amp/s/www.courier.example/world/lake?id=7&page=2",
            "https://www-courier-example.cdn.ampproject.org/c/s/www.courier.example/world/lake?id=7&page=2",
        ] {
            assert_eq!(address_identity(variant), one, "{variant}");
        }
        for other in [
            "https://www.courier.example/world/lake?id=8&page=2",
            "https://www.courier.example/world/Lake?id=7&page=2",
            "https://www.gazette.example/world/lake?id=7&page=2",
            "https://www.courier.example:8080/world/lake?id=7&page=2",
            "https://www.courier.example/world/lake",
        ] {
            assert_ne!(address_identity(other), one, "{other}");
            assert!(address_identity(other).is_some());
        }
    }

    #[test]
    fn a_front_page_stands_for_no_article() {
        for text in [
            "https://courier.example",
            "https://courier.example/?utm_source=x",
            "http://www.courier.example/index.html",
        ] {
            assert_eq!(address_identity(text), None, "{text}");
        }
    }
}
