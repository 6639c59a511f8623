//! Words of other scripts in Latin letters: tables for Cyrillic, Arabic and Hangul, `any_ascii` for the rest.

use compact_str::CompactString;

use super::text::Script;

/// A word in lower-case Latin letters.
pub(super) struct Latin {
    /// The letters.
    pub text: CompactString,
    /// True if the script leaves vowels out, so that they may stand anywhere.
    pub vowelless: bool,
}

/// Writes a folded word of a script in Latin letters.
pub(super) fn latin(word: &str, script: Script) -> Latin {
    let text = match script {
        Script::Latin => CompactString::from(word),
        Script::Cyrillic => letters(word, cyrillic, false),
        Script::Arabic => arabic_word(word),
        Script::Hebrew => letters(word, hebrew, true),
        Script::Greek => greek(word),
        Script::Hangul => word.chars().map(super::korean::romanised).collect(),
        Script::Han | Script::Other => {
            any_ascii::any_ascii(word).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
        }
    };
    Latin { text, vowelless: matches!(script, Script::Arabic | Script::Hebrew) }
}

fn letters(word: &str, table: fn(char) -> Option<&'static str>, separate: bool) -> CompactString {
    let mut out = CompactString::default();
    for c in word.chars() {
        match table(c) {
            Some(letters) => {
                // Two letters that together would read as one sound are held apart.
                let pair = (out.bytes().next_back(), letters.bytes().next());
                if separate
                    && matches!(
                        pair,
                        (Some(b't'), Some(b's' | b'h'))
                            | (Some(b's' | b'k' | b'g' | b'd' | b'z'), Some(b'h'))
                            | (Some(b'd' | b's'), Some(b'j'))
                    )
                {
                    out.push('\'');
                }
                out.push_str(letters);
            }
            None if c.is_ascii_alphanumeric() => out.push(c),
            None => out
                .extend(any_ascii::any_ascii_char(c).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase())),
        }
    }
    out
}

fn cyrillic(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'ґ' => "g",
        'д' | 'ԁ' => "d",
        'ђ' => "dj",
        'е' | 'э' | 'ѣ' => "e",
        'є' => "ye",
        'ё' => "yo",
        'ж' | 'җ' => "zh",
        'з' => "z",
        'ѕ' => "dz",
        'и' | 'і' | 'ѵ' => "i",
        'ї' => "yi",
        'й' => "y",
        'ј' => "j",
        'к' => "k",
        'қ' => "q",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'њ' => "nj",
        'ң' => "ng",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ћ' => "ch",
        'у' | 'ү' | 'ұ' => "u",
        'ў' => "w",
        'ф' => "f",
        'х' => "kh",
        'һ' | 'ҳ' => "h",
        'ц' => "ts",
        'ч' | 'ҷ' => "tch",
        'џ' => "dzh",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'ә' => "a",
        'ғ' => "gh",
        'ю' => "yu",
        'я' => "ya",
        'ъ' | 'ь' => "",
        _ => return None,
    })
}

/// An Arabic word: a first ai- or au- is a long vowel, a last h mostly the ending -a.
fn arabic_word(word: &str) -> CompactString {
    let (first, rest) = match (word.strip_prefix("اي"), word.strip_prefix("او")) {
        (Some(rest), _) if !rest.is_empty() => ("i", rest),
        (_, Some(rest)) if !rest.is_empty() => ("u", rest),
        _ => ("", word),
    };
    let (rest, last) = match rest.strip_suffix('ه') {
        Some(stem) if stem.chars().count() >= 2 => (stem, "a"),
        _ => (rest, ""),
    };
    let mut out = CompactString::from(first);
    out.push_str(&letters(rest, arabic, true));
    out.push_str(last);
    out
}

fn arabic(c: char) -> Option<&'static str> {
    Some(match c {
        'ا' => "a",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' | 'ٹ' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "tch",
        'ح' | 'ه' => "h",
        'خ' => "kh",
        'د' | 'ڈ' | 'ض' => "d",
        'ذ' => "dh",
        'ر' | 'ړ' | 'ڑ' => "r",
        'ز' | 'ظ' | 'ژ' => "z",
        'س' => "s",
        'ش' | 'ښ' => "sh",
        'ص' => "s",
        'ع' | 'ء' => "",
        'غ' => "gh",
        'ف' => "f",
        'ق' => "q",
        'ك' => "k",
        'گ' | 'ګ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' | 'ں' | 'ڼ' => "n",
        'و' => "w",
        'ي' | 'ې' | 'ے' | 'ۍ' => "y",
        'ڤ' => "v",
        'څ' => "ts",
        'ځ' => "dz",
        _ => return None,
    })
}

fn hebrew(c: char) -> Option<&'static str> {
    Some(match c {
        'א' | 'ע' => "a",
        'ב' => "b",
        'ג' => "g",
        'ד' => "d",
        'ה' => "h",
        'ו' => "w",
        'ז' => "z",
        'ח' => "kh",
        'ט' | 'ת' => "t",
        'י' => "y",
        'כ' | 'ך' => "k",
        'ל' => "l",
        'מ' | 'ם' => "m",
        'נ' | 'ן' => "n",
        'ס' => "s",
        'פ' | 'ף' => "p",
        'צ' | 'ץ' => "ts",
        'ק' => "q",
        'ר' => "r",
        'ש' => "sh",
        _ => return None,
    })
}

fn greek(word: &str) -> CompactString {
    let mut out = CompactString::default();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let pair = [
            ("ου", "u"),
            ("μπ", "b"),
            ("ντ", "d"),
            ("γκ", "g"),
            ("γγ", "ng"),
            ("αυ", "av"),
            ("ευ", "ev"),
            ("αι", "e"),
            ("ει", "i"),
            ("οι", "i"),
            ("τζ", "dj"),
        ]
        .iter()
        .find(|(greek, _)| rest.starts_with(greek));
        if let Some((greek, letters)) = pair {
            out.push_str(letters);
            rest = rest.get(greek.len()..).unwrap_or_default();
            continue;
        }
        let single = match c {
            'χ' => "kh",
            'η' | 'ι' | 'υ' => "i",
            'β' => "v",
            'γ' => "g",
            'δ' => "d",
            'θ' => "th",
            'ξ' => "ks",
            'φ' => "f",
            'ψ' => "ps",
            'ω' => "o",
            'ς' => "s",
            _ => any_ascii::any_ascii_char(c),
        };
        out.extend(single.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}
