//! The details: each finding with its facts and their places, the questions, the exceptions, duties and red flags.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::engine::{ExceptionState, Verdict};
use crate::report::Detail;
use crate::report::inert::{inert, line};
use crate::report::model::{Basis, ElementNames, ExceptionNote, Finding, IncidentReport, TransactionReport};
use crate::report::wording::{
    Body, OpenQuestion, Section, Telling, Topic, decisive_derived, derived_sentence, exception_sentence, fact_is,
    near_miss_sentence, number_of, open_questions, paragraphs, sections, shared_exception_sentence, shared_exceptions,
    triage_sentence,
};
use crate::report::wrap::{WIDTH, wrapped};

use super::asked_alike::AskedAlike;
use super::push_incident_heading;

/// Writes the details of all transactions that have any. Several incidents have a heading each.
pub(super) fn write_details(out: &mut dyn Write, incidents: &[&IncidentReport], detail: Detail) -> io::Result<()> {
    let mut heading = Some(format!("Details\n{}\n", "-".repeat(WIDTH)));
    for incident in incidents {
        let mut alike = AskedAlike::default();
        let mut incident_heading = (incidents.len() > 1).then_some(*incident);
        for transaction in incident.transactions.worst_first() {
            let transaction = transaction?;
            let mut text = String::new();
            if transaction.findings.is_empty() {
                push_beside_findings(&mut text, &transaction, detail);
            } else {
                let as_of = alike.as_of(&transaction).map(str::to_owned);
                push_findings(&mut text, &transaction, as_of.as_deref(), detail);
                if as_of.is_some_and(|other| text == same_questions(open_questions(&transaction).len(), &other)) {
                    let ended = alike.add(&transaction.id, || transaction_heading(&transaction), text);
                    out.write_all(ended.as_bytes())?;
                    continue;
                }
            }
            if text.is_empty() {
                continue;
            }
            out.write_all(alike.take_text().as_bytes())?;
            alike.ask(&transaction);
            let mut opening = heading.take().unwrap_or_default();
            if let Some(incident) = incident_heading.take() {
                opening.push('\n');
                push_incident_heading(&mut opening, incident);
            }
            opening.push_str(&transaction_heading(&transaction));
            out.write_all(opening.as_bytes())?;
            out.write_all(text.as_bytes())?;
        }
        out.write_all(alike.take_text().as_bytes())?;
    }
    // A blank line parts them from the closing.
    if heading.is_none() { out.write_all(b"\n") } else { Ok(()) }
}

fn transaction_heading(transaction: &TransactionReport) -> String {
    let mut out = "\n".to_owned();
    let title = transaction.title.as_deref().map(|t| format!(": {t}")).unwrap_or_default();
    wrapped(&mut out, "", "  ", &format!("{}{title}", transaction.id));
    let file = transaction.at.as_ref().map_or("", |at| at.file.as_str());
    wrapped(&mut out, "  in ", "     ", file);
    out
}

/// The findings of a transaction. `as_of` names the one before it if that has the same questions.
fn push_findings(out: &mut String, transaction: &TransactionReport, as_of: Option<&str>, detail: Detail) {
    let file = transaction.at.as_ref().map_or("", |at| at.file.as_str());
    let questions = if detail == Detail::Full { Vec::new() } else { open_questions(transaction) };
    let shared = if detail == Detail::Full { Vec::new() } else { shared_exceptions(transaction) };
    let told_once: Vec<&str> = shared.iter().map(|exception| exception.exception.as_str()).collect();
    let telling = Telling { names: &transaction.names, told_once: &told_once };
    let groups = grouped(transaction, &questions, detail);
    let is_settled = |group: &&Vec<&Finding>| group.first().is_some_and(|f| f.verdict < Verdict::InsufficientInformation);
    let push = |out: &mut String, group: &[&Finding]| push_findings_of_rule(out, group, file, telling, detail);
    groups.iter().filter(|group| !is_settled(group)).for_each(|group| push(out, group));
    push_questions(out, &questions, as_of);
    groups.iter().filter(is_settled).for_each(|group| push(out, group));
    if !shared.is_empty() {
        out.push_str("\n  each of these breaches would be compliant if\n");
        for exception in shared {
            wrapped(out, "    - ", "      ", &shared_exception_sentence(exception, telling));
        }
    }
    push_beside_findings(out, transaction, detail);
}

