//! Compares a report with a new run of the same inputs, and returns the first place at which they differ.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io;
use std::path::Path;

use serde_json::{Map, Value};

use crate::engine::Verdict;
use crate::report::{IncidentReport, Report, TransactionReport};

use super::report_file::{ReportReadError, ReportVisitor, visit};

/// Keys of the head that `verify` compares by itself, with messages of their own.
const COMPARED_APART: [&str; 5] = ["schema", "tool", "rulebook", "inputs", "options"];

/// The first place at which a report and a new run of its inputs differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The ids of incident, transaction and rule, as far as the difference is inside of one.
    pub at: Vec<String>,
    /// The difference in words.
    pub what: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.at.is_empty() {
            write!(f, "`{}`: ", self.at.join("/"))?;
        }
        f.write_str(&self.what)
    }
}

/// Compares a report on disk with a new run. `None` if they are the same.
///
/// `head` is that of the [`OpenedReport`](super::OpenedReport). `rules` are the names of the rulebook's folder in the report
/// and in the run: places in the same rulebook under another name are the same.
///
/// # Errors
///
/// If the report cannot be read.
pub fn compare(
    report: &Path,
    head: &Map<String, Value>,
    run: &Report,
    rules: (&str, &str),
) -> Result<Option<Difference>, ReportReadError> {
    let mut comparison = Comparison {
        incidents: run.incidents.iter(),
        incident: None,
        transactions: Box::new(std::iter::empty()),
        rules,
        first: None,
    };
    visit(report, &mut comparison)?;
    if comparison.first.is_none()
        && let Some(more) = comparison.incidents.next()
    {
        comparison.differs(vec![more.id.clone()], "the incident is not in the report");
    }
    match comparison.first {
        Some(first) => Ok(Some(first)),
        None => Ok(head_difference(head, run)?),
    }
}

fn head_difference(head: &Map<String, Value>, run: &Report) -> io::Result<Option<Difference>> {
    let mut again = serde_json::to_value(&run.head)?;
    drop_key_missing_in(head.get("problems"), again.get_mut("problems"), "code");
    let keys = head.keys().chain(again.as_object().into_iter().flat_map(Map::keys));
    let differing =
        keys.filter(|key| !COMPARED_APART.contains(&key.as_str())).find(|key| head.get(*key) != again.get(key.as_str()));
    Ok(differing.map(|key| Difference { at: Vec::new(), what: format!("`{key}` of the report differs") }))
}

/// Removes a key from the elements of a list of the run whose counterparts in the report lack it: versions before the key
/// was added did not write it.
fn drop_key_missing_in(list: Option<&Value>, again: Option<&mut Value>, key: &str) {
    let (Some(list), Some(again)) = (list.and_then(Value::as_array), again.and_then(Value::as_array_mut)) else { return };
    for (element, again) in list.iter().zip(again) {
        if let (None, Some(again)) = (element.get(key), again.as_object_mut()) {
            again.remove(key);
        }
    }
}

/// [`drop_key_missing_in`] for the states of quotas, which facts of findings did not have at first.
fn drop_quotas_missing_in(reported: &Value, again: &mut Value) {
    let reported = reported.get("findings").and_then(Value::as_array);
    let again = again.get_mut("findings").and_then(Value::as_array_mut);
    for (finding, again) in reported.into_iter().flatten().zip(again.into_iter().flatten()) {
        drop_key_missing_in(finding.get("because"), again.get_mut("because"), "quota");
    }
}

struct Comparison<'r> {
    incidents: std::slice::Iter<'r, IncidentReport>,
    incident: Option<&'r IncidentReport>,
    transactions: Box<dyn Iterator<Item = io::Result<Cow<'r, TransactionReport>>> + 'r>,
    rules: (&'r str, &'r str),
    first: Option<Difference>,
}

impl Comparison<'_> {
    fn differs(&mut self, at: Vec<String>, what: impl Into<String>) {
        self.first.get_or_insert(Difference { at, what: what.into() });
    }
}

