//! The States that an article names around an act, and as what: from where, to where, where, by whom.

use std::collections::BTreeMap;

use crate::facts::{Period, Term};
use crate::rulebook::{DraftingClass, Frame};

use super::clauses::Link;
use super::cues::{Cue, cue};
use super::dates::DateMention;
use super::event::{Event, How, Side, ThemeKind, Told};
use super::lexicon::{Lexicon, NameKind};
use super::phrases::{Chunk, NounPhrase};
use super::sentence::Parsed;
use super::stories;
use super::transactions::Pair;

/// The States that an article names, in order.
#[derive(Debug, Default)]
pub(super) struct Context {
    mentions: Vec<Mention>,
    /// The paragraph of each sentence.
    paragraphs: Vec<usize>,
    /// The State under measures that the article is about.
    pub(super) topic: Option<Side>,
    /// The States that paragraphs name as what they are about, by paragraph.
    heads: BTreeMap<usize, Side>,
    /// The text tells of a life or of a book: what it says without a date is of the last year that it names.
    pub(super) is_retrospect: bool,
    /// The dates that are not only those of a statement, each with its sentence.
    dates: Vec<(usize, Told<Period>)>,
    /// The story of each sentence.
    stories: Vec<usize>,
}

/// A State where the text names it.
#[derive(Debug, Clone)]
struct Mention {
    sentence: usize,
    side: Side,
    cue: Cue,
    /// It is where an authority is that tells of what it has found: `police in Vladivostok said`.
    is_beat: bool,
}

/// Which side of an act is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    Giver,
    Taker,
}

/// What else is known where a side is sought.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search<'a> {
    /// The State where the article is written.
    pub(super) here: Option<Term>,
    /// The same, if it is no place where news of all States is written.
    pub(super) home: Option<Term>,
    /// The States under measures.
    pub(super) targets: &'a [Term],
    /// The givers and takers of other acts.
    pub(super) pairs: &'a [Pair],
    /// The States that pass goods on to one under measures.
    pub(super) onward: &'a [Term],
}

/// How many sentences around an act are looked at one by one; those further away count alike.
const NEAR: usize = 3;

/// The most mentions on either side of an act that are weighed.
const MOST_WEIGHED: usize = 60;

impl Context {
    /// The context of a text whose sentences stand in such paragraphs.
    pub(super) fn new(paragraphs: Vec<usize>) -> Self {
        Self { paragraphs, ..Self::default() }
    }

    /// Brings the States into the order of the text, however its sentences were read, and keeps what the whole is about.
    pub(super) fn finish(&mut self, targets: &[Term]) {
        self.mentions.sort_by_key(|mention| mention.sentence);
        self.dates.sort_by_key(|(sentence, _)| *sentence);
        self.topic = self.most_named(targets);
        for mention in self.mentions.iter().filter(|mention| mention.cue == Cue::Topic) {
            if let Some(paragraph) = self.paragraphs.get(mention.sentence) {
                self.heads.entry(*paragraph).or_insert_with(|| mention.side.clone());
            }
        }
    }

