//! Facts that one sentence tells of goods which another one names again: how many, on which ship, at which port, who the importer
//! was, what the papers said. They belong to the act of these goods.

use std::ops::Range;

use crate::facts::Term;
use crate::rulebook::Vocabulary;

use super::acts::ActReader;
use super::event::{Declared, Event, How, NamedParty, NamedPort, NamedShip, PartyPlace, Side, ThemeKind};
use super::lexicon::NameKind;
use super::memory::Memory;
use super::phrases::Chunk;
use super::sentence::Parsed;
use super::ships;
use super::text::{Text, Token};
use super::themes::theme_head;

/// How many sentences before or behind an act may tell of its goods.
const NEAR: usize = 3;

/// The most goods and ports that one sentence lends.
const MOST: usize = 24;

/// What a sentence tells of goods.
#[derive(Debug)]
pub(super) struct Lent {
    sentence: usize,
    story: usize,
    /// The goods that it names, by their last word, each with how many.
    goods: Vec<(String, Option<Range<usize>>)>,
    ships: Vec<NamedShip>,
    ports: Vec<NamedPort>,
    parties: Vec<NamedParty>,
    declared: Option<Declared>,
}

impl Lent {
    /// The sentence that tells it.
    pub(super) fn place(&self) -> usize {
        self.sentence
    }
}

/// The roles that a report names parties by.
const ROLES: [(&str, &str); 12] = [
    ("importer", "importer"),
    ("exporter", "exporter"),
    ("buyer", "buyer"),
    ("purchaser", "buyer"),
    ("seller", "supplier"),
    ("supplier", "supplier"),
    ("consignee", "consignee"),
    ("recipient", "consignee"),
    ("consignor", "consignor"),
    ("shipper", "consignor"),
    ("broker", "broker"),
    ("carrier", "carrier"),
];

impl ActReader<'_> {
    /// What a sentence tells of goods that other sentences name; `None` if it is nothing.
    pub(super) fn lent(&self, sentence: &Parsed<'_>, number: usize, story: usize, memory: &Memory) -> Option<Lent> {
        let mut goods: Vec<(String, Option<Range<usize>>)> = Vec::new();
        for chunk in (0..sentence.chunks.len()).filter(|chunk| sentence.noun(*chunk).is_some()) {
            for theme in self.themes(sentence, chunk).into_iter().filter(|theme| theme.kind == ThemeKind::Goods) {
                let head = theme_head(&sentence.lower(&theme.tokens));
                let has_room = goods.len() < MOST;
                match goods.iter_mut().find(|(known, _)| *known == head) {
                    Some((_, amount)) => *amount = amount.take().or(theme.amount),
                    None if has_room => goods.push((head, theme.amount)),
                    None => {}
                }
            }
        }
        let found = Lent {
            sentence: number,
            story,
            goods,
            ships: ships::ships(sentence, memory),
            ports: ports(sentence),
            parties: parties(sentence, memory),
            declared: declared(sentence),
        };
        let is_nothing = found.goods.is_empty() && found.ports.is_empty() && found.parties.is_empty() && found.declared.is_none();
        (!is_nothing).then_some(found)
    }
}

/// Gives acts what sentences near them tell of their goods.
pub(super) fn lend(lent: &[Lent], events: &mut [Event], text: &Text<'_>, vocabulary: &Vocabulary, supply: Term) {
    let is_of_goods = |event: &Event| {
        vocabulary.is_a(event.activity, supply) && event.themes.iter().any(|theme| theme.kind == ThemeKind::Goods)
    };
    let head = |tokens: &Range<usize>| theme_head(&text.words(tokens).to_lowercase());
    for event in events.iter_mut().filter(|event| is_of_goods(event)) {
        let start = lent.partition_point(|lent| lent.sentence + NEAR < event.sentence);
        let near: Vec<&Lent> = lent.iter().skip(start).take_while(|lent| lent.sentence <= event.sentence + NEAR).collect();
        let heads: Vec<String> = event.themes.iter().map(|theme| head(&theme.tokens)).collect();
        let is_of_same = |lent: &&&Lent| lent.story == event.story && lent.goods.iter().any(|(goods, _)| heads.contains(goods));
        // `3,217 tonnes of coal ... The coal had been loaded`
        for theme in event.themes.iter_mut().filter(|theme| theme.kind == ThemeKind::Goods && theme.amount.is_none()) {
            let is_again = theme.tokens.start.checked_sub(1).and_then(|at| text.tokens.get(at)).is_some_and(is_definite);
            let own = head(&theme.tokens);
            let counted = near.iter().rev().filter(is_of_same).filter(|lent| lent.sentence < event.sentence);
            let amounts = counted.flat_map(|lent| &lent.goods).filter(|(goods, _)| *goods == own);
            theme.amount = amounts.filter_map(|(_, amount)| amount.clone()).next().filter(|_| is_again);
        }
        for lent in near.iter().filter(is_of_same) {
            if event.ships.is_empty() {
                event.ships.clone_from(&lent.ships);
            }
        }
        // What names no goods is of the act before it.
        let is_told = |lent: &&&Lent| {
            is_of_same(lent)
                || lent.story == event.story
                    && (lent.sentence == event.sentence
                        || lent.goods.is_empty() && lent.sentence > event.sentence && lent.sentence <= event.sentence + 2)
        };
        for lent in near.iter().filter(is_told) {
            for port in &lent.ports {
                if event.ports.iter().all(|known| text.words(&known.name) != text.words(&port.name)) {
                    event.ports.push(port.clone());
                }
            }
            for party in &lent.parties {
                let is_known = |known: &NamedParty| text.words(&known.tokens) == text.words(&party.tokens);
                event.names.retain(|known| !is_known(known));
                event.names.push(party.clone());
            }
            event.declared = event.declared.take().or_else(|| lent.declared.clone());
        }
    }
}

