//! Links: the parties that a record names as those who own or control it, for whom it acts, who made it or employ it.
//!
//! A name is looked up among the parties of the incident, by folded names and aliases. From a party that is found, its owners,
//! those who control it and the body that it belongs to are linked too; of a link by acting for somebody, those for whom it
//! acts as well. Each party is reached once, the nearest first, so that circles end.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use compact_str::CompactString;

use crate::engine::transaction_memo::LinkEnd;
use crate::engine::{EvalContext, EvidenceLevel};
use crate::facts::{
    Coded, CodedTerm, FactPath, FactValue, FieldRole, LinkNames, LinkStep, LinkTarget, LinkedParties, Party, PathSegment, Record,
    Scheme, fold,
};

use super::collector::{Collector, possibly};
use super::mentions::mention;

/// A party, or only its name, to which a record is linked.
pub(in crate::engine) struct Link<'w, 'a> {
    pub(in crate::engine) to: LinkedParty<'a>,
    walk: &'w Walk<'w, 'a>,
    /// The position of the step that leads to it.
    last: usize,
}

/// What stands at the end of a link.
#[derive(Clone, Copy)]
pub(in crate::engine) enum LinkedParty<'a> {
    /// A party of the incident, with the position of its transaction and its own.
    Party(&'a Party, usize, usize),
    /// A name that no party of the incident bears.
    Name(&'a str),
    /// There are more parties than are followed.
    TooMany,
}

/// A step of a link: a fact of a record that names a party.
pub(in crate::engine) struct Step<'a> {
    /// The path to the fact.
    pub(in crate::engine) path: FactPath,
    /// What the record that has the fact is to the party.
    pub(in crate::engine) role: FieldRole,
    /// The name.
    pub(in crate::engine) name: &'a str,
    /// The evidence for the record that has the fact.
    pub(in crate::engine) evidence: EvidenceLevel,
}

/// The parties that are reached from a record.
struct Walk<'w, 'a> {
    context: &'w EvalContext<'a>,
    start: &'w LinkStart<'w, 'a>,
    linked: &'w LinkedParties,
}

impl<'a> Walk<'_, 'a> {
    /// A step by its position.
    fn step(&self, position: usize) -> Option<Step<'a>> {
        let Self { context, start, linked } = self;
        let step = linked.steps.get(position)?;
        let name = name_of(context, start, step)?;
        let (path, row, table, evidence) = match step.of {
            None => (start.path.clone(), start.row, start.record.table(), start.evidence),
            Some((transaction, position)) => {
                let of_transaction = path_of_transaction(context, start.transaction, transaction);
                let path = of_transaction.key("parties").then(PathSegment::Index(position));
                let evidence = evidence_of(context, transaction, party_at(context, transaction, position)?);
                (path, Party::TABLE.with_role(step.role)?, Party::TABLE, evidence)
            }
        };
        Some(Step { path: path.key(table.key(row)), role: step.role, name, evidence })
    }
}

impl<'a> Link<'_, 'a> {
    /// The step that leads to the party.
    pub(in crate::engine) fn last(&self) -> Option<Step<'a>> {
        self.walk.step(self.last)
    }

    /// The party at the end; `None` if there are too many.
    pub(in crate::engine) fn end(&self) -> Option<LinkEnd<'a>> {
        match self.to {
            LinkedParty::Party(_, transaction, position) => Some(LinkEnd::Party(transaction, position)),
            LinkedParty::Name(name) => Some(LinkEnd::Name(name)),
            LinkedParty::TooMany => None,
        }
    }

    /// The steps from the record to the party.
    pub(in crate::engine) fn steps(&self) -> Vec<Step<'a>> {
        let mut steps: Vec<Step<'a>> = Vec::new();
        let mut next = Some(self.last);
        while let Some(position) = next {
            steps.extend(self.walk.step(position));
            next = self.walk.linked.steps.get(position).and_then(|step| step.before);
        }
        steps.reverse();
        steps
    }
}

/// Only so many parties and names are followed, so that the time is linear in the parties however they are linked. Beyond them
/// a condition is unknown unless one of these decides it.
const MOST_PARTIES: usize = 64;

/// Only so many steps lead from a record to a party that is followed. Beyond them it is as beyond [`MOST_PARTIES`].
const MOST_STEPS: usize = 16;

/// The record from which links are followed.
pub(in crate::engine) struct LinkStart<'s, 'a> {
    pub(in crate::engine) record: &'a dyn Record,
    /// The row that names parties.
    pub(in crate::engine) row: usize,
    /// The path to the record.
    pub(in crate::engine) path: &'s FactPath,
    pub(in crate::engine) evidence: EvidenceLevel,
    /// The path to the transaction of the context.
    pub(in crate::engine) transaction: &'s FactPath,
}

