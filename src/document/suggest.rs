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
    let folded = |s: &str| s.to_lowercase().replace(['_', ' '], "-");
    let word = folded(word);
    let allowed = allowed(word.chars().count());
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &folded(candidate)), candidate))
        .filter(|(slips, _)| *slips <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
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
    use super::closest;

    #[test]
    fn a_slip_finds_the_word_and_a_stranger_finds_none() {
        let known = ["origin", "quantity", "description"];
        assert_eq!(closest("orgin", known), Some("origin"));
        assert_eq!(closest("Quantity", known), Some("quantity"));
        assert_eq!(closest("colour", known), None);
        assert_eq!(closest("D", ["A", "B"]), None);
    }
}
