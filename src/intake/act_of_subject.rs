//! Acts that are told apart by what a transaction reports beside them: `refuelled` with `aircraft` is no bunkering.

use crate::document::Entry;
use crate::facts::{Bearing, Field, Scheme, Table, Term};
use crate::rulebook::{Vocabulary, WordMeaning};

/// The act that a word of several acts means, if only one of them is about something that the transaction reports: goods, ships,
/// aircraft, people. `None` if several are, or none.
pub(super) fn act_of_subject(
    word: &str,
    field: &Field,
    entries: &[Entry],
    table: &Table,
    vocabulary: &Vocabulary,
) -> Option<Term> {
    if field.schemes != [Scheme::Activity] || vocabulary.find(field.schemes, word).is_some() {
        return None;
    }
    let Some(WordMeaning::Several { terms, .. }) = vocabulary.meaning(field.schemes, word) else { return None };
    let reported = |row: &usize| {
        let field = table.fields.get(*row).filter(|field| field.bearing == Some(Bearing::Subject));
        field.is_some_and(|field| entries.iter().any(|entry| entry.key.text == field.key && !is_nothing(entry)))
    };
    let mut meant = terms.iter().filter(|term| vocabulary.about(**term).iter().any(|row| reported(&row)));
    let only = *meant.next()?;
    meant.next().is_none().then_some(only)
}

/// True if the value says nothing, or that there is none.
fn is_nothing(entry: &Entry) -> bool {
    let value = &entry.value;
    matches!(value.text(), Some("unknown" | "none"))
        || value.shape() == "nothing"
        || value.elements().is_some_and(<[_]>::is_empty)
}
