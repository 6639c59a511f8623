//! SARIF 2.1.0, the form in which editors and code hosts take in findings.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; sections are named as §.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{self, Write};

use serde::Serialize;

use crate::decisions::Disposition;
use crate::document::{Code, DiagnosticLevel, Position};
use crate::engine::{EvidenceLevel, Verdict};
use crate::rulebook::Severity;

use super::decision_text::is_decided;
use super::finding_text::{line, paragraphs, particulars, place_of};
use super::json::{List, pretty};
use super::markdown::prose;
use super::model::{FileLocation, Finding, Head, IncidentReport, Report, TransactionReport};

/// The report as SARIF: the rules that speak, the mistakes in the inputs as notifications, a result per finding.
///
/// Results are written one by one; the rules that they name are gathered before, in a first pass.
pub fn sarif(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules = rules_of(report)?;
    let numbers: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
    let opening = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver: Driver::of(&report.head, rules.values().collect()) },
            invocations: [Invocation::of(&report.head)],
            artifacts: artifacts(&report.head),
            column_kind: "unicodeCodePoints",
            properties: RunProperties {
                rulebook: &report.head.rulebook.digest,
                known_on: report.head.known_on.map(|d| d.to_string()),
            },
        }],
    };
    // The log is written without its closing brackets, and the results take their place.
    out.write_all(pretty(&opening, 0)?.trim_end_matches(['}', ']', '\n', ' ']).as_bytes())?;
    out.write_all(b"\n      },\n      \"results\": ")?;
    let asked = report.head.decisions.is_some();
    let mut list = List::open(out, 3)?;
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            for finding in &transaction.findings {
                let number = numbers.get(finding.rule.as_str()).copied();
                list.element(out)?;
                out.write_all(pretty(&Outcome::of(incident, &transaction, finding, number, asked), 4)?.as_bytes())?;
            }
        }
    }
    list.close(out)?;
    out.write_all(b"\n    }\n  ]\n}\n")
}

/// The rules that occur, by id.
fn rules_of(report: &Report) -> io::Result<BTreeMap<String, Descriptor>> {
    let mut rules = BTreeMap::new();
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            for finding in &transaction?.findings {
                if let Entry::Vacant(free) = rules.entry(finding.rule.clone()) {
                    free.insert(Descriptor::of(finding));
                }
            }
        }
    }
    Ok(rules)
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation; 1],
    artifacts: Vec<Artifact>,
    /// §3.14.17: how columns count.
    column_kind: &'a str,
    /// Comes last: the results are written after it.
    properties: RunProperties<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RunProperties<'a> {
    rulebook: &'a str,
    known_on: Option<String>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    semantic_version: &'a str,
    rules: Vec<&'a Descriptor>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notifications: Vec<ProblemDescriptor>,
}

impl<'a> Driver<'a> {
    fn of(head: &'a Head, rules: Vec<&'a Descriptor>) -> Self {
        Self { name: &head.tool.name, semantic_version: &head.tool.version, rules, notifications: problem_descriptors(head) }
    }
}

/// §3.49: a rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    short_description: Message,
    full_description: Message,
    help: Message,
    properties: DescriptorProperties,
}

#[derive(Serialize)]
struct DescriptorProperties {
    severity: String,
    tags: Vec<String>,
}

impl Descriptor {
    fn of(finding: &Finding) -> Self {
        Self {
            id: line(&finding.rule),
            short_description: Message::of([finding.title.as_str()]),
            full_description: Message::of([format!("{} ({})", finding.title, paragraphs(finding)).as_str()]),
            help: help(finding),
            properties: DescriptorProperties {
                severity: finding.severity.word().to_owned(),
                tags: finding.authority.iter().map(|a| line(&a.to_string())).collect(),
            },
        }
    }
}

/// §3.49: a kind of mistake in the inputs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProblemDescriptor {
    id: &'static str,
    short_description: Message,
    full_description: Message,
}

