//! From acts to transactions: sides that are not said, background, and one act that is told several times.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use crate::facts::Term;
use crate::rulebook::Frame;

use super::consistency::{is_inside, is_levy};
use super::context::{Context, Missing, Search};
use super::event::{Event, How, PartyPlace, Side, Theme, ThemeKind};
use super::lexicon::{Lexicon, NameKind};
use super::status::Stage;
use super::text::Text;
use super::themes::theme_head;

/// What is known of an article besides its acts.
pub(super) struct Setting<'a> {
    /// The State where it is written.
    pub(super) here: Option<Side>,
    pub(super) today: Option<NaiveDate>,
    /// The States that the report names.
    pub(super) mentions: BTreeSet<Term>,
    /// What the article says of States around each act.
    pub(super) context: Context,
    /// The States under measures.
    pub(super) targets: &'a [Term],
    /// The activity of a person who goes somewhere.
    pub(super) travel: Term,
    pub(super) employment: Term,
    /// What is done to things where they are: building, repairs.
    pub(super) builds: [Term; 2],
    /// It tells of a trial.
    pub(super) is_of_court: bool,
    /// It is written where news of all States is written.
    pub(super) is_hub: bool,
    pub(super) lexicon: &'a Lexicon,
}

/// A giver and a taker of an act of which the words say both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) from: Term,
    pub(super) to: Term,
    /// True if goods, money or people went from one to the other.
    pub(super) moves: bool,
}

