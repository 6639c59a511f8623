//! Answers to open questions, tried out: the incident is read again with the answer written into it, and assessed.
//!
//! So what an answer leads to is what a run would say of the completed file. Answers are taken from the conditions that are open:
//! a value that meets one of them, and its opposite.

use std::collections::HashSet;

use crate::document::{Content, Diagnostics, Entry, Key, Node, Scalar, SourceMap, Span, read_json};
use crate::engine::{
    AssessOptions, Claim, EvalContext, Evaluation, Ledger, Proof, Question, TransactionAssessment, Verdict, assess_transaction,
};
use crate::facts::{FactPath, FieldRole, PathSegment, ReportedIncident, Table, Transaction, TransactionText, Unit};
use crate::intake::{read_incident, read_transaction};
use crate::report::TriedAnswer;
use crate::rulebook::{Condition, ConditionKind, Matcher, Rule, Rulebook};

/// The most answers that are tried for a question.
const MOST_ANSWERS: usize = 16;

/// Tries answers to the questions of transactions, by the law and with the totals that the questions were asked with.
#[derive(Debug, Clone, Copy)]
pub struct AnswerTrial<'x> {
    /// The law.
    pub rulebook: &'x Rulebook,
    /// The totals of quotas.
    pub ledger: &'x Ledger,
    /// Which rules are evaluated, as known on which day.
    pub options: &'x AssessOptions,
    /// The texts of the incidents.
    pub sources: &'x SourceMap,
}

