//! Names of places and adjectives of States, by which a text names a country without a code.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

use smallvec::SmallVec;

use crate::facts::{Term, Words};

use super::Vocabulary;
use super::text_pieces::{TextPieces, WordPart};
use super::word_map::WordMap;

/// The words that name countries in texts: names of countries, adjectives, towns, ports and regions.
///
/// Only the countries of the vocabulary's `place` and `region` tables are known here; the others are of no use to a rule. Those
/// with adjectives are *watched*: they are looked for in every description and name, by all their phrases but towns.
#[derive(Debug, Clone, Default)]
pub struct PlaceNames {
    phrases: Vec<PlacePhrase>,
    /// The positions of the phrases, by their words.
    by_words: HashMap<Words, usize>,
    /// Words and phrases that stand beside a name without naming anything.
    fillers: Vec<Words>,
    /// All ways of writing phrases, of which the folded words keep no accents, each with the position of its phrase.
    written: Vec<(String, usize)>,
    watched: Vec<Term>,
    /// The search for all phrases.
    everywhere: OnceLock<PhraseSearch>,
    /// The search for those that are looked for in descriptions and names.
    in_texts: OnceLock<PhraseSearch>,
}

/// A search for some of the phrases.
#[derive(Debug, Clone)]
struct PhraseSearch {
    /// The positions of the phrases.
    phrases: Vec<usize>,
    /// Pieces of letters of which a text with a phrase has at least one, whatever its case: a cheap look at the raw text.
    pieces: TextPieces,
    /// The phrases by their first words, of each word the longest first; made when the first text passes that look.
    by_first_word: OnceLock<WordMap<Vec<usize>>>,
}

/// A phrase, folded into words, with the countries that it can name; none for a phrase that names something else.
#[derive(Debug, Clone)]
struct PlacePhrase {
    written: String,
    words: Words,
    countries: SmallVec<[Term; 2]>,
    /// The parts of these countries that it names or that it is in.
    regions: SmallVec<[Term; 2]>,
    /// A town, which is looked for in texts about places only.
    is_town: bool,
}

/// A phrase in a text.
#[derive(Debug, Clone, Copy)]
pub struct PlaceMention<'p> {
    /// The phrase as the vocabulary writes it.
    pub phrase: &'p str,
    /// The countries that it can name; one unless it is ambiguous.
    pub countries: &'p [Term],
    /// The parts of these countries that it can name or be in; none for a place of which only the country is known.
    pub regions: &'p [Term],
}

/// The mentions of places in a text.
#[derive(Debug, Clone, Default)]
pub struct PlaceMentions<'p> {
    /// The mentions, in the order of the text.
    pub mentions: SmallVec<[PlaceMention<'p>; 2]>,
    /// True if the text has no other words than these and what stands beside a name of a place.
    pub is_all: bool,
}

impl PlaceMentions<'_> {
    /// The countries that are named, each once: those that every mention can name (`Tripoli, Libya`), else all.
    pub fn countries(&self) -> Vec<Term> {
        let mut countries: Vec<Term> = self.mentions.iter().flat_map(|mention| mention.countries.iter().copied()).collect();
        countries.sort_unstable();
        countries.dedup();
        let is_in_all = |country: &Term| self.mentions.iter().all(|mention| mention.countries.contains(country));
        let in_all: Vec<Term> = countries.iter().copied().filter(is_in_all).collect();
        if in_all.is_empty() { countries } else { in_all }
    }

    /// The parts of a country, or of any, that the text can name: one if every mention with parts can be that one or a broader
    /// one of it (`Nyala, Darfur`), else all that are named.
    pub fn regions(&self, country: Option<Term>, vocabulary: &Vocabulary) -> Vec<Term> {
        let is_sought = |region: &Term| country.is_none_or(|country| vocabulary.is_a(*region, country));
        let of_mention = |mention: &PlaceMention<'_>| mention.regions.iter().copied().filter(is_sought).collect::<Vec<Term>>();
        let of_mentions: Vec<Vec<Term>> = self.mentions.iter().map(of_mention).filter(|regions| !regions.is_empty()).collect();
        let mut all: Vec<Term> = of_mentions.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let is_in_all =
            |region: &Term| of_mentions.iter().all(|regions| regions.iter().any(|other| vocabulary.is_a(*region, *other)));
        let mut common = all.iter().filter(|region| is_in_all(region));
        match (common.next(), common.next()) {
            (Some(only), None) => vec![*only],
            _ => all,
        }
    }
}

