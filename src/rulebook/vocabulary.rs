//! The vocabulary that facts and rules share: terms with their broader terms, names of countries, units of measure.

use std::collections::HashMap;
use std::sync::OnceLock;

use iso_currency::Currency;
use rust_decimal::Decimal;

use crate::document::closest;
use crate::facts::{Coded, CodedTerm, FieldSet, Range, Scheme, Term, Terms, Truth, Unit, fold};

use super::known_terms::KnownTerms;
use super::law::{DesignationList, possible_listing};
use super::phrase_words::PhraseWords;
use super::place_names::PlaceNames;
use super::state_names::StateNames;
use super::term_words::TermWords;
use super::word_map::WordMap;

/// All terms of a rulebook, each in its [`Scheme`].
///
/// A term has an id and any number of names, which are compared folded: without regard to case, accents and
/// punctuation. Its symbols, such as those of units, are compared as they are written, before any name. A name that several terms of a scheme have is looked up as all of them.
///
/// ```
/// use interdict::facts::{CodedTerm, Scheme};
/// use interdict::rulebook::{Rulebook, TermLookup};
///
/// let rulebook = Rulebook::built_in()?;
/// let vocabulary = &rulebook.vocabulary;
/// let TermLookup::Found(CodedTerm::Term(country)) = vocabulary.lookup(&[Scheme::Country], "north korea") else {
///     return Err("no such country".into());
/// };
/// assert_eq!(vocabulary.id(country), "KP");
/// let lookup = vocabulary.lookup(&[Scheme::Activity], "suply");
/// assert_eq!(lookup, TermLookup::Missing(Some("supply".to_owned())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pub(super) terms: Vec<TermEntry>,
    /// The terms of each folded name.
    pub(super) by_name: HashMap<(Scheme, String), Vec<Term>>,
    /// For each scheme, the terms whose exact id is not a name of another term: most words of a stream are such ids.
    pub(super) by_id: Vec<WordMap<Term>>,
    /// For each scheme, the terms of the symbols that count only as they are written: `Mt` is no `mt`.
    pub(super) by_symbol: Vec<WordMap<Term>>,
    pub(super) currencies: WordMap<Currency>,
    pub(super) known: KnownTerms,
    /// For each side of [`PartySide::ALL`] the roles on it.
    pub(super) roles: OnceLock<[Vec<Term>; 4]>,
    /// The fields of a transaction that some activity is about.
    pub(super) subjects: FieldSet,
    pub(super) place_names: PlaceNames,
    pub(super) phrase_words: PhraseWords,
    /// The lists of designated persons, by whose names and numbers reports refer to listings.
    pub(super) lists: Vec<DesignationList>,
    /// Made when a name is first looked up that the vocabulary does not list.
    pub(super) state_names: OnceLock<StateNames>,
    /// The index of ordinary words.
    pub(super) words: TermWords,
}

/// The id, label and relations of a term.
#[derive(Debug, Clone)]
pub(super) struct TermEntry {
    pub(super) scheme: Scheme,
    pub(super) id: String,
    pub(super) label: String,
    /// A shorter name than the label, if there is one.
    pub(super) short: Option<String>,
    /// The term itself and all broader terms, nearest first.
    pub(super) ancestors: Vec<Term>,
    /// The fields of a transaction that it is about, or that it takes the place of; `None` if the term does not say.
    pub(super) about: Option<FieldSet>,
    /// All narrower terms, in the order of the files.
    pub(super) narrower: Vec<Term>,
    pub(super) act_of_authority: bool,
    /// The side that a role puts a party on, if the term is a role and says so.
    pub(super) side: Option<PartySide>,
    /// Of a role the acts in which whoever a side names may have it, though it puts nobody on a side; of an act those that it may
    /// be besides, where goods are reported with it.
    pub(super) acts: Vec<Term>,
    pub(super) counts_once: bool,
    pub(super) dimension: Option<Dimension>,
    /// The adjectives of a State, which name it where one is asked for.
    pub(super) adjectives: Vec<String>,
    /// The ordinary words for it, by language (ISO 639-1), in the order of the files.
    pub(super) words: Vec<(String, Vec<String>)>,
}

/// The side of an act that a party is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartySide {
    /// It gives, sells, sends or provides.
    Giving,
    /// It gets, buys or uses.
    Receiving,
    /// It carries what passes from one side to the other.
    Carrying,
    /// The role alone puts it on no side.
    Neither,
}

