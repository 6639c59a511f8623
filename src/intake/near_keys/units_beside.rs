//! Units and currencies that stand under a key of their own beside the number: `amount: 480000, currency: USD`, `qty: 2, unit: t`.

use crate::document::{Code, Diagnostic, Diagnostics, Entry};
use crate::facts::{FactKind, Table};
use crate::rulebook::Vocabulary;

use super::by_heading::key_of_record;
use super::one_line::quoted;
use super::put::scalar;
use super::{Meant, meaning, written};

/// Keys of a currency.
const CURRENCIES: [&str; 12] = [
    "currency",
    "ccy",
    "cur",
    "curr",
    "currency_code",
    "payment_currency",
    "transaction_currency",
    "invoice_currency",
    "amount_currency",
    "value_currency",
    "валюта",
    "币种",
];

/// Keys of a unit of measure.
const UNITS: [&str; 17] = [
    "unit",
    "uom",
    "unit_of_measure",
    "unit_of_measurement",
    "measure_unit",
    "quantity_unit",
    "qty_unit",
    "weight_unit",
    "volume_unit",
    "net_weight_unit",
    "gross_weight_unit",
    "unit_code",
    "measurement_unit",
    "unit_of_quantity",
    "единица",
    "unidad",
    "单位",
];

/// What a number counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    Things,
    Money,
    /// One or the other: `amount`.
    Either,
}

/// Writes units and currencies behind the bare numbers beside them, with a warning for each.
pub(super) fn join_units(entries: &mut Vec<Entry>, table: &'static Table, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    for (keys, is_money) in [(&CURRENCIES[..], true), (&UNITS[..], false)] {
        let is_unit = |entry: &Entry| {
            table.position(&entry.key.text).is_none()
                && keys.contains(&written(entry).as_str())
                && entry.value.text().is_some_and(|text| (1..=40).contains(&text.len()) && text.contains(char::is_alphabetic))
        };
        let Some(at) = entries.iter().position(is_unit) else { continue };
        let numbers: Vec<(usize, Counts)> =
            entries.iter().enumerate().filter_map(|(at, entry)| Some((at, counts(entry, table, vocabulary)?))).collect();
        let sure = if is_money { Counts::Money } else { Counts::Things };
        let is_sure_elsewhere = numbers.iter().any(|(_, counts)| *counts == sure);
        let unit = entries.get(at).and_then(|entry| entry.value.text()).unwrap_or_default().to_owned();
        let mut line = None;
        for (number, counts) in numbers {
            // What may count either is what the unit is of, unless another number beside it is.
            let is_meant = counts == sure || counts == Counts::Either && !is_sure_elsewhere;
            let Some(entry) = entries.get_mut(number).filter(|_| is_meant) else { continue };
            let text = format!("{} {unit}", entry.value.text().unwrap_or_default());
            line.get_or_insert_with(|| format!("write `{}: {}`", entry.key.text, quoted(&text)));
            entry.value = scalar(&text, &entry.value);
        }
        if let Some(line) = line {
            let entry = entries.remove(at);
            let message = format!("read `{}` as that of the number beside it", entry.key.text);
            problems.push(Diagnostic::new(Code::NearKey, entry.key.span, message).help(line));
        }
    }
}

/// What a bare number under a key counts; `None` of another value or key.
fn counts(entry: &Entry, table: &'static Table, vocabulary: &Vocabulary) -> Option<Counts> {
    let is_bare = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))
    };
    entry.value.text().filter(|text| is_bare(text))?;
    let key = written(entry);
    let may_be_either = ["amount", "sum", "total", "how_much", "line_amount", "total_amount"].contains(&key.as_str());
    if may_be_either && table.position(&key).is_none() {
        return Some(Counts::Either);
    }
    let of_key = table.position(&entry.key.text).or_else(|| table.position(&key)).or_else(|| match meaning(table, entry)? {
        Meant::Key(key) => table.position(key),
        _ => None,
    });
    let row = of_key.or_else(|| table.position(key_of_record(entry, table, vocabulary)?.0))?;
    match table.fields.get(row)?.kind {
        FactKind::Money => Some(Counts::Money),
        FactKind::Quantity => Some(Counts::Things),
        FactKind::Amount if table.key(row) == "quantity" => Some(Counts::Things),
        FactKind::Amount => Some(Counts::Money),
        _ => None,
    }
}
