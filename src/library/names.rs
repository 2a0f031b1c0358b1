//! What the library knows by name, for completing what is typed.

use rusqlite::ToSql;

use super::{Library, LibraryError, subjects::fold_name};

/// What is named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Names {
    /// Whoever is quoted: people, bodies, “the ministry”.
    Speakers,
    /// People shown as officials.
    Officials,
    /// Everybody mentioned.
    People,
    /// Bodies mentioned.
    Organizations,
    /// Offices.
    Roles,
    /// Outlets, where the articles name theirs.
    Sources,
    /// The user's tags.
    Tags,
}

impl Library {
    /// Up to `limit` names with a word that begins with `typed`, those of most articles first.
    pub fn names_like(&self, names: Names, typed: &str, limit: usize) -> Result<Vec<String>, LibraryError> {
        // ?1 and ?2 are patterns, ?3 is the limit, ?4 what was typed. The lists are read whole: a library has far fewer names than articles.
        let sql = match names {
            Names::Speakers => {
                "SELECT speaker.name FROM speaker
                 LEFT JOIN subject ON subject.kind = 1 AND subject.key = speaker.key
                 WHERE speaker.key LIKE ?1 ESCAPE '\\' OR speaker.key LIKE ?2 ESCAPE '\\'
                 ORDER BY subject.n_articles DESC, speaker.id LIMIT ?3"
            }
            Names::Officials => {
                "SELECT name FROM subject WHERE n_official > 0 AND (key LIKE ?1 ESCAPE '\\' OR key LIKE ?2 ESCAPE '\\')
                 ORDER BY n_official DESC, id LIMIT ?3"
            }
            Names::People => {
                "SELECT name FROM subject WHERE kind = 1 AND n_articles > 0
                 AND (key LIKE ?1 ESCAPE '\\' OR key LIKE ?2 ESCAPE '\\') ORDER BY n_articles DESC, id LIMIT ?3"
            }
            Names::Organizations => {
                "SELECT name FROM subject WHERE kind = 2 AND n_articles > 0
                 AND (key LIKE ?1 ESCAPE '\\' OR key LIKE ?2 ESCAPE '\\') ORDER BY n_articles DESC, id LIMIT ?3"
            }
            Names::Roles => {
                "SELECT lower(role) FROM portrait WHERE n_articles > 0
                 AND (role LIKE ?1 ESCAPE '\\' OR role LIKE ?2 ESCAPE '\\')
                 GROUP BY lower(role) ORDER BY sum(n_articles) DESC LIMIT ?3"
            }
            // One seek for each outlet, however many articles it has; of very many, which are names of files, those that
            // begin so and some of those that have such a word.
            Names::Sources => {
                "WITH RECURSIVE each (outlet) AS (
                     SELECT * FROM (SELECT outlet FROM article ORDER BY outlet COLLATE NOCASE LIMIT 1)
                     UNION ALL
                     SELECT (SELECT outlet FROM article WHERE outlet > each.outlet COLLATE NOCASE
                             ORDER BY outlet COLLATE NOCASE LIMIT 1)
                     FROM each WHERE outlet IS NOT NULL LIMIT 3000),
                 begins (outlet) AS (
                     SELECT * FROM (SELECT outlet FROM article WHERE outlet >= ?4 COLLATE NOCASE
                         ORDER BY outlet COLLATE NOCASE LIMIT 1)
                     UNION ALL
                     SELECT (SELECT outlet FROM article WHERE outlet > begins.outlet COLLATE NOCASE
                             ORDER BY outlet COLLATE NOCASE LIMIT 1)
                     FROM begins WHERE outlet LIKE ?1 ESCAPE '\\' LIMIT ?3)
                 SELECT outlet FROM each WHERE outlet LIKE ?1 ESCAPE '\\' OR outlet LIKE ?2 ESCAPE '\\'
                 UNION
                 SELECT outlet FROM begins WHERE outlet LIKE ?1 ESCAPE '\\'
                 LIMIT ?3"
            }
            Names::Tags => {
                "SELECT min(tag) FROM tagged WHERE key LIKE ?1 ESCAPE '\\' OR key LIKE ?2 ESCAPE '\\'
                 GROUP BY key ORDER BY count(*) DESC, key LIMIT ?3"
            }
        };
        // The words of outlets are not folded anywhere.
        let typed = if names == Names::Sources { typed.to_owned() } else { fold_name(typed) };
        let escaped = typed.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.reading(|on| {
            let mut found = on.prepare_cached(sql)?;
            let (first, later) = (format!("{escaped}%"), format!("% {escaped}%"));
            let values: [&dyn ToSql; 4] = [&first, &later, &limit, &typed];
            let used = found.parameter_count();
            let found = found.query_map(&values[..used], |row| row.get(0))?;
            found.collect()
        })
    }
}
