//! Parts that are alike in letters and can be names of others: `Ramesh` and `Rakesh`, `GOLDEN IBIS` and `GOLDEN IRIS`.
//!
//! A slip and another name can look the same. Where another name is as likely, a person has to look.

use smallvec::SmallVec;

use crate::lists::EntryKind;

use super::chinese::are_other_syllables;
use super::comparison::{Equivalence, Limit};
use super::distance::replacement;
use super::korean;
use super::lexicon::LEXICON;
use super::name::{PreparedName, Role, Token, Tokens};
use super::relation::{another_ending, another_surname, relate};
use super::score::{Alignment, CAP_INITIAL, MOST_TOKENS, Pair};
use super::screener::MATCH;
use super::sounds::{G, H, N, S, Sound, W, Y, is_vowel};

/// Holds names for review that are the same but for a part that can be another name.
pub(super) fn likeness(left: &PreparedName, right: &PreparedName, found: &mut Alignment) {
    if found.score < MATCH {
        return;
    }
    let part = |name: &PreparedName, mask: u32| -> Option<usize> {
        (mask.count_ones() == 1).then_some(mask.trailing_zeros() as usize).filter(|at| *at < name.tokens.len())
    };
    // Beside two names that are the same, an unknown word is a slip of another.
    let same = found.pairs.iter().filter(|pair| pair.weight >= 0.7 && pair.similarity >= 0.95).count();
    let is_alone = same < 2;
    let is_doubtful = |pair: &Pair| {
        let (Some(a), Some(b)) = (
            part(left, pair.left).and_then(|at| left.tokens.get(at)),
            part(right, pair.right).and_then(|at| right.tokens.get(at)),
        ) else {
            return false;
        };
        match pair.by {
            Equivalence::OtherForm => are_two_forms(a, b),
            Equivalence::Near | Equivalence::SameSound => is_another(left.kind, a, b, pair.similarity, is_alone),
            _ => false,
        }
    };
    let limit = if found.pairs.iter().any(is_doubtful) {
        Some(Limit::AnotherName)
    } else if left.kind == EntryKind::Entity && is_another_business(left, right, found) {
        Some(Limit::BusinessDiffers)
    } else if are_of_two_fathers(left, right) {
        Some(Limit::FathersDiffer)
    } else if left.kind == EntryKind::Person && (is_child_of(left, right, found, false) || is_child_of(right, left, found, true))
    {
        Some(Limit::ChildOf)
    } else {
        None
    };
    if let Some(limit) = limit {
        found.score = CAP_INITIAL;
        found.limits.push(limit);
    }
}

/// Words of business that set one body apart from another with the same name, even where the other has none in their place.
const TELLING: &[&str] = &["general", "investment", "national", "special", "foreign", "new", "state", "joint", "management"];

/// Words of business that say nothing of the business.
const COLOURLESS: &[&str] = &[
    "service",
    "group",
    "company2",
    "business",
    "enterprise",
    "establishment",
    "organization",
    "international",
    "global",
    "operation",
    "solution",
    "system",
];

/// True if each of two bodies has a word of business that the other lacks (`Trading`, `Shipping`), or one has a telling one
/// (`General`).
fn is_another_business(left: &PreparedName, right: &PreparedName, found: &Alignment) -> bool {
    let left_out = |name: &PreparedName, used: u32| {
        let words = name.tokens.iter().take(MOST_TOKENS).enumerate().filter(|(at, token)| {
            // `Gen.` before a name is a title.
            used >> at & 1 == 0 && token.role == Role::Generic && token.text != "gen"
        });
        let names = words.filter_map(|(_, token)| Some(LEXICON.word_name(token.word?)));
        names
            .filter(|word| !COLOURLESS.contains(word))
            .fold((false, false), |(_, telling), word| (true, telling || TELLING.contains(&word)))
    };
    let used = |side: fn(&Pair) -> u32| found.pairs.iter().fold(0, |mask, pair| mask | side(pair));
    let (a, b) = (left_out(left, used(|pair| pair.left)), left_out(right, used(|pair| pair.right)));
    a.0 && b.0 || a.1 || b.1
}

/// True for children of two fathers.
fn are_of_two_fathers(left: &PreparedName, right: &PreparedName) -> bool {
    let names = |father: &'_ Tokens| father.iter().filter(|token| token.role == Role::Name).cloned().collect::<Tokens>();
    let (a, b) = (names(&left.father), names(&right.father));
    !a.is_empty() && !b.is_empty() && !a.iter().any(|a| b.iter().any(|b| relate(a, b).is_some()))
}

