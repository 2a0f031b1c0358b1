//! Pages of the web that the user adds by their addresses.

use std::path::PathBuf;

use color_eyre::eyre;

use crate::{
    extract::extract,
    feeds::page,
    fetch::Fetcher,
    gazetteer::Gazetteer,
    import::{Refused, Summary},
    library::{Added, Library},
};

/// Fetches each page, and adds the article on it.
pub(super) fn add(
    addresses: &[PathBuf],
    fetcher: &Fetcher,
    gazetteer: &Gazetteer,
    library: &mut Library,
) -> eyre::Result<Summary> {
    let mut summary = Summary::default();
    for address in addresses {
        let source = address.display().to_string();
        let article = match page(fetcher, &source) {
            Ok(Some(article)) => article,
            Ok(None) => {
                let message =
                    format!("{source}: no article on this page; `attache feed add` subscribes to a site's feed");
                summary.refused.push(Refused { source, message });
                continue;
            }
            Err(error) => {
                let message = error.to_string();
                summary.refused.push(Refused { source, message });
                continue;
            }
        };
        let found = extract(gazetteer, &article);
        for added in library.add(&[(article, found)])? {
            match added {
                Added::New(_) => summary.added += 1,
                Added::Updated(_) => summary.updated += 1,
                Added::Unchanged(_) => summary.unchanged += 1,
            }
        }
    }
    Ok(summary)
}
