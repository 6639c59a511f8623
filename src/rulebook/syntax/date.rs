//! How dates are written: days and periods, and the bounds of a date in a condition.

use chrono::NaiveDate;

use crate::document::{Code, Diagnostic, Diagnostics, Entry, Node};
use crate::facts::{FactKind, Period, Transaction};
use crate::rulebook::law::{DateBounds, DateOperand, DateRelation};

use super::{RuleReader, unknown_name};

/// Reads a single day of the calendar. `of` names it in messages.
pub(super) fn read_day(node: &Node, of: &str, problems: &mut Diagnostics) -> Option<NaiveDate> {
    let period = read_period(node, of, problems)?;
    if !period.is_one_day() {
        problems.push(Diagnostic::new(Code::RuleDate, node.span, format!("{of} is a single day, such as 2017-08-05")));
        return None;
    }
    Some(period.from)
}

/// Reads a day, month, year or range of them. `of` names it in messages.
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

/// The keys that bound a date.
pub(super) const DATE_KEYS: [&str; 4] = ["before", "from", "until", "after"];

/// True for a key that bounds a date or moves the bounds.
pub(super) fn is_date_key(key: &str) -> bool {
    DATE_KEYS.contains(&key) || key == "days"
}

impl RuleReader<'_> {
    /// Reads the dates that satisfy a condition: bounds, or a period that the date must be in.
    pub(super) fn date_matcher(&mut self, value: &Node) -> Option<DateBounds> {
        if let Some(entries) = value.entries() {
            for entry in entries.iter().filter(|e| !is_date_key(&e.key.text)) {
                self.problems.unknown_key(
                    Code::UnknownKey,
                    &entry.key,
                    "a condition on a date",
                    DATE_KEYS.into_iter().chain(["days"]),
                );
            }
            return self.date_bounds(value, &entries.iter().collect::<Vec<_>>());
        }
        let period = read_period(value, "a condition on a date", self.problems)?;
        let bounds = [DateRelation::From, DateRelation::Until];
        let bounds = bounds.map(|relation| (relation, DateOperand::Fixed(relation.bounding_day(period)))).to_vec();
        Some(DateBounds { bounds, days: 0 })
    }

    /// Reads the bounds among the entries of a mapping.
    pub(super) fn date_bounds(&mut self, node: &Node, entries: &[&Entry]) -> Option<DateBounds> {
        let mut bounds = Vec::new();
        let mut days = 0;
        for entry in entries {
            let relation = match entry.key.text.as_str() {
                "before" => DateRelation::Before,
                "from" => DateRelation::From,
                "until" => DateRelation::Until,
                "after" => DateRelation::After,
                "days" => {
                    match entry.value.text().and_then(|t| t.parse().ok()) {
                        Some(n) => days = n,
                        None => self.problems.wrong_shape(&entry.value, "`days`", "a whole number of days"),
                    }
                    continue;
                }
                _ => continue,
            };
            bounds.extend(self.date_operand(&entry.value, relation).map(|operand| (relation, operand)));
        }
        if !entries.iter().any(|e| DATE_KEYS.contains(&e.key.text.as_str())) {
            let problem = Diagnostic::new(Code::DateBound, node.span, "a date needs a bound")
                .help("one of `before`, `from`, `until`, `after`");
            self.problems.push(problem);
        }
        if bounds.is_empty() {
            return None;
        }
        Some(DateBounds { bounds, days })
    }

    /// Reads a date of the calendar, or the name of another date of the transaction.
    fn date_operand(&mut self, node: &Node, relation: DateRelation) -> Option<DateOperand> {
        let text = node.text().unwrap_or_default();
        if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let mut table = Transaction::TABLE;
            let mut rows = Vec::new();
            for key in text.split('.') {
                let Some((row, field)) = table.by_rule_key(key) else { break };
                rows.push(row);
                match field.kind {
                    FactKind::One(inner) => table = inner,
                    FactKind::Date => return Some(DateOperand::Fact(rows, text.to_owned())),
                    _ => break,
                }
            }
            unknown_name(
                Code::DateBound,
                node,
                text,
                "date of a transaction",
                ["date", "contract.date", "subject.since"],
                self.problems,
            );
            return None;
        }
        read_period(node, "a bound", self.problems).map(|period| DateOperand::Fixed(relation.bounding_day(period)))
    }
}
