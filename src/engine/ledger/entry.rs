//! What the ledger records: entries, the inputs that they were read from, and totals by period.

use std::fmt;

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::document::Span;
use crate::engine::EvidenceLevel;
use crate::facts::{Context, InputId, Period, Range};
use crate::rulebook::QuotaId;

/// The key of a transaction in a run: the incident's id and its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransactionKey {
    /// The incident's id.
    pub incident: CompactString,
    /// The transaction's id.
    pub transaction: CompactString,
}

impl TransactionKey {
    /// The key of a transaction.
    pub fn new(incident: &str, transaction: &str) -> Self {
        Self { incident: incident.into(), transaction: transaction.into() }
    }
}

impl fmt::Display for TransactionKey {
    /// Writes `incident/transaction`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.incident, self.transaction)
    }
}

/// What a transaction, or one of its items, adds to a quota.
///
/// There is one for each line of a stream that counts, and all are kept until the last is read: so it holds nothing that
/// counting or the next run can do without.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerEntry {
    /// The transaction.
    pub transaction: TransactionKey,
    /// The item's position in the transaction, from 0, where the quota counts items.
    pub item: Option<usize>,
    /// The date of the transaction.
    pub date: Option<Period>,
    /// The amount in the unit of each limit of the quota.
    pub amounts: Box<[Range]>,
    /// True if the transaction may not count: it is planned or attempted, or not certainly covered by the quota.
    pub uncertain: bool,
    /// The evidence for the facts by which the transaction counts.
    pub evidence: EvidenceLevel,
    /// Conversion factors that were used, in words with their source.
    pub factors: Box<[String]>,
    /// The transaction that this one is a leg, a part or a duplicate of. If that one counts, this one does not count beside it.
    pub counted_with: Option<Box<CountedWith>>,
    /// Where the transaction was read; `None` if its facts were not read from an input.
    pub origin: Option<EntryOrigin>,
}

impl LedgerEntry {
    /// What two entries of one transaction must agree in to count it alike.
    pub(super) fn fingerprint(&self) -> EntryFingerprint {
        (self.item, self.date, self.amounts.iter().map(RangeKey::new).collect(), self.uncertain)
    }
}

/// The transaction that another one says it is counted with, and how the two belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedWith {
    /// The other transaction.
    pub whole: TransactionKey,
    /// How they belong together.
    pub relation: CountRelation,
}

/// How a transaction belongs to the one that it is counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountRelation {
    /// Another report of the same act: the same amount at the same time.
    Same,
    /// A leg of its journey: no more than its amount, near its time.
    Leg,
    /// A part of it: all parts together come to no more than its amount.
    Part,
}

impl CountRelation {
    const WORDS: [(Self, &'static str); 3] = [(Self::Same, "same-as"), (Self::Leg, "leg-of"), (Self::Part, "part-of")];

    /// The word for it in ledgers: the id of the relation in the vocabulary.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(relation, _)| *relation == self).map_or("", |(_, word)| word)
    }

    /// The relation of this [`word`](Self::word).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, own)| *own == word).map(|(relation, _)| *relation)
    }
}

/// The input that an entry was read from, and its line, row or position there, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryOrigin {
    /// An input of this run, and the number in it.
    Run(InputId, usize),
    /// An input of an earlier run, by its position in [`LedgerOpening::inputs`] from 0, and the number in it.
    Earlier(usize, usize),
}

/// An input that entries were read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerInput {
    /// The name of the input as given.
    pub name: String,
    /// The digest of its bytes with the algorithm: `sha256:9f86...`.
    pub digest: String,
    /// What the numbers of entries count: `line`, `row` or `transaction`.
    pub numbered_by: &'static str,
}

/// The total of a quota in one of its periods.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodTotal {
    /// The quota.
    pub quota: QuotaId,
    /// The period.
    pub period: Period,
    /// The total in the unit of each limit.
    pub amounts: Vec<Range>,
    /// The number of transactions in the total.
    pub transactions: usize,
}

impl PeriodTotal {
    /// What two totals must agree in to be the same.
    pub(super) fn fingerprint(&self) -> TotalFingerprint {
        (self.quota, self.period, self.amounts.iter().map(RangeKey::new).collect(), self.transactions)
    }
}

/// What was counted before a run, as its ledger file states.
#[derive(Debug, Default)]
pub struct LedgerOpening {
    /// Balances and closing notices, which hold for all incidents.
    pub context: Context,
    /// True if the file could not be read or was changed after it was sealed: any amount may have been counted before.
    pub distrusted: bool,
    /// The inputs that earlier runs counted.
    pub inputs: Vec<LedgerInput>,
    /// The entries that earlier runs counted.
    pub entries: Vec<OpeningEntry>,
    /// The totals of earlier runs; `None` if they cannot be read.
    pub totals: Option<Vec<PeriodTotal>>,
    /// True if all entries were counted by the law of this run, so that the totals must be the same.
    pub same_law: bool,
    /// The span of the totals in the file, or of its head if it has none.
    pub totals_span: Option<Span>,
    /// The place of the version of a ledger that a run has written; `None` of one made by hand.
    pub written_at: Option<Span>,
    /// The period of the run that has written it.
    pub period: Option<Period>,
    /// The periods that it leaves out.
    pub skipped: Vec<Period>,
    /// The period of the run that counts on, if it was declared.
    pub run_period: Option<Period>,
}

/// An entry of a ledger file.
#[derive(Debug, Clone)]
pub struct OpeningEntry {
    /// The quota that the entry counted towards.
    pub quota: QuotaId,
    /// The entry.
    pub entry: LedgerEntry,
    /// Its span in the file.
    pub span: Span,
}

pub(super) type EntryFingerprint = (Option<usize>, Option<Period>, Vec<RangeKey>, bool);
pub(super) type TotalFingerprint = (QuotaId, Period, Vec<RangeKey>, usize);

/// A range by its bounds as a ledger file has them: an excluded bound without a number is open.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RangeKey {
    low: (Decimal, bool),
    high: Option<(Decimal, bool)>,
}

impl RangeKey {
    fn new(range: &Range) -> Self {
        Self { low: (range.low, range.above_low), high: range.high.map(|high| (high, range.below_high)) }
    }
}
