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
        let articles = match page(fetcher, &source) {
            Ok(articles) => articles,
            Err(error) => {
                let message = error.to_string();
                summary.refused.push(Refused { source, message });
                continue;
            }
        };
        let annotated: Vec<_> = articles
            .into_iter()
            .map(|article| {
                let found = extract(gazetteer, &article);
                (article, found)
            })
            .collect();
        for added in library.add(&annotated)? {
            match added {
                Added::New(_) => summary.added += 1,
                Added::Updated(_) => summary.updated += 1,
                Added::Unchanged(_) => summary.unchanged += 1,
            }
        }
    }
    Ok(summary)
}
