//! Words that people and programs write where a value is missing.

/// Placeholders. `na` is not among them, since it is a name where it is not in capitals.
const WORDS: [&str; 36] = [
    "-",
    ".",
    "?",
    "--",
    "??",
    "---",
    "n.a",
    "n/a",
    "nan",
    "nil",
    "tba",
    "tbc",
    "tbd",
    "unk",
    "xxx",
    "n.a.",
    "none",
    "null",
    "不详",
    "미상",
    "inconnu",
    "unknown",
    "not given",
    "not known",
    "unbekannt",
    "undefined",
    "not stated",
    "undisclosed",
    "unspecified",
    "not reported",
    "not available",
    "not disclosed",
    "not specified",
    "not applicable",
    "нет данных",
    "неизвестно",
];

/// True for a text that stands for a missing one: `N/A`, `Unknown`, `not available`, `-`.
///
/// ```
/// use interdict::facts::is_placeholder;
///
/// assert!(is_placeholder("N/A") && is_placeholder("Unknown"));
/// assert!(!is_placeholder("Unknown Soldier"));
/// ```
pub fn is_placeholder(text: &str) -> bool {
    const MOST_BYTES: usize = 20;
    let text = text.trim();
    text.len() <= MOST_BYTES
        && (text == "NA" || WORDS.iter().any(|word| word.len() == text.len() && word.eq_ignore_ascii_case(text)))
}
