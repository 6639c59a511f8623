//! How the time of a rule is written: `in_force`, `unverified_after` and `contested`.

use chrono::NaiveDate;

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node};
use crate::facts::Period;
use crate::rulebook::law::{Contested, Ending, InForce, Interval, Register, Renewal, RenewedUntil, Unverified};

use super::date::{read_day, read_period};

impl InForce {
    /// Reads `in_force`: an interval, or a list of them.
    pub(in crate::rulebook) fn read(node: Option<&Node>, register: &Register, problems: &mut Diagnostics) -> Self {
        Self::read_verified(node, None, register, problems)
    }

    /// Reads `in_force` of a measure that is not verified to go on after a day.
    pub(super) fn read_verified(
        node: Option<&Node>,
        unverified_after: Option<NaiveDate>,
        register: &Register,
        problems: &mut Diagnostics,
    ) -> Self {
        let mut intervals: Vec<Interval> = Vec::new();
        for node in node.map(Node::one_or_many).unwrap_or_default() {
            let Some(interval) = Interval::read(node, register, problems) else { continue };
            if let Some(before) = intervals.last()
                && before.last_day().is_none_or(|last| interval.from.is_none_or(|from| from.from <= last))
            {
                problems.push(
                    Diagnostic::new(Code::TimeOrder, node.span, "this interval begins before the one above it has ended")
                        .help("write intervals in order of time, each but the last with an end"),
                );
            }
            intervals.push(interval);
        }
        Self::new(intervals, unverified_after)
    }
}

impl Interval {
    fn read(node: &Node, register: &Register, problems: &mut Diagnostics) -> Option<Self> {
        const KEYS: [&str; 6] = ["from", "to", "on", "renewals", "customarily_renewed", "ended"];
        let map = Mapping::read(node, "`in_force`", &KEYS, problems)?;
        let from = period(&map, "from", problems);
        let to = period(&map, "to", problems);
        let known_from = map.get("on").and_then(|n| read_day(n, "`on`", problems));
        let customarily_renewed = map.yes_no("customarily_renewed", problems).unwrap_or(false);
        let mut interval = Self { from, known_from, to, customarily_renewed, ..Self::default() };
        if from.zip(to).is_some_and(|(from, to)| to.to < from.from) {
            problems.push(Diagnostic::new(Code::InForceBackwards, node.span, "the interval ends before it begins"));
        }
        for node in map.get("renewals").map(Node::one_or_many).unwrap_or_default() {
            if let Some(renewal) = Renewal::read(node, register, problems) {
                interval.check_renewal(&renewal, node, problems);
                interval.renewals.push(renewal);
            }
        }
        interval.ended = map.get("ended").and_then(|n| Ending::read(n, register, problems));
        if customarily_renewed && interval.to.is_none() && interval.renewals.is_empty() {
            problems.push(
                Diagnostic::new(Code::TimeOrder, node.span, "what is customarily renewed has a last day")
                    .help("write the last day as `to`, or the renewals with theirs"),
            );
        }
        Some(interval)
    }

    /// The last day of the interval that a rule file records; `None` if it is open.
    fn last_day(&self) -> Option<NaiveDate> {
        let renewed = || match self.renewals.last() {
            Some(renewal) => renewal.until.day(),
            None => self.to,
        };
        self.ended.as_ref().map(|ended| ended.to).or_else(renewed).map(|last| last.to)
    }

    /// Reports a renewal that does not follow the one before it.
    fn check_renewal(&self, renewal: &Renewal, node: &Node, problems: &mut Diagnostics) {
        let last = self.renewals.last().map_or(self.to, |before| before.until.day());
        let message = if self.renewals.last().is_some_and(|before| renewal.on < before.on) {
            "this renewal was adopted before the one above it"
        } else if last.zip(renewal.until.day()).is_some_and(|(last, until)| until.to <= last.to) {
            "this renewal ends no later than what it renews"
        } else if last.and_then(|last| last.to.succ_opt()).is_some_and(|lapsed| renewal.on > lapsed) {
            "what this renews had ended before"
        } else {
            return;
        };
        let help = "write renewals in order of time; after a lapse begin another interval";
        problems.push(Diagnostic::new(Code::TimeOrder, node.span, message).help(help));
    }
}

