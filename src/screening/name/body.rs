//! Names of entities and vessels: words of business, legal forms, places, numbers, abbreviations.

use compact_str::{CompactString, format_compact};
use smallvec::SmallVec;

use super::{LIGHTEST, Role, Token, Tokens};
use crate::screening::lexicon::{LEXICON, WordClass, WordId};
use crate::screening::text::{Script, Word, Words};
use crate::screening::transliterate::latin;

/// The parts of the name of an entity or a vessel.
pub(super) fn body(words: &Words, vessel: bool) -> Tokens {
    let mut words = places_of_two_words(without_dots(&segmented(words)));
    if vessel {
        without_ship_suffix(&mut words);
        without_imo(&mut words);
    }
    let mut tokens = Tokens::new();
    let mut at = 0;
    if vessel {
        at = vessel_prefix(&words, &mut tokens);
    }
    while let Some(word) = words.get(at) {
        if !vessel && let Some((length, form)) = legal_form(&words, at) {
            let shown = words.iter().skip(at).take(length).map(|word| word.shown.as_str()).collect::<Vec<_>>().join(" ");
            // Its letters are kept, so that a slip in them is seen for what it is.
            let spelled = words.iter().skip(at).take(length).map(|word| latin(&word.folded, word.script).text).collect();
            let mut token = Token::new(spelled, shown.into(), Role::LegalForm, LIGHTEST);
            token.word = Some(LEGAL_FORMS + WordId::from(form));
            tokens.push(token);
            at += length;
            continue;
        }
        at += 1;
        let next_is_number = words.get(at).is_some_and(|next| next.folded.bytes().all(|b| b.is_ascii_digit()));
        if next_is_number && matches!(word.folded.as_str(), "no" | "nr" | "num" | "number" | "numero" | "n") {
            continue;
        }
        if let Some((letters, digits)) = number_at_end(&word.folded, vessel) {
            push_word(
                &Word { folded: letters.into(), shown: letters.into(), ..word.clone() },
                vessel,
                at == words.len(),
                &mut tokens,
            );
            push_word(
                &Word { folded: digits.into(), shown: digits.into(), ..word.clone() },
                vessel,
                at == words.len(),
                &mut tokens,
            );
        } else {
            push_word(word, vessel, at == words.len(), &mut tokens);
        }
    }
    acronyms(&words, &mut tokens);
    tokens
}

/// Places of two words made one word.
fn places_of_two_words(words: Words) -> Words {
    const PLACES: &[(&str, &str)] =
        &[("hong", "kong"), ("sri", "lanka"), ("costa", "rica"), ("burkina", "faso"), ("sierra", "leone")];
    let mut out = Words::new();
    for word in words {
        // The words of a name may have been turned round.
        let place = out.last().and_then(|last| {
            PLACES.iter().find(|(first, second)| {
                (*first, *second) == (&*last.folded, &*word.folded) || (*first, *second) == (&*word.folded, &*last.folded)
            })
        });
        match (place, out.last_mut()) {
            (Some((first, second)), Some(last)) => {
                last.folded = format_compact!("{first}{second}");
                last.shown = format_compact!("{} {}", last.shown, word.shown);
            }
            _ => out.push(word),
        }
    }
    out
}

/// Drops the syllable that in Korean follows a ship's name.
fn without_ship_suffix(words: &mut Words) {
    for word in words.iter_mut().filter(|word| word.script == Script::Hangul && word.folded.chars().count() >= 3) {
        if let Some(name) = word.folded.strip_suffix('호') {
            word.folded = name.into();
        }
    }
}

/// Drops an IMO number, and the word that in Korean follows a ship's name and stands apart in Latin letters.
fn without_imo(words: &mut Words) {
    let is_number = |word: &Word| word.folded.len() == 7 && word.folded.bytes().all(|b| b.is_ascii_digit());
    let imo = (1..words.len()).find(|at| words.get(*at).is_some_and(|word| word.folded == "imo"));
    if let Some(at) = imo.filter(|at| words.get(at + 1).is_some_and(is_number)) {
        words.remove(at);
        words.remove(at);
    }
    if words.len() >= 3 && words.last().is_some_and(|word| word.folded == "ho") {
        words.pop();
    }
}

/// Numbers of legal forms among the numbers of words.
const LEGAL_FORMS: WordId = 60_000;

