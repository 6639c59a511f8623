//! The exit codes, all of them.

use std::process::ExitCode;

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: checked, and nothing at or above the threshold.
    Clear,
    /// 1: checked, and something at or above the threshold; or a rule test that fails.
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
