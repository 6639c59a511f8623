//! `action.yml`, the GitLab example and the pre-commit hooks: their shell is run as those services run it, as far as that
//! can be without them. `docs/ci.md` tells of them what is shown here.
#![cfg(unix)]
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::page::{first_cells, holds};
use common::{Desk, interdict, root, trial_rules};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_interdict");
const HARBOUR: &str = include_str!("../docs/examples/harbour.yaml");
const CLEAN: &str = "id: pencils
transactions: [{id: pencils, activity: sale, date: 2022-05-04, from: DE, to: FR, items: [{description: pencils}]}]
";
/// Mistakes whose words are commands to GitHub's runner, in both of its ways of writing them.
const BROKEN: &str = r###"id: broken
transactions:
  - id: one
    evidence: "##[stop-commands]nobody"
    date: "##[set-output name=verdict]compliant"
    items: [{description: pencils, hs: "::error::owned"}]
"###;

/// The example of RFC 8410.
const KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";

fn read(file: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(root().join(file)).unwrap()).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn keys(value: &Value) -> Vec<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().unwrap().clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// A checked-out repository on a machine that runs jobs.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    fn new(files: &[(&str, &str)]) -> Self {
        let machine = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["work space", "temp", "bin"] {
            fs::create_dir(machine.folder.path().join(folder)).unwrap();
        }
        for (name, text) in files {
            let file = machine.workspace().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        machine
    }

    fn workspace(&self) -> PathBuf {
        self.folder.path().join("work space")
    }

    /// A `cargo` that says how it was called and installs the program that is already built.
    fn with_cargo(self) -> Self {
        let cargo = self.folder.path().join("bin/cargo");
        let script = "#!/usr/bin/env bash\nset -euo pipefail\n{ pwd; printf '%s\\n' \"$@\"; } > \"$TOLD\"\n[ \"$1\" = install ]\n\
            while [ \"$1\" != --root ]; do shift; done\nmkdir -p \"$2/bin\"\nln -sf \"$BUILT\" \"$2/bin/interdict\"\n";
        fs::write(&cargo, script).unwrap();
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    /// How `cargo` was called: the folder, then the arguments.
    fn cargo(&self) -> Vec<String> {
        fs::read_to_string(self.folder.path().join("told")).unwrap().lines().map(str::to_owned).collect()
    }

    /// Runs a script in the workspace, in the environment that is told and no other.
    fn bash(&self, flags: &[&str], script: &str, environment: &[(String, String)]) -> Output {
        let file = self.folder.path().join("script.sh");
        fs::write(&file, script).unwrap();
        let path = format!("{}:{}", self.folder.path().join("bin").display(), std::env::var("PATH").unwrap());
        let mut bash = Command::new("bash");
        bash.args(flags).arg(file).current_dir(self.workspace()).env_clear().env("PATH", path);
        bash.env("TOLD", self.folder.path().join("told")).env("BUILT", PROGRAM);
        bash.envs(environment.iter().cloned()).output().unwrap()
    }

    /// Runs the action as GitHub's runner does.
    fn act(&self, inputs: &[(&str, &str)]) -> Acted {
        let action = read("action.yml");
        let mut known = BTreeMap::new();
        for (name, input) in action["inputs"].as_object().unwrap() {
            known.insert(format!("inputs.{name}"), input["default"].as_str().unwrap_or_default().to_owned());
        }
        for (name, value) in inputs {
            let before = known.insert(format!("inputs.{name}"), (*value).to_owned());
            assert!(before.is_some(), "the action has no input `{name}`");
        }
        let (output, summary) = (self.folder.path().join("output"), self.folder.path().join("summary"));
        let mut acted =
            Acted { code: 0, log: String::new(), unordered: String::new(), outputs: BTreeMap::new(), summary: String::new() };
        for step in list(&action["runs"]["steps"]) {
            for key in keys(&step) {
                assert!(["id", "name", "shell", "env", "run"].contains(&key.as_str()), "this test does not know `{key}`");
            }
            assert_eq!(step["shell"], "bash");
            fs::write(&output, "").unwrap();
            fs::write(&summary, "").unwrap();
            let mut environment: Vec<(String, String)> =
                step["env"].as_object().unwrap().iter().map(|(name, value)| (name.clone(), resolved(value, &known))).collect();
            for (name, value) in [
                ("GITHUB_ACTION_PATH", root().to_owned()),
                ("GITHUB_WORKSPACE", self.workspace()),
                ("GITHUB_OUTPUT", output.clone()),
                ("GITHUB_STEP_SUMMARY", summary.clone()),
                ("RUNNER_TEMP", self.folder.path().join("temp")),
            ] {
                environment.push((name.to_owned(), value.to_str().unwrap().to_owned()));
            }
            let run = self.bash(&["--noprofile", "--norc", "-e", "-o", "pipefail"], &text(&step["run"]), &environment);
            // The runner takes the two streams in no fixed order: a command must not hang on what is on the other.
            acted.unordered.push_str(&String::from_utf8(run.stderr).unwrap());
            acted.code = run.status.code().unwrap();
            acted.log.push_str(&String::from_utf8(run.stdout).unwrap());
            acted.summary.push_str(&fs::read_to_string(&summary).unwrap());
            for line in fs::read_to_string(&output).unwrap().lines() {
                let (name, value) = line.split_once('=').unwrap();
                known.insert(format!("steps.{}.outputs.{name}", text(&step["id"])), value.to_owned());
            }
            if acted.code != 0 {
                break;
            }
        }
        // The runner sets outputs also where a step failed.
        for (name, declared) in action["outputs"].as_object().unwrap() {
            acted.outputs.insert(name.clone(), resolved(&declared["value"], &known));
        }
        acted
    }

    /// Runs the action with the program that is built.
    fn check(&self, inputs: &[(&str, &str)]) -> Acted {
        let program = [("program", PROGRAM)];
        self.act(&program.iter().chain(inputs).copied().collect::<Vec<_>>())
    }
}