fn is_definite(token: &Token) -> bool {
    matches!(token.lower.as_str(), "the" | "this" | "that" | "these" | "those" | "its" | "both" | "all")
}

/// Ports where goods were loaded or unloaded, and those that a sentence calls ports.
fn ports(sentence: &Parsed<'_>) -> Vec<NamedPort> {
    let mut found: Vec<NamedPort> = Vec::new();
    let mut add = |chunk: usize, call: Option<&'static str>| {
        let Some(noun) = sentence.noun(chunk) else { return };
        let is_port = sentence.lexicon.is_word_of(&sentence.head(noun), "docks");
        let named = if is_port { sentence.of(chunk).and_then(|of| sentence.noun(of)).or(Some(noun)) } else { Some(noun) };
        let town = named.and_then(|noun| sentence.names_in(noun).into_iter().find(|found| found.kind == NameKind::Town));
        let Some(town) = town.filter(|_| is_port || call.is_some()) else { return };
        if found.len() < MOST && found.iter().all(|known| known.name != town.tokens) {
            found.push(NamedPort { name: town.tokens, country: town.country, call });
        }
    };
    for clause in &sentence.clauses {
        let Some(group) = sentence.group(clause.verb).filter(|group| !group.is_negated && group.modal.is_none()) else {
            continue;
        };
        let listed = |list: &str| sentence.lexicon.is_listed(sentence.tokens, &group.tokens, list);
        let call = match () {
            () if listed("boards") => Some("loading"),
            () if listed("unloads") => Some("discharge"),
            () => None,
        };
        let places = clause.places.iter().filter(|(word, nouns)| {
            matches!(word.as_str(), "in" | "at" | "off")
                && nouns.first() > Some(&clause.verb)
                && (call.is_some() || listed("reloads"))
        });
        for noun in places.flat_map(|(_, nouns)| nouns) {
            add(*noun, call.or(Some("transit")));
        }
    }
    for chunk in 0..sentence.chunks.len() {
        add(chunk, None);
    }
    found
}

/// Parties that a sentence names by their role: `the importer, a firm in Busan called Duri Trading`.
fn parties(sentence: &Parsed<'_>, memory: &Memory) -> Vec<NamedParty> {
    let named = |chunk: usize| {
        let noun = sentence.noun(chunk).filter(|noun| !noun.is_negated)?;
        let head = sentence.head(noun);
        let (_, role) = ROLES.iter().find(|(word, _)| *word == head)?;
        let aside = sentence.apposition(chunk);
        let behind_comma = matches!(sentence.chunks.get(chunk + 1), Some(Chunk::Comma)).then_some(chunk + 2);
        let is_name =
            |at: usize| sentence.noun(at).and_then(|noun| sentence.proper_name(noun).filter(|name| name.end == noun.tokens.end));
        let is_closed = |at: &usize| matches!(sentence.chunks.get(at + 1), Some(Chunk::Comma | Chunk::Stop) | None);
        let tokens = called(sentence, chunk)
            .or_else(|| called(sentence, aside?))
            .or_else(|| behind_comma.filter(is_closed).and_then(is_name))
            .or_else(|| {
                sentence.proper_name(noun).filter(|name| name.end == noun.tokens.end && noun.tokens.len() > name.len())
            })?;
        let country = memory.named(sentence, chunk).map(|side| side.country);
        Some(NamedParty { tokens, side: PartyPlace::Role(role), country })
    };
    (0..sentence.chunks.len()).filter_map(named).collect()
}

/// The name that a party is given behind its noun: `a firm in Busan called Duri Trading`.
pub(super) fn called(sentence: &Parsed<'_>, chunk: usize) -> Option<Range<usize>> {
    let mut at = chunk + 1;
    for _ in 0..2 {
        if matches!(sentence.chunks.get(at), Some(Chunk::Preposition(_))) && sentence.noun(at + 1).is_some() {
            at += 2;
        }
    }
    if matches!(sentence.chunks.get(at), Some(Chunk::Comma)) {
        at += 1;
    }
    let group = sentence.group(at).filter(|group| !group.is_finite && !group.is_infinitive && !group.is_negated)?;
    let is_naming = sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "names");
    sentence.noun(at + 1).filter(|_| is_naming).and_then(|noun| sentence.proper_name(noun))
}

/// What papers say of goods: `had declared it as Russian`, `was declared as iron ore`.
fn declared(sentence: &Parsed<'_>) -> Option<Declared> {
    let verb = (0..sentence.chunks.len()).find(|at| {
        sentence.group(*at).is_some_and(|group| {
            !group.is_negated
                && group.modal.is_none()
                && !group.is_infinitive
                && sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "declares")
        })
    })?;
    let is_as = |at: &usize| matches!(sentence.chunks.get(*at), Some(Chunk::Preposition(word)) if word == "as");
    let noun = sentence.noun((verb + 1..verb + 4).find(is_as)? + 1)?;
    let country = sentence.names_in(noun).into_iter().next();
    let country = country.map(|found| Side { country: found.country, tokens: found.tokens, how: How::Named });
    let is_state = sentence.units.get(noun.head).is_some_and(|unit| unit.name.is_some());
    let goods = (!is_state).then(|| sentence.description(noun));
    Some(Declared { country, goods })
}
