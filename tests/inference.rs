//! What is derived before and while rules are asked: countries of places, possible origins and nationalities, links of parties,
//! related transactions, the value of a piece.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fmt::Write as _;

use interdict::intake::Intake;
use interdict::report::{self, TransactionReport};
use interdict::rulebook::{RuleFiles, Rulebook};
use interdict::{CheckedIncidents, Checker, IncidentFile};

const REGIME: &str = "interdict: 1
regime:
  id: trial
  title: Trial
  nexus:
    any: [{from: KP}, {to: KP}, {party: {nationality: KP}}, {item: {origin: KP}}, {port: {country: KP}}, {concerns: {to: KP}}]
resolutions: [{symbol: S/RES/9001 (2001), adopted: 2001-03-01, paragraphs: [{op: 1, what: is made for this}]}]
";

/// The built-in vocabulary with one rule for each condition: the first is `r-1`.
fn law(conditions: &[&str]) -> Rulebook {
    let mut files = RuleFiles::built_in();
    files.files.retain(|(name, _)| !name.starts_with("un/"));
    let mut rules = "interdict: 1\nrules:\n".to_owned();
    for (number, when) in (1..).zip(conditions) {
        let _ = write!(
            rules,
            "  - id: r-{number}\n    title: R\n    authority: [S/RES/9001 OP1]\n    confidence: A\n    when: {when}\n"
        );
    }
    files.files.push(("trial/regime.yaml".to_owned(), REGIME.into()));
    files.files.push(("trial/rules.yaml".to_owned(), rules.clone().into()));
    let law = Rulebook::load_without_tests(files);
    law.unwrap_or_else(|invalid| panic!("{}\n{rules}", common::plain(invalid.diagnostics(), invalid.sources())))
}

fn check(law: &Rulebook, transactions: &str) -> CheckedIncidents {
    let text = format!("id: x\nsources: [{{id: s, kind: court}}]\ntransactions:\n{transactions}");
    let file = IncidentFile::parse("x.yaml", &text, law).unwrap_or_else(|invalid| panic!("{invalid}\n{text}"));
    Checker::new(law).check(&file)
}

/// The findings in the transactions of an incident: `transaction rule verdict`, the verdict by its first letter.
fn findings(law: &Rulebook, transactions: &str) -> Vec<String> {
    let checked = check(law, transactions);
    let of = |t: &TransactionReport| -> Vec<String> {
        t.findings.iter().map(|f| format!("{} {} {}", t.id, f.rule, f.verdict.word().get(..1).unwrap_or_default())).collect()
    };
    let mut found: Vec<String> = checked.transactions().flat_map(of).collect();
    found.sort();
    found
}

/// The derived facts of the only transaction: `fact: value`.
fn derived(facts: &str) -> Vec<String> {
    // A rule that is true of everything, so that the transaction is in the report.
    let law = law(&["{any: [{activity: sale}, {not: {activity: sale}}]}"]);
    let checked = check(&law, &format!("- {{id: t, activity: sale, {facts}}}"));
    let mut facts = Vec::new();
    for transaction in checked.transactions() {
        facts.extend(transaction.derived.iter().map(|d| format!("{}: {}", d.fact, d.value.as_deref().unwrap_or("?"))));
    }
    facts
}

#[test]
fn a_place_gives_the_country_of_a_side() {
    for (place, country) in [
        ("Pyongyang", "KP"),
        ("Nampo, DPRK", "KP"),
        ("port of Nampo", "KP"),
        ("평양", "KP"),
        ("Dandong", "CN"),
        ("Seoul, South Korea", "KR"),
        ("KPNAM", "KP"),
        ("off the coast of North Korea", "possibly KP"),
        ("Dandong, opposite Sinuiju", "possibly CN or KP"),
    ] {
        assert_eq!(derived(&format!("from: {{place: \"{place}\"}}")), [format!("from.country: {country}")], "{place}");
    }
    assert_eq!(derived("to: {region: North Hamgyong}"), ["to.country: KP"]);
    assert!(derived("from: {place: Springfield}, to: {place: RURAL}").is_empty());
    assert!(derived("from: {place: Dandong, country: CN}, to: {country: US, place: Moscow}").is_empty());
}