/// A text of the action with its expressions evaluated: inputs, and outputs of steps, which are empty if not set.
fn resolved(value: &Value, known: &BTreeMap<String, String>) -> String {
    let mut parts = value.as_str().unwrap().split("${{");
    let mut actual = parts.next().unwrap().to_owned();
    for part in parts {
        let (expression, rest) = part.split_once("}}").unwrap();
        let expression = expression.trim();
        match known.get(expression) {
            Some(value) => actual.push_str(value),
            None => assert!(expression.starts_with("steps."), "this test does not know `{expression}`"),
        }
        actual.push_str(rest);
    }
    actual
}

/// What the action came to.
#[derive(Debug)]
struct Acted {
    code: i32,
    log: String,
    unordered: String,
    outputs: BTreeMap<String, String>,
    summary: String,
}

impl Acted {
    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        assert_eq!(self.outputs["exit-code"], code.to_string(), "{self:#?}");
        assert_eq!(self.unordered, "");
        self
    }

    #[track_caller]
    fn report(&self) -> Value {
        serde_json::from_str(&fs::read_to_string(&self.outputs["json"]).unwrap()).unwrap()
    }

    /// The inputs that the report names.
    fn read(&self) -> BTreeSet<String> {
        list(&self.report()["inputs"]).iter().map(|input| text(&input["path"])).collect()
    }

    /// The lines of the log that the runner takes for commands: those that begin with `::`, and those that have `##[`
    /// anywhere; none between `stop-commands` and its token.
    fn commands(&self) -> Vec<&str> {
        let mut commands = Vec::new();
        let mut stopped: Option<&str> = None;
        for line in self.log.lines() {
            if let Some(token) = stopped {
                if line == format!("::{token}::") {
                    stopped = None;
                }
            } else if let Some(token) = line.strip_prefix("::stop-commands::") {
                assert!(token.len() == 32 && token.chars().all(|c| c.is_ascii_hexdigit()), "{token}");
                stopped = Some(token);
            } else if line.trim_start().starts_with("::") || line.contains("##[") {
                commands.push(line);
            }
        }
        assert!(stopped.is_none(), "commands stay stopped: {}", self.log);
        commands
    }

    /// Every report is there, whatever was found.
    #[track_caller]
    fn has_reports(self) -> Self {
        let in_folder = |file: &str| fs::read_to_string(Path::new(&self.outputs["reports"]).join(file)).unwrap();
        for format in ["json", "sarif", "html"] {
            let file = PathBuf::from(&self.outputs[format]);
            assert_eq!(file, Path::new(&self.outputs["reports"]).join(format!("report.{format}")));
            assert!(!in_folder(&format!("report.{format}")).is_empty());
        }
        let log: Value = serde_json::from_str(&in_folder("report.sarif")).unwrap();
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(self.summary, in_folder("report.markdown"));
        assert!(self.log.ends_with(&in_folder("report.github")));
        self
    }
}

