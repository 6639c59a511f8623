//! The law as the engine evaluates it: rules with their conditions and exceptions, quotas, lists of goods, regimes, and
//! the register of the paragraphs that they rest on.
//!
//! Names are resolved to ids, so that nothing here can refer to what does not exist; `syntax` makes it so. Most types
//! are plain data, each one a part of a rule file.

mod citation_search;
mod condition;
mod contested;
mod definition;
mod evidence;
mod exception;
mod found_terms;
mod goods;
mod group_names;
mod in_force;
mod lexicon;
mod listing;
mod phrase;
mod quota;
mod regime;
mod register;
mod rule;
mod silence;
mod term_index;
mod word_class;

pub use citation_search::CitationSearch;
pub use condition::{
    Condition, ConditionKind, DateBound, DateBounds, DateOperand, DateRelation, DayOffset, Matcher, NumberBound,
};
pub use contested::Contested;
pub use definition::{Definition, DefinitionId};
pub use evidence::EvidencePolicy;
pub use exception::{Burden, Decider, Exception, Raising};
pub(crate) use found_terms::FoundTerms;
pub use goods::{GoodsBasis, GoodsCatalogue, GoodsList, GoodsListId};
pub use group_names::GroupNames;
pub(crate) use in_force::in_words;
pub use in_force::{Ending, InForce, Interval, LawAsOf, Renewal, RenewedUntil, Stretch};
pub(crate) use lexicon::LexiconWordId;
pub use lexicon::NamedGoods;
pub(in crate::rulebook) use lexicon::{LexiconText, lexicon_columns};
pub use listing::{DesignationList, ListingDetails, POSSIBLY, UNNAMED_LIST, names_no_list, possible_listing};
pub use phrase::Phrase;
pub use quota::{ClosingNotice, Counting, Factor, LimitPolicy, Quota, QuotaId, QuotaPeriods};
pub use regime::{DesignationListId, Regime, RegimeChoice, RegimeId};
pub use register::{Citation, EncodingStatus, Paragraph, ParagraphElement, Register, Resolution};
pub use rule::{Confidence, Deadline, Duty, Force, NeedsDetermination, Rule, RuleId, RuleKind, Severity, Unverified};
pub use silence::{Forgetting, SilenceScope, SilentBecause};
pub(crate) use term_index::{ListedPhrase, TermKind, Token};
pub(crate) use word_class::{WordClass, WordClasses};
