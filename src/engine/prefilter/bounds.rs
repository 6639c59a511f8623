//! What holds of which entries, where not all is known.

use smallvec::SmallVec;

use super::assumptions::Assumptions;
use super::bits::{BitSet, numbers};

/// The entries of which something surely holds, and those of which it may: the words of the one set, and behind them those of
/// the other. For up to 128 entries they stand here and not behind a pointer, because many of these are remembered, and to
/// fetch one from memory takes longer than to look at it.
#[derive(Debug, Default, Clone)]
pub(super) struct Bounds(SmallVec<[u64; 4]>);

impl Bounds {
    /// Nothing holds of any of so many entries.
    pub(super) fn none(entries: usize) -> Self {
        Self(SmallVec::from_elem(0, entries.div_ceil(64) * 2))
    }

    /// Says whether it holds of the entries in a set.
    pub(super) fn answer(&mut self, entries: &BitSet, truth: Assumptions) {
        let half = self.0.len() / 2;
        let (surely, perhaps) = self.0.split_at_mut(half);
        let holds = |bounds: &mut [u64]| bounds.iter_mut().zip(entries.words()).for_each(|(own, word)| *own |= word);
        if truth == Assumptions::TRUE {
            holds(surely);
        }
        if truth != Assumptions::FALSE {
            holds(perhaps);
        }
    }

    /// Says whether it holds of an entry.
    pub(super) fn answer_of(&mut self, entry: usize, truth: Assumptions) {
        let half = self.0.len() / 2;
        let mut holds = |word: usize| self.0.get_mut(word).into_iter().for_each(|own| *own |= 1 << (entry % 64));
        if truth == Assumptions::TRUE {
            holds(entry / 64);
        }
        if truth != Assumptions::FALSE {
            holds(half + entry / 64);
        }
    }

    pub(super) fn copy_from(&mut self, other: &Bounds) {
        self.0.clone_from(&other.0);
    }

    /// Says that it holds of what another holds of too.
    pub(super) fn add(&mut self, other: &Bounds) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, word)| *own |= word);
    }

    /// Keeps what holds in another too.
    pub(super) fn keep(&mut self, other: &Bounds) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, word)| *own &= word);
    }

    /// True if it may hold of one of the entries in a set.
    pub(super) fn may_hold(&self, entries: &BitSet) -> bool {
        let (_, perhaps) = self.0.split_at(self.0.len() / 2);
        perhaps.iter().zip(entries.words()).any(|(own, word)| own & word != 0)
    }

    /// The entries of which it holds, in order, if that is sure of all.
    pub(super) fn sure(&self) -> Option<impl Iterator<Item = usize>> {
        let (surely, perhaps) = self.0.split_at(self.0.len() / 2);
        (surely == perhaps).then(|| numbers(surely))
    }
}
