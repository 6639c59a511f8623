//! What the law says, and whether the text of it is sound.
//!
//! A folder of YAML files becomes a checked [`Rulebook`]: names resolved, every mistake of every file reported in one
//! run. Nothing here looks at an incident.

mod built_in;
mod condition;
mod condition_syntax;
mod cross_references;
mod definition;
mod digest;
mod evidence;
mod exception;
mod fact_table;
mod files;
mod goods;
mod invalid;
mod known_terms;
mod load;
mod matcher_syntax;
mod names;
mod quota;
mod regime;
mod register;
mod rule;
mod test_case;
mod vocabulary;
mod word_map;

pub use condition::{Condition, ConditionKind, DateBounds, DateOperand, DateRelation, Matcher, NumberBound};
pub use definition::{Definition, DefinitionId};
pub use evidence::EvidencePolicy;
pub use exception::{Burden, Decider, Exception};
pub use fact_table::manual;
pub use files::RuleFiles;
pub use goods::{GoodsCatalogue, GoodsList, GoodsListId, Phrase, PhraseIndex};
pub use invalid::InvalidRulebook;
pub use known_terms::KnownTerms;
pub use load::Rulebook;
pub use names::SymbolTable;
pub use quota::{ClosingNotice, Counting, Factor, LimitPolicy, Quota, QuotaId, QuotaPeriods};
pub use regime::{DesignationList, DesignationListId, Regime, RegimeId};
pub use register::{Citation, EncodingStatus, Paragraph, Register, Resolution};
pub use rule::{Confidence, Deadline, Duty, Force, InForce, NeedsDetermination, Rule, RuleId, RuleKind, Severity};
pub use test_case::{EquivalentMutant, TestCase, TestInput};
pub use vocabulary::{Dimension, TermLookup, Vocabulary};
pub(crate) use word_map::WordHasher;
