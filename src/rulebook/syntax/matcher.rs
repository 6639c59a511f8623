//! How the values that a condition asks for are written: from YAML to [`Matcher`].

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Mapping, Node};
use crate::facts::{CodedTerm, FactKind, Field, HsError, Range, Scheme, Term, Transaction, Unit, Words};
use crate::rulebook::law::{DateBounds, DateOperand, DateRelation, Matcher, NumberBound};
use crate::rulebook::{TermLookup, Vocabulary};

use super::date::read_period;
use super::{RuleReader, unknown_name};

/// The keys that bound a date.
pub(super) const DATE_KEYS: [&str; 4] = ["before", "from", "until", "after"];

/// True of a key that bounds a date or moves the bounds.
pub(super) fn is_date_key(key: &str) -> bool {
    DATE_KEYS.contains(&key) || key == "days"
}

const NUMBER_KEYS: [&str; 4] = ["over", "at_least", "under", "at_most"];

impl RuleReader<'_> {
    pub(super) fn matcher(&mut self, value: &Node, field: &Field, path: &str) -> Option<Matcher> {
        match field.kind {
            FactKind::Terms => self.terms(value, field.schemes).map(Matcher::Terms),
            FactKind::Hs => self
                .each(Code::HsPrefix, value, "an HS prefix", |text| {
                    text.parse().map_err(|_: HsError| {
                        ("no HS prefix or range".to_owned(), "write digits in quotes: \"8471\", \"50-63\"".to_owned())
                    })
                })
                .map(Matcher::Hs),
            FactKind::Text
            | FactKind::Texts
            | FactKind::SourceRefs
            | FactKind::Grade(_)
            | FactKind::PortCode
            | FactKind::Imo
            | FactKind::Identifiers => self.text_matcher(value),
            FactKind::Money | FactKind::Quantity | FactKind::Amount | FactKind::Duration => {
                self.measures(value, path, true).map(Matcher::Number)
            }
            FactKind::Count => self.measures(value, path, false).map(Matcher::Number),
            FactKind::Date => self.date_matcher(value).map(Matcher::Date),
            FactKind::YesNo => match &value.content {
                Content::Scalar(scalar) if scalar.as_bool().is_some() => scalar.as_bool().map(Matcher::YesNo),
                _ => {
                    self.problems.wrong_shape(value, &format!("`{path}`"), "`true` or `false`");
                    None
                }
            },
            FactKind::One(_) | FactKind::Many(_) => None,
        }
    }

    fn terms(&mut self, value: &Node, schemes: &'static [Scheme]) -> Option<Vec<Term>> {
        let mut terms = Vec::new();
        for node in value.one_or_many() {
            let Some(word) = node.text() else {
                self.problems.wrong_shape(node, "a term", "a word of the vocabulary");
                continue;
            };
            let what = schemes.iter().map(|s| s.key()).collect::<Vec<_>>().join(" or ");
            match self.symbols.vocabulary.lookup(schemes, word) {
                TermLookup::Found(CodedTerm::Term(term)) => terms.push(term),
                TermLookup::Found(_) => {
                    self.problems.push(
                        Diagnostic::new(Code::AmbiguousTermInRule, node.span, format!("`{word}` names several"))
                            .help("a rule says which; write the code"),
                    );
                }
                TermLookup::Missing(near) => {
                    let help = near.map(|n| format!("did you mean `{n}`?"));
                    self.problems.push(
                        Diagnostic::new(Code::UnknownTermInRule, node.span, format!("`{word}` is no {what} of the vocabulary"))
                            .maybe_help(help),
                    );
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
                self.problems.push(Diagnostic::new(
                    Code::TextCondition,
                    value.span,
                    "a condition on a text needs one of `is` and `contains`",
                ));
                None
            }
        }
    }

    fn words(&mut self, value: &Node) -> Option<Vec<Words>> {
        self.each(Code::NoWords, value, "a text", |text| {
            let words = Words::new(text);
            if words.is_empty() {
                Err(("no word to look for".to_owned(), "write letters or digits".to_owned()))
            } else {
                Ok(words)
            }
        })
    }

    fn measures(&mut self, value: &Node, path: &str, with_unit: bool) -> Option<Vec<NumberBound>> {
        let noun = format!("a condition on `{path}`");
        if value.entries().is_none() {
            let example = if with_unit { "{over: 2000 USD}" } else { "{over: 1}" };
            self.problems.push(
                Diagnostic::new(Code::BoundMissing, value.span, format!("{noun} is a bound"))
                    .help(format!("write `{path}: {example}`; `at_least`, `under`, `at_most` work too")),
            );
            return None;
        }
        let map = Mapping::read(value, &noun, &NUMBER_KEYS, self.problems)?;
        let mut measures = Vec::new();
        for (key, is_upper, exclusive) in
            [("over", false, true), ("at_least", false, false), ("under", true, true), ("at_most", true, false)]
        {
            let Some(node) = map.get(key) else { continue };
            let Some(text) = node.text() else {
                self.problems.wrong_shape(node, &format!("`{key}`"), "a number");
                continue;
            };
            let (limit, unit) = read_amount(node, text, self.symbols.vocabulary, self.problems)?;
            if with_unit && unit.is_none() {
                self.problems.push(
                    Diagnostic::new(Code::RuleAmountWithoutUnit, node.span, format!("`{text}` has no unit"))
                        .help("a bare number is never compared; write `2000 USD` or `5 t`"),
                );
                return None;
            }
            measures.push(NumberBound { is_upper, exclusive, limit, unit });
        }
        (!measures.is_empty()).then_some(measures)
    }

    fn date_matcher(&mut self, value: &Node) -> Option<DateBounds> {
        if let Some(entries) = value.entries() {
            for entry in entries.iter().filter(|e| !is_date_key(&e.key.text)) {
                self.problems.unknown_key(
                    Code::UnknownKey,
                    &entry.key,
                    "a condition on a date",
                    DATE_KEYS.into_iter().chain(["days"]),
                );
            }
            return self.date_test(value, &entries.iter().collect::<Vec<_>>());
        }
        let period = read_period(value, "a condition on a date", self.problems)?;
        let bounds =
            [DateRelation::From, DateRelation::Until].map(|when| (when, DateOperand::Fixed(when.bounding_day(period)))).to_vec();
        Some(DateBounds { bounds, days: 0 })
    }

    pub(super) fn date_test(&mut self, node: &Node, entries: &[&Entry]) -> Option<DateBounds> {
        let mut bounds = Vec::new();
        let mut days = 0;
        for entry in entries {
            let when = match entry.key.text.as_str() {
                "before" => DateRelation::Before,
                "from" => DateRelation::From,
                "until" => DateRelation::Until,
                "after" => DateRelation::After,
                "days" => {
                    match entry.value.text().and_then(|t| t.parse().ok()) {
                        Some(n) => days = n,
                        None => self.problems.wrong_shape(&entry.value, "`days`", "a whole number of days"),
                    }
                    continue;
                }
                _ => continue,
            };
            bounds.extend(self.bound(&entry.value, when).map(|bound| (when, bound)));
        }
        if !entries.iter().any(|e| DATE_KEYS.contains(&e.key.text.as_str())) {
            let problem = Diagnostic::new(Code::DateBound, node.span, "a date needs a bound")
                .help("one of `before`, `from`, `until`, `after`");
            self.problems.push(problem);
        }
        if bounds.is_empty() {
            return None;
        }
        Some(DateBounds { bounds, days })
    }

    /// A date of the calendar, or the name of another date of the transaction.
    fn bound(&mut self, node: &Node, when: DateRelation) -> Option<DateOperand> {
        let text = node.text().unwrap_or_default();
        if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let mut table = Transaction::TABLE;
            let mut rows = Vec::new();
            for word in text.split('.') {
                let Some((row, field)) = table.by_rule_key(word) else { break };
                rows.push(row);
                match field.kind {
                    FactKind::One(inner) => table = inner,
                    FactKind::Date => return Some(DateOperand::Fact(rows, text.to_owned())),
                    _ => break,
                }
            }
            unknown_name(
                Code::DateBound,
                node,
                text,
                "date of a transaction",
                ["date", "contract.date", "subject.since"],
                self.problems,
            );
            return None;
        }
        read_period(node, "a bound", self.problems).map(|period| DateOperand::Fixed(when.bounding_day(period)))
    }

    fn each<T>(
        &mut self,
        code: Code,
        value: &Node,
        what: &str,
        read: impl Fn(&str) -> Result<T, (String, String)>,
    ) -> Option<Vec<T>> {
        let mut found = Vec::new();
        for node in value.one_or_many() {
            match node.text().map(|text| (text, read(text))) {
                Some((_, Ok(value))) => found.push(value),
                Some((text, Err((message, help)))) => {
                    self.problems.push(Diagnostic::new(code, node.span, format!("`{text}` is {message}")).help(help))
                }
                None => self.problems.wrong_shape(node, "this", what),
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// `{given: true}`; `None` if the value asks something else. A yes that is none is reported and taken for one.
    pub(super) fn given(&mut self, value: &Node) -> Option<bool> {
        value.get("given")?;
        let map = Mapping::read(value, "a condition on what is known", &["given"], self.problems)?;
        Some(map.yes_no("given", self.problems).unwrap_or(true))
    }
}

/// Reads an amount: a number and its unit, if it has one. What is none is reported.
pub(super) fn read_amount(
    node: &Node,
    text: &str,
    vocabulary: &Vocabulary,
    problems: &mut Diagnostics,
) -> Option<(Range, Option<Unit>)> {
    match vocabulary.read_amount(text) {
        Ok(read) => Some(read),
        Err(error) => {
            problems.push(Diagnostic::new(Code::RuleAmount, node.span, error.to_string()).maybe_help(error.into_help()));
            None
        }
    }
}
