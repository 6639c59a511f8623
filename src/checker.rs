//! The entry point for library users: [`Checker`] checks incidents against a rulebook.

use std::{error, fmt};

use chrono::NaiveDate;

use crate::document::{Diagnostics, SourceMap, did_you_mean};
use crate::engine::{AssessOptions, Contributions, Verdict, assess};
use crate::intake::Intake;
use crate::report::{self, Finding, Report, ReportOptions, TransactionReport};
use crate::rulebook::Rulebook;
use crate::run::{count_quotas, input_notes};

/// Checks incidents against a rulebook.
///
/// ```
/// use interdict::{Checker, IncidentFile, Rulebook, report};
///
/// let table = "id,date,activity,from,to,item.description\ncargo,2018-03-01,sale,KP,CN,coal\n";
/// let rulebook = Rulebook::built_in()?;
/// let trade = IncidentFile::parse("trade.csv", table, &rulebook)?;
///
/// // On the first of August 2017, resolution 2371, which bans all coal, was not adopted yet.
/// let checker = Checker::new(&rulebook).regime("dprk")?;
/// let rules = |checker: Checker<'_>| checker.check(&trade).findings().map(|f| f.rule.clone()).collect::<Vec<_>>();
/// assert!(rules(checker.clone()).contains(&"dprk-coal".to_owned()));
/// assert!(!rules(checker.clone().known_on("2017-08-01".parse()?)).contains(&"dprk-coal".to_owned()));
///
/// // The report in any format of the program:
/// report::text(checker.check(&trade).report(), &mut std::io::stdout())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Checker<'r> {
    rulebook: &'r Rulebook,
    options: AssessOptions,
    ledger: Option<(String, String)>,
}

impl<'r> Checker<'r> {
    /// A checker that applies all rules of the rulebook as they are known today.
    pub fn new(rulebook: &'r Rulebook) -> Self {
        Self { rulebook, options: AssessOptions::default(), ledger: None }
    }

    /// Applies the law as it was known on a day: rules, listings, notices and approvals made later are ignored.
    #[must_use]
    pub fn known_on(mut self, day: NaiveDate) -> Self {
        self.options.known_on = Some(day);
        self
    }

    /// Applies only the rules of a regime, and of the others for which this is called.
    ///
    /// # Errors
    ///
    /// If the rulebook has no rules of a regime with that id, such as `dprk`.
    pub fn regime(mut self, id: &str) -> Result<Self, UnknownRegime> {
        let found = self.rulebook.find_regime(id).ok_or_else(|| UnknownRegime {
            id: id.to_owned(),
            suggestion: did_you_mean(id, self.rulebook.regimes.iter().map(|regime| regime.id.as_str())),
        })?;
        self.options.regimes.add(found);
        Ok(self)
    }

    /// Lists rules that exactly one condition keeps from matching in the reports of transactions.
    #[must_use]
    pub fn near_misses(mut self, listed: bool) -> Self {
        self.options.keep_all = listed;
        self
    }

    /// Starts the totals of quotas from a ledger: balances and notices, or what an earlier run has counted. `name` is shown in
    /// messages. Mistakes in the ledger are [problems of the report](crate::report::Head::problems).
    #[must_use]
    pub fn ledger(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.ledger = Some((name.into(), text.into()));
        self
    }

    /// Checks every transaction of a file. Quotas are counted over all of its transactions.
    pub fn check(&self, file: &IncidentFile) -> CheckedIncidents {
        let (rulebook, known_on) = (self.rulebook, self.options.known_on);
        let Intake { sources, inputs, incidents, problems, .. } = &file.intake;
        let mut intake =
            Intake { sources: sources.clone(), inputs: inputs.clone(), problems: problems.clone(), ..Intake::default() };
        let ledger = self.ledger.as_ref();
        let before = ledger.map(|(name, text)| intake.read_ledger_text(name, text, rulebook, known_on));
        let ledger = count_quotas(rulebook, Contributions::default(), &mut intake, incidents, before.as_ref(), known_on);
        let assessment = assess(rulebook, incidents, &ledger, &self.options);
        let options = ReportOptions { near_misses: self.options.keep_all, decisions: None, has_lists: false };
        CheckedIncidents {
            report: report::build(&assessment, input_notes(&intake.inputs), &intake.sources, &intake.problems, options),
        }
    }
}

