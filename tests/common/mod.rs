//! What the tests share: the program as a person runs it, rulebooks from text, files with expected output beside them.

#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod browser;

pub mod page;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use interdict::document::{Diagnostics, Node, SourceMap, SourceText, read_yaml};
use interdict::engine::{AssessOptions, Ledger, Verdict, assess};
use interdict::intake::Intake;
use interdict::report::render_diagnostics;
use interdict::rulebook::{RuleFiles, Rulebook};

/// The project's folder, in which the program is run: paths in its output are then the same everywhere.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    pub took: Duration,
}

impl Run {
    /// The exit code, with everything that was said if it is another one.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert!(!self.stderr.contains("panicked"), "a panic: {}", self.stderr);
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Every text is in what was said on standard error.
    #[track_caller]
    pub fn complains(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(self.stderr.contains(text), "`{text}` is not in:\n{}", clipped(&self.stderr));
        }
        self
    }

    /// Every text is in the report.
    #[track_caller]
    pub fn tells(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(self.stdout.contains(text), "`{text}` is not in:\n{}", clipped(&self.stdout));
        }
        self
    }

    /// The report as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).expect("the report is JSON")
    }
}

fn clipped(text: &str) -> String {
    text.chars().take(4000).collect()
}

/// Runs the program in the project's folder.
pub fn interdict<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Run {
    interdict_reading(args, Vec::new())
}

/// Runs the program with this on standard input.
pub fn interdict_reading<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>, input: Vec<u8>) -> Run {
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_interdict"))
        .args(args)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .env("COLUMNS", "80")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    // A program that does not read its input is none of the writer's business.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the input is written");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        took: begun.elapsed(),
    }
}

/// The files of a folder with this ending, sorted.
pub fn files_in(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder entry").path()).collect();
    files.retain(|f| f.extension().and_then(OsStr::to_str).is_some_and(|e| endings.contains(&e)));
    files.sort();
    files
}

/// The file's name without its folder.
pub fn name_of(path: &Path) -> String {
    path.file_name().expect("a file name").to_string_lossy().into_owned()
}

/// Compares many outputs with the files beside their inputs (`x.yaml` with `x.yaml.out`), and shows all that differ.
/// `UPDATE_GOLDEN=1` writes them instead.
pub fn compare_with_files(outputs: &[(PathBuf, String)]) {
    let mut differing = String::new();
    for (input, actual) in outputs {
        let expected_in = input.with_file_name(format!("{}.out", name_of(input)));
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&expected_in, actual).expect("the expected output can be written");
        } else if fs::read_to_string(&expected_in).unwrap_or_default() != *actual {
            differing.push_str(&format!("\n==== {} differs; it is now:\n{actual}", expected_in.display()));
        }
    }
    assert!(differing.is_empty(), "{differing}\nUPDATE_GOLDEN=1 rewrites the files; read the difference before");
}

/// Every expected output has an input: none is left over from a test that is gone.
pub fn no_stray_outputs(folder: &Path) {
    for output in files_in(folder, &["out"]) {
        assert!(output.with_extension("").exists(), "{} has no input", output.display());
    }
}

/// The small rulebook that the tests share, with more files.
pub fn small_rulebook_files(more: &[(&str, &str)]) -> RuleFiles {
    let base = files_in(&root().join("tests/language/base"), &["yaml"]);
    let mut files: Vec<(String, Cow<'static, str>)> =
        base.iter().map(|f| (name_of(f), fs::read_to_string(f).expect("a base file").into())).collect();
    files.extend(more.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned().into())));
    RuleFiles { files, ..RuleFiles::default() }
}

/// The small rulebook with more files, all of them sound.
#[track_caller]
pub fn small_rulebook(more: &[(&str, &str)]) -> Rulebook {
    sound(small_rulebook_files(more))
}

/// The rulebook of the program itself.
#[track_caller]
pub fn own_rulebook() -> Rulebook {
    sound(RuleFiles::built_in())
}

#[track_caller]
fn sound(files: RuleFiles) -> Rulebook {
    Rulebook::load(files).unwrap_or_else(|invalid| panic!("{}", plain(invalid.diagnostics(), invalid.sources())))
}

/// Diagnostics as a person without colours sees them.
pub fn plain(problems: &Diagnostics, sources: &SourceMap) -> String {
    render_diagnostics(problems, sources, false)
}

