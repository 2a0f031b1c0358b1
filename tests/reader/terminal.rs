//! The real program on a pseudo-terminal. Waits for words on the screen, never for time.

use std::{
    io::{Read, Write},
    num::NonZeroU16,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than the slowest machine takes; only a failing test waits that long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder of its own for each test: the user's home, the articles, the library.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes an article into the folder `press`.
    pub(crate) fn article(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::create_dir_all(self.path("press")).unwrap();
        std::fs::write(self.path("press").join(name), bytes).unwrap();
    }

    /// Starts the program with this library and home.
    pub(crate) fn start(&self, size: (u16, u16), arguments: &[&Path]) -> Screen {
        self.start_program(env!("CARGO_BIN_EXE_attache"), size, arguments)
    }

    /// Starts another program in its place, which starts the reader.
    pub(crate) fn start_program(&self, program: &str, (width, height): (u16, u16), arguments: &[&Path]) -> Screen {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.folder.path());
        for (variable, place) in [
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
        ] {
            command.env(variable, self.path(place));
        }
        command.cwd(self.folder.path());
        for argument in arguments {
            command.arg(argument);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        Screen::new(pair.master, child, (width, height))
    }

    /// Starts the program and adds the articles of the folder `press`.
    pub(crate) fn start_with_articles(&self, size: (u16, u16)) -> Screen {
        self.start(size, &[&self.path("press")])
    }
}

/// A screen has at least one cell.
fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

/// What the program has drawn so far.
struct Drawn {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    ended: bool,
}

/// A running program and its screen.
pub(crate) struct Screen {
    drawn: Arc<(Mutex<Drawn>, Condvar)>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

impl Screen {
    fn new(
        master: Box<dyn MasterPty + Send>,
        child: Box<dyn Child + Send + Sync>,
        (width, height): (u16, u16),
    ) -> Self {
        let parser = vt100::Parser::new(cells(height), cells(width), 0);
        let drawn = Arc::new((Mutex::new(Drawn { parser, bytes: Vec::new(), ended: false }), Condvar::new()));
        let mut output = master.try_clone_reader().unwrap();
        let shared = Arc::clone(&drawn);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let read = output.read(&mut buffer).unwrap_or(0);
                // A failed test must not drown its message.
                let mut drawn = shared.0.lock().unwrap_or_else(PoisonError::into_inner);
                drawn.parser.process(&buffer[..read]);
                drawn.bytes.extend_from_slice(&buffer[..read]);
                drawn.ended = read == 0;
                shared.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        let keys = master.take_writer().unwrap();
        Self { drawn, keys, child, master }
    }

    /// Waits until the screen satisfies `wanted`, or fails with the screen and `what` was waited for.
    fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        let until = Instant::now() + PATIENCE;
        let mut drawn = self.drawn.0.lock().unwrap();
        loop {
            let shown = drawn.parser.screen().contents();
            if wanted(&shown) {
                return;
            }
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !drawn.ended, "waited in vain for {what}:\n{shown}");
            drawn = self.drawn.1.wait_timeout(drawn, left).unwrap().0;
        }
    }

    pub(crate) fn see(&self, words: &str) -> &Self {
        self.wait(&format!("{words:?}"), |shown| shown.contains(words));
        self
    }

    pub(crate) fn see_one_of(&self, words: &[&str]) -> &Self {
        self.wait(&format!("one of {words:?}"), |shown| words.iter().any(|words| shown.contains(words)));
        self
    }

    /// Whether the screen shows these words now.
    pub(crate) fn shows(&self, words: &str) -> bool {
        self.drawn.0.lock().unwrap().parser.screen().contents().contains(words)
    }

    pub(crate) fn see_no_more(&self, words: &str) -> &Self {
        self.wait(&format!("the end of {words:?}"), |shown| !shown.contains(words));
        self
    }

    pub(crate) fn type_keys(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    /// Everything the program has written, as bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.drawn.0.lock().unwrap().bytes.clone()
    }

    pub(crate) fn resize(&self, (width, height): (u16, u16)) {
        self.drawn.0.lock().unwrap().parser.screen_mut().set_size(cells(height), cells(width));
        self.master.resize(PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Sends a signal by name, as `kill` does.
    pub(crate) fn kill(&self, signal: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        let status = std::process::Command::new("kill").args(["-s", signal, &pid]).status().unwrap();
        assert!(status.success());
    }

    /// Waits until the program is stopped: continuing it before would come to nothing.
    pub(crate) fn stops(&self) {
        let pid = self.child.process_id().unwrap().to_string();
        let until = Instant::now() + PATIENCE;
        loop {
            let state = std::process::Command::new("ps").args(["-o", "stat=", "-p", &pid]).output().unwrap();
            if state.stdout.starts_with(b"T") {
                return;
            }
            assert!(Instant::now() < until, "the program does not stop");
            thread::yield_now();
        }
    }

    /// Waits for the end of the program and of its output.
    pub(crate) fn end(mut self) -> (ExitStatus, Vec<u8>) {
        let status = self.child.wait().unwrap();
        let until = Instant::now() + PATIENCE;
        let mut drawn = self.drawn.0.lock().unwrap();
        while !drawn.ended {
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "the output never ends");
            drawn = self.drawn.1.wait_timeout(drawn, left).unwrap().0;
        }
        (status, drawn.bytes.clone())
    }
}
