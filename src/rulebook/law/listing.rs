//! Lists of designated persons, and listings on them as reports name them.

use crate::facts::{Period, Truth};

/// A list of designated persons, known by its names and by how the reference numbers of its entries begin.
#[derive(Debug, Clone)]
pub struct DesignationList {
    pub(crate) id: String,
    /// The id and other names, normalised.
    pub(crate) names: Vec<String>,
    /// The beginnings of reference numbers, normalised.
    pub(crate) prefixes: Vec<String>,
    /// The measures of which each listing brings some, as rules name them; none if all listings bring the same.
    pub(crate) measures: Vec<String>,
    /// The names and prefixes of all other lists.
    others: (Vec<String>, Vec<String>),
    /// The measures of all lists.
    all_measures: Vec<String>,
}

/// What a report says of a listing beside its list: `un-libya-vessels (no-port; 2018-03-01/2019-03-01)`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListingDetails {
    /// The measures that the listing brings; none if the report does not say.
    pub measures: Vec<String>,
    /// Its first day.
    pub from: Option<Period>,
    /// Its last day.
    pub until: Option<Period>,
}

/// What stands before the reference of a listing that may be another's: `possibly KPi.033`.
pub const POSSIBLY: &str = "possibly ";

/// The reference of a listing that is only [possible](POSSIBLY).
pub fn possible_listing(reference: &str) -> Option<&str> {
    let (start, rest) = reference.trim_start().split_at_checked(POSSIBLY.len())?;
    start.eq_ignore_ascii_case(POSSIBLY).then_some(rest)
}

impl DesignationList {
    pub(in crate::rulebook) fn new(id: String, names: &[&str], prefixes: &[&str], measures: Vec<String>) -> Self {
        let names = names.iter().copied().chain([id.as_str()]).map(normalised).collect();
        let prefixes = prefixes.iter().copied().map(normalised).collect();
        Self { id, names, prefixes, measures, others: Default::default(), all_measures: Vec::new() }
    }

    /// Tells each list of all others.
    pub(in crate::rulebook) fn introduce(lists: &mut [Self]) {
        let measures: Vec<String> = lists.iter().flat_map(|list| &list.measures).cloned().collect();
        for index in 0..lists.len() {
            let others = || lists.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, list)| list);
            let names = others().flat_map(|list| &list.names).cloned().collect();
            let prefixes = others().flat_map(|list| &list.prefixes).cloned().collect();
            if let Some(list) = lists.get_mut(index) {
                list.others = (names, prefixes);
                list.all_measures.clone_from(&measures);
            }
        }
    }

    /// Whether `reference` is of this list: its name, or the reference number of an entry, such as `KPi.033`. Case, blanks and
    /// punctuation do not count. It is not if another list is named; any other text, such as `a national list`, leaves it unknown.
    pub fn contains(&self, reference: &str) -> Truth {
        self.find(reference).0
    }

    /// Whether `reference` is of this list, and what is said behind it of this listing. One that is only [possible](POSSIBLY) leaves
    /// it unknown.
    pub fn find(&self, reference: &str) -> (Truth, Option<ListingDetails>) {
        if let Some(possible) = possible_listing(reference) {
            let (truth, details) = self.find(possible);
            return (truth.min(Truth::Unknown), details);
        }
        match (self.names(reference), reference.trim_end().ends_with(')')) {
            (Truth::Unknown, true) => match self.details(reference) {
                Some((bare, details)) => (self.names(bare), Some(details)),
                None => (Truth::Unknown, None),
            },
            (truth, _) => (truth, None),
        }
    }

    fn names(&self, reference: &str) -> Truth {
        let reference = normalised(reference);
        if is_of(&reference, &self.names, &self.prefixes) {
            Truth::True
        } else if is_of(&reference, &self.others.0, &self.others.1) {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// The text before the last bracket, and the details in it; `None` if anything in it is neither a measure nor days.
    fn details<'t>(&self, reference: &'t str) -> Option<(&'t str, ListingDetails)> {
        let (bare, inside) = reference.trim_end().strip_suffix(')')?.rsplit_once('(')?;
        let mut details = ListingDetails::default();
        for part in inside.split([';', ',']).map(str::trim) {
            if let Some((from, until)) = part.split_once('/') {
                (details.from, details.until) = (Some(from.trim().parse().ok()?), Some(until.trim().parse().ok()?));
            } else if let Some(day) = part.strip_prefix("from ") {
                details.from = Some(day.trim().parse().ok()?);
            } else if let Some(day) = part.strip_prefix("until ") {
                details.until = Some(day.trim().parse().ok()?);
            } else {
                let measure = normalised(part);
                details.measures.push(self.all_measures.iter().find(|known| normalised(known) == measure)?.clone());
            }
        }
        Some((bare, details))
    }
}

