//! The hundred rules, from fixed tables, and the same rule in the language of each engine.
//!
//! Each asks some of: country of either side, activity, HS prefix, words of the description, the last two of the same
//! item. All of these every engine can say. Words are such that parts of words and inflections make no difference: interdict
//! looks for words in any of their forms (it finds `медь` for `меди`), the others for text.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// How many.
pub const COUNT: usize = 100;

/// What is empty is not asked.
#[derive(Default)]
pub struct Rule {
    pub id: String,
    pub from: Vec<&'static str>,
    pub to: Vec<&'static str>,
    pub activity: Vec<&'static str>,
    pub hs: Vec<&'static str>,
    pub words: Vec<&'static str>,
}

const COUNTRIES: &[&str] =
    &["KP", "CN", "US", "DE", "JP", "KR", "NL", "RU", "IN", "SG", "VN", "BR", "TR", "AE", "EG", "PA", "MN", "KE", "CL"];

// None is broader than another: a broader term would match its narrower ones in interdict alone.
const ACTIVITIES: &[&str] = &["sale", "lease", "temporary-import", "transport", "maintenance", "technical-assistance", "storage"];

const HS: &[&str] =
    &["84", "8471", "2701", "2709", "2710", "7208", "74", "87", "8703", "03", "1006", "30", "6109", "8504", "26", "44"];

const WORDS: &[&str] = &[
    "pumps",
    "computers",
    "cotton",
    "leather",
    "rice",
    "wheat",
    "beef",
    "coal",
    "petroleum",
    "steel",
    "copper",
    "timber",
    "urea",
    "excavators",
    "wine",
    "bearings",
    "нефть",
    "насосы",
    "дизельное",
    "мебель",
    "bananas",
    "surgical",
];

/// The same rules each time.
pub fn rules() -> Vec<Rule> {
    let take = |table: &'static [&'static str], at: usize, many: usize| -> Vec<&'static str> {
        (0..many).map(|n| table[(at + n * 5) % table.len()]).collect()
    };
    let rule = |n: usize| {
        let id = format!("peer-{n:03}");
        let step = n / 5;
        match n % 5 {
            0 => Rule { id, from: take(COUNTRIES, step, 2), hs: take(HS, step, 2), ..Rule::default() },
            1 => Rule { id, to: take(COUNTRIES, step + 3, 3), words: take(WORDS, step, 2), ..Rule::default() },
            2 => Rule { id, activity: take(ACTIVITIES, step, 2), hs: take(HS, step + 7, 3), ..Rule::default() },
            3 => Rule { id, from: take(COUNTRIES, step + 1, 3), to: take(COUNTRIES, step + 8, 3), ..Rule::default() },
            _ => Rule {
                id,
                activity: take(ACTIVITIES, step, 1),
                hs: take(HS, step, 3),
                words: take(WORDS, step + 2, 4),
                ..Rule::default()
            },
        }
    };
    (0..COUNT).map(rule).collect()
}

fn quoted<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let all: Vec<String> = texts.into_iter().map(|t| format!("\"{t}\"")).collect();
    all.join(", ")
}

fn listed(texts: &[&str]) -> String {
    format!("[{}]", quoted(texts.iter().copied()))
}

/// As a file of interdict's rulebook.
pub fn for_interdict(rules: &[Rule]) -> String {
    let mut text = "interdict: 1\nrules:\n".to_owned();
    for rule in rules {
        let _ = write!(text, "  - id: {0}\n    title: {0}\n    authority: [S/RES/9001 OP1]\n    when:\n", rule.id);
        for (key, values) in [("from", &rule.from), ("to", &rule.to), ("activity", &rule.activity)] {
            if !values.is_empty() {
                let _ = writeln!(text, "      {key}: {}", listed(values));
            }
        }
        let mut item = Vec::new();
        if !rule.hs.is_empty() {
            item.push(format!("hs: {}", listed(&rule.hs)));
        }
        if !rule.words.is_empty() {
            item.push(format!("description: {{contains: {}}}", listed(&rule.words)));
        }
        if !item.is_empty() {
            let _ = writeln!(text, "      item: {{{}}}", item.join(", "));
        }
    }
    text
}

