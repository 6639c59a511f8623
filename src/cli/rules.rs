//! `interdict rules`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::num::NonZero;
use std::path::PathBuf;

use anyhow::Context as _;
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use rust_decimal::Decimal;

use crate::document::Code;
use crate::facts::{Period, Truth};
use crate::intake::Intake;
use crate::report::{part_ids, part_pages, rule_line};
use crate::rulebook::{CitationSearch, ConditionKind, LawAsOf, Rule, Rulebook};
use crate::workbench::{audit, coverage, mutate, run_tests};

use super::exit::EarlyExit;
use super::inputs::{regimes, rulebook_to_write, unknown_name};
use super::output::show_error;
use super::{Exit, output};

#[derive(Debug, Subcommand)]
pub(super) enum Rules {
    /// List the rules, one a line
    List(List),
    /// Show a rule, definition, exemption, list of goods or quota in words, with its paragraphs and what uses it
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
    /// List only rules of these regimes (separated by commas)
    #[arg(long, value_name = "ID,...", value_delimiter = ',')]
    regime: Vec<String>,
    /// List only rules that are, or may be, in force on this day (YYYY-MM-DD)
    #[arg(long, visible_alias = "on", value_name = "DATE")]
    date: Option<NaiveDate>,
    /// List only rules about this list of goods, or about a list that includes it
    #[arg(long, value_name = "LIST")]
    goods: Option<String>,
    /// List only rules that rest on this resolution or paragraph, such as `2371`, `S/RES/2371 OP8` or `2371 (2017) para 8(a)`; other
    /// texts are looked for in the citations
    #[arg(long, value_name = "CITATION")]
    paragraph: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// Ids of rules, definitions, exemptions, lists of goods or quotas; all that are called so are shown
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Use the rulebook in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct WorkbenchArgs {
    /// Use the rulebook in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Only the tests and rules of these regimes (separated by commas); not what regimes share
    #[arg(long, value_name = "ID,...", value_delimiter = ',')]
    regime: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Mutate {
    /// Change only rules, definitions, exemptions, quotas and lists of goods whose id starts with this; of the lists, say which words
    /// no test notices
    #[arg(long, value_name = "PREFIX")]
    only: Option<String>,
    /// Change only what belongs to these regimes (separated by commas); not what regimes share, and no lists of goods
    #[arg(long, value_name = "ID,...", value_delimiter = ',')]
    regime: Vec<String>,
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
    /// Alter only the tests of these regimes (separated by commas), and of incidents only their findings
    #[arg(long, value_name = "ID,...", value_delimiter = ',')]
    regime: Vec<String>,
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
        let regimes = regimes(&rulebook, &self.regime)?;
        if let Some(goods) = self.goods.as_deref().filter(|g| rulebook.goods.find(g).is_none()) {
            return Err(unknown_name(goods, "list of goods", rulebook.goods.ids()).into());
        }
        let in_force =
            |r: &&Rule| self.date.is_none_or(|d| r.in_force.on(Some(Period::day(d)), LawAsOf::default()) != Truth::False);
        let search = self.paragraph.as_deref().and_then(CitationSearch::parse);
        let cites = |r: &&Rule| match (&search, self.paragraph.as_deref()) {
            (Some(search), _) => r.authority.iter().any(|c| search.matches(c)),
            (None, Some(text)) => r.authority.iter().any(|c| c.to_string().to_lowercase().contains(&text.to_lowercase())),
            (None, None) => true,
        };
        let about = |r: &&Rule| self.goods.as_deref().is_none_or(|g| is_about(r, g, &rulebook));
        let of_regime = |r: &&Rule| regimes.contains(r.regime);
        let lines: String = rulebook
            .rules
            .iter()
            .filter(in_force)
            .filter(cites)
            .filter(about)
            .filter(of_regime)
            .map(|rule| rule_line(rule, self.date))
            .collect();
        if lines.is_empty() {
            show_error(
                Code::NothingSelected,
                "no rule is selected".to_owned(),
                Some(&self.why_nothing(search.as_ref(), &rulebook)),
            );
            return Ok(Exit::WrongCommandLine);
        }
        output::print(&lines)?;
        Ok(Exit::Clear)
    }

    /// What the rulebook has near a selection that selects nothing.
    fn why_nothing(&self, search: Option<&CitationSearch>, rulebook: &Rulebook) -> String {
        let Some(text) = self.paragraph.as_deref() else {
            return "leave out one of the conditions; `interdict rules list` lists all rules".to_owned();
        };
        let Some(search) = search else {
            return format!("`{text}` is read as no citation and is in none; write it like `S/RES/2371 OP8`");
        };
        let cited = rulebook.rules.iter().flat_map(|rule| &rule.authority).filter(|citation| search.is_of_resolution(citation));
        let paragraphs: BTreeSet<&str> = cited.map(|citation| citation.paragraph.as_str()).collect();
        if paragraphs.is_empty() {
            return format!("no rule rests on resolution {}", search.resolution);
        }
        if cited_by_some(search, rulebook) {
            return "the rules that rest on it do not meet the other conditions; leave out one of them".to_owned();
        }
        let mut paragraphs: Vec<&str> = paragraphs.into_iter().collect();
        // By number: 8 before 10.
        paragraphs.sort_by_key(|paragraph| (paragraph.find('(').unwrap_or(paragraph.len()), *paragraph));
        format!("of resolution {} rules rest on paragraphs {}", search.resolution, paragraphs.join(", "))
    }
}

fn cited_by_some(search: &CitationSearch, rulebook: &Rulebook) -> bool {
    rulebook.rules.iter().flat_map(|rule| &rule.authority).any(|citation| search.matches(citation))
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
        let mut pages = Vec::new();
        for id in &self.ids {
            let of_id = part_pages(id, &rulebook);
            if of_id.is_empty() {
                return Err(unknown_name(id, "rule, definition, exemption, list of goods or quota", part_ids(&rulebook)).into());
            }
            pages.extend(of_id);
        }
        output::print(&pages.join("\n"))?;
        Ok(Exit::Clear)
    }
}

impl WorkbenchArgs {
    fn coverage(self) -> Result<Exit, EarlyExit> {
        let rulebook = rulebook_to_write(self.rules.as_deref())?;
        let covered = coverage(&rulebook, &regimes(&rulebook, &self.regime)?);
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
        let run = run_tests(&rulebook, &regimes(&rulebook, &self.regime)?);
        if run.passed == 0 && run.failures.is_empty() {
            let help = "give the folder that has its tests too; those of a folder are read from the same files as its rules";
            show_error(Code::NoTests, "no test ran: the rulebook has none".to_owned(), Some(help));
            return Ok(Exit::WrongCommandLine);
        }
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
        let regimes = regimes(&rulebook, &self.regime)?;
        let mutation = mutate(rulebook, self.only.as_deref(), &regimes, jobs);
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
        let report = audit(&rulebook, &regimes(&rulebook, &self.regime)?, intake.incidents, jobs);
        output::print(&match self.format {
            AuditFormat::Text => report.to_string(),
            AuditFormat::Json => serde_json::to_string_pretty(&report).context("the report cannot be written")? + "\n",
        })?;
        Ok(if report.worst_share() <= self.max_silent { Exit::Clear } else { Exit::Found })
    }
}
