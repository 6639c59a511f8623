//! Travel of persons who are on a list.

use crate::facts::Term;
use crate::rulebook::Frame;

use super::acts::ActReader;
use super::clauses::Clause;
use super::lexicon::Act;
use super::memory::Memory;
use super::phrases::Chunk;
use super::sentence::Parsed;

impl ActReader<'_> {
    /// The activity of a listed person who goes somewhere: `flew to Hanoi`.
    pub(super) fn travel(
        &self,
        sentence: &Parsed<'_>,
        number: usize,
        clause: &Clause,
        act: Act,
        memory: &Memory,
    ) -> Option<Term> {
        let travels = match act.frame {
            Frame::Meets => true,
            Frame::Arrives | Frame::Moves => clause.objects.is_empty() || act.frame == Frame::Arrives,
            _ => false,
        };
        if !travels || clause.is_passive {
            return None;
        }
        let subject = *clause.subject.first()?;
        let noun = sentence.noun(subject)?;
        if self.is_carrier(sentence, noun) || self.is_of_ship(sentence, &[subject], memory) {
            return None;
        }
        let is_listed_here = || self.lexicon.is_listed(sentence.tokens, &sentence.range, "listed");
        let is_person = match noun.is_pronoun {
            true => matches!(sentence.head(noun).as_str(), "he" | "she") && memory.is_of_listed_person(number),
            false => {
                let name = sentence.proper_name(noun);
                let known = name.as_ref().is_some_and(|name| memory.is_listed_person(&sentence.lower(name)));
                let is_new = name.is_some_and(|name| name.len() > 1) || self.is_official(sentence, subject);
                // `Muttaqi, who has been under sanctions since 2001, arrived`
                let is_said = || {
                    matches!(
                        (sentence.chunks.get(subject + 1), sentence.chunks.get(subject + 2)),
                        (Some(Chunk::Comma), Some(Chunk::Relative(_)))
                    )
                };
                known || (is_new || is_said()) && is_listed_here()
            }
        };
        is_person.then_some(self.terms.travel)
    }
}