/// True if `child` is the name of `father` with another given name before it: *Yusuf Dawud Salih* and *Dawud Salih*, *Yusuf bin
/// Dawud Tarfi* and *Dawud Tarfi*. Names of Muhammad are left out before others, and say nothing.
fn is_child_of(child: &PreparedName, father: &PreparedName, found: &Alignment, turned: bool) -> bool {
    let side = |pair: &Pair| if turned { (pair.right, pair.left) } else { (pair.left, pair.right) };
    let places = |name: &PreparedName| -> SmallVec<[usize; 8]> {
        let names = name.tokens.iter().enumerate().take(MOST_TOKENS);
        names.filter(|(_, token)| matches!(token.role, Role::Name | Role::Patronymic)).map(|(at, _)| at).collect()
    };
    let (own, of_father) = (places(child), places(father));
    let used = found.pairs.iter().fold((0, 0), |masks, pair| (masks.0 | side(pair).0, masks.1 | side(pair).1));
    let ([first, second, ..], [head, ..]) = (own.as_slice(), of_father.as_slice()) else { return false };
    let is_used = |mask: u32, at: usize| mask >> at & 1 == 1;
    // All but the child's given name is the father's, in its order.
    let all_meet = own.len() == of_father.len() + 1
        && !is_used(used.0, *first)
        && own.iter().skip(1).all(|at| is_used(used.0, *at))
        && of_father.iter().all(|at| is_used(used.1, *at));
    let meets = found.pairs.iter().any(|pair| {
        let (a, b) = side(pair);
        a.trailing_zeros() as usize == *second && b.trailing_zeros() as usize == *head
    });
    if !all_meet || !meets {
        return false;
    }
    let (Some(given), Some(fathers)) = (child.tokens.get(*first), child.tokens.get(*second)) else { return false };
    let is_son_of =
        child.tokens.iter().take(*second).skip(*first).any(|token| token.role == Role::Particle && token.text == "bin");
    let is_arabic = |token: &Token| token.families.iter().any(|(family, strong)| *strong && LEXICON.is_arabic(*family));
    let is_of_prophet = given.families.iter().any(|(family, _)| LEXICON.family_name(*family) == "muhammad");
    is_son_of || is_arabic(fathers) && given.weight >= 0.5 && !is_of_prophet
}

/// True for two short or foreign forms of one name, which nobody bears at once: `Jean` and `Juan`, both of *John*.
fn are_two_forms(a: &Token, b: &Token) -> bool {
    let strong = |token: &Token, id| token.families.iter().any(|(family, strong)| *family == id && *strong);
    !a.families.iter().any(|(id, _)| b.families.iter().any(|(other, _)| other == id) && (strong(a, *id) || strong(b, *id)))
}

/// True if one of two parts that are nearly the same can be another name, rather than the other one with a slip. A part stands
/// `is_alone` where fewer than two others are the same.
fn is_another(kind: EntryKind, a: &Token, b: &Token, similarity: f32, is_alone: bool) -> bool {
    let is_name = |token: &Token| {
        token.role == Role::Name || kind == EntryKind::Entity && matches!(token.role, Role::Generic | Role::Place)
    };
    let are_names = is_name(a) && is_name(b);
    if !are_names || a.sounds == b.sounds || a.vowelless || b.vowelless || a.transliterated != b.transliterated {
        return false;
    }
    let edit = edit(&a.sounds, &b.sounds);
    let sounds = a.sounds.len().max(b.sounds.len());
    let letters = a.text.len().max(b.text.len());
    // What the finger beside would have typed is a slip.
    let is_alone = is_alone && !(letters >= 5 && is_finger_beside(&a.text, &b.text));
    match kind {
        EntryKind::Person => {
            are_known(a, b)
                || another_ending(&a.text, &b.text)
                || another_surname(&a.text, &b.text)
                || is_feminine(a, b)
                || is_alone
                    && match edit {
                        Edit::Replaced { price, first, last, vowels: Some(false) } => {
                            price > 45 && (sounds <= 6 || (first || last) && sounds <= 7)
                        }
                        Edit::Replaced { price, first, vowels: Some(true), .. } => {
                            price >= 40 && (sounds <= 4 || first && sounds <= 6)
                        }
                        Edit::PutIn { sound, edge } => {
                            !is_vowel(sound) && !matches!(sound, H | W | Y) && (sounds <= 4 || edge && sounds <= 5)
                        }
                        Edit::Other => similarity < 0.82 && a.skeleton != b.skeleton && !are_same_letters(&a.text, &b.text),
                        Edit::Replaced { .. } => false,
                    }
        }
        EntryKind::Entity => {
            are_known(a, b)
                || matches!(edit, Edit::Replaced { price: 46.., first: true, vowels: Some(false), .. } if sounds <= 9)
                || letters >= 5
                    && !matches!(edit, Edit::Replaced { price: ..=30, vowels: Some(false), .. })
                    && are_other_syllables(&a.text, &b.text)
                || is_alone
                    && match edit {
                        Edit::Replaced { price, vowels: Some(false), .. } => price >= 70 && sounds <= 8,
                        Edit::Replaced { price, vowels: Some(true), .. } => price >= 50 && sounds <= 5,
                        Edit::PutIn { sound: S, edge: true } => false,
                        Edit::PutIn { sound, .. } => !is_vowel(sound) && !matches!(sound, H | W | Y) && sounds <= 5,
                        _ => false,
                    }
        }
        EntryKind::Vessel => match edit {
            _ if korean::is_one_syllable(&a.text, &b.text) => false,
            Edit::Replaced { price, vowels: Some(false), .. } => price >= 70 && sounds <= 7 || price > 20 && sounds <= 5,
            Edit::Replaced { price, vowels: Some(true), .. } => price >= 25 && sounds <= 5,
            Edit::PutIn { sound: S, edge: true } => true,
            Edit::PutIn { sound, .. } => !is_vowel(sound) && !matches!(sound, G | N | H | W | Y) && sounds <= 5,
            Edit::Replaced { .. } | Edit::Other => letters <= 5,
        },
    }
}

