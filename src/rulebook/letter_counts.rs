//! The number of each letter in a word: a bound of how near two words can be in their spelling, without comparing them.

/// The letters of a word: how many there are, and how many of each from `a` to `z` and of all others together.
#[derive(Debug, Clone)]
pub(super) struct LetterCounts {
    length: usize,
    counts: [u8; 27],
}

impl LetterCounts {
    pub(super) fn new(word: &str) -> Self {
        let mut letters = Self { length: 0, counts: [0; 27] };
        for letter in word.chars() {
            letters.length += 1;
            let at = if letter.is_ascii_lowercase() { letter as usize - 'a' as usize } else { 26 };
            if let Some(count) = letters.counts.get_mut(at) {
                *count = count.saturating_add(1);
            }
        }
        letters
    }

    /// The number of letters.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// False if more slips than so many part the two words: a letter left out, added, or put for another. Letters that changed
    /// places are the same letters.
    pub(super) fn may_be_within(&self, other: &Self, slips: usize) -> bool {
        let surplus = |one: &Self, other: &Self| -> usize {
            one.counts.iter().zip(&other.counts).map(|(a, b)| usize::from(a.saturating_sub(*b))).sum()
        };
        self.length.abs_diff(other.length) <= slips && surplus(self, other).max(surplus(other, self)) <= slips
    }
}

#[cfg(test)]
mod tests {
    use strsim::damerau_levenshtein;

    use super::LetterCounts;

    #[test]
    fn no_word_is_nearer_than_its_letters_allow() {
        let words =
            ["albania", "albanai", "alabnia", "xlbania", "albani", "albaniaa", "ålbania", "mali", "malawi", "oman", "roman"];
        for (one, other) in words.iter().flat_map(|one| words.iter().map(move |other| (one, other))) {
            let slips = damerau_levenshtein(one, other);
            assert!(LetterCounts::new(one).may_be_within(&LetterCounts::new(other), slips), "{one} {other}");
        }
        assert!(!LetterCounts::new("albania").may_be_within(&LetterCounts::new("malawi"), 2));
    }
}
