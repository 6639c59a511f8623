//! The run (§3.20) with its notifications: problems of the inputs, and rules that could not be assessed.

use serde::Serialize;

use crate::document::{Code, DiagnosticLevel};
use crate::report::model::Head;
use crate::report::wording::{not_assessed_sentence, problem_lines};

use super::location::Location;
use super::message::Message;

/// §3.20: the run.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

/// §3.58: a problem of an input, or rules that could not be assessed.
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
    id: Code,
}

impl Invocation {
    /// The run that a report is of.
    pub fn new(head: &Head) -> Self {
        let problems = head.problems.iter().map(|problem| Notification {
            descriptor: problem.code.map(|id| DescriptorReference { id }),
            level: match problem.severity {
                DiagnosticLevel::Error => "error",
                DiagnosticLevel::Warning => "warning",
                DiagnosticLevel::Note => "note",
            },
            message: Message::new(problem_lines(problem).iter().map(String::as_str)),
            locations: problem.at.iter().map(Location::in_file).collect(),
        });
        let not_assessed = head.not_assessed.iter().map(|note| Notification {
            descriptor: None,
            level: "note",
            message: Message::new([format!("not assessed: {}", not_assessed_sentence(note)).as_str()]),
            locations: Vec::new(),
        });
        Self {
            execution_successful: !head.problems.iter().any(|problem| problem.severity == DiagnosticLevel::Error),
            tool_execution_notifications: problems.chain(not_assessed).collect(),
        }
    }
}
