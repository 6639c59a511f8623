//! What a description says plainly of an item: its calibre, range and payload with their units, and whether it is armed or lethal.

use std::sync::OnceLock;

use compact_str::CompactString;

use crate::facts::{Amount, Derivation, Item, Range, Scheme, Transaction, Unit, Words, fold};
use crate::rulebook::TextPieces;

use super::collector::{Collector, path_in};

/// Words of which a text about a calibre has one: the millimetres of a pipe are none.
const WEAPONS: &[&str] = &[
    "gun",
    "guns",
    "machine gun",
    "rifle",
    "rifles",
    "carbine",
    "mortar",
    "mortars",
    "howitzer",
    "howitzers",
    "cannon",
    "cannons",
    "ammunition",
    "ammo",
    "munition",
    "munitions",
    "round",
    "rounds",
    "shell",
    "shells",
    "cartridge",
    "cartridges",
    "pistol",
    "pistols",
    "revolver",
    "launcher",
    "launchers",
    "rocket",
    "rockets",
    "artillery",
    "bullet",
    "bullets",
    "projectile",
    "projectiles",
    "grenade",
    "grenades",
    "autocannon",
    "weapon",
    "weapons",
    "firearm",
    "firearms",
    "barrel",
    "fusil",
    "fusils",
    "mitrailleuse",
    "mitrailleuses",
    "canon",
    "canons",
    "obus",
    "mortier",
    "mortiers",
    "cartouche",
    "cartouches",
    "roquette",
    "roquettes",
    "пулемет",
    "пулеметы",
    "миномет",
    "минометы",
    "гаубица",
    "гаубицы",
    "снаряд",
    "снаряды",
    "патрон",
    "патроны",
    "орудие",
    "винтовка",
    "винтовки",
    "пушка",
    "автомат",
    "боеприпасы",
    "мина",
    "مدفع",
    "مدافع",
    "رشاش",
    "رشاشات",
    "قذيفة",
    "قذائف",
    "هاون",
    "بندقية",
    "ذخيرة",
];

/// Names of the units that are read.
const MILLIMETRES: &[&str] = &["mm", "millimetre", "millimetres", "millimeter", "millimeters", "мм", "毫米", "ملم", "مم", "밀리"];
const KILOMETRES: &[&str] = &["km", "kilometre", "kilometres", "kilometer", "kilometers", "км", "公里", "كم", "كيلومتر"];
const KILOGRAMS: &[&str] = &["kg", "kilogram", "kilograms", "kilogrammes", "кг", "公斤", "كغ"];
/// Behind a fraction of an inch: `.50 cal`.
const CALIBRE: &[&str] = &["cal", "calibre", "caliber"];

/// Words behind which a range or payload stands, and those that may stand between.
const RANGE: &[&str] = &["range", "portée", "дальность", "дальностью", "مدى"];
const PAYLOAD: &[&str] = &["payload", "warhead", "charge utile", "боевая часть", "полезная нагрузка"];
const BETWEEN: &[&str] =
    &["of", "up", "to", "about", "is", "a", "at", "least", "over", "more", "than", "exceeding", "maximum", "de", "до"];
const AT_LEAST: &[&str] = &["over", "least", "more", "exceeding"];

/// Words behind which `armed` says nothing of an item.
const OF_PEOPLE: &[&str] = &[
    "forces",
    "force",
    "group",
    "groups",
    "conflict",
    "police",
    "guard",
    "guards",
    "men",
    "personnel",
    "services",
    "escort",
    "escorts",
    "fighters",
    "wing",
    "militia",
    "movement",
    "attack",
    "robbery",
];

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    for (index, item) in transaction.items.get_mut().unwrap_or_default().iter_mut().enumerate() {
        let Some(text) = item.description.clone().filter(|text| pieces().is_in(text)) else { continue };
        let amounts = measures(&text);
        let mut set = |slot: &mut Option<Amount>, found: Option<(Range, CompactString)>, unit, key| {
            let unit = derived.vocabulary.term(Scheme::Unit, unit).map(Unit::Quantity);
            if let (None, Some((range, named)), Some(unit)) = (&*slot, found, unit) {
                *slot = Some(Amount { range, unit });
                let from = path_in("items", index, "description");
                derived.note(path_in("items", index, key), from, Derivation::Described { named });
            }
        };
        set(&mut item.calibre, calibre(&text, &amounts), "mm", "calibre");
        set(&mut item.range, behind(&text, &amounts, KILOMETRES, RANGE), "km", "range");
        set(&mut item.payload, behind(&text, &amounts, KILOGRAMS, PAYLOAD), "kg", "payload");
        derive_answers(item, &text, index, derived);
    }
}

