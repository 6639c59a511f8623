//! Amounts of packed goods: `200 bags of 50 kg` is ten tonnes, and `50 kg bags` says how much one holds, not how many there are.

use crate::facts::{CodedTerm, Range, Scheme, Term, Unit};

use super::amount::{AmountError, ReadAmount};
use super::{TermLookup, Vocabulary};

/// The units that goods are packed in, by id.
const PACKING: [&str; 11] =
    ["containers", "crates", "boxes", "cartons", "packages", "pallets", "bags", "drums", "bottles", "wagons", "trucks"];

/// Of these what one holds stands behind them; of the larger ones it may be what all hold.
const SMALL: [&str; 6] = ["boxes", "cartons", "packages", "bags", "drums", "bottles"];

/// The lengths of containers, in feet.
const CONTAINER_FEET: [&str; 5] = ["10", "20", "40", "45", "53"];

/// What stands behind the length of a container.
const CONTAINER_MARKS: [&str; 17] =
    ["feet", "foot", "footers", "footer", "ft", "'", "’", "′", "hc", "hq", "gp", "dv", "dc", "fcl", "lcl", "rf", "ot"];

/// What joins what goods are packed in and what one holds.
const JOINED_BY: [&str; 9] = [" of ", " x ", " × ", " * ", " @ ", " à ", " по ", " (", " de "];

impl Vocabulary {
    /// The unit of packing that a word names.
    pub(super) fn packing(&self, word: &str) -> Option<Term> {
        match self.find(&[Scheme::Unit], word.trim()) {
            Some(CodedTerm::Term(unit)) if PACKING.contains(&self.id(unit)) => Some(unit),
            _ => None,
        }
    }

    /// A number of packages with what each holds: `bags of 50 kg`, `x 50 kg bags`. `None` for any other unit.
    pub(super) fn packed(&self, range: Range, unit: &str) -> Option<Result<ReadAmount, AmountError>> {
        let (packing, inner, is_each) = self.packing_and_contents(unit)?;
        let contents = self.read_amount(inner).ok()?;
        let Some(Unit::Quantity(_)) = contents.unit else { return None };
        let all = contents.range.times(&range);
        if is_each || SMALL.contains(&self.id(packing)) {
            return Some(Ok(ReadAmount { range: all, ..contents }));
        }
        let readings = format!("`{inner}` could be what each of the {} holds or what all hold", self.label(packing));
        Some(Ok(ReadAmount { range: all.or(&contents.range), unit: contents.unit, readings: Some(readings) }))
    }

    /// What goods are packed in, and the amount that is told of its contents. True if that is of each.
    fn packing_and_contents<'t>(&self, unit: &'t str) -> Option<(Term, &'t str, bool)> {
        let is_amount = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        if let Some(behind) = unit.strip_prefix(['x', '×', '*']) {
            let (inner, packing) = behind.trim().rsplit_once(' ')?;
            return Some((self.packing(packing)?, inner.trim(), true))
                .filter(|_| is_amount(inner.trim()) && !is_container(inner));
        }
        JOINED_BY.iter().find_map(|mark| {
            let (packing, inner) = unit.split_once(mark)?;
            let inner = inner.trim_end_matches(')').trim();
            let each =
                [" each", " apiece", " net each", " каждый", " net", " gross"].iter().find_map(|word| inner.strip_suffix(word));
            let is_each = *mark != " of " && *mark != " (" && *mark != " de " || each.is_some();
            Some((self.packing(packing)?, each.unwrap_or(inner), is_each)).filter(|(_, inner, _)| is_amount(inner))
        })
    }

    /// True for a size in place of a number: `40 ft container`, `20' FCL`, `50 kg bags`.
    pub(super) fn is_size(&self, number: &str, unit: &str) -> bool {
        if CONTAINER_FEET.contains(&number) && is_marked(unit) {
            return true;
        }
        let Some((measure, packing)) = unit.trim_start_matches('-').rsplit_once(' ') else { return false };
        let of_contents = |unit: Term| self.dimension(unit).is_some_and(|of| matches!(of.name.as_str(), "mass" | "volume"));
        let measure = measure.trim_end_matches(" net").trim_end_matches(" gross");
        let is_measure =
            matches!(self.lookup(&[Scheme::Unit], measure), TermLookup::Found(CodedTerm::Term(unit)) if of_contents(unit));
        is_measure && self.packing(packing).is_some()
    }
}

/// True for the length of a container with its mark: `20'`, `40HC`, `40 ft`.
pub(super) fn is_container(text: &str) -> bool {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at_checked(digits).unwrap_or((text, ""));
    CONTAINER_FEET.contains(&number) && (unit.is_empty() || is_marked(unit))
}

/// True for what stands behind the length of a container.
fn is_marked(unit: &str) -> bool {
    let unit = unit.trim_start_matches(['-', ' ']).to_lowercase();
    CONTAINER_MARKS.iter().any(|mark| {
        unit.strip_prefix(mark).is_some_and(|rest| !mark.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphabetic))
    })
}
