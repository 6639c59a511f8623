//! What an article has said before: which State a pronoun, a party or *the dealer* belongs to.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::facts::Term;
use crate::rulebook::{DraftingClass, Rulebook};

use super::clauses::Link;
use super::event::{How, Side, Theme};
use super::lexicon::{Lexicon, NameKind};
use super::sentence::{Found, Parsed};
use super::units::{Tag, Unit};

/// Sides that later words can mean.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// By the noun or name in lower case.
    pub(super) by_noun: HashMap<String, Side>,
    /// Where goods are from, by their noun.
    pub(super) origins: HashMap<String, (usize, Side)>,
    /// The sentence that is read.
    pub(super) reading: usize,
    /// The last one that did something.
    pub(super) actor: Option<Side>,
    /// The last group of people that something was done to or with.
    pub(super) people: Option<Side>,
    /// The last workers who were said to be of a State under measures, with their sentence.
    pub(super) hands: Option<(usize, Side)>,
    /// The last goods that moved.
    pub(super) themes: Vec<Theme>,
    /// The sentence in which they did.
    pub(super) themes_sentence: usize,
    /// The goods that a sentence was about last, with it.
    pub(super) goods: Option<(usize, Theme)>,
    /// The sentence in which the actor was named.
    pub(super) actor_sentence: usize,
    /// The ships of which a State was named, each with its sentence, in order.
    pub(super) ships: Vec<(usize, Side)>,
    /// Where the last act went.
    pub(super) last_to: Option<Side>,
    /// The last State under measures to which something went.
    pub(super) customer: Option<Side>,
    /// What may be fired, as it was named last, with its sentence.
    pub(super) fired: Option<(usize, (Theme, Term))>,
    /// The State where the article is written.
    pub(super) here: Option<Side>,
    /// The same, if it is no place where news of all States is written.
    pub(super) home: Option<Side>,
    /// The States under measures.
    pub(super) targets: Vec<Term>,
    /// The last State in which something was.
    pub(super) place: Option<Side>,
    /// The last of them that was named.
    target: Option<Side>,
    /// Names of persons who are on a list, in lower case, by their last word.
    listed: HashSet<String>,
    /// The sentence that named one of them last.
    listed_sentence: Option<usize>,
    /// Persons who speak for a State, by their last name in lower case.
    pub(super) spokesmen: HashSet<String>,
    /// True if the last one who acted or spoke is no State and speaks for none.
    pub(super) is_private_speaker: bool,
    words: MemoryWords,
}

/// Nouns that stand for what an article has named before.
#[derive(Debug, Default)]
struct MemoryWords {
    ships: HashSet<String>,
    bodies: HashSet<String>,
}

/// How many tokens may stand between `flag` or `registered` and the State.
const FLAG_REACH: usize = 8;

impl Memory {
    /// A memory that knows which nouns mean a ship or body of before.
    pub(super) fn new(rulebook: &Rulebook) -> Self {
        let words = |class: DraftingClass| {
            let entries = rulebook.drafting.entries.iter().filter(move |entry| entry.class == class);
            entries.flat_map(|entry| entry.words.iter().cloned()).collect()
        };
        let words = MemoryWords { ships: words(DraftingClass::Ship), bodies: words(DraftingClass::Body) };
        Self { words, ..Self::default() }
    }

    /// The flag of a ship of a name.
    pub(super) fn flag(&self, name: &str) -> Option<Side> {
        self.by_noun.get(&ship_key(name)).cloned()
    }

    /// What may be fired and was named shortly before a sentence.
    pub(super) fn fired_before(&self, sentence: usize) -> Option<(Theme, Term)> {
        self.fired.as_ref().filter(|(at, _)| at + 2 >= sentence).map(|(_, fired)| fired.clone())
    }

    pub(super) fn is_ship(&self, noun: &str) -> bool {
        self.words.ships.contains(noun)
    }

    /// True if a name is that of a person whom the text says to be on a list.
    pub(super) fn is_listed_person(&self, name: &str) -> bool {
        name.rsplit(' ').next().is_some_and(|last| self.listed.contains(last))
    }

