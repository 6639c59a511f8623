//! Where reports go: several of one run, the same bytes however they were asked for, and nothing by halves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{Desk, FORMATS, Run, interdict, root};

/// Documents, a table and a stream; a quota that several of them count towards.
const INPUTS: [&str; 5] = [
    "fixtures/incidents/2023-09-13-vostochny.yaml",
    "fixtures/incidents/2008-2024-declarations.csv",
    "fixtures/incidents/2018-2019-customs-extracts.ndjson",
    "fixtures/incidents/2017-02-coal-quota.yaml",
    "fixtures/incidents/2009-11-protective-suits.yaml",
];

/// Something that a run finds fault with.
const SALE: &str = "id: sale
transactions: [{id: one, activity: supply, date: 2018-03-01, from: CN, to: KP, items: [{description: gasoline, quantity: 9000 bbl}]}]
";

/// Many lines of the same.
fn many(number: usize) -> String {
    let line = |n: usize| {
        format!(
            "{{\"id\":\"{n}\",\"activity\":\"supply\",\"date\":\"2018-03-01\",\"from\":\"CN\",\"to\":\"KP\",\"items\":[{{\"description\":\"gasoline\"}}]}}\n"
        )
    };
    (0..number).map(line).collect()
}

fn check<'a>(args: impl IntoIterator<Item = &'a str>) -> Run {
    interdict(["check"].into_iter().chain(args))
}

/// Everything in a folder, by name.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (common::name_of(&path), fs::read(&path).unwrap_or_default())).collect()
}

#[test]
fn every_format_of_one_run_is_that_of_a_run_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let together = |inputs: &[&str], jobs: &str, formats: &[&str]| {
        let of = |format: &&str| format!("{format}={}", folder.path().join(format).display());
        let reports: Vec<String> = formats.iter().flat_map(|f| ["--report".to_owned(), of(f)]).collect();
        let args = inputs.iter().copied().chain(reports.iter().map(String::as_str)).chain(["--quiet", "--jobs", jobs]);
        let run = check(args).exits(1);
        assert_eq!(run.stdout, "");
        let found = contents(folder.path());
        assert_eq!(found.len(), FORMATS.len(), "{:?}", found.keys());
        fs::read_dir(folder.path()).unwrap().for_each(|entry| fs::remove_file(entry.unwrap().path()).unwrap());
        found
    };
    let reports = together(&INPUTS, "1", &FORMATS);
    let mut turned = INPUTS;
    turned.reverse();
    let mut formats = FORMATS;
    formats.reverse();
    for (again, how) in [
        (together(&INPUTS, "1", &FORMATS), "a second run"),
        (together(&INPUTS, "2", &FORMATS), "two jobs"),
        (together(&turned, "2", &formats), "another order of arguments"),
    ] {
        for format in FORMATS {
            assert!(again[format] == reports[format], "{format} differs by {how}");
        }
    }
    let alone = folder.path().join("alone");
    for format in FORMATS {
        let args = ["--format", format, "--output", alone.to_str().unwrap()];
        check(INPUTS.into_iter().chain(args)).exits(1);
        assert!(fs::read(&alone).unwrap() == reports[format], "{format} differs from that of a run of its own");
        // A stream goes out as it is found, what turns on totals last; all others are the same there.
        if format != "ndjson" {
            let run = check(INPUTS.into_iter().chain(["--format", format])).exits(1);
            assert!(run.stdout.as_bytes() == reports[format], "{format} differs on standard output");
        }
    }
}

#[test]
fn a_stream_goes_out_while_reports_are_kept() {
    let desk = Desk::new();
    let text = desk.path("report.txt");
    let report = format!("text={}", text.display());
    let streamed = check([INPUTS[2], "--format", "ndjson"]).exits(1).stdout;
    let run = check([INPUTS[2], "--format", "ndjson", "--report", &report]).exits(1);
    assert_eq!(run.stdout, streamed);
    assert_eq!(fs::read_to_string(text).unwrap(), check([INPUTS[2]]).exits(1).stdout);
}

