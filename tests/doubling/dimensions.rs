//! The dimensions in which an input can grow, each with an input of any size.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// A way in which an input can grow.
#[derive(Clone, Copy)]
pub struct Dimension {
    name: &'static str,
    /// The size at which measuring starts: some 100 kB, where that is large enough to be measured.
    start: usize,
    make: Make,
    format: Format,
    /// Left out of the suite: it costs too much to be measured there.
    pub is_costly: bool,
    command: &'static [&'static str],
}

#[derive(Clone, Copy)]
enum Make {
    /// One transaction, in each format that can hold it.
    Transaction(fn(usize) -> Value),
    /// As many transactions, in each format that can hold them; the number is that of the transaction, from 0.
    Transactions(fn(usize) -> Value),
    /// An incident, as YAML and JSON.
    Incident(fn(usize) -> Value),
    /// The text of a table.
    Table(fn(usize) -> String),
    /// Files and commands of its own.
    Own(fn(&Path, usize) -> Prepared),
}

#[derive(Clone, Copy, PartialEq)]
enum Format {
    Yaml,
    Json,
    Ndjson,
    Csv,
    Own,
}

/// An input that was written, and what is to be run.
pub struct Prepared {
    /// Runs that are not measured.
    pub before: Vec<Vec<String>>,
    /// The run that is measured.
    pub args: Vec<String>,
}

const CHECK: &[&str] = &["check", "-q"];

const fn of(name: &'static str, start: usize, make: Make) -> Dimension {
    Dimension { name, start, make, format: Format::Own, is_costly: false, command: CHECK }
}

impl Dimension {
    const fn with(self, command: &'static [&'static str]) -> Self {
        Self { command, ..self }
    }

    const fn costly(self) -> Self {
        Self { is_costly: true, ..self }
    }

    pub fn name(&self) -> String {
        let format = match self.format {
            Format::Yaml => ", YAML",
            Format::Json => ", JSON",
            Format::Ndjson => ", NDJSON",
            Format::Csv => ", CSV",
            Format::Own => "",
        };
        format!("{}{format}", self.name)
    }

    pub fn start(&self) -> usize {
        self.start
    }

    /// The same dimension in every format that can hold it.
    pub fn in_each_format(self) -> Vec<Self> {
        let formats: &[Format] = match self.make {
            Make::Transaction(_) | Make::Transactions(_) => &[Format::Ndjson, Format::Yaml, Format::Json],
            Make::Incident(_) => &[Format::Yaml, Format::Json],
            Make::Table(_) => &[Format::Csv],
            Make::Own(_) => &[Format::Own],
        };
        formats.iter().map(|format| Self { format: *format, ..self }).collect()
    }

    /// Writes the input of a size into a folder.
    pub fn prepare(&self, folder: &Path, size: usize) -> Prepared {
        let write = |name: &str, text: String| {
            fs::write(folder.join(name), text).unwrap();
            let args = self.command.iter().chain([&name]).map(ToString::to_string).collect();
            Prepared { before: Vec::new(), args }
        };
        let numbered = |make: fn(usize) -> Value| (0..size).map(make);
        match (self.make, self.format) {
            (Make::Transaction(make), Format::Ndjson) => write("a.ndjson", format!("{}\n", make(size))),
            (Make::Transactions(make), Format::Ndjson) => {
                write("a.ndjson", numbered(make).map(|value| format!("{value}\n")).collect())
            }
            (Make::Transaction(make), format) => write_document(incident(vec![make(size)]), format, write),
            (Make::Transactions(make), format) => write_document(incident(numbered(make).collect()), format, write),
            (Make::Incident(make), format) => write_document(make(size), format, write),
            (Make::Table(make), _) => write("a.csv", make(size)),
            (Make::Own(make), _) => make(folder, size),
        }
    }
}

fn write_document(incident: Value, format: Format, write: impl Fn(&str, String) -> Prepared) -> Prepared {
    if format == Format::Json {
        return write("a.json", serde_json::to_string_pretty(&incident).unwrap());
    }
    let mut text = String::new();
    block(&incident, 0, &mut text);
    write("a.yaml", text)
}

