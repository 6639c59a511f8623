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
    pub fn new(text: &str) -> Self {
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
        let before = self.0.len();
        if self.append_simple(text).is_none() {
            self.0.truncate(before);
            split(&fold_any(text)).for_each(|word| self.push(word));
        }
    }

    /// Folds a text of [`simple`] characters and takes it apart in one go; `None` if another is in it.
    fn append_simple(&mut self, text: &str) -> Option<()> {
        // The class of what is being read, and where it begins in the string.
        let (mut open, mut start) = (CharClass::Gap, self.0.len());
        let mut has_point = false;
        for (at, c) in text.char_indices() {
            let (mut class, c) = simple(c)?;
            if c == '.' && open == CharClass::Digit && !has_point && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit) {
                (class, has_point) = (CharClass::Digit, true);
            }
            if class != open || class == CharClass::Alone {
                if open != CharClass::Gap {
                    self.end(start);
                } else if self.0.is_empty() {
                    self.0.push(GAP);
                }
                (open, start, has_point) = (class, self.0.len(), false);
            }
            if class != CharClass::Gap {
                self.0.push(c);
            }
        }
        if open != CharClass::Gap {
            self.end(start);
        }
        Some(())
    }

    /// Appends a folded word.
    fn push(&mut self, word: &str) {
        if self.0.is_empty() {
            self.0.push(GAP);
        }
        let start = self.0.len();
        self.0.push_str(word);
        self.end(start);
    }

    /// Ends the word that was begun there.
    fn end(&mut self, start: usize) {
        if let Some((kept, ending)) = stem(self.0.get(start..).unwrap_or_default()) {
            debug_assert!(kept > 0);
            self.0.truncate(start + kept);
            self.0.push_str(ending);
        }
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

/// As [`fold_characters`], of a text of [`simple`] characters.
fn fold_simple(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        folded.push(simple(c)?.1);
    }
    Some(folded)
}

/// The class of a character that folds to one whatever stands beside it, and to which: ASCII, the letters of Western Europe
/// and Russia, Han and Hangul syllables. No such character is decomposed, or it is composed again at once, or what is left
/// of it is a letter.
#[inline(always)]
fn simple(c: char) -> Option<(CharClass, char)> {
    Some(match c {
        'a'..='z' | 'а'..='я' => (CharClass::Letter, c),
        'A'..='Z' => (CharClass::Letter, c.to_ascii_lowercase()),
        '0'..='9' => (CharClass::Digit, c),
        '\0'..='\u{7f}' => (CharClass::Gap, c),
        'А'..='Я' => (CharClass::Letter, char::from_u32(u32::from(c) + 0x20)?),
        'Ё' | 'ё' => (CharClass::Letter, 'е'),
        'À'..='ÿ' => (CharClass::Letter, western(c)?),
        '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => (CharClass::Alone, c),
        _ => return None,
    })
}

/// The letters of Western Europe without their accents.
fn western(c: char) -> Option<char> {
    Some(match c {
        'À'..='Å' | 'à'..='å' => 'a',
        'Ç' | 'ç' => 'c',
        'È'..='Ë' | 'è'..='ë' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' => 'i',
        'Ñ' | 'ñ' => 'n',
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' => 'u',
        'Ý' | 'ý' | 'ÿ' => 'y',
        _ => return None,
    })
}

/// Scripts written without spaces, or whose words carry particles.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

#[derive(PartialEq, Clone, Copy)]
enum CharClass {
    Letter,
    Digit,
    Alone,
    Gap,
}

/// The class of a folded character.
#[inline(always)]
fn class(c: char) -> CharClass {
    match c {
        'a'..='z' | 'а'..='я' => CharClass::Letter,
        '0'..='9' => CharClass::Digit,
        c if c.is_ascii() && !c.is_ascii_uppercase() => CharClass::Gap,
        c if stands_alone(c) => CharClass::Alone,
        c if c.is_numeric() => CharClass::Digit,
        c if c.is_alphanumeric() || matches!(c, '\u{64b}'..='\u{652}') => CharClass::Letter,
        _ => CharClass::Gap,
    }
}

