//! A sentence taken apart, with what its noun phrases name.

use std::ops::Range;

use crate::facts::Term;
use crate::rulebook::{DraftingClass, Frame};

use super::asides::moved_behind;
use super::clauses::{Clause, clauses};
use super::dates::DateReader;
use super::event::{How, Side};
use super::lexicon::{Lexicon, Meaning, Name, NameKind, VerbForm};
use super::phrases::{Chunk, NounPhrase, VerbGroup, chunks};
use super::text::{Text, Token, TokenKind, is_quote};
use super::units::{Tag, Unit, units};

/// A sentence with its units, chunks and clauses.
#[derive(Debug)]
pub(super) struct Parsed<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) lexicon: &'t Lexicon,
    pub(super) range: Range<usize>,
    pub(super) units: Vec<Unit>,
    pub(super) chunks: Vec<Chunk>,
    pub(super) clauses: Vec<Clause>,
    /// It says that what it tells is unfounded.
    pub(super) is_unfounded: bool,
    /// How many sentences before it a ship or container was stopped.
    pub(super) since_stop: Option<usize>,
}

/// A State that a noun phrase names, with the words that do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) country: Term,
    pub(super) tokens: Range<usize>,
    pub(super) kind: NameKind,
}

/// What a noun phrase is as the theme of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ThemeClass {
    pub(super) class: DraftingClass,
    pub(super) activity: Option<Term>,
}

impl<'t> Parsed<'t> {
    pub(super) fn new(text: &'t Text<'_>, sentence: usize, lexicon: &'t Lexicon, dates: &DateReader) -> Self {
        let range = text.sentences.get(sentence).map_or(0..0, |sentence| sentence.tokens.clone());
        let units = moved_behind(units(&text.tokens, &range, lexicon, dates));
        let chunks = chunks(&text.tokens, &units, lexicon);
        let mut clauses = clauses(&chunks, &units);
        for clause in &mut clauses {
            if let Some(Chunk::Verb(group)) = chunks.get(clause.verb) {
                let tokens = group.tokens.start..(group.tokens.end + 1).min(text.tokens.len());
                clause.is_inquiry = lexicon.is_listed(&text.tokens, &tokens, "inquires");
            }
        }
        let is_unfounded = lexicon.is_listed(&text.tokens, &range, "unfounded");
        Self { tokens: &text.tokens, lexicon, range, units, chunks, clauses, is_unfounded, since_stop: None }
    }

    pub(super) fn noun(&self, chunk: usize) -> Option<&NounPhrase> {
        match self.chunks.get(chunk) {
            Some(Chunk::Noun(noun)) => Some(noun),
            _ => None,
        }
    }

    pub(super) fn group(&self, chunk: usize) -> Option<&VerbGroup> {
        match self.chunks.get(chunk) {
            Some(Chunk::Verb(group)) => Some(group),
            _ => None,
        }
    }

    pub(super) fn units_of(&self, noun: &NounPhrase) -> &[Unit] {
        self.units.get(noun.units.clone()).unwrap_or_default()
    }

    /// The last noun of a phrase in lower case.
    pub(super) fn head(&self, noun: &NounPhrase) -> String {
        self.units.get(noun.head).map(|unit| self.lower(&unit.tokens)).unwrap_or_default()
    }

    pub(super) fn lower(&self, tokens: &Range<usize>) -> String {
        let words: Vec<&str> =
            self.tokens.get(tokens.clone()).unwrap_or_default().iter().map(|token| token.lower.as_str()).collect();
        words.join(" ")
    }

    /// True if some of the tokens are inside of quotation marks.
    pub(super) fn is_quoted(&self, tokens: &Range<usize>) -> bool {
        self.tokens.get(tokens.clone()).unwrap_or_default().iter().any(|token| token.is_quoted)
    }

    /// The States that a phrase itself names: the head's, then the others in order.
    pub(super) fn names_in(&self, noun: &NounPhrase) -> Vec<Found> {
        let found = |unit: &Unit, name: Name| Found { country: name.country, tokens: unit.tokens.clone(), kind: name.kind };
        // `400 United States dollars`
        let is_of_money = |unit: &Unit| {
            let next = self.tokens.get(unit.tokens.end).map(|token| token.lower.as_str());
            next.is_some_and(|next| {
                next.starts_with('$') || self.lexicon.is_word_of(next.strip_suffix('s').unwrap_or(next), "currencies")
            })
        };
        // `hired a "Japanese" developer`: so called.
        let is_so_called = |unit: &Unit| {
            let is_mark = |at: Option<usize>| at.and_then(|at| self.tokens.get(at)).is_some_and(|token| is_quote(&token.lower));
            is_mark(unit.tokens.start.checked_sub(1)) && is_mark(Some(unit.tokens.end))
        };
        // `Iran's neighbour Oman`: Oman.
        let has_kin = |unit: &Unit| {
            let word = |at: usize| self.tokens.get(at).map_or("", |token| token.lower.as_str());
            let is_kin = |at: usize| self.lexicon.is_word_of(word(at), "kin-states");
            let end = unit.tokens.end;
            self.tokens.get(end).is_some_and(|token| token.kind == TokenKind::Possessive) && (is_kin(end + 1) || is_kin(end + 2))
        };
        let is_name = |unit: &&Unit| !is_of_money(unit) && !is_so_called(unit) && !has_kin(unit);
        let named = self.units_of(noun).iter().filter(is_name).filter_map(|unit| Some(found(unit, unit.name?)));
        let mut names: Vec<Found> = named.collect();
        if let Some(position) = names.iter().position(|name| {
            self.units.get(noun.head).is_some_and(|unit| unit.tokens == name.tokens) && name.kind != NameKind::Adjective
        }) {
            let head = names.remove(position);
            names.insert(0, head);
        }
        names
    }

