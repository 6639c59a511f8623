//! What stands between the words of a description: commas and the like, or nothing.

use crate::facts::Words;

/// What stands between the words of a description.
pub(super) struct Layout {
    /// For each word, whether a comma or the like stands before it.
    after_separator: Vec<bool>,
    /// For each word, whether nothing stands between it and the one before.
    is_joined: Vec<bool>,
}

impl Layout {
    /// The layout of a text with `count` words, which start at these bytes if that is known.
    pub(super) fn new(text: &str, starts: &[usize], count: usize) -> Self {
        let mut layout = Self { after_separator: vec![false; count], is_joined: vec![false; count] };
        if starts.len() == count {
            layout.read_between(text, starts);
        } else {
            layout.read_pieces(text, count);
        }
        layout
    }

    /// Reads what stands between words that start at these bytes of the text.
    fn read_between(&mut self, text: &str, starts: &[usize]) {
        let mut before = 0;
        for ((start, after_separator), is_joined) in starts.iter().zip(&mut self.after_separator).zip(&mut self.is_joined) {
            // From behind: no letter is a separator. What folds by itself and is not ASCII is a letter.
            let mut between = text.as_bytes().get(before..*start).unwrap_or_default().iter().rev().peekable();
            let is_of_word = |byte: &u8| !byte.is_ascii() || byte.is_ascii_alphanumeric();
            *is_joined = between.peek().is_some_and(|byte| is_of_word(byte));
            *after_separator = between.take_while(|byte| !is_of_word(byte)).any(|byte| is_separator(char::from(*byte)));
            before = *start;
        }
    }

    /// Folds what stands between blanks and separators. If a word or number goes across one of these, nothing is known.
    fn read_pieces(&mut self, text: &str, count: usize) {
        let (mut at, mut separated) = (0, false);
        for piece in text.split_inclusive(|c: char| c.is_whitespace() || is_separator(c)) {
            let words = Words::new(piece).places().count();
            for number in 0..words {
                if let (Some(after_separator), Some(is_joined)) =
                    (self.after_separator.get_mut(at + number), self.is_joined.get_mut(at + number))
                {
                    (*after_separator, *is_joined) = (number == 0 && separated, number > 0);
                }
            }
            at += words;
            separated = piece.ends_with(is_separator) || (separated && words == 0);
        }
        if at != count {
            self.after_separator.fill(false);
        }
    }

    /// True if nothing stands between a word and the one before.
    pub(super) fn is_joined(&self, at: usize) -> bool {
        self.is_joined.get(at).is_some_and(|is_joined| *is_joined)
    }

    /// True if a comma or the like stands before a word.
    pub(super) fn is_separated(&self, at: usize) -> bool {
        self.after_separator.get(at).is_some_and(|is_separated| *is_separated)
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '/' | '&' | '|' | '+' | '\n' | '、' | '，' | '；' | '·' | '(' | ')' | '（' | '）')
}
