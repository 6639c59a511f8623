//! The command line: one file per subcommand, and the exit codes. Nothing else decides the exit code.

mod baseline;
mod check;
mod designations;
mod draft;
mod exit;
mod explain;
mod format;
mod inputs;
mod lists;
mod manual;
mod new;
mod output;
mod output_paths;
mod progress;
mod reports;
mod rules;
mod screen;
mod screen_input;
mod screen_output;
mod signing;
mod terms;
mod verify;
mod verify_ledger;
mod verify_run;
mod write_ledger;

use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};

pub use exit::Exit;

use exit::EarlyExit;

/// United Nations Security Council sanctions as code.
///
/// Checks reported transactions against the resolutions: which paragraph applies, on which facts, with which certainty,
/// which exception could apply, and which fact is missing.
#[derive(Debug, Parser)]
#[command(name = "interdict", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to colour messages on standard error
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// If it is a terminal and NO_COLOR is not set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check reported transactions against the rules and report the findings
    Check(Box<check::Check>),
    /// Show how each rule was decided for each transaction, also where there is no finding
    Explain(explain::Explain),
    /// Draft an incident file from articles in plain English, each fact with the words that it comes from
    Draft(draft::Draft),
    /// Print an incident file to fill in, with comments
    New(new::New),
    /// List the terms that incident files are written in, with the words that are read as them
    Terms(terms::Terms),
    /// Verify a JSON report: its seal, its signature, and that the same inputs give the same findings again
    Verify(verify::Verify),
    /// List, show and test the rules
    #[command(subcommand)]
    Rules(rules::Rules),
    /// Screen names against lists of designated parties, with the reasons for each hit
    Screen(screen::Screen),
    /// Show a list of designated parties, or what changed between two copies of it
    #[command(subcommand)]
    Lists(lists::Lists),
    /// Print a script that completes commands and options in a shell
    Completions(manual::Completions),
    /// Print a manual page in roff, for `man`
    Man(manual::Man),
}

/// Runs the program with the arguments of the process; messages go to standard error.
pub fn run() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, not mistakes.
            if !error.use_stderr() {
                return if error.print().is_ok() { Exit::Clear } else { Exit::CouldNotFinish };
            }
            output::show_command_line_error(&error);
            return Exit::WrongCommandLine;
        }
    };
    match cli.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let result = match cli.command {
        Command::Check(check) => check.run(),
        Command::Explain(explain) => explain.run(),
        Command::Verify(verify) => verify.run(),
        Command::Rules(rules) => rules.run(),
        Command::Screen(screen) => screen.run(),
        Command::Lists(lists) => lists.run(),
        Command::Draft(draft) => draft.run(),
        Command::New(new) => new.run(),
        Command::Terms(terms) => terms.run(),
        Command::Completions(completions) => completions.run(Cli::command()),
        Command::Man(man) => man.run(Cli::command()),
    };
    match result {
        Ok(exit) | Err(EarlyExit::Shown(exit)) => exit,
        Err(EarlyExit::Failed(error)) => {
            // Whoever closed the pipe has read enough, and wants no message about it.
            if !output::is_closed_pipe(&error) {
                output::show_failure(&error);
            }
            Exit::CouldNotFinish
        }
    }
}
