//! Acts that no verb of acts tells: by *be* and *have* with what stands beside them, by a seizure, by an orbit.

use crate::facts::Term;
use crate::rulebook::{DraftingClass, Frame};

use super::acts::ActReader;
use super::clauses::Clause;
use super::event::{Theme, ThemeKind};
use super::lexicon::{Act, Meaning};
use super::phrases::VerbGroup;
use super::roles::Roles;
use super::sentence::Parsed;

impl ActReader<'_> {
    /// True for a verb whose object is goods whatever it is called: `exported 49 laptops`.
    pub(super) fn is_trade(&self, sentence: &Parsed<'_>, group: &VerbGroup) -> bool {
        self.lexicon.has(sentence.tokens, &group.tokens, Meaning::Grammar(DraftingClass::Trades))
    }

    /// The act that a form of *be* or *have* means with what stands behind it: `is after Russian help`.
    pub(super) fn without_verb(&self, sentence: &Parsed<'_>, clause: &Clause, group: &VerbGroup) -> Option<Act> {
        // `were on their way to Yemen`
        let is_on_the_way = group.verb.is_none()
            && !group.is_have
            && clause.places.iter().any(|(word, nouns)| {
                word == "on"
                    && nouns.first().and_then(|noun| sentence.noun(*noun)).is_some_and(|noun| sentence.head(noun) == "way")
            });
        if is_on_the_way {
            return Some(Act { activity: self.terms.supply, frame: Frame::Arrives });
        }
        // `the rockets are for Hezbollah`
        let is_load = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                self.is_goods(sentence, noun) && !noun.is_pronoun
                    || self.lexicon.is_listed(sentence.tokens, &noun.tokens, "loads")
            })
        };
        let is_for_state = group.verb.is_none()
            && !group.is_have
            && clause.objects.is_empty()
            && clause.subject.iter().any(is_load)
            && clause.places.first().is_some_and(|(word, nouns)| {
                word == "for"
                    && nouns.iter().filter_map(|noun| sentence.noun(*noun)).any(|noun| !sentence.names_in(noun).is_empty())
            });
        if is_for_state {
            return Some(Act { activity: self.terms.supply, frame: Frame::Arrives });
        }
        // `in its hold were 41 pick-up trucks`, `on board were rifles`
        let is_aboard = |words: &str| {
            ["hold", "board", "container", "cargo"].iter().any(|hold| words.contains(hold))
                || self.lexicon.is_word_of(words, "holds")
        };
        let is_hold = group.verb.is_none()
            && !group.is_have
            && clause.places.iter().any(|(word, nouns)| {
                matches!(word.as_str(), "in" | "on" | "aboard" | "inside" | "under")
                    && nouns.first().filter(|noun| **noun < clause.verb).and_then(|noun| sentence.noun(*noun)).is_some_and(
                        |noun| {
                            is_aboard(&sentence.head(noun))
                                || word == "aboard"
                                || self.is_carrier(sentence, noun)
                                || noun.is_pronoun && matches!(sentence.head(noun).as_str(), "it" | "them")
                        },
                    )
            });
        if is_hold {
            return Some(Act { activity: self.terms.supply, frame: Frame::Arrives });
        }
        // `the tower is the work of Mansudae`
        let is_work = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|own| matches!(sentence.head(own).as_str(), "work" | "creation" | "handiwork"))
                && sentence.of(*noun).and_then(|of| sentence.noun(of)).is_some_and(|of| !sentence.names_in(of).is_empty())
        };
        if group.verb.is_none() && !group.is_have && clause.objects.iter().any(is_work) {
            return Some(Act { activity: self.terms.construction, frame: Frame::Serves });
        }
        // `has North Korean trainers`
        let people = group.is_have && group.verb.is_none();
        let has_people = || {
            let noun = *clause.objects.first()?;
            let activity = self.special(sentence, noun)?;
            let is_of_people = [self.terms.deployment, self.terms.employment, self.terms.military_training].contains(&activity);
            (is_of_people && sentence.origin(noun).is_some()).then_some(Act { activity, frame: Frame::Gets })
        };
        if let Some(act) = people.then(has_people).flatten() {
            return Some(act);
        }
        // `has an account at a bank in Dalian`
        if group.is_have && group.verb.is_none() {
            return Some(Act { activity: self.terms.account, frame: Frame::Holds });
        }
        let is_after = group.verb.is_none()
            && !group.is_have
            && clause.objects.is_empty()
            && clause.places.iter().any(|(word, _)| word == "after");
        is_after.then_some(Act { activity: self.terms.supply, frame: Frame::Asks })
    }

    /// `put a satellite into orbit`, `was carried into space`
    pub(super) fn act_of_orbit(&self, clause: &Clause, sentence: &Parsed<'_>, group: &VerbGroup) -> Option<Act> {
        let is_into_orbit = clause.places.iter().any(|(word, nouns)| {
            let is_space =
                |noun: &usize| sentence.noun(*noun).is_some_and(|noun| matches!(sentence.head(noun).as_str(), "orbit" | "space"));
            matches!(word.as_str(), "into" | "in") && nouns.first().is_some_and(is_space)
        });
        (is_into_orbit && group.verb.is_some() && group.governs() == DraftingClass::Verb)
            .then_some(Act { activity: self.terms.launch, frame: Frame::Does })
    }

    /// A seizure is of goods on their way.
    pub(super) fn seized(&self, group: &VerbGroup) -> Option<Act> {
        (group.governs() == DraftingClass::Seizes).then_some(Act { activity: self.terms.supply, frame: Frame::Moves })
    }

    /// True if the theme is *what*.
    pub(super) fn is_what(&self, sentence: &Parsed<'_>, roles: &Roles) -> bool {
        roles.themes.first().and_then(|noun| sentence.noun(*noun)).is_some_and(|noun| sentence.head(noun) == "what")
    }

    /// What is fired, by the first noun behind the verb that names it.
    pub(super) fn fired_beside(&self, sentence: &Parsed<'_>, roles: &Roles, verb: usize) -> Option<(Theme, Term)> {
        if !self.is_what(sentence, roles) {
            return None;
        }
        (verb + 1..sentence.chunks.len()).find_map(|chunk| self.fired(sentence, chunk))
    }

    /// A noun phrase as what is fired or tested.
    pub(super) fn fired(&self, sentence: &Parsed<'_>, chunk: usize) -> Option<(Theme, Term)> {
        let noun = sentence.noun(chunk)?;
        let activity = sentence.theme(noun, self.lexicon, &[DraftingClass::Fired])?.activity?;
        Some((Theme { tokens: sentence.description(noun), amount: None, kind: ThemeKind::Goods }, activity))
    }
}
