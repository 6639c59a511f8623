//! Whose a party is by a relative clause that says more of it.

use crate::rulebook::Frame;

use super::clauses::{Clause, Link};
use super::event::{How, Side};
use super::phrases::VerbGroup;
use super::sentence::Parsed;

/// The State that a relative clause says a party is of: `a man who represents the Foreign Trade Bank of North Korea`, `a company that
/// officials regard as a cover for Mansudae`, `a trader, which received them at Nampo`.
pub(super) fn by_relative(sentence: &Parsed<'_>, chunk: usize) -> Option<Side> {
    let own = [Some(chunk), sentence.of(chunk), sentence.beside(chunk)];
    let is_own = |nouns: &[usize]| own.iter().flatten().any(|own| nouns.contains(own));
    let clause = sentence.clauses.iter().find(|clause| {
        let ties = sentence.group(clause.verb).is_some_and(|group| {
            let listed = |list: &str| sentence.lexicon.is_listed(sentence.tokens, &group.tokens, list);
            let ties = listed("ties") || listed("takes-for") && is_taken_as(clause) || receives(clause, group);
            !group.is_negated && (ties || group.verb.is_none() && !group.is_have)
        });
        clause.link == Link::Relative && ties && (is_own(&clause.subject) || is_own(&clause.objects))
    })?;
    let group = sentence.group(clause.verb)?;
    let behind = |nouns: &[usize]| nouns.iter().copied().filter(|noun| *noun > chunk).collect::<Vec<usize>>();
    let is_taken = is_taken_as(clause);
    let places = clause.places.iter().filter(|(word, _)| {
        matches!(word.as_str(), "in" | "to" | "for" | "from" | "by" | "at" | "on" | "out of")
            || is_taken && matches!(word.as_str(), "as" | "of")
    });
    let founds = sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "founds");
    let places = places.filter(|_| !founds).flat_map(|(_, nouns)| behind(nouns));
    // Who takes it for that is not whose it is.
    let is_only_place = is_taken || receives(clause, group);
    let parts = if is_only_place { Vec::new() } else { [behind(&clause.objects), behind(&clause.subject)].concat() };
    let nouns = parts.into_iter().chain(places);
    let named = |at: usize| sentence.noun(at).and_then(|noun| sentence.names_in(noun).into_iter().next());
    let mut found = nouns.filter_map(|noun| named(noun).or_else(|| named(sentence.beside(noun)?)));
    found.next().map(|found| Side { country: found.country, tokens: found.tokens, how: How::Named })
}

/// True for `regard as a cover for`, `describe as an arm of`.
fn is_taken_as(clause: &Clause) -> bool {
    clause.places.iter().any(|(word, _)| word == "as")
}

/// True for a party that gets something where it is: `which received them at Nampo`.
fn receives(clause: &Clause, group: &VerbGroup) -> bool {
    let gets = group.act().is_some_and(|act| act.frame == Frame::Gets);
    gets && !clause.is_passive
        && clause.places.iter().any(|(word, nouns)| matches!(word.as_str(), "in" | "at") && nouns.first() > Some(&clause.verb))
}
