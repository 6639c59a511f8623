//! A name taken apart for comparison: its parts, what each part is, and how much each identifies.

use std::sync::LazyLock;

use compact_str::{CompactString, format_compact};
use smallvec::SmallVec;

use crate::lists::EntryKind;

use super::korean::{self, KoreanNames};
use super::lexicon::{Families, Known, LEXICON, WordClass, WordId, families};
use super::score::{LIGHT, MOST_TOKENS};
use super::sounds::{Skeleton, Sounds, Vowelless, distance, skeleton, sounds};
use super::text::{Script, Word, Words, digits_as_letters, wholly_lookalike, words};
use super::transliterate::latin;

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

pub(super) type Tokens = SmallVec<[Token; 6]>;

/// A name ready to be compared.
#[derive(Debug, Clone)]
pub struct PreparedName {
    pub(super) kind: EntryKind,
    pub(super) tokens: Tokens,
    pub(super) korean: KoreanNames,
    /// The name read otherwise: where its letters belong to two scripts, or its words can be joined in two ways.
    pub(super) other_readings: Vec<PreparedName>,
}

impl PreparedName {
    /// Takes a name apart as that of a person, entity or vessel.
    pub fn new(text: &str, kind: EntryKind) -> PreparedName {
        let parsed = words(text, false);
        let mut name = PreparedName::from_words(&parsed, kind, Joining::Following);
        if wholly_lookalike(text) {
            name.other_readings.push(PreparedName::from_words(&words(text, true), kind, Joining::Following));
        }
        if kind == EntryKind::Person
            && name.tokens.iter().any(|token| is_abd(token) || token.text.starts_with("abd") && token.shown.contains(' '))
        {
            for joining in [Joining::Preceding, Joining::Around] {
                let other = PreparedName::from_words(&parsed, kind, joining);
                if other.tokens.len() < parsed.len() && !name.readings().any(|known| known.same_parts(&other)) {
                    name.other_readings.push(other);
                }
            }
        }
        name
    }

