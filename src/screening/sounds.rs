//! Words as sequences of sounds, and the distance between two of them.
//!
//! Romanisations differ in how they write a sound (`sh`, `sch`, `sj`; `ou`, `oo`, `u`), typing errors in single letters. Both
//! are edits with a price: cheap where two letters write the same sound in some scheme, dear where they do not.

use std::sync::LazyLock;

use smallvec::SmallVec;

/// One sound or ambiguous letter.
pub(super) type Sound = u8;
/// The sounds of a word.
pub(super) type Sounds = SmallVec<[Sound; 14]>;

const A: Sound = 0;
const E: Sound = 1;
const I: Sound = 2;
const O: Sound = 3;
const U: Sound = 4;
const Y: Sound = 5;
const W: Sound = 6;
/// `j`: as in English, French or German.
const J: Sound = 7;
const H: Sound = 8;
const B: Sound = 9;
const P: Sound = 10;
const V: Sound = 11;
const F: Sound = 12;
const T: Sound = 13;
const TH: Sound = 14;
const D: Sound = 15;
const DH: Sound = 16;
const S: Sound = 17;
const Z: Sound = 18;
const SH: Sound = 19;
const ZH: Sound = 20;
/// `tch`, `tsch`, `cz`.
const TCH: Sound = 21;
/// `ch`: as in English, French, German or Italian.
const CH: Sound = 22;
const TS: Sound = 23;
const K: Sound = 24;
const Q: Sound = 25;
const KH: Sound = 26;
const G: Sound = 27;
const GH: Sound = 28;
const DJ: Sound = 29;
const X: Sound = 30;
const L: Sound = 31;
const R: Sound = 32;
const M: Sound = 33;
const N: Sound = 34;
/// `c` before e, i or y, and at the end.
const SOFT_C: Sound = 35;
const DIGIT: Sound = 36;
const COUNT: usize = 46;

/// Sequences of letters that write one sound, the longest first.
const SEQUENCES: &[Sequence] = &[
    ("dsch", &[DJ]),
    ("tsch", &[TCH]),
    ("shch", &[SH, TCH]),
    ("dzh", &[DJ]),
    ("tch", &[TCH]),
    ("tsh", &[TCH]),
    ("tsj", &[TCH]),
    ("sch", &[SH]),
    ("cz", &[TCH]),
    ("tj", &[TCH]),
    ("tx", &[TCH]),
    ("dj", &[DJ]),
    ("sh", &[SH]),
    ("sj", &[SH]),
    ("zh", &[ZH]),
    ("zj", &[ZH]),
    ("kh", &[KH]),
    ("gh", &[GH]),
    ("ch", &[CH]),
    ("ph", &[F]),
    ("th", &[TH]),
    ("dh", &[DH]),
    ("ts", &[TS]),
    ("tz", &[TS]),
    ("ck", &[K]),
    ("qu", &[K]),
    ("ou", &[U]),
    ("oo", &[U]),
    ("ee", &[I]),
    ("ae", &[E]),
    ("oe", &[O]),
    ("ue", &[U]),
];

/// The sounds of a word in lower-case Latin letters; doubled sounds count once.
pub(super) fn sounds(word: &str) -> Sounds {
    let bytes = word.as_bytes();
    let mut out = Sounds::new();
    let mut at = 0;
    while let Some(&letter) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        // The endings of Slavic given names and surnames: -iy, -ij, -ii, -yi, -yy.
        if rest.len() == 2 && at > 0 && rest.iter().all(|b| matches!(b, b'i' | b'y' | b'j')) && rest != b"jj" {
            push(&mut out, I);
            break;
        }
        if let Some((sequence, written)) =
            starting_with(letter).iter().find(|(sequence, _)| rest.starts_with(sequence.as_bytes()))
        {
            written.iter().for_each(|sound| push(&mut out, *sound));
            at += sequence.len();
            continue;
        }
        let next = bytes.get(at + 1).copied();
        match letter {
            // Holds two letters apart that are two sounds.
            b'\'' => {}
            b'x' if at > 0 => {
                push(&mut out, K);
                push(&mut out, S);
            }
            b'c' if matches!(next, Some(b'e' | b'i' | b'y')) || next.is_none() && at > 2 => push(&mut out, SOFT_C),
            letter => push(&mut out, single(letter)),
        }
        at += 1;
    }
    // A final -y is a vowel.
    if out.len() > 1 && out.last() == Some(&Y) && !out.get(out.len() - 2).is_some_and(|sound| is_vowel(*sound)) {
        out.pop();
        out.push(I);
    }
    out
}

/// A sequence of letters and the sounds that it writes.
type Sequence = (&'static str, &'static [Sound]);