/// Whether the item is armed or lethal, if the description says so in as many words.
fn derive_answers(item: &mut Item, text: &str, index: usize, derived: &mut Collector<'_>) {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let (mut armed, mut lethal) = (Vec::new(), Vec::new());
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        match *word {
            "unarmed" => armed.push((false, "unarmed")),
            "armed" if before == "not" || before == "non" => armed.push((false, "not armed")),
            "armed" if !OF_PEOPLE.contains(&next) => armed.push((true, "armed")),
            "nonlethal" => lethal.push((false, "non-lethal")),
            "lethal" if before == "non" || before == "not" => lethal.push((false, "non-lethal")),
            "lethal" if before != "less" => lethal.push((true, "lethal")),
            _ => {}
        }
    }
    for (slot, said, key) in [(&mut item.armed, armed, "armed"), (&mut item.lethal, lethal, "lethal")] {
        // A description that says both tells nothing of the whole.
        let Some((answer, named)) = said.first().copied().filter(|first| said.iter().all(|other| other.0 == first.0)) else {
            continue;
        };
        if slot.is_none() {
            *slot = Some(answer);
            let from = path_in("items", index, "description");
            derived.note(path_in("items", index, key), from, Derivation::Described { named: named.into() });
        }
    }
}

/// A number with the word behind it.
struct Measure<'t> {
    number: Range,
    unit: String,
    /// The text before the number, and behind the unit.
    before: &'t str,
    behind: &'t str,
    written: &'t str,
}

/// The numbers of a text with the words behind them. Of `7.62 x 39 mm` the first number counts.
fn measures(text: &str) -> Vec<Measure<'_>> {
    const MOST: usize = 16;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())).map(|offset| at + offset) {
        // `.50 cal`
        let begins = |before: usize| text.get(..before).is_some_and(|before| before.ends_with('.'));
        let start = if begins(start) && !text.get(..start - 1).is_some_and(|t| t.ends_with(char::is_alphanumeric)) {
            start - 1
        } else {
            start
        };
        let end = end_of(text, start, |c| c.is_ascii_digit() || matches!(c, '.' | ','));
        at = end.max(start + 1);
        let number = text.get(start..end).unwrap_or_default().trim_end_matches(['.', ',']);
        let is_start = !text.get(..start).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        let parsed = || Range::parse(&leading_zero(number)).ok().map(|(range, _)| range);
        let Some(number) = is_start.then(parsed).flatten() else { continue };
        // The length of a cartridge case.
        let mut unit_at = end_of(text, end, is_between);
        if let Some(behind) = text.get(unit_at..).and_then(|rest| rest.strip_prefix(['x', '×', 'х', 'X'])) {
            let case = end_of(behind, 0, is_between);
            let length = end_of(behind, case, |c| c.is_ascii_digit() || matches!(c, '.' | ','));
            if length > case {
                unit_at = text.len() - behind.len() + end_of(behind, length, is_between);
                at = at.max(unit_at);
            }
        }
        let unit_end = end_of(text, unit_at, char::is_alphabetic);
        let unit = text.get(unit_at..unit_end).unwrap_or_default().to_lowercase();
        if let (Some(before), Some(behind), Some(written)) = (text.get(..start), text.get(unit_end..), text.get(start..unit_end))
        {
            found.push(Measure { number, unit, before, behind, written });
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// A number with a digit before its point.
fn leading_zero(number: &str) -> String {
    if number.starts_with('.') { format!("0{number}") } else { number.to_owned() }
}

fn is_between(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{a0}' | '\u{2011}' | '\u{2013}')
}

/// The end of the characters of a kind from a position on.
fn end_of(text: &str, start: usize, is_of_kind: impl Fn(char) -> bool) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start + rest.find(|c: char| !is_of_kind(c)).unwrap_or(rest.len())
}

/// The calibre of a weapon in millimetres, if the text gives one and names a weapon.
fn calibre(text: &str, amounts: &[Measure<'_>]) -> Option<(Range, CompactString)> {
    let in_millimetres = |measure: &Measure<'_>| {
        let inch = rust_decimal::Decimal::new(254, 1);
        let is_fraction = measure.number.high.is_some_and(|high| high < 1.into());
        if MILLIMETRES.contains(&measure.unit.as_str()) {
            Some(measure.number)
        } else {
            (is_fraction && CALIBRE.contains(&measure.unit.as_str())).then(|| measure.number.times(&Range::exactly(inch)))
        }
    };
    let mut all = amounts.iter().filter_map(|measure| Some((in_millimetres(measure)?, measure.written)));
    let (first, written) = all.next()?;
    if !all.all(|(other, _)| other == first) {
        return None;
    }
    static WORDS: OnceLock<Vec<Words>> = OnceLock::new();
    let weapons = WORDS.get_or_init(|| WEAPONS.iter().map(|word| Words::new(word)).collect());
    Words::new(text).contains_any(weapons).then(|| (first, written.into()))
}

/// The number with a unit that stands behind one of some words, or before it: `range of 300 km`, `300-km range`.
fn behind(text: &str, amounts: &[Measure<'_>], units: &[&str], words: &[&str]) -> Option<(Range, CompactString)> {
    let is_one = |text: &str| words.iter().any(|word| fold(word) == text);
    let of = |measure: &Measure<'_>| {
        if !units.contains(&measure.unit.as_str()) {
            return None;
        }
        let next = fold(measure.behind);
        let next_words: Vec<&str> = next.split(' ').collect();
        if next_words.first().is_some_and(|word| is_one(word)) {
            return Some((measure.number, measure.written.into()));
        }
        let before = fold(measure.before);
        let all: Vec<&str> = before.split(' ').collect();
        let between = all.iter().rev().take_while(|word| BETWEEN.contains(word)).count();
        let rest = all.get(..all.len() - between).unwrap_or_default();
        let is_behind =
            rest.last().is_some_and(|word| is_one(word)) || rest.len() > 1 && is_one(&rest.get(rest.len() - 2..)?.join(" "));
        let is_least = all.iter().rev().take(between).any(|word| AT_LEAST.contains(word));
        let number = if is_least { Range { high: None, ..measure.number } } else { measure.number };
        is_behind.then(|| (number, measure.written.into()))
    };
    let mut all = amounts.iter().filter_map(of);
    let first = all.next().filter(|_| !text.is_empty())?;
    all.all(|other| other.0 == first.0).then_some(first)
}

/// Pieces of which each text that says anything here has one: nearly all texts have none.
fn pieces() -> &'static TextPieces {
    static PIECES: OnceLock<TextPieces> = OnceLock::new();
    PIECES.get_or_init(|| {
        let mut pieces = TextPieces::default();
        for digit in '0'..='9' {
            for between in ["", " ", "-", "\u{a0}", "\u{2011}", "\u{2013}"] {
                for unit in [
                    "mm", "mi", "мм", "км", "кг", "km", "ki", "kg", "cal", "毫米", "公里", "公斤", "ملم", "مم", "كم", "كي", "كغ",
                    "밀리",
                ] {
                    pieces.add(&format!("{digit}{between}{unit}"));
                }
            }
        }
        ["armed", "lethal"].iter().for_each(|word| pieces.add(word));
        pieces
    })
}

