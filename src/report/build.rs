//! From findings to the report: words, places and counts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::decisions::{Decisions, Named};
use crate::document::{Diagnostics, Severity as ProblemSeverity, SourceMap, hex};
use crate::engine::{
    Assessment, ExceptionOutcome, ExceptionState, Missing, NodeKind, NotAssessed, Outcome, Proof, ProofNode,
    TransactionAssessment, Verdict, near_miss, ways_to,
};
use crate::facts::{FactPath, Item, Truth};
use crate::intake::{Input, Intake, Located, ReportedIncident};
use crate::rulebook::{Confidence, Rulebook};

use super::Transactions;
use super::decision_text::{decision_note, decisions_note};
use super::model::*;

/// What is told beside the findings.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReportOptions<'d> {
    /// Rules that one condition alone keeps away.
    pub near_misses: bool,
    /// What a person has decided about findings.
    pub decisions: Option<&'d Decisions>,
}

/// The report of a run. Places of rules are shown as they are named in the rulebook.
pub fn build(assessment: &Assessment<'_>, intake: &Intake, telling: ReportOptions<'_>) -> Report {
    let builder = Builder { rulebook: assessment.rulebook, sources: &intake.sources, telling };
    let incidents: Vec<IncidentReport> = assessment
        .incidents
        .iter()
        .map(|i| IncidentReport {
            id: i.reported.id().to_owned(),
            title: i.reported.incident.title.as_deref().map(str::to_owned),
            verdict: i.verdict().map(Verdict::word).map(Word::from),
            transactions: Transactions::held(i.transactions.iter().map(|t| builder.transaction(i.reported, t)).collect()),
        })
        .collect();
    let mut counts = Counts { incidents: incidents.len(), ..Counts::default() };
    assessment.transactions().for_each(|(_, t)| counts.add(t));
    // Only once every finding is told is it known which decisions met one, so the head comes after the incidents.
    let mut problems = Diagnostics::default();
    intake.problems.iter().for_each(|p| problems.push(p.clone()));
    telling.decisions.iter().for_each(|decisions| decisions.unclear(&mut problems));
    let head = head(&HeadInputs {
        rulebook: assessment.rulebook,
        inputs: &intake.inputs,
        problems: &problems,
        sources: &intake.sources,
        not_assessed: &assessment.not_assessed,
        known_on: assessment.known_on,
        counts: &counts,
        telling,
    });
    Report { head, incidents }
}

/// What is counted over a run.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Incidents read.
    pub incidents: usize,
    /// Transactions checked.
    pub transactions: usize,
    /// Findings, by verdict.
    pub findings: BTreeMap<Verdict, usize>,
}

impl Counts {
    /// Counts a transaction.
    pub fn add(&mut self, assessed: &TransactionAssessment<'_>) {
        self.transactions += 1;
        for verdict in assessed.findings.iter().filter_map(|f| f.verdict) {
            *self.findings.entry(verdict).or_default() += 1;
        }
    }

    /// Counts what another has counted, but for incidents.
    pub fn append(&mut self, other: &Counts) {
        self.transactions += other.transactions;
        for (verdict, number) in &other.findings {
            *self.findings.entry(*verdict).or_default() += number;
        }
    }

    /// The worst verdict.
    pub fn verdict(&self) -> Option<Verdict> {
        self.findings.keys().copied().max()
    }

    fn of(&self, verdict: Verdict) -> usize {
        self.findings.get(&verdict).copied().unwrap_or(0)
    }
}

/// What a head tells of.
#[derive(Debug, Clone, Copy)]
pub struct HeadInputs<'r> {
    /// The law.
    pub rulebook: &'r Rulebook,
    /// What was read.
    pub inputs: &'r [Input],
    /// What was wrong with it.
    pub problems: &'r Diagnostics,
    /// The texts that the problems and decisions stand in.
    pub sources: &'r SourceMap,
    /// What could not be assessed.
    pub not_assessed: &'r [NotAssessed],
    /// The day as of which the law was asked.
    pub known_on: Option<NaiveDate>,
    /// What was counted.
    pub counts: &'r Counts,
    /// What is told beside the findings.
    pub telling: ReportOptions<'r>,
}

