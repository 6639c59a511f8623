//! Which acts are transactions to be reported: what an article only recalls, or tells of States under no measures, is none.

use std::ops::Range;

use crate::facts::Term;
use crate::rulebook::Frame;

use super::consistency::{is_inside, is_levy};
use super::event::{Event, How, Side, Theme, ThemeKind};
use super::lexicon::NameKind;
use super::status::Stage;
use super::text::Text;
use super::transactions::{Setting, country, head_of, heads};

/// How many words behind a verb of training name who is trained.
const TRAINEES_REACH: usize = 10;

impl Setting<'_> {
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

    /// True if only the adjective of its goods says where an act is from: `coal of Indonesian origin is discharged at Cam Pha`.
    fn is_of_origin(&self, event: &Event, texts: &[Text<'_>]) -> bool {
        let Some((from, text)) = event.from.as_ref().zip(texts.get(event.article)) else { return false };
        let is_adjective =
            self.lexicon.name_at(&text.tokens, from.tokens.start).is_some_and(|(_, name)| name.kind == NameKind::Adjective);
        let is_beside = |theme: &Theme| from.tokens.end + 1 >= theme.tokens.start && from.tokens.start <= theme.tokens.end + 2;
        is_adjective && event.themes.iter().any(is_beside)
    }
}
