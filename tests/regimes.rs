//! Several regimes in one rulebook: what they share, and what the words `target` and `regime` stand for in each.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeSet;
use std::num::NonZero;

use common::{plain, small_rulebook_files};
use interdict::rulebook::{InvalidRulebook, RegimeChoice, RuleFiles, Rulebook};
use interdict::workbench::{coverage, mutate, run_tests};

/// What all regimes share: no regime stands around it.
const SHARED: &str = "interdict: 1
definitions:
  - {id: target-party, title: A party of the target, of: party, when: {any: [{country: target}, {name: {contains: regime}}]}}
  - {id: target-gets, title: It goes to the target, when: {any: [{to: target}, {party: {is: target-party, role: importer}}]}}
  - {id: goods-pass, title: Goods change hands, when: {activity: supply}}
  - {id: listed, title: A party that is listed, of: party, when: {designated: regime}}
exemptions:
  - id: returns
    title: It goes back to where it came from
    decided_by: nature
    in_force: {from: 2001-03-01}
    when: {to.country: {not: target}}
  - id: leave
    title: The Committee gave leave
    decided_by: committee
    when: {authorised: {by: committee}}
";

/// The measures on Japan, and on Norway and Russia together.
const REGIMES: [(&str, &str); 4] = [
    ("shared/shared.yaml", SHARED),
    (
        "east/regime.yaml",
        "interdict: 1
regime:
  id: east
  title: Measures on the east
  target: JP
  lists: [{id: un-east, references: [EAi]}]
  organs: [Eastern Guard]
  nexus: {any: [{to: target}, {party: {is: [target-party, listed]}}]}
rules:
  - id: east-arms
    title: Nothing may be supplied to the target
    authority: [S/RES/9001 OP1]
    when: {all: [{is: goods-pass}, {is: target-gets}]}
    except: [{use: leave, in_force: {from: 2005-01-01, to: 2005-12-31}, authority: [S/RES/9001 OP3]}]
  - id: east-freeze
    title: Nothing may be paid to listed parties
    authority: [S/RES/9001 OP2]
    when: {activity: finance, party: {is: listed}}
    except: [{use: returns}]
tests:
  - name: arms to Japan
    given: {activity: supply, date: 2004-01-01, from: CN, to: JP, evidence: established}
    expect: {east-arms: violation}
  - name: arms to the Guard abroad
    given: {activity: supply, date: 2004-01-01, from: CN, to: KR, parties: [{name: Eastern Guard, role: importer}], evidence: established}
    expect: {east-arms: violation}
  - name: arms to a party of Japan abroad
    given: {activity: supply, date: 2004-01-01, from: CN, to: KR, parties: [{country: JP, role: importer}], evidence: established}
    expect: {east-arms: violation}
  - name: arms sold by a party of Japan abroad
    given: {activity: supply, date: 2004-01-01, from: CN, to: KR, parties: [{country: JP, role: exporter}], evidence: established}
    expect: {}
  - name: arms bought by somebody else abroad
    given: {activity: supply, date: 2004-01-01, from: CN, to: KR, parties: [{country: CN, role: importer}], evidence: established}
    expect: {}
  - name: arms to Norway
    given: {activity: supply, date: 2004-01-01, from: CN, to: NO, evidence: established}
    expect: {}
    expect_also: {west-arms: violation}
  - name: leave in its year
    given: {activity: supply, date: 2005-06-01, from: CN, to: JP, evidence: established, authorisations: [{by: committee, date: 2005-05-01}]}
    expect: {east-arms: compliant}
  - name: leave in another year
    given: {activity: supply, date: 2006-06-01, from: CN, to: JP, evidence: established, authorisations: [{by: committee, date: 2006-05-01}]}
    expect: {east-arms: violation}
  - name: money to someone listed
    given: {activity: finance, date: 2006-06-01, from: CN, to: JP, evidence: established, parties: [{name: A, designated_as: EAi.001}]}
    expect: {east-freeze: violation}
  - name: money back to someone listed
    given: {activity: finance, date: 2006-06-01, from: JP, to: CN, evidence: established, parties: [{name: A, designated_as: EAi.001}]}
    expect: {east-freeze: compliant}
",
    ),
    (
        "west/regime.yaml",
        "interdict: 1
regime:
  id: west
  title: Measures on the west
  target: [NO, RU]
  lists: [{id: un-west, references: [WEi]}]
  nexus: {any: [{to: target}, {party: {designated: regime}}]}
rules:
  - id: west-arms
    title: Nothing may be supplied to the target
    authority: [S/RES/9001 OP1]
    when: {all: [{is: goods-pass}, {is: target-gets}]}
    except: [{use: leave}]
  - id: west-freeze
    title: Nothing may be paid to listed parties
    authority: [S/RES/9001 OP2]
    when: {activity: finance, party: {is: listed}}
    except: [{use: returns}]
tests:
  - name: arms to either target
    given: {activity: supply, date: 2004-01-01, from: CN, to: RU, evidence: established}
    expect: {west-arms: violation}
  - name: money to someone that the west lists
    given: {activity: finance, date: 2006-06-01, from: CN, to: NO, evidence: established, parties: [{name: A, designated_as: WEi.001}]}
    expect: {west-freeze: violation}
",
    ),
    (
        "world/regime.yaml",
        "interdict: 1
regime: {id: world, title: Measures on acts of any State, universal: true}
rules:
  - id: world-training
    title: Armed forces of nobody may be trained
    authority: [S/RES/9001 OP6]
    when: {activity: training, party: {kind: armed-forces}}
tests:
  - name: training of armed forces
    given: {activity: training, date: 2006-06-01, from: CN, to: CD, evidence: established, parties: [{kind: armed-forces}]}
    expect: {world-training: violation}
  - name: training of whoever it is
    given: {activity: training, date: 2006-06-01, from: CN, to: CD, evidence: established}
    expect: {}
",
    ),
];

