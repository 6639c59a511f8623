//! What follows: facts and law to findings.
//!
//! [`Reasoner`] is the reference evaluator, the definition of the language: it walks a condition as written and gives
//! its truth with the proof. [`verdict`](self) turns proofs into findings by the steps of the design; the ledger counts
//! quotas over the whole run first, so that every answer of a run is a function of facts and law alone.

mod assess;
mod case;
mod compare;
mod compiled;
mod goods;
mod ledger;
mod missing;
mod notebook;
mod outcome;
mod proof;
mod reason;
mod show;
mod standing;
mod verdict;

pub use assess::{
    Assessment, DutyNotice, IncidentAssessment, NotAssessed, Options, TransactionAssessment, Warning, assess, assess_case,
};
pub use case::Case;
pub use compiled::{Compiled, Screened, Screener};
pub use goods::{CodeStands, Judgement, Why};
pub use ledger::{Ledger, QuotaState, Tally};
pub use missing::{Missing, near_miss, settling, ways_to};
pub use notebook::Notebook;
pub use outcome::{Cap, Determined, ExceptionState, Outcome, Unless};
pub use proof::{Asked, Branch, Cause, Leaf, Node, Note, Proof, Step};
pub use reason::Reasoner;
pub use show::Told;
pub use standing::Standing;
pub use verdict::{Verdict, decide};
