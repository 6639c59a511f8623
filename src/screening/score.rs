//! The comparison of two names: which part of one meets which part of the other, and what that comes to.

use smallvec::SmallVec;

use crate::lists::EntryKind;

use super::abbreviation::abbreviation;
use super::another_name::likeness;
use super::comparison::{Comparison, Equivalence, Limit, PartMatch};
use super::korean::is_one_syllable;
use super::name::{Compounds, Half, LIGHTEST, PreparedName, Role, Token};
use super::name_order::order;
use super::relation::{joined, relate, relate_joined};

/// Compares two names of the same kind and says why.
pub fn compare(left: &PreparedName, right: &PreparedName) -> Comparison {
    let best = best_alignment(left, right);
    let Some((left, right, found)) = best else {
        return Comparison { score: 0.0, parts: Vec::new(), left_only: Vec::new(), right_only: Vec::new(), limits: Vec::new() };
    };
    let shown = |name: &PreparedName, mask: u32| {
        name.tokens
            .iter()
            .enumerate()
            .filter(|(at, _)| mask >> at & 1 == 1)
            .map(|(_, token)| token.shown.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut pairs = found.pairs.clone();
    pairs.sort_by_key(|pair| (pair.left.trailing_zeros(), pair.right.trailing_zeros()));
    let rest = |name: &PreparedName, used: u32| {
        let tokens = name.tokens.iter().enumerate().filter(|(at, token)| used >> at & 1 == 0 && token.weight > LIGHTEST);
        tokens.map(|(_, token)| token.shown.to_string()).collect()
    };
    Comparison {
        score: found.score,
        parts: pairs
            .iter()
            .map(|pair| PartMatch {
                left: shown(left, pair.left),
                right: shown(right, pair.right),
                by: pair.by,
                similarity: pair.similarity,
            })
            .collect(),
        left_only: rest(left, pairs.iter().fold(0, |mask, pair| mask | pair.left)),
        right_only: rest(right, pairs.iter().fold(0, |mask, pair| mask | pair.right)),
        limits: found.limits.to_vec(),
    }
}

/// The score of two names of the same kind, without reasons.
pub fn score(left: &PreparedName, right: &PreparedName) -> f32 {
    best_alignment(left, right).map_or(0.0, |(_, _, found)| found.score)
}

fn best_alignment<'n>(
    left: &'n PreparedName,
    right: &'n PreparedName,
) -> Option<(&'n PreparedName, &'n PreparedName, Alignment)> {
    let mut best: Option<(&PreparedName, &PreparedName, Alignment)> = None;
    for a in left.readings() {
        for b in right.readings() {
            let found = align(a, b);
            if best.as_ref().is_none_or(|(_, _, known)| found.score > known.score) {
                best = Some((a, b, found));
            }
        }
    }
    best
}

/// Parts of two names that are the same. Masks have a bit for each part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) by: Equivalence,
    pub(super) similarity: f32,
    pub(super) weight: f32,
}

pub(super) struct Alignment {
    pub(super) score: f32,
    pub(super) pairs: SmallVec<[Pair; 6]>,
    pub(super) limits: SmallVec<[Limit; 2]>,
}

/// The longest name that is compared, in parts; what follows is not looked at.
pub(super) const MOST_TOKENS: usize = 30;
/// The most adjacent parts that are read as one word.
pub(super) const MOST_JOINED: usize = 3;

// The caps stand on either side of `MATCH` (0.85) and `REVIEW` (0.75), the scores from which on a name is a match or shown for
// review: what they hold back is decided there, and how far below they lie only orders the hits.

/// Of one telling part: below review, since Kim alone means nobody.
pub(super) const CAP_ONE_PART: f32 = 0.6;
/// Of one part and the initial of another: for review, and no match by itself.
pub(super) const CAP_INITIAL: f32 = 0.84;
/// The same of a name that many people have: just below review.
const CAP_COMMON_INITIAL: f32 = 0.74;

