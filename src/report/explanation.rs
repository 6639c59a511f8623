//! The whole reasoning as a tree: findings, exceptions, near misses, and what kept a rule away.

use std::fmt::Write as _;

use crate::document::SourceMap;
use crate::engine::{
    Assessment, Evaluation, IncidentAssessment, NodeKind, Proof, ProofNode, Subtree, TestedFact, TransactionAssessment,
    UnknownCause, Verdict, near_miss,
};
use crate::facts::{FactLocator, FactPath, Truth};
use crate::intake::Intake;

use super::words::spoken;
use super::wrap::{inert, wrapped};

/// One rule on one transaction, all of it.
pub fn explain(assessment: &Assessment<'_>, intake: &Intake, transaction: Option<&str>, rule: Option<&str>) -> String {
    let mut out = String::new();
    for (incident, assessed, id) in selected(assessment, transaction) {
        let teller = Teller { located: incident.reported.locate(assessed.index, &intake.sources), sources: &intake.sources };
        let outcomes = assessed.findings.iter().chain(&assessed.others).filter(|o| rule.is_none_or(|r| o.rule.id == r));
        for outcome in outcomes {
            teller.outcome(&mut out, id, outcome);
        }
    }
    out
}

/// Every transaction: findings as trees, then near misses, then why each other rule says nothing.
pub fn explain_all(assessment: &Assessment<'_>, intake: &Intake, transaction: Option<&str>) -> String {
    let mut out = String::new();
    for (incident, assessed, id) in selected(assessment, transaction) {
        let teller = Teller { located: incident.reported.locate(assessed.index, &intake.sources), sources: &intake.sources };
        let title = incident.reported.transactions().get(assessed.index).and_then(|t| t.title.as_deref()).unwrap_or_default();
        wrapped(&mut out, "", "  ", &format!("{} / {id}  {title}", incident.reported.id()));
        out.push_str(&"=".repeat(super::wrap::WIDTH));
        out.push('\n');
        for outcome in &assessed.findings {
            teller.outcome(&mut out, id, outcome);
        }
        silent(&mut out, assessed);
        out.push('\n');
    }
    out
}

fn selected<'x, 'a>(
    assessment: &'x Assessment<'a>,
    transaction: Option<&'x str>,
) -> impl Iterator<Item = (&'x IncidentAssessment<'a>, &'x TransactionAssessment<'a>, &'x str)> {
    assessment.transactions().filter_map(move |(incident, assessed)| {
        let id = incident.reported.transactions().get(assessed.index)?.id.as_deref().unwrap_or_default();
        transaction.is_none_or(|t| t == id).then_some((incident, assessed, id))
    })
}

/// One line for each rule that says nothing: the near misses first.
fn silent(out: &mut String, assessed: &TransactionAssessment<'_>) {
    let mut near = Vec::new();
    let mut far = Vec::new();
    for outcome in &assessed.others {
        let on = outcome.item.map(|i| format!(" on item {}", i + 1)).unwrap_or_default();
        let name = format!("{}{on}", outcome.rule.id);
        match near_miss(&outcome.when).filter(|_| outcome.nexus == Truth::True) {
            Some(blocking @ ProofNode { kind: NodeKind::Fact(leaf), .. }) => {
                near.push(format!("{name}: {}", failed(blocking, leaf)))
            }
            _ => far.push(format!("{name}: {}", why_silent(outcome))),
        }
    }
    for (title, lines) in [("near misses: one condition alone keeps the rule away", near), ("no finding", far)] {
        if !lines.is_empty() {
            let _ = writeln!(out, "\n{title}");
            lines.iter().for_each(|line| wrapped(out, "  - ", "    ", line));
        }
    }
}

