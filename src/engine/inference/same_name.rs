//! What another transaction of the incident tells of a party or ship of the same name: that it is listed, whose it is, for whom
//! it acts. Nobody is cleared by a record that says he is on no list, where another tells of his listing.

use compact_str::{CompactString, format_compact};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::facts::{
    CodedTerm, Derivation, DerivedFact, FactPath, FactValue, Party, Record, ReportedIncident, Slot, Term, Terms, Transaction,
    Vessel, fold,
};
use crate::rulebook::{POSSIBLY, Vocabulary};

use super::collector::{only_term, path_in, possibly};

/// The key of a listing.
const LISTING: &str = "designated_as";

/// The facts that a party keeps from one act to the next.
const OF_PARTIES: &[&str] =
    &["nationality", "acts_for", "owned_by", "controlled_by", "parent", "employer", "programme", SEAT, LISTING];

/// Where a party is. It may have moved, or act from another place, so that what another act tells is only possible.
const SEAT: &str = "country";

/// The facts that a ship keeps from one voyage to the next, as long as nothing else is told. A flag is changed too easily.
const OF_SHIPS: &[&str] = &["owned_by", "controlled_by", LISTING];

/// Puts into each party and ship what other transactions tell of it and its own does not.
pub(super) fn derive(reported: &mut ReportedIncident, vocabulary: &Vocabulary) {
    if reported.transactions().len() < 2 {
        return;
    }
    derive_of::<Party>(reported, vocabulary);
    derive_of::<Vessel>(reported, vocabulary);
}

/// Parties or ships, which are known by their names.
pub(super) trait Named: Record + Sized {
    const LIST: &'static str;
    const LASTING: &'static [&'static str];

    fn of(transaction: &Transaction) -> &[Self];
    fn of_mut(transaction: &mut Transaction) -> &mut [Self];
    /// The names, as [`fold()`] writes them.
    fn names(&self) -> SmallVec<[String; 2]>;
    /// True if one cannot be the other, though they share a name.
    fn differs_from(&self, other: &Self, vocabulary: &Vocabulary) -> bool;
}

impl Named for Party {
    const LIST: &'static str = "parties";
    const LASTING: &'static [&'static str] = OF_PARTIES;

    fn of(transaction: &Transaction) -> &[Self] {
        transaction.parties.known()
    }

    fn of_mut(transaction: &mut Transaction) -> &mut [Self] {
        transaction.parties.get_mut().unwrap_or_default()
    }

    fn names(&self) -> SmallVec<[String; 2]> {
        self.folded_names().collect()
    }

    fn differs_from(&self, other: &Self, vocabulary: &Vocabulary) -> bool {
        let kinds = only_term(&self.kind).zip(only_term(&other.kind));
        let born = self.date_of_birth.zip(other.date_of_birth);
        kinds.is_some_and(|(a, b)| !vocabulary.is_a(a, b) && !vocabulary.is_a(b, a))
            || born.is_some_and(|(a, b)| a.to < b.from || b.to < a.from)
    }
}

impl Named for Vessel {
    const LIST: &'static str = "vessels";
    const LASTING: &'static [&'static str] = OF_SHIPS;

    fn of(transaction: &Transaction) -> &[Self] {
        transaction.vessels.known()
    }

    fn of_mut(transaction: &mut Transaction) -> &mut [Self] {
        transaction.vessels.get_mut().unwrap_or_default()
    }

    fn names(&self) -> SmallVec<[String; 2]> {
        let by_number = self.imo.iter().map(|imo| format!("imo {imo}"));
        let names = self.name.iter().chain(self.aliases.iter().flatten());
        names.map(|name| without_kind_of_ship(&fold(name)).to_owned()).filter(|name| !name.is_empty()).chain(by_number).collect()
    }

    fn differs_from(&self, other: &Self, _: &Vocabulary) -> bool {
        self.imo.zip(other.imo).is_some_and(|(a, b)| a != b)
    }
}

/// The folded name of a ship without the letters or word for its kind that stand before it: *M/V Woo Jin*.
fn without_kind_of_ship(name: &str) -> &str {
    const KINDS: [&str; 13] =
        ["mv ", "m v ", "mt ", "m t ", "ms ", "m s ", "ss ", "s s ", "fv ", "f v ", "vessel ", "ship ", "tanker "];
    KINDS.iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name)
}

/// A fact of a record that another transaction tells.
struct Told {
    record: usize,
    key: &'static str,
    value: ToldValue,
    /// The id of the transaction that tells it.
    by: CompactString,
    /// The own record says that there is none.
    is_denied: bool,
}

enum ToldValue {
    Text(CompactString),
    Texts(Vec<CompactString>),
    Terms(Terms),
}

fn derive_of<T: Named>(reported: &mut ReportedIncident, vocabulary: &Vocabulary) {
    let told: Vec<Vec<Told>> = {
        let transactions = reported.transactions();
        let tellers = tellers::<T>(transactions);
        if tellers.is_empty() {
            return;
        }
        let of_transaction = |(index, _)| told_elsewhere::<T>(index, transactions, &tellers, vocabulary);
        transactions.iter().enumerate().map(of_transaction).collect()
    };
    for (index, told) in told.into_iter().enumerate().filter(|(_, told)| !told.is_empty()) {
        reported.derive(index, |transaction| told.into_iter().filter_map(|fact| put::<T>(fact, transaction)).collect());
    }
}

