//! Bytes and numbers as digits.

/// Bytes as lower-case hexadecimal digits, two for each byte.
pub fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for value in [byte >> 4, byte & 15] {
            digits.push(char::from_digit(value.into(), 16).unwrap_or('?'));
        }
    }
    digits
}

/// Appends a number in decimal digits.
///
/// Every location in a report has two numbers, and `write!` takes as long for them as the rest of the location does.
pub(crate) fn push_decimal(text: &mut String, number: usize) {
    if number > 9 {
        push_decimal(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}
