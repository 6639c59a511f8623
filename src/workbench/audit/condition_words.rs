//! A condition in one line, with the conditions inside it.

use crate::engine::Claim;
use crate::rulebook::{Condition, ConditionKind};

/// The claim of a proof in one line.
pub(super) fn claim_in_words(claim: Claim<'_>) -> String {
    match claim {
        Claim::Condition(condition) => condition_in_words(condition),
        other => other.in_words().into_owned(),
    }
}

fn condition_in_words(condition: &Condition) -> String {
    let joined = |conditions: &[Condition], word: &str| conditions.iter().map(condition_in_words).collect::<Vec<_>>().join(word);
    match &condition.kind {
        ConditionKind::All(all) => joined(all, ", "),
        ConditionKind::Any(any) => joined(any, " or "),
        ConditionKind::Linked { of, .. } | ConditionKind::Concerns(of) => {
            format!("{} {}", condition.text, condition_in_words(of))
        }
        ConditionKind::Not(of) | ConditionKind::Shown(of) | ConditionKind::Some { of, .. } if !condition.text.contains(':') => {
            format!("{} {}", condition.text, condition_in_words(of))
        }
        _ => condition.text.clone(),
    }
}
