//! Acts that are told apart by what a transaction reports beside them: `refuelled` with `aircraft` is no bunkering.

use crate::document::Entry;
use crate::facts::{Bearing, Field, Scheme, Table, Term, TermAlternatives};
use crate::rulebook::{Vocabulary, WordMeaning};

/// What an ordinary word of activities means beside the goods, ships, aircraft and people that a transaction reports.
pub(super) enum ActOfSubject {
    /// The one of several acts that is about what is reported.
    Meant(Term),
    /// One of several acts, since people and no goods are reported to be sent: `dispatched`, of builders.
    MeantOneOf(TermAlternatives),
    /// The only act that the word names, which is about none of what is reported: `landed`, of aircraft, beside a catch of squid.
    Foreign(Term),
}

/// What is handled, carried, served or sent; other subjects may be reported beside anything.
const PHYSICAL: [&str; 4] = ["items", "vessels", "aircraft", "people"];

/// What a word means beside what is reported. `None` if it is no ordinary word of an activity, or nothing decides.
pub(super) fn act_of_subject(
    word: &str,
    field: &Field,
    entries: &[Entry],
    table: &Table,
    vocabulary: &Vocabulary,
) -> Option<ActOfSubject> {
    if field.schemes != [Scheme::Activity] || vocabulary.find(field.schemes, word).is_some() {
        return None;
    }
    let meaning = vocabulary.meaning(field.schemes, word)?;
    if let Some(acts) = acts_of_people_sent(&meaning, entries, table, vocabulary) {
        return Some(acts);
    }
    let reported = |row: &usize| {
        let field = table.fields.get(*row).filter(|field| field.bearing == Some(Bearing::Subject));
        field.is_some_and(|field| entries.iter().any(|entry| entry.key.text == field.key && !is_nothing(entry)))
    };
    match meaning {
        WordMeaning::Several { terms, .. } => {
            let is_about = |term: &Term, row: usize| vocabulary.about(*term).iter().any(|about| about == row);
            let is_about_something = |term: &&Term| vocabulary.about(**term).iter().any(|row| reported(&row));
            let meant: Vec<Term> = terms.iter().filter(is_about_something).copied().collect();
            // Of several the one that is about each of the things: `refuelling` with fuel and an aircraft.
            let physical: Vec<usize> = PHYSICAL.iter().filter_map(|key| table.position(key)).filter(reported).collect();
            let is_about_all = |term: &&Term| physical.iter().all(|row| is_about(term, *row));
            match meant.as_slice() {
                [only] => Some(ActOfSubject::Meant(*only)),
                several if physical.len() > 1 => {
                    let mut fitting = several.iter().filter(is_about_all);
                    let only = *fitting.next()?;
                    fitting.next().is_none().then_some(ActOfSubject::Meant(only))
                }
                _ => None,
            }
        }
        WordMeaning::Term(act) => {
            let passes = vocabulary.known_terms().passes;
            let rows = |key: &&str| table.position(key);
            let is_physical = |row: &usize| PHYSICAL.iter().filter_map(rows).any(|physical| physical == *row);
            let about = vocabulary.about(act);
            let is_about_things = about.iter().any(|row| is_physical(&row))
                && about.iter().all(|row| is_physical(&row) || ["ports", "field"].contains(&table.key(row)));
            let is_there = |row: &usize| entries.iter().any(|entry| entry.key.text == table.key(*row) && !is_nothing(entry));
            let is_foreign = is_about_things
                && passes.is_none_or(|passes| !vocabulary.is_a(act, passes))
                && PHYSICAL.iter().filter_map(rows).any(|row| reported(&row))
                && !about.iter().any(|row| is_there(&row));
            is_foreign.then_some(ActOfSubject::Foreign(act))
        }
    }
}

/// What a word for the supply of goods means where people and no goods, ships or aircraft are reported: its acts that are about
/// people, or if it has none a journey.
fn acts_of_people_sent(meaning: &WordMeaning, entries: &[Entry], table: &Table, vocabulary: &Vocabulary) -> Option<ActOfSubject> {
    let activity = |id: &str| vocabulary.term(Scheme::Activity, id);
    let supply = activity("supply")?;
    let terms = match meaning {
        WordMeaning::Term(act) => std::slice::from_ref(act),
        WordMeaning::Several { terms, .. } => terms.as_slice(),
    };
    let is_supply = |act: &Term| vocabulary.is_a(*act, supply);
    let is_there = |key: &str| entries.iter().any(|entry| entry.key.text == key && !is_nothing(entry));
    if !terms.iter().any(is_supply) || !is_there("people") || ["items", "vessels", "aircraft"].into_iter().any(is_there) {
        return None;
    }
    let people = table.position("people")?;
    let is_about_people = |act: &Term| !is_supply(act) && vocabulary.about(*act).iter().any(|row| row == people);
    let mut acts: TermAlternatives = terms.iter().copied().filter(is_about_people).collect();
    if acts.is_empty() {
        acts.extend(["travel", "deployment"].into_iter().filter_map(activity));
    }
    match acts.as_slice() {
        [only] => Some(ActOfSubject::Meant(*only)),
        _ => Some(ActOfSubject::MeantOneOf(acts)),
    }
}

/// True if the value says nothing, or that there is none.
fn is_nothing(entry: &Entry) -> bool {
    let value = &entry.value;
    matches!(value.text(), Some("unknown" | "none"))
        || value.shape() == "nothing"
        || value.elements().is_some_and(<[_]>::is_empty)
}