#[test]
fn what_cannot_be_meant_is_refused_before_anything_is_read() {
    let desk = Desk::new();
    let input = desk.write("in/sale.yaml", SALE);
    let ledger = desk.write("opening.yaml", "balances: [{quota: oil, period: 2018, amount: 0 bbl}]\n");
    let (input, ledger) = (input.to_str().unwrap(), ledger.to_str().unwrap());
    let folder = desk.path("in");
    let out = desk.path("out.txt");
    let (out, folder) = (out.to_str().unwrap(), folder.to_str().unwrap());
    let rule = desk.rules.path().join("trial.yaml");
    let rule = rule.to_str().unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&["--report", "json"], "it is no FORMAT=FILE; formats are text, json, ndjson"),
        (&["--report", "word=x.doc"], "`word` is no format"),
        (&["--report", "json="], "no file is named"),
        (&["--report", &format!("json={out}"), "--report", &format!("csv={out}")], "two things are to be written"),
        (&["--output", out, "--report", &format!("csv={}/./in/../out.txt", desk.files.path().display())], "two things"),
        (&["--output", out, "--write-ledger", out], "two things"),
        (&["--report", &format!("csv={input}")], "is read by this run"),
        (&["--ledger", ledger, "--output", ledger], "is read by this run"),
        (&["--baseline", ledger, "--output", ledger], "is read by this run"),
        (&["--write-ledger", input], "is read by this run"),
        (&["--baseline", ledger, "--write-ledger", ledger], "is read by this run"),
        (&["--ledger", ledger, "--write-ledger", ledger], "is the ledger that is read"),
        (&["--report", &format!("json={rule}")], "is read by this run"),
        (&["--sign-key", ledger, "--report", &format!("json={ledger}")], "is read by this run"),
        (&["--sign-key", ledger, "--report", &format!("json={out}"), "--report", &format!("csv={out}.sig")], "two things"),
        (&["--sign-key", ledger, "--report", &format!("json={out}"), "--write-ledger", &format!("{out}.sig")], "two things"),
    ];
    let before = contents(desk.files.path());
    for (args, complaint) in cases {
        desk.run(&["check", folder], *args).exits(2).complains(&[complaint]);
        assert_eq!(contents(desk.files.path()), before, "{args:?}");
        assert_eq!(fs::read_to_string(input).unwrap(), SALE, "{args:?}");
    }
}

#[test]
fn what_cannot_be_written_leaves_everything_as_it_was() {
    let desk = Desk::new();
    let input = desk.write("sale.yaml", SALE);
    desk.write("old.txt", "an older report");
    fs::create_dir(desk.path("folder")).unwrap();
    let before = contents(desk.files.path());
    let (old, input) = (desk.path("old.txt"), input.to_str().unwrap());
    for file in ["/dev/full", "nowhere/report", "sale.yaml/report", "folder"] {
        // An absolute path stays what it is.
        let bad = desk.path(file);
        for format in FORMATS {
            let report = format!("{format}={}", bad.display());
            let old = format!("{format}={}", old.display());
            // The one that can be written does not stand without the other.
            let run = desk.run(&["check", input, "--quiet"], ["--report", &old, "--report", &report]).exits(4);
            run.complains(&[&format!("the report cannot be written to `{}`", bad.display())]);
            assert!(contents(desk.files.path()) == before, "{format} to {file}");
        }
        desk.run(&["check", input, "--format", "json", "--output", bad.to_str().unwrap()], [""; 0]).exits(4);
        assert_eq!(contents(desk.files.path()), before, "{file}");
    }
}

/// Runs the program by a script that makes its surroundings hostile; `$@` is the program with its arguments.
fn within(script: &str, args: &[&OsStr]) -> (Option<i32>, String) {
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_interdict")]).args(args).current_dir(root());
    let output = command.stdin(Stdio::null()).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_file_that_may_not_grow_is_not_left_by_halves() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("report");
    fs::write(&old, "an older report").unwrap();
    let before = contents(folder.path());
    for format in FORMATS {
        let report = format!("{format}={}", old.display());
        let args = ["check", INPUTS[0], "--quiet", "--report", &report].map(OsStr::new);
        // A few blocks: there is room for the beginning.
        let (code, said) = within("trap '' XFSZ; ulimit -f 4; exec \"$@\"", &args);
        assert_eq!(code, Some(4), "{format}: {said}");
        assert!(said.contains("cannot be written to") && said.contains("File too large"), "{format}: {said}");
        assert!(contents(folder.path()) == before, "{format}");
    }
}