    /// The capitalised words of a phrase that name no State: the name of a party, ship or person.
    pub(super) fn proper_name(&self, noun: &NounPhrase) -> Option<Range<usize>> {
        let mut best: Option<Range<usize>> = None;
        let mut open: Option<Range<usize>> = None;
        for unit in self.units_of(noun) {
            let token = self.tokens.get(unit.tokens.start);
            let is_capital =
                token.is_some_and(|token| token.kind == TokenKind::Capital) && unit.tag == Tag::Noun && unit.name.is_none();
            let continues_number = unit.tag == Tag::Number && open.is_some() && token.is_some_and(|token| token.lower.len() < 4);
            // The first word of a sentence has its capital letter from there.
            let is_first = unit.tokens.start == self.range.start;
            if is_capital && !(is_first && noun.units.len() == 1) || continues_number {
                let start = open.map_or(unit.tokens.start, |range: Range<usize>| range.start);
                open = Some(start..unit.tokens.end);
            } else if let Some(range) = open.take() {
                best = Some(best.filter(|best| best.len() >= range.len()).unwrap_or(range));
            }
        }
        if let Some(range) = open {
            best = Some(best.filter(|best| best.len() >= range.len()).unwrap_or(range));
        }
        best
    }

    /// True if the head of a phrase is a number: `four of the engineers`.
    pub(super) fn theme_is_number(&self, noun: &NounPhrase) -> bool {
        self.units.get(noun.head).is_some_and(|unit| matches!(unit.tag, Tag::Number | Tag::Quantifier | Tag::Determiner))
    }

    /// The noun phrase that hangs on another by *of*.
    pub(super) fn of(&self, noun: usize) -> Option<usize> {
        match self.chunks.get(noun + 1) {
            Some(Chunk::Preposition(word)) if word == "of" => self.noun(noun + 2).map(|_| noun + 2),
            _ => None,
        }
    }

    /// The noun phrase that another hangs on by prepositions: `the application` of `the application for the export of drones`.
    pub(super) fn root(&self, noun: usize) -> usize {
        let mut root = noun;
        for _ in 0..4 {
            let before = root.checked_sub(2).filter(|at| self.noun(*at).is_some());
            match (before, root.checked_sub(1).and_then(|at| self.chunks.get(at))) {
                (Some(before), Some(Chunk::Preposition(word)))
                    if matches!(word.as_str(), "of" | "for" | "on" | "against" | "about" | "over" | "by" | "to" | "from") =>
                {
                    root = before;
                }
                _ => break,
            }
        }
        root
    }

