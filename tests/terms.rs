//! What helps people to write: the terms and the page of them, templates, completions, manual pages, parts of the rulebook.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::{env, fs};

use common::{Desk, Run, files_in, interdict, name_of, own_rulebook, root};
use interdict::facts::Scheme;
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

#[test]
fn the_page_of_terms_is_up_to_date() {
    let path = root().join("docs/terms.md");
    let made = interdict(["terms", "--format", "markdown"]).exits(0).stdout;
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), made, "run the tests with UPDATE_GOLDEN=1 to write it anew");
}

#[test]
fn every_term_is_listed_with_its_words_and_the_terms_above_it() {
    let listed = interdict(["terms", "--format", "json"]).exits(0).json();
    let rulebook = own_rulebook();
    let vocabulary = &rulebook.vocabulary;
    let sections: BTreeMap<&str, &Value> =
        listed.as_array().unwrap().iter().map(|section| (section["scheme"].as_str().unwrap(), section)).collect();
    for scheme in Scheme::ALL {
        let ids: Vec<&str> = vocabulary.ids(scheme).collect();
        let terms = sections[scheme.key()]["terms"].as_array().unwrap();
        assert_eq!(terms.iter().map(|term| term["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
        assert!(scheme == Scheme::Unit || !sections[scheme.key()]["facts"].as_array().unwrap().is_empty(), "{}", scheme.key());
    }
    let term = |scheme: &str, id: &str| {
        let terms = sections[scheme]["terms"].as_array().unwrap();
        terms.iter().find(|term| term["id"] == id).unwrap_or_else(|| panic!("{scheme} {id}")).clone()
    };
    assert_eq!(term("activity", "sale")["broader"], serde_json::json!(["supply"]));
    assert_eq!(term("activity", "transport")["broader"], serde_json::json!(["service", "passes"]));
    assert_eq!(term("role", "consignee")["side"], "receiving");
    let names = term("country", "KP")["names"].to_string();
    assert!(names.contains("\"north korea\"") && names.contains("\"dprk\""), "{names}");
    assert!(term("unit", "t")["names"].to_string().to_lowercase().contains("tne"), "{:?}", term("unit", "t"));
    let words = term("activity", "sale")["words"].as_array().unwrap().clone();
    assert!(words.iter().any(|of| of["language"] == "en" && of["words"].to_string().contains("arms deal")), "{words:?}");
    assert_eq!(term("quota", "dprk-refined")["label"], rulebook.quotas.iter().find(|q| q.id == "dprk-refined").unwrap().title);
}

/// The ids of the terms in a listing for people.
fn ids(run: &Run) -> BTreeSet<String> {
    let is_term = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    run.stdout.lines().filter(is_term).map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn a_topic_is_a_part_of_the_vocabulary_or_a_fact() {
    let terms = |topic: &str| interdict(["terms", topic]).exits(0);
    for topic in ["activity", "activities", "Activity"] {
        assert!(ids(&terms(topic)).contains("ship-to-ship-transfer"), "{topic}");
    }
    assert_eq!(ids(&terms("source-kind")), ids(&terms("source.kind")));
    assert_eq!(ids(&terms("roles")).contains("end-user"), ids(&terms("party.role")).contains("end-user"));
    let kinds = ids(&terms("kind"));
    assert!(kinds.contains("press") && kinds.contains("diplomatic-mission") && kinds.contains("tanker"), "{kinds:?}");
    assert!(terms("from.country").stdout.contains("north korea"));
    assert!(ids(&terms("quota")).contains("dprk-refined") && ids(&terms("goods")).contains("coal"));
    interdict(["terms", "activty"]).exits(2).complains(&["E0706", "did you mean `activity`?"]);
    interdict(["terms", "zzzzzz"]).exits(2).complains(&["topics are activity, stage"]);
}

#[test]
fn a_word_finds_terms_by_name_meaning_and_ordinary_words() {
    let search = |word: &str| ids(&interdict(["terms", "--search", word]).exits(0));
    assert!(search("arms deal").contains("sale"));
    assert!(search("fuel ship").contains("bunkering"), "by its meaning");
    assert!(search("embassy").contains("diplomatic-mission"));
    assert!(search("north korea").contains("KP"));
    assert!(search("supply").contains("sale"), "with the terms below it");
    let sale = interdict(["terms", "activity", "--search", "sale", "--format", "json"]).exits(0).json();
    assert_eq!(sale.as_array().unwrap().len(), 1, "only the topic");
    interdict(["terms", "--search", "saale"]).exits(2).complains(&["E0706", "did you mean `sale`?"]);
    interdict(["terms", "--search", "xylophonist"]).exits(2).complains(&["no term has the word", "search for another word"]);
    let long = interdict(["terms"]).exits(0).stdout;
    assert_eq!(long.lines().find(|line| line.width() > 80), None);
}

/// A template with the example of each comment in place of `unknown`.
fn filled(template: &str) -> String {
    let line = |line: &str| -> String {
        match line.split_once("unknown").filter(|(before, _)| !before.contains('#')) {
            Some((before, comment)) => {
                let (_, example) = comment.split_once("e.g. ").unwrap_or_else(|| panic!("no example in: {line}"));
                format!("{before}{example}\n")
            }
            None => format!("{line}\n"),
        }
    };
    template.lines().map(line).collect()
}

/// A template with its optional lines.
fn with_options(template: &str) -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(optional) if !optional.starts_with(' ') || optional.starts_with("  ") => format!("{optional}\n"),
        _ => format!("{line}\n"),
    };
    template.lines().map(line).collect()
}

/// The worst verdict of each rule of a report.
fn verdicts(run: &Run) -> BTreeMap<String, String> {
    let report = run.json();
    let findings =
        report["incidents"].as_array().unwrap().iter().flat_map(|incident| incident["transactions"].as_array().unwrap());
    let findings = findings.flat_map(|transaction| transaction["findings"].as_array().unwrap().clone());
    findings.map(|f| (f["rule"].as_str().unwrap().to_owned(), f["verdict"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn templates_check_clean_and_give_the_finding_that_their_examples_should() {
    let desk = Desk::new();
    // With the options, the exemption that they show excuses what the examples tell; a balance and a launch are none.
    let expected = [
        ("aid", "dprk-mach-to", "violation", "compliant"),
        ("arms", "dprk-arm-from-all", "potential-violation", "compliant"),
        ("bank", "dprk-fin-branch-in", "violation", "compliant"),
        ("blank", "dprk-coal", "potential-violation", "compliant"),
        ("coal", "dprk-coal", "violation", "compliant"),
        ("launch", "dprk-obl-launch", "violation", "violation"),
        ("oil", "dprk-refined", "violation", "violation"),
        ("ship", "dprk-ship-ins", "potential-violation", "compliant"),
        ("venture", "dprk-jv", "violation", "compliant"),
        ("visit", "dprk-sci-coop", "potential-violation", "compliant"),
        ("workers", "dprk-labour-repat", "potential-violation", "compliant"),
    ];
    let files = files_in(&root().join("src/cli/templates"), &["yaml"]);
    let kinds: Vec<String> = files.iter().map(|file| name_of(file).trim_end_matches(".yaml").to_owned()).collect();
    assert_eq!(kinds, expected.map(|(kind, ..)| kind), "every template has its expectation");
    for (kind, rule, with_examples, with_all) in expected {
        let template = interdict(["new", kind]).exits(0).stdout;
        let check = |text: &str| {
            let path = desk.write(&format!("{kind}.yaml"), text);
            interdict(["check".as_ref(), "--format".as_ref(), "json".as_ref(), path.as_os_str()])
        };
        let clean = check(&template).exits(0);
        assert_eq!((clean.stderr.as_str(), verdicts(&clean)), ("", BTreeMap::new()), "{kind}");
        // A file that nobody has filled in is no clearance.
        let unfilled = interdict(["check".as_ref(), desk.path(&format!("{kind}.yaml")).as_os_str()]).exits(0);
        let unfilled = unfilled.tells(&["NO FINDING, NOT WHOLLY CHECKED"]);
        // These tell what is done, or by whom.
        if !matches!(kind, "aid" | "venture" | "visit" | "workers") {
            unfilled.tells(&["nothing is reported of it yet"]);
        }
        let text = filled(&template);
        let told = check(&text).exits(1);
        assert_eq!((told.stderr.as_str(), verdicts(&told).get(rule).map(String::as_str)), ("", Some(with_examples)), "{kind}");
        let told = check(&with_options(&text));
        assert_eq!(
            (told.stderr.as_str(), verdicts(&told).get(rule).map(String::as_str)),
            ("", Some(with_all)),
            "{kind}, options"
        );
    }
}

#[test]
fn the_balance_of_the_oil_template_decides_its_finding() {
    let desk = Desk::new();
    let template = with_options(&filled(&interdict(["new", "oil"]).exits(0).stdout));
    let check = |text: String| {
        let path = desk.write("oil.yaml", text);
        verdicts(&interdict(["check".as_ref(), "--format".as_ref(), "json".as_ref(), path.as_os_str()]))["dprk-refined"].clone()
    };
    assert!(template.contains("amount: 499900 bbl"));
    let over = interdict(["check", desk.write("over.yaml", &template).to_str().unwrap()]).stdout;
    let over = over.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(over.contains("from a balance as of 2018-10-31"), "{over}");
    assert_eq!(check(template.replace("499900 bbl", "500000 bbl")), "violation");
}

#[test]
fn the_table_template_checks_clean_and_its_row_can_be_replaced() {
    let desk = Desk::new();
    let file = desk.path("table.csv");
    let new = |args: &[&str]| interdict(["new"].into_iter().chain(args.iter().copied()));
    let path = file.to_str().unwrap();
    new(&["csv", "--output", path]).exits(0);
    assert_eq!(interdict(["check", path]).exits(0).stderr, "");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("CH,AT,cheese,0406.90", "KP,CN,anthracite,2701.11").replace("commercial", "court")).unwrap();
    let found = verdicts(&interdict(["check", "--format", "json", path]).exits(1));
    assert_eq!(found["dprk-coal"], "violation");
    new(&["csv", "--output", path]).exits(2).complains(&["E0704", "exists, and is not written over"]);
    let list = new(&[]).exits(0);
    for kind in ["arms", "oil", "coal", "workers", "bank", "ship", "visit", "venture", "aid", "launch", "csv", "blank"] {
        assert!(list.stdout.lines().any(|line| line.starts_with(kind)), "{kind}");
    }
    new(&["arm"]).exits(2).complains(&["arms"]);
}

#[test]
fn the_form_of_missing_facts_tells_what_each_answer_leads_to() {
    let desk = Desk::new();
    let transaction =
        |more: &str| format!("  - id: one\n    activity: sale\n    date: 2018-03-01\n    from: KP\n    to: CN\n{more}");
    let write = |name: &str, more: &str| desk.write(name, format!("id: a\ntransactions:\n{}", transaction(more)));
    let check =
        |path: &std::path::Path| verdicts(&interdict(["check".as_ref(), "--format".as_ref(), "json".as_ref(), path.as_os_str()]));
    let path = write("open.yaml", "    purpose: commercial\n");
    let form = interdict(["explain".as_ref(), "--missing".as_ref(), path.as_os_str()]).exits(0).stdout;
    assert!(form.lines().all(|line| line.starts_with('#') || line.is_empty() || line == "items: unknown"), "{form}");
    assert!(form.contains("# a / one") && form.contains("What are the goods?"), "{form}");
    assert!(form.contains("open.yaml:3:5") && form.contains("items: unknown"), "{form}");
    // Each answer leads to what the form says.
    let mut tried = 0;
    let lines: Vec<&str> = form.lines().collect();
    let mut next = 0;
    while let Some(line) = lines.get(next) {
        let mut answer = Vec::new();
        while let Some(part) = lines.get(next).and_then(|line| line.strip_prefix("#    | ")) {
            answer.push(format!("    {part}\n"));
            next += 1;
        }
        if answer.is_empty() {
            assert!(!line.starts_with("#      ->"), "{line}");
            next += 1;
            continue;
        }
        let completed = write("answered.yaml", &format!("    purpose: commercial\n{}", answer.concat()));
        let found = check(&completed);
        while let Some((verdict, rules)) = lines.get(next).and_then(|line| line.strip_prefix("#      -> ")?.split_once(": ")) {
            next += 1;
            let more = lines.iter().skip(next).map_while(|line| line.strip_prefix("#         "));
            let rules: Vec<&str> = std::iter::once(rules).chain(more).flat_map(|line| line.split([',', ' '])).collect();
            next += lines.iter().skip(next).take_while(|line| line.starts_with("#         ")).count();
            for rule in rules.into_iter().filter(|rule| !rule.is_empty()) {
                let told = found.get(rule).map_or("no finding", String::as_str);
                assert_eq!(told, verdict, "{rule} after {answer:?}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 4, "{form}");
    let clear = desk.write("clear.yaml", "id: a\ntransactions: [{id: one, activity: sale, date: 2018, from: CH, to: AT, items: [{description: cheese, hs: \"0406\"}]}]\n");
    interdict(["explain".as_ref(), "--missing".as_ref(), clear.as_os_str()]).exits(0).tells(&["# No finding depends on"]);
    let near = desk.write("near.yaml", "id: a\ntransactions: [{id: one, activity: funds-transfer, date: 2018, from: SG, to: HK, items: [{description: coal, origin: KP}]}]\n");
    interdict(["explain".as_ref(), "--missing".as_ref(), near.as_os_str()])
        .exits(0)
        .tells(&["# No finding depends on", "look at a/one"]);
    interdict(["explain", "--missing", "--rule", "dprk-coal", path.to_str().unwrap()]).exits(2);
}

#[test]
fn the_form_names_facts_inside_of_records_and_of_tables() {
    let desk = Desk::new();
    let form = |name: &str, text: &str| {
        let path = desk.write(name, text);
        interdict(["explain".as_ref(), "--missing".as_ref(), path.as_os_str()]).exits(0).stdout
    };
    let workers = "id: a\ntransactions: [{id: one, activity: employment, date: 2021, from: KP, to: QA, people: [{nationality: KP, count: 20}]}]\n";
    let form_of_workers = form("workers.yaml", workers);
    assert!(form_of_workers.contains("workers.yaml:2:87, in people 1\noccupation: unknown"), "{form_of_workers}");
    assert!(
        form_of_workers.contains("| occupation: crew\n#      -> potential-violation: dprk-ship-crew-from"),
        "{form_of_workers}"
    );
    let table = "id,activity,date,from,to,people.nationality,people.count\none,employment,2021,KP,QA,KP,20\n";
    assert!(form("workers.csv", table).contains("| occupation: crew"));
    let line = "{\"id\": \"one\", \"activity\": \"employment\", \"date\": \"2021\", \"from\": \"KP\", \"to\": \"QA\", \"people\": [{\"nationality\": \"KP\", \"count\": 20}]}\n";
    assert!(form("workers.ndjson", line).contains("| occupation: crew"));
}

#[test]
fn shells_and_man_are_told_of_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = interdict(["completions", shell]).exits(0).stdout;
        assert!(script.contains("csv-dates") && script.contains("completions") && script.contains("coverage"), "{shell}");
    }
    interdict(["completions", "tcsh"]).exits(2);
    interdict(["man"]).exits(0).tells(&[".TH interdict 1", "interdict\\-check"]);
    interdict(["man", "rules", "show"]).exits(0).tells(&[".TH interdict-rules-show 1", "exemption"]);
    interdict(["man", "rules", "shwo"]).exits(2).complains(&["`rules shwo` is no command", "did you mean `show`?"]);
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    interdict(["man".as_ref(), "--dir".as_ref(), pages.as_os_str()]).exits(0);
    let names: Vec<String> = files_in(&pages, &["1"]).iter().map(|file| name_of(file)).collect();
    for name in ["interdict.1", "interdict-check.1", "interdict-rules-list.1", "interdict-terms.1"] {
        assert!(names.iter().any(|other| other == name), "{name} in {names:?}");
    }
}

#[test]
fn every_part_of_the_rulebook_can_be_shown() {
    let show = |id: &str| interdict(["rules", "show", id]).exits(0);
    show("leaves-dprk").tells(&["definition leaves-dprk: ", "of           a transaction", "holds when", "used by", "dprk-coal"]);
    let exemption = show("dprk-committee-exemption");
    exemption.tells(&["exemption dprk-committee-exemption: ", "the Committee decides", "applies when", "rules: dprk-"]);
    show("coal").tells(&["list of goods coal: ", "words that mean it", "anthracite", "2701", "used by"]);
    show("dprk-refined").tells(&["dprk-refined: ", "quota dprk-refined: ", "500,000 bbl", "calendar years from 2018-01-01"]);
    let coal = show("dprk-coal");
    assert!(coal.stdout.contains("Procured from the DPRK") && coal.stdout.contains("activity: "), "definitions are unfolded");
    let seize = show("dprk-seize-cargo");
    seize.tells(&["used by", "dprk-coal"]);
    let rulebook = own_rulebook();
    let definitions = rulebook.definitions.iter().map(|definition| &definition.id);
    let lists = rulebook.goods.lists().iter().map(|list| &list.id);
    let ids: Vec<&str> =
        definitions.chain(lists).chain(rulebook.quotas.iter().map(|quota| &quota.id)).map(String::as_str).collect();
    for ids in ids.chunks(100) {
        let pages = interdict(["rules", "show"].iter().chain(ids)).exits(0).stdout;
        assert_eq!(pages.lines().find(|line| line.width() > 80), None);
        let shown = |id: &&&str| pages.lines().any(|line| line.contains(&format!("{id}:")));
        assert_eq!(ids.iter().find(|id| !shown(id)), None);
    }
    interdict(["rules", "show", "leaves-dprc"]).exits(2).complains(&["E0706", "did you mean `leaves-dprk`?"]);
}

#[test]
fn a_paragraph_is_found_as_people_write_it_and_an_empty_selection_is_told() {
    let list = |paragraph: &str| interdict(["rules", "list", "--paragraph", paragraph]);
    let expected = list("2371 (2017) para 8").exits(0).stdout;
    assert!(expected.contains("dprk-coal"));
    for paragraph in
        ["S/RES/2371 OP8", "res. 2371, operative paragraph 8", "UNSCR 2371 paragraph 8", "2371/8", "s/res/2371(2017) op 8"]
    {
        assert_eq!(list(paragraph).exits(0).stdout, expected, "{paragraph}");
    }
    list("2371 OP99").exits(2).complains(&["E0711", "of resolution 2371 rules rest on paragraphs", " 8,"]);
    list("4999 OP1").exits(2).complains(&["E0711", "no rule rests on resolution 4999"]);
    list("coal").exits(2).complains(&["E0711", "write it like `S/RES/2371 OP8`"]);
    let none = interdict(["rules", "list", "--paragraph", "2371 OP8", "--on", "2001-01-01"]).exits(2);
    none.complains(&["E0711", "leave out one of them"]);
    interdict(["rules", "list", "--on", "1950-01-01"]).exits(2).complains(&["E0711", "leave out one of the conditions"]);
}
