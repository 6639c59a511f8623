//! The possible origin of goods of which another transaction of the incident tells: such goods came from there, were loaded there,
//! or were found to be from there, and both acts hang together.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::facts::{CodedTerm, Derivation, DerivedFact, Item, ReportedIncident, Term, Terms, Transaction, fold};
use crate::rulebook::Vocabulary;

use super::collector::{only_term, path_in, possibly};
use super::same_name::Named;

/// So many transactions that tell of goods of one word, or of one ship, are read.
const MOST_TELLERS: usize = 16;

/// Countries of origin, and the position of the transaction that tells of them.
type Origins = SmallVec<[Term; 2]>;

/// The transactions that tell where goods are from, by the words for the goods, and those that tell only where a ship was loaded, by
/// the names of the ship.
#[derive(Default)]
struct Tellers {
    of_goods: FxHashMap<String, Vec<usize>>,
    of_ships: FxHashMap<String, Vec<usize>>,
}

/// An origin that another transaction tells.
struct Told {
    item: usize,
    origins: Terms,
    /// The id of the transaction that tells it.
    by: CompactString,
}

/// Gives each item of which no origin is told those that other transactions tell of such goods, as possible ones.
pub(super) fn derive(reported: &mut ReportedIncident, vocabulary: &Vocabulary) {
    if reported.transactions().len() < 2 {
        return;
    }
    let told: Vec<(usize, Vec<Told>)> = {
        let transactions = reported.transactions();
        let tellers = Tellers::new(transactions, vocabulary);
        if tellers.of_goods.is_empty() && tellers.of_ships.is_empty() {
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

impl Tellers {
    fn new(transactions: &[Transaction], vocabulary: &Vocabulary) -> Self {
        let mut tellers = Self::default();
        let push = |map: &mut FxHashMap<String, Vec<usize>>, key: String, index: usize| {
            let of_key = map.entry(key).or_default();
            if of_key.len() < MOST_TELLERS && of_key.last() != Some(&index) {
                of_key.push(index);
            }
        };
        for (index, transaction) in transactions.iter().enumerate() {
            let items = transaction.items.known();
            for item in items.iter().filter(|item| !origins(transaction, Some(item), vocabulary).is_empty()) {
                words(item).into_iter().for_each(|word| push(&mut tellers.of_goods, word, index));
            }
            if items.is_empty() && !origins(transaction, None, vocabulary).is_empty() {
                let ships = transaction.vessels.known().iter().flat_map(Named::names);
                ships.for_each(|name| push(&mut tellers.of_ships, name, index));
            }
        }
        tellers
    }
}

fn told_elsewhere(
    index: usize,
    transaction: &Transaction,
    transactions: &[Transaction],
    tellers: &Tellers,
    vocabulary: &Vocabulary,
) -> Vec<Told> {
    let sent_from = transaction.from.get().and_then(|side| only_term(&side.country));
    let mut found = Vec::new();
    for (position, item) in transaction.items.known().iter().enumerate().filter(|(_, item)| item.origin.is_unknown()) {
        let (own_words, mut origin, mut by) = (words(item), Origins::new(), None);
        let of_goods = own_words.iter().filter_map(|word| tellers.of_goods.get(word)).flatten();
        let ships = transaction.vessels.known().iter().flat_map(Named::names);
        let of_ships = ships.filter_map(|name| tellers.of_ships.get(&name)).flatten();
        for teller in of_goods.chain(of_ships).filter(|teller| **teller != index) {
            let Some(other) = transactions.get(*teller) else { continue };
            if !hang_together(transaction, other) {
                continue;
            }
            let such = other.items.known().iter().filter(|other| are_such(item, other));
            let told = such.flat_map(|item| origins(other, Some(item), vocabulary));
            let loaded = if other.items.known().is_empty() { origins(other, None, vocabulary) } else { Origins::new() };
            for country in told.chain(loaded).filter(|country| Some(*country) != sent_from) {
                by.get_or_insert_with(|| other.id.clone().unwrap_or_default());
                if !origin.contains(&country) {
                    origin.push(country);
                }
            }
        }
        found.extend(by.map(|by| Told { item: position, origins: possibly(origin), by }));
    }
    found
}

/// Where a transaction tells that goods are from: their origin, where they were loaded and, if they pass, whence they are sent.
fn origins(transaction: &Transaction, item: Option<&Item>, vocabulary: &Vocabulary) -> Origins {
    let known = vocabulary.known_terms();
    let mut countries = Origins::new();
    for term in item.and_then(|item| item.origin.is()).unwrap_or_default() {
        match term {
            CodedTerm::Term(country) => countries.push(*country),
            CodedTerm::OneOf(possible) | CodedTerm::Possibly(possible) => countries.extend(possible.iter().copied()),
            CodedTerm::Unlisted(_) => {}
        }
    }
    let loaded =
        transaction.ports.known().iter().filter(|port| only_term(&port.call) == known.loading && known.loading.is_some());
    countries.extend(loaded.filter_map(|port| only_term(&port.country)));
    let acts = transaction.activity.is().unwrap_or_default();
    let passes = |act: &CodedTerm| match (act, known.passes) {
        (CodedTerm::Term(act), Some(passes)) => vocabulary.is_a(*act, passes),
        _ => false,
    };
    if item.is_some() && acts.iter().any(passes) {
        countries.extend(transaction.from.get().and_then(|side| only_term(&side.country)));
    }
    countries
}

/// True if one act relates to the other, if a ship, aircraft or party takes part in both, if the goods went where they later come
/// from, or if the other tells of the goods alone and of neither side.
fn hang_together(own: &Transaction, other: &Transaction) -> bool {
    let relates = |from: &Transaction, to: &Transaction| {
        let id = to.id.as_deref();
        let names = from.relates_to.known().iter().filter_map(|relation| relation.transaction.as_deref());
        id.is_some() && names.map(|name| name.rsplit_once('/').map_or(name, |(_, id)| id)).any(|name| Some(name) == id)
    };
    let shares = |own: Vec<String>, other: Vec<String>| own.iter().any(|name| other.contains(name));
    let ships = |t: &Transaction| t.vessels.known().iter().flat_map(Named::names).collect::<Vec<_>>();
    let aircraft =
        |t: &Transaction| t.aircraft.known().iter().filter_map(|a| a.registration.as_deref().map(fold)).collect::<Vec<_>>();
    let parties = |t: &Transaction| t.parties.known().iter().flat_map(Named::names).collect::<Vec<_>>();
    let country = |side: &crate::facts::Known<crate::facts::Side>| side.get().and_then(|side| only_term(&side.country));
    let is_before = own.date.zip(other.date).is_none_or(|(own, other)| other.from <= own.to);
    let goes_on = is_before && country(&other.to).is_some() && country(&other.to) == country(&own.from);
    relates(own, other)
        || relates(other, own)
        || goes_on
        || (other.from.get().is_none() && other.to.get().is_none())
        || shares(ships(own), ships(other))
        || shares(aircraft(own), aircraft(other))
        || shares(parties(own), parties(other))
}

/// True for goods of one heading, or, where a heading is not told of both, for descriptions of which one has all words of the other:
/// `charcoal` and `bagged charcoal`.
fn are_such(item: &Item, other: &Item) -> bool {
    let (own, other) = (words(item), words(other));
    let is_heading = |word: &&String| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let headings = |words: &[String]| words.iter().filter(is_heading).cloned().collect::<Vec<_>>();
    let names = |words: &[String]| words.iter().filter(|word| !is_heading(word)).cloned().collect::<Vec<_>>();
    let (own_headings, other_headings) = (headings(&own), headings(&other));
    if !own_headings.is_empty() && !other_headings.is_empty() {
        return own_headings.iter().any(|heading| other_headings.contains(heading));
    }
    let has_all = |some: &[String], all: &[String]| !some.is_empty() && some.iter().all(|word| all.contains(word));
    let (own, other) = (names(&own), names(&other));
    has_all(&own, &other) || has_all(&other, &own)
}

/// The words by which goods are compared: those of the description that are no numbers and not too short, or the heading.
fn words(item: &Item) -> Vec<String> {
    let description = item.description.as_deref().map(fold).unwrap_or_default();
    let tells = |word: &&str| word.chars().count() > 2 && !word.starts_with(|c: char| c.is_ascii_digit()) || !word.is_ascii();
    let words = description.split(' ').filter(tells).map(|word| word.strip_suffix('s').unwrap_or(word).to_owned());
    let headings = item.hs.is().unwrap_or_default().iter().filter_map(|code| code.digits().get(..4)).map(str::to_owned);
    words.chain(headings).collect()
}

fn put(told: Told, transaction: &mut Transaction) -> Option<DerivedFact> {
    let item: &mut Item = transaction.items.get_mut()?.get_mut(told.item)?;
    let before = std::mem::replace(&mut item.origin, told.origins);
    let (path, from) = (path_in("items", told.item, "origin"), path_in("items", told.item, "description"));
    Some(DerivedFact { path, from, how: Derivation::SameGoods { by: told.by }, before })
}
