//! An act that a sentence reports, before acts that are told several times are put together.

use std::ops::Range;

use crate::facts::{Period, Term};
use crate::rulebook::Frame;

use super::status::Status;

/// A fact with the tokens that say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told<T> {
    pub(super) value: T,
    pub(super) tokens: Range<usize>,
}

/// One side of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) country: Term,
    pub(super) tokens: Range<usize>,
    /// How directly the words say it.
    pub(super) how: How,
}

/// How directly a side is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// From where the article is written, or the other State that it is about.
    Supposed,
    /// From what was said before: a pronoun, `the dealer`, where the goods are from.
    Inferred,
    /// Named beside the verb.
    Named,
}

/// Something that moves, or what an act is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Theme {
    /// The words that name it.
    pub(super) tokens: Range<usize>,
    /// The number and unit before it.
    pub(super) amount: Option<Range<usize>>,
    pub(super) kind: ThemeKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ThemeKind {
    /// Goods by their own name.
    Goods,
    /// `cargo`, `equipment`.
    Generic,
    /// People.
    People,
    /// Money.
    Money,
    /// Anything else that an activity is about: help, rights, property.
    Other,
    /// A common noun that no list of goods knows: goods where the verb is one of trade.
    Thing,
    /// A noun that nothing is known of.
    Unknown,
}

/// An act.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) article: usize,
    pub(super) sentence: usize,
    pub(super) activity: Term,
    pub(super) frame: Frame,
    pub(super) act: Range<usize>,
    pub(super) from: Option<Side>,
    pub(super) to: Option<Side>,
    pub(super) themes: Vec<Theme>,
    pub(super) date: Option<Told<Period>>,
    /// True if the date is that of what is told around the act.
    pub(super) is_date_supposed: bool,
    pub(super) status: Status,
    /// Ships that its sentence names.
    pub(super) ships: Vec<NamedShip>,
    /// The States that goods pass through.
    pub(super) via: Vec<Side>,
    /// The words of a seizure that stopped it, with the State of the authority.
    pub(super) seizure: Option<(Range<usize>, Option<Side>)>,
    /// Names of parties and ships, each with its side.
    pub(super) names: Vec<NamedParty>,
    /// True if a clause tells it that only says more of something: `ships that carried coal`.
    pub(super) is_aside: bool,
    /// True if only a ship or train is said to move, so that its load has to be said elsewhere.
    pub(super) is_carriage: bool,
    /// True if it is told by a noun: `arms sales`.
    pub(super) is_nominal: bool,
    /// True if somebody is named as the one who acts, of whatever State.
    pub(super) has_actor: bool,
    /// True if it names a place that it is from, of which no State is known.
    pub(super) is_from_elsewhere: bool,
    /// True if its sentence tells it as an answer to another act: *in return*.
    pub(super) is_in_return: bool,
    /// True if the headline tells it.
    pub(super) is_title: bool,
    /// The day on which its sentence says that a court or authority told of it.
    pub(super) news: Option<Period>,
    /// True for wages of which an embassy takes a part.
    pub(super) is_wage: bool,
    /// True if who acts is a speaker of whom no State is said.
    pub(super) is_of_unnamed: bool,
    pub(super) source: Option<Range<usize>>,
    /// The story that its sentence belongs to; 0 is the one that the article begins with.
    pub(super) story: usize,
    /// Where a carrier was stopped with it.
    pub(super) stop: Option<Side>,
    /// Ports that are named for it.
    pub(super) ports: Vec<NamedPort>,
    /// What papers call it, or whose.
    pub(super) declared: Option<Declared>,
}

impl Event {
    /// An act that a sentence of an article tells with some words, of which no more is known yet.
    pub(super) fn new(article: usize, sentence: usize, activity: Term, frame: Frame, act: Range<usize>, status: Status) -> Self {
        Self {
            article,
            sentence,
            activity,
            frame,
            act,
            from: None,
            to: None,
            themes: Vec::new(),
            date: None,
            is_date_supposed: false,
            status,
            ships: Vec::new(),
            via: Vec::new(),
            seizure: None,
            names: Vec::new(),
            is_aside: false,
            is_carriage: false,
            is_nominal: false,
            has_actor: false,
            is_from_elsewhere: false,
            is_in_return: false,
            is_title: false,
            news: None,
            is_wage: false,
            is_of_unnamed: false,
            source: None,
            story: 0,
            stop: None,
            ports: Vec::new(),
            declared: None,
        }
    }
}

/// A ship that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedShip {
    pub(super) name: Range<usize>,
    pub(super) flag: Option<Side>,
    pub(super) imo: Option<Range<usize>>,
}

/// A party that a side names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedParty {
    pub(super) tokens: Range<usize>,
    pub(super) side: PartyPlace,
    pub(super) country: Option<Term>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartyPlace {
    Giver,
    Taker,
    Ship,
    /// By the term of a role: `the importer, a firm in Busan`.
    Role(&'static str),
}

/// A port where goods were loaded, unloaded or found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedPort {
    pub(super) name: Range<usize>,
    pub(super) country: Term,
    /// The term of what the call was for.
    pub(super) call: Option<&'static str>,
}

/// What papers say of goods that is not so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declared {
    /// From where they are said to be: `declared it as Russian`.
    pub(super) country: Option<Side>,
    /// What they are said to be: `declared as iron ore`.
    pub(super) goods: Option<Range<usize>>,
}