#[test]
fn a_place_gives_the_region_of_a_side_and_a_region_its_country() {
    for (place, derived_facts) in [
        ("El Fasher", ["to.country: SD", "to.region: north-darfur"]),
        ("Nyala, Darfur", ["to.country: SD", "to.region: south-darfur"]),
        ("Darfur", ["to.country: SD", "to.region: darfur"]),
        ("Mogadishu, Somalia", ["to.country: SO", "to.region: banaadir"]),
        ("Tripoli, Libya", ["to.country: LY", "to.region: tripolitania"]),
        ("on the road to Goma", ["to.country: possibly CD", "to.region: possibly north-kivu"]),
        ("الفاشر", ["to.country: SD", "to.region: north-darfur"]),
    ] {
        assert_eq!(derived(&format!("to: {{place: \"{place}\"}}")), derived_facts, "{place}");
    }
    assert_eq!(derived("to: {place: Tripoli}")[0], "to.country: possibly LB or LY");
    assert_eq!(derived("to: {country: LB, place: Tripoli}"), ["to.region: northern-lebanon"]);
    assert_eq!(derived("to: {country: SD, place: South Sudan}"), ["to.country: SD or SS"]);
    for (region, country) in [("Puntland", "SO"), ("north darfur", "SD"), ("North Kivu province", "CD"), ("شرق ليبيا", "LY")]
    {
        assert_eq!(derived(&format!("to: {{region: {region}}}")), [format!("to.country: {country}")], "{region}");
    }
    assert_eq!(derived("to: {country: SD, region: Khartoum, place: Nyala}"), ["to.region: khartoum-state or south-darfur"]);
    assert_eq!(derived("to: {country: SD, region: somewhere, place: Nyala}"), ["to.region: south-darfur"]);
    assert_eq!(derived("to: {country: CN, region: Darfur}"), ["to.country: CN or SD"]);
    assert!(derived("to: {country: US, region: Florida}").is_empty());
}

#[test]
fn a_region_is_a_part_of_its_country_and_lies_in_no_other() {
    let law = law(&["{to.region: darfur}", "{to.region: {not: darfur}}", "{to.region: [darfur, puntland]}"]);
    for (to, expected) in [
        ("{country: SD, region: North Darfur}", ["1 v", "3 v"].as_slice()),
        ("{place: El Fasher}", &["1 v", "3 v"]),
        ("Darfur", &["1 v", "3 v"]),
        ("{country: SD, place: Port Sudan}", &["2 v"]),
        ("{country: SD, region: {not: darfur}}", &["2 v"]),
        ("SD", &["1 i", "2 i", "3 i"]),
        ("{country: SD, region: unheard of}", &["1 i", "2 i", "3 i"]),
        ("{region: unheard of}", &["1 i", "2 i", "3 i"]),
        ("CN", &["2 v"]),
        ("{country: US, region: Florida}", &["2 v"]),
        ("{region: Puntland}", &["2 v", "3 v"]),
        ("{country: SO, place: Hargeisa}", &["2 v"]),
        ("{country: SD, region: Khartoum, place: Nyala}", &["1 i", "2 i", "3 i"]),
    ] {
        let found = findings(&law, &format!("- {{id: t, activity: sale, from: KP, to: {to}}}"));
        let expected: Vec<String> = expected.iter().map(|rule| format!("t r-{rule}")).collect();
        assert_eq!(found, expected, "{to}");
    }
}

#[test]
fn a_description_tells_calibre_range_and_whether_an_item_is_armed() {
    let of = |description: &str| derived(&format!("items: [{{description: \"{description}\"}}]"));
    assert_eq!(of("14.5 mm machine guns"), ["items[0].calibre: 14.5 mm"]);
    assert_eq!(
        of("missiles with a range of 300 km and a payload of 500 kg"),
        ["items[0].range: 300 km", "items[0].payload: 500 kg"]
    );
    assert_eq!(of("Bayraktar TB2 armed drones"), ["items[0].armed: true"]);
    assert_eq!(of("unarmed drones"), ["items[0].armed: false"]);
    assert_eq!(of("non-lethal equipment"), ["items[0].lethal: false"]);
    assert!(of("vehicles for the armed forces, 20 mm steel plates").is_empty());
    assert!(derived("items: [{description: 14.5 mm machine gun, calibre: 12.7}]").is_empty());
    let law = law(&["{item: {calibre: {at_most: 14.5 mm}}}", "{item: {armed: true}}", "{item: {lethal: false}}"]);
    for (item, expected) in [
        ("{description: 12.7 mm machine guns}", ["1 v", "2 i", "3 i"].as_slice()),
        ("{description: machine guns, calibre: 23}", &["2 i", "3 i"]),
        ("{description: machine guns, calibre: .50, armed: yes, lethal: yes}", &["1 v", "2 v"]),
        ("{description: machine guns, calibre: 0.5 inches, armed: no, lethal: no}", &["1 v", "3 v"]),
    ] {
        let expected: Vec<String> = expected.iter().map(|rule| format!("t r-{rule}")).collect();
        assert_eq!(findings(&law, &format!("- {{id: t, activity: sale, from: KP, items: [{item}]}}")), expected, "{item}");
    }
}

