//! What may turn the act of a phrase into another act or none: `rejected sale`, `sending workers home`, `sale of coal foiled`.
//!
//! Of the words beside the head only such pass as surely do not turn it: nouns, names, adjectives, and the participles that the
//! vocabulary lists as plain. A participle that nobody knows may mean that nothing was done.

use std::ops::Range;

use crate::facts::fold;

use super::Vocabulary;
use super::act_phrases::is_preposition;

/// Articles and the like, behind which stands a thing or a person and no verb.
const ARTICLES: [&str; 10] = ["the", "a", "an", "its", "their", "his", "her", "some", "two", "several"];

/// The word or words of a phrase that may turn its act, whose words are the `head`; `None` if nothing may.
pub(super) fn turned_by(words: &[&str], head: Range<usize>, vocabulary: &Vocabulary) -> Option<String> {
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let phrase = Phrase { words, folded: &folded, head, vocabulary };
    (0..words.len()).find_map(|at| Some(words.get(at..at + phrase.turning_at(at)?)?.join(" ")))
}

/// A phrase and where its head is.
struct Phrase<'p> {
    words: &'p [&'p str],
    folded: &'p [String],
    head: Range<usize>,
    vocabulary: &'p Vocabulary,
}

impl Phrase<'_> {
    /// How many words from a place on may turn the act, if they may.
    fn turning_at(&self, at: usize) -> Option<usize> {
        let lists = self.vocabulary.phrase_words();
        let word = self.folded.get(at)?;
        if let Some(length) = lists.turning.entry_at(self.folded, at)
            && !self.describes_the_object(at)
        {
            return Some(length);
        }
        if self.head.contains(&at) {
            return self.begins_a_clause(at).then_some(1);
        }
        if let Some(length) = lists.beside.entry_at(self.folded, at)
            && !self.describes_the_object(at)
        {
            return Some(length);
        }
        let turns = self.is_turning_particle(at) || self.is_negated_act(word) || self.is_unknown_participle(at);
        turns.then_some(1)
    }

    fn is_before_a_noun(&self, at: usize) -> bool {
        self.words.get(at + 1).is_some_and(|next| !is_preposition(next))
    }

    /// True for a participle that describes what an act is done to: `sale of banned goods`.
    fn describes_the_object(&self, at: usize) -> bool {
        let is_behind_of = at.checked_sub(1).and_then(|before| self.folded.get(before)).is_some_and(|word| word == "of");
        let is_participle =
            self.folded.get(at).is_some_and(|word| ["ed", "en", "wn", "ld"].iter().any(|end| word.ends_with(end)));
        is_behind_of && is_participle && self.is_before_a_noun(at)
    }

    /// True for `to` and a verb behind a head that says what somebody else is to do: `ordered to leave`.
    fn begins_a_clause(&self, at: usize) -> bool {
        let lists = self.vocabulary.phrase_words();
        let next = self.words.get(at + 2).copied().unwrap_or_default();
        at + 1 == self.head.end
            && self.folded.get(at).is_some_and(|word| lists.before_infinitive.has(word))
            && self.folded.get(at + 1).is_some_and(|word| word == "to")
            && next.starts_with(char::is_lowercase)
            && !next.ends_with('s')
            && !ARTICLES.contains(&next)
    }

    /// True for a word that makes another verb of the head: directly behind it, or at the end of what it is done to.
    fn is_turning_particle(&self, at: usize) -> bool {
        let is_particle = self.folded.get(at).is_some_and(|word| self.vocabulary.phrase_words().particles.has(word));
        is_particle && at >= self.head.end && (at == self.head.end || !self.is_before_a_noun(at))
    }

    /// True for a contracted negation, and for an act with a prefix that negates it: `unsold`, `non-delivery`.
    fn is_negated_act(&self, folded: &str) -> bool {
        let negated = |prefix: &str| folded.strip_prefix(prefix).map(str::trim).filter(|act| act.len() > 3);
        folded.ends_with("n t")
            || ["un", "non", "dis"].into_iter().filter_map(negated).any(|act| self.vocabulary.act(act).is_some())
    }

    /// True for a participle that no list has, unless it describes what the act is done to.
    fn is_unknown_participle(&self, at: usize) -> bool {
        let (Some(word), Some(folded)) = (self.words.get(at), self.folded.get(at)) else { return false };
        let lists = self.vocabulary.phrase_words();
        let last = folded.rsplit(' ').next().unwrap_or(folded);
        // `Russian-built`, `oil-related`
        let is_compound = last.len() < folded.len() && !lists.turning.has(last) && !lists.beside.has(last);
        let is_name = at > 0 && word.starts_with(char::is_uppercase) && !word.chars().skip(1).all(char::is_uppercase);
        let has_form = |ending: &str| last.len() > ending.len() + 2 && last.ends_with(ending);
        let is_participle = has_form("ed") || has_form("ing");
        if !is_participle || is_compound || is_name || lists.plain.has(folded) || lists.plain.has(last) {
            return false;
        }
        let is_act = has_form("ing") && self.vocabulary.act(last).is_some();
        // Behind the head a participle before a noun describes it; elsewhere it says what became of the act.
        let describes = at >= self.head.end && self.is_before_a_noun(at);
        !is_act && !describes
    }
}