#[test]
fn nothing_that_a_caller_gives_is_part_of_a_script() {
    let action = read("action.yml");
    let mut used = String::new();
    for step in list(&action["runs"]["steps"]) {
        let script = text(&step["run"]);
        assert!(!script.contains("${{"), "{script}");
        assert!(script.starts_with("set -euo pipefail\n"), "{script}");
        used.push_str(&step["env"].to_string());
    }
    for input in keys(&action["inputs"]) {
        assert!(used.contains(&format!("${{{{ inputs.{input} }}}}")), "`{input}` is used");
    }
}

#[test]
fn shellcheck_finds_nothing() {
    let machine = Machine::new(&[]);
    for step in list(&read("action.yml")["runs"]["steps"]) {
        let file = machine.folder.path().join("step.sh");
        fs::write(&file, format!("#!/usr/bin/env bash\n{}", text(&step["run"]))).unwrap();
        // Not everyone has it.
        let Ok(checked) = Command::new("shellcheck").arg(&file).output() else { return };
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    }
}

#[test]
fn what_is_clean_passes() {
    let machine = Machine::new(&[("incidents/pencils.yaml", CLEAN)]);
    let acted = machine.check(&[("paths", "incidents")]).exits(0).has_reports();
    assert_eq!(acted.outputs["verdict"], "no-finding");
    assert_eq!(acted.outputs["program"], PROGRAM);
    assert!(acted.summary.starts_with("## Sanctions check: no finding\n"));
    assert_eq!(acted.commands(), [""; 0]);
    assert_eq!(acted.report()["options"].get("as"), Some(&Value::Null), "no day without a baseline");
}

#[test]
fn findings_fail_the_step_and_are_reported_everywhere() {
    let machine = Machine::new(&[("incidents/harbour.yaml", HARBOUR), ("incidents/pencils.yaml", CLEAN)]);
    for paths in ["incidents", "./incidents", ".", "incidents/harbour.yaml\nincidents/pencils.yaml\n"] {
        let acted = machine.check(&[("paths", paths)]).exits(1).has_reports();
        assert_eq!(acted.outputs["verdict"], "potential-violation");
        let commands = acted.commands();
        assert_eq!(commands.len(), 2, "{commands:?}");
        // As the file is called in the repository: else GitHub would not show it there.
        assert!(commands[0].starts_with("::warning file=incidents/harbour.yaml,line=14,col=27,"), "{}", commands[0]);
        assert!(commands[1].starts_with("::notice file=incidents/harbour.yaml,"), "{}", commands[1]);
        assert!(fs::read_to_string(&acted.outputs["sarif"]).unwrap().contains("\"incidents/harbour.yaml\""));
        // The report can be verified where it was made.
        let mut verify = Command::new(PROGRAM);
        let verified = verify.arg("verify").arg(&acted.outputs["json"]).current_dir(machine.workspace()).output().unwrap();
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    }
}

#[test]
fn the_threshold_is_the_callers() {
    let machine = Machine::new(&[("harbour.yaml", HARBOUR), ("broken.yaml", BROKEN)]);
    for (fail_on, code) in [("", 1), ("violation", 0), ("never", 0), ("insufficient-information", 1)] {
        let acted = machine.check(&[("paths", "harbour.yaml"), ("fail-on", fail_on)]).exits(code).has_reports();
        assert_eq!(acted.outputs["verdict"], "potential-violation");
    }
    machine.check(&[("paths", "broken.yaml"), ("fail-on", "never")]).exits(3);
}

