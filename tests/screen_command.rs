//! `interdict screen` and `interdict lists` as a person or a pipeline meets them.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, Run, interdict, interdict_reading, root};
use serde_json::Value;

fn list(name: &str) -> String {
    root().join("fixtures/lists").join(name).to_str().unwrap().to_owned()
}

fn screen(args: &[&str]) -> Run {
    interdict([&["screen"], args].concat())
}

fn lists(command: &str, args: &[&str]) -> Run {
    interdict([&["lists", command], args].concat())
}

#[test]
fn screening_exits_with_its_worst_outcome_and_says_why() {
    let new = list("invented-2025-01-31.xml");
    let found = screen(&["Lee Seong-hyeok", "--kind", "person", "--designations", &new]).exits(1);
    assert!(found.stdout.contains("match 0.970  XPi.001 RI SONG HYOK (person; UN DPRK, listed 2016-03-02)"), "{}", found.stdout);
    assert!(found.stdout.contains("can be the same Korean syllables"));
    screen(&["Nobody In Particular", "--designations", &new]).exits(0);
    screen(&["Simba", "--designations", &new, "--fail-on", "match"]).exits(0);
    screen(&["Simba"]).exits(2);
    screen(&["Simba", "--designations", "missing.xml"]).exits(3);
    let own = screen(&["Lumenara Shipping", "--kind", "entity", "--designations", &list("own.csv")]).exits(1);
    assert!(own.stdout.contains("not a UN measure: house list"), "{}", own.stdout);
}

#[test]
fn names_come_from_lines_tables_and_ndjson() {
    let desk = Desk::new();
    let new = list("invented-2025-01-31.xml");
    for (name, text) in [
        ("names.txt", "# parties\nRi Song Hyok\n\nNobody\n"),
        ("names.csv", "name,kind,born\nRi Song Hyok,person,1965-04\nNobody,,\n"),
        ("names.ndjson", "{\"name\": \"Ri Song Hyok\", \"id\": [\"PS654320117\"]}\n{\"name\": \"Nobody\"}\n"),
    ] {
        let file = desk.write(name, text);
        let found = screen(&["--file", file.to_str().unwrap(), "--designations", &new, "--format", "json"]).exits(1);
        let report: Value = serde_json::from_str(&found.stdout).unwrap();
        assert_eq!(report["schema"], "interdict/screening/1");
        assert_eq!(report["summary"]["match"], 1, "{name}");
        assert_eq!(report["names"][0]["hits"][0]["reference"], "XPi.001", "{name}");
        assert_eq!(report["names"][1]["outcome"], "no-match");
    }
    // A bare number in the column `id` counts rows as well as it names a document.
    let own = desk.write("own.csv", "name,reference,kind,document\nTarquin Obermeister,10001,person,7788990\n");
    for (column, outcome) in [("id", "review"), ("passport", "match")] {
        let file = desk.write("numbered.csv", format!("name,{column}\nSomebody Else,7788990\nNobody,10001\n"));
        let args = ["--file", file.to_str().unwrap(), "--designations", own.to_str().unwrap(), "--format", "json"];
        let report: Value = serde_json::from_str(&screen(&args).exits(1).stdout).unwrap();
        assert_eq!((&report["names"][0]["outcome"], &report["names"][1]["outcome"]), (&outcome.into(), &"no-match".into()));
    }
    let wrong = desk.write("wrong.csv", "nmae\nX\n");
    screen(&["--file", wrong.to_str().unwrap(), "--designations", &new]).exits(3);
}

/// The names that a run screened, each with its outcome.
fn screened(run: &Run) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let text = |name: &Value, key: &str| name[key].as_str().unwrap().to_owned();
    report["names"].as_array().unwrap().iter().map(|name| (text(name, "name"), text(name, "outcome"))).collect()
}

