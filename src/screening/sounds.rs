//! Words as sequences of sounds: romanisations differ in how they write one (`sh`, `sch`, `sj`; `ou`, `oo`, `u`).

use std::sync::LazyLock;

use smallvec::SmallVec;

/// One sound or ambiguous letter.
pub(super) type Sound = u8;
/// The sounds of a word.
pub(super) type Sounds = SmallVec<[Sound; 14]>;

pub(super) const A: Sound = 0;
pub(super) const E: Sound = 1;
pub(super) const I: Sound = 2;
pub(super) const O: Sound = 3;
pub(super) const U: Sound = 4;
pub(super) const Y: Sound = 5;
pub(super) const W: Sound = 6;
/// `j`: as in English, French or German.
pub(super) const J: Sound = 7;
pub(super) const H: Sound = 8;
pub(super) const B: Sound = 9;
pub(super) const P: Sound = 10;
pub(super) const V: Sound = 11;
pub(super) const F: Sound = 12;
pub(super) const T: Sound = 13;
pub(super) const TH: Sound = 14;
pub(super) const D: Sound = 15;
pub(super) const DH: Sound = 16;
pub(super) const S: Sound = 17;
pub(super) const Z: Sound = 18;
pub(super) const SH: Sound = 19;
pub(super) const ZH: Sound = 20;
/// `tch`, `tsch`, `cz`.
pub(super) const TCH: Sound = 21;
/// `ch`: as in English, French, German or Italian.
pub(super) const CH: Sound = 22;
pub(super) const TS: Sound = 23;
pub(super) const K: Sound = 24;
pub(super) const Q: Sound = 25;
pub(super) const KH: Sound = 26;
pub(super) const G: Sound = 27;
pub(super) const GH: Sound = 28;
pub(super) const DJ: Sound = 29;
pub(super) const X: Sound = 30;
pub(super) const L: Sound = 31;
pub(super) const R: Sound = 32;
pub(super) const M: Sound = 33;
pub(super) const N: Sound = 34;
/// `c` before e, i or y, and at the end.
pub(super) const SOFT_C: Sound = 35;
pub(super) const DIGIT: Sound = 36;
/// The number of sounds.
pub(super) const COUNT: usize = 46;

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

pub(super) fn is_vowel(sound: Sound) -> bool {
    sound <= U
}
