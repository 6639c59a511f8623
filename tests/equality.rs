//! The prefilter selects the rules that the reference evaluator finds to match, on every transaction.
//!
//! Facts: the whole corpus as it is, and transactions crossed from it at random, each fact taken from another report
//! or left out, so that every matcher meets what it was written for and what it was not. Rules: the built-in rulebook,
//! and rulebooks of random conditions. A *check* is one rule on one transaction.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeSet;

use common::{files_in, root};
use compact_str::CompactString;
use interdict::engine::internals::{CompiledRules, EvalContext, RuleSelector, TransactionMemo, evaluate_rule};
use interdict::engine::{AssessOptions, Ledger};
use interdict::facts::ReportedIncident;
use interdict::facts::{CodedTerm, Known, Many, Relation, Side, Term, Terms, Transaction, Truth};
use interdict::intake::Intake;
use interdict::rulebook::{RuleFiles, Rulebook, Vocabulary};

/// Numbers that look random and are the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn pick<'x, T>(&mut self, of: &'x [T]) -> &'x T {
        &of[self.roll(of.len())]
    }
}

fn corpus(rulebook: &Rulebook) -> Intake {
    let endings = ["yaml", "yml", "json", "ndjson", "jsonl", "csv"];
    let folders = ["fixtures/incidents", "fixtures/near-misses"];
    let files: Vec<_> = folders.iter().flat_map(|f| files_in(&root().join(f), &endings)).collect();
    Intake::read(&files, &mut std::io::empty(), &rulebook.vocabulary)
}

macro_rules! crossed {
    ($dice:expr, $of:expr, $($field:ident)+) => {{
        let mut child = Transaction::default();
        let (a, b) = ($dice.pick($of), $dice.pick($of));
        $(child.$field = match $dice.roll(12) {
            0 => Default::default(),
            1 | 2 => $dice.pick($of).$field.clone(),
            3..=6 => b.$field.clone(),
            _ => a.$field.clone(),
        };)+
        child
    }};
}

/// A transaction whose facts come from several others, or are not reported.
fn crossed(dice: &mut Dice, of: &[&Transaction]) -> Transaction {
    crossed!(dice, of, activity date stage relates_to evidence denied_by from to via transport parties items vessels aircraft
        ports people subject field purpose quantity value contract payment authorisations notifications determinations
        actions links_to_revenue)
}

/// Gives a transaction one other fact, or another element in place of one of its own.
fn nearly_alike(dice: &mut Dice, transaction: &mut Transaction, of: &[&Transaction]) {
    fn swap<T: Clone>(dice: &mut Dice, own: &mut Many<T>, other: &Many<T>) {
        if let (Some(own), Some(other)) = (own.get_mut(), other.get())
            && !own.is_empty()
            && !other.is_empty()
        {
            let at = dice.roll(own.len());
            own[at] = dice.pick(other).clone();
        }
    }
    let other = *dice.pick(of);
    match dice.roll(12) {
        0 => transaction.activity = other.activity.clone(),
        1 => transaction.date = other.date,
        2 => transaction.from = other.from.clone(),
        3 => transaction.to = other.to.clone(),
        4 => transaction.via = other.via.clone(),
        5 => transaction.purpose = other.purpose.clone(),
        6 => transaction.value = other.value,
        7 => transaction.determinations = other.determinations.clone(),
        8 => swap(dice, &mut transaction.parties, &other.parties),
        9 => swap(dice, &mut transaction.items, &other.items),
        10 => swap(dice, &mut transaction.vessels, &other.vessels),
        _ => swap(dice, &mut transaction.ports, &other.ports),
    }
}

/// Lets parties, vessels and items name other parties, and the transaction relate to others of an incident.
fn linked(dice: &mut Dice, transaction: &mut Transaction, reported: &ReportedIncident) {
    let all = || reported.transactions().iter().chain([&*transaction]);
    let of_parties = all().flat_map(|t| t.parties.known()).filter_map(|p| p.name.clone());
    let others = ["a North Korean firm", "Somebody Ltd", "Pyongyang Trading", "no name of anyone", "Korea Coal"];
    let names: Vec<CompactString> = of_parties.chain(others.map(Into::into)).collect();
    let ids: Vec<CompactString> = all().filter_map(|t| t.id.clone()).chain(["elsewhere/1".into()]).collect();
    let mut some = |slot: &mut Option<Vec<CompactString>>| {
        *slot = match dice.roll(6) {
            0 => Some(Vec::new()),
            1 => Some(vec![dice.pick(&names).clone()]),
            2 => Some(vec![dice.pick(&names).clone(), dice.pick(&names).clone()]),
            _ => None,
        }
    };
    for party in transaction.parties.get_mut().unwrap_or_default() {
        some(&mut party.owned_by);
        some(&mut party.acts_for);
        some(&mut party.controlled_by);
    }
    transaction.vessels.get_mut().unwrap_or_default().iter_mut().for_each(|vessel| some(&mut vessel.controlled_by));
    for item in transaction.items.get_mut().unwrap_or_default() {
        item.made_by = (dice.roll(4) == 0).then(|| dice.pick(&names).clone());
    }
    let relations = (0..dice.roll(3)).map(|_| Relation { transaction: Some(dice.pick(&ids).clone()), ..Relation::default() });
    transaction.relates_to = relations.collect::<Vec<_>>().into();
}