    fn from_words(words: &Words, kind: EntryKind, joining: Joining) -> PreparedName {
        let (mut tokens, korean) = match kind {
            EntryKind::Person => person(words, joining),
            EntryKind::Entity => (body(words, false), KoreanNames::new()),
            EntryKind::Vessel => (body(words, true), KoreanNames::new()),
        };
        // Where nothing tells, everything does.
        if tokens.iter().all(|token| token.weight < LIGHT) {
            tokens.iter_mut().for_each(|token| (token.role, token.weight) = (Role::Name, 0.7));
        }
        tokens.truncate(MOST_TOKENS);
        PreparedName { kind, tokens, korean, other_readings: Vec::new() }
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

/// With which word a servant-of-God's "abd" is one name, if it is written apart. The order of words is often turned round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joining {
    Following,
    Preceding,
    /// With the following, and at the end with the first.
    Around,
}

// Persons.

fn person(words: &Words, joining: Joining) -> (Tokens, KoreanNames) {
    let words = separated(words);
    let korean = {
        let latin: SmallVec<[&str; 8]> = words.iter().map(|word| word.folded.as_str()).collect();
        korean::read(&latin)
    };
    let mut tokens = Tokens::new();
    let mut titles = 0;
    for (at, word) in words.iter().enumerate() {
        // "son of", with the father's name to the end.
        let text = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
        if matches!((text(at), text(at + 1)), ("s" | "d" | "w", "o")) && tokens.len() > 1 && at + 2 < words.len() {
            break;
        }
        let (mut token, known) = Token::from_word(word, Role::Name, 1.0);
        if token.text.is_empty() {
            continue;
        }
        let letters = token.text.len();
        let particle = known.and_then(|known| known.particle);
        let title = known.is_some_and(|known| known.title);
        if letters == 1
            && korean.is_empty()
            && word.script == Script::Latin
            && token.text.bytes().all(|b| b.is_ascii_alphabetic())
        {
            (token.role, token.weight) = (Role::Initial, 0.4);
        } else if let (Some(particle), true) = (particle, korean.is_empty()) {
            token.written = std::mem::replace(&mut token.text, particle.into());
            (token.role, token.weight) = (Role::Particle, 0.06);
        } else if title && korean.is_empty() {
            (token.role, token.weight) = (Role::Title, if token.families.is_empty() { 0.06 } else { 0.15 });
            titles += 1;
        } else {
            token.weight = name_weight(&token);
            if token.families.iter().any(|(family, _)| LEXICON.family_name(*family) == "abu")
                || matches!(token.text.as_str(), "umm" | "um")
            {
                token.weight = 0.35;
            }
        }
        tokens.push(token);
    }
    if korean.is_empty() {
        compounds(&mut tokens, joining);
        patronymics(&mut tokens);
    }
    // A title behind the only name is a surname; where titles are all there is, they are the name.
    let named = tokens.iter().filter(|token| token.role == Role::Name).count();
    if let Some(last) = tokens.last_mut().filter(|last| named == 1 && last.role == Role::Title && !last.families.is_empty()) {
        (last.role, last.weight) = (Role::Name, 0.7);
    }
    if titles > 0 && !tokens.iter().any(|token| matches!(token.role, Role::Name | Role::Patronymic)) {
        for token in tokens.iter_mut().filter(|token| token.role == Role::Title) {
            (token.role, token.weight) = (Role::Name, 0.7);
        }
    }
    (tokens, korean)
}

/// Words of unspaced and prefixed scripts taken apart: a Chinese surname from the given name, the Arabic article from its word.
fn separated(words: &Words) -> Words {
    if words.iter().all(|word| matches!(word.script, Script::Latin | Script::Cyrillic | Script::Greek)) {
        return words.clone();
    }
    let mut out = Words::new();
    for word in words {
        match word.script {
            Script::Han if words.len() <= 2 => {
                const DOUBLE: [&str; 8] = ["欧阳", "司马", "诸葛", "歐陽", "司馬", "諸葛", "上官", "皇甫"];
                let surname: usize = if DOUBLE.iter().any(|double| word.folded.starts_with(double)) { 2 } else { 1 };
                let at = word.folded.char_indices().nth(surname).map_or(word.folded.len(), |(at, _)| at);
                for part in [word.folded.get(..at), word.folded.get(at..)].into_iter().flatten().filter(|part| !part.is_empty()) {
                    out.push(Word { folded: part.into(), shown: part.into(), ..word.clone() });
                }
            }
            Script::Arabic => {
                let rest = word.folded.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3);
                match rest {
                    // God, and the names that begin so by themselves, keep their article.
                    Some(rest)
                        if word.folded != "الله" && LEXICON.get(&word.folded).is_none_or(|known| known.families.is_empty()) =>
                    {
                        out.push(Word { folded: rest.into(), ..word.clone() });
                    }
                    _ => out.push(word.clone()),
                }
            }
            _ => out.push(word.clone()),
        }
    }
    out
}

/// The name that a part of a compound stands for: its family's, else as written.
fn canonical(text: &str) -> CompactString {
    let sounds = sounds(text);
    match families(LEXICON.get(text), &sounds).iter().find(|(_, strong)| *strong) {
        Some((family, _)) => LEXICON.family_name(*family).into(),
        None => text.into(),
    }
}

const ABD: &[&str] =
    &["abd", "abdul", "abdel", "abdal", "abdur", "abdol", "abdoul", "abdu", "abdar", "abder", "abdus", "abdes", "abd-al", "bd"];
const ALLAH: &[&str] = &["allah", "ullah", "ollah", "alah", "ullahi", "lillah"];
const DIN: &[&str] =
    &["din", "deen", "dine", "eddine", "eddin", "uddin", "aldin", "eldin", "uddeen", "udin", "addin", "dyn", "ldyn"];