/// A folder with the law of `tests/trial.yaml` on the base of `tests/language/base`, for `--rules`.
pub fn trial_rules() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut files = files_in(&root().join("tests/language/base"), &["yaml"]);
    files.push(root().join("tests/trial.yaml"));
    for file in files {
        fs::copy(&file, folder.path().join(name_of(&file))).expect("a rule file is copied");
    }
    folder
}

/// A folder of incident files to be written, with the trial law beside it.
pub struct Desk {
    pub rules: tempfile::TempDir,
    pub files: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self { rules: trial_rules(), files: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Writes a file and gives its path.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.files.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(&path, text).expect("the file is written");
        path
    }

    /// The path of a file that is not written yet.
    pub fn path(&self, name: &str) -> PathBuf {
        self.files.path().join(name)
    }

    /// Runs a command with the trial law.
    pub fn run<A: AsRef<OsStr>>(&self, command: &[&str], args: impl IntoIterator<Item = A>) -> Run {
        self.run_reading(command, args, Vec::new())
    }

    /// Runs a command with the trial law and something on standard input.
    pub fn run_reading<A: AsRef<OsStr>>(&self, command: &[&str], args: impl IntoIterator<Item = A>, input: Vec<u8>) -> Run {
        let mut all: Vec<std::ffi::OsString> = command.iter().map(Into::into).collect();
        all.extend(["--rules".into(), self.rules.path().into()]);
        all.extend(args.into_iter().map(|a| a.as_ref().to_owned()));
        interdict_reading(all, input)
    }

    /// Checks one text as a file of this name.
    pub fn check(&self, name: &str, text: impl AsRef<[u8]>) -> Run {
        let path = self.write(name, text);
        self.run(&["check"], [path])
    }
}

/// The worst verdict of each rule over a whole file, which must be free of mistakes.
pub fn worst_verdicts(rulebook: &Rulebook, file: PathBuf) -> BTreeMap<String, Verdict> {
    let intake = Intake::read(&[file], &mut std::io::empty(), &rulebook.vocabulary);
    assert!(!intake.problems.has_errors(), "{}", plain(&intake.problems, &intake.sources));
    let mut worst: BTreeMap<String, Verdict> = BTreeMap::new();
    for (rule, verdict) in verdicts(rulebook, &intake).into_values().flatten() {
        worst.entry(rule).and_modify(|w| *w = verdict.max(*w)).or_insert(verdict);
    }
    worst
}

/// The worst verdict of each rule on each transaction of what was read, by incident and transaction.
pub fn verdicts(rulebook: &Rulebook, intake: &Intake) -> BTreeMap<(String, String), BTreeMap<String, Verdict>> {
    let ledger = Ledger::count(rulebook, &intake.incidents, None, None);
    let assessment = assess(rulebook, &intake.incidents, &ledger, &AssessOptions::default());
    let mut found = BTreeMap::new();
    for (incident, transaction) in assessment.transactions() {
        let id = incident.reported.transactions()[transaction.index].id.as_deref().expect("every transaction has an id");
        let worst: &mut BTreeMap<String, Verdict> = found.entry((incident.reported.id().to_owned(), id.to_owned())).or_default();
        for finding in &transaction.findings {
            let verdict = finding.verdict.expect("a finding has a verdict");
            worst.entry(finding.rule.id.clone()).and_modify(|w| *w = verdict.max(*w)).or_insert(verdict);
        }
    }
    found
}

/// A YAML file as a tree.
#[track_caller]
pub fn yaml(path: &Path) -> Node {
    let mut sources = SourceMap::default();
    let id = sources.add(SourceText::new(path.display().to_string(), fs::read_to_string(path).expect("the file can be read")));
    let mut problems = Diagnostics::default();
    let root = read_yaml(id, sources.get(id).expect("it was added"), &mut problems);
    assert!(problems.is_empty(), "{}", plain(&problems, &sources));
    root.expect("a document")
}

/// A folder of `../shared`, or a line that says that it is not there.
pub fn beside(name: &str) -> Option<PathBuf> {
    let folder = root().parent().expect("a folder above").join("shared").join(name);
    if !folder.is_dir() {
        // Written past the test runner, which keeps what passing tests print to itself.
        let _ = writeln!(std::io::stderr(), "skipped: ../shared is missing ({} is not there)", folder.display());
        return None;
    }
    Some(folder)
}

