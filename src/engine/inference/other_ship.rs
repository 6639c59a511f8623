//! The other ship of a transfer at sea. It takes two: where one is reported, nothing is known of the other but its part.

use crate::facts::{Coded, CodedTerm, Derivation, FactPath, Transaction, Vessel};

use super::collector::{Collector, only_term, path_in};

/// Adds a ship to a transfer between ships of which one alone is reported. It takes the other part, if that one's is reported.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let known = derived.vocabulary.known_terms();
    let [ship] = transaction.vessels.known() else { return };
    if known.transfer_at_sea.is_none() || only_term(&transaction.activity) != known.transfer_at_sea {
        return;
    }
    let (own, mut other) = (only_term(&ship.role), Vessel::default());
    let opposite = [(known.delivering, known.receiving), (known.receiving, known.delivering)];
    if let Some((_, Some(part))) = opposite.into_iter().find(|(part, _)| own.is_some() && *part == own) {
        other.role = Coded::one(CodedTerm::Term(part));
    }
    derived.note(path_in("vessels", 1, "role"), FactPath::root().key("activity"), Derivation::OtherShip);
    transaction.vessels.push(other);
}