/// True for the "abd" of a servant of God's name, also with a slip in it.
fn is_abd(token: &Token) -> bool {
    static ABDUL: LazyLock<Sounds> = LazyLock::new(|| sounds("abdul"));
    if !matches!(token.role, Role::Name | Role::Particle) {
        return false;
    }
    ABD.contains(&token.text.as_str())
        || token.native == "عبد"
        || token.text == "adb"
        || (4..=6).contains(&token.text.len())
            && token.families.is_empty()
            && !token.transliterated
            && distance(&token.sounds, &ABDUL, Vowelless::Neither, 100).is_some()
}

fn is_allah(token: &Token) -> bool {
    ALLAH.contains(&token.text.as_str()) || token.native == "الله"
}

fn is_din(token: &Token) -> bool {
    static EDDINE: LazyLock<Sounds> = LazyLock::new(|| sounds("eddine"));
    DIN.contains(&token.text.as_str())
        || token.native == "الدين"
        || token.native == "دين"
        || token.text.len() >= 6
            && token.families.is_empty()
            && distance(&token.sounds, &EDDINE, Vowelless::Neither, 110).is_some()
}

/// Joins what is one name in several words: servant of God's names, `-uddin`, `-ullah`; and writes each in one way.
fn compounds(tokens: &mut Tokens, joining: Joining) {
    let mut at = 0;
    while at < tokens.len() {
        at = match compound_at(tokens, at, joining) {
            Some((first, last, text)) => {
                join(tokens, first, last, text);
                first + 1
            }
            None => at + 1,
        };
    }
}

/// The compound that a part begins or ends: its first and last part and its text.
fn compound_at(tokens: &mut Tokens, at: usize, joining: Joining) -> Option<(usize, usize, CompactString)> {
    let token = tokens.get(at).filter(|token| matches!(token.role, Role::Name | Role::Particle))?;
    let near = |other: usize| tokens.get(other).filter(|other| other.role == Role::Name && !is_abd(other)).map(|_| other);
    let past_particle = |other: usize, step: isize| match tokens.get(other) {
        Some(particle) if particle.role == Role::Particle => other.checked_add_signed(step),
        _ => Some(other),
    };
    if is_abd(token) {
        let following = || past_particle(at + 1, 1).and_then(near);
        let preceding = || at.checked_sub(1).and_then(|before| past_particle(before, -1)).and_then(near);
        let (first, last, other) = match joining {
            Joining::Preceding => preceding().map(|before| (before, at, before)).or(following().map(|next| (at, next, next)))?,
            _ => match following() {
                Some(next) => (at, next, next),
                None if joining == Joining::Around && near(0).is_some() => {
                    // Wrapped around: the last word goes with the first.
                    let text = format_compact!("abd{}", canonical_token(tokens.first()?));
                    let abd = tokens.remove(at);
                    let shown = format_compact!("{} {}", abd.shown, tokens.first()?.shown);
                    join(tokens, 0, 0, text);
                    tokens.first_mut()?.shown = shown;
                    return None;
                }
                None => preceding().map(|before| (before, at, before))?,
            },
        };
        let name = tokens.get(other)?;
        let rest = if is_allah(name) { "allah".into() } else { canonical_token(name) };
        return Some((first, last, format_compact!("abd{rest}")));
    }
    if token.role != Role::Name {
        return None;
    }
    if let Some(next) = past_particle(at + 1, 1).and_then(near)
        && let Some(second) = tokens.get(next)
    {
        if is_din(second) {
            return Some((at, next, format_compact!("{}din", canonical_token(token))));
        }
        if is_allah(second) {
            return Some((at, next, format_compact!("{}allah", canonical_token(token))));
        }
    }
    if token.families.is_empty() {
        return single_compound(token).map(|text| (at, at, text));
    }
    None
}

