//! Typical values of facts, for what a report might say beside what it says.

use crate::facts::{Coded, CodedTerm, FactKind, Field, FieldRole, Record, Scheme, Slot, Term};
use crate::intake::values::{add_implied_facts, set_text};
use crate::rulebook::Vocabulary;

/// The most typical values that a field has.
pub(super) const MOST_VALUES: usize = 2;

/// The typical terms of a scheme, by their ids. Of schemes that are not here, the first and the last term are taken.
fn typical_terms(scheme: Scheme) -> Option<[&'static str; MOST_VALUES]> {
    match scheme {
        Scheme::Country => Some(["CN", "RU"]),
        Scheme::Stage => Some(["completed", "attempted"]),
        Scheme::Purpose => Some(["commercial", "humanitarian"]),
        Scheme::Role => Some(["consignee", "owner"]),
        Scheme::PartyKind => Some(["company", "government"]),
        Scheme::VesselRole => Some(["carrier", "served"]),
        Scheme::Outcome => Some(["granted", "refused"]),
        _ => None,
    }
}

/// The typical texts of a field: none where the text is a value of a list or a grade.
fn typical_texts(field: &Field) -> Option<[&'static str; MOST_VALUES]> {
    match field.kind {
        FactKind::Text | FactKind::Texts => Some(["Eastern Star Trading", "Mr Smith"]),
        FactKind::PortCode => Some(["CNDLC", "RUVVO"]),
        FactKind::Hs => Some(["1006.30", "8471"]),
        FactKind::Money | FactKind::Amount => Some(["1000 USD", "5000000 EUR"]),
        FactKind::Quantity => Some(["1 t", "5000 t"]),
        FactKind::Duration => Some(["1 days", "30 days"]),
        FactKind::Count => Some(["1", "500"]),
        FactKind::Date => Some(["2010-01-01", "2019-01-01"]),
        FactKind::Imo => Some(["9074729", "9179842"]),
        _ => None,
    }
}

/// Sets a field of a record to its typical value of a number, from 0. A record, or the only element of a list, gets the
/// typical value of each of its fields. `None` if the field has no such value.
pub(super) fn set_typical(record: &mut dyn Record, row: usize, number: usize, vocabulary: &Vocabulary) -> Option<()> {
    let field = record.table().fields.get(row)?;
    // Better evidence or a listing is another statement about the same event, not one more fact of it.
    if field.roles.contains(&FieldRole::Evidence) || field.roles.contains(&FieldRole::Listings) {
        return None;
    }
    match record.slot(row)? {
        Slot::Terms(slot) => *slot = Coded::one(CodedTerm::Term(typical_term(field, number, vocabulary)?)),
        Slot::YesNo(slot) => *slot = Some(number == 0),
        Slot::One(slot) => fill(slot.begin()?, number, vocabulary)?,
        Slot::Many(slot) => {
            slot.begin();
            fill(slot.add()?, number, vocabulary)?;
        }
        _ => set_text(record, row, field, typical_texts(field)?.get(number)?, vocabulary)?,
    }
    Some(())
}

/// Sets every field of an empty record that has a typical value; `None` if there is none.
fn fill(record: &mut dyn Record, number: usize, vocabulary: &Vocabulary) -> Option<()> {
    let fields = record.table().fields.iter().enumerate().filter(|(_, field)| field.rule_key.is_some());
    let set = fields.filter_map(|(row, _)| set_typical(record, row, number, vocabulary)).count();
    add_implied_facts(record, vocabulary);
    (set > 0).then_some(())
}

fn typical_term(field: &Field, number: usize, vocabulary: &Vocabulary) -> Option<Term> {
    let scheme = *field.schemes.first()?;
    let named = typical_terms(scheme).and_then(|ids| vocabulary.term(scheme, ids.get(number)?));
    let position = |ids: Vec<&str>| if number == 0 { ids.first().copied() } else { ids.last().copied() }.map(str::to_owned);
    named.or_else(|| vocabulary.term(scheme, &position(vocabulary.ids(scheme).collect())?))
}