/// Words with letters between full stops made one: `S.A.` is `SA`.
fn without_dots(words: &Words) -> Words {
    if !words.iter().any(|word| word.dot_after) {
        return words.clone();
    }
    let mut out = Words::new();
    let mut open = false;
    for word in words {
        let single = word.folded.chars().count() == 1 && word.folded.chars().all(char::is_alphabetic);
        match out.last_mut() {
            Some(last) if open && single => {
                last.folded.push_str(&word.folded);
                last.shown.push('.');
                last.shown.push_str(&word.shown);
            }
            _ => out.push(word.clone()),
        }
        open = single && word.dot_after;
    }
    out
}

/// A number that stands at the end of a word of three letters or more. A single digit that looks like a letter is one, but in the
/// name of a ship.
fn number_at_end(word: &str, vessel: bool) -> Option<(&str, &str)> {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = word.get(letters.len()..)?;
    let letter = !vessel && matches!(digits, "0" | "5" | "8") && letters.chars().count() >= 4;
    (!letter && letters.chars().count() >= 3 && !digits.is_empty() && !letters.bytes().any(|b| b.is_ascii_digit()))
        .then_some((letters, digits))
}

fn push_word(word: &Word, vessel: bool, last: bool, tokens: &mut Tokens) {
    let (mut token, known) = Token::from_word(word, Role::Name, 1.0);
    if token.text.is_empty() {
        if word.folded == "&" {
            tokens.push(Token::new("and".into(), "&".into(), Role::Stop, LIGHTEST));
        }
        return;
    }
    if let Ok(number) = word.folded.parse::<u32>() {
        token.text = format_compact!("{number}");
        token.number = Some(number);
        (token.role, token.weight) = (Role::Number, 0.8);
    } else if let Some(number) =
        known.and_then(|known| known.number).filter(|_| !tokens.is_empty() && (vessel || is_roman(&token.text)))
    {
        token.text = format_compact!("{number}");
        token.number = Some(number);
        (token.role, token.weight) = (Role::Number, 0.8);
    } else if !vessel
        && known.is_some_and(|known| known.title && known.word.is_none())
        && (tokens.is_empty() || last)
        && token.text.len() >= 2
    {
        (token.role, token.weight) = (Role::Title, 0.06);
    } else if vessel && !last && matches!(token.text.as_str(), "al" | "el") {
        (token.role, token.weight) = (Role::Stop, LIGHTEST);
    } else if let (false, Some((class, id))) = (vessel, known.and_then(|known| known.word)) {
        token.word = Some(id);
        (token.role, token.weight) = match class {
            WordClass::Generic => (Role::Generic, 0.3),
            WordClass::Common => (Role::Generic, 0.25),
            WordClass::Place => (Role::Place, 0.3),
            WordClass::Stop => (Role::Stop, LIGHTEST),
        };
    } else {
        token.weight = match token.text.len() {
            1 => 0.4,
            2 => 0.7,
            _ => 1.0,
        };
        // Families of personal names count in firms that bear them, but translations do not.
        token.families.retain(|(_, strong)| *strong);
        token.spelled = known.and_then(|known| known.number);
    }
    tokens.push(token);
}