/// The name that a part stands for: its family's, else as written.
fn canonical_token(token: &Token) -> CompactString {
    match token.families.iter().find(|(_, strong)| *strong) {
        Some((family, _)) => LEXICON.family_name(*family).into(),
        None => token.text.clone(),
    }
}

/// A compound written as one word, in one way.
fn single_compound(token: &Token) -> Option<CompactString> {
    let text = token.text.as_str();
    if let Some(rest) = token.native.strip_prefix("عبدال") {
        let rest = super::text::words(rest, false).first().map(canonical_of)?;
        return Some(format_compact!("abd{rest}"));
    }
    if let Some(stem) = token.native.strip_suffix("الدين").filter(|stem| stem.chars().count() >= 2) {
        let stem = super::text::words(stem, false).first().map(canonical_of)?;
        return Some(format_compact!("{stem}din"));
    }
    if let Some(rest) = text.strip_prefix("abd").filter(|rest| rest.len() >= 4) {
        let rest = rest.trim_start_matches(['a', 'e', 'i', 'o', 'u']);
        let bytes = rest.as_bytes();
        let doubled = bytes.len() > 4 && bytes.first() == bytes.get(1);
        let rest = match rest.strip_prefix('l') {
            Some(rest) if !doubled || bytes.first() == Some(&b'l') => rest,
            _ if doubled => rest.get(1..).unwrap_or(rest),
            _ => rest,
        };
        let name = canonical(rest);
        if rest.len() >= 5 || name != rest || LEXICON.get(rest).is_some_and(|known| !known.families.is_empty()) {
            return Some(format_compact!("abd{name}"));
        }
    }
    for ending in ["uddin", "eddine", "eddin", "aldin", "eldin", "uddeen", "udin", "addin", "edine", "oddin", "adin"] {
        if let Some(stem) = text.strip_suffix(ending).filter(|stem| stem.len() >= 2) {
            return Some(format_compact!("{}din", canonical(stem)));
        }
    }
    for ending in ["ullah", "ollah", "allah", "ulla", "olla"] {
        if let Some(stem) = text.strip_suffix(ending).filter(|stem| stem.len() >= 3) {
            return Some(format_compact!("{}allah", canonical(stem)));
        }
    }
    None
}

fn canonical_of(word: &Word) -> CompactString {
    let known = LEXICON.get(&word.folded);
    match known.and_then(|known| known.families.iter().find(|(_, strong)| *strong)) {
        Some((family, _)) => LEXICON.family_name(*family).into(),
        None => canonical(&latin(&word.folded, word.script).text),
    }
}

/// Replaces the parts from one to another by one of the given text.
fn join(tokens: &mut Tokens, first: usize, last: usize, text: CompactString) {
    let parts = tokens.iter().skip(first).take(last + 1 - first);
    let vowelless = parts.clone().any(|token| token.vowelless && token.transliterated);
    let transliterated = parts.clone().any(|token| token.transliterated);
    let shown = parts.map(|token| token.shown.as_str()).collect::<Vec<_>>().join(" ");
    let known = LEXICON.get(&text);
    let mut token = Token::new(text, shown.into(), Role::Name, 1.0);
    token.families = families(known, &token.sounds);
    token.weight = name_weight(&token);
    (token.vowelless, token.transliterated) = (vowelless, transliterated);
    token.skeleton = skeleton(&token.sounds, vowelless);
    if let Some(slot) = tokens.get_mut(first) {
        *slot = token;
    }
    for _ in first..last {
        if first + 1 < tokens.len() {
            tokens.remove(first + 1);
        }
    }
}

