//! Clauses with a verb of an act that tell no act: figures of speech, and what somebody does with his own.

use crate::rulebook::{DraftingClass, Frame};

use super::acts::{ActReader, Spot};
use super::clauses::{Clause, Link};
use super::event::{Theme, ThemeKind};
use super::idioms::only_allows;
use super::lexicon::{Act, Meaning};
use super::memory::singular;
use super::roles::Roles;
use super::units::Tag;

impl ActReader<'_> {
    /// True if a clause tells no act, whatever its verb.
    pub(super) fn tells_none(&self, spot: &Spot<'_>, act: Act, roles: &Roles, themes: &[Theme]) -> bool {
        let Spot { sentence, position, clause, group, memory, .. } = *spot;
        // `let the boats pass`
        if act.frame == Frame::Lets && only_allows(sentence, clause, group) {
            return true;
        }
        // `the chips come from Taiwan`: made there, and nothing said of a delivery.
        let is_origin = act.frame == Frame::Arrives
            && !group.is_progressive
            && matches!(sentence.lower(&group.tokens).as_str(), "come" | "comes" | "come from" | "comes from")
            && clause.places.iter().all(|(word, nouns)| word == "from" || nouns.first() < Some(&clause.verb))
            && !roles
                .giver
                .iter()
                .filter_map(|noun| memory.side(sentence, *noun))
                .any(|side| self.targets.contains(&side.country));
        if is_origin {
            return true;
        }
        // `take Hungarian`: nothing is taken anywhere.
        let takes = act.frame == Frame::Moves
            && !clause.is_passive
            && matches!(sentence.lower(&group.tokens).rsplit(' ').next(), Some("take" | "takes" | "took" | "taken" | "taking"));
        let has_road = !roles.giver.is_empty()
            || !roles.taker.is_empty()
            || clause.places.iter().any(|(word, nouns)| {
                nouns.first() > Some(&clause.verb)
                    && matches!(
                        word.as_str(),
                        "aboard" | "across" | "over" | "through" | "off" | "away" | "home" | "via" | "by way of"
                    )
            });
        if takes
            && !has_road
            && !clause.subject.iter().filter_map(|noun| sentence.noun(*noun)).any(|noun| self.is_vehicle(sentence, noun))
        {
            return true;
        }
        // `a wax figure of a sailor sells cigarettes`
        let is_effigy =
            |noun: &usize| sentence.noun(*noun).is_some_and(|noun| sentence.lexicon.is_word_of(&sentence.head(noun), "effigies"));
        if !clause.is_passive && clause.subject.iter().any(is_effigy) {
            return true;
        }
        // `one can buy Swiss watches`, `French scent can be had`: from nobody in particular.
        let is_anybody =
            |noun: &usize| sentence.noun(*noun).is_some_and(|noun| sentence.lexicon.is_word_of(&sentence.head(noun), "anybody"));
        let is_free = matches!(group.modal, Some(Tag::Possibly)) && !group.is_perfect;
        let is_market = if clause.is_passive { is_free } else { clause.subject.iter().any(is_anybody) };
        if matches!(act.frame, Frame::Gets) && is_market && roles.giver.is_empty() {
            return true;
        }
        // `asked for similar goods and got none`
        let gets_none = |other: &Clause| {
            other.link == Link::Coordinated(position)
                && sentence.group(other.verb).is_some_and(|group| {
                    group.is_negated || matches!(group.governs(), DraftingClass::Refuses | DraftingClass::Fails)
                })
                || other.link == Link::Coordinated(position)
                    && other.objects.iter().any(|noun| sentence.noun(*noun).is_some_and(|noun| noun.is_negated))
        };
        if act.frame == Frame::Asks && sentence.clauses.iter().any(gets_none) {
            return true;
        }
        // `teaches computer security` says of nobody that he is trained.
        let is_taught = sentence.lower(&group.tokens).starts_with(['t'])
            && ["teach", "taught"].iter().any(|verb| sentence.lower(&group.tokens).contains(verb));
        let is_someone = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                noun.is_pronoun
                    || !sentence.names_in(noun).is_empty()
                    || sentence.head(noun).ends_with('s')
                    || sentence.head(noun) == "men"
            })
        };
        if is_taught && !roles.taker.iter().any(is_someone) && !themes.iter().any(|theme| theme.kind == ThemeKind::People) {
            return true;
        }
        // `has helped the country since 1995` says of no work.
        let is_vague = act.activity == self.terms.technical_assistance
            && !clause.places.iter().filter(|(_, nouns)| nouns.first() > Some(&clause.verb)).any(|(word, nouns)| {
                match word.as_str() {
                    "with" | "on" => true,
                    "in" => nouns.iter().all(|noun| memory.named(sentence, *noun).is_none()),
                    _ => false,
                }
            })
            && !sentence.clauses.iter().any(|other| match &other.link {
                Link::Governed(governor) | Link::Gerund(_, Some(governor)) => *governor == position,
                // `is helping North Korea build satellites`
                _ => {
                    other.verb > clause.verb
                        && !other.subject.is_empty()
                        && (other.subject == clause.objects || other.subject.first() == clause.recipient.as_ref())
                }
            });
        if is_vague {
            return true;
        }
        // `has built houses with men from North Korea`: they work for whoever builds.
        let has_hands = act.activity == self.terms.construction
            && clause.places.iter().filter(|(word, _)| word == "with").flat_map(|(_, nouns)| nouns).any(|noun| {
                sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "people"))
            });
        if has_hands {
            return true;
        }
        // `took the ships off its books`
        let is_struck = act.frame == Frame::Moves
            && clause.places.iter().filter(|(word, _)| word == "off").flat_map(|(_, nouns)| nouns).any(|noun| {
                sentence.noun(*noun).is_some_and(|noun| {
                    matches!(singular(&sentence.head(noun)).as_str(), "book" | "register" | "list" | "hand" | "roll")
                })
            });
        if is_struck {
            return true;
        }
        // `The company is registered in Curacao.`
        let is_register = act.activity == self.terms.vessel_registration && act.frame == Frame::Serves;
        let is_of_ship = |noun: &usize| {
            self.is_of_ship(sentence, &[*noun], memory)
                || sentence.noun(*noun).is_some_and(|noun| noun.is_pronoun || sentence.proper_name(noun).is_some())
        };
        if is_register && !roles.themes.is_empty() && !roles.themes.iter().any(is_of_ship) {
            return true;
        }
        // A body of no State.
        let is_of_none = |noun: &usize| {
            sentence
                .noun(*noun)
                .is_some_and(|noun| self.lexicon.has(sentence.tokens, &noun.tokens, Meaning::Grammar(DraftingClass::NoState)))
        };
        if !clause.is_passive
            && matches!(act.frame, Frame::Gives | Frame::Gets | Frame::Asks)
            && clause.subject.iter().any(is_of_none)
            && clause.subject.iter().all(|noun| memory.named(sentence, *noun).is_none())
        {
            return true;
        }
        // `sold the boats to other owners`: to nobody whom the text tells of.
        let is_third = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                sentence.lexicon.is_word_of(&sentence.head(noun), "third-parties")
                    || sentence.units_of(noun).iter().any(|unit| sentence.lower(&unit.tokens) == "other")
                        && sentence.lexicon.is_word_of(&sentence.head(noun), "anybody")
            })
        };
        if act.frame == Frame::Gives
            && !roles.taker.is_empty()
            && roles.taker.iter().all(|noun| is_third(noun) && memory.named(sentence, *noun).is_none())
        {
            return true;
        }
        // `all North Korean doctors had gone home`
        let end = group.tokens.end;
        let is_home = sentence.tokens.get(end).is_some_and(|token| token.lower == "home")
            || sentence.tokens.get(end + 1).is_some_and(|token| token.lower == "home" && end + 1 < sentence.range.end);
        let are_people = !themes.is_empty() && themes.iter().all(|theme| theme.kind == ThemeKind::People);
        if is_home && are_people && roles.taker.iter().all(|noun| memory.named(sentence, *noun).is_none()) {
            return true;
        }
        // Who flies drones or drives a car moves himself, and so do the drones.
        let flies = self.lexicon.is_listed(sentence.tokens, &group.tokens, "steers");
        let has_way = !roles.giver.is_empty() || !roles.taker.is_empty();
        let operates = act.frame == Frame::Moves
            && !clause.is_passive
            && flies
            && if clause.objects.is_empty() { roles.themes.is_empty() || !has_way } else { !has_way };
        if operates {
            return true;
        }
        // `sent drones into the sky`
        let is_into_air = |(word, nouns): &(String, Vec<usize>)| {
            matches!(word.as_str(), "into" | "over" | "to")
                && nouns
                    .first()
                    .and_then(|noun| sentence.noun(*noun))
                    .is_some_and(|noun| matches!(sentence.head(noun).as_str(), "sky" | "air" | "skies"))
        };
        if matches!(act.frame, Frame::Gives | Frame::Moves) && clause.places.iter().any(is_into_air) {
            return true;
        }
        // `got its first satellite up`: nobody gets what is its own.
        let is_own = |noun: &usize| {
            let first = sentence.noun(*noun).and_then(|noun| sentence.units_of(noun).first());
            first.is_some_and(|unit| matches!(sentence.lower(&unit.tokens).as_str(), "its" | "their" | "his" | "her"))
        };
        if act.frame == Frame::Gets && !clause.is_passive && roles.giver.is_empty() && roles.themes.first().is_some_and(is_own) {
            return true;
        }
        // `their wages are paid to a company in Warsaw` tells of no payment to a State under measures.
        let is_wage = |noun: &usize| {
            sentence
                .noun(*noun)
                .is_some_and(|noun| matches!(singular(&sentence.head(noun)).as_str(), "wage" | "salary" | "pay" | "rent"))
        };
        if act.activity == self.terms.funds_transfer
            && roles.themes.iter().any(is_wage)
            && !roles
                .taker
                .iter()
                .filter_map(|noun| memory.side(sentence, *noun))
                .any(|side| self.targets.contains(&side.country))
        {
            return true;
        }
        false
    }
}
