//! Profiles: what the coded facts of a transaction determine, computed once for all transactions that agree in them.
//!
//! The index, and conditions that ask neither for goods nor for amounts and days, look at few facts of most transactions: who does
//! what, from where to where, in which roles. Which of the States, roles and activities that no rule names they are makes no
//! difference. So the terms of each fact are put into classes, two terms into one class if nothing that is looked at tells them
//! apart, and transactions with the same classes, in the same span between [days of change](super::shape), share a [`Profile`].
//!
//! *Why this is sound*: a profile holds only what is a function of its key. The key has every fact that
//! [`RuleIndex::find_by_facts`](super::rule_index::RuleIndex::find_by_facts) and the *determined* conditions of rules
//! look at ([`ConditionNode::is_determined`]), each with a class that decides every test made of it; the span of the date
//! decides which rules are in force. Elements of a list are in the key once and in order of their classes, since every condition
//! asks whether some element meets it. A transaction has no key, and is evaluated by itself, if a coded fact in it is ambiguous,
//! not listed or only reported not to be something, if it names parties whom a condition follows, if a text in it has a phrase
//! that a determined condition looks for, if it is related to another transaction, or if the key would be very long.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use crate::facts::{CodedTerm, Codes, FactValue, FactVisitor, FieldRole, Record, Records, Term, Terms, Transaction, Truth};
use crate::rulebook::{DesignationList, Rulebook, WordHasher};

use super::Candidates;
use super::bits::BitSet;
#[cfg(doc)]
use super::condition_graph::ConditionNode;
use super::condition_graph::{ConditionGraph, NodeId, NodeTest};
use super::necessary::RowPath;
use super::path_tree::PathTree;
use super::phrase_set::PhraseSet;
use super::profile_key::{FIRST_CLASS, NO_CLASS, NONE, ProfileKey, REPORTED};

/// What holds for all transactions of a profile.
#[derive(Debug, Default)]
pub(super) struct Profile {
    /// The rules and quotas that these facts leave, and do not decide.
    pub(super) remaining: BitSet,
    /// Those of them that can at most ask, without a link to their target.
    pub(super) asking: BitSet,
    /// The outcome of the rules that they decide.
    pub(super) decided: Candidates,
    /// The regimes to whose targets there may be a link.
    pub(super) linkable: BitSet,
    /// True if a nexus is true that the facts decide.
    pub(super) is_linked: bool,
}

/// What conditions that profiles decide look at in a transaction.
#[derive(Debug, Default)]
pub(super) struct ProfileFacts<'a> {
    /// The facts that profiles distinguish.
    facts: PathTree<ProfileFact<'a>>,
    /// The phrases that conditions look for in texts other than descriptions of goods.
    phrases: PathTree<PhraseSet<'a>>,
}

/// How the values of one fact are put into classes.
#[derive(Debug, Default)]
pub(super) struct ProfileFact<'a> {
    /// The class of each term. Empty if only being reported counts.
    classes: Vec<u16>,
    /// The lists of designated persons that conditions look up in this fact.
    lists: Vec<&'a DesignationList>,
    /// Conditions follow the names in this fact to parties.
    is_link: bool,
}

/// Nodes on the record at the end of a path.
pub(super) type AddedNodes = HashSet<(NodeId, RowPath)>;

impl<'a> ProfileFacts<'a> {
    /// Adds the facts of an index ([`RuleIndex::facts`](super::rule_index::RuleIndex::facts)).
    pub(super) fn add_index_facts(&mut self, facts: &[(RowPath, &[u16])], terms: usize) {
        for (path, numbers) in facts {
            let number = |term: usize| numbers.get(term).copied().unwrap_or(0).into();
            self.facts.update(path, &mut |fact| {
                if !numbers.is_empty() {
                    fact.distinguish(terms, number)
                }
            });
        }
    }

    /// Adds the facts that the [determined](ConditionNode::is_determined) parts of a condition on the transaction look at.
    /// `added` has the nodes on records at the ends of paths that were added before.
    pub(super) fn add_condition(
        &mut self,
        id: NodeId,
        graph: &ConditionGraph<'a>,
        rulebook: &'a Rulebook,
        added: &mut AddedNodes,
    ) {
        self.add_node(id, &[], graph, rulebook, added);
    }

