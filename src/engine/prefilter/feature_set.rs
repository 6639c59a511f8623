//! Sets of features, small and sorted.

use smallvec::SmallVec;

/// Identifies a feature among those of a rulebook.
pub(super) type FeatureNumber = u32;

/// A set of features by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct FeatureSet(SmallVec<[FeatureNumber; 8]>);

impl FeatureSet {
    /// The number of features.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The features in order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = FeatureNumber> {
        self.0.iter().copied()
    }

    /// Adds a feature.
    pub(super) fn insert(&mut self, feature: FeatureNumber) {
        if let Err(place) = self.0.binary_search(&feature) {
            self.0.insert(place, feature);
        }
    }

    /// The features that are in either of two sets.
    pub(super) fn union(&self, other: &Self) -> Self {
        let mut all = SmallVec::with_capacity(self.len() + other.len());
        let (mut own, mut others) = (self.0.as_slice(), other.0.as_slice());
        while let ([a, own_rest @ ..], [b, others_rest @ ..]) = (own, others) {
            all.push(*a.min(b));
            (own, others) = (if a <= b { own_rest } else { own }, if b <= a { others_rest } else { others });
        }
        all.extend_from_slice(own);
        all.extend_from_slice(others);
        Self(all)
    }

    /// True if another set has all features of this one.
    pub(super) fn is_subset(&self, other: &Self) -> bool {
        let mut others = other.0.iter();
        self.len() <= other.len() && self.0.iter().all(|own| others.find(|other| *other >= own) == Some(own))
    }
}

impl FromIterator<FeatureNumber> for FeatureSet {
    fn from_iter<I: IntoIterator<Item = FeatureNumber>>(features: I) -> Self {
        let mut all: SmallVec<[FeatureNumber; 8]> = features.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }
}

#[cfg(test)]
mod tests {
    use super::FeatureSet;

    #[test]
    fn unions_and_subsets_are_those_of_sets() {
        let sets: [FeatureSet; 5] = [&[][..], &[1], &[3, 1], &[1, 2, 3], &[4, 2, 2]].map(|all| all.iter().copied().collect());
        for a in &sets {
            for b in &sets {
                let union = a.union(b);
                assert!(a.is_subset(&union) && b.is_subset(&union), "{a:?} {b:?}");
                assert!(union.iter().all(|f| a.iter().chain(b.iter()).any(|own| own == f)) && union.iter().is_sorted());
                assert_eq!(a.is_subset(b), a.iter().all(|own| b.iter().any(|other| other == own)), "{a:?} {b:?}");
            }
        }
        let [.., most, _] = &sets;
        let mut more = most.clone();
        [2, 0, 7].iter().for_each(|feature| more.insert(*feature));
        assert_eq!(more.iter().collect::<Vec<_>>(), [0, 1, 2, 3, 7]);
    }
}
