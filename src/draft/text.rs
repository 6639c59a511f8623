//! An article as tokens, sentences and paragraphs, each with its place.

use std::collections::HashSet;
use std::ops::Range;

/// The most tokens of a sentence; a longer one is cut, so that no text is read in more than linear time.
const MOST_TOKENS: usize = 160;

/// The most words of a line that stands by itself without a full stop: a headline, a dateline.
const MOST_OF_A_LINE: usize = 14;

/// A word, number or mark of an article.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// The bytes of the article.
    pub(super) place: Range<usize>,
    /// The line, from 1.
    pub(super) line: usize,
    /// The text in lower case, with straight apostrophes.
    pub(super) lower: String,
    pub(super) kind: TokenKind,
    /// Capital letters throughout, two or more: `IT`.
    pub(super) is_upper: bool,
    /// True inside of quotation marks.
    pub(super) is_quoted: bool,
    /// Hangs on the word before it by a hyphen: *flagged* in `Togo-flagged`.
    pub(super) is_joined: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Begins with a capital letter.
    Capital,
    /// Begins with a small letter.
    Small,
    /// Begins with a digit.
    Number,
    /// `'s`, or an apostrophe behind a plural.
    Possessive,
    Mark,
}

/// A sentence, a headline or another line by itself.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// Positions of tokens.
    pub(super) tokens: Range<usize>,
    /// The paragraph that it stands in.
    pub(super) paragraph: usize,
}

/// Words by which a text is cut into words.
#[derive(Debug, Default)]
pub(super) struct TextWords {
    /// What is written with a point behind it: `Jan`, `Mr`.
    pub(super) abbreviations: HashSet<String>,
    /// What stands behind the adjective of a State and a hyphen: `Russian-flagged` is two words.
    pub(super) behind_hyphens: HashSet<String>,
}

impl TextWords {
    fn is_behind_hyphen(&self, text: &str) -> bool {
        let length = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
        text.get(..length).is_some_and(|word| self.behind_hyphens.contains(word))
    }

    /// True for what is written with a point behind it: `Jan`, `Mr`, `U.S`.
    fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(&word.to_lowercase())
            || (word.len() == 1 && word.chars().all(|c| c.is_ascii_uppercase()))
            || (word.contains('.') && word.split('.').all(|part| part.len() == 1))
    }
}

/// An article taken apart.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub(super) source: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
    /// The length of each line in bytes.
    lines: Vec<usize>,
}

impl<'a> Text<'a> {
    pub(super) fn new(source: &'a str, words: &TextWords) -> Self {
        let lines = source.split('\n').map(str::len).collect();
        let mut text = Self { source, tokens: Vec::new(), sentences: Vec::new(), lines };
        let (mut at, mut line) = (0, 1);
        for (paragraph, block) in blocks(source).into_iter().enumerate() {
            let first = text.tokens.len();
            line += source.get(at..block.start).unwrap_or_default().matches('\n').count();
            at = block.start;
            tokenize(source, block, words, (&mut line, &mut at), &mut text.tokens);
            if text.tokens.len() > first {
                text.cut_into_sentences(first, paragraph);
            }
        }
        text
    }

    /// The words of some tokens as they are written, blanks and line ends as single blanks.
    pub(super) fn words(&self, tokens: &Range<usize>) -> String {
        let place = self.place(tokens);
        let written = self.source.get(place).unwrap_or_default();
        written.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The bytes of some tokens.
    pub(super) fn place(&self, tokens: &Range<usize>) -> Range<usize> {
        let start = self.tokens.get(tokens.start).map_or(0, |token| token.place.start);
        let end = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.place.end);
        start..end.max(start)
    }

    /// The line on which a token stands.
    pub(super) fn line(&self, token: usize) -> usize {
        self.tokens.get(token).map_or(1, |token| token.line)
    }

    fn cut_into_sentences(&mut self, first: usize, paragraph: usize) {
        let mut start = first;
        for at in first..self.tokens.len() {
            if at + 1 - start >= MOST_TOKENS || self.ends_sentence(at, start) {
                self.sentences.push(Sentence { tokens: start..at + 1, paragraph });
                start = at + 1;
            }
        }
        if start < self.tokens.len() {
            self.sentences.push(Sentence { tokens: start..self.tokens.len(), paragraph });
        }
    }

    fn ends_sentence(&self, at: usize, start: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return true };
        let Some(next) = self.tokens.get(at + 1) else { return true };
        let begins = |token: &Token| matches!(token.kind, TokenKind::Capital | TokenKind::Number) || is_quote(&token.lower);
        match token.lower.as_str() {
            "." | "!" | "?" => begins(next) && !(is_quote(&next.lower) && next.place.start == token.place.end),
            // `... today." Then ...`
            quote if is_quote(quote) => {
                let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
                before.is_some_and(|before| matches!(before.lower.as_str(), "." | "!" | "?")) && next.kind == TokenKind::Capital
            }
            // A line by itself.
            _ => next.line > token.line && at + 1 - start <= MOST_OF_A_LINE && begins(next) && self.is_short_line(token.line),
        }
    }

    /// True for a line that is much shorter than a line of running text.
    fn is_short_line(&self, line: usize) -> bool {
        self.lines.get(line.saturating_sub(1)).is_some_and(|length| *length < 60)
    }
}

