//! What elements of lists do of what is asked of them, remembered by their [details](super::details).

use crate::engine::EvalContext;
use crate::facts::{Record, Value};

use super::CompiledRules;
use super::assumptions::Assumptions;
use super::bits::BitSet;
use super::bounded_cache::BoundedCache;
use super::bounds::Bounds;
use super::condition_graph::ConditionGraph;
use super::details::List;
use super::node_truth::NodeTruths;
use super::profile_key::ProfileKey;
use super::scratch::Scratch;

/// The details that were met.
#[derive(Debug)]
pub(super) struct Elements {
    /// The entries of which an element with some details does what they ask.
    known: BoundedCache<Bounds>,
    /// Of the element at hand.
    written: ProfileKey,
    /// Of all elements of the transaction at hand.
    together: Bounds,
}

impl Elements {
    /// None was met yet; so many are remembered at most.
    pub(super) fn new(most: usize) -> Self {
        Self { known: BoundedCache::new(most), written: ProfileKey::default(), together: Bounds::default() }
    }

    /// False if every element is new.
    pub(super) fn remember(&self) -> bool {
        self.known.remembers()
    }

    /// The entries that a transaction satisfies, if it is sure of all. `of_shape` are those of which the other parts hold.
    pub(super) fn satisfied(
        &mut self,
        case: &EvalContext<'_>,
        of_shape: &Bounds,
        compiled: &CompiledRules<'_>,
        scratch: &mut Scratch,
    ) -> Option<impl Iterator<Item = usize>> {
        let (details, program) = (&compiled.details, &compiled.program);
        scratch.texts.begin();
        self.together.copy_from(details.asking_none());
        for (number, list) in details.lists(of_shape) {
            match case.transaction.value(list.row) {
                Value::Many(Some(elements)) => {
                    for index in 0..elements.len() {
                        self.add((number, list), (index, elements.record(index)?), case, program, scratch)?;
                    }
                }
                // Not told.
                _ => self.together.answer(&list.all_askers, Assumptions::UNKNOWN),
            }
        }
        self.together.keep(of_shape);
        self.together.sure()
    }

    /// Adds the entries of which an element does what they ask; nothing if it has no details.
    fn add(
        &mut self,
        (number, list): (usize, &List),
        (index, element): (usize, &dyn Record),
        case: &EvalContext<'_>,
        program: &ConditionGraph<'_>,
        scratch: &mut Scratch,
    ) -> Option<()> {
        self.written.begin();
        self.written.number(number);
        list.write(element, &mut scratch.texts, &mut self.written);
        let written = self.written.shape()?;
        let bounds = self.known.of(written, || {
            let mut bounds = Bounds::none(list.all_askers.room());
            let mut answers = NodeTruths { program, case, passed: &BitSet::default(), scratch };
            for (of, askers) in &list.askers {
                bounds.answer(askers, answers.about_element(*of, element, index));
            }
            bounds
        });
        self.together.add(bounds);
        Some(())
    }
}
