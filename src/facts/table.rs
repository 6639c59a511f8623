//! The table of the facts of one kind of record: their keys, their kinds, how a rule asks for them.

use crate::document::WrittenKey;

use super::Scheme;

/// What kind of value a fact has: decides how it is read and what a rule can ask of it.
#[derive(Debug, Clone, Copy)]
pub enum FactKind {
    /// Any text.
    Text,
    /// One or several texts.
    Texts,
    /// Terms of the vocabulary; the field's spaces say which.
    Terms,
    /// HS codes.
    Hs,
    /// A quantity with its unit, or money.
    Amount,
    /// A number or range of numbers.
    Count,
    /// A day, month, year or range of days.
    Date,
    /// `true` or `false`.
    YesNo,
    /// An IMO number.
    Imo,
    /// A mapping of kinds of document to numbers.
    Identifiers,
    /// One record.
    One(&'static Table),
    /// A list of records.
    Many(&'static Table),
}

/// How a rule asks about a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// By the key of the incident format.
    Key,
    /// By a word of its own: `item` for the list `items`.
    As(&'static str),
    /// Not at all: it is for people.
    Never,
}

/// One row of the fact table.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its key in the incident format.
    pub key: &'static str,
    /// The key as it mostly stands in JSON.
    pub written: WrittenKey,
    /// What kind of value it has.
    pub kind: FactKind,
    /// Where its terms come from, for [`FactKind::Terms`].
    pub schemes: &'static [Scheme],
    /// How a rule asks about it.
    pub ask: Ask,
    /// What it means.
    pub meaning: &'static str,
}

impl Field {
    /// The word by which a rule asks about it, if it can.
    pub fn rule_key(&self) -> Option<&'static str> {
        match self.ask {
            Ask::Key => Some(self.key),
            Ask::As(word) => Some(word),
            Ask::Never => None,
        }
    }
}

/// All facts of one kind of record.
#[derive(Debug)]
pub struct Table {
    /// What one such record is called in messages.
    pub noun: &'static str,
    /// The key that a bare text in place of the record stands for (`from: KP` is its country).
    pub shorthand: Option<&'static str>,
    /// The rows.
    pub fields: &'static [Field],
    /// Finds a row by its key.
    pub index: KeyIndex,
    /// The rows that hold lists of texts or of records.
    pub plural: FieldSet,
}

/// Some rows of a table, a bit for each. A table has fewer than 64.
#[derive(Debug, Clone, Copy, Default)]
pub struct FieldSet(u64);

impl FieldSet {
    /// One row.
    pub(crate) fn only(row: usize) -> Self {
        Self(u32::try_from(row).ok().and_then(|row| 1_u64.checked_shl(row)).unwrap_or(0))
    }

    /// These and others.
    pub(crate) fn and(self, others: FieldSet) -> Self {
        Self(self.0 | others.0)
    }

    /// True if a row is one of them.
    #[inline(always)]
    pub(crate) fn contains(self, row: usize) -> bool {
        row < u64::BITS as usize && self.0 >> row & 1 == 1
    }

    /// Those of them that are not among others.
    pub(crate) fn without(self, others: FieldSet) -> Self {
        Self(self.0 & !others.0)
    }

    /// True if there is none.
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rows that hold lists of texts or of records.
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where an index that fails is an error")]
    pub(crate) const fn plural(fields: &[Field]) -> Self {
        let (mut rows, mut row) = (0, 0);
        while row < fields.len() {
            if matches!(fields[row].kind, FactKind::Texts | FactKind::Many(_)) {
                rows |= 1 << row;
            }
            row += 1;
        }
        Self(rows)
    }

    /// The rows, in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let row = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            (row < u64::BITS).then_some(row as usize)
        })
    }
}

/// The rows of a table by their keys: a small hash table with open addressing, made when the program is compiled. Every
/// key of a stream that is not the one expected is looked up in one.
#[derive(Debug)]
pub struct KeyIndex([u8; KeyIndex::SLOTS]);

impl KeyIndex {
    const SLOTS: usize = 128;
    const FREE: u8 = u8::MAX;

    /// An index of rows. Not for run time: there have to be fewer rows than slots.
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where an index that fails is an error")]
    pub(crate) const fn new(fields: &[Field]) -> Self {
        let mut slots = [Self::FREE; Self::SLOTS];
        let mut row = 0;
        while row < fields.len() {
            let mut slot = Self::first_slot(fields[row].key);
            while slots[slot] != Self::FREE {
                slot = (slot + 1) % Self::SLOTS;
            }
            slots[slot] = row as u8;
            row += 1;
        }
        Self(slots)
    }

    const fn first_slot(key: &str) -> usize {
        match key.as_bytes() {
            [] => 0,
            [only] => *only as usize % Self::SLOTS,
            [first, .., last] => (*first as usize + *last as usize * 5 + key.len() * 23) % Self::SLOTS,
        }
    }

    fn find(&self, fields: &[Field], key: &str) -> Option<usize> {
        let mut slot = Self::first_slot(key);
        loop {
            // A slot is free somewhere: there are fewer rows than slots.
            let row = self.0.get(slot).copied().filter(|row| *row != Self::FREE)?;
            if fields.get(usize::from(row))?.key == key {
                return Some(usize::from(row));
            }
            slot = (slot + 1) % Self::SLOTS;
        }
    }
}

impl Eq for Table {}

impl std::hash::Hash for Table {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.noun.hash(state);
    }
}

impl PartialEq for Table {
    /// Tables are told apart by their nouns: the address of a constant may differ from use to use.
    fn eq(&self, other: &Self) -> bool {
        self.noun == other.noun
    }
}

impl Table {
    /// The row of a key of the incident format.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.index.find(self.fields, key)
    }

    /// The row that a rule means by a word.
    pub fn by_rule_key(&self, word: &str) -> Option<(usize, &'static Field)> {
        self.fields.iter().enumerate().find(|(_, f)| f.rule_key() == Some(word))
    }
}
