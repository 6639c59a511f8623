//! The nationality of a side from the party of the transaction that it names.

use crate::facts::{Derivation, FactPath, PathSegment, Transaction, fold};

use super::collector::Collector;

/// Gives a side without a nationality that of the party that it names.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let parties = transaction.parties.known();
    if parties.is_empty() {
        return;
    }
    for (side, key) in [(&mut transaction.from, "from"), (&mut transaction.to, "to")] {
        let Some(side) = side.get_mut() else { continue };
        let Some(name) = side.party.as_deref().map(fold).filter(|_| side.nationality.is_unknown()) else { continue };
        let Some((index, party)) = parties.iter().enumerate().find(|(_, party)| party.bears(&name)) else { continue };
        let (terms, from) =
            if party.nationality.is_unknown() { (&party.country, "country") } else { (&party.nationality, "nationality") };
        if !terms.is_unknown() {
            let path = FactPath::root().key(key).key("nationality");
            let from = FactPath::root().key("parties").then(PathSegment::Index(index)).key(from);
            derived.put(&mut side.nationality, terms.clone(), path, from, Derivation::NamedParty);
        }
    }
}
