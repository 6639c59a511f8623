//! How days and periods are written.

use chrono::NaiveDate;

use crate::document::{Code, Diagnostic, Diagnostics, Node};
use crate::facts::Period;

/// A single day of the calendar.
pub(super) fn read_day(node: &Node, of: &str, problems: &mut Diagnostics) -> Option<NaiveDate> {
    let period = read_period(node, of, problems)?;
    if !period.is_one_day() {
        problems.push(Diagnostic::new(Code::RuleDate, node.span, format!("{of} is a single day, such as 2017-08-05")));
        return None;
    }
    Some(period.from)
}

/// A day, month, year or range.
pub(super) fn read_period(node: &Node, of: &str, problems: &mut Diagnostics) -> Option<Period> {
    let Some(text) = node.text() else {
        problems.wrong_shape(node, of, "a date");
        return None;
    };
    match text.parse() {
        Ok(period) => Some(period),
        Err(error) => {
            problems.push(
                Diagnostic::new(Code::RuleDate, node.span, format!("`{text}` is no date for {of}: {error}"))
                    .help("write it as 2017-08-05"),
            );
            None
        }
    }
}
