//! Ways to facts as people say them.

use crate::facts::Transaction;

/// `items[0].description` as `item 1: description`; what is in no list stays as it is.
pub(super) fn spoken(fact: &str) -> String {
    let Some((list, rest)) = fact.split_once('[') else { return fact.to_owned() };
    let Some((index, rest)) = rest.split_once(']') else { return fact.to_owned() };
    let Ok(index) = index.parse::<usize>() else { return fact.to_owned() };
    let field = Transaction::TABLE.fields.iter().find(|f| f.key == list);
    let singular = field.and_then(|f| f.rule_key).unwrap_or(list);
    let rest = rest.strip_prefix('.').map(|rest| format!(": {rest}")).unwrap_or_default();
    format!("{singular} {}{rest}", index + 1)
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn elements_count_from_one_for_people() {
        assert_eq!(spoken("items[0].description"), "item 1: description");
        assert_eq!(spoken("parties[1].role"), "party 2: role");
        assert_eq!(spoken("authorisations[0]"), "authorised 1");
        assert_eq!(spoken("from.country"), "from.country");
    }
}
