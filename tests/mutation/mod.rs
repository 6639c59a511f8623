//! One change at one place of an incident, picked by a seed: what a tired hand, a bad export or a filer with an interest makes.

#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Numbers that look random and are the same for the same seed (splitmix64).
#[derive(Clone)]
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(n).unwrap()).unwrap()
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { from.get(self.below(from.len())) }
    }
}

/// A kind of change. All of them leave a value of JSON, but `DoubleKey`, which is made in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    ForgetKey,
    ForgetElement,
    Coarser,
    Placeholder,
    EmptyList,
    KeyTypo,
    Typo,
    HiddenCharacter,
    LookAlike,
    Case,
    Padding,
    Magnitude,
    Unit,
    DateForm,
    MovedKey,
    DoubledKey,
    DoubledElement,
    AnotherCountryBeside,
    VagueWord,
    WordAdded,
    Excuse,
    ForeignWord,
}

impl Kind {
    pub const ALL: [Kind; 22] = [
        Kind::ForgetKey,
        Kind::ForgetElement,
        Kind::Coarser,
        Kind::Placeholder,
        Kind::EmptyList,
        Kind::KeyTypo,
        Kind::Typo,
        Kind::HiddenCharacter,
        Kind::LookAlike,
        Kind::Case,
        Kind::Padding,
        Kind::Magnitude,
        Kind::Unit,
        Kind::DateForm,
        Kind::MovedKey,
        Kind::DoubledKey,
        Kind::DoubledElement,
        Kind::AnotherCountryBeside,
        Kind::VagueWord,
        Kind::WordAdded,
        Kind::Excuse,
        Kind::ForeignWord,
    ];

    /// What the change is, as the table of results says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Kind::ForgetKey => "a key is forgotten",
            Kind::ForgetElement => "an element of a list is forgotten",
            Kind::Coarser => "a day is told as its month or year, a code as its heading",
            Kind::Placeholder => "a value is `unknown`, `N/A`, `-`, null",
            Kind::EmptyList => "a list is said to be empty",
            Kind::KeyTypo => "a letter of a key is lost or doubled",
            Kind::Typo => "a letter of a word is lost, doubled or swapped",
            Kind::HiddenCharacter => "a character that is not seen stands in a word",
            Kind::LookAlike => "a letter of another script that looks alike",
            Kind::Case => "capitals or small letters",
            Kind::Padding => "blanks, quotes or a full stop around a word",
            Kind::Magnitude => "a number is a thousand times more or less",
            Kind::Unit => "an amount without its unit, or in another",
            Kind::DateForm => "a date in another form, or far away",
            Kind::MovedKey => "a key stands one level up or down",
            Kind::DoubledKey => "a key stands twice, with another value",
            Kind::DoubledElement => "an element of a list stands twice",
            Kind::AnotherCountryBeside => "another country beside the one told",
            Kind::VagueWord => "a vague word in place of a word",
            Kind::WordAdded => "innocent words beside a word",
            Kind::Excuse => "an excuse that is only claimed",
            Kind::ForeignWord => "a word in another language or none",
        }
    }
}

/// A step to a value inside a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// Keys whose values are for people and are no facts.
const NOT_FACTS: [&str; 8] = ["id", "title", "notes", "summary", "ref", "denied_by", "sources", "url"];

/// The paths to all values below a tree that are facts.
pub fn places(tree: &Value) -> Vec<Vec<Step>> {
    fn collect(value: &Value, path: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
        let children: Vec<(Step, &Value)> = match value {
            Value::Object(map) => map
                .iter()
                .filter(|(key, _)| !NOT_FACTS.contains(&key.as_str()))
                .map(|(key, value)| (Step::Key(key.clone()), value))
                .collect(),
            Value::Array(list) => list.iter().enumerate().map(|(i, value)| (Step::Index(i), value)).collect(),
            _ => Vec::new(),
        };
        for (step, child) in children {
            path.push(step);
            found.push(path.clone());
            collect(child, path, found);
            path.pop();
        }
    }
    let mut found = Vec::new();
    collect(tree, &mut Vec::new(), &mut found);
    found
}

pub fn at<'v>(tree: &'v Value, path: &[Step]) -> Option<&'v Value> {
    path.iter().try_fold(tree, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => value.get(index),
    })
}

pub fn at_mut<'v>(tree: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(tree, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}

