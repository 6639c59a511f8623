//! The report in the formats that other programs and other people read: a real incident in each of them, and one made
//! to hurt, of which nothing may come alive.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::io::Write as _;
use std::process::Command;

use common::{Desk, FORMATS, TURNS, compare_with_files, hostile, interdict, root};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};

const VOSTOCHNY: &str = "fixtures/incidents/2023-09-13-vostochny.yaml";

#[test]
fn a_real_incident_in_every_format() {
    let folder = root().join("tests/formats");
    let outputs: Vec<_> = ["sarif", "junit", "github", "markdown", "csv"]
        .into_iter()
        .map(|format| {
            let run = interdict(["check", "--format", format, VOSTOCHNY]).exits(1);
            let again = interdict(["check", "--format", format, VOSTOCHNY]).exits(1);
            assert_eq!(run.stdout, again.stdout, "{format}: the same each time");
            (folder.join(format!("vostochny.{format}")), lasting(&run.stdout))
        })
        .collect();
    compare_with_files(&outputs);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), outputs.len(), "nothing else is in {}", folder.display());
}

/// Without what changes whenever a rule is added: the digest of the law, the number of rules, lines of rule files.
fn lasting(report: &str) -> String {
    let mut lasting = String::new();
    let mut in_rule_file = false;
    for line in report.lines() {
        in_rule_file = (in_rule_file || line.contains("\"uri\": \"rules/")) && !line.contains("\"message\"");
        let mut line = line.to_owned();
        if in_rule_file && let Some((key, _)) = line.split_once("\": ").filter(|(key, _)| key.contains("\"start")) {
            line = format!("{key}\": [..]");
        }
        if let Some(at) = line.find("sha256:").map(|at| at + "sha256:".len()) {
            let end = line[at..].find(|c: char| !c.is_ascii_hexdigit()).map_or(line.len(), |end| at + end);
            line.replace_range(at..end, "[..]");
        }
        if line.starts_with("Rulebook ") {
            let end = line.find(" rules.").expect("the number of rules is reported");
            let start = line[..end].rfind(' ').unwrap() + 1;
            line.replace_range(start..end, "[..]");
        }
        lasting.push_str(&line);
        lasting.push('\n');
    }
    lasting
}

/// An act that several regimes bar is told once at the top, with the paragraph of each.
#[test]
fn several_regimes_are_told_together() {
    let desk = Desk::new();
    let file = desk.write(
        "houthis.yaml",
        "id: h
transactions:
  - {id: s, activity: supply, from: IR, to: {country: YE, party: Houthis}, date: 2025-11-03, items: [anti-tank guided missiles]}
",
    );
    let text = |format: &str| interdict(["check", "--format", format, file.to_str().unwrap()]).stdout;
    let together = "2 regimes: Iran, S/RES/1747 (2007) para 5; Yemen, S/RES/2216 (2015) para 14";
    let in_one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(in_one_line(text("text")).contains(together), "{}", text("text"));
    assert!(text("html").contains(together));
    assert!(text("github").contains(together));
    let sentence =
        "2 regimes: Iran (S/RES/1747 (2007) para 5): No arms or related materiel may leave Iran or be procured from it; Yemen (";
    assert!(text("markdown").contains(sentence), "{}", text("markdown"));
}

