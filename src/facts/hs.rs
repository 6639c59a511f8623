//! Codes of the Harmonized System, and ranges of them.

use std::fmt;
use std::str::FromStr;

use super::Truth;

/// The most digits that a code has, in national tariffs.
const MOST: usize = 10;

/// The last heading of a chapter in the editions of the Harmonized System from 1992 to 2022; `None` for a chapter without goods.
/// Every heading from the first to it has been in some edition.
fn last_heading(chapter: u8) -> Option<u8> {
    const LAST: [u8; 97] = [
        6, 10, 9, 10, 11, 4, 14, 14, 10, 8, 9, 14, 2, 4, 22, 5, 4, 6, 5, 9, 6, 9, 9, 4, 30, 21, 16, 53, 42, 6, 5, 15, 7, 7, 7, 6,
        7, 27, 26, 17, 15, 6, 4, 21, 4, 2, 7, 23, 11, 7, 13, 12, 11, 8, 16, 9, 5, 11, 11, 6, 17, 17, 10, 6, 7, 3, 4, 15, 14, 20,
        18, 29, 26, 19, 8, 16, 0, 6, 7, 7, 13, 15, 11, 87, 49, 9, 16, 7, 8, 33, 14, 9, 7, 6, 8, 20, 6,
    ];
    LAST.get(usize::from(chapter.checked_sub(1)?)).copied().filter(|last| *last > 0)
}

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

    /// True if the code's chapter names goods: not 77, which is reserved, 98 and 99, which States use for what they do not
    /// specify, nor zeros.
    pub fn names_goods(&self) -> bool {
        last_heading(self.chapter()).is_some()
    }

    /// True if some edition of the Harmonized System has the code's chapter and heading.
    pub fn is_in_an_edition(&self) -> bool {
        let heading = self.prefix(4).get(2..).unwrap_or_default().iter().fold(0, |number, b| number * 10 + (b - b'0'));
        last_heading(self.chapter()).is_some_and(|last| self.length == 2 || (1..=last).contains(&heading))
    }

    /// The least and the greatest number of ten digits that begins with the code.
    pub fn span(&self) -> (u64, u64) {
        let number = self.bytes().iter().fold(0, |number, b| number * 10 + u64::from(b - b'0'));
        let finer = 10_u64.pow((MOST - self.length()) as u32);
        (number * finer, number * finer + finer - 1)
    }

    /// The code without the pairs of zeros at its end, which fill up a coarser code or a heading without subheadings: `2701` for
    /// `2701.00`.
    #[must_use]
    pub fn without_filling(mut self) -> Self {
        while let [.., tens @ b'0', ones @ b'0'] = self.digits.get_mut(..usize::from(self.length)).unwrap_or_default()
            && self.length > 2
        {
            (*tens, *ones) = (0, 0);
            self.length -= 2;
        }
        self
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

    /// True if some edition of the Harmonized System has the chapters and headings of both ends.
    pub fn is_in_an_edition(&self) -> bool {
        self.low.is_in_an_edition() && self.high.is_in_an_edition()
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

    #[test]
    fn zeros_that_fill_up_a_code_are_left_out() {
        for (filled, code) in [("2701.00", "2701"), ("27000000", "27"), ("2704.00.00", "2704"), ("8471.30.0000", "8471.30")] {
            assert_eq!(filled.parse::<HsCode>().unwrap().without_filling(), code.parse().unwrap(), "{filled}");
        }
    }

    #[test]
    fn a_heading_beyond_the_last_of_its_chapter_is_in_no_edition() {
        let known = |code: &str| code.parse::<HsCode>().unwrap().is_in_an_edition();
        for code in ["27", "2701", "2716", "8487", "8549", "8469", "8803", "3827", "9620.00", "0511.99", "2701.99.9999"] {
            assert!(known(code), "{code}");
        }
        for code in ["2717", "2799", "7701", "9801", "0000", "99", "8488", "0199.10"] {
            assert!(!known(code), "{code}");
        }
    }
}
