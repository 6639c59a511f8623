//! Everything that a condition can refer to by name.

use std::collections::HashMap;

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node, did_you_mean};
use crate::facts::Table;

use super::{DefinitionId, DesignationListId, GoodsCatalogue, QuotaId, Vocabulary};

/// The names in force while conditions are read.
#[derive(Debug)]
pub struct SymbolTable<'a> {
    /// Terms, countries, units.
    pub vocabulary: &'a Vocabulary,
    /// Lists of goods.
    pub goods: &'a GoodsCatalogue,
    /// Definitions, each with the table of the record it speaks of.
    pub definitions: HashMap<String, (DefinitionId, &'static Table)>,
    /// Quotas.
    pub quotas: HashMap<String, QuotaId>,
    /// Lists of designated persons.
    pub lists: HashMap<String, DesignationListId>,
}

/// So many known names are listed where none is close to what was written.
const FEW: usize = 8;

/// Reports that a name is not known, with the closest that is.
pub(super) fn unknown_name<'a>(
    code: Code,
    node: &Node,
    word: &str,
    what: &str,
    known: impl IntoIterator<Item = &'a str>,
    problems: &mut Diagnostics,
) {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    let near = did_you_mean(word, known.iter().copied());
    let help = near.or_else(|| (1..=FEW).contains(&known.len()).then(|| format!("one of: {}", known.join(", "))));
    problems.push(Diagnostic::new(code, node.span, format!("`{word}` is no {what}")).maybe_help(help));
}

/// The id of a part of the rulebook, its form checked.
pub(super) fn read_id(map: &Mapping<'_>, problems: &mut Diagnostics) -> Option<String> {
    let id = map.require_text("id", problems)?;
    check_id(map.get("id").unwrap_or(map.node()), id, problems);
    Some(id.to_owned())
}

/// Checks the form of an id: lower-case words with hyphens.
pub(super) fn check_id(node: &Node, id: &str, problems: &mut Diagnostics) {
    let well_formed = !id.is_empty()
        && id.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    if !well_formed {
        problems.push(
            Diagnostic::new(Code::IdForm, node.span, format!("`{id}` is no id"))
                .help("an id is lower-case words with hyphens, such as `dprk-coal`"),
        );
    }
}