#[test]
fn the_schema_of_sarif_is_kept() {
    let schema = std::fs::read_to_string(root().join("tests/fixtures/sarif/sarif-schema-2.1.0.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    // A stray bracket, which only lenient readers of regular expressions let pass; no report of ours names a language.
    for of in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{of}/properties/language")).expect("it has a language");
        assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
    }
    let schema = jsonschema::validator_for(&schema).expect("the schema is sound");
    let broken = serde_json::json!({"version": "2.1.0", "runs": [{}]});
    assert!(!schema.is_valid(&broken), "the schema asks for something");
    let hostile = hostile("sarif");
    let clear = Desk::new().run(&["check", "--format", "sarif"], [root().join("tests/incidents/good/countries.yaml")]);
    let real = interdict(["check", "--format", "sarif", VOSTOCHNY]);
    let decided = decided("sarif", "2024-06-01");
    assert!(decided.contains("\"suppressions\": [\n"), "{decided}");
    for report in [&real.stdout, &hostile.report, &clear.stdout, &decided] {
        let log: Value = serde_json::from_str(report).expect("the report is JSON");
        let errors: Vec<String> = schema.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

/// A sale that a person has decided until the end of June 2024, told on this day; another is left open.
fn decided(format: &str, day: &str) -> String {
    let desk = Desk::new();
    let sale = |id: &str| {
        format!("{{id: {id}, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{{description: anthracite}}]}}")
    };
    let input = desk.write("a.yaml", format!("id: a\ntransactions: [{}, {}]\n", sale("coal"), sale("more")));
    let baseline = "- {rule: trial-coal, transaction: a/coal, decision: referred, reason: 'to [court](x) {0}', by: A. Person, on: 2024-05-01, expires: 2024-06-30}\n";
    let baseline = desk.write("decisions/baseline.yaml", baseline);
    let baseline = baseline.to_str().unwrap();
    let args = ["check", "--sarif-include", "decided", "--format", format, "--as", day, "--baseline", baseline];
    desk.run(&args, [input]).exits(1).stdout
}

#[test]
fn what_is_decided_is_suppressed_in_sarif_until_it_expires() {
    let suppressions = |day: &str| -> Vec<Value> {
        let log: Value = serde_json::from_str(&decided("sarif", day)).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results.into_iter().map(|result| result["suppressions"].clone()).collect()
    };
    let actual = suppressions("2024-06-30");
    assert_eq!(actual.len(), 2);
    assert_eq!(actual[0], json!([]), "what nobody decided is not suppressed, and comes first");
    assert_eq!(actual[1][0]["kind"], "external");
    assert_eq!(actual[1][0]["status"], "accepted");
    assert_eq!(actual[1][0]["justification"], "to [court](x) {0}", "it is plain text");
    assert_eq!(actual[1][0]["properties"]["expires"], "2024-06-30");
    assert_eq!(suppressions("2024-07-01"), [json!([]), json!([])]);
}

/// What stands at the place that a result points to, and the rule.
fn pointed_at(log: &Value) -> Vec<(String, String)> {
    let of = |result: &Value| {
        let place = &result["locations"][0]["physicalLocation"];
        let number = |key: &str| usize::try_from(place["region"][key].as_u64().unwrap()).unwrap();
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let file = std::fs::read_to_string(root().join(uri.strip_prefix("file://").unwrap_or(uri))).unwrap();
        let line = file.lines().nth(number("startLine") - 1).unwrap();
        let actual: String = line.chars().skip(number("startColumn") - 1).take_while(|c| !",}".contains(*c)).collect();
        (result["ruleId"].as_str().unwrap().to_owned(), actual)
    };
    log["runs"][0]["results"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn a_result_points_to_the_fact_that_decides_it() {
    let real = pointed_at(&interdict(["check", "--format", "sarif", VOSTOCHNY]).json());
    for (rule, fact) in [
        ("dprk-arm-from-all", "152 mm artillery shells"),
        ("dprk-arm-from-all", "122 mm rockets"),
        ("dprk-arm-catchall", "reconnaissance satellite technology"),
        ("dprk-sci-coop", "government"),
        ("dprk-obl-launch", "ballistic-launch"),
    ] {
        assert!(real.contains(&(rule.to_owned(), fact.to_owned())), "{rule} at `{fact}`: {real:#?}");
    }
    // An exception that is shown comes after what the rule forbids; of an open finding it is the unclear fact.
    let desk = Desk::new();
    let approved = "authorisations: [{by: committee, date: 2018-01-01, valid_until: 2018-12-31}]";
    let sale = |id: &str, item: &str, more: &str| {
        format!(
            "  - {{id: {id}, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{{description: {item}}}], {more}}}\n"
        )
    };
    let text = sale("one", "anthracite", approved) + &sale("two", "coal", "");
    let input = desk.write("a.yaml", format!("id: a\ntransactions:\n{text}"));
    let actual = pointed_at(&desk.run(&["check", "--format", "sarif", "--sarif-include", "pass"], [input]).json());
    let at = |fact: &str| ("trial-coal".to_owned(), fact.to_owned());
    assert_eq!(actual, [at("coal"), at("committee")]);
}

#[test]
fn every_format_with_places_points_to_the_same_one() {
    let place = format!("{VOSTOCHNY}:32:23");
    let actual = |format: &str| interdict(["check", "--format", format, VOSTOCHNY]).stdout;
    assert!(actual("github").contains(&format!("file={VOSTOCHNY},line=32,col=23,")));
    assert!(actual("markdown").contains(&format!("- `{place}`; alleged; denied by `KP, RU`")));
    assert!(actual("csv").contains(&format!(",{place},")));
}

#[test]
fn rules_in_sarif_have_help() {
    let log = interdict(["check", "--format", "sarif", VOSTOCHNY]).json();
    for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap() {
        let paragraphs: Vec<&str> = rule["properties"]["tags"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
        assert!(!paragraphs.is_empty());
        for form in ["text", "markdown"] {
            let help = rule["help"][form].as_str().unwrap();
            assert!(paragraphs.iter().all(|p| help.contains(p)), "{rule}");
        }
        let mut items = 0;
        for event in Parser::new(rule["help"]["markdown"].as_str().unwrap()) {
            items += usize::from(matches!(event, Event::End(TagEnd::Item)));
            assert!(!matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Link { .. })), "{rule}");
        }
        assert!(items >= paragraphs.len(), "{rule}");
        assert!(rule["fullDescription"]["text"].as_str().unwrap().ends_with(')'), "{rule}");
    }
}

#[test]
fn marks_of_direction_turn_nothing_in_any_format() {
    for format in FORMATS {
        // Nothing that steers is in the report; see there.
        let actual = hostile(format).report;
        if !format.ends_with("json") {
            assert!(actual.contains("\\u{202e}"), "{format}: it is shown by its number");
            assert!(!actual.contains("\\u{a}"), "{format}: a line break is a blank");
        }
    }
}

#[test]
fn marks_of_direction_are_the_same_facts_in_json() {
    let desk = Desk::new();
    let label = format!("anthracite {TURNS}\u{7f}\u{85} gnp.exe");
    let incident = json!({
        "id": format!("a{TURNS}"),
        "transactions": [{"id": "one", "activity": "sale", "date": "2018-03-01", "from": "KP", "to": "CN", "items": [{"description": label}]}],
    });
    let input = desk.write("turned \u{202e}.json", incident.to_string());
    let report = desk.path("report.json");
    let as_json = format!("json={}", report.display());
    let run = desk.run(&["check"], [input.to_str().unwrap(), "--format", "ndjson", "--report", &as_json]).exits(1);
    let written = std::fs::read_to_string(&report).unwrap();
    for text in [&written, &run.stdout] {
        assert!(text.contains("\\u202e") && text.contains("\\u007f"), "{text}");
    }
    let actual: Value = serde_json::from_str(&written).unwrap();
    let line: Value = serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
    for (id, transaction) in
        [(&actual["incidents"][0]["id"], &actual["incidents"][0]["transactions"][0]), (&line["incident"], &line["transaction"])]
    {
        assert_eq!(*id, incident["id"]);
        assert_eq!(transaction["findings"][0]["subject"]["label"], label.as_str());
        assert!(transaction["at"].as_str().unwrap().contains('\u{202e}'));
    }
    let root = desk.files.path().to_str().unwrap();
    let verify = || desk.run(&["verify"], [report.to_str().unwrap(), "--root", root]);
    verify().exits(0);
    std::fs::write(&report, written.replace("\\u202e", "\\u202d")).unwrap();
    verify().exits(1);
}

#[test]
fn inputs_with_warnings_are_checked_and_the_warnings_reported() {
    let desk = Desk::new();
    let sale = "id: a\ntransactions: [{id: coal, activity: sale, date: 2018-03-01, from: Korea, to: CN, items: [{description: anthracite}]}]\n";
    let input = desk.write("a.yaml", sale);
    let actual = |format: &str| desk.run(&["check", "--format", format], [&input]).exits(0);
    let doubt = actual("json").json();
    assert_eq!(doubt["problems"][0]["severity"], "warning", "{}", doubt["problems"]);
    for (format, doubts) in
        [("markdown", "### Read with doubt\n\nWhat they concern was checked as it was read."), ("html", ">Doubts<")]
    {
        let report = actual(format).tells(&[doubts]).stdout;
        for words in ["not checked", "Not checked", "### Mistakes in the input"] {
            assert!(!report.contains(words), "{words} in {report}");
        }
    }
    let mistaken = sale.replace("KP", "CN").replace("id: coal,", "id: coal, evidense: 1, colour: red,");
    desk.write("a.yaml", mistaken);
    let report = desk.run(&["check", "--format", "markdown"], [&input]).exits(3);
    report.tells(&["### Mistakes in the input\n\nWhat they concern was not checked.", "### Not read", "### Read with doubt"]);
}

#[test]
fn sarif_of_a_real_incident() {
    let log = interdict(["check", "--format", "sarif", VOSTOCHNY]).json();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    assert!(results.len() >= 5);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        let level = match result["properties"]["verdict"].as_str().unwrap() {
            "violation" => "error",
            "potential-violation" => "warning",
            "insufficient-information" => "note",
            _ => "none",
        };
        assert_eq!(result["level"], level);
        assert_eq!(result["partialFingerprints"]["interdict/v1"].as_str().unwrap().len(), 32);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], VOSTOCHNY);
        assert!(place["region"]["startLine"].as_u64().unwrap() > 1);
        assert!(
            result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().contains("rules/")
        );
    }
    let mut occurring: Vec<&str> = results.iter().map(|r| r["ruleId"].as_str().unwrap()).collect();
    occurring.sort_unstable();
    occurring.dedup();
    assert_eq!(occurring, rules.iter().map(|r| r["id"].as_str().unwrap()).collect::<Vec<_>>());
}

/// Results, each with its verdict and severity.
fn graded(log: &Value) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let results = log["runs"][0]["results"].as_array().unwrap();
    results.iter().map(|r| (word(&r["properties"]["verdict"]), word(&r["properties"]["severity"]))).collect()
}