/// A workbook of sheets, each with its name, state and the XML of its rows. Style 1 is a date, 2 a date with a time.
pub fn workbook(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let listed: String = (1..)
        .zip(sheets)
        .map(|(n, (name, state, _))| format!("<sheet name=\"{name}\" sheetId=\"{n}\" state=\"{state}\" r:id=\"r{n}\"/>"))
        .collect();
    let related: String = (1..=sheets.len())
        .map(|n| format!("<Relationship Id=\"r{n}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))
        .collect();
    let mut files = vec![
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{related}<Relationship Id=\"rs\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    for (n, (_, _, rows)) in (1..).zip(sheets) {
        let merged = if rows.contains("<mergeCells") { "" } else { "</sheetData>" };
        files.push((
            format!("xl/worksheets/sheet{n}.xml"),
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}{merged}</worksheet>"),
        ));
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name, zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored))
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The XML of a row of texts, numbers and raw cells (`<c ...`).
pub fn sheet_row(number: usize, cells: &[&str]) -> String {
    let cell = |(column, text): (usize, &&str)| {
        let place = format!("{}{number}", char::from(b'A' + u8::try_from(column).unwrap()));
        match text {
            &"" => String::new(),
            text if text.starts_with("<c") => text.replacen("<c", &format!("<c r=\"{place}\""), 1),
            text if text.parse::<f64>().is_ok() => format!("<c r=\"{place}\"><v>{text}</v></c>"),
            text => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    format!("<row r=\"{number}\">{}</row>", cells.iter().enumerate().map(cell).collect::<String>())
}

/// The formats of a report.
pub const FORMATS: [&str; 9] = ["text", "json", "ndjson", "sarif", "junit", "github", "html", "markdown", "csv"];

/// The marks that turn the direction of writing, each of which can make a text look like another.
pub const TURNS: &str = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

/// Everything that means something to one reader or another.
pub const LIVE: &str = "<script>alert(1)</script> <!-- ]]> | `a` ``b`` [link](https://live.example) ![i](x) <https://live.example> \
    https://live.example www.live.example @mention **b** {0} &amp; \" ' %0A%25 \\\\| \u{0}\u{1b}[2J\u{85}\u{2028}\u{fffe}\
    \u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\r\n::error::owned\r::error::owned\n# owned\n- owned\n=1+1";

/// A report of an incident made to hurt, and of a file with a mistake.
pub struct Hostile {
    pub report: String,
    pub findings: usize,
    pub problems: usize,
}

/// It in this format. No character of it steers what shows it.
pub fn hostile(format: &str) -> Hostile {
    let desk = Desk::new();
    let sale = |id: &str, label: &str, date: &str| {
        serde_json::json!({
            "id": id, "title": LIVE, "activity": "sale", "date": date, "from": "KP", "to": "CN", "evidence": "established",
            "items": [{"description": label, "hs": "2701"}, {"description": "w".repeat(20_000), "hs": "2701"}],
        })
    };
    let gift = serde_json::json!({"id": "gift", "title": LIVE, "activity": "grant", "date": "2018-03-01", "to": "KP"});
    let incident = serde_json::json!({
        "id": format!("=1+1 {LIVE}"), "title": LIVE,
        "transactions": [sale("@SUM(1)", "-2+3", "2018-03-01"), sale(LIVE, LIVE, "2018"), gift],
    });
    // Mistakes tell the words that they speak of.
    let broken = serde_json::json!({"id": "broken", "transactions": [{"id": "one", LIVE: 1, "stage": LIVE, "date": LIVE}]});
    let files =
        [desk.write("a,b: %0A<i>|`c`\u{202e}.json", incident.to_string()), desk.write("z]](x)::&.json", broken.to_string())];
    let run = desk.run(&["check", "--format", format], &files).exits(3);
    let json = desk.run(&["check", "--format", "json"], &files).json();
    let summary = |key: &str| usize::try_from(json["summary"][key].as_u64().unwrap()).unwrap();
    let findings = summary("violation") + summary("potential-violation") + summary("insufficient-information");
    assert!(findings >= 5 && summary("compliant") == 0, "{}", json["summary"]);
    for c in run.stdout.chars().filter(|c| *c != '\n') {
        let steers = c.is_control() || TURNS.contains(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}');
        assert!(!steers, "{format}: {c:?} in the report");
    }
    assert!(run.stdout.contains("owned"), "{format}: the words themselves are shown");
    Hostile { report: run.stdout, findings, problems: json["problems"].as_array().unwrap().len() }
}
