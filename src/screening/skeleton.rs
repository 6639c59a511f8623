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
        let (short, long) = if self.0 < other.0 { (self, other) } else { (other, self) };
        let (length, length_of_short) = (long.len(), short.len());
        if short == long || length < 2 {
            return short == long;
        }
        let differing = short.0 ^ long.0;
        let last = differing.trailing_zeros() / 4;
        match length - length_of_short {
            // Without one consonant each: the first that differs of one, the last that differs of the other.
            0 => {
                let between = differing.ilog2() / 4 - last;
                let part = |skeleton: Skeleton| skeleton.0 >> (4 * last) & low(between + 1);
                let (a, b) = (part(short), part(long));
                a >> 4 == b & low(between) || b >> 4 == a & low(between)
            }
            1 => (long.0 >> (4 * (last + 1))) << (4 * last) | long.0 & low(last) == short.0,
            _ => false,
        }
    }
}

/// The bits of so many consonants, fewer than sixteen.
fn low(consonants: u32) -> u64 {
    (1 << (4 * consonants)) - 1
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

#[cfg(test)]
mod tests {
    use super::Skeleton;

    #[test]
    fn skeletons_are_near_if_they_have_a_key_in_common() {
        // All words of up to five consonants of three classes, then the same behind ten consonants.
        let mut all = vec![Skeleton(0)];
        let mut at = 0;
        while let Some(word) = all.get(at).copied() {
            at += 1;
            if word.len() < 5 {
                all.extend([1, 2, 3].map(|class| Skeleton(word.0 << 4 | class)));
            }
        }
        let behind_ten = |word: &Skeleton| Skeleton(0x12_3123_1231 << (4 * word.len()) | word.0);
        all.extend(all.iter().map(behind_ten).collect::<Vec<_>>());
        let mut near = 0;
        for a in &all {
            for b in &all {
                let keys = a.with_one_left_out();
                let expected = b.with_one_left_out().iter().any(|key| keys.contains(key));
                assert_eq!(a.is_near(*b), expected, "{a:x?} {b:x?}");
                near += usize::from(expected);
            }
        }
        assert!(near > all.len());
    }
}
