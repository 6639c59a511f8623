//! Texts that say that there is no such thing: `no coal` of goods, `nobody` of who denies an act.

use crate::facts::{Field, FieldRole, fold};
use crate::rulebook::{Vocabulary, is_preposition};

/// Words between what is there and what is not.
const BETWEEN: [&str; 4] = [", no ", "; no ", " but no ", " and no "];

/// Words behind goods that are not there.
const BEHIND: [&str; 12] = [
    ": none",
    "(none)",
    " - none",
    ": nil",
    "(nil)",
    " not found",
    " not included",
    "(not found)",
    " excluded",
    "(excluded)",
    ": no",
    "(no)",
];

/// What a text about goods says is there, where it says that others are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Negated<'t> {
    /// What is there; `None` if only what is not is named.
    pub(super) kept: Option<&'t str>,
}

/// Reads a text about goods; `None` if nothing in it is negated.
pub(super) fn goods<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<Negated<'t>> {
    let text = text.trim();
    let small = text.to_lowercase();
    let words: Vec<String> = text.split_whitespace().map(fold).collect();
    // `No. 2 fuel oil` has a number, `NO` of `NO gas` is a formula.
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let is_formula = text.starts_with("NO ") && text.chars().any(char::is_lowercase);
    if let Some(length) = vocabulary.phrase_words().negating.entry_at(&words, 0)
        && words.get(length).is_some_and(|next| !is_number(next) && !is_preposition(next))
        && !is_formula
    {
        return Some(Negated { kept: None });
    }
    if BEHIND.iter().any(|end| small.ends_with(end)) {
        return Some(Negated { kept: None });
    }
    let cut = BETWEEN.iter().filter_map(|mark| {
        let at = small.find(mark)?;
        let behind = small.get(at + mark.len()..)?;
        (!behind.starts_with(|c: char| c.is_ascii_digit() || c == '.')).then_some(at)
    });
    let cut = cut.min()?;
    // The small letters of some scripts have other lengths.
    let kept = text.get(..cut).filter(|_| small.len() == text.len())?.trim();
    // What stands behind the goods that are not there may be there: `rice, no coal, 200 rifles`.
    let names_more = small
        .get(cut + 1..)
        .is_some_and(|rest| rest.contains([',', ';']) || rest.trim_start().trim_start_matches("and ").contains(" and "));
    Some(Negated { kept: Some(kept).filter(|kept| !kept.is_empty() && !names_more) })
}

/// True for a text about goods that says of some that they are not there.
pub(super) fn has_negation(field: &Field, text: &str, vocabulary: &Vocabulary) -> bool {
    is_of_goods(field) && goods(text, vocabulary).is_some()
}

/// True for the field of a text about goods, or about the subject of an arrangement.
pub(super) fn is_of_goods(field: &Field) -> bool {
    field.key == "description" && field.roles.contains(&FieldRole::PlainText)
}

/// True for a text in place of who denies an act that names nobody: `yes`, `no`, `not denied`.
pub(super) fn names_no_denier(field: &Field, text: &str) -> bool {
    const NOBODY: [&str; 24] = [
        "yes",
        "no",
        "true",
        "false",
        "y",
        "n",
        "nobody",
        "no one",
        "noone",
        "not denied",
        "undenied",
        "denied",
        "denial",
        "not",
        "never",
        "nil",
        "it is denied",
        "nothing",
        "neither",
        "someone",
        "somebody",
        "нет",
        "да",
        "никто",
    ];
    field.key == "denied_by" && (NOBODY.contains(&fold(text).as_str()) || fold(text).starts_with("not "))
}

#[cfg(test)]
mod tests {
    use super::goods;
    use crate::rulebook::Rulebook;

    #[test]
    fn negated_goods_are_told_from_names_that_begin_alike() {
        let rulebook = Rulebook::built_in().unwrap();
        for (text, kept) in [
            ("no coal", ""),
            ("not coal", ""),
            ("anything but coal", ""),
            ("without weapons", ""),
            ("coal (none)", ""),
            ("coal not found", ""),
            ("rice, no coal", "rice"),
            ("rice but no weapons", "rice"),
            ("rice, no coal, 200 rifles", ""),
            ("rice and no coal and rifles", ""),
            ("No weapons", ""),
        ] {
            assert_eq!(goods(text, &rulebook.vocabulary).map(|read| read.kept.unwrap_or_default()), Some(kept), "{text}");
        }
        for text in [
            "No. 2 fuel oil",
            "no 6 fuel oil",
            "NO gas",
            "no-name cigarettes",
            "non-ferrous metals",
            "Nobel prize medals",
            "chairs without arms",
            "not of North Korean origin",
            "coal, not agglomerated",
            "notebooks",
            "node routers",
            "coal, No. 5 grade",
        ] {
            assert_eq!(goods(text, &rulebook.vocabulary), None, "{text}");
        }
    }
}
