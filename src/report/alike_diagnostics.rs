//! Diagnostics that say the same of many places: shown once, with all of these.

use std::collections::HashMap;

use crate::document::{Code, Diagnostic, SourceMap, Span};

use super::inert::inert;

/// So many diagnostics of a code are shown with the line that they are about. The others get a line each.
const IN_FULL: usize = 8;

/// What is said of so many places is shown for each of them.
const FEW: usize = 4;

/// So many places are named of one mistake.
const MAX_PLACES: usize = 1_000;

/// Diagnostics of one code that say the same of different places.
pub(super) struct Alike<'p> {
    pub(super) first: &'p Diagnostic,
    /// Where it stands besides, in order.
    pub(super) others: Vec<Span>,
}

impl<'p> Alike<'p> {
    /// Groups diagnostics that say the same of more than a few places, in the order of the first of each.
    pub(super) fn group(problems: impl Iterator<Item = &'p Diagnostic> + Clone) -> Vec<Alike<'p>> {
        let said = |problem: &'p Diagnostic| (problem.code, problem.message.as_str(), problem.help.as_deref());
        let mut times: HashMap<(Code, &str, Option<&str>), usize> = HashMap::new();
        problems.clone().for_each(|problem| *times.entry(said(problem)).or_default() += 1);
        let mut groups: Vec<Alike<'p>> = Vec::new();
        let mut places: HashMap<(Code, &str, Option<&str>), usize> = HashMap::new();
        for problem in problems {
            let said = said(problem);
            let is_of_few = times.get(&said).is_none_or(|times| *times <= FEW);
            let place = if is_of_few { groups.len() } else { *places.entry(said).or_insert(groups.len()) };
            match groups.get_mut(place) {
                Some(group) => group.others.extend(problem.at),
                None => groups.push(Alike { first: problem, others: Vec::new() }),
            }
        }
        groups
    }

    /// Splits groups into those that are shown with their line, and those that get a line of text.
    pub(super) fn in_full_and_in_short(groups: Vec<Alike<'p>>) -> (Vec<Alike<'p>>, Vec<Alike<'p>>) {
        let mut shown: HashMap<Code, usize> = HashMap::new();
        groups.into_iter().partition(|group| {
            let number = shown.entry(group.first.code).or_default();
            *number += 1;
            *number <= IN_FULL
        })
    }

    /// The other places, without the file where it is that of the first: `12:5, 13:5, b.yaml:2:1`.
    pub(super) fn other_places(&self, sources: &SourceMap) -> Option<String> {
        let of_first = self.first.at.map(|at| at.source);
        let shown = self.others.iter().take(MAX_PLACES).map(|at| {
            let place = sources.location(*at);
            let own = sources.get(at.source).filter(|_| of_first == Some(at.source));
            let short = own.and_then(|source| place.strip_prefix(source.name())?.strip_prefix(':'));
            inert(short.unwrap_or(&place)).into_owned()
        });
        let mut places = shown.collect::<Vec<_>>().join(", ");
        if let more @ 1.. = self.others.len().saturating_sub(MAX_PLACES) {
            places.push_str(&format!(" and {more} more places"));
        }
        (!places.is_empty()).then_some(places)
    }

    /// A line of text: `warning[W0205]: `zap` is not in the vocabulary (a.yaml:3:15); `interdict terms activity` lists all`.
    pub(super) fn in_a_line(&self, level: &str, sources: &SourceMap) -> String {
        let mut places: Vec<String> = self.first.at.map(|at| inert(&sources.location(at)).into_owned()).into_iter().collect();
        places.extend(self.other_places(sources));
        let places = if places.is_empty() { String::new() } else { format!(" ({})", places.join(", ")) };
        let help = self.first.help.as_deref().map(|help| format!("; {}", inert(help))).unwrap_or_default();
        format!("{level}[{}]: {}{places}{help}\n", self.first.code, inert(&self.first.message))
    }
}
