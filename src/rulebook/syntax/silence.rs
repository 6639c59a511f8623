//! How silences are written: from `silent_because:` of a rule to [`SilentBecause`].

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node};
use crate::rulebook::law::{Forgetting, SilenceScope, SilentBecause};

/// Reads the silences of a rule, one or a list of them. An entry whose `when` is a list stands for one of each.
pub(super) fn read_silences(node: Option<&Node>, problems: &mut Diagnostics) -> Vec<SilentBecause> {
    let nodes = node.map(Node::one_or_many).unwrap_or_default();
    nodes.iter().flat_map(|node| read_entry(node, problems)).collect()
}

fn read_entry(node: &Node, problems: &mut Diagnostics) -> Vec<SilentBecause> {
    let Some(map) = Mapping::read(node, "a silence", &["when", "reason"], problems) else { return Vec::new() };
    map.require("reason", problems);
    let reason = map.text("reason", problems).map(str::trim).unwrap_or_default().to_owned();
    if reason.is_empty() && map.get("reason").is_some_and(|n| n.text().is_some()) {
        let message = "a silence needs a reason from the paragraph";
        problems.push(Diagnostic::new(Code::SilenceWithoutReason, node.span, message).help("say what the paragraph requires"));
    }
    let Some(scopes) = map.require("when", problems) else { return Vec::new() };
    let scopes = scopes.one_or_many().iter().filter_map(|scope| read_scope(scope, problems));
    scopes.map(|when| SilentBecause { when, reason: reason.clone() }).collect()
}

fn read_scope(node: &Node, problems: &mut Diagnostics) -> Option<SilenceScope> {
    let Some(when) = node.text() else {
        problems.wrong_shape(node, "`when`", "a text or a list of texts");
        return None;
    };
    let scope = SilenceScope::parse(when);
    if scope.is_none() {
        let kinds: Vec<&str> = Forgetting::ALL.map(Forgetting::word).to_vec();
        let message = format!("`{when}` is neither a fact nor a kind of forgetting");
        let help = format!("a fact as conditions name it, such as `party.role`, or one of: {}", kinds.join(", "));
        problems.push(Diagnostic::new(Code::SilenceScope, node.span, message).help(help));
    }
    scope
}
