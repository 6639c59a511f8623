//! Ship identification numbers of the International Maritime Organization.

use std::fmt;
use std::str::FromStr;

/// Numbers that people write for a ship whose number they do not have, although the check digit is right.
const PLACEHOLDERS: [u32; 3] = [0, 1_234_567, 5_555_555];

/// An IMO number, of seven digits, whose check digit is right.
///
/// ```
/// use interdict::facts::ImoNumber;
///
/// let imo: ImoNumber = "IMO 8905490".parse()?;
/// assert_eq!(imo.to_string(), "8905490");
///
/// let error = "8905491".parse::<ImoNumber>().unwrap_err();
/// assert_eq!(error.to_string(), "the check digit is wrong: it should be 0");
/// assert_eq!(error.expected_check_digit(), Some(0));
/// # Ok::<(), interdict::facts::ImoError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ImoNumber(u32);

/// Why a text is not an IMO number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImoError {
    /// `None` if there are not seven digits to check.
    expected: Option<u32>,
    /// True if it is a number that stands for a missing one.
    is_placeholder: bool,
}

impl ImoError {
    /// The last digit that the first six require; `None` if the text has not seven digits, or is a placeholder.
    pub fn expected_check_digit(&self) -> Option<u32> {
        self.expected
    }
}

impl fmt::Display for ImoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.expected {
            Some(expected) => write!(f, "the check digit is wrong: it should be {expected}"),
            None if self.is_placeholder => f.write_str("it is a placeholder"),
            None => f.write_str("an IMO number has seven digits"),
        }
    }
}

impl std::error::Error for ImoError {}

impl FromStr for ImoNumber {
    type Err = ImoError;

    /// Parses seven digits, with or without `IMO` before them. The last is a check digit: the last digit of the sum of the others
    /// times 7, 6, 5, 4, 3 and 2.
    ///
    /// # Errors
    ///
    /// If there are not seven ASCII digits, if the check digit is wrong, or if it is a placeholder such as `0000000`.
    fn from_str(text: &str) -> Result<Self, ImoError> {
        let text = text.trim();
        let digits = text.strip_prefix("IMO").unwrap_or(text).trim_start();
        let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
        let (Some((given, weighed)), 7, true) = (values.split_last(), digits.chars().count(), values.len() == 7) else {
            return Err(ImoError { expected: None, is_placeholder: false });
        };
        let sum: u32 = weighed.iter().zip((2..=7).rev()).map(|(d, w)| d * w).sum();
        let number = values.iter().fold(0, |n, d| n * 10 + d);
        match sum % 10 {
            expected if expected != *given => Err(ImoError { expected: Some(expected), is_placeholder: false }),
            _ if PLACEHOLDERS.contains(&number) => Err(ImoError { expected: None, is_placeholder: true }),
            _ => Ok(Self(number)),
        }
    }
}

impl fmt::Display for ImoNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:07}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{ImoError, ImoNumber};

    #[test]
    fn a_number_with_a_wrong_check_digit_or_length_is_refused() {
        assert_eq!("9179842".parse::<ImoNumber>().unwrap().to_string(), "9179842");
        assert_eq!("IMO 8905490".parse::<ImoNumber>().unwrap().to_string(), "8905490");
        assert_eq!("9179843".parse::<ImoNumber>(), Err(ImoError { expected: Some(2), is_placeholder: false }));
        assert_eq!("917984".parse::<ImoNumber>(), Err(ImoError { expected: None, is_placeholder: false }));
        assert_eq!("917984２".parse::<ImoNumber>(), Err(ImoError { expected: None, is_placeholder: false }));
        for placeholder in ["0000000", "IMO 1234567", "5555555"] {
            assert_eq!(placeholder.parse::<ImoNumber>().unwrap_err().to_string(), "it is a placeholder");
        }
    }
}
