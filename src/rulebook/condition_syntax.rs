//! From the YAML of a condition to the condition.

use crate::document::{Content, Diagnostic, Diagnostics, Entry, Mapping, Node, Span};
use crate::facts::{
    Aircraft, Ask, Field, Item, Kind, Named, Party, Range, Source, Space, Table, Transaction, Unit, Vessel, Words,
};

use super::names::unknown_name;
use super::register::read_period;
use super::vocabulary::Lookup;
use super::{Bound, Condition, DateTest, Matcher, Measure, Names, Test, When};

/// Keys of a condition that are no fact of a record.
const CONNECTIVES: [&str; 5] = ["all", "any", "not", "shown", "is"];
const DATE_KEYS: [&str; 4] = ["before", "from", "until", "after"];
const MEASURE_KEYS: [&str; 4] = ["over", "at_least", "under", "at_most"];

/// Reads conditions with the names in force; collects every mistake.
pub(super) struct Syntax<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) problems: &'a mut Diagnostics,
    /// The text of the file, to show values as they were written.
    pub(super) text: &'a str,
}

/// The record in scope and the words that led to it.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    table: &'static Table,
    path: &'s str,
}

impl Scope<'_> {
    /// The transaction as a whole.
    pub(super) const TRANSACTION: Scope<'static> = Scope { table: Transaction::TABLE, path: "" };

    /// An element of a list, as in a definition with `of:`.
    pub(super) fn of(table: &'static Table) -> Scope<'static> {
        Scope { table, path: "" }
    }

    fn join(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Notices, permissions, findings and acts have a date that `before`, `from`, `until`, `after` speak of.
    fn is_dated(&self) -> bool {
        self.table.position("date").is_some() && self.table != Transaction::TABLE
    }

    fn can_be_designated(&self) -> bool {
        [Party::TABLE, Vessel::TABLE, Aircraft::TABLE].contains(&self.table)
    }

    fn is_item(&self) -> bool {
        self.table == Item::TABLE
    }

    fn is_transaction(&self) -> bool {
        self.table == Transaction::TABLE
    }

    /// All words that a condition may use here.
    pub(super) fn words(&self) -> Vec<&'static str> {
        let mut words: Vec<&str> = self.table.fields.iter().filter_map(Field::asked_as).collect();
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

impl Syntax<'_> {
    /// A mapping: all of its keys; a list of mappings: any of them.
    pub(super) fn condition(&mut self, node: &Node, scope: Scope<'_>) -> Option<Condition> {
        match &node.content {
            Content::Map(entries) => self.mapping(node, entries, scope),
            Content::List(elements) => {
                let any: Vec<Condition> = elements.iter().filter_map(|n| self.condition(n, scope)).collect();
                self.several(node.span, any, Test::Any, "any of")
            }
            Content::Scalar(_) => {
                self.problems.wrong_shape(node, "a condition", "a mapping of facts to what they must be");
                None
            }
        }
    }

    fn several(
        &mut self,
        span: Span,
        mut conditions: Vec<Condition>,
        test: fn(Vec<Condition>) -> Test,
        text: &str,
    ) -> Option<Condition> {
        match conditions.len() {
            0 => {
                if !self.problems.has_errors() {
                    self.problems.push(Diagnostic::error(span, "an empty condition").help("say what must hold, or leave it out"));
                }
                None
            }
            1 => conditions.pop(),
            _ => Some(Condition { span, text: text.to_owned(), test: test(conditions) }),
        }
    }

    fn mapping(&mut self, node: &Node, entries: &[Entry], scope: Scope<'_>) -> Option<Condition> {
        let mut all = Vec::with_capacity(entries.len());
        let dates = scope.is_dated() && entries.iter().any(|e| DATE_KEYS.contains(&e.key.text.as_str()) || e.key.text == "days");
        if dates {
            let own: Vec<&Entry> =
                entries.iter().filter(|e| DATE_KEYS.contains(&e.key.text.as_str()) || e.key.text == "days").collect();
            if let Some(test) = self.date_test(node, &own) {
                let span = own.first().map_or(node.span, |e| Span { end: e.value.span.end, ..e.key.span });
                let text = own.iter().map(|e| self.shown(&scope.join(&e.key.text), &e.value)).collect::<Vec<_>>().join(", ");
                all.push(Condition { span, text, test: Test::Dated(test) });
            }
        }
        for entry in entries {
            let is_date = dates && (DATE_KEYS.contains(&entry.key.text.as_str()) || entry.key.text == "days");
            if !is_date {
                all.extend(self.entry(entry, &entry.key.text, scope));
            }
        }
        self.several(node.span, all, Test::All, "all of")
    }

    /// One `key: value`. Dotted keys go into records one by one.
    fn entry(&mut self, entry: &Entry, key: &str, scope: Scope<'_>) -> Option<Condition> {
        let value = &entry.value;
        let span = Span { end: value.span.end.max(entry.key.span.end), ..entry.key.span };
        let shown = self.shown(&scope.join(key), value);
        let leaf = |test| Some(Condition { span, text: shown.clone(), test });
        match key {
            "all" => {
                let all: Vec<Condition> = value.one_or_many().iter().filter_map(|n| self.condition(n, scope)).collect();
                return self.several(span, all, Test::All, "all of");
            }
            "any" => {
                let any: Vec<Condition> = value.one_or_many().iter().filter_map(|n| self.condition(n, scope)).collect();
                return self.several(span, any, Test::Any, "any of");
            }
            "not" => {
                let of = self.condition(value, scope)?;
                return Some(Condition { span, text: "not".to_owned(), test: Test::Not(Box::new(of)) });
            }
            "shown" => {
                let of = self.condition(value, scope)?;
                return Some(Condition { span, text: "the facts show".to_owned(), test: Test::Shown(Box::new(of)) });
            }
            "is" => return self.definition(value, span, scope),
            "in" if scope.is_item() => {
                let lists = self.named(value, "list of goods", |names, word| names.goods.find(word), |names| names.goods.ids());
                return leaf(Test::Goods(lists?));
            }
            "within" if scope.is_item() || scope.is_transaction() => {
                let quotas = self.named(
                    value,
                    "quota",
                    |n, w| n.quotas.get(w).copied(),
                    |n| n.quotas.keys().map(String::as_str).collect(),
                );
                return leaf(Test::Quota(quotas?.into_iter().next()?));
            }
            "designated" if scope.can_be_designated() => {
                let lists = self.named(
                    value,
                    "list of designated persons",
                    |n, w| n.lists.get(w).copied(),
                    |n| n.lists.keys().map(String::as_str).collect(),
                );
                return leaf(Test::Designated(lists?));
            }
            "source" if scope.is_transaction() => {
                let path = scope.join(key);
                let of = self.condition(value, Scope { table: Source::TABLE, path: &path })?;
                return Some(Condition { span, text: format!("some {path} with"), test: Test::SomeSource(Box::new(of)) });
            }
            _ => {}
        }
        let (head, rest) = key.split_once('.').map_or((key, None), |(head, rest)| (head, Some(rest)));
        let Some((row, field)) = scope.table.asked(head) else {
            self.unknown_fact(entry, head, scope);
            return None;
        };
        let path = scope.join(head);
        match (field.kind, rest) {
            (Kind::One(table), Some(rest)) => {
                let of = self.entry(entry, rest, Scope { table, path: &path })?;
                Some(inside(row, of, span))
            }
            (_, Some(_)) => {
                self.problems.push(
                    Diagnostic::error(entry.key.span, format!("`{head}` has no parts that a dot could reach"))
                        .help("write the inner condition as a mapping"),
                );
                None
            }
            (Kind::One(table), None) => self.record(value, row, table, &path, span),
            (Kind::Many(table), None) => self.some(value, row, table, &path, span),
            (_, None) => self.fact(value, row, field, &path, span),
        }
    }

    /// `from: {country: KP}`, or `from: KP` where the record has a fact that a bare text stands for.
    fn record(&mut self, value: &Node, row: usize, table: &'static Table, path: &str, span: Span) -> Option<Condition> {
        if let Some(given) = self.given(value) {
            return Some(Condition {
                span,
                text: self.shown(path, value),
                test: Test::Fact { row, matcher: Matcher::Given(given) },
            });
        }
        let scope = Scope { table, path };
        let of = match (table.short_for.and_then(|key| table.asked(key).map(|f| (key, f))), is_mapping_of_facts(value)) {
            (Some((key, (inner, field))), false) => self.fact(value, inner, field, &scope.join(key), span)?,
            _ => self.condition(value, scope)?,
        };
        Some(inside(row, of, span))
    }

    fn some(&mut self, value: &Node, row: usize, table: &'static Table, path: &str, span: Span) -> Option<Condition> {
        if let Some(given) = self.given(value) {
            return Some(Condition {
                span,
                text: self.shown(path, value),
                test: Test::Fact { row, matcher: Matcher::Given(given) },
            });
        }
        let scope = Scope { table, path };
        let of = match (table.short_for.and_then(|key| table.asked(key).map(|f| (key, f))), &value.content) {
            (Some((key, (inner, field))), Content::Scalar(_)) => self.fact(value, inner, field, &scope.join(key), span)?,
            _ => self.condition(value, scope)?,
        };
        Some(Condition { span, text: format!("some {path} with"), test: Test::Some { row, of: Box::new(of) } })
    }

    /// A fact and what it must be; `{not: ..}` turns it round.
    fn fact(&mut self, value: &Node, row: usize, field: &'static Field, path: &str, span: Span) -> Option<Condition> {
        let text = self.shown(path, value);
        if let Some([entry]) = value.entries()
            && entry.key.text == "not"
        {
            let of = self.fact(&entry.value, row, field, path, span)?;
            return Some(Condition { span, text, test: Test::Not(Box::new(of)) });
        }
        let matcher = match self.given(value) {
            Some(given) => Matcher::Given(given),
            None => self.matcher(value, field, path)?,
        };
        Some(Condition { span, text, test: Test::Fact { row, matcher } })
    }

    fn matcher(&mut self, value: &Node, field: &Field, path: &str) -> Option<Matcher> {
        match field.kind {
            Kind::Terms => self.terms(value, field.spaces).map(Matcher::Terms),
            Kind::Hs => self
                .each(value, "an HS prefix", |text| {
                    text.parse().map_err(|()| {
                        ("no HS prefix or range".to_owned(), "write digits in quotes: \"8471\", \"50-63\"".to_owned())
                    })
                })
                .map(Matcher::Hs),
            Kind::Text | Kind::Texts | Kind::Imo | Kind::Identifiers => self.text_matcher(value),
            Kind::Amount => self.measures(value, path, true).map(Matcher::Measure),
            Kind::Count => self.measures(value, path, false).map(Matcher::Measure),
            Kind::Date => self.date_matcher(value).map(Matcher::Date),
            Kind::YesNo => match &value.content {
                Content::Scalar(scalar) if scalar.as_bool().is_some() => scalar.as_bool().map(Matcher::YesNo),
                _ => {
                    self.problems.wrong_shape(value, &format!("`{path}`"), "`true` or `false`");
                    None
                }
            },
            Kind::One(_) | Kind::Many(_) => None,
        }
    }

    fn terms(&mut self, value: &Node, spaces: &'static [Space]) -> Option<Vec<crate::facts::Term>> {
        let mut terms = Vec::new();
        for node in value.one_or_many() {
            let Some(word) = node.text() else {
                self.problems.wrong_shape(node, "a term", "a word of the vocabulary");
                continue;
            };
            let what = spaces.iter().map(|s| s.key()).collect::<Vec<_>>().join(" or ");
            match self.names.vocabulary.lookup(spaces, word) {
                Lookup::Found(Named::Term(term)) => terms.push(term),
                Lookup::Found(_) => {
                    self.problems.push(
                        Diagnostic::error(node.span, format!("`{word}` names several")).help("a rule says which; write the code"),
                    );
                }
                Lookup::Missing(near) => {
                    let help = near.map(|n| format!("did you mean `{n}`?"));
                    self.problems
                        .push(Diagnostic::error(node.span, format!("`{word}` is no {what} of the vocabulary")).maybe_help(help));
                }
            }
        }
        (!terms.is_empty()).then_some(terms)
    }

    fn text_matcher(&mut self, value: &Node) -> Option<Matcher> {
        if value.entries().is_none() {
            return self.words(value).map(Matcher::TextIs);
        }
        let map = Mapping::read(value, "a condition on a text", &["is", "contains"], self.problems)?;
        match (map.get("is"), map.get("contains")) {
            (Some(is), None) => self.words(is).map(Matcher::TextIs),
            (None, Some(contains)) => self.words(contains).map(Matcher::TextContains),
            _ => {
                self.problems.push(Diagnostic::error(value.span, "a condition on a text needs one of `is` and `contains`"));
                None
            }
        }
    }

    fn words(&mut self, value: &Node) -> Option<Vec<Words>> {
        self.each(value, "a text", |text| {
            let words = Words::of(text);
            if words.is_empty() {
                Err(("no word to look for".to_owned(), "write letters or digits".to_owned()))
            } else {
                Ok(words)
            }
        })
    }

    fn measures(&mut self, value: &Node, path: &str, with_unit: bool) -> Option<Vec<Measure>> {
        let noun = format!("a condition on `{path}`");
        if value.entries().is_none() {
            let example = if with_unit { "{over: 2000 USD}" } else { "{over: 1}" };
            self.problems.push(
                Diagnostic::error(value.span, format!("{noun} is a bound"))
                    .help(format!("write `{path}: {example}`; `at_least`, `under`, `at_most` work too")),
            );
            return None;
        }
        let map = Mapping::read(value, &noun, &MEASURE_KEYS, self.problems)?;
        let mut measures = Vec::new();
        for (key, at_most, strictly) in
            [("over", false, true), ("at_least", false, false), ("under", true, true), ("at_most", true, false)]
        {
            let Some(node) = map.get(key) else { continue };
            let Some(text) = node.text() else {
                self.problems.wrong_shape(node, &format!("`{key}`"), "a number");
                continue;
            };
            let (bound, unit) = read_amount(node, text, self.names, self.problems)?;
            if with_unit && unit.is_none() {
                self.problems.push(
                    Diagnostic::error(node.span, format!("`{text}` has no unit"))
                        .help("a bare number is never compared; write `2000 USD` or `5 t`"),
                );
                return None;
            }
            measures.push(Measure { at_most, strictly, bound, unit });
        }
        (!measures.is_empty()).then_some(measures)
    }

    fn date_matcher(&mut self, value: &Node) -> Option<DateTest> {
        if let Some(entries) = value.entries() {
            for entry in entries.iter().filter(|e| !DATE_KEYS.contains(&e.key.text.as_str()) && e.key.text != "days") {
                self.problems.unknown_key(&entry.key, "a condition on a date", DATE_KEYS.into_iter().chain(["days"]));
            }
            return self.date_test(value, &entries.iter().collect::<Vec<_>>());
        }
        let period = read_period(value, "a condition on a date", self.problems)?;
        let bounds = vec![(When::From, Bound::Fixed(period)), (When::Until, Bound::Fixed(period))];
        Some(DateTest { bounds, days: 0 })
    }

    fn date_test(&mut self, node: &Node, entries: &[&Entry]) -> Option<DateTest> {
        let mut bounds = Vec::new();
        let mut days = 0;
        for entry in entries {
            let when = match entry.key.text.as_str() {
                "before" => When::Before,
                "from" => When::From,
                "until" => When::Until,
                "after" => When::After,
                "days" => {
                    match entry.value.text().and_then(|t| t.parse().ok()) {
                        Some(n) => days = n,
                        None => self.problems.wrong_shape(&entry.value, "`days`", "a whole number of days"),
                    }
                    continue;
                }
                _ => continue,
            };
            bounds.extend(self.bound(&entry.value).map(|bound| (when, bound)));
        }
        if bounds.is_empty() {
            if !self.problems.has_errors() {
                self.problems
                    .push(Diagnostic::error(node.span, "a date needs a bound").help("one of `before`, `from`, `until`, `after`"));
            }
            return None;
        }
        Some(DateTest { bounds, days })
    }

    /// A date of the calendar, or the name of another date of the transaction.
    fn bound(&mut self, node: &Node) -> Option<Bound> {
        let text = node.text().unwrap_or_default();
        if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let mut table = Transaction::TABLE;
            let mut rows = Vec::new();
            for word in text.split('.') {
                let Some((row, field)) = table.asked(word) else { break };
                rows.push(row);
                match field.kind {
                    Kind::One(inner) => table = inner,
                    Kind::Date => return Some(Bound::Fact(rows, text.to_owned())),
                    _ => break,
                }
            }
            unknown_name(node, text, "date of a transaction", ["date", "contract.date", "subject.since"], self.problems);
            return None;
        }
        read_period(node, "a bound", self.problems).map(Bound::Fixed)
    }

    fn definition(&mut self, value: &Node, span: Span, scope: Scope<'_>) -> Option<Condition> {
        let mut conditions = Vec::new();
        for node in value.one_or_many() {
            let word = node.text().unwrap_or_default();
            match self.names.definitions.get(word) {
                Some((id, table)) if *table == scope.table => {
                    conditions.push(Condition { span: node.span, text: format!("is: {word}"), test: Test::Is(*id) });
                }
                Some((_, table)) => {
                    let message = format!("the definition `{word}` speaks of {}, and this is {}", table.noun, scope.table.noun);
                    self.problems.push(Diagnostic::error(node.span, message).help("use it inside the list that it speaks of"));
                }
                None => unknown_name(node, word, "definition", self.names.definitions.keys().map(String::as_str), self.problems),
            }
        }
        if conditions.is_empty() { None } else { self.several(span, conditions, Test::Any, "any of") }
    }

    fn named<T>(
        &mut self,
        value: &Node,
        what: &str,
        find: impl Fn(&Names<'_>, &str) -> Option<T>,
        known: impl for<'n> Fn(&'n Names<'n>) -> Vec<&'n str>,
    ) -> Option<Vec<T>> {
        let mut found = Vec::new();
        for node in value.one_or_many() {
            let word = node.text().unwrap_or_default();
            match find(self.names, word) {
                Some(id) => found.push(id),
                None => unknown_name(node, word, what, known(self.names), self.problems),
            }
        }
        (!found.is_empty()).then_some(found)
    }

    fn each<T>(&mut self, value: &Node, what: &str, read: impl Fn(&str) -> Result<T, (String, String)>) -> Option<Vec<T>> {
        let mut found = Vec::new();
        for node in value.one_or_many() {
            match node.text().map(|text| (text, read(text))) {
                Some((_, Ok(value))) => found.push(value),
                Some((text, Err((message, help)))) => {
                    self.problems.push(Diagnostic::error(node.span, format!("`{text}` is {message}")).help(help))
                }
                None => self.problems.wrong_shape(node, "this", what),
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// `{given: true}`.
    fn given(&mut self, value: &Node) -> Option<bool> {
        let node = value.get("given")?;
        Mapping::read(value, "a condition on what is known", &["given"], self.problems)?.yes_no("given", self.problems).or_else(
            || {
                let _ = node;
                None
            },
        )
    }

    fn unknown_fact(&mut self, entry: &Entry, word: &str, scope: Scope<'_>) {
        if let Some(field) = scope.table.fields.iter().find(|f| f.key == word) {
            let help = match field.ask {
                Ask::As(ask) => format!("a rule asks about one of them with `{ask}`"),
                _ => "it is for people; no rule can ask about it".to_owned(),
            };
            self.problems.push(Diagnostic::error(entry.key.span, format!("`{word}` cannot be asked about")).help(help));
            return;
        }
        let key = crate::document::Key { span: entry.key.span, text: word.to_owned() };
        let of = if scope.path.is_empty() {
            format!("a condition on {}", scope.table.noun)
        } else {
            format!("a condition on `{}`", scope.path)
        };
        self.problems.unknown_key(&key, &of, scope.words());
    }

    /// `path: value` as written, on one line.
    fn shown(&self, path: &str, value: &Node) -> String {
        let written = self.text.get(value.span.start..value.span.end).unwrap_or_default();
        let written = written.lines().map(|l| l.split(" #").next().unwrap_or(l).trim()).collect::<Vec<_>>().join(" ");
        format!("{path}: {}", written.trim())
    }
}

fn inside(row: usize, of: Condition, span: Span) -> Condition {
    Condition { span, text: of.text.clone(), test: Test::Inside { row, of: Box::new(of) } }
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
    names: &Names<'_>,
    problems: &mut Diagnostics,
) -> Option<(Range, Option<Unit>)> {
    match names.vocabulary.read_amount(text) {
        Ok(read) => Some(read),
        Err((message, help)) => {
            problems.push(Diagnostic::error(node.span, message).maybe_help(help));
            None
        }
    }
}
