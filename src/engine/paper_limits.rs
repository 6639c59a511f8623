//! Limits that the text of a paper sets in its own words: how many, when, and whom by name.

use chrono::Datelike;

use crate::facts::{Coded, CodedTerm, Item, Period, Range, Scheme, Transaction, Truth, Unit, Words};
use crate::rulebook::{Rulebook, Vocabulary};

/// The months by their English names, as a text writes them whole.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The limits that the text of a paper sets.
pub(super) struct PaperLimits {
    time: Option<TimeNamed>,
    /// How much it covers, if it names one amount.
    most: Option<(Range, Unit)>,
    /// The capitalised words behind a preposition.
    names: Vec<Words>,
}

impl PaperLimits {
    /// Reads the limits in a text.
    pub(super) fn new(text: &str, vocabulary: &Vocabulary) -> Self {
        let mut amounts = amounts_in(text, vocabulary);
        let most = amounts.next().filter(|_| amounts.next().is_none());
        Self { time: TimeNamed::find(text), most, names: names_in(text) }
    }

    /// True if the text names a time, and an act is surely of another: `travel in June 2018` of a journey in May 2019.
    pub(super) fn is_of_another_time(&self, act: Option<Period>) -> bool {
        self.time.zip(act).is_some_and(|(time, act)| time.excludes(act))
    }

    /// True if the text limits how much it covers, and the quantity of an item is surely more: `2 howitzers` of two hundred.
    pub(super) fn is_exceeded_by(&self, item: &Item, vocabulary: &Vocabulary) -> bool {
        let (Some((limit, unit)), Some(quantity)) = (&self.most, &item.quantity) else { return false };
        let reported = vocabulary.convert(&quantity.range, quantity.unit, *unit);
        reported.zip(limit.high).is_some_and(|(reported, limit)| reported.at_most(limit, false) == Truth::False)
    }

    /// True if the text names somebody or some place behind a preposition, and nobody and no place of the act bears a word of it:
    /// `travel of B` of a journey of A.
    pub(super) fn names_another(&self, transaction: &Transaction, rulebook: &Rulebook) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let parties = transaction.parties.known().iter();
        let of_parties = parties.flat_map(|party| party.name.iter().chain(party.aliases.iter().flatten()));
        let sides = [transaction.from.get(), transaction.to.get()].into_iter().flatten();
        let of_sides = sides.clone().flat_map(|side| [side.place.as_deref(), side.party.as_deref()]).flatten();
        let countries = sides.flat_map(|side| [&side.country, &side.nationality]).chain([&transaction.via]);
        let of_countries = countries.flat_map(|fact| names_of(fact, &rulebook.vocabulary));
        let of_ports = transaction.ports.known().iter().filter_map(|port| port.name.as_deref());
        let known = of_parties.map(|name| name.as_str()).chain(of_sides).chain(of_countries).chain(of_ports);
        !known.map(Words::new).any(|known| self.names.iter().any(|name| known.find(name).next().is_some()))
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
fn amounts_in<'t>(text: &'t str, vocabulary: &'t Vocabulary) -> impl Iterator<Item = (Range, Unit)> + 't {
    let starts = text.char_indices().filter(|(at, c)| {
        c.is_ascii_digit() && text.get(..*at).and_then(|before| before.chars().last()).is_none_or(char::is_whitespace)
    });
    starts.filter_map(move |(at, _)| {
        let (range, rest) = Range::parse(text.get(at..)?).ok()?;
        let next = rest.split_whitespace().next()?.trim_matches(|c: char| !c.is_alphanumeric());
        match vocabulary.find(&[Scheme::Unit], next) {
            Some(CodedTerm::Term(unit)) => Some((range, Unit::Quantity(unit))),
            _ => {
                let is_noun = next.chars().count() > 3 && next.chars().all(char::is_alphabetic);
                let is_month = MONTHS.iter().any(|month| next.eq_ignore_ascii_case(month));
                let pieces = vocabulary.term(Scheme::Unit, "pieces")?;
                (is_noun && !is_month).then_some((range, Unit::Quantity(pieces)))
            }
        }
    })
}

/// The capitalised words of a text that stand behind a preposition and can be names.
fn names_in(text: &str) -> Vec<Words> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_preposition = |word: &&str| ["of", "by", "for", "to", "from"].contains(word);
    let pairs = words.iter().zip(words.iter().skip(1));
    let words = pairs.filter(|(before, _)| is_preposition(before)).map(|(_, word)| *word);
    let is_name = |word: &&str| {
        word.starts_with(char::is_uppercase) && !MONTHS.iter().any(|month| word.eq_ignore_ascii_case(month)) && !is_common(word)
    };
    words.filter(is_name).map(Words::new).collect()
}

fn names_of<'v>(fact: &'v Coded<CodedTerm>, vocabulary: &'v Vocabulary) -> impl Iterator<Item = &'v str> {
    let terms = fact.is().unwrap_or_default().iter().filter_map(|term| match term {
        CodedTerm::Term(term) => Some(*term),
        CodedTerm::OneOf(_) | CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => None,
    });
    terms.flat_map(|term| {
        let adjectives = vocabulary.adjectives(term).iter().map(String::as_str);
        [vocabulary.label(term), vocabulary.short_name(term)].into_iter().chain(adjectives)
    })
}

/// True for words with a capital that name nobody.
fn is_common(word: &str) -> bool {
    ["UN", "United", "Nations", "Committee", "Council", "Government", "Member", "State", "States", "Annex", "Resolution"]
        .contains(&word)
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
