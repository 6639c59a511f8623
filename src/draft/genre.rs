//! Texts that are no reports of events: sport, recipes, stories, contracts.

use std::collections::HashSet;

use super::lexicon::{Lexicon, Meaning};
use super::text::{Text, TokenKind};

/// The least number of different words of a genre, and how many words of the text there may be to one of them.
const LEAST_WORDS: usize = 6;
const WORDS_TO_ONE: usize = 22;

/// So many different words are enough in a longer text.
const MANY_WORDS: usize = 9;
const WORDS_TO_ONE_OF_MANY: usize = 40;

/// The genre that the words of a text are of, if it is no news.
pub(super) fn genre<'l>(text: &Text<'_>, lexicon: &'l Lexicon) -> Option<&'l str> {
    // `Film review`
    let top = text.sentences.get(..text.sentences.len().min(3)).and_then(|first| Some(0..first.last()?.tokens.end));
    if top.is_some_and(|top| lexicon.is_listed(&text.tokens, &top, "reviews")) {
        return Some("a review");
    }
    let words = text.tokens.iter().filter(|token| token.kind != TokenKind::Mark).count();
    let mut found: Vec<HashSet<&str>> = vec![HashSet::new(); lexicon.genres.len()];
    for at in 0..text.tokens.len() {
        for (_, meaning) in lexicon.at(&text.tokens, at) {
            if let Meaning::Genre(genre) = meaning
                && let Some(known) = found.get_mut(genre)
                && let Some(token) = text.tokens.get(at)
            {
                known.insert(&token.lower);
            }
        }
    }
    let (genre, most) =
        found.iter().map(HashSet::len).enumerate().max_by_key(|(genre, count)| (*count, std::cmp::Reverse(*genre)))?;
    let is_dense = most >= LEAST_WORDS && most * WORDS_TO_ONE >= words;
    let is_long = most >= MANY_WORDS && most * WORDS_TO_ONE_OF_MANY >= words;
    (is_dense || is_long).then(|| lexicon.genres.get(genre).map(String::as_str)).flatten()
}
