//! Pieces of text that are looked for in raw texts, all in one pass.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::word_map::WordHasher;

/// Some pieces of text, to be looked for in any case of ASCII letters. It is built in the time that it takes to read the pieces,
/// unlike an automaton, and nearly all bytes of a text cost one look at a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextPieces {
    /// One bit for each hash of three bytes with which a piece begins.
    beginnings: Vec<u64>,
    /// The pieces by these three bytes.
    by_beginning: HashMap<u32, Vec<Piece>, BuildHasherDefault<WordHasher>>,
    /// Pieces of fewer bytes.
    short: Vec<Box<[u8]>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    bytes: Box<[u8]>,
    part: WordPart,
}

/// Which part of a word a piece is, where it is one of ASCII letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordPart {
    /// Any: it is looked for inside of words too.
    Any,
    /// The beginning of a word.
    Beginning,
    /// A whole word, or all of it but an ending.
    Whole,
}

impl WordPart {
    /// The longest ending that [`Words`](crate::facts::Words) cut off English words.
    const ENDING: usize = 2;

    /// True if a piece of ASCII letters may be such a part between what stands before and behind it.
    fn is_between(self, before: &[u8], behind: &[u8]) -> bool {
        let is_inside = before.last().is_some_and(u8::is_ascii_alphabetic);
        match self {
            WordPart::Any => true,
            WordPart::Beginning => !is_inside,
            WordPart::Whole => {
                !is_inside && !behind.get(..=Self::ENDING).is_some_and(|rest| rest.iter().all(u8::is_ascii_alphabetic))
            }
        }
    }
}

/// The number of bits for hashes: few enough to stay near at hand, many enough that few texts meet one by chance.
const BITS: u32 = 15;

impl TextPieces {
    /// Adds a piece that may be any part of a word. An empty one is in every text.
    pub(crate) fn add(&mut self, piece: &str) {
        self.add_part(piece, WordPart::Any);
    }

    /// Adds a piece that is some part of a word.
    pub(crate) fn add_part(&mut self, piece: &str, part: WordPart) {
        let part = if piece.bytes().all(|byte| byte.is_ascii_alphabetic()) { part } else { WordPart::Any };
        let piece: Box<[u8]> = piece.bytes().map(|byte| byte.to_ascii_lowercase()).collect();
        let [a, b, c, ..] = *piece else {
            self.short.push(piece);
            return;
        };
        let beginning = u32::from_be_bytes([0, a, b, c]);
        self.beginnings.resize(1 << (BITS - 6), 0);
        let (word, bit) = place(beginning);
        self.beginnings.get_mut(word).into_iter().for_each(|word| *word |= bit);
        let pieces = self.by_beginning.entry(beginning).or_default();
        let piece = Piece { bytes: piece, part };
        if !pieces.contains(&piece) {
            pieces.push(piece);
        }
    }

    /// True if a piece is in a text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let mut last = 0;
        let is_here = |(at, byte): (usize, u8)| {
            last = (last << 8 | u32::from(byte.to_ascii_lowercase())) & 0xff_ffff;
            let (word, bit) = place(last);
            self.beginnings.get(word).is_some_and(|word| word & bit != 0) && self.begins_at(last, text.as_bytes(), at)
        };
        text.bytes().enumerate().any(is_here) || self.short.iter().any(|piece| has_short(text, piece))
    }

    /// True if a piece stands in a text whose third byte is at a position.
    fn begins_at(&self, beginning: u32, text: &[u8], third: usize) -> bool {
        let Some((before, rest)) = third.checked_sub(2).and_then(|start| text.split_at_checked(start)) else { return false };
        let pieces = self.by_beginning.get(&beginning).map(Vec::as_slice).unwrap_or_default();
        pieces.iter().any(|piece| {
            let here = rest.split_at_checked(piece.bytes.len());
            here.is_some_and(|(here, behind)| here.eq_ignore_ascii_case(&piece.bytes) && piece.part.is_between(before, behind))
        })
    }
}

fn has_short(text: &str, piece: &[u8]) -> bool {
    match piece.iter().any(u8::is_ascii_alphabetic) {
        true => text.as_bytes().windows(piece.len()).any(|window| window.eq_ignore_ascii_case(piece)),
        false => memchr::memmem::find(text.as_bytes(), piece).is_some(),
    }
}

/// The word and the bit of a beginning.
fn place(beginning: u32) -> (usize, u64) {
    let hash = beginning.wrapping_mul(0x9e37_79b1) >> (32 - BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::{TextPieces, WordPart};

    #[test]
    fn parts_of_words_are_found_where_they_may_be() {
        let is_found = |part: WordPart, text: &str| {
            let mut pieces = TextPieces::default();
            pieces.add_part("syr", part);
            pieces.is_in(text)
        };
        for (text, whole, beginning) in [
            ("syringes", false, true),
            ("to SYR", true, true),
            ("SYRs, SYRes", true, true),
            ("syr5", true, true),
            ("5syr", true, true),
            ("assyrian", false, false),
            ("syr\u{200b}ia", true, true),
        ] {
            assert_eq!(is_found(WordPart::Whole, text), whole, "{text}");
            assert_eq!(is_found(WordPart::Beginning, text), beginning, "{text}");
            assert!(is_found(WordPart::Any, text), "{text}");
        }
    }

    #[test]
    fn pieces_are_found_as_by_a_search_for_each() {
        let pieces = ["korea", "d.p", "Pyong", "КНДР", "朝鲜", "\u{ad}", "北", "kor"];
        let mut all = TextPieces::default();
        pieces.iter().for_each(|piece| all.add(piece));
        let lower = |text: &str| text.to_ascii_lowercase();
        for text in [
            "KOREAN coal",
            "D.P.R.K",
            "ko",
            "k",
            "",
            "yongpyong",
            "из КНДР",
            "кндр",
            "朝",
            "x朝鲜",
            "a\u{ad}b",
            "North",
            "南北",
            "pyon g",
        ] {
            let expected = pieces.iter().any(|piece| lower(text).contains(&lower(piece)));
            assert_eq!(all.is_in(text), expected, "{text}");
        }
    }
}
