//! What follows from the facts: the evaluation of rules on transactions.
//!
//! [`assess()`] evaluates every rule of a rulebook on every transaction of some incidents. Each [`Evaluation`] holds the
//! [`Verdict`] with the [`Proof`] that it rests on. Quotas are counted over all incidents first, by a [`Ledger`], so that each
//! verdict is a function of the facts and the law only: not of the order of inputs, the clock, or the number of threads.
//!
//! The module `reference` defines the rule language, `decision` the steps from a proof to a verdict, and `prefilter` finds the
//! few rules worth evaluating on a transaction. The engine reads no files.

mod alike_items;
mod alike_transactions;
mod assess;
mod assessment;
mod compare;
mod context;
mod dated;
mod deadline;
mod decision;
mod description;
mod determination;
mod evaluation;
mod evidence_level;
mod exception;
mod excusing_paper;
mod fact_text;
mod goods;
mod goods_description;
mod goods_reason;
mod in_force;
mod inference;
mod item_total;
mod lasting;
mod lead;
pub mod ledger;
mod missing;
mod name_spelling;
mod naming;
mod nexus;
mod paper_exclusions;
mod paper_goods;
mod paper_limits;
mod paper_names;
mod paper_scope;
mod pertinence;
mod prefilter;
mod proof;
mod questions;
mod reference;
mod settling_sets;
mod shown_elements;
mod stage;
mod stopped_goods;
mod told_in_texts;
mod transaction_memo;
mod triage;
mod verdict;
mod word_layout;

pub use assess::{AssessOptions, assess};
pub use assessment::{
    Assessment, IncidentAssessment, NotAssessed, NotAssessedReason, OpenDuty, TransactionAssessment, Warning, WarningKind,
};
pub use evaluation::{DeterminationState, Downgrade, Evaluation, ExceptionOutcome, ExceptionState};
pub use evidence_level::EvidenceLevel;
pub use fact_text::FactText;
pub use goods::CodeMatch;
pub use goods_reason::GoodsReason;
pub use in_force::IN_FORCE;
pub use ledger::{Ledger, LedgerOpening, QuotaState, QuotaTotal, StartingBalance};
pub use missing::MissingFact;
pub use proof::{Claim, FactNote, NodeKind, Proof, ProofNode, Subtree, TestedFact, UnknownCause};
pub use questions::Question;
pub use triage::{NearRule, Triage, UnmetCondition};
pub use verdict::Verdict;

pub(crate) use assess::{assess_each, assess_transaction};
pub(crate) use context::EvalContext;
pub(crate) use decision::evaluate_rule;
pub(crate) use inference::{derivation_in_words, derived_facts, infer, withdraw};
pub(crate) use item_total::{ItemTotal, check_totals, has_wrong_total};
pub(crate) use ledger::Contributions;
pub(crate) use missing::near_miss;
pub(crate) use pertinence::subjects_said_to_be_none;
pub(crate) use prefilter::{CompiledRules, RuleSelector};
pub(crate) use reference::ReferenceEvaluator;
pub(crate) use settling_sets::smallest_sets_for;
pub(crate) use stage::Stage;
pub(crate) use stopped_goods::stopped_goods;
pub(crate) use told_in_texts::told_in_texts;
pub(crate) use transaction_memo::TransactionMemo;
pub(crate) use triage::triage;

/// The layers below [`assess()`], for the benchmarks of this repository and for its tests that hold the prefilter equal to the
/// reference evaluator. No stable interface.
#[doc(hidden)]
pub mod internals {
    pub use super::assess::assess_transaction;
    pub use super::context::EvalContext;
    pub use super::decision::evaluate_rule;
    pub use super::prefilter::{Candidates, CompiledRules, RuleSelector};
    pub use super::reference::ReferenceEvaluator;
    pub use super::transaction_memo::TransactionMemo;
}