/// What a leaf that stands in the way says. One that holds stands in the way of a `not`.
fn failed(blocking: &ProofNode<'_>, leaf: &TestedFact<'_>) -> String {
    let asks = match (blocking.truth, leaf.cause) {
        (Truth::True, _) => "the rule excludes",
        (Truth::Unknown, _) => "the rule asks the facts to show",
        (Truth::False, _) => "the rule asks",
    };
    format!(
        "{asks} `{}`, and {} is {}",
        blocking.claim,
        spoken(&leaf.path.to_string()),
        leaf.value.in_words().as_deref().unwrap_or("not told")
    )
}

fn why_silent(outcome: &Evaluation<'_>) -> String {
    match (outcome.when.truth, outcome.not_assessed, outcome.duty_open) {
        (_, true, _) => "not assessed, because no designations list was given".to_owned(),
        (_, _, true) => "a duty arises; whether it is done is not told".to_owned(),
        (Truth::Unknown, ..) => "open, but no link to the regime's target is reported".to_owned(),
        (Truth::True, ..) => "a determination says that it does not hold".to_owned(),
        (Truth::False, ..) => {
            // What is only not shown bears on no fact; then the first open leaf is what is wanting.
            let open = || outcome.when.leaves().map(|(node, _)| node).find(|n| n.truth != Truth::True);
            let wanting = outcome.when.decisive_leaves().first().copied().or_else(open);
            match wanting {
                Some(blocking @ ProofNode { kind: NodeKind::Fact(leaf), .. }) => failed(blocking, leaf),
                _ => "its condition is false".to_owned(),
            }
        }
    }
}

struct Teller<'b> {
    located: FactLocator<'b>,
    sources: &'b SourceMap,
}

impl Teller<'_> {
    fn outcome(&self, out: &mut String, transaction: &str, outcome: &Evaluation<'_>) {
        let on = outcome.item.map(|i| format!(" item {}", i + 1)).unwrap_or_default();
        let verdict = outcome.verdict.map_or_else(|| "no finding".to_owned(), |v: Verdict| v.to_string());
        out.push('\n');
        wrapped(out, "", "  ", &format!("{} on `{transaction}`{on}: {verdict}", outcome.rule.id));
        wrapped(out, "  ", "  ", &outcome.rule.title);
        let authority: Vec<String> = outcome.rule.authority.iter().map(ToString::to_string).collect();
        wrapped(out, "  ", "  ", &authority.join("; "));
        if outcome.verdict.is_none() {
            wrapped(out, "  why: ", "    ", &why_silent(outcome));
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
        for cap in &outcome.downgrades {
            wrapped(out, "  no more than potential: ", "    ", cap.in_words());
        }
        for set in &outcome.missing {
            let facts: Vec<String> = set.iter().map(|m| spoken(&m.path.to_string())).collect();
            wrapped(out, "  settled if known: ", "    ", &facts.join(" and "));
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
            NodeKind::Element(route) => {
                let _ = writeln!(out, "{head}{}", spoken(&route.path()));
            }
            _ => wrapped(out, &head, &rest, &node.claim.in_words()),
        }
        subtree.children().for_each(|b| self.tree(out, b, depth + 1));
    }

    fn fact(&self, leaf: &TestedFact<'_>) -> String {
        let at =
            |route: &FactPath| self.located.span(route).map(|s| format!(" at {}", self.sources.location(s))).unwrap_or_default();
        let told = match (leaf.value.in_words(), leaf.cause) {
            (Some(value), _) => format!("[{} is {}{}]", spoken(&leaf.path.to_string()), inert(&value), at(&leaf.path)),
            (None, Some(UnknownCause::NoList)) => format!("[{} needs a designations list]", spoken(&leaf.path.to_string())),
            (None, _) if leaf.path.segments().is_empty() => String::new(),
            (None, _) => format!("[{} is not told]", spoken(&leaf.path.to_string())),
        };
        let note = leaf.note.as_ref().map(|n| format!(" ({n})")).unwrap_or_default();
        format!("{told}{note}")
    }
}

fn mark(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "✓",
        Truth::False => "✗",
        Truth::Unknown => "?",
    }
}
