//! Names of places and adjectives of States, by which a text names a country without a code.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use smallvec::SmallVec;

use crate::facts::{Term, Words};

use super::text_pieces::TextPieces;

/// The words that name countries in texts: names of countries, adjectives, towns, ports and regions.
///
/// Only the countries of the vocabulary's `place` table are known here; the others are of no use to a rule. Those with
/// adjectives are *watched*: they are looked for in every description and name.
#[derive(Debug, Clone, Default)]
pub struct PlaceNames {
    phrases: Vec<PlacePhrase>,
    /// Words that stand beside a name without naming anything.
    fillers: Vec<Words>,
    /// All ways of writing phrases, of which the folded words keep no accents.
    written: Vec<String>,
    watched: Vec<Term>,
    /// Pieces of letters of which a text with a phrase has at least one, whatever its case: a cheap look at the raw text.
    pieces: OnceLock<TextPieces>,
    /// Finds the phrases in the words of a text.
    finder: OnceLock<Option<AhoCorasick>>,
}

/// A phrase, folded into words, with the countries that it can name; none for a phrase that names something else.
#[derive(Debug, Clone)]
struct PlacePhrase {
    written: String,
    words: Words,
    countries: SmallVec<[Term; 2]>,
}

/// A phrase in a text.
#[derive(Debug, Clone, Copy)]
pub struct PlaceMention<'p> {
    /// The phrase as the vocabulary writes it.
    pub phrase: &'p str,
    /// The countries that it can name; one unless it is ambiguous.
    pub countries: &'p [Term],
}

/// The mentions of places in a text.
#[derive(Debug, Clone, Default)]
pub struct PlaceMentions<'p> {
    /// The mentions, in the order of the text.
    pub mentions: SmallVec<[PlaceMention<'p>; 2]>,
    /// True if the text has no other words than these and what stands beside a name of a place.
    pub is_all: bool,
}

impl PlaceNames {
    /// Adds a phrase. One that is there already keeps its first meaning.
    pub(in crate::rulebook) fn add(&mut self, written: &str, countries: &[Term]) {
        let words = Words::new(written);
        self.written.push(written.to_owned());
        if !words.is_empty() && !self.phrases.iter().any(|phrase| phrase.words == words) {
            self.phrases.push(PlacePhrase { written: written.to_owned(), words, countries: countries.into() });
        }
    }

    /// Adds a word that stands beside a name of a place without naming anything.
    pub(in crate::rulebook) fn add_filler(&mut self, written: &str) {
        self.fillers.push(Words::new(written));
    }

    /// Marks a country as one that is looked for in every text.
    pub(in crate::rulebook) fn watch(&mut self, country: Term) {
        self.watched.push(country);
    }

    /// True for a country that is looked for in every text.
    pub fn is_watched(&self, country: Term) -> bool {
        self.watched.contains(&country)
    }

    /// The places that a text names; `None` if a cheap look shows that it names none.
    pub fn find(&self, text: &str) -> Option<PlaceMentions<'_>> {
        if !self.pieces.get_or_init(|| pieces(&self.written)).is_in(text) {
            return None;
        }
        let finder = self.finder.get_or_init(|| finder(&self.phrases)).as_ref()?;
        let words = Words::new(text);
        let mut found = PlaceMentions { mentions: SmallVec::new(), is_all: true };
        let (mut at, whole) = (0, words.as_str());
        loop {
            let next = finder.find(Input::new(whole).range(at..));
            let end = next.map_or(whole.len(), |next| next.start());
            found.is_all &= self.are_fillers(whole.get(at..end).unwrap_or_default());
            let Some(next) = next else { break };
            if let Some(phrase) = self.phrases.get(next.pattern().as_usize()).filter(|phrase| !phrase.countries.is_empty()) {
                found.mentions.push(PlaceMention { phrase: &phrase.written, countries: &phrase.countries });
            }
            // The gap behind a phrase is the one before the next word.
            at = next.end().saturating_sub(1).max(at + 1);
        }
        (!found.mentions.is_empty()).then_some(found)
    }

    /// True if a part of a text has no words but fillers.
    fn are_fillers(&self, part: &str) -> bool {
        let is_gap = |c: char| c.is_control();
        part.split(is_gap).filter(|word| !word.is_empty()).all(|word| self.fillers.iter().any(|f| f.iter().eq([word])))
    }
}

