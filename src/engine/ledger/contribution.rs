//! The collection of what counts towards quotas, while the facts of a run are read.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::amount::AmountConverter;
use super::entry::{CountRelation, CountedWith, EntryOrigin, LedgerEntry, LedgerInput, OpeningEntry, TransactionKey};
use super::{CountPosition, TransactionMemo};
use crate::engine::nexus::find_nexus;
use crate::engine::{CompiledRules, EvalContext, ReferenceEvaluator, RuleSelector, Stage};
use crate::facts::{CodedTerm, FactPath, HsCode, InputId, Known, ReportedIncident, Side, Term, Transaction, Truth};
use crate::rulebook::{Quota, QuotaId, Rulebook};

/// What counts towards quotas, collected in any order.
#[derive(Debug, Default)]
pub struct Contributions {
    pub(super) by_quota: HashMap<QuotaId, Vec<Contribution>>,
    pub(super) inputs: BTreeMap<InputId, LedgerInput>,
}

impl Contributions {
    /// The position of an incident that reports no balances of its own, as those of streams.
    pub const NO_INCIDENT: usize = usize::MAX;

    /// Adds the contribution of a transaction to a quota, if it has one. `incident` is the position of its incident in the run.
    /// `asked` is true if a rule needs the state of the quota with this transaction; otherwise no state is kept.
    pub(crate) fn add(&mut self, quota: QuotaId, incident: usize, context: &EvalContext<'_>, asked: bool) {
        self.add_to(quota, incident, context, &TransactionMemo::new(context), asked);
    }

    fn add_to<'a>(
        &mut self,
        quota: QuotaId,
        incident: usize,
        context: &EvalContext<'a>,
        memo: &TransactionMemo<'a>,
        asked: bool,
    ) {
        let Some(definition) = context.rulebook.quota(quota) else { return };
        let contexts = context.for_each_item(definition.counts.when.opens_items(Transaction::TABLE));
        let found = contexts.iter().filter_map(|context| Contribution::new(definition, incident, context, memo, asked));
        self.by_quota.entry(quota).or_default().extend(found);
    }

    /// Adds the contributions of all transactions of some incidents to every quota.
    pub fn add_incidents(&mut self, rulebook: &Rulebook, incidents: &[ReportedIncident], known_on: Option<NaiveDate>) {
        let compiled = CompiledRules::of_quotas(rulebook, known_on);
        let mut selector = RuleSelector::without_cache(&compiled);
        for (position, reported) in incidents.iter().enumerate() {
            for index in 0..reported.transactions().len() {
                let Some(context) = EvalContext::new(rulebook, reported, index, known_on, None) else { continue };
                let memo = TransactionMemo::new(&context);
                let mut add = |id| self.add_to(id, position, &context, &memo, true);
                selector.select(&context).quotas.iter().for_each(|id| add(*id));
            }
        }
    }

    /// Describes an input of the run, for messages and for the ledger that the run writes.
    pub fn add_input(&mut self, id: InputId, input: LedgerInput) {
        self.inputs.insert(id, input);
    }

    /// Adds all that another collection holds.
    pub fn append(&mut self, other: Contributions) {
        self.inputs.extend(other.inputs);
        for (quota, more) in other.by_quota {
            self.by_quota.entry(quota).or_default().extend(more);
        }
    }
}

/// A ledger entry together with what the counting needs.
#[derive(Debug)]
pub(super) struct Contribution {
    pub(super) entry: LedgerEntry,
    /// A number that distinguishes transactions of an incident with the same id; later ones have greater numbers.
    serial_number: usize,
    /// The position of the incident in the run; see [`Contributions::NO_INCIDENT`].
    pub(super) incident: usize,
    /// True if a rule needs the state of the quota with this transaction.
    pub(super) asked: bool,
    /// The position of the limit whose unit is that of the amount, if `asked`; `None` if the amount is in no such unit.
    pub(super) limit_of_unit: Option<usize>,
    /// The path to the amount, if `asked`.
    pub(super) path: FactPath,
    /// The position among the entries of the ledger file, if it comes from there.
    pub(super) carried_from: Option<usize>,
    /// What two reports of one act have in common.
    pub(super) act: ActOfContribution,
}

/// What two reports of one act have in common. What is not reported, or by more than one code, agrees with anything.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ActOfContribution {
    pub(super) from: Option<Term>,
    pub(super) to: Option<Term>,
    pub(super) code: Option<HsCode>,
}