fn align(left: &PreparedName, right: &PreparedName) -> Alignment {
    // A compound is taken apart only to meet another whose words stand otherwise: Aziz is not Abd al-Aziz.
    let is_one_apart = matches!(
        (left.compounds, right.compounds),
        (Compounds::Apart, Compounds::Joined) | (Compounds::Joined, Compounds::Apart)
    );
    let meets_initials = |one: &PreparedName, other: &PreparedName| {
        let initials = |name: &PreparedName| name.tokens.iter().filter(|token| token.role == Role::Initial).count();
        one.compounds == Compounds::Apart && initials(other) > 1
    };
    let is_apart = is_one_apart && !meets_initials(left, right) && !meets_initials(right, left);
    // A body that one name joins to another is looked for alone.
    if is_apart || left.half != Half::Neither && right.half != Half::Neither {
        return Alignment { score: 0.0, pairs: SmallVec::new(), limits: SmallVec::new() };
    }
    let mut candidates: SmallVec<[Pair; 24]> = SmallVec::new();
    for (i, a) in left.tokens.iter().take(MOST_TOKENS).enumerate() {
        for (j, b) in right.tokens.iter().take(MOST_TOKENS).enumerate() {
            if let Some((mut similarity, by)) = relate(a, b) {
                // The words of many ships' names are Korean syllables.
                if left.kind == EntryKind::Vessel && similarity < 0.95 && is_one_syllable(&a.text, &b.text) {
                    similarity = 0.95;
                }
                let weight = (a.weight + b.weight) / 2.0;
                let weight = if by == Equivalence::Initial { weight.min(0.5) } else { weight };
                candidates.push(Pair { left: 1 << i, right: 1 << j, by, similarity, weight });
            }
        }
    }
    let all_related = candidates.len() >= left.tokens.len().max(right.tokens.len()) && left.tokens.len() == right.tokens.len();
    if !all_related {
        add_joined(left, right, &mut candidates);
    }
    candidates.sort_by(|a, b| {
        let value = |pair: &Pair| pair.similarity * pair.weight * if pair.by == Equivalence::Initial { 0.5 } else { 1.0 };
        let place = |pair: &Pair| pair.left.trailing_zeros().abs_diff(pair.right.trailing_zeros());
        value(b).total_cmp(&value(a)).then(place(a).cmp(&place(b))).then((a.left, a.right).cmp(&(b.left, b.right)))
    });
    let mut pairs: SmallVec<[Pair; 6]> = SmallVec::new();
    let (mut used_left, mut used_right) = (0_u32, 0_u32);
    for pair in candidates {
        if pair.left & used_left == 0 && pair.right & used_right == 0 {
            used_left |= pair.left;
            used_right |= pair.right;
            pairs.push(pair);
        }
    }
    let mut found = Alignment { score: 0.0, pairs, limits: SmallVec::new() };
    found.score = weigh(left, right, &mut found, used_left, used_right);
    order(left, right, &mut found);
    if left.kind != EntryKind::Person {
        abbreviation(left, right, &mut found);
    }
    likeness(left, right, &mut found);
    if (left.half == Half::Possible || right.half == Half::Possible) && found.score > CAP_INITIAL {
        found.score = CAP_INITIAL;
        found.limits.push(Limit::OneOfTwo);
    }
    found
}

/// The letters of the shorter of two parts.
fn shortest(left: &PreparedName, left_mask: u32, right: &PreparedName, right_mask: u32) -> usize {
    let letters =
        |name: &PreparedName, mask: u32| name.tokens.get(mask.trailing_zeros() as usize).map_or(0, |token| token.text.len());
    letters(left, left_mask).min(letters(right, right_mask))
}

/// True if the part is a name of several words, as Abd al-Hakim.
fn is_compound(name: &PreparedName, mask: u32) -> bool {
    name.tokens
        .get(mask.trailing_zeros() as usize)
        .is_some_and(|token| token.text.starts_with("abd") && token.text.len() > 5 && token.families.is_empty())
}

fn add_joined(left: &PreparedName, right: &PreparedName, candidates: &mut SmallVec<[Pair; 24]>) {
    if left.tokens.len() > 1 {
        for run in joined(left) {
            for (j, token) in right.tokens.iter().take(MOST_TOKENS).enumerate() {
                if let Some(similarity) = relate_joined(&run, token) {
                    candidates.push(Pair {
                        left: run.mask,
                        right: 1 << j,
                        by: Equivalence::Joined,
                        similarity,
                        weight: (run.weight + token.weight) / 2.0,
                    });
                }
            }
        }
    }
    if right.tokens.len() > 1 {
        for run in joined(right) {
            for (i, token) in left.tokens.iter().take(MOST_TOKENS).enumerate() {
                if let Some(similarity) = relate_joined(&run, token) {
                    candidates.push(Pair {
                        left: 1 << i,
                        right: run.mask,
                        by: Equivalence::Joined,
                        similarity,
                        weight: (run.weight + token.weight) / 2.0,
                    });
                }
            }
        }
    }
}

/// How much parts without a counterpart count against a name.
struct Penalties {
    /// Parts on both sides that contradict each other.
    conflict: f32,
    /// A name proper that only one side has.
    extra_name: f32,
    /// The same between two parts that both have.
    extra_between: f32,
    /// Any other part that only one side has.
    extra_word: f32,
}

