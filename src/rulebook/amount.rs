//! How amounts are read: a number with a unit of the vocabulary or an ISO 4217 currency.

use std::borrow::Cow;
use std::{error, fmt};

use iso_currency::Currency;

use rust_decimal::Decimal;
use strsim::damerau_levenshtein;

use crate::document::suggestion;
use crate::facts::{CodedTerm, Range, Scheme, Term, Unit, fold};

use super::Vocabulary;
use super::counted_things::THINGS;
use super::money_words::{before_number, currencies, money_letter, unit_letter};
use super::packed_amount::is_container;

/// An amount as it was read from a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAmount {
    /// The number of units; from the least reading to the greatest, if the text has several.
    pub range: Range,
    /// The unit or currency; `None` if the text has none.
    pub unit: Option<Unit>,
    /// The readings of a text that has several, in words: `120.000` could be 120 or 120,000.
    pub readings: Option<String>,
}

/// Why a text is not an amount. It displays as a message without the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountError {
    message: String,
    help: Option<String>,
    /// True if the text counts something, in a unit or currency of which it is not known what it is.
    pub is_count_of_unknown: bool,
}

impl AmountError {
    fn new(message: String, help: Option<String>) -> Self {
        Self { message, help, is_count_of_unknown: false }
    }

    fn of_unknown(message: String, help: Option<String>) -> Self {
        Self { message, help, is_count_of_unknown: true }
    }

