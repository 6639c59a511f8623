//! Korean names in their many romanisations.
//!
//! A romanised syllable stands for the set of Korean syllables that some scheme in use writes so: `jong`, `jung`, `chong`,
//! `jeong` all can be 정. Two names agree if each syllable of one can be the corresponding syllable of the other.
//! Sets are bits over the letters of the Korean alphabet.

use std::sync::LazyLock;

use smallvec::SmallVec;

/// The Korean syllables that one romanised syllable can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syllable {
    /// First consonants, one bit for each of the nineteen.
    initial: u32,
    /// Vowels, one bit for each of the twenty-one.
    vowel: u32,
    /// Last consonants as they sound: none, k, n, t, l, m, p, ng.
    last: u8,
}

/// A name of a surname and one to three syllables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KoreanName {
    surname: Syllable,
    given: SmallVec<[Syllable; 3]>,
    surname_last: bool,
}

/// The readings of one name as Korean; none if it is not.
pub(super) type KoreanNames = SmallVec<[KoreanName; 2]>;

/// How two Korean names agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// Every syllable in its place.
    Full,
    /// Every syllable, with the whole name turned round.
    Reversed,
    /// Surnames agree, given names do not.
    None,
}

const INITIALS: &[(&str, u32)] = &[
    ("tch", 1 << 13 | 1 << 14),
    ("th", 1 << 16),
    ("ph", 1 << 17),
    ("kk", 1 << 1),
    ("gg", 1 << 1),
    ("tt", 1 << 4),
    ("dd", 1 << 4),
    ("pp", 1 << 8),
    ("bb", 1 << 8),
    ("ss", 1 << 10),
    ("jj", 1 << 13),
    ("sh", 1 << 9),
    ("ch", 1 << 12 | 1 << 14),
    ("rh", 1 << 5),
    ("g", 1),
    ("k", 1 | 1 << 15 | 1 << 1),
    ("n", 1 << 2 | 1 << 5),
    ("d", 1 << 3),
    ("t", 1 << 3 | 1 << 16 | 1 << 4),
    ("r", 1 << 5),
    ("l", 1 << 5),
    ("m", 1 << 6),
    ("b", 1 << 7),
    ("p", 1 << 7 | 1 << 17 | 1 << 8),
    ("s", 1 << 9 | 1 << 10),
    ("j", 1 << 12 | 1 << 13),
    ("h", 1 << 18),
    ("", 1 << 11),
];

const VOWELS: &[(&str, u32)] = &[
    ("yae", 1 << 3),
    ("yeo", 1 << 6),
    ("you", 1 << 6 | 1 << 17),
    ("yoo", 1 << 17),
    ("wae", 1 << 10),
    ("weo", 1 << 14),
    ("woo", 1 << 13),
    ("eui", 1 << 19),
    ("ah", 1),
    ("ae", 1 << 1),
    ("ai", 1 << 1),
    ("ay", 1 << 1),
    ("ya", 1 << 2),
    ("eo", 1 << 4),
    ("eu", 1 << 18),
    ("ei", 1 << 5),
    ("ee", 1 << 20 | 1 << 19),
    ("ye", 1 << 7),
    ("oh", 1 << 8),
    ("oo", 1 << 13),
    ("ou", 1 << 13 | 1 << 4),
    ("oe", 1 << 11),
    ("oi", 1 << 11),
    ("yo", 1 << 12 | 1 << 6),
    ("yu", 1 << 17 | 1 << 6),
    ("yi", 1 << 19 | 1 << 20),
    ("uh", 1 << 4),
    ("ui", 1 << 19 | 1 << 16),
    ("wa", 1 << 9),
    ("we", 1 << 15 | 1 << 11),
    ("wi", 1 << 16),
    ("wo", 1 << 14),
    ("a", 1),
    ("e", 1 << 5 | 1 << 1 | 1 << 7),
    ("i", 1 << 20 | 1 << 19),
    ("o", 1 << 8 | 1 << 4),
    ("u", 1 << 13 | 1 << 18 | 1 << 4),
];

const LASTS: &[(&str, u8)] = &[
    ("ng", 1 << 7),
    ("ck", 1 << 1),
    ("kk", 1 << 1),
    ("", 1),
    ("k", 1 << 1),
    ("g", 1 << 1),
    ("n", 1 << 2),
    ("t", 1 << 3),
    ("s", 1 << 3),
    ("l", 1 << 4),
    ("r", 1 << 4),
    ("m", 1 << 5),
    ("p", 1 << 6),
    ("b", 1 << 6),
];

