//! Input that is broken, huge or made to hurt: a message with its place, exit code 3, the rest still checked, and soon.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::time::Duration;

use common::{Desk, Run};

/// Far more than is needed, without optimisation and with other tests beside too.
const SOON: Duration = Duration::from_secs(60);

const GOOD: &str = r#"{"id": "good", "activity": "sale", "date": "2018-03-01", "from": "KP", "evidence": "established", "items": [{"hs": "2701"}]}"#;
const MORE: &str = r#"{"id": "more", "activity": "sale", "date": "2018-03-02", "from": "KP", "evidence": "established", "items": [{"hs": "2701"}]}"#;

/// Exit code 3, these words on standard error, no panic, soon.
#[track_caller]
fn refused(run: Run, texts: &[&str]) -> Run {
    assert!(run.took < SOON, "it took {:?}", run.took);
    assert!(run.stderr.len() < 10_000_000, "{} bytes of messages", run.stderr.len());
    run.exits(3).complains(texts)
}

/// As [`refused`], and the good transactions beside are found to be violations.
#[track_caller]
fn refused_but_checked(run: Run, texts: &[&str], violations: usize) {
    let expected = format!(" {violations} violation");
    refused(run, texts).tells(&["trial-coal", &expected, "what they concern was not checked"]);
}

#[test]
fn a_line_of_fifty_megabytes_is_refused() {
    let desk = Desk::new();
    let long = "x".repeat(50_000_000);
    let line = format!(r#"{{"id": "long", "notes": "{long}"}}"#);
    let text = format!("{GOOD}\n{line}\n{MORE}\n");
    refused_but_checked(
        desk.check("a.ndjson", text),
        &["a.ndjson:2:1", "more than the 1048576 bytes", "this line was not checked; the others were"],
        2,
    );
    let text = format!("id: b\ntransactions:\n  - {GOOD}\n  - {{id: long, notes: {long}}}\n  - {MORE}\n");
    refused_but_checked(desk.check("b.yaml", text), &["b.yaml:4:1", "nothing from here on was"], 1);
    let text = format!("{{\"id\": \"c\", \"transactions\": [\n{GOOD},\n{line}\n]}}\n");
    refused(desk.check("c.json", text), &["c.json:3:1", "nothing of the file was read"]);
    let rows = "id,activity,date,from,evidence,item.hs,notes\n";
    let (good, more) = ("good,sale,2018-03-01,KP,established,2701,\n", "more,sale,2018-03-02,KP,established,2701,\n");
    let text = format!("{rows}{good}long,sale,2018-03-01,KP,established,2701,{long}\n{more}");
    refused_but_checked(desk.check("d.csv", text), &["d.csv:3:1", "this row was not checked"], 2);
}

#[test]
fn bytes_that_are_no_utf_8_are_reported_with_their_place() {
    let desk = Desk::new();
    let broken = |before: &str, after: &str| [before.as_bytes(), b"\xff\xfe\xc0", after.as_bytes()].concat();
    let text = broken(&format!("{GOOD}\n{{\"id\": \"bad"), &format!("\"}}\n{MORE}\n"));
    refused_but_checked(desk.check("a.ndjson", text), &["a.ndjson:2:12", "no UTF-8"], 2);
    let text = broken(&format!("id: b\ntransactions:\n  - {GOOD}\n  - {{id: bad, notes: "), &format!("}}\n  - {MORE}\n"));
    refused_but_checked(desk.check("b.yaml", text), &["b.yaml:4:22", "no UTF-8"], 2);
    let text = broken("{\"id\": \"c\", \"title\": \"", &format!("\", \"transactions\": [{GOOD}]}}"));
    refused_but_checked(desk.check("c.json", text), &["c.json:1:23", "no UTF-8"], 1);
    let text = broken(
        "id,activity,date,from,evidence,item.hs\ngood,sale,2018-03-01,KP,established,2701\nb",
        ",gift,2018,CN,alleged,01\n",
    );
    refused_but_checked(desk.check("d.csv", text), &["d.csv:3:2", "no UTF-8"], 1);
    refused(desk.check("e.yaml", b"\xff\xfe\x00\x00"), &["e.yaml:1:1"]);
}

#[test]
fn an_alias_bomb_is_refused() {
    let desk = Desk::new();
    let mut text = "id: bomb\nbase: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = level - 1;
        text.push_str(&format!("level{level}: &a{level} [{}]\n", vec![format!("*a{before}"); 10].join(", ")));
    }
    text.push_str("transactions: []\n");
    refused(desk.check("bomb.yaml", text), &["unfolds to more than", "bomb.yaml:"]);
    let nested: String = (0..60).map(|i| format!("&n{i} [")).collect();
    let text = format!("id: nested\nbase: {nested}{}{}\ntransactions: []\n", "x, ".repeat(200_000), "]".repeat(60));
    refused(desk.check("nested.yaml", text), &["nested.yaml:2:"]);
}

