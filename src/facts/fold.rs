//! Folding: texts without the differences of case, width and accent that writers do not mean.

use unicode_normalization::UnicodeNormalization;

/// Folds a name to the form in which names are looked up: lower case, no accents or punctuation, one space between words.
///
/// ```
/// use interdict::facts::fold;
///
/// assert_eq!(fold("Côte d’Ivoire"), "cote d ivoire");
/// assert_eq!(fold("ＤＰＲＫ"), "dprk");
/// ```
pub fn fold(text: &str) -> String {
    fold_simple(text).unwrap_or_else(|| split(&fold_any(text)).collect::<Vec<_>>().join(" "))
}

/// Folds a name in one pass; `None` if one of its characters does not [fold by itself](fold_char).
fn fold_simple(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    // The class of the word being read.
    let (mut open, mut has_point) = (CharClass::Gap, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        let letters = letters_at_start(rest);
        let (mut class, one) = if letters.is_empty() { fold_char(c)? } else { (CharClass::Letter, c) };
        if c == '.' && open == CharClass::Digit && !has_point && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit) {
            (class, has_point) = (CharClass::Digit, true);
        }
        if class != open || class == CharClass::Alone {
            if class != CharClass::Gap && !folded.is_empty() {
                folded.push(' ');
            }
            (open, has_point) = (class, false);
        }
        if class != CharClass::Gap {
            if letters.is_empty() { folded.push(one) } else { push_lowercase(&mut folded, letters) }
        }
        rest = rest.get(letters.len().max(c.len_utf8())..)?;
    }
    Some(folded)
}

/// The ASCII letters with which a text begins: most texts are runs of them, which fold all at once.
pub(super) fn letters_at_start(text: &str) -> &str {
    let length = text.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len());
    text.get(..length).unwrap_or_default()
}

/// Appends ASCII letters in lower case.
pub(super) fn push_lowercase(folded: &mut String, letters: &str) {
    let start = folded.len();
    folded.push_str(letters);
    folded.get_mut(start..).into_iter().for_each(str::make_ascii_lowercase);
}

/// Folds any text: characters without a form of their own stripped, lower case, compatibility forms resolved, accents dropped. Cyrillic `й` keeps its breve, since it is a letter of
/// its own; `ё` becomes `е`, since it is often written so.
pub(super) fn fold_any(text: &str) -> String {
    let mut before = ' ';
    let stripped = text.chars().filter(|c| !is_ignorable(*c)).nfkd().flat_map(char::to_lowercase).filter(move |&c| {
        let accent = ('\u{300}'..='\u{36f}').contains(&c);
        let part_of_short_i = c == '\u{306}' && before == 'и';
        before = c;
        !accent || part_of_short_i
    });
    let mut folded = String::with_capacity(text.len());
    for c in stripped.nfc() {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            c => folded.push(c),
        }
    }
    folded
}

/// True for characters that are not shown and change nothing: soft hyphens, zero-width spaces and joiners, byte-order marks, marks
/// of direction, selectors of variants, fillers (Unicode's `Default_Ignorable_Code_Point`).
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Folds a character that becomes one character whatever its neighbours, and returns that and its class: ASCII, the letters of
/// Western Europe and Russia, Han, Hangul syllables. `None` for all others.
///
/// It equals [`fold_any`] because normalisation leaves such a character whole, or composes it again at once, or leaves of it a
/// letter without its accent; the tests compare all characters.
#[inline(always)]
pub(super) fn fold_char(c: char) -> Option<(CharClass, char)> {
    Some(match c {
        'a'..='z' | 'а'..='я' | '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' => (CharClass::Letter, c),
        'A'..='Z' => (CharClass::Letter, c.to_ascii_lowercase()),
        '0'..='9' => (CharClass::Digit, c),
        '\0'..='\u{7f}' => (CharClass::Gap, c),
        'А'..='Я' => (CharClass::Letter, char::from_u32(u32::from(c) + 0x20)?),
        'Ё' | 'ё' => (CharClass::Letter, 'е'),
        'À'..='ÿ' => (CharClass::Letter, western(c)?),
        '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => (CharClass::Alone, c),
        _ => return None,
    })
}

