//! The consonants of a word, coarsely: what two words that are nearly the same have in common.

use smallvec::SmallVec;

use super::sounds::{
    B, CH, D, DH, DIGIT, DJ, F, G, GH, K, KH, L, M, N, P, Q, R, S, SH, SOFT_C, Sound, T, TCH, TH, TS, V, W, X, Z, ZH,
};

/// The consonants of a word in coarse classes, four bits each, first at the top of the used bits; vowels, h, y and j have none.
/// Words that are the same by any rule but their spelling families have skeletons at most one edit apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Skeleton(pub u64);

/// The skeleton of a word; only the first fifteen consonants count.
///
/// Where vowels are not written, a w inside is as likely one of them.
pub(super) fn skeleton(sounds: &[Sound], vowelless: bool) -> Skeleton {
    let mut packed = 0_u64;
    let counted = sounds.iter().enumerate().filter(|(at, sound)| !(vowelless && *at > 0 && **sound == W));
    for class in counted.map(|(_, sound)| class(*sound)).filter(|class| *class > 0).take(15) {
        packed = packed << 4 | class;
    }
    Skeleton(packed)
}

impl Skeleton {
    /// The number of its consonants.
    pub fn len(self) -> u32 {
        (64 - self.0.leading_zeros()).div_ceil(4)
    }

    /// The skeleton and, if it has more than one consonant, each that lacks one of them. Two skeletons that are one edit apart have
    /// one of these in common.
    pub fn with_one_left_out(self) -> SmallVec<[u64; 16]> {
        let mut keys = SmallVec::new();
        keys.push(self.0);
        let length = self.len();
        if length > 1 {
            for at in 0..length {
                let low = self.0 & ((1_u64 << (4 * at)) - 1);
                let high = if at >= 15 { 0 } else { self.0 >> (4 * (at + 1)) };
                let key = high << (4 * at) | low;
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    /// True if the two have such a key in common.
    pub fn is_near(self, other: Skeleton) -> bool {
        if self == other {
            return true;
        }
        if self.len().abs_diff(other.len()) > 1 {
            return false;
        }
        let keys = self.with_one_left_out();
        other.with_one_left_out().iter().any(|key| keys.contains(key))
    }
}

fn class(sound: Sound) -> u64 {
    match sound {
        B | P => 1,
        V | F | W => 2,
        T | TH | D | DH => 3,
        S | Z | SH | ZH | TCH | CH | TS | DJ | SOFT_C | X => 4,
        K | Q | KH | G | GH => 5,
        L => 6,
        R => 7,
        M => 8,
        N => 9,
        DIGIT.. => 10,
        _ => 0,
    }
}
