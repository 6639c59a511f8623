//! What the tests exercise: paragraph by paragraph, condition by condition, exception by exception.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::document::Span;
use crate::engine::{EvalContext, ExceptionState, Ledger, NodeKind, Outcome, Proof, TransactionMemo, decide};
use crate::facts::Truth;
use crate::rulebook::{Condition, EncodingStatus, Rule, RuleKind, Rulebook};

use super::prepared::prepare;

/// What the tests exercise.
#[derive(Debug)]
pub struct Coverage {
    /// Operative paragraphs in the register.
    pub paragraphs: usize,
    /// Of these, encoded or with the reason why not.
    pub accounted: usize,
    /// Conditions of rules, their exceptions and definitions.
    pub conditions: usize,
    /// Of these, seen to hold and seen not to hold.
    pub conditions_exercised: usize,
    /// Exceptions, once for each rule that has them by itself.
    pub exceptions: usize,
    /// Of these, seen to excuse and seen not to.
    pub exceptions_exercised: usize,
    /// The map as text.
    pub map: String,
}

impl Coverage {
    /// True if nothing is left out.
    pub fn is_complete(&self) -> bool {
        self.paragraphs == self.accounted
            && self.conditions == self.conditions_exercised
            && self.exceptions == self.exceptions_exercised
    }
}

/// What was seen of a condition or exception.
#[derive(Default, Clone, Copy)]
struct Seen {
    held: bool,
    failed: bool,
}

impl Seen {
    fn note(&mut self, held: bool) {
        self.held |= held;
        self.failed |= !held;
    }

    fn gap(self) -> Option<&'static str> {
        match (self.held, self.failed) {
            (true, true) => None,
            (false, true) => Some("never holds in a test"),
            (true, false) => Some("never fails in a test"),
            (false, false) => Some("never asked in a test"),
        }
    }
}

/// Runs every test and notes what each condition and exception came out as.
pub fn coverage(rulebook: &Rulebook) -> Coverage {
    let mut seen = Observed::default();
    for test in &rulebook.tests {
        let Ok(reported) = prepare(rulebook, test) else { continue };
        let incidents = [reported];
        let ledger = Ledger::count(rulebook, &incidents, None, test.known_on);
        for (reported, index) in incidents.iter().flat_map(|r| (0..r.transactions().len()).map(move |i| (r, i))) {
            let Some(case) = EvalContext::new(rulebook, reported, index, test.known_on, Some(&ledger)) else { continue };
            let notebook = TransactionMemo::new(&case);
            for rule in &rulebook.rules {
                for case in case.for_each_item(rule.binds_item) {
                    seen.note(&decide(rule, &case, &notebook));
                }
            }
        }
    }
    Mapper { rulebook, seen: &seen }.map()
}

#[derive(Default)]
struct Observed {
    conditions: BTreeMap<Span, Seen>,
    /// By the place of the exception: shared ones are seen together.
    exceptions: BTreeMap<Span, Seen>,
}

impl Observed {
    fn note(&mut self, outcome: &Outcome<'_>) {
        self.proof(&outcome.when);
        if let Some(fulfilled) = &outcome.fulfilled {
            self.proof(fulfilled);
        }
        for unless in &outcome.exceptions {
            self.proof(&unless.proof);
            if outcome.when.truth == Truth::True {
                self.exceptions.entry(unless.exception.span).or_default().note(unless.state() == ExceptionState::Shown);
            }
        }
    }

    fn proof(&mut self, proof: &Proof<'_>) {
        // An element is no condition: it stands above the one that is asked of it.
        for node in proof.nodes().iter().filter(|n| !matches!(n.step, NodeKind::Element(_))) {
            self.conditions.entry(node.asked.at()).or_default().note(node.truth == Truth::True);
        }
    }
}

struct Mapper<'a> {
    rulebook: &'a Rulebook,
    seen: &'a Observed,
}