/// What stands above the incidents. Every finding is told by then: only so is it known which decisions met one.
pub fn head(of: &HeadInputs<'_>) -> Head {
    let HeadInputs { rulebook, inputs, problems, sources, not_assessed, known_on, counts, telling } = *of;
    let notes = problems.iter().map(|p| ProblemNote {
        severity: if p.severity == ProblemSeverity::Error { "error" } else { "warning" }.into(),
        message: p.message.clone(),
        at: p.at.map(|at| sources.at(at)),
        help: p.help.clone(),
    });
    let input =
        |i: &Input| InputNote { path: i.path.clone(), digest: format!("sha256:{}", i.digest), transactions: i.transactions };
    Head {
        schema: SCHEMA.into(),
        tool: Tool { name: "interdict".into(), version: env!("CARGO_PKG_VERSION").into() },
        rulebook: RulebookNote {
            digest: format!("sha256:{}", rulebook.digest),
            rules: rulebook.rules.len(),
            regimes: rulebook.regimes.iter().map(|r| r.id.clone()).collect(),
        },
        resolutions: rulebook
            .register
            .resolutions()
            .iter()
            .map(|r| ResolutionNote { symbol: r.symbol.clone(), adopted: r.adopted })
            .collect(),
        designations: Vec::new(),
        inputs: inputs.iter().map(input).collect(),
        known_on: known_on.map(|d| d.to_string()),
        options: OptionsNote { near_misses: telling.near_misses, ..OptionsNote::default() },
        summary: Summary {
            verdict: counts.verdict().map(Verdict::word).map(Word::from),
            incidents: counts.incidents,
            transactions: counts.transactions,
            violation: counts.of(Verdict::Violation),
            potential_violation: counts.of(Verdict::PotentialViolation),
            insufficient_information: counts.of(Verdict::InsufficientInformation),
            compliant: counts.of(Verdict::Compliant),
            errors: problems.count(ProblemSeverity::Error),
        },
        not_assessed: not_assessed
            .iter()
            .map(|n| NotAssessedNote { rules: n.rules.clone(), transactions: n.transactions, because: n.because.clone() })
            .collect(),
        decisions: telling.decisions.map(|decisions| decisions_note(decisions, sources)),
        problems: notes.collect(),
    }
}

/// One transaction of a report.
pub fn transaction(
    rulebook: &Rulebook,
    sources: &SourceMap,
    reported: &ReportedIncident,
    assessed: &TransactionAssessment<'_>,
    telling: ReportOptions<'_>,
) -> TransactionReport {
    Builder { rulebook, sources, telling }.transaction(reported, assessed)
}

struct Builder<'b> {
    rulebook: &'b Rulebook,
    sources: &'b SourceMap,
    telling: ReportOptions<'b>,
}

