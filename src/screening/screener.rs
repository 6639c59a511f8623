//! The screening of a name against lists: candidates from the index, scores, evidence beside the name, and an outcome.

use chrono::NaiveDate;
use compact_str::CompactString;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::Serialize;

use crate::lists::{Entry, EntryKind, List, NameQuality, Publisher};

use super::comparison::Comparison;
use super::evidence::{Evidence, Fact, ListedCountries, Stand, weigh};
use super::identifiers::{is_bare, normalised};
use super::index::{Index, NameId, Scratch};
use super::name::PreparedName;
use super::score::{compare, score};

/// The score from which names count as the same.
pub const MATCH: f32 = 0.85;
/// The score from which a person should look.
pub const REVIEW: f32 = 0.75;

/// The name and whatever else is reported of the party that is screened.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The name.
    pub name: String,
    /// Person, entity or vessel; `None` if that is not reported.
    pub kind: Option<EntryKind>,
    /// The earliest and latest possible day of birth.
    pub born: Option<(NaiveDate, NaiveDate)>,
    /// Nationalities or flags, in any form.
    pub countries: Vec<String>,
    /// `male` or `female`.
    pub gender: Option<String>,
    /// Numbers of documents, IMO numbers, BICs, reference numbers.
    pub identifiers: Vec<String>,
    /// Numbers of which it is not said what they are; they bring an entry to review and decide nothing.
    pub numbers: Vec<String>,
    /// The day on which the party acted: entries listed later do not count.
    pub on: Option<NaiveDate>,
}

/// What screening says about a name and an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A person has to look.
    Review,
    /// The entry is meant.
    Match,
}

/// On what an outcome rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// An identifier is the same, or the name and the date of birth.
    Confirmed,
    /// The name is the same, and nothing is known that agrees or disagrees.
    NameOnly,
    /// The name is the same, and less telling facts agree.
    Supported,
    /// The name is the same, and something contradicts.
    Contradicted,
}

/// One entry that a name may mean.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// The reference number of the entry.
    pub reference: String,
    /// The digest of the entry, which a decision about the hit names.
    pub entry: String,
    /// Its primary name.
    pub primary_name: String,
    /// The listed name that is nearest.
    pub listed_name: String,
    /// How much that name identifies.
    pub quality: NameQuality,
    /// Person, entity or vessel.
    pub kind: EntryKind,
    /// The list inside the publication.
    pub list: String,
    /// Who publishes it.
    pub publisher: Publisher,
    /// The day of listing.
    pub listed_on: Option<NaiveDate>,
    /// The day of delisting.
    pub delisted_on: Option<NaiveDate>,
    /// The measures that the listing brings, where listings differ in them.
    pub measures: Vec<String>,
    /// What to do.
    pub outcome: Outcome,
    /// On what that rests.
    pub strength: Strength,
    /// The score after evidence.
    pub score: f32,
    /// The identifier that is the same, if one is.
    pub identifier: Option<String>,
    /// The number of an unknown kind that is the same, if one is.
    #[serde(skip)]
    pub number: Option<String>,
    /// The names, part by part.
    pub comparison: Comparison,
    /// What agrees and contradicts beside the name.
    pub evidence: Vec<Evidence>,
    /// The reasons in one line.
    pub why: String,
}

/// Lists ready for screening.
#[derive(Debug)]
pub struct Screener {
    entries: Vec<Listed>,
    indexes: [KindIndex; 3],
    by_identifier: HashMap<CompactString, Vec<u32>, FxBuildHasher>,
}

#[derive(Debug)]
struct Listed {
    entry: Entry,
    publisher: Publisher,
    countries: ListedCountries,
}

#[derive(Debug)]
struct KindIndex {
    kind: EntryKind,
    index: Index,
    /// The entry of each name, and the place of the name among the entry's names.
    owners: Vec<(u32, u16)>,
    /// The quality of each name.
    qualities: Vec<NameQuality>,
}

