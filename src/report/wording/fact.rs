//! Facts in sentences: their names for people, their values, and what a rule asks of them.

use crate::engine::IN_FORCE;
use crate::facts::{Transaction, Truth};
use crate::report::model::{DerivedNote, ElementNames, Finding, NearMiss, TransactionReport};

/// The text in place of the value of a fact that is not reported.
pub(in crate::report) const NOT_REPORTED: &str = "not reported";

/// The name of a fact for people: `items[0].description` is `item 1: description`, `parties[1].role` is `Harbour Trading: role`
/// where that is the name of the party. A path through no list stays as it is.
pub(in crate::report) fn fact_label(path: &str, names: &ElementNames) -> String {
    let Some((list, rest)) = path.split_once('[') else { return path.to_owned() };
    let Some((index, rest)) = rest.split_once(']') else { return path.to_owned() };
    let element = path.get(..path.len() - rest.len()).unwrap_or(path);
    let Ok(index) = index.parse::<usize>() else { return path.to_owned() };
    let field = Transaction::TABLE.fields.iter().find(|f| f.key == list);
    let singular = field.and_then(|f| f.rule_key).unwrap_or(list);
    let rest = rest.strip_prefix('.').map(|rest| format!(": {rest}")).unwrap_or_default();
    match names.get(element) {
        // Its name is the value.
        Some(_) if rest == ": name" => format!("{singular}{rest}"),
        Some(name) => format!("{name}{rest}"),
        None => format!("{singular} {}{rest}", index + 1),
    }
}

/// The names of several facts, `item 1: origin, ports`. Of equal names in a row only the first is given.
pub(in crate::report) fn fact_list(paths: &[String], names: &ElementNames) -> String {
    let mut labels: Vec<String> = paths.iter().map(|path| fact_label(path, names)).collect();
    labels.dedup();
    labels.join(", ")
}

/// A fact and its value: `from.country is KP`.
pub(in crate::report) fn fact_is(path: &str, value: Option<&str>, names: &ElementNames) -> String {
    format!("{} is {}", fact_label(path, names), value.unwrap_or(NOT_REPORTED))
}

/// A fact that would settle a finding, with the value that is [reported of it](reported_as) where that is not exact enough.
/// Where the law itself is not certain, that is no fact, and the condition says what is.
pub(in crate::report) fn missing_fact(path: &str, condition: &str, reported_as: Option<String>, names: &ElementNames) -> String {
    match reported_as {
        _ if path == IN_FORCE => condition.to_owned(),
        Some(reported_as) => format!("{} ({reported_as})", fact_label(path, names)),
        None => fact_label(path, names),
    }
}

/// How the sentence begins about a condition of this truth that keeps a rule away. One that holds does so under a `not`.
pub(in crate::report) fn asks(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "the rule excludes",
        Truth::Unknown => "the rule asks the facts to show",
        Truth::False => "the rule asks",
    }
}

/// A word that the vocabulary does not have.
pub(in crate::report) fn unlisted_word(path: &str, word: &str, names: &ElementNames) -> String {
    format!("{} is reported as `{word}`, which is no known word", fact_label(path, names))
}

/// A value that is not exact enough, and why: ``reported as `service`, more broadly than the rule asks``.
pub(in crate::report) fn reported_as(value: &str, why: Option<&str>) -> String {
    // What screening leaves to a person.
    if value == "?" {
        return "perhaps on one: which entry is not certain".to_owned();
    }
    let why = why.map(|why| format!(", {why}")).unwrap_or_default();
    format!("reported as `{value}`{why}")
}

/// Why a rule gives no finding: ``the rule asks `to.country: KP`, and to.country is CN``. `asks` is the beginning of the
/// sentence.
pub(in crate::report) fn unmet_condition(
    asks: &str,
    condition: &str,
    path: &str,
    value: Option<&str>,
    names: &ElementNames,
) -> String {
    format!("{asks} `{condition}`, and {}", fact_is(path, value, names))
}

/// The derived facts on which findings of a transaction rest, or which leave them open.
pub(in crate::report) fn decisive_derived(transaction: &TransactionReport) -> Vec<&DerivedNote> {
    let is_decisive = |derived: &&DerivedNote| {
        let of_findings = |finding: &Finding| {
            finding.because.iter().any(|basis| basis.fact == derived.fact) || finding.missing.contains(&derived.fact)
        };
        transaction.findings.iter().any(of_findings)
    };
    transaction.derived.iter().filter(is_decisive).collect()
}

/// A derived fact: ``item 1: origin is possibly KP (alleged): `items[0].description` names `dprk` ``.
pub(in crate::report) fn derived_fact(derived: &DerivedNote, names: &ElementNames) -> String {
    let because = derived.because.strip_prefix("derived: ").unwrap_or(&derived.because);
    format!("{} ({}): {because}", fact_is(&derived.fact, derived.value.as_deref(), names), derived.standing.word())
}

/// A derived fact with the place of the reported one.
pub(in crate::report) fn derived_sentence(derived: &DerivedNote, names: &ElementNames) -> String {
    let at = derived.at.as_ref().map(|at| format!(" ({at})")).unwrap_or_default();
    format!("{}{at}", derived_fact(derived, names))
}

/// A rule that a single condition keeps from a finding.
pub(in crate::report) fn near_miss_sentence(near_miss: &NearMiss, names: &ElementNames) -> String {
    let NearMiss { rule, condition, fact, value } = near_miss;
    format!("{rule}: {}", unmet_condition("the rule asks", condition, fact, value.as_deref(), names))
}

#[cfg(test)]
mod tests {
    use super::{ElementNames, fact_is, fact_label};

    #[test]
    fn elements_of_lists_are_counted_from_one() {
        let label = |path| fact_label(path, &ElementNames::default());
        assert_eq!(label("items[0].description"), "item 1: description");
        assert_eq!(label("parties[1].role"), "party 2: role");
        assert_eq!(label("authorisations[0]"), "authorised 1");
        assert_eq!(label("from.country"), "from.country");
    }

    #[test]
    fn an_element_with_a_name_is_called_by_it() {
        let names: ElementNames = [("parties[1]".to_owned(), "Harbour Trading".to_owned())].into_iter().collect();
        assert_eq!(fact_label("parties[1].role", &names), "Harbour Trading: role");
        assert_eq!(fact_label("parties[1].name", &names), "party: name");
        assert_eq!(fact_label("parties[1]", &names), "Harbour Trading");
        assert_eq!(fact_label("parties[0].role", &names), "party 1: role");
    }

    #[test]
    fn a_fact_without_a_value_is_not_reported() {
        let names = ElementNames::default();
        assert_eq!(fact_is("date", Some("2022"), &names), "date is 2022");
        assert_eq!(fact_is("items[0].hs", None, &names), "item 1: hs is not reported");
    }
}
