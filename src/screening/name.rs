//! A name taken apart for comparison: its parts, what each part is, and how much each identifies.

mod body;
mod lineage;
mod person;
mod readings;

use compact_str::CompactString;
use smallvec::SmallVec;

use crate::lists::EntryKind;

use super::chinese;
use super::korean::KoreanNames;
use super::lexicon::{Families, Known, LEXICON, WordId, families};
use super::score::{LIGHT, MOST_TOKENS};
use super::skeleton::{Skeleton, skeleton};
use super::sounds::{Sounds, sounds};
use super::text::{Script, Word, Words, digits_as_letters, wholly_lookalike, words};
use super::transliterate::latin;

use body::body;
use person::{Joining, is_abd, is_of_compound, person};

/// The weight of the lightest parts, legal forms among them: they show nothing by being the same or by being absent.
pub(super) const LIGHTEST: f32 = 0.03;

/// What a part of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A name proper.
    Name,
    /// The first letter of one.
    Initial,
    /// A name formed from the father's (`Ivanovich`).
    Patronymic,
    /// `Dr`, `Mullah`, `Col.`
    Title,
    /// `al-`, `bin`, `von`.
    Particle,
    /// `Ltd`, `GmbH`, `ООО`.
    LegalForm,
    /// A word that many bodies have in their names (`trading`).
    Generic,
    /// A country, town or nationality in the name of a body.
    Place,
    /// `of`, `and`, `the`.
    Stop,
    /// A number; it must agree.
    Number,
    /// An abbreviation in parentheses of the name before it.
    Acronym,
    /// `M/V`, `MT`.
    VesselPrefix,
}

/// One part of a name.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Lower-case Latin letters, canonical where a rule makes them so.
    pub text: CompactString,
    /// As it stands in the name.
    pub shown: CompactString,
    pub sounds: Sounds,
    pub skeleton: Skeleton,
    pub families: Families,
    /// Its number among given names that are known.
    pub given: Option<u16>,
    pub role: Role,
    /// How much it identifies, from 0 to 1.
    pub weight: f32,
    /// True if its vowels are not written.
    pub vowelless: bool,
    /// True if it was written in another script.
    pub transliterated: bool,
    pub word: Option<WordId>,
    /// The number that it is.
    pub number: Option<u32>,
    /// The number that it spells in letters.
    pub spelled: Option<u32>,
    /// The word in its own script, folded; empty for Latin.
    pub native: CompactString,
    /// A small word in its Latin letters as written, since `text` has the word it counts as; empty for others.
    pub written: CompactString,
}

/// The parts of a name. A part is large, and names are moved about, so that they stand on the heap.
pub(super) type Tokens = Vec<Token>;

/// How the words of compounds (`Abd al-Rahman`, `Nur al-Din`) stand in a reading of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compounds {
    /// As one part each, or there is none.
    Joined,
    /// One stands there without the word that it goes with.
    Torn,
    /// Each word is a part, though some could be joined.
    Apart,
}

/// Whether a reading of a name is one of two bodies that the name joins with "and".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Neither,
    /// Each of the two says what it is: *A Trading Company and B Bank*.
    Plain,
    /// It may be, or the two are one: *A and B Trading Company*.
    Possible,
}

/// A name ready to be compared.
#[derive(Debug, Clone)]
pub struct PreparedName {
    pub(super) kind: EntryKind,
    pub(super) tokens: Tokens,
    pub(super) korean: KoreanNames,
    /// The father's name, where it stands behind "son of".
    pub(super) father: Tokens,
    /// The syllables of the given name, if it is Chinese.
    pub(super) chinese: Option<chinese::Syllables>,
    /// The words of its compounds stand by themselves.
    pub(super) compounds: Compounds,
    /// Whether it is one of two bodies that the name joins.
    pub(super) half: Half,
    /// The name read otherwise: where its letters belong to two scripts, or its words can be joined in two ways.
    pub(super) other_readings: Vec<PreparedName>,
}

impl PreparedName {
    /// Takes a name apart as that of a person, entity or vessel.
    pub fn new(text: &str, kind: EntryKind) -> PreparedName {
        let (parsed, second) = readings::names(words(text, false));
        let parsed = if kind == EntryKind::Person { lineage::with_initials_apart(parsed) } else { parsed };
        let mut name = PreparedName::from_words(&parsed, kind, Joining::Following);
        for other in second.into_iter().chain(readings::others(&parsed, kind)) {
            name.add_reading(PreparedName::from_words(&other, kind, Joining::Following));
        }
        if kind == EntryKind::Entity {
            for (words, half) in readings::joined_bodies(&parsed) {
                let reading = PreparedName::from_words(&words, kind, Joining::Following);
                name.add_reading(PreparedName { half, ..reading });
            }
        }
        if wholly_lookalike(text) {
            name.other_readings.push(PreparedName::from_words(&words(text, true), kind, Joining::Following));
        }
        for &joining in name.joinings() {
            let other = PreparedName::from_words(&parsed, kind, joining);
            let is_joined = joining == Joining::None || other.tokens.len() < parsed.len();
            if is_joined && !name.readings().any(|known| known.same_parts(&other)) {
                name.other_readings.push(other);
            }
        }
        name
    }

    fn add_reading(&mut self, other: PreparedName) {
        if !other.is_empty() && !self.readings().any(|known| known.same_parts(&other)) {
            self.other_readings.push(other);
        }
    }