#[cfg(test)]
mod tests {
    use super::{KILOMETRES, RANGE, behind, calibre, measures, pieces};

    fn calibre_of(text: &str) -> Option<String> {
        assert!(calibre(text, &measures(text)).is_none() || pieces().is_in(text), "{text}");
        calibre(text, &measures(text)).map(|(range, _)| range.low.normalize().to_string())
    }

    #[test]
    fn a_calibre_is_read_where_the_text_names_a_weapon() {
        for (text, expected) in [
            ("14.5 mm machine gun", "14.5"),
            ("14.5mm heavy machine guns", "14.5"),
            ("120-mm mortars", "120"),
            ("7.62 x 39 mm ammunition", "7.62"),
            ("cartridges 7,62×54mm", "7.62"),
            (".50 cal machine gun", "12.7"),
            ("Barrett .50 calibre rifle", "12.7"),
            ("пулемёт калибра 14,5 мм", "14.5"),
            ("mortier de 81 mm", "81"),
            ("قذائف هاون 120 ملم", "120"),
        ] {
            assert_eq!(calibre_of(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["20 mm steel pipe", "60 mm and 81 mm mortars", "machine gun", "155 shells", "mm", "rifles 5 m long", ""] {
            assert_eq!(calibre_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_range_stands_beside_its_word() {
        let range =
            |text: &str| behind(text, &measures(text), KILOMETRES, RANGE).map(|(range, _)| range.low.normalize().to_string());
        for (text, expected) in [
            ("missile with a range of 300 km", "300"),
            ("missile with a range of up to 2,000 km", "2000"),
            ("300-km range missile", "300"),
            ("ракета дальностью до 500 км", "500"),
        ] {
            assert_eq!(range(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(range("short-range missiles found 30 km from Marib"), None);
    }
}