fn finder(phrases: &[PlacePhrase]) -> Option<AhoCorasick> {
    let words = phrases.iter().map(|phrase| phrase.words.as_str());
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok()
}

/// The pieces of all phrases, and characters by which letters are hidden, and letters of double width.
fn pieces(written: &[String]) -> TextPieces {
    const HIDDEN: [char; 14] =
        ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', 'Ｋ', 'ｋ', 'Ｄ', 'ｄ', 'Ｎ', 'ｎ', 'Ｐ', 'ｐ'];
    let mut pieces = TextPieces::default();
    written.iter().flat_map(|written| pieces_of(written)).for_each(|piece| pieces.add(&piece));
    HIDDEN.iter().for_each(|hidden| pieces.add(&hidden.to_string()));
    pieces
}

/// Pieces of which each text with the phrase has one: the longest word without its ending, in the ways of writing its case.
fn pieces_of(written: &str) -> Vec<String> {
    let longest = written.split(|c: char| !c.is_alphabetic()).max_by_key(|word| word.chars().count()).unwrap_or_default();
    let count = longest.chars().count();
    if longest.is_ascii() {
        if count < 3 {
            // Abbreviations are looked for with points, spaces or both between their letters: names of countries come without points.
            let letters: Vec<&str> = written.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
            return [".", " ", ". "].iter().map(|between| letters.join(between)).collect();
        }
        return vec![longest.chars().take(5).collect()];
    }
    let piece: String = longest.chars().take(if count > 4 { 4 } else { count }).collect();
    let lower = piece.to_lowercase();
    let title: String = lower.chars().take(1).flat_map(char::to_uppercase).chain(lower.chars().skip(1)).collect();
    vec![piece.to_uppercase(), lower, title]
}

#[cfg(test)]
mod tests {
    use super::PlaceNames;
    use crate::facts::{Scheme, Term};
    use crate::rulebook::Rulebook;

    /// The countries that a text may name, by the built-in vocabulary.
    fn named(rulebook: &Rulebook, text: &str) -> Vec<String> {
        let names: &PlaceNames = rulebook.vocabulary.place_names();
        let found = names.find(text);
        let of = |term: &Term| rulebook.vocabulary.id(*term).to_owned();
        let mut ids: Vec<String> = found.iter().flat_map(|f| &f.mentions).flat_map(|m| m.countries.iter().map(of)).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    #[test]
    fn texts_name_countries_by_name_adjective_and_place() {
        let rulebook = Rulebook::built_in().unwrap();
        for text in [
            "North Korean anthracite",
            "made in the DPRK",
            "consignee in Pyongyang",
            "D.P.R.K. Ministry",
            "уголь из КНДР",
            "из Северной Кореи",
            "северокорейские шахтёры",
            "朝鲜无烟煤",
            "북한산 석탄",
            "평양무역회사",
            "coal, ＤＰＲＫ",
            "coal of the D\u{ad}PRK",
            "charbon nord-coréen",
        ] {
            assert_eq!(named(&rulebook, text), ["KP"], "{text}");
        }
        assert_eq!(named(&rulebook, "Korea Rungrado Trading"), ["KP", "KR"]);
    }

    #[test]
    fn look_alikes_name_nothing_or_another() {
        let rulebook = Rulebook::built_in().unwrap();
        for text in [
            "Republic of Korea",
            "South Korea",
            "Busan",
            "현대조선해양",
            "中国朝鲜族",
            "a firm of Paris",
            "북부",
            "Korean ginseng",
        ] {
            assert!(!named(&rulebook, text).contains(&"KP".to_owned()), "{text}");
        }
        assert!(
            rulebook.vocabulary.term(Scheme::Country, "KP").is_some_and(|kp| rulebook.vocabulary.place_names().is_watched(kp))
        );
    }

    #[test]
    fn a_place_alone_is_told_from_a_place_among_other_words() {
        let rulebook = Rulebook::built_in().unwrap();
        let is_all = |text: &str| rulebook.vocabulary.place_names().find(text).is_some_and(|found| found.is_all);
        assert!(is_all("Nampo, DPRK") && is_all("port of Nampo") && is_all("Dandong"));
        assert!(!is_all("opposite Sinuiju") && !is_all("off the coast of North Korea"));
    }
}