/// The key under which a value stands, itself or its list.
fn key_of(path: &[Step]) -> &str {
    path.iter().rev().find_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None }).unwrap_or_default()
}

fn is_word(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.chars().any(char::is_alphabetic))
}

/// Changes a transaction at one place; `None` if it has no place for this kind.
pub fn mutate(transaction: &Value, kind: Kind, random: &mut Random) -> Option<(Value, String)> {
    let places = places(transaction);
    let fits = |path: &&Vec<Step>| {
        let Some(value) = at(transaction, path) else { return false };
        let key = key_of(path);
        let is_key = matches!(path.last(), Some(Step::Key(_)));
        match kind {
            Kind::ForgetKey | Kind::KeyTypo | Kind::MovedKey | Kind::DoubledKey => is_key,
            Kind::ForgetElement | Kind::DoubledElement => !is_key,
            Kind::Coarser => value.as_str().is_some_and(|text| coarser(key, text).is_some()),
            Kind::Placeholder => !value.is_object(),
            Kind::EmptyList => value.is_array(),
            Kind::Typo | Kind::HiddenCharacter | Kind::LookAlike | Kind::Case | Kind::Padding => is_word(value),
            Kind::Magnitude | Kind::Unit => {
                matches!(key, "quantity" | "value" | "amount" | "count" | "unit_value")
                    && (value.is_string() || value.is_number())
            }
            Kind::DateForm => key.ends_with("date") && value.is_string(),
            Kind::AnotherCountryBeside => {
                matches!(key, "from" | "to" | "country" | "nationality" | "flag" | "origin" | "via") && value.is_string()
            }
            Kind::VagueWord | Kind::WordAdded | Kind::ForeignWord => {
                matches!(key, "description" | "activity" | "role" | "kind" | "purpose" | "field" | "declared_as" | "name")
                    && value.is_string()
            }
            Kind::Excuse => **path == places[0],
        }
    };
    let fitting: Vec<&Vec<Step>> = places.iter().filter(fits).collect();
    let path = (*random.pick(&fitting)?).clone();
    let mut changed = transaction.clone();
    let key = key_of(&path).to_owned();
    let what = change(&mut changed, &path, &key, kind, random)?;
    if changed == *transaction {
        return None;
    }
    let place: Vec<String> = path
        .iter()
        .map(|step| match step {
            Step::Key(key) => key.clone(),
            Step::Index(index) => index.to_string(),
        })
        .collect();
    Some((changed, format!("{}: {what}", place.join("."))))
}

