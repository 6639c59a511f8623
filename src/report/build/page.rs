//! Builds what the page at the top of a report says of a transaction.

use std::collections::HashMap;

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::facts::{
    Action, Aircraft, Amount, CodedTerm, EvidenceSource, Item, Known, Party, People, Port, Range, Relation, ReportedIncident,
    Scheme, Side, Term, Terms, Transaction, Vessel, fold,
};
use crate::rulebook::{PartySide, TermLookup, Vocabulary};

use super::super::model::{ActionNote, ObjectNote, PageNote, PartyNote, RelationNote, SideNote, SourceNote};

/// Who did what to whom, how far it went and on whose word, as far as it is reported.
pub(super) fn page_note(reported: &ReportedIncident, transaction: &Transaction, vocabulary: &Vocabulary) -> PageNote {
    PageBuilder { vocabulary }.page(reported, transaction)
}

struct PageBuilder<'v> {
    vocabulary: &'v Vocabulary,
}

impl PageBuilder<'_> {
    fn page(&self, reported: &ReportedIncident, transaction: &Transaction) -> PageNote {
        let named = transaction.sources.as_deref();
        let is_named = |s: &&EvidenceSource| named.is_none_or(|n| s.id.as_ref().is_some_and(|id| n.contains(id)));
        let one_sided = self.is_one_sided(transaction);
        let mut from = NamedSide::new(self.side(&transaction.from));
        let mut to = NamedSide::new(self.side(&transaction.to));
        let mut others = Vec::new();
        for party in transaction.parties.known() {
            let note = self.party(party);
            // Who is of another State than the side stands by himself, unless the side names him.
            let country = note.country.clone().or_else(|| self.state(party.name.as_deref()?));
            let is_of = |side: &SideNote| country.is_none() || side.country.is_none() || country == side.country;
            match self.side_of(party, transaction) {
                Some(PartySide::Receiving) if is_of(&to.note) || names(&transaction.to, party) => to.add(note),
                Some(PartySide::Giving) if is_of(&from.note) || names(&transaction.from, party) => from.add(note),
                _ if one_sided => from.add(note),
                _ => others.push(note),
            }
        }
        others.extend(transaction.vessels.known().iter().map(|vessel| self.vessel(vessel)));
        others.extend(transaction.aircraft.known().iter().map(|aircraft| self.aircraft(aircraft)));
        let objects = self.objects(transaction, &from.note);
        PageNote {
            from: from.note,
            to: to.note,
            others,
            one_sided,
            activity: self.ids(&transaction.activity),
            objects,
            via: self.country_names(&transaction.via),
            ports: transaction.ports.known().iter().filter_map(|port| self.port(port)).collect(),
            actions: transaction.actions.known().iter().map(|action| self.action(action)).collect(),
            relates_to: transaction.relates_to.known().iter().filter_map(|relation| self.relation(relation)).collect(),
            together: self.together(transaction),
            purpose: self.ids(&transaction.purpose),
            stage: self.ids(&transaction.stage).into_iter().next(),
            sources: reported.sources().iter().filter(is_named).map(|source| self.source(source)).collect(),
            denied_by: transaction.denied_by.as_deref().unwrap_or_default().iter().map(|who| self.name_of(who)).collect(),
            not_checked: Vec::new(),
        }
    }

    /// True of an act that a State, force or group does by itself, where no other side is reported.
    fn is_one_sided(&self, transaction: &Transaction) -> bool {
        let Some(acts) = self.vocabulary.known_terms().acts else { return false };
        let is_act = |term: &CodedTerm| matches!(term, CodedTerm::Term(term) if self.vocabulary.is_a(*term, acts));
        transaction.to.get().is_none() && transaction.activity.is().is_some_and(|activities| activities.iter().any(is_act))
    }

    fn side(&self, side: &Known<Side>) -> SideNote {
        let Some(side) = side.get() else { return SideNote::default() };
        // `Latvia, of DPRK`: where it is, and whose it is.
        let whose = self.countries(&side.nationality);
        let of = |whose: &str| match whose.strip_prefix("possibly ") {
            Some(whose) => format!("possibly of {whose}"),
            None => format!("of {whose}"),
        };
        let country = match (self.countries(&side.country), whose) {
            (Some(country), Some(whose)) if whose != country => Some(format!("{country}, {}", of(&whose))),
            (None, whose) => whose.as_deref().map(of),
            (country, _) => country,
        };
        let regions = side.region.is().unwrap_or_default().iter().filter_map(|region| match region {
            CodedTerm::Term(region) => Some(self.vocabulary.label(*region)),
            CodedTerm::Unlisted(written) => Some(written.as_str()),
            CodedTerm::OneOf(_) | CodedTerm::Possibly(_) => None,
        });
        // A place that is called like the region, or names it too, says it all.
        let place = side.place.as_deref();
        let regions = regions.filter(|region| !place.is_some_and(|place| fold(place).contains(&fold(region))));
        let places: Vec<&str> = place.into_iter().chain(regions).collect();
        let on_paper = self.countries(&side.declared_as).map(|country| format!("{country} on paper"));
        let places: Vec<&str> = places.into_iter().chain(on_paper.as_deref()).collect();
        let named = side.party.as_deref().map(|name| PartyNote { name: Some(name.to_owned()), ..PartyNote::default() });
        SideNote { country, place: (!places.is_empty()).then(|| places.join(", ")), parties: named.into_iter().collect() }
    }

    /// The side that a party is on: the one that names it, else that of its roles.
    fn side_of(&self, party: &Party, transaction: &Transaction) -> Option<PartySide> {
        if names(&transaction.from, party) {
            return Some(PartySide::Giving);
        }
        if names(&transaction.to, party) {
            return Some(PartySide::Receiving);
        }
        let roles = party.role.is().unwrap_or_default().iter();
        roles.filter_map(|role| if let CodedTerm::Term(role) = role { self.vocabulary.side(*role) } else { None }).next()
    }

    fn party(&self, party: &Party) -> PartyNote {
        let country = self.countries(&party.country).or_else(|| self.countries(&party.nationality));
        // A State that takes part is called as it is elsewhere on the page, and is of no other one.
        let name = party.name.as_deref();
        let state =
            name.and_then(|name| self.state(name)).filter(|state| country.as_ref().is_none_or(|country| country == state));
        PartyNote {
            name: state.clone().or_else(|| name.map(str::to_owned)),
            roles: if says_a_side_alone(&party.role) { Vec::new() } else { self.ids(&party.role) },
            kind: self.ids(&party.kind).into_iter().next(),
            country: country.filter(|country| state.as_ref() != Some(country)),
            listed_as: listed_as(party.designated_as.as_deref()),
        }
    }

    /// The State that a name is that of, as the page calls it.
    fn state(&self, name: &str) -> Option<String> {
        let state = self.vocabulary.find(&[Scheme::Country], name)?;
        self.countries(&Terms::one(state))
    }

    fn vessel(&self, vessel: &Vessel) -> PartyNote {
        let name = [vessel.name.as_deref().map(str::to_owned), vessel.imo.map(|imo| format!("IMO {imo}"))];
        let name: Vec<String> = name.into_iter().flatten().collect();
        PartyNote {
            name: (!name.is_empty()).then(|| name.join(", ")),
            roles: self.ids(&vessel.role),
            kind: Some(self.labels(&vessel.kind).into_iter().next().unwrap_or_else(|| "ship".to_owned())),
            country: self.countries(&vessel.flag).map(|flag| format!("flag {flag}")),
            listed_as: listed_as(vessel.designated_as.as_deref()),
        }
    }

    fn aircraft(&self, aircraft: &Aircraft) -> PartyNote {
        let name: Vec<&str> = [aircraft.model.as_deref(), aircraft.registration.as_deref()].into_iter().flatten().collect();
        PartyNote {
            name: (!name.is_empty()).then(|| name.join(" ")),
            roles: self.ids(&aircraft.role),
            kind: Some(self.ids(&aircraft.kind).into_iter().next().unwrap_or_else(|| "aircraft".to_owned())),
            country: self.countries(&aircraft.flag).map(|flag| format!("flag {flag}")),
            listed_as: listed_as(aircraft.designated_as.as_deref()),
        }
    }

    fn objects(&self, transaction: &Transaction, from: &SideNote) -> Vec<ObjectNote> {
        let items = transaction.items.known().iter().map(|item| self.item(item, from));
        let people = transaction.people.known().iter().map(|people| self.people(people));
        let subject = transaction.subject.get().and_then(|subject| {
            let kind = self.ids(&subject.kind).into_iter().next();
            let count = subject.count.map(|count| count.to_string());
            let name = [count, kind, subject.description.as_deref().map(str::to_owned)];
            let name: Vec<String> = name.into_iter().flatten().collect();
            (!name.is_empty()).then(|| ObjectNote::named(name.join(" ")))
        });
        let field = self.ids(&transaction.field);
        let field = (!field.is_empty()).then(|| ObjectNote::named(format!("field: {}", field.join(", "))));
        items.chain(people).chain(subject).chain(field).collect()
    }

    fn item(&self, item: &Item, from: &SideNote) -> ObjectNote {
        let code = || item.hs.is().and_then(|codes| codes.first()).map(|code| format!("HS {code}"));
        let declared = item.declared_as.as_deref().map(|as_what| format!("declared as {as_what}"));
        let name = match (item.description.as_deref(), declared) {
            (Some(name), Some(declared)) => Some(format!("{name} ({declared})")),
            (Some(name), None) => Some(name.to_owned()),
            (None, declared) => declared.or_else(code),
        };
        let amounts = [item.quantity, item.value].into_iter().flatten().map(|amount| self.amount(amount));
        let each = item.unit_value.filter(|_| item.value.is_none()).map(|amount| format!("{} each", self.amount(amount)));
        ObjectNote {
            name: name.unwrap_or_else(|| "goods not described".to_owned()),
            origin: self.countries(&item.origin).filter(|origin| from.country.as_ref() != Some(origin)),
            amounts: amounts.chain(each).collect(),
        }
    }

    fn people(&self, people: &People) -> ObjectNote {
        let count = people.count.map(|count| whole(count).to_string());
        let what = people
            .occupation
            .as_deref()
            .map_or_else(|| self.ids(&people.status).into_iter().next().unwrap_or_else(|| "people".to_owned()), str::to_owned);
        let nationality = self.countries(&people.nationality).map(|country| format!("of {country}"));
        let employer = people.employer.as_deref().map(|employer| format!("for {employer}"));
        let name: Vec<String> = [count, Some(what), nationality, employer].into_iter().flatten().collect();
        ObjectNote::named(name.join(" "))
    }

    /// A port call: `Nampo, DPRK, loading`.
    fn port(&self, port: &Port) -> Option<String> {
        let name = port.name.as_deref().or(port.code.as_deref()).map(str::to_owned);
        let country = self.countries(&port.country).filter(|country| name.as_ref() != Some(country));
        let parts: Vec<String> = name.into_iter().chain(country).chain(self.ids(&port.call)).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    fn action(&self, action: &Action) -> ActionNote {
        ActionNote { action: self.ids(&action.action), by: self.countries(&action.by), date: action.date }
    }

    fn relation(&self, relation: &Relation) -> Option<RelationNote> {
        let transaction = relation.transaction.as_deref()?.to_owned();
        Some(RelationNote { kind: self.ids(&relation.kind), transaction })
    }

    fn together(&self, transaction: &Transaction) -> Vec<String> {
        let several = [transaction.quantity, transaction.value].into_iter().flatten();
        let together = several.map(|amount| self.amount(amount));
        let payment = transaction.payment.get().and_then(|payment| payment.amount);
        together.chain(payment.map(|amount| format!("paid: {}", self.amount(amount)))).collect()
    }

    fn source(&self, source: &EvidenceSource) -> SourceNote {
        let grade =
            format!("{}{}", source.reliability.as_deref().unwrap_or_default(), source.credibility.as_deref().unwrap_or_default());
        SourceNote {
            name: source.publisher.as_deref().or(source.title.as_deref()).map(str::to_owned),
            kind: self.ids(&source.kind).into_iter().next(),
            grade: (!grade.is_empty()).then_some(grade),
        }
    }

    fn amount(&self, amount: Amount) -> String {
        format!("{} {}", rounded(amount.range), self.vocabulary.unit_name(amount.unit))
    }

    /// The ids of terms, and words that the vocabulary does not have.
    fn ids(&self, terms: &Terms) -> Vec<String> {
        let all = terms.is().unwrap_or_default();
        all.iter().map(|term| in_words(term, all, |term| self.vocabulary.id(term))).collect()
    }

    /// The labels of terms, and words that the vocabulary does not have.
    fn labels(&self, terms: &Terms) -> Vec<String> {
        let all = terms.is().unwrap_or_default();
        all.iter().map(|term| in_words(term, all, |term| self.vocabulary.label(term))).collect()
    }

    /// The names of countries, each by itself.
    fn country_names(&self, terms: &Terms) -> Vec<String> {
        let all = terms.is().unwrap_or_default();
        all.iter().map(|term| in_words(term, all, |term| self.vocabulary.short_name(term))).collect()
    }

    /// The names of countries or flags; `None` if nothing is known.
    fn countries(&self, terms: &Terms) -> Option<String> {
        let name = |term: Term| self.vocabulary.short_name(term);
        let all = |terms: &[CodedTerm], word: &str| terms.iter().map(|t| in_words(t, terms, name)).collect::<Vec<_>>().join(word);
        match terms.is() {
            Some([]) => None,
            Some(is) => Some(all(is, " and ")),
            None if terms.is_unknown() => None,
            None => Some(format!("not {}", all(terms.not(), " nor "))),
        }
    }

    /// The name of a country for its code, `SN` or `SN: what it says`; any other text stays.
    fn name_of(&self, who: &str) -> String {
        if let Some((who, says)) = who.split_once(": ") {
            return format!("{}: {says}", self.name_of(who));
        }
        match self.vocabulary.lookup(&[Scheme::Country], who) {
            TermLookup::Found(CodedTerm::Term(country)) => self.vocabulary.short_name(country).to_owned(),
            _ => who.to_owned(),
        }
    }
}

