//! How the values that satisfy a condition are written: from YAML to [`Matcher`].

use crate::document::{Code, Content, Diagnostic, Diagnostics, Mapping, Node, suggestion};
use crate::facts::{CodedTerm, FactKind, Field, HsRange, Range, Scheme, Term, Unit, Words};
use crate::rulebook::law::{Matcher, NumberBound};
use crate::rulebook::{ReadAmount, TermLookup, Vocabulary};

use super::RuleReader;
use super::goods::check_in_an_edition;
use super::regime_words::{REGIME, TARGET};

/// The keys that bound a number.
const NUMBER_KEYS: [&str; 4] = ["over", "at_least", "under", "at_most"];

impl RuleReader<'_> {
    /// Reads the values of a fact that satisfy a condition, by the kind of the fact.
    pub(super) fn matcher(&mut self, value: &Node, field: &Field, path: &str) -> Option<Matcher> {
        match field.kind {
            FactKind::Terms => self.terms(value, field.schemes).map(Matcher::Terms),
            FactKind::Hs => {
                let expected = Expected {
                    code: Code::HsPrefix,
                    noun: "an HS prefix",
                    message: "no HS prefix or range",
                    help: "write digits in quotes: \"8471\", \"50-63\"",
                };
                let ranges = self.each(value, expected, |text| text.parse::<HsRange>().ok())?;
                let written = value.one_or_many().iter().zip(&ranges).filter(|_| value.one_or_many().len() == ranges.len());
                written.for_each(|(node, range)| check_in_an_edition(node, *range, self.problems));
                Some(Matcher::Hs(ranges))
            }
            FactKind::Text
            | FactKind::Texts
            | FactKind::SourceRefs
            | FactKind::Grade(_)
            | FactKind::PortCode
            | FactKind::Imo
            | FactKind::Identifiers => self.text_matcher(value),
            FactKind::Money | FactKind::Quantity | FactKind::Amount | FactKind::Duration => {
                self.number_bounds(value, path, true).map(Matcher::Number)
            }
            FactKind::Count => self.number_bounds(value, path, false).map(Matcher::Number),
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

    /// Reads one or several terms of some schemes; `None` if there is none.
    pub(super) fn terms(&mut self, value: &Node, schemes: &'static [Scheme]) -> Option<Vec<Term>> {
        let mut terms = Vec::new();
        let mut is_passed_over = false;
        for node in value.one_or_many() {
            if node.text() == Some(TARGET) && schemes.contains(&Scheme::Country) {
                let target = self.target(node.span)?;
                is_passed_over |= target.is_empty();
                terms.extend(target);
            } else {
                terms.extend(read_term(node, schemes, self.symbols.vocabulary, self.problems));
            }
        }
        (!terms.is_empty() || is_passed_over).then_some(terms)
    }

    fn text_matcher(&mut self, value: &Node) -> Option<Matcher> {
        if value.entries().is_none() {
            return self.words(value).map(Matcher::TextIs);
        }
        let keys = ["is", "contains", "called", "is_a"];
        let map = Mapping::read(value, "a condition on a text", &keys, self.problems)?;
        match keys.map(|key| map.get(key)) {
            [None, Some(contains), None, None] if contains.text() == Some(REGIME) => {
                self.organs_of_regime(contains.span).map(Matcher::TextContains)
            }
            [Some(is), None, None, None] => self.words(is).map(Matcher::TextIs),
            [None, Some(contains), None, None] => self.words(contains).map(Matcher::TextContains),
            [None, None, Some(called), None] => self.words(called).map(Matcher::TextCalled),
            [None, None, None, Some(is_a)] => self.words(is_a).map(Matcher::TextIsA),
            _ => {
                self.problems.push(Diagnostic::new(
                    Code::TextCondition,
                    value.span,
                    "a condition on a text needs one of `is`, `contains`, `called` and `is_a`",
                ));
                None
            }
        }
    }

    fn words(&mut self, value: &Node) -> Option<Vec<Words>> {
        let expected =
            Expected { code: Code::NoWords, noun: "a text", message: "no word to look for", help: "write letters or digits" };
        self.each(value, expected, |text| Some(Words::new(text)).filter(|words| !words.is_empty()))
    }

    /// Reads the bounds of a number, or of an amount if `with_unit`.
    fn number_bounds(&mut self, value: &Node, path: &str, with_unit: bool) -> Option<Vec<NumberBound>> {
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
        let mut bounds = Vec::new();
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
            bounds.push(NumberBound { is_upper, exclusive, limit, unit });
        }
        (!bounds.is_empty()).then_some(bounds)
    }

    /// Reads one value or a list of them. A value that `parse` refuses is reported.
    fn each<T>(&mut self, value: &Node, expected: Expected, parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let Expected { code, noun, message, help } = expected;
        let mut found = Vec::new();
        for node in value.one_or_many() {
            match node.text().map(|text| (text, parse(text))) {
                Some((_, Some(value))) => found.push(value),
                Some((text, None)) => {
                    self.problems.push(Diagnostic::new(code, node.span, format!("`{text}` is {message}")).help(help))
                }
                None => self.problems.wrong_shape(node, "this", noun),
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// Reads `{given: true}` or `{given: false}`; `None` if the value has no `given`. Any other word is reported and read as
    /// `true`.
    pub(super) fn given(&mut self, value: &Node) -> Option<bool> {
        value.get("given")?;
        let map = Mapping::read(value, "a condition on what is known", &["given"], self.problems)?;
        Some(map.yes_no("given", self.problems).unwrap_or(true))
    }
}

/// Reads a term of some schemes.
pub(super) fn read_term(node: &Node, schemes: &[Scheme], vocabulary: &Vocabulary, problems: &mut Diagnostics) -> Option<Term> {
    let Some(word) = node.text() else {
        problems.wrong_shape(node, "a term", "a word of the vocabulary");
        return None;
    };
    match vocabulary.lookup(schemes, word) {
        TermLookup::Found(CodedTerm::Term(term)) => return Some(term),
        TermLookup::Found(_) => problems.push(
            Diagnostic::new(Code::AmbiguousTermInRule, node.span, format!("`{word}` names several"))
                .help("a rule says which; write the code"),
        ),
        TermLookup::Missing(near) => {
            let what = schemes.iter().map(|s| s.key()).collect::<Vec<_>>().join(" or ");
            let message = format!("`{word}` is no {what} of the vocabulary");
            let help = near.map(|near| suggestion(&near));
            problems.push(Diagnostic::new(Code::UnknownTermInRule, node.span, message).maybe_help(help));
        }
    }
    None
}

/// How values that cannot be parsed are reported.
struct Expected {
    code: Code,
    /// The noun for the expected value, for the message about a list or mapping.
    noun: &'static str,
    /// The end of the message about a wrong text, after "is".
    message: &'static str,
    help: &'static str,
}

/// Reads an amount: a number, and its unit if it has one. A text that is not an amount is reported.
pub(super) fn read_amount(
    node: &Node,
    text: &str,
    vocabulary: &Vocabulary,
    problems: &mut Diagnostics,
) -> Option<(Range, Option<Unit>)> {
    let problem = match vocabulary.read_amount(text) {
        Ok(ReadAmount { range, unit, readings: None }) => return Some((range, unit)),
        Ok(ReadAmount { readings, .. }) => {
            Diagnostic::new(Code::RuleAmount, node.span, readings.unwrap_or_default()).help("write the one that is meant")
        }
        Err(error) => Diagnostic::new(Code::RuleAmount, node.span, error.to_string()).maybe_help(error.into_help()),
    };
    problems.push(problem);
    None
}
