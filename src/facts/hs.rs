//! Codes of the Harmonized System, and ranges of them.

use std::fmt;
use std::str::FromStr;

use super::Truth;

/// The most digits that a code has, in national tariffs.
const MOST: usize = 10;

/// A code of the Harmonized System, of 2 to 10 digits: a chapter, a heading, a subheading or a national one.
///
/// More digits mean narrower goods. Leading zeros are kept, and the order is that of the digits as text.
///
/// ```
/// use interdict::facts::HsCode;
///
/// let code: HsCode = "9306.90".parse()?;
/// assert_eq!((code.digits(), code.length(), code.chapter()), ("930690", 6, 93));
/// assert_eq!(code.to_string(), "9306.90");
/// assert!("9".parse::<HsCode>().is_err());
/// # Ok::<(), interdict::facts::HsError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HsCode {
    /// ASCII digits, then zero bytes, so that the order of the bytes is that of the digits as text.
    digits: [u8; MOST],
    length: u8,
}

/// The HS codes from one prefix to another of the same length, both included. A single heading is a range of one.
///
/// ```
/// use interdict::facts::{HsRange, Truth};
///
/// let textiles: HsRange = "50-63".parse()?;
/// assert_eq!(textiles.contains(&"6201".parse()?), Truth::True);
///
/// let computers: HsRange = "8471".parse()?;
/// assert_eq!(computers.contains(&"8471.30".parse()?), Truth::True);
/// assert_eq!(computers.contains(&"84".parse()?), Truth::Unknown);
/// assert_eq!(computers.contains(&"8472".parse()?), Truth::False);
/// # Ok::<(), interdict::facts::HsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HsRange {
    low: HsCode,
    high: HsCode,
}

impl HsCode {
    /// The digits, without dots.
    pub fn digits(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// The number of digits, from 2 to 10.
    pub fn length(&self) -> usize {
        usize::from(self.length)
    }

    /// The chapter: the first two digits as a number.
    pub fn chapter(&self) -> u8 {
        let [tens, ones, ..] = self.digits;
        tens.saturating_sub(b'0') * 10 + ones.saturating_sub(b'0')
    }

    /// True if the code names goods: not of chapter 77, which is reserved, of 98 and 99, which States use for what they do not
    /// specify, nor all zeros.
    pub fn names_goods(&self) -> bool {
        !matches!(self.chapter(), 0 | 77 | 98 | 99)
    }

    /// The least and the greatest number of ten digits that begins with the code.
    pub fn span(&self) -> (u64, u64) {
        let number = self.bytes().iter().fold(0, |number, b| number * 10 + u64::from(b - b'0'));
        let finer = 10_u64.pow((MOST - self.length()) as u32);
        (number * finer, number * finer + finer - 1)
    }

    fn bytes(&self) -> &[u8] {
        self.digits.get(..self.length()).unwrap_or(&self.digits)
    }

    fn prefix(&self, digits: usize) -> &[u8] {
        let own = self.bytes();
        own.get(..digits).unwrap_or(own)
    }
}

/// Why a text is not an HS code or range of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HsError {
    /// The text is not a code.
    #[error("an HS code has 2 to 10 digits, with single dots or blanks between them")]
    Code,
    /// It has an odd number of digits, as codes have that lost a leading zero.
    #[error("an HS code has an even number of digits")]
    Odd,
    /// The two codes of the text differ in length, or the second is lower.
    #[error("an HS range goes from a code to another of the same length that is not lower")]
    Range,
}

impl FromStr for HsCode {
    type Err = HsError;

