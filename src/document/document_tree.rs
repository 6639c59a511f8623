//! The tree of a document that is kept for a whole run.
//!
//! A tree takes some five times the memory of its text, and a run may hold many thousands. So it is [packed](encode) once it was
//! read, which takes less than its text, and unpacked while places and digests are asked for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::source::SharedText;
use super::{Node, SourceId, SourceText, decode, encode};

/// The tree of a document, whole or packed.
#[derive(Debug)]
pub struct DocumentTree {
    source: SourceId,
    packed: Option<Packed>,
    /// The tree; `None` while it is only packed.
    whole: Mutex<Option<Arc<Node>>>,
}

#[derive(Debug)]
struct Packed {
    text: SharedText,
    encoded: Box<[u8]>,
}

impl DocumentTree {
    /// A tree that stays whole.
    pub fn new(root: Node) -> Self {
        Self { source: root.span.source, packed: None, whole: Mutex::new(Some(Arc::new(root))) }
    }

    /// The source of the tree.
    pub fn source(&self) -> SourceId {
        self.source
    }

    /// The tree. One that was packed stays unpacked until it is [put away](Self::put_away). It is `None` only of bytes that are no
    /// packed tree.
    pub fn root(&self) -> Option<Arc<Node>> {
        let mut whole = self.lock();
        if whole.is_none() {
            let packed = self.packed.as_ref()?;
            *whole = decode(&packed.encoded, self.source, &packed.text).map(Arc::new);
        }
        whole.clone()
    }

    /// Packs the tree. `source` has the text that it was read from.
    pub fn pack(&mut self, source: &SourceText) {
        let Some(root) = self.root() else { return };
        let encoded = encode(&root, source.text()).into_boxed_slice();
        self.packed = Some(Packed { text: source.shared(), encoded });
        self.put_away();
    }

    /// Keeps no more of the tree than its packed form, if it has one.
    pub fn put_away(&self) {
        if self.packed.is_some() {
            *self.lock() = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Arc<Node>>> {
        self.whole.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::DocumentTree;
    use crate::document::{Diagnostics, SourceMap, SourceText, read_yaml};

    #[test]
    fn a_tree_that_was_packed_is_the_same() {
        let mut sources = SourceMap::default();
        let id = sources.add(SourceText::new("a.yaml", "a: [1, '2']\nb: {c: d}\n"));
        let source = sources.get(id).unwrap();
        let root = read_yaml(id, source, &mut Diagnostics::default()).unwrap();
        let mut tree = DocumentTree::new(root.clone());
        tree.put_away();
        assert_eq!(tree.root().as_deref(), Some(&root), "it is nowhere else");
        tree.pack(source);
        assert!(tree.whole.lock().unwrap().is_none());
        assert_eq!(tree.root().as_deref(), Some(&root));
        tree.put_away();
        assert_eq!(tree.root().as_deref(), Some(&root));
    }
}
