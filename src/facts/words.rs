//! Texts as words that can be compared: case, width, accents and inflection do not matter.

use unicode_normalization::UnicodeNormalization;

/// Stands before, between and behind words. No folded text has it in a word.
const GAP: char = '\u{1}';

/// A text as a sequence of folded, stemmed words.
///
/// Numbers stand apart from letters (`152mm` is `152`, `mm`). Han, Hangul and kana have no spaces that could be
/// relied on, so each character is a word of its own and a term is found inside longer words.
///
/// It is kept as one string with a gap on both sides of every word, so that words stand in a text exactly where their
/// string stands in the text's string. A *place* in a text is a range of bytes of that string, from the gap before the
/// first word to the gap behind the last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Words(String);

impl Words {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let mut words = Self(String::with_capacity(text.len() + 8));
        words.append(text);
        words
    }

    /// Reads another text into the same place.
    pub(crate) fn read(&mut self, text: &str) {
        self.0.clear();
        self.append(text);
    }

    fn append(&mut self, text: &str) {
        if text.is_ascii() {
            let mut rest = text;
            while let Some(first) = rest.bytes().next() {
                let end = match first {
                    b'a'..=b'z' | b'A'..=b'Z' => rest.bytes().position(|b| !b.is_ascii_alphabetic()).unwrap_or(rest.len()),
                    b'0'..=b'9' => number_end(rest),
                    _ => 0,
                };
                let Some((word, after)) = rest.split_at_checked(end.max(1)) else { break };
                if end > 0 {
                    self.push(word);
                }
                rest = after;
            }
        } else {
            split(&fold_characters(text)).for_each(|word| self.push(word));
        }
    }

    /// Appends a word, folded but for the case of Latin letters.
    fn push(&mut self, word: &str) {
        if self.0.is_empty() {
            self.0.push(GAP);
        }
        let start = self.0.len();
        self.0.push_str(word);
        if let Some(own) = self.0.get_mut(start..) {
            own.make_ascii_lowercase();
        }
        let (kept, ending) = stem(self.0.get(start..).unwrap_or_default());
        debug_assert!(kept > 0);
        self.0.truncate(start + kept);
        self.0.push_str(ending);
        self.0.push(GAP);
    }

    /// The words in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.places().map(|(_, word)| word)
    }

    /// The words in order, each with the start of its place.
    pub(crate) fn places(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut rest = self.0.strip_prefix(GAP).unwrap_or_default();
        let mut start = 0;
        std::iter::from_fn(move || {
            let (word, after) = rest.split_once(GAP)?;
            let place = start;
            (start, rest) = (start + word.len() + 1, after);
            Some((place, word))
        })
    }

    /// The words as one string, gaps included.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// True if there is no word at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The word whose place starts there.
    pub(crate) fn word_at(&self, start: usize) -> Option<&str> {
        self.0.get(start..)?.strip_prefix(GAP)?.split_once(GAP).map(|(word, _)| word)
    }

    /// The end of the place of `sought` if its words stand there.
    pub(crate) fn stands_at(&self, start: usize, sought: &Words) -> Option<usize> {
        self.0.get(start..)?.starts_with(&sought.0).then_some(start + sought.0.len().saturating_sub(1))
    }

    /// The places of `sought` in this text.
    pub fn find<'a>(&'a self, sought: &'a Words) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let rest = self.0.as_bytes().get(from..).filter(|_| !sought.is_empty())?;
            let start = from + memchr::memmem::find(rest, sought.0.as_bytes())?;
            from = start + GAP.len_utf8();
            Some(start..start + sought.0.len() - GAP.len_utf8())
        })
    }
}

/// A name in the form in which names are looked up: folded, without punctuation, one space between words.
pub fn fold(text: &str) -> String {
    split(&fold_characters(text)).collect::<Vec<_>>().join(" ")
}

/// Lower case, compatibility forms resolved, accents dropped; Cyrillic `й` keeps its breve, `ё` becomes `е`.
fn fold_characters(text: &str) -> String {
    fold_simple(text).unwrap_or_else(|| fold_any(text))
}

fn fold_any(text: &str) -> String {
    let mut before = ' ';
    let stripped = text.nfkd().flat_map(char::to_lowercase).filter(move |&c| {
        let accent = ('\u{300}'..='\u{36f}').contains(&c);
        let part_of_short_i = c == '\u{306}' && before == 'и';
        before = c;
        !accent || part_of_short_i
    });
    let mut folded = String::with_capacity(text.len());
    for c in stripped.nfc() {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            c => folded.push(c),
        }
    }
    folded
}

/// As [`fold_characters`], of a text of nothing but ASCII, Russian letters without diaeresis, Han and Hangul syllables:
/// there it comes to lower case alone, for no such character is decomposed, or it is composed again at once.
fn fold_simple(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        folded.push(match c {
            '\0'..='\u{7f}' => c.to_ascii_lowercase(),
            '\u{410}'..='\u{42f}' => char::from_u32(u32::from(c) + 0x20)?,
            '\u{430}'..='\u{44f}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => c,
            _ => return None,
        });
    }
    Some(folded)
}

/// Scripts written without spaces, or whose words carry particles.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Letter,
    Digit,
    Alone,
    Gap,
}

