//! Screening of the parties and ships of incidents: what lists of designated parties say of them becomes a fact.
//!
//! A party or ship without `designated_as` gets it before any rule is asked, with the reason as its derivation, so that rules,
//! both evaluators and every report treat it like a reported one. A name that is plainly that of an entry gives its reference
//! number. One that may be leaves the listing unknown. One that is like none gives *on no list*, but only where the lists given
//! are complete for such a party: a list of one's own says who is listed, not who is not. A text that is no name (`a trading
//! firm`) was not screened.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use compact_str::CompactString;

use crate::decisions::{AppliedDecision, Decision, DecisionState, Decisions, HitRef};
use crate::facts::{
    CodedTerm, Derivation, DerivedFact, FactPath, FactValue, FieldRole, Party, PathSegment, Period, Record, ReportedIncident,
    Scheme, Terms, Transaction, Vessel,
};
use crate::lists::{Entry, EntryKind, List, Publisher};
use crate::report::DesignationsNote;
use crate::rulebook::{POSSIBLY, Rulebook, Vocabulary, possible_listing};
use crate::screening::{Hit, Memory, Outcome, Query, Screener, Strength, is_bare};

/// The most screened names that are remembered.
const MOST_REMEMBERED: usize = 1 << 16;

/// The lists of designated parties of a run, ready for screening.
#[derive(Debug)]
pub struct DesignationLists {
    screener: Screener,
    notes: Vec<DesignationsNote>,
    /// True if persons and bodies that are not found are on no list that rules ask about.
    are_complete: bool,
    /// The same for ships, which the Consolidated List has only as property of listed bodies.
    have_vessels: bool,
}

/// Screens the parties of one transaction after another. Names that come again are screened once.
#[derive(Debug)]
pub struct PartyScreener<'a> {
    lists: &'a DesignationLists,
    rulebook: &'a Rulebook,
    /// What persons have decided about hits.
    decisions: Option<&'a Decisions>,
    memory: Memory,
    remembered: HashMap<ScreenedParty, Arc<Candidates>>,
}

/// What is reported of a party that screening takes into account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ScreenedParty {
    names: Vec<CompactString>,
    kind: Option<EntryKind>,
    born: Option<(NaiveDate, NaiveDate)>,
    countries: Vec<String>,
    identifiers: Vec<String>,
    /// Numbers of an unknown kind.
    numbers: Vec<String>,
}

/// What screening found for a party, on any day.
#[derive(Debug, Default)]
struct Candidates {
    /// The entries that it may be.
    found: Vec<Candidate>,
    /// Those that a person has decided it is not, in words.
    decided: Vec<String>,
}

/// An entry that a party may be.
#[derive(Debug, Clone)]
struct Candidate {
    /// The reference number of the entry, or the name of its list, as rules know it; `None` if no rule asks about the list.
    listing: Option<CompactString>,
    listed_on: Option<NaiveDate>,
    is_match: bool,
    in_words: String,
}

/// The result for a party on the day of a transaction.
struct Finding {
    /// The references of listings; `None` if nothing can be said.
    listings: Option<Vec<CompactString>>,
    in_words: String,
}

impl DesignationLists {
    /// Prepares lists, each with the path that it was read from.
    pub fn new(lists: impl IntoIterator<Item = (String, List)>, rulebook: &Rulebook) -> Self {
        let (mut notes, mut known) = (Vec::new(), Vec::new());
        for (path, list) in lists {
            notes.push(DesignationsNote {
                path,
                digest: list.digest.clone(),
                generated: list.generated,
                entries: list.entries.len(),
            });
            known.push(list);
        }
        let is_of_united_nations = |list: &List| list.publisher == Publisher::UnitedNations && !list.entries.is_empty();
        let is_known = |entry: &Entry, list: &List| {
            listing(&entry.reference, &entry.list_type, list.publisher, &rulebook.vocabulary).is_some()
        };
        let has_vessels = |list: &List| list.entries.iter().any(|entry| entry.kind == EntryKind::Vessel && is_known(entry, list));
        Self {
            are_complete: known.iter().any(is_of_united_nations),
            have_vessels: known.iter().any(has_vessels),
            screener: Screener::with_country_names(&known, &|country| country_name(country, &rulebook.vocabulary)),
            notes,
        }
    }

