//! The words that facts and rules share: terms with broader terms, names of countries, units.

use std::collections::HashMap;

use iso_currency::Currency;
use rust_decimal::Decimal;

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node, Span, closest, did_you_mean};
use crate::facts::{CodedTerm, Range, Scheme, Term, Unit, fold};

use super::known_terms::KnownTerms;
use super::word_map::WordMap;

/// All terms, each in its space.
#[derive(Debug, Default)]
pub struct Vocabulary {
    terms: Vec<Entry>,
    by_name: HashMap<(Scheme, String), Vec<Term>>,
    /// Ids as written, of each space: most words of a stream are ids.
    by_id: Vec<WordMap<Term>>,
    currencies: WordMap<Currency>,
    known: KnownTerms,
}

#[derive(Debug)]
struct Entry {
    space: Scheme,
    id: String,
    label: String,
    /// The term itself and all that are broader, nearest first.
    ancestors: Vec<Term>,
    act_of_authority: bool,
    counts_once: bool,
    dimension: Option<Dimension>,
}

/// What a unit measures, and how much of the dimension's base unit it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// `mass`, `volume` ...; a unit that converts to no other is a dimension of its own.
    pub name: String,
    /// How many base units one of it is, exactly.
    pub factor: Decimal,
}

/// What a word turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermLookup {
    /// A term, or a name that several terms bear.
    Found(CodedTerm),
    /// Nothing; perhaps this was meant.
    Missing(Option<String>),
}

impl Vocabulary {
    /// Looks a word up in some spaces: an id, or any name, folded.
    pub fn lookup(&self, spaces: &[Scheme], word: &str) -> TermLookup {
        let folded = fold(word);
        for space in spaces {
            match self.by_name.get(&(*space, folded.clone())).map(Vec::as_slice) {
                Some([term]) => return TermLookup::Found(CodedTerm::Term(*term)),
                Some(several) => return TermLookup::Found(CodedTerm::OneOf(Box::new(several.into()))),
                None => {}
            }
        }
        let names = self.by_name.iter().filter(|((space, name), _)| spaces.contains(space) && name.len() > 2);
        let mut names: Vec<&str> = names.map(|((_, name), _)| name.as_str()).collect();
        names.sort_unstable();
        let near = closest(&folded, names).and_then(|name| spaces.iter().find_map(|s| self.by_name.get(&(*s, name.to_owned()))));
        TermLookup::Missing(near.and_then(|terms| terms.first()).map(|term| self.id(*term).to_owned()))
    }

    /// The term whose id is a word exactly, in the first of the spaces, if [`Vocabulary::lookup`] finds the same.
    pub fn by_exact_id(&self, spaces: &[Scheme], id: &str) -> Option<Term> {
        self.by_id.get(*spaces.first()? as usize)?.get(id).copied()
    }

    /// The term of that id in a space.
    pub fn term(&self, space: Scheme, id: &str) -> Option<Term> {
        let terms = self.by_name.get(&(space, fold(id)))?;
        terms.iter().copied().find(|t| self.id(*t) == id)
    }

    /// The id of a term.
    pub fn id(&self, term: Term) -> &str {
        self.entry(term).map_or("?", |e| e.id.as_str())
    }

    /// What a term means, in words; its id if it has no label.
    pub fn label(&self, term: Term) -> &str {
        self.entry(term).map_or("?", |e| if e.label.is_empty() { &e.id } else { &e.label })
    }

    /// True if `term` is `broader` or narrower than it.
    pub fn is_a(&self, term: Term, broader: Term) -> bool {
        self.entry(term).is_some_and(|e| e.ancestors.contains(&broader))
    }

    /// True if an activity is an authority's own act, and so no conduct that a rule forbids.
    pub fn is_act_of_authority(&self, term: Term) -> bool {
        self.entry(term).is_some_and(|e| e.ancestors.iter().any(|a| self.entry(*a).is_some_and(|e| e.act_of_authority)))
    }