/// True if two words have the same letters.
fn are_same_letters(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: SmallVec<[u8; 16]> = text.bytes().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

/// True if two words differ in one letter, and the two letters lie side by side on a keyboard.
fn is_finger_beside(a: &str, b: &str) -> bool {
    const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];
    let place =
        |letter: u8| ROWS.iter().zip(0_usize..).find_map(|(keys, row)| Some((row, keys.iter().position(|key| *key == letter)?)));
    let mut differing = a.bytes().zip(b.bytes()).filter(|(x, y)| x != y);
    let (Some((x, y)), None) = (differing.next(), differing.next()) else { return false };
    let (Some((row, column)), Some((other, at))) = (place(x), place(y)) else { return false };
    let (lower, upper) = if row > other { (column, at) } else { (at, column) };
    a.len() == b.len()
        && match row.abs_diff(other) {
            0 => column.abs_diff(at) == 1,
            // Each row stands half a key to the right of the one above.
            1 => upper == lower || upper == lower + 1,
            _ => false,
        }
}

/// True if both are names that are known, and known to be different.
fn are_known(a: &Token, b: &Token) -> bool {
    let is_known = |token: &Token| token.given.is_some() || !token.families.is_empty();
    is_known(a) && is_known(b) && (a.given.is_none() || a.given != b.given)
}

/// True for a known name and a woman's name made of it: `Louis` and `Louise`.
fn is_feminine(a: &Token, b: &Token) -> bool {
    let (short, long) = if a.text.len() < b.text.len() { (a, b) } else { (b, a) };
    let is_known = short.given.is_some() || !short.families.is_empty();
    is_known && long.text.strip_suffix(['e', 'a']).is_some_and(|stem| stem == short.text)
}

/// What leads from one word to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edit {
    /// One sound stands in place of another.
    Replaced {
        /// What that costs as a slip, in hundredths.
        price: u32,
        /// It is the first of the word.
        first: bool,
        /// It is the last of the word.
        last: bool,
        /// Both are vowels, or both consonants.
        vowels: Option<bool>,
    },
    /// One sound more.
    PutIn {
        sound: Sound,
        /// At the start or the end of the word.
        edge: bool,
    },
    /// Two that changed places, or more than one.
    Other,
}

fn edit(a: &[Sound], b: &[Sound]) -> Edit {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (a.get(front..).unwrap_or_default(), b.get(front..).unwrap_or_default());
    let back = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let middle = |rest: &'_ [Sound]| -> (Option<Sound>, usize) { (rest.first().copied(), rest.len() - back) };
    match (middle(rest_a), middle(rest_b)) {
        ((Some(x), 1), (Some(y), 1)) => Edit::Replaced {
            price: replacement(x, y),
            first: front == 0,
            last: back == 0,
            vowels: (is_vowel(x) == is_vowel(y)).then_some(is_vowel(x)),
        },
        ((Some(sound), 1), (_, 0)) | ((_, 0), (Some(sound), 1)) => Edit::PutIn { sound, edge: front == 0 || back == 0 },
        _ => Edit::Other,
    }
}
