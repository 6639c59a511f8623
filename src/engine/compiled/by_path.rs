//! What is known of the facts that conditions look at, by the way from the transaction to the fact.

/// Something for each of some paths: the rows from a record to a fact.
#[derive(Debug)]
pub(super) struct ByPath<T>(pub(super) Vec<Branch<T>>);

/// What is known of the fact in a row, and of the facts inside it.
#[derive(Debug)]
pub(super) struct Branch<T> {
    pub(super) row: usize,
    pub(super) of: T,
    pub(super) inside: ByPath<T>,
}

impl<T> Default for ByPath<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Default> ByPath<T> {
    /// Changes what is known at the end of a path, which is made if need be.
    pub(super) fn at(&mut self, path: &[usize], change: &mut dyn FnMut(&mut T)) {
        let Some((row, rest)) = path.split_first() else { return };
        let position = self.0.iter().position(|branch| branch.row == *row).unwrap_or_else(|| {
            self.0.push(Branch { row: *row, of: T::default(), inside: Self::default() });
            self.0.len() - 1
        });
        match self.0.get_mut(position) {
            Some(branch) if rest.is_empty() => change(&mut branch.of),
            Some(branch) => branch.inside.at(rest, change),
            None => {}
        }
    }
}