#[test]
fn a_read_only_folder_is_reported() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let input = desk.write("sale.yaml", SALE);
    let folder = desk.path("locked");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    if File::create(folder.join("probe")).is_ok() {
        let _ = writeln!(std::io::stderr(), "skipped: no folder is read-only for this user; see the test of a full disk");
        return;
    }
    let report = format!("html={}", folder.join("report.html").display());
    desk.run(&["check", input.to_str().unwrap()], ["--report", &report]).exits(4).complains(&["Permission denied"]);
    assert!(contents(&folder).is_empty());
}

/// As [`within`], in a file system of its own at a folder; none, with a line that says so, for who may mount none.
fn mounted(options: &str, folder: &Path, args: &[&OsStr]) -> Option<(Option<i32>, String)> {
    let mount = format!("mount -t tmpfs -o {options} none '{}'", folder.display());
    let may = Command::new("unshare").args(["--mount", "sh", "-c", &mount]).stderr(Stdio::null()).status();
    if !may.is_ok_and(|status| status.success()) {
        let _ = writeln!(std::io::stderr(), "skipped: this user mounts no file system");
        return None;
    }
    // What is left there at the end is told beside.
    let script = format!("{mount}; \"$@\"; code=$?; ls -A '{}' >&2; exit $code", folder.display());
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", &script, "sh", env!("CARGO_BIN_EXE_interdict")]).args(args).current_dir(root());
    let output = command.stdin(Stdio::null()).output().unwrap();
    Some((output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

#[test]
fn a_full_or_read_only_disk_is_reported_and_left_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    for (options, actual) in [("size=4k", "No space left on device (os error 28)"), ("ro", "Read-only file system (os error 30)")]
    {
        for format in FORMATS {
            let report = format!("{format}={}", folder.path().join("report").display());
            let args = ["check", INPUTS[0], "--quiet", "--report", &report].map(OsStr::new);
            let Some((code, said)) = mounted(options, folder.path(), &args) else { return };
            assert_eq!(code, Some(4), "{options} {format}: {said}");
            let lines: Vec<&str> = said.lines().collect();
            assert!(lines.len() == 1 && lines[0].ends_with(&format!("report`: {actual}")), "{said}");
        }
    }
}

/// Runs the program on standard output that does not take what it is given.
fn on(stdout: Stdio, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_interdict"));
    command.current_dir(root()).args(["check", INPUTS[0], INPUTS[2]]).args(args);
    let output = command.stdin(Stdio::null()).stdout(stdout).stderr(Stdio::piped()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn unwritable_standard_output_is_exit_code_4() {
    for format in FORMATS {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let (code, said) = on(full.into(), &["--format", format]);
        assert_eq!(code, Some(4), "{format}: {said}");
        assert!(said.contains("cannot be written to standard output"), "{format}: {said}");
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let (code, said) = on(writer.into(), &["--format", format]);
        assert_eq!(code, Some(4), "{format}: {said}");
        assert!(!said.contains("panicked"), "{format}: {said}");
    }
}

#[test]
fn who_has_read_enough_may_stop_reading() {
    let desk = Desk::new();
    let input = desk.write("many.ndjson", many(2_000));
    for format in FORMATS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_interdict"));
        command.arg("check").arg("--rules").arg(desk.rules.path()).args(["--format", format]).arg(&input);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        // As `head -n 1` does.
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert!(!line.is_empty(), "{format}");
        assert_eq!(ended.status.code(), Some(4), "{format}: {said}");
        assert_eq!(said, "", "{format}");
    }
}

#[test]
fn unwritable_standard_error_changes_no_exit_code() {
    let desk = Desk::new();
    let broken = desk.write("broken.yaml", "id: broken\n");
    for (args, code) in [
        (vec!["check".as_ref(), broken.as_os_str()], 3),
        (vec!["explain".as_ref(), broken.as_os_str()], 3),
        (vec!["verify".as_ref(), broken.as_os_str()], 3),
        (vec!["check".as_ref(), INPUTS[0].as_ref(), "--output".as_ref(), "/dev/full".as_ref()], 4),
    ] {
        assert_eq!(within("exec \"$@\" 2>/dev/full >/dev/null", &args).0, Some(code), "{args:?}");
    }
}

#[test]
fn a_file_may_have_any_name() {
    let desk = Desk::new();
    let wild: [&[u8]; 4] = [b"two  blanks ", b"a\nnew line", b"no \xff\xfe Unicode", b"=; $(x) '\"*\\"];
    for name in wild {
        let input = desk.files.path().join(OsStr::from_bytes(&[name, b".yaml"].concat()));
        fs::write(&input, SALE).unwrap();
        for format in FORMATS {
            let out = desk.files.path().join(OsStr::from_bytes(&[name, b".out"].concat()));
            let report = [format.as_bytes(), b"=", out.as_os_str().as_bytes()].concat();
            let args = ["--quiet".as_ref(), input.as_os_str(), "--report".as_ref(), OsStr::from_bytes(&report)];
            desk.run(&["check"], args).exits(1);
            let actual = fs::read_to_string(&out).unwrap();
            assert!(actual.contains("gasoline"), "{format}: {actual}");
            fs::remove_file(out).unwrap();
        }
        fs::remove_file(input).unwrap();
    }
    assert!(contents(desk.files.path()).is_empty());
}

#[test]
fn what_is_written_over_keeps_its_permissions_and_what_is_like_it_stays() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let input = desk.write("sale.yaml", SALE);
    let old = desk.write("report.txt", "older");
    fs::set_permissions(&old, fs::Permissions::from_mode(0o640)).unwrap();
    let like = desk.write(".report.txt.unfinished", "somebody else's");
    let report = format!("text={}", old.display());
    desk.run(&["check", input.to_str().unwrap(), "--quiet"], ["--report", &report]).exits(1);
    assert_eq!(fs::metadata(&old).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::read_to_string(&old).unwrap().contains("gasoline"));
    assert_eq!(fs::read_to_string(like).unwrap(), "somebody else's");
    assert_eq!(contents(desk.files.path()).len(), 3);
    // A name as long as a name can be.
    let long = desk.path(&"r".repeat(255));
    desk.run(&["check", input.to_str().unwrap(), "--quiet"], ["--report", &format!("text={}", long.display())]).exits(1);
    assert!(long.is_file());
}

#[test]
fn a_device_takes_a_report_as_it_comes() {
    let desk = Desk::new();
    let input = desk.write("sale.yaml", SALE);
    let input = input.to_str().unwrap();
    desk.run(&["check", input], ["--quiet", "--report", "json=/dev/null"]).exits(1);
    let to_output = desk.run(&["check", input], ["--quiet", "--report", "text=/dev/stdout"]).exits(1);
    assert_eq!(to_output.stdout, desk.run(&["check"], [input]).exits(1).stdout);
    // A link goes on pointing to the report.
    let (link, real) = (desk.path("link.txt"), desk.write("real.txt", "older"));
    std::os::unix::fs::symlink(&real, &link).unwrap();
    desk.run(&["check", input], ["--output", link.to_str().unwrap()]).exits(1);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(real).unwrap(), to_output.stdout);
}

#[test]
fn no_room_for_what_is_set_aside_is_exit_code_4() {
    let desk = Desk::new();
    let input = desk.write("many.ndjson", many(20_000));
    let out = desk.path("report.csv");
    let mut command = Command::new(env!("CARGO_BIN_EXE_interdict"));
    command.arg("check").arg("--rules").arg(desk.rules.path()).arg(input).args(["--format", "csv", "--output"]).arg(&out);
    let output = command.env("TMPDIR", "/nowhere/at/all").stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.starts_with("error: findings cannot be set aside in the folder for temporary files: "), "{said}");
    assert!(!out.exists(), "{said}");
}
