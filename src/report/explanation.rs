//! Explanations: the proof of each finding as a tree, and why every other rule gives none.

use std::fmt::Write as _;

use crate::document::SourceMap;
use crate::engine::{
    Evaluation, ExceptionState, MissingFact, NodeKind, Proof, ProofNode, Subtree, TestedFact, TransactionAssessment,
    UnknownCause, Verdict, near_miss,
};
use crate::facts::{FactLocator, ReportedIncident, Transaction, Truth};
use crate::rulebook::Rulebook;

use super::build::element_names;
use super::inert::inert;
use super::model::ElementNames;
use super::wording::{Topic, alternatives, asks, fact_is, fact_label, missing_fact, reported_as, unmet_condition};
use super::wrap::{WIDTH, wrapped};

/// The proofs of a rule on a transaction.
pub fn explain(
    rulebook: &Rulebook,
    reported: &ReportedIncident,
    assessed: &TransactionAssessment<'_>,
    sources: &SourceMap,
    rule: &str,
) -> String {
    let mut out = String::new();
    let explainer = Explainer::new(rulebook, reported, assessed, sources);
    for outcome in assessed.findings.iter().chain(&assessed.others).filter(|outcome| outcome.rule.id == rule) {
        explainer.evaluation(&mut out, outcome);
    }
    out
}

/// An explanation of a transaction: its findings as trees, then near misses, then why each other rule gives no finding.
pub fn explain_all(
    rulebook: &Rulebook,
    reported: &ReportedIncident,
    assessed: &TransactionAssessment<'_>,
    sources: &SourceMap,
) -> String {
    let mut out = String::new();
    let explainer = Explainer::new(rulebook, reported, assessed, sources);
    let title = explainer.transaction.and_then(|t| t.title.as_deref()).unwrap_or_default();
    wrapped(&mut out, "", "  ", &format!("{} / {}  {title}", reported.id(), explainer.id()));
    out.push_str(&"=".repeat(WIDTH));
    out.push('\n');
    for outcome in &assessed.findings {
        explainer.evaluation(&mut out, outcome);
    }
    explainer.no_findings(&mut out, assessed);
    out.push('\n');
    out
}

/// Writes the proofs of one transaction.
struct Explainer<'b> {
    transaction: Option<&'b Transaction>,
    located: FactLocator<'b>,
    sources: &'b SourceMap,
    names: ElementNames,
}

impl<'b> Explainer<'b> {
    fn new(
        rulebook: &Rulebook,
        reported: &'b ReportedIncident,
        assessed: &TransactionAssessment<'_>,
        sources: &'b SourceMap,
    ) -> Self {
        let transaction = reported.transactions().get(assessed.index);
        let names = transaction.map(|transaction| element_names(transaction, &rulebook.vocabulary)).unwrap_or_default();
        Self { transaction, located: reported.locate(assessed.index, sources), sources, names }
    }

