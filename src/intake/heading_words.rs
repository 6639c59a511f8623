//! Headings made of several words: which words count, in what order they may stand, and what two names make together.
//!
//! `Date facture`, `Facture, date`, `Dt. de la facture` are the same words. `Pays acheteur` says whose (`acheteur`) and what of it
//! (`pays`); who is named and what there is to tell of them stand once each in `headings.yaml`, not each pair of them.

use std::collections::{HashMap, HashSet};

use crate::document::Node;
use crate::facts::Words;

/// What a column tells of the party, ship or port that its heading names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Name,
    Country,
    City,
    Address,
    Bank,
    Bic,
    Nationality,
    /// A number or an address that no rule asks for: an account, a telephone.
    Number,
    Flag,
    Imo,
    Owner,
    Kind,
    /// Whether a list names it, and which.
    Listed,
}

impl Part {
    pub(super) const ALL: [Self; 13] = [
        Self::Name,
        Self::Country,
        Self::City,
        Self::Address,
        Self::Bank,
        Self::Bic,
        Self::Nationality,
        Self::Number,
        Self::Flag,
        Self::Imo,
        Self::Owner,
        Self::Kind,
        Self::Listed,
    ];

    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "name" => Self::Name,
            "country" => Self::Country,
            "city" => Self::City,
            "address" => Self::Address,
            "bank" => Self::Bank,
            "bic" => Self::Bic,
            "nationality" => Self::Nationality,
            "number" => Self::Number,
            "flag" => Self::Flag,
            "imo" => Self::Imo,
            "owner" => Self::Owner,
            "kind" => Self::Kind,
            "listed" => Self::Listed,
            _ => return None,
        })
    }
}

/// The facts that a part of what some facts name is; `None` if it has no such part.
pub(super) fn facts_of_part(facts: &[String], part: Part) -> Option<Vec<String>> {
    let first = facts.first()?;
    let side = first.strip_suffix(".party").filter(|side| matches!(*side, "from" | "to"));
    let party = facts.iter().find_map(|fact| fact.strip_suffix(".name").filter(|record| record.starts_with("party(")));
    let port = first.strip_suffix(".name").filter(|record| record.starts_with("port"));
    let with_notes = |facts: Vec<String>| Some(facts.into_iter().chain(["notes".to_owned()]).collect());
    if matches!(first.as_str(), "counterparty" | "account.holder") {
        return facts_of_account_part(first, part);
    }
    if let Some(vessel) = first.strip_suffix(".name").filter(|record| record.starts_with("vessel")) {
        let key = match part {
            Part::Name => "name",
            Part::Flag => "flag",
            Part::Imo => "imo",
            Part::Owner => "owned_by",
            Part::Kind => "kind",
            Part::Listed => "designated_as",
            _ => return None,
        };
        return Some(vec![format!("{vessel}.{key}")]);
    }
    if first == "aircraft.type" {
        let fact = match part {
            Part::Name | Part::Kind => "aircraft.type",
            Part::Flag | Part::Country => "aircraft.flag",
            Part::Owner => "party(owner).name",
            Part::Listed => "aircraft.designated_as",
            _ => return None,
        };
        return Some(vec![fact.to_owned()]);
    }
    if let Some(port) = port {
        return match part {
            Part::Name => Some(facts.to_vec()),
            Part::Country => Some(vec![format!("{port}.country")]),
            _ => None,
        };
    }
    if first == "item.made_by" {
        return match part {
            Part::Country => Some(vec!["item.origin".to_owned()]),
            Part::Name => Some(facts.to_vec()),
            Part::Address | Part::City | Part::Number => with_notes(Vec::new()),
            _ => None,
        };
    }
    if first == "item.description" {
        return (part == Part::Name).then(|| facts.to_vec());
    }
    if side.is_none() && party.is_none() {
        return None;
    }
    let of_party = |key: &str| party.map(|party| format!("{party}.{key}"));
    let of_side = |key: &str| side.map(|side| format!("{side}.{key}"));
    let of_bank = |key: &str| {
        let which = match side {
            Some("from") => "ordering",
            Some(_) => "beneficiary",
            None => return party.filter(|party| party.starts_with("party(bank")).map(|party| format!("{party}.{key}")),
        };
        Some(format!("party(bank/{which}).{key}"))
    };
    match part {
        Part::Name => Some(facts.to_vec()),
        Part::Country => with_notes(of_side("where").into_iter().chain(of_party("country")).collect()),
        Part::City => with_notes(of_side("place").or_else(|| of_party("address")).into_iter().collect()),
        Part::Address => with_notes(of_party("address").into_iter().collect()),
        Part::Nationality => with_notes(of_party("nationality").into_iter().collect()),
        Part::Bank if side.is_some() => with_notes(of_bank("name").into_iter().collect()),
        Part::Bic => of_bank("bic").map(|fact| vec![fact]),
        Part::Number => with_notes(Vec::new()),
        Part::Kind => of_party("kind").map(|fact| vec![fact, "notes".to_owned()]),
        Part::Owner => of_party("owned_by").map(|fact| vec![fact]),
        Part::Listed => of_party("designated_as").map(|fact| vec![fact]),
        Part::Bank | Part::Flag | Part::Imo => None,
    }
}

