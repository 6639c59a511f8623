//! Numbers as people write them: with groups of thousands, and with a dot or a comma before the decimals.

use rust_decimal::Decimal;

use super::number_words::{after_word, multiplier, number_in_words};
use super::{Range, RangeError};

/// A number that was read from the start of a text.
#[derive(Debug)]
pub(super) struct ReadNumber<'t> {
    /// The number. It is a range from one reading to the other if people [write both so](has_two_readings).
    pub(super) range: Range,
    /// What a word such as `million` has multiplied it by.
    pub(super) factor: Decimal,
    /// The rest of the text.
    pub(super) rest: &'t str,
}

impl ReadNumber<'_> {
    /// The number before the word that multiplies it.
    pub(super) fn mantissa(&self) -> Option<Decimal> {
        self.range.low.checked_div(self.factor)
    }
}

/// Reads a number at the start of a text: digits, with `thousand`, `million` or their like behind them, or English words.
pub(super) fn read_number(text: &str) -> Result<ReadNumber<'_>, RangeError> {
    let text = text.trim_start();
    let (written, rest) = text.split_at_checked(length(text)).ok_or(RangeError::NoNumber)?;
    if written.is_empty() {
        let (number, rest) = number_in_words(text).ok_or(RangeError::NoNumber)?;
        return Ok(ReadNumber { range: Range::exactly(number), factor: Decimal::ONE, rest });
    }
    if rest.starts_with(['e', 'E']) && rest.get(1..).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit())) {
        return Err(RangeError::Number);
    }
    let number = plain(written).ok_or(RangeError::Number)?;
    let (mut factor, mut rest) = (Decimal::ONE, rest);
    // `5 thousand million`
    for _ in 0..2 {
        if let Some((times, after)) = multiplier(rest) {
            factor = factor.checked_mul(times).ok_or(RangeError::Number)?;
            rest = after;
        }
    }
    // `5 dozen crates`; `5 dozen` alone has it as its unit.
    if let Some(after) = after_word(rest.trim_start(), "dozen").filter(|after| !after.is_empty()) {
        factor = factor.checked_mul(Decimal::from(12)).ok_or(RangeError::Number)?;
        rest = after;
    }
    let most = if has_two_readings(written) { Decimal::ONE_THOUSAND } else { Decimal::ONE };
    let times = |factor| number.checked_mul(factor).filter(|n| *n <= Decimal::from(10_u128.pow(24))).ok_or(RangeError::Number);
    let range = Range::between(times(factor)?, times(factor.checked_mul(most).ok_or(RangeError::Number)?)?);
    Ok(ReadNumber { range, factor, rest })
}

/// True for a dot between one to three digits, not beginning with zero, and exactly three: `120.000` is 120 where the dot stands
/// before decimals, 120 thousand where it parts groups. (A comma there parts groups, as the manual says.)
pub(super) fn has_two_readings(number: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    number.split_once('.').is_some_and(|(whole, decimals)| {
        (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && decimals.len() == 3
            && is_digits(whole)
            && is_digits(decimals)
    })
}

/// The length of the number that a text begins with: digits, commas and dots, and single blanks or apostrophes between groups.
fn length(text: &str) -> usize {
    let mut rest = text.char_indices();
    let mut after_digit = false;
    while let Some((at, c)) = rest.next() {
        let parts_groups = || {
            let mut after = rest.as_str().chars();
            after_digit
                && after.by_ref().take(3).filter(char::is_ascii_digit).count() == 3
                && !after.next().is_some_and(|c| c.is_ascii_digit())
        };
        if !(c.is_ascii_digit() || matches!(c, ',' | '.') || (is_group_separator(c) && parts_groups())) {
            return at;
        }
        after_digit = c.is_ascii_digit();
    }
    text.len()
}

/// A blank, also one that does not break or is narrow, or an apostrophe.
fn is_group_separator(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}')
}

/// True if the only comma of a number can part a group of thousands: three digits stand behind it, and before it one to three that
/// do not begin with zero. (`1,5` and `0,200` can only be decimals.)
fn parts_group(number: &str) -> bool {
    number
        .split_once(',')
        .is_some_and(|(whole, rest)| (1..=3).contains(&whole.len()) && !whole.starts_with('0') && rest.len() == 3)
}

/// The number that digits and separators are written for, read with a dot before decimals if both readings are possible.
fn plain(written: &str) -> Option<Decimal> {
    let has_blank_groups = written.contains(is_group_separator);
    let count = |mark: char| written.matches(mark).count();
    let last = written.rfind(['.', ',']).and_then(|at| written.get(at..)?.chars().next());
    // The mark before the decimals: the last one if it stands once, and is not a comma that parts groups.
    let decimal_mark = match last {
        Some('.') if count('.') == 1 => Some('.'),
        Some(',') if count(',') == 1 && (count('.') > 0 || has_blank_groups || !parts_group(written)) => Some(','),
        _ => None,
    };
    let (whole, decimals) = match decimal_mark.and_then(|mark| written.split_once(mark)) {
        Some((_, "")) => return None,
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (written, None),
    };
    let mut groups = whole.split(|c: char| !c.is_ascii_digit());
    let first = groups.next()?;
    let others: Vec<&str> = groups.collect();
    let marks: Vec<char> = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    let in_groups = others.is_empty() || ((1..=3).contains(&first.len()) && !first.starts_with('0'));
    let alike =
        marks.windows(2).all(|pair| matches!(pair, [a, b] if a == b || (is_group_separator(*a) && is_group_separator(*b))));
    if first.is_empty() || whole.len() > 20 || !in_groups || !alike || others.iter().any(|group| group.len() != 3) {
        return None;
    }
    let digits = std::iter::once(first).chain(others).collect::<String>();
    Decimal::from_str_exact(&decimals.map_or(digits.clone(), |decimals| format!("{digits}.{decimals}"))).ok()
}
