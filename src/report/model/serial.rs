//! The JSON form of typed values that a report has as strings: enums as their words, days as `YYYY-MM-DD`.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::decisions::{DecisionState, Disposition};
use crate::document::{Code, DiagnosticLevel};
use crate::engine::{Downgrade, EvidenceLevel, ExceptionState, Verdict};
use crate::rulebook::{Decider, Severity};

/// Serialises an enum as the word that a function gives for it, and reads it back. The compiler checks that every variant
/// is listed.
macro_rules! serialized_as_word {
    ($type:ty, $word:expr, [$($variant:ident),+]) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($word(*self))
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let parse = |text: &str| [$(<$type>::$variant),+].into_iter().find(|value| $word(*value) == text);
                deserializer.deserialize_str(Parsed(parse))
            }
        }

        const _: fn($type) = |value| match value { $(<$type>::$variant)|+ => {} };
    };
}

serialized_as_word!(Verdict, Verdict::word, [Violation, PotentialViolation, InsufficientInformation, Compliant]);
serialized_as_word!(EvidenceLevel, EvidenceLevel::word, [Established, Alleged]);
serialized_as_word!(ExceptionState, ExceptionState::word, [Shown, Claimed, NotShown, Excluded]);
serialized_as_word!(
    Downgrade,
    Downgrade::in_words,
    [Alleged, CallsUpon, NotDetermined, Planned, Refused, Abandoned, StageUnclear]
);
serialized_as_word!(Severity, Severity::word, [Low, Medium, High, Critical]);
serialized_as_word!(Decider, Decider::word, [Council, Committee, StateWithNotice, State, Nature]);
serialized_as_word!(Disposition, Disposition::word, [Accepted, FalsePositive, Referred]);
serialized_as_word!(DecisionState, DecisionState::word, [InForce, Reopened, Expired]);
serialized_as_word!(DiagnosticLevel, level_word, [Error, Warning, Note]);

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Parsed(|text: &str| Code::ALL.iter().copied().find(|code| code.as_str() == text)))
    }
}

fn level_word(level: DiagnosticLevel) -> &'static str {
    match level {
        DiagnosticLevel::Error => "error",
        DiagnosticLevel::Warning => "warning",
        DiagnosticLevel::Note => "note",
    }
}

/// Reads a string that a function parses.
pub(super) struct Parsed<F>(pub F);

impl<T, F: Fn(&str) -> Option<T>> Visitor<'_> for Parsed<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word of the schema")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).ok_or_else(|| E::custom(format!("`{text}` is no word of the schema")))
    }
}

/// Values whose JSON form is their text, as days and periods are: for `#[serde(with = "as_text")]`.
pub(super) mod as_text {
    use super::{Deserializer, FromStr, Parsed, Serializer, fmt};

    pub(in crate::report::model) fn serialize<T: fmt::Display, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(in crate::report::model) fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(Parsed(|text: &str| text.parse().ok()))
    }
}

/// [`as_text`] for what may be null.
pub(super) mod as_optional_text {
    use super::{Deserialize, Deserializer, FromStr, Serialize, Serializer, as_text, fmt};

    #[derive(Serialize, Deserialize)]
    #[serde(bound(serialize = "T: fmt::Display", deserialize = "T: FromStr"))]
    struct AsText<T>(#[serde(with = "as_text")] T);

    pub(in crate::report::model) fn serialize<T: fmt::Display, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(AsText).serialize(serializer)
    }

    pub(in crate::report::model) fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        Ok(Option::<AsText<T>>::deserialize(deserializer)?.map(|AsText(value)| value))
    }
}
