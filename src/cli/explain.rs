//! `interdict explain`

use clap::Args;

use crate::engine::{Contributions, Ledger, Options, assess};
use crate::intake::Intake;
use crate::report;

use super::Exit;
use super::sources::Inputs;
use super::{output, sources};

#[derive(Debug, Args)]
pub(super) struct Explain {
    #[command(flatten)]
    inputs: Inputs,
    /// Only this transaction
    #[arg(long, value_name = "ID")]
    transaction: Option<String>,
    /// Only this rule, its whole tree also where it makes no finding
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
}

impl Explain {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        let rulebook = match sources::law(self.inputs.rules.as_deref()) {
            Ok(rulebook) => rulebook,
            Err(exit) => return Ok(exit),
        };
        if let Some(rule) = self.rule.as_deref().filter(|r| rulebook.find_rule(r).is_none()) {
            sources::unknown(rule, "rule", rulebook.rules.iter().map(|r| r.id.as_str()));
            return Ok(Exit::WrongCommandLine);
        }
        let mut intake = Intake::read(&self.inputs.paths, &mut std::io::stdin(), &rulebook.vocabulary);
        let opening = self.inputs.ledger.as_deref().map(|file| intake.read_ledger(file, &rulebook, self.inputs.known_on));
        let mut tally = Contributions::default();
        tally.name_texts(&intake);
        tally.take_all(&rulebook, &intake.incidents, self.inputs.known_on);
        let mut ledger = Ledger::of(&rulebook, tally, &intake.incidents, opening.as_ref(), self.inputs.known_on);
        intake.problems.append(ledger.take_problems());
        output::show_problems(&intake.problems, &intake.sources);
        let ids: Vec<&str> = intake.incidents.iter().flat_map(|i| i.transactions()).filter_map(|t| t.id.as_deref()).collect();
        if let Some(id) = self.transaction.as_deref().filter(|id| !ids.contains(id)) {
            sources::unknown(id, "transaction of these files", ids);
            return Ok(Exit::WrongCommandLine);
        }
        let options = Options { known_on: self.inputs.known_on, regime: None, keep_all: true };
        let assessment = assess(&rulebook, &intake.incidents, &ledger, &options);
        let transaction = self.transaction.as_deref();
        let told = match &self.rule {
            Some(rule) => report::explain(&assessment, &intake, transaction, Some(rule)),
            None => report::explain_all(&assessment, &intake, transaction),
        };
        output::print(&told)?;
        Ok(if intake.problems.has_errors() { Exit::WrongInput } else { Exit::Clear })
    }
}