    /// True if what stands in this relation to another transaction counts once with it towards a quota.
    pub fn counts_once(&self, term: Term) -> bool {
        self.entry(term).is_some_and(|e| e.counts_once)
    }

    /// What a unit measures.
    pub fn dimension(&self, unit: Term) -> Option<&Dimension> {
        self.entry(unit)?.dimension.as_ref()
    }

    /// The terms that mean something to the evaluation of any rule.
    pub fn known_terms(&self) -> &KnownTerms {
        &self.known
    }

    /// All terms.
    pub fn terms(&self) -> impl Iterator<Item = Term> {
        (0..self.terms.len()).filter_map(|i| u16::try_from(i).ok()).map(Term)
    }

    /// True if a term is of a space.
    pub fn is_in(&self, term: Term, space: Scheme) -> bool {
        self.entry(term).is_some_and(|e| e.space == space)
    }

    /// The ids of a space, in the order written.
    pub fn ids(&self, space: Scheme) -> impl Iterator<Item = &str> {
        self.terms.iter().filter(move |e| e.space == space).map(|e| e.id.as_str())
    }

    /// Reads an amount: number words, then a unit or an ISO 4217 currency on either side. The error is a message and a help.
    pub fn read_amount(&self, text: &str) -> Result<(Range, Option<Unit>), (String, Option<String>)> {
        if let Some((range, unit)) = self.read_plain_amount(text) {
            return Ok((range, Some(unit)));
        }
        let (currency_first, rest) = match text.trim().split_once(' ') {
            Some((code, rest)) if Currency::from_code(code).is_some() => (Currency::from_code(code), rest),
            _ => (None, text),
        };
        let (range, unit) = Range::parse(rest).map_err(|error| {
            let help = "write a number and a unit: `600 t`, `about 30000 rounds`, `12000 USD`".to_owned();
            (format!("`{text}` is no amount: {error}"), Some(help))
        })?;
        match (currency_first, unit) {
            (Some(currency), "") => return Ok((range, Some(Unit::Money(currency)))),
            (Some(_), unit) => return Err((format!("`{text}` has a currency and the unit `{unit}`"), None)),
            (None, _) => {}
        }
        if unit.is_empty() {
            return Ok((range, None));
        }
        if let Some(currency) = Currency::from_code(unit) {
            return Ok((range, Some(Unit::Money(currency))));
        }
        match self.lookup(&[Scheme::Unit], unit) {
            TermLookup::Found(CodedTerm::Term(term)) => Ok((range, Some(Unit::Quantity(term)))),
            TermLookup::Found(_) => Err((format!("the unit `{unit}` is ambiguous"), None)),
            TermLookup::Missing(near) => {
                let known = || {
                    format!("known units: {}; money is an ISO 4217 code", self.ids(Scheme::Unit).collect::<Vec<_>>().join(", "))
                };
                Err((format!("unknown unit `{unit}`"), Some(near.map_or_else(known, |n| format!("did you mean `{n}`?")))))
            }
        }
    }

    /// Most amounts are a whole number, a blank and the id of a unit or a currency.
    fn read_plain_amount(&self, text: &str) -> Option<(Range, Unit)> {
        const SURELY_EXACT: usize = 15;
        let (number, unit) = text.split_once(' ')?;
        if number.len() > SURELY_EXACT || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        // A code of three capitals is a currency wherever there is one of that code.
        let unit = match self.by_exact_id(&[Scheme::Unit], unit) {
            Some(term) if unit.bytes().any(|b| b.is_ascii_lowercase()) => Unit::Quantity(term),
            _ => Unit::Money(*self.currencies.get(unit)?),
        };
        Some((Range::exactly(number.parse::<u64>().ok()?.into()), unit))
    }

    /// The name of a unit as it is written.
    pub fn unit_name(&self, unit: Unit) -> &str {
        match unit {
            Unit::Quantity(term) => self.id(term),
            Unit::Money(currency) => currency.code(),
        }
    }

    fn entry(&self, term: Term) -> Option<&Entry> {
        self.terms.get(usize::from(term.0))
    }

