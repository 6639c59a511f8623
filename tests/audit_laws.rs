//! `interdict rules audit`: each law of silence is seen to hold and to be broken, on rules made for it.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fs;
use std::num::NonZero;

use common::{Desk, interdict, small_rulebook};
use interdict::rulebook::RegimeChoice;
use interdict::workbench::{AuditReport, Law, Silence, Tally, audit};

/// A rule that asks for nothing but its own elements, so that forgetting any of them leaves a question.
const PLAIN: &str = "
  - id: plain
    title: No trade from the target
    authority: [S/RES/9001 OP1]
    in_force: {from: 2001-03-01}
    when: {activity: supply, from: KP, item: {hs: \"2701\"}}
    except:
      - {id: relief, title: Relief, decided_by: nature, burden: shown, when: {purpose: humanitarian}}
";
const PLAIN_TEST: &str = "
  - name: coal
    given: {activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{description: anthracite, hs: \"2701.11\", quantity: 5 t}]}
    expect: {plain: potential-violation}
";
/// `shown` turns a fact that is not reported into a no.
const ROLE: &str = "
  - id: role
    title: No exporters of the target
    authority: [S/RES/9001 OP1]
    when: {activity: supply, from: KP, shown: {party: {role: exporter}}}
";
const ROLE_TEST: &str = "
  - {name: exporter, given: {activity: sale, from: KP, parties: [{role: exporter}]}, expect: {role: potential-violation}}
";

fn audited(rules: &str, tests: &str) -> AuditReport {
    let text = format!("interdict: 1\nrules:{rules}\ntests:{tests}");
    audit(&small_rulebook(&[("law.yaml", &text)]), &RegimeChoice::default(), Vec::new(), NonZero::<usize>::MIN)
}

fn silent(report: &AuditReport, law: Law) -> Vec<(&str, &str)> {
    report.silences.iter().filter(|s| s.law == law).map(|s| (s.kind, s.fact.as_str())).collect()
}

fn kind(report: &AuditReport, law: Law, kind: &str) -> Tally {
    report.laws[&law].by_kind[kind]
}

#[test]
fn a_rule_that_asks_for_its_own_elements_breaks_no_law() {
    let report = audited(PLAIN, PLAIN_TEST);
    assert_eq!((report.transactions, report.findings), (1, 1));
    assert_eq!(report.silences, []);
    assert_eq!(report.worst_share(), 0.into());
    // `activity`, `date`, `to` are facts; without `from` there is no link to the target left.
    let facts = kind(&report, Law::Forgetting, "dropped-fact");
    assert_eq!((facts.trials, facts.kept, facts.weakened, facts.unlinked), (4, 1, 2, 1));
    assert_eq!(kind(&report, Law::Forgetting, "dropped-list").weakened, 1, "goods that are not reported are a question");
    for (name, kept, weakened) in [
        ("broader-term", 1, 0),
        ("hs-heading", 1, 0),
        ("hs-chapter", 0, 1),
        ("month", 1, 0),
        ("year", 1, 0),
        ("dropped-amount", 1, 0),
    ] {
        let tally = kind(&report, Law::Forgetting, name);
        assert_eq!((tally.kept, tally.weakened, tally.silent), (kept, weakened, 0), "{name}");
    }
}

#[test]
fn a_day_forgotten_to_its_year_leaves_a_question_where_the_rule_began_in_it() {
    let first_day = PLAIN_TEST.replace("2018-03-01", "2001-03-02");
    let report = audited(PLAIN, &first_day);
    assert_eq!(report.silences, []);
    assert_eq!(kind(&report, Law::Forgetting, "month").kept, 1);
    assert_eq!(kind(&report, Law::Forgetting, "year").weakened, 1);
}

#[test]
fn a_finding_that_vanishes_with_a_forgotten_fact_breaks_the_law_of_forgetting() {
    let report = audited(ROLE, ROLE_TEST);
    assert_eq!(silent(&report, Law::Forgetting), [("dropped-list", "party"), ("dropped-party-role", "party.role")]);
    let [list, role] = report.silences.iter().filter(|s| s.law == Law::Forgetting).collect::<Vec<_>>()[..] else { panic!() };
    assert_eq!((list.path.as_str(), role.path.as_str()), ("parties", "parties[0].role"));
    let Silence { rule, test, cause, through, .. } = role;
    assert_eq!((rule.as_str(), test.as_str(), *cause), ("role", "exporter", "condition"));
    assert_eq!(through, "the facts show some party with party.role: exporter");
    let total = report.laws[&Law::Forgetting].total;
    assert_eq!(total.silent, 2);
    assert_eq!(total.trials, total.kept + total.weakened + total.unlinked + total.silent);
    let text = report.to_string();
    assert!(text.contains("silent: role: dropped-party-role parties[0].role in `exporter`: condition: the facts show"), "{text}");
}

#[test]
fn a_finding_that_becomes_compliant_with_a_forgotten_fact_breaks_the_law_of_forgetting() {
    let rule = "
  - id: excused
    title: No trade from the target
    authority: [S/RES/9001 OP1]
    when: {activity: supply, from: KP}
    except:
      - {id: unnamed, title: Unnamed ends, decided_by: nature, burden: shown, when: {purpose: {given: false}}}
";
    let test = "
  - {name: military, given: {activity: sale, from: KP, purpose: military}, expect: {excused: potential-violation}}
";
    let report = audited(rule, test);
    assert_eq!(silent(&report, Law::Forgetting), [("dropped-fact", "purpose")]);
    assert_eq!((report.silences[0].cause, report.silences[0].through.as_str()), ("exception", "unnamed"));
}

#[test]
fn a_silence_that_the_rule_explains_is_listed_and_breaks_no_law() {
    let explained = format!(
        "{ROLE}    silent_because: [{{when: party, reason: the paragraph binds exporters alone}}, {{when: year, reason: none}}]\n"
    );
    let report = audited(&explained, ROLE_TEST);
    let total = report.laws[&Law::Forgetting].total;
    assert_eq!((total.silent, total.explained), (0, 2));
    assert!(report.silences.iter().all(|s| s.silent_because.as_deref() == Some("the paragraph binds exporters alone")));
    let allowed: Vec<(&str, usize)> = report.allowed.iter().map(|a| (a.when.as_str(), a.explains)).collect();
    assert_eq!(allowed, [("party", 2), ("year", 0)], "an explanation that nothing needs is seen");
    // A kind explains too, and only its own.
    let of_kind = explained.replace("when: party,", "when: dropped-list,");
    let report = audited(&of_kind, ROLE_TEST);
    let total = report.laws[&Law::Forgetting].total;
    assert_eq!((total.silent, total.explained), (1, 1));
}

#[test]
fn an_unlisted_word_breaks_its_law_only_where_no_word_would_leave_a_finding() {
    let rule = "
  - id: trade
    title: No trade without a named relief
    authority: [S/RES/9001 OP1]
    when:
      activity: supply
      from: KP
      any: [{shown: {purpose: commercial}}, {purpose: {given: false}}]
";
    let test = "
  - {name: commerce, given: {activity: sale, from: KP, purpose: commercial}, expect: {trade: potential-violation}}
";
    let report = audited(rule, test);
    assert_eq!(silent(&report, Law::UnlistedWords), [("unlisted-word", "purpose")]);
    assert_eq!(silent(&report, Law::Forgetting), []);
    assert_eq!(report.laws[&Law::UnlistedWords].total.trials, 1);
    // Where the finding vanishes without the word too, forgetting is to blame.
    let report = audited(ROLE, ROLE_TEST);
    assert_eq!(silent(&report, Law::UnlistedWords), []);
    assert_eq!(report.laws[&Law::UnlistedWords].total.kept, 1);
}

#[test]
fn a_finding_that_vanishes_because_a_list_is_reported_breaks_the_law_of_learning() {
    let rule = "
  - id: brokers
    title: No brokers
    authority: [S/RES/9001 OP1]
    when: {activity: supply, from: KP, party: {role: broker}}
";
    let test = "
  - {name: nobody named, given: {activity: sale, from: KP}, expect: {brokers: insufficient-information}}
";
    let report = audited(rule, test);
    assert!(silent(&report, Law::Learning).contains(&("learned-list", "party")), "{report}");
    assert!(report.silences.iter().all(|s| s.cause == "list-given" && s.through.contains("role: broker")), "{report}");
}

#[test]
fn what_is_learned_may_excuse_or_exclude_by_the_words_of_the_paragraph() {
    let report = audited(PLAIN, PLAIN_TEST);
    let learned: Vec<_> = report.learned.iter().map(|l| (l.cause, l.fact.as_str(), l.through.as_str(), l.times)).collect();
    assert_eq!(learned, [("exception", "purpose", "relief", 1)]);
    let undated =
        audited(PLAIN, &PLAIN_TEST.replace("date: 2018-03-01, ", "").replace("potential-violation", "insufficient-information"));
    assert_eq!(silent(&undated, Law::Learning), []);
    let unsorted = audited(
        PLAIN,
        "
  - {name: goods, given: {activity: sale, date: 2018-03-01, from: KP, items: [{quantity: 5 t}]}, expect: {plain: insufficient-information}}
",
    );
    let of_codes: Vec<_> = unsorted.learned.iter().filter(|l| l.fact == "item.hs").collect();
    assert_eq!(of_codes.len(), 1, "{unsorted}");
    assert_eq!((of_codes[0].cause, of_codes[0].times), ("condition", 2));
}

#[test]
fn an_altered_item_is_tried_on_its_own_findings() {
    let test = "
  - name: two coals
    given: {activity: sale, date: 2018-03-01, from: KP, items: [{hs: \"2701\"}, {hs: \"2701\"}]}
    expect: {plain: potential-violation}
";
    let report = audited(PLAIN, test);
    assert_eq!(report.findings, 2);
    assert_eq!(report.laws[&Law::Forgetting].by_fact["item.hs"].trials, 4, "dropped and to its chapter, for each item");
    assert_eq!(report.laws[&Law::Forgetting].by_fact["date"].trials, 6, "dropped, to its month and its year, for each item");
}

#[test]
fn the_program_prints_the_audit_and_fails_beyond_the_bound() {
    let desk = Desk::new();
    fs::write(desk.rules.path().join("law.yaml"), format!("interdict: 1\nrules:{ROLE}tests:{ROLE_TEST}")).unwrap();
    let rules = format!("--rules={}", desk.rules.path().display());
    let run = |more: &[&str]| interdict(["rules", "audit", &rules].iter().chain(more));
    run(&[]).exits(1).tells(&[
        "silent: role: dropped-list parties in `exporter`",
        "forgetting: ",
        "unlisted words: ",
        "learning: ",
    ]);
    run(&["--max-silent=60"]).exits(0);
    let one = run(&["--format=json", "--jobs=1"]).exits(1);
    let report = one.json();
    assert_eq!(run(&["--format=json", "--jobs=3"]).exits(1).stdout, one.stdout, "the threads make no difference");
    assert_eq!(report["laws"]["forgetting"]["by_rule"]["role"]["silent"], 2);
    assert_eq!(report["silences"][0]["path"], "parties");
    // Incidents are tried with every rule.
    let incident = desk.write(
        "shells.yaml",
        "id: shells\ntransactions:\n  - {id: a, activity: sale, from: KP, to: CN, parties: [{role: exporter}]}\n",
    );
    let more = run(&["--format=json", "--incidents", incident.to_str().unwrap()]).exits(1).json();
    let silent = |report: &serde_json::Value| report["laws"]["forgetting"]["by_rule"]["role"]["silent"].as_u64().unwrap();
    assert_eq!((silent(&report), silent(&more)), (2, 4));
    let broken = desk.write("broken.yaml", "id: broken\n");
    run(&["--incidents", broken.to_str().unwrap()]).exits(3).complains(&["an incident needs `transactions`"]);
    run(&["--max-silent=many"]).exits(2);
}

#[test]
fn the_page_of_a_rule_shows_its_silences() {
    let desk = Desk::new();
    let law = format!(
        "interdict: 1\nrules:{ROLE}    silent_because: {{when: party.role, reason: the paragraph binds exporters alone}}\n"
    );
    fs::write(desk.rules.path().join("law.yaml"), law).unwrap();
    let rules = format!("--rules={}", desk.rules.path().display());
    interdict(["rules", "show", "role", &rules])
        .exits(0)
        .tells(&["silence allowed (party.role): the paragraph binds exporters alone"]);
}
