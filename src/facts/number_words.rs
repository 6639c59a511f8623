//! Numbers in words, and the words that stand beside numbers: `a dozen`, `tens of thousands`, `about`, `no more than`.

use rust_decimal::Decimal;

use super::Range;

/// Makes a range of the number behind some words.
pub(super) type Qualifier = fn(Decimal) -> Range;

/// The words before a number that qualify it, and the range that each makes of it.
const QUALIFIERS: &[(&[&str], Qualifier)] = &[
    (
        &[
            "about",
            "around",
            "approximately",
            "approx.",
            "approx",
            "some",
            "~",
            "≈",
            "circa",
            "ca.",
            "ca",
            "c.",
            "roughly",
            "an estimated",
            "estimated",
            "est.",
            "около",
            "примерно",
            "приблизительно",
            "약",
            "대략",
            "约",
            "約",
            "大约",
        ],
        |n| Range::between(n * Decimal::new(9, 1), n * Decimal::new(11, 1)),
    ),
    (&["almost", "nearly", "close to", "just under", "почти", "거의", "近"], |n| {
        Range::between(n * Decimal::new(9, 1), n)
    }),
    (
        &[
            "up to",
            "at most",
            "no more than",
            "not more than",
            "not exceeding",
            "as many as",
            "as much as",
            "a maximum of",
            "maximum of",
            "maximum",
            "max.",
            "max",
            "<=",
            "≤",
            "не более",
            "до",
            "최대",
            "不超过",
            "最多",
        ],
        |n| Range::between(Decimal::ZERO, n),
    ),
    (
        &[
            "at least",
            "no less than",
            "not less than",
            "no fewer than",
            "not fewer than",
            "a minimum of",
            "minimum of",
            "minimum",
            "min.",
            "min",
            ">=",
            "≥",
            "не менее",
            "최소",
            "至少",
        ],
        |n| Range { high: None, ..Range::exactly(n) },
    ),
    (
        &["over", "more than", "above", "exceeding", "in excess of", "greater than", ">", "более", "свыше", "больше", "超过"],
        |n| Range { high: None, above_low: true, ..Range::exactly(n) },
    ),
    (&["under", "less than", "fewer than", "below", "<", "менее", "меньше"], |n| Range {
        below_high: true,
        ..Range::between(Decimal::ZERO, n)
    }),
];

/// The words behind a number and its unit that qualify it.
const QUALIFIERS_BEHIND: &[(&[&str], Qualifier)] = &[
    (&[" or more", " and more", " and above", " or above", "이상", "以上"], |n| Range { high: None, ..Range::exactly(n) }),
    (&[" or less", " or fewer", " or below", "이하", "以下"], |n| Range::between(Decimal::ZERO, n)),
];

/// Words for numbers of which only the least is said.
const VAGUE: &[(&[&str], u64)] = &[
    (&["several", "a few", "a couple", "many", "multiple", "numerous", "a number of", "a large number of", "несколько"], 2),
    (&["tens of thousands", "десятки тысяч"], 20_000),
    (&["hundreds of thousands", "сотни тысяч"], 200_000),
    (&["tens of millions"], 20_000_000),
    (&["hundreds of millions"], 200_000_000),
    (&["tens"], 20),
    (&["dozens", "десятки"], 24),
    (&["scores"], 40),
    (&["hundreds", "сотни"], 200),
    (&["thousands", "тысячи"], 2_000),
    (&["millions"], 2_000_000),
    (&["billions"], 2_000_000_000),
];

/// Words that say that there is some number.
const UNKNOWN: [&str; 8] = [
    "an unknown number of",
    "an unknown quantity of",
    "an unknown amount of",
    "an undisclosed number of",
    "an undisclosed amount of",
    "an unspecified number of",
    "an unspecified quantity of",
    "an unspecified amount of",
];

/// Words that multiply the number before them.
const MULTIPLIERS: &[(&[&str], u64)] = &[
    (&["thousand", "тысяч", "тысячи", "тысяча", "тыс.", "тыс", "천"], 1_000),
    (&["만", "万", "萬"], 10_000),
    (&["million", "millions", "mln", "mn", "mio", "миллион", "миллиона", "миллионов", "млн", "백만", "百万"], 1_000_000),
    (&["억", "亿", "億"], 100_000_000),
    (&["billion", "billions", "bln", "bn", "миллиард", "миллиарда", "миллиардов", "млрд"], 1_000_000_000),
    (&["trillion", "трлн"], 1_000_000_000_000),
];

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The word with which a text begins that qualifies a number, as what it makes of it, and the rest of the text.
pub(super) fn qualifier(text: &str) -> Option<(Qualifier, &str)> {
    QUALIFIERS.iter().find_map(|(words, qualifier)| Some((*qualifier, after_any(text, words)?)))
}

/// The words with which a text ends that qualify its number, as what they make of it, and the text before.
pub(super) fn qualifier_behind(text: &str) -> Option<(Qualifier, &str)> {
    QUALIFIERS_BEHIND.iter().find_map(|(words, qualifier)| {
        words.iter().find_map(|word| {
            let before = text.len().checked_sub(word.len())?;
            text.get(before..)
                .filter(|end| end.eq_ignore_ascii_case(word))
                .and(text.get(..before))
                .map(|before| (*qualifier, before))
        })
    })
}