impl ReportVisitor for Comparison<'_> {
    fn begin_incident(&mut self, keys: &Map<String, Value>) -> io::Result<()> {
        if self.first.is_some() {
            return Ok(());
        }
        let id = text(keys.get("id"));
        self.incident = self.incidents.next();
        match self.incident {
            Some(incident) if incident.id == id => self.transactions = Box::new(incident.transactions.iter()),
            Some(_) | None => self.differs(vec![id], "the incident is not found again at its place"),
        }
        Ok(())
    }

    fn transaction(&mut self, mut reported: Value) -> io::Result<()> {
        if self.first.is_some() {
            return Ok(());
        }
        let incident = self.incident.map(|i| i.id.clone()).unwrap_or_default();
        let id = text(reported.get("id"));
        let at = vec![incident, id.clone()];
        match self.transactions.next().transpose()? {
            Some(again) if again.id == id => {
                let mut again = serde_json::to_value(&*again)?;
                drop_quotas_missing_in(&reported, &mut again);
                rename_rules_folder(&mut reported, self.rules);
                if let Some((rule, what)) = transaction_difference(&reported, &again) {
                    self.differs(at.into_iter().chain(rule).collect(), what);
                }
            }
            Some(_) | None => self.differs(at, "the transaction is not found again at its place"),
        }
        Ok(())
    }

    fn end_incident(&mut self, keys: &Map<String, Value>) -> io::Result<()> {
        if self.first.is_some() {
            return Ok(());
        }
        let Some(incident) = self.incident else { return Ok(()) };
        if let Some(more) = self.transactions.next().transpose()? {
            self.differs(vec![incident.id.clone(), more.id.clone()], "the transaction is not in the report");
        }
        let again = [
            ("id", Value::from(incident.id.as_str())),
            ("title", Value::from(incident.title.as_deref())),
            ("verdict", Value::from(incident.verdict.map(Verdict::word))),
        ];
        for (key, again) in &again {
            if keys.get(*key) != Some(again) {
                self.differs(vec![incident.id.clone()], format!("`{key}` differs"));
            }
        }
        if let Some(extra) = keys.keys().find(|key| again.iter().all(|(own, _)| own != key)) {
            self.differs(vec![incident.id.clone()], format!("`{extra}` is no key of an incident"));
        }
        Ok(())
    }
}

/// The first difference in a transaction, and the rule whose finding differs.
fn transaction_difference(reported: &Value, again: &Value) -> Option<(Option<String>, String)> {
    if reported == again {
        return None;
    }
    let list = |value: &Value| value.get("findings").and_then(Value::as_array).cloned().unwrap_or_default();
    let (reported_findings, again_findings) = (list(reported), list(again));
    let fingerprint = |finding: &Value| text(finding.get("fingerprint"));
    let by_fingerprint: HashMap<String, &Value> =
        again_findings.iter().rev().map(|finding| (fingerprint(finding), finding)).collect();
    let rule = |finding: &Value| Some(text(finding.get("rule")));
    for finding in &reported_findings {
        let Some(now) = by_fingerprint.get(&fingerprint(finding)) else {
            return Some((rule(finding), "the finding is not made again".to_owned()));
        };
        let (was, is) = (text(finding.get("verdict")), text(now.get("verdict")));
        if was != is {
            return Some((rule(finding), format!("the verdict is `{was}` in the report and `{is}` when run again")));
        }
        if let Some(key) = first_differing(finding, now) {
            return Some((rule(finding), format!("`{key}` of the finding differs")));
        }
    }
    let known: HashSet<String> = reported_findings.iter().map(fingerprint).collect();
    if let Some(new) = again_findings.iter().find(|finding| !known.contains(&fingerprint(finding))) {
        return Some((rule(new), "the finding is not in the report".to_owned()));
    }
    Some((None, format!("`{}` differs", first_differing(reported, again).unwrap_or_default())))
}

fn first_differing(a: &Value, b: &Value) -> Option<String> {
    let (a, b) = (a.as_object()?, b.as_object()?);
    a.keys().chain(b.keys()).find(|key| a.get(*key) != b.get(*key)).cloned()
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Replaces the name of the rulebook's folder in the places of rules.
fn rename_rules_folder(value: &mut Value, (from, to): (&str, &str)) {
    match value {
        _ if from == to => {}
        Value::Array(elements) => elements.iter_mut().for_each(|element| rename_rules_folder(element, (from, to))),
        Value::Object(entries) => {
            for (key, entry) in entries.iter_mut() {
                match entry {
                    Value::String(place) if key == "rule_at" => {
                        if let Some(rest) = place.strip_prefix(from).filter(|rest| rest.starts_with('/')) {
                            *place = format!("{to}{rest}");
                        }
                    }
                    other => rename_rules_folder(other, (from, to)),
                }
            }
        }
        _ => {}
    }
}
