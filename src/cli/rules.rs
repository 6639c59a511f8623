//! `interdict rules`

use std::fmt::Write as _;
use std::num::NonZero;
use std::path::PathBuf;

use anyhow::Context as _;
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use rust_decimal::Decimal;

use crate::facts::{Period, Truth};
use crate::intake::Intake;
use crate::report::{rule_line, rule_page};
use crate::rulebook::{ConditionKind, LawAsOf, Rule, Rulebook};
use crate::workbench::{audit, coverage, mutate, run_tests};

use super::exit::EarlyExit;
use super::inputs::{regime, rulebook_to_write, unknown_name};
use super::{Exit, output};

#[derive(Debug, Subcommand)]
pub(super) enum Rules {
    /// List the rules, one a line
    List(List),
    /// Show one rule in words, with its paragraphs, exceptions and tests
    Show(Show),
    /// Run the tests of the rulebook
    Test(WorkbenchArgs),
    /// Show which paragraphs are encoded as rules, and which conditions and exceptions the tests exercise
    Coverage(WorkbenchArgs),
    /// Change the rulebook one element at a time and list the changes that no test notices
    Mutate(Mutate),
    /// Alter one fact of each test at a time and list the findings that vanish because a report says less
    Audit(Audit),
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// Use the rulebook in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// List only rules of this regime
    #[arg(long, value_name = "ID")]
    regime: Option<String>,
    /// List only rules that are, or may be, in force on this day (YYYY-MM-DD)
    #[arg(long, visible_alias = "on", value_name = "DATE")]
    date: Option<NaiveDate>,
    /// List only rules about this list of goods, or about a list that includes it
    #[arg(long, value_name = "LIST")]
    goods: Option<String>,
    /// List only rules with this text in a paragraph, such as `2371` or `2371 (2017) para 8`
    #[arg(long, value_name = "TEXT")]
    paragraph: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// Id of the rule
    id: String,
    /// Use the rulebook in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct WorkbenchArgs {
    /// Use the rulebook in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Mutate {
    /// Change only rules, definitions, exemptions, quotas and lists of goods whose id starts with this; of the lists, say which words
    /// no test notices
    #[arg(long, value_name = "PREFIX")]
    only: Option<String>,
    /// Number of threads; the report is the same with any number [default: the number of processors]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// Use the rulebook in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Audit {
    /// Also alter the transactions of these incident files or folders
    #[arg(long, value_name = "PATH")]
    incidents: Vec<PathBuf>,
    /// Exit with code 1 if more than this share of a law's trials, in per cent, is silent without a reason in the rule
    #[arg(long, value_name = "N", default_value = "1")]
    max_silent: Decimal,
    /// Format of the report
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = AuditFormat::Text)]
    format: AuditFormat,
    /// Number of threads [default: the number of processors]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// Use the rulebook in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AuditFormat {
    Text,
    Json,
}

impl Rules {
    pub(super) fn run(self) -> Result<Exit, EarlyExit> {
        match self {
            Rules::List(list) => list.run(),
            Rules::Show(show) => show.run(),
            Rules::Test(args) => args.test(),
            Rules::Coverage(args) => args.coverage(),
            Rules::Mutate(mutate) => mutate.run(),
            Rules::Audit(audit) => audit.run(),
        }
    }
}

