//! Chinese names: their syllables in Pinyin, and the older spelling of Wade and Giles (`Chih-chiang` for *Zhiqiang*).

use std::sync::LazyLock;

use compact_str::CompactString;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use super::text::{Script, Word, Words};

/// The syllables of Pinyin: initials with the finals that they take.
const SYLLABLES: &[(&str, &str)] = &[
    ("", "a ai an ang ao e ei en eng er o ou"),
    ("b", "a ai an ang ao ei en eng i ian iao ie in ing o u"),
    ("p", "a ai an ang ao ei en eng i ian iao ie in ing o ou u"),
    ("m", "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u"),
    ("f", "a an ang ei en eng o ou u"),
    ("d", "a ai an ang ao e ei eng i ian iao ie ing iu ong ou u uan ui un uo"),
    ("t", "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo"),
    ("n", "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong u uan uo"),
    ("l", "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo"),
    ("g", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("k", "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo"),
    ("h", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("j", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("q", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("x", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("zh", "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo"),
    ("ch", "a ai an ang ao e en eng i ong ou u uai uan uang ui un uo"),
    ("sh", "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo"),
    ("r", "an ang ao e en eng i ong ou u uan ui un uo"),
    ("z", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("c", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("s", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("y", "a an ang ao e i in ing ong ou u uan ue un"),
    ("w", "a ai an ang ei en eng o u"),
];

/// Surnames in Pinyin. A name without one of them is not read as Chinese.
const SURNAMES: &[&str] = &[
    "ai", "an", "bai", "bao", "bi", "bian", "cai", "cao", "cen", "chai", "chang", "chen", "cheng", "chi", "chu", "cui", "dai",
    "deng", "ding", "dong", "dou", "du", "duan", "fan", "fang", "fei", "feng", "fu", "gan", "gao", "ge", "geng", "gong", "gu",
    "guan", "guo", "han", "hao", "he", "hong", "hou", "hu", "hua", "huang", "huo", "ji", "jia", "jian", "jiang", "jiao", "jin",
    "jing", "kang", "ke", "kong", "kuang", "lai", "lan", "lei", "li", "lian", "liang", "liao", "lin", "ling", "liu", "long",
    "lou", "lu", "luo", "ma", "mao", "mei", "meng", "miao", "mo", "mu", "ni", "nie", "niu", "ou", "pan", "pang", "pei", "peng",
    "pu", "qi", "qian", "qiao", "qin", "qiu", "qu", "quan", "rao", "ren", "ruan", "shan", "shang", "shao", "shen", "sheng",
    "shi", "shu", "song", "su", "sun", "tan", "tang", "tao", "tian", "tong", "tu", "wan", "wang", "wei", "wen", "weng", "wu",
    "xi", "xia", "xiang", "xiao", "xie", "xin", "xing", "xiong", "xu", "xue", "yan", "yang", "yao", "ye", "yi", "yin", "you",
    "yu", "yuan", "yue", "yun", "zeng", "zha", "zhan", "zhang", "zhao", "zheng", "zhong", "zhou", "zhu", "zhuang", "zhuo", "zou",
    "zu", "zuo",
];

/// The syllables of a given name.
pub(super) type Syllables = SmallVec<[&'static str; 2]>;

struct Table {
    /// Every syllable in Pinyin.
    pinyin: HashMap<&'static str, &'static str, FxBuildHasher>,
    /// The syllables that a syllable of Wade and Giles can be, written without its marks.
    of_wade_giles: HashMap<CompactString, SmallVec<[&'static str; 4]>, FxBuildHasher>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { pinyin: HashMap::default(), of_wade_giles: HashMap::default() };
    for (initial, finals) in SYLLABLES {
        for last in finals.split(' ') {
            // Some four hundred, which live as long as the program.
            let syllable: &'static str = Box::leak(format!("{initial}{last}").into_boxed_str());
            table.pinyin.insert(syllable, syllable);
            for written in wade_giles(initial, last) {
                table.of_wade_giles.entry(written).or_default().push(syllable);
            }
        }
    }
    table
});

/// How Wade and Giles write a syllable, without apostrophes and accents.
fn wade_giles(initial: &str, last: &str) -> SmallVec<[CompactString; 2]> {
    let start = match initial {
        "b" => "p",
        "d" => "t",
        "g" => "k",
        "j" | "q" | "zh" => "ch",
        "x" => "hs",
        "r" => "j",
        "z" | "c" => "ts",
        other => other,
    };
    let whole: &[&str] = match (initial, last) {
        ("zh" | "ch", "i") => &["chih"],
        ("sh", "i") => &["shih"],
        ("r", "i") => &["jih"],
        ("z" | "c", "i") => &["tzu", "tsu"],
        ("s", "i") => &["ssu", "szu"],
        ("y", "i") => &["i", "yi"],
        ("y", "e") => &["yeh"],
        ("y", "an") => &["yen"],
        ("y", "ou") => &["yu"],
        ("y", "ong") => &["yung"],
        ("y", "ue") => &["yueh"],
        ("", "er") => &["erh"],
        ("g" | "k", "e") => &["ko", "ke"],
        ("h", "e") => &["ho"],
        ("g" | "k", "ui") => &["kuei"],
        ("g" | "k", "uo") => &["kuo"],
        ("h", "uo") => &["huo"],
        ("sh", "uo") => &["shuo"],
        _ => &[],
    };
    if !whole.is_empty() {
        return whole.iter().map(|text| CompactString::from(*text)).collect();
    }
    let end = match last {
        "ong" => "ung",
        "ian" => "ien",
        "ie" => "ieh",
        "ue" => "ueh",
        "iong" => "iung",
        "uo" => "o",
        other => other,
    };
    SmallVec::from_iter([format!("{start}{end}").into()])
}

/// The surname's place and the syllables of the given name, in Pinyin; `None` if the words are no Chinese name.
pub(super) fn given_name(words: &[&str]) -> Option<(usize, Syllables)> {
    let (at, given) = match words {
        [first, given @ ..] if SURNAMES.contains(first) && !given.is_empty() => (0, given),
        [given @ .., last] if SURNAMES.contains(last) && !given.is_empty() => (given.len(), given),
        _ => return None,
    };
    let mut syllables = Syllables::new();
    for word in given {
        syllables.extend(split(word)?);
    }
    (syllables.len() <= 2).then_some((at, syllables))
}

/// A word as one or two syllables.
fn split(word: &str) -> Option<Syllables> {
    let syllable = |text: &str| TABLE.pinyin.get(text).copied();
    if let Some(one) = syllable(word) {
        return Some(SmallVec::from_iter([one]));
    }
    (1..word.len()).rev().find_map(|at| {
        let (first, second) = word.split_at_checked(at)?;
        Some(SmallVec::from_iter([syllable(first)?, syllable(second)?]))
    })
}

/// True if two words are of two syllables of Pinyin each, and not the same ones.
pub(super) fn are_other_syllables(a: &str, b: &str) -> bool {
    let of_two = |word: &str| split(word).filter(|syllables| syllables.len() == 2);
    matches!((of_two(a), of_two(b)), (Some(a), Some(b)) if a != b)
}

/// True if two syllables are the same but for sounds that many speakers do not tell apart: `zh` and `z`, `-n` and `-ng`.
pub(super) fn is_near(a: &str, b: &str) -> bool {
    let plain = |syllable: &str| -> CompactString {
        let start = syllable.replacen("zh", "z", 1).replacen("ch", "c", 1).replacen("sh", "s", 1);
        start.strip_suffix('g').unwrap_or(&start).into()
    };
    plain(a) == plain(b)
}

/// The most readings of one name in the spelling of Wade and Giles.
const MOST_READINGS: usize = 8;

/// The words of a name in the spelling of Wade and Giles, in Pinyin; none if the name is not written so. Where an apostrophe is left
/// out, a word can be several.
pub(super) fn from_wade_giles(words: &Words) -> Vec<Words> {
    let is_pinyin = |word: &Word| TABLE.pinyin.contains_key(word.folded.as_str());
    let is_latin = |word: &Word| word.script == Script::Latin && !word.bracketed;
    if !(2..=3).contains(&words.len()) || !words.iter().all(is_latin) || words.iter().all(is_pinyin) {
        return Vec::new();
    }
    let marks = words.iter().any(has_mark);
    let mut readings: Vec<Words> = vec![Words::new()];
    for word in words {
        let Some(options) = TABLE.of_wade_giles.get(word.folded.as_str()) else { return Vec::new() };
        // With apostrophes written, their absence tells as well.
        let fits = |syllable: &&&str| !marks || is_aspirated(syllable).is_none_or(|aspirated| aspirated == has_mark(word));
        let options: SmallVec<[&str; 4]> = options.iter().filter(fits).copied().collect();
        readings = readings
            .iter()
            .flat_map(|before| {
                options.iter().map(|syllable| {
                    let mut reading = before.clone();
                    reading.push(Word { folded: (*syllable).into(), ..word.clone() });
                    reading
                })
            })
            .take(MOST_READINGS)
            .collect();
    }
    readings
}

fn has_mark(word: &Word) -> bool {
    word.shown.chars().any(|c| matches!(c, '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ'))
}

/// Whether a syllable would have an apostrophe; `None` where there is no such pair.
fn is_aspirated(syllable: &str) -> Option<bool> {
    if syllable.starts_with("zh") {
        return Some(false);
    }
    match syllable.as_bytes() {
        [b'p' | b't' | b'k' | b'q' | b'c', ..] => Some(true),
        [b'b' | b'd' | b'g' | b'j' | b'z', ..] => Some(false),
        _ => None,
    }
}
