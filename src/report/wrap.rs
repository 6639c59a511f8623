//! Text for a terminal: wrapped, and with nothing in it that could steer the terminal.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// The width of a text report.
pub(super) const WIDTH: usize = 80;

/// Replaces control characters and the marks that turn the direction of writing, which a fact could smuggle in.
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    text.chars().flat_map(|c| if is_unsafe(c) { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] }).collect()
}

/// Control characters, marks of direction, separators of lines that are no line break, and what XML forbids.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Columns that a text takes.
fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Appends words, broken at the width; the first line starts with `first`, the others with `rest`.
pub(super) fn wrapped(out: &mut String, first: &str, rest: &str, text: &str) {
    let mut line = Line { start: out.len(), columns: columns(first), empty: true };
    out.push_str(first);
    // A line break of an unknown hand is a blank like any other.
    for word in text.split_whitespace().map(inert) {
        let width = columns(&word);
        if !line.empty && line.columns + 1 + width > WIDTH {
            line.next(out, rest);
        }
        if !line.empty {
            out.push(' ');
            line.columns += 1;
        }
        // A word longer than a line is cut into lines: nothing is left out.
        let (mut word, mut width) = (&*word, width);
        while line.columns + width > WIDTH {
            let room = WIDTH.saturating_sub(line.columns).max(1);
            let cut = word.char_indices().nth(room).map_or(word.len(), |(i, _)| i);
            let Some((head, tail)) = word.split_at_checked(cut).filter(|(_, tail)| !tail.is_empty()) else { break };
            out.push_str(head);
            line.next(out, rest);
            (word, width) = (tail, columns(tail));
        }
        out.push_str(word);
        line.columns += width;
        line.empty = false;
    }
    line.end(out);
}

/// The line that is being written.
struct Line {
    /// Where it starts in the text.
    start: usize,
    columns: usize,
    /// No word stands in it yet.
    empty: bool,
}

impl Line {
    /// Ends it; no blanks stay behind its last word.
    fn end(&self, out: &mut String) {
        let length = out.get(self.start..).map_or(0, |line| line.trim_end().len());
        out.truncate(self.start + length);
        out.push('\n');
    }

    fn next(&mut self, out: &mut String, rest: &str) {
        self.end(out);
        *self = Line { start: out.len(), columns: columns(rest), empty: true };
        out.push_str(rest);
    }
}
