//! What goods are packed in, which says nothing of what they are: `wooden crates`, `cargo in plastic bags`.

use std::ops::Range;

use crate::rulebook::WordClass;

use super::{Known, Reader};

/// Words before what goods are packed in.
const IN: [&str; 6] = ["in", "dans", "en", "в", "في", "در"];

impl Reader<'_> {
    /// True if words name what goods are packed in, whatever it is made of: `wooden crates`.
    pub(super) fn is_packing(&self, core: &Range<usize>) -> bool {
        let is_material = |at: usize| self.has_class(at, WordClass::Material) || self.has_class(at, WordClass::Adjective);
        core.clone().any(|at| self.has_class(at, WordClass::Container))
            && core.clone().all(|at| self.is_vague(at) || is_material(at))
    }

    /// True if a known noun only says what packing is made of, and the words name nothing else: `steel drums`.
    pub(super) fn is_of_packing(&self, known: &Known, core: &Range<usize>) -> bool {
        known.place.len() < core.len()
            && known.place.clone().all(|at| self.has_class(at, WordClass::Vague))
            && core.clone().any(|at| self.has_class(at, WordClass::Container) && !known.place.contains(&at))
            && core.clone().all(|at| self.is_vague(at))
    }

    /// True if what begins at `start` only packs what the phrase calls cargo or the like before it: `cargo in plastic bags`.
    pub(super) fn is_packed(&self, start: usize, phrase: &Range<usize>) -> bool {
        start > phrase.start && IN.contains(&self.word(start - 1)) && (phrase.start..start - 1).all(|at| self.is_vague(at))
    }
}