fn change(tree: &mut Value, path: &[Step], key: &str, kind: Kind, random: &mut Random) -> Option<String> {
    let (last, above) = path.split_last()?;
    let value = at(tree, path)?.clone();
    let text = value.as_str().unwrap_or_default().to_owned();
    let put = |tree: &mut Value, new: Value| {
        let said = format!("{value} -> {new}");
        *at_mut(tree, path).unwrap() = new;
        Some(said)
    };
    match kind {
        Kind::ForgetKey => {
            let Step::Key(key) = last else { return None };
            at_mut(tree, above)?.as_object_mut()?.remove(key);
            Some(format!("without {value}"))
        }
        Kind::ForgetElement => {
            let Step::Index(index) = last else { return None };
            at_mut(tree, above)?.as_array_mut()?.remove(*index);
            Some(format!("without {value}"))
        }
        Kind::DoubledElement => {
            at_mut(tree, above)?.as_array_mut()?.push(value);
            Some("twice".to_owned())
        }
        Kind::Coarser => put(tree, coarser(key, &text)?.into()),
        Kind::Placeholder => {
            let new = [json!("unknown"), json!("N/A"), json!("-"), json!("?"), Value::Null, json!("n.a."), json!("tbc")];
            put(tree, random.pick(&new)?.clone())
        }
        Kind::EmptyList => put(tree, json!([])),
        Kind::KeyTypo => {
            let Step::Key(key) = last else { return None };
            let new = typo(key, random)?;
            let map = at_mut(tree, above)?.as_object_mut()?;
            let value = map.remove(key)?;
            map.insert(new.clone(), value);
            Some(format!("as {new}"))
        }
        Kind::Typo => put(tree, typo(&text, random)?.into()),
        Kind::HiddenCharacter => {
            let hidden = ['\u{200b}', '\u{ad}', '\u{feff}', '\u{2060}', '\u{200d}', '\u{a0}'];
            put(tree, inserted(&text, *random.pick(&hidden)?, random).into())
        }
        Kind::LookAlike => {
            let pairs = [
                ('a', 'а'),
                ('c', 'с'),
                ('e', 'е'),
                ('o', 'о'),
                ('p', 'р'),
                ('x', 'х'),
                ('K', 'К'),
                ('P', 'Р'),
                ('i', 'і'),
                ('0', 'О'),
            ];
            let here: Vec<_> = pairs.iter().filter(|(latin, _)| text.contains(*latin)).collect();
            let (latin, other) = random.pick(&here)?;
            put(tree, text.replacen(*latin, &other.to_string(), 1).into())
        }
        Kind::Case => {
            let new = match random.below(3) {
                0 => text.to_uppercase(),
                1 => text.to_lowercase(),
                _ => text
                    .chars()
                    .enumerate()
                    .map(|(i, c)| if i % 2 == 0 { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
                    .collect(),
            };
            put(tree, new.into())
        }
        Kind::Padding => {
            let new = [
                format!(" {text}"),
                format!("{text} "),
                format!("\"{text}\""),
                format!("{text}."),
                format!("{text};"),
                format!("\t{text}\n"),
            ];
            put(tree, random.pick(&new)?.clone().into())
        }
        Kind::Magnitude => {
            let digits = value.to_string().trim_matches('"').to_owned();
            let end = digits.find(|c: char| c.is_ascii_digit()).map(|start| {
                digits[start..]
                    .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
                    .map_or(digits.len(), |n| start + n)
            })?;
            let new = [
                format!("{}000{}", &digits[..end], &digits[end..]),
                format!("0.001 x {digits}"),
                format!("{}.000{}", &digits[..end], &digits[end..]),
            ];
            let new = random.pick(&new)?.clone();
            put(tree, if value.is_number() { new.parse::<u64>().map_or(new.into(), Value::from) } else { new.into() })
        }
        Kind::Unit => {
            let number = text.split(' ').next()?.to_owned();
            let new = [
                number.clone(),
                format!("{number} units"),
                format!("{number} kg"),
                format!("{number} pieces"),
                format!("{number} boxes"),
                format!("{number} EUR"),
            ];
            put(tree, random.pick(&new)?.clone().into())
        }
        Kind::DateForm => {
            let parts: Vec<&str> = text.split('-').collect();
            let (year, month, day) =
                (*parts.first()?, parts.get(1).copied().unwrap_or("06"), parts.get(2).copied().unwrap_or("05"));
            let new = [
                format!("{day}/{month}/{year}"),
                format!("{month}/{day}/{year}"),
                format!("{day}.{month}.{year}"),
                format!("{year}{month}{day}"),
                format!("{year}-{month}-{day}T12:00:00Z"),
                "1970-01-01".to_owned(),
                format!("before {year}-{month}-{day}"),
                format!("since {year}"),
                format!("{}/{text}", "2001-01-01"),
                format!("early {year}"),
                format!("0{}", &year[1..]),
            ];
            put(tree, random.pick(&new)?.clone().into())
        }
        Kind::MovedKey => {
            let Step::Key(key) = last else { return None };
            let above_that = match above.last()? {
                Step::Key(_) => &above[..above.len() - 1],
                Step::Index(_) => &above[..above.len().checked_sub(2)?],
            };
            let moved = at_mut(tree, above)?.as_object_mut()?.remove(key)?;
            at_mut(tree, above_that)?.as_object_mut()?.entry(key.clone()).or_insert(moved);
            Some("one level up".to_owned())
        }
        Kind::DoubledKey => {
            // Told apart from the key by a mark that is taken out of the text.
            let Step::Key(key) = last else { return None };
            let other = [json!("unknown"), json!("CN"), json!("none"), json!([])];
            let other = random.pick(&other)?.clone();
            at_mut(tree, above)?.as_object_mut()?.insert(format!("{key}{TWICE}"), other);
            Some("twice".to_owned())
        }
        Kind::AnotherCountryBeside => {
            let other = random.pick(&["CN", "SG", "CH", "RU", "KR"])?;
            put(tree, if random.below(2) == 0 { json!([text, other]) } else { json!([other, text]) })
        }
        Kind::VagueWord => {
            let new = match key {
                "description" | "declared_as" => *random.pick(&[
                    "goods",
                    "cargo",
                    "equipment",
                    "as per invoice",
                    "supplies",
                    "products",
                    "materials",
                    "misc.",
                ])?,
                "activity" => *random.pick(&["service", "passes", "assists", "cooperation"])?,
                "name" => "a company",
                _ => *random.pick(&["other", "various"])?,
            };
            put(tree, new.into())
        }
        Kind::WordAdded => {
            let new = match random.below(6) {
                0 => format!("{text} for humanitarian purposes"),
                1 => format!("civilian {text}"),
                2 => format!("{text} (approved)"),
                3 => format!("used {text}, second hand"),
                4 => format!("rice and {text}"),
                _ => format!("{text}, of Chinese origin"),
            };
            put(tree, new.into())
        }
        Kind::Excuse => {
            let excuses: [(&str, Value); 10] = [
                ("authorisations", json!([{"by": "committee", "evidence": "alleged"}])),
                ("authorisations", json!([{"by": "KP", "date": "2018-01-01"}])),
                ("authorisations", json!([{"by": "committee", "covers": "ten tonnes of rice"}])),
                ("authorisations", json!([{"by": "committee", "date": "2001-01-01", "valid_until": "2002-01-01"}])),
                ("notifications", json!([{"to": "committee", "by": "KP", "date": "2015-01-01"}])),
                ("determinations", json!([{"by": "KP", "finding": "no breach", "holds": false}])),
                ("purpose", json!("humanitarian")),
                ("links_to_revenue", json!(false)),
                ("notes", json!("approved by the Committee")),
                ("contract", json!({"date": "2001-01-01"})),
            ];
            let (key, excuse) = random.pick(&excuses)?.clone();
            let map: &mut Map<String, Value> = tree.as_object_mut()?;
            if map.contains_key(key) {
                return None;
            }
            let said = format!("{key} is {excuse}");
            map.insert(key.to_owned(), excuse);
            Some(said)
        }
        Kind::ForeignWord => {
            put(tree, random.pick(&["zorbles", "divers", "Güter", "товар", "物品", "lo que sea", "qwertz"])?.to_string().into())
        }
    }
}

/// Marks a key that is to stand twice.
pub const TWICE: &str = "\u{2}";

/// A tree as JSON text, with the keys that are to stand twice.
pub fn to_text(tree: &Value) -> String {
    serde_json::to_string(tree).unwrap().replace("\\u0002", "")
}

fn coarser(key: &str, text: &str) -> Option<String> {
    if key.ends_with("date") {
        let cut = text.rfind('-').filter(|_| text.len() <= 10)?;
        return Some(text[..cut].to_owned());
    }
    if key == "hs" {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        return (digits.len() > 2).then(|| digits[..digits.len() - 2].to_owned());
    }
    None
}

fn typo(text: &str, random: &mut Random) -> Option<String> {
    let letters: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_alphabetic()).map(|(at, _)| at).collect();
    if letters.len() < 3 {
        return None;
    }
    let at = *random.pick(&letters)?;
    let c = text[at..].chars().next()?;
    let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
    Some(match (random.below(3), after.chars().next()) {
        (0, _) => format!("{before}{after}"),
        (1, Some(next)) if next.is_alphabetic() => format!("{before}{next}{c}{}", &after[next.len_utf8()..]),
        _ => format!("{before}{c}{c}{after}"),
    })
}

fn inserted(text: &str, c: char, random: &mut Random) -> String {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
    let at = random.pick(&places).copied().unwrap_or(0);
    format!("{}{c}{}", &text[..at], &text[at..])
}

/// Counts by kind and outcome, as a table.
pub fn table<O: Ord + std::fmt::Debug>(counts: &BTreeMap<(Kind, O), usize>, outcomes: &[O]) -> String {
    let mut table = format!("{:>6}", "all");
    outcomes.iter().for_each(|outcome| table.push_str(&format!("{:>9}", format!("{outcome:?}").to_lowercase())));
    table.push('\n');
    for kind in Kind::ALL {
        let of_kind = |outcome: &O| counts.iter().find(|((k, o), _)| *k == kind && o == outcome).map_or(0, |(_, n)| *n);
        table.push_str(&format!("{:>6}", outcomes.iter().map(of_kind).sum::<usize>()));
        outcomes.iter().for_each(|outcome| table.push_str(&format!("{:>9}", of_kind(outcome))));
        table.push_str(&format!("  {}\n", kind.in_words()));
    }
    table
}