fn split(folded: &str) -> impl Iterator<Item = &str> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c| class(c) == CharClass::Gap);
        let first = class(rest.chars().next()?);
        let end = match first {
            CharClass::Alone => rest.chars().next().map_or(0, char::len_utf8),
            CharClass::Digit => number_end(rest),
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

/// How many bytes of a word its stem keeps, and what follows them; `None` if it is its own stem.
fn stem(word: &str) -> Option<(usize, &'static str)> {
    match word.as_bytes().last()? {
        b's' if word.is_ascii() => english(word),
        b'\0'..=b'\x7f' => None,
        _ if word.chars().all(|c| ('\u{400}'..='\u{4ff}').contains(&c)) => Some((russian(word).len(), "")),
        _ => None,
    }
}

/// English plurals: `missiles`, `batteries`, `torpedoes`, `fuzes`, `launchers`; not `gas`, `glass`, `chassis`.
fn english(word: &str) -> Option<(usize, &'static str)> {
    const ENDINGS: [(&str, &str); 5] = [("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("oes", "o")];
    let singular = word.strip_suffix('s')?;
    let long_enough = |stem: &str| stem.len() >= 3;
    if let Some(stem) = word.strip_suffix("ies").filter(|s| long_enough(s)) {
        return Some((stem.len(), "y"));
    }
    for (ending, kept) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| !s.is_empty()) {
            return Some((stem.len(), kept));
        }
    }
    (long_enough(singular) && !singular.ends_with(['s', 'u', 'i'])).then_some((singular.len(), ""))
}

/// Cuts the case endings of Russian nouns and adjectives, of several that fit the longest that leaves three letters. A light
/// stemmer: what is cut is cut from the list's word and the report's word alike.
fn russian(word: &str) -> &str {
    // Each letter has two bytes.
    let letters = word.len() / 2;
    let mut from_behind = word.chars().rev();
    let mut letter = || from_behind.next().unwrap_or_default();
    let last = letter();
    let end = (letter(), last);
    let longer = (letter(), end);
    let longest = (letter(), longer);
    let cut = match longest {
        ('и', ('я', ('м', 'и'))) if letters >= 7 => 4,
        (
            _,
            ('я' | 'а' | 'ы' | 'и', ('м', 'и')) | ('о' | 'е', ('г', 'о') | ('м', 'у')) | ('и', ('я', 'х' | 'м') | ('е', 'м')),
        ) if letters >= 6 => 3,
        (_, (_, end)) if letters >= 5 && is_ending(end) => 2,
        (_, (_, (_, 'а' | 'я' | 'ы' | 'и' | 'у' | 'ю' | 'е' | 'о' | 'ь' | 'й'))) if letters >= 4 => 1,
        _ => 0,
    };
    word.get(..word.len() - 2 * cut).unwrap_or(word)
}

/// The endings of two letters.
fn is_ending(end: (char, char)) -> bool {
    match end.1 {
        'х' => matches!(end.0, 'ы' | 'и' | 'а' | 'я'),
        'ю' => matches!(end.0, 'у' | 'ю' | 'и' | 'о' | 'е'),
        'я' => matches!(end.0, 'а' | 'я' | 'и'),
        'е' => matches!(end.0, 'о' | 'е' | 'ы' | 'и'),
        'й' => matches!(end.0, 'ы' | 'и' | 'о' | 'е'),
        'и' => end.0 == 'и',
        'м' => matches!(end.0, 'ы' | 'и' | 'о' | 'е' | 'а' | 'я'),
        'в' => matches!(end.0, 'о' | 'е'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, fold};

    fn finds(term: &str, text: &str) -> bool {
        Words::new(text).find(&Words::new(term)).next().is_some()
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
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            if let Some((class, folded)) = super::simple(c) {
                assert!(class == super::class(folded) && folded.to_string() == super::fold_any(&text), "{text:?}");
                // A letter before it, and a sign for an accent behind it: no such sign is simple.
                assert_eq!(format!("и{folded}"), super::fold_any(&format!("и{c}")));
            }
        }
        let all: String = ('\0'..=char::MAX).filter(|c| super::simple(*c).is_some()).collect();
        assert_eq!(super::fold_simple(&all).unwrap(), super::fold_any(&all));
        for other in ["Й\u{306}", "e\u{301}", "ﬁ", "ＡＢ", "\u{1100}", "½", "ß", "æ"] {
            assert!(super::fold_simple(other).is_none(), "{other}");
        }
    }

    #[test]
    fn the_short_way_of_splitting_comes_to_the_same() {
        let slowly = |text: &str| {
            let mut words = Words::default();
            super::split(&super::fold_any(text)).for_each(|word| words.push(word));
            words
        };
        // Every text of five of these.
        let letters = ['a', 'S', 'é', 'Я', 'й', '炮', '7', '.', ' ', '½', '\u{301}'];
        for number in 0..letters.len().pow(5) {
            let text: String = (0..5).map(|i| letters[number / letters.len().pow(i) % letters.len()]).collect();
            assert_eq!(Words::new(&text), slowly(&text), "{text:?}");
        }
    }

    #[test]
    fn the_longest_russian_ending_is_cut_that_leaves_three_letters() {
        const ENDINGS: &[&str] = &[
            "иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "иям", "ием", "ых", "их", "ую", "юю", "ая",
            "яя", "ое", "ее", "ый", "ий", "ой", "ые", "ие", "ия", "ию", "ии", "ым", "им", "ом", "ем", "ей", "ов", "ев", "ам",
            "ям", "ах", "ях", "ою", "ею", "а", "я", "ы", "и", "у", "ю", "е", "о", "ь", "й",
        ];
        let plainly = |word: &str| {
            let cut = ENDINGS.iter().find_map(|e| word.strip_suffix(e).filter(|stem| stem.chars().count() >= 3));
            cut.unwrap_or(word).to_owned()
        };
        // All ends of four letters, behind none to four others.
        let letters: Vec<char> = ('а'..='я').collect();
        for start in ["", "б", "бб", "ббб", "бббб"] {
            for number in 0..letters.len().pow(4) {
                let end: String = (0..4).map(|i| letters[number / letters.len().pow(i) % letters.len()]).collect();
                let word = format!("{start}{end}");
                assert_eq!(super::russian(&word), plainly(&word), "{word}");
            }
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
        let (text, sought) = (Words::new("tank tank tank, tank"), Words::new("tank tank"));
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
