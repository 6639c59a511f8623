//! Denials: who says that it is not so.

use std::ops::Range;

use crate::rulebook::{DraftingClass, Frame};

use super::clauses::Link;
use super::event::Side;
use super::lexicon::{Lexicon, Meaning};
use super::memory::Memory;
use super::phrases::Chunk;
use super::sentence::Parsed;

/// Words by which some States deny something.
#[derive(Debug, Clone)]
pub(super) struct Denial {
    pub(super) article: usize,
    pub(super) tokens: Range<usize>,
    pub(super) sides: Vec<Side>,
    /// It is goods that did not move, not whatever else the article tells.
    pub(super) is_of_goods: bool,
    /// Who denies it speaks for no State: `a Sudanese trader denied having sold the arms`.
    pub(super) is_private: bool,
    pub(super) sentence: usize,
    pub(super) story: usize,
}

/// The denials of a sentence: what its subjects deny, and what a speaker says of himself that he did not do.
pub(super) fn denials(
    sentence: &Parsed<'_>,
    (article, number, story): (usize, usize, usize),
    memory: &Memory,
    lexicon: &Lexicon,
) -> Vec<Denial> {
    let mut found = Vec::new();
    let is_of_goods = sentence.units.iter().any(|unit| {
        let acts = unit.act.or(unit.verb.and_then(|verb| verb.act));
        acts.is_some_and(|act| matches!(act.frame, Frame::Gives | Frame::Gets | Frame::Moves))
            || lexicon.has(sentence.tokens, &unit.tokens, Meaning::Grammar(DraftingClass::Arms))
    });
    for clause in &sentence.clauses {
        let Some(group) = sentence.group(clause.verb) else { continue };
        if group.governs() != DraftingClass::Denies || group.is_negated || group.is_infinitive {
            continue;
        }
        let voices =
            |of_state: bool| clause.subject.iter().filter(move |noun| memory.speaks_for_state(sentence, **noun) == of_state);
        let sides_of =
            |of_state: bool| voices(of_state).filter_map(|noun| side_of(sentence, *noun, memory)).collect::<Vec<Side>>();
        let (sides, others) = (sides_of(true), sides_of(false));
        let start =
            clause.subject.first().and_then(|noun| sentence.noun(*noun)).map_or(group.tokens.start, |noun| noun.tokens.start);
        let tokens = start.min(group.tokens.start)..sentence.range.end;
        let denial = Denial { article, tokens, sides, is_of_goods, is_private: false, sentence: number, story };
        if voices(false).next().is_some() {
            found.push(Denial { sides: others, is_private: true, ..denial.clone() });
        }
        if !denial.sides.is_empty() {
            found.push(denial);
        }
    }
    // `"We have not provided any weapon," the minister said.`
    let denies = sentence.clauses.iter().any(|clause| {
        sentence
            .group(clause.verb)
            .is_some_and(|group| group.is_negated && group.act().is_some() && sentence.is_quoted(&group.tokens))
    });
    let speaker = sentence.clauses.iter().filter(|clause| clause.link == Link::Main).find_map(|clause| {
        let group = sentence.group(clause.verb)?;
        let speaks = group.governs() == DraftingClass::Says && !sentence.is_quoted(&group.tokens);
        let subject = *clause.subject.first().filter(|_| speaks)?;
        Some((side_of(sentence, subject, memory)?, !memory.speaks_for_state(sentence, subject)))
    });
    if let (true, Some((side, is_private))) = (denies, speaker) {
        let tokens = sentence.range.clone();
        found.push(Denial { article, tokens, sides: vec![side], is_of_goods, is_private, sentence: number, story });
    }
    found
}

/// The State of who speaks, also of whom he speaks for: `a spokesman for the Iranian embassy`.
fn side_of(sentence: &Parsed<'_>, chunk: usize, memory: &Memory) -> Option<Side> {
    let principal = || {
        let is_for = matches!(sentence.chunks.get(chunk + 1), Some(Chunk::Preposition(word)) if word == "for");
        is_for.then(|| memory.side(sentence, chunk + 2)).flatten()
    };
    memory.side(sentence, chunk).or_else(principal)
}
