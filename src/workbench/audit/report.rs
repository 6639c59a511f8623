//! The results of an audit: counts by law, kind, fact and rule, and the findings that vanished.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::rulebook::{Rule, Rulebook};

use super::alteration::{Alteration, AlterationKind};
use super::law::Law;
use super::trial::{CauseKind, Outcome};

/// The results of an audit. It displays as a report for people and serializes as one for machines.
#[derive(Debug, Default, Serialize)]
pub struct AuditReport {
    /// The transactions in which a finding was watched.
    pub transactions: usize,
    /// The findings of insufficient information or worse that were watched.
    pub findings: usize,
    /// The results of each law.
    pub laws: BTreeMap<Law, LawReport>,
    /// The silences that break a law, and those that a rule explains, in the order of the tests.
    pub silences: Vec<Silence>,
    /// The findings that one more fact made vanish through what the paragraph states.
    pub learned: Vec<LearnedLoss>,
    /// The silences that rules allow, with the reason from the paragraph.
    pub allowed: Vec<AllowedSilence>,
}

/// The results of one law.
#[derive(Debug, Default, Serialize)]
pub struct LawReport {
    /// The counts of all trials.
    pub total: Tally,
    /// The counts by kind of alteration.
    pub by_kind: BTreeMap<&'static str, Tally>,
    /// The counts by fact, named as conditions name it.
    pub by_fact: BTreeMap<String, Tally>,
    /// The counts by rule.
    pub by_rule: BTreeMap<String, Tally>,
}

/// How many trials ended how. A trial is one finding in one altered transaction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// All trials.
    pub trials: usize,
    /// The finding stands.
    pub kept: usize,
    /// The finding is weaker: of a lesser verdict, an open duty, or not assessed.
    pub weakened: usize,
    /// The finding vanished with the link to the regime's target, as it may.
    pub unlinked: usize,
    /// The finding vanished through a condition or exception that became known, as it may where a fact is learned.
    pub stated: usize,
    /// The finding vanished, and the rule says why it may.
    pub explained: usize,
    /// The finding vanished, against the law.
    pub silent: usize,
    /// Of the silent ones, those of which a triage tells.
    pub triaged: usize,
}

/// A finding that vanished though it should not have, or that the rule allows to vanish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Silence {
    /// The law.
    pub law: Law,
    /// The kind of alteration, in the words of the audit.
    pub kind: &'static str,
    /// The altered fact as conditions name it.
    pub fact: String,
    /// The path to it.
    pub path: String,
    /// The id of the rule.
    pub rule: String,
    /// The item that the finding was about, from 0.
    pub item: Option<usize>,
    /// The name of the test, or the id of the incident.
    pub test: String,
    /// How the finding vanished.
    pub cause: &'static str,
    /// The exception, or the condition that is false.
    pub through: String,
    /// True if a triage tells of it.
    pub triaged: bool,
    /// Why the rule allows it, if it does.
    pub silent_because: Option<String>,
}

/// What made findings of a rule vanish when a fact was learned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LearnedLoss {
    /// How they vanished.
    pub cause: &'static str,
    /// The id of the rule.
    pub rule: String,
    /// The fact that was learned.
    pub fact: String,
    /// The exception, or the condition that is false.
    pub through: String,
    /// How many findings.
    pub times: usize,
}

/// A silence that a rule allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AllowedSilence {
    /// The id of the rule.
    pub rule: String,
    /// The fact or kind of forgetting.
    pub when: String,
    /// The reason from the paragraph.
    pub reason: String,
    /// How many trials it explains.
    pub explains: usize,
}

/// The result of one trial.
pub(super) struct Trial<'t> {
    pub(super) alteration: &'t Alteration,
    pub(super) rule: &'t Rule,
    pub(super) item: Option<usize>,
    pub(super) outcome: Outcome,
}

impl Law {
    /// All laws.
    pub const ALL: [Law; 3] = [Law::Forgetting, Law::UnlistedWords, Law::Learning];

    /// The name of the law.
    pub fn in_words(self) -> &'static str {
        match self {
            Law::Forgetting => "forgetting",
            Law::UnlistedWords => "unlisted words",
            Law::Learning => "learning",
        }
    }
}

impl Tally {
    /// The share of silent trials among those that kept a link to the target, in per cent.
    pub fn silent_share(&self) -> Decimal {
        let linked = self.trials - self.unlinked;
        let share = Decimal::from(self.silent * 100).checked_div(Decimal::from(linked));
        share.unwrap_or_default()
    }