/// The pairs of States of acts of which the words say both sides.
pub(super) fn pairs(events: &[Event]) -> Vec<Pair> {
    let pair = |event: &Event| {
        let moves = !matches!(event.frame, Frame::Serves | Frame::Trains | Frame::Meets | Frame::Robs);
        Some(Pair { from: country(&event.from)?, to: country(&event.to)?, moves })
    };
    let mut pairs: Vec<Pair> = events.iter().filter_map(pair).filter(|pair| pair.from != pair.to).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The sides of acts of which the words beside the act name one.
pub(super) fn told_pairs(events: &[Event]) -> Vec<(Term, Term)> {
    let is_named = |side: &Option<Side>| side.as_ref().is_some_and(|side| side.how == How::Named);
    let of_goods =
        events.iter().filter(|event| !matches!(event.frame, Frame::Does | Frame::Meets | Frame::Robs) && !event.is_carriage);
    let told = of_goods.filter(|event| is_named(&event.from) || is_named(&event.to));
    told.filter_map(|event| country(&event.from).zip(country(&event.to))).collect()
}

/// Goods of a State under measures that go on from the State that got them.
pub(super) fn received(events: &[Event], texts: &[Text<'_>], targets: &[Term]) -> Vec<(Term, Vec<String>)> {
    let is_target = |side: &Option<Side>| country(side).is_some_and(|country| targets.contains(&country));
    let from_target = events.iter().filter(|event| is_target(&event.from) && !is_target(&event.to) && event.frame != Frame::Does);
    from_target.filter_map(|event| Some((country(&event.to)?, heads(event, texts)))).collect()
}

/// The States under no measures that pass goods on to one that is: what they got is told because of that.
pub(super) fn onward(events: &[Event], targets: &[Term]) -> Vec<Term> {
    let is_target = |side: &Option<Side>| country(side).is_some_and(|country| targets.contains(&country));
    let givers = events.iter().filter(|event| is_target(&event.to) && !is_target(&event.from) && event.frame != Frame::Does);
    let mut givers: Vec<Term> = givers.filter_map(|event| country(&event.from)).collect();
    givers.sort_unstable();
    givers.dedup();
    givers
}

/// Acts that say neither side have those of the act before them in their paragraph: aircraft landed; they carried rifles.
pub(super) fn inherit_sides(events: &mut [Event], setting: &Setting<'_>) {
    for at in 1..events.len() {
        let (before, rest) = events.split_at_mut(at);
        let Some(event) = rest.first_mut().filter(|event| is_open(event) && event.seizure.is_none()) else { continue };
        let moves = |frame: Frame| matches!(frame, Frame::Gives | Frame::Moves | Frame::Arrives | Frame::Trains | Frame::Leaves);
        let found = before.iter().rev().take(4).find(|other| {
            let both_ask = other.frame == Frame::Asks && event.frame == Frame::Asks && other.activity == event.activity;
            (moves(other.frame) && moves(event.frame) || both_ask)
                && event.sentence >= other.sentence
                && event.sentence - other.sentence <= 2
                && setting.context.is_same_paragraph(event.sentence, other.sentence)
                && event.story == other.story
                && other.from.is_some()
                && other.to.is_some()
        });
        if let Some(other) = found {
            let inferred = |side: &Option<Side>| side.clone().map(|side| Side { how: side.how.max(How::Inferred), ..side });
            (event.from, event.to) = (inferred(&other.from), inferred(&other.to));
        }
    }
}

/// How many sentences behind an act what is given in return for it may be told.
const ANSWER_REACH: usize = 5;

/// What is given in return goes the other way: `in exchange it has received air defence systems`.
pub(super) fn answer(events: &mut [Event]) {
    for at in 1..events.len() {
        let (before, rest) = events.split_at_mut(at);
        let Some(event) = rest.first_mut().filter(|event| event.is_in_return && event.frame != Frame::Does) else { continue };
        let is_sure = |side: &Option<Side>| side.as_ref().is_some_and(|side| side.how == How::Named);
        if is_sure(&event.from) && is_sure(&event.to) {
            continue;
        }
        let found = before.iter().rev().take(6).find(|other| {
            other.article == event.article
                && event.sentence - other.sentence.min(event.sentence) <= ANSWER_REACH
                && other.sentence <= event.sentence
                && other.frame != Frame::Does
                && is_sure(&other.from).max(is_sure(&other.to))
                && other.from.is_some()
                && other.to.is_some()
                && !is_sure(&event.from).min(country(&event.from) != country(&other.to))
                && !is_sure(&event.to).min(country(&event.to) != country(&other.from))
        });
        if let Some(other) = found {
            let said = |side: &Option<Side>| side.clone().map(|side| Side { how: How::Named, ..side });
            (event.from, event.to) = (said(&other.to), said(&other.from));
        }
    }
}

/// A seizure that is told behind an act of the same goods is one of that act, which it stopped.
pub(super) fn hand_on_seizures(events: &mut [Event], texts: &[Text<'_>]) {
    for at in 1..events.len() {
        let (before, rest) = events.split_at_mut(at);
        let Some(event) = rest.first().filter(|event| event.seizure.is_some() && !event.is_carriage) else { continue };
        let own = heads(event, texts);
        let is_same = |other: &&mut Event| {
            other.frame != Frame::Does
                && event.sentence >= other.sentence
                && event.sentence - other.sentence <= 2
                && event.story == other.story
                && (own.is_empty() || heads(other, texts).iter().any(|head| own.contains(head)))
                && country(&other.from).is_some()
                && country(&other.to).is_some()
        };
        if let Some(other) = before.iter_mut().rev().take(4).find(is_same).filter(|other| other.seizure.is_none()) {
            other.seizure.clone_from(&event.seizure);
            if other.status.stage == Stage::Completed {
                other.status.stage = Stage::Attempted;
            }
        }
    }
}

/// How many words behind a verb of training name who is trained.
const TRAINEES_REACH: usize = 10;

impl Setting<'_> {
    /// Fills in the side that an act leaves open, by the States that the article names around it.
    pub(super) fn complete(&self, event: &mut Event, pairs: &[Pair], onward: &[Term]) {
        if event.date.is_none() && event.status.stage != Stage::Planned {
            event.date = self.context.date(event);
            event.is_date_supposed = event.date.is_some();
        }
        // `200 shells were fired`: by the State that the article is about.
        if event.frame == Frame::Does && event.from.is_none() && !event.has_actor {
            event.from = self.context.topic.clone().map(|side| Side { how: How::Inferred, ..side });
        }
        // Another story is told from another place.
        let dateline = self.here.clone().filter(|_| event.story == 0);
        let is_travel = event.frame == Frame::Meets && event.activity == self.travel;
        if matches!(event.frame, Frame::Does | Frame::Meets | Frame::Alongside | Frame::Calls) && !is_travel {
            return;
        }
        // Who arrives arrives where the article is written.
        if is_travel && event.to.is_none() {
            event.to = dateline.clone().filter(|here| Some(here.country) != country(&event.from));
        }
        // `the exchange lost coins to hackers`: to those whom the article names.
        if event.frame == Frame::Robs && event.to.is_none() && event.from.is_none() {
            event.to = self.context.topic.clone().map(|side| Side { how: How::Inferred, ..side });
        }
        // An embassy lets its house where it stands.
        if event.frame == Frame::Lets && event.to.is_none() && event.from.is_some() {
            event.to = dateline.clone().filter(|here| Some(here.country) != country(&event.from));
        }
        // In a paragraph on another State goods go the way that they go elsewhere in the article.
        if is_open(event)
            && matches!(event.frame, Frame::Gives | Frame::Moves | Frame::Serves | Frame::Trains)
            && let (Some(topic), Some(head)) = (self.context.topic.clone(), self.context.heads_paragraph(event.sentence))
            && topic.country != head.country
        {
            let gives = pairs.iter().filter(|pair| pair.from == topic.country).count();
            let gets = pairs.iter().filter(|pair| pair.to == topic.country).count();
            let inferred = |side: Side| Some(Side { how: How::Named, ..side });
            if gives > gets || gives == gets && event.frame == Frame::Trains {
                (event.from, event.to) = (inferred(topic), inferred(head));
            } else if gets > gives {
                (event.from, event.to) = (inferred(head), inferred(topic));
            }
            return;
        }
        if is_open(event)
            && matches!(event.frame, Frame::Gives | Frame::Moves | Frame::Arrives | Frame::Gets)
            && let Some((from, to)) = self.context.path(event)
        {
            (event.from, event.to) = (Some(from), Some(to));
        }
        // `Sacks of charcoal from Kismayo lie on the quay. The consignment came in on three dhows.`
        let home = dateline.as_ref().filter(|_| !self.is_hub);
        let is_load = event.themes.iter().any(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Generic));
        if is_open(event)
            && is_load
            && !event.is_nominal
            && !event.is_title
            && event.status.stage != Stage::Planned
            && matches!(event.frame, Frame::Moves | Frame::Arrives)
            && let Some((from, to)) = self.context.road(event, home, self.targets)
        {
            (event.from, event.to) = (Some(from), Some(to));
        }
        // What customs of a State under measures find was on its way there.
        if let (None, Some((_, Some(by)))) = (&event.to, &event.seizure)
            && country(&event.from) != Some(by.country)
            && self.targets.contains(&by.country)
        {
            event.to = Some(by.clone());
        }
        // `sold cover to ships that carried North Korean coal`: what an aside does not say is not what the article says elsewhere.
        if event.is_aside && event.to.is_none() && event.seizure.is_none() {
            return;
        }
        if matches!(event.frame, Frame::Works | Frame::Employs) && event.from.is_some() && event.to.is_none() {
            event.to = self.context.place_of_work(event);
        }
        let missing = match (&event.from, &event.to) {
            (Some(_), None) => Missing::Taker,
            (None, Some(_)) => Missing::Giver,
            _ => return,
        };
        // `The mill said that it had ordered coal`: whose the mill is follows from nothing that others do.
        if event.is_of_unnamed {
            let home = dateline.clone().filter(|here| !self.is_hub && Some(here.country) != country(&event.from));
            if missing == Missing::Taker && matches!(event.frame, Frame::Gets | Frame::Asks) {
                event.to = home;
                return;
            }
        }
        // A place that the report does not name again is only where it is written.
        let here = dateline.as_ref().filter(|here| self.mentions.contains(&here.country));
        let here = here.map(|here| here.country);
        let home = here.filter(|_| !self.is_hub);
        let found = self.context.side(event, missing, &Search { here, home, targets: self.targets, pairs, onward });
        // A State under measures that only gets in what the article tells is not supposed to give, nor the other way round.
        let other = country(&event.from).or(country(&event.to));
        let is_between_targets = other.is_some_and(|other| self.targets.contains(&other));
        let is_against = |side: &Side| {
            let (mut gives, mut gets) = (false, false);
            for pair in pairs.iter().filter(|pair| pair.moves) {
                gives |= pair.from == side.country;
                gets |= pair.to == side.country;
            }
            !is_between_targets
                && self.targets.contains(&side.country)
                && match missing {
                    Missing::Giver => gets && !gives,
                    Missing::Taker => gives && !gets,
                }
        };
        // Who hires people of a State under no measures is not supposed to be one under measures.
        let hires = |side: &Side| {
            let is_people = event.activity == self.employment && missing == Missing::Taker;
            let is_measured = country(&event.from).is_some_and(|country| self.targets.contains(&country));
            is_people && !is_measured && self.targets.contains(&side.country)
        };
        let found = found.filter(|side| !is_against(side) && !hires(side));
        // `The mill has kept on 60 women from North Korea.`: where the article is written.
        let is_of_place = matches!(event.frame, Frame::Employs | Frame::Works | Frame::Trains | Frame::Lets | Frame::Holds)
            || event.frame == Frame::Serves && self.builds.contains(&event.activity);
        let at_home = || {
            let is_measured =
                event.from.as_ref().is_some_and(|from| from.how >= How::Inferred && self.targets.contains(&from.country));
            let here = dateline.clone().filter(|_| !self.is_hub);
            let here = here.or_else(|| self.context.only_other(self.targets).filter(|_| event.story == 0));
            let home = here.filter(|_| is_of_place && is_measured && !event.is_nominal);
            home.filter(|home| Some(home.country) != country(&event.from))
        };
        match missing {
            // Where it was stopped is more than where the article is written.
            Missing::Taker => {
                let stop = event.stop.clone().filter(|stop| Some(stop.country) != country(&event.from));
                let found =
                    found.filter(|found| stop.is_none() || dateline.as_ref().is_none_or(|here| here.country != found.country));
                event.to = found.or(stop).or_else(at_home);
            }
            Missing::Giver => {
                // A firm of which no State is said is of where the article is written, if that is no hub of news.
                let is_given = matches!(event.frame, Frame::Gives | Frame::Gets | Frame::Robs);
                let has_name =
                    is_given && event.names.iter().any(|name| name.side == PartyPlace::Giver && name.country.is_none());
                // `A jury found two men guilty of having sent rifles`: who is tried is of where the court is.
                let is_tried = self.is_of_court && event.has_actor && matches!(event.frame, Frame::Gives | Frame::Brokers);
                let own = dateline.clone().filter(|_| (has_name || is_tried) && !self.is_hub);
                event.from = found.or(own.filter(|here| Some(here.country) != country(&event.to)));
            }
        }
    }

    /// Why an act is no transaction to be reported.
    pub(super) fn beside_the_point(
        &self,
        event: &Event,
        texts: &[Text<'_>],
        onward: &[Term],
        received: &[(Term, Vec<String>)],
        known: &[(Term, Term)],
    ) -> Option<&'static str> {
        let is_target = |side: &Option<Side>| side.as_ref().is_some_and(|side| self.targets.contains(&side.country));
        if event.is_carriage {
            return Some("what it carried is not said there");
        }
        if event.from.is_none() && event.to.is_none() {
            return Some("the text names neither side");
        }
        let own = heads(event, texts);
        // `went on from Malta to Italy`, `was sold on`
        let goes_on = || texts.get(event.article).is_some_and(|text| text.words(&event.act).to_lowercase().ends_with(" on"));
        let passes_on = event.from.as_ref().is_some_and(|from| goes_on() && received.iter().any(|(got, _)| *got == from.country))
            || event.to.as_ref().is_some_and(|to| onward.contains(&to.country))
            || event.from.as_ref().is_some_and(|from| {
                received.iter().any(|(got, of)| *got == from.country && own.iter().any(|head| of.contains(head)))
            });
        let is_leg = event.from.as_ref().is_some_and(|side| side.how >= How::Inferred)
            && event.to.as_ref().is_some_and(|side| side.how >= How::Named)
            && matches!(event.frame, Frame::Gives | Frame::Moves | Frame::Leaves | Frame::Arrives | Frame::Gets)
            && event.status.stage != Stage::Planned
            && !event.is_nominal
            && !event.is_title
            && self.context.tells_of(self.targets, event.sentence)
            && !self.is_of_origin(event, texts);
        if !is_target(&event.from) && !is_target(&event.to) && !passes_on && !is_leg {
            return Some("between States under no measures");
        }
        let is_does = event.frame == Frame::Does;
        let is_of_people = event.activity == self.travel
            || matches!(event.frame, Frame::Robs | Frame::Does | Frame::Trains | Frame::Serves | Frame::Works | Frame::Employs);
        let least = if is_of_people { How::Inferred } else { How::Named };
        let is_named = [&event.from, &event.to].into_iter().flatten().any(|side| side.how >= least);
        let is_of_goods = matches!(event.frame, Frame::Gives | Frame::Gets)
            && event.seizure.is_none()
            && event.themes.iter().any(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Money));
        let is_of_known_pair = is_of_goods
            && country(&event.from).zip(country(&event.to)).is_some_and(|pair| known.contains(&pair))
            && [&event.from, &event.to].into_iter().flatten().any(|side| side.how >= How::Inferred);
        let is_known_wage =
            event.is_wage && country(&event.to).zip(country(&event.from)).is_some_and(|pair| known.contains(&pair));
        if !is_named && !is_of_known_pair && !is_known_wage {
            return Some("the text does not say between whom");
        }
        // `has trained 2,000 shop assistants`: whose they are is not said.
        let is_of_trainees = || {
            texts.get(event.article).is_some_and(|text| {
                let names = |tokens: &Range<usize>| self.lexicon.is_listed(&text.tokens, tokens, "trainees");
                let end = text.sentences.get(event.sentence).map_or(event.act.end, |sentence| sentence.tokens.end);
                let behind = event.act.end..(event.act.end + TRAINEES_REACH).min(end).max(event.act.end);
                names(&behind) || event.themes.iter().any(|theme| names(&theme.tokens))
            })
        };
        if event.frame == Frame::Trains && event.to.as_ref().is_some_and(|to| to.how == How::Supposed) && !is_of_trainees() {
            return Some("the text does not say between whom");
        }
        // `an officer who had served in the department`: where he works is not said.
        let is_one = |theme: &Theme| {
            let head = head_of(event, theme, texts);
            texts.get(event.article).is_some_and(|text| {
                let words = text.words(&theme.tokens).to_lowercase();
                !words.ends_with('s') && theme.amount.is_none() && !self.lexicon.is_word_of(&head, "people")
            })
        };
        let is_of_one = !event.themes.is_empty() && event.themes.iter().all(is_one);
        if event.frame == Frame::Works && is_of_one && event.to.as_ref().is_some_and(|to| to.how == How::Supposed) {
            return Some("the text does not say between whom");
        }
        // `it had sold the ship in March`
        let is_ship = !own.is_empty()
            && own.iter().all(|head| matches!(head.as_str(), "ship" | "vessel" | "tanker" | "boat" | "freighter"));
        if is_ship
            && matches!(event.frame, Frame::Gives | Frame::Gets)
            && [&event.from, &event.to].into_iter().flatten().any(|side| side.how == How::Supposed)
        {
            return Some("the text does not say between whom");
        }
        if is_does && event.from.is_none() {
            return Some("the text does not say who did it");
        }
        if event.is_title && [&event.from, &event.to].into_iter().flatten().any(|side| side.how < How::Named) {
            return Some("the headline alone says it, and not between whom");
        }
        let is_meeting = event.frame == Frame::Meets;
        let is_of_ships = event.frame == Frame::Alongside;
        if !is_does && !is_meeting && !is_of_ships && (event.from.is_none() || event.to.is_none()) {
            return Some("the text names one side alone");
        }
        if let (Some(from), Some(to)) = (&event.from, &event.to)
            && from.country == to.country
            && !is_does
            && !is_inside(event, texts, self.targets)
            && !is_levy(event, texts, self.lexicon)
        {
            return Some("both sides are of one State");
        }
        if self.is_background(event, texts) {
            return Some("background of other years");
        }
        None
    }
}

