//! Numbers that stand for items and their words.

use crate::{ingest::feed::Item, model::Article};

/// Stands for what a feed knows an item by.
pub(super) fn key(item: &Item) -> i64 {
    number(&[&item.id])
}

/// Stands for the words of an item as the feed has them, and for whether its page is wanted: where that changes, the item
/// is looked at again.
pub(super) fn digest(article: &Article, page: bool) -> i64 {
    let Article { source: _, outlet: _, url, title, author, published, language: _, body } = article;
    let published = published.map(|day| day.to_string());
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    number(&[&text(url), &text(title), &text(author), &text(&published), body, if page { "page" } else { "" }])
}

/// FNV-1a: the same on every machine and in every version.
fn number(parts: &[&str]) -> i64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        // 0xff stands in no UTF-8: parts cannot run into each other.
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash as i64
}
