//! Measures what the tests of a rulebook exercise: which operative paragraphs are encoded, and which conditions and
//! exceptions have had both outcomes in some test.
//!
//! A shared condition or exception is one element, known by its place in the files, however many rules use it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::document::Span;
use crate::engine::{Evaluation, ExceptionState, NodeKind, Proof, TransactionMemo, evaluate_rule};
use crate::facts::Truth;
use crate::rulebook::{
    Citation, Condition, Definition, EncodingStatus, Paragraph, RegimeChoice, Resolution, Rule, RuleKind, Rulebook, TestCase,
};

use super::loaded_test::LoadedTest;

/// What the tests of a rulebook exercise. It displays as a report for people, which lists every gap.
#[derive(Debug)]
pub struct Coverage<'r> {
    /// The resolutions in the register, in its order.
    pub resolutions: Vec<ResolutionCoverage<'r>>,
    /// The rules, sorted by id.
    pub rules: Vec<ElementCoverage<'r>>,
    /// The definitions, in the order of the files.
    pub definitions: Vec<ElementCoverage<'r>>,
    /// The conditions of rules, exceptions and definitions that have been true in some test and not true in some test.
    pub conditions: Count,
    /// The exceptions that have excused a transaction and failed to excuse one.
    pub exceptions: Count,
}

/// The number of elements, and how many of them the tests exercise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// All elements.
    pub total: usize,
    /// Those that are exercised.
    pub exercised: usize,
}

/// A resolution and how the rulebook accounts for each of its operative paragraphs.
#[derive(Debug)]
pub struct ResolutionCoverage<'r> {
    /// The resolution.
    pub resolution: &'r Resolution,
    /// Its operative paragraphs, in their order.
    pub paragraphs: Vec<ParagraphCoverage<'r>>,
}

/// An operative paragraph and how the rulebook accounts for it.
#[derive(Debug)]
pub struct ParagraphCoverage<'r> {
    /// The paragraph.
    pub paragraph: &'r Paragraph,
    /// How the rulebook accounts for it.
    pub treatment: Treatment<'r>,
}

/// How the rulebook accounts for a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub enum Treatment<'r> {
    /// What cites it, in words: rules with the number of their tests, exceptions, quotas, lists of goods, definitions.
    CitedBy(Vec<String>),
    /// The paragraph cannot be encoded, for this reason.
    NotEncodable(&'r str),
    /// Nothing cites it, and no reason is given.
    Unaccounted,
}

/// A rule or definition and what the tests leave out of it.
#[derive(Debug)]
pub struct ElementCoverage<'r> {
    /// The id of the rule or definition.
    pub id: &'r str,
    /// Each condition or exception that is not exercised, in words; an element that several rules share is listed under the
    /// first of them.
    pub gaps: Vec<String>,
}

impl Coverage<'_> {
    /// The operative paragraphs; those that are cited, or have a reason why they cannot be encoded, count as exercised.
    pub fn paragraphs(&self) -> Count {
        let paragraphs = || self.resolutions.iter().flat_map(|r| &r.paragraphs);
        let accounted_for = paragraphs().filter(|p| p.treatment != Treatment::Unaccounted).count();
        Count { total: paragraphs().count(), exercised: accounted_for }
    }

    /// The elements of paragraphs, where the register names them; those that a rule encodes count as exercised.
    pub fn elements(&self) -> Count {
        let paragraphs = self.resolutions.iter().flat_map(|r| &r.paragraphs);
        let elements: Vec<_> = paragraphs.flat_map(|p| &p.paragraph.elements).collect();
        let encoded = elements.iter().filter(|element| !element.encoded_by.is_empty()).count();
        Count { total: elements.len(), exercised: encoded }
    }

    /// True if every paragraph is accounted for and every condition and exception is exercised.
    pub fn is_complete(&self) -> bool {
        [self.paragraphs(), self.conditions, self.exceptions].iter().all(|count| count.total == count.exercised)
    }
}

