//! OPML: lists of subscriptions as every feed reader exchanges them. Groups are outlines around feeds, and where a feed is
//! in several, its category names them all; or, where a comma in a name would divide them, it stands in each.

use ::opml::{Head, OPML, Outline};

use crate::{
    fetch::address,
    ingest::feed::nests_too_deeply,
    model::{Feed, NewFeed},
};

/// Why a file is no list of subscriptions.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// It is no OPML.
    #[error("no list of feeds in OPML: {0}")]
    Opml(#[from] ::opml::Error),
    /// It is made to bring readers down.
    #[error("no list of feeds in OPML: it is nested too deeply")]
    Deep,
}

/// The subscriptions in an OPML file, and what in it could not be taken, in words.
///
/// # Errors
/// If it is no OPML.
pub fn from_opml(text: &str) -> Result<(Vec<NewFeed>, Vec<String>), ListError> {
    if nests_too_deeply(text) {
        return Err(ListError::Deep);
    }
    let document = OPML::from_str(text.trim_start_matches('\u{feff}'))?;
    let (mut feeds, mut refused) = (Vec::new(), Vec::new());
    document.body.outlines.iter().for_each(|outline| collect(outline, "", &mut feeds, &mut refused));
    Ok((feeds, refused))
}

fn collect(outline: &Outline, group: &str, feeds: &mut Vec<NewFeed>, refused: &mut Vec<String>) {
    let title = outline.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(&outline.text);
    let title = one_line(title);
    let Some(typed) = outline.xml_url.as_deref().or(outline.url.as_deref().filter(|_| outline.outlines.is_empty()))
    else {
        let inner = match (group, title.as_str()) {
            (outer, "") => outer.to_owned(),
            ("", title) => title.to_owned(),
            (outer, title) => format!("{outer}/{title}"),
        };
        outline.outlines.iter().for_each(|outline| collect(outline, &inner, feeds, refused));
        return;
    };
    match address(typed) {
        Ok(address) => {
            let mut groups: Vec<String> = Vec::new();
            let categories = outline.category.as_deref().unwrap_or_default().split(',');
            let categories = categories.map(|category| one_line(category.trim().trim_start_matches('/')));
            for group in std::iter::once(group.to_owned()).chain(categories) {
                if !group.is_empty() && !groups.contains(&group) {
                    groups.push(group);
                }
            }
            let host = address.host_str().unwrap_or_default().to_owned();
            feeds.push(NewFeed {
                named: !title.is_empty(),
                name: if title.is_empty() { host } else { title },
                address: address.into(),
                groups,
                site: outline.html_url.clone().filter(|site| !site.trim().is_empty()),
                full_text: None,
            });
        }
        Err(error) => refused.push(error.to_string()),
    }
}

