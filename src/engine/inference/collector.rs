//! The derived facts of a transaction, collected one after another.

use smallvec::SmallVec;

use crate::facts::{
    Coded, CodedTerm, Derivation, DerivedFact, FactPath, Many, PathSegment, Record, Slot, Term, Terms, Transaction,
};
use crate::rulebook::{PlaceMentions, Vocabulary};

/// Collects derived facts.
pub(super) struct Collector<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    facts: Vec<DerivedFact>,
}

impl<'v> Collector<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, facts: Vec::new() }
    }

    pub(super) fn into_facts(self) -> Vec<DerivedFact> {
        self.facts
    }

    /// The places that a text about a place names.
    pub(super) fn places_in(&self, text: &str) -> Option<PlaceMentions<'v>> {
        self.vocabulary.place_names().find(text)
    }

    /// Puts terms into a fact.
    pub(super) fn put(&mut self, slot: &mut Terms, terms: Terms, path: FactPath, from: FactPath, how: Derivation) {
        let before = std::mem::replace(slot, terms);
        self.facts.push(DerivedFact { path, from, how, before });
    }

    /// Notes a fact that the caller has put in place of an unknown one.
    pub(super) fn note(&mut self, path: FactPath, from: FactPath, how: Derivation) {
        self.facts.push(DerivedFact { path, from, how, before: Terms::UNKNOWN });
    }
}

/// The path to a fact of an element of a list.
pub(super) fn path_in(list: &'static str, index: usize, key: &'static str) -> FactPath {
    FactPath::root().key(list).then(PathSegment::Index(index)).key(key)
}

/// Terms that are possible and no more.
pub(super) fn possibly(terms: impl IntoIterator<Item = Term>) -> Terms {
    let mut all: SmallVec<[Term; 8]> = terms.into_iter().collect();
    all.sort_unstable();
    all.dedup();
    Coded::one(CodedTerm::Possibly(Box::new(all)))
}

/// The only term of a fact, where it is sure.
pub(super) fn only_term(terms: &Terms) -> Option<Term> {
    match terms.is() {
        Some([CodedTerm::Term(term)]) => Some(*term),
        _ => None,
    }
}

/// Takes a derived fact out of a transaction.
pub(super) fn withdraw(transaction: &mut Transaction, fact: &DerivedFact) {
    match fact.how {
        Derivation::PartyOfSide => return transaction.parties.pop(),
        Derivation::AccountHolder => {
            let is_only_party = transaction.parties.known().len() == 1;
            transaction.parties.pop();
            // It was reported that nobody has a part in it.
            if is_only_party {
                transaction.parties = Many::from(Vec::new());
            }
            return;
        }
        Derivation::TradedCarrier => return transaction.items.pop(),
        Derivation::OtherShip => return transaction.vessels.pop(),
        _ => {}
    }
    let mut record: &mut dyn Record = transaction;
    let mut segments = fact.path.segments().iter().peekable();
    while let Some(PathSegment::Key(key)) = segments.next() {
        let Some(row) = record.table().position(key) else { return };
        let index = match segments.peek() {
            Some(PathSegment::Index(index)) => Some(*index),
            _ => None,
        };
        if index.is_some() {
            segments.next();
        }
        let Some(slot) = record.slot(row) else { return };
        if segments.peek().is_none() {
            return match slot {
                Slot::Terms(terms) => terms.clone_from(&fact.before),
                Slot::Texts(listings) if matches!(fact.how, Derivation::DeniedListing { .. }) => *listings = Some(Vec::new()),
                slot => slot.clear(),
            };
        }
        let Some(inner) = slot.record_mut(index) else { return };
        record = inner;
    }
}