impl AnswerTrial<'_> {
    /// The answers to each question of a transaction that settle or change a finding.
    pub fn answers(&self, reported: &ReportedIncident, assessed: &TransactionAssessment<'_>) -> Vec<Vec<TriedAnswer>> {
        let tree = self.tree(reported, assessed.index);
        let tried = assessed.questions.iter().map(|question| {
            let mut answers: Vec<TriedAnswer> = Vec::new();
            for (path, value) in self.candidates(question, assessed).into_iter().take(MOST_ANSWERS) {
                let Some(tree) = &tree else { continue };
                let Some(verdicts) = self.verdicts(reported, assessed, question, tree, &path, &value) else { continue };
                let is_settled = verdicts.iter().any(|(_, verdict)| *verdict != Some(Verdict::InsufficientInformation));
                if is_settled {
                    answers.push(TriedAnswer { path, value, verdicts });
                }
            }
            answers
        });
        tried.collect()
    }

    /// The tree that a transaction was read from.
    fn tree(&self, reported: &ReportedIncident, index: usize) -> Option<Node> {
        match reported.text(index)? {
            TransactionText::InDocument => reported.document()?.get("transactions")?.one_or_many().get(index).cloned(),
            TransactionText::Tree(node) => Some(node.clone()),
            TransactionText::Json(span) => {
                read_json(span.source, self.sources.text(*span), span.start, &mut Diagnostics::default())
            }
        }
    }

    /// Values for the facts that a question asks for, taken from the conditions that are open without them.
    fn candidates(&self, question: &Question<'_>, assessed: &TransactionAssessment<'_>) -> Vec<(FactPath, Node)> {
        let asked: HashSet<&FactPath> = question.facts.iter().map(|fact| &fact.path).collect();
        let mut candidates = Vec::new();
        for finding in question.findings.iter().filter_map(|position| assessed.findings.get(*position)) {
            for (path, condition) in open_conditions(finding) {
                if asked.contains(path) {
                    for value in self.values(path, condition) {
                        let is_same = |(path, node): &(FactPath, Node)| *path == value.0 && text_of(node) == text_of(&value.1);
                        if !candidates.iter().any(is_same) {
                            candidates.push(value);
                        }
                    }
                }
            }
        }
        candidates
    }

    /// Values of a fact that meet a condition, and one that does not.
    fn values(&self, path: &FactPath, condition: &Condition) -> Vec<(FactPath, Node)> {
        let span = condition.span;
        let here = |value: Node| (path.clone(), value);
        match &condition.kind {
            ConditionKind::Fact { matcher, .. } => {
                let meets = self.meeting(matcher, span);
                let opposite = match matcher {
                    Matcher::Terms(terms) => {
                        let ids = terms.iter().map(|term| scalar(span, self.rulebook.term(*term))).collect();
                        Some(map(span, "not", Node { span, content: Content::List(ids) }))
                    }
                    Matcher::YesNo(answer) => Some(scalar(span, if *answer { "false" } else { "true" })),
                    _ => None,
                };
                meets.into_iter().chain(opposite).map(here).collect()
            }
            ConditionKind::Goods(lists) => {
                // The path may lead to the code or the description; the item is what is described.
                let Some(item) = item_of(path) else { return Vec::new() };
                let phrase = lists.iter().filter_map(|list| self.rulebook.goods.get(*list)?.sure.first());
                phrase.map(|phrase| (item.key("description"), scalar(span, &phrase.written))).collect()
            }
            ConditionKind::Some { row, of } => {
                let Some(table) = table_at(path).or_else(|| Transaction::TABLE.record_table(*row)) else { return Vec::new() };
                let mut element = Node { span, content: Content::Map(Vec::new()) };
                let found = self.fill(&mut element, of, table);
                let list = Node { span, content: Content::List(vec![element]) };
                found.then_some(list).into_iter().chain([scalar(span, "none")]).map(here).collect()
            }
            ConditionKind::Shown(of) | ConditionKind::Not(of) => self.values(path, of),
            _ => Vec::new(),
        }
    }

    /// Writes facts into a record so that it meets a condition, as far as one value can; false if none was written.
    fn fill(&self, record: &mut Node, condition: &Condition, table: &'static Table) -> bool {
        let span = condition.span;
        match &condition.kind {
            ConditionKind::All(all) => all.iter().map(|of| self.fill(record, of, table)).max().unwrap_or(false),
            ConditionKind::Any(any) => any.iter().any(|of| self.fill(record, of, table)),
            ConditionKind::Shown(of) => self.fill(record, of, table),
            ConditionKind::Is(id) => self.rulebook.definition(*id).is_some_and(|d| self.fill(record, &d.when, table)),
            ConditionKind::Fact { row, matcher } => match self.meeting(matcher, span).into_iter().next() {
                Some(value) => set(record, &[PathSegment::Key(table.key(*row))], value, table),
                None => false,
            },
            ConditionKind::Goods(lists) => {
                let phrase = lists.iter().find_map(|list| self.rulebook.goods.get(*list)?.sure.first());
                phrase.is_some_and(|phrase| set(record, &[PathSegment::Key("description")], scalar(span, &phrase.written), table))
            }
            _ => false,
        }
    }

    /// Values that a matcher matches; at most three of a list of terms.
    fn meeting(&self, matcher: &Matcher, span: Span) -> Vec<Node> {
        let texts: Vec<String> = match matcher {
            Matcher::Terms(terms) => terms.iter().take(3).map(|term| self.rulebook.term(*term).to_owned()).collect(),
            Matcher::TextIs(texts) | Matcher::TextContains(texts) | Matcher::TextCalled(texts) | Matcher::TextIsA(texts) => {
                texts.iter().take(1).map(|words| words.iter().collect::<Vec<_>>().join(" ")).collect()
            }
            Matcher::Hs(codes) => codes.iter().take(1).map(ToString::to_string).filter(|code| !code.contains('-')).collect(),
            Matcher::Number(bounds) => {
                let unit = |unit: Unit| format!(" {}", self.rulebook.vocabulary.unit_name(unit));
                let limit = bounds.iter().find(|bound| !bound.exclusive || bound.is_upper);
                limit.map(|b| format!("{}{}", b.limit.low, b.unit.map(unit).unwrap_or_default())).into_iter().collect()
            }
            Matcher::YesNo(answer) => vec![answer.to_string()],
            Matcher::Date(_) | Matcher::Given(_) => Vec::new(),
        };
        texts.iter().map(|text| scalar(span, text)).collect()
    }

    /// The verdicts of the rules that hang on a question once an answer is written into the incident; `None` if it cannot be
    /// written there, or is not read without a mistake.
    fn verdicts(
        &self,
        reported: &ReportedIncident,
        assessed: &TransactionAssessment<'_>,
        question: &Question<'_>,
        tree: &Node,
        path: &FactPath,
        value: &Node,
    ) -> Option<Vec<(String, Option<Verdict>)>> {
        let mut answered = tree.clone();
        if !set(&mut answered, path.segments(), value.clone(), Transaction::TABLE) {
            return None;
        }
        let mut problems = Diagnostics::default();
        let vocabulary = &self.rulebook.vocabulary;
        let again = match reported.document() {
            Some(document) => {
                let mut document = Node::clone(&document);
                *transaction_of(&mut document, assessed.index)? = answered;
                read_incident(document, None, vocabulary, &mut problems)?
            }
            None => {
                let mut again = read_transaction(answered, vocabulary, &mut Diagnostics::default());
                again.incident.sources.clone_from(&reported.incident.sources);
                again
            }
        };
        let index = if reported.document_source().is_some() { assessed.index } else { 0 };
        // No other rule is asked for.
        let mut rules: Vec<&Rule> = Vec::new();
        for finding in question.findings.iter().filter_map(|position| assessed.findings.get(*position)) {
            if rules.iter().all(|rule| rule.id != finding.rule.id) {
                rules.push(finding.rule);
            }
        }
        let context = EvalContext::new(self.rulebook, &again, index, self.options.known_on, Some(self.ledger))?;
        let after = assess_transaction(&context, rules.iter().copied());
        let worst = |rule: &Rule| after.findings.iter().filter(|f| f.rule.id == rule.id).filter_map(|f| f.verdict).max();
        let verdicts = rules.iter().map(|rule| (rule.id.clone(), worst(rule))).collect();
        Some(verdicts)
    }
}

