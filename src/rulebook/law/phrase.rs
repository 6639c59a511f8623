//! Phrases by which people describe goods.

use rust_decimal::Decimal;

use crate::facts::Words;

/// Stands for a number in a pattern.
const CALIBRE: &str = "{calibre}";

/// Units of what is measured in phrases of goods.
const UNITS: [&str; 6] = ["mm", "millimetre", "millimeter", "cm", "мм", "см"];

/// Words between a noun and the number behind it, by which the two are told to belong together.
const LINKS: [&str; 9] = ["of", "de", "calibre", "caliber", "cal", "in", "de calibre", "in calibre", "of calibre"];
const LINKS_IN_CYRILLIC: [&str; 3] = ["калибра", "калибром", "кал"];

/// A phrase of a list of goods, folded into words. In a pattern such as `{calibre} mm mortar`, `{calibre}` matches any
/// number within the list's calibres.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// The phrase as written.
    pub written: String,
    parts: Vec<Words>,
    calibres: Vec<(Decimal, Decimal)>,
    /// A number that stands behind its noun: `mortar 81 mm`.
    is_number_behind: bool,
}

impl Phrase {
    /// A phrase of words.
    pub(in crate::rulebook) fn from_words(written: &str) -> Self {
        let parts = vec![Words::new(written)];
        Self { written: written.to_owned(), parts, calibres: Vec::new(), is_number_behind: false }
    }

    /// A pattern with `{calibre}` in it. `calibres` are ranges in millimetres, both ends included.
    pub(in crate::rulebook) fn from_pattern(written: &str, calibres: &[(Decimal, Decimal)]) -> Self {
        Self {
            written: written.to_owned(),
            parts: written.split(CALIBRE).map(Words::new).collect(),
            calibres: calibres.to_vec(),
            is_number_behind: !written.starts_with(CALIBRE),
        }
    }

    /// The same phrase with its number on the other side of its noun, in all ways in which that is written: of `81 mm mortar`
    /// `mortar 81 mm` and `mortar of 81 mm`, of `Type 63 rocket` `rocket Type 63`. None for a phrase without a number beside a noun.
    pub(super) fn turned(&self) -> Vec<Self> {
        turned_texts(&self.written)
            .into_iter()
            .map(|written| Self {
                is_number_behind: !written.starts_with(is_digit),
                ..if self.calibres.is_empty() { Self::from_words(&written) } else { Self::from_pattern(&written, &self.calibres) }
            })
            .collect()
    }

    /// True if a number stands behind its noun, so that it may belong to what is named next.
    pub(super) fn is_number_behind(&self) -> bool {
        self.is_number_behind
    }

    /// True if the phrase has no word.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(Words::is_empty)
    }

    /// The words before, between and after calibres; a single part for a phrase that is not a pattern.
    pub(super) fn parts(&self) -> &[Words] {
        &self.parts
    }

    /// All words of the phrase.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flat_map(Words::iter)
    }

    /// True if the phrase occurs in a text from the byte `start` on.
    pub(super) fn matches_at(&self, text: &Words, start: usize) -> bool {
        let mut at = Some(start);
        for (i, part) in self.parts.iter().enumerate() {
            if i > 0 {
                at = at.and_then(|at| {
                    let word = text.word_at(at)?;
                    let number = Decimal::from_str_exact(word).ok()?;
                    self.calibres.iter().find(|(low, high)| (*low..=*high).contains(&number))?;
                    Some(at + 1 + word.len())
                });
            }
            at = at.and_then(|at| text.match_at(at, part));
        }
        at.is_some()
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || c == '{'
}

/// The texts of a phrase with its number on the other side of its noun. A name of a few letters and digits counts as a number.
fn turned_texts(written: &str) -> Vec<String> {
    let words: Vec<&str> = written.split_whitespace().collect();
    let has_number = |word: &&str| word.contains(is_digit);
    let Some(last) = words.iter().rposition(has_number) else { return Vec::new() };
    let is_unit = |word: &&&str| UNITS.contains(word);
    let end = last + 1 + usize::from(words.get(last + 1).filter(is_unit).is_some());
    let (number, noun) = words.split_at(end);
    if let Some(unit) = number.last().filter(|_| end > last + 1)
        && noun.is_empty()
    {
        // The number ends the phrase: `howitzer of {calibre} mm`.
        let (before, measure) = words.split_at(last);
        let link = |word: &&str| LINKS.contains(word) || LINKS_IN_CYRILLIC.contains(word);
        let noun = before.split(link).next().unwrap_or_default();
        if noun.is_empty() || noun.iter().any(has_number) {
            return Vec::new();
        }
        let (measure, noun) = (measure.join(" "), noun.join(" "));
        return std::iter::once(format!("{measure} {noun}"))
            .chain(behind(&noun, &measure, unit))
            .filter(|t| t != written)
            .collect();
    }
    // `bars, round 122 mm`: behind other nouns it is no noun.
    let is_adjective = noun.len() == 1 && noun.first().is_some_and(|word| *word == "round");
    if is_adjective || noun.is_empty() || noun.iter().all(|word| !word.contains(char::is_alphabetic)) {
        return Vec::new();
    }
    match number.last().filter(|_| end > last + 1) {
        Some(unit) => behind(&noun.join(" "), &number.join(" "), unit),
        None => vec![format!("{} {}", noun.join(" "), number.join(" "))],
    }
}

/// A noun with a measure behind it, in all ways.
fn behind(noun: &str, measure: &str, unit: &str) -> Vec<String> {
    let links: &[&str] = if unit.is_ascii() { &LINKS } else { &LINKS_IN_CYRILLIC };
    let linked = links.iter().map(|link| format!("{noun} {link} {measure}"));
    std::iter::once(format!("{noun} {measure}")).chain(linked).collect()
}

#[cfg(test)]
mod tests {
    use super::turned_texts;

    #[test]
    fn a_number_is_put_on_the_other_side_of_its_noun() {
        for (written, turned) in [
            ("{calibre} mm rocket", "rocket {calibre} mm"),
            ("{calibre} mm rocket", "rocket of {calibre} mm"),
            ("600 mm rocket launcher", "rocket launcher 600 mm"),
            ("howitzer of {calibre} mm", "{calibre} mm howitzer"),
            ("howitzer of {calibre} mm", "howitzer {calibre} mm"),
            ("пушка {calibre} мм", "{calibre} мм пушка"),
            ("{calibre} мм снаряд", "снаряд калибра {calibre} мм"),
            ("Type 63 rocket", "rocket Type 63"),
            ("D-30 gun", "gun D-30"),
            ("9mm cartridge", "cartridge 9mm"),
        ] {
            assert!(turned_texts(written).iter().any(|text| text == turned), "{written}: {:?}", turned_texts(written));
        }
        for written in ["rocket", "heavy mortar", "7.62x39", "BM-21", "{calibre}毫米火箭", "120 mm", "155s", "{calibre} mm round"]
        {
            assert_eq!(turned_texts(written), [""; 0], "{written}");
        }
    }
}