fn load(files: &[(&str, &str)]) -> Result<Rulebook, InvalidRulebook> {
    let mut all: RuleFiles = small_rulebook_files(files);
    for (name, _) in &mut all.files {
        if !name.contains('/') {
            *name = format!("trial/{name}");
        }
    }
    Rulebook::load(all)
}

fn rulebook() -> Rulebook {
    load(&REGIMES).unwrap_or_else(|invalid| panic!("{}", plain(invalid.diagnostics(), invalid.sources())))
}

/// What is said of the regimes with a text replaced.
fn refused(old: &str, new: &str) -> String {
    assert!(REGIMES.iter().any(|(_, text)| text.contains(old)), "{old}");
    let files = REGIMES.map(|(name, text)| (name, text.replacen(old, new, 1)));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let Err(invalid) = load(&files) else { panic!("accepted: {new}") };
    plain(invalid.diagnostics(), invalid.sources())
}

#[test]
fn what_regimes_share_means_the_target_lists_and_bodies_of_each() {
    let run = run_tests(&rulebook(), &RegimeChoice::default());
    let failures: Vec<String> = run.failures.iter().map(|f| format!("{}: {}", f.name, f.reasons.join("; "))).collect();
    assert_eq!(failures, Vec::<String>::new());
    assert_eq!(run.passed, 14);
}

#[test]
fn a_shared_definition_is_read_once_for_each_regime_that_uses_it_and_once_if_it_is_the_same_in_all() {
    let rulebook = rulebook();
    let read = |id: &str| -> Vec<Option<&str>> {
        let of_regimes = rulebook.definitions.iter().filter(|definition| definition.id == id);
        of_regimes.map(|definition| Some(rulebook.regime(definition.regime?)?.id.as_str())).collect()
    };
    assert_eq!(read("target-gets"), [Some("east"), Some("west")]);
    assert_eq!(read("goods-pass"), [None]);
    let text = |regime: &str| {
        let id = rulebook.find_regime(regime);
        let definition = rulebook.definitions.iter().find(|d| d.id == "target-gets" && d.regime == id).unwrap();
        let mut texts = Vec::new();
        definition.when.walk(&mut |condition| texts.push((condition.text.clone(), condition.written().to_owned())));
        texts.into_iter().find(|(_, written)| written.starts_with("to.country")).unwrap()
    };
    assert_eq!(text("east"), ("to.country: JP".to_owned(), "to.country: target".to_owned()));
    assert_eq!(text("west"), ("to.country: [NO, RU]".to_owned(), "to.country: target".to_owned()));
}

#[test]
fn conditions_that_regimes_share_are_counted_and_altered_once() {
    let rulebook = rulebook();
    let covered = coverage(&rulebook, &RegimeChoice::default());
    let mut ids = BTreeSet::new();
    assert!(covered.definitions.iter().all(|definition| ids.insert(definition.id)), "{ids:?}");
    let gaps: Vec<&String> = covered.definitions.iter().flat_map(|definition| &definition.gaps).collect();
    assert_eq!(gaps, Vec::<&String>::new());
    let one = NonZero::<usize>::MIN;
    let report = mutate(rulebook, Some("target-"), &RegimeChoice::default(), one);
    let words: Vec<&str> = report.survivors.iter().map(|survivor| survivor.description.as_str()).collect();
    assert_eq!((report.mutants, words), (7, Vec::new()));
    let report = mutate(self::rulebook(), Some("leave"), &RegimeChoice::default(), one);
    let words: Vec<&str> = report.survivors.iter().map(|survivor| survivor.description.as_str()).collect();
    assert_eq!(words, ["turns the burden of leave round"], "no test leaves it open whether there is leave");
}