#[test]
fn sarif_holds_open_failures_and_what_else_is_asked_for() {
    let desk = Desk::new();
    let approved = "authorisations: [{by: committee, date: 2018-01-01, valid_until: 2018-12-31}]";
    let sale = |id: &str, more: &str| {
        format!("{{id: {id}, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{{hs: '2701'}}], {more}}}")
    };
    let transactions = [sale("passed", approved), sale("decided", ""), sale("open", "evidence: established")].join(", ");
    let input = desk.write("a.yaml", format!("id: a\ntransactions: [{transactions}]\n"));
    let baseline = "- {rule: trial-coal, transaction: a/decided, decision: accepted, reason: r, by: B, on: 2024-05-01, expires: 2024-06-30}\n";
    let baseline = desk.write("decisions.yaml", baseline);
    for (include, expected) in [
        (None, vec!["open"]),
        (Some("decided"), vec!["open", "decided"]),
        (Some("pass"), vec!["open", "passed"]),
        (Some("pass,decided"), vec!["open", "passed", "decided"]),
    ] {
        let mut args = vec!["check", "--format", "sarif", "--as", "2024-06-01", "--baseline", baseline.to_str().unwrap()];
        args.extend(include.iter().flat_map(|kinds| ["--sarif-include", kinds]));
        let log = desk.run(&args, [&input]).exits(1).json();
        let results = log["runs"][0]["results"].as_array().unwrap();
        let actual: Vec<&str> = results.iter().map(|r| r["properties"]["transaction"].as_str().unwrap()).collect();
        assert_eq!(actual, expected, "{include:?}");
    }
}

