//! The party that a side names is a party of the transaction, on that side.

use crate::facts::{CodedTerm, Derivation, FactPath, Party, Terms, Transaction, fold};
use crate::rulebook::PartySide;

use super::collector::{Collector, path_in};

/// Puts the party that a side names beside the other parties, unless one of them has its name: then that one is on the side.
/// It is of the side's country and nationality, unless its name is one of another country: the army of a State may be abroad. Which
/// role it has is not known: one of the side's, or one that only such an act has, such as that of a traveller.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    for (key, of_side) in [("from", PartySide::Giving), ("to", PartySide::Receiving)] {
        let side = if of_side == PartySide::Giving { &transaction.from } else { &transaction.to };
        let Some((side, name)) = side.get().and_then(|side| Some((side, side.party.clone()?))) else { continue };
        let folded = fold(&name);
        let from = FactPath::root().key(key).key("party");
        let known = transaction.parties.known();
        let index = known.iter().position(|party| party.bears(&folded)).unwrap_or(known.len());
        if index == known.len() {
            let party = Party {
                name: Some(name),
                country: if is_possible(&side.nationality) { Terms::UNKNOWN } else { side.country.clone() },
                nationality: side.nationality.clone(),
                evidence: side.evidence.clone(),
                sources: side.sources.clone(),
                ..Party::default()
            };
            transaction.parties.push(party);
            derived.note(path_in("parties", index, "name"), from.clone(), Derivation::PartyOfSide);
        }
        let Some(party) = transaction.parties.get_mut().and_then(|parties| parties.get_mut(index)) else { continue };
        let some_role = derived.vocabulary.some_role_on(of_side, &transaction.activity);
        if party.role.is_unknown() {
            derived.put(&mut party.role, some_role, path_in("parties", index, "role"), from, Derivation::OnSide);
        } else if looks_on(party, derived) {
            let roles = party.role.is().into_iter().chain(some_role.is()).flatten().cloned().collect();
            let roles = Terms::new(Some(roles), party.role.not().to_vec());
            derived.put(&mut party.role, roles, path_in("parties", index, "role"), from, Derivation::OnSide);
        }
    }
}

/// True of a party that is reported to look on: whoever gives or takes does more than that, whatever else the report calls him.
fn looks_on(party: &Party, derived: &Collector<'_>) -> bool {
    let known = derived.vocabulary.known_terms();
    let looking = [known.authority, known.flag_state];
    let mut roles = party.role.is().unwrap_or_default().iter();
    roles.any(|role| matches!(role, CodedTerm::Term(role) if looking.contains(&Some(*role))))
}

/// True of terms that only a name suggests.
fn is_possible(terms: &Terms) -> bool {
    terms.is().unwrap_or_default().iter().any(|term| matches!(term, CodedTerm::Possibly(_)))
}
