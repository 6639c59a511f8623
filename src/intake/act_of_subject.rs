//! Acts that are told apart by what a transaction reports beside them: `refuelled` with `aircraft` is no bunkering.

use crate::document::Entry;
use crate::facts::{Bearing, Field, Scheme, Table, Term};
use crate::rulebook::{Vocabulary, WordMeaning};

/// What an ordinary word of activities means beside the goods, ships, aircraft and people that a transaction reports.
pub(super) enum ActOfSubject {
    /// The one of several acts that is about what is reported.
    Meant(Term),
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
    let reported = |row: &usize| {
        let field = table.fields.get(*row).filter(|field| field.bearing == Some(Bearing::Subject));
        field.is_some_and(|field| entries.iter().any(|entry| entry.key.text == field.key && !is_nothing(entry)))
    };
    match meaning {
        WordMeaning::Several { terms, .. } => {
            let mut meant = terms.iter().filter(|term| vocabulary.about(**term).iter().any(|row| reported(&row)));
            let only = *meant.next()?;
            meant.next().is_none().then_some(ActOfSubject::Meant(only))
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

/// True if the value says nothing, or that there is none.
fn is_nothing(entry: &Entry) -> bool {
    let value = &entry.value;
    matches!(value.text(), Some("unknown" | "none"))
        || value.shape() == "nothing"
        || value.elements().is_some_and(<[_]>::is_empty)
}