/// The findings that questions do not stand for, those of one rule, verdict and decision together, the leading ones first.
fn grouped<'f>(transaction: &'f TransactionReport, questions: &[OpenQuestion<'_>], detail: Detail) -> Vec<Vec<&'f Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    let is_told = |finding: &&Finding| detail == Detail::Full || finding.told_with.is_none();
    let asked = |finding: &&Finding| questions.iter().any(|question| question.settles(finding));
    for finding in transaction.findings.iter().filter(is_told).filter(|finding| !asked(finding)) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|f| f.differs_in_item_alone(finding))) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    let leading = transaction.leading_finding();
    let leads = |group: &Vec<&Finding>| group.first().zip(leading).is_some_and(|(f, leading)| f.differs_in_item_alone(leading));
    groups.sort_by_key(|group| !leads(group));
    groups
}

/// So many questions are written out, and so many rules of each; the others are counted or named.
const MOST_QUESTIONS: usize = 3;
const MOST_RULES: usize = 3;

/// The questions in place of open findings. `as_of` names a transaction that has just been given the same ones.
fn push_questions(out: &mut String, questions: &[OpenQuestion<'_>], as_of: Option<&str>) {
    if questions.is_empty() {
        return;
    }
    if let Some(other) = as_of {
        out.push_str(&same_questions(questions.len(), other));
        return;
    }
    push_question_count(out, questions.len());
    for question in questions.iter().take(MOST_QUESTIONS) {
        wrapped(out, "    ", "      ", &question.note.text);
        wrapped(out, "      ", "      ", &question.stakes());
        question.then().iter().for_each(|then| wrapped(out, "      ", "      ", then));
        let rules = question.rules();
        for finding in rules.iter().take(MOST_RULES) {
            wrapped(out, "      - ", "        ", &OpenQuestion::rule_sentence(finding));
        }
        let others: Vec<&str> = rules.iter().skip(MOST_RULES).map(|finding| finding.rule.as_str()).collect();
        if !others.is_empty() {
            wrapped(out, "      - ", "        ", &others.join(", "));
        }
    }
    let others = questions.get(MOST_QUESTIONS..).unwrap_or_default();
    if !others.is_empty() {
        let rules: usize = others.iter().map(|question| question.rules().len()).sum();
        let number = number_of(others.len(), "more question");
        let rules = number_of(rules, "rule");
        wrapped(out, "    ", "      ", &format!("and {number} about {rules}: `interdict explain FILE` gives all"));
    }
}

fn push_question_count(out: &mut String, questions: usize) {
    let number = number_of(questions, "question");
    let _ = writeln!(out, "\n  {}  {number}", capitals(Verdict::InsufficientInformation));
}

/// What stands in place of so many questions, which another transaction has too.
fn same_questions(questions: usize, other: &str) -> String {
    let mut out = String::new();
    push_question_count(&mut out, questions);
    wrapped(&mut out, "    ", "    ", &format!("the same as of {other}"));
    out
}

fn push_findings_of_rule(out: &mut String, findings: &[&Finding], file: &str, telling: Telling<'_>, detail: Detail) {
    let Some(first) = findings.first() else { return };
    let _ = writeln!(out, "\n  {}  {} [{}]", capitals(first.verdict), first.rule, first.severity.word());
    wrapped(out, "    ", "    ", &first.title);
    wrapped(out, "    ", "    ", &paragraphs(&first.authority));
    sections(findings, telling).iter().for_each(|section| push_section(out, section, file, telling.names));
    let is_excluded = |exception: &&ExceptionNote| detail == Detail::Full && exception.state == ExceptionState::Excluded;
    let excluded: Vec<&ExceptionNote> = first.unless.iter().filter(is_excluded).collect();
    if !excluded.is_empty() {
        out.push_str("    excluded by the facts\n");
        excluded.iter().for_each(|exception| wrapped(out, "      - ", "        ", &exception_sentence(exception, telling.names)));
    }
}

/// One section of a finding; places in `file` are shown without it.
fn push_section(out: &mut String, section: &Section<'_>, file: &str, names: &ElementNames) {
    let heading = section.topic.heading();
    let mut after_heading = |text: &str| wrapped(out, &format!("    {heading}: "), "      ", text);
    match &section.body {
        Body::Sentence(sentence) => after_heading(sentence),
        Body::All(sentences) if section.topic == Topic::Also => {
            let _ = writeln!(out, "    {heading}");
            sentences.iter().for_each(|also| wrapped(out, "      - ", "        ", also));
        }
        Body::All(sentences) if section.topic == Topic::Note => sentences.iter().for_each(|note| after_heading(note)),
        Body::All(sentences) => after_heading(&sentences.join("; ")),
        Body::Any(sentences) => after_heading(&sentences.join("; or ")),
        Body::Facts(facts) => {
            let _ = writeln!(out, "    {heading}");
            facts.iter().for_each(|basis| push_basis(out, basis, file, names));
        }
        Body::Exceptions(exceptions) => {
            let _ = writeln!(out, "    {heading}");
            exceptions.iter().for_each(|exception| wrapped(out, "      - ", "        ", &exception_sentence(exception, names)));
        }
    }
}

/// A verdict in capitals: `POTENTIAL VIOLATION`.
fn capitals(verdict: Verdict) -> String {
    verdict.word().to_uppercase().replace('-', " ")
}

/// The fact at the left, line and column at the right; the file too where it is another one.
fn push_basis(out: &mut String, basis: &Basis, file: &str, names: &ElementNames) {
    let fact = fact_is(&basis.fact, basis.value.as_deref().map(line).as_deref(), names);
    let left = format!("      {fact}");
    let place = basis.at.as_ref().map(|at| match at.within(Some(file)) {
        Some(place) => place,
        None => inert(&at.to_string()).into_owned(),
    });
    let place = place.unwrap_or_default();
    if left.width() + place.width() + 2 <= WIDTH {
        let gap = WIDTH - left.width() - place.width();
        let _ = writeln!(out, "{left}{}{place}", " ".repeat(gap));
    } else {
        wrapped(out, "      ", "        ", &fact);
        let _ = writeln!(out, "{place:>WIDTH$}");
    }
    if let Some(note) = &basis.note {
        wrapped(out, "        ", "        ", note);
    }
}

/// Duties, red flags, derived facts and near misses.
fn push_beside_findings(out: &mut String, transaction: &TransactionReport, detail: Detail) {
    if !transaction.duties.is_empty() {
        out.push_str("\n  duties\n");
        for duty in &transaction.duties {
            let by = duty.by.map(|day| format!(", by {day}")).unwrap_or_default();
            let addressee = duty.addressee.as_deref().map(|a| format!(" ({a}{by})")).unwrap_or(by);
            wrapped(out, "    - ", "      ", &format!("{}: {}{addressee}", duty.duty, duty.title));
        }
    }
    // The page gives it in the same words.
    if let Some(triage) = transaction.triage.as_ref().filter(|_| detail == Detail::Full) {
        wrapped(out, "  triage: ", "    ", &triage_sentence(triage));
    }
    push_red_flags(out, transaction, detail);
    let derived = if detail == Detail::Full { transaction.derived.iter().collect() } else { decisive_derived(transaction) };
    for derived in derived {
        wrapped(out, "  derived: ", "    ", &derived_sentence(derived, &transaction.names));
    }
    for near_miss in &transaction.near_misses {
        wrapped(out, "  near miss: ", "    ", &near_miss_sentence(near_miss, &transaction.names));
    }
}

/// So many places are given of one red flag; the others are counted.
const MOST_PLACES: usize = 3;

/// The red flags with their places.
fn push_red_flags(out: &mut String, transaction: &TransactionReport, detail: Detail) {
    let most = if detail == Detail::Full { usize::MAX } else { MOST_PLACES };
    let mut places: HashMap<&str, usize> = HashMap::new();
    for warning in &transaction.warnings {
        let number = places.entry(&warning.text).or_default();
        *number += 1;
        if *number <= most {
            let at = warning.at.as_ref().map(|at| format!(" ({at})")).unwrap_or_default();
            wrapped(out, "  look at: ", "    ", &format!("{}{at}", warning.text));
        }
    }
    let mut told = HashSet::new();
    for warning in transaction.warnings.iter().filter(|warning| told.insert(&warning.text)) {
        let more = places.get(warning.text.as_str()).copied().unwrap_or_default().saturating_sub(most);
        if more > 0 {
            wrapped(out, "  look at: ", "    ", &format!("{}, of the same: {}", number_of(more, "more place"), warning.text));
        }
    }
}