/// The facts of a part of the holder of an account, or of the one with whom the holder deals.
fn facts_of_account_part(whose: &str, part: Part) -> Option<Vec<String>> {
    let is_other = whose == "counterparty";
    let label = if is_other { "counterparty" } else { "holder" };
    Some(match part {
        Part::Name => vec![whose.to_owned(), "notes".to_owned()],
        Part::Country if is_other => vec!["counterparty.country".to_owned(), "notes".to_owned()],
        Part::Country => vec![format!("party(/{label}).country")],
        Part::Address | Part::City => vec![format!("party(/{label}).address"), "notes".to_owned()],
        Part::Nationality => vec![format!("party(/{label}).nationality")],
        Part::Bank => vec![format!("party(bank/{label}).name"), "notes".to_owned()],
        Part::Bic => vec![format!("party(bank/{label}).bic")],
        Part::Number => vec!["notes".to_owned()],
        Part::Kind | Part::Flag | Part::Imo | Part::Owner | Part::Listed => return None,
    })
}

/// The words of a heading that count, in the order in which they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadingWords(Vec<String>);

impl HeadingWords {
    /// More words than this name no column.
    const MOST: usize = 14;

    /// The words as they are looked up: sorted, but those of scripts without spaces, where a word is one character.
    pub(super) fn key(&self) -> Option<String> {
        let mut words: Vec<&str> = self.0.iter().map(String::as_str).collect();
        if words.is_empty() || words.len() > Self::MOST {
            return None;
        }
        let is_character = |word: &&str| !word.is_ascii() && word.chars().nth(1).is_none();
        if !words.iter().any(is_character) {
            words.sort_unstable();
            words.dedup();
        }
        Some(words.join(" "))
    }

    /// The words in two parts, each way round: those that may say whose, and those that may say what.
    pub(super) fn halves(&self) -> impl Iterator<Item = (Self, Self)> {
        let count = if self.0.len() > Self::MOST { 0 } else { self.0.len() };
        (1..count).flat_map(|at| {
            let (first, last) = self.0.split_at_checked(at).unwrap_or_default();
            let (first, last) = (Self(first.to_vec()), Self(last.to_vec()));
            [(first.clone(), last.clone()), (last, first)]
        })
    }
}

/// The words of `headings.yaml` of which headings are made besides the names.
#[derive(Debug, Default)]
pub(super) struct HeadingGrammar {
    /// Articles and prepositions, which do not count.
    particles: HashSet<String>,
    /// The same of languages whose words are single characters, from the longest on.
    characters: Vec<Vec<String>>,
    /// Words that stand for another.
    in_full: HashMap<String, String>,
    /// The last parts of words that German writes together, from the longest on.
    ends: Vec<String>,
    parts: HashMap<String, Part>,
}

