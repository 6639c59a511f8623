//! Pertinence: which lists that are not reported are beside the point of a transaction, so that no rule asks for them.
//!
//! A rule whose condition is unknown asks for what would settle it only if the condition is still not false once everything
//! beside the point is taken as empty: a sale of rice is not asked about ships. Truth itself is not touched by this.

use crate::facts::{CodedTerm, FactValue, FieldSet, Record, Transaction};
use crate::rulebook::Vocabulary;

use super::compare::is_given;

/// The fields of a transaction that are not reported and that none of its activities is about. An activity that is not
/// reported, not listed, ambiguous or broad is about everything that it may turn out to be about.
pub(super) fn beside_the_point(transaction: &Transaction, vocabulary: &Vocabulary) -> FieldSet {
    let subjects = vocabulary.subjects();
    let candidates = subjects.without(subjects_of(transaction, vocabulary)).and(replaced(transaction, vocabulary));
    candidates
        .iter()
        .filter(|row| !is_given(transaction.value(*row)))
        .fold(FieldSet::default(), |set, row| set.and(FieldSet::only(row)))
}

/// The fields that the activities of a transaction are about, if all of them are reported to be none: something is sold, and no
/// goods are. What is reported so is reported wrongly.
pub(crate) fn subjects_said_to_be_none(transaction: &Transaction, vocabulary: &Vocabulary) -> FieldSet {
    if transaction.activity.is().is_none_or(<[_]>::is_empty) {
        return FieldSet::default();
    }
    let is_none = |row: usize| match transaction.value(row) {
        FactValue::Many(list) => list.is_some_and(|list| list.is_empty()),
        FactValue::One(record) => matches!(record, Some(None)),
        FactValue::Terms(terms) => terms.is().is_some_and(<[_]>::is_empty),
        _ => false,
    };
    let subjects = subjects_of(transaction, vocabulary).without(replaced(transaction, vocabulary));
    if subjects.iter().all(is_none) { subjects } else { FieldSet::default() }
}

/// The fields that the activities of a transaction are about, or may be.
fn subjects_of(transaction: &Transaction, vocabulary: &Vocabulary) -> FieldSet {
    let subjects = vocabulary.subjects();
    match transaction.activity.is() {
        None | Some([]) => subjects,
        Some(activities) => activities.iter().fold(FieldSet::default(), |all, activity| match activity {
            CodedTerm::Term(term) => all.and(vocabulary.about(*term)),
            CodedTerm::OneOf(terms) => terms.iter().fold(all, |all, term| all.and(vocabulary.about(*term))),
            CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => subjects,
        }),
    }
}

/// The fields in whose place a reported ship or aircraft stands: the goods, if it is itself what changes hands.
fn replaced(transaction: &Transaction, vocabulary: &Vocabulary) -> FieldSet {
    let of_ships = transaction.vessels.known().iter().map(|vessel| &vessel.role);
    let of_aircraft = transaction.aircraft.known().iter().map(|aircraft| &aircraft.role);
    of_ships.chain(of_aircraft).flat_map(|role| role.is().unwrap_or_default()).fold(FieldSet::default(), |set, role| match role {
        CodedTerm::Term(role) => set.and(vocabulary.in_place_of(*role)),
        CodedTerm::OneOf(_) | CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => set,
    })
}
