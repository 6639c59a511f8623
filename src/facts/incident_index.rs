//! An index of an incident: parties by the names that they bear, transactions by id and by those that relate to them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use compact_str::CompactString;
use smallvec::SmallVec;

use super::{FieldRole, Transaction};

/// Finds the parties and transactions of one incident that others of it refer to by name.
#[derive(Debug, Default)]
pub struct IncidentIndex {
    /// The positions of transaction and party, by each folded name and alias of the party.
    parties: HashMap<String, Vec<(usize, usize)>>,
    /// The positions of transactions by their ids.
    transactions: HashMap<CompactString, usize>,
    /// The positions of the transactions, and of their relations, that relate to a transaction.
    relating: HashMap<usize, Vec<(usize, usize)>>,
    /// What is reached from names, as far as it was asked.
    reached: Mutex<HashMap<LinkNames, Arc<LinkedParties>>>,
}

/// So many lists of linked parties are kept, a few kilobytes each at most.
const MOST_KEPT: usize = 8192;

/// The names from which links are followed in a transaction, and by what a record is linked to them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LinkNames {
    /// The position of the transaction.
    pub transaction: usize,
    /// What the record that has the names is to those who bear them.
    pub role: FieldRole,
    /// The names.
    pub names: SmallVec<[CompactString; 1]>,
}

/// The parties to which names lead, the nearest first.
#[derive(Debug, Default)]
pub struct LinkedParties {
    /// The facts that name parties, each after the one that leads to it.
    pub steps: Vec<LinkStep>,
    /// Each party that is reached, and the position of the step that names it.
    pub ends: Vec<(LinkTarget, usize)>,
}

/// A fact that names a party.
#[derive(Debug, Clone, Copy)]
pub struct LinkStep {
    /// The transaction and position of the party that has the fact; `None` for the record from which the links are followed.
    pub of: Option<(usize, usize)>,
    /// What the record that has the fact is to the party.
    pub role: FieldRole,
    /// The position of the name in the fact.
    pub name: usize,
    /// The position of the step that leads to the record.
    pub before: Option<usize>,
}

/// What a name leads to.
#[derive(Debug, Clone, Copy)]
pub enum LinkTarget {
    /// A party, by the position of its transaction and its own.
    Party(usize, usize),
    /// Nobody in the incident.
    Name,
    /// More parties than are followed.
    TooMany,
}

impl IncidentIndex {
    /// Indexes the transactions of the incident `id`.
    pub(super) fn new(id: &str, transactions: &[Transaction]) -> Self {
        let mut index = Self::default();
        for (position, transaction) in transactions.iter().enumerate() {
            for (party_position, party) in transaction.parties.known().iter().enumerate() {
                for name in party.folded_names() {
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

    /// The parties to which names lead; `find` looks for them if this was not asked before.
    pub fn linked_parties(&self, from: LinkNames, find: impl FnOnce() -> LinkedParties) -> Arc<LinkedParties> {
        let lock = || self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&from) {
            return Arc::clone(known);
        }
        let found = Arc::new(find());
        let mut kept = lock();
        if kept.len() < MOST_KEPT {
            kept.insert(from, Arc::clone(&found));
        }
        found
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