#[test]
fn broken_input_has_no_verdict_and_commands_nothing() {
    let machine = Machine::new(&[("incidents/harbour.yaml", HARBOUR), ("incidents/broken.yaml", BROKEN)]);
    let acted = machine.check(&[("paths", "incidents")]).exits(3).has_reports();
    assert_eq!(acted.outputs["verdict"], "");
    assert_eq!(acted.report()["summary"]["verdict"], "potential-violation", "what could be read is reported");
    for words in ["##[stop-commands]nobody", "##[set-output name=verdict]compliant", "::error::owned"] {
        assert!(acted.log.contains(words), "the message quotes `{words}`");
    }
    let commands = acted.commands();
    assert_eq!(commands.iter().filter(|c| c.starts_with("::error file=incidents/broken.yaml,line=")).count(), 3);
    assert_eq!(commands.len(), 5, "{commands:#?}");
    assert!(commands.iter().all(|c| c.starts_with("::") && c.contains(" file=incidents/")), "{commands:#?}");
}

#[test]
fn unchecked_inputs_are_reported() {
    let machine = Machine::new(&[("harbour.yaml", HARBOUR), ("law/law.yaml", "rules: nonsense\n")]);
    let paths = ("paths", "harbour.yaml");
    for (inputs, code) in [
        (vec![paths, ("fail-on", "sometimes")], 2),
        (vec![("paths", "")], 2),
        (vec![paths, ("options", "--fail-on=never")], 2),
        (vec![paths, ("rules", "law")], 3),
        (vec![paths, ("rules", "nowhere")], 3),
        // Help is not a check.
        (vec![paths, ("options", "--help")], 4),
    ] {
        let acted = machine.check(&inputs).exits(code);
        for output in ["verdict", "json", "sarif", "html"] {
            assert_eq!(acted.outputs[output], "", "{inputs:?}");
        }
        assert!(acted.summary.starts_with("## Sanctions check: not done\n"), "{}", acted.summary);
        assert!(acted.commands().len() == 1 && acted.commands()[0].starts_with("::error title=interdict::"), "{acted:?}");
    }
    // A program that fails before or after its reports are written.
    let acted = machine.check(&[paths, ("options", "--write-ledger=no/such/folder/of.ledger")]).exits(4).has_reports();
    assert_eq!(acted.outputs["verdict"], "");
    let acted = machine.act(&[paths, ("program", "no/such/program")]);
    assert!(acted.code != 0 && acted.outputs.values().all(String::is_empty), "{acted:?}");
    let acted = machine.act(&[paths, ("program", "true")]).exits(4);
    assert_eq!(acted.outputs["verdict"], "");
    // There is no standard input in a step, and nothing is not clean.
    machine.check(&[("paths", "-")]).exits(3);
    machine.check(&[("paths", "nowhere")]).exits(3);
}

#[test]
fn decisions_hold_until_the_day_of_the_run() {
    let decisions = fs::read_to_string(root().join("docs/examples/decisions.yaml")).unwrap();
    let machine = Machine::new(&[("harbour.yaml", HARBOUR), ("decisions/of us.yaml", &decisions)]);
    let check = |day: &str| machine.check(&[("paths", "harbour.yaml"), ("baseline", "decisions/of us.yaml"), ("as", day)]);
    let acted = check("2022-12-31").exits(0).has_reports();
    assert_eq!(acted.outputs["verdict"], "potential-violation", "what is decided is reported");
    check("2023-01-01").exits(1).has_reports();
    let today = check("").exits(1).has_reports();
    let day = text(&today.report()["options"]["as"]);
    assert!(day.len() == 10 && *day > *"2024-01-01", "{day}");
}