/// The names in a field that names parties; `None` if it is not reported.
pub(in crate::engine) fn names_in(value: FactValue<'_>) -> Option<impl Iterator<Item = &str>> {
    let (one, several) = match value {
        FactValue::Text(text) => (Some(text?), [].as_slice()),
        FactValue::Texts(texts) => (None, texts?),
        _ => return None,
    };
    Some(one.into_iter().chain(several.iter().map(|text| text.as_str())))
}

/// Calls `visit` for every party to which a record is linked, until it breaks off.
pub(in crate::engine) fn follow<'a>(
    context: &EvalContext<'a>,
    start: &LinkStart<'_, 'a>,
    mut visit: impl FnMut(&Link<'_, 'a>) -> ControlFlow<()>,
) {
    let Some(role) = start.record.table().link(start.row) else { return };
    let find = || linked_parties(context, start, role);
    let linked = if is_of_incident(context) {
        let names = names_in(start.record.value(start.row)).into_iter().flatten().take(MOST_PARTIES + 1);
        let from = LinkNames { transaction: context.index, role, names: names.map(CompactString::from).collect() };
        context.reported.index().linked_parties(from, find)
    } else {
        Arc::new(find())
    };
    let walk = Walk { context, start, linked: &linked };
    for (target, last) in &linked.ends {
        let to = match *target {
            LinkTarget::Party(transaction, position) => {
                let Some(party) = party_at(context, transaction, position) else { continue };
                LinkedParty::Party(party, transaction, position)
            }
            LinkTarget::Name => {
                let Some(name) = linked.steps.get(*last).and_then(|step| name_of(context, start, step)) else { continue };
                LinkedParty::Name(name)
            }
            LinkTarget::TooMany => LinkedParty::TooMany,
        };
        if visit(&Link { to, walk: &walk, last: *last }).is_break() {
            return;
        }
    }
}

/// The parties to which a record is linked.
fn linked_parties<'a>(context: &EvalContext<'a>, start: &LinkStart<'_, 'a>, first: FieldRole) -> LinkedParties {
    let mut linked = LinkedParties::default();
    let mut reached: HashSet<(usize, usize)> = HashSet::new();
    push_names(&mut linked.steps, start.record.value(start.row), first, None, None);
    // How many steps lead to the party that each step names.
    let mut depths = vec![1; linked.steps.len()];
    let (mut next, mut followed) = (0, 0);
    while let Some(name) = linked.steps.get(next).map(|step| name_of(context, start, step).unwrap_or_default()) {
        let depth: usize = depths.get(next).copied().unwrap_or_default();
        if depth > MOST_STEPS {
            linked.ends.push((LinkTarget::TooMany, next));
            return linked;
        }
        let bearers = bearers(context, name);
        let is_known = !bearers.is_empty();
        for (transaction, position, party) in bearers {
            if !reached.insert((transaction, position)) {
                continue;
            }
            followed += 1;
            if followed > MOST_PARTIES {
                linked.ends.push((LinkTarget::TooMany, next));
                return linked;
            }
            linked.ends.push((LinkTarget::Party(transaction, position), next));
            for role in onward(first) {
                if let Some(row) = Party::TABLE.with_role(*role) {
                    push_names(&mut linked.steps, party.value(row), *role, Some((transaction, position)), Some(next));
                }
            }
            depths.resize(linked.steps.len(), depth + 1);
        }
        if !is_known {
            followed += 1;
            if followed > MOST_PARTIES {
                linked.ends.push((LinkTarget::TooMany, next));
                return linked;
            }
            linked.ends.push((LinkTarget::Name, next));
        }
        next += 1;
    }
    linked
}

/// The name that a step is about.
fn name_of<'a>(context: &EvalContext<'a>, start: &LinkStart<'_, 'a>, step: &LinkStep) -> Option<&'a str> {
    let value = match step.of {
        None => start.record.value(start.row),
        Some((transaction, position)) => {
            let party: &'a dyn Record = party_at(context, transaction, position)?;
            party.value(Party::TABLE.with_role(step.role)?)
        }
    };
    names_in(value)?.nth(step.name)
}

/// A party of the incident, by the position of its transaction and its own.
fn party_at<'a>(context: &EvalContext<'a>, transaction: usize, position: usize) -> Option<&'a Party> {
    let of = if transaction == context.index { context.transaction } else { context.reported.transactions().get(transaction)? };
    of.parties.known().get(position)
}