/// The kinds of the mistakes in a report, each once, in the order of their codes.
fn problem_descriptors(head: &Head) -> Vec<ProblemDescriptor> {
    let found = |code: &&Code| head.problems.iter().any(|p| p.code == Some(**code));
    let descriptors = Code::ALL.iter().filter(found).map(|code| ProblemDescriptor {
        id: code.as_str(),
        short_description: Message::of([code.title()]),
        full_description: Message::of([code.explanation()]),
    });
    descriptors.collect()
}

/// What the rule says, the paragraphs that say it, and what is in doubt about it.
fn help(finding: &Finding) -> Message {
    let (mut text, mut markdown) = (vec![finding.title.clone()], format!("**{}**\n", filled(&prose(&finding.title))));
    let mut tell = |heading: &str, entries: Vec<String>| {
        if entries.is_empty() {
            return;
        }
        markdown.push_str(&format!("\n{heading}:\n\n"));
        entries.iter().for_each(|entry| markdown.push_str(&format!("- {}\n", filled(&prose(entry)))));
        text.push(format!("{heading}: {}", entries.join("; ")));
    };
    tell("Paragraphs", finding.authority.iter().map(ToString::to_string).collect());
    tell("To know of the rule", finding.flags.clone());
    Message { markdown: Some(markdown), ..Message::of(text.iter().map(String::as_str)) }
}

/// Braces would be places to fill in (§3.11.5).
fn filled(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// §3.11: a text, a line to each part.
#[derive(Serialize)]
struct Message {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

impl Message {
    /// Braces would be places to fill in (§3.11.5), and brackets would be links (§3.11.6).
    fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut text = String::new();
        for part in lines {
            if !text.is_empty() {
                text.push('\n');
            }
            for c in line(part).chars() {
                match c {
                    '{' | '}' => text.extend([c, c]),
                    '[' | ']' | '\\' => text.extend(['\\', c]),
                    c => text.push(c),
                }
            }
        }
        Self { text, markdown: None }
    }
}

/// §3.20: the run.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

/// §3.58: a mistake in an input, or what could not be assessed.
#[derive(Serialize)]
struct Notification {
    #[serde(skip_serializing_if = "Option::is_none")]
    descriptor: Option<DescriptorReference>,
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

/// §3.52: the kind of a mistake, one of the driver's notifications.
#[derive(Serialize)]
struct DescriptorReference {
    id: String,
}

impl Invocation {
    fn of(head: &Head) -> Self {
        let mistakes = head.problems.iter().map(|problem| {
            let help = problem.help.as_deref().map(|help| format!("help: {help}"));
            Notification {
                descriptor: problem.code.map(|code| DescriptorReference { id: code.to_string() }),
                level: if problem.severity == DiagnosticLevel::Error { "error" } else { "warning" },
                message: Message::of(std::iter::once(problem.message.as_str()).chain(help.as_deref())),
                locations: problem.at.iter().map(Location::at).collect(),
            }
        });
        let not_assessed = head.not_assessed.iter().map(|note| {
            let rules = note.rules.join(", ");
            let told = format!("not assessed: {rules} ({}, {} transactions)", note.because, note.transactions);
            Notification { descriptor: None, level: "note", message: Message::of([told.as_str()]), locations: Vec::new() }
        });
        Self {
            execution_successful: !head.problems.iter().any(|p| p.severity == DiagnosticLevel::Error),
            tool_execution_notifications: mistakes.chain(not_assessed).collect(),
        }
    }
}

/// §3.24: an input.
#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    hashes: BTreeMap<&'static str, String>,
}

fn artifacts(head: &Head) -> Vec<Artifact> {
    let told = head.inputs.iter().map(|input| Artifact {
        location: ArtifactLocation { uri: uri(&input.path) },
        hashes: input.digest.strip_prefix("sha256:").map(|d| ("sha-256", d.to_owned())).into_iter().collect(),
    });
    told.collect()
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// §3.28: a place, and what stands there.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<PhysicalLocation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    name: String,
    fully_qualified_name: String,
}

impl Location {
    fn at(place: &FileLocation) -> Self {
        let region = place.position.map(|Position { line, column }| Region { start_line: line, start_column: column });
        let physical = PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(&place.file) }, region };
        Self { physical_location: Some(physical), logical_locations: Vec::new(), message: None }
    }

    fn of(incident: &IncidentReport, transaction: &TransactionReport, finding: &Finding) -> Self {
        let place = place_of(finding, transaction.at.as_ref()).map(Self::at);
        let logical = LogicalLocation {
            name: line(&transaction.id),
            fully_qualified_name: line(&format!("{}/{}", incident.id, transaction.id)),
        };
        Self { physical_location: place.and_then(|p| p.physical_location), logical_locations: vec![logical], message: None }
    }
}