impl Builder<'_> {
    fn transaction(&self, reported: &ReportedIncident, assessed: &TransactionAssessment<'_>) -> TransactionReport {
        let located = reported.locate(assessed.index, self.sources);
        let transaction = reported.transactions().get(assessed.index);
        let fact = |route: &FactPath| located.span(route).map(|s| self.sources.at(s));
        let id = transaction.and_then(|t| t.id.clone()).unwrap_or_default();
        let items = transaction.map(|t| t.items.known()).unwrap_or_default();
        let named = transaction.and_then(|t| t.sources.as_deref());
        let sources = reported.sources().iter().filter(|s| named.is_none_or(|n| s.id.as_ref().is_some_and(|id| n.contains(id))));
        let mut grades: Vec<String> = sources
            .map(|s| format!("{}{}", s.reliability.as_deref().unwrap_or_default(), s.credibility.as_deref().unwrap_or_default()))
            .filter(|g| !g.is_empty())
            .collect();
        grades.sort();
        grades.dedup();
        TransactionReport {
            title: transaction.and_then(|t| t.title.as_deref().map(str::to_owned)),
            at: located.start().map(|s| self.sources.at(s)),
            date: transaction.and_then(|t| t.date).map(|d| d.to_string()),
            verdict: assessed.verdict().map(Verdict::word).map(Word::from),
            evidence: EvidenceNote {
                standing: assessed.standing.word().into(),
                grades,
                denied_by: transaction
                    .and_then(|t| t.denied_by.as_deref())
                    .unwrap_or_default()
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
            },
            findings: assessed.findings.iter().filter_map(|f| self.finding(reported.id(), &id, items, f, &located)).collect(),
            duties: assessed
                .duties
                .iter()
                .map(|d| DutyNote {
                    duty: d.rule.id.clone(),
                    title: d.rule.title.clone(),
                    addressee: d.rule.addressee.clone(),
                    by: d.by.map(|b| b.to_string()),
                })
                .collect(),
            warnings: assessed.warnings.iter().map(|w| WarningNote { text: w.text.clone(), at: fact(&w.route) }).collect(),
            near_misses: if self.telling.near_misses { near_misses(assessed) } else { Vec::new() },
            id: id.into(),
        }
    }

    fn finding(
        &self,
        incident: &str,
        transaction: &str,
        items: &[Item],
        outcome: &Outcome<'_>,
        located: &Located<'_>,
    ) -> Option<Finding> {
        let (rule, verdict) = (outcome.rule, outcome.verdict?);
        let subject = outcome.item.map(|item| Subject { item, label: label(items, item) });
        let shown = outcome.exceptions.iter().find(|u| u.state() == ExceptionState::Shown);
        let mut because = Vec::new();
        self.collect_because(&outcome.when, outcome.when.truth, located, &mut because);
        if let (Some(unless), Verdict::Compliant) = (shown, verdict) {
            self.collect_because(&unless.proof, Truth::True, located, &mut because);
        }
        if let Some(fulfilled) = outcome.fulfilled.as_ref().filter(|f| f.truth != Truth::Unknown) {
            self.collect_because(fulfilled, fulfilled.truth, located, &mut because);
        }
        let breach = matches!(verdict, Verdict::Violation | Verdict::PotentialViolation);
        if breach {
            // What keeps an exception from being shown that turns on a quota is part of why: the total that was counted.
            for unless in outcome.exceptions.iter().filter(|u| u.state() != ExceptionState::Shown) {
                self.collect_totals(&unless.proof, located, &mut because);
            }
        }
        let mut missing: Vec<String> = outcome.missing.iter().flatten().map(|m| m.route.path()).collect();
        missing.sort();
        missing.dedup();
        let fingerprint = fingerprint(&rule.id, incident, transaction, subject.as_ref().map(|s| occurrence(items, s)));
        let named = Named { incident, transaction, rule: &rule.id, fingerprint: &fingerprint, verdict };
        let decision = self.telling.decisions.and_then(|decisions| decisions.meet(&named)).map(decision_note);
        Some(Finding {
            decision,
            fingerprint,
            rule: rule.id.clone(),
            title: rule.title.clone(),
            verdict: verdict.word().into(),
            severity: rule.severity.word().into(),
            authority: rule
                .authority
                .iter()
                .map(|c| AuthorityNote { symbol: c.symbol.clone(), paragraph: c.paragraph.clone() })
                .collect(),
            standing: outcome.standing.word().into(),
            satisfied_by: match (verdict, shown) {
                (Verdict::Compliant, Some(unless)) => Some(format!("{}: {}", unless.exception.id, unless.exception.title)),
                (Verdict::Compliant, None) => Some("the duty is reported to be done".to_owned()),
                _ => None,
            },
            because,
            limited_by: outcome.caps.iter().map(|c| c.in_words().into()).collect(),
            unless: if breach { outcome.exceptions.iter().map(unless_note).collect() } else { Vec::new() },
            missing,
            settled_by: outcome.missing.iter().map(|set| set.iter().map(|m| self.missing(m, located)).collect()).collect(),
            flags: flags(outcome),
            subject,
        })
    }

    /// The facts that carry a proof, each once, in the order of the rule.
    fn collect_because(&self, proof: &Proof<'_>, wanted: Truth, located: &Located<'_>, into: &mut Vec<Basis>) {
        // An open condition rests on what is true of it and on what is open.
        let leaves = match wanted {
            Truth::Unknown => proof.leaves().map(|(node, _)| node).filter(|n| n.truth == Truth::True).collect(),
            _ => proof.bearing(),
        };
        for leaf in leaves {
            let because = self.because(leaf, located);
            if !into.iter().any(|b| b.fact == because.fact && b.value == because.value) {
                into.push(because);
            }
        }
    }

    fn collect_totals(&self, proof: &Proof<'_>, located: &Located<'_>, into: &mut Vec<Basis>) {
        let totals = proof.leaves().filter(|(node, leaf)| node.truth != Truth::True && leaf.counted);
        into.extend(totals.map(|(node, _)| self.because(node, located)));
    }

    fn because(&self, node: &ProofNode<'_>, located: &Located<'_>) -> Basis {
        let NodeKind::Leaf(leaf) = &node.step else {
            return Basis {
                fact: String::new(),
                value: None,
                condition: node.asked.in_words().into_owned(),
                at: None,
                rule_at: None,
                note: None,
            };
        };
        let condition = node.asked.in_words();
        Basis {
            fact: leaf.route.path(),
            value: leaf.value.in_words().map(Cow::into_owned),
            // A leaf that is false bears on what is not to be.
            condition: if node.truth == Truth::False { ["not ", &condition].concat() } else { condition.into_owned() },
            at: located.span(&leaf.route).map(|s| self.sources.at(s)),
            rule_at: Some(self.rulebook.sources.at(node.asked.at())),
            note: leaf.note.as_ref().map(ToString::to_string),
        }
    }

    fn missing(&self, missing: &Missing<'_>, located: &Located<'_>) -> MissingNote {
        // What is not told at all stands nowhere.
        let at = missing.told.as_ref().and_then(|_| located.span(&missing.route));
        MissingNote {
            fact: missing.route.path(),
            condition: missing.condition.to_string(),
            told: missing.told.as_ref().map(ToString::to_string),
            at: at.map(|s| self.sources.at(s)),
        }
    }
}

