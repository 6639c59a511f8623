//! The lexicon of ordinary goods: what people call the goods of each HS heading, banned or harmless.
//!
//! It is kept as a compact text until a description without a code is met: most runs ask for it never.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::facts::{HsCode, Words};
use crate::rulebook::word_map::WordMap;

/// Everyday words for goods, each with the HS codes of the goods that it names.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// One entry a line: its codes with blanks between them, then its words, each behind a tab.
    texts: Vec<Cow<'static, str>>,
    table: OnceLock<LexiconTable>,
}

/// A word of the lexicon.
#[derive(Debug)]
pub struct LexiconWord {
    /// The word as written. It may be several words: `frying pan`.
    pub written: String,
    /// The codes of the goods that it can name.
    pub codes: Vec<HsCode>,
}

/// Identifies a word of a lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LexiconWordId(u32);

#[derive(Debug, Default)]
struct LexiconTable {
    /// By the folded and stemmed words, without the outer gaps.
    by_words: WordMap<u32>,
    entries: Vec<LexiconWord>,
    /// The most words that an entry has.
    longest: usize,
}

impl Lexicon {
    /// Adds entries in the compact form.
    pub(in crate::rulebook) fn add(&mut self, text: Cow<'static, str>) {
        self.texts.push(text);
    }

    /// All entries in the compact form.
    #[cfg(test)]
    pub(in crate::rulebook) fn text(&self) -> String {
        self.texts.concat()
    }

    /// A word.
    pub(crate) fn get(&self, id: LexiconWordId) -> Option<&LexiconWord> {
        self.table().entries.get(id.0 as usize)
    }

    /// The places at which words of the lexicon stand in a text, overlapping ones too.
    pub(crate) fn find(&self, text: &Words) -> Vec<(std::ops::Range<usize>, LexiconWordId)> {
        let table = self.table();
        let starts: Vec<(usize, &str)> = text.places().collect();
        let mut found = Vec::new();
        for (index, (start, _)) in starts.iter().enumerate() {
            for (last, word) in starts.iter().skip(index).take(table.longest) {
                let end = last + 1 + word.len();
                let id = text.as_str().get(start + 1..end).and_then(|words| table.by_words.get(words));
                found.extend(id.map(|id| (*start..end, LexiconWordId(*id))));
            }
        }
        found
    }

    fn table(&self) -> &LexiconTable {
        self.table.get_or_init(|| {
            let mut table = LexiconTable::default();
            self.texts.iter().flat_map(|text| text.lines()).for_each(|line| table.add(line));
            table
        })
    }
}

impl LexiconTable {
    /// Adds an entry. Words that are stemmed alike, such as `glass` and `glasses`, name what either names.
    fn add(&mut self, line: &str) {
        let mut columns = line.split('\t');
        let codes: Vec<HsCode> = columns.next().unwrap_or_default().split(' ').filter_map(|code| code.parse().ok()).collect();
        for written in columns {
            let words = Words::new(written);
            let key = words.as_str().trim_matches('\u{1}');
            if let Some(id) = self.by_words.get(key) {
                if let Some(entry) = self.entries.get_mut(*id as usize) {
                    let more = codes.iter().filter(|code| !entry.codes.contains(code)).copied().collect::<Vec<_>>();
                    entry.codes.extend(more);
                }
                continue;
            }
            self.longest = self.longest.max(words.iter().count());
            self.by_words.insert(key.to_owned(), self.entries.len() as u32);
            self.entries.push(LexiconWord { written: written.to_owned(), codes: codes.clone() });
        }
    }
}
