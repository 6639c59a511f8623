//! An index of an incident: parties by the names that they bear, transactions by id and by those that relate to them.

use std::collections::HashMap;

use compact_str::CompactString;

use super::{Transaction, fold};

/// Finds the parties and transactions of one incident that others of it refer to by name.
#[derive(Debug, Default)]
pub struct IncidentIndex {
    /// The positions of transaction and party, by each folded name and alias of the party.
    parties: HashMap<String, Vec<(usize, usize)>>,
    /// The positions of transactions by their ids.
    transactions: HashMap<CompactString, usize>,
    /// The positions of the transactions, and of their relations, that relate to a transaction.
    relating: HashMap<usize, Vec<(usize, usize)>>,
}

impl IncidentIndex {
    /// Indexes the transactions of the incident `id`.
    pub(super) fn new(id: &str, transactions: &[Transaction]) -> Self {
        let mut index = Self::default();
        for (position, transaction) in transactions.iter().enumerate() {
            for (party_position, party) in transaction.parties.known().iter().enumerate() {
                let names = party.name.iter().chain(party.aliases.as_deref().unwrap_or_default());
                for name in names.map(|name| fold(name)).filter(|name| !name.is_empty()) {
                    let bearers = index.parties.entry(name).or_default();
                    // A party whose name and alias are alike is one bearer.
                    if bearers.last() != Some(&(position, party_position)) {
                        bearers.push((position, party_position));
                    }
                }
            }
            if let Some(id) = &transaction.id {
                index.transactions.entry(id.clone()).or_insert(position);
            }
        }
        for (position, transaction) in transactions.iter().enumerate() {
            for (number, relation) in transaction.relates_to.known().iter().enumerate() {
                let related = relation.transaction.as_deref().and_then(|name| index.transaction(id, name));
                if let Some(related) = related.filter(|related| *related != position) {
                    index.relating.entry(related).or_default().push((position, number));
                }
            }
        }
        index
    }

    /// The positions of transaction and party of everyone who bears a folded name.
    pub fn parties(&self, folded_name: &str) -> &[(usize, usize)] {
        self.parties.get(folded_name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The position of the transaction that a relation names: `transaction`, or `incident/transaction` of the incident `id`.
    pub fn transaction(&self, id: &str, name: &str) -> Option<usize> {
        let of_this = || name.strip_prefix(id)?.strip_prefix('/');
        self.transactions.get(name).or_else(|| self.transactions.get(of_this()?)).copied()
    }

    /// The positions of the transactions that relate to the one at a position, each with that of its relation.
    pub fn relating(&self, position: usize) -> &[(usize, usize)] {
        self.relating.get(&position).map(Vec::as_slice).unwrap_or_default()
    }
}