impl RenewedUntil {
    fn day(self) -> Option<Period> {
        match self {
            RenewedUntil::Day(day) => Some(day),
            RenewedUntil::OpenEnd | RenewedUntil::NotRecorded => None,
        }
    }
}

impl Renewal {
    fn read(node: &Node, register: &Register, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(node, "a renewal", &["by", "on", "until"], problems)?;
        let (by, on) = decision(&map, register, problems);
        let until = map.require("until", problems).and_then(|until| match until.text() {
            Some("open") => Some(RenewedUntil::OpenEnd),
            Some("unknown") => Some(RenewedUntil::NotRecorded),
            _ => read_period(until, "`until`", problems).map(RenewedUntil::Day),
        });
        Some(Self { by, on: on?, until: until? })
    }
}

impl Ending {
    fn read(node: &Node, register: &Register, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(node, "an end", &["by", "on", "to"], problems)?;
        let (by, on) = decision(&map, register, problems);
        let to = map.require("to", problems).and_then(|n| read_period(n, "`to`", problems));
        Some(Self { by, on: on?, to: to? })
    }
}

/// The paragraph or document that decides, and the day of the decision: that under `on`, or else of the paragraph's adoption.
fn decision(map: &Mapping<'_>, register: &Register, problems: &mut Diagnostics) -> (Option<String>, Option<NaiveDate>) {
    let on = map.get("on").map(|n| read_day(n, "`on`", problems));
    match (map.get("by").zip(map.text("by", problems)), on) {
        // With a day of its own it need not be in the register.
        (by, Some(on)) => {
            let cited = |(node, text)| register.cite(node, text, &mut Diagnostics::default()).map(|cited| cited.to_string());
            (by.map(|by| cited(by).unwrap_or_else(|| by.1.to_owned())), on)
        }
        (Some((node, text)), None) => {
            let cited = register.cite(node, text, problems);
            (cited.as_ref().map(ToString::to_string), cited.map(|c| c.adopted))
        }
        (None, None) => {
            let help = "name the paragraph under `by`, or the day of adoption under `on`";
            problems.push(Diagnostic::new(Code::MissingKey, map.node().span, "a decision needs `by` or `on`").help(help));
            (None, None)
        }
    }
}

fn period(map: &Mapping<'_>, key: &str, problems: &mut Diagnostics) -> Option<Period> {
    map.get(key).and_then(|n| read_period(n, &format!("`{key}`"), problems))
}

impl Unverified {
    /// Reads `unverified_after`: a day, or a day with a reason.
    pub(super) fn read(node: &Node, of_regime: bool, problems: &mut Diagnostics) -> Option<Self> {
        if node.entries().is_none() {
            let after = read_day(node, "`unverified_after`", problems)?;
            return Some(Self { after, reason: None, of_regime });
        }
        let map = Mapping::read(node, "`unverified_after`", &["date", "reason"], problems)?;
        let after = map.require("date", problems).and_then(|n| read_day(n, "`date`", problems))?;
        let reason = map.require_text("reason", problems).map(str::to_owned);
        Some(Self { after, reason, of_regime })
    }
}

impl Contested {
    /// Reads `contested`: a reason, or a reason with the days that it is about.
    pub(super) fn read(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        if node.entries().is_none() {
            let Some(reason) = node.text() else {
                problems.wrong_shape(node, "`contested`", "a text, or a mapping of `from`, `to` and `reason`");
                return None;
            };
            return Some(Self { from: None, to: None, reason: reason.to_owned() });
        }
        let map = Mapping::read(node, "`contested`", &["from", "to", "reason"], problems)?;
        let (from, to) = (period(&map, "from", problems), period(&map, "to", problems));
        if from.zip(to).is_some_and(|(from, to)| to.to < from.from) {
            problems.push(Diagnostic::new(Code::InForceBackwards, node.span, "the interval ends before it begins"));
        }
        Some(Self { from, to, reason: map.require_text("reason", problems)?.to_owned() })
    }
}