#[test]
fn a_file_is_read_as_what_it_holds() {
    let desk = Desk::new();
    let new = list("invented-2025-01-31.xml");
    for (name, text) in [
        ("list.json", "[\"Anna Keller\", \"Ri Song Hyok\"]"),
        ("records.json", "[{\"name\": \"Anna Keller\"}, {\"name\": \"Ri Song Hyok\", \"born\": \"1965\"}]"),
        ("envelope.json", "{\"customers\": [{\"fullName\": \"Anna Keller\"}, {\"fullName\": \"Ri Song Hyok\"}]}"),
        (
            "deep.json",
            "{\"meta\": {\"version\": 1}, \"data\": {\"parties\": [{\"party\": {\"full_name\": \"Anna Keller\"}}, {\"party\": {\"full_name\": \"Ri Song Hyok\"}}]}}",
        ),
        (
            "parts.json",
            "{\"customers\": [{\"firstName\": \"Anna\", \"lastName\": \"Keller\"}, {\"firstName\": \"Song Hyok\", \"lastName\": \"Ri\"}]}",
        ),
        ("inner.json", "[{\"name\": {\"first\": \"Anna\", \"last\": \"Keller\"}}, {\"name\": {\"full\": \"Ri Song Hyok\"}}]"),
        ("lines.ndjson", "{\"fullName\": \"Anna Keller\"}\n{\"customer\": \"Ri Song Hyok\"}\n"),
        ("lines.json", "\"Anna Keller\"\n{\"name\": \"Ri Song Hyok\"}\n"),
        ("document.ndjson", "{\n  \"names\": [\"Anna Keller\",\n \"Ri Song Hyok\"]\n}\n"),
        ("names.yaml", "- name: Anna Keller\n- name: Ri Song Hyok\n"),
        ("plain.yml", "- Anna Keller\n- Ri Song Hyok\n"),
        ("envelope.yaml", "customers:\n  - fullName: Anna Keller\n    dob: 1970-01-01\n  - fullName: Ri Song Hyok\n"),
        ("tabs.tsv", "Name\tCountry\nAnna Keller\tDE\nRi Song Hyok\tKP\n"),
        ("semicolons.csv", "Name;DOB;Country\nAnna Keller;01.02.1970;DE\nRi Song Hyok;12.04.1965;KP\n"),
        ("headed.txt", "Customer,Country\nAnna Keller,Germany\nRi Song Hyok,DPRK\n"),
        ("columns.txt", "full name | born\nAnna Keller | 1970\nRi Song Hyok | 1965\n"),
        ("one-line.txt", "Anna Keller; Ri Song Hyok\n"),
        ("bullets", "# customers\n- Anna Keller\n2. Ri Song Hyok\n"),
        ("one-column.csv", "Full Name\nAnna Keller\nRi Song Hyok\n"),
        ("mark.csv", "\u{feff}Name,Country\r\nAnna Keller,DE\r\nRi Song Hyok,KP\r\n"),
        ("title.csv", "Customers of the branch,,\n,,\nName,Country,Notes\nAnna Keller,DE,x\nRi Song Hyok,KP,\n"),
        ("parts.csv", "First Name,Last Name\nAnna,Keller\nSong Hyok,Ri\n"),
        ("german.csv", "Name;Vorname\nKeller;Anna\nRi;Song Hyok\n"),
        ("russian.csv", "ФИО;Дата рождения;Гражданство\nAnna Keller;01.02.1970;Германия\nRi Song Hyok;12.04.1965;КНДР\n"),
        ("chinese.csv", "姓名,出生日期\nAnna Keller,1970-02-01\nRi Song Hyok,1965-04-12\n"),
    ] {
        let file = desk.write(name, text);
        let bytes = std::fs::read(&file).unwrap();
        let args = ["--designations", &new, "--format", "json", "--file"];
        let found = screened(&screen(&[&args[..], &[file.to_str().unwrap()]].concat()).exits(1));
        let [(clear, "no-match"), (listed, "match" | "review")] = [&found[0], &found[1]].map(|(a, b)| (a.as_str(), b.as_str()))
        else {
            panic!("{name}: {found:?}");
        };
        assert!(found.len() == 2 && clear.contains("Keller") && listed.contains("Hyok"), "{name}: {found:?}");
        // The same on standard input, where no ending tells the form.
        let piped = interdict_reading([&["screen"][..], &args[..], &["-"][..]].concat(), bytes).exits(1);
        assert_eq!(screened(&piped), found, "{name}");
    }
}