    fn add_node(
        &mut self,
        id: NodeId,
        path: &[usize],
        graph: &ConditionGraph<'a>,
        rulebook: &'a Rulebook,
        added: &mut AddedNodes,
    ) {
        let Some(node) = graph.node(id).filter(|node| !node.is_undetermined) else { return };
        if !added.insert((id, path.to_vec())) {
            return;
        }
        let join = |row: usize| path.iter().copied().chain([row]).collect::<Vec<_>>();
        match &node.test {
            NodeTest::Terms { row, terms, broader, .. } => {
                let number = |term| usize::from(terms.contains(term)) + 2 * usize::from(broader.contains(term));
                self.facts.update(&join(*row), &mut |fact| fact.distinguish(terms.capacity(), number));
            }
            NodeTest::Fact { row, matcher } if matcher.sought_words().is_some() => {
                let phrases = matcher.sought_words().unwrap_or_default();
                let table = path.iter().fold(Transaction::TABLE, |table, row| table.record_table(*row).unwrap_or(table));
                // A condition on a name looks for it among the other names too.
                let others = table.with_role(FieldRole::OtherNames).filter(|_| table.key(*row) == "name");
                for row in [Some(*row), others].into_iter().flatten() {
                    self.facts.update(&join(row), &mut |_| {});
                    self.phrases.update(&join(row), &mut |sought| phrases.iter().for_each(|phrase| sought.add(phrase)));
                }
            }
            NodeTest::Fact { row, .. } => self.facts.update(&join(*row), &mut |_| {}),
            NodeTest::Designated { row: Some(row), lists, .. } => {
                let lists = || lists.iter().filter_map(|id| rulebook.list(*id));
                self.facts.update(&join(*row), &mut |fact| fact.add_lists(lists()));
            }
            NodeTest::Linked { row, .. } => self.facts.update(&join(*row), &mut |fact| fact.is_link = true),
            NodeTest::Inside { row, inner, .. } | NodeTest::Some { row, inner, .. } => {
                self.facts.update(&join(*row), &mut |_| {});
                self.add_node(*inner, &join(*row), graph, rulebook, added);
            }
            test => test.below().iter().for_each(|inner| self.add_node(*inner, path, graph, rulebook, added)),
        }
    }

    /// True if a text of a transaction, other than a description of goods, may have a phrase that a condition looks for.
    pub(super) fn may_have_phrase(&self, transaction: &dyn Record) -> bool {
        self.phrases.may_occur_in(transaction)
    }

    /// Appends the facts of a transaction to a key.
    pub(super) fn write(&self, transaction: &dyn Record, key: &mut ProfileKey) {
        self.facts.write(transaction, key);
    }
}

impl PathTree<ProfileFact<'_>> {
    /// Appends the facts of a record to a key.
    fn write(&self, record: &dyn Record, key: &mut ProfileKey) {
        record.visit(self.fields(), &mut KeyWriter { facts: self, record, key });
        key.end_record();
    }
}

impl<'a> ProfileFact<'a> {
    /// Puts terms with different numbers into different classes.
    fn distinguish(&mut self, terms: usize, number: impl Fn(usize) -> usize) {
        let mut classes: HashMap<(u16, usize), u16, BuildHasherDefault<WordHasher>> = HashMap::default();
        self.classes.resize(self.classes.len().max(terms), FIRST_CLASS);
        for (term, class) in self.classes.iter_mut().enumerate() {
            let next = u16::try_from(classes.len()).map_or(NO_CLASS, |n| n.saturating_add(FIRST_CLASS));
            *class = *classes.entry((*class, number(term))).or_insert(next);
        }
    }

    fn add_lists(&mut self, lists: impl Iterator<Item = &'a DesignationList>) {
        for list in lists {
            if !self.lists.iter().any(|known| std::ptr::eq(*known, list)) {
                self.lists.push(list);
            }
        }
    }

