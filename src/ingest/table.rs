//! CSV with a header: a row an article, its columns known by their usual names.

use std::borrow::Cow;

use super::{IngestError, Reading, fields};

/// Reads a table. A row without words or with too few columns is refused by its line.
pub(super) fn read(source: &str, text: &str) -> Result<Reading, IngestError> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t', b'|'].into_iter().max_by_key(|&mark| {
        // Of marks as frequent the earlier one is the more usual.
        (first.bytes().filter(|&b| b == mark).count(), std::cmp::Reverse(mark != b','))
    });
    let mut rows =
        csv::ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).flexible(true).from_reader(text.as_bytes());
    let wrong = |line: u64, problem: String| IngestError::Line {
        source_name: source.to_owned(),
        line: usize::try_from(line).unwrap_or(usize::MAX),
        problem,
    };
    let header: Vec<String> = match rows.headers() {
        Ok(header) => header.iter().map(fields::folded).collect(),
        Err(error) => return Err(wrong(1, error.to_string())),
    };
    if !header.iter().any(|name| fields::is_body(name)) {
        return Err(wrong(
            1,
            "no column is named body, text, content or one of the other names in docs/formats.md".into(),
        ));
    }
    let mut reading = Reading::default();
    for row in rows.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                reading
                    .refuse(wrong(error.position().map_or(0, csv::Position::line), "a row that cannot be read".into()));
                continue;
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        if row.len() != header.len() {
            reading.refuse(wrong(line, format!("{} columns, and not {} as in the header", row.len(), header.len())));
            continue;
        }
        let field = |name: &str| {
            let at = header.iter().position(|known| known == name)?;
            row.get(at).map(|text| Cow::Owned(text.to_owned()))
        };
        let article = fields::article(&field);
        if article.body.is_empty() {
            reading.refuse(wrong(line, "a row without a text".into()));
        } else {
            reading.articles.push(article);
        }
    }
    Ok(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_articles_and_bad_rows_are_refused_by_line() {
        for mark in [",", ";", "\t"] {
            let text = "Title,Published At,URL,Source,Content\n\
                        Ministers agree,2025-08-04,https://example.org/a,Courier,\"They met.\n\nThey agreed.\"\n\
                        too,few\n\
                        Empty,2025-08-04,,,\n\
                        Second,,,,<p>Marked <b>read</b></p>\n";
            let reading = read("x.csv", &text.replace(',', mark)).unwrap();
            let bodies: Vec<&str> = reading.articles.iter().map(|a| a.body.as_str()).collect();
            assert_eq!(bodies, ["They met.\n\nThey agreed.", "Marked read"]);
            assert_eq!(reading.articles[0].title.as_deref(), Some("Ministers agree"));
            assert_eq!(reading.articles[0].outlet.as_deref(), Some("Courier"));
            assert_eq!(reading.articles[0].published.map(|d| d.to_string()).as_deref(), Some("2025-08-04"));
            let refused: Vec<String> = reading.refused.iter().map(ToString::to_string).collect();
            assert_eq!(
                refused,
                ["x.csv, line 5: 2 columns, and not 5 as in the header", "x.csv, line 6: a row without a text"]
            );
        }
    }

    #[test]
    fn a_table_without_a_column_of_text_is_refused() {
        let error = read("x.csv", "a,b\n1,2\n").unwrap_err().to_string();
        assert!(error.starts_with("x.csv, line 1: no column is named body"), "{error}");
    }
}
