//! Comparison of single facts with what a condition asks of them.

use compact_str::CompactString;

use crate::facts::{
    Coded, CodedTerm, FactValue, FieldRole, HsCode, HsRange, Period, Range, Record, Side, Term, Truth, Unit, Words,
};
use crate::rulebook::{DateRelation, DayOffset, DesignationList, Matcher, NumberBound, Vocabulary, possible_listing};

use super::UnknownCause;
use super::name_spelling::{name_and_abbreviation, with_dotless_letters};

/// The truth of a comparison, and why it is unknown if it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Comparison {
    pub(super) truth: Truth,
    pub(super) cause: Option<UnknownCause>,
}

impl Comparison {
    /// A comparison with a reported fact: if it is unknown, the fact is not exact enough.
    pub(super) fn of_reported(truth: impl Into<Truth>) -> Self {
        let truth = truth.into();
        Self { truth, cause: (truth == Truth::Unknown).then_some(UnknownCause::Imprecise) }
    }

    pub(super) fn unknown(cause: UnknownCause) -> Self {
        Self { truth: Truth::Unknown, cause: Some(cause) }
    }

    /// True if any is true; else unknown, with the cause of the first unknown one, if there is one.
    pub(super) fn any(answers: impl IntoIterator<Item = Comparison>) -> Self {
        answers.into_iter().fold(Comparison::of_reported(false), |best, next| if next.truth > best.truth { next } else { best })
    }

    /// False if any is false; else unknown, with the cause of the first unknown one, if there is one.
    pub(super) fn all(answers: impl IntoIterator<Item = Comparison>) -> Self {
        answers.into_iter().fold(Comparison::of_reported(true), |worst, next| if next.truth < worst.truth { next } else { worst })
    }
}

/// Compares a fact of a record with a matcher; see [`compare`]. Of several countries on a side of a transaction each must match:
/// nobody says which of them the goods leave or reach.
pub(super) fn compare_fact(record: &dyn Record, row: usize, matcher: &Matcher, vocabulary: &Vocabulary) -> Comparison {
    match (record.value(row), matcher) {
        (FactValue::Terms(coded), Matcher::Terms(sought))
            if record.table() == Side::TABLE && coded.is().is_some_and(|is| is.len() > 1) =>
        {
            compare_each_term(coded, sought, vocabulary)
        }
        (FactValue::Texts(Some(references)), matcher)
            if matcher.sought_words().is_some() && record.table().with_role(FieldRole::Listings) == Some(row) =>
        {
            Comparison::any(references.iter().map(|reference| compare_reference(reference, matcher, vocabulary)))
        }
        (value, matcher) => compare(value, matcher, vocabulary),
    }
}

/// The field in which a condition on a text finds it: the name, or the other names, if one of these matches better. `truth`
/// says how the text of a field does.
pub(super) fn row_of_text(record: &dyn Record, row: usize, matcher: &Matcher, truth: impl Fn(usize) -> Truth) -> usize {
    let table = record.table();
    if matcher.sought_words().is_none() || table.key(row) != "name" {
        return row;
    }
    match table.with_role(FieldRole::OtherNames) {
        Some(others) if is_given(record.value(others)) && truth(others) > truth(row) => others,
        _ => row,
    }
}

/// Compares the reference of a listing with words; one that is only possible leaves open what it has.
fn compare_reference(reference: &str, matcher: &Matcher, vocabulary: &Vocabulary) -> Comparison {
    let compared = compare_texts(&[possible_listing(reference).unwrap_or(reference)], matcher, vocabulary);
    match possible_listing(reference) {
        Some(_) if compared.truth == Truth::True => Comparison::unknown(UnknownCause::PossiblyListed),
        _ => compared,
    }
}

/// Whether a value is reported, or none. Of terms and texts that are known to be none, none is reported.
pub(super) fn compare_given(value: FactValue<'_>, wanted: bool) -> Comparison {
    let names_something = match value {
        FactValue::Texts(texts) => texts.is_some_and(|texts| !texts.is_empty()),
        FactValue::Terms(terms) => terms.is().is_some_and(|terms| !terms.is_empty()),
        value => is_given(value),
    };
    Comparison::of_reported(names_something == wanted)
}