impl Mapper<'_> {
    fn map(&self) -> Coverage {
        let mut map = String::new();
        let (paragraphs, accounted) = self.paragraphs(&mut map);
        let mut conditions = CoverageTotals::default();
        let mut exceptions = CoverageTotals::default();
        let _ = writeln!(map, "\nrules");
        for rule in &self.rulebook.rules {
            self.rule(rule, &mut map, &mut conditions, &mut exceptions);
        }
        let _ = writeln!(map, "\ndefinitions");
        for definition in &self.rulebook.definitions {
            let mut gaps = Vec::new();
            self.condition(&definition.when, &mut conditions, &mut gaps);
            listed(&mut map, &definition.id, &gaps);
        }
        Coverage {
            paragraphs,
            accounted,
            conditions: conditions.all.len(),
            conditions_exercised: conditions.exercised,
            exceptions: exceptions.all.len(),
            exceptions_exercised: exceptions.exercised,
            map,
        }
    }

    fn paragraphs(&self, map: &mut String) -> (usize, usize) {
        let (mut all, mut accounted) = (0, 0);
        for resolution in self.rulebook.register.resolutions() {
            let _ = writeln!(map, "{}, adopted {}", resolution.symbol, resolution.adopted);
            for paragraph in &resolution.paragraphs {
                all += 1;
                let by = self.encoded_by(&resolution.symbol, &paragraph.op);
                let fate = match (&paragraph.status, by.is_empty()) {
                    (_, false) => by.join(", "),
                    (EncodingStatus::NotEncodable(why), true) => format!("not encodable: {why}"),
                    (EncodingStatus::Encoded(_), true) => "NOT ACCOUNTED FOR".to_owned(),
                };
                accounted += usize::from(fate != "NOT ACCOUNTED FOR");
                let grade = paragraph.confidence.letter();
                let _ = writeln!(map, "  {:<10} [{grade}] {}\n             {fate}", paragraph.op, paragraph.what);
            }
        }
        (all, accounted)
    }

    /// Everything that rests on a paragraph, rules with their number of tests.
    fn encoded_by(&self, symbol: &str, op: &str) -> Vec<String> {
        let book = self.rulebook;
        let cites = |list: &[crate::rulebook::Citation]| list.iter().any(|c| c.symbol == symbol && c.paragraph == op);
        let mut by = BTreeSet::new();
        for rule in &book.rules {
            if cites(&rule.authority) {
                let tests = book.tests.iter().filter(|t| t.expect.contains_key(&rule.id)).count();
                by.insert(format!("{} ({tests} tests)", rule.id));
            }
            let exceptions = rule.exceptions.iter().filter(|e| cites(&e.authority));
            by.extend(exceptions.map(|e| format!("exception {}", e.id)));
        }
        by.extend(book.quotas.iter().filter(|q| cites(&q.authority)).map(|q| format!("quota {}", q.id)));
        by.extend(book.goods.lists().iter().filter(|l| cites(&l.authority)).map(|l| format!("goods {}", l.id)));
        by.extend(book.definitions.iter().filter(|d| cites(&d.authority)).map(|d| format!("definition {}", d.id)));
        by.into_iter().collect()
    }

    fn rule(&self, rule: &Rule, map: &mut String, conditions: &mut CoverageTotals, exceptions: &mut CoverageTotals) {
        let mut gaps = Vec::new();
        self.condition(&rule.when, conditions, &mut gaps);
        if let RuleKind::Duty(duty) = &rule.kind {
            self.condition(&duty.fulfilled, conditions, &mut gaps);
        }
        for exception in &rule.exceptions {
            self.condition(&exception.when, conditions, &mut gaps);
            let gap = self.seen.exceptions.get(&exception.span).copied().unwrap_or_default().gap();
            if exceptions.count(exception.span, gap.is_none())
                && let Some(gap) = gap
            {
                gaps.push(format!(
                    "exception {}: {}",
                    exception.id,
                    gap.replace("holds", "excuses").replace("fails", "fails to excuse")
                ));
            }
        }
        listed(map, &rule.id, &gaps);
    }

    fn condition(&self, condition: &Condition, tally: &mut CoverageTotals, gaps: &mut Vec<String>) {
        condition.walk(&mut |c| {
            let gap = self.seen.conditions.get(&c.span).copied().unwrap_or_default().gap();
            if tally.count(c.span, gap.is_none())
                && let Some(gap) = gap
            {
                gaps.push(format!("`{}` {gap} ({})", c.text, self.rulebook.sources.at(c.span)));
            }
        });
    }
}

fn listed(map: &mut String, id: &str, gaps: &[String]) {
    if gaps.is_empty() {
        let _ = writeln!(map, "  {id}: every condition and exception exercised");
        return;
    }
    let _ = writeln!(map, "  {id}");
    for gap in gaps {
        let _ = writeln!(map, "    {gap}");
    }
}

#[derive(Default)]
struct CoverageTotals {
    all: BTreeSet<Span>,
    exercised: usize,
}

impl CoverageTotals {
    /// Counts a place once; true the first time.
    fn count(&mut self, at: Span, exercised: bool) -> bool {
        let first = self.all.insert(at);
        self.exercised += usize::from(first && exercised);
        first
    }
}