/// A name, and of what kind the entries must be that it is compared with.
type AskedName = (CompactString, Option<EntryKind>);

/// The most names that are remembered with the entries found for them.
const MOST_NAMES: usize = 1 << 14;

/// Working memory of the searches of one screener, one a thread.
#[derive(Debug, Default)]
pub struct Memory {
    scratch: [Scratch; 3],
    /// The best listed names for names that came before, which in trade come again with other facts beside them.
    names: HashMap<AskedName, Box<[(u32, Best)]>, FxBuildHasher>,
}

impl Screener {
    /// Prepares lists.
    pub fn new(lists: &[List]) -> Screener {
        Screener::with_country_names(lists, &|_| None)
    }

    /// Prepares lists. Countries of entries are compared under the names that `country_name` has for them, where it has one.
    pub fn with_country_names(lists: &[List], country_name: &dyn Fn(&str) -> Option<String>) -> Screener {
        let mut screener = Screener {
            entries: Vec::new(),
            indexes: [EntryKind::Person, EntryKind::Entity, EntryKind::Vessel].map(|kind| KindIndex {
                kind,
                index: Index::new(kind),
                owners: Vec::new(),
                qualities: Vec::new(),
            }),
            by_identifier: HashMap::default(),
        };
        for list in lists {
            for entry in &list.entries {
                screener.add(entry, list.publisher, ListedCountries::new(entry, country_name));
            }
        }
        screener
    }

