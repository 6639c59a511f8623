//! Acts of other years that a text only recalls.

use chrono::Datelike;

use super::event::{Event, How};
use super::text::Text;
use super::transactions::Setting;
use crate::rulebook::Frame;

/// How many years before the article's an act is background.
pub(super) const BACKGROUND_YEARS: i32 = 3;

/// The same for what is told of a trial, which comes late.
const COURT_YEARS: i32 = 8;

/// The same for what the news of the day is about: a theft that the police say they have solved.
const NEWS_YEARS: i32 = 10;

/// How many days before the article news is of the day.
const NEWS_DAYS: i64 = 31;

/// So many years before it an act is background of which no words say that a State under measures had a part in it.
const SUPPOSED_YEARS: i32 = 3;
const SUPPOSED_YEARS_OF_THEFTS: i32 = 2;

impl Setting<'_> {
    /// True for an act that the text recalls: by its date, or by a State that is no more.
    pub(super) fn is_background(&self, event: &Event, texts: &[Text<'_>]) -> bool {
        let Some(today) = self.today else { return false };
        let is_of_former = texts.get(event.article).is_some_and(|text| {
            let sides = [&event.from, &event.to];
            sides.into_iter().flatten().any(|side| self.lexicon.is_listed(&text.tokens, &side.tokens, "former-states"))
        });
        let Some(date) = &event.date else { return is_of_former };
        let years = today.year() - date.value.to.year();
        let is_supposed = !event.is_date_supposed
            && [&event.from, &event.to]
                .into_iter()
                .flatten()
                .any(|side| side.how == How::Supposed && self.targets.contains(&side.country));
        let supposed_years = if event.frame == Frame::Robs { SUPPOSED_YEARS_OF_THEFTS } else { SUPPOSED_YEARS };
        let is_news = event.news.is_some_and(|news| (0..=NEWS_DAYS).contains(&(today - news.to).num_days()));
        if is_news && !is_of_former {
            return years > NEWS_YEARS;
        }
        let most = if self.is_of_court { COURT_YEARS } else { BACKGROUND_YEARS };
        years > most || is_of_former || is_supposed && !self.is_of_court && years >= supposed_years
    }
}
