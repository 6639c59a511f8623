//! Sources that are told by a name or title alone: `sources: [Radio Free Asia]`.

use crate::document::{Code, Diagnostic, Entry, Span};
use crate::facts::{Coded, CodedTerm, EvidenceSource, Record, Scheme, Slot, Term};

use super::Reader;

impl Reader<'_> {
    /// Makes a text in place of a source its title, and reads the kind that it names.
    pub(in crate::intake) fn name_source(&mut self, at: Span, text: &str, record: &mut dyn Record) {
        let table = record.table();
        let (Some(kind), Some(title)) = (table.position("kind"), table.position("title")) else { return };
        let is_kind_told = matches!(record.slot(kind), Some(Slot::Terms(slot)) if !slot.is_unknown());
        if is_kind_told {
            // The word for the kind is no name of the source.
            return;
        }
        if let Some(Slot::Text(slot @ None)) = record.slot(title) {
            *slot = Some(text.into());
        }
        let message = match self.kind_in_words(text) {
            Some(term) => {
                if let Some(Slot::Terms(slot)) = record.slot(kind) {
                    *slot = Coded::one(CodedTerm::Term(term));
                }
                format!("read `{text}` as a source of the kind `{}`", self.vocabulary.id(term))
            }
            None => format!("read `{text}` as the title of a source without a `kind`: what it reports is alleged"),
        };
        self.problems.push(Diagnostic::new(Code::WordRead, at, message));
    }

    /// Reads the kind of a source that its title names in as many words, where no kind is told: `UN Panel of Experts, S/2019/171`.
    pub(super) fn kind_of_title(&mut self, entries: &[Entry], record: &mut dyn Record) {
        let table = record.table();
        if table != EvidenceSource::TABLE || entries.iter().any(|entry| entry.key.text == "kind") {
            return;
        }
        let Some(title) = entries.iter().find(|entry| entry.key.text == "title") else { return };
        let Some((text, term)) = title.value.text().and_then(|text| Some((text, self.kind_in_words(text)?))) else { return };
        if let Some(Slot::Terms(slot)) = table.position("kind").and_then(|row| record.slot(row)) {
            *slot = Coded::one(CodedTerm::Term(term));
            let message = format!("read `{text}` as a source of the kind `{}`", self.vocabulary.id(term));
            self.problems.push(Diagnostic::new(Code::WordRead, title.value.span, message));
        }
    }

    /// The kind that the name of a source says, apart from the number of a document.
    fn kind_in_words(&self, text: &str) -> Option<Term> {
        let is_symbol = |word: &str| {
            let word = word.trim_matches(['(', ')', ',', ';', '.']);
            word.contains('/')
                && word.contains(|c: char| c.is_ascii_digit())
                && word.starts_with(|c: char| c.is_ascii_uppercase())
        };
        let words: Vec<&str> = text.split_whitespace().filter(|word| !is_symbol(word)).collect();
        let name = words.join(" ");
        let name = name.trim_matches([' ', ',', ';', ':', '-', '.']);
        match self.vocabulary.find(&[Scheme::SourceKind], name) {
            Some(CodedTerm::Term(kind)) => Some(kind),
            _ => self.source_by_author(name),
        }
    }
}
