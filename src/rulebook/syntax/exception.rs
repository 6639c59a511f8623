//! How exceptions are written: from YAML to [`Exception`].

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node};
use crate::rulebook::law::{Burden, Decider, Exception, InForce, Raising, Register};

use super::RuleReader;
use super::scope::RecordScope;
use super::{read_id, unknown_name};

/// The keys of an exception.
const KEYS: &[&str] =
    &["id", "title", "authority", "decided_by", "burden", "raised_by", "in_force", "when", "remarks", "confidence"];

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
            Some(0) => Burden::Shown,
            Some(_) => Burden::Excluded,
            None => Burden::of_decider(decided_by),
        };
        let raising = map.get("raised_by").and_then(|n| Raising::read(n, burden, reader)).unwrap_or(Raising::ByReport);
        let in_force = InForce::read(map.get("in_force"), register, reader.problems);
        let when = map.require("when", reader.problems).and_then(|n| reader.condition(n, RecordScope::TRANSACTION));
        let (id, when) = (id?, when?);
        Some(Self { id, title, authority, decided_by, burden, raising, in_force, when, span: node.span })
    }
}

impl Raising {
    /// Reads `raised_by`: `always`, `report`, or a condition.
    fn read(node: &Node, burden: Burden, reader: &mut RuleReader<'_>) -> Option<Self> {
        if burden == Burden::Shown {
            let message = "an exception that has to be shown is never raised";
            reader.problems.push(
                Diagnostic::new(Code::RaisedButShown, node.span, message)
                    .help("leave `raised_by` out, or write `burden: excluded`"),
            );
        }
        match node.text() {
            Some("always") => Some(Raising::Always),
            Some("report") => Some(Raising::ByReport),
            Some(word) => {
                unknown_name(Code::UnknownWord, node, word, "way to raise an exception", ["always", "report"], reader.problems);
                None
            }
            None => reader.condition(node, RecordScope::TRANSACTION).map(|when| Raising::By(Box::new(when))),
        }
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
