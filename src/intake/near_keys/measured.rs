//! Keys whose value or ending says what is counted: `payload_kg: 40`, `pcs: 12`, and `amount: 25,000 USD`, which is money.

use crate::document::{Entry, Key};
use crate::facts::{FactKind, Item, Table, Transaction, Unit};
use crate::rulebook::Vocabulary;

use super::read_as::Way;
use super::{Meant, meaning};

/// How a key that ends in a unit is read, if its value is a number alone.
pub(super) fn measured(key: &str, entry: &Entry, entries: &[Entry], table: &'static Table) -> Option<Way> {
    const UNITS: [(&[&str], &str); 11] = [
        (&["kg", "kgs"], "kg"),
        (&["t", "tonnes", "tons", "mt"], "t"),
        (&["bbl", "barrels"], "bbl"),
        (&["l", "litres", "liters"], "l"),
        (&["m3"], "m3"),
        (&["km"], "km"),
        (&["mm"], "mm"),
        (&["pieces", "pcs", "units"], "pieces"),
        (&["usd", "us_dollars", "dollars"], "USD"),
        (&["eur", "euros"], "EUR"),
        (&["gbp"], "GBP"),
    ];
    let is_number = entry.value.text().is_some_and(|text| {
        text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))
    });
    let unit_of = |word: &str| UNITS.iter().find(|(units, _)| units.contains(&word)).map(|(_, unit)| *unit);
    let is_of_goods = table == Item::TABLE || table == Transaction::TABLE;
    // A unit alone counts the goods: `mt: 4800`, `usd: 96000`.
    let alone = || {
        let unit = unit_of(key).filter(|unit| is_of_goods && key.len() > 1 && !matches!(*unit, "km" | "mm"))?;
        Some((if matches!(unit, "USD" | "EUR" | "GBP") { "value" } else { "quantity" }, unit))
    };
    let behind = || key.rsplit_once('_').and_then(|(name, word)| Some((name, unit_of(word)?)));
    let (name, unit) = behind().or_else(alone).filter(|_| is_number)?;
    let named = Entry { key: Key { text: name.into(), ..entry.key.clone() }, value: entry.value.clone() };
    let row = table.position(name).or_else(|| match meaning(table, &named)? {
        Meant::Key(key) => table.position(key),
        _ => None,
    })?;
    let field = table.fields.get(row)?;
    let is_money = matches!(unit, "USD" | "EUR" | "GBP");
    let fits = match field.kind {
        FactKind::Money => is_money,
        FactKind::Quantity => !is_money,
        FactKind::Amount => true,
        _ => false,
    };
    let is_free = !entries.iter().any(|other| other.key.text == field.key);
    (fits && is_free).then(|| Way::Measured(field.key, unit.to_owned()))
}

/// How a key for an amount is read whose value is money: what a payment comes to where nothing else passes, else what the goods
/// are worth.
pub(super) fn money(
    key: &str,
    entry: &Entry,
    has: &impl Fn(&str) -> bool,
    table: &'static Table,
    vocabulary: &Vocabulary,
) -> Option<Way> {
    let is_amount = ["amount", "sum", "total", "how_much", "price", "cost", "volume"].contains(&key);
    let text = entry.value.text().filter(|_| is_amount)?;
    let Some(Unit::Money(_)) = vocabulary.read_amount(text).ok()?.unit else { return None };
    if table == Transaction::TABLE {
        let of_payment = !has("items") && !has("vessels") && !has("aircraft") && !has("payment");
        return match of_payment {
            true => Some(Way::MoneyOf("payment", "amount")),
            false => (!has("value")).then(|| Way::As("value".to_owned())),
        };
    }
    (table == Item::TABLE && !has("value")).then(|| Way::As("value".to_owned()))
}
