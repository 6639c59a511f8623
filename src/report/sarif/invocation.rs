//! The run (§3.20) with its notifications: problems of the inputs, and rules that could not be assessed.

use serde::Serialize;

use crate::document::{Code, DiagnosticLevel};
use crate::report::model::{Head, ProblemNote};
use crate::report::wording::{also_not_checked, not_assessed_sentence, number_of, problem_lines};

use super::location::Location;
use super::message::Message;

/// So many problems of the inputs are told, errors first; the others are counted.
const MOST_PROBLEMS: usize = 1_000;

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
    /// The run that a report is of, which has so many results and leaves so many out.
    pub fn new(head: &Head, results: usize, left_out: usize) -> Self {
        let mut problems: Vec<&ProblemNote> = head.problems.iter().collect();
        problems.sort_by_key(|problem| match problem.severity {
            DiagnosticLevel::Error => 0,
            DiagnosticLevel::Warning => 1,
            DiagnosticLevel::Note => 2,
        });
        let more = problems.len().saturating_sub(MOST_PROBLEMS);
        let plain = |level: &'static str, text: &str| Notification {
            descriptor: None,
            level,
            message: Message::new([text]),
            locations: Vec::new(),
        };
        let cut = (left_out > 0).then(|| plain("warning", &left_out_sentence(results, left_out)));
        let more = (more > 0).then(|| plain("warning", &format!("{} of the inputs", number_of(more, "more problem"))));
        let problems = problems.into_iter().take(MOST_PROBLEMS).map(|problem| Notification {
            descriptor: problem.code.map(|id| DescriptorReference { id }),
            level: match problem.severity {
                DiagnosticLevel::Error => "error",
                DiagnosticLevel::Warning => "warning",
                DiagnosticLevel::Note => "note",
            },
            message: Message::new(problem_lines(problem).iter().map(String::as_str)),
            locations: problem.at.iter().map(Location::in_file).collect(),
        });
        let not_assessed = head.not_assessed.iter().map(|note| {
            let rules = note.rules.join(", ");
            plain("note", &format!("not assessed: {} ({rules})", not_assessed_sentence(head, note)))
        });
        let not_checked = also_not_checked(head).map(|sentence| plain("note", &format!("not checked: {sentence}")));
        Self {
            execution_successful: !head.problems.iter().any(|problem| problem.severity == DiagnosticLevel::Error),
            tool_execution_notifications: cut
                .into_iter()
                .chain(problems)
                .chain(more)
                .chain(not_assessed)
                .chain(not_checked)
                .collect(),
        }
    }
}

/// Says that results are left out.
pub(crate) fn left_out_sentence(results: usize, left_out: usize) -> String {
    format!(
        "the {results} gravest results are here; {left_out} more are left out, for code hosts refuse so many or so large a report"
    )
}