/// Marks names formed from the father's and writes them by the father's name, if there are other names beside them.
fn patronymics(tokens: &mut Tokens) {
    const ENDINGS: &[&str] = &[
        "ovich", "evich", "avich", "ovitch", "evitch", "ovych", "evych", "ovytch", "ovitj", "evitj", "avitj", "ovytj", "jevitj",
        "ovic", "evic", "owicz", "ewicz", "ovits", "evits", "ovna", "evna", "ivna", "avna", "ovych", "oglu", "ogly", "ogli",
        "uly", "qizi", "kyzy", "yevich", "ievich", "jevich", "yevna", "ievna", "ich", "itch",
    ];
    let names = tokens.iter().filter(|token| token.role == Role::Name).count();
    if names < 3 {
        return;
    }
    for token in tokens.iter_mut().filter(|token| token.role == Role::Name && token.text.len() >= 7) {
        let stem = ENDINGS.iter().filter_map(|ending| token.text.strip_suffix(ending)).min_by_key(|stem| stem.len());
        if let Some(stem) = stem.filter(|stem| stem.len() >= 3) {
            let stem = stem.trim_end_matches(['y', 'i', 'j', 'e']);
            let father = [
                format_compact!("{stem}"),
                format_compact!("{stem}iy"),
                format_compact!("{stem}ey"),
                format_compact!("{stem}a"),
                format_compact!("{stem}y"),
            ]
            .iter()
            .find_map(|stem| {
                let found = families(LEXICON.get(stem), &sounds(stem));
                found.iter().find(|(_, strong)| *strong).map(|(family, _)| CompactString::from(LEXICON.family_name(*family)))
            })
            .unwrap_or_else(|| stem.into());
            let text = format_compact!("{father}vich");
            let mut patronymic = Token::new(text, token.shown.clone(), Role::Patronymic, 0.5);
            patronymic.transliterated = token.transliterated;
            *token = patronymic;
        }
    }
}

// Entities and vessels.

fn body(words: &Words, vessel: bool) -> Tokens {
    let words = without_dots(&segmented(words));
    let mut tokens = Tokens::new();
    let mut at = 0;
    if vessel {
        at = vessel_prefix(&words, &mut tokens);
    }
    while let Some(word) = words.get(at) {
        if !vessel && let Some((length, form)) = legal_form(&words, at) {
            let shown = words.iter().skip(at).take(length).map(|word| word.shown.as_str()).collect::<Vec<_>>().join(" ");
            // Its letters are kept, so that a slip in them is seen for what it is.
            let spelled = words.iter().skip(at).take(length).map(|word| latin(&word.folded, word.script).text).collect();
            let mut token = Token::new(spelled, shown.into(), Role::LegalForm, 0.03);
            token.word = Some(LEGAL_FORMS + WordId::from(form));
            tokens.push(token);
            at += length;
            continue;
        }
        at += 1;
        let next_is_number = words.get(at).is_some_and(|next| next.folded.bytes().all(|b| b.is_ascii_digit()));
        if next_is_number && matches!(word.folded.as_str(), "no" | "nr" | "num" | "number" | "numero" | "n") {
            continue;
        }
        if let Some((letters, digits)) = number_at_end(&word.folded) {
            push_word(
                &Word { folded: letters.into(), shown: letters.into(), ..word.clone() },
                vessel,
                at == words.len(),
                &mut tokens,
            );
            push_word(
                &Word { folded: digits.into(), shown: digits.into(), ..word.clone() },
                vessel,
                at == words.len(),
                &mut tokens,
            );
        } else {
            push_word(word, vessel, at == words.len(), &mut tokens);
        }
    }
    acronyms(&words, &mut tokens);
    tokens
}

/// Numbers of legal forms among the numbers of words.
const LEGAL_FORMS: WordId = 60_000;

/// Words with letters between full stops made one: `S.A.` is `SA`.
fn without_dots(words: &Words) -> Words {
    if !words.iter().any(|word| word.dot_after) {
        return words.clone();
    }
    let mut out = Words::new();
    let mut open = false;
    for word in words {
        let single = word.folded.chars().count() == 1 && word.folded.chars().all(char::is_alphabetic);
        match out.last_mut() {
            Some(last) if open && single => {
                last.folded.push_str(&word.folded);
                last.shown.push('.');
                last.shown.push_str(&word.shown);
            }
            _ => out.push(word.clone()),
        }
        open = single && word.dot_after;
    }
    out
}

