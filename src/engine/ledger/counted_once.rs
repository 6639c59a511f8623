//! What counts once: transactions that are reported as a leg, a part or a double of another and agree with it.
//!
//! A relation is a filer's word. It takes an amount out of a total only if amount, time and goods bear it out, and for a double of a
//! report the two sides as well; otherwise both transactions count, and a warning says in what they differ.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::contribution::{ActOfContribution, Contribution};
use super::entry::{CountRelation, CountedWith, TransactionKey};
use crate::document::{Code, Diagnostic};
use crate::facts::{HsCode, Period, Range, Term, Truth};
use crate::rulebook::Quota;

/// The transactions that count with another.
#[derive(Default)]
pub(super) struct CountedOnce<'c> {
    /// For each transaction with a relation to one that counts, the transaction that it counts with: itself, or the other.
    roots: HashMap<&'c TransactionKey, &'c TransactionKey>,
    differing: Vec<Differing<'c>>,
}

/// A transaction that is reported to belong to another and does not agree with it.
struct Differing<'c> {
    part: &'c TransactionKey,
    with: &'c CountedWith,
    /// In what they differ.
    fact: &'static str,
}

/// All contributions of a transaction to a quota together.
struct Sum<'c> {
    amounts: Vec<Range>,
    date: Option<Period>,
    /// True if none of it counts for sure.
    is_uncertain: bool,
    /// The position of its first contribution in the order of counting.
    place: usize,
    with: Option<&'c CountedWith>,
    act: ActOfContribution,
    codes: Vec<HsCode>,
}

/// So many days the legs of a journey, or the parts of a delivery, may be away from the whole.
const DAYS_OF_A_JOURNEY: i64 = 31;

impl<'c> CountedOnce<'c> {
    /// Finds what counts with another among contributions in the order of counting.
    pub(super) fn among(contributions: &'c [Contribution]) -> Self {
        // Nearly always no transaction is a part of another.
        if contributions.iter().all(|c| c.entry.counted_with.is_none()) {
            return Self::default();
        }
        let sums = sums_of(contributions);
        let leaders = leaders_of_circles(contributions, &sums);
        let mut once = Self::default();
        let mut parts_of: HashMap<&TransactionKey, Vec<Decimal>> = HashMap::new();
        for contribution in contributions {
            let mut at = &contribution.entry.transaction;
            let mut chain = Vec::new();
            let mut root = loop {
                match sums.get(at) {
                    _ if once.roots.contains_key(at) => break once.roots.get(at).copied().unwrap_or(at),
                    Some(sum) if !leaders.contains(at) => match sum.whole(at, &sums) {
                        Some(with) => {
                            chain.push((at, sum, with));
                            at = &with.whole;
                        }
                        None => break at,
                    },
                    _ => break at,
                }
            };
            for (part, sum, with) in chain.into_iter().rev() {
                let used = parts_of.entry(root).or_default();
                match sums.get(root).and_then(|whole| difference(sum, whole, with.relation, used)) {
                    None => {}
                    Some(fact) => {
                        once.differing.push(Differing { part, with, fact });
                        root = part;
                    }
                }
                once.roots.insert(part, root);
            }
        }
        once
    }

    /// The transaction that another is counted with; `None` if it counts by itself.
    pub(super) fn whole_of(&self, transaction: &TransactionKey) -> Option<&'c TransactionKey> {
        self.roots.get(transaction).copied().filter(|root| *root != transaction)
    }

    /// Warnings of what is reported to belong together, and does not agree.
    pub(super) fn problems(&self, quota: &Quota) -> Vec<Diagnostic> {
        /// Only so many are told one by one.
        const MOST: usize = 16;
        let told = self.differing.iter().take(MOST).map(|Differing { part, with, fact }| {
            let (whole, relation) = (&with.whole, with.relation.word());
            let message =
                format!("`{part}` is reported as `{relation}` of `{whole}`, but {fact}: both count towards `{}`", quota.id);
            let help = "correct the fact that is wrong, or take the relation out: only what agrees in goods, amount and time \
                        counts once";
            Diagnostic::about_file(Code::CountedTwice, message).help(help)
        });
        let rest = self.differing.len().saturating_sub(MOST);
        let rest = (rest > 0).then(|| {
            let message =
                format!("{rest} more are reported as legs, parts or doubles and differ: all count towards `{}`", quota.id);
            Diagnostic::about_file(Code::CountedTwice, message)
        });
        told.chain(rest).collect()
    }
}