#[test]
fn a_sarif_report_that_a_code_host_would_refuse_is_cut_and_says_so() {
    let desk = Desk::new();
    let line = |id: usize, hs: &str, evidence: &str| {
        format!(
            r#"{{"id": "t{id}", "activity": "sale", "date": "2018-03-01", "from": "KP", "to": "CN", "evidence": "{evidence}", "items": [{{"hs": "{hs}"}}]}}"#
        )
    };
    let lines: String = (0..12).map(|i| line(i, "2701", ["alleged", "established", "established"][i % 3]) + "\n").collect();
    let input = desk.write("a.ndjson", lines);
    let whole = desk.run(&["check", "--format", "sarif"], [&input]).exits(1);
    let all = graded(&whole.json());
    assert_eq!(all.len(), 12, "{all:?}");
    assert_eq!(all.iter().filter(|(verdict, _)| verdict == "violation").count(), 8);
    assert!(all[..8].iter().all(|(verdict, _)| verdict == "violation"), "the worst first: {all:?}");
    assert!(!whole.stderr.contains("W0720"), "{}", whole.stderr);
    let report = desk.path("report.sarif");
    let to_file = format!("sarif={}", report.display());
    for cut in [
        desk.run(&["check", "--format", "sarif", "--sarif-most", "5"], [&input]).exits(1),
        desk.run(&["check", "--format", "csv", "--sarif-most", "5", "--report", &to_file], [&input]).exits(1),
    ] {
        cut.complains(&["warning[W0720]", "leaves 7 results out"]);
    }
    let log: Value = serde_json::from_str(&std::fs::read_to_string(&report).unwrap()).unwrap();
    assert_eq!(graded(&log), all[..5]);
    let notification = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(notification["level"], "warning");
    assert!(notification["message"]["text"].as_str().unwrap().contains("7 more are left out"), "{notification}");
    let none = desk.run(&["check", "--format", "sarif", "--sarif-most", "0"], [&input]).exits(1);
    assert_eq!(graded(&none.json()), [], "the exit code does not depend on it");
}