/// Compares a value with a matcher. Dates are compared by the caller, because their bounds may be other facts.
pub(super) fn compare(value: FactValue<'_>, matcher: &Matcher, vocabulary: &Vocabulary) -> Comparison {
    let not_reported = Comparison::unknown(UnknownCause::NotReported);
    if let Matcher::Given(wanted) = matcher {
        return compare_given(value, *wanted);
    }
    match (value, matcher) {
        (FactValue::Terms(coded), Matcher::Terms(sought)) => compare_terms(coded, sought, vocabulary),
        (FactValue::Hs(coded), Matcher::Hs(ranges)) => compare_codes(coded, ranges),
        (FactValue::Text(text), matcher) => text.map_or(not_reported, |t| compare_texts(&[t], matcher, vocabulary)),
        (FactValue::Texts(list), matcher) => list.map_or(not_reported, |l| {
            compare_texts(&l.iter().map(CompactString::as_str).collect::<Vec<_>>(), matcher, vocabulary)
        }),
        (FactValue::Identifiers(list), matcher) => list
            .map_or(not_reported, |l| compare_texts(&l.iter().map(|(_, n)| n.as_str()).collect::<Vec<_>>(), matcher, vocabulary)),
        (FactValue::Imo(imo), matcher) => {
            imo.map_or(not_reported, |imo| compare_texts(&[imo.to_string().as_str()], matcher, vocabulary))
        }
        (FactValue::Amount(amount), Matcher::Number(bounds)) => {
            amount.map_or(not_reported, |a| compare_numbers(&a.range, Some(a.unit), bounds, vocabulary))
        }
        (FactValue::Count(range), Matcher::Number(bounds)) => {
            range.map_or(not_reported, |r| compare_numbers(r, None, bounds, vocabulary))
        }
        (FactValue::YesNo(answer), Matcher::YesNo(wanted)) => {
            answer.map_or(not_reported, |a| Comparison::of_reported(a == *wanted))
        }
        _ => Comparison::unknown(UnknownCause::NotComparable),
    }
}

/// True if the fact is reported, if only as what it is not.
pub(super) fn is_given(value: FactValue<'_>) -> bool {
    match value {
        FactValue::Text(v) => v.is_some(),
        FactValue::Texts(v) => v.is_some(),
        FactValue::Terms(v) => !v.is_unknown(),
        FactValue::Hs(v) => !v.is_unknown(),
        FactValue::Amount(v) => v.is_some(),
        FactValue::Count(v) => v.is_some(),
        FactValue::Date(v) => v.is_some(),
        FactValue::YesNo(v) => v.is_some(),
        FactValue::Imo(v) => v.is_some(),
        FactValue::Identifiers(v) => v.is_some(),
        FactValue::One(v) => v.is_some(),
        FactValue::Many(v) => v.is_some(),
    }
}

/// True if all reported terms match, unknown if only some do.
fn compare_each_term(coded: &Coded<CodedTerm>, sought: &[Term], vocabulary: &Vocabulary) -> Comparison {
    let of_one =
        |term: &CodedTerm| compare_terms(&Coded::new(Some(vec![term.clone()]), coded.not().to_vec()), sought, vocabulary);
    let answers: Vec<Comparison> = coded.is().unwrap_or_default().iter().map(of_one).collect();
    let (any, all) = (Comparison::any(answers.iter().copied()), Comparison::all(answers));
    match (any.truth, all.truth) {
        (Truth::False, _) | (_, Truth::True) => all,
        (Truth::True, _) => Comparison::unknown(UnknownCause::Several),
        (Truth::Unknown, _) => any,
    }
}

/// True if a reported term is one of those asked for or narrower. A broader term leaves it open whether one of those is meant,
/// and so does a word that the vocabulary does not have.
fn compare_terms(coded: &Coded<CodedTerm>, sought: &[Term], vocabulary: &Vocabulary) -> Comparison {
    let excluded = |term: Term| coded.not().iter().any(|n| matches!(n, CodedTerm::Term(n) if vocabulary.is_a(term, *n)));
    let compare = |term: Term| match compare_term(term, sought, vocabulary, &excluded) {
        Truth::Unknown => Comparison::unknown(UnknownCause::TooBroad),
        truth => Comparison::of_reported(truth),
    };
    match coded.is() {
        Some(reported) => Comparison::any(reported.iter().map(|term| match term {
            CodedTerm::Term(term) => compare(*term),
            CodedTerm::Unlisted(_) | CodedTerm::Possibly(_) if sought.is_empty() => Comparison::of_reported(false),
            CodedTerm::Unlisted(_) => Comparison::unknown(UnknownCause::Unlisted),
            CodedTerm::Possibly(terms) if terms.iter().any(|term| compare(*term).truth != Truth::False) => {
                Comparison::unknown(UnknownCause::Ambiguous)
            }
            CodedTerm::Possibly(_) => Comparison::unknown(UnknownCause::NotReported),
            CodedTerm::OneOf(could_be) => {
                let answers = could_be.iter().map(|term| compare(*term));
                let (any, all) = (Comparison::any(answers.clone()), Comparison::all(answers));
                match (any.truth, all.truth) {
                    (is, all) if is == all => any,
                    (Truth::True, Truth::False) => Comparison::unknown(UnknownCause::Ambiguous),
                    _ => Comparison::unknown(UnknownCause::TooBroad),
                }
            }
        })),
        None if sought.iter().all(|term| excluded(*term)) => Comparison::of_reported(false),
        None => Comparison::unknown(UnknownCause::NotReported),
    }
}

/// True if a reported term is one of those asked for or narrower, unknown if one of its narrower terms is and is not excluded.
fn compare_term(term: Term, sought: &[Term], vocabulary: &Vocabulary, excluded: &impl Fn(Term) -> bool) -> Truth {
    let matches = |term: Term| sought.iter().any(|s| vocabulary.is_a(term, *s));
    if matches(term) {
        Truth::True
    } else if vocabulary.narrower_terms(term).iter().any(|narrower| matches(*narrower) && !excluded(*narrower)) {
        Truth::Unknown
    } else {
        Truth::False
    }
}

