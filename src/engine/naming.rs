//! What a description of goods names: its phrases, and the head of each.
//!
//! `truck tarpaulins` is a tarpaulin, `parts of tractors` are parts, `posters of missiles` are posters. The head of a phrase is the
//! last known noun before a preposition in English and the like, the first noun in Russian, where genitives follow, and the last
//! one in Korean and Chinese. Known are the words of the lexicon and the terms of all lists.

use std::ops::Range;

use crate::facts::Words;
use crate::rulebook::{GoodsCatalogue, GoodsListId, LexiconWordId};

/// What a description names.
#[derive(Debug, Default)]
pub(super) struct Naming {
    /// Its phrases, in order.
    pub(super) phrases: Vec<NamedPhrase>,
    pub(super) kind: NamingKind,
}

/// How much of a description is known.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamingKind {
    /// It consists of numbers, of words that link others and of vague ones, such as `spare parts`.
    #[default]
    Vague,
    /// No phrase has a known head, and some word is not vague.
    Unrecognised,
    /// Some phrase has a known head.
    Named,
}

/// A phrase of a description.
#[derive(Debug)]
pub(super) struct NamedPhrase {
    /// Its place in the words of the description.
    pub(super) place: Range<usize>,
    /// What it names, if that is known.
    pub(super) head: Option<Head>,
}

/// The head of a phrase.
#[derive(Debug)]
pub(super) struct Head {
    /// Its place.
    pub(super) place: Range<usize>,
    /// The place of the words around it, up to a preposition.
    core: Range<usize>,
    /// The word of the lexicon that it is.
    pub(super) word: Option<LexiconWordId>,
    /// The word of the lexicon is all of the head, not the end of a longer term.
    pub(super) is_word: bool,
    /// The phrase names parts of it: `tractor parts`, `engine of a tank`.
    pub(super) of_parts: bool,
    /// Other words stand beside it that may change what it means: `coal zorbles`, `plastic nails`.
    pub(super) is_loose: bool,
    /// Only what it is for or of is known: `equipment for tanks`, `zorbles of tanks`.
    pub(super) is_distant: bool,
    /// A sure term of some list is this head, or ends it.
    pub(super) is_sure: bool,
    /// A term of some list is this head, or ends it.
    pub(super) is_term: bool,
    /// It ends with a word for parts, such as `engine`.
    is_part: bool,
    /// Genitives follow it, so that what stands before it is not named.
    first: bool,
}

impl Head {
    /// True if the phrase names parts of what a term names that stands before the head: `tank engine`.
    pub(super) fn governs_as_parts(&self, term: &Range<usize>) -> bool {
        self.is_part && term.end <= self.place.start
    }

    /// True if a term stands beside the head, with no preposition between them.
    pub(super) fn is_beside(&self, term: &Range<usize>) -> bool {
        self.core.start <= term.start && term.end <= self.core.end
    }

    /// True if a term at that place is the head, ends it or holds it.
    pub(super) fn is_at(&self, term: &Range<usize>) -> bool {
        self.is_beside(term) && if self.first { term.start <= self.place.start } else { term.end >= self.place.end }
    }
}

