//! Lines that are plain and without fault, straight into typed facts.
//!
//! Nearly all lines of a stream are. For them no tree is built: the tables of the records drive serde, behind which
//! [`Unescaped`] parses what has no escapes and `serde_json` what has. Whatever is not plain (a mistake, a doubt, a warning,
//! a rare way of writing) is left alone, and the line is read as every document is, by [`Reader`](super::reader::Reader),
//! which tells what is wrong and where. So this reader needs no messages, and says nothing that the other would not say;
//! `tests/equality.rs` holds the two equal.
//!
//! What is done once for every key is inlined by force: left to itself the compiler does it or does not with every change
//! elsewhere, and hundreds of instructions a line hang on it.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::document::Unescaped;
use crate::facts::{Amount, Coded, Field, ManySlot, Named, Range, Record, Slot, Space, Table, Transaction, Unit};
use crate::rulebook::{Lookup, Vocabulary};

use super::reader::derive;

/// Reads a line into an empty transaction. False if the line is not plain; then what was read of it means nothing.
///
/// Public for the benchmarks, as what a check does before any rule is asked.
pub fn read(line: &str, vocabulary: &Vocabulary, transaction: &mut Transaction) -> bool {
    match Unescaped::new(line.trim_ascii_end()) {
        Some(mut unescaped) => read_from(&mut unescaped, vocabulary, transaction).is_ok() && unescaped.end().is_ok(),
        None => {
            let mut escaped = serde_json::Deserializer::from_str(line);
            read_from(&mut escaped, vocabulary, transaction).is_ok() && escaped.end().is_ok()
        }
    }
}

/// The same, whoever parses the line. Public for the benchmarks, whose floor is the line parsed by `serde_json` alone.
///
/// Fails if it is not plain.
pub fn read_from<'de, D: Deserializer<'de>>(
    parsed: D,
    vocabulary: &Vocabulary,
    transaction: &mut Transaction,
) -> Result<(), D::Error> {
    Whole { record: transaction, vocabulary }.deserialize(parsed)
}

/// What is not plain. Nobody reads it.
fn not_plain<E: Error>() -> E {
    E::custom("")
}

/// A mapping into a record, or the bare value that stands for one.
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

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let table = self.record.table();
        let mut seen = 0_u64;
        while let Some(row) = map.next_key_seed(Key(table))? {
            let (Some(slot), Some(field)) = (self.record.slot(row), table.fields.get(row)) else { return Err(not_plain()) };
            let bit = 1_u64.checked_shl(u32::try_from(row).unwrap_or(u32::MAX)).unwrap_or(0);
            if bit == 0 || seen & bit != 0 {
                return Err(not_plain());
            }
            seen |= bit;
            map.next_value_seed(Fact { slot, field, vocabulary: self.vocabulary })?;
        }
        derive(self.record, self.vocabulary);
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        short(self.record, text, self.vocabulary).ok_or_else(not_plain)
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
        let record = self.list.add().ok_or_else(not_plain)?;
        Whole { record, vocabulary: self.vocabulary }.deserialize(deserializer)
    }
}

/// The bare value that stands for a record (`"from": "KP"`).
fn short(record: &mut dyn Record, text: &str, vocabulary: &Vocabulary) -> Option<()> {
    let table = record.table();
    let row = table.position(table.short_for?)?;
    scalar(record.slot(row)?, table.fields.get(row)?, text, vocabulary)?;
    derive(record, vocabulary);
    Some(())
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
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a key")
    }
    #[inline(always)]
    fn visit_str<E: Error>(self, key: &str) -> Result<usize, E> {
        self.0.position(key).ok_or_else(not_plain)
    }
}

/// A value into its place.
struct Fact<'s, 'v> {
    slot: Slot<'s>,
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

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a fact")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        scalar(self.slot, self.field, text, self.vocabulary).ok_or_else(not_plain)
    }

    fn visit_bool<E: Error>(self, answer: bool) -> Result<(), E> {
        match self.slot {
            Slot::YesNo(slot) => *slot = Some(answer),
            _ => return Err(not_plain()),
        }
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        match self.slot {
            Slot::Count(slot) => *slot = Some(Range::exactly(number.into())),
            _ => return Err(not_plain()),
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let record = match self.slot {
            Slot::One(slot) => slot.begin(),
            Slot::Many(slot) => {
                slot.begin();
                slot.add()
            }
            _ => None,
        };
        Whole { record: record.ok_or_else(not_plain)?, vocabulary: self.vocabulary }.visit_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        match self.slot {
            Slot::Many(list) => {
                list.begin();
                while seq.next_element_seed(Element { list: &mut *list, vocabulary: self.vocabulary })?.is_some() {}
                Ok(())
            }
            Slot::Terms(coded) => {
                let mut terms = Vec::new();
                while let Some(term) = seq.next_element_seed(Word(|text: &str| term(text, self.field.spaces, self.vocabulary)))? {
                    terms.push(term);
                }
                *coded = Coded::of(Some(terms), Vec::new());
                Ok(())
            }
            Slot::Hs(coded) => {
                let mut codes = Vec::new();
                while let Some(code) = seq.next_element_seed(Word(|text: &str| text.parse().ok()))? {
                    codes.push(code);
                }
                *coded = Coded::of(Some(codes), Vec::new());
                Ok(())
            }
            Slot::Texts(texts) if !names_sources(self.field) => {
                let mut all = Vec::new();
                while let Some(text) = seq.next_element_seed(Word(|text: &str| Some(text.into())))? {
                    all.push(text);
                }
                *texts = Some(all);
                Ok(())
            }
            _ => Err(not_plain()),
        }
    }
}

