//! The ledger file that a run writes: its keys, its seal, and its text.
//!
//! A ledger made by hand has `balances` and `notices`. One that a run has written also has each transaction that was counted on
//! top of them, so that a later run counts as if it had read all inputs itself. Any change to it breaks its seal.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::document::{
    Code, Diagnostic, Diagnostics, Node, Quoting, SourceMap, SourceText, YamlWriter, canonical_digest, json_of, read_yaml,
};

/// The version of the file format.
pub const LEDGER_SCHEMA: &str = "interdict/ledger/1";

/// The keys that only a ledger written by a run has. A file with one of them needs a seal.
pub(super) const WRITTEN_KEYS: [&str; 6] = ["ledger", "program", "inputs", "totals", "counted", SEAL];

const SEAL: &str = "seal";
const PARTS: &str = "parts";

/// The order of keys in the file.
const KEY_ORDER: &[&str] = &[
    "ledger",
    "program",
    "follows",
    "path",
    "quota",
    "period",
    "incident",
    "transaction",
    "item",
    "date",
    "total",
    "amounts",
    "exactly",
    "from",
    "above",
    "to",
    "below",
    "unit",
    "may",
    "standing",
    "factors",
    "with",
    "transactions",
    "digest",
    "inputs",
    "skipped",
    "balances",
    "notices",
    "totals",
    "counted",
    "algorithm",
    "of",
    "value",
    PARTS,
    SEAL,
];

/// An input that was counted, and the rulebook by which it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedInput {
    /// The path as given to the run that counted the input.
    pub path: String,
    /// Digest of its bytes: `sha256:` and hexadecimal digits.
    pub digest: String,
    /// The number of transactions that were read from it.
    pub transactions: usize,
    /// Digest of the rulebook: `sha256:` and hexadecimal digits.
    pub rulebook: String,
    /// The day as of which the law was applied, if one was given with `--known-on`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_on: Option<String>,
}

/// The total of a quota in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalNote {
    /// The quota's id.
    pub quota: String,
    /// The period, as a date, month, year or range.
    pub period: String,
    /// The total in each of the quota's units.
    pub total: Vec<AmountNote>,
    /// The number of transactions in the total.
    pub transactions: usize,
}

/// A transaction, or one of its items, that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedNote {
    /// The quota's id.
    pub quota: String,
    /// The incident's id.
    pub incident: String,
    /// The transaction's id.
    pub transaction: String,
    /// The position of the item, from 0, where an item was counted and not the whole transaction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
    /// The date of the transaction, if it is reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The amount in each of the quota's units.
    pub amounts: Vec<AmountNote>,
    /// True if it is uncertain whether the transaction counts: it was planned or attempted, or the quota may not cover it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may: bool,
    /// The evidence level: `established` or `alleged`.
    pub standing: String,
    /// The conversion factors that were applied, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub factors: Vec<String>,
    /// The transaction that this one is a part of or the same as. If that one counts, this one does not count beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<OtherNote>,
    /// The number of the transaction's input in the list of inputs, from 1.
    pub input: usize,
    /// The transaction's line, row or position in that input, from 1.
    pub number: usize,
}

/// The ledger before another one in a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowsNote {
    /// Its path as given.
    pub path: String,
    /// Digest of its bytes: `sha256:` and hexadecimal digits.
    pub digest: String,
    /// Its period, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
}

/// A reference to another transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherNote {
    /// The incident's id.
    pub incident: String,
    /// The transaction's id.
    pub transaction: String,
    /// How the two belong together: `same-as`, `leg-of` or `part-of`. Ledgers of earlier versions do not say it.
    #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
}

/// An amount with all its digits: `exactly`, or a lower bound (`from` if it is included, else `above`) and, if there is one, an
/// upper bound (`to` if it is included, else `below`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountNote {
    /// The amount, if it is known exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exactly: Option<String>,
    /// The lower bound, included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The lower bound, excluded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<String>,
    /// The upper bound, included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The upper bound, excluded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<String>,
    /// The unit, as the rulebook names it.
    pub unit: String,
}

/// A ledger to be written.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerFile {
    /// The version of the file format, [`LEDGER_SCHEMA`].
    pub ledger: &'static str,
    /// Name and version of the program.
    pub program: &'static str,
    /// The ledger that the run counted on from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follows: Option<FollowsNote>,
    /// The period of the run: as declared, else the months of what it counted, else that of the ledger before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The periods of which neither this run nor an earlier one knows anything.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<String>,
    /// The inputs of this run and of all earlier ones.
    pub inputs: Vec<CountedInput>,
    /// The balances of the ledger that the first run began with, as they were written.
    pub balances: Value,
    /// The notices of that ledger.
    pub notices: Value,
    /// The totals of each quota.
    pub totals: Vec<TotalNote>,
    /// The transactions that the totals are sums of.
    pub counted: Vec<CountedNote>,
}

/// Name and version of this program, as written into ledgers.
pub const PROGRAM: &str = concat!("interdict ", env!("CARGO_PKG_VERSION"));