    /// The lists as a report names them.
    pub fn notes(&self) -> &[DesignationsNote] {
        &self.notes
    }

    /// Puts the listings of all parties and ships of an incident into its transactions.
    pub fn screen(&self, reported: &mut ReportedIncident, rulebook: &Rulebook, decisions: Option<&Decisions>) {
        PartyScreener::new(self, rulebook, decisions).screen(reported);
    }
}

/// The name that the vocabulary has for a country of a list, so that it is compared with reported ones.
pub(crate) fn country_name(country: &str, vocabulary: &Vocabulary) -> Option<String> {
    match vocabulary.find(&[Scheme::Country], country) {
        Some(CodedTerm::Term(term)) => Some(vocabulary.label(term).to_owned()),
        _ => None,
    }
}

/// The reference number of an entry, or else the name of its list, if rules may ask about it. The Consolidated List calls its lists
/// by the target alone.
fn listing(reference: &str, list: &str, publisher: Publisher, vocabulary: &Vocabulary) -> Option<CompactString> {
    let of_list = match publisher {
        Publisher::UnitedNations => format!("UN {list} list"),
        // Its programmes have names such as `DPRK`, and are no list of the United Nations.
        Publisher::Ofac => return None,
        Publisher::Own => format!("{list} list"),
    };
    [reference, list, &of_list].into_iter().find(|text| vocabulary.names_a_listing(text)).map(CompactString::from)
}

impl<'a> PartyScreener<'a> {
    /// A screener with an empty memory.
    pub fn new(lists: &'a DesignationLists, rulebook: &'a Rulebook, decisions: Option<&'a Decisions>) -> Self {
        Self { lists, rulebook, decisions, memory: Memory::default(), remembered: HashMap::new() }
    }

    /// Puts the listings of all parties and ships of an incident into its transactions.
    pub fn screen(&mut self, reported: &mut ReportedIncident) {
        for index in 0..reported.transactions().len() {
            let mut of_names = Vec::new();
            let told_elsewhere: Vec<FactPath> = reported
                .derived(index)
                .filter(|fact| matches!(fact.how, Derivation::SameName { .. } | Derivation::DeniedListing { .. }))
                .map(|fact| fact.path.clone())
                .collect();
            reported.derive(index, |transaction| self.transaction(transaction, &told_elsewhere, &mut of_names));
            of_names.into_iter().for_each(|(name, listings)| reported.set_listings_of_name(&name, listings));
        }
    }

    fn transaction(
        &mut self,
        transaction: &mut Transaction,
        told_elsewhere: &[FactPath],
        of_names: &mut Vec<(CompactString, Vec<CompactString>)>,
    ) -> Vec<DerivedFact> {
        let mut derived = Vec::new();
        let date = transaction.date;
        let in_list = |list: &'static str, index: usize| FactPath::root().key(list).then(PathSegment::Index(index));
        // What another transaction tells of the name does not stand against the lists.
        let stands = |path: FactPath| !told_elsewhere.contains(&path.key("designated_as"));
        for (index, party) in transaction.parties.get_mut().unwrap_or_default().iter_mut().enumerate() {
            if let Some(found) =
                self.find_for(&self.party(party), date, party.designated_as.as_deref(), stands(in_list("parties", index)))
            {
                derived.push(screened(in_list("parties", index), "name", found.in_words));
                party.designated_as = found.listings;
            }
        }
        for (index, vessel) in transaction.vessels.get_mut().unwrap_or_default().iter_mut().enumerate() {
            if let Some(found) =
                self.find_for(&self.vessel(vessel), date, vessel.designated_as.as_deref(), stands(in_list("vessels", index)))
            {
                let from = if vessel.name.is_some() { "name" } else { "imo" };
                derived.push(screened(in_list("vessels", index), from, found.in_words));
                vessel.designated_as = found.listings;
            }
        }
        for name in linked_names(transaction) {
            let query = ScreenedParty {
                names: vec![name.clone()],
                kind: None,
                born: None,
                countries: Vec::new(),
                identifiers: Vec::new(),
                numbers: Vec::new(),
            };
            if let Some(Finding { listings: Some(listings), .. }) = self.find(&query, date) {
                of_names.push((name, listings));
            }
        }
        derived
    }