/// Subscriptions as OPML.
///
/// # Errors
/// If a name cannot be written.
pub fn to_opml(feeds: &[Feed]) -> Result<String, ListError> {
    let mut document = OPML {
        head: Some(Head { title: Some("Subscriptions of attache".to_owned()), ..Head::default() }),
        ..OPML::default()
    };
    for feed in feeds {
        // A category is divided by commas.
        let commas = feed.groups.iter().any(|group| group.contains(','));
        let several = feed.groups.len() > 1 && !commas;
        let outline = Outline {
            text: feed.name.clone(),
            title: Some(feed.name.clone()),
            r#type: Some("rss".to_owned()),
            xml_url: Some(feed.address.clone()),
            html_url: feed.site.clone(),
            category: several
                .then(|| feed.groups.iter().map(|group| format!("/{group}")).collect::<Vec<_>>().join(",")),
            ..Outline::default()
        };
        if feed.groups.is_empty() {
            document.body.outlines.push(outline.clone());
        }
        for group in feed.groups.iter().take(if commas { usize::MAX } else { 1 }) {
            within(&mut document.body.outlines, group).push(outline.clone());
        }
    }
    let written = document.to_string()?;
    Ok(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{written}\n"))
}

/// The outlines of a group, which is made if there is none.
fn within<'o>(outlines: &'o mut Vec<Outline>, group: &str) -> &'o mut Vec<Outline> {
    let is = |outline: &Outline| outline.xml_url.is_none() && outline.text == group;
    let at = outlines.iter().position(is).unwrap_or_else(|| {
        outlines.push(Outline { text: group.to_owned(), title: Some(group.to_owned()), ..Outline::default() });
        outlines.len() - 1
    });
    &mut outlines[at].outlines
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FeedId;

    fn feed(name: &str, address: &str, groups: &[&str]) -> Feed {
        Feed {
            id: FeedId(std::num::NonZeroI64::MIN),
            address: address.to_owned(),
            name: name.to_owned(),
            named: true,
            groups: groups.iter().map(|&group| group.to_owned()).collect(),
            site: Some("https://courier.example/".to_owned()),
            full_text: None,
            etag: None,
            last_modified: None,
            succeeded: None,
            error: None,
            failures: 0,
            due: None,
            barred: None,
        }
    }

    #[test]
    fn what_goes_out_comes_back_with_its_groups() {
        let feeds = [
            feed("Courier & Co \"World\"", "https://courier.example/world.xml?a=1&b=2", &["Africa", "Quotes, mostly"]),
            feed("Alone", "https://courier.example/alone.xml", &[]),
            feed("Two", "https://courier.example/two.xml", &["Africa", "Europe"]),
        ];
        let (back, refused) = from_opml(&to_opml(&feeds).unwrap()).unwrap();
        assert!(refused.is_empty());
        let told =
            |name: &str, address: &str, groups: &[String]| (name.to_owned(), address.to_owned(), groups.to_vec());
        let mut came: Vec<(String, String, Vec<String>)> = Vec::new();
        for feed in &back {
            // One that stands in several places is in all those groups.
            match came.iter_mut().find(|(_, address, _)| *address == feed.address) {
                Some((_, _, groups)) => groups.extend(feed.groups.clone()),
                None => came.push(told(&feed.name, &feed.address, &feed.groups)),
            }
        }
        let mut went: Vec<_> = feeds.iter().map(|feed| told(&feed.name, &feed.address, &feed.groups)).collect();
        came.sort();
        went.sort();
        assert_eq!(came, went);
    }

    #[test]
    fn what_newsboat_writes_is_read() {
        let text = "<?xml version=\"1.0\"?>\n<opml version=\"1.0\">\n  <head>\n    <title>newsboat - Exported Feeds</title>\n\
                    </head>\n  <body>\n    <outline type=\"rss\" xmlUrl=\"https://courier.example/world.xml\" \
                    htmlUrl=\"https://courier.example/\" title=\"The Courier\"/>\n    <outline title=\"Africa\" text=\"Africa\">\
                    <outline text=\"West\"><outline type=\"rss\" xmlUrl=\"https://west.example/\" title=\"\"/></outline></outline>\n\
                    <outline type=\"rss\" xmlUrl=\"exec:ls\" title=\"x\"/>\n  </body>\n</opml>\n";
        let (feeds, refused) = from_opml(text).unwrap();
        let told: Vec<_> = feeds.iter().map(|feed| (feed.name.as_str(), feed.groups.join("|"))).collect();
        assert_eq!(told, [("The Courier", String::new()), ("west.example", "Africa/West".to_owned())]);
        assert_eq!(refused.len(), 1);
        let empty = "<opml version=\"2.0\"><body><outline xmlUrl=\"https://a.example/\" htmlUrl=\"\" title=\"\" text=\"\"/></body></opml>";
        assert_eq!(from_opml(empty).unwrap().0[0].site, None);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert!(matches!(from_opml("<html></html>"), Err(ListError::Opml(_))));
        let deep = format!("<opml version=\"2.0\"><body>{}", "<outline text=\"a\">".repeat(10_000));
        assert!(matches!(from_opml(&deep), Err(ListError::Deep)));
    }
}