impl PartySide {
    /// All sides, each with the word by which rules and the vocabulary name it.
    pub const ALL: [(PartySide, &'static str); 4] = [
        (PartySide::Giving, "giving"),
        (PartySide::Receiving, "receiving"),
        (PartySide::Carrying, "carrying"),
        (PartySide::Neither, "neither"),
    ];
}

/// The dimension and size of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// The quantity: `mass`, `volume`. A unit that converts to no other is a dimension of its own.
    pub name: String,
    /// The exact number of the dimension's base units in this unit.
    pub factor: Decimal,
}

/// The result of looking up a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermLookup {
    /// The term, or the terms that share the name.
    Found(CodedTerm),
    /// No term has the word as its id or name. With the id of the term whose name is closest, if one is close.
    Missing(Option<String>),
}

impl Vocabulary {
    /// The term or terms that have a word as id, name or symbol, in the first of the schemes that has it.
    pub fn find(&self, schemes: &[Scheme], word: &str) -> Option<CodedTerm> {
        let symbol = |scheme: &Scheme| self.by_symbol.get(*scheme as usize)?.get(word.trim()).copied();
        if let Some(term) = schemes.iter().find_map(symbol) {
            return Some(CodedTerm::Term(term));
        }
        let folded = fold(word);
        let found = schemes.iter().find_map(|scheme| self.by_name.get(&(*scheme, folded.clone())).map(Vec::as_slice));
        let state = || schemes.contains(&Scheme::Country).then(|| self.state(word)).flatten().map(|states| states.as_slice());
        match found.or_else(state)? {
            [term] => Some(CodedTerm::Term(*term)),
            several => Some(CodedTerm::OneOf(Box::new(several.into()))),
        }
    }

    /// Looks a word, an id or any name, up in schemes; the first scheme that has it decides.
    pub fn lookup(&self, schemes: &[Scheme], word: &str) -> TermLookup {
        if let Some(found) = self.find(schemes, word) {
            return TermLookup::Found(found);
        }
        let folded = fold(word);
        let is_sought = |scheme: &Scheme| schemes.contains(scheme) && *scheme != Scheme::Country;
        let names = self.by_name.iter().filter(|((scheme, name), _)| is_sought(scheme) && name.len() > 2);
        let mut names: Vec<&str> = names.map(|((_, name), _)| name.as_str()).collect();
        names.sort_unstable();
        let near = closest(&folded, names).and_then(|name| schemes.iter().find_map(|s| self.by_name.get(&(*s, name.to_owned()))));
        let near = near.and_then(|terms| terms.first()).copied();
        // A name of one State is never near to that of another.
        let near = near.or_else(|| self.nearest_state(word).filter(|_| schemes.contains(&Scheme::Country)));
        TermLookup::Missing(near.map(|term| self.id(term).to_owned()))
    }

    /// The only term of a scheme that has a word among its words.
    pub(crate) fn by_word(&self, scheme: Scheme, word: &str) -> Option<Term> {
        let has_word = |term: &Term| self.words(*term).any(|(_, words)| words.iter().any(|own| own == word));
        let mut terms = self.terms().filter(|term| self.is_in(*term, scheme)).filter(has_word);
        terms.next().filter(|_| terms.next().is_none())
    }

    /// The term whose id is exactly `id`, in the first of the schemes, where [`Vocabulary::lookup`] would find the same.
    /// It costs a fraction of it.
    pub fn by_exact_id(&self, schemes: &[Scheme], id: &str) -> Option<Term> {
        self.by_id.get(*schemes.first()? as usize)?.get(id).copied()
    }

    /// The term with that id in a scheme.
    pub fn term(&self, scheme: Scheme, id: &str) -> Option<Term> {
        let terms = self.by_name.get(&(scheme, fold(id)))?;
        terms.iter().copied().find(|t| self.id(*t) == id)
    }

    /// The id of a term.
    pub fn id(&self, term: Term) -> &str {
        self.entry(term).map_or("?", |e| e.id.as_str())
    }

    /// The label of a term, which explains it; the id if it has none.
    pub fn label(&self, term: Term) -> &str {
        self.entry(term).map_or("?", |e| if e.label.is_empty() { &e.id } else { &e.label })
    }

    /// The ordinary words for a term with their language (ISO 639-1), in the order of the files.
    pub fn words(&self, term: Term) -> impl Iterator<Item = (&str, &[String])> {
        self.entry(term).into_iter().flat_map(|e| &e.words).map(|(language, words)| (language.as_str(), words.as_slice()))
    }