pub(super) fn is_quote(mark: &str) -> bool {
    matches!(mark, "\"" | "“" | "”" | "«" | "»" | "„")
}

/// The places of the paragraphs, which empty lines separate.
fn blocks(source: &str) -> Vec<Range<usize>> {
    let (mut blocks, mut start, mut at) = (Vec::new(), None, 0);
    for line in source.split_inclusive('\n') {
        match (line.trim().is_empty(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                blocks.push(from..at);
                start = None;
            }
            _ => {}
        }
        at += line.len();
    }
    blocks.extend(start.map(|from| from..at));
    blocks
}

fn tokenize(
    source: &str,
    block: Range<usize>,
    words: &TextWords,
    (line, counted): (&mut usize, &mut usize),
    tokens: &mut Vec<Token>,
) {
    let text = source.get(block.clone()).unwrap_or_default();
    let (mut rest, mut is_quoted, mut is_joined) = (text, false, false);
    while let Some(c) = rest.chars().next() {
        let at = block.end - rest.len();
        if c.is_whitespace() {
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        }
        // `Russian-flagged` is two words.
        if c == '-'
            && tokens.last().is_some_and(|last| last.place.end == at)
            && rest.get(1..).is_some_and(|rest| words.is_behind_hyphen(rest))
        {
            rest = rest.get(1..).unwrap_or_default();
            is_joined = true;
            continue;
        }
        let length = word_length(rest, words).max(c.len_utf8());
        let word = rest.get(..length).unwrap_or_default();
        *line += source.get(*counted..at).unwrap_or_default().matches('\n').count();
        *counted = at;
        let lower = word.to_lowercase().replace('\u{2019}', "'");
        let kind = match c {
            _ if is_possessive(&lower) && tokens.last().is_some_and(|last| last.place.end == at) => TokenKind::Possessive,
            c if c.is_ascii_digit() || (word.len() > c.len_utf8() && matches!(c, '$' | '€' | '£' | '¥')) => TokenKind::Number,
            c if c.is_uppercase() => TokenKind::Capital,
            c if c.is_alphabetic() => TokenKind::Small,
            _ => TokenKind::Mark,
        };
        if kind == TokenKind::Mark && is_quote(word) {
            is_quoted = match word {
                "“" | "«" | "„" => true,
                "”" | "»" => false,
                _ => !is_quoted,
            };
        }
        let is_upper = word.len() > 1 && word.chars().all(|c| c.is_uppercase());
        tokens.push(Token { is_upper, place: at..at + length, line: *line, lower, kind, is_quoted, is_joined });
        is_joined = false;
        rest = rest.get(length..).unwrap_or_default();
    }
}

fn is_possessive(lower: &str) -> bool {
    lower == "'s" || lower == "'"
}

/// True if the hyphen at a place parts two words: behind a name, and where *by* follows: `half-owned by`.
fn is_split(text: &str, hyphen: usize) -> bool {
    let behind = text.get(hyphen + 1..).unwrap_or_default();
    let rest = behind.trim_start_matches(char::is_alphabetic);
    text.starts_with(char::is_uppercase) || rest.trim_start().starts_with("by ")
}

/// The length of the word that a text begins with: letters and digits, with points, hyphens and apostrophes between them;
/// the point of an abbreviation belongs to it.
fn word_length(text: &str, words: &TextWords) -> usize {
    if text.starts_with("'s") || text.starts_with("’s") {
        return text.len() - text.trim_start_matches(['\'', '’']).len() + 1;
    }
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let is_inner = match c {
            c if c.is_alphanumeric() => true,
            '\'' | '’' if end > 0 => {
                let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
                let is_suffix = rest.starts_with('s') && !rest.chars().nth(1).is_some_and(char::is_alphanumeric);
                next.is_some_and(char::is_alphabetic) && !is_suffix
            }
            '-' if end > 0 && words.is_behind_hyphen(text.get(at + 1..).unwrap_or_default()) && is_split(text, at) => false,
            '-' | '/' if end > 0 => next.is_some_and(char::is_alphanumeric),
            ',' | ':' if end > 0 => {
                text.get(..at).unwrap_or_default().ends_with(|c: char| c.is_ascii_digit())
                    && next.is_some_and(|c| c.is_ascii_digit())
            }
            '.' if end > 0 => {
                next.is_some_and(char::is_alphanumeric) || words.is_abbreviation(text.get(..at).unwrap_or_default())
            }
            '$' | '€' | '£' | '¥' if at == 0 => next.is_some_and(|c| c.is_ascii_digit()),
            '%' if end > 0 => false,
            _ => false,
        };
        if !is_inner {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}