fn unless_note(unless: &ExceptionOutcome<'_>) -> UnlessNote {
    let ways = if unless.state() == ExceptionState::NotShown { ways_to(&unless.proof, Truth::True) } else { Vec::new() };
    let missing = ways.into_iter().next().unwrap_or_default();
    UnlessNote {
        exception: unless.exception.id.clone(),
        title: unless.exception.title.clone(),
        state: unless.state().word().into(),
        decided_by: unless.exception.decided_by.word().into(),
        missing: missing.iter().map(|m| m.route.path()).collect(),
    }
}

fn flags(outcome: &Outcome<'_>) -> Vec<String> {
    let rule = outcome.rule;
    let mut flags: Vec<String> = rule.contested.iter().map(|why| format!("contested: {why}")).collect();
    flags.extend(rule.unverified_after.iter().map(|(day, why)| format!("not verified after {day}: {why}")));
    match rule.confidence {
        Confidence::A => {}
        Confidence::B => flags.push("encoding of grade B: known, not seen again in a source".to_owned()),
        Confidence::C => flags.push("encoding of grade C: to be checked against the official text".to_owned()),
    }
    flags
}

fn near_misses(assessed: &TransactionAssessment<'_>) -> Vec<NearMiss> {
    let mut found: Vec<NearMiss> = Vec::new();
    for outcome in assessed.others.iter().filter(|o| o.nexus == Truth::True && o.when.truth == Truth::False) {
        let Some(blocking) = near_miss(&outcome.when) else { continue };
        let NodeKind::Leaf(leaf) = &blocking.step else { continue };
        if !found.iter().any(|n| n.rule == outcome.rule.id && n.fact == leaf.route.path()) {
            found.push(NearMiss {
                rule: outcome.rule.id.clone(),
                condition: blocking.asked.in_words().into_owned(),
                fact: leaf.route.path(),
                value: leaf.value.in_words().map(Cow::into_owned),
            });
        }
    }
    found
}

/// What an item is called: its description, else its code.
fn label(items: &[Item], index: usize) -> String {
    let Some(item) = items.get(index) else { return format!("item {}", index + 1) };
    let code = || item.hs.is().and_then(|c| c.first()).map(|c| format!("HS {c}"));
    item.description.as_deref().map(str::to_owned).or_else(code).unwrap_or_else(|| format!("item {}", index + 1))
}

/// The label, and which of the items of that label it is: stays the same when other items come or go.
fn occurrence(items: &[Item], subject: &Subject) -> String {
    let before = (0..subject.item).filter(|i| label(items, *i) == subject.label).count();
    format!("{}#{before}", subject.label)
}

fn fingerprint(rule: &str, incident: &str, transaction: &str, subject: Option<String>) -> String {
    let mut hash = Sha256::new();
    for part in [rule, incident, transaction, subject.as_deref().unwrap_or_default()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    hex(digest.get(..16).unwrap_or(&digest))
}
