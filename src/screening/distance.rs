//! The distance between two words, in the price of the edits that lead from one to the other.
//!
//! Another romanisation and a typing error are both edits: cheap where two letters write the same sound in some scheme, dear
//! where they do not.

use std::sync::LazyLock;

use super::sounds::{
    A, B, CH, COUNT, D, DH, DIGIT, DJ, E, F, G, GH, H, I, J, K, KH, L, M, N, O, P, Q, R, S, SH, SOFT_C, Sound, T, TCH, TH, TS, U,
    V, W, X, Y, Z, ZH, is_vowel,
};

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
    let [before, above, row] = &mut [[0_u32; MAX + 1]; 3];
    let (mut before, mut above, mut row) = (before, above, row);
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
        (before, above, row) = (above, row, before);
        previous_a = Some(sound_a);
    }
    let result = above.get(b.len()).copied().unwrap_or(0);
    (result <= limit).then_some(result)
}

/// The price of taking the first sound of one word for that of another.
pub(super) fn first_sounds(a: &[Sound], b: &[Sound]) -> u32 {
    let (Some(a), Some(b)) = (a.first(), b.first()) else { return 100 };
    replacement(*a, *b)
}

/// The price of taking one sound for another.
pub(super) fn replacement(a: Sound, b: Sound) -> u32 {
    u32::from(PRICES.replace.get(usize::from(a) * COUNT + usize::from(b)).copied().unwrap_or(100))
}