    fn add(&mut self, other: &Tally) {
        self.trials += other.trials;
        self.kept += other.kept;
        self.weakened += other.weakened;
        self.unlinked += other.unlinked;
        self.stated += other.stated;
        self.explained += other.explained;
        self.silent += other.silent;
        self.triaged += other.triaged;
    }
}

impl LawReport {
    fn add(&mut self, kind: &'static str, fact: &str, rule: &str, tally: &Tally) {
        self.total.add(tally);
        self.by_kind.entry(kind).or_default().add(tally);
        self.by_fact.entry(fact.to_owned()).or_default().add(tally);
        self.by_rule.entry(rule.to_owned()).or_default().add(tally);
    }

    fn append(&mut self, other: LawReport) {
        fn join<K: Ord>(counts: &mut BTreeMap<K, Tally>, others: BTreeMap<K, Tally>) {
            others.into_iter().for_each(|(key, tally)| counts.entry(key).or_default().add(&tally));
        }
        self.total.add(&other.total);
        join(&mut self.by_kind, other.by_kind);
        join(&mut self.by_fact, other.by_fact);
        join(&mut self.by_rule, other.by_rule);
    }
}

impl AuditReport {
    /// A report without trials, with the silences that a rulebook allows.
    pub(super) fn new(rulebook: &Rulebook) -> Self {
        let allowed = rulebook.rules.iter().flat_map(|rule| {
            rule.silences.iter().map(|silence| AllowedSilence {
                rule: rule.id.clone(),
                when: silence.when.name().to_owned(),
                reason: silence.reason.clone(),
                explains: 0,
            })
        });
        let laws = Law::ALL.map(|law| (law, LawReport::default())).into();
        Self { allowed: allowed.collect(), laws, ..Self::default() }
    }

    /// The greatest share of silent trials that a law has, in per cent.
    pub fn worst_share(&self) -> Decimal {
        self.laws.values().map(|law| law.total.silent_share()).max().unwrap_or_default()
    }

    /// Counts a transaction and its watched findings.
    pub(super) fn add_findings(&mut self, findings: usize) {
        self.transactions += 1;
        self.findings += findings;
    }

    /// Counts a trial in a test.
    pub(super) fn add(&mut self, test: &str, trial: &Trial<'_>) {
        let Trial { alteration, rule, item, outcome } = trial;
        let law = alteration.kind.law();
        let mut tally = Tally { trials: 1, ..Tally::default() };
        match outcome {
            Outcome::Kept => tally.kept = 1,
            Outcome::Weakened => tally.weakened = 1,
            Outcome::Unlinked => tally.unlinked = 1,
            Outcome::Vanished(cause) if law == Law::Learning && cause.kind != CauseKind::ListGiven => {
                tally.stated = 1;
                let cause_word = cause.kind.word();
                self.add_learned(cause_word, &rule.id, &alteration.fact, &cause.words, 1);
            }
            Outcome::Vanished(cause) => {
                let covering = match alteration.kind {
                    AlterationKind::Forgotten(kind) => rule.silences.iter().find(|s| s.covers(kind, &alteration.fact)),
                    AlterationKind::Learned { .. } => None,
                };
                *(if covering.is_some() { &mut tally.explained } else { &mut tally.silent }) = 1;
                tally.triaged = usize::from(covering.is_none() && cause.is_triaged);
                self.silences.push(Silence {
                    law,
                    kind: alteration.kind.word(),
                    fact: alteration.fact.clone(),
                    path: alteration.path.path(),
                    rule: rule.id.clone(),
                    item: *item,
                    test: test.to_owned(),
                    cause: cause.kind.word(),
                    through: cause.words.clone(),
                    triaged: cause.is_triaged,
                    silent_because: covering.map(|s| s.reason.clone()),
                });
                if let Some(covering) = covering {
                    self.add_explained(&rule.id, covering.when.name(), &covering.reason, 1);
                }
            }
        }
        self.laws.entry(law).or_default().add(alteration.kind.word(), &alteration.fact, &rule.id, &tally);
    }