/// Reports coded facts in broader terms, or in words that no vocabulary has.
fn otherwise(dice: &mut Dice, transaction: &mut Transaction, vocabulary: &Vocabulary) {
    let references = [
        "kpe 001",
        "UN list",
        "QDi.001",
        "1718 list",
        "yes",
        "KPi.033",
        "KPi.001 (2010-01-01/2018-06-30)",
        "un-other (frozen; from 2016)",
    ];
    for party in transaction.parties.get_mut().unwrap_or_default().iter_mut().filter(|party| party.designated_as.is_some()) {
        party.designated_as = Some(vec![(*dice.pick(&references)).into(), (*dice.pick(&references)).into()]);
    }
    let mut some = |terms: &mut Terms, is_open: bool| {
        let Some(reported) = terms.is().map(<[CodedTerm]>::to_vec) else { return };
        let other = |dice: &mut Dice, term: &CodedTerm| match (dice.roll(4), term) {
            (0, _) if is_open => CodedTerm::Unlisted(Box::new("a word of their own".into())),
            (1 | 2, CodedTerm::Term(term)) => {
                let broader: Vec<Term> = vocabulary.broader_terms(*term).chain([*term]).collect();
                CodedTerm::Term(*dice.pick(&broader))
            }
            (3, CodedTerm::Term(term)) => {
                let any = vocabulary.terms().nth(dice.roll(vocabulary.terms().count())).unwrap();
                CodedTerm::OneOf(Box::new(vocabulary.broader_terms(*term).chain([*term, any]).collect()))
            }
            _ => term.clone(),
        };
        let is = reported.iter().map(|term| other(dice, term)).collect();
        // What the broader term does not mean, if that is known.
        let not = if dice.roll(4) == 0 { reported } else { terms.not().to_vec() };
        *terms = Terms::new(Some(is), not);
    };
    some(&mut transaction.activity, false);
    some(&mut transaction.purpose, true);
    some(&mut transaction.field, true);
    for party in transaction.parties.get_mut().unwrap_or_default() {
        some(&mut party.role, true);
        some(&mut party.programme, false);
    }
    transaction.actions.get_mut().unwrap_or_default().iter_mut().for_each(|action| some(&mut action.action, true));
    transaction.determinations.get_mut().unwrap_or_default().iter_mut().for_each(|made| some(&mut made.finding, true));
}

/// Reports several countries of each side.
fn several_countries(dice: &mut Dice, transaction: &mut Transaction, of: &[&Transaction]) {
    fn countries(side: &Known<Side>) -> impl Iterator<Item = CodedTerm> {
        side.get().into_iter().flat_map(|side| side.country.is().unwrap_or_default()).cloned()
    }
    let others: Vec<CodedTerm> = of.iter().flat_map(|t| countries(&t.from).chain(countries(&t.to))).collect();
    for side in [&mut transaction.from, &mut transaction.to] {
        let own: Vec<CodedTerm> = countries(side).chain([dice.pick(&others).clone()]).collect();
        *side = Known::is(Side { country: Terms::new(Some(own), Vec::new()), ..Side::default() });
    }
}

/// The positions of the rules that match by the reference evaluator, and of those that it does not assess, and whether a rule
/// leaves it open that there is a link to its target.
fn by_reference(case: &EvalContext<'_>, rulebook: &Rulebook) -> (BTreeSet<usize>, BTreeSet<usize>, bool) {
    let (mut matching, mut not_assessed, mut is_link_open) = (BTreeSet::new(), BTreeSet::new(), false);
    let memo = TransactionMemo::new(case);
    for (position, rule) in rulebook.rules.iter().enumerate() {
        for case in case.for_each_item(rule.binds_item) {
            let outcome = evaluate_rule(rule, &case, &memo);
            let asks = !outcome.not_assessed && outcome.beside_the_point.is_empty();
            let is_open = outcome.when.truth == Truth::Unknown && asks;
            if outcome.when.truth == Truth::True || is_open && outcome.nexus == Truth::True {
                matching.insert(position);
            }
            is_link_open |= is_open && outcome.nexus == Truth::Unknown;
            if outcome.not_assessed {
                not_assessed.insert(position);
            }
            assert!(outcome.verdict.is_none() || matching.contains(&position));
            assert!(!outcome.duty_open || matching.contains(&position));
        }
    }
    (matching, not_assessed, is_link_open)
}

/// Compares the two on a transaction; gives the number of checks.
fn compare(case: &EvalContext<'_>, selector: &mut RuleSelector<'_, '_>) -> usize {
    let rulebook = case.rulebook;
    let candidates = selector.select(case);
    let (matching, not_assessed, is_link_open) = by_reference(case, rulebook);
    let found: BTreeSet<usize> = candidates.matching.iter().copied().collect();
    let names = |of: &BTreeSet<usize>| of.iter().map(|i| rulebook.rules[*i].id.clone()).collect::<Vec<_>>();
    if candidates.depends_on_quota {
        // A rule that depends on a total is evaluated again when all is counted; no matching rule may be missing.
        assert!(found.is_superset(&matching), "{:?} lacks {:?}\n{:#?}", names(&found), names(&matching), case.transaction);
    } else {
        let differing: Vec<String> = found
            .symmetric_difference(&matching)
            .map(|i| &rulebook.rules[*i])
            .map(|rule| format!("{}, in force {}: {}", rule.id, rule.in_force, rulebook.sources.text(rule.span)))
            .collect();
        assert_eq!(names(&found), names(&matching), "{differing:#?}\n{:#?}", case.transaction);
        let skipped: BTreeSet<usize> = candidates.not_assessed.iter().copied().collect();
        assert_eq!(names(&skipped), names(&not_assessed), "not assessed\n{:#?}", case.transaction);
        assert_eq!(candidates.is_link_open, is_link_open, "link open\n{:#?}", case.transaction);
    }
    rulebook.rules.len()
}

