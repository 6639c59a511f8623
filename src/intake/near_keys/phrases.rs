//! An act and its object in one text: `what: sale of coal`.

use crate::facts::{Scheme, Transaction};
use crate::rulebook::{Vocabulary, WordMeaning};

use super::read_as::Way;

/// An act, and what or whom it was done with.
pub(super) struct Phrase {
    pub(super) act: String,
    /// The key under which the object stands.
    pub(super) key: &'static str,
    pub(super) object: String,
}

/// Words behind the object of an act.
const BEHIND: [&str; 12] =
    [" to ", " from ", " by ", " via ", " for ", " in ", " at ", " on ", " through ", " with ", ", ", "; "];

/// How a text is read that says what was done, what with, or both.
pub(super) fn phrase_of_act(text: &str, vocabulary: &Vocabulary) -> Way {
    let schemes = &[Scheme::Activity];
    let text = text.trim();
    let is_word = vocabulary.meaning(schemes, text).is_some() && vocabulary.act_of_phrase(text).is_none();
    if vocabulary.find(schemes, text).is_some() || is_word {
        return Way::As("activity".to_owned());
    }
    let turned = vocabulary.turned_act(text).map(|(act, _)| act);
    let Some(act) = turned.or_else(|| vocabulary.act_of_phrase(text)) else { return Way::As("items".to_owned()) };
    let Some(key) = key_of_object(&act.meaning, vocabulary) else { return Way::As("activity".to_owned()) };
    let (done, object) = match text.split_once(" of ") {
        Some((done, object)) => {
            let end = BEHIND.iter().filter_map(|word| object.find(word)).min().unwrap_or(object.len());
            (done, object.get(..end).unwrap_or(object))
        }
        // `coal sale`: what stands before the act.
        None => match text.strip_prefix(act.rest.as_str()) {
            Some(done) if !act.rest.is_empty() => (done, act.rest.as_str()),
            _ => return Way::As("activity".to_owned()),
        },
    };
    let (done, object) = (done.trim(), object.trim());
    match done.is_empty() || object.is_empty() {
        true => Way::As("activity".to_owned()),
        false => Way::Phrase(Phrase { act: done.to_owned(), key, object: object.to_owned() }),
    }
}

/// The key of what an act is done with: goods that pass, people who work or travel. `None` of other acts.
fn key_of_object(act: &WordMeaning, vocabulary: &Vocabulary) -> Option<&'static str> {
    let terms = match act {
        WordMeaning::Term(term) => std::slice::from_ref(term),
        WordMeaning::Several { terms, .. } => terms.as_slice(),
    };
    let is_all = |row: usize| terms.iter().all(|term| vocabulary.about(*term).iter().any(|about| about == row));
    ["items", "people"].into_iter().find(|key| Transaction::TABLE.position(key).is_some_and(is_all))
}