#[test]
fn a_word_of_the_regime_that_stands_for_nothing_is_refused_where_the_regime_uses_it() {
    let said = refused("  target: JP\n", "");
    assert!(said.contains("`target` stands for the `target` of the regime, and `east` has none"), "{said}");
    assert!(said.contains("east/regime.yaml:12:41"), "{said}");
    let said = refused("  lists: [{id: un-west, references: [WEi]}]\n", "");
    assert!(said.contains("`designated: regime` stands for the `lists` of the regime, and `west` has none"), "{said}");
    let said = refused("universal: true}", "universal: true, target: JP}");
    assert!(said.contains("a universal regime has no `target`"), "{said}");
    let said = refused("when: {activity: training, party: {kind: armed-forces}}", "when: {is: target-gets}");
    assert!(said.contains("`world` has none"), "{said}");
    assert!(said.contains("world/regime.yaml:7:16"), "the place in the regime's own file: {said}");
}

#[test]
fn an_exemption_that_is_never_in_time_for_the_rule_that_uses_it_is_refused() {
    let said = refused(
        "when: {all: [{is: goods-pass}, {is: target-gets}]}",
        "in_force: {from: 2006-01-01}\n    when: {is: target-gets}",
    );
    assert!(said.contains("the exception `leave` is in force on no day on which the rule is"), "{said}");
}

#[test]
fn a_test_tells_every_finding_of_its_own_regime_and_those_of_others_that_it_names() {
    let east = |expected: &str| {
        let test = format!(
            "interdict: 1\ntests:\n  - name: arms to both\n    regime: east\n    given: {{activity: supply, date: 2004-01-01, \
             from: CN, to: RU, evidence: established, parties: [{{country: JP, role: importer}}]}}\n    {expected}\n"
        );
        let files: Vec<(&str, &str)> = REGIMES.iter().copied().chain([("tests/both.yaml", test.as_str())]).collect();
        let rulebook = load(&files)?;
        let failures = run_tests(&rulebook, &RegimeChoice::default()).failures;
        Ok::<_, InvalidRulebook>(failures.into_iter().flat_map(|failure| failure.reasons).collect::<Vec<_>>())
    };
    let reasons =
        |expected: &str| east(expected).unwrap_or_else(|invalid| panic!("{}", plain(invalid.diagnostics(), invalid.sources())));
    assert_eq!(reasons("expect: {east-arms: violation}"), Vec::<String>::new(), "of the west nothing is said");
    assert_eq!(reasons("expect: {}"), ["east-arms: expected nothing, found violation"]);
    assert_eq!(reasons("expect: {east-arms: violation}\n    expect_also: {west-arms: violation}"), Vec::<String>::new());
    assert_eq!(
        reasons("expect: {east-arms: violation}\n    expect_also: {west-arms: compliant}"),
        ["west-arms: expected compliant, found violation"]
    );
    let Err(invalid) = east("expect: {east-arms: violation, west-arms: violation}") else { panic!("accepted") };
    let said = plain(invalid.diagnostics(), invalid.sources());
    assert!(said.contains("error[E0417]: `west-arms` is a rule of another regime than the test"), "{said}");
}

#[test]
fn the_tools_of_rule_writers_look_at_one_regime_without_what_it_shares() {
    let rulebook = rulebook();
    let west: RegimeChoice = rulebook.find_regime("west").into_iter().collect();
    assert_eq!(run_tests(&rulebook, &west).passed, 2);
    let covered = coverage(&rulebook, &west);
    assert_eq!(covered.rules.iter().map(|rule| rule.id).collect::<Vec<_>>(), ["west-arms", "west-freeze"]);
    assert!(covered.definitions.is_empty() && covered.exceptions.total == 0, "they are shared");
    let all = coverage(&rulebook, &RegimeChoice::default());
    assert_eq!((all.rules.len(), all.definitions.len(), all.exceptions.total), (5, 4, 2));
    let report = mutate(rulebook, None, &west, NonZero::<usize>::MIN);
    assert!(report.mutants > 0);
    assert!(report.survivors.iter().all(|survivor| survivor.owner.starts_with("west-")), "{:?}", report.survivors);
}
