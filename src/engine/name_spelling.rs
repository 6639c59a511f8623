//! What the spelling of a name tells: an abbreviation in brackets beside the name that it is of, letters that look like others.

/// The most characters of an abbreviation.
const MOST_LETTERS: usize = 10;

/// Longer words than of three letters that have none in an abbreviation.
const LINKS: [&str; 6] = ["para", "pour", "from", "with", "dans", "sous"];

/// The two names of a text that is a name with its abbreviation in brackets, or an abbreviation with its name: `Islamic State (IS)`,
/// `FDLR (Forces démocratiques de libération du Rwanda)`. `None` if the letters of the one are not initials of the other.
pub(super) fn name_and_abbreviation(text: &str) -> Option<[&str; 2]> {
    let (before, inside) = text.trim().strip_suffix(')')?.split_once('(')?;
    let (before, inside) = (before.trim(), inside.trim());
    (abbreviates(inside, before) || abbreviates(before, inside)).then_some([before, inside])
}

/// True if the letters of an abbreviation begin words of a name, in order, the first of them the first word, and all words of more
/// than three letters are among these, but those that link others and one behind a number. `3R` stands for three words with the letter.
fn abbreviates(short: &str, name: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| !matches!(c, '.' | '-' | '/' | ' ')).collect();
    let is_short = (2..=MOST_LETTERS).contains(&letters.len()) && letters.iter().all(|c| c.is_alphanumeric());
    if !is_short || !letters.iter().any(|c| c.is_uppercase()) {
        return false;
    }
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    if words.len() < 2 {
        return false;
    }
    let small: Vec<char> = letters.iter().flat_map(|c| c.to_lowercase()).map(without_accent).collect();
    let begins = |word: &String, letter: char| word.chars().next().map(without_accent) == Some(letter);
    if let [number, letter] = small.as_slice()
        && let Some(number) = number.to_digit(10)
    {
        return words.iter().filter(|word| begins(word, *letter)).count() == number as usize;
    }
    // The numbers of letters that the words so far can stand for, a bit each: `in` has the second i of `ISIL`, or none.
    let mut used = 1_u32;
    let mut is_behind_number = false;
    for (position, word) in words.iter().enumerate() {
        let count = word.chars().count();
        let is_number = word.chars().all(|c| c.is_ascii_digit());
        // The month of a day has no letter: `23 mars`.
        let may_be_left_out = position > 0 && (count <= 3 || is_behind_number || LINKS.contains(&word.as_str()));
        let before = used;
        used = if may_be_left_out { before } else { 0 };
        for (at, letter) in small.iter().enumerate().filter(|(at, _)| before & 1 << at != 0) {
            let has_number = is_number && small.iter().skip(at).take(count).copied().eq(word.chars());
            used |= if begins(word, *letter) { 2 << at } else { 0 };
            used |= if has_number { 1 << (at + count) } else { 0 };
        }
        is_behind_number = is_number;
    }
    used & 1 << small.len() != 0
}

/// A Latin letter without its accent, of those that begin words of names.
fn without_accent(c: char) -> char {
    match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        c => c,
    }
}

/// The text with a letter of its own for each dotless i of Turkish, where the other letters of the word show that it is Turkish: `Işıl`
/// is no `ISIL`. `None` if there is no such word.
pub(super) fn with_dotless_letters(text: &str) -> Option<String> {
    const TURKISH: [char; 4] = ['ş', 'ğ', 'Ş', 'Ğ'];
    let is_turkish = |word: &str| word.contains('ı') && word.contains(TURKISH);
    if !text.split_whitespace().any(is_turkish) {
        return None;
    }
    let words = text.split_whitespace().map(|word| if is_turkish(word) { word.replace('ı', "ɨ") } else { word.to_owned() });
    Some(words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::{name_and_abbreviation, with_dotless_letters};

    #[test]
    fn a_name_and_its_abbreviation_are_two_names() {
        for text in [
            "Islamic State (IS)",
            "Forces démocratiques de libération du Rwanda (FDLR)",
            "FDLR (Forces démocratiques de libération du Rwanda)",
            "Retour, réclamation et réhabilitation (3R)",
            "Mouvement du 23 mars (M23)",
            "Lord's Resistance Army (LRA)",
            "Islamic State in Iraq and the Levant (ISIL)",
            "État islamique (EI)",
            "União Nacional para a Independência Total de Angola (UNITA)",
            "Исламское государство (ИГ)",
        ] {
            assert!(name_and_abbreviation(text).is_some(), "{text}");
        }
        for text in [
            "Jean Example (M23)",
            "Islamic State",
            "a farm (FDLR)",
            "Example Trading (Goma)",
            "M23 (motorway)",
            "Jean (is)",
            "(IS)",
            "Friends of Rwanda (FDLR)",
            "",
        ] {
            assert_eq!(name_and_abbreviation(text), None, "{text}");
        }
    }

    #[test]
    fn a_dotless_letter_is_kept_in_words_of_turkish() {
        assert!(with_dotless_letters("Işıl Tekstil Ltd").is_some_and(|text| text.starts_with("Işɨl ")));
        for text in ["ISIL", "ISıL", "Isis", "Yıldız", "Şirket"] {
            assert_eq!(with_dotless_letters(text), None, "{text}");
        }
    }
}
