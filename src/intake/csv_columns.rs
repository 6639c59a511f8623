//! The columns of a table: the path to a fact that the header's cell names.

use iso_currency::Currency;

use crate::document::{Code, Diagnostic, Span, closest_key};
use crate::facts::{EvidenceSource, FactKind, Table, Transaction};

/// A column that leads to a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// The record in which the path begins.
    pub(super) of: ColumnRecord,
    pub(super) path: Vec<ColumnSegment>,
    /// The kind of the fact.
    pub(super) kind: FactKind,
    /// The unit of its numbers, if the header names one: `Weight (kg)`.
    pub(super) unit: Option<String>,
}

/// The record that a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnRecord {
    /// The transaction of the row.
    Transaction,
    /// The source that reports the row.
    Source,
}

/// A segment of a column's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ColumnSegment {
    pub(super) key: &'static str,
    /// True if the segment is a list, which has one element.
    pub(super) list: bool,
    /// True if semicolons separate several values in a field.
    pub(super) split: bool,
}

/// The first segment of columns about the source of a row.
const SOURCE: &str = "source";

impl Column {
    /// Parses the name of a column: `item.hs` leads into the only item of the row, `source.kind` into its source. Case does not
    /// count. A name that can mean one fact only is read as that, with a warning.
    pub(super) fn parse(name: &str, span: Span) -> Result<(Self, Option<Diagnostic>), Diagnostic> {
        let name = name.trim();
        match Self::of_path(name) {
            Ok(column) => Ok((column, None)),
            Err(PathError::Unknown) => {
                let (path, unit) = match meant(name) {
                    Some(path) => (path, None),
                    None => of_measured(name).map(|(path, unit)| (path, Some(unit))).ok_or_else(|| unknown(name, span))?,
                };
                let column = Self::of_path(&path).map_err(|_| unknown(name, span))?;
                let message = format!("read the column `{name}`, which is no fact, by what it means");
                let help = match &unit {
                    Some(unit) => format!("write `{path}`, and the unit in each cell: `12 {unit}`"),
                    None => format!("write `{path}`"),
                };
                Ok((Self { unit, ..column }, Some(Diagnostic::new(Code::NearKey, span, message).help(help))))
            }
            Err(PathError::NoParts(word)) => {
                let message = format!("`{word}` has no parts that a dot could reach");
                Err(Diagnostic::new(Code::ColumnPath, span, message).help("leave out what stands behind it"))
            }
        }
    }

    fn of_path(name: &str) -> Result<Self, PathError> {
        let mut words: Vec<&str> = name.split('.').map(str::trim).collect();
        let (of, mut table) = match words.as_slice() {
            [first, _, ..] if first.eq_ignore_ascii_case(SOURCE) => (ColumnRecord::Source, EvidenceSource::TABLE),
            _ => (ColumnRecord::Transaction, Transaction::TABLE),
        };
        if of == ColumnRecord::Source {
            words.remove(0);
        }
        let (mut path, mut kind) = (Vec::new(), FactKind::Text);
        for (i, word) in words.iter().enumerate() {
            let is_meant = |key: &str| key.eq_ignore_ascii_case(word);
            let field = table.fields.iter().find(|f| is_meant(f.key) || f.rule_key.is_some_and(is_meant));
            let field = field.ok_or(PathError::Unknown)?;
            kind = field.kind;
            path.push(ColumnSegment { key: field.key, list: matches!(kind, FactKind::Many(_)), split: kind.is_plural() });
            match kind.record_table() {
                Some(inner) => table = inner,
                None if i + 1 < words.len() => return Err(PathError::NoParts((*word).to_owned())),
                None => {}
            }
        }
        Ok(Self { of, path, kind, unit: None })
    }

    /// True if one of two columns leads to a part of what the other leads to, or to the same.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.of == other.of && self.path.iter().zip(&other.path).all(|(a, b)| a.key == b.key)
    }
}

/// Why a path leads to no fact.
enum PathError {
    /// A part of it is no key.
    Unknown,
    /// It goes on behind this part, which is a plain value.
    NoParts(String),
}

/// The diagnostic of a column with an unknown name: a mistake that names the columns that may be meant, or a warning that it was
/// not read, if it is near to none.
fn unknown(name: &str, span: Span) -> Diagnostic {
    let meant = similar(&normalised(name));
    let meant: Vec<String> = meant.iter().map(|path| format!("`{path}`")).collect();
    let help = match meant.as_slice() {
        [] => {
            let message = format!("the column `{name}` is no fact, and its cells were not read");
            let help = "name it by the fact that it holds, if there is one (docs/facts.md), such as `item.description`; remarks that nobody judges stand under `notes`";
            return Diagnostic::new(Code::KeyNotRead, span, message).help(help).unread(format!("column `{name}`"));
        }
        [only] => format!("did you mean {only}?"),
        [some @ .., last] if some.len() < 8 => format!("did you mean {} or {last}?", some.join(", ")),
        _ => {
            let first: Vec<&str> = Transaction::TABLE.fields.iter().map(|field| field.rule_key.unwrap_or(field.key)).collect();
            format!("columns are the facts of a transaction, such as `item.description`: {}, {SOURCE}", first.join(", "))
        }
    };
    let message = format!("the column `{name}` is no fact, and was not read");
    Diagnostic::new(Code::UnknownFact, span, message).help(help)
}

