//! Reported transactions as customs and banks send them: one JSON object per line, about 400 bytes, invented from first
//! to last.
//!
//! A line is a function of the seed and its number alone: any slice of ten million lines can be made anywhere, in any
//! order, without keeping the others.

use std::fmt::Write as _;

mod dissimilar;
mod tables;

pub use dissimilar::{Shape, line as dissimilar_line};

use tables::{BANK_ACTS, COUNTRIES, FORMS, GOODS, Good, KP_GOODS, QUOTA_GOODS, RARE, SERVICES, SHIPS, STEMS, TRADES};

/// The seed of every published number.
pub const SEED: u64 = 1718;

/// One line counts towards a quota in this many.
const QUOTA_EVERY: u64 = 5_000;
/// One line touches the DPRK, and so some rule, in this many.
const FLAGGED_EVERY: u64 = 50;
/// One line touches a State that is otherwise not in the data (see [`tables::RARE`]).
const RARE_EVERY: u64 = 2_000;

/// Appends the line of that number, without its newline.
pub fn line(seed: u64, number: u64, out: &mut String) {
    let mut dice = Dice::new(seed, number);
    let _ = write!(out, "{{\"id\":\"T{number:09}\",");
    if dice.one_in(QUOTA_EVERY) {
        goods_line(&mut dice, Kind::Quota, out);
    } else if dice.one_in(FLAGGED_EVERY) {
        goods_line(&mut dice, Kind::Flagged, out);
    } else {
        match dice.below(100) {
            0..86 => goods_line(&mut dice, Kind::Ordinary, out),
            86..93 => bank_line(&mut dice, out),
            _ => service_line(&mut dice, out),
        }
    }
    out.push('}');
}

