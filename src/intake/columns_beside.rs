//! Columns whose meaning others decide: a part of what the column before names (`Seller, Country`), the country across the border, a
//! record whose parts stand in columns of their own.

use crate::document::Span;
use crate::facts::FactKind;

use super::csv_columns::{Column, ColumnReading, Target};
use super::headings::Headings;

/// Reads a column that says what it holds and not of whom (`Country`) as that of the party, ship or port whose column it follows.
pub(super) fn parts_beside_whose_they_are(readings: &mut [ColumnReading], names: &[(&str, Span)]) {
    let headings = Headings::known();
    let mut whose: Option<ColumnReading> = None;
    for (reading, (name, _)) in readings.iter_mut().zip(names) {
        let is_open =
            !reading.is_known() || matches!(reading, ColumnReading::Meant { targets, .. } if targets == &[Target::Unread]);
        // The flag behind the name of one of two ships is that ship's.
        let is_of_a_ship = is_of_unnamed_ship(reading);
        match whose.as_ref().and_then(|whose| whose.part(name)).filter(|_| is_open || is_of_a_ship) {
            Some(part) => *reading = part,
            None if headings.is_part(name) && is_open => {}
            None => whose = Some(reading.clone()),
        }
    }
}

/// Reads a `Country` of nobody, or beside the name of who declares the goods, as the one across the border, where a column tells the
/// direction of trade and none the country of a side.
pub(super) fn country_across_the_border(readings: &mut [ColumnReading], names: &[(&str, Span)]) {
    let headings = Headings::known();
    let targets = |reading: &ColumnReading| match reading {
        ColumnReading::Exact(column) => vec![Target::Fact(column.clone())],
        ColumnReading::Meant { targets, .. } => targets.clone(),
        _ => Vec::new(),
    };
    let starts = |column: &Column, key: &str| column.path.first().is_some_and(|segment| segment.key == key);
    let is_flow = |target: &Target| match target {
        Target::Flow => true,
        Target::Fact(column) => starts(column, "activity"),
        _ => false,
    };
    let is_side = |target: &Target| match target {
        Target::Where(_) | Target::Abroad(_) | Target::Partner | Target::Reporter => true,
        Target::Fact(column) => {
            (starts(column, "from") || starts(column, "to")) && column.path.last().is_none_or(|last| last.key != "party")
                || starts(column, "ports")
                || starts(column, "vessels")
        }
        _ => false,
    };
    let has_flow = readings.iter().any(|reading| targets(reading).iter().any(is_flow));
    if !has_flow || readings.iter().any(|reading| targets(reading).first().is_some_and(is_side)) {
        return;
    }
    for (reading, (name, _)) in readings.iter_mut().zip(names) {
        let of_declarant = match targets(reading).first() {
            None | Some(Target::Unread) => true,
            Some(Target::Fact(column)) => {
                column.path.first().is_some_and(|party| party.label == "/declarant")
                    && column.path.last().is_some_and(|last| last.key == "country")
            }
            _ => false,
        };
        if of_declarant && headings.is_country(name) {
            let targets = vec![Target::Partner, Target::Notes];
            *reading = ColumnReading::Meant { targets, rank: 0, unit: None, help: None, of: None };
            return;
        }
    }
}

/// Reads a column that holds a record whole (`Vessel`) as the record's name, where another column holds a part of it (`IMO`).
pub(super) fn parts_beside_a_record(readings: &mut [ColumnReading], names: &[(&str, Span)]) {
    let records = ["vessels", "ports", "items", "aircraft"];
    for at in 0..readings.len() {
        let Some(ColumnReading::Exact(column)) = readings.get(at) else { continue };
        let [only] = column.path.as_slice() else { continue };
        if !records.contains(&only.key) || !matches!(column.kind, FactKind::Many(_)) {
            continue;
        }
        let is_part = |reading: &ColumnReading| match reading {
            ColumnReading::Exact(other) => other.path.len() > 1 && other.overlaps(column),
            ColumnReading::Meant { targets, .. } => targets
                .iter()
                .any(|target| matches!(target, Target::Fact(other) if other.path.len() > 1 && other.overlaps(column))),
            _ => false,
        };
        let name = if only.key == "items" {
            "item.description"
        } else if only.key == "ports" {
            "port.name"
        } else if only.key == "aircraft" {
            "aircraft.type"
        } else {
            "vessel.name"
        };
        if readings.iter().any(is_part)
            && let Some(target) = Target::parse(name)
            && let Some(reading) = readings.get_mut(at)
            && names.get(at).is_some()
        {
            *reading = ColumnReading::Meant { targets: vec![target], rank: 0, unit: None, help: None, of: None };
        }
    }
}

/// True for a column about a ship that is not told from another.
fn is_of_unnamed_ship(reading: &ColumnReading) -> bool {
    let ColumnReading::Meant { targets, .. } = reading else { return false };
    let is_ship = |target: &Target| match target {
        Target::Fact(column) => {
            column.path.first().is_some_and(|first| first.key == "vessels" && first.label.is_empty())
                && column.path.last().is_some_and(|last| last.key != "name")
        }
        _ => false,
    };
    targets.first().is_some_and(is_ship)
}
