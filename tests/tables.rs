//! Tables as people have them: separators, quotes, encodings, dates and decimals of spreadsheets, sources in columns.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fs;

use common::{Desk, Run};
use serde_json::Value;

/// The worst verdict of each transaction of a report, as `id: verdict`.
fn verdicts(run: &Run) -> Vec<String> {
    let report = run.json();
    let incidents = report["incidents"].as_array().unwrap().iter();
    let transactions = incidents.flat_map(|incident| incident["transactions"].as_array().unwrap());
    transactions.map(|t| format!("{}: {}", t["id"].as_str().unwrap(), t["verdict"].as_str().unwrap_or("none"))).collect()
}

/// Checks a table with the trial law, as JSON.
fn check(desk: &Desk, name: &str, text: impl AsRef<[u8]>, args: &[&str]) -> Run {
    let path = desk.write(name, text);
    desk.run(&["check", "--format", "json"], args.iter().map(|a| (*a).into()).chain([path.into_os_string()]))
}

const TABLE: &str = "id,date,activity,from.country,to.country,item.description,item.quantity\n\
    coal,2018-03-01,sale,KP,CN,\"anthracite, washed\",5.5 t\n\
    oil,2018-03-01,sale,CN,KP,gasoline,499.5 bbl\n\
    rest,2018-03-02,sale,CN,KP,\"gasoline \"\"95\"\"\",0.75 bbl\n";

#[test]
fn a_table_means_the_same_in_every_dialect() {
    let desk = Desk::new();
    let expected = ["coal: potential-violation", "oil: compliant", "rest: potential-violation"];
    assert_eq!(verdicts(&check(&desk, "a.csv", TABLE, &[]).exits(1)), expected);
    let with = |separator: char| -> String {
        let mut in_quotes = false;
        let part = |c: char| {
            in_quotes ^= c == '"';
            if c == ',' && !in_quotes { separator } else { c }
        };
        TABLE.chars().map(part).collect()
    };
    let semicolons = with(';').replace("5.5", "5,5").replace("499.5", "499,5").replace("0.75", "0,75");
    for (name, text) in [
        ("crlf.csv", TABLE.replace('\n', "\r\n")),
        ("mark.csv", format!("\u{feff}{TABLE}")),
        ("semicolons.csv", semicolons.clone()),
        ("sep.csv", format!("\u{feff}sep=;\r\n{}", semicolons.replace('\n', "\r\n"))),
        ("tabs.csv", with('\t')),
        ("tabs.tsv", with('\t').replace("5.5", "5,5")),
        ("CAPITALS.CSV", TABLE.replacen("id,date,activity,from.country", "ID,Date,Activity,From.Country", 1)),
        ("wide.csv", TABLE.lines().map(|line| format!("{line},,\r\n")).chain([",,,,,,,,\r\n".to_owned()]).collect()),
    ] {
        assert_eq!(verdicts(&check(&desk, name, text, &[]).exits(1)), expected, "{name}");
    }
}

#[test]
fn a_comma_before_three_digits_is_either_in_a_table_with_semicolons() {
    let desk = Desk::new();
    let text = "id;date;activity;from;to;item.description;item.quantity\noil;2018-03-01;sale;CN;KP;gasoline;1,234 bbl\n";
    let run = check(&desk, "a.csv", text, &[]).exits(1).complains(&["W0225", "could be 1 or 1,234", "a.csv:2:36"]);
    assert!(run.stdout.contains("1.2340-1,234 of 500 bbl"), "{}", run.stdout);
}

#[test]
fn dates_are_read_in_the_order_that_is_declared() {
    let desk = Desk::new();
    let table = |date: &str| format!("id,date,activity,from,to,item.description\ncoal,{date},sale,KP,CN,anthracite\n");
    // The ban begins on 5 August 2017.
    for (date, order, expected) in [
        ("08/04/2017", "dd/mm/yyyy", "none"),
        ("08/10/2017", "dd/mm/yyyy", "potential-violation"),
        ("08/10/2017", "mm/dd/yyyy", "potential-violation"),
        ("09/07/2017", "dd/mm/yyyy", "none"),
        ("09/07/2017", "mm/dd/yyyy", "potential-violation"),
        ("7.9.2017", "dd/mm/yyyy", "potential-violation"),
        ("2017-09-07", "mm/dd/yyyy", "potential-violation"),
    ] {
        let run = check(&desk, "a.csv", table(date), &["--csv-dates", order]);
        let report = run.json();
        let found = verdicts(&run);
        let found = if found.is_empty() { "none" } else { found[0].trim_start_matches("coal: ") };
        assert_eq!(found, expected, "{date} as {order}");
        assert_eq!(report["options"]["csv_dates"], order);
    }
    let run = check(&desk, "a.csv", table("09/17/2017"), &["--csv-dates", "dd/mm/yyyy"]).exits(3);
    run.complains(&["E0210", "there is no month 17", "a.csv:2:6", "mm/dd/yyyy"]);
    check(&desk, "a.csv", table("2017"), &["--csv-dates", "yy/mm/dd"]).exits(2).complains(&["dd/mm/yyyy, mm/dd/yyyy"]);
    let path = desk.write("a.csv", table("03/09/2017"));
    let explain = |order: &str| desk.run(&["explain", "--csv-dates", order], [&path]).exits(0).stdout;
    assert!(explain("dd/mm/yyyy").contains("trial-coal on `coal` item 1: potential"), "{}", explain("dd/mm/yyyy"));
    assert!(!explain("mm/dd/yyyy").contains("trial-coal on `coal` item 1: potential"), "{}", explain("mm/dd/yyyy"));
}

