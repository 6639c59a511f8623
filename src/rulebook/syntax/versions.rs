//! Checks that of a rule and its successor exactly one is in force on each day.

use std::collections::HashMap;

use crate::document::{Code, Diagnostic, Diagnostics, Node};
use crate::facts::Period;
use crate::rulebook::law::{LawAsOf, Rule};

/// Reports rules that replace themselves, that are in force together with what they replace, or that leave a gap after it
/// without a reason.
pub(super) fn check_versions(rule_nodes: &[&Node], rules: &[Rule], problems: &mut Diagnostics) {
    let by_id: HashMap<&str, &Rule> = rules.iter().map(|rule| (rule.id.as_str(), rule)).collect();
    let named = |node: &Node| node.text().and_then(|id| by_id.get(id).copied());
    for (rule, node) in rule_nodes.iter().filter_map(|node| Some((named(node.get("id")?)?, *node))) {
        for replaced in node.get("replaces").map(Node::one_or_many).unwrap_or_default() {
            let Some(earlier) = named(replaced) else { continue };
            let is_gap_declared = node.get("gap_because").is_some();
            let message = if earlier.id == rule.id {
                "a rule does not replace itself".to_owned()
            } else if earlier.in_force.overlaps(&rule.in_force) {
                format!("`{}` is still in force when this rule begins", earlier.id)
            } else if !is_gap_declared && !follows(earlier, rule) {
                format!("this rule does not begin on the day after the last one of `{}`", earlier.id)
            } else {
                continue;
            };
            let help = "on each day one of the two is in force; a gap that the law leaves has its reason under `gap_because`";
            problems.push(Diagnostic::new(Code::Versions, replaced.span, message).help(help));
        }
    }
}

/// True if `later` begins when `earlier` ends.
fn follows(earlier: &Rule, later: &Rule) -> bool {
    let later = later.in_force.stretches(LawAsOf::default());
    let Some(begins) = later.first().and_then(|first| first.from) else { return false };
    let meets = |to: Period| to == begins && !to.is_one_day() || to.to.succ_opt() == Some(begins.from);
    earlier.in_force.stretches(LawAsOf::default()).iter().any(|stretch| stretch.to.is_some_and(meets))
}
