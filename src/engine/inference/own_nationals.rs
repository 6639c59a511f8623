//! Who is a national of the State that the act reaches: travellers who come home, workers with the passport of their host.

use crate::facts::{CodedTerm, Derivation, Term, Terms, Transaction};

use super::collector::{Collector, only_term, path_in};

/// Derives it for every party and for the people of a transaction. What is reported stays where no nationality is told; where one
/// is, a report that contradicts it leaves the fact unknown, so that nobody is made a national by a word.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let Some(destination) = transaction.to.get().and_then(|side| only_term(&side.country)) else { return };
    for (index, party) in transaction.parties.get_mut().unwrap_or_default().iter_mut().enumerate() {
        let told = is_national(destination, &[&party.nationality]);
        settle(&mut party.national_of_destination, told, ("parties", index), derived);
    }
    for (index, people) in transaction.people.get_mut().unwrap_or_default().iter_mut().enumerate() {
        let told = is_national(destination, &[&people.nationality, &people.also_national_of]);
        settle(&mut people.national_of_destination, told, ("people", index), derived);
    }
}

/// Puts what the nationalities tell in place of what is not reported.
fn settle(slot: &mut Option<bool>, told: Option<bool>, (list, index): (&'static str, usize), derived: &mut Collector<'_>) {
    if told.is_none() || *slot == told {
        return;
    }
    let how = match slot {
        None => Derivation::Destination,
        Some(_) => Derivation::Disputed,
    };
    *slot = if slot.is_none() { told } else { None };
    derived.note(path_in(list, index, "national_of_destination"), path_in(list, index, "nationality"), how);
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