#[test]
fn what_moves_each_month_is_counted_for_whole_months() {
    let of = |date: &str| derived(&format!("date: {date}, items: [{{description: coltan, quantity_per_month: 120 t}}]"));
    assert_eq!(of("2024-04/2024-10"), ["items[0].quantity: 840 t"]);
    assert_eq!(of("2024"), ["items[0].quantity: 1,440 t"]);
    assert!(of("2024-04-10/2024-06-03").is_empty());
    assert_eq!(derived("date: 2024-01/2024-02, payment: {amount_per_month: 1000 USD}"), ["payment.amount: 2,000 USD"]);
}

#[test]
fn a_place_at_sea_tells_the_coast_and_the_waters() {
    assert_eq!(derived("at_sea: 150 km off Derna"), ["at_sea.off: LY"]);
    assert_eq!(derived("at_sea: international waters off Lahij"), ["at_sea.waters: high-seas", "at_sea.off: YE"]);
    assert_eq!(derived("at_sea: outside territorial waters"), ["at_sea.waters: beyond-territorial-sea"]);
    assert!(derived("at_sea: {place: Red Sea}").is_empty());
}

#[test]
fn one_of_two_countries_is_neither_excluded_nor_sure() {
    let law = law(&["{to: YE}", "{to: SO}", "{to: CN}", "{to: [YE, SO]}", "{to: {not: YE}}"]);
    for to in ["{any_of: [YE, SO]}", "{country: {any_of: [YE, SO]}}", "Yemen or Somalia", "{country: YE or SO}"] {
        let found = findings(&law, &format!("- {{id: t, activity: sale, from: KP, to: {to}}}"));
        assert_eq!(found, ["t r-1 i", "t r-2 i", "t r-4 v", "t r-5 i"], "{to}");
    }
}

