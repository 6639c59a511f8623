//! Mistakes in the look of rustc's own.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::document::{Diagnostic, DiagnosticLevel, Diagnostics, SourceMap, SourceText, Span};

use super::wrap::inert;

/// A longer line is shown only around the mistake.
const LONGEST_LINE: usize = 160;

/// All diagnostics as text; with colours only if `styled`.
pub fn render(problems: &Diagnostics, sources: &SourceMap, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for problem in problems.iter() {
        out.push_str(&one(problem, sources, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(problem: &Diagnostic, sources: &SourceMap, renderer: &Renderer) -> String {
    let level = match problem.level() {
        DiagnosticLevel::Error => Level::ERROR,
        DiagnosticLevel::Warning => Level::WARNING,
    };
    let message = inert(&problem.message);
    let title = level.primary_title(&*message).id(problem.code.as_str());
    let place = problem.at.and_then(|at| Some((at, sources.get(at.source)?)));
    let label = problem.label.as_deref().map(inert);
    let help = problem.help.as_deref().map(inert);
    let shown = place.map(|(at, source)| Line::of(source, at));
    let mut group = match (&shown, place) {
        (Some(line), Some((at, source))) => {
            let mark = AnnotationKind::Primary.span(line.mark.clone());
            let mark = match &label {
                Some(label) => mark.label(label),
                None => mark,
            };
            let snippet = Snippet::source(line.text.as_str()).line_start(line.number).annotation(mark);
            if line.cut {
                let place = source.place(at.start);
                let origin = Origin::path(inert(source.name())).line(place.line).char_column(place.column);
                title.element(origin).element(snippet)
            } else {
                title.element(snippet.path(inert(source.name())))
            }
        }
        _ => Group::with_title(title),
    };
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(&**help));
    }
    renderer.render(&[group])
}

/// The first line of a span, and the span in it.
struct Line {
    text: String,
    number: usize,
    mark: std::ops::Range<usize>,
    cut: bool,
}

impl Line {
    fn of(source: &SourceText, at: Span) -> Self {
        let text = source.text();
        let start = text.get(..at.start).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
        let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        // A place inside a character, where a byte is wrong, is that character.
        let from = (at.start - start).min(line.len());
        let from = (0..=from).rev().find(|i| line.is_char_boundary(*i)).unwrap_or(0);
        let to = at.end.saturating_sub(start).clamp(from, line.len());
        let to = (to..=line.len()).find(|i| line.is_char_boundary(*i)).unwrap_or(line.len());
        let number = source.place(at.start).line;
        if line.len() <= LONGEST_LINE {
            return Self { text: line.to_owned(), number, mark: from..to.max(from), cut: false };
        }
        let begin = (0..=from.saturating_sub(40)).rev().find(|i| line.is_char_boundary(*i)).unwrap_or(0);
        let end = (begin + LONGEST_LINE..=line.len()).find(|i| line.is_char_boundary(*i)).unwrap_or(line.len());
        let shown = line.get(begin..end).unwrap_or_default().to_owned();
        let mark = from - begin..(to - begin).min(shown.len());
        Self { text: shown, number, mark, cut: true }
    }
}
