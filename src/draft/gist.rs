//! Acts that no clause tells alone: what the words of neighbouring sentences say together.
//!
//! `The foreman takes the passports. There are 40 men from North Korea on his site in Khabarovsk.` No verb there says that people of
//! one State work in another, but the words do. A kind of act has words that tell it and words that stand beside it; where enough of
//! them come together in sentences that report something, and the States around them say who stands where, it is drafted, once for
//! an article, if no clause tells such an act.

use std::collections::HashSet;
use std::ops::Range;

use chrono::Datelike;

use crate::facts::{Period, Term};
use crate::rulebook::{DraftingClass, Frame, Vocabulary};

use super::background::BACKGROUND_YEARS;
use super::cues::{Cue, cue};
use super::event::{Event, How, Side, Told};
use super::lexicon::{Act, Lexicon, Meaning, NameKind};
use super::merging::is_alike;
use super::phrases::NounPhrase;
use super::sentence::Parsed;
use super::status::{Stage, Status};
use super::text::is_quote;
use super::transactions::Setting;
use super::units::Tag;

/// How many sentences on either side of a telling word its passage reaches.
const REACH: usize = 3;

/// The least number of different words of a kind in a passage.
const LEAST_WORDS: usize = 3;

/// The least weight of a State as a side.
const LEAST_WEIGHT: i32 = 25;

/// The sentences of an article, as far as acts may be read from their words together.
#[derive(Debug, Default)]
pub(super) struct Gists {
    sentences: Vec<Read>,
}

/// What a sentence gives.
#[derive(Debug)]
struct Read {
    number: usize,
    /// It reports something as done.
    is_told: bool,
    is_ongoing: bool,
    is_alleged: bool,
    words: Vec<Word>,
    names: Vec<Named>,
    dates: Vec<Told<Period>>,
}

/// A word of the gist of an act.
#[derive(Debug)]
struct Word {
    gist: usize,
    tells: bool,
    tokens: Range<usize>,
    text: String,
}

/// A State that a sentence names.
#[derive(Debug)]
struct Named {
    side: Side,
    kind: NameKind,
    cue: Cue,
    /// A ship or lorry is of that State.
    is_of_carrier: bool,
    /// People are of that State.
    is_of_people: bool,
    /// The words of gists in the phrase that it stands in: the number of the gist, and if they tell it.
    beside: Vec<(usize, bool)>,
}

/// Which side of an act a State is weighed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    From,
    To,
}

