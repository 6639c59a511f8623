//! Codes of the Harmonized System, and ranges of them.

use std::fmt;
use std::str::FromStr;

use super::Truth;

/// An HS code: 2 to 10 digits, every leading zero kept. More digits are narrower.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HsCode(String);

/// Codes from one prefix to another of the same length, both included: a heading is a range of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HsRange {
    low: HsCode,
    high: HsCode,
}

impl HsCode {
    /// The digits.
    pub fn digits(&self) -> &str {
        &self.0
    }

    fn prefix(&self, digits: usize) -> &str {
        self.0.get(..digits).unwrap_or(&self.0)
    }
}

impl FromStr for HsCode {
    type Err = ();

    /// Digits with dots or spaces between them: `2701`, `2701.10`, `9306.90.90`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
        let plain = digits.bytes().all(|b| b.is_ascii_digit());
        let dotted_well = !text.starts_with('.') && !text.ends_with('.') && !text.contains("..");
        if plain && dotted_well && (2..=10).contains(&digits.len()) { Ok(Self(digits)) } else { Err(()) }
    }
}

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_at_checked(4) {
            Some((heading, rest)) if !rest.is_empty() => write!(f, "{heading}.{rest}"),
            _ => f.write_str(&self.0),
        }
    }
}

impl FromStr for HsRange {
    type Err = ();

    /// `8471`, or `50-63`, `7201-7229`: two prefixes of the same length, in order.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (low, high) = text.split_once('-').unwrap_or((text, text));
        let (low, high): (HsCode, HsCode) = (low.trim().parse()?, high.trim().parse()?);
        if low.0.len() == high.0.len() && low <= high { Ok(Self { low, high }) } else { Err(()) }
    }
}

impl HsRange {
    /// Whether a code lies inside: unknown if the code is coarser than the range and could be refined into it.
    pub fn contains(&self, code: &HsCode) -> Truth {
        let n = code.0.len().min(self.low.0.len());
        let (low, high, own) = (self.low.prefix(n), self.high.prefix(n), code.prefix(n));
        if own < low || own > high {
            Truth::False
        } else if code.0.len() >= self.low.0.len() || (own > low && own < high) {
            Truth::True
        } else {
            Truth::Unknown
        }
    }

    /// The chapters, as their two digits, that the range has a part in.
    pub fn chapters(&self) -> impl Iterator<Item = String> {
        let chapter = |code: &HsCode| code.0.get(..2).and_then(|c| c.parse::<u8>().ok()).unwrap_or(0);
        (chapter(&self.low)..=chapter(&self.high)).map(|c| format!("{c:02}"))
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
    fn narrower_is_inside_coarser_is_unknown() {
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
        for bad in ["ab12", "1", "12345678901", "", ".", "27..01", "2701."] {
            assert!(bad.parse::<HsCode>().is_err(), "{bad}");
        }
    }
}
