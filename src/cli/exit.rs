//! How the program ends.

use std::process::ExitCode;

/// What the program tells the shell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// All went well; also if whoever read the output closed the pipe.
    Done,
    /// Some input was refused, or the command could not be carried out.
    Refused,
    /// The arguments or the config are wrong; nothing was done.
    Usage,
    /// The user stopped it with Ctrl-C.
    Interrupted,
}

impl Exit {
    /// Done, unless something was refused.
    pub(super) fn after(n_refused: usize) -> Self {
        if n_refused == 0 { Self::Done } else { Self::Refused }
    }

    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
