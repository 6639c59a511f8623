//! Ranges of HS codes, indexed: from an item's code to the ranges that may hold it.

use crate::facts::{HsCode, HsRange};

/// A value for each of some ranges of codes, stored by chapter (the first two digits).
#[derive(Debug)]
pub(super) struct HsIndex<T>(Vec<Vec<(Span, T)>>);

/// The least and the greatest number of ten digits that begins as a range or a code does. A code lies in a range, or is too
/// coarse to tell, exactly if their spans overlap.
#[derive(Debug, Clone, Copy)]
struct Span {
    low: u64,
    high: u64,
}

impl<T> Default for HsIndex<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy> HsIndex<T> {
    const CHAPTERS: usize = 100;

    /// Adds a range with its value.
    pub(super) fn insert(&mut self, range: &HsRange, value: T) {
        self.0.resize_with(Self::CHAPTERS, Vec::new);
        let (low, high) = range.span();
        for chapter in range.chapters() {
            if let Some(entries) = self.0.get_mut(usize::from(chapter)) {
                entries.push((Span { low, high }, value));
            }
        }
    }

    /// The values of the ranges that hold a code or may hold it.
    pub(super) fn overlapping(&self, code: &HsCode) -> impl Iterator<Item = T> + '_ {
        let (low, high) = code.span();
        let entries = self.0.get(usize::from(code.chapter())).map(Vec::as_slice).unwrap_or_default();
        entries.iter().filter(move |(span, _)| span.low <= high && low <= span.high).map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::HsIndex;
    use crate::facts::{HsCode, HsRange, Truth};

    #[test]
    fn a_range_overlaps_a_code_exactly_if_it_may_hold_it() {
        let ranges = ["84", "8471", "8471-8473", "72-83", "2701.10", "7201-7229", "9306.90.90"];
        let codes = ["84", "8471", "8474", "8471.30", "72", "7230", "2701", "2701.12", "9306.90", "9306.90.9099", "01"];
        for range in ranges {
            let range: HsRange = range.replace('.', "").parse().unwrap();
            let mut index = HsIndex::default();
            index.insert(&range, ());
            for code in codes {
                let code: HsCode = code.parse().unwrap();
                let overlaps = index.overlapping(&code).next().is_some();
                assert_eq!(overlaps, range.contains(&code) != Truth::False, "{code} in {range}");
            }
        }
    }
}