#[test]
fn what_cannot_be_read_as_names_is_refused_with_its_place() {
    let desk = Desk::new();
    let new = list("invented-2025-01-31.xml");
    for (name, text, told) in [
        (
            "noheader.csv",
            "17,RI SONG HYOK,KP\n18,ANNA KELLER,DE\n",
            &["noheader.csv:1:1", "no column of the table is the name"][..],
        ),
        ("noheader.txt", "17\tRI SONG HYOK\tKP\t1965-04-12\n", &["noheader.txt:1:1", "no row says which is the name"]),
        ("rows.txt", "17,RI SONG HYOK,KP\n", &["rows.txt:1:1"]),
        ("cut.json", "[{\"name\": \"Ri Song Hyok\"}, ", &["E0104", "cut.json:1:"]),
        ("other.json", "{\"title\": \"x\", \"items\": []}", &["no name was found in it", "`title`"]),
        (
            "one-less.json",
            "[{\"name\": \"Anna Keller\"}, {\"nmae\": \"Ri Song Hyok\"}]",
            &["one-less.json:1:27", "this record has no name"],
        ),
        ("one-less.csv", "name,country\nAnna Keller,DE\n,KP\n", &["one-less.csv:3:1", "this row has no name"]),
        ("one-more.csv", "name,country\nKeller, Anna,DE\n", &["one-more.csv:2:1", "this row has 3 cells, and the header 2"]),
        ("open.csv", "name,country\n\"Ri Song Hyok,KP\nAnna Keller,DE\n", &["open.csv:2:1", "this quote is never closed"]),
        ("table.json", "[[\"name\"], [\"Ri Song Hyok\"]]", &["a list inside of a list"]),
        ("page.txt", "<p>Ri Song Hyok</p>\n", &["page.txt:1:1"]),
        ("number.json", "[\"Anna Keller\", 17]", &["`17` is no name"]),
        ("empty.csv", "name,country\n", &["a header and no row"]),
        ("empty.txt", "\n", &["E0107"]),
    ] {
        let file = desk.write(name, text);
        screen(&["--file", file.to_str().unwrap(), "--designations", &new]).exits(3).complains(told).complains(&["help"]);
    }
    // The other names of the file are screened all the same.
    let file = desk.write("some.csv", "name,country\n,DE\nRi Song Hyok,KP\n");
    let found = screen(&["--file", file.to_str().unwrap(), "--designations", &new, "--format", "json"]).exits(3);
    assert_eq!(screened(&found), [("Ri Song Hyok".to_owned(), "match".to_owned())]);
}

#[test]
fn columns_are_read_as_people_call_them_and_the_others_are_told() {
    let desk = Desk::new();
    let new = list("invented-2025-01-31.xml");
    let run = |name: &str, text: &str| {
        let file = desk.write(name, text);
        screen(&["--file", file.to_str().unwrap(), "--designations", &new])
    };
    run("extra.csv", "Full Name,Branch,Nationality\nRi Song Hyok,12,DPRK\n")
        .exits(1)
        .complains(&["W0243", "extra.csv:1:11", "the column `Branch` was not read"])
        .tells(&["the country agrees"]);
    for (born, told) in [
        ("12.04.1965", "is the same as the listed 1965-04-12"),
        ("12 Apr 1965", "is the same as the listed 1965-04-12"),
        ("April 12, 1965", "is the same as the listed 1965-04-12"),
        ("1965", "agrees with the listed 1965-04-12"),
        ("c. 1965", "agrees with the listed 1965-04-12"),
    ] {
        let found = run("born.csv", &format!("Customer;Date of birth\nRi Song Hyok;{born}\n")).exits(1);
        assert!(found.stdout.contains(told), "{born}: {}", found.stdout);
    }
    // A date that cannot be read is told, and the name screened without it.
    run("undated.csv", "Name,DOB\nRi Song Hyok,12/04/65\nAnna Keller,unknown\n")
        .exits(1)
        .complains(&["W0243", "undated.csv:2:14", "`12/04/65` is no date of birth"])
        .tells(&["same name, nothing to disagree"]);
    // Of several columns of names each is screened.
    run("two.csv", "Consignee,Consignor\nAnna Keller,Ri Song Hyok\n").exits(1).tells(&["2 names: 1 match"]);
    // A word that is no country speaks against none.
    run("nowhere.csv", "Name,Country\nRi Song Hyok,Ruritania\n")
        .exits(1)
        .complains(&["no country that is known"])
        .tells(&["1 match"]);
    // What a column `id` holds never decides, since a house counts its customers as it likes.
    let own = desk.write("own.csv", "name,reference,kind\nTarquin Obermeister,KH-10001,person\n");
    let file = desk.write("ids.csv", "ID,Customer\nKH-10001,Somebody Else\n");
    screen(&["--file", file.to_str().unwrap(), "--designations", own.to_str().unwrap()]).exits(1).tells(&["1 for review"]);
}

