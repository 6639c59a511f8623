//! What decides whether an item is in a list of goods, in words.

use std::fmt;

use crate::facts::HsCode;
use crate::rulebook::NamedGoods;

use super::goods::CodeMatch;

/// What decided whether an item is in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoodsReason<'a> {
    /// No part of the list is in force on the date, or the item is excluded from all of them.
    NothingLeft {
        /// The list's id.
        list: &'a str,
    },
    /// A code of the item is in the list, or may be.
    Code {
        /// The item's code.
        code: HsCode,
        /// How it compares with the codes of the list.
        code_match: CodeMatch,
        /// The list's id.
        list: &'a str,
    },
    /// No code of the item is in the list.
    CodesOutside {
        /// The item's codes.
        codes: &'a [HsCode],
    },
    /// The item has neither a description nor a code.
    NotReported,
    /// A term of the list is in the description.
    Term {
        /// The term as the list has it.
        term: &'a str,
        /// The list's id.
        list: &'a str,
        /// True if the term means only goods of the list.
        surely: bool,
    },
    /// A word of the lexicon names the goods, and its codes are in the list, or may be.
    Named {
        /// The word.
        word: NamedGoods<'a>,
        /// Goods of each of its codes, or parts of them, are in the list.
        surely: bool,
        /// The list's id.
        list: &'a str,
    },
    /// The description is too vague to say.
    Vague {
        /// The list's id.
        list: &'a str,
    },
    /// The description names nothing that is known.
    Unrecognised {
        /// The list's id.
        list: &'a str,
    },
    /// The description is specific and has no term of the list.
    SomethingElse {
        /// The list's id.
        list: &'a str,
    },
}

impl GoodsReason<'_> {
    /// The same of a code under which only some goods are in the list.
    pub(super) fn of_some_goods(self) -> Self {
        match self {
            GoodsReason::Code { code, list, .. } => GoodsReason::Code { code, code_match: CodeMatch::Partly, list },
            other => other,
        }
    }
}

impl fmt::Display for GoodsReason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GoodsReason::NothingLeft { list } => write!(f, "nothing of `{list}` is in force or left"),
            GoodsReason::Code { code, code_match: CodeMatch::Inside, list } => write!(f, "HS {code} is in `{list}`"),
            GoodsReason::Code { code, code_match: CodeMatch::Partly, list } => {
                write!(f, "only some goods under HS {code} are in `{list}`")
            }
            GoodsReason::Code { code, list, .. } => write!(f, "HS {code} is too coarse to tell for `{list}`"),
            GoodsReason::CodesOutside { codes } => {
                let shown: Vec<String> = codes.iter().map(ToString::to_string).collect();
                write!(f, "HS {} is outside the list", shown.join(", "))
            }
            GoodsReason::NotReported => f.write_str("neither described nor coded"),
            GoodsReason::Term { term, list, surely: true } => write!(f, "`{term}` is a term of `{list}`"),
            GoodsReason::Term { term, list, surely: false } => write!(f, "`{term}` may or may not mean `{list}`"),
            GoodsReason::Named { word, surely, list } => {
                let is_in = if *surely { "" } else { "of which some goods may be " };
                write!(f, "`{}` is HS {}, {is_in}in `{list}`", word.word, Alternatives(word.codes))
            }
            GoodsReason::Unrecognised { list } => write!(f, "the description names nothing that is known, so it may be `{list}`"),
            GoodsReason::Vague { list } => write!(f, "the description does not tell whether it is `{list}`"),
            GoodsReason::SomethingElse { list } => write!(f, "described as something else than `{list}`"),
        }
    }
}

/// Codes with *or* between them, of many the first.
struct Alternatives<'c>(&'c [HsCode]);

impl fmt::Display for Alternatives<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 3;
        let shown: Vec<String> = self.0.iter().take(SHOWN).map(ToString::to_string).collect();
        match (self.0.len().checked_sub(SHOWN), shown.split_last()) {
            (Some(more), _) if more > 0 => write!(f, "{} or {more} more", shown.join(", ")),
            (_, Some((last, before))) if !before.is_empty() => write!(f, "{} or {last}", before.join(", ")),
            _ => f.write_str(&shown.join(", ")),
        }
    }
}
