//! Triage: what keeps rules away from a transaction that is linked to a target and has no finding.
//!
//! A fact can exclude a rule: the day, the direction between two reported countries, goods that the list does not have. Where
//! the subject of a rule is met (goods, a listed person, a ship, people, a field) and only the activity, a role, a party or a
//! place keeps it away, the rule is *near*: somebody should look whether that is what happened. A triage is no finding.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{
    Bearing, CodedTerm, FactPath, FactValue, Field, FieldRole, Known, PathSegment, Record, Side, Transaction, Truth,
};
use crate::rulebook::{RegimeId, Rule};

use super::decision::prove_applies;
use super::in_force::time_as_of;
use super::{
    Claim, EvalContext, NodeKind, Proof, ProofNode, ReferenceEvaluator, Subtree, TestedFact, TransactionMemo, UnknownCause,
};

/// What a person should look at in a transaction without a finding.
#[derive(Debug, Clone)]
pub struct Triage<'a> {
    /// The words that the vocabulary does not have, with their paths.
    pub unlisted: Vec<(FactPath, String)>,
    /// The rules that are near, the gravest first; at most `MOST_RULES`.
    pub nearest: Vec<NearRule<'a>>,
}

/// A rule whose subject is met, and what keeps it away.
#[derive(Debug, Clone)]
pub struct NearRule<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The conditions that keep it away; there is at least one.
    pub kept_away_by: Vec<UnmetCondition<'a>>,
}

/// A condition that would have to be otherwise for a rule to apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmetCondition<'a> {
    /// The condition in words.
    pub condition: Cow<'a, str>,
    /// Its truth. One that is true stands under a `not`; one that is unknown, under a `shown`.
    pub truth: Truth,
    /// The path to the fact that it asks for.
    pub path: FactPath,
    /// The value of the fact; `None` if it is not reported.
    pub value: Option<Cow<'a, str>>,
}

/// The most rules of a triage.
pub const MOST_RULES: usize = 3;

/// The triage of a transaction on which some rules make no finding; `None` if it is not linked to the target of a regime, or all
/// rules are excluded and every word is known.
pub(crate) fn triage<'a>(context: &EvalContext<'a>, rules: impl IntoIterator<Item = &'a Rule>) -> Option<Triage<'a>> {
    let rules: Vec<&Rule> = rules.into_iter().collect();
    let regimes: BTreeSet<RegimeId> = rules.iter().map(|rule| rule.regime).collect();
    triage_among(context, regimes, rules)
}

/// The triage of a transaction that can have a link to the targets of no other regimes, and to which no other rules are near.
pub(crate) fn triage_among<'a>(
    context: &EvalContext<'a>,
    regimes: impl IntoIterator<Item = RegimeId>,
    rules: Vec<&'a Rule>,
) -> Option<Triage<'a>> {
    if rules.is_empty() && !has_unlisted_word(context.transaction) {
        return None;
    }
    let memo = &TransactionMemo::new(context);
    let proof_of_link = |regime: RegimeId| {
        let nexus = context.rulebook.regime(regime)?.nexus.as_ref()?;
        let proof = ReferenceEvaluator::for_nexus(context, memo).prove(nexus);
        (proof.truth == Truth::True).then_some((regime, proof))
    };
    let links: BTreeMap<RegimeId, Proof<'a>> = regimes.into_iter().filter_map(proof_of_link).collect();
    let rules = rules.into_iter().filter(|rule| links.contains_key(&rule.regime));
    let by_sides = |link: &Proof<'a>| link.leaves().any(|(node, leaf)| node.truth == Truth::True && is_of_side(leaf));
    let knows_direction = has_both_sides(context.transaction) && links.values().any(by_sides);
    let mut nearest: Vec<NearRule<'a>> = rules.filter_map(|rule| near_rule(rule, context, knows_direction, memo)).collect();
    nearest.sort_by_key(|near| (Reverse(near.rule.severity), near.kept_away_by.len(), &near.rule.id));
    nearest.truncate(MOST_RULES);
    let mut unlisted = Vec::new();
    if !links.is_empty() {
        collect_unlisted(context.transaction, &FactPath::root(), &mut unlisted);
    }
    (!nearest.is_empty() || !unlisted.is_empty()).then_some(Triage { unlisted, nearest })
}

