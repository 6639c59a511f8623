//! One movement that is told by two acts: what one says of it holds for the other.

use crate::facts::Term;
use crate::rulebook::{Frame, Vocabulary};

use super::context::Context;
use super::event::{Event, How, Side, ThemeKind};
use super::merging::is_alike;
use super::status::Stage;
use super::text::Text;
use super::transactions::{country, heads, is_open};

/// How many sentences behind an act may tell of its voyage.
const VOYAGE_REACH: usize = 3;

/// One road that a sentence tells by several verbs: `left Copenhagen, went to Dalian and were unloaded at Nampo`.
pub(super) fn join_legs(events: &mut [Event]) {
    let is_road = |event: &Event| matches!(event.frame, Frame::Leaves | Frame::Arrives | Frame::Moves);
    for at in 1..events.len() {
        let (before, rest) = events.split_at_mut(at);
        let Some(second) = rest.first_mut().filter(|event| is_road(event) && event.to.is_some()) else { continue };
        let is_first = |first: &&mut Event| {
            first.article == second.article
                && first.sentence == second.sentence
                && is_road(first)
                && first.is_carriage == second.is_carriage
                && first.themes == second.themes
                && first.from.is_some()
                && country(&first.from) != country(&second.to)
        };
        // `crossed China by train and reached Hamhung`
        let passes = |first: &&mut Event| {
            first.article == second.article
                && first.sentence == second.sentence
                && first.frame == Frame::Arrives
                && second.frame == Frame::Arrives
                && first.themes == second.themes
                && first.from.is_none()
                && second.from.is_none()
                && first.to.is_some()
                && country(&first.to) != country(&second.to)
        };
        if let Some(first) = before.iter_mut().rev().take(2).find(passes) {
            second.via.extend(first.to.take());
        }
        let Some(first) = before.iter_mut().rev().take(4).find(is_first) else { continue };
        if second.from.is_none() {
            second.from.clone_from(&first.from);
            // Where it only passed: `went by sea to Dalian`.
            if first.frame != Frame::Leaves && first.to.is_some() {
                second.via.extend(first.to.take());
                first.from = None;
            }
        }
        if first.is_carriage && first.to.is_none() && country(&second.from) == country(&first.from) {
            first.to.clone_from(&second.to);
        }
    }
}

/// People who go somewhere to be trained are no help for where they go: they are trained there.
pub(super) fn follow_trainees(events: &mut Vec<Event>, of_people: &[Term]) {
    let mut is_told_by_training = vec![false; events.len()];
    for at in 0..events.len() {
        let Some(event) = events.get(at) else { continue };
        let goes = matches!(event.frame, Frame::Arrives | Frame::Gives | Frame::Moves | Frame::Meets | Frame::Leaves)
            && of_people.contains(&event.activity);
        let (Some(home), true) = (event.from.clone(), goes) else { continue };
        let (place, article, sentence) = (event.to.clone(), event.article, event.sentence);
        let trains = |other: &&mut Event| {
            other.frame == Frame::Trains
                && other.article == article
                && (sentence..=sentence + 1).contains(&other.sentence)
                && other.to.as_ref().is_none_or(|to| to.country == home.country)
        };
        let Some(training) = events.iter_mut().find(trains) else { continue };
        training.to = training.to.take().or(Some(home));
        let is_other = |place: &Side| Some(place.country) != country(&training.to);
        training.from = training.from.take().or(place.filter(is_other));
        if let Some(told) = is_told_by_training.get_mut(at) {
            *told = true;
        }
    }
    let mut told = is_told_by_training.into_iter();
    events.retain(|_| !told.next().unwrap_or_default());
}

/// How many sentences from a transfer between ships its load may be told.
const TRANSFER_REACH: usize = 3;

/// What one ship pumps or hands over beside the words that tell of a transfer between two is the load of that transfer.
pub(super) fn load_transfers(events: &mut Vec<Event>) {
    let mut is_told = vec![false; events.len()];
    for at in 0..events.len() {
        let Some(event) = events.get(at) else { continue };
        let is_load = is_open(event)
            && !event.is_carriage
            && event.seizure.is_none()
            && event.status.stage != Stage::Planned
            && matches!(event.frame, Frame::Moves | Frame::Gives | Frame::Gets)
            && event.themes.iter().any(|theme| theme.kind == ThemeKind::Goods);
        if !is_load {
            continue;
        }
        let (article, sentence, themes, date) = (event.article, event.sentence, event.themes.clone(), event.date.clone());
        let is_near = |other: &&mut Event| {
            other.frame == Frame::Alongside
                && other.article == article
                && other.sentence.abs_diff(sentence) <= TRANSFER_REACH
                && other.themes.is_empty()
        };
        let near = at.saturating_sub(6)..(at + 7).min(events.len());
        let Some(transfer) = events.get_mut(near).into_iter().flatten().find(is_near) else { continue };
        transfer.themes = themes;
        transfer.date = transfer.date.take().or(date);
        if let Some(told) = is_told.get_mut(at) {
            *told = true;
        }
    }
    let mut told = is_told.into_iter();
    events.retain(|_| !told.next().unwrap_or_default());
}

