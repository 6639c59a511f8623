//! Values attached to facts, addressed by the path of rows from the transaction to the fact.

use crate::facts::FieldSet;

/// A value for each of some paths. Walking a record and the tree together visits only facts that have one.
#[derive(Debug)]
pub(super) struct PathTree<T> {
    pub(super) branches: Vec<Branch<T>>,
    /// The position of each row's branch, counted from 1; 0 is no branch.
    positions: Vec<u8>,
    /// The rows that have a branch.
    fields: FieldSet,
}

/// The value of the fact in a row, and the tree of the record that the row holds.
#[derive(Debug)]
pub(super) struct Branch<T> {
    pub(super) row: usize,
    pub(super) value: T,
    pub(super) children: PathTree<T>,
}

impl<T> Default for PathTree<T> {
    fn default() -> Self {
        Self { branches: Vec::new(), positions: Vec::new(), fields: FieldSet::default() }
    }
}

impl<T> PathTree<T> {
    /// The branch of a row.
    pub(super) fn get(&self, row: usize) -> Option<&Branch<T>> {
        self.branches.get(self.position(row)?)
    }

    fn position(&self, row: usize) -> Option<usize> {
        usize::from(*self.positions.get(row)?).checked_sub(1)
    }

    /// The rows that have a branch.
    pub(super) fn fields(&self) -> FieldSet {
        self.fields
    }

    pub(super) fn is_empty(&self) -> bool {
        self.branches.is_empty()
    }
}

impl<T: Default> PathTree<T> {
    /// Changes the value at the end of a path, adding branches with default values where the path has none. An empty path
    /// changes nothing.
    pub(super) fn update(&mut self, path: &[usize], change: &mut dyn FnMut(&mut T)) {
        let Some((row, rest)) = path.split_first() else { return };
        let position = self.position(*row).unwrap_or_else(|| {
            self.branches.push(Branch { row: *row, value: T::default(), children: Self::default() });
            self.fields = self.fields.and(FieldSet::only(*row));
            self.positions.resize(self.positions.len().max(row + 1), 0);
            // A record has at most 64 rows.
            let number = u8::try_from(self.branches.len()).unwrap_or(0);
            self.positions.get_mut(*row).into_iter().for_each(|position| *position = number);
            self.branches.len() - 1
        });
        match self.branches.get_mut(position) {
            Some(branch) if rest.is_empty() => change(&mut branch.value),
            Some(branch) => branch.children.update(rest, change),
            None => {}
        }
    }
}
