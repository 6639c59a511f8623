//! How silences are written: from `silent_because:` of a rule to [`SilentBecause`].

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node};
use crate::rulebook::law::{Forgetting, SilenceScope, SilentBecause};

/// Reads the silences of a rule, one or a list of them.
pub(super) fn read_silences(node: Option<&Node>, problems: &mut Diagnostics) -> Vec<SilentBecause> {
    let nodes = node.map(Node::one_or_many).unwrap_or_default();
    nodes.iter().filter_map(|node| SilentBecause::read(node, problems)).collect()
}

impl SilentBecause {
    fn read(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(node, "a silence", &["when", "reason"], problems)?;
        let reason = map.require_text("reason", problems).map(str::trim).unwrap_or_default().to_owned();
        let when = map.require_text("when", problems)?;
        let at = map.get("when").unwrap_or(node).span;
        let scope = SilenceScope::parse(when);
        if scope.is_none() {
            let kinds: Vec<&str> = Forgetting::ALL.map(Forgetting::word).to_vec();
            let message = format!("`{when}` is neither a fact nor a kind of forgetting");
            let help = format!("a fact as conditions name it, such as `party.role`, or one of: {}", kinds.join(", "));
            problems.push(Diagnostic::new(Code::SilenceScope, at, message).help(help));
        }
        if reason.is_empty() && map.get("reason").is_some_and(|n| n.text().is_some()) {
            let message = "a silence needs a reason from the paragraph";
            problems
                .push(Diagnostic::new(Code::SilenceWithoutReason, node.span, message).help("say what the paragraph requires"));
        }
        Some(Self { when: scope?, reason })
    }
}
