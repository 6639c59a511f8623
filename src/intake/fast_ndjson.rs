//! The fast reader of NDJSON: lines without mistakes straight into typed facts, without a tree.
//!
//! Nearly all lines of a stream have nothing but [simple values](super::values), for which the tables of the records are enough.
//! Any other line is given up and read as documents are, by [`Reader`](super::reader::Reader), which reports what is wrong and
//! where. Invariant: a line that this reader accepts is read by `Reader` into the same facts without a message; the tests below
//! and `tests/equality.rs` hold the two equal.

use compact_str::CompactString;

use crate::document::{JsonPull, TokenKind};
use crate::engine::{has_wrong_total, subjects_said_to_be_none};
use crate::facts::{Field, Range, Record, Slot, Table, Transaction};
use crate::rulebook::Vocabulary;

use super::key_order::KeyOrder;
use super::values;

/// Reads the lines of a stream one after another, as far as they are simple.
///
/// Public for the benchmarks, as the part of a check that comes before any rule is evaluated.
#[derive(Debug)]
pub struct FastNdjson<'v> {
    vocabulary: &'v Vocabulary,
    key_orders: Vec<KeyOrder>,
    /// Memory for texts with escapes.
    buffer: String,
}

impl<'v> FastNdjson<'v> {
    /// A reader that looks up words in `vocabulary`.
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, key_orders: Vec::new(), buffer: String::new() }
    }

    /// The vocabulary in which words are looked up.
    pub fn vocabulary(&self) -> &'v Vocabulary {
        self.vocabulary
    }

    /// Reads a line into an empty transaction. False if the line is not simple; the transaction then holds an undefined part of
    /// it and has to be cleared.
    pub fn read(&mut self, line: &str, transaction: &mut Transaction) -> bool {
        let mut json = JsonPull::new(line.trim_ascii_end());
        let is_read = self.element(&mut json, transaction).is_some() && json.has_ended();
        let is_sound = |transaction: &Transaction| {
            !has_wrong_total(transaction, self.vocabulary) && subjects_said_to_be_none(transaction, self.vocabulary).is_empty()
        };
        is_read && is_sound(transaction)
    }

    /// Reads a record, or the text that abbreviates one.
    fn element(&mut self, json: &mut JsonPull<'_>, record: &mut dyn Record) -> Option<()> {
        match json.kind()? {
            TokenKind::Map => self.record(json, record),
            TokenKind::Text => values::set_shorthand(record, json.text()?.resolve(&mut self.buffer)?, self.vocabulary),
            TokenKind::List | TokenKind::Number | TokenKind::Word => None,
        }
    }

    /// Reads the entries of a record after its opening brace.
    fn record(&mut self, json: &mut JsonPull<'_>, record: &mut dyn Record) -> Option<()> {
        let table = record.table();
        let order = self.order(table);
        let (mut seen, mut before) = (0_u64, 0);
        let mut more = !json.take_closing(b'}');
        while more {
            let row = self.key_orders.get_mut(order)?.take(json, before, &mut self.buffer)?;
            let bit = 1_u64.checked_shl(u32::try_from(row).ok()?)?;
            if seen & bit != 0 {
                return None;
            }
            (seen, before) = (seen | bit, row + 1);
            self.value(json, record, row, table.fields.get(row)?)?;
            more = json.more(b'}')?;
        }
        values::add_implied_facts(record, self.vocabulary);
        Some(())
    }

    /// The index of the key order for a table, which is added if it is new.
    fn order(&mut self, table: &'static Table) -> usize {
        let known = self.key_orders.iter().position(|order| order.is_of(table));
        known.unwrap_or_else(|| {
            self.key_orders.push(KeyOrder::new(table));
            self.key_orders.len() - 1
        })
    }

    /// Reads a value into its field.
    #[inline(always)]
    fn value(&mut self, json: &mut JsonPull<'_>, record: &mut dyn Record, row: usize, field: &Field) -> Option<()> {
        match json.kind()? {
            TokenKind::Text => values::set_text(record, row, field, json.text()?.resolve(&mut self.buffer)?, self.vocabulary),
            TokenKind::Map => match record.slot(row)? {
                Slot::One(slot) => self.record(json, slot.begin()?),
                Slot::Many(slot) => {
                    slot.begin();
                    self.record(json, slot.add()?)
                }
                _ => None,
            },
            TokenKind::List => self.list(json, record, row, field),
            TokenKind::Number => match record.slot(row)? {
                Slot::Count(slot) => {
                    *slot = Some(Range::exactly(json.number()?.parse::<u64>().ok()?.into()));
                    Some(())
                }
                _ => None,
            },
            TokenKind::Word => match (record.slot(row)?, json.word()?) {
                (Slot::YesNo(slot), word @ ("true" | "false")) => {
                    *slot = Some(word == "true");
                    Some(())
                }
                _ => None,
            },
        }
    }

    /// Reads a list after its opening bracket.
    fn list(&mut self, json: &mut JsonPull<'_>, record: &mut dyn Record, row: usize, field: &Field) -> Option<()> {
        let mut more = !json.take_closing(b']');
        if let Slot::Many(list) = record.slot(row)? {
            list.begin();
            while more {
                self.element(json, list.add()?)?;
                more = json.more(b']')?;
            }
            return Some(());
        }
        let mut texts: Vec<CompactString> = Vec::new();
        while more {
            let TokenKind::Text = json.kind()? else { return None };
            texts.push(json.text()?.resolve(&mut self.buffer)?.into());
            more = json.more(b']')?;
        }
        values::set_texts(record, row, field, &texts, self.vocabulary)
    }
}