impl Setting<'_> {
    /// True if only the adjective of its goods says where an act is from: `coal of Indonesian origin is discharged at Cam Pha`.
    fn is_of_origin(&self, event: &Event, texts: &[Text<'_>]) -> bool {
        let Some((from, text)) = event.from.as_ref().zip(texts.get(event.article)) else { return false };
        let is_adjective =
            self.lexicon.name_at(&text.tokens, from.tokens.start).is_some_and(|(_, name)| name.kind == NameKind::Adjective);
        let is_beside = |theme: &Theme| from.tokens.end + 1 >= theme.tokens.start && from.tokens.start <= theme.tokens.end + 2;
        is_adjective && event.themes.iter().any(is_beside)
    }
}

pub(super) fn is_open(event: &Event) -> bool {
    event.from.is_none() && event.to.is_none()
}

pub(super) fn country(side: &Option<Side>) -> Option<Term> {
    side.as_ref().map(|side| side.country)
}

pub(super) fn heads(event: &Event, texts: &[Text<'_>]) -> Vec<String> {
    event
        .themes
        .iter()
        .filter(|theme| theme.kind != ThemeKind::Generic && theme.kind != ThemeKind::Unknown)
        .map(|theme| head_of(event, theme, texts))
        .collect()
}

pub(super) fn head_of(event: &Event, theme: &Theme, texts: &[Text<'_>]) -> String {
    texts.get(event.article).map(|text| theme_head(&text.words(&theme.tokens).to_lowercase())).unwrap_or_default()
}
