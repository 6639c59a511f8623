//! What the page at the top of a report says of a transaction, and the names by which reports call its parties.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::facts::Period;

use super::serial::as_optional_text;

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
    /// The transit countries, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<String>,
    /// The port calls, each with its country and purpose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<String>,
    /// What authorities did about it, by whom and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionNote>,
    /// The transactions that it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relates_to: Vec<RelationNote>,
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

/// What an authority did about a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionNote {
    /// What it did: terms of the vocabulary.
    pub action: Vec<String>,
    /// The authority or its country, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When it did it.
    #[serde(default, with = "as_optional_text", skip_serializing_if = "Option::is_none")]
    pub date: Option<Period>,
}

/// Another transaction that one belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationNote {
    /// What it is to the other one: terms of the vocabulary.
    pub kind: Vec<String>,
    /// The id of the other one.
    pub transaction: String,
}

/// Goods, people or another object of an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectNote {
    /// What it is.
    pub name: String,
    /// The country of origin, by name, where it is not that of the providing side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
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

impl ObjectNote {
    /// An object of which no more is reported than what it is.
    pub fn named(name: String) -> Self {
        Self { name, origin: None, amounts: Vec::new() }
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