impl ActOfContribution {
    fn new(context: &EvalContext<'_>) -> Self {
        let country = |side: &Known<Side>| match side.get()?.country.is()? {
            [CodedTerm::Term(country)] => Some(*country),
            _ => None,
        };
        let transaction = context.transaction;
        let item = context.item.and_then(|item| transaction.items.known().get(item)).or(match transaction.items.known() {
            [only] => Some(only),
            _ => None,
        });
        let code = match item.and_then(|item| item.hs.is()) {
            Some([code]) => Some(*code),
            _ => None,
        };
        Self { from: country(&transaction.from), to: country(&transaction.to), code }
    }
}

impl Contribution {
    /// The contribution of a transaction or its bound item to a quota; `None` if it does not count. What may count only if something
    /// unknown is so counts if it has a link to the target of the quota's regime.
    fn new<'a>(
        quota: &'a Quota,
        incident: usize,
        context: &EvalContext<'a>,
        memo: &TransactionMemo<'a>,
        asked: bool,
    ) -> Option<Self> {
        let counts = ReferenceEvaluator::new(context, memo).prove(&quota.counts.when);
        let stage = context.stage();
        let has_link = || quota.regime.is_none_or(|regime| find_nexus(regime, context, memo) == Truth::True);
        let may_count = counts.truth == Truth::True || counts.truth == Truth::Unknown && has_link();
        if !may_count || matches!(stage, Some(Stage::Refused | Stage::Abandoned)) {
            return None;
        }
        let mut converter = AmountConverter::new(quota, context, memo);
        let amounts = quota.limits.iter().map(|(_, unit)| converter.amount_in(*unit)).collect();
        let limit_of_unit = if asked { converter.limit_of_unit() } else { None };
        let entry = LedgerEntry {
            transaction: TransactionKey::new(context.reported.id(), context.transaction.id.as_deref().unwrap_or_default()),
            item: context.item,
            date: context.date(),
            amounts,
            uncertain: counts.truth == Truth::Unknown || matches!(stage, Some(Stage::Planned | Stage::Attempted)),
            evidence: counts.evidence().unwrap_or(context.evidence),
            factors: converter.factors.into(),
            counted_with: counted_with(context).map(Box::new),
            origin: context.reported.origin(context.index).map(|(input, number)| EntryOrigin::Run(input, number)),
        };
        Some(Self {
            entry,
            serial_number: context.reported.serial_number(context.index),
            incident,
            asked,
            limit_of_unit,
            path: if asked { converter.path } else { FactPath::root() },
            carried_from: None,
            act: ActOfContribution::new(context),
        })
    }

    /// An entry of the ledger file, by its position there.
    pub(super) fn carried(opening: &OpeningEntry, position: usize) -> Self {
        Self {
            entry: opening.entry.clone(),
            serial_number: match opening.entry.origin {
                Some(EntryOrigin::Earlier(_, number) | EntryOrigin::Run(_, number)) => number,
                None => 0,
            },
            incident: Contributions::NO_INCIDENT,
            asked: false,
            limit_of_unit: None,
            path: FactPath::root(),
            carried_from: Some(position),
            act: ActOfContribution::default(),
        }
    }

    /// The position by which the state of the quota is looked up.
    pub(super) fn position(&self) -> CountPosition {
        let incident = self.entry.transaction.incident.clone();
        CountPosition { incident, transaction: self.serial_number, item: self.entry.item }
    }

    /// The order in which contributions count: by date, then by id, last by position, since the order in which a file lists its
    /// transactions has no meaning.
    pub(super) fn order(&self) -> impl Ord + '_ {
        let entry = &self.entry;
        (entry.date.map(|d| (d.from, d.to)), &entry.transaction, self.serial_number, entry.item)
    }
}

/// The transaction that this one is a leg, a part or a double of.
fn counted_with(context: &EvalContext<'_>) -> Option<CountedWith> {
    let vocabulary = &context.rulebook.vocabulary;
    let known = vocabulary.known_terms();
    let mut relations = context.transaction.relates_to.known().iter().filter_map(|relation| {
        let kinds = relation.kind.is().unwrap_or_default().iter().filter_map(|kind| match kind {
            CodedTerm::Term(term) if vocabulary.counts_once(*term) => Some(Some(*term)),
            _ => None,
        });
        // Of several kinds the one that asks most of the two.
        let strictest = kinds.map(|kind| match kind {
            kind if kind == known.same_as => (0, CountRelation::Same),
            kind if kind == known.leg_of => (2, CountRelation::Leg),
            _ => (1, CountRelation::Part),
        });
        Some((relation.transaction.as_deref()?, strictest.min_by_key(|(order, _)| *order)?.1))
    });
    let (other, relation) = relations.next()?;
    let whole = match other.split_once('/') {
        Some((incident, transaction)) => TransactionKey::new(incident, transaction),
        None => TransactionKey::new(context.reported.id(), other),
    };
    Some(CountedWith { whole, relation })
}
