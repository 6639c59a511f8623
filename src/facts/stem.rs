//! Stemming: English plurals and Russian case endings are cut, so that inflected forms compare as equal.

/// The stem of a folded English or Russian word: the number of bytes that it keeps, and the ending after them. `None` if the
/// word is its own stem.
pub(super) fn stem(word: &str) -> Option<(usize, &'static str)> {
    match word.as_bytes().last()? {
        b's' if word.is_ascii() => english_plural(word),
        b'e' if word.is_ascii() => english_singular(word),
        b'\0'..=b'\x7f' => None,
        _ if word.chars().all(|c| ('\u{400}'..='\u{4ff}').contains(&c)) => Some((russian(word).len(), "")),
        _ => None,
    }
}

/// The stem of an English plural: `missiles`, `batteries`, `torpedoes`, `fuzes`, `launchers`, `knives`; not of `gas`, `glass`, `chassis`.
fn english_plural(word: &str) -> Option<(usize, &'static str)> {
    if let Some(stem) = word.strip_suffix("ves")
        && IRREGULAR.contains(&stem)
    {
        return Some((stem.len(), if matches!(stem, "kni" | "wi" | "li") { "fe" } else { "f" }));
    }
    if let Some(cut) = ENDINGS.iter().find_map(|(plural, _, kept)| cut(word, plural, kept)) {
        return Some(cut);
    }
    let singular = word.strip_suffix('s').filter(|singular| singular.len() >= 3 && word != "lens")?;
    (!singular.ends_with(['s', 'u', 'i'])).then_some((singular.len(), ""))
}

/// The stem of an English word whose plural does not tell whether it ends in *e*: `cookie` like `battery`, `axe` like `box`, `case` like
/// `bus`.
fn english_singular(word: &str) -> Option<(usize, &'static str)> {
    ENDINGS.iter().find_map(|(_, singular, kept)| cut(word, singular, kept))
}

/// Endings of plurals, those of singulars on *e* that have the same plural, and what is kept of both.
const ENDINGS: [(&str, &str, &str); 7] = [
    ("ies", "ie", "y"),
    ("sses", "sse", "ss"),
    ("shes", "she", "sh"),
    ("ches", "che", "ch"),
    ("xes", "xe", "x"),
    ("oes", "oe", "o"),
    ("ses", "se", "s"),
];

/// What stands before *ves* in plurals of words on *f* or *fe*.
const IRREGULAR: [&str; 12] = ["kni", "wi", "li", "lea", "shel", "loa", "cal", "hal", "wol", "scar", "hoo", "shea"];

/// A word with one ending replaced by another, if that leaves three letters; of *ies*, three before it.
fn cut(word: &str, ending: &str, kept: &'static str) -> Option<(usize, &'static str)> {
    let stem = word.strip_suffix(ending)?;
    let least = if kept == "y" { 3 } else { 3 - kept.len() };
    (stem.len() >= least).then_some((stem.len(), kept))
}

/// A Russian noun or adjective without its case ending: of the endings that fit, without the longest that leaves three letters.
///
/// A light stemmer is enough, since the words of lists and of reports are stemmed alike.
fn russian(word: &str) -> &str {
    // Each letter has two bytes.
    let letters = word.len() / 2;
    let mut from_behind = word.chars().rev();
    let mut letter = || from_behind.next().unwrap_or_default();
    let last = letter();
    let end = (letter(), last);
    let longer = (letter(), end);
    let longest = (letter(), longer);
    let cut = match longest {
        ('и', ('я', ('м', 'и'))) if letters >= 7 => 4,
        (
            _,
            ('я' | 'а' | 'ы' | 'и', ('м', 'и')) | ('о' | 'е', ('г', 'о') | ('м', 'у')) | ('и', ('я', 'х' | 'м') | ('е', 'м')),
        ) if letters >= 6 => 3,
        (_, (_, end)) if letters >= 5 && is_ending(end) => 2,
        (_, (_, (_, 'а' | 'я' | 'ы' | 'и' | 'у' | 'ю' | 'е' | 'о' | 'ь' | 'й'))) if letters >= 4 => 1,
        _ => 0,
    };
    word.get(..word.len() - 2 * cut).unwrap_or(word)
}

/// True for the endings of two letters.
fn is_ending(end: (char, char)) -> bool {
    match end.1 {
        'х' => matches!(end.0, 'ы' | 'и' | 'а' | 'я'),
        'ю' => matches!(end.0, 'у' | 'ю' | 'и' | 'о' | 'е'),
        'я' => matches!(end.0, 'а' | 'я' | 'и'),
        'е' => matches!(end.0, 'о' | 'е' | 'ы' | 'и'),
        'й' => matches!(end.0, 'ы' | 'и' | 'о' | 'е'),
        'и' => end.0 == 'и',
        'м' => matches!(end.0, 'ы' | 'и' | 'о' | 'е' | 'а' | 'я'),
        'в' => matches!(end.0, 'о' | 'е'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn english_plurals_and_singulars_have_one_stem() {
        let stem = |word: &str| {
            super::stem(word)
                .map_or(word.to_owned(), |(kept, ending)| format!("{}{ending}", word.get(..kept).unwrap_or_default()))
        };
        for (plural, singular) in [
            ("missiles", "missile"),
            ("batteries", "battery"),
            ("cookies", "cookie"),
            ("torpedoes", "torpedo"),
            ("shoes", "shoe"),
            ("toes", "toe"),
            ("lenses", "lens"),
            ("buses", "bus"),
            ("houses", "house"),
            ("glasses", "glass"),
            ("axes", "axe"),
            ("boxes", "box"),
            ("knives", "knife"),
            ("shelves", "shelf"),
            ("valves", "valve"),
            ("pies", "pie"),
            ("uses", "use"),
            ("guns", "gun"),
            ("chassis", "chassis"),
        ] {
            assert_eq!(stem(plural), stem(singular), "{plural}");
        }
        for (one, other) in [("toes", "to"), ("gas", "ga"), ("glass", "glas"), ("lens", "len")] {
            assert_ne!(stem(one), stem(other), "{one}");
        }
    }

    #[test]
    fn the_longest_russian_ending_is_cut_that_leaves_three_letters() {
        const ENDINGS: &[&str] = &[
            "иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "иям", "ием", "ых", "их", "ую", "юю", "ая",
            "яя", "ое", "ее", "ый", "ий", "ой", "ые", "ие", "ия", "ию", "ии", "ым", "им", "ом", "ем", "ей", "ов", "ев", "ам",
            "ям", "ах", "ях", "ою", "ею", "а", "я", "ы", "и", "у", "ю", "е", "о", "ь", "й",
        ];
        let plainly = |word: &str| {
            let cut = ENDINGS.iter().find_map(|e| word.strip_suffix(e).filter(|stem| stem.chars().count() >= 3));
            cut.unwrap_or(word).to_owned()
        };
        // All ends of four letters, behind none to four others.
        let letters: Vec<char> = ('а'..='я').collect();
        for start in ["", "б", "бб", "ббб", "бббб"] {
            for number in 0..letters.len().pow(4) {
                let end: String = (0..4).map(|i| letters[number / letters.len().pow(i) % letters.len()]).collect();
                let word = format!("{start}{end}");
                assert_eq!(super::russian(&word), plainly(&word), "{word}");
            }
        }
    }
}
