//! Links: the parties that a record names as those who own or control it, for whom it acts, who made it or employ it.
//!
//! A name is looked up among the parties of the incident, by folded names and aliases. From a party that is found, its owners,
//! those who control it and the body that it belongs to are linked too; of a link by acting for somebody, those for whom it
//! acts as well. Each party is reached once, the nearest first, so that circles end.

use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::engine::{EvalContext, EvidenceLevel};
use crate::facts::{Coded, CodedTerm, FactPath, FactValue, FieldRole, Party, PathSegment, Record, Scheme, fold};

use super::collector::{Collector, possibly};
use super::mentions::mention;

/// A party, or only its name, to which a record is linked.
pub(in crate::engine) struct Link<'w, 'a> {
    pub(in crate::engine) to: LinkedParty<'a>,
    /// All steps so far.
    steps: &'w [Step<'a>],
    last: usize,
    last_step: &'w Step<'a>,
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
    before: Option<usize>,
}

impl<'w, 'a> Link<'w, 'a> {
    /// The step that leads to the party.
    pub(in crate::engine) fn last(&self) -> &'w Step<'a> {
        self.last_step
    }

    /// The steps from the record to the party.
    pub(in crate::engine) fn steps(&self) -> Vec<&'w Step<'a>> {
        let mut steps: Vec<&Step<'a>> = Vec::new();
        let mut next = Some(self.last);
        while let Some(step) = next.and_then(|position| self.steps.get(position)) {
            steps.push(step);
            next = step.before;
        }
        steps.reverse();
        steps
    }
}

/// Only so many parties and names are followed, so that the time is linear in the parties however they are linked. Beyond them
/// a condition is unknown unless one of these decides it.
const MOST_PARTIES: usize = 64;

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
    let Some(first) = start.record.table().link(start.row) else { return };
    let mut steps: Vec<Step<'a>> = Vec::new();
    let mut reached: HashSet<(usize, usize)> = HashSet::new();
    push_names(&mut steps, start.record, start.row, first, start.path, start.evidence, None);
    let (mut next, mut followed) = (0, 0);
    while let Some(name) = steps.get(next).map(|step| step.name) {
        let bearers = bearers(context, name);
        let is_known = !bearers.is_empty();
        for (transaction, position, party) in bearers {
            if !reached.insert((transaction, position)) {
                continue;
            }
            followed += 1;
            let to =
                if followed > MOST_PARTIES { LinkedParty::TooMany } else { LinkedParty::Party(party, transaction, position) };
            if visit_step(to, &steps, next, &mut visit).is_break() || followed > MOST_PARTIES {
                return;
            }
            let of_transaction = path_of_transaction(context, start.transaction, transaction);
            let path = of_transaction.key("parties").then(PathSegment::Index(position));
            let evidence = evidence_of(context, transaction, party);
            for role in onward(first) {
                if let Some(row) = Party::TABLE.with_role(*role) {
                    push_names(&mut steps, party, row, *role, &path, evidence, Some(next));
                }
            }
        }
        if !is_known {
            followed += 1;
            let to = if followed > MOST_PARTIES { LinkedParty::TooMany } else { LinkedParty::Name(name) };
            if visit_step(to, &steps, next, &mut visit).is_break() || followed > MOST_PARTIES {
                return;
            }
        }
        next += 1;
    }
}

fn visit_step<'a>(
    to: LinkedParty<'a>,
    steps: &[Step<'a>],
    last: usize,
    visit: &mut impl FnMut(&Link<'_, 'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let Some(last_step) = steps.get(last) else { return ControlFlow::Break(()) };
    visit(&Link { to, steps, last, last_step })
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

fn push_names<'a>(
    steps: &mut Vec<Step<'a>>,
    record: &'a dyn Record,
    row: usize,
    role: FieldRole,
    path: &FactPath,
    evidence: EvidenceLevel,
    before: Option<usize>,
) {
    // One more than can be followed tells that there are too many.
    let names = names_in(record.value(row)).into_iter().flatten().take(MOST_PARTIES + 1);
    let path = path.key(record.table().key(row));
    steps.extend(names.map(|name| Step { path: path.clone(), role, name, evidence, before }));
}

/// The parties that bear a name: those of the transaction, then those of the other transactions of the incident.
fn bearers<'a>(context: &EvalContext<'a>, name: &str) -> Vec<(usize, usize, &'a Party)> {
    let folded = fold(name);
    if folded.is_empty() {
        return Vec::new();
    }
    let transactions = context.reported.transactions();
    let is_of_incident = transactions.get(context.index).is_some_and(|own| std::ptr::eq(own, context.transaction));
    let mut bearers = Vec::new();
    if !is_of_incident {
        let named = |party: &Party| {
            party.name.iter().chain(party.aliases.as_deref().unwrap_or_default()).any(|name| fold(name) == folded)
        };
        let own = context.transaction.parties.known().iter().enumerate().filter(|(_, party)| named(party));
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
