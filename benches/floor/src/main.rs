//! The floor: what it costs to read the lines and parse each with serde_json, with no rule asked.
//!
//! `floor text FILE` parses into structs of borrowed texts: no date, code, country or amount is understood. No program that
//! parses these lines with serde_json can be faster.
//! `floor facts FILE` parses into the typed facts that `interdict check` parses into, for each line new ones.
//! `floor again FILE` parses into the same, for all lines into one record, which keeps the room of its lists.
//! `floor own FILE` parses into the same by the reader of `interdict check`.
//!
//! `floor digest FILE` takes SHA-256 of the bytes and parses nothing.
//!
//! Each reads in blocks of 1 MiB and checks each block's UTF-8 once.

// Fields are read by the parser alone: that is all that is measured.
#![allow(dead_code)]

mod by_serde;

use std::borrow::Cow;
use std::fmt::Formatter;
use std::fs::File;
use std::hint::black_box;
use std::io::{Error, ErrorKind, Read as _};
use std::marker::PhantomData;
use std::process::ExitCode;

use interdict::facts::{Record as _, Transaction as Facts};
use interdict::intake::FastNdjson;
use interdict::rulebook::{RuleFiles, Rulebook};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use sha2::{Digest as _, Sha256};

use by_serde::Word;

const BLOCK: usize = 1 << 20;

type Text<'t> = Option<Word<'t>>;

#[derive(Deserialize)]
struct Transaction<'t> {
    #[serde(borrow)]
    id: Text<'t>,
    #[serde(borrow)]
    incident: Text<'t>,
    #[serde(borrow)]
    activity: Text<'t>,
    #[serde(borrow)]
    stage: Text<'t>,
    #[serde(borrow)]
    evidence: Text<'t>,
    #[serde(borrow)]
    notes: Text<'t>,
    #[serde(borrow)]
    date: Text<'t>,
    #[serde(borrow)]
    from: Option<Side<'t>>,
    #[serde(borrow)]
    to: Option<Side<'t>>,
    #[serde(borrow)]
    via: Option<Vec<Word<'t>>>,
    #[serde(borrow)]
    transport: Text<'t>,
    #[serde(borrow)]
    purpose: Text<'t>,
    #[serde(borrow)]
    parties: Option<Vec<Party<'t>>>,
    #[serde(borrow)]
    items: Option<Vec<Item<'t>>>,
    #[serde(borrow)]
    vessels: Option<Vec<Vessel<'t>>>,
    #[serde(borrow)]
    ports: Option<Vec<Port<'t>>>,
    #[serde(borrow)]
    payment: Option<Payment<'t>>,
}

/// A mapping, or a text that stands for its country.
struct Side<'t>(SideFacts<'t>);

#[derive(Default, Deserialize)]
struct SideFacts<'t> {
    #[serde(borrow)]
    country: Text<'t>,
    #[serde(borrow)]
    place: Text<'t>,
    #[serde(borrow)]
    nationality: Text<'t>,
}

impl<'de: 't, 't> Deserialize<'de> for Side<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SideVisitor(PhantomData))
    }
}

struct SideVisitor<'t>(PhantomData<&'t str>);

impl<'de: 't, 't> Visitor<'de> for SideVisitor<'t> {
    type Value = Side<'t>;

    fn expecting(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text or a mapping")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Side<'t>, E> {
        Ok(Side(SideFacts { country: Some(Word(Cow::Borrowed(text))), ..SideFacts::default() }))
    }

    fn visit_str<E>(self, text: &str) -> Result<Side<'t>, E> {
        Ok(Side(SideFacts { country: Some(Word(Cow::Owned(text.to_owned()))), ..SideFacts::default() }))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Side<'t>, A::Error> {
        SideFacts::deserialize(MapAccessDeserializer::new(map)).map(Side)
    }
}

#[derive(Deserialize)]
struct Party<'t> {
    #[serde(borrow)]
    role: Text<'t>,
    #[serde(borrow)]
    name: Text<'t>,
    #[serde(borrow)]
    kind: Text<'t>,
    #[serde(borrow)]
    country: Text<'t>,
}

#[derive(Deserialize)]
struct Item<'t> {
    #[serde(borrow)]
    description: Text<'t>,
    #[serde(borrow)]
    hs: Text<'t>,
    #[serde(borrow)]
    quantity: Text<'t>,
    #[serde(borrow)]
    value: Text<'t>,
    #[serde(borrow)]
    origin: Text<'t>,
}

