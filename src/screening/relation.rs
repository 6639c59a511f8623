//! How single parts of names, or a run of parts and a single one, are the same.

use compact_str::CompactString;
use smallvec::SmallVec;

use super::comparison::Equivalence;
use super::distance::{Vowelless, distance, first_sounds, limit};
use super::lexicon::LEXICON;
use super::name::{PreparedName, Role, Token};
use super::score::{LIGHT, MOST_JOINED, MOST_TOKENS};
use super::skeleton::{Skeleton, skeleton};
use super::sounds::sounds;

/// How two single parts are the same, if they are.
pub(super) fn relate(a: &Token, b: &Token) -> Option<(f32, Equivalence)> {
    if let (Some(x), Some(y)) = (a.number, b.number) {
        return (x == y).then_some((1.0, Equivalence::Same));
    }
    if a.number.is_some() || b.number.is_some() {
        return (a.number.or(a.spelled) == b.number.or(b.spelled)).then_some((1.0, Equivalence::Translation));
    }
    // A particle is a particle: `al` is no name that sounds like it.
    if (a.role == Role::Particle) != (b.role == Role::Particle) {
        return None;
    }
    if a.text == b.text {
        let by =
            if a.transliterated == b.transliterated || a.families.is_empty() { Equivalence::Same } else { Equivalence::Spelling };
        return Some((1.0, by));
    }
    if a.role == Role::Initial || b.role == Role::Initial {
        let (initial, name) = if a.role == Role::Initial { (a, b) } else { (b, a) };
        let same =
            matches!(name.role, Role::Name | Role::Patronymic) && name.text.as_bytes().first() == initial.text.as_bytes().first();
        return same.then_some((0.85, Equivalence::Initial));
    }
    if a.role == Role::VesselPrefix || b.role == Role::VesselPrefix {
        return None;
    }
    if a.spelled.is_some() && a.spelled == b.spelled {
        return Some((0.98, Equivalence::Translation));
    }
    if let (Some(x), Some(y)) = (a.word, b.word) {
        return (x == y).then_some((0.98, Equivalence::Translation));
    }
    let mut family = None;
    for (id, strong) in &a.families {
        for (other, other_strong) in b.families.iter().filter(|(other, _)| other == id) {
            let _ = other;
            let both = *strong && *other_strong;
            family = Some(if both { (0.97, Equivalence::Spelling) } else { family.unwrap_or((0.88, Equivalence::OtherForm)) });
        }
    }
    if family.is_some() {
        return family;
    }
    // A title that decides nothing is no name that is like it.
    if (a.role == Role::Title && a.weight < LIGHT) != (b.role == Role::Title && b.weight < LIGHT) {
        return None;
    }
    if a.sounds == b.sounds {
        return Some((0.97, Equivalence::SameSound));
    }
    let strong = |token: &Token| token.families.iter().any(|(_, strong)| *strong);
    if strong(a) && strong(b) || is_servant_of_another(&a.text, &b.text) || a.role == Role::Particle || b.role == Role::Particle {
        return None;
    }
    let small = |token: &Token| token.role == Role::Stop || token.role == Role::LegalForm && token.text.len() <= 3;
    if small(a) || small(b) {
        return (a.text.len() == 3 && b.text.len() == 3 && a.role != b.role && same_letters(a, b))
            .then_some((0.8, Equivalence::Near));
    }
    near(a, b)
}

/// True for servants of God by two of His names: Abd al-Qadir is not Abd al-Kabir.
fn is_servant_of_another(a: &str, b: &str) -> bool {
    let known = |text: &str| {
        text.strip_prefix("abd").is_some_and(|rest| LEXICON.get(rest).is_some_and(|known| known.families.iter().any(|(_, s)| *s)))
    };
    known(a) && known(b)
}