    /// Reads one `vocabulary:` mapping of spaces to entries. Broader terms are linked by [`Vocabulary::link`].
    pub(super) fn read(&mut self, node: &Node, links: &mut Vec<PendingRelation>, problems: &mut Diagnostics) {
        let Some(spaces) = node.entries() else {
            problems.wrong_shape(node, "`vocabulary`", "a mapping of spaces to lists of terms");
            return;
        };
        for entry in spaces {
            let key = entry.key.text.as_str();
            let (key, ambiguous) = key.strip_suffix("-ambiguous").map_or((key, false), |key| (key, true));
            let Some(space) = Scheme::ALL.into_iter().find(|s| s.key() == key) else {
                problems.unknown_key(Code::UnknownKey, &entry.key, "the vocabulary", Scheme::ALL.map(Scheme::key));
                continue;
            };
            let Some(elements) = entry.value.elements() else {
                problems.wrong_shape(&entry.value, &format!("`{}`", entry.key.text), "a list");
                continue;
            };
            for element in elements {
                if ambiguous {
                    links.extend(PendingRelation::ambiguous(space, element, problems));
                } else {
                    self.read_term(space, element, links, problems);
                }
            }
        }
    }

    fn read_term(&mut self, space: Scheme, node: &Node, links: &mut Vec<PendingRelation>, problems: &mut Diagnostics) {
        const KEYS: &[&str] =
            &["id", "label", "broader", "group", "aliases", "alpha3", "act_of", "counts_once", "dimension", "factor"];
        let Some(map) = Mapping::read(node, "a term", KEYS, problems) else { return };
        let Some(id) = map.require_text("id", problems) else { return };
        let Ok(number) = u16::try_from(self.terms.len()) else {
            problems.push(Diagnostic::new(Code::TooManyTerms, node.span, "the vocabulary has too many terms"));
            return;
        };
        let term = Term(number);
        if self.term(space, id).is_some() {
            problems.push(Diagnostic::new(
                Code::DuplicateId,
                node.span,
                format!("the term `{id}` stands twice in `{}`", space.key()),
            ));
            return;
        }
        let factor = map.text("factor", problems).map(Decimal::from_str_exact);
        if matches!(factor, Some(Err(_))) {
            problems.push(Diagnostic::new(Code::TermFactor, node.span, format!("the factor of `{id}` is not an exact number")));
        }
        let dimension = (space == Scheme::Unit).then(|| Dimension {
            name: map.text("dimension", problems).unwrap_or(id).to_owned(),
            factor: factor.and_then(Result::ok).unwrap_or(Decimal::ONE),
        });
        let act_of_authority = map.one_of("act_of", &["authority"], problems).is_some();
        let counts_once = map.yes_no("counts_once", problems).unwrap_or(false);
        let label = map.text("label", problems).unwrap_or_default().to_owned();
        let names = map.texts("aliases", problems).into_iter().chain(map.texts("alpha3", problems));
        // Elsewhere a label is a meaning, not a name.
        let named_by_label = matches!(space, Scheme::Country | Scheme::Unit).then_some((node, label.as_str()));
        for (node, name) in names.chain([(node, id)]).chain(named_by_label) {
            self.name(space, id, name, term, node, problems);
        }
        for (key, member) in [("broader", false), ("group", true)] {
            for (node, other) in map.texts(key, problems) {
                links.push(PendingRelation::Broader { space, term, other: other.to_owned(), member, at: node.span });
            }
        }
        self.terms.push(Entry {
            space,
            id: id.to_owned(),
            label,
            ancestors: vec![term],
            act_of_authority,
            counts_once,
            dimension,
        });
    }

