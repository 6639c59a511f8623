//! People of one State who work in another, by what they do with their hands and who pays them.

use crate::facts::Term;
use crate::rulebook::{DraftingClass, Frame};

use super::acts::{ActReader, Spot};
use super::clauses::Clause;
use super::lexicon::{Act, NameKind};
use super::memory::Memory;
use super::roles::Roles;
use super::sentence::Parsed;

impl ActReader<'_> {
    /// People who do manual work for others: workers, or `North Koreans`.
    pub(super) fn are_workers(&self, sentence: &Parsed<'_>, nouns: &[usize]) -> bool {
        nouns.iter().any(|noun| {
            let of = sentence.of(*noun).unwrap_or(*noun);
            let is_worker = self.special(sentence, *noun) == Some(self.terms.employment);
            let is_nation = |at: usize| {
                sentence.noun(at).is_some_and(|noun| {
                    let head = sentence.units.get(noun.head);
                    let first = sentence.units_of(noun).first().map(|unit| sentence.lower(&unit.tokens));
                    let is_one = matches!(first.as_deref(), Some("a" | "an" | "one" | "another"));
                    let is_plural = sentence.head(noun).ends_with('s') || is_one;
                    head.and_then(|head| head.name).is_some_and(|name| name.kind == NameKind::Adjective) && is_plural
                })
            };
            is_worker || is_nation(*noun) || is_nation(of)
        })
    }

    /// True if the words of a clause say that it works with its hands: `paint`, `sew`.
    pub(super) fn is_labour(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        sentence.group(clause.verb).is_some_and(|group| {
            !clause.is_passive && matches!(group.governs(), DraftingClass::Verb | DraftingClass::Says) && {
                // `pour concrete`
                let end = clause.objects.first().and_then(|noun| sentence.noun(*noun)).map_or(group.tokens.end, |n| n.tokens.end);
                let words = group.tokens.start..end.max(group.tokens.end);
                // `poured the last concrete`
                let is_of_building = clause
                    .objects
                    .iter()
                    .filter_map(|noun| sentence.noun(*noun))
                    .any(|noun| sentence.lexicon.is_word_of(&sentence.head(noun), "building-materials"));
                let lays = self.lexicon.is_listed(sentence.tokens, &group.tokens, "lays");
                self.lexicon.is_listed(sentence.tokens, &words, "labour") || lays && is_of_building
            }
        })
    }

    /// The act of people who work with their hands abroad: `North Koreans are painting a factory`.
    pub(super) fn by_hand(&self, sentence: &Parsed<'_>, clause: &Clause, memory: &Memory) -> Option<Act> {
        // `The seamstresses sewed from six in the morning.`
        let are_known = || {
            let lives =
                sentence.group(clause.verb).is_some_and(|group| self.lexicon.is_listed(sentence.tokens, &group.tokens, "lives"));
            !lives && clause.subject.iter().any(|noun| memory.known_hands(sentence, *noun).is_some())
        };
        // `200 North Korean women stitch uniforms`
        let are_hands = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|own| self.lexicon.is_word_of(&sentence.head(own), "hands"))
                && sentence.origin(*noun).is_some_and(|origin| self.targets.contains(&origin.country))
        };
        let works = self.are_workers(sentence, &clause.subject)
            || self.are_people_from(sentence, clause)
            || are_known()
            || clause.subject.iter().any(are_hands);
        // `were to build a statue`: nobody works yet.
        let is_done = sentence.group(clause.verb).is_some_and(|group| group.modal.is_none());
        (works && is_done && self.is_labour(sentence, clause))
            .then_some(Act { activity: self.terms.employment, frame: Frame::Works })
    }

    /// The work of people whom the text has named before: `the men work on a site in Doha`.
    pub(super) fn work_of_known(&self, spot: &Spot<'_>, act: Act, roles: &Roles) -> Option<(Term, Frame)> {
        let is_work = act.activity == self.terms.employment && matches!(act.frame, Frame::Works | Frame::Employs);
        let are_known = |noun: &usize| spot.memory.known_hands(spot.sentence, *noun).is_some();
        (is_work && roles.themes.iter().any(are_known)).then_some((act.activity, act.frame))
    }

    /// `60 women from North Korea`
    pub(super) fn are_people_of_target(&self, sentence: &Parsed<'_>, chunk: usize) -> bool {
        sentence.noun(chunk).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "people"))
            && (sentence.origin(chunk).is_some_and(|origin| self.targets.contains(&origin.country))
                || sentence
                    .clauses
                    .iter()
                    .any(|clause| clause.subject.contains(&chunk) && self.are_people_from(sentence, clause)))
    }

    /// Men or women of whom a place behind *from* says whose they are: `two hundred men arrived from Pyongyang to fell trees`.
    fn are_people_from(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let are_people = clause
            .subject
            .iter()
            .filter_map(|noun| sentence.noun(*noun))
            .any(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "people"));
        let from = clause.places.iter().filter(|(word, _)| word == "from").flat_map(|(_, nouns)| nouns);
        let mut named = from.filter_map(|noun| sentence.noun(*noun)).flat_map(|noun| sentence.names_in(noun));
        are_people && named.any(|found| self.targets.contains(&found.country))
    }

    /// Who pays workers of another State employs them: `a contractor from Dakar pays them`.
    pub(super) fn pays_workers(&self, sentence: &Parsed<'_>, clause: &Clause, memory: &Memory) -> Option<Act> {
        let group = sentence.group(clause.verb)?;
        let pays = group.act().is_some_and(|act| act.activity == self.terms.funds_transfer && act.frame == Frame::Gives);
        let paid = match (clause.is_passive, clause.recipient) {
            (true, _) => clause.subject.clone(),
            (false, Some(recipient)) => vec![recipient],
            (false, None) => clause.objects.clone(),
        };
        let is_them = |noun: &usize| {
            let is_pronoun =
                |at: usize| sentence.noun(at).is_some_and(|noun| matches!(sentence.head(noun).as_str(), "them" | "they"));
            let measured = memory.people.as_ref().is_some_and(|people| self.targets.contains(&people.country));
            measured && (is_pronoun(*noun) || sentence.of(*noun).is_some_and(is_pronoun))
        };
        let are_own = |noun: &usize| {
            self.are_workers(sentence, &[*noun])
                && sentence.origin(*noun).is_some_and(|origin| self.targets.contains(&origin.country))
        };
        let are_workers = !paid.is_empty() && paid.iter().all(|noun| is_them(noun) || are_own(noun));
        (pays && are_workers).then_some(Act { activity: self.terms.employment, frame: Frame::Employs })
    }
}
