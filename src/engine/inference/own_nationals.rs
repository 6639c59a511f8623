//! Who is a national of the State that the act reaches: travellers who come home, workers with the passport of their host.

use crate::facts::{CodedTerm, Derivation, Term, Terms, Transaction};

use super::collector::{Collector, only_term, path_in};

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let Some(destination) = transaction.to.get().and_then(|side| only_term(&side.country)) else { return };
    for (index, party) in transaction.parties.get_mut().unwrap_or_default().iter_mut().enumerate() {
        if party.national_of_destination.is_none() {
            party.national_of_destination = is_national(destination, &[&party.nationality]);
            if party.national_of_destination.is_some() {
                let from = path_in("parties", index, "nationality");
                derived.note(path_in("parties", index, "national_of_destination"), from, Derivation::Destination);
            }
        }
    }
    for (index, people) in transaction.people.get_mut().unwrap_or_default().iter_mut().enumerate() {
        if people.national_of_destination.is_none() {
            people.national_of_destination = is_national(destination, &[&people.nationality, &people.also_national_of]);
            if people.national_of_destination.is_some() {
                let from = path_in("people", index, "nationality");
                derived.note(path_in("people", index, "national_of_destination"), from, Derivation::Destination);
            }
        }
    }
}

/// Whether one of the reported nationalities is that of a State; unknown where none is reported, or one of them is not sure.
fn is_national(state: Term, nationalities: &[&Terms]) -> Option<bool> {
    let mut reported = nationalities.iter().filter_map(|terms| terms.is()).flatten().peekable();
    reported.peek()?;
    let mut all_are_sure = true;
    for term in reported {
        match term {
            CodedTerm::Term(term) if *term == state => return Some(true),
            CodedTerm::Term(_) => {}
            _ => all_are_sure = false,
        }
    }
    all_are_sure.then_some(false)
}
