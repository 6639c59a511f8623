//! Diagnostics: mistakes in inputs, each with its code, place and remedy.

use std::collections::{BTreeSet, HashSet};

use super::{Code, Entry, Key, Node, SourceId, Span, did_you_mean};

/// How grave a mistake is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiagnosticLevel {
    /// The value cannot be used; the run ends with exit code 3.
    Error,
    /// The value was read, but perhaps not as it was meant.
    Warning,
    /// The value was read as it was meant, and this says how.
    Note,
}

/// A mistake in an input: its code, a message, and its place.
///
/// Messages are in lower case without a full stop, the user's words in back-ticks; the remedy is kept apart as help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of mistake, which decides the level.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// The place in a source text; `None` if the mistake concerns a whole file, which the message names.
    pub at: Option<Span>,
    /// How to mend it.
    pub help: Option<String>,
    /// What was written and not read because of it: `` `brand` of an item ``.
    pub unread: Option<String>,
}

/// What could not be read of a transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread {
    /// The number of errors.
    pub mistakes: usize,
    /// The keys that the format does not have, each with its record.
    pub keys: BTreeSet<String>,
}

impl Unread {
    /// So many keys are kept of a transaction.
    const MOST_KEYS: usize = 64;

    /// True if all could be read.
    pub fn is_empty(&self) -> bool {
        self.mistakes == 0 && self.keys.is_empty()
    }

    /// Adds what a diagnostic says could not be read.
    pub(crate) fn add(&mut self, diagnostic: &Diagnostic) {
        self.mistakes += usize::from(diagnostic.level() == DiagnosticLevel::Error);
        diagnostic.unread.iter().for_each(|key| self.add_key(key));
    }

    /// Adds a key that was not read. Beyond [`Unread::MOST_KEYS`] only that there are more is kept.
    pub(crate) fn add_key(&mut self, key: &str) {
        let key = if self.keys.len() < Self::MOST_KEYS { key } else { "further keys" };
        if !self.keys.contains(key) {
            self.keys.insert(key.to_owned());
        }
    }

    /// Adds what could not be read of another part.
    pub(crate) fn append(&mut self, other: &Unread) {
        self.mistakes += other.mistakes;
        other.keys.iter().for_each(|key| self.add_key(key));
    }
}

impl Diagnostic {
    /// A diagnostic about a place in a source text.
    pub fn new(code: Code, at: Span, message: impl Into<String>) -> Self {
        Self { at: Some(at), ..Self::about_file(code, message) }
    }

    /// A diagnostic about a file, a folder or the run as a whole.
    pub fn about_file(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: shortened(message.into()), at: None, help: None, unread: None }
    }

    /// The level of its code.
    pub fn level(&self) -> DiagnosticLevel {
        self.code.level()
    }

    /// Adds how to mend the mistake.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
        self
    }

    /// Adds what was written and not read.
    #[must_use]
    pub fn unread(mut self, what: impl Into<String>) -> Self {
        self.unread = Some(shortened(what.into()));
        self
    }

    /// Adds how to mend the mistake, if that is known.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.map(shortened);
        self
    }
}

/// A message in which long words of the user are cut: the place shows them whole.
fn shortened(message: String) -> String {
    const LONGEST_WORD: usize = 200;
    const LONGEST: usize = 4_000;
    if message.len() <= LONGEST_WORD {
        return message;
    }
    let cut = |text: &str, most: usize| match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    };
    let parts: Vec<String> = message
        .split('`')
        .enumerate()
        .map(|(at, part)| if at % 2 == 1 { cut(part, LONGEST_WORD) } else { part.to_owned() })
        .collect();
    cut(&parts.join("`"), LONGEST)
}

