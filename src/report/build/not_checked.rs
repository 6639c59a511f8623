//! What was not checked of a transaction, so that its silence is no clearance.

use std::collections::BTreeMap;

use crate::document::{Code, DiagnosticLevel, Diagnostics, SourceId, SourceMap};
use crate::engine::{NotAssessed, NotAssessedReason, QuotaState, StartingBalance, TransactionAssessment};
use crate::facts::{ReportedIncident, Truth};
use crate::rulebook::Rulebook;

use super::super::model::{NotCheckedNote, UncheckedNote};
use super::super::wording::number_of;
use super::Counts;

/// What is not checked without a list that answers for a party.
const LISTED_PERSONS: &str = "listed persons";

/// What was not checked of a transaction in which so many errors were found when it was read.
pub(super) fn not_checked(
    assessed: &TransactionAssessment<'_>,
    rulebook: &Rulebook,
    mistakes: usize,
    has_lists: bool,
) -> Vec<NotCheckedNote> {
    let mut rules: Vec<String> = assessed.not_assessed.iter().map(|rule| rule.id.clone()).collect();
    rules.sort_unstable();
    let lists = (!rules.is_empty()).then(|| NotCheckedNote {
        what: LISTED_PERSONS.to_owned(),
        because: NotAssessedReason::NoDesignationsList.in_words(has_lists).to_owned(),
        rules,
    });
    let unread = (mistakes > 0).then(|| NotCheckedNote {
        what: "what could not be read".to_owned(),
        because: format!("{} in the input", number_of(mistakes, "mistake")),
        rules: Vec::new(),
    });
    lists.into_iter().chain(without_balance(assessed, rulebook)).chain(unread).collect()
}

/// The quotas that findings turn on and whose totals start from no balance, though they may be exceeded.
fn without_balance(assessed: &TransactionAssessment<'_>, rulebook: &Rulebook) -> Vec<NotCheckedNote> {
    let mut notes: BTreeMap<String, NotCheckedNote> = BTreeMap::new();
    for finding in &assessed.findings {
        let exceptions = finding.exceptions.iter().map(|exception| &exception.proof);
        let leaves = exceptions.chain([&finding.when]).flat_map(|proof| proof.leaves());
        for state in leaves.filter_map(|(_, fact)| fact.quota()).filter(|state| lacks_balance(state)) {
            let title = rulebook.quotas.iter().find(|quota| quota.id == state.quota).map_or(&state.quota, |quota| &quota.title);
            let note = notes.entry(state.quota.clone()).or_insert_with(|| NotCheckedNote {
                what: format!("what others traded under the quota `{title}`"),
                because: match state.skipped {
                    Some(skipped) => format!("the ledger leaves out {skipped}"),
                    None => "no balance was given".to_owned(),
                },
                rules: Vec::new(),
            });
            if !note.rules.contains(&finding.rule.id) {
                note.rules.push(finding.rule.id.clone());
            }
        }
    }
    notes.into_values().collect()
}

/// True if a note is about a quota. Listed persons are in the list of what was not assessed, which counts transactions without
/// a report too, and mistakes are counted once for the run.
pub(super) fn is_about_a_total(note: &NotCheckedNote) -> bool {
    !note.rules.is_empty() && note.what != LISTED_PERSONS
}

/// What a whole run did not check.
pub(super) fn not_checked_by_run(
    counts: &Counts,
    not_assessed: &[NotAssessed],
    problems: &Diagnostics,
    has_lists: bool,
) -> Vec<UncheckedNote> {
    let lists = not_assessed.iter().map(|of_rules| UncheckedNote {
        what: LISTED_PERSONS.to_owned(),
        transactions: Some(of_rules.transactions),
        because: of_rules.reason.in_words(has_lists).to_owned(),
    });
    let totals = counts.without_balance.iter().map(|((what, because), number)| UncheckedNote {
        what: what.clone(),
        transactions: Some(*number),
        because: because.clone(),
    });
    let errors = problems.count(DiagnosticLevel::Error);
    let unread = (errors > 0).then(|| UncheckedNote {
        what: "what could not be read".to_owned(),
        transactions: None,
        because: format!("{} in the input", number_of(errors, "mistake")),
    });
    let files = problems.iter().filter(|problem| problem.code == Code::FilesNotRead).map(|problem| UncheckedNote {
        what: "files that are of no form that is read".to_owned(),
        transactions: None,
        because: problem.message.clone(),
    });
    lists.chain(totals).chain(unread).chain(files).collect()
}

/// True if the total could be more than what this run counted. One that is exceeded already needs no balance.
fn lacks_balance(state: &QuotaState) -> bool {
    let starts_from_nothing = state.balance == StartingBalance::None && state.carried_forward == 0;
    (starts_from_nothing || state.skipped.is_some()) && state.within != Truth::False
}

/// The errors in the documents of a run, by their places.
#[derive(Debug, Default)]
pub struct Mistakes(BTreeMap<SourceId, Vec<usize>>);

/// The numbers of errors in the transactions of one document.
#[derive(Debug, Default)]
pub struct DocumentMistakes {
    /// Errors that concern the document as a whole.
    outside: usize,
    inside: Vec<usize>,
}

impl Mistakes {
    /// The errors among the problems of a run.
    pub fn new(problems: &Diagnostics) -> Self {
        let mut places: BTreeMap<SourceId, Vec<usize>> = BTreeMap::new();
        for at in problems.iter().filter(|p| p.level() == DiagnosticLevel::Error).filter_map(|problem| problem.at) {
            places.entry(at.source).or_default().push(at.start);
        }
        places.values_mut().for_each(|places| places.sort_unstable());
        Self(places)
    }

    /// The errors in a document, by transaction.
    pub fn of_document(&self, reported: &ReportedIncident, sources: &SourceMap) -> DocumentMistakes {
        let source = reported.document().map(|document| document.span.source);
        let Some(places) = source.and_then(|source| self.0.get(&source)) else { return DocumentMistakes::default() };
        let inside = |index: usize| {
            let Some(span) = reported.locate(index, sources).start() else { return 0 };
            places.partition_point(|place| *place < span.end) - places.partition_point(|place| *place < span.start)
        };
        let inside: Vec<usize> = (0..reported.transactions().len()).map(inside).collect();
        DocumentMistakes { outside: places.len().saturating_sub(inside.iter().sum()), inside }
    }
}

impl DocumentMistakes {
    /// The number of errors that concern a transaction.
    pub fn of_transaction(&self, index: usize) -> usize {
        self.outside + self.inside.get(index).copied().unwrap_or(0)
    }
}