/// A number that stands at the end of a word of three letters or more. A single digit that looks like a letter is one.
fn number_at_end(word: &str) -> Option<(&str, &str)> {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = word.get(letters.len()..)?;
    let letter = matches!(digits, "0" | "5" | "8") && letters.chars().count() >= 4;
    (!letter && letters.chars().count() >= 3 && !digits.is_empty() && !letters.bytes().any(|b| b.is_ascii_digit()))
        .then_some((letters, digits))
}

fn push_word(word: &Word, vessel: bool, last: bool, tokens: &mut Tokens) {
    let (mut token, known) = Token::from_word(word, Role::Name, 1.0);
    if token.text.is_empty() {
        if word.folded == "&" {
            tokens.push(Token::new("and".into(), "&".into(), Role::Stop, 0.03));
        }
        return;
    }
    if let Ok(number) = word.folded.parse::<u32>() {
        token.text = format_compact!("{number}");
        token.number = Some(number);
        (token.role, token.weight) = (Role::Number, 0.8);
    } else if let Some(number) =
        known.and_then(|known| known.number).filter(|_| !tokens.is_empty() && (vessel || is_roman(&token.text)))
    {
        token.text = format_compact!("{number}");
        token.number = Some(number);
        (token.role, token.weight) = (Role::Number, 0.8);
    } else if !vessel
        && known.is_some_and(|known| known.title && known.word.is_none())
        && (tokens.is_empty() || last)
        && token.text.len() >= 2
    {
        (token.role, token.weight) = (Role::Title, 0.06);
    } else if let (false, Some((class, id))) = (vessel, known.and_then(|known| known.word)) {
        token.word = Some(id);
        (token.role, token.weight) = match class {
            WordClass::Generic => (Role::Generic, 0.3),
            WordClass::Place => (Role::Place, 0.3),
            WordClass::Stop => (Role::Stop, 0.03),
        };
    } else {
        token.weight = match token.text.len() {
            1 => 0.4,
            2 => 0.7,
            _ => 1.0,
        };
        // Families of personal names count in firms that bear them, but translations do not.
        token.families.retain(|(_, strong)| *strong);
        token.spelled = known.and_then(|known| known.number);
    }
    tokens.push(token);
}

