//! The amount of a transaction in the units of a quota's limits.

use super::TransactionMemo;
use crate::engine::EvalContext;
use crate::facts::{Amount, FactPath, PathSegment, Range, Truth, Unit};
use crate::rulebook::Quota;

/// Reads the amount of a transaction, or of its bound item, and converts it to the units of a quota's limits.
pub(super) struct AmountConverter<'m, 'a> {
    quota: &'m Quota,
    context: &'m EvalContext<'a>,
    memo: &'m TransactionMemo<'a>,
    /// The factors used so far, in words with their source.
    pub(super) factors: Vec<String>,
    /// The path to the amount that was read last.
    pub(super) path: FactPath,
}

/// An amount as reported.
enum ReportedAmount {
    /// The amount of what is counted, and nothing else.
    Exclusive(Amount),
    /// The amount of several items together: that of one of them may be anything up to it.
    Shared(Amount),
}

impl<'m, 'a> AmountConverter<'m, 'a> {
    pub(super) fn new(quota: &'m Quota, context: &'m EvalContext<'a>, memo: &'m TransactionMemo<'a>) -> Self {
        Self { quota, context, memo, factors: Vec::new(), path: FactPath::root().key("quantity") }
    }

    /// The amount in the unit of a limit: the value if that is money, else the quantity. Any amount is possible if none is
    /// reported, or if it cannot be converted.
    pub(super) fn amount_in(&mut self, unit: Unit) -> Range {
        let money = matches!(unit, Unit::Money(_));
        let counted = if money { self.quota.counts.value } else { self.quota.counts.quantity };
        match self.reported(money).filter(|_| counted) {
            Some(ReportedAmount::Exclusive(amount)) => {
                let of_item = self.converted(&amount, unit);
                match self.memo.beyond_items(money).filter(|_| self.context.item.is_some()) {
                    // What the items do not come to may be of any of them.
                    Some(beyond) => of_item.plus(&self.converted(&beyond, unit).or_nothing()),
                    None => of_item,
                }
            }
            Some(ReportedAmount::Shared(amount)) => self.converted(&amount, unit).or_nothing(),
            None => Range::ANY,
        }
    }

    /// The position of the first limit that is in the unit of the reported amount, or in one that converts to it exactly.
    pub(super) fn limit_of_unit(&mut self) -> Option<usize> {
        let vocabulary = &self.context.rulebook.vocabulary;
        let quota = self.quota;
        quota.limits.iter().position(|(_, unit)| match self.reported(matches!(unit, Unit::Money(_))) {
            Some(ReportedAmount::Exclusive(amount) | ReportedAmount::Shared(amount)) => {
                vocabulary.convert(&amount.range, amount.unit, *unit).is_some()
            }
            None => false,
        })
    }

    /// The amount of the bound item; where it has none, that of the transaction.
    fn reported(&mut self, money: bool) -> Option<ReportedAmount> {
        let key = if money { "value" } else { "quantity" };
        let transaction = self.context.transaction;
        let of_all = if money { transaction.value } else { transaction.quantity };
        self.path = FactPath::root().key(key);
        let Some((item, index)) = self.context.bound_item().zip(self.context.item) else {
            return of_all.map(ReportedAmount::Exclusive);
        };
        let of_item = if money { item.value } else { item.quantity };
        let only_item = transaction.items.known().len() == 1;
        if of_item.is_some() || of_all.is_none() {
            self.path = FactPath::root().key("items").then(PathSegment::Index(index)).key(key);
        }
        match (of_item, of_all) {
            (Some(amount), _) => Some(ReportedAmount::Exclusive(amount)),
            (None, Some(amount)) if only_item => Some(ReportedAmount::Exclusive(amount)),
            (None, of_all) => of_all.map(ReportedAmount::Shared),
        }
    }

    /// Converts an amount to the limit's unit: exactly, or by the quota's factors.
    fn converted(&mut self, amount: &Amount, to: Unit) -> Range {
        let vocabulary = &self.context.rulebook.vocabulary;
        if let Some(range) = vocabulary.convert(&amount.range, amount.unit, to) {
            return range;
        }
        let mut usable: Vec<(Range, Range, Truth)> = Vec::new();
        for factor in &self.quota.factors {
            let Some(range) = vocabulary.convert(&amount.range, amount.unit, factor.from) else { continue };
            let matched = factor.goods.zip(self.context.item).and_then(|(goods, item)| self.memo.match_goods(item, goods));
            let fits = matched.map_or(Truth::Unknown, |(_, matched)| matched.truth);
            usable.push((factor.factor, range.times(&factor.factor), fits));
        }
        // What is certainly one product has its factor; what could be any of several has the range of all their factors.
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
