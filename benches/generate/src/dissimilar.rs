//! Lines that resemble each other as little as those of many senders do.
//!
//! A line follows one of [`FORMS`] forms, which fixes what a sender's software fixes: which facts it reports, in which order
//! and spacing, how many parties it names and in which roles. All values differ from line to line, descriptions in length
//! and script. A line is a function of the seed, the share and its number alone.

use crate::Dice;
use crate::tables::{COUNTRIES, CYRILLIC, Country, Good, HAN, HANGUL, KP, KP_GOODS, LATIN, last_heading};

/// How many forms there are.
const FORMS: u64 = 2_000;

/// Lengths of descriptions in characters.
const SHORTEST: u64 = 20;
const LONGEST: u64 = 2_000;
const SHORTEST_OF_LONG: u64 = 1_000;

/// How many items a line has that has many.
const MANY_ITEMS: u64 = 50;

/// What the lines are made to have much of, or to lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Nothing in particular; so many of a hundred lines are prohibited.
    Flagged(u64),
    /// Fifty items a line.
    Items,
    /// Descriptions of a thousand characters and more.
    Texts,
    /// Words for activities, roles and transport that no vocabulary has.
    Unknown,
    /// No country of anybody.
    NoLink,
    /// One item and one party, as a row of a table has them.
    Rows,
}

impl Shape {
    /// The shape with a name, or of so many prohibited lines of a hundred.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "items" => Shape::Items,
            "texts" => Shape::Texts,
            "unknown" => Shape::Unknown,
            "no-link" => Shape::NoLink,
            "rows" => Shape::Rows,
            share => Shape::Flagged(share.parse().ok().filter(|share| *share <= 100)?),
        })
    }

    fn share(self) -> u64 {
        match self {
            Shape::Flagged(share) => share,
            Shape::Items | Shape::Texts | Shape::Rows => 2,
            Shape::Unknown | Shape::NoLink => 0,
        }
    }
}

const ACTIVITIES: &[&str] =
    &["supply", "sale", "sale", "supply", "gift", "lease", "transport", "technical-assistance", "funds-transfer"];
const ROLES: &[&str] =
    &["exporter", "consignee", "supplier", "importer", "carrier", "buyer", "bank", "end-user", "broker", "insurer"];
const STAGES: &[&str] = &["completed", "planned", "ongoing"];
const TRANSPORT: &[&str] = &["sea", "rail", "road", "air"];
const UNKNOWN_WORDS: &[&str] = &["see annex", "as agreed", "other dealings", "misc", "ref 7 b", "per contract", "tbd"];
const UNITS: &[&str] = &["t", "kg", "pieces", "containers", "bbl", "l", "sets", "crates"];
const CURRENCIES: &[&str] = &["USD", "EUR", "CNY"];
const TRADES: &[&str] = &["Trading", "Shipping", "Metals", "Foods", "Logistics", "Import"];
const FIRM_FORMS: &[&str] = &["Ltd", "LLC", "GmbH", "Co"];