    fn from_words(words: &Words, kind: EntryKind, joining: Joining) -> PreparedName {
        let mut father = Tokens::new();
        let (mut tokens, korean) = match kind {
            EntryKind::Person => {
                let (own, of_father) = lineage::without_father(words);
                father = person(&of_father, joining).0;
                person(&own, joining)
            }
            EntryKind::Entity => (body(words, false), KoreanNames::new()),
            EntryKind::Vessel => (body(words, true), KoreanNames::new()),
        };
        // Where nothing tells, everything does.
        if tokens.iter().all(|token| token.weight < LIGHT) {
            tokens.iter_mut().for_each(|token| (token.role, token.weight) = (Role::Name, 0.7));
        }
        tokens.truncate(MOST_TOKENS);
        let is_torn = tokens.iter().any(|token| token.role == Role::Name && is_of_compound(token));
        let compounds = match (joining, is_torn) {
            (Joining::None, _) => Compounds::Apart,
            (_, true) => Compounds::Torn,
            (_, false) => Compounds::Joined,
        };
        let chinese = (kind == EntryKind::Person).then(|| syllables(&tokens)).flatten();
        PreparedName { kind, tokens, korean, father, chinese, compounds, half: Half::Neither, other_readings: Vec::new() }
    }

    /// The other ways in which words of a person's name can be joined.
    fn joinings(&self) -> &'static [Joining] {
        let of_several_words = |token: &Token| token.shown.contains(' ');
        let is_servant = |token: &Token| is_abd(token) || token.text.starts_with("abd") && of_several_words(token);
        match self.kind {
            EntryKind::Person if self.tokens.iter().any(is_servant) => &[Joining::Preceding, Joining::Around, Joining::None],
            EntryKind::Person if self.tokens.iter().any(of_several_words) => &[Joining::None],
            _ => &[],
        }
    }

    fn same_parts(&self, other: &PreparedName) -> bool {
        self.tokens.len() == other.tokens.len() && self.tokens.iter().zip(&other.tokens).all(|(a, b)| a.text == b.text)
    }

    /// True if there is nothing in the name to compare.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// This reading and the others.
    pub(super) fn readings(&self) -> impl Iterator<Item = &PreparedName> {
        std::iter::once(self).chain(&self.other_readings)
    }

    /// The numbers in the name, in order of size, without those that the other name spells in letters.
    pub(super) fn numbers_beside(&self, other: &PreparedName) -> SmallVec<[u32; 2]> {
        let spelled = |number: &u32| other.tokens.iter().any(|token| token.spelled == Some(*number));
        let mut numbers: SmallVec<[u32; 2]> =
            self.tokens.iter().filter_map(|token| token.number).filter(|number| !spelled(number)).collect();
        numbers.sort_unstable();
        numbers
    }
}

impl Token {
    fn new(text: CompactString, shown: CompactString, role: Role, weight: f32) -> Token {
        let sounds = sounds(&text);
        Token {
            skeleton: skeleton(&sounds, false),
            text,
            shown,
            sounds,
            families: Families::new(),
            given: None,
            role,
            weight,
            vowelless: false,
            transliterated: false,
            word: None,
            number: None,
            spelled: None,
            native: CompactString::default(),
            written: CompactString::default(),
        }
    }

    /// A word in Latin letters with what is known of it.
    fn from_word(word: &Word, role: Role, weight: f32) -> (Token, Option<&'static Known>) {
        let latin = latin(&word.folded, word.script);
        let text = digits_as_letters(&latin.text).unwrap_or(latin.text);
        let known = LEXICON.get(&word.folded).or_else(|| LEXICON.get(&text));
        let mut token = Token::new(text, word.shown.clone(), role, weight);
        token.families = families(known, &token.sounds);
        token.given = known.and_then(|known| known.given);
        token.vowelless =
            latin.vowelless || token.sounds.len() >= 3 && !token.text.bytes().any(|b| b"aeiouy0123456789".contains(&b));
        token.transliterated = word.script != Script::Latin;
        if token.transliterated {
            token.native = word.folded.clone();
        }
        if token.vowelless {
            token.skeleton = skeleton(&token.sounds, true);
        }
        (token, known)
    }
}

/// The syllables of the given name, if a name is Chinese and nothing but a name.
fn syllables(tokens: &Tokens) -> Option<chinese::Syllables> {
    if !(2..=3).contains(&tokens.len()) || tokens.iter().any(|token| token.role != Role::Name || token.vowelless) {
        return None;
    }
    let words: SmallVec<[&str; 3]> = tokens.iter().map(|token| token.text.as_str()).collect();
    chinese::given_name(&words).map(|(_, syllables)| syllables)
}

/// The weight of a name proper: common names identify less.
fn name_weight(token: &Token) -> f32 {
    let commonness =
        token.families.iter().filter(|(_, strong)| *strong).map(|(family, _)| LEXICON.commonness(*family)).max().unwrap_or(0);
    match (commonness, token.text.len()) {
        (2, _) => 0.7,
        (1, _) => 0.85,
        (_, 0..=2) => 0.7,
        _ => 1.0,
    }
}

/// The first letters of the words of a name, without grammar and legal forms: what it is abbreviated to.
pub(super) fn initials(name: &PreparedName, with_stops: bool) -> CompactString {
    name.tokens
        .iter()
        .filter(|token| !matches!(token.role, Role::LegalForm | Role::Acronym) && (with_stops || token.role != Role::Stop))
        .filter_map(|token| token.text.chars().next())
        .collect()
}
