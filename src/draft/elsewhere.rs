//! Themes and takers that stand in another clause of the sentence than the act.

use crate::rulebook::{DraftingClass, Frame};

use super::acts::{ActReader, Spot};
use super::clauses::{Clause, Link};
use super::event::{Side, Theme, ThemeKind};
use super::lexicon::{Act, Meaning, NameKind, VerbForm};
use super::memory::Memory;
use super::phrases::{Chunk, NounPhrase};
use super::roles::Roles;
use super::sentence::Parsed;
use super::units::Unit;

impl ActReader<'_> {
    /// What *what* or *among the goods* stands for: `what North Korea sent were shells`.
    pub(super) fn behind_copula(&self, sentence: &Parsed<'_>, position: usize, roles: &Roles, themes: &[Theme]) -> Vec<Theme> {
        let is_among = || {
            sentence.chunks.iter().any(|chunk| matches!(chunk, Chunk::Preposition(word) if word == "among"))
                && !themes.is_empty()
                && themes.iter().all(|theme| theme.kind == ThemeKind::Generic)
        };
        if !self.is_what(sentence, roles) && !is_among() {
            return Vec::new();
        }
        let is_copula = |clause: &&Clause| {
            let group = sentence.group(clause.verb);
            group.is_some_and(|group| group.verb.is_none() && !group.is_have && !group.is_negated) && !clause.objects.is_empty()
        };
        let Some(copula) = sentence.clauses.iter().skip(position + 1).find(is_copula) else { return Vec::new() };
        let mut found: Vec<Theme> = copula.objects.iter().flat_map(|noun| self.themes(sentence, *noun)).collect();
        found.retain(|theme| theme.kind == ThemeKind::Goods);
        found
    }

    /// Who uses the goods that an act is about, by another clause: `the shells that Russia fired had been supplied by North Korea`.
    pub(super) fn user(&self, sentence: &Parsed<'_>, own: &Clause, roles: &Roles, memory: &Memory) -> Option<Side> {
        let theme = roles.themes.first()?;
        let uses = |clause: &&Clause| {
            let group = sentence.group(clause.verb);
            clause.verb != own.verb
                && !clause.is_passive
                && clause.objects.contains(theme)
                && group.is_some_and(|group| !group.is_negated && self.lexicon.is_listed(sentence.tokens, &group.tokens, "uses"))
        };
        let clause = sentence.clauses.iter().find(uses)?;
        clause.subject.iter().find_map(|subject| memory.side(sentence, *subject))
    }

    /// Who had got the goods of an act before, by a clause that says more of them: `rifles that Bulgaria sold to Uganda`.
    pub(super) fn holder(&self, sentence: &Parsed<'_>, own: &Clause, roles: &Roles, memory: &Memory) -> Option<Side> {
        let theme = roles.themes.first().filter(|_| own.is_passive)?;
        let gave = |clause: &&Clause| {
            let group = sentence.group(clause.verb);
            let holds = clause.objects.contains(theme) || clause.is_passive && clause.subject.contains(theme);
            clause.verb != own.verb
                && clause.link == Link::Relative
                && holds
                && group.is_some_and(|group| !group.is_negated && group.act().is_some_and(|act| act.frame == Frame::Gives))
        };
        let clause = sentence.clauses.iter().find(gave)?;
        let to = clause.places.iter().filter(|(word, _)| word == "to").flat_map(|(_, nouns)| nouns);
        to.chain(&clause.recipient).find_map(|noun| memory.side(sentence, *noun))
    }

    /// Of whom the goods of an act were bought, by a clause that says more of them: `milk powder that we had bought from dairies`.
    pub(super) fn seller(&self, sentence: &Parsed<'_>, own: &Clause, roles: &Roles, memory: &Memory) -> Option<Side> {
        let bought = |clause: &&Clause| {
            let group = sentence.group(clause.verb);
            let holds = roles.themes.iter().any(|theme| {
                let of = sentence.of(*theme);
                let is_it = |noun: &usize| noun == theme || Some(*noun) == of;
                clause.objects.iter().any(is_it) || clause.is_passive && clause.subject.iter().any(is_it)
            });
            // `rifles bought in Orlando came to Haiti`
            let is_reduced = clause.verb < own.verb && clause.is_passive && group.is_some_and(|group| !group.is_finite);
            clause.verb != own.verb
                && (clause.link == Link::Relative || is_reduced)
                && holds
                && group.is_some_and(|group| {
                    // `tanks that had been put aboard in Istanbul`
                    let is_loaded = self.lexicon.is_listed(sentence.tokens, &group.tokens, "boards");
                    !group.is_negated && (is_loaded || group.act().is_some_and(|act| act.frame == Frame::Gets))
                })
        };
        let clause = sentence.clauses.iter().find(bought)?;
        let from =
            clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "from" | "in" | "at")).flat_map(|(_, nouns)| nouns);
        from.filter_map(|noun| memory.named(sentence, *noun)).next()
    }

    /// Goods that were found in what carries them: `found 24 rifles in a container`.
    pub(super) fn is_find(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let Some(group) = sentence.group(clause.verb) else { return false };
        let is_found = group.act().is_none_or(|act| act.frame == Frame::Holds)
            && !group.is_negated
            && group.modal.is_none()
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "discovers");
        let nouns = if clause.is_passive { &clause.subject } else { &clause.objects };
        let is_of_goods = || {
            nouns
                .iter()
                .flat_map(|noun| self.themes(sentence, *noun))
                .any(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Money))
        };
        let is_aboard = |noun: &usize| {
            let of = sentence.of(*noun).and_then(|of| sentence.noun(of));
            sentence.noun(*noun).is_some_and(|noun| {
                let is_other = sentence
                    .units_of(noun)
                    .iter()
                    .any(|unit| matches!(sentence.lower(&unit.tokens).as_str(), "second" | "another" | "other" | "third"));
                let holds = self.is_vehicle(sentence, noun)
                    || of.is_some_and(|of| self.is_vehicle(sentence, of))
                    || self.lexicon.is_listed(sentence.tokens, &noun.tokens, "holds")
                    || self.lexicon.is_listed(sentence.tokens, &noun.tokens, "luggage");
                holds && !is_other
            })
        };
        let is_inside = || {
            clause.places.iter().any(|(word, nouns)| {
                matches!(word.as_str(), "in" | "on" | "aboard" | "on board" | "inside" | "among" | "under")
                    && nouns.iter().any(is_aboard)
            })
        };
        // `stopped the freighter and found parts of missiles under sugar`
        let is_of_stopped = || {
            sentence.clauses.iter().take_while(|other| other.verb < clause.verb).any(|other| {
                let nouns = if other.is_passive { &other.subject } else { &other.objects };
                sentence
                    .group(other.verb)
                    .is_some_and(|group| !group.is_negated && self.lexicon.is_listed(sentence.tokens, &group.tokens, "halts"))
                    && nouns.iter().filter_map(|noun| sentence.noun(*noun)).any(|noun| self.is_vehicle(sentence, noun))
            })
        };
        let is_of_customs = || !clause.is_passive && self.is_find_of_customs(sentence, &clause.subject, clause);
        is_found && is_of_goods() && (is_inside() || is_of_stopped() || self.is_of_stop_before(sentence) || is_of_customs())
            || self.is_halted(sentence, clause)
            || self.is_removed(sentence, clause)
    }

    /// True for what a sentence says of a load or its carrier that it says was stopped: `found rifles in a trawler sailing to Yemen`,
    /// `tiles sold to Syria were stopped on the way`.
    pub(super) fn was_stopped(&self, spot: &Spot<'_>) -> bool {
        let Spot { sentence, clause, group, .. } = *spot;
        if self.did_not_arrive(spot) || self.is_found_aboard(sentence, clause) {
            return true;
        }
        let is_reduced = group.is_bare(&[VerbForm::Ing, VerbForm::Past, VerbForm::Participle]);
        let is_on_its_way = || self.lexicon.is_listed(sentence.tokens, &sentence.range, "in-transit");
        is_reduced
            && sentence.clauses.iter().any(|other| {
                let Some(own) = sentence.group(other.verb).filter(|own| !own.is_negated && own.modal.is_none()) else {
                    return false;
                };
                let seizes = own.governs() == DraftingClass::Seizes;
                let halts = other.is_passive && self.lexicon.is_listed(sentence.tokens, &own.tokens, "halts");
                let is_before = other.verb < clause.verb
                    && group.is_bare(&[VerbForm::Ing])
                    && !other.is_passive
                    && (seizes || self.is_find(sentence, other));
                let is_behind = other.verb > clause.verb && other.is_passive && (seizes || halts) && is_on_its_way();
                // `weapons bound for the Houthis were taken off a dhow`
                let takes = self.lexicon.is_listed(sentence.tokens, &own.tokens, "takes")
                    || self.lexicon.is_listed(sentence.tokens, &own.tokens, "discovers");
                let was_bound = self.lexicon.is_listed(sentence.tokens, &group.tokens, "destines");
                let is_taken = other.verb > clause.verb && other.is_passive && was_bound && (seizes || halts || takes);
                is_before || is_behind || is_taken
            })
    }

    /// What an authority takes off a ship: `marines have taken rifles from a dhow`.
    fn is_removed(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let Some(group) = sentence.group(clause.verb) else { return false };
        let by = clause.places.iter().filter(|(word, _)| word == "by").flat_map(|(_, nouns)| nouns).copied();
        let actors: Vec<usize> = if clause.is_passive { by.collect() } else { clause.subject.clone() };
        let is_authority = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "authorities"))
        };
        let is_vehicle = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                self.is_vehicle(sentence, noun) || self.lexicon.is_listed(sentence.tokens, &noun.tokens, "holds")
            })
        };
        !group.is_negated
            && group.modal.is_none()
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "takes")
            && actors.iter().any(is_authority)
            && clause.places.iter().any(|(word, nouns)| {
                matches!(word.as_str(), "from" | "off" | "out of" | "aboard" | "on") && nouns.iter().any(is_vehicle)
            })
    }

    /// Goods of one State that another uses: `North Korean shells that Russia's gunners fire`.
    pub(super) fn is_use(&self, sentence: &Parsed<'_>, clause: &Clause, memory: &Memory) -> bool {
        let Some(group) = sentence.group(clause.verb) else { return false };
        let by = clause.places.iter().filter(|(word, _)| word == "by").flat_map(|(_, nouns)| nouns).copied();
        let (users, nouns) = match clause.is_passive {
            true => (by.collect(), &clause.subject),
            false => (clause.subject.clone(), &clause.objects),
        };
        let origin = nouns.iter().find_map(|noun| {
            let thing = sentence.noun(*noun)?;
            let is_load = self.is_goods(sentence, thing) && self.kind(sentence, thing) == ThemeKind::Goods;
            let own = sentence.names_in(thing).into_iter().find(|found| found.kind == NameKind::Adjective);
            own.filter(|_| is_load && clause.recipient.is_none()).map(|found| found.country)
        });
        let user = users.iter().find_map(|noun| memory.named(sentence, *noun)).map(|side| side.country);
        let is_told = !group.is_negated && !group.is_infinitive && group.modal.is_none();
        is_told
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "uses")
            && origin.zip(user).is_some_and(|(origin, user)| origin != user && self.targets.contains(&origin))
    }

    /// Goods of one State that are seen in another: `pictures show Russian air defences at Sirte`.
    pub(super) fn is_sighting(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let Some(group) = sentence.group(clause.verb) else { return false };
        let nouns = if clause.is_passive { &clause.subject } else { &clause.objects };
        let is_of_state = |noun: &usize| {
            sentence
                .noun(*noun)
                .is_some_and(|thing| self.is_goods(sentence, thing) && self.kind(sentence, thing) == ThemeKind::Goods)
                && sentence.origin(*noun).is_some()
        };
        let in_place = clause.places.iter().any(|(word, nouns)| {
            matches!(word.as_str(), "in" | "at" | "near" | "on")
                && nouns
                    .iter()
                    .filter(|noun| **noun > clause.verb)
                    .filter_map(|noun| sentence.noun(*noun))
                    .any(|noun| !sentence.names_in(noun).is_empty())
        });
        !group.is_negated
            && group.modal.is_none()
            && !group.is_infinitive
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "sights")
            && nouns.iter().any(is_of_state)
            && in_place
    }

    /// `went on from Malta to Italy`
    pub(super) fn goes_on(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let has = |preposition: &str| clause.places.iter().any(|(word, _)| word == preposition);
        let words = sentence.group(clause.verb).map(|group| (group.governs(), sentence.lower(&group.tokens)));
        words.is_some_and(|(governs, words)| governs == DraftingClass::GoesOn && words.ends_with(" on"))
            && has("from")
            && has("to")
    }

    /// A ship or lorry that was stopped with its load: `a lorry was halted with 42 rockets under sacks`.
    pub(super) fn is_halted(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let Some(group) = sentence.group(clause.verb) else { return false };
        let nouns = if clause.is_passive { &clause.subject } else { &clause.objects };
        // `a secretary of the embassy was caught with 27 kilos of gold`
        let is_caught = || {
            let is_of_state = |noun: &usize| {
                let of = sentence.of(*noun);
                [Some(*noun), of]
                    .into_iter()
                    .flatten()
                    .filter_map(|at| sentence.noun(at))
                    .any(|noun| !sentence.names_in(noun).is_empty())
            };
            self.lexicon.is_listed(sentence.tokens, &group.tokens, "catches")
                && !self.load(sentence, clause).is_empty()
                && nouns.iter().any(is_of_state)
        };
        let is_stopped = self.lexicon.is_listed(sentence.tokens, &group.tokens, "halts")
            && nouns.iter().filter_map(|noun| sentence.noun(*noun)).any(|noun| self.is_vehicle(sentence, noun));
        !group.is_negated && group.modal.is_none() && (is_stopped || is_caught()) && !self.load(sentence, clause).is_empty()
    }

    /// The goods behind *with* that a clause names: `was halted with 42 rockets`.
    pub(super) fn load(&self, sentence: &Parsed<'_>, clause: &Clause) -> Vec<Theme> {
        // `were filled with sand and returned to China`
        let before = match clause.link {
            Link::Coordinated(other) => {
                sentence.clauses.get(other).filter(|other| other.is_passive && other.subject == clause.subject)
            }
            _ => None,
        };
        let places = clause.places.iter().chain(before.into_iter().flat_map(|before| &before.places));
        let with = places.filter(|(word, _)| word == "with").flat_map(|(_, nouns)| nouns);
        let mut load: Vec<Theme> = with.flat_map(|noun| self.themes(sentence, *noun)).collect();
        load.retain(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Money));
        load
    }

    /// The States behind *for* that get what is brought to another: `to Amdjarass for the RSF in Darfur`.
    pub(super) fn on_behalf(&self, sentence: &Parsed<'_>, clause: &Clause, to: Option<&Side>, memory: &Memory) -> Option<Side> {
        let to = to?;
        let nouns = clause.places.iter().filter(|(word, _)| word == "for").flat_map(|(_, nouns)| nouns);
        let mut sides = nouns.filter_map(|noun| memory.named(sentence, *noun));
        sides.find(|side| {
            side.country != to.country && self.targets.contains(&side.country) && !self.targets.contains(&to.country)
        })
    }

    /// What is in a container or on a ship: `the boxes held military radios`.
    pub(super) fn holds_goods(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let Some(group) = sentence.group(clause.verb) else { return false };
        let holds = !clause.is_passive
            && group.modal.is_none()
            && !group.is_infinitive
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "contains");
        let is_holder = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                noun.is_pronoun && matches!(sentence.head(noun).as_str(), "it" | "they")
                    || self.is_vehicle(sentence, noun)
                    || self.lexicon.is_listed(sentence.tokens, &noun.tokens, "holds")
            })
        };
        let is_goods = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                let words = sentence.lower(&sentence.description(noun));
                self.kind(sentence, noun) == ThemeKind::Goods || self.rulebook.goods.names_goods(&words)
            })
        };
        holds && clause.subject.iter().any(is_holder) && clause.objects.iter().any(is_goods)
    }

    /// A ship that goes from one place to another: `made eleven trips from Rajin to Dunai`.
    pub(super) fn makes_trips(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let is_way = |noun: &usize| {
            sentence
                .noun(*noun)
                .and_then(|noun| sentence.units.get(noun.head))
                .is_some_and(|head| self.lexicon.has(sentence.tokens, &head.tokens, Meaning::Grammar(DraftingClass::Way)))
        };
        let is_ship = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| noun.is_pronoun || self.is_vehicle(sentence, noun));
        let has = |preposition: &str| clause.places.iter().any(|(word, _)| word == preposition);
        !clause.is_passive && clause.objects.iter().any(is_way) && clause.subject.iter().any(is_ship) && has("from") && has("to")
    }

    /// Who completes a course is trained: `Tajik officers completed a course at Isfahan`.
    pub(super) fn on_course(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let Some(group) = sentence.group(clause.verb) else { return false };
        let is_course = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "courses"))
        };
        !clause.is_passive
            && self.lexicon.is_listed(sentence.tokens, &group.tokens, "attends")
            && clause.objects.iter().any(is_course)
            && !clause.subject.is_empty()
    }

    /// Soldiers that a State has abroad: `Uganda has had 4,000 soldiers in Ituri`.
    pub(super) fn has_soldiers(&self, sentence: &Parsed<'_>, clause: &Clause) -> Option<Act> {
        let has = sentence.group(clause.verb).is_some_and(|group| {
            group.verb.is_none() && sentence.lower(&group.tokens).split(' ').all(|word| matches!(word, "has" | "have" | "had"))
        });
        let has = has
            && (clause.places.iter().any(|(word, _)| matches!(word.as_str(), "in" | "at" | "on" | "inside"))
                || is_there(sentence, clause));
        // `Wagner has 2,000 men there`
        let is_force = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "forces"))
        };
        let are_men = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| sentence.head(noun) == "men");
        // `Rwanda's army has 3,000 men in North Kivu`
        let is_army = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                matches!(sentence.head(noun).as_str(), "army" | "military" | "forces" | "force" | "navy" | "guards" | "guard")
            })
        };
        let is_force = |noun: &usize| is_force(noun) || is_army(noun);
        if has && clause.subject.iter().any(is_force) && clause.objects.iter().any(are_men) {
            return Some(Act { activity: self.terms.deployment, frame: Frame::Gives });
        }
        let people = clause.objects.iter().filter_map(|noun| self.special(sentence, *noun));
        let mut people = people.filter(|people| [self.terms.deployment, self.terms.military_training].contains(people));
        people.next().filter(|_| has).map(|activity| Act { activity, frame: Frame::Gives })
    }

    /// True for a ship or lorry, also by its name: `the freighter Chong Chon Gang`.
    pub(super) fn is_vehicle(&self, sentence: &Parsed<'_>, noun: &NounPhrase) -> bool {
        let is_word = |unit: &Unit| {
            unit.name.is_none()
                && self
                    .lexicon
                    .at(sentence.tokens, unit.tokens.start)
                    .any(|(_, meaning)| matches!(meaning, Meaning::Theme(DraftingClass::Carrier, _)))
        };
        self.is_carrier(sentence, noun) || sentence.units_of(noun).iter().any(is_word)
    }

    /// True if a phrase names goods, or a load of them.
    pub(super) fn is_goods(&self, sentence: &Parsed<'_>, noun: &NounPhrase) -> bool {
        matches!(self.kind(sentence, noun), ThemeKind::Goods | ThemeKind::Generic) && !self.is_carrier(sentence, noun)
    }
}

/// True if *there* stands behind the verb of a clause.
pub(super) fn is_there(sentence: &Parsed<'_>, clause: &Clause) -> bool {
    let end = clause.objects.last().copied().unwrap_or(clause.verb);
    sentence.chunks.get(clause.verb + 1..end + 3).unwrap_or_default().iter().any(|chunk| matches!(chunk, Chunk::Adverb(_)))
        && sentence.group(clause.verb).is_some_and(|group| {
            let words = sentence.tokens.get(group.tokens.end..sentence.range.end).unwrap_or_default();
            words.iter().take(12).any(|word| word.lower == "there")
        })
}