#[test]
fn many_anchors_and_many_keys_are_read_quickly() {
    let desk = Desk::new();
    let anchors: String = (0..60_000).map(|i| format!("- &k{i} x\n")).collect();
    let aliases = "- *k0\n".repeat(60_000);
    refused(desk.check("anchors.yaml", format!("{anchors}{aliases}")), &["an incident is a mapping"]);
    let keys = |n: usize| (0..n).map(|i| format!("\"k{i}\": \"1\"")).collect::<Vec<_>>().join(",\n");
    let party =
        |keys: &str| format!("{{\"id\": \"keys\", \"transactions\": [{{\"parties\": [{{\"identifiers\": {{{keys}}}}}]}}]}}");
    for name in ["keys.json", "keys.yaml"] {
        let run = desk.check(name, party(&keys(60_000)));
        assert!(run.took < SOON, "{name}: it took {:?}", run.took);
        run.exits(0).tells(&["1 transaction in 1 incident"]);
        let twice = desk.check(name, party(&format!("{},\n\"k59999\": \"2\"", keys(60_000))));
        refused(twice, &["the key `k59999` stands twice", &format!("{name}:60001:1")]);
    }
}

#[test]
fn a_flood_of_mistakes_on_one_line_is_reported_quickly() {
    let desk = Desk::new();
    let items = (0..3_000).map(|i| format!("{{\"hs\":\"x{i}\"}}")).collect::<Vec<_>>().join(",");
    let run = desk.check("flood.ndjson", format!("{GOOD}\n{{\"items\":[{items}]}}\n{MORE}\n"));
    refused_but_checked(run, &["`x0` is no HS code", "flood.ndjson:2:17"], 2);
}

#[test]
fn nesting_a_hundred_thousand_deep_is_refused() {
    let desk = Desk::new();
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let yaml = |inner: &str| format!("id: deep\ntransactions:\n  - {GOOD}\n  - {inner}\n");
    refused_but_checked(desk.check("flow.yaml", yaml(&deep("[", "]"))), &["flow.yaml:4:", "nested deeper than"], 1);
    refused_but_checked(desk.check("maps.yaml", yaml(&deep("{a: ", "}"))), &["maps.yaml:4:", "nested deeper than"], 1);
    refused_but_checked(desk.check("open.yaml", yaml(&"[".repeat(100_000))), &["open.yaml:4:", "nested deeper than"], 1);
    refused_but_checked(desk.check("block.yaml", yaml(&"- ".repeat(100_000))), &["block.yaml:4:", "nested deeper than"], 1);
    let json = |inner: &str| format!("{{\"id\": \"deep\", \"transactions\": [{GOOD}, {inner}]}}");
    refused_but_checked(desk.check("lists.json", json(&deep("[", "]"))), &["lists.json:1:", "nested deeper than"], 1);
    let objects = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    refused_but_checked(desk.check("objects.json", json(&objects)), &["objects.json:1:", "nested deeper than"], 1);
    let lines = format!("{GOOD}\n{}\n{}\n{MORE}\n", deep("[", "]"), "[".repeat(100_000));
    refused_but_checked(desk.check("lines.ndjson", lines), &["lines.ndjson:2:", "lines.ndjson:3:"], 2);
}