impl LedgerFile {
    /// The file's text, sealed, and the digits of its seal. The same content has the same text.
    pub fn sealed_text(&self) -> serde_json::Result<(String, String)> {
        let mut map = match serde_json::to_value(self)? {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        let seal = seal_of(&map)?;
        let digits = seal.get("value").and_then(Value::as_str).unwrap_or_default().to_owned();
        map.insert(SEAL.to_owned(), seal);
        let mut yaml = YamlWriter::new(Quoting::Always, KEY_ORDER);
        yaml.comment("Written by `interdict check --write-ledger`, for `--ledger`. A changed one is not trusted.");
        yaml.mapping(&map, &[SEAL, PARTS]);
        Ok((yaml.finish(), digits))
    }
}

/// Computes the seal of everything but the seal: a digest of the whole, and short ones of each part, to locate a change.
fn seal_of(map: &Map<String, Value>) -> serde_json::Result<Value> {
    let mut rest = map.clone();
    rest.remove(SEAL);
    let short = |value: &Value| canonical_digest(value).map(|d| Value::String(d.chars().take(16).collect()));
    let mut parts = Map::new();
    for (key, value) in &rest {
        let part = match value {
            Value::Array(elements) => Value::Array(elements.iter().map(short).collect::<Result<_, _>>()?),
            other => short(other)?,
        };
        parts.insert(key.clone(), part);
    }
    let value = canonical_digest(&rest)?;
    Ok(serde_json::json!({"algorithm": "sha256", "of": "canonical JSON of everything above", "value": value, "parts": parts}))
}

/// The digits of the seal of a written ledger; `None` if it has none.
pub(crate) fn stated_seal(text: &str) -> Option<String> {
    let id = SourceMap::default().add(SourceText::new("ledger", text));
    let root = read_yaml(id, &SourceText::new("ledger", text), &mut Diagnostics::default())?;
    root.get(SEAL)?.get("value")?.text().map(str::to_owned)
}

/// True if a ledger is as it was sealed. What was changed is reported with its place.
pub(super) fn seal_holds(root: &Node, problems: &mut Diagnostics) -> bool {
    let Value::Object(map) = json_of(root) else { return false };
    let Some(sealed) = map.get(SEAL) else {
        let first = root.entries().and_then(|e| e.iter().find(|e| WRITTEN_KEYS.contains(&e.key.text.as_str())));
        let at = first.map_or(root.span, |e| e.key.span);
        problems.push(
            Diagnostic::new(
                Code::SealMissing,
                at,
                "this is a ledger that was written by `--write-ledger`, and its seal is missing",
            )
            .help("nothing of it was counted; a hand-written ledger has `balances` and `notices` alone"),
        );
        return false;
    };
    let found = match seal_of(&map) {
        Ok(found) if found == *sealed => return true,
        Ok(found) => found,
        Err(_) => Value::Null,
    };
    let mut changes = Changes { problems, reported: 0 };
    let parts = |seal: &Value| seal.get(PARTS).and_then(Value::as_object).cloned().unwrap_or_default();
    let (was, is) = (parts(sealed), parts(&found));
    for entry in root.entries().unwrap_or_default().iter().filter(|e| e.key.text != SEAL) {
        let key = entry.key.text.as_str();
        match (was.get(key), is.get(key)) {
            (Some(Value::Array(was)), Some(Value::Array(is))) => changes.compare_list(key, &entry.value, was, is),
            (Some(was), Some(is)) if was != is => changes.report(&entry.value, format!("`{key}` is not what was sealed")),
            (None, _) => changes.report(&entry.value, format!("`{key}` was not sealed")),
            _ => {}
        }
    }
    for key in was.keys().filter(|key| !is.contains_key(*key)) {
        changes.report(root, format!("`{key}` was sealed and is not there"));
    }
    if changes.reported == 0 {
        let at = root.get(SEAL).unwrap_or(root);
        changes.report(at, "the seal is not that of this ledger".to_owned());
    }
    false
}

/// Reports the differences from what was sealed.
struct Changes<'p> {
    problems: &'p mut Diagnostics,
    reported: usize,
}

impl Changes<'_> {
    fn report(&mut self, at: &Node, message: String) {
        self.reported += 1;
        let help = "nothing of this ledger was counted; take it as it was written, or count the inputs again";
        self.problems
            .push(Diagnostic::new(Code::LedgerChanged, at.span, format!("the ledger was changed: {message}")).help(help));
    }

    fn compare_list(&mut self, key: &str, node: &Node, was: &[Value], is: &[Value]) {
        let elements = node.elements().unwrap_or_default();
        let begins_alike = was.iter().zip(is).take_while(|(a, b)| a == b).count();
        let (was_rest, is_rest) = (was.get(begins_alike..).unwrap_or_default(), is.get(begins_alike..).unwrap_or_default());
        let ends_alike = was_rest.iter().rev().zip(is_rest.iter().rev()).take_while(|(a, b)| a == b).count();
        // What differs is between: this many elements were sealed there, and this many are there now.
        let (sealed, stand) = (was_rest.len() - ends_alike, is_rest.len() - ends_alike);
        let first = begins_alike + 1;
        if stand == 0 {
            for number in first..first + sealed {
                let at = elements.get(begins_alike).unwrap_or(node);
                self.report(at, format!("entry {number} of `{key}` was sealed and is not there"));
            }
            return;
        }
        for (index, (element, digest)) in elements.iter().zip(is).enumerate().skip(begins_alike).take(stand) {
            let number = index + 1;
            if was.contains(digest) {
                if sealed == stand {
                    self.report(element, format!("entry {number} of `{key}` does not stand where it was sealed"));
                }
            } else if sealed < stand {
                self.report(element, format!("entry {number} of `{key}` was not sealed"));
            } else {
                self.report(element, format!("entry {number} of `{key}` is not what was sealed"));
            }
        }
        if sealed != stand {
            let at = elements.get(begins_alike).unwrap_or(node);
            self.report(at, format!("`{key}` had {} entries when it was sealed, and now it has {}", was.len(), is.len()));
        }
    }
}
