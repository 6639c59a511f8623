//! Single facts against what a rule asks of them.

use compact_str::CompactString;

use crate::facts::{Coded, CodedTerm, HsCode, HsRange, Period, Range, Term, Truth, Unit, Value, Words};
use crate::rulebook::{DateRelation, Matcher, NumberBound, Vocabulary};

use super::UnknownCause;

/// The truth of a comparison, and why it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) truth: Truth,
    pub(super) cause: Option<UnknownCause>,
}

impl Answer {
    pub(super) fn known(truth: impl Into<Truth>) -> Self {
        Self { truth: truth.into(), cause: None }.imprecise_if_open()
    }

    pub(super) fn open(cause: UnknownCause) -> Self {
        Self { truth: Truth::Unknown, cause: Some(cause) }
    }

    fn imprecise_if_open(self) -> Self {
        let cause = (self.truth == Truth::Unknown).then_some(self.cause.unwrap_or(UnknownCause::Imprecise));
        Self { cause, ..self }
    }

    /// Any of several; an open one gives its cause.
    pub(super) fn any(answers: impl IntoIterator<Item = Answer>) -> Self {
        answers.into_iter().fold(Answer::known(false), |best, next| if next.truth > best.truth { next } else { best })
    }

    /// All of several; an open one gives its cause.
    pub(super) fn all(answers: impl IntoIterator<Item = Answer>) -> Self {
        answers.into_iter().fold(Answer::known(true), |worst, next| if next.truth < worst.truth { next } else { worst })
    }
}

/// Whether a value is as a matcher asks. Dates that refer to other facts are resolved by the caller.
pub(super) fn compare(value: Value<'_>, matcher: &Matcher, vocabulary: &Vocabulary) -> Answer {
    let not_told = Answer::open(UnknownCause::NotReported);
    if let Matcher::Given(wanted) = matcher {
        return Answer::known(is_given(value) == *wanted);
    }
    match (value, matcher) {
        (Value::Terms(coded), Matcher::Terms(sought)) => terms(coded, sought, vocabulary),
        (Value::Hs(coded), Matcher::Hs(ranges)) => codes(coded, ranges),
        (Value::Text(text), matcher) => text.map_or(not_told, |t| texts(&[t], matcher)),
        (Value::Texts(list), matcher) => {
            list.map_or(not_told, |l| texts(&l.iter().map(CompactString::as_str).collect::<Vec<_>>(), matcher))
        }
        (Value::Identifiers(list), matcher) => {
            list.map_or(not_told, |l| texts(&l.iter().map(|(_, n)| n.as_str()).collect::<Vec<_>>(), matcher))
        }
        (Value::Imo(imo), matcher) => imo.map_or(not_told, |imo| texts(&[imo.to_string().as_str()], matcher)),
        (Value::Amount(amount), Matcher::Number(bounds)) => {
            amount.map_or(not_told, |a| measure(&a.range, Some(a.unit), bounds, vocabulary))
        }
        (Value::Count(range), Matcher::Number(bounds)) => range.map_or(not_told, |r| measure(r, None, bounds, vocabulary)),
        (Value::YesNo(answer), Matcher::YesNo(wanted)) => answer.map_or(not_told, |a| Answer::known(a == *wanted)),
        _ => Answer::open(UnknownCause::NotComparable),
    }
}

/// True if anything is told.
pub(super) fn is_given(value: Value<'_>) -> bool {
    match value {
        Value::Text(v) => v.is_some(),
        Value::Texts(v) => v.is_some(),
        Value::Terms(v) => !v.is_unknown(),
        Value::Hs(v) => !v.is_unknown(),
        Value::Amount(v) => v.is_some(),
        Value::Count(v) => v.is_some(),
        Value::Date(v) => v.is_some(),
        Value::YesNo(v) => v.is_some(),
        Value::Imo(v) => v.is_some(),
        Value::Identifiers(v) => v.is_some(),
        Value::One(v) => v.is_some(),
        Value::Many(v) => v.is_some(),
    }
}