impl PlaceNames {
    /// The phrases that name one country, as the vocabulary writes them.
    pub fn of_one_country(&self) -> impl Iterator<Item = (&str, Term)> {
        self.phrases.iter().filter_map(|phrase| match phrase.countries.as_slice() {
            [country] => Some((phrase.written.as_str(), *country)),
            _ => None,
        })
    }

    /// Adds a phrase. One that is there already keeps its first meaning.
    pub(in crate::rulebook) fn add(&mut self, written: &str, countries: &[Term]) {
        let words = Words::new(written);
        match self.by_words.get(&words) {
            Some(position) => self.written.push((written.to_owned(), *position)),
            None => self.push(written, words, countries, None, false),
        }
    }

    /// Adds the name of a place in a country, and in a region of it. A name that is there already for a place of another country
    /// can mean either; one that names something else keeps that meaning.
    pub(in crate::rulebook) fn add_place(&mut self, written: &str, country: Term, region: Option<Term>, is_town: bool) {
        let words = Words::new(written);
        let Some(position) = self.by_words.get(&words).copied() else {
            return self.push(written, words, &[country], region, is_town);
        };
        self.written.push((written.to_owned(), position));
        let Some(known) = self.phrases.get_mut(position).filter(|known| !known.countries.is_empty()) else { return };
        if !known.countries.contains(&country) {
            known.countries.push(country);
        }
        known.regions.extend(region.filter(|region| !known.regions.contains(region)));
        known.is_town &= is_town;
    }

    fn push(&mut self, written: &str, words: Words, countries: &[Term], region: Option<Term>, is_town: bool) {
        if words.is_empty() {
            return;
        }
        let position = self.phrases.len();
        self.written.push((written.to_owned(), position));
        self.by_words.insert(words.clone(), position);
        let (countries, regions) = (countries.into(), region.into_iter().collect());
        self.phrases.push(PlacePhrase { written: written.to_owned(), words, countries, regions, is_town });
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

    /// The places that a text about a place names; `None` if a cheap look shows that it names none.
    pub fn find(&self, text: &str) -> Option<PlaceMentions<'_>> {
        self.find_by(self.everywhere.get_or_init(|| self.search(|_| true)), text)
    }

