//! A ship or aircraft that itself changes hands is what passes: an item of the transaction.

use compact_str::{CompactString, format_compact};

use crate::facts::{CodedTerm, Derivation, FactPath, Item, Terms, Transaction, Vessel, fold};
use crate::rulebook::Vocabulary;

use super::collector::{Collector, path_in};

/// Puts ships and aircraft in the role `traded` among the items, unless an item is a ship or aircraft already. Lists of goods then
/// see them by their kind and type: a warship is arms, a passenger jet is a vehicle. Other goods beside a ship do not hide it.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let traded = derived.vocabulary.known_terms().traded;
    let is_traded = |role: &Terms| matches!(role.is(), Some([CodedTerm::Term(role)]) if Some(*role) == traded);
    let ships = transaction.vessels.known().iter().enumerate().filter(|(_, ship)| is_traded(&ship.role));
    let is_alone = transaction.items.known().is_empty();
    // Of a ship alone of which nothing tells the kind, it is asked.
    let of_ship = |ship: &Vessel| {
        let is_untold =
            is_alone && ship.kind.is_unknown() && ship.tonnage.is_none() && !ship.name.as_deref().is_some_and(is_called_civil);
        is_untold.then_some(UNKNOWN_SHIP)
    };
    let ships = ships.map(|(index, ship)| ("vessels", index, &ship.kind, of_ship(ship)));
    let aircraft = transaction.aircraft.known().iter().enumerate().filter(|(_, aircraft)| is_traded(&aircraft.role));
    let aircraft = aircraft.map(|(index, aircraft)| ("aircraft", index, &aircraft.kind, aircraft.model.as_deref()));
    let named = |(list, index, kind, model): (_, _, _, Option<&str>)| {
        let description = match model {
            Some(UNKNOWN_SHIP) => UNKNOWN_SHIP.into(),
            model => named(kind, model, derived.vocabulary)?,
        };
        Some((path_in(list, index, "role"), description))
    };
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

/// What a ship is called as an item of which nothing is told: a list of warships has it as a word that may mean one.
const UNKNOWN_SHIP: &str = "ship of unknown kind";

/// True for the name of a ship that tells that it is a merchant ship: `MV Harbour`, `Harbour Tanker`.
fn is_called_civil(name: &str) -> bool {
    const CIVIL: [&str; 18] = [
        "mv",
        "m/v",
        "mt",
        "m/t",
        "ss",
        "fv",
        "tanker",
        "cargo",
        "ferry",
        "carrier",
        "reefer",
        "bulk",
        "yacht",
        "tug",
        "freighter",
        "barge",
        "trawler",
        "dredger",
    ];
    fold(name).split(' ').any(|word| CIVIL.contains(&word))
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