/// An incident file without errors: incidents in one of the formats that the program reads.
#[derive(Debug)]
pub struct IncidentFile {
    intake: Intake,
}

impl IncidentFile {
    /// Reads a file that is in memory. The ending of its name says the format: `.yaml` or `.json` (one incident), `.ndjson` or
    /// `.csv` (one transaction a line or row); other names are read as YAML. Facts are resolved by the rulebook's vocabulary.
    ///
    /// ```
    /// use interdict::{IncidentFile, Rulebook};
    ///
    /// let rulebook = Rulebook::built_in()?;
    /// let line = r#"{"id": "a", "activity": "sale", "from": "KP", "too": "CN"}"#;
    /// let invalid = IncidentFile::parse("trade.ndjson", line, &rulebook).expect_err("`too` is no key");
    /// assert_eq!(invalid.to_string(), "trade.ndjson:1:47: unknown key `too` in a transaction (did you mean `to`?)");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text has a mistake. The error has every mistake with its place.
    pub fn parse(name: &str, text: &str, rulebook: &Rulebook) -> Result<Self, InvalidIncident> {
        let intake = Intake::read_text(name, text, &rulebook.vocabulary);
        if intake.problems.has_errors() {
            return Err(InvalidIncident { sources: intake.sources, diagnostics: intake.problems });
        }
        Ok(Self { intake })
    }

    /// Warnings: what was read, but perhaps not as it was meant. They are [problems of the report](crate::report::Head::problems)
    /// too.
    pub fn warnings(&self) -> &Diagnostics {
        &self.intake.problems
    }

    /// The text of the file, into which the spans of the warnings point.
    pub fn sources(&self) -> &SourceMap {
        &self.intake.sources
    }
}

/// What a check found: a [`Report`] whose transactions are in memory.
#[derive(Debug, Clone)]
pub struct CheckedIncidents {
    report: Report,
}

impl CheckedIncidents {
    /// The findings of all transactions, in the order of [`transactions`](Self::transactions); of one transaction the worst first.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.transactions().flat_map(|transaction| &transaction.findings)
    }

    /// The transactions, each with its findings, duties and red flags, by the id of their incident and in its order.
    pub fn transactions(&self) -> impl Iterator<Item = &TransactionReport> {
        self.report.incidents.iter().flat_map(|incident| incident.transactions.in_memory())
    }

    /// The worst verdict of all findings; `None` if there is no finding.
    pub fn verdict(&self) -> Option<Verdict> {
        self.findings().map(|finding| finding.verdict).max()
    }

    /// The report, to be written in any format by the functions of [`report`].
    pub fn report(&self) -> &Report {
        &self.report
    }
}

/// The error of an incident file that cannot be used: every diagnostic, and the text to show them in.
#[derive(Debug)]
pub struct InvalidIncident {
    sources: SourceMap,
    diagnostics: Diagnostics,
}

impl InvalidIncident {
    /// Every mistake and warning, sorted by place.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The text of the file, into which the spans of the diagnostics point.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }
}

/// One line for each mistake: its place, the message, and the help.
impl fmt::Display for InvalidIncident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.diagnostics.iter().enumerate() {
            let line_break = if i == 0 { "" } else { "\n" };
            let at = diagnostic.at.map(|at| format!("{}: ", self.sources.location(at))).unwrap_or_default();
            let help = diagnostic.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            write!(f, "{line_break}{at}{}{help}", diagnostic.message)?;
        }
        Ok(())
    }
}

impl error::Error for InvalidIncident {}

/// The error of a regime id that the rulebook does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRegime {
    id: String,
    suggestion: Option<String>,
}

impl fmt::Display for UnknownRegime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no regime", self.id)?;
        self.suggestion.iter().try_for_each(|suggestion| write!(f, "; {suggestion}"))
    }
}

impl error::Error for UnknownRegime {}