impl ListingDetails {
    /// Whether the listing holds on a day; unknown if it has days and the day is not known.
    pub fn on(&self, date: Option<Period>) -> Truth {
        let is_after = |date: Period| self.from.map_or(Truth::True, |from| !date.before(&from));
        let is_before = |date: Period| self.until.map_or(Truth::True, |until| !date.after(&until));
        match date {
            Some(date) => is_after(date).min(is_before(date)),
            None if self.from.is_none() && self.until.is_none() => Truth::True,
            None => Truth::Unknown,
        }
    }

    /// Whether the listing brings one of some measures; unknown if the report does not say which it brings.
    pub fn brings(&self, measures: &[String]) -> Truth {
        match self.measures.as_slice() {
            [] => Truth::Unknown,
            own => Truth::from(own.iter().any(|measure| measures.contains(measure))),
        }
    }
}

fn is_of(reference: &str, names: &[String], prefixes: &[String]) -> bool {
    let is_number = |rest: &str| rest.bytes().all(|b| b.is_ascii_digit());
    names.iter().any(|name| name == reference)
        || prefixes.iter().any(|p| reference.strip_prefix(p.as_str()).is_some_and(is_number))
}

/// The letters and digits of a reference, in lower case.
fn normalised(reference: &str) -> String {
    reference.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::DesignationList;
    use crate::facts::Truth;

    fn lists() -> Vec<DesignationList> {
        let list = |id: &str, prefix, measures: &[&str]| {
            DesignationList::new(id.to_owned(), &[], &[prefix], measures.iter().map(|m| (*m).to_owned()).collect())
        };
        let mut lists = vec![list("un-ships", "SHi", &["no-port", "no-flag"]), list("un-others", "OTi", &[])];
        DesignationList::introduce(&mut lists);
        lists
    }

    #[test]
    fn a_listing_is_found_with_its_measures_and_days() {
        let lists = lists();
        let (truth, details) = lists[0].find("SHi.001 (no port; 2018-03-01/2019-03-01)");
        let details = details.unwrap();
        assert_eq!((truth, details.measures.as_slice()), (Truth::True, ["no-port".to_owned()].as_slice()));
        let on = |day: &str| details.on(Some(day.parse().unwrap()));
        assert_eq!(
            [on("2018-02-28"), on("2018-03-01"), on("2019-03-02"), on("2019")],
            [Truth::False, Truth::True, Truth::False, Truth::Unknown]
        );
        assert_eq!(details.on(None), Truth::Unknown);
        let asked = |measure: &str| details.brings(&[measure.to_owned()]);
        assert_eq!([asked("no-port"), asked("no-flag")], [Truth::True, Truth::False]);
        assert_eq!(lists[1].contains("un-ships (no-flag)"), Truth::False, "it names another list");
        assert_eq!(lists[0].find("un-ships (until 2019-03-01)").1.unwrap().brings(&["no-port".to_owned()]), Truth::Unknown);
    }

    #[test]
    fn what_is_behind_a_list_and_is_no_detail_leaves_the_listing_unknown() {
        let lists = lists();
        for text in ["un-ships (formerly)", "un-ships (2018)", "un-ships (no-port; perhaps)", "un-ships (from spring)"] {
            assert_eq!(lists[0].find(text), (Truth::Unknown, None), "{text}");
        }
    }
}
