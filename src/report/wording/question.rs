//! Questions in sentences.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::engine::MissingFact;
use crate::facts::{FactPath, FieldRole, PathSegment, Period, Transaction};
use crate::report::model::{ElementNames, Finding, QuestionNote, TransactionReport, TriageNote};

use super::{fact_label, paragraphs, period_in_words, reported_as};

/// So many elements of lists are named in a question, the first ones; the others are counted.
const NAMED: usize = 3;

/// A question: its sentences, and in brackets the elements that it is about and the values that are not exact enough:
/// ``What are the goods? (item 1, reported as `tea set`)``.
pub(in crate::report) fn question_text(sentences: &[&str], facts: &[MissingFact<'_>], names: &ElementNames) -> String {
    let (mut about, mut seen): (Vec<String>, HashSet<String>) = Default::default();
    for fact in facts {
        let element = match is_asked_by_key(&fact.path) {
            true => Some(fact_label(&fact.path.path(), names)),
            false => element(&fact.path).map(|path| fact_label(&path.path(), names)),
        };
        let value = fact.reported.as_ref().map(|value| reported_as(&value_in_words(&fact.path, value), fact.why));
        let law = fact.is_of_law().then(|| fact.condition.to_string());
        let words = element.into_iter().chain(law).chain(value).collect::<Vec<_>>().join(", ");
        if !words.is_empty() && seen.insert(words.clone()) {
            about.push(words);
        }
    }
    let question = sentences.join(" ");
    if about.is_empty() {
        return question;
    }
    let more = about.len().saturating_sub(NAMED);
    about.truncate(NAMED);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    format!("{question} ({}{more})", about.join("; "))
}

/// True for a fact inside a record whose question does not say which of its facts is missing: `people[0].since`. What the record
/// is called needs no key.
fn is_asked_by_key(path: &FactPath) -> bool {
    let table = Transaction::TABLE;
    let inner =
        path.segments().iter().rev().find_map(|segment| if let PathSegment::Key(key) = segment { Some(*key) } else { None });
    let Some(PathSegment::Key(outer)) = path.segments().first() else { return false };
    let field = table.position(outer).and_then(|row| table.record_table(row));
    let field = field.zip(inner).and_then(|(of, inner)| of.fields.get(of.position(inner)?));
    let is_plain =
        field.is_some_and(|field| field.roles.iter().any(|role| [FieldRole::PlainText, FieldRole::Shorthand].contains(role)));
    field.is_some() && !is_plain && table.question(path) == table.question(&FactPath::root().key(outer))
}

/// A value as people read it: a range of days in words.
fn value_in_words<'v>(path: &FactPath, value: &'v str) -> Cow<'v, str> {
    let is_date = path.segments() == FactPath::root().key("date").segments();
    match value.parse::<Period>() {
        Ok(period) if is_date && value.contains("..") => Cow::Owned(period_in_words(period)),
        _ => Cow::Borrowed(value),
    }
}

/// The path to the element of a list that a fact belongs to.
fn element(path: &FactPath) -> Option<FactPath> {
    let end = path.segments().iter().position(|segment| matches!(segment, PathSegment::Index(_)))?;
    Some(path.segments().iter().take(end + 1).fold(FactPath::root(), |path, segment| path.then(*segment)))
}

/// A triage in one line: `party 1: role is not reported; nearest: dprk-arm-to-all, dprk-arm-to-heavy`.
pub(in crate::report) fn triage_sentence(triage: &TriageNote) -> String {
    let nearest: Vec<&str> = triage.nearest.iter().map(|near| near.rule.as_str()).collect();
    if nearest.is_empty() { triage.why.clone() } else { format!("{}; nearest: {}", triage.why, nearest.join(", ")) }
}

/// A question with the open findings that hang on it. What a person has decided is not among them.
#[derive(Debug)]
pub(in crate::report) struct OpenQuestion<'r> {
    /// The question.
    pub note: &'r QuestionNote,
    /// The findings, the gravest first; there is at least one.
    pub findings: Vec<&'r Finding>,
}

