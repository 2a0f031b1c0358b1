//! A copy of the library, taken while it is in use.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::library::{Library, LibraryError};

impl Library {
    /// Copies the library to `to`, whole and sound even while others write: one state of it, without the gaps that
    /// deleted rows left. Until it is whole the copy has another name. An existing file is replaced only with `replace`,
    /// and never if it is the library itself.
    pub fn backup(&self, to: &Path, replace: bool) -> Result<(), LibraryError> {
        let failed = |source| LibraryError::Create { path: to.to_owned(), source };
        if to.exists() && (!replace || same_file(self.path(), to)) {
            return Err(LibraryError::Exists { path: to.to_owned() });
        }
        let folder = folder_of(to);
        // Private as all temporary files are.
        let part = tempfile::Builder::new().prefix(".attache-backup").tempfile_in(folder).map_err(failed)?;
        let name = part.path().to_str().ok_or_else(|| failed(io::ErrorKind::InvalidFilename.into()))?;
        self.alone(|on| on.execute("VACUUM INTO ?1", [name])).map_err(|error| match error {
            LibraryError::DiskFull { .. } => LibraryError::DiskFull { path: to.to_owned() },
            other => other,
        })?;
        fs::File::open(part.path()).and_then(|file| file.sync_all()).map_err(failed)?;
        if replace {
            // The log of a library that was there would be taken for that of the copy.
            if side_files(to).iter().any(|file| file.exists()) {
                return Err(LibraryError::Busy { path: to.to_owned() });
            }
            part.persist(to).map_err(|error| failed(error.error))?;
        } else {
            part.persist_noclobber(to).map_err(|error| failed(error.error))?;
        }
        // The name itself is on the disk only when its folder is.
        fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// The files that SQLite keeps beside `file` while it is open.
fn side_files(file: &Path) -> [PathBuf; 2] {
    ["-wal", "-shm"].map(|end| {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}
