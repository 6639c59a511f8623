//! Stories: where an article turns to another case, and where it comes back.

use std::ops::Range;

use super::memory::Memory;
use super::phrases::Chunk;
use super::sentence::Parsed;

/// Follows the stories of an article, sentence by sentence.
#[derive(Debug, Default)]
pub(super) struct Stories {
    count: usize,
    /// What is known of the first story while another one is told, and how far that one goes.
    other: Option<(Memory, Reach)>,
    paragraph: Option<usize>,
}

/// How far another story goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Sentence,
    Paragraph,
}

impl Stories {
    /// The story of the next sentence; 0 is the one that the article begins with. `memory` is that of the story behind it.
    pub(super) fn turn(&mut self, sentence: &Parsed<'_>, paragraph: Option<usize>, memory: &mut Memory) -> usize {
        let opens_paragraph = self.paragraph != paragraph;
        self.paragraph = paragraph;
        let (is_case, is_news) = (begins_with(sentence, "other-cases"), begins_with(sentence, "other-news"));
        // `They lived in a container.` is still of the case before.
        let ends = |reach: Reach| reach == Reach::Sentence || opens_paragraph && !opens_with_pronoun(sentence);
        let is_other = is_case || is_news && !opens_with_pronoun(sentence);
        if let Some((before, reach)) = self.other.take() {
            if ends(reach) || is_other {
                memory.end_story(before);
            } else {
                self.other = Some((before, reach));
            }
        }
        if is_other {
            self.count += 1;
            let reach = if is_case || opens_paragraph { Reach::Paragraph } else { Reach::Sentence };
            self.other = Some((memory.begin_story(), reach));
        }
        if self.other.is_some() { self.count } else { 0 }
    }
}

/// True if a sentence begins with a phrase of a list.
fn begins_with(sentence: &Parsed<'_>, list: &str) -> bool {
    const LONGEST: usize = 6;
    let start = sentence.range.start;
    let ends = start + 1..=(start + LONGEST).min(sentence.range.end);
    // The phrase itself, not one behind it.
    ends.into_iter().any(|end| sentence.lexicon.is_listed(sentence.tokens, &(start..end), list))
        && !(start + 1..(start + LONGEST).min(sentence.range.end))
            .any(|at| sentence.lexicon.is_listed(sentence.tokens, &(at..(at + 3).min(sentence.range.end)), list))
}

/// True if the first noun of a sentence is a pronoun or belongs to one.
fn opens_with_pronoun(sentence: &Parsed<'_>) -> bool {
    let first = sentence.chunks.iter().find_map(|chunk| match chunk {
        Chunk::Noun(noun) => Some(noun),
        _ => None,
    });
    first.is_some_and(|noun| {
        let word = sentence.units_of(noun).first().map(|unit| sentence.lower(&unit.tokens)).unwrap_or_default();
        noun.is_pronoun || matches!(word.as_str(), "its" | "their" | "his" | "her")
    })
}

/// True for the place of an authority that tells of what it sees there: `police in Vladivostok`, but no capital from which news
/// of all States is told.
pub(super) fn is_beat(sentence: &Parsed<'_>, chunk: usize, place: &Range<usize>) -> bool {
    let is_in = place.start.checked_sub(1).and_then(|at| sentence.tokens.get(at));
    let is_in = is_in.is_some_and(|word| matches!(word.lower.as_str(), "in" | "at" | "near"));
    let root = chunk.checked_sub(2).and_then(|at| sentence.noun(at));
    let is_officer = root.is_some_and(|noun| {
        ["officers", "authorities", "institutions"]
            .iter()
            .any(|list| sentence.lexicon.is_listed(sentence.tokens, &noun.tokens, list))
    });
    is_in && is_officer && !sentence.lexicon.is_listed(sentence.tokens, place, "news-hubs")
}
