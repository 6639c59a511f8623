//! One act that is told several times.

use std::collections::BTreeMap;

use crate::facts::{Period, Term};
use crate::rulebook::{Frame, Vocabulary};

use super::act_terms::ActTerms;
use super::event::{Event, How, NamedShip, Theme, ThemeKind};
use super::status::Stage;
use super::text::Text;
use super::themes::theme_head;
use super::transactions::{country, head_of, heads};

/// The most acts of two sides that another one is compared with.
const MOST_COMPARED: usize = 40;

/// Acts that are told several times are put together. The first telling leads.
pub(super) fn merge(events: Vec<Event>, texts: &[Text<'_>], vocabulary: &Vocabulary, terms: &ActTerms) -> Vec<Event> {
    let events = without_instructors(events, terms);
    let mut merged: Vec<Event> = Vec::new();
    let mut by_sides: BTreeMap<(Option<Term>, Option<Term>), Vec<usize>> = BTreeMap::new();
    for event in events {
        // What a headline tells in other words is what the report tells.
        let is_told = |known: &Event| {
            known.article == event.article
                && is_alike(known.activity, event.activity, vocabulary)
                && (country(&known.from) == country(&event.from) && country(&known.to) == country(&event.to)
                    || country(&known.from) == country(&event.to) && country(&known.to) == country(&event.from))
        };
        if event.is_title && merged.iter().any(is_told) {
            continue;
        }
        // Money that goes from the robbed to the robber is what was stolen.
        let is_loot = |known: &Event| {
            known.article == event.article
                && known.frame == Frame::Robs
                && country(&known.from) == country(&event.from)
                && country(&known.to) == country(&event.to)
        };
        if vocabulary.is_a(event.activity, terms.finance) && merged.iter().rev().take(MOST_COMPARED).any(is_loot) {
            continue;
        }
        let alike = by_sides.entry((country(&event.from), country(&event.to))).or_default();
        // Of a long text only the last acts of two sides are compared.
        let recent = alike.iter().rev().take(MOST_COMPARED).rev();
        let known =
            recent.copied().find(|at| merged.get(*at).is_some_and(|known| is_same_act(known, &event, texts, vocabulary, terms)));
        match known.and_then(|at| merged.get_mut(at)) {
            Some(known) => absorb(known, event, texts, vocabulary),
            None => {
                alike.push(merged.len());
                merged.push(event);
            }
        }
    }
    drop_reversed(merged, texts, vocabulary)
}

/// Instructors who are sent and then train are one act.
fn without_instructors(events: Vec<Event>, terms: &ActTerms) -> Vec<Event> {
    let is_sent = |event: &Event| event.activity == terms.military_training && event.frame != Frame::Trains;
    let trains = |event: &Event| event.frame == Frame::Trains;
    let is_kept = |at: usize, event: &Event| {
        let near = events.iter().skip(at.saturating_sub(3)).take(7);
        !is_sent(event)
            || !near.into_iter().any(|other| {
                trains(other)
                    && other.article == event.article
                    && other.sentence.abs_diff(event.sentence) <= 1
                    && country(&other.from) == country(&event.from)
            })
    };
    let keep: Vec<bool> = events.iter().enumerate().map(|(at, event)| is_kept(at, event)).collect();
    events.into_iter().zip(keep).filter_map(|(event, keep)| keep.then_some(event)).collect()
}

pub(super) fn is_alike(a: Term, b: Term, vocabulary: &Vocabulary) -> bool {
    vocabulary.is_a(a, b)
        || vocabulary.is_a(b, a)
        || vocabulary.broader_terms(a).next().is_some_and(|broader| vocabulary.broader_terms(b).any(|other| other == broader))
}

fn is_same_act(known: &Event, event: &Event, texts: &[Text<'_>], vocabulary: &Vocabulary, terms: &ActTerms) -> bool {
    if !is_alike(known.activity, event.activity, vocabulary) {
        return false;
    }
    if country(&known.from) != country(&event.from) || country(&known.to) != country(&event.to) {
        return false;
    }
    if known.article == event.article && known.story != event.story {
        return false;
    }
    // A right to fish is no shipment.
    if known.activity != event.activity && [known.activity, event.activity].contains(&terms.fishing_rights) {
        return false;
    }
    let apart = |a: &Period, b: &Period| (b.from - a.to).num_days().max((a.from - b.to).num_days());
    if let (Some(a), Some(b)) = (&known.date, &event.date)
        && apart(&a.value, &b.value) > 400
    {
        return false;
    }
    // A nuclear test is no launch, though States do both.
    let is_kin = |a: Term, b: Term| {
        let shared = vocabulary.broader_terms(a).next().filter(|broader| vocabulary.broader_terms(b).next() == Some(*broader));
        vocabulary.is_a(a, b)
            || vocabulary.is_a(b, a)
            || shared.is_some_and(|broader| vocabulary.broader_terms(broader).next().is_some())
    };
    if event.frame == Frame::Does && !is_kin(known.activity, event.activity) {
        return false;
    }
    if matches!(event.frame, Frame::Does | Frame::Alongside) {
        // Another launch on another day is another launch.
        let same_day = match (&known.date, &event.date) {
            (Some(a), Some(b)) => apart(&a.value, &b.value) <= 0,
            _ => true,
        };
        return same_day;
    }
    if !vocabulary.is_a(event.activity, terms.supply) {
        return true;
    }
    let (a, b) = (heads(known, texts), heads(event, texts));
    a.is_empty()
        || b.is_empty()
        || a.iter().any(|head| b.contains(head))
        || (known.article == event.article && known.sentence == event.sentence && known.status.stage == event.status.stage)
}

fn absorb(known: &mut Event, event: Event, texts: &[Text<'_>], vocabulary: &Vocabulary) {
    let own = heads(known, texts);
    for theme in event.themes.iter().filter(|theme| matches!(theme.kind, ThemeKind::Goods | ThemeKind::Other)) {
        if !own.contains(&head_of(&event, theme, texts)) && known.article == event.article {
            known.themes.retain(|theme| theme.kind != ThemeKind::Generic && theme.kind != ThemeKind::Unknown);
            known.themes.push(theme.clone());
        }
    }
    if known.status.stage == Stage::Planned && event.status.stage != Stage::Planned {
        known.status = event.status;
        known.date = event.date.clone().or(known.date.take());
    }
    known.status.is_alleged &= event.status.is_alleged;
    if vocabulary.is_a(event.activity, known.activity) {
        known.activity = event.activity;
    }
    if known.date.is_none() || known.is_date_supposed && event.date.is_some() && !event.is_date_supposed {
        known.date = event.date;
        known.is_date_supposed = event.is_date_supposed;
    }
    for (side, other) in [(&mut known.from, event.from), (&mut known.to, event.to)] {
        if let (Some(own), Some(other)) = (side.as_ref(), other)
            && other.how > own.how
            && known.article == event.article
        {
            *side = Some(other);
        }
    }
    for name in event.names {
        if !known.names.contains(&name) && known.article == event.article {
            known.names.push(name);
        }
    }
    for ship in event.ships {
        let is_same = |other: &NamedShip| {
            texts.get(event.article).is_some_and(|text| text.words(&other.name).eq_ignore_ascii_case(&text.words(&ship.name)))
        };
        match known.ships.iter_mut().find(|other| is_same(other)) {
            Some(other) => {
                other.flag = other.flag.take().or(ship.flag);
                other.imo = other.imo.take().or(ship.imo);
            }
            None if known.article == event.article => known.ships.push(ship),
            None => {}
        }
    }
    if known.article == event.article {
        let head = |theme: &Theme| texts.get(event.article).map(|text| theme_head(&text.words(&theme.tokens).to_lowercase()));
        let counted: Vec<_> =
            event.themes.iter().take(MOST_COMPARED).filter_map(|theme| Some((head(theme), theme.amount.clone()?))).collect();
        let open = known.themes.iter_mut().take(MOST_COMPARED).filter(|_| !counted.is_empty());
        for theme in open.filter(|theme| theme.amount.is_none() && theme.kind == ThemeKind::Goods) {
            let own = head(theme);
            theme.amount = counted.iter().find(|(other, _)| *other == own).map(|(_, amount)| amount.clone());
        }
        for port in event.ports {
            if known.ports.iter().all(|other| other.name != port.name) {
                known.ports.push(port);
            }
        }
        known.declared = known.declared.take().or(event.declared);
    }
    for side in event.via {
        if known.via.iter().all(|other| other.country != side.country) && known.article == event.article {
            known.via.push(side);
        }
    }
    if known.seizure.is_none() && event.seizure.is_some() && known.article == event.article {
        // What was seized near where it is told did not arrive.
        if known.status.stage == Stage::Completed && event.sentence.abs_diff(known.sentence) <= 2 {
            known.status.stage = Stage::Attempted;
        }
        known.seizure = event.seizure;
    }
    known.is_nominal &= event.is_nominal;
    known.source = known.source.take().or(event.source);
}

/// Of two acts that say opposite directions of the same goods, the one that says its sides less directly is left out.
fn drop_reversed(events: Vec<Event>, texts: &[Text<'_>], vocabulary: &Vocabulary) -> Vec<Event> {
    let how = |event: &Event| {
        event.from.as_ref().map_or(How::Supposed, |side| side.how).min(event.to.as_ref().map_or(How::Supposed, |side| side.how))
    };
    let is_reversed = |a: &Event, b: &Event| {
        is_alike(a.activity, b.activity, vocabulary)
            && country(&a.from) == country(&b.to)
            && country(&a.to) == country(&b.from)
            && {
                let (of_a, of_b) = (heads(a, texts), heads(b, texts));
                of_a.is_empty() || of_b.is_empty() || of_a.iter().any(|head| of_b.contains(head))
            }
    };
    let mut by_sides: BTreeMap<(Option<Term>, Option<Term>), Vec<&Event>> = BTreeMap::new();
    for event in &events {
        by_sides.entry((country(&event.from), country(&event.to))).or_default().push(event);
    }
    let is_kept = |event: &Event| {
        let reversed = by_sides.get(&(country(&event.to), country(&event.from))).map(Vec::as_slice).unwrap_or_default();
        !reversed.iter().take(MOST_COMPARED).any(|other| is_reversed(event, other) && how(other) > how(event))
    };
    let keep: Vec<bool> = events.iter().map(is_kept).collect();
    events.into_iter().zip(keep).filter_map(|(event, keep)| keep.then_some(event)).collect()
}
