//! How long before an act a paper was made, where a report tells that and no day: `lead: 10 working days`.

use rust_decimal::Decimal;

use crate::facts::{Amount, Range, Truth, Unit};
use crate::rulebook::{DateBounds, DateOperand, DateRelation, DayOffset, Vocabulary};

use super::UnknownCause;
use super::compare::Comparison;

/// Compares a lead with bounds: `lead: 5 days` fits `before: date, days: 5`, whatever the date is. Unknown if the lead is no length of
/// time.
pub(super) fn compare_lead(lead: &Amount, test: &DateBounds, vocabulary: &Vocabulary) -> Comparison {
    let Some(lead) = Lead::of(lead, vocabulary) else { return Comparison::unknown(UnknownCause::NotComparable) };
    Comparison::all(test.bounds.iter().map(|bound| match (bound.relation, &bound.operand) {
        (DateRelation::Before, DateOperand::Fact(_, name)) if name == "date" => {
            Comparison::of_reported(lead.is_at_least(bound.offset))
        }
        (DateRelation::Until, DateOperand::Fact(_, name)) if name == "date" => Comparison::of_reported(true),
        _ => Comparison::unknown(UnknownCause::NotReported),
    }))
}

/// A length of time.
struct Lead {
    /// The days of the calendar that it spans.
    calendar: Range,
    /// The days from Monday to Friday, if it was counted in these.
    working: Option<Range>,
}

impl Lead {
    fn of(lead: &Amount, vocabulary: &Vocabulary) -> Option<Self> {
        let Unit::Quantity(unit) = lead.unit else { return None };
        let known = vocabulary.known_terms();
        if known.working_days == Some(unit) {
            return Some(Self { calendar: with_weekends(&lead.range), working: Some(lead.range) });
        }
        if known.months == Some(unit) {
            return Some(Self { calendar: lead.range.times(&Range::between(28.into(), 31.into())), working: None });
        }
        let calendar = vocabulary.convert(&lead.range, lead.unit, Unit::Quantity(known.days?))?;
        Some(Self { calendar, working: None })
    }

    /// Whether the lead is at least as long as an offset.
    fn is_at_least(&self, offset: DayOffset) -> Truth {
        let at_least = |lead: &Range, days: i64| !lead.at_most(days.into(), days > 0);
        if let Some(working) = self.working.filter(|_| offset.are_working) {
            return at_least(&working, offset.days);
        }
        let (least, enough) = offset.calendar_days();
        match (at_least(&self.calendar, least), at_least(&self.calendar, enough)) {
            (Truth::False, _) => Truth::False,
            (_, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }
}

/// The days of the calendar that a number of working days spans: from none to all of the weekends that may lie between.
fn with_weekends(working: &Range) -> Range {
    let most = |days: Decimal| {
        let weeks = days.checked_div(Decimal::from(5))?.ceil();
        days.checked_add(weeks.checked_mul(Decimal::TWO)?)
    };
    Range { high: working.high.and_then(most), ..*working }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::{Lead, with_weekends};
    use crate::facts::{Range, Truth};
    use crate::rulebook::DayOffset;

    #[test]
    fn working_days_span_weekends_that_may_lie_between() {
        let five = Range::exactly(Decimal::from(5));
        let lead = Lead { calendar: with_weekends(&five), working: Some(five) };
        let is_at_least = |days, are_working| lead.is_at_least(DayOffset { days, are_working });
        assert_eq!(is_at_least(5, true), Truth::True);
        assert_eq!(is_at_least(6, true), Truth::False);
        assert_eq!(is_at_least(5, false), Truth::True);
        assert_eq!(is_at_least(7, false), Truth::Unknown);
        assert_eq!(is_at_least(8, false), Truth::False);
        let week = Lead { calendar: Range::exactly(Decimal::from(7)), working: None };
        assert_eq!(week.is_at_least(DayOffset { days: 5, are_working: true }), Truth::True);
    }
}
