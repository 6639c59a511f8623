//! The open questions of some incidents as a form: which keys to add where, and what each answer would lead to.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::document::{Node, Quoting, SourceMap, YamlWriter, json_of};
use crate::engine::{Question, TransactionAssessment, Verdict};
use crate::facts::{FactPath, PathSegment, ReportedIncident};
use crate::rulebook::Rule;

use super::model::ElementNames;
use super::wording::{fact_label, question_text};
use super::wrap::wrapped;

/// So many of the rules that hang on a question are told with their titles, the gravest; of the others the ids.
const IN_FULL: usize = 5;

/// An answer to a question that was tried out, and what it leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct TriedAnswer {
    /// The fact that it is written for.
    pub path: FactPath,
    /// The value as it is written.
    pub value: Node,
    /// The worst verdict of each rule that hangs on the question, by rule; `None` if it makes no finding any more.
    pub verdicts: Vec<(String, Option<Verdict>)>,
}

/// The questions of a transaction as YAML with comments, with the answers to each; empty if nothing is asked.
pub fn question_form(
    reported: &ReportedIncident,
    assessed: &TransactionAssessment<'_>,
    answers: &[Vec<TriedAnswer>],
    sources: &SourceMap,
) -> String {
    let mut out = String::new();
    let Some(transaction) = reported.transactions().get(assessed.index).filter(|_| !assessed.questions.is_empty()) else {
        return out;
    };
    let located = reported.locate(assessed.index, sources);
    // Whoever fills the form in looks for the element by its number in the file.
    let names = ElementNames::default();
    let place = |path: &FactPath| located.span(path).map(|span| sources.location(span)).unwrap_or_default();
    let id = transaction.id.as_deref().unwrap_or_default();
    let title = transaction.title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
    wrapped(&mut out, "# ", "#   ", &format!("{} / {id}{title}", reported.id()));
    for (number, question) in (1..).zip(&assessed.questions) {
        out.push('\n');
        wrapped(&mut out, &format!("# {number}. "), "#    ", &question_text(&question.sentences, &question.facts, &names));
        decides(&mut out, question, assessed);
        for answer in answers.get(number - 1).into_iter().flatten() {
            self::answer(&mut out, answer);
        }
        keys(&mut out, question, &place);
    }
    out
}

/// The rules that hang on a question, the gravest first.
fn decides(out: &mut String, question: &Question<'_>, assessed: &TransactionAssessment<'_>) {
    let findings = question.findings.iter().filter_map(|position| assessed.findings.get(*position));
    let mut rules: Vec<&Rule> = Vec::new();
    for rule in findings.map(|finding| finding.rule) {
        if rules.iter().all(|other| other.id != rule.id) {
            rules.push(rule);
        }
    }
    for rule in rules.iter().take(IN_FULL) {
        let authority = rule.authority.first().map(|citation| format!(" ({citation})")).unwrap_or_default();
        let text = format!("decides {} [{}]: {}{authority}", rule.id, rule.severity.word(), rule.title);
        wrapped(out, "#    ", "#      ", &text);
    }
    let others: Vec<&str> = rules.iter().skip(IN_FULL).map(|rule| rule.id.as_str()).collect();
    if !others.is_empty() {
        wrapped(out, "#    ", "#      ", &format!("and {}", others.join(", ")));
    }
    if !question.then.is_empty() {
        wrapped(out, "#    ", "#      ", &format!("then: {}", question.then.join(" ")));
    }
}

/// An answer as it would be written, and the verdicts that it leads to.
fn answer(out: &mut String, answer: &TriedAnswer) {
    let mut writer = YamlWriter::new(Quoting::WhenNeeded, &[]);
    writer.mapping(&Map::from_iter([(key_of(&answer.path).to_owned(), json_of(&answer.value))]), &[]);
    for line in writer.finish().lines() {
        wrapped(out, "#    | ", "#    |   ", line);
    }
    // By verdict, the worst first and none last.
    let verdicts: BTreeSet<Reverse<Option<Verdict>>> = answer.verdicts.iter().map(|(_, verdict)| Reverse(*verdict)).collect();
    for Reverse(verdict) in verdicts {
        let rules = answer.verdicts.iter().filter(|(_, of)| *of == verdict).map(|(rule, _)| rule.as_str());
        let words = verdict.map_or_else(|| "no finding".to_owned(), |verdict| verdict.to_string());
        wrapped(out, "#      -> ", "#         ", &format!("{words}: {}", rules.collect::<Vec<_>>().join(", ")));
    }
}

/// The keys to add, each record with its place.
fn keys(out: &mut String, question: &Question<'_>, place: &impl Fn(&FactPath) -> String) {
    let mut before = None;
    for path in question.facts.iter().filter(|fact| !fact.is_of_law()).map(|fact| &fact.path) {
        let record = record_of(path);
        if before.as_ref() != Some(&record) {
            let label = if record.segments().is_empty() {
                String::new()
            } else {
                format!(", in {}", fact_label(&record.path(), &ElementNames::default()))
            };
            wrapped(out, "# add at ", "#   ", &format!("{}{label}", place(&record)));
        }
        let mut writer = YamlWriter::new(Quoting::WhenNeeded, &[]);
        writer.entry(key_of(path), &Value::from("unknown"));
        let _ = write!(out, "{}", writer.finish());
        before = Some(record);
    }
}

/// The record that a path leads into: all but its last key.
fn record_of(path: &FactPath) -> FactPath {
    let keys = path.segments();
    let last = keys.iter().rposition(|segment| matches!(segment, PathSegment::Key(_))).unwrap_or(0);
    keys.iter().take(last).fold(FactPath::root(), |record, segment| record.then(*segment))
}

/// The last key of a path.
fn key_of(path: &FactPath) -> &'static str {
    let key = |segment: &PathSegment| if let PathSegment::Key(key) = segment { Some(*key) } else { None };
    path.segments().iter().rev().find_map(key).unwrap_or("?")
}