/// A letter of Western Europe without its accent.
fn western(c: char) -> Option<char> {
    Some(match c {
        'À'..='Å' | 'à'..='å' => 'a',
        'Ç' | 'ç' => 'c',
        'È'..='Ë' | 'è'..='ë' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' => 'i',
        'Ñ' | 'ñ' => 'n',
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' => 'u',
        'Ý' | 'ý' | 'ÿ' => 'y',
        _ => return None,
    })
}

/// True for characters of scripts that are written without spaces (Han, kana) or whose words carry particles (Hangul).
fn is_word_of_its_own(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// The class of a character, by which texts are split into words.
#[derive(PartialEq, Clone, Copy)]
pub(super) enum CharClass {
    /// Forms a word with the letters next to it.
    Letter,
    /// Forms a number with the digits next to it.
    Digit,
    /// A word of its own.
    Alone,
    /// Not part of a word.
    Gap,
}

/// The class of a folded character.
#[inline(always)]
fn class(c: char) -> CharClass {
    match c {
        'a'..='z' | 'а'..='я' => CharClass::Letter,
        '0'..='9' => CharClass::Digit,
        c if c.is_ascii() && !c.is_ascii_uppercase() => CharClass::Gap,
        c if is_word_of_its_own(c) => CharClass::Alone,
        c if c.is_numeric() => CharClass::Digit,
        c if c.is_alphanumeric() || matches!(c, '\u{64b}'..='\u{652}') => CharClass::Letter,
        _ => CharClass::Gap,
    }
}

/// Splits a folded text into words, not stemmed.
pub(super) fn split(folded: &str) -> impl Iterator<Item = &str> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c| class(c) == CharClass::Gap);
        let first = class(rest.chars().next()?);
        let end = match first {
            CharClass::Alone => rest.chars().next().map_or(0, char::len_utf8),
            CharClass::Digit => number_end(rest),
            _ => rest.find(|c| class(c) != first).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(word)
    })
}

/// The end of the digits at the start of a text, one decimal point between digits included (`7.62`).
fn number_end(text: &str) -> usize {
    let digits = |t: &str| t.find(|c: char| !c.is_numeric()).unwrap_or(t.len());
    let whole = digits(text);
    let fraction = text.get(whole..).and_then(|r| r.strip_prefix('.')).map_or(0, digits);
    if fraction > 0 { whole + 1 + fraction } else { whole }
}

#[cfg(test)]
mod tests {
    use super::{class, fold, fold_any, fold_char, fold_simple, split};

    /// Folds a text character by character; `None` if one does not fold by itself.
    fn fold_chars(text: &str) -> Option<String> {
        text.chars().map(|c| fold_char(c).map(|(_, folded)| folded)).collect()
    }

    #[test]
    fn names_fold_without_case_accents_width_and_punctuation() {
        assert_eq!(fold("Côte d’Ivoire"), "cote d ivoire");
        assert_eq!(fold("  Lao  P.D.R. "), "lao p d r");
        assert_eq!(fold("ＤＰＲＫ"), "dprk");
        assert_eq!(fold("Владивосто́к"), "владивосток");
    }

    #[test]
    fn folding_in_one_pass_equals_folding_first() {
        let in_two_steps = |text: &str| split(&fold_any(text)).collect::<Vec<_>>().join(" ");
        // Every text of five of these characters.
        let letters = ['a', 'S', 'é', 'Я', 'й', 'ك', '炮', '7', '.', ' '];
        for number in 0..letters.len().pow(5) {
            let text: String = (0..5).map(|i| letters[number / letters.len().pow(i) % letters.len()]).collect();
            assert_eq!(fold_simple(&text), Some(in_two_steps(&text)), "{text:?}");
        }
    }

    #[test]
    fn folding_characters_one_by_one_equals_folding_by_normalisation() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            if let Some((its_class, folded)) = fold_char(c) {
                assert!(its_class == class(folded) && folded.to_string() == fold_any(&text), "{text:?}");
                // With a letter before it, which a combining accent would change: no such accent folds by itself.
                assert_eq!(format!("и{folded}"), fold_any(&format!("и{c}")));
            }
        }
        let all: String = ('\0'..=char::MAX).filter(|c| fold_char(*c).is_some()).collect();
        assert_eq!(fold_chars(&all).unwrap(), fold_any(&all));
        for other in ["Й\u{306}", "e\u{301}", "ﬁ", "ＡＢ", "\u{1100}", "½", "ß", "æ"] {
            assert!(fold_chars(other).is_none(), "{other}");
        }
    }
}