#[test]
fn inputs_reach_the_program() {
    let harbour = HARBOUR.replace("kind: commercial", "kind: press");
    let machine = Machine::new(&[
        ("harbour.yaml", &harbour),
        ("balances.yaml", "balances: [{quota: dprk-refined, period: 2022, amount: 0 bbl}]\n"),
        ("key.pem", KEY),
    ]);
    let law = trial_rules();
    let law = law.path().to_str().unwrap();
    let inputs = [
        ("paths", "harbour.yaml"),
        ("rules", law),
        ("known-on", "2022-03-02"),
        ("ledger", "balances.yaml"),
        ("options", "--near-misses\n\n--jobs=1\n--report=junit=junit report.xml\n--sign-key=key.pem"),
    ];
    let acted = machine.check(&inputs).exits(1).has_reports();
    let report = acted.report();
    assert_eq!(report["known_on"], "2022-03-02");
    assert_eq!(report["options"]["rules"], law);
    assert_eq!(report["options"]["ledger"]["path"], "balances.yaml");
    assert_eq!(report["options"]["near_misses"], true);
    assert_eq!(report["options"]["fail_on"], "potential-violation");
    assert!(machine.workspace().join("junit report.xml").is_file());
    assert!(Path::new(&format!("{}.sig", acted.outputs["json"])).is_file(), "the signature stands beside the report");
}

#[test]
fn names_are_names_and_nothing_else() {
    let names = [
        "two words.yaml",
        " before and after ",
        "-q",
        "--fail-on=never",
        "--help",
        "--",
        "$(touch owned).yaml",
        "`touch owned`.yaml",
        "'; touch owned; '.yaml",
        "\"; touch owned; \".yaml",
        "*.yaml",
        "${{ inputs.paths }}",
        "\\n.yaml",
        "a=b.yaml",
        "ü\u{202e}.yaml",
        "::error::owned",
    ];
    let texts: Vec<String> = (0..names.len()).map(|n| CLEAN.replace("id: pencils", &format!("id: pencils-{n}"))).collect();
    let mut files: Vec<(&str, &str)> = names.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    files.push(("not asked for.yaml", HARBOUR));
    let machine = Machine::new(&files);
    let acted = machine.check(&[("paths", &names.join("\n"))]).exits(0).has_reports();
    assert_eq!(acted.read(), names.iter().map(|name| (*name).to_owned()).collect());
    assert_eq!(acted.commands(), [""; 0]);
    // The same names in place of the other files.
    for name in names {
        for input in ["baseline", "ledger", "rules", "fail-on", "as", "known-on"] {
            let acted = machine.check(&[("paths", "not asked for.yaml"), (input, name)]);
            assert!([2, 3].contains(&acted.code), "{input}: {name}: {acted:?}");
            assert_eq!(acted.outputs["verdict"], "");
        }
    }
    assert!(!machine.workspace().join("owned").exists());
}

#[test]
fn without_a_program_it_is_built_from_the_action() {
    let machine = Machine::new(&[("harbour.yaml", HARBOUR)]).with_cargo();
    let acted = machine.act(&[("paths", "harbour.yaml")]).exits(1).has_reports();
    let built = machine.folder.path().join("temp/interdict");
    assert_eq!(
        machine.cargo(),
        [root().to_str().unwrap(), "install", "--locked", "--path", ".", "--root", built.to_str().unwrap()]
    );
    assert_eq!(acted.outputs["program"], built.join("bin/interdict").to_str().unwrap());
    assert!(acted.log.starts_with("interdict 0."), "the version is in the log");
}

/// The digest of a file as `sha256sum` gives it.
fn sha256(file: &Path) -> String {
    let output = Command::new("sha256sum").arg(file).output().unwrap();
    String::from_utf8(output.stdout).unwrap().split(' ').next().unwrap().to_owned()
}