    fn add(&mut self, entry: &Entry, publisher: Publisher, countries: ListedCountries) {
        let id = self.entries.len() as u32;
        if let Some(index) = self.indexes.iter_mut().find(|index| index.kind == entry.kind) {
            for (at, name) in entry.names().iter().enumerate() {
                let mut prepared = PreparedName::new(&name.text, entry.kind);
                let others = std::mem::take(&mut prepared.other_readings);
                for reading in std::iter::once(prepared).chain(others).filter(|reading| !reading.is_empty()) {
                    index.index.add(reading);
                    index.owners.push((id, at as u16));
                    index.qualities.push(name.quality);
                }
            }
        }
        let numbers = entry.documents.iter().filter_map(|document| document.number.as_deref());
        // A reference of digits alone counts the rows of a table.
        let reference = Some(entry.reference.as_str()).filter(|reference| !is_bare(reference));
        for number in numbers.chain(reference).filter_map(normalised) {
            self.by_identifier.entry(number).or_default().push(id);
        }
        self.entries.push(Listed { entry: entry.clone(), publisher, countries });
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True without entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The best score of a name with each entry that reaches `threshold`, without evidence, as (entry, score).
    pub fn scores(&self, name: &str, kind: Option<EntryKind>, threshold: f32, memory: &mut Memory) -> Vec<(&Entry, f32)> {
        let best = self.best_names(name, kind, threshold, memory);
        best.into_iter().filter_map(|(entry, best)| Some((&self.entries.get(entry as usize)?.entry, best.score))).collect()
    }

    /// The same, comparing the name with every listed one.
    pub fn scores_exhaustively(&self, name: &str, kind: Option<EntryKind>, threshold: f32) -> Vec<(&Entry, f32)> {
        let mut found = Vec::new();
        for (at, index) in self.indexes.iter().enumerate().filter(|(_, index)| kind.is_none_or(|kind| kind == index.kind)) {
            let query = PreparedName::new(name, index.kind);
            index.index.ids().for_each(|id| found.extend(index.compared(at, &query, id, threshold)));
        }
        let best = best_of_each(found);
        best.into_iter().filter_map(|(entry, best)| Some((&self.entries.get(entry as usize)?.entry, best.score))).collect()
    }

    /// For each entry with a name at or above `threshold`, its best name; the best entry first.
    fn best_names(&self, name: &str, kind: Option<EntryKind>, threshold: f32, memory: &mut Memory) -> Vec<(u32, Best)> {
        let mut found: Vec<(u32, Best)> = Vec::new();
        for (at, (index, scratch)) in self.indexes.iter().zip(memory.scratch.iter_mut()).enumerate() {
            if kind.is_some_and(|kind| kind != index.kind) || index.owners.is_empty() {
                continue;
            }
            let query = PreparedName::new(name, index.kind);
            for reading in query.readings() {
                index
                    .index
                    .candidates(reading, threshold, scratch, &mut |id| found.extend(index.compared(at, reading, id, threshold)));
            }
        }
        best_of_each(found)
    }

    /// The best names for review, searched once for names that come again.
    fn remembered_names<'m>(&self, name: &str, kind: Option<EntryKind>, memory: &'m mut Memory) -> &'m [(u32, Best)] {
        let key = (CompactString::from(name), kind);
        if !memory.names.contains_key(&key) {
            if memory.names.len() >= MOST_NAMES {
                memory.names.clear();
            }
            let best = self.best_names(name, kind, REVIEW, memory);
            memory.names.insert(key.clone(), best.into());
        }
        memory.names.get(&key).map(|best| &**best).unwrap_or_default()
    }

    /// The entries that a query may mean, the likeliest first.
    pub fn screen(&self, query: &Query, memory: &mut Memory) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (id, best) in self.remembered_names(&query.name, query.kind, memory) {
            hits.extend(self.hit(*id, Some(*best), None, query));
        }
        let identifiers = query.identifiers.iter().map(|number| (number, true));
        for (number, decides) in identifiers.chain(query.numbers.iter().map(|number| (number, false))) {
            let Some(ids) = normalised(number).and_then(|number| self.by_identifier.get(&number)) else { continue };
            for id in ids {
                let Some(Listed { entry, .. }) = self.entries.get(*id as usize) else { continue };
                match hits.iter_mut().find(|hit| hit.reference == entry.reference) {
                    Some(hit) => hit.take(number, decides),
                    None => hits.extend(self.hit(*id, None, Some((number, decides)), query)),
                }
            }
        }
        if let Some(on) = query.on {
            hits.retain(|hit| hit.listed_on.is_none_or(|listed| listed <= on));
        }
        hits.sort_by(|a, b| b.outcome.cmp(&a.outcome).then(b.score.total_cmp(&a.score)).then(a.reference.cmp(&b.reference)));
        hits
    }

    fn hit(&self, id: u32, best: Option<Best>, identifier: Option<(&str, bool)>, query: &Query) -> Option<Hit> {
        let Listed { entry, publisher, countries } = self.entries.get(id as usize)?;
        let names = entry.names();
        let index = match best {
            Some(best) => self.indexes.get(best.index)?,
            None => self.indexes.iter().find(|index| index.kind == entry.kind)?,
        };
        let at = best.and_then(|best| index.owners.get(best.name as usize)).map_or(0, |(_, at)| usize::from(*at));
        let listed = names.get(at).or(names.first())?;
        let comparison = compare(&PreparedName::new(&query.name, entry.kind), &PreparedName::new(&listed.text, entry.kind));
        let evidence = weigh(query, entry, countries);
        let mut hit = Hit {
            reference: entry.reference.clone(),
            entry: entry.digest(),
            primary_name: entry.primary_name(),
            listed_name: listed.text.clone(),
            quality: listed.quality,
            kind: entry.kind,
            list: entry.list_type.clone(),
            publisher: *publisher,
            listed_on: entry.listed_on,
            delisted_on: entry.delisted_on,
            measures: entry.measures.clone(),
            outcome: Outcome::Review,
            strength: Strength::NameOnly,
            score: 0.0,
            identifier: None,
            number: None,
            comparison,
            evidence,
            why: String::new(),
        };
        hit.decide();
        if let Some((number, decides)) = identifier {
            hit.take(number, decides);
        }
        if hit.score < REVIEW {
            return None;
        }
        hit.why = hit.reasons();
        Some(hit)
    }
}

