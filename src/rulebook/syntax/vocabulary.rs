//! How terms are written: from YAML to [`Vocabulary`].

use std::collections::HashMap;

use iso_currency::Currency;
use rust_decimal::Decimal;

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node, Span, did_you_mean};
use crate::facts::{FactKind, FieldSet, Scheme, Term, Transaction, fold};
use crate::rulebook::place_names::PlaceNames;
use crate::rulebook::vocabulary::{Dimension, PartySide, TermEntry};
use crate::rulebook::{KnownTerms, Vocabulary};

use super::unknown_name;

impl Vocabulary {
    /// Reads the terms of one `vocabulary:`. References to other terms are added to `relations`, for [`Vocabulary::relate`].
    pub(in crate::rulebook) fn read(&mut self, node: &Node, relations: &mut Vec<PendingRelation>, problems: &mut Diagnostics) {
        let Some(schemes) = node.entries() else {
            problems.wrong_shape(node, "`vocabulary`", "a mapping of spaces to lists of terms");
            return;
        };
        for entry in schemes {
            let key = entry.key.text.as_str();
            if key == "place" {
                let places = entry.value.one_or_many().iter();
                relations.extend(places.filter_map(|place| PendingRelation::read_places(place, problems)));
                continue;
            }
            if key == "phrase" {
                self.phrase_words.read(&entry.value, problems);
                continue;
            }
            let (key, ambiguous) = key.strip_suffix("-ambiguous").map_or((key, false), |key| (key, true));
            let Some(scheme) = Scheme::ALL.into_iter().find(|s| s.key() == key) else {
                problems.unknown_key(Code::UnknownKey, &entry.key, "the vocabulary", Scheme::ALL.map(Scheme::key));
                continue;
            };
            let Some(elements) = entry.value.elements() else {
                problems.wrong_shape(&entry.value, &format!("`{}`", entry.key.text), "a list");
                continue;
            };
            for element in elements {
                if ambiguous {
                    relations.extend(PendingRelation::read_ambiguous(scheme, element, problems));
                } else {
                    self.read_term(scheme, element, relations, problems);
                }
            }
        }
    }

