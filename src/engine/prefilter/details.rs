//! Rules that ask, beside what a [shape](super::profile) tells, for one thing in a list with a code or with words.
//!
//! `from: KP, item: {hs: 2701, description: {contains: coal}}` is such a rule, and so are most that somebody writes in an
//! afternoon. Their conditions are all of some parts: parts that the shape tells, and at most one *some element*, which asks
//! nothing of the element but codes, phrases in texts, and whether these are told. So a set of such rules is answered by sets:
//! those of which the shape tells that their other parts hold, and those of which an element does what they ask. Both sets
//! are kept, the one for the shape at a moment, the other for the *details* of an element; to ask all the rules is then to
//! see what is in both.
//!
//! The details of an element are
//!
//! - of each code, how many digits it has, and where its span begins and ends among the ends of all ranges that are asked
//!   about: below the first of them, on it, between it and the next, and so on. Whether a range holds a code is told by the
//!   digits of the code and by how the ends of its span stand to those of the range ([`HsRange::contains`]), so codes that
//!   are alike in this have the same answers;
//! - of each text, which of all phrases that are asked about stand in it: a text contains what is asked if one of them does;
//! - whether they are told, and how many there are.
//!
//! Every set comes as [`Bounds`]: what surely holds and what may hold. Where the two differ in the end, something is not
//! known, and the transaction goes the long way.
//!
//! An element has no details if a code in it is told *not* to be something, or if they are very long; a transaction with such
//! an element goes the long way too.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Codes, FactKind, HsCode, HsRange, Record, Value, Words};
use crate::rulebook::Matcher;

use super::Entry;
use super::assumptions::Assumptions;
use super::bits::BitSet;
use super::bounds::Bounds;
use super::condition_graph::{Ask, ConditionGraph, NodeId};
use super::necessary::kind_at;
use super::phrases::Phrases;
use super::profile::{Looks, is_told_by_shape};
use super::profile_key::{NO_CLASS, ProfileKey, TOLD};
use super::texts::Texts;

/// The entries that shapes and details tell, and what they ask for.
#[derive(Debug, Default)]
pub(super) struct Details {
    /// For each entry that does not ask more, the parts that the shape tells.
    of_shape: Vec<Vec<NodeId>>,
    /// The entries that ask more.
    asking_more: BitSet,
    /// The entries that ask for no element: whatever the elements are, these have what they ask for.
    asking_none: Bounds,
    lists: Vec<List>,
}

/// A list of which some rules ask for an element.
#[derive(Debug)]
pub(super) struct List {
    pub(super) row: usize,
    details: Vec<Detail>,
    /// What is asked of an element, and by which entries.
    pub(super) askers: Vec<(NodeId, BitSet)>,
    pub(super) all_askers: BitSet,
}

/// A code or text of an element that is looked at.
#[derive(Debug)]
struct Detail {
    row: usize,
    /// The first and the last number of each range that is asked about, in order.
    ends: Vec<u64>,
    /// The phrases that are asked about. Each stands for its own number.
    phrases: Phrases,
}

impl Details {
    /// Reads them off the conditions. What they ask of coded facts is added to what shapes look at.
    pub(super) fn new(entries: &[Entry<'_>], program: &ConditionGraph<'_>, looks: &mut Looks) -> Self {
        let (mut of_shape, mut lists) = (Vec::new(), BTreeMap::new());
        let (mut asking_more, mut asking_no_element) = (BitSet::none(entries.len()), BitSet::none(entries.len()));
        for (index, entry) in entries.iter().enumerate() {
            let split = Split::of(entry, program);
            split.iter().flat_map(|split| &split.of_shape).for_each(|part| _ = looks.at_condition(*part, program));
            match &split {
                None => asking_more.insert(index),
                Some(Split { element: None, .. }) => asking_no_element.insert(index),
                Some(Split { element: Some((row, of)), .. }) => {
                    let list: &mut Asked<'_> = lists.entry(*row).or_default();
                    list.add(*of, program);
                    list.askers.entry(*of).or_insert_with(|| BitSet::none(entries.len())).insert(index);
                }
            }
            of_shape.push(split.map(|split| split.of_shape).unwrap_or_default());
        }
        let lists = lists.into_iter().map(|(row, asked)| asked.list(row, entries.len())).collect();
        let mut asking_none = Bounds::none(entries.len());
        asking_none.answer(&asking_no_element, Assumptions::TRUE);
        Self { of_shape, asking_more, asking_none, lists }
    }

    /// True if shapes and details tell what comes of some entries.
    pub(super) fn tell(&self, entries: &BitSet) -> bool {
        !self.asking_more.meets(entries)
    }

    /// The parts of an entry's condition that the shape tells.
    pub(super) fn of_shape(&self, entry: usize) -> &[NodeId] {
        self.of_shape.get(entry).map(Vec::as_slice).unwrap_or_default()
    }

    /// The lists of which some of the entries ask for an element.
    pub(super) fn lists<'d>(&'d self, entries: &'d Bounds) -> impl Iterator<Item = (usize, &'d List)> {
        self.lists.iter().enumerate().filter(|(_, list)| entries.may_hold(&list.all_askers))
    }

    /// The entries that ask for no element.
    pub(super) fn asking_none(&self) -> &Bounds {
        &self.asking_none
    }
}

/// A condition as its parts.
struct Split {
    of_shape: Vec<NodeId>,
    /// A list, and what is asked of an element of it.
    element: Option<(usize, NodeId)>,
}

impl Split {
    /// None if something else is asked.
    fn of(entry: &Entry<'_>, program: &ConditionGraph<'_>) -> Option<Self> {
        let mut split = Split { of_shape: Vec::new(), element: None };
        // What turns on totals is asked twice.
        (!entry.asks_quota && split.take(entry.when, entry, program)).then_some(split)
    }

