//! Values as people read them.

use std::fmt;

use crate::facts::{Coded, Named, Value};
use crate::rulebook::Vocabulary;

/// What the report tells of a fact. A proof holds many and a report shows a few, so it is put into words only where
/// somebody reads it.
#[derive(Clone, Default)]
pub enum Told<'a> {
    /// Nothing, or it is no fact of the report.
    #[default]
    Nothing,
    /// A value, in the words of a vocabulary.
    Value(Value<'a>, &'a Vocabulary),
    /// What is worked out over several facts.
    Words(String),
}

impl Told<'_> {
    /// As people read it; `None` if it is not told.
    pub fn in_words(&self) -> Option<String> {
        match self {
            Told::Nothing => None,
            Told::Value(value, vocabulary) => shown(*value, vocabulary),
            Told::Words(words) => Some(words.clone()),
        }
    }
}

impl fmt::Debug for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_words().fmt(f)
    }
}

/// A value in words; `None` if it is not told.
fn shown(value: Value<'_>, vocabulary: &Vocabulary) -> Option<String> {
    match value {
        Value::Text(text) => text.map(str::to_owned),
        Value::Texts(texts) => texts.map(|t| list(t.iter().map(ToString::to_string))),
        Value::Terms(coded) => coded_in_words(coded, |named| name(named, vocabulary)),
        Value::Hs(coded) => coded_in_words(coded, |code| format!("HS {code}")),
        Value::Amount(amount) => amount.map(|a| format!("{} {}", a.range, vocabulary.unit_name(a.unit))),
        Value::Count(range) => range.map(ToString::to_string),
        Value::Date(date) => date.map(ToString::to_string),
        Value::YesNo(answer) => answer.map(|a| a.to_string()),
        Value::Imo(imo) => imo.map(|i| format!("IMO {i}")),
        Value::Identifiers(ids) => ids.map(|i| list(i.iter().map(|(k, v)| format!("{k} {v}")))),
        Value::One(one) => one.map(|o| if o.is_some() { "given" } else { "none" }.to_owned()),
        Value::Many(many) => many.map(|m| if m.is_empty() { "none".to_owned() } else { format!("{} given", m.len()) }),
    }
}

fn coded_in_words<T>(coded: &Coded<T>, word: impl Fn(&T) -> String) -> Option<String> {
    match &coded.is {
        Some(is) => Some(list(is.iter().map(word))),
        None if coded.not.is_empty() => None,
        None => Some(format!("not {}", list(coded.not.iter().map(word)))),
    }
}

fn name(named: &Named, vocabulary: &Vocabulary) -> String {
    match named {
        Named::Term(term) => vocabulary.id(*term).to_owned(),
        Named::OneOf(terms) => terms.iter().map(|t| vocabulary.id(*t)).collect::<Vec<_>>().join(" or "),
        Named::Unlisted(word) => word.to_string(),
    }
}

fn list(words: impl Iterator<Item = String>) -> String {
    let mut all = String::new();
    for word in words {
        if all.is_empty() {
            all = word;
        } else {
            all.push_str(", ");
            all.push_str(&word);
        }
    }
    if all.is_empty() { "none".to_owned() } else { all }
}
