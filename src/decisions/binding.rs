//! What a decision was made on: the verdict and the facts of its finding. If they change, the decision is open again.

use std::fmt;

use crate::engine::Verdict;

use super::{Decision, FindingRef};

/// What is no longer as it was when a decision was made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The verdict was one of the first and is the second.
    Verdict(Vec<Verdict>, Verdict),
    /// Something else is reported of the transaction.
    Transaction,
    /// The incident reports something else beside its transactions: its sources, or its context.
    Incident,
    /// The facts cannot be compared.
    Unknown,
    /// The entry of the list is another; now it has this digest.
    Entry(String),
    /// An identifier or the date of birth says that the listed party is meant.
    Confirmed,
}

/// What a decision would have to name to be bound to the findings that it covers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unbound {
    /// The verdicts of the findings, the worst first.
    pub verdicts: Vec<Verdict>,
    /// The digest of the facts.
    pub facts: Option<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Verdict(was, is) => {
                let was: Vec<String> = was.iter().map(|verdict| format!("`{}`", verdict.word())).collect();
                write!(f, "the verdict was {} and is `{}`", was.join(" or "), is.word())
            }
            Self::Transaction => f.write_str("what is reported of the transaction has changed"),
            Self::Incident => f.write_str("what the incident reports beside its transactions has changed"),
            Self::Entry(digest) => write!(f, "the entry of the list has changed (it is now `{digest}`)"),
            Self::Confirmed => f.write_str("more than the name says that the listed party is meant"),
            Self::Unknown => f.write_str("its facts cannot be compared with those that were decided"),
        }
    }
}

impl Decision {
    /// True if the decision names the verdict and the facts that it was made on.
    pub fn is_bound(&self) -> bool {
        self.hit.is_some() || !self.verdicts.is_empty() && self.facts.is_some()
    }

    /// What has changed since the decision, as far as the decision says on what it was made.
    pub(super) fn changes(&self, finding: &FindingRef<'_>) -> Vec<Change> {
        let mut changes = Vec::new();
        if !self.verdicts.is_empty() && !self.verdicts.contains(&finding.verdict) {
            changes.push(Change::Verdict(self.verdicts.clone(), finding.verdict));
        }
        if let Some(decided) = self.facts.as_deref() {
            let halves = |digest: &'_ str| digest.split_at_checked(digest.len() / 2).map(|(a, b)| (a.to_owned(), b.to_owned()));
            match (halves(decided), finding.facts.and_then(halves)) {
                (Some((transaction, incident)), Some((transaction_now, incident_now))) => {
                    changes.extend((transaction != transaction_now).then_some(Change::Transaction));
                    changes.extend((incident != incident_now).then_some(Change::Incident));
                }
                _ => changes.push(Change::Unknown),
            }
        }
        changes
    }
}