/// The conditions of a finding that are open, each with the path to the fact that it tests.
fn open_conditions<'f, 'a>(finding: &'f Evaluation<'a>) -> Vec<(&'f FactPath, &'a Condition)> {
    let proofs: Vec<&Proof<'a>> =
        std::iter::once(&finding.when).chain(finding.exceptions.iter().map(|exception| &exception.proof)).collect();
    let leaves = proofs.into_iter().flat_map(|proof| proof.leaves());
    let open = leaves.filter(|(node, _)| node.truth == crate::facts::Truth::Unknown);
    open.filter_map(|(node, leaf)| match node.claim {
        Claim::Condition(condition) => Some((&leaf.path, condition)),
        _ => None,
    })
    .collect()
}

/// The path to the item that a path leads into, or to the first item of a list that is not reported.
fn item_of(path: &FactPath) -> Option<FactPath> {
    let items = Transaction::TABLE.key(Transaction::TABLE.with_role(FieldRole::Items)?);
    let index = match path.segments() {
        [PathSegment::Key(key), PathSegment::Index(index), ..] if *key == items => *index,
        [PathSegment::Key(key)] if *key == items => 0,
        _ => return None,
    };
    Some(FactPath::root().key(items).then(PathSegment::Index(index)))
}

/// The table of the records of the list that a path leads to.
fn table_at(path: &FactPath) -> Option<&'static Table> {
    let mut table = Transaction::TABLE;
    for segment in path.segments() {
        if let PathSegment::Key(key) = segment {
            table = table.record_table(table.position(key)?)?;
        }
    }
    Some(table)
}

fn scalar(span: Span, text: &str) -> Node {
    Node { span, content: Content::Scalar(Scalar { text: text.into(), plain: true }) }
}

fn map(span: Span, key: &str, value: Node) -> Node {
    Node { span, content: Content::Map(vec![Entry { key: Key { span, text: key.into() }, value }]) }
}

fn text_of(node: &Node) -> String {
    crate::document::json_of(node).to_string()
}

/// The tree of a transaction of a document.
fn transaction_of(document: &mut Node, index: usize) -> Option<&mut Node> {
    let Content::Map(entries) = &mut document.content else { return None };
    let transactions = entries.iter_mut().find(|entry| entry.key.text == "transactions")?;
    if !matches!(transactions.value.content, Content::List(_)) {
        return (index == 0).then_some(&mut transactions.value);
    }
    let Content::List(elements) = &mut transactions.value.content else { return None };
    elements.get_mut(index)
}

/// Puts a value at the end of a path from a record of this table, and makes the records that it leads through; a value that
/// abbreviates a record is kept in it. False if the path leads nowhere.
fn set(node: &mut Node, path: &[PathSegment], value: Node, table: &'static Table) -> bool {
    let Some((segment, rest)) = path.split_first() else {
        *node = value;
        return true;
    };
    let span = node.span;
    match segment {
        PathSegment::Index(index) => {
            if !matches!(node.content, Content::List(_)) {
                let only = std::mem::replace(node, scalar(span, ""));
                node.content = Content::List(vec![only]);
            }
            let Content::List(elements) = &mut node.content else { return false };
            elements.get_mut(*index).is_some_and(|element| set(element, rest, value, table))
        }
        PathSegment::Key(key) => {
            let shorthand = table.with_role(FieldRole::Shorthand).map(|row| table.key(row));
            if !matches!(node.content, Content::Map(_)) {
                let short = std::mem::replace(node, Node { span, content: Content::Map(Vec::new()) });
                let is_reported = short.text().is_some_and(|text| !matches!(text, "" | "unknown"));
                if let (Some(shorthand), true) = (shorthand, is_reported) {
                    *node = map(span, shorthand, short);
                }
            }
            let Some(inner) = table.position(key).map(|row| table.record_table(row).unwrap_or(table)) else { return false };
            let Content::Map(entries) = &mut node.content else { return false };
            let found = entries.iter().position(|entry| entry.key.text == *key).unwrap_or_else(|| {
                let is_list = matches!(rest.first(), Some(PathSegment::Index(_)));
                let empty = Node { span, content: Content::Map(Vec::new()) };
                let content = if is_list { Content::List(vec![empty]) } else { Content::Map(Vec::new()) };
                entries.push(Entry { key: Key { span, text: (*key).into() }, value: Node { span, content } });
                entries.len() - 1
            });
            entries.get_mut(found).is_some_and(|entry| set(&mut entry.value, rest, value, inner))
        }
    }
}
