//! How amounts are read: a number with a unit of the vocabulary or an ISO 4217 currency.

use std::{error, fmt};

use iso_currency::Currency;

use crate::document::suggestion;
use crate::facts::{CodedTerm, Range, Scheme, Unit};

use super::{TermLookup, Vocabulary};

/// Why a text is not an amount. It displays as a message without the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountError {
    message: String,
    help: Option<String>,
}

impl AmountError {
    fn new(message: String, help: Option<String>) -> Self {
        Self { message, help }
    }

    /// How to mend the text, if that is known.
    pub fn into_help(self) -> Option<String> {
        self.help
    }
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl error::Error for AmountError {}

impl Vocabulary {
    /// Reads an amount: a number, perhaps with words such as `about` or `over`, then a unit or a currency; a currency may
    /// also come first. An amount without a unit is read, with `None` for it.
    ///
    /// # Errors
    ///
    /// If there is no number, or the unit is unknown or ambiguous.
    pub fn read_amount(&self, text: &str) -> Result<(Range, Option<Unit>), AmountError> {
        if let Some((range, unit)) = self.read_plain_amount(text) {
            return Ok((range, Some(unit)));
        }
        let (currency_first, rest) = match text.trim().split_once(' ') {
            Some((code, rest)) if Currency::from_code(code).is_some() => (Currency::from_code(code), rest),
            _ => (None, text),
        };
        let (range, unit) = Range::parse(rest).map_err(|error| {
            let help = "write a number and a unit: `600 t`, `about 30000 rounds`, `12000 USD`".to_owned();
            AmountError::new(format!("`{text}` is no amount: {error}"), Some(help))
        })?;
        match (currency_first, unit) {
            (Some(currency), "") => return Ok((range, Some(Unit::Money(currency)))),
            (Some(_), unit) => {
                return Err(AmountError::new(format!("`{text}` has a currency and the unit `{unit}`"), None));
            }
            (None, _) => {}
        }
        if unit.is_empty() {
            return Ok((range, None));
        }
        if let Some(currency) = Currency::from_code(unit) {
            return Ok((range, Some(Unit::Money(currency))));
        }
        match self.lookup(&[Scheme::Unit], unit) {
            TermLookup::Found(CodedTerm::Term(term)) => Ok((range, Some(Unit::Quantity(term)))),
            TermLookup::Found(_) => Err(AmountError::new(format!("the unit `{unit}` is ambiguous"), None)),
            TermLookup::Missing(near) => {
                let known = || {
                    format!("known units: {}; money is an ISO 4217 code", self.ids(Scheme::Unit).collect::<Vec<_>>().join(", "))
                };
                let help = near.map_or_else(known, |near| suggestion(&near));
                Err(AmountError::new(format!("unknown unit `{unit}`"), Some(help)))
            }
        }
    }

    /// Reads an amount of the most common form without allocating: a whole number, a blank, and the id of a unit or a
    /// currency.
    fn read_plain_amount(&self, text: &str) -> Option<(Range, Unit)> {
        /// A number of digits that always fits into a `u64`.
        const MAX_DIGITS: usize = 15;
        let (number, unit) = text.split_once(' ')?;
        if number.len() > MAX_DIGITS || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        // Three capitals are a currency if there is one of that code, even where a unit has it as its id.
        let unit = match self.by_exact_id(&[Scheme::Unit], unit) {
            Some(term) if unit.bytes().any(|b| b.is_ascii_lowercase()) => Unit::Quantity(term),
            _ => Unit::Money(*self.currencies.get(unit)?),
        };
        Some((Range::exactly(number.parse::<u64>().ok()?.into()), unit))
    }
}
