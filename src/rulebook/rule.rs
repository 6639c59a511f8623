//! Rules: what is forbidden or commanded, and when.

use chrono::NaiveDate;

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node, Span};
use crate::facts::{Scheme, Term, Transaction};

use super::condition_syntax::{RecordScope, RuleReader};
use super::exception::read_list;
use super::names::{read_id, unknown_name};
use super::register::read_day;
use super::vocabulary::TermLookup;
use super::{Citation, Condition, Exception, QuotaId, RegimeId, Register};
use crate::facts::CodedTerm;

/// Names a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub(crate) usize);

/// One rule: a paragraph, or the part of it that forbids or commands one thing.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id, never reused.
    pub id: String,
    /// One sentence that a reader can check against the paragraph.
    pub title: String,
    /// The paragraphs that make it, the creating one first.
    pub authority: Vec<Citation>,
    /// Its regime.
    pub regime: RegimeId,
    /// When it is in force.
    pub in_force: InForce,
    /// Rules that it succeeds.
    pub replaces: Vec<String>,
    /// Prohibition or duty.
    pub kind: RuleKind,
    /// Whether the Council decided or called upon.
    pub force: Force,
    /// Whom it binds.
    pub addressee: Option<String>,
    /// For sorting; never changes a verdict.
    pub severity: Severity,
    /// A formal finding that it waits for.
    pub needs_determination: Option<NeedsDetermination>,
    /// What it reaches.
    pub when: Condition,
    /// True if there is a finding per item.
    pub binds_item: bool,
    /// What takes a transaction out of it: its own exceptions, then those of the regime.
    pub exceptions: Vec<Exception>,
    /// The limit that its exceptions ask.
    pub quota: Option<QuotaId>,
    /// Duties that arise beside a finding.
    pub duties: Vec<String>,
    /// Why its legal status is disputed.
    pub contested: Option<String>,
    /// From when on its renewal is not verified, and why.
    pub unverified_after: Option<(NaiveDate, String)>,
    /// How sure the encoding is.
    pub confidence: Confidence,
    /// For people.
    pub remarks: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// An interval of days, both ends included, an absent end open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InForce {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

/// Prohibition or duty.
#[derive(Debug, Clone)]
pub enum RuleKind {
    /// What is reached is forbidden.
    Prohibition,
    /// What is reached makes something due.
    Duty(Duty),
}

/// What a duty asks for.
#[derive(Debug, Clone)]
pub struct Duty {
    /// When it is done.
    pub fulfilled: Condition,
    /// By when.
    pub deadline: Option<Deadline>,
}

/// The last day of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// This day.
    Day(NaiveDate),
    /// So many days after the transaction.
    AfterTransaction(i64),
}

/// The force of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// The Council decided.
    Decides,
    /// The Council called upon States: a breach is at most a potential violation.
    CallsUpon,
}

/// For sorting and for SARIF levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Critical.
    Critical,
}

/// A formal finding that a rule waits for.
#[derive(Debug, Clone)]
pub struct NeedsDetermination {
    /// A State may make it.
    pub by_state: bool,
    /// The Committee may make it.
    pub by_committee: bool,
    /// What must be found, one of these.
    pub findings: Vec<Term>,
    /// It is needed only where this holds; else always.
    pub when: Option<Condition>,
}

/// How sure the encoding is: A seen in a source, B known, C doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Seen in a source.
    A,
    /// Known, not seen again.
    B,
    /// Doubtful.
    C,
}

impl InForce {
    pub(super) fn read(node: Option<&Node>, problems: &mut Diagnostics) -> Self {
        let Some(map) = node.and_then(|n| Mapping::read(n, "`in_force`", &["from", "to"], problems)) else {
            return Self::default();
        };
        let mut day = |key| map.get(key).and_then(|n| read_day(n, &format!("`{key}`"), problems));
        let (from, to) = (day("from"), day("to"));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            problems.push(Diagnostic::new(Code::InForceBackwards, map.node().span, "the interval ends before it begins"));
        }
        Self { from, to }
    }
}

