//! All exit codes, and how a command ends early.

use std::io;
use std::process::ExitCode;

/// How the program ended: its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: checked, and no finding at or above the threshold of `--fail-on`.
    Clear,
    /// 1: checked, and a finding at or above the threshold; or a test of the rules fails, or a report does not verify.
    Found,
    /// 2: the command line is wrong.
    WrongCommandLine,
    /// 3: an input or rule file is wrong. It wins over 1, so that a broken file can never look clean.
    WrongInput,
    /// 4: the program could not finish.
    CouldNotFinish,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Clear => 0,
            Exit::Found => 1,
            Exit::WrongCommandLine => 2,
            Exit::WrongInput => 3,
            Exit::CouldNotFinish => 4,
        })
    }
}

/// The reason why a command ends early.
#[derive(Debug)]
pub(super) enum EarlyExit {
    /// Something is wrong, and messages have shown what.
    Shown(Exit),
    /// The program could not finish; the message is still to be shown.
    Failed(anyhow::Error),
}

impl From<Exit> for EarlyExit {
    fn from(exit: Exit) -> Self {
        Self::Shown(exit)
    }
}

impl From<anyhow::Error> for EarlyExit {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

impl From<io::Error> for EarlyExit {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.into())
    }
}
