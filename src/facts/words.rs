//! Texts as words that can be compared, whatever their case, width, accents and inflection.

use super::fold::{CharClass, fold_any, fold_char, letters_at_start, push_lowercase, split};
use super::look_alikes::unify_scripts;
use super::stem::stem;

/// The character before, between and behind words. No folded word contains it.
const GAP: char = '\u{1}';

/// A text as a sequence of folded, stemmed words.
///
/// Numbers are words apart from letters: `152mm` is `152`, `mm`. Texts in Han, Hangul and kana cannot be relied on to have
/// spaces, so each of their characters is a word, and a term is found inside longer words.
///
/// ```
/// use interdict::facts::Words;
///
/// let text = Words::new("152mm Artillery SHELLS, crated");
/// assert_eq!(text.iter().collect::<Vec<_>>(), ["152", "mm", "artillery", "shell", "crated"]);
/// assert_eq!(text.find(&Words::new("artillery shell")).count(), 1);
/// assert_eq!(text.find(&Words::new("art")).count(), 0);
/// ```
///
/// The words are kept in one string with a gap on both sides of each, so that a sequence of words occurs in a text exactly where
/// its string occurs in the text's string. A *place* is a range of bytes of that string, from the gap before a word to the gap
/// behind it or a later one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Words(String);

impl Words {
    /// The character between two words of [`Words::as_str`].
    pub(crate) const GAP: char = GAP;

    /// Splits a text into its words.
    pub fn new(text: &str) -> Self {
        let mut words = Self(String::with_capacity(text.len() + 8));
        words.append(text);
        words
    }

    /// Replaces the words by those of another text, and `starts` by the bytes of the text at which these start, keeping the
    /// memory. If some character of the text does not [fold by itself](fold_char), `starts` is left empty.
    pub(crate) fn replace(&mut self, text: &str, starts: &mut Vec<usize>) {
        self.0.clear();
        starts.clear();
        if self.append_simple(text, |start| starts.push(start)).is_none() {
            starts.clear();
            self.0.clear();
            self.append_any(text);
        }
    }

    /// Appends the words of a text.
    fn append(&mut self, text: &str) {
        let before = self.0.len();
        if self.append_simple(text, |_| {}).is_none() {
            self.0.truncate(before);
            self.append_any(text);
        }
    }

    fn append_any(&mut self, text: &str) {
        split(&fold_any(text)).for_each(|word| self.push(word));
    }

    /// Folds and splits a text in one pass, if every character of it [folds by itself](fold_char); else `None`, with a part
    /// appended. Calls `begin` with the byte of the text at which each word starts.
    fn append_simple(&mut self, text: &str, mut begin: impl FnMut(usize)) -> Option<()> {
        // The class of the word being read, and its start in the string.
        let (mut open, mut start) = (CharClass::Gap, self.0.len());
        let mut has_point = false;
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let at = text.len() - rest.len();
            let letters = letters_at_start(rest);
            let (mut class, folded) = if letters.is_empty() { fold_char(c)? } else { (CharClass::Letter, c) };
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
                if self.0.len() == start {
                    begin(at);
                }
                if letters.is_empty() { self.0.push(folded) } else { push_lowercase(&mut self.0, letters) }
            }
            rest = rest.get(letters.len().max(c.len_utf8())..)?;
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

