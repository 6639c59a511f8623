//! Exceptions: what takes a transaction out of a rule that reaches it.

use crate::document::{Code, Diagnostics, Mapping, Node, Span};

use super::condition_syntax::{RecordScope, RuleReader};
use super::names::read_id;
use super::{Citation, Condition, InForce, Register};

/// Who decides that an exception applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decider {
    /// The Committee, in advance.
    Committee,
    /// A State, which tells the Committee.
    StateWithNotice,
    /// A State.
    State,
    /// Nobody: it follows from what the thing is.
    Nature,
}

/// Who must show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Burden {
    /// It counts only if the facts show it.
    Shown,
    /// The finding stands only once the facts exclude it.
    Excluded,
}

/// One exception of a rule.
#[derive(Debug, Clone)]
pub struct Exception {
    /// Its id.
    pub id: String,
    /// What it allows, in words.
    pub title: String,
    /// The paragraphs that make it.
    pub authority: Vec<Citation>,
    /// Who decides.
    pub decided_by: Decider,
    /// Who must show it.
    pub burden: Burden,
    /// When it was available.
    pub in_force: InForce,
    /// What must hold.
    pub when: Condition,
    /// Where it stands.
    pub span: Span,
}

impl Decider {
    const WORDS: [&'static str; 4] = ["committee", "state-with-notice", "state", "nature"];

    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Decider::Committee => "committee",
            Decider::StateWithNotice => "state-with-notice",
            Decider::State => "state",
            Decider::Nature => "nature",
        }
    }

    /// In a sentence: "decided by ...".
    pub fn in_words(self) -> &'static str {
        match self {
            Decider::Committee => "the Committee decides, in advance",
            Decider::StateWithNotice => "the State decides and tells the Committee",
            Decider::State => "the State decides",
            Decider::Nature => "by the nature of the thing",
        }
    }
}

/// What `except` and `exemptions` hold.
pub(super) const KEYS: &[&str] =
    &["id", "title", "authority", "decided_by", "burden", "in_force", "when", "remarks", "confidence"];

impl Exception {
    pub(super) fn read(node: &Node, register: &Register, syntax: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(node, "an exception", KEYS, syntax.problems)?;
        let id = read_id(&map, syntax.problems);
        let title = map.require_text("title", syntax.problems).unwrap_or_default().to_owned();
        let authority = register.citations(&map, syntax.problems);
        map.require("decided_by", syntax.problems);
        let decided_by = match map.one_of("decided_by", &Decider::WORDS, syntax.problems) {
            Some(0) => Decider::Committee,
            Some(1) => Decider::StateWithNotice,
            Some(2) => Decider::State,
            _ => Decider::Nature,
        };
        let burden = match map.one_of("burden", &["shown", "excluded"], syntax.problems) {
            Some(1) => Burden::Excluded,
            _ => Burden::Shown,
        };
        let in_force = InForce::read(map.get("in_force"), syntax.problems);
        let when = map.require("when", syntax.problems).and_then(|n| syntax.condition(n, RecordScope::TRANSACTION));
        let (id, when) = (id?, when?);
        Some(Self { id, title, authority, decided_by, burden, in_force, when, span: node.span })
    }
}

/// Reads `except:`: exceptions of the rule's own, and `use: id` for shared ones.
pub(super) fn read_list(
    node: Option<&Node>,
    shared: &[Exception],
    register: &Register,
    syntax: &mut RuleReader<'_>,
) -> Vec<Exception> {
    let mut found: Vec<Exception> = Vec::new();
    for element in node.map(Node::one_or_many).unwrap_or_default() {
        let exception = match element.get("use") {
            Some(used) => shared_by_name(element, used, shared, syntax.problems),
            None => Exception::read(element, register, syntax),
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
        super::names::unknown_name(
            Code::UnknownReference,
            used,
            word,
            "exemption",
            shared.iter().map(|e| e.id.as_str()),
            problems,
        );
    }
    exception.cloned()
}
