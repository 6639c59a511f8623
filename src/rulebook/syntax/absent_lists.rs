//! Refuses exceptions that turn on a list in which there may be no element.
//!
//! `not:` over a list that is not reported is unknown. An exception with such a condition never applies to an ordinary report,
//! and nobody who reads the rule sees why.

use std::collections::HashSet;

use crate::document::{Code, Diagnostic, Diagnostics, Span};
use crate::facts::{Table, Transaction};
use crate::rulebook::law::{Condition, ConditionKind, Definition, Exception, Matcher};

/// Reports every `not:` over a list of the transaction that the exception does not otherwise require, and that is neither
/// `shown` nor asked of `every` element.
pub(in crate::rulebook) fn check_absent_lists<'e>(
    exceptions: impl Iterator<Item = &'e Exception>,
    definitions: &[Definition],
    problems: &mut Diagnostics,
) {
    let mut seen = HashSet::new();
    for exception in exceptions.filter(|exception| seen.insert(exception.span)) {
        check(&exception.when, &[], None, definitions, problems);
    }
}

/// Checks a condition on the transaction. `required` are the rows of the lists that have an element if the exception applies; `at`
/// is the place in the exception from which a definition is used.
fn check(condition: &Condition, required: &[usize], at: Option<Span>, definitions: &[Definition], problems: &mut Diagnostics) {
    match &condition.kind {
        ConditionKind::All(all) => {
            let required: Vec<usize> = required.iter().copied().chain(all.iter().filter_map(required_list)).collect();
            all.iter().for_each(|part| check(part, &required, at, definitions, problems));
        }
        ConditionKind::Any(any) => any.iter().for_each(|part| check(part, required, at, definitions, problems)),
        ConditionKind::Not(of) => {
            let Some(list) = bare_list(of, required, definitions) else { return };
            let list = Transaction::TABLE.fields.get(list).and_then(|field| field.rule_key).unwrap_or("?");
            let message = format!("`not` over the list `{list}`, which may not be reported");
            problems.push(Diagnostic::new(Code::NotOverList, at.unwrap_or(condition.span), message).help(format!(
                "`every: {{{list}: ..}}` where each has to be known; `not: {{shown: {{{list}: ..}}}}` where none reported means none"
            )));
        }
        ConditionKind::Is(id) => {
            if let Some(definition) = definitions.get(id.0).filter(|definition| is_of_transaction(definition.table)) {
                check(&definition.when, required, Some(at.unwrap_or(condition.span)), definitions, problems);
            }
        }
        _ => {}
    }
}

/// The row of the list that a condition requires to have an element.
fn required_list(condition: &Condition) -> Option<usize> {
    match &condition.kind {
        ConditionKind::Some { row, .. } => Some(*row),
        ConditionKind::Fact { row, matcher: Matcher::Given(true) } => Some(*row),
        _ => None,
    }
}

/// The first list of which a negated condition asks for some element. One that asks for an element that fails asks for every one.
fn bare_list(condition: &Condition, required: &[usize], definitions: &[Definition]) -> Option<usize> {
    match &condition.kind {
        ConditionKind::Some { row, of } => {
            let is_every = matches!(of.kind, ConditionKind::Not(_));
            Some(*row).filter(|row| !is_every && !required.contains(row))
        }
        ConditionKind::All(parts) | ConditionKind::Any(parts) => {
            parts.iter().find_map(|part| bare_list(part, required, definitions))
        }
        ConditionKind::Not(of) => bare_list(of, required, definitions),
        ConditionKind::Is(id) => {
            let definition = definitions.get(id.0).filter(|definition| is_of_transaction(definition.table))?;
            bare_list(&definition.when, required, definitions)
        }
        _ => None,
    }
}

fn is_of_transaction(table: &'static Table) -> bool {
    table == Transaction::TABLE
}
