//! Ranges of HS codes, turned round: from an item's code to what it touches.

use crate::facts::{HsCode, HsRange};

/// What stands for ranges of codes, by chapter, the first two digits.
#[derive(Debug)]
pub(super) struct HsIndex<T>(Vec<Vec<(Span, T)>>);

/// The least and the greatest number of ten digits that begin as a range or code does. A code is inside a range, or too
/// coarse to tell, just if the two spans touch.
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

    /// Says what a range of codes stands for.
    pub(super) fn insert(&mut self, range: &HsRange, what: T) {
        self.0.resize_with(Self::CHAPTERS, Vec::new);
        let (low, high) = range.span();
        for chapter in range.chapters() {
            if let Some(entries) = self.0.get_mut(usize::from(chapter)) {
                entries.push((Span { low, high }, what));
            }
        }
    }

    /// What the ranges stand for that may hold a code.
    pub(super) fn touching(&self, code: &HsCode) -> impl Iterator<Item = T> + '_ {
        let (low, high) = code.span();
        let entries = self.0.get(usize::from(code.chapter())).map(Vec::as_slice).unwrap_or_default();
        entries.iter().filter(move |(span, _)| span.low <= high && low <= span.high).map(|(_, what)| *what)
    }
}

#[cfg(test)]
mod tests {
    use super::HsIndex;
    use crate::facts::{HsCode, HsRange, Truth};

    #[test]
    fn a_range_is_touched_just_if_it_may_hold_the_code() {
        let ranges = ["84", "8471", "8471-8473", "72-83", "2701.10", "7201-7229", "9306.90.90"];
        let codes = ["84", "8471", "8474", "8471.30", "72", "7230", "2701", "2701.12", "9306.90", "9306.90.9099", "01"];
        for range in ranges {
            let range: HsRange = range.replace('.', "").parse().unwrap();
            let mut index = HsIndex::default();
            index.insert(&range, ());
            for code in codes {
                let code: HsCode = code.parse().unwrap();
                assert_eq!(index.touching(&code).next().is_some(), range.contains(&code) != Truth::False, "{code} in {range}");
            }
        }
    }
}
