//! The order of the parts of names, as far as it makes another name: two given names changed over, two syllables of a Korean name.

use smallvec::SmallVec;

use crate::lists::EntryKind;

use super::chinese;
use super::comparison::{Equivalence, Limit};
use super::korean::{self, Agreement};
use super::name::{PreparedName, Role};
use super::score::{Alignment, CAP_INITIAL, MOST_TOKENS, Pair};

/// Holds names to the order of their parts, as far as order makes another name.
pub(super) fn order(left: &PreparedName, right: &PreparedName, found: &mut Alignment) {
    let mut places: SmallVec<[(u32, u32); 8]> = found
        .pairs
        .iter()
        .filter(|pair| pair.weight >= 0.3 && pair.by != Equivalence::Initial)
        .map(|pair| (pair.left.trailing_zeros(), pair.right.trailing_zeros()))
        .collect();
    places.sort_unstable();
    let right_places: SmallVec<[u32; 8]> = places.iter().map(|(_, right)| *right).collect();
    let is_turned_about = left.kind == EntryKind::Person && are_father_and_son(left, right, found);
    let mut cap = |to: f32, limit: Limit| {
        if found.score > to {
            found.score = to;
            found.limits.push(limit);
        }
    };
    match left.kind {
        EntryKind::Vessel => {
            if !right_places.is_sorted() {
                cap(0.8, Limit::Order);
            }
        }
        EntryKind::Entity => {}
        EntryKind::Person if !left.korean.is_empty() && !right.korean.is_empty() => {
            korean_order(left, right, &right_places, found)
        }
        EntryKind::Person if left.chinese.is_some() && right.chinese.is_some() => chinese_syllables(left, right, found),
        EntryKind::Person => {
            if is_turned_about {
                return cap(CAP_INITIAL, Limit::Order);
            }
            // Two given names changed over before the same surname: father and son, or two brothers.
            let repeated = left
                .tokens
                .iter()
                .enumerate()
                .any(|(at, token)| left.tokens.iter().skip(at + 1).any(|other| other.text == token.text));
            if let ([second, first, rest @ ..], false) = (right_places.as_slice(), repeated)
                && first < second
                && !rest.is_empty()
                && rest.iter().all(|place| place > second)
                && rest.is_sorted()
            {
                cap(0.84, Limit::Order);
            }
            // The same behind a surname that stands first.
            if right_places.first() == Some(&0)
                && !right_places.is_sorted()
                && right_places.len() == left.tokens.len()
                && left.tokens.len() == right.tokens.len()
                && left.tokens.first().is_some_and(|first| SURNAMES_FIRST.contains(&first.text.as_str()))
            {
                cap(CAP_INITIAL, Limit::Order);
            }
        }
    }
}

/// Surnames of Viet Nam, which stand before the given names.
const SURNAMES_FIRST: &[&str] = &[
    "nguyen", "tran", "le", "pham", "huynh", "hoang", "phan", "vu", "vo", "dang", "bui", "do", "ngo", "duong", "ly", "dinh",
    "trinh",
];

/// True if one name says that A is the son of B, and the other that B is the son of A.
fn are_father_and_son(left: &PreparedName, right: &PreparedName, found: &Alignment) -> bool {
    let of = |name: &PreparedName| -> SmallVec<[(u32, u32); 2]> {
        let is_name = |at: &usize| name.tokens.get(*at).is_some_and(|token| token.role == Role::Name);
        let sons = name.tokens.iter().enumerate().filter(|(_, token)| token.role == Role::Particle && token.text == "bin");
        let around = sons
            .filter_map(|(at, _)| Some(((0..at).rev().find(is_name)? as u32, (at + 1..name.tokens.len()).find(is_name)? as u32)));
        around.collect()
    };
    let meets =
        |a: u32, b: u32| found.pairs.iter().any(|pair| (pair.left.trailing_zeros(), pair.right.trailing_zeros()) == (a, b));
    // A longer name that is turned round altogether is the same one.
    let places = |side: fn(&Pair) -> u32| found.pairs.iter().map(move |pair| side(pair).trailing_zeros());
    let end = places(|pair| pair.left).zip(places(|pair| pair.right)).map(|(a, b)| a + b).collect::<SmallVec<[u32; 8]>>();
    if found.pairs.len() > 3 && end.iter().all(|sum| Some(sum) == end.first()) {
        return false;
    }
    // Whose father is a son again has a grandfather.
    let ancestors = |links: SmallVec<[(u32, u32); 2]>| -> SmallVec<[(u32, u32); 4]> {
        let mut all: SmallVec<[(u32, u32); 4]> = SmallVec::new();
        for (son, father) in &links {
            all.push((*son, *father));
            let mut of = *father;
            while let Some((_, next)) = links.iter().find(|(son, next)| *son == of && *next > of) {
                all.push((*son, *next));
                of = *next;
            }
        }
        all
    };
    let (sons, of_right) = (ancestors(of(left)), ancestors(of(right)));
    sons.iter().any(|(son, father)| of_right.iter().any(|(other, fathers)| meets(*son, *fathers) && meets(*father, *other)))
}

