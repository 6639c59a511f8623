//! The names by which reports call the parties and ships of a transaction.

use std::collections::HashMap;

use crate::facts::{Party, Transaction, Vessel};
use crate::report::inert::{clipped, line};
use crate::rulebook::Vocabulary;

use super::super::model::ElementNames;
use super::page::role_words;

/// The longest name, in characters.
const LONGEST: usize = 60;

/// The names of parties and ships: their own, else their part if nobody else has it. Others have none.
pub(in crate::report) fn element_names(transaction: &Transaction, vocabulary: &Vocabulary) -> ElementNames {
    let parties = transaction.parties.known();
    let mut of_role: HashMap<String, usize> = HashMap::new();
    for role in parties.iter().filter_map(|party| role_words(&party.role, vocabulary)) {
        *of_role.entry(role).or_default() += 1;
    }
    let party = |party: &Party| {
        let role = || role_words(&party.role, vocabulary).filter(|role| of_role.get(role) == Some(&1));
        party.name.as_deref().map(str::to_owned).or_else(|| role().map(|role| format!("the {role}")))
    };
    let vessel = |vessel: &Vessel| {
        let imo = || vessel.imo.map(|imo| format!("the ship IMO {imo}"));
        vessel.name.as_deref().map(|name| format!("the ship {name}")).or_else(imo)
    };
    let named = |list: &'static str, index: usize, name: Option<String>| {
        let name = clipped(line(&name?), LONGEST);
        (!name.is_empty()).then(|| (format!("{list}[{index}]"), name))
    };
    let parties = parties.iter().enumerate().filter_map(|(index, one)| named("parties", index, party(one)));
    let vessels = transaction.vessels.known().iter().enumerate();
    parties.chain(vessels.filter_map(|(index, one)| named("vessels", index, vessel(one)))).collect()
}
