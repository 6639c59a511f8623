//! The values of facts as reports show them.

use std::borrow::Cow;
use std::fmt;

use crate::facts::{Coded, CodedTerm, FactValue, Term};
use crate::rulebook::Vocabulary;

use super::QuotaState;

/// The value of a tested fact, put into words only where somebody reads it: a proof holds dozens, and a report shows a few.
#[derive(Clone, Default)]
pub enum FactText<'a> {
    /// The fact is not reported, or it is not one of the report.
    #[default]
    Nothing,
    /// A reported value, with the vocabulary that names its terms.
    FactValue(FactValue<'a>, &'a Vocabulary),
    /// A text that is derived from several facts.
    Words(String),
    /// The totals of a quota.
    Quota(&'a QuotaState),
}

impl<'a> FactText<'a> {
    /// The value in words; `None` if it is not reported.
    pub fn in_words(&self) -> Option<Cow<'a, str>> {
        match self {
            FactText::Nothing => None,
            FactText::FactValue(value, vocabulary) => value_in_words(*value, vocabulary),
            FactText::Words(words) => Some(Cow::Owned(words.clone())),
            FactText::Quota(state) => Some(Cow::Owned(state.totals_in_words())),
        }
    }
}

impl fmt::Debug for FactText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_words().fmt(f)
    }
}

/// A value in words; `None` if it is not reported.
fn value_in_words<'a>(value: FactValue<'a>, vocabulary: &'a Vocabulary) -> Option<Cow<'a, str>> {
    match value {
        FactValue::Text(text) => text.map(Cow::Borrowed),
        FactValue::Texts(texts) => texts.map(|t| list(t.iter().map(|text| Cow::Borrowed(text.as_str())))),
        FactValue::Terms(coded) => {
            let all = coded.is().unwrap_or_default();
            coded_in_words(coded, |term| match term.perhaps_besides(all) {
                Some(rest) => format!("perhaps {}", names(&rest, vocabulary)).into(),
                None => term_in_words(term, vocabulary),
            })
        }
        FactValue::Hs(coded) => coded_in_words(coded, |code| format!("HS {code}").into()),
        FactValue::Amount(amount) => amount.map(|a| format!("{} {}", a.range, vocabulary.unit_name(a.unit)).into()),
        FactValue::Count(range) => range.map(|r| r.to_string().into()),
        FactValue::Date(date) => date.map(|d| d.to_string().into()),
        FactValue::YesNo(answer) => answer.map(|a| if a { "true" } else { "false" }.into()),
        FactValue::Imo(imo) => imo.map(|i| format!("IMO {i}").into()),
        FactValue::Identifiers(ids) => ids.map(|i| list(i.iter().map(|(k, v)| format!("{k} {v}").into()))),
        FactValue::One(one) => one.map(|o| if o.is_some() { "given" } else { "none" }.into()),
        FactValue::Many(many) => many.map(|m| if m.is_empty() { "none".into() } else { format!("{} given", m.len()).into() }),
    }
}

fn coded_in_words<'a, T>(coded: &'a Coded<T>, word: impl Fn(&'a T) -> Cow<'a, str>) -> Option<Cow<'a, str>> {
    match coded.is() {
        Some(is) => Some(list(is.iter().map(word))),
        None if coded.is_unknown() => None,
        None => Some(format!("not {}", list(coded.not().iter().map(word))).into()),
    }
}

fn term_in_words<'a>(term: &'a CodedTerm, vocabulary: &'a Vocabulary) -> Cow<'a, str> {
    match term {
        CodedTerm::Term(term) => vocabulary.id(*term).into(),
        CodedTerm::OneOf(terms) => names(terms, vocabulary).into(),
        CodedTerm::Possibly(terms) => format!("possibly {}", names(terms, vocabulary)).into(),
        CodedTerm::Unlisted(word) => Cow::Borrowed(word),
    }
}

fn names(terms: &[Term], vocabulary: &Vocabulary) -> String {
    terms.iter().map(|term| vocabulary.id(*term)).collect::<Vec<_>>().join(" or ")
}

fn list<'a>(words: impl Iterator<Item = Cow<'a, str>>) -> Cow<'a, str> {
    let mut all = Cow::Borrowed("");
    for word in words {
        if all.is_empty() {
            all = word;
        } else {
            let all = all.to_mut();
            all.push_str(", ");
            all.push_str(&word);
        }
    }
    if all.is_empty() { Cow::Borrowed("none") } else { all }
}