#[test]
fn pairs_are_scored_in_a_table() {
    let desk = Desk::new();
    let pairs = desk.write("pairs.csv", "left,right,kind\nRi Song Hyok,리성혁,person\nOffice 39,Office 38,entity\n");
    let found = screen(&["--pairs", pairs.to_str().unwrap(), "--format", "csv"]).exits(0);
    let rows: Vec<&str> = found.stdout.lines().collect();
    assert_eq!(rows[0], "left,right,score,match,why");
    assert!(rows[1].starts_with("Ri Song Hyok,리성혁,0.970,true,"), "{}", rows[1]);
    assert!(rows[2].contains(",false,"), "{}", rows[2]);
}

#[test]
fn a_delta_screens_only_what_changed() {
    let (old, new) = (list("invented-2024-06-30.xml"), list("invented-2025-01-31.xml"));
    let names = ["Ri Song Ho", "Pak Yong Nam", "Korea Tongbang Clearing House"];
    let found = screen(&[names[0], names[1], names[2], "--delta", &old, &new, "--format", "csv"]).exits(1);
    assert!(found.stdout.contains("XPi.002") && found.stdout.contains(",listed,"), "{}", found.stdout);
    assert!(found.stdout.contains("XPe.029") && found.stdout.contains(",delisted,"), "{}", found.stdout);
    // He is on both copies, unchanged.
    assert!(found.stdout.contains("Pak Yong Nam,no-match"), "{}", found.stdout);
}

#[test]
fn lists_are_shown_and_compared() {
    let (old, new) = (list("invented-2024-06-30.xml"), list("invented-2025-01-31.xml"));
    let shown = lists("show", &[&new, "XPi.001"]).exits(0);
    assert!(shown.stdout.contains("documents: kind Passport, number PS 654320117"), "{}", shown.stdout);
    let json: Value = serde_json::from_str(&lists("show", &[&new, "--format", "json"]).exits(0).stdout).unwrap();
    assert_eq!(json["entries"].as_array().unwrap().len(), 13);
    let changes = lists("diff", &[&old, &new]).exits(0);
    assert!(changes.stdout.contains("listed    XPi.002"), "{}", changes.stdout);
    assert!(changes.stdout.ends_with("1 listed, 1 delisted, 1 amended\n"), "{}", changes.stdout);
}

#[test]
fn a_folder_holds_the_copies_of_one_list() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["invented-2024-06-30.xml", "invented-sdn.xml"] {
        std::fs::copy(list(name), folder.path().join(name)).unwrap();
    }
    let run = screen(&["Ri Song Hyok", "--designations", folder.path().to_str().unwrap()]);
    run.exits(3).complains(&["holds copies of different lists", "invented-sdn.xml"]);
}

#[test]
fn what_is_asked_for_and_not_there_is_told() {
    let shown = lists("show", &[&list("invented-2024-06-30.xml"), "KPi.999"]);
    shown.exits(2).complains(&["E0711", "`KPi.999` is the reference of no entry"]);
    for name in ["", "  ", "N/A", "--"] {
        let run = interdict(["screen", "--designations", &list("invented-2024-06-30.xml"), "--", name]);
        run.exits(2).complains(&["is no name"]);
    }
}