/// Surnames with the spelling that parses; the others parse as they stand.
const IRREGULAR_SURNAMES: &[(&str, &str)] = &[
    ("lee", "ri"),
    ("yi", "ri"),
    ("i", "ri"),
    ("rhee", "ri"),
    ("rhie", "ri"),
    ("li", "ri"),
    ("reeh", "ri"),
    ("leigh", "ri"),
    ("yee", "ri"),
    ("park", "pak"),
    ("bark", "pak"),
    ("hur", "heo"),
    ("huh", "heo"),
    ("her", "heo"),
    ("suh", "seo"),
    ("back", "paek"),
    ("paik", "paek"),
    ("paek", "paek"),
    ("choy", "choe"),
    ("che", "choe"),
    // Which of two vowels is meant is known where the surname is.
    ("jo", "joh"),
    ("cho", "choh"),
    ("ju", "joo"),
    ("chu", "choo"),
    ("lim", "rim"),
    ("yim", "rim"),
    ("im", "rim"),
    ("rhim", "rim"),
    ("yoo", "ryu"),
    ("yu", "ryu"),
    ("ryoo", "ryu"),
    ("you", "ryu"),
    ("rhyu", "ryu"),
    ("lyu", "ryu"),
    ("noh", "ro"),
    ("roh", "ro"),
    ("no", "ro"),
    ("yang", "ryang"),
    ("liang", "ryang"),
    ("na", "ra"),
    ("rha", "ra"),
    ("um", "eom"),
    ("om", "eom"),
    ("yum", "ryeom"),
    ("yeom", "ryeom"),
    ("ryom", "ryeom"),
    ("yom", "ryeom"),
    ("kwack", "kwak"),
    ("kouk", "kuk"),
    ("nah", "ra"),
    ("ryo", "ryeo"),
    ("yeo", "ryeo"),
    ("yuh", "ryeo"),
    ("yon", "yeon"),
    ("phyo", "pyo"),
    ("thae", "tae"),
    ("cheon", "cheon"),
    ("geum", "keum"),
    ("kum", "keum"),
];

const SURNAMES: &[&str] = &[
    "kim", "gim", "ghim", "ri", "pak", "bak", "choe", "choi", "chong", "jong", "jung", "jeong", "chung", "cheong", "kang",
    "gang", "yun", "yoon", "jang", "chang", "rim", "han", "o", "oh", "so", "seo", "sin", "shin", "kwon", "gwon", "hwang", "an",
    "ahn", "song", "ryu", "jon", "jeon", "chon", "chun", "jun", "hong", "ko", "go", "koh", "mun", "moon", "ryang", "son", "sohn",
    "pae", "bae", "baek", "ho", "heo", "nam", "sim", "shim", "ro", "ha", "kwak", "gwak", "sung", "seong", "cha", "joo", "u",
    "woo", "ku", "koo", "gu", "min", "chin", "jin", "ra", "chi", "ji", "eom", "chae", "won", "pang", "bang", "kong", "gong",
    "hyon", "hyun", "ham", "ryeom", "pyon", "byon", "byun", "to", "do", "sok", "seok", "sol", "seol", "ma", "ki", "gi", "pan",
    "ban", "wang", "keum", "ok", "yuk", "in", "maeng", "che", "mo", "tak", "kuk", "eun", "pong", "bong", "myong", "myung", "ri",
    "to", "tae", "kil", "gil", "no", "pyo", "yong", "hyong", "choo", "un", "pom", "kye", "ryeo", "yeon",
];

/// The Latin letters of a Korean syllable, after the Revised Romanisation; of a single letter, nothing.
pub(super) fn romanised(c: char) -> &'static str {
    const LETTERS: [&str; 19] =
        ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    const MEDIALS: [&str; 21] = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui",
        "i",
    ];
    static SYLLABLES: LazyLock<Vec<String>> = LazyLock::new(|| syllables(&LETTERS, &MEDIALS));
    (c as usize).checked_sub(0xac00).and_then(|at| SYLLABLES.get(at)).map_or("", String::as_str)
}

/// The same, as the North writes it.
pub(super) fn romanised_in_the_north(c: char) -> &'static str {
    const LETTERS: [&str; 19] =
        ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "kh", "th", "ph", "h"];
    const MEDIALS: [&str; 21] =
        ["a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "u", "ui", "i"];
    static SYLLABLES: LazyLock<Vec<String>> = LazyLock::new(|| syllables(&LETTERS, &MEDIALS));
    (c as usize).checked_sub(0xac00).and_then(|at| SYLLABLES.get(at)).map_or("", String::as_str)
}

