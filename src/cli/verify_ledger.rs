//! What `verify` checks of the ledger that a report rests on: its signature, its predecessor, and its entries from their inputs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha256};

use crate::audit::{Refusal, Root, Sealed};
use crate::document::hex;
use crate::intake::{CountedNote, FollowsNote, Intake, ReadLedger, counted_notes, stated_seal};
use crate::report::Seal;
use crate::run::{self, CheckOptions, CheckOutput};

use super::progress::Progress;
use super::signing::check_signature;
use super::verify::Checks;

/// Checks the ledger of a run that was repeated with these options.
pub(super) fn check_ledger(
    checked: &CheckOutput,
    options: &CheckOptions<'_>,
    root: &Root,
    key: Option<&VerifyingKey>,
    checks: &mut Checks,
) {
    let (Some(file), Some(ledger)) = (options.ledger, &checked.opening) else { return };
    let shown = file.display();
    if ledger.opening.written_at.is_none() {
        checks.note(format!("ledger `{shown}`: it was made by hand, so that no run shows where it comes from"));
        return;
    }
    if let Some(key) = key {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let seal = stated_seal(&text).map(Seal::new).ok_or_else(|| "it has no seal".to_owned());
        match seal.and_then(|seal| check_signature(file, Sealed::Ledger, &seal, key)) {
            Ok(()) => checks.line(true, format!("ledger `{shown}`: its signature")),
            Err(reason) => checks.line(false, format!("ledger `{shown}`: signature: {reason}")),
        }
    }
    if let Some(before) = &ledger.follows {
        check_predecessor(&format!("ledger `{shown}`"), before, root, checks);
    }
    match inputs_as_counted(ledger, options, root) {
        Err(why) => checks.note(format!("ledger `{shown}`: not counted anew, since {why}")),
        Ok(inputs) => match count_anew(ledger, &inputs, checked, options) {
            None => checks.line(true, format!("ledger `{shown}`: counted anew from its inputs, it has the same entries")),
            Some(difference) => checks.line(false, format!("ledger `{shown}`: counted anew from its inputs, {difference}")),
        },
    }
}

fn check_predecessor(what: &str, before: &FollowsNote, root: &Root, checks: &mut Checks) {
    let of = before.period.as_ref().map(|period| format!(" of {period}")).unwrap_or_default();
    match root.read(Path::new(&before.path)) {
        Ok(bytes) => {
            let now = format!("sha256:{}", hex(&Sha256::digest(bytes)));
            if now == before.digest {
                checks.line(true, format!("{what}: it follows `{}`{of}, {now}", before.path));
            } else {
                checks.line(
                    false,
                    format!("{what}: it follows `{}`{of} with {}, and that is now {now}", before.path, before.digest),
                );
            }
        }
        Err(refusal) => checks.note(format!("{what}: it follows `{}`{of}: {refusal}", before.path)),
    }
}

/// The inputs of a ledger, if all of them are there as they were counted; else why not.
fn inputs_as_counted(ledger: &ReadLedger, options: &CheckOptions<'_>, root: &Root) -> Result<Vec<PathBuf>, String> {
    let digest = format!("sha256:{}", options.rulebook.digest);
    let known_on = options.options.known_on.map(|day| day.to_string());
    if ledger.inputs.is_empty() {
        return Err("it names no input".to_owned());
    }
    for input in &ledger.inputs {
        if (&input.rulebook, &input.known_on) != (&digest, &known_on) {
            return Err(format!("`{}` was counted by other law", input.path));
        }
        match root.read(Path::new(&input.path)) {
            Err(Refusal::Missing) => return Err(format!("`{}` is not there", input.path)),
            Err(refusal) => return Err(format!("of `{}` {refusal}", input.path)),
            Ok(bytes) if format!("sha256:{}", hex(&Sha256::digest(&bytes))) != input.digest => {
                return Err(format!("`{}` is not what was counted", input.path));
            }
            Ok(_) => {}
        }
    }
    Ok(ledger.inputs.iter().map(|input| PathBuf::from(&input.path)).collect())
}

/// Counts the inputs of a ledger anew, and returns the first entry that differs, in words.
fn count_anew(ledger: &ReadLedger, inputs: &[PathBuf], checked: &CheckOutput, options: &CheckOptions<'_>) -> Option<String> {
    let intake = Intake { csv_dates: checked.intake.csv_dates, ..Intake::default() };
    let again = CheckOptions { paths: inputs, ledger: None, period: None, options: options.options.clone(), ..*options };
    let again = match run::check(&again, intake, &mut std::io::empty(), &mut Progress::new(false, None)) {
        Ok(again) => again,
        Err(error) => return Some(format!("they cannot be read: {error}")),
    };
    let rulebook = options.rulebook;
    let own = again.ledger.accounts().flat_map(|(quota, account)| account.entries().map(move |entry| (quota, entry)));
    let own = as_set(counted_notes(own, rulebook));
    let stated = as_set(counted_notes(ledger.opening.entries.iter().map(|entry| (entry.quota, &entry.entry)), rulebook));
    let name = |note: &str| {
        let note: Option<CountedNote> = serde_json::from_str(note).ok();
        note.map_or_else(|| "?".to_owned(), |note| format!("`{}/{}` towards `{}`", note.incident, note.transaction, note.quota))
    };
    let missing = own.difference(&stated).next().map(|note| format!("{} is not in it as it was reported", name(note)));
    missing.or_else(|| stated.difference(&own).next().map(|note| format!("{} is in it and not in them", name(note))))
}

fn as_set(notes: Vec<CountedNote>) -> BTreeSet<String> {
    notes.iter().filter_map(|note| serde_json::to_string(note).ok()).collect()
}