    /// Keeps the States that a sentence names. `is_goods` tells goods, `is_carrier` ships and lorries.
    pub(super) fn add(
        &mut self,
        number: usize,
        sentence: &Parsed<'_>,
        lexicon: &Lexicon,
        is_goods: &dyn Fn(&Parsed<'_>, &NounPhrase) -> bool,
        is_carrier: &dyn Fn(&Parsed<'_>, &NounPhrase) -> bool,
    ) {
        // What is said to be unfounded says nothing of who stands where.
        if lexicon.is_listed(sentence.tokens, &sentence.range, "unfounded") {
            return;
        }
        let is_of_statement = |date: &DateMention| {
            sentence.clauses.iter().any(|clause| {
                // `was sentenced today`: the day of a hearing is not that of the act.
                let says = sentence.group(clause.verb).is_some_and(|group| {
                    group.act().is_none()
                        && (matches!(group.governs(), DraftingClass::Says | DraftingClass::Believes | DraftingClass::Denies)
                            || lexicon.is_listed(sentence.tokens, &group.tokens, "tries"))
                });
                says && clause.dates.iter().any(|own| own.tokens == date.tokens)
            })
        };
        // `rifles that Bulgaria sold in 2014 were passed on`
        let is_of_relative = |date: &DateMention| {
            sentence
                .clauses
                .iter()
                .any(|clause| clause.link == Link::Relative && clause.dates.iter().any(|own| own.tokens == date.tokens))
        };
        for chunk in &sentence.chunks {
            if let Chunk::Date(date) = chunk
                && (self.is_retrospect || !date.is_of && !is_of_relative(date))
                && !is_of_statement(date)
            {
                self.dates.push((number, Told { value: date.period, tokens: date.tokens.clone() }));
            }
        }
        for chunk in 0..sentence.chunks.len() {
            let Some(noun) = sentence.noun(chunk) else { continue };
            let stands_alone =
                sentence.chunks.iter().all(|other| matches!(other, Chunk::Noun(_) | Chunk::Stop)) && sentence.chunks.len() <= 3;
            let cue = if stands_alone { Some(Cue::Topic) } else { cue(sentence, chunk) };
            for found in sentence.names_in(noun).into_iter().filter(|found| found.kind != NameKind::Short) {
                let is_head = sentence.units.get(noun.head).is_some_and(|unit| unit.tokens == found.tokens);
                let cue = match cue {
                    None => continue,
                    Some(cue @ (Cue::Actor | Cue::Other)) => {
                        if is_head {
                            cue
                        } else if found.kind == NameKind::Adjective && is_goods(sentence, noun) {
                            Cue::Origin
                        } else if is_carrier(sentence, noun) {
                            Cue::Carrier
                        } else {
                            Cue::Owner
                        }
                    }
                    Some(cue) => cue,
                };
                let side = Side { country: found.country, tokens: found.tokens, how: How::Supposed };
                let is_beat = cue == Cue::Speaker && stories::is_beat(sentence, chunk, &side.tokens);
                self.mentions.push(Mention { sentence: number, side, cue, is_beat });
            }
        }
    }

    /// The State under measures that the article names more often than all others together, with where it is named first.
    fn most_named(&self, targets: &[Term]) -> Option<Side> {
        let named = || self.mentions.iter().filter(|mention| targets.contains(&mention.side.country));
        let mut counts: BTreeMap<Term, usize> = BTreeMap::new();
        named().for_each(|mention| *counts.entry(mention.side.country).or_default() += 1);
        let (topic, most) = counts.iter().max_by_key(|(country, count)| (**count, std::cmp::Reverse(**country)))?;
        let first = named().find(|mention| mention.side.country == *topic)?;
        (most * 2 > counts.values().sum()).then(|| first.side.clone())
    }

    /// The one State under no measures that an article names, as more than a speaker: it is about what happened there.
    pub(super) fn only_other(&self, targets: &[Term]) -> Option<Side> {
        let is_speaker = |mention: &&Mention| matches!(mention.cue, Cue::Speaker | Cue::Mission);
        let named = || self.mentions.iter().filter(|mention| !targets.contains(&mention.side.country) && !is_speaker(mention));
        let first = named().next()?;
        (named().count() > 1 && named().all(|mention| mention.side.country == first.side.country)).then(|| first.side.clone())
    }

    /// True if the sentence of an act, or one beside it in its paragraph, names a State under measures that does not only speak there.
    pub(super) fn tells_of(&self, targets: &[Term], sentence: usize) -> bool {
        let start = self.mentions.partition_point(|mention| mention.sentence + 1 < sentence);
        let near = self.mentions.iter().skip(start).take_while(|mention| mention.sentence <= sentence + 1);
        near.into_iter().filter(|mention| self.is_same_story(mention.sentence, sentence)).any(|mention| {
            !matches!(mention.cue, Cue::Speaker | Cue::Mission)
                && targets.contains(&mention.side.country)
                && self.is_same_paragraph(mention.sentence, sentence)
        })
    }

    /// The State that the paragraph of a sentence names as what it is about.
    pub(super) fn heads_paragraph(&self, sentence: usize) -> Option<Side> {
        self.heads.get(self.paragraphs.get(sentence)?).cloned()
    }

    /// Both sides of an act that says neither, where its sentence says from where to where something went.
    pub(super) fn path(&self, event: &Event) -> Option<(Side, Side)> {
        let start = self.mentions.partition_point(|mention| mention.sentence < event.sentence);
        let own = || self.mentions.iter().skip(start).take_while(|mention| mention.sentence == event.sentence);
        let named =
            |cue: Cue| own().find(|mention| mention.cue == cue).map(|mention| Side { how: How::Named, ..mention.side.clone() });
        let (from, to) = (named(Cue::From)?, named(Cue::To)?);
        (from.country != to.country).then_some((from, to))
    }

    /// Both sides of an act that says neither, by the sentences around it: from where they say that something came, to where it went
    /// or where it was. One of them is under measures.
    pub(super) fn road(&self, event: &Event, here: Option<&Side>, targets: &[Term]) -> Option<(Side, Side)> {
        let start = self.mentions.partition_point(|mention| mention.sentence + 2 < event.sentence);
        let near = || {
            let near = self.mentions.iter().skip(start).take_while(|mention| mention.sentence <= event.sentence + 1);
            near.filter(|mention| {
                self.is_same_paragraph(mention.sentence, event.sentence) && self.is_same_story(mention.sentence, event.sentence)
            })
        };
        let named = |cues: &[Cue], not: Option<Term>| {
            let mut of_cue = near().filter(|mention| cues.contains(&mention.cue) && Some(mention.side.country) != not);
            of_cue.next().map(|mention| mention.side.clone())
        };
        let from = named(&[Cue::From], None).or_else(|| named(&[Cue::Origin], None))?;
        let own = Some(from.country);
        let to = named(&[Cue::To], own).or_else(|| named(&[Cue::At], own));
        let to = to.or_else(|| here.filter(|here| here.country != from.country).cloned())?;
        let is_measured = [&from, &to].into_iter().any(|side| targets.contains(&side.country));
        is_measured.then_some((Side { how: How::Named, ..from }, Side { how: How::Inferred, ..to }))
    }

    /// True if two sentences stand in one paragraph.
    pub(super) fn is_same_paragraph(&self, a: usize, b: usize) -> bool {
        self.paragraphs.get(a) == self.paragraphs.get(b)
    }

    /// Keeps to which story a sentence belongs.
    pub(super) fn tell(&mut self, sentence: usize, story: usize) {
        self.stories.resize(self.paragraphs.len().max(sentence + 1), 0);
        if let Some(own) = self.stories.get_mut(sentence) {
            *own = story;
        }
    }

    /// The story of a sentence; 0 is the one that the article begins with.
    pub(super) fn story(&self, sentence: usize) -> usize {
        self.stories.get(sentence).copied().unwrap_or_default()
    }

    pub(super) fn is_same_story(&self, a: usize, b: usize) -> bool {
        self.story(a) == self.story(b)
    }

    /// Where people work by their own sentence: a place in it, else where the authority is that tells of them.
    pub(super) fn place_of_work(&self, event: &Event) -> Option<Side> {
        let own = event.from.as_ref()?.country;
        let start = self.mentions.partition_point(|mention| mention.sentence < event.sentence);
        let here = || self.mentions.iter().skip(start).take_while(|mention| mention.sentence == event.sentence);
        let found = here().find(|mention| mention.cue == Cue::At && mention.side.country != own);
        let found = found.or_else(|| here().find(|mention| mention.is_beat && mention.side.country != own))?;
        Some(Side { how: How::Inferred, ..found.side.clone() })
    }

    /// The date that the sentence of an act names, or the last one before it in its paragraph.
    pub(super) fn date(&self, event: &Event) -> Option<Told<Period>> {
        let own_paragraph = self.paragraphs.get(event.sentence);
        let end = self.dates.partition_point(|(sentence, _)| *sentence <= event.sentence);
        let is_near = |sentence: usize| {
            (self.is_retrospect || self.paragraphs.get(sentence) == own_paragraph) && self.is_same_story(sentence, event.sentence)
        };
        let (_, date) = self.dates.get(..end)?.last().filter(|(sentence, _)| is_near(*sentence))?;
        Some(date.clone())
    }

    /// The State that is most likely the missing side of an act, by what stands around it.
    pub(super) fn side(&self, event: &Event, missing: Missing, search: &Search<'_>) -> Option<Side> {
        let Search { here, home, targets, pairs, onward } = *search;
        let known = match missing {
            Missing::Giver => event.to.as_ref()?,
            Missing::Taker => event.from.as_ref()?,
        };
        let (own, own_how) = (known.country, known.how);
        let is_own_target = targets.contains(&own);
        let is_passed_on = missing == Missing::Giver && onward.contains(&own);
        let is_only_target = self.topic.is_some();
        let is_stopped = event.seizure.is_some() && event.stop.is_some();
        let own_paragraph = self.paragraphs.get(event.sentence);
        let at = self.mentions.partition_point(|mention| mention.sentence < event.sentence);
        let around = at.saturating_sub(MOST_WEIGHED)..(at + MOST_WEIGHED).min(self.mentions.len());
        let titled: Vec<Term> =
            self.mentions.iter().take_while(|mention| mention.sentence == 0).map(|mention| mention.side.country).collect();
        // Who tells of a theft is most often the robbed, if no other State is named.
        let is_robbed_unsaid =
            self.mentions.iter().all(|mention| mention.cue == Cue::Speaker || targets.contains(&mention.side.country));
        let mut scores: Vec<(Term, i32, i32, &Mention)> = Vec::new();
        for mention in self.mentions.get(around)? {
            let country = mention.side.country;
            let is_victim = event.frame == Frame::Robs && missing == Missing::Giver && is_robbed_unsaid;
            // `Police in Vietnam say that the firm bought coal`: the firm is there.
            let is_home = home == Some(country) && missing == Missing::Taker && event.frame == Frame::Gets;
            if country == own
                || !self.is_same_story(mention.sentence, event.sentence)
                || mention.cue == Cue::Speaker && !is_victim && !is_home
                || mention.cue == Cue::Mission && (mention.sentence != event.sentence || event.frame != Frame::Arrives)
                || !(is_own_target || is_passed_on || targets.contains(&country))
            {
                continue;
            }
            // Under whose flag a ship carries goods they are not from there.
            let is_of_load = missing == Missing::Giver && matches!(event.frame, Frame::Moves | Frame::Arrives);
            let is_flag = mention.cue == Cue::Carrier && mention.sentence != event.sentence;
            if is_of_load && is_flag && !targets.contains(&country) {
                continue;
            }
            // Where it was seized says more than what else is named.
            let is_bound = matches!(mention.cue, Cue::To | Cue::Topic);
            if missing == Missing::Taker && is_stopped && !is_bound {
                continue;
            }
            // Where the account is into which it was paid nothing came from.
            let is_payment = event.themes.iter().any(|theme| theme.kind == ThemeKind::Money);
            if is_payment && event.via.iter().any(|side| side.country == country) {
                continue;
            }
            // Where something went in the same sentence it did not come from.
            let is_opposite = matches!((missing, mention.cue), (Missing::Giver, Cue::To) | (Missing::Taker, Cue::From));
            if is_opposite && mention.sentence == event.sentence {
                continue;
            }
            // Who passes goods on got them from another than who gets them in the end.
            if is_passed_on && targets.contains(&country) {
                continue;
            }
            // Without a State under measures, only words that say the direction count.
            let is_said = match missing {
                Missing::Giver => {
                    matches!(mention.cue, Cue::From | Cue::Actor | Cue::Topic | Cue::Origin)
                        || mention.cue == Cue::At && is_only_target && mention.sentence <= event.sentence
                        || matches!(mention.cue, Cue::Owner | Cue::Carrier) && mention.sentence == event.sentence
                }
                // The robber is whoever is under measures.
                Missing::Taker if event.frame == Frame::Robs => true,
                // A ship that was stopped with its load brings it home.
                Missing::Taker if event.seizure.is_some() && mention.cue == Cue::Carrier => true,
                // `vehicles on which North Korea showed its missiles were delivered by`
                Missing::Taker if is_only_target && mention.cue == Cue::Actor && mention.sentence == event.sentence => true,
                Missing::Taker => matches!(mention.cue, Cue::To | Cue::At | Cue::Topic),
            };
            if !is_own_target && !is_passed_on && !is_said {
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
                (Missing::Giver, Cue::Origin) if event.seizure.is_some() || event.frame == Frame::Arrives => 65,
                (Missing::Giver, Cue::Origin) if event.themes.iter().any(|theme| theme.kind != ThemeKind::People) => 40,
                (Missing::Giver, Cue::Actor) => 20,
                (_, Cue::Topic) if same_paragraph => 40,
                (Missing::Taker, Cue::Owner) => 10,
                (Missing::Giver, Cue::At) => 5,
                (Missing::Taker, Cue::From) | (Missing::Giver, Cue::To) => -15,
                _ => 3,
            };
            let (from, to) = match missing {
                Missing::Giver => (country, own),
                Missing::Taker => (own, country),
            };
            // Of one State alone: what another paragraph says of a second one is said of something else.
            let is_far = !is_own_target && !is_passed_on && !same_paragraph && apart > 1;
            let is_topic = self.topic.as_ref().is_some_and(|topic| topic.country == country);
            if is_far && !is_topic && !titled.contains(&country) && here != Some(country) {
                continue;
            }
            // `Russia's insurer`, far from the act: whose that is says nothing of it.
            let is_directed = matches!(mention.cue, Cue::From | Cue::To | Cue::At | Cue::Topic | Cue::Actor);
            let is_apart = !same_paragraph && apart > 1 && !is_directed;
            if is_apart && !titled.contains(&country) && here != Some(country) && !pairs.contains(&Pair { from, to, moves: true })
            {
                continue;
            }
            // A place that it is from is named: not any State will do.
            let is_elsewhere = missing == Missing::Giver && event.is_from_elsewhere;
            if is_elsewhere && mention.sentence != event.sentence && !targets.contains(&country) && here != Some(country) {
                continue;
            }
            let is_titled = if !is_own_target && titled.contains(&country) { 12 } else { 0 };
            let is_known = if pairs.contains(&Pair { from, to, moves: true }) { 20 } else { 0 };
            let comes = matches!(
                event.frame,
                Frame::Arrives | Frame::Leaves | Frame::Gets | Frame::Moves | Frame::Employs | Frame::Works
            ) && missing == Missing::Taker
                && here == Some(country);
            let is_robbed_here = event.frame == Frame::Robs && missing == Missing::Giver && here == Some(country);
            let score = nearness + cue + is_known + is_titled + if comes { 12 } else { 0 } + if is_robbed_here { 25 } else { 0 };
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
        let title_target = || {
            let mut titled = self
                .mentions
                .iter()
                .take_while(|mention| mention.sentence == 0 && self.is_same_story(0, event.sentence))
                .filter(|m| targets.contains(&m.side.country))
                // Whose goods they are is not where they go.
                .filter(|m| missing == Missing::Giver || m.cue != Cue::Origin);
            let first = titled.next().filter(|_| !(missing == Missing::Taker && is_stopped))?;
            let is_alone = titled.all(|mention| mention.side.country == first.side.country);
            (is_alone && first.side.country != own && !is_own_target && !event.is_nominal).then(|| first.side.clone())
        };
        let total = |(_, count, best, _): &(Term, i32, i32, &Mention)| best + 2 * (count - 1).min(6);
        let Some(best) = scores.iter().max_by_key(|score| (total(score), std::cmp::Reverse(score.0))) else {
            return title_target();
        };
        let least = match () {
            () if event.frame == Frame::Robs => 30,
            () if event.is_nominal => 45,
            () if event.frame == Frame::Serves && own_how < How::Named && !event.has_actor => 55,
            () if event.frame == Frame::Serves => 45,
            () if is_own_target => 30,
            () => 30,
        };
        if total(best) >= least { Some(best.3.side.clone()) } else { title_target() }
    }
}
