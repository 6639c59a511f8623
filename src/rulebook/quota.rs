//! Quotas: limits over a period, counted over all transactions.

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate};

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node, Span};
use crate::facts::{Period, Range, Unit};

use super::condition_syntax::{RecordScope, RuleReader, read_amount};
use super::names::{read_id, unknown_name};
use super::register::{read_day, read_period};
use super::{Citation, Condition, GoodsListId, Register};

/// Names a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuotaId(pub(crate) usize);

/// A limit and what counts towards it.
#[derive(Debug, Clone)]
pub struct Quota {
    /// Its id.
    pub id: String,
    /// What it limits, in words.
    pub title: String,
    /// The paragraphs that make it.
    pub authority: Vec<Citation>,
    /// What counts.
    pub counts: Counting,
    /// The limits; more than one where the paragraph gives several.
    pub limits: Vec<(Range, Unit)>,
    /// Which of several limits closes the period.
    pub reached_when: LimitPolicy,
    /// How many limit units one of another unit is, by list of goods.
    pub factors: Vec<Factor>,
    /// Where the factors come from.
    pub factors_source: Option<String>,
    /// How the periods run.
    pub periods: QuotaPeriods,
    /// A notice of this share, in per cent, closes the period.
    pub closing_at: Option<rust_decimal::Decimal>,
    /// Where it stands.
    pub span: Span,
}

/// What counts towards a quota.
#[derive(Debug, Clone)]
pub struct Counting {
    /// The condition on transaction and item.
    pub when: Condition,
    /// Counted by quantity.
    pub quantity: bool,
    /// Counted by value.
    pub value: bool,
}

/// Which of several limits closes a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitPolicy {
    /// The first one reached: "whichever is lower".
    Any,
    /// Only all of them: either unit may be used.
    All,
}

/// A conversion into a limit's unit.
#[derive(Debug, Clone)]
pub struct Factor {
    /// The unit that is converted.
    pub from: Unit,
    /// Goods that it holds for; `None` for all others.
    pub goods: Option<GoodsListId>,
    /// How many of the limit's unit one of it is.
    pub factor: Range,
}

/// How a quota's periods run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotaPeriods {
    /// One window.
    Once(Period),
    /// Calendar years from a day on.
    CalendarYear(NaiveDate, Option<NaiveDate>),
    /// Twelve months from a day, again and again.
    TwelveMonths(NaiveDate, Option<NaiveDate>),
}

/// A notice that a share of a quota has been reached.
#[derive(Debug)]
pub struct ClosingNotice {
    /// The quota.
    pub quota: QuotaId,
    /// The share, in per cent.
    pub percent: rust_decimal::Decimal,
    /// The day of the notice.
    pub date: NaiveDate,
    /// Where it stands.
    pub span: Span,
}

impl QuotaPeriods {
    /// The period that a day falls into.
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

    fn read(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(node, "the period of a quota", &["every", "from", "to"], problems)?;
        let from = map.require("from", problems).and_then(|n| read_day(n, "`from`", problems));
        let to = map.get("to").map(|n| read_day(n, "`to`", problems));
        let every = map.get("every").map(|_| map.one_of("every", &["calendar-year", "12-months"], problems));
        match (every, from?, to) {
            (Some(every), from, to) => Some(match every? {
                0 => QuotaPeriods::CalendarYear(from, to.flatten()),
                _ => QuotaPeriods::TwelveMonths(from, to.flatten()),
            }),
            (None, from, Some(Some(to))) if from <= to => Some(QuotaPeriods::Once(Period { from, to })),
            (None, _, Some(None)) => None,
            (None, ..) => {
                problems.push(Diagnostic::new(
                    Code::QuotaPeriod,
                    node.span,
                    "a quota's period needs `every`, or a `to` after its `from`",
                ));
                None
            }
        }
    }
}

