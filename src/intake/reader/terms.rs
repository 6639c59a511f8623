//! Terms of the vocabulary: ids, ordinary words, several in one text, alternatives, words that are none.

use crate::document::{Code, Content, Diagnostic, Entry, Node, Scalar, suggestion};
use crate::facts::{Coded, CodedTerm, Field, FieldRole, Scheme, Table, Term, TermAlternatives, Terms, is_placeholder};
use crate::rulebook::{TermLookup, WordMeaning};

use super::super::act_of_subject::{ActOfSubject, act_of_subject};
use super::super::side_text;

use super::Reader;

/// The most terms that one text is taken to list.
const MOST_TERMS: usize = 16;

impl Reader<'_> {
    /// Reads one value or a list of them; `{not: x}` holds values that the fact is known not to have.
    pub(super) fn coded<T>(
        &mut self,
        node: &Node,
        field: &Field,
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Coded<T> {
        let (mut is, mut not) = (None::<Vec<T>>, Vec::new());
        let (mut failed, mut is_shape_told) = (false, false);
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
            } else if element.entries().is_some() && std::mem::replace(&mut is_shape_told, true) {
                // One problem tells of all elements of a wrong shape.
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

    pub(super) fn term(&mut self, node: &Node, field: &Field) -> Option<CodedTerm> {
        let Some(word) = node.text() else {
            let help = "write the word or the code alone, and what else is told under keys of their own or under `notes`";
            let expected = "a word, a list of words or `{not: word}`";
            self.problems.wrong_shape_with(node, &format!("`{}`", field.key), expected, help);
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

    /// Reads terms of which one is meant, and it is not known which: `{any_of: [YE, SO]}`, `Yemen or Somalia`.
    pub(super) fn one_of(&mut self, node: &Node, field: &Field) -> Option<Terms> {
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

    /// A list of the terms that a text names: `Russia and North Korea`, `sea, air`. `None` if it names one, or something else.
    pub(super) fn several_terms(&self, node: &Node, field: &Field) -> Option<Node> {
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
            |part: &&str| Node { span: node.span, content: Content::Scalar(Scalar { text: (*part).into(), plain: true }) };
        let is_list = parts.len() > 1 && parts.len() <= MOST_TERMS && !is_read_whole() && parts.iter().all(|part| is_term(part));
        is_list.then(|| Node { span: node.span, content: Content::List(parts.iter().map(scalar).collect()) })
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
            |part: &&str| Node { span: node.span, content: Content::Scalar(Scalar { text: (*part).into(), plain: true }) };
        let is_choice = (2..=MOST_TERMS).contains(&parts.len()) && !is_read_whole && parts.iter().all(|part| is_term(part));
        is_choice.then(|| parts.iter().map(scalar).collect())
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
            None if field.schemes == [Scheme::Country] && self.country_of_town(word).is_some() => {
                let country = self.country_of_town(word)?;
                let message = format!("read `{word}` as `{}`, where it is", self.vocabulary.id(country));
                self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
                Some(CodedTerm::Term(country))
            }
            None if field.schemes == [Scheme::SourceKind] && self.source_by_author(word).is_some() => {
                let kind = self.source_by_author(word)?;
                let message = format!("read `{word}` as `{}`", self.vocabulary.id(kind));
                self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
                Some(CodedTerm::Term(kind))
            }
            None if field.schemes.contains(&Scheme::Body) && self.state_of_authority(word, field).is_some() => {
                let state = self.state_of_authority(word, field)?;
                let message = format!("read `{word}` as `{}`", self.vocabulary.id(state));
                self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
                Some(CodedTerm::Term(state))
            }
            None => self.act_of_phrase(node, word, field).or_else(|| self.missing_term(node, word, field)),
        }
    }

    /// The kind of a source that is called by its author and the sort of paper: `US Navy press release`, `UN Panel of Experts
    /// report`. What an authority's own record establishes is not read so: a court report is mostly one of a newspaper.
    pub(super) fn source_by_author(&self, text: &str) -> Option<Term> {
        const PAPERS: [&str; 14] = [
            "press release",
            "news release",
            "report",
            "final report",
            "statement",
            "website",
            "web site",
            "announcement",
            "notice",
            "letter",
            "bulletin",
            "briefing",
            "publication",
            "document",
        ];
        let text = text.trim();
        let small = text.to_lowercase();
        let author =
            PAPERS.iter().filter_map(|paper| small.strip_suffix(paper)).min_by_key(|author| author.len()).unwrap_or(&small);
        let author = text.get(..author.len())?.trim_end();
        let behind_first = author.split_once(' ').filter(|(first, _)| {
            ["UN", "the", "The", "official"].contains(first) || self.vocabulary.find(&[Scheme::Country], first).is_some()
        });
        let kind = |author: &str| match (
            self.vocabulary.find(&[Scheme::SourceKind], author),
            self.vocabulary.meaning(&[Scheme::SourceKind], author),
        ) {
            (Some(CodedTerm::Term(kind)), _) | (_, Some(WordMeaning::Term(kind))) => Some(kind),
            _ => None,
        };
        let kind = kind(author).or_else(|| kind(behind_first?.1))?;
        let establishes = ["court", "seizure", "inspection", "official-record", "admission"];
        (!establishes.contains(&self.vocabulary.id(kind))).then_some(kind)
    }

    /// The only country that a text names by a town, port or region.
    fn country_of_town(&self, text: &str) -> Option<Term> {
        let found = self.vocabulary.place_names().find(text).filter(|found| found.is_all)?;
        match found.countries().as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The State whose Government or capital a text names as an authority: `Government of Lebanon`, `Lebanese authorities`, `Beirut`.
    fn state_of_authority(&self, text: &str, field: &Field) -> Option<Term> {
        const OF_A_STATE: [&str; 16] = [
            "the",
            "government",
            "of",
            "authorities",
            "authority",
            "ministry",
            "foreign",
            "defence",
            "defense",
            "interior",
            "affairs",
            "trade",
            "and",
            "cabinet",
            "office",
            "customs",
        ];
        if !field.schemes.contains(&Scheme::Country) {
            return None;
        }
        let words = text.split_whitespace().filter(|word| !OF_A_STATE.contains(&word.to_lowercase().as_str()));
        let name = words.collect::<Vec<_>>().join(" ");
        match self.vocabulary.find(&[Scheme::Country], &name) {
            Some(CodedTerm::Term(state)) => Some(state),
            _ => self.country_of_town(&name),
        }
    }

    /// Reads a word of several acts as the one that the rest of the transaction is about, with a note; one of an act that is
    /// about nothing of it stays unknown, with a warning.
    pub(super) fn act_of_subject(&mut self, node: &Node, field: &Field, entries: &[Entry], table: &Table) -> Option<CodedTerm> {
        let word = node.text()?;
        Some(match act_of_subject(word, field, entries, table, self.vocabulary)? {
            ActOfSubject::Meant(act) => {
                let message = format!("read `{word}` as `{}`", self.vocabulary.id(act));
                self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
                CodedTerm::Term(act)
            }
            ActOfSubject::MeantOneOf(acts) => {
                let message = format!("read `{word}` as {}, since people and no goods are reported", self.listed(&acts, " or "));
                self.problems.push(Diagnostic::new(Code::WordRead, node.span, message));
                CodedTerm::OneOf(Box::new(acts))
            }
            ActOfSubject::Foreign(act) => {
                let (id, label) = (self.vocabulary.id(act), self.vocabulary.label(act));
                let message =
                    format!("`{word}` is `{id}` ({label}), which is about nothing that is reported here; it is read as unknown");
                let help = "write what is done in another word: `interdict terms activity` lists all";
                self.problems.push(Diagnostic::new(Code::AmbiguousTerm, node.span, message).help(help));
                CodedTerm::Unlisted(Box::new(word.into()))
            }
        })
    }

    /// A part of a country that no rule can ask about, since the vocabulary has no parts of that country: it is kept as it is
    /// written. `None` if it may be another's.
    pub(super) fn region_without_term(&self, node: &Node, field: &Field, entries: &[Entry], table: &Table) -> Option<CodedTerm> {
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
                _ if let Some(code) = self.code_in_look_alikes(word) => {
                    format!("its letters are not Latin ones: write `{code}`")
                }
                _ if (2..=3).contains(&self.vocabulary.states_near(word).len()) => {
                    format!("did you mean {}?", self.listed(&self.vocabulary.states_near(word), " or "))
                }
                _ if field.roles.contains(&FieldRole::Shorthand) => {
                    "write the ISO 3166-1 code, such as KP; a firm, person or place is `{party: ...}` or `{place: ...}`"
                        .to_owned()
                }
                _ => "write the ISO 3166-1 code, such as KP".to_owned(),
            },
            _ => self.nearest_terms(word, field),
        };
        // A misspelt role is as much a mistake as a misspelt kind.
        let is_open = field.schemes.iter().any(|scheme| scheme.is_open() && *scheme != Scheme::Role);
        let may_be_unlisted = field.schemes.iter().any(|scheme| !scheme.is_closed());
        if is_open || may_be_unlisted && !self.vocabulary.is_misspelt(field.schemes, word) {
            let message = format!("`{word}` is not in the vocabulary of `{}`, so that its meaning is unknown", field.key);
            self.problems.push(Diagnostic::new(Code::UnlistedTerm, node.span, message).help(help));
            return Some(CodedTerm::Unlisted(Box::new(word.into())));
        }
        // A name that is far from any State's is unknown, and no slip: `via: [Suez]`.
        if what == "country" && side_text::read(word, self.vocabulary).is_some_and(|side| side.country.is_none()) {
            let message = format!("`{word}` is no State or town that is known, so that its meaning is unknown");
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

    /// The code of a State that is written in letters of another script which look like Latin ones.
    fn code_in_look_alikes(&self, word: &str) -> Option<String> {
        const ALIKE: [(char, char); 15] = [
            ('А', 'A'),
            ('В', 'B'),
            ('Е', 'E'),
            ('К', 'K'),
            ('М', 'M'),
            ('Н', 'H'),
            ('О', 'O'),
            ('Р', 'P'),
            ('С', 'C'),
            ('Т', 'T'),
            ('У', 'Y'),
            ('Х', 'X'),
            ('І', 'I'),
            ('Ѕ', 'S'),
            ('Ј', 'J'),
        ];
        let latin = |c: char| ALIKE.iter().find(|(other, _)| *other == c).map_or(c, |(_, latin)| *latin);
        let code: String = word.chars().map(latin).collect();
        let is_code = code.len() <= 3 && code != word && self.vocabulary.find(&[Scheme::Country], &code).is_some();
        is_code.then_some(code)
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
        // A word of another field is no slip for one of this, however near: `purpose: training`.
        if !self.vocabulary.is_misspelt(field.schemes, word)
            && let Some((other, id)) = self.term_elsewhere(word, field)
        {
            return format!("it is a word of `{}`: `{id}`. {all}", other.key());
        }
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

    /// The field of a transaction or of its parties, other than the given one, of which a word is a term.
    fn term_elsewhere(&self, word: &str, field: &Field) -> Option<(Scheme, &str)> {
        const OTHERS: [Scheme; 6] =
            [Scheme::Activity, Scheme::Role, Scheme::Purpose, Scheme::Stage, Scheme::Evidence, Scheme::Outcome];
        let others = OTHERS.into_iter().filter(|scheme| !field.schemes.contains(scheme));
        others
            .filter_map(|scheme| match self.vocabulary.find(&[scheme], word)? {
                CodedTerm::Term(term) => Some((scheme, self.vocabulary.id(term))),
                _ => None,
            })
            .next()
    }

    /// The ids of terms, as code.
    pub(super) fn listed(&self, terms: &[Term], separator: &str) -> String {
        let ids: Vec<String> = terms.iter().map(|term| format!("`{}`", self.vocabulary.id(*term))).collect();
        ids.join(separator)
    }
}
