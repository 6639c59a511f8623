//! Messages (§3.11).

use serde::Serialize;

use crate::report::inert::line;

/// A text, and perhaps the same in Markdown.
#[derive(Serialize)]
pub(super) struct Message {
    /// Plain text; one part to a line.
    pub text: String,
    /// The text as Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
}

impl Message {
    /// A message of several lines. Braces, which are placeholders (§3.11.5), and brackets, which are links (§3.11.6), are
    /// escaped.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut text = String::new();
        for part in lines {
            if !text.is_empty() {
                text.push('\n');
            }
            for c in line(part).chars() {
                match c {
                    '{' | '}' => text.extend([c, c]),
                    '[' | ']' | '\\' => text.extend(['\\', c]),
                    c => text.push(c),
                }
            }
        }
        Self { text, markdown: None }
    }
}

/// Doubles braces, which are placeholders in Markdown too (§3.11.5).
pub(super) fn escape_braces(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn a_message_has_no_links_and_no_placeholders() {
        assert_eq!(Message::new(["[a](b) {0}", "c"]).text, "\\[a\\](b) {{0}}\nc");
    }
}