#[test]
fn doubt_about_a_side_and_a_report_taken_back_weaken_a_finding() {
    let law = law(&["{from: KP}", "{to: YE}"]);
    let found = findings(&law, "- {id: t, activity: sale, from: KP, to: {country: YE, evidence: alleged}}");
    assert_eq!(found, ["t r-1 v", "t r-2 p"]);
    let verdict = |sources: &str| {
        let text = format!("id: x\nsources: {sources}\ntransactions:\n- {{id: t, activity: sale, from: KP, to: CN}}");
        let file = IncidentFile::parse("x.yaml", &text, &law).unwrap();
        let checked = Checker::new(&law).check(&file);
        checked.transactions().flat_map(|t| t.findings.iter().map(|f| f.verdict.word().to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(verdict("[{id: a, kind: court}]"), ["violation"]);
    assert_eq!(verdict("[{id: a, kind: court, retracted: true}]"), ["insufficient-information"]);
    assert_eq!(verdict("[{id: a, kind: court, retracted: true}, {id: b, kind: press}]"), ["potential-violation"]);
    assert_eq!(verdict("[{id: a, kind: court, retracted: false}]"), ["violation"]);
}

#[test]
fn two_measures_of_one_cargo_are_both_kept() {
    let law = law(&["{item: {quantity: {over: 400 t}}}", "{item: {packages: {over: 30 containers}}}"]);
    let found =
        findings(&law, "- {id: t, activity: sale, from: KP, items: [{description: a, quantity: [36 containers, 500 t]}]}");
    assert_eq!(found, ["t r-1 v", "t r-2 v"]);
}

#[test]
fn where_a_party_operates_is_a_country_or_a_part_of_one() {
    let law = law(&[
        "{party: {operates_in: CD}}",
        "{party: {operates_in: north-kivu}}",
        "{document: {kind: end-user-certificate, holds: true}}",
    ]);
    let of = |party: &str| findings(&law, &format!("- {{id: t, activity: sale, from: KP, parties: [{party}], documents: []}}"));
    assert_eq!(of("{name: X, operates_in: North Kivu}"), ["t r-1 v", "t r-2 v"]);
    assert_eq!(of("{name: X, operates_in: CD}"), ["t r-1 v", "t r-2 i"]);
    assert!(of("{name: X, operates_in: SO}").is_empty());
    assert_eq!(of("{name: X, country: CD}"), ["t r-1 i", "t r-2 i"]);
}

#[test]
fn a_port_gives_its_country_by_name() {
    assert_eq!(derived("ports: [{name: Rajin}]"), ["ports[0].country: KP"]);
    assert!(derived("ports: [{name: Rajin, country: KP}]").is_empty());
}

#[test]
fn a_place_in_another_country_than_the_one_reported_makes_it_either_with_a_warning() {
    assert_eq!(derived("ports: [{code: KPNAM, country: CN}]"), ["ports[0].country: CN or KP"]);
    assert_eq!(derived("from: {country: CN, place: Nampo}"), ["from.country: CN or KP"]);
    let law = law(&["{from: KP}"]);
    let checked = check(&law, "- {id: t, activity: sale, from: {country: CN, place: Nampo}}");
    let transaction = checked.transactions().next().unwrap();
    assert_eq!(transaction.findings[0].verdict.word(), "insufficient-information");
    assert!(transaction.warnings.iter().any(|w| w.text.contains("disagree") && w.at.is_some()), "{:?}", transaction.warnings);
}

#[test]
fn words_make_an_origin_or_nationality_possible_and_never_sure() {
    for description in
        ["North Korean anthracite", "coal, made in the DPRK", "уголь из КНДР", "朝鲜煤炭", "not of North Korean origin"]
    {
        assert_eq!(derived(&format!("items: [{{description: \"{description}\"}}]")), ["items[0].origin: possibly KP"]);
    }
    assert!(derived("items: [{description: North Korean anthracite, origin: RU}]").is_empty(), "what is reported stays");
    assert!(derived("items: [{description: South Korean television sets}]").is_empty());
    // Where somebody was when another act was done is where it may be now.
    let rules = law(&["{party: {country: KP}}"]);
    let twice = "- {id: t, activity: sale, from: KP, parties: [{role: buyer, name: Taesong}]}
- {id: u, activity: meeting, from: KP, parties: [{role: host, name: Taesong, country: KP}]}";
    assert_eq!(findings(&rules, twice), ["t r-1 i", "u r-1 v"]);
    // Where somebody is, by the end of the name; what it does in a place is not where it is.
    let parties = |name: &str| derived(&format!("parties: [{{role: buyer, name: {name}}}]")).join("; ");
    for (name, country) in [
        ("a gang in Port-au-Prince", "parties[0].country: HT"),
        ("the militia in Zuwara", "parties[0].country: LY"),
        ("a trading house in Libya", "parties[0].country: LY"),
        ("a gun shop in Miami or Port-au-Prince", "parties[0].country: possibly HT"),
        ("a gang operating in Port-au-Prince", "parties[0].country: possibly HT"),
    ] {
        assert!(parties(name).contains(country), "{name}: {}", parties(name));
    }
    for name in ["a fund that invests in Libya", "the firm in charge", "Made in Italy Srl"] {
        assert!(!parties(name).contains("country: LY") && !parties(name).contains("country: IT"), "{name}: {}", parties(name));
    }
    assert!(derived("to: {party: a gang in Port-au-Prince}").contains(&"to.country: HT".to_owned()));
    // What somebody is, by the noun of a description, where that excuses nobody.
    for (name, kind) in [
        ("a militia in Zuwara", Some("armed-group")),
        ("an Emirati company", None),
        ("the rebels of the north", Some("armed-group")),
        ("a private military company from abroad", Some("private-military-company")),
        ("soldiers of a rival chief", None),
        ("a militia leader", None),
        ("Militia Holding", None),
        ("an organisation of traders", None),
    ] {
        let told = parties(name);
        assert_eq!(told.split("parties[0].kind: ").nth(1).map(|kind| kind.split(';').next().unwrap()), kind, "{name}: {told}");
    }
    // A name that may be that of two States is that of the one which is named besides.
    assert!(derived("parties: [{role: bank, name: 'Korea Zinc, Onsan, Republic of Korea'}]").is_empty());
    let north = derived("parties: [{role: bank, name: 'Korea Trade Corp, DPRK'}]");
    assert!(north.iter().all(|fact| fact.ends_with("possibly KP")) && !north.is_empty(), "{north:?}");
    let either = derived("parties: [{role: bank, name: Korea Trade Corp}]");
    assert!(either.iter().all(|fact| fact.contains("KR")) && !either.is_empty(), "{either:?}");
    assert_eq!(
        derived("parties: [{role: buyer, name: \"Rungrado Trading, Pyongyang\"}]"),
        ["parties[0].country: possibly KP", "parties[0].nationality: possibly KP"]
    );
    let bank = "parties: [{role: bank, name: Bank of Korea, country: KR}]";
    assert!(derived(bank).is_empty(), "a name that may mean several is explained by the country");
    let law =
        law(&["{item: {origin: KP}}", "{item: {origin: CN}}", "{shown: {item: {origin: KP}}}", "{item: {origin: {not: KP}}}"]);
    let found = findings(&law, "- {id: t, activity: sale, items: [{description: coal of the DPRK}]}");
    assert_eq!(found, ["t r-1 i", "t r-2 i", "t r-4 i"]);
}

#[test]
fn a_side_has_the_nationality_of_the_party_that_it_names() {
    let facts = "from: {country: CN, party: \"ACME Ltd.\"}, parties: [{role: supplier, name: Acme Ltd, nationality: KP}]";
    assert_eq!(derived(facts), ["from.nationality: KP"]);
    let named = derived("from: {country: CN, party: Pyongyang Centre}");
    assert_eq!(named[..2], ["from.nationality: possibly KP", "parties[0].name: Pyongyang Centre"]);
}

#[test]
fn the_party_that_a_side_names_is_a_party_on_that_side() {
    let law =
        law(&["{party: {side: receiving, name: {contains: Harbour}}}", "{party: {side: giving, name: {contains: Harbour}}}"]);
    let sale = |facts: &str| findings(&law, &format!("- {{id: t, activity: sale, {facts}}}"));
    assert_eq!(sale("from: KP, to: {country: RU, party: Harbour Trading}"), ["t r-1 v"]);
    assert_eq!(sale("from: {country: KP, party: Harbour Trading}, to: RU"), ["t r-2 v"]);
    // Beside other parties it is one more; where an entry has its name, that one is on the side.
    assert_eq!(sale("from: KP, to: {country: RU, party: Harbour Trading}, parties: [{role: supplier, name: A}]"), ["t r-1 v"]);
    assert_eq!(sale("from: KP, to: {country: RU, party: Harbour Trading}, parties: [{name: harbour trading}]"), ["t r-1 v"]);
    assert_eq!(sale("from: KP, to: {country: RU, party: Another}"), [""; 0]);
}

#[test]
fn the_owner_and_operator_of_the_only_vessel_are_those_of_the_parties() {
    let vessels =
        |vessels: &str| format!("vessels: [{vessels}], parties: [{{role: owner, name: A}}, {{role: operator, name: B}}]");
    assert_eq!(derived(&vessels("{name: V}")), ["vessels[0].owned_by: A", "vessels[0].controlled_by: B"]);
    assert!(derived(&vessels("{name: V}, {name: W}")).is_empty(), "whose of two vessels is not known");
}

#[test]
fn the_value_of_a_piece_is_that_of_all_by_their_number() {
    let item = |facts: &str| derived(&format!("items: [{{description: rugs, {facts}}}]"));
    assert_eq!(item("value: 3000 USD, quantity: 100 pieces"), ["items[0].unit_value: 30 USD"]);
    assert_eq!(item("value: 3000 USD"), ["items[0].unit_value: up to 3,000 USD"]);
    assert_eq!(item("value: 3000 USD, quantity: 2 t"), ["items[0].unit_value: up to 3,000 USD"]);
    assert!(item("value: 3000 USD, quantity: 0-2 pieces").iter().all(|fact| fact.contains("unit_value")));
}

#[test]
fn a_party_condition_holds_of_whom_a_name_leads_to() {
    let law = law(&[
        "{party: {owned_by: {nationality: KP}}}",
        "{party: {acts_for: {nationality: KP}}}",
        "{vessel: {controlled_by: {country: KP}}}",
        "{item: {made_by: {country: KP}}}",
        "{party: {owned_by: {name: {contains: holding}}}}",
    ]);
    let direct =
        "- {id: t, from: KP, parties: [{name: A, nationality: CN, owned_by: B Holding}, {name: b  holding, nationality: KP}]}";
    assert_eq!(findings(&law, direct), ["t r-1 v", "t r-2 i", "t r-3 i", "t r-4 i", "t r-5 v"]);
    let alias = "- {id: t, from: KP, vessels: [], items: [], parties: [{name: A, owned_by: [], acts_for: Bee}, {name: B, aliases: [Bee], nationality: KP, owned_by: [], acts_for: []}]}";
    assert_eq!(findings(&law, alias), ["t r-2 v"]);
    let onwards = "- {id: t, from: KP, vessels: [], items: [], parties: [{name: A, owned_by: B, acts_for: []}]}
- {id: u, parties: [{name: B, nationality: CN, controlled_by: C, owned_by: []}, {name: C, nationality: CN, parent: D}]}
- {id: w, parties: [{name: D, nationality: KP}]}";
    assert!(findings(&law, onwards).contains(&"t r-1 v".to_owned()));
    let by_ship_and_maker = "- {id: t, from: KP, parties: [{name: P, country: KP, owned_by: [], acts_for: []}], vessels: [{name: V, controlled_by: P}], items: [{description: x, made_by: P}]}";
    assert_eq!(findings(&law, by_ship_and_maker), ["t r-3 v", "t r-4 v"]);
}

#[test]
fn a_name_that_nobody_bears_is_unknown_and_what_is_not_reported_too() {
    let law = law(&[
        "{party: {owned_by: {nationality: KP}}}",
        "{shown: {party: {owned_by: {nationality: KP}}}}",
        "{party: {all: [{owned_by: {given: true}}, {owned_by: {nationality: KP}}]}}",
    ]);
    let of = |owner: &str| findings(&law, &format!("- {{id: t, from: KP, parties: [{{name: A{owner}}}]}}"));
    assert_eq!(of(", owned_by: Somebody"), ["t r-1 i", "t r-3 i"]);
    assert_eq!(of(", owned_by: a DPRK company"), ["t r-1 i", "t r-3 i"]);
    assert_eq!(of(""), ["t r-1 i"]);
    assert!(of(", owned_by: []").is_empty());
}

#[test]
fn a_possible_link_is_a_link_to_the_target() {
    let law = law(&["{activity: sale, item: {origin: KP}}"]);
    let found =
        findings(&law, "- {id: t, activity: sale, from: CN, to: US, parties: [{role: buyer, name: Embassy of the DPRK}]}");
    assert_eq!(found, ["t r-1 i"]);
    assert!(findings(&law, "- {id: t, activity: sale, from: CN, to: US, parties: [{role: buyer, name: Acme}]}").is_empty());
}

#[test]
fn circles_and_owners_of_themselves_end() {
    let law = law(&["{party: {owned_by: {nationality: KP}}}"]);
    let own = "- {id: t, from: KP, parties: [{name: A, nationality: CN, owned_by: A}]}";
    assert!(findings(&law, own).is_empty());
    let circle = "- {id: t, from: KP, parties: [{name: A, nationality: CN, owned_by: B}, {name: B, nationality: CN, owned_by: [A, C]}, {name: C, nationality: CN, owned_by: B}]}";
    assert!(findings(&law, circle).is_empty());
    assert_eq!(findings(&law, &circle.replace("name: C, nationality: CN", "name: C, nationality: KP")), ["t r-1 v"]);
}

#[test]
fn ten_thousand_linked_parties_take_linear_time() {
    let law = law(&["{party: {owned_by: {nationality: KP}}}", "{party: {acts_for: {nationality: KP}}}"]);
    let mut chain = "- id: t\n  from: KP\n  parties:\n".to_owned();
    for i in 0..10_000 {
        let _ = writeln!(chain, "  - {{name: p{i}, nationality: CN, owned_by: p{}, acts_for: []}}", i + 1);
    }
    chain.push_str("  - {name: p10000, nationality: KP, owned_by: [], acts_for: []}\n");
    let started = std::time::Instant::now();
    assert_eq!(findings(&law, &chain), ["t r-1 v"]);
    let mut star = "- id: t\n  from: KP\n  parties:\n  - {name: hub, nationality: CN, owned_by: [".to_owned();
    (0..10_000).for_each(|i| star.push_str(&format!("p{i}, ")));
    star.push_str("x], acts_for: []}\n");
    for i in 0..10_000 {
        let nationality = if i == 60 { "KP" } else { "CN" };
        let _ = writeln!(star, "  - {{name: p{i}, nationality: {nationality}, owned_by: hub, acts_for: []}}");
    }
    assert_eq!(findings(&law, &star), ["t r-1 v"]);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn concerns_asks_this_transaction_and_those_it_is_related_to_both_ways() {
    let law =
        law(&["{activity: funds-transfer, concerns: {item: {hs: ['93']}}}", "{activity: sale, concerns: {vessel: {flag: KP}}}"]);
    let sale = "- {id: sale, activity: sale, from: KP, vessels: [], items: [{hs: '9306', description: x}]}";
    let pay = |relation: &str| {
        format!("- {{id: pay, activity: funds-transfer, to: KP, items: [], {relation}vessels: [{{flag: KP}}]}}\n{sale}")
    };
    let related = "relates_to: [{transaction: sale, as: payment-for}], ";
    assert_eq!(findings(&law, &pay(related)), ["pay r-1 v", "sale r-2 v"]);
    assert_eq!(findings(&law, &pay(&related.replace("transaction: sale", "transaction: x/sale"))), ["pay r-1 v", "sale r-2 v"]);
    assert!(findings(&law, &pay("")).is_empty());
    let elsewhere = pay(&related.replace("transaction: sale", "transaction: y/sale"));
    assert_eq!(findings(&law, &elsewhere), ["pay r-1 i"], "another file is not looked at");
}

#[test]
fn concerns_does_not_ask_for_what_is_beside_the_point_of_a_related_transaction() {
    let law = law(&["{concerns: {item: {hs: ['93']}}}"]);
    let of = |activity: &str| {
        format!(
            "- {{id: sale, activity: sale, to: KP, items: [{{hs: '2701', description: x}}], relates_to: [{{transaction: other}}]}}
- {{id: other, activity: {activity}, from: CN}}"
        )
    };
    assert_eq!(findings(&law, &of("transport")), ["other r-1 i", "sale r-1 i"]);
    assert!(findings(&law, &of("funds-transfer")).is_empty(), "a transfer of funds is not about goods");
}

#[test]
fn concerns_follows_parts_and_legs_of_one_act_and_no_further() {
    let law = law(&["{activity: funds-transfer, concerns: {item: {hs: ['93']}}}"]);
    let of = |kind: &str| {
        format!(
            "- {{id: pay, activity: funds-transfer, to: KP, items: [], relates_to: [{{transaction: leg, as: payment-for}}]}}
- {{id: leg, activity: transport, items: [], relates_to: [{{transaction: whole, as: {kind}}}]}}
- {{id: whole, activity: sale, from: KP, items: [{{hs: '9306', description: x}}], relates_to: [{{transaction: leg, as: same-as}}]}}"
        )
    };
    assert_eq!(findings(&law, &of("leg-of")), ["pay r-1 v"]);
    let others = of("response-to").replace(", relates_to: [{transaction: leg, as: same-as}]", "");
    assert!(findings(&law, &others).is_empty());
}

#[test]
fn thousands_of_related_transactions_take_linear_time() {
    let law = law(&["{concerns: {item: {hs: ['93']}}}"]);
    let mut many = "- {id: hub, from: KP, items: [{hs: '2701', description: x}]}\n".to_owned();
    for i in 0..5_000 {
        let _ = writeln!(many, "- {{id: t{i}, from: KP, items: [], relates_to: [{{transaction: hub, as: same-as}}]}}");
    }
    let started = std::time::Instant::now();
    assert!(findings(&law, &many).len() <= 5_001);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn reports_say_what_was_derived_and_from_which_fact() {
    let law = law(&["{party: {owned_by: {nationality: KP}}}", "{item: {origin: KP}}"]);
    let text = "- id: t
  from: KP
  items: [{description: North Korean coal}]
  parties:
  - {name: A, nationality: CN, owned_by: B}
  - {name: B, nationality: KP}";
    let checked = check(&law, text);
    let written = |write: fn(&report::Report, &mut dyn std::io::Write) -> std::io::Result<()>| {
        let mut out = Vec::new();
        write(checked.report(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    for report in [written(report::text), written(report::html), written(report::json)] {
        assert!(report.contains("linked by ownership"), "{report}");
        assert!(report.contains("possibly KP") && report.contains("North Korean"), "{report}");
    }
    let json: serde_json::Value = serde_json::from_str(&written(report::json)).unwrap();
    let transaction = &json["incidents"][0]["transactions"][0];
    assert_eq!(transaction["derived"][0]["from"], "items[0].description");
    assert_eq!(transaction["derived"][0]["at"], "x.yaml:6:25");
    assert_eq!(transaction["derived"][0]["standing"], "established");
    let because = transaction["findings"][0]["because"].as_array().unwrap();
    let at = |fact: &str| because.iter().find(|b| b["fact"] == fact).map(|b| b["at"].as_str().unwrap().to_owned());
    assert_eq!(at("parties[0].owned_by").as_deref(), Some("x.yaml:8:42"));
    assert_eq!(at("parties[1].nationality").as_deref(), Some("x.yaml:9:28"));
}

#[test]
fn a_line_of_a_stream_is_derived_like_a_document() {
    let rulebook = law(&["{from: KP}"]);
    let lines = r#"{"id":"a","activity":"sale","from":{"place":"Nampo, DPRK"}}
{"id":"b","activity":"sale","from":{"place":"Somewhere"}}
{"id":"c","activity":"sale","items":[{"description":"anthracite, product of DPRK"}]}"#;
    let intake = Intake::read_text("x.ndjson", lines, &rulebook.vocabulary);
    let counts: Vec<usize> = (0..3).map(|index| intake.incidents[0].derived(index).count()).collect();
    assert_eq!(counts, [1, 0, 1]);
}

#[test]
fn a_transfer_at_sea_has_two_ships() {
    let law = law(&["{activity: ship-to-ship-transfer, to: KP, vessel: {flag: KP, role: receiving}}"]);
    let found =
        |activity: &str, vessels: &str| findings(&law, &format!("- {{id: t, activity: {activity}, to: KP, vessels: {vessels}}}"));
    assert_eq!(found("ship-to-ship-transfer", "[{name: A, flag: TG}]"), ["t r-1 i"]);
    assert_eq!(found("ship-to-ship-transfer", "[{name: A, flag: TG, role: delivering}]"), ["t r-1 i"]);
    // The other one handed the goods over.
    assert_eq!(found("ship-to-ship-transfer", "[{name: A, flag: TG, role: receiving}]"), [""; 0]);
    assert_eq!(found("ship-to-ship-transfer", "[{name: A, flag: TG}, {name: B, flag: PA}]"), [""; 0]);
    assert_eq!(found("supply", "[{name: A, flag: TG}]"), [""; 0]);
}

#[test]
fn a_ship_may_have_flown_the_flag_that_another_record_tells() {
    let law = law(&["{activity: vessel-insurance, vessel: {flag: KP}}"]);
    let found = |here: &str, there: &str, date: &str| {
        let here = format!("{{id: here, activity: vessel-insurance, to: KP, date: 2019-05, vessels: [{{{here}}}]}}");
        let there = format!("{{id: there, activity: port-call, to: CN, date: {date}, vessels: [{{{there}}}]}}");
        findings(&law, &format!("- {here}\n- {there}"))
    };
    let number = "imo: \"9074729\"";
    assert_eq!(found("name: Woo Jin, flag: TG", "name: Woo Jin, flag: KP", "2019-04"), ["here r-1 i"]);
    assert_eq!(found("name: Woo Jin", "name: M/V WOO JIN, flag: KP", "2019-06"), ["here r-1 i"]);
    assert_eq!(found("name: Woo Jin, flag: TG", "name: Chon Ma, aliases: [Woo Jin], flag: KP", "2018"), ["here r-1 i"]);
    assert_eq!(
        found(&format!("name: Woo Jin, flag: TG, {number}"), &format!("name: A, flag: KP, {number}"), "2019"),
        ["here r-1 i"]
    );
    // What it flew by its own record stands.
    assert_eq!(found("name: Woo Jin, flag: KP", "name: Woo Jin, flag: TG", "2019-04"), ["here r-1 v"]);
    // Years before, another flag, another ship of the name.
    assert_eq!(found("name: Woo Jin, flag: TG", "name: Woo Jin, flag: KP", "2012"), [""; 0]);
    assert_eq!(found("name: Woo Jin, flag: TG", "name: Woo Jin, flag: PA", "2019-04"), [""; 0]);
    let other = "name: Woo Jin, flag: KP, imo: \"9179842\"";
    assert_eq!(found(&format!("name: Woo Jin, flag: TG, {number}"), other, "2019-04"), [""; 0]);
}

#[test]
fn what_another_record_tells_of_a_party_holds_here_too() {
    let law = law(&[
        "{party: {role: payee, designated_as: {contains: [UN list]}}}",
        "{party: {role: payee, owned_by: {nationality: KP}}}",
    ]);
    let found = |here: &str, there: &str, date: &str| {
        let here = format!(
            "{{id: here, activity: payment, to: KP, date: 2018-05, parties: [{{role: payee, name: Harbour Works{here}}}]}}"
        );
        let there = format!("{{id: there, activity: meeting, date: {date}, to: KP, parties: [{there}]}}");
        findings(&law, &format!("- {here}\n- {there}"))
    };
    let listed = "{role: partner, name: HARBOUR WORKS, designated_as: UN list}";
    assert_eq!(found(", owned_by: none", listed, "2018-05"), ["here r-1 v"]);
    assert_eq!(found("", listed, "2018-05"), ["here r-1 v", "here r-2 i"]);
    // It may have been listed after the payment.
    assert_eq!(found(", owned_by: none", listed, "2019-05"), ["here r-1 i"]);
    // Its own record says that it is on no list, which clears it only of a listing at another time; it is another who bears the name.
    assert_eq!(found(", designated_as: none, owned_by: none", listed, "2018-05"), ["here r-1 i"]);
    assert_eq!(found(", designated_as: none, owned_by: none", listed, "2019-05"), [""; 0]);
    assert_eq!(found(", designated_as: none, owned_by: none", listed, "2017-05"), [""; 0]);
    let company = "{role: partner, name: Harbour Works, kind: company, designated_as: UN list}";
    assert_eq!(found(", kind: person, owned_by: none", company, "2018-05"), ["here r-1 i"]);
    let owned = "{role: partner, name: Harbour Works, owned_by: A Holder}, {role: owner, name: A Holder, nationality: KP}";
    assert_eq!(found(", designated_as: none", owned, "2018-05"), ["here r-2 v"]);
}