    /// The noun phrase behind a preposition of place that stands directly behind another.
    pub(super) fn beside(&self, noun: usize) -> Option<usize> {
        // `Black Falcon Security, of Abu Dhabi,`
        if let (Some(Chunk::Comma), Some(Chunk::Preposition(word)), Some(Chunk::Noun(_)), Some(Chunk::Comma)) =
            (self.chunks.get(noun + 1), self.chunks.get(noun + 2), self.chunks.get(noun + 3), self.chunks.get(noun + 4))
            && matches!(word.as_str(), "of" | "from")
        {
            return Some(noun + 3);
        }
        const WORDS: [&str; 10] = ["of", "from", "in", "at", "on", "near", "inside", "based in", "off", "under"];
        match self.chunks.get(noun + 1) {
            Some(Chunk::Preposition(word)) if WORDS.contains(&word.as_str()) => self.noun(noun + 2).map(|_| noun + 2),
            // `a company based in Dalian`, `run by Pyongyang`, `flying the flag of Togo`
            Some(Chunk::Verb(group)) if is_description(group) => match self.chunks.get(noun + 2) {
                Some(Chunk::Noun(_)) => Some(noun + 2),
                Some(Chunk::Preposition(word)) if WORDS.contains(&word.as_str()) || word == "by" || word == "for" => {
                    self.noun(noun + 3).map(|_| noun + 3)
                }
                // `people linked with Al-Shabaab`
                Some(Chunk::Preposition(word))
                    if matches!(word.as_str(), "with" | "to") && self.lexicon.is_listed(self.tokens, &group.tokens, "binds") =>
                {
                    self.noun(noun + 3).map(|_| noun + 3)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The State that goods are from: by their adjective, by *of* or *from*, by where they were made.
    pub(super) fn origin(&self, noun: usize) -> Option<Side> {
        let named = |at: usize| self.noun(at).and_then(|noun| self.names_in(noun).into_iter().next());
        let found = named(noun).or_else(|| match (self.chunks.get(noun + 1)?, self.chunks.get(noun + 2)?) {
            (Chunk::Preposition(word), Chunk::Noun(_)) if matches!(word.as_str(), "of" | "from") => named(noun + 2),
            (Chunk::Verb(group), Chunk::Preposition(word)) if is_description(group) && word != "as" => named(noun + 3),
            _ => None,
        })?;
        Some(Side { country: found.country, tokens: found.tokens, how: How::Named })
    }

    /// The noun phrase that says more of another behind a comma: `Toplivo Bunker, a company from Khabarovsk`.
    pub(super) fn apposition(&self, noun: usize) -> Option<usize> {
        matches!(self.chunks.get(noun + 1), Some(Chunk::Comma)).then_some(noun + 2).filter(|at| {
            // `its eastern neighbour, North Korea,`
            let names_state = || {
                let is_named = |at: usize| {
                    self.noun(at).and_then(|noun| self.units.get(noun.head)).is_some_and(|head| {
                        head.name.is_some_and(|name| matches!(name.kind, NameKind::Country | NameKind::State))
                    })
                };
                let is_last = !matches!(self.chunks.get(at + 1), Some(Chunk::Conjunction(_) | Chunk::Verb(_)));
                is_named(*at) && !is_named(noun) && is_last
            };
            names_state()
                || self.noun(*at).is_some_and(|noun| {
                    let first = self.units_of(noun).first();
                    first.is_some_and(|unit| {
                        matches!(self.lower(&unit.tokens).as_str(), "a" | "an" | "the" | "one" | "another" | "its" | "his")
                    })
                })
        })
    }

    /// What the words of a phrase are as a theme: the longest phrase of the lexicon that ends with its head, else with a word of it.
    pub(super) fn theme(&self, noun: &NounPhrase, lexicon: &Lexicon, wanted: &[DraftingClass]) -> Option<ThemeClass> {
        let end = self.units.get(noun.head).map_or(noun.tokens.end, |unit| unit.tokens.end);
        let starts = noun.tokens.start..end;
        let ends_at_head = starts.clone().find_map(|start| self.theme_at(start, Some(end), lexicon, wanted));
        ends_at_head.or_else(|| {
            starts.into_iter().find_map(|start| {
                self.theme_at(start, None, lexicon, wanted)
                    .filter(|_| wanted.contains(&DraftingClass::Fired) || wanted.contains(&DraftingClass::Made))
            })
        })
    }

    fn theme_at(&self, start: usize, end: Option<usize>, lexicon: &Lexicon, wanted: &[DraftingClass]) -> Option<ThemeClass> {
        let tokens = self.tokens.get(..self.range.end)?;
        lexicon.at(tokens, start).find_map(|(length, meaning)| match meaning {
            Meaning::Theme(class, activity) if wanted.contains(&class) && end.is_none_or(|end| start + length == end) => {
                Some(ThemeClass { class, activity })
            }
            _ => None,
        })
    }

    /// The words of a phrase as the description of goods: without articles, numbers and States' names before them.
    pub(super) fn description(&self, noun: &NounPhrase) -> Range<usize> {
        let mut start = noun.tokens.start;
        for unit in self.units_of(noun) {
            let is_before = matches!(unit.tag, Tag::Determiner | Tag::Quantifier | Tag::Possessive | Tag::Number | Tag::Adverb)
                || (unit.name.is_some() && unit.tokens.end < noun.tokens.end)
                || self.tokens.get(unit.tokens.start).is_some_and(|token| token.is_joined);
            if !is_before {
                break;
            }
            start = unit.tokens.end;
        }
        start.min(noun.tokens.end.saturating_sub(1))..noun.tokens.end
    }
}

/// True for a participle behind a noun that says more of it, and is no movement.
fn is_description(group: &VerbGroup) -> bool {
    let moves = group.act().is_some_and(|act| {
        matches!(act.frame, Frame::Gives | Frame::Gets | Frame::Moves | Frame::Arrives | Frame::Leaves | Frame::Does)
    });
    !moves && group.is_bare(&[VerbForm::Ing, VerbForm::Past, VerbForm::Participle]) && !group.is_passive && !group.is_perfect
}
