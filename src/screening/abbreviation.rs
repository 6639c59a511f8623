//! Names of bodies that are abbreviated to the first letters of their words.

use smallvec::SmallVec;

use super::comparison::Equivalence;
use super::name::{PreparedName, Role, initials};
use super::score::{Alignment, MOST_TOKENS, Pair};

/// Recognises the abbreviation of a body's name.
pub(super) fn abbreviation(left: &PreparedName, right: &PreparedName, found: &mut Alignment) {
    for (short, long, turned) in [(left, right, false), (right, left, true)] {
        let mut parts = short.tokens.iter().filter(|token| token.weight > 0.1);
        let (Some(only), None) = (parts.next(), parts.next()) else { continue };
        let stands_there = long.tokens.iter().any(|token| token.role == Role::Acronym && token.text == only.text);
        let letters = only.text.len();
        let spells =
            letters >= 3 && long.tokens.len() >= 3 && (initials(long, false) == only.text || initials(long, true) == only.text);
        let similarity = match (stands_there, spells, letters) {
            (true, _, 4..) => 0.88,
            (true, _, 2..) => 0.8,
            (_, true, 5..) => 0.86,
            (_, true, 4) => 0.85,
            (_, true, _) => 0.74,
            _ => continue,
        };
        if found.score < similarity {
            let (one, all) =
                ((1_u32 << short.tokens.len().min(MOST_TOKENS)) - 1, (1_u32 << long.tokens.len().min(MOST_TOKENS)) - 1);
            let (l, r) = if turned { (all, one) } else { (one, all) };
            found.score = similarity;
            found.limits.clear();
            found.pairs =
                SmallVec::from_iter([Pair { left: l, right: r, by: Equivalence::Abbreviation, similarity, weight: 1.0 }]);
        }
    }
}
