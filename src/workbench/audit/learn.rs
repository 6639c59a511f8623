//! The learnings of a transaction: every fact that its report leaves out, with typical values.

use crate::facts::{FactPath, FactValue, PathSegment, Record, Transaction};

use super::alteration::{Alteration, AlterationKind, AlteredValue};
use super::forget::is_reported;
use super::typical::MOST_VALUES;

/// Every fact that the transaction, or a record in it, does not report, once for each typical value, in the order of the facts.
pub(super) fn learnings(transaction: &Transaction) -> Vec<Alteration> {
    let mut found = Vec::new();
    collect(transaction, &FactPath::root(), "", &mut found);
    found
}

fn collect(record: &dyn Record, at: &FactPath, name: &str, found: &mut Vec<Alteration>) {
    for (row, field) in record.table().fields.iter().enumerate() {
        let Some(own) = field.rule_key else { continue };
        let name = if name.is_empty() { own.to_owned() } else { format!("{name}.{own}") };
        let path = at.key(field.key);
        match record.value(row) {
            value if !is_reported(value) => found.extend((0..MOST_VALUES).map(|number| Alteration {
                kind: AlterationKind::Learned { is_list: matches!(value, FactValue::Many(_)) },
                fact: name.clone(),
                path: path.clone(),
                value: AlteredValue::Typical(number),
            })),
            FactValue::One(Some(Some(inner))) => collect(inner, &path, &name, found),
            FactValue::Many(Some(list)) => {
                for (index, element) in (0..list.len()).filter_map(|i| Some((i, list.record(i)?))) {
                    collect(element, &path.then(PathSegment::Index(index)), &name, found);
                }
            }
            _ => {}
        }
    }
}
