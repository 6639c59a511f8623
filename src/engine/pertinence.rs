//! Pertinence: which lists that are not reported are beside the point of a transaction, so that no rule asks for them.
//!
//! A rule whose condition is unknown asks for what would settle it only if the condition is still not false once everything
//! beside the point is taken as empty: a sale of rice is not asked about ships. Truth itself is not touched by this.

use crate::facts::{CodedTerm, FieldSet, Record, Transaction};
use crate::rulebook::Vocabulary;

use super::compare::is_given;

/// The fields of a transaction that are not reported and that none of its activities is about. An activity that is not
/// reported, not listed, ambiguous or broad is about everything that it may turn out to be about.
pub(super) fn beside_the_point(transaction: &Transaction, vocabulary: &Vocabulary) -> FieldSet {
    let subjects = vocabulary.subjects();
    let about = match transaction.activity.is() {
        None | Some([]) => subjects,
        Some(activities) => activities.iter().fold(FieldSet::default(), |all, activity| match activity {
            CodedTerm::Term(term) => all.and(vocabulary.about(*term)),
            CodedTerm::OneOf(terms) => terms.iter().fold(all, |all, term| all.and(vocabulary.about(*term))),
            CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => subjects,
        }),
    };
    let candidates = subjects.without(about).and(replaced(transaction, vocabulary));
    candidates
        .iter()
        .filter(|row| !is_given(transaction.value(*row)))
        .fold(FieldSet::default(), |set, row| set.and(FieldSet::only(row)))
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
