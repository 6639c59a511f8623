//! Another flag of a ship: flags change, and false ones are flown. Where two acts of about the same time tell of different flags of
//! one ship, each keeps its own, and may have been under the other.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::facts::{Coded, CodedTerm, Derivation, DerivedFact, Period, ReportedIncident, Term, Terms, Transaction, Vessel};
use crate::rulebook::Vocabulary;

use super::collector::{only_term, path_in, possibly};
use super::same_name::Named;

/// Within so many days a report of one flag makes another doubtful.
const ABOUT_THE_SAME_TIME: i64 = 365;

/// So many acts of one ship under one flag are compared.
const MOST_TELLERS: usize = 16;

/// The acts of ships under flags, by the name of the ship: the flag, and the positions of the transaction and of the ship.
type Tellers = FxHashMap<String, Vec<(Term, usize, usize)>>;

/// A flag of which another transaction tells.
struct Told {
    vessel: usize,
    flags: Terms,
    /// The id of the transaction that tells of it.
    by: CompactString,
}

/// Adds to the flag of each ship those that other transactions tell of it, as possible ones.
pub(super) fn derive(reported: &mut ReportedIncident, vocabulary: &Vocabulary) {
    let told: Vec<(usize, Vec<Told>)> = {
        let transactions = reported.transactions();
        let tellers = tellers(transactions);
        if tellers.is_empty() {
            return;
        }
        let of_transaction =
            |(index, transaction)| (index, told_elsewhere(index, transaction, transactions, &tellers, vocabulary));
        transactions.iter().enumerate().map(of_transaction).filter(|(_, told)| !told.is_empty()).collect()
    };
    for (index, told) in told {
        reported.derive(index, |transaction| told.into_iter().filter_map(|told| put(told, transaction)).collect());
    }
}

fn tellers(transactions: &[Transaction]) -> Tellers {
    let mut tellers = Tellers::default();
    let mut of_flag: FxHashMap<(String, Term), usize> = FxHashMap::default();
    for (index, transaction) in transactions.iter().enumerate() {
        for (position, vessel) in transaction.vessels.known().iter().enumerate() {
            let Some(flag) = only_term(&vessel.flag) else { continue };
            for name in vessel.names() {
                let known = of_flag.entry((name.clone(), flag)).or_default();
                *known += 1;
                if *known <= MOST_TELLERS {
                    tellers.entry(name).or_default().push((flag, index, position));
                }
            }
        }
    }
    tellers
}

fn told_elsewhere(
    index: usize,
    transaction: &Transaction,
    transactions: &[Transaction],
    tellers: &Tellers,
    vocabulary: &Vocabulary,
) -> Vec<Told> {
    let mut found = Vec::new();
    for (position, vessel) in transaction.vessels.known().iter().enumerate() {
        let own = only_term(&vessel.flag);
        if own.is_none() && !vessel.flag.is_unknown() {
            continue;
        }
        let names = vessel.names();
        let others = names.iter().filter_map(|name| tellers.get(name)).flatten();
        let other = others.filter(|(flag, of, _)| *of != index && own != Some(*flag)).find_map(|(flag, of, at)| {
            let teller = transactions.get(*of)?;
            let other = teller.vessels.known().get(*at)?;
            let is_it = !other.differs_from(vessel, vocabulary) && is_about_the_same_time(transaction.date, teller.date);
            is_it.then(|| (*flag, teller.id.clone().unwrap_or_default()))
        });
        found.extend(other.map(|(flag, by)| Told { vessel: position, flags: with_possible(own, flag), by }));
    }
    found
}

/// The own flag, if it is told, and perhaps another.
fn with_possible(own: Option<Term>, other: Term) -> Terms {
    match own {
        None => possibly([other]),
        Some(own) => {
            let either = CodedTerm::OneOf(Box::new([own, other].into_iter().collect()));
            Coded::new(Some(vec![CodedTerm::Term(own), either]), Vec::new())
        }
    }
}

fn is_about_the_same_time(own: Option<Period>, other: Option<Period>) -> bool {
    own.zip(other).is_none_or(|(own, other)| {
        let days_between = (own.from - other.to).num_days().max((other.from - own.to).num_days());
        days_between <= ABOUT_THE_SAME_TIME
    })
}

fn put(told: Told, transaction: &mut Transaction) -> Option<DerivedFact> {
    let vessel: &mut Vessel = transaction.vessels.get_mut()?.get_mut(told.vessel)?;
    let before = std::mem::replace(&mut vessel.flag, told.flags);
    let path = path_in("vessels", told.vessel, "flag");
    let from = path_in("vessels", told.vessel, if vessel.imo.is_some() { "imo" } else { "name" });
    Some(DerivedFact { path, from, how: Derivation::OtherFlag { by: told.by }, before })
}
