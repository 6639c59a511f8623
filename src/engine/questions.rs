//! Questions: the few facts that would settle most of the open findings of a transaction.
//!
//! Each open finding has its smallest settling sets. [`questions`] chooses facts so that of every open finding one such set is
//! asked for, by a greedy cover: again and again the set that settles most of what is left. Facts that a person is asked for in
//! one sentence are one fact here, whichever item or party they belong to, so that the effort grows with the findings and the
//! number of sentences alone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{FactPath, Transaction};
use crate::rulebook::Severity;

use super::alike_items::path_in_other_item;
use super::{EvalContext, Evaluation, MissingFact, Verdict};

/// A question to a person, and the open findings that hang on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'a> {
    /// The sentences that ask for its facts, in the order of the transaction's fields; mostly one.
    pub sentences: Vec<&'static str>,
    /// The sentences that ask for what else is missing to the findings, and in no question: it may be needed next.
    pub then: Vec<&'static str>,
    /// The facts, by path.
    pub facts: Vec<MissingFact<'a>>,
    /// The positions of the findings in [`TransactionAssessment::findings`](super::TransactionAssessment::findings). Each
    /// open finding is in one question.
    pub findings: Vec<usize>,
}

/// The sentence about a fact that no field has a question for.
const OTHERWISE: &str = "What else is known of it?";

/// The sentence about what is not certain in the law.
const OF_LAW: &str = "Was the measure in force?";

/// The sentences of a settling set.
type Sentences = BTreeSet<&'static str>;

/// The questions about some findings of a transaction: those on which the gravest rules hang first, then those on which most
/// findings hang.
pub fn questions<'a>(findings: &[Evaluation<'a>], context: &EvalContext<'a>) -> Vec<Question<'a>> {
    // Findings with the same alternatives are settled together.
    let mut groups: BTreeMap<BTreeSet<Sentences>, Vec<usize>> = BTreeMap::new();
    for (position, finding) in findings.iter().enumerate() {
        if finding.verdict == Some(Verdict::InsufficientInformation) && !finding.missing.is_empty() {
            groups.entry(finding.missing.iter().map(|set| sentences(set)).collect()).or_default().push(position);
        }
    }
    let mut asked = Sentences::new();
    let mut questions = Vec::new();
    while let Some(next) = most_settling(&groups, &asked) {
        let new: Sentences = next.difference(&asked).copied().collect();
        asked.extend(&next);
        let (mut settled, mut missing) = (Vec::new(), Sentences::new());
        groups.retain(|alternatives, positions| {
            let is_open = !alternatives.iter().any(|set| set.is_subset(&asked));
            if !is_open {
                settled.append(positions);
                missing.extend(alternatives.iter().flatten());
            }
            is_open
        });
        settled.sort_unstable();
        let facts = facts_of(findings, &settled, &new, context);
        questions.push(Question { sentences: in_order(&new), then: in_order(&missing), facts, findings: settled });
    }
    questions.iter_mut().for_each(|question| question.then.retain(|sentence| !asked.contains(sentence)));
    let rank = |question: &Question<'_>| {
        let severity = question.findings.iter().filter_map(|p| findings.get(*p)).map(|f| f.rule.severity).max();
        (Reverse(severity.unwrap_or(Severity::Low)), Reverse(question.findings.len()))
    };
    questions.sort_by_key(rank);
    questions
}

fn sentence(fact: &MissingFact<'_>) -> &'static str {
    if fact.is_of_law() {
        return OF_LAW;
    }
    Transaction::TABLE.question(&fact.path).unwrap_or(OTHERWISE)
}

fn sentences(set: &[MissingFact<'_>]) -> Sentences {
    set.iter().map(sentence).collect()
}

/// The settling set by which, with what is asked already, most findings are settled for each further sentence. When it took
/// place comes last: of most reports an exact day settles little, and what else is missing is needed all the same.
fn most_settling(groups: &BTreeMap<BTreeSet<Sentences>, Vec<usize>>, asked: &Sentences) -> Option<Sentences> {
    let candidates: BTreeSet<&Sentences> = groups.keys().flatten().collect();
    let settles = |candidate: &Sentences| -> usize {
        let is_settled = |set: &Sentences| set.iter().all(|s| candidate.contains(s) || asked.contains(s));
        groups.iter().filter(|(alternatives, _)| alternatives.iter().any(is_settled)).map(|(_, positions)| positions.len()).sum()
    };
    let best = candidates.into_iter().max_by_key(|candidate| {
        let new = candidate.difference(asked).count().max(1);
        let is_date = candidate.iter().all(|s| Some(*s) == Transaction::TABLE.question(&FactPath::root().key("date")));
        // Of equals the first in order.
        (!is_date, settles(candidate).saturating_mul(60) / new, Reverse(*candidate))
    });
    best.cloned()
}

/// Sentences in the order of the transaction's fields.
fn in_order(sentences: &Sentences) -> Vec<&'static str> {
    let position = |s: &&'static str| Transaction::TABLE.fields.iter().position(|field| field.question == Some(*s));
    let mut ordered: Vec<&'static str> = sentences.iter().copied().collect();
    ordered.sort_by_key(|s| position(s).unwrap_or(usize::MAX));
    ordered
}

/// What some findings miss of that which some sentences ask for, also of the items for which those of the findings stand.
fn facts_of<'a>(
    findings: &[Evaluation<'a>],
    positions: &[usize],
    asked: &Sentences,
    context: &EvalContext<'a>,
) -> Vec<MissingFact<'a>> {
    let mut facts: BTreeMap<FactPath, MissingFact<'a>> = BTreeMap::new();
    for finding in positions.iter().filter_map(|p| findings.get(*p)) {
        for fact in finding.missing.iter().flatten().filter(|fact| asked.contains(sentence(fact))) {
            if facts.contains_key(&fact.path) {
                continue;
            }
            facts.insert(fact.path.clone(), fact.clone());
            let Some(item) = finding.item else { continue };
            for other in finding.alike.iter() {
                let path = path_in_other_item(&fact.path, item, *other);
                facts.entry(path).or_insert_with_key(|path| fact.at(path, context));
            }
        }
    }
    facts.into_values().collect()
}
