//! Values in place of records: `from: KP`, `parties: [KOMID]`, `people: [40 loggers]`.

use crate::document::{Code, Diagnostic, Node};
use crate::facts::{Coded, CodedTerm, FactKind, FieldRole, Record, Slot};

use super::super::people_text::{PeopleText, is_name_of_a_person};
use super::super::values;

use super::Reader;

impl Reader<'_> {
    /// Reads a record, or the value that abbreviates it (`from: KP`).
    pub(super) fn record_or_short(&mut self, node: &Node, record: &mut dyn Record) {
        let table = record.table();
        if let (Some(text), Some(row)) = (node.text(), table.with_role(FieldRole::Occupation)) {
            return self.people(node, text, record, row);
        }
        let is_place = |text: &str| values::is_place(text, self.vocabulary);
        let place = table.with_role(FieldRole::Place).filter(|_| node.text().is_some_and(is_place));
        let party = table.with_role(FieldRole::PartyOfSide).filter(|_| place.is_none() && self.is_party_of_side(node));
        let short = place.or(party).or_else(|| values::shorthand_row(table, node.text()));
        match short.and_then(|row| Some((row, table.fields.get(row)?))) {
            Some((row, field))
                if node.entries().is_none()
                    || node.get("not").is_some()
                    || node.get("any_of").is_some() && table.position("any_of").is_none() =>
            {
                if let Some(slot) = record.slot(row) {
                    self.fact(node, field, slot);
                }
                values::add_named_kind(record, node.text().unwrap_or_default(), self.vocabulary);
                values::add_implied_facts(record, self.vocabulary);
            }
            _ => self.record(node, record),
        }
    }

    /// Reads a text in place of a group of people, as their number, nationality and occupation.
    fn people(&mut self, node: &Node, text: &str, record: &mut dyn Record, occupation: usize) {
        let people = PeopleText::read(text, self.vocabulary);
        if is_name_of_a_person(&people) {
            let message = format!("`{text}` reads as the name of a person, and `people` are groups without names");
            let help = format!("write `parties: [{{role: traveller, name: {text}}}]`, with the role that the report gives");
            self.problems.push(Diagnostic::new(Code::UnlistedTerm, node.span, message).help(help));
            return;
        }
        let table = record.table();
        let of_kind = |kind: FactKind| table.fields.iter().position(|field| field.kind == kind);
        if let Some(Slot::Count(slot)) = of_kind(FactKind::Count).and_then(|row| record.slot(row)) {
            *slot = people.count;
        }
        if let (Some(term), Some(Slot::Terms(slot))) =
            (people.nationality, of_kind(FactKind::Terms).and_then(|row| record.slot(row)))
        {
            *slot = Coded::one(CodedTerm::Term(term));
        }
        if let (Some(text), Some(Slot::Text(slot))) = (people.occupation, record.slot(occupation)) {
            *slot = Some(text.into());
        }
        let count = people.count.map(|count| format!("count {count}"));
        let nationality = people.nationality.map(|term| format!("nationality {}", self.vocabulary.id(term)));
        let occupation = people.occupation.map(|text| format!("occupation `{text}`"));
        let read: Vec<String> = [count, nationality, occupation].into_iter().flatten().collect();
        self.problems.push(Diagnostic::new(Code::WordRead, node.span, format!("read `{text}` as {}", read.join(", "))));
    }

    /// True if a text in place of a side names a party: neither a State, nor near to the name of one, nor a text that names one
    /// among other words. It is reported, since the country of the side stays unknown.
    fn is_party_of_side(&mut self, node: &Node) -> bool {
        let Some(text) = node.text().filter(|text| values::is_foreign_to_states(text, self.vocabulary)) else { return false };
        let message = format!("`{text}` names no State; it is read as a party, and the country stays unknown");
        let help = format!("write `{{country: .., party: {text}}}`, with the State where the party is");
        self.problems.push(Diagnostic::new(Code::PartyAsSide, node.span, message).help(help));
        true
    }
}
