//! A ship or aircraft that itself changes hands is what passes: an item of the transaction.

use compact_str::{CompactString, format_compact};

use crate::facts::{CodedTerm, Derivation, FactPath, Item, Terms, Transaction};
use crate::rulebook::Vocabulary;

use super::collector::{Collector, path_in};

/// Puts ships and aircraft in the role `traded` among the items, where no items are reported. Lists of goods then see them by their
/// kind and type: a warship is arms, a passenger jet is a vehicle.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    if transaction.items.is_reported() {
        return;
    }
    let traded = derived.vocabulary.known_terms().traded;
    let is_traded = |role: &Terms| matches!(role.is(), Some([CodedTerm::Term(role)]) if Some(*role) == traded);
    let ships = transaction.vessels.known().iter().enumerate().filter(|(_, ship)| is_traded(&ship.role));
    let ships = ships.map(|(index, ship)| ("vessels", index, &ship.kind, None));
    let aircraft = transaction.aircraft.known().iter().enumerate().filter(|(_, aircraft)| is_traded(&aircraft.role));
    let aircraft = aircraft.map(|(index, aircraft)| ("aircraft", index, &aircraft.kind, aircraft.model.as_deref()));
    let named = |(list, index, kind, model)| Some((path_in(list, index, "role"), named(kind, model, derived.vocabulary)?));
    let traded: Vec<(FactPath, CompactString)> = ships.chain(aircraft).filter_map(named).collect();
    for (index, (from, description)) in traded.into_iter().enumerate() {
        derived.note(path_in("items", index, "description"), from, Derivation::TradedCarrier);
        transaction.items.push(Item { description: Some(description), ..Item::default() });
    }
}

/// What kind of carrier it is, and of which type; `None` if neither is reported: a ship may be a yacht or a warship.
fn named(kind: &Terms, model: Option<&str>, vocabulary: &Vocabulary) -> Option<CompactString> {
    match (kind.is(), model) {
        (Some([CodedTerm::Term(kind)]), Some(model)) => Some(format_compact!("{} {model}", vocabulary.label(*kind))),
        (Some([CodedTerm::Term(kind)]), None) => Some(vocabulary.label(*kind).into()),
        (_, Some(model)) => Some(format_compact!("aircraft {model}")),
        (_, None) => None,
    }
}
