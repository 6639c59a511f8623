//! What the text of a paper leaves out: leave for everything except vehicles is none for vehicles.

use std::cmp::Reverse;

/// A text without what it leaves out, and that: `medicines; not the ambulances`. What is left out goes on to the next semicolon, full
/// stop or bracket.
pub(super) fn without_exclusions(text: &str) -> (String, String) {
    let (mut granted, mut left_out) = (String::new(), String::new());
    for sentence in sentences(text) {
        let (before, behind) = split_at_exclusion(sentence);
        granted.push_str(before);
        granted.push(';');
        left_out.push_str(behind);
        left_out.push(';');
    }
    (granted, left_out)
}

/// The parts of a text between semicolons, brackets and full stops. A full stop has a capital behind it: `excl. pumps` goes on.
fn sentences(text: &str) -> Vec<&str> {
    let is_end = |(at, c): &(usize, char)| match c {
        ';' | '(' | ')' => true,
        '.' => text.get(at + 1..).is_some_and(|behind| behind.trim_start().starts_with(char::is_uppercase)),
        _ => false,
    };
    let ends = text.char_indices().filter(is_end).map(|(at, _)| at).chain([text.len()]);
    let mut start = 0;
    ends.filter_map(|end| text.get(std::mem::replace(&mut start, end + 1)..end)).collect()
}

/// What a sentence grants, and what it leaves out.
fn split_at_exclusion(sentence: &str) -> (&str, &str) {
    /// Words behind which goods are left out.
    const BUT: [&str; 20] = [
        "with the exception of",
        "за исключением",
        "à l'exception de",
        "other than",
        "apart from",
        "aside from",
        "save for",
        "but not",
        "and not",
        "excluding",
        "excepting",
        "except",
        "excl",
        "minus",
        "without",
        "кроме",
        "excepto",
        "sauf",
        "not",
        "no",
    ];
    /// Words that leave out what stands behind them where all is granted: `everything but pumps`.
    const BUT_OF_ALL: [&str; 3] = ["but", "bar", "save"];
    const ALL: [&str; 6] = ["everything", "anything", "all", "any", "every", "whatever"];
    /// Words that leave out what stands before them: `tractors, pumps excepted`.
    const LEFT_OUT: [&str; 8] =
        ["excepted", "excluded", "exempted", "not covered", "not included", "not permitted", "not allowed", "barred"];
    let lower = sentence.to_lowercase();
    // Where lower case changes lengths, places in the one text are none in the other: then nothing is split.
    if lower.len() != sentence.len() {
        return (sentence, "");
    }
    if let Some(at) = LEFT_OUT.iter().filter_map(|words| place_of_word(sentence, &lower, words)).min() {
        let start = lower.get(..at).and_then(|before| before.rfind(',')).map_or(0, |comma| comma + 1);
        return (sentence.get(..start).unwrap_or_default(), sentence.get(start..at).unwrap_or_default());
    }
    let of_all = |words: &&&str| {
        let at = place_of_word(sentence, &lower, words);
        let before = at.and_then(|at| lower.get(..at)).unwrap_or_default();
        before.split(|c: char| !c.is_alphanumeric()).any(|word| ALL.contains(&word))
    };
    let words = BUT.iter().chain(BUT_OF_ALL.iter().filter(of_all));
    let found = words.filter_map(|words| Some((place_of_word(sentence, &lower, words)?, words.len())));
    let Some((at, length)) = found.min_by_key(|(at, length)| (*at, Reverse(*length))) else { return (sentence, "") };
    match (sentence.get(..at), sentence.get(at + length..)) {
        (Some(before), Some(behind)) if !is_a_bound(behind) => (before, behind),
        _ => (sentence, ""),
    }
}

/// The place of some words in a text, as whole words; `lower` is the text in lower case. A word with a capital inside a text is part of
/// a name: `Doctors Without Borders`.
fn place_of_word(text: &str, lower: &str, words: &str) -> Option<usize> {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let is_whole = |at: &usize| {
        let before = lower.get(..*at).unwrap_or_default();
        let behind = lower.get(at + words.len()..).and_then(|text| text.chars().next());
        let is_in_name = text.get(*at..).is_some_and(|text| text.starts_with(char::is_uppercase)) && !before.trim().is_empty();
        is_edge(before.chars().next_back()) && is_edge(behind) && !is_in_name
    };
    lower.match_indices(words).map(|(at, _)| at).find(is_whole)
}

/// True if what stands behind *not* or *no* leaves no goods out: `not more than 20 tractors`, `not for resale`, `no objection to`.
fn is_a_bound(behind: &str) -> bool {
    const BOUNDS: [&str; 22] = [
        "more",
        "fewer",
        "less",
        "exceeding",
        "to",
        "for",
        "over",
        "above",
        "later",
        "earlier",
        "before",
        "after",
        "only",
        "limited",
        "object",
        "objection",
        "objections",
        "opposed",
        "prejudice",
        "conditions",
        "limit",
        "delay",
    ];
    let words = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.starts_with(|c: char| c.is_ascii_digit()) || BOUNDS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::without_exclusions;

    #[test]
    fn what_is_left_out_is_told_apart() {
        for (text, left_out) in [
            ("everything except pumps", "pumps"),
            ("everything but pumps", "pumps"),
            ("hospital beds; not the pumps", "the pumps"),
            ("tractors (no pumps)", "pumps"),
            ("tractors, pumps excepted", "pumps"),
            ("tractors; pumps are not covered", "pumps are"),
            ("machines excl. pumps", "pumps"),
            ("машины кроме насосов", "насосов"),
            ("Tractors without pumps. Medicines.", "pumps"),
            ("not more than 20 pumps", ""),
            ("no objection to pumps", ""),
            ("permit no 12 for pumps", ""),
            ("pumps, not for resale", ""),
            ("pumps of Doctors Without Borders", ""),
            ("steel bar", ""),
            ("İstanbul except pumps", ""),
        ] {
            let (_, found) = without_exclusions(text);
            assert_eq!(found.trim_matches([' ', ';', '.']), left_out, "{text}");
        }
    }
}