/// True if a side names a party.
fn names(side: &Known<Side>, party: &Party) -> bool {
    side.get().and_then(|side| side.party.as_deref()).is_some_and(|name| party.bears(&fold(name)))
}

/// A side to which parties are added.
struct NamedSide {
    note: SideNote,
    /// The positions of its parties by their folded names.
    by_name: HashMap<String, usize>,
}

impl NamedSide {
    fn new(note: SideNote) -> Self {
        let mut by_name = HashMap::new();
        for (position, party) in note.parties.iter().enumerate() {
            party.name.iter().for_each(|name| {
                by_name.entry(fold(name)).or_insert(position);
            });
        }
        Self { note, by_name }
    }

    /// Adds a party. One that the side names already is completed, and its country is told only if it is another one.
    fn add(&mut self, mut party: PartyNote) {
        if party.country == self.note.country {
            party.country = None;
        }
        let next = self.note.parties.len();
        let position = party.name.as_deref().map_or(next, |name| *self.by_name.entry(fold(name)).or_insert(next));
        match self.note.parties.get_mut(position) {
            Some(known) => *known = party,
            None => self.note.parties.push(party),
        }
    }
}

/// True of a role of which only the side is known: it may be any of many.
fn says_a_side_alone(roles: &Terms) -> bool {
    /// The most roles that a word of several meanings has.
    const MOST_MEANINGS: usize = 4;
    matches!(roles.is(), Some([CodedTerm::OneOf(roles)]) if roles.len() > MOST_MEANINGS)
}