/// True if places ascend, descend, or ascend from somewhere on and around: orders in which one name is written.
fn is_turned(places: &[u32]) -> bool {
    let falls = places.windows(2).filter(|pair| matches!(pair, [a, b] if a > b)).count();
    falls == 0 || falls == places.len() - 1 || falls == 1 && places.last() < places.first()
}

/// Holds Chinese names to their syllables: each is a word, and another one is another name.
fn chinese_syllables(left: &PreparedName, right: &PreparedName, found: &mut Alignment) {
    let (Some(a), Some(b)) = (&left.chinese, &right.chinese) else { return };
    // Spellings of one syllable (`kuo`, `guo`) are related as such; a mere likeness of letters says nothing here.
    if a.len() != b.len() || a == b || found.pairs.iter().all(|pair| pair.similarity >= 0.95 || pair.by == Equivalence::Joined) {
        return;
    }
    let is_near = a.iter().zip(b).all(|(a, b)| a == b || chinese::is_near(a, b));
    // Of two syllables one may be a slip.
    let cap = match (is_near, a.len()) {
        (true, _) => CAP_INITIAL,
        (false, 2) => 0.76,
        (false, _) => 0.7,
    };
    if found.score > cap {
        found.score = cap;
        found.limits.push(Limit::SyllableDiffers);
    }
}

/// Compares two Korean names by their syllables.
fn korean_order(left: &PreparedName, right: &PreparedName, places: &[u32], found: &mut Alignment) {
    let whole = |similarity: f32| Pair {
        left: (1_u32 << left.tokens.len().min(MOST_TOKENS)) - 1,
        right: (1_u32 << right.tokens.len().min(MOST_TOKENS)) - 1,
        by: Equivalence::Korean,
        similarity,
        weight: 1.0,
    };
    let similarity = match korean::compare(&left.korean, &right.korean) {
        Agreement::Full => 0.97,
        Agreement::Reversed => 0.92,
        Agreement::None => {
            let count = |name: &PreparedName| name.tokens.iter().filter(|token| token.role == Role::Name).count();
            let near = found.pairs.iter().any(|pair| pair.similarity < 0.95);
            let paired =
                |side: fn(&Pair) -> u32| found.pairs.iter().fold(0, |mask, pair| mask | side(pair)).count_ones() as usize;
            if paired(|pair| pair.left) < count(left)
                || paired(|pair| pair.right) < count(right)
                || count(left) != count(right) && found.pairs.iter().all(|pair| pair.by != Equivalence::Joined)
            {
                if found.score > 0.7 {
                    found.score = 0.7;
                    found.limits.push(Limit::SyllableDiffers);
                }
                return;
            }
            let limit = match (near, is_turned(places)) {
                (false, true) => return,
                (false, false) => (0.7, Limit::SyllableOrder),
                (true, _) => (0.76, Limit::SyllableDiffers),
            };
            if found.score > limit.0 {
                found.score = limit.0;
                found.limits.push(limit.1);
            }
            return;
        }
    };
    if found.score < similarity {
        found.score = similarity;
        found.limits.clear();
        found.pairs = SmallVec::from_iter([whole(similarity)]);
    }
}
