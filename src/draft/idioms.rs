//! Verbs whose sense lies in the words beside them: `let two missiles go`.

use std::ops::Range;

use crate::rulebook::{DraftingClass, Frame};

use super::acts::ActReader;
use super::clauses::{Clause, Link};
use super::event::{Event, Theme, ThemeKind};
use super::lexicon::{Act, VerbForm};
use super::phrases::{Chunk, VerbGroup};
use super::sentence::Parsed;

impl ActReader<'_> {
    /// The act of a verb that only its neighbours make one.
    pub(super) fn idiom(&self, sentence: &Parsed<'_>, clause: &Clause, group: &VerbGroup) -> Option<Act> {
        let launch = Act { activity: self.terms.launch, frame: Frame::Does };
        self.lets_fly(sentence, clause, group).then_some(launch)
    }

    /// `let two cruise missiles go`
    fn lets_fly(&self, sentence: &Parsed<'_>, clause: &Clause, group: &VerbGroup) -> bool {
        is_let(sentence, group)
            && let_verb(sentence, clause).is_some_and(|verb| matches!(sentence.lower(&verb.tokens).as_str(), "go" | "fly"))
            && self.is_fired(sentence, &clause.objects)
    }

    /// What is given for something: `traded gold for cartridges with soldiers from Burundi`.
    pub(super) fn bartered(&self, sentence: &Parsed<'_>, clause: &Clause, event: &Event) -> Option<Event> {
        let group = sentence.group(clause.verb)?;
        let barters = self.lexicon.is_listed(sentence.tokens, &group.tokens, "barters");
        let trades =
            |word: &str| matches!(word, "in exchange for" | "in return for") || barters && matches!(word, "for" | "against");
        let back = clause.places.iter().filter(|(word, nouns)| trades(word) && nouns.first() > Some(&clause.verb));
        let mut themes: Vec<Theme> = back.flat_map(|(_, nouns)| nouns).flat_map(|noun| self.themes(sentence, *noun)).collect();
        themes.retain(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Generic));
        let moves = matches!(event.frame, Frame::Gives | Frame::Moves | Frame::Arrives | Frame::Gets);
        let is_whole = event.from.is_some() && event.to.is_some();
        let (from, to) = if is_whole { (event.to.clone(), event.from.clone()) } else { (None, None) };
        (moves && !themes.is_empty() && event.seizure.is_none() && (is_whole || !barters)).then(|| Event {
            activity: if barters { event.activity } else { self.terms.supply },
            frame: if barters { event.frame } else { Frame::Gives },
            from,
            to,
            themes,
            names: Vec::new(),
            is_in_return: !is_whole,
            ..event.clone()
        })
    }

    /// True if a sentence tells what is given in return, but not in `nothing was asked in return`.
    pub(super) fn is_in_return(&self, sentence: &Parsed<'_>) -> bool {
        // `in return for the shells` behind a verb says what is given for it.
        let is_for = |at: usize| {
            at > 1
                && matches!(sentence.chunks.get(at), Some(Chunk::Preposition(word)) if matches!(word.as_str(), "in exchange for" | "in return for"))
        };
        if (0..sentence.chunks.len()).any(is_for) {
            return false;
        }
        let listed = |tokens: &Range<usize>| self.lexicon.is_listed(sentence.tokens, tokens, "in-return");
        let is_none = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| noun.is_negated);
        let gives_nothing = sentence.clauses.iter().enumerate().any(|(at, clause)| {
            let Some(group) = sentence.group(clause.verb) else { return false };
            let next = sentence.clauses.get(at + 1).and_then(|next| sentence.group(next.verb)).map(|next| next.tokens.start);
            let is_negated = group.is_negated
                || clause.subject.iter().chain(&clause.objects).any(is_none)
                || matches!(&clause.link, Link::Gerund(word, _) if word == "without");
            is_negated && listed(&(group.tokens.end..next.unwrap_or(sentence.range.end).max(group.tokens.end)))
        });
        listed(&sentence.range) && !gives_nothing
    }

    /// The right that is paid for: `permits for which they had paid North Korea's army`.
    pub(super) fn licensed(&self, sentence: &Parsed<'_>, event: &Event) -> Option<Event> {
        let is_paid = event.activity == self.terms.funds_transfer && event.frame == Frame::Gives;
        let right = (0..sentence.chunks.len())
            .filter(|chunk| sentence.noun(*chunk).is_some())
            .any(|chunk| self.special(sentence, chunk) == Some(self.terms.fishing_rights));
        (is_paid && right && event.to.is_some()).then(|| Event {
            activity: self.terms.fishing_rights,
            from: event.to.clone(),
            to: event.from.clone(),
            themes: Vec::new(),
            names: Vec::new(),
            ..event.clone()
        })
    }

    fn is_fired(&self, sentence: &Parsed<'_>, nouns: &[usize]) -> bool {
        let nouns = nouns.iter().filter_map(|noun| sentence.noun(*noun));
        nouns.into_iter().any(|noun| sentence.theme(noun, self.lexicon, &[DraftingClass::Fired]).is_some())
    }
}

/// True for forms of *let*.
fn is_let(sentence: &Parsed<'_>, group: &VerbGroup) -> bool {
    let words = sentence.lower(&group.tokens);
    words.rsplit(' ').next().is_some_and(|last| matches!(last, "let" | "lets" | "letting"))
}

/// The verb that *let* governs behind its object: `let the boats pass`.
fn let_verb<'s>(sentence: &'s Parsed<'_>, clause: &Clause) -> Option<&'s VerbGroup> {
    let last = *clause.objects.last()?;
    match sentence.chunks.get(last + 1)? {
        Chunk::Verb(group) if group.form() == Some(VerbForm::Base) && group.modal.is_none() && !group.is_infinitive => {
            Some(group)
        }
        _ => None,
    }
}

/// True where *let* only allows what another verb says, or lets through: no lease.
pub(super) fn only_allows(sentence: &Parsed<'_>, clause: &Clause, group: &VerbGroup) -> bool {
    let is_through = || {
        let last = clause.objects.last().map(|last| sentence.of(*last).unwrap_or(*last));
        let behind = last.and_then(|last| sentence.chunks.get(last + 1));
        matches!(behind, Some(Chunk::Preposition(word)) if matches!(word.as_str(), "through" | "in" | "into" | "out" | "off" | "past"))
    };
    is_let(sentence, group) && (let_verb(sentence, clause).is_some() || is_through())
}