/// The sequences that start with a letter.
fn starting_with(letter: u8) -> &'static [Sequence] {
    static BY_LETTER: LazyLock<Vec<Vec<Sequence>>> = LazyLock::new(|| {
        (0..=255_u8)
            .map(|letter| {
                SEQUENCES.iter().copied().filter(|(sequence, _)| sequence.as_bytes().first() == Some(&letter)).collect()
            })
            .collect()
    });
    BY_LETTER.get(usize::from(letter)).map_or(&[], Vec::as_slice)
}

fn push(out: &mut Sounds, sound: Sound) {
    if out.last() != Some(&sound) || sound >= DIGIT {
        out.push(sound);
    }
}

fn single(letter: u8) -> Sound {
    match letter {
        b'a' => A,
        b'b' => B,
        b'c' => K,
        b'd' => D,
        b'e' => E,
        b'f' => F,
        b'g' => G,
        b'h' => H,
        b'i' => I,
        b'j' => J,
        b'k' => K,
        b'l' => L,
        b'm' => M,
        b'n' => N,
        b'o' => O,
        b'p' => P,
        b'q' => Q,
        b'r' => R,
        b's' => S,
        b't' => T,
        b'u' => U,
        b'v' => V,
        b'w' => W,
        b'x' => X,
        b'y' => Y,
        b'z' => Z,
        digit @ b'0'..=b'9' => DIGIT + (digit - b'0'),
        _ => H,
    }
}

fn is_vowel(sound: Sound) -> bool {
    sound <= U
}

/// Prices in hundredths of an edit.
struct Prices {
    replace: [u8; COUNT * COUNT],
    /// To leave out or put in a sound.
    insert: [u8; COUNT],
    /// The same against a word whose script writes no vowels.
    insert_vowelless: [u8; COUNT],
}

static PRICES: LazyLock<Prices> = LazyLock::new(prices);

fn prices() -> Prices {
    let mut prices = Prices { replace: [100; COUNT * COUNT], insert: [100; COUNT], insert_vowelless: [100; COUNT] };
    let mut set = |a: Sound, b: Sound, price: u8| {
        for at in [usize::from(a) * COUNT + usize::from(b), usize::from(b) * COUNT + usize::from(a)] {
            if let Some(slot) = prices.replace.get_mut(at) {
                *slot = price;
            }
        }
    };
    for a in A..=U {
        for b in A..=U {
            set(a, b, 55);
        }
    }
    let alike: &[(Sound, Sound, u8)] = &[
        (A, E, 30),
        (E, I, 25),
        (A, O, 40),
        (O, U, 20),
        (A, I, 45),
        (A, U, 45),
        (E, O, 45),
        (I, Y, 10),
        (I, J, 20),
        (Y, J, 10),
        (E, Y, 35),
        (J, DJ, 5),
        (J, ZH, 15),
        (J, G, 25),
        (DJ, G, 25),
        (DJ, ZH, 20),
        (J, H, 60),
        (DJ, Z, 50),
        (DJ, TCH, 40),
        (DJ, CH, 40),
        (J, Z, 60),
        (J, S, 80),
        (U, W, 20),
        (O, W, 35),
        (V, W, 10),
        (V, U, 50),
        (V, F, 25),
        (W, F, 50),
        (V, B, 45),
        (B, P, 50),
        (P, F, 60),
        (T, TH, 10),
        (TH, S, 35),
        (D, DH, 10),
        (DH, Z, 15),
        (DH, TH, 40),
        (T, D, 50),
        (D, Z, 60),
        (D, TH, 50),
        (S, Z, 25),
        (S, SH, 30),
        (Z, ZH, 25),
        (SH, ZH, 40),
        (SH, TCH, 50),
        (SH, CH, 30),
        (S, SOFT_C, 10),
        (S, TS, 35),
        (Z, TS, 45),
        (S, X, 25),
        (SH, X, 20),
        (KH, X, 30),
        (H, X, 45),
        (Z, SOFT_C, 50),
        (TCH, CH, 5),
        (TCH, TS, 40),
        (CH, TS, 45),
        (TCH, SOFT_C, 25),
        (CH, SOFT_C, 25),
        (TS, SOFT_C, 10),
        (SH, SOFT_C, 45),
        (CH, K, 35),
        (CH, KH, 20),
        (CH, H, 40),
        (TCH, K, 70),
        (S, CH, 60),
        (S, TCH, 60),
        (Z, CH, 60),
        (K, Q, 5),
        (K, KH, 30),
        (Q, KH, 40),
        (K, G, 45),
        (Q, G, 35),
        (Q, GH, 30),
        (K, SOFT_C, 35),
        (KH, H, 20),
        (KH, GH, 40),
        (G, GH, 10),
        (G, H, 45),
        (GH, H, 50),
        (G, KH, 60),
        (K, X, 60),
        (K, H, 75),
        (GH, R, 70),
        (M, N, 70),
        (L, R, 75),
        // Shapes that readers and scanners confuse.
        (I, L, 45),
        (DIGIT + 1, I, 25),
        (DIGIT + 1, L, 25),
        (DIGIT, O, 20),
        (DIGIT + 5, S, 30),
        (DIGIT + 8, B, 40),
        (DIGIT + 3, E, 40),
        (DIGIT + 4, A, 40),
        (DIGIT + 6, G, 50),
        (DIGIT + 2, Z, 40),
    ];
    for (a, b, price) in alike {
        set(*a, *b, *price);
    }
    for sound in 0..COUNT as Sound {
        set(sound, sound, 0);
    }
    for a in DIGIT..COUNT as Sound {
        for b in DIGIT..COUNT as Sound {
            set(a, b, if a == b { 0 } else { 250 });
        }
    }
    for sound in 0..COUNT as Sound {
        let (usual, vowelless) = match sound {
            A..=U => (50, 6),
            Y => (35, 15),
            W => (45, 15),
            J => (55, 45),
            H => (40, 25),
            DIGIT.. => (250, 250),
            _ => (100, 100),
        };
        if let (Some(a), Some(b)) =
            (prices.insert.get_mut(usize::from(sound)), prices.insert_vowelless.get_mut(usize::from(sound)))
        {
            (*a, *b) = (usual, vowelless);
        }
    }
    prices
}