/// True if the countries of both sides are reported, each by an exact name.
pub(super) fn has_both_sides(transaction: &Transaction) -> bool {
    let is_exact = |side: &Known<Side>| {
        let country = side.get().and_then(|side| side.country.is()).unwrap_or_default();
        !country.is_empty() && country.iter().all(|term| matches!(term, CodedTerm::Term(_)))
    };
    is_exact(&transaction.from) && is_exact(&transaction.to)
}

fn is_of_side(leaf: &TestedFact<'_>) -> bool {
    Transaction::TABLE.bearing(&leaf.path) == Some(Bearing::Direction)
}

/// True if a word of a transaction, or of a record in it, is not in the vocabulary.
pub(super) fn has_unlisted_word(record: &dyn Record) -> bool {
    record.table().fields.iter().enumerate().filter(|(_, field)| is_sought(field)).any(|(row, _)| match record.value(row) {
        FactValue::Terms(terms) => terms.is().unwrap_or_default().iter().any(|term| matches!(term, CodedTerm::Unlisted(_))),
        FactValue::One(Some(Some(inner))) => has_unlisted_word(inner),
        FactValue::Many(Some(list)) => (0..list.len()).filter_map(|index| list.record(index)).any(has_unlisted_word),
        _ => false,
    })
}

/// True of a field in which a word that the vocabulary does not have is to be looked at: most States have no parts that a rule
/// could ask about.
fn is_sought(field: &Field) -> bool {
    field.rule_key.is_some() && !field.roles.contains(&FieldRole::PartOfCountry)
}

/// The words of open schemes that the vocabulary does not have.
fn collect_unlisted(record: &dyn Record, path: &FactPath, found: &mut Vec<(FactPath, String)>) {
    for (row, field) in record.table().fields.iter().enumerate().filter(|(_, field)| is_sought(field)) {
        let path = path.key(field.key);
        match record.value(row) {
            FactValue::Terms(terms) => found.extend(terms.is().unwrap_or_default().iter().filter_map(|term| match term {
                CodedTerm::Unlisted(word) => Some((path.clone(), word.to_string())),
                CodedTerm::Term(_) | CodedTerm::OneOf(_) | CodedTerm::Possibly(_) => None,
            })),
            FactValue::One(Some(Some(inner))) => collect_unlisted(inner, &path, found),
            FactValue::Many(Some(list)) => {
                let records = (0..list.len()).filter_map(|index| Some((index, list.record(index)?)));
                records.for_each(|(index, inner)| collect_unlisted(inner, &path.then(PathSegment::Index(index)), found));
            }
            _ => {}
        }
    }
}

/// What keeps a rule away from a transaction, or from the item of it that it is nearest to; `None` if it is not near.
fn near_rule<'a>(
    rule: &'a Rule,
    context: &EvalContext<'a>,
    knows_direction: bool,
    memo: &TransactionMemo<'a>,
) -> Option<NearRule<'a>> {
    if rule.in_force.on(context.date(), time_as_of(rule, context)) == Truth::False {
        return None;
    }
    let of_context = |context: EvalContext<'a>| {
        let proof = prove_applies(rule, &context, &ReferenceEvaluator::new(&context, memo));
        if proof.truth != Truth::False {
            return None;
        }
        let repair = repair(proof.root()?, Truth::True, true, knows_direction)?;
        if !repair.is_subject_met || repair.leaves.is_empty() {
            return None;
        }
        let unmet = |(node, leaf): &(&ProofNode<'a>, &TestedFact<'a>)| UnmetCondition {
            condition: node.claim.in_words(),
            truth: node.truth,
            path: leaf.path.clone(),
            value: leaf.value.in_words(),
        };
        Some(NearRule { rule, kept_away_by: repair.leaves.iter().map(unmet).collect() })
    };
    let contexts = context.for_each_item(rule.binds_item).into_iter();
    contexts.filter_map(of_context).min_by_key(|near| near.kept_away_by.len())
}

