//! Numbers with a comma before their decimals, as tables of many countries have them.

/// A text with a dot in place of each comma before decimals. A comma before three digits parts thousands, except in a table
/// with semicolons, where both are possible; so they are with the dot.
pub(super) fn with_decimal_point(text: &str, commas_are_decimal: bool) -> String {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let length = number.find(|c| !is_number(c)).unwrap_or(number.len());
        let (number, after) = number.split_at_checked(length).unwrap_or((number, ""));
        let has_decimals = |decimals: &str| match decimals.len() {
            0 => false,
            3 => commas_are_decimal,
            _ => true,
        };
        result.push_str(before);
        match number.split_once(',') {
            Some((whole, decimals))
                if decimals.bytes().all(|b| b.is_ascii_digit()) && has_decimals(decimals) && !whole.contains('.') =>
            {
                result.extend([whole, ".", decimals]);
            }
            _ => result.push_str(number),
        }
        rest = after;
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::with_decimal_point;

    #[test]
    fn a_comma_before_decimals_becomes_a_dot() {
        for (text, in_semicolons, in_commas) in [
            ("900,5 t", "900.5 t", "900.5 t"),
            ("1,234 t", "1.234 t", "1,234 t"),
            ("about 12,25-13,5 t", "about 12.25-13.5 t", "about 12.25-13.5 t"),
            ("1.234,5 t", "1.234,5 t", "1.234,5 t"),
            ("1,234,567 t", "1,234,567 t", "1,234,567 t"),
            ("1 234,5 USD", "1 234.5 USD", "1 234.5 USD"),
            ("12, then 13", "12, then 13", "12, then 13"),
        ] {
            assert_eq!(with_decimal_point(text, true), in_semicolons);
            assert_eq!(with_decimal_point(text, false), in_commas);
        }
    }
}