    /// True if a person on a list was named in the sentences before.
    pub(super) fn is_of_listed_person(&self, sentence: usize) -> bool {
        self.listed_sentence.is_some_and(|at| at + 3 >= sentence)
    }

    /// Keeps the persons of a sentence who are on a list.
    pub(super) fn learn_listed(&mut self, sentence: &Parsed<'_>, number: usize, lexicon: &Lexicon) {
        let is_listed = lexicon.is_listed(sentence.tokens, &sentence.range, "listed");
        for noun in (0..sentence.chunks.len()).filter_map(|chunk| sentence.noun(chunk)) {
            let Some(name) = sentence.proper_name(noun) else { continue };
            let last = sentence.lower(&(name.end.saturating_sub(1)..name.end));
            if is_listed && name.len() > 1 {
                self.listed.insert(last.clone());
            }
            if self.listed.contains(&last) {
                self.listed_sentence = Some(number);
            }
        }
    }

    /// Begins another story: what was said before is kept for later, and nothing of it is supposed now.
    pub(super) fn begin_story(&mut self) -> Self {
        let next = Self {
            targets: self.targets.clone(),
            reading: self.reading,
            words: std::mem::take(&mut self.words),
            ..Self::default()
        };
        std::mem::replace(self, next)
    }

    /// Goes back to the story before.
    pub(super) fn end_story(&mut self, before: Self) {
        let words = std::mem::take(&mut self.words);
        *self = Self { words, reading: self.reading, ..before };
    }

    fn is_body(&self, noun: &str) -> bool {
        self.words.bodies.contains(noun)
    }

    /// Keeps the ships of a sentence whose State it names: `a North Korean tanker`, `registered in Belize`.
    pub(super) fn learn_ships(&mut self, sentence: &Parsed<'_>, number: usize) {
        let mut flags_at = None;
        let mut ship_name: Option<Range<usize>> = None;
        for chunk in 0..sentence.chunks.len() {
            if let Some(group) = sentence.group(chunk) {
                let words = sentence.lower(&group.tokens);
                if ["flag", "register", "fly", "flies", "flew", "flown"].iter().any(|flag| words.contains(flag)) {
                    flags_at = Some(group.tokens.end);
                }
            }
            let Some(noun) = sentence.noun(chunk) else { continue };
            let units = sentence.units_of(noun);
            let lower = |unit: &Unit| singular(&sentence.lower(&unit.tokens));
            let is_ship = units.iter().any(|unit| self.is_ship(&lower(unit)));
            let near_flag = flags_at.is_some_and(|at| noun.tokens.start < at + FLAG_REACH);
            let named = sentence.names_in(noun).into_iter().next();
            let name = sentence.proper_name(noun).filter(|name| !sentence.lower(name).starts_with("imo"));
            ship_name = name.or(ship_name.take());
            // `the Mongolia-flagged Ever Dawn`
            let is_flagged = units.iter().any(|unit| {
                sentence
                    .tokens
                    .get(unit.tokens.start)
                    .is_some_and(|token| token.is_joined && matches!(token.lower.as_str(), "flagged" | "registered"))
            });
            let own = named.filter(|_| is_ship || near_flag || is_flagged).map(|found| Side {
                country: found.country,
                tokens: found.tokens,
                how: How::Named,
            });
            let key = |name: &Range<usize>| ship_key(&sentence.lower(name));
            let known = || {
                let side = self.by_noun.get(&key(&sentence.proper_name(noun)?))?;
                Some(Side { how: How::Inferred, ..side.clone() })
            };
            let known = if own.is_some() { own } else { known() };
            if let Some(side) = known {
                if let Some(name) = &ship_name {
                    self.by_noun.insert(key(name), side.clone());
                }
                self.ships.push((number, side));
                flags_at = None;
            }
            // `the Togo-flagged freighter` has said it.
            let has_said = sentence.names_in(noun).into_iter().next().is_some();
            if !has_said && units.iter().any(|unit| sentence.lower(&unit.tokens).contains("flag")) {
                flags_at = Some(noun.tokens.end);
            }
        }
    }

