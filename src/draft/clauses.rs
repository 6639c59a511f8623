//! Clauses: the subject, the objects and the prepositional phrases of every verb of a sentence.

use super::dates::DateMention;
use super::lexicon::VerbForm;
use super::phrases::{Chunk, NounPhrase, VerbGroup};
use super::units::Unit;
use crate::rulebook::Frame;

/// A verb group with what belongs to it. Noun phrases are positions of chunks.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    /// The chunk of the verb group.
    pub(super) verb: usize,
    pub(super) subject: Vec<usize>,
    pub(super) objects: Vec<usize>,
    /// The first of two objects: `gave them rifles`.
    pub(super) recipient: Option<usize>,
    /// Prepositions with their noun phrases, in order.
    pub(super) places: Vec<(String, Vec<usize>)>,
    pub(super) dates: Vec<DateMention>,
    pub(super) link: Link,
    pub(super) is_passive: bool,
    /// It says that something is looked into.
    pub(super) is_inquiry: bool,
}

/// How a clause hangs on what stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Link {
    Main,
    /// Of another clause, by its position: `plans to sell`, `began selling`, `says that`, `says`.
    Governed(usize),
    /// Of a noun: `no evidence that`, `a plan to`.
    OfNoun(usize),
    /// `without selling`, `by selling`
    Gerund(String, Option<usize>),
    /// Shares the subject of another clause.
    Coordinated(usize),
    Relative,
    Subordinate(String),
}

/// The most chunks that are looked at on either side of a verb.
pub(super) const REACH: usize = 60;

/// Reads the clauses of a sentence, one for each verb group, in order.
pub(super) fn clauses(chunks: &[Chunk], units: &[Unit]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    for (at, chunk) in chunks.iter().enumerate() {
        let Chunk::Verb(group) = chunk else { continue };
        let clause = ClauseReader { chunks, units, clauses: &clauses, group, at }.read();
        // `trains and arms the Taliban`: one object of two verbs.
        let of_both = clause.objects.clone();
        if let (Link::Coordinated(first), [.., Chunk::Verb(_), Chunk::Conjunction(_)]) =
            (&clause.link, chunks.get(..at).unwrap_or_default())
            && let Some(first) =
                clauses.get_mut(*first).filter(|first| first.objects.is_empty() && first.places.is_empty() && !first.is_passive)
        {
            first.objects = of_both;
        }
        let mut clause = clause;
        // `were taught to fly by North Korean pilots`: who teaches.
        if let (Link::Governed(governor), true) = (&clause.link, group.is_infinitive && !clause.is_passive)
            && let Some(governor) = clauses.get_mut(*governor).filter(|governor| governor.is_passive)
        {
            let (by, rest) = clause.places.into_iter().partition(|(word, _)| word == "by");
            clause.places = rest;
            governor.places.extend::<Vec<_>>(by);
        }
        clauses.push(clause);
    }
    // `That Sudan's army gave them mortars was believed.`
    if matches!(chunks.first(), Some(Chunk::That)) && clauses.len() > 1 {
        let is_main = |clause: &Clause| match chunks.get(clause.verb) {
            Some(Chunk::Verb(group)) => group.is_finite && clause.link == Link::Main,
            _ => false,
        };
        let main = clauses.iter().skip(1).position(is_main);
        if let (Some(main), Some(first)) = (main, clauses.first_mut().filter(|first| first.link == Link::Main)) {
            first.link = Link::Governed(main + 1);
        }
    }
    clauses
}

/// Reads the clause of one verb group.
pub(super) struct ClauseReader<'c> {
    pub(super) chunks: &'c [Chunk],
    pub(super) units: &'c [Unit],
    pub(super) clauses: &'c [Clause],
    pub(super) group: &'c VerbGroup,
    pub(super) at: usize,
}

