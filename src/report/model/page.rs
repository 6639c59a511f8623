//! What the page at the top of a report says of a transaction, and the names by which reports call its parties.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Who did what to whom, how far it went, on whose word, and what was not checked. What is not reported is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageNote {
    /// The providing side.
    #[serde(default, skip_serializing_if = "SideNote::is_empty")]
    pub from: SideNote,
    /// The receiving side.
    #[serde(default, skip_serializing_if = "SideNote::is_empty")]
    pub to: SideNote,
    /// Parties and ships that are on neither side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<PartyNote>,
    /// True if the activity has one side alone, such as a launch: that the other is not reported says nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_sided: bool,
    /// What is done: terms of the vocabulary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activity: Vec<String>,
    /// What it is done with or to: goods, people, a subject.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<ObjectNote>,
    /// Quantity and value of several items together, and a payment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<String>,
    /// What it is for: terms of the vocabulary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purpose: Vec<String>,
    /// How far it went: a term of the vocabulary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// The sources that report it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceNote>,
    /// Who denies it, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denied_by: Vec<String>,
    /// What was not checked. If there is any, the transaction is not cleared, whatever its verdict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_checked: Vec<NotCheckedNote>,
}

/// A side of a transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideNote {
    /// The country, by name; several as `A or B`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Town, port, region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who is on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<PartyNote>,
}

/// A party or a ship with its part in a transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyNote {
    /// The name; for a ship its IMO number if no name is reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The roles: terms of the vocabulary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The kind: a term of the vocabulary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The country, or the flag of a ship, by name, where it is not that of the side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The entries of lists that it is reported to be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed_as: Vec<String>,
}

/// Goods, people or another object of an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectNote {
    /// What it is.
    pub name: String,
    /// Quantity and value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<String>,
}

/// A source of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceNote {
    /// The publisher, else the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The kind: a term of the vocabulary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its Admiralty grade: `B2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
}

/// Something that was not checked of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotCheckedNote {
    /// What was not checked: `listed persons`.
    pub what: String,
    /// Why not: `no list was given`.
    pub because: String,
    /// The ids of the rules that depend on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
}

/// The names of elements of a transaction's lists, by their paths: `parties[1]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ElementNames(BTreeMap<String, String>);

impl SideNote {
    /// True if nothing is reported of the side.
    pub fn is_empty(&self) -> bool {
        self.country.is_none() && self.place.is_none() && self.parties.is_empty()
    }
}

impl ElementNames {
    /// True if no element has a name.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of the element at a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }
}

impl FromIterator<(String, String)> for ElementNames {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(names: I) -> Self {
        Self(names.into_iter().collect())
    }
}
