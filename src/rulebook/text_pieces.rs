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
    by_beginning: HashMap<u32, Vec<Box<[u8]>>, BuildHasherDefault<WordHasher>>,
    /// Pieces of fewer bytes.
    short: Vec<Box<[u8]>>,
}

/// The number of bits for hashes: few enough to stay near at hand, many enough that few texts meet one by chance.
const BITS: u32 = 15;

impl TextPieces {
    /// Adds a piece. An empty one is in every text.
    pub(crate) fn add(&mut self, piece: &str) {
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
        let Some(rest) = third.checked_sub(2).and_then(|start| text.get(start..)) else { return false };
        let pieces = self.by_beginning.get(&beginning).map(Vec::as_slice).unwrap_or_default();
        pieces.iter().any(|piece| rest.get(..piece.len()).is_some_and(|start| start.eq_ignore_ascii_case(piece)))
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
    use super::TextPieces;

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
