//! The States that an article names around an act, and as what: from where, to where, where, by whom.

use crate::facts::Term;
use crate::rulebook::{DraftingClass, Frame};

use super::event::{Event, How, Side};
use super::lexicon::NameKind;
use super::phrases::Chunk;
use super::sentence::Parsed;

/// The States that an article names, in order.
#[derive(Debug, Default)]
pub(super) struct Context {
    mentions: Vec<Mention>,
    /// The paragraph of each sentence.
    paragraphs: Vec<usize>,
}

/// A State where the text names it.
#[derive(Debug, Clone)]
struct Mention {
    sentence: usize,
    side: Side,
    cue: Cue,
}

/// What the words beside a State make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// `from the port of Rajin`
    From,
    /// `to Russia`
    To,
    /// `in Dubai`
    At,
    /// `by Iran`, `Iran supplied`
    Actor,
    /// `Syrian`, `Iran's`
    Owner,
    /// `Japan said`
    Speaker,
    Other,
}

/// Which side of an act is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    Giver,
    Taker,
}

/// How many sentences around an act are looked at one by one; those further away count alike.
const NEAR: usize = 3;

/// The most mentions on either side of an act that are weighed.
const MOST_WEIGHED: usize = 60;

impl Context {
    /// Keeps the States that a sentence names.
    pub(super) fn add(&mut self, number: usize, paragraph: usize, sentence: &Parsed<'_>) {
        while self.paragraphs.len() <= number {
            self.paragraphs.push(paragraph);
        }
        for chunk in 0..sentence.chunks.len() {
            let Some(noun) = sentence.noun(chunk) else { continue };
            let cue = cue(sentence, chunk);
            for found in sentence.names_in(noun).into_iter().filter(|found| found.kind != NameKind::Short) {
                let is_head = sentence.units.get(noun.head).is_some_and(|unit| unit.tokens == found.tokens);
                let cue = match cue {
                    None => continue,
                    Some(cue @ (Cue::Actor | Cue::Other)) => {
                        if is_head {
                            cue
                        } else {
                            Cue::Owner
                        }
                    }
                    Some(cue) => cue,
                };
                let side = Side { country: found.country, tokens: found.tokens, how: How::Supposed };
                self.mentions.push(Mention { sentence: number, side, cue });
            }
        }
    }

    /// The State that is most likely the missing side of an act, by what stands around it.
    pub(super) fn side(
        &self,
        event: &Event,
        missing: Missing,
        here: Option<Term>,
        targets: &[Term],
        pairs: &[(Term, Term)],
    ) -> Option<Side> {
        let own = match missing {
            Missing::Giver => event.to.as_ref()?.country,
            Missing::Taker => event.from.as_ref()?.country,
        };
        let is_own_target = targets.contains(&own);
        let own_paragraph = self.paragraphs.get(event.sentence);
        let at = self.mentions.partition_point(|mention| mention.sentence < event.sentence);
        let around = at.saturating_sub(MOST_WEIGHED)..(at + MOST_WEIGHED).min(self.mentions.len());
        let mut scores: Vec<(Term, i32, i32, &Mention)> = Vec::new();
        for mention in self.mentions.get(around)? {
            let country = mention.side.country;
            if country == own || mention.cue == Cue::Speaker || !(is_own_target || targets.contains(&country)) {
                continue;
            }
            let same_paragraph = self.paragraphs.get(mention.sentence) == own_paragraph;
            let apart = mention.sentence.abs_diff(event.sentence);
            let nearness = match (apart, same_paragraph) {
                (0, _) => 50,
                (1, true) if mention.sentence < event.sentence => 36,
                (1, true) => 30,
                (2, true) => 26,
                (_, true) => 20,
                (apart, false) if apart <= NEAR => 16,
                _ => 8,
            };
            let cue = match (missing, mention.cue) {
                (Missing::Taker, Cue::To) | (Missing::Giver, Cue::From) => 30,
                (Missing::Taker, Cue::At) | (Missing::Giver, Cue::Owner) => 15,
                (Missing::Giver, Cue::Actor) => 20,
                (Missing::Taker, Cue::Owner) => 10,
                (Missing::Giver, Cue::At) => 5,
                (Missing::Taker, Cue::From) | (Missing::Giver, Cue::To) => -15,
                _ => 3,
            };
            let pair = match missing {
                Missing::Giver => (country, own),
                Missing::Taker => (own, country),
            };
            let is_known = if pairs.contains(&pair) { 20 } else { 0 };
            let comes = matches!(
                event.frame,
                Frame::Arrives | Frame::Leaves | Frame::Gets | Frame::Moves | Frame::Employs | Frame::Works
            ) && missing == Missing::Taker
                && here == Some(country);
            let score = nearness + cue + is_known + if comes { 12 } else { 0 };
            match scores.iter_mut().find(|(known, ..)| *known == country) {
                Some((_, count, best, first)) => {
                    *count += 1;
                    if score > *best {
                        (*best, *first) = (score, mention);
                    }
                }
                None => scores.push((country, 1, score, mention)),
            }
        }
        let total = |(_, count, best, _): &(Term, i32, i32, &Mention)| best + 2 * (count - 1).min(6);
        let best = scores.iter().max_by_key(|score| (total(score), std::cmp::Reverse(score.0)))?;
        let least = match () {
            () if event.is_nominal => 45,
            () if is_own_target => 30,
            () => 24,
        };
        (total(best) >= least).then(|| best.3.side.clone())
    }
}

