//! The page `docs/facts.md`: every fact that a rule can ask about, made from the fact tables.

use std::fmt::Write as _;

use crate::facts::{FactKind, Field, Incident, Table, Transaction};

/// Every fact that a rule can ask about, as a page of Markdown: its key in the rule language, its kind and its meaning.
pub fn fact_manual() -> String {
    let mut out = String::from("# What a rule can ask\n\nMade from the fact tables of the program; a test keeps it so.\n");
    section(&mut out, "", Transaction::TABLE);
    for field in Transaction::TABLE.fields.iter().chain(Incident::TABLE.fields) {
        if let (Some(table), Some(key)) = (field.kind.record_table(), field.rule_key) {
            section(&mut out, key, table);
        }
    }
    out
}

/// The table of a record's facts, under the key by which rules ask about the record; none for the transaction.
fn section(out: &mut String, key: &str, table: &Table) {
    let title = if key.is_empty() { table.noun.to_owned() } else { format!("`{key}`: {}", table.noun) };
    let _ = write!(out, "\n## {title}\n\n| fact | kind | meaning |\n|---|---|---|\n");
    for field in table.fields {
        if let Some(key) = field.rule_key {
            let _ = writeln!(out, "| `{key}` | {} | {} |", kind(field), field.meaning.trim());
        }
    }
}

fn kind(field: &Field) -> String {
    match field.kind {
        FactKind::Text | FactKind::Texts | FactKind::SourceRefs | FactKind::Grade(_) | FactKind::PortCode => "text".to_owned(),
        FactKind::Terms => field.schemes.iter().map(|s| format!("term of `{}`", s.key())).collect::<Vec<_>>().join(" or "),
        FactKind::Hs => "HS code".to_owned(),
        FactKind::Money | FactKind::Quantity | FactKind::Amount | FactKind::Duration => "amount with unit".to_owned(),
        FactKind::Count => "number".to_owned(),
        FactKind::Date => "date".to_owned(),
        FactKind::YesNo => "yes or no".to_owned(),
        FactKind::Imo => "IMO number".to_owned(),
        FactKind::Identifiers => "documents".to_owned(),
        FactKind::One(table) => table.noun.to_owned(),
        FactKind::Many(table) => format!("some: {}", table.noun),
    }
}
