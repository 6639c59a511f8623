//! Neutralises untrusted texts: nothing in them can control a terminal, change the direction of writing or begin a line.

use std::borrow::Cow;

/// Replaces control characters and the marks that turn the direction of writing by their numbers, `\u{202e}`.
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    text.chars().flat_map(|c| if is_unsafe(c) { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] }).collect()
}

/// True for control characters, marks of direction, line separators and what XML forbids.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// The text in one line, inert, with single blanks between its words.
pub(super) fn line(text: &str) -> String {
    inert(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// The first characters of a text, with `…` where something was left out.
pub(super) fn clipped(text: String, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{clipped, line};

    #[test]
    fn a_line_holds_no_line_break_and_nothing_that_steers() {
        assert_eq!(line(" a\r\n\tb\u{202e}\0\u{2028}c "), "a b\\u{202e}\\u{0} c");
    }

    #[test]
    fn a_text_is_clipped_by_characters() {
        assert_eq!(clipped("äöü".to_owned(), 2), "äö…");
        assert_eq!(clipped("äö".to_owned(), 2), "äö");
    }
}