fn penalties(kind: EntryKind) -> Penalties {
    match kind {
        EntryKind::Person => Penalties { conflict: 1.6, extra_name: 0.25, extra_between: 0.12, extra_word: 0.2 },
        EntryKind::Entity => Penalties { conflict: 1.5, extra_name: 0.6, extra_between: 0.6, extra_word: 0.7 },
        EntryKind::Vessel => Penalties { conflict: 2.0, extra_name: 0.8, extra_between: 0.8, extra_word: 0.8 },
    }
}

/// How much the parts of a name identify, in the order of the name.
#[derive(Debug, Clone, Default)]
pub(super) struct Weights {
    /// The weight of each part, the weight against a part of the other name, and whether it is a name proper.
    parts: SmallVec<[(f32, f32, bool); 8]>,
    /// Parts so light that they decide nothing.
    pub light: u32,
    /// The number of names proper and patronymics.
    pub names: usize,
    /// One of them is a name of several words, as Abd al-Hakim.
    pub has_compound: bool,
    /// A part that decides nothing can still be the same as a name: a title that looks like one.
    pub has_light_name: bool,
}

impl Weights {
    pub fn new(name: &PreparedName) -> Weights {
        let tokens = name.tokens.iter().take(MOST_TOKENS);
        // Titles change: one in place of another says nothing beside names that are the same.
        let in_conflict = |token: &Token| if token.role == Role::Title { token.weight.min(0.06) } else { token.weight };
        let parts = tokens.clone().map(|token| (token.weight, in_conflict(token), token.role == Role::Name)).collect();
        let light = tokens.enumerate().filter(|(_, token)| token.weight < LIGHT).fold(0, |mask, (at, _)| mask | 1 << at);
        let names = name.tokens.iter().filter(|token| matches!(token.role, Role::Name | Role::Patronymic)).count();
        let has_compound = (0..name.tokens.len().min(MOST_TOKENS)).any(|at| is_compound(name, 1 << at));
        let is_light_name = |token: &Token| token.weight < LIGHT && (token.role != Role::Particle || !token.families.is_empty());
        let has_light_name = name.tokens.iter().any(is_light_name);
        Weights { parts, light, names, has_compound, has_light_name }
    }

    fn left_out(&self, used: u32) -> LeftOut {
        let mut out = LeftOut::default();
        for (at, (weight, in_conflict, name)) in self.parts.iter().enumerate() {
            if used >> at & 1 == 0 {
                out.all += weight;
                out.in_conflict += in_conflict;
                out.names += if *name { *weight } else { 0.0 };
            }
        }
        out
    }

    fn total(&self) -> f32 {
        self.parts.iter().map(|(weight, ..)| weight).sum()
    }
}

/// The weight of the parts that a mask leaves out.
#[derive(Debug, Clone, Copy, Default)]
struct LeftOut {
    all: f32,
    /// Against those that the other name leaves out.
    in_conflict: f32,
    /// Of the names proper among them.
    names: f32,
}

/// Parts below this weight decide nothing.
pub(super) const LIGHT: f32 = 0.1;

/// The score that `matched` (by weight) of the parts can come to where the rest has no counterpart.
///
/// `between` is true if all extra parts stand between parts that both names have.
fn ratio(kind: EntryKind, similar: f32, matched: f32, left: LeftOut, right: LeftOut, between: bool) -> f32 {
    let penalties = penalties(kind);
    let extra_name = if between { penalties.extra_between } else { penalties.extra_name };
    let conflict = left.in_conflict.min(right.in_conflict);
    let LeftOut { all, names, .. } = if left.all > right.all { left } else { right };
    let extra = (all - conflict).max(0.0);
    let share = if all > 0.0 { names / all } else { 0.0 };
    let extra = extra * (share * extra_name + (1.0 - share) * penalties.extra_word);
    let total = matched + penalties.conflict * conflict + extra;
    if total > 0.0 { similar / total } else { 0.0 }
}

/// The highest score that two names can have whose parts outside the masks have no counterpart.
pub(super) fn bound(kind: EntryKind, left: &Weights, right: &Weights, used_left: u32, used_right: u32) -> f32 {
    let (a, b) = (left.left_out(used_left), right.left_out(used_right));
    let matched = (left.total() - a.all + right.total() - b.all) / 2.0;
    ratio(kind, matched, matched, a, b, true)
}

/// True if every name proper that a mask leaves out stands between two that it has.
fn inner_only(name: &PreparedName, used: u32) -> bool {
    let mut names = name
        .tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| matches!(token.role, Role::Name | Role::Patronymic))
        .map(|(at, _)| used >> at & 1 == 1);
    names.next() == Some(true) && names.next_back() == Some(true)
}