    fn party(&self, party: &Party) -> ScreenedParty {
        let is_untold = |kind: &str| matches!(kind, "id" | "ids" | "identifier" | "number" | "numbers" | "no" | "id_number");
        let (numbers, identifiers): (Vec<_>, Vec<_>) =
            party.identifiers.iter().flatten().partition(|(kind, number)| is_untold(kind) && is_bare(number));
        let texts = |of: Vec<&(CompactString, CompactString)>| of.into_iter().map(|(_, number)| number.to_string()).collect();
        let countries = if party.nationality.is_unknown() { &party.country } else { &party.nationality };
        ScreenedParty {
            names: party.name.iter().chain(party.aliases.iter().flatten()).cloned().collect(),
            kind: self.kind(&party.kind),
            born: party.date_of_birth.map(|born| (born.from, born.to)),
            countries: self.labels(countries),
            identifiers: texts(identifiers),
            numbers: texts(numbers),
        }
    }

    fn vessel(&self, vessel: &Vessel) -> ScreenedParty {
        ScreenedParty {
            names: vessel.name.iter().chain(vessel.aliases.iter().flatten()).cloned().collect(),
            kind: Some(EntryKind::Vessel),
            born: None,
            // A flag is changed too easily to speak against a ship.
            countries: Vec::new(),
            identifiers: vessel.imo.map(|imo| format!("IMO {imo}")).into_iter().collect(),
            numbers: Vec::new(),
        }
    }

    /// What kind of entry a party can be; `None` if its kind is unknown.
    fn kind(&self, kind: &Terms) -> Option<EntryKind> {
        let vocabulary = &self.rulebook.vocabulary;
        match kind.is()? {
            [CodedTerm::Term(term)] => {
                let is_person = vocabulary.term(Scheme::PartyKind, "person").is_some_and(|person| vocabulary.is_a(*term, person));
                Some(if is_person { EntryKind::Person } else { EntryKind::Entity })
            }
            _ => None,
        }
    }

    fn labels(&self, countries: &Terms) -> Vec<String> {
        let label = |term: &CodedTerm| match term {
            CodedTerm::Term(term) => Some(self.rulebook.vocabulary.label(*term).to_owned()),
            _ => None,
        };
        countries.is().unwrap_or_default().iter().filter_map(label).collect()
    }

    /// What the lists say of a party beside what is reported of its listings; `None` if that stands alone. It stands against a
    /// name that may be meant, unless it `stands` in another transaction alone. Beside one that plainly is, both count, also where the report has no listing or one of another
    /// list: the lists are those of whoever checks, the incident that of whoever files it.
    fn find_for(
        &mut self,
        party: &ScreenedParty,
        date: Option<Period>,
        reported: Option<&[CompactString]>,
        stands: bool,
    ) -> Option<Finding> {
        let is_plain = |found: &Finding| found.listings.iter().flatten().any(|listing| possible_listing(listing).is_none());
        let Some(reported) = reported else { return self.find(party, date) };
        let names_a_listing = |found: &Finding| found.listings.iter().flatten().next().is_some();
        let counts = |found: &Finding| if stands { is_plain(found) } else { names_a_listing(found) };
        let mut found = self.find(party, date).filter(counts)?;
        found.listings.iter_mut().for_each(|listings| listings.extend(reported.iter().cloned()));
        Some(found)
    }

