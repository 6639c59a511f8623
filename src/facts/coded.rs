//! Facts whose values are codes: terms of the vocabulary (activities, roles, countries) and HS codes.

use compact_str::CompactString;
use smallvec::SmallVec;

use super::HsCode;

/// A term of the rulebook's vocabulary, such as an activity, a role, a country or a unit.
///
/// It is the term's number in one loaded vocabulary and means nothing in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(pub(crate) u16);

/// The terms that an ambiguous name can mean, two or more.
pub type TermAlternatives = SmallVec<[Term; 8]>;

/// A value of a coded field: the result of looking up its word in the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CodedTerm {
    /// The term that the word names.
    Term(Term),
    /// The terms that share an ambiguous name, such as `Korea`: one of them is meant, but it is not known which.
    OneOf(Box<TermAlternatives>),
    /// Terms that a text suggests: one of them may be meant, or another term altogether. Nothing reports these; they are derived.
    Possibly(Box<TermAlternatives>),
    /// A word that the vocabulary does not have, in an [open scheme](super::Scheme::is_open): what it means is unknown.
    Unlisted(Box<CompactString>),
}

impl CodedTerm {
    /// Of an ambiguous name beside terms that are sure, what it can mean besides: with `[TG, "TG or KP"]` perhaps `KP` too.
    pub(crate) fn perhaps_besides(&self, all: &[CodedTerm]) -> Option<SmallVec<[Term; 8]>> {
        let CodedTerm::OneOf(terms) = self else { return None };
        let is_sure = |term: &Term| all.contains(&CodedTerm::Term(*term));
        let rest: SmallVec<[Term; 8]> = terms.iter().filter(|term| !is_sure(term)).copied().collect();
        (rest.len() < terms.len()).then_some(rest)
    }
}

/// The terms of a field.
pub type Terms = Coded<CodedTerm>;

/// The HS codes of a field.
pub type Codes = Coded<HsCode>;

/// What is known of a coded field: what it is, and what it is known not to be (`{not: KP}`).
///
/// ```
/// use interdict::facts::{Codes, HsCode};
///
/// let coal: HsCode = "2701".parse()?;
/// let code = Codes::one(coal);
/// assert_eq!(code.is(), Some(&[coal][..]));
///
/// let unknown = Codes::UNKNOWN;
/// assert_eq!(unknown.is(), None);
///
/// let none = Codes::none();
/// assert_eq!(none.is(), Some(&[][..]));
///
/// let anything_else = Codes::new(None, vec![coal]);
/// assert_eq!((anything_else.is(), anything_else.not()), (None, &[coal][..]));
/// # Ok::<(), interdict::facts::HsError>(())
/// ```
///
/// A record has many such fields. Most are unknown, and nearly all others have one value or none: these take two machine words
/// in the record itself, and only what is left is on the heap.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Coded<T>(Knowledge<T>);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Knowledge<T> {
    /// Nothing is known.
    Unknown,
    /// There is known to be no value.
    None,
    /// There is one value.
    One(T),
    /// Anything else: several values, or some that are excluded.
    Lists(Box<Lists<T>>),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Lists<T> {
    is: Option<Vec<T>>,
    not: Vec<T>,
}

impl<T> Default for Coded<T> {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl<T> Coded<T> {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self(Knowledge::Unknown);

    /// Known to be one value.
    pub fn one(value: T) -> Self {
        Self(Knowledge::One(value))
    }

    /// Known to be none.
    pub fn none() -> Self {
        Self(Knowledge::None)
    }

    /// The values that it has (`None` if they are unknown), and those that it is known not to have.
    pub fn new(mut is: Option<Vec<T>>, not: Vec<T>) -> Self {
        match &mut is {
            None if not.is_empty() => Self::UNKNOWN,
            Some(values) if values.len() < 2 && not.is_empty() => values.pop().map_or(Self::none(), Self::one),
            _ => Self(Knowledge::Lists(Box::new(Lists { is, not }))),
        }
    }

    /// The values that it has: a complete list, empty if it is known to have none. `None` if they are unknown.
    pub fn is(&self) -> Option<&[T]> {
        match &self.0 {
            Knowledge::Unknown => None,
            Knowledge::None => Some(&[]),
            Knowledge::One(only) => Some(std::slice::from_ref(only)),
            Knowledge::Lists(lists) => lists.is.as_deref(),
        }
    }

    /// The values that it is known not to have.
    pub fn not(&self) -> &[T] {
        match &self.0 {
            Knowledge::Unknown | Knowledge::None | Knowledge::One(_) => &[],
            Knowledge::Lists(lists) => &lists.not,
        }
    }

    /// True if nothing is known: neither what it is nor what it is not.
    pub fn is_unknown(&self) -> bool {
        matches!(self.0, Knowledge::Unknown)
    }
}
