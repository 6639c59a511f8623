//! Acts that are only the means or the purpose of another one in their sentence.

use std::ops::Range;

use crate::facts::Term;
use crate::rulebook::Frame;

use super::acts::ActReader;
use super::clauses::Link;
use super::event::Event;
use super::sentence::Parsed;

impl ActReader<'_> {
    /// Of `helped workers get jobs` the help is no act of its own, nor is what someone was sent abroad to build.
    pub(super) fn drop_means(&self, sentence: &Parsed<'_>, from: usize, events: &mut Vec<Event>) {
        let of_sentence: Vec<(Range<usize>, Frame, Term)> =
            events.iter().skip(from).map(|event| (event.act.clone(), event.frame, event.activity)).collect();
        let clause_of = |act: &Range<usize>| {
            sentence.clauses.iter().position(|clause| sentence.group(clause.verb).is_some_and(|group| group.tokens == *act))
        };
        let is_means = |event: &Event| {
            let Some(own) = clause_of(&event.act) else { return false };
            let Some(clause) = sentence.clauses.get(own) else { return false };
            of_sentence.iter().filter(|(act, ..)| *act != event.act).any(|(act, frame, activity)| {
                let Some(other) = clause_of(act).and_then(|other| sentence.clauses.get(other)) else { return false };
                let helps = event.activity == self.terms.technical_assistance
                    && !clause.objects.is_empty()
                    && clause.objects.first() == other.subject.first()
                    && !matches!(*frame, Frame::Does | Frame::Serves | Frame::Trains);
                let is_purpose = event.frame == Frame::Serves
                    && sentence.group(clause.verb).is_some_and(|group| group.is_infinitive)
                    && clause_of(act).is_some_and(|other| clause.link == Link::Governed(other) || other + 1 == own)
                    && (*frame != Frame::Serves || *activity == self.terms.technical_assistance);
                helps || is_purpose
            })
        };
        let mut at = 0;
        events.retain(|event| {
            at += 1;
            at <= from || !is_means(event)
        });
    }
}