    fn read_term(&mut self, scheme: Scheme, node: &Node, relations: &mut Vec<PendingRelation>, problems: &mut Diagnostics) {
        const KEYS: &[&str] = &[
            "id",
            "label",
            "short",
            "broader",
            "group",
            "aliases",
            "alpha3",
            "m49",
            "adjectives",
            "symbols",
            "act_of",
            "side",
            "may_be_side_in",
            "with_goods",
            "about",
            "in_place_of",
            "counts_once",
            "dimension",
            "factor",
            "words",
            "country",
            "places",
        ];
        let Some(map) = Mapping::read(node, "a term", KEYS, problems) else { return };
        let Some(id) = map.require_text("id", problems) else { return };
        let Ok(number) = u16::try_from(self.terms.len()) else {
            problems.push(Diagnostic::new(Code::TooManyTerms, node.span, "the vocabulary has too many terms"));
            return;
        };
        let term = Term(number);
        if self.term(scheme, id).is_some() {
            problems.push(Diagnostic::new(
                Code::DuplicateId,
                node.span,
                format!("the term `{id}` stands twice in `{}`", scheme.key()),
            ));
            return;
        }
        let factor = map.text("factor", problems).map(Decimal::from_str_exact);
        if matches!(factor, Some(Err(_))) {
            problems.push(Diagnostic::new(Code::TermFactor, node.span, format!("the factor of `{id}` is not an exact number")));
        }
        let dimension = (scheme == Scheme::Unit).then(|| Dimension {
            name: map.text("dimension", problems).unwrap_or(id).to_owned(),
            factor: factor.and_then(Result::ok).unwrap_or(Decimal::ONE),
        });
        let act_of_authority = map.one_of("act_of", &["authority"], problems).is_some();
        let about = match scheme {
            Scheme::VesselRole => read_transaction_fields(&map, "in_place_of", problems),
            _ => read_transaction_fields(&map, "about", problems),
        };
        let side = map.one_of("side", &PartySide::ALL.map(|(_, word)| word), problems);
        let side = side.and_then(|position| PartySide::ALL.get(position)).map(|(side, _)| *side);
        let counts_once = map.yes_no("counts_once", problems).unwrap_or(false);
        let label = map.text("label", problems).unwrap_or_default().to_owned();
        let short = map.text("short", problems).map(str::to_owned);
        let names = map.texts("aliases", problems).into_iter().chain(map.texts("alpha3", problems));
        let names = names.chain(map.texts("m49", problems));
        let adjectives = map.texts("adjectives", problems).into_iter().map(|(_, text)| text.to_owned()).collect();
        // Elsewhere a label is a meaning, not a name.
        let named_by_label = matches!(scheme, Scheme::Country | Scheme::Region | Scheme::Unit).then_some((node, label.as_str()));
        for (node, name) in names.chain([(node, id)]).chain(named_by_label) {
            self.add_name(scheme, id, name, term, node, problems);
        }
        for (node, symbol) in map.texts("symbols", problems) {
            self.add_symbol(scheme, symbol, term, node, problems);
        }
        let words = read_words(&map, problems);
        for (at, word) in words.iter().flat_map(|(_, words)| words) {
            relations.push(PendingRelation::Word { scheme, term, word: word.clone(), at: *at });
        }
        if scheme == Scheme::Region {
            relations.extend(PendingRelation::read_region(&map, term, problems));
        }
        let acts = if scheme == Scheme::Activity { "with_goods" } else { "may_be_side_in" };
        for (node, act) in map.texts(acts, problems) {
            relations.push(PendingRelation::Act { term, act: act.to_owned(), at: node.span });
        }
        for (key, member) in [("broader", false), ("group", true)] {
            for (node, other) in map.texts(key, problems) {
                relations.push(PendingRelation::Broader { scheme, term, other: other.to_owned(), member, at: node.span });
            }
        }
        self.terms.push(TermEntry {
            scheme,
            id: id.to_owned(),
            label,
            short,
            ancestors: vec![term],
            about,
            narrower: Vec::new(),
            act_of_authority,
            side,
            acts: Vec::new(),
            counts_once,
            dimension,
            adjectives,
            words: words
                .into_iter()
                .map(|(language, words)| (language, words.into_iter().map(|(_, word)| word).collect()))
                .collect(),
        });
    }

    /// Adds a name of a term, unless another term has it.
    fn add_name(&mut self, scheme: Scheme, id: &str, name: &str, term: Term, node: &Node, problems: &mut Diagnostics) {
        let folded = fold(name);
        if folded.is_empty() {
            return;
        }
        let terms = self.by_name.entry((scheme, folded)).or_default();
        match terms.first() {
            None => terms.push(term),
            Some(other) if *other == term => {}
            Some(other) => {
                let other = self.terms.get(usize::from(other.0)).map_or("?", |e| &e.id);
                let message = format!("the name `{name}` of `{id}` is already that of `{other}`");
                problems.push(
                    Diagnostic::new(Code::NameTaken, node.span, message).help("list a name that several bear as ambiguous"),
                );
            }
        }
    }

    /// Adds a symbol of a term, unless another term has it.
    fn add_symbol(&mut self, scheme: Scheme, symbol: &str, term: Term, node: &Node, problems: &mut Diagnostics) {
        self.by_symbol.resize_with(Scheme::ALL.len(), HashMap::default);
        let Some(symbols) = self.by_symbol.get_mut(scheme as usize) else { return };
        if symbols.insert(symbol.to_owned(), term).is_some_and(|other| other != term) {
            let message = format!("the symbol `{symbol}` is already that of another term");
            problems.push(Diagnostic::new(Code::NameTaken, node.span, message));
        }
    }

    /// Indexes the currencies, and the ids that are not a name of another term.
    fn index_ids(&mut self) {
        self.currencies = (0..1000).filter_map(Currency::from_numeric).map(|c| (c.code().to_owned(), c)).collect();
        self.by_id = Scheme::ALL.iter().map(|_| HashMap::default()).collect();
        for (index, entry) in self.terms.iter().enumerate() {
            let (Ok(number), Some([only])) =
                (u16::try_from(index), self.by_name.get(&(entry.scheme, fold(&entry.id))).map(Vec::as_slice))
            else {
                continue;
            };
            if *only == Term(number)
                && let Some(ids) = self.by_id.get_mut(entry.scheme as usize)
            {
                ids.insert(entry.id.clone(), *only);
            }
        }
    }

