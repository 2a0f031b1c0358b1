//! Looks names up, and passes over answers that lead into the user's own network.

use std::{error::Error, fmt, io};

use ureq::{
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

use super::address::is_public;

/// Answers with public addresses alone. The proxy that the user chose is reached wherever it is.
#[derive(Debug, Default)]
pub(super) struct GuardedResolver<R = DefaultResolver> {
    inner: R,
}

impl<R: Resolver> Resolver for GuardedResolver<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if config.proxy().is_some_and(|proxy| Some(proxy.host()) == uri.host()) {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() { Err(ureq::Error::Io(io::Error::other(Refusal))) } else { Ok(public) }
    }
}

/// A name that only private addresses answer to.
#[derive(Debug)]
struct Refusal;

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name leads to a private address")
    }
}

impl Error for Refusal {}

/// Whether an error is that of a name that leads inside.
pub(super) fn is_refusal(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn Error + Send + Sync>::is::<Refusal>)
}

#[cfg(test)]
mod tests {
    use std::{net::SocketAddr, time::Duration};

    use ureq::{Agent, unversioned::transport::DefaultConnector};

    use super::*;

    /// Answers every name with these addresses.
    #[derive(Debug)]
    struct Says(Vec<SocketAddr>);

    impl Resolver for Says {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let mut found = self.empty();
            self.0.iter().for_each(|address| found.push(*address));
            Ok(found)
        }
    }

    #[test]
    fn a_public_name_that_answers_with_a_private_address_is_not_asked() {
        let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let resolver = GuardedResolver { inner: Says(vec![server.local_addr().unwrap()]) };
        let config = Agent::config_builder().proxy(None).timeout_global(Some(Duration::from_secs(5))).build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        let error = agent.get("http://courier.example.org/feed").call().unwrap_err();
        assert!(matches!(&error, ureq::Error::Io(error) if is_refusal(error)), "{error:?}");
        server.set_nonblocking(true).unwrap();
        assert_eq!(server.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock, "nobody connected");
    }
}
