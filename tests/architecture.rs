//! The dependencies between the rooms of `src` and what no room may use; `docs/architecture.md` explains them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every room (module) of `src`, the lowest first, with the rooms that its code may name besides itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("document", &[]),
    ("facts", &["document"]),
    ("rulebook", &["document", "facts"]),
    ("draft", &["facts", "rulebook"]),
    ("intake", &["document", "facts", "rulebook", "engine"]),
    ("engine", &["document", "facts", "rulebook"]),
    ("decisions", &["document", "facts", "engine"]),
    ("report", &["document", "facts", "rulebook", "engine", "decisions"]),
    ("lists", &[]),
    ("screening", &["lists"]),
    ("run", &["document", "facts", "rulebook", "intake", "engine", "decisions", "report", "lists", "screening"]),
    ("audit", &["document", "engine", "report"]),
    ("workbench", &["document", "facts", "rulebook", "intake", "engine", "run"]),
    ("checker", &["document", "facts", "rulebook", "intake", "engine", "run", "report"]),
    (
        "cli",
        &[
            "document",
            "facts",
            "rulebook",
            "draft",
            "intake",
            "engine",
            "decisions",
            "report",
            "run",
            "audit",
            "workbench",
            "checker",
            "lists",
            "screening",
        ],
    ),
];

/// Words that must not occur in the code of some rooms, and why.
const FORBIDDEN: &[(&[&str], &[&str], &str)] = &[
    (&["facts", "engine"], &["std::fs", "std::path", "std::env"], "facts and law give findings; files are read elsewhere"),
    (
        &[
            "document",
            "facts",
            "rulebook",
            "draft",
            "intake",
            "engine",
            "decisions",
            "report",
            "run",
            "audit",
            "workbench",
            "checker",
        ],
        &["SystemTime", "Instant", "Local::now", "Utc::now", "thread_rng"],
        "two runs over the same inputs give the same bytes",
    ),
];

#[test]
fn a_room_names_only_the_rooms_below_it() {
    let mut wrong = Vec::new();
    for (room, below) in ROOMS {
        for (path, code) in code_of(room) {
            for named in rooms_named(&code) {
                if named != *room && !below.contains(&named.as_str()) {
                    wrong.push(format!("{}: `{room}` names `{named}`", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_rooms_name_each_other() {
    let below: BTreeMap<&str, BTreeSet<&str>> =
        ROOMS.iter().map(|(room, below)| (*room, below.iter().copied().collect())).collect();
    for (room, _) in ROOMS {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = below[room].iter().copied().collect();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(&below[next]);
            }
        }
        assert!(!reached.contains(room), "`{room}` stands above itself in the table of rooms");
    }
}

#[test]
fn every_folder_of_src_is_a_room() {
    let known: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).chain(["lib", "main"]).collect();
    for entry in fs::read_dir(src()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(known.contains(name.as_str()), "`{name}` is not in the table of rooms");
    }
}

#[test]
fn facts_and_engine_touch_no_file_and_nothing_but_the_command_line_reads_a_clock() {
    let mut wrong = Vec::new();
    for (rooms, words, why) in FORBIDDEN {
        for room in *rooms {
            for (path, code) in code_of(room) {
                for word in words.iter().filter(|word| code.contains(**word)) {
                    wrong.push(format!("{}: `{word}` ({why})", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The code of a room, file by file, without comments and without its tests. A room is a folder or a single file.
fn code_of(room: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let file = src().join(room).with_extension("rs");
    if file.is_file() {
        files.push(file);
    }
    collect(&src().join(room), &mut files);
    files.sort();
    files.into_iter().map(|path| (path.clone(), code(&fs::read_to_string(&path).unwrap()))).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// A file without comment lines, up to its test module, which house style puts last.
fn code(text: &str) -> String {
    let own = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    own.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

/// Every room that a path beginning with `crate::` names.
fn rooms_named(code: &str) -> BTreeSet<String> {
    assert!(!code.contains("crate::{"), "one `use crate::room::...` a line, so that this test can read it");
    let name = |after: &str| after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let named = code.split("crate::").skip(1).map(name);
    named.filter(|name| ROOMS.iter().any(|(room, _)| room == name)).collect()
}
