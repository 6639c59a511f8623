//! What goes together with the rest of an article: sides that are only supposed, sales inside of one State.

use std::collections::BTreeSet;

use crate::facts::Term;
use crate::rulebook::Frame;

use super::event::{Event, How, Side, ThemeKind};
use super::lexicon::{Lexicon, NameKind};
use super::status::Stage;
use super::text::Text;
use super::transactions::country;

/// The acts that are supposed to go against what the article tells: of a State under measures that only gets, that it gives.
pub(super) fn against(events: &[Event], targets: &[Term]) -> Vec<bool> {
    let moves = |event: &Event| {
        matches!(event.frame, Frame::Gives | Frame::Gets | Frame::Moves | Frame::Arrives | Frame::Leaves)
            && country(&event.from) != country(&event.to)
    };
    let said = |side: &Option<Side>| {
        side.as_ref().filter(|side| side.how > How::Supposed && targets.contains(&side.country)).map(|side| side.country)
    };
    let both = |event: &&Event| moves(event) && !event.is_carriage && event.from.is_some() && event.to.is_some();
    let gives: BTreeSet<Term> = events.iter().filter(both).filter_map(|event| said(&event.from)).collect();
    let gets: BTreeSet<Term> = events.iter().filter(both).filter_map(|event| said(&event.to)).collect();
    let is_supposed = |side: &Option<Side>, own: &BTreeSet<Term>, other: &BTreeSet<Term>| {
        side.as_ref().is_some_and(|side| {
            side.how == How::Supposed
                && targets.contains(&side.country)
                && other.contains(&side.country)
                && !own.contains(&side.country)
        })
    };
    let are_both = |event: &Event| {
        [&event.from, &event.to].into_iter().all(|side| country(side).is_some_and(|side| targets.contains(&side)))
    };
    let is_against = |event: &Event| {
        moves(event) && !are_both(event) && (is_supposed(&event.from, &gives, &gets) || is_supposed(&event.to, &gets, &gives))
    };
    events.iter().map(is_against).collect()
}

/// A sale inside of a State under measures: `a militia sold 14 pick-ups to a tribe`.
pub(super) fn is_inside(event: &Event, texts: &[Text<'_>], targets: &[Term]) -> bool {
    let is_target = country(&event.from).is_some_and(|country| targets.contains(&country));
    let is_told = event.themes.iter().any(|theme| theme.kind == ThemeKind::Goods) && event.seizure.is_none() && !event.is_nominal;
    let is_named = [&event.from, &event.to].into_iter().flatten().any(|side| side.how == How::Named);
    let sells = texts.get(event.article).is_some_and(|text| {
        let words = text.words(&event.act).to_lowercase();
        ["sold", "sell", "bought", "buy", "hand", "pass", "gave", "given", "deliver"].iter().any(|verb| words.contains(verb))
    });
    is_target
        && is_told
        && is_named
        && sells
        && matches!(event.frame, Frame::Gives | Frame::Gets)
        && event.status.stage != Stage::Planned
}

/// What is paid to an armed group within its State: `traders in Jilib pay Al-Shabaab 100 dollars`.
pub(super) fn is_levy(event: &Event, texts: &[Text<'_>], lexicon: &Lexicon) -> bool {
    let Some((to, text)) = event.to.as_ref().zip(texts.get(event.article)) else { return false };
    let is_group = lexicon.name_at(&text.tokens, to.tokens.start).is_some_and(|(_, name)| name.kind == NameKind::Group);
    let is_money = event.themes.is_empty() || event.themes.iter().any(|theme| theme.kind == ThemeKind::Money);
    let pays = ["pays", "levies"].iter().any(|list| lexicon.is_listed(&text.tokens, &event.act, list));
    is_group && is_money && pays && event.status.stage != Stage::Planned
}
