//! Diagnostics as text, in the layout of rustc's messages.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::document::{Diagnostic, DiagnosticLevel, Diagnostics, SourceMap, SourceText, Span, is_workbook};

use super::alike_diagnostics::Alike;
use super::inert::inert;

/// The longest source line, in bytes, that is shown whole. Of a longer one the part around the span is shown.
const LONGEST_LINE: usize = 160;

/// The most notes that are shown.
const MAX_NOTES: usize = 12;

/// Renders all diagnostics in their order, with the codes of terminal colours if `styled`: errors and warnings with the line that
/// they are about, then further ones of the same codes in a line each, then notes in a line each. What says the same of many
/// places is said once, with all of them.
pub fn render(problems: &Diagnostics, sources: &SourceMap, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let is_note = |problem: &&Diagnostic| problem.level() == DiagnosticLevel::Note;
    let groups = Alike::group(problems.iter().filter(|problem| !is_note(problem)));
    let (in_full, in_short) = Alike::in_full_and_in_short(groups);
    for group in &in_full {
        out.push_str(&render_one(group, sources, &renderer));
        out.push_str("\n\n");
    }
    for group in &in_short {
        let level = if group.first.level() == DiagnosticLevel::Error { "error" } else { "warning" };
        out.push_str(&group.in_a_line(level, sources));
    }
    if !in_short.is_empty() {
        out.push('\n');
    }
    let notes: Vec<&Diagnostic> = problems.iter().filter(is_note).collect();
    for note in notes.iter().take(MAX_NOTES) {
        out.push_str(&note_line(note, sources));
    }
    match notes.len().saturating_sub(MAX_NOTES) {
        0 if notes.is_empty() => {}
        0 => out.push('\n'),
        more => out.push_str(&format!("{more} more notes, which the reports list\n\n")),
    }
    out
}

/// A note in one line, with its place: `note[N0231]: read `sold` as `sale` (a.yaml:3:15)`.
fn note_line(note: &Diagnostic, sources: &SourceMap) -> String {
    let place = note.at.and_then(|span| Some((span, sources.get(span.source)?)));
    let place = place.map(|(span, source)| {
        let position = source.position(span.start);
        format!(" ({}:{}:{})", inert(source.name()), position.line, position.column)
    });
    format!("note[{}]: {}{}\n", note.code, inert(&note.message), place.unwrap_or_default())
}

fn render_one(group: &Alike<'_>, sources: &SourceMap, renderer: &Renderer) -> String {
    let problem = group.first;
    let level = match problem.level() {
        DiagnosticLevel::Error => Level::ERROR,
        DiagnosticLevel::Warning => Level::WARNING,
        DiagnosticLevel::Note => Level::NOTE,
    };
    let message = inert(&problem.message);
    let title = level.primary_title(&*message).id(problem.code.as_str());
    let help = problem.help.as_deref().map(inert);
    let span_and_source = problem.at.and_then(|span| Some((span, sources.get(span.source)?)));
    let excerpt = span_and_source.map(|(span, source)| Excerpt::new(source, span));
    let mut shown = match (&excerpt, span_and_source) {
        (Some(excerpt), Some((span, source))) => {
            let annotation = AnnotationKind::Primary.span(excerpt.underlined.clone());
            let snippet = Snippet::source(excerpt.text.as_str()).line_start(excerpt.line).annotation(annotation);
            if is_workbook(source.name()) {
                let place = sources.location(span);
                title.element(Origin::path(inert(&place).into_owned())).element(snippet)
            } else if excerpt.is_altered {
                // The column is that of the line as it is in the file, not of the excerpt.
                let position = source.position(span.start);
                let origin = Origin::path(inert(source.name())).line(position.line).char_column(position.column);
                title.element(origin).element(snippet)
            } else {
                title.element(snippet.path(inert(source.name())))
            }
        }
        _ => Group::with_title(title),
    };
    if let Some(help) = &help {
        shown = shown.element(Level::HELP.message(&**help));
    }
    let others = group.other_places(sources).map(|places| format!("also at {places}"));
    if let Some(others) = &others {
        shown = shown.element(Level::NOTE.message(&**others));
    }
    without_second_origin(renderer.render(&[shown]))
}

/// The text without the line `:::`, which the renderer puts before a snippet whose place stands above it already.
fn without_second_origin(rendered: String) -> String {
    let is_second = |line: &str| line.contains(":::") && anstream::adapter::strip_str(line).to_string().trim() == ":::";
    if !rendered.lines().any(is_second) {
        return rendered;
    }
    rendered.lines().filter(|line| !is_second(line)).collect::<Vec<_>>().join("\n")
}

/// The line that a span starts in, or a part of it.
struct Excerpt {
    text: String,
    /// The line's number, from 1.
    line: usize,
    /// The part of the span that is in the text.
    underlined: Range<usize>,
    /// True if it is shortened, or characters of it are shown by their numbers.
    is_altered: bool,
}

impl Excerpt {
    fn new(source: &SourceText, span: Span) -> Self {
        let text = source.text();
        let range = source.line_at(span.start);
        let (start, line) = (range.start, text.get(range).unwrap_or_default());
        // A span of invalid bytes may begin or end inside a character: the whole character is underlined.
        let from = span.start.saturating_sub(start).min(line.len());
        let from = (0..=from).rev().find(|i| line.is_char_boundary(*i)).unwrap_or(0);
        let to = span.end.saturating_sub(start).clamp(from, line.len());
        let to = (to..=line.len()).find(|i| line.is_char_boundary(*i)).unwrap_or(line.len());
        let number = source.position(span.start).line;
        let (begin, end) = if line.len() <= LONGEST_LINE {
            (0, line.len())
        } else {
            let begin = (0..=from.saturating_sub(40)).rev().find(|i| line.is_char_boundary(*i)).unwrap_or(0);
            (begin, (begin + LONGEST_LINE..=line.len()).find(|i| line.is_char_boundary(*i)).unwrap_or(line.len()))
        };
        let (to, from) = (to.clamp(begin, end), from.clamp(begin, end));
        let piece = |range: Range<usize>| inert_source(line.get(range).unwrap_or_default());
        let (before, underlined, after) = (piece(begin..from), piece(from..to.max(from)), piece(to.max(from)..end));
        let underlined = (before.len()..before.len() + underlined.len(), underlined);
        let text = format!("{before}{}{after}", underlined.1);
        let is_altered = text != line;
        Self { text, line: number, underlined: underlined.0, is_altered }
    }
}

/// A piece of a source line, inert. Tabs are left: they are shown as blanks.
fn inert_source(piece: &str) -> String {
    piece.split('\t').map(inert).collect::<Vec<_>>().join("\t")
}