/// A text that is read as something.
struct Word<F>(F);

impl<'de, T, F: FnOnce(&str) -> Option<T>> DeserializeSeed<'de> for Word<F> {
    type Value = T;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, F: FnOnce(&str) -> Option<T>> Visitor<'_> for Word<F> {
    type Value = T;
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        if text == "unknown" { Err(not_plain()) } else { (self.0)(text).ok_or_else(not_plain) }
    }
}

/// Reads a scalar into its place; `None` if it is not plain.
pub(super) fn scalar(slot: Slot<'_>, field: &Field, text: &str, vocabulary: &Vocabulary) -> Option<()> {
    if matches!(text, "unknown" | "none") {
        return None;
    }
    match slot {
        Slot::Text(_) if matches!(field.key, "reliability" | "credibility") => return None,
        Slot::Text(slot) => *slot = Some(text.into()),
        Slot::Texts(_) if names_sources(field) => return None,
        Slot::Texts(slot) => *slot = Some(vec![text.into()]),
        Slot::Terms(slot) => *slot = Coded::one(term(text, field.spaces, vocabulary)?),
        Slot::Hs(slot) => *slot = Coded::one(text.parse().ok()?),
        Slot::Amount(slot) => *slot = Some(amount(text, field, vocabulary)?),
        Slot::Count(slot) => match Range::read(text) {
            Ok((range, "")) => *slot = Some(range),
            _ => return None,
        },
        Slot::Date(slot) => *slot = Some(text.parse().ok()?),
        Slot::Imo(slot) => *slot = Some(text.parse().ok()?),
        Slot::One(slot) => short(slot.begin()?, text, vocabulary)?,
        Slot::Many(slot) => {
            slot.begin();
            short(slot.add()?, text, vocabulary)?;
        }
        Slot::YesNo(_) | Slot::Identifiers(_) => return None,
    }
    Some(())
}

/// A stream has no sources of its own, so to name one is a mistake.
fn names_sources(field: &Field) -> bool {
    field.key == "sources"
}

fn term(word: &str, spaces: &[Space], vocabulary: &Vocabulary) -> Option<Named> {
    if let Some(term) = vocabulary.by_exact_id(spaces, word) {
        return Some(Named::Term(term));
    }
    match vocabulary.lookup(spaces, word) {
        Lookup::Found(Named::Term(term)) => Some(Named::Term(term)),
        _ => None,
    }
}

fn amount(text: &str, field: &Field, vocabulary: &Vocabulary) -> Option<Amount> {
    let (range, unit) = vocabulary.read_amount(text).ok()?;
    match (field.key, unit?) {
        ("value", Unit::Of(_)) | ("quantity", Unit::Money(_)) => None,
        (_, unit) => Some(Amount { range, unit }),
    }
}

#[cfg(test)]
mod tests {
    use super::{read, read_from};
    use crate::facts::Transaction;
    use crate::rulebook::{built_in, load_without_tests};

    const LINES: [&str; 3] = [
        r#"{"id":"T1","activity":"sale","date":"2017-10","from":"KP","to":{"country":"CN","place":"大连"},"via":[],"value":"10 USD"}"#,
        r#"{"id":"T2","parties":[{"role":"crew","name":"A","nationality":["KP","CN"]}],"people":[{"count":20,"earning_income":true}]}"#,
        r#"{"id":"T3","items":[{"hs":["2701","270210"],"quantity":"20 t"}],"vessels":[{"imo":"9074729"}],"aircraft":[{}]}"#,
    ];

    /// Every line with a character left out or in place of another is read as it is through `serde_json`.
    #[test]
    fn it_makes_no_difference_who_parses_a_line() {
        let (rulebook, _) = load_without_tests(built_in());
        let vocabulary = &rulebook.unwrap().vocabulary;
        let mut read_both = 0;
        for line in LINES {
            assert!(read(line, vocabulary, &mut Transaction::default()), "{line}");
            for (at, old) in line.char_indices() {
                let (before, rest) = line.split_at(at);
                let after = rest.strip_prefix(old).unwrap();
                for put in ["", "\"", "{", "}", "[", "]", ",", ":", " ", "0", "9", "a", "-", "\\", "\t", "\\u0041"] {
                    let changed = format!("{before}{put}{after}");
                    let (mut here, mut there) = (Transaction::default(), Transaction::default());
                    let mut parsed = serde_json::Deserializer::from_str(&changed);
                    let by_serde = read_from(&mut parsed, vocabulary, &mut there).is_ok() && parsed.end().is_ok();
                    assert_eq!(read(&changed, vocabulary, &mut here), by_serde, "{changed}");
                    assert!(!by_serde || here == there, "{changed}");
                    read_both += usize::from(by_serde);
                }
            }
        }
        assert!(read_both > 100, "{read_both}");
    }
}
