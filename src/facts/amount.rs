//! Numbers, quantities and sums of money as reports give them, which are mostly not exact.

use std::fmt;

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::number_text::{has_two_readings, read_number};
use super::{Term, Truth};

/// A number that is known to lie in a range, or exactly. Never negative, and in decimal: these are barrels and dollars.
///
/// ```
/// use interdict::facts::{Range, Truth};
///
/// let (range, unit) = Range::parse("about 600 t")?;
/// assert_eq!((range.to_string().as_str(), unit), ("540-660", "t"));
/// assert_eq!(range.at_most(700.into(), false), Truth::True);
/// assert_eq!(range.at_most(600.into(), false), Truth::Unknown);
/// # Ok::<(), interdict::facts::RangeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Range {
    /// The lower bound.
    pub low: Decimal,
    /// The upper bound; `None` if there is none.
    pub high: Option<Decimal>,
    /// True if the number is more than `low` (`over 600 t`), not that or more.
    pub above_low: bool,
    /// True if the number is less than `high` (`under 600 t`), not that or less.
    pub below_high: bool,
}

/// The unit of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A unit of measure or of counting, of the vocabulary: `t`, `bbl`, `containers`.
    Quantity(Term),
    /// A currency of ISO 4217.
    Money(Currency),
}

/// A quantity of goods, a sum of money or a length of time: a number or range with its unit.
///
/// ```
/// use interdict::facts::{Amount, Range, Unit};
///
/// let price = Amount { range: Range::exactly(12_000.into()), unit: Unit::Money(iso_currency::Currency::USD) };
/// assert_eq!(price.range.to_string(), "12,000");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The number of units.
    pub range: Range,
    /// The unit.
    pub unit: Unit,
}

/// Why a text is not a [`Range`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// There is no number where one is expected.
    #[error("no number")]
    NoNumber,
    /// A number is above 10^24, has too many digits, or is written with an exponent or misplaced separators.
    #[error("a number that cannot be read exactly")]
    Number,
    /// The second number of a range is less than the first.
    #[error("the range ends before it begins")]
    Backwards,
}

impl Range {
    /// Exactly zero.
    pub const ZERO: Range = Range { low: Decimal::ZERO, high: Some(Decimal::ZERO), above_low: false, below_high: false };

    /// Zero or more: nothing is known.
    pub const ANY: Range = Range { low: Decimal::ZERO, high: None, above_low: false, below_high: false };

    /// Exactly one number.
    pub fn exactly(number: Decimal) -> Self {
        Self { low: number, high: Some(number), above_low: false, below_high: false }
    }

    /// From `low` to `high`, both included.
    pub fn between(low: Decimal, high: Decimal) -> Self {
        Self { low, high: Some(high), above_low: false, below_high: false }
    }

    /// Parses a number or range at the start of a text, and returns it with the rest of the text, such as a unit.
    ///
    /// | written | meaning |
    /// |---|---|
    /// | `600`, `30,000`, `30 000`, `1.234.567,5`, `1.5 million` | exactly this, in groups of thousands or not |
    /// | `120.000` | 120 or 120,000: [either](Self::number_with_two_readings), so from one to the other |
    /// | `600-700`, `600 to 700` | from one to the other, both included |
    /// | `about N`, `around`, `approximately`, `some`, `~` | N plus or minus 10 % |
    /// | `almost N`, `nearly` | from 90 % of N to N |
    /// | `up to N`, `at most` | from 0 to N |
    /// | `at least N` | N or more |
    /// | `over N`, `more than` | more than N |
    /// | `under N`, `less than` | less than N |
    /// | `several`, `dozens`, `hundreds`, `thousands` | at least 2, 24, 200, 2,000 |
    ///
    /// # Errors
    ///
    /// If the text does not begin with a number, if a number cannot be represented exactly, or if a range ends before it begins.
    pub fn parse(text: &str) -> Result<(Range, &str), RangeError> {
        let text = text.trim();
        for (word, least) in [("several", 2), ("dozens", 24), ("hundreds", 200), ("thousands", 2000)] {
            if let Some(rest) = after_word(text, word) {
                return Ok((Range { high: None, ..Range::exactly(Decimal::from(least)) }, unit_part(rest)));
            }
        }
        for (words, qualifier) in QUALIFIERS {
            if let Some(rest) = words.iter().find_map(|w| after_word(text, w)) {
                let (number, rest) = read_number(rest)?;
                let most = number.high.map_or(Range::ANY, qualifier);
                return Ok((qualifier(number.low).or(&most), unit_part(rest)));
            }
        }
        let (first, rest) = read_number(text)?;
        let to = rest.trim_start();
        let second = ["-", "–", "to "].iter().find_map(|dash| to.strip_prefix(dash));
        match second.map(read_number) {
            Some(Ok((second, _))) if second.high < Some(first.low) => Err(RangeError::Backwards),
            Some(Ok((second, rest))) => Ok((Range { high: second.high, ..first }, unit_part(rest))),
            Some(Err(error)) => Err(error),
            None => Ok((first, unit_part(rest))),
        }
    }

