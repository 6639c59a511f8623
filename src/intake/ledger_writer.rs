//! The ledger that a run writes for the next one, from what the run has counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use crate::engine::Ledger;
use crate::engine::ledger::{EntryOrigin, LedgerEntry, LedgerInput, PeriodTotal};
use crate::facts::{InputId, Period, Range};
use crate::rulebook::{Quota, QuotaId, Rulebook};

use super::ledger_form::{
    AmountNote, CountedInput, CountedNote, FollowsNote, LEDGER_SCHEMA, LedgerFile, OtherNote, PROGRAM, TotalNote,
};
use super::{Input, Intake, ReadLedger};

impl Input {
    /// The input for a ledger.
    pub fn ledger_input(&self) -> LedgerInput {
        ledger_input(&self.path, format!("sha256:{}", self.digest))
    }
}

impl Intake {
    /// The inputs whose texts are kept, for a ledger.
    pub fn ledger_inputs(&self) -> impl Iterator<Item = (InputId, LedgerInput)> {
        self.inputs.iter().flat_map(|input| {
            let texts = self.sources.iter().filter(|(_, source)| source.name() == input.path);
            texts.map(|(id, _)| (InputId::Text(id), input.ledger_input()))
        })
    }
}

/// An input for a ledger. The extension of the name decides what its entries are numbered by.
pub(super) fn ledger_input(name: &str, digest: String) -> LedgerInput {
    let numbered_by = match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "csv" => "row",
        "ndjson" | "jsonl" => "line",
        _ if name == "<stdin>" => "line",
        _ => "transaction",
    };
    LedgerInput { name: name.to_owned(), digest, numbered_by }
}

impl LedgerFile {
    /// The ledger file of a run that counted `inputs`, with what the opening ledger held. `period` is that of the run, if it was
    /// declared.
    pub fn new(
        ledger: &Ledger,
        before: Option<&ReadLedger>,
        inputs: &[Input],
        rulebook: &Rulebook,
        known_on: Option<NaiveDate>,
        period: Option<Period>,
    ) -> Self {
        let of_before = before.and_then(|b| b.opening.period);
        let written = |list: fn(&ReadLedger) -> Option<&Value>| before.and_then(list).cloned();
        let mut file = Self {
            ledger: LEDGER_SCHEMA,
            program: PROGRAM,
            follows: before
                .and_then(|b| b.read_from.clone())
                .map(|read_from| FollowsNote { period: of_before.map(|period| period.to_string()), ..read_from }),
            period: period.or_else(|| ledger.period_of_run()).or(of_before).map(|period| period.to_string()),
            skipped: ledger.skipped().iter().map(Period::to_string).collect(),
            inputs: before.map(|b| b.inputs.clone()).unwrap_or_default(),
            balances: written(|b| b.balances.as_ref()).unwrap_or_else(|| Value::Array(Vec::new())),
            notices: written(|b| b.notices.as_ref()).unwrap_or_else(|| Value::Array(Vec::new())),
            totals: Vec::new(),
            counted: Vec::new(),
        };
        let numbers = file.add_inputs(inputs, rulebook, known_on);
        for (id, account) in ledger.accounts() {
            let Some(quota) = rulebook.quota(id) else { continue };
            let units = Units::new(quota, rulebook);
            file.totals.extend(account.totals().iter().map(|total| units.total(total)));
            file.counted.extend(account.entries().map(|entry| {
                let (input, number) = match entry.origin {
                    Some(EntryOrigin::Earlier(input, number)) => (input + 1, number),
                    Some(EntryOrigin::Run(input, number)) => {
                        let name = ledger.input(input).map(|i| i.name.as_str());
                        (name.and_then(|name| numbers.get(name)).copied().unwrap_or_default(), number)
                    }
                    None => (0, 0),
                };
                CountedNote { input, number, ..units.entry(entry) }
            }));
        }
        file
    }

    /// Adds inputs; returns the number of each, from 1, by name. An input that was read again keeps its place: what is new in
    /// it cannot be distinguished from what was counted.
    fn add_inputs<'i>(
        &mut self,
        inputs: &'i [Input],
        rulebook: &Rulebook,
        known_on: Option<NaiveDate>,
    ) -> BTreeMap<&'i str, usize> {
        let mut numbers = BTreeMap::new();
        for input in inputs {
            let digest = format!("sha256:{}", input.digest);
            let position = self.inputs.iter().position(|i| i.digest == digest).unwrap_or_else(|| {
                self.inputs.push(CountedInput {
                    path: input.path.clone(),
                    digest,
                    transactions: input.transactions,
                    rulebook: format!("sha256:{}", rulebook.digest),
                    known_on: known_on.map(|day| day.to_string()),
                });
                self.inputs.len() - 1
            });
            numbers.insert(input.path.as_str(), position + 1);
        }
        numbers
    }
}

/// Entries as a ledger file has them, but for where they were read.
pub(crate) fn counted_notes<'e>(
    entries: impl Iterator<Item = (QuotaId, &'e LedgerEntry)>,
    rulebook: &Rulebook,
) -> Vec<CountedNote> {
    entries.filter_map(|(id, entry)| Some(Units::new(rulebook.quota(id)?, rulebook).entry(entry))).collect()
}

/// Writes the amounts of a quota with the units of its limits.
struct Units<'r> {
    quota: &'r str,
    names: Vec<&'r str>,
}

impl<'r> Units<'r> {
    fn new(quota: &'r Quota, rulebook: &'r Rulebook) -> Self {
        let names = quota.limits.iter().map(|(_, unit)| rulebook.vocabulary.unit_name(*unit)).collect();
        Self { quota: &quota.id, names }
    }

    fn amounts(&self, ranges: &[Range]) -> Vec<AmountNote> {
        ranges.iter().zip(&self.names).map(|(range, unit)| AmountNote::new(range, unit)).collect()
    }

    fn total(&self, total: &PeriodTotal) -> TotalNote {
        TotalNote {
            quota: self.quota.to_owned(),
            period: total.period.to_string(),
            total: self.amounts(&total.amounts),
            transactions: total.transactions,
        }
    }

    /// An entry without its origin.
    fn entry(&self, entry: &LedgerEntry) -> CountedNote {
        CountedNote {
            quota: self.quota.to_owned(),
            incident: entry.transaction.incident.to_string(),
            transaction: entry.transaction.transaction.to_string(),
            item: entry.item,
            date: entry.date.map(|d| d.to_string()),
            amounts: self.amounts(&entry.amounts),
            may: entry.uncertain,
            standing: entry.evidence.word().to_owned(),
            factors: entry.factors.to_vec(),
            with: entry.counted_with.as_deref().map(|with| OtherNote {
                incident: with.whole.incident.to_string(),
                transaction: with.whole.transaction.to_string(),
                relation: Some(with.relation.word().to_owned()),
            }),
            input: 0,
            number: 0,
        }
    }
}
