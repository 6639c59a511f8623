//! The worked cases of regimes other than the DPRK's, which lie beside the project, agree with the rules. Without them the test
//! says so and passes.
//!
//! `expect` and `accept` of a case list the verdicts that are right for a measure, the worst of the file; `none` lists measures
//! that may raise neither a violation nor a potential one. A measure of which the project has no rule fails.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeMap;

use common::{beside, own_rulebook, worst_verdicts, yaml};
use interdict::document::{Entry, Node};
use interdict::engine::Verdict;

/// The verdicts that a case calls right, by rule.
fn right_verdicts(case: &Node) -> BTreeMap<String, Vec<&str>> {
    let mut right: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for entry in ["expect", "accept"].iter().filter_map(|key| case.get(key)?.entries()).flatten() {
        let Entry { key, value } = entry;
        right
            .entry(key.text.to_lowercase().into())
            .or_default()
            .extend(value.one_or_many().iter().filter_map(|node| node.text()));
    }
    right
}

#[test]
fn every_case_of_another_regime_agrees() {
    let Some(folder) = beside("cases/un") else { return };
    let rulebook = own_rulebook();
    let expected = yaml(&folder.join("expected.yaml"));
    let (mut differing, mut compared) = (String::new(), 0);
    for case in expected.entries().unwrap() {
        let name = &case.key.text;
        let file = folder.join("incidents").join(format!("{name}.yaml"));
        let worst = worst_verdicts(&rulebook, file);
        for (rule, right) in right_verdicts(&case.value) {
            let found = worst.get(&rule).map_or("none", |verdict| verdict.word());
            compared += 1;
            if rulebook.find_rule(&rule).is_none() {
                differing.push_str(&format!("{name}: there is no rule {rule}\n"));
            } else if !right.contains(&found) {
                differing.push_str(&format!("{name}: {rule}: expected {}, found {found}\n", right.join(" or ")));
            }
        }
        for rule in case.value.get("none").into_iter().flat_map(Node::one_or_many).filter_map(Node::text) {
            let found = worst.get(&rule.to_lowercase()).filter(|verdict| **verdict >= Verdict::PotentialViolation);
            if let Some(found) = found {
                differing.push_str(&format!("{name}: {rule}: must not be raised, found {found}\n"));
            }
        }
    }
    assert!(differing.is_empty(), "\n{differing}");
    assert!(compared > 20, "{compared} verdicts compared");
}
