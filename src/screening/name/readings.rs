//! Other ways to read the words of a name: another orthography, a second name beside the first.

use compact_str::CompactString;

use crate::lists::EntryKind;
use crate::screening::chinese;
use crate::screening::korean;
use crate::screening::lexicon::LEXICON;
use crate::screening::text::{Script, Word, Words};

use super::body::body;
use super::lineage::kunya;
use super::{Half, Role, Token, Tokens};

/// Words behind which another name stands.
const OTHER_NAME: &[&str] = &["ex", "fka", "aka", "nka", "formerly", "former", "previously", "alias", "nee"];

/// The names that stand in one text: `NEW STAR (ex OLD STAR)`, `Abu Omar alias Khalid`. The first is the one meant now.
pub(super) fn names(words: Words) -> (Words, Option<Words>) {
    let is_mark = |at: usize| words.get(at).is_some_and(|word| OTHER_NAME.contains(&word.folded.as_str()));
    let letters = |at: usize, text: &str| {
        text.chars()
            .enumerate()
            .all(|(step, letter)| words.get(at + step).is_some_and(|word| word.folded.chars().eq(std::iter::once(letter))))
    };
    let text = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    let is_known_as =
        |at: usize| matches!((text(at), text(at + 1), text(at + 2)), ("also" | "formerly" | "better" | "now", "known", "as"));
    let is_year = |at: usize| text(at).len() == 4 && text(at).bytes().all(|b| b.is_ascii_digit());
    for at in 1..words.len() {
        // What follows is no name.
        if matches!(text(at), "dob" | "born") && is_year(at + 1) {
            return (words.iter().take(at).cloned().collect(), None);
        }
        let length = match at {
            _ if is_mark(at) => 1,
            _ if letters(at, "aka") || letters(at, "fka") || is_known_as(at) => 3,
            _ => continue,
        };
        let (before, rest) = (words.iter().take(at), words.iter().skip(at + length));
        let bracketed = words.get(at).is_some_and(|word| word.bracketed);
        if bracketed {
            // What follows the brackets belongs to the first name.
            let inside = rest.clone().take_while(|word| word.bracketed).cloned().collect::<Words>();
            let first = before.chain(rest.filter(|word| !word.bracketed)).cloned().collect::<Words>();
            return (first, (!inside.is_empty()).then_some(inside));
        }
        let second = rest.cloned().collect::<Words>();
        if !second.is_empty() {
            return (before.cloned().collect(), Some(second));
        }
    }
    (words, None)
}

/// Other readings of the words of one name.
pub(super) fn others(words: &Words, kind: EntryKind) -> Vec<Words> {
    if kind == EntryKind::Person {
        let mut readings = chinese::from_wade_giles(words);
        readings.extend(from_somali(words));
        readings.extend(sons(words));
        readings.extend(kunyas(words));
        readings.extend(with_old_j(words));
        readings.extend(glued_articles(words));
        readings
    } else {
        north_korean(words).into_iter().collect()
    }
}

/// The words of a name in Somali orthography as they are written elsewhere: `Cabdi Xasan` is *Abdi Hasan*.
fn from_somali(words: &Words) -> Option<Words> {
    if !words.iter().all(|word| word.script == Script::Latin) {
        return None;
    }
    // One word that is Somali beyond doubt, or two that may be.
    let sure = |word: &Word| {
        ["axm", "maxa", "xasan", "xusee", "cabd", "cumar", "cism", "ciis", "faarax", "warsam", "xirs"]
            .iter()
            .any(|start| word.folded.starts_with(start))
    };
    let signs = words.iter().filter(|word| from_somali_word(&word.folded) != word.folded).count();
    if signs == 0 || signs < 2 && !words.iter().any(sure) {
        return None;
    }
    let written = |word: &Word| Word { folded: from_somali_word(&word.folded), ..word.clone() };
    Some(words.iter().map(written).collect())
}

/// `x` is h, `c` a sound that others leave out, a long vowel is written twice.
fn from_somali_word(word: &str) -> CompactString {
    let mut out = CompactString::default();
    let letters: Vec<char> = word.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1);
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let is_vowel = |c: Option<&char>| c.is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u'));
        match letter {
            'x' => out.push('h'),
            'c' if next != Some(&'h') && (is_vowel(next) || next.is_none() || is_vowel(before)) => {}
            vowel if is_vowel(Some(vowel)) && out.ends_with(*vowel) => {}
            other => out.push(*other),
        }
    }
    out
}

/// The words of a name with the "son of" that is written together with a father's well-known name taken apart: `Benali`,
/// `Belmokhtar`.
fn sons(words: &Words) -> Option<Words> {
    let mut out = Words::new();
    for word in words {
        let father = ["bel", "bin", "ben"].iter().find_map(|son| {
            let rest = word.folded.strip_prefix(son).filter(|rest| rest.len() >= 3)?;
            LEXICON.get(rest).filter(|known| known.families.iter().any(|(_, strong)| *strong)).map(|_| rest)
        });
        match father
            .filter(|_| word.script == Script::Latin && LEXICON.get(&word.folded).is_none_or(|known| known.families.is_empty()))
        {
            Some(father) => {
                out.push(Word { folded: "bin".into(), ..word.clone() });
                out.push(Word { folded: father.into(), ..word.clone() });
            }
            None => out.push(word.clone()),
        }
    }
    (out.len() > words.len()).then_some(out)
}