    /// Adds ambiguous names and the broader terms of every term, once all terms are read.
    pub(in crate::rulebook) fn relate(&mut self, relations: Vec<PendingRelation>, problems: &mut Diagnostics) {
        let mut parents: HashMap<Term, Vec<(Term, Span)>> = HashMap::new();
        let mut of_places = Vec::new();
        for relation in relations {
            match relation {
                PendingRelation::Broader { scheme, term, other, member, at } => match self.term(scheme, &other) {
                    Some(group) if !member => parents.entry(term).or_default().push((group, at)),
                    Some(narrower) => parents.entry(narrower).or_default().push((term, at)),
                    None => {
                        let what = if member { "member" } else { "broader term" };
                        let near = did_you_mean(&other, self.ids(scheme));
                        let message = format!("the {what} `{other}` is not in `{}`", scheme.key());
                        problems.push(Diagnostic::new(Code::UnknownReference, at, message).maybe_help(near));
                    }
                },
                PendingRelation::Act { term, act, at } => match self.term(Scheme::Activity, &act) {
                    Some(act) => {
                        self.terms.get_mut(usize::from(term.0)).into_iter().for_each(|entry| entry.acts.push(act));
                    }
                    None => {
                        let near = did_you_mean(&act, self.ids(Scheme::Activity));
                        let message = format!("the act `{act}` is not in `activity`");
                        problems.push(Diagnostic::new(Code::UnknownReference, at, message).maybe_help(near));
                    }
                },
                PendingRelation::Places(places) => of_places.push(places),
                PendingRelation::Region(places) => {
                    let country = places.country.as_ref().and_then(|(id, at)| Some((self.term(Scheme::Country, id)?, *at)));
                    parents.entry(places.region.unwrap_or(Term(u16::MAX))).or_default().extend(country);
                    of_places.push(places);
                }
                PendingRelation::Word { scheme, term, word, at } => problems.extend(self.check_word(scheme, term, &word, at)),
                PendingRelation::Ambiguous { scheme, names, could_be, at } => {
                    let terms: Vec<Term> = could_be.iter().filter_map(|id| self.term(scheme, id)).collect();
                    if terms.len() < 2 || terms.len() != could_be.len() {
                        problems.push(Diagnostic::new(
                            Code::AmbiguousNameOfOne,
                            at,
                            "an ambiguous name needs two or more known terms under `could_be`",
                        ));
                        continue;
                    }
                    for name in names {
                        let alone = self.by_name.insert((scheme, fold(&name)), terms.clone());
                        if let Some([one]) = alone.as_deref() {
                            let message = format!("the name `{name}` is already that of `{}` alone", self.id(*one));
                            problems.push(Diagnostic::new(Code::NameTaken, at, message));
                        }
                    }
                }
            }
        }
        self.add_places(&of_places, problems);
        self.index_ids();
        self.known = KnownTerms::resolve(self);
        for index in 0..self.terms.len() {
            let Ok(number) = u16::try_from(index) else { break };
            let ancestors = self.ancestors(Term(number), &parents, problems);
            for broader in ancestors.iter().filter(|ancestor| **ancestor != Term(number)) {
                self.terms.get_mut(usize::from(broader.0)).into_iter().for_each(|entry| entry.narrower.push(Term(number)));
            }
            if let Some(entry) = self.terms.get_mut(index) {
                entry.ancestors = ancestors;
            }
        }
        self.complete_about();
    }

    /// The problem of an ordinary word that is the own name of another term of the scheme: it can only mean that one.
    fn check_word(&self, scheme: Scheme, term: Term, word: &str, at: Span) -> Option<Diagnostic> {
        let folded = fold(word);
        if folded.is_empty() {
            return Some(Diagnostic::new(Code::NoWords, at, format!("`{word}` has no letter or digit")));
        }
        let other = self.by_name.get(&(scheme, folded))?.iter().find(|named| **named != term)?;
        let message = format!("the word `{word}` of `{}` is the name of `{}`", self.id(term), self.id(*other));
        Some(Diagnostic::new(Code::NameTaken, at, message).help("a word may belong to several terms, a name only to one"))
    }

