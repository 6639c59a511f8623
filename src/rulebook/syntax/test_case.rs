//! How tests and equivalent mutants are written: from YAML to [`TestCase`] and [`EquivalentMutant`].

use std::collections::BTreeMap;

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node};
use crate::rulebook::{EquivalentMutant, RegimeId, TestCase, TestInput};

use super::date::read_day;

impl TestCase {
    pub(in crate::rulebook) fn read(node: &Node, regime: Option<RegimeId>, problems: &mut Diagnostics) -> Option<Self> {
        const KEYS: &[&str] = &["name", "regime", "given", "incident", "expect", "expect_also", "duties", "known_on", "why"];
        let map = Mapping::read(node, "a test", KEYS, problems)?;
        let name = map.require_text("name", problems).map(str::to_owned);
        let given = match (map.get("given"), map.get("incident")) {
            (Some(given), None) => Some(match given.get("like").and_then(Node::text) {
                Some(like) => TestInput::Like(like.to_owned(), given.clone()),
                None => TestInput::Transaction(given.clone()),
            }),
            (None, Some(incident)) => Some(TestInput::Incident(incident.clone())),
            _ => {
                problems.push(Diagnostic::new(Code::TestInput, node.span, "a test needs one of `given` and `incident`"));
                None
            }
        };
        map.require("expect", problems);
        let expect = read_verdicts(&map, "expect", problems);
        let expect_also = read_verdicts(&map, "expect_also", problems);
        let duties = map.get("duties").map(|_| map.texts("duties", problems).into_iter().map(|(_, t)| t.to_owned()).collect());
        let known_on = map.get("known_on").and_then(|n| read_day(n, "`known_on`", problems));
        Some(Self { name: name?, given: given?, regime, expect, expect_also, duties, known_on, span: node.span })
    }
}

/// Reads the verdicts expected of rules, by the ids of these.
fn read_verdicts(map: &Mapping<'_>, key: &str, problems: &mut Diagnostics) -> BTreeMap<String, String> {
    let mut verdicts = BTreeMap::new();
    let expected = "a mapping of rules to verdicts, `{}` for no finding";
    for entry in map.get(key).map(|n| problems.entries_of(n, &format!("`{key}`"), expected)).unwrap_or_default() {
        if let Some(verdict) = entry.value.text() {
            verdicts.insert(entry.key.text.to_string(), verdict.to_owned());
        } else {
            problems.wrong_shape(&entry.value, &format!("the verdict of `{}`", entry.key.text), "a word");
        }
    }
    verdicts
}

impl EquivalentMutant {
    pub(in crate::rulebook) fn read(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(node, "an equivalent mutant", &["of", "mutant", "because"], problems)?;
        let mut text = |key| map.require_text(key, problems).map(str::to_owned);
        Some(Self { owner: text("of")?, mutant: text("mutant")?, reason: text("because")? })
    }
}
