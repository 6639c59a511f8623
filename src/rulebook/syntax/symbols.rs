//! The symbol table: everything that conditions refer to by name.

use std::collections::HashMap;

use crate::facts::Table;
use crate::rulebook::Vocabulary;
use crate::rulebook::law::{DefinitionId, DesignationListId, GoodsCatalogue, QuotaId};

/// The elements that conditions refer to by name. The table is complete before the first condition is read, so that the order
/// of files does not matter.
pub(in crate::rulebook) struct SymbolTable<'a> {
    pub(in crate::rulebook) vocabulary: &'a Vocabulary,
    pub(in crate::rulebook) goods: &'a GoodsCatalogue,
    /// The definitions, each with the table of the record that it is a condition on.
    pub(in crate::rulebook) definitions: HashMap<String, (DefinitionId, &'static Table)>,
    pub(in crate::rulebook) quotas: HashMap<String, QuotaId>,
    pub(in crate::rulebook) lists: HashMap<String, DesignationListId>,
}