impl<'c> Sum<'c> {
    /// The relation to another transaction that counts.
    fn whole(&self, own: &TransactionKey, sums: &HashMap<&TransactionKey, Sum<'c>>) -> Option<&'c CountedWith> {
        self.with.filter(|with| with.whole != *own && sums.contains_key(&with.whole))
    }
}

fn sums_of(contributions: &[Contribution]) -> HashMap<&TransactionKey, Sum<'_>> {
    let mut sums: HashMap<&TransactionKey, Sum<'_>> = HashMap::new();
    for (place, contribution) in contributions.iter().enumerate() {
        let entry = &contribution.entry;
        let amount = |range: &Range| if entry.uncertain { range.or_nothing() } else { *range };
        let with = entry.counted_with.as_deref();
        match sums.get_mut(&entry.transaction) {
            Some(sum) => {
                sum.amounts.iter_mut().zip(&entry.amounts).for_each(|(sum, more)| *sum = sum.plus(&amount(more)));
                sum.is_uncertain &= entry.uncertain;
                sum.with = sum.with.or(with);
                sum.codes.extend(contribution.act.code);
            }
            None => {
                let amounts = entry.amounts.iter().map(amount).collect();
                let (act, codes) = (contribution.act, contribution.act.code.into_iter().collect());
                let sum = Sum { amounts, date: entry.date, is_uncertain: entry.uncertain, place, with, act, codes };
                sums.insert(&entry.transaction, sum);
            }
        }
    }
    sums
}

/// In what a part does not agree with the whole. `used` is what other parts of it come to at least, to which it is added if it
/// agrees.
fn difference(part: &Sum<'_>, whole: &Sum<'_>, relation: CountRelation, used: &mut Vec<Decimal>) -> Option<&'static str> {
    if whole.is_uncertain && !part.is_uncertain {
        return Some("that one may not count");
    }
    let days = if relation == CountRelation::Same { 0 } else { DAYS_OF_A_JOURNEY };
    match (part.date, whole.date) {
        (Some(_), None) => return Some("that one has no date"),
        (Some(part), Some(whole)) => {
            let whole = Period { from: whole.shifted(-days).from, to: whole.shifted(days).to };
            if part.within(Some(whole.from), Some(whole.to)) == Truth::False {
                return Some("the dates differ");
            }
        }
        (None, _) => {}
    }
    if let Some(fact) = difference_of_acts(part, whole, relation) {
        return Some(fact);
    }
    used.resize(part.amounts.len(), Decimal::ZERO);
    let pairs = || part.amounts.iter().zip(&whole.amounts).zip(used.iter());
    let is_told = |range: &Range| *range != Range::ANY;
    let (part_is_told, whole_is_told) = (part.amounts.iter().any(is_told), whole.amounts.iter().any(is_told));
    if part_is_told && whole_is_told && !pairs().any(|((part, whole), _)| is_told(part) && is_told(whole)) {
        return Some("the amounts are in units that cannot be compared");
    }
    let exceeds = |low: Decimal, whole: &Range| whole.high.is_some_and(|high| low > high);
    let differs = pairs().any(|((part, whole), used)| match relation {
        CountRelation::Same => exceeds(part.low, whole) || exceeds(whole.low, part),
        CountRelation::Leg => exceeds(part.low, whole),
        CountRelation::Part => exceeds(part.low.saturating_add(*used), whole),
    });
    if differs {
        let is_too_much = relation == CountRelation::Part && used.iter().any(|used| !used.is_zero());
        return Some(if is_too_much { "its parts come to more than the whole" } else { "the amounts differ" });
    }
    if relation == CountRelation::Part {
        used.iter_mut().zip(&part.amounts).for_each(|(used, part)| *used = used.saturating_add(part.low));
    }
    None
}

/// In what the goods of two transactions differ, and the sides of two reports of one act.
fn difference_of_acts(part: &Sum<'_>, whole: &Sum<'_>, relation: CountRelation) -> Option<&'static str> {
    let differ = |one: Option<Term>, other: Option<Term>| one.zip(other).is_some_and(|(one, other)| one != other);
    let is_like =
        |one: &HsCode, other: &HsCode| one.digits().starts_with(other.digits()) || other.digits().starts_with(one.digits());
    let is_of_whole = |code: &HsCode| whole.codes.iter().any(|other| is_like(code, other));
    match relation {
        CountRelation::Same if differ(part.act.from, whole.act.from) => Some("they come from different States"),
        CountRelation::Same if differ(part.act.to, whole.act.to) => Some("they go to different States"),
        _ if !part.codes.is_empty() && !whole.codes.is_empty() && !part.codes.iter().any(is_of_whole) => Some("the goods differ"),
        _ => None,
    }
}

/// Of transactions that belong to each other in a circle, such as two that are each reported to be the other, the one that comes
/// first: it counts, and the others may count with it.
fn leaders_of_circles<'c>(
    contributions: &'c [Contribution],
    sums: &HashMap<&'c TransactionKey, Sum<'c>>,
) -> HashSet<&'c TransactionKey> {
    let whole_of = |at: &'c TransactionKey| sums.get(at).and_then(|sum| sum.whole(at, sums)).map(|with| &with.whole);
    // The walk that first came to a transaction, from part to whole.
    let mut walks: HashMap<&TransactionKey, usize> = HashMap::new();
    let mut leaders = HashSet::new();
    for (walk, contribution) in contributions.iter().enumerate() {
        let mut at = &contribution.entry.transaction;
        while let Some(whole) = whole_of(at) {
            match walks.insert(at, walk) {
                None => at = whole,
                Some(earlier) if earlier == walk => {
                    let circle = std::iter::successors(Some(at), |part| whole_of(part).filter(|whole| *whole != at));
                    leaders.extend(circle.min_by_key(|member| sums.get(*member).map(|sum| sum.place)));
                    break;
                }
                Some(_) => break,
            }
        }
    }
    leaders
}