    /// Parses digits with single dots or with blanks between them: `2701`, `2701.10`, `9306.90.90`.
    ///
    /// # Errors
    ///
    /// [`HsError::Code`] if there are fewer than 2 or more than 10 digits, or anything else; [`HsError::Odd`] if their number is odd.
    fn from_str(text: &str) -> Result<Self, HsError> {
        let mut code = Self { digits: [0; MOST], length: 0 };
        let mut before = b'.';
        for byte in text.bytes() {
            match byte {
                b'0'..=b'9' => {
                    *code.digits.get_mut(usize::from(code.length)).ok_or(HsError::Code)? = byte;
                    code.length += 1;
                }
                b'.' if before == b'.' => return Err(HsError::Code),
                b'.' | b' ' => {}
                _ => return Err(HsError::Code),
            }
            before = byte;
        }
        match code.length {
            _ if before == b'.' => Err(HsError::Code),
            0 | 1 => Err(HsError::Code),
            odd if odd % 2 == 1 => Err(HsError::Odd),
            _ => Ok(code),
        }
    }
}

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.digits().split_at_checked(4) {
            Some((heading, rest)) if !rest.is_empty() => write!(f, "{heading}.{rest}"),
            _ => f.write_str(self.digits()),
        }
    }
}

impl fmt::Debug for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HsCode").field(&self.digits()).finish()
    }
}

impl FromStr for HsRange {
    type Err = HsError;

    /// Parses a prefix, `8471`, or two of the same length, `50-63`.
    ///
    /// # Errors
    ///
    /// [`HsError::Code`] if a prefix is not a code; [`HsError::Range`] if the two differ in length or the second is lower.
    fn from_str(text: &str) -> Result<Self, HsError> {
        let (low, high) = text.split_once('-').unwrap_or((text, text));
        let (low, high): (HsCode, HsCode) = (low.trim().parse()?, high.trim().parse()?);
        if low.length() == high.length() && low <= high { Ok(Self { low, high }) } else { Err(HsError::Range) }
    }
}

impl HsRange {
    /// Whether a code lies in the range: unknown if the code is coarser than the range, and only some finer codes of it do.
    pub fn contains(&self, code: &HsCode) -> Truth {
        let n = code.length().min(self.low.length());
        let (low, high, own) = (self.low.prefix(n), self.high.prefix(n), code.prefix(n));
        if own < low || own > high {
            Truth::False
        } else if code.length() >= self.low.length() || (own > low && own < high) {
            Truth::True
        } else {
            Truth::Unknown
        }
    }

    /// The least and the greatest number of ten digits in the range.
    pub fn span(&self) -> (u64, u64) {
        (self.low.span().0, self.high.span().1)
    }

    /// The chapters that have codes in the range.
    pub fn chapters(&self) -> std::ops::RangeInclusive<u8> {
        self.low.chapter()..=self.high.chapter()
    }
}

impl fmt::Display for HsRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high { write!(f, "{}", self.low) } else { write!(f, "{}-{}", self.low, self.high) }
    }
}

#[cfg(test)]
mod tests {
    use super::{HsCode, HsRange, Truth};

    fn truth(range: &str, code: &str) -> Truth {
        range.parse::<HsRange>().unwrap().contains(&code.parse().unwrap())
    }

    #[test]
    fn a_narrower_code_is_inside_and_a_coarser_one_is_unknown() {
        assert_eq!(truth("84", "8471.30"), Truth::True);
        assert_eq!(truth("8471", "84"), Truth::Unknown);
        assert_eq!(truth("8471", "8472"), Truth::False);
        assert_eq!(truth("50-63", "6201"), Truth::True);
        assert_eq!(truth("7201-7229", "72"), Truth::Unknown);
        assert_eq!(truth("7201-7429", "73"), Truth::True);
    }

    #[test]
    fn codes_keep_every_digit() {
        let code: HsCode = "0301".parse().unwrap();
        assert_eq!(code.digits(), "0301");
        assert_eq!("2701.10".parse::<HsCode>().unwrap().to_string(), "2701.10");
        for bad in ["ab12", "1", "123", "30342", "12345678901", "", ".", "27..01", "2701."] {
            assert!(bad.parse::<HsCode>().is_err(), "{bad}");
        }
    }
}
