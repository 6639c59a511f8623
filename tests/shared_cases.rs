//! The worked cases that lie beside the project agree with the rules that exist. Without them the test says so and passes.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{beside, own_rulebook, worst_verdicts, yaml};
use interdict::document::Node;
use interdict::engine::Verdict;

#[test]
fn every_case_agrees_for_the_rules_that_exist() {
    let Some(folder) = beside("cases") else { return };
    let rulebook = own_rulebook();
    let expected = yaml(&folder.join("expected.yaml"));
    let (mut differing, mut compared) = (String::new(), 0);
    for case in expected.entries().unwrap() {
        let name = &case.key.text;
        let file = folder.join("incidents").join(format!("{name}.yaml"));
        let worst = worst_verdicts(&rulebook, file);
        let rules = case.value.get("expect").and_then(Node::entries).unwrap();
        for rule in rules.iter().filter(|r| rulebook.find_rule(&r.key.text).is_some()) {
            let wanted = rule.value.get("verdict").and_then(Node::text).unwrap();
            let found = worst.get(rule.key.text.as_str()).map_or("none", |v| v.word());
            compared += 1;
            if found != wanted {
                let because = rule.value.get("because").and_then(Node::text).unwrap_or_default();
                differing.push_str(&format!("{name}: {}: expected {wanted}, found {found} ({because})\n", rule.key.text));
            }
        }
        let quiet =
            |r: &interdict::document::Entry| matches!(r.value.get("verdict").and_then(Node::text), Some("none" | "compliant"));
        if rules.iter().all(quiet) {
            for (rule, verdict) in worst.iter().filter(|(_, v)| **v >= Verdict::PotentialViolation) {
                differing.push_str(&format!("{name}: {rule}: found {verdict}, and the case has no breach\n"));
            }
        }
    }
    assert!(differing.is_empty(), "\n{differing}");
    assert!(compared > 0, "no rule of the cases exists");
}