fn is_roman(text: &str) -> bool {
    text.len() >= 2 && text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

/// Words of Chinese and Korean texts taken apart at the words of business that they contain.
fn segmented(words: &Words) -> Words {
    if words.iter().all(|word| !matches!(word.script, Script::Han | Script::Hangul | Script::Arabic)) {
        return words.clone();
    }
    let mut out = Words::new();
    for word in words {
        if word.script == Script::Arabic {
            let rest = word.folded.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3);
            let folded = rest.filter(|_| LEXICON.get(&word.folded).is_none()).map_or(word.folded.clone(), CompactString::from);
            out.push(Word { folded, ..word.clone() });
            continue;
        }
        if !matches!(word.script, Script::Han | Script::Hangul) {
            out.push(word.clone());
            continue;
        }
        let mut name = CompactString::default();
        let mut rest = word.folded.as_str();
        let flush = |name: &mut CompactString, out: &mut Words| {
            if !name.is_empty() {
                let text = std::mem::take(name);
                out.push(Word { shown: text.clone(), folded: text, ..word.clone() });
            }
        };
        while let Some(c) = rest.chars().next() {
            if let Some(known) = LEXICON.unspaced_word(rest) {
                flush(&mut name, &mut out);
                out.push(Word { folded: known.into(), shown: known.into(), ..word.clone() });
                rest = rest.get(known.len()..).unwrap_or_default();
            } else {
                name.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
        flush(&mut name, &mut out);
    }
    out
}

/// The legal form that starts at a word: its length in words and its kind. Short ones do not start a name in Latin letters.
fn legal_form(words: &[Word], at: usize) -> Option<(usize, u8)> {
    let first = words.get(at)?;
    // `S A`: single letters are one word.
    let single: CompactString = words
        .iter()
        .skip(at)
        .take_while(|word| word.folded.chars().count() == 1)
        .take(4)
        .map(|word| word.folded.as_str())
        .collect();
    if single.len() >= 2
        && at > 0
        && let Some(form) = LEXICON.legal_forms(&single).iter().find(|form| form.words.len() == 1)
    {
        return Some((single.chars().count(), form.form));
    }
    LEXICON
        .legal_forms(&first.folded)
        .iter()
        .find(|form| {
            let fits = form.words.iter().zip(words.iter().skip(at)).filter(|(a, b)| **a == b.folded).count() == form.words.len();
            let short = form.words.iter().map(|word| word.chars().count()).sum::<usize>() <= 2;
            fits && (at > 0
                || !short
                || first.script != Script::Latin
                || matches!(first.folded.as_str(), "pt" | "ao" | "cv" | "ud"))
                && words.len() > form.words.len()
        })
        .map(|form| (form.words.len(), form.form))
}

/// Reads the prefix of a ship's name; returns the number of its words.
fn vessel_prefix(words: &[Word], tokens: &mut Tokens) -> usize {
    let text = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    let length = match (text(0), text(1)) {
        ("m" | "s" | "f" | "t", "v" | "t" | "s" | "b" | "y") => 2,
        ("motor" | "merchant" | "fishing", "vessel" | "tanker" | "ship") => 2,
        ("lpg" | "lng", "c" | "carrier" | "tanker") => 2,
        ("т", "х") => 2,
        (
            "mv" | "mt" | "ms" | "ss" | "mts" | "fv" | "mfv" | "mtug" | "tb" | "mvv" | "sv" | "vessel" | "ship" | "tanker"
            | "tug" | "motorvessel" | "lpgc" | "lngc" | "танкер" | "судно" | "теплоход" | "тх" | "мв" | "سفينة" | "السفينة"
            | "ناقلة",
            _,
        ) => 1,
        _ => 0,
    };
    if length > 0 && length < words.len() {
        let shown = words.iter().take(length).map(|word| word.shown.as_str()).collect::<Vec<_>>().join("/");
        tokens.push(Token::new("vessel".into(), shown.into(), Role::VesselPrefix, 0.02));
        length
    } else {
        0
    }
}

/// Marks abbreviations in parentheses whose letters are the initials of the other words.
fn acronyms(words: &[Word], tokens: &mut Tokens) {
    if !words.iter().any(|word| word.bracketed) {
        return;
    }
    let initials: CompactString = tokens
        .iter()
        .filter(|token| !matches!(token.role, Role::LegalForm))
        .filter_map(|token| token.text.chars().next())
        .collect();
    let bracketed: SmallVec<[&str; 4]> = words.iter().filter(|word| word.bracketed).map(|word| word.shown.as_str()).collect();
    let only = bracketed.len() <= 2;
    for token in tokens.iter_mut().filter(|token| token.role == Role::Name && bracketed.contains(&token.shown.as_str())) {
        let abbreviates = token.text.len() >= 2 && is_subsequence(&token.text, &initials);
        if abbreviates || only && token.text.len() <= 6 && token.shown.chars().all(|c| !c.is_lowercase()) {
            (token.role, token.weight) = (Role::Acronym, 0.08);
        }
    }
    // A name that is nothing but an abbreviation in parentheses.
    if tokens.iter().all(|token| token.role == Role::Acronym) {
        tokens.iter_mut().for_each(|token| (token.role, token.weight) = (Role::Name, 1.0));
    }
}

fn is_subsequence(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    short.chars().all(|c| letters.any(|other| other == c))
}