#[test]
fn an_input_without_content_is_an_error() {
    let desk = Desk::new();
    for name in ["empty.yaml", "empty.json", "empty.ndjson", "empty.csv"] {
        refused(desk.check(name, ""), &[&format!("{name}:1:1"), "is empty"]);
    }
    let missing = desk.path("missing.yaml");
    refused(desk.run(&["check"], [&missing]), &["missing.yaml` cannot be read"]);
    let folder = desk.path("folder");
    std::fs::create_dir_all(folder.join("deeper")).unwrap();
    desk.write("folder/deeper/notes.txt", "no incident");
    refused(desk.run(&["check"], [&folder]), &["folder` holds no incident file", "files ending in"]);
    refused(desk.run_reading(&["check"], ["-"], Vec::new()), &["<stdin>:1:1", "is empty"]);
}

/// A folder below `root` whose path is too long to be opened, which not even root may do.
fn make_unlistable_folder(root: &std::path::Path) {
    let name = "n".repeat(200);
    let half = |top: &str| (0..12).fold(root.join(top), |path, _| path.join(&name));
    for top in ["long", "other"] {
        std::fs::create_dir_all(half(top)).unwrap();
    }
    std::fs::rename(root.join("other"), half("long").join("other")).unwrap();
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_listed_does_not_hide_others() {
    let desk = Desk::new();
    let folder = desk.path("folder");
    for sub in ["folder/a", "folder/z"] {
        std::fs::create_dir_all(desk.path(sub)).unwrap();
        desk.write(&format!("{sub}/{}.ndjson", sub.len() + sub.matches('a').count()), GOOD);
    }
    make_unlistable_folder(&folder);
    refused_but_checked(desk.run(&["check"], [&folder]), &["the folder `", "cannot be read"], 2);
    refused(desk.run(&["explain"], [&folder]), &["the folder `", "cannot be read"]).tells(&["trial-coal"]);
    make_unlistable_folder(desk.rules.path());
    refused(desk.run(&["check"], [&folder]), &["the rulebook `", "cannot be read"]);
}

#[test]
fn readable_files_beside_a_broken_one_are_checked() {
    let desk = Desk::new();
    let good = desk.write("good.ndjson", GOOD);
    let broken = desk.write("broken.yaml", "id: broken\ntransactions: [{id: one");
    let missing = desk.path("missing.yaml");
    let run = desk.run(&["check"], [&good, &broken, &missing]);
    refused_but_checked(run, &["broken.yaml:2:", "missing.yaml` cannot be read"], 1);
}

#[test]
fn lines_between_broken_ones_are_checked() {
    let desk = Desk::new();
    let text = format!("{GOOD}\n{{\"id\": \"broken\", \n\nnull\n[]\n{MORE}\n");
    let places = ["lines.ndjson:2:", "lines.ndjson:4:1", "lines.ndjson:5:1"];
    refused_but_checked(desk.check("lines.ndjson", text.clone()), &places, 2);
    let run = desk.run_reading(&["check"], ["-"], text.into_bytes());
    refused_but_checked(run, &["<stdin>:2:", "<stdin>:4:1", "<stdin>:5:1"], 2);
}

#[test]
fn no_control_character_reaches_the_terminal() {
    let desk = Desk::new();
    let name = r"\u001b[2J\u001b]0;owned\u0007\u202egnp";
    let text = format!("{}\n{{\"id\": \"\u{1b}[31m\", \"activity\": \"{name}\"}}\n", GOOD.replace("good", name));
    let path = desk.write("steer.ndjson", text);
    for command in ["check", "explain"] {
        let run = refused(desk.run(&[command], [&path]), &["steer.ndjson:2:"]);
        for output in [&run.stdout, &run.stderr] {
            let unsafe_in = output.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
            assert_eq!(unsafe_in, None, "{command}: {}", output.escape_debug());
        }
        assert!(run.stdout.contains("owned"), "{command}: the name itself is shown: {}", run.stdout);
    }
}

#[test]
fn a_hostile_rulebook_is_refused_quickly() {
    let desk = Desk::new();
    let incident = desk.write("good.ndjson", GOOD);
    for (name, text, expected) in [
        ("deep.yaml", format!("interdict: 1\nrules: {}", "[".repeat(100_000)), "nested deeper than"),
        ("long.yaml", format!("interdict: 1\n# {}\n", "x".repeat(2_000_000)), "has a line of more than"),
        ("empty.yaml", String::new(), "the file is empty"),
    ] {
        std::fs::write(desk.rules.path().join(name), text).unwrap();
        refused(desk.run(&["check"], [&incident]), &[expected, name]);
        std::fs::remove_file(desk.rules.path().join(name)).unwrap();
    }
    std::fs::write(desk.rules.path().join("bytes.yaml"), b"interdict: 1\n# \xff\n").unwrap();
    refused(desk.run(&["check"], [&incident]), &["bytes.yaml` is not UTF-8"]);
}

#[test]
fn a_hostile_ledger_is_refused_quickly() {
    let desk = Desk::new();
    let incident = desk.write("good.ndjson", GOOD);
    for (name, bytes, expected) in [
        ("deep.yaml", "[".repeat(100_000).into_bytes(), "nested deeper than"),
        ("bytes.yaml", b"balances: [\xff]".to_vec(), "bytes.yaml"),
        ("empty.yaml", Vec::new(), "the file is empty"),
        ("keys.yaml", b"balnces: []".to_vec(), "did you mean `balances`?"),
    ] {
        let ledger = desk.write(name, bytes);
        let args = [incident.as_os_str(), "--ledger".as_ref(), ledger.as_os_str()];
        refused_but_checked(desk.run(&["check"], args), &[expected], 1);
    }
}

/// Commands to GitHub, Azure, TeamCity, GitLab and Buildkite.
const LOG_COMMANDS: [&str; 6] = [
    "::error::owned",
    "##[error]owned",
    "x ##vso[task.setvariable variable=PATH]owned",
    "##teamcity[buildStop comment='owned']",
    "section_start:1:owned",
    "+++ owned",
];

#[track_caller]
fn commands_no_log(output: &str) {
    for line in output.lines() {
        let line = line.trim_start();
        assert!(!["::", "section_", "+++ "].iter().any(|start| line.starts_with(start)), "{line}");
        assert!(!["##[", "##vso[", "##teamcity["].iter().any(|command| line.contains(command)), "{line}");
    }
}

#[test]
fn nothing_that_is_quoted_is_a_command_to_a_log() {
    let desk = Desk::new();
    for command in LOG_COMMANDS {
        let long = format!("{}{command}", "w".repeat(78));
        let sale = |id: &str, label: &str| {
            serde_json::json!({"id": id, "title": command, "activity": "sale", "date": "2018-03-01", "from": {"country": "KP", "parties": [{"name": command}]},
                "to": "CN", "place": command, "evidence": "established", "items": [{"description": label, "hs": "2701"}]})
        };
        let incident =
            serde_json::json!({"id": command, "title": command, "transactions": [sale(command, command), sale(&long, &long)]});
        let good = desk.write("good.json", incident.to_string());
        let broken = desk.write("broken.yaml", format!("id: broken\n{}: 1\n", serde_json::json!(command)));
        let missing = desk.path(&format!("a\n{command}.yaml"));
        for args in [vec!["check"], vec!["check", "--full"], vec!["explain"], vec!["explain", "--missing"]] {
            let run = desk.run(&args, [&good, &broken, &missing]).exits(3);
            assert!(run.stderr.contains("owned") || run.stderr.contains("buildStop"), "{}", run.stderr);
            commands_no_log(&run.stdout);
            commands_no_log(&run.stderr);
        }
        commands_no_log(&desk.run(&["check", &format!("--none=\n{command}")], [&good]).exits(2).stderr);
        let list = desk.write("list.csv", format!("reference,name,kind\nX.1,{},entity\n", serde_json::json!(command)));
        let screened = desk.run(&["screen", command, "--designations"], [&list]);
        commands_no_log(&screened.stdout);
        commands_no_log(&screened.stderr);
    }
}

#[track_caller]
fn nothing_steers(output: &str) {
    let steers = |c: &char| {
        *c != '\n'
            && (c.is_control()
                || "\u{ad}\u{61c}\u{feff}\u{e0041}".contains(*c)
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'))
    };
    assert_eq!(output.chars().find(steers), None, "{output}");
}

#[test]
fn what_steers_or_hides_is_shown_by_number_in_messages() {
    let desk = Desk::new();
    for c in "\u{85}\u{9b}\u{9d}\u{ad}\u{61c}\u{200b}\u{200d}\u{200e}\u{2028}\u{202e}\u{2060}\u{2066}\u{feff}\u{e0041}".chars() {
        let shown = c.escape_unicode().to_string();
        let before = format!(r#"{{"id": "a", "transactions": [{{"id": "one", "notes": "{c}2;owned", "#);
        let input = desk.write("a.json", format!("\n{before}\"wrong\": 1}}]}}"));
        let run = desk.run(&["check"], [&input]).exits(0);
        nothing_steers(&run.stderr);
        // The place is that of the file, the marks are below the word as it is shown.
        let column = before.chars().count() + 1;
        assert!(run.stderr.contains(&format!("a.json:2:{column}")), "{}", run.stderr);
        let quoted = run.stderr.lines().find(|line| line.contains("2 |")).unwrap();
        let marks = run.stderr.lines().find(|line| line.contains('^')).unwrap();
        assert!(quoted.contains(&shown), "{quoted}");
        assert_eq!(quoted.find("\"wrong"), marks.find('^'), "{}", run.stderr);
        let named = desk.run(&["check"], [desk.path(&format!("no{c}file.yaml"))]).exits(3);
        nothing_steers(&named.stderr);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn pipes_and_devices_are_refused_and_never_waited_for() {
    let desk = Desk::new();
    let good = desk.write("folder/good.ndjson", GOOD);
    let pipe = desk.path("folder/pipe.yaml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (pipe, zero) = (pipe.as_os_str(), std::ffi::OsStr::new("/dev/zero"));
    let folder = desk.path("folder");
    refused_but_checked(
        desk.run(&["check"], [&folder]),
        &["pipe.yaml` cannot be read: it is a pipe, and only files are read"],
        1,
    );
    refused_but_checked(desk.run(&["check"], [good.as_os_str(), zero]), &["`/dev/zero` cannot be read: it is a device"], 1);
    for (option, other) in [("--ledger", pipe), ("--baseline", pipe), ("--ledger", zero), ("--baseline", zero)] {
        let run = desk.run(&["check"], [good.as_os_str(), option.as_ref(), other]);
        refused(run, &["cannot be read: it is a ", "and only files are read"]);
    }
    std::fs::rename(desk.path("folder/pipe.yaml"), desk.rules.path().join("pipe.yaml")).unwrap();
    refused(desk.run(&["check"], [&good]), &["pipe.yaml` cannot be read: it is a pipe"]);
}

#[cfg(target_os = "linux")]
#[test]
fn too_many_threads_and_too_little_memory_end_in_no_crash() {
    let desk = Desk::new();
    let lines: String = (0..20_000).map(|i| format!("{}\n", GOOD.replace("good", &format!("g{i}")))).collect();
    let input = desk.write("many.ndjson", lines);
    let check = |jobs: &str, limit: &str| {
        let command = format!(
            "{limit} exec {} check --brief --jobs {jobs} --rules {} {}",
            env!("CARGO_BIN_EXE_interdict"),
            desk.rules.path().display(),
            input.display()
        );
        std::process::Command::new("sh").args(["-c", &command]).output().unwrap()
    };
    let whole = check("1", "");
    assert_eq!(whole.status.code(), Some(1));
    // What cannot be had, threads or memory, is told; nothing breaks off half-way.
    let scarce = check("200", "ulimit -v 400000;");
    let said = String::from_utf8_lossy(&scarce.stderr);
    let is_whole = scarce.status.code() == Some(1) && scarce.stdout == whole.stdout;
    // Where not even the message can be made, the allocator says so and ends the program before it has written anything.
    let is_told = scarce.status.code() == Some(3) && said.contains("out of memory")
        || scarce.status.code().is_none() && said.contains("memory allocation") && scarce.stdout.is_empty();
    assert!(is_whole || is_told, "{:?}: {said}", scarce.status);
    let capped = check("100000", "");
    assert!(capped.status.code() == Some(1) && capped.stdout == whole.stdout);
    assert!(String::from_utf8_lossy(&capped.stderr).contains("more than the 256 threads"));
}
