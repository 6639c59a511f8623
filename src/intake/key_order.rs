//! The keys of JSON records, resolved to the fields of their tables.
//!
//! A stream is usually written by one program, with the keys of a record in the same order in every line. So the key that came
//! next in the previous line is compared first, all its bytes at once; only another key is looked up in an index.

use crate::document::{JsonPull, WrittenKey};
use crate::facts::{Field, Table};

/// The keys of one record type, and the order in which they came in earlier lines.
#[derive(Debug)]
pub(super) struct KeyOrder {
    table: &'static Table,
    /// The pattern of each field's key.
    written: Vec<WrittenKey>,
    index: KeyIndex,
    /// For each field, the field whose key came next the last time. Entry 0 is for the start of a record, entry `i + 1` for
    /// field `i`.
    next: [u8; MOST_FIELDS + 1],
}

/// More fields than any table has.
const MOST_FIELDS: usize = 64;

impl KeyOrder {
    /// The keys of a table, expected in the order of the table's first field.
    pub(super) fn new(table: &'static Table) -> Self {
        let written = table.fields.iter().map(|field| WrittenKey::new(field.key)).collect();
        Self { table, written, index: KeyIndex::new(table.fields), next: [0; MOST_FIELDS + 1] }
    }

    /// True if the keys are those of a table.
    pub(super) fn is_of(&self, table: &Table) -> bool {
        std::ptr::eq(self.table, table)
    }

    /// Reads the next key and its colon, and returns the index of its field; `None` if it is not a key of the table. `before` is
    /// one more than the index of the previous field, 0 at the start of a record. `buffer` is for a key with escapes.
    #[inline(always)]
    pub(super) fn take(&mut self, json: &mut JsonPull<'_>, before: usize, buffer: &mut String) -> Option<usize> {
        let next = self.next.get_mut(before)?;
        let expected = usize::from(*next);
        if self.written.get(expected).is_some_and(|key| json.take_key(key)) {
            return Some(expected);
        }
        let found = self.index.find(self.table.fields, json.key(buffer)?)?;
        *next = u8::try_from(found).ok()?;
        Some(found)
    }
}

/// The fields of a table by their keys: a small hash table with open addressing over the first byte, the last byte and the
/// length of a key. In streams of mixed field order most keys are looked up in one.
#[derive(Debug)]
struct KeyIndex([u8; KeyIndex::SLOTS]);

impl KeyIndex {
    const SLOTS: usize = 128;
    const FREE: u8 = u8::MAX;

    /// An index of fields, which must be fewer than the slots.
    fn new(fields: &[Field]) -> Self {
        let mut slots = [Self::FREE; Self::SLOTS];
        for (index, field) in (0..Self::FREE).zip(fields.iter().take(Self::SLOTS - 1)) {
            let first = Self::first_slot(field.key);
            let probed = (first..Self::SLOTS).chain(0..first).find(|slot| slots.get(*slot) == Some(&Self::FREE));
            if let Some(slot) = probed.and_then(|slot| slots.get_mut(slot)) {
                *slot = index;
            }
        }
        Self(slots)
    }

    fn first_slot(key: &str) -> usize {
        match key.as_bytes() {
            [] => 0,
            [only] => *only as usize % Self::SLOTS,
            [first, .., last] => (*first as usize + *last as usize * 5 + key.len() * 23) % Self::SLOTS,
        }
    }

    fn find(&self, fields: &[Field], key: &str) -> Option<usize> {
        let mut slot = Self::first_slot(key);
        loop {
            // It ends: there are fewer fields than slots, so that a slot is free.
            let index = self.0.get(slot).copied().filter(|index| *index != Self::FREE)?;
            if fields.get(usize::from(index))?.key == key {
                return Some(usize::from(index));
            }
            slot = (slot + 1) % Self::SLOTS;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyIndex, MOST_FIELDS};
    use crate::facts::{Incident, Table};

    fn check(table: &Table) {
        assert!(table.fields.len() < MOST_FIELDS, "{}", table.noun);
        let index = KeyIndex::new(table.fields);
        for (number, field) in table.fields.iter().enumerate() {
            assert_eq!(index.find(table.fields, field.key), Some(number), "{}", field.key);
            assert_eq!(index.find(table.fields, &format!("{}s", field.key)), table.position(&format!("{}s", field.key)));
        }
        assert_eq!(index.find(table.fields, ""), None);
        table.fields.iter().filter_map(|field| field.kind.record_table()).for_each(check);
    }

    #[test]
    fn every_key_of_every_table_is_found_and_no_other() {
        check(Incident::TABLE);
    }
}
