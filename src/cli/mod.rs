//! What the person asked for: one file per subcommand, and the exit codes. Nothing else decides them.

mod baseline;
mod check;
mod exit;
mod explain;
mod format;
mod output;
mod output_paths;
mod progress;
mod reports;
mod rules;
mod signing;
mod sources;
mod verify;
mod write_ledger;

use clap::{Parser, Subcommand, ValueEnum};

pub use exit::Exit;

/// United Nations Security Council sanctions as code.
///
/// Checks reported transactions against the resolutions: which paragraph, on which facts, how sure, what exception
/// could apply, and what would need to be known.
#[derive(Debug, Parser)]
#[command(name = "interdict", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Colours in messages
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check incident files, folders or `-` (NDJSON on standard input)
    Check(check::Check),
    /// Show the whole reasoning as a tree, also where there is no finding
    Explain(explain::Explain),
    /// Check a JSON report's seal, then run it again from the inputs that it names and compare
    Verify(verify::Verify),
    /// Look at the rules, and test them
    #[command(subcommand)]
    Rules(rules::Rules),
}

/// Runs the program on the arguments of the process.
pub fn run() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, not mistakes.
            let exit = if error.use_stderr() { Exit::WrongCommandLine } else { Exit::Clear };
            return if error.print().is_ok() { exit } else { Exit::CouldNotFinish };
        }
    };
    match cli.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let done = match cli.command {
        Command::Check(check) => check.run(),
        Command::Explain(explain) => explain.run(),
        Command::Verify(verify) => verify.run(),
        Command::Rules(rules) => rules.run(),
    };
    match done {
        Ok(exit) => exit,
        Err(error) => {
            output::complain_of(&error);
            Exit::CouldNotFinish
        }
    }
}
