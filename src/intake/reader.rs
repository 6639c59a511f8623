//! The full reader: converts trees to typed facts, with a message for each mistake.
//!
//! It is driven by the tables of the records, so that a fact is read once it has a row.

use compact_str::CompactString;

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Node, Scalar, suggestion};
use crate::facts::{
    Amount, Coded, CodedTerm, FactKind, Field, FieldRole, HsCode, HsError, ImoNumber, Period, PeriodError, Range, Record, Scheme,
    Slot, Table, Term, TermAlternatives, Terms, Unit, WrittenDate, first_look_alike, is_placeholder,
};
use crate::rulebook::{TermLookup, Vocabulary, WordMeaning};

use super::act_of_subject::act_of_subject;
use super::near_keys;
use super::people_text::PeopleText;
use super::rate;
use super::values;

/// The most terms that one text is taken to list.
const MOST_TERMS: usize = 16;

/// Reads records from trees and reports every mistake. A fact that cannot be read stays unknown.
pub(crate) struct Reader<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) problems: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// Reads a mapping into a record.
    pub(crate) fn record(&mut self, node: &Node, record: &mut dyn Record) {
        let table = record.table();
        let Some(entries) = node.entries() else {
            self.problems.wrong_shape(node, table.noun, "a mapping of keys to values");
            return;
        };
        for entry in entries {
            let Some(row) = table.position(&entry.key.text) else {
                match near_keys::remedy(table, entry, entries) {
                    Some(remedy) => {
                        let message = format!("unknown key `{}` in {}", entry.key.text, table.noun);
                        self.problems.push(Diagnostic::new(Code::UnknownFact, entry.key.span, message).help(remedy));
                    }
                    None => {
                        self.problems.unknown_key(Code::UnknownFact, &entry.key, table.noun, table.fields.iter().map(|f| f.key))
                    }
                }
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
        values::add_implied_facts(record, self.vocabulary);
    }

    /// Reads a word of several acts as the one that the rest of the transaction is about, with a note.
    fn act_of_subject(&mut self, node: &Node, field: &Field, entries: &[Entry], table: &Table) -> Option<CodedTerm> {
        let word = node.text()?;
        let act = act_of_subject(word, field, entries, table, self.vocabulary)?;
        let message = format!("read `{word}` as `{}`", self.vocabulary.id(act));
        self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
        Some(CodedTerm::Term(act))
    }

    /// A part of a country that no rule can ask about, since the vocabulary has no parts of that country: it is kept as it is
    /// written. `None` if it may be another's.
    fn region_without_term(&self, node: &Node, field: &Field, entries: &[Entry], table: &Table) -> Option<CodedTerm> {
        let text = node.text().filter(|_| field.roles.contains(&FieldRole::PartOfCountry))?;
        let vocabulary = self.vocabulary;
        if is_placeholder(text)
            || text == "unknown"
            || vocabulary.find(field.schemes, text).is_some()
            || vocabulary.meaning(field.schemes, text).is_some()
            || vocabulary.region_of_text(text).is_some()
        {
            return None;
        }
        let country = table.with_role(FieldRole::Shorthand).map(|row| table.key(row));
        let country = entries.iter().find(|entry| Some(entry.key.text.as_str()) == country).and_then(|entry| entry.value.text());
        let is_kept = match country.and_then(|word| vocabulary.find(&[Scheme::Country], word)) {
            Some(CodedTerm::Term(country)) => !vocabulary.has_regions(country),
            _ => country.is_none() && vocabulary.place_names().find(text).is_some_and(|found| found.is_all),
        };
        is_kept.then(|| CodedTerm::Unlisted(Box::new(text.into())))
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
        let none = node.text() == Some("none");
        if !none && !field.kind.is_text() && self.is_missing_value(node, field) {
            return;
        }
        if field.needs_value && (none || node.elements().is_some_and(<[Node]>::is_empty)) {
            let message = format!("`{}` cannot be none, and is read as unknown", field.key);
            self.problems.push(Diagnostic::new(Code::NoneOfWhatIsThere, node.span, message).help("leave the key out"));
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
            Slot::Many(slot) => {
                slot.begin();
                let elements = if none { &[] } else { node.one_or_many() };
                for element in elements {
                    if let Some(record) = slot.add()
                        && element.text() != Some("unknown")
                    {
                        self.record_or_short(element, record);
                    }
                }
            }
        }
    }

    /// Reads a record, or the value that abbreviates it (`from: KP`).
    fn record_or_short(&mut self, node: &Node, record: &mut dyn Record) {
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

    /// Reads two measures of one cargo, what it is packed in and what it weighs or counts: `[36 containers, 500 t]`. False if the
    /// value is another.
    fn measures(&mut self, node: &Node, field: &Field, record: &mut dyn Record, row: usize) -> bool {
        let packages = record.table().with_role(FieldRole::Packages);
        let (FactKind::Quantity, Some([first, second]), Some(packages)) = (field.kind, node.elements(), packages) else {
            return false;
        };
        if packages == row {
            return false;
        }
        let amounts = [self.amount(first, field), self.amount(second, field)];
        let is_packed = |amount: &Amount| match amount.unit {
            Unit::Quantity(unit) => {
                let unit = self.vocabulary.id(unit);
                ["containers", "crates", "shipments", "lots", "boxes", "pallets", "drums", "bags"].contains(&unit)
            }
            Unit::Money(_) => false,
        };
        let (packed, measured): (Vec<Amount>, Vec<Amount>) = amounts.into_iter().flatten().partition(is_packed);
        for (row, amounts) in [(packages, packed), (row, measured)] {
            match (amounts.as_slice(), record.slot(row)) {
                ([], _) | (_, None) => {}
                ([amount], Some(Slot::Amount(slot))) => *slot = Some(*amount),
                _ => {
                    let message = format!("`{}` has two amounts of one kind, and is read as unknown", field.key);
                    let help = "write one, or what the goods are packed in beside what they weigh: `[36 containers, 500 t]`";
                    self.problems.push(Diagnostic::new(Code::Amount, node.span, message).help(help));
                }
            }
        }
        true
    }

    /// A number of goods that are counted by their own name: `200 rifles` beside the description `assault rifles`.
    fn pieces(&self, quantity: &Node, item: &Node, table: &'static Table) -> Option<Amount> {
        let description = item.get(table.key(table.with_role(FieldRole::PlainText)?))?.text()?;
        values::number_of_pieces(quantity.text()?, description, self.vocabulary)
    }

    fn text(&mut self, node: &Node, field: &Field) -> Option<CompactString> {
        if node.text().is_none() {
            self.problems.wrong_shape(node, &format!("`{}`", field.key), "a text");
        }
        let text = node.text()?;
        if let FactKind::Grade(grading) = field.kind
            && !grading.has_grade(text)
        {
            let message = format!("`{text}` is no {}", grading.noun());
            let help = format!("the Admiralty grading has {}", grading.scale());
            self.problems.push(Diagnostic::new(Code::Grade, node.span, message).help(help));
            return None;
        }
        if self.is_placeholder(node, field, text) {
            return None;
        }
        if field.kind == FactKind::PortCode && !values::is_port_code(text) {
            let message = format!("`{text}` is no UN/LOCODE, and is read as the name of a port");
            let help = "write the name under `name`, with `country`, or the code in capitals: KPNAM";
            self.problems.push(Diagnostic::new(Code::NoLocode, node.span, message).help(help));
        }
        if let Some((word, letter)) = first_look_alike(text) {
            let number = u32::from(letter);
            let message = format!("`{letter}` (U+{number:04X}) in `{word}` is a letter of another script");
            let help = "the word is matched as if the letter were of its own script";
            self.problems.push(Diagnostic::new(Code::MixedScripts, node.span, message).help(help));
        }
        Some(text.into())
    }

    fn texts(&mut self, node: &Node, field: &Field) -> Option<Vec<CompactString>> {
        let (mut texts, mut is_complete, mut is_unread) = (Vec::new(), true, false);
        for element in node.one_or_many() {
            match element.text() {
                Some(text) if self.is_placeholder(element, field, text) => is_complete = false,
                Some(text) => {
                    self.problems.extend(self.unknown_listing(element, field, text));
                    texts.push(text.into());
                }
                None => {
                    self.problems.wrong_shape(element, &format!("an element of `{}`", field.key), "a text");
                    (is_complete, is_unread) = (false, true);
                }
            }
        }
        // What could not be read may be a listing on any list.
        if field.roles.contains(&FieldRole::Listings) && (is_unread || !is_complete && !texts.is_empty()) {
            texts.push("?".into());
        }
        // A list of nothing that could be read is unknown: it does not say that there is none.
        (is_complete || !texts.is_empty()).then_some(texts)
    }

    /// The warning about a listing of no list that the rulebook knows.
    fn unknown_listing(&self, node: &Node, field: &Field, text: &str) -> Option<Diagnostic> {
        let is_unknown = field.roles.contains(&FieldRole::Listings) && !self.vocabulary.names_a_listing(text);
        is_unknown.then(|| {
            let message = format!("`{text}` is no list or reference number that the rulebook knows, and is read as unknown");
            let help = "write the list's name or the number of its entry, such as `KPi.033`; `none` for what is on no list";
            Diagnostic::new(Code::UnknownListing, node.span, message).help(help)
        })
    }

    /// True if a text stands for a missing one, which is reported.
    fn is_placeholder(&mut self, node: &Node, field: &Field, text: &str) -> bool {
        let is_placeholder = values::stands_for_nothing(field, text);
        if is_placeholder {
            let message = format!("`{text}` stands for no `{}`, and is read as unknown", field.key);
            self.problems
                .push(Diagnostic::new(Code::Placeholder, node.span, message).help("leave the key out, or write what is known"));
        }
        is_placeholder
    }

    /// A list of the terms that a text names: `Russia and North Korea`, `sea, air`. `None` if it names one, or something else.
    fn several_terms(&self, node: &Node, field: &Field) -> Option<Node> {
        let text = node.text()?;
        let is_term = |text: &str| {
            matches!(self.vocabulary.find(field.schemes, text), Some(CodedTerm::Term(_)))
                || matches!(self.vocabulary.meaning(field.schemes, text), Some(WordMeaning::Term(_)))
        };
        let is_read_whole =
            || self.vocabulary.find(field.schemes, text).is_some() || self.vocabulary.meaning(field.schemes, text).is_some();
        let parts: Vec<&str> = [" and ", " и ", "&", ",", ";", "/", "、"]
            .iter()
            .fold(vec![text], |parts, mark| parts.into_iter().flat_map(|part| part.split(mark)).collect());
        let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
        let scalar =
            |part: &&str| Node { span: node.span, content: Content::Scalar(Scalar { text: (*part).to_owned(), plain: true }) };
        let is_list = parts.len() > 1 && parts.len() <= MOST_TERMS && !is_read_whole() && parts.iter().all(|part| is_term(part));
        is_list.then(|| Node { span: node.span, content: Content::List(parts.iter().map(scalar).collect()) })
    }

    /// Reads terms of which one is meant, and it is not known which: `{any_of: [YE, SO]}`, `Yemen or Somalia`.
    fn one_of(&mut self, node: &Node, field: &Field) -> Option<Terms> {
        let listed = match node.entries() {
            Some([entry]) if entry.key.text == "any_of" => entry.value.one_or_many().to_vec(),
            Some(_) => return None,
            None => self.alternatives(node, field)?,
        };
        let mut could_be = TermAlternatives::new();
        for element in &listed {
            match self.term(element, field)? {
                CodedTerm::Term(term) => could_be.push(term),
                CodedTerm::OneOf(terms) => could_be.extend(terms.iter().copied()),
                // A word that nobody knows may mean anything.
                CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => return Some(Terms::UNKNOWN),
            }
        }
        could_be.sort_unstable();
        could_be.dedup();
        if node.text().is_some() {
            let message = format!("read `{}` as one of {}", node.text().unwrap_or_default(), self.listed(&could_be, " or "));
            self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
        }
        Some(match could_be.as_slice() {
            [] => Terms::UNKNOWN,
            [only] => Coded::one(CodedTerm::Term(*only)),
            _ => Coded::one(CodedTerm::OneOf(Box::new(could_be))),
        })
    }

    /// The terms of a text that names several with `or` between them; `None` of any other text.
    fn alternatives(&self, node: &Node, field: &Field) -> Option<Vec<Node>> {
        let text = node.text()?;
        let mark = [" or ", " ou ", " или ", " 或 ", "或"].into_iter().find(|mark| text.contains(mark))?;
        let is_term = |text: &str| {
            matches!(self.vocabulary.find(field.schemes, text), Some(CodedTerm::Term(_)))
                || matches!(self.vocabulary.meaning(field.schemes, text), Some(WordMeaning::Term(_)))
        };
        let parts: Vec<&str> =
            text.split(mark).flat_map(|part| part.split(',')).map(str::trim).filter(|p| !p.is_empty()).collect();
        let is_read_whole = self.vocabulary.find(field.schemes, text).is_some();
        let scalar =
            |part: &&str| Node { span: node.span, content: Content::Scalar(Scalar { text: (*part).to_owned(), plain: true }) };
        let is_choice = (2..=MOST_TERMS).contains(&parts.len()) && !is_read_whole && parts.iter().all(|part| is_term(part));
        is_choice.then(|| parts.iter().map(scalar).collect())
    }

    /// True if a text in place of a value that is no text stands for a missing one, which is reported.
    fn is_missing_value(&mut self, node: &Node, field: &Field) -> bool {
        // NA is Namibia, also in short for a side: `to: NA`.
        let may_be_state = matches!(field.kind, FactKind::Terms | FactKind::One(_));
        let is_missing = |text: &&str| match field.schemes {
            [Scheme::Country, ..] if values::names_no_state(text) => true,
            _ => is_placeholder(text) && !(*text == "NA" && may_be_state),
        };
        let text = node.text().filter(is_missing);
        if let Some(text) = text {
            let message = format!("`{text}` stands for no `{}`, and is read as unknown", field.key);
            let help = "leave the key out, or write what is known; write `none` for what is known to be none";
            self.problems.push(Diagnostic::new(Code::Placeholder, node.span, message).help(help));
        }
        text.is_some()
    }

    /// Reads one value or a list of them; `{not: x}` holds values that the fact is known not to have.
    fn coded<T>(&mut self, node: &Node, field: &Field, mut read: impl FnMut(&mut Self, &Node) -> Option<T>) -> Coded<T> {
        let (mut is, mut not) = (None::<Vec<T>>, Vec::new());
        let mut failed = false;
        if matches!(node.content, Content::List(ref elements) if elements.is_empty()) {
            return Coded::none();
        }
        for element in node.one_or_many() {
            if let Some([entry]) = element.entries()
                && entry.key.text == "not"
            {
                not.extend(entry.value.one_or_many().iter().filter_map(|n| read(self, n)));
            } else if element.text() == Some("unknown") || self.is_missing_value(element, field) {
                failed = true;
            } else {
                match read(self, element) {
                    Some(value) => is.get_or_insert_default().push(value),
                    None => failed = true,
                }
            }
        }
        // A list with an unreadable element is not complete and would exclude too much: it is unknown.
        Coded::new(is.filter(|_| !failed), not)
    }

    fn term(&mut self, node: &Node, field: &Field) -> Option<CodedTerm> {
        let Some(word) = node.text() else {
            self.problems.wrong_shape(node, &format!("`{}`", field.key), "a word, a list of words or `{not: word}`");
            return None;
        };
        match self.vocabulary.find(field.schemes, word) {
            Some(CodedTerm::OneOf(terms)) => {
                /// The most terms that a message names.
                const MOST_NAMED: usize = 16;
                let could_be: Vec<&str> = terms.iter().map(|t| self.vocabulary.id(*t)).collect();
                let message = match terms.len() {
                    ..=MOST_NAMED => format!("`{word}` could be {}; it is read as unknown", could_be.join(" or ")),
                    count => format!("`{word}` could be any of {count} States; it is read as unknown among them"),
                };
                self.problems.push(
                    Diagnostic::new(Code::AmbiguousTerm, node.span, message).help("write the code if the report tells which"),
                );
                Some(CodedTerm::OneOf(terms))
            }
            Some(found) => Some(found),
            None => self.ordinary_word(node, word, field),
        }
    }

    /// Reads a word that is no term's name.
    fn ordinary_word(&mut self, node: &Node, word: &str, field: &Field) -> Option<CodedTerm> {
        match self.vocabulary.meaning(field.schemes, word) {
            Some(WordMeaning::Term(term)) => {
                let message = format!("read `{word}` as `{}`", self.vocabulary.id(term));
                self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
                Some(CodedTerm::Term(term))
            }
            Some(WordMeaning::Several { terms, broader }) => {
                let read = broader.map_or("unknown among them".to_owned(), |term| format!("`{}`", self.vocabulary.id(term)));
                let message = format!("`{word}` could be {}; it is read as {read}", self.listed(&terms, " or "));
                self.problems
                    .push(Diagnostic::new(Code::AmbiguousTerm, node.span, message).help("write the one that the report means"));
                Some(broader.map_or_else(|| CodedTerm::OneOf(Box::new(terms)), CodedTerm::Term))
            }
            None if field.schemes.contains(&Scheme::Region) && self.vocabulary.region_of_text(word).is_some() => {
                let region = self.vocabulary.region_of_text(word)?;
                let message = format!("read `{word}` as `{}`", self.vocabulary.id(region));
                self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
                Some(CodedTerm::Term(region))
            }
            None => self.act_of_phrase(node, word, field).or_else(|| self.missing_term(node, word, field)),
        }
    }

    /// Reads a phrase as the act that it names, with a warning about the rest.
    fn act_of_phrase(&mut self, node: &Node, phrase: &str, field: &Field) -> Option<CodedTerm> {
        let act = self.vocabulary.act_of_phrase(phrase).filter(|_| field.schemes.contains(&Scheme::Activity))?;
        let (read, term) = match act.meaning {
            WordMeaning::Term(term) | WordMeaning::Several { broader: Some(term), .. } => {
                (format!("`{}`", self.vocabulary.id(term)), CodedTerm::Term(term))
            }
            WordMeaning::Several { terms, .. } => (self.listed(&terms, " or "), CodedTerm::OneOf(Box::new(terms))),
        };
        let message = format!("read `{phrase}` as {read}; `{}` was not read", act.rest);
        let help = "goods, people and places stand under keys of their own: `items`, `people`, `from`, `to`";
        self.problems.push(Diagnostic::new(Code::ActOfPhrase, node.span, message).help(help));
        Some(term)
    }

    /// The ids of terms, as code.
    fn listed(&self, terms: &[Term], separator: &str) -> String {
        let ids: Vec<String> = terms.iter().map(|term| format!("`{}`", self.vocabulary.id(*term))).collect();
        ids.join(separator)
    }

    fn missing_term(&mut self, node: &Node, word: &str, field: &Field) -> Option<CodedTerm> {
        let what = match field.schemes {
            [Scheme::Country, ..] | [_, Scheme::Country] => "country",
            _ => field.key,
        };
        let help = match what {
            "country" => match self.vocabulary.lookup(field.schemes, word) {
                _ if let Some(region) = self.region_named(word) => {
                    let country = self.vocabulary.country_of(region).map_or("?", |country| self.vocabulary.id(country));
                    format!("it is a part of {country}: write `{{country: {country}, region: {}}}`", self.vocabulary.id(region))
                }
                TermLookup::Missing(Some(near)) => suggestion(&near),
                _ if field.roles.contains(&FieldRole::Shorthand) => {
                    "write the ISO 3166-1 code, such as KP; a firm, person or place is `{party: ...}` or `{place: ...}`"
                        .to_owned()
                }
                _ => "write the ISO 3166-1 code, such as KP".to_owned(),
            },
            _ => self.nearest_terms(word, field),
        };
        let is_open = field.schemes.iter().any(|scheme| scheme.is_open());
        let may_be_unlisted = field.schemes.iter().any(|scheme| !scheme.is_closed());
        if is_open || may_be_unlisted && !self.vocabulary.is_misspelt(field.schemes, word) {
            let message = format!("`{word}` is not in the vocabulary of `{}`, so that its meaning is unknown", field.key);
            self.problems.push(Diagnostic::new(Code::UnlistedTerm, node.span, message).help(help));
            return Some(CodedTerm::Unlisted(Box::new(word.into())));
        }
        let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "no" } else { "an unknown" };
        let (code, message) = match what {
            "country" => (Code::UnknownCountry, format!("unknown country `{word}`")),
            _ => (Code::UnknownTerm, format!("`{word}` is {article} {what}")),
        };
        self.problems.push(Diagnostic::new(code, node.span, message).help(help));
        None
    }

    /// The part of a country that a word names.
    fn region_named(&self, word: &str) -> Option<Term> {
        match self.vocabulary.find(&[Scheme::Region], word) {
            Some(CodedTerm::Term(region)) => Some(region),
            _ => self.vocabulary.region_of_text(word),
        }
    }

    /// The help about a word that no term has: the nearest terms, or all where they are few, and where the whole list is.
    fn nearest_terms(&self, word: &str, field: &Field) -> String {
        let all = field.schemes.first().map(|scheme| format!("`interdict terms {}` lists all", scheme.key())).unwrap_or_default();
        let near = self.vocabulary.nearest(field.schemes, word);
        let known: Vec<&str> = field.schemes.iter().flat_map(|s| self.vocabulary.ids(*s)).collect();
        match near.as_slice() {
            [] if known.len() <= 12 => format!("one of: {}", known.join(", ")),
            [] => all,
            [near] => {
                let (id, label) = (self.vocabulary.id(*near), self.vocabulary.label(*near));
                let label = if label == id { String::new() } else { format!(" ({label})") };
                format!("did you mean `{id}`{label}? {all}")
            }
            several => format!("did you mean {}? {all}", self.listed(several, " or ")),
        }
    }

    /// The text of a node; one that is not a scalar is reported.
    fn scalar<'n>(&mut self, node: &'n Node, key: &str, expected: &str) -> Option<&'n str> {
        if node.text().is_none() {
            self.problems.wrong_shape(node, &format!("`{key}`"), expected);
        }
        node.text()
    }

    fn hs(&mut self, node: &Node) -> Option<HsCode> {
        let text = self.scalar(node, "hs", "a code, a list of codes or `{not: code}`")?;
        let (code, help) = match text.parse().map(|code: HsCode| code.without_filling()) {
            Ok(code) if code.is_in_an_edition() => return Some(code),
            Ok(_) => (Code::HsSaysNothing, "it is read as unknown; write the code of the goods, or describe them".to_owned()),
            Err(HsError::Odd) => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let remedy = if text.contains('.') {
                    format!("a zero lost at the end? `{text}0`")
                } else if digits.starts_with('0') {
                    "a digit too many or too few?".to_owned()
                } else {
                    format!("a leading zero lost? `0{digits}`")
                };
                (Code::HsNumber, format!("a code has an even number of digits; {remedy}"))
            }
            Err(_) => (Code::HsNumber, "2 to 10 digits, dots allowed, such as \"9306.90\"".to_owned()),
        };
        let message = match code {
            Code::HsSaysNothing => format!("`{text}` is the HS code of no goods in any edition"),
            _ => format!("`{text}` is no HS code"),
        };
        self.problems.push(Diagnostic::new(code, node.span, message).help(help));
        None
    }

    fn amount(&mut self, node: &Node, field: &Field) -> Option<Amount> {
        let Some(text) = node.text() else {
            self.problems.wrong_shape(node, &format!("`{}`", field.key), "a number with a unit, such as `600 t`");
            return None;
        };
        let can_be_money = matches!(field.kind, FactKind::Money | FactKind::Amount);
        let problem = |code, message| Diagnostic::new(code, node.span, message);
        let read = self
            .vocabulary
            .read_amount(&values::with_leading_digit(field, text))
            .map(|read| (read.range, read.unit, read.readings));
        if read.is_err()
            && let Some(per) = rate::per(text)
        {
            return self.amount_of_rate(node, field, per);
        }
        let read = read
            .map(|(range, unit, readings)| (range, unit.or_else(|| values::bare_unit(field, &range, self.vocabulary)), readings));
        let problem = match read {
            Ok((_, None, _)) => {
                let (what, example) = if can_be_money { ("currency", "12000 USD") } else { ("unit", "600 t` or `2 pieces") };
                problem(Code::NumberWithoutUnit, format!("`{text}` has no {what}, and is read as unknown"))
                    .help(format!("a bare number is never compared; write `{example}`"))
            }
            Ok((_, Some(Unit::Quantity(_)), _)) if field.kind == FactKind::Money => {
                problem(Code::AmountOfAnotherKind, format!("`{text}` is no money"))
                    .help("write a currency, such as `12000 USD`; goods are counted under `quantity`")
            }
            Ok((_, Some(Unit::Money(_)), _)) if field.kind == FactKind::Quantity => {
                problem(Code::AmountOfAnotherKind, format!("`{text}` is money")).help("what goods are worth stands under `value`")
            }
            Ok((range, Some(_), _)) if range.is_zero() && matches!(field.kind, FactKind::Money | FactKind::Quantity) => {
                let message = format!("`{text}` is an amount of nothing, and is read as unknown");
                problem(Code::ZeroAmount, message).help("leave the key out, or write the amount")
            }
            Ok((range, Some(unit), readings)) => {
                let several = readings.map(|readings| problem(Code::TwoReadings, format!("{readings}; it is read as either")));
                self.problems
                    .extend(several.map(|problem| problem.help("write the one that is meant: 120 or 120,000, US gal or UK gal")));
                return Some(Amount { range, unit });
            }
            Err(_) if values::says_no_number(text) => {
                problem(Code::AmountWithoutNumber, format!("`{text}` says no number, and is read as unknown"))
                    .help("leave the key out, or write the number that is known: `600 t`, `over 20 t`")
            }
            Err(error) if error.is_count_of_unknown => {
                problem(Code::AmountOfUnknown, format!("{error}; the amount is read as unknown")).maybe_help(error.into_help())
            }
            Err(error) => problem(Code::Amount, error.to_string()).maybe_help(error.into_help()),
        };
        self.problems.push(problem);
        None
    }

    /// What a rate says of an amount: the value of one piece where that is asked for, else nothing.
    fn amount_of_rate(&mut self, node: &Node, field: &Field, per: rate::Per<'_>) -> Option<Amount> {
        if let (rate::Per::Piece(amount), true) = (per, field.roles.contains(&FieldRole::OfOnePiece)) {
            let scalar = Content::Scalar(Scalar { text: amount.to_owned(), plain: true });
            return self.amount(&Node { span: node.span, content: scalar }, field);
        }
        let message = format!("`{}` is a rate and no amount, and is read as unknown", node.text().unwrap_or_default());
        let is_monthly = node.text().is_some_and(|text| text.to_lowercase().contains("month"));
        let help = match per {
            rate::Per::Piece(_) => "write what all pieces come to; what one is worth stands under `unit_value`",
            rate::Per::Other if field.key == "quantity" && is_monthly => "write it without the month under `quantity_per_month`",
            rate::Per::Other if field.key == "amount" && is_monthly => "write it without the month under `amount_per_month`",
            rate::Per::Other => "write what it came to in all, if the report says for how long or for how many",
        };
        self.problems.push(Diagnostic::new(Code::RateForAmount, node.span, message).help(help));
        None
    }

    fn count(&mut self, node: &Node, field: &Field) -> Option<Range> {
        let text = self.scalar(node, field.key, "a number")?;
        match Range::parse(text) {
            Ok((range, rest)) if rest.is_empty() || values::counts_people(rest, self.vocabulary) => {
                if let Some(number) = Range::number_with_two_readings(text) {
                    let message = format!("`{number}` has a dot before decimals or between groups; it is read as either");
                    self.problems
                        .push(Diagnostic::new(Code::TwoReadings, node.span, message).help("write the number without a dot"));
                }
                return Some(range);
            }
            Ok((_, rest)) => self.problems.push(Diagnostic::new(
                Code::FactNumber,
                node.span,
                format!("`{}` is a number, and `{rest}` is more than that", field.key),
            )),
            Err(error) => self.problems.push(
                Diagnostic::new(Code::FactNumber, node.span, format!("`{text}` is no number: {error}"))
                    .help("write `about 23000` or `12-15`"),
            ),
        }
        None
    }

    fn date(&mut self, node: &Node, field: &Field) -> Option<Period> {
        let text = self.scalar(node, field.key, "a date")?;
        match WrittenDate::read(text) {
            Ok(date) if values::is_missing_date(field, &date.period) => {
                let message = format!("`{text}` stands for no date, and is read as unknown");
                let help = "leave the key out, or write the year, month or day that is known";
                self.problems.push(Diagnostic::new(Code::PlaceholderDate, node.span, message).help(help));
                None
            }
            Ok(date) => {
                if let Some(zone) = zone(text) {
                    let message = format!("read a time in the zone `{zone}` as the day that is written");
                    self.problems.push(Diagnostic::new(Code::DayOfZone, node.span, message));
                }
                if date.readings.len() > 1 {
                    let readings: Vec<String> = date.readings.iter().map(Period::to_string).collect();
                    let message = format!("`{text}` could be {}; it is read as either", readings.join(" or "));
                    let help =
                        format!("write the one that is meant: {}; of tables, `--csv-dates` says it", readings.join(" or "));
                    self.problems.push(Diagnostic::new(Code::DateReadings, node.span, message).help(help));
                }
                Some(date.period)
            }
            Err(error) => {
                let help = match error {
                    PeriodError::TwoDigitYear => "write the year with four digits: 13 Sept 2023 or 2023-09-13",
                    PeriodError::NoYear => "write the year too: September 2023 or 2023-09",
                    PeriodError::Weekday => "check the day against the report",
                    PeriodError::Shape | PeriodError::NoSuchDay | PeriodError::Backwards => {
                        "write 2023-09-13, 13 Sept 2023, 2023-09, September 2023, Q3 2023, 2023, since 2023, or a range 2023-09-01/2023-09-13"
                    }
                };
                self.problems.push(
                    Diagnostic::new(Code::FactDate, node.span, format!("`{text}` is no date for `{}`: {error}", field.key))
                        .help(help),
                );
                None
            }
        }
    }

    fn yes_no(&mut self, node: &Node, field: &Field) -> Option<bool> {
        let answer = node.text().and_then(values::yes_no);
        if answer.is_none() {
            let message = format!("`{}` is `yes` or `no`, not `{}`", field.key, node.text().unwrap_or(node.shape()));
            let help = "write `yes` or `no` (`true` or `false`), or `unknown` if the report does not say";
            self.problems.push(Diagnostic::new(Code::YesNo, node.span, message).help(help));
        }
        answer
    }

    fn imo(&mut self, node: &Node) -> Option<ImoNumber> {
        let text = self.scalar(node, "imo", "a number of seven digits")?;
        match text.parse() {
            Ok(imo) => Some(imo),
            Err(error) => {
                let help = "check the number against the report; leave it out if it cannot be told";
                self.problems
                    .push(Diagnostic::new(Code::ImoNumber, node.span, format!("`{text}` is no IMO number: {error}")).help(help));
                None
            }
        }
    }

    fn identifiers(&mut self, node: &Node, field: &Field) -> Option<Vec<(CompactString, CompactString)>> {
        let Some(entries) = node.entries() else {
            self.problems.wrong_shape(node, &format!("`{}`", field.key), "a mapping such as `{imo: \"9179842\"}`");
            return None;
        };
        let mut found = Vec::new();
        for entry in entries {
            match entry.value.text() {
                Some(_) if entry.key.text == "imo" && self.imo(&entry.value).is_none() => {}
                Some(number) => found.push((entry.key.text.as_str().into(), number.into())),
                None => self.problems.wrong_shape(&entry.value, &format!("`{}`", entry.key.text), "a text"),
            }
        }
        Some(found)
    }
}

/// The zone that a date with a time of day names: `Z` of `2023-09-13T05:00Z`.
fn zone(date: &str) -> Option<&str> {
    let (_, minutes) = date.split_once(':')?;
    let clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
    let zone = minutes.trim_start_matches(clock).trim();
    let is_part_of_day = ["am", "pm", "a.m.", "p.m."].iter().any(|part| zone.eq_ignore_ascii_case(part));
    (!zone.is_empty() && !is_part_of_day).then_some(zone)
}