/// A number of which only the least is said, and the rest of the text.
pub(super) fn vague_number(text: &str) -> Option<(Range, &str)> {
    if let Some(rest) = after_any(text, &UNKNOWN) {
        return Some((Range { above_low: true, ..Range::ANY }, rest));
    }
    let (least, rest) = VAGUE.iter().find_map(|(words, least)| Some((*least, after_any(text, words)?)))?;
    // `several hundred`
    let times = [("dozen", 12), ("hundred", 100), ("thousand", 1_000), ("million", 1_000_000)];
    let more = times.into_iter().find_map(|(word, times)| Some((times, after_word(rest, word)?)));
    let (times, rest) = more.filter(|_| least == 2).unwrap_or((1, rest));
    Some((Range { high: None, ..Range::exactly(Decimal::from(least * times)) }, rest))
}

/// The factor that a word at the start of a text multiplies the number before it by, and the rest of the text.
pub(super) fn multiplier(text: &str) -> Option<(Decimal, &str)> {
    let text = text.trim_start();
    MULTIPLIERS.iter().find_map(|(words, factor)| Some((Decimal::from(*factor), after_any(text, words)?)))
}

/// A number in English words at the start of a text, and the rest of the text: `twenty-five`, `a dozen`, `half a million`.
pub(super) fn number_in_words(text: &str) -> Option<(Decimal, &str)> {
    for (words, number) in [
        (["half a dozen", "a half dozen"], 6),
        (["half a million", "a half million"], 500_000),
        (["half a billion", "a half billion"], 500_000_000),
    ] {
        if let Some(rest) = after_any(text, &words) {
            return Some((Decimal::from(number), rest));
        }
    }
    // `half a ton`
    let half = after_any(text, &["half a", "half an", "a half", "half of a"]).filter(|rest| !rest.is_empty());
    if let Some(rest) = half {
        return Some((Decimal::new(5, 1), rest));
    }
    let mut number = SpokenNumber::default();
    let (mut rest, mut is_number) = (text, false);
    if let Some(noun) = after_any(text, &["a", "an"]).filter(|noun| !noun.is_empty()) {
        number.group = 1;
        (rest, is_number) = (noun, true);
    }
    loop {
        let start = if is_number { rest.trim_start_matches([' ', '-']) } else { rest };
        let (word, after) = start.split_at(start.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(start.len()));
        match number.add(word, is_number) {
            WordOfNumber::Added => (rest, is_number) = (after, true),
            WordOfNumber::Misplaced => return None,
            WordOfNumber::Other if is_number && word.eq_ignore_ascii_case("and") && begins_with_number(after.trim_start()) => {
                rest = after;
            }
            WordOfNumber::Other => break,
        }
    }
    let whole = Decimal::from(number.total.saturating_add(number.group));
    // `two and a half tons`
    let more = after_word(rest.trim_start(), "and a half").filter(|_| is_number);
    Some(more.map_or((whole, rest), |rest| (whole + Decimal::new(5, 1), rest))).filter(|_| is_number)
}

/// A number that is put together of words.
#[derive(Debug, Default)]
struct SpokenNumber {
    /// The thousands and millions so far.
    total: u64,
    /// What is below the next thousand.
    group: u64,
    /// The last of thousand, million and billion, by their exponents; 0 if there was none.
    last_power: u32,
}

/// What a word is to the number before it.
enum WordOfNumber {
    Added,
    /// A word of numbers that cannot stand here: `one two`.
    Misplaced,
    /// No word of a number.
    Other,
}

impl SpokenNumber {
    fn add(&mut self, word: &str, is_number: bool) -> WordOfNumber {
        let position = |words: &[&str]| words.iter().position(|known| known.eq_ignore_ascii_case(word));
        let (below_ten, below_hundred) = (self.group % 10, self.group % 100);
        let fits = if let Some(number) = position(&SMALL) {
            self.group += number as u64;
            !is_number || (below_ten == 0 && (below_hundred == 0 || (below_hundred >= 20 && number < 10)))
        } else if let Some(tens) = position(&TENS) {
            self.group += 20 + 10 * tens as u64;
            below_hundred == 0
        } else if let Some(unit) = position(&["dozen", "score", "hundred"]).filter(|_| is_number) {
            self.group *= [12, 20, 100].get(unit).copied().unwrap_or(1);
            (1..100).contains(&below_hundred) && below_hundred == self.group / [12, 20, 100].get(unit).copied().unwrap_or(1)
        } else if let Some(unit) = position(&["thousand", "million", "billion"]).filter(|_| is_number) {
            let power = u32::try_from(unit + 1).unwrap_or(1);
            let fits = (1..1_000).contains(&self.group) && (self.last_power == 0 || power < self.last_power);
            self.total += self.group.min(1_000) * 1_000_u64.pow(power);
            (self.group, self.last_power) = (0, power);
            fits
        } else {
            return WordOfNumber::Other;
        };
        if fits { WordOfNumber::Added } else { WordOfNumber::Misplaced }
    }
}

fn begins_with_number(text: &str) -> bool {
    let word = text.get(..text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len())).unwrap_or_default();
    SMALL.iter().chain(&TENS).any(|known| known.eq_ignore_ascii_case(word))
}

fn after_any<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| after_word(text, word))
}

/// The rest of a text that begins with a word, compared as a whole word in any case of Latin letters.
pub(super) fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).and(text.get(word.len()..))?;
    // A sign, a Han character and a syllable need no blank behind them.
    let is_letter = |c: char| c.is_alphabetic() && u32::from(c) < 0x2e80;
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace) || !word.ends_with(is_letter);
    ends.then(|| rest.trim_start())
}
