//! The facts of a plain line, parsed by `serde_json`: the tables of the records drive serde, and the values mean what they mean
//! to `interdict check`.
//!
//! What is done once for every key is inlined by force: left to itself the compiler does it or does not with every change
//! elsewhere, and hundreds of instructions a line hang on it.

use std::borrow::Cow;
use std::fmt::{Formatter, Result as Written};

use interdict::facts::{Field, ManySlot, Range, Record, Slot, Table, Transaction};
use interdict::intake::values;
use interdict::rulebook::Vocabulary;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Reads a line into an empty transaction. Fails if it is not plain.
pub fn read(line: &str, vocabulary: &Vocabulary, transaction: &mut Transaction) -> serde_json::Result<()> {
    let mut parsed = serde_json::Deserializer::from_str(line);
    Whole { record: transaction, vocabulary }.deserialize(&mut parsed)?;
    parsed.end()
}

fn not_simple<E: Error>() -> E {
    E::custom("not plain")
}

/// A mapping into a record, or the text that stands for one.
struct Whole<'r, 'v> {
    record: &'r mut dyn Record,
    vocabulary: &'v Vocabulary,
}

impl<'de> DeserializeSeed<'de> for Whole<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> Written {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let table = self.record.table();
        let mut seen = 0_u64;
        while let Some(row) = map.next_key_seed(Key(table))? {
            let field = table.fields.get(row).ok_or_else(not_simple)?;
            let bit = 1_u64.checked_shl(u32::try_from(row).unwrap_or(u32::MAX)).unwrap_or(0);
            if bit == 0 || seen & bit != 0 {
                return Err(not_simple());
            }
            seen |= bit;
            map.next_value_seed(Fact { record: &mut *self.record, row, field, vocabulary: self.vocabulary })?;
        }
        values::add_implied_facts(self.record, self.vocabulary);
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        values::set_shorthand(self.record, text, self.vocabulary).ok_or_else(not_simple)
    }
}

/// An element of a list, whose record is made once it is known that there is one.
struct Element<'r, 'v> {
    list: &'r mut dyn ManySlot,
    vocabulary: &'v Vocabulary,
}

impl<'de> DeserializeSeed<'de> for Element<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let record = self.list.add().ok_or_else(not_simple)?;
        Whole { record, vocabulary: self.vocabulary }.deserialize(deserializer)
    }
}

/// The row of a key.
struct Key(&'static Table);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = usize;
    #[inline(always)]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = usize;
    fn expecting(&self, f: &mut Formatter<'_>) -> Written {
        f.write_str("a key")
    }
    #[inline(always)]
    fn visit_str<E: Error>(self, key: &str) -> Result<usize, E> {
        self.0.position(key).ok_or_else(not_simple)
    }
}

/// A value into its place.
struct Fact<'r, 'v> {
    record: &'r mut dyn Record,
    row: usize,
    field: &'static Field,
    vocabulary: &'v Vocabulary,
}

impl<'de> DeserializeSeed<'de> for Fact<'_, '_> {
    type Value = ();
    #[inline(always)]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Fact<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> Written {
        f.write_str("a fact")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        values::set_text(self.record, self.row, self.field, text, self.vocabulary).ok_or_else(not_simple)
    }

    fn visit_bool<E: Error>(self, answer: bool) -> Result<(), E> {
        match self.record.slot(self.row) {
            Some(Slot::YesNo(slot)) => *slot = Some(answer),
            _ => return Err(not_simple()),
        }
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        match self.record.slot(self.row) {
            Some(Slot::Count(slot)) => *slot = Some(Range::exactly(number.into())),
            _ => return Err(not_simple()),
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let record = match self.record.slot(self.row) {
            Some(Slot::One(slot)) => slot.begin(),
            Some(Slot::Many(slot)) => {
                slot.begin();
                slot.add()
            }
            _ => None,
        };
        Whole { record: record.ok_or_else(not_simple)?, vocabulary: self.vocabulary }.visit_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if let Some(Slot::Many(list)) = self.record.slot(self.row) {
            list.begin();
            while seq.next_element_seed(Element { list: &mut *list, vocabulary: self.vocabulary })?.is_some() {}
            return Ok(());
        }
        let mut texts = Vec::new();
        while let Some(Word(text)) = seq.next_element()? {
            texts.push(text);
        }
        values::set_texts(self.record, self.row, self.field, &texts, self.vocabulary).ok_or_else(not_simple)
    }
}

/// A text that is borrowed unless it has escapes. In a struct of its own: serde always copies an `Option<Cow<str>>`, also one
/// that is marked `borrow`.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct Word<'t>(#[serde(borrow)] pub Cow<'t, str>);