/// True if two short words are the same letters in another order.
fn same_letters(a: &Token, b: &Token) -> bool {
    let sorted = |token: &Token| {
        let mut letters: SmallVec<[u8; 8]> = token.text.bytes().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

/// Nearly the same letters.
fn near(a: &Token, b: &Token) -> Option<(f32, Equivalence)> {
    let length = a.sounds.len().max(b.sounds.len());
    let vowelless = vowelless(a.vowelless, b.vowelless);
    let is_vowelless = vowelless != Vowelless::Neither;
    if !is_vowelless && a.text.len() >= 4 && b.text.len() >= 4 && one_slip(a.text.as_bytes(), b.text.as_bytes()) {
        // A slip can break a sequence of letters that writes one sound, so letters count too.
        let by_sounds =
            if a.skeleton.is_near(b.skeleton) { distance(&a.sounds, &b.sounds, vowelless, limit(length)) } else { None };
        let longest = a.text.len().max(b.text.len()) as f32;
        if by_sounds.is_none_or(|cost| cost as f32 / length as f32 > 100.0 / longest) {
            let first = if a.text.as_bytes().first() == b.text.as_bytes().first() { 0.0 } else { 0.08 };
            return Some((1.0 - 1.15 / longest - first, Equivalence::Near));
        }
    }
    if a.sounds.len().abs_diff(b.sounds.len()) > if is_vowelless { 8 } else { 4 } || !a.skeleton.is_near(b.skeleton) {
        return None;
    }
    // Little is left of a short word without its vowels.
    let most = match (is_vowelless, a.skeleton.len().min(b.skeleton.len())) {
        (true, 0 | 1) => 45,
        (true, _) => 100,
        _ => limit(length),
    };
    let whole = distance(&a.sounds, &b.sounds, vowelless, most);
    let cost = match whole {
        // The article is written together with a name in Latin letters, and taken off in Arabic ones.
        None if is_vowelless => without_article(a, b, vowelless, most)?,
        whole => whole?,
    };
    let mut similarity = 1.0 - 1.15 * cost as f32 / 100.0 / length as f32;
    let first = first_sounds(&a.sounds, &b.sounds);
    if is_vowelless {
        similarity = similarity.min(0.95);
    } else {
        if length <= 4 && first > 0 {
            similarity -= 0.1;
        }
        // Readers seldom err in the first letter.
        if cost > 40 && first > 40 {
            similarity -= 0.08;
        }
        if another_ending(&a.text, &b.text) || another_surname(&a.text, &b.text) {
            similarity = similarity.min(0.7);
        }
    }
    let by = if cost <= 40 || is_vowelless { Equivalence::SameSound } else { Equivalence::Near };
    Some((similarity.max(0.5), by))
}

/// The distance of a word without vowels from another in Latin letters without the article that it begins with.
fn without_article(a: &Token, b: &Token, vowelless: Vowelless, most: u32) -> Option<u32> {
    let rest = |token: &Token| {
        let rest = token.text.strip_prefix("al").or(token.text.strip_prefix("el"))?;
        (!token.transliterated && rest.len() >= 4).then(|| sounds(rest))
    };
    match vowelless {
        Vowelless::First => distance(&a.sounds, &rest(b)?, vowelless, most),
        Vowelless::Second => distance(&rest(a)?, &b.sounds, vowelless, most),
        Vowelless::Neither => None,
    }
}

/// True if two words are the same but for one letter put in, left out or replaced, or two neighbours changed over.
fn one_slip(a: &[u8], b: &[u8]) -> bool {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(front..).unwrap_or_default(), b.get(front..).unwrap_or_default());
    match (a, b) {
        ([], []) => true,
        ([x, x2, a @ ..], [y, y2, b @ ..]) if x == y2 && x2 == y && a == b => true,
        ([_, rest_a @ ..], [_, rest_b @ ..]) => rest_a == rest_b || rest_a == b || a == rest_b,
        ([_], []) | ([], [_]) => true,
        _ => false,
    }
}

fn vowelless(a: bool, b: bool) -> Vowelless {
    match (a, b) {
        (true, false) => Vowelless::First,
        (false, true) => Vowelless::Second,
        _ => Vowelless::Neither,
    }
}

/// True if one word is the other with an ending that makes it another name: a woman's (`-a`) or a family's (`-i`).
pub(super) fn another_ending(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    match long.strip_prefix(short) {
        Some(ending) => short.len() >= 4 && matches!(ending, "a" | "i" | "y" | "aya" | "ya"),
        None if short.len() == long.len() && short.len() >= 4 => {
            let stem = |word: &str, ending: char| word.strip_suffix(ending).map(str::to_owned);
            let (man, woman) = if short.ends_with('o') { (short, long) } else { (long, short) };
            stem(man, 'o').is_some_and(|stem_of_man| stem(woman, 'a') == Some(stem_of_man))
        }
        None => {
            let stem =
                |word: &'_ str, endings: &[&str]| endings.iter().find_map(|ending| word.strip_suffix(ending)).map(str::len);
            let man = stem(short, &["skiy", "sky", "ski", "skij"]);
            let woman = stem(long, &["skaya", "skaja", "ska"]).or(stem(short, &["ska"]));
            man.is_some() && woman.is_some()
        }
    }
}

/// The endings that make surnames of names. Those of a line are one ending.
const SURNAME_ENDINGS: &[&[&str]] = &[
    &["ov", "ev", "iov", "yov", "off", "eff", "ow", "ew"],
    &["in", "yn"],
    &["sky", "ski", "skiy", "skyi", "skij", "skyy"],
    &["enko"],
    &["chuk", "czuk"],
    &["ich", "ych", "ic", "icz", "itch"],
    &["yan", "ian", "jan", "ians"],
    &["i", "y", "ee"],
    &["zadeh", "zada", "zade"],
    &["pour", "pur", "poor"],
    &["nejad", "nezhad"],
    &["nia", "niya"],
    &["shvili"],
    &["dze"],
    &["oglu", "ogly"],
    &["son"],
    &["sen"],
];

/// True if two words are one name with two endings that make different surnames of it: `Belov` and `Belin`, `Ahmadi` and
/// `Ahmadian`.
pub(super) fn another_surname(a: &str, b: &str) -> bool {
    let stem = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let line = |word: &str, at: usize| {
        let ending = word.get(at..)?;
        SURNAME_ENDINGS.iter().position(|endings| endings.contains(&ending))
    };
    // The common start can reach into the endings (`-ov`, `-oglu`; `-i`, `-ian`).
    (4..=stem).rev().take(3).any(|at| matches!((line(a, at), line(b, at)), (Some(a), Some(b)) if a != b))
}

/// A run of adjacent parts read as one word.
#[derive(Debug)]
pub(super) struct Joined {
    pub mask: u32,
    pub weight: f32,
    pub text: CompactString,
    pub skeleton: Skeleton,
    pub vowelless: bool,
}

/// The runs of two or three parts of a name that can be one word written apart.
pub(super) fn joined(name: &PreparedName) -> SmallVec<[Joined; 8]> {
    let mut out = SmallVec::new();
    let count = name.tokens.len().min(MOST_TOKENS);
    for first in 0..count {
        for length in 2..=MOST_JOINED.min(count - first) {
            let parts = name.tokens.iter().skip(first).take(length);
            if parts.clone().any(|token| matches!(token.role, Role::LegalForm | Role::VesselPrefix)) {
                continue;
            }
            let written = |token: &'_ Token| if token.written.is_empty() { token.text.clone() } else { token.written.clone() };
            let text: CompactString = parts.clone().map(written).collect();
            if text.len() > 30 {
                continue;
            }
            let vowelless = parts.clone().any(|token| token.vowelless && token.transliterated);
            let skeleton = skeleton(&sounds(&text), vowelless);
            let weight = parts.map(|token| token.weight).sum();
            out.push(Joined { mask: ((1 << length) - 1) << first, weight, text, skeleton, vowelless });
        }
    }
    out
}

/// How a run of parts is the same as a single part, if it is.
pub(super) fn relate_joined(run: &Joined, token: &Token) -> Option<f32> {
    if run.skeleton != token.skeleton || token.text.len() < 3 || token.number.is_some() {
        return None;
    }
    if run.text == token.text {
        return Some(0.99);
    }
    let vowelless = vowelless(run.vowelless, token.vowelless);
    if vowelless == Vowelless::Neither && run.text.len().abs_diff(token.text.len()) > 1 {
        return None;
    }
    let (a, b) = (sounds(&run.text), &token.sounds);
    let cost = distance(&a, b, vowelless, 60)?;
    if vowelless == Vowelless::Neither && first_sounds(&a, b) > 30 {
        return None;
    }
    (run.text.len() >= 5).then(|| 0.97 - cost as f32 / 100.0 / a.len().max(b.len()) as f32)
}