#[test]
fn sarif_has_what_azure_devops_asks_for() {
    let log = interdict(["check", "--format", "sarif", VOSTOCHNY]).json();
    let run = &log["runs"][0];
    assert_eq!(run["automationDetails"]["id"], "interdict/");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["fullName"].as_str().unwrap(), format!("interdict {}", driver["semanticVersion"].as_str().unwrap()));
    for rule in driver["rules"].as_array().unwrap() {
        let name = rule["name"].as_str().unwrap();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric()) && name.starts_with(char::is_uppercase), "{name}");
        assert!(rule["helpUri"].as_str().unwrap().starts_with("https://undocs.org/S/RES/"), "{rule}");
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 20);
    }
}

/// The rules that GitHub and Azure DevOps judge uploads by, in Microsoft's own program where it is there: `sarif-multitool` of
/// npm, or `sarif` of .NET's tools.
#[test]
fn the_sarif_multitool_finds_no_error() {
    let is_there = |name: &&str| Command::new(name).arg("version").output().is_ok_and(|run| run.status.success());
    let Some(multitool) = ["sarif-multitool", "sarif"].into_iter().find(is_there) else {
        let _ = std::io::stderr().write_all(b"skipped: `sarif-multitool` is not there; the schema alone was checked\n");
        return;
    };
    // They ask for the organisation, project, build and phase of the pipeline that uploads, which no other program knows.
    let of_a_pipeline = ["GHAzDO1019", "GHAzDO1020"];
    let desk = Desk::new();
    let real = interdict(["check", "--format", "sarif", VOSTOCHNY]).stdout;
    let reports = [("real", real), ("decided", decided("sarif", "2024-06-01")), ("hostile", hostile("sarif").report)];
    for (name, text) in reports {
        let log = desk.write(&format!("{name}.sarif"), text);
        // One kind at a time: the script that npm installs lets the shell take what stands after a semicolon for a command.
        for kind in ["Sarif", "Ghas", "Ado"] {
            let found = desk.path(&format!("{name}.{kind}.sarif"));
            let mut validate = Command::new(multitool);
            validate.arg("validate").arg(&log).args(["--rule-kind", kind, "--output"]).arg(&found);
            let run = validate.output().unwrap();
            let judged = std::fs::read_to_string(&found).unwrap_or_else(|_| panic!("{run:?}"));
            let judged: Value = serde_json::from_str(judged.trim_start_matches('\u{feff}')).unwrap();
            let results = judged["runs"][0]["results"].as_array().unwrap();
            let is_error =
                |result: &&Value| result["level"] == "error" && !of_a_pipeline.contains(&result["ruleId"].as_str().unwrap());
            let errors: Vec<&Value> = results.iter().filter(is_error).collect();
            assert!(errors.is_empty(), "{name} by {kind}: {errors:#?}");
        }
    }
}

