//! The dates of acts.

use std::ops::Range;

use crate::facts::Period;
use crate::rulebook::{DraftingClass, Frame};

use super::acts::ActReader;
use super::clauses::{Clause, Link};
use super::dates::DateMention;
use super::event::Told;
use super::lexicon::VerbForm;
use super::phrases::Chunk;
use super::sentence::Parsed;
use super::units::Tag;

/// How many days a date has at least that bounds what was said on it.
const WHOLE_YEAR: i64 = 300;

impl ActReader<'_> {
    /// The date of a clause: its own, or that of the clause that governs it or shares its subject.
    pub(super) fn date(&self, sentence: &Parsed<'_>, position: usize) -> Option<Told<Period>> {
        let clause = sentence.clauses.get(position)?;
        let date = clause.dates.first().map(|date| Told { value: days(sentence, position, date), tokens: date.tokens.clone() });
        date.or_else(|| match clause.link {
            Link::Coordinated(other) => {
                let other = sentence.clauses.get(other)?;
                let is_said = sentence.group(other.verb).is_some_and(|group| group.governs() == DraftingClass::Says);
                other.dates.first().filter(|_| !is_said).map(|date| Told { value: date.period, tokens: date.tokens.clone() })
            }
            Link::Governed(other) => {
                let other = sentence.clauses.get(other)?;
                let is_said = sentence.group(other.verb).is_some_and(|group| {
                    matches!(group.governs(), DraftingClass::Says | DraftingClass::Plans | DraftingClass::Believes)
                });
                // What was said in a year is not of a later one.
                let is_year = |date: &&DateMention| (date.period.to - date.period.from).num_days() > WHOLE_YEAR;
                let date = other.dates.first().filter(|date| !is_said || is_year(date) && !date.is_since);
                date.map(|date| Told { value: date.period, tokens: date.tokens.clone() })
            }
            _ => None,
        })
        .or_else(|| {
            time_behind(sentence, position)
                .or_else(|| fronted_date(sentence, position))
                .map(|date| Told { value: date.period, tokens: date.tokens.clone() })
        })
    }

    /// The date of what a service is about: `helped to build the reactor that was given in 1965`.
    pub(super) fn date_of_theme(&self, sentence: &Parsed<'_>, frame: Frame) -> Option<Told<Period>> {
        let is_object = |noun: &usize, of: usize| sentence.clauses.iter().any(|own| own.objects.contains(noun) && own.verb != of);
        let mut about = sentence.clauses.iter().filter(|other| other.link == Link::Relative);
        let about = about.find(|other| other.objects.iter().chain(&other.subject).any(|noun| is_object(noun, other.verb)));
        let date = about.filter(|_| frame == Frame::Serves)?.dates.first()?;
        Some(Told { value: date.period, tokens: date.tokens.clone() })
    }
}

/// The days of a date beside a verb: a month without a year is the one to come of `will supply` and `is to supply`, and of `would
/// supply` where that one is the nearer.
fn days(sentence: &Parsed<'_>, position: usize, date: &DateMention) -> Period {
    let Some((ahead, is_nearer)) = date.ahead else { return date.period };
    let Some(clause) = sentence.clauses.get(position) else { return date.period };
    let Some(group) = sentence.group(clause.verb) else { return date.period };
    let words = sentence.lower(&group.tokens);
    let is_will = group.modal == Some(Tag::Will) && !group.is_perfect;
    let is_due = ["is to ", "are to "].iter().any(|start| words.starts_with(start));
    // `plans to launch it in May`
    let governor = match clause.link {
        Link::Governed(governor) => sentence.clauses.get(governor).and_then(|own| sentence.group(own.verb)),
        _ => None,
    };
    let plans = group.is_infinitive
        && !group.is_perfect
        && governor
            .is_some_and(|own| own.governs() == DraftingClass::Plans && !own.is_past && own.form() == Some(VerbForm::Present));
    let is_to_come = is_will || is_due || plans;
    let is_would = words.split(' ').any(|word| word == "would");
    if is_to_come && (is_nearer || !is_would) { ahead } else { date.period }
}

/// The date at the head of a sentence, parted from its verb by an aside: `Between 2011 and 2016, a leaked report says, it sold`.
fn fronted_date<'s>(sentence: &'s Parsed<'_>, position: usize) -> Option<&'s DateMention> {
    let clause = sentence.clauses.get(position)?;
    let own = clause.subject.first().copied().unwrap_or(clause.verb);
    let is_comma = |at: Option<usize>| matches!(at.and_then(|at| sentence.chunks.get(at)), Some(Chunk::Comma));
    let aside = sentence.clauses.get(..position)?.iter().find(|aside| {
        let first = aside.subject.first().copied().unwrap_or(aside.verb);
        aside.objects.is_empty() && is_comma(first.checked_sub(1)) && is_comma(Some(aside.verb + 1)) && aside.verb < own
    })?;
    let is_free = matches!(clause.link, Link::Main | Link::Coordinated(_) | Link::Governed(_));
    let first = aside.subject.first().copied().unwrap_or(aside.verb);
    let head = sentence.chunks.get(..first).filter(|_| is_free)?;
    let is_whole = !head.iter().any(|chunk| matches!(chunk, Chunk::Verb(_) | Chunk::Subordinator(_) | Chunk::Relative(_)));
    head.iter().filter(|_| is_whole).find_map(|chunk| if let Chunk::Date(date) = chunk { Some(date) } else { None })
}

/// The years of what an act happened in: `in the famine of the nineties`.
fn time_behind<'s>(sentence: &'s Parsed<'_>, position: usize) -> Option<&'s DateMention> {
    let clause = sentence.clauses.get(position)?;
    let places =
        clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "in" | "on" | "during" | "at" | "after" | "before"));
    places.flat_map(|(_, nouns)| nouns).find_map(|noun| {
        let is_time = sentence.noun(*noun).is_some_and(|noun| sentence.lexicon.is_word_of(&sentence.head(noun), "times"));
        match sentence.chunks.get(noun + 1) {
            Some(Chunk::Date(date)) if is_time && date.is_of => Some(date),
            _ => None,
        }
    })
}

/// The day on which a sentence says that an authority told, or a court decided, what it reports: `was jailed on Tuesday for buying`.
pub(super) fn news(sentence: &Parsed<'_>) -> Option<Period> {
    sentence.clauses.iter().filter(|clause| announces(sentence, clause)).find_map(|clause| Some(clause.dates.first()?.period))
}

/// True if words of an act are those by which a sentence tells its news.
pub(super) fn is_news_itself(sentence: &Parsed<'_>, act: &Range<usize>) -> bool {
    sentence
        .clauses
        .iter()
        .any(|clause| announces(sentence, clause) && sentence.group(clause.verb).is_some_and(|group| group.tokens == *act))
}

fn announces(sentence: &Parsed<'_>, clause: &Clause) -> bool {
    let is_free = matches!(clause.link, Link::Main | Link::Coordinated(_));
    is_free
        && sentence.group(clause.verb).is_some_and(|group| {
            let says = group.governs() == DraftingClass::Says && group.act().is_none();
            let tries = sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "tries");
            !group.is_negated && group.modal.is_none() && !group.is_infinitive && (says || tries)
        })
}