    /// Folds the letters of another script in the word from `start` to the end of the string, stems it, and puts a gap behind it.
    fn end(&mut self, start: usize) {
        let word = self.0.get(start..).unwrap_or_default();
        if !word.is_ascii()
            && word.bytes().any(|b| b.is_ascii_alphabetic())
            && let Some(unified) = unify_scripts(word)
        {
            self.0.truncate(start);
            self.0.push_str(&unified);
        }
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
            // Words are short: faster than a search for a character.
            let (word, after) = rest.split_at_checked(rest.bytes().position(|byte| byte == GAP as u8)?)?;
            let place = start;
            (start, rest) = (start + word.len() + 1, after.get(1..)?);
            Some((place, word))
        })
    }

    /// The words as one string, gaps included.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The words as one string with a gap between each two.
    pub(crate) fn without_outer_gaps(&self) -> &str {
        self.0.trim_matches(GAP)
    }

    /// True if there is no word.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The word whose place starts at `start`.
    pub(crate) fn word_at(&self, start: usize) -> Option<&str> {
        self.0.get(start..)?.strip_prefix(GAP)?.split_once(GAP).map(|(word, _)| word)
    }

    /// The end of the place of `sought`, if its words occur at `start`.
    pub(crate) fn match_at(&self, start: usize, sought: &Words) -> Option<usize> {
        self.0.get(start..)?.starts_with(&sought.0).then_some(start + sought.0.len().saturating_sub(1))
    }

    /// True if the words of one of some texts occur in this one.
    pub(crate) fn contains_any(&self, sought: &[Words]) -> bool {
        // A bit for the two bytes behind the gap at the byte `start`: few words of a text begin as one of those does.
        let bit = |words: &Words, start: usize| match words.0.as_bytes().get(start..) {
            Some([_, first, second, ..]) => 1_u64 << (first.wrapping_mul(37).wrapping_add(*second) % 64),
            _ => 0,
        };
        let beginnings = self.places().fold(0, |all, (start, _)| all | bit(self, start));
        sought.iter().any(|words| bit(words, 0) & beginnings != 0 && self.find(words).next().is_some())
    }

    /// The places at which the words of `sought` occur in this text, overlapping ones too; none if `sought` has no words.
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

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::facts::fold::{fold_any, split};

    fn finds(term: &str, text: &str) -> bool {
        Words::new(text).find(&Words::new(term)).next().is_some()
    }

    #[test]
    fn one_of_some_texts_is_found_as_each_is() {
        let texts = ["", "coal", "coal tar", "tank tank tank", "уголь", "石炭 coal", "a coal mine"].map(Words::new);
        for text in &texts {
            for sought in texts.windows(2) {
                let found = sought.iter().any(|one| text.find(one).next().is_some());
                assert_eq!(text.contains_any(sought), found, "{sought:?} in {text:?}");
            }
        }
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
            ("coal", "c\u{43e}al"),
            ("anthracite", "anthra\u{ad}cite"),
            ("anthracite", "anthra\u{200b}cite"),
            ("снаряд", "cнаряды"),
            ("석탄", "석\u{200d}탄"),
            ("煤炭", "煤\u{feff}炭"),
        ] {
            assert!(finds(term, text), "{term} in {text}");
        }
    }

    #[test]
    fn a_part_of_a_word_is_no_match() {
        for (term, text) in [("shell", "seashell"), ("arms", "alarm"), ("gas", "gasoline"), ("tank", "танк"), ("", "anything")]
        {
            assert!(!finds(term, text), "{term} in {text}");
        }
    }

    #[test]
    fn overlapping_places_are_all_found() {
        let (text, sought) = (Words::new("tank tank tank, tank"), Words::new("tank tank"));
        let places: Vec<_> = text.find(&sought).collect();
        assert_eq!(places.len(), 3);
        for (place, (start, _)) in places.iter().zip(text.places()) {
            assert_eq!((place.start, Some(place.end)), (start, text.match_at(start, &sought)));
        }
    }

    #[test]
    fn splitting_in_one_pass_equals_folding_first() {
        let in_two_steps = |text: &str| {
            let mut words = Words::default();
            split(&fold_any(text)).for_each(|word| words.push(word));
            words
        };
        // Every text of five of these characters.
        let letters = ['a', 'S', 'é', 'Я', 'й', '炮', '7', '.', ' ', '½', '\u{301}'];
        for number in 0..letters.len().pow(5) {
            let text: String = (0..5).map(|i| letters[number / letters.len().pow(i) % letters.len()]).collect();
            assert_eq!(Words::new(&text), in_two_steps(&text), "{text:?}");
        }
    }
}
