//! Lines of the log of a continuous integration: none of them is a command to the service that keeps the log.

use std::borrow::Cow;
use std::io::{self, Write};

use super::inert::inert;

/// What makes a line a command at its start: GitHub's commands, GitLab's and Travis' sections, Buildkite's groups.
const AT_START: [&str; 8] = ["::", "section_start:", "section_end:", "travis_", "--- ", "+++ ", "~~~ ", "^^^ "];

/// The text as it may stand in a log. The first character of what a service would obey is shown by its number.
///
/// GitHub and Azure look for `##[` and `##vso[` anywhere in a line, as TeamCity and Octopus do for theirs.
pub(crate) fn for_log(text: &str) -> Cow<'_, str> {
    if !text.split('\n').any(|line| command_in(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        while let Some((before, first, after)) = command_in(rest).and_then(|at| split_around(rest, at)) {
            out.push_str(before);
            out.extend(first.escape_unicode());
            rest = after;
        }
        out.push_str(rest);
    }
    Cow::Owned(out)
}

/// Where a command begins in a line.
fn command_in(line: &str) -> Option<usize> {
    let content = line.trim_start();
    if AT_START.iter().any(|start| content.starts_with(start)) {
        return Some(line.len() - content.len());
    }
    memchr::memchr_iter(b'[', line.as_bytes()).find_map(|bracket| {
        let name = line.get(..bracket)?.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
        name.ends_with("##").then(|| name.len() - 2)
    })
}

/// The text before a character, the character, and the text after it.
fn split_around(text: &str, at: usize) -> Option<(&str, char, &str)> {
    let (before, rest) = text.split_at_checked(at)?;
    let first = rest.chars().next()?;
    Some((before, first, rest.get(first.len_utf8()..)?))
}

/// Writes lines to a terminal or a log, each inert and by [`for_log`]. [`LogWriter::finish`] writes what is left of the last.
pub(crate) struct LogWriter<'w> {
    out: &'w mut dyn Write,
    /// The line that is not ended yet.
    line: Vec<u8>,
}

impl<'w> LogWriter<'w> {
    pub(crate) fn new(out: &'w mut dyn Write) -> Self {
        Self { out, line: Vec::new() }
    }

    /// Writes the last line, which no line break ended.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        self.write_lines(&line)
    }

    fn write_lines(&mut self, lines: &[u8]) -> io::Result<()> {
        let text = std::str::from_utf8(lines).map_err(io::Error::other)?;
        text.split_inclusive('\n').try_for_each(|line| {
            let (content, end) = line.strip_suffix('\n').map_or((line, ""), |content| (content, "\n"));
            self.out.write_all(for_log(&inert(content)).as_bytes())?;
            self.out.write_all(end.as_bytes())
        })
    }
}

impl Write for LogWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(end) = memchr::memrchr(b'\n', bytes) else {
            self.line.extend(bytes);
            return Ok(bytes.len());
        };
        let (whole, rest) = bytes.split_at(end + 1);
        let mut lines = std::mem::take(&mut self.line);
        lines.extend(whole);
        self.write_lines(&lines)?;
        self.line.extend(rest);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{LogWriter, for_log};

    #[test]
    fn no_line_is_a_command() {
        for (text, expected) in [
            ("::error::x", "\\u{3a}:error::x"),
            ("a\n  ::set-output name=x::y\n", "a\n  \\u{3a}:set-output name=x::y\n"),
            ("a ##vso[task.complete]b", "a \\u{23}#vso[task.complete]b"),
            ("##[group]a ##[error]b", "\\u{23}#[group]a \\u{23}#[error]b"),
            ("###[x]", "#\\u{23}#[x]"),
            ("##teamcity[buildStop]", "\\u{23}#teamcity[buildStop]"),
            ("section_start:1:x", "\\u{73}ection_start:1:x"),
            ("+++ x\n::: y", "\\u{2b}++ x\n\\u{3a}\\u{3a}: y"),
        ] {
            assert_eq!(for_log(text), expected);
            let mut written = Vec::new();
            let mut log = LogWriter::new(&mut written);
            text.bytes().for_each(|byte| log.write_all(&[byte]).unwrap());
            log.finish().unwrap();
            assert_eq!(String::from_utf8(written).unwrap(), expected, "byte by byte");
        }
    }

    #[test]
    fn no_line_that_is_written_steers() {
        let mut written = Vec::new();
        let mut log = LogWriter::new(&mut written);
        log.write_all("a\u{1b}[2J\r\u{9b}\n\u{200b}::x".as_bytes()).unwrap();
        log.finish().unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "a\\u{1b}[2J\\u{d}\\u{9b}\n\\u{200b}::x");
    }

    #[test]
    fn other_lines_stay_as_they_are() {
        for text in ["a::b: c", "## 2 [x]", "-----\n---", "see ## here", "item #4 [x]", "  - x"] {
            assert_eq!(for_log(text), text);
        }
    }
}