/// The dearest distance, in hundredths, at which two words of this length (in sounds, of the longer) can be the same.
pub(super) fn limit(length: usize) -> u32 {
    match length {
        0..=2 => 25,
        3 => 100,
        4 => 100,
        5 => 115,
        6 | 7 => 135,
        8..=10 => 180,
        _ => 220,
    }
}

/// Which of two words leaves its vowels unwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vowelless {
    Neither,
    First,
    Second,
}

/// The price of the cheapest edits from one word to another, in hundredths; `None` above `limit`.
pub(super) fn distance(a: &[Sound], b: &[Sound], vowelless: Vowelless, limit: u32) -> Option<u32> {
    const MAX: usize = 40;
    if a.len() > MAX || b.len() > MAX {
        return (a == b).then_some(0);
    }
    let prices = &*PRICES;
    // What a word leaves unwritten is cheap to put in from the other.
    let from_a = if vowelless == Vowelless::Second { &prices.insert_vowelless } else { &prices.insert };
    let from_b = if vowelless == Vowelless::First { &prices.insert_vowelless } else { &prices.insert };
    let price = |table: &[u8; COUNT], sound: Sound| u32::from(table.get(usize::from(sound)).copied().unwrap_or(100));
    let mut before = [0_u32; MAX + 1];
    let mut above = [0_u32; MAX + 1];
    let mut row = [0_u32; MAX + 1];
    let mut total = 0;
    for (slot, sound) in above.iter_mut().skip(1).zip(b) {
        total += price(from_b, *sound);
        *slot = total;
    }
    let mut previous_a: Option<Sound> = None;
    let mut first_column = 0;
    let mut before_best = 0;
    for &sound_a in a {
        let removal = price(from_a, sound_a);
        let mut diagonal = first_column;
        first_column += removal;
        let mut left = first_column;
        let mut best = left;
        if let Some(slot) = row.first_mut() {
            *slot = left;
        }
        let costs = prices.replace.get(usize::from(sound_a) * COUNT..).unwrap_or_default();
        let mut previous_b: Option<Sound> = None;
        let mut two_back = 0_u32;
        let mut one_back = before.first().copied().unwrap_or(0);
        for ((&sound_b, cell), (&up, &before_cell)) in
            b.iter().zip(row.iter_mut().skip(1)).zip(above.iter().skip(1).zip(before.iter().skip(1)))
        {
            let mut replace = u32::from(costs.get(usize::from(sound_b)).copied().unwrap_or(100));
            if vowelless != Vowelless::Neither && is_vowel(sound_a) && is_vowel(sound_b) {
                replace = replace.min(15);
            }
            let mut value = (diagonal + replace).min(up + removal).min(left + price(from_b, sound_b));
            if previous_a == Some(sound_b) && previous_b == Some(sound_a) && sound_a != sound_b {
                value = value.min(two_back + if is_vowel(sound_a) && is_vowel(sound_b) { 60 } else { 85 });
            }
            two_back = one_back;
            one_back = before_cell;
            previous_b = Some(sound_b);
            diagonal = up;
            left = value;
            *cell = value;
            best = best.min(value);
        }
        if best > limit && previous_a.is_some() && before_best > limit {
            return None;
        }
        before_best = best;
        before = above;
        above = row;
        previous_a = Some(sound_a);
    }
    let result = above.get(b.len()).copied().unwrap_or(0);
    (result <= limit).then_some(result)
}

/// The price of taking the first sound of one word for that of another.
pub(super) fn first_sounds(a: &[Sound], b: &[Sound]) -> u32 {
    let (Some(a), Some(b)) = (a.first(), b.first()) else { return 100 };
    u32::from(PRICES.replace.get(usize::from(*a) * COUNT + usize::from(*b)).copied().unwrap_or(100))
}

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
