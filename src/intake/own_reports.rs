//! Reports of this program that lie among incidents: they are known by how they begin, whatever they are called.

use std::io::Read as _;
use std::path::Path;

use crate::document::open_file;

/// So many bytes of a file tell what it is.
const HEAD: u64 = 4096;

/// True for a file that is a report of this program: JSON, NDJSON, CSV or SARIF, of `check` or of `screen`.
pub(super) fn is_own_report(path: &Path) -> bool {
    let is_of_form = path
        .extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| ["json", "ndjson", "jsonl", "csv"].iter().any(|own| ending.eq_ignore_ascii_case(own)));
    let mut head = Vec::new();
    is_of_form
        && open_file(path).is_ok_and(|file| file.take(HEAD).read_to_end(&mut head).is_ok())
        && is_head_of_report(&String::from_utf8_lossy(&head))
}

/// True for the first bytes of a report.
fn is_head_of_report(head: &str) -> bool {
    // Nothing stands before the first key but blanks.
    let squeezed: String = head.chars().filter(|c| !c.is_whitespace()).take(1024).collect();
    let begins = |starts: &[&str]| starts.iter().any(|start| squeezed.starts_with(start));
    begins(&["{\"schema\":\"interdict/report/", "{\"schema\":\"interdict/screening/", "{\"report\":{\"schema\":\"interdict/report/"])
        || begins(&["{\"report\":{\"tool\":{\"name\":\"interdict\""])
        || begins(&["{\"$schema\":\"https://json.schemastore.org/sarif"]) && squeezed.contains("\"driver\":{\"name\":\"interdict\"")
        // A transaction of an input never has a verdict.
        || begins(&["{\"incident\":\""]) && head.contains(",\"transaction\":{\"id\":") && head.contains("\"verdict\":\"")
        || begins(&["incident,incident_title,transaction,transaction_title,date,rule,verdict,"])
        || begins(&["name,outcome,score,reference,primary_name,listed_name,"])
}

#[cfg(test)]
mod tests {
    use super::is_head_of_report;

    #[test]
    fn a_report_is_known_by_how_it_begins_and_no_incident_is_taken_for_one() {
        for head in [
            "{\n  \"schema\": \"interdict/report/1\",\n  \"tool\": {",
            "{\"incident\":\"charcoal\",\"transaction\":{\"id\":\"cargo\",\"title\":null,\"verdict\":\"violation\"",
            "incident,incident_title,transaction,transaction_title,date,rule,verdict,severity,item\n",
            "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"interdict\",",
        ] {
            assert!(is_head_of_report(head), "{head}");
        }
        for head in [
            "{\"incident\":\"charcoal\",\"transactions\":[]}",
            "{\"schema\":\"interdict/incident/1\"}",
            "incident,transaction,date,activity\n",
            "{\"incident\":\"a\",\"id\":\"1\",\"activity\":\"supply\"}",
            "",
        ] {
            assert!(!is_head_of_report(head), "{head}");
        }
    }
}