/// True if one of the terms told is one of those sought or narrower. A broader one told does not match: reports are
/// taken to be as exact as they could be.
fn terms(coded: &Coded<CodedTerm>, sought: &[Term], vocabulary: &Vocabulary) -> Answer {
    let matches = |term: Term| sought.iter().any(|s| vocabulary.is_a(term, *s));
    match coded.is() {
        Some(told) => Answer::any(told.iter().map(|named| match named {
            CodedTerm::Term(term) => Answer::known(matches(*term)),
            CodedTerm::Unlisted(_) => Answer::known(false),
            CodedTerm::OneOf(could_be) => match could_be.iter().filter(|t| matches(**t)).count() {
                0 => Answer::known(false),
                n if n == could_be.len() => Answer::known(true),
                _ => Answer::open(UnknownCause::Ambiguous),
            },
        })),
        None => {
            let excluded = |s: &Term| coded.not().iter().any(|n| matches!(n, CodedTerm::Term(n) if vocabulary.is_a(*s, *n)));
            if sought.iter().all(excluded) { Answer::known(false) } else { Answer::open(UnknownCause::NotReported) }
        }
    }
}

fn codes(coded: &Coded<HsCode>, ranges: &[HsRange]) -> Answer {
    match coded.is() {
        Some(told) => Answer::known(Truth::any(told.iter().flat_map(|code| ranges.iter().map(move |r| r.contains(code))))),
        None => Answer::open(UnknownCause::NotReported),
    }
}

fn texts(told: &[&str], matcher: &Matcher) -> Answer {
    Answer::any(told.iter().map(|text| words(&Words::new(text), matcher)))
}

/// Whether a text that was split into words is as a matcher asks.
pub(super) fn words(told: &Words, matcher: &Matcher) -> Answer {
    match matcher {
        Matcher::TextIs(sought) => Answer::known(sought.contains(told)),
        Matcher::TextContains(sought) => Answer::known(sought.iter().any(|s| told.find(s).next().is_some())),
        _ => Answer::open(UnknownCause::NotComparable),
    }
}

fn measure(range: &Range, unit: Option<Unit>, bounds: &[NumberBound], vocabulary: &Vocabulary) -> Answer {
    Answer::all(bounds.iter().map(|bound| {
        let converted = match (unit, bound.unit) {
            (None, None) => Some(*range),
            (Some(from), Some(to)) => convert(range, from, to, vocabulary),
            _ => None,
        };
        match converted {
            // `over X` is "not at most X"; `at least X` is "not under X".
            Some(range) if bound.is_upper => Answer::known(range.at_most(bound.limit.low, bound.exclusive)),
            Some(range) => Answer::known(!range.at_most(bound.limit.low, !bound.exclusive)),
            None => Answer::open(UnknownCause::NotComparable),
        }
    }))
}

/// A range in another unit, if both measure the same thing. Currencies are never converted.
pub(super) fn convert(range: &Range, from: Unit, to: Unit, vocabulary: &Vocabulary) -> Option<Range> {
    match (from, to) {
        (from, to) if from == to => Some(*range),
        (Unit::Quantity(from), Unit::Quantity(to)) => {
            let (from, to) = (vocabulary.dimension(from)?, vocabulary.dimension(to)?);
            let factor = (from.name == to.name).then(|| from.factor.checked_div(to.factor)).flatten()?;
            Some(range.times(&Range::exactly(factor)))
        }
        _ => None,
    }
}

/// A date against a bound that may be moved by days.
pub(super) fn dates(date: &Period, when: DateRelation, bound: &Period, days: i64) -> Truth {
    match (when, days) {
        (DateRelation::Before, 0) => date.before(bound),
        (DateRelation::Before, days) => date.until(&bound.shifted(-days)),
        (DateRelation::After, 0) => date.after(bound),
        (DateRelation::After | DateRelation::From, days) => date.since(&bound.shifted(days)),
        (DateRelation::Until, days) => date.until(&bound.shifted(days)),
    }
}
