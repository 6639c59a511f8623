//! The context in which conditions are evaluated: a transaction, its incident, and the law.

use chrono::NaiveDate;
use compact_str::CompactString;

use crate::facts::{CodedTerm, FieldSet, Item, Period, Record, ReportedIncident, Side, Transaction};
use crate::rulebook::Rulebook;

use super::pertinence::beside_the_point;
use super::{EvidenceLevel, Ledger, Stage, WarningKind};

/// A transaction together with all that the truth of a condition on it depends on.
#[derive(Clone, Copy)]
pub struct EvalContext<'a> {
    /// The rulebook.
    pub rulebook: &'a Rulebook,
    /// The incident that the transaction belongs to.
    pub reported: &'a ReportedIncident,
    /// The transaction's position in the incident, from 0.
    pub index: usize,
    /// The transaction.
    pub transaction: &'a Transaction,
    /// The position of the item that the rule is evaluated on, from 0; `None` where it is evaluated on the whole transaction.
    pub item: Option<usize>,
    /// The counted quotas of the run; `None` while they are being counted, and then no quota is known.
    pub ledger: Option<&'a Ledger>,
    /// The day as of which the law is applied: rules, listings, notices and papers made later are hidden.
    pub known_on: Option<NaiveDate>,
    /// The fields of the transaction that are not reported and that nothing reported is about: no rule asks for them.
    pub beside_the_point: FieldSet,
    /// The evidence for the transaction as a whole.
    pub evidence: EvidenceLevel,
    /// Exceptions, duties and the nexus are proved even where they cannot change the verdict, to be explained.
    pub full_proofs: bool,
}

impl<'a> EvalContext<'a> {
    /// The context of a transaction; `None` if the incident has none at that position.
    pub fn new(
        rulebook: &'a Rulebook,
        reported: &'a ReportedIncident,
        index: usize,
        known_on: Option<NaiveDate>,
        ledger: Option<&'a Ledger>,
    ) -> Option<Self> {
        let transaction = reported.transactions().get(index)?;
        Some(Self { index, ..Self::of_transaction(rulebook, reported, transaction, known_on, ledger) })
    }

    /// The context of a transaction as if it were the first of an incident.
    pub fn of_transaction(
        rulebook: &'a Rulebook,
        reported: &'a ReportedIncident,
        transaction: &'a Transaction,
        known_on: Option<NaiveDate>,
        ledger: Option<&'a Ledger>,
    ) -> Self {
        Self {
            rulebook,
            reported,
            index: 0,
            transaction,
            item: None,
            ledger,
            known_on,
            beside_the_point: beside_the_point(transaction, &rulebook.vocabulary),
            evidence: EvidenceLevel::of_transaction(transaction, reported, rulebook),
            full_proofs: false,
        }
    }

    /// The same context for one item.
    #[must_use]
    pub fn with_item(self, item: usize) -> Self {
        Self { item: Some(item), ..self }
    }

    /// The same context for the whole transaction.
    #[must_use]
    pub fn without_item(self) -> Self {
        Self { item: None, ..self }
    }

    /// The same context with all proofs, or only those that a verdict needs.
    #[must_use]
    pub fn with_full_proofs(self, full_proofs: bool) -> Self {
        Self { full_proofs, ..self }
    }

    /// The contexts in which a rule is evaluated: one for each item if `binds_item` and items are reported, else this one.
    pub fn for_each_item(self, binds_item: bool) -> Vec<Self> {
        match self.transaction.items.get() {
            Some(items) if binds_item && !items.is_empty() => (0..items.len()).map(|i| self.with_item(i)).collect(),
            _ => vec![self],
        }
    }

    /// The item that the rule is evaluated on.
    pub fn bound_item(&self) -> Option<&'a Item> {
        self.transaction.items.get()?.get(self.item?)
    }

    /// The date of the transaction.
    pub fn date(&self) -> Option<Period> {
        self.transaction.date
    }

    /// True if the countries of both sides are reported, and nobody and no ship is said to be listed. Whether an owner or an origin
    /// that is not reported is the target's is then asked by the rules that may match, and by nothing else.
    pub fn is_placed(&self) -> bool {
        let is_in_a_country = |side: Option<&Side>| {
            let countries = side.and_then(|side| side.country.is()).unwrap_or_default();
            !countries.is_empty() && countries.iter().all(|country| matches!(country, CodedTerm::Term(_)))
        };
        is_in_a_country(self.transaction.from.get())
            && is_in_a_country(self.transaction.to.get())
            && !self.listings().any(|listings| !listings.is_empty())
    }

    /// The listings that are reported of parties, ships and aircraft, of each its own.
    fn listings(&self) -> impl Iterator<Item = &'a [CompactString]> {
        let of_parties = self.transaction.parties.known().iter().map(|party| &party.designated_as);
        let of_ships = self.transaction.vessels.known().iter().map(|vessel| &vessel.designated_as);
        let of_aircraft = self.transaction.aircraft.known().iter().map(|aircraft| &aircraft.designated_as);
        of_parties.chain(of_ships).chain(of_aircraft).filter_map(|listings| listings.as_deref())
    }

    /// What is to be looked at of a transaction whose link to a target is open.
    pub(crate) fn without_link(&self) -> WarningKind {
        let transaction: &dyn Record = self.transaction;
        let is_unread = |listing: &CompactString| !self.rulebook.vocabulary.names_a_listing(listing);
        match self.listings().flatten().find(|listing| is_unread(listing)) {
            Some(listing) => WarningKind::UnreadListing(listing.to_string()),
            None if transaction.says_nothing() => WarningKind::NothingReported,
            None => WarningKind::NoLink,
        }
    }

    /// The stage of the transaction, if it is short of completion.
    pub fn stage(&self) -> Option<Stage> {
        Stage::of_transaction(self.transaction, &self.rulebook.vocabulary)
    }

    /// True if what was made on a day is hidden, because the law is applied as of an earlier one.
    pub fn hides(&self, made_on: Option<NaiveDate>) -> bool {
        self.known_on.zip(made_on).is_some_and(|(known, made)| made > known)
    }
}
