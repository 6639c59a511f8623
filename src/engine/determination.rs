//! The determinations that rules depend on: who may make them, and what they decide.

use crate::facts::{CodedTerm, Determination, Term, Truth};
use crate::rulebook::{NeedsDetermination, Rule, Rulebook, Vocabulary};

use super::{DeterminationState, EvalContext, EvidenceLevel, ReferenceEvaluator};

/// The state of the determination that a rule needs, with the evidence for the one that holds; `None` if the rule needs none for
/// this transaction. `facts` is the evidence for the facts that the rule applies to: a determination that does not hold frees
/// them only if it stands as firmly.
pub(super) fn find_determination<'a>(
    rule: &'a Rule,
    needs: &'a NeedsDetermination,
    facts: EvidenceLevel,
    context: &EvalContext<'a>,
    evaluator: &ReferenceEvaluator<'_, 'a>,
) -> Option<(DeterminationState, Option<EvidenceLevel>)> {
    if needs.when.as_ref().is_some_and(|when| evaluator.prove(when).truth == Truth::False) {
        return None;
    }
    let vocabulary = &context.rulebook.vocabulary;
    let known = context.transaction.determinations.known().iter();
    let fitting = known.filter(|d| finds(d, needs, vocabulary) && is_competent(d, needs, rule, context.rulebook));
    let fitting = fitting.filter(|d| !context.hides(d.date.map(|date| date.from)));
    let (mut holds, mut frees) = (None, false);
    for determination in fitting {
        match determination.holds {
            Some(true) => {
                let own = EvidenceLevel::of_element(determination, context.reported, context.rulebook);
                holds = holds.max(Some(own.unwrap_or(context.evidence)));
            }
            Some(false) => {
                let (transaction, reported) = (context.transaction, context.reported);
                frees |= EvidenceLevel::of_excusing_paper(determination, transaction, reported, context.rulebook) >= facts;
            }
            None => {}
        }
    }
    Some(match (holds, frees) {
        (Some(evidence), _) => (DeterminationState::Holds, Some(evidence)),
        (None, true) => (DeterminationState::DoesNotHold, None),
        (None, false) => (DeterminationState::NotReported, None),
    })
}

fn finds(determination: &Determination, needs: &NeedsDetermination, vocabulary: &Vocabulary) -> bool {
    let is_sought = |term: Term| needs.findings.iter().any(|finding| vocabulary.is_a(term, *finding));
    let findings = determination.finding.is().unwrap_or_default();
    findings.iter().any(|finding| matches!(finding, CodedTerm::Term(term) if is_sought(*term)))
}

/// True if a body that may make the determination made it. One whose maker is not reported is taken to be such a body's.
fn is_competent(determination: &Determination, needs: &NeedsDetermination, rule: &Rule, rulebook: &Rulebook) -> bool {
    let (known, target) = (rulebook.vocabulary.known_terms(), rulebook.target_of(rule));
    let is_committee = |term: Term| known.committee.is_some_and(|committee| rulebook.vocabulary.is_a(term, committee));
    let may_make_it = |body: &CodedTerm| match body {
        // The Council can do itself what it leaves to a Committee.
        CodedTerm::Term(term) if known.council == Some(*term) => needs.by_council || needs.by_committee,
        CodedTerm::Term(term) if is_committee(*term) => {
            needs.by_committee && rulebook.is_committee_of(*term, rule) != Truth::False
        }
        CodedTerm::Term(term) => needs.by_state && !target.contains(term),
        CodedTerm::OneOf(terms) => needs.by_state && terms.iter().all(|term| !target.contains(term)),
        CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => false,
    };
    determination.by.is().is_none_or(|by| by.iter().any(may_make_it))
}
