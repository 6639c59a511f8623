//! One amount that counts towards a quota, in the units of its limits.

use compact_str::CompactString;

use crate::facts::{Amount, CodedTerm, FactPath, InputId, PathSegment, Period, Range, Truth, Unit};
use crate::intake::Counted;
use crate::rulebook::{Quota, Rulebook};

use super::{Contributions, CountPosition};
use crate::engine::compare::convert;
use crate::engine::context::stage;
use crate::engine::{EvalContext, EvidenceLevel, ReferenceEvaluator, TransactionMemo};

/// Incident and transaction, by id.
pub(super) type Own = (CompactString, CompactString);

/// What one transaction, or one of its items, adds. A stream has as many as it has lines that count, and all of them are
/// kept until the last is read; so it holds nothing that it can do without.
#[derive(Debug)]
pub(super) struct Contribution {
    /// Incident and transaction, by id.
    pub(super) own: Own,
    /// The transaction's position, see [`CountPosition`].
    number: usize,
    pub(super) item: Option<usize>,
    /// The incident's position in the run.
    pub(super) incident: usize,
    pub(super) date: Option<Period>,
    /// What is counted against each limit.
    pub(super) amounts: Box<[Range]>,
    /// It may not have come to count: planned or only attempted, or not surely reached by the quota.
    pub(super) uncertain: bool,
    /// A rule asks how the quota stands with it.
    pub(super) asked: bool,
    pub(super) evidence: EvidenceLevel,
    /// Factors that were used, in words.
    pub(super) factors: Box<[String]>,
    /// The way to the amount, if it is asked.
    pub(super) route: FactPath,
    /// The transaction that this one is part of or the same as.
    pub(super) counted_with: Option<Box<Own>>,
    /// The input that it was read from, and its line, row or position there.
    pub(super) origin: Option<(InputId, usize)>,
    /// Its position in the ledger that a run was given, if it is from there.
    pub(super) carried: Option<usize>,
}

impl Contribution {
    /// What a case adds to a quota; `None` if it does not count. `asked` if a rule asks how the quota stands with it.
    pub(super) fn of<'a>(
        quota: &'a Quota,
        incident: usize,
        case: &EvalContext<'a>,
        memo: &TransactionMemo<'a>,
        asked: bool,
    ) -> Option<Self> {
        let rulebook = case.rulebook;
        let counts = ReferenceEvaluator::new(case, memo).prove(&quota.counts.when);
        let stage = stage(case);
        if counts.truth == Truth::False || matches!(stage, Some("refused" | "abandoned")) {
            return None;
        }
        let mut meter = Meter { quota, rulebook, case, memo, factors: Vec::new(), route: FactPath::root().key("quantity") };
        let amounts = quota.limits.iter().map(|(_, unit)| meter.amount_in(*unit)).collect();
        let id = case.transaction.id.as_ref().map(|id| id.as_str().into()).unwrap_or_default();
        Some(Self {
            own: (case.reported.id().into(), id),
            number: case.reported.serial_number(case.index),
            item: case.item,
            incident,
            date: case.date(),
            amounts,
            uncertain: counts.truth == Truth::Unknown || matches!(stage, Some("planned" | "attempted")),
            asked,
            evidence: counts.evidence().unwrap_or(case.evidence),
            factors: meter.factors.into(),
            route: if asked { meter.route } else { FactPath::root() },
            counted_with: counted_with(rulebook, case).map(Box::new),
            origin: case.reported.origin(case.index),
            carried: None,
        })
    }

    /// An entry of a ledger, as it was when it was counted.
    pub(super) fn carried(counted: &Counted, position: usize) -> Self {
        let note = &counted.note;
        let own = |incident: &str, transaction: &str| (incident.into(), transaction.into());
        Self {
            own: own(&note.incident, &note.transaction),
            number: note.number,
            item: note.item,
            incident: Contributions::NO_INCIDENT,
            date: counted.date,
            amounts: counted.amounts.as_slice().into(),
            uncertain: note.may,
            asked: false,
            evidence: if counted.established { EvidenceLevel::Established } else { EvidenceLevel::Alleged },
            factors: note.factors.as_slice().into(),
            route: FactPath::root(),
            counted_with: note.with.as_ref().map(|with| Box::new(own(&with.incident, &with.transaction))),
            origin: None,
            carried: Some(position),
        }
    }

    /// Where it stands.
    pub(super) fn place(&self) -> CountPosition {
        CountPosition { incident: self.own.0.clone(), transaction: self.number, item: self.item }
    }

    /// By what contributions count in order: of dates, then by id and not by position, because the order in which a
    /// file lists its transactions says nothing.
    pub(super) fn order(&self) -> impl Ord + '_ {
        (self.date.map(|d| (d.from, d.to)), &self.own, self.number, self.item)
    }
}

