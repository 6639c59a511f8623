//! The activities of the vocabulary that no rule of a regime asks about: an act reported in such a word meets no rule.

use crate::document::{Code, Diagnostic, Diagnostics};
use crate::facts::{Scheme, Term};

use super::Vocabulary;
use super::law::{Condition, ConditionKind, Definition, Matcher, Regime, RegimeId, Rule};

/// The most activities that a message lists.
const MAX_LISTED: usize = 12;

/// Reports each regime with activities that neither one of its rules asks about nor its `irrelevant_activities` explain.
pub(super) fn check_unreached_activities(
    regimes: &[Regime],
    rules: &[Rule],
    definitions: &[Definition],
    vocabulary: &Vocabulary,
    problems: &mut Diagnostics,
) {
    // One without a nexus speaks only of what is shown.
    for (index, regime) in regimes.iter().enumerate().filter(|(_, regime)| regime.nexus.is_some()) {
        let unreached = unreached_activities(RegimeId(index), regime, rules, definitions, vocabulary);
        if unreached.is_empty() {
            continue;
        }
        let mut listed: Vec<&str> = unreached.iter().take(MAX_LISTED).map(|term| vocabulary.id(*term)).collect();
        let more = format!("and {} more", unreached.len() - listed.len());
        if unreached.len() > listed.len() {
            listed.push(&more);
        }
        let message = format!("no rule of the regime `{}` asks about some activities: {}", regime.id, listed.join(", "));
        problems.push(
            Diagnostic::new(Code::ActivityNotReached, regime.span, message)
                .help("let a rule ask about them, or give the reason under `irrelevant_activities`"),
        );
    }
}

/// The activities without a rule or a reason, in the order of the vocabulary. An authority's own act needs none.
fn unreached_activities(
    id: RegimeId,
    regime: &Regime,
    rules: &[Rule],
    definitions: &[Definition],
    vocabulary: &Vocabulary,
) -> Vec<Term> {
    let mut asked = Vec::new();
    rules.iter().filter(|rule| rule.regime == id).for_each(|rule| add_asked(&rule.when, definitions, vocabulary, &mut asked));
    let is_reached = |term: Term| asked.iter().any(|a| vocabulary.is_a(term, *a) || vocabulary.is_a(*a, term));
    let is_irrelevant = |term: Term| regime.irrelevant_activities.iter().any(|(i, _)| vocabulary.is_a(term, *i));
    let activities = vocabulary.terms().filter(|term| vocabulary.is_in(*term, Scheme::Activity));
    activities.filter(|t| !vocabulary.is_act_of_authority(*t) && !is_reached(*t) && !is_irrelevant(*t)).collect()
}

/// Adds the activities that can make a condition on a transaction true.
fn add_asked(condition: &Condition, definitions: &[Definition], vocabulary: &Vocabulary, asked: &mut Vec<Term>) {
    match &condition.kind {
        ConditionKind::All(all) | ConditionKind::Any(all) => {
            all.iter().for_each(|c| add_asked(c, definitions, vocabulary, asked));
        }
        ConditionKind::Shown(of) => add_asked(of, definitions, vocabulary, asked),
        ConditionKind::Is(id) => {
            definitions.get(id.0).iter().for_each(|d| add_asked(&d.when, definitions, vocabulary, asked));
        }
        ConditionKind::Fact { matcher: Matcher::Terms(terms), .. } => {
            asked.extend(terms.iter().filter(|term| vocabulary.is_in(**term, Scheme::Activity)));
        }
        _ => {}
    }
}
