//! The tree of a row: facts put at the ends of paths, with the mappings and lists that these lead through.

use crate::document::{Content, Entry, Key, Node, Scalar, Span};

use super::csv_columns::ColumnSegment;

/// A transaction or source as the tree that it would have in JSON.
#[derive(Debug)]
pub(super) struct RowTree {
    root: Node,
    /// The elements of its lists, with the labels of the columns that they come from.
    elements: Vec<(&'static str, String)>,
}

impl RowTree {
    pub(super) fn new(span: Span) -> Self {
        Self { root: empty_map(span), elements: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.root.entries().is_none_or(<[Entry]>::is_empty)
    }

    pub(super) fn into_node(self) -> Node {
        self.root
    }

    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.root.get(key)
    }

    /// Puts a value under a key of the record itself.
    pub(super) fn set(&mut self, key: &'static str, value: Node, span: Span) {
        if let Content::Map(entries) = &mut self.root.content {
            entries.push(Entry { key: Key { span, text: key.into() }, value });
        }
    }

    /// Puts a value under a key of the mapping under a key of the record, which is made if it is not there.
    pub(super) fn put_into(&mut self, key: &'static str, inner: &'static str, value: Node, span: Span) {
        let Content::Map(entries) = &mut self.root.content else { return };
        let at = match entries.iter().position(|entry| entry.key.text == key) {
            Some(at) => at,
            None => {
                entries.push(Entry { key: Key { span, text: key.into() }, value: empty_map(span) });
                entries.len() - 1
            }
        };
        if let Some(Content::Map(facts)) = entries.get_mut(at).map(|entry| &mut entry.value.content)
            && !facts.iter().any(|fact| fact.key.text == inner)
        {
            facts.push(Entry { key: Key { span, text: inner.into() }, value });
        }
    }

    /// Takes out what stands under a key of the record itself.
    pub(super) fn remove(&mut self, key: &str) {
        if let Content::Map(entries) = &mut self.root.content {
            entries.retain(|entry| entry.key.text != key);
        }
        self.elements.retain(|(list, _)| *list != key);
    }

    /// True if there is a value at the end of a path, or at a part of it.
    pub(super) fn is_taken(&self, path: &[ColumnSegment]) -> bool {
        let mut node = &self.root;
        for segment in path {
            // A value that stands for the whole record leaves no room for its parts.
            let Some(entries) = node.entries() else { return true };
            let Some(value) = entries.iter().find(|entry| entry.key.text == segment.key).map(|entry| &entry.value) else {
                return false;
            };
            node = match (value.elements(), segment.list) {
                (Some(elements), true) => match self.position(segment).and_then(|at| elements.get(at)) {
                    Some(element) => element,
                    None => return false,
                },
                _ => value,
            };
        }
        true
    }

    /// The position of the element of a list that a segment of a path leads to.
    fn position(&self, segment: &ColumnSegment) -> Option<usize> {
        let mut of_list = self.elements.iter().filter(|(key, _)| *key == segment.key);
        of_list.position(|(_, label)| *label == segment.label)
    }

    /// Puts a value at the end of a path.
    pub(super) fn insert(&mut self, path: &[ColumnSegment], value: &str, span: Span) {
        insert(&mut self.root, path, value, span, &mut self.elements);
    }
}

fn empty_map(span: Span) -> Node {
    Node { span, content: Content::Map(Vec::new()) }
}

/// A text as a value. The tilde stands for nothing in YAML alone.
pub(super) fn scalar(text: &str, span: Span) -> Node {
    let text = text.trim();
    Node { span, content: Content::Scalar(Scalar { text: text.into(), plain: text != "~" }) }
}

fn insert(node: &mut Node, path: &[ColumnSegment], value: &str, span: Span, elements: &mut Vec<(&'static str, String)>) {
    let (Content::Map(entries), Some((segment, rest))) = (&mut node.content, path.split_first()) else { return };
    let at = match entries.iter().position(|entry| entry.key.text == segment.key) {
        Some(at) => at,
        None => {
            let value = match (rest.is_empty(), segment.list) {
                (true, _) if segment.split && value.contains(';') => {
                    Node { span, content: Content::List(value.split(';').map(|text| scalar(text, span)).collect()) }
                }
                (true, true) => Node { span, content: Content::List(vec![scalar(value, span)]) },
                (true, false) => scalar(value, span),
                (false, true) => Node { span, content: Content::List(Vec::new()) },
                (false, false) => empty_map(span),
            };
            entries.push(Entry { key: Key { span, text: segment.key.into() }, value });
            entries.len() - 1
        }
    };
    let Some(entry) = entries.get_mut(at) else { return };
    let Content::List(records) = &mut entry.value.content else {
        return insert(&mut entry.value, rest, value, span, elements);
    };
    if !segment.list || rest.is_empty() {
        return;
    }
    let of_list = elements.iter().filter(|(key, _)| *key == segment.key);
    let at = match of_list.clone().position(|(_, label)| *label == segment.label) {
        Some(at) => at,
        None => {
            elements.push((segment.key, segment.label.clone()));
            let mut record = empty_map(span);
            if let (Content::Map(facts), Some((key, mark))) = (&mut record.content, &segment.mark) {
                facts.push(Entry { key: Key { span, text: (*key).into() }, value: scalar(mark, span) });
            }
            records.push(record);
            records.len() - 1
        }
    };
    if let Some(record) = records.get_mut(at) {
        insert(record, rest, value, span, elements);
    }
}