#[cfg(test)]
mod tests {
    use crate::rulebook::{Rulebook, WordMeaning};

    #[test]
    fn an_act_that_the_rest_may_turn_is_not_read() {
        let rulebook = Rulebook::built_in().unwrap();
        for text in [
            // refused, undone, prevented, hypothetical: before the act and behind it
            "rejected sale",
            "declined an order",
            "turned down training",
            "vetoed sale of coal",
            "suspended training",
            "annulled joint venture",
            "abandoned purchase",
            "called off shipment",
            "gave up sale",
            "postponed delivery",
            "revoked insurance",
            "terminated employment",
            "scrapped sale",
            "foiled shipment",
            "averted sale",
            "outlawed export",
            "boycotted sale",
            "unsold shipment",
            "unpaid training",
            "planned charter",
            "alleged sale",
            "offered training",
            "seized shipment",
            "would-be sale",
            "sale never happened sale",
            "could not sale",
            "didn't supply training",
            // of participles that no list has
            "zapped sale",
            "army mulled-over unbelieved sale",
            "shipment of coal interdicted by a navy",
            "export of coal zapped",
            "sale of coal cancelled",
            // particles
            "sending workers home",
            "sending soldiers home",
            "sending the money back",
            "buying back coal",
            "paying off",
            "training of no one",
            "refusing insurance",
            "ordered to leave",
            "contracted to build",
            "отменённая продажа",
        ] {
            let read = rulebook.vocabulary.act_of_phrase(text);
            assert!(read.is_none(), "{text}: {read:?}");
        }
    }

    #[test]
    fn an_act_with_goods_people_places_and_plain_adjectives_is_read() {
        let rulebook = Rulebook::built_in().unwrap();
        let vocabulary = &rulebook.vocabulary;
        for (text, act) in [
            ("coal sale", "sale"),
            ("sale of coal", "sale"),
            ("large coal sale", "sale"),
            ("used car sale", "sale"),
            ("refined oil sale", "sale"),
            ("sale of refined oil", "sale"),
            ("sale of banned goods", "sale"),
            ("sale of seized coal", "sale"),
            ("sale of coal mined in the DPRK", "sale"),
            ("hiring of loggers", "employment"),
            ("hiring of skilled workers", "employment"),
            ("hiring of dismissed workers", "employment"),
            ("sale to Mohammed Invented", "sale"),
            ("Russian-built tanks sale", "sale"),
            ("sale of home appliances", "sale"),
            ("secret arms sale", "sale"),
            ("sale in May 2019", "sale"),
            ("repeated coal sales", "sale"),
            ("gold bars sale", "sale"),
        ] {
            let meaning = vocabulary.act_of_phrase(text).map(|read| read.meaning);
            let read = match &meaning {
                Some(WordMeaning::Term(term) | WordMeaning::Several { broader: Some(term), .. }) => vocabulary.id(*term),
                _ => "nothing",
            };
            assert_eq!(read, act, "{text}: {meaning:?} {:?}", vocabulary.turned_act(text).map(|(_, by)| by));
        }
    }
}