/// The records that tell something lasting, by their names: the positions of the transaction and of the record.
fn tellers<T: Named>(transactions: &[Transaction]) -> FxHashMap<String, Vec<(usize, usize)>> {
    let mut tellers: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
    for (index, transaction) in transactions.iter().enumerate() {
        for (position, record) in T::of(transaction).iter().enumerate() {
            if T::LASTING.iter().any(|key| told_value(record, key).is_some()) {
                for name in record.names() {
                    tellers.entry(name).or_default().push((index, position));
                }
            }
        }
    }
    tellers
}

fn told_elsewhere<T: Named>(
    index: usize,
    transactions: &[Transaction],
    tellers: &FxHashMap<String, Vec<(usize, usize)>>,
    vocabulary: &Vocabulary,
) -> Vec<Told> {
    /// So many transactions that tell of one party are read.
    const MOST_TELLERS: usize = 16;
    let Some(transaction) = transactions.get(index) else { return Vec::new() };
    let mut found = Vec::new();
    for (position, record) in T::of(transaction).iter().enumerate() {
        let is_open = |key: &&'static str| is_untold(record, key) || *key == LISTING && is_said_to_be_none(record, key);
        let untold: Vec<&'static str> = T::LASTING.iter().copied().filter(is_open).collect();
        if untold.is_empty() {
            continue;
        }
        let names = record.names();
        let others =
            names.iter().filter_map(|name| tellers.get(name)).flatten().filter(|(of, _)| *of != index).take(MOST_TELLERS);
        let others: Vec<(&Transaction, &T)> = others
            .filter_map(|(of, at)| transactions.get(*of).and_then(|other| Some((other, T::of(other).get(*at)?))))
            .filter(|(_, other)| !other.differs_from(record, vocabulary))
            .collect();
        for key in untold {
            let Some((teller, value)) = others.iter().find_map(|(teller, other)| Some((*teller, told_value(*other, key)?)))
            else {
                continue;
            };
            let is_later = transaction.date.zip(teller.date).is_some_and(|(own, told)| told.to > own.to);
            let is_denied = is_said_to_be_none(record, key);
            let is_of_another_time =
                transaction.date.zip(teller.date).is_some_and(|(own, told)| told.to < own.from || own.to < told.from);
            // Whoever was on a list before may have been taken off, and whoever is on it later was put on it.
            if is_denied && is_of_another_time {
                continue;
            }
            let value = if key == SEAT || key == LISTING && (is_later || is_denied) { perhaps(value) } else { value };
            found.push(Told { record: position, key, value, by: teller.id.clone().unwrap_or_default(), is_denied });
        }
    }
    found
}

/// What another act tells, and need not hold here: where somebody was, listings that may have come in between or that the own record
/// denies.
fn perhaps(value: ToldValue) -> ToldValue {
    match value {
        ToldValue::Texts(listings) => {
            ToldValue::Texts(listings.into_iter().map(|listing| format_compact!("{POSSIBLY}{listing}")).collect())
        }
        ToldValue::Terms(terms) => {
            let told = terms.is().unwrap_or_default().iter();
            let countries = told.flat_map(|term| match term {
                CodedTerm::Term(country) => std::slice::from_ref(country),
                CodedTerm::OneOf(several) | CodedTerm::Possibly(several) => several.as_slice(),
                CodedTerm::Unlisted(_) => &[],
            });
            let countries: Vec<Term> = countries.copied().collect();
            ToldValue::Terms(if countries.is_empty() { terms } else { possibly(countries) })
        }
        ToldValue::Text(text) => ToldValue::Text(text),
    }
}

fn is_untold(record: &dyn Record, key: &str) -> bool {
    record.table().position(key).is_some_and(|row| match record.value(row) {
        FactValue::Text(text) => text.is_none(),
        FactValue::Texts(texts) => texts.is_none(),
        FactValue::Terms(terms) => terms.is_unknown(),
        _ => false,
    })
}

fn is_said_to_be_none(record: &dyn Record, key: &str) -> bool {
    let value = record.table().position(key).map(|row| record.value(row));
    matches!(value, Some(FactValue::Texts(Some([]))))
}

/// What is told under a key, if it is something.
fn told_value(record: &dyn Record, key: &str) -> Option<ToldValue> {
    match record.value(record.table().position(key)?) {
        FactValue::Text(text) => text.map(|text| ToldValue::Text(text.into())),
        FactValue::Texts(texts) => texts.filter(|texts| !texts.is_empty()).map(|texts| ToldValue::Texts(texts.to_vec())),
        FactValue::Terms(terms) => terms.is().filter(|terms| !terms.is_empty()).map(|_| ToldValue::Terms(terms.clone())),
        _ => None,
    }
}

fn put<T: Named>(told: Told, transaction: &mut Transaction) -> Option<DerivedFact> {
    let record = T::of_mut(transaction).get_mut(told.record)?;
    let row = record.table().position(told.key)?;
    match (record.slot(row)?, told.value) {
        (Slot::Text(slot), ToldValue::Text(text)) => *slot = Some(text),
        (Slot::Texts(slot), ToldValue::Texts(texts)) => *slot = Some(texts),
        (Slot::Terms(slot), ToldValue::Terms(terms)) => *slot = terms,
        _ => return None,
    }
    let named: FactPath = path_in(T::LIST, told.record, "name");
    let path = path_in(T::LIST, told.record, told.key);
    let how = match told.is_denied {
        true => Derivation::DeniedListing { by: told.by },
        false => Derivation::SameName { by: told.by },
    };
    Some(DerivedFact { path, from: named, how, before: Terms::UNKNOWN })
}
