//! Values in place of records: `from: KP`, `parties: [KOMID]`, `people: [40 loggers]`.

use crate::document::{Code, Content, Diagnostic, Entry, Key, Node, Scalar};
use crate::facts::{Coded, CodedTerm, FactKind, FieldRole, Record, Slot};

use super::super::people_text::PeopleText;
use super::super::{side_text, values};

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
        if place.is_none()
            && table.with_role(FieldRole::PartyOfSide).is_some()
            && let Some(side) = self.side_of_text(node)
        {
            return self.record(&side, record);
        }
        let short = place.or_else(|| values::shorthand_row(table, node.text()));
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

    /// The side that a text in place of one means, if it names a party. It is reported, since the country of the side may stay unknown.
    fn side_of_text(&mut self, node: &Node) -> Option<Node> {
        let text = node.text()?;
        let read = side_text::read(text, self.vocabulary)?;
        let scalar = |text: &str| Node { span: node.span, content: Content::Scalar(Scalar { text: text.into(), plain: true }) };
        let entry = |key: &str, text: &str| Entry { key: Key { span: node.span, text: key.into() }, value: scalar(text) };
        let told = [("country", read.country), ("place", read.place), ("nationality", read.nationality), ("party", read.party)];
        let told: Vec<(&str, &str)> = told.into_iter().filter_map(|(key, text)| Some((key, text?))).collect();
        let line: Vec<String> = told.iter().map(|(key, text)| format!("{key}: {text}")).collect();
        let (state, help) = match read.country {
            Some(_) => ("read as a State and what is there", format!("write `{{{}}}`", line.join(", "))),
            None => (
                "read as a party, and the country stays unknown",
                format!("write `{{country: .., {}}}`, with the State where the party is", line.join(", ")),
            ),
        };
        let message = format!("`{text}` names no State alone; it is {state}");
        self.problems.push(Diagnostic::new(Code::PartyAsSide, node.span, message).help(help));
        let entries = told.into_iter().map(|(key, text)| entry(key, text)).collect();
        Some(Node { span: node.span, content: Content::Map(entries) })
    }
}
