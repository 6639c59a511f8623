//! What is known of the facts that conditions look at, by the way from the transaction to the fact.

use crate::facts::FieldSet;

/// Something for each of some paths: the rows from a record to a fact.
#[derive(Debug)]
pub(super) struct PathTree<T> {
    pub(super) branches: Vec<Branch<T>>,
    /// The place of each row's branch, counted from 1; 0 is no branch.
    places: Vec<u8>,
    /// The rows that have one.
    rows: FieldSet,
}

/// What is known of the fact in a row, and of the facts inside it.
#[derive(Debug)]
pub(super) struct Branch<T> {
    pub(super) row: usize,
    pub(super) of: T,
    pub(super) inside: PathTree<T>,
}

impl<T> Default for PathTree<T> {
    fn default() -> Self {
        Self { branches: Vec::new(), places: Vec::new(), rows: FieldSet::default() }
    }
}

impl<T> PathTree<T> {
    /// What is known of the fact in a row, if anything is.
    pub(super) fn get(&self, row: usize) -> Option<&Branch<T>> {
        self.branches.get(self.place(row)?)
    }

    fn place(&self, row: usize) -> Option<usize> {
        usize::from(*self.places.get(row)?).checked_sub(1)
    }

    /// The rows of the facts of which something is known, or of facts inside them.
    pub(super) fn rows(&self) -> FieldSet {
        self.rows
    }

    /// True if nothing is known of any fact.
    pub(super) fn is_empty(&self) -> bool {
        self.branches.is_empty()
    }
}

impl<T: Default> PathTree<T> {
    /// Changes what is known at the end of a path, which is made if need be.
    pub(super) fn at(&mut self, path: &[usize], change: &mut dyn FnMut(&mut T)) {
        let Some((row, rest)) = path.split_first() else { return };
        let place = self.place(*row).unwrap_or_else(|| {
            self.branches.push(Branch { row: *row, of: T::default(), inside: Self::default() });
            self.rows = self.rows.and(FieldSet::only(*row));
            self.places.resize(self.places.len().max(row + 1), 0);
            // No record has so many rows that a branch's place would not fit.
            let number = u8::try_from(self.branches.len()).unwrap_or(0);
            self.places.get_mut(*row).into_iter().for_each(|place| *place = number);
            self.branches.len() - 1
        });
        match self.branches.get_mut(place) {
            Some(branch) if rest.is_empty() => change(&mut branch.of),
            Some(branch) => branch.inside.at(rest, change),
            None => {}
        }
    }
}
