//! Lists of designated persons, and listings on them as reports name them.

use crate::facts::{Period, Truth};

/// A list of designated persons, known by its names and by how the reference numbers of its entries begin.
#[derive(Debug, Clone)]
pub struct DesignationList {
    pub(crate) id: String,
    /// The id and other names, normalised.
    pub(crate) names: Vec<String>,
    /// What is left of these names without the words that any list may bear: `1718` of `UN 1718 sanctions list`.
    cores: Vec<String>,
    /// The beginnings of reference numbers, normalised.
    pub(crate) prefixes: Vec<String>,
    /// The measures of which each listing brings some, as rules name them; none if all listings bring the same.
    pub(crate) measures: Vec<String>,
    /// The names, cores and prefixes of all other lists.
    others: (Vec<String>, Vec<String>, Vec<String>),
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
        let cores = names.iter().map(|name| ListPhrase::new(name).core).filter(|core| !core.is_empty()).collect();
        let names = names.iter().copied().chain([id.as_str()]).map(normalised).collect();
        let prefixes = prefixes.iter().copied().map(normalised).collect();
        Self { id, names, cores, prefixes, measures, others: Default::default(), all_measures: Vec::new() }
    }

    /// Tells each list of all others.
    pub(in crate::rulebook) fn introduce(lists: &mut [Self]) {
        let measures: Vec<String> = lists.iter().flat_map(|list| &list.measures).cloned().collect();
        for index in 0..lists.len() {
            let others = || lists.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, list)| list);
            let names = others().flat_map(|list| &list.names).cloned().collect();
            let cores = others().flat_map(|list| &list.cores).cloned().collect();
            let prefixes = others().flat_map(|list| &list.prefixes).cloned().collect();
            if let Some(list) = lists.get_mut(index) {
                list.others = (names, cores, prefixes);
                list.all_measures.clone_from(&measures);
            }
        }
    }

    /// Whether `reference` is of this list: its name, or the reference number of an entry, such as `KPi.033`, alone or among words
    /// that say no more than that somebody is listed there. Case, blanks and punctuation do not count. It is not if another list is
    /// named; any other text, such as `a national list` or `removed from the 1718 list`, leaves it unknown.
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
        match self.details(reference).map(|(bare, details)| (self.names(bare), details)) {
            Some((Truth::Unknown, details)) => match self.names(reference) {
                Truth::Unknown => (Truth::Unknown, Some(details)),
                truth => (truth, None),
            },
            Some((truth, details)) => (truth, Some(details)),
            None => (self.names(reference), None),
        }
    }

    fn names(&self, reference: &str) -> Truth {
        let whole = normalised(reference);
        if is_of(&whole, &self.names, &self.prefixes) {
            return Truth::True;
        }
        if is_of(&whole, &self.others.0, &self.others.2) {
            return Truth::False;
        }
        let phrase = ListPhrase::new(reference);
        match phrase.names(&self.cores, &self.prefixes) {
            true => Truth::True,
            false if phrase.names(&self.others.1, &self.others.2) => Truth::False,
            false => Truth::Unknown,
        }
    }

    /// The text before the last bracket, and the details in it; `None` if anything in it is neither a measure nor days. Without a
    /// bracket a day may stand last: `un-ships since 2018`.
    fn details<'t>(&self, reference: &'t str) -> Option<(&'t str, ListingDetails)> {
        let Some(open) = reference.trim_end().strip_suffix(')') else {
            return days_behind(reference.trim_end());
        };
        let (bare, inside) = open.rsplit_once('(')?;
        let mut details = ListingDetails::default();
        for part in inside.split([';', ',']).map(str::trim) {
            if !details.read_days(part) {
                let measure = normalised(part);
                details.measures.push(self.all_measures.iter().find(|known| normalised(known) == measure)?.clone());
            }
        }
        Some((bare, details))
    }
}

/// What stands before the first day of a listing, and before its last.
const FIRST_DAY: [&str; 9] =
    ["listed since ", "listed from ", "listed on ", "listed in ", "since ", "from ", "as of ", "on ", "in "];
const LAST_DAY: [&str; 7] = ["delisted on ", "delisted in ", "delisted ", "removed on ", "removed in ", "until ", "till "];