/// A term in words, which stands among others of one fact.
fn in_words<'v>(term: &CodedTerm, all: &[CodedTerm], name: impl Fn(Term) -> &'v str) -> String {
    /// The most terms that are named one by one: `Europe` is any of some fifty States.
    const MOST_NAMED: usize = 6;
    let any = |terms: &[Term]| {
        let named = terms.iter().take(if terms.len() > MOST_NAMED { 2 } else { MOST_NAMED }).map(|term| name(*term));
        let named: Vec<&str> = named.collect();
        match terms.len() {
            many if many > MOST_NAMED => format!("one of {many}: {}, ...", named.join(", ")),
            _ => named.join(" or "),
        }
    };
    if let Some(rest) = term.perhaps_besides(all) {
        return format!("perhaps {}", any(&rest));
    }
    match term {
        CodedTerm::Term(term) => name(*term).to_owned(),
        CodedTerm::OneOf(terms) => any(terms),
        CodedTerm::Possibly(terms) => format!("possibly {}", any(terms)),
        CodedTerm::Unlisted(word) => word.to_string(),
    }
}

/// A range whose ends have so many decimals as people read: what a unit of two sizes comes to has many more.
fn rounded(range: Range) -> Range {
    const DECIMALS: u32 = 2;
    let end =
        |number: Decimal| if number.scale() > DECIMALS && number >= Decimal::ONE { number.round_dp(DECIMALS) } else { number };
    Range { low: end(range.low), high: range.high.map(end), ..range }
}

/// The whole numbers in a range, if there are any: nobody is a part of a person.
fn whole(range: Range) -> Range {
    let (low, high) = (range.low.ceil(), range.high.map(|high| high.floor()));
    if high.is_some_and(|high| high < low) { range } else { Range { low, high, ..range } }
}

/// The roles of a party in words; `None` if none is reported.
pub(super) fn role_words(roles: &Terms, vocabulary: &Vocabulary) -> Option<String> {
    let known = roles.is().filter(|_| !says_a_side_alone(roles))?;
    let roles: Vec<String> = known.iter().map(|role| in_words(role, known, |term| vocabulary.id(term))).collect();
    (!roles.is_empty()).then(|| roles.join(" and ").replace('-', " "))
}

/// The listings that a report names; one of which it is unknown whether it is meant is `?`.
fn listed_as(references: Option<&[CompactString]>) -> Vec<String> {
    references.unwrap_or_default().iter().filter(|reference| *reference != "?").map(ToString::to_string).collect()
}
