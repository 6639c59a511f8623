//! Ship identification numbers of the International Maritime Organization.

use std::fmt;
use std::str::FromStr;

/// An IMO number whose check digit is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ImoNumber(u32);

/// Why a text is no IMO number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImoError {
    /// Not seven digits.
    #[error("an IMO number has seven digits")]
    Shape,
    /// The last digit should be another one.
    #[error("the check digit is wrong: it should be {expected}")]
    CheckDigit {
        /// The digit that the first six ask for.
        expected: u32,
    },
}

impl FromStr for ImoNumber {
    type Err = ImoError;

    /// Seven digits, `IMO` before them allowed. The last is the last digit of the sum of the others times 7, 6, 5, 4, 3, 2.
    fn from_str(text: &str) -> Result<Self, ImoError> {
        let text = text.trim();
        let digits = text.strip_prefix("IMO").unwrap_or(text).trim_start();
        let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
        let (Some((given, weighed)), 7, true) = (values.split_last(), digits.chars().count(), values.len() == 7) else {
            return Err(ImoError::Shape);
        };
        let sum: u32 = weighed.iter().zip((2..=7).rev()).map(|(d, w)| d * w).sum();
        if sum % 10 == *given {
            Ok(Self(values.iter().fold(0, |n, d| n * 10 + d)))
        } else {
            Err(ImoError::CheckDigit { expected: sum % 10 })
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
    fn the_check_digit_is_checked() {
        assert_eq!("9179842".parse::<ImoNumber>().unwrap().to_string(), "9179842");
        assert_eq!("IMO 8905490".parse::<ImoNumber>().unwrap().to_string(), "8905490");
        assert_eq!("9179843".parse::<ImoNumber>(), Err(ImoError::CheckDigit { expected: 2 }));
        assert_eq!("917984".parse::<ImoNumber>(), Err(ImoError::Shape));
        assert_eq!("917984２".parse::<ImoNumber>(), Err(ImoError::Shape));
    }
}
