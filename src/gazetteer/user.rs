//! The user's own tables: files of the same names and format as the built-in ones, laid over them.

use std::{
    fs,
    hash::BuildHasher,
    io,
    path::{Path, PathBuf},
};

use rustc_hash::FxBuildHasher;

use super::{load::TABLES, table::rows};

/// Why a table of the user cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The folder or file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No table has this name.
    #[error("{}: no table has this name; there are {}", path.display(), names())]
    Unknown {
        /// The file.
        path: PathBuf,
    },
    /// A row lacks a column that it must have.
    #[error("{}, row “{row}”: needs {columns} cells apart by tabs; docs/tables.md says which", path.display())]
    Short {
        /// The file.
        path: PathBuf,
        /// The row's first cell.
        row: String,
        /// Cells that a row must have at least.
        columns: usize,
    },
}

fn names() -> String {
    TABLES.iter().map(|table| table.name).collect::<Vec<_>>().join(", ")
}

/// Tables to be laid over the built-in ones. The default has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserTables {
    /// Name and text of each, in the order of their names.
    pub(super) tables: Vec<(String, String)>,
}

impl UserTables {
    /// Reads the tables in `folder`; files that end neither in `.tsv` nor in `.txt` are passed over. No folder, no tables.
    ///
    /// # Errors
    /// If a file cannot be read, has a name that no table has, or a row lacks a cell.
    pub fn read(folder: &Path) -> Result<Self, TableError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| TableError::Read { path, source }
        };
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            entries => entries.map_err(failed(folder))?,
        };
        let mut tables = Vec::new();
        for entry in entries {
            let path = entry.map_err(failed(folder))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.ends_with(".tsv") || name.ends_with(".txt") {
                let text = fs::read_to_string(&path).map_err(failed(&path))?;
                check(&path, &name, &text)?;
                tables.push((name, text));
            }
        }
        tables.sort();
        Ok(Self { tables })
    }

    /// Tells these tables from any others; 0 if there are none.
    pub(super) fn fingerprint(&self) -> u64 {
        if self.tables.is_empty() { 0 } else { FxBuildHasher.hash_one(&self.tables) }
    }
}

fn check(path: &Path, name: &str, text: &str) -> Result<(), TableError> {
    let Some(table) = TABLES.iter().find(|table| table.name == name) else {
        return Err(TableError::Unknown { path: path.to_owned() });
    };
    let short = rows(text).find(|row| row.cell(0).is_empty() || row.cell(table.columns - 1).is_empty());
    match short {
        None => Ok(()),
        Some(row) => {
            let (path, row) = (path.to_owned(), row.cell(0).to_owned());
            Err(TableError::Short { path, row, columns: table.columns })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{extract::extract, gazetteer::Gazetteer, model::Article};

    #[test]
    fn a_users_rows_win_over_the_built_in_ones() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("countries.tsv", "# mine\nTR\tTürkiye\tRepublic of the Straits\n");
        write("occupations.tsv", "bridge warden\tcivilian\n");
        write("offices.tsv", "keeper of the straits\tminister\tyes\tstate\n");
        write("notes.md", "passed over");
        let gazetteer = Gazetteer::with_user_tables(&UserTables::read(folder.path()).unwrap());
        let body = "Keeper of the Straits Zehra Yalinkaya of the Republic of the Straits left.".to_owned();
        let found = extract(&gazetteer, &Article { body, ..Article::default() });
        assert_eq!(found.countries[0].name, "Türkiye");
        assert_eq!(found.people[0].role.as_deref(), Some("Keeper of the Straits"));
        assert!(found.people[0].official);
    }

    #[test]
    fn a_user_puts_a_speaker_and_an_official_right() {
        let folder = tempfile::tempdir().unwrap();
        let body =
            "President Wanjala Okoth met Lena Brandtmark. “The road is open,” Okoth said. “No,” he said.".to_owned();
        let article = Article { body, ..Article::default() };
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("speakers.tsv", "the road is\tLena Brandtmark\nno\t-\n");
        write("leaders.tsv", "Wanjala Okoth\t\t-\tKE\n");
        let found = extract(&Gazetteer::with_user_tables(&UserTables::read(folder.path()).unwrap()), &article);
        let speakers: Vec<_> = found.quotes.iter().map(|q| q.speaker.as_ref().map(|s| s.name.as_str())).collect();
        assert_eq!(speakers, [Some("Lena Brandtmark"), None]);
        assert!(!found.people[0].official);
    }

    #[test]
    fn a_wrong_table_is_named_with_its_remedy() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(UserTables::read(&folder.path().join("none")).unwrap(), UserTables::default());
        fs::write(folder.path().join("leaders.tsv"), "Zehra Yalinkaya\n").unwrap();
        let short = UserTables::read(folder.path()).unwrap_err().to_string();
        assert!(short.contains("leaders.tsv, row “Zehra Yalinkaya”"), "{short}");
        fs::rename(folder.path().join("leaders.tsv"), folder.path().join("leader.tsv")).unwrap();
        let unknown = UserTables::read(folder.path()).unwrap_err().to_string();
        assert!(unknown.contains("leader.tsv: no table has this name; there are countries.tsv"), "{unknown}");
    }
}
