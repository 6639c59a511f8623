//! Text for a terminal: wrapped, and with nothing in it that could steer the terminal.

use unicode_width::UnicodeWidthStr;

/// The width of a text report.
pub(super) const WIDTH: usize = 80;

/// Replaces control characters and the marks that turn the direction of writing, which a fact could smuggle in.
pub(super) fn inert(text: &str) -> String {
    text.chars().flat_map(|c| if is_unsafe(c) { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] }).collect()
}

/// Control characters, marks of direction, separators of lines that are no line break, and what XML forbids.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Appends words, broken at the width; the first line starts with `first`, the others with `rest`.
pub(super) fn wrapped(out: &mut String, first: &str, rest: &str, text: &str) {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in inert(text).split_whitespace() {
        let fits = line.width() + usize::from(!empty) + word.width() <= WIDTH;
        if !fits && !empty {
            out.push_str(line.trim_end());
            out.push('\n');
            line = rest.to_owned();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        // A word longer than a line is cut into lines: nothing is left out.
        let mut word = word;
        while line.width() + word.width() > WIDTH && word.chars().count() > 1 {
            let room = WIDTH.saturating_sub(line.width()).max(1);
            let cut = word.char_indices().nth(room).map_or(word.len(), |(i, _)| i);
            let (head, tail) = word.split_at_checked(cut).unwrap_or((word, ""));
            line.push_str(head);
            if tail.is_empty() {
                word = "";
                break;
            }
            out.push_str(&line);
            out.push('\n');
            line = rest.to_owned();
            word = tail;
        }
        line.push_str(word);
        empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}
