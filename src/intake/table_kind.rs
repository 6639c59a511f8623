//! What a table is about, by its headings, and so what is done in each of its rows where no column says it.

use crate::document::Span;
use crate::rulebook::Vocabulary;

use super::csv_columns::{Column, ColumnReading, ColumnRecord, Target};
use super::headings::{Headings, TableKind};

/// What a table is about, by the headings that mean one thing in any table.
pub(super) fn kinds(names: &[(&str, Span)], vocabulary: &Vocabulary) -> Vec<TableKind> {
    let readings: Vec<ColumnReading> = names.iter().map(|(name, _)| ColumnReading::of(name, &[], vocabulary)).collect();
    let mut kinds = Vec::new();
    let mut of_people = 0;
    for reading in &readings {
        let of = match reading {
            ColumnReading::Exact(column) if column.is_of_goods() => Some(TableKind::Goods),
            ColumnReading::Meant { of, .. } => *of,
            _ => None,
        };
        of_people += usize::from(of == Some(TableKind::People));
        kinds.extend(of.filter(|of| !kinds.contains(of)));
    }
    let has = |kind: TableKind| kinds.contains(&kind);
    let of_other_things = [TableKind::Goods, TableKind::Shipping, TableKind::Statistics, TableKind::Payment].into_iter().any(has);
    let people = of_people > 1 || of_people == 1 && !of_other_things;
    let statistics = has(TableKind::Statistics);
    let shipping = has(TableKind::Shipping);
    let goods = shipping || has(TableKind::Goods);
    // A ship and the day of its call, whatever it carries; a ship and a port, if no goods are named.
    let is_ship = readings.iter().any(|reading| leads_to(reading, "vessels"));
    let is_port = readings.iter().any(|reading| leads_to(reading, "ports"));
    // The key of the format may stand in a table of anything.
    let is_meant = |reading: &ColumnReading| matches!(reading, ColumnReading::Meant { .. });
    let is_flight = readings.iter().any(|reading| is_meant(reading) && leads_to(reading, "aircraft"));
    if is_flight && !is_ship && !kinds.contains(&TableKind::Air) {
        kinds.push(TableKind::Air);
    }
    let is_call = is_ship && is_port && names.iter().any(|(name, _)| is_day_of_call(name)) && !shipping;
    if (is_call || is_ship && is_port && !goods) && !kinds.contains(&TableKind::Ship) {
        kinds.push(TableKind::Ship);
    }
    // `description` beside the sides of a transaction is that of goods.
    let is_side = |reading: &ColumnReading| leads_to(reading, "from") || leads_to(reading, "to");
    let described = |name: &str| {
        let entry = Headings::known().find_exactly(name, &[TableKind::Goods]);
        entry.is_some_and(|(_, entry)| entry.fact.first().is_some_and(|fact| fact == "item.description"))
    };
    if kinds.is_empty() && readings.iter().any(is_side) && names.iter().any(|(name, _)| described(name)) {
        kinds.push(TableKind::Goods);
    }
    kinds.retain(|kind| match kind {
        TableKind::People => people,
        TableKind::Statistics | TableKind::Goods => !people,
        TableKind::Shipping | TableKind::Payment | TableKind::Air => !statistics && !people,
        TableKind::Ship => !statistics && !people && (!goods || is_call),
    });
    kinds
}

/// True if a heading is that of the day on which a ship comes or goes.
fn is_day_of_call(name: &str) -> bool {
    let entry = Headings::known().find_exactly(name, &[TableKind::Ship]);
    entry.is_some_and(|(_, entry)| entry.fact.first().is_some_and(|fact| matches!(fact.as_str(), "arrival" | "departure")))
}

/// True if a column holds a fact of a record of the transaction.
fn leads_to(reading: &ColumnReading, key: &str) -> bool {
    let is_of =
        |column: &Column| column.of == ColumnRecord::Transaction && column.path.first().is_some_and(|segment| segment.key == key);
    match reading {
        ColumnReading::Exact(column) => is_of(column),
        ColumnReading::Meant { targets, .. } => match targets.first() {
            Some(Target::Fact(column)) => is_of(column),
            Some(Target::Where(side) | Target::Abroad(side)) => *side == key,
            Some(Target::AccountHolder | Target::Counterparty | Target::CounterpartyCountry) => matches!(key, "from" | "to"),
            _ => false,
        },
        _ => false,
    }
}

/// What is done in each row of a table without a column for it, by what the table is about.
pub(super) fn activity(readings: &[ColumnReading], kinds: &[TableKind]) -> Option<&'static str> {
    let says_it = |target: &Target| match target {
        Target::Fact(column) => column.path.first().is_some_and(|segment| segment.key == "activity"),
        Target::Flow => true,
        _ => false,
    };
    let says = |reading: &ColumnReading| match reading {
        ColumnReading::Meant { targets, .. } => targets.iter().any(says_it),
        ColumnReading::Exact(column) => says_it(&Target::Fact(column.clone())),
        _ => false,
    };
    if readings.iter().any(says) {
        return None;
    }
    let has = |kind: TableKind| kinds.contains(&kind);
    let has_side = |key: &str| readings.iter().any(|reading| leads_to(reading, key));
    let is_by_meaning =
        |key: &str| readings.iter().any(|reading| matches!(reading, ColumnReading::Meant { .. }) && leads_to(reading, key));
    // Goods with one who sells or buys them, or with where they come from and go to, change hands.
    let goods_pass =
        is_by_meaning("items") && (has_side("from") && has_side("to") || is_by_meaning("from") || is_by_meaning("to"));
    // Two ships in a row that tell no voyage of goods lie beside each other.
    let two_ships = ships_told_apart(readings) > 1 && !has(TableKind::Shipping);
    // A ship with its cargo at a port, and no side to which that goes.
    let is_ship_in_port = has_side("vessels") && has_side("ports") && !has_side("from") && !has_side("to");
    let has_goods = readings.iter().any(|reading| leads_to(reading, "items"));
    match () {
        () if has(TableKind::People) => Some("employment"),
        () if two_ships => Some("ship-to-ship-transfer"),
        () if has(TableKind::Air) && !has_goods => Some("transport"),
        () if has(TableKind::Air) => Some("supply"),
        () if has(TableKind::Payment) && !has(TableKind::Goods) => Some("funds-transfer"),
        () if has(TableKind::Shipping) => Some("supply"),
        () if has(TableKind::Goods) && goods_pass => Some("supply"),
        () if has(TableKind::Ship) || is_ship_in_port => Some("port-call"),
        () => None,
    }
}

/// How many ships the columns tell apart: `Giving vessel`, `Receiving vessel`.
fn ships_told_apart(readings: &[ColumnReading]) -> usize {
    let mut labels: Vec<&str> = Vec::new();
    for reading in readings {
        let ColumnReading::Meant { targets, .. } = reading else { continue };
        let Some(Target::Fact(column)) = targets.first() else { continue };
        let Some(ship) = column.path.first().filter(|segment| segment.key == "vessels") else {
            continue;
        };
        if !labels.contains(&ship.label.as_str()) {
            labels.push(&ship.label);
        }
    }
    labels.len()
}
