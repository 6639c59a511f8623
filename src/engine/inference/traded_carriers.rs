//! A ship or aircraft that itself changes hands is what passes: an item of the transaction.

use compact_str::{CompactString, format_compact};

use crate::facts::{CodedTerm, Derivation, FactPath, Item, Terms, Transaction, fold};
use crate::rulebook::Vocabulary;

use super::collector::{Collector, path_in};

/// Puts ships and aircraft in the role `traded` among the items, unless an item is a ship or aircraft already. Lists of goods then
/// see them by their kind and type: a warship is arms, a passenger jet is a vehicle. Other goods beside a ship do not hide it.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let traded = derived.vocabulary.known_terms().traded;
    let is_traded = |role: &Terms| matches!(role.is(), Some([CodedTerm::Term(role)]) if Some(*role) == traded);
    let ships = transaction.vessels.known().iter().enumerate().filter(|(_, ship)| is_traded(&ship.role));
    let ships = ships.map(|(index, ship)| ("vessels", index, &ship.kind, None));
    let aircraft = transaction.aircraft.known().iter().enumerate().filter(|(_, aircraft)| is_traded(&aircraft.role));
    let aircraft = aircraft.map(|(index, aircraft)| ("aircraft", index, &aircraft.kind, aircraft.model.as_deref()));
    let named = |(list, index, kind, model)| Some((path_in(list, index, "role"), named(kind, model, derived.vocabulary)?));
    let traded: Vec<(FactPath, CompactString)> = ships.chain(aircraft).filter_map(named).collect();
    for (from, description) in traded {
        let items = transaction.items.known();
        let index = items.len();
        if items.iter().any(|item| is_carrier(item, &description)) {
            continue;
        }
        derived.note(path_in("items", index, "description"), from, Derivation::TradedCarrier);
        transaction.items.push(Item { description: Some(description), ..Item::default() });
    }
}

/// True of an item that is a ship or aircraft, by the name that it bears, by its codes, or by a description as what changes hands.
fn is_carrier(item: &Item, description: &str) -> bool {
    const CHAPTERS: [u8; 2] = [88, 89];
    let is_described = |known: &str| fold(known).contains(&fold(description));
    item.vessel.is_some()
        || item.hs.is().unwrap_or_default().iter().any(|code| CHAPTERS.contains(&code.chapter()))
        || item.description.as_deref().is_some_and(is_described)
}

/// What kind of carrier it is, and of which type; `None` if neither is reported: a ship may be a yacht or a
/// warship.
fn named(kind: &Terms, model: Option<&str>, vocabulary: &Vocabulary) -> Option<CompactString> {
    match (kind.is(), model) {
        (Some([CodedTerm::Term(kind)]), Some(model)) => Some(format_compact!("{} {model}", vocabulary.label(*kind))),
        (Some([CodedTerm::Term(kind)]), None) => Some(vocabulary.label(*kind).into()),
        (Some([CodedTerm::Unlisted(kind)]), model) => Some(format_compact!("{kind} {}", model.unwrap_or_default())),
        (_, Some(model)) => Some(format_compact!("aircraft {model}")),
        (_, None) => None,
    }
}