    /// The side that a noun phrase is, and the words that say so.
    pub(super) fn side(&self, sentence: &Parsed<'_>, chunk: usize) -> Option<Side> {
        self.named(sentence, chunk).or_else(|| self.remembered(sentence, chunk))
    }

    /// The side that the words of a phrase, or of those that hang on it, name.
    pub(super) fn named(&self, sentence: &Parsed<'_>, chunk: usize) -> Option<Side> {
        let noun = sentence.noun(chunk)?;
        let direct = |found: Found| Side { country: found.country, tokens: found.tokens, how: How::Named };
        if let Some(principal) = self.principal(sentence, chunk) {
            return Some(direct(principal));
        }
        if let Some(found) = sentence.names_in(noun).into_iter().next() {
            // `Congo Aconde, a firm of two North Koreans`: the name of a firm is not yet its State.
            let behind = sentence.units_of(noun).iter().find(|unit| unit.tokens.start == found.tokens.end);
            let is_of_name =
                found.kind != NameKind::Adjective && behind.is_some_and(|unit| unit.tag == Tag::Noun && unit.name.is_none());
            let aside = sentence.apposition(chunk).filter(|_| is_of_name);
            let other = aside.and_then(|aside| {
                let named = |at: usize| sentence.noun(at).and_then(|noun| sentence.names_in(noun).into_iter().next());
                named(aside).or_else(|| named(sentence.beside(aside)?))
            });
            return Some(direct(other.unwrap_or(found)));
        }
        // `the embassy of North Korea`, `traders in Hunchun`, `on the grounds of the embassy`
        let mut at = chunk;
        for _ in 0..3 {
            let Some(next) = sentence.beside(at) else { break };
            if let Some(found) = sentence.noun(next).and_then(|noun| sentence.names_in(noun).into_iter().next()) {
                return Some(direct(found));
            }
            at = next;
        }
        let Some(aside) = sentence.apposition(chunk).or_else(|| sentence.apposition(at)) else {
            return Self::by_relative(sentence, chunk);
        };
        if let Some(found) = sentence.noun(aside).and_then(|noun| sentence.names_in(noun).into_iter().next()) {
            return Some(direct(found));
        }
        // `the Saebyol, a ship under the flag of North Korea`
        let mut at = aside;
        for _ in 0..3 {
            let next = sentence.beside(at)?;
            if let Some(found) = sentence.noun(next).and_then(|noun| sentence.names_in(noun).into_iter().next()) {
                return Some(direct(found));
            }
            at = next;
        }
        None
    }

