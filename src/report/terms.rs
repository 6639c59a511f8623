//! The vocabulary for people: every term with its meaning, the terms above it, and the words that are read as it.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::document::did_you_mean;
use crate::facts::{EvidenceSource, Field, Scheme, Table, Term, Transaction, fold};
use crate::rulebook::{PartySide, Rulebook, Vocabulary};

use super::wrap::wrapped;

/// Terms of the vocabulary, by what they are written for.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct TermList {
    sections: Vec<TermSection>,
}

/// The terms of one scheme, or the ids of quotas or lists of goods.
#[derive(Debug, Serialize)]
struct TermSection {
    scheme: String,
    /// The facts that take these terms, as conditions and columns of tables name them.
    facts: Vec<String>,
    /// Whether words that are not listed are read as unknown, with a warning; else they are an error.
    open: bool,
    terms: Vec<TermNote>,
}

/// A term.
#[derive(Debug, Serialize)]
struct TermNote {
    id: String,
    label: String,
    /// The ids of the terms directly above it.
    broader: Vec<String>,
    /// What it is of the terms above it: `kind of`.
    #[serde(skip)]
    relation: &'static str,
    /// The side that a role puts a party on.
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    /// Other names and symbols.
    names: Vec<String>,
    /// Ordinary words, by language.
    words: Vec<WordsNote>,
}

/// Ordinary words of a language.
#[derive(Debug, Serialize)]
struct WordsNote {
    language: String,
    words: Vec<String>,
}

impl TermList {
    /// All terms of a rulebook.
    pub fn new(rulebook: &Rulebook) -> Self {
        let vocabulary = &rulebook.vocabulary;
        let names = vocabulary.names();
        let facts = facts_by_scheme();
        let mut sections: Vec<TermSection> = Scheme::ALL
            .into_iter()
            .map(|scheme| TermSection {
                scheme: scheme.key().to_owned(),
                facts: facts.get(&scheme).cloned().unwrap_or_default(),
                open: scheme.is_open(),
                terms: vocabulary.terms().filter(|t| vocabulary.is_in(*t, scheme)).map(|t| note(t, vocabulary, &names)).collect(),
            })
            .collect();
        let named = |id: &str, label: &str| TermNote {
            id: id.to_owned(),
            label: label.to_owned(),
            broader: Vec::new(),
            relation: "",
            side: None,
            names: Vec::new(),
            words: Vec::new(),
        };
        let of_ids = |scheme: &str, facts: &[&str], terms| TermSection {
            scheme: scheme.to_owned(),
            facts: facts.iter().map(|fact| (*fact).to_owned()).collect(),
            open: false,
            terms,
        };
        let quotas = rulebook.quotas.iter().map(|quota| named(&quota.id, &quota.title)).collect();
        sections.push(of_ids("quota", &["context.balances.quota", "context.notices.quota"], quotas));
        let goods = rulebook.goods.lists().iter().map(|list| named(&list.id, &list.title)).collect();
        sections.push(of_ids("goods", &[], goods));
        sections.retain(|section| !section.terms.is_empty());
        Self { sections }
    }

    /// Keeps what a topic names: a scheme (`activity`, `party-kind`), in the plural too, or a fact (`kind`, `party.role`). False
    /// if it names nothing, and then nothing is kept.
    pub fn keep_topic(&mut self, topic: &str) -> bool {
        let topic = topic.trim().to_lowercase().replace(['_', ' '], "-");
        let singular = match topic.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => topic.strip_suffix('s').unwrap_or(&topic).to_owned(),
        };
        let last_part = |fact: &str| fact.rsplit('.').next().unwrap_or_default().to_owned();
        let is_scheme = |section: &TermSection| [&topic, &singular].contains(&&section.scheme);
        let is_fact = |section: &TermSection| {
            section.facts.iter().any(|fact| *fact == topic || last_part(fact) == topic || last_part(fact) == singular)
        };
        let by_scheme = self.sections.iter().any(is_scheme);
        self.sections.retain(|section| if by_scheme { is_scheme(section) } else { is_fact(section) });
        !self.sections.is_empty()
    }

    /// The names of topics: all schemes.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().map(|section| section.scheme.as_str())
    }

    /// Keeps the terms that have each word of a text, or a word that begins with it, in their id, label or words. If a term is
    /// called exactly so, only those are kept, with the terms below them. False if there is none.
    pub fn search(&mut self, text: &str) -> bool {
        let wanted = fold(text);
        let is_called_so = |term: &TermNote| term.all_names().any(|name| fold(name) == wanted);
        let called: Vec<String> = self.terms().filter(|term| is_called_so(term)).map(|term| term.id.clone()).collect();
        let prefixes: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
        let has_all = |term: &TermNote| {
            let text = fold(&term.all_names().chain([term.label.as_str()]).collect::<Vec<_>>().join(" "));
            !prefixes.is_empty() && prefixes.iter().all(|prefix| text.split(' ').any(|word| word.starts_with(prefix)))
        };
        for section in &mut self.sections {
            section.terms.retain(|term| match called.is_empty() {
                true => has_all(term),
                false => is_called_so(term) || term.broader.iter().any(|broader| called.contains(broader)),
            });
        }
        self.sections.retain(|section| !section.terms.is_empty());
        !self.sections.is_empty()
    }

    /// A help that names the term whose name is closest to a text, if one is close.
    pub fn closest(&self, text: &str) -> Option<String> {
        did_you_mean(text, self.terms().flat_map(TermNote::all_names))
    }

    fn terms(&self) -> impl Iterator<Item = &TermNote> {
        self.sections.iter().flat_map(|section| &section.terms)
    }

    /// The terms for a terminal.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for section in &self.sections {
            if !out.is_empty() {
                out.push('\n');
            }
            let facts = if section.facts.is_empty() { String::new() } else { format!(": {}", section.facts.join(", ")) };
            wrapped(&mut out, "", "  ", &format!("{}{facts}", section.scheme));
            for term in &section.terms {
                wrapped(&mut out, &format!("  {:<24} ", term.id), "      ", &term.meaning());
                if let Some(words) = term.words_in_a_row() {
                    wrapped(&mut out, "      words: ", "      ", &words);
                }
            }
        }
        out
    }

    /// The page `docs/terms.md`.
    pub fn markdown(&self) -> String {
        let mut out = String::from(
            "# Terms\n\n\
             The words that incident files and tables are written in. A term means itself and all below it. The words beside it are\n\
             read as the term, with a note in the report. `interdict terms --search WORD` finds one.\n\n\
             Made from the vocabulary of the rulebook; a test keeps it so (`UPDATE_GOLDEN=1 cargo test --test terms`).\n",
        );
        let cell = |text: &str| text.replace('|', "\\|");
        for section in &self.sections {
            let _ = write!(out, "\n## {}\n\n", section.scheme);
            if !section.facts.is_empty() {
                let facts: Vec<String> = section.facts.iter().map(|fact| format!("`{fact}`")).collect();
                let open = if section.open { " Other words are read as unknown, with a warning." } else { "" };
                let _ = write!(out, "Written for {}.{open}\n\n", facts.join(", "));
            }
            out.push_str("| term | meaning | words |\n|---|---|---|\n");
            for term in &section.terms {
                let words = term.words_in_a_row().unwrap_or_default();
                let _ = writeln!(out, "| `{}` | {} | {} |", term.id, cell(&term.meaning()), cell(&words));
            }
        }
        out
    }
}

