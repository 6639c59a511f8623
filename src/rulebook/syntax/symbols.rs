//! The symbol table: everything that conditions refer to by name.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::document::{Node, SourceMap, SourceText, Span};
use crate::facts::Table;
use crate::rulebook::Vocabulary;
use crate::rulebook::law::{DefinitionId, DesignationList, DesignationListId, GoodsCatalogue, QuotaId, RegimeId};

use super::exception::SharedExceptions;
use super::regime_words::{Binding, RegimeWords};

/// The elements that conditions refer to by name. The table is complete before the first condition is read, so that the order
/// of files does not matter.
pub(in crate::rulebook) struct SymbolTable<'a> {
    pub(in crate::rulebook) vocabulary: &'a Vocabulary,
    pub(in crate::rulebook) goods: &'a GoodsCatalogue,
    pub(in crate::rulebook) definitions: DefinitionTable<'a>,
    pub(in crate::rulebook) exemptions: SharedExceptions<'a>,
    pub(in crate::rulebook) quotas: HashMap<String, QuotaId>,
    pub(in crate::rulebook) lists: HashMap<String, DesignationListId>,
    pub(in crate::rulebook) designations: &'a [DesignationList],
    /// What each regime's own words stand for, by the number of its id.
    pub(in crate::rulebook) regimes: Vec<RegimeWords>,
    pub(in crate::rulebook) sources: &'a SourceMap,
}

impl SymbolTable<'_> {
    /// The words of the regime that a reader is bound to.
    pub(super) fn regime(&self, binding: Binding) -> Option<&RegimeWords> {
        let Binding::Of(RegimeId(number)) = binding else { return None };
        self.regimes.get(number)
    }

    /// The text of the file in which a node stands.
    pub(in crate::rulebook) fn text_of(&self, node: &Node) -> &str {
        self.sources.get(node.span.source).map_or("", SourceText::text)
    }
}

/// A definition as its file has it.
pub(in crate::rulebook) struct DeclaredDefinition<'a> {
    pub(in crate::rulebook) node: &'a Node,
    /// The table of the record that it is a condition on.
    pub(in crate::rulebook) table: &'static Table,
    /// The regime of its file; a definition without one is shared by all regimes.
    pub(in crate::rulebook) regime: Option<RegimeId>,
    /// True if it or a definition that it uses has a word that stands for something else in each regime.
    pub(in crate::rulebook) is_regime_dependent: bool,
}

/// A definition to be read for the rules of a regime.
#[derive(Clone, Copy)]
pub(in crate::rulebook) struct DefinitionInstance {
    /// Its number among the declared ones.
    pub(in crate::rulebook) declared: usize,
    pub(in crate::rulebook) binding: Binding,
    /// The place outside all shared parts from which it is used first; `None` if nothing uses it.
    pub(in crate::rulebook) used_at: Option<Span>,
}

/// The definitions of all files, and the regimes for which each is read. A shared one is read once for every regime that uses
/// it if its meaning depends on the regime, else once.
#[derive(Default)]
pub(in crate::rulebook) struct DefinitionTable<'a> {
    declared: Vec<DeclaredDefinition<'a>>,
    by_name: HashMap<String, usize>,
    instances: RefCell<Vec<DefinitionInstance>>,
    ids: RefCell<HashMap<(usize, Binding), DefinitionId>>,
}

impl<'a> DefinitionTable<'a> {
    /// Adds a definition; false if another has its name.
    pub(in crate::rulebook) fn declare(&mut self, id: String, definition: DeclaredDefinition<'a>) -> bool {
        let is_new = self.by_name.insert(id, self.declared.len()).is_none();
        self.declared.push(definition);
        is_new
    }

    pub(super) fn declared(&self) -> &[DeclaredDefinition<'a>] {
        &self.declared
    }

    pub(super) fn declared_mut(&mut self) -> &mut [DeclaredDefinition<'a>] {
        &mut self.declared
    }

    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// The definition of a name as it is read for a regime, and the table of the record that it is a condition on.
    pub(super) fn find(&self, name: &str, binding: Binding, used_at: Option<Span>) -> Option<(DefinitionId, &'static Table)> {
        let number = self.named(name)?;
        let table = self.declared.get(number)?.table;
        Some((self.instance(number, binding, used_at)?, table))
    }

    fn instance(&self, declared: usize, binding: Binding, used_at: Option<Span>) -> Option<DefinitionId> {
        let definition = self.declared.get(declared)?;
        let binding = match definition.regime {
            Some(own) => Binding::Of(own),
            None if definition.is_regime_dependent => binding,
            None => Binding::Unused,
        };
        let mut instances = self.instances.borrow_mut();
        let id = *self.ids.borrow_mut().entry((declared, binding)).or_insert_with(|| {
            instances.push(DefinitionInstance { declared, binding, used_at });
            DefinitionId::new(instances.len() - 1)
        });
        Some(id)
    }

    /// The definition that is to be read at a position, with how it is declared. Reading one can add others behind it. After the
    /// last one come those that nothing uses.
    pub(in crate::rulebook) fn to_read(&self, position: usize) -> Option<(DefinitionInstance, &DeclaredDefinition<'a>)> {
        let next = || self.instances.borrow().get(position).copied();
        let instance = next().or_else(|| {
            let used: Vec<usize> = self.instances.borrow().iter().map(|instance| instance.declared).collect();
            let unused = (0..self.declared.len()).find(|number| !used.contains(number))?;
            self.instance(unused, Binding::Unused, None)?;
            next()
        })?;
        Some((instance, self.declared.get(instance.declared)?))
    }
}