    /// What the lists say of a party on a day; `None` if it has no name that can be screened.
    fn find(&mut self, party: &ScreenedParty, date: Option<Period>) -> Option<Finding> {
        if !party.names.iter().any(|name| is_name(name)) && party.identifiers.is_empty() {
            return None;
        }
        let candidates = self.candidates(party);
        // Of a listing after the act nothing follows; of one in the time in which the act may lie, or of an act at an unknown time,
        // it is unknown whether it came first.
        let is_later = |c: &&Candidate| matches!((c.listed_on, date), (Some(listed), Some(date)) if date.to < listed);
        let is_before = |c: &Candidate| match (c.listed_on, date) {
            (None, _) => true,
            (Some(listed), Some(date)) => listed <= date.from,
            (Some(_), None) => false,
        };
        let (later, standing): (Vec<&Candidate>, Vec<&Candidate>) = candidates.found.iter().partition(is_later);
        let mut listings: Vec<CompactString> = Vec::new();
        let mut said: Vec<String> = Vec::new();
        for candidate in standing {
            let Some(listing) = &candidate.listing else {
                said.push(format!("{} (a list that no rule asks about)", candidate.in_words));
                continue;
            };
            let is_listed = candidate.is_match && is_before(candidate);
            listings.push(if is_listed { listing.clone() } else { format!("{POSSIBLY}{listing}").into() });
            said.push(match (candidate.is_match, is_before(candidate)) {
                (true, true) => candidate.in_words.clone(),
                (true, false) => format!("{}, but the act may be earlier than the listing", candidate.in_words),
                (false, _) => format!("may be {}", candidate.in_words),
            });
        }
        said.extend(later.iter().map(|candidate| format!("{}, but listed after the act", candidate.in_words)));
        said.extend(candidates.decided.iter().cloned());
        listings.dedup();
        let is_complete = if party.kind == Some(EntryKind::Vessel) { self.lists.have_vessels } else { self.lists.are_complete };
        let is_whole = party.names.iter().all(|name| is_name(name));
        if said.is_empty() {
            said.push("no entry has the name or one like it".to_owned());
        }
        let listings = if listings.is_empty() && !(is_complete && is_whole) { None } else { Some(listings) };
        listings.is_some().then(|| Finding { listings, in_words: said.join("; ") })
    }

    /// The entries that a party may be, on any day.
    fn candidates(&mut self, party: &ScreenedParty) -> Arc<Candidates> {
        if let Some(known) = self.remembered.get(party) {
            return known.clone();
        }
        let mut hits: Vec<Hit> = Vec::new();
        let mut decided: Vec<String> = Vec::new();
        let no_name = [CompactString::default()];
        let names = if party.names.is_empty() { &no_name[..] } else { &party.names };
        for name in names {
            let query = Query {
                name: name.to_string(),
                // What kind of party it is, is the word of whoever files the incident, and hides no entry of another kind.
                kind: party.kind.filter(|kind| *kind == EntryKind::Vessel),
                born: party.born,
                countries: party.countries.clone(),
                gender: None,
                identifiers: party.identifiers.clone(),
                numbers: party.numbers.clone(),
                on: None,
            };
            for mut hit in self.lists.screener.screen(&query, &mut self.memory) {
                if party.kind.is_some_and(|kind| kind != hit.kind) && hit.identifier.is_none() {
                    hit.outcome = Outcome::Review;
                }
                if let Some(applied) = self.decision_on(name, &hit)
                    && applied.state == DecisionState::InForce
                {
                    decided.push(decided_in_words(&hit, applied.decision));
                    continue;
                }
                match hits.iter_mut().find(|known| known.reference == hit.reference) {
                    Some(known) if (known.outcome, known.score) < (hit.outcome, hit.score) => *known = hit,
                    Some(_) => {}
                    None => hits.push(hit),
                }
            }
        }
        // Where one is surely meant, those that it is like are not.
        let any_match = hits.iter().any(|hit| hit.outcome == Outcome::Match);
        hits.retain(|hit| !any_match || hit.outcome == Outcome::Match);
        decided.dedup();
        let candidates = Arc::new(Candidates { found: hits.iter().map(|hit| self.candidate(hit)).collect(), decided });
        if candidates.found.is_empty() && candidates.decided.is_empty() {
            // The screener remembers that the name is like none.
            return candidates;
        }
        if self.remembered.len() >= MOST_REMEMBERED {
            self.remembered.clear();
        }
        self.remembered.insert(party.clone(), candidates.clone());
        candidates
    }

