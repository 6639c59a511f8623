//! Words of two scripts: a Cyrillic or Greek letter inside a Latin word that looks like a Latin one, and the reverse.
//!
//! A word is folded to the script of which it has letters that the other script does not share; where all could be of either,
//! to the one with more letters, Latin if they are as many. A word that is not of one script even then is left as it is.

use super::fold::fold_any;

/// Folded Cyrillic letters and the Latin letters that they look like, in upper or lower case.
const CYRILLIC: [(char, char); 15] = [
    ('а', 'a'),
    ('в', 'b'),
    ('е', 'e'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
];

/// Folded Greek letters and the Latin letters that they look like. `μ` and `ω` are left out, since units have them.
const GREEK: [(char, char); 13] = [
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('ζ', 'z'),
    ('η', 'h'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('χ', 'x'),
];

#[derive(Clone, Copy, PartialEq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
}

impl Script {
    fn of(c: char) -> Option<Self> {
        match c {
            'a'..='z' | 'A'..='Z' => Some(Self::Latin),
            '\u{400}'..='\u{52f}' => Some(Self::Cyrillic),
            '\u{370}'..='\u{3ff}' => Some(Self::Greek),
            _ => None,
        }
    }
}

fn latin(c: char) -> Option<char> {
    CYRILLIC.iter().chain(&GREEK).find(|(other, _)| *other == c).map(|(_, latin)| *latin)
}

fn cyrillic(c: char) -> Option<char> {
    CYRILLIC.iter().find(|(_, latin)| *latin == c).map(|(other, _)| *other)
}

/// The script to which a folded word of two scripts is folded; `None` if it has one script, or must be left as it is.
fn script_of_mixed(word: &str) -> Option<Script> {
    let count = |script| word.chars().filter(|c| Script::of(*c) == Some(script)).count();
    let (latins, cyrillics, greeks) = (count(Script::Latin), count(Script::Cyrillic), count(Script::Greek));
    if latins == 0 || cyrillics + greeks == 0 {
        return None;
    }
    let letters = || word.chars().filter(|c| Script::of(*c).is_some());
    let all_latin = letters().all(|c| Script::of(c) == Some(Script::Latin) || latin(c).is_some());
    let all_cyrillic = greeks == 0 && letters().all(|c| Script::of(c) == Some(Script::Cyrillic) || cyrillic(c).is_some());
    match (all_latin, all_cyrillic) {
        (true, true) if cyrillics > latins => Some(Script::Cyrillic),
        (true, _) => Some(Script::Latin),
        (false, true) => Some(Script::Cyrillic),
        (false, false) => None,
    }
}

/// A folded word with its look-alike letters folded to its script; `None` if there are none.
pub(super) fn unify_scripts(word: &str) -> Option<String> {
    let fold: fn(char) -> Option<char> = match script_of_mixed(word)? {
        Script::Latin => latin,
        _ => cyrillic,
    };
    Some(word.chars().map(|c| fold(c).unwrap_or(c)).collect())
}

/// The first word of a text that has a letter of another script which looks like one of its own, and that letter.
///
/// ```
/// use interdict::facts::first_look_alike;
///
/// assert_eq!(first_look_alike("steam c\u{43e}al"), Some(("c\u{43e}al", '\u{43e}')));
/// assert_eq!(first_look_alike("steam coal, уголь"), None);
/// ```
pub fn first_look_alike(text: &str) -> Option<(&str, char)> {
    // Nearly all texts have no Greek or Cyrillic letter, which begin with these bytes, or no Latin letter beside one.
    let is_foreign = |byte: &u8| matches!(byte, 0xcd..=0xd4 | 0xe1);
    let is_beside = |pair: &[u8]| match pair {
        [a, b] => (a.is_ascii_alphabetic() && !b.is_ascii()) || (!a.is_ascii() && b.is_ascii_alphabetic()),
        _ => false,
    };
    if text.is_ascii() || !text.as_bytes().iter().any(is_foreign) || !text.as_bytes().windows(2).any(is_beside) {
        return None;
    }
    let words = text.split(|c: char| !c.is_alphabetic());
    let mixed = |word: &&str| !word.is_ascii() && word.bytes().any(|b| b.is_ascii_alphabetic());
    words.filter(mixed).find_map(|word| {
        let script = script_of_mixed(&fold_any(word))?;
        let foreign = |c: &char| Script::of(*c).is_some_and(|s| s != script);
        Some((word, word.chars().find(foreign)?))
    })
}

#[cfg(test)]
mod tests {
    use super::{first_look_alike, unify_scripts};

    #[test]
    fn a_look_alike_is_folded_to_the_script_of_its_word() {
        for (word, folded) in [("cоal", "coal"), ("уголь", "уголь"), ("рaкета", "ракета"), ("сoаl", "coal"), ("ρump", "pump")]
        {
            assert_eq!(unify_scripts(word).unwrap_or_else(|| word.to_owned()), folded);
        }
    }

    #[test]
    fn a_word_of_two_scripts_without_look_alikes_is_left() {
        for word in ["usbшнур", "μm", "kω", "coal", "жd"] {
            assert_eq!(unify_scripts(word), None, "{word}");
        }
    }

    #[test]
    fn the_letter_of_another_script_is_named() {
        assert_eq!(first_look_alike("Cоal, 5 t"), Some(("Cоal", 'о')));
        assert_eq!(first_look_alike("артиллерийский cнаряд"), Some(("cнаряд", 'c')));
        assert_eq!(first_look_alike("USB-кабель é 石炭"), None);
    }
}
