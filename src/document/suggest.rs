//! Suggestions for misspelled words.

/// The known word closest to `word`, if it is close enough to be what was meant.
///
/// Closeness is the Damerau-Levenshtein distance: one slip is allowed for every three letters of `word`, none below
/// three letters. Case, and spaces or `_` for `-`, do not count. Of two equally close words the first by alphabet wins.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest_within(word, known, |length| if length < 3 { 0 } else { length.div_ceil(3) })
}

/// The known key closest to `key`, if it can be a slip for it. Keys are short words that differ in few letters (`date` and `name`),
/// so that fewer slips are allowed than of [`closest`]: one up to five letters, two up to eight, else three.
pub fn closest_key<'a>(key: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest_within(key, known, |length| match length {
        0..3 => 0,
        3..6 => 1,
        6..9 => 2,
        _ => 3,
    })
}

fn closest_within<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    allowed: impl FnOnce(usize) -> usize,
) -> Option<&'a str> {
    let word = folded(word);
    let allowed = allowed(word.chars().count());
    let letters = Letters::of(&word);
    known
        .into_iter()
        .filter(|candidate| letters.least_slips(candidate) <= allowed)
        .map(|candidate| (strsim::damerau_levenshtein(&word, &folded(candidate)), candidate))
        .filter(|(slips, _)| *slips <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

fn folded(word: &str) -> String {
    word.to_lowercase().replace(['_', ' '], "-")
}

/// How often each letter stands in a word. Most known words have so many other letters that nothing else has to be compared.
struct Letters {
    length: usize,
    /// By letter; `None` for a word that is not ASCII.
    counts: Option<[u32; 128]>,
}

impl Letters {
    /// The letters of a folded word.
    fn of(word: &str) -> Self {
        let mut counts = [0; 128];
        for letter in word.bytes() {
            let Some(count) = counts.get_mut(usize::from(letter)) else { return Self { length: 0, counts: None } };
            *count += 1;
        }
        Self { length: word.len(), counts: Some(counts) }
    }

    /// A number of slips that leads from the word to another at the least: each changes one letter, or the order alone.
    fn least_slips(&self, other: &str) -> usize {
        let Some(mut left) = self.counts.filter(|_| other.is_ascii()) else { return 0 };
        let mut in_both = 0;
        for letter in other.bytes() {
            let letter = if matches!(letter, b'_' | b' ') { b'-' } else { letter.to_ascii_lowercase() };
            if let Some(count) = left.get_mut(usize::from(letter)).filter(|count| **count > 0) {
                *count -= 1;
                in_both += 1;
            }
        }
        self.length.max(other.len()).saturating_sub(in_both)
    }
}

/// The help of a diagnostic about an unknown word: "did you mean" the closest known word, if one is close enough.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(word, known).map(suggestion)
}

/// The help that suggests a word.
pub fn suggestion(word: &str) -> String {
    format!("did you mean `{word}`?")
}

#[cfg(test)]
mod tests {
    use super::{Letters, closest, folded};

    #[test]
    fn a_slip_finds_the_word_and_a_stranger_finds_none() {
        let known = ["origin", "quantity", "description"];
        assert_eq!(closest("orgin", known), Some("origin"));
        assert_eq!(closest("Quantity", known), Some("quantity"));
        assert_eq!(closest("colour", known), None);
        assert_eq!(closest("D", ["A", "B"]), None);
    }

    #[test]
    fn no_word_is_nearer_than_its_letters_say() {
        let words = [
            "",
            "from",
            "form",
            "From_Country",
            "from-country",
            "item",
            "items",
            "tiems",
            "iitem",
            "größe",
            "grosse",
            "aab",
            "abab",
        ];
        for (word, other) in words.iter().flat_map(|word| words.map(|other| (word, other))) {
            let (word, slips) = (folded(word), strsim::damerau_levenshtein(&folded(word), &folded(other)));
            assert!(Letters::of(&word).least_slips(other) <= slips, "{word} and {other}");
        }
        assert_eq!(Letters::of("from").least_slips("to"), 3);
    }
}