fn weigh(left: &PreparedName, right: &PreparedName, found: &mut Alignment, used_left: u32, used_right: u32) -> f32 {
    let matched: f32 = found.pairs.iter().map(|pair| pair.weight).sum();
    let similar: f32 = found.pairs.iter().map(|pair| pair.weight * pair.similarity).sum();
    let (mut left_out, mut right_out) = (Weights::new(left).left_out(used_left), Weights::new(right).left_out(used_right));
    let same_names = found.pairs.iter().filter(|pair| pair.weight >= 0.6).count();
    if same_names < 2 || left_out.names + right_out.names > 0.0 {
        (left_out.in_conflict, right_out.in_conflict) = (left_out.all, right_out.all);
    }
    let (longer, used) = if left_out.all > right_out.all { (left, used_left) } else { (right, used_right) };
    let mut score = ratio(left.kind, similar, matched, left_out, right_out, inner_only(longer, used));
    let mut cap = |limit: Limit, to: f32, found: &mut Alignment| {
        if score > to {
            score = to;
            found.limits.push(limit);
        }
    };
    let numbers = (left.numbers_beside(right), right.numbers_beside(left));
    if numbers.0 != numbers.1 {
        let both = !numbers.0.is_empty() && !numbers.1.is_empty();
        match left.kind {
            EntryKind::Person if both => cap(Limit::NumbersDiffer, 0.8, found),
            EntryKind::Person => {}
            _ if both => cap(Limit::NumbersDiffer, 0.5, found),
            EntryKind::Vessel => cap(Limit::NumberInOneOnly, 0.6, found),
            EntryKind::Entity => cap(Limit::NumberInOneOnly, 0.8, found),
        }
    }
    let names =
        |name: &PreparedName| name.tokens.iter().filter(|token| matches!(token.role, Role::Name | Role::Patronymic)).count();
    let (left_names, right_names) = (names(left), names(right));
    match left.kind {
        EntryKind::Person => {
            let telling = |mask: u32, name: &PreparedName| {
                let parts = name
                    .tokens
                    .iter()
                    .enumerate()
                    .filter(|(at, token)| mask >> at & 1 == 1 && matches!(token.role, Role::Name | Role::Patronymic));
                parts.count()
            };
            let full: usize = found
                .pairs
                .iter()
                .filter(|pair| pair.by != Equivalence::Initial)
                .map(|pair| telling(pair.left, left).max(telling(pair.right, right)))
                .sum();
            let initials = found.pairs.iter().any(|pair| pair.by == Equivalence::Initial);
            if full == 0 {
                cap(Limit::OnePart, CAP_ONE_PART, found);
            } else if full <= 1 && left_names.max(right_names) > 1 {
                let compound = found
                    .pairs
                    .iter()
                    .any(|pair| pair.weight > 0.5 && is_compound(left, pair.left) && is_compound(right, pair.right));
                let common = found.pairs.iter().all(|pair| pair.weight < 0.8);
                if compound {
                    cap(Limit::OnePart, 0.8, found);
                } else if initials {
                    cap(Limit::InitialOnly, if common { CAP_COMMON_INITIAL } else { CAP_INITIAL }, found);
                } else {
                    cap(Limit::OnePart, CAP_ONE_PART, found);
                }
            } else if full <= 1 {
                // The longer a single name, the less it is another one for a letter.
                let least = |pair: &Pair| if shortest(left, pair.left, right, pair.right) >= 8 { 0.88 } else { 0.95 };
                if found.pairs.iter().any(|pair| pair.similarity < least(pair)) {
                    cap(Limit::OnePart, 0.8, found);
                }
            }
        }
        EntryKind::Entity => {
            let own = found.pairs.iter().any(|pair| {
                let name = |name: &PreparedName, mask: u32| {
                    name.tokens
                        .iter()
                        .enumerate()
                        .any(|(at, token)| mask >> at & 1 == 1 && matches!(token.role, Role::Name | Role::Acronym))
                };
                name(left, pair.left) || name(right, pair.right)
            });
            let place_left = |name: &PreparedName, used: u32| {
                name.tokens.iter().enumerate().any(|(at, token)| used >> at & 1 == 0 && token.role == Role::Place)
            };
            if place_left(left, used_left) && place_left(right, used_right) {
                cap(Limit::PlacesDiffer, 0.8, found);
            }
            if !own && left_names + right_names > 0 {
                cap(Limit::NothingDistinctive, CAP_ONE_PART, found);
            } else if left_names == 1
                && right_names == 1
                && found.pairs.iter().any(|pair| pair.similarity < 0.8 && pair.weight > 0.8)
            {
                cap(Limit::OnePart, 0.84, found);
            }
        }
        EntryKind::Vessel => {
            if found.pairs.iter().any(|pair| pair.similarity < 0.85) && left_names.max(right_names) <= 1 {
                cap(Limit::OnePart, 0.8, found);
            }
        }
    }
    score
}
