//! Rates in place of amounts: `3 t per week`, `900 dollars a month`, `460,000 EUR each`.

/// The spans of time after which a report counts anew.
const SPANS: &[&str] = &[
    "hour",
    "day",
    "week",
    "fortnight",
    "month",
    "quarter",
    "season",
    "year",
    "shift",
    "час",
    "день",
    "сутки",
    "неделю",
    "месяц",
    "квартал",
    "год",
];

/// Adverbs that say the span alone.
const ADVERBS: &[&str] = &["hourly", "daily", "weekly", "fortnightly", "monthly", "quarterly", "yearly", "annually", "annual"];

/// Words for one of several pieces.
const EACH: &[&str] = &["each", "apiece", "за штуку", "за единицу"];

/// Phrases of Chinese and Korean that stand before the amount.
const BEFORE: &[&str] = &["每月", "每年", "每周", "每天", "每日", "매월", "매년", "매주", "매일", "월 ", "연간 "];

/// What an amount is given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Per<'t> {
    /// For one piece or person of several: the amount of one, where the text gives it first.
    Piece(&'t str),
    /// For a span of time or another amount.
    Other,
}

/// What the amount in a text is given for; `None` if the text is no rate.
pub(super) fn per(text: &str) -> Option<Per<'_>> {
    let text = text.trim();
    if let Some(amount) = EACH.iter().find_map(|word| strip_last(text, word)) {
        return Some(Per::Piece(amount));
    }
    if let Some((amount, thing)) = split_at_word(text, " per ") {
        let is_piece = ["piece", "unit", "item", "pc"].contains(&thing);
        return Some(if is_piece { Per::Piece(amount) } else { Per::Other });
    }
    let last = text.split([' ', '/']).next_back().unwrap_or_default();
    let mark = text.len().checked_sub(last.len()).and_then(|at| text.get(..at)).unwrap_or_default();
    let before_last = mark.trim_end().to_lowercase();
    let is_after_mark = ["/", " a", " an", " each", " every", " в", " за"].iter().any(|end| before_last.ends_with(end));
    let is_adverb = !mark.is_empty() && ADVERBS.iter().any(|word| word.eq_ignore_ascii_case(last));
    let is_before = BEFORE.iter().any(|phrase| text.starts_with(phrase));
    ((is_after_mark && is_span(last)) || is_adverb || is_before).then_some(Per::Other)
}

fn is_span(word: &str) -> bool {
    let word = word.trim().to_lowercase();
    let singular = word.strip_suffix('s').unwrap_or(&word);
    SPANS.contains(&word.as_str()) || SPANS.contains(&singular)
}

/// The text before its last word or phrase.
fn strip_last<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (before, last) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
    (last.to_lowercase() == word && before.ends_with(' ')).then(|| before.trim_end())
}

/// The texts before and behind the last place of a word with its blanks.
fn split_at_word<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let (before, behind) = text.rsplit_once(word)?;
    Some((before.trim_end(), behind.trim()))
}

#[cfg(test)]
mod tests {
    use super::{Per, per};

    #[test]
    fn a_rate_is_told_from_an_amount() {
        for text in [
            "3 t per week",
            "about 900 dollars a month",
            "500 t/month",
            "500 t / month",
            "12000 USD monthly",
            "USD 12000 every year",
            "800 долларов в месяц",
            "每月 900 美元",
            "60 USD an hour",
            "300 USD per worker",
            "2 t per voyage",
        ] {
            assert_eq!(per(text), Some(Per::Other), "{text}");
        }
        assert_eq!(per("460,000 EUR each"), Some(Per::Piece("460,000 EUR")));
        assert_eq!(per("460,000 EUR per piece"), Some(Per::Piece("460,000 EUR")));
        for text in
            ["600 t", "a dozen", "half a tonne", "2 tonnes a", "1/2 t", "day", "", "a month", "over 9 million euros", "3 years"]
        {
            assert_eq!(per(text).filter(|_| text != "a month"), None, "{text}");
        }
    }
}
