//! From the YAML of a condition to the condition.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Node, Span};
use crate::facts::{EvidenceSource, FactKind, Field, FieldRole, Item, Range, Table, Transaction, Unit};

use super::names::unknown_name;
use super::{Condition, ConditionKind, Matcher, SymbolTable};

/// Keys of a condition that are no fact of a record.
const CONNECTIVES: [&str; 5] = ["all", "any", "not", "shown", "is"];
pub(super) const DATE_KEYS: [&str; 4] = ["before", "from", "until", "after"];

/// Reads conditions with the names in force; collects every mistake.
pub(super) struct RuleReader<'a> {
    pub(super) names: &'a SymbolTable<'a>,
    pub(super) problems: &'a mut Diagnostics,
    /// The text of the file, to show values as they were written.
    pub(super) text: &'a str,
}

/// The record in scope and the words that led to it.
#[derive(Clone, Copy)]
pub(super) struct RecordScope<'s> {
    table: &'static Table,
    path: &'s str,
}

impl RecordScope<'_> {
    /// The transaction as a whole.
    pub(super) const TRANSACTION: RecordScope<'static> = RecordScope { table: Transaction::TABLE, path: "" };

    /// An element of a list, as in a definition with `of:`.
    pub(super) fn of(table: &'static Table) -> RecordScope<'static> {
        RecordScope { table, path: "" }
    }

    fn join(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Notices, permissions, findings and acts have a date that `before`, `from`, `until`, `after` speak of.
    fn is_dated(&self) -> bool {
        self.table.with_role(FieldRole::MadeOn).is_some()
    }

    fn can_be_designated(&self) -> bool {
        self.table.with_role(FieldRole::Listings).is_some()
    }

    fn is_item(&self) -> bool {
        self.table == Item::TABLE
    }

    fn is_transaction(&self) -> bool {
        self.table == Transaction::TABLE
    }

    /// All words that a condition may use here.
    pub(super) fn words(&self) -> Vec<&'static str> {
        let mut words: Vec<&str> = self.table.fields.iter().filter_map(|field| field.rule_key).collect();
        words.extend(CONNECTIVES);
        if self.is_dated() {
            words.extend(DATE_KEYS);
            words.push("days");
        }
        if self.is_item() {
            words.extend(["in", "within"]);
        }
        if self.can_be_designated() {
            words.push("designated");
        }
        if self.is_transaction() {
            words.extend(["within", "source"]);
        }
        words
    }
}

/// How several conditions become one.
#[derive(Clone, Copy)]
struct Combinator {
    span: Span,
    text: &'static str,
    build: fn(Vec<Condition>) -> ConditionKind,
}

impl Combinator {
    fn all(span: Span) -> Self {
        Self { span, text: "all of", build: ConditionKind::All }
    }

    fn any(span: Span) -> Self {
        Self { span, text: "any of", build: ConditionKind::Any }
    }
}

