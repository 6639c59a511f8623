//! Roles: which noun phrases stand where beside a verb, by the frame of its act.

use crate::rulebook::Frame;

use super::clauses::Clause;
use super::lexicon::NameKind;
use super::sentence::Parsed;
use super::units::Tag;

/// Who stands where: noun phrases by position.
#[derive(Debug, Default, Clone)]
pub(super) struct Roles {
    pub(super) giver: Vec<usize>,
    pub(super) taker: Vec<usize>,
    pub(super) themes: Vec<usize>,
    pub(super) carrier: Vec<usize>,
}

/// True for a verb whose object is where something arrives: `reached the port`.
fn reaches(sentence: &Parsed<'_>, clause: &Clause) -> bool {
    sentence.group(clause.verb).is_some_and(|group| {
        let words = sentence.lower(&group.tokens);
        ["reach", "enter", "cross"].iter().any(|verb| words.contains(verb))
    })
}

/// Who stands where beside a verb.
pub(super) fn roles(sentence: &Parsed<'_>, clause: &Clause, frame: Frame) -> Roles {
    let places = |words: &[&str]| -> Vec<usize> {
        clause.places.iter().filter(|(word, _)| words.contains(&word.as_str())).flat_map(|(_, nouns)| nouns).copied().collect()
    };
    let by = places(&["by"]);
    let (actor, themes) = match clause.is_passive {
        true => (by, if clause.subject.is_empty() { clause.objects.clone() } else { clause.subject.clone() }),
        false => (clause.subject.clone(), clause.objects.clone()),
    };
    // Behind the verb first; what stands before it says more of the subject, `barges from Shandong`.
    let (behind, before): (Vec<usize>, Vec<usize>) =
        places(&["from", "out of", "back from", "away from"]).into_iter().partition(|noun| *noun > clause.verb);
    let is_of_subject = |noun: &usize| noun.checked_sub(2).is_some_and(|at| clause.subject.contains(&at));
    let carries = frame == Frame::Moves && !clause.is_passive;
    // `The crew, all of them from Hodeidah, had taken rifles on board`: where they are from.
    let is_of_person = |noun: &usize| {
        let own = noun.checked_sub(2).and_then(|at| sentence.noun(at));
        own.is_some_and(|own| own.is_pronoun || sentence.lexicon.is_word_of(&sentence.head(own), "hands"))
    };
    let acts = matches!(frame, Frame::Gives | Frame::Moves | Frame::Gets) && !clause.is_passive;
    let before = before.into_iter().filter(|noun| !(carries && is_of_subject(noun) || acts && is_of_person(noun)));
    let from: Vec<usize> = behind.into_iter().chain(before).collect();
    let to =
        places(&["to", "into", "towards", "toward", "onto", "back to", "on to", "over to", "across to", "through to", "up to"]);
    let mut roles = Roles::default();
    match frame {
        Frame::Gives => {
            roles.giver = actor.into_iter().chain(from).collect();
            // Where someone is named who gets it, a place is only where it is done.
            let others = if to.is_empty() { places(&["for", "in", "with"]) } else { places(&["for", "with"]) };
            roles.taker = clause.recipient.into_iter().chain(to).chain(others).collect();
            // `is sharing with Iran knowledge of satellites`
            roles.themes = if themes.is_empty() { places(&["with"]) } else { themes };
            // `Russia was given missiles by Pyongyang`: who gets stands before, the thing behind the verb.
            let is_person = |noun: &usize| {
                sentence.noun(*noun).is_some_and(|n| {
                    n.is_pronoun
                        || sentence.units.get(n.head).is_some_and(|head| head.name.is_some())
                        || sentence.proper_name(n).is_some()
                })
            };
            // `the army of Russia was given shells`
            let is_of_state = |noun: &usize| {
                let named = |at: usize| sentence.noun(at).is_some_and(|noun| !sentence.names_in(noun).is_empty());
                let verb = sentence.group(clause.verb).map(|group| sentence.lower(&group.tokens)).unwrap_or_default();
                let has_two_objects =
                    ["given", "handed", "sold", "sent", "lent", "granted", "paid", "offered", "issued", "awarded"];
                has_two_objects.iter().any(|form| verb.ends_with(form))
                    && (named(*noun) || sentence.beside(*noun).is_some_and(named))
            };
            let takes = |noun: &usize| is_person(noun) || is_of_state(noun);
            if clause.is_passive && !clause.objects.is_empty() && clause.subject.first().is_some_and(takes) {
                // `the visitor from Kabul was given ambulances`
                let beside: Vec<usize> = roles.themes.iter().filter_map(|noun| sentence.beside(*noun)).collect();
                roles.giver.retain(|noun| !beside.contains(noun));
                roles.taker.splice(0..0, std::mem::take(&mut roles.themes));
                roles.themes.clone_from(&clause.objects);
            }
            let is_name_first = |noun: usize| {
                sentence.noun(noun).is_some_and(|n| {
                    let units = sentence.units_of(n);
                    units.len() > 1
                        && !clause.is_passive
                        && units.first().is_some_and(|u| {
                            u.name.is_some_and(|name| matches!(name.kind, NameKind::Country | NameKind::State | NameKind::Group))
                        })
                        && units.get(1).is_some_and(|u| u.tag != Tag::Possessive)
                })
            };
            // `sold Myanmar missiles`
            if let Some(first) = roles.themes.first().copied().filter(|noun| is_name_first(*noun)) {
                roles.taker.insert(0, first);
            }
        }
        Frame::Gets => {
            roles.taker = actor.into_iter().chain(to).collect();
            roles.giver = from;
            roles.themes = themes;
        }
        Frame::Moves => {
            // `flew to Pyongyang with suitcases of cash`
            roles.themes = if themes.is_empty() { places(&["with"]) } else { themes };
            roles.carrier = actor;
            roles.giver = from;
            roles.taker = to;
        }
        // `out of it came vehicles`
        Frame::Arrives if clause.subject.is_empty() && !reaches(sentence, clause) => {
            roles.themes = themes;
            roles.giver = from;
            roles.taker = to;
        }
        Frame::Arrives => {
            roles.themes.clone_from(&clause.subject);
            roles.giver = from;
            // `stolen from the refinery at Zawiya, ended up in Sicily`
            let crosses = sentence.group(clause.verb).is_some_and(|group| sentence.lower(&group.tokens).contains("cross"));
            let words: &[&str] = if crosses { &["in", "via", "for"] } else { &["in", "at", "via", "for"] };
            // `through a middleman in Shenzhen`: he is there.
            let is_of_other = |noun: &usize| {
                let before = noun.checked_sub(2);
                before.is_some_and(|before| {
                    clause.places.iter().any(|(word, nouns)| {
                        matches!(word.as_str(), "through" | "by" | "with" | "by way of") && nouns.contains(&before)
                    })
                })
            };
            let behind = places(words).into_iter().filter(|noun| *noun > clause.verb && !is_of_other(noun));
            let before =
                places(&["in", "at"]).into_iter().filter(|noun| *noun < clause.subject.first().copied().unwrap_or(clause.verb));
            roles.taker = clause.objects.iter().copied().chain(to).chain(behind).chain(before).collect();
        }
        Frame::Leaves => {
            roles.themes.clone_from(&clause.subject);
            roles.giver = themes.into_iter().chain(from).collect();
            roles.taker = to.into_iter().chain(places(&["for"])).collect();
        }
        Frame::Trains => {
            roles.giver = actor;
            roles.taker = themes.iter().copied().chain(to).collect();
            roles.themes = themes;
        }
        Frame::Serves => {
            roles.giver = actor;
            // `through an agent in Singapore`: the agent is there.
            let is_of_other = |noun: &usize| {
                noun.checked_sub(2).is_some_and(|before| {
                    clause.places.iter().any(|(word, nouns)| {
                        matches!(word.as_str(), "through" | "by" | "with" | "via") && nouns.contains(&before)
                    })
                })
            };
            roles.taker = places(&["for", "in", "to"]).into_iter().filter(|noun| !is_of_other(noun)).collect();
            roles.themes = themes;
        }
        Frame::Lets => {
            roles.giver = actor;
            roles.taker = to;
            roles.themes = themes;
        }
        Frame::Does => {
            // `a rocket rose from Sohae`
            roles.themes = if themes.is_empty() { clause.subject.clone() } else { themes };
            roles.giver = actor.into_iter().chain(from).collect();
        }
        Frame::Asks => {
            roles.taker = actor;
            roles.giver = from;
            roles.themes = if themes.is_empty() { places(&["for", "after"]) } else { themes };
        }
        // `60 million dollars vanished from an exchange`
        Frame::Robs if themes.is_empty() && !clause.is_passive => {
            roles.giver = from;
            roles.themes = actor;
        }
        Frame::Robs => {
            roles.taker = actor;
            roles.giver = from;
            if roles.giver.is_empty() {
                roles.giver.clone_from(&themes);
            }
            // `a platform was drained of 60 million dollars`
            let of = places(&["of"]);
            roles.themes = if of.is_empty() { themes } else { of };
        }
        Frame::Works => {
            roles.themes.clone_from(&clause.subject);
            roles.giver = clause.subject.iter().copied().chain(from).collect();
            roles.taker = places(&["in", "at", "for", "on", "inside", "near"]);
        }
        Frame::Employs => {
            roles.taker = actor;
            roles.giver.clone_from(&themes);
            roles.themes = themes;
        }
        Frame::Holds => {
            roles.giver = actor;
            roles.taker = places(&["with", "for", "in", "at"]);
            roles.themes = themes;
        }
        Frame::Alongside | Frame::Brokers => {
            roles.giver = actor;
            roles.themes = themes;
            roles.taker = to.into_iter().chain(places(&["for", "between", "with"])).collect();
        }
        Frame::Calls => {
            roles.giver = actor;
            roles.taker = themes.into_iter().chain(places(&["at", "in", "to"])).collect();
        }
        Frame::Meets => {
            roles.giver = actor;
            roles.taker = themes.into_iter().chain(to).chain(places(&["with", "in"])).collect();
        }
    }
    roles
}
