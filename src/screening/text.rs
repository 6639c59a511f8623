//! Raw words of a name: characters that are not seen dropped, marks folded, lookalike letters put back into their script.

use compact_str::CompactString;
use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A script, as far as names in it are read by a rule of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Latin letters and digits.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic, Persian and Urdu.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Korean letters.
    Hangul,
    /// Chinese characters.
    Han,
    /// Any other.
    Other,
}

/// One word of a name.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Lower case, without accents, in its own script.
    pub folded: CompactString,
    /// As it stands in the name.
    pub shown: CompactString,
    /// Its script.
    pub script: Script,
    /// True inside parentheses or quotation marks of brackets.
    pub bracketed: bool,
    /// True if a full stop stands behind it.
    pub dot_after: bool,
}

pub(super) type Words = SmallVec<[Word; 8]>;

/// The words of a name. `lookalikes` reads a name that consists wholly of lookalike letters as Latin.
pub(super) fn words(text: &str, lookalikes: bool) -> Words {
    // As lists of South Asia write another name.
    let without_at = text.contains(" @ ").then(|| text.replace(" @ ", " alias "));
    let text = without_at.as_deref().unwrap_or(text);
    let mut words = if text.is_ascii() { split(text) } else { split(&cleaned(text)) };
    if !text.is_ascii() {
        let latin_elsewhere = words.iter().any(|word| word.folded.chars().any(|c| c.is_ascii_alphabetic()));
        for word in &mut words {
            restore_script(word, latin_elsewhere || lookalikes);
        }
    }
    words
}

/// True if every letter of a name is a Cyrillic or Greek one that looks like a Latin one, so that it may be either.
pub(super) fn wholly_lookalike(text: &str) -> bool {
    !text.is_ascii() && {
        let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
        letters.peek().is_some() && letters.all(|c| lower(c).all(|c| !c.is_ascii() && latin_lookalike(c).is_some()))
    }
}

fn lower(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase()
}

/// The text without characters that are not seen, compatibility forms resolved.
fn cleaned(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).nfkc().collect()
}

/// Characters that are not shown and change nothing, among them all that only direct the flow of text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{640}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '’' | '‘' | '‛' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | '′' | '＇' | 'ˈ')
}

fn script_of(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{250}'..='\u{2af}' => {
            Script::Latin
        }
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}' => Script::Cyrillic,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{600}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{8a0}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}' => Script::Arabic,
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}' => Script::Hangul,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}' => Script::Han,
        c if c.is_alphanumeric() => Script::Other,
        _ => return None,
    })
}

/// Splits at everything that is neither letter, digit, mark nor apostrophe; also where two words of unspaced scripts meet others.
fn split(text: &str) -> Words {
    let mut words = Words::new();
    let mut depth = 0_usize;
    let mut current: Option<Word> = None;
    let flush = |current: &mut Option<Word>, words: &mut Words| {
        if let Some(word) = current.take().filter(|word| !word.folded.is_empty()) {
            words.push(word);
        }
    };
    for c in text.chars() {
        if is_apostrophe(c) || is_combining_mark(c) {
            if let Some(word) = &mut current {
                word.shown.push(c);
            }
            continue;
        }
        let Some(script) = script_of(c) else {
            if c == '&' {
                flush(&mut current, &mut words);
                words.push(ampersand(depth > 0));
                continue;
            }
            let ended = current.is_some();
            flush(&mut current, &mut words);
            match c {
                '(' | '[' | '{' | '（' => depth += 1,
                ')' | ']' | '}' | '）' => depth = depth.saturating_sub(1),
                '.' if ended => words.iter_mut().rev().take(1).for_each(|word| word.dot_after = true),
                _ => {}
            }
            continue;
        };
        let breaks = current.as_ref().is_some_and(|word| {
            let unspaced = |script| matches!(script, Script::Han | Script::Hangul);
            word.script != script && (unspaced(word.script) || unspaced(script))
        });
        if breaks {
            flush(&mut current, &mut words);
        }
        let word = current.get_or_insert_with(|| Word {
            folded: CompactString::default(),
            shown: CompactString::default(),
            script,
            bracketed: depth > 0,
            dot_after: false,
        });
        word.shown.push(c);
        fold_into(c, &mut word.folded);
        if word.script == Script::Latin && script != Script::Latin && !c.is_ascii() {
            word.script = script;
        }
    }
    flush(&mut current, &mut words);
    words
}