/// §3.27: a finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
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
    /// §3.27.23: none where nobody was asked for decisions, empty where nobody made one.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<Vec<Suppression>>,
    properties: OutcomeProperties,
}

/// §3.35: what a person has decided, in the file of decisions. The justification is plain text, no message.
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
    /// A finding whose decision has expired is suppressed no more.
    fn of(finding: &Finding) -> Vec<Self> {
        let decision = finding.decision.as_ref().filter(|_| is_decided(finding));
        let told = decision.map(|decision| Self {
            kind: "external",
            status: "accepted",
            justification: line(&decision.reason),
            properties: SuppressionProperties {
                decision: decision.decision,
                by: line(&decision.by),
                on: decision.on.to_string(),
                expires: decision.expires.map(|d| d.to_string()),
            },
        });
        told.into_iter().collect()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OutcomeProperties {
    verdict: Verdict,
    severity: Severity,
    standing: EvidenceLevel,
    incident: String,
    transaction: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    denied_by: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<String>,
}

impl<'a> Outcome<'a> {
    /// `asked` if the run was given decisions.
    fn of(
        incident: &IncidentReport,
        transaction: &TransactionReport,
        finding: &'a Finding,
        rule_index: Option<usize>,
        asked: bool,
    ) -> Self {
        // §3.27.10: what is no failure has no level.
        let (kind, level) = match finding.verdict {
            Verdict::Violation => ("fail", "error"),
            Verdict::PotentialViolation => ("fail", "warning"),
            Verdict::InsufficientInformation => ("fail", "note"),
            Verdict::Compliant => ("pass", "none"),
        };
        let mut lines = vec![format!("{}: {} ({})", finding.verdict, finding.title, paragraphs(finding))];
        lines.extend(particulars(finding).iter().map(|(heading, entries)| format!("{heading}: {}", entries.join("; "))));
        Self {
            rule_id: line(&finding.rule),
            rule_index,
            kind,
            level,
            message: Message::of(lines.iter().map(String::as_str)),
            locations: [Location::of(incident, transaction, finding)],
            related_locations: related(finding),
            partial_fingerprints: BTreeMap::from([("interdict/v1", finding.fingerprint.as_str())]),
            suppressions: asked.then(|| Suppression::of(finding)),
            properties: OutcomeProperties {
                verdict: finding.verdict,
                severity: finding.severity,
                standing: finding.standing,
                incident: line(&incident.id),
                transaction: line(&transaction.id),
                denied_by: transaction.evidence.denied_by.iter().map(|d| line(d)).collect(),
                missing: finding.missing.iter().map(|m| line(m)).collect(),
            },
        }
    }
}

/// The conditions of the rule that the finding rests on, each place once.
fn related(finding: &Finding) -> Vec<Location> {
    let mut seen: Vec<&FileLocation> = Vec::new();
    let mut places = Vec::new();
    for because in &finding.because {
        let Some(at) = because.rule_at.as_ref().filter(|at| !seen.contains(at)) else { continue };
        seen.push(at);
        places.push(Location { message: Some(Message::of([because.condition.as_str()])), ..Location::at(at) });
    }
    places
}

/// A path as a reference of RFC 3986: everything but letters, digits, `-._~` and `/` by its number.
fn uri(path: &str) -> String {
    // A path from the root is no reference to a file without a scheme.
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::{Message, uri};

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("a b/ü:1.yaml"), "a%20b/%C3%BC%3A1.yaml");
        assert_eq!(uri("/tmp/x.yaml"), "file:///tmp/x.yaml");
    }

    #[test]
    fn no_links_and_nothing_to_fill_in() {
        assert_eq!(Message::of(["[a](b) {0}", "c"]).text, "\\[a\\](b) {{0}}\nc");
    }
}