    /// True if what is counted has no name of a currency.
    pub fn names_no_money(&self) -> bool {
        self.is_count_of_unknown && self.message.starts_with("unknown unit")
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
    pub fn read_amount(&self, text: &str) -> Result<ReadAmount, AmountError> {
        if let Some((range, unit)) = self.read_plain_amount(text) {
            return Ok(ReadAmount { range, unit: Some(unit), readings: None });
        }
        let text = without_trailing_words(text.trim());
        let (before, rest) = match before_number(text) {
            Some((currencies, rest)) => (currencies, rest),
            None => (Vec::new(), Cow::Borrowed(text)),
        };
        let rest = rest.as_ref();
        let (range, unit) = Range::parse(rest).map_err(|error| {
            let help = "write a number and a unit: `600 t`, `about 30000 rounds`, `12000 USD`".to_owned();
            AmountError::new(format!("`{text}` is no amount: {error}"), Some(help))
        })?;
        let readings = Range::number_with_two_readings(rest).map(|number| {
            let whole = number.replace('.', ",");
            format!("`{number}` could be {} or {whole}", number.split('.').next().unwrap_or_default())
        });
        // Three capitals are a currency if there is one of that code.
        let is_unit = before.is_empty() && unit.bytes().any(|b| b.is_ascii_lowercase());
        let is_unit = is_unit && self.by_exact_id(&[Scheme::Unit], unit).is_some();
        let money = if is_unit { None } else { money(text, &before, range, unit) };
        if let Some(money) = money {
            let (range, currency) = money?;
            return Ok(ReadAmount { range, unit: Some(Unit::Money(currency)), readings });
        }
        if unit.is_empty() {
            // `a dozen` has no more of a unit than that.
            let pieces = self.term(Scheme::Unit, "pieces").filter(|_| rest.ends_with("dozen")).map(Unit::Quantity);
            return Ok(ReadAmount { range, unit: pieces, readings });
        }
        let number = rest.trim().split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        if self.is_size(number, unit) && rest.trim().strip_prefix(number).is_some_and(|behind| behind.trim() == unit) {
            let help = "write how many there are: `2 containers`, `2 x 40 ft`, `200 bags of 50 kg`".to_owned();
            let message = format!("`{text}` says how large one is, and not how many there are");
            return Err(AmountError::of_unknown(message, Some(help)));
        }
        if let Some(packed) = self.packed(range, unit) {
            return packed;
        }
        self.quantity(range, unit, readings)
    }

    /// Reads an amount that can be no money: `KGS` are kilograms here, and no som.
    ///
    /// # Errors
    ///
    /// As [`Vocabulary::read_amount`].
    pub fn read_quantity(&self, text: &str) -> Result<ReadAmount, AmountError> {
        let (range, unit) =
            Range::parse(text).map_err(|error| AmountError::new(format!("`{text}` is no amount: {error}"), None))?;
        match self.find(&[Scheme::Unit], unit) {
            Some(_) => self.quantity(range, unit, None),
            None => self.read_amount(text),
        }
    }

    /// A quantity: a number of units of the vocabulary, perhaps with a letter for a million before the unit.
    fn quantity(&self, range: Range, unit: &str, readings: Option<String>) -> Result<ReadAmount, AmountError> {
        let read = |unit| Ok(ReadAmount { range, unit, readings: readings.clone() });
        match self.find(&[Scheme::Unit], unit) {
            Some(CodedTerm::Term(term)) => read(Some(Unit::Quantity(term))),
            Some(CodedTerm::OneOf(terms)) => self.one_of_units(range, unit, &terms),
            Some(CodedTerm::Possibly(_) | CodedTerm::Unlisted(_)) => {
                Err(AmountError::new(format!("unknown unit `{unit}`"), None))
            }
            None if unit_letter(unit).is_some_and(|(_, unit)| self.is_unit(unit)) => {
                let (factor, name) = unit_letter(unit).unwrap_or((1, unit));
                let read = self.quantity(range.scaled(factor.into()), name, readings)?;
                let volume =
                    |unit| matches!(unit, Some(Unit::Quantity(term)) if self.dimension(term).is_some_and(|d| d.name == "volume"));
                if !unit.starts_with('M') || !volume(read.unit) {
                    return Ok(read);
                }
                // In the oil trade a capital M is a thousand.
                let range = range.scaled(1_000.into()).or(&read.range);
                Ok(ReadAmount { range, readings: Some(format!("`{unit}` could be thousand or million {name}")), ..read })
            }
            None if self.packing_unit(unit).is_some() => self.quantity(range, self.packing_unit(unit).unwrap_or(unit), readings),
            None if self.unit_of_goods(unit).is_some() => {
                self.quantity(range, self.unit_of_goods(unit).unwrap_or(unit), readings)
            }
            None => {
                let message = format!("unknown unit `{unit}`");
                match self.nearest_unit(unit) {
                    Some(near) => Err(AmountError::new(message, Some(suggestion(self.id(near))))),
                    None => {
                        let help = "goods themselves are counted in pieces: `200 pieces`; `interdict terms unit` lists the units; money is an ISO 4217 code";
                        Err(AmountError::of_unknown(message, Some(help.to_owned())))
                    }
                }
            }
        }
    }

    /// The last word of a text, if goods are packed in it, whatever stands before: `wooden crates`, `20 ft containers`.
    fn packing_unit<'t>(&self, text: &'t str) -> Option<&'t str> {
        let (_, last) = text.rsplit_once(' ')?;
        self.packing(last).map(|_| last)
    }

    /// The unit in a text that says more: before the goods (`t of coal`), or behind the sign of a product (`x 20ft containers`).
    /// What is said of a part (`t of which`) is no name of goods.
    fn unit_of_goods<'t>(&self, text: &'t str) -> Option<&'t str> {
        let of_part = |goods: &str| ["which", "these", "those", "them"].iter().any(|word| goods.starts_with(word));
        let before_goods = text.split_once(" of ").filter(|(_, goods)| !of_part(goods)).map(|(unit, _)| unit);
        let behind_sign = || text.strip_prefix(['x', '×', '*']).map(str::trim_start);
        let container = || behind_sign().filter(|size| is_container(size)).map(|_| "containers");
        before_goods.or_else(behind_sign).filter(|unit| self.is_unit(unit)).or_else(container)
    }

    /// The unit of which a word is nearly a name: but for one slip, or two in a long word, and no other unit is as near. None of a
    /// short word, or of a name of other things: `400 tins` are no tons.
    fn nearest_unit(&self, word: &str) -> Option<Term> {
        const FEWEST_LETTERS: usize = 5;
        const MOST_LETTERS: usize = 40;
        let word = fold(word);
        let length = word.chars().count();
        if length < FEWEST_LETTERS || THINGS.contains(&word.as_str()) {
            return None;
        }
        let allowed = if length < 8 { 1 } else { 2 };
        let names = self.by_name.iter().filter(|((scheme, name), _)| *scheme == Scheme::Unit && name.len() > 3);
        let names = names.filter(|((_, name), _)| length <= MOST_LETTERS && name.chars().count().abs_diff(length) <= allowed);
        let near = names.map(|((_, name), terms)| (damerau_levenshtein(&word, name), terms.first().copied()));
        let mut near: Vec<_> = near.filter(|(slips, _)| *slips <= allowed).collect();
        near.sort_unstable();
        let (least, first) = near.first().copied()?;
        near.iter().all(|(slips, unit)| *slips > least || *unit == first).then_some(first).flatten()
    }

    fn is_unit(&self, name: &str) -> bool {
        self.find(&[Scheme::Unit], name).is_some()
    }

    /// A number of one of several units that share a name: from the number of the smallest to that of the largest, in the first.
    fn one_of_units(&self, range: Range, name: &str, units: &[Term]) -> Result<ReadAmount, AmountError> {
        let labels: Vec<&str> = units.iter().map(|unit| self.label(*unit)).collect();
        let readings = format!("`{name}` could be {}", labels.join(" or "));
        let dimensions: Vec<_> = units.iter().filter_map(|unit| self.dimension(*unit)).collect();
        let alike = dimensions.windows(2).all(|pair| matches!(pair, [a, b] if a.name == b.name));
        let (Some(unit), Some(first)) = (units.first(), dimensions.first().filter(|d| alike && d.factor > Decimal::ZERO)) else {
            return Err(AmountError::new(readings, None));
        };
        let ranges = dimensions.iter().filter_map(|other| Some(range.scaled(other.factor.checked_div(first.factor)?)));
        let range = ranges.reduce(|all, one| all.or(&one)).unwrap_or(Range::ANY);
        Ok(ReadAmount { range, unit: Some(Unit::Quantity(*unit)), readings: Some(readings) })
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

/// A text without what stands behind an amount and does not change it: `450,000 USD in cash`, `600 t in total`.
fn without_trailing_words(text: &str) -> &str {
    const WORDS: &[&str] = &[" in cash", " cash", " in total", " total", " altogether", " in all", " overall", " all told"];
    let ends_with = |word: &&&str| {
        text.len().checked_sub(word.len()).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    WORDS.iter().find(ends_with).map_or(text, |word| text.get(..text.len() - word.len()).unwrap_or(text))
}

/// A sum of money: a number with a currency before or behind it, and perhaps a letter for a million. `None` if it is none.
fn money(text: &str, before: &[Currency], range: Range, unit: &str) -> Option<Result<(Range, Currency), AmountError>> {
    let behind = |name: &str| match Currency::from_code(name) {
        Some(currency) => vec![currency],
        None => currencies(name).to_vec(),
    };
    let mut found = behind(unit);
    let mut range = range;
    if found.is_empty()
        && let Some((factor, name)) = money_letter(unit)
    {
        found = if name.is_empty() { before.to_vec() } else { behind(name) };
        if !found.is_empty() {
            range = range.scaled(factor.into());
        }
    }
    if unit.is_empty() {
        found = before.to_vec();
    }
    match (found.as_slice(), before) {
        ([], []) => None,
        ([], _) => Some(Err(AmountError::new(format!("`{text}` has a currency and the unit `{unit}`"), None))),
        ([currency], []) => Some(Ok((range, *currency))),
        ([currency], before) if before.contains(currency) => Some(Ok((range, *currency))),
        ([_], _) => Some(Err(AmountError::new(format!("`{text}` has two currencies"), None))),
        (several, _) => {
            let codes: Vec<&str> = several.iter().map(Currency::code).collect();
            let (codes, help) = (codes.join(" or "), format!("write {}", codes.join(" or ")));
            Some(Err(AmountError::of_unknown(format!("`{text}` could be {codes}"), Some(help))))
        }
    }
}