/// Runs the tests of some regimes of a rulebook and records the outcomes of each condition and exception of these regimes. A test
/// whose facts cannot be read exercises nothing. What regimes share is looked at where all are chosen, since any of their tests
/// may exercise it.
pub fn coverage<'r>(rulebook: &'r Rulebook, regimes: &RegimeChoice) -> Coverage<'r> {
    let mut observations = Observations::default();
    let tests = rulebook.tests.iter().filter(|test| test.is_of(regimes));
    for test in tests.filter_map(|t| LoadedTest::load(rulebook, t).ok()) {
        let ledger = test.ledger(rulebook);
        for context in test.contexts(rulebook, &ledger) {
            let memo = TransactionMemo::new(&context);
            for rule in rulebook.rules.iter().filter(|rule| test.is_about(rule)) {
                for context in context.for_each_item(rule.binds_item) {
                    observations.record(&evaluate_rule(rule, &context, &memo));
                }
            }
        }
    }
    let mut gaps = GapFinder { rulebook, observations, conditions: Counter::default(), exceptions: Counter::default() };
    gaps.leave_out_shared(regimes);
    let rules = rulebook.rules.iter().filter(|rule| regimes.contains(rule.regime));
    let rules = rules.map(|r| ElementCoverage { id: &r.id, gaps: gaps.in_rule(r) }).collect();
    let definitions: BTreeMap<Span, &Definition> = rulebook.definitions.iter().map(|d| (d.span, d)).collect();
    let is_chosen = |d: &&Definition| regimes.is_all() || !d.is_shared && d.regime.is_some_and(|own| regimes.contains(own));
    let definitions = definitions
        .into_values()
        .filter(is_chosen)
        .map(|d| ElementCoverage { id: &d.id, gaps: gaps.in_condition(&d.when) })
        .collect();
    let cited: BTreeSet<&str> = citations(rulebook, regimes).map(|citation| citation.symbol.as_str()).collect();
    let resolutions = rulebook.register.resolutions().iter();
    let resolutions = resolutions.filter(|r| regimes.is_all() || cited.contains(r.symbol.as_str()));
    let resolutions = resolutions.map(|resolution| ResolutionCoverage {
        resolution,
        paragraphs: resolution
            .paragraphs
            .iter()
            .map(|paragraph| ParagraphCoverage { paragraph, treatment: treatment(rulebook, resolution, paragraph) })
            .collect(),
    });
    Coverage {
        resolutions: resolutions.collect(),
        rules,
        definitions,
        conditions: gaps.conditions.count,
        exceptions: gaps.exceptions.count,
    }
}

/// The paragraphs on which the rules and exceptions of some regimes rest.
fn citations<'r>(rulebook: &'r Rulebook, regimes: &RegimeChoice) -> impl Iterator<Item = &'r Citation> {
    let rules = rulebook.rules.iter().filter(|rule| regimes.contains(rule.regime));
    rules.flat_map(|rule| rule.authority.iter().chain(rule.exceptions.iter().flat_map(|e| &e.authority)))
}

fn treatment<'r>(rulebook: &Rulebook, resolution: &Resolution, paragraph: &'r Paragraph) -> Treatment<'r> {
    let cites = |list: &[Citation]| list.iter().any(|c| c.symbol == resolution.symbol && c.paragraph == paragraph.op);
    let mut cited_by = BTreeSet::new();
    for rule in &rulebook.rules {
        if cites(&rule.authority) {
            let names = |test: &&TestCase| test.expect.contains_key(&rule.id) || test.expect_also.contains_key(&rule.id);
            let tests = rulebook.tests.iter().filter(names).count();
            cited_by.insert(format!("{} ({tests} tests)", rule.id));
        }
        let exceptions = rule.exceptions.iter().filter(|e| cites(&e.authority));
        cited_by.extend(exceptions.map(|e| format!("exception {}", e.id)));
    }
    cited_by.extend(rulebook.quotas.iter().filter(|q| cites(&q.authority)).map(|q| format!("quota {}", q.id)));
    cited_by.extend(rulebook.goods.lists().iter().filter(|l| cites(&l.authority)).map(|l| format!("goods {}", l.id)));
    cited_by.extend(rulebook.definitions.iter().filter(|d| cites(&d.authority)).map(|d| format!("definition {}", d.id)));
    match &paragraph.status {
        _ if !cited_by.is_empty() => Treatment::CitedBy(cited_by.into_iter().collect()),
        EncodingStatus::NotEncodable(reason) => Treatment::NotEncodable(reason),
        EncodingStatus::Encoded(_) => Treatment::Unaccounted,
    }
}

/// The outcomes of conditions and exceptions in all tests, by their places in the files.
#[derive(Default)]
struct Observations {
    conditions: BTreeMap<Span, SeenOutcomes>,
    exceptions: BTreeMap<Span, SeenOutcomes>,
}

/// The outcomes that some test has seen of a condition or exception.
#[derive(Default, Clone, Copy)]
struct SeenOutcomes {
    positive: bool,
    negative: bool,
}

impl Observations {
    fn record(&mut self, outcome: &Evaluation<'_>) {
        self.record_proof(&outcome.when);
        if let Some(fulfilled) = &outcome.fulfilled {
            self.record_proof(fulfilled);
        }
        for exception in &outcome.exceptions {
            self.record_proof(&exception.proof);
            // A transaction that the rule does not reach needs no excuse.
            if outcome.when.truth == Truth::True {
                let shown = exception.state() == ExceptionState::Shown;
                self.exceptions.entry(exception.exception.span).or_default().record(shown);
            }
        }
    }