/// What the words beside a noun phrase make of the States that it names; `None` where the text says that it is not so.
fn cue(sentence: &Parsed<'_>, chunk: usize) -> Option<Cue> {
    // `the army of Myanmar`, `officials in Washington`
    let mut root = chunk;
    let mut word = None;
    for _ in 0..4 {
        let Some(Chunk::Preposition(preposition)) = root.checked_sub(1).and_then(|at| sentence.chunks.get(at)) else { break };
        if word.is_none() || word == Some("of") {
            word = Some(preposition.as_str());
        }
        let Some(before) = root.checked_sub(2).filter(|at| sentence.noun(*at).is_some()) else { break };
        if !matches!(preposition.as_str(), "of" | "in" | "at" | "for" | "from" | "near" | "on") {
            break;
        }
        root = before;
    }
    if matches!(sentence.chunks.get(root.wrapping_sub(1)), Some(Chunk::Preposition(word)) if word == "according to") {
        return Some(Cue::Speaker);
    }
    let holds = |nouns: &[usize]| nouns.contains(&chunk) || nouns.contains(&root);
    for clause in &sentence.clauses {
        let Some(group) = sentence.group(clause.verb) else { continue };
        let is_subject = holds(&clause.subject);
        let is_part = is_subject || holds(&clause.objects) || clause.places.iter().any(|(_, nouns)| holds(nouns));
        if !is_part {
            continue;
        }
        let speaks = matches!(group.governs(), DraftingClass::Says | DraftingClass::Believes | DraftingClass::Denies);
        if speaks && group.act().is_none() && (is_subject != clause.is_passive || !is_subject) {
            return Some(Cue::Speaker);
        }
        if group.is_negated {
            return None;
        }
        if is_subject && word.is_none() {
            return Some(Cue::Actor);
        }
    }
    Some(match word {
        Some("from" | "out of") => Cue::From,
        Some("to" | "into" | "towards" | "toward" | "for" | "onto") => Cue::To,
        Some("in" | "at" | "off" | "near" | "inside" | "on" | "outside") => Cue::At,
        Some("by") => Cue::Actor,
        Some("between") if matches!(sentence.chunks.get(chunk + 1), Some(Chunk::Conjunction(_))) => Cue::From,
        Some(_) => Cue::Other,
        None if matches!(sentence.chunks.get(chunk.wrapping_sub(1)), Some(Chunk::Conjunction(_)))
            && matches!(sentence.chunks.get(chunk.wrapping_sub(3)), Some(Chunk::Preposition(word)) if word == "between") =>
        {
            Cue::To
        }
        None => Cue::Other,
    })
}
