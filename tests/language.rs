//! The rule language as rule writers meet it: files in `good` load and their own tests pass; each file in `bad` gives
//! exactly the messages in the file beside it.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fs;

use common::{compare_with_files, files_in, name_of, no_stray_outputs, plain, root, small_rulebook, small_rulebook_files};
use interdict::rulebook::{RegimeChoice, RuleFiles, Rulebook};
use interdict::workbench::run_tests;

#[test]
fn the_base_rulebook_loads_without_mistakes() {
    let rulebook = small_rulebook(&[]);
    assert!(rulebook.rules.is_empty() && rulebook.tests.is_empty(), "the base brings no rule and no test of its own");
}

#[test]
fn good_files_load_and_their_tests_pass() {
    let files = files_in(&root().join("tests/language/good"), &["yaml"]);
    assert!(files.len() >= 25, "{} good files", files.len());
    let mut failures = String::new();
    for file in files {
        let name = name_of(&file);
        let rulebook = small_rulebook(&[(&name, &fs::read_to_string(&file).unwrap())]);
        let run = run_tests(&rulebook, &RegimeChoice::default());
        assert!(run.passed + run.failures.len() > 0, "{name} tests nothing");
        for failure in run.failures {
            failures.push_str(&format!("{}: {}: {}\n", failure.at, failure.name, failure.reasons.join("; ")));
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn each_bad_file_gives_exactly_the_messages_beside_it() {
    let folder = root().join("tests/language/bad");
    let files = files_in(&folder, &["yaml"]);
    assert!(files.len() >= 40, "{} bad files", files.len());
    let mut outputs = Vec::new();
    for file in files {
        let name = name_of(&file);
        let loaded = Rulebook::load(small_rulebook_files(&[(&name, &fs::read_to_string(&file).unwrap())]));
        let Err(invalid) = loaded else { panic!("{name} was accepted") };
        assert!(invalid.diagnostics().has_errors(), "{name} was refused without a word");
        outputs.push((file, plain(invalid.diagnostics(), invalid.sources())));
    }
    no_stray_outputs(&folder);
    compare_with_files(&outputs);
}

#[test]
fn a_rule_outside_every_regimes_folder_is_refused() {
    let rule =
        "interdict: 1\nrules:\n  - id: stray\n    title: Stray\n    authority: [S/RES/9001 OP1]\n    when: {activity: supply}\n";
    let mut files = small_rulebook_files(&[]);
    for (name, _) in &mut files.files {
        *name = format!("trial/{name}");
    }
    let with = |name: &str| {
        let mut files = files.clone();
        files.files.push((name.to_owned(), rule.to_owned().into()));
        Rulebook::load(files)
    };
    assert!(with("trial/deeper/stray.yaml").is_ok(), "a folder below the regime's is the regime's too");
    let Err(invalid) = with("elsewhere/stray.yaml") else { panic!("a rule without a regime was accepted") };
    let rendered = plain(invalid.diagnostics(), invalid.sources());
    assert!(rendered.contains("this rule belongs to no regime") && rendered.contains("elsewhere/stray.yaml:3:5"), "{rendered}");
}

#[test]
fn the_digest_depends_on_every_byte_and_name() {
    let digest = |name: &str, text: &str| small_rulebook(&[(name, text)]).digest;
    let one = digest("a.yaml", "interdict: 1\n");
    assert_eq!(one, digest("a.yaml", "interdict: 1\n"));
    assert_ne!(one, digest("a.yaml", "interdict: 1 \n"));
    assert_ne!(one, digest("b.yaml", "interdict: 1\n"));
}

#[test]
fn mistakes_of_all_files_are_reported_in_one_run() {
    let bad =
        |id: &str| format!("interdict: 1\nrules:\n  - id: {id}\n    title: T\n    authority: [S/RES/9001 OP1]\n    wen: 1\n");
    let invalid = Rulebook::load(small_rulebook_files(&[("a.yaml", &bad("one")), ("b.yaml", &bad("two"))])).unwrap_err();
    let rendered = plain(invalid.diagnostics(), invalid.sources());
    for place in ["a.yaml:6:5", "b.yaml:6:5", "a.yaml:3:5", "b.yaml:3:5"] {
        assert!(rendered.contains(place), "{place} is not in:\n{rendered}");
    }
}

#[test]
fn an_empty_rulebook_has_no_rule_and_no_mistake() {
    assert!(Rulebook::load(RuleFiles::default()).unwrap().rules.is_empty());
}
