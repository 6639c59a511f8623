//! Limits that the text of a paper sets in its own words: how much, and when.

use chrono::Datelike;
use iso_currency::Currency;

use crate::facts::{CodedTerm, Item, Period, Range, Scheme, Transaction, Truth, Unit};
use crate::rulebook::Vocabulary;

/// The months by their English names, as a text writes them whole.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The limits that the text of a paper sets.
pub(super) struct PaperLimits {
    time: Option<TimeNamed>,
    /// How much it covers, if it names one amount.
    most: Option<(Range, Unit)>,
}

impl PaperLimits {
    /// Reads the limits in a text.
    pub(super) fn new(text: &str, vocabulary: &Vocabulary) -> Self {
        let most = match amounts_in(text, vocabulary).as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        Self { time: TimeNamed::find(text), most }
    }

    /// True if the text names a time, and an act is surely of another: `travel in June 2018` of a journey in May 2019.
    pub(super) fn is_of_another_time(&self, act: Option<Period>) -> bool {
        self.time.zip(act).is_some_and(|(time, act)| time.excludes(act))
    }

    /// Whether the text limits how much it covers, and some of what an act moves is more: two hundred howitzers, where it says
    /// `2 howitzers`. Unknown if the act tells no amount of that kind. `items` are those that the paper is to excuse.
    pub(super) fn is_exceeded_by(&self, items: &[Item], transaction: &Transaction, vocabulary: &Vocabulary) -> Truth {
        let Some((limit, unit)) = self.most else { return Truth::False };
        let most = limit.high.unwrap_or(limit.low);
        let in_unit = |range: &Range, of: Unit| vocabulary.convert(range, of, unit);
        let of_items = items.iter().flat_map(|item| {
            let reported = [&item.quantity, &item.value].into_iter().flatten().map(|amount| (amount.range, amount.unit));
            let in_words = item.description.iter().flat_map(|text| amounts_in(text, vocabulary));
            reported.chain(in_words).collect::<Vec<_>>()
        });
        let paid = transaction.payment.get().and_then(|payment| payment.amount.as_ref());
        let of_act = [&transaction.quantity, &transaction.value].into_iter().flatten().chain(paid);
        let of_act = of_act.map(|amount| (amount.range, amount.unit));
        let pieces = vocabulary.known_terms().pieces.map(Unit::Quantity);
        let counts_people = pieces == Some(unit) && items.is_empty();
        let counted = transaction.people.known().iter().filter_map(|people| people.count).filter(|_| counts_people);
        let amounts = of_items.chain(of_act).filter_map(|(range, of)| in_unit(&range, of)).chain(counted);
        let is_more: Vec<Truth> = amounts.map(|amount| !amount.at_most(most, false)).collect();
        // Of an act in which nothing is counted no number can be asked.
        let has_counted = !items.is_empty() || !transaction.people.known().is_empty();
        if is_more.is_empty() && has_counted { Truth::Unknown } else { Truth::any(is_more) }
    }
}

/// The years that a text names, and the month if it names one.
#[derive(Clone, Copy)]
struct TimeNamed {
    first: i32,
    last: i32,
    /// From 0 for January.
    only_month: Option<usize>,
}

impl TimeNamed {
    fn find(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let year = |word: &str| -> Option<i32> {
            // `resolution 2231 (2015)` is no time of an act.
            let digits = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '(' && c != ')');
            (digits.len() == 4).then(|| digits.parse().ok()).flatten().filter(|year| (1945..=2100).contains(year))
        };
        let is_number_of_resolution = |at: usize| {
            at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| {
                let before = before.to_lowercase();
                before.starts_with("resolution") || before.ends_with("s/res")
            })
        };
        let years = words.iter().enumerate().filter(|(at, _)| !is_number_of_resolution(*at)).filter_map(|(_, word)| year(word));
        let (first, last) = years.fold(None, |range: Option<(i32, i32)>, year| {
            Some(range.map_or((year, year), |(first, last)| (first.min(year), last.max(year))))
        })?;
        let month = |word: &&str| {
            let word = word.trim_matches(|c: char| !c.is_alphabetic());
            // `may` is a verb too.
            MONTHS.iter().position(|month| word.eq_ignore_ascii_case(month) && word.starts_with(char::is_uppercase))
        };
        let mut months = words.iter().filter_map(month);
        let only_month = months.next().filter(|_| months.next().is_none() && first == last);
        Some(Self { first, last, only_month })
    }

    /// True if a period is surely outside the time.
    fn excludes(self, act: Period) -> bool {
        let months = act.from.month0() as usize..=act.to.month0() as usize;
        act.to.year() < self.first
            || act.from.year() > self.last
            || act.from.year() == act.to.year() && self.only_month.is_some_and(|only| !months.contains(&only))
    }
}

