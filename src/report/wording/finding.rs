//! A finding in sentences, section by section.

use std::collections::HashMap;

use crate::engine::{Downgrade, ExceptionState};
use crate::report::model::{
    AlsoNote, AuthorityNote, Basis, ElementNames, ExceptionNote, Finding, MissingNote, Subject, TransactionReport,
};

use super::{decision_sentence, fact_is, fact_list, missing_fact, reported_as};

/// A section of a finding. No section is empty.
#[derive(Debug)]
pub(in crate::report) struct Section<'f> {
    /// The topic.
    pub topic: Topic,
    /// The sentences.
    pub body: Body<'f>,
    telling: Telling<'f>,
}

/// How findings of a transaction are told: by which names its parties go, and what is left to be told once for all.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Telling<'t> {
    /// The names of parties and ships.
    pub names: &'t ElementNames,
    /// The ids of exceptions that are told once for all findings, and with none of them.
    pub told_once: &'t [&'t str],
}

impl<'t> Telling<'t> {
    /// Each finding with everything that belongs to it.
    pub fn whole(transaction: &'t TransactionReport) -> Self {
        Self { names: &transaction.names, told_once: &[] }
    }
}

/// The topic of a section of a finding, in the order of the sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Topic {
    /// The items concerned.
    On,
    /// The facts that it rests on.
    Because,
    /// Other rules that state the same ban.
    Also,
    /// What makes it compliant.
    SatisfiedBy,
    /// What keeps it from being a violation.
    PotentialOnly,
    /// The facts that would settle it.
    SettledIfKnown,
    /// The exceptions that are open.
    CompliantIf,
    /// The exceptions that are claimed on weaker evidence than that of the facts.
    Claimed,
    /// Legal doubts about the rule.
    Note,
    /// What a person has decided.
    Decided,
}

/// The sentences of a section, by how they hang together.
#[derive(Debug)]
pub(in crate::report) enum Body<'f> {
    /// One sentence.
    Sentence(String),
    /// Several that hold together.
    All(Vec<String>),
    /// Several of which one is enough.
    Any(Vec<String>),
    /// Facts; [`basis_sentence`] gives the whole sentence of each.
    Facts(Vec<&'f Basis>),
    /// Exceptions; [`exception_sentence`] gives the whole sentence of each.
    Exceptions(Vec<&'f ExceptionNote>),
}

impl Topic {
    /// The heading of the section, in lower case.
    pub fn heading(self) -> &'static str {
        match self {
            Topic::On => "on",
            Topic::Because => "because",
            Topic::Also => "the same ban also in",
            Topic::SatisfiedBy => "satisfied by",
            Topic::PotentialOnly => "no more than potential",
            Topic::SettledIfKnown => "settled if known",
            Topic::CompliantIf => "would be compliant if",
            Topic::Claimed => "claimed, not shown",
            Topic::Note => "note",
            Topic::Decided => "decided",
        }
    }
}

impl Section<'_> {
    /// Each entry of the section as a whole sentence.
    pub fn entries(&self) -> Vec<String> {
        match &self.body {
            Body::Sentence(sentence) => vec![sentence.clone()],
            Body::All(sentences) | Body::Any(sentences) => sentences.clone(),
            Body::Facts(facts) => facts.iter().map(|basis| basis_sentence(basis, self.telling.names)).collect(),
            Body::Exceptions(exceptions) => {
                exceptions.iter().map(|exception| exception_sentence(exception, self.telling.names)).collect()
            }
        }
    }

    /// The section in one line, `heading: entry; entry`.
    pub fn in_one_line(&self) -> String {
        format!("{}: {}", self.topic.heading(), self.entries().join("; "))
    }
}