/// True if one of the references of listings is of one of the lists, unknown if some reference could be.
pub(super) fn compare_listings<'l>(
    references: &[CompactString],
    lists: impl Iterator<Item = &'l DesignationList> + Clone,
    measures: &[String],
    date: Option<Period>,
) -> Comparison {
    let listing = |reference: &CompactString, list: &DesignationList| {
        let (named, details) = list.find(reference);
        let unknown = |truth: Truth, cause| {
            if truth == Truth::Unknown { Comparison::unknown(cause) } else { Comparison::of_reported(truth) }
        };
        let details = details.unwrap_or_default();
        Comparison::all([
            unknown(
                named,
                if possible_listing(reference).is_some() { UnknownCause::PossiblyListed } else { UnknownCause::UnknownReference },
            ),
            unknown(details.on(date), UnknownCause::Imprecise),
            unknown(if measures.is_empty() { Truth::True } else { details.brings(measures) }, UnknownCause::Imprecise),
        ])
    };
    Comparison::any(references.iter().flat_map(|reference| lists.clone().map(move |list| listing(reference, list))))
}

fn compare_codes(coded: &Coded<HsCode>, ranges: &[HsRange]) -> Comparison {
    match coded.is() {
        Some(reported) => {
            Comparison::of_reported(Truth::any(reported.iter().flat_map(|code| ranges.iter().map(move |r| r.contains(code)))))
        }
        None => Comparison::unknown(UnknownCause::NotReported),
    }
}

/// True if any of the texts matches.
fn compare_texts(texts: &[&str], matcher: &Matcher, vocabulary: &Vocabulary) -> Comparison {
    Comparison::any(texts.iter().map(|text| compare_text(text, &Words::new(text), matcher, vocabulary)))
}

/// Compares a text, whose words are given too, with a matcher of texts. A name with its abbreviation behind it in brackets, or the
/// other way round, is either: `Islamic State (IS)`.
pub(super) fn compare_text(text: &str, words: &Words, matcher: &Matcher, vocabulary: &Vocabulary) -> Comparison {
    let is_of_names = matches!(matcher, Matcher::TextIs(_) | Matcher::TextCalled(_) | Matcher::TextIsA(_));
    if is_of_names && let Some(text) = with_dotless_letters(text) {
        return compare_words(&Words::new(&text), matcher, vocabulary);
    }
    let whole = compare_words(words, matcher, vocabulary);
    match name_and_abbreviation(text).filter(|_| is_of_names && whole.truth != Truth::True) {
        Some(names) => {
            let either = names.map(|name| compare_words(&Words::new(name), matcher, vocabulary));
            Comparison::any(std::iter::once(whole).chain(either))
        }
        None => whole,
    }
}

/// Compares a text, split into words, with a matcher of texts.
fn compare_words(text: &Words, matcher: &Matcher, vocabulary: &Vocabulary) -> Comparison {
    let beside = &vocabulary.phrase_words().of_names;
    match matcher {
        Matcher::TextIs(sought) => Comparison::of_reported(sought.contains(text)),
        Matcher::TextContains(sought) => Comparison::of_reported(text.contains_any(sought)),
        Matcher::TextCalled(names) => Comparison::of_reported(beside.calls(text, names, |word| is_place(word, vocabulary))),
        Matcher::TextIsA(nouns) => Comparison::of_reported(beside.is_a(text, nouns)),
        _ => Comparison::unknown(UnknownCause::NotComparable),
    }
}

/// True if a word is the name of a place.
fn is_place(word: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.place_names().find(word).is_some_and(|found| found.is_all)
}

fn compare_numbers(range: &Range, unit: Option<Unit>, bounds: &[NumberBound], vocabulary: &Vocabulary) -> Comparison {
    Comparison::all(bounds.iter().map(|bound| {
        let converted = match (unit, bound.unit) {
            (None, None) => Some(*range),
            (Some(from), Some(to)) => vocabulary.convert(range, from, to),
            _ => None,
        };
        match converted {
            // `over X` is "not at most X"; `at least X` is "not under X".
            Some(range) if bound.is_upper => Comparison::of_reported(range.at_most(bound.limit.low, bound.exclusive)),
            Some(range) => Comparison::of_reported(!range.at_most(bound.limit.low, !bound.exclusive)),
            None => Comparison::unknown(UnknownCause::NotComparable),
        }
    }))
}

/// Compares a date with a bound that is first moved by an offset: earlier for `before`, later for the other relations.
pub(super) fn compare_dates(date: &Period, relation: DateRelation, bound: &Period, offset: DayOffset) -> Truth {
    let moved = |days: i64| if offset.are_working { bound.shifted_working(days) } else { bound.shifted(days) };
    match (relation, offset.days) {
        (DateRelation::Before, 0) => date.before(bound),
        (DateRelation::Before, days) => date.until(&moved(days.saturating_neg())),
        (DateRelation::After, 0) => date.after(bound),
        (DateRelation::After | DateRelation::From, days) => date.since(&moved(days)),
        (DateRelation::Until, days) => date.until(&moved(days)),
    }
}