#[test]
fn an_archive_of_a_release_is_run_if_its_digest_is_right() {
    let machine = Machine::new(&[("harbour.yaml", HARBOUR)]).with_cargo();
    let packed = machine.folder.path().join("packed/interdict-0.1.0-x");
    fs::create_dir_all(&packed).unwrap();
    std::os::unix::fs::symlink(PROGRAM, packed.join("interdict")).unwrap();
    let archive = machine.workspace().join("an archive.tar.gz");
    let mut tar = Command::new("tar");
    tar.arg("-czf").arg(&archive).arg("-C").arg(packed.parent().unwrap()).arg("interdict-0.1.0-x");
    assert!(tar.status().unwrap().success());
    let right = sha256(&archive);
    let acted = machine.act(&[("paths", "harbour.yaml"), ("archive", "an archive.tar.gz"), ("archive-sha256", &right)]);
    let acted = acted.exits(1).has_reports();
    assert!(acted.outputs["program"].ends_with("/interdict"), "{}", acted.outputs["program"]);
    assert!(!machine.folder.path().join("told").exists(), "nothing is built");
    for wrong in ["", "0000", &right.replace(char::is_numeric, "0")] {
        let acted = machine.act(&[("paths", "harbour.yaml"), ("archive", "an archive.tar.gz"), ("archive-sha256", wrong)]);
        assert_ne!(acted.code, 0, "{wrong}");
        assert_eq!(acted.outputs.get("program").map_or("", String::as_str), "", "{wrong}: it is not run");
    }
}

#[test]
fn the_list_of_parts_has_every_crate_of_the_program_and_no_other() {
    let made = |target: &str| {
        let output = Command::new("python3").arg(root().join("packaging/sbom.py")).arg(target).output();
        output.ok().filter(|output| output.status.success()).map(|output| output.stdout)
    };
    let Some(first) = made("x86_64-unknown-linux-musl") else {
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"skipped: `python3` with tomllib cannot be run\n");
        return;
    };
    assert_eq!(made("x86_64-unknown-linux-musl").as_ref(), Some(&first), "the same each time");
    let bom: Value = serde_json::from_slice(&first).unwrap();
    let parts = list_of(&bom["components"], "name");
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal,build", "--prefix", "none"])
        .args(["--format", "{p}", "--target", "x86_64-unknown-linux-musl"])
        .current_dir(root())
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    let mut expected: BTreeSet<String> = tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    assert!(expected.remove("interdict") && expected.len() > 50, "{tree}");
    assert_eq!(parts, expected);
    for part in list(&bom["components"]) {
        assert_eq!(text(&part["hashes"][0]["content"]).len(), 64, "{part}");
        assert!(!text(&part["licenses"][0]["expression"]).is_empty(), "{part}");
    }
}

/// The values of a key in a list of mappings.
fn list_of(values: &Value, key: &str) -> BTreeSet<String> {
    list(values).iter().map(|value| text(&value[key])).collect()
}

/// The version of Rust that the program needs.
fn rust_version() -> String {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let line = manifest.lines().find(|line| line.starts_with("rust-version")).unwrap();
    line.split('"').nth(1).unwrap().to_owned()
}

#[test]
fn the_gitlab_job_leaves_its_reports() {
    let job = read("docs/examples/gitlab-ci.yml")["sanctions"].clone();
    assert_eq!(text(&job["image"]), format!("rust:{}", rust_version()));
    assert_eq!(job["artifacts"]["when"], "always");
    let mut script = "set -eo pipefail\n".to_owned();
    for line in list(&job["before_script"]).iter().chain(&list(&job["script"])) {
        script.push_str(&format!("{}\n", text(line)));
    }
    let run = |machine: &Machine, incidents: &str| {
        let mut variables: BTreeMap<String, String> =
            job["variables"].as_object().unwrap().iter().map(|(name, value)| (name.clone(), text(value))).collect();
        variables.insert("INCIDENTS".to_owned(), incidents.to_owned());
        machine.bash(&[], &script, &variables.into_iter().collect::<Vec<_>>()).status.code().unwrap()
    };
    for (name, content, code, failures) in
        [("pencils", CLEAN, 0, "0"), ("-har bour", HARBOUR, 1, "1"), ("broken", BROKEN, 3, "0")]
    {
        let machine = Machine::new(&[(&format!("{name}/{name}.yaml"), content)]).with_cargo();
        assert_eq!(run(&machine, name), code, "{name}");
        let commit = text(&job["variables"]["INTERDICT_COMMIT"]);
        let from = text(&job["variables"]["INTERDICT_REPOSITORY"]);
        let expected = ["install", "--locked", "--git", &from, "--rev", &commit, "--root", ".interdict", "interdict"];
        assert_eq!(machine.cargo()[1..], expected);
        let kept = machine.workspace().join(text(&job["artifacts"]["paths"][0]));
        let junit = machine.workspace().join(text(&job["artifacts"]["reports"]["junit"]));
        assert!(junit.starts_with(&kept), "it can be downloaded too");
        let junit = fs::read_to_string(junit).unwrap();
        let junit = roxmltree::Document::parse(&junit).unwrap();
        assert_eq!(junit.root_element().attribute("failures"), Some(failures));
        assert_eq!(junit.root_element().attribute("errors") != Some("0"), code == 3, "mistakes are errors");
        for file in ["report.json", "report.html"] {
            assert!(kept.join(file).is_file(), "{file}");
        }
    }
    let machine = Machine::new(&[]).with_cargo();
    assert_eq!(run(&machine, "nowhere"), 3);
}