fn is_roman(text: &str) -> bool {
    text.len() >= 2 && text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

/// Words of Chinese and Korean texts taken apart at the words of business that they contain.
fn segmented(words: &Words) -> Words {
    if words.iter().all(|word| !matches!(word.script, Script::Han | Script::Hangul | Script::Arabic)) {
        return words.clone();
    }
    let mut out = Words::new();
    for word in words {
        if word.script == Script::Arabic {
            let rest = word.folded.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3);
            let folded = rest.filter(|_| LEXICON.get(&word.folded).is_none()).map_or(word.folded.clone(), CompactString::from);
            out.push(Word { folded, ..word.clone() });
            continue;
        }
        if !matches!(word.script, Script::Han | Script::Hangul) {
            out.push(word.clone());
            continue;
        }
        let mut name = CompactString::default();
        let mut rest = word.folded.as_str();
        let flush = |name: &mut CompactString, out: &mut Words| {
            if !name.is_empty() {
                let text = std::mem::take(name);
                out.push(Word { shown: text.clone(), folded: text, ..word.clone() });
            }
        };
        while let Some(c) = rest.chars().next() {
            if let Some(known) = LEXICON.unspaced_word(rest) {
                flush(&mut name, &mut out);
                out.push(Word { folded: known.into(), shown: known.into(), ..word.clone() });
                rest = rest.get(known.len()..).unwrap_or_default();
            } else {
                name.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
        flush(&mut name, &mut out);
    }
    out
}

/// The legal form that starts at a word: its length in words and its kind. Short ones do not start a name in Latin letters.
fn legal_form(words: &[Word], at: usize) -> Option<(usize, u8)> {
    let first = words.get(at)?;
    // `S A`: single letters are one word.
    let single: CompactString = words
        .iter()
        .skip(at)
        .take_while(|word| word.folded.chars().count() == 1)
        .take(4)
        .map(|word| word.folded.as_str())
        .collect();
    if single.len() >= 2
        && at > 0
        && let Some(form) = LEXICON.legal_forms(&single).iter().find(|form| form.words.len() == 1)
    {
        return Some((single.chars().count(), form.form));
    }
    LEXICON
        .legal_forms(&first.folded)
        .iter()
        .find(|form| {
            let fits = form.words.iter().zip(words.iter().skip(at)).filter(|(a, b)| **a == b.folded).count() == form.words.len();
            let short = form.words.iter().map(|word| word.chars().count()).sum::<usize>() <= 2;
            fits && (at > 0
                || !short
                || first.script != Script::Latin
                || matches!(first.folded.as_str(), "pt" | "ao" | "cv" | "ud"))
                && words.len() > form.words.len()
        })
        .map(|form| (form.words.len(), form.form))
}

/// Reads the prefix of a ship's name; returns the number of its words.
fn vessel_prefix(words: &[Word], tokens: &mut Tokens) -> usize {
    let text = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    let length = match (text(0), text(1)) {
        ("m" | "s" | "f" | "t", "v" | "t" | "s" | "b" | "y") => 2,
        ("motor" | "merchant" | "fishing", "vessel" | "tanker" | "ship") => 2,
        (
            "mv" | "mt" | "ms" | "ss" | "mts" | "fv" | "mfv" | "mtug" | "tb" | "mvv" | "sv" | "vessel" | "ship" | "tanker"
            | "tug" | "motorvessel",
            _,
        ) => 1,
        _ => 0,
    };
    if length > 0 && length < words.len() {
        let shown = words.iter().take(length).map(|word| word.shown.as_str()).collect::<Vec<_>>().join("/");
        tokens.push(Token::new("vessel".into(), shown.into(), Role::VesselPrefix, 0.02));
        length
    } else {
        0
    }
}

/// Marks abbreviations in parentheses whose letters are the initials of the other words.
fn acronyms(words: &[Word], tokens: &mut Tokens) {
    if !words.iter().any(|word| word.bracketed) {
        return;
    }
    let initials: CompactString = tokens
        .iter()
        .filter(|token| !matches!(token.role, Role::LegalForm))
        .filter_map(|token| token.text.chars().next())
        .collect();
    let bracketed: SmallVec<[&str; 4]> = words.iter().filter(|word| word.bracketed).map(|word| word.shown.as_str()).collect();
    let only = bracketed.len() <= 2;
    for token in tokens.iter_mut().filter(|token| token.role == Role::Name && bracketed.contains(&token.shown.as_str())) {
        let abbreviates = token.text.len() >= 2 && is_subsequence(&token.text, &initials);
        if abbreviates || only && token.text.len() <= 6 && token.shown.chars().all(|c| !c.is_lowercase()) {
            (token.role, token.weight) = (Role::Acronym, 0.08);
        }
    }
    // A name that is nothing but an abbreviation in parentheses.
    if tokens.iter().all(|token| token.role == Role::Acronym) {
        tokens.iter_mut().for_each(|token| (token.role, token.weight) = (Role::Name, 1.0));
    }
}

fn is_subsequence(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    short.chars().all(|c| letters.any(|other| other == c))
}

/// The first letters of the words of a name, without grammar and legal forms: what it is abbreviated to.
pub(super) fn initials(name: &PreparedName, with_stops: bool) -> CompactString {
    name.tokens
        .iter()
        .filter(|token| !matches!(token.role, Role::LegalForm | Role::Acronym) && (with_stops || token.role != Role::Stop))
        .filter_map(|token| token.text.chars().next())
        .collect()
}
