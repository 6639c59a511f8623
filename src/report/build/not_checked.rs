//! What was not checked of a transaction, so that its silence is no clearance.

use std::collections::BTreeMap;

use crate::document::{Code, Diagnostic, DiagnosticLevel, Diagnostics, SourceId, SourceMap, Unread};
use crate::engine::{NotAssessed, NotAssessedReason, QuotaState, StartingBalance, TransactionAssessment, WarningKind};
use crate::facts::{ReportedIncident, Truth};
use crate::rulebook::Rulebook;

use super::super::model::{NotCheckedNote, UncheckedNote};
use super::super::wording::number_of;
use super::Counts;

/// What is not checked without a list that answers for a party.
const LISTED_PERSONS: &str = "listed persons";

/// Why what stands under a key is not checked.
const NO_KEY: &str = "no key of the format, so not read";

/// So many keys that were not read are told one by one; the others are counted.
const MOST_KEYS: usize = 8;

/// What was not checked of a transaction of which this could not be read.
pub(super) fn not_checked(
    assessed: &TransactionAssessment<'_>,
    rulebook: &Rulebook,
    unread: &Unread,
    has_lists: bool,
) -> Vec<NotCheckedNote> {
    let mut rules: Vec<String> = assessed.not_assessed.iter().map(|rule| rule.id.clone()).collect();
    rules.sort_unstable();
    let lists = (!rules.is_empty()).then(|| NotCheckedNote {
        what: LISTED_PERSONS.to_owned(),
        because: NotAssessedReason::NoDesignationsList.in_words(has_lists).to_owned(),
        rules,
    });
    let mistakes = (unread.mistakes > 0).then(|| NotCheckedNote {
        what: "what could not be read".to_owned(),
        because: format!("{} in the input", number_of(unread.mistakes, "mistake")),
        rules: Vec::new(),
    });
    let keys = (!unread.keys.is_empty()).then(|| NotCheckedNote {
        what: listed(unread.keys.iter()),
        because: NO_KEY.to_owned(),
        rules: Vec::new(),
    });
    let is_blank = assessed.warnings.iter().any(|warning| warning.kind == WarningKind::NothingReported);
    let blank = is_blank.then(|| NotCheckedNote {
        what: "anything".to_owned(),
        because: "nothing is reported of it yet".to_owned(),
        rules: Vec::new(),
    });
    let listing = assessed.warnings.iter().find_map(|warning| match &warning.kind {
        WarningKind::UnreadListing(listing) => Some(NotCheckedNote {
            what: format!("the listing `{listing}`"),
            because: "it is of no known list".to_owned(),
            rules: Vec::new(),
        }),
        _ => None,
    });
    let text = assessed.warnings.iter().find_map(|warning| match &warning.kind {
        WarningKind::ToldInText(named) => Some(NotCheckedNote {
            what: format!("what `{}` says of `{named}`", warning.path.path()),
            because: "no rule reads that text".to_owned(),
            rules: Vec::new(),
        }),
        _ => None,
    });
    lists
        .into_iter()
        .chain(blank)
        .chain(listing)
        .chain(text)
        .chain(without_balance(assessed, rulebook))
        .chain(keys)
        .chain(mistakes)
        .collect()
}

/// The first of some keys, and the number of the others.
fn listed<'k>(keys: impl ExactSizeIterator<Item = &'k String>) -> String {
    let more = keys.len().saturating_sub(MOST_KEYS);
    let more = (more > 0).then(|| format!("{} more", number_of(more, "key")));
    keys.take(MOST_KEYS).cloned().chain(more).collect::<Vec<_>>().join(", ")
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
    // A key above all transactions of a file without any is in none of them.
    let mut keys: BTreeMap<&String, usize> = counts.unread_keys.iter().map(|(key, number)| (key, *number)).collect();
    for key in problems.iter().filter_map(|problem| problem.unread.as_ref()) {
        keys.entry(key).or_default();
    }
    let transactions = counts.with_unread_keys;
    let keys = (!keys.is_empty()).then(|| UncheckedNote {
        what: listed(keys.into_keys().collect::<Vec<_>>().into_iter()),
        transactions: (transactions > 0).then_some(transactions),
        because: NO_KEY.to_owned(),
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
    let sheets = problems.iter().filter(|problem| problem.code == Code::SheetsNotRead).map(|problem| UncheckedNote {
        what: "sheets of a workbook that are no tables of transactions".to_owned(),
        transactions: None,
        because: problem.message.clone(),
    });
    lists.chain(totals).chain(keys).chain(unread).chain(files).chain(sheets).collect()
}

/// True if the total could be more than what this run counted. One that is exceeded already needs no balance.
fn lacks_balance(state: &QuotaState) -> bool {
    let starts_from_nothing = state.balance == StartingBalance::None && state.carried_forward == 0;
    (starts_from_nothing || state.skipped.is_some()) && state.within != Truth::False
}

/// What could not be read in the documents of a run, by its places.
#[derive(Debug, Default)]
pub struct UnreadPlaces<'p>(BTreeMap<SourceId, Vec<(usize, &'p Diagnostic)>>);

/// What could not be read of the transactions of one document.
#[derive(Debug, Default)]
pub struct UnreadOfDocument {
    /// What concerns the document as a whole.
    outside: Unread,
    inside: Vec<Unread>,
}

impl<'p> UnreadPlaces<'p> {
    /// The errors and the keys that were not read among the problems of a run.
    pub fn new(problems: &'p Diagnostics) -> Self {
        let mut places: BTreeMap<SourceId, Vec<(usize, &Diagnostic)>> = BTreeMap::new();
        for problem in problems.iter().filter(|p| p.level() == DiagnosticLevel::Error || p.unread.is_some()) {
            if let Some(at) = problem.at {
                places.entry(at.source).or_default().push((at.start, problem));
            }
        }
        places.values_mut().for_each(|places| places.sort_by_key(|(place, _)| *place));
        Self(places)
    }

    /// What could not be read of a document, by transaction.
    pub fn of_document(&self, reported: &ReportedIncident, sources: &SourceMap) -> UnreadOfDocument {
        let Some(places) = reported.document_source().and_then(|source| self.0.get(&source)) else {
            return UnreadOfDocument::default();
        };
        let mut of_document = UnreadOfDocument::default();
        let mut is_inside = vec![false; places.len()];
        for index in 0..reported.transactions().len() {
            let mut unread = Unread::default();
            if let Some(span) = reported.locate(index, sources).start() {
                let first = places.partition_point(|(place, _)| *place < span.start);
                let end = places.partition_point(|(place, _)| *place < span.end);
                places.get(first..end).unwrap_or_default().iter().for_each(|(_, problem)| unread.add(problem));
                is_inside.get_mut(first..end).unwrap_or_default().fill(true);
            }
            of_document.inside.push(unread);
        }
        let outside = places.iter().zip(is_inside).filter(|(_, is_inside)| !is_inside);
        outside.for_each(|((_, problem), _)| of_document.outside.add(problem));
        of_document
    }
}

impl UnreadOfDocument {
    /// What could not be read and concerns a transaction.
    pub fn of_transaction(&self, index: usize) -> Unread {
        let mut unread = self.outside.clone();
        if let Some(inside) = self.inside.get(index) {
            unread.append(inside);
        }
        unread
    }
}