/// The command of a hook as pre-commit runs it on these files.
fn hook(id: &str, args: Option<&[&str]>) -> Vec<String> {
    let hook = list(&read(".pre-commit-hooks.yaml")).into_iter().find(|hook| hook["id"] == id).unwrap();
    let mut command: Vec<String> = text(&hook["entry"]).split(' ').map(str::to_owned).collect();
    assert_eq!(command.remove(0), "interdict");
    match args {
        Some(args) => command.extend(args.iter().map(|arg| (*arg).to_owned())),
        None => command.extend(list(&hook["args"]).iter().map(text)),
    }
    command
}

#[test]
fn the_hook_checks_the_files_that_it_is_given() {
    let files = |names: &[&str]| {
        let paths = names.iter().map(|name| format!("fixtures/incidents/{name}.yaml"));
        hook("interdict", None).into_iter().chain(paths).collect::<Vec<_>>()
    };
    interdict(files(&["2023-09-13-vostochny", "2009-05-italian-yachts"])).exits(1).tells(&["Vostochny", "yachts"]);
    let desk = Desk::new();
    let on = |names: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command.args(hook("interdict", None)).args(names).current_dir(desk.files.path());
        command.output().unwrap().status.code().unwrap()
    };
    desk.write("incidents/a.yaml", CLEAN);
    desk.write("incidents/b c.yaml", HARBOUR);
    desk.write("--fail-on=never/incidents/d.yaml", BROKEN);
    assert_eq!(on(&["incidents/a.yaml"]), 0);
    assert_eq!(on(&["incidents/a.yaml", "incidents/b c.yaml"]), 1);
    assert_eq!(on(&["incidents/a.yaml", "incidents/b c.yaml", "--fail-on=never/incidents/d.yaml"]), 3);
}

#[test]
fn the_hook_is_given_what_the_program_reads_in_a_folder() {
    let manifest = read(".pre-commit-hooks.yaml");
    let pattern = text(&manifest[0]["files"]);
    let pattern = pattern.strip_prefix("(?i)").expect("endings are read in any case").to_owned();
    // The program names its endings where a folder has none of them.
    let empty = tempfile::tempdir().unwrap();
    let actual = interdict(["check".as_ref(), empty.path()]).exits(3).stderr;
    let endings = actual.split("files ending in ").nth(1).unwrap().split(" are read").next().unwrap();
    assert_eq!(pattern, format!("(^|/)incidents/.*\\.({})$", endings.replace(", ", "|")));
    assert_eq!(manifest[0]["require_serial"], true);
    let matches = |path: &str, pattern: &str| {
        let script = "shopt -s nocasematch; [[ $1 =~ $2 ]]";
        Command::new("bash").args(["-c", script, "bash", path, pattern]).status().unwrap().success()
    };
    for path in ["incidents/a.yaml", "incidents/2023/b c.ndjson", "cases/incidents/a.csv", "incidents/A.XLSX"] {
        assert!(matches(path, &pattern), "{path}");
    }
    for path in ["a.yaml", "incidents/a.yaml.bak", "incidents/README.md", "old-incidents/a.yaml"] {
        assert!(!matches(path, &pattern), "{path}");
    }
}