/// Writes that many lines. `line` appends the line of a number.
///
/// # Errors
///
/// Those of the writer.
pub fn write_lines(count: u64, line: impl Fn(u64, &mut String), to: &mut impl std::io::Write) -> std::io::Result<()> {
    let mut text = String::with_capacity(2 << 20);
    for number in 0..count {
        line(number, &mut text);
        text.push('\n');
        if text.len() > 1 << 20 {
            to.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    to.write_all(text.as_bytes())?;
    to.flush()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ordinary,
    Flagged,
    Quota,
}

/// A declaration of goods.
fn goods_line(dice: &mut Dice, kind: Kind, out: &mut String) {
    let (mut from, mut to) = two_countries(dice);
    let first: &Good = match kind {
        Kind::Ordinary => dice.pick(GOODS),
        Kind::Flagged | Kind::Quota => {
            let (good, leaves) = dice.pick(if kind == Kind::Quota { QUOTA_GOODS } else { KP_GOODS });
            if *leaves {
                from = &tables::KP
            } else {
                to = &tables::KP
            }
            good
        }
    };
    let activity = *dice.pick(&["sale", "sale", "sale", "supply", "supply", "temporary-import", "lease"]);
    let _ = write!(out, "\"activity\":\"{activity}\",");
    // Limits and bans in force: the flagged lines are of the years after the last resolution.
    date(dice, if kind == Kind::Ordinary { 2006 } else { 2018 }, out);
    sides(dice, from, to, out);
    out.push_str("\"parties\":[");
    party(dice, "exporter", from.code, out);
    out.push(',');
    party(dice, "importer", to.code, out);
    out.push_str("],\"items\":[");
    item(dice, first, from.code, out);
    if kind == Kind::Ordinary && dice.one_in(12) {
        out.push(',');
        let second = dice.pick(GOODS);
        item(dice, second, from.code, out);
    }
    let by = *dice.pick(&["sea", "sea", "road", "rail", "air"]);
    // Customs ask for transit and ports of call: empty says that there were none, and so that no question is open.
    let _ = write!(out, "],\"transport\":\"{by}\",\"via\":[],\"ports\":[]");
    if by == "sea" && dice.one_in(6) {
        out.push_str(",\"vessels\":[");
        vessel(dice, "carrier", out);
        out.push(']');
    }
}

/// A bank's message.
fn bank_line(dice: &mut Dice, out: &mut String) {
    let (from, to) = two_countries(dice);
    let (activity, method) = *dice.pick(BANK_ACTS);
    let _ = write!(out, "\"activity\":\"{activity}\",");
    date(dice, 2006, out);
    sides(dice, from, to, out);
    out.push_str("\"parties\":[");
    party(dice, "payer", from.code, out);
    out.push(',');
    party(dice, "payee", to.code, out);
    let _ = write!(
        out,
        ",{{\"role\":\"bank\",\"name\":\"{} Bank\",\"kind\":\"bank\",\"country\":\"{}\"}}],\"items\":[],\"purpose\":\"commercial\",\
         \"payment\":{{\"amount\":\"{} {}\",\"method\":\"{method}\"}}",
        dice.pick(STEMS),
        from.code,
        1_000 + dice.below(900_000),
        from.currency
    );
}

/// A service to a ship, or help with a plant.
fn service_line(dice: &mut Dice, out: &mut String) {
    let (from, to) = two_countries(dice);
    let (activity, to_ship) = *dice.pick(SERVICES);
    let _ = write!(out, "\"activity\":\"{activity}\",");
    date(dice, 2006, out);
    sides(dice, from, to, out);
    out.push_str("\"parties\":[");
    party(dice, "supplier", from.code, out);
    out.push(',');
    party(dice, "buyer", to.code, out);
    out.push_str("],\"items\":[");
    if !to_ship {
        let good = dice.pick(GOODS);
        item(dice, good, from.code, out);
    }
    out.push_str("],\"purpose\":\"commercial\"");
    if to_ship {
        out.push_str(",\"vessels\":[");
        vessel(dice, "served", out);
        out.push(']');
    }
    let _ = write!(out, ",\"payment\":{{\"amount\":\"{} {}\"}}", 500 + dice.below(80_000), from.currency);
}

fn two_countries(dice: &mut Dice) -> (&'static tables::Country, &'static tables::Country) {
    let from = if dice.one_in(RARE_EVERY) { dice.pick(RARE) } else { dice.often_early(COUNTRIES) };
    loop {
        let to = dice.often_early(COUNTRIES);
        if to.code != from.code {
            return (from, to);
        }
    }
}

fn date(dice: &mut Dice, first_year: u64, out: &mut String) {
    let (year, month, day) = (first_year + dice.below(2025 - first_year), 1 + dice.below(12), 1 + dice.below(28));
    let _ = write!(out, "\"date\":\"{year}-{month:02}-{day:02}\",");
}

fn sides(dice: &mut Dice, from: &tables::Country, to: &tables::Country, out: &mut String) {
    for (side, country) in [("from", from), ("to", to)] {
        let _ = write!(out, "\"{side}\":{{\"country\":\"{}\"", country.code);
        if dice.one_in(2) {
            let _ = write!(out, ",\"place\":\"{}\"", dice.pick(country.places));
        }
        out.push_str("},");
    }
}

fn party(dice: &mut Dice, role: &str, country: &str, out: &mut String) {
    let _ = write!(
        out,
        "{{\"role\":\"{role}\",\"name\":\"{} {} {}\",\"country\":\"{country}\"}}",
        dice.pick(STEMS),
        dice.pick(TRADES),
        dice.pick(FORMS)
    );
}

fn item(dice: &mut Dice, good: &Good, origin: &str, out: &mut String) {
    let amount = 1 + dice.below(good.most);
    let _ = write!(
        out,
        "{{\"description\":\"{}\",\"hs\":\"{}\",\"quantity\":\"{amount} {}\",\"value\":\"{} USD\",\"origin\":\"{origin}\"}}",
        dice.pick(good.descriptions),
        good.hs,
        good.unit,
        amount * good.price + dice.below(900)
    );
}

fn vessel(dice: &mut Dice, role: &str, out: &mut String) {
    let flag = dice.often_early(COUNTRIES).code;
    let _ = write!(
        out,
        "{{\"name\":\"{} {}\",\"imo\":\"{}\",\"flag\":\"{flag}\",\"role\":\"{role}\"}}",
        dice.pick(SHIPS),
        dice.pick(STEMS).to_uppercase(),
        imo(dice)
    );
}

/// A ship's number: six digits, and the check digit that the IMO's scheme gives them.
fn imo(dice: &mut Dice) -> u64 {
    let six = 700_000 + dice.below(280_000);
    let sum: u64 = (0..6).map(|place| six / 10u64.pow(place) % 10 * (u64::from(place) + 2)).sum();
    six * 10 + sum % 10
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and good enough that neighbouring numbers give unrelated lines.
struct Dice(u64);

impl Dice {
    fn new(seed: u64, number: u64) -> Self {
        let mut mixed = Self(seed ^ number.wrapping_mul(0xD134_2543_DE82_EF95));
        Self(mixed.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        ((self.next() >> 32) * bound) >> 32
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len() as u64) as usize]
    }

    fn word(&mut self, from: &[&'static str]) -> &'static str {
        *self.pick::<&'static str>(from)
    }

    /// As trade goes: a few States in most lines.
    fn often_early<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        let first = self.below(from.len() as u64);
        &from[self.below(first + 1) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(seed: u64, count: u64) -> Vec<String> {
        let mut bytes = Vec::new();
        write_lines(count, |number, text| line(seed, number, text), &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_lines_wherever_one_begins() {
        let whole = lines(SEED, 500);
        assert_eq!(whole, lines(SEED, 500));
        assert_ne!(whole, lines(SEED + 1, 500));
        let mut late = String::new();
        line(SEED, 499, &mut late);
        assert_eq!(whole[499], late);
    }

    #[test]
    fn lines_are_as_long_and_as_mixed_as_the_benchmarks_say() {
        let lines = lines(SEED, 20_000);
        let mean = lines.iter().map(String::len).sum::<usize>() / lines.len();
        assert!((370..=470).contains(&mean), "{mean} bytes a line");
        let tied = lines.iter().filter(|l| l.contains("\"KP\"")).count();
        assert!((300..=500).contains(&tied), "{tied} lines of the DPRK");
    }
}
