//! Denials: who says that it is not so.

use std::ops::Range;

use crate::rulebook::{DraftingClass, Frame};

use super::clauses::Link;
use super::event::Side;
use super::lexicon::{Lexicon, Meaning};
use super::memory::Memory;
use super::sentence::Parsed;

/// Words by which some States deny something.
#[derive(Debug, Clone)]
pub(super) struct Denial {
    pub(super) article: usize,
    pub(super) tokens: Range<usize>,
    pub(super) sides: Vec<Side>,
    /// It is goods that did not move, not whatever else the article tells.
    pub(super) is_of_goods: bool,
}

/// The denials of a sentence: what its subjects deny, and what a speaker says of himself that he did not do.
pub(super) fn denials(sentence: &Parsed<'_>, article: usize, memory: &Memory, lexicon: &Lexicon) -> Vec<Denial> {
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
        let sides: Vec<Side> = clause.subject.iter().filter_map(|subject| memory.side(sentence, *subject)).collect();
        let start =
            clause.subject.first().and_then(|noun| sentence.noun(*noun)).map_or(group.tokens.start, |noun| noun.tokens.start);
        if !sides.is_empty() {
            found.push(Denial { article, tokens: start.min(group.tokens.start)..sentence.range.end, sides, is_of_goods });
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
        speaks.then(|| clause.subject.first().and_then(|subject| memory.side(sentence, *subject))).flatten()
    });
    if let (true, Some(side)) = (denies, speaker) {
        found.push(Denial { article, tokens: sentence.range.clone(), sides: vec![side], is_of_goods });
    }
    found
}