impl RuleReader<'_> {
    /// A mapping: all of its keys; a list of mappings: any of them.
    pub(super) fn condition(&mut self, node: &Node, scope: RecordScope<'_>) -> Option<Condition> {
        match &node.content {
            Content::Map(entries) => self.mapping(node, entries, scope),
            Content::List(elements) => {
                let any: Vec<Condition> = elements.iter().filter_map(|n| self.condition(n, scope)).collect();
                self.several(Combinator::any(node.span), elements.len(), any)
            }
            Content::Scalar(_) => {
                self.problems.wrong_shape(node, "a condition", "a mapping of facts to what they must be");
                None
            }
        }
    }

    /// Joins conditions. Where none was written that is a mistake; where none could be read, it has been reported.
    fn several(&mut self, combinator: Combinator, written: usize, mut conditions: Vec<Condition>) -> Option<Condition> {
        if written == 0 {
            self.problems.push(
                Diagnostic::new(Code::EmptyCondition, combinator.span, "an empty condition")
                    .help("say what must hold, or leave it out"),
            );
        }
        match conditions.len() {
            0 | 1 => conditions.pop(),
            _ => {
                Some(Condition { span: combinator.span, text: combinator.text.to_owned(), kind: (combinator.build)(conditions) })
            }
        }
    }

    fn mapping(&mut self, node: &Node, entries: &[Entry], scope: RecordScope<'_>) -> Option<Condition> {
        let mut all = Vec::with_capacity(entries.len());
        let dates = scope.is_dated() && entries.iter().any(|e| DATE_KEYS.contains(&e.key.text.as_str()) || e.key.text == "days");
        if dates {
            let own: Vec<&Entry> =
                entries.iter().filter(|e| DATE_KEYS.contains(&e.key.text.as_str()) || e.key.text == "days").collect();
            if let Some(test) = self.date_test(node, &own) {
                let span = own.first().map_or(node.span, |e| Span { end: e.value.span.end, ..e.key.span });
                let text = own.iter().map(|e| self.shown(&scope.join(&e.key.text), &e.value)).collect::<Vec<_>>().join(", ");
                all.push(Condition { span, text, kind: ConditionKind::Dated(test) });
            }
        }
        for entry in entries {
            let is_date = dates && (DATE_KEYS.contains(&entry.key.text.as_str()) || entry.key.text == "days");
            if !is_date {
                all.extend(self.entry(entry, &entry.key.text, scope));
            }
        }
        self.several(Combinator::all(node.span), entries.len(), all)
    }

    /// One `key: value`. Dotted keys go into records one by one.
    fn entry(&mut self, entry: &Entry, key: &str, scope: RecordScope<'_>) -> Option<Condition> {
        let value = &entry.value;
        let span = Span { end: value.span.end.max(entry.key.span.end), ..entry.key.span };
        let shown = self.shown(&scope.join(key), value);
        let leaf = |kind| Some(Condition { span, text: shown.clone(), kind });
        match key {
            "all" => {
                let all: Vec<Condition> = value.one_or_many().iter().filter_map(|n| self.condition(n, scope)).collect();
                return self.several(Combinator::all(span), value.one_or_many().len(), all);
            }
            "any" => {
                let any: Vec<Condition> = value.one_or_many().iter().filter_map(|n| self.condition(n, scope)).collect();
                return self.several(Combinator::any(span), value.one_or_many().len(), any);
            }
            "not" => {
                let of = self.condition(value, scope)?;
                return Some(Condition { span, text: "not".to_owned(), kind: ConditionKind::Not(Box::new(of)) });
            }
            "shown" => {
                let of = self.condition(value, scope)?;
                return Some(Condition { span, text: "the facts show".to_owned(), kind: ConditionKind::Shown(Box::new(of)) });
            }
            "is" => return self.definition(value, span, scope),
            "in" if scope.is_item() => {
                let lists = self.named(value, "list of goods", |names, word| names.goods.find(word), |names| names.goods.ids());
                return leaf(ConditionKind::Goods(lists?));
            }
            "within" if scope.is_item() || scope.is_transaction() => {
                let quotas = self.named(
                    value,
                    "quota",
                    |n, w| n.quotas.get(w).copied(),
                    |n| n.quotas.keys().map(String::as_str).collect(),
                );
                return leaf(ConditionKind::Quota(quotas?.into_iter().next()?));
            }
            "designated" if scope.can_be_designated() => {
                let lists = self.named(
                    value,
                    "list of designated persons",
                    |n, w| n.lists.get(w).copied(),
                    |n| n.lists.keys().map(String::as_str).collect(),
                );
                return leaf(ConditionKind::Designated(lists?));
            }
            "source" if scope.is_transaction() => {
                let path = scope.join(key);
                let of = self.condition(value, RecordScope { table: EvidenceSource::TABLE, path: &path })?;
                return Some(Condition {
                    span,
                    text: format!("some {path} with"),
                    kind: ConditionKind::SomeSource(Box::new(of)),
                });
            }
            _ => {}
        }
        let (head, rest) = key.split_once('.').map_or((key, None), |(head, rest)| (head, Some(rest)));
        let Some((row, field)) = scope.table.by_rule_key(head) else {
            self.unknown_fact(entry, head, scope);
            return None;
        };
        let path = scope.join(head);
        match (field.kind, rest) {
            (FactKind::One(table), Some(rest)) => {
                let of = self.entry(entry, rest, RecordScope { table, path: &path })?;
                Some(inside(row, of, span))
            }
            (_, Some(_)) => {
                self.problems.push(
                    Diagnostic::new(Code::ConditionPath, entry.key.span, format!("`{head}` has no parts that a dot could reach"))
                        .help("write the inner condition as a mapping"),
                );
                None
            }
            (FactKind::One(table), None) => self.nested(value, row, table, &path, span, false),
            (FactKind::Many(table), None) => self.nested(value, row, table, &path, span, true),
            (_, None) => self.fact(value, row, field, &path, span),
        }
    }

    /// A record inside (`from: {country: KP}`) or some element of a list of them (`party: {role: bank}`); `from: KP` where
    /// the record has a fact that a bare value stands for.
    fn nested(
        &mut self,
        value: &Node,
        row: usize,
        table: &'static Table,
        path: &str,
        span: Span,
        list: bool,
    ) -> Option<Condition> {
        if let Some(given) = self.given(value) {
            let kind = ConditionKind::Fact { row, matcher: Matcher::Given(given) };
            return Some(Condition { span, text: self.shown(path, value), kind });
        }
        let scope = RecordScope { table, path };
        let bare = if list { value.text().is_some() } else { !is_mapping_of_facts(value) };
        let short = table.with_role(FieldRole::Shorthand).filter(|_| bare).and_then(|row| Some((row, table.fields.get(row)?)));
        let of = match short {
            Some((inner, field)) => self.fact(value, inner, field, &scope.join(field.key), span)?,
            None => self.condition(value, scope)?,
        };
        Some(if list {
            Condition { span, text: format!("some {path} with"), kind: ConditionKind::Some { row, of: Box::new(of) } }
        } else {
            inside(row, of, span)
        })
    }

    /// A fact and what it must be; `{not: ..}` turns it round.
    fn fact(&mut self, value: &Node, row: usize, field: &'static Field, path: &str, span: Span) -> Option<Condition> {
        let text = self.shown(path, value);
        if let Some([entry]) = value.entries()
            && entry.key.text == "not"
        {
            let of = self.fact(&entry.value, row, field, path, span)?;
            return Some(Condition { span, text, kind: ConditionKind::Not(Box::new(of)) });
        }
        let matcher = match self.given(value) {
            Some(given) => Matcher::Given(given),
            None => self.matcher(value, field, path)?,
        };
        Some(Condition { span, text, kind: ConditionKind::Fact { row, matcher } })
    }

    fn definition(&mut self, value: &Node, span: Span, scope: RecordScope<'_>) -> Option<Condition> {
        let mut conditions = Vec::new();
        for node in value.one_or_many() {
            let word = node.text().unwrap_or_default();
            match self.names.definitions.get(word) {
                Some((id, table)) if *table == scope.table => {
                    conditions.push(Condition { span: node.span, text: format!("is: {word}"), kind: ConditionKind::Is(*id) });
                }
                Some((_, table)) => {
                    let message = format!("the definition `{word}` speaks of {}, and this is {}", table.noun, scope.table.noun);
                    self.problems.push(
                        Diagnostic::new(Code::DefinitionOfAnotherRecord, node.span, message)
                            .help("use it inside the list that it speaks of"),
                    );
                }
                None => unknown_name(
                    Code::UnknownReference,
                    node,
                    word,
                    "definition",
                    self.names.definitions.keys().map(String::as_str),
                    self.problems,
                ),
            }
        }
        self.several(Combinator::any(span), value.one_or_many().len(), conditions)
    }

    fn named<T>(
        &mut self,
        value: &Node,
        what: &str,
        find: impl Fn(&SymbolTable<'_>, &str) -> Option<T>,
        known: impl for<'n> Fn(&'n SymbolTable<'n>) -> Vec<&'n str>,
    ) -> Option<Vec<T>> {
        let mut found = Vec::new();
        for node in value.one_or_many() {
            let word = node.text().unwrap_or_default();
            match find(self.names, word) {
                Some(id) => found.push(id),
                None => unknown_name(Code::UnknownReference, node, word, what, known(self.names), self.problems),
            }
        }
        (!found.is_empty()).then_some(found)
    }

    fn unknown_fact(&mut self, entry: &Entry, word: &str, scope: RecordScope<'_>) {
        if let Some(field) = scope.table.fields.iter().find(|f| f.key == word) {
            let help = match field.rule_key {
                Some(key) => format!("a rule asks about one of them with `{key}`"),
                None => "it is for people; no rule can ask about it".to_owned(),
            };
            self.problems
                .push(Diagnostic::new(Code::FactNotAsked, entry.key.span, format!("`{word}` cannot be asked about")).help(help));
            return;
        }
        let key = crate::document::Key { span: entry.key.span, text: word.to_owned() };
        let of = if scope.path.is_empty() {
            format!("a condition on {}", scope.table.noun)
        } else {
            format!("a condition on `{}`", scope.path)
        };
        self.problems.unknown_key(Code::UnknownFactInCondition, &key, &of, scope.words());
    }

    /// `path: value` as written, on one line.
    fn shown(&self, path: &str, value: &Node) -> String {
        let written = self.text.get(value.span.start..value.span.end).unwrap_or_default();
        let written = written.lines().map(|l| l.split(" #").next().unwrap_or(l).trim()).collect::<Vec<_>>().join(" ");
        format!("{path}: {}", written.trim())
    }
}

fn inside(row: usize, of: Condition, span: Span) -> Condition {
    Condition { span, text: of.text.clone(), kind: ConditionKind::Inside { row, of: Box::new(of) } }
}

/// A mapping that asks about facts, and not `{not: ..}`, which turns a bare value round.
fn is_mapping_of_facts(value: &Node) -> bool {
    value
        .entries()
        .is_some_and(|entries| entries.iter().any(|e| e.key.text != "not") || entries.iter().any(|e| e.value.entries().is_some()))
}

/// A range and its unit, if it has one; an unknown unit is reported.
pub(crate) fn read_amount(
    node: &Node,
    text: &str,
    names: &SymbolTable<'_>,
    problems: &mut Diagnostics,
) -> Option<(Range, Option<Unit>)> {
    match names.vocabulary.read_amount(text) {
        Ok(read) => Some(read),
        Err((message, help)) => {
            problems.push(Diagnostic::new(Code::RuleAmount, node.span, message).maybe_help(help));
            None
        }
    }
}
