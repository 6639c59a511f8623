//! Reports of this program that lie among incidents, whatever they are called.
//!
//! A file is one only if all of it is: a key, a line or a column that no report has makes it an input like any other, so that no
//! fact hides behind the head of a report.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::document::open_file;
use crate::facts::Transaction;

/// So many bytes of a file tell whether it can be a report.
const HEAD: u64 = 4096;

/// The header of the findings as a table.
const OF_FINDINGS: &str = "incident,incident_title,transaction,transaction_title,date,rule,verdict,severity,item,label,authority,title,standing,grades,because,limited_by,missing,settled_by,unless,satisfied_by,denied_by,flags,at,fingerprint,decision,decision_state,decided_by,decided_on,decision_expires,decision_reason,question,decides,not_checked";

/// The header of screened names as a table.
const OF_NAMES: &str = "name,outcome,score,reference,primary_name,listed_name,quality,kind,list,publisher,listed_on,strength,change,why,entry,decision";

/// A form in which a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Sarif,
    Ndjson,
    Csv,
}

/// True for a file that is a report of this program: JSON, NDJSON, CSV or SARIF of `check`, or CSV of `screen`.
pub(super) fn is_own_report(path: &Path) -> bool {
    let is_of_form = path
        .extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| ["json", "ndjson", "jsonl", "csv"].iter().any(|own| ending.eq_ignore_ascii_case(own)));
    is_of_form && read(path).unwrap_or(false)
}

fn read(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    open_file(path)?.take(HEAD).read_to_end(&mut head)?;
    match form_of_head(&String::from_utf8_lossy(&head)) {
        Some(form) => Ok(is_report(form, BufReader::new(open_file(path)?))),
        None => Ok(false),
    }
}

/// The form of a report that begins so; `None` if none does. Nothing stands before the first key but blanks.
fn form_of_head(head: &str) -> Option<Form> {
    let squeezed: String = head.chars().filter(|c| !c.is_whitespace()).take(256).collect();
    let begins = |start: &str| squeezed.starts_with(start);
    match () {
        () if begins("{\"schema\":\"interdict/report/") => Some(Form::Json),
        () if begins("{\"$schema\":\"https://json.schemastore.org/sarif") => Some(Form::Sarif),
        () if begins("{\"incident\":\"") || begins("{\"report\":{\"schema\":\"interdict/report/") => Some(Form::Ndjson),
        () if [OF_FINDINGS, OF_NAMES].iter().any(|header| head.lines().next() == Some(*header)) => Some(Form::Csv),
        () => None,
    }
}

/// True for a text that is a report of a form from its first byte to the last.
fn is_report(form: Form, text: impl BufRead) -> bool {
    let is_line = |line: io::Result<String>| {
        let line = line.unwrap_or_default();
        line.trim().is_empty() || serde_json::from_str(&line).is_ok_and(|line: Line| line.is_of_report())
    };
    match form {
        Form::Json => serde_json::from_reader(text).is_ok_and(|report: Report| {
            report.incidents.iter().flat_map(|incident| &incident.transactions).all(ReportedTransaction::tells_no_fact)
        }),
        Form::Sarif => {
            serde_json::from_reader(text).is_ok_and(|log: Log| log.runs.iter().all(|run| run.tool.driver.name == "interdict"))
        }
        Form::Ndjson => text.lines().all(is_line),
        // Under these columns nothing tells of a transaction.
        Form::Csv => true,
    }
}

