//! What a sentence only supposes, refuses or tells as the version of somebody.

use crate::rulebook::DraftingClass;

use super::clauses::{Clause, Link};
use super::lexicon::VerbForm;
use super::phrases::Chunk;
use super::sentence::Parsed;
use super::status::{DEPTH, LeftOut, Status, has_listed_verb};

/// True if a clause says of what stands before it that it is within the law: `which is lawful`.
pub(super) fn says_lawful(sentence: &Parsed<'_>, clause: &Clause) -> bool {
    let start = sentence.group(clause.verb).map_or(0, |group| group.tokens.start);
    let end = (start + 4).min(sentence.range.end).max(start);
    sentence.lexicon.is_listed(sentence.tokens, &(start..end), "says-lawful")
}

/// True for `Had Russia sold jets, Seoul would have noticed.`
pub(super) fn is_inverted(sentence: &Parsed<'_>) -> bool {
    let words = sentence.tokens.get(sentence.range.clone()).unwrap_or_default();
    let opens = words.first().is_some_and(|token| matches!(token.lower.as_str(), "had" | "were" | "should"));
    let is_verb = matches!(sentence.chunks.first(), Some(Chunk::Verb(_))) && sentence.noun(1).is_some();
    opens && is_verb && words.iter().any(|token| token.lower == "would")
}

/// True for what would be done if something else were so: `would consider sending trainers if Tripoli asked`.
pub(super) fn is_hypothetical(sentence: &Parsed<'_>, clause: usize) -> bool {
    let supposes =
        |other: &Clause| matches!(&other.link, Link::Subordinate(word) if sentence.lexicon.is_word_of(word, "suppositions"));
    if !sentence.clauses.iter().any(supposes) {
        return false;
    }
    let mut at = Some(clause);
    for _ in 0..DEPTH {
        let Some(own) = at.and_then(|at| sentence.clauses.get(at)) else { return false };
        let words = sentence.group(own.verb).map(|group| sentence.lower(&group.tokens)).unwrap_or_default();
        if words.split(' ').any(|word| matches!(word, "would" | "could" | "might")) {
            return true;
        }
        at = match own.link {
            Link::Governed(governor) | Link::Gerund(_, Some(governor)) => Some(governor),
            _ => None,
        };
    }
    false
}

/// True for `of the coal that A bought, none came from B`.
pub(super) fn is_of_none(sentence: &Parsed<'_>) -> bool {
    let words = sentence.tokens.get(sentence.range.clone()).unwrap_or_default();
    let is_none = |word: &str| matches!(word, "none" | "nothing");
    words.first().is_some_and(|first| first.lower == "of")
        && words.windows(2).any(|pair| matches!(pair, [comma, none] if comma.lower == "," && is_none(&none.lower)))
}

/// True for what somebody wanted of whom the sentence says that he was refused: `the police, which wanted trainers, were turned down`.
pub(super) fn is_turned_down(sentence: &Parsed<'_>, clause: usize) -> bool {
    let Some(own) = sentence.clauses.get(clause).filter(|own| own.link == Link::Relative) else { return false };
    sentence.clauses.iter().any(|other| {
        other.verb != own.verb
            && other.is_passive
            && !own.subject.is_empty()
            && other.subject == own.subject
            && has_listed_verb(sentence, other, "declines")
    })
}

/// True for the version of who is accused: `insists that it sold the ship to A and not to B`.
pub(super) fn disclaims(sentence: &Parsed<'_>, clause: usize) -> bool {
    let Some(Link::Governed(governor)) = sentence.clauses.get(clause).map(|clause| clause.link.clone()) else { return false };
    let insists = sentence.clauses.get(governor).is_some_and(|governor| has_listed_verb(sentence, governor, "insists"));
    let words = sentence.tokens.get(sentence.range.clone()).unwrap_or_default();
    insists
        && words.windows(2).any(|pair| match pair {
            [not, place] => not.lower == "not" && matches!(place.lower.as_str(), "to" | "in" | "from" | "into" | "for" | "at"),
            _ => false,
        })
}

/// True for `denied having sold the arms`.
pub(super) fn is_denied_gerund(sentence: &Parsed<'_>, clause: usize) -> bool {
    let Some(own) = sentence.clauses.get(clause) else { return false };
    let is_gerund = sentence.group(own.verb).is_some_and(|group| !group.is_finite && !group.is_infinitive);
    let before = own.verb.checked_sub(1).and_then(|before| sentence.group(before));
    is_gerund && before.is_some_and(|before| before.governs() == DraftingClass::Denies && !before.is_negated)
}

/// True for what somebody only thinks of doing: `consider sending`.
pub(super) fn is_considered(sentence: &Parsed<'_>, governor: usize, governed: usize) -> bool {
    let group = |at: usize| sentence.clauses.get(at).and_then(|clause| sentence.group(clause.verb));
    group(governed).is_some_and(|group| group.is_bare(&[VerbForm::Ing]))
        && group(governor).is_some_and(|group| sentence.lower(&group.tokens).contains("consider"))
}

/// A clause of saying behind the sentence: `..., officials believe`.
pub(super) fn said_behind(sentence: &Parsed<'_>, clause: usize, status: &mut Status) -> Result<(), LeftOut> {
    for said in sentence.clauses.iter().skip(clause + 1) {
        let Some(group) = sentence.group(said.verb) else { continue };
        let first = said.subject.first().copied().unwrap_or(said.verb);
        let is_behind_comma =
            first.checked_sub(1).is_some_and(|at| matches!(sentence.chunks.get(at), Some(Chunk::Comma | Chunk::Quote)));
        if said.link != Link::Main || !is_behind_comma || !said.objects.is_empty() || said.subject.is_empty() {
            continue;
        }
        match group.governs() {
            DraftingClass::Believes => status.is_alleged = true,
            DraftingClass::Denies => return Err(LeftOut::Denied),
            _ => {}
        }
    }
    Ok(())
}