impl KindIndex {
    /// The entry of a listed name with the score of a name with it, if that reaches `threshold`.
    fn compared(&self, at: usize, query: &PreparedName, id: NameId, threshold: f32) -> Option<(u32, Best)> {
        let score = score(query, self.index.name(id)?);
        let (entry, _) = self.owners.get(id as usize)?;
        (score >= threshold).then_some((*entry, Best { score, quality: *self.qualities.get(id as usize)?, index: at, name: id }))
    }
}

/// For each entry its best name; the entry with the highest score first.
fn best_of_each(mut found: Vec<(u32, Best)>) -> Vec<(u32, Best)> {
    found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.value().total_cmp(&a.1.value())).then(a.1.name.cmp(&b.1.name)));
    found.dedup_by_key(|(entry, _)| *entry);
    found.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
    found
}

#[derive(Debug, Clone, Copy)]
struct Best {
    score: f32,
    quality: NameQuality,
    index: usize,
    name: NameId,
}

impl Best {
    /// Higher is the better name of an entry: a good alias goes before a poor one with the same score.
    fn value(self) -> f32 {
        self.score - if self.quality == NameQuality::Low { 0.05 } else { 0.0 }
    }
}

impl Hit {
    /// Sets score, strength and outcome from the names and the evidence.
    fn decide(&mut self) {
        let name_score = self.comparison.score;
        let agreeing: f32 = self.evidence.iter().map(Evidence::for_it).sum();
        let against: f32 = self.evidence.iter().map(Evidence::against_it).sum();
        self.score = (name_score + 0.1 * agreeing - 0.2 * against).clamp(0.0, 1.0);
        let single = self.comparison.parts.iter().filter(|part| part.left.chars().count() > 1).count() < 2
            && self.comparison.parts.len() < 2;
        let weak = self.quality == NameQuality::Low || single && self.listed_name.chars().count() <= 5;
        let lone_person =
            self.kind == EntryKind::Person && single && !self.comparison.parts.iter().any(|part| part.left.contains(' '));
        self.strength = if against >= 0.5 {
            Strength::Contradicted
        } else if agreeing >= 1.0 {
            Strength::Confirmed
        } else if agreeing > 0.0 {
            Strength::Supported
        } else {
            Strength::NameOnly
        };
        // Many bear one name, and ships change their flags.
        let of_another_country = self.kind != EntryKind::Vessel
            && self.evidence.iter().any(|evidence| (evidence.fact, evidence.stand) == (Fact::Country, Stand::Contradicts));
        let sure = self.score >= MATCH && name_score >= REVIEW;
        let held_back = (weak || lone_person || of_another_country) && self.strength != Strength::Confirmed
            || self.strength == Strength::Contradicted;
        self.outcome = if sure && !held_back { Outcome::Match } else { Outcome::Review };
    }

    /// Takes a number that is the same: an identifier confirms the entry, one of an unknown kind brings it to review.
    fn take(&mut self, number: &str, decides: bool) {
        if decides {
            self.identifier = Some(number.to_owned());
            (self.outcome, self.strength, self.score) = (Outcome::Match, Strength::Confirmed, 1.0);
        } else {
            self.number = Some(number.to_owned());
            if self.strength == Strength::NameOnly {
                self.strength = Strength::Supported;
            }
            self.score = self.score.max(REVIEW);
        }
        self.why = self.reasons();
    }

    fn reasons(&self) -> String {
        let mut said = Vec::new();
        if let Some(identifier) = &self.identifier {
            said.push(format!("the number {identifier} is the same"));
        }
        if let Some(number) = &self.number {
            said.push(format!("the number {number} is the same, of which it is not said what it is"));
        }
        if !self.comparison.parts.is_empty() {
            said.push(self.comparison.why());
        }
        said.extend(self.evidence.iter().filter_map(Evidence::in_words));
        if self.quality == NameQuality::Low {
            said.push("the listed name is an alias of low quality".to_owned());
        }
        said.join("; ")
    }
}