/// The questions that a report gives in place of the open findings of a transaction, if these are of several rules. One
/// open rule is shown as a finding.
pub(in crate::report) fn open_questions(transaction: &TransactionReport) -> Vec<OpenQuestion<'_>> {
    let open = transaction.questions.iter().map(|note| {
        let mut question = OpenQuestion { note, findings: Vec::new() };
        question.findings = transaction.findings.iter().filter(|finding| question.settles(finding)).collect();
        question
    });
    let open: Vec<OpenQuestion<'_>> = open.filter(|question| !question.findings.is_empty()).collect();
    if open.iter().map(|question| question.rules().len()).sum::<usize>() > 1 { open } else { Vec::new() }
}

/// What a report tells of a transaction: a finding, or a question in place of several.
#[derive(Debug)]
pub(in crate::report) enum FindingOrQuestion<'r> {
    /// A finding that no question stands for.
    Finding(&'r Finding),
    /// A question.
    Question(OpenQuestion<'r>),
}

/// The findings of a transaction in their order, with each question in place of the first finding that hangs on it. A finding
/// that states the same ban as another one is an entry of its own.
pub(in crate::report) fn findings_and_questions(transaction: &TransactionReport) -> Vec<FindingOrQuestion<'_>> {
    entries(transaction, transaction.findings.iter().collect())
}

/// Like [`findings_and_questions`], but the finding that leads comes first, and one that states the same ban as another is told
/// with that.
pub(in crate::report) fn bans_and_questions(transaction: &TransactionReport) -> Vec<FindingOrQuestion<'_>> {
    let mut findings: Vec<&Finding> = transaction.findings.iter().filter(|finding| finding.told_with.is_none()).collect();
    let leading = transaction.leading_finding();
    findings.sort_by_key(|finding| !leading.is_some_and(|leading| leading.differs_in_item_alone(finding)));
    entries(transaction, findings)
}

fn entries<'r>(transaction: &'r TransactionReport, findings: Vec<&'r Finding>) -> Vec<FindingOrQuestion<'r>> {
    let mut questions = open_questions(transaction);
    let mut entries = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for finding in findings {
        if let Some(position) = questions.iter().position(|question| question.settles(finding)) {
            let question = questions.swap_remove(position);
            told.push(&question.note.id);
            entries.push(FindingOrQuestion::Question(question));
        } else if !(finding.decision.is_none() && finding.question.as_deref().is_some_and(|id| told.contains(&id))) {
            entries.push(FindingOrQuestion::Finding(finding));
        }
    }
    entries
}

impl<'r> OpenQuestion<'r> {
    /// One finding of each rule, the gravest first.
    pub fn rules(&self) -> Vec<&'r Finding> {
        let mut rules: Vec<&Finding> = Vec::new();
        for finding in &self.findings {
            if rules.last().is_none_or(|last| last.rule != finding.rule) {
                rules.push(finding);
            }
        }
        rules
    }

    /// The number of findings that hang on it, one for each item.
    pub fn items(&self) -> usize {
        self.findings.iter().map(|finding| finding.items()).sum()
    }

    /// What hangs on the answer: `decides 17 rules, first dprk-arm-from-all (S/RES/1874 (2009) para 9)`.
    pub fn stakes(&self) -> String {
        let rules = self.rules();
        let first = rules.first().map(|finding| {
            let authority = paragraphs(finding.authority.get(..1).unwrap_or_default());
            format!("{} ({authority})", finding.rule)
        });
        let first = first.unwrap_or_default();
        if rules.len() == 1 { format!("decides {first}") } else { format!("decides {} rules, first {first}", rules.len()) }
    }

    /// A rule that hangs on it, with its severity, title and first paragraph.
    pub fn rule_sentence(finding: &Finding) -> String {
        let authority = paragraphs(finding.authority.get(..1).unwrap_or_default());
        format!("{} [{}]: {} ({authority})", finding.rule, finding.severity.word(), finding.title)
    }

    /// What may be asked next: `then: When did it take place?`; `None` if nothing else is missing.
    pub fn then(&self) -> Option<String> {
        (!self.note.then.is_empty()).then(|| format!("then: {}", self.note.then.join(" ")))
    }

    /// What hangs on it, what may be asked next, and each rule in a line of its own.
    pub fn lines(&self) -> Vec<String> {
        let rules = self.rules();
        let rules = rules.iter().map(|finding| Self::rule_sentence(finding));
        std::iter::once(self.stakes()).chain(self.then()).chain(rules).collect()
    }

    /// True if a finding hangs on the question.
    pub fn settles(&self, finding: &Finding) -> bool {
        finding.question.as_deref() == Some(&self.note.id) && finding.decision.is_none()
    }
}