/// The name of a column as it is compared.
fn normalised(name: &str) -> String {
    name.trim().trim_matches('.').to_lowercase().replace([' ', '_', '-', '/'], ".")
}

/// The column that a name can only mean: one that people call otherwise (`HS code`), or with other marks between its parts.
fn meant(name: &str) -> Option<String> {
    let name = normalised(name);
    if let Some((_, path)) = OTHER_NAMES.iter().find(|(names, _)| names.contains(&name.as_str())) {
        return (!OF_SEVERAL_MEANINGS.contains(&name.as_str())).then(|| (*path).to_owned());
    }
    paths().into_iter().find(|path| normalised(path) == name)
}

/// The amount that a name with a unit behind it means, and the unit: `Weight (kg)`, `value_usd`.
fn of_measured(name: &str) -> Option<(String, String)> {
    const UNITS: &str = "kg kgs t mt ton tons tonne tonnes g bbl bbls barrels l litres liters m3 cbm pcs pieces units";
    const BETWEEN: [char; 7] = [' ', '_', '(', '[', ',', '/', '.'];
    let bare = name.trim_end_matches([')', ']']);
    let (head, unit) = bare.rsplit_once(BETWEEN)?;
    let is_money = unit.len() == 3 && Currency::from_code(&unit.to_uppercase()).is_some();
    let is_quantity = UNITS.split(' ').any(|known| known.eq_ignore_ascii_case(unit));
    let head = head.trim_end_matches(BETWEEN);
    let head = head.strip_suffix(" in").unwrap_or(head);
    let path = Column::of_path(head).is_ok().then(|| head.to_lowercase()).or_else(|| meant(head))?;
    let kind = Column::of_path(&path).ok()?.kind;
    let fits = match kind {
        FactKind::Money => is_money,
        FactKind::Quantity => is_quantity,
        FactKind::Amount => is_money || is_quantity,
        _ => false,
    };
    fits.then(|| (path, if is_money { unit.to_uppercase() } else { unit.to_lowercase() }))
}

/// Names of columns that are mostly, but not always, meant so: they stay mistakes.
const OF_SEVERAL_MEANINGS: [&str; 7] = ["type", "act", "kind", "what", "price", "carrier", "volume"];

/// What columns of trade data are called, and the facts that are mostly meant by it.
const OTHER_NAMES: &[(&[&str], &str)] = &[
    (&["goods", "good", "cargo", "product", "commodity", "merchandise", "article"], "item.description"),
    (&["goods.description", "description.of.goods", "product.description", "cargo.description"], "item.description"),
    (
        &[
            "hs",
            "hs.code",
            "hs.code.4",
            "hs.code.6",
            "hs.code.8",
            "hs.heading",
            "hs.number",
            "hscode",
            "tariff",
            "tariff.code",
            "customs.code",
            "commodity.code",
        ],
        "item.hs",
    ),
    (&["qty", "weight", "net.weight", "gross.weight", "volume", "tonnage"], "item.quantity"),
    (&["price", "invoice.value", "total.value", "cif.value", "fob.value", "customs.value"], "item.value"),
    (&["country.of.origin", "origin.country", "made.in"], "item.origin"),
    (
        &[
            "seller",
            "supplier",
            "exporter",
            "shipper",
            "sender",
            "consignor",
            "vendor",
            "seller.name",
            "exporter.name",
            "shipper.name",
        ],
        "from.party",
    ),
    (
        &[
            "buyer",
            "importer",
            "consignee",
            "receiver",
            "recipient",
            "customer",
            "end.user",
            "buyer.name",
            "importer.name",
            "consignee.name",
        ],
        "to.party",
    ),
    (
        &[
            "exporting.country",
            "export.country",
            "country.of.export",
            "from.country.name",
            "source.country",
            "exporter.country",
            "seller.country",
            "supplier.country",
            "shipper.country",
            "sender.country",
            "consignor.country",
        ],
        "from.country",
    ),
    (
        &[
            "destination",
            "destination.country",
            "importing.country",
            "country.of.destination",
            "importer.country",
            "buyer.country",
            "consignee.country",
            "receiver.country",
            "recipient.country",
        ],
        "to.country",
    ),
    (&["ship", "ship.name", "carrier"], "vessel.name"),
    (&["imo", "imo.number", "imo.no", "ship.imo"], "vessel.imo"),
    (&["flag", "ship.flag", "flag.state"], "vessel.flag"),
    (&["port.of.loading", "loading.port", "port.of.discharge"], "port.name"),
    (&["type", "act", "transaction.type", "type.of.transaction", "kind", "what"], "activity"),
    (&["remark", "remarks", "comment", "comments", "note"], "notes"),
    (
        &[
            "no",
            "nr",
            "number",
            "ref",
            "reference",
            "row",
            "ref.no",
            "reference.no",
            "record.no",
            "transaction.id",
            "declaration.no",
        ],
        "id",
    ),
    (
        &[
            "shipment.date",
            "date.of.shipment",
            "transaction.date",
            "invoice.date",
            "declaration.date",
            "import.date",
            "export.date",
            "delivery.date",
            "date.of.transaction",
            "date.of.delivery",
            "when",
            "month",
            "year",
            "day",
        ],
        "date",
    ),
    (&["reported.by", "source", "source.name", "publication", "newspaper"], "source.title"),
    (&["source.type", "type.of.source"], "source.kind"),
];