/// The amounts in a text, each with its unit; a number before a noun that is no unit counts pieces.
fn amounts_in(text: &str, vocabulary: &Vocabulary) -> Vec<(Range, Unit)> {
    /// More amounts than one limit nothing.
    const ENOUGH: usize = 2;
    let mut amounts = Vec::new();
    let mut rest = text;
    while amounts.len() < ENOUGH {
        let Some(start) = rest.find(|c: char| !c.is_whitespace()) else { break };
        let word = rest.get(start..).unwrap_or_default();
        match amount_at(word, vocabulary) {
            Some((amount, behind)) => {
                amounts.push(amount);
                rest = behind;
            }
            None => rest = word.find(char::is_whitespace).and_then(|end| word.get(end..)).unwrap_or_default(),
        }
    }
    amounts
}

/// The amount with which a text begins, and the text behind its number.
fn amount_at<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<((Range, Unit), &'t str)> {
    const NUMBERS: [&str; 13] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty"];
    const QUALIFIERS: [&str; 5] = ["up", "about", "at", "over", "no"];
    let first = text.split_whitespace().next()?;
    let is_number = first.starts_with(|c: char| c.is_ascii_digit())
        || NUMBERS.iter().chain(&QUALIFIERS).any(|word| first.eq_ignore_ascii_case(word));
    // Only so many bytes of a long text are read as a number.
    let end = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
    let (range, behind) = Range::parse(text.get(..end).filter(|_| is_number)?).ok()?;
    let behind = text.get(text.get(..end)?.rfind(behind)?..)?;
    let next = behind.split_whitespace().next()?.trim_matches(|c: char| !c.is_alphanumeric());
    // `Two Rivers Catering` is a name.
    let has_capital = |word: &str| word.starts_with(char::is_uppercase);
    if has_capital(first) && has_capital(next) {
        return None;
    }
    if let Some(currency) = Currency::from_code(next) {
        return Some(((range, Unit::Money(currency)), behind));
    }
    match vocabulary.find(&[Scheme::Unit], next) {
        Some(CodedTerm::Term(unit)) => Some(((range, Unit::Quantity(unit)), behind)),
        _ => {
            let is_noun = next.chars().count() > 3 && next.chars().all(char::is_alphabetic);
            let is_month = MONTHS.iter().any(|month| next.eq_ignore_ascii_case(month));
            let pieces = vocabulary.known_terms().pieces?;
            (is_noun && !is_month).then_some(((range, Unit::Quantity(pieces)), behind))
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::TimeNamed;
    use crate::facts::Period;

    #[test]
    fn a_time_in_the_text_bounds_the_act() {
        let day = |year, month| Some(Period::day(NaiveDate::from_ymd_opt(year, month, 10).unwrap()));
        for (covers, year, month, is_other) in [
            ("travel to Singapore in June 2018", 2019, 5, true),
            ("travel to Singapore in June 2018", 2018, 6, false),
            ("travel to Singapore in June 2018", 2018, 9, true),
            ("journeys in 2017 and 2019", 2018, 1, false),
            ("goods under resolution 2231 (2015)", 2019, 5, false),
            ("goods under resolution 1970", 2019, 5, false),
            ("goods that may be needed, 2019", 2019, 3, false),
            ("rice", 2019, 5, false),
        ] {
            let excludes = TimeNamed::find(covers).zip(day(year, month)).is_some_and(|(time, act)| time.excludes(act));
            assert_eq!(excludes, is_other, "{covers}, {year}-{month}");
        }
    }
}
