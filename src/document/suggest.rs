//! "did you mean"

/// The known word closest to `word`, if one is close enough to be what was meant.
///
/// One slip is allowed for every three letters; case, and `_` for `-`, cost nothing.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |s: &str| s.to_lowercase().replace(['_', ' '], "-");
    let word = plain(word);
    let length = word.chars().count();
    let allowed = if length < 3 { 0 } else { length.div_ceil(3) };
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &plain(candidate)), candidate))
        .filter(|(slips, _)| *slips <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_is_forgiven_and_a_stranger_is_not() {
        let known = ["origin", "quantity", "description"];
        assert_eq!(closest("orgin", known), Some("origin"));
        assert_eq!(closest("Quantity", known), Some("quantity"));
        assert_eq!(closest("colour", known), None);
        assert_eq!(closest("D", ["A", "B"]), None);
    }
}
