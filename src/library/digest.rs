//! Tells whether an article's words are the ones already stored.

use crate::model::Article;

/// A number that stays the same as long as everything but the source does. FNV-1a: the same on every machine and in
/// every version; only ever compared for one source, so that 64 bits are plenty.
pub(super) fn digest(article: &Article) -> i64 {
    let Article { source: _, outlet, url, title, author, published, language, body } = article;
    let published = published.map(|day| day.to_string());
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    body.bytes().for_each(&mut eat);
    for field in [outlet, url, title, author, &published, language] {
        // 0xff and 0xfe stand in no UTF-8: fields cannot run into each other, and none differs from an empty one.
        eat(if field.is_some() { 0xff } else { 0xfe });
        field.iter().for_each(|text| text.bytes().for_each(&mut eat));
    }
    hash as i64
}

/// Tells articles apart whose source names no place (standard input): the same words are the same article, and other
/// words never replace them. 0 for all others.
pub(super) fn distinct_by(article: &Article, digest: i64) -> i64 {
    let from_stdin = article.source == "-" || article.source.starts_with("-#");
    if from_stdin { digest } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_source_may_differ() {
        let article = Article { source: "a".into(), title: Some("T".into()), body: "B".into(), ..Article::default() };
        let same = Article { source: "b".into(), ..article.clone() };
        let moved = Article { title: None, author: Some("T".into()), ..article.clone() };
        let empty = Article { outlet: Some(String::new()), ..article.clone() };
        assert_eq!(digest(&article), digest(&same));
        assert_ne!(digest(&article), digest(&moved));
        assert_ne!(digest(&article), digest(&empty));
    }
}
