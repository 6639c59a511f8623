//! How dates are written: days and periods, and the bounds of a date in a condition.

use chrono::NaiveDate;

use crate::document::{Code, Diagnostic, Diagnostics, Entry, Mapping, Node};
use crate::facts::{FactKind, Period, Transaction};
use crate::rulebook::law::{DateBound, DateBounds, DateOperand, DateRelation, DayOffset};

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

/// The keys that move bounds.
pub(super) const OFFSET_KEYS: [&str; 2] = ["days", "working_days"];

/// True for a key that bounds a date or moves the bounds.
pub(super) fn is_date_key(key: &str) -> bool {
    DATE_KEYS.contains(&key) || OFFSET_KEYS.contains(&key)
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
                    DATE_KEYS.into_iter().chain(OFFSET_KEYS),
                );
            }
            return self.date_bounds(value, &entries.iter().collect::<Vec<_>>());
        }
        let period = read_period(value, "a condition on a date", self.problems)?;
        let bounds = [DateRelation::From, DateRelation::Until];
        let bound = |relation: DateRelation| DateBound {
            relation,
            operand: DateOperand::Fixed(relation.bounding_day(period)),
            offset: DayOffset::default(),
        };
        Some(DateBounds { bounds: bounds.map(bound).to_vec() })
    }

    /// Reads the bounds among the entries of a mapping.
    pub(super) fn date_bounds(&mut self, node: &Node, entries: &[&Entry]) -> Option<DateBounds> {
        let mut bounds = Vec::new();
        let mut shared = None;
        for entry in entries {
            let relation = match entry.key.text.as_str() {
                "before" => DateRelation::Before,
                "from" => DateRelation::From,
                "until" => DateRelation::Until,
                "after" => DateRelation::After,
                key if OFFSET_KEYS.contains(&key) => {
                    shared = self.day_offset(&entry.value, key).or(shared);
                    continue;
                }
                _ => continue,
            };
            bounds.extend(self.date_bound(&entry.value, relation));
        }
        if !entries.iter().any(|e| DATE_KEYS.contains(&e.key.text.as_str())) {
            let problem = Diagnostic::new(Code::DateBound, node.span, "a date needs a bound")
                .help("one of `before`, `from`, `until`, `after`");
            self.problems.push(problem);
        }
        if bounds.is_empty() {
            return None;
        }
        let bound = |(operand, own, relation): (_, Option<DayOffset>, _)| DateBound {
            relation,
            operand,
            offset: own.or(shared).unwrap_or_default(),
        };
        Some(DateBounds { bounds: bounds.into_iter().map(bound).collect() })
    }

    /// Reads one bound: a date, or a date that is moved by an offset of its own, `{of: date, days: 30}`.
    fn date_bound(&mut self, node: &Node, relation: DateRelation) -> Option<(DateOperand, Option<DayOffset>, DateRelation)> {
        if node.entries().is_none() {
            return self.date_operand(node, relation).map(|operand| (operand, None, relation));
        }
        let map = Mapping::read(node, "a bound of a date", &["of", "days", "working_days"], self.problems)?;
        let operand = map.require("of", self.problems).and_then(|of| self.date_operand(of, relation))?;
        let offsets = OFFSET_KEYS.into_iter().filter_map(|key| Some((key, map.get(key)?)));
        let own = offsets.filter_map(|(key, value)| self.day_offset(value, key)).last();
        Some((operand, own, relation))
    }

    /// Reads a number of days under `days` or `working_days`.
    fn day_offset(&mut self, node: &Node, key: &str) -> Option<DayOffset> {
        match node.text().and_then(|text| text.parse().ok()) {
            Some(days) => Some(DayOffset { days, are_working: key == "working_days" }),
            None => {
                self.problems.wrong_shape(node, &format!("`{key}`"), "a whole number of days");
                None
            }
        }
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