    /// The first number of a text that people write for two different ones: `120.000` is 120 to three decimals, or 120 thousand.
    pub fn number_with_two_readings(text: &str) -> Option<&str> {
        // Nearly all amounts have no dot.
        text.contains('.')
            .then(|| text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))))?
            .find(|n| has_two_readings(n))
    }

    /// True if the number is zero for sure.
    pub fn is_zero(&self) -> bool {
        self.high.is_some_and(|high| high.is_zero())
    }

    /// The range times a number that is not negative.
    #[must_use]
    pub fn scaled(&self, factor: Decimal) -> Range {
        self.times(&Range::exactly(factor))
    }

    /// The sum of two numbers. Bounds beyond the largest decimal are left out.
    #[must_use]
    pub fn plus(&self, other: &Range) -> Range {
        Range {
            low: self.low.saturating_add(other.low),
            high: self.high.zip(other.high).and_then(|(a, b)| a.checked_add(b)),
            above_low: self.above_low || other.above_low,
            below_high: self.below_high || other.below_high,
        }
    }

    /// The product with a factor, each bound times the same bound of the factor.
    #[must_use]
    pub fn times(&self, factor: &Range) -> Range {
        Range {
            low: self.low.checked_mul(factor.low).unwrap_or(Decimal::MAX),
            high: self.high.zip(factor.high).and_then(|(a, b)| a.checked_mul(b)),
            ..*self
        }
    }

    /// The quotient by a number; `None` where that may be zero or cannot be represented.
    #[must_use]
    pub fn divided_by(&self, number: &Range) -> Option<Range> {
        let low = number.high.map_or(Some(Decimal::ZERO), |most| self.low.checked_div(most))?;
        let high = match self.high {
            Some(high) => Some(high.checked_div(number.low)?),
            None => None,
        };
        Some(Range { low, high, above_low: self.above_low || number.below_high, below_high: self.below_high || number.above_low })
    }

    /// The least range that includes both: for a number that is one of two, not known which.
    #[must_use]
    pub fn or(&self, other: &Range) -> Range {
        let (least, most) = if self.low <= other.low { (self, other) } else { (other, self) };
        let high = self.high.zip(other.high).map(|(a, b)| a.max(b));
        let below_high = (self.high != high || self.below_high) && (other.high != high || other.below_high) && high.is_some();
        let above_low = least.above_low && (most.low > least.low || most.above_low);
        Range { low: least.low, high, above_low, below_high }
    }

    /// From zero up to the upper bound: for a number that counts or does not, not known which.
    #[must_use]
    pub fn or_nothing(&self) -> Range {
        Range { low: Decimal::ZERO, above_low: false, ..*self }
    }

    /// Whether the number is at most `limit`, or less than it if `strictly`.
    pub fn at_most(&self, limit: Decimal, strictly: bool) -> Truth {
        let always = self.high.is_some_and(|high| high < limit || (high == limit && (!strictly || self.below_high)));
        let never = self.low > limit || (self.low == limit && (strictly || self.above_low));
        Truth::from_range(always, never)
    }
}

/// Makes a range of the number behind some words.
type Qualifier = fn(Decimal) -> Range;

/// The words that qualify a number, and the range that each makes of it.
const QUALIFIERS: &[(&[&str], Qualifier)] = &[
    (&["about", "around", "approximately", "some", "~"], |n| Range::between(n * Decimal::new(9, 1), n * Decimal::new(11, 1))),
    (&["almost", "nearly"], |n| Range::between(n * Decimal::new(9, 1), n)),
    (&["up to", "at most"], |n| Range::between(Decimal::ZERO, n)),
    (&["at least"], |n| Range { high: None, ..Range::exactly(n) }),
    (&["over", "more than"], |n| Range { high: None, above_low: true, ..Range::exactly(n) }),
    (&["under", "less than"], |n| Range { below_high: true, ..Range::between(Decimal::ZERO, n) }),
];

/// The rest of a text that begins with a word, compared as a whole word in any case.
pub(super) fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).and(text.get(word.len()..))?;
    let ends = word == "~" || rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace());
    ends.then(|| rest.trim_start())
}

/// The text after a number, without the `of` of `hundreds of containers`.
fn unit_part(rest: &str) -> &str {
    let rest = rest.trim();
    after_word(rest, "of").unwrap_or(rest)
}

