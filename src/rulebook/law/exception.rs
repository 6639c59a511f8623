//! Exceptions: conditions that take a transaction out of a rule that it falls under.

use crate::document::Span;

use super::{Citation, Condition, InForce};

/// Who decides that an exception applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decider {
    /// The Security Council itself.
    Council,
    /// The Committee, in advance.
    Committee,
    /// A State, which notifies the Committee.
    StateWithNotice,
    /// A State.
    State,
    /// Nobody: the exception follows from the nature of the goods, the activity or the purpose.
    Nature,
}

/// The effect of an exception where the facts leave open whether it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Burden {
    /// The exception does not count: the facts have to show it.
    Shown,
    /// The exception may apply: where the facts raise it, there is no breach until they exclude it.
    Excluded,
}

impl Burden {
    /// The burden of an exception that states none. What the paragraph carves out by its nature has to be excluded; leave and
    /// notice have to be shown.
    pub fn of_decider(decider: Decider) -> Self {
        match decider {
            Decider::Nature => Burden::Excluded,
            Decider::Council | Decider::Committee | Decider::StateWithNotice | Decider::State => Burden::Shown,
        }
    }
}

/// When an exception that has to be excluded is raised, so that it leaves a finding open while it is unknown.
#[derive(Debug, Clone)]
pub enum Raising {
    /// The report has a fact that only the exception asks for, and the fact meets it or could: a purpose, a port, a kind of party.
    ByReport,
    /// Always: the paragraph makes the absence of the exception an element of the ban.
    Always,
    /// By facts that meet this condition or could.
    By(Box<Condition>),
}

/// An exception of a rule.
#[derive(Debug, Clone)]
pub struct Exception {
    /// The id, unique among the exceptions of a rule.
    pub id: String,
    /// What it allows, in one phrase.
    pub title: String,
    /// The paragraphs that create it.
    pub authority: Vec<Citation>,
    /// Who decides that it applies.
    pub decided_by: Decider,
    /// The effect where the facts leave open whether it applies.
    pub burden: Burden,
    /// When it leaves a finding open, if it has to be excluded.
    pub raising: Raising,
    /// The days on which it is available.
    pub in_force: InForce,
    /// The condition under which it applies.
    pub when: Condition,
    /// True if it stands in no regime, so that all can use it.
    pub is_shared: bool,
    /// True if the rule that uses a shared exception gives its own days.
    pub has_own_days: bool,
    /// The place in the rule file. Rules that share an exception have it with the same span.
    pub span: Span,
}

impl Exception {
    /// True if without any fact about it the exception leaves a finding open.
    pub fn has_to_be_excluded(&self) -> bool {
        self.burden == Burden::Excluded && matches!(self.raising, Raising::Always)
    }
}

impl Decider {
    /// All of them, in the order of the rule language.
    pub(in crate::rulebook) const ALL: [Decider; 5] =
        [Decider::Council, Decider::Committee, Decider::StateWithNotice, Decider::State, Decider::Nature];

    /// The word of the rule language.
    pub fn word(self) -> &'static str {
        match self {
            Decider::Council => "council",
            Decider::Committee => "committee",
            Decider::StateWithNotice => "state-with-notice",
            Decider::State => "state",
            Decider::Nature => "nature",
        }
    }

    /// A clause for people, after a colon or dash.
    pub fn in_words(self) -> &'static str {
        match self {
            Decider::Council => "the Security Council decides",
            Decider::Committee => "the Committee decides, in advance",
            Decider::StateWithNotice => "the State decides and tells the Committee",
            Decider::State => "the State decides",
            Decider::Nature => "by the nature of the thing",
        }
    }
}
