//! The facts that make one list of designated persons differ from another: listings, and links to parties, who have their own.
//!
//! Where a transaction reports none of them, every list leaves it equally open whether anybody is on it, or tells equally that
//! nobody is. Conditions that differ only in the list that they ask for then have the same truth, and one of them is
//! evaluated for all ([`ConditionNode::without_list`](super::condition_graph::ConditionNode::without_list)): each regime freezes
//! the assets of those on its own list, by the same words.

use crate::facts::{FactValue, FieldRole, Record, Table, Transaction};

use super::path_tree::{Branch, PathTree};

/// The paths from a transaction to listings and links.
#[derive(Debug)]
pub(super) struct ToldListings(PathTree<()>);

impl ToldListings {
    pub(super) fn new() -> Self {
        let mut tree = PathTree::default();
        add_table(Transaction::TABLE, &mut Vec::new(), &mut tree);
        Self(tree)
    }

    /// True if a transaction reports no listing and no link.
    pub(super) fn are_none_in(&self, transaction: &Transaction) -> bool {
        are_none_in(&self.0, transaction)
    }
}

fn add_table(table: &'static Table, path: &mut Vec<usize>, tree: &mut PathTree<()>) {
    for (row, field) in table.fields.iter().enumerate() {
        path.push(row);
        let is_told = |role: &FieldRole| *role == FieldRole::Listings || FieldRole::LINKS.contains(role);
        if field.roles.iter().any(is_told) {
            tree.update(path, &mut |()| {});
        }
        if let Some(inner) = field.kind.record_table() {
            add_table(inner, path, tree);
        }
        path.pop();
    }
}

fn are_none_in(tree: &PathTree<()>, record: &dyn Record) -> bool {
    tree.branches.iter().all(|Branch { row, children, .. }| match record.value(*row) {
        FactValue::One(Some(Some(inner))) => are_none_in(children, inner),
        FactValue::Many(Some(list)) => (0..list.len()).filter_map(|i| list.record(i)).all(|record| are_none_in(children, record)),
        FactValue::Texts(Some(texts)) => texts.is_empty(),
        FactValue::Text(Some(_)) => false,
        _ => true,
    })
}