    /// The other names of all terms, folded, and their symbols as written; each list sorted.
    pub fn names(&self) -> HashMap<Term, Vec<&str>> {
        let mut names: HashMap<Term, Vec<&str>> = HashMap::new();
        let named = self.by_name.iter().flat_map(|((_, name), terms)| terms.iter().map(move |term| (*term, name.as_str())));
        let symbols = self.by_symbol.iter().flatten().map(|(symbol, term)| (*term, symbol.as_str()));
        for (term, name) in named.chain(symbols) {
            let id = self.id(term);
            if name != id && name != fold(id) {
                names.entry(term).or_default().push(name);
            }
        }
        names.values_mut().for_each(|of_term| {
            of_term.sort_unstable();
            of_term.dedup();
        });
        names
    }

    /// The name of a country in a line of a report: a short one if the label is long, `DPRK`.
    pub fn short_name(&self, country: Term) -> &str {
        self.entry(country).and_then(|e| e.short.as_deref()).unwrap_or_else(|| self.label(country))
    }

    /// The adjectives of a State, which name it where one is asked for.
    pub fn adjectives(&self, country: Term) -> &[String] {
        self.entry(country).map_or(&[], |e| &e.adjectives)
    }

    /// The terms that are broader than a term, nearest first.
    pub fn broader_terms(&self, term: Term) -> impl Iterator<Item = Term> + '_ {
        self.entry(term).into_iter().flat_map(|e| e.ancestors.iter().copied()).filter(move |broader| *broader != term)
    }

    /// The terms that are narrower than a term, in the order of the files.
    pub fn narrower_terms(&self, term: Term) -> &[Term] {
        self.entry(term).map_or(&[], |e| &e.narrower)
    }

    /// True if `term` is `broader`, or narrower than it.
    pub fn is_a(&self, term: Term, broader: Term) -> bool {
        self.entry(term).is_some_and(|e| e.ancestors.contains(&broader))
    }

    /// The country that a region is a part of.
    pub fn country_of(&self, region: Term) -> Option<Term> {
        self.broader_terms(region).find(|broader| self.is_in(*broader, Scheme::Country))
    }

    /// True if parts of a country are terms.
    pub fn has_regions(&self, country: Term) -> bool {
        self.narrower_terms(country).iter().any(|narrower| self.is_in(*narrower, Scheme::Region))
    }

    /// The part of a country that a text names, if it names nothing else.
    pub fn region_of_text(&self, text: &str) -> Option<Term> {
        let found = self.place_names().find(text).filter(|found| found.is_all)?;
        match found.regions(None, self).as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// True if an activity is an act of a public authority, such as a seizure, which no rule prohibits.
    pub fn is_act_of_authority(&self, term: Term) -> bool {
        self.entry(term).is_some_and(|e| e.ancestors.iter().any(|a| self.entry(*a).is_some_and(|e| e.act_of_authority)))
    }

    /// The side that a role puts a party on: its own, or that of the nearest broader role that has one.
    pub fn side(&self, role: Term) -> Option<PartySide> {
        self.entry(role)?.ancestors.iter().find_map(|ancestor| self.entry(*ancestor)?.side)
    }

    /// The roles that put a party on a side.
    pub fn roles_on(&self, side: PartySide) -> impl Iterator<Item = Term> {
        self.terms().filter(move |term| self.is_in(*term, Scheme::Role) && self.side(*term) == Some(side))
    }

    /// The role of a party that a side of some acts names: one of the roles on that side, or one that a side may have in such an act.
    pub fn some_role_on(&self, side: PartySide, acts: &Terms) -> Terms {
        let is_near = |act: Term, other: &Term| self.is_a(act, *other) || self.is_a(*other, act);
        let may_be = |act: &CodedTerm, other: &Term| match act {
            CodedTerm::Term(act) => is_near(*act, other),
            CodedTerm::OneOf(acts) | CodedTerm::Possibly(acts) => acts.iter().any(|act| is_near(*act, other)),
            CodedTerm::Unlisted(_) => true,
        };
        let may_be_of = |role: &Term| {
            let of = self.terms.get(usize::from(role.0)).map(|entry| entry.acts.as_slice()).unwrap_or_default();
            !of.is_empty() && acts.is().is_none_or(|acts| acts.iter().any(|act| of.iter().any(|other| may_be(act, other))))
        };
        let roles = self.roles.get_or_init(|| PartySide::ALL.map(|(side, _)| self.roles_on(side).collect()));
        let on = |of: PartySide| {
            PartySide::ALL.iter().zip(roles).filter(move |((side, _), _)| *side == of).flat_map(|(_, roles)| roles)
        };
        let besides = on(PartySide::Neither).filter(|role| may_be_of(role));
        Coded::one(CodedTerm::OneOf(Box::new(on(side).chain(besides).copied().collect())))
    }

    /// The fields of a transaction that some activity is about: those that may be beside the point of others.
    pub fn subjects(&self) -> FieldSet {
        self.subjects
    }

    /// The fields of a transaction that an activity is about: goods, ships, people. An activity that does not say is about
    /// what the nearest broader one is about; else about all that narrower ones are about; else about everything.
    pub fn about(&self, activity: Term) -> FieldSet {
        self.entry(activity).and_then(|e| e.about).unwrap_or(self.subjects)
    }

    /// The acts that an act may be besides, where goods are reported with it: who lands with arms may deliver them.
    pub fn with_goods(&self, activity: Term) -> &[Term] {
        self.entry(activity).filter(|e| e.scheme == Scheme::Activity).map(|e| e.acts.as_slice()).unwrap_or_default()
    }

    /// The fields of a transaction in whose place a ship or aircraft in this role stands: the goods, if it is itself sold.
    pub fn in_place_of(&self, role: Term) -> FieldSet {
        self.entry(role).filter(|e| e.scheme == Scheme::VesselRole).and_then(|e| e.about).unwrap_or_default()
    }

    /// True if transactions in this relation, such as a delivery and its payment, count once towards a quota.
    pub fn counts_once(&self, term: Term) -> bool {
        self.entry(term).is_some_and(|e| e.counts_once)
    }

    /// True if a text names a list of designated persons or is the reference number of an entry of one.
    pub fn names_a_listing(&self, reference: &str) -> bool {
        let reference = possible_listing(reference).unwrap_or(reference);
        self.lists.iter().any(|list| list.contains(reference) == Truth::True)
    }

    /// The dimension and size of a unit; `None` for a term that is not a unit.
    pub fn dimension(&self, unit: Term) -> Option<&Dimension> {
        self.entry(unit)?.dimension.as_ref()
    }

    /// Converts a number of a unit to another unit; `None` if the two measure different things, or are different currencies.
    pub fn convert(&self, range: &Range, from: Unit, to: Unit) -> Option<Range> {
        match (from, to) {
            (from, to) if from == to => Some(*range),
            (Unit::Quantity(from), Unit::Quantity(to)) => {
                let (from, to) = (self.dimension(from)?, self.dimension(to)?);
                let factor = (from.name == to.name).then(|| from.factor.checked_div(to.factor)).flatten()?;
                Some(range.times(&Range::exactly(factor)))
            }
            _ => None,
        }
    }

    /// The terms whose meaning is built into the evaluation.
    pub fn known_terms(&self) -> &KnownTerms {
        &self.known
    }

    /// The words that name countries in texts.
    pub fn place_names(&self) -> &PlaceNames {
        &self.place_names
    }

    /// The words that matter inside phrases.
    pub fn phrase_words(&self) -> &PhraseWords {
        &self.phrase_words
    }

    /// All terms.
    pub fn terms(&self) -> impl Iterator<Item = Term> {
        (0..self.terms.len()).filter_map(|i| u16::try_from(i).ok()).map(Term)
    }

    /// True if a term is in a scheme.
    pub fn is_in(&self, term: Term, scheme: Scheme) -> bool {
        self.entry(term).is_some_and(|e| e.scheme == scheme)
    }

    /// The ids of a scheme's terms, in the order of the files.
    pub fn ids(&self, scheme: Scheme) -> impl Iterator<Item = &str> {
        self.terms.iter().filter(move |e| e.scheme == scheme).map(|e| e.id.as_str())
    }

    /// The name of a unit as it is written after a number: `t`, `USD`.
    pub fn unit_name(&self, unit: Unit) -> &str {
        match unit {
            Unit::Quantity(term) => self.id(term),
            Unit::Money(currency) => currency.code(),
        }
    }

    pub(super) fn entry(&self, term: Term) -> Option<&TermEntry> {
        self.terms.get(usize::from(term.0))
    }
}