impl Severity {
    const WORDS: [&'static str; 4] = ["low", "medium", "high", "critical"];

    /// As it is written.
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
    /// Reads `confidence`; A if it is left out.
    pub(super) fn read(map: &Mapping<'_>, problems: &mut Diagnostics) -> Self {
        match map.one_of("confidence", &["A", "B", "C"], problems) {
            Some(1) => Confidence::B,
            Some(2) => Confidence::C,
            _ => Confidence::A,
        }
    }

    /// The letter.
    pub fn letter(self) -> &'static str {
        match self {
            Confidence::A => "A",
            Confidence::B => "B",
            Confidence::C => "C",
        }
    }
}

impl Rule {
    /// True if it commands rather than forbids.
    pub fn is_duty(&self) -> bool {
        matches!(self.kind, RuleKind::Duty(_))
    }

    /// The day on which the Council made it: the adoption of the creating paragraph.
    pub fn made_on(&self) -> Option<NaiveDate> {
        self.authority.first().map(|c| c.adopted).or(self.in_force.from)
    }

    const KEYS: &'static [&'static str] = &[
        "id",
        "title",
        "authority",
        "regime",
        "in_force",
        "replaces",
        "kind",
        "force",
        "addressee",
        "severity",
        "needs_determination",
        "when",
        "except",
        "general_exemptions",
        "quota",
        "duties",
        "fulfilled",
        "deadline",
        "contested",
        "unverified_after",
        "confidence",
        "remarks",
    ];

    pub(super) fn read(node: &Node, at_home: RuleContext<'_>, syntax: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(node, "a rule", Self::KEYS, syntax.problems)?;
        let id = read_id(&map, syntax.problems);
        let title = map.require_text("title", syntax.problems).unwrap_or_default().to_owned();
        map.require("authority", syntax.problems);
        let authority = at_home.register.citations(&map, syntax.problems);
        let kind = RuleKind::read(&map, syntax);
        let mut exceptions = read_list(map.get("except"), at_home.shared, at_home.register, syntax);
        let general = map.yes_no("general_exemptions", syntax.problems).unwrap_or(true);
        if general && matches!(kind, Some(RuleKind::Prohibition)) {
            exceptions.extend(at_home.regime_exceptions.iter().cloned());
        }
        for (i, exception) in exceptions.iter().enumerate() {
            if exceptions.iter().take(i).any(|e| e.id == exception.id) {
                let message = format!("the rule has the exception `{}` twice", exception.id);
                syntax.problems.push(Diagnostic::new(Code::DuplicateId, node.span, message));
            }
        }
        let when = map.require("when", syntax.problems).and_then(|n| syntax.condition(n, RecordScope::TRANSACTION));
        let quota = map.text("quota", syntax.problems).and_then(|word| {
            let found = syntax.names.quotas.get(word).copied();
            if found.is_none() {
                unknown_name(
                    Code::UnknownReference,
                    map.get("quota").unwrap_or(node),
                    word,
                    "quota",
                    syntax.names.quotas.keys().map(String::as_str),
                    syntax.problems,
                );
            }
            found
        });
        let texts = |list: Vec<(&Node, &str)>| -> Vec<String> { list.into_iter().map(|(_, t)| t.to_owned()).collect() };
        let problems = &mut *syntax.problems;
        let duties = texts(map.texts("duties", problems));
        let replaces = texts(map.texts("replaces", problems));
        let in_force = InForce::read(map.get("in_force"), problems);
        let force = match map.one_of("force", &["decides", "calls-upon"], problems) {
            Some(1) => Force::CallsUpon,
            _ => Force::Decides,
        };
        let severity = match map.one_of("severity", &Severity::WORDS, problems) {
            Some(0) => Severity::Low,
            Some(2) => Severity::High,
            Some(3) => Severity::Critical,
            _ => Severity::Medium,
        };
        let confidence = Confidence::read(&map, problems);
        let contested = map.text("contested", problems).map(str::to_owned);
        let unverified_after = map.get("unverified_after").and_then(|n| read_unverified(n, problems));
        let addressee = map.text("addressee", problems).map(str::to_owned);
        let remarks = map.text("remarks", problems).map(str::to_owned);
        let needs_determination = map.get("needs_determination").and_then(|n| NeedsDetermination::read(n, syntax));
        let (id, when) = (id?, when?);
        let binds_item = when.opens_items(Transaction::TABLE);
        Some(Self {
            id,
            title,
            authority,
            regime: at_home.regime,
            in_force,
            replaces,
            kind: kind?,
            force,
            addressee,
            severity,
            needs_determination,
            when,
            binds_item,
            exceptions,
            quota,
            duties,
            contested,
            unverified_after,
            confidence,
            remarks,
            span: node.span,
        })
    }
}