#[test]
fn cases_of_junit_have_names_of_their_own() {
    let desk = Desk::new();
    desk.write("empty.json", "{}");
    desk.write("again.json", "{}");
    desk.write(
        "a.yaml",
        "id: a\ntransactions: [{id: x, activity: sale}, {id: 'x (2)', activity: sale}, {id: \"x\\u0020 \", activity: sale}]\n",
    );
    let inputs = ["empty.json", "again.json", "a.yaml"].map(|name| desk.path(name));
    let run = |format: &str| desk.run(&["check", "--format", format], &inputs).exits(3).stdout;
    let report = run("junit");
    assert_eq!(report, run("junit"));
    let document = roxmltree::Document::parse(&report).unwrap();
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    let names: Vec<_> = cases.map(|case| (case.attribute("classname").unwrap(), case.attribute("name").unwrap())).collect();
    let unique: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(unique.len(), names.len(), "{names:?}");
    assert!(names.iter().any(|(_, name)| name.ends_with("empty.json:1:1 (2)")), "{names:?}");
}

#[test]
fn hostile_words_in_sarif() {
    let hostile = hostile("sarif");
    let log: Value = serde_json::from_str(&hostile.report).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let actual = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(actual.iter().filter(|n| n["level"] != "note").count(), hostile.problems);
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), hostile.findings);
    for message in results.iter().chain(actual).map(|r| r["message"]["text"].as_str().unwrap()) {
        let mut chars = message.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => assert!(matches!(chars.next(), Some('\\' | '[' | ']')), "an escape in {message}"),
                '{' | '}' => assert_eq!(chars.next(), Some(c), "a brace in {message}"),
                c => assert!(c != '[' && c != ']', "a link in {message}"),
            }
        }
    }
    for result in results {
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.starts_with("file:///") && uri.ends_with("/a%2Cb%3A%20%250A%3Ci%3E%7C%60c%60%E2%80%AE.json"), "{uri}");
    }
}

type Names = &'static [&'static str];

/// What `junit-10.xsd` of Jenkins' xUnit plugin allows, as far as the report makes use of it: of each element those that
/// may be in it, the attributes that it must have, and those that it may have.
const JUNIT: [(&str, Names, Names, Names); 7] = [
    ("testsuites", &["testsuite"], &[], &["name", "tests", "failures", "errors"]),
    ("testsuite", &["testcase"], &["name", "tests", "failures", "errors"], &["skipped"]),
    ("testcase", &["failure", "error", "skipped", "system-out"], &["name"], &["classname"]),
    ("failure", &[], &[], &["type", "message"]),
    ("error", &[], &[], &["type", "message"]),
    ("skipped", &[], &[], &["type", "message"]),
    ("system-out", &[], &[], &[]),
];

#[track_caller]
fn keeps_the_schema_of_junit(document: &roxmltree::Document<'_>) {
    assert!(document.root_element().has_tag_name("testsuites"));
    for node in document.descendants() {
        assert!(!node.is_comment() && !node.is_pi(), "{node:?}");
        if !node.is_element() {
            continue;
        }
        let name = node.tag_name().name();
        let Some((_, within, must, may)) = JUNIT.iter().find(|(of, ..)| *of == name) else { panic!("{node:?}") };
        let text = ["failure", "error", "skipped", "system-out"].contains(&name);
        for child in node.children() {
            let words = child.text().unwrap_or_default();
            assert!(child.is_element() || text || words.trim().is_empty(), "words in {name}: {words}");
            assert!(!child.is_element() || within.contains(&child.tag_name().name()), "{child:?} in {name}");
        }
        assert!(must.iter().all(|key| node.has_attribute(*key)), "{node:?}");
        assert!(node.attributes().all(|a| must.contains(&a.name()) || may.contains(&a.name())), "{node:?}");
        // What a suite says of its cases is so.
        let cases = |of: &str| node.descendants().filter(|n| n.has_tag_name(of)).count().to_string();
        if name.starts_with("testsuite") {
            for (key, of) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
                assert!(node.attribute(key).is_none_or(|actual| actual == cases(of)), "{key} of {node:?}");
            }
        }
    }
}

#[test]
fn the_schema_of_junit_is_kept() {
    for report in [&interdict(["check", "--format", "junit", VOSTOCHNY]).stdout, &decided("junit", "2024-06-01")] {
        keeps_the_schema_of_junit(&roxmltree::Document::parse(report).expect("the report is XML"));
    }
}

