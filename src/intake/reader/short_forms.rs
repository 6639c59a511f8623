//! Values in place of records: `from: KP`, `parties: [KOMID]`, `people: [40 loggers]`.

use crate::document::{Code, Content, Diagnostic, Entry, Key, Node, Scalar};
use crate::facts::{Coded, CodedTerm, EvidenceSource, FactKind, FieldRole, Record, Scheme, Slot, Table};

use super::super::near_keys::quoted;
use super::super::people_text::PeopleText;
use super::super::record_text::RecordText;
use super::super::{record_text, side_text, values};

use super::Reader;

impl Reader<'_> {
    /// Reads a record, or the value that abbreviates it (`from: KP`).
    pub(super) fn record_or_short(&mut self, node: &Node, record: &mut dyn Record) {
        let table = record.table();
        if let (Some(text), Some(row)) = (node.text(), table.with_role(FieldRole::Occupation)) {
            return self.people(node, text, record, row);
        }
        if let Some(read) = node.text().and_then(|text| record_text::false_paper(table, text)) {
            return self.record_of_text(node, &read, record);
        }
        if let Some(read) = node.text().and_then(|text| record_text::read(table, text, self.vocabulary)) {
            return self.record_of_text(node, &read, record);
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
                if let Some(text) = node.text().filter(|_| table == EvidenceSource::TABLE) {
                    self.name_source(node.span, text, record);
                }
            }
            _ => self.record(node, record),
        }
    }

    /// Reads a text that says more of a record than its name, with a note of what is read and a warning of what is not.
    fn record_of_text(&mut self, node: &Node, read: &RecordText, record: &mut dyn Record) {
        let noun = record.table().noun;
        let text = node.text().unwrap_or_default();
        let line: Vec<String> = read.told.iter().map(|(key, value)| format!("{key}: {}", quoted(value))).collect();
        let line = format!("{{{}}}", line.join(", "));
        for piece in &read.unread {
            let message =
                format!("`{piece}` of `{text}` was not read: a text in place of {noun} holds its name, and what names a key");
            let help = format!("write it under a key of {noun}: `{line}`");
            self.problems
                .push(Diagnostic::new(Code::KeyNotRead, node.span, message).help(help).unread(format!("`{piece}` of {noun}")));
        }
        if read.told.len() > 1 || read.unread.is_empty() {
            self.problems.push(Diagnostic::new(Code::WordRead, node.span, format!("read `{text}` as `{line}`")));
        }
        let entry = |(key, value): &(&'static str, String)| Entry {
            key: Key { span: node.span, text: (*key).into() },
            value: Node { span: node.span, content: Content::Scalar(Scalar { text: value.as_str().into(), plain: true }) },
        };
        let entries = read.told.iter().map(entry).collect();
        self.record(&Node { span: node.span, content: Content::Map(entries) }, record);
    }

    /// Reports facts that stand inside the name of a ship or party, where the key that they belong to is not there:
    /// `name: Dal Hai (flag DPRK)`.
    pub(super) fn facts_in_name(&mut self, entries: &[Entry], table: &'static Table) {
        let Some(name) = entries.iter().find(|entry| entry.key.text == "name") else { return };
        let Some(text) = name.value.text() else { return };
        for (key, value) in record_text::facts_in_name(table, text, self.vocabulary) {
            if entries.iter().any(|entry| entry.key.text == key) {
                continue;
            }
            let message = format!("`{value}` in the name `{text}` was not read as `{key}`");
            let what = format!("`{key}` in the name of {}", table.noun);
            let diagnostic = Diagnostic::new(Code::KeyNotRead, name.value.span, message);
            self.problems.push(diagnostic.help(format!("write `{key}: {value}` beside the name")).unread(what));
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
        let nationality = match &people.nationality {
            Some(CodedTerm::Term(term)) => Some(format!("nationality {}", self.vocabulary.id(*term))),
            Some(CodedTerm::OneOf(terms)) => Some(format!("nationality {}", self.listed(terms, " or "))),
            _ => None,
        };
        if let (Some(term), Some(Slot::Terms(slot))) =
            (people.nationality, of_kind(FactKind::Terms).and_then(|row| record.slot(row)))
        {
            *slot = Coded::one(term);
        }
        if let Some(word) = people.doubtful {
            let message = format!("`{word}` of `{text}` may be a State or a thing, and the nationality stays unknown");
            let occupation =
                people.occupation.and_then(|text| text.strip_prefix(word)).map(str::trim).filter(|text| !text.is_empty());
            let code = match self.vocabulary.find(&[Scheme::Country], word) {
                Some(CodedTerm::Term(state)) => Some(self.vocabulary.id(state).to_owned()),
                _ => None,
            };
            let facts = [
                people.count.map(|count| format!("count: {}", quoted(&count.to_string()))),
                code.map(|code| format!("nationality: {code}")),
                occupation.map(|text| format!("occupation: {}", quoted(text))),
            ];
            let facts: Vec<String> = facts.into_iter().flatten().collect();
            let help = format!("if it is their nationality, write `people: [{{{}}}]`", facts.join(", "));
            self.problems.push(Diagnostic::new(Code::AmbiguousTerm, node.span, message).help(help));
        }
        if let (Some(text), Some(Slot::Text(slot))) = (people.occupation, record.slot(occupation)) {
            *slot = Some(text.into());
        }
        let count = people.count.map(|count| format!("count {count}"));
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
        let line: Vec<String> = told.iter().map(|(key, text)| format!("{key}: {}", quoted(text))).collect();
        let (state, help) = match read.country {
            Some(_) => ("read as a State and what is there", format!("write `{{{}}}`", line.join(", "))),
            None if read.place.is_some() => (
                "read as a place, and the country stays unknown",
                format!(
                    "write `{{{}}}`, and `country` with the State where that is, or `at_sea` for an act at sea",
                    line.join(", ")
                ),
            ),
            None => (
                "read as a party, and the country stays unknown",
                format!("write `{{{}}}`, and `country` with the State where the party is", line.join(", ")),
            ),
        };
        let message = format!("`{text}` names no State alone; it is {state}");
        self.problems.push(Diagnostic::new(Code::PartyAsSide, node.span, message).help(help));
        let entries = told.into_iter().map(|(key, text)| entry(key, text)).collect();
        Some(Node { span: node.span, content: Content::Map(entries) })
    }
}
