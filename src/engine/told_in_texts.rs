//! What only a text tells that no rule reads: the notes of a transaction, what a payment is for, a purpose in words of one's own.
//!
//! Rules ask for facts, and such a text is none, so that nothing follows from it. Where it names a State or a group under measures
//! that no fact names, `mined in North Korea, as customs found`, somebody should look.

use compact_str::CompactString;

use crate::facts::{CodedTerm, FactPath, FactValue, Record, Term, Transaction, Words};
use crate::rulebook::RegimeId;

use super::assess::is_in_force;
use super::{EvalContext, Warning, WarningKind};

/// The first text of a transaction that names what is under measures of some regimes on its day, beside all facts; `None` if none
/// does.
pub(crate) fn told_in_texts(context: &EvalContext<'_>, is_chosen: impl Fn(RegimeId) -> bool) -> Option<Warning> {
    texts(context).find_map(|(path, text)| {
        let named = named_in(text, context, &is_chosen)?;
        Some(Warning { path, kind: WarningKind::ToldInText(named) })
    })
}

/// The texts that no rule reads as facts, with their paths.
fn texts<'a>(context: &EvalContext<'a>) -> impl Iterator<Item = (FactPath, &'a str)> {
    let transaction: &'a Transaction = context.transaction;
    let notes = transaction.notes.as_deref().map(|notes| (FactPath::root().key("notes"), notes));
    let purposes = transaction.purpose.is().unwrap_or_default().iter().filter_map(|term| match term {
        CodedTerm::Unlisted(words) => Some((FactPath::root().key("purpose"), words.as_str())),
        CodedTerm::Term(_) | CodedTerm::OneOf(_) | CodedTerm::Possibly(_) => None,
    });
    let paid_for = if is_payment(context) { transaction.items.known() } else { &[] };
    let paid_for = paid_for.iter().enumerate().filter_map(|(index, item)| {
        let path = FactPath::root().key("items").then(crate::facts::PathSegment::Index(index)).key("description");
        Some((path, item.description.as_deref()?))
    });
    notes.into_iter().chain(purposes).chain(paid_for)
}

/// True if money passes. The goods that are told beside it are what it is for, and go their own way.
fn is_payment(context: &EvalContext<'_>) -> bool {
    let vocabulary = &context.rulebook.vocabulary;
    let is_finance = |term: Term| vocabulary.known_terms().finance.is_some_and(|finance| vocabulary.is_a(term, finance));
    let activities = context.transaction.activity.is().unwrap_or_default();
    activities.iter().any(|activity| matches!(activity, CodedTerm::Term(term) if is_finance(*term)))
}

/// A State or group under measures that a text names and no fact does, as the rulebook writes it.
fn named_in(text: &str, context: &EvalContext<'_>, is_chosen: &impl Fn(RegimeId) -> bool) -> Option<String> {
    let rulebook = context.rulebook;
    let has_measures = |regime: RegimeId| {
        is_chosen(regime) && rulebook.rules.iter().any(|rule| rule.regime == regime && is_in_force(rule, context))
    };
    let is_target = |country: Term| {
        let mut regimes = rulebook.regimes.iter().enumerate();
        regimes.any(|(number, regime)| regime.target.contains(&country) && has_measures(RegimeId(number)))
    };
    let is_untold = |country: &Term| is_target(*country) && !names_country(context.transaction, *country, context);
    let places = rulebook.vocabulary.place_names();
    let of_states = places.find_in_text(text).map(|found| found.mentions).unwrap_or_default();
    // Of towns of the same name in several States it is not known which is meant.
    let of_towns = || places.find(text).map(|found| found.mentions).unwrap_or_default();
    let place = of_states.into_iter().find(|mention| mention.countries.iter().any(is_untold));
    let place = place.or_else(|| of_towns().into_iter().find(|mention| mention.countries.iter().all(is_untold)));
    if let Some(place) = place {
        return Some(place.phrase.to_owned());
    }
    let group = rulebook
        .groups_in(text)
        .into_iter()
        .find(|(name, regime)| has_measures(*regime) && !names_group(context.transaction, name))?;
    Some(in_one(group.0))
}

/// The words of a name; those of scripts that are written without spaces are one character each.
fn in_one(name: &Words) -> String {
    let is_character = |word: &str| !word.is_ascii() && word.chars().nth(1).is_none();
    let between = if name.iter().all(is_character) { "" } else { " " };
    name.iter().collect::<Vec<_>>().join(between)
}

/// True if a fact of a record, or of one inside it, names a country, alone or among others.
fn names_country(record: &dyn Record, country: Term, context: &EvalContext<'_>) -> bool {
    let vocabulary = &context.rulebook.vocabulary;
    let is_so = |term: &Term| vocabulary.is_a(*term, country);
    let is_named = |coded: &CodedTerm| match coded {
        CodedTerm::Term(term) => is_so(term),
        CodedTerm::OneOf(terms) => terms.iter().any(is_so),
        // What a text makes possible is the same text over again.
        CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => false,
    };
    (0..record.table().fields.len()).any(|row| match record.value(row) {
        FactValue::Terms(terms) => terms.is().unwrap_or_default().iter().any(is_named),
        FactValue::One(Some(Some(inner))) => names_country(inner, country, context),
        FactValue::Many(Some(list)) => (0..list.len()).any(|index| {
            let inner = list.record(index);
            inner.is_some_and(|inner| names_country(inner, country, context))
        }),
        _ => false,
    })
}

/// True if a party, or a side, has a name in its name.
fn names_group(transaction: &Transaction, name: &Words) -> bool {
    let has_name = |text: &CompactString| Words::new(text).find(name).next().is_some();
    let sides = [&transaction.from, &transaction.to].into_iter().filter_map(|side| side.get()?.party.as_ref());
    let parties = transaction.parties.known().iter();
    let names = parties.flat_map(|party| party.name.iter().chain(party.aliases.iter().flatten()));
    sides.chain(names).any(has_name)
}
