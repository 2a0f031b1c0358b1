//! Where files live.

use std::path::PathBuf;

use directories::ProjectDirs;

/// The folders of this user for this program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Places {
    /// `config.toml` and `themes/`: what the user writes.
    pub config: PathBuf,
    /// The library: what the user keeps.
    pub data: PathBuf,
    /// Logs and the like: what may be lost.
    pub state: PathBuf,
    /// What can be made again.
    pub cache: PathBuf,
}

impl Places {
    /// As the platform says: on Linux the XDG base directories and their variables. `None` if the user has no home.
    pub fn discover() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "attache")?;
        Some(Self {
            config: dirs.config_dir().to_owned(),
            data: dirs.data_dir().to_owned(),
            state: dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned(),
            cache: dirs.cache_dir().to_owned(),
        })
    }

    /// The user's config file; it need not exist.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The folder of the user's own themes; it need not exist.
    pub fn themes(&self) -> PathBuf {
        self.config.join("themes")
    }

    /// The library file.
    pub fn library(&self) -> PathBuf {
        self.data.join("library.sqlite3")
    }
}
