//! What stands in a person's name beside the name: whose child the person is, and which of several bearers of it.

use compact_str::CompactString;

use crate::screening::text::{Word, Words};

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
