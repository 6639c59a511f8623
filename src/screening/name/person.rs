//! Names of persons: given names, family names, patronymics, particles, and names of several words.

use std::sync::LazyLock;

use compact_str::{CompactString, format_compact};
use smallvec::SmallVec;

use super::lineage::generation;
use super::{Role, Token, Tokens, name_weight};
use crate::screening::distance::{Vowelless, distance};
use crate::screening::korean::{self, KoreanNames};
use crate::screening::lexicon::{LEXICON, families};
use crate::screening::skeleton::skeleton;
use crate::screening::sounds::{Sounds, sounds};
use crate::screening::text::{Script, Word, Words, words};
use crate::screening::transliterate::latin;

/// With which word a servant-of-God's "abd" is one name, if it is written apart. The order of words is often turned round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joining {
    Following,
    Preceding,
    /// With the following, and at the end with the first.
    Around,
    /// With none: each word is a part, as where the words were turned round.
    None,
}

/// The parts of a person's name, and the Korean names that it can be.
pub(super) fn person(words: &Words, joining: Joining) -> (Tokens, KoreanNames) {
    let words = separated(words);
    // A title before or behind a Korean name is no syllable of it.
    let is_title = |at: usize, word: &Word| {
        (at == 0 || at + 1 == words.len())
            && (word.dot_after || matches!(word.folded.as_str(), "mr" | "mrs" | "ms" | "dr" | "jr" | "sr"))
            && word.folded.len() > 1
            && words.len() > 2
            && LEXICON.get(&word.folded).is_some_and(|known| known.title)
    };
    let korean = {
        let latin: SmallVec<[&str; 8]> =
            words.iter().enumerate().filter(|(at, word)| !is_title(*at, word)).map(|(_, word)| word.folded.as_str()).collect();
        korean::read(&latin)
    };
    let mut tokens = Tokens::new();
    let mut titles = 0;
    for (at, word) in words.iter().enumerate() {
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
        } else if title && (korean.is_empty() || is_title(at, word)) {
            (token.role, token.weight) = (Role::Title, if token.families.is_empty() { 0.06 } else { 0.15 });
            token.number = generation(&word.folded).filter(|_| words.len() > 2 && (at == 0 || at + 1 == words.len()));
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
            Script::Hangul => {
                const DOUBLE: [&str; 6] = ["독고", "남궁", "황보", "제갈", "선우", "사공"];
                match DOUBLE.iter().find_map(|double| Some((*double, word.folded.strip_prefix(double)?))) {
                    Some((surname, given)) if !given.is_empty() => {
                        for part in [surname, given] {
                            out.push(Word { folded: part.into(), shown: part.into(), ..word.clone() });
                        }
                    }
                    _ => out.push(word.clone()),
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
const DIN: &[&str] = &[
    "din", "deen", "dine", "eddine", "eddin", "uddin", "aldin", "eldin", "uddeen", "udin", "addin", "dyn", "ldyn", "eldine",
    "uldine", "aldine",
];

/// True for the "abd" of a servant of God's name, also with a slip in it.
pub(super) fn is_abd(token: &Token) -> bool {
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

/// True for a word that is no name without another.
pub(super) fn is_of_compound(token: &Token) -> bool {
    is_abd(token) || is_allah(token) || is_din(token)
}

/// Joins what is one name in several words: servant of God's names, `-uddin`, `-ullah`; and writes each in one way.
fn compounds(tokens: &mut Tokens, joining: Joining) {
    if joining == Joining::None {
        return;
    }
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
        let rest = words(rest, false).first().map(canonical_of)?;
        return Some(format_compact!("abd{rest}"));
    }
    if let Some(stem) = token.native.strip_suffix("الدين").filter(|stem| stem.chars().count() >= 2) {
        let stem = words(stem, false).first().map(canonical_of)?;
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
    for ending in [
        "eldine", "uldine", "aldine", "uddine", "uddin", "eddine", "eddin", "aldin", "eldin", "uddeen", "udin", "addin", "edine",
        "oddin", "adin",
    ] {
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