impl HeadingGrammar {
    /// Reads the sections of the file; `None` if they are not written as they should be.
    pub(super) fn parse(root: &Node) -> Option<Self> {
        let mut grammar = Self::default();
        for particle in root.get("particles")?.elements()?.iter().filter_map(Node::text) {
            let words: Vec<String> = Words::new(particle).iter().map(str::to_owned).collect();
            match words.as_slice() {
                [only] if only.chars().nth(1).is_some() || only.is_ascii() => {
                    grammar.particles.insert(only.clone());
                }
                _ => grammar.characters.push(words),
            }
        }
        grammar.characters.sort_by_key(|words| std::cmp::Reverse(words.len()));
        for entry in root.get("abbreviations")?.entries()? {
            for short in entry.value.one_or_many().iter().filter_map(Node::text) {
                let words = Words::new(short).iter().map(str::to_owned).collect::<Vec<_>>().join(" ");
                grammar.in_full.insert(words, stemmed(&entry.key.text));
            }
        }
        grammar.ends = root.get("joined")?.elements()?.iter().filter_map(Node::text).map(stemmed).collect();
        grammar.ends.sort_by_key(|end| std::cmp::Reverse(end.len()));
        for entry in root.get("parts")?.entries()? {
            let part = Part::parse(&entry.key.text)?;
            for of_language in entry.value.entries()? {
                for name in of_language.value.elements()?.iter().filter_map(Node::text) {
                    if let Some(key) = grammar.words(name).key() {
                        grammar.parts.entry(key).or_insert(part);
                    }
                }
            }
        }
        Some(grammar)
    }

    /// The words of a name that count: stemmed, in full, joined words taken apart.
    pub(super) fn words(&self, name: &str) -> HeadingWords {
        /// Longer texts are no heading.
        const MOST_BYTES: usize = 160;
        let name = name.get(..MOST_BYTES).map_or(name, |_| "");
        let all = Words::new(name);
        let all: Vec<&str> = all.iter().collect();
        let mut words = Vec::new();
        let mut rest = all.as_slice();
        while let Some((word, after)) = rest.split_first() {
            let is_here =
                |particle: &&Vec<String>| particle.iter().map(String::as_str).eq(rest.iter().take(particle.len()).copied());
            if let Some(particle) = self.characters.iter().find(is_here) {
                rest = rest.get(particle.len()..).unwrap_or_default();
                continue;
            }
            rest = after;
            // The article of Arabic stands before its word.
            let word = word.strip_prefix("ال").filter(|bare| bare.chars().nth(2).is_some()).unwrap_or(word);
            if self.particles.contains(word) && all.len() > 1 {
                continue;
            }
            // `n` for a number stands before another word.
            match self.in_full.get(word) {
                Some(full) if word.chars().nth(1).is_some() || all.len() > 1 => words.push(full.clone()),
                _ => self.push_joined(word, &mut words),
            }
        }
        HeadingWords(words)
    }

    /// Pushes a word, taken apart if it ends with one of those that others are joined to: `käuferland`, `rechnungsdatum`.
    fn push_joined(&self, word: &str, words: &mut Vec<String>) {
        let apart = self.ends.iter().find_map(|end| {
            let head = word.strip_suffix(end.as_str()).filter(|head| head.chars().count() > 3)?;
            Some((head.strip_suffix('s').unwrap_or(head), end))
        });
        match apart {
            Some((head, end)) => words.extend([self.in_full.get(head).cloned().unwrap_or_else(|| head.to_owned()), end.clone()]),
            None => words.push(word.to_owned()),
        }
    }

    /// The part that some words name alone.
    pub(super) fn part(&self, words: &HeadingWords) -> Option<Part> {
        self.parts.get(&words.key()?).copied()
    }
}

/// A word as it is compared.
fn stemmed(word: &str) -> String {
    Words::new(word).iter().collect::<Vec<_>>().join(" ")
}
