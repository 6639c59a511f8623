//! Verbs whose sense lies in the words beside them: `let two missiles go`.

use std::ops::Range;

use crate::rulebook::{DraftingClass, Frame};

use super::acts::ActReader;
use super::clauses::{Clause, Link};
use super::event::{Event, Side, Theme, ThemeKind};
use super::lexicon::{Act, VerbForm};
use super::memory::Memory;
use super::phrases::{Chunk, VerbGroup};
use super::sentence::Parsed;

impl ActReader<'_> {
    /// The act of a verb that only its neighbours make one.
    pub(super) fn idiom(&self, sentence: &Parsed<'_>, clause: &Clause, group: &VerbGroup) -> Option<Act> {
        let launch = Act { activity: self.terms.launch, frame: Frame::Does };
        if self.lets_fly(sentence, clause, group) {
            return Some(launch);
        }
        let supply = |frame: Frame| Act { activity: self.terms.supply, frame };
        let employs = Act { activity: self.terms.employment, frame: Frame::Employs };
        let drops = self.drops(sentence, clause, group).then(|| supply(Frame::Gives));
        let calls = self.calls_with_load(sentence, clause, group).then(|| supply(Frame::Arrives));
        let keeps = self.keeps_on_books(sentence, clause).then_some(employs);
        drops.or(calls).or(keeps).or_else(|| self.levies(sentence, clause)).or_else(|| self.thaws(sentence, clause))
    }

    /// `A plane from Nyala dropped cartridges for rebels at Birao.`
    pub(super) fn drops(&self, sentence: &Parsed<'_>, clause: &Clause, group: &VerbGroup) -> bool {
        let flies = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "flies"))
        };
        let is_load = |noun: &usize| {
            self.themes(sentence, *noun).iter().any(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Generic))
        };
        !clause.is_passive
            && group.modal.is_none()
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "drops")
            && clause.subject.iter().any(flies)
            && clause.objects.iter().any(is_load)
    }

    /// A ship that puts in with a load brings it: `A boat with 75 crates of cartridges put in near Tokar.`
    pub(super) fn calls_with_load(&self, sentence: &Parsed<'_>, clause: &Clause, group: &VerbGroup) -> bool {
        let is_load = |theme: &Theme| theme.kind == ThemeKind::Goods;
        let is_vehicle = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| self.is_vehicle(sentence, noun));
        // A tanker is goods by its name, and no load of its own.
        let carries = |noun: &usize| {
            let own = sentence.noun(*noun).map(|noun| noun.tokens.clone()).unwrap_or_default();
            let is_beside = |theme: &Theme| theme.tokens.end <= own.start || own.end <= theme.tokens.start;
            is_vehicle(noun) && self.themes(sentence, *noun).iter().any(|theme| is_load(theme) && is_beside(theme))
        };
        let has_load = || self.load(sentence, clause).iter().any(is_load) || clause.subject.iter().any(carries);
        !clause.is_passive && group.act().is_some_and(|act| act.frame == Frame::Calls) && has_load()
    }

    /// `Seafood plants keep some 800 women from North Korea on their books.`
    fn keeps_on_books(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let on_books = clause.places.iter().any(|(word, nouns)| {
            word == "on"
                && nouns.iter().filter_map(|noun| sentence.noun(*noun)).any(|noun| {
                    matches!(sentence.head(noun).as_str(), "books" | "payroll" | "staff" | "roll" | "rolls" | "payrolls")
                })
        });
        let are_hands = |noun: &usize| self.are_workers(sentence, &[*noun]) || self.are_people_of_target(sentence, *noun);
        !clause.is_passive && on_books && clause.objects.iter().any(are_hands)
    }

    /// Whose goods are given away for others, if the words say so: `swapped emeralds of a Taliban commander for rifles`.
    pub(super) fn owner_of_bartered(&self, sentence: &Parsed<'_>, clause: &Clause, memory: &Memory) -> Option<usize> {
        let group = sentence.group(clause.verb)?;
        let barters = !clause.is_passive
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "barters")
            && clause
                .places
                .iter()
                .any(|(word, nouns)| matches!(word.as_str(), "for" | "against") && nouns.first() > Some(&clause.verb));
        let theme = *clause.objects.first().filter(|_| barters)?;
        let end = sentence.of(theme).unwrap_or(theme);
        let from = match (sentence.chunks.get(end + 1), sentence.noun(end + 2)) {
            (Some(Chunk::Preposition(word)), Some(_)) if matches!(word.as_str(), "of" | "from") => Some(end + 2),
            _ => None,
        };
        let belongs = sentence.clauses.iter().find(|other| {
            other.link == Link::Relative
                && other.subject.iter().any(|noun| *noun == theme || *noun == end)
                && sentence.group(other.verb).is_some_and(|group| sentence.lower(&group.tokens).contains("belong"))
        });
        let owner =
            belongs.and_then(|other| other.places.iter().find(|(word, _)| word == "to")).and_then(|(_, nouns)| nouns.first());
        let of = (end != theme).then_some(end).filter(|of| memory.named(sentence, *of).is_some());
        from.or(owner.copied()).or(of).filter(|noun| memory.named(sentence, *noun).is_some())
    }

    /// `let two cruise missiles go`
    fn lets_fly(&self, sentence: &Parsed<'_>, clause: &Clause, group: &VerbGroup) -> bool {
        is_let(sentence, group)
            && let_verb(sentence, clause).is_some_and(|verb| matches!(sentence.lower(&verb.tokens).as_str(), "go" | "fly"))
            && self.is_fired(sentence, &clause.objects)
    }

    /// With whom something is bartered, by whose the goods are that come back: `traded two trucks for North Korean iron`.
    pub(super) fn bartered_with(&self, sentence: &Parsed<'_>, clause: &Clause, from: Option<&Side>) -> Option<Side> {
        let group = sentence.group(clause.verb)?;
        let barters = !clause.is_passive && self.lexicon.is_listed(sentence.tokens, &group.tokens, "barters");
        let back = clause
            .places
            .iter()
            .filter(|(word, nouns)| barters && matches!(word.as_str(), "for" | "against") && nouns.first() > Some(&clause.verb));
        let goods = back
            .flat_map(|(_, nouns)| nouns)
            .copied()
            .filter(|noun| self.themes(sentence, *noun).iter().any(|theme| theme.kind == ThemeKind::Goods));
        let origin = |noun: usize| sentence.origin(noun).or_else(|| sentence.origin(sentence.of(noun)?));
        goods.filter_map(origin).find(|side| from.is_some_and(|from| from.country != side.country))
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
