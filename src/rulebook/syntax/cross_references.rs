//! Checks the references between elements: from rules, tests and the register to rules, and from tests to tests.
//!
//! References are taken from the YAML and not from the elements that could be read, so that a mistake in one rule
//! neither hides one in another nor raises false ones.

use std::collections::{BTreeMap, HashMap};

use crate::document::{Code, Diagnostic, Diagnostics, Node, did_you_mean};
use crate::rulebook::law::{EncodingStatus, RegimeId, Register, Rule};

use super::unknown_name;
use super::versions::check_versions;

/// The verdicts that a test can expect.
const VERDICTS: [&str; 4] = ["violation", "potential-violation", "insufficient-information", "compliant"];

/// Reports every reference to an unknown rule or test, ids that are not unique, and a register that disagrees
/// with the rules.
pub(in crate::rulebook) fn check_references(
    rule_nodes: &[&Node],
    test_nodes: &[(&Node, Option<RegimeId>)],
    rules: &[Rule],
    register: &Register,
    problems: &mut Diagnostics,
) {
    let rule_ids: Vec<&str> = rule_nodes.iter().filter_map(|n| n.get("id")?.text()).collect();
    check_unique(rule_nodes, "id", "rule", problems);
    for node in rule_nodes {
        for word in ["replaces", "same_ban_as", "duties"].into_iter().filter_map(|key| node.get(key)).flat_map(Node::one_or_many)
        {
            check_rule_id(word, &rule_ids, problems);
        }
    }
    let duties = rule_nodes.iter().filter_map(|node| node.get("duties")).flat_map(Node::one_or_many);
    for (node, id) in duties.filter_map(|node| Some((node, node.text()?))) {
        if rules.iter().any(|rule| rule.id == id && !rule.is_duty()) {
            let message = format!("`{id}` is no duty, and cannot arise with a breach");
            problems.push(Diagnostic::new(Code::NoDuty, node.span, message).help("name a rule of `kind: duty`"));
        }
    }
    check_versions(rule_nodes, rules, problems);
    check_register(&rule_ids, rules, register, problems);
    let mut tests_by_regime: BTreeMap<Option<RegimeId>, Vec<&Node>> = BTreeMap::new();
    for (node, regime) in test_nodes {
        tests_by_regime.entry(*regime).or_default().push(node);
    }
    for tests in tests_by_regime.values() {
        check_unique(tests, "name", "test", problems);
        check_likes(tests, problems);
    }
    let expected = test_nodes.iter().flat_map(|(node, _)| [node.get("expect"), node.get("expect_also")]).flatten();
    for expected in expected.filter_map(Node::entries).flatten() {
        if !rule_ids.contains(&expected.key.text.as_str()) {
            let near = did_you_mean(&expected.key.text, rule_ids.iter().copied());
            let message = format!("`{}` is no rule", expected.key.text);
            problems.push(Diagnostic::new(Code::UnknownReference, expected.key.span, message).maybe_help(near));
        }
        if let Some(verdict) = expected.value.text().filter(|v| !VERDICTS.contains(v)) {
            let help = format!("one of {}; leave a rule without a finding out", VERDICTS.join(", "));
            problems
                .push(Diagnostic::new(Code::UnknownWord, expected.value.span, format!("`{verdict}` is no verdict")).help(help));
        }
    }
}

/// Reports tests that expect something of a rule of another regime than their own, of which they do not tell all findings.
pub(in crate::rulebook) fn check_expected_regimes(
    test_nodes: &[(&Node, Option<RegimeId>)],
    rules: &[Rule],
    problems: &mut Diagnostics,
) {
    let regimes: HashMap<&str, RegimeId> = rules.iter().map(|rule| (rule.id.as_str(), rule.regime)).collect();
    for (node, regime) in test_nodes.iter().filter_map(|(node, regime)| Some((*node, (*regime)?))) {
        for entry in node.get("expect").and_then(Node::entries).unwrap_or_default() {
            let rule = &entry.key.text;
            if regimes.get(rule.as_str()).is_some_and(|of_rule| *of_rule != regime) {
                let message = format!("`{rule}` is a rule of another regime than the test");
                problems.push(
                    Diagnostic::new(Code::ExpectedOfOtherRegime, entry.key.span, message)
                        .help("write it under `expect_also`: `expect` lists every finding of the test's own regime"),
                );
            }
        }
    }
}

/// Reports tests that are `like` an unknown test.
fn check_likes(test_nodes: &[&Node], problems: &mut Diagnostics) {
    let names: Vec<&str> = test_nodes.iter().filter_map(|n| n.get("name")?.text()).collect();
    for like in test_nodes.iter().filter_map(|n| n.get("given")?.get("like")) {
        let word = like.text().unwrap_or_default();
        if !names.contains(&word) {
            unknown_name(Code::UnknownReference, like, word, "test", names.iter().copied(), problems);
        }
    }
}

/// Reports a node that is not the id of a rule.
fn check_rule_id(node: &Node, rule_ids: &[&str], problems: &mut Diagnostics) {
    if let Some(id) = node.text().filter(|id| !rule_ids.contains(id)) {
        unknown_name(Code::UnknownReference, node, id, "rule", rule_ids.iter().copied(), problems);
    }
}

/// Reports names that two nodes have under `key`.
pub(in crate::rulebook) fn check_unique(nodes: &[&Node], key: &str, what: &str, problems: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for id in nodes.iter().filter_map(|n| n.get(key)) {
        if let Some(text) = id.text().filter(|text| seen.insert(*text, ()).is_some()) {
            problems.push(Diagnostic::new(Code::DuplicateId, id.span, format!("the {what} `{text}` stands twice")));
        }
    }
}

/// Reports paragraphs that are cited but marked as not encodable, and paragraphs that a rule named under `encoded_by` does not
/// cite.
fn check_register(rule_ids: &[&str], rules: &[Rule], register: &Register, problems: &mut Diagnostics) {
    let by_id: HashMap<&str, &Rule> = rules.iter().map(|rule| (rule.id.as_str(), rule)).collect();
    let mut citing: HashMap<(&str, &str), &Rule> = HashMap::new();
    for rule in rules {
        for citation in &rule.authority {
            citing.entry((&citation.symbol, &citation.paragraph)).or_insert(rule);
        }
    }
    for (resolution, paragraph) in register.resolutions().iter().flat_map(|r| r.paragraphs.iter().map(move |p| (r, p))) {
        let cites_it = |r: &Rule| r.authority.iter().any(|c| c.symbol == resolution.symbol && c.paragraph == paragraph.op);
        let EncodingStatus::Encoded(claimed) = &paragraph.status else {
            if let Some(rule) = citing.get(&(resolution.symbol.as_str(), paragraph.op.as_str())) {
                let message = format!("this paragraph is said not to be encodable, and the rule `{}` rests on it", rule.id);
                problems
                    .push(Diagnostic::new(Code::RegisterDisagrees, paragraph.span, message).help("leave `not_encodable` out"));
            }
            continue;
        };
        for id in claimed {
            let rule = by_id.get(id.as_str()).copied();
            let cites = rule.is_some_and(cites_it);
            // A rule with a mistake could not be read, so it is not known what it cites.
            let unread = rule.is_none() && rule_ids.contains(&id.as_str());
            if !cites && !unread {
                let place = format!("{} para {}", resolution.symbol, paragraph.op);
                let message = format!("the register says that `{id}` encodes {place}, and no such rule cites it");
                problems.push(Diagnostic::new(Code::RegisterDisagrees, paragraph.span, message));
            }
        }
    }
}