impl List {
    fn run(self) -> Result<Exit, EarlyExit> {
        let rulebook = rulebook_to_write(self.rules.as_deref())?;
        let regime = regime(&rulebook, self.regime.as_deref())?;
        if let Some(goods) = self.goods.as_deref().filter(|g| rulebook.goods.find(g).is_none()) {
            return Err(unknown_name(goods, "list of goods", rulebook.goods.ids()).into());
        }
        let in_force =
            |r: &&Rule| self.date.is_none_or(|d| r.in_force.on(Some(Period::day(d)), LawAsOf::default()) != Truth::False);
        let cites = |r: &&Rule| self.paragraph.as_deref().is_none_or(|p| r.authority.iter().any(|c| c.to_string().contains(p)));
        let about = |r: &&Rule| self.goods.as_deref().is_none_or(|g| is_about(r, g, &rulebook));
        let of_regime = |r: &&Rule| regime.is_none_or(|id| r.regime == id);
        let lines: String = rulebook
            .rules
            .iter()
            .filter(in_force)
            .filter(cites)
            .filter(about)
            .filter(of_regime)
            .map(|rule| rule_line(rule, self.date))
            .collect();
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
    fn run(self) -> Result<Exit, EarlyExit> {
        let rulebook = rulebook_to_write(self.rules.as_deref())?;
        let Some(rule) = rulebook.find_rule(&self.id) else {
            return Err(unknown_name(&self.id, "rule", rulebook.rules.iter().map(|r| r.id.as_str())).into());
        };
        output::print(&rule_page(rule, &rulebook))?;
        Ok(Exit::Clear)
    }
}

impl WorkbenchArgs {
    fn coverage(self) -> Result<Exit, EarlyExit> {
        let rulebook = rulebook_to_write(self.rules.as_deref())?;
        let covered = coverage(&rulebook);
        let mut text = covered.to_string();
        let counts = [
            ("operative paragraphs accounted for", covered.paragraphs()),
            ("elements of paragraphs encoded", covered.elements()),
            ("conditions exercised", covered.conditions),
            ("exceptions exercised", covered.exceptions),
        ];
        text.push('\n');
        for (what, count) in counts {
            let _ = writeln!(text, "{what}: {} of {}", count.exercised, count.total);
        }
        output::print(&text)?;
        Ok(if covered.is_complete() { Exit::Clear } else { Exit::Found })
    }

    fn test(self) -> Result<Exit, EarlyExit> {
        let rulebook = rulebook_to_write(self.rules.as_deref())?;
        let run = run_tests(&rulebook);
        let mut text = String::new();
        for failure in &run.failures {
            let _ = writeln!(text, "failed: {} ({})", failure.name, failure.at);
            for reason in &failure.reasons {
                let _ = writeln!(text, "  {reason}");
            }
        }
        let _ = writeln!(text, "{} passed, {} failed", run.passed, run.failures.len());
        output::print(&text)?;
        Ok(if run.failures.is_empty() { Exit::Clear } else { Exit::Found })
    }
}

impl Mutate {
    fn run(self) -> Result<Exit, EarlyExit> {
        let rulebook = rulebook_to_write(self.rules.as_deref())?;
        let jobs = self.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN);
        let mutation = mutate(rulebook, self.only.as_deref(), jobs);
        let mut text = String::new();
        for survivor in &mutation.survivors {
            let _ = writeln!(text, "survived: {}: {} ({})", survivor.owner, survivor.description, survivor.at);
            if let Some(because) = &survivor.equivalent_because {
                let _ = writeln!(text, "  equivalent: {because}");
            }
        }
        let explained = mutation.survivors.len() - mutation.unexplained();
        let noticed = mutation.mutants - mutation.survivors.len();
        let _ = writeln!(
            text,
            "{} mutants: {noticed} noticed, {explained} equivalent, {} survived",
            mutation.mutants,
            mutation.unexplained()
        );
        for list in mutation.words.iter().filter(|list| self.only.is_some() && !list.unnoticed.is_empty()) {
            let _ = writeln!(text, "{}: no test notices the loss of: {}", list.list, list.unnoticed.join("; "));
        }
        let words: usize = mutation.words.iter().map(|list| list.total).sum();
        let unnoticed: usize = mutation.words.iter().map(|list| list.unnoticed.len()).sum();
        if words > 0 {
            let noticed = words - unnoticed;
            let _ = writeln!(text, "{words} words and codes of lists: the loss of {noticed} is noticed");
        }
        output::print(&text)?;
        Ok(if mutation.unexplained() == 0 { Exit::Clear } else { Exit::Found })
    }
}

impl Audit {
    fn run(self) -> Result<Exit, EarlyExit> {
        let rulebook = rulebook_to_write(self.rules.as_deref())?;
        let intake = match self.incidents.as_slice() {
            [] => Intake::default(),
            paths => Intake::read(paths, &mut std::io::stdin(), &rulebook.vocabulary),
        };
        output::show_problems(&intake.problems, &intake.sources);
        if intake.problems.has_errors() {
            return Ok(Exit::WrongInput);
        }
        let jobs = self.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN);
        let report = audit(&rulebook, intake.incidents, jobs);
        output::print(&match self.format {
            AuditFormat::Text => report.to_string(),
            AuditFormat::Json => serde_json::to_string_pretty(&report).context("the report cannot be written")? + "\n",
        })?;
        Ok(if report.worst_share() <= self.max_silent { Exit::Clear } else { Exit::Found })
    }
}