/// What a rule takes from the place where it stands.
#[derive(Clone, Copy)]
pub(super) struct RuleContext<'a> {
    pub(super) regime: RegimeId,
    pub(super) regime_exceptions: &'a [Exception],
    pub(super) shared: &'a [Exception],
    pub(super) register: &'a Register,
}

impl RuleKind {
    fn read(map: &Mapping<'_>, syntax: &mut RuleReader<'_>) -> Option<Self> {
        if map.one_of("kind", &["prohibition", "duty"], syntax.problems) != Some(1) {
            for key in ["fulfilled", "deadline"] {
                if let Some(node) = map.get(key) {
                    syntax.problems.push(
                        Diagnostic::new(Code::OnlyOfDuties, node.span, format!("only a duty has `{key}`"))
                            .help("add `kind: duty`"),
                    );
                }
            }
            return Some(RuleKind::Prohibition);
        }
        let fulfilled = map.require("fulfilled", syntax.problems).and_then(|n| syntax.condition(n, RecordScope::TRANSACTION));
        let deadline = map.get("deadline").and_then(|n| Deadline::read(n, syntax.problems));
        Some(RuleKind::Duty(Duty { fulfilled: fulfilled?, deadline }))
    }
}

impl Deadline {
    fn read(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        if node.entries().is_none() {
            return read_day(node, "`deadline`", problems).map(Deadline::Day);
        }
        let map = Mapping::read(node, "a deadline", &["days", "after"], problems)?;
        map.one_of("after", &["date"], problems);
        match map.require_text("days", problems).map(str::parse) {
            Some(Ok(days)) => Some(Deadline::AfterTransaction(days)),
            _ => {
                problems.push(Diagnostic::new(Code::Deadline, node.span, "a deadline is a day, or `{days: 90, after: date}`"));
                None
            }
        }
    }
}

impl NeedsDetermination {
    fn read(node: &Node, syntax: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(node, "`needs_determination`", &["by", "finding", "when"], syntax.problems)?;
        let (mut by_state, mut by_committee) = (false, false);
        for (node, word) in map.texts("by", syntax.problems) {
            match word {
                "state" => by_state = true,
                "committee" => by_committee = true,
                other => {
                    unknown_name(Code::UnknownWord, node, other, "body that determines", ["state", "committee"], syntax.problems)
                }
            }
        }
        map.require("finding", syntax.problems);
        let mut findings = Vec::new();
        for (node, word) in map.texts("finding", syntax.problems) {
            match syntax.names.vocabulary.lookup(&[Scheme::Finding], word) {
                TermLookup::Found(CodedTerm::Term(term)) => findings.push(term),
                _ => unknown_name(
                    Code::UnknownTermInRule,
                    node,
                    word,
                    "finding",
                    syntax.names.vocabulary.ids(Scheme::Finding),
                    syntax.problems,
                ),
            }
        }
        let when = map.get("when").and_then(|n| syntax.condition(n, RecordScope::TRANSACTION));
        Some(Self { by_state, by_committee, findings, when })
    }
}

fn read_unverified(node: &Node, problems: &mut Diagnostics) -> Option<(NaiveDate, String)> {
    if node.entries().is_none() {
        return read_day(node, "`unverified_after`", problems).map(|day| (day, "renewal not verified".to_owned()));
    }
    let map = Mapping::read(node, "`unverified_after`", &["date", "reason"], problems)?;
    let day = map.require("date", problems).and_then(|n| read_day(n, "`date`", problems))?;
    Some((day, map.require_text("reason", problems).unwrap_or_default().to_owned()))
}