/// The words of a name with a kunya that is written together taken apart: `Abolfazl`, `Abulqasim`.
fn kunyas(words: &Words) -> Option<Words> {
    let is_name = |text: &str| LEXICON.get(text).is_some_and(|known| !known.families.is_empty());
    let mut out = Words::new();
    for word in words {
        match kunya(&word.folded).filter(|(name, _)| name.len() >= 3 && is_name(name) && !is_name(&word.folded)) {
            Some((name, abu)) if word.script == Script::Latin => {
                out.push(Word { folded: "abu".into(), ..word.clone() });
                if abu.ends_with('l') {
                    out.push(Word { folded: "al".into(), ..word.clone() });
                }
                out.push(Word { folded: name.into(), ..word.clone() });
            }
            _ => out.push(word.clone()),
        }
    }
    (out.len() > words.len()).then_some(out)
}

/// The words of each of two bodies that a name joins with "and": both have a name of their own and a word of business or a legal
/// form, so that *Import and Export* joins none. Where one of them has no such word they may be two, or one of both names.
pub(super) fn joined_bodies(words: &Words) -> Vec<(Words, Half)> {
    let half = |words: &[Word]| words.iter().cloned().collect::<Words>();
    let mut halves = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !matches!(word.folded.as_str(), "and" | "&" | "und" | "et" | "и" | "و") {
            continue;
        }
        let Some((first, [_, second @ ..])) = words.split_at_checked(at) else { continue };
        let (first, second) = (half(first), half(second));
        let (a, b): (Tokens, Tokens) = (body(&first, false), body(&second, false));
        if !has_own_name(&a) || !has_own_name(&b) {
            continue;
        }
        let (says_a, says_b) = (says_what_it_is(&a), says_what_it_is(&b));
        if says_a && says_b && first.len() > 1 && second.len() > 1 {
            halves.extend([(first, Half::Plain), (second, Half::Plain)]);
            continue;
        }
        // *A and B Trading Company*: what stands behind both names may belong to each.
        let shared = b.iter().rev().take_while(|token| is_of_business(token)).count();
        if !says_a && says_b && shared > 0 && b.len() == second.len() {
            let tail = second.iter().skip(second.len() - shared).cloned();
            halves.push((first.iter().cloned().chain(tail).collect(), Half::Possible));
        }
        for (words, says) in [(first, says_a), (second, says_b)] {
            if words.len() > 1 || says {
                halves.push((words, Half::Possible));
            }
        }
    }
    halves
}

fn is_of_business(token: &Token) -> bool {
    matches!(token.role, Role::Generic | Role::LegalForm)
}

/// True if a word of business or a legal form says what a body is.
fn says_what_it_is(tokens: &Tokens) -> bool {
    tokens.iter().any(is_of_business)
}

/// True if a body has a word that is its own.
fn has_own_name(tokens: &Tokens) -> bool {
    tokens.iter().any(|token| token.role == Role::Name && token.text.len() > 2)
}

/// The words of a name in which `j` is the sound of *yes*: in Slavic names after the scholarly manner (`Hudjakov`), in Indonesian
/// ones in the spelling of old (`Djojo`, `Soetjipto`).
fn with_old_j(words: &Words) -> Option<Words> {
    const SLAVIC: &[&str] = &["ov", "ev", "in", "enko", "ich", "ic", "sky", "ski", "skij", "ova", "eva", "ina", "skaja"];
    let is_slavic = |word: &Word| word.folded.contains('j') && SLAVIC.iter().any(|ending| word.folded.ends_with(ending));
    let is_old = |word: &Word| ["dj", "tj", "oe"].iter().any(|pair| word.folded.contains(pair));
    if !words.iter().all(|word| word.script == Script::Latin) {
        return None;
    }
    let written: Words = if words.iter().any(is_slavic) {
        words.iter().map(|word| Word { folded: word.folded.replace('j', "y").into(), ..word.clone() }).collect()
    } else if words.iter().any(is_old) {
        // A bare `j` is one of old only beside a pair of letters that is.
        let modern = |text: &str| text.replace("dj", "J").replace("tj", "C").replace('j', "y").replace("oe", "u").to_lowercase();
        words.iter().map(|word| Word { folded: modern(&word.folded).into(), ..word.clone() }).collect()
    } else {
        return None;
    };
    words.iter().zip(&written).any(|(a, b)| a.folded != b.folded).then_some(written)
}

/// The words of a name with the article taken off that ends the word before: `Obaidur Rahman` is *Ubayd al-Rahman*.
fn glued_articles(words: &Words) -> Option<Words> {
    let mut out = Words::new();
    for (at, word) in words.iter().enumerate() {
        let name = ["ur", "ul", "ud", "us", "un", "uz"].iter().find_map(|article| {
            let name = word.folded.strip_suffix(article).filter(|name| name.len() >= 3)?;
            let known = |text: &str| LEXICON.get(text).is_some_and(|known| known.families.iter().any(|(_, strong)| *strong));
            (known(name) && !known(&word.folded)).then_some(name)
        });
        match name.filter(|_| word.script == Script::Latin && at + 1 < words.len()) {
            Some(name) => {
                out.push(Word { folded: name.into(), ..word.clone() });
                out.push(Word { folded: "ul".into(), ..word.clone() });
            }
            None => out.push(word.clone()),
        }
    }
    (out.len() > words.len()).then_some(out)
}

/// Korean words in the letters that the North writes.
///
/// Words of business are looked for in what is left of each, so only the names among them are rewritten.
fn north_korean(words: &Words) -> Option<Words> {
    if !words.iter().any(|word| word.script == Script::Hangul) {
        return None;
    }
    let written = |word: &Word| match word.script {
        Script::Hangul if LEXICON.get(&word.folded).is_none_or(|known| known.word.is_none()) => Word {
            folded: word.folded.strip_suffix('호').unwrap_or(&word.folded).chars().map(korean::romanised_in_the_north).collect(),
            script: Script::Latin,
            ..word.clone()
        },
        _ => word.clone(),
    };
    Some(words.iter().map(written).collect())
}