    /// Adds the trials of another report.
    pub(super) fn append(&mut self, other: AuditReport) {
        self.transactions += other.transactions;
        self.findings += other.findings;
        for (law, report) in other.laws {
            self.laws.entry(law).or_default().append(report);
        }
        self.silences.extend(other.silences);
        for loss in other.learned {
            self.add_learned(loss.cause, &loss.rule, &loss.fact, &loss.through, loss.times);
        }
        for silence in other.allowed {
            self.add_explained(&silence.rule, &silence.when, &silence.reason, silence.explains);
        }
    }

    fn add_learned(&mut self, cause: &'static str, rule: &str, fact: &str, through: &str, times: usize) {
        let key = (cause, rule, fact, through);
        let place = self.learned.binary_search_by(|l| (l.cause, &*l.rule, &*l.fact, &*l.through).cmp(&key));
        match place.map(|at| self.learned.get_mut(at)) {
            Ok(Some(known)) => known.times += times,
            Ok(None) => {}
            Err(at) => {
                let (rule, fact, through) = (rule.to_owned(), fact.to_owned(), through.to_owned());
                self.learned.insert(at, LearnedLoss { cause, rule, fact, through, times });
            }
        }
    }

    fn add_explained(&mut self, rule: &str, when: &str, reason: &str, explains: usize) {
        match self.allowed.iter_mut().find(|a| a.rule == rule && a.when == when && a.reason == reason) {
            Some(allowed) => allowed.explains += explains,
            None => {
                let (rule, when, reason) = (rule.to_owned(), when.to_owned(), reason.to_owned());
                self.allowed.push(AllowedSilence { rule, when, reason, explains });
            }
        }
    }
}

impl fmt::Display for AuditReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for silence in &self.silences {
            let item = silence.item.map(|item| format!(" of item {}", item + 1)).unwrap_or_default();
            let Silence { kind, path, rule, test, cause, through, .. } = silence;
            let verb = match (&silence.silent_because, silence.triaged) {
                (Some(_), _) => "explained",
                (None, true) => "triaged",
                (None, false) => "silent",
            };
            writeln!(f, "{verb}: {rule}{item}: {kind} {path} in `{test}`: {cause}: {through}")?;
        }
        for (law, report) in &self.laws {
            writeln!(f, "\n{}: {} trials, {:.2} % silent", law.in_words(), report.total.trials, report.total.silent_share())?;
            let kinds = report.by_kind.iter().map(|(kind, tally)| (*kind, tally)).collect();
            table(f, "by kind", kinds)?;
            table(f, "by fact, where any is silent", silent_ones(&report.by_fact))?;
            table(f, "by rule, where any is silent", silent_ones(&report.by_rule))?;
        }
        writeln!(f, "\nvanished through what a paragraph states, when a fact was learned")?;
        for kind in CauseKind::ALL {
            let times: usize = self.learned.iter().filter(|l| l.cause == kind.word()).map(|l| l.times).sum();
            writeln!(f, "  {times:>8} {}", kind.word())?;
        }
        for LearnedLoss { cause, rule, fact, through, times } in &self.learned {
            writeln!(f, "  {times:>8} {cause}: {rule}: {fact}: {through}")?;
        }
        if !self.allowed.is_empty() {
            writeln!(f, "\nsilences that rules allow")?;
        }
        for AllowedSilence { rule, when, reason, explains } in &self.allowed {
            writeln!(f, "  {explains:>8} {rule}: {when}: {reason}")?;
        }
        Ok(())
    }
}

/// The counts with a silent trial, the most silent first.
fn silent_ones(counts: &BTreeMap<String, Tally>) -> Vec<(&str, &Tally)> {
    let mut silent: Vec<(&str, &Tally)> =
        counts.iter().filter(|(_, tally)| tally.silent > 0).map(|(name, tally)| (name.as_str(), tally)).collect();
    silent.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.silent));
    silent
}

fn table(f: &mut fmt::Formatter<'_>, title: &str, rows: Vec<(&str, &Tally)>) -> fmt::Result {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(f, "  {title:<36} trials     kept weakened unlinked   stated explained   silent  triaged   share")?;
    for (name, tally) in rows {
        let Tally { trials, kept, weakened, unlinked, stated, explained, silent, triaged } = tally;
        let share = tally.silent_share();
        writeln!(
            f,
            "    {name:<33} {trials:>7} {kept:>8} {weakened:>8} {unlinked:>8} {stated:>8} {explained:>9} {silent:>8} {triaged:>8} {share:>6.2}%"
        )?;
    }
    Ok(())
}