impl Quota {
    pub(super) fn read(node: &Node, register: &Register, syntax: &mut RuleReader<'_>) -> Option<Self> {
        const KEYS: &[&str] = &[
            "id",
            "title",
            "authority",
            "counts",
            "limit",
            "limits",
            "reached_when",
            "factors",
            "factors_source",
            "period",
            "closing_at",
            "confidence",
            "remarks",
            "unit",
        ];
        let map = Mapping::read(node, "a quota", KEYS, syntax.problems)?;
        let id = read_id(&map, syntax.problems);
        let title = map.require_text("title", syntax.problems).unwrap_or_default().to_owned();
        let authority = register.citations(&map, syntax.problems);
        let counts = map.require("counts", syntax.problems).and_then(|n| Counting::read(n, syntax));
        let mut limits = Vec::new();
        for (node, text) in map.texts("limit", syntax.problems).into_iter().chain(map.texts("limits", syntax.problems)) {
            match read_amount(node, text, syntax.names, syntax.problems) {
                Some((range, Some(unit))) => limits.push((range, unit)),
                Some((_, None)) => syntax.problems.push(Diagnostic::new(
                    Code::RuleAmountWithoutUnit,
                    node.span,
                    format!("the limit `{text}` has no unit"),
                )),
                None => {}
            }
        }
        if map.get("limit").or(map.get("limits")).is_none() {
            syntax.problems.push(Diagnostic::new(Code::MissingKey, node.span, "a quota needs `limit`"));
        }
        let reached_when = match map.one_of("reached_when", &["any", "all"], syntax.problems) {
            Some(1) => LimitPolicy::All,
            _ => LimitPolicy::Any,
        };
        let factors = map.get("factors").map(|n| Factor::read_all(n, syntax)).unwrap_or_default();
        let factors_source = map.text("factors_source", syntax.problems).map(str::to_owned);
        let periods = map.require("period", syntax.problems).and_then(|n| QuotaPeriods::read(n, syntax.problems));
        let closing_at = map.get("closing_at").and_then(|n| read_percent(n, "`closing_at`", syntax.problems));
        Some(Self {
            id: id?,
            title,
            authority,
            counts: counts?,
            limits,
            reached_when,
            factors,
            factors_source,
            periods: periods?,
            closing_at,
            span: node.span,
        })
    }
}

impl Counting {
    fn read(node: &Node, syntax: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(node, "what a quota counts", &["when", "amount", "unit"], syntax.problems)?;
        let when = map.require("when", syntax.problems).and_then(|n| syntax.condition(n, RecordScope::TRANSACTION));
        let (mut quantity, mut value) = (false, false);
        for (node, text) in map.texts("amount", syntax.problems) {
            match text {
                "item.quantity" => quantity = true,
                "item.value" => value = true,
                other => unknown_name(
                    Code::UnknownWord,
                    node,
                    other,
                    "amount that a quota can count",
                    ["item.quantity", "item.value"],
                    syntax.problems,
                ),
            }
        }
        if map.get("amount").is_none() {
            syntax.problems.push(
                Diagnostic::new(Code::QuotaAmount, node.span, "a quota counts `item.quantity`, `item.value` or both")
                    .help("add `amount:`"),
            );
        }
        Some(Self { when: when?, quantity, value })
    }
}

impl Factor {
    /// `{t: {gasoline: 8.45, default: 7.9}}`.
    fn read_all(node: &Node, syntax: &mut RuleReader<'_>) -> Vec<Self> {
        let mut found = Vec::new();
        for unit_entry in syntax.problems.entries_of(node, "`factors`", "a mapping of units to factors") {
            let unit = match syntax.names.vocabulary.read_amount(&format!("1 {}", unit_entry.key.text)) {
                Ok((_, Some(unit))) => unit,
                _ => {
                    syntax.problems.push(Diagnostic::new(
                        Code::RuleAmount,
                        unit_entry.key.span,
                        format!("unknown unit `{}`", unit_entry.key.text),
                    ));
                    continue;
                }
            };
            let expected = "a mapping of lists of goods to numbers";
            for entry in syntax.problems.entries_of(&unit_entry.value, &format!("`{}`", unit_entry.key.text), expected) {
                let goods = syntax.names.goods.find(&entry.key.text);
                if goods.is_none() && entry.key.text != "default" {
                    let help = "a factor is for a list of goods, or `default`";
                    syntax.problems.push(
                        Diagnostic::new(
                            Code::UnknownReference,
                            entry.key.span,
                            format!("`{}` is no list of goods", entry.key.text),
                        )
                        .help(help),
                    );
                    continue;
                }
                match entry.value.text().map(Range::parse) {
                    Some(Ok((factor, ""))) => found.push(Factor { from: unit, goods, factor }),
                    _ => syntax.problems.wrong_shape(&entry.value, "a factor", "a number or a range of numbers"),
                }
            }
        }
        found
    }
}

impl ClosingNotice {
    pub(super) fn read(node: &Node, quotas: &HashMap<String, QuotaId>, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(node, "a notice", &["quota", "percent", "date", "authority", "remarks"], problems)?;
        let quota = map.require_text("quota", problems);
        let date = map.require("date", problems).and_then(|n| read_period(n, "`date`", problems));
        let percent = map.require("percent", problems).and_then(|n| read_percent(n, "`percent`", problems));
        let quota = quota?;
        let Some(quota) = quotas.get(quota) else {
            unknown_name(
                Code::UnknownReference,
                map.get("quota").unwrap_or(node),
                quota,
                "quota",
                quotas.keys().map(String::as_str),
                problems,
            );
            return None;
        };
        Some(Self { quota: *quota, percent: percent?, date: date?.to, span: node.span })
    }
}

fn read_percent(node: &Node, of: &str, problems: &mut Diagnostics) -> Option<rust_decimal::Decimal> {
    let percent = node.text().and_then(|text| rust_decimal::Decimal::from_str_exact(text).ok());
    if percent.is_none() {
        problems.push(Diagnostic::new(Code::Percentage, node.span, format!("{of} is a number of per cent, such as 95")));
    }
    percent
}