/// As Sigma rules (version 3, whose `items[any]` holds both conditions to the same item).
pub fn for_rsigma(rules: &[Rule]) -> String {
    let mut text = String::new();
    for rule in rules {
        let _ = write!(
            text,
            "---\ntitle: {0}\nid: {0}\nsigma-version: 3\nlogsource: {{category: trade}}\ndetection:\n  selection:\n",
            rule.id
        );
        for (key, values) in [("from.country", &rule.from), ("to.country", &rule.to), ("activity", &rule.activity)] {
            if !values.is_empty() {
                let _ = writeln!(text, "    {key}: {}", listed(values));
            }
        }
        if !rule.hs.is_empty() || !rule.words.is_empty() {
            text.push_str("    items[any]:\n");
        }
        if !rule.hs.is_empty() {
            let _ = writeln!(text, "      hs|startswith: {}", listed(&rule.hs));
        }
        if !rule.words.is_empty() {
            let _ = writeln!(text, "      description|contains: {}", listed(&rule.words));
        }
        text.push_str("  condition: selection\n");
    }
    text
}

/// As one rule of tau.
pub fn for_tau(rule: &Rule) -> String {
    let mut text = "detection:\n  A:\n".to_owned();
    for (key, values) in [("from.country", &rule.from), ("to.country", &rule.to), ("activity", &rule.activity)] {
        if !values.is_empty() {
            let _ = writeln!(text, "    {key}: {}", listed(values));
        }
    }
    if !rule.hs.is_empty() || !rule.words.is_empty() {
        text.push_str("    items:\n");
    }
    if !rule.hs.is_empty() {
        let starts: Vec<String> = rule.hs.iter().map(|p| format!("{p}*")).collect();
        let _ = writeln!(text, "      hs: [{}]", quoted(starts.iter().map(String::as_str)));
    }
    if !rule.words.is_empty() {
        let parts: Vec<String> = rule.words.iter().map(|w| format!("*{w}*")).collect();
        let _ = writeln!(text, "      description: [{}]", quoted(parts.iter().map(String::as_str)));
    }
    text.push_str("  condition: A\ntrue_positives: []\ntrue_negatives: []\n");
    text
}

/// As one JSONLogic rule.
pub fn for_datalogic(rule: &Rule) -> Value {
    let mut all = Vec::new();
    for (key, values) in [("from.country", &rule.from), ("to.country", &rule.to), ("activity", &rule.activity)] {
        if !values.is_empty() {
            all.push(json!({"in": [{"var": key}, values]}));
        }
    }
    let mut item = Vec::new();
    if !rule.hs.is_empty() {
        let any: Vec<Value> = rule.hs.iter().map(|p| json!({"starts_with": [{"var": "hs"}, p]})).collect();
        item.push(json!({"or": any}));
    }
    if !rule.words.is_empty() {
        let any: Vec<Value> = rule.words.iter().map(|w| json!({"in": [w, {"var": "description"}]})).collect();
        item.push(json!({"or": any}));
    }
    if !item.is_empty() {
        all.push(json!({"some": [{"var": "items"}, {"and": item}]}));
    }
    json!({"and": all})
}

/// As one module of Rego, whose `hits` is the set of rules that speak.
pub fn for_regorus(rules: &[Rule]) -> String {
    let mut text = "package peers\n".to_owned();
    for rule in rules {
        let _ = write!(text, "\nhits contains \"{}\" if {{\n", rule.id);
        for (key, values) in [("from.country", &rule.from), ("to.country", &rule.to), ("activity", &rule.activity)] {
            if !values.is_empty() {
                let _ = writeln!(text, "\tinput.{key} in {{{}}}", quoted(values.iter().copied()));
            }
        }
        if !rule.hs.is_empty() || !rule.words.is_empty() {
            text.push_str("\tsome item in input.items\n");
        }
        if !rule.hs.is_empty() {
            let _ = writeln!(text, "\tsome prefix in {}\n\tstartswith(item.hs, prefix)", listed(&rule.hs));
        }
        if !rule.words.is_empty() {
            let _ = writeln!(text, "\tsome word in {}\n\tcontains(item.description, word)", listed(&rule.words));
        }
        text.push_str("}\n");
    }
    text
}
