//! How exceptions are written: from YAML to [`Exception`].

use crate::document::{Code, Diagnostics, Mapping, Node};
use crate::rulebook::law::{Burden, Decider, Exception, InForce, Register};

use super::RuleReader;
use super::scope::RecordScope;
use super::{read_id, unknown_name};

/// The keys of an exception.
const KEYS: &[&str] = &["id", "title", "authority", "decided_by", "burden", "in_force", "when", "remarks", "confidence"];

impl Exception {
    pub(in crate::rulebook) fn read(node: &Node, register: &Register, reader: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(node, "an exception", KEYS, reader.problems)?;
        let id = read_id(&map, reader.problems);
        let title = map.require_text("title", reader.problems).unwrap_or_default().to_owned();
        let authority = register.citations(&map, reader.problems);
        map.require("decided_by", reader.problems);
        let decided_by = match map.one_of("decided_by", &Decider::WORDS, reader.problems) {
            Some(0) => Decider::Committee,
            Some(1) => Decider::StateWithNotice,
            Some(2) => Decider::State,
            _ => Decider::Nature,
        };
        let burden = match map.one_of("burden", &["shown", "excluded"], reader.problems) {
            Some(1) => Burden::Excluded,
            _ => Burden::Shown,
        };
        let in_force = InForce::read(map.get("in_force"), register, reader.problems);
        let when = map.require("when", reader.problems).and_then(|n| reader.condition(n, RecordScope::TRANSACTION));
        let (id, when) = (id?, when?);
        Some(Self { id, title, authority, decided_by, burden, in_force, when, span: node.span })
    }
}

/// Reads what is under `except`: exceptions written in place, and `use: id` for one of the shared ones.
pub(super) fn read_exceptions(
    node: Option<&Node>,
    shared: &[Exception],
    register: &Register,
    reader: &mut RuleReader<'_>,
) -> Vec<Exception> {
    let mut found: Vec<Exception> = Vec::new();
    for element in node.map(Node::one_or_many).unwrap_or_default() {
        let exception = match element.get("use") {
            Some(used) => shared_by_name(element, used, shared, reader.problems),
            None => Exception::read(element, register, reader),
        };
        found.extend(exception);
    }
    found
}

fn shared_by_name(element: &Node, used: &Node, shared: &[Exception], problems: &mut Diagnostics) -> Option<Exception> {
    Mapping::read(element, "an exception that uses a shared one", &["use"], problems);
    let word = used.text().unwrap_or_default();
    let exception = shared.iter().find(|e| e.id == word);
    if exception.is_none() {
        unknown_name(Code::UnknownReference, used, word, "exemption", shared.iter().map(|e| e.id.as_str()), problems);
    }
    exception.cloned()
}
