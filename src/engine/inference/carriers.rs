//! Owners and operators of the only vessel of a transaction from the roles of its parties.

use compact_str::CompactString;

use crate::facts::{CodedTerm, Derivation, FactPath, Party, PathSegment, Transaction};

use super::collector::{Collector, path_in};

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    // Of several vessels it is not known which one is meant.
    let Some([vessel]) = transaction.vessels.get_mut() else { return };
    let known = derived.vocabulary.known_terms();
    let parties = transaction.parties.known();
    let named = |roles: &[Option<crate::facts::Term>]| -> Vec<(usize, CompactString)> {
        let has_role = |party: &Party| {
            let terms = party.role.is().unwrap_or_default();
            terms.iter().any(|term| matches!(term, CodedTerm::Term(term) if roles.contains(&Some(*term))))
        };
        let bearers = parties.iter().enumerate().filter(|(_, party)| has_role(party));
        bearers.filter_map(|(index, party)| Some((index, party.name.clone()?))).collect()
    };
    for (slot, key, roles) in [
        (&mut vessel.owned_by, "owned_by", [known.owner].as_slice()),
        (&mut vessel.controlled_by, "controlled_by", &[known.operator, known.charterer]),
    ] {
        if slot.is_some() {
            continue;
        }
        let named = named(roles);
        if let Some((first, _)) = named.first() {
            let party = FactPath::root().key("parties").then(PathSegment::Index(*first));
            derived.note(path_in("vessels", 0, key), party.key("role"), Derivation::Role);
            *slot = Some(named.into_iter().map(|(_, name)| name).collect());
        }
    }
}