impl Gists {
    /// Keeps what a sentence gives.
    pub(super) fn add(
        &mut self,
        number: usize,
        sentence: &Parsed<'_>,
        lexicon: &Lexicon,
        is_carrier: &dyn Fn(&Parsed<'_>, &NounPhrase) -> bool,
    ) {
        let mut words = Vec::new();
        for at in sentence.range.clone() {
            let meanings = lexicon.at(sentence.tokens, at).filter(|(length, _)| at + length <= sentence.range.end);
            for (length, meaning) in meanings {
                if let Meaning::Gist(gist, tells) = meaning {
                    let tokens = at..at + length;
                    // `the work of a studio`
                    let is_noun = |unit: &super::units::Unit| unit.tokens.start == at && unit.tag == Tag::Noun;
                    let is_work = matches!(sentence.lower(&tokens).as_str(), "work" | "works" | "fish")
                        && sentence.units.iter().any(is_noun);
                    let tells = tells && !is_work && (!sentence.is_quoted(&tokens) || is_quoted_word(sentence, &tokens));
                    words.push(Word { gist, tells, text: sentence.lower(&tokens), tokens });
                }
            }
        }
        let mut names = Vec::new();
        for chunk in 0..sentence.chunks.len() {
            let Some(noun) = sentence.noun(chunk) else { continue };
            let found = sentence.names_in(noun);
            if found.is_empty() {
                continue;
            }
            let Some(cue) = cue(sentence, chunk) else { continue };
            let root = sentence.noun(sentence.root(chunk)).unwrap_or(noun);
            let phrase = root.tokens.start.min(noun.tokens.start)..noun.tokens.end;
            let is_of_carrier = is_carrier(sentence, noun) || is_carrier(sentence, root);
            let is_of_people = lexicon.is_listed(sentence.tokens, &phrase, "people")
                || found.iter().any(|found| found.kind == NameKind::Adjective && sentence.lower(&found.tokens).ends_with('s'))
                || is_origin(sentence, chunk);
            let beside: Vec<(usize, bool)> = words
                .iter()
                .filter(|word| phrase.contains(&word.tokens.start))
                .map(|word: &Word| (word.gist, word.tells))
                .collect();
            names.extend(found.into_iter().map(|found| Named {
                kind: found.kind,
                cue,
                is_of_carrier,
                is_of_people,
                beside: beside.clone(),
                side: Side { country: found.country, tokens: found.tokens, how: How::Inferred },
            }));
        }
        let dates = sentence.units.iter().filter_map(|unit| unit.date.as_ref());
        self.sentences.push(Read {
            number,
            is_told: is_told(sentence),
            is_ongoing: sentence.clauses.iter().filter_map(|clause| sentence.group(clause.verb)).all(|group| !group.is_past),
            is_alleged: sentence.units.iter().any(|unit| unit.class == Some(DraftingClass::Doubt))
                || sentence
                    .clauses
                    .iter()
                    .filter_map(|clause| sentence.group(clause.verb))
                    .any(|group| group.governs() == DraftingClass::Believes || group.modal == Some(Tag::Possibly)),
            words,
            names,
            dates: dates.map(|date| Told { value: date.period, tokens: date.tokens.clone() }).collect(),
        });
    }

    /// A sentence of which an act was left out, since it ended or did not happen, tells none.
    pub(super) fn silence(&mut self, number: usize) {
        self.sentences.iter_mut().filter(|read| read.number == number).for_each(|read| read.is_told = false);
    }

    /// The acts that passages tell and no clause does.
    pub(super) fn read(
        mut self,
        events: &[Event],
        article: usize,
        setting: &Setting<'_>,
        (title, lexicon): (bool, &Lexicon),
        vocabulary: &Vocabulary,
    ) -> Vec<Event> {
        self.sentences.sort_by_key(|read| read.number);
        let mut found: Vec<Event> = Vec::new();
        for (gist, act) in lexicon.gists.iter().enumerate() {
            let is_known = events.iter().chain(&found).any(|event| is_alike(event.activity, act.activity, vocabulary));
            if !is_known {
                found.extend(self.first_of(gist, *act, (article, title, events), setting));
            }
        }
        found
    }

    /// The first passage that tells an act of a kind.
    fn first_of(
        &self,
        gist: usize,
        act: Act,
        (article, has_title, events): (usize, bool, &[Event]),
        setting: &Setting<'_>,
    ) -> Option<Event> {
        self.sentences.iter().enumerate().find_map(|(at, read)| {
            let tells = read.words.iter().find(|word| word.gist == gist && word.tells)?;
            let is_old = is_old(read, setting);
            // A sentence that tells another act is about that.
            let is_of_other = events.iter().any(|event| event.sentence == read.number);
            if is_of_other || !read.is_told || is_old || has_title && read.number == 0 {
                return None;
            }
            let passage = self.sentences.get(at.saturating_sub(REACH)..(at + REACH + 1).min(self.sentences.len()))?;
            let words: HashSet<&str> = passage
                .iter()
                .flat_map(|read| &read.words)
                .filter(|word| word.gist == gist)
                .map(|word| word.text.as_str())
                .collect();
            let is_beside = passage.iter().flat_map(|read| &read.words).any(|word| word.gist == gist && !word.tells);
            // A sentence that names both States needs less.
            let mut named: Vec<Term> =
                read.names.iter().filter(|named| named.cue != Cue::Speaker).map(|named| named.side.country).collect();
            named.sort_unstable();
            named.dedup();
            let least = if named.len() == 2 { LEAST_WORDS - 1 } else { LEAST_WORDS };
            if words.len() < least || !is_beside {
                return None;
            }
            let (from, to) = self.sides(passage, read, (gist, act.frame), setting)?;
            let stage = if read.is_ongoing { Stage::Ongoing } else { Stage::Completed };
            let status = Status { stage, is_alleged: read.is_alleged };
            let mut event =
                Event { from, to, ..Event::new(article, read.number, act.activity, act.frame, tells.tokens.clone(), status) };
            event.date = read.dates.first().cloned().or_else(|| setting.context.date(&event));
            event.is_date_supposed = event.date.is_some();
            Some(event)
        })
    }

    /// Who stands where in a passage.
    fn sides(
        &self,
        passage: &[Read],
        own: &Read,
        (gist, frame): (usize, Frame),
        setting: &Setting<'_>,
    ) -> Option<(Option<Side>, Option<Side>)> {
        // A State under measures is named near, in a sentence that reports something of now.
        let is_near = |read: &Read, named: &Named| {
            !setting.targets.contains(&named.side.country)
                || read.is_told && !is_old(read, setting) && read.number.abs_diff(own.number) <= reach(frame)
        };
        let best = |place: Place, is_right: &dyn Fn(&Named) -> bool, not: Option<Term>| {
            let mut scores: Vec<(Term, i32, &Named)> = Vec::new();
            let title = self.sentences.first().into_iter().filter(|read| read.number == 0 && own.number > REACH);
            for read in passage.iter().chain(title) {
                for named in
                    read.names.iter().filter(|named| is_right(named) && is_near(read, named) && Some(named.side.country) != not)
                {
                    let near = match read.number.abs_diff(own.number) {
                        0 => 30,
                        1 => 22,
                        2 => 15,
                        _ => 10,
                    };
                    let score = near + weight(frame, place, named) + beside(frame, place, gist, named);
                    match scores.iter_mut().find(|(country, ..)| *country == named.side.country) {
                        Some((_, most, first)) if score > *most => (*most, *first) = (score + 2, named),
                        Some((_, most, _)) => *most += 2,
                        None => scores.push((named.side.country, score, named)),
                    }
                }
            }
            let best = scores.into_iter().max_by_key(|(country, score, _)| (*score, std::cmp::Reverse(*country)))?;
            (best.1 >= LEAST_WEIGHT).then(|| best.2.side.clone())
        };
        let is_target = |named: &Named| setting.targets.contains(&named.side.country) && named.kind != NameKind::Short;
        let is_any = |named: &Named| named.kind != NameKind::Short;
        let topic = || setting.context.topic.clone();
        let here = |not: &Side| setting.here.clone().filter(|here| here.country != not.country && !setting.is_hub);
        match frame {
            Frame::Does => Some((Some(best(Place::From, &is_target, None).or_else(topic)?), None)),
            // What a group takes it takes where it is.
            Frame::Gets => {
                let group = best(Place::To, &|named: &Named| named.kind == NameKind::Group, None)?;
                Some((Some(group.clone()), Some(group)))
            }
            Frame::Works => {
                let are_people = |named: &Named| named.is_of_people && is_target(named);
                let from = best(Place::From, &are_people, None)?;
                let to = best(Place::To, &is_any, Some(from.country)).or_else(|| here(&from))?;
                Some((Some(from), Some(to)))
            }
            Frame::Holds | Frame::Lets => {
                let from = best(Place::From, &is_target, None)?;
                let to = best(Place::To, &is_any, Some(from.country)).or_else(|| here(&from))?;
                Some((Some(from), Some(to)))
            }
            Frame::Trains | Frame::Gives => {
                // Who trains is named with his instructors, or acts.
                let acts = |named: &Named| {
                    let is_actor = named.cue == Cue::Actor && own.names.iter().any(|other| other.side == named.side);
                    frame == Frame::Gives || named.beside.contains(&(gist, true)) || is_actor
                };
                let from = best(Place::From, &|named: &Named| is_any(named) && acts(named), None)?;
                let to = best(Place::To, &is_any, Some(from.country)).or_else(|| here(&from))?;
                let is_measured = [&from, &to].into_iter().any(|side| setting.targets.contains(&side.country));
                is_measured.then_some((Some(from), Some(to)))
            }
            Frame::Robs | Frame::Serves => {
                let to = best(Place::To, &is_target, None)?;
                let from = best(Place::From, &is_any, Some(to.country)).or_else(|| here(&to));
                Some((from, Some(to)))
            }
            Frame::Alongside => {
                let to = best(Place::To, &is_target, None)?;
                let is_ship = |named: &Named| named.is_of_carrier && is_any(named);
                Some((best(Place::From, &is_ship, Some(to.country)), Some(to)))
            }
            _ => None,
        }
    }
}

/// True if a sentence names a year that is background.
fn is_old(read: &Read, setting: &Setting<'_>) -> bool {
    let is_old =
        |date: &Told<Period>| setting.today.is_some_and(|today| date.value.from.year() < today.year() - BACKGROUND_YEARS);
    read.dates.iter().any(is_old)
}

/// How many sentences from the telling words the State under measures may be named.
fn reach(frame: Frame) -> usize {
    match frame {
        Frame::Works | Frame::Robs | Frame::Does => REACH,
        _ => 1,
    }
}

/// What the words beside a State weigh for a side.
fn weight(frame: Frame, place: Place, named: &Named) -> i32 {
    // `North Korean`, `of the North`
    let is_owner = named.kind == NameKind::Adjective;
    match (named.cue, place) {
        (Cue::Speaker, Place::From) if frame == Frame::Robs => 0,
        (Cue::Speaker, _) => -40,
        (Cue::From, Place::From) if frame == Frame::Works || frame == Frame::Trains => 30,
        (Cue::From | Cue::At, Place::From) if frame == Frame::Robs || frame == Frame::Serves => 20,
        (Cue::From, Place::From) => 15,
        // `two ships controlled from Pyongyang`, `hackers from North Korea`
        (Cue::From, Place::To) if matches!(frame, Frame::Serves | Frame::Robs | Frame::Alongside) => 10,
        (Cue::From, Place::To) => -15,
        (Cue::At | Cue::To, Place::From) => -15,
        (Cue::At | Cue::To, Place::To) => 25,
        (_, Place::From) if is_owner => 20,
        (Cue::Actor, Place::From) => 15,
        _ => 5,
    }
}

/// What the words of the act in the phrase of a State weigh for a side: `an insurer in London`, `a North Korean tanker`.
fn beside(frame: Frame, place: Place, gist: usize, named: &Named) -> i32 {
    let has = |tells: bool| named.beside.contains(&(gist, tells));
    let is_beside = match (frame, place) {
        (Frame::Trains | Frame::Serves, Place::From) | (Frame::Robs, Place::To) => has(true),
        (Frame::Trains | Frame::Serves, Place::To) | (Frame::Robs, Place::From) => has(false),
        (Frame::Works, Place::From) => has(true) || has(false),
        _ => false,
    };
    if is_beside { 25 } else { 0 }
}

/// True for people of whom a clause says where they are from: `all of them are from Pyongyang`.
fn is_origin(sentence: &Parsed<'_>, chunk: usize) -> bool {
    sentence.clauses.iter().any(|clause| {
        let group = sentence.group(clause.verb);
        let is_copula = group.is_some_and(|group| group.verb.is_none() && !group.is_have);
        is_copula && clause.places.iter().any(|(word, nouns)| word == "from" && nouns.contains(&chunk))
    })
}

/// True for words that stand alone in quotation marks: `a "hydrogen bomb"`.
fn is_quoted_word(sentence: &Parsed<'_>, tokens: &Range<usize>) -> bool {
    let is_mark = |at: usize| sentence.tokens.get(at).is_some_and(|token| is_quote(&token.lower));
    let start = tokens.start.checked_sub(1);
    start.is_some_and(|start| (start.saturating_sub(1)..=start).any(is_mark)) && (tokens.end..tokens.end + 2).any(is_mark)
}

/// True for a sentence that reports something as done.
fn is_told(sentence: &Parsed<'_>) -> bool {
    let groups = || sentence.clauses.iter().filter_map(|clause| sentence.group(clause.verb));
    let is_open = groups().any(|group| {
        let is_possible = !group.is_perfect && matches!(group.modal, Some(Tag::Possibly | Tag::Will));
        is_possible || group.modal == Some(Tag::Norm) || group.is_negated
    });
    let governs = groups().any(|group| {
        use DraftingClass::{Bans, Denies, Fails, Plans, Refuses, Stops};
        matches!(group.governs(), Bans | Denies | Fails | Plans | Refuses | Stops)
    });
    let is_none = sentence.units.iter().any(|unit| unit.tag == Tag::Negation)
        || (0..sentence.chunks.len()).filter_map(|chunk| sentence.noun(chunk)).any(|noun| noun.is_negated);
    let last = sentence.range.end.checked_sub(1).and_then(|last| sentence.tokens.get(last));
    let is_question = last.is_some_and(|token| token.lower == "?");
    let is_condition = sentence.lexicon.is_listed(sentence.tokens, &sentence.range, "suppositions");
    // A line of a letterhead tells nothing.
    let has_verb = !sentence.clauses.is_empty();
    has_verb && !(is_open || governs || is_none || is_question || is_condition || sentence.is_unfounded)
}
