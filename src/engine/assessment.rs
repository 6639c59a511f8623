//! What follows from the facts of some incidents: findings, duties and warnings by transaction.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::facts::{FactPath, ReportedIncident};
use crate::rulebook::{Rule, Rulebook};

use super::{Evaluation, EvidenceLevel, Ledger, Question, Triage, Verdict};

/// What follows from the facts of some incidents.
#[derive(Debug)]
pub struct Assessment<'a> {
    /// The rulebook.
    pub rulebook: &'a Rulebook,
    /// The incidents, in the order given.
    pub incidents: Vec<IncidentAssessment<'a>>,
    /// Rules that could not be assessed.
    pub not_assessed: Vec<NotAssessed>,
    /// The counted quotas.
    pub ledger: &'a Ledger,
    /// The day as of which the law was applied; see [`AssessOptions::known_on`](super::AssessOptions::known_on).
    pub known_on: Option<NaiveDate>,
}

/// What follows from the facts of an incident.
#[derive(Debug)]
pub struct IncidentAssessment<'a> {
    /// The incident.
    pub reported: &'a ReportedIncident,
    /// The transactions, in the order of the report.
    pub transactions: Vec<TransactionAssessment<'a>>,
}

/// What follows from the facts of a transaction.
#[derive(Debug, Clone)]
pub struct TransactionAssessment<'a> {
    /// The transaction's position in the incident, from 0.
    pub index: usize,
    /// The position of an earlier transaction of the incident that is alike but for its id and places, so that all else of this
    /// assessment is that of the earlier one.
    pub alike: Option<usize>,
    /// The evidence for the transaction as a whole.
    pub evidence: EvidenceLevel,
    /// The findings: by verdict and severity, the worst first, then by rule and item.
    pub findings: Vec<Evaluation<'a>>,
    /// The questions that would settle the open findings, the most important first.
    pub questions: Vec<Question<'a>>,
    /// What a person should look at where there is no finding and no duty, if anything.
    pub triage: Option<Triage<'a>>,
    /// The evaluations without a finding, if they are kept.
    pub others: Vec<Evaluation<'a>>,
    /// The rules that could not be assessed, because no list of designated persons was given, in the order of the rulebook.
    pub not_assessed: Vec<&'a Rule>,
    /// The duties that arise and are not reported to be done, by rule.
    pub duties: Vec<OpenDuty<'a>>,
    /// Red flags and notices, in order of path.
    pub warnings: Vec<Warning>,
}

/// A duty that arises from a transaction.
#[derive(Debug, Clone)]
pub struct OpenDuty<'a> {
    /// The rule that commands it.
    pub rule: &'a Rule,
    /// The last day for it, if the rule sets one.
    pub by: Option<NaiveDate>,
}

/// Something to be looked at that is not a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// The path to the fact that raises it.
    pub path: FactPath,
    /// What is to be looked at.
    pub kind: WarningKind,
}

/// What a [`Warning`] is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum WarningKind {
    /// The HS code of an item and its description disagree, which may be a misdeclaration. Holds what decided the match.
    CodeDisagrees(String),
    /// The description of an item names nothing that the lists or the lexicon know, so that no list could be excluded.
    UnknownGoods,
    /// A country and a place or code are reported that contradict each other. Holds the place or code.
    PlacesDisagree(String),
    /// A fact is reported otherwise than another tells, whose path is given, and is read as unknown.
    Disputed(String),
    /// A listing is told that is on no list that the rulebook knows, and so may be on any. Holds it as reported.
    UnreadListing(String),
    /// A text that no rule reads names a State or group under measures, which no fact does. Holds the name.
    ToldInText(String),
    /// An authority stopped goods whose sending would breach a rule. Holds the rule's id.
    StoppedGoods(String),
    /// No link to a sanctioned State or person could be established or excluded, so that rules could not be evaluated.
    NoLink,
    /// Nothing is reported of the transaction, as in a file that nobody has filled in.
    NothingReported,
}

