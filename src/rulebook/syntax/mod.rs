//! The rule language: how YAML becomes law, one file for each kind of element.
//!
//! Readers report mistakes and read on; they return `None` only if nothing useful is left. Names are looked up in a
//! [`SymbolTable`], which is filled first.

mod absent_lists;
mod condition;
mod cross_references;
mod date;
mod definition;
mod drafting;
mod evidence;
mod exception;
mod goods;
mod in_force;
mod lexicon;
mod matcher;
mod party_condition;
mod quota;
mod regime;
mod regime_words;
mod register;
mod rule;
mod scope;
mod silence;
mod symbols;
mod test_case;
mod versions;
mod vocabulary;

use std::collections::HashSet;
use std::hash::Hash;

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node, Span, did_you_mean};

pub(super) use absent_lists::check_absent_lists;
pub(super) use cross_references::{check_expected_regimes, check_references, check_unique};
pub(super) use definition::{check_definition_circles, declare_definition, find_regime_dependence};
pub(super) use exception::SharedExceptions;
pub(super) use regime::read_designation_lists;
pub(super) use regime_words::{Binding, RegimeWords};
pub(super) use rule::RuleContext;
pub(super) use symbols::{DeclaredDefinition, DefinitionTable, SymbolTable};

/// Reads conditions and what contains them from one file.
pub(super) struct RuleReader<'a> {
    /// The names that conditions can use.
    pub(super) symbols: &'a SymbolTable<'a>,
    /// Receives every mistake.
    pub(super) problems: &'a mut Diagnostics,
    /// The text of the file, to show conditions as they are written.
    pub(super) text: &'a str,
    /// The regime whose words conditions use.
    pub(super) binding: Binding,
    /// In a part that regimes share, the place outside all of them from which it is used.
    pub(super) used_at: Option<Span>,
}

/// The most known names that a message lists where none is close to what was written.
const MAX_LISTED: usize = 8;

/// Reports that `word` is not a known `what`, with the closest known name as help, or all of them if they are few.
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
    let help = near.or_else(|| (1..=MAX_LISTED).contains(&known.len()).then(|| format!("one of: {}", known.join(", "))));
    problems.push(Diagnostic::new(code, node.span, format!("`{word}` is no {what}")).maybe_help(help));
}

/// The `id` of a part of the rulebook. One that is missing or not well formed is reported.
pub(super) fn read_id(map: &Mapping<'_>, problems: &mut Diagnostics) -> Option<String> {
    let id = map.require_text("id", problems)?;
    check_id(map.get("id").unwrap_or(map.node()), id, problems);
    Some(id.to_owned())
}

/// Reports an id that is not lower-case words with hyphens.
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

/// True if following `next` from `start` leads back to `start`.
fn is_on_a_circle<T: Copy + Eq + Hash, I: IntoIterator<Item = T>>(start: T, next: impl Fn(T) -> I) -> bool {
    let mut seen = HashSet::new();
    let mut open: Vec<T> = next(start).into_iter().collect();
    while let Some(node) = open.pop() {
        if node == start {
            return true;
        }
        if seen.insert(node) {
            open.extend(next(node));
        }
    }
    false
}
