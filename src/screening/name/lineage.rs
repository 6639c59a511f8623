//! What stands in a person's name beside the name: whose child the person is, and which of several bearers of it.

use compact_str::CompactString;

use crate::screening::lexicon::LEXICON;
use crate::screening::text::{Script, Word, Words};

/// The words of a name, and those of the father's behind "son of". A single name keeps its father's, as with *bin*.
pub(super) fn without_father(words: &Words) -> (Words, Words) {
    let text = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    for at in 1..words.len() {
        let length = match (text(at), text(at + 1)) {
            ("s" | "d" | "w", "o") | ("son" | "daughter" | "wife" | "widow", "of") => 2,
            ("walad" | "valad" | "wald" | "veled", "e") => 2,
            ("walad" | "valad" | "veled", _) => 1,
            _ => continue,
        };
        if at + length >= words.len() {
            continue;
        }
        let (own, father) = (words.iter().take(at), words.iter().skip(at + length));
        if at > 1 {
            return (own.cloned().collect(), father.cloned().collect());
        }
        let bin = words.get(at).map(|word| Word { folded: "bin".into(), ..word.clone() });
        return (own.cloned().chain(bin).chain(father.cloned()).collect(), Words::new());
    }
    (words.clone(), Words::new())
}

/// Which of several bearers of one name a word behind it means: the elder, the younger, the third.
pub(super) fn generation(word: &str) -> Option<u32> {
    match word {
        "sr" | "senior" | "snr" => Some(1),
        "jr" | "junior" | "jnr" | "ii" | "2nd" | "fils" | "hijo" => Some(2),
        "iii" | "3rd" => Some(3),
        "iv" | "4th" => Some(4),
        _ => None,
    }
}

/// The parts of a word that begins with a kunya: `Abolfazl` is *Abu al-Fadl*.
pub(super) fn kunya(word: &str) -> Option<(&str, CompactString)> {
    ["aboul", "abul", "abol", "abou", "abu", "abo"].iter().find_map(|start| Some((word.strip_prefix(start)?, (*start).into())))
}

/// The words of a name with initials that are written together taken apart: `JR Okello` is *J. R. Okello*. They are two
/// capitals without a vowel that are no title or name.
pub(super) fn with_initials_apart(words: Words) -> Words {
    const NAMES: &[&str] = &["ng", "mc", "st", "hj", "md", "sk"];
    let are_initials = |at: usize, word: &Word| {
        let is_known = LEXICON
            .get(&word.folded)
            .is_some_and(|known| known.title || known.particle.is_some() || known.given.is_some() || !known.families.is_empty());
        word.script == Script::Latin
            && word.shown.len() == 2
            && word.shown.bytes().all(|b| b.is_ascii_uppercase() && !b"AEIOUY".contains(&b))
            && !NAMES.contains(&word.folded.as_str())
            // In front of a name `JR` is no *junior*.
            && (!is_known || at == 0 && word.folded == "jr")
    };
    if words.len() < 2 || !words.iter().enumerate().any(|(at, word)| are_initials(at, word)) {
        return words;
    }
    let mut out = Words::new();
    for (at, word) in words.iter().enumerate() {
        if are_initials(at, word) {
            let letters = word.folded.chars().zip(word.shown.chars());
            out.extend(letters.map(|(letter, shown)| Word {
                folded: CompactString::from_iter([letter]),
                shown: CompactString::from_iter([shown]),
                ..word.clone()
            }));
        } else {
            out.push(word.clone());
        }
    }
    out
}