/// True if the transaction of the context is the one that the incident has at its position, and no altered one.
fn is_of_incident(context: &EvalContext<'_>) -> bool {
    context.reported.transactions().get(context.index).is_some_and(|own| std::ptr::eq(own, context.transaction))
}

/// A link as reports show it beside the name: `linked by ownership`.
pub(in crate::engine) fn link_in_words(role: FieldRole) -> &'static str {
    match role {
        FieldRole::ActsFor => "linked by acting for it",
        FieldRole::OwnedBy => "linked by ownership",
        FieldRole::ControlledBy => "linked by control",
        FieldRole::Parent => "linked by belonging to it",
        FieldRole::MadeBy => "linked by manufacture",
        FieldRole::Employer => "linked by employment",
        _ => "linked",
    }
}

/// A party of whom only a name is known, with its listings if lists were searched for it. A State that the name itself names, or
/// is the code of, may be its own.
pub(in crate::engine) fn party_of_name(name: &str, context: &EvalContext<'_>) -> Party {
    let vocabulary = &context.rulebook.vocabulary;
    let of_code = || match vocabulary.find(&[Scheme::Country], name)? {
        CodedTerm::Term(country) => Some(possibly([country])),
        other => Some(Coded::one(other)),
    };
    let named = mention(name, None, &Collector::new(vocabulary)).map(|(countries, _)| countries).or_else(of_code);
    let countries = || named.clone().unwrap_or_default();
    let designated_as = context.reported.listings_of_name(name).map(<[_]>::to_vec);
    Party { name: Some(name.into()), country: countries(), nationality: countries(), designated_as, ..Party::default() }
}

/// The links of a party by which a link to it is continued.
fn onward(first: FieldRole) -> &'static [FieldRole] {
    const OWNERSHIP: &[FieldRole] = &[FieldRole::OwnedBy, FieldRole::ControlledBy, FieldRole::Parent];
    const AGENCY: &[FieldRole] = &[FieldRole::ActsFor, FieldRole::OwnedBy, FieldRole::ControlledBy, FieldRole::Parent];
    if first == FieldRole::ActsFor { AGENCY } else { OWNERSHIP }
}

fn push_names(
    steps: &mut Vec<LinkStep>,
    value: FactValue<'_>,
    role: FieldRole,
    of: Option<(usize, usize)>,
    before: Option<usize>,
) {
    // One more than can be followed tells that there are too many.
    let names = names_in(value).into_iter().flatten().take(MOST_PARTIES + 1).count();
    steps.extend((0..names).map(|name| LinkStep { of, role, name, before }));
}

/// The parties that bear a name: those of the transaction, then those of the other transactions of the incident.
fn bearers<'a>(context: &EvalContext<'a>, name: &str) -> Vec<(usize, usize, &'a Party)> {
    let folded = fold(name);
    if folded.is_empty() {
        return Vec::new();
    }
    let transactions = context.reported.transactions();
    let is_of_incident = is_of_incident(context);
    let mut bearers = Vec::new();
    if !is_of_incident {
        let own = context.transaction.parties.known().iter().enumerate().filter(|(_, party)| party.bears(&folded));
        bearers.extend(own.map(|(position, party)| (context.index, position, party)));
    }
    let indexed = context.reported.index().parties(&folded).iter().take(MOST_PARTIES + 1);
    let of_incident = indexed.filter(|(transaction, _)| is_of_incident || *transaction != context.index);
    bearers.extend(of_incident.filter_map(|(transaction, position)| {
        let party = transactions.get(*transaction)?.parties.known().get(*position)?;
        Some((*transaction, *position, party))
    }));
    bearers.sort_by_key(|(transaction, position, _)| (*transaction != context.index, *transaction, *position));
    bearers
}

/// The path to a transaction of the incident.
pub(in crate::engine) fn path_of_transaction(context: &EvalContext<'_>, own: &FactPath, transaction: usize) -> FactPath {
    if transaction == context.index {
        return own.clone();
    }
    FactPath::root().key("transactions").then(PathSegment::Index(transaction))
}

/// The evidence for a party: its own, else that of its transaction.
pub(in crate::engine) fn evidence_of(context: &EvalContext<'_>, transaction: usize, party: &Party) -> EvidenceLevel {
    let own = EvidenceLevel::of_element(party, context.reported, context.rulebook);
    own.unwrap_or_else(|| match context.reported.transactions().get(transaction) {
        Some(other) if transaction != context.index => EvidenceLevel::of_transaction(other, context.reported, context.rulebook),
        _ => context.evidence,
    })
}
