//! The possible country of what an act is about from its description: an account *held in Pyongyang*.

use crate::facts::{Derivation, FactPath, Transaction};

use super::collector::{Collector, possibly};

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let Some(subject) = transaction.subject.get_mut().filter(|subject| subject.country.is_unknown()) else { return };
    let Some(found) = subject.description.as_deref().and_then(|text| derived.places_in(text)) else { return };
    let Some(named) = found.mentions.first().map(|mention| mention.phrase.into()) else { return };
    let path = FactPath::root().key("subject");
    let how = Derivation::Mention { named };
    derived.put(&mut subject.country, possibly(found.countries()), path.key("country"), path.key("description"), how);
}
