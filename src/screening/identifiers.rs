//! Identifiers, which decide by themselves: IMO numbers, BICs, passport and national numbers, reference numbers of lists.

use compact_str::CompactString;

/// The letters and digits of a number in upper case, without spaces and punctuation; `None` if it is too short to identify.
pub fn normalised(number: &str) -> Option<CompactString> {
    let text: CompactString = number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let text = match text.strip_prefix("IMO") {
        Some(rest) if is_imo(rest) => rest.into(),
        _ => text,
    };
    // The main office of a bank may be written with or without `XXX`.
    let text = match text.strip_suffix("XXX") {
        Some(bank) if is_bic(&text) => bank.into(),
        _ => text,
    };
    (text.len() >= 5 && digits >= 3 || is_bic(&text)).then_some(text)
}

/// True for a number of digits alone: without a word of what it is, it can as well count the rows of a table.
pub fn is_bare(number: &str) -> bool {
    number.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || c.is_ascii_punctuation())
}

/// True for seven digits of which the last checks the others, as in every IMO number of a ship.
pub fn is_imo(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    match digits.as_slice() {
        [a, b, c, d, e, f, check] if number.len() == 7 => (7 * a + 6 * b + 5 * c + 4 * d + 3 * e + 2 * f) % 10 == *check,
        _ => false,
    }
}

/// True for the form of a business identifier code (ISO 9362): a bank, its country and place, and perhaps a branch.
pub fn is_bic(code: &str) -> bool {
    let bytes = code.as_bytes();
    matches!(bytes.len(), 8 | 11)
        && bytes.iter().take(6).all(u8::is_ascii_uppercase)
        && bytes.iter().skip(6).all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}
