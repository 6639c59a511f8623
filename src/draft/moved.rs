//! What an act moves: its goods, what pronouns stand for, and ships that only carry.

use crate::rulebook::Frame;

use super::acts::{ActReader, Spot};
use super::clauses::Link;
use super::event::{Theme, ThemeKind};
use super::lexicon::Act;
use super::memory::singular;
use super::roles::Roles;
use super::themes::amount_of;
use super::units::Tag;

/// How many sentences before a word for a load its goods may be named.
const LOAD_REACH: usize = 3;

/// What an act moves.
pub(super) struct Moved {
    pub(super) themes: Vec<Theme>,
    /// True if only pronouns name it.
    pub(super) are_pronouns: bool,
    /// True if only a ship or lorry is said to move.
    pub(super) is_carriage: bool,
}

impl ActReader<'_> {
    /// What an act moves. Of a seizure a ship is no load.
    pub(super) fn moved(&self, spot: &Spot<'_>, act: Act, roles: &Roles, is_seized: bool) -> Moved {
        let Spot { sentence, number, clause, group, memory, .. } = *spot;
        let is_found = act.frame == Frame::Moves && self.is_find(sentence, clause);
        let mut themes: Vec<Theme> = roles.themes.iter().flat_map(|theme| self.themes(sentence, *theme)).collect();
        if is_found && self.is_halted(sentence, clause) {
            themes = self.load(sentence, clause);
        }
        // `it`, `most of them`
        let is_pronoun = |noun: &usize| {
            let is_of_noun = sentence.of(*noun).and_then(|of| sentence.noun(of)).is_some_and(|of| !of.is_pronoun);
            sentence.noun(*noun).is_some_and(|own| {
                // `sent the rest to accounts in China`
                let is_rest = sentence.of(*noun).is_none() && sentence.lexicon.is_word_of(&sentence.head(own), "parts");
                // `6,000 tons of it`
                let is_of_pronoun = sentence.of(*noun).and_then(|of| sentence.noun(of)).is_some_and(|of| {
                    of.is_pronoun && matches!(sentence.head(of).as_str(), "it" | "them") && amount_of(sentence, own).is_some()
                });
                // `pass part of them on`
                let is_share = matches!(sentence.head(own).as_str(), "part" | "some" | "most" | "much" | "half")
                    && sentence.of(*noun).and_then(|of| sentence.noun(of)).is_some_and(|of| of.is_pronoun);
                is_share
                    || is_rest
                    || is_of_pronoun
                    || own.is_pronoun
                    || own.units.len() == 1 && sentence.theme_is_number(own) && !is_of_noun
            })
        };
        // `paid a company, which kept a tenth and moved the rest`: of the money.
        let is_paid = sentence.clauses.iter().take_while(|other| other.verb < clause.verb).any(|other| {
            let act = sentence.group(other.verb).and_then(|group| group.act());
            act.is_some_and(|act| self.rulebook.vocabulary.is_a(act.activity, self.terms.funds_transfer))
        });
        let are_parts = roles
            .themes
            .first()
            .and_then(|noun| sentence.noun(*noun))
            .is_some_and(|noun| sentence.lexicon.is_word_of(&sentence.head(noun), "parts"));
        if is_paid && are_parts {
            return Moved { themes: Vec::new(), are_pronouns: false, is_carriage: false };
        }
        let are_pronouns = !roles.themes.is_empty() && roles.themes.iter().all(is_pronoun);
        if are_pronouns {
            themes.retain(|theme| {
                !matches!(theme.kind, ThemeKind::Unknown | ThemeKind::Thing) && sentence.lower(&theme.tokens) != "part"
            });
        }
        let is_of_before = !themes.is_empty() || memory.themes_sentence + 2 < number;
        let is_one = roles.themes.first().and_then(|theme| sentence.noun(*theme)).is_some_and(|noun| sentence.head(noun) == "it");
        let is_plural = memory.themes.first().is_some_and(|theme| sentence.lower(&theme.tokens).ends_with('s'));
        // `sand ... most of them had come`
        let is_many = roles
            .themes
            .first()
            .and_then(|theme| sentence.noun(sentence.of(*theme).unwrap_or(*theme)))
            .is_some_and(|noun| matches!(sentence.head(noun).as_str(), "they" | "them"));
        let is_mass = |theme: &Theme| {
            let words = sentence.lower(&theme.tokens);
            !words.contains(|c: char| c.is_ascii_digit())
                && !words.ends_with('s')
                && !["aircraft", "men", "people", "hardware"].iter().any(|word| words.ends_with(word))
        };
        let are_masses = memory.themes.len() == 1 && memory.themes.iter().all(is_mass);
        let is_another_number = is_one && is_plural || is_many && are_masses;
        if are_pronouns && !is_of_before && !is_another_number {
            themes.clone_from(&memory.themes);
        }
        // `have dredged sand and taken it to ports`
        if are_pronouns
            && themes.is_empty()
            && let Link::Coordinated(other) = clause.link
            && let Some(other) = sentence.clauses.get(other)
        {
            let loads = other.objects.iter().filter(|noun| !self.is_of_ship(sentence, &[**noun], memory));
            themes = loads.flat_map(|noun| self.themes(sentence, *noun)).collect();
            themes.retain(|theme| {
                matches!(theme.kind, ThemeKind::Goods | ThemeKind::Money)
                    && !(is_one && sentence.lower(&theme.tokens).ends_with('s'))
            });
        }
        // `Engines first. A maker sold 500 of them`: no act was told of them.
        let moves_itself = act.frame == Frame::Leaves && roles.themes == clause.subject;
        if are_pronouns
            && themes.is_empty()
            && !moves_itself
            && let Some((_, goods)) =
                memory.goods.as_ref().filter(|(at, goods)| *at + 1 >= number && *at < number && !(is_many && is_mass(goods)))
        {
            themes.push(goods.clone());
        }
        // `sent computers. He wired the rest`: money.
        if are_pronouns && self.lexicon.is_listed(sentence.tokens, &group.tokens, "pays") {
            themes.retain(|theme| theme.kind == ThemeKind::Money);
            if themes.is_empty() {
                themes = self.sum_behind(sentence, clause);
            }
        }
        // A ship that arrives or flies moves no goods by itself.
        // `in the wheels of a lorry that had come from Salalah`: the lorry came.
        let is_of_vehicle = |noun: &usize| {
            matches!(clause.link, Link::Relative)
                && sentence.of(*noun).and_then(|of| sentence.noun(of)).is_some_and(|of| self.is_carrier(sentence, of))
        };
        let is_of_vehicle = clause.subject.iter().any(is_of_vehicle) && clause.subject == roles.themes && !group.is_passive;
        if is_of_vehicle {
            themes.clear();
        }
        let is_carrier = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                self.is_carrier(sentence, noun)
                    && themes.iter().all(|theme| noun.tokens.end >= theme.tokens.end && noun.tokens.start <= theme.tokens.start)
            })
        };
        // `dredgers and barges went to Haeju`
        let are_carriers = !roles.themes.is_empty()
            && roles.themes.iter().all(|noun| sentence.noun(*noun).is_some_and(|noun| self.is_carrier(sentence, noun)));
        let moves_itself =
            clause.subject == roles.themes && !group.is_passive && (are_carriers || roles.themes.iter().any(&is_carrier));
        let is_ship_alone = roles.themes.iter().any(&is_carrier);
        if moves_itself {
            themes.clear();
        }
        // A ship of before that reaches a port is no delivery of a ship.
        let are_ships = are_pronouns
            && matches!(act.frame, Frame::Arrives | Frame::Leaves | Frame::Moves)
            && themes.iter().all(|theme| sentence.lower(&theme.tokens).split(' ').any(|word| memory.is_ship(&singular(word))));
        if are_ships {
            themes.clear();
        }
        // A ship that is seized is no load.
        let is_of_carrier = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                sentence.units_of(noun).iter().any(|unit| memory.is_ship(&singular(&sentence.lower(&unit.tokens))))
            })
        };
        if is_seized && !roles.themes.is_empty() && roles.themes.iter().all(is_of_carrier) && is_ship_alone {
            themes.clear();
        }
        if let Some(goods) = self.named_before(spot, roles, &themes) {
            themes = goods;
        }
        let is_carriage =
            !roles.themes.is_empty() && themes.is_empty() && matches!(act.frame, Frame::Arrives | Frame::Leaves | Frame::Moves);
        // `The Tae Yang left Nampo with 8,000 tonnes of anthracite.`
        let load = if is_carriage { self.load(sentence, clause) } else { Vec::new() };
        let is_carriage = is_carriage && load.is_empty();
        if !load.is_empty() {
            themes = load;
        }
        Moved { themes, are_pronouns, is_carriage }
    }

    /// The goods that a word for a load stands for which the sentences before have named: `the cargo`, `both shipments`.
    fn named_before(&self, spot: &Spot<'_>, roles: &Roles, themes: &[Theme]) -> Option<Vec<Theme>> {
        let Spot { sentence, number, memory, .. } = *spot;
        let is_load = |noun: &usize| {
            let Some(own) = sentence.noun(*noun) else { return false };
            let first = sentence.units_of(own).first();
            let is_known = first.is_some_and(|unit| {
                matches!(unit.tag, Tag::Number | Tag::Quantifier)
                    || matches!(
                        sentence.lower(&unit.tokens).as_str(),
                        "the" | "this" | "that" | "these" | "those" | "both" | "all"
                    )
            });
            is_known
                && sentence.lexicon.is_word_of(&sentence.head(own), "loads-again")
                && sentence.of(*noun).is_none()
                && own.units.len() <= 3
        };
        let are_loads =
            !themes.is_empty() && themes.iter().all(|theme| theme.kind == ThemeKind::Generic) && roles.themes.iter().all(is_load);
        let of_act = || (memory.themes_sentence + LOAD_REACH >= number).then(|| memory.themes.clone());
        let of_sentence = || {
            let (_, goods) = memory.goods.as_ref().filter(|(at, _)| at + LOAD_REACH > number && *at < number)?;
            Some(vec![goods.clone()])
        };
        let goods = are_loads.then(|| of_act().filter(|goods| !goods.is_empty()).or_else(of_sentence)).flatten()?;
        goods.iter().all(|theme| theme.kind == ThemeKind::Goods).then_some(goods)
    }

    /// The themes that are goods, people or what else an act is about: a common noun only where the words say that it is traded.
    pub(super) fn traded(&self, spot: &Spot<'_>, act: Act, roles: &Roles, themes: Vec<Theme>) -> Vec<Theme> {
        let Spot { sentence, position, clause, group, memory, .. } = *spot;
        let is_trade = self.is_trade(sentence, group);
        // What goes from one State to another is goods, whatever it is called: `cocoa was taken from Beni to Uganda`.
        let named = |nouns: &[usize]| nouns.iter().find_map(|noun| memory.named(sentence, *noun)).map(|side| side.country);
        let origin = || roles.themes.iter().find_map(|noun| sentence.origin(*noun)).map(|side| side.country);
        let is_between = matches!(act.frame, Frame::Moves | Frame::Gives | Frame::Arrives)
            && named(&roles.taker).zip(named(&roles.giver).or_else(origin)).is_some_and(|(to, from)| to != from);
        let is_trade = is_trade || is_between && clause.is_passive;
        let themes: Vec<Theme> = themes.into_iter().filter(|theme| is_trade || theme.kind != ThemeKind::Thing).collect();
        let behind = self.behind_copula(sentence, position, roles, &themes);
        if behind.is_empty() { themes } else { behind }
    }
}
