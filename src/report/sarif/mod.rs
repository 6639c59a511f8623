//! The SARIF 2.1.0 report, for editors and code hosts.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; its sections are cited as §.

mod descriptor;
mod invocation;
mod location;
mod message;
mod result;
mod selection;
mod size;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::json::{List, pretty};
use super::model::{Head, Report, TransactionReport};
use super::wording::{FindingOrQuestion, findings_and_questions};

use descriptor::{ProblemDescriptor, RuleDescriptor};
use invocation::Invocation;
use location::{Artifact, artifacts};
use result::FindingResult;
use selection::Selection;
use size::Measured;

pub use selection::SarifScope;

/// Of the ten megabytes that GitHub takes, so many bytes may be compressed results; the rest is for what comes after them.
const MOST_COMPRESSED: usize = 9_000_000;

/// Writes the report as SARIF: a descriptor for each rule with a finding, a result for each finding in `scope`, or for the
/// question in place of several, the gravest first; a notification for each problem of the inputs. Returns how many results are
/// left out, because GitHub would refuse a report with more or a larger one; a notification says so too.
///
/// Results are written one by one: what is counted and described before them is collected in a first pass.
pub fn sarif(report: &Report, scope: SarifScope, out: &mut dyn Write) -> io::Result<usize> {
    let mut rules: BTreeMap<String, RuleDescriptor> = BTreeMap::new();
    let selection = Selection::new(report, scope, |transaction| describe_rules(transaction, scope, &mut rules))?;
    let indices: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
    let opening = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver: Driver::new(&report.head, rules.values().collect()) },
            automation_details: AutomationDetails { id: "interdict/" },
            artifacts: artifacts(&report.head),
            column_kind: "unicodeCodePoints",
            properties: RunProperties {
                rulebook: &report.head.rulebook.digest,
                known_on: report.head.known_on.map(|day| day.to_string()),
            },
        }],
    };
    let mut out = Measured::new(out);
    // The log is written without its closing brackets, and the results take their place.
    out.write_all(pretty(&opening, 0)?.trim_end_matches(['}', ']', '\n', ' ']).as_bytes())?;
    out.write_all(b"\n      },\n      \"results\": ")?;
    let written = write_results(report, scope, &selection, &indices, &mut out)?;
    let left_out = selection.results - written;
    let invocation = Invocation::new(&report.head, written, left_out);
    write!(out, ",\n      \"invocations\": {}", pretty(&[invocation], 3)?)?;
    out.write_all(b"\n    }\n  ]\n}\n")?;
    Ok(left_out)
}

/// Writes the results, the gravest first, and returns their number.
fn write_results(
    report: &Report,
    scope: SarifScope,
    selection: &Selection,
    rule_indices: &BTreeMap<&str, usize>,
    out: &mut Measured<'_>,
) -> io::Result<usize> {
    let has_baseline = report.head.decisions.is_some();
    let mut list = List::open(out, 3)?;
    let mut written = 0;
    for (rank, places) in &selection.places {
        for (incident, transactions) in places {
            let Some(incident) = report.incidents.get(*incident) else { continue };
            for transaction in incident.transactions.at(transactions) {
                let transaction = transaction?;
                for entry in findings_and_questions(&transaction).iter().filter(|entry| scope.rank(entry) == Some(*rank)) {
                    if written == scope.most_results || out.compressed() > MOST_COMPRESSED {
                        list.close(out)?;
                        return Ok(written);
                    }
                    let (finding, question) = match entry {
                        FindingOrQuestion::Finding(finding) => (Some(*finding), None),
                        FindingOrQuestion::Question(question) => (question.findings.first().copied(), Some(question)),
                    };
                    let Some(finding) = finding else { continue };
                    let index = rule_indices.get(finding.rule.as_str()).copied();
                    let result = FindingResult::new(incident, &transaction, finding, index, has_baseline);
                    let result = if let Some(question) = question { result.standing_for(question) } else { result };
                    list.element(out)?;
                    out.write_all(pretty(&result, 4)?.as_bytes())?;
                    written += 1;
                }
            }
        }
    }
    list.close(out)?;
    Ok(written)
}

/// Adds the rules of a transaction's findings, by id.
fn describe_rules(transaction: &TransactionReport, scope: SarifScope, rules: &mut BTreeMap<String, RuleDescriptor>) {
    for finding in transaction.findings.iter().filter(|finding| scope.has(finding)) {
        if !rules.contains_key(&finding.rule) {
            rules.insert(finding.rule.clone(), RuleDescriptor::new(finding));
        }
    }
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
    /// §3.14.3: always the same, so that the results of one run take the place of those of the run before.
    automation_details: AutomationDetails,
    artifacts: Vec<Artifact>,
    /// §3.14.17: the unit in which columns are counted.
    column_kind: &'a str,
    /// Comes last: the results are written after it.
    properties: RunProperties<'a>,
}

#[derive(Serialize)]
struct AutomationDetails {
    id: &'static str,
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
    full_name: String,
    semantic_version: &'a str,
    rules: Vec<&'a RuleDescriptor>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notifications: Vec<ProblemDescriptor>,
}

impl<'a> Driver<'a> {
    fn new(head: &'a Head, rules: Vec<&'a RuleDescriptor>) -> Self {
        let (name, semantic_version) = (&head.tool.name, &head.tool.version);
        let full_name = format!("{name} {semantic_version}");
        Self { name, full_name, semantic_version, rules, notifications: ProblemDescriptor::all(head) }
    }
}