/// `&`, a word of its own.
fn ampersand(bracketed: bool) -> Word {
    Word { folded: "&".into(), shown: "&".into(), script: Script::Latin, bracketed, dot_after: false }
}

/// Lower case, without accents. Letters of Cyrillic that are letters of their own (й, ў, ї) keep their mark.
fn fold_into(c: char, out: &mut CompactString) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for c in c.to_lowercase() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' | 'ɵ' => out.push('o'),
            'ł' | 'ŀ' => out.push('l'),
            'đ' | 'ð' | 'ɖ' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' | 'ɪ' => out.push('i'),
            'ħ' => out.push('h'),
            'ŋ' => out.push_str("ng"),
            'ə' | 'ǝ' => out.push('a'),
            'ƙ' => out.push('k'),
            'ɓ' => out.push('b'),
            'ɗ' => out.push('d'),
            'й' | 'ў' | 'ї' | 'ё' => out.push(c),
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            'ی' | 'ى' | 'ئ' => out.push('ي'),
            'ک' | 'ڪ' => out.push('ك'),
            'ة' | 'ۀ' | 'ە' | 'ہ' | 'ھ' => out.push('ه'),
            'ؤ' => out.push('و'),
            '\u{ac00}'..='\u{d7af}' => out.push(c),
            c => std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).for_each(|c| out.push(c)),
        }
    }
}

/// Puts lookalike letters back into the script of the word: `КHАLID` with Cyrillic К and А is Latin, `Иvaн` Cyrillic.
fn restore_script(word: &mut Word, latin_name: bool) {
    if !matches!(word.script, Script::Cyrillic | Script::Greek | Script::Other) {
        return;
    }
    let latin = word.folded.chars().filter(char::is_ascii_alphabetic).count();
    let others = word.folded.chars().filter(|c| !c.is_ascii()).count();
    let foreign_all_alike = word.folded.chars().filter(|c| !c.is_ascii()).all(|c| latin_lookalike(c).is_some());
    if foreign_all_alike && (latin > 0 || latin_name) {
        word.folded = word.folded.chars().map(|c| latin_lookalike(c).unwrap_or(c)).collect();
        word.script = Script::Latin;
    } else if latin > 0 && others > 0 && word.script == Script::Cyrillic {
        word.folded = word.folded.chars().map(|c| cyrillic_lookalike(c).unwrap_or(c)).collect();
    }
}

/// The Latin letter that a lower-case Cyrillic, Greek or Armenian letter, or its capital, looks like.
fn latin_lookalike(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'є' | 'ε' | 'ё' => 'e',
        'ғ' => 'f',
        'ԍ' => 'g',
        'н' | 'η' | 'һ' => 'h',
        'і' | 'ι' | 'ї' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' | 'μ' => 'm',
        'ν' => 'n',
        'п' => 'n',
        'о' | 'ο' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'ս' => 'u',
        'υ' => 'y',
        'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ζ' => 'z',
        _ => return None,
    })
}

/// The Cyrillic letter that a Latin one looks like.
fn cyrillic_lookalike(c: char) -> Option<char> {
    Some(match c {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' => 'і',
        'j' => 'ј',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        's' => 'ѕ',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        _ => return None,
    })
}

/// The Latin letters that digits stand for in a word misread by a scanner or disguised; `None` if the digits are meant as such.
pub(super) fn digits_as_letters(word: &str) -> Option<CompactString> {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || letters + digits != word.len() || letters < 2 * digits && word.len() != 2 || letters < digits {
        return None;
    }
    // A number at the end of a word is a number (`KN08`, `taesong1`), but for the letters that scanners take for one.
    word.chars()
        .map(|c| match c {
            '0' => Some('o'),
            '1' => Some('i'),
            '3' => Some('e'),
            '4' => Some('a'),
            '5' => Some('s'),
            '6' => Some('g'),
            '8' => Some('b'),
            c if c.is_ascii_digit() => None,
            c => Some(c),
        })
        .collect()
}
