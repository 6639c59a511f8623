//! Keys with one slip in them: `qantity` is read as the only key that it can be.

use strsim::damerau_levenshtein;

use crate::document::Entry;
use crate::facts::{FactKind, Incident, Table, Transaction, WrittenDate};
use crate::rulebook::Vocabulary;

use super::read_as::{can_be_short, is_answer};
use super::{Meant, near_keys, written};

/// The shortest and the longest key that is read in spite of a slip.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=40;

/// The key of a record for which another is a slip: one letter too many, too few, another, or two in the wrong order. `None` if another
/// key is as near, if the word is a key itself elsewhere, or if the value cannot stand under the key.
pub(super) fn misspelt(entry: &Entry, entries: &[Entry], table: &'static Table, vocabulary: &Vocabulary) -> Option<&'static str> {
    let key = written(entry);
    if !LENGTHS.contains(&key.chars().count()) || is_key_elsewhere(&key) {
        return None;
    }
    let is_near = |known: &str| known.len().abs_diff(key.len()) <= 4 && damerau_levenshtein(&key, known) == 1;
    let mut near = table.fields.iter().filter(|field| is_near(field.key));
    let field = near.next().filter(|_| near.next().is_none())?;
    // A word for another key or for a party is as near.
    let is_of_same = |meant: &Meant| matches!(meant, Meant::Key(key) if *key == field.key);
    if near_keys(table).iter().any(|(keys, meant)| !is_of_same(meant) && keys.iter().any(|known| is_near(known))) {
        return None;
    }
    let is_free = !entries.iter().any(|other| other.key.text == field.key);
    let text = entry.value.text();
    let fits = match field.kind {
        FactKind::Date => text.is_some_and(|text| WrittenDate::read(text).is_ok()),
        FactKind::Money | FactKind::Quantity | FactKind::Amount => text.is_some_and(|text| vocabulary.read_amount(text).is_ok()),
        FactKind::Text => text.is_some(),
        kind => is_answer(kind, entry) && can_be_short(kind, entry),
    };
    (is_free && fits).then_some(field.key)
}

/// True for a key of the incident, of a transaction or of a record in it: `form` is one of an item, and no slip for `from`.
fn is_key_elsewhere(key: &str) -> bool {
    let records = Transaction::TABLE.fields.iter().filter_map(|field| field.kind.record_table());
    [Incident::TABLE, Transaction::TABLE].into_iter().chain(records).any(|table| table.position(key).is_some())
}
