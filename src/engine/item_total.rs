//! A total of a transaction beside the amounts of its items.

use crate::document::{Code, Diagnostic, Diagnostics};
use crate::facts::{Amount, Item, Range, ReportedIncident, Transaction};
use crate::rulebook::Vocabulary;

/// A reported total, and what the items come to, in the unit of the total.
pub(crate) struct ItemTotal {
    key: &'static str,
    reported: Amount,
    sum: Range,
}

impl ItemTotal {
    /// The total of the values if `is_money`, else that of the quantities. `None` if no total is reported, or an item has no
    /// amount that can be added to it.
    pub(crate) fn new(transaction: &Transaction, is_money: bool, vocabulary: &Vocabulary) -> Option<Self> {
        let reported = if is_money { transaction.value } else { transaction.quantity }?;
        let of_item = |item: &Item| if is_money { item.value } else { item.quantity };
        let mut amounts = transaction.items.known().iter().map(of_item).peekable();
        amounts.peek()?;
        let sum = amounts.try_fold(Range::ZERO, |sum, amount| {
            let amount = amount?;
            Some(sum.plus(&vocabulary.convert(&amount.range, amount.unit, reported.unit)?))
        })?;
        Some(Self { key: if is_money { "value" } else { "quantity" }, reported, sum })
    }

    /// The part of the total that no item has; `None` if the items may come to all of it.
    pub(crate) fn beyond_items(&self) -> Option<Amount> {
        let (total, sum) = (&self.reported.range, &self.sum);
        let most = sum.high?;
        let range = Range { low: total.low.checked_sub(most)?, high: total.high?.checked_sub(sum.low), ..Range::ANY };
        (total.low > most).then_some(Amount { range, unit: self.reported.unit })
    }

    fn differs(&self) -> bool {
        let is_below = |a: &Range, b: &Range| a.high.is_some_and(|high| high < b.low);
        is_below(&self.sum, &self.reported.range) || is_below(&self.reported.range, &self.sum)
    }
}

/// Reports the totals of transactions that are not what their items come to.
pub(crate) fn check_totals(reported: &ReportedIncident, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    for (index, transaction) in reported.transactions().iter().enumerate() {
        for total in totals(transaction, vocabulary).filter(ItemTotal::differs) {
            let (key, unit) = (total.key, vocabulary.unit_name(total.reported.unit));
            let message = format!("`{key}` is {} {unit}, and the items come to {} {unit}", total.reported.range, total.sum);
            let help = "correct the one that is wrong; what was moved and is not listed is an item with `description: unknown`";
            let at = reported.span_of_key(index, key);
            let problem = match at {
                Some(at) => Diagnostic::new(Code::TotalOfItems, at, message),
                None => Diagnostic::about_file(Code::TotalOfItems, message),
            };
            problems.push(problem.help(help));
        }
    }
}

/// True if a total of the transaction is not what its items come to.
pub(crate) fn has_wrong_total(transaction: &Transaction, vocabulary: &Vocabulary) -> bool {
    totals(transaction, vocabulary).any(|total| total.differs())
}

fn totals(transaction: &Transaction, vocabulary: &Vocabulary) -> impl Iterator<Item = ItemTotal> {
    [false, true].into_iter().filter_map(move |is_money| ItemTotal::new(transaction, is_money, vocabulary))
}
