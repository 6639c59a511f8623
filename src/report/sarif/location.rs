//! Places: files (§3.24), and positions in them or in an incident (§3.28).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::Position;
use crate::report::inert::line;
use crate::report::model::{FileLocation, Finding, Head, IncidentReport, TransactionReport};

use super::message::Message;

/// The most locations of a result that GitHub shows; it refuses more than 1,000.
const MOST_LOCATIONS: usize = 100;

/// §3.24: an input file.
#[derive(Serialize)]
pub(super) struct Artifact {
    location: ArtifactLocation,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    hashes: BTreeMap<&'static str, String>,
}

/// The input files of a run.
pub(super) fn artifacts(head: &Head) -> Vec<Artifact> {
    let artifacts = head.inputs.iter().map(|input| Artifact {
        location: ArtifactLocation { uri: uri(&input.path) },
        hashes: input.digest.strip_prefix("sha256:").map(|digest| ("sha-256", digest.to_owned())).into_iter().collect(),
    });
    artifacts.collect()
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// §3.28: a place, and what is there.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
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
    /// A place in a file.
    pub fn in_file(place: &FileLocation) -> Self {
        let region = place.position.map(|Position { line, column }| Region { start_line: line, start_column: column });
        let physical = PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(&place.file) }, region };
        Self { physical_location: Some(physical), logical_locations: Vec::new(), message: None }
    }

    /// The place of a finding, in its file and in its incident.
    pub fn of_finding(incident: &IncidentReport, transaction: &TransactionReport, finding: &Finding) -> Self {
        let logical = LogicalLocation {
            name: line(&transaction.id),
            fully_qualified_name: line(&format!("{}/{}", incident.id, transaction.id)),
        };
        let physical = finding.location(transaction).map(Self::in_file).and_then(|place| place.physical_location);
        Self { physical_location: physical, logical_locations: vec![logical], message: None }
    }

    /// The conditions of the rule that a finding rests on, each place once, as many as GitHub shows.
    pub fn of_conditions(finding: &Finding) -> Vec<Self> {
        let mut seen: Vec<&FileLocation> = Vec::new();
        let mut places = Vec::new();
        for basis in &finding.because {
            if seen.len() == MOST_LOCATIONS {
                break;
            }
            let Some(at) = basis.rule_at.as_ref().filter(|at| !seen.contains(at)) else { continue };
            seen.push(at);
            places.push(Self { message: Some(Message::new([basis.condition.as_str()])), ..Self::in_file(at) });
        }
        places
    }
}

/// A path as a reference of RFC 3986: everything but letters, digits, `-._~` and `/` is percent-encoded.
fn uri(path: &str) -> String {
    // An absolute path is no reference to a file without a scheme.
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
    use super::uri;

    #[test]
    fn paths_are_percent_encoded() {
        assert_eq!(uri("a b/ü:1.yaml"), "a%20b/%C3%BC%3A1.yaml");
        assert_eq!(uri("/tmp/x.yaml"), "file:///tmp/x.yaml");
    }
}
