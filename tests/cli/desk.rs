//! An empty folder with a home of its own, and the program in it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use tempfile::TempDir;

/// An article of the plainest layout.
pub(crate) const TALKS: &str = " date 2025-08-04 \nKenya and Norway agreed to share weather data on Monday.\n\n\
    “We have waited nine years for this door,” Kenyan Foreign Minister Amina Odhiambo said in Nairobi.\n";

/// Where a test works; it goes with the test.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(desk.path("work")).unwrap();
        desk
    }

    /// A path beside the working folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the working folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path("work").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// The program with `arguments`, which are separated by blanks.
    pub(crate) fn attache(&self, arguments: &str) -> Command {
        let mut command = Command::cargo_bin("attache").unwrap();
        command.current_dir(self.path("work")).env_clear().env("HOME", self.path("home")).env("TERM", "xterm");
        for (name, folder) in [
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
        ] {
            command.env(name, self.path(folder));
        }
        command.args(arguments.split_whitespace());
        command
    }

    /// Runs the program, which must end with `code`.
    pub(crate) fn run(&self, arguments: &str, code: i32) -> Ran {
        Ran::of(&mut self.attache(arguments), code)
    }
}

/// What a run of the program said.
pub(crate) struct Ran {
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(command: &mut Command, code: i32) -> Self {
        let output = command.output().unwrap();
        let ran =
            Self { out: String::from_utf8(output.stdout).unwrap(), err: String::from_utf8(output.stderr).unwrap() };
        assert_eq!(output.status.code(), Some(code), "stdout: {}\nstderr: {}", ran.out, ran.err);
        ran
    }

    /// The JSON objects it printed, one a line.
    pub(crate) fn objects(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Whether nothing stands below `folder`, or it does not exist.
pub(crate) fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none()) || !folder.exists()
}
