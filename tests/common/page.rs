//! Pages of the manual that show commands: each is run, and what stands below it is what it tells.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

use super::{files_in, name_of, root};

/// The page, each of whose commands shows what stands below it. `UPDATE_GOLDEN=1` writes that anew.
#[track_caller]
pub fn holds(file: &str) -> String {
    let page = || fs::read_to_string(root().join(file)).unwrap();
    let made = made_anew(&page());
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(root().join(file), &made).unwrap();
    }
    let page = page();
    for (number, (page, made)) in (1..).zip(page.lines().zip(made.lines())) {
        assert_eq!(page, made, "{file}:{number}; UPDATE_GOLDEN=1 writes it anew");
    }
    assert_eq!(page, made);
    page
}

/// The first cells of the table under a heading, without their back-ticks.
pub fn first_cells(page: &str, heading: &str) -> Vec<String> {
    let part = page.split(&format!("# {heading}\n")).nth(1).expect("the heading is there");
    let rows = part.lines().skip_while(|line| !line.starts_with("| ")).take_while(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.split('|').nth(1).unwrap().trim().trim_matches('`').to_owned()).collect()
}

/// The page with the output of each of its commands below it, whatever stood there.
pub fn made_anew(page: &str) -> String {
    // Files that a command writes are there for the next one, and nowhere else.
    let folder = tempfile::tempdir().unwrap();
    let examples = folder.path().join("docs/examples");
    fs::create_dir_all(&examples).unwrap();
    for file in files_in(&root().join("docs/examples"), &["yaml"]) {
        fs::copy(&file, examples.join(name_of(&file))).unwrap();
    }
    let (mut made, mut shown) = (String::new(), false);
    for line in page.lines() {
        match line.strip_prefix("$ ").filter(|_| shown) {
            Some(command) => made.push_str(&format!("{line}\n{}", output_of(command, folder.path()))),
            // Old output.
            None if shown && line != "```" => {}
            None => made.push_str(&format!("{line}\n")),
        }
        shown = line == "```console" || shown && line != "```";
    }
    made
}

/// Runs `interdict ARGS [| FILTER][ 2> /dev/null][; echo $?]`.
fn output_of(command: &str, folder: &Path) -> String {
    let (command, code) = command.strip_suffix("; echo $?").map_or((command, false), |command| (command, true));
    let (command, unheard) = command.strip_suffix(" 2> /dev/null").map_or((command, false), |command| (command, true));
    let (command, filter) = command.split_once(" | ").map_or((command, None), |(command, filter)| (command, Some(filter)));
    let args = command.strip_prefix("interdict ").unwrap_or_else(|| panic!("`{command}` is none of ours")).split(' ');
    let run = Command::new(env!("CARGO_BIN_EXE_interdict")).args(args).current_dir(folder).output().unwrap();
    if !unheard {
        assert_eq!(String::from_utf8_lossy(&run.stderr), "", "{command}");
    }
    let actual = String::from_utf8(run.stdout).unwrap();
    let mut shown = lasting(&filter.map_or(actual.clone(), |filter| filtered(&actual, filter)));
    if code {
        shown.push_str(&format!("{}\n", run.status.code().unwrap()));
    }
    assert!(!shown.is_empty(), "`{command}` shows nothing");
    shown
}

/// What `head`, `jq` and `grep` would make of it: as much of them as the page needs.
fn filtered(text: &str, filter: &str) -> String {
    if let Some(number) = filter.strip_prefix("head -n ") {
        let number = number.parse().unwrap();
        let shown: String = text.lines().take(number).map(|line| format!("{line}\n")).collect();
        return if text.lines().count() > number { shown + "...\n" } else { shown };
    }
    if filter == "jq -c 'keys'" {
        let keys = |line| {
            serde_json::to_string(
                &serde_json::from_str::<Value>(line).unwrap().as_object().unwrap().keys().collect::<BTreeSet<_>>(),
            )
        };
        return text.lines().map(|line| keys(line).unwrap() + "\n").collect();
    }
    if filter == "grep -o '<h2[^<]*</h2>'" {
        let heading = |part: &str| format!("<h2{}</h2>\n", part.split_once("</h2>").unwrap().0);
        return text.split("<h2").skip(1).map(heading).collect();
    }
    let path =
        filter.strip_prefix("jq -S '.").and_then(|f| f.strip_suffix('\'')).unwrap_or_else(|| panic!("no such filter: {filter}"));
    let pointer = format!("/{}", path.replace('[', ".").replace(']', "").replace('.', "/"));
    let report: Value = serde_json::from_str(text).unwrap();
    let value = report.pointer(&pointer).unwrap_or_else(|| panic!("nothing is at {pointer}"));
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

/// Without what changes with every new rule.
fn lasting(text: &str) -> String {
    let without = |text: &str, before: &str, changes: fn(char) -> bool| {
        let mut parts = text.split(before);
        let mut actual = parts.next().unwrap().to_owned();
        for part in parts {
            let rest = part.trim_start_matches(changes);
            actual.push_str(before);
            actual.push_str(if rest.len() < part.len() { "[..]" } else { "" });
            actual.push_str(rest);
        }
        actual
    };
    let mut text = without(text, "sha256:", |c| c.is_ascii_hexdigit());
    text = without(&text, "[..]`, ", |c| c.is_ascii_digit());
    text = without(&text, "Rulebook sha256:[..], ", |c| c.is_ascii_digit());
    let mut files = text.split("\"rules/");
    let mut actual = files.next().unwrap().to_owned();
    for part in files {
        let (place, rest) = part.split_once('"').unwrap();
        let file = place.split(':').next().unwrap();
        actual.push_str(&format!("\"rules/{file}{}\"{rest}", if file.len() < place.len() { ":[..]" } else { "" }));
    }
    actual
}
