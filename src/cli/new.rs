//! `interdict new`

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::document::Code;

use super::exit::EarlyExit;
use super::output::show_error;
use super::{Exit, output};

#[derive(Debug, Args)]
pub(super) struct New {
    /// What the incident is about; without it, the templates are listed
    #[arg(value_enum, value_name = "KIND")]
    kind: Option<Template>,
    /// Write the template to this file, which must not exist yet, instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// An incident file to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Template {
    /// Arms that are sold, sent, repaired or offered
    Arms,
    /// Petroleum, with the balance of a quota
    Oil,
    /// Coal, ore, seafood, textiles and other goods bought from a State under measures
    Coal,
    /// People who work abroad
    Workers,
    /// Accounts, transfers, cash, bank offices
    Bank,
    /// A ship: its flag, crew, insurance, class, charter, port call or sale
    Ship,
    /// A visit or summit, and what was agreed there
    Visit,
    /// A joint venture, an investment or an office
    Venture,
    /// Relief goods and grants, with the exemption of a committee
    Aid,
    /// A launch or test, and help with it
    Launch,
    /// A table for a spreadsheet: a transaction in each row, the second row an example to be replaced
    Csv,
    /// Any incident
    Blank,
}

impl Template {
    /// The text of the file.
    fn text(self) -> &'static str {
        match self {
            Template::Arms => include_str!("templates/arms.yaml"),
            Template::Oil => include_str!("templates/oil.yaml"),
            Template::Coal => include_str!("templates/coal.yaml"),
            Template::Workers => include_str!("templates/workers.yaml"),
            Template::Bank => include_str!("templates/bank.yaml"),
            Template::Ship => include_str!("templates/ship.yaml"),
            Template::Visit => include_str!("templates/visit.yaml"),
            Template::Venture => include_str!("templates/venture.yaml"),
            Template::Aid => include_str!("templates/aid.yaml"),
            Template::Launch => include_str!("templates/launch.yaml"),
            Template::Csv => include_str!("templates/table.csv"),
            Template::Blank => include_str!("templates/blank.yaml"),
        }
    }
}

impl New {
    pub(super) fn run(self) -> Result<Exit, EarlyExit> {
        let Some(kind) = self.kind else {
            let named = Template::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            let lines = named.map(|kind| {
                let help = kind.get_help().map(ToString::to_string).unwrap_or_default();
                format!("{:<10} {help}\n", kind.get_name())
            });
            output::print(&lines.collect::<String>())?;
            return Ok(Exit::Clear);
        };
        let Some(file) = &self.output else {
            output::print(kind.text())?;
            return Ok(Exit::Clear);
        };
        let written = std::fs::File::create_new(file).and_then(|mut out| out.write_all(kind.text().as_bytes()));
        if written.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists) {
            let message = format!("`{}` exists, and is not written over", file.display());
            show_error(Code::OutputConflict, message, Some("give a file that does not exist"));
            return Ok(Exit::WrongCommandLine);
        }
        written.with_context(|| format!("the template cannot be written to `{}`", file.display()))?;
        Ok(Exit::Clear)
    }
}