fn split(folded: &str) -> impl Iterator<Item = &str> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        let class = |c: char| match c {
            'a'..='z' | '\u{430}'..='\u{44f}' => Class::Letter,
            '0'..='9' => Class::Digit,
            c if c.is_ascii() && !c.is_ascii_uppercase() => Class::Gap,
            c if stands_alone(c) => Class::Alone,
            c if c.is_numeric() => Class::Digit,
            c if c.is_alphanumeric() || matches!(c, '\u{64b}'..='\u{652}') => Class::Letter,
            _ => Class::Gap,
        };
        rest = rest.trim_start_matches(|c| class(c) == Class::Gap);
        let first = class(rest.chars().next()?);
        let end = match first {
            Class::Alone => rest.chars().next().map_or(0, char::len_utf8),
            Class::Digit => number_end(rest),
            _ => rest.find(|c| class(c) != first).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(word)
    })
}

/// The end of the digits at the start of a text, one decimal point between digits included (`7.62`).
fn number_end(text: &str) -> usize {
    let digits = |t: &str| t.find(|c: char| !c.is_numeric()).unwrap_or(t.len());
    let whole = digits(text);
    let fraction = text.get(whole..).and_then(|r| r.strip_prefix('.')).map_or(0, digits);
    if fraction > 0 { whole + 1 + fraction } else { whole }
}

/// How many bytes of a word its stem keeps, and what follows them.
fn stem(word: &str) -> (usize, &'static str) {
    if word.is_ascii() {
        english(word)
    } else if word.chars().all(|c| ('\u{400}'..='\u{4ff}').contains(&c)) {
        (russian(word).len(), "")
    } else {
        (word.len(), "")
    }
}

/// English plurals: `missiles`, `batteries`, `torpedoes`, `fuzes`, `launchers`; not `gas`, `glass`, `chassis`.
fn english(word: &str) -> (usize, &'static str) {
    const ENDINGS: [(&str, &str); 5] = [("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("oes", "o")];
    let whole = (word.len(), "");
    let Some(singular) = word.strip_suffix('s') else { return whole };
    let long_enough = |stem: &str| stem.len() >= 3;
    if let Some(stem) = word.strip_suffix("ies").filter(|s| long_enough(s)) {
        return (stem.len(), "y");
    }
    for (ending, kept) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| !s.is_empty()) {
            return (stem.len(), kept);
        }
    }
    let plural = long_enough(singular) && !singular.ends_with(['s', 'u', 'i']);
    if plural { (singular.len(), "") } else { whole }
}

/// Case endings of Russian nouns and adjectives, the longest first. A light stemmer: what is cut is cut from
/// the list's word and the report's word alike.
const RUSSIAN_ENDINGS: &[&str] = &[
    "иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "иям", "ием", "ых", "их", "ую", "юю", "ая", "яя",
    "ое", "ее", "ый", "ий", "ой", "ые", "ие", "ия", "ию", "ии", "ым", "им", "ом", "ем", "ей", "ов", "ев", "ам", "ям", "ах", "ях",
    "ою", "ею", "а", "я", "ы", "и", "у", "ю", "е", "о", "ь", "й",
];

fn russian(word: &str) -> &str {
    RUSSIAN_ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::{Words, fold};

    fn finds(term: &str, text: &str) -> bool {
        Words::of(text).find(&Words::of(term)).next().is_some()
    }

    #[test]
    fn inflected_forms_are_found() {
        for (term, text) in [
            ("artillery shell", "152mm Artillery Shells, crated"),
            ("battery", "coastal batteries"),
            ("torpedo", "two torpedoes"),
            ("артиллерийский снаряд", "партия артиллерийских снарядов"),
            ("снаряд", "снаряды 152 мм"),
            ("миномёт", "минометы"),
            ("ракета", "ракетами"),
            ("포탄", "152밀리 곡사포탄을"),
            ("炮弹", "一批炮弹"),
            ("T-54", "T54 tank"),
            ("7.62x39", "cartridges 7.62 x 39"),
        ] {
            assert!(finds(term, text), "{term} in {text}");
        }
    }

    #[test]
    fn the_short_way_of_folding_comes_to_the_same() {
        let simple = ('\0'..='\u{7f}').chain('\u{410}'..='\u{44f}').chain('\u{4e00}'..='\u{9fff}').chain('\u{ac00}'..='\u{d7a3}');
        let all: String = simple.collect();
        assert_eq!(super::fold_simple(&all).unwrap(), super::fold_any(&all));
        for other in ["ё", "Й\u{306}", "ﬁ", "ＡＢ", "\u{1100}"] {
            assert!(super::fold_simple(other).is_none(), "{other}");
        }
    }

    #[test]
    fn words_are_whole() {
        for (term, text) in [("shell", "seashell"), ("arms", "alarm"), ("gas", "gasoline"), ("tank", "танк"), ("", "anything")]
        {
            assert!(!finds(term, text), "{term} in {text}");
        }
    }

    #[test]
    fn every_place_is_found() {
        let (text, sought) = (Words::of("tank tank tank, tank"), Words::of("tank tank"));
        let places: Vec<_> = text.find(&sought).collect();
        assert_eq!(places.len(), 3);
        for (place, (start, _)) in places.iter().zip(text.places()) {
            assert_eq!((place.start, Some(place.end)), (start, text.stands_at(start, &sought)));
        }
    }

    #[test]
    fn names_fold() {
        assert_eq!(fold("Côte d’Ivoire"), "cote d ivoire");
        assert_eq!(fold("  Lao  P.D.R. "), "lao p d r");
        assert_eq!(fold("ＤＰＲＫ"), "dprk");
        assert_eq!(fold("Владивосто́к"), "владивосток");
    }
}