impl fmt::Display for Range {
    /// Writes the range as a report would: `600`, `540-660`, `over 600`, `up to 600`; `any amount` if nothing is known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = (grouped(self.low), self.high.map(grouped));
        match high {
            Some(high) if self.low == self.high.unwrap_or_default() => f.write_str(&high),
            Some(high) if self.low.is_zero() && self.below_high => write!(f, "under {high}"),
            Some(high) if self.low.is_zero() => write!(f, "up to {high}"),
            Some(high) => write!(f, "{low}-{high}"),
            None if self.low.is_zero() && !self.above_low => f.write_str("any amount"),
            None if self.above_low => write!(f, "over {low}"),
            None => write!(f, "at least {low}"),
        }
    }
}

/// A number with groups of thousands: `1,234,567.5`. A fourth decimal keeps `123.4560` from being read as thousands.
fn grouped(number: Decimal) -> String {
    let text = number.normalize().to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
        if has_two_readings(&out) {
            out.push('0');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Range, RangeError, Truth};
    use rust_decimal::Decimal;

    fn shown(text: &str) -> (String, String) {
        let (range, unit) = Range::parse(text).unwrap();
        (range.to_string(), unit.to_owned())
    }

    #[test]
    fn words_before_a_number_make_a_range() {
        for (text, range, unit) in [
            ("600 t", "600", "t"),
            ("about 600 t", "540-660", "t"),
            ("almost 600 t", "540-600", "t"),
            ("600-700 t", "600-700", "t"),
            ("600 to 700 t", "600-700", "t"),
            ("over 600 t", "over 600", "t"),
            ("at least 600 t", "at least 600", "t"),
            ("up to 600 t", "up to 600", "t"),
            ("under 600 t", "under 600", "t"),
            ("hundreds of containers", "at least 200", "containers"),
            ("Several crates", "at least 2", "crates"),
            ("about 1500000000 USD", "1,350,000,000-1,650,000,000", "USD"),
            ("1.5 million rounds", "1,500,000", "rounds"),
            ("30,000 rounds", "30,000", "rounds"),
            ("30 000 rounds", "30,000", "rounds"),
            ("30'000 CHF", "30,000", "CHF"),
            ("1.234.567,5 t", "1,234,567.5", "t"),
            ("1,234,567.5 t", "1,234,567.5", "t"),
            ("12 345,5 t", "12,345.5", "t"),
            ("0.200 t", "0.2", "t"),
            ("1234.567 t", "1,234.567", "t"),
            ("120.000 t", "120-120,000", "t"),
            ("about 120.000 t", "108-132,000", "t"),
            ("100-120.000 t", "100-120,000", "t"),
            ("over 1.500 t", "over 1.5", "t"),
        ] {
            assert_eq!(shown(text), (range.to_owned(), unit.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_number_that_is_not_exact_is_refused() {
        for (text, error) in [
            ("t", RangeError::NoNumber),
            ("about", RangeError::NoNumber),
            ("1e3 t", RangeError::Number),
            ("1,00 t", RangeError::Number),
            ("1.2.3 t", RangeError::Number),
            ("0,200 t", RangeError::Number),
            ("1,234.567.8 t", RangeError::Number),
            ("999999999999999999999999999999 t", RangeError::Number),
            ("700-600 t", RangeError::Backwards),
            ("-5 t", RangeError::NoNumber),
        ] {
            assert_eq!(Range::parse(text).unwrap_err(), error, "{text}");
        }
    }

    #[test]
    fn a_dot_before_three_digits_has_two_readings() {
        for text in ["120.000 t", "about 1.500 kg", "USD 50.000", "600-700.000 t"] {
            assert!(Range::number_with_two_readings(text).is_some(), "{text}");
        }
        for text in ["120,000 t", "0.500 t", "1234.567 t", "1.234.567 t", "1,234.567 t", "120.0000 t", "120.50 t", "120000"] {
            assert_eq!(Range::number_with_two_readings(text), None, "{text}");
        }
    }

    #[test]
    fn a_limit_inside_a_range_is_neither_kept_nor_broken() {
        let limit = Decimal::from(600);
        let at_most = |text: &str| Range::parse(text).unwrap().0.at_most(limit, false);
        assert_eq!(at_most("600 t"), Truth::True);
        assert_eq!(at_most("over 600 t"), Truth::False);
        assert_eq!(at_most("at least 600 t"), Truth::Unknown);
        assert_eq!(at_most("about 600 t"), Truth::Unknown);
        assert_eq!(Range::parse("under 600 t").unwrap().0.at_most(limit, true), Truth::True);
    }
}
