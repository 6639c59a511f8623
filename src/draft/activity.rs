//! The activity that an act on such themes is.

use crate::facts::Term;
use crate::rulebook::{DraftingClass, Frame};

use super::acts::ActReader;
use super::clauses::Clause;
use super::event::{Theme, ThemeKind};
use super::lexicon::{Act, Meaning, NameKind};
use super::phrases::NounPhrase;
use super::roles::Roles;
use super::sentence::Parsed;

impl ActReader<'_> {
    /// The activity and frame of an act on such themes; `None` if it is no act of interest.
    pub(super) fn activity(
        &self,
        sentence: &Parsed<'_>,
        act: Act,
        roles: &Roles,
        themes: &[Theme],
        clause_words: &str,
    ) -> Option<(Term, Frame)> {
        let head = roles.themes.iter().filter_map(|theme| sentence.noun(*theme));
        let is_movement =
            matches!(act.frame, Frame::Gives | Frame::Gets | Frame::Moves | Frame::Arrives | Frame::Leaves | Frame::Asks);
        // `its first kilogram of uranium`
        let measured = roles.themes.iter().filter_map(|theme| sentence.noun(sentence.of(*theme)?));
        let of_class = |classes: &[DraftingClass]| {
            head.clone().chain(measured.clone()).find_map(|noun| sentence.theme(noun, self.lexicon, classes)?.activity)
        };
        let is_of = |activities: &[Term]| {
            roles.themes.iter().filter_map(|theme| self.special(sentence, *theme)).any(|special| activities.contains(&special))
        };
        // `offered 500 pistols to the police`
        if Some(act.activity) == self.terms.offer && !themes.iter().any(|theme| theme.kind == ThemeKind::Goods) {
            return None;
        }
        match act.frame {
            // Goods that are stolen are no theft of coins or data.
            Frame::Robs
                if themes.iter().any(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Generic | ThemeKind::Thing)) =>
            {
                None
            }
            Frame::Serves if act.activity == self.terms.construction => {
                // `a statue made by Mansudae`, but no goods made at a plant.
                let is_made = clause_words
                    .split(' ')
                    .any(|word| matches!(word, "make" | "makes" | "made" | "making" | "cast" | "casts" | "casting"));
                // `is making plutonium`
                if is_made
                    && !clause_words.contains("made")
                    && let Some(made) = of_class(&[DraftingClass::Made])
                {
                    return Some((made, Frame::Does));
                }
                let others = [self.terms.construction, self.terms.real_property, self.terms.joint_venture];
                let wanted = if is_made { others.get(..1).unwrap_or_default() } else { &others };
                is_of(wanted).then_some((act.activity, act.frame))
            }
            // `men with a bear on their sleeves man the barrier`
            Frame::Serves if act.activity == self.terms.crewing => {
                let is_ship = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| self.is_vehicle(sentence, noun));
                roles.themes.iter().any(is_ship).then_some((act.activity, act.frame))
            }
            // A report covers ships too.
            Frame::Serves
                if act.activity == self.terms.vessel_insurance
                    && !self.lexicon.is_listed(sentence.tokens, &sentence.range, "insures")
                    && !sentence
                        .tokens
                        .get(sentence.range.clone())
                        .unwrap_or_default()
                        .iter()
                        .any(|t| t.lower.contains("insur") || t.lower.contains("underwr")) =>
            {
                None
            }
            Frame::Serves if act.activity == self.terms.maintenance && !roles.themes.is_empty() => {
                let is_thing = |theme: &Theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Generic);
                let is_carried = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| self.is_carrier(sentence, noun));
                (themes.iter().any(is_thing) || roles.themes.iter().any(is_carried)).then_some((act.activity, act.frame))
            }
            Frame::Does if act.activity == self.terms.launch => Some((of_class(&[DraftingClass::Fired])?, act.frame)),
            Frame::Does => Some((of_class(&[DraftingClass::Made])?, act.frame)),
            _ if is_movement && act.activity == self.terms.deployment => {
                // `has between 3,000 and 4,000 men in North Kivu`
                let are_men = clause_words.split(' ').all(|word| matches!(word, "has" | "have" | "had"))
                    && head.clone().any(|noun| sentence.head(noun) == "men");
                let kind = are_men || themes.iter().any(|theme| theme.kind == ThemeKind::People);
                kind.then_some((act.activity, act.frame))
            }
            // `lost 40 million dollars to hackers`
            Frame::Gives if act.activity == self.terms.theft => {
                if ["could", "may", "might", "would"].iter().any(|modal| clause_words.contains(modal)) {
                    return None;
                }
                themes.iter().any(|theme| theme.kind == ThemeKind::Money).then_some((act.activity, act.frame))
            }
            _ if is_movement => {
                // `lent 300 men to guard wells`
                if themes.is_empty() && !is_of(&[self.terms.deployment]) {
                    return None;
                }
                // What is built does not move, unless it is goods.
                let special = roles.themes.iter().find_map(|theme| self.special(sentence, *theme));
                // `sold two statues to Senegal`
                let are_works_of_art = roles
                    .themes
                    .iter()
                    .filter_map(|noun| sentence.noun(*noun))
                    .any(|noun| sentence.lexicon.is_word_of(&sentence.head(noun), "works-of-art"));
                if are_works_of_art && !matches!(act.frame, Frame::Asks) {
                    return Some((act.activity, act.frame));
                }
                if let Some(activity) = special.filter(|activity| *activity != self.terms.construction) {
                    let pays = self.rulebook.vocabulary.is_a(activity, self.terms.funds_transfer);
                    // Money that is received or earned, people who arrive.
                    return match act.frame {
                        // `took 600 million dollars from`
                        Frame::Moves if pays && !roles.giver.is_empty() && roles.taker.is_empty() => {
                            Some((self.terms.theft, Frame::Robs))
                        }
                        Frame::Arrives | Frame::Leaves if pays && (roles.giver.is_empty() || roles.taker.is_empty()) => None,
                        // `192,000 dollars were found in his jacket`
                        Frame::Moves if pays && self.is_taken(clause_words) => Some((self.terms.bulk_cash, act.frame)),
                        Frame::Moves if pays && roles.taker.is_empty() => None,
                        _ if activity == self.terms.real_property
                            || activity == self.terms.account
                            || activity == self.terms.bank_branch =>
                        {
                            None
                        }
                        // `four doctoral students came to us`
                        Frame::Arrives | Frame::Gets if activity == self.terms.teaching => Some((activity, Frame::Works)),
                        _ if activity == self.terms.joint_venture || activity == self.terms.teaching => None,
                        Frame::Asks if activity == self.terms.employment => None,
                        // `its driver was going to Saada`
                        Frame::Arrives | Frame::Leaves
                            if activity == self.terms.employment
                                && !roles.themes.iter().any(|noun| {
                                    sentence.origin(*noun).is_some()
                                        || sentence.noun(*noun).is_some_and(|noun| sentence.head(noun).ends_with('s'))
                                }) =>
                        {
                            None
                        }
                        _ => Some((activity, act.frame)),
                    };
                }
                let is = |kinds: &[ThemeKind]| themes.iter().any(|theme| kinds.contains(&theme.kind));
                match () {
                    () if is(&[ThemeKind::Goods, ThemeKind::Generic, ThemeKind::Thing]) => Some((act.activity, act.frame)),
                    () if is(&[ThemeKind::Money])
                        && matches!(act.frame, Frame::Gives | Frame::Gets)
                        && act.activity != self.terms.sale =>
                    {
                        Some((self.terms.funds_transfer, act.frame))
                    }
                    () => None,
                }
            }
            Frame::Lets => {
                let is_property =
                    roles.themes.iter().any(|theme| self.special(sentence, *theme) == Some(self.terms.real_property));
                if is_property {
                    return Some((self.terms.real_property, act.frame));
                }
                themes
                    .iter()
                    .any(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Generic))
                    .then_some((act.activity, act.frame))
            }
            Frame::Robs if act.activity == self.terms.theft => {
                let is_money = themes.iter().any(|theme| theme.kind == ThemeKind::Money);
                is_money.then_some((act.activity, act.frame))
            }
            // `processed payments for`
            Frame::Serves if act.activity == self.terms.finance => {
                let is_money = roles.themes.iter().filter_map(|theme| self.special(sentence, *theme));
                let mut is_money = is_money.map(|special| self.rulebook.vocabulary.is_a(special, self.terms.finance));
                is_money.any(|is| is).then_some((act.activity, act.frame))
            }
            // `arranged the sale of`: the sale is the act.
            Frame::Brokers => {
                let is_act = |noun: &usize| {
                    sentence.noun(*noun).and_then(|noun| sentence.units.get(noun.head)).is_some_and(|head| head.act.is_some())
                };
                let is_of_goods = themes.iter().any(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Generic));
                let is_deal = roles
                    .themes
                    .iter()
                    .filter_map(|noun| sentence.noun(*noun))
                    .any(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "deals"));
                let is_told = !roles.themes.iter().any(is_act) && (is_of_goods || is_deal);
                is_told.then_some((act.activity, act.frame))
            }
            // `trains in Egypt` is what a sportsman does.
            Frame::Trains if roles.taker.is_empty() => None,
            Frame::Trains => {
                if roles.taker.iter().any(|noun| self.special(sentence, *noun) == Some(self.terms.teaching)) {
                    return Some((self.terms.teaching, act.frame));
                }
                let military = roles.themes.iter().any(|theme| self.special(sentence, *theme) == Some(self.terms.deployment));
                Some((if military { self.terms.military_training } else { act.activity }, act.frame))
            }
            Frame::Holds => {
                // `holds 49 per cent of a gallery`
                let is_share = |noun: &usize| {
                    sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "shares"))
                        && sentence.of(*noun).is_some()
                };
                let holds = ["own", "hold", "held", "has", "have", "keep", "kept"].iter().any(|verb| clause_words.contains(verb));
                if holds && roles.themes.iter().any(is_share) {
                    return Some((self.terms.joint_venture, act.frame));
                }
                let is_shop = |noun: &usize| {
                    sentence.noun(*noun).is_some_and(|noun| sentence.lexicon.is_word_of(&sentence.head(noun), "businesses"))
                };
                if act.activity == self.terms.joint_venture
                    && roles.themes.iter().any(is_shop)
                    && self.lexicon.is_listed(sentence.tokens, &sentence.range, "jointly")
                {
                    return Some((self.terms.joint_venture, act.frame));
                }
                let kept = roles.themes.iter().find_map(|theme| self.special(sentence, *theme))?;
                let of_bank = || {
                    sentence
                        .tokens
                        .get(sentence.range.clone())
                        .unwrap_or_default()
                        .iter()
                        .any(|token| token.lower.contains("bank"))
                };
                let is_kept = kept == self.terms.account
                    || (kept == self.terms.bank_branch && of_bank())
                    || (kept == self.terms.joint_venture && act.activity == self.terms.joint_venture);
                is_kept.then_some((kept, act.frame))
            }
            Frame::Works if act.activity == self.terms.teaching => {
                let studies = roles.themes.iter().any(|theme| self.special(sentence, *theme) == Some(self.terms.teaching));
                studies.then_some((act.activity, act.frame))
            }
            Frame::Works | Frame::Employs => {
                let people = roles.themes.iter().find_map(|theme| self.special(sentence, *theme));
                // An exchange that works for somebody is nobody's employee.
                let of_people = [
                    self.terms.employment,
                    self.terms.deployment,
                    self.terms.military_training,
                    self.terms.teaching,
                    self.terms.technical_assistance,
                ];
                let people = people.filter(|people| of_people.contains(people));
                // `North Korean plasterers`, `most of them`
                let is_of_nation = |noun: &NounPhrase| {
                    sentence.names_in(noun).first().is_some_and(|found| found.kind == NameKind::Adjective)
                        && (sentence.head(noun).ends_with('s')
                            || sentence.units_of(noun).first().is_some_and(|unit| {
                                matches!(sentence.lower(&unit.tokens).as_str(), "a" | "an" | "one" | "another")
                            })
                            || matches!(sentence.head(noun).as_str(), "men" | "women" | "people"))
                };
                let of_nation = roles.themes.iter().any(|theme| {
                    let of = sentence.of(*theme).unwrap_or(*theme);
                    [*theme, of]
                        .into_iter()
                        .filter_map(|at| sentence.noun(at))
                        .any(|noun| is_of_nation(noun) || sentence.head(noun) == "them")
                        || self.are_people_of_target(sentence, *theme)
                });
                let of_force = roles.themes.iter().any(|theme| {
                    let of = sentence.of(*theme).unwrap_or(*theme);
                    [*theme, of]
                        .into_iter()
                        .filter_map(|at| sentence.noun(at))
                        .any(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "forces"))
                });
                let people = if of_force && act.activity == self.terms.deployment {
                    Some(self.terms.deployment)
                } else {
                    people.or(of_nation.then_some(self.terms.employment))
                };
                // `waitresses serve at a restaurant`, `instructors are stationed at a school`: no soldiers.
                let fights = clause_words.split(' ').any(|word| word.starts_with("fight") || word == "fought");
                let by_trade = [self.terms.employment, self.terms.military_training];
                let trade = people.filter(|people| !fights && by_trade.contains(people));
                let activity = match people {
                    Some(activity) if activity == self.terms.deployment => self.terms.deployment,
                    Some(_) if act.activity == self.terms.deployment && trade.is_some() => trade?,
                    // `Colombians are fighting in Sudan`
                    Some(_) if act.activity == self.terms.deployment && of_nation => self.terms.deployment,
                    _ if act.activity == self.terms.deployment => return None,
                    Some(_) => self.terms.employment,
                    // `They are employed by two builders.`
                    None if act.frame == Frame::Employs
                        && roles
                            .themes
                            .iter()
                            .filter_map(|noun| sentence.noun(*noun))
                            .any(|noun| sentence.head(noun) == "they") =>
                    {
                        self.terms.employment
                    }
                    None => return None,
                };
                Some((activity, act.frame))
            }
            Frame::Meets => roles.giver.iter().any(|noun| self.is_official(sentence, *noun)).then_some((act.activity, act.frame)),
            _ => Some((act.activity, act.frame)),
        }
    }

    /// True for a verb by which an authority comes upon what somebody carries.
    fn is_taken(&self, verb: &str) -> bool {
        let last = verb.rsplit(' ').next().unwrap_or(verb);
        ["discovers", "catches", "halts"].iter().any(|list| self.lexicon.is_word_of(last, list))
    }

    /// The frame of an act by which people get work: `obtained positions with 211 companies`. Their State is where they are from.
    pub(super) fn job(&self, sentence: &Parsed<'_>, clause: &Clause, frame: Frame, roles: &mut Roles) -> Option<Frame> {
        let is_job = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| {
                let head = sentence.units.get(noun.head).map_or(0..0, |unit| unit.tokens.clone());
                self.lexicon.has(sentence.tokens, &head, Meaning::Grammar(DraftingClass::Job))
            })
        };
        // `mercenaries hold positions south of Tripoli`
        let are_forces = clause.subject.iter().any(|noun| {
            let of = [Some(*noun), sentence.of(*noun)];
            let is_force = of
                .into_iter()
                .flatten()
                .filter_map(|at| sentence.noun(at))
                .any(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "forces"));
            is_force || self.special(sentence, *noun) == Some(self.terms.deployment)
        });
        if are_forces || !roles.themes.iter().any(is_job) {
            return None;
        }
        let employers = || {
            let places =
                clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "with" | "at" | "in" | "from" | "for" | "to"));
            places.flat_map(|(_, nouns)| nouns).copied().collect::<Vec<usize>>()
        };
        match frame {
            Frame::Gets | Frame::Holds | Frame::Works | Frame::Asks if !clause.is_passive => {
                *roles = Roles {
                    giver: clause.subject.clone(),
                    themes: clause.subject.clone(),
                    taker: employers(),
                    carrier: Vec::new(),
                };
            }
            // `gave jobs to North Korean programmers`
            Frame::Gives => {
                let people = std::mem::take(&mut roles.taker);
                *roles =
                    Roles { giver: people.clone(), themes: people, taker: std::mem::take(&mut roles.giver), carrier: Vec::new() };
            }
            _ => return None,
        }
        Some(Frame::Works)
    }

    /// True for a leader, minister or delegation.
    pub(super) fn is_official(&self, sentence: &Parsed<'_>, chunk: usize) -> bool {
        let Some(noun) = sentence.noun(chunk) else { return false };
        let is_source = |at: usize| {
            self.lexicon
                .at(sentence.tokens, at)
                .any(|(_, meaning)| matches!(meaning, Meaning::Source(kind) if self.rulebook.term(kind) == "member-state"))
        };
        sentence.names_in(noun).iter().any(|found| found.kind == NameKind::State) || noun.tokens.clone().any(is_source)
    }
}