    /// The watched countries that a description or name mentions, and what else it says in their words; `None` if a cheap look
    /// shows that it mentions none.
    pub fn find_in_text(&self, text: &str) -> Option<PlaceMentions<'_>> {
        let is_sought = |phrase: &PlacePhrase| {
            let countries = &phrase.countries;
            !phrase.is_town && (countries.is_empty() || countries.iter().any(|country| self.is_watched(*country)))
        };
        self.find_by(self.in_texts.get_or_init(|| self.search_with_longer(is_sought)), text)
    }

    /// A search for some phrases, and for the longer ones with one of these inside of them, which name something else: `Republic of
    /// Korea` is no mention of `Korea`.
    fn search_with_longer(&self, is_sought: impl Fn(&PlacePhrase) -> bool) -> PhraseSearch {
        let sought: Vec<usize> =
            self.phrases.iter().enumerate().filter(|(_, phrase)| is_sought(phrase)).map(|(position, _)| position).collect();
        let by_first_word = self.by_first_word(&sought);
        let holds_one = |phrase: &PlacePhrase| {
            phrase.words.places().any(|(start, word)| {
                let mut beginning =
                    by_first_word.get(word).into_iter().flatten().filter_map(|position| self.phrases.get(*position));
                beginning.any(|inner| phrase.words.match_at(start, &inner.words).is_some())
            })
        };
        self.search(|phrase| is_sought(phrase) || (!phrase.is_town && holds_one(phrase)))
    }

    fn search(&self, is_sought: impl Fn(&PlacePhrase) -> bool) -> PhraseSearch {
        let is_sought = |position: &usize| self.phrases.get(*position).is_some_and(&is_sought);
        let phrases = (0..self.phrases.len()).filter(is_sought).collect();
        let written = self.written.iter().filter(|(_, position)| is_sought(position)).map(|(written, _)| written.as_str());
        PhraseSearch { phrases, pieces: pieces(written), by_first_word: OnceLock::new() }
    }

    fn find_by(&self, search: &PhraseSearch, text: &str) -> Option<PlaceMentions<'_>> {
        if !search.pieces.is_in(text) {
            return None;
        }
        let by_first_word = search.by_first_word.get_or_init(|| self.by_first_word(&search.phrases));
        let words = Words::new(text);
        let mut found = PlaceMentions { mentions: SmallVec::new(), is_all: true };
        let mut behind = 0;
        for (start, word) in words.places() {
            // Inside of the phrase before.
            if start < behind {
                continue;
            }
            let mut phrases = by_first_word.get(word).into_iter().flatten().filter_map(|position| self.phrases.get(*position));
            let longest = phrases.find_map(|phrase| Some((phrase, words.match_at(start, &phrase.words)?)));
            let Some((phrase, end)) = longest else {
                match self.filler_at(&words, start) {
                    Some(end) => behind = end,
                    None => found.is_all = false,
                }
                continue;
            };
            behind = end;
            if !phrase.countries.is_empty() {
                found.mentions.push(PlaceMention {
                    phrase: &phrase.written,
                    countries: &phrase.countries,
                    regions: &phrase.regions,
                });
            }
        }
        (!found.mentions.is_empty()).then_some(found)
    }

    /// Some phrases by their first words, of each word the longest first.
    fn by_first_word(&self, positions: &[usize]) -> WordMap<Vec<usize>> {
        let mut by_first_word = WordMap::<Vec<usize>>::default();
        let phrase = |position: &usize| self.phrases.get(*position).map(|phrase| &phrase.words);
        for position in positions {
            let first = phrase(position).and_then(|words| words.iter().next()).unwrap_or_default();
            by_first_word.entry(first.to_owned()).or_default().push(*position);
        }
        let length = |position: &usize| phrase(position).map_or(0, |words| words.as_str().len());
        by_first_word.values_mut().for_each(|positions| positions.sort_by_key(|position| Reverse(length(position))));
        by_first_word
    }

    /// Where the longest filler that begins at a place ends.
    fn filler_at(&self, words: &Words, start: usize) -> Option<usize> {
        self.fillers.iter().filter_map(|filler| words.match_at(start, filler)).max()
    }
}

/// The pieces of all phrases, and characters by which letters are hidden, and letters of double width.
fn pieces<'w>(written: impl Iterator<Item = &'w str>) -> TextPieces {
    const HIDDEN: [char; 14] =
        ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', 'Ｋ', 'ｋ', 'Ｄ', 'ｄ', 'Ｎ', 'ｎ', 'Ｐ', 'ｐ'];
    let mut pieces = TextPieces::default();
    for piece in written.flat_map(pieces_of) {
        // A code of three letters is a whole word; of a longer word the piece is its beginning.
        let part = if piece.len() == CODE { WordPart::Whole } else { WordPart::Beginning };
        pieces.add_part(&piece, part);
    }
    HIDDEN.iter().for_each(|hidden| pieces.add(&hidden.to_string()));
    pieces
}

/// The letters of a State's code by ISO 3166-1 alpha-3.
const CODE: usize = 3;

