//! Text for a terminal, wrapped at 80 columns and inert.

use unicode_width::UnicodeWidthStr;

use super::inert::inert;

/// The width of a text report, in columns.
pub(super) const WIDTH: usize = 80;

/// The columns that a text takes on a terminal.
fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Appends a text and a line break, broken at [`WIDTH`]; the first line starts with `first`, the others with `rest`.
pub(super) fn wrapped(out: &mut String, first: &str, rest: &str, text: &str) {
    let mut line = Line { start: out.len(), columns: columns(first), empty: true };
    out.push_str(first);
    // A line break in a text of unknown origin is a blank like any other.
    for word in text.split_whitespace().map(inert) {
        let width = columns(&word);
        if !line.empty && line.columns + 1 + width > WIDTH {
            line.next(out, rest);
        }
        if !line.empty {
            out.push(' ');
            line.columns += 1;
        }
        // A word longer than a line is cut into lines, so that nothing is left out.
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

/// The line that is being written at the end of the output.
struct Line {
    /// Where it starts in the output, in bytes.
    start: usize,
    columns: usize,
    /// True until it holds a word.
    empty: bool,
}

impl Line {
    /// Ends the line, without blanks after its last word.
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
