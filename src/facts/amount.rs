//! Numbers, quantities and sums of money as reports give them, which are mostly not exact.

use std::fmt;

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::number_text::{ReadNumber, has_two_readings, read_number};
use super::number_words::{Qualifier, after_word, qualifier, qualifier_behind, vague_number};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// | `600`, `30,000`, `30 000`, `1.234.567,5`, `1.5 million`, `1,5` | exactly this, in groups of thousands or not |
    /// | `two`, `a dozen`, `three hundred and fifty`, `half a million` | exactly this |
    /// | `120.000` | 120 or 120,000: [either](Self::number_with_two_readings), so from one to the other |
    /// | `600-700`, `600 to 700`, `between 600 and 700`, `5-10 million` | from one to the other, both included |
    /// | `about N`, `around`, `approximately`, `some`, `~` | N plus or minus 10 % |
    /// | `almost N`, `nearly` | from 90 % of N to N |
    /// | `up to N`, `at most`, `no more than`, `<=` | from 0 to N |
    /// | `at least N`, `no less than`, `>=`, `N+` | N or more |
    /// | `over N`, `more than`, `>` | more than N |
    /// | `under N`, `less than`, `<` | less than N |
    /// | `several`, `a few`, `dozens`, `hundreds`, `tens of thousands` | at least 2, 2, 24, 200, 20,000 |
    /// | `an unknown number of` | more than 0 |
    ///
    /// # Errors
    ///
    /// If the text does not begin with a number, if a number cannot be represented exactly, or if a range ends before it begins.
    pub fn parse(text: &str) -> Result<(Range, &str), RangeError> {
        let text = text.trim();
        match qualifier_behind(text) {
            Some((qualifier, before)) => {
                let (number, rest) = Self::parse_unqualified(before)?;
                Ok((number.qualified(qualifier)?, rest))
            }
            None => Self::parse_unqualified(text),
        }
    }

    /// Parses a number or range without words behind it that qualify it.
    fn parse_unqualified(text: &str) -> Result<(Range, &str), RangeError> {
        // Nearly all amounts begin with their number.
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            if let Some((range, rest)) = vague_number(text) {
                return Ok((range, unit_part(rest)));
            }
            if let Some((qualifier, rest)) = qualifier(text) {
                // `at least several hundred`, `about 2-3 thousand`
                let rest = rest.trim_start();
                let (range, rest) = match vague_number(rest) {
                    Some((range, rest)) => (range, unit_part(rest)),
                    None => Self::parse_numbers(rest)?,
                };
                return Ok((range.qualified(qualifier)?, rest));
            }
        }
        Self::parse_numbers(text)
    }

    /// Parses a number, or two with a word or a dash between them.
    fn parse_numbers(text: &str) -> Result<(Range, &str), RangeError> {
        let between = ["between", "from", "от"].iter().find_map(|word| after_word(text, word));
        // `between two and three thousand`: words for a number may have `and` in them.
        let parts = between.and_then(|text| text.split_once(" and "));
        let alone = parts.and_then(|(first, _)| read_number(first).ok()).filter(|first| first.rest.trim().is_empty());
        let first = match (alone, parts, between) {
            (Some(first), Some((written, _)), Some(text)) => {
                ReadNumber { rest: text.get(written.len()..).unwrap_or_default(), ..first }
            }
            _ => read_number(between.unwrap_or(text))?,
        };
        if let Some(rest) = first.rest.strip_prefix('+') {
            return Ok((Range { high: None, ..first.range }, unit_part(rest)));
        }
        let to = first.rest.trim_start();
        let dashes = ["-", "–", "—", "~", "to ", "до "].iter().chain(between.map(|_| &"and "));
        let second = dashes.into_iter().find_map(|dash| to.strip_prefix(dash));
        match second.map(read_number) {
            Some(Ok(second)) => {
                // `5-10 million` begins at five million.
                let is_shared =
                    first.factor == Decimal::ONE && first.range.high.zip(second.mantissa()).is_some_and(|(a, b)| a <= b);
                let low = if is_shared { first.range.low.checked_mul(second.factor) } else { Some(first.range.low) };
                let range = Range { low: low.ok_or(RangeError::Number)?, high: second.range.high, ..first.range };
                if range.high < Some(range.low) { Err(RangeError::Backwards) } else { Ok((range, unit_part(second.rest))) }
            }
            Some(Err(error)) => Err(error),
            // `from 600 t` does not say up to what.
            None if between.is_some() => Err(RangeError::NoNumber),
            None => Ok((first.range, unit_part(first.rest))),
        }
    }

    /// What a word makes of the number: of either reading, if it has two.
    fn qualified(&self, qualifier: Qualifier) -> Result<Range, RangeError> {
        Ok(match self.high {
            Some(high) => qualifier(self.low).or(&qualifier(high)),
            // Of how many only the least is told: `at least several hundred`.
            None => Range { high: None, ..qualifier(self.low) },
        })
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
            ("1,5 t", "1.5", "t"),
            ("0,200 t", "0.2", "t"),
            ("2,5 million barrels", "2,500,000", "barrels"),
            ("5\u{a0}000 t", "5,000", "t"),
            ("5\u{202f}000 t", "5,000", "t"),
            ("5\u{2007}000 t", "5,000", "t"),
            ("5-10 million barrels", "5,000,000-10,000,000", "barrels"),
            ("500 to 1 million t", "500-1,000,000", "t"),
            ("between 600 and 700 t", "600-700", "t"),
            ("from 600 to 700 t", "600-700", "t"),
            ("600\u{2013}700 t", "600-700", "t"),
            ("circa 600 t", "540-660", "t"),
            ("an estimated 600 t", "540-660", "t"),
            ("no more than 600 t", "up to 600", "t"),
            ("<= 600 t", "up to 600", "t"),
            ("not less than 600 t", "at least 600", "t"),
            ("600+ t", "at least 600", "t"),
            ("600 t or more", "at least 600", "t"),
            ("600 t or less", "up to 600", "t"),
            ("more than 100", "over 100", ""),
            (">100 t", "over 100", "t"),
            ("in excess of 600 t", "over 600", "t"),
            ("fewer than 600 t", "under 600", "t"),
            ("two containers", "2", "containers"),
            ("a container", "1", "container"),
            ("twenty-five crates", "25", "crates"),
            ("three hundred and fifty rounds", "350", "rounds"),
            ("two thousand five hundred rounds", "2,500", "rounds"),
            ("about a hundred crates", "90-110", "crates"),
            ("a dozen", "12", ""),
            ("two dozen crates", "24", "crates"),
            ("5 dozen crates", "60", "crates"),
            ("5 dozen", "5", "dozen"),
            ("half a million rounds", "500,000", "rounds"),
            ("one to two containers", "1-2", "containers"),
            ("a few crates", "at least 2", "crates"),
            ("several hundred crates", "at least 200", "crates"),
            ("tens of thousands of rounds", "at least 20,000", "rounds"),
            ("an unknown number of crates", "over 0", "crates"),
            ("около 600 т", "540-660", "т"),
            ("более 2 тысяч тонн", "over 2,000", "тонн"),
            ("1,2 млн баррелей", "1,200,000", "баррелей"),
            ("약 500만 배럴", "4,500,000-5,500,000", "배럴"),
            ("约5万吨", "45,000-55,000", "吨"),
            ("600吨以上", "at least 600", "吨"),
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
            ("1.2.3 t", RangeError::Number),
            ("1,00,00 t", RangeError::Number),
            ("1,2345,6 t", RangeError::Number),
            ("one two crates", RangeError::NoNumber),
            ("twenty twenty crates", RangeError::NoNumber),
            ("two thousand million rounds", RangeError::NoNumber),
            ("a", RangeError::NoNumber),
            ("no crates", RangeError::NoNumber),
            ("from 600 t", RangeError::NoNumber),
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
