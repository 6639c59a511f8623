//! Facts beside the name: date of birth, country, gender. Each agrees, is silent, or contradicts, with a weight of its own.

use serde::Serialize;

use crate::lists::{Entry, EntryKind};

use super::screener::Query;
use super::text::words;

/// The fact that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// The day or year of birth.
    Born,
    /// Nationality, flag or country of an address.
    Country,
    /// Male or female.
    Gender,
}

/// How a fact of the query compares with the entry's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    /// They agree to the day.
    AgreesExactly,
    /// They can be the same.
    Agrees,
    /// They cannot be the same, but are near.
    Differs,
    /// They cannot be the same.
    Contradicts,
}

/// One comparison. A fact that either side is silent about has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The fact.
    pub fact: Fact,
    /// How it compares.
    pub stand: Stand,
    /// The entry's side, as written.
    pub listed: String,
}

impl Evidence {
    /// How much it speaks for the same party; 1 confirms a name.
    pub(super) fn for_it(&self) -> f32 {
        match (self.fact, self.stand) {
            (Fact::Born, Stand::AgreesExactly) => 1.0,
            (Fact::Born, Stand::Agrees) => 0.4,
            (Fact::Country, Stand::Agrees | Stand::AgreesExactly) => 0.3,
            (Fact::Gender, Stand::Agrees | Stand::AgreesExactly) => 0.05,
            _ => 0.0,
        }
    }

    /// How much it speaks against it. Listed dates of birth are often several and false, nationalities change.
    pub(super) fn against_it(&self) -> f32 {
        match (self.fact, self.stand) {
            (Fact::Born, Stand::Contradicts) => 0.8,
            (Fact::Born, Stand::Differs) => 0.3,
            (Fact::Country, Stand::Contradicts) => 0.2,
            (Fact::Gender, Stand::Contradicts) => 0.9,
            _ => 0.0,
        }
    }

    /// The comparison in words.
    pub(super) fn in_words(&self) -> Option<String> {
        let fact = match self.fact {
            Fact::Born => "the date of birth",
            Fact::Country => "the country",
            Fact::Gender => "the gender",
        };
        let stand = match self.stand {
            Stand::AgreesExactly => "is the same as",
            Stand::Agrees => "agrees with",
            Stand::Differs => "differs from",
            Stand::Contradicts => "contradicts",
        };
        Some(format!("{fact} {stand} the listed {}", self.listed))
    }
}

/// Compares the facts that both sides give.
pub(super) fn weigh(query: &Query, entry: &Entry, countries: &ListedCountries) -> Vec<Evidence> {
    let mut found = Vec::new();
    if let (EntryKind::Person, Some(born)) = (entry.kind, query.born) {
        found.extend(birth(born, entry));
    }
    found.extend(country(query, countries));
    if let (Some(reported), Some(listed)) = (&query.gender, &entry.gender) {
        let letter = |text: &str| text.chars().next().map(|c| c.to_ascii_lowercase()).filter(|c| matches!(c, 'm' | 'f'));
        if let (Some(a), Some(b)) = (letter(reported), letter(listed)) {
            found.push(Evidence {
                fact: Fact::Gender,
                stand: if a == b { Stand::Agrees } else { Stand::Contradicts },
                listed: listed.clone(),
            });
        }
    }
    found
}

fn birth(born: (chrono::NaiveDate, chrono::NaiveDate), entry: &Entry) -> Option<Evidence> {
    let ranges: Vec<_> = entry.births.iter().filter_map(|birth| birth.range()).collect();
    let nearest = ranges.iter().min_by_key(|(from, to)| {
        let apart = if born.0 > *to { born.0 - *to } else { *from - born.1 };
        apart.num_days().max(0)
    })?;
    let apart = (born.0 - nearest.1).num_days().max((nearest.0 - born.1).num_days());
    let to_the_day = born.0 == born.1 && nearest.0 == nearest.1;
    let stand = match apart {
        ..=0 if to_the_day => Stand::AgreesExactly,
        ..=0 => Stand::Agrees,
        1..=366 => Stand::Differs,
        _ => Stand::Contradicts,
    };
    let listed = if nearest.0 == nearest.1 { nearest.0.to_string() } else { format!("{} to {}", nearest.0, nearest.1) };
    Some(Evidence { fact: Fact::Born, stand, listed })
}

/// The countries of an entry, as they are compared.
#[derive(Debug, Clone, Default)]
pub(super) struct ListedCountries {
    /// Nationalities, or flags, with their folded forms.
    nationalities: Vec<(String, String)>,
    /// Countries of addresses and documents.
    others: Vec<(String, String)>,
}

impl ListedCountries {
    /// The countries of an entry, each under the name that `name` has for it.
    pub fn new(entry: &Entry, name: &dyn Fn(&str) -> Option<String>) -> ListedCountries {
        let named = |country: &str| {
            let named = name(country).unwrap_or_else(|| country.to_owned());
            let folded = folded(&named);
            (named, folded)
        };
        let of_addresses = entry.addresses.iter().filter_map(|address| address.country.as_deref());
        let of_documents = entry.documents.iter().filter_map(|document| document.country.as_deref());
        ListedCountries {
            nationalities: entry.nationalities.iter().map(|country| named(country)).collect(),
            others: of_addresses.chain(of_documents).map(named).collect(),
        }
    }
}

fn folded(country: &str) -> String {
    words(country, false).iter().map(|word| word.folded.to_string()).collect::<Vec<_>>().join(" ")
}

/// Countries agree by their names; a country of residence or of a document counts for, never against.
fn country(query: &Query, listed: &ListedCountries) -> Option<Evidence> {
    let reported: Vec<String> =
        query.countries.iter().map(|country| folded(country)).filter(|country| !country.is_empty()).collect();
    if reported.is_empty() {
        return None;
    }
    let mut all = listed.nationalities.iter().chain(&listed.others);
    if let Some((listed, _)) = all.find(|(_, folded)| reported.contains(folded)) {
        return Some(Evidence { fact: Fact::Country, stand: Stand::Agrees, listed: listed.clone() });
    }
    let (first, _) = listed.nationalities.first()?;
    Some(Evidence { fact: Fact::Country, stand: Stand::Contradicts, listed: first.clone() })
}
