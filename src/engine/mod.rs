//! What follows: facts and law to findings.
//!
//! [`ReferenceEvaluator`] is the reference evaluator, the definition of the language: it walks a condition as written and gives
//! its truth with the proof. [`verdict`](self) turns proofs into findings by the steps of the design; the ledger counts
//! quotas over the whole run first, so that every answer of a run is a function of facts and law alone.

mod assess;
mod compare;
mod context;
mod evaluation;
mod evidence_level;
mod fact_text;
mod goods;
mod ledger;
mod missing;
mod prefilter;
mod proof;
mod reference;
mod stage;
mod transaction_memo;
mod verdict;

pub use assess::{
    Assessment, DutyNotice, IncidentAssessment, NotAssessed, Options, TransactionAssessment, Warning, assess, assess_transaction,
};
pub use context::EvalContext;
pub use evaluation::{DeterminationState, Downgrade, Evaluation, ExceptionOutcome, ExceptionState};
pub use evidence_level::EvidenceLevel;
pub use fact_text::FactText;
pub use goods::{CodeMatch, GoodsMatch, GoodsReason};
pub use ledger::{
    Contributions, EntryOrigin, Ledger, LedgerEntry, LedgerInput, LedgerOpening, OpeningEntry, PeriodTotal, QuotaAccount,
    QuotaState, QuotaTotal, StartingBalance, TransactionKey,
};
pub use missing::{MissingFact, near_miss, smallest_sets_for, smallest_settling_sets};
pub use prefilter::{Candidates, CompiledRules, RuleSelector};
pub use proof::{Claim, FactNote, NodeKind, Proof, ProofNode, Subtree, TestedFact, UnknownCause};
pub use reference::ReferenceEvaluator;
pub use stage::Stage;
pub use transaction_memo::TransactionMemo;
pub use verdict::{Verdict, evaluate_rule};