impl WarningKind {
    /// The warning as reports give it.
    pub fn in_words(&self) -> String {
        match self {
            WarningKind::CodeDisagrees(note) => format!("code and description disagree: {note}"),
            WarningKind::UnknownGoods => {
                "the description names nothing that is known: name the goods in other words, or give their HS code".to_owned()
            }
            WarningKind::PlacesDisagree(place) => {
                format!(
                    "the country or region and the place disagree: `{place}` is in another than the one reported, and it may be either"
                )
            }
            WarningKind::Disputed(other) => {
                format!("it is reported otherwise than `{other}` tells, and so is read as unknown")
            }
            WarningKind::UnreadListing(listing) => format!(
                "`{listing}` is told as a listing, and whether it is one of the Security Council could not be read: name the list, or give the number of the entry"
            ),
            WarningKind::ToldInText(named) => {
                format!("no rule reads this text, and it names `{named}`, which no fact does: tell what it says as facts")
            }
            WarningKind::StoppedGoods(rule) => format!(
                "an authority's own act breaches nothing; that the goods were sent may breach {rule}: tell who sent them where in an entry of its own"
            ),
            WarningKind::NoLink => "no link to a sanctioned State or person could be established or excluded".to_owned(),
            WarningKind::NothingReported => {
                "nothing is reported of it yet, so that nothing was checked: fill in what is done, from where to where, when, and with what or whom".to_owned()
            }
        }
    }
}

/// Rules that could not be assessed, for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAssessed {
    /// The ids of the rules, sorted.
    pub rules: Vec<String>,
    /// The number of transactions that it concerns; the largest of any rule.
    pub transactions: usize,
    /// Why the rules could not be assessed.
    pub reason: NotAssessedReason,
}

/// Why rules could not be assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotAssessedReason {
    /// The rules depend on a list of designated persons: none was given, or those given do not answer for the party.
    NoDesignationsList,
}

impl NotAssessedReason {
    /// The reason as reports give it, of a run that was given lists or not.
    pub fn in_words(self, has_lists: bool) -> &'static str {
        match self {
            NotAssessedReason::NoDesignationsList if has_lists => "without a name that the lists given answer for",
            NotAssessedReason::NoDesignationsList => "no designations list was given",
        }
    }
}

impl TransactionAssessment<'_> {
    /// True if there is neither a finding nor a duty.
    pub fn is_silent(&self) -> bool {
        self.findings.is_empty() && self.duties.is_empty()
    }

    /// True if no finding is worse than compliant.
    pub(crate) fn asks_nothing(&self) -> bool {
        self.verdict().is_none_or(|verdict| verdict == Verdict::Compliant)
    }

    /// Adds a warning in its place, once.
    pub(crate) fn warn(&mut self, warning: Warning) {
        if let Err(place) = self.warnings.binary_search(&warning) {
            self.warnings.insert(place, warning);
        }
    }

    /// The verdict of the worst finding; `None` if there is none.
    pub fn verdict(&self) -> Option<Verdict> {
        self.findings.iter().filter_map(|f| f.verdict).max()
    }
}

impl IncidentAssessment<'_> {
    /// The verdict of the worst transaction; `None` if no transaction has one.
    pub fn verdict(&self) -> Option<Verdict> {
        self.transactions.iter().filter_map(TransactionAssessment::verdict).max()
    }
}

impl<'a> Assessment<'a> {
    /// The verdict of the worst incident; `None` if no incident has one.
    pub fn verdict(&self) -> Option<Verdict> {
        self.incidents.iter().filter_map(IncidentAssessment::verdict).max()
    }

    /// All transactions with their incidents.
    pub fn transactions(&self) -> impl Iterator<Item = (&IncidentAssessment<'a>, &TransactionAssessment<'a>)> {
        self.incidents.iter().flat_map(|i| i.transactions.iter().map(move |t| (i, t)))
    }

    /// The number of findings with a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.transactions().flat_map(|(_, t)| &t.findings).filter(|f| f.verdict == Some(verdict)).count()
    }
}

impl NotAssessed {
    /// Merges what several parts of a run could not assess, by reason. No transaction may be in two parts.
    pub fn merge(parts: impl IntoIterator<Item = NotAssessed>) -> Vec<Self> {
        let mut all: BTreeMap<NotAssessedReason, NotAssessed> = BTreeMap::new();
        for part in parts {
            match all.get_mut(&part.reason) {
                Some(known) => {
                    known.rules.extend(part.rules);
                    known.rules.sort();
                    known.rules.dedup();
                    known.transactions += part.transactions;
                }
                None => {
                    all.insert(part.reason, part);
                }
            }
        }
        all.into_values().collect()
    }

    /// Rules that need a list of designated persons, each with the number of transactions; `None` if there is no rule.
    pub fn no_lists(rules: BTreeMap<String, usize>) -> Option<Self> {
        let transactions = rules.values().copied().max()?;
        Some(Self { rules: rules.into_keys().collect(), transactions, reason: NotAssessedReason::NoDesignationsList })
    }
}