impl ClauseReader<'_> {
    fn read(&self) -> Clause {
        let mut clause = Clause {
            verb: self.at,
            subject: Vec::new(),
            objects: Vec::new(),
            recipient: None,
            places: Vec::new(),
            dates: Vec::new(),
            link: Link::Main,
            is_passive: self.group.is_passive,
            is_inquiry: false,
        };
        self.read_right(&mut clause);
        self.read_left(&mut clause);
        let is_bare =
            self.group.is_bare(&[VerbForm::Past, VerbForm::Participle]) && !self.group.is_perfect && !self.group.is_passive;
        if is_bare {
            let takes_object =
                self.group.act().is_some_and(|act| !matches!(act.frame, Frame::Arrives | Frame::Works | Frame::Meets));
            let is_participle = self.group.is_bare(&[VerbForm::Participle]);
            // `have dredged sand and taken it`: the perfect reaches both.
            let is_perfect = matches!(clause.link, Link::Coordinated(other) if self.clauses.get(other).and_then(|other| self.group(other.verb)).is_some_and(|group| group.is_perfect && !group.is_passive));
            // `he later taught in Kyiv`
            let is_of_person = clause.subject.last().is_some_and(|noun| {
                // But not of `had them shipped`.
                let before = noun.checked_sub(1).and_then(|at| self.chunks.get(at));
                let is_object = matches!(before, Some(Chunk::Verb(_) | Chunk::Preposition(_)));
                self.noun(*noun).is_some_and(|noun| noun.is_pronoun) && !is_object
            });
            // `they were packed as parts, shipped to Dalian and taken on`
            let is_of_passive =
                matches!(clause.link, Link::Coordinated(other) if self.clauses.get(other).is_some_and(|other| other.is_passive));
            let is_reduced = takes_object
                && clause.objects.is_empty()
                && !matches!(clause.link, Link::Relative)
                && (!is_of_person || is_of_passive);
            clause.is_passive = !is_perfect && (is_participle || is_reduced);
        }
        clause
    }

    pub(super) fn noun(&self, at: usize) -> Option<&NounPhrase> {
        match self.chunks.get(at) {
            Some(Chunk::Noun(noun)) => Some(noun),
            _ => None,
        }
    }

    pub(super) fn is_noun(&self, at: usize) -> bool {
        self.noun(at).is_some()
    }

    /// The end of a noun phrase with what hangs on it by *of*.
    pub(super) fn end_of(&self, mut at: usize) -> usize {
        at += 1;
        while matches!(self.chunks.get(at), Some(Chunk::Preposition(p)) if p == "of") && self.is_noun(at + 1) {
            at += 2;
        }
        at
    }

    /// True if a clause of its own begins with the noun phrases at a place: a finite verb follows.
    pub(super) fn begins_clause(&self, at: usize) -> bool {
        let mut next = self.end_of(at);
        while matches!(self.chunks.get(next), Some(Chunk::Adverb(_) | Chunk::Negation)) {
            next += 1;
        }
        match self.chunks.get(next) {
            Some(Chunk::Verb(group)) => !group.is_infinitive && !group.is_bare(&[VerbForm::Ing, VerbForm::Participle]),
            _ => false,
        }
    }

    /// The noun phrases that are named side by side from a place on, and the end of them.
    pub(super) fn list(&self, first: usize) -> (Vec<usize>, usize) {
        let mut nouns = vec![first];
        let mut end = self.end_of(first);
        loop {
            let mut next = end;
            let mut is_linked = false;
            while let Some(chunk) = self.chunks.get(next) {
                match chunk {
                    Chunk::Comma => {}
                    Chunk::Conjunction(word) if matches!(word.as_str(), "and" | "or") => is_linked = true,
                    Chunk::Adverb(_) if is_linked => {}
                    _ => break,
                }
                next += 1;
            }
            // A list without *and* is one only if an *and* comes: else it is an apposition.
            let continues = next > end && self.is_noun(next) && !self.begins_clause(next) && (is_linked || self.and_comes(next));
            if !continues || nouns.len() > 24 {
                return (nouns, end);
            }
            nouns.push(next);
            end = self.end_of(next);
        }
    }

    pub(super) fn and_comes(&self, mut at: usize) -> bool {
        for _ in 0..24 {
            at = self.end_of(at);
            match self.chunks.get(at) {
                Some(Chunk::Comma) if self.is_noun(at + 1) => at += 1,
                Some(Chunk::Comma) if matches!(self.chunks.get(at + 1), Some(Chunk::Conjunction(_))) => {
                    return self.is_noun(at + 2);
                }
                Some(Chunk::Conjunction(word)) => return matches!(word.as_str(), "and" | "or") && self.is_noun(at + 1),
                _ => return false,
            }
        }
        false
    }

    /// The clause of a verb group.
    pub(super) fn clause_of(&self, verb: usize) -> Option<(usize, &Clause)> {
        self.clauses.iter().enumerate().rev().find(|(_, clause)| clause.verb == verb)
    }

    /// The clause of the last verb before a place.
    pub(super) fn clause_before(&self, at: usize) -> Option<(usize, &Clause)> {
        self.clauses.iter().enumerate().rev().find(|(_, clause)| clause.verb < at)
    }

    pub(super) fn group(&self, verb: usize) -> Option<&VerbGroup> {
        match self.chunks.get(verb) {
            Some(Chunk::Verb(group)) => Some(group),
            _ => None,
        }
    }
}
