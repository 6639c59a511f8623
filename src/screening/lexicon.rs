//! What is known of single words: spelling families of names, titles, particles, legal forms, words of business, numbers.
//!
//! The tables are texts under `tables`; they are read once, at first use.

use std::sync::LazyLock;

use compact_str::CompactString;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use super::sounds::{Sounds, sounds};
use super::text::{Script, Word, words};

/// A spelling family of names, by its number.
pub(super) type FamilyId = u16;

/// A word of business or a place, by its number.
pub(super) type WordId = u16;

/// The families that a word belongs to, each with whether it is a spelling of it rather than a short form or translation.
pub(super) type Families = SmallVec<[(FamilyId, bool); 2]>;

/// What an organisation's word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordClass {
    /// What many bodies do or are.
    Generic,
    /// The same, without a word of the business (`group`, `services`).
    Common,
    /// A country, town or nationality.
    Place,
    /// Grammar.
    Stop,
}

/// What is known of one word.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub families: Families,
    /// Its number among given names that are known, where spellings of one have one number.
    pub given: Option<u16>,
    pub title: bool,
    /// The small word that it counts as.
    pub particle: Option<&'static str>,
    /// The number that it spells.
    pub number: Option<u32>,
    pub word: Option<(WordClass, WordId)>,
}

/// How common a name is, from 0 (rare) to 2.
pub(super) type Commonness = u8;

/// The tables.
pub(super) struct Lexicon {
    words: HashMap<CompactString, Known, FxBuildHasher>,
    /// Families by the sounds of their spellings, those of four sounds and more.
    by_sound: HashMap<Sounds, Families, FxBuildHasher>,
    commonness: Vec<Commonness>,
    /// The number of the first families, whose names are Arabic, Persian or Turkish.
    arabic: FamilyId,
    /// The first word of each legal form, with the whole phrases, longest first.
    legal_forms: HashMap<CompactString, Vec<LegalForm>, FxBuildHasher>,
    /// Words of business written without spaces around them, in Chinese and Korean, the longest first.
    unspaced: HashMap<char, Vec<CompactString>, FxBuildHasher>,
    names: Vec<CompactString>,
    word_names: Vec<CompactString>,
}

/// One way to write a legal form.
pub(super) struct LegalForm {
    /// Its words, folded.
    pub words: Vec<CompactString>,
    /// The kind of body: `ltd`, `llc`, `jsc`, `corp` or `state`.
    pub form: u8,
}

/// The tables, read at first use.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A word or phrase of a table, folded as words of names are. Words stand by themselves, since a word of letters that look Latin is
/// read as Latin beside others that are.
fn folded(text: &str) -> SmallVec<[Word; 8]> {
    words(text, false)
}

impl Lexicon {
    fn read() -> Lexicon {
        let mut lexicon = Lexicon {
            words: HashMap::default(),
            by_sound: HashMap::default(),
            commonness: Vec::new(),
            arabic: 0,
            legal_forms: HashMap::default(),
            unspaced: HashMap::default(),
            names: Vec::new(),
            word_names: Vec::new(),
        };
        lexicon.read_names(include_str!("tables/names.txt"));
        lexicon.read_given_names(include_str!("tables/given_names.txt"));
        for word in lines(include_str!("tables/titles.txt")).flat_map(str::split_whitespace).flat_map(folded) {
            lexicon.entry(&word.folded).title = true;
        }
        for line in lines(include_str!("tables/particles.txt")) {
            let first = line.split_whitespace().next();
            line.split_whitespace().for_each(|word| lexicon.entry(word).particle = first);
        }
        lexicon.read_words(include_str!("tables/words.txt"));
        lexicon.read_legal_forms(include_str!("tables/legal_forms.txt"));
        for line in lines(include_str!("tables/spelled_numbers.txt")) {
            let mut parts = line.split_whitespace();
            if let Some(number) = parts.next().and_then(|number| number.parse().ok()) {
                parts.for_each(|word| lexicon.entry(word).number = Some(number));
            }
        }
        lexicon
    }

    fn entry(&mut self, word: &str) -> &mut Known {
        self.words.entry(word.into()).or_default()
    }

    fn read_names(&mut self, table: &'static str) {
        let (arabic, _) = table.split_once("# Slavic").unwrap_or((table, ""));
        self.arabic = lines(arabic).filter(|line| line.contains(':')).count() as FamilyId;
        for line in lines(table) {
            let Some((head, spellings)) = line.split_once(':') else { continue };
            let name = head.trim_start_matches('*').trim();
            let id = self.commonness.len() as FamilyId;
            self.commonness.push(head.bytes().take_while(|b| *b == b'*').count().min(2) as u8);
            self.names.push(name.trim_end_matches(|c: char| c.is_ascii_digit()).into());
            let (same, other) = spellings.split_once('~').unwrap_or((spellings, ""));
            let mut add = |text: &str, strong: bool| {
                for word in text.split_whitespace().flat_map(folded) {
                    let add_to = |families: &mut Families| {
                        if !families.iter().any(|(known, _)| *known == id) {
                            families.push((id, strong));
                        }
                    };
                    add_to(&mut self.words.entry(word.folded.clone()).or_default().families);
                    if strong && word.script == Script::Latin {
                        let sounds = sounds(&word.folded);
                        if sounds.len() >= 4 {
                            add_to(self.by_sound.entry(sounds).or_default());
                        }
                    }
                }
            };
            if !name.ends_with(|c: char| c.is_ascii_digit()) {
                add(name, true);
            }
            add(same, true);
            add(other, false);
        }
    }

