//! Name screening: whether a reported name means a listed person, entity or vessel, and why.
//!
//! [`PreparedName`] takes a name apart, [`compare`] compares two and says which part met which by what rule, [`Screener`] finds
//! the entries of lists that a name may mean. A name is never "clear" by an error: what cannot be compared is no match, and the
//! caller knows what was screened.

mod abbreviation;
mod another_name;
mod chinese;
mod comparison;
mod distance;
mod evidence;
mod identifiers;
mod index;
mod korean;
mod lexicon;
mod name;
mod name_order;
mod relation;
mod score;
mod screener;
mod skeleton;
mod sounds;
mod text;
mod transliterate;

pub use comparison::{Comparison, Equivalence, Limit, PartMatch};
pub use evidence::{Evidence, Fact, Stand};
pub use identifiers::{is_bare, is_bic, is_imo, normalised};
pub use name::{PreparedName, Role};
pub use score::{compare, score};
pub use screener::{Hit, MATCH, Memory, Outcome, Query, REVIEW, Screener, Strength};
