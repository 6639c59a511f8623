//! The lexicon of ordinary goods: what people call the goods of each HS heading, banned or harmless.
//!
//! It is kept as a compact text until the first description is read: many runs ask for it never.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::facts::{HsCode, Words};

use super::term_index::TermIndex;

/// The compact form of the lexicon: a line for each entry, with its codes and then its words. Columns are separated by tabs, codes
/// by blanks. A word has two columns: as written, and folded; the folded one is empty if it is the same.
#[derive(Debug, Clone, Default)]
pub(in crate::rulebook) struct LexiconText {
    texts: Vec<Cow<'static, str>>,
}

/// Everyday words for goods, each with the HS codes of the goods that it names.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    words: Vec<LexiconWord>,
    /// The codes of each entry.
    entries: Vec<Vec<HsCode>>,
}

/// A word of the lexicon, which may be several words: `frying pan`.
#[derive(Debug, Clone)]
struct LexiconWord {
    /// The text that it is in, and its place there.
    text: usize,
    place: std::ops::Range<usize>,
    /// The position of its codes.
    codes: usize,
}

/// Identifies a word of a lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LexiconWordId(u32);

/// A word of the lexicon, and the codes of the goods that it can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NamedGoods<'a> {
    /// The word as written.
    pub word: &'a str,
    /// The codes of the goods that it can name.
    pub codes: &'a [HsCode],
}

impl LexiconText {
    /// Adds entries in the compact form.
    pub(in crate::rulebook) fn add(&mut self, text: Cow<'static, str>) {
        self.texts.push(text);
    }

    /// About how many words it has.
    pub(super) fn size_hint(&self) -> usize {
        self.texts.iter().map(|text| text.len() / 30).sum()
    }

    /// All entries in the compact form.
    #[cfg(test)]
    pub(in crate::rulebook) fn text(&self) -> String {
        self.texts.concat()
    }
}

impl Lexicon {
    /// Adds all words to an index. Words that are folded alike, such as `glass` and `glasses`, name what either names.
    pub(super) fn build(texts: &LexiconText, index: &mut TermIndex) -> Self {
        let mut lexicon = Self::default();
        let mut merged: HashMap<usize, usize> = HashMap::new();
        for (text, contents) in texts.texts.iter().enumerate() {
            let mut start = 0;
            for line in contents.split_inclusive('\n') {
                lexicon.add_entry(text, start, line, &mut merged, index);
                start += line.len();
            }
        }
        lexicon
    }

    fn add_entry(
        &mut self,
        text: usize,
        line_start: usize,
        line: &str,
        merged: &mut HashMap<usize, usize>,
        index: &mut TermIndex,
    ) {
        let mut columns = line.trim_end_matches('\n').split('\t');
        let codes = columns.next().unwrap_or_default();
        let mut start = line_start + codes.len() + 1;
        let entry = self.entries.len();
        self.entries.push(codes.split(' ').filter_map(|code| code.parse().ok()).collect());
        while let (Some(written), Some(folded)) = (columns.next(), columns.next()) {
            let place = start..start + written.len();
            start = place.end + folded.len() + 2;
            let folded = if folded.is_empty() { written } else { folded };
            let id = LexiconWordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
            match index.add_lexicon_word(folded, id) {
                Some(LexiconWordId(known)) => self.add_codes(known as usize, entry, merged),
                None => self.words.push(LexiconWord { text, place, codes: entry }),
            }
        }
    }

    /// Adds the codes of an entry to those of a word, which then has an entry of its own: `merged` has the words that do.
    fn add_codes(&mut self, word: usize, entry: usize, merged: &mut HashMap<usize, usize>) {
        let Some(LexiconWord { codes, .. }) = self.words.get_mut(word) else { return };
        let own = *merged.entry(word).or_insert_with(|| {
            self.entries.push(self.entries.get(*codes).cloned().unwrap_or_default());
            self.entries.len() - 1
        });
        *codes = own;
        let more = self.entries.get(entry).cloned().unwrap_or_default();
        let Some(all) = self.entries.get_mut(own) else { return };
        for code in more {
            if !all.contains(&code) {
                all.push(code);
            }
        }
    }

    /// A word, if the texts are those of which the lexicon was built.
    pub(super) fn get<'a>(&'a self, texts: &'a LexiconText, id: LexiconWordId) -> Option<NamedGoods<'a>> {
        let LexiconWord { text, place, codes } = self.words.get(id.0 as usize)?;
        Some(NamedGoods { word: texts.texts.get(*text)?.get(place.clone())?, codes: self.entries.get(*codes)? })
    }
}

/// The two columns of a word in the compact form.
pub(in crate::rulebook) fn lexicon_columns(written: &str) -> String {
    let folded = Words::new(written);
    let folded = folded.without_outer_gaps();
    format!("\t{written}\t{}", if folded == written { "" } else { folded })
}