/// Goods that move without a date did so on the voyage that the next sentences tell: `She left Haeju on 23 July`.
pub(super) fn date_by_voyage(events: &mut [Event]) {
    for at in 0..events.len() {
        let (known, rest) = events.split_at_mut(at + 1);
        let Some(event) = known.last_mut() else { continue };
        let moves = matches!(event.frame, Frame::Gives | Frame::Moves | Frame::Arrives) && !event.is_carriage;
        if !moves || event.date.is_some() || event.status.stage == Stage::Planned || event.from.is_none() {
            continue;
        }
        let is_voyage = |other: &&Event| {
            other.article == event.article
                && (1..=VOYAGE_REACH).contains(&other.sentence.saturating_sub(event.sentence))
                && matches!(other.frame, Frame::Leaves | Frame::Moves | Frame::Arrives)
                && (other.is_carriage || other.frame == Frame::Leaves)
                && other.date.is_some()
                && country(&other.from) == country(&event.from)
        };
        let voyage = rest.iter().take(6).find(is_voyage);
        event.date = voyage.and_then(|voyage| voyage.date.clone());
        event.is_date_supposed = event.date.is_some();
    }
}

/// Two acts of the same goods that each say one side say both of each other: ships that carried trucks to Libya, and the trucks that
/// had been loaded in Dubai.
pub(super) fn unite_sides(events: &mut [Event], texts: &[Text<'_>], vocabulary: &Vocabulary, supply: Term) {
    for at in 0..events.len() {
        let near = at.saturating_sub(6)..(at + 7).min(events.len());
        let is_halved =
            |event: &&Event| event.frame != Frame::Meets && (event.from.is_none() != event.to.is_none() || is_open(event));
        let Some(event) = events.get(at).filter(is_halved) else {
            continue;
        };
        let sides = near.clone().filter(|other| *other != at).filter_map(|other| events.get(other)).find_map(|other| {
            // Where a ship sailed from is not yet where its load is from.
            let is_departure = other.frame == Frame::Leaves && other.is_carriage && other.to.is_none();
            let is_near = other.article == event.article && other.sentence.abs_diff(event.sentence) <= 3 && !is_departure;
            let is_of_goods = is_alike(event.activity, other.activity, vocabulary) && event.frame != Frame::Does;
            let agrees =
                |own: &Option<Side>, other: &Option<Side>| own.is_none() || other.is_none() || country(own) == country(other);
            let both = (event.from.as_ref().or(other.from.as_ref())?, event.to.as_ref().or(other.to.as_ref())?);
            let is_whole = agrees(&event.from, &other.from) && agrees(&event.to, &other.to) && both.0.country != both.1.country;
            let (a, b) = (heads(event, texts), heads(other, texts));
            let is_of_same = !vocabulary.is_a(event.activity, supply)
                || a.is_empty()
                || b.is_empty()
                || a.iter().any(|head| b.contains(head))
                || event.themes == other.themes;
            (is_near && is_of_goods && is_whole && is_of_same)
                .then(|| (both.0.clone(), both.1.clone(), other.is_carriage && other.sentence.abs_diff(event.sentence) <= 1))
        });
        if let (Some((from, to, is_of_carriage)), Some(event)) = (sides, events.get_mut(at)) {
            // The ship that sails from Iran to Yemen is the one with the rifles.
            let most = if is_of_carriage { How::Named } else { How::Inferred };
            let inferred = |side: Side| Side { how: side.how.min(most), ..side };
            if event.from.is_none() {
                event.from = Some(inferred(from));
            }
            if event.to.is_none() {
                event.to = Some(inferred(to));
            }
        }
    }
}

/// Goods of which no side is said go where the ship or lorry goes that is told of beside them.
pub(super) fn follow_carriers(events: &mut [Event], context: &Context) {
    for at in 0..events.len() {
        let near = at.saturating_sub(2)..(at + 3).min(events.len());
        let Some(event) = events.get(at).filter(|event| is_open(event) && !event.is_carriage && event.frame == Frame::Moves)
        else {
            continue;
        };
        let found = near.filter(|other| *other != at).filter_map(|other| events.get(other)).find(|other| {
            other.is_carriage
                && other.article == event.article
                && other.sentence.abs_diff(event.sentence) <= 1
                && context.is_same_paragraph(other.sentence, event.sentence)
                && other.frame == Frame::Arrives
        });
        let to = found.and_then(|other| other.to.clone());
        if let (Some(to), Some(event)) = (to, events.get_mut(at)) {
            event.to = Some(to);
        }
    }
}