    /// Gives every activity what it is about: what the nearest broader one says, else all that narrower ones say.
    fn complete_about(&mut self) {
        let stated: Vec<Option<FieldSet>> = self.terms.iter().map(|entry| entry.about).collect();
        let stated = |term: &Term| stated.get(usize::from(term.0)).copied().flatten();
        let mut of_narrower: HashMap<Term, FieldSet> = HashMap::new();
        for entry in self.terms.iter().filter(|e| e.scheme == Scheme::Activity) {
            let Some(about) = entry.ancestors.first().and_then(stated) else { continue };
            self.subjects = self.subjects.and(about);
            for ancestor in &entry.ancestors {
                let all = of_narrower.entry(*ancestor).or_default();
                *all = all.and(about);
            }
        }
        for entry in self.terms.iter_mut().filter(|e| e.scheme == Scheme::Activity) {
            let narrower = entry.ancestors.first().and_then(|own| of_narrower.get(own)).copied();
            entry.about = entry.ancestors.iter().find_map(stated).or(narrower);
        }
    }

    /// A term and all terms that are broader, nearest first. A term that is broader than itself is reported.
    fn ancestors(&self, term: Term, parents: &HashMap<Term, Vec<(Term, Span)>>, problems: &mut Diagnostics) -> Vec<Term> {
        let mut ancestors = vec![term];
        let mut next = 0;
        while let Some(ancestor) = ancestors.get(next).copied() {
            next += 1;
            for (parent, at) in parents.get(&ancestor).into_iter().flatten() {
                if *parent == term {
                    let message = format!("the term `{}` is broader than itself", self.id(term));
                    problems.push(Diagnostic::new(Code::Circle, *at, message));
                } else if !ancestors.contains(parent) {
                    ancestors.push(*parent);
                }
            }
        }
        ancestors
    }
}

/// Reads the ordinary words for a term, by language, each with its place.
fn read_words(map: &Mapping<'_>, problems: &mut Diagnostics) -> Vec<(String, Vec<(Span, String)>)> {
    let Some(node) = map.get("words") else { return Vec::new() };
    let mut words = Vec::new();
    for entry in problems.entries_of(node, "`words`", "a mapping of languages to lists of words") {
        let mut of_language = Vec::new();
        for element in entry.value.one_or_many() {
            match element.text() {
                Some(word) => of_language.push((element.span, word.to_owned())),
                None => problems.wrong_shape(element, "an element of `words`", "a word"),
            }
        }
        words.push((entry.key.text.to_string(), of_language));
    }
    words
}

/// Reads names of fields of a transaction that hold records or terms; `None` if the key is not there.
pub(in crate::rulebook) fn read_transaction_fields(
    map: &Mapping<'_>,
    key: &'static str,
    problems: &mut Diagnostics,
) -> Option<FieldSet> {
    let table = Transaction::TABLE;
    let is_subject = |kind: FactKind| matches!(kind, FactKind::One(_) | FactKind::Many(_) | FactKind::Terms);
    map.get(key)?;
    let mut fields = FieldSet::default();
    for (node, word) in map.texts(key, problems) {
        match table.position(word).filter(|row| table.fields.get(*row).is_some_and(|field| is_subject(field.kind))) {
            Some(row) => fields = fields.and(FieldSet::only(row)),
            None => {
                let names = table.fields.iter().filter(|field| is_subject(field.kind)).map(|field| field.key);
                unknown_name(Code::UnknownWord, node, word, "list of a transaction", names, problems);
            }
        }
    }
    Some(fields)
}

/// A reference in a vocabulary file to terms that may be defined further down.
pub(in crate::rulebook) enum PendingRelation {
    /// `broader: other` of a term; or, if `member`, `group: [other]` of the broader term.
    Broader { scheme: Scheme, term: Term, other: String, member: bool, at: Span },
    /// `may_be_side_in: act` of a role, or `with_goods: act` of an act.
    Act { term: Term, act: String, at: Span },
    /// The places and adjectives of a country.
    Places(PendingPlaces),
    /// The country of a region, with the region's names and the places in it.
    Region(PendingPlaces),
    /// An ordinary word for a term, which must not be the name of another.
    Word { scheme: Scheme, term: Term, word: String, at: Span },
    /// A name that several terms share.
    Ambiguous { scheme: Scheme, names: Vec<String>, could_be: Vec<String>, at: Span },
}

