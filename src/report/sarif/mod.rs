//! The SARIF 2.1.0 report, for editors and code hosts.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; its sections are cited as §.

mod descriptor;
mod invocation;
mod location;
mod message;
mod result;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{self, Write};

use serde::Serialize;

use super::json::{List, pretty};
use super::model::{Head, Report};
use super::wording::{FindingOrQuestion, findings_and_questions};

use descriptor::{ProblemDescriptor, RuleDescriptor};
use invocation::Invocation;
use location::{Artifact, artifacts};
use result::FindingResult;

/// Writes the report as SARIF: a descriptor for each rule with a finding, a notification for each problem of the inputs, a
/// result for each finding, or for the question in place of several.
///
/// Results are written one by one, in a second pass: the descriptors, which come before them, are collected in a first.
pub fn sarif(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules = rules_of(report)?;
    let indices: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
    let opening = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver: Driver::new(&report.head, rules.values().collect()) },
            invocations: [Invocation::new(&report.head)],
            artifacts: artifacts(&report.head),
            column_kind: "unicodeCodePoints",
            properties: RunProperties {
                rulebook: &report.head.rulebook.digest,
                known_on: report.head.known_on.map(|day| day.to_string()),
            },
        }],
    };
    // The log is written without its closing brackets, and the results take their place.
    out.write_all(pretty(&opening, 0)?.trim_end_matches(['}', ']', '\n', ' ']).as_bytes())?;
    out.write_all(b"\n      },\n      \"results\": ")?;
    let has_baseline = report.head.decisions.is_some();
    let mut list = List::open(out, 3)?;
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            let transaction = transaction?;
            for entry in findings_and_questions(&transaction) {
                let (finding, question) = match &entry {
                    FindingOrQuestion::Finding(finding) => (Some(*finding), None),
                    FindingOrQuestion::Question(question) => (question.findings.first().copied(), Some(question)),
                };
                let Some(finding) = finding else { continue };
                let index = indices.get(finding.rule.as_str()).copied();
                list.element(out)?;
                let result = FindingResult::new(incident, &transaction, finding, index, has_baseline);
                let result = if let Some(question) = question { result.standing_for(question) } else { result };
                out.write_all(pretty(&result, 4)?.as_bytes())?;
            }
        }
    }
    list.close(out)?;
    out.write_all(b"\n    }\n  ]\n}\n")
}

/// The rules that have a finding, by id.
fn rules_of(report: &Report) -> io::Result<BTreeMap<String, RuleDescriptor>> {
    let mut rules = BTreeMap::new();
    for incident in &report.incidents {
        for transaction in incident.transactions.iter() {
            for finding in &transaction?.findings {
                if let Entry::Vacant(free) = rules.entry(finding.rule.clone()) {
                    free.insert(RuleDescriptor::new(finding));
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
    /// §3.14.17: the unit in which columns are counted.
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
    rules: Vec<&'a RuleDescriptor>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notifications: Vec<ProblemDescriptor>,
}

impl<'a> Driver<'a> {
    fn new(head: &'a Head, rules: Vec<&'a RuleDescriptor>) -> Self {
        let (name, semantic_version) = (&head.tool.name, &head.tool.version);
        Self { name, semantic_version, rules, notifications: ProblemDescriptor::all(head) }
    }
}
