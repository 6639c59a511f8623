//! The full reader: converts trees to typed facts, with a message for each mistake.
//!
//! It is driven by the tables of the records, so that a fact is read once it has a row.

mod acts;
mod amounts;
mod plain_values;
mod short_forms;
mod sources;
mod terms;
mod texts;

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Node, Scalar, Span};
use crate::facts::{Authorisation, Coded, CodedTerm, Determination, FactKind, Field, Notification, Record, Scheme, Slot, Table};
use crate::rulebook::{Vocabulary, WordMeaning};

use super::near_keys;
use super::nothing_moved::are_nothing_on_board;
use super::record_text;
use super::values;

/// The longest key that is told in full.
const LONGEST_KEY: usize = 60;

/// The warning about a key that a record does not have and that is near to none of its keys.
pub(super) fn key_not_read(key: &str, table: &Table, at: Span) -> Diagnostic {
    let mut shown: String = key.chars().take(LONGEST_KEY).collect();
    if shown.len() < key.len() {
        shown.push_str("...");
    }
    let message = format!("`{shown}` is no key of {}, and what stands under it was not read", table.noun);
    let help = format!(
        "no rule asks for it by this name: write it under the key of {} that it is, if there is one (docs/facts.md), else keep it under \
         `notes` of the transaction",
        table.noun
    );
    Diagnostic::new(Code::KeyNotRead, at, message).help(help).unread(format!("`{shown}` of {}", table.noun))
}

/// A part of a text, at the place of the whole.
fn part_of(node: &Node, text: &str) -> Node {
    Node { span: node.span, content: Content::Scalar(Scalar { text: text.into(), plain: true }) }
}

/// Reads records from trees and reports every mistake. A fact that cannot be read stays unknown.
pub(crate) struct Reader<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) problems: &'a mut Diagnostics,
    /// True if a key that is near to none is a mistake too: in ledgers, which operators write, what is not read is no doubt of a
    /// transaction but a wrong total.
    pub(crate) is_strict: bool,
}