/// Appends the line of that number, without its newline. Prohibited lines supply goods to or from the DPRK that a rule of the
/// built-in rulebook prohibits.
pub fn line(seed: u64, shape: Shape, number: u64, out: &mut String) {
    let share = shape.share();
    let mut values = Dice::new(seed ^ 0xD155, number);
    let mut form = Form(Dice::new(seed ^ 0xF0F0, values.below(FORMS)));
    let flagged = (values.below(100) < share).then(|| values.pick(KP_GOODS));
    let (mut from, mut to) = (values.pick(COUNTRIES), values.pick(COUNTRIES));
    match flagged {
        Some((_, true)) => from = &KP,
        Some((_, false)) => to = &KP,
        None => {}
    }
    let first_year = if flagged.is_some() { 2018 } else { 2006 };
    let mut facts = Object::new(form.0.one_in(2));
    facts.text("id", &format!("{:012x}", values.next() >> 16));
    let activity = match shape {
        Shape::Unknown => values.word(UNKNOWN_WORDS),
        _ if flagged.is_some() => "sale",
        _ => values.word(ACTIVITIES),
    };
    facts.text("activity", activity);
    let (year, month, day) = (first_year + values.below(2026 - first_year), 1 + values.below(12), 1 + values.below(28));
    facts.text("date", &format!("{year}-{month:02}-{day:02}"));
    if shape != Shape::NoLink {
        side(&mut form, "from", from, &mut facts);
        side(&mut form, "to", to, &mut facts);
    }
    let count = match shape {
        Shape::Items => MANY_ITEMS,
        Shape::Rows => 1,
        _ => form.count(20),
    };
    let items = (0..count).map(|i| item(shape, &mut form, &mut values, flagged.filter(|_| i == 0).map(|(good, _)| good), &facts));
    let items = items.collect::<Vec<_>>().join(",");
    facts.raw("items", &format!("[{items}]"));
    if form.has(80) {
        let count = if shape == Shape::Rows { 1 } else { 1 + form.0.below(4) };
        let parties: Vec<_> = (0..count).map(|_| party(shape, &mut form, &mut values, &facts)).collect();
        facts.raw("parties", &format!("[{}]", parties.join(",")));
    }
    if form.has(40) && shape != Shape::Rows {
        let mut vessel = facts.inner();
        vessel.text("name", &format!("MV {}", values.below(100_000)));
        if shape != Shape::NoLink {
            vessel.text("flag", values.pick(COUNTRIES).code);
        }
        vessel.text("role", "carrier");
        vessel.text("kind", "cargo");
        facts.raw("vessels", &format!("[{}]", vessel.shuffled(&mut form)));
    }
    for (key, share, words) in
        [("evidence", 50, &["alleged", "established"][..]), ("stage", 30, STAGES), ("transport", 30, TRANSPORT)]
    {
        if form.has(share) {
            let is_open = shape == Shape::Unknown && key == "transport";
            facts.text(key, values.word(if is_open { UNKNOWN_WORDS } else { words }));
        }
    }
    if form.has(30) {
        facts.text("notes", &description(shape, &mut values));
    }
    out.push_str(&facts.shuffled(&mut form));
}

/// A State, in an object of its own or as the text that stands for it.
fn side(form: &mut Form, key: &'static str, country: &Country, facts: &mut Object) {
    if form.has(60) {
        let mut side = facts.inner();
        side.text("country", country.code);
        let side = side.shuffled(form);
        facts.raw(key, &side);
    } else {
        facts.text(key, country.code);
    }
}

fn item(shape: Shape, form: &mut Form, values: &mut Dice, flagged: Option<&Good>, like: &Object) -> String {
    let mut item = like.inner();
    let text = description(shape, values);
    match flagged {
        Some(good) => {
            item.text("description", &format!("{} {text}", values.word(good.descriptions)));
            item.text("hs", good.hs);
        }
        None => {
            item.text("description", &text);
            if form.has(70) {
                // There is no chapter 77.
                let chapter = 1 + values.below(76) + 20 * values.below(2);
                let chapter = if chapter == 77 { 78 } else { chapter };
                let heading = 1 + values.below(last_heading(chapter));
                item.text("hs", &format!("{chapter:02}{heading:02}.{:02}", 10 + values.below(90)));
            }
        }
    }
    if form.has(80) {
        item.text("quantity", &format!("{} {}", 1 + values.below(9_000), values.word(UNITS)));
    }
    if form.has(50) {
        item.text("value", &format!("{} {}", 50 + values.below(4_000_000), values.word(CURRENCIES)));
    }
    if form.has(30) && shape != Shape::NoLink {
        item.text("origin", values.pick(COUNTRIES).code);
    }
    item.shuffled(form)
}

fn party(shape: Shape, form: &mut Form, values: &mut Dice, like: &Object) -> String {
    let mut party = like.inner();
    party.text("role", form.0.word(if shape == Shape::Unknown { UNKNOWN_WORDS } else { ROLES }));
    let (number, trade, firm) = (values.below(1_000_000), values.word(TRADES), values.word(FIRM_FORMS));
    party.text("name", &format!("{}{number} {trade} {firm}", char::from(b'A' + values.below(23) as u8)));
    if shape != Shape::NoLink {
        party.text("country", values.pick(COUNTRIES).code);
    }
    party.shuffled(form)
}

/// Everyday words of one script. If they are not all to be long, short texts are as frequent as long ones of ten times the length.
fn description(shape: Shape, values: &mut Dice) -> String {
    let words = match values.below(100) {
        0..55 => LATIN,
        55..70 => CYRILLIC,
        70..85 => HANGUL,
        _ => HAN,
    };
    let shortest = if shape == Shape::Texts { SHORTEST_OF_LONG } else { SHORTEST };
    let doublings = (LONGEST / shortest) as f64;
    let length = (shortest as f64 * doublings.powf(values.below(10_000) as f64 / 10_000.0)) as usize;
    let (mut text, mut characters) = (String::new(), 0);
    while characters < length {
        let word = values.word(words);
        if characters > 0 {
            text.push(' ');
            characters += 1;
        }
        text.push_str(word);
        characters += word.chars().count();
    }
    match text.char_indices().nth(LONGEST as usize) {
        Some((end, _)) => text.truncate(end),
        None => {}
    }
    text
}

