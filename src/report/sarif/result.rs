//! Results (§3.27): a finding each.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::decisions::Disposition;
use crate::engine::{EvidenceLevel, Verdict};
use crate::report::inert::line;
use crate::report::model::{Finding, IncidentReport, TransactionReport};
use crate::report::wording::{OpenQuestion, Section, Telling, rule_with_paragraphs, sections};
use crate::rulebook::Severity;

use super::location::Location;
use super::message::Message;

/// §3.27: a finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FindingResult<'a> {
    rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    kind: &'static str,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    /// §3.27.23: absent if the run had no baseline, empty if the baseline has no decision on the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<Vec<Suppression>>,
    properties: FindingProperties,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingProperties {
    verdict: Verdict,
    severity: Severity,
    standing: EvidenceLevel,
    incident: String,
    transaction: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    denied_by: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<String>,
    /// The id of the question that the result stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// The rules that hang on the question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decides: Vec<String>,
}

impl<'a> FindingResult<'a> {
    /// The result of a finding. `rule_index` is the position of its rule among the descriptors.
    pub fn new(
        incident: &IncidentReport,
        transaction: &TransactionReport,
        finding: &'a Finding,
        rule_index: Option<usize>,
        has_baseline: bool,
    ) -> Self {
        // §3.27.10: what is no failure has no level.
        let (kind, level) = match finding.verdict {
            Verdict::Violation => ("fail", "error"),
            Verdict::PotentialViolation => ("fail", "warning"),
            Verdict::InsufficientInformation => ("fail", "note"),
            Verdict::Compliant => ("pass", "none"),
        };
        let mut lines = vec![format!("{}: {}", finding.verdict, rule_with_paragraphs(finding))];
        lines.extend(sections(&[finding], Telling::whole(transaction)).iter().map(Section::in_one_line));
        Self {
            rule_id: line(&finding.rule),
            rule_index,
            kind,
            level,
            message: Message::new(lines.iter().map(String::as_str)),
            locations: [Location::of_finding(incident, transaction, finding)],
            related_locations: Location::of_conditions(finding),
            partial_fingerprints: BTreeMap::from([("interdict/v1", finding.fingerprint.as_str())]),
            suppressions: has_baseline.then(|| Suppression::new(finding).into_iter().collect()),
            properties: FindingProperties {
                verdict: finding.verdict,
                severity: finding.severity,
                standing: finding.standing,
                incident: line(&incident.id),
                transaction: line(&transaction.id),
                denied_by: transaction.evidence.denied_by.iter().map(|denier| line(denier)).collect(),
                missing: finding.missing.iter().map(|fact| line(fact)).collect(),
                question: None,
                decides: Vec::new(),
            },
        }
    }

    /// The result of a question, made from that of its first finding.
    pub fn standing_for(self, question: &OpenQuestion<'_>) -> Self {
        let mut lines = vec![format!("{}: {}", Verdict::InsufficientInformation, question.note.text)];
        lines.extend(question.lines());
        Self {
            message: Message::new(lines.iter().map(String::as_str)),
            related_locations: Vec::new(),
            properties: FindingProperties {
                missing: question.note.facts.iter().map(|fact| line(fact)).collect(),
                question: Some(line(&question.note.id)),
                decides: question.rules().iter().map(|finding| line(&finding.rule)).collect(),
                ..self.properties
            },
            ..self
        }
    }
}

/// §3.35: the decision of a person, from the baseline. The justification is plain text, no message.
#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
    properties: SuppressionProperties,
}

#[derive(Serialize)]
struct SuppressionProperties {
    decision: Disposition,
    by: String,
    on: String,
    expires: Option<String>,
}

impl Suppression {
    /// The decision on a finding, if there is one that is in force.
    fn new(finding: &Finding) -> Option<Self> {
        let decision = finding.decision.as_ref().filter(|_| finding.is_decided())?;
        Some(Self {
            kind: "external",
            status: "accepted",
            justification: line(&decision.reason),
            properties: SuppressionProperties {
                decision: decision.decision,
                by: line(&decision.by),
                on: decision.on.to_string(),
                expires: decision.expires.map(|day| day.to_string()),
            },
        })
    }
}