    fn name(&mut self, space: Scheme, id: &str, name: &str, term: Term, node: &Node, problems: &mut Diagnostics) {
        let folded = fold(name);
        if folded.is_empty() {
            return;
        }
        let terms = self.by_name.entry((space, folded)).or_default();
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

    fn index_ids(&mut self) {
        self.currencies = (0..1000).filter_map(Currency::from_numeric).map(|c| (c.code().to_owned(), c)).collect();
        self.by_id = Scheme::ALL.iter().map(|_| HashMap::default()).collect();
        for (index, entry) in self.terms.iter().enumerate() {
            let (Ok(number), Some([only])) =
                (u16::try_from(index), self.by_name.get(&(entry.space, fold(&entry.id))).map(Vec::as_slice))
            else {
                continue;
            };
            if *only == Term(number)
                && let Some(ids) = self.by_id.get_mut(entry.space as usize)
            {
                ids.insert(entry.id.clone(), *only);
            }
        }
    }

    /// Links broader terms and ambiguous names, once all terms are known.
    pub(super) fn link(&mut self, links: Vec<PendingRelation>, problems: &mut Diagnostics) {
        let mut parents: HashMap<Term, Vec<(Term, Span)>> = HashMap::new();
        for link in links {
            match link {
                PendingRelation::Broader { space, term, other, member, at } => match self.term(space, &other) {
                    Some(group) if !member => parents.entry(term).or_default().push((group, at)),
                    Some(narrower) => parents.entry(narrower).or_default().push((term, at)),
                    None => {
                        let what = if member { "member" } else { "broader term" };
                        let near = did_you_mean(&other, self.ids(space));
                        let message = format!("the {what} `{other}` is not in `{}`", space.key());
                        problems.push(Diagnostic::new(Code::UnknownReference, at, message).maybe_help(near));
                    }
                },
                PendingRelation::Ambiguous { space, names, could_be, at } => {
                    let terms: Vec<Term> = could_be.iter().filter_map(|id| self.term(space, id)).collect();
                    if terms.len() < 2 || terms.len() != could_be.len() {
                        problems.push(Diagnostic::new(
                            Code::AmbiguousNameOfOne,
                            at,
                            "an ambiguous name needs two or more known terms under `could_be`",
                        ));
                        continue;
                    }
                    for name in names {
                        let alone = self.by_name.insert((space, fold(&name)), terms.clone());
                        if let Some([one]) = alone.as_deref() {
                            let message = format!("the name `{name}` is already that of `{}` alone", self.id(*one));
                            problems.push(Diagnostic::new(Code::NameTaken, at, message));
                        }
                    }
                }
            }
        }
        self.index_ids();
        self.known = KnownTerms::resolve(self);
        for index in 0..self.terms.len() {
            let Ok(number) = u16::try_from(index) else { break };
            let mut ancestors = vec![Term(number)];
            let mut next = 0;
            while let Some(term) = ancestors.get(next).copied() {
                next += 1;
                for (parent, at) in parents.get(&term).into_iter().flatten() {
                    if parent.0 == number {
                        let message = format!("the term `{}` is broader than itself", self.id(*parent));
                        problems.push(Diagnostic::new(Code::Circle, *at, message));
                    } else if !ancestors.contains(parent) {
                        ancestors.push(*parent);
                    }
                }
            }
            if let Some(entry) = self.terms.get_mut(index) {
                entry.ancestors = ancestors;
            }
        }
    }
}

/// What can be linked only when all terms are known.
pub(super) enum PendingRelation {
    /// `broader: other`; or, of a group, `group: [other]`.
    Broader {
        space: Scheme,
        term: Term,
        other: String,
        member: bool,
        at: Span,
    },
    Ambiguous {
        space: Scheme,
        names: Vec<String>,
        could_be: Vec<String>,
        at: Span,
    },
}

impl PendingRelation {
    fn ambiguous(space: Scheme, node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(node, "an ambiguous name", &["name", "could_be"], problems)?;
        let texts = |list: Vec<(&Node, &str)>| list.into_iter().map(|(_, t)| t.to_owned()).collect();
        Some(PendingRelation::Ambiguous {
            space,
            names: texts(map.texts("name", problems)),
            could_be: texts(map.texts("could_be", problems)),
            at: node.span,
        })
    }
}