    fn read_given_names(&mut self, table: &'static str) {
        for (number, names) in lines(table).flat_map(str::split_whitespace).enumerate() {
            let known = names.split('/').find_map(|name| self.get(name)?.given);
            let number = known.unwrap_or(number as u16);
            names.split('/').for_each(|name| self.entry(name).given = Some(number));
        }
    }

    fn read_words(&mut self, table: &'static str) {
        for line in lines(table) {
            let Some((head, forms)) = line.split_once(':') else { continue };
            let Some((class, name)) = head.split_once(' ') else { continue };
            let class = match class {
                "generic" => WordClass::Generic,
                "common" => WordClass::Common,
                "place" => WordClass::Place,
                _ => WordClass::Stop,
            };
            let id = self.word_names.len() as WordId;
            self.word_names.push(name.into());
            for word in std::iter::once(name).chain(forms.split_whitespace()).flat_map(folded) {
                if let (Some(first), true) = (word.folded.chars().next(), matches!(word.script, Script::Han | Script::Hangul)) {
                    self.unspaced.entry(first).or_default().push(word.folded.clone());
                }
                let known = self.entry(&word.folded);
                known.word = known.word.or(Some((class, id)));
            }
        }
        self.sort_unspaced();
    }

    fn read_legal_forms(&mut self, table: &'static str) {
        for (form, line) in lines(table).enumerate() {
            let Some((name, forms)) = line.split_once(':') else { continue };
            let quoted = forms.split('"').enumerate().filter(|(at, _)| at % 2 == 1).map(|(_, phrase)| phrase);
            let single =
                forms.split('"').enumerate().filter(|(at, _)| at % 2 == 0).flat_map(|(_, words)| words.split_whitespace());
            for phrase in quoted.chain(single).chain([name]) {
                let words: Vec<CompactString> = folded(phrase).into_iter().map(|word| word.folded).collect();
                let Some(first) = words.first().cloned() else { continue };
                if let (Some(c), [only]) = (first.chars().next(), words.as_slice())
                    && !c.is_ascii()
                    && any_unspaced(only)
                {
                    self.unspaced.entry(c).or_default().push(only.clone());
                }
                self.legal_forms.entry(first).or_default().push(LegalForm { words, form: form as u8 });
            }
        }
        for forms in self.legal_forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.words.len()));
        }
        self.sort_unspaced();
    }

    fn sort_unspaced(&mut self) {
        for words in self.unspaced.values_mut() {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
    }

    /// What is known of a folded word, if anything.
    pub fn get(&self, word: &str) -> Option<&Known> {
        self.words.get(word)
    }

    /// The families that the word's sounds belong to.
    pub fn families_by_sound(&self, sounds: &Sounds) -> Option<&Families> {
        self.by_sound.get(sounds)
    }

    /// How common the names of a family are.
    pub fn commonness(&self, family: FamilyId) -> Commonness {
        self.commonness.get(usize::from(family)).copied().unwrap_or(0)
    }

    /// True for a family of Arabic, Persian or Turkish names.
    pub fn is_arabic(&self, family: FamilyId) -> bool {
        family < self.arabic
    }

    /// The name that stands for a family.
    pub fn family_name(&self, family: FamilyId) -> &str {
        self.names.get(usize::from(family)).map_or("", |name| name)
    }

    /// The word that stands for a word of business in all its forms.
    pub fn word_name(&self, word: WordId) -> &str {
        self.word_names.get(usize::from(word)).map_or("", |name| name)
    }

    /// The legal forms that start with a word, longest first.
    pub fn legal_forms(&self, first: &str) -> &[LegalForm] {
        self.legal_forms.get(first).map_or(&[], Vec::as_slice)
    }

    /// The longest known word that a text in Chinese or Korean starts with.
    pub fn unspaced_word(&self, text: &str) -> Option<&str> {
        let first = text.chars().next()?;
        self.unspaced.get(&first)?.iter().find(|word| text.starts_with(word.as_str())).map(CompactString::as_str)
    }
}

fn any_unspaced(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
}

/// The families of a word in Latin letters: those of its spelling, else those of its sounds.
pub(super) fn families(known: Option<&Known>, sounds: &Sounds) -> Families {
    match known {
        Some(known) if !known.families.is_empty() => known.families.clone(),
        _ => LEXICON.families_by_sound(sounds).cloned().unwrap_or_default(),
    }
}