/// Pieces of which each text with the phrase has one: the longest word that few texts have, without its ending, in the ways of
/// writing its case.
fn pieces_of(written: &str) -> Vec<String> {
    const COMMON: [&str; 16] = [
        "north", "northern", "south", "southern", "west", "western", "east", "eastern", "central", "state", "region", "republic",
        "united", "province", "forces", "areas",
    ];
    let words = || written.split(|c: char| !c.is_alphabetic());
    let is_rare = |word: &&str| !COMMON.contains(&word.to_ascii_lowercase().as_str());
    let longest = words().filter(is_rare).max_by_key(|word| word.chars().count()).filter(|word| word.chars().count() > 3);
    let longest = longest.or_else(|| words().max_by_key(|word| word.chars().count())).unwrap_or_default();
    let count = longest.chars().count();
    if longest.is_ascii() {
        if count < CODE {
            // Abbreviations are looked for with points, spaces or both between their letters: names of countries come without points.
            let letters: Vec<&str> = written.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
            return [".", " ", ". "].iter().map(|between| letters.join(between)).collect();
        }
        return vec![longest.chars().take(5).collect()];
    }
    if count == 1 {
        // Names of countries come with blanks between characters of Han and Hangul. One of them alone is in most texts of the script.
        let mut characters = words().filter(|word| !word.is_empty());
        if let (Some(first), Some(second)) = (characters.next(), characters.next()) {
            return ["", " ", "-", "·"].iter().map(|between| format!("{first}{between}{second}")).collect();
        }
    }
    let piece: String = longest.chars().take(if count > 4 { 4 } else { count }).collect();
    let lower = piece.to_lowercase();
    let title: String = lower.chars().take(1).flat_map(char::to_uppercase).chain(lower.chars().skip(1)).collect();
    vec![piece.to_uppercase(), lower, title]
}

#[cfg(test)]
mod tests {
    use super::{PlaceNames, pieces};
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
    fn the_longest_name_of_a_state_is_the_one_that_a_text_mentions() {
        let rulebook = Rulebook::built_in().unwrap();
        let vocabulary = &rulebook.vocabulary;
        let mentioned = |text: &str| -> Vec<&str> {
            let found = vocabulary.place_names().find_in_text(text);
            let mentions = found.iter().flat_map(|found| &found.mentions);
            mentions.flat_map(|mention| mention.countries).map(|country| vocabulary.id(*country)).collect()
        };
        for (text, states) in [
            ("Armed forces of the Republic of the Congo", &["CG"][..]),
            ("Armed forces of the Democratic Republic of the Congo", &["CD"]),
            ("Republic of Korea Army", &["KR"]),
            ("Democratic People's Republic of Korea Army", &["KP"]),
            ("République du Congo", &["CG"]),
            ("South Sudan Air Force", &["SS"]),
            ("Republic of South Sudan", &["SS"]),
            ("Korea Mining", &["KP", "KR"]),
            ("South Korea and North Korea", &["KR", "KP"]),
            ("a firm of Paris", &[]),
        ] {
            assert_eq!(mentioned(text), states, "{text}");
        }
    }

    #[test]
    fn a_cheap_look_is_not_taken_in_by_parts_of_words() {
        let pieces = pieces(["북 한", "PRK", "Sudan", "c a r"].into_iter());
        for text in ["북한산 석탄", "북 한", "북·한", "to PRK", "Sudanese", "C.A.R."] {
            assert!(pieces.is_in(text), "{text}");
        }
        for text in ["한국 시멘트", "sprkle", "parkas", "prkings", "assudan", "cars, cartons"] {
            assert!(!pieces.is_in(text), "{text}");
        }
    }

    #[test]
    fn a_place_alone_is_told_from_a_place_among_other_words() {
        let rulebook = Rulebook::built_in().unwrap();
        let is_all = |text: &str| rulebook.vocabulary.place_names().find(text).is_some_and(|found| found.is_all);
        for text in [
            "Nampo, DPRK",
            "port of Nampo",
            "Dandong",
            "Al Jufra air base",
            "Benghazi free zone",
            "aéroport de Benghazi",
            "Sunan International Airport, Pyongyang",
            "Nampo container terminal",
            "база Аль-Джуфра",
            "مطار بنغازي",
        ] {
            assert!(is_all(text), "{text}");
        }
        for text in [
            "opposite Sinuiju",
            "off the coast of North Korea",
            "Cafe Benghazi in Rome",
            "Tripoli Street, Sunderland",
            "the Libyan border",
            "Damascus Road Hotel",
            "Benghazi Airlines office",
        ] {
            assert!(!is_all(text), "{text}");
        }
    }
}
