//! Acts that one verb tells of several States: one of each.

use super::acts::ActReader;
use super::clauses::Clause;
use super::event::{Event, How, Side};
use super::memory::Memory;
use super::roles::Roles;
use super::sentence::Parsed;

impl ActReader<'_> {
    /// An act of several States is one of each: `Turkey and the Emirates sent weapons`.
    pub(super) fn each_side(
        &self,
        sentence: &Parsed<'_>,
        clause: &Clause,
        event: Event,
        roles: &Roles,
        memory: &Memory,
    ) -> Vec<Event> {
        let several = |nouns: &[usize], own: &Option<Side>| -> Vec<Side> {
            let mut sides: Vec<Side> = own.iter().cloned().collect();
            for side in nouns.iter().filter_map(|noun| memory.named(sentence, *noun)) {
                if !sides.is_empty() && sides.iter().all(|known| known.country != side.country) {
                    sides.push(side);
                }
            }
            sides
        };
        let lists = |nouns: &[usize]| {
            nouns.len() > 1
                && (clause.subject == nouns
                    || clause
                        .places
                        .iter()
                        .any(|(word, list)| list == nouns && matches!(word.as_str(), "to" | "from" | "by" | "into")))
        };
        let givers = if lists(&roles.giver) { several(&roles.giver, &event.from) } else { Vec::new() };
        let takers = if lists(&roles.taker) { several(&roles.taker, &event.to) } else { Vec::new() };
        // `Russia and North Korea agreed to build a bridge`: one with the other.
        let builds = [self.terms.construction, self.terms.joint_venture].contains(&event.activity);
        if let ([one, other], true) = (
            givers.as_slice(),
            builds
                && takers.is_empty()
                && event
                    .to
                    .as_ref()
                    .is_none_or(|to| to.how < How::Named || givers.iter().any(|giver| giver.country == to.country)),
        ) {
            return vec![Event { from: Some(one.clone()), to: Some(other.clone()), ..event }];
        }
        match (givers.len(), takers.len()) {
            (2..=4, 0..=1) => givers.into_iter().map(|side| Event { from: Some(side), ..event.clone() }).collect(),
            (0..=1, 2..=4) => takers.into_iter().map(|side| Event { to: Some(side), ..event.clone() }).collect(),
            _ => vec![event],
        }
    }
}