fn case_of<'a>(
    rulebook: &'a Rulebook,
    reported: &'a ReportedIncident,
    transaction: &'a Transaction,
    options: &AssessOptions,
) -> EvalContext<'a> {
    EvalContext::of_transaction(rulebook, reported, transaction, options.known_on, None)
}

/// Compares random transactions under a rulebook until so many checks are done.
fn check_crossed(rulebook: &Rulebook, intake: &Intake, options: &AssessOptions, dice: &mut Dice, checks: usize) -> usize {
    let transactions: Vec<&Transaction> = intake.incidents.iter().flat_map(|i| i.transactions()).collect();
    let compiled = CompiledRules::new(rulebook, options);
    let mut selector = RuleSelector::new(&compiled);
    let mut done = 0;
    while done < checks {
        let mut transaction = crossed(dice, &transactions);
        let reported = dice.pick(&intake.incidents);
        if dice.roll(2) == 0 {
            linked(dice, &mut transaction, reported);
        }
        if dice.roll(2) == 0 {
            otherwise(dice, &mut transaction, &rulebook.vocabulary);
        }
        if dice.roll(8) == 0 {
            several_countries(dice, &mut transaction, &transactions);
        }
        done += compare(&case_of(rulebook, reported, &transaction, options), &mut selector);
        // What is cached for a transaction must not be used for one that differs from it.
        for _ in 0..3 {
            nearly_alike(dice, &mut transaction, &transactions);
            done += compare(&case_of(rulebook, reported, &transaction, options), &mut selector);
        }
    }
    done
}

fn law() -> Rulebook {
    Rulebook::load_without_tests(RuleFiles::built_in()).expect("the built-in rulebook has no mistake")
}

const ATOMS: &[&str] = &[
    "activity: sale",
    "activity: [supply, gift]",
    "activity: {not: transport}",
    "activity: [passes, hosts]",
    "activity: {not: assists}",
    "activity: [bank-branch, port-call, launch]",
    "party: {side: giving, country: KP}",
    "party: {side: {not: [receiving, carrying]}, designated: un-dprk}",
    "party: {programme: [wmd, ballistic-missile]}",
    "action: {action: {not: enforcement}}",
    "from: KP",
    "from: {not: KP}",
    "to: [CN, RU]",
    "to.nationality: KP",
    "via: KP",
    "purpose: [humanitarian, medical]",
    "purpose: {not: [military]}",
    "stage: planned",
    "date: {from: 2017-08-05}",
    "date: {before: 2016-03-02}",
    "item: {in: [coal]}",
    "item: {in: [arms-and-related-materiel, wmd-items]}",
    "item: {in: [luxury-goods], origin: {not: KP}}",
    "item: {hs: ['27', 84-85]}",
    "item: {origin: KP}",
    "item: {quantity: {over: 100 t}}",
    "item: {description: {contains: [oil, shells]}}",
    "item: {hs: ['9306', 30]}",
    "item: {description: {contains: [coal, нефть, 152 mm]}}",
    "party: {name: {contains: [trading, bank]}}",
    "party: {designated: un-dprk}",
    "party: {designated: un-other}",
    "party: {designated: [un-other, un-dprk], not: {shown: {role: [authority, flag-state]}}}",
    "vessel: {designated: un-other, flag: KP}",
    "shown: {from: KP, to: [CN, KP]}",
    "not: {shown: {to: KP}}",
    "party: {is: target-party, role: [consignee, end-user, buyer]}",
    "party: {role: supplier, country: {not: KP}}",
    "party: {is: barred-person}",
    "vessel: {flag: KP}",
    "vessel: {is: dprk-vessel}",
    "vessel: {designated: un-dprk}",
    "port: {country: KP}",
    "people: {nationality: KP, count: {over: 5}}",
    "determined: {finding: involved-in-prohibited-activity, holds: true}",
    "authorised: {by: committee, until: date}",
    "notified: {to: committee, before: date, days: 5}",
    "action: {action: inspection}",
    "links_to_revenue: true",
    "value: {over: 2000 USD}",
    "contract.date: {before: date}",
    "is: target-gets",
    "is: target-gives",
    "source: {kind: panel-of-experts}",
    "field: [aerospace, nuclear-science]",
    "party: {acts_for: {country: KP}}",
    "party: {owned_by: {is: target-party}}",
    "party: {all: [{owned_by: {given: true}}, {owned_by: {nationality: KP}}]}",
    "party: {owned_by: {designated: un-dprk}}",
    "party: {acts_for: {designated: un-other, not: {shown: {country: KP}}}}",
    "party: {controlled_by: {shown: {country: KP}}}",
    "shown: {party: {owned_by: {nationality: KP}}}",
    "vessel: {controlled_by: {country: KP}}",
    "item: {made_by: {any: [{nationality: KP}, {name: {contains: [trading]}}]}}",
    "party: {owned_by: {contains: [korea]}}",
    "concerns: {item: {in: [arms-and-related-materiel]}}",
    "concerns: {to: KP, item: {origin: KP}}",
    "concerns: {any: [{party: {acts_for: {designated: un-dprk}}}, {concerns: {from: KP}}]}",
    "shown: {concerns: {vessel: {designated: un-dprk}, item: {in: [coal]}}}",
];

