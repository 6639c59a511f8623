//! Quotas: limits over a period, such as a year, on what all States together may trade.

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use crate::document::Span;
use crate::facts::{Period, Range, Unit, Words};

use super::{Citation, Condition, GoodsListId, RegimeId};

/// Identifies a quota of a rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuotaId(pub(crate) usize);

/// A limit per period, and what counts towards it.
#[derive(Debug, Clone)]
pub struct Quota {
    /// The name by which conditions and ledgers use it.
    pub id: String,
    /// Other names by which reports call it.
    pub names: Vec<Words>,
    /// What it limits, in one phrase.
    pub title: String,
    /// The paragraphs that create it.
    pub authority: Vec<Citation>,
    /// The regime that it is a part of, if it is of one.
    pub regime: Option<RegimeId>,
    /// What counts towards it.
    pub counts: Counting,
    /// The limits, each in its unit; more than one where the paragraph gives several.
    pub limits: Vec<(Range, Unit)>,
    /// Which of several limits closes the period.
    pub reached_when: LimitPolicy,
    /// Conversions into the limits' units.
    pub factors: Vec<Factor>,
    /// The source of the conversion factors.
    pub factors_source: Option<String>,
    /// How its periods follow each other.
    pub periods: QuotaPeriods,
    /// The share of the quota, in per cent, at which a notice of the Committee closes the period.
    pub closing_at: Option<Decimal>,
    /// The place in the rule file.
    pub span: Span,
}

impl Quota {
    /// True if a text is the quota's id or one of its names, which differ from others by more than case, hyphens and plurals.
    pub fn is_called(&self, text: &str) -> bool {
        let words = Words::new(text);
        self.id == text || Words::new(&self.id) == words || self.names.contains(&words)
    }
}

/// What counts towards a quota.
#[derive(Debug, Clone)]
pub struct Counting {
    /// The condition on the transaction and its item.
    pub when: Condition,
    /// True if the item's quantity counts.
    pub quantity: bool,
    /// True if the item's value counts.
    pub value: bool,
}

/// Which of several limits closes a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitPolicy {
    /// The first one reached: "whichever is lower".
    Any,
    /// All of them together: either unit may be used up to its limit.
    All,
    /// The one in the unit in which the transaction is reported; all of them where that unit is none of theirs.
    ReportedUnit,
}

/// A conversion of a unit into the unit of a limit.
#[derive(Debug, Clone)]
pub struct Factor {
    /// The unit that is converted.
    pub from: Unit,
    /// The goods for which it holds; `None` for all that no other factor is for.
    pub goods: Option<GoodsListId>,
    /// The number of the limit's unit in one of `from`; a range where the source gives one.
    pub factor: Range,
}

/// How the periods of a quota follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotaPeriods {
    /// A single period.
    Once(Period),
    /// Calendar years, from a first day to a last, if there is one.
    CalendarYear(NaiveDate, Option<NaiveDate>),
    /// Twelve months from a first day, again and again, to a last day, if there is one.
    TwelveMonths(NaiveDate, Option<NaiveDate>),
}

/// A notice of the Committee that a share of a quota has been reached.
#[derive(Debug, Clone)]
pub struct ClosingNotice {
    /// The quota.
    pub quota: QuotaId,
    /// The share that has been reached, in per cent.
    pub percent: Decimal,
    /// The day of the notice.
    pub date: NaiveDate,
    /// The place in the rule file.
    pub span: Span,
}

impl QuotaPeriods {
    /// The period that contains a day; `None` if the quota does not apply on it.
    pub fn period_of(&self, day: NaiveDate) -> Option<Period> {
        let inside =
            |p: Period, from: NaiveDate, to: Option<NaiveDate>| (day >= from && to.is_none_or(|to| day <= to)).then_some(p);
        match *self {
            QuotaPeriods::Once(period) => (period.from <= day && day <= period.to).then_some(period),
            QuotaPeriods::CalendarYear(from, to) => {
                let (first, last) = (NaiveDate::from_ymd_opt(day.year(), 1, 1)?, NaiveDate::from_ymd_opt(day.year(), 12, 31)?);
                inside(Period { from: first.max(from), to: to.map_or(last, |to| last.min(to)) }, from, to)
            }
            QuotaPeriods::TwelveMonths(from, to) => {
                let years = u32::try_from(day.year() - from.year()).ok()?;
                let start = from.checked_add_months(Months::new(12 * years))?;
                let start = if start > day { from.checked_add_months(Months::new(12 * years.checked_sub(1)?))? } else { start };
                let last = start.checked_add_months(Months::new(12))?.pred_opt()?;
                inside(Period { from: start, to: to.map_or(last, |to| last.min(to)) }, from, to)
            }
        }
    }
}