impl TermNote {
    /// Its id and everything that is read as it.
    fn all_names(&self) -> impl Iterator<Item = &str> {
        let words = self.words.iter().flat_map(|of| &of.words);
        [&self.id].into_iter().chain(&self.names).chain(words).map(String::as_str)
    }

    /// Its label, the terms above it, and the side of a role.
    fn meaning(&self) -> String {
        let mut meaning = self.label.clone();
        if !self.broader.is_empty() {
            let _ = write!(meaning, " ({} {})", self.relation, self.broader.join(", "));
        }
        if let Some(side) = self.side.filter(|side| *side != "neither") {
            let _ = write!(meaning, " ({side} side)");
        }
        meaning
    }

    /// Its names and words, those of other languages behind the language; `None` if there are none.
    fn words_in_a_row(&self) -> Option<String> {
        let mut parts = Vec::new();
        let english = self.words.iter().filter(|of| of.language == "en").flat_map(|of| &of.words);
        let plain: Vec<&str> = self.names.iter().chain(english).map(String::as_str).collect();
        parts.extend((!plain.is_empty()).then(|| plain.join(", ")));
        let others = self.words.iter().filter(|of| of.language != "en" && !of.words.is_empty());
        parts.extend(others.map(|of| format!("{}: {}", of.language, of.words.join(", "))));
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

fn note(term: Term, vocabulary: &Vocabulary, names: &HashMap<Term, Vec<&str>>) -> TermNote {
    let above: Vec<Term> = vocabulary.broader_terms(term).collect();
    // Those above another one of them are left out.
    let is_direct = |broader: &Term| !above.iter().any(|other| other != broader && vocabulary.is_a(*other, *broader));
    let label = vocabulary.label(term);
    let names = names.get(&term).map(Vec::as_slice).unwrap_or_default();
    TermNote {
        id: vocabulary.id(term).to_owned(),
        label: label.to_owned(),
        broader: above.iter().filter(|term| is_direct(term)).map(|term| vocabulary.id(*term).to_owned()).collect(),
        relation: if vocabulary.is_in(term, Scheme::Region) { "part of" } else { "kind of" },
        side: vocabulary
            .side(term)
            .filter(|_| vocabulary.is_in(term, Scheme::Role))
            .and_then(|side| PartySide::ALL.iter().find(|(other, _)| *other == side))
            .map(|(_, word)| *word),
        names: names.iter().filter(|name| **name != fold(label)).map(|name| (*name).to_owned()).collect(),
        words: vocabulary
            .words(term)
            .map(|(language, words)| WordsNote { language: language.to_owned(), words: words.to_vec() })
            .collect(),
    }
}

/// The facts that take the terms of each scheme, in the order of the tables.
fn facts_by_scheme() -> HashMap<Scheme, Vec<String>> {
    fn add(facts: &mut HashMap<Scheme, Vec<String>>, name: String, field: &Field) {
        for scheme in field.schemes {
            let of_scheme = facts.entry(*scheme).or_default();
            if !of_scheme.contains(&name) {
                of_scheme.push(name.clone());
            }
        }
    }
    fn name(field: &Field) -> &'static str {
        field.rule_key.unwrap_or(field.key)
    }
    let mut facts = HashMap::new();
    let source = ("source", EvidenceSource::TABLE);
    let inner = |field: &Field| -> Option<(&'static str, &'static Table)> { Some((name(field), field.kind.record_table()?)) };
    Transaction::TABLE.fields.iter().for_each(|field| add(&mut facts, name(field).to_owned(), field));
    let records = Transaction::TABLE.fields.iter().filter_map(inner).chain([source]);
    for (record, table) in records {
        table.fields.iter().for_each(|field| add(&mut facts, format!("{record}.{}", name(field)), field));
    }
    facts
}
