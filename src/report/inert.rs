//! Neutralises untrusted texts: nothing in them can control a terminal, change the direction of writing, hide or begin a line.

use std::borrow::Cow;

/// Replaces control characters, the marks that turn the direction of writing and what cannot be seen by their numbers,
/// `\u{202e}`.
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    text.chars().flat_map(|c| if is_unsafe(c) { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] }).collect()
}

/// True for control characters, format characters (Unicode's category Cf), line separators, whatever else has no shape by
/// itself (Unicode's Default_Ignorable_Code_Point), and what XML forbids.
pub(super) fn is_unsafe(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}') || is_format(c) || is_ignorable(c)
}

/// Category Cf of Unicode 16, without what is in [`is_ignorable`].
fn is_format(c: char) -> bool {
    matches!(
        c,
        '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{fff9}'..='\u{fffb}'
            | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
    )
}

/// Default_Ignorable_Code_Point of Unicode 16: soft hyphens, marks of zero width and of direction, fillers, selectors of
/// variants, tags. Words can be hidden in them.
fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The text in one line, inert, with single blanks between its words.
pub(crate) fn line(text: &str) -> String {
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
    fn nothing_hides_in_a_line() {
        for hidden in ['\u{ad}', '\u{200b}', '\u{200d}', '\u{2060}', '\u{9b}', '\u{e0041}', '\u{e0100}', '\u{fe0f}', '\u{3164}'] {
            assert_eq!(line(&format!("a{hidden}b")), format!("a{}b", hidden.escape_unicode()));
        }
        let plain = "Ri Yong-ho, 리용호, Нампхо, São Tomé, 12 °C";
        assert_eq!(line(plain), plain);
    }

    #[test]
    fn a_text_is_clipped_by_characters() {
        assert_eq!(clipped("äöü".to_owned(), 2), "äö…");
        assert_eq!(clipped("äö".to_owned(), 2), "äö");
    }
}