/// What all lines of a form have in common: always the same dice.
struct Form(Dice);

impl Form {
    fn has(&mut self, percent: u64) -> bool {
        self.0.below(100) < percent
    }

    /// Mostly one, seldom many.
    fn count(&mut self, most: u64) -> u64 {
        (1..most).find(|_| !self.0.one_in(3)).unwrap_or(most)
    }
}

/// A JSON object whose keys are written in the order of the form.
struct Object {
    facts: Vec<(&'static str, String)>,
    spaced: bool,
}

impl Object {
    fn new(spaced: bool) -> Self {
        Self { facts: Vec::new(), spaced }
    }

    /// An empty one, written with the same spacing.
    fn inner(&self) -> Self {
        Self::new(self.spaced)
    }

    fn text(&mut self, key: &'static str, text: &str) {
        self.raw(key, &format!("\"{text}\""));
    }

    fn raw(&mut self, key: &'static str, json: &str) {
        self.facts.push((key, json.to_owned()));
    }

    fn shuffled(mut self, form: &mut Form) -> String {
        for place in (1..self.facts.len()).rev() {
            self.facts.swap(place, form.0.below(place as u64 + 1) as usize);
        }
        let (colon, comma) = if self.spaced { (": ", ", ") } else { (":", ",") };
        let facts: Vec<_> = self.facts.iter().map(|(key, json)| format!("\"{key}\"{colon}{json}")).collect();
        format!("{{{}}}", facts.join(comma))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::SEED;

    fn lines(share: u64, count: u64) -> Vec<String> {
        lines_of(Shape::Flagged(share), count)
    }

    fn lines_of(shape: Shape, count: u64) -> Vec<String> {
        let text = |number| {
            let mut text = String::new();
            line(SEED, shape, number, &mut text);
            text
        };
        (0..count).map(text).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_lines() {
        assert_eq!(lines(20, 200), lines(20, 200));
        assert_ne!(lines(20, 200), lines(2, 200));
    }

    #[test]
    fn the_share_of_lines_that_touch_the_dprk_is_as_asked() {
        for share in [2, 20, 100] {
            let touching = lines(share, 4_000).iter().filter(|line| line.contains("\"KP\"")).count() as f64 / 40.0;
            assert!((touching - share as f64).abs() < 2.0, "{touching} of {share}");
        }
    }

    #[test]
    fn lines_differ_in_the_order_of_their_keys_and_in_script() {
        let lines = lines(2, 4_000);
        let order = |line: &String| {
            let keys = line.split('"').filter(|part| ["id", "activity", "date", "from", "to", "items", "parties"].contains(part));
            keys.collect::<Vec<_>>().join(" ")
        };
        assert!(lines.iter().map(order).collect::<BTreeSet<_>>().len() > 1_000);
        for script in ['а', '가', '电', 'e'] {
            assert!(lines.iter().any(|line| line.contains(script)), "{script}");
        }
    }

    #[test]
    fn lines_of_a_kind_have_much_of_it_or_lack_it() {
        let all = |shape, holds: &dyn Fn(&String) -> bool| assert!(lines_of(shape, 200).iter().all(holds), "{shape:?}");
        let count = |line: &str, key: &str| line.matches(&format!("\"{key}\"")).count();
        all(Shape::Items, &|line| count(line, "description") == 50);
        all(Shape::Texts, &|line| line.chars().count() > 1_000);
        all(Shape::NoLink, &|line| ["from", "to", "country", "flag", "origin"].iter().all(|key| count(line, key) == 0));
        all(Shape::Rows, &|line| count(line, "description") == 1 && count(line, "role") <= 1);
        all(Shape::Unknown, &|line| UNKNOWN_WORDS.iter().any(|word| line.contains(word)));
        assert_eq!(["2", "101", "items", "other"].map(Shape::named), [Some(Shape::Flagged(2)), None, Some(Shape::Items), None]);
    }

    #[test]
    fn descriptions_are_of_20_to_2000_characters() {
        let mut dice = Dice::new(SEED, 1);
        let lengths: Vec<usize> = (0..2_000).map(|_| description(Shape::Flagged(0), &mut dice).chars().count()).collect();
        assert!(lengths.iter().all(|length| (20..=2_000).contains(length)));
        assert!(lengths.iter().any(|length| *length < 30) && lengths.iter().any(|length| *length > 1_500));
    }
}