/// The diagnostics of a text or a run, in the order in which they were found until they are sorted.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Drops the last diagnostic, if it is such a one.
    pub(super) fn drop_last_if(&mut self, is_such: impl FnOnce(&Diagnostic) -> bool) {
        if self.0.last().is_some_and(is_such) {
            self.0.pop();
        }
    }

    /// Adds a diagnostic, if there is one.
    pub fn extend(&mut self, diagnostic: Option<Diagnostic>) {
        self.0.extend(diagnostic);
    }

    /// Reports that a node has the wrong shape: `of` names it, `expected` is the shape it should have.
    pub fn wrong_shape(&mut self, node: &Node, of: &str, expected: &str) {
        self.push(Diagnostic::new(Code::WrongShape, node.span, format!("{of} is {expected}, not {}", node.shape())));
    }

    /// Reports a node of another shape than is expected, with how it can be written.
    pub fn wrong_shape_with(&mut self, node: &Node, of: &str, expected: &str, help: &str) {
        let message = format!("{of} is {expected}, not {}", node.shape());
        self.push(Diagnostic::new(Code::WrongShape, node.span, message).help(help));
    }

    /// The entries of a mapping. A node of another shape is reported and has none.
    pub fn entries_of<'n>(&mut self, node: &'n Node, of: &str, expected: &str) -> &'n [Entry] {
        if node.entries().is_none() {
            self.wrong_shape(node, of, expected);
        }
        node.entries().unwrap_or_default()
    }

    /// Reports an unknown key of `of`, with the closest of the known keys as help, or all of them if none is close.
    pub fn unknown_key<'a>(&mut self, code: Code, key: &Key, of: &str, known: impl IntoIterator<Item = &'a str>) {
        let known: Vec<&str> = known.into_iter().collect();
        let help = did_you_mean(&key.text, known.iter().copied()).unwrap_or_else(|| format!("known keys: {}", known.join(", ")));
        self.push(Diagnostic::new(code, key.span, format!("unknown key `{}` in {of}", key.text)).help(help));
    }

    /// Drops what is missing from the parts of a text that a syntax error has cut off.
    pub fn drop_cut_off(&mut self) {
        let cuts: Vec<Span> = self.0.iter().filter(|d| d.code == Code::NotYaml).filter_map(|d| d.at).collect();
        let is_cut = |at: Span| cuts.iter().any(|cut| cut.source == at.source && at.start <= cut.start && cut.start <= at.end);
        let is_missing = |d: &Diagnostic| matches!(d.code, Code::MissingKey | Code::EmptyCondition);
        self.0.retain(|d| !is_missing(d) || !d.at.is_some_and(is_cut));
    }

    /// True if at least one is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.level() == DiagnosticLevel::Error)
    }

    /// The number of diagnostics of a level.
    pub fn count(&self, level: DiagnosticLevel) -> usize {
        self.0.iter().filter(|d| d.level() == level).count()
    }

    /// The number of diagnostics.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The number of errors among those that were added after the first `number` ones.
    pub fn errors_since(&self, number: usize) -> usize {
        let added = self.0.get(number..).unwrap_or_default();
        added.iter().filter(|d| d.level() == DiagnosticLevel::Error).count()
    }

    /// True if a diagnostic after the first `number` ones says that something written is read as unknown, or not at all.
    pub(crate) fn has_unread_since(&self, number: usize) -> bool {
        let unread = [
            Code::AmountOfUnknown,
            Code::AmountWithoutNumber,
            Code::KeyNotRead,
            Code::NoneOfWhatIsThere,
            Code::NumberWithoutUnit,
            Code::Placeholder,
            Code::PlaceholderDate,
        ];
        let is_unread = |problem: &Diagnostic| problem.code.level() == DiagnosticLevel::Error || unread.contains(&problem.code);
        self.0.get(number..).unwrap_or_default().iter().any(is_unread)
    }

    /// What could not be read, by the diagnostics that were added after the first `number` ones.
    pub(crate) fn unread_since(&self, number: usize) -> Unread {
        let mut unread = Unread::default();
        self.0.get(number..).unwrap_or_default().iter().for_each(|diagnostic| unread.add(diagnostic));
        unread
    }

    /// True if there is no diagnostic.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All diagnostics in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Sorts by place, those without a place first, and drops repetitions, so that the order of reading does not show. Of notes
    /// that say the same the first one stays.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| (a.at, &a.message).cmp(&(b.at, &b.message)));
        self.0.dedup();
        self.drop_notes_in(&mut HashSet::new());
    }

    /// Drops the notes whose messages are among `said`, and adds those of the others.
    pub fn drop_notes_in(&mut self, said: &mut HashSet<String>) {
        self.0.retain(|d| d.level() != DiagnosticLevel::Note || said.insert(d.message.clone()));
    }

    /// Changes the source of all places to `id`.
    #[must_use]
    pub fn moved_to(mut self, id: SourceId) -> Self {
        self.0.iter_mut().filter_map(|d| d.at.as_mut()).for_each(|at| at.source = id);
        self
    }

    /// Adds all diagnostics of another list.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.0.append(&mut other.0);
    }
}