    fn take(&mut self, id: NodeId, entry: &Entry<'_>, program: &ConditionGraph<'_>) -> bool {
        let Some(node) = program.node(id) else { return false };
        // Two parts about the item that is bound are about the same item. Listed persons have rules of their own.
        let is_of_one_item = entry.binds_item && node.of_bound_item;
        if !is_of_one_item && !asks_for_listings(id, program) && is_told_by_shape(id, program) {
            self.of_shape.push(id);
            return true;
        }
        match &node.ask {
            Ask::All(parts) => parts.iter().all(|part| self.take(*part, entry, program)),
            Ask::Some { row, of, .. } if self.element.is_none() && is_of_details(*row, *of, program) => {
                self.element = Some((*row, *of));
                true
            }
            _ => false,
        }
    }
}

/// True if a condition asks whether somebody is on lists of persons.
fn asks_for_listings(id: NodeId, program: &ConditionGraph<'_>) -> bool {
    program.node(id).is_some_and(|node| match &node.ask {
        Ask::Designated { .. } => true,
        ask => ask.below().iter().any(|of| asks_for_listings(*of, program)),
    })
}

/// True if a condition on an element of the list in a row of the transaction asks nothing but details.
fn is_of_details(list: usize, id: NodeId, program: &ConditionGraph<'_>) -> bool {
    program.node(id).is_some_and(|node| match &node.ask {
        Ask::Fact { row, matcher } => matches!(
            (matcher, kind_at(&[list, *row])),
            (Matcher::Hs(_) | Matcher::Given(_), Some(FactKind::Hs))
        ) || matches!((matcher, kind_at(&[list, *row])), (Matcher::TextContains(_) | Matcher::Given(_), Some(kind)) if kind.is_text()),
        Ask::All(_) | Ask::Any(_) | Ask::Not(_) | Ask::Shown(_) | Ask::NotShown(_) => {
            node.ask.below().iter().all(|of| is_of_details(list, *of, program))
        }
        _ => false,
    })
}

/// What conditions ask of the elements of a list.
#[derive(Default)]
struct Asked<'a> {
    details: BTreeMap<usize, AskedOf<'a>>,
    askers: BTreeMap<NodeId, BitSet>,
}

/// What they ask of one fact.
#[derive(Default)]
struct AskedOf<'a> {
    ends: BTreeSet<u64>,
    phrases: BTreeSet<&'a Words>,
}

impl<'a> Asked<'a> {
    fn add(&mut self, id: NodeId, program: &ConditionGraph<'a>) {
        match program.node(id).map(|node| &node.ask) {
            Some(Ask::Fact { row, matcher }) => {
                let asked = self.details.entry(*row).or_default();
                match matcher {
                    Matcher::Hs(ranges) => asked.ends.extend(ranges.iter().map(HsRange::span).flat_map(<[u64; 2]>::from)),
                    Matcher::TextContains(sought) => asked.phrases.extend(sought),
                    _ => {}
                }
            }
            Some(ask) => ask.below().iter().for_each(|of| self.add(*of, program)),
            None => {}
        }
    }

    fn list(self, row: usize, entries: usize) -> List {
        let detail = |(row, asked): (usize, AskedOf<'_>)| {
            let phrases = asked.phrases.iter().map(|words| words.as_str()).zip(0..);
            Detail { row, ends: asked.ends.into_iter().collect(), phrases: Phrases::new(phrases) }
        };
        let mut all_askers = BitSet::none(entries);
        self.askers.values().for_each(|askers| all_askers.add(askers));
        let details = self.details.into_iter().map(detail).collect();
        List { row, details, askers: self.askers.into_iter().collect(), all_askers }
    }
}

impl List {
    /// Writes the details of an element.
    pub(super) fn write(&self, element: &dyn Record, texts: &mut Texts, written: &mut ProfileKey) {
        for detail in &self.details {
            match element.value(detail.row) {
                Value::Hs(codes) => detail.codes(codes, written),
                Value::Text(Some(text)) => detail.text(text, texts, written),
                Value::Texts(Some(all)) => {
                    written.several(detail.row, all.len());
                    all.iter().for_each(|text| detail.text(text, texts, written));
                }
                // Not told. No other kind of fact is looked at.
                _ => {}
            }
        }
    }
}

impl Detail {
    fn codes(&self, codes: &Codes, written: &mut ProfileKey) {
        match codes.is() {
            Some([only]) => {
                written.fact(self.row, TOLD);
                self.code(only, written);
            }
            Some(told) => {
                written.several(self.row, told.len());
                told.iter().for_each(|code| self.code(code, written));
            }
            None if codes.is_unknown() => {}
            None => written.fact(self.row, NO_CLASS),
        }
    }

    fn code(&self, code: &HsCode, written: &mut ProfileKey) {
        let (first, last) = code.span();
        [code.length(), self.place(first), self.place(last)].into_iter().for_each(|number| written.number(number));
    }

    /// Where a number stands among the ends: on one of them, or between two.
    fn place(&self, number: u64) -> usize {
        let below = self.ends.partition_point(|end| *end < number);
        below * 2 + usize::from(self.ends.get(below) == Some(&number))
    }

    fn text(&self, text: &str, texts: &mut Texts, written: &mut ProfileKey) {
        match texts.find(&self.phrases, text) {
            Some(found) => {
                written.several(self.row, found.len());
                found.iter().for_each(|phrase| written.number(*phrase));
            }
            None => written.fact(self.row, NO_CLASS),
        }
    }
}