    fn class_of_term(&self, term: &CodedTerm) -> u16 {
        match term {
            CodedTerm::Term(_) if self.classes.is_empty() => FIRST_CLASS,
            CodedTerm::Term(Term(term)) => self.classes.get(usize::from(*term)).copied().unwrap_or(NO_CLASS),
            CodedTerm::OneOf(_) | CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => NO_CLASS,
        }
    }

    /// Of references to designations: which of the lists holds one, if at most one does or all may. Listings with days of their own
    /// have no class.
    fn class_of_designation(&self, value: FactValue<'_>) -> u16 {
        const ON_NONE: u16 = FIRST_CLASS;
        const MAY_BE_ON_ANY: u16 = FIRST_CLASS + 1;
        const ON_FIRST: u16 = FIRST_CLASS + 2;
        let FactValue::Texts(Some(references)) = value else { return NO_CLASS };
        let (mut only, mut open) = (None, 0);
        for (number, list) in self.lists.iter().enumerate() {
            let mut holds = Truth::False;
            for reference in references {
                let (truth, details) = list.find(reference);
                if details.is_some() {
                    return NO_CLASS;
                }
                holds = holds.max(truth);
            }
            match (holds, only) {
                (Truth::False, _) => {}
                (Truth::Unknown, _) => open += 1,
                (Truth::True, None) => only = Some(number),
                (Truth::True, Some(_)) => return NO_CLASS,
            }
        }
        match (only, open) {
            (None, 0) => ON_NONE,
            (None, open) if open == self.lists.len() => MAY_BE_ON_ANY,
            (Some(number), 0) => u16::try_from(number).map_or(NO_CLASS, |number| ON_FIRST.saturating_add(number)),
            _ => NO_CLASS,
        }
    }
}

/// Appends the reported facts of a record to a key.
struct KeyWriter<'f, 'a, 'r, 'k> {
    facts: &'f PathTree<ProfileFact<'a>>,
    record: &'r dyn Record,
    key: &'k mut ProfileKey,
}

impl FactVisitor for KeyWriter<'_, '_, '_, '_> {
    fn terms(&mut self, row: usize, terms: &Terms) {
        let Some(branch) = self.facts.get(row) else { return };
        match terms.is() {
            // Nearly all facts.
            Some([only]) => self.key.push_fact(row, branch.value.class_of_term(only)),
            Some([]) => self.key.push_fact(row, NONE),
            Some(several) => {
                self.key.push_several(row, several.len());
                several.iter().for_each(|term| self.key.push_fact(row, branch.value.class_of_term(term)));
            }
            // Only reported not to be something.
            None => self.key.push_fact(row, NO_CLASS),
        }
    }

    fn codes(&mut self, row: usize, codes: &Codes) {
        self.key.push_fact(row, if codes.is().is_some() { REPORTED } else { NO_CLASS });
    }

    fn one(&mut self, row: usize, record: Option<&dyn Record>) {
        self.key.push_fact(row, if record.is_some() { REPORTED } else { NONE });
        if let (Some(branch), Some(record)) = (self.facts.get(row), record) {
            branch.children.write(record, self.key);
        }
    }

    fn many(&mut self, row: usize, records: &dyn Records) {
        let count = records.len();
        match self.facts.get(row) {
            Some(branch) if !branch.children.is_empty() && count > 0 => {
                let elements = (0..count).filter_map(|index| records.record(index));
                self.key.push_elements(row, elements, |record, key| branch.children.write(record, key));
            }
            _ => self.key.push_fact(row, if count > 0 { REPORTED } else { NONE }),
        }
    }

    fn yes_no(&mut self, row: usize, answer: bool) {
        self.key.push_fact(row, if answer { REPORTED } else { NONE });
    }

    fn other(&mut self, row: usize) {
        let class = match self.facts.get(row) {
            Some(branch) if branch.value.is_link => NO_CLASS,
            Some(branch) if !branch.value.lists.is_empty() => branch.value.class_of_designation(self.record.value(row)),
            _ => REPORTED,
        };
        self.key.push_fact(row, class);
    }
}