/// The JSON report.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what else it has is named, so that nothing else stands in it")]
struct Report {
    schema: IgnoredAny,
    tool: IgnoredAny,
    rulebook: IgnoredAny,
    designations: IgnoredAny,
    inputs: IgnoredAny,
    known_on: IgnoredAny,
    options: IgnoredAny,
    summary: IgnoredAny,
    not_assessed: IgnoredAny,
    #[serde(default)]
    not_checked: IgnoredAny,
    #[serde(default)]
    decisions: IgnoredAny,
    problems: IgnoredAny,
    incidents: Vec<ReportedIncident>,
    seal: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what else it has is named, so that nothing else stands in it")]
struct ReportedIncident {
    id: IgnoredAny,
    title: IgnoredAny,
    verdict: IgnoredAny,
    transactions: Vec<ReportedTransaction>,
}

/// A transaction of a report by its keys.
#[derive(Deserialize)]
#[serde(transparent)]
struct ReportedTransaction(BTreeMap<String, IgnoredAny>);

impl ReportedTransaction {
    /// True if it has a verdict and findings, and no key of a fact but those that reports repeat.
    fn tells_no_fact(&self) -> bool {
        const REPEATED: [&str; 4] = ["id", "title", "date", "evidence"];
        let is_fact = |key: &String| Transaction::TABLE.position(key).is_some() && !REPEATED.contains(&key.as_str());
        ["verdict", "findings"].iter().all(|key| self.0.contains_key(*key)) && !self.0.keys().any(is_fact)
    }
}

/// A line of the NDJSON report: a transaction, or the run as a whole.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what else it has is named, so that nothing else stands in it")]
struct Line {
    #[serde(default)]
    incident: Option<IgnoredAny>,
    transaction: Option<ReportedTransaction>,
    report: Option<IgnoredAny>,
}

impl Line {
    fn is_of_report(&self) -> bool {
        match &self.transaction {
            Some(transaction) => self.report.is_none() && transaction.tells_no_fact(),
            None => self.report.is_some(),
        }
    }
}

/// The report as a log of static analysis (SARIF).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what else it has is named, so that nothing else stands in it")]
struct Log {
    #[serde(rename = "$schema")]
    schema: IgnoredAny,
    version: IgnoredAny,
    runs: Vec<LogRun>,
}

#[derive(Deserialize)]
struct LogRun {
    tool: LogTool,
}

#[derive(Deserialize)]
struct LogTool {
    driver: LogDriver,
}

#[derive(Deserialize)]
struct LogDriver {
    name: String,
}

#[cfg(test)]
mod tests {
    use super::{OF_FINDINGS, form_of_head, is_report};

    fn is_own(text: &str) -> bool {
        form_of_head(text).is_some_and(|form| is_report(form, text.as_bytes()))
    }

    /// A JSON report with something in its head and as its only transaction.
    fn report(head: &str, transaction: &str) -> String {
        format!(
            "{{\n  \"schema\": \"interdict/report/1\", \"tool\": {{}}, \"rulebook\": {{}}, \"designations\": [], \"inputs\": [], \
             \"known_on\": null, \"options\": {{}}, \"summary\": {{}}, \"not_assessed\": [], {head} \"problems\": [], \"incidents\": \
             [{{\"id\": \"a\", \"title\": null, \"verdict\": null, \"transactions\": [{transaction}]}}], \"seal\": {{}}}}"
        )
    }

    const TOLD: &str =
        r#"{"id":"t","title":null,"date":"2018-05-01","verdict":"violation","page":{"activity":"sale"},"findings":[]}"#;
    const HIDDEN: &str =
        r#"{"id":"t","date":"2018-05-01","verdict":"violation","findings":[],"activity":"sale","from":"KP","items":["coal"]}"#;

    #[test]
    fn a_report_is_known_by_all_of_it() {
        for text in [
            report("", TOLD),
            report("\"not_checked\": [], \"decisions\": {},", TOLD),
            format!("{{\"incident\":\"a\",\"transaction\":{TOLD}}}\n{{\"report\":{{\"schema\":\"interdict/report/1\"}}}}\n"),
            format!("{OF_FINDINGS}\na,,t,,2018-05-01\n"),
            r#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"interdict"}}}]}"#.to_owned(),
        ] {
            assert!(is_own(&text), "{text}");
        }
    }

    #[test]
    fn no_fact_hides_behind_the_head_of_a_report() {
        let coal = r#"{"id":"t","date":"2018-05-01","activity":"sale","from":"KP","to":"CN","items":["coal"]}"#;
        for text in [
            format!("{{\"schema\":\"interdict/report/1\",\"id\":\"x\",\"transactions\":[{coal}]}}"),
            report(&format!("\"transactions\": [{coal}],"), TOLD),
            report(&format!("\"orders\": [{coal}],"), TOLD),
            report("", HIDDEN),
            report("", coal),
            format!("{{\"incident\":\"a\",\"transaction\":{TOLD}}}\n{coal}\n"),
            format!("{{\"incident\":\"a\",\"transaction\":{HIDDEN}}}\n"),
            format!("{{\"incident\":\"a\",\"transaction\":{TOLD},\"activity\":\"sale\"}}\n"),
            format!("{OF_FINDINGS},activity,from.country\na,,t\n"),
            "incident,incident_title,transaction,date,activity\n".to_owned(),
            format!(
                "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[],\"transactions\":[{coal}]}}"
            ),
            "{\"incident\":\"charcoal\",\"transactions\":[]}".to_owned(),
            String::new(),
        ] {
            assert!(!is_own(&text), "{text}");
        }
    }
}
