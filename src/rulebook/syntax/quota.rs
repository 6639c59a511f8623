//! How quotas and closing notices are written: from YAML to [`Quota`] and [`ClosingNotice`].

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node};
use crate::facts::{Period, Range, Unit, Words};
use crate::rulebook::ReadAmount;
use crate::rulebook::law::{ClosingNotice, Counting, Factor, LimitPolicy, Quota, QuotaId, QuotaPeriods, Register};

use super::RuleReader;
use super::date::{read_day, read_period};
use super::matcher::read_amount;
use super::scope::RecordScope;
use super::{read_id, unknown_name};

impl Quota {
    pub(in crate::rulebook) fn read(node: &Node, register: &Register, reader: &mut RuleReader<'_>) -> Option<Self> {
        const KEYS: &[&str] = &[
            "id",
            "names",
            "title",
            "authority",
            "regime",
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
        let map = Mapping::read(node, "a quota", KEYS, reader.problems)?;
        let id = read_id(&map, reader.problems);
        let names = map.texts("names", reader.problems).into_iter().map(|(_, name)| Words::new(name)).collect();
        let title = map.require_text("title", reader.problems).unwrap_or_default().to_owned();
        let authority = register.citations(&map, reader.problems);
        let counts = map.require("counts", reader.problems).and_then(|n| Counting::read(n, reader));
        let mut limits = Vec::new();
        for (node, text) in map.texts("limit", reader.problems).into_iter().chain(map.texts("limits", reader.problems)) {
            match read_amount(node, text, reader.symbols.vocabulary, reader.problems) {
                Some((range, Some(unit))) => limits.push((range, unit)),
                Some((_, None)) => reader.problems.push(Diagnostic::new(
                    Code::RuleAmountWithoutUnit,
                    node.span,
                    format!("the limit `{text}` has no unit"),
                )),
                None => {}
            }
        }
        if map.get("limit").or(map.get("limits")).is_none() {
            reader.problems.push(Diagnostic::new(Code::MissingKey, node.span, "a quota needs `limit`"));
        }
        let reached_when = match map.one_of("reached_when", &["any", "all", "reported-unit"], reader.problems) {
            Some(1) => LimitPolicy::All,
            Some(2) => LimitPolicy::ReportedUnit,
            _ => LimitPolicy::Any,
        };
        let factors = map.get("factors").map(|n| Factor::read_all(n, reader)).unwrap_or_default();
        if let Some(counts) = &counts {
            counts.check_limits(&map, &limits, &factors, reader);
        }
        let factors_source = map.text("factors_source", reader.problems).map(str::to_owned);
        let periods = map.require("period", reader.problems).and_then(|n| QuotaPeriods::read(n, reader.problems));
        let closing_at = map.get("closing_at").and_then(|n| read_percent(n, "`closing_at`", reader.problems));
        Some(Self {
            id: id?,
            names,
            title,
            authority,
            regime: reader.binding.regime(),
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
    /// Reports limits in units that nothing counted comes in, and a stated unit that is not converted into that of a limit.
    fn check_limits(&self, quota: &Mapping<'_>, limits: &[(Range, Unit)], factors: &[Factor], reader: &mut RuleReader<'_>) {
        let counted = |unit: &Unit| match unit {
            Unit::Money(_) => self.value,
            Unit::Quantity(_) => self.quantity,
        };
        let at = quota.get("limit").or(quota.get("limits")).unwrap_or(quota.node()).span;
        for (limit, unit) in limits.iter().filter(|(_, unit)| (self.quantity || self.value) && !counted(unit)) {
            let what = if matches!(unit, Unit::Money(_)) { "item.value" } else { "item.quantity" };
            let message = format!("the limit of {limit} {} does not count `{what}`", reader.symbols.vocabulary.unit_name(*unit));
            reader.problems.push(Diagnostic::new(Code::QuotaUnit, at, message).help(format!("add it: `amount: {what}`")));
        }
        for (node, word) in [quota.get("unit"), quota.get("counts").and_then(|counts| counts.get("unit"))]
            .into_iter()
            .flatten()
            .filter_map(|node| Some((node, node.text()?)))
        {
            let vocabulary = reader.symbols.vocabulary;
            let problem = match vocabulary.read_amount(&format!("1 {word}")) {
                Ok(ReadAmount { unit: Some(stated), readings: None, .. }) => {
                    let is_converted = |limit: &Unit| {
                        *limit == stated
                            || vocabulary.convert(&Range::exactly(Decimal::ONE), stated, *limit).is_some()
                            || factors.iter().any(|factor| factor.from == stated)
                    };
                    (!limits.iter().any(|(_, limit)| is_converted(limit)))
                        .then(|| format!("`{word}` is neither the unit of a limit nor converted into it"))
                }
                _ => Some(format!("unknown unit `{word}`")),
            };
            reader.problems.extend(problem.map(|message| Diagnostic::new(Code::QuotaUnit, node.span, message)));
        }
    }

    fn read(node: &Node, reader: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(node, "what a quota counts", &["when", "amount", "unit"], reader.problems)?;
        let when = map.require("when", reader.problems).and_then(|n| reader.condition(n, RecordScope::TRANSACTION));
        let (mut quantity, mut value) = (false, false);
        for (node, text) in map.texts("amount", reader.problems) {
            match text {
                "item.quantity" => quantity = true,
                "item.value" => value = true,
                other => unknown_name(
                    Code::UnknownWord,
                    node,
                    other,
                    "amount that a quota can count",
                    ["item.quantity", "item.value"],
                    reader.problems,
                ),
            }
        }
        if map.get("amount").is_none() {
            reader.problems.push(
                Diagnostic::new(Code::QuotaAmount, node.span, "a quota counts `item.quantity`, `item.value` or both")
                    .help("add `amount:`"),
            );
        }
        Some(Self { when: when?, quantity, value })
    }
}

impl Factor {
    /// Reads the conversion factors of all units: `{t: {gasoline: 8.45, default: 7.9}}`.
    fn read_all(node: &Node, reader: &mut RuleReader<'_>) -> Vec<Self> {
        let mut found = Vec::new();
        for unit_entry in reader.problems.entries_of(node, "`factors`", "a mapping of units to factors") {
            let unit = match reader.symbols.vocabulary.read_amount(&format!("1 {}", unit_entry.key.text)) {
                Ok(ReadAmount { unit: Some(unit), readings: None, .. }) => unit,
                _ => {
                    reader.problems.push(Diagnostic::new(
                        Code::RuleAmount,
                        unit_entry.key.span,
                        format!("unknown unit `{}`", unit_entry.key.text),
                    ));
                    continue;
                }
            };
            let expected = "a mapping of lists of goods to numbers";
            for entry in reader.problems.entries_of(&unit_entry.value, &format!("`{}`", unit_entry.key.text), expected) {
                let goods = reader.symbols.goods.find(&entry.key.text);
                if goods.is_none() && entry.key.text != "default" {
                    let help = "a factor is for a list of goods, or `default`";
                    reader.problems.push(
                        Diagnostic::new(
                            Code::UnknownReference,
                            entry.key.span,
                            format!("`{}` is no list of goods", entry.key.text),
                        )
                        .help(help),
                    );
                    continue;
                }
                let text = entry.value.text().filter(|text| Range::number_with_two_readings(text).is_none());
                match text.map(Range::parse) {
                    Some(Ok((factor, ""))) => found.push(Factor { from: unit, goods, factor }),
                    _ => reader.problems.wrong_shape(&entry.value, "a factor", "a number or a range of numbers"),
                }
            }
        }
        found
    }
}

impl QuotaPeriods {
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

impl ClosingNotice {
    pub(in crate::rulebook) fn read(node: &Node, quotas: &HashMap<String, QuotaId>, problems: &mut Diagnostics) -> Option<Self> {
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

/// Reads a percentage. `of` names it in messages.
fn read_percent(node: &Node, of: &str, problems: &mut Diagnostics) -> Option<Decimal> {
    let percent = node.text().and_then(|text| Decimal::from_str_exact(text).ok());
    if percent.is_none() {
        problems.push(Diagnostic::new(Code::Percentage, node.span, format!("{of} is a number of per cent, such as 95")));
    }
    percent
}