#[derive(Deserialize)]
struct Vessel<'t> {
    #[serde(borrow)]
    name: Text<'t>,
    #[serde(borrow)]
    imo: Text<'t>,
    #[serde(borrow)]
    flag: Text<'t>,
    #[serde(borrow)]
    role: Text<'t>,
}

#[derive(Deserialize)]
struct Port<'t> {
    #[serde(borrow)]
    code: Text<'t>,
    #[serde(borrow)]
    call: Text<'t>,
}

#[derive(Deserialize)]
struct Payment<'t> {
    #[serde(borrow)]
    amount: Text<'t>,
    #[serde(borrow)]
    method: Text<'t>,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(form), Some(path), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return usage();
    };
    let done = match form.to_str() {
        Some("text") => File::open(path).and_then(|file| parse(file, text)),
        Some("digest") => File::open(path).and_then(digest),
        Some(form @ ("facts" | "again" | "own")) => {
            let Ok(rulebook) = Rulebook::load_without_tests(RuleFiles::built_in()) else {
                eprintln!("error: the built-in rulebook has mistakes");
                return ExitCode::from(4);
            };
            let (mut own, mut room) = (FastNdjson::new(&rulebook.vocabulary), Facts::default());
            let by_serde = |line: &str, facts: &mut Facts| by_serde::read(line, &rulebook.vocabulary, facts).is_ok();
            let mut again = |line: &str, read: &mut dyn FnMut(&str, &mut Facts) -> bool| {
                room.clear();
                facts(line, &mut room, read)
            };
            File::open(path).and_then(|file| match form {
                "own" => parse(file, |line| again(line, &mut |line, facts| own.read(line, facts))),
                "again" => parse(file, |line| again(line, &mut |line, facts| by_serde(line, facts))),
                _ => parse(file, |line| facts(line, &mut Facts::default(), by_serde)),
            })
        }
        _ => return usage(),
    };
    match done {
        Ok(lines) => {
            println!("{lines} lines");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(4)
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: floor digest|text|facts|again|own FILE");
    ExitCode::from(2)
}

/// The digest of a file; the number of its lines is not counted.
fn digest(mut file: File) -> std::io::Result<u64> {
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; BLOCK]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            black_box(hasher.finalize());
            return Ok(0);
        }
        hasher.update(&buffer[..read]);
    }
}

fn text(line: &str) -> std::io::Result<()> {
    black_box(serde_json::from_str::<Transaction<'_>>(line)?);
    Ok(())
}

/// `read` reads a line into an empty transaction; false if it cannot.
fn facts(line: &str, transaction: &mut Facts, mut read: impl FnMut(&str, &mut Facts) -> bool) -> std::io::Result<()> {
    // What the generator writes is plain; were it not, the floor would measure less than it says.
    if !read(line, transaction) {
        return Err(Error::new(ErrorKind::InvalidData, format!("not plain: {line}")));
    }
    black_box(transaction);
    Ok(())
}

fn parse(mut file: File, mut one: impl FnMut(&str) -> std::io::Result<()>) -> std::io::Result<u64> {
    let mut buffer = vec![0; 2 * BLOCK];
    let (mut kept, mut lines) = (0, 0);
    loop {
        if buffer.len() < kept + BLOCK {
            buffer.resize(kept + BLOCK, 0);
        }
        let read = file.read(&mut buffer[kept..kept + BLOCK])?;
        let filled = kept + read;
        // A last line may lack its newline.
        let whole = if read == 0 { filled } else { memchr::memrchr(b'\n', &buffer[..filled]).map_or(0, |end| end + 1) };
        lines += block(&buffer[..whole], &mut one)?;
        buffer.copy_within(whole..filled, 0);
        kept = filled - whole;
        if read == 0 {
            return Ok(lines);
        }
    }
}

fn block(bytes: &[u8], one: &mut impl FnMut(&str) -> std::io::Result<()>) -> std::io::Result<u64> {
    let text = std::str::from_utf8(bytes).map_err(|e| Error::new(ErrorKind::InvalidData, e))?;
    let (mut begun, mut lines) = (0, 0);
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = &text[begun..end];
        begun = (end + 1).min(bytes.len());
        if !line.is_empty() {
            one(line)?;
            lines += 1;
        }
    }
    Ok(lines)
}
