//! Headings with a unit of measure or a currency behind them: `Weight (kg)`, `value_usd`, `Стоимость, долл. США`.

use crate::facts::{FactKind, Scheme};
use crate::rulebook::{Vocabulary, currency_named};

use super::csv_columns::{Column, ColumnReading, Target};
use super::headings::{Headings, TableKind};

/// What stands before a unit at the end of a name, and the unit: `Weight (kg)`, `value_usd`, `Стоимость, долл. США`.
pub(super) fn with_unit(name: &str) -> Vec<(&str, &str)> {
    const BETWEEN: [char; 8] = [' ', '_', ',', '/', '.', '-', '，', ':'];
    let bare = name.trim_end_matches([')', ']', '）', ' ']);
    let mut found = Vec::new();
    if bare.len() < name.len() {
        found.extend(bare.rsplit_once(['(', '[', '（']));
    }
    found.extend(name.rsplit_once(','));
    found.extend([" in ", " en ", " в ", "_in_"].iter().find_map(|word| name.rsplit_once(word)));
    found.extend(bare.rsplit_once(BETWEEN));
    let trimmed = found.into_iter().map(|(head, unit)| (head.trim_end_matches(BETWEEN), unit.trim()));
    let without_in = trimmed.map(|(head, unit)| (head.strip_suffix(" in").unwrap_or(head), unit));
    without_in.filter(|(head, unit)| !head.is_empty() && !unit.is_empty()).collect()
}

/// A unit of measure, or a currency if money is meant, with its number word: `kg`, `thousand USD`.
fn unit_of(text: &str, is_money: bool, vocabulary: &Vocabulary) -> Option<String> {
    const THOUSANDS: [&str; 20] = [
        "thousands",
        "thousand",
        "1000",
        "1,000",
        "1.000",
        "1 000",
        "'000",
        "000s",
        "000",
        "тыс.",
        "тыс",
        "miles de",
        "milliers de",
        "milliers d'",
        "tsd.",
        "tsd",
        "千",
        "천",
        "k",
        "T",
    ];
    const MILLIONS: [&str; 13] =
        ["millions", "million", "mln", "mio.", "mio", "Mio.", "Mio", "mn", "млн.", "млн", "millones de", "百万", "M"];
    let known = |text: &str| match is_money {
        true => currency_named(text).map(|currency| currency.code().to_owned()),
        // The name of a unit in small letters is no code of a currency.
        false => vocabulary.find(&[Scheme::Unit], text).map(|unit| match text.to_lowercase() {
            small if vocabulary.find(&[Scheme::Unit], &small) == Some(unit) => small,
            _ => text.to_owned(),
        }),
    };
    let text = text.replace('’', "'");
    let text = text.trim().trim_start_matches("in ");
    known(text).or_else(|| {
        let many = [(&THOUSANDS[..], "thousand"), (&MILLIONS[..], "million")];
        many.into_iter().flat_map(|(words, many)| words.iter().map(move |word| (*word, many))).find_map(|(word, many)| {
            let rest = text.strip_prefix(word).or_else(|| text.strip_suffix(word))?;
            Some(format!("{many} {}", known(rest.trim())?))
        })
    })
}

/// True if the name ends with a unit, in brackets or not, that is not one of what it names.
pub(super) fn ends_with_unit(name: &str, vocabulary: &Vocabulary) -> bool {
    let bare = name.trim_end_matches([')', ']', '）', ' ']);
    let inside = (bare.len() < name.len()).then(|| bare.rsplit_once(['(', '[', '（'])).flatten();
    inside.is_some_and(|(_, unit)| [true, false].iter().any(|is_money| unit_of(unit, *is_money, vocabulary).is_some()))
}

/// The reading of a name that is a unit and no more: `MT`, `kgs`. Of payments `MT` numbers a kind of message.
pub(super) fn unit_alone(name: &str, kinds: &[TableKind], vocabulary: &Vocabulary) -> Option<ColumnReading> {
    const UNITS: [&str; 24] = [
        "mt",
        "mts",
        "t",
        "tons",
        "tonnes",
        "metric tons",
        "metric tonnes",
        "kg",
        "kgs",
        "kilograms",
        "bbl",
        "bbls",
        "barrels",
        "litres",
        "liters",
        "pcs",
        "pieces",
        "m3",
        "тонн",
        "тонны",
        "кг",
        "баррелей",
        "литров",
        "шт",
    ];
    let unit = name.trim_matches(['.', ' ', '(', ')']).to_lowercase();
    let is_unit = UNITS.contains(&unit.as_str()) && !kinds.contains(&TableKind::Payment);
    is_unit.then(|| measured(&format!("quantity ({unit})"), kinds, vocabulary)).flatten()
}

/// The reading of a name with a unit behind it.
pub(super) fn measured(name: &str, kinds: &[TableKind], vocabulary: &Vocabulary) -> Option<ColumnReading> {
    with_unit(name).into_iter().find_map(|(head, unit)| {
        let (targets, rank, help, of) = match Column::of_path(head) {
            Ok(column) => (vec![Target::Fact(column)], 0, None, None),
            Err(_) => match ColumnReading::meant(head, |name| Headings::known().find(name, kinds))? {
                ColumnReading::Meant { targets, rank, help, of, .. } => (targets, rank, help, of),
                _ => return None,
            },
        };
        let unit_for = |target: &Target| {
            let Target::Fact(column) = target else { return None };
            match column.kind {
                FactKind::Money => unit_of(unit, true, vocabulary),
                FactKind::Quantity => unit_of(unit, false, vocabulary),
                FactKind::Amount => unit_of(unit, true, vocabulary).or_else(|| unit_of(unit, false, vocabulary)),
                _ => None,
            }
        };
        // Of a number that may be one thing or another the unit says which.
        let (targets, unit): (Vec<Target>, Option<String>) = match targets.iter().position(|target| unit_for(target).is_some()) {
            Some(at) => {
                let unit = targets.get(at).and_then(unit_for);
                (
                    targets
                        .into_iter()
                        .skip(at)
                        .filter(|target| unit_for(target).is_some() || *target == Target::Notes)
                        .collect(),
                    unit,
                )
            }
            None => return None,
        };
        Some(ColumnReading::Meant { targets, rank, unit, help, of })
    })
}
