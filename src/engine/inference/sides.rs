//! What follows from the party that a side names: that it takes part, and the nationality of the side.

use crate::facts::{Derivation, FactPath, Known, Party, PathSegment, Transaction, fold};
use crate::rulebook::PartySide;

use super::collector::Collector;

/// Gives a side without a nationality that of the party that it names.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let parties = transaction.parties.known();
    if parties.is_empty() {
        return;
    }
    for (side, key) in [(&mut transaction.from, "from"), (&mut transaction.to, "to")] {
        let Known::Is(side) = side else { continue };
        let Some(name) = side.party.as_deref().filter(|_| side.nationality.is_unknown()) else { continue };
        let Some((index, party)) = position_of(name, parties).and_then(|index| Some((index, parties.get(index)?))) else { continue };
        let (terms, from) =
            if party.nationality.is_unknown() { (&party.country, "country") } else { (&party.nationality, "nationality") };
        if !terms.is_unknown() {
            let path = FactPath::root().key(key).key("nationality");
            let from = FactPath::root().key("parties").then(PathSegment::Index(index)).key(from);
            derived.put(&mut side.nationality, terms.clone(), path, from, Derivation::NamedParty);
        }
    }
}

/// Adds to the parties whom a side names and nothing else does. In which of the roles of its side it takes part is not known.
pub(super) fn derive_parties(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    for (side, key, of_side) in [(&transaction.from, "from", PartySide::Giving), (&transaction.to, "to", PartySide::Receiving)] {
        let Known::Is(side) = side else { continue };
        let Some(name) = side.party.as_deref() else { continue };
        let parties = &mut transaction.parties;
        if position_of(name, parties.known()).is_some() {
            continue;
        }
        let path = FactPath::root().key("parties").then(PathSegment::Index(parties.known().len())).key("name");
        derived.note(path, FactPath::root().key(key).key("party"), Derivation::PartyOfSide);
        parties.push(Party {
            name: Some(name.into()),
            role: derived.vocabulary.some_role_on(of_side).clone(),
            country: side.country.clone(),
            nationality: side.nationality.clone(),
            ..Party::default()
        });
    }
}

/// The position of the party with a name.
fn position_of(name: &str, parties: &[Party]) -> Option<usize> {
    if parties.is_empty() {
        return None;
    }
    let name = fold(name);
    parties.iter().position(|party| party.name.iter().chain(party.aliases.iter().flatten()).any(|own| fold(own) == name))
}