/// The sections of a finding: everything but verdict, rule, title and paragraphs. Findings that differ in their item alone
/// can be given together; the first of them stands for what they share.
pub(in crate::report) fn sections<'f>(findings: &[&'f Finding], telling: Telling<'f>) -> Vec<Section<'f>> {
    let Some(finding) = findings.first() else { return Vec::new() };
    let items: Vec<String> = findings.iter().filter_map(|f| f.subject.as_ref()).map(item_name).collect();
    let (mut facts, mut alike): (Vec<&Basis>, HashMap<_, Vec<&Basis>>) = Default::default();
    for basis in findings.iter().flat_map(|f| &f.because) {
        let alike = alike.entry((&basis.fact, &basis.value)).or_default();
        if !alike.contains(&basis) {
            alike.push(basis);
            facts.push(basis);
        }
    }
    let downgrades = finding.limited_by.iter().map(|reason| Downgrade::in_words(*reason).to_owned()).collect();
    let is_told = |exception: &&ExceptionNote| !telling.told_once.contains(&exception.exception.as_str());
    let unless = |state| finding.unless.iter().filter(|exception| exception.state == state).filter(is_told).collect();
    let mut also: Vec<String> = Vec::new();
    for sentence in findings.iter().flat_map(|finding| &finding.also).map(also_sentence) {
        if !also.contains(&sentence) {
            also.push(sentence);
        }
    }
    let all = [
        (Topic::On, Body::All(items)),
        (Topic::Because, Body::Facts(facts)),
        (Topic::Also, Body::All(also)),
        (Topic::SatisfiedBy, finding.satisfied_by.clone().map_or(Body::All(Vec::new()), Body::Sentence)),
        (Topic::PotentialOnly, Body::All(downgrades)),
        (Topic::SettledIfKnown, Body::Any(settling_facts(finding, telling.names))),
        (Topic::CompliantIf, Body::Exceptions(unless(ExceptionState::NotShown))),
        (Topic::Claimed, Body::Exceptions(unless(ExceptionState::Claimed))),
        (Topic::Note, Body::All(finding.flags.clone())),
        (Topic::Decided, finding.decision.as_ref().map_or(Body::All(Vec::new()), |d| Body::Sentence(decision_sentence(d)))),
    ];
    all.into_iter().map(|(topic, body)| Section { topic, body, telling }).filter(|section| !section.body.is_empty()).collect()
}

impl Body<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Body::Sentence(_) => false,
            Body::All(sentences) | Body::Any(sentences) => sentences.is_empty(),
            Body::Facts(facts) => facts.is_empty(),
            Body::Exceptions(exceptions) => exceptions.is_empty(),
        }
    }
}

/// The verdict with the rule and its severity: `violation: dprk-coal [high]`.
pub(in crate::report) fn headline(finding: &Finding) -> String {
    format!("{}: {} [{}]", finding.verdict, finding.rule, finding.severity.word())
}

/// A rule that states the same ban: `dprk-arm-from-heavy [critical]: Tanks ... (S/RES/1718 (2006) para 8(b))`.
fn also_sentence(also: &AlsoNote) -> String {
    format!("{} [{}]: {} ({})", also.rule, also.severity.word(), also.title, paragraphs(&also.authority))
}

/// The title of the rule with its paragraphs.
pub(in crate::report) fn rule_with_paragraphs(finding: &Finding) -> String {
    format!("{} ({})", finding.title, paragraphs(&finding.authority))
}

/// Paragraphs of resolutions, `S/RES/1718 (2006) para 8(a); S/RES/2094 (2013) para 23`.
pub(in crate::report) fn paragraphs(authority: &[AuthorityNote]) -> String {
    authority.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// The item that a finding is about, `anthracite (item 1)`.
pub(in crate::report) fn item_name(subject: &Subject) -> String {
    format!("{}{}", subject.label, item_number(subject))
}

/// What follows the label of an item: ` (item 1)`, ` (item 17) and 983 more alike`.
pub(in crate::report) fn item_number(subject: &Subject) -> String {
    let item = subject.item.saturating_add(1);
    match subject.alike.len() {
        0 => format!(" (item {item})"),
        others => format!(" (item {item}) and {others} more alike"),
    }
}

/// A fact with its value, its place and its note.
fn basis_sentence(basis: &Basis, names: &ElementNames) -> String {
    let at = basis.at.as_ref().map(|at| format!(" ({at})")).unwrap_or_default();
    let note = basis.note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
    format!("{}{at}{note}", fact_is(&basis.fact, basis.value.as_deref(), names))
}

/// The sets of facts of which each would settle the finding, each once.
pub(in crate::report) fn settling_facts(finding: &Finding, names: &ElementNames) -> Vec<String> {
    let reported = |m: &MissingNote| m.reported.as_deref().map(|value| reported_as(value, m.why.as_deref()));
    let missing = |m: &MissingNote| missing_fact(&m.fact, &m.condition, reported(m), names);
    alternatives(finding.settled_by.iter().map(|set| set.iter().map(missing).collect()))
}

/// Sets of facts of which one is enough, each once: `item 1: origin and item 1: value`.
pub(in crate::report) fn alternatives(sets: impl Iterator<Item = Vec<String>>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for set in sets.map(|set| set.join(" and ")) {
        if !all.contains(&set) {
            all.push(set);
        }
    }
    all
}

/// An exception with the facts that are missing to show it.
pub(in crate::report) fn exception_sentence(exception: &ExceptionNote, names: &ElementNames) -> String {
    let missing = missing_facts(exception, names).map(|missing| format!(" ({missing})")).unwrap_or_default();
    format!("{}: {}{missing}", exception.exception, exception.title)
}

/// The facts that are missing to show an exception, `not reported: origin, ports`; `None` if none is.
pub(in crate::report) fn missing_facts(exception: &ExceptionNote, names: &ElementNames) -> Option<String> {
    (!exception.missing.is_empty()).then(|| format!("{}: {}", super::NOT_REPORTED, fact_list(&exception.missing, names)))
}