#[test]
fn the_hook_of_the_rules_runs_their_tests() {
    let rules = trial_rules();
    let given = format!("--rules={}", rules.path().display());
    let test = || interdict(hook("interdict-rules", Some(&[&given])));
    test().exits(0).tells(&[" passed, 0 failed"]);
    let law = rules.path().join("trial.yaml");
    let broken = fs::read_to_string(&law).unwrap().replace("expect: {trial-coal: violation}", "expect: {trial-coal: compliant}");
    fs::write(&law, broken).unwrap();
    test().exits(1).tells(&["failed: coal"]);
    let own = hook("interdict-rules", None);
    assert_eq!(own, ["rules", "test", "--rules=rules"], "as pre-commit gives it, at the top of a repository");
}

#[test]
fn quotas_are_counted_over_the_files_of_a_run() {
    let desk = Desk::new();
    let delivery = |id: &str| {
        let file = desk.write(&format!("{id}.yaml"), format!(
            "id: {id}\nsources: [{{id: s, kind: court, reliability: B, credibility: 2}}]\ntransactions:\n  - {{id: {id}, activity: sale, \
            date: 2018-03-01, from: CN, to: KP, evidence: established, items: [{{description: gasoline, quantity: 300 bbl}}]}}\n"
        ));
        file.to_str().unwrap().to_owned()
    };
    let (one, two) = (delivery("one"), delivery("two"));
    desk.run(&["check"], [&one]).exits(0);
    desk.run(&["check"], [&two]).exits(0);
    desk.run(&["check"], [&one, &two]).exits(1).tells(&["trial-oil"]);
}

/// The blocks of a page in this language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("\n```{language}\n");
    page.split(&fence).skip(1).map(|part| part.split("\n```\n").next().unwrap().to_owned() + "\n").collect()
}

#[test]
fn the_page_names_the_inputs_outputs_and_exit_codes_there_are() {
    let page = holds("docs/ci.md");
    let action = read("action.yml");
    assert_eq!(BTreeSet::from_iter(first_cells(&page, "Inputs")), BTreeSet::from_iter(keys(&action["inputs"])));
    assert_eq!(BTreeSet::from_iter(first_cells(&page, "Outputs")), BTreeSet::from_iter(keys(&action["outputs"])));
    assert_eq!(first_cells(&page, "Exit codes"), ["0", "1", "2", "3", "4"]);
    assert!(page.contains(&format!("Rust {} or later", rust_version())));
    let (mut workflows, mut hooks) = (0, BTreeSet::new());
    for block in blocks(&page, "yaml") {
        let block: Value = serde_yaml::from_str(&block).unwrap_or_else(|e| panic!("{e}:\n{block}"));
        for step in block["jobs"]["sanctions"]["steps"].as_array().unwrap_or(&Vec::new()) {
            if text(&step["uses"]).contains("/interdict@") {
                workflows += 1;
                assert_eq!(step["id"], "sanctions");
                assert!(keys(&step["with"]).iter().all(|input| keys(&action["inputs"]).contains(input)), "{step}");
            }
            for output in step.to_string().split("steps.sanctions.outputs.").skip(1) {
                let output = output.split([' ', ')', '"']).next().unwrap().to_owned();
                assert!(keys(&action["outputs"]).contains(&output), "{output}");
            }
        }
        for hook in block["repos"][0]["hooks"].as_array().unwrap_or(&Vec::new()) {
            let id = text(&hook["id"]);
            let args: Vec<String> = list(&hook["args"]).iter().map(|arg| text(arg).replace("=law", "=rules")).collect();
            let files = if id == "interdict" { &["docs/examples/harbour.yaml"][..] } else { &[] };
            let args: Vec<&str> = args.iter().map(String::as_str).chain(files.iter().copied()).collect();
            interdict(self::hook(&id, Some(&args))).exits(0);
            hooks.insert(id);
        }
    }
    assert_eq!(workflows, 1);
    let actual = list(&read(".pre-commit-hooks.yaml")).iter().map(|hook| text(&hook["id"])).collect();
    assert_eq!(hooks, actual);
}
