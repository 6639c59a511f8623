//! The value of one piece of an item, from the value and the number of pieces together.

use crate::facts::{Amount, Derivation, Range, Transaction, Unit};

use super::collector::{Collector, path_in};

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    for (index, item) in transaction.items.get_mut().unwrap_or_default().iter_mut().enumerate() {
        let Some(value) = item.value.filter(|_| item.unit_value.is_none()) else { continue };
        let Some(range) = per_piece(&value.range, item.quantity.as_ref(), derived) else { continue };
        item.unit_value = Some(Amount { range, unit: value.unit });
        derived.note(path_in("items", index, "unit_value"), path_in("items", index, "value"), Derivation::PerPiece);
    }
}

/// The value of one of the pieces; without their number, as where only sets are counted, one piece is worth no more than all.
fn per_piece(value: &Range, quantity: Option<&Amount>, derived: &Collector<'_>) -> Option<Range> {
    let pieces = derived.vocabulary.known_terms().pieces.map(Unit::Quantity);
    match quantity.filter(|quantity| Some(quantity.unit) == pieces) {
        Some(pieces) => value.divided_by(&pieces.range),
        None => Some(Range { low: 0.into(), above_low: false, ..*value }),
    }
}