/// The columns whose name is nearly this: with one part of it misspelt, with the record left out, or called otherwise.
fn similar(written: &str) -> Vec<String> {
    let written = written.trim_matches('.');
    if let Some((_, path)) = OTHER_NAMES.iter().find(|(names, _)| names.contains(&written)) {
        return vec![(*path).to_owned()];
    }
    if written == "amount" {
        return ["item.quantity", "item.value"].map(str::to_owned).to_vec();
    }
    let paths = paths();
    let parts = || paths.iter().filter_map(|path| path.split_once('.'));
    let whole = || paths.iter().filter(|path| !path.contains('.')).map(String::as_str);
    let found: Vec<String> = match written.split_once('.') {
        None => match parts().filter(|(_, part)| *part == written).map(|(record, part)| format!("{record}.{part}")).collect() {
            none if Vec::is_empty(&none) => closest_key(written, whole()).map(str::to_owned).into_iter().collect(),
            some => some,
        },
        Some((record, part)) => {
            let in_record = closest_key(part, parts().filter(|(of, _)| *of == record).map(|(_, part)| part));
            let with_part = closest_key(record, parts().filter(|(_, own)| *own == part).map(|(record, _)| record));
            let in_record = in_record.map(|part| format!("{record}.{part}"));
            in_record.or_else(|| with_part.map(|record| format!("{record}.{part}"))).into_iter().collect()
        }
    };
    found
}

/// The names of all columns of one or two parts.
fn paths() -> Vec<String> {
    let inner = |name: &str, table: &'static Table| -> Vec<String> {
        table.fields.iter().map(|field| format!("{name}.{}", field.rule_key.unwrap_or(field.key))).collect()
    };
    let mut paths = inner(SOURCE, EvidenceSource::TABLE);
    for field in Transaction::TABLE.fields {
        let name = field.rule_key.unwrap_or(field.key);
        paths.push(name.to_owned());
        paths.extend(field.kind.record_table().map(|table| inner(name, table)).unwrap_or_default());
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::{Column, OTHER_NAMES};
    use crate::document::{SourceMap, SourceText, Span};

    fn is_column(name: &str) -> bool {
        let span = Span { source: SourceMap::default().add(SourceText::new("a.csv", "")), start: 0, end: 0 };
        matches!(Column::parse(name, span), Ok((_, None)))
    }

    #[test]
    fn a_header_may_name_the_unit_of_its_cells() {
        let span = Span { source: SourceMap::default().add(SourceText::new("a.csv", "")), start: 0, end: 0 };
        for (name, path, unit) in [
            ("Value (USD)", "value", "USD"),
            ("value_usd", "value", "USD"),
            ("Weight (kg)", "quantity", "kg"),
            ("Net weight in t", "quantity", "t"),
            ("item.quantity [bbl]", "quantity", "bbl"),
        ] {
            let (column, warning) = Column::parse(name, span).unwrap();
            assert_eq!(column.path.last().map(|segment| segment.key), Some(path), "{name}");
            assert_eq!(column.unit.as_deref(), Some(unit), "{name}");
            assert!(warning.is_some(), "{name}");
        }
        for name in ["Value (kg)", "Weight (USD)", "Description (kg)"] {
            assert!(Column::parse(name, span).is_err(), "{name}");
        }
    }

    #[test]
    fn other_names_are_no_columns_and_lead_to_columns() {
        for (names, path) in OTHER_NAMES {
            assert!(is_column(path), "{path}");
            assert!(!names.iter().any(|name| is_column(name)), "{names:?}");
        }
    }
}