    /// The State that a relative clause says a party is of: `a man who represents the Foreign Trade Bank of North Korea`.
    fn by_relative(sentence: &Parsed<'_>, chunk: usize) -> Option<Side> {
        let own = [Some(chunk), sentence.of(chunk), sentence.beside(chunk)];
        let is_own = |nouns: &[usize]| own.iter().flatten().any(|own| nouns.contains(own));
        let clause = sentence.clauses.iter().find(|clause| {
            let ties = sentence.group(clause.verb).is_some_and(|group| {
                !group.is_negated && sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "ties")
                    || group.verb.is_none() && !group.is_negated && !group.is_have
            });
            clause.link == Link::Relative && ties && (is_own(&clause.subject) || is_own(&clause.objects))
        })?;
        let behind = |nouns: &[usize]| nouns.iter().copied().filter(|noun| *noun > chunk).collect::<Vec<usize>>();
        let places = clause
            .places
            .iter()
            .filter(|(word, _)| matches!(word.as_str(), "in" | "to" | "for" | "from" | "by" | "at" | "on" | "out of"));
        let founds =
            sentence.group(clause.verb).is_some_and(|group| sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "founds"));
        let places = places.filter(|_| !founds).flat_map(|(_, nouns)| behind(nouns));
        let nouns = behind(&clause.objects).into_iter().chain(behind(&clause.subject)).chain(places);
        let named = |at: usize| sentence.noun(at).and_then(|noun| sentence.names_in(noun).into_iter().next());
        let mut found = nouns.filter_map(|noun| named(noun).or_else(|| named(sentence.beside(noun)?)));
        found.next().map(|found| Side { country: found.country, tokens: found.tokens, how: How::Named })
    }

    fn remembered(&self, sentence: &Parsed<'_>, chunk: usize) -> Option<Side> {
        let noun = sentence.noun(chunk)?;
        let inferred = |side: &Side| Some(Side { how: How::Inferred.min(side.how), ..side.clone() });
        if noun.is_pronoun {
            return match sentence.head(noun).as_str() {
                "we" | "us" => self.here.as_ref().and_then(inferred),
                "it" | "he" | "she" => self.actor.as_ref().and_then(inferred),
                "they" => self.actor.as_ref().or(self.people.as_ref()).and_then(inferred),
                "them" | "him" => self.people.as_ref().or(self.actor.as_ref()).and_then(inferred),
                _ => None,
            };
        }
        if let Some(name) = sentence.proper_name(noun)
            && let Some(side) = self.by_noun.get(&sentence.lower(&name))
        {
            return inferred(side);
        }
        // `the manager of a firm here`
        let end = sentence.of(chunk).and_then(|of| sentence.noun(of)).map_or(noun.tokens.end, |of| of.tokens.end);
        if sentence.tokens.get(end).is_some_and(|token| token.lower == "here") && self.home.is_some() {
            return self.home.as_ref().and_then(inferred);
        }
        let first = sentence.units_of(noun).first().map(|unit| sentence.lower(&unit.tokens)).unwrap_or_default();
        // `its engineers`: those of whoever acted.
        let is_figure = || matches!(sentence.head(noun).as_str(), "place" | "stead" | "turn" | "view" | "name" | "opinion");
        if matches!(first.as_str(), "its" | "their" | "his" | "her") && is_figure() {
            return None;
        }
        if matches!(first.as_str(), "its" | "their" | "his" | "her") {
            return self.actor.as_ref().and_then(inferred);
        }
        // `the group's engineers`
        let owner = sentence.units_of(noun).windows(2).find_map(|units| match units {
            [owner, mark] if mark.tag == Tag::Possessive => Some(singular(&sentence.lower(&owner.tokens))),
            _ => None,
        });
        if let Some(owner) = owner {
            return self.by_noun.get(&owner).or_else(|| self.actor.as_ref().filter(|_| self.is_body(&owner))).and_then(inferred);
        }
        let head = singular(&sentence.head(noun));
        // `meant for the same customer`
        let is_same = sentence.units_of(noun).iter().any(|unit| sentence.lower(&unit.tokens) == "same");
        let is_recipient = matches!(
            head.as_str(),
            "customer"
                | "buyer"
                | "recipient"
                | "client"
                | "addressee"
                | "consignee"
                | "destination"
                | "address"
                | "purchaser"
                | "user"
        );
        if first == "the" && is_same && is_recipient && self.customer.is_some() {
            return self.customer.as_ref().and_then(inferred);
        }
        // `the embassy`: that of a State under measures.
        if sentence.lexicon.is_word_of(&sentence.head(noun), "missions") && !self.by_noun.contains_key(&head) {
            return self.target.as_ref().and_then(inferred);
        }
        if let Some(of) = sentence.of(chunk)
            && sentence.noun(of).is_some_and(|of| sentence.lexicon.is_word_of(&sentence.head(of), "missions"))
        {
            return self.remembered(sentence, of);
        }
        if first == "the"
            && head == "country"
            && let Some(home) = &self.home
        {
            return inferred(home);
        }
        // `the city`: that of before, else where the article is written.
        if first == "the"
            && matches!(head.as_str(), "city" | "town" | "capital" | "port")
            && !self.by_noun.contains_key(&head)
            && let Some(place) = self.place.as_ref().or(self.home.as_ref())
        {
            return inferred(place);
        }
        // `the police`: those of where the article is written.
        if first == "the"
            && !self.by_noun.contains_key(&head)
            && sentence.lexicon.is_word_of(&sentence.head(noun), "institutions")
            && let Some(home) = &self.home
        {
            return inferred(home);
        }
        if first == "the" && self.is_body(&head) && !self.by_noun.contains_key(&head) {
            return self.actor.as_ref().and_then(inferred);
        }
        // `four of the engineers`
        if let Some(of) = sentence.of(chunk).filter(|_| sentence.theme_is_number(noun)) {
            return self.remembered(sentence, of);
        }
        if let Some(hands) = self.known_hands(sentence, chunk) {
            return inferred(&hands);
        }
        if matches!(first.as_str(), "the" | "these" | "those" | "this" | "that") || self.by_noun.len() < 2 {
            let head = if self.is_ship(&head) { "ship" } else { head.as_str() };
            return self.by_noun.get(head).and_then(inferred);
        }
        None
    }

    /// Keeps which States the noun phrases of a sentence belong to.
    pub(super) fn learn(&mut self, sentence: &Parsed<'_>) {
        let places = sentence.clauses.iter().flat_map(|clause| &clause.places);
        let places = places.filter(|(word, _)| matches!(word.as_str(), "in" | "at" | "near" | "to" | "into"));
        let place = places.flat_map(|(_, nouns)| nouns).filter_map(|noun| self.named(sentence, *noun)).next_back();
        self.place = place.or(self.place.take());
        self.learn_makers(sentence);
        self.learn_ties(sentence);
        self.learn_speakers(sentence);
        for chunk in 0..sentence.chunks.len() {
            let Some(noun) = sentence.noun(chunk) else { continue };
            let Some(side) = self.named(sentence, chunk) else { continue };
            if self.targets.contains(&side.country) {
                self.target = Some(side.clone());
            }
            if let Some(name) = sentence.proper_name(noun) {
                self.by_noun.insert(sentence.lower(&name), side.clone());
                // A person is named by the last name later.
                let last = sentence.lower(&(name.end.saturating_sub(1)..name.end));
                let is_person = name.len() > 1 && !self.is_body(&singular(&last)) && !self.is_ship(&singular(&last));
                if is_person && last.len() > 3 && last.chars().all(char::is_alphabetic) {
                    self.by_noun.entry(last).or_insert_with(|| side.clone());
                }
            }
            if let Some(aside) = sentence.apposition(chunk).and_then(|aside| sentence.noun(aside))
                && let Some(name) = sentence.proper_name(aside)
            {
                self.by_noun.insert(sentence.lower(&name), side.clone());
            }
            // `the ship` after a tanker of a name
            if sentence.units_of(noun).iter().any(|unit| self.is_ship(&singular(&sentence.lower(&unit.tokens)))) {
                self.by_noun.insert("ship".to_owned(), side.clone());
            }
            // `North Koreans`: *they* may be meant.
            let is_people = sentence.names_in(noun).first().is_some_and(|found| found.kind == NameKind::Adjective)
                && sentence.head(noun).ends_with('s');
            if is_people {
                self.people = Some(Side { how: How::Inferred, ..side.clone() });
            }
            self.learn_hands(sentence, chunk);
            let is_own_name = sentence.units.get(noun.head).is_some_and(|unit| unit.name.is_some());
            if !is_own_name && let Some(origin) = sentence.origin(chunk) {
                self.origins.insert(singular(&sentence.head(noun)), (self.reading, origin));
            }
            if !is_own_name {
                self.by_noun.insert(singular(&sentence.head(noun)), side);
            }
        }
    }

    /// Keeps who a clause says acted.
    pub(super) fn acted(&mut self, side: &Side, sentence: usize) {
        self.actor = Some(side.clone());
        self.actor_sentence = sentence;
    }
}

/// Under which the State of a ship of a name is kept.
fn ship_key(name: &str) -> String {
    format!("ship {name}")
}

pub(super) fn singular(noun: &str) -> String {
    match noun {
        _ if noun.ends_with("ies") && noun.len() > 4 => format!("{}y", noun.strip_suffix("ies").unwrap_or(noun)),
        _ if noun.ends_with("ss") => noun.to_owned(),
        _ => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
    }
}