/// Words that link others, and what is told of goods beside their name. Folded and stemmed.
const LINKS: &[&str] = &[
    "of",
    "and",
    "for",
    "the",
    "a",
    "an",
    "with",
    "и",
    "для",
    "с",
    "in",
    "or",
    "и/или",
    "или",
    "to",
    "from",
    "on",
    "by",
    "per",
    "no",
    "nr",
];
const PREPOSITIONS: &[&str] = &[
    "of",
    "for",
    "with",
    "from",
    "in",
    "to",
    "on",
    "by",
    "against",
    "under",
    "at",
    "without",
    "including",
    "as",
    "into",
    "для",
    "из",
    "с",
    "со",
    "на",
    "от",
    "по",
    "к",
    "ко",
    "в",
    "во",
    "под",
    "против",
    "без",
];
const CONNECTIVES: &[&str] = &["and", "or", "plus", "и", "или", "및", "和", "与", "及"];
/// Words after which the goods still are what stands before them.
const ADJECTIVES: &[&str] = &[
    "used",
    "new",
    "old",
    "fresh",
    "frozen",
    "chilled",
    "dried",
    "dry",
    "raw",
    "crude",
    "refined",
    "brand",
    "type",
    "model",
    "grade",
    "size",
    "colour",
    "color",
    "second",
    "hand",
    "made",
    "sold",
    "bought",
    "packed",
    "crated",
    "boxed",
    "bagged",
    "bulk",
    "loose",
    "heavy",
    "light",
    "large",
    "small",
    "medium",
    "assorted",
    "complete",
    "finished",
    "unfinished",
    "civil",
    "civilian",
    "commercial",
    "industrial",
    "military",
    "mm",
    "cm",
    "m",
    "kg",
    "t",
    "mt",
    "ton",
    "tonne",
    "litre",
    "liter",
    "l",
    "pc",
    "pcs",
    "piece",
    "unit",
    "set",
    "ex",
    "fob",
    "cif",
];
/// Materials that make of a metal article one of another chapter.
const MATERIALS: &[&str] = &[
    "plastic",
    "rubber",
    "wooden",
    "wood",
    "bamboo",
    "glass",
    "ceramic",
    "paper",
    "cardboard",
    "cloth",
    "leather",
    "toy",
    "edible",
];
/// Heads that mean parts of what modifies them.
const PARTS: &[&str] = &[
    "part",
    "spare",
    "component",
    "engine",
    "kit",
    "assembly",
    "assemblie",
    "subassembly",
    "accessory",
    "barrel",
    "hull",
    "turret",
    "chassi",
    "chassis",
    "motor",
    "rotor",
    "blade",
    "round",
    "ammunition",
    "launcher",
    "system",
    "technology",
    "запчаст",
    "част",
    "комплектующ",
    "узл",
    "детал",
    "line",
    "plant",
    "charge",
    "block",
    "detonator",
    "fuze",
    "fuse",
    "casing",
    "circuit",
    "двигател",
];
const PARTS_CJK: &[&str] = &["부품", "부속", "예비부품", "엔진", "零件", "零部件", "配件", "部件", "备件", "发动机"];
/// Measures and containers: `bottles of wine` are wine.
const MEASURES: &[&str] = &[
    "bottle",
    "bag",
    "box",
    "can",
    "tin",
    "barrel",
    "drum",
    "sack",
    "crate",
    "carton",
    "case",
    "container",
    "tonne",
    "ton",
    "kg",
    "kilogram",
    "litre",
    "liter",
    "set",
    "pair",
    "piece",
    "roll",
    "bale",
    "pack",
    "packet",
    "pallet",
    "bundle",
    "jar",
    "load",
    "cargo",
    "shipment",
    "consignment",
    "batch",
    "lot",
    "supply",
    "delivery",
    "quantity",
    "amount",
    "type",
    "kind",
    "model",
    "truckload",
    "shipload",
    "cylinder",
    "unit",
    "import",
    "export",
    "purchase",
    "sale",
    "transfer",
    "бутылк",
    "мешок",
    "мешк",
    "ящик",
    "бочк",
    "тонн",
    "парти",
    "комплект",
    "поставк",
    "груз",
    "банк",
    "пар",
    "рулон",
];

/// A known noun in a description.
struct Known {
    place: Range<usize>,
    word: Option<LexiconWordId>,
    kind: KnownKind,
}

/// What makes a noun known.
#[derive(Clone, Copy, PartialEq)]
enum KnownKind {
    Lexicon,
    SureTerm,
    AmbiguousTerm,
    /// It is a term of other goods than those of a list.
    NotTerm,
}

/// Reads descriptions with the words of a catalogue.
struct Reader<'a> {
    words: &'a Words,
    known: Vec<Known>,
    vague: Vec<Range<usize>>,
}