    fn id(&self) -> &'b str {
        self.transaction.and_then(|transaction| transaction.id.as_deref()).unwrap_or_default()
    }

    fn evaluation(&self, out: &mut String, outcome: &Evaluation<'_>) {
        let transaction = self.id();
        let on = on_item(outcome).map(|on| format!(" {on}")).unwrap_or_default();
        let verdict = outcome.verdict.map_or_else(|| "no finding".to_owned(), |v: Verdict| v.to_string());
        out.push('\n');
        wrapped(out, "", "  ", &format!("{} on `{transaction}`{on}: {verdict}", outcome.rule.id));
        wrapped(out, "  ", "  ", &outcome.rule.title);
        let authority: Vec<String> = outcome.rule.authority.iter().map(ToString::to_string).collect();
        wrapped(out, "  ", "  ", &authority.join("; "));
        if outcome.verdict.is_none() {
            wrapped(out, "  why: ", "    ", &self.why_no_finding(outcome));
        }
        self.proof(out, &outcome.when, 1);
        let _ = writeln!(out, "  {} link to the regime", mark(outcome.nexus));
        for unless in &outcome.exceptions {
            let (exception, state) = (unless.exception, unless.state().word());
            let head = format!("{} [{state}, {}]", exception.id, exception.decided_by.in_words());
            wrapped(out, "  exception ", "    ", &head);
            self.proof(out, &unless.proof, 2);
        }
        if let Some(fulfilled) = &outcome.fulfilled {
            out.push_str("  duty done\n");
            self.proof(out, fulfilled, 2);
        }
        let downgrades: Vec<&str> = outcome.downgrades.iter().map(|downgrade| downgrade.in_words()).collect();
        let missing = |fact: &MissingFact<'_>| {
            let reported = fact.reported.as_deref().map(|value| reported_as(value, fact.why));
            missing_fact(&fact.path.path(), &fact.condition, reported, &self.names)
        };
        let settling = alternatives(outcome.missing.iter().map(|set| set.iter().map(missing).collect()));
        let lists = [(Topic::PotentialOnly, downgrades.join("; ")), (Topic::SettledIfKnown, settling.join("; or "))];
        for (topic, text) in lists.into_iter().filter(|(_, text)| !text.is_empty()) {
            wrapped(out, &format!("  {}: ", topic.heading()), "    ", &text);
        }
    }

    /// One line for each rule that gives no finding: the near misses first.
    fn no_findings(&self, out: &mut String, assessed: &TransactionAssessment<'_>) {
        let mut near = Vec::new();
        let mut far = Vec::new();
        for outcome in &assessed.others {
            let on = on_item(outcome).map(|on| format!(" on {on}")).unwrap_or_default();
            let name = format!("{}{on}", outcome.rule.id);
            match near_miss(&outcome.when).filter(|_| outcome.nexus == Truth::True) {
                Some(blocking @ ProofNode { kind: NodeKind::Fact(leaf), .. }) => {
                    near.push(format!("{name}: {}", self.decisive_condition(blocking, leaf)))
                }
                _ => far.push(format!("{name}: {}", self.why_no_finding(outcome))),
            }
        }
        for (title, lines) in [("near misses: a single condition keeps the rule from a finding", near), ("no finding", far)] {
            if !lines.is_empty() {
                let _ = writeln!(out, "\n{title}");
                lines.iter().for_each(|line| wrapped(out, "  - ", "    ", line));
            }
        }
    }

    /// The condition that keeps a rule from a finding. One that holds does so under a `not`.
    fn decisive_condition(&self, blocking: &ProofNode<'_>, leaf: &TestedFact<'_>) -> String {
        unmet_condition(
            asks(blocking.truth),
            &blocking.claim.in_words(),
            &leaf.path.to_string(),
            leaf.value.in_words().as_deref(),
            &self.names,
        )
    }

    /// Why a rule gives no finding.
    fn why_no_finding(&self, outcome: &Evaluation<'_>) -> String {
        match (outcome.when.truth, outcome.not_assessed, outcome.duty_open) {
            (_, true, _) => "not assessed, because no designations list was given".to_owned(),
            (_, _, true) => "a duty arises; whether it is done is not reported".to_owned(),
            (Truth::Unknown, ..) if !outcome.beside_the_point.is_empty() => {
                let lists = outcome.beside_the_point.join(" or ");
                format!("open, but does not ask: what it lacks is the {lists} of a transaction that is not about them")
            }
            (Truth::Unknown, ..) => {
                match outcome.exceptions.iter().find(|exception| exception.state() == ExceptionState::Shown) {
                    Some(shown) => format!("open, but it would be excepted all the same: {}", shown.exception.title),
                    None if outcome.fulfilled.as_ref().is_some_and(|done| done.truth == Truth::True) => {
                        "open, but what it asks for is done all the same".to_owned()
                    }
                    None if outcome.nexus == Truth::True => "open, but the last day of the duty had not come".to_owned(),
                    None => "open, but no link to the regime's target is reported".to_owned(),
                }
            }
            (Truth::True, ..) => "a determination says that it does not hold".to_owned(),
            (Truth::False, ..) => {
                // Where an exception is only not shown, no leaf is decisive; then the first open one is missing.
                let open = || outcome.when.leaves().map(|(node, _)| node).find(|n| n.truth != Truth::True);
                let decisive = outcome.when.decisive_leaves().first().copied().or_else(open);
                match decisive {
                    Some(blocking @ ProofNode { kind: NodeKind::Fact(leaf), .. }) => self.decisive_condition(blocking, leaf),
                    _ => "its condition is false".to_owned(),
                }
            }
        }
    }

    fn proof(&self, out: &mut String, proof: &Proof<'_>, depth: usize) {
        proof.root().into_iter().for_each(|root| self.tree(out, root, depth));
    }

    fn tree(&self, out: &mut String, subtree: Subtree<'_, '_>, depth: usize) {
        let node = subtree.node;
        let indent = "  ".repeat(depth);
        let head = format!("{indent}{} ", mark(node.truth));
        let rest = format!("{indent}    ");
        match &node.kind {
            NodeKind::Fact(leaf) => wrapped(out, &head, &rest, &format!("{}  {}", node.claim, self.fact(leaf))),
            NodeKind::Element(path) => {
                let _ = writeln!(out, "{head}{}", fact_label(&path.path(), &self.names));
            }
            _ => wrapped(out, &head, &rest, &node.claim.in_words()),
        }
        subtree.children().for_each(|b| self.tree(out, b, depth + 1));
    }

    fn fact(&self, leaf: &TestedFact<'_>) -> String {
        let path = leaf.path.to_string();
        let fact = match (leaf.value.in_words(), leaf.cause) {
            (Some(value), _) => {
                let at = self.located.span(&leaf.path).map(|span| format!(" at {}", self.sources.location(span)));
                format!("[{}{}]", fact_is(&path, Some(&inert(&value)), &self.names), at.unwrap_or_default())
            }
            (None, Some(UnknownCause::NoList)) => format!("[{} needs a designations list]", fact_label(&path, &self.names)),
            (None, Some(UnknownCause::UncertainLaw)) => String::new(),
            (None, _) if leaf.path.segments().is_empty() => String::new(),
            (None, _) => format!("[{}]", fact_is(&path, None, &self.names)),
        };
        let cause = leaf.cause.and_then(UnknownCause::in_words).map(|words| format!(" ({words})")).unwrap_or_default();
        let note = leaf.note.as_ref().map(|n| format!(" ({n})")).unwrap_or_default();
        format!("{fact}{cause}{note}")
    }
}

/// The item that a rule was evaluated on, with the number of others that are alike.
fn on_item(outcome: &Evaluation<'_>) -> Option<String> {
    let item = outcome.item?.saturating_add(1);
    let others = outcome.alike.len();
    Some(if others == 0 { format!("item {item}") } else { format!("item {item} and {others} more alike") })
}

/// The mark of a truth value in a tree.
fn mark(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "✓",
        Truth::False => "✗",
        Truth::Unknown => "?",
    }
}