    fn record_proof(&mut self, proof: &Proof<'_>) {
        // The node of an element has no condition: the condition on the element is a node below it.
        for node in proof.nodes().filter(|n| !matches!(n.kind, NodeKind::Element(_))) {
            self.conditions.entry(node.claim.span()).or_default().record(node.truth == Truth::True);
        }
    }
}

impl SeenOutcomes {
    fn record(&mut self, positive: bool) {
        self.positive |= positive;
        self.negative |= !positive;
    }

    /// The outcome that no test has seen, in words, with the verbs for a positive and a negative one; `None` if none is missing.
    fn gap(self, positive: &str, negative: &str) -> Option<String> {
        match (self.positive, self.negative) {
            (true, true) => None,
            (false, true) => Some(format!("never {positive} in a test")),
            (true, false) => Some(format!("never {negative} in a test")),
            (false, false) => Some("never asked in a test".to_owned()),
        }
    }
}

/// Finds outcomes that no test has seen, and counts each element once.
struct GapFinder<'a> {
    rulebook: &'a Rulebook,
    observations: Observations,
    conditions: Counter,
    exceptions: Counter,
}

impl GapFinder<'_> {
    /// Passes over what regimes share, unless all of them are looked at.
    fn leave_out_shared(&mut self, regimes: &RegimeChoice) {
        if regimes.is_all() {
            return;
        }
        for exception in self.rulebook.rules.iter().flat_map(|rule| &rule.exceptions).filter(|e| e.is_shared) {
            self.exceptions.seen.insert(exception.span);
            exception.when.walk(&mut |c| _ = self.conditions.seen.insert(c.span));
        }
    }

    fn in_rule(&mut self, rule: &Rule) -> Vec<String> {
        let mut gaps = self.in_condition(&rule.when);
        if let RuleKind::Duty(duty) = &rule.kind {
            gaps.extend(self.in_condition(&duty.fulfilled));
        }
        for exception in &rule.exceptions {
            gaps.extend(self.in_condition(&exception.when));
            let seen = self.observations.exceptions.get(&exception.span).copied().unwrap_or_default();
            let gap = seen.gap("excuses", "fails to excuse");
            if self.exceptions.is_new(exception.span, gap.is_none()) {
                gaps.extend(gap.map(|gap| format!("exception {}: {gap}", exception.id)));
            }
        }
        gaps
    }

    fn in_condition(&mut self, condition: &Condition) -> Vec<String> {
        let mut gaps = Vec::new();
        condition.walk(&mut |c| {
            let gap = self.observations.conditions.get(&c.span).copied().unwrap_or_default().gap("holds", "fails");
            if self.conditions.is_new(c.span, gap.is_none()) {
                gaps.extend(gap.map(|gap| format!("`{}` {gap} ({})", c.written(), self.rulebook.sources.location(c.span))));
            }
        });
        gaps
    }
}

#[derive(Default)]
struct Counter {
    seen: BTreeSet<Span>,
    count: Count,
}

impl Counter {
    /// Counts the element at a place; false if it is counted already.
    fn is_new(&mut self, at: Span, exercised: bool) -> bool {
        let is_new = self.seen.insert(at);
        self.count.total += usize::from(is_new);
        self.count.exercised += usize::from(is_new && exercised);
        is_new
    }
}

impl fmt::Display for Coverage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ResolutionCoverage { resolution, paragraphs } in &self.resolutions {
            writeln!(f, "{}, adopted {}", resolution.symbol, resolution.adopted)?;
            for ParagraphCoverage { paragraph: Paragraph { op, what, confidence, elements, .. }, treatment } in paragraphs {
                writeln!(f, "  {op:<10} [{}] {what}\n             {treatment}", confidence.letter())?;
                let named = |is_left: bool| {
                    let named = elements.iter().filter(|element| element.encoded_by.is_empty() == is_left);
                    named.map(|element| element.name.as_str()).collect::<Vec<_>>().join(", ")
                };
                let (encoded, left) = (named(false), named(true));
                if !encoded.is_empty() {
                    writeln!(f, "             encoded: {encoded}")?;
                }
                if !left.is_empty() {
                    writeln!(f, "             left: {left}")?;
                }
            }
        }
        for (title, elements) in [("rules", &self.rules), ("definitions", &self.definitions)] {
            writeln!(f, "\n{title}")?;
            for element in elements {
                write!(f, "{element}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Treatment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Treatment::CitedBy(elements) => f.write_str(&elements.join(", ")),
            Treatment::NotEncodable(reason) => write!(f, "not encodable: {reason}"),
            Treatment::Unaccounted => f.write_str("NOT ACCOUNTED FOR"),
        }
    }
}

impl fmt::Display for ElementCoverage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.gaps.is_empty() {
            return writeln!(f, "  {}: every condition and exception exercised", self.id);
        }
        writeln!(f, "  {}", self.id)?;
        self.gaps.iter().try_for_each(|gap| writeln!(f, "    {gap}"))
    }
}
