//! How conditions are written: from YAML to [`Condition`].
//!
//! A mapping is *all*, a list of values is *any*. A key names a fact of the record in scope; its value says what the fact
//! must be. The fact tables of [`crate::facts`] decide which keys there are and what each can be compared with.

use crate::document::{Code, Content, Diagnostic, Entry, Key, Node, Span};
use crate::facts::{EvidenceSource, FactKind, Field, FieldRole, Scheme, Side, Table, Term};
use crate::rulebook::PartySide;
use crate::rulebook::law::{Condition, ConditionKind, Matcher};

use super::date::is_date_key;
use super::regime_words::{REGIME, TARGET, with_word};
use super::scope::RecordScope;
use super::{RuleReader, SymbolTable, unknown_name};

/// The key beside `shown` that says why what is not reported may count as a no.
const REASON_KEY: &str = "because";

/// How several conditions are joined into one.
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
    /// Reads a condition: a mapping of which all entries must hold, or a list of mappings one of which must.
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

    /// Joins conditions. The file has `written` of them: zero is a mistake, and if fewer were read, that has been reported.
    fn several(&mut self, combinator: Combinator, written: usize, mut conditions: Vec<Condition>) -> Option<Condition> {
        if written == 0 {
            self.problems.push(
                Diagnostic::new(Code::EmptyCondition, combinator.span, "an empty condition")
                    .help("say what must hold, or leave it out"),
            );
        }
        match conditions.len() {
            0 | 1 => conditions.pop(),
            _ => Some(Condition::new(combinator.span, combinator.text, (combinator.build)(conditions))),
        }
    }

    /// Reads a mapping. Entries that bound the date of a dated record together are one condition.
    fn mapping(&mut self, node: &Node, entries: &[Entry], scope: RecordScope<'_>) -> Option<Condition> {
        let mut all = Vec::with_capacity(entries.len());
        let is_own_date = |e: &&Entry| scope.is_dated() && is_date_key(&e.key.text);
        let own: Vec<&Entry> = entries.iter().filter(is_own_date).collect();
        if let Some(first) = own.first()
            && let Some(bounds) = self.date_bounds(node, &own)
        {
            let span = Span { end: first.value.span.end, ..first.key.span };
            let text = own.iter().map(|e| self.shown(&scope.join(&e.key.text), &e.value)).collect::<Vec<_>>().join(", ");
            all.push(Condition::new(span, text, ConditionKind::Dated(bounds)));
        }
        self.check_reason(entries);
        for entry in entries.iter().filter(|e| !is_own_date(e) && e.key.text != REASON_KEY) {
            all.extend(self.entry(entry, &entry.key.text, scope));
        }
        self.several(Combinator::all(node.span), entries.len(), all)
    }

    /// Checks that `shown` has its reason beside it, and that a reason has something to explain.
    fn check_reason(&mut self, entries: &[Entry]) {
        let find = |key: &str| entries.iter().find(|e| e.key.text == key);
        match (find("shown"), find(REASON_KEY)) {
            (Some(shown), None) => self.problems.push(
                Diagnostic::new(
                    Code::ShownWithoutReason,
                    shown.key.span,
                    "`shown` takes what is not reported for a no, and gives no reason",
                )
                .help("write beside it `because:` why nobody would ask for these facts"),
            ),
            (Some(_), Some(reason)) if reason.value.text().is_none_or(|text| text.trim().is_empty()) => {
                self.problems.wrong_shape(&reason.value, "`because`", "a text");
            }
            (None, Some(reason)) => self.problems.push(
                Diagnostic::new(
                    Code::UnknownFactInCondition,
                    reason.key.span,
                    "`because` explains `shown`, and there is none beside it",
                )
                .help("write it in the mapping that has `shown`"),
            ),
            _ => {}
        }
    }

    /// Reads `side` of a party: the sides on which its role must put it, or `{not: ..}` around them.
    fn side(&mut self, value: &Node, role: usize, span: Span, text: String) -> Option<Condition> {
        if let Some([entry]) = value.entries()
            && entry.key.text == "not"
        {
            let of = self.side(&entry.value, role, span, text.clone())?;
            return Some(Condition::new(span, text, ConditionKind::Not(Box::new(of))));
        }
        let mut roles = Vec::new();
        for node in value.one_or_many() {
            let word = node.text().unwrap_or_default();
            match PartySide::ALL.iter().find(|(_, name)| *name == word) {
                Some((side, _)) => roles.extend(self.symbols.vocabulary.roles_on(*side)),
                None => unknown_name(Code::UnknownWord, node, word, "side", PartySide::ALL.map(|(_, name)| name), self.problems),
            }
        }
        Some(Condition::new(span, text, ConditionKind::Fact { row: role, matcher: Matcher::Terms(roles) }))
    }

    /// Reads one entry. A key with dots enters a record at each dot.
    fn entry(&mut self, entry: &Entry, key: &str, scope: RecordScope<'_>) -> Option<Condition> {
        let value = &entry.value;
        let span = Span { end: value.span.end.max(entry.key.span.end), ..entry.key.span };
        if self.is_empty(value, &entry.key) {
            return None;
        }
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
                return Some(Condition::new(span, "not", ConditionKind::Not(Box::new(of))));
            }
            "shown" => {
                let of = self.condition(value, scope)?;
                return Some(Condition::new(span, "the facts show", ConditionKind::Shown(Box::new(of))));
            }
            "every" => return self.every(value, span, scope),
            "is" => return self.definition(value, span, scope),
            "concerns" if scope.is_transaction() => {
                let path = scope.join(key);
                let of = self.condition(value, RecordScope { path: &path, ..scope })?;
                return Some(Condition::new(span, "concerns", ConditionKind::Concerns(Box::new(of))));
            }
            "in" if scope.is_item() => {
                let lists =
                    self.named(value, "list of goods", |symbols, word| symbols.goods.find(word), |symbols| symbols.goods.ids());
                return Some(Condition::new(span, self.shown(&scope.join(key), value), ConditionKind::Goods(lists?)));
            }
            "within" if scope.is_item() || scope.is_transaction() => {
                let quotas = self.named(
                    value,
                    "quota",
                    |symbols, word| symbols.quotas.get(word).copied(),
                    |symbols| symbols.quotas.keys().map(String::as_str).collect(),
                );
                let kind = ConditionKind::Quota(quotas?.into_iter().next()?);
                return Some(Condition::new(span, self.shown(&scope.join(key), value), kind));
            }
            "designated" if scope.can_be_designated() => {
                return self.designated(value, span, self.shown(&scope.join(key), value));
            }
            "side" => {
                if let Some(role) = scope.role_row() {
                    return self.side(value, role, span, self.shown(&scope.join(key), value));
                }
            }
            "source" if scope.is_transaction() => {
                let path = scope.join(key);
                let of = self.condition(value, RecordScope { table: EvidenceSource::TABLE, path: &path })?;
                return Some(Condition::new(span, format!("some {path} with"), ConditionKind::SomeSource(Box::new(of))));
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
            (_, None) if scope.table.link(row).is_some() => self.linked(value, row, field, &path, span),
            (_, None) => self.fact(value, row, field, &path, span),
        }
    }

    /// Reports a list or mapping without content, and a key without a value, where a condition needs one: it would widen the rule, or
    /// make it speak of nothing.
    fn is_empty(&mut self, value: &Node, key: &Key) -> bool {
        let what = match &value.content {
            Content::List(elements) if elements.is_empty() => "an empty list",
            Content::Map(entries) if entries.is_empty() => "an empty mapping",
            Content::Map(entries) => {
                let operators =
                    entries.iter().filter(|e| matches!(e.key.text.as_str(), "not" | "is" | "contains" | "called" | "is_a"));
                // Each is looked at, so that each is reported.
                return operators.filter(|e| self.is_empty(&e.value, &e.key)).count() > 0;
            }
            Content::Scalar(scalar) if scalar.is_null() => "nothing",
            _ => return false,
        };
        let at = Span { end: value.span.end.max(key.span.end), ..key.span };
        self.problems.push(
            Diagnostic::new(Code::EmptyCondition, at, format!("{what} behind `{}`", key.text))
                .help("say what must hold, or leave it out"),
        );
        true
    }

    /// Reads `every`: conditions on lists that all elements of the list must meet. It is read as *no element fails to*.
    fn every(&mut self, value: &Node, span: Span, scope: RecordScope<'_>) -> Option<Condition> {
        let entries = value.entries().unwrap_or_default();
        let mut all = Vec::with_capacity(entries.len());
        for entry in entries {
            match self.entry(entry, &entry.key.text, scope) {
                Some(Condition { span, text, kind: ConditionKind::Some { row, of }, .. }) => {
                    let fails = Condition::new(span, "not", ConditionKind::Not(of));
                    let kind = ConditionKind::Some { row, of: Box::new(fails) };
                    let some = Condition::new(span, text.clone(), kind);
                    let text = text.replacen("some", "every", 1);
                    all.push(Condition::new(span, text, ConditionKind::Not(Box::new(some))));
                }
                Some(_) => {
                    let message = format!("`{}` is no list that has elements", entry.key.text);
                    self.problems.push(
                        Diagnostic::new(Code::EveryOfNoList, entry.key.span, message).help(
                            "write it without `every`; a list stands under its key, such as `every: {port: {country: RU}}`",
                        ),
                    );
                }
                None => {}
            }
        }
        self.several(Combinator::all(span), entries.len(), all)
    }

    /// Reads a condition on the record in a row (`from: {country: KP}`) or on some element of a `list` of records
    /// (`party: {role: bank}`). A bare value (`from: KP`) is compared with the record's shorthand fact, if it has one.
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
            return Some(Condition::new(span, self.shown(path, value), kind));
        }
        let scope = RecordScope { table, path };
        let bare = if list { value.text().is_some() } else { !is_mapping_of_facts(value) };
        let short = table.with_role(FieldRole::Shorthand).filter(|_| bare).and_then(|row| Some((row, table.fields.get(row)?)));
        let of = match short {
            Some((inner, field)) => self.fact(value, inner, field, &scope.join(field.key), span)?,
            None => self.condition(value, scope)?,
        };
        Some(if list {
            Condition::new(span, format!("some {path} with"), ConditionKind::Some { row, of: Box::new(of) })
        } else {
            inside(row, of, span)
        })
    }

    /// Reads a condition on a fact: the values that match, or `{not: ..}` around them.
    pub(super) fn fact(&mut self, value: &Node, row: usize, field: &'static Field, path: &str, span: Span) -> Option<Condition> {
        let text = self.shown(path, value);
        let kind = if let Some([entry]) = value.entries()
            && entry.key.text == "not"
        {
            ConditionKind::Not(Box::new(self.fact(&entry.value, row, field, path, span)?))
        } else {
            let matcher = match self.given(value) {
                Some(given) => Matcher::Given(given),
                None => self.matcher(value, field, path)?,
            };
            match matcher {
                // The regime names no bodies: nothing is called like one.
                Matcher::TextContains(words) if words.is_empty() => ConditionKind::Any(Vec::new()),
                Matcher::Terms(regions) if field.roles.contains(&FieldRole::PartOfCountry) => {
                    self.in_country(regions, row, span, &text)
                }
                matcher => ConditionKind::Fact { row, matcher },
            }
        };
        let is_of_country = field.schemes.contains(&Scheme::Country);
        let is_of_organs = value.get("contains").is_some_and(|names| names.text() == Some(REGIME));
        Some(if is_of_country && has_target(value) {
            self.with_target(span, text, kind)
        } else {
            let as_written = is_of_organs.then(|| text.as_str().into());
            Condition { as_written, ..Condition::new(span, text, kind) }
        })
    }

    /// A condition on the part of a country that a side is in: the country is the one that has it, and the part is it. So what
    /// happens in another country is surely not there, though nobody reports a part of that one.
    fn in_country(&self, regions: Vec<Term>, row: usize, span: Span, text: &str) -> ConditionKind {
        let vocabulary = self.symbols.vocabulary;
        let mut by_country: Vec<(Option<Term>, Vec<Term>)> = Vec::new();
        for region in regions {
            let country = vocabulary.country_of(region);
            match by_country.iter_mut().find(|(other, _)| *other == country) {
                Some((_, regions)) => regions.push(region),
                None => by_country.push((country, vec![region])),
            }
        }
        let fact = |row, terms| ConditionKind::Fact { row, matcher: Matcher::Terms(terms) };
        let with = |kind| Condition::new(span, text.to_owned(), kind);
        let country_row = Side::TABLE.with_role(FieldRole::Shorthand);
        let mut any = by_country.into_iter().map(|(country, regions)| match country_row.zip(country) {
            Some((of, country)) => ConditionKind::All(vec![with(fact(of, vec![country])), with(fact(row, regions))]),
            None => fact(row, regions),
        });
        match (any.next(), any.next()) {
            (Some(only), None) => only,
            (first, second) => ConditionKind::Any(first.into_iter().chain(second).chain(any).map(with).collect()),
        }
    }

    /// A condition whose text names the target.
    fn with_target(&self, span: Span, written: String, kind: ConditionKind) -> Condition {
        let target = self.symbols.regime(self.binding).map(|words| words.target.as_slice()).unwrap_or_default();
        if target.is_empty() {
            return Condition::new(span, written, kind);
        }
        let ids: Vec<&str> = target.iter().map(|term| self.symbols.vocabulary.id(*term)).collect();
        let text = with_word(&written, TARGET, &ids);
        Condition { as_written: Some(written.into()), ..Condition::new(span, text, kind) }
    }

    /// Reads `is`: one or several definitions, of which any must hold.
    fn definition(&mut self, value: &Node, span: Span, scope: RecordScope<'_>) -> Option<Condition> {
        let mut conditions = Vec::new();
        for node in value.one_or_many() {
            let word = node.text().unwrap_or_default();
            match self.symbols.definitions.find(word, self.binding, self.used_at.or(Some(node.span))) {
                Some((id, table)) if table == scope.table => {
                    conditions.push(Condition::new(node.span, format!("is: {word}"), ConditionKind::Is(id)));
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
                    self.symbols.definitions.names(),
                    self.problems,
                ),
            }
        }
        self.several(Combinator::any(span), value.one_or_many().len(), conditions)
    }

    /// Looks up one or several names with `find`. An unknown one is reported with the `known` ones.
    pub(super) fn named<T>(
        &mut self,
        value: &Node,
        what: &str,
        find: impl Fn(&SymbolTable<'_>, &str) -> Option<T>,
        known: impl for<'n> Fn(&'n SymbolTable<'n>) -> Vec<&'n str>,
    ) -> Option<Vec<T>> {
        let mut found = Vec::new();
        for node in value.one_or_many() {
            let word = node.text().unwrap_or_default();
            match find(self.symbols, word) {
                Some(id) => found.push(id),
                None => unknown_name(Code::UnknownReference, node, word, what, known(self.symbols), self.problems),
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// Reports a key that is not a fact of the record, or one that rules cannot ask about.
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
        let key = Key { span: entry.key.span, text: word.into() };
        let of = if scope.path.is_empty() {
            format!("a condition on {}", scope.table.noun)
        } else {
            format!("a condition on `{}`", scope.path)
        };
        self.problems.unknown_key(Code::UnknownFactInCondition, &key, &of, scope.keys());
    }

    /// `path: value` as the file has it, on one line and without comments.
    pub(super) fn shown(&self, path: &str, value: &Node) -> String {
        let written = self.text.get(value.span.start..value.span.end).unwrap_or_default();
        let mut shown = String::with_capacity(path.len() + 2 + written.len());
        shown.push_str(path);
        shown.push_str(": ");
        let start = shown.len();
        for line in written.lines() {
            if shown.len() > start {
                shown.push(' ');
            }
            shown.push_str(line.split_once(" #").map_or(line, |(line, _)| line).trim());
        }
        let end = shown.get(start..).map_or(0, |written| written.trim_end().len());
        shown.truncate(start + end);
        shown
    }
}

/// The condition that the record in a row satisfies `of`.
fn inside(row: usize, of: Condition, span: Span) -> Condition {
    let (text, as_written) = (of.text.clone(), of.as_written.clone());
    Condition { span, text, as_written, kind: ConditionKind::Inside { row, of: Box::new(of) } }
}

/// True for `target` as a value, in a list of values, or negated.
fn has_target(value: &Node) -> bool {
    let negated = || value.entries().unwrap_or_default().iter().any(|entry| has_target(&entry.value));
    value.one_or_many().iter().any(|node| node.text() == Some(TARGET)) || negated()
}

/// True for a mapping of facts, false for `{not: value}`, which negates a bare value.
fn is_mapping_of_facts(value: &Node) -> bool {
    value
        .entries()
        .is_some_and(|entries| entries.iter().any(|e| e.key.text != "not") || entries.iter().any(|e| e.value.entries().is_some()))
}
