//! The verdict of a rule on a transaction.

use std::fmt;

/// The verdict of a finding, from best to worst. A transaction has the verdict of its worst finding, an incident that of its
/// worst transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The rule applies and is satisfied: an exception is shown, or the duty was done.
    Compliant,
    /// Whether the rule applies, or an exception does, depends on facts that are not reported.
    InsufficientInformation,
    /// A breach but for the evidence, the force of the paragraph, a determination, or how far the transaction went.
    PotentialViolation,
    /// A breach of what the Security Council decided, on established facts.
    Violation,
}

impl Verdict {
    /// All verdicts, the worst first.
    pub const ALL: [Verdict; 4] =
        [Verdict::Violation, Verdict::PotentialViolation, Verdict::InsufficientInformation, Verdict::Compliant];

    /// The word for it in reports and tests.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Violation => "violation",
            Verdict::PotentialViolation => "potential-violation",
            Verdict::InsufficientInformation => "insufficient-information",
            Verdict::Compliant => "compliant",
        }
    }

    /// True for violations and potential violations.
    pub fn is_breach(self) -> bool {
        matches!(self, Verdict::Violation | Verdict::PotentialViolation)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