/// Every syllable in the order of Unicode.
fn syllables(letters: &[&str; 19], medials: &[&str; 21]) -> Vec<String> {
    const FINALS: [&str; 8] = ["", "k", "n", "t", "l", "m", "p", "ng"];
    (0..11172_usize)
        .map(|at| {
            let last = last_sound(at % 28).trailing_zeros() as usize;
            [letters.get(at / 588), medials.get(at / 28 % 21), FINALS.get(last)].into_iter().flatten().copied().collect()
        })
        .collect()
}

/// The sound of a final consonant by its number in Unicode, as one bit.
fn last_sound(number: usize) -> u8 {
    1 << match number {
        1..=3 | 9 | 24 => 1,
        4..=6 => 2,
        7 | 19 | 20 | 22 | 23 | 25 | 27 => 3,
        8 | 11..=13 | 15 => 4,
        10 | 16 => 5,
        14 | 17 | 18 | 26 => 6,
        21 => 7,
        _ => 0,
    }
}

fn hangul(c: char) -> Option<Syllable> {
    let at = (c as u32).checked_sub(0xac00).filter(|at| *at < 11172)?;
    Some(Syllable { initial: 1 << (at / 588), vowel: 1 << (at / 28 % 21), last: last_sound((at % 28) as usize) })
}

type Syllables = SmallVec<[Syllable; 4]>;

/// The ways to read a romanised word as at most `most` syllables; at most six of them.
fn parses(word: &str, most: usize) -> SmallVec<[Syllables; 2]> {
    let mut found = SmallVec::new();
    if word.len() <= 18 && word.is_ascii() {
        parse_rest(word, most, &mut Syllables::new(), &mut found);
    }
    found
}

fn parse_rest(rest: &str, most: usize, before: &mut Syllables, found: &mut SmallVec<[Syllables; 2]>) {
    if rest.is_empty() {
        if !before.is_empty() && found.len() < 6 {
            found.push(before.clone());
        }
        return;
    }
    if before.len() == most || found.len() >= 6 {
        return;
    }
    let Some((initial, rest)) = INITIALS.iter().find_map(|(letters, bits)| Some((*bits, rest.strip_prefix(letters)?))) else {
        return;
    };
    let Some((vowel, rest)) = VOWELS.iter().find_map(|(letters, bits)| Some((*bits, rest.strip_prefix(letters)?))) else {
        return;
    };
    for (letters, last) in LASTS {
        if let Some(rest) = rest.strip_prefix(letters) {
            before.push(Syllable { initial, vowel, last: *last });
            parse_rest(rest, most, before, found);
            before.pop();
        }
    }
}

/// True if two romanised words can be one Korean syllable.
pub(super) fn is_one_syllable(a: &str, b: &str) -> bool {
    let (a, b) = (parses(a, 1), parses(b, 1));
    a.iter().flatten().any(|a| b.iter().flatten().any(|b| a.can_be(*b, false)))
}

/// The name in its words, each in Latin letters or Hangul, read as Korean.
pub(super) fn read(words: &[&str]) -> KoreanNames {
    let mut names = KoreanNames::new();
    if let [only] = words {
        // A name in Hangul stands without spaces.
        let syllables: Option<Syllables> = only.chars().map(hangul).collect();
        if let Some([surname, given @ ..]) = syllables.as_deref()
            && (1..=3).contains(&given.len())
        {
            names.push(KoreanName { surname: *surname, given: given.into(), surname_last: false });
        }
        return names;
    }
    if !(2..=4).contains(&words.len()) {
        return names;
    }
    let mut with_surname = |surname: Option<&&str>, given: &[&str], surname_last: bool| {
        let Some(surname) = surname.and_then(|word| surname_syllable(word)) else { return };
        for given in joined_parses(given) {
            if names.len() < 6 {
                names.push(KoreanName { surname, given, surname_last });
            }
        }
    };
    if let [first, rest @ ..] = words {
        with_surname(Some(first), rest, false);
    }
    if let [rest @ .., last] = words {
        with_surname(Some(last), rest, true);
    }
    names
}

