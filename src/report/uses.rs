//! Which parts of a rulebook use a part of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Span;
use crate::rulebook::{Condition, ConditionKind, Definition, Exception, GoodsListId, QuotaId, Rule, RuleKind, Rulebook};

use super::wrap::wrapped;

/// A part of a rulebook that other parts can use.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part<'a> {
    Rule(&'a Rule),
    Definition(&'a Definition),
    Exemption(&'a Exception),
    Goods(GoodsListId),
    Quota(QuotaId),
}

/// Writes which parts use a part directly, by kind; nothing if none does.
pub(super) fn used_by(out: &mut String, part: Part<'_>, rulebook: &Rulebook) {
    let users = users(part, rulebook);
    if users.values().all(Vec::is_empty) {
        return;
    }
    out.push_str("\n  used by\n");
    for (kind, ids) in users {
        if !ids.is_empty() {
            wrapped(out, &format!("    {kind}: "), "      ", &ids.join(", "));
        }
    }
}

/// The exceptions that several rules share, each once with the first rule that has it, in the order of the rules.
pub(super) fn exemptions(rulebook: &Rulebook) -> Vec<&Exception> {
    let mut by_place: BTreeMap<Span, (usize, &Exception)> = BTreeMap::new();
    for exception in rulebook.rules.iter().flat_map(|rule| &rule.exceptions) {
        by_place.entry(exception.span).or_insert((0, exception)).0 += 1;
    }
    let shared: Vec<Span> = by_place.iter().filter(|(_, (rules, _))| *rules > 1).map(|(span, _)| *span).collect();
    shared.iter().filter_map(|span| by_place.get(span)).map(|(_, exception)| *exception).collect()
}

/// The ids of the parts that use a part, by kind.
fn users(part: Part<'_>, rulebook: &Rulebook) -> BTreeMap<&'static str, Vec<String>> {
    let uses = |condition: &Condition| {
        let mut found = false;
        condition.walk(&mut |of| found |= is_about(of, part, rulebook));
        found
    };
    let shared = exemptions(rulebook);
    let is_shared = |exception: &Exception| shared.iter().any(|other| other.span == exception.span);
    let own_conditions = |rule: &Rule| {
        let fulfilled = if let RuleKind::Duty(duty) = &rule.kind { uses(&duty.fulfilled) } else { false };
        uses(&rule.when) || fulfilled || rule.exceptions.iter().any(|e| !is_shared(e) && uses(&e.when))
    };
    let by_name = |rule: &Rule| match part {
        Part::Rule(named) => rule.duties.contains(&named.id),
        Part::Exemption(named) => rule.exceptions.iter().any(|exception| exception.span == named.span),
        Part::Quota(quota) => rule.quota == Some(quota),
        Part::Definition(_) | Part::Goods(_) => false,
    };
    let rules = rulebook.rules.iter().filter(|rule| by_name(rule) || own_conditions(rule)).map(|rule| rule.id.clone()).collect();
    let definitions = rulebook.definitions.iter().filter(|definition| uses(&definition.when));
    let definitions: BTreeSet<String> = definitions.map(|definition| definition.id.clone()).collect();
    let exceptions = shared.iter().filter(|exception| uses(&exception.when)).map(|e| e.id.clone()).collect();
    let quotas = rulebook.quotas.iter().filter(|quota| {
        let converts = |list| quota.factors.iter().any(|factor| factor.goods == Some(list));
        uses(&quota.counts.when) || matches!(part, Part::Goods(list) if converts(list))
    });
    let quotas = quotas.map(|quota| quota.id.clone()).collect();
    let lists = rulebook
        .goods
        .lists()
        .iter()
        .filter(|list| matches!(part, Part::Goods(named) if list.includes.contains(&named) || list.outside.contains(&named)));
    let lists = lists.map(|list| list.id.clone()).collect();
    BTreeMap::from([
        ("rules", rules),
        ("definitions", definitions.into_iter().collect()),
        ("exemptions", exceptions),
        ("quotas", quotas),
        ("lists of goods", lists),
    ])
}

/// True if a condition itself names a part.
fn is_about(condition: &Condition, part: Part<'_>, rulebook: &Rulebook) -> bool {
    match (&condition.kind, part) {
        (ConditionKind::Is(id), Part::Definition(named)) => rulebook.definition(*id).is_some_and(|used| used.span == named.span),
        (ConditionKind::Goods(lists), Part::Goods(named)) => lists.contains(&named),
        (ConditionKind::Quota(id), Part::Quota(named)) => *id == named,
        _ => false,
    }
}
