//! Who says it, told in the middle of what is said: `Iran shipped, the Panel found, engines to Yemen`.

use crate::rulebook::DraftingClass;

use super::units::{Tag, Unit};

/// The most words of such an aside.
const LONGEST: usize = 10;

/// The units with such an aside behind the others, where it parts no verb from its object: `Iran shipped engines to Yemen, the Panel
/// found`.
pub(super) fn moved_behind(mut units: Vec<Unit>) -> Vec<Unit> {
    // Whose words quoted ones are is read from where they stand; `When it docked, he said, it was empty.` has two clauses.
    let is_other = |unit: &Unit| matches!(unit.tag, Tag::Quote | Tag::Subordinator | Tag::Parenthesis);
    if units.iter().any(is_other) {
        return units;
    }
    let Some((opening, closing)) = aside(&units) else { return units };
    let end = units.iter().rposition(|unit| unit.tag != Tag::Stop).map_or(units.len(), |last| last + 1);
    let mut rest = units.split_off(end);
    let behind = units.split_off(closing + 1);
    units.pop();
    let said = units.split_off(opening);
    units.extend(behind);
    units.extend(said);
    units.append(&mut rest);
    units
}

/// The commas around such an aside.
fn aside(units: &[Unit]) -> Option<(usize, usize)> {
    let commas = || units.iter().enumerate().filter(|(_, unit)| unit.tag == Tag::Comma).map(|(at, _)| at);
    commas().zip(commas().skip(1)).find(|(opening, closing)| {
        let said = units.get(opening + 1..*closing).unwrap_or_default();
        let before = units.get(..*opening).unwrap_or_default();
        let after = units.get(closing + 1).map(|unit| unit.tag);
        let is_verb = |unit: &Unit| matches!(unit.tag, Tag::Verb | Tag::Have | Tag::Be | Tag::Do | Tag::Will | Tag::Possibly);
        let parts_verb = before.last().is_some_and(is_verb);
        let parts_subject = !before.iter().any(is_verb)
            && before.last().is_some_and(|unit| matches!(unit.tag, Tag::Noun | Tag::Pronoun | Tag::Number))
            && before.first().is_some_and(|unit| !matches!(unit.tag, Tag::Preposition | Tag::Date))
            && matches!(after, Some(Tag::Verb | Tag::Have | Tag::Be | Tag::Will | Tag::Possibly | Tag::Do));
        let goes_on = !matches!(after, None | Some(Tag::Stop | Tag::Conjunction | Tag::Relative | Tag::Comma));
        (parts_verb || parts_subject) && goes_on && said.len() <= LONGEST && says(said)
    })
}

/// True for a subject with a verb of saying that ends there: `the Panel found`, `police said on Thursday`.
fn says(units: &[Unit]) -> bool {
    let units = match units {
        [rest @ .., Unit { tag: Tag::Date, .. }] => rest,
        all => all,
    };
    let [subject @ .., verb] = units else { return false };
    let says = verb.verb.is_some_and(|verb| matches!(verb.governs, DraftingClass::Says | DraftingClass::Believes));
    let is_nominal = |unit: &Unit| {
        matches!(
            unit.tag,
            Tag::Noun
                | Tag::Determiner
                | Tag::Number
                | Tag::Quantifier
                | Tag::Preposition
                | Tag::Possessive
                | Tag::Pronoun
                | Tag::Have
        )
    };
    let is_subject = subject.first().is_some_and(|unit| !matches!(unit.tag, Tag::Preposition | Tag::Have));
    verb.tag == Tag::Verb && says && is_subject && subject.iter().all(is_nominal)
}
