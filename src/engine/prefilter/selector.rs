//! Selecting the rules that match one transaction after another: profile, index, evaluation.

use crate::engine::EvalContext;
use crate::engine::decision::is_authority_act;
use crate::engine::inference::related::has_related;

use super::bits::BitSet;
use super::bounded_cache::BoundedCache;
use super::entry_evaluator::{EntryEvaluator, TransactionTraits};
use super::profile::Profile;
use super::profile_key::ProfileKey;
use super::scratch::Scratch;
use super::shape::Shape;
use super::{Candidates, CompiledRules};

/// At most so many shapes and so many profiles are cached, some hundred bytes each for the built-in rulebook, whatever the stream
/// holds.
const MAX_PROFILES: usize = 4096;

/// Finds the rules that match one transaction after another, and caches what their coded facts determine.
#[derive(Debug)]
pub struct RuleSelector<'c, 'a> {
    compiled: &'c CompiledRules<'a>,
    caches: Option<Caches>,
    /// The necessary sets that the facts of a transaction without a profile satisfy.
    pub(super) satisfied: BitSet,
    key: ProfileKey,
    pub(super) scratch: Scratch,
    /// The entries to be evaluated for the transaction at hand.
    pub(super) remaining: BitSet,
    candidates: Candidates,
    /// What holds for the transaction at hand.
    traits: TransactionTraits,
    /// Whether the transaction at hand has a link to a target, of those that profiles decide; `None` if it has no profile.
    pub(super) is_linked: Option<bool>,
}

/// What was computed for transactions before.
#[derive(Debug)]
struct Caches {
    shapes: BoundedCache<Shape>,
    profiles: BoundedCache<Profile>,
}

impl<'c, 'a> RuleSelector<'c, 'a> {
    /// A selector with an empty cache.
    pub fn new(compiled: &'c CompiledRules<'a>) -> Self {
        let caches = Caches { shapes: BoundedCache::new(MAX_PROFILES), profiles: BoundedCache::new(MAX_PROFILES) };
        Self { caches: Some(caches), ..Self::without_cache(compiled) }
    }

    /// A selector that caches nothing between transactions. It gives the same results; tests and measurements use it.
    pub fn without_cache(compiled: &'c CompiledRules<'a>) -> Self {
        Self {
            compiled,
            caches: None,
            satisfied: BitSet::default(),
            key: ProfileKey::default(),
            scratch: Scratch::default(),
            remaining: BitSet::default(),
            candidates: Candidates::default(),
            traits: TransactionTraits::default(),
            is_linked: None,
        }
    }

    /// The compiled rules.
    pub fn compiled(&self) -> &'c CompiledRules<'a> {
        self.compiled
    }

    /// The number of profiles in the cache: the fewer, the more alike the transactions are in what the rulebook asks.
    pub fn cached_profiles(&self) -> usize {
        self.caches.as_ref().map_or(0, |caches| caches.profiles.len())
    }

    /// The evaluator of the transaction that was selected last.
    pub(super) fn evaluator<'s, 'k>(&'s mut self, case: &'s EvalContext<'k>) -> EntryEvaluator<'s, 'k, 'a> {
        EntryEvaluator { compiled: self.compiled, case, traits: self.traits, scratch: &mut self.scratch }
    }

    /// The rules and quotas that a transaction concerns. A bound item of the context is ignored: rules bind their own.
    pub fn select(&mut self, case: &EvalContext<'_>) -> &Candidates {
        let compiled = self.compiled;
        self.scratch.begin_transaction(compiled.graph.len());
        let traits = TransactionTraits {
            is_related: has_related(case),
            is_own_act: is_authority_act(case),
            has_no_phrase: !compiled.profile_facts.may_have_phrase(case.transaction),
            has_no_listing: compiled.told_listings.are_none_in(case.transaction),
        };
        self.traits = traits;
        // The outcome of conditions on texts is in a profile as that of texts without a phrase.
        let has_key = traits.has_no_phrase && compiled.write_key(case, traits, &mut self.key);
        let mut evaluator = EntryEvaluator { compiled, case, traits, scratch: &mut self.scratch };
        let caches = self.caches.as_mut().filter(|_| has_key);
        let found = caches.and_then(|caches| {
            let shape = caches.shapes.get_or_insert_with(self.key.as_slice()?, || evaluator.shape())?;
            self.key.push_number(shape.span(case.date())?);
            let profile = caches.profiles.get_or_insert_with(self.key.as_slice()?, || {
                let mut profile = Profile::default();
                evaluator.fill_profile(shape, &mut profile);
                profile
            })?;
            Some((&*shape, &*profile))
        });
        let Some((shape, profile)) = found else {
            self.is_linked = None;
            evaluator.find_candidates(&mut self.satisfied, &mut self.remaining);
            self.candidates.clear();
            for entry in self.remaining.iter().map_while(|number| compiled.entries.get(number)) {
                evaluator.evaluate(entry).add_to(&mut self.candidates, entry);
            }
            self.candidates.sort();
            return &self.candidates;
        };
        self.is_linked = Some(profile.is_linked);
        evaluator.scratch.linkable.copy_from(&profile.linkable);
        self.remaining.copy_from(&profile.remaining);
        if profile.decided.is_link_open {
            self.remaining.remove_all(&profile.asking);
        }
        evaluator.narrow(&shape.satisfied, &mut self.remaining);
        if self.remaining.is_empty() {
            return &profile.decided;
        }
        self.candidates.copy_from(&profile.decided);
        for (number, entry) in self.remaining.iter().map_while(|i| Some((i, compiled.entries.get(i)?))) {
            if !self.candidates.is_link_open || !profile.asking.contains(number) {
                evaluator.evaluate(entry).add_to(&mut self.candidates, entry);
            }
        }
        self.candidates.sort();
        &self.candidates
    }
}

impl CompiledRules<'_> {
    /// Writes the key of a transaction's shape; false if it has none.
    fn write_key(&self, case: &EvalContext<'_>, traits: TransactionTraits, key: &mut ProfileKey) -> bool {
        // As of a day, papers from after it are hidden: what a condition finds then depends on their dates too.
        if self.known_on.is_some() || traits.is_related {
            return false;
        }
        key.clear();
        key.push_number(usize::from(traits.is_own_act));
        key.push_fields(case.beside_the_point, case.rulebook.vocabulary.subjects());
        self.profile_facts.write(case.transaction, key);
        key.as_slice().is_some()
    }
}