    /// What was decided about a hit on a name.
    fn decision_on(&self, name: &str, hit: &Hit) -> Option<AppliedDecision<'a>> {
        let is_confirmed = hit.strength == Strength::Confirmed;
        self.decisions?.apply_to_hit(&HitRef { name, listing: &hit.reference, entry: &hit.entry, is_confirmed })
    }

    fn candidate(&self, hit: &Hit) -> Candidate {
        let vocabulary = &self.rulebook.vocabulary;
        let last_day = hit.delisted_on.and_then(|day| day.pred_opt()).map(|day| format!("until {day}"));
        let listing = listing(&hit.reference, &hit.list, hit.publisher, vocabulary).map(|listing| {
            // Of measures that the list is not known for nothing is known.
            let with = |measure: &&String| vocabulary.names_a_listing(&format!("{listing} ({measure})"));
            let details: Vec<String> = hit.measures.iter().filter(with).cloned().chain(last_day).collect();
            if details.is_empty() { listing } else { format!("{listing} ({})", details.join("; ")).into() }
        });
        let listed = hit.listed_on.map(|day| format!(", listed on {day}")).unwrap_or_default();
        let is_match = hit.outcome == Outcome::Match;
        let in_words = format!("{} {}{listed} (score {:.2}; {})", hit.reference, hit.primary_name, hit.score, hit.why);
        Candidate { listing, listed_on: hit.listed_on, is_match, in_words }
    }
}

/// `KPe.001 KOREA PAEKMYONG, decided not to be meant by A. Person on 2026-01-15: a bakery`.
fn decided_in_words(hit: &Hit, decision: &Decision) -> String {
    let Decision { by, on, reason, .. } = decision;
    format!("{} {}, decided not to be meant by {by} on {on}: {reason}", hit.reference, hit.primary_name)
}

/// The fact that a party or ship has listings, as it was derived.
fn screened(record: FactPath, from: &'static str, found: String) -> DerivedFact {
    DerivedFact {
        path: record.key("designated_as"),
        from: record.key(from),
        how: Derivation::Screened { found: found.into() },
        before: Terms::UNKNOWN,
    }
}

/// True for a text that can be a name: one that does not begin in small letters, as `a trading firm in Dandong` does.
fn is_name(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase())
}

/// The names in records of a transaction of those who are no party of it: owners, employers, makers.
fn linked_names(transaction: &Transaction) -> Vec<CompactString> {
    let mut names: Vec<CompactString> = Vec::new();
    let mut add = |record: &dyn Record| {
        for row in FieldRole::LINKS.into_iter().filter_map(|link| record.table().with_role(link)) {
            match record.value(row) {
                FactValue::Text(Some(name)) => names.push(name.into()),
                FactValue::Texts(Some(all)) => names.extend(all.iter().cloned()),
                _ => {}
            }
        }
    };
    transaction.parties.known().iter().for_each(|record| add(record));
    transaction.vessels.known().iter().for_each(|record| add(record));
    transaction.items.known().iter().for_each(|record| add(record));
    transaction.people.known().iter().for_each(|record| add(record));
    names.sort_unstable();
    names.dedup();
    names
}
