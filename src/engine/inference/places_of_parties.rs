//! The country of a party or a side from the place at the end of a name: *a gang in Port-au-Prince*, *the militia in Zuwara*.

use compact_str::CompactString;

use crate::facts::{Coded, CodedTerm, Derivation, FactPath, Terms, Transaction};

use super::collector::{Collector, path_in, possibly};

/// Words before `in` that say what somebody does there, so that it may be elsewhere.
const OF_ACTS: [&str; 16] = [
    "made",
    "born",
    "invest",
    "invests",
    "invested",
    "investing",
    "trade",
    "trades",
    "trading",
    "deals",
    "dealing",
    "active",
    "operating",
    "operates",
    "fighting",
    "interested",
];

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    for (index, party) in transaction.parties.get_mut().unwrap_or_default().iter_mut().enumerate() {
        let Some(found) = party.name.as_deref().filter(|_| party.country.is_unknown()).and_then(|name| place_of(name, derived))
        else {
            continue;
        };
        let (country, how) = found;
        derived.put(&mut party.country, country, path_in("parties", index, "country"), path_in("parties", index, "name"), how);
    }
    for (side, key) in [(&mut transaction.from, "from"), (&mut transaction.to, "to")] {
        let Some(side) = side.get_mut().filter(|side| side.country.is_unknown() && side.place.is_none()) else { continue };
        let Some((country, how)) = side.party.as_deref().and_then(|name| place_of(name, derived)) else { continue };
        let path = FactPath::root().key(key);
        derived.put(&mut side.country, country, path.key("country"), path.key("party"), how);
    }
}

/// The country of the place behind the last `in` of a name: surely if it is a place of one country and nothing else, and nothing is
/// said to be done there.
fn place_of(name: &str, derived: &Collector<'_>) -> Option<(Terms, Derivation)> {
    let (who, place) = name.rsplit_once(" in ")?;
    let last_word = who.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let is_there = !OF_ACTS.contains(&last_word.as_str());
    let found = derived.places_in(place)?;
    let named: CompactString = found.mentions.first()?.phrase.into();
    let countries = found.countries();
    Some(match countries.as_slice() {
        [only] if found.is_all && is_there => (Coded::one(CodedTerm::Term(*only)), Derivation::Place { named }),
        _ => (possibly(countries), Derivation::Mention { named }),
    })
}