fn condition(dice: &mut Dice, depth: usize) -> String {
    let several = |dice: &mut Dice| (0..=dice.roll(3)).map(|_| condition(dice, depth - 1)).collect::<Vec<_>>().join(", ");
    match if depth == 0 { 0 } else { dice.roll(8) } {
        0..=2 => format!("{{{}}}", dice.pick(ATOMS)),
        3 | 4 => format!("{{all: [{}]}}", several(dice)),
        5 => format!("{{any: [{}]}}", several(dice)),
        6 => format!("{{not: {}}}", condition(dice, depth - 1)),
        _ => format!("{{shown: {}}}", condition(dice, depth - 1)),
    }
}

/// The built-in rulebook with more rules.
fn law_of(rules: &str) -> Rulebook {
    let mut files = RuleFiles::built_in();
    files.files.retain(|(name, _)| !name.contains("/tests/"));
    // A second list of persons, of which the first has all and more.
    for (_, text) in files.files.iter_mut().filter(|(name, _)| name.ends_with("dprk/regime.yaml")) {
        let second = "lists:\n    - {id: un-other, references: [KPi], measures: [frozen, barred]}";
        assert_eq!(text.matches("lists:").count(), 1);
        *text = text.replace("lists:", second).into();
    }
    let text = format!("interdict: 1\nrules:\n{rules}");
    files.files.push(("un/dprk/zz-other.yaml".to_owned(), text.clone().into()));
    files.files.sort();
    let law = Rulebook::load(files);
    law.unwrap_or_else(|invalid| panic!("{}\n{text}", common::plain(invalid.diagnostics(), invalid.sources())))
}

/// A rule in YAML. `more` is further lines of it.
fn rule(id: &str, when: &str, more: &str) -> String {
    format!("  - id: {id}\n    title: R\n    authority: [S/RES/1718 OP8(a)(i)]\n    when: {when}\n{more}")
}

/// The time of a rule: none, an interval, several, a chain of renewals, with bounds that are days or periods.
fn time(dice: &mut Dice) -> String {
    const INTERVALS: &[&str] = &[
        "{from: 2009-06-12}",
        "{from: 2016-03-02, to: 2017-08-04}",
        "{to: 2017-08}",
        "[{from: 2006-10-14, to: 2009-06-11}, {from: 2009-06-12/2009-06-13, to: 2013}, {from: 2017}]",
        "{from: 2009, to: 2010-06-01, renewals: [{on: 2010-05-30, until: 2016-06-01}, {on: 2016-06-01, until: 2018-02-01}]}",
        "{from: 2009, renewals: [{on: 2010-05-30, until: 2016-06-01}, {on: 2016-06-01, until: 2017-06}], customarily_renewed: true}",
        "{from: 2013-03-07, to: 2016-12-31, renewals: [{on: 2016-12-20, until: unknown}]}",
        "{from: 2006-10-14, renewals: [{on: 2010-05-30, until: open}], ended: {on: 2016-03-02, to: 2016-03-01/2016-03-02}}",
        "[{from: 2006-10-14, to: 2009-06-12, customarily_renewed: true}, {from: 2017-08-05, on: 2016-05-01}]",
    ];
    let in_force = match dice.roll(3) {
        0 => String::new(),
        _ => format!("    in_force: {}\n", dice.pick(INTERVALS)),
    };
    let unverified = dice.pick(&["", "", "", "    unverified_after: 2017-01-01\n"]);
    in_force + unverified
}

/// The built-in rulebook with random rules.
fn random_law(dice: &mut Dice, rules: usize) -> Rulebook {
    let mut text = String::new();
    for i in 0..rules {
        let when = condition(dice, 4);
        let until = time(dice);
        let except = match dice.roll(3) {
            0 => format!(
                "    except: [{{id: e, title: E, decided_by: committee, burden: {}, when: {{shown: {}}}}}]\n",
                dice.pick(&["shown", "excluded"]),
                condition(dice, 2)
            ),
            _ => String::new(),
        };
        text.push_str(&rule(&format!("random-{i}"), &when, &(until + &except)));
    }
    law_of(&text)
}

#[test]
fn both_evaluators_agree_on_the_corpus() {
    let rulebook = law();
    let intake = corpus(&rulebook);
    for known_on in [None, Some("2016-06-01".parse().unwrap())] {
        let options = AssessOptions { known_on, ..AssessOptions::default() };
        let compiled = CompiledRules::new(&rulebook, &options);
        let mut selector = RuleSelector::new(&compiled);
        let mut checks = 0;
        for reported in &intake.incidents {
            for transaction in reported.transactions() {
                checks += compare(&case_of(&rulebook, reported, transaction, &options), &mut selector);
            }
        }
        assert!(checks > 10_000, "{checks}");
    }
}