#[test]
fn hostile_words_in_junit() {
    let hostile = hostile("junit");
    let document = roxmltree::Document::parse(&hostile.report).expect("the report is XML");
    let named = |name: &str| document.descendants().filter(|n| n.has_tag_name(name)).count();
    keeps_the_schema_of_junit(&document);
    let all = document.root_element();
    assert_eq!(all.attribute("tests"), Some(named("testcase").to_string().as_str()));
    assert_eq!(all.attribute("failures"), Some(named("failure").to_string().as_str()));
    assert_eq!(all.attribute("errors"), Some(named("error").to_string().as_str()));
    assert!(named("failure") >= 1 && named("error") >= 1);
    let texts: String = document.descendants().filter_map(|n| n.text()).collect();
    assert!(texts.contains("<script>alert(1)</script>"), "the words come back as they were");
}

#[test]
fn hostile_words_in_annotations() {
    let hostile = hostile("github");
    let annotations: Vec<&str> = hostile.report.lines().filter(|line| !line.starts_with("::notice title=not ")).collect();
    assert_eq!(annotations.len(), hostile.findings + hostile.problems);
    for annotation in annotations {
        let rest = annotation.strip_prefix("::").expect("a command");
        let (level, rest) = rest.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&level), "{annotation}");
        let (properties, _) = rest.split_once("::").unwrap();
        for property in properties.split(',') {
            let (key, value) = property.split_once('=').expect("a key and a value");
            assert!(["file", "line", "col", "title"].contains(&key), "{annotation}");
            assert!(!value.contains(':'), "{annotation}");
        }
        assert!(annotation.len() < 60_000, "{} bytes", annotation.len());
    }
}

#[test]
fn hostile_words_in_markdown() {
    let hostile = hostile("markdown");
    let (mut rows, mut headings, mut code) = (0, 0, 0);
    let mut in_code_block = false;
    for event in Parser::new_ext(&hostile.report, Options::ENABLE_TABLES | Options::ENABLE_GFM | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => panic!("HTML: {event:?}"),
            Event::Start(
                Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock | Tag::BlockQuote(_) | Tag::Strong | Tag::Emphasis,
            ) => {
                panic!("alive: {event:?}")
            }
            Event::Start(Tag::CodeBlock(_)) => in_code_block = true,
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::End(TagEnd::TableRow) => rows += 1,
            Event::Code(text) if text.contains("owned") => code += 1,
            Event::Text(text) => {
                assert!(
                    !text.contains("live.example") && !text.contains("owned") && !text.contains('@'),
                    "outside of code: {text}"
                );
            }
            _ => {}
        }
    }
    assert!(!in_code_block, "nothing is indented into a block of code");
    let counts = 7;
    assert_eq!(rows, hostile.findings + counts);
    let parts = hostile
        .report
        .lines()
        .filter(|l| {
            [
                "## Sanctions check: violation",
                "### Mistakes in the input",
                "### Not read",
                "### Read with doubt",
                "### Not assessed",
                "### Findings",
                "### Reasons",
            ]
            .contains(l)
        })
        .count();
    // Each transaction has a block on the page.
    let blocks = hostile.report.lines().take_while(|l| !l.starts_with("| |")).filter(|l| l.starts_with("### ")).count();
    assert_eq!(headings, hostile.findings + parts + blocks);
    assert!(code > hostile.findings, "the words stand as code");
}

#[test]
fn hostile_words_in_a_spreadsheet() {
    let hostile = hostile("csv");
    let mut rows = csv::Reader::from_reader(hostile.report.as_bytes());
    let header = rows.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|h| h == name).unwrap();
    let records: Vec<csv::StringRecord> = rows.records().map(|r| r.expect("a row as long as the others")).collect();
    assert_eq!(records.len(), hostile.findings);
    assert_eq!(hostile.report.lines().count(), hostile.findings + 1, "a row is a line");
    for cell in records.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "a formula: {cell}");
    }
    assert!(records.iter().any(|r| r[column("label")] == *"'-2+3"));
    assert!(records.iter().any(|r| r[column("transaction")] == *"'@SUM(1)"));
    assert!(records.iter().all(|r| r[column("incident")].starts_with("'=1+1 ")));
}
