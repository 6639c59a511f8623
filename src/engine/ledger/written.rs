//! What a run hands on to the next.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use crate::facts::{Period, Range};
use crate::intake::{
    AmountNote, CountedInput, CountedNote, Input, LEDGER_SCHEMA, LedgerFile, Opening, OtherNote, PROGRAM, TotalNote,
};
use crate::rulebook::{Quota, Rulebook};

use super::Ledger;

/// The totals of a quota by period, and how many transactions each rests on.
pub(super) type Closing = BTreeMap<Period, (Vec<Range>, usize)>;

/// Totals as a ledger has them.
pub(super) fn total_notes<'c>(rulebook: &Rulebook, quota: &Quota, closing: &'c Closing) -> impl Iterator<Item = TotalNote> + 'c {
    let units: Vec<String> = quota.limits.iter().map(|(_, unit)| rulebook.vocabulary.unit_name(*unit).to_owned()).collect();
    let id = quota.id.clone();
    closing.iter().map(move |(period, (totals, transactions))| TotalNote {
        quota: id.clone(),
        period: period.to_string(),
        total: totals.iter().zip(&units).map(|(total, unit)| AmountNote::of(total, unit)).collect(),
        transactions: *transactions,
    })
}

impl Ledger {
    /// Everything that was counted, with what was in the ledger before.
    pub fn to_hand_on(
        &self,
        rulebook: &Rulebook,
        opening: Option<&Opening>,
        inputs: &[Input],
        known_on: Option<NaiveDate>,
    ) -> LedgerFile {
        let before = opening.map(|o| o.inputs.as_slice()).unwrap_or_default();
        let mut file = LedgerFile {
            ledger: LEDGER_SCHEMA,
            program: PROGRAM,
            inputs: before.to_vec(),
            balances: opening.and_then(|o| o.as_written.0.clone()).unwrap_or_else(|| Value::Array(Vec::new())),
            notices: opening.and_then(|o| o.as_written.1.clone()).unwrap_or_else(|| Value::Array(Vec::new())),
            totals: Vec::new(),
            counted: Vec::new(),
        };
        // An input that was read again keeps its place; what is new of it cannot be told from what was counted.
        let mut number_of: BTreeMap<String, usize> = BTreeMap::new();
        for input in inputs {
            let digest = format!("sha256:{}", input.digest);
            let known = file.inputs.iter().position(|i| i.digest == digest);
            let position = known.unwrap_or_else(|| {
                file.inputs.push(CountedInput {
                    path: input.path.clone(),
                    digest,
                    transactions: input.transactions,
                    rulebook: format!("sha256:{}", rulebook.digest),
                    known_on: known_on.map(|day| day.to_string()),
                });
                file.inputs.len() - 1
            });
            number_of.insert(input.path.clone(), position + 1);
        }
        for (quota, book) in self.books.iter().filter_map(|(id, book)| Some((rulebook.quota(*id)?, book))) {
            file.totals.extend(total_notes(rulebook, quota, &book.closing));
            for contribution in &book.contributions {
                if let Some(counted) = contribution.carried.and_then(|position| opening?.counted.get(position)) {
                    file.counted.push(counted.note.clone());
                    continue;
                }
                let origin = contribution.origin.and_then(|(from, number)| Some((self.inputs.get(&from)?, number)));
                let units = quota.limits.iter().map(|(_, unit)| rulebook.vocabulary.unit_name(*unit));
                file.counted.push(CountedNote {
                    quota: quota.id.clone(),
                    incident: contribution.own.0.to_string(),
                    transaction: contribution.own.1.to_string(),
                    item: contribution.item,
                    date: contribution.date.map(|d| d.to_string()),
                    amounts: contribution.amounts.iter().zip(units).map(|(range, unit)| AmountNote::of(range, unit)).collect(),
                    may: contribution.uncertain,
                    standing: contribution.evidence.word().to_owned(),
                    factors: contribution.factors.to_vec(),
                    with: contribution.counted_with.as_deref().map(|(incident, transaction)| OtherNote {
                        incident: incident.to_string(),
                        transaction: transaction.to_string(),
                    }),
                    input: origin.and_then(|((path, _), _)| number_of.get(path)).copied().unwrap_or_default(),
                    number: origin.map_or(0, |(_, number)| number),
                });
            }
        }
        file
    }
}