#[cfg(test)]
mod tests {
    use super::FastNdjson;
    use crate::document::{Diagnostics, SourceMap, SourceText, read_json};
    use crate::facts::{Record, Transaction};
    use crate::intake::reader::Reader;
    use crate::rulebook::{RuleFiles, Rulebook};

    const LINES: [&str; 6] = [
        r#"{"id":"T1","activity":"sale","date":"2017-10","from":"KP","to":{"country":"CN","place":"大连"},"via":[],"value":"10 USD"}"#,
        r#"{"id":"T2","parties":[{"role":"crew","name":"A","nationality":["KP","CN"]}],"people":[{"count":20,"earning_income":true}]}"#,
        r#"{"id":"T3","items":[{"hs":["2701","270210"],"quantity":"20 t"}],"vessels":[{"imo":"9074729"}],"aircraft":[{}]}"#,
        r#"{"id": "T4", "items": {"description": "\u70ae\u5f39"}, "ports": ["KPNAM", {"code": "CNDLC"}], "denied_by": ["A", "B"]}"#,
        r#"{"determinations":[{"finding":"evasion"}],"authorisations":[],"notifications":[],"links_to_revenue":false}"#,
        r#"{"date":"13 Sept 2023","items":["artillery shells"],"vessels":["9074729","Dal Hai"],"aircraft":["P-881"],"value":"$9m"}"#,
    ];

    /// Every line with a character left out or in place of another: what is accepted is read by `Reader` alike, and nothing is
    /// found to be wrong. One reader reads all, so what it expects is often not what comes.
    #[test]
    fn lines_that_are_accepted_are_read_alike_by_the_full_reader() {
        let rulebook = Rulebook::load_without_tests(RuleFiles::built_in()).unwrap();
        let vocabulary = &rulebook.vocabulary;
        let (mut lines, mut fast) = (FastNdjson::new(vocabulary), Transaction::default());
        let (mut read_both, mut source) = (0, SourceMap::default());
        let id = source.add(SourceText::new("lines", ""));
        for line in LINES {
            for (at, old) in line.char_indices() {
                let (before, rest) = line.split_at(at);
                let after = rest.strip_prefix(old).unwrap();
                for put in
                    [&old.to_string(), "", "\"", "{", "}", "[", "]", ",", ":", " ", "0", "9", "a", "-", "\\", "\t", "\\u0041"]
                {
                    let changed = format!("{before}{put}{after}");
                    fast.clear();
                    if !lines.read(&changed, &mut fast) {
                        assert_ne!(changed, line);
                        continue;
                    }
                    let (mut problems, mut full) = (Diagnostics::default(), Transaction::default());
                    let node = read_json(id, &changed, 0, &mut problems).unwrap();
                    Reader { vocabulary, problems: &mut problems, is_strict: false }.record(&node, &mut full);
                    assert!(problems.is_empty(), "{changed}");
                    assert_eq!(fast, full, "{changed}");
                    read_both += 1;
                }
            }
        }
        assert!(read_both > 1000, "{read_both}");
    }

    #[test]
    fn lines_with_a_mistake_or_a_rare_form_are_given_up() {
        let rulebook = Rulebook::load_without_tests(RuleFiles::built_in()).unwrap();
        let vocabulary = &rulebook.vocabulary;
        let mut lines = FastNdjson::new(vocabulary);
        let mut read = |line: &str| lines.read(line, &mut Transaction::default());
        assert!(read(r#"{"id":"T1","from":"KP","to":{"country":"CN"},"people":[{"count":20}],"links_to_revenue":true} "#));
        for line in [
            r#"{"id":"T1","id":"T2"}"#,
            r#"{"id":"T1","from":"KP","id":"T1"}"#,
            r#"{"from":{"country":"KP","country":"CN"}}"#,
            r#"{"id":"T1","form":"KP"}"#,
            r#"{"from":"Nirth Corea"}"#,
            r#"{"from":"unknown"}"#,
            r#"{"from":"none"}"#,
            r#"{"via":["KP","unknown"]}"#,
            r#"{"sources":"s1"}"#,
            r#"{"sources":["s1"]}"#,
            r#"{"id":null}"#,
            r#"{"id":7}"#,
            r#"{"id":["T1"]}"#,
            r#"{"id":{}}"#,
            r#"{"from":[{"country":"KP"}]}"#,
            r#"{"via":{"country":"KP"}}"#,
            r#"{"people":[{"count":-1}]}"#,
            r#"{"people":[{"count":1.5}]}"#,
            r#"{"people":[{"count":18446744073709551616}]}"#,
            r#"{"people":[20]}"#,
            r#"{"links_to_revenue":"perhaps"}"#,
            r#"{"date":"03/04/2024"}"#,
            r#"{"vessels":["9074720"]}"#,
            r#"{"items":["N/A"]}"#,
            r#"{"links_to_revenue":1}"#,
            r#"{"id":"T1"},"#,
            r#"{"id":"T1"}{}"#,
            r#"[{"id":"T1"}]"#,
            r#""T1""#,
            "",
        ] {
            assert!(!read(line), "{line}");
        }
    }
}
