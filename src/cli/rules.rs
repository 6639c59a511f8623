//! `interdict rules`

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use crate::facts::{Period, Truth};
use crate::report::{rule_line, rule_page};
use crate::rulebook::{ConditionKind, Rule, Rulebook};
use crate::workbench::{coverage, mutate, run_tests};

use super::Exit;
use super::{output, sources};

#[derive(Debug, Subcommand)]
pub(super) enum Rules {
    /// List the rules
    List(List),
    /// Show one rule in words, with its paragraphs, exceptions and tests
    Show(Show),
    /// Run the tests beside the rules
    Test(Bench),
    /// Tell which paragraphs are encoded, and what the tests exercise
    Coverage(Bench),
    /// Alter the rulebook one element at a time and tell what no test notices
    Mutate(Mutate),
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// Rulebook folder in place of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Only this regime
    #[arg(long, value_name = "ID")]
    regime: Option<String>,
    /// Only rules in force on this day
    #[arg(long, value_name = "DATE")]
    date: Option<NaiveDate>,
    /// Only rules about this list of goods, or about one that it belongs to
    #[arg(long, value_name = "LIST")]
    goods: Option<String>,
    /// Only rules that rest on paragraphs with this in them, such as `2371` or `2371 (2017) para 8`
    #[arg(long, value_name = "TEXT")]
    paragraph: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The rule's id
    id: String,
    /// Rulebook folder in place of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Bench {
    /// Rulebook folder in place of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Mutate {
    /// Only rules, definitions, exemptions and quotas whose id starts so
    #[arg(long, value_name = "PREFIX")]
    only: Option<String>,
    /// Rulebook folder in place of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

impl Rules {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        match self {
            Rules::List(list) => list.run(),
            Rules::Show(show) => show.run(),
            Rules::Test(bench) => bench.test(),
            Rules::Coverage(bench) => bench.coverage(),
            Rules::Mutate(mutate) => mutate.run(),
        }
    }
}

impl List {
    fn run(self) -> anyhow::Result<Exit> {
        let rulebook = match sources::rulebook(self.rules.as_deref()) {
            Ok(rulebook) => rulebook,
            Err(exit) => return Ok(exit),
        };
        let regime = match sources::regime(&rulebook, self.regime.as_deref()) {
            Ok(regime) => regime,
            Err(exit) => return Ok(exit),
        };
        if let Some(goods) = self.goods.as_deref().filter(|g| rulebook.goods.find(g).is_none()) {
            sources::unknown(goods, "list of goods", rulebook.goods.ids());
            return Ok(Exit::WrongCommandLine);
        }
        let in_force = |r: &&Rule| self.date.is_none_or(|d| Period::day(d).within(r.in_force.from, r.in_force.to) == Truth::True);
        let cites = |r: &&Rule| self.paragraph.as_deref().is_none_or(|p| r.authority.iter().any(|c| c.to_string().contains(p)));
        let about = |r: &&Rule| self.goods.as_deref().is_none_or(|g| is_about(r, g, &rulebook));
        let of = |r: &&Rule| regime.is_none_or(|id| r.regime == id);
        let lines: String =
            rulebook.rules.iter().filter(in_force).filter(cites).filter(about).filter(of).map(rule_line).collect();
        output::print(&lines)?;
        Ok(Exit::Clear)
    }
}

/// True if a rule asks about a list of goods that is or includes the one named.
fn is_about(rule: &Rule, goods: &str, rulebook: &Rulebook) -> bool {
    let wanted = rulebook.goods.find(goods);
    let mut about = false;
    rule.when.walk(&mut |c| {
        if let ConditionKind::Goods(lists) = &c.kind {
            about |= lists.iter().flat_map(|l| rulebook.goods.with_included(*l)).any(|l| Some(l) == wanted);
        }
    });
    about
}

impl Show {
    fn run(self) -> anyhow::Result<Exit> {
        let rulebook = match sources::rulebook(self.rules.as_deref()) {
            Ok(rulebook) => rulebook,
            Err(exit) => return Ok(exit),
        };
        let Some(rule) = rulebook.find_rule(&self.id) else {
            sources::unknown(&self.id, "rule", rulebook.rules.iter().map(|r| r.id.as_str()));
            return Ok(Exit::WrongCommandLine);
        };
        output::print(&rule_page(rule, &rulebook))?;
        Ok(Exit::Clear)
    }
}

impl Bench {
    fn coverage(self) -> anyhow::Result<Exit> {
        let rulebook = match sources::rulebook(self.rules.as_deref()) {
            Ok(rulebook) => rulebook,
            Err(exit) => return Ok(exit),
        };
        let covered = coverage(&rulebook);
        let mut told = covered.to_string();
        let counts = [
            ("operative paragraphs accounted for", covered.paragraphs()),
            ("conditions exercised", covered.conditions),
            ("exceptions exercised", covered.exceptions),
        ];
        told.push('\n');
        for (what, count) in counts {
            let _ = writeln!(told, "{what}: {} of {}", count.exercised, count.total);
        }
        output::print(&told)?;
        Ok(if covered.is_complete() { Exit::Clear } else { Exit::Found })
    }

    fn test(self) -> anyhow::Result<Exit> {
        let rulebook = match sources::rulebook(self.rules.as_deref()) {
            Ok(rulebook) => rulebook,
            Err(exit) => return Ok(exit),
        };
        let run = run_tests(&rulebook);
        let mut told = String::new();
        for failure in &run.failures {
            let _ = writeln!(told, "failed: {} ({})", failure.name, failure.at);
            for reason in &failure.reasons {
                let _ = writeln!(told, "  {reason}");
            }
        }
        let _ = writeln!(told, "{} passed, {} failed", run.passed, run.failures.len());
        output::print(&told)?;
        Ok(if run.failures.is_empty() { Exit::Clear } else { Exit::Found })
    }
}

impl Mutate {
    fn run(self) -> anyhow::Result<Exit> {
        let rulebook = match sources::rulebook(self.rules.as_deref()) {
            Ok(rulebook) => rulebook,
            Err(exit) => return Ok(exit),
        };
        let mutation = mutate(rulebook, self.only.as_deref());
        let mut told = String::new();
        for survivor in &mutation.survivors {
            let _ = writeln!(told, "survived: {}: {} ({})", survivor.owner, survivor.description, survivor.at);
            if let Some(because) = &survivor.equivalent_because {
                let _ = writeln!(told, "  equivalent: {because}");
            }
        }
        let explained = mutation.survivors.len() - mutation.unexplained();
        let noticed = mutation.mutants - mutation.survivors.len();
        let _ = writeln!(
            told,
            "{} mutants: {noticed} noticed, {explained} equivalent, {} survived",
            mutation.mutants,
            mutation.unexplained()
        );
        output::print(&told)?;
        Ok(if mutation.unexplained() == 0 { Exit::Clear } else { Exit::Found })
    }
}
