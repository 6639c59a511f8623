//! The possible country of a side of which neither country nor place is told, from the place where the act happened.

use crate::facts::{Derivation, FactPath, Known, Transaction};

use super::collector::{Collector, only_term, possibly};

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let Some(found) = transaction.place.as_deref().and_then(|place| derived.places_in(place)) else { return };
    let countries = found.countries();
    let Some(named) = found.mentions.first().map(|mention| mention.phrase.into()) else { return };
    let others = [only_country(&transaction.from), only_country(&transaction.to)];
    // It happened where the one side is: of the other it says nothing.
    if countries.is_empty() || others.into_iter().flatten().any(|country| countries.contains(&country)) {
        return;
    }
    for (side, key) in [(&mut transaction.to, "to"), (&mut transaction.from, "from")] {
        let Some(side) = side.get_mut() else { continue };
        if side.country.is_unknown() && side.place.is_none() {
            let how = Derivation::Mention { named };
            let path = FactPath::root().key(key).key("country");
            derived.put(&mut side.country, possibly(countries), path, FactPath::root().key("place"), how);
            return;
        }
    }
}

fn only_country(side: &Known<crate::facts::Side>) -> Option<crate::facts::Term> {
    side.get().and_then(|side| only_term(&side.country))
}