/// The text before the days with which a reference ends, and these.
fn days_behind(reference: &str) -> Option<(&str, ListingDetails)> {
    let words = FIRST_DAY.iter().chain(&LAST_DAY);
    let starts =
        words.filter_map(|word| reference.rfind(word)).filter(|at| reference.get(..*at).is_some_and(|t| t.ends_with([' ', ','])));
    let start = starts.min()?;
    let (bare, days) = reference.split_at_checked(start)?;
    let mut details = ListingDetails::default();
    details.read_days(days).then_some((bare.trim_end_matches([' ', ',']), details))
}

impl ListingDetails {
    /// Reads days: `2018-03-01/2019-03-01`, `2018..`, `since May 2018`, `delisted in 2019`. False if the text is none.
    fn read_days(&mut self, text: &str) -> bool {
        let behind = |words: &[&str]| {
            let rest = words.iter().find_map(|word| {
                let (start, rest) = text.split_at_checked(word.len())?;
                start.eq_ignore_ascii_case(word).then_some(rest)
            });
            rest.and_then(|day| day.trim().parse::<Period>().ok())
        };
        if let Some((from, until)) = text.split_once('/').or_else(|| text.split_once("..")) {
            let day = |text: &str| match text.trim() {
                "" | ".." => Some(None),
                day => day.parse::<Period>().ok().map(Some),
            };
            return match (day(from), day(until)) {
                (Some(from), Some(until)) if from.is_some() || until.is_some() => {
                    (self.from, self.until) = (from, until);
                    true
                }
                _ => false,
            };
        }
        match (behind(&FIRST_DAY), behind(&LAST_DAY)) {
            (Some(from), _) => self.from = Some(from),
            (None, Some(until)) => self.until = Some(until),
            (None, None) => return false,
        }
        true
    }

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

/// A phrase that may tell of a listing: `listed by the 1718 Committee as KPi.033`.
struct ListPhrase {
    /// Its letters and digits without the words that any list may bear, in lower case and in the singular: `1718kpi033`.
    core: String,
    /// It has such words.
    tells_of_a_list: bool,
    /// It has words of the Council.
    is_of_the_council: bool,
}

/// Words of the Council and its committees.
const OF_THE_COUNCIL: &str =
    "un unsc unscr united nations security council committee onu unies оон الأمم المتحدة 유엔 联合国 安理会";

/// Words of any list, and those that say that somebody is listed there.
const OF_ANY_LIST: &str = "s sanction sanctions sanctioned list lists listed listing blacklist blacklisted designated designation \
    consolidated entry reference ref number resolution res individual individuals entity entities person persons liste listé listée \
    listes sanctionné sanctionnée lista listas listado listada sancionado sancionada список списке списка санкционный санкционном \
    санкционного санкциями санкций قائمة قوائم مدرج عقوبات 제재 명단 제재명단 제재대상 制裁 名单 制裁名单 制裁清单 制裁对象";

/// They say nothing.
const LITTLE_WORDS: &str = "a an the on in of by under as at is was with it he she that this its de la l des в";

/// The reference of a listing on a list that is not named, as rules ask for it.
pub const UNNAMED_LIST: &str = "a list that is not named";

/// True if a reference says that somebody is listed, and neither where nor by whom: `the sanctions list`, `listed`.
pub fn names_no_list(reference: &str) -> bool {
    let phrase = ListPhrase::new(reference);
    phrase.tells_of_a_list && phrase.core.is_empty() && !phrase.is_of_the_council
}

impl ListPhrase {
    fn new(reference: &str) -> Self {
        let lower = reference.to_lowercase();
        let mut words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        // `listed in 2017`
        let is_year = |word: &str| word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1945..=2100).contains(&year));
        if matches!(words.as_slice(), [.., before, last] if ["in", "since"].contains(before) && is_year(last)) {
            words.pop();
        }
        let is_in = |table: &str, word: &str| table.split_whitespace().any(|known| known == word);
        let is_of_the_council = words.iter().any(|word| is_in(OF_THE_COUNCIL, word));
        let is_of_any_list = |word: &str| is_in(OF_ANY_LIST, word) || is_in(OF_THE_COUNCIL, word);
        let own = words.iter().filter(|word| !is_of_any_list(word) && !is_in(LITTLE_WORDS, word));
        let core = own.map(|word| word.strip_suffix('s').filter(|one| one.len() > 3).unwrap_or(word)).collect();
        Self { core, tells_of_a_list: words.iter().any(|word| is_of_any_list(word)), is_of_the_council }
    }

    /// True if it names a list by its core, the number of an entry of it, or both.
    fn names(&self, cores: &[String], prefixes: &[String]) -> bool {
        let is_entry = |rest: &str| !rest.is_empty() && is_of(rest, &[], prefixes);
        let is_list = |core: &String| self.core.strip_prefix(core.as_str()).is_some_and(|rest| rest.is_empty() || is_entry(rest));
        self.tells_of_a_list && (is_entry(&self.core) || cores.iter().any(is_list))
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
    use super::{DesignationList, names_no_list};
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
    fn a_list_is_named_among_words_that_only_say_that_somebody_is_listed() {
        let named = |names: &[&str], prefix| DesignationList::new("un-x".to_owned(), names, &[prefix], Vec::new());
        let mut lists = vec![named(&["1718", "UN Iron list"], "KPi"), named(&["1970", "Libya sanctions list"], "LYi")];
        DesignationList::introduce(&mut lists);
        let found = |text| lists.iter().map(|list| list.contains(text)).collect::<Vec<_>>();
        let (own, other) = ([Truth::True, Truth::False], [Truth::False, Truth::True]);
        for text in
            ["listed by the 1718 Committee as KPi.033", "on the UN 1718 list", "the Iron list", "UN Security Council: KPi.033"]
        {
            assert_eq!(found(text), own, "{text}");
        }
        assert_eq!(found("Libya list"), other);
        assert_eq!(found("listed under the UN Irons list"), own);
        let unnamed = |text: &&str| names_no_list(text);
        assert!(["the sanctions list", "listed", "on a sanctions list", "в санкционном списке", "制裁名单"].iter().all(unnamed));
        assert!(!["UN list", "OFAC list", "KPi.033", "not listed", "Libya"].iter().any(unnamed));
        for text in [
            "not on the UN 1718 list",
            "removed from the 1718 list in 2014",
            "passport 1718",
            "OFAC 1718",
            "1718 (delisted)",
            "national list of Libya",
            "Libya",
            "UN list",
            "on a list",
        ] {
            assert_eq!(found(text), [Truth::Unknown; 2], "{text}");
        }
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
    fn days_of_a_listing_are_read_in_words_and_with_an_open_end() {
        let lists = lists();
        let on = |text: &str, day: &str| {
            let (truth, details) = lists[0].find(text);
            truth.min(details.unwrap_or_default().on(Some(day.parse().unwrap())))
        };
        for text in [
            "un-ships (since 2018)",
            "un-ships since 2018",
            "un-ships (2018/..)",
            "un-ships (2018..)",
            "un-ships (2018/)",
            "un-ships (listed in 2018)",
            "un-ships (listed on 2018-03-01)",
            "un-ships, listed in 2018",
            "SHi.001 from 2018",
        ] {
            let found = ["2017-06-01", "2019-06-01"].map(|day| on(text, day));
            assert_eq!(found, [Truth::False, Truth::True], "{text}");
        }
        for text in ["un-ships (delisted 2018)", "un-ships until 2018", "un-ships (../2018)", "un-ships (2016..2018)"] {
            let found = ["2017-06-01", "2019-06-01"].map(|day| on(text, day));
            assert_eq!(found, [Truth::True, Truth::False], "{text}");
        }
        assert_eq!(on("un-ships since 2018", "2018-06-01"), Truth::Unknown);
        assert_eq!(on("un-ships since the spring", "2019-06-01"), Truth::Unknown);
    }

    #[test]
    fn what_is_behind_a_list_and_is_no_detail_leaves_the_listing_unknown() {
        let lists = lists();
        for text in ["un-ships (formerly)", "un-ships (2018)", "un-ships (no-port; perhaps)", "un-ships (from spring)"] {
            assert_eq!(lists[0].find(text), (Truth::Unknown, None), "{text}");
        }
    }
}