impl Reader<'_> {
    /// Reads a mapping into a record.
    pub(crate) fn record(&mut self, node: &Node, record: &mut dyn Record) {
        let table = record.table();
        let Some(entries) = node.entries() else {
            let message = format!("{} is a mapping of keys to values, not {}", table.noun, node.shape());
            let is_paper = table.position("by").is_some() && node.text().is_some();
            let help = is_paper.then(|| "write who gave it, such as `{by: committee}`, or `none` for the whole list".to_owned());
            self.problems.push(Diagnostic::new(Code::WrongShape, node.span, message).maybe_help(help));
            return;
        };
        let before = self.problems.len();
        for entry in entries {
            let Some(row) = table.position(&entry.key.text) else {
                self.unknown_key(entry, entries, table);
                continue;
            };
            if let Some(field) = table.fields.get(row) {
                let act = self.act_of_subject(&entry.value, field, entries, table);
                let act = act.or_else(|| self.region_without_term(&entry.value, field, entries, table));
                if self.measures(&entry.value, field, record, row) {
                    continue;
                }
                let Some(slot) = record.slot(row) else { continue };
                match (slot, act) {
                    (Slot::Terms(slot), Some(act)) => *slot = Coded::one(act),
                    (Slot::Amount(slot), _)
                        if field.kind == FactKind::Quantity && self.pieces(&entry.value, node, table).is_some() =>
                    {
                        *slot = self.pieces(&entry.value, node, table);
                    }
                    (slot, _) => self.fact(&entry.value, field, slot),
                }
            }
        }
        // What nobody could read of a paper that excuses may be that it was refused, revoked or forged.
        if self.problems.has_unread_since(before)
            && let Some(row) = table.position("unread")
            && let Some(Slot::YesNo(unread)) = record.slot(row)
        {
            *unread = Some(true);
        }
        self.status_of_kind(entries, record);
        self.kind_of_title(entries, record);
        self.facts_in_name(entries, table);
        values::add_implied_facts(record, self.vocabulary);
    }

    /// Reports a key that a record does not have: a mistake if it is near to one that it has, else a warning that it was not read.
    fn unknown_key(&mut self, entry: &Entry, entries: &[Entry], table: &'static Table) {
        let key = entry.key.text.as_str();
        if let (Some(advice), false) = (near_keys::not_held(table, entry, entries), self.is_strict) {
            self.problems.push(key_not_read(key, table, entry.key.span).help(advice));
        } else if let Some(remedy) = near_keys::remedy(table, entry, entries) {
            let message = format!("unknown key `{key}` in {}", table.noun);
            self.problems.push(Diagnostic::new(Code::UnknownFact, entry.key.span, message).help(remedy));
        } else if self.is_strict {
            self.problems.unknown_key(Code::UnknownFact, &entry.key, table.noun, table.fields.iter().map(|field| field.key));
        } else {
            self.problems.push(key_not_read(key, table, entry.key.span));
        }
    }

    /// Reads a word for a kind of person as the standing that it says too: a `diplomat` is a person, and a diplomat.
    fn status_of_kind(&mut self, entries: &[Entry], record: &mut dyn Record) {
        let fields = record.table().fields;
        let of_scheme = |scheme: Scheme| fields.iter().position(|field| field.schemes == [scheme]);
        let (Some(kind), Some(status)) = (of_scheme(Scheme::PartyKind), of_scheme(Scheme::Status)) else { return };
        let key = record.table().key(kind);
        let Some(node) = entries.iter().find(|entry| entry.key.text == key).map(|entry| &entry.value) else { return };
        let schemes = &[Scheme::Status];
        let said =
            node.text().and_then(|word| match (self.vocabulary.find(schemes, word), self.vocabulary.meaning(schemes, word)) {
                (Some(CodedTerm::Term(term)), _) | (_, Some(WordMeaning::Term(term))) => Some((word, term)),
                _ => None,
            });
        if let (Some((word, term)), Some(Slot::Terms(slot))) = (said, record.slot(status))
            && slot.is_unknown()
        {
            *slot = Coded::one(CodedTerm::Term(term));
            let message = format!("read `{word}` as the status `{}` too", self.vocabulary.id(term));
            self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
        }
    }

    /// True if the papers of a transaction are said to be none by an answer: `authorisations: no`.
    fn says_no_paper(&mut self, node: &Node, field: &Field) -> bool {
        const ANSWERS: &[&str] =
            &["no", "not sought", "none sought", "not requested", "none requested", "none given", "not given", "no approval"];
        let papers = [Authorisation::TABLE, Notification::TABLE, Determination::TABLE];
        let is_paper = field.kind.record_table().is_some_and(|table| papers.contains(&table));
        let Some(text) = node.text().filter(|text| is_paper && ANSWERS.iter().any(|no| no.eq_ignore_ascii_case(text))) else {
            return false;
        };
        let message = format!("read `{text}` as `none`");
        self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
        true
    }

    fn fact(&mut self, node: &Node, field: &Field, slot: Slot<'_>) {
        if node.shape() == "nothing" {
            self.problems.push(
                Diagnostic::new(Code::NoValue, node.span, format!("`{}` has no value and is read as unknown", field.key))
                    .help("leave the key out, or write `unknown`; write `none` or `[]` for what is known to be none"),
            );
            return;
        }
        if node.text() == Some("unknown") {
            return;
        }
        let none = node.text() == Some("none") || self.says_no_paper(node, field);
        if !none && !field.kind.is_text() && self.is_missing_value(node, field) {
            return;
        }
        if field.needs_value && (none || node.elements().is_some_and(<[Node]>::is_empty)) {
            let message = format!("`{}` cannot be none, and is read as unknown", field.key);
            let help = match field.schemes.contains(&Scheme::Flag) {
                true => {
                    "write `stateless` if it flies no valid flag, `false-flag` if it has no right to its flag; else leave the key out"
                }
                false => "leave the key out",
            };
            self.problems.push(Diagnostic::new(Code::NoneOfWhatIsThere, node.span, message).help(help));
            return;
        }
        match slot {
            Slot::Text(slot) => *slot = self.text(node, field),
            Slot::Texts(slot) => *slot = if none { Some(Vec::new()) } else { self.texts(node, field) },
            Slot::Terms(slot) if none => *slot = Coded::none(),
            Slot::Terms(slot) => {
                if let Some(either) = self.one_of(node, field) {
                    *slot = either;
                    return;
                }
                let several = self.several_terms(node, field);
                *slot = self.coded(several.as_ref().unwrap_or(node), field, |reader, n| reader.term(n, field));
            }
            Slot::Hs(slot) => *slot = if none { Coded::none() } else { self.coded(node, field, Self::hs) },
            Slot::Amount(slot) => *slot = self.amount(node, field),
            Slot::Count(slot) => *slot = self.count(node, field),
            Slot::Date(slot) => *slot = self.date(node, field),
            Slot::YesNo(slot) => *slot = self.yes_no(node, field),
            Slot::Imo(slot) => *slot = self.imo(node),
            Slot::Identifiers(slot) => *slot = if none { Some(Vec::new()) } else { self.identifiers(node, field) },
            Slot::One(slot) if none => slot.set_none(),
            Slot::One(slot) => {
                if let Some(record) = slot.begin() {
                    self.record_or_short(node, record);
                }
            }
            // A list of a placeholder alone is unknown: it does not say that there is one.
            Slot::Many(_)
                if node.elements().is_some_and(
                    |all| matches!(all, [only] if only.text() != Some("unknown") && self.is_missing_value(only, field)),
                ) => {}
            Slot::Many(slot) if field.key == "items" && !none && are_nothing_on_board(node) => {
                slot.begin();
                let message = "read as no goods: nothing is on board";
                self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
            }
            Slot::Many(slot) => {
                slot.begin();
                let elements = if none { &[] } else { node.one_or_many() };
                slot.reserve(elements.len());
                for element in elements {
                    let Some(record) = slot.add() else { continue };
                    let Some(text) = element.text().filter(|text| *text != "unknown") else {
                        if element.text().is_none() {
                            self.record_or_short(element, record);
                        }
                        continue;
                    };
                    match record_text::split(record.table(), text).as_slice() {
                        [_] | [] => self.record_or_short(element, record),
                        [first, others @ ..] => {
                            self.record_or_short(&part_of(element, first), record);
                            for other in others {
                                if let Some(record) = slot.add() {
                                    self.record_or_short(&part_of(element, other), record);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