#[test]
fn both_evaluators_agree_on_transactions_crossed_from_the_corpus() {
    let rulebook = law();
    let intake = corpus(&rulebook);
    check_crossed(&rulebook, &intake, &AssessOptions::default(), &mut Dice(1), 60_000);
}

#[test]
fn both_evaluators_agree_under_random_rulebooks() {
    let mut dice = Dice(2);
    for _ in 0..8 {
        let rulebook = random_law(&mut dice, 40);
        let intake = corpus(&rulebook);
        check_crossed(&rulebook, &intake, &AssessOptions::default(), &mut dice, 20_000);
    }
}

/// A line with few facts, each of few values, so that many lines are alike in all but one of them.
fn line_of_few_facts(dice: &mut Dice) -> String {
    const UNKNOWN: &str = r#""unknown""#;
    const ROLES: &[&str] = &["exporter", "authority", "flag-state", "crew", "overseer", "applicant", "tenant", "insurer", "host"];
    let listing = |dice: &mut Dice| {
        *dice.pick(&[UNKNOWN, r#"["KPe.001"]"#, r#"["KPi.004"]"#, r#"["XXe.001"]"#, r#"["KPe.001 (until 2017)"]"#])
    };
    let parties = match dice.roll(3) {
        0 => "[]".to_owned(),
        _ => {
            let role = dice.pick(ROLES);
            format!(r#"[{{"role":"{role}","designated_as":{}}}]"#, listing(dice))
        }
    };
    let vessels = match dice.roll(3) {
        0 => format!(r#"[{{"flag":"KP","role":"carrier","designated_as":{}}}]"#, listing(dice)),
        _ => UNKNOWN.to_owned(),
    };
    format!(
        r#"{{"activity":"{}","date":"{}","from":{},"to":{},"parties":{parties},"vessels":{vessels},"determinations":{},"value":"{}","aircraft":{},"items":{}}}"#,
        dice.pick(&["sale", "loan", "bunkering", "seizure", "inspection", "freezing", "theft"]),
        dice.pick(&["2009-01-01", "2009-06-11/2009-06-12", "2018-02-02"]),
        dice.pick(&[r#""DE""#, r#"{"country":"DE","nationality":"KP"}"#]),
        dice.pick(&[r#""KP""#, r#""CN""#]),
        dice.pick(&[
            UNKNOWN,
            UNKNOWN,
            r#"[{"finding":"acts-for-designated","holds":true}]"#,
            r#"[{"finding":"acts-for-designated","holds":false}]"#,
        ]),
        dice.pick(&["10 USD", "5000 USD"]),
        dice.pick(&[UNKNOWN, r#"[{"flag":"DE"}]"#, r#"[{"flag":"KP"}]"#]),
        // Without items no rule about goods is left, and the profile decides more.
        dice.pick(&["[]", "[]", UNKNOWN]),
    )
}

/// A line in which no State is sanctioned, so that for most only rules about listed persons are left.
fn line_of_no_interest(dice: &mut Dice) -> String {
    format!(
        r#"{{"activity":"{}","date":"{}","from":"DE","to":"CN","parties":[{}],"items":[{}],"vessels":[],"value":"{}"{}}}"#,
        dice.pick(&["sale", "loan", "seizure", "listing", "theft"]),
        dice.pick(&["2009-01-01", "2009-06-11/2009-06-12", "2018-02-02"]),
        dice.pick(&["", r#"{"role":"crew"}"#, r#"{"role":"host"}"#]),
        dice.pick(&["", r#"{"hs":"120190","description":"soya beans","origin":"DE"}"#]),
        dice.pick(&["10 USD", "5000 USD"]),
        dice.pick(&[r#","determinations":[]"#, r#","aircraft":[{"flag":"DE"}]"#, r#","aircraft":[{"flag":"KP"}]"#]),
    )
}

#[test]
fn transactions_that_differ_in_one_fact_do_not_share_a_wrong_profile() {
    let mut dice = Dice(4);
    // What these ask beside the lists has no necessary set.
    let about_lists = law_of(
        &[
            rule("roles", "{party: {designated: un-dprk, not: {shown: {role: [authority, flag-state]}}}}", ""),
            rule("others", "{party: {designated: un-other, not: {role: crew}}, not: {activity: loan}}", ""),
            rule("found", "{any: [{vessel: {designated: un-dprk}}, {determined: {holds: true}}], not: {to: KP}}", ""),
        ]
        .concat(),
    );
    // What this depends on is not coded, and no other rule is left for most lines.
    let about_worth = law_of(&rule("worth", "{from: DE, value: {over: 1000 USD}}", ""));
    let random = random_law(&mut dice, 40);
    for (rulebook, lines) in [(&law(), 2500), (&about_lists, 2500), (&about_worth, 2500), (&random, 1500)] {
        let text: Vec<String> = (0..lines)
            .map(|_| if dice.roll(2) == 0 { line_of_no_interest(&mut dice) } else { line_of_few_facts(&mut dice) })
            .collect();
        let intake = Intake::read_text("x.ndjson", &text.join("\n"), &rulebook.vocabulary);
        assert!(!intake.problems.has_errors(), "{}", common::plain(&intake.problems, &intake.sources));
        let options = AssessOptions::default();
        let compiled = CompiledRules::new(rulebook, &options);
        let mut selector = RuleSelector::new(&compiled);
        for reported in &intake.incidents {
            for transaction in reported.transactions() {
                compare(&case_of(rulebook, reported, transaction, &options), &mut selector);
            }
        }
    }
}

/// Conditions on goods by code and by words, as an analyst writes them.
const OF_GOODS: &[&str] = &[
    "hs: ['27']",
    "hs: ['2701']",
    "hs: [7201-7229]",
    "hs: [7201-7229, '2709.00']",
    "hs: [6101-6117]",
    "hs: [84-85]",
    "hs: [8471-8473, '9306.90']",
    "hs: {given: true}",
    "hs: {given: false}",
    "description: {contains: [coal]}",
    "description: {contains: [coal, oil, нефть]}",
    "description: {contains: [crude oil, 152 mm]}",
    "description: {given: true}",
];

/// A random condition on an item, made of these.
fn of_goods(dice: &mut Dice, depth: usize) -> String {
    match if depth == 0 { 0 } else { dice.roll(7) } {
        0 | 1 => format!("{{{}}}", dice.pick(OF_GOODS)),
        2 | 3 => format!("{{all: [{}, {}]}}", of_goods(dice, depth - 1), of_goods(dice, depth - 1)),
        4 => format!("{{any: [{}, {}]}}", of_goods(dice, depth - 1), of_goods(dice, depth - 1)),
        5 => format!("{{not: {}}}", of_goods(dice, depth - 1)),
        _ => format!("{{shown: {}}}", of_goods(dice, depth - 1)),
    }
}

/// A rulebook of such rules alone. `others` of twenty also ask something that is no code, no word and no side; with
/// `denying`, some ask what a side is not.
fn law_of_goods(dice: &mut Dice, others: usize, denying: bool) -> Rulebook {
    // Those that deny something come last: they have no necessary set.
    const OF_SIDES: &[&str] = &[
        "from: KP",
        "from: [DE, KP]",
        "to: [CN, KP]",
        "activity: sale",
        "shown: {from: KP}",
        "any: [{from: KP}, {to: KP}]",
        "party: {role: buyer}",
        "links_to_revenue: true",
        "to: {not: CN}",
        "activity: {not: [loan, theft]}",
        "not: {shown: {to: KP}}",
        "party: {not: {role: [buyer, crew]}}",
    ];
    let of_sides = if denying { OF_SIDES } else { &OF_SIDES[..8] };
    const OF_OTHERS: &[&str] = &[
        "item: {origin: KP}",
        "item: {origin: {not: KP}, hs: ['27']}",
        "value: {over: 100 USD}",
        "party: {name: {contains: [bank]}}",
        "date: {before: 2016-03-02}",
    ];
    let mut text = "interdict: 1\nrules:\n".to_owned();
    for number in 0..30 {
        let mut parts = vec![format!("item: {}", of_goods(dice, 2))];
        parts.extend((0..dice.roll(3)).map(|_| (*dice.pick(of_sides)).to_owned()));
        match dice.roll(10) {
            0 => parts[0] = format!("party: {{name: {{contains: [bank, {}]}}}}", dice.pick(&["trading", "coal"])),
            1 => _ = parts.remove(0),
            _ => {}
        }
        if parts.is_empty() {
            parts.push("from: KP".to_owned());
        }
        // Two conditions on items or on two lists, and conditions that no necessary set is read off, all of few sides.
        let more = match dice.roll(20) {
            0 => Some((format!("item: {}", of_goods(dice, 1)), "from: KP")),
            1 | 2 => Some(("item: {origin: KP}".to_owned(), "to: CN")),
            3 => Some(("party: {name: {contains: [bank, coal]}}".to_owned(), "from: KP")),
            n if n < 4 + others => Some(((*dice.pick(OF_OTHERS)).to_owned(), "from: KP")),
            _ => None,
        };
        parts.extend(more.into_iter().flat_map(|(part, side)| [part, side.to_owned()]));
        let when = format!("{{all: [{}]}}", parts.iter().map(|part| format!("{{{part}}}")).collect::<Vec<_>>().join(", "));
        let until = time(dice);
        // A rule that depends on a total is evaluated again when all is counted.
        let except = match dice.roll(20) {
            0 => "    except: [{id: e, title: E, authority: [S/RES/9001 OP1], decided_by: committee, when: {within: quota-1}}]\n",
            _ => "",
        };
        let more = format!("{until}{except}");
        text.push_str(&rule(&format!("goods-{number}"), &when, &more).replace("1718 OP8(a)(i)", "9001 OP1"));
    }
    text.push_str("quotas:\n");
    for number in 0..3 {
        let counts = format!("{{when: {{from: KP, item: {}}}, amount: item.quantity}}", of_goods(dice, 1));
        text.push_str(&format!("  - id: quota-{number}\n    title: Q\n    authority: [S/RES/9001 OP1]\n    counts: {counts}\n"));
        text.push_str("    limit: 5 t\n    period: {every: calendar-year, from: 2009-01-01}\n");
    }
    let mut files = RuleFiles::built_in();
    files.files.retain(|(name, _)| !name.starts_with("un/"));
    let regime = "interdict: 1\nregime: {id: goods, title: Goods, committee: None, nexus: {any: [{from: KP}, {to: KP}]}}\n\
                  resolutions: [{symbol: S/RES/9001 (2001), adopted: 2001-03-01, paragraphs: [{op: 1, what: is made for this}]}]\n";
    files.files.push(("goods/regime.yaml".to_owned(), regime.into()));
    files.files.push(("goods/rules.yaml".to_owned(), text.clone().into()));
    let law = Rulebook::load_without_tests(files);
    law.unwrap_or_else(|invalid| panic!("{}\n{text}", common::plain(invalid.diagnostics(), invalid.sources())))
}

/// A line about goods, of few values, so that every combination comes.
fn line_of_goods(dice: &mut Dice) -> String {
    const CODES: &[&str] = &[
        r#""27""#,
        r#""2701""#,
        r#""270112""#,
        r#""2709009000""#,
        r#""72""#,
        r#""7200""#,
        r#""7250""#,
        r#""729999""#,
        r#""7300""#,
        // Nothing else is asked about these.
        r#""61""#,
        r#""6100""#,
        r#""62""#,
        r#""63""#,
        r#""84""#,
        r#""8471""#,
        r#""8474""#,
        r#""93069000""#,
        r#""01""#,
        r#"["2701","8473"]"#,
        r#"["72","01"]"#,
        r#"[]"#,
        r#"{"not":"2701"}"#,
        r#""unknown""#,
    ];
    const DESCRIPTIONS: &[&str] = &[
        "coal",
        "Coal, crude oil",
        "charcoal",
        "crude-oil 152 mm",
        "нефть сырая",
        "oil of 152 mm",
        "soya beans",
        "",
        // Of the lexicon, of nothing that is known, and terms that only modify.
        "frying pans",
        "steel pipes, excavator parts",
        "posters of missiles",
        "zorbles",
        "truck tarpaulins",
        "coal wagon load",
        "оцинкованный лист и фыва",
        "냄비",
        "铁锅、手机",
        "ore",
        "spare parts for tractors",
        "c\u{43e}al",
    ];
    let item = |dice: &mut Dice| {
        let description = match dice.roll(4) {
            0 => String::new(),
            1 => format!(r#","description":"{} {}""#, dice.pick(DESCRIPTIONS), "of usual quality ".repeat(dice.roll(20))),
            _ => format!(r#","description":"{}""#, dice.pick(DESCRIPTIONS)),
        };
        let origin = dice.pick(&["", "", r#","origin":"KP""#, r#","origin":"DE""#]);
        let declared = dice.pick(&["", "", "", r#","declared_as":"toys""#]);
        let hs = dice.pick(&["", "", r#""hs":"unknown","#]);
        match dice.roll(3) {
            0 => format!(r#"{{{hs}"quantity":"2 t"{description}{origin}{declared}}}"#),
            _ => format!(r#"{{"hs":{},"quantity":"2 t"{description}{origin}{declared}}}"#, dice.pick(CODES)),
        }
    };
    let items = match dice.roll(8) {
        0 => r#""unknown""#.to_owned(),
        1 => "[]".to_owned(),
        2 => format!("[{}]", (0..12).map(|_| item(dice)).collect::<Vec<_>>().join(",")),
        n => format!("[{}]", (0..n / 3).map(|_| item(dice)).collect::<Vec<_>>().join(",")),
    };
    format!(
        r#"{{"activity":"{}","date":"{}","from":{},"to":{},"items":{items},"parties":{},"value":"{}"{}}}"#,
        dice.pick(&["sale", "loan", "lease", "seizure"]),
        dice.pick(&["2009-01-01", "2009-06-11/2009-06-12", "2016-05", "2018-02-02"]),
        dice.pick(&[r#""DE""#, r#""KP""#, r#""unknown""#, r#""Korea""#]),
        dice.pick(&[r#""KP""#, r#""CN""#]),
        dice.pick(&[
            "[]",
            r#"[{"role":"buyer","name":"Coal Trading"}]"#,
            r#"[{"role":"crew"},{"name":"A bank"}]"#,
            r#""unknown""#
        ]),
        dice.pick(&["10 USD", "5000 USD"]),
        dice.pick(&["", r#","links_to_revenue":true"#, r#","links_to_revenue":false"#]),
    )
}

/// Lines of goods under a law of goods; gives the number of checks.
fn check_goods(dice: &mut Dice, others: usize, denying: bool) -> usize {
    let rulebook = law_of_goods(dice, others, denying);
    let text: Vec<String> = (0..3000).map(|_| line_of_goods(dice)).collect();
    let intake = Intake::read_text("x.ndjson", &text.join("\n"), &rulebook.vocabulary);
    assert!(!intake.problems.has_errors(), "{}", common::plain(&intake.problems, &intake.sources));
    let mut done = 0;
    for known_on in [None, Some("2017-01-01".parse().unwrap())] {
        let options = AssessOptions { known_on, ..AssessOptions::default() };
        let compiled = CompiledRules::new(&rulebook, &options);
        let (mut selector, mut uncached) = (RuleSelector::new(&compiled), RuleSelector::without_cache(&compiled));
        for reported in &intake.incidents {
            for transaction in reported.transactions() {
                let case = case_of(&rulebook, reported, transaction, &options);
                done += compare(&case, &mut selector);
                // Quotas are not rules, so the reference is the selector without its cache.
                assert_eq!(selector.select(&case), uncached.select(&case), "{transaction:#?}");
            }
        }
    }
    done
}

#[test]
fn both_evaluators_agree_on_rules_about_codes_and_words() {
    let mut dice = Dice(5);
    for (others, denying) in [(0, false), (0, false), (0, true), (0, true), (1, true), (4, true)] {
        check_goods(&mut dice, others, denying);
    }
}

#[test]
fn a_description_in_the_memory_of_another_is_read_anew() {
    let mut dice = Dice(6);
    let mut places = BTreeSet::new();
    for _ in 0..20 {
        let rulebook = law_of_goods(&mut dice, 0, false);
        let line = r#"{"activity":"sale","date":"2018-02-02","from":"DE","to":"CN","parties":[],"links_to_revenue":false,"items":[{"hs":"2701","description":"x","origin":"DE"}]}"#;
        let intake = Intake::read_text("x.ndjson", line, &rulebook.vocabulary);
        let options = AssessOptions::default();
        let compiled = CompiledRules::new(&rulebook, &options);
        let mut selector = RuleSelector::new(&compiled);
        let mut transaction = intake.incidents[0].transactions()[0].clone();
        let texts = ["coal, ", "oil of ", "soya beans, ", "152 mm "].map(|start| format!("{start:.<300}"));
        for _ in 0..20 {
            let description = transaction.items.get_mut().unwrap()[0].description.as_mut().unwrap();
            description.clear();
            description.push_str(&texts[dice.roll(texts.len())]);
            places.insert(description.as_ptr().addr());
            compare(&case_of(&rulebook, &intake.incidents[0], &transaction, &options), &mut selector);
        }
    }
    assert!(places.len() < 60, "descriptions reuse the memory of others");
}

#[test]
fn every_transaction_that_counts_towards_a_quota_is_selected() {
    let rulebook = law();
    let intake = corpus(&rulebook);
    let ledger = Ledger::count(&rulebook, &intake.incidents, None, None);
    let compiled = CompiledRules::new(&rulebook, &AssessOptions::default());
    let mut selector = RuleSelector::new(&compiled);
    let mut counted = 0;
    for reported in &intake.incidents {
        for index in 0..reported.transactions().len() {
            let case = EvalContext::new(&rulebook, reported, index, None, Some(&ledger)).unwrap();
            let candidates = selector.select(&case);
            for (id, quota) in rulebook.quotas() {
                let cases = case.for_each_item(quota.counts.when.opens_items(Transaction::TABLE));
                if cases.iter().any(|case| ledger.state(id, case).is_some()) {
                    counted += 1;
                    assert!(candidates.quotas.contains(&id), "{} of {}", quota.id, reported.id());
                }
            }
        }
    }
    assert!(counted > 10, "{counted}");
}

#[test]
#[ignore = "takes minutes: two million checks; `cargo test --release -- --ignored equal`"]
fn two_million_checks_are_equal() {
    let mut done = 0;
    let mut dice = Dice(3);
    {
        let rulebook = law();
        let intake = corpus(&rulebook);
        done += check_crossed(&rulebook, &intake, &AssessOptions::default(), &mut dice, 1_000_000);
        let options = AssessOptions { known_on: Some("2017-01-01".parse().unwrap()), ..AssessOptions::default() };
        done += check_crossed(&rulebook, &intake, &options, &mut dice, 200_000);
    }
    while done < 2_000_000 {
        let rulebook = random_law(&mut dice, 60);
        let intake = corpus(&rulebook);
        done += check_crossed(&rulebook, &intake, &AssessOptions::default(), &mut dice, 40_000);
        let (others, denying) = (dice.roll(3), dice.roll(2) == 0);
        done += check_goods(&mut dice, others, denying);
    }
    println!("{done} checks, no difference");
}

/// A tree as JSON: numbers and truth values as they are, all else as text.
fn as_json(node: &interdict::document::Node) -> String {
    use interdict::document::Content;
    let text = |t: &str| serde_json::to_string(t).unwrap();
    match &node.content {
        Content::Scalar(s)
            if s.as_bool().is_some() || s.plain && s.text.parse::<u32>().is_ok_and(|n| n.to_string() == s.text) =>
        {
            s.text.to_string()
        }
        Content::Scalar(s) => text(&s.text),
        Content::List(list) => format!("[{}]", list.iter().map(as_json).collect::<Vec<_>>().join(",")),
        Content::Map(map) => {
            let entries: Vec<_> = map.iter().map(|e| format!("{}:{}", text(&e.key.text), as_json(&e.value))).collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

#[test]
fn a_transaction_has_the_same_facts_in_a_line_and_in_a_document() {
    let rulebook = law();
    let mut compared = 0;
    for file in ["fixtures/incidents", "fixtures/near-misses"].iter().flat_map(|f| files_in(&root().join(f), &["yaml"])) {
        let document = common::yaml(&file);
        for node in document.get("transactions").unwrap().one_or_many() {
            let line = as_json(node);
            let of_line = Intake::read_text("x.ndjson", &line, &rulebook.vocabulary);
            let whole = format!("{{\"id\": \"x\", \"transactions\": [{line}]}}");
            let of_document = Intake::read_text("x.json", &whole, &rulebook.vocabulary);
            let facts = |intake: &Intake| intake.incidents[0].transactions()[0].clone();
            assert_eq!(facts(&of_line), facts(&of_document), "{line}");
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared}");
}