#[test]
fn a_run_with_declared_dates_can_be_verified() {
    let desk = Desk::new();
    let path = desk.write("a.csv", "id,date,activity,from,to,item.description\ncoal,09/07/2017,sale,KP,CN,anthracite\n");
    let report = desk.path("report.json");
    let args = ["--csv-dates", "mm/dd/yyyy", "--output", report.to_str().unwrap(), path.to_str().unwrap()];
    desk.run(&["check", "--format", "json"], args).exits(1);
    desk.run(&["verify"], [&report]).exits(0).tells(&["findings: run again, they are the same"]);
}

#[test]
fn columns_name_the_source_of_each_row() {
    let desk = Desk::new();
    let text = "id,date,activity,from,to,item.description,source.kind,source.title,source.reliability,source.id\n\
        a,2018-03-01,sale,KP,CN,anthracite,court,Judgment of a court,A,s\n\
        b,2018-03-01,sale,KP,CN,anthracite,press,A newspaper,C,s\n\
        c,2018-03-01,sale,KP,CN,anthracite,,,,\n\
        d,2018-03-01,sale,KP,CN,anthracite,court,Judgment of a court,A,s\n";
    let expected = ["a: violation", "b: potential-violation", "c: potential-violation", "d: violation"];
    for jobs in ["1", "3"] {
        let run = check(&desk, "a.csv", text, &["--jobs", jobs]).exits(1);
        assert_eq!(verdicts(&run), expected);
        let sources = &run.json()["incidents"][0]["transactions"][1]["evidence"];
        assert_eq!(sources["grades"], serde_json::json!(["C"]), "{sources}");
    }
    // `explain` reads the whole table as one incident, in which ids of sources are told apart.
    let explained = desk.run(&["explain", "--rule", "trial-coal"], [desk.path("a.csv")]).exits(0).stdout;
    let verdict = |id: &str| explained.lines().find(|line| line.contains(&format!("on `{id}`"))).unwrap().to_owned();
    for (id, expected) in [("a", ": violation"), ("b", "potential"), ("c", "potential"), ("d", ": violation")] {
        assert!(verdict(id).contains(expected), "{}", verdict(id));
    }
    let unknown = text.replace("a,2018-03-01,sale,KP,CN,anthracite,court", "a,2018-03-01,sale,KP,CN,anthracite,hearsay");
    check(&desk, "b.csv", unknown, &[]).exits(3).complains(&["E0204", "b.csv:2:36"]);
}

#[test]
fn other_encodings_are_refused_with_a_remedy() {
    let desk = Desk::new();
    let latin = b"id,date,activity,from,to,item.description\ncaf\xe9,2018-03-01,sale,KP,CN,anthracite\n";
    let run = check(&desk, "a.csv", latin, &[]).exits(3);
    let run = run.complains(&["E0101", "the byte E9 is no UTF-8", "Latin-1", "a.csv:2:4", "`CSV UTF-8`"]);
    assert_eq!(run.json()["summary"]["transactions"], 1, "the rest is read");
    for (mark, bytes) in [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)] {
        let text: Vec<u8> = mark.into_iter().chain(TABLE.encode_utf16().flat_map(bytes)).collect();
        for name in ["a.csv", "a.ndjson", "a.yaml", "a.json"] {
            let run = check(&desk, name, &text, &[]).exits(3).complains(&["E0101", "the file is in UTF-16", "save it as UTF-8"]);
            let problems = run.json()["problems"].as_array().unwrap().len();
            assert_eq!(problems, 1, "{name}: {}", run.stderr);
        }
    }
}

