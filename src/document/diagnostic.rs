//! What is wrong with a text, where, and what to do.

use super::{Entry, Key, Node, SourceId, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The value cannot be used; the run ends with exit code 3.
    Error,
    /// Read, but perhaps not as it was meant.
    Warning,
}

/// One mistake: a lower-case message without a full stop, its place, and the help apart from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, the user's words in back-ticks.
    pub message: String,
    /// Where it stands; `None` speaks of a whole file that the message names.
    pub at: Option<Span>,
    /// What stands beside the underlined text.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(at: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into(), at: Some(at), label: None, help: None }
    }

    /// A warning at a place.
    pub fn warning(at: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(at, message) }
    }

    /// An error about a file that could not be read at all.
    pub fn about_file(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into(), at: None, label: None, help: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what to do, if there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Adds a note beside the underlined text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

/// Everything that was found wrong, in the order found.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Takes a diagnostic in.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Takes a diagnostic in, if there is one.
    pub fn extend(&mut self, diagnostic: Option<Diagnostic>) {
        self.0.extend(diagnostic);
    }

    /// Says that a node has the wrong shape.
    pub fn wrong_shape(&mut self, node: &Node, of: &str, expected: &str) {
        self.push(Diagnostic::error(node.span, format!("{of} is {expected}, not {}", node.shape())));
    }

    /// The entries of a node that has to be a mapping; of any other, which is reported, none.
    pub fn entries_of<'n>(&mut self, node: &'n Node, of: &str, expected: &str) -> &'n [Entry] {
        if node.entries().is_none() {
            self.wrong_shape(node, of, expected);
        }
        node.entries().unwrap_or_default()
    }

    /// Says that a key is not known, with the closest that is.
    pub fn unknown_key<'a>(&mut self, key: &Key, of: &str, known: impl IntoIterator<Item = &'a str>) {
        let known: Vec<&str> = known.into_iter().collect();
        let help = match super::closest(&key.text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known keys: {}", known.join(", ")),
        };
        self.push(Diagnostic::error(key.span, format!("unknown key `{}` in {of}", key.text)).help(help));
    }

    /// True if at least one is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Sorted by place, so that no order of reading shows; what has no place comes first.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| (a.at, &a.message).cmp(&(b.at, &b.message)));
        self.0.dedup();
    }

    /// The same about the same text under another id.
    #[must_use]
    pub fn moved_to(mut self, id: SourceId) -> Self {
        self.0.iter_mut().filter_map(|d| d.at.as_mut()).for_each(|at| at.source = id);
        self
    }

    /// Takes all of another's in.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.0.append(&mut other.0);
    }
}