impl Naming {
    /// Reads a description. `near` are the lists of which a term may be in it.
    pub(super) fn new(words: &Words, text: &str, goods: &GoodsCatalogue, near: &[GoodsListId]) -> Self {
        let tokens: Vec<Token<'_>> = words.places().map(|(start, word)| Token { start, word }).collect();
        let mut known: Vec<Known> = Vec::new();
        for (place, id) in goods.lexicon().find(words) {
            if tells_enough(words, &place, text) {
                known.push(Known { place, word: Some(id), kind: KnownKind::Lexicon });
            }
        }
        for list in near.iter().filter_map(|id| goods.get(*id)) {
            for (phrases, kind) in [
                (&list.sure, KnownKind::SureTerm),
                (&list.ambiguous, KnownKind::AmbiguousTerm),
                (&list.not_terms, KnownKind::NotTerm),
            ] {
                known.extend(phrases.find(words).into_iter().map(|(_, place)| Known { place, word: None, kind }));
            }
        }
        let vague = goods.vague().find(words).into_iter().map(|(_, place)| place).collect();
        let reader = Reader { words, known, vague };
        let mut phrases = Vec::new();
        let breaks = reader.breaks(&tokens, text);
        let mut rest = tokens.as_slice();
        while let Some(first) = rest.first() {
            let end = rest.iter().position(|t| t.start > first.start && breaks.contains(&t.start)).unwrap_or(rest.len());
            let (phrase, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            if let Some(last) = phrase.last() {
                phrases.push(NamedPhrase { place: first.start..last.end(), head: reader.head(phrase) });
            }
            rest = after;
        }
        let kind = if phrases.iter().any(|phrase| phrase.head.is_some()) {
            NamingKind::Named
        } else if tokens.iter().all(|token| reader.is_vague(token)) {
            NamingKind::Vague
        } else {
            NamingKind::Unrecognised
        };
        Self { phrases, kind }
    }

    /// The phrase around a place.
    pub(super) fn phrase_at(&self, place: &Range<usize>) -> Option<&NamedPhrase> {
        self.phrases.iter().find(|phrase| phrase.place.start <= place.start && place.start < phrase.place.end)
    }
}

/// A word of a description.
#[derive(Clone, Copy)]
struct Token<'w> {
    start: usize,
    word: &'w str,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + 1 + self.word.len()
    }

    fn is_number(&self) -> bool {
        self.word.chars().all(char::is_numeric) || self.word.starts_with(char::is_numeric)
    }
}

fn is_hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7af}').contains(&c)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}')
}

/// False for a syllable or character inside a longer word: 게 (crab) is no part of 게임기, 鱼 (fish) none of 鱼雷.
fn tells_enough(words: &Words, place: &Range<usize>, text: &str) -> bool {
    const PARTICLES: &str = "을를이가의은는도와과";
    let word = words.as_str().get(place.start + 1..place.end).unwrap_or_default();
    let mut letters = word.chars();
    let (Some(only), None) = (letters.next(), letters.next()) else { return true };
    if is_hangul(only) {
        let is_alone = |raw: &str| {
            raw.strip_prefix(only).is_some_and(|rest| rest.is_empty() || (rest.chars().count() == 1 && PARTICLES.contains(rest)))
        };
        return text.split(|c: char| !c.is_alphanumeric()).any(is_alone);
    }
    if is_han(only) {
        let next = words.as_str().get(place.end + 1..).and_then(|rest| rest.chars().next());
        return !next.is_some_and(is_han);
    }
    true
}