#[test]
fn a_stray_quote_costs_its_own_row_alone() {
    let desk = Desk::new();
    let row = |id: &str, goods: &str| format!("{id},2018-03-01,sale,KP,CN,{goods},5 t\n");
    let header = "id,date,activity,from,to,item.description,item.quantity\n";
    for (stray, closing) in [
        ("\"rice", "anthracite"),
        ("\"rice", "\"anthracite\""),
        ("\"rice", "anthracite\""),
        ("\"\"\"rice", "anthracite"),
        ("\"", "\"anthracite\""),
    ] {
        let lines: String = [("a", "anthracite"), ("b", stray), ("c", "anthracite"), ("d", closing), ("e", "anthracite")]
            .iter()
            .map(|(id, goods)| row(id, goods))
            .collect();
        for (name, text) in [("a.csv", format!("{header}{lines}")), ("b.csv", format!("{header}{lines}").replace('\n', "\r\n"))] {
            let run = check(&desk, name, text, &["--jobs", "2"]).exits(3).complains(&["E0122", &format!("{name}:3:25")]);
            let problems: Vec<Value> = run.json()["problems"].as_array().unwrap().clone();
            assert_eq!(problems.len(), 1, "{stray} {closing}: {}", run.stderr);
            let ids: Vec<String> = verdicts(&run).iter().map(|v| v[..1].to_owned()).collect();
            assert_eq!(ids, ["a", "c", "d", "e"], "{stray} {closing}");
        }
    }
}

#[test]
fn a_stray_quote_far_from_the_end_of_a_long_table_costs_its_own_row_alone() {
    let desk = Desk::new();
    let rows = 60_000;
    let row = |n: usize| format!("{n},2018-03-01,sale,CN,RU,{},5 t\n", if n == 20_000 { "\"rice" } else { "rice" });
    let text: String = std::iter::once("id,date,activity,from,to,item.description,item.quantity\n".to_owned())
        .chain((1..=rows).map(row))
        .collect();
    assert!(text.len() > 2 * 1024 * 1024);
    for jobs in ["1", "2"] {
        let run = check(&desk, "a.csv", &text, &["--jobs", jobs]).exits(3).complains(&["a.csv:20001:29"]);
        assert_eq!(run.json()["summary"]["transactions"], rows - 1);
    }
}

#[test]
fn unknown_and_repeated_columns_are_told_with_what_may_be_meant() {
    let desk = Desk::new();
    for (column, help) in [
        ("from_country", "did you mean `from.country`?"),
        ("itm.description", "did you mean `item.description`?"),
        ("Description", "did you mean `item.description`"),
        ("hs", "did you mean `item.hs`?"),
        ("item.colour", "columns are the facts"),
        ("item.descripton", "did you mean `item.description`?"),
        ("imo", "did you mean `vessel.imo`"),
        ("reliability", "did you mean `source.reliability`?"),
        ("id", "keep one of the two"),
        ("item.description.text", "leave out what stands behind it"),
        ("Invoice no.", "columns are the facts of a transaction"),
    ] {
        let text = format!("id,activity,{column}\na,sale,x\n");
        check(&desk, "a.csv", text, &[]).exits(3).complains(&[help, "a.csv:1:13"]);
    }
    let run = check(&desk, "a.csv", "id,activity,\na,sale,rice\nb,sale,\n", &[]).exits(3);
    run.complains(&["a column without a name", "a.csv:2:8"]);
}

#[test]
fn a_table_of_blank_rows_has_none() {
    let desk = Desk::new();
    check(&desk, "a.csv", "id,activity\n,\n , \n", &[]).exits(3).complains(&["E0119"]);
    let run = check(&desk, "a.csv", "id,activity\n,\n,sale\n", &[]).exits(0);
    assert_eq!(run.json()["summary"]["transactions"], 1);
}

#[test]
fn endings_are_read_in_any_case_and_other_files_of_a_folder_are_told() {
    let desk = Desk::new();
    let yaml = |id: &str| {
        format!(
            "id: {id}\ntransactions: [{{id: {id}, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{{description: anthracite}}]}}]\n"
        )
    };
    desk.write("in/a.YAML", yaml("a"));
    desk.write("in/b.Yml", yaml("b"));
    desk.write("in/c.CSV", TABLE);
    desk.write("in/d.Tsv", "id\tactivity\td\n".replace("\td\n", "\n") + "x\tsale\n");
    desk.write("in/README.md", "notes");
    desk.write("in/.hidden", "notes");
    let run = desk.run(&["check", "--format", "json"], [desk.path("in")]).exits(1);
    assert_eq!((run.json()["inputs"].as_array().unwrap().len(), run.stderr.as_str()), (4, ""));
    for name in ["e.txt", "f.csv.gz", "g", "h.pdf", "i.bak", "j.tmp"] {
        desk.write(&format!("in/{name}"), "x");
    }
    let run = desk.run(&["check"], [desk.path("in")]).exits(1);
    run.complains(&["W0710", "6 files of", "e.txt`", "1 more", "unpack or convert"]);
    fs::rename(desk.rules.path().join("trial.yaml"), desk.rules.path().join("trial.YAML")).unwrap();
    desk.run(&["check"], [desk.path("in/a.YAML")]).exits(1).tells(&["trial-coal"]);
}