/// The leaves that would have to be otherwise for a condition to have another truth.
#[derive(Default)]
struct Repair<'p, 'a> {
    leaves: Vec<(&'p ProofNode<'a>, &'p TestedFact<'a>)>,
    /// True if a fact about the subject of the rule satisfies it.
    is_subject_met: bool,
}

/// What keeps a rule away.
enum Obstacle {
    /// How it happened, which a report may have wrong or in other words.
    Circumstance,
    /// What excludes the rule.
    Exclusion,
    /// Nothing: it may hold.
    Open,
}

/// The fewest circumstances that keep a subtree from the truth `wanted`; `None` if anything else keeps it. `is_positive` is
/// false under a `not`.
fn repair<'p, 'a>(subtree: Subtree<'p, 'a>, wanted: Truth, is_positive: bool, knows_direction: bool) -> Option<Repair<'p, 'a>> {
    let node = subtree.node;
    if node.truth == wanted {
        let is_subject_met = is_positive && wanted == Truth::True && rests_on_subject(subtree);
        return Some(Repair { leaves: Vec::new(), is_subject_met });
    }
    let every = |truth| wanted == truth;
    match &node.kind {
        NodeKind::All => repair_several(subtree, wanted, is_positive, knows_direction, every(Truth::True)),
        NodeKind::Any | NodeKind::AnyElement => {
            repair_several(subtree, wanted, is_positive, knows_direction, every(Truth::False))
        }
        NodeKind::Not => repair(subtree.only_child()?, !wanted, !is_positive, knows_direction),
        NodeKind::Definition | NodeKind::Shown | NodeKind::Element(_) => {
            repair(subtree.only_child()?, wanted, is_positive, knows_direction)
        }
        NodeKind::Fact(leaf) => match obstacle(node, leaf, knows_direction) {
            Obstacle::Circumstance => Some(Repair { leaves: vec![(node, leaf)], is_subject_met: false }),
            Obstacle::Open => Some(Repair::default()),
            Obstacle::Exclusion => None,
        },
    }
}

fn repair_several<'p, 'a>(
    subtree: Subtree<'p, 'a>,
    wanted: Truth,
    is_positive: bool,
    knows_direction: bool,
    every: bool,
) -> Option<Repair<'p, 'a>> {
    let repairs = subtree.children().map(|child| repair(child, wanted, is_positive, knows_direction));
    if !every {
        return repairs.flatten().min_by_key(|repair| (!repair.is_subject_met, repair.leaves.len()));
    }
    let mut whole = Repair::default();
    for repair in repairs {
        let repair = repair?;
        whole.leaves.extend(repair.leaves);
        whole.is_subject_met |= repair.is_subject_met;
    }
    Some(whole)
}

/// True if a true condition rests on a fact about a subject.
fn rests_on_subject(subtree: Subtree<'_, '_>) -> bool {
    let node = subtree.node;
    match &node.kind {
        _ if node.truth != Truth::True => false,
        NodeKind::Not => false,
        NodeKind::Fact(leaf) => Transaction::TABLE.bearing(&leaf.path) == Some(Bearing::Subject),
        _ => subtree.children().any(rests_on_subject),
    }
}

/// What keeps a rule away where a condition on a fact does not have the truth that it needs.
fn obstacle(node: &ProofNode<'_>, leaf: &TestedFact<'_>, knows_direction: bool) -> Obstacle {
    if !matches!(node.claim, Claim::Condition(_)) {
        return if node.truth == Truth::Unknown { Obstacle::Open } else { Obstacle::Exclusion };
    }
    // Of what is not in a list at all nobody says that it is there.
    let is_list = leaf.path.segments().len() == 1 && leaf.cause == Some(UnknownCause::NotReported);
    match Transaction::TABLE.bearing(&leaf.path) {
        Some(Bearing::Circumstance) if !is_list => Obstacle::Circumstance,
        Some(Bearing::Direction) if !knows_direction => Obstacle::Circumstance,
        _ => Obstacle::Exclusion,
    }
}