impl Reader<'_> {
    /// Where phrases begin behind a comma, a slash, an *and*, unless a known noun goes across.
    fn breaks(&self, tokens: &[Token<'_>], text: &str) -> Vec<usize> {
        let mut breaks = Vec::new();
        let mut at = 0;
        let between =
            |c: char| matches!(c, ',' | ';' | '/' | '&' | '|' | '+' | '\n' | '、' | '，' | '；' | '·' | '(' | ')' | '（' | '）');
        for segment in text.split(between) {
            at += Words::new(segment).as_str().len().saturating_sub(1);
            breaks.push(at);
        }
        // Where a separator stood inside of a word or number, the words are others.
        if at + 1 != self.words.as_str().len() {
            breaks.clear();
        }
        for token in tokens.iter().filter(|token| CONNECTIVES.contains(&token.word)) {
            breaks.extend([token.start, token.end()]);
        }
        breaks.retain(|at| !self.known.iter().any(|known| known.place.start < *at && *at < known.place.end));
        breaks
    }

    fn is_vague(&self, token: &Token<'_>) -> bool {
        token.is_number()
            || LINKS.contains(&token.word)
            || CONNECTIVES.contains(&token.word)
            || MEASURES.contains(&token.word)
            || self.vague.iter().any(|place| place.contains(&token.start))
    }

    /// The known nouns inside of some tokens.
    fn known_in(&self, tokens: &[Token<'_>]) -> impl Iterator<Item = &Known> {
        let place = tokens.first().map_or(0, |t| t.start)..tokens.last().map_or(0, Token::end);
        self.known.iter().filter(move |k| place.start <= k.place.start && k.place.end <= place.end)
    }

    /// True if a known noun of more words goes across a token.
    fn is_inside_known(&self, token: &Token<'_>) -> bool {
        self.known.iter().any(|k| k.place.start <= token.start && token.end() <= k.place.end)
    }

    fn head(&self, phrase: &[Token<'_>]) -> Option<Head> {
        let is_preposition = |t: &Token<'_>| PREPOSITIONS.contains(&t.word) && !self.is_inside_known(t);
        let first = phrase.iter().any(|t| t.word.starts_with(|c| ('\u{400}'..='\u{52f}').contains(&c)));
        let (mut of_parts, mut is_distant) = (false, false);
        let mut rest = phrase;
        loop {
            let end = rest.iter().position(is_preposition).unwrap_or(rest.len());
            let (core, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            let preposition = after.first().map_or("", |t| t.word);
            let next = after.get(1..).unwrap_or_default();
            let names_parts =
                core.iter().any(|t| PARTS.contains(&t.word) && !MEASURES.contains(&t.word)) || self.names_parts_in_cjk(core);
            let found = self.head_of(core, first);
            let is_measure = |known: &Known| {
                let word = self.words.as_str().get(known.place.start + 1..known.place.end).unwrap_or_default();
                MEASURES.contains(&word)
            };
            match found {
                Some(known) if !(is_measure(known) && preposition == "of" && self.known_in(next).next().is_some()) => {
                    let trails = |t: &Token<'_>| {
                        t.start >= known.place.end && !self.is_vague(t) && !ADJECTIVES.contains(&t.word) && t.word.is_ascii()
                    };
                    let ends_head = |k: &Known| {
                        let (head, end) = (&known.place, &k.place);
                        let is_inside = head.start <= end.start && end.end <= head.end;
                        is_inside && if first { end.start == head.start } else { end.end == head.end }
                    };
                    let word = known.word.or_else(|| self.word_at(core, &known.place, first));
                    return Some(Head {
                        place: known.place.clone(),
                        core: core.first().map_or(0, |t| t.start)..core.last().map_or(0, Token::end),
                        word,
                        is_word: known.word.is_some(),
                        of_parts: of_parts
                            || self.ends_in_part(&known.place)
                            || (names_parts && self.parts_stand_by(core, &known.place, first)),
                        is_loose: is_distant
                            || (!first && core.iter().any(trails))
                            || core.iter().any(|t| MATERIALS.contains(&t.word) && t.end() <= known.place.start),
                        is_distant,
                        is_sure: self.known_in(core).any(|k| ends_head(k) && k.kind == KnownKind::SureTerm),
                        is_term: self
                            .known_in(core)
                            .any(|k| ends_head(k) && matches!(k.kind, KnownKind::SureTerm | KnownKind::AmbiguousTerm)),
                        is_part: self.is_part(&known.place),
                        first,
                    });
                }
                _ if next.is_empty() => return None,
                _ => {
                    let is_vague = core.iter().all(|t| self.is_vague(t));
                    of_parts |= names_parts;
                    is_distant |= !(names_parts || (preposition == "of" && (is_vague || found.is_some())));
                    if !is_vague && !names_parts && preposition != "of" && found.is_none() {
                        return None;
                    }
                    rest = next;
                }
            }
        }
    }

    /// The known noun that is the head of tokens without a preposition: the longest of the last, or of the first.
    fn head_of(&self, core: &[Token<'_>], first: bool) -> Option<&Known> {
        let known = self.known_in(core);
        // Of equal places the word of the lexicon.
        if first {
            known.min_by_key(|k| (k.place.start, std::cmp::Reverse(k.place.end), k.word.is_none()))
        } else {
            known.max_by_key(|k| (k.place.end, std::cmp::Reverse(k.place.start), k.word.is_some()))
        }
    }

    /// The word of the lexicon with which a longer ambiguous term ends, or begins where genitives follow. Sure terms and terms of
    /// other goods say more closely what it is.
    fn word_at(&self, core: &[Token<'_>], head: &Range<usize>, first: bool) -> Option<LexiconWordId> {
        if self.known_in(core).any(|k| k.place == *head && matches!(k.kind, KnownKind::SureTerm | KnownKind::NotTerm)) {
            return None;
        }
        let at = |k: &&Known| if first { k.place.start == head.start } else { k.place.end == head.end };
        self.known_in(core).filter(|k| k.word.is_some()).filter(at).max_by_key(|k| k.place.len()).and_then(|k| k.word)
    }

    /// True if a word for parts stands beside the head, on the side where it governs it.
    fn parts_stand_by(&self, core: &[Token<'_>], head: &Range<usize>, first: bool) -> bool {
        let side = |t: &&Token<'_>| if first { t.end() <= head.start + 1 } else { t.start >= head.end };
        core.iter().filter(side).any(|t| PARTS.contains(&t.word)) || (!first && self.names_parts_in_cjk(core))
    }

    /// True if the word of the lexicon itself names parts: `tractor part`.
    fn ends_in_part(&self, head: &Range<usize>) -> bool {
        let text = self.words.as_str().get(head.clone()).unwrap_or_default();
        ["\u{1}part", "\u{1}spare", "\u{1}component", "\u{1}accessory"].iter().any(|part| text.ends_with(part))
    }

    fn is_part(&self, head: &Range<usize>) -> bool {
        let text = self.words.as_str().get(head.clone()).unwrap_or_default();
        let last = text.rsplit('\u{1}').next().unwrap_or_default();
        PARTS.contains(&last) || (!text.is_ascii() && PARTS_CJK.iter().any(|part| text.replace('\u{1}', "").ends_with(part)))
    }

    fn names_parts_in_cjk(&self, tokens: &[Token<'_>]) -> bool {
        let Some((first, last)) = tokens.first().zip(tokens.last()) else { return false };
        let text: String = self.words.as_str().get(first.start..last.end()).unwrap_or_default().split('\u{1}').collect();
        !text.is_ascii() && PARTS_CJK.iter().any(|part| text.ends_with(part))
    }
}

#[cfg(test)]
mod tests {
    use super::{Naming, NamingKind};
    use crate::facts::Words;
    use crate::rulebook::Rulebook;

    /// The heads that a description names, each with its first code if it is a word of the lexicon.
    fn heads(rulebook: &Rulebook, text: &str) -> Vec<String> {
        let words = Words::new(text);
        let naming = Naming::new(&words, text, &rulebook.goods, &rulebook.goods.candidates(&words));
        let heads = naming.phrases.iter().filter_map(|phrase| phrase.head.as_ref());
        let shown = heads.map(|head| {
            let word = head.word.and_then(|id| rulebook.goods.lexicon().get(id)).map_or("?", |word| word.written.as_str());
            format!("{word}{}", if head.of_parts { ", parts" } else { "" })
        });
        match naming.kind {
            NamingKind::Vague => vec!["vague".to_owned()],
            NamingKind::Unrecognised => vec!["unrecognised".to_owned()],
            NamingKind::Named => shown.collect(),
        }
    }

    #[test]
    fn the_head_of_a_phrase_is_what_it_names() {
        let rulebook = Rulebook::built_in().unwrap();
        for (text, expected) in [
            ("truck tarpaulins", "truck tarpaulin"),
            ("posters of missiles", "poster"),
            ("bottles of red wine", "red wine"),
            ("spare parts for excavators", "excavator, parts"),
            ("запчасти для экскаваторов", "экскаватор, parts"),
            ("оцинкованный лист", "оцинкованный лист"),
            ("프라이판", "프라이판"),
            ("铁锅", "锅"),
        ] {
            let found = heads(&rulebook, text);
            assert!(found.first().is_some_and(|head| head == expected), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_description_of_nothing_known_is_told_from_a_vague_one() {
        let rulebook = Rulebook::built_in().unwrap();
        for (text, expected) in [
            ("zorbles", "unrecognised"),
            ("Steinkohle", "unrecognised"),
            ("фывапролд", "unrecognised"),
            ("as per attached invoice", "vague"),
            ("N/A", "vague"),
            ("spare parts", "vague"),
            ("согласно инвойсу", "vague"),
            ("见附件", "vague"),
            ("첨부 참조", "vague"),
        ] {
            assert_eq!(heads(&rulebook, text), [expected], "{text}");
        }
    }

    #[test]
    fn a_description_is_split_into_phrases() {
        let rulebook = Rulebook::built_in().unwrap();
        assert_eq!(heads(&rulebook, "frying pans, shovels and laptops").len(), 3);
        assert_eq!(heads(&rulebook, "铁锅、手机和自行车").len(), 3);
        assert_eq!(heads(&rulebook, "nut and bolt").len(), 1);
    }
}
