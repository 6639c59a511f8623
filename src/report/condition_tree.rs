//! Conditions as indented lines, with definitions unfolded.

use crate::rulebook::{Condition, ConditionKind, DefinitionId, Rulebook};

use super::wrap::wrapped;

/// Writes conditions of one page. Each definition is unfolded where it first occurs on the page.
pub(super) struct ConditionTree<'a> {
    rulebook: &'a Rulebook,
    unfolded: Vec<DefinitionId>,
    as_written: bool,
}

impl<'a> ConditionTree<'a> {
    /// A page on which no definition occurred yet.
    pub(super) fn new(rulebook: &'a Rulebook) -> Self {
        Self { rulebook, unfolded: Vec::new(), as_written: false }
    }

    /// A page of a part that regimes share, with the words for what is another in each.
    pub(super) fn as_written(rulebook: &'a Rulebook) -> Self {
        Self { as_written: true, ..Self::new(rulebook) }
    }

    /// Writes a condition and all below it, a line each, indented by two blanks for each level of `depth`.
    pub(super) fn write(&mut self, out: &mut String, condition: &Condition, depth: usize) {
        // Nothing is written beyond the right edge, however deep it stands.
        let indent = "  ".repeat(depth.min(20));
        let text = if self.as_written { condition.written() } else { &condition.text };
        wrapped(out, &indent, &format!("{indent}  "), text);
        match &condition.kind {
            ConditionKind::All(all) | ConditionKind::Any(all) => all.iter().for_each(|of| self.write(out, of, depth + 1)),
            ConditionKind::Not(of)
            | ConditionKind::Shown(of)
            | ConditionKind::SomeSource(of)
            | ConditionKind::Some { of, .. }
            | ConditionKind::Linked { of, .. }
            | ConditionKind::Concerns(of) => self.write(out, of, depth + 1),
            ConditionKind::Inside { of, .. } if !matches!(of.kind, ConditionKind::Fact { .. }) => self.write(out, of, depth + 1),
            ConditionKind::Is(id) => self.definition(out, *id, &indent, depth),
            _ => {}
        }
    }

    fn definition(&mut self, out: &mut String, id: DefinitionId, indent: &str, depth: usize) {
        let Some(definition) = self.rulebook.definition(id) else { return };
        let is_new = !self.unfolded.contains(&id);
        let remark = if is_new { "" } else { "; as above" };
        wrapped(out, &format!("{indent}  ("), &format!("{indent}  "), &format!("{}{remark})", definition.title));
        if is_new {
            self.unfolded.push(id);
            self.write(out, &definition.when, depth + 1);
        }
    }
}
