//! Tests the rulebook by three laws about silence, on every positive test and on incidents.
//!
//! *Forgetting*: a finding may weaken when the report says less, but not vanish while there is a link to the regime's target.
//! *Unlisted words*: a word that the vocabulary does not have does no worse than no word. *Learning*: one more fact makes a
//! finding vanish only through a condition or exception, never because a list is reported that was not.
//! Invariant: the report depends on the rulebook and the incidents alone, not on the number of threads.

mod alteration;
mod case;
mod condition_words;
mod forget;
mod law;
mod learn;
mod report;
mod run;
mod trial;
mod typical;

pub use law::Law;
pub use report::{AllowedSilence, AuditReport, LawReport, LearnedLoss, Silence, Tally};
pub use run::audit;
pub use trial::CauseKind;
