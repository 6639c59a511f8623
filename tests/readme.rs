//! The README shows an incident, the output it gives and a rule; they are the rulebook's and the program's own.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fs;

/// The rule that the README shows.
const RULE: &str = "dprk-lead";

/// The README's code blocks that begin with this fence, such as "```yaml".
fn blocks<'t>(text: &'t str, fence: &str) -> Vec<&'t str> {
    text.split(fence).skip(1).map(|rest| rest.split("```").next().unwrap().trim_start_matches('\n')).collect()
}

#[test]
fn the_rule_in_the_readme_is_the_one_in_the_rulebook() {
    let readme = fs::read_to_string(common::root().join("README.md")).unwrap();
    let rule = blocks(&readme, "```yaml")[1];
    assert!(rule.starts_with(&format!("- id: {RULE}\n")));
    let indented: String = rule.lines().map(|line| format!("  {line}\n")).collect();
    let rules = fs::read_to_string(common::root().join("rules/un/dprk/metals.yaml")).unwrap();
    assert!(rules.contains(&indented), "this rule is not in rules/un/dprk/metals.yaml:\n{rule}");
}

#[test]
fn the_incident_in_the_readme_gives_the_output_in_the_readme() {
    let path = common::root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let incident = folder.path().join("lead.yaml");
    fs::write(&incident, blocks(&readme, "```yaml")[0]).unwrap();
    let run = common::interdict(["check".as_ref(), incident.as_os_str()]).exits(1);
    let finding = run.stdout.split("\n\n").find(|part| part.starts_with("lead: ")).unwrap();
    let shown = blocks(&readme, "```text")[0];
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let made = readme.replace(&format!("```text\n{shown}```"), &format!("```text\n{finding}\n```"));
        fs::write(&path, made).unwrap();
        return;
    }
    assert_eq!(shown, format!("{finding}\n"), "run the tests with UPDATE_GOLDEN=1 to write it anew");
}