/// The names of places of a country, before the country is looked up.
pub(in crate::rulebook) struct PendingPlaces {
    /// The part of the country that the places are in, if it is a term of its own.
    region: Option<Term>,
    country: Option<(String, Span)>,
    adjectives: Vec<String>,
    places: Vec<String>,
    /// Places that are looked for in texts about places only.
    towns: Vec<String>,
    not: Vec<String>,
    fillers: Vec<String>,
}

impl Vocabulary {
    /// Adds the names of places, and the names of the countries that have any. Phrases that name something else come first.
    fn add_places(&mut self, all: &[PendingPlaces], problems: &mut Diagnostics) {
        let mut names = PlaceNames::default();
        all.iter().flat_map(|places| &places.not).for_each(|phrase| names.add(phrase, &[]));
        let mut countries = Vec::new();
        for places in all {
            places.fillers.iter().for_each(|filler| names.add_filler(filler));
            let Some((id, at)) = &places.country else { continue };
            let Some(country) = self.term(Scheme::Country, id) else {
                let near = did_you_mean(id, self.ids(Scheme::Country));
                let message = format!("the country `{id}` is not in `country`");
                problems.push(Diagnostic::new(Code::UnknownReference, *at, message).maybe_help(near));
                continue;
            };
            if !places.adjectives.is_empty() {
                names.watch(country);
            }
            countries.push(country);
            let named = places.adjectives.iter().chain(&places.places).map(|phrase| (phrase, false));
            let named = named.chain(places.towns.iter().map(|phrase| (phrase, true)));
            named.for_each(|(phrase, is_town)| names.add_place(phrase, country, places.region, is_town));
        }
        // Codes of two and three letters are words of many languages.
        let is_a_name = |name: &str| !name.is_ascii() || name.len() > 3;
        let of_countries = self.by_name.iter().filter(|((scheme, name), terms)| {
            *scheme == Scheme::Country && is_a_name(name) && terms.iter().any(|term| countries.contains(term))
        });
        let mut of_countries: Vec<(&str, &[Term])> =
            of_countries.map(|((_, name), terms)| (name.as_str(), terms.as_slice())).collect();
        of_countries.sort_unstable();
        of_countries.into_iter().for_each(|(name, terms)| names.add(name, terms));
        self.place_names = names;
    }
}

impl PendingRelation {
    fn read_places(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(node, "places", &["country", "adjectives", "places", "towns", "not", "filler"], problems)?;
        let country = map.text("country", problems).map(str::to_owned);
        let mut texts = |key| map.texts(key, problems).into_iter().map(|(_, text)| text.to_owned()).collect();
        Some(PendingRelation::Places(PendingPlaces {
            region: None,
            country: country.map(|id| (id, map.get("country").map_or(node.span, |at| at.span))),
            adjectives: texts("adjectives"),
            places: texts("places"),
            towns: texts("towns"),
            not: texts("not"),
            fillers: texts("filler"),
        }))
    }

    /// Reads what a region adds to a term: the country that it is a part of, and the places in it, which are named after it too.
    fn read_region(map: &Mapping<'_>, region: Term, problems: &mut Diagnostics) -> Option<Self> {
        let country = map.require_text("country", problems)?.to_owned();
        let at = map.get("country")?.span;
        let label = map.text("label", problems).map(str::to_owned);
        let mut texts = |key| map.texts(key, problems).into_iter().map(|(_, text)| text.to_owned());
        let places = label.into_iter().chain(texts("aliases")).collect();
        let towns = texts("places").collect();
        let (adjectives, not, fillers) = Default::default();
        Some(PendingRelation::Region(PendingPlaces {
            region: Some(region),
            country: Some((country, at)),
            adjectives,
            places,
            towns,
            not,
            fillers,
        }))
    }

    fn read_ambiguous(scheme: Scheme, node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(node, "an ambiguous name", &["name", "could_be"], problems)?;
        let texts = |list: Vec<(&Node, &str)>| list.into_iter().map(|(_, t)| t.to_owned()).collect();
        Some(PendingRelation::Ambiguous {
            scheme,
            names: texts(map.texts("name", problems)),
            could_be: texts(map.texts("could_be", problems)),
            at: node.span,
        })
    }
}