fn surname_syllable(word: &str) -> Option<Syllable> {
    static KNOWN: LazyLock<hashbrown::HashMap<&'static str, Syllable, rustc_hash::FxBuildHasher>> = LazyLock::new(|| {
        let regular = SURNAMES.iter().map(|name| (*name, *name));
        regular
            .chain(IRREGULAR_SURNAMES.iter().copied())
            .filter_map(|(name, written)| Some((name, *parses(written, 1).first()?.first()?)))
            .collect()
    });
    let mut letters = word.chars();
    match (letters.next().and_then(hangul), letters.next()) {
        (Some(syllable), None) => Some(syllable),
        _ => KNOWN.get(word).copied(),
    }
}

/// The readings of the words of a given name as one to three syllables.
fn joined_parses(words: &[&str]) -> SmallVec<[SmallVec<[Syllable; 3]>; 2]> {
    let mut readings: SmallVec<[SmallVec<[Syllable; 3]>; 2]> = SmallVec::new();
    readings.push(SmallVec::new());
    for word in words {
        let hangul: Option<Syllables> = word.chars().map(hangul).collect();
        let parsed = match hangul {
            Some(syllables) => SmallVec::from_iter([syllables]),
            None => parses(word, 3),
        };
        readings = readings
            .iter()
            .flat_map(|before| parsed.iter().map(move |next| before.iter().chain(next).copied().collect()))
            .filter(|reading: &SmallVec<[Syllable; 3]>| reading.len() <= 3)
            .take(6)
            .collect();
    }
    readings.retain(|reading| !reading.is_empty());
    readings
}

/// How two names agree in their best readings.
pub(super) fn compare(left: &KoreanNames, right: &KoreanNames) -> Agreement {
    let mut best = Agreement::None;
    for a in left {
        for b in right {
            if !a.surname.can_be(b.surname, true) || a.given.len() != b.given.len() {
                continue;
            }
            let same = |turned: bool| {
                let other: SmallVec<[Syllable; 3]> =
                    if turned { b.given.iter().rev().copied().collect() } else { b.given.clone() };
                a.given.iter().zip(&other).enumerate().all(|(at, (x, y))| x.can_be(*y, at == 0))
            };
            if same(false) {
                return Agreement::Full;
            }
            if a.surname_last != b.surname_last && same(true) {
                best = Agreement::Reversed;
            }
        }
    }
    best
}

impl Syllable {
    /// True if some Korean syllable is written as both. At the start of a word the South leaves out an r or n that the North writes.
    fn can_be(self, other: Syllable, at_start: bool) -> bool {
        const R: u32 = 1 << 5;
        const N: u32 = 1 << 2;
        const SILENT: u32 = 1 << 11;
        /// Vowels before which it is left out: those with i or y.
        const NARROW: u32 = 1 << 2 | 1 << 3 | 1 << 6 | 1 << 7 | 1 << 12 | 1 << 17 | 1 << 20;
        let vowels = self.vowel & other.vowel;
        let loose = |initial: u32| {
            let weak = initial & (R | N | SILENT) != 0;
            if !weak {
                initial
            } else if !at_start {
                // Inside a name an r before a narrow vowel is left out by some (`Kuk-ryol`, `Kuk-yol`), an n by nobody.
                if initial & (R | SILENT) != 0 && vowels & NARROW != 0 { initial | R | SILENT } else { initial }
            } else if vowels & NARROW != 0 {
                initial | R | N | SILENT
            } else if initial & (R | N) != 0 {
                initial | R | N
            } else {
                initial
            }
        };
        vowels != 0 && self.last & other.last != 0 && loose(self.initial) & loose(other.initial) != 0
    }

    /// The group of the first consonant, such that syllables that can be the same have the same group.
    fn group(self) -> u64 {
        const GROUPS: [u32; 8] = [
            1 | 2 | 1 << 15,
            1 << 3 | 1 << 4 | 1 << 16,
            1 << 7 | 1 << 8 | 1 << 17,
            1 << 12 | 1 << 13 | 1 << 14,
            1 << 9 | 1 << 10,
            1 << 2 | 1 << 5 | 1 << 11,
            1 << 6,
            1 << 18,
        ];
        GROUPS.iter().position(|group| self.initial & group != 0).map_or(9, |at| at as u64 + 1)
    }
}

impl KoreanName {
    /// A key that two names have in common if they agree.
    pub fn key(&self) -> u64 {
        let mut groups: SmallVec<[u64; 4]> = self.given.iter().map(|syllable| syllable.group()).collect();
        groups.sort_unstable();
        groups.iter().fold(self.surname.group(), |key, group| key << 4 | group)
    }
}
