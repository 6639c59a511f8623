//! Builds the questions of a transaction.

use crate::engine::Question;
use crate::rulebook::Severity;

use super::super::model::{ElementNames, Finding, QuestionNote};
use super::super::wording::question_text;

/// The questions of a transaction; each finding gets the id of its own. `findings` are all of the assessment's, in order.
pub(super) fn question_notes(questions: &[Question<'_>], names: &ElementNames, findings: &mut [Finding]) -> Vec<QuestionNote> {
    let note = |(number, question): (usize, &Question<'_>)| {
        let id = format!("q{}", number + 1);
        let (mut rules, mut severity, mut number) = (Vec::new(), Severity::Low, 0);
        for position in &question.findings {
            let Some(finding) = findings.get_mut(*position) else { continue };
            finding.question = Some(id.clone());
            severity = severity.max(finding.severity);
            number += finding.items();
            if rules.last() != Some(&finding.rule) {
                rules.push(finding.rule.clone());
            }
        }
        QuestionNote {
            text: question_text(&question.sentences, &question.facts, names),
            then: question.then.iter().map(ToString::to_string).collect(),
            facts: question.facts.iter().map(|fact| fact.path.path()).collect(),
            rules,
            findings: number,
            severity,
            id,
        }
    };
    questions.iter().enumerate().map(note).collect()
}