/// Writes a value as YAML in block style.
fn block(value: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                write!(text, "{indent}{key}:").unwrap();
                nested(value, depth, text);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            for value in list {
                write!(text, "{indent}-").unwrap();
                nested(value, depth, text);
            }
        }
        scalar => writeln!(text, "{indent}{scalar}").unwrap(),
    }
}

fn nested(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            text.push('\n');
            block(value, depth + 1, text);
        }
        Value::Array(list) if !list.is_empty() => {
            text.push('\n');
            block(value, depth + 1, text);
        }
        scalar => writeln!(text, " {scalar}").unwrap(),
    }
}

fn incident(transactions: Vec<Value>) -> Value {
    json!({"id": "a", "transactions": transactions})
}

/// A list of as many values.
fn list(size: usize, make: impl FnMut(usize) -> Value) -> Value {
    (0..size).map(make).collect()
}

fn sale(from: &str, to: &str, more: Value) -> Value {
    let mut value = json!({"id": "t", "date": "2018-05-04", "activity": "sale", "from": from, "to": to});
    more.as_object().unwrap().iter().for_each(|(key, more)| value[key] = more.clone());
    value
}

fn numbered(number: usize, mut value: Value) -> Value {
    value["id"] = format!("t{number}").into();
    value
}

fn args(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// Sales of coal by the DPRK, a line each.
fn coal_lines(size: usize) -> String {
    (0..size).map(|i| format!("{}\n", numbered(i, coal(i)))).collect()
}

fn coal(number: usize) -> Value {
    let item = json!({"description": "anthracite coal", "hs": "2701.11", "quantity": format!("{} t", number % 90 + 1)});
    sale("KP", "CN", json!({"items": [item]}))
}

/// A word of nine letters that is like no other.
fn letters(number: usize) -> String {
    (0..9).map(|place| char::from(b'a' + (number.wrapping_mul(7919 + place * 104_729) >> place) as u8 % 26)).collect()
}

fn silent(_: usize) -> Value {
    sale("FR", "CN", json!({"items": [{"description": "soap", "hs": "3401"}]}))
}

/// A list of designated persons in the program's own form.
fn names_list(size: usize) -> String {
    let rows: String = (0..size).map(|i| format!("X.{i},person,Ari{i} Bel{} Cor{}\n", i % 97, i % 89)).collect();
    format!("reference,kind,name\n{rows}")
}

use Make::{Incident, Own, Table, Transaction, Transactions};

pub const DIMENSIONS: &[Dimension] = &[
    // Items of one transaction.
    of(
        "items without a link",
        2_000,
        Transaction(|n| sale("FR", "CN", json!({"items": list(n, |i| json!({"description": format!("soap {i}")}))}))),
    ),
    of(
        "items that are open",
        2_000,
        Transaction(|n| sale("KP", "CN", json!({"items": list(n, |_| json!({"description": "mixed cargo"}))}))),
    ),
    of(
        "items that are breaches",
        1_000,
        Transaction(|n| {
            sale(
                "KP",
                "CN",
                json!({"items": list(n, |i| json!({"description": format!("coal {i}"), "hs": "2701.11", "quantity": "5 t"}))}),
            )
        }),
    ),
    of(
        "items that count towards a quota",
        1_000,
        Transaction(|n| {
            sale("CN", "KP", json!({"items": list(n, |_| json!({"description": "diesel", "hs": "2710", "quantity": "5 bbl"}))}))
        }),
    ),
    of(
        "items of unknown words",
        1_000,
        Transaction(|n| sale("KP", "CN", json!({"items": list(n, |i| json!({"description": format!("zorble{i} vum{i}")}))}))),
    ),
    of(
        "items whose code disagrees",
        1_000,
        Transaction(|n| sale("KP", "CN", json!({"items": list(n, |_| json!({"description": "soap", "hs": "2701.11"}))}))),
    ),
    of(
        "items with a wrong code",
        1_000,
        Transaction(|n| sale("KP", "CN", json!({"items": list(n, |i| json!({"hs": format!("x{i}")}))}))),
    ),
    of(
        "items with makers",
        1_000,
        Transaction(|n| {
            sale(
                "RU",
                "KP",
                json!({"items": list(n, |i| json!({"description": "pump", "made_by": format!("Maker {i} of Pyongyang"), "part_of": "a tank"}))}),
            )
        }),
    ).costly(),
    of(
        "codes of one item",
        10_000,
        Transaction(|n| sale("KP", "CN", json!({"items": [{"hs": list(n, |i| json!(format!("{:06}", 10_000 + i % 900_000)))}]}))),
    ),
    of(
        "explained items",
        200,
        Transaction(|n| sale("KP", "CN", json!({"items": list(n, |_| json!({"description": "mixed cargo"}))}))),
    )
    .with(&["explain"]),
    of(
        "near misses of items",
        500,
        Transaction(|n| sale("KP", "CN", json!({"items": list(n, |_| json!({"description": "soap", "hs": "3401"}))}))),
    )
    .with(&["check", "-q", "--near-misses"]),
    // Parties and other lists of one transaction.
    of(
        "parties",
        1_000,
        Transaction(|n| {
            sale(
                "KP",
                "CN",
                json!({"parties": list(n, |i| json!({"name": format!("Firm {i}"), "role": "consignee", "country": "CN"}))}),
            )
        }),
    ),
    of(
        "unknown parties",
        2_000,
        Transaction(|n| json!({"id": "t", "parties": list(n, |i| json!({"name": format!("Firm {i}")}))})),
    ),
    of(
        "parties of the DPRK",
        1_000,
        Transaction(|n| {
            sale(
                "KP",
                "CN",
                json!({"parties": list(n, |i| json!({"name": format!("Firm {i}"), "role": "seller", "nationality": "KP", "kind": "company"}))}),
            )
        }),
    ),
    of(
        "parties with an open listing",
        1_000,
        Transaction(
            |n| json!({"id": "t", "date": "2018-05-04", "activity": "payment", "from": "CN", "to": "KP", "parties": list(n, |i| json!({"name": format!("Firm {i}"), "role": "payee"}))}),
        ),
    ),
    of(
        "owners in a chain",
        1_000,
        Transaction(|n| {
            sale(
                "KP",
                "CN",
                json!({"parties": list(n, |i| json!({"name": format!("Firm {i}"), "owned_by": format!("Firm {}", i + 1)}))}),
            )
        }),
    )
    .costly(),
    of(
        "owners of one party",
        2_000,
        Transaction(|n| {
            sale("KP", "CN", json!({"parties": [{"name": "Firm", "owned_by": list(n, |i| json!(format!("Owner {i}")))}]}))
        }),
    ),
    of(
        "aliases of one party",
        5_000,
        Transaction(|n| {
            sale("KP", "CN", json!({"parties": [{"name": "Firm", "aliases": list(n, |i| json!(format!("Name {i}")))}]}))
        }),
    ),
    of(
        "roles of one party",
        5_000,
        Transaction(|n| {
            sale("KP", "CN", json!({"parties": [{"name": "Firm", "role": list(n, |i| json!(format!("rolle{i}")))}]}))
        }),
    ),
    of(
        "documents of one party",
        5_000,
        Transaction(|n| {
            sale(
                "KP",
                "CN",
                json!({"parties": [{"name": "Firm", "identifiers": list(n, |i| json!({"kind": "passport", "number": format!("{i}")}))}]}),
            )
        }),
    ),
    of(
        "listings of one party",
        5_000,
        Transaction(|n| {
            sale("KP", "CN", json!({"parties": [{"name": "Firm", "designated_as": list(n, |i| json!(format!("KPe.{i}")))}]}))
        }),
    ),
    of(
        "vessels",
        1_000,
        Transaction(|n| sale("KP", "CN", json!({"vessels": list(n, |i| json!({"name": format!("Ship {i}"), "flag": "KP"}))}))),
    ),
    of(
        "aircraft",
        1_000,
        Transaction(|n| {
            sale("KP", "CN", json!({"aircraft": list(n, |i| json!({"registration": format!("P-{i}"), "flag": "KP"}))}))
        }),
    ),
    of(
        "port calls",
        1_000,
        Transaction(|n| sale("RU", "CN", json!({"ports": list(n, |i| json!({"name": format!("Port {i}")}))}))),
    ),
    of(
        "groups of people",
        1_000,
        Transaction(
            |n| json!({"id": "t", "date": "2018-05-04", "activity": "employment", "from": "KP", "to": "RU", "people": list(n, |_| json!({"nationality": "KP", "occupation": "worker"}))}),
        ),
    ),
    of(
        "authorisations",
        1_000,
        Transaction(|n| {
            sale(
                "KP",
                "CN",
                json!({"items": [{"hs": "2701"}], "authorisations": list(n, |i| json!({"by": "committee", "ref": format!("r{i}"), "covers": "coal", "date": "2018-01-01"}))}),
            )
        }),
    ),
    of(
        "notifications",
        1_000,
        Transaction(|n| {
            sale(
                "KP",
                "CN",
                json!({"items": [{"hs": "2701"}], "notifications": list(n, |i| json!({"to": "committee", "ref": format!("r{i}"), "covers": "coal", "date": "2018-01-01"}))}),
            )
        }),
    ),
    of(
        "determinations",
        1_000,
        Transaction(|n| {
            sale(
                "KP",
                "CN",
                json!({"items": [{"hs": "2701"}], "determinations": list(n, |_| json!({"by": "committee", "finding": "livelihood-purposes", "date": "2018-01-01"}))}),
            )
        }),
    ),
    of(
        "actions",
        1_000,
        Transaction(|n| {
            sale(
                "KP",
                "CN",
                json!({"items": [{"hs": "2701"}], "actions": list(n, |_| json!({"action": "seizure", "by": "CN", "date": "2018-01-01"}))}),
            )
        }),
    ),
    of(
        "countries of transit",
        5_000,
        Transaction(|n| sale("KP", "CN", json!({"via": list(n, |i| json!(["RU", "CN", "KP", "FR"][i % 4]))}))),
    ),
    of(
        "unknown countries of transit",
        2_000,
        Transaction(|n| sale("KP", "CN", json!({"via": list(n, |i| json!(format!("Ruritanien {i}")))}))),
    ),
    of(
        "unknown activities",
        2_000,
        Transaction(|n| sale("KP", "CN", json!({"activity": list(n, |i| json!(format!("wirbelung{i}")))}))),
    ),
    of(
        "unknown keys beside nothing else",
        8_000,
        Transaction(|n| (0..n).map(|i| (format!("{}_name", letters(i)), json!("x"))).collect()),
    ),
    of("unknown keys", 2_000, Transaction(|n| sale("KP", "CN", (0..n).map(|i| (format!("kye{i}"), json!(i))).collect()))),
    // Texts.
    of(
        "a description of known goods",
        20_000,
        Transaction(|n| sale("KP", "CN", json!({"items": [{"description": "coal mine ".repeat(n)}]}))),
    ),
    of(
        "a description of unlisted words",
        10_000,
        Transaction(|n| {
            sale("KP", "CN", json!({"items": [{"description": (0..n).map(|i| format!("zorble{i} ")).collect::<String>()}]}))
        }),
    ),
    of(
        "a description with commas",
        10_000,
        Transaction(|n| sale("KP", "CN", json!({"items": [{"description": "parts of tanks, without coal, ".repeat(n / 3)}]}))),
    ),
    of(
        "a description of one word",
        100_000,
        Transaction(|n| sale("KP", "CN", json!({"items": [{"description": "coal".repeat(n / 4)}]}))),
    ),
    of(
        "a description in Korean",
        20_000,
        Transaction(|n| sale("KP", "CN", json!({"items": [{"description": "석탄게임기".repeat(n / 5)}]}))),
    ),
    of(
        "a description of places",
        10_000,
        Transaction(|n| sale("RU", "CN", json!({"items": [{"description": "Pyongyang Nampo ".repeat(n / 2)}]}))),
    ),
    of(
        "a description of numbers",
        20_000,
        Transaction(|n| sale("KP", "CN", json!({"items": [{"description": "7 x 3, ".repeat(n)}]}))),
    ),
    of(
        "a description of look-alikes",
        20_000,
        Transaction(|n| sale("KP", "CN", json!({"items": [{"description": "c\u{43e}al c\u{ad}oal ".repeat(n / 2)}]}))),
    ),
    of("the letters of an unknown country", 100_000, Transaction(|n| sale(&"Xyzzy ".repeat(n / 6), "CN", json!({})))),
    of("the letters of one unknown country", 100_000, Transaction(|n| sale(&"x".repeat(n), "CN", json!({})))),
    of(
        "the letters of an unknown activity",
        100_000,
        Transaction(|n| sale("KP", "CN", json!({"activity": "transfer wobble ".repeat(n / 16)}))),
    ),
    of(
        "the letters of one unknown activity",
        100_000,
        Transaction(|n| sale("KP", "CN", json!({"activity": "transfer".repeat(n / 8)}))),
    ),
    of(
        "the letters of an unknown key",
        100_000,
        Transaction(|n| sale("KP", "CN", [("kye".repeat(n / 3), json!(1))].into_iter().collect())),
    ),
    of("the letters of a date", 100_000, Transaction(|n| sale("KP", "CN", json!({"date": "May 3 ".repeat(n / 6)})))),
    of(
        "the digits of an amount",
        100_000,
        Transaction(|n| sale("KP", "CN", json!({"quantity": format!("{} t", "1,".repeat(n / 2))}))),
    ),
    of(
        "the letters of an amount",
        100_000,
        Transaction(|n| sale("KP", "CN", json!({"quantity": "five hundred ".repeat(n / 13)}))),
    ),
    of(
        "the letters of a name",
        100_000,
        Transaction(|n| sale("KP", "CN", json!({"parties": [{"name": "Korea Ari ".repeat(n / 10)}]}))),
    )
    .costly(),
    of(
        "the letters of a place",
        100_000,
        Transaction(|n| sale("KP", "CN", json!({"to": {"country": "CN", "place": "Korea Nampo ".repeat(n / 12)}}))),
    ),
    of("the letters of a code", 100_000, Transaction(|n| sale("KP", "CN", json!({"items": [{"hs": "27".repeat(n / 2)}]})))),
    of(
        "the letters of notes",
        100_000,
        Transaction(|n| sale("KP", "CN", json!({"title": "a word ".repeat(n / 14), "notes": "a word ".repeat(n / 14)}))),
    ),
    // Transactions.
    of("silent transactions", 4_000, Transactions(|i| numbered(i, silent(i)))),
    of("transactions that are breaches", 1_000, Transactions(|i| numbered(i, coal(i)))),
    of(
        "open transactions",
        500,
        Transactions(|i| numbered(i, sale("KP", "CN", json!({"items": [{"description": "mixed cargo"}]})))),
    ),
    of(
        "transactions without a link",
        1_000,
        Transactions(|i| json!({"id": format!("t{i}"), "activity": "sale", "items": [{"hs": "2701"}]})),
    ),
    of("transactions of which nothing is known", 500, Transactions(|i| json!({"id": format!("t{i}")}))),
    of(
        "transactions with an unknown country",
        1_000,
        Transactions(|i| numbered(i, sale(&format!("Ruritanien {i}"), "CN", json!({})))),
    ),
    of("transactions with the same unknown country", 1_000, Transactions(|i| numbered(i, sale("Ruritanien", "CN", json!({}))))),
    of(
        "transactions with an unknown activity",
        1_000,
        Transactions(|i| numbered(i, sale("FR", "CN", json!({"activity": format!("wirbelung {i}")})))),
    ),
    of(
        "transactions with a wrong date",
        1_000,
        Transactions(|i| numbered(i, sale("FR", "CN", json!({"date": format!("2018-13-{i}")})))),
    ),
    of(
        "transactions with an ambiguous date",
        1_000,
        Transactions(|i| numbered(i, sale("FR", "CN", json!({"date": "04/05/2018"})))),
    ),
    of("transactions with an unknown key", 1_000, Transactions(|i| numbered(i, sale("FR", "CN", json!({"kye": 1}))))),
    of("transactions with the same id", 1_000, Transactions(|i| if i % 2 == 0 { coal(i) } else { silent(i) })),
    of(
        "transactions whose place disagrees",
        1_000,
        Transactions(|i| numbered(i, sale("FR", "CN", json!({"to": {"country": "CN", "place": "Nampo"}})))),
    ),
    of(
        "transactions that count towards a quota",
        1_000,
        Transactions(|i| {
            numbered(i, sale("CN", "KP", json!({"items": [{"description": "diesel", "hs": "2710", "quantity": "5 bbl"}]})))
        }),
    ),
    of(
        "related transactions in a chain",
        1_000,
        Transactions(|i| {
            numbered(
                i,
                sale(
                    "KP",
                    "CN",
                    json!({"items": [{"hs": "2701"}], "relates_to": [{"transaction": format!("t{}", i + 1), "as": "payment-for"}]}),
                ),
            )
        }),
    ),
    of(
        "transactions related to one",
        1_000,
        Transactions(|i| {
            numbered(
                i,
                sale("KP", "CN", json!({"items": [{"hs": "2701"}], "relates_to": [{"transaction": "t0", "as": "same-as"}]})),
            )
        }),
    ),
    of(
        "relations of one transaction",
        1_000,
        Incident(|n| {
            let all = sale(
                "KP",
                "CN",
                json!({"id": "all", "items": [{"hs": "2701"}], "relates_to": list(n, |i| json!({"transaction": format!("t{i}"), "as": "payment-for"}))}),
            );
            incident((0..n).map(|i| numbered(i, coal(i))).chain([all]).collect())
        }),
    ),
    of(
        "relations to nothing",
        2_000,
        Transaction(|n| {
            sale(
                "KP",
                "CN",
                json!({"items": [{"hs": "2701"}], "relates_to": list(n, |i| json!({"transaction": format!("x{i}"), "as": "payment-for"}))}),
            )
        }),
    ),
    of(
        "contradictory sources",
        1_000,
        Incident(|n| {
            json!({
                "id": "a",
                "sources": list(n, |i| json!({"id": format!("s{i}"), "kind": if i % 2 == 0 { "court" } else { "press" }, "reliability": "B"})),
                "transactions": [sale("KP", "CN", json!({"items": [{"hs": "2701"}], "sources": list(n, |i| json!(format!("s{i}"))), "denied_by": list(n, |i| json!(format!("s{i}")))}))],
            })
        }),
    ),
    of(
        "transactions with a source each",
        500,
        Incident(|n| {
            json!({
                "id": "a",
                "sources": list(n, |i| json!({"id": format!("s{i}"), "kind": if i % 2 == 0 { "court" } else { "press" }, "reliability": "B"})),
                "transactions": list(n, |i| numbered(i, sale("KP", "CN", json!({"items": [{"hs": "2701"}], "sources": [format!("s{i}")]})))),
            })
        }),
    ),
    of(
        "balances of an incident",
        1_000,
        Incident(|n| {
            json!({
                "id": "a", "context": {"balances": list(n, |i| json!({"quota": "dprk-refined-petroleum", "year": 2018 + i % 5, "amount": "1 bbl"}))}, "transactions": [silent(0)],
            })
        }),
    ),
    of("explained transactions", 100, Transactions(|i| numbered(i, coal(i)))).with(&["explain"]),
    of("one explained transaction of many", 2_000, Transactions(|i| numbered(i, coal(i)))).with(&[
        "explain",
        "--transaction",
        "t7",
    ]),
    of(
        "what is missing to transactions",
        50,
        Transactions(|i| numbered(i, sale("KP", "CN", json!({"items": [{"description": "mixed cargo"}]})))),
    )
    .with(&["explain", "--missing"]),
    of("near misses of transactions", 500, Transactions(|i| numbered(i, silent(i)))).with(&["check", "-q", "--near-misses"]),
    of("transactions that tell the same act", 500, Transactions(|_| json!({"from": "KP", "to": "CN", "items": ["coal"]}))),
    // Tables.
    of(
        "rows that are breaches",
        2_000,
        Table(|n| {
            let rows: String = (0..n).map(|i| format!("t{i},2018-05-04,sale,KP,CN,anthracite,{} t\n", i % 90)).collect();
            format!("id,date,activity,from,to,item.description,item.quantity\n{rows}")
        }),
    ),
    of(
        "rows with unknown words",
        1_000,
        Table(|n| {
            let rows: String =
                (0..n).map(|i| format!("t{i},2018-05-04,wirbelung{i},Ruritanien {i},CN,zorble{i},{i} zorb\n")).collect();
            format!("id,date,activity,from,to,item.description,item.quantity\n{rows}")
        }),
    ),
    of(
        "unknown columns",
        2_000,
        Table(|n| {
            let columns: String = (0..n).map(|i| format!(",kye{i}")).collect();
            format!("id,date,activity,from,to{columns}\nt,2018-05-04,sale,KP,CN{}\n", ",x".repeat(n))
        }),
    ),
    of(
        "values of one cell",
        10_000,
        Table(|n| format!("id,date,activity,from,to,via\nt,2018-05-04,sale,KP,CN,{}\n", "RU;CN;FR;".repeat(n / 3))),
    ),
    of(
        "rows with stray quotes",
        1_000,
        Table(|n| {
            let rows: String = (0..n).map(|i| format!("t{i},2018-05-04,sale,KP,CN,\"anthracite\n")).collect();
            format!("id,date,activity,from,to,item.description\n{rows}")
        }),
    ),
    of(
        "quotes of one row",
        50_000,
        Table(|n| format!("id,date,activity,from,to,item.description\nt,2018-05-04,sale,KP,CN,{}\n", "\"x".repeat(n / 2))),
    ),
    of("rows that are too short", 2_000, Table(|n| format!("id,date,activity,from,to\n{}", "t,2018\r\n".repeat(n)))),
    // Decisions, ledgers, reports, names.
    of(
        "decisions",
        500,
        Own(|folder, n| {
            let who = "reason: a test, by: A. Person, on: 2024-05-01";
            let decisions: String =
                (0..n).map(|i| format!("- {{rule: dprk-coal, transaction: a/t{i}, decision: accepted, {who}}}\n")).collect();
            fs::write(folder.join("decisions.yaml"), decisions).unwrap();
            fs::write(folder.join("a.ndjson"), coal_lines(n)).unwrap();
            Prepared { before: Vec::new(), args: args(&["check", "-q", "a.ndjson", "--baseline", "decisions.yaml"]) }
        }),
    ),
    of(
        "ledger lines",
        500,
        Own(|folder, n| {
            fs::write(folder.join("a.ndjson"), coal_lines(n)).unwrap();
            fs::write(folder.join("b.ndjson"), format!("{}\n", sale("CN", "KP", json!({"incident": "b"})))).unwrap();
            let before = vec![args(&["check", "-q", "a.ndjson", "--write-ledger", "a.ledger"])];
            Prepared { before, args: args(&["check", "-q", "b.ndjson", "--ledger", "a.ledger", "--write-ledger", "b.ledger"]) }
        }),
    ),
    of(
        "findings in every report",
        200,
        Own(|folder, n| {
            fs::write(folder.join("a.ndjson"), coal_lines(n)).unwrap();
            let mut all = args(&["check", "-q", "a.ndjson"]);
            for format in ["text", "json", "ndjson", "sarif", "junit", "github", "html", "markdown", "csv"] {
                all.extend(["--report".to_owned(), format!("{format}=r.{format}")]);
            }
            Prepared { before: Vec::new(), args: all }
        }),
    ),
    of(
        "findings of one transaction in every report",
        200,
        Own(|folder, n| {
            let items = list(n, |_| json!({"description": "mixed cargo"}));
            fs::write(folder.join("a.ndjson"), format!("{}\n", sale("KP", "CN", json!({"items": items})))).unwrap();
            let mut all = args(&["check", "-q", "a.ndjson"]);
            for format in ["text", "json", "ndjson", "sarif", "junit", "github", "html", "markdown", "csv"] {
                all.extend(["--report".to_owned(), format!("{format}=r.{format}")]);
            }
            Prepared { before: Vec::new(), args: all }
        }),
    ),
    of(
        "a full text report of one transaction",
        200,
        Transaction(|n| sale("KP", "CN", json!({"items": list(n, |_| json!({"description": "mixed cargo"}))}))),
    )
    .with(&["check", "--full"]),
    of(
        "a verified report",
        200,
        Own(|folder, n| {
            fs::write(folder.join("a.ndjson"), coal_lines(n)).unwrap();
            let before = vec![args(&["check", "-q", "a.ndjson", "--report", "json=r.json"])];
            Prepared { before, args: args(&["verify", "r.json"]) }
        }),
    ),
    of(
        "files",
        200,
        Own(|folder, n| {
            (0..n).for_each(|i| {
                fs::write(
                    folder.join(format!("f{i}.json")),
                    json!({"id": format!("i{i}"), "transactions": [silent(i)]}).to_string(),
                )
                .unwrap()
            });
            Prepared { before: Vec::new(), args: args(&["check", "-q", "."]) }
        }),
    ),
    of(
        "files of the same incident",
        200,
        Own(|folder, n| {
            (0..n).for_each(|i| {
                fs::write(folder.join(format!("f{i}.json")), json!({"id": "i", "transactions": [coal(i)]}).to_string()).unwrap()
            });
            Prepared { before: Vec::new(), args: args(&["check", "-q", "."]) }
        }),
    ),
    of(
        "parts of a screened name",
        10_000,
        Own(|folder, n| {
            fs::write(folder.join("list.csv"), names_list(500)).unwrap();
            fs::write(folder.join("names.csv"), format!("name\n{}\n", (0..n).map(|i| format!("Ari{i} ")).collect::<String>()))
                .unwrap();
            Prepared { before: Vec::new(), args: args(&["screen", "--designations", "list.csv", "--file", "names.csv"]) }
        }),
    ),
    of(
        "letters of a screened name",
        100_000,
        Own(|folder, n| {
            fs::write(folder.join("list.csv"), names_list(500)).unwrap();
            fs::write(folder.join("names.csv"), format!("name\n{}\n", "Aribel".repeat(n / 6))).unwrap();
            Prepared { before: Vec::new(), args: args(&["screen", "--designations", "list.csv", "--file", "names.csv"]) }
        }),
    ),
    of(
        "screened names",
        500,
        Own(|folder, n| {
            fs::write(folder.join("list.csv"), names_list(500)).unwrap();
            fs::write(
                folder.join("names.csv"),
                format!("name\n{}", (0..n).map(|i| format!("Ari{i} Bel{}\n", i % 97)).collect::<String>()),
            )
            .unwrap();
            Prepared { before: Vec::new(), args: args(&["screen", "--designations", "list.csv", "--file", "names.csv"]) }
        }),
    ),
    of(
        "listed names",
        1_000,
        Own(|folder, n| {
            fs::write(folder.join("list.csv"), names_list(n)).unwrap();
            Prepared { before: Vec::new(), args: args(&["screen", "--designations", "list.csv", "Ari7 Bel7 Cor7"]) }
        }),
    ),
    of(
        "parts of a listed name",
        2_000,
        Own(|folder, n| {
            let name: String = (0..n).map(|i| format!("Ari{i} ")).collect();
            fs::write(folder.join("list.csv"), format!("reference,kind,name\nX.1,person,{name}\n")).unwrap();
            Prepared { before: Vec::new(), args: args(&["screen", "--designations", "list.csv", "Ari7 Ari8"]) }
        }),
    ),
    of(
        "aliases of a listed name",
        1_000,
        Own(|folder, n| {
            let rows: String = (0..n).map(|i| format!("X.1,person,Ari{i} Bel\n")).collect();
            fs::write(folder.join("list.csv"), format!("reference,kind,name\n{rows}")).unwrap();
            Prepared { before: Vec::new(), args: args(&["screen", "--designations", "list.csv", "Ari7 Bel"]) }
        }),
    ),
];
