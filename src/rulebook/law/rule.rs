//! Rules: prohibitions and duties, each from one operative paragraph.

use chrono::NaiveDate;

use crate::document::Span;
use crate::facts::{FieldSet, Term};

use super::{Citation, Condition, Contested, Exception, InForce, QuotaId, RegimeId, SilentBecause};

/// Identifies a rule of a rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub(crate) usize);

/// A rule: a paragraph, or the part of it that prohibits or requires one thing.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The id, never reused for another rule.
    pub id: String,
    /// The content, in one sentence that a reader can check against the paragraph.
    pub title: String,
    /// The paragraphs that the rule rests on, the one that creates it first.
    pub authority: Vec<Citation>,
    /// The regime that it belongs to.
    pub regime: RegimeId,
    /// The days on which it is in force.
    pub in_force: InForce,
    /// The ids of the rules that it succeeds.
    pub replaces: Vec<String>,
    /// The ids of the rules whose ban it states in other words: more narrowly, more broadly, or again. Where a transaction has
    /// findings of both on one subject, reports tell them as one, and the other rule leads. No verdict depends on it.
    pub same_ban_as: Vec<String>,
    /// Why none of the versions is in force for a time; `None` if one follows the other from one day to the next.
    pub gap_because: Option<String>,
    /// Whether it prohibits or requires.
    pub kind: RuleKind,
    /// Whether the Council decided or called upon States.
    pub force: Force,
    /// Whom it binds, if not every State.
    pub addressee: Option<String>,
    /// How grave a breach is. Findings are sorted by it; no verdict depends on it.
    pub severity: Severity,
    /// The formal determination without which it does not apply.
    pub needs_determination: Option<NeedsDetermination>,
    /// The condition under which a transaction falls under it.
    pub when: Condition,
    /// True if the rule has a finding for each item of a transaction, false if one for the whole transaction.
    pub binds_item: bool,
    /// The lists of a transaction for which the rule asks whatever the activity is about.
    pub asks: FieldSet,
    /// The rule's own exceptions, and after them those of the regime that apply to it.
    pub exceptions: Vec<Exception>,
    /// The quota that its exceptions depend on.
    pub quota: Option<QuotaId>,
    /// The ids of the duties that arise with a finding.
    pub duties: Vec<String>,
    /// The disputes over its legal status, those of its regime included.
    pub contested: Vec<Contested>,
    /// The day after which it is not verified that the measure goes on; [`in_force`](Self::in_force) has it too.
    pub unverified: Option<Unverified>,
    /// How well the encoding is verified.
    pub confidence: Confidence,
    /// The silences that the paragraph asks for, where a forgotten fact may make the finding vanish.
    pub silences: Vec<SilentBecause>,
    /// Notes for people.
    pub remarks: Option<String>,
    /// The place in the rule file.
    pub span: Span,
}

/// The last day for which a source supports that a measure is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unverified {
    /// The day.
    pub after: NaiveDate,
    /// Why it is not verified after it.
    pub reason: Option<String>,
    /// True if the regime says so for all its rules, false if the rule does.
    pub of_regime: bool,
}

/// Whether a rule prohibits or requires.
#[derive(Debug, Clone)]
pub enum RuleKind {
    /// What falls under the rule is prohibited.
    Prohibition,
    /// What falls under the rule makes an act due.
    Duty(Duty),
}

/// The act that a duty requires.
#[derive(Debug, Clone)]
pub struct Duty {
    /// The condition under which it is done.
    pub fulfilled: Condition,
    /// The last day on which it must be done; `None` without a deadline.
    pub deadline: Option<Deadline>,
}

/// The last day of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// A day of the calendar.
    Day(NaiveDate),
    /// This number of days after the date of the transaction.
    AfterTransaction(i64),
}

/// The legal force of a paragraph, by its operative verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// The Council decided: States are bound.
    Decides,
    /// The Council called upon States: a breach is a potential violation at most.
    CallsUpon,
}

/// How grave a breach of a rule is, for sorting and for the levels of SARIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Low.
    Low,
    /// Medium, unless the rule says otherwise.
    Medium,
    /// High.
    High,
    /// Critical.
    Critical,
}

/// A formal determination that a rule depends on, such as that of a Committee that an act evades the measures.
#[derive(Debug, Clone)]
pub struct NeedsDetermination {
    /// True if a State may make it.
    pub by_state: bool,
    /// True if the Committee may make it.
    pub by_committee: bool,
    /// True if the Security Council may make it.
    pub by_council: bool,
    /// The findings of which it must contain one.
    pub findings: Vec<Term>,
    /// The condition under which it is needed; `None` if always.
    pub when: Option<Condition>,
    /// True if without it the finding is open; false if it is a potential violation.
    pub leaves_open: bool,
    /// What has to be reported, in words.
    pub claim: String,
}

/// How well an encoding is verified against its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Seen in a source.
    A,
    /// Known, but not seen in a source again.
    B,
    /// Doubtful.
    C,
}

impl Rule {
    /// True if the rule is a duty, false if it is a prohibition.
    pub fn is_duty(&self) -> bool {
        matches!(self.kind, RuleKind::Duty(_))
    }

    /// The conditions of the rule, of its duty, of the determination that it needs, and of its exceptions.
    pub(crate) fn conditions(&self) -> Vec<&Condition> {
        let duty = match &self.kind {
            RuleKind::Duty(duty) => Some(&duty.fulfilled),
            RuleKind::Prohibition => None,
        };
        let determined = self.needs_determination.as_ref().and_then(|needs| needs.when.as_ref());
        [Some(&self.when), duty, determined].into_iter().flatten().chain(self.exceptions.iter().map(|e| &e.when)).collect()
    }

    /// The day on which the rule became known: the adoption of the paragraph that creates it.
    pub fn made_on(&self) -> Option<NaiveDate> {
        self.authority.first().map(|c| c.adopted).or_else(|| self.in_force.first_day())
    }
}

impl Severity {
    pub(in crate::rulebook) const WORDS: [&'static str; 4] = ["low", "medium", "high", "critical"];

    /// The word of the rule language and of reports.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }
}

impl Confidence {
    /// The letter of the rule language and of reports.
    pub fn letter(self) -> &'static str {
        match self {
            Confidence::A => "A",
            Confidence::B => "B",
            Confidence::C => "C",
        }
    }
}
