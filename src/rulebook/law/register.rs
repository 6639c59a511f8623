//! The register: every operative paragraph of every resolution once, and whether rules encode it.

use std::collections::HashMap;
use std::fmt;

use chrono::NaiveDate;

use crate::document::Span;

use super::Confidence;

/// The resolutions that a rulebook knows.
#[derive(Debug, Clone, Default)]
pub struct Register {
    pub(in crate::rulebook) resolutions: Vec<Resolution>,
    /// The positions of the resolutions, by symbol with and without the year.
    pub(in crate::rulebook) by_symbol: HashMap<String, usize>,
}

impl Register {
    /// The resolutions, in the order of the files.
    pub fn resolutions(&self) -> &[Resolution] {
        &self.resolutions
    }
}

/// A resolution of the Security Council.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// The symbol of the document, with the year: `S/RES/2371 (2017)`.
    pub symbol: String,
    /// The day of adoption, in New York.
    pub adopted: NaiveDate,
    /// The operative paragraphs, in the order of the file.
    pub paragraphs: Vec<Paragraph>,
}

/// An operative paragraph.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// The number: `8`, `8(a)(i)`.
    pub op: String,
    /// The content, in the rulebook's own words.
    pub what: String,
    /// Whether rules encode it.
    pub status: EncodingStatus,
    /// What it bars or requires, one by one, where the register says so.
    pub elements: Vec<ParagraphElement>,
    /// How well its number and content are verified.
    pub confidence: Confidence,
    /// The place in the rule file.
    pub span: Span,
}

/// One thing that a paragraph bars or requires: supply, training, finance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParagraphElement {
    /// The element, in a word or two.
    pub name: String,
    /// The ids of the rules that encode it; none if it is left.
    pub encoded_by: Vec<String>,
}

/// Whether rules encode a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EncodingStatus {
    /// Rules encode it, or should. The ids are those under `encoded_by` in the register; every rule that cites the paragraph
    /// encodes it, named or not.
    Encoded(Vec<String>),
    /// Rules cannot encode it, for this reason.
    NotEncodable(String),
}

/// A reference to an operative paragraph. It displays as `S/RES/2371 (2017) para 8`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// The symbol of the resolution, with the year: `S/RES/2371 (2017)`.
    pub symbol: String,
    /// The number of the paragraph: `8`, `8(a)(i)`.
    pub paragraph: String,
    /// The day on which the resolution was adopted.
    pub adopted: NaiveDate,
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} para {}", self.symbol, self.paragraph)
    }
}