/// The transaction, by incident and id, that a case is a leg, a part or a double of.
fn counted_with(rulebook: &Rulebook, case: &EvalContext<'_>) -> Option<Own> {
    let counts_once = |named: &CodedTerm| matches!(named, CodedTerm::Term(t) if rulebook.vocabulary.counts_once(*t));
    let mut relations = case.transaction.relates_to.known().iter();
    let other = relations.find(|r| r.kind.is().unwrap_or_default().iter().any(counts_once))?.transaction.as_deref()?;
    Some(match other.split_once('/') {
        Some((incident, transaction)) => (incident.into(), transaction.into()),
        None => (case.reported.id().into(), other.into()),
    })
}

/// Reads the amount of a case and turns it into the units of the limits.
struct Meter<'m, 'a> {
    quota: &'m Quota,
    rulebook: &'m Rulebook,
    case: &'m EvalContext<'a>,
    memo: &'m TransactionMemo<'a>,
    factors: Vec<String>,
    route: FactPath,
}

enum ContributionKind {
    /// For the item itself.
    Own(Amount),
    /// For several items together: this one's part may be anything up to it.
    Together(Amount),
}

impl Meter<'_, '_> {
    fn amount_in(&mut self, unit: Unit) -> Range {
        let money = matches!(unit, Unit::Money(_));
        let counted = if money { self.quota.counts.value } else { self.quota.counts.quantity };
        match self.told(money).filter(|_| counted) {
            Some(ContributionKind::Own(amount)) => self.converted(&amount, unit),
            Some(ContributionKind::Together(amount)) => self.converted(&amount, unit).or_nothing(),
            None => Range::ANY,
        }
    }

    /// The amount of the bound item; where it has none, that of the transaction.
    fn told(&mut self, money: bool) -> Option<ContributionKind> {
        let key = if money { "value" } else { "quantity" };
        let transaction = self.case.transaction;
        let together = if money { transaction.value } else { transaction.quantity };
        self.route = FactPath::root().key(key);
        let Some((item, index)) = self.case.bound_item().zip(self.case.item) else { return together.map(ContributionKind::Own) };
        let own = if money { item.value } else { item.quantity };
        let alone = transaction.items.known().len() == 1;
        if own.is_some() || together.is_none() {
            self.route = FactPath::root().key("items").then(PathSegment::Index(index)).key(key);
        }
        match (own, together) {
            (Some(amount), _) => Some(ContributionKind::Own(amount)),
            (None, Some(amount)) if alone => Some(ContributionKind::Own(amount)),
            (None, together) => together.map(ContributionKind::Together),
        }
    }

    /// In the limit's unit: exactly, by the quota's factors, or not at all.
    fn converted(&mut self, amount: &Amount, to: Unit) -> Range {
        let vocabulary = &self.rulebook.vocabulary;
        if let Some(range) = convert(&amount.range, amount.unit, to, vocabulary) {
            return range;
        }
        let mut usable: Vec<(Range, Range, Truth)> = Vec::new();
        for factor in &self.quota.factors {
            let Some(range) = convert(&amount.range, amount.unit, factor.from, vocabulary) else { continue };
            let judged = factor.goods.zip(self.case.item).and_then(|(goods, item)| self.memo.judge(item, goods));
            let fits = judged.map_or(Truth::Unknown, |(_, judged)| judged.truth);
            usable.push((factor.factor, range.times(&factor.factor), fits));
        }
        // What is surely one product takes its factor; what could be any of several takes the whole range of theirs.
        let best = usable.iter().map(|(.., fits)| *fits).max().unwrap_or(Truth::False);
        let mut chosen = usable.into_iter().filter(|(.., fits)| *fits == best && best != Truth::False);
        let Some((factor, range, _)) = chosen.next() else { return Range::ANY };
        let (factor, range) = chosen.fold((factor, range), |(f, r), (factor, range, _)| (f.or(&factor), r.or(&range)));
        let source = self.quota.factors_source.as_deref().map(|s| format!(" ({s})")).unwrap_or_default();
        let (from, to) = (vocabulary.unit_name(amount.unit), vocabulary.unit_name(to));
        let words = format!("1 {from} counted as {factor} {to}{source}");
        if !self.factors.contains(&words) {
            self.factors.push(words);
        }
        range
    }
}
