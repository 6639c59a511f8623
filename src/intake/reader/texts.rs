//! Texts, and what stands in place of one: placeholders, missing values, listings of no list.

use compact_str::CompactString;

use crate::document::{Code, Diagnostic, Node};
use crate::facts::{FactKind, Field, FieldRole, Scheme, first_look_alike, is_placeholder};
use crate::rulebook::{UNNAMED_LIST, names_no_list};

use super::super::{negated, values};

use super::Reader;

/// The most words of a listing after which its measures may begin.
const MOST_WORDS: usize = 8;

/// True for an answer to whether a party or ship is listed that says no.
fn says_unlisted(field: &Field, text: &str) -> bool {
    const WORDS: &[&str] = &[
        "not listed",
        "unlisted",
        "not designated",
        "undesignated",
        "not sanctioned",
        "not on any list",
        "on no list",
        "no list",
        "no listing",
        "no listings",
        "never listed",
        "not on a list",
    ];
    field.roles.contains(&FieldRole::Listings) && WORDS.iter().any(|word| word.eq_ignore_ascii_case(text.trim()))
}

impl Reader<'_> {
    pub(super) fn text(&mut self, node: &Node, field: &Field) -> Option<CompactString> {
        if node.text().is_none() {
            let help = format!("write it in one text: `{}: \"..\"`; what has a key of its own stands under that", field.key);
            self.problems.wrong_shape_with(node, &format!("`{}`", field.key), "a text", &help);
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
        if let Some(negated) = negated::goods(text, self.vocabulary).filter(|_| negated::is_of_goods(field)) {
            let read = negated.kept.map_or("it is read as unknown".to_owned(), |kept| format!("it is read as `{kept}`"));
            let message = format!("`{text}` says what is not there, and {read}");
            let help = "write the goods that there were, and leave out others; `none` where there were none";
            self.problems.push(Diagnostic::new(Code::Placeholder, node.span, message).help(help));
            return negated.kept.map(Into::into);
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

    pub(super) fn texts(&mut self, node: &Node, field: &Field) -> Option<Vec<CompactString>> {
        let (mut texts, mut is_complete, mut is_unread) = (Vec::new(), true, false);
        for element in node.one_or_many() {
            match element.text() {
                Some(text) if self.is_placeholder(element, field, text) => is_complete = false,
                Some(text) if says_unlisted(field, text) => {
                    let message = format!("read `{text}` as `none`");
                    self.problems.push(Diagnostic::new(Code::WordRead, element.span, message));
                }
                Some(text) if negated::names_no_denier(field, text) => {
                    let message = format!("`{text}` names nobody who denies it, and is read as unknown");
                    let help = "write who denies it, a State or a party, or leave the key out; `none` where nobody does";
                    self.problems.push(Diagnostic::new(Code::Placeholder, element.span, message).help(help));
                    is_complete = false;
                }
                Some(text) => match self.listing_as_meant(field, text) {
                    Some(listing) => {
                        let message = format!("read `{text}` as `{listing}`");
                        let read = Diagnostic::new(Code::WordRead, element.span, message);
                        let is_unnamed = listing == UNNAMED_LIST;
                        let unknown = if is_unnamed { self.unknown_listing(element, field, text) } else { None };
                        self.problems.push(unknown.unwrap_or(read));
                        texts.push(listing.into());
                    }
                    None => {
                        self.problems.extend(self.unknown_listing(element, field, text));
                        texts.push(text.into());
                    }
                },
                None if field.kind == FactKind::SourceRefs => {
                    let message = format!("an element of `{}` is the id of a source, not {}", field.key, element.shape());
                    let help = "write the source under the incident's `sources` with an `id`, and the id here";
                    self.problems.push(Diagnostic::new(Code::WrongShape, element.span, message).help(help));
                    (is_complete, is_unread) = (false, true);
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

    pub(super) fn identifiers(&mut self, node: &Node, field: &Field) -> Option<Vec<(CompactString, CompactString)>> {
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

    /// A listing as rules read it: with its measures or days in brackets, where they are written without
    /// (`un-libya-vessels no-service`), or on a list that is not named, where only `yes` is written.
    fn listing_as_meant(&self, field: &Field, text: &str) -> Option<String> {
        if !field.roles.contains(&FieldRole::Listings) || self.vocabulary.names_a_listing(text) {
            return None;
        }
        if values::yes_no(text) == Some(true) || names_no_list(text) {
            return Some(UNNAMED_LIST.to_owned());
        }
        text.match_indices([' ', ',', ':']).take(MOST_WORDS).find_map(|(at, _)| {
            let (list, details) = text.split_at_checked(at)?;
            let details = details.trim_matches([' ', ',', ':', '-', ';']);
            let with = |details: &str| format!("{list} ({details})");
            let forms = [with(details), with(&details.replace(' ', "-"))];
            let is_list = !details.is_empty() && self.vocabulary.names_a_listing(list);
            forms.into_iter().find(|form| is_list && self.vocabulary.names_a_listing(form))
        })
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

    /// True if a text in place of a value that is no text stands for a missing one, which is reported.
    pub(super) fn is_missing_value(&mut self, node: &Node, field: &Field) -> bool {
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

    /// The text of a node; one that is not a scalar is reported.
    pub(super) fn scalar<'n>(&mut self, node: &'n Node, key: &str, expected: &str) -> Option<&'n str> {
        if node.text().is_none() {
            self.problems.wrong_shape(node, &format!("`{key}`"), expected);
        }
        node.text()
    }
}
